import { BookingPage } from "../support/booking-page.ts";
import { expect, test } from "../support/test.ts";

test("a double click starts the work once", async ({ open }) => {
  const provider = await open("provider", "startable");
  await provider.button("Start work").dblclick();
  await expect(provider.status).toHaveText("In progress");
  await expect(provider.events.filter({ hasText: "Work started by the provider" })).toHaveCount(1);
});

test("a double click in a dialog accepts once", async ({ open, market }) => {
  const provider = await open("provider", "requested-fixed");
  const dialog = await provider.dialog("Accept");
  await dialog.final.dblclick();
  await expect(provider.status).toHaveText("Accepted");
  await expect(provider.alert).toHaveCount(0);
  const { history } = await market.booking("requested-fixed", "provider");
  expect(history.filter(({ note }) => note.startsWith("Booking accepted"))).toHaveLength(1);
});

test("back and forward again do nothing twice", async ({ open }) => {
  const provider = await open("provider", "startable");
  await provider.goto("/bookings?status=accepted");
  await provider.page.getByRole("link", { name: "Tap washer replacement" }).first().click();
  await provider.page.goto(provider.path);
  await provider.alive();
  await provider.press("Start work");
  await provider.expectDone("In progress", "Work started by the provider");
  await provider.page.goBack();
  await provider.page.goForward();
  await expect(provider.status).toHaveText("In progress");
  await expect(provider.button("Start work")).toHaveCount(0);
  await expect(provider.events.filter({ hasText: "Work started by the provider" })).toHaveCount(1);
});

test("going back to a form that was sent shows that it is done", async ({ open, person, market }) => {
  const story = "requested-on-quote";
  const provider = await open("provider", story);
  const path = `${provider.path}/actions/decline`;
  await provider.goto(path);
  const form = await provider.hiddenFields();
  await provider.page.getByRole("textbox", { name: "Reason" }).fill("No time.");
  await provider.press("Decline");
  await provider.expectDone("Declined", "Request declined by the provider");

  provider.person.watch.expect(409, path);
  await provider.page.goBack();
  await expect(provider.page.getByRole("heading", { level: 1 })).toHaveText(/^Not possible now: GS-/);

  // The same form once more, as a browser sends it when it is told to resubmit.
  const again = await market.post(path, { ...form, "inputs[reason]": "No time." }, "provider");
  expect(again.status).toBe(303);
  const other = await market.post(path, { ...form, "inputs[reason]": "Something else." }, "provider");
  expect(other.status).toBe(422);
  const { history } = await market.booking(story, "provider");
  expect(history.filter(({ note }) => note.startsWith("Request declined"))).toHaveLength(1);
  const customer = await BookingPage.of(await person("customer"), story);
  await expect(customer.events.first()).toContainText("No time.");
});

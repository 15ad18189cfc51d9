import { expect, test } from "../support/test.ts";

const API = "/api/perform_booking_action";

test("an action is done in place: the page stays and the address too", async ({ open }) => {
  const provider = await open("provider", "startable");
  await provider.page.evaluate(() => (document.title = "still the same page"));
  await provider.press("Start work");
  await provider.expectDone("In progress", "Work started by the provider");
  await expect(provider.page).toHaveTitle("still the same page");
  await expect(provider.page).toHaveURL(provider.path);
  await provider.act("Mark as done");
  await provider.expectDone("Awaiting confirmation", "Marked as done by the provider");
  await expect(provider.page).toHaveTitle("still the same page");
});

test("while it runs the button says so and takes no second press", async ({ open }) => {
  const provider = await open("provider", "startable");
  let asked = 0;
  let answer = () => {};
  const waiting = new Promise<void>((resolve) => (answer = resolve));
  await provider.page.route(`**${API}`, async (route) => {
    asked += 1;
    await waiting;
    await route.continue();
  });
  await provider.press("Start work");
  const busy = provider.button("Working…");
  await expect(busy).toBeDisabled();
  await busy.click({ force: true });
  await busy.press("Enter");
  answer();
  await provider.expectDone("In progress", "Work started by the provider");
  expect(asked).toBe(1);
});

test("when the line breaks the dialog keeps what was typed, and sending again does it once", async ({ open }) => {
  const provider = await open("provider", "requested-fixed");
  provider.person.watch.breaks(API);
  // The server has done it, but nobody hears of it.
  await provider.page.route(`**${API}`, async (route) => void (await route.fetch(), await route.abort()), { times: 1 });
  const dialog = await provider.dialog("Decline");
  await dialog.fill({ Reason: "I am away." });
  await dialog.submit();
  await expect(dialog.root.getByRole("alert")).toContainText("The answer did not arrive.");
  await expect(dialog.field("Reason")).toHaveValue("I am away.");
  await dialog.submit();
  await provider.expectDone("Declined", "Request declined by the provider");
  await expect(provider.events.filter({ hasText: "Request declined" })).toHaveCount(1);
});

test("who is no longer signed in is told so in place", async ({ open }) => {
  const provider = await open("provider", "startable");
  await provider.page.context().clearCookies();
  provider.person.watch.expect(401, API);
  await provider.press("Start work");
  await expect(provider.alert).toContainText("Sign in first.");
  await expect(provider.alert).toBeFocused();
  await expect(provider.alert.getByRole("link", { name: "Sign in again" })).toBeVisible();
});

test("what was typed for one action is still there after another", async ({ open }) => {
  const customer = await open("customer", "change-by-provider");
  const cancel = await customer.dialog("Cancel booking");
  await cancel.fill({ Reason: "Not sure yet." });
  await cancel.leave("Keep booking");
  await customer.press("Accept new time");
  await customer.expectDone("Accepted", "New time accepted by the customer");
  await expect((await customer.dialog("Cancel booking")).field("Reason")).toHaveValue("Not sure yet.");
});

//! Two people look at the same booking at the same time: what one does, the other one sees, without being disturbed.
import type { Locator, Page } from "@playwright/test";
import { show } from "../support/shown.ts";
import { expect, test } from "../support/test.ts";

const ACCEPTED = "Booking accepted by the provider";

/** What is read out without being seen. */
const saidOn = (page: Page): Locator => page.locator("body > [aria-live=polite]");

/** Marks the page, so that a test sees whether it is still the same one. */
const mark = (page: Page): Promise<string> => page.evaluate(() => (document.title = "still the same page"));

test("what the provider accepts, the customer sees and hears at once, with the focus where it was", async ({
  open,
  live,
}) => {
  test.skip(!live);
  const customer = await open("customer", "requested-fixed");
  const provider = await open("provider", "requested-fixed");
  await mark(customer.page);
  const place = customer.page.getByRole("link", { name: "All bookings" });
  await place.focus();
  await provider.act("Accept");
  await expect(customer.status).toHaveText("Accepted");
  await expect(saidOn(customer.page)).toContainText(ACCEPTED);
  await expect(customer.events.first()).toContainText(ACCEPTED);
  await expect(place).toBeFocused();
  await expect(customer.page).toHaveTitle("still the same page");
  await expect(saidOn(provider.page), "who did it hears it from their own page").not.toContainText(ACCEPTED);

  await customer.act("Cancel booking", { Reason: "I have to go away." });
  await customer.expectDone("Cancelled", "Booking cancelled by the customer");
  await expect(provider.status).toHaveText("Cancelled");
});

test("the focus stays on a button that is drawn again, and goes to the status when the button is gone", async ({
  open,
  live,
}) => {
  test.skip(!live);
  const customer = await open("customer", "requested-fixed");
  const provider = await open("provider", "requested-fixed");
  const stays = customer.button("Propose a new time");
  await stays.focus();
  await provider.act("Accept");
  await expect(customer.status).toHaveText("Accepted");
  await expect(stays).toBeFocused();
  await provider.page.getByRole("button", { name: "Cancel booking" }).focus();
  await customer.act("Cancel booking", { Reason: "I have to go away." });
  await expect(provider.status).toHaveText("Cancelled");
  await expect(provider.status).toBeFocused();
});

test("an open dialog stays as it is and says what happened; the page follows when it closes", async ({
  open,
  live,
}) => {
  test.skip(!live);
  const customer = await open("customer", "requested-fixed");
  const provider = await open("provider", "requested-fixed");
  const dialog = await customer.dialog("Propose a new time");
  const message = dialog.field("Message");
  await message.pressSequentially("Later would be bet");
  await provider.act("Accept");
  await expect(dialog.root).toContainText(`${ACCEPTED}. What you typed is still here`);
  await expect(message).toBeFocused();
  await message.pressSequentially("ter.");
  await expect(message).toHaveValue("Later would be better.");
  await expect(customer.status).toHaveText("Requested");
  await customer.page.keyboard.press("Escape");
  await expect(dialog.root).toBeHidden();
  await expect(customer.status).toHaveText("Accepted");
  await expect(customer.button("Propose a new time")).toBeFocused();
  const again = await customer.dialog("Propose a new time");
  await expect(again.field("Message")).toHaveValue("Later would be better.");
});

test("who presses just as the page changes has done nothing, and can press again", async ({ open, live }) => {
  test.skip(!live);
  const customer = await open("customer", "quoted");
  const provider = await open("provider", "quoted");
  // From here on the customer's watch stands still: it is the moment of the change for as long as the test wants.
  await customer.page.clock.install();
  await customer.page.clock.pauseAt(new Date(Date.now() + 60_000));
  await provider.act("Send quote", { Price: "99" });
  await expect(customer.facts).toContainText("$99.00");
  await customer.press("Accept quote");
  const hint = customer.page.getByText("The booking changed just now, so nothing was done.");
  await expect(hint.last()).toBeVisible();
  await expect(customer.status).toHaveText("Quoted");
  await customer.page.clock.resume();
  await customer.press("Accept quote");
  await expect(customer.status).toHaveText("Accepted");
});

test("the list of bookings follows, and what was chosen above it stays", async ({ person, open, live }) => {
  test.skip(!live);
  const customer = await person("customer");
  await customer.goto("/bookings?role=customer");
  await mark(customer.page);
  const provider = await open("provider", "requested-fixed");
  const card = customer.page.getByRole("listitem").filter({ has: customer.page.locator(`a[href="${provider.path}"]`) });
  await expect(card).toContainText("Requested");
  const choice = customer.page.getByLabel("Status");
  await choice.selectOption("Quoted");
  await provider.act("Accept");
  await expect(card).toContainText("Accepted");
  await expect(saidOn(customer.page)).toContainText("Your bookings have changed.");
  await expect(choice).toHaveValue("quoted");
  await expect(customer.page).toHaveTitle("still the same page");
});

test("a list in which somebody moves by keyboard waits until they have left it", async ({ person, open, live }) => {
  test.skip(!live);
  const customer = await person("customer");
  await customer.goto("/bookings");
  const provider = await open("provider", "requested-fixed");
  const link = customer.page.locator(`a[href="${provider.path}"]`);
  const card = customer.page.getByRole("listitem").filter({ has: link });
  await link.focus();
  const looked = customer.page.waitForResponse("**/bookings");
  await provider.act("Accept");
  await (await looked).finished();
  await expect(link).toBeFocused();
  await expect(card).toContainText("Requested");
  await customer.page.getByLabel("Status").focus();
  await expect(card).toContainText("Accepted");
});

test("a page behind another one rests, and catches up when it is seen again", async ({ open, live }) => {
  test.skip(!live);
  const customer = await open("customer", "requested-fixed");
  const provider = await open("provider", "requested-fixed");
  await show(customer.page, false);
  await provider.act("Accept");
  await provider.expectDone("Accepted", ACCEPTED);
  await expect(customer.status).toHaveText("Requested");
  await show(customer.page, true);
  await expect(customer.status).toHaveText("Accepted");
  await expect(saidOn(customer.page)).toContainText(ACCEPTED);
});

test("when nothing can be heard for some seconds a quiet link says so, and goes when the line is back", async ({
  person,
  live,
}) => {
  test.skip(!live);
  const customer = await person("customer");
  const hint = customer.page.getByText("Live updates are paused.");
  customer.watch.breaks("/events");
  await customer.page.clock.install();
  await customer.page.route("**/events*", (route) => route.abort());
  await customer.goto("/bookings");
  await expect(hint).toBeHidden();
  await customer.page.clock.fastForward(6_000);
  await expect(hint).toBeVisible();
  await expect(customer.alert).toHaveCount(0);
  await expect(customer.page.getByRole("link", { name: "Refresh" })).toHaveAttribute("href", "/bookings");
  await customer.page.unroute("**/events*");
  await expect(hint).toHaveCount(0);
});

test("without the WASM the page says that it is old", async ({ open, live, javaScriptEnabled }) => {
  test.skip(live || javaScriptEnabled === false);
  const customer = await open("customer", "requested-fixed");
  const provider = await open("provider", "requested-fixed");
  await provider.act("Accept");
  await expect(customer.page.getByText("This booking has changed.")).toBeVisible();
  await expect(customer.status).toHaveText("Requested");
  await customer.page.getByRole("link", { name: "Refresh" }).click();
  await expect(customer.status).toHaveText("Accepted");
  await expect(customer.page.getByText("This booking has changed.")).toHaveCount(0);
});

test("without scripts nothing is new until the page is loaded again", async ({ open, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled !== false);
  const customer = await open("customer", "requested-fixed");
  const provider = await open("provider", "requested-fixed");
  await provider.act("Accept");
  await provider.expectDone("Accepted", ACCEPTED);
  await expect(customer.status).toHaveText("Requested");
  await customer.reload();
  await expect(customer.status).toHaveText("Accepted");
});

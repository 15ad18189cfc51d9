import { expect, test } from "../support/test.ts";

const story = "accepted-free";
const DAY_MS = 24 * 60 * 60_000;

/** A `datetime-local` value so many days later, the same time on the wall. */
function daysLater(local: string, days: number): string {
  return new Date(Date.parse(`${local}:00Z`) + days * DAY_MS).toISOString().slice(0, 16);
}

/** Half past two on the next last Sunday of September, when New Zealand's clocks go forward at two. */
function skippedHour(): string {
  const now = new Date();
  for (let year = now.getUTCFullYear(); ; year++) {
    const last = new Date(Date.UTC(year, 8, 30));
    last.setUTCDate(30 - last.getUTCDay());
    if (last > now) return `${last.toISOString().slice(0, 10)}T02:30`;
  }
}

test("a customer proposes a new time and the provider accepts it", async ({ open }) => {
  const customer = await open("customer", story);
  const before = await customer.facts.innerText();
  const dialog = await customer.dialog("Propose a new time");
  const start = await dialog.field("New start").inputValue();
  await dialog.fill({ "New start": daysLater(start, 2), Message: "Could it be after the weekend?" });
  await dialog.submit();
  await customer.expectDone("Accepted", "New time proposed by the customer");
  await expect(customer.button("Withdraw proposal")).toBeVisible();

  const provider = await open("provider", story);
  await expect(provider.page.getByRole("heading", { name: "New time proposed by Aroha Ngata" })).toBeVisible();
  await provider.press("Accept new time");
  await provider.expectDone("Accepted", "New time accepted by the provider");
  await expect(provider.events.first()).toContainText("Time:");
  expect(await provider.facts.innerText()).not.toBe(before);
});

test("a proposal can be declined, and the booking stays as it is", async ({ open }) => {
  const customer = await open("customer", "change-by-provider");
  await customer.act("Decline new time", { Message: "Only that day suits." });
  await customer.expectDone("Accepted", "New time declined by the customer");
  await expect(customer.button("Accept new time")).toHaveCount(0);
});

test("a time in the past and one that the clocks skip are refused with what was typed", async ({ open }) => {
  const customer = await open("customer", story);
  const dialog = await customer.dialog("Propose a new time");
  const refused = async (time: string, why: string) => {
    customer.expectRefusal(422, "propose_change");
    await dialog.fill({ "New start": time, Message: "Is this possible?" });
    await dialog.submit();
    await dialog.expectProblem("New start", why);
    await expect(dialog.field("New start")).toHaveValue(time);
    await expect(dialog.field("Message")).toHaveValue("Is this possible?");
  };
  await refused("2020-02-03T09:00", "Choose another time than now, more than 2 hours and less than a year ahead.");
  await refused(skippedHour(), "The clocks go forward then, so that time does not exist on that day.");
});

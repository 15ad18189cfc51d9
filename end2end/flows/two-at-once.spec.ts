import { show } from "../support/shown.ts";
import { expect, test } from "../support/test.ts";

test("whoever comes second is told what changed, who did it, and what is possible now", async ({ open, live }) => {
  const customer = await open("customer", "quoted");
  // Nobody looks at it, so it hears nothing of what the provider does.
  if (live) await show(customer.page, false);
  const provider = await open("provider", "quoted");
  await provider.act("Send quote", { Price: "600", Message: "The pipe is shorter than I thought." });
  await provider.expectDone("Quoted", "Quote sent by the provider");

  customer.expectRefusal(409, "accept_quote");
  await customer.press("Accept quote");
  await expect(customer.alert).toContainText("The booking has changed since you opened it, so nothing was done.");
  await expect(customer.alert).toContainText("Quote sent by the provider (Hemi Walker, ");
  await expect(customer.alert).toBeFocused();

  // The fresh action is right there, at the new price.
  await customer.press("Accept quote");
  await customer.expectDone("Accepted", "Quote accepted by the customer");
  await expect(customer.facts).toContainText("$600.00 NZD");
  await expect(customer.alert).toHaveCount(0);
});

test("an action that has become impossible is gone, with the reason", async ({ open }) => {
  const provider = await open("provider", "requested-fixed");
  const dialog = await provider.dialog("Accept");
  const customer = await open("customer", "requested-fixed");
  await customer.act("Withdraw request", { Reason: "The plumber next door had time." });
  await customer.expectDone("Cancelled", "Request withdrawn by the customer");

  provider.expectRefusal(409, "accept");
  await dialog.submit();
  await expect(provider.alert).toContainText("Request withdrawn by the customer (Aroha Ngata, ");
  await expect(provider.button("Accept")).toHaveCount(0);
  await expect(provider.page.getByText(/There is nothing (else )?for you to do here now/)).toBeVisible();
});

test("of two who press at the same moment exactly one succeeds", async ({ open, market }) => {
  const story = "requested-on-quote";
  const customer = await open("customer", story);
  const provider = await open("provider", story);
  const before = (await market.booking(story, "customer")).history.length;
  const withdraw = await customer.dialog("Withdraw request");
  const decline = await provider.dialog("Decline");
  await decline.fill({ Reason: "Too far." });
  customer.allowRefusal(409, "withdraw");
  provider.allowRefusal(409, "decline");
  await Promise.all([withdraw.submit(), decline.submit()]);

  await expect.poll(async () => (await market.booking(story, "customer")).history.length).toBe(before + 1);
  const { note } = (await market.booking(story, "customer")).history.at(-1)!;
  const [winner, loser] = note.includes("withdrawn") ? [customer, provider] : [provider, customer];
  await expect(winner.status).toHaveText(winner === customer ? "Cancelled" : "Declined");
  await expect(loser.alert).toContainText(note);
});

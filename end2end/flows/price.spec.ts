import { expect, test } from "../support/test.ts";

const story = "requested-on-quote";

test("quote, counter-offer and a new quote lead to an agreed price", async ({ open }) => {
  const provider = await open("provider", story);
  const customer = await open("customer", story);
  await provider.act("Send quote", { Price: "900", Message: "With the mixer." });
  await provider.expectDone("Quoted", "Quote sent by the provider");

  await customer.reload();
  await customer.act("Ask for a better price", { Price: "800" });
  await customer.expectDone("Requested", "Better price asked for by the customer");

  await provider.reload();
  await provider.act("Send quote", { Price: "1,850.50" });
  await provider.expectDone("Quoted", "Quote sent by the provider");

  await customer.reload();
  const named = customer.facts.getByRole("listitem");
  await expect(named).toContainText(["$900.00 NZD", "$800.00 NZD", "$1,850.50 NZD"]);
  await customer.press("Accept quote");
  await customer.expectDone("Accepted", "Quote accepted by the customer");
  await expect(customer.facts).toContainText("Agreed price, GST included");
});

for (const amount of ["-5", "0", "1000000.01", "nine hundred"]) {
  test(`a price of ${amount} is refused and stays in its field`, async ({ open, market }) => {
    const provider = await open("provider", story);
    const dialog = await provider.dialog("Send quote");
    provider.expectRefusal(422, "quote");
    await dialog.fill({ Price: amount, Message: "Everything included 🛁" });
    await dialog.submit();
    await dialog.expectProblem("Price", "Give an amount in NZD, for example 120.50, at most 1,000,000.");
    await expect(dialog.field("Price")).toHaveValue(amount);
    await expect(dialog.field("Message")).toHaveValue("Everything included 🛁");
    expect((await market.booking(story, "provider")).history.at(-1)?.note).toBe("Request sent by the customer");
  });
}

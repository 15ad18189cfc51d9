import { expect, test } from "../support/test.ts";

test("a customer opens a dispute and an admin rules for the customer", async ({ open }) => {
  const customer = await open("customer", "awaiting");
  await customer.act("Open a dispute", { Reason: "The cylinder still leaks." });
  await customer.expectDone("Disputed", "Dispute opened by the customer");

  const admin = await open("admin", "awaiting");
  await expect(admin.events.first()).toContainText("The cylinder still leaks.");
  await admin.act("Rule: refund customer", { Reason: "The photos show the leak." });
  await admin.expectDone("Cancelled", "Ruled for the customer by an admin");

  await customer.reload();
  await expect(customer.status).toHaveText("Cancelled");
  await expect(customer.facts).toContainText("Aroha Ngata gets everything back");
  await expect(customer.events.first()).toContainText("The photos show the leak.");
});

test("an admin rules for the provider with a partial refund", async ({ open }) => {
  const admin = await open("admin", "disputed");
  await admin.act("Rule: pay provider", { "Refund to the customer": "20", Reason: "Most of it was done." });
  await admin.expectDone("Completed", "Ruled for the provider by an admin");
  await expect(admin.facts).toContainText("Aroha Ngata gets $20.00 NZD back");
});

test("the other side takes a settlement", async ({ open }) => {
  const customer = await open("customer2", "disputed-with-offer");
  await customer.press("Accept settlement");
  await customer.expectDone("Completed", "Settlement accepted by the customer");
});

import { expect, test } from "../support/test.ts";

test("a customer sees the fee before cancelling, can keep the booking, and sees the split afterwards", async ({
  open,
}) => {
  const customer = await open("customer2", "accepted-late-fee");
  const dialog = await customer.dialog("Cancel booking");
  await expect(dialog.root).toContainText("It costs you a fee of $45.00 AUD; you get $135.00 AUD back.");
  await expect(dialog.root.getByRole("button", { name: "Keep booking" })).toBeFocused();
  await dialog.leave("Keep booking");
  await expect(customer.status).toHaveText("Accepted");
  await expect(customer.button("Cancel booking")).toBeFocused();

  await customer.act("Cancel booking", { Reason: "The tenants come later." });
  await customer.expectDone("Cancelled", "Booking cancelled by the customer");
  await expect(customer.facts).toContainText("Priya Sharma gets $45.00 AUD, Liam O'Connor gets $135.00 AUD back.");
  await expect(customer.events.first()).toContainText("The tenants come later.");
});

test("a provider who cancels is told that everything goes back", async ({ open }) => {
  const provider = await open("provider", "accepted-free");
  const dialog = await provider.dialog("Cancel booking");
  await expect(dialog.root).toContainText("Aroha Ngata gets the whole $165.00 NZD back. Your reliability falls.");
  await dialog.fill({ Reason: "My van has broken down." });
  await dialog.submit();
  await provider.expectDone("Cancelled", "Booking cancelled by the provider");
});

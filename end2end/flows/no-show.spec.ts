import { expect, test } from "../support/test.ts";

test("a customer reports that nobody came, and takes it back", async ({ open }) => {
  const customer = await open("customer", "no-show-reportable");
  const dialog = await customer.dialog("Report no-show");
  await expect(dialog.root).toContainText("you get the whole $95.00 NZD back");
  await dialog.fill({ Message: "Nobody rang." });
  await dialog.submit();
  await customer.expectDone("No-show", "No-show reported by the customer");

  const provider = await open("provider", "no-show-reportable");
  await expect(provider.page.getByText("Aroha Ngata reported that Hemi Walker did not come.")).toBeVisible();

  await customer.press("Undo no-show report");
  await customer.expectDone("Accepted", "No-show report undone by the customer");
});

test("a customer contests a report, which becomes a dispute", async ({ open }) => {
  const customer = await open("customer", "no-show-by-provider");
  await customer.act("Open a dispute", { Reason: "I was at home all day." });
  await customer.expectDone("Disputed", "Dispute opened by the customer");
});

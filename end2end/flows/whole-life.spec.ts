import { expect, test } from "../support/test.ts";

test("a customer and a provider take a booking from the request to both reviews", async ({ open, market }) => {
  const story = "requested-fixed";
  const customer = await open("customer", story);
  const provider = await open("provider", story);
  await expect(provider.status).toHaveText("Requested");

  await provider.act("Accept", { Message: "I bring the parts." });
  await provider.expectDone("Accepted", "Booking accepted by the provider");
  await expect(provider.events.first()).toContainText("I bring the parts.");

  await market.moveClockToBeforeStart(story, 20, "provider");
  await provider.reload();
  await provider.press("Start work");
  await provider.expectDone("In progress", "Work started by the provider");

  await provider.act("Mark as done", { "Final amount": "120.50", Message: "A valve less than planned." });
  await provider.expectDone("Awaiting confirmation", "Marked as done by the provider");
  await expect(provider.events.first()).toContainText("Final amount: $120.50 NZD");

  await customer.reload();
  await expect(customer.status).toHaveText("Awaiting confirmation");
  await customer.press("Confirm completion");
  await customer.expectDone("Completed", "Completion confirmed by the customer");
  await expect(customer.facts).toContainText("Hemi Walker gets $120.50 NZD");

  await customer.act("Leave a review", { Stars: "5 stars", "Your words": "Quick and tidy." });
  await customer.expectDone("Completed", "Review left by the customer");

  await provider.reload();
  await expect(provider.page.getByText("Quick and tidy.")).toHaveCount(0);
  await provider.act("Leave a review", { Stars: "4 stars", "Your words": "Tea was served." });
  await provider.expectDone("Completed", "Review left by the provider");
  const reviews = provider.page.getByRole("region", { name: "Reviews" });
  await expect(reviews).toContainText("Quick and tidy.");
  await expect(reviews).toContainText("Tea was served.");
});

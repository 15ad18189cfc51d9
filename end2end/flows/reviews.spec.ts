import { bookingId } from "../support/demo.ts";
import { expect, test } from "../support/test.ts";

test("a sealed review opens with the second one, is read by everybody, answered, and hidden by an admin", async ({
  open,
  person,
}) => {
  test.slow();
  const story = "completed-one-review";
  const customer = await open("customer", story);
  await expect(customer.page.getByText("there was tea")).toHaveCount(0);
  await customer.act("Leave a review", { Stars: "3 stars", "Your words": "Warm again, and a puddle left behind." });
  await customer.expectDone("Completed", "Review left by the customer");
  await expect(customer.page.getByRole("region", { name: "Reviews" })).toContainText("there was tea");

  const provider = await open("provider", story);
  await provider.act("Reply publicly", { "Your words": "Sorry for the puddle!" });
  await provider.expectDone("Completed", "Review answered by the provider");

  const visitor = await person();
  await visitor.goto("/services/hot-water-cylinder-check");
  await visitor.page.getByRole("link", { name: "Walker Plumbing" }).first().click();
  const reviews = visitor.page.getByRole("region", { name: "Reviews" });
  await expect(reviews.getByRole("article").first()).toContainText("a puddle left behind");
  await expect(reviews.getByRole("article").first()).toContainText("3 of 5");
  await expect(reviews.getByRole("article").first()).toContainText("Walker Plumbing replies");
  await expect(reviews).not.toContainText("Ngata");
  await expect(reviews).not.toContainText("there was tea");

  const admin = await open("admin", story);
  const dialog = await admin.dialog("Hide a review");
  await dialog.form.getByRole("radio", { name: "The customer's, about the provider" }).check();
  await dialog.fill({ Reason: "It is about the puddle." });
  await dialog.submit();
  await admin.expectDone("Completed", "Review hidden by an admin");
  await visitor.page.reload();
  await expect(reviews).not.toContainText("a puddle left behind");
  await customer.reload();
  await expect(customer.page.getByRole("region", { name: "Reviews" })).toContainText(
    "Hidden by the GigSta team: It is about the puddle.",
  );
});

test("stars and kept promises stand on cards, on the service and on the profile", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/services?q=tap+washer");
  const card = visitor.page.getByRole("listitem").filter({ hasText: "Tap washer replacement" }).first();
  await expect(card).toContainText("4.5");
  await expect(card).toContainText("(2 reviews)");
  await expect(card).toContainText("agreed jobs done");
  await visitor.goto("/services/tap-washer-replacement");
  await visitor.page.getByRole("link", { name: "Read the reviews" }).click();
  await expect(visitor.page.getByRole("region", { name: "Reviews" })).toContainText("4.5 of 5, 2 reviews");
  await visitor.goto("/services/fence-repair");
  await expect(visitor.page.getByText("No reviews yet")).toBeVisible();
  await expect(visitor.page.locator("script[type='application/ld+json']")).not.toContainText("AggregateRating");
});

test("a booking's way is lit on the machine", async ({ open }) => {
  const customer = await open("customer", "completed-both-reviews");
  await customer.page.getByRole("link", { name: "Its way" }).click();
  await expect(customer.page).toHaveURL(`/machine?booking=${bookingId("completed-both-reviews")}`);
  await expect(customer.page.locator(".machine-node.lit")).toHaveCount(6);
});

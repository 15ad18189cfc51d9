import { expect, test } from "../support/test.ts";

// The island comes to life, but the script that brings the rest of the page after an action does not.
test.use({ blocked: "**/pkg/live.*.js" });

test("where nobody brings the rest of the page, an action loads all of it", async ({ open }) => {
  const provider = await open("provider", "requested-fixed");
  await expect(provider.page.locator("html")).toHaveAttribute("data-live", "");
  await provider.act("Accept");
  await provider.expectDone("Accepted", "Booking accepted by the provider");
  await expect(provider.page.getByRole("link", { name: "Add to calendar" })).toBeVisible();
});

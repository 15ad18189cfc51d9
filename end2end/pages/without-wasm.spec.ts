import { expect, test } from "../support/test.ts";

// The script arrives and the WASM does not: half of the browser's half is worse than none.
test.use({ blocked: "**/pkg/*.wasm" });

test("a booking's page works when only the WASM is kept away", async ({ open }) => {
  const provider = await open("provider", "startable");
  await provider.page.waitForLoadState("networkidle");
  await provider.press("Start work");
  await provider.expectDone("In progress", "Work started by the provider");
  await provider.act("Mark as done", { Message: "Done." });
  await provider.expectDone("Awaiting confirmation", "Marked as done by the provider");
  await expect(provider.page.locator("html")).not.toHaveAttribute("data-live");
});

//! How one page follows another.
import { expect, test } from "../support/test.ts";

test.use({ marketplace: "shared" });

for (const [reducedMotion, moves] of [
  ["no-preference", true],
  ["reduce", false],
] as const) {
  test(`a page ${moves ? "comes in softly" : "is just there for who wants less motion"}`, async ({ person }) => {
    const { page } = await person();
    await page.emulateMedia({ reducedMotion });
    await page.addInitScript(() => {
      addEventListener("pagereveal", (event) => {
        document.documentElement.dataset.moved = String(event.viewTransition !== null);
      });
    });
    await page.goto("/");
    await page.getByRole("link", { name: "Services", exact: true }).click();
    await expect(page).toHaveURL(/\/services$/);
    await expect(page.locator("html")).toHaveAttribute("data-moved", String(moves));
  });
}

//! Pages that nobody looks at: they receive nothing.
import type { Page } from "@playwright/test";

/** Shows the page, or puts something else in front of it, as far as its scripts can see. */
export async function show(page: Page, shown: boolean): Promise<void> {
  await page.evaluate((shown) => {
    Object.defineProperty(document, "hidden", { configurable: true, value: !shown });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, shown);
}

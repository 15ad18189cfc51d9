//! Whether a page fits the smallest phones, and fingers hit what is on it.
import { type Page, expect } from "@playwright/test";

/** The least that a finger hits, in CSS pixels. */
const TARGET = 44;

/** Whatever has a label that is seen can itself be seen and reached: no style hides the control and leaves the label. */
export async function expectReachable(page: Page): Promise<void> {
  const hidden = await page.locator("input:not([type=hidden]), select, textarea").evaluateAll((all) => {
    const isShown = (one: Element) => one.getClientRects().length > 0;
    const labels = (one: Element) => [...((one as HTMLInputElement).labels ?? [])];
    return all.filter((one) => !isShown(one) && labels(one).some(isShown)).map((one) => one.outerHTML.slice(0, 90));
  });
  expect(hidden, "controls that only their label shows").toEqual([]);
}

export async function expectFits(page: Page): Promise<void> {
  const controls = page.locator(
    "button, a.btn, select, textarea, input:not([type=hidden], [type=radio], [type=checkbox]), label.star, label.tick",
  );
  const small = await controls.evaluateAll((all, least) => {
    const boxes = all.map((one) => ({ one, box: one.getBoundingClientRect() }));
    // What is not drawn has no size; half a pixel is rounding.
    const tight = boxes.filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < least - 0.5);
    return tight.map(({ one, box }) => `${one.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`);
  }, TARGET);
  expect(small, `controls under ${TARGET} pixels`).toEqual([]);

  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 700 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, "the width of the page").toBeLessThanOrEqual(320);
  if (before) await page.setViewportSize(before);
}

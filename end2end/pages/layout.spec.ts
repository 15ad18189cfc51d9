import { expect, test } from "../support/test.ts";
import { TOUR } from "../support/tour.ts";

test.use({ marketplace: "shared", viewport: { width: 360, height: 740 } });

/** The least that a finger hits, in CSS pixels. */
const TARGET = 44;

for (const stop of TOUR) {
  test(`nothing scrolls sideways at 320 pixels, and fingers hit at 360: ${stop.name}`, async ({ person }) => {
    const someone = await person(stop.who);
    await stop.go(someone);
    const controls = someone.page.locator("button, a.btn, select, textarea, input:not([type=hidden], [type=radio], [type=checkbox]), label.star, label.tick");
    const small = await controls.evaluateAll((all, least) => {
      const boxes = all.map((one) => ({ one, box: one.getBoundingClientRect() }));
      // What is not drawn has no size; half a pixel is rounding.
      const tight = boxes.filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < least - 0.5);
      return tight.map(({ one, box }) => `${one.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`);
    }, TARGET);
    expect(small, `controls under ${TARGET} pixels`).toEqual([]);

    await someone.page.setViewportSize({ width: 320, height: 700 });
    const width = await someone.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, "the width of the page").toBeLessThanOrEqual(320);
  });
}

import { expectFits } from "../support/layout.ts";
import { test } from "../support/test.ts";
import { TOUR } from "../support/tour.ts";

test.use({ marketplace: "shared", viewport: { width: 360, height: 740 } });

for (const stop of TOUR) {
  test(`nothing scrolls sideways at 320 pixels, and fingers hit at 360: ${stop.name}`, async ({ person }) => {
    const someone = await person(stop.who);
    await stop.go(someone);
    await expectFits(someone.page);
  });
}

import { expectAccessible } from "../support/axe.ts";
import { test } from "../support/test.ts";
import { TOUR } from "../support/tour.ts";

test.use({ marketplace: "shared" });

for (const stop of TOUR) {
  test(`axe finds nothing on: ${stop.name}`, async ({ person, isMobile }) => {
    const someone = await person(stop.who);
    // A phone has the colours of the desktop, where both themes are looked at.
    for (const theme of isMobile ? (["light"] as const) : (["light", "dark"] as const)) {
      await someone.wear(theme);
      await stop.go(someone);
      await expectAccessible(someone.page, `${stop.name}, ${theme}`);
    }
  });
}

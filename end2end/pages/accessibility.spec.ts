import { expectAccessible } from "../support/axe.ts";
import { test } from "../support/test.ts";
import { TOUR } from "../support/tour.ts";

test.use({ marketplace: "shared" });

for (const stop of TOUR) {
  test(`axe finds nothing on: ${stop.name}`, async ({ person }) => {
    const someone = await person(stop.who);
    for (const theme of ["light", "dark"] as const) {
      await someone.wear(theme);
      await stop.go(someone);
      await expectAccessible(someone.page, `${stop.name}, ${theme}`);
    }
  });
}

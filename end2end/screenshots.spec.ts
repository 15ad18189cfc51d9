import { join } from "node:path";
import { test } from "./support/test.ts";
import { TOUR } from "./support/tour.ts";

test.use({ marketplace: "shared" });

/** Every page for people to look at; nothing is compared. */
for (const stop of TOUR) {
  test(`a picture of: ${stop.name}`, async ({ person }) => {
    const someone = await person(stop.who);
    for (const width of [360, 1280]) {
      for (const theme of ["light", "dark"] as const) {
        await someone.page.setViewportSize({ width, height: 800 });
        await someone.wear(theme);
        await stop.go(someone);
        const path = join(test.info().config.rootDir, "screenshots", `${stop.name.replaceAll(" ", "-")}-${width}-${theme}.png`);
        // A modal dialog belongs to what is seen, not to the whole page.
        await someone.page.screenshot({ path, fullPage: !stop.name.startsWith("dialog"), animations: "disabled" });
      }
    }
  });
}

//! Every kind of page, visited once: everybody can use it, it fits the smallest phone and it loads little. `make pictures`
//! takes pictures of it as well.
import { join } from "node:path";
import { expectAccessible } from "../support/axe.ts";
import { expectFits, expectReachable } from "../support/layout.ts";
import type { Person } from "../support/person.ts";
import { expect, test } from "../support/test.ts";
import { type Stop, TOUR } from "../support/tour.ts";
import { expectLight } from "../support/weight.ts";

test.use({ marketplace: "shared" });
// The one long file: its tests only look, so each worker takes some of them.
test.describe.configure({ mode: "parallel" });

const PICTURES = process.env.GIGSTA_PICTURES === "1";

for (const stop of TOUR) {
  test(`axe finds nothing, it fits and loads little: ${stop.name}`, async ({ person, isMobile }) => {
    const someone = await person(stop.who);
    // A phone has the colours of the desktop, where both themes are looked at.
    for (const theme of isMobile ? (["light"] as const) : (["light", "dark"] as const)) {
      await someone.wear(theme);
      await stop.go(someone);
      await expect(someone.page.locator("html")).toHaveAttribute("data-theme", `gigsta-${theme}`);
      await expectAccessible(someone.page, `${stop.name}, ${theme}`, theme === "light" ? "all" : "colours");
      await expectReachable(someone.page);
      if (isMobile) await expectFits(someone.page);
      else if (PICTURES) await photograph(someone, stop, theme);
    }
    await expectLight(someone.page);
  });
}

/** For people to look at; nothing is compared. */
async function photograph({ page }: Person, { name }: Stop, theme: string): Promise<void> {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    const path = join(test.info().config.rootDir, "screenshots", `${name.replaceAll(" ", "-")}-${width}-${theme}.png`);
    // A modal dialog belongs to what is seen, not to the whole page.
    await page.screenshot({ path, fullPage: !name.startsWith("dialog"), animations: "disabled" });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

//! What axe finds, with the place of each finding.
import { AxeBuilder } from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What another theme changes: a page that passed every rule in one theme needs only these in the other. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

export async function expectAccessible(page: Page, what: string, rules: "all" | "colours" = "all"): Promise<void> {
  await expectStill(page);
  if (rules === "all") expect(await brokenReferences(page), `every id that ${what} names is there`).toEqual([]);
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules === "all" ? axe.withTags(RULES) : axe.withRules(COLOUR_RULES)).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) => `${id}: ${help}: ${node.target.join(" ")}: ${node.failureSummary?.split("\n").slice(1).join(" ")}`,
    ),
  );
  expect(found, `axe finds nothing on ${what}`).toEqual([]);
}

/** Ids that a label or a description names and that no element has. axe only warns of them. */
function brokenReferences(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    ["for", "aria-describedby", "aria-labelledby", "aria-controls"].flatMap((attribute) =>
      [...document.querySelectorAll(`[${attribute}]`)]
        .flatMap((element) => (element.getAttribute(attribute) ?? "").split(/\s+/))
        .filter((id) => document.getElementById(id) === null)
        .map((id) => `${attribute}="${id}"`),
    ),
  );
}

/** Nothing moves any more: colours on their way, and a page on its way in, have no contrast that means anything. */
async function expectStill(page: Page): Promise<void> {
  const moving = () =>
    page.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      await frame();
      await frame();
      return document.getAnimations().filter((one) => one.playState === "running").length;
    });
  await expect.poll(moving, { message: "nothing moves" }).toBe(0);
}

//! What axe finds, with the place of each finding.
import { AxeBuilder } from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function expectAccessible(page: Page, what: string): Promise<void> {
  await expectStill(page);
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) => `${id}: ${help}: ${node.target.join(" ")}: ${node.failureSummary?.split("\n").slice(1).join(" ")}`,
    ),
  );
  expect(found, `axe finds nothing on ${what}`).toEqual([]);
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

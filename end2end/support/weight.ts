//! What a page makes the browser load beside HTML and styles.
import { join } from "node:path";
import { type Page, expect } from "@playwright/test";
import { brotli, site } from "./build.ts";

/** The most that all scripts of a page weigh together, in bytes as brotli; a booking's page has a budget of its own. */
export const PAGE_SCRIPTS = 8_000;

const BOOKING = /^\/bookings\/[0-9a-f]{24}$/;

/** Every page but a booking's works without WASM and with few bytes of scripts. */
export async function expectLight(page: Page): Promise<void> {
  const paths = await page.evaluate(() => {
    const loaded = [...performance.getEntriesByType("resource").map(({ name }) => name), location.href];
    return loaded.map((url) => new URL(url).pathname);
  });
  if (BOOKING.test(paths.at(-1)!)) return;
  const scripts = new Set(paths.filter((path) => /\.(js|wasm)$/.test(path)));
  expect([...scripts].filter((path) => path.endsWith(".wasm") || path.startsWith("/pkg/gigsta."))).toEqual([]);
  const bytes = [...scripts].reduce((sum, path) => sum + brotli(join(site, path)), 0);
  expect(bytes, [...scripts].join(" ")).toBeLessThanOrEqual(PAGE_SCRIPTS);
}

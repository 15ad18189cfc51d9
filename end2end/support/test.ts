//! `test` with what every test here needs: a marketplace, people in browsers of their own, and a watch over all of them.
import { test as base, expect, type Browser, type BrowserContext } from "@playwright/test";
import { BookingPage } from "./booking-page.ts";
import type { Who } from "./demo.ts";
import { Market } from "./market.ts";
import { Person } from "./person.ts";
import { Watch } from "./watch.ts";

export interface Options {
  /** Which requests never arrive, as a glob; none usually. */
  blocked: string;
  /** `own` for tests that change bookings or move the clock, `shared` for those that only look. */
  marketplace: "own" | "shared";
}

interface Fixtures extends Options {
  market: Market;
  watch: Watch;
  /** Whether the browser's half comes to life in this project. */
  live: boolean;
  /** Opens a browser for somebody, signed in; for a visitor without a name. */
  person: (who?: Who) => Promise<Person>;
  /** Opens a booking as somebody. */
  open: (who: Who, story: string) => Promise<BookingPage>;
}

export const test = base.extend<Fixtures, { sharedMarket: () => Promise<Market> }>({
  blocked: ["", { option: true }],
  marketplace: ["own", { option: true }],

  sharedMarket: [
    async ({}, use) => {
      let market: Promise<Market> | undefined;
      await use(() => (market ??= Market.start()));
      await (await market)?.stop();
    },
    { scope: "worker" },
  ],

  market: async ({ marketplace, sharedMarket }, use) => {
    if (marketplace === "shared") return use(await sharedMarket());
    const market = await Market.start();
    await use(market);
    await market.stop();
  },

  live: async ({ blocked, javaScriptEnabled }, use) => {
    await use(javaScriptEnabled !== false && blocked === "");
  },

  watch: async ({ blocked }, use) => {
    const watch = new Watch((url) => blocked !== "" && /\/pkg\/gigsta\.[^/]+\.(js|wasm)$/.test(url));
    await use(watch);
    expect(watch.verdict(), "nothing goes wrong behind the page").toEqual([]);
  },

  person: async ({ browser, market, watch, blocked, live }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (who) => {
      const context = await newContext(browser, market, blocked);
      contexts.push(context);
      watch.listen(context);
      if (who) await context.addCookies([{ name: "session", value: await market.session(who), url: market.url }]);
      return new Person(await context.newPage(), watch, live, market.url);
    });
    for (const context of contexts) await context.close();
  },

  open: async ({ person }, use) => {
    await use(async (who, story) => BookingPage.of(await person(who), story));
  },
});

async function newContext(browser: Browser, market: Market, blocked: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: market.url });
  if (blocked) await context.route(blocked, (route) => route.abort());
  return context;
}

export { expect };

// What a person with a phone waits for: pages in Chromium over a slow network, with an empty cache and a full one.
import { chromium } from "@playwright/test";
import { startServer } from "./programs.mjs";
import { laid } from "./rounds.mjs";

/** Bits a second down and up, and milliseconds there and back, as Lighthouse and WebPageTest throttle them. */
const NETWORKS = {
  "slow 4G": { down: 1.6e6, up: 0.75e6, latency: 150 },
  "3G": { down: 0.7e6, up: 0.4e6, latency: 300 },
};
const PHONE = { width: 412, height: 823 };
const BUTTON = "Mark as done";
const ALIVE = "warm, with WASM";
const STATUS = '[role="status"]';

/** Measured inside of the page, from the start of the navigation on. */
const WATCH = (button) => {
  window.bench = { lcp: 0, inp: 0, possible: 0 };
  const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, durationThreshold: 16 });
  watch("largest-contentful-paint", (entry) => (window.bench.lcp = entry.startTime));
  watch("event", (entry) => entry.interactionId && (window.bench.inp = Math.max(window.bench.inp, entry.duration)));
  const look = () => {
    const found = [...document.querySelectorAll("button")].some((one) => one.textContent.trim() === button && one.offsetParent);
    if (found) window.bench.possible = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};

/** For each network, page and cache: one row. Nothing, with a word, where there is no Chromium. */
export async function browsed(world, { networks, say }) {
  const executablePath = process.env.CHROMIUM;
  if (!executablePath) return [];
  const server = await startServer("ours", world.uri);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
  const found = [];
  try {
    for (const network of networks) {
      const bookings = laid(world.uri, "ours", 4).filter((booking) => booking.provider === 0);
      const pages = { landing: "/", search: "/services?place=Sydney", "sign-in": "/sign-in", booking: null };
      for (const [name, path] of Object.entries(pages)) {
        say(`browser: ${name}, ${network}`);
        const context = await browser.newContext({ viewport: PHONE, isMobile: true, hasTouch: true });
        try {
          if (name === "booking") await context.addCookies([sessionCookie(world, server)]);
          // The last only to learn how long an input waits once WASM is there: before, the action leads to another page.
          for (const cache of name === "booking" ? ["cold", "warm", ALIVE] : ["cold", "warm"]) {
            const address = server.base + (path ?? `/bookings/${bookings.pop().id}`);
            const acts = name === "booking" ? cache : "";
            found.push({ network, cache, page: name, ...(await visit(context, address, NETWORKS[network], acts)) });
          }
        } finally {
          await context.close();
        }
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return found;
}

/** Loads a page. If it acts, it does so as soon as the button is drawn, or once WASM is there. */
async function visit(context, address, { down, up, latency }, acts) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const kinds = new Map();
  const bytes = {};
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false, latency, downloadThroughput: down / 8, uploadThroughput: up / 8,
  });
  devtools.on("Network.responseReceived", ({ requestId, type, response }) =>
    kinds.set(requestId, response.mimeType === "application/wasm" ? "wasm" : type.toLowerCase()),
  );
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind && encodedDataLength > 0) bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await page.addInitScript(WATCH, BUTTON);
  const began = Date.now();
  await page.goto(address, { waitUntil: acts ? "commit" : "load", timeout: 60_000 });
  const seen = { possible: NaN, done: NaN, inp: NaN };
  const read = () =>
    page.evaluate(() => {
      const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
      return { paint, lcp: window.bench.lcp, possible: window.bench.possible, inp: window.bench.inp };
    });
  await page.waitForFunction((acts) => window.bench?.lcp && (window.bench.possible || !acts), acts);
  if (acts === ALIVE) await page.waitForSelector("html[data-live]");
  if (!acts) await page.waitForTimeout(1000);
  const { paint, lcp, possible } = await read();
  if (acts) {
    seen.possible = possible;
    const before = await page.locator(STATUS).first().textContent();
    await page.getByRole("button", { name: BUTTON, exact: true }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: BUTTON, exact: true }).click();
    const changed = ([status, before]) => (document.querySelector(status)?.textContent ?? before) !== before;
    await page.waitForFunction(changed, [STATUS, before]);
    if (acts !== ALIVE) seen.done = Date.now() - began;
    await page.waitForTimeout(3000);
    if (acts === ALIVE) seen.inp = (await read()).inp;
  }
  await page.close();
  return { ...seen, paint, lcp, bytes };
}

function sessionCookie({ providers }, { base }) {
  const [name, value] = providers[0].split("=");
  return { name, value, url: base };
}

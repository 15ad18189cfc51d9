import { readFileSync, statSync } from "node:fs";
import { get } from "node:http";
import { brotliCompressSync } from "node:zlib";
import { built } from "../support/build.ts";
import type { Who } from "../support/demo.ts";
import type { Market } from "../support/market.ts";
import { expect, test } from "../support/test.ts";

test.use({ marketplace: "shared" });

const FIRST_FLIGHT = 16 * 1024;
const SCRIPTS = 120 * 1024;

/** The bytes of a built file as the server sends it. */
function brotli(file: string): number {
  const compressed = statSync(`${file}.br`, { throwIfNoEntry: false });
  return compressed?.size ?? brotliCompressSync(readFileSync(file)).length;
}

/** The bytes of a page's body on the wire: `fetch` would unpack them. */
function onTheWire(url: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { cookie, "accept-encoding": "br" } }, (answer) => {
      if (answer.headers["content-encoding"] !== "br") reject(new Error(`${url} is not sent as brotli`));
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => (bytes += chunk.length)).on("end", () => resolve(bytes));
    }).on("error", reject);
  });
}

async function everyBooking(market: Market, cookie: string): Promise<{ id: string; status: string }[]> {
  const all: { id: string; status: string }[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const answer = await fetch(`${market.url}/api/list_bookings?cursor=${cursor}`, { headers: { cookie } });
    const page: { bookings: typeof all; next_cursor: string | null } = await answer.json();
    all.push(...page.bookings);
    cursor = page.next_cursor;
  }
  return all;
}

test("every booking's page and the styles arrive in the first flight", async ({ market }) => {
  const [css] = built("css");
  const pages: { bytes: number; what: string }[] = [];
  for (const who of ["customer", "provider", "customer2", "admin"] satisfies Who[]) {
    const cookie = `session=${await market.session(who)}`;
    for (const { id, status } of await everyBooking(market, cookie)) {
      pages.push({ bytes: await onTheWire(`${market.url}/bookings/${id}`, cookie), what: `${status} for ${who}` });
    }
  }
  const fattest = pages.reduce((most, page) => (page.bytes > most.bytes ? page : most));
  const styles = brotli(css!);
  const words = `${fattest.what}: ${fattest.bytes} bytes of HTML and ${styles} of CSS`;
  test.info().annotations.push({ type: "bytes", description: words });
  expect(new Set(pages.map(({ what }) => what.split(" ")[0])).size, "statuses seen").toBe(12);
  expect(fattest.bytes + styles, words).toBeLessThanOrEqual(FIRST_FLIGHT);
});

test("a service's page and the styles arrive in the first flight", async ({ market }) => {
  const styles = brotli(built("css")[0]!);
  const page = await onTheWire(`${market.url}/services/tap-washer-replacement`, "");
  const words = `${page} bytes of HTML and ${styles} of CSS`;
  test.info().annotations.push({ type: "bytes", description: words });
  expect(page + styles, words).toBeLessThanOrEqual(FIRST_FLIGHT);
});

test("the WASM and the scripts stay small", async ({ market }) => {
  const files = [...built("wasm"), ...built("js")];
  const cookie = `session=${await market.session("customer")}`;
  const page = await (await fetch(`${market.url}/bookings`, { headers: { cookie } })).text();
  const listening = await onTheWire(market.url + /\/live\.[0-9a-f]+\.js/.exec(page)![0], cookie);
  const bytes = files.map((file) => brotli(file)).reduce((sum, size) => sum + size, listening);
  test.info().annotations.push({ type: "bytes", description: `${bytes} bytes of WASM and JS` });
  expect(files).toHaveLength(2);
  expect(bytes).toBeLessThanOrEqual(SCRIPTS);
});

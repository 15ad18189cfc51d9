import { get } from "node:http";
import { basename } from "node:path";
import { brotli, built } from "../support/build.ts";
import type { Who } from "../support/demo.ts";
import type { Market } from "../support/market.ts";
import { expect, test } from "../support/test.ts";
import { PAGE_SCRIPTS } from "../support/weight.ts";

test.use({ marketplace: "shared" });

const FIRST_FLIGHT = 16 * 1024;
/** A booking's page, with the WASM. */
const BOOKING_SCRIPTS = 92_000;
/** The script of one other page. */
const ONE_SCRIPT = 3_000;

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
  for (let cursor: string | null = ""; cursor !== null;) {
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

test("the WASM and the scripts of a booking's page stay small", async () => {
  const files = [...built("wasm"), ...["gigsta", "boot", "live"].flatMap((name) => built("js", name))];
  const bytes = files.map(brotli).reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: "bytes", description: `${bytes} bytes of WASM and JS` });
  expect(files).toHaveLength(4);
  expect(bytes).toBeLessThanOrEqual(BOOKING_SCRIPTS);
});

// What the pages really load is measured on the tour.
for (const name of ["places", "days"]) {
  test(`the script of the ${name} stays small, and with the listener the pages that load it do`, async ({ market }) => {
    const [file, listener] = [...built("js", name), ...built("js", "live")];
    const [bytes, listening] = [brotli(file!), brotli(listener!)];
    test.info().annotations.push({ type: "bytes", description: `${bytes} bytes, ${listening} of the listener` });
    expect(bytes).toBeLessThanOrEqual(ONE_SCRIPT);
    expect(bytes + listening).toBeLessThanOrEqual(PAGE_SCRIPTS);
    const page = await (
      await fetch(`${market.url}${name === "places" ? "/services" : "/book/hot-water-cylinder-check"}`)
    ).text();
    const address = `/pkg/${basename(file!)}`;
    expect(page).toContain(`src="${address}"`);
    const answer = await fetch(market.url + address);
    expect(answer.headers.get("content-type")).toContain("text/javascript");
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });
}

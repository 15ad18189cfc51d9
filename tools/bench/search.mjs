// Searches of every shape over generated services: each alone, one after the other, and eight at once.
import { Agent, get } from "node:http";
import { writeFileSync } from "node:fs";
import { load, startServer } from "./programs.mjs";

const WARM_UP = 30;
const AT_ONCE = 8;

const TOWNS = [
  "Sydney", "Melbourne", "Brisbane", "Perth", "Auckland", "Adelaide", "Gold Coast", "Christchurch", "Wellington, wgn", "Canberra",
  "Hobart", "Dunedin, OTA", "Hamilton, WKO", "Karori, Wellington", "Wollongong", "Cairns", "Napier", "Ballarat", "Bendigo", "Nelson, NSN",
];
const WORDS = ["lawn mowing", "plumber", "leaking tap", "piano lessons", "window cleaning", "hedge", "dog walking", "home"];
const CATEGORIES = ["plumbing", "lawns", "home-cleaning", "trades", "garden", "cleaning", "tutoring", "pets"];
const saturday = nextSaturday();

/** Name and address of the n-th search of each shape. */
const SHAPES = {
  "place": (n) => ({ place: TOWNS[n % 20] }),
  "place and category": (n) => ({ place: TOWNS[n % 20], category: CATEGORIES[n % 8] }),
  "place, 200 km, by price": (n) => ({ place: TOWNS[n % 20], radius: 200, sort: "price" }),
  "words and place": (n) => ({ q: WORDS[n % 8], place: TOWNS[n % 20] }),
  "words": (n) => ({ q: WORDS[n % 8] }),
  "category, place, free on Saturday morning": (n) => ({
    category: CATEGORIES[n % 8], place: TOWNS[n % 20], day: saturday, part: "morning",
  }),
  "place, soonest free": (n) => ({ place: TOWNS[n % 20], sort: "next_free" }),
  "words and place, soonest free": (n) => ({ q: WORDS[n % 8], place: TOWNS[n % 20], sort: "next_free" }),
  "category, no place": (n) => ({ category: CATEGORIES[n % 8] }),
  "category, no place, by price": (n) => ({ category: CATEGORIES[n % 8], sort: "price" }),
  "nothing at all": (n) => ({ page: 1 + (n % 50) }),
  "5 stars, no place": (n) => ({ rating: 5, category: n % 2 ? CATEGORIES[n % 8] : "" }),
  "nothing found": (n) => ({ q: "zzzyx", place: TOWNS[n % 20] }),
  "first page": () => null,
};

/** For each shape: milliseconds a page alone, and pages a second with eight at once. */
export async function searches(uri, { pages, seconds, folder, say }) {
  const server = await startServer("ours", uri);
  const agent = new Agent({ keepAlive: true });
  const found = [];
  try {
    for (const [name, shape] of Object.entries(SHAPES)) {
      say(`search: ${name}`);
      const path = (n) => (shape(n) ? `/services?${new URLSearchParams(shape(n))}` : "/");
      const times = [];
      let bytes = 0;
      let failed = 0;
      for (let n = -Math.min(WARM_UP, pages); n < pages; n++) {
        const began = performance.now();
        const { status, size } = await page(agent, server.base + path(n + WARM_UP));
        if (n >= 0) times.push(performance.now() - began);
        bytes = Math.max(bytes, size);
        failed += status === 200 ? 0 : 1;
      }
      times.sort((a, b) => a - b);
      const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
      const file = `${folder}/requests.tsv`;
      // 160 is a multiple of how many towns and how many words there are.
      writeFileSync(file, Array.from({ length: 160 }, (_, n) => ["GET", path(n), "", "br", ""].join("\t")).join("\n"));
      const crowd = await load(server.address, AT_ONCE, seconds, file);
      const bad = crowd.answers - (crowd.statuses[200] ?? 0) + crowd.broken;
      found.push({ name, p50: at(0.5), p95: at(0.95), max: at(1), kb: bytes / 1024, failed, crowd, bad });
    }
  } finally {
    agent.destroy();
    await server.stop();
  }
  return found;
}

/** Fetches a page as a browser does, and says how many bytes came. */
function page(agent, address) {
  return new Promise((resolve, reject) => {
    get(address, { agent, headers: { "accept-encoding": "br" } }, (answer) => {
      let size = 0;
      answer.on("data", (chunk) => (size += chunk.length));
      answer.on("end", () => resolve({ status: answer.statusCode, size }));
    }).on("error", reject);
  });
}

function nextSaturday() {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((6 - day.getUTCDay() + 7) % 7 || 7));
  return day.toISOString().slice(0, 10);
}

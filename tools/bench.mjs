// node tools/bench.mjs SERVER SERVICES: generates services, serves them and times searches over HTTP, one after the other.
// Prints for each shape of a search how many milliseconds half (p50) and 95 of a hundred (p95) of the pages took at most.
// Then lets a worker expire 10,000 requests (BENCH_DUE) whose time to answer is over, and prints how long it took.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { Agent, get } from "node:http";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const [binary, services] = process.argv.slice(2);
const WARM_UP = 30;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 200);
const DUE = process.env.BENCH_DUE ?? "10000";

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

if (!process.env.BENCH_KEEP) {
  const seeded = spawnSync(binary, ["seed", "--scale", services], { stdio: "inherit" });
  if (seeded.status !== 0) process.exit(1);
}
const port = await freePort();
const server = spawn(binary, ["serve", "--addr", `127.0.0.1:${port}`], { stdio: ["ignore", "ignore", "inherit"] });
const base = `http://127.0.0.1:${port}`;
const agent = new Agent({ keepAlive: true });
try {
  await ready();
  console.log(`\n${ROUNDS} searches of each shape over ${services} generated services, milliseconds a page:\n`);
  console.log("   p50    p95    max    kB  shape");
  for (const [name, shape] of Object.entries(SHAPES)) {
    const times = [];
    let bytes = 0;
    for (let n = -WARM_UP; n < ROUNDS; n++) {
      const search = shape(n + WARM_UP);
      const began = performance.now();
      const size = await page(search ? `/services?${new URLSearchParams(search)}` : "/");
      if (n >= 0) times.push(performance.now() - began);
      bytes = Math.max(bytes, size);
    }
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1).padStart(6);
    console.log(`${at(0.5)} ${at(0.95)} ${at(1)} ${(bytes / 1024).toFixed(1).padStart(5)}  ${name}`);
  }
} finally {
  server.kill("SIGTERM");
  await once(server, "exit");
}

console.log(`\nA worker alone, with ${DUE} requests that are due:\n`);
for (const work of [["seed", "--due", DUE], ["worker", "--until-idle"]]) {
  const env = { ...process.env, RUST_LOG: "warn" };
  if (spawnSync(binary, work, { stdio: "inherit", env }).status !== 0) process.exit(1);
}

/** Fetches a page as a browser does, and says how many bytes came. */
function page(path) {
  return new Promise((resolve, reject) => {
    get(base + path, { agent, headers: { "accept-encoding": "br" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk) => (bytes += chunk.length));
      answer.on("end", () => (answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${path}: ${answer.statusCode}`))));
    }).on("error", reject);
  });
}

async function ready() {
  for (let tries = 0; tries < 600 && server.exitCode === null; tries++) {
    const answer = await fetch(`${base}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await wait(100);
  }
  throw new Error("The server did not become ready.");
}

function nextSaturday() {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((6 - day.getUTCDay() + 7) % 7 || 7));
  return day.toISOString().slice(0, 10);
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

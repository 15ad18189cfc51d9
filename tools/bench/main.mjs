// node tools/bench/main.mjs SERVICES: the whole bench against one mongod, and benches/RESULTS.md at the end.
// tools/bench.sh builds what it needs and calls it. BENCH_QUICK=1 is the short form. Each part has a variable
// that makes it smaller; 0, or nothing in a list, leaves it out. BENCH_KEEP=1 goes on with the data of before.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { DATABASES, GIGSTA, PYTHON, machine, run, startMongod, versions } from "./programs.mjs";
import { prepare, rounds } from "./rounds.mjs";
import { searches } from "./search.mjs";
import * as growth from "./growth.mjs";
import * as results from "./results.mjs";

const quick = Boolean(process.env.BENCH_QUICK);
const or = (name, short, full) => Number(process.env[name] ?? (quick ? short : full));
const list = (name, short, full) => (process.env[name] ?? (quick ? short : full)).split(",").filter(Boolean).map(Number);

/** Generated services to search in. */
const services = Number(process.argv[2] ?? (quick ? 10_000 : 100_000));
/** Rounds. */
const count = or("BENCH_ROUNDS", 2, 5);
/** How long each row of a round is counted. */
const seconds = or("BENCH_SECONDS", 1.5, 4);
/** How many connections, each a row of its own. */
const connections = list("BENCH_CONNECTIONS", "32", "1,32,256");
/** Searches of each shape alone. */
const pages = or("BENCH_PAGES", 40, 200);
/** Requests for the worker. */
const due = or("BENCH_DUE", 1000, 10_000);
/** Bookings of the simulation. */
const played = or("BENCH_BOOKINGS", 20_000, 300_000);
/** How many bookings there are as they grow. */
const grows = list("BENCH_GROWTH", "", "1000,100000,1000000");
/** Servers on one database. */
const most = or("BENCH_SERVERS", 0, 3);
/** Slow networks for the browser. */
const networks = (process.env.BENCH_NETWORKS ?? (quick ? "" : "slow 4G,3G")).split(",").filter(Boolean);

const folder = process.env.GIGSTA_DATA;
const file = process.env.BENCH_RESULTS ?? "benches/RESULTS.md";
const say = (words) => console.log(`bench: ${words}`);
const began = new Date();
const here = machine();

if (!process.env.BENCH_KEEP) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const mongod = await startMongod(folder);
const settings = { seconds, folder, say };
const parts = [];
const part = (title, words, table) => {
  parts.push(`## ${title}\n\n${words}\n\n${table}\n`);
  console.log(`\n${title}\n\n${table}\n`);
};
try {
  const env = { MONGODB_URI: mongod.uri, GIGSTA_DB: DATABASES.ours, RUST_LOG: "warn" };
  if (!process.env.BENCH_KEEP) {
    say(`${services} generated services`);
    run(GIGSTA, ["seed", "--scale", String(services)], env);
  }
  const world = await prepare(mongod.uri);
  const { measured, starts } = await rounds(world, mongod, { ...settings, count, connections });
  const shown = connections.includes(32) ? 32 : connections[0];
  part("Ratios", "Each ratio is of one round; here is their middle.", results.ratios(measured, starts, shown));
  part(
    "The data path",
    `The middle of ${count} interleaved rounds of ${seconds} s each. CPU of an action counts all that follows from it.` +
      ` A booking weighs ${world.sizes.json} bytes as JSON and ${world.sizes.page} as a page;` +
      " unless brotli is named, nothing is compressed. Our worker runs in the server." +
      (PYTHON ? "" : " The original's stack was skipped: there is no Python here, or its packages could not be installed."),
    results.dataPath(measured),
  );
  part("Start, stop and memory", "The middle of all rounds; mongod and its data are there before. Memory is what is resident.", results.life(starts));
  const found = await searches(mongod.uri, { ...settings, pages });
  part("Search", `${services} generated services; each shape ${pages} times alone, then eight at once for ${seconds} s.`, results.searched(found));
  if (networks.length > 0) {
    const { browsed } = await import("./browser.mjs");
    const rows = await browsed(world, { networks, say });
    const words = "Chromium as a phone. The action is done as soon as its button is drawn, mostly before WASM is there, from opening the page" +
      " to the new status; the bytes are those of all that, and of what is loaded within 3 s after it.";
    part("In a browser over a slow network", rows.length ? words : "Skipped: there is no Chromium here.", results.browsed(rows));
  }
  if (process.env.BENCH_LIGHTHOUSE) {
    const { audited } = await import("./lighthouse.mjs");
    part("Lighthouse, mobile", "One run of each page.", results.audited(await audited(world, { say })));
  } else if (!quick) {
    parts.push("Lighthouse was skipped: it could not be installed, or there is no Chromium.\n");
  }
  if (most > 0) {
    const rows = await growth.servers(world, { ...settings, most });
    part("Servers on one database", "32 connections, shared out among them.", results.shared(rows));
  }
  if (due > 0) {
    say(`worker: ${due} requests that are due`);
    run(GIGSTA, ["seed", "--due", String(due)], env);
    const said = run(GIGSTA, ["worker", "--until-idle"], env);
    part("The worker alone", `${due} requests whose time to answer is over.`, said.trim());
  }
  if (grows.length > 0) {
    const rows = await growth.bookings(world, { ...settings, sizes: grows });
    part("Growth", "32 connections.", results.grown(rows));
  }
} finally {
  await mongod.stop();
}
if (played > 0) {
  say(`simulation: ${played} bookings`);
  const seed = began.toISOString().slice(0, 10).replaceAll("-", "");
  const said = run(GIGSTA, ["simulate", "--seed", seed, "--bookings", String(played)]);
  part("Simulation", `Seed ${seed}.`, `\`\`\`text\n${said.trim()}\n\`\`\``);
}
const minutes = ((Date.now() - began) / 60_000).toFixed(0);
const top = [
  "# Results of `make bench`",
  `${quick ? "The short form, too short to judge by. " : ""}Written by one run of ${minutes} minutes, begun ${began.toISOString()}.`,
  `- Machine: ${here.cores} cores of ${here.cpu}, ${here.gb} GB, ${here.system}; load before the run ${here.load}.`,
  `- Versions: ${versions()}.`,
  "- Servers, mongod and the program that asks share the machine. \"floor\" is benches/floor.rs, \"original's stack\" benches/original.",
];
writeFileSync(file, `${top.slice(0, 2).join("\n\n")}\n\n${top.slice(2).join("\n")}\n\n${parts.join("\n")}`);
say(`${minutes} minutes; written to ${file}`);

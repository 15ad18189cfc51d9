// Rounds of the data path: in each, every server answers its rows alone, ours first, then the floor, then the original's
// stack. Only the one that is asked runs, so that nobody's change stream or worker takes time from another.
import { writeFileSync } from "node:fs";
import { get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { DATABASES, PYTHON, cpuSeconds, fill, load, residentMb, startServer } from "./programs.mjs";

/** So many customers and as many providers have a session. */
const PEOPLE = 16;
const PASSWORD = "kia-ora-gigsta";
/** So many bookings are read in turn. */
const READ = 2000;
/** The most actions a second that anybody may reach, over one connection and over all; so many bookings wait for each second. */
const ACTIONS_A_SECOND = { one: 1000, all: Number(process.env.BENCH_ACTIONS ?? 3000) };
const STREAMS = 100;

/** Which rows each of the three has, and what it is asked for. */
const ROWS = {
  ours: {
    "booking as JSON": ({ id, cookie }) => ["GET", `/api/get_booking?booking_id=${id}`, cookie],
    "booking page": ({ id, cookie }) => ["GET", `/bookings/${id}`, cookie],
    "booking page, brotli": ({ id, cookie }) => ["GET", `/bookings/${id}`, cookie, "br"],
    "bookings list, brotli": ({ cookie }) => ["GET", "/bookings", cookie, "br"],
    "search, brotli": ({ n }) => ["GET", `/services?place=${["Sydney", "Auckland", "Perth", "Cairns"][n % 4]}`, "", "br"],
    "landing, brotli": () => ["GET", "/", "", "br"],
    "action": ({ id, version, cookie, n }) => ["POST", "/api/perform_booking_action", cookie, "",
      new URLSearchParams({ booking_id: id, action_name: "finish", version, command_id: `bench-${id}-${n}` })],
  },
  floor: {
    "booking as JSON": ({ id, cookie }) => ["GET", `/api/bookings/${id}`, cookie],
    "booking page": ({ id, cookie }) => ["GET", `/bookings/${id}`, cookie],
    "action": ({ id, version, cookie }) => ["POST", "/api/finish", cookie, "", new URLSearchParams({ booking_id: id, version })],
  },
  original: {
    "booking as JSON": ({ id, cookie }) => ["GET", `/api/bookings/${id}`, cookie],
    "action": ({ id, version, cookie }) => ["POST", "/api/finish", cookie, "", new URLSearchParams({ booking_id: id, version })],
  },
};

/** People with sessions in all three databases, and about how much our answers weigh. */
export async function prepare(uri) {
  const emails = fill("people", uri, DATABASES.ours, PEOPLE).trim().split("\n");
  const bookings = laid(uri, "ours", 1);
  const server = await startServer("ours", uri);
  const cookies = [];
  for (const email of emails) {
    const body = new URLSearchParams({ email, password: PASSWORD });
    const answer = await fetch(`${server.base}/api/sign_in`, { method: "POST", body, redirect: "manual" });
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith("session="));
    if (!cookie) throw new Error(`${email} could not sign in: ${answer.status}`);
    cookies.push(cookie.split(";")[0]);
  }
  const providers = cookies.slice(PEOPLE);
  const weigh = async (path) => {
    const answer = await fetch(server.base + path, { headers: { cookie: providers[0], "accept-encoding": "identity" } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return (await answer.arrayBuffer()).byteLength;
  };
  const [{ id }] = bookings;
  const sizes = { json: await weigh(`/api/get_booking?booking_id=${id}`), page: await weigh(`/bookings/${id}`) };
  await server.stop();
  for (const other of [DATABASES.floor, DATABASES.original]) fill("copy", uri, DATABASES.ours, other, "sessions");
  return { uri, providers, sizes, id };
}

/** Fresh bookings in progress, as their providers see them. */
export function laid(uri, who, count, kind = who === "ours" ? "ours" : "lean") {
  const lines = fill("bookings", uri, DATABASES[who], count, PEOPLE, kind).trim().split("\n");
  return lines.map((line) => {
    const [id, version, , provider] = line.split("\t");
    return { id, version, provider: Number(provider) };
  });
}

/** All rounds: a list of measurements `{ round, who, row, connections, .. }`, and of starts `{ who, ready, idle, .. }`. */
export async function rounds(world, mongod, { count, seconds, connections, folder, say }) {
  const measured = [];
  const starts = [];
  const servers = ["ours", "floor"].concat(PYTHON ? "original" : []);
  for (let round = 1; round <= count; round++) {
    for (const who of servers) {
      say(`round ${round} of ${count}: ${who}`);
      const server = await startServer(who, world.uri, { sizes: world.sizes });
      await wait(2000);
      const start = { who, ready: server.ready, idle: residentMb(server.pid) };
      try {
        if (who === "ours") start.stream = await perStream(server, world);
        const read = laid(world.uri, who, READ);
        for (const row of Object.keys(ROWS[who])) {
          for (const each of connections) {
            const acted = () => laid(world.uri, who, needed(seconds, each));
            const bookings = row === "action" ? acted() : read;
            const one = await measure(world, mongod, server, { who, row, connections: each, seconds, folder, bookings });
            if (one.exhausted) say(`too few bookings for ${row}, ${who}: take a larger BENCH_ACTIONS`);
            measured.push({ round, who, row, connections: each, ...one });
          }
        }
        start.loaded = residentMb(server.pid);
      } finally {
        start.stop = await server.stop();
      }
      starts.push(start);
    }
  }
  return { measured, starts };
}

/** How many bookings that many seconds of actions need, with a quarter more for the warm-up. */
const needed = (seconds, connections) =>
  Math.ceil(seconds * 1.25 * Math.min(ACTIONS_A_SECOND.all, connections * ACTIONS_A_SECOND.one));

async function measure(world, mongod, server, { who, row, connections, seconds, folder, bookings }) {
  const acts = row === "action";
  const file = `${folder}/requests.tsv`;
  const request = (booking, n) => ROWS[who][row]({ ...booking, n, cookie: world.providers[booking.provider] });
  writeFileSync(file, bookings.map((booking, n) => fields(request(booking, n))).join("\n"));
  await wait(500);
  const cpu = () => [cpuSeconds(server.pid), cpuSeconds(mongod.pid)];
  const before = cpu();
  const seen = await load(server.address, connections, seconds, file, acts);
  // What follows an action belongs to it.
  const followed = acts && who === "ours" ? await idle(server) : 0;
  const [own, database] = cpu().map((after, at) => ((after - before[at]) * 1000) / Math.max(1, seen.answers));
  const good = Object.entries(seen.statuses).reduce((sum, [status, times]) => sum + (status < 300 ? times : 0), 0);
  return { ...seen, own, database, followed, failed: seen.answers - good + seen.broken };
}

const fields = ([method, path, cookie = "", encoding = "", body = ""]) => [method, path, cookie, encoding, body].join("\t");

/** Waits until the worker has done all that follows; gives the milliseconds. */
async function idle({ base }) {
  const began = performance.now();
  let before = "";
  while (performance.now() - began < 120_000) {
    const text = await (await fetch(`${base}/metrics`)).text();
    const now = text.split("\n").filter((line) => !line.startsWith("#")).join("\n");
    if (/^gigsta_bookings_due 0$/m.test(now) && now === before) break;
    before = now;
    await wait(400);
  }
  return performance.now() - began;
}

/** Kilobytes of our memory for each open stream of events. */
async function perStream({ base, pid }, { providers }) {
  const before = residentMb(pid);
  const open = (n) =>
    new Promise((resolve, reject) => {
      const stream = get(`${base}/events`, { headers: { cookie: providers[n % providers.length] } }, (answer) => {
        answer.on("error", () => {});
        answer.once("data", () => (answer.statusCode === 200 ? resolve(stream) : reject(stream.destroy())));
      });
      stream.on("error", reject);
    });
  const streams = await Promise.allSettled(Array.from({ length: STREAMS }, (_, n) => open(n)));
  const opened = streams.filter((one) => one.status === "fulfilled");
  const kb = ((residentMb(pid) - before) * 1024) / Math.max(1, opened.length);
  opened.forEach((one) => one.value.on("error", () => {}).destroy());
  return kb;
}

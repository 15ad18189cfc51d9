// How the data path does with more and more bookings, and with one, two and three servers on one database.
import { writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { DATABASES, fill, load, startServer } from "./programs.mjs";

/** So many bookings are asked for, from all over those that came last. */
const ASKED = 2000;
const CONNECTIONS = 32;

/** For each number of bookings: how reading one, and a person's list, does. */
export async function bookings({ uri, providers }, { sizes, seconds, folder, say }) {
  const found = [];
  let there = 0;
  for (const size of sizes) {
    say(`growth: ${size} bookings`);
    // Everybody has about 60 of them at first, and more than 60,000 at the end, if there are a million.
    const lines = fill("bookings", uri, DATABASES.ours, size - there, providers.length, "more").trim().split("\n");
    there = size;
    const step = Math.max(1, Math.floor(lines.length / ASKED));
    const some = lines.filter((_, n) => n % step === 0).map((line) => line.split("\t"));
    const server = await startServer("ours", uri);
    await wait(2000);
    try {
      const ask = async (name, path) => {
        const file = `${folder}/requests.tsv`;
        const requests = some.map(([id, , , provider]) => ["GET", path(id), providers[Number(provider)], "", ""].join("\t"));
        writeFileSync(file, requests.join("\n"));
        found.push({ size, name, ...(await load(server.address, CONNECTIONS, seconds, file)) });
      };
      await ask("booking as JSON", (id) => `/api/get_booking?booking_id=${id}`);
      await ask("bookings list", () => "/bookings");
    } finally {
      await server.stop();
    }
  }
  return found;
}

/** Bookings as JSON from one, two and three servers at once, the connections shared out among them. */
export async function servers({ uri, providers, id }, { most, seconds, folder, say }) {
  const found = [];
  const file = `${folder}/requests.tsv`;
  writeFileSync(file, ["GET", `/api/get_booking?booking_id=${id}`, providers[0], "", ""].join("\t"));
  for (let count = 1; count <= most; count++) {
    say(`growth: ${count} servers`);
    const all = await Promise.all(Array.from({ length: count }, () => startServer("ours", uri)));
    try {
      await wait(1000);
      const each = Math.max(1, Math.floor(CONNECTIONS / count));
      const seen = await Promise.all(all.map(({ address }) => load(address, each, seconds, file)));
      const sum = seen.reduce((sum, one) => sum + one.per_second, 0);
      found.push({ count, per_second: sum, p99: Math.max(...seen.map((one) => one.p99)) });
    } finally {
      await Promise.all(all.map((server) => server.stop()));
    }
  }
  return found;
}

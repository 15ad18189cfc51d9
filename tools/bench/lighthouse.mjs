// Lighthouse's mobile run over five pages. It is no package of ours: tools/bench.sh installs it below the target folder.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { startServer } from "./programs.mjs";
import { laid } from "./rounds.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

/** For each page its scores, and the times behind the first of them. */
export async function audited(world, { say }) {
  const server = await startServer("ours", world.uri);
  const found = [];
  try {
    const [booking] = laid(world.uri, "ours", 1);
    const html = await (await fetch(`${server.base}/services?place=Wellington`)).text();
    const service = /href="(\/services\/[^"?]+)"/.exec(html)?.[1];
    const pages = { landing: "/", search: "/services?place=Sydney", service, booking: `/bookings/${booking.id}`, "sign-in": "/sign-in" };
    for (const [name, path] of Object.entries(pages).filter(([, path]) => path)) {
      say(`lighthouse: ${name}`);
      const cookie = name === "booking" ? world.providers[booking.provider] : "";
      const { categories, audits } = await lighthouse(server.base + path, cookie);
      const scores = CATEGORIES.map((category) => Math.round(categories[category].score * 100));
      const [paint, lcp, blocked] = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"].map((id) => audits[id].numericValue);
      found.push({ name, scores, paint, lcp, blocked });
    }
  } finally {
    await server.stop();
  }
  return found;
}

async function lighthouse(address, cookie) {
  const args = [
    address, "--quiet", "--output=json", `--only-categories=${CATEGORIES}`, "--no-enable-error-reporting",
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking",
  ].concat(cookie ? `--extra-headers=${JSON.stringify({ Cookie: cookie })}` : []);
  const env = { ...process.env, CHROME_PATH: process.env.CHROMIUM };
  const child = spawn(process.env.BENCH_LIGHTHOUSE, args, { stdio: ["ignore", "pipe", "inherit"], env });
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`Lighthouse ended with ${status}.`);
  return JSON.parse(text);
}

// Programs that the bench starts and stops again, and what they use of the machine.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";

/** The built programs; tools/bench.sh sets them. */
export const GIGSTA = process.env.GIGSTA_BIN;
const FILL = process.env.BENCH_FILL;
const FLOOR = process.env.BENCH_FLOOR;
const LOAD = process.env.BENCH_LOAD;
/** A Python with the original's packages; nothing if there is none. */
export const PYTHON = process.env.BENCH_PYTHON || null;

/** Our database, and those of the floor and of the original's stack. */
export const DATABASES = { ours: "gigsta_bench", floor: "gigsta_bench_floor", original: "gigsta_bench_original" };

/** What has to end when the bench does, however that comes. */
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGTERM")));
["SIGINT", "SIGTERM"].forEach((signal) => process.on(signal, () => process.exit(130)));

/** Starts the one mongod of all, as the program itself would. */
export async function startMongod(folder) {
  // Out of reach of Ctrl-C: it ends in order when this process does, because its input ends then.
  const child = spawn(FILL, ["mongod", folder], { stdio: ["pipe", "pipe", "inherit"], detached: true });
  const [line] = await Promise.race([once(createInterface(child.stdout), "line"), once(child, "exit")]);
  if (typeof line !== "string") throw new Error("mongod did not start.");
  const [uri, pid] = line.split("\t");
  const stop = async () => {
    child.stdin.end();
    await once(child, "exit");
  };
  return { uri, pid: Number(pid), stop };
}

/** Runs a program to its end and gives what it printed. */
export function run(program, args, env = {}) {
  const options = { encoding: "utf8", env: { ...process.env, ...env }, maxBuffer: 2 ** 30, stdio: ["ignore", "pipe", "inherit"] };
  const ran = spawnSync(program, args, options);
  if (ran.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${ran.error ?? `status ${ran.status}`}`);
  return ran.stdout;
}

export const fill = (...args) => run(FILL, args.map(String));

/** Starts a server and waits until it is ready. `stop` gives the milliseconds that stopping took. */
export async function startServer(who, uri, { sizes = {}, env = {}, db = DATABASES[who] } = {}) {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const { json = 0, page = 0 } = sizes;
  const [program, args, own] = {
    ours: () => [GIGSTA, ["serve", "--addr", address], { MONGODB_URI: uri, GIGSTA_DB: db, RUST_LOG: "error" }],
    floor: () => [FLOOR, [address, uri, db, String(json), String(page)], {}],
    original: () => [
      PYTHON,
      ["-m", "uvicorn", "app:app", "--app-dir", "benches/original", "--host", "127.0.0.1", "--port", String(port)]
        .concat("--loop", "uvloop", "--http", "httptools", "--workers", "1", "--no-access-log", "--log-level", "error"),
      { MONGODB_URI: uri, ORIGINAL_DB: db, ORIGINAL_JSON_BYTES: String(json), PYTHONDONTWRITEBYTECODE: "1" },
    ],
  }[who]();
  const began = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...own, ...env } });
  running.add(child);
  const base = `http://${address}`;
  const stop = async () => {
    const began = performance.now();
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    running.delete(child);
    return performance.now() - began;
  };
  while (child.exitCode === null && performance.now() - began < 60_000) {
    const answer = await fetch(`${base}/readyz`).catch(() => null);
    if (answer?.ok) return { who, pid: child.pid, base, address, stop, ready: performance.now() - began };
    await wait(10);
  }
  await stop();
  throw new Error(`${who} did not become ready.`);
}

/** Sends the requests of a file over so many connections for so many seconds; gives what the load program printed. */
export async function load(address, connections, seconds, file, once_ = false) {
  const args = [address, connections, seconds, file].concat(once_ ? "once" : []).map(String);
  const child = spawn(LOAD, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error("The load program failed.");
  return JSON.parse(text);
}

/** Seconds of processor time that a process has used so far, its children not counted. */
export function cpuSeconds(pid) {
  if (!PROC) return NaN;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13);
  return (Number(user) + Number(system)) / TICKS;
}
/** Only Linux tells; elsewhere the columns stay empty. */
const PROC = existsSync("/proc/self/stat");
const TICKS = PROC ? Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" })) : NaN;

/** Megabytes that a process has in memory. */
export function residentMb(pid) {
  if (!PROC) return NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
}

/** The machine and what it does besides. */
export function machine() {
  const [cpu] = os.cpus();
  const gb = (os.totalmem() / 2 ** 30).toFixed(0);
  const load = os.loadavg().map((one) => one.toFixed(2)).join(" ");
  return { cores: os.cpus().length, cpu: cpu.model.trim(), gb, load, system: `${os.type()} ${os.release()}` };
}

export function versions() {
  const first = (program, ...args) => {
    const ran = spawnSync(program, args, { encoding: "utf8" });
    return ran.status === 0 ? ran.stdout.trim().split("\n")[0] : "none";
  };
  const python = PYTHON && first(PYTHON, "--version");
  const commit = first("git", "rev-parse", "--short", "HEAD");
  return [`commit ${commit}`, first("rustc", "--version"), `mongod ${first("mongod", "--version")}`, `Node.js ${process.version}`, python]
    .filter(Boolean)
    .join("; ");
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

//! One marketplace of a test's own: a server process and a database that nobody else uses.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { binary, site } from "./build.ts";

/** How long a server may take until it answers, database included. */
const PATIENCE_MS = 60_000;

export class Server {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly log: string[],
  ) {}

  /** Starts a demo on a free port and waits until it is ready. */
  static async start(environment: NodeJS.ProcessEnv): Promise<Server> {
    const addr = `127.0.0.1:${await freePort()}`;
    const env = { ...process.env, GIGSTA_BASE_URL: "", ...environment };
    const child = spawn(binary, ["serve"], {
      env: { ...env, GIGSTA_DEMO: "1", GIGSTA_ADDR: addr, LEPTOS_SITE_ROOT: site },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const log: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream!.on("data", (chunk) => log.push(String(chunk)));
    const server = new Server(`http://${addr}`, child, log);
    await server.ready();
    return server;
  }

  /** Waits until the notices of the demo's past have been delivered: until then notices of it come in while one looks. */
  async idle(): Promise<void> {
    await this.until("idle", async () =>
      /^gigsta_bookings_due 0$/m.test(await (await fetch(`${this.url}/metrics`)).text()),
    );
  }

  /** Ends it in order, so that it closes what it has open. By Ctrl-C: after SIGTERM it first gives a balancer one second. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGINT");
    await ended;
  }

  /** What it has said. */
  output(): string {
    return this.log.join("");
  }

  private ready(): Promise<void> {
    return this.until("ready", async () => (await fetch(`${this.url}/readyz`).catch(() => null))?.ok === true);
  }

  private async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (this.child.exitCode === null && Date.now() < deadline) {
      if (await holds()) return;
      await wait(30);
    }
    await this.stop();
    throw new Error(`The server at ${this.url} did not become ${what}. It says:\n${this.output()}`);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}

//! One real mongod for a whole run, brought up by the server as `make run` does it. Gives the way to end it again.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkBuild } from "./build.ts";
import { Server } from "./server.ts";

export default async function database(): Promise<() => Promise<void>> {
  checkBuild();
  // Playwright ends in order only when it is interrupted; a time limit of whoever calls it terminates it.
  for (const signal of ["SIGTERM", "SIGHUP"]) process.once(signal, () => process.kill(process.pid, "SIGINT"));
  const data = mkdtempSync(join(tmpdir(), "gigsta-e2e-"));
  const keeper = await Server.start({ MONGODB_URI: "", GIGSTA_DATA: data, GIGSTA_DB: "keeper" });
  const port = readFileSync(join(data, "mongo/port"), "utf8").trim();
  // The workers inherit both; photos of all marketplaces go into the one folder.
  process.env.E2E_DATA = data;
  process.env.E2E_MONGODB_URI = `mongodb://127.0.0.1:${port}/?replicaSet=gigsta`;
  return async () => {
    await keeper.stop();
    rmSync(data, { recursive: true, force: true });
  };
}

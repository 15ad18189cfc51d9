//! Where the build has put what is tested.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const target = resolve(root, process.env.CARGO_TARGET_DIR || "target");

/** The server. */
export const binary = resolve(process.env.GIGSTA_BIN || join(target, "debug/gigsta"));

/** The folder with the built files and the public ones. */
export const site = resolve(process.env.LEPTOS_SITE_ROOT || join(target, "site"));

/** The built files of one kind: `css`, `js`, `wasm`; of the scripts too by their name: `live`. */
export function built(kind: string, name = "gigsta"): string[] {
  const pkg = join(site, "pkg");
  const files = existsSync(pkg) ? readdirSync(pkg) : [];
  return files
    .filter((file) => file.startsWith(`${name}.`) && file.endsWith(`.${kind}`))
    .map((file) => join(pkg, file));
}

/** The bytes of a built file as the server sends it. */
export function brotli(file: string): number {
  const compressed = statSync(`${file}.br`, { throwIfNoEntry: false });
  return compressed?.size ?? brotliCompressSync(readFileSync(file)).length;
}

/** Says what is missing and what to do, before fifty tests fail for one reason. */
export function checkBuild(): void {
  for (const path of [binary, site]) {
    if (!existsSync(path)) throw new Error(`${path} is not there. Build it first: tools/build.sh run`);
  }
  if (built("wasm").length !== 1) {
    throw new Error(`There has to be one built .wasm in ${site}/pkg. Build it: tools/build.sh run`);
  }
}

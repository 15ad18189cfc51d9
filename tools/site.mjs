// node tools/site.mjs PROFILE STAGE SITE HASHFILE: lays the site folder from what build.sh has staged and from public/.
//
// SITE/pkg/gigsta.<hash>.{js,wasm,css} and SITE/pkg/<script>.<hash>.js can be cached for ever; everything that compresses lies there as .br and .gz too, so
// that the server never compresses a file. HASHFILE is read by the server, in cargo-leptos' format: a line "js: <hash>" each.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [profile, stage, site, hashFile] = process.argv.slice(2);
const compressible = new Set([".css", ".html", ".ico", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest", ".xml"]);

// Laid beside the old one and exchanged with it, so that no page meets a half-written folder.
const fresh = `${site}.new`;
rmSync(fresh, { recursive: true, force: true });
mkdirSync(join(fresh, "pkg"), { recursive: true });
if (existsSync("public")) cpSync("public", fresh, { recursive: true });

const hashes = {};
function lay(key, file, stem) {
  const bytes = readFileSync(join(stage, file));
  hashes[key] = createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
  writeFileSync(join(fresh, "pkg", `${stem}.${hashes[key]}${extname(file)}`), bytes);
}
lay("js", "gigsta.js", "gigsta");
lay("wasm", "gigsta_bg.wasm", "gigsta");
lay("css", "gigsta.css", "gigsta");
for (const file of readdirSync(join(stage, "scripts"))) lay(basename(file, ".js"), join("scripts", file), basename(file, ".js"));

if (profile === "release") {
  const sizes = [];
  for (const entry of readdirSync(fresh, { recursive: true })) {
    const path = join(fresh, entry);
    if (!statSync(path).isFile() || !compressible.has(extname(path))) continue;
    const bytes = readFileSync(path);
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
    const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const brotli = brotliCompressSync(bytes, { params });
    const gzip = gzipSync(bytes, { level: 9 });
    if (brotli.length < bytes.length) writeFileSync(`${path}.br`, brotli);
    if (gzip.length < bytes.length) writeFileSync(`${path}.gz`, gzip);
    if (entry.startsWith("pkg")) sizes.push([basename(path), bytes.length, brotli.length]);
  }
  for (const [name, raw, brotli] of sizes) {
    console.log(`build: ${name.padEnd(36)} ${String(raw).padStart(9)} bytes ${String(brotli).padStart(8)} as brotli`);
  }
}

const old = `${site}.old`;
rmSync(old, { recursive: true, force: true });
if (existsSync(site)) renameSync(site, old);
renameSync(fresh, site);
rmSync(old, { recursive: true, force: true });
writeFileSync(hashFile, Object.entries(hashes).map(([kind, hash]) => `${kind}: ${hash}\n`).join(""));

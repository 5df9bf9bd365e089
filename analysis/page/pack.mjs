// gzip as small as it gets, by Zopfli; and the engine of a live page, sorted: node pack.mjs engine.wasm OUT.gz
//
// Slow, a twentieth smaller than gzip -9, and opened by the same DecompressionStream. What is packed already is
// left as it is.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { gzipAsync } from "@gfx/zopfli";
import { joined, sorted } from "./src/drill/engine/sorted.js";

/** Bytes of a text or of bytes, packed; of the same always the same. */
export async function pack(given) {
  const bytes = typeof given === "string" ? Buffer.from(given) : given;
  const packed = Buffer.from(await gzipAsync(bytes, { numiterations: 5, blocksplittingmax: 0 }));
  if (!gunzipSync(packed).equals(bytes)) throw new Error("what was packed does not come out again");
  return packed;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [from, to] = process.argv.slice(2);
  const module = readFileSync(from);
  const bytes = Buffer.from(sorted(module));
  if (!module.equals(joined(bytes))) throw new Error("what was sorted does not come out again");
  if (!existsSync(to) || !gunzipSync(readFileSync(to)).equals(bytes)) writeFileSync(to, await pack(bytes));
}

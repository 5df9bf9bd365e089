// gzip as small as it gets, by Zopfli; and the engine of a live page, sorted:
//
//   node pack.mjs <TEXT >TEXT.gz
//   node pack.mjs engine.wasm engine.wasm.gz
//
// Slow, a twentieth smaller than gzip -9, and opened by the same DecompressionStream. An engine that is packed
// already is left as it is. A process of its own, for Zopfli's package listens to all that a process throws.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { gzipAsync } from "@gfx/zopfli";
import { joined, sorted } from "./src/drill/engine/sorted.js";

async function packed(bytes) {
  const out = Buffer.from(await gzipAsync(bytes, { numiterations: 5, blocksplittingmax: 0 }));
  if (!gunzipSync(out).equals(bytes)) throw new Error("what was packed does not come out again");
  return out;
}

/** What is packed in a file; null: there is none, or it is cut short. */
function unpacked(file) {
  try {
    return gunzipSync(readFileSync(file));
  } catch {
    return null;
  }
}

const [from, to] = process.argv.slice(2);
if (!from) {
  process.stdout.write(await packed(readFileSync(0)));
} else {
  const module = readFileSync(from);
  const bytes = Buffer.from(sorted(module));
  if (!module.equals(joined(bytes))) throw new Error("what was sorted does not come out again");
  if (!unpacked(to)?.equals(bytes)) {
    writeFileSync(`${to}.new`, await packed(bytes));
    renameSync(`${to}.new`, to);
  }
}

// A page of a drill to look at: node test/drill_fixture.mjs RUN.json OUT.html [--area AREA.json] [--live]
//
// RUN.json is what `muster run SCENARIO --json` prints. The coast is taken from sim/world/land/land.bin,
// cut to the box of the run.
import { readFile, writeFile, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "../build.mjs";
import { readLand } from "../src/drill/coast.js";
import { escapeJson } from "./assemble.mjs";
import { filled } from "./drill_documents.mjs";
import { cropped, encodeLand } from "./land.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
// Beside the sources, or in a copy of them in the build folder, which MUSTER_LAND then serves.
export const LAND = process.env.MUSTER_LAND ?? path.join(here, "../../../sim/world/land/land.bin");

export async function coastOf(box) {
  const land = readLand(new Uint8Array(await readFile(LAND)));
  const { west, east, south, north } = box;
  // A map may be wide or tall: what is round the box is seen too.
  const margin = Math.max(5, 0.6 * Math.max(east - west, north - south));
  const wider = {
    west: west - margin,
    east: east + margin,
    south: Math.max(-80, south - margin),
    north: Math.min(85, north + margin),
  };
  return gzipSync(encodeLand(cropped(land, wider))).toString("base64");
}

const blockOf = (id, text, more = "") =>
  `<script type="application/json" id="${id}"${more}>${text}</script>\n`;

/** The page of a run as the program writes it: head, blocks, tail. */
export function drillPage({ drill }, doc, { coast = "", area = null, names = null, lesson = null, live = false, isPacked = live } = {}) {
  return [
    live ? drill.live : drill.head,
    isPacked
      ? blockOf("muster-run", gzipSync(JSON.stringify(doc)).toString("base64"), ' data-packed="gzip"')
      : blockOf("muster-run", escapeJson(doc)),
    coast ? blockOf("muster-coast", coast) : "",
    area ? blockOf("muster-area", escapeJson(area)) : "",
    names ? blockOf("muster-names", escapeJson(names)) : "",
    lesson ? blockOf("muster-lesson", escapeJson(lesson)) : "", // as a page that was saved has it
    drill.tail,
  ].join("");
}

async function main(args) {
  const flag = (name) => (args.includes(name) ? args.splice(args.indexOf(name), 1).length > 0 : false);
  const live = flag("--live");
  const at = args.indexOf("--area");
  const area = at >= 0 ? JSON.parse(await readFile(args.splice(at, 2)[1], "utf8")) : null;
  if (args.length !== 2) throw new Error("usage: drill_fixture.mjs RUN.json OUT.html [--area F] [--live]");
  const doc = filled(JSON.parse(await readFile(args[0], "utf8")));
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-drill-"));
  const halves = await build(folder);
  await rm(folder, { recursive: true });
  const coast = await coastOf(doc.scene.box);
  await writeFile(args[1], drillPage(halves, doc, { coast, area, live }));
  console.error(`script ${halves.drill.scriptBytes} bytes, coast ${coast.length} bytes`);
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(process.argv.slice(2));

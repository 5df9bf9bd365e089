// A live page to look at: node test/live_fixture.mjs SCENARIO.cfg OUT.html
//
// MUSTER_PROGRAM names the program, MUSTER_LIVE_PARTS tests/page/live_parts of the build, MUSTER_ENGINE
// engine.wasm.
import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "../build.mjs";

const { MUSTER_PROGRAM, MUSTER_LIVE_PARTS, MUSTER_ENGINE } = process.env;
export const canMake = Boolean(MUSTER_PROGRAM && MUSTER_LIVE_PARTS && MUSTER_ENGINE);

/** What the program says, as JSON; an error where it says nothing of that kind. */
export function native(...words) {
  const { status, stdout, stderr } = spawnSync(MUSTER_PROGRAM, words, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0 && status !== 1) throw new Error(`${words.join(" ")}: ${stderr}`);
  return JSON.parse(stdout);
}

const withTemporary = async (work) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-live-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** A page as the program itself writes it. */
export const written = (...words) =>
  withTemporary(async (folder) => {
    const file = path.join(folder, "page.html");
    await promisify(execFile)(MUSTER_PROGRAM, [...words, "-o", file]);
    return readFile(file, "utf8");
  });

/** The same margin round the run as that of a replay: README.md. */
function around({ west, east, south, north }) {
  const margin = Math.max(5, 0.6 * Math.max(east - west, north - south));
  return [west - margin, east + margin, Math.max(-80, south - margin), Math.min(85, north + margin)];
}

const packed = (bytes) => gzipSync(bytes, { level: 9 }).toString("base64");
const blockOf = (id, text, more = "") => `<script type="application/json" id="${id}"${more}>${text}</script>\n`;

/** Blocks of a live page of a scenario, by id. */
export const liveBlocks = (scenario) =>
  withTemporary(async (folder) => {
    const doc = native("run", scenario, "--json");
    const made = spawnSync(MUSTER_LIVE_PARTS, [scenario, ...around(doc.scene.box).map(String), folder], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`live_parts: ${made.stderr}`);
    const part = async (name) => packed(await readFile(path.join(folder, name)));
    return {
      doc,
      blocks: {
        "muster-run": packed(JSON.stringify(doc)),
        "muster-coast": await part("land.bin"),
        "muster-engine": packed(await readFile(MUSTER_ENGINE)),
        "muster-routes": await part("routes.bin"),
        "muster-text": await part("scenario.cfg"),
      },
    };
  });

/** The page: head, blocks, tail. */
export const livePage = ({ drill }, blocks) =>
  [
    drill.live,
    ...Object.entries(blocks).map(([id, text]) => blockOf(id, text, id === "muster-run" ? ' data-packed="gzip"' : "")),
    drill.tail,
  ].join("");

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv.length !== 4 || !canMake) {
    console.error("usage: live_fixture.mjs SCENARIO.cfg OUT.html, with MUSTER_PROGRAM, MUSTER_LIVE_PARTS and MUSTER_ENGINE");
    process.exit(2);
  }
  const halves = await withTemporary(build);
  const { blocks } = await liveBlocks(process.argv[2]);
  const page = livePage(halves, blocks);
  await writeFile(process.argv[3], page);
  for (const [id, text] of Object.entries(blocks)) console.error(`${id} ${text.length}`);
  console.error(`page ${Buffer.byteLength(page)} bytes`);
}

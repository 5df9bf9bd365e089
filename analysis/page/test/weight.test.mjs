// What the live pages of the worked case and of the lessons weigh, part by part, as the program writes them;
// and that the engine in each, with the coast and the routes beside it, gives the run that stands in it.
// MUSTER_PROGRAM names the program, MUSTER_SOURCE the sources (ctest sets them).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import test from "node:test";
import { unpack } from "../src/drill/coast.js";
import { instantiate } from "../src/drill/engine/module.js";
import { joined } from "../src/drill/engine/sorted.js";

const PAGE_MOST = 600_000;
const COAST_MOST = 40_100;
const { MUSTER_PROGRAM, MUSTER_SOURCE } = process.env;
assert.ok(MUSTER_PROGRAM && MUSTER_SOURCE, "ctest starts this test, and says what to try");
const lessons = join(MUSTER_SOURCE, "scenarios/lessons");
const scenarios = [
  join(MUSTER_SOURCE, "scenarios/northern-interaction-2023.cfg"),
  ...readdirSync(lessons).filter((name) => name.endsWith(".cfg")).sort().map((name) => join(lessons, name)),
];

function exported(scenario) {
  const folder = mkdtempSync(join(tmpdir(), "muster-weight-"));
  try {
    const { status, stderr } = spawnSync(MUSTER_PROGRAM, ["export", "--live", scenario, "-o", join(folder, "page.html")], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return readFileSync(join(folder, "page.html"), "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const blocksOf = (page) => Object.fromEntries([...page.matchAll(/<script type="application\/json"[^>]* id="muster-(\w+)">([^<]*)<\/script>/g)].map(([, id, text]) => [id, text]));
const textOf = async (block) => new TextDecoder().decode(await unpack(block));

// The engine's mathematical functions differ from the program's in the last digit, and its digest in every bit.
const isNear = (a, b) => Math.abs(a - b) <= Math.max(1e-12, 1e-9 * Math.max(Math.abs(a), Math.abs(b)));
function isSame(a, b, key = "") {
  if (key === "digest" || a === b) return true;
  if (typeof a === "number" && typeof b === "number") return isNear(a, b);
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((each) => isSame(a[each], b[each], each));
}

/** The engine that stands in a page, with the coast, the routes and the scenario beside it. */
async function opened(blocks, scenario) {
  const engine = await instantiate(joined(await unpack(blocks.engine)));
  assert.deepEqual(engine.land(await unpack(blocks.coast)).diagnostics, []);
  assert.deepEqual(engine.routes(await unpack(blocks.routes)).diagnostics, []);
  return { engine, answer: engine.call({ call: "open", name: basename(scenario), text: await textOf(blocks.text) }) };
}

/** The size of a GeoJSON area on a sphere of radius 1: rings behind the first of a polygon are holes. */
const ringSize = (ring) =>
  Math.abs(ring.slice(1).reduce((sum, [lon, lat], i) => sum + ((lon - ring[i][0]) * Math.PI * (2 + Math.sin((lat * Math.PI) / 180) + Math.sin((ring[i][1] * Math.PI) / 180))) / 360, 0));
const sizeOf = ({ coordinates }) => coordinates.flatMap((rings) => rings.map((ring, i) => (i === 0 ? 1 : -1) * ringSize(ring))).reduce((a, b) => a + b, 0);

// Contours that end inside the page's coast: of a ship near many islands, and of one that goes far.
const CONTOURS = [
  { scenario: scenarios[0], unit: "najin-531", limit: "allotment", most: 0.002 },
  { scenario: join(lessons, "the-last-thousand-miles.cfg"), unit: "jose-rizal-150", limit: "usable", most: 0.01 },
];
for (const { scenario, unit, limit, most } of CONTOURS)
  test(`${unit}: the water that it reaches is, on the thinned coast of a page, what the program finds on the whole`, async () => {
    const { engine } = await opened(blocksOf(exported(scenario)), scenario);
    const { stdout } = spawnSync(MUSTER_PROGRAM, ["reach", scenario, unit, "--area"], { encoding: "utf8", maxBuffer: 1 << 28 });
    const found = ({ features }) => features.find(({ properties }) => properties.limit === limit);
    const [whole, thinned] = [found(JSON.parse(stdout)), found(engine.call({ call: "area", unit }))];
    assert.ok(isNear(whole.properties.radius_nm, thinned.properties.radius_nm));
    const share = sizeOf(thinned.geometry) / sizeOf(whole.geometry) - 1;
    console.log(`${unit}: the area differs by ${(100 * share).toFixed(3)} %`);
    assert.ok(Math.abs(share) < most, `${share}`);
  });

for (const scenario of scenarios)
  test(basename(scenario), async () => {
    const page = exported(scenario);
    const blocks = blocksOf(page);
    const total = Buffer.byteLength(page);
    const shares = Object.entries(blocks).map(([id, { length }]) => `${id} ${length} (${((100 * length) / total).toFixed(1)} %)`);
    const rest = total - Object.values(blocks).reduce((sum, { length }) => sum + length, 0);
    console.log(`${basename(scenario)}: ${total} bytes: ${shares.join(", ")}, rest ${rest}`);
    assert.ok(total < PAGE_MOST, `${total} bytes are not under ${PAGE_MOST}`);
    assert.ok(blocks.coast.length < COAST_MOST, `${blocks.coast.length} characters of coast`);

    const { answer } = await opened(blocks, scenario);
    const run = JSON.parse(await textOf(blocks.run));
    const wrong = Object.keys(run).filter((key) => !isSame(answer[key], run[key], key));
    assert.deepEqual(wrong, [], answer.diagnostics?.[0]?.message);
  });

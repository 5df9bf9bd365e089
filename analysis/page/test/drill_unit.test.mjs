// What of a drill's page needs no browser: where units are, the coast, the projection, labels, signs.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { geoConicConformal, geoDistance, geoInterpolate } from "d3-geo";
import { build } from "../build.mjs";
import { readLand, unpack } from "../src/drill/coast.js";
import { makeDesk } from "../src/drill/desk.js";
import { gather, placeLabels, spread, touch } from "../src/drill/map/groups.js";
import { circle, crossings, degreeText, makeProjection, R, shorePath } from "../src/drill/map/project.js";
import { course, motionOf, Way } from "../src/drill/motion.js";
import { readRun, sceneOf } from "../src/drill/scene.js";
import { hourText, momentText, zoneText } from "../src/drill/time.js";
import { en } from "../src/language/en.js";
import { app6 } from "../symbols.mjs";
import { coastOf, LAND } from "./drill_fixture.mjs";
import { filled, manyUnits } from "./drill_documents.mjs";
import { random } from "./fixtures.mjs";
import { cropped, encodeLand } from "./land.mjs";

const HOUR = 3600000;
const NM = Math.PI / 180 / 60;
const milesApart = (a, b) => geoDistance(a, b) / NM;
const near = (found, wanted, within, what) =>
  assert.ok(Math.abs(found - wanted) <= within, `${what ?? ""} ${found}, not ${wanted}`);

// Runs that the program made: tests/page.
const folder = process.env.MUSTER_PAGE_DOCUMENTS ? path.join(process.env.MUSTER_PAGE_DOCUMENTS, "runs") : "";
if (process.env.CI && !existsSync(folder)) throw new Error("no runs made by the program");
const runs = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => filled(JSON.parse(readFileSync(path.join(folder, name), "utf8"))))
  : [];

for (const doc of runs)
  test(`${doc.scenario.id}: ships are where the engine's own track has them`, () => {
    const motion = motionOf(doc);
    const epoch = Date.parse(doc.epoch);
    let count = 0;
    for (const unit of doc.units)
      for (const [hours, lon, lat, fuel] of unit.track ?? []) {
        const found = motion.at(unit.id, epoch + hours * HOUR);
        const apart = milesApart(found.place, [lon, lat]);
        assert.ok(apart < 0.1, `${unit.id} at ${hours} h: ${apart} nm away`);
        near(found.fuel, fuel, 1e-4, unit.id);
        count += 1;
      }
    assert.ok(count > 0 || doc.units.every((unit) => unit.domain !== "naval" || !unit.sailed));
  });

test("a way is followed as a great circle, and back", () => {
  const next = random(5);
  for (let i = 0; i < 200; i += 1) {
    const ends = [0, 1].map(() => [next() * 300 + 20, next() * 150 - 75]);
    const way = new Way(ends);
    const second = geoInterpolate(...ends);
    near(way.length, geoDistance(...ends), 1e-9);
    for (const share of [0, 0.25, 0.6, 1]) near(milesApart(way.at(share), second(share)), 0, 0.01);
  }
  const bent = new Way([[130, 40], [132, 40], [132, 40], [132, 43]]);
  assert.deepEqual(bent.at(0), [130, 40]);
  near(milesApart(bent.at(1), [132, 43]), 0, 1e-6);
  const [all, first] = [bent.length, geoDistance([130, 40], [132, 40])];
  near(milesApart(bent.at(first / all), [132, 40]), 0, 1e-6);
  assert.deepEqual(new Way([[5, 5]]).at(0.5), [5, 5]);
  // Longitudes go on over the date line.
  near(new Way([[179, 50], [183, 50]]).at(0.5)[0], 181, 1e-9);
  near(course([130, 0], [140, 0]), 90, 1e-9);
  near(course([130, 10], [130, 20]), 0, 1e-9);
  near(course([0, 60], [180, 60]), 0, 1e-6);
});

test("ships sail, wait and come back on closed form", () => {
  const t = (h) => new Date(Date.UTC(2023, 6, 1, h)).toISOString();
  const at = (h) => Date.UTC(2023, 6, 1, h);
  const leg = (kind, from, to, more) => ({ kind, start: t(from), end: t(to), burn_kgps: 0, speed_mps: 0, ...more });
  const doc = {
    routes: [{ points: [[130, 40], [132, 40]] }],
    units: [
      {
        id: "a", domain: "naval", tank_kg: 1000, lon_deg: 130, lat_deg: 40,
        legs: [
          leg("port", 0, 10, { lon_deg: 130, lat_deg: 40, fuel_start_kg: 1000 }),
          leg("leg", 10, 20, { route: 0, reverse: false, start_m: 0, route_m: 36000, speed_mps: 1, burn_kgps: 0.01, fuel_start_kg: 1000 }),
          leg("adrift", 20, 22, { fuel_start_kg: 640, lon_deg: null, lat_deg: null }),
          leg("leg", 22, 30, { route: 0, reverse: true, start_m: 0, route_m: 36000, speed_mps: 1.25, burn_kgps: 0.01, fuel_start_kg: 640 }),
        ],
      },
      {
        id: "b", domain: "air", lon_deg: 131, lat_deg: 43, count: 6,
        sorties: [{ aircraft: 2, off: t(2), on: t(4), leave: t(6), land: t(8), base_lon_deg: 131, base_lat_deg: 43, station_lon_deg: 131, station_lat_deg: 39 }],
      },
      { id: "c", domain: "air", parent: "a", lon_deg: 1, lat_deg: 1, count: 1 },
    ],
  };
  const { at: unit, marks } = motionOf(doc);
  assert.equal(unit("a", at(5)).word, "in-port");
  const half = unit("a", at(15));
  near(half.place[0], 131, 1e-6);
  near(half.fuel, 0.82, 1e-9);
  near(half.course, course(half.place, [132, 40]), 1);
  assert.equal(unit("a", at(21)).word, "adrift");
  near(unit("a", at(21)).place[0], 132, 1e-6);
  near(unit("a", at(26)).place[0], 131, 1e-6);
  near(unit("a", at(26)).course, 270, 1);
  near(unit("a", at(99)).place[0], 130, 1e-6);
  assert.equal(unit("b", at(1)).word, "at-base");
  near(unit("b", at(3)).place[1], 41, 1e-6);
  assert.equal(unit("b", at(3)).word, "outbound");
  assert.equal(unit("b", at(5)).word, "on-station");
  assert.equal(unit("b", at(7)).word, "returning");
  near(unit("b", at(7)).place[1], 41, 1e-6);
  assert.equal(unit("b", at(9)).word, "landed");
  const flying = marks(at(3)).filter((mark) => mark.unit.id === "b");
  assert.deepEqual(flying.map(({ count, flying: isUp }) => [count, isUp]), [[2, true]]);
  assert.deepEqual(unit("c", at(15)).place, half.place);
  assert.ok(!marks(at(3)).some((mark) => mark.unit.id === "c"), "on board is not drawn");
});

test("a document of next to nothing has a scene", () => {
  const scene = sceneOf({ format: "muster-run", version: 1 });
  assert.deepEqual([scene.units, scene.log, scene.states], [[], [], []]);
  assert.ok(scene.horizon.to > scene.horizon.from);
  assert.throws(() => readRun("{"), /damaged/);
  assert.throws(() => readRun('{"format":"muster-why"}'), /“muster-why”/);
  assert.throws(() => readRun('{"format":"muster-run","version":2}'), /version 2/);
});

const isLand = existsSync(LAND);
if (process.env.CI && !isLand) throw new Error(`no land at ${LAND}`);

test("the coast is read as the engine writes it", { skip: isLand ? false : `no ${LAND}` }, () => {
  const bytes = new Uint8Array(readFileSync(LAND));
  const land = readLand(bytes);
  // As sim/world/README.md has it.
  assert.equal(land.rings.length, 1681);
  assert.equal(land.rings.reduce((sum, ring) => sum + ring.length, 0), 129415);
  assert.deepEqual([land.west, land.east, land.south, land.north], [90, 235, -50, 75]);
  assert.deepEqual(encodeLand(land), bytes);
  for (const ring of land.rings)
    for (const [x, y] of ring) {
      const [lon, lat] = [land.x0 + land.dx * x, land.y0 + land.dy * y];
      assert.ok(lon > 89.9 && lon < 235.1 && lat > -50.1 && lat < 75.1, `${lon} ${lat}`);
    }
  for (const length of [0, 8, 79, 87, 1000, bytes.length - 1])
    assert.throws(() => readLand(bytes.subarray(0, length)), /damaged/, `${length} bytes`);
  const other = bytes.slice();
  other[0] = 88;
  assert.throws(() => readLand(other), /damaged/);
});

test("a coast that was cut is drawn without the cut", { skip: isLand ? false : `no ${LAND}` }, async () => {
  const box = { west: 126, east: 132, south: 36, north: 40 };
  const land = readLand(await unpack(await coastOf(box)));
  assert.ok(land.west < box.west && land.north > box.north);
  const projection = makeProjection(box);
  const whole = { ...cropped(readLand(new Uint8Array(readFileSync(LAND))), box) };
  const count = (text) => (text.match(/l/g) ?? []).length;
  const corners = whole.rings.reduce((sum, ring) => sum + ring.length, 0);
  const drawn = count(shorePath(projection, whole));
  assert.ok(drawn > 200 && drawn < corners, `${drawn} of ${corners}`);
});

test("the projection is d3's conic conformal, and turns back", () => {
  const box = { west: 118, east: 146, south: 30, north: 48 };
  const projection = makeProjection(box);
  assert.deepEqual(projection.parallels, [33, 45]);
  const second = geoConicConformal().parallels([33, 45]).rotate([-132, 0]).scale(R).translate([0, 0]).center([0, 39]);
  const next = random(9);
  for (let i = 0; i < 100; i += 1) {
    const [lon, lat] = [110 + next() * 45, 25 + next() * 30];
    const [x, y] = projection.forward(lon, lat);
    const [sx, sy] = second([lon, lat]);
    near(x, sx, 1e-6);
    near(y, sy, 1e-6);
    const back = projection.inverse(x, y);
    near(back[0], lon, 1e-9);
    near(back[1], lat, 1e-9);
    // A ring looks round, and as large as the scale bar says.
    const ring = circle([lon, lat], 30, 24);
    for (const point of ring) near(milesApart(point, [lon, lat]), 30, 1e-6);
    const spans = ring.map((point) => Math.hypot(...projection.forward(...point).map((value, k) => value - [x, y][k])));
    near(Math.max(...spans) / Math.min(...spans), 1, 0.01);
    near(spans[0] / (30 * projection.mile(lat)), 1, 0.01);
  }
  // South of the equator cones stand on their head.
  const southern = makeProjection({ west: 110, east: 130, south: -40, north: -10 });
  const there = geoConicConformal().parallels([-35, -15]).rotate([-120, 0]).scale(R).translate([0, 0]).center([0, -25]);
  for (const at of [[112, -38], [120, -12], [129, -25]]) {
    const [found, wanted] = [southern.forward(...at), there(at)];
    near(milesApart(southern.inverse(...found), at), 0, 1e-6);
    near(found[0], wanted[0], 1e-6);
    near(found[1], wanted[1], 1e-6);
  }
  // Over the date line, and where parallels lie alike on both sides of the equator.
  near(makeProjection({ west: 170, east: 190, south: 40, north: 50 }).forward(-175, 45)[0] > 0 ? 1 : 0, 1, 0);
  assert.ok(makeProjection({ west: 0, east: 10, south: -5, north: 5 }).forward(5, 1).every(Number.isFinite));
});

test("degrees stand where the edge crosses them", () => {
  assert.deepEqual(crossings([4, 6, 11], 5), [
    { value: 5, at: 0.5 },
    { value: 10, at: 1.8 },
  ]);
  assert.equal(degreeText(185, "E", "W"), "175°W");
  assert.equal(degreeText(130, "E", "W"), "130°E");
  assert.equal(degreeText(-5, "N", "S"), "5°S");
  assert.equal(degreeText(0, "N", "S"), "0°");
  assert.equal(degreeText(180, "E", "W"), "180°");
});

test("signs and labels never touch, however close the units are", () => {
  const next = random(11);
  const bounds = { x0: 0, y0: 0, x1: 900, y1: 700 };
  let most = 0;
  for (let round = 0; round < 60; round += 1) {
    const marks = Array.from({ length: 40 }, (_, i) => ({
      x: 300 + next() * (round % 3 === 0 ? 30 : 300),
      y: 250 + next() * (round % 3 === 0 ? 30 : 250),
      key: `state-${i % 4}`,
    }));
    const groups = gather(marks, 20);
    assert.equal(groups.reduce((sum, group) => sum + group.marks.length, 0), 40);
    for (const a of groups)
      for (const b of groups)
        if (a !== b && a.key === b.key)
          for (const p of a.marks)
            for (const q of b.marks) assert.ok(Math.hypot(p.x - q.x, p.y - q.y) >= 20, "two groups that are one");
    groups.forEach((group, i) => (group.id = String(i)));
    const kept = new Map();
    spread(groups, 24, kept);
    const obstacles = [{ x0: 300, y0: 300, x1: 380, y1: 320 }];
    const labels = groups.map((group) => ({ id: group.id, box: group.box, width: 60 + next() * 120, height: 16 }));
    const before = new Map();
    const signs = groups.map((group) => group.box);
    const placed = placeLabels(labels, [...obstacles, ...signs], bounds, before);
    const boxes = [...placed.values()];
    most = Math.max(most, boxes.length);
    boxes.forEach((box, i) => {
      assert.ok(box.x0 >= 0 && box.x1 <= 900 && box.y0 >= 0 && box.y1 <= 700);
      for (const other of [...boxes.slice(0, i), ...obstacles, ...signs]) assert.ok(!touch(box, other));
    });
    // The same again changes nothing: labels do not jump.
    assert.deepEqual([...placeLabels(labels, [...obstacles, ...signs], bounds, before)], [...placed]);
  }
  assert.ok(most > 20, "most labels do find a place");
  const three = spread([0, 1, 2].map((i) => ({ id: String(i), x: 100, y: 100 })), 24);
  for (let i = 0; i < 3; i += 1) for (let j = 0; j < i; j += 1) assert.ok(!touch(three[i].box, three[j].box));
  assert.equal(three[0].moved, false);
});

test("symbols of APP-6 are all there and differ where mistakes were made", () => {
  const { frames, icons } = app6();
  assert.deepEqual(Object.keys(frames).sort(), ["01-3", "01-4", "30-3", "30-4", "35-3", "35-4"]);
  const text = (key) => JSON.stringify(icons[key]);
  const told = ["30-120203", "30-120204", "30-130110", "01-110104", "01-110110", "01-110109", "01-110116"].map(text);
  assert.equal(new Set(told).size, told.length);
  for (const key of Object.keys(icons)) assert.ok(icons[key].length > 0 && text(key).length > 5, key);
  for (const doc of runs)
    for (const unit of doc.units.filter(({ sidc }) => sidc)) {
      const [, identity, set, entity] = /^101(\d)(\d\d)\d{4}(\d{6})\d{4}$/.exec(unit.sidc);
      assert.ok(frames[`${set}-${identity}`] && icons[`${set}-${entity}`], `${unit.id}: ${unit.sidc}`);
    }
});

test("the desk tells each watcher once, and words have forms", () => {
  const desk = makeDesk({ scene: { states: [{ id: "A", name: "Alpha" }] } }, { k: "{n} ships, {who}", "k.one": "{n} ship" });
  const told = [];
  const end = desk.watch(["time", "doc"], (keys) => told.push(keys));
  desk.set({ time: 5, selected: null });
  desk.set({ time: 5 });
  desk.set({ selected: { kind: "unit", id: "x" } });
  end();
  desk.set({ time: 6 });
  assert.deepEqual(told, [["time"]]);
  assert.throws(() => desk.set({ tiem: 1 }), /tiem/);
  assert.equal(desk.word("k", { n: 1 }), "1 ship");
  assert.equal(desk.word("k", { n: 2, who: "$&" }), "2 ships, $&");
  assert.equal(desk.word("no.such"), "no.such");
  assert.equal(desk.name("A"), "Alpha");
  desk.set({ names: new Map([["A", "Other"]]) });
  assert.equal(desk.name("A", "Alpha"), "Other");
});

test("moments are in UTC or in a zone", () => {
  const time = Date.UTC(2023, 6, 20, 20, 5);
  assert.equal(momentText(time), "Thu 20 Jul 2023, 20:05 UTC");
  assert.equal(momentText(time, 9), "Fri 21 Jul 2023, 05:05 UTC+9");
  assert.equal(hourText(time, -3.5), "16:35");
  assert.equal(zoneText(5.5), "UTC+5:30");
  assert.equal(zoneText(-3), "UTC\u22123");
});

test("every text that the page asks for is in the language file", () => {
  const source = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../src/drill");
  const files = readdirSync(source, { recursive: true }).filter((name) => String(name).endsWith(".js"));
  for (const file of files)
    for (const [, key] of readFileSync(path.join(source, String(file)), "utf8").matchAll(/\bword\(\s*"([^"]+)"/g))
      assert.ok(key in en, `${file}: ${key}`);
});

test("the page of a drill is small, allows its own script alone, and two builds are alike", async () => {
  const folders = await Promise.all([0, 1].map(() => mkdtemp(path.join(os.tmpdir(), "muster-drill-"))));
  try {
    const [one, two] = await Promise.all(folders.map(build));
    assert.equal(one.drill.head, two.drill.head);
    assert.equal(one.drill.tail, two.drill.tail);
    assert.equal(readFileSync(path.join(folders[0], "live-head.html"), "utf8"), one.drill.live);
    const [, packed, starter] = /^<script type="application\/json" id="muster-script">([^<]*)<\/script>\n<script>([\s\S]*)<\/script>/.exec(one.drill.tail);
    const script = gunzipSync(Buffer.from(packed, "base64")).toString();
    const hashes = [starter, script].map((text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`).join(" ");
    const policyOf = (head) => /Content-Security-Policy" content="([^"]+)"/.exec(head)[1];
    assert.ok(policyOf(one.drill.head).includes(`script-src ${hashes};`));
    assert.ok(!policyOf(one.drill.head).includes("wasm"));
    assert.ok(policyOf(one.drill.live).includes(`script-src ${hashes} 'wasm-unsafe-eval'; `));
    assert.ok(!/\beval\(|new Function/.test(starter + script), "nothing is evaluated");
    assert.ok(policyOf(one.drill.live).includes("worker-src blob:"));
    for (const head of [one.drill.head, one.drill.live]) assert.ok(!/unsafe-eval'(?!;)|https?:/.test(policyOf(head).replace("'wasm-unsafe-eval'", "")));
    assert.deepEqual(one.drill.names, ["milsymbol"], "no library of plots, nor another");
    assert.ok(script.includes("milsymbol 3.0.4 (MIT)"), "its licence");
    // All panels and a lesson are to find room beside the engine.
    const halves = Buffer.byteLength(one.drill.live + one.drill.tail);
    assert.ok(halves < 130_000, `${halves} bytes of halves, ${one.drill.scriptBytes} of script`);
  } finally {
    await Promise.all(folders.map((each) => rm(each, { recursive: true, force: true })));
  }
});

test("an invented document is one that the page reads", () => {
  const doc = manyUnits(30, 30);
  const scene = sceneOf(readRun(JSON.stringify(doc)));
  assert.equal(scene.units.length, 30);
  assert.deepEqual(scene.states.map((state) => state.cue), [1, 2, 3, 4]);
  assert.ok(motionOf(doc).marks(scene.horizon.from + 5 * HOUR).length === 30);
});

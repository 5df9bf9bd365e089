// The engine of a live page, in Node.js: against the program on every scenario, variant and lever, again and
// again, and with requests that nobody means. MUSTER_ENGINE names engine.wasm, MUSTER_PROGRAM the program,
// MUSTER_SOURCE the sources, MUSTER_PHILOX a module with the random words alone, MUSTER_PARTS the program
// that cuts land and writes routes (ctest sets them).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { EngineStopped, instantiate } from "../src/drill/engine/module.js";
import { joined, sorted } from "../src/drill/engine/sorted.js";

const { MUSTER_ENGINE, MUSTER_PROGRAM, MUSTER_SOURCE, MUSTER_PHILOX, MUSTER_PARTS } = process.env;
assert.ok(MUSTER_ENGINE && MUSTER_PROGRAM && MUSTER_SOURCE, "ctest starts this test, and says what to try");
const wasm = readFileSync(MUSTER_ENGINE);
const land = readFileSync(join(MUSTER_SOURCE, "sim/world/land/land.bin"));
const folder = join(MUSTER_SOURCE, "scenarios");
const scenarios = readdirSync(folder).filter((name) => name.endsWith(".cfg"));
const LESSON = "northern-interaction-2023.cfg";

function program(...words) {
  return spawnSync(MUSTER_PROGRAM, words, { encoding: "utf8", maxBuffer: 1 << 28, cwd: folder });
}

// One text of a scenario and what it includes: the program's own.
const texts = new Map();
function gathered(name) {
  if (!texts.has(name)) {
    const { status, stdout, stderr } = program("show", name, "--text");
    assert.equal(status, 0, stderr);
    texts.set(name, stdout);
  }
  return texts.get(name);
}

async function engineWithLand() {
  const engine = await instantiate(wasm);
  assert.deepEqual(engine.land(land).diagnostics, []);
  return engine;
}
const opening = (name) => ({ call: "open", name, text: gathered(name) });

// What the program says, as JSON, of failures too; 3 is the world's failure.
function native(...words) {
  const { status, stdout, stderr } = program(...words, "--json");
  assert.ok(status >= 0 && status <= 2, stderr);
  return JSON.parse(stdout);
}

// Mathematical functions of two C libraries differ in the last digit, which a difference of large numbers
// lays bare; the digest is made of every bit.
const CLOSE = 1e-9;
const LEAST = 1e-12;
// The speed of a group is where what it burns a mile is least: near a least value a function is flat, and
// the place is known to the root of what the values are known to. Deviations of a few hours magnify that.
const FLAT = 1e-7;
const BITS = [".digest"];
function differences(a, b, path = "", close = CLOSE) {
  if (typeof a === "number" && typeof b === "number") {
    const apart = Math.abs(a - b);
    return apart <= LEAST || apart <= close * Math.max(Math.abs(a), Math.abs(b)) ? [] : [`${path}: ${a} and ${b}`];
  }
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object")
    return a === b || BITS.includes(path) ? [] : [`${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => differences(a[key], b[key], `${path}.${key}`, close));
}
const same = (a, b, close) => assert.deepEqual(differences(a, b, "", close).slice(0, 12), []);

const milliseconds = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

// Characters of a whole page, and of the engine in it.
const PAGE_MOST = 600_000;
const ENGINE_MOST = 400_000;

test("what it weighs, and what it asks of its surroundings", async () => {
  const packed = gzipSync(sorted(wasm), { level: 9 }).toString("base64").length;
  const share = `${packed} characters, ${((100 * packed) / PAGE_MOST).toFixed(0)} % of a page of ${PAGE_MOST}`;
  console.log(`engine: ${wasm.length} bytes, ${share}`);
  assert.ok(packed < ENGINE_MOST, share);
  const asked = WebAssembly.Module.imports(await WebAssembly.compile(wasm)).map(({ name }) => name);
  console.log(`engine: asks for ${asked.sort().join(" ")}`);
  const known = /^(fd_(write|close|seek|read)|proc_exit|emscripten_notify_memory_growth)$/;
  assert.deepEqual(asked.filter((name) => !known.test(name)), []);
});

test("no folder of who built it stands in it", () => {
  const text = wasm.toString("latin1");
  assert.ok(text.includes("muster-run"), "texts stand in it as they are");
  assert.deepEqual(text.match(/[\w./-]*\/[\w./-]+\.[ch]\b/g) ?? [], []);
});

test("sorted and joined again it is the same, and damage is told", () => {
  const bytes = sorted(wasm);
  assert.ok(wasm.equals(joined(bytes)));
  assert.ok(wasm.equals(joined(wasm)), "one that is not sorted");
  assert.throws(() => joined(bytes.subarray(0, bytes.length - 1000)), /damaged|where it should|not known/);
  assert.throws(() => sorted(wasm.subarray(0, 100)), /code/);
});

test("Philox2x64-10 gives its published words", { skip: !MUSTER_PHILOX }, async () => {
  const { instance } = await WebAssembly.instantiate(readFileSync(MUSTER_PHILOX), {});
  const word = (i) => BigInt.asUintN(64, instance.exports.philox_word(i)).toString(16);
  assert.deepEqual([word(0), word(1)], ["ca00a0459843d731", "66c24222c9a845b5"]);
});

test("every scenario has the program's figures and words", async (t) => {
  const engine = await engineWithLand();
  let runs = 0;
  for (const name of scenarios)
    await t.test(name, () => {
      const expected = native("run", name);
      same(engine.call(opening(name)), expected);
      runs += expected.format === "muster-run";
    });
  assert.ok(runs >= 3, `${runs} scenarios run`);
});

const plus = (...lines) => lines.flatMap((line) => ["--set", line]);

test("every variant and lever has the program's figures, and leaves no trace", async (t) => {
  const engine = await engineWithLand();
  const plain = engine.call(opening(LESSON));
  const { variants, levers } = plain.scene;
  assert.ok(variants.length > 5 && levers.length > 5, "what to try");
  for (const { id } of variants)
    await t.test(`variant ${id}`, () =>
      same(engine.call({ call: "run", variant: id }), native("run", LESSON, "--variant", id)));
  for (const { id, path, min, max, choices } of levers)
    for (const value of choices?.length ? choices.map((choice) => JSON.stringify(choice)) : [min, max])
      await t.test(`lever ${id} at ${value}`, () => {
        const change = `${path} = ${value}`;
        same(engine.call({ call: "run", changes: [change] }), native("run", LESSON, ...plus(change)));
      });
  assert.deepEqual(engine.call({ call: "run" }), plain, "undone");
});

test("answers about a state, rivals and replications have the program's figures", async (t) => {
  const engine = await engineWithLand();
  engine.call(opening(LESSON));
  for (const call of ["why", "reach", "flip"])
    await t.test(call, () => same(engine.call({ call, state: "PRK" }), native(call, LESSON, "PRK")));
  await t.test("rivals", () => same(engine.call({ call: "rivals" }), native("rivals", LESSON)));
  await t.test("replications", () => {
    const drawn = engine.call({ call: "replicate", count: 50 });
    assert.ok(drawn.replications, "there are some");
    const { replications, ...plan } = native("run", LESSON, "--reps", "50", "--jobs", "2");
    const { replications: found, ...plain } = drawn;
    same(plain, plan);
    same(found, replications, FLAT);
  });
  await t.test("text", () => assert.equal(engine.call({ call: "text" }).text, gathered(LESSON)));
});

// What a page holds of a land: its box and what stands round it (analysis/page/README.md).
function partsOf(box, name) {
  const round = Math.max(5, 0.6 * Math.max(box.east - box.west, box.north - box.south));
  const sides = [box.west - round, box.east + round, Math.max(box.south - round, -90), Math.min(box.north + round, 90)];
  const out = mkdtempSync(join(tmpdir(), "live-parts-"));
  try {
    const { status, stderr } = spawnSync(MUSTER_PARTS, [join(folder, name), ...sides.map(String), out]);
    assert.equal(status, 0, String(stderr));
    return ["land.bin", "routes.bin"].map((file) => readFileSync(join(out, file)));
  } finally {
    rmSync(out, { recursive: true });
  }
}

test("with a part of the land and its routes it says the same", { skip: !MUSTER_PARTS }, async () => {
  const expected = native("run", LESSON);
  const [part, routes] = partsOf(expected.scene.box, LESSON);
  const engine = await instantiate(wasm);
  const request = opening(LESSON);
  assert.deepEqual(engine.land(part).diagnostics, []);
  assert.deepEqual(engine.routes(routes).diagnostics, []);
  let found = null;
  const took = milliseconds(() => (found = engine.call(request)));
  console.log(`engine: opened in ${took.toFixed(0)} ms with ${routes.length} bytes of routes, ${part.length} of land`);
  same(found, expected);
  assert.notDeepEqual(engine.routes(new Uint8Array([1, 2, 3])).diagnostics, []);
});

test("a re-run takes milliseconds, and two hundred no memory", async () => {
  const engine = await engineWithLand();
  console.log(`engine: opened in ${milliseconds(() => engine.call(opening(LESSON))).toFixed(0)} ms`);
  const run = (i) => engine.call({ call: "run", changes: [`alignment.tau = 0.${10 + (i % 80)}`] });
  for (let i = 0; i < 20; i++) assert.equal(run(i).format, "muster-run");
  const before = engine.memoryBytes();
  const times = Array.from({ length: 200 }, (_, i) => milliseconds(() => run(i)));
  console.log(`engine: run again in ${median(times).toFixed(1)} ms, ${before / 1024 / 1024} MB`);
  assert.equal(engine.memoryBytes(), before);
});

test("without a land it says so", async () => {
  const engine = await instantiate(wasm);
  const { format, diagnostics } = engine.call(opening(LESSON));
  assert.equal(format, "muster-diagnostics");
  assert.match(diagnostics[0].message, /land/);
  assert.notDeepEqual(engine.land(new Uint8Array([1, 2, 3])).diagnostics, []);
  assert.deepEqual(engine.land(land).diagnostics, []);
  assert.equal(engine.call(opening(LESSON)).format, "muster-run");
});

test("any bytes are answered, and the engine goes on", async () => {
  const engine = await engineWithLand();
  engine.call(opening(LESSON));
  const deep = (open, count) => new TextEncoder().encode(open.repeat(count));
  const wrong = [
    deep("", 0), deep("[", 100_000), deep('{"call":', 100_000), deep("\0", 10), deep("\xff", 1000),
    new Uint8Array([0xff, 0xfe, 0x80]), deep("[1,", 3000),
    {}, [], null, 7, "run", { call: "fly" }, { call: "open" }, { call: "run", changes: ["x"] },
    { call: "open", name: "x.cfg", text: "(".repeat(100_000) },
    { call: "open", name: "x.cfg", text: `a = ${"(".repeat(64)}${")".repeat(64)};` },
    { call: "open", name: "x.cfg", text: `a = ${"{ b = ".repeat(64)}1;${" };".repeat(64)}` },
    { call: "open", name: "</script>", text: "\u202e$& \u0000 </script>" },
    { call: "open", name: "x.cfg", text: '@include "/etc/passwd"' },
    { call: "run", changes: ["units.x.y = 1e999999", 'scenario.title = "</script>$&"'] },
    { call: "replicate", count: 1e300 }, { call: "replicate", count: -1 },
  ];
  for (const request of wrong) {
    const answer = engine.call(request);
    assert.equal(answer.format, "muster-diagnostics", JSON.stringify(request)?.slice(0, 60));
    assert.ok(answer.diagnostics.length > 0);
  }
  let seed = 1;
  const chance = (most) => (seed = (seed * 48271) % 2147483647) % most;
  const text = gathered("hello.cfg");
  for (let i = 0; i < 300; i++) {
    const at = chance(text.length);
    const spoilt = text.slice(0, at) + String.fromCharCode(chance(0x3000)) + text.slice(at + chance(40));
    assert.match(engine.call({ call: "open", name: "spoilt.cfg", text: spoilt }).format, /^muster-/);
  }
  assert.equal(engine.call(opening("hello.cfg")).format, "muster-run");
});

// A module with the doors of the engine, of which `call` ends as told.
function broken(body) {
  const size = (bytes) => [bytes.length, ...bytes];
  const text = (name) => size([...new TextEncoder().encode(name)]);
  const section = (id, items) => [id, ...size([items.length, ...items.flat()])];
  const code = (...bytes) => size([0, ...bytes, 0x0b]);
  const i32 = 0x7f;
  const doors = ["open", "room", "clear", "call"].map((name, i) => [...text(`muster_module_${name}`), 0, i]);
  return Uint8Array.from([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [[0x60, 0, 1, i32], [0x60, 1, i32, 1, i32], [0x60, 1, i32, 0], [0x60, 3, i32, i32, i32, 1, i32]]),
    ...section(3, [[0], [1], [2], [3]]),
    ...section(5, [[0, 1]]),
    ...section(7, [[...text("memory"), 2, 0], ...doors]),
    ...section(10, [code(0x41, 8), code(0x41, 16), code(), code(...body)]),
  ]);
}

test("an engine that stopped says so, and again", async () => {
  for (const [body, why] of [[[0x00], /unreachable/], [[0x41, 0], /memory/]]) {
    const engine = await instantiate(broken(body));
    assert.throws(() => engine.call({ call: "run" }), (error) => error instanceof EngineStopped && why.test(error.message));
    assert.throws(() => engine.call({ call: "run" }), EngineStopped);
  }
  await assert.rejects(instantiate(new Uint8Array([1, 2, 3])), WebAssembly.CompileError);
});

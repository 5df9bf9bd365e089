// What needs no browser: numbers, documents, geometry, colours, the two halves and the lock file.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { build } from "../build.mjs";
import { clipped, domainOf, fitTicks } from "../src/experiment/axes.js";
import { isCategory, levels, readDocument, Table, thin } from "../src/experiment/document.js";
import { cell, compact, csv, DASH, fileName, fixed, heading, tickTexts } from "../src/shared/format.js";
import { isolines } from "../src/experiment/isolines.js";
import { colours, dark, light } from "../src/shared/palette.js";
import { correlation } from "../src/experiment/plots/matrix.js";
import { emptyCells, meanByPlace, raster, shapeOf } from "../src/experiment/surface.js";
import { assemble, escapeJson } from "./assemble.mjs";
import { HOSTILE, random, report } from "./fixtures.mjs";

const real = { kind: "real", digits: 3, label: "x", unit: "nm" };
const share = { kind: "share", digits: 3 };
const whole = { kind: "whole", digits: 0 };

test("numbers have the significant digits of their column", () => {
  // All figures as printf gives them; muster analyze prints the same (documents.test.mjs).
  const digits = (count, value) => cell(value, { kind: "real", digits: count });
  assert.equal(digits(3, 1 / 3), "0.333");
  assert.equal(digits(4, 1 / 3), "0.3333");
  assert.equal(digits(3, 9.996), "10.0");
  assert.equal(digits(3, 123456.7), "123,457", "digits before the point are never dropped");
  assert.equal(digits(3, 1234567891), "1,234,567,891");
  assert.equal(digits(3, 12345678912), "1.23e10");
  assert.equal(digits(3, 0.00000123456), "0.00000123");
  assert.equal(digits(3, -0.000000123456), "\u22121.23e\u22127");
  assert.equal(digits(3, 0), "0");
  assert.equal(digits(3, -0), "0");
  assert.equal(digits(2, 0.125), "0.12", "a tie goes to the even digit");
  assert.equal(digits(2, 0.375), "0.38");
  assert.equal(digits(1, 2.5), "2");
  assert.equal(digits(1, 1234.5), "1234");
  assert.equal(digits(1, 95), "95");
  assert.equal(digits(1, 2.5e10), "2e10");
  assert.equal(digits(12, 0.1), "0.100000000000");
  assert.equal(cell(null, real), DASH);
  assert.equal(cell(2023, whole), "2023");
  assert.equal(cell(12288, whole), "12,288");
  assert.equal(cell(-9007199254740992, whole), "\u22129,007,199,254,740,992");
  assert.equal(compact(-123456789.5, real), "\u22121.23e8");
  assert.equal(fixed(-12345.678, 2), "\u221212,345.68");
  assert.equal(fixed(-0.001, 2), "0.00");
  assert.equal(heading(real), "x (nm)");
});

test("shares are per cent, what is not 0 never reads as 0", () => {
  assert.equal(cell(0.285, share), "28.5\u00a0%");
  assert.equal(cell(0.0004, share), "0.0400\u00a0%");
  assert.equal(cell(0.9999, share), "100\u00a0%");
  assert.equal(cell(0, share), "0\u00a0%");
  assert.equal(cell(1, share), "100\u00a0%");
  assert.equal(cell(0.5, { kind: "share", digits: 1 }), "50\u00a0%");
});

test("P of a test is never 0, nor more exact than tests are", () => {
  const p = { kind: "p", digits: 2 };
  assert.equal(cell(0.0234, p), "0.023");
  assert.equal(cell(0.001, p), "0.0010");
  assert.equal(cell(3e-97, p), "<\u00a00.001");
  assert.equal(cell(0, p), "<\u00a00.001");
});

test("ticks have as many decimals as tell them apart", () => {
  assert.deepEqual(tickTexts([0, 0.5, 1], real), ["0.0", "0.5", "1.0"]);
  assert.deepEqual(tickTexts([0.02, 0.04], share), ["2\u00a0%", "4\u00a0%"]);
  assert.deepEqual(tickTexts([-1e-17, 0.1], real), ["0.0", "0.1"]);
  assert.deepEqual(tickTexts([0, 2e7], real), ["0", "2e7"]);
  const next = random(3);
  for (let i = 0; i < 2000; i += 1) {
    const step = 10 ** Math.round(next() * 24 - 12) * [1, 2, 5][Math.floor(next() * 3)];
    const from = Math.round(next() * 20 - 10);
    const texts = tickTexts(
      [0, 1, 2, 3].map((k) => (from + k) * step),
      real,
    );
    assert.equal(new Set(texts).size, 4, `${step} from ${from}: ${texts}`);
  }
});

const table = (columns, rows) => new Table({ id: "t", columns, rows }, 0);

test("CSV survives any text and runs no formula", () => {
  const found = csv(
    table(
      [
        { name: "a,b", kind: "text", unit: "h" },
        { name: "x", kind: "real" },
      ],
      [
        ['say "no"', 0.1],
        ["=1+1", null],
        ["-5", -1e-7],
        ["two\nlines", 1e21],
        ["@x", 12345678.125],
      ],
    ),
  );
  assert.equal(
    found,
    '"a,b",x\r\n"say ""no""",0.1\r\n\'=1+1,\r\n-5,-1e-7\r\n"two\nlines",1e+21\r\n\'@x,12345678.125\r\n',
  );
});

test("names of files are harmless", () => {
  assert.equal(fileName("../../etc/passwd </script>", "csv"), "etc-passwd-script.csv");
  assert.equal(fileName("\u202e  ", "svg"), "muster.svg");
  assert.equal(fileName("日本海 2023", "svg"), "日本海-2023.svg");
});

test("a document is taken for what it is", () => {
  const read = (document) => readDocument(JSON.stringify(document));
  assert.throws(() => readDocument("{"), /damaged/);
  assert.throws(() => read({ format: "muster-run", version: 1 }), /another kind: “muster-run”/);
  assert.throws(
    () => read({ format: "muster-analysis", version: 2 }),
    /version 2, this page reads version 1/,
  );
  assert.throws(() => read(null), /another kind/);
  const least = read({ format: "muster-analysis", version: 1 });
  assert.deepEqual(least.sections, []);
  const odd = read({
    format: "muster-analysis",
    version: 1,
    title: 5,
    about: "no",
    warnings: [null, 3, " "],
    sections: [
      null,
      {
        tables: [
          { columns: [{ name: "x", kind: "odd", digits: 99 }, {}], rows: [[1, {}, 9], 7, [true]] },
        ],
        plots: [null],
      },
    ],
  });
  assert.equal(odd.title, "5");
  assert.deepEqual(odd.warnings, ["3"]);
  const [found] = odd.sections[1].tables;
  assert.deepEqual(found.rows, [
    ["1", null],
    [null, null],
    ["yes", null],
  ]);
  assert.equal(found.columns[0].kind, "text");
  assert.deepEqual(
    found.columns.map(({ digits }) => digits),
    [12, 4],
  );
  assert.equal(odd.program, "", "a program without a version");
  assert.equal(read(report(3)).program, "0.1.0");
  assert.throws(() => found.column("y"), /has no column “y”/);
  assert.equal(table([{ name: "x", kind: "real" }], [[Infinity], ["12"], [2]]).countMissing(), 1);
});

test("marks that turn the direction of a text are taken out", () => {
  const read = readDocument(
    JSON.stringify({ format: "muster-analysis", version: 1, title: "a\u202eb\u0007\u2066c\u200f" }),
  );
  assert.equal(read.title, "abc\u200f");
});

test("columns are found by their names as they are, whatever is shown of them", () => {
  const found = table(
    [
      { name: "a\u202eb", kind: "real" },
      { name: "ab", kind: "real" },
    ],
    [[1, 2]],
  );
  assert.equal(found.column("a\u202eb").index, 0);
  assert.equal(found.column("a\u202eb").label, "ab");
  assert.equal(found.column("ab").index, 1);
});

test("levels: texts as they come, numbers by size, missing ones last, like ones told apart", () => {
  const found = table(
    [
      { name: "t", kind: "text" },
      { name: "x", kind: "real", digits: 2 },
      { name: "n", kind: "whole" },
    ],
    [
      ["b", 1.001, 10],
      [null, 3, 9],
      ["a", 1.002, 9],
      ["b", null, 8],
    ],
  );
  const keys = (name) => [...levels(found, found.column(name)).keys()];
  assert.deepEqual(keys("t"), ["b", "a", null]);
  assert.deepEqual(keys("x"), [1.001, 1.002, 3, null]);
  assert.deepEqual(keys("n"), [8, 9, 10]);
  assert.ok(isCategory(found, found.column("n")) && !isCategory(found, found.column("x")));
});

test("a logarithmic axis: ticks, ends, and what it cannot show", () => {
  const ticks = (domain) =>
    fitTicks(domain, 900, real, { log: true, vertical: true }).map(({ text }) => text);
  assert.deepEqual(ticks([0.9, 120]), ["1", "2", "5", "10", "20", "50", "100"]);
  assert.deepEqual(ticks([1.01, 4.9]).slice(0, 3), ["1.5", "2.0", "2.5"]);
  assert.deepEqual(ticks([4.17, 4.23]).slice(0, 2), ["4.170", "4.175"]);
  assert.deepEqual(domainOf([-3, 0, 2, 8], { log: true }), [2, 8]);
  assert.deepEqual(domainOf([4], { log: true }), [2, 8]);
  assert.throws(() => domainOf([-3, 0], { log: true }), /logarithmic axis takes no 0 or less/);
  const interval = (low, high) => clipped({ low, high }, [0.5, 9], true);
  assert.deepEqual(interval(1, 2), { low: 1, high: 2 });
  assert.equal(interval(-1, 2).low, 0.5);
  assert.equal(interval(-2, -1).low, null);
});

test("the ends of an axis: never the same, beyond 0 or all of a share only where values are", () => {
  assert.deepEqual(domainOf([4.17, 4.23]), [4.17, 4.23], "0 is not forced in");
  assert.deepEqual(domainOf([0.1, 2], { pad: 0.1 }), [0, 2.19]);
  assert.deepEqual(domainOf([5]), [4.5, 5.5]);
  assert.deepEqual(domainOf([1], { column: share }), [0.9, 1]);
  assert.deepEqual(domainOf([0], { column: share }), [0, 1]);
  assert.deepEqual(domainOf([0.5, 1], { column: share, pad: 0.1 }), [0.45, 1]);
  assert.deepEqual(domainOf([-0.5, 1], { column: share, pad: 0.1 }), [-0.65, 1.15]);
});

test("thinning keeps no rhythm of the rows", () => {
  const pass = thin(12000, 500);
  const perLevel = new Array(40).fill(0);
  for (let i = 0; i < 12000; i += 1) if (pass(i)) perLevel[i % 40] += 1;
  const total = perLevel.reduce((sum, n) => sum + n, 0);
  assert.ok(total >= 495 && total <= 505, `${total} rows`);
  // Every k-th row of this design would show 5 of 40 levels.
  assert.ok(Math.min(...perLevel) >= 8 && Math.max(...perLevel) <= 17, `${perLevel}`);
  assert.ok(thin(10, 10)(9));
});

test("correlation: Anscombe's four sets have 0.816", () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y1 = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  const x4 = [8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8];
  const y4 = [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.5, 5.56, 7.91, 6.89];
  // Published to 5 digits (Anscombe 1973; computed from the printed data).
  assert.ok(Math.abs(correlation(x, y1) - 0.81642) < 5e-6);
  assert.ok(Math.abs(correlation(x4, y4) - 0.81652) < 5e-6);
  const far = x.map((value) => value + 1e9);
  assert.ok(Math.abs(correlation(far, y1) - 0.81642) < 1e-5, "no loss far from 0");
  assert.equal(correlation([1, 1, 1], [1, 2, 3]), null);
  assert.equal(correlation([1, null, 3], [1, 2, 3]), null);
});

const rasterOf = (width, height, f) =>
  Float64Array.from({ length: width * height }, (_, k) =>
    f((k % width) + 0.5, Math.floor(k / width) + 0.5),
  );

test("isolines: a circle is one closed line of the right length", () => {
  const lines = isolines(
    rasterOf(80, 60, (x, y) => Math.hypot(x - 40, y - 30) - 20),
    80,
    60,
    0,
  );
  assert.equal(lines.length, 1);
  const [line] = lines;
  assert.deepEqual(line[0], line[line.length - 1]);
  for (const [x, y] of line) assert.ok(Math.abs(Math.hypot(x - 40, y - 30) - 20) < 0.02); // chords of one cell
  const around = line
    .slice(1)
    .reduce((sum, [x, y], i) => sum + Math.hypot(x - line[i][0], y - line[i][1]), 0);
  assert.ok(Math.abs(around - 40 * Math.PI) < 0.2, `${around}`);
});

test("isolines: 0 itself is above a boundary or below it", () => {
  const flat = Float64Array.from([-1, 0, 0, -1, 0, 0]);
  assert.equal(isolines(flat, 3, 2, 0).length, 1);
  assert.equal(isolines(flat, 3, 2, 0, { above: true }).length, 0);
});

test("surface: cells hold their one value to their borders, and a gap stays its own", () => {
  const places = [0, 1, 4].flatMap((x) => [1, 2].map((y) => ({ x, y, z: x === 1 ? NaN : x + y })));
  const shape = shapeOf(places, { x: true, y: true });
  assert.deepEqual(shape.borders, { x: [-0.5, 0.5, 2.5, 5.5], y: [0.5, 1.5, 2.5] });
  const drawn = raster(places, shape, "z", { width: 6, height: 2, x: [-0.5, 5.5], y: [0.5, 2.5] });
  assert.deepEqual([...drawn], [2, NaN, NaN, 6, 6, 6, 1, NaN, NaN, 5, 5, 5]);
  assert.deepEqual(emptyCells(places, shape, "z"), [
    { x1: 0.5, x2: 2.5, y1: 0.5, y2: 1.5 },
    { x1: 0.5, x2: 2.5, y1: 1.5, y2: 2.5 },
  ]);
});

test("isolines: open at the edge, both sides of a saddle, none through missing values", () => {
  const straight = isolines(
    rasterOf(30, 20, (x) => x - 11.25),
    30,
    20,
    0,
  );
  assert.equal(straight.length, 1);
  assert.equal(straight[0].length, 20);
  for (const [x] of straight[0]) assert.ok(Math.abs(x - 11.25) < 1e-12);
  const saddle = isolines(
    rasterOf(30, 30, (x, y) => (x - 15.2) * (y - 14.7) - 3),
    30,
    30,
    0,
  );
  assert.equal(saddle.length, 2);
  const cut = isolines(
    rasterOf(30, 20, (x, y) => (y > 8 && y < 12 ? NaN : x - 11.25)),
    30,
    20,
    0,
  );
  assert.equal(cut.length, 2);
  assert.deepEqual(
    isolines(
      rasterOf(9, 9, () => 1),
      9,
      9,
      0,
    ),
    [],
  );
});

test("a grid gives its nodes back, is linear between them and empty where a corner is missing", () => {
  const rows = [];
  for (const y of [0, 1, 4])
    for (const x of [0, 2, 3, 10])
      rows.push({ x, y, value: x === 10 && y === 4 ? null : 3 * x - 2 * y });
  const places = meanByPlace([...rows, { x: 0, y: 0, value: 2 }], ["value"]);
  assert.equal(places[0].value, 1); // the mean of 0 and 2
  const shape = shapeOf(places);
  assert.equal(shape.kind, "grid");
  const box = { width: 100, height: 40, x: [0, 10], y: [0, 4] };
  const found = raster(meanByPlace(rows, ["value"]), shape, "value", box);
  const x = 2.05,
    y = 4 - 30.5 / 10;
  assert.ok(Math.abs(found[30 * 100 + 20] - (3 * x - 2 * y)) < 1e-12);
  assert.ok(Number.isNaN(found[99]));
  assert.deepEqual(emptyCells(places, shape, "value"), [{ x1: 3, x2: 10, y1: 1, y2: 4 }]);
});

test("scattered points: linear between, no surface from a line or two points", () => {
  const next = random(5);
  const rows = Array.from({ length: 40 }, () => {
    const [x, y] = [next() * 1000, next() * 0.01];
    return { x, y, value: x / 100 + 500 * y };
  });
  const shape = shapeOf(meanByPlace(rows, ["value"]));
  assert.equal(shape.kind, "scattered");
  const box = { width: 60, height: 50, x: [200, 800], y: [0.002, 0.008] };
  const found = raster(rows, shape, "value", box);
  const at = (i, j) => (200 + (i + 0.5) * 10) / 100 + 500 * (0.008 - ((j + 0.5) * 0.006) / 50);
  assert.ok(Math.abs(found[25 * 60 + 30] - at(30, 25)) < 1e-9);
  assert.equal(shapeOf(rows.map(({ x }) => ({ x, y: 3 * x + 1 }))).kind, "points");
  assert.equal(shapeOf(rows.slice(0, 2)).kind, "points");
});

// ---- colours ------------------------------------------------------------------------------------

const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = (hex) => {
  const [r, g, b] = rgb(hex).map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((p, q) => p - q);
  return (high + 0.05) / (low + 0.05);
};
const times = (matrix, vector) =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i], 0));

// Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
const SIGHTS = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

// Ottosson (2020): OKLab from linear sRGB.
function oklab(vector) {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    vector.map((value) => Math.min(1, Math.max(0, value))),
  ).map(Math.cbrt);
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  );
}
const distance = (a, b, sight) => {
  const [p, q] = [a, b].map((hex) => oklab(times(SIGHTS[sight], rgb(hex).map(linear))));
  return Math.hypot(...p.map((value, i) => value - q[i]));
};

/* What each colour is for. Every text meets every ground; marks of plots meet those of pages, of maps those of maps.
 * A colour that is none of these says nothing by itself: hairlines, half tones, steps that others surround. */
const ROLES = {
  texts: ["text", "muted", "link"],
  grounds: ["bg", "panel", "warn", "sea", "land"],
  marks: ["axis", "s1", "s2", "s3", "s4", "coast", "a0", "a1", "a2", "a3", "a4", "warn-edge"],
  quiet: [/^(line|grid|faint|net)$/, /^f[1-4]$/, /^ramp\d+$/],
};
const STYLES = ["style.css", "drill/style.css", "drill/panels.css", "drill/lesson/lesson.css"];

for (const [name, theme] of Object.entries({ light, dark }))
  test(`${name}: each colour has a role, and each pair that may meet stands apart`, () => {
    const all = colours(theme);
    for (const key of Object.keys(all)) {
      const roles = Object.values(ROLES).filter((of) => of.some((each) => (each.test ? each.test(key) : each === key)));
      assert.equal(roles.length, 1, `${key} has ${roles.length} roles`);
    }
    const wrong = [];
    const check = (key, ground, least) => {
      const found = contrast(all[key], all[ground]);
      if (found < least) wrong.push(`${key} on ${ground}: ${found.toFixed(2)} < ${least}`);
    };
    for (const ground of ROLES.grounds) {
      for (const key of ROLES.texts) check(key, ground, 4.5);
      for (const key of ROLES.marks) check(key, ground, 3);
    }
    assert.deepEqual(wrong, []);
  });

test("styles take their colours from the palette, and texts the colours of texts", async () => {
  const source = new URL("../src/", import.meta.url);
  for (const file of STYLES) {
    const css = (await readFile(new URL(file, source), "utf8")).replace(/\/\*[\s\S]*?\*\//g, "");
    assert.deepEqual(css.match(/#[0-9a-f]{3,8}\b(?![^{}]*\{)|\b(rgb|hsl|oklch|color-mix)a?\(/gi) ?? [], [], file);
    const own = [...css.matchAll(/(--[\w-]+)\s*:/g)].map(([, key]) => key.slice(2));
    for (const [, , key] of css.matchAll(/(color|fill|stroke|background|border[\w-]*|outline[\w-]*):[^;{}]*var\(--([\w-]+)/g))
      assert.ok(key in colours(light) || own.includes(key), `${file}: --${key}`);
    // A text on a ground of the text's colour is the page's own, turned round; axis: an arrow beside a text.
    for (const [, key] of css.matchAll(/[;{\s]color:\s*var\(--([\w-]+)\)/g))
      assert.ok([...ROLES.texts, "bg", "axis"].includes(key), `${file}: color --${key}`);
  }
});

for (const [name, theme] of Object.entries({ light, dark })) {
  test(`${name}: text and marks stand out from every ground`, () => {
    const all = colours(theme);
    const least = { text: 7, muted: 4.5, link: 4.5, axis: 3, s1: 3, s2: 3, s3: 3, s4: 3 };
    for (const [key, wanted] of Object.entries(least)) {
      for (const ground of ["bg", "panel"]) {
        const found = contrast(all[key], all[ground]);
        assert.ok(
          found >= wanted,
          `${key} ${all[key]} on ${ground}: ${found.toFixed(2)} < ${wanted}`,
        );
      }
    }
    // On maps: names, degrees, tracks and signs on sea and land.
    const onMap = { text: 7, muted: 4.5, coast: 3, axis: 3, a0: 3, a1: 3, a2: 3, a3: 3, a4: 3 };
    for (const [key, wanted] of Object.entries(onMap)) {
      for (const ground of ["sea", "land"]) {
        const found = contrast(all[key], all[ground]);
        assert.ok(
          found >= wanted,
          `${key} ${all[key]} on ${ground}: ${found.toFixed(2)} < ${wanted}`,
        );
      }
    }
    assert.ok(contrast(all.text, all.warn) >= 7);
    // An interval is drawn over half tones.
    for (const half of ["f1", "f2", "f3", "f4"])
      assert.ok(contrast(all.text, all[half]) >= 3, half);
    // The palest step of the ramp is a fill or a line that others surround.
    for (const step of theme.ramp) assert.ok(contrast(step, theme.bg) >= 1.6, step);
  });

  for (const letter of ["s", "a"]) test(`${name}: colours ${letter}1 to ${letter}4 are apart for every kind of sight`, () => {
    const series = [1, 2, 3, 4].map((i) => theme[`${letter}${i}`]);
    for (const sight of Object.keys(SIGHTS)) {
      for (let i = 0; i < 4; i += 1) {
        for (let j = 0; j < i; j += 1) {
          const found = distance(series[i], series[j], sight);
          // Far above what neighbours differ by (0.02); each series has a second sign as well.
          assert.ok(found >= 0.15, `${series[i]} and ${series[j]}, ${sight}: ${found.toFixed(3)}`);
        }
      }
    }
  });

  test(`${name}: the ramp goes one way in lightness, for every kind of sight`, () => {
    for (const sight of Object.keys(SIGHTS)) {
      const steps = theme.ramp.map((hex) => oklab(times(SIGHTS[sight], rgb(hex).map(linear)))[0]);
      const way = Math.sign(steps[steps.length - 1] - steps[0]);
      steps
        .slice(1)
        .forEach((step, i) =>
          assert.ok(way * (step - steps[i]) > 0.005, `${sight}: step ${i + 1}`),
        );
    }
  });
}

// ---- the halves and the lock --------------------------------------------------------------------

test("the halves: same bytes twice, one document between them, a policy that names the script", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-page-"));
  try {
    const [one, two] = [await build(path.join(folder, "a")), await build(path.join(folder, "b"))];
    assert.equal(one.head, two.head);
    assert.equal(one.tail, two.tail);
    assert.equal(await readFile(path.join(folder, "a/report-tail.html"), "utf8"), one.tail);
    assert.match(one.head, /<script type="application\/json" id="muster-analysis">$/);
    assert.match(one.tail, /^<\/script>\n<script>/);
    const script = /<script>([^]*)<\/script>\n<\/body>\n<\/html>\n$/.exec(one.tail)[1];
    assert.ok(!/<\/script/i.test(script));
    const hash = createHash("sha256").update(script).digest("base64");
    assert.ok(one.head.includes(`script-src 'sha256-${hash}'`));
    assert.ok(one.head.includes("default-src 'none'"));
    assert.ok(!/\b(?:src|href)=/.test(one.head), "the head refers to nothing");
    for (const name of one.names) assert.ok(script.includes(`${name} `), `no notice of ${name}`);
    for (const name of ["@observablehq/plot", "delaunator", "robust-predicates", "internmap"]) {
      assert.ok(one.names.includes(name), name);
    }
    assert.ok(script.includes("Permission to use, copy, modify"));
    assert.ok(
      Buffer.byteLength(one.head + one.tail) < 420_000,
      "the page has grown: see what came in",
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a document in a page is harmless and unchanged", () => {
  const document = { texts: HOSTILE, report: report(3) };
  const text = escapeJson(document);
  assert.ok(!/[<>&\u2028\u2029]/.test(text));
  assert.deepEqual(JSON.parse(text), document);
  const page = assemble({ head: "<head>", tail: "</tail>" }, { text: "$& $' $1" });
  assert.ok(page.includes('"$\\u0026 $\' $1"'));
});

test("the lock pins every package by its hash and names no host", async () => {
  const here = path.dirname(new URL(import.meta.url).pathname);
  const lock = await readFile(path.join(here, "../package-lock.json"), "utf8");
  assert.ok(!lock.includes("resolved"));
  assert.ok(!/https?:|registry/.test(lock));
  const { packages } = JSON.parse(lock);
  for (const [name, entry] of Object.entries(packages)) {
    if (name !== "") assert.match(entry.integrity, /^sha512-/, name);
  }
  const wanted = JSON.parse(await readFile(path.join(here, "../package.json"), "utf8"));
  for (const version of Object.values({ ...wanted.dependencies, ...wanted.devDependencies })) {
    assert.match(version, /^\d+\.\d+\.\d+$/);
  }
});

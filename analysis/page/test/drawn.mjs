// Every plot of a report is drawn with all of its marks, narrow and wide, light and dark.
import assert from "node:assert/strict";
import { readDocument } from "../src/experiment/document.js";
import { cell } from "../src/shared/format.js";
import { escaped } from "./assemble.mjs";
import { assertLaidOut, close, open, resize, write, writeHtml } from "./chromium.mjs";
import { documents, pages } from "./documents.mjs";
import { FIXTURES, HOSTILE, mistakes } from "./fixtures.mjs";
import { marksOf } from "./marks.mjs";

/** What the plots of a page say, in order. */
const figuresOf = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("figure")].map((figure) => ({
      kind: figure.dataset.kind,
      title: figure.querySelector("h3").textContent,
      svg: figure.querySelectorAll(".plot-box > svg").length,
      said: figure.querySelector(".failure")?.textContent ?? "",
      bad: /NaN|undefined|Infinity|\[object/.test(figure.innerHTML),
    })),
  );

const countMarks = (page, wanted) =>
  page.evaluate(
    (list) =>
      [...document.querySelectorAll("figure")].map((figure, i) =>
        Object.fromEntries(
          Object.keys(list[i] ?? {}).map((selector) => [
            selector,
            figure.querySelectorAll(`svg ${selector}`).length,
          ]),
        ),
      ),
    wanted,
  );

async function assertDrawn(page, document, where) {
  const plots = document.sections.flatMap((section) => section.plots);
  const figures = await figuresOf(page);
  assert.deepEqual(
    figures.map(({ kind }) => kind),
    plots.map(({ kind }) => kind),
    where,
  );
  const wanted = plots.map((plot) => marksOf(document, plot));
  const found = await countMarks(page, wanted);
  figures.forEach(({ kind, title, svg, said, bad }, i) => {
    const which = `${where}: ${kind}, ${title}`;
    assert.ok(!bad, `${which} contains NaN or the like`);
    assert.equal(svg, wanted[i] ? 1 : 0, `${which}: ${said}`);
    if (wanted[i]) assert.deepEqual(found[i], wanted[i], which);
    else
      assert.match(
        said,
        /^This plot cannot be drawn: (its table has no rows|all \d+ values|its only)/,
      );
  });
  await assertLaidOut(page, where);
}

/** Narrow and light, then wider without a new start, and dark. */
async function assertDrawnEverywhere(name, document, widths = [360, 1400]) {
  const page = await open(name, { width: widths[0] });
  await assertDrawn(page, document, `${name} at ${widths[0]}`);
  await page.emulateMedia({ colorScheme: "dark" });
  for (const width of widths.slice(1)) {
    await resize(page, width);
    await assertDrawn(page, document, `${name} at ${width}`);
  }
  return page;
}

// ---- invented reports ---------------------------------------------------------------------------

const counts = (page, kind, nth, selectors) =>
  page.evaluate(
    ([kindName, index, list]) => {
      const figure = [...document.querySelectorAll(`figure[data-kind="${kindName}"]`)][index];
      return Object.fromEntries(
        list.map((selector) => [selector, figure.querySelectorAll(`svg ${selector}`).length]),
      );
    },
    [kind, nth, Object.keys(selectors)],
  );

/** How many more marks some plots of a report have, from the number of factors. */
const expected = (n) => [
  ["lines", 1, { svg: n, ".m-line > path": n, ".m-threshold > line": n }],
  ["lines", 2, { ".m-line > path": 2, ".m-x-tick-label > text": 4 }],
  ["map", 0, { ".m-boundary-line": 2, ".m-boundary-names > g": 2, ".m-no-value > rect": 12 }],
  [
    "map",
    1,
    {
      ".m-boundary-line": 1,
      ".m-boundary-names > g": 1,
      ".m-design-point > circle": 65,
      clipPath: 1,
    },
  ],
  [
    "map",
    2,
    { ".m-boundary-line": 2, ".m-x-tick-label > text": 3, ".m-y-tick-label > text": 3 },
  ],
  ["parallel", 0, { ".m-axis-name > text": n + 1, ".m-category > text": 3 }],
  ["strips", 0, { ".m-quartiles > rect": Math.min(n, 12) }],
];

async function report(name, n, widths) {
  const document = FIXTURES[name]();
  const page = await assertDrawnEverywhere(name, document, widths);
  for (const [kind, nth, marks] of expected(n))
    assert.deepEqual(await counts(page, kind, nth, marks), marks, `${kind} ${nth}`);
  await close(page);
}

async function hostileTexts() {
  const document = FIXTURES.hostile();
  const page = await assertDrawnEverywhere("hostile", document);
  const seen = await page.evaluate(() => ({
    title: document.title,
    labels: [...document.querySelectorAll(".m-row-label title")].map((title) => title.textContent),
    kicker: document.querySelector(".kicker").textContent,
    foreign: document.querySelectorAll("#page :is(img, script, iframe, object, style, link)")
      .length,
    bold: [...document.querySelectorAll("b")].filter((b) => b.textContent === "bold").length,
    scripts: document.scripts.length,
  }));
  assert.equal(seen.title, HOSTILE[0]);
  assert.equal(seen.kicker, `muster ${HOSTILE[0]}, report of an experiment`);
  assert.equal(seen.foreign + seen.bold, 0);
  assert.equal(seen.scripts, 2);
  for (const text of HOSTILE) {
    const label =
      text
        .replace(/[\u0001\u202c\u202e]/g, "")
        .replace(/\s+/g, " ")
        .trim() || "(no name)";
    assert.ok(seen.labels.includes(label), `no label ${JSON.stringify(label)}`);
  }
  await close(page);
}

async function scarceTables() {
  const document = FIXTURES.scarce();
  const page = await assertDrawnEverywhere("scarce", document);
  for (const { title, said } of await figuresOf(page)) {
    if (title.endsWith(", empty"))
      assert.equal(said, "This plot cannot be drawn: its table has no rows.");
    else if (title.endsWith(", missing"))
      assert.match(said, /all \d+ values that it needs are missing/);
    else assert.equal(said, "", title);
  }
  await close(page);
}

async function mistakesAreSaid() {
  await write("mistakes", mistakes());
  const page = await open("mistakes");
  assert.deepEqual(
    (await figuresOf(page)).map(({ said }) => said.replace("This plot cannot be drawn: ", "")),
    [
      "this page knows no kind “pie”.",
      "there is no table “nowhere”.",
      "the table “one” has no column “nothing”.",
      "the plot names no column for “label”.",
      "the plot names no columns for “columns”.",
      "a logarithmic axis takes no 0 or less.",
    ],
  );
  await assertLaidOut(page, "mistakes");
  await close(page);
}

// ---- what the program made ----------------------------------------------------------------------

/** All tables of a page, opened: rows of cells as texts. */
const tablesOf = (page) =>
  page.evaluate(async () => {
    for (const details of document.querySelectorAll("details.table")) details.open = true;
    await new Promise((done) => setTimeout(done, 50)); // they are filled when they open
    return [...document.querySelectorAll(".table")].map((table) =>
      [...table.querySelectorAll("tbody tr")].map((row) =>
        [...row.children].map((found) => found.textContent.replaceAll("\u00a0", " ")),
      ),
    );
  });

const PAGE = 500; // rows of a table that are shown at first

/** A cell as the page has it; the sign of per cent stands in the head, unless that has a unit. */
function shown(value, column) {
  if (value === null) return "–missing";
  const text = cell(value, column).replaceAll("\u00a0", " ");
  return column.kind === "share" && !column.unit ? text.replace(/ %$/, "") : text;
}

/** The tables stand in the page as the document has them, number by number as cell() writes them. */
async function assertTables(page, document, where) {
  const { sections } = readDocument(JSON.stringify(document));
  const wanted = sections
    .flatMap(({ tables }) => tables)
    .map(({ columns, rows }) =>
      rows.slice(0, PAGE).map((row) => row.map((value, i) => shown(value, columns[i]))),
    );
  assert.deepEqual(await tablesOf(page), wanted, where);
}

async function programDocument({ name: own, json, document }) {
  const name = `made-${own}`; // none of the invented ones
  await write(name, escaped(json));
  const page = await assertDrawnEverywhere(name, document);
  await assertTables(page, document, name);
  assert.match(
    await page.locator(".kicker").textContent(),
    /^muster [\w.+-]+, report of an experiment$/,
  );
  await close(page);
}

async function programPage({ name: own, html, document }) {
  const name = `made-${own}`;
  await writeHtml(name, html);
  const page = await assertDrawnEverywhere(name, document);
  await assertTables(page, document, name);
  assert.equal(await page.title(), document.title);
  await close(page);
}

/** Numbers at the horizontal ticks of a plot, by its title. */
const ticksOf = async (page, title) =>
  (
    await page
      .locator("figure", { has: page.locator("h3", { hasText: new RegExp(`^${title}$`) }) })
      .locator(".m-x-tick-label > text")
      .allTextContents()
  ).map((text) => Number(text.replace("\u2212", "-")));

const labelsOf = (page, title) =>
  page
    .locator("figure", { has: page.locator("h3", { hasText: new RegExp(`^${title}$`) }) })
    .locator(".m-row-label > text > title")
    .allTextContents();

async function optionsMeanWhatTheySay() {
  const page = await open("made-options", { width: 1000 });
  const without = await ticksOf(page, "Dots without a baseline");
  assert.ok(
    Math.min(...without) >= 4 && Math.max(...without) <= 4.4,
    `${without}: 0 is not asked for`,
  );
  assert.ok((await ticksOf(page, "Dots and 0")).includes(0));
  assert.ok((await ticksOf(page, "Tornado from 0")).includes(0));
  assert.ok(Math.min(...(await ticksOf(page, "Tornado from 4.2"))) >= 4);
  assert.ok((await ticksOf(page, "Bars")).includes(0));
  assert.deepEqual(await labelsOf(page, "Tornado from 4.2"), ["small", "large", "middle"]);
  // Steps of a logarithmic axis are factors.
  const [a, b, c] = await ticksOf(page, "Dots");
  assert.ok(Math.abs(b / a / (c / b) - 1) < 0.3 && b / a > 1.9, `${a} ${b} ${c}`);
  // Lines join rows in order of the table: here back and forth.
  const path = await page
    .locator("figure", { has: page.locator("h3", { hasText: /^Back and forth$/ }) })
    .locator(".m-line > path")
    .getAttribute("d");
  const [x1, x2, x3] = path.match(/[\d.]+(?=,)/g).map(Number);
  assert.ok(x1 < x2 && x3 < x2, path);
  // A threshold of points lies level, of their x and of bars upright; a logarithmic axis has none at 0.
  const lines = (title) =>
    page
      .locator("figure", { has: page.locator("h3", { hasText: new RegExp(`^${title}$`) }) })
      .locator(".m-threshold > line")
      .evaluateAll((list) => list.map((line) => line.getBoundingClientRect().height < 2));
  assert.deepEqual(await lines("Points"), [true, false]);
  assert.deepEqual(await lines("Points, one axis logarithmic"), [true, false, false]);
  assert.deepEqual(await lines("Lines"), [true]);
  assert.deepEqual(await lines("Bars"), [false, false]);
  assert.deepEqual(await lines("Strips"), [false]);
  await close(page);
}

/** Numbers beside a bar are what the factor is set to, and not what comes of it: that must be said. */
async function endsAreSaidToBeSettings() {
  const page = await open("many", { width: 1000 });
  const notes = await page.locator('figure[data-kind="tornado"] .notes').allTextContents();
  assert.ok(notes.length > 0);
  for (const note of notes)
    assert.match(note, /^Beside the end of a bar: what the factor is set to there\./);
  await close(page);
}

const ofProgram = [
  ...documents.map((made) => [
    `${made.name}, made by the program: every mark and every number`,
    async () => {
      await programDocument(made);
      if (made.name === "options") await optionsMeanWhatTheySay();
    },
  ]),
  ...pages.map((made) => [`${made.name}, a page by muster report`, () => programPage(made)]),
];

export const tests = [
  ["many factors: every plot has its marks", () => report("many", 30, [360, 820, 1400])],
  ["few factors: every plot has its marks", () => report("few", 3, [360, 1400])],
  ["hostile texts are texts, everywhere, and nothing is cut or touches", hostileTexts],
  ["what stands beside a bar is said", endsAreSaidToBeSettings],
  ["tables of next to nothing give a plot or a sentence, never an invented axis", scarceTables],
  ["a plot that cannot be drawn says why", mistakesAreSaid],
  ...ofProgram,
];

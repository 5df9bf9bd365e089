// The page as a reader has it: Chromium opens the file, without network, in both themes and at three
// widths. MUSTER_CHROMIUM names another browser; without one the test is skipped, in CI it fails.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { build } from "../build.mjs";
import { dark, light } from "../src/palette.js";
import { assemble } from "./assemble.mjs";
import { FIXTURES, HOSTILE, report } from "./fixtures.mjs";

const executablePath = process.env.MUSTER_CHROMIUM ?? "/usr/bin/chromium";
const missing = existsSync(executablePath) ? false : `no browser at ${executablePath}`;
if (missing && process.env.CI) throw new Error(missing);
if (missing) console.error(`SKIPPED: ${missing}`);

const WIDTHS = [360, 820, 1400];
const LIMIT = { timeout: 30000, skip: missing };
let browser;
let folder;
let halves;

before(async () => {
  if (missing) return;
  folder = await mkdtemp(path.join(os.tmpdir(), "muster-page-"));
  halves = await build(folder);
  for (const [name, make] of Object.entries(FIXTURES)) await write(name, make());
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"], timeout: 20000 });
});
after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const write = (name, document) =>
  writeFile(path.join(folder, `${name}.html`), assemble(halves, document));

/** Opens a page; everything that must not happen is collected in page.faults. */
async function open(name, { width = 820, colorScheme = "light", ready = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    offline: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.faults = [];
  page.on("console", (message) => page.faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    page.faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  const address = pathToFileURL(path.join(folder, `${name}.html`)).href;
  page.on("request", (request) => {
    if (request.url() !== address) page.faults.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  if (ready) await page.waitForSelector("#page[data-ready]");
  return page;
}

async function close(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

/**
 * What is wrong with the texts of all plots: two that touch, or one that reaches out of its plot.
 * A text of several lines counts as one. Legends, ticks, labels, names: all are compared.
 */
const wrongTexts = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const figure of document.querySelectorAll("figure")) {
      const plot = figure.querySelector(".plot-box > svg");
      if (!plot) continue;
      const frame = plot.getBoundingClientRect();
      const texts = [...plot.querySelectorAll("text")].filter((text) => !text.closest("defs"));
      const boxes = texts
        .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
      const where = `${figure.dataset.kind}, “${figure.querySelector("h3").textContent}”`;
      for (const { text, box } of boxes) {
        if (
          box.left < frame.left - 1.5 ||
          box.right > frame.right + 1.5 ||
          box.top < frame.top - 1.5 ||
          box.bottom > frame.bottom + 1.5
        ) {
          found.push(`${where}: “${text}” is cut`);
        }
      }
      for (let i = 0; i < boxes.length; i += 1) {
        for (let j = 0; j < i; j += 1) {
          const [a, b] = [boxes[i].box, boxes[j].box];
          // Boxes are a little higher than letters: 2 pixels of air may be shared.
          if (
            a.left < b.right - 0.5 &&
            b.left < a.right - 0.5 &&
            a.top < b.bottom - 2 &&
            b.top < a.bottom - 2
          ) {
            found.push(`${where}: “${boxes[i].text}” touches “${boxes[j].text}”`);
          }
        }
      }
    }
    return found;
  });

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

/** How many marks each plot of a report has, from the number of factors and runs. */
const expected = (n, runs) => [
  [
    "tornado",
    0,
    {
      ".m-bar-low > rect": n,
      ".m-bar-high > rect": n,
      ".m-row-label > text": n,
      ".m-end-label > text": 2 * n,
    },
  ],
  ["bars", 0, { ".m-bar > rect": 2 * n, ".m-interval > line": 2 * n, ".m-row-label > text": n }],
  ["lines", 0, { ".m-line > path": n, ".m-band > path": n <= 4 ? n : 0, ".m-line-dot > *": 7 * n }],
  ["lines", 1, { svg: n, ".m-line > path": n, ".m-band > path": n, ".m-baseline > line": n }],
  ["lines", 2, { ".m-line > path": 2, ".m-x-tick-label > text": 4 }],
  ["points", 0, { ".m-dot > *": n, ".m-slope > path": 3, ".m-threshold > line": 1 }],
  ["dots", 0, { ".m-dot > *": n, ".m-interval > line": n, ".m-baseline > line": 1 }],
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
    "parallel",
    0,
    {
      ".m-line > path": runs,
      ".m-axis > line": n + 1,
      ".m-axis-name > text": n + 1,
      ".m-category > text": 3,
    },
  ],
  ["scatter-matrix", 0, pairs(Math.min(n, 8))],
  [
    "strips",
    0,
    {
      ".m-dot > circle": 60 * Math.min(n, 12),
      ".m-median > line": Math.min(n, 12),
      ".m-quartiles > rect": Math.min(n, 12),
    },
  ],
];
const pairs = (n) => ({
  ".m-column-name": n,
  ".m-pair": (n * (n - 1)) / 2,
  ".m-correlation": (n * (n - 1)) / 2,
});

for (const [name, n, runs] of [
  ["few", 3, 65],
  ["many", 30, 257],
]) {
  test(`${name}: every plot has its marks, narrow and wide, light and dark`, LIMIT, async () => {
    for (const width of n === 3 ? [360, 1400] : WIDTHS) {
      const page = await open(name, { width, colorScheme: width === 820 ? "dark" : "light" });
      for (const [kind, nth, marks] of expected(n, runs)) {
        assert.deepEqual(await counts(page, kind, nth, marks), marks, `${kind} ${nth} at ${width}`);
      }
      assert.deepEqual(await wrongTexts(page), []);
      const sideways = await page.evaluate(
        () => document.scrollingElement.scrollWidth - innerWidth,
      );
      assert.ok(sideways <= 0, `the page scrolls sideways by ${sideways} at ${width}`);
      await close(page);
    }
  });
}

test("hostile texts are texts, everywhere, and nothing is cut or touches", LIMIT, async () => {
  for (const width of [360, 1400]) {
    const page = await open("hostile", { width });
    assert.deepEqual(await wrongTexts(page), []);
    const sideways = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    assert.ok(sideways <= 0, `the page scrolls sideways by ${sideways} at ${width}`);
    const seen = await page.evaluate(() => ({
      title: document.title,
      labels: [...document.querySelectorAll(".m-row-label title")].map(
        (title) => title.textContent,
      ),
      foreign: document.querySelectorAll("#page :is(img, script, iframe, object, style, link)")
        .length,
      bold: [...document.querySelectorAll("b")].filter((b) => b.textContent === "bold").length,
      scripts: document.scripts.length,
    }));
    assert.equal(seen.title, HOSTILE[0]);
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
});

test(
  "tables of next to nothing give a plot or a sentence, never an invented axis",
  LIMIT,
  async () => {
    for (const width of [360, 1400]) {
      const page = await open("scarce", { width, colorScheme: width === 360 ? "dark" : "light" });
      assert.deepEqual(await wrongTexts(page), []);
      const figures = await page.evaluate(() =>
        [...document.querySelectorAll("figure")].map((figure) => ({
          title: figure.querySelector("h3").textContent,
          svg: figure.querySelectorAll(".plot-box > svg").length,
          said: figure.querySelector(".failure")?.textContent ?? "",
          bad: /NaN|undefined|Infinity/.test(figure.innerHTML),
        })),
      );
      for (const { title, svg, said, bad } of figures) {
        assert.ok(!bad, `${title} contains NaN or the like`);
        assert.equal(svg + (said ? 1 : 0), 1, title);
        if (title.endsWith(", empty"))
          assert.equal(said, "This plot cannot be drawn: its table has no rows.");
        else if (title.endsWith(", missing"))
          assert.match(said, /all \d+ values that it needs are missing/);
        else if (/^[a-z-]+, /.test(title)) assert.equal(said, "", title);
      }
      const mistakes = figures
        .slice(-5)
        .map(({ said }) => said.replace("This plot cannot be drawn: ", ""));
      assert.deepEqual(mistakes, [
        "this page knows no kind “pie”.",
        "there is no table “nowhere”.",
        "the table “one” has no column “nothing”.",
        "the plot names no column for “label”.",
        "a logarithmic axis takes no 0 or less.",
      ]);
      await close(page);
    }
  },
);

test("twelve thousand rows are drawn thinned, and their table comes by pages", LIMIT, async () => {
  const page = await open("large");
  assert.deepEqual(await wrongTexts(page), []);
  const note = await page.locator('figure[data-kind="parallel"] figcaption').textContent();
  assert.match(note, /1[45]\d\d of 12,000 rows are drawn/);
  await page.locator("summary", { hasText: "Table: Runs" }).click();
  await page.waitForSelector("tbody tr:nth-child(500)");
  assert.equal(await page.locator("tbody tr").count(), 500);
  await page.getByRole("button", { name: /^Show 500 more of/ }).click();
  assert.equal(await page.locator("tbody tr").count(), 1000);
  assert.equal(
    await page.locator("tbody tr").first().locator("td").last().textContent(),
    "0xffffffffffffff".padEnd(17, "f") + "0",
  );
  await close(page);
});

test(
  "values that are missing are dashes, counted, last in every order, empty in CSV",
  LIMIT,
  async () => {
    const page = await open("scarce");
    const table = page
      .locator("section", { has: page.locator("h2", { hasText: "Table: holes" }) })
      .locator(".table");
    assert.match(
      await table.locator(".facts").textContent(),
      /^8 rows; 5 values are missing \(–\)$/,
    );
    const column = () =>
      table
        .locator("tbody tr td:nth-of-type(2)")
        .evaluateAll((cells) => cells.map((cell) => cell.textContent));
    const asWritten = [
      "0.000",
      "–missing",
      "4.000",
      "9.000",
      "–missing",
      "25.000",
      "36.000",
      "–missing",
    ];
    assert.deepEqual(await column(), asWritten);
    const head = table.getByRole("columnheader", { name: /^y/ });
    const press = async () => {
      await head.getByRole("button").focus();
      await page.keyboard.press("Enter");
      return head.getAttribute("aria-sort");
    };
    assert.equal(await press(), "ascending");
    assert.deepEqual((await column()).slice(0, 6), [
      "0.000",
      "4.000",
      "9.000",
      "25.000",
      "36.000",
      "–missing",
    ]);
    assert.equal(await press(), "descending");
    assert.deepEqual((await column()).slice(0, 6), [
      "36.000",
      "25.000",
      "9.000",
      "4.000",
      "0.000",
      "–missing",
    ]);
    assert.equal(await press(), "none");
    assert.deepEqual(await column(), asWritten);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      table.getByRole("button", { name: /^Save CSV/ }).click(),
    ]);
    const text = await readFile(await file.path(), "utf8");
    assert.equal(file.suggestedFilename(), "table-holes.csv");
    assert.ok(
      text.startsWith(
        "\ufefflabel,x,y (h),low,high,group\r\nrow 0,0,0,-2,2,g0\r\nrow 1,1,,-1,3,g1\r\n",
      ),
      text,
    );
    await table.getByRole("button", { name: /^Copy CSV/ }).click();
    await page.getByRole("status").getByText("Copied").waitFor();
    page.faults = page.faults.filter((fault) => !fault.startsWith("request: blob:"));
    await close(page);
  },
);

test("the switch of colours works, is kept, and plots follow it", LIMIT, async () => {
  const page = await open("few", { colorScheme: "light" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const bar = () =>
    page
      .locator(".m-bar-low rect")
      .first()
      .evaluate((node) => getComputedStyle(node).stroke);
  const css = (hex) => `rgb(${[1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)).join(", ")})`;
  assert.equal(await ground(), css(light.bg));
  await page.getByRole("radio", { name: "Dark" }).check({ force: true });
  assert.equal(await ground(), css(dark.bg));
  assert.equal(await bar(), css(dark.s1));
  await page.reload();
  await page.waitForSelector("#page[data-ready]");
  assert.equal(await ground(), css(dark.bg), "kept over a reload");
  await page.getByRole("radio", { name: "Light" }).check({ force: true });
  await page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await ground(), css(light.bg), "light although the system is dark");
  await page.getByRole("radio", { name: "Auto" }).check({ force: true });
  assert.equal(await ground(), css(dark.bg));
  await page.emulateMedia({ media: "print" });
  assert.equal(await ground(), css(light.bg), "paper is light");
  await close(page);
});

test("a plot saved as SVG stands alone", LIMIT, async () => {
  const page = await open("hostile", { colorScheme: "dark" });
  for (const kind of ["tornado", "map", "scatter-matrix"]) {
    const button = page
      .locator(`figure[data-kind="${kind}"]`)
      .first()
      .getByRole("button", { name: /^Save SVG/ });
    const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const text = await readFile(await file.path(), "utf8");
    assert.ok(!text.includes("var("), "all colours are written out");
    assert.ok(
      text.includes(light.text) && !text.includes(dark.text),
      "light, whatever the page shows",
    );
    assert.ok(!/<script|<img|href=/i.test(text));
    const parsed = await page.evaluate((source) => {
      const root = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
      return [
        root.tagName,
        root.querySelectorAll("parsererror").length,
        root.querySelector("title").textContent.length > 20,
      ];
    }, text);
    assert.deepEqual(parsed, ["svg", 0, true]);
  }
  page.faults = page.faults.filter((fault) => !fault.startsWith("request: blob:"));
  await close(page);
});

test("a reader chooses columns and lines, up to so many", LIMIT, async () => {
  const page = await open("many");
  const figure = page.locator('figure[data-kind="scatter-matrix"]');
  await figure.locator(".chooser summary").click();
  const boxes = figure.getByRole("checkbox");
  assert.equal(await boxes.count(), 30);
  for (const i of [20, 21, 22, 23]) await boxes.nth(i).check();
  assert.equal(await figure.locator(".m-column-name").count(), 12);
  assert.ok(await boxes.nth(24).isDisabled());
  await boxes.nth(0).uncheck();
  assert.equal(await figure.locator(".m-column-name").count(), 11);
  assert.ok(await boxes.nth(24).isEnabled());
  const box = figure.locator(".plot-box");
  assert.equal(await box.getAttribute("tabindex"), "0");
  assert.ok(
    await box.evaluate((node) => node.scrollWidth > node.clientWidth),
    "scrolls in its own box",
  );
  const convergence = page.locator('figure[data-kind="lines"]').first();
  await convergence.locator(".chooser summary").click();
  for (const i of [7, 6, 5, 4]) await convergence.getByRole("checkbox").nth(i).uncheck();
  assert.equal(
    await convergence.locator(".m-band > path").count(),
    4,
    "four lines have their bands",
  );
  assert.deepEqual(await wrongTexts(page), []);
  await close(page);
});

test("the pointer gets the value of the nearest mark, as text", LIMIT, async () => {
  const page = await open("hostile", { width: 1400 });
  const mark = page.locator('figure[data-kind="bars"] .m-bar > rect').first();
  await mark.scrollIntoViewIfNeeded();
  const box = await mark.boundingBox();
  await page.mouse.move(box.x + box.width - 8, box.y + box.height / 2);
  const tip = page.locator('figure[data-kind="bars"] [aria-label="tip"] text');
  await tip.waitFor();
  // The library puts marks of no width between lines.
  const text = (await tip.textContent()).replaceAll("\u200b", " ");
  assert.match(text, /^ <\/script><script>alert\(1\)<\/script>, first order S share of variance/);
  await close(page);
});

test(
  "pictures have texts, keys reach everything, axe finds nothing",
  { ...LIMIT, timeout: 40000 },
  async () => {
    const axe = await readFile(
      createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
      "utf8",
    );
    for (const [name, colorScheme] of [
      ["few", "light"],
      ["hostile", "dark"],
    ]) {
      const page = await open(name, { colorScheme });
      const pictures = await page.evaluate(() =>
        [...document.querySelectorAll(".plot-box > svg")].map((svg) => [
          svg.getAttribute("role"),
          svg.getAttribute("aria-label"),
          svg.closest("figure").querySelector("figcaption bdi")?.textContent ?? "",
          document.querySelector(
            svg.closest("figure").querySelector(".to-table").getAttribute("href"),
          ) !== null,
        ]),
      );
      for (const [role, label, caption, hasTable] of pictures) {
        assert.equal(role, "img");
        assert.ok(label.includes(caption.replaceAll("\u00a0", " ")), label);
        assert.ok(hasTable);
      }
      // One long table is enough: all are made alike, and axe looks at every cell.
      await page.evaluate(() => {
        const tables = [...document.querySelectorAll("details.table")];
        for (const details of document.querySelectorAll("details"))
          details.open = tables.indexOf(details) < 1;
      });
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
        return violations.flatMap(({ id, nodes }) =>
          nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 120)}`),
        );
      });
      assert.deepEqual(found, []);
      await close(page);
    }
    const page = await open("few");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.type), "radio");
    await page.locator("details.table summary").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("details.table tbody tr");
    assert.equal(
      await page
        .locator("details.table")
        .first()
        .evaluate((node) => node.open && node.querySelectorAll("tbody tr").length),
      21,
    );
    await close(page);
  },
);

test("the policy lets nothing else run or load", LIMIT, async () => {
  const page = await open("few");
  const tried = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    const image = new Image();
    const loaded = new Promise((done) => {
      image.onload = () => done("loaded");
      image.onerror = () => done("refused");
    });
    image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
    const fetched = await fetch("data:text/plain,x").then(
      () => "fetched",
      () => "refused",
    );
    return [window.ran === true, await loaded, fetched];
  });
  assert.deepEqual(tried, [false, "refused", "refused"]);
  assert.ok(
    page.faults.length > 0 &&
      page.faults.every((fault) => /Content Security Policy|content security/i.test(fault)),
    `${page.faults}`,
  );
  await page.context().close();
});

test("a document that cannot be read is said, not half shown", LIMIT, async () => {
  const bad = {
    version: [{ ...report(3), version: 2 }, /version 2, this page reads version 1/],
    kind: [{ format: "muster-run" }, /another kind: “muster-run”/],
  };
  for (const [name, [document, message]] of Object.entries(bad)) {
    await write(name, document);
    const page = await open(name, { ready: false });
    assert.match(await page.getByRole("alert").textContent(), message);
    assert.equal(await page.locator("main").count(), 0);
    await close(page);
  }
  await writeFile(
    path.join(folder, "cut.html"),
    `${halves.head}{"format":"muster-ana${halves.tail}`,
  );
  const page = await open("cut", { ready: false });
  assert.match(
    await page.getByRole("alert").textContent(),
    /^The document in this page is damaged/,
  );
  await close(page);
});

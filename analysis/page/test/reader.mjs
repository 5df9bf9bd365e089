// What a reader does with a page: long tables, sorting, saving, colours, choices, keys, pointer.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dark, light } from "../src/shared/palette.js";
import { close, open, write, wrongTexts } from "./chromium.mjs";
import { report } from "./fixtures.mjs";

async function longTables() {
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
}

async function missingValues() {
  const page = await open("holes");
  const table = page
    .locator("section", { has: page.locator("h2", { hasText: "Table: holes" }) })
    .locator(".table");
  assert.match(await table.locator(".facts").textContent(), /^8 rows; 5 values are missing \(–\)$/);
  const column = () =>
    table
      .locator("tbody tr td:nth-of-type(2)")
      .evaluateAll((cells) => cells.map((cell) => cell.textContent));
  const asWritten = ["0", "–missing", "4.00", "9.00", "–missing", "25.0", "36.0", "–missing"];
  assert.deepEqual(await column(), asWritten);
  const head = table.getByRole("columnheader", { name: /^y/ });
  const press = async () => {
    await head.getByRole("button").focus();
    await page.keyboard.press("Enter");
    return head.getAttribute("aria-sort");
  };
  assert.equal(await press(), "ascending");
  assert.deepEqual((await column()).slice(0, 6), ["0", "4.00", "9.00", "25.0", "36.0", "–missing"]);
  assert.equal(await press(), "descending");
  assert.deepEqual((await column()).slice(0, 6), ["36.0", "25.0", "9.00", "4.00", "0", "–missing"]);
  assert.equal(await press(), "none");
  assert.deepEqual(await column(), asWritten);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    table.getByRole("button", { name: /^Save CSV/ }).click(),
  ]);
  const text = await readFile(await file.path(), "utf8");
  assert.equal(file.suggestedFilename(), "holes.csv");
  assert.ok(
    text.startsWith("\ufefflabel,x,y,low,high,group\r\nrow 0,0,0,-2,2,g0\r\nrow 1,1,,-1,3,g1\r\n"),
    text,
  );
  await table.getByRole("button", { name: /^Copy CSV/ }).click();
  await page.getByRole("status").getByText("Copied").waitFor();
  page.faults = page.faults.filter((fault) => !fault.startsWith("request: blob:"));
  await close(page);
}

async function colours() {
  const page = await open("brief", { colorScheme: "light" });
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
  await close(page, { keeps: true });
}

async function savedPlots() {
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
}

async function choices() {
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
}

async function pointer() {
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
}

const axeSource = () =>
  readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function accessible(name, colorScheme) {
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
  // One long table is enough: all are made alike, and axe looks at every cell. The marks of plots,
  // thousands, are parts of pictures and hold no text.
  await page.evaluate(() => {
    const tables = [...document.querySelectorAll("details.table")];
    for (const details of document.querySelectorAll("details"))
      details.open = tables.indexOf(details) < 1;
    for (const mark of document.querySelectorAll(".plot-box svg :is(path, circle, line, rect)"))
      mark.remove();
  });
  await page.evaluate(await axeSource());
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 120)}`),
    );
  });
  assert.deepEqual(found, []);
  await close(page);
}

async function keys() {
  const page = await open("brief");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.type), "radio");
  await page.locator("details.table summary").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("details.table tbody tr");
  const rows = (node) => node.open && node.querySelectorAll("tbody tr").length;
  assert.equal(await page.locator("details.table").first().evaluate(rows), 21);
  await close(page);
}

async function policy() {
  const page = await open("brief");
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
  page.faults = [];
  await close(page);
}

async function unreadable() {
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
  await write("cut", '{"format":"muster-ana');
  const page = await open("cut", { ready: false });
  assert.match(
    await page.getByRole("alert").textContent(),
    /^The document in this page is damaged/,
  );
  await close(page);
}

export const tests = [
  ["axe finds nothing, hostile and dark", () => accessible("hostile", "dark")],
  ["axe finds nothing, brief and light", () => accessible("brief", "light")],
  ["twelve thousand rows are drawn thinned, and their table comes by pages", longTables],
  ["values that are missing are dashes, counted, last in every order, empty in CSV", missingValues],
  ["the switch of colours works, is kept, and plots follow it", colours],
  ["a plot saved as SVG stands alone", savedPlots],
  ["a reader chooses columns and lines, up to so many", choices],
  ["the pointer gets the value of the nearest mark, as text", pointer],
  ["keys reach everything", keys],
  ["the policy lets nothing else run or load", policy],
  ["a document that cannot be read is said, not half shown", unreadable],
];

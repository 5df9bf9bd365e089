// Chromium, and pages in it that are used again: most of the time of a first load is its process.
// MUSTER_CHROMIUM names the browser (default: Debian's).
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { build } from "../build.mjs";
import { assemble } from "./assemble.mjs";
import { drillPage } from "./drill_fixture.mjs";
import { isWhole } from "./documents.mjs";

const executablePath = process.env.MUSTER_CHROMIUM ?? "/usr/bin/chromium";
/** Why there is no browser; false: there is one. */
export const missing = existsSync(executablePath) ? false : `no browser at ${executablePath}`;
if (missing && isWhole) throw new Error(missing);
if (missing) console.error(`SKIPPED: ${missing}`);

let browser;
let folder;
let halves;
const idle = [];

export async function start() {
  if (missing) return;
  folder = await mkdtemp(path.join(os.tmpdir(), "muster-page-"));
  [halves, browser] = await Promise.all([
    build(folder),
    chromium.launch({ executablePath, args: ["--no-sandbox"], timeout: 60000 }),
  ]);
}

export async function stop() {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
}

/** Writes the page of a document, from its text or its tree; or a page as it is. */
export const write = (name, document) =>
  writeHtml(
    name,
    typeof document === "string"
      ? halves.head + document + halves.tail
      : assemble(halves, document),
  );
export const writeHtml = (name, html) => writeFile(path.join(folder, `${name}.html`), html);

/** Writes the page of a run; `options` as drillPage has them. */
export const writeDrill = (name, doc, options) =>
  writeHtml(name, drillPage(halves, doc, options));

async function newPage() {
  const context = await browser.newContext({
    viewport: { width: 820, height: 900 },
    offline: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.on("console", (message) => page.faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    page.faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== page.address) page.faults.push(`request: ${request.url()}`);
  });
  return page;
}

/** Opens a page that was written; everything that must not happen is collected in page.faults. */
export async function open(
  name,
  { width = 820, height = 900, colorScheme = "light", reducedMotion = null, ready = true } = {},
) {
  const page = idle.pop() ?? (await newPage());
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion });
  page.faults = [];
  page.address = pathToFileURL(path.join(folder, `${name}.html`)).href;
  await page.goto(page.address);
  if (ready) await page.waitForSelector("#page[data-ready]");
  return page;
}

/** Nothing happened that must not; the page is used again, unless it keeps something. */
export async function close(page, { keeps = false } = {}) {
  assert.deepEqual(page.faults, []);
  if (keeps) await page.context().close();
  else idle.push(page);
}

/** Makes the page wider or narrower; all plots are then drawn anew. */
export async function resize(page, width) {
  await page.setViewportSize({ width, height: 900 });
  const late = await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const isLate = (box) =>
      !box.classList.contains("wide") &&
      Math.abs(box.querySelector("svg").width.baseVal.value - box.clientWidth) >= 4;
    const boxes = [...document.querySelectorAll(".plot-box:has(> svg)")];
    for (let i = 0; i < 100; i += 1) {
      await frame();
      if (i >= 3 && !boxes.some(isLate)) return "";
    }
    return boxes.find(isLate).closest("figure").textContent;
  });
  assert.equal(late, "", "drawn for another width");
}

/**
 * What is wrong with the texts of all plots: two that touch, or one that reaches out of its plot.
 * A text of several lines counts as one. Legends, ticks, labels, names: all are compared.
 */
export const wrongTexts = (page) =>
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

/** No text is cut or touches another, and the page does not scroll sideways. */
export async function assertLaidOut(page, where) {
  assert.deepEqual(await wrongTexts(page), [], where);
  const sideways = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
  assert.ok(sideways <= 0, `${where}: the page scrolls sideways by ${sideways}`);
}

// Browsers, and pages in them that are used again: most of the time of a first load is the process.
// Both are Debian's own, and work from disk with the network cut.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, firefox } from "playwright-core";
import { build } from "../build.mjs";
import { assemble } from "./assemble.mjs";
import { drillPage } from "./drill_fixture.mjs";
import { isWhole } from "./documents.mjs";

const LONG = 60000; // a machine may be busy

/** MUSTER_CHROMIUM names the browser. One process has pages of both themes. */
const inChromium = {
  executablePath: process.env.MUSTER_CHROMIUM ?? "/usr/bin/chromium",
  async launch(executablePath) {
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"], timeout: LONG });
    return { light: browser, dark: browser };
  },
};

/**
 * MUSTER_FIREFOX names the browser: not the one that Playwright brings but a common one, through WebDriver
 * BiDi. There nothing sets the theme of a page, so each has a process in which that is the system's.
 */
const inFirefox = {
  executablePath: process.env.MUSTER_FIREFOX ?? "/usr/bin/firefox-esr",
  async launch(executablePath) {
    const started = await Promise.all(
      [1, 0].map((scheme) =>
        firefox.launch({
          channel: "moz-firefox",
          executablePath,
          timeout: LONG,
          firefoxUserPrefs: { "layout.css.prefers-color-scheme.content-override": scheme },
        }),
      ),
    );
    return { light: started[0], dark: started[1] };
  },
};

const all = { chromium: inChromium, firefox: inFirefox };

/**
 * In a page: where the letters of a text of a picture are. Some browsers count in a halo round them, and leave
 * more air above and below than others.
 */
function addLettersBox() {
  window.lettersBox = (text) => {
    const { x, y, width, height } = text.getBBox();
    const line = text.getNumberOfChars() > 0 ? text.getExtentOfChar(0).height : 0;
    const air = Math.max(0, line - 1.17 * parseFloat(getComputedStyle(text).fontSize)) / 2;
    const screen = text.getScreenCTM();
    const ends = [x, x + width].flatMap((a) => [y + air, y + height - air].map((b) => new DOMPoint(a, b).matrixTransform(screen)));
    const [xs, ys] = [ends.map((each) => each.x), ends.map((each) => each.y)];
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  };
}

/** A folder of pages that are written, and a browser that opens them: "chromium" or "firefox". */
export function pagesIn(which) {
  const { executablePath, launch } = all[which];
  /** Why there is no browser; false: there is one. */
  const missing = existsSync(executablePath) ? false : `no browser at ${executablePath}`;
  if (missing && isWhole) throw new Error(missing);
  if (missing) console.error(`SKIPPED: ${missing}`);

  let browsers;
  let folder;
  let halves;
  const idle = new Map(); // pages of a process

  async function start() {
    if (missing) return;
    folder = await mkdtemp(path.join(os.tmpdir(), "muster-page-"));
    [halves, browsers] = await Promise.all([build(folder), launch(executablePath)]);
  }

  async function stop() {
    await Promise.all([...new Set(Object.values(browsers ?? {}))].map((browser) => browser.close()));
    if (folder) await rm(folder, { recursive: true, force: true });
  }

  const writeHtml = (name, html) => writeFile(path.join(folder, `${name}.html`), html);
  /** Writes the page of a document, from its text or its tree; or a page as it is. */
  const write = (name, document) =>
    writeHtml(
      name,
      typeof document === "string"
        ? halves.head + document + halves.tail
        : assemble(halves, document),
    );
  /** Writes the page of a run; `options` as drillPage has them. */
  const writeDrill = (name, doc, options) => writeHtml(name, drillPage(halves, doc, options));

  async function newPage(browser) {
    const context = await browser.newContext({
      viewport: { width: 820, height: 900 },
      offline: true,
    });
    const page = await context.newPage();
    await page.addInitScript(addLettersBox);
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
  async function open(
    name,
    { width = 820, height = 900, colorScheme = "light", reducedMotion = null, ready = true } = {},
  ) {
    const browser = browsers[colorScheme];
    const page = idle.get(browser)?.pop() ?? (await newPage(browser));
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion });
    page.faults = [];
    page.address = pathToFileURL(path.join(folder, `${name}.html`)).href;
    await page.goto(page.address);
    if (ready) await page.waitForSelector("#page[data-ready]");
    return page;
  }

  /** Nothing happened that must not; the page is used again, unless it keeps something. */
  async function close(page, { keeps = false } = {}) {
    assert.deepEqual(page.faults, []);
    if (keeps) return page.context().close();
    const browser = page.context().browser();
    idle.set(browser, [...(idle.get(browser) ?? []), page]);
  }

  return { missing, start, stop, write, writeHtml, writeDrill, open, close };
}

/** What axe finds wrong, and how many rules it could apply. */
export async function axed(page) {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  return page.evaluate(async () => {
    const { violations, passes } = await window.axe.run(document, { resultTypes: ["violations"] });
    return {
      passed: passes.length,
      found: violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)}`)),
    };
  });
}

/** By how much the page is wider than the window. */
export const sideways = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);

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
        .filter((text) => text.getBoundingClientRect().width > 0)
        .map((text) => ({ text: text.textContent, box: window.lettersBox(text) }));
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
  const over = await sideways(page);
  assert.ok(over <= 0, `${where}: the page scrolls sideways by ${over}`);
}

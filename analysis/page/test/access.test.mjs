// Who sees little, enlarges, or wants no motion: every panel of a page with a lesson, in Chromium. Contrast is
// computed from what is drawn, as axe leaves it open where it cannot tell a ground.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { close, missing, open, start, stop, writeDrill } from "./chromium.mjs";
import { filled, manyUnits } from "./drill_documents.mjs";
import { coastOf, LAND } from "./drill_fixture.mjs";

const folder = process.env.MUSTER_PAGE_DOCUMENTS ?? "";
const read = (name) => {
  const file = path.join(folder, "runs", `${name}.json`);
  return folder && existsSync(file) ? filled(JSON.parse(readFileSync(file, "utf8"))) : null;
};
const lesson = read("lessons/why-is-north-korea-out");
const pages = [...(lesson ? [["lesson", lesson]] : []), ["invented", manyUnits(12, 6)]];

async function prepare() {
  await start();
  if (missing) return;
  for (const [name, doc] of pages) {
    // A lesson hides panels until they are revealed: here all are open.
    const steps = doc.scene.lesson?.steps ?? [];
    for (const step of steps) step.hide = [];
    await writeDrill(name, doc, { coast: existsSync(LAND) ? await coastOf(doc.scene.box) : "" });
  }
}

const frames = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))));

/** Calls `tried(name of the panel)` with each panel of the page open, and all that can be opened in it. */
async function eachPanel(page, tried) {
  const tabs = await page.evaluate(() => [...document.querySelectorAll("[role=tab]")].filter((tab) => !tab.hidden).map((tab) => tab.id));
  assert.ok(tabs.length > 2, `${tabs.length} panels`);
  for (const id of tabs) {
    const name = await page.evaluate((tab) => {
      document.getElementById(tab).click();
      return document.getElementById(tab).textContent;
    }, id);
    await page.evaluate(() => document.querySelectorAll("main details, .lesson-bar details").forEach((each) => (each.open = true)));
    await frames(page);
    await tried(name);
  }
}

/** Texts that stand out too little from the ground that they are drawn on, opacity counted in. */
const faint = (page) =>
  page.evaluate(() => {
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const channels = (colour) => {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const colours = new Map();
    const colourOf = (text) => {
      if (!colours.has(text)) colours.set(text, channels(text));
      return colours.get(text);
    };
    const over = ([r, g, b, a], under) => [r, g, b].map((value, i) => value * a + under[i] * (1 - a));
    const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const contrast = (a, b) => {
      const [low, high] = [light(a), light(b)].sort((p, q) => p - q);
      return (high + 0.05) / (low + 0.05);
    };
    const root = getComputedStyle(document.documentElement);
    const page_ = channels(root.getPropertyValue("--bg"));
    const kept = new Map();
    const atOf = (at) => {
      if (!at) return { ground: page_.slice(0, 3), opacity: 1 };
      if (kept.has(at)) return kept.get(at);
      const { backgroundColor, opacity } = getComputedStyle(at);
      const under = atOf(at.parentElement);
      kept.set(at, { ground: over(colourOf(backgroundColor), under.ground), opacity: under.opacity * Number(opacity) });
      return kept.get(at);
    };
    const found = new Map();
    let seen = 0;
    const walker = document.createTreeWalker(document.querySelector("#page"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { parentElement: at } = node;
      if (!node.textContent.trim() || at.closest(".off, [hidden], title, option, [disabled], [aria-disabled=true]")) continue;
      if (!at.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true })) continue;
      const style = getComputedStyle(at);
      const isDrawn = at instanceof SVGElement;
      const colour = colourOf(isDrawn ? style.fill : style.color);
      const size = parseFloat(style.fontSize);
      const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
      // On the map a name has a rim in the colour of the sea; land may be round it.
      const grounds = at.closest(".map-stage") && isDrawn ? ["--sea", "--land"].map((key) => channels(root.getPropertyValue(key)).slice(0, 3)) : [atOf(at).ground];
      seen += 1;
      for (const ground of grounds) {
        const value = contrast(over([...colour.slice(0, 3), colour[3] * atOf(at).opacity], ground), ground);
        if (value < wanted - 0.005) found.set(`${at.localName}.${at.className?.baseVal ?? at.className} ${value.toFixed(2)} < ${wanted}`, node.textContent.trim().slice(0, 40));
      }
    }
    return { faint: [...found].map(([what, text]) => `${what}: ${text}`), seen };
  });

async function contrasts(name) {
  for (const [colorScheme, isProjector] of [["light", false], ["dark", false], [name === "lesson" ? "light" : "dark", true]]) {
    const page = await open(name, { width: 1400, height: 1000, colorScheme, reducedMotion: "reduce" });
    if (isProjector) await page.locator(".projector input").check();
    await page.evaluate(() => {
      const slider = document.querySelector(".clock-slider");
      slider.value = String((Number(slider.min) + Number(slider.max)) / 2);
      slider.dispatchEvent(new Event("input"));
    });
    let all = 0;
    await eachPanel(page, async (panel) => {
      const { faint: wrong, seen } = await faint(page);
      all += seen;
      assert.deepEqual(wrong, [], `${name}, ${colorScheme}${isProjector ? ", projector" : ""}, ${panel}`);
    });
    assert.ok(all > 200, `${all} texts`);
    await close(page, { keeps: true });
  }
}

const sideways = (page) =>
  page.evaluate(() => {
    const over = document.scrollingElement.scrollWidth - innerWidth;
    if (over <= 0) return [];
    return [
      `by ${over}`,
      ...[...document.querySelectorAll("#page *")]
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll, .map-stage"))
        .slice(0, 3)
        .map((each) => `${each.localName}.${each.className?.baseVal ?? each.className}: ${each.textContent.slice(0, 40)}`),
    ];
  });

/** 320 pixels; a window of 1280 at 200 %, which leaves 640; and type twice as large in a window of its own width. */
async function enlarged(name) {
  for (const [what, width, height, type, isProjector] of [
    ["320 pixels", 320, 640, "", false],
    ["200 %", 640, 512, "", true],
    ["type 200 %", 1280, 1024, "200%", false],
  ]) {
    const page = await open(name, { width, height });
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), type);
    if (isProjector) await page.locator(".projector input").check();
    await eachPanel(page, async (panel) =>
      assert.deepEqual(await sideways(page), [], `${name}, ${what}${isProjector ? ", projector" : ""}, ${panel}`),
    );
    await close(page, { keeps: true });
  }
}

async function still(name) {
  const page = await open(name, { width: 1400, reducedMotion: "reduce" });
  const clock = () => page.evaluate(() => Number(document.querySelector(".clock-slider").value));
  const before = await clock();
  await page.locator(".clock-buttons button").nth(1).click();
  const after = await clock();
  assert.ok(after > before, "the button steps");
  await page.waitForTimeout(300);
  assert.equal(await clock(), after, "and nothing runs");
  await eachPanel(page, async (panel) => {
    const moving = await page.evaluate(() => [
      ...document.getAnimations().map((each) => each.constructor.name),
      ...[...document.querySelectorAll("#page, #page *")].filter((each) => {
        const { scrollBehavior, transitionDuration, animationName } = getComputedStyle(each);
        return scrollBehavior === "smooth" || parseFloat(transitionDuration) > 0 || animationName !== "none";
      }).map((each) => each.className),
      ...document.querySelectorAll("#page animate, #page animateTransform, #page animateMotion, #page marquee"),
    ]);
    assert.deepEqual(moving, [], panel);
  });
  await close(page, { keeps: true });
}

test.before(prepare);
test.after(stop);
for (const [name] of pages) {
  test(`${name}: every text stands out, in both themes and for a projector`, { skip: missing, timeout: 240000 }, () => contrasts(name));
  test(`${name}: nothing scrolls sideways at 320 pixels and at 200 %`, { skip: missing, timeout: 240000 }, () => enlarged(name));
  test(`${name}: nothing moves for who wants no motion`, { skip: missing, timeout: 60000 }, () => still(name));
}

// The page of a drill in Chromium, from disk, with the network cut.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { axed, sideways } from "./browsers.mjs";
import { close, missing, open, start, stop, writeDrill } from "./chromium.mjs";
import { coastOf, LAND } from "./drill_fixture.mjs";
import { filled, manyUnits } from "./drill_documents.mjs";
import { HOSTILE } from "./fixtures.mjs";
import { wrongLabels } from "./hands.mjs";

const made = process.env.MUSTER_PAGE_DOCUMENTS
  ? path.join(process.env.MUSTER_PAGE_DOCUMENTS, "runs/northern-interaction-2023.json")
  : "";
const real = existsSync(made) ? filled(JSON.parse(readFileSync(made, "utf8"))) : null;

/** The invented document with texts that would harm a page that trusts them. */
function hostile() {
  const doc = manyUnits(12, 6);
  doc.units.forEach((unit, i) => (unit.name = HOSTILE[i % HOSTILE.length]));
  doc.scene.states.forEach((state, i) => (state.name = HOSTILE[i]));
  doc.scene.bases.forEach((base, i) => (base.name = HOSTILE[i + 4]));
  doc.scene.areas[0].name = HOSTILE[9];
  doc.log.forEach((entry, i) => (entry.text = HOSTILE[i % HOSTILE.length]));
  doc.scene.title = HOSTILE[0];
  doc.scenario.id = HOSTILE[2];
  return doc;
}

async function prepare() {
  await start();
  if (missing) return;
  const doc = manyUnits(12, 6);
  const coast = existsSync(LAND) ? await coastOf(doc.scene.box) : "";
  const area = {
    type: "FeatureCollection",
    features: [
      {
        type: "Feature",
        properties: { kind: "reach", unit: "unit-1", state: "BBB", limit: "tank", hours: 24, radius_nm: 250, way: "go and return" },
        geometry: { type: "Polygon", coordinates: [[[130, 35], [138, 35.3], [138.2, 42], [129.8, 42.2], [130, 35]]] },
      },
    ],
  };
  await writeDrill("many", doc, { coast, area });
  await writeDrill("live", doc, { coast, live: true });
  await writeDrill("hostile", hostile(), { coast });
  await writeDrill("bare", { format: "muster-run", version: 1 });
  await writeDrill("broken-coast", doc, { coast: "AAAA" });
  if (real) await writeDrill("real", real, { coast: existsSync(LAND) ? await coastOf(real.scene.box) : "" });
}

const settle = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const clock = (page) => page.evaluate(() => Number(document.querySelector(".clock-slider").value));
const setClock = async (page, share) => {
  await page.evaluate((part) => {
    const slider = document.querySelector(".clock-slider");
    slider.value = String(Number(slider.min) + (slider.max - slider.min) * part);
    slider.dispatchEvent(new Event("input"));
  }, share);
  await page.waitForTimeout(180); // the log follows a few times a second
  await settle(page);
};

/** Texts of the map that touch each other, a sign or a button, or that reach out of it; signs that touch each other. */
const wrong = (page) =>
  page.evaluate(() => {
    const frame = document.querySelector(".map-stage").getBoundingClientRect();
    const shown = (selector) =>
      [...document.querySelectorAll(selector)]
        .filter((node) => node.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true }))
        .map((node) => ({ text: node.textContent || node.getAttribute("class"), box: node.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
    const boxes = shown(".map-stage svg text:not(.app6)");
    const units = shown(".signs .sign");
    const places = shown("rect.base, circle.base, path.seen");
    const buttons = shown(".map-tools > button, .map-menu > summary");
    const meets = (a, b, air) => a.left < b.right - air && b.left < a.right - air && a.top < b.bottom - air && b.top < a.bottom - air;
    const found = [];
    if (units.length === 0) found.push("there is no sign to look at");
    const pairs = (some, others, air) =>
      some.forEach((one, i) =>
        (some === others ? others.slice(0, i) : others).forEach((other) => {
          if (meets(one.box, other.box, air)) found.push(`“${one.text}” touches “${other.text}” at ${Math.round(one.box.left)}, ${Math.round(one.box.top)}`);
        }),
      );
    pairs(boxes, [...units, ...places, ...buttons], 4); // boxes of letters are higher than letters
    pairs(units, units, 2);
    pairs(units, places, 2);
    boxes.forEach(({ text, box }, i) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 3 || box.bottom > frame.bottom + 3)
        found.push(`“${text}” is cut`);
      for (const other of boxes.slice(0, i))
        if (box.left < other.box.right - 1 && other.box.left < box.right - 1 && box.top < other.box.bottom - 4 && other.box.top < box.bottom - 4)
          found.push(`“${text}” touches “${other.text}”`);
    });
    return found;
  });

async function laidOut(name) {
  for (const [width, colorScheme] of [[1400, "light"], [900, "dark"], [360, "light"], [320, "dark"]]) {
    const page = await open(name, { width, colorScheme });
    for (const share of [0, 0.3, 0.6, 1]) {
      await setClock(page, share);
      assert.deepEqual(await wrongLabels(page), [], `${name}, ${width} wide, ${share}`);
    }
    const over = await sideways(page);
    assert.ok(over <= 0, `${name}, ${width} wide: scrolls sideways by ${over}`);
    await close(page);
  }
}

async function accessible(name, colorScheme, width) {
  const page = await open(name, { colorScheme, width });
  await setClock(page, 0.5);
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
  const { found, passed } = await axed(page);
  assert.deepEqual(found, []);
  assert.ok(passed > 20, `${passed} rules passed`);
  await close(page);
}

async function keys() {
  const page = await open("many", { width: 1400 });
  const from = await clock(page);
  await page.keyboard.press(".");
  const first = await clock(page);
  assert.ok(first > from);
  await page.keyboard.press(".");
  const second = await clock(page);
  assert.ok(second > first);
  assert.ok((await page.locator("[role=status]").textContent()).includes("leaves"), "the step is announced");
  await page.keyboard.press(",");
  assert.equal(await clock(page), first);
  // In a field these keys are the field's.
  await page.locator(".clock-choices select").first().focus();
  await page.keyboard.press(".");
  assert.equal(await clock(page), first);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Space");
  await page.waitForFunction((time) => Number(document.querySelector(".clock-slider").value) > time, first);
  await page.keyboard.press("Space");
  await settle(page);
  const stopped = await clock(page);
  await page.waitForTimeout(200);
  assert.equal(await clock(page), stopped, "paused");
  await page.locator(".clock-slider").focus();
  await page.keyboard.press("End");
  assert.equal(await clock(page), await page.evaluate(() => Number(document.querySelector(".clock-slider").max)));
  // The map, by keys alone.
  const scale = () => page.locator(".scale-bar .degree").textContent();
  const before = await scale();
  await page.locator(".map-stage").focus();
  for (let i = 0; i < 6; i += 1) await page.keyboard.press("+");
  await settle(page);
  assert.notEqual(await scale(), before);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("0");
  await settle(page);
  assert.equal(await scale(), before);
  const side = () => page.evaluate(() => document.querySelector(".side").getBoundingClientRect().width);
  const width = await side();
  await page.locator(".divider").focus();
  await page.keyboard.press("ArrowLeft");
  assert.ok((await side()) > width);
  const tabs = await page.locator("[role=tab]").count();
  if (tabs > 1) {
    await page.locator("[role=tab][aria-selected=true]").first().focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-selected")), "true");
  }
  await close(page, { keeps: true });
}

/** However narrow the page, tabs take two rows at most; the one in front is in sight; the list names every one. */
async function tabsInOneRow() {
  for (const width of [320, 1400]) {
    const page = await open("real", { width });
    const look = () =>
      page.evaluate(() => {
        const [row, list] = [document.querySelector("[role=tablist]"), document.querySelector(".all-panels")];
        const tabs = [...row.querySelectorAll("[role=tab]")];
        const [frame, front] = [row, row.querySelector("[aria-selected=true]")].map((each) => each.getBoundingClientRect());
        return {
          rows: new Set(tabs.map((tab) => Math.round(tab.getBoundingClientRect().top))).size,
          hasList: list.checkVisibility(),
          isSame: [...list.options].map(({ text }) => text).join() === tabs.map((tab) => tab.textContent).join(),
          isInSight: front.left >= frame.left - 1 && front.right <= frame.right + 1,
          front: row.querySelector("[aria-selected=true]").textContent,
          chosen: list.selectedOptions[0].text,
        };
      });
    const start = await look();
    assert.ok(start.rows <= 2, `${start.rows} rows at ${width}`);
    assert.ok(start.hasList || width > 320);
    assert.ok(start.isSame);
    await page.locator("[role=tab][aria-selected=true]").focus();
    for (const key of ["End", "ArrowLeft", "Home", "ArrowRight"]) {
      await page.keyboard.press(key);
      await settle(page);
      const { isInSight, front, chosen } = await look();
      assert.ok(isInSight, `${key} at ${width}: ${front}`);
      assert.equal(front, chosen);
    }
    if (width === 320) {
      await page.locator(".all-panels").selectOption({ label: "About" });
      await settle(page);
      const { isInSight, front } = await look();
      assert.ok(isInSight && front === "About");
    }
    await close(page, { keeps: true });
  }
}

async function stillMotion() {
  const page = await open("many", { reducedMotion: "reduce" });
  const from = await clock(page);
  await page.keyboard.press("Space");
  const next = await clock(page);
  assert.ok(next > from);
  await page.waitForTimeout(300);
  assert.equal(await clock(page), next, "one step, no run");
  await close(page, { keeps: true });
}

async function logWorks() {
  const page = await open("many", { width: 1400 });
  await page.evaluate(() => [...document.querySelectorAll("[role=tab]")].find((tab) => tab.id.endsWith("-log")).click());
  const row = page.locator(".log button").nth(20);
  await row.click();
  const time = await clock(page);
  assert.ok(time > (await page.evaluate(() => Number(document.querySelector(".clock-slider").min))));
  assert.ok(await page.evaluate(() => document.activeElement.closest(".log") !== null), "focus is kept");
  await page.waitForTimeout(200);
  const past = await page.locator(".log li:not(.future):not(.log-day)").count();
  const all = await page.locator(".log li:not(.log-day)").count();
  assert.ok(past > 0 && past < all, `${past} of ${all}`);
  await page.locator(".filters select").first().selectOption("AAA");
  const shown = await page.locator(".log li:not(.log-day):visible").count();
  assert.ok(shown > 0 && shown < all);
  await close(page, { keeps: true });
}

async function unitsAndLayers() {
  const page = await open("many", { width: 1400 });
  await setClock(page, 0.4);
  await page.locator(".map-menu summary").click();
  await page.locator(".map-layers select").first().selectOption("unit-3");
  await settle(page);
  assert.ok((await page.locator(".name.unit", { hasText: "Unit 3, " }).count()) === 1, "the chosen unit tells more");
  await page.locator(".map-layers label", { hasText: "APP-6" }).locator("input").check();
  await page.locator(".map-layers select").nth(1).selectOption("unit-1");
  await settle(page);
  assert.ok(await page.locator(".contour-labels text", { hasText: "250 nm" }).isVisible());
  assert.ok((await page.locator(".contours path").getAttribute("d")).length > 20);
  await page.locator(".projector input").check();
  await settle(page);
  assert.deepEqual(await wrongLabels(page), []);
  await close(page, { keeps: true });
}

async function bareAndBroken() {
  let page = await open("bare");
  assert.equal(await page.locator(".map-stage").count(), 1);
  await close(page, { keeps: true });
  page = await open("broken-coast");
  assert.ok((await page.locator(".failure").textContent()).includes("damaged"));
  await close(page, { keeps: true });
  // A run that was packed opens as one that was not.
  await writeDrill("packed", manyUnits(4, 3), { isPacked: true });
  page = await open("packed");
  assert.equal(await page.locator("h1").textContent(), "Many units");
  await close(page, { keeps: true });
  await writeDrill("no-run", { format: "muster-why", version: 1 });
  page = await open("no-run", { ready: false });
  await page.waitForSelector(".failure");
  assert.ok((await page.locator(".failure").textContent()).includes("muster-why"));
  await close(page, { keeps: true });
}

async function paper() {
  const page = await open("many", { width: 1400, colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  await settle(page);
  assert.equal(await page.locator(".clock-buttons").isVisible(), false);
  assert.equal(await page.locator(".map-box").isVisible(), true);
  await close(page, { keeps: true });
}

test.before(prepare);
test.after(stop);
const names = ["many", "hostile", ...(real ? ["real"] : [])];
const all = [
  ...names.map((name) => [`labels touch nothing and nothing is cut: ${name}`, () => laidOut(name)]),
  ["axe finds nothing, light", () => accessible("many", "light", 1400)],
  ["axe finds nothing, dark and narrow", () => accessible("hostile", "dark", 360)],
  ...(real ? [["axe finds nothing, a real run", () => accessible("real", "dark", 1400)]] : []),
  ["keys reach everything", keys],
  ...(real ? [["tabs take two rows at most", tabsInOneRow], ["axe finds nothing, a real run on a small screen", () => accessible("real", "light", 320)]] : []),
  ["who wants no motion gets steps", stillMotion],
  ["the log moves the clock, keeps the focus and is filtered", logWorks],
  ["units are chosen, symbols changed, contours shown, type enlarged", unitsAndLayers],
  ["a file that lacks or has damaged parts shows the others", bareAndBroken],
  ["the head of a live page shows the same", () => laidOut("live")],
  ["paper has the map and no buttons", paper],
];
for (const [name, run] of all) test(name, { skip: missing || false }, run);

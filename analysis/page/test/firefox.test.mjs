// The pages that the program writes, in Firefox as Debian has it, from disk, with the network cut.
// MUSTER_PROGRAM names the program, MUSTER_SOURCE its sources; without them nothing is tried. Where MUSTER_ENGINE
// is not set the program has no engine, and no live page is tried. MUSTER_PICTURES names a folder that gets the
// pictures that were looked at.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import test from "node:test";
import { linesOf } from "../src/drill/engine/moves.js";
import { decimalsFor, plain } from "../src/drill/panels/figures.js";
import { assertLaidOut, axed, pagesIn, resize, sideways } from "./browsers.mjs";
import { documents, isWhole, pages } from "./documents.mjs";
import { assertJoins, joinsText, ready, settled, tab, textOf, walkLesson, wrongLabels } from "./hands.mjs";
import { native, written } from "./live_fixture.mjs";
import { coloursOf, readPng } from "./pictures.mjs";

const { missing, start, stop, write, writeHtml, open, close } = pagesIn("firefox");
const { MUSTER_PROGRAM, MUSTER_SOURCE, MUSTER_ENGINE, MUSTER_PICTURES } = process.env;
const unset = MUSTER_PROGRAM && MUSTER_SOURCE ? false : "MUSTER_PROGRAM and MUSTER_SOURCE are not set";
if (unset && isWhole) throw new Error(unset);
const skip = missing || unset;
if (skip) console.error(`SKIPPED: Firefox: ${skip}`);
const noEngine = MUSTER_ENGINE ? false : "MUSTER_ENGINE is not set";
if (!skip && noEngine) console.error(`SKIPPED: live pages in Firefox: ${noEngine}`);

const scenario = (name) => path.join(MUSTER_SOURCE, "scenarios", name);
const CASE = "northern-interaction-2023.cfg";
const LESSON = "lessons/why-is-north-korea-out.cfg";
const REPS = 200;

async function prepare() {
  const made = {
    drill: ["report", scenario(CASE)],
    chance: ["report", scenario(CASE), "--reps", `${REPS}`],
    ...(noEngine ? {} : { lesson: ["export", "--live", scenario(LESSON)] }),
  };
  const [, ...texts] = await Promise.all([start(), ...Object.values(made).map((words) => written(...words))]);
  for (const [i, name] of Object.keys(made).entries()) await writeHtml(name, texts[i]);
  await writeHtml("experiment", pages.find(({ name }) => name === "three").html);
  await write("plots", documents.find(({ name }) => name === "all-plots").json);
}

/** What must not happen is seen when it does: else the other tests would prove nothing. */
async function sees() {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    response.end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${server.address().port}/`;
  await writeHtml(
    "control",
    `<!doctype html><main id="page" data-ready>A page</main><script>console.warn("a warning"); fetch("${address}").catch(() => {});
new Worker(URL.createObjectURL(new Blob(["fetch('${address}worker').catch(() => {})"])));
setTimeout(() => { throw new Error("an error"); });</script>`,
  );
  const page = await open("control");
  await page.waitForTimeout(500);
  server.close();
  for (const fault of ["console: a warning", "error: an error", `request: ${address}`, `request: ${address}worker`])
    assert.ok(page.faults.includes(fault), `${fault}: ${page.faults}`);
  assert.equal(asked, 0, "the network is cut");
  page.faults = [];
  await close(page);
}

/** The log and the clock stand for the rest of a replay: they answer to keys. */
async function replay() {
  const page = await open("drill", { width: 1400 });
  await assertJoins(page, native("run", scenario(CASE), "--json"), CASE);
  const clock = () => page.evaluate(() => Number(document.querySelector(".clock-slider").value));
  const from = await clock();
  await page.keyboard.press(".");
  assert.ok((await clock()) > from, "the next event");
  await page.locator(".clock-slider").focus();
  await page.keyboard.press("End");
  assert.equal(await clock(), await page.evaluate(() => Number(document.querySelector(".clock-slider").max)));
  assert.deepEqual(await wrongLabels(page), []);
  await close(page);
}

async function replications() {
  const page = await open("chance", { width: 1400 });
  const doc = native("run", scenario(CASE), "--json", "--reps", `${REPS}`);
  await assertJoins(page, doc, "with chance");
  await tab(page, "Measures");
  const told = await textOf(page);
  assert.ok(told.includes(`what ${REPS} replications with chance came to`));
  const spread = doc.replications.measures.filter((each) => each.of === "drill" && !each.is_share);
  for (const { measure, values } of spread)
    for (const { mean, low, high } of Object.values(values)) {
      const figure = plain(mean, decimalsFor(0.5 * (high - low)));
      assert.ok(told.includes(figure), `${measure}: ${figure}`);
    }
  assert.ok(spread.length > 0);
  await close(page);
}

/** The first steps by keys alone, then a slider, against the program. */
async function liveLesson() {
  const page = await open("lesson", { width: 1400, height: 1000 });
  const doc = native("run", scenario(LESSON), "--json");
  await walkLesson(page, doc, "turn");
  await ready(page);
  const first = await joinsText(page);
  await assertJoins(page, doc, LESSON);
  await tab(page, "Sliders");
  const lever = doc.scene.levers.find(({ choices }) => choices.length === 0);
  const input = page.getByLabel(lever.label, { exact: true });
  await input.focus();
  await page.keyboard.press("ArrowRight");
  await settled(page);
  const value = Number(await input.inputValue());
  assert.notEqual(value, lever.number, "a key moves the slider");
  await page.keyboard.press("End");
  await settled(page);
  assert.equal(Number(await input.inputValue()), lever.max);
  const moved = native("run", scenario(LESSON), "--json", ...linesOf(lever, lever.max).flatMap((line) => ["--set", line]));
  await assertJoins(page, moved, lever.id);
  await tab(page, "Sliders");
  const once = await joinsText(page);
  assert.notEqual(once, first);
  await input.press("Control+z");
  await settled(page);
  assert.equal(Number(await input.inputValue()), value, "undone");
  await page.getByRole("button", { name: "Reset all" }).click();
  await settled(page);
  assert.equal(await joinsText(page), first, "reset");
  await close(page);
}

async function experiment() {
  let page = await open("experiment", { width: 1400 });
  assert.ok((await page.locator("figure .plot-box > svg").count()) > 0);
  await close(page);
  page = await open("plots", { width: 1400 });
  await assertLaidOut(page, "all kinds of plots");
  await resize(page, 320);
  await assertLaidOut(page, "all kinds of plots, narrow");
  await close(page);
}

/** Neither blank nor cut, and of its theme; axe finds nothing. */
async function looks(name, colorScheme) {
  const page = await open(name, { width: 1400, height: 900, colorScheme });
  if (name === "lesson") {
    await page.locator(".lesson-moves select").selectOption("5"); // where nothing but the evidence is hidden
    await page.locator(".lesson-reveal").click();
    await ready(page);
    await page.locator(".lever input[type=range]").first().press("End");
    await settled(page);
  }
  for (const width of [1400, 820, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
    const png = await page.screenshot();
    const where = `${name}, ${colorScheme}, ${width}`;
    if (MUSTER_PICTURES) writeFileSync(path.join(MUSTER_PICTURES, `${name}-${colorScheme}-${width}.png`), png);
    const picture = readPng(png);
    const { colours, light, share } = coloursOf(picture);
    assert.deepEqual([picture.width, picture.height], [width, 900], where);
    assert.ok(colours > 60 && share < 0.97, `${where}: ${colours} colours, ${(100 * share).toFixed(1)} % of one`);
    assert.ok(colorScheme === "light" ? light > 0.8 : light < 0.2, `${where}: mostly of lightness ${light.toFixed(2)}`);
    const over = await sideways(page);
    assert.ok(over <= 0, `${where}: wider by ${over}`);
    if (width !== (colorScheme === "light" ? 1400 : 320)) continue; // axe takes longest
    const { found, passed } = await axed(page);
    assert.deepEqual(found, [], where);
    assert.ok(passed > 15, `${where}: ${passed} rules passed`);
  }
  await close(page);
}

test("Firefox", { skip }, async (t) => {
  t.after(stop);
  await prepare();
  if (MUSTER_PICTURES) mkdirSync(MUSTER_PICTURES, { recursive: true });
  await t.test("what must not happen is seen", sees);
  await t.test("a replay has the figures of the run, and answers to keys", replay);
  await t.test("so has one with replications", replications);
  await t.test("a live lesson: steps, a slider against the program, undo and reset", { skip: noEngine }, liveLesson);
  await t.test("plots are drawn, no text touches another", experiment);
  for (const name of ["drill", "chance", "experiment", ...(noEngine ? [] : ["lesson"])])
    await t.test(`seen at three widths in both themes, and by axe: ${name}`, () => Promise.all([looks(name, "light"), looks(name, "dark")]));
});

// The four lessons as live pages in Chromium, from disk, with the network cut: every step, a prediction, the
// reveal, what was noted; every slider against the program; what a saved page keeps; one lesson by keys alone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { lessonTexts as WORDS } from "../src/language/en_lesson.js";
import { missing, open, start, stop, writeHtml } from "./chromium.mjs";
import { joinsText, settled, tab } from "./hands.mjs";
import { native, SOURCE, whyNot, withExport } from "./live_fixture.mjs";
import { assertTells, done, everyLever, moveLever, ready, tabs, tabTo } from "./live_page.mjs";

const LESSONS = ["why-is-north-korea-out", "the-last-thousand-miles", "theories-of-camp", "can-this-timeline-be-true"];
const fileOf = (name) => path.join(SOURCE, "scenarios/lessons", `${name}.cfg`);
const skip = whyNot("live lessons", missing);

const docs = {};
const plain = (text) => text.replace(/\s+/g, " ").trim();
const textOf = async (page) => plain(await page.evaluate(() => document.querySelector("#page").textContent));
const press = (page, name) => page.locator(".lesson-bar").getByRole("button", { name, exact: true }).click();
/** Whether this step has something to reveal. */
const canReveal = (page) => page.locator(".lesson-reveal").isVisible();

/** Saves by a button of the notes; answers with the text of the file. */
async function saved(page, key) {
  await tab(page, "Notes");
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator(`[data-key="${key}"]`).click()]);
  return readFile(await file.path(), "utf8");
}

/** A page that keeps what is asked of the engine, and of which worker, in `window.asked`. */
async function openWatched(name) {
  const page = await open(name, { width: 1400, height: 1000 });
  await page.context().addInitScript(() => {
    window.asked = [];
    let count = 0;
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      this.number ??= count += 1;
      if (message?.request) window.asked.push({ ...message.request, worker: this.number });
      if (window.isHeld && message?.request?.call === "run") return undefined; // never to be answered
      return send.call(this, message, ...rest);
    };
  });
  await page.reload();
  await page.waitForSelector("#page[data-ready]");
  return page;
}
const calls = (page) => page.evaluate(() => window.asked.map(({ call }) => call));

/** Goes to the last step and reveals all. */
async function toTheEnd(page, { steps }) {
  for (let i = 1; i < steps.length; i += 1) await press(page, "Next");
  if (await canReveal(page)) await press(page, "Reveal");
}

/** From the first step to the last word, with an answer to every question; answers with the steps that were revealed. */
async function through(page, { steps, closing }) {
  const revealed = [];
  for (const [at, step] of steps.entries()) {
    assert.ok((await textOf(page)).includes(plain(step.says)), `${step.id}: its text`);
    if (step.reveal) assert.ok(!(await textOf(page)).includes(plain(step.reveal)), `${step.id}: told too early`);
    for (const { id } of step.predict) {
      await tab(page, "Predict");
      const field = page.locator(`input[data-key="answer-${id}"]`);
      await field.fill("70");
      await field.press("Tab");
      assert.equal(await field.inputValue(), "70");
    }
    for (const name of ["verdict", "rivals", "flip", "joins", "reach", "fuel", "evidence", "timeline", "serials", "levers", "variants"]) {
      if (!step.hide.includes(name)) continue;
      assert.equal(await page.locator(`.panel-${name}`).count(), 0, `${step.id}: ${name} is hidden`);
    }
    if (step.reveal) assert.ok(await canReveal(page), `${step.id}: can be revealed`);
    if (await canReveal(page)) {
      await press(page, "Reveal");
      revealed.push(step);
      if (step.reveal) assert.ok((await textOf(page)).includes(plain(step.reveal)), `${step.id}: the reveal`);
    }
    if (at < steps.length - 1) await press(page, "Next");
  }
  for (const text of closing) assert.ok((await textOf(page)).includes(plain(text)), text);
  const asked = steps.flatMap(({ predict }) => predict);
  if (asked.length > 0) {
    await tab(page, "Predict");
    assert.equal(await page.locator(".predict-answer").count(), asked.length);
    if (asked.some(({ scored }) => scored !== false)) assert.match(await page.locator(".panel-predict table").innerText(), /this page/);
  }
  return revealed;
}

describe("a live lesson", { skip, concurrency: 1 }, () => {
  before(async () => {
    await start();
    await withExport(async (exported) => {
      for (const name of LESSONS) {
        docs[name] = native("run", fileOf(name), "--json");
        await writeHtml(name, exported(fileOf(name)));
      }
    });
  });
  after(stop);

  for (const name of LESSONS) {
    test(`every step of ${name}, and what is noted`, async () => {
      const page = await open(name, { width: 1400, height: 1000 });
      const { lesson } = docs[name].scene;
      const revealed = await through(page, lesson);
      await tab(page, "Notes");
      await page.locator('[data-key="note-text"]').fill("A note </script> & more");
      await page.locator('[data-key="note-do"]').click();
      const line = await page.locator(".after-action").innerText();
      for (const step of revealed) assert.ok(line.includes(step.title), `${step.title} in the after-action view`);
      assert.ok(line.includes("A note </script> & more"));
      const text = await saved(page, "text");
      assert.match(text, /\[note\] A note <\/script> & more/);
      assert.equal(text.split("\n").filter((each) => each.includes("[revealed]")).length, revealed.length);
      assert.match(await saved(page, "markdown"), /^# /);
      await done(page);
    });

    test(`every slider and variant of ${name} gives the program's own figures`, async () => {
      const page = await open(name, { width: 1400, height: 1000 });
      const { levers, variants, lesson } = docs[name].scene;
      await toTheEnd(page, lesson);
      if (levers.length > 0) {
        await ready(page);
        const times = await everyLever(page, fileOf(name), docs[name]);
        console.log(`${name}: run again in ${times.join(" ")} ms`);
      }
      for (const variant of variants) {
        await tab(page, "Variants");
        await page.getByLabel(variant.title, { exact: true }).check();
        await page.waitForFunction(() => !document.querySelector(".panel-levers")?.hasAttribute("data-busy"));
        const doc = native("run", fileOf(name), "--json", "--variant", variant.id);
        await tab(page, "Who joins");
        // The page with no slider has no word of the run being done.
        await page.waitForFunction((id) => document.querySelector("footer .facts").textContent.includes(id), variant.id, { timeout: 60000 });
        assertTells(await page.locator(".panel-joins").innerText(), doc, variant.id);
      }
      await done(page);
    });
  }

  test("what a step offers stands first, and nothing that it hides is asked of the engine", async () => {
    const name = "why-is-north-korea-out";
    const page = await openWatched(name);
    const { steps } = docs[name].scene.lesson;
    const labels = new Map(docs[name].scene.levers.map(({ id, label }) => [id, label]));
    const at = steps.findIndex(({ id }) => id === "able");
    for (let i = 0; i < at; i += 1) await press(page, "Next");
    await page.locator(".lesson-bar").getByRole("button", { name: WORDS["lesson.levers"] }).click();
    await ready(page);
    const shown = await page.locator(".panel-levers .lever:visible label").allInnerTexts();
    assert.deepEqual(shown.sort(), steps[at].lever.map((id) => labels.get(id)).sort());
    await moveLever(page, docs[name].scene.levers.find(({ id }) => id === steps[at].lever[0]));
    assert.equal(await page.locator(".levers-out tr").count(), 0, "no word of what is hidden, nor of its units");
    assert.match(await page.locator(".levers-out").textContent(), /hidden until revealed/);
    assert.ok(!/joining|able|admit/.test(await page.locator(".levers-out").textContent()));
    assert.ok(!(await tabs(page)).includes("Rivals") && !(await tabs(page)).includes("What would turn it"));
    await press(page, "Reveal");
    for (let i = at; i < steps.findIndex(({ id }) => id === "turn"); i += 1) await press(page, "Next");
    assert.ok(!(await tabs(page)).includes("Variants"), "this step hides them as well");
    await press(page, "Reveal");
    await tab(page, "Variants");
    assert.deepEqual(await page.locator(".panel-variants .variant:visible label").allInnerTexts(), [
      "None: the scenario as it stands",
      docs[name].scene.variants.find(({ id }) => id === "after-june-2024").title,
    ]);
    assert.ok(!(await calls(page)).some((call) => ["flip", "rivals", "samples"].includes(call)));
    await done(page);

    const camps = await openWatched("theories-of-camp");
    await camps.waitForFunction(() => [...document.querySelectorAll('[role="tab"]')].some(({ textContent }) => textContent === "Chance"));
    await tab(camps, "Chance");
    await camps.waitForSelector('[data-key="ask/chance"]:not([disabled])', { timeout: 60000 });
    await camps.locator('[data-key="ask/chance"]').click();
    assert.match(await camps.locator(".panel-chance").innerText(), /[Hh]idden|lesson/);
    assert.deepEqual((await calls(camps)).filter((call) => call === "samples" || call === "replicate" || call === "rivals"), []);
    await done(camps);
  });

  test("a ruling and sliders go with every question, and a saved page keeps them", async () => {
    const name = "why-is-north-korea-out";
    const page = await openWatched(name);
    const { levers, lesson } = docs[name].scene;
    await toTheEnd(page, lesson);
    await ready(page);
    const lever = levers.find(({ id }) => id === "visibility");
    await moveLever(page, lever, lever.max);
    await tab(page, "Class");
    await page.locator('[data-key="ruling-do"]').click();
    assert.equal(await page.locator(".panel-room li", { hasText: "comes" }).count(), 0, "no ruling without a reason");
    await page.locator('[data-key="ruling-says"]').selectOption("joins");
    await page.locator('[data-key="ruling-reason"]').fill('it was asked, "after all"');
    await page.locator('[data-key="ruling-do"]').click();
    await page.waitForFunction(() => document.querySelectorAll(".panel-room li bdi").length > 0 && /after all/.test(document.querySelector(".panel-room").textContent));
    await tab(page, "Sliders");
    await settled(page);
    assert.match(await page.locator(".panel-levers").innerText(), /2 changes by injects and rulings/);
    const lines = [`${lever.path} = 1.0`, 'drills.northern.rulings.PRK.says = "joins"', 'drills.northern.rulings.PRK.reason = "it was asked, \\"after all\\""'];
    const doc = native("run", fileOf(name), "--json", ...lines.flatMap((line) => ["--set", line]));
    assert.equal(doc.decisions.find(({ state }) => state === "PRK").joins, true);
    const ruled = await joinsText(page);
    assertTells(ruled, doc, "ruling");
    await tab(page, "Code");
    await page.waitForFunction(() => /rulings/.test(document.querySelector(".panel-code .code")?.textContent ?? ""));
    assert.match(await page.locator(".panel-code .code").first().innerText(), /after all/);
    await tab(page, "Rivals");
    await page.waitForSelector(".panel-rivals table", { timeout: 60000 });
    await tab(page, "Chance");
    await page.getByRole("button", { name: "Run replications" }).click();
    await page.waitForSelector(".panel-chance .spread", { timeout: 60000 });
    await tab(page, "What would turn it");
    await page.getByRole("button", { name: "Look for them" }).click();
    await page.waitForFunction(() => document.querySelector('[data-key="answer/flip"]').childElementCount > 0, null, { timeout: 60000 });
    const asked = await page.evaluate(() => window.asked);
    for (const call of ["run", "text", "rivals", "samples", "replicate", "flip", "area"]) {
      const last = asked.filter((request) => request.call === call).at(-1);
      assert.deepEqual(last?.changes, lines, call);
    }
    const html = await saved(page, "save");
    await done(page);

    await writeHtml("lesson-again", html);
    const again = await openWatched("lesson-again");
    await ready(again);
    await settled(again);
    assert.equal(await again.getByLabel(lever.label, { exact: true }).inputValue(), "1");
    assert.equal(await joinsText(again), ruled, "the run that was saved is shown");
    assert.match(await again.locator(".panel-levers").innerText(), /2 changes by injects and rulings/);
    assert.equal(await saved(again, "save"), html, "saved again it is the same file");
    assert.deepEqual((await calls(again)).filter((call) => call === "run"), [], "and nothing had to be run");
    await tab(again, "Sliders");
    await moveLever(again, levers.find(({ id }) => id === "autonomy"));
    assert.deepEqual((await again.evaluate(() => window.asked)).find(({ call }) => call === "run").changes.slice(-2), lines.slice(1));
    await again.getByRole("button", { name: "Undo", exact: true }).click();
    await settled(again);
    assert.equal(await joinsText(again), ruled, "undone");
    await again.getByRole("button", { name: "Reset all" }).click();
    await settled(again);
    assertTells(await joinsText(again), docs[name], "reset");
    assert.match(await again.locator(".levers-out").innerText(), /Nothing is moved/);
    await done(again);
  });

  test("a page saved while a run is awaited has no run of other settings in it", async () => {
    const name = "why-is-north-korea-out";
    const page = await openWatched(name);
    const { levers, lesson } = docs[name].scene;
    await toTheEnd(page, lesson);
    await ready(page);
    const [first, second] = ["visibility", "autonomy"].map((wanted) => levers.find(({ id }) => id === wanted));
    await moveLever(page, first, first.max);
    await page.evaluate(() => (window.isHeld = true));
    await page.getByLabel(second.label, { exact: true }).press("Home");
    await page.waitForFunction(() => window.asked.at(-1).changes.length === 2);
    await tab(page, "Notes");
    await writeHtml("lesson-awaited", await saved(page, "save"));
    await done(page);
    const again = await openWatched("lesson-awaited");
    await ready(again);
    await settled(again);
    const lines = [`${first.path} = 1.0`, `${second.path} = ${second.min}`];
    const doc = native("run", fileOf(name), "--json", ...lines.flatMap((line) => ["--set", line]));
    assertTells(await joinsText(again), doc, "saved while awaited");
    await done(again);
  });

  test("contours follow a slider, and a worker of their own works them out", async () => {
    const name = "why-is-north-korea-out";
    const page = await openWatched(name);
    const { steps } = docs[name].scene.lesson;
    for (let i = 0; i < steps.findIndex(({ id }) => id === "able"); i += 1) await press(page, "Next");
    await press(page, "Reveal"); // before that no contour is drawn
    const lines = (page) => page.evaluate(() => [...document.querySelectorAll(".contours path")].map((each) => each.getAttribute("d")).join());
    await page.waitForSelector(".map-stage:not(.old-contours) .contours path", { state: "attached", timeout: 60000 });
    const first = await lines(page);
    await ready(page);
    const lever = docs[name].scene.levers.find(({ id }) => id === "allotment");
    await moveLever(page, lever, lever.max);
    await page.waitForFunction((before) => {
      const now = [...document.querySelectorAll(".map-stage:not(.old-contours) .contours path")].map((each) => each.getAttribute("d")).join();
      return now !== "" && now !== before;
    }, first, { timeout: 60000 });
    const doc = native("run", fileOf(name), "--json", "--set", `${lever.path} = 1.0`);
    const asked = await page.evaluate(() => window.asked);
    const [run, area] = ["run", "area"].map((call) => asked.filter((request) => request.call === call).at(-1));
    assert.notEqual(run.worker, area.worker);
    assert.deepEqual(area.changes, run.changes);
    // A label for which there is no room is left out.
    const shown = () => [...document.querySelectorAll(".contour-labels text")].map(({ textContent }) => textContent).filter((each) => each !== "");
    await page.waitForFunction(() => [...document.querySelectorAll(".contour-labels text")].some(({ textContent }) => textContent !== ""), null, { timeout: 20000 });
    const row = doc.reach.find(({ unit }) => unit === area.unit);
    const radii = row.ladder.filter(({ limit }) => ["tank", "usable", "allotment"].includes(limit)).map(({ radius_nm: radius }) => String(Math.round(radius)));
    for (const label of await page.evaluate(shown)) assert.ok(radii.includes(/(\d+) nm/.exec(label)?.[1]), `${area.unit}: “${label}” has none of ${radii}`);
    const count = asked.filter(({ call }) => call === "area").length;
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.waitForFunction((before) => [...document.querySelectorAll(".map-stage:not(.old-contours) .contours path")].map((each) => each.getAttribute("d")).join() === before, first, { timeout: 60000 });
    assert.equal((await calls(page)).filter((call) => call === "area").length, count, "what was worked out before is at hand");
    await done(page);
  });

  test("one lesson by keys alone", async () => {
    const name = "why-is-north-korea-out";
    const page = await open(name, { width: 1400, height: 1000 });
    const { levers, lesson } = docs[name].scene;
    const isButton = "(element, text) => element?.textContent.trim() === text && element.matches('button, [role=tab]')";
    const isKey = "(element, key) => element?.dataset.key === key";
    const button = (text, key = "Enter") => tabTo(page, isButton, text, key);
    const field = (key, stroke = null) => tabTo(page, isKey, key, stroke);
    const view = async (text) => {
      await tabTo(page, "(element) => element?.matches('[role=tab][tabindex=\"0\"]')", "the tabs");
      for (let i = 0; i < 40; i += 1) {
        if (await page.evaluate((wanted) => document.activeElement.textContent === wanted, text)) return;
        await page.keyboard.press("ArrowRight");
      }
      assert.fail(`no tab “${text}”`);
    };
    for (const [at, step] of lesson.steps.entries()) {
      assert.ok((await textOf(page)).includes(plain(step.says)), step.id);
      for (const { id } of step.predict) {
        await field(`slide-${id}`, "ArrowRight");
        assert.equal(await page.evaluate(() => document.activeElement.dataset.key), `slide-${id}`, "the focus stays");
        await page.keyboard.press("ArrowRight");
        assert.equal(await page.locator(`[data-key="answer-${id}"]`).inputValue(), "52");
      }
      if (step.id === "able") {
        await button(WORDS["lesson.levers"], "Space");
        await page.waitForSelector(".panel-levers input[type=range]:not([disabled])", { timeout: 60000 });
        await field("lever/allotment");
        for (let i = 0; i < 5; i += 1) await page.keyboard.press("ArrowRight");
        await settled(page);
        assert.match(await page.locator(".lever.is-moved .lever-value").innerText(), /^0\.15/);
      }
      if (step.id === "turn") {
        await button("Reveal"); // bid first
        await view("What would turn it");
        await button("Look for them");
        await page.waitForSelector(".flip-set", { timeout: 60000 });
        await field("try/0", "Space");
        await page.waitForSelector(".levers-out tr.differ-answer", { timeout: 60000 });
        assert.match(await page.locator(".levers-out tr.differ-answer").innerText(), /stays out.*comes|stays out.*joins/s);
        await button("Reset all", "Space");
        await settled(page);
        assert.match(await page.locator(".levers-out").innerText(), /Nothing is moved/);
      }
      // The second step is revealed stage by stage in those after it.
      if (step.id !== "turn" && (await canReveal(page))) await button("Reveal");
      if (step.reveal) assert.ok((await textOf(page)).includes(plain(step.reveal)), `${step.id}: the reveal`);
      if (at < lesson.steps.length - 1) await button("Next");
    }
    await view("Notes");
    await field("note-text");
    await page.keyboard.type("by keys");
    await field("note-do", "Enter");
    assert.match(await page.locator(".after-action").innerText(), /by keys/);
    await view("Sliders");
    await field(`lever/${levers.at(-1).id}`, "ArrowRight");
    await settled(page);
    await button("Undo", "Space");
    await settled(page);
    assert.match(await page.locator(".levers-out").innerText(), /Nothing is moved/);
    await done(page);
  });
});

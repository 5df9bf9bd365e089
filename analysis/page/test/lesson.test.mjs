// A lesson in Chromium, from disk, with the network cut: by keys alone, hidden until revealed, saved and
// opened again.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";
import { close, missing, open, start, stop, writeDrill, writeHtml } from "./chromium.mjs";
import { filled, manyUnits } from "./drill_documents.mjs";
import { HOSTILE } from "./fixtures.mjs";
import { press, textOf, walkLesson } from "./hands.mjs";

const folder = process.env.MUSTER_PAGE_DOCUMENTS ?? "";
const made = process.env.MUSTER_LESSON ?? path.join(folder, "runs/lessons/why-is-north-korea-out.json");
const real = existsSync(made) ? filled(JSON.parse(readFileSync(made, "utf8"))) : null;

const step = (more) => ({
  id: "s", title: "S", minutes: 5, says: null, note: null, view: null, stop: null, hide: [], predict: [],
  reveal: null, lever: [], variant: null, try: null, ask: null, ...more,
});
const asked = (id, more = {}) => ({ id, question: `Question ${id}?`, drill: null, state: null, stage: null, host: null, answer: "yes", scored: true, ...more });

/** An invented document with a lesson. */
function lessonDocument(texts = (text) => text) {
  const doc = manyUnits(12, 6);
  const moments = [...new Set(doc.log.map(({ t }) => Date.parse(t)))].sort((a, b) => a - b);
  const middle = new Date(moments[Math.floor(moments.length / 2)]).toISOString();
  // Somebody decides late, so that there is something to hide.
  doc.log.push({ ...doc.log[0], t: new Date(moments.at(-1) + 3600000).toISOString(), text: "LATER-EVENT", weight: 3 });
  doc.scene.injects = [
    { id: "storm", title: texts("A storm"), says: texts("It blows"), note: texts("SECRET-INJECT"), at: middle, on: false },
  ];
  doc.scene.lesson = {
    title: texts("A lesson"), minutes: 20, audience: texts("all"), note: null, aims: [texts("an aim")],
    closing: [texts("It knows nothing of luck.")],
    steps: [
      step({ id: "one", title: texts("First"), says: texts("Look."), stop: middle, hide: ["verdict", "future", "coding"], view: "map" }),
      step({ id: "two", title: texts("Guess"), view: "predict", predict: [asked("p1"), asked("p2", { answer: "no" })], reveal: texts("REVEAL-TEXT"), hide: ["verdict"] }),
      step({ id: "three", title: texts("End"), view: "notes" }),
    ],
    bookmarks: [{ title: texts("half way"), at: middle, on: null, stop: true }],
    roles: [{ id: "r", title: texts("Admiral"), state: null, brief: texts("You wait."), aims: [texts("save fuel")], secret: texts("hush"), note: null }],
    coding: [{ path: "states.B.attributes.will", question: texts("How keen?"), min: 0, max: 1 }],
  };
  return doc;
}

async function prepare() {
  await start();
  if (missing) return;
  await writeDrill("lesson", lessonDocument());
  let n = 0;
  await writeDrill("lesson-hostile", lessonDocument(() => HOSTILE[(n += 1) % HOSTILE.length]));
  const student = lessonDocument();
  student.audience = "student";
  for (const each of student.scene.lesson.steps) {
    each.reveal = null;
    each.predict.forEach((one) => (one.answer = null));
  }
  student.scene.injects[0].note = null;
  student.scene.lesson.roles[0].secret = null;
  await writeDrill("lesson-student", student);
  if (real) await writeDrill("lesson-real", real);
}

const tabs = (page) => page.evaluate(() => [...document.querySelectorAll('[role="tab"]')].filter((tab) => !tab.hidden).map((tab) => tab.textContent));
const chooseTab = (page, name) => page.evaluate((text) => [...document.querySelectorAll('[role="tab"]')].find((tab) => tab.textContent === text).click(), name);

async function whatIsHidden() {
  const page = await open("lesson", { width: 1400 });
  const middle = Date.parse(lessonDocument().scene.lesson.steps[0].stop);
  const later = lessonDocument().log.filter(({ t }) => Date.parse(t) > middle + 1);
  assert.ok(later.length > 0);
  const before = await textOf(page);
  assert.ok(later.some(({ text }) => text === "LATER-EVENT"));
  assert.ok(!before.includes("LATER-EVENT"));
  assert.ok(!before.includes("REVEAL-TEXT"));
  const names = await tabs(page);
  // The clock goes no further, whoever moves it.
  await page.evaluate(() => {
    const slider = document.querySelector(".clock-slider");
    slider.value = slider.max;
    slider.dispatchEvent(new Event("input"));
  });
  const at = await page.evaluate(() => Number(document.querySelector(".clock-slider").value));
  assert.ok(at <= middle && at > middle - 600001, new Date(at).toISOString());
  await press(page, "Reveal");
  await press(page, "Next");
  assert.ok((await tabs(page)).length > names.length, names.join()); // panels hidden whole are back
  assert.ok(!(await textOf(page)).includes("REVEAL-TEXT"));
  assert.ok((await textOf(page)).includes("LATER-EVENT"));
  await press(page, "Reveal");
  assert.ok((await textOf(page)).includes("REVEAL-TEXT"));
  await close(page);
}

async function answersAndSaving() {
  const page = await open("lesson", { width: 1400 });
  await press(page, "Next");
  const field = page.locator('input[data-key="answer-p1"]');
  await field.focus();
  await page.keyboard.type("80");
  await page.keyboard.press("Tab");
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
  await page.locator('input[data-key="answers-file"]').setInputFiles({
    name: "class.csv",
    mimeType: "text/csv",
    buffer: Buffer.from('name,p1,p2\r\nAnn,100,0\r\n"<img src=x onerror=alert(1)>",50,50\r\nBob,200,10\r\n'),
  });
  await page.waitForFunction(() => document.querySelector(".faults li"));
  assert.match(await page.locator(".faults").textContent(), /Line 4, p1: “200”/);
  await press(page, "Reveal");
  const table = await page.locator(".panel-predict table").textContent();
  assert.match(table, /Ann20\.000/);
  assert.match(table, /<img src=x onerror=alert\(1\)>20\.250/);
  assert.match(table, /this page10\.040/); // (.8 - 1)^2
  await chooseTab(page, "Notes");
  await page.locator('[data-key="note-text"]').fill("A note </script><b>& more");
  await page.locator('[data-key="note-do"]').click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator('[data-key="save"]').click()]);
  const html = await readFile(await file.path(), "utf8");
  const [text] = await Promise.all([page.waitForEvent("download"), page.locator('[data-key="text"]').click()]);
  assert.match(await readFile(await text.path(), "utf8"), /\[note\] A note <\/script><b>& more/);
  const [svg] = await Promise.all([page.waitForEvent("download"), page.locator('[data-key="svg"]').click()]);
  assert.match(await readFile(await svg.path(), "utf8"), /^<\?xml.*\n<svg[\s\S]*<text[\s\S]*<\/svg>\n$/);
  const [png] = await Promise.all([page.waitForEvent("download"), page.locator('[data-key="png"]').click()]);
  const bytes = await readFile(await png.path());
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  assert.ok(bytes.length > 10000, `${bytes.length} bytes`);
  page.faults = page.faults.filter((fault) => !/^request: (blob|data):/.test(fault)); // its own downloads
  await close(page, { keeps: true });

  await writeHtml("lesson-again", html);
  const again = await open("lesson-again", { width: 1400 });
  assert.equal(await again.evaluate(() => document.querySelector(".lesson-moves select").value), "1");
  assert.ok((await textOf(again)).includes("REVEAL-TEXT"));
  assert.match(await again.locator(".panel-predict table").textContent(), /Ann20\.000/);
  await chooseTab(again, "Notes");
  assert.match(await again.locator(".after-action").textContent(), /A note <\/script><b>& more/);
  const [twice] = await Promise.all([again.waitForEvent("download"), again.locator('[data-key="save"]').click()]);
  assert.equal(await readFile(await twice.path(), "utf8"), html); // saved again it is the same file
  again.faults = again.faults.filter((fault) => !/^request: blob:/.test(fault));
  await close(again, { keeps: true });
}

async function students() {
  const page = await open("lesson-student", { width: 820 });
  for (let i = 0; i < 2; i += 1) {
    await press(page, "Reveal");
    await press(page, "Next");
  }
  const text = await textOf(page);
  for (const secret of ["REVEAL-TEXT", "SECRET-INJECT", "hush"]) assert.ok(!text.includes(secret));
  assert.ok(text.includes("It knows nothing of luck."));
  await close(page);
}

async function laidOutAndAccessible(name) {
  for (const [width, colorScheme] of [[1400, "dark"], [360, "light"], [320, "dark"]]) {
    const page = await open(name, { width, colorScheme, reducedMotion: "reduce" });
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    const steps = await page.evaluate(() => document.querySelectorAll(".lesson-moves option").length);
    for (let i = 0; i < steps; i += 1) {
      await page.locator(".lesson-reveal").evaluate((button) => button.click());
      for (const tab of ["Predict", "Notes", "Class", "Coding"]) {
        if (!(await tabs(page)).includes(tab)) continue;
        await chooseTab(page, tab);
        const sideways = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
        assert.ok(sideways <= 0, `${name}, ${tab}, ${width}: scrolls sideways by ${sideways}`);
        if (i < steps - 1 || width === 360) continue;
        const found = await page.evaluate(async () =>
          (await window.axe.run(document, { resultTypes: ["violations"] })).violations.flatMap(({ id, nodes }) => nodes.slice(0, 2).map((node) => `${id}: ${node.html.slice(0, 160)}`)),
        );
        assert.deepEqual(found, [], `${tab}, ${colorScheme}`);
      }
      await page.locator(".lesson-next").evaluate((button) => button.click());
    }
    await close(page);
  }
}

/** The shipped lesson from its first step to its last word, by keys alone. */
async function wholeLesson() {
  const page = await open("lesson-real", { width: 1400 });
  await walkLesson(page, real);
  await close(page);
}

async function bookmarks() {
  const page = await open("lesson", { width: 1400 });
  await press(page, "Next");
  await page.evaluate(() => {
    const slider = document.querySelector(".clock-slider");
    const middle = Number(slider.value);
    slider.value = String(middle - 3 * 3600000);
    slider.dispatchEvent(new Event("input"));
  });
  await page.evaluate(() => document.querySelector('.clock [aria-label="Play"]').click());
  await page.waitForFunction(() => document.querySelector('.clock [aria-label="Play"]'), null, { timeout: 5000 });
  const at = await page.evaluate(() => Number(document.querySelector(".clock-slider").value));
  assert.ok(Math.abs(at - Date.parse(lessonDocument().scene.lesson.bookmarks[0].at)) <= 600000, new Date(at).toISOString());
  await close(page);
}

/** A saved run that is none keeps nobody from the lesson and its notes. */
async function damagedRuns() {
  const saved = { step: 1, notes: [{ kind: "note", text: "PRECIOUS", time: 0, step: "Guess", spent: 0 }] };
  const { scene, ...bare } = lessonDocument();
  const runs = [5, "x", [], {}, { format: "muster-run", version: 1 }, { ...bare, units: 5, scene }, { ...bare, scene: { ...scene, states: [null] } }, { ...bare, scene, units: [{ legs: [{}] }] }, { ...bare, scene: null }];
  for (const [i, run] of runs.entries()) {
    await writeDrill("lesson-damaged", lessonDocument(), { lesson: { ...saved, run } });
    const again = await open("lesson-damaged", { width: 1400 });
    await chooseTab(again, "Notes");
    assert.match(await again.locator(".after-action").textContent(), /PRECIOUS/, `run ${i}`);
    assert.equal(await again.locator("h1").textContent(), scene.title, `run ${i}`);
    await close(again, { keeps: true });
  }
}

/** Of the parts of the page no one lies on another, whatever the window; the last is below all. */
async function mapAloneIsLaidOut() {
  await writeDrill("lesson-no-coast", lessonDocument(), { coast: "AAAA" });
  for (const name of ["lesson", "lesson-no-coast"])
    for (const [width, height] of [[896, 450], [1024, 600], [1400, 900]]) {
      const page = await open(name, { width, height });
      assert.ok(await page.locator('.alone input[value="map"]').isChecked());
      const [rows, map, seen] = await page.evaluate(() => {
        const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
        const rows = [".failure", "header", "main.drill", ".clock", "footer"].map(box).filter(Boolean).map(({ top, bottom }) => [top, bottom]);
        return [rows, box(".map-box").height, { ...box("header").toJSON(), bar: box(".lesson-bar").toJSON() }];
      });
      const where = `${name}, ${width}×${height}: ${JSON.stringify([rows, map, seen])}`;
      const clock = rows.at(-2);
      const ends = [...rows.slice(0, -2), rows.at(-1)];
      for (let i = 1; i < ends.length; i += 1) assert.ok(ends[i][0] >= ends[i - 1][1] - 1, where);
      assert.ok(clock[1] <= ends.at(-1)[0] + 1, where);
      assert.ok(seen.height < 140 && map >= 190 && seen.bar.height >= 250, where);
      await close(page, { keeps: true });
    }
}

/** A step about the map shows it large, with its text beside it; the next, about a panel, shows that. */
async function mapAlone() {
  for (const width of [1024, 1400]) {
    const page = await open("lesson", { width });
    const sizes = () =>
      page.evaluate(() => {
        const box = document.querySelector(".map-box").getBoundingClientRect();
        const bar = document.querySelector(".lesson-bar").getBoundingClientRect();
        return { wide: box.width, high: box.height, beside: bar.right <= box.left && bar.bottom > box.top + 100, seen: box.bottom <= innerHeight };
      });
    const [side, left] = [page.locator(".side"), page.locator(".left")];
    const [map, both, panels] = ["map", "both", "panels"].map((value) => page.locator(`.alone input[value="${value}"]`));
    const front = () => page.locator('[role="tab"][aria-selected="true"]').first().textContent();
    assert.ok(await map.isChecked());
    const small = (await sizes()).high;
    await both.check();
    assert.ok(await side.isVisible());
    await page.locator(".projector input").check(); // no room for both: the panels
    assert.ok((await panels.isChecked()) && (await side.isVisible()) && !(await left.isVisible()));
    await map.check();
    const large = await sizes();
    assert.ok(!(await side.isVisible()));
    assert.ok(large.beside && large.seen && large.wide >= width * 0.6 && large.high >= 300 && large.high <= small, JSON.stringify(large));
    await page.locator(".lesson-next").click();
    assert.ok((await panels.isChecked()) && (await page.getByRole("tab", { name: "Predict" }).isVisible()) && !(await left.isVisible()));
    // What a step tells on Reveal is in sight.
    await page.locator(".lesson-reveal").click();
    assert.ok(await page.locator(".lesson-line.revealed").evaluate((line) => line.getBoundingClientRect().bottom <= document.querySelector(".lesson-bar").getBoundingClientRect().bottom));
    // Who looks at the map comes back to the panel that was in front.
    await map.check();
    await both.check();
    assert.equal(await front(), "Predict");
    assert.ok((await side.isVisible()) && (await left.isVisible()) && (await sizes()).wide < large.wide);
    await close(page);
  }
}

test("lesson", { skip: missing }, async (t) => {
  await prepare();
  t.after(stop);
  await t.test("what is hidden is not in the page before it is revealed", whatIsHidden);
  await t.test("answers come in, are scored, and are there when the saved page is opened", answersAndSaving);
  await t.test("a file for students works without what it lacks", students);
  await t.test("the clock stops at a bookmark", bookmarks);
  await t.test("a saved run that is damaged", damagedRuns);
  await t.test("the map alone is laid out in every window", mapAloneIsLaidOut);
  await t.test("the map alone where a step is about it, and where it is asked for", mapAlone);
  await t.test("laid out and accessible at every width", () => laidOutAndAccessible("lesson"));
  await t.test("hostile texts do no harm", () => laidOutAndAccessible("lesson-hostile"));
  await t.test("the shipped lesson, by keys alone", { skip: real ? false : "no documents of the program" }, wholeLesson);
});

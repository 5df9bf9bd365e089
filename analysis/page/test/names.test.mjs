// Names of places and states in Chromium: chosen by keys, seen everywhere at once, kept, harmless.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { close, missing, open, start, stop, writeDrill, writeHtml } from "./chromium.mjs";
import { filled } from "./drill_documents.mjs";
import { HOSTILE } from "./fixtures.mjs";

const folder = process.env.MUSTER_PAGE_DOCUMENTS ?? "";
const run = (name) => path.join(folder, "runs", `${name}.json`);
const read = (name) => (folder && existsSync(run(name)) ? filled(JSON.parse(readFileSync(run(name), "utf8"))) : null);
const worked = read("northern-interaction-2023");
const lesson = read("lessons/why-is-north-korea-out");

async function prepare() {
  await start();
  if (missing || !worked) return;
  await writeDrill("worked", worked);
  await writeDrill("asked", worked, { names: { set: "ja", names: { PRK: "DPRK", "Sea of Japan": "</script><img src=x onerror=alert(1)>$&\u202e\u0007\"'" } } });
  await writeDrill("damaged", worked, { names: ["nothing", { names: 5 }] });
  const of = structuredClone(worked);
  of.scene.name_set = "ko";
  of.scene.names[0].shown = "East Sea";
  await writeDrill("by-file", of);
  if (lesson) await writeDrill("lesson", lesson);
}

const frames = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))));
const chooseTab = async (page, name) => {
  await page.evaluate((text) => [...document.querySelectorAll("[role=tab]")].find((tab) => tab.textContent === text).click(), name);
  await frames(page);
};
const mapTexts = (page) => page.evaluate(() => [...document.querySelectorAll(".map-stage svg text")].map((text) => text.textContent).join("\n"));
const key = (page) => page.evaluate(() => document.activeElement?.dataset.key ?? document.activeElement?.tagName);

/** Texts that are seen now and have a word in them; those of sources, and of the panel that lists names, may. */
const seenWith = (page, words) =>
  page.evaluate((list) => {
    const found = [];
    const walker = document.createTreeWalker(document.querySelector("#page"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { parentElement: at } = node;
      if (at.closest(".quoted, .panel-names, .panel[hidden], pre, template")) continue;
      for (const word of list) if (node.textContent.includes(word)) found.push(`${at.localName}: ${node.textContent.slice(0, 80)}`);
    }
    return found;
  }, words);

async function byKeys() {
  const page = await open("worked", { width: 1400, height: 1000 });
  assert.match(await mapTexts(page), /central Sea of Japan \(East Sea\)/);
  assert.match(await mapTexts(page), /^Sea of Japan \(East Sea\)$/m);
  // The panel and the set, with keys alone.
  await page.locator("[role=tab][aria-selected=true]").first().focus();
  for (let i = 0; i < 40 && (await page.evaluate(() => document.activeElement.textContent)) !== "Names"; i += 1) await page.keyboard.press("ArrowRight");
  for (let i = 0; i < 5 && !/^set-/.test(await key(page)); i += 1) await page.keyboard.press("Tab");
  assert.equal(await key(page), "set-neutral");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await key(page), "set-ko", "the focus stays where it was");
  await frames(page);
  const map = await mapTexts(page);
  assert.match(map, /central 동해/);
  assert.match(map, /^동해$/m);
  assert.match(map, /북한: /);
  assert.doesNotMatch(map, /Sea of Japan|North Korea/);
  // One name of one's own: the field that the choice opens.
  await page.locator('[data-key="name-PRK"]').focus();
  await page.keyboard.press("End");
  await page.locator('[data-key="own-PRK"]').waitFor();
  assert.equal(await key(page), "own-PRK");
  await page.keyboard.type("Choson");
  await page.keyboard.press("Tab");
  assert.match(await key(page), /^name-/, "Tab goes on to the next name");
  await frames(page);
  assert.match(await mapTexts(page), /Choson: /);
  // A name that another has: what was typed stays in its field, with the reason beside it.
  const own = page.locator('[data-key="own-PRK"]');
  await own.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("china");
  await page.keyboard.press("Enter");
  await frames(page);
  assert.deepEqual([await key(page), await own.inputValue(), await own.getAttribute("aria-invalid")], ["own-PRK", "china", "true"]);
  assert.match(await page.locator(".name-refused:not(:empty)").textContent(), /is the name of China/);
  assert.match(await mapTexts(page), /Choson: /);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Chosun");
  await page.keyboard.press("Enter");
  await frames(page);
  assert.equal(await page.locator(".name-refused:not(:empty)").count(), 0);
  assert.match(await mapTexts(page), /Chosun: /);
  await close(page, { keeps: true });
}

async function everywhere() {
  for (const [set, words] of [["ko", ["Sea of Japan", "North Korea", "China", "Russia"]], ["iho", ["Sea of Japan", "East Sea"]]]) {
    const page = await open("worked", { width: 1400 });
    await chooseTab(page, "Names");
    await page.locator(`[data-key="set-${set}"]`).check();
    for (const tab of await page.locator("[role=tab]").allTextContents()) {
      await chooseTab(page, tab);
      await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
      assert.deepEqual(await seenWith(page, words), [], `${set}, ${tab}`);
    }
    await chooseTab(page, "Evidence");
    if (set === "ko") {
      assert.ok((await page.locator(".panel:not([hidden]) .quoted").count()) > 5, "the words of sources are there");
      assert.match(await page.locator(".panel:not([hidden])").textContent(), /names China and Russia only/, "and as they were written");
    }
    await close(page, { keeps: true });
  }
}

/** Every piece of another writing is in an element that says of which language it is; options are plain. */
async function languages() {
  const page = await open("worked", { width: 1400 });
  await chooseTab(page, "Names");
  for (const [set, lang] of [["ko", "ko"], ["ja", "ja"]]) {
    await page.locator(`[data-key="set-${set}"]`).check();
    await chooseTab(page, "Who joins");
    const { wrong, n } = await page.evaluate((wanted) => {
      const found = { wrong: [], n: 0 };
      const walker = document.createTreeWalker(document.querySelector("#page"), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const { parentElement: at } = node;
        if (!/[\p{Script=Hangul}\p{Script=Han}\p{Script=Katakana}]/u.test(node.textContent)) continue;
        if (at.closest(".panel[hidden], option, title, caption, [role=tab]")) continue;
        found.n += 1;
        if (at.closest("[lang]").lang !== wanted && at.closest("[lang]").getAttribute("lang") !== wanted) found.wrong.push(`${at.localName} ${at.className}: ${node.textContent}`);
      }
      return found;
    }, lang);
    assert.deepEqual(wrong, []);
    assert.ok(n > 20, `${n} in ${set}`);
    await chooseTab(page, "Names");
  }
  await close(page, { keeps: true });
}

/** Labels are as wide as the map takes them to be, or they would touch. */
async function measured() {
  for (const set of ["ko", "ja", "neutral"]) {
    const page = await open("worked", { width: 1400 });
    await chooseTab(page, "Names");
    await page.locator(`[data-key="set-${set}"]`).check();
    await frames(page);
    const apart = await page.evaluate(() => {
      const pen = document.createElement("canvas").getContext("2d");
      return [...document.querySelectorAll(".map-stage text.name")]
        .filter((text) => text.textContent && text.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true }))
        .map((text) => {
          const { fontSize, fontFamily, fontWeight, fontStyle } = getComputedStyle(text);
          pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
          return [text.textContent, text.getComputedTextLength() - pen.measureText(text.textContent).width];
        });
    });
    assert.ok(apart.length > 5, `${apart.length} labels`);
    for (const [text, by] of apart) assert.ok(Math.abs(by) < 2, `${set}: “${text}” is ${by} wider than measured`);
    const boxes = await page.evaluate(() =>
      [...document.querySelectorAll(".map-stage svg text:not(.app6)")]
        .filter((text) => text.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true }))
        .map((text) => [text.textContent, text.getBoundingClientRect().toJSON()])
        .filter(([, box]) => box.width > 0),
    );
    boxes.forEach(([text, a], i) =>
      boxes.slice(0, i).forEach(([other, b]) =>
        assert.ok(!(a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4), `${set}: “${text}” touches “${other}”`),
      ),
    );
    await close(page, { keeps: true });
  }
}

async function hostile() {
  let page = await open("asked", { width: 1400 });
  assert.match(await mapTexts(page), /central <\/script><img src=x onerror=alert\(1\)>\$& "'/);
  assert.match(await mapTexts(page), /DPRK: /);
  assert.match(await page.locator(".legend").textContent(), /中国.*ロシア.*DPRK/);
  assert.equal(await page.locator("#page img, #page script").count(), 0);
  await chooseTab(page, "Names");
  for (const text of HOSTILE) {
    await page.locator('[data-key="name-PRK"]').selectOption("own");
    await page.locator('[data-key="own-PRK"]').fill(text.replace(/[\n\r]/g, " "));
    await page.locator('[data-key="own-PRK"]').press("Tab");
    assert.equal(await page.locator("#page img, #page script").count(), 0, text);
    assert.doesNotMatch(await page.locator("#page").textContent(), /undefined|\[object|[\u0001\u202e]/);
  }
  await close(page, { keeps: true });
  page = await open("damaged", { width: 1400 });
  assert.match(await mapTexts(page), /Sea of Japan \(East Sea\)/);
  await close(page, { keeps: true });
}

async function kept() {
  let page = await open("by-file", { width: 1400 });
  assert.match(await mapTexts(page), /central East Sea/);
  assert.match(await mapTexts(page), /북한: /);
  await chooseTab(page, "Names");
  await page.locator('[data-key="set-ja"]').check();
  await page.locator('[data-key="name-PRK"]').selectOption("own");
  await page.locator('[data-key="own-PRK"]').fill("</script><b>$&\u2028");
  await page.locator('[data-key="own-PRK"]').press("Tab");
  const [names] = await Promise.all([page.waitForEvent("download"), page.locator('[data-key="names-file"]').click()]);
  assert.deepEqual(JSON.parse(await readFile(await names.path(), "utf8")), { set: "ja", names: { sea: "East Sea", PRK: "</script><b>$&" } });
  // What the scenario asks for is not to come back when it was undone.
  await page.locator('[data-key="name-sea"]').selectOption("");
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator('[data-key="names-save"]').click()]);
  const html = await readFile(await file.path(), "utf8");
  page.faults = page.faults.filter((fault) => !/^request: blob:/.test(fault)); // its own downloads
  await close(page, { keeps: true });
  await writeHtml("again", html);
  page = await open("again", { width: 1400 });
  assert.match(await mapTexts(page), /central 日本海/);
  assert.match(await mapTexts(page), /<\/script><b>\$&: /);
  await chooseTab(page, "Names");
  await page.locator('[data-key="names-reset"]').click();
  await frames(page);
  assert.match(await mapTexts(page), /北朝鮮: /);
  await close(page, { keeps: true });
}

/** The sheets of a lesson, on paper too, and its notes. */
async function inLesson() {
  const page = await open("lesson", { width: 1400 });
  await chooseTab(page, "Names");
  await page.locator('[data-key="set-ko"]').check();
  const title = lesson.scene.lesson.title;
  assert.equal(await page.locator(".lesson-head h2").textContent(), title.replaceAll("North Korea", "북한"));
  for (const tab of ["Names", "Notes", "Lesson", "Class", "Instructor"]) {
    if (!(await page.locator("[role=tab]", { hasText: new RegExp(`^${tab}$`) }).count())) continue;
    await chooseTab(page, tab);
    assert.deepEqual(await seenWith(page, ["Sea of Japan", "North Korea"]), [], tab);
  }
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await seenWith(page, ["Sea of Japan", "North Korea"]), []);
  await page.emulateMedia({ media: "screen" });
  await close(page, { keeps: true });
}

test.before(prepare);
test.after(stop);
const skip = missing || (worked ? false : "no runs made by the program");
for (const [name, tried] of [
  ["keys alone choose a set and a name; the map follows and the focus stays", byKeys],
  ["every panel follows, and words of sources stay", everywhere],
  ["another writing says of which language it is", languages],
  ["labels are as wide as measured and touch nothing", measured],
  ["names that would harm are texts", hostile],
  ["what the scenario asks for, a saved page, a saved file", kept],
  ...(lesson ? [["a lesson and its paper follow", inLesson]] : []),
])
  test(name, { skip, timeout: 120000 }, tried);

// A lesson as a class meets it: answers typed like a person, files of many put together, a reveal that can be taken
// back, a reload; and live, what a file gives away before it is shown, and what is put back between steps.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { missing, open, start, stop, writeDrill, writeHtml } from "./chromium.mjs";
import { manyUnits } from "./drill_documents.mjs";
import { tab } from "./hands.mjs";
import { SOURCE, whyNot, withExport } from "./live_fixture.mjs";

const LESSON = path.join(SOURCE, "scenarios/lessons/why-is-north-korea-out.cfg");

const step = (more) => ({
  id: "s", title: "S", minutes: 5, says: "Look.", note: null, view: null, stop: null, hide: [], predict: [],
  reveal: null, lever: [], variant: null, try: null, ask: null, ...more,
});
const asked = (id, more = {}) => ({ id, question: `Question ${id}?`, drill: null, state: null, stage: null, host: null, answer: "yes", scored: true, ...more });

function classDocument() {
  const doc = manyUnits(12, 6);
  doc.scene.lesson = {
    title: "A class", minutes: 20, audience: null, note: null, aims: [], closing: [], roles: [], bookmarks: [],
    coding: [{ path: "states.B.attributes.will", question: "How keen?", min: 0, max: 1 }],
    steps: [
      step({ id: "one", title: "Look", view: "map" }),
      step({ id: "two", title: "Guess", view: "predict", predict: [asked("p1"), asked("p2"), asked("p3")], reveal: "REVEAL-TEXT", note: "A note." }),
      step({ id: "three", title: "Later", view: "predict", predict: [asked("p4")], reveal: "LATER-TEXT" }),
    ],
  };
  return doc;
}

const button = (page, name) => page.getByRole("button", { name, exact: true });
const values = (page) => page.evaluate(() => Object.fromEntries([...document.querySelectorAll('[data-key^="answer-p"]')].map((each) => [each.dataset.key, each.value])));
const goTo = (page, n) => page.evaluate((at) => {
  const choose = document.querySelector(".lesson-moves select");
  choose.value = String(at - 1);
  choose.dispatchEvent(new Event("change"));
}, n);
const stepNow = (page) => page.evaluate(() => Number(document.querySelector(".lesson-moves select").value) + 1);
/** All that a reader can come by with the tabs of the page, one after the other. */
async function everything(page) {
  const names = await page.evaluate(() => [...document.querySelectorAll('[role="tab"]')].filter((each) => !each.hidden).map((each) => each.textContent));
  for (const name of names) await tab(page, name);
  return page.evaluate(() => document.querySelector("#page").textContent);
}
/** Nothing went wrong; a worker's script and downloads are the addresses that are asked for. */
async function done(page) {
  assert.deepEqual(page.faults.filter((fault) => !/^request: blob:/.test(fault)), []);
  await page.context().close();
}
const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

describe("a class", { skip: missing, concurrency: 1 }, () => {
  before(async () => {
    await start();
    if (!missing) await writeDrill("class", classDocument());
  });
  after(stop);

  test("answers typed one after the other are all kept, by mouse and by Tab", async () => {
    const page = await open("class", { width: 1400 });
    await goTo(page, 2);
    await page.locator('[data-key="own-name"]').click();
    await page.keyboard.type("Ann");
    await page.locator('[data-key="answer-p1"]').click();
    await page.keyboard.type("20");
    await page.locator('[data-key="answer-p2"]').click();
    await page.keyboard.type("30");
    await page.keyboard.press("Tab");
    assert.match(await page.evaluate(() => document.activeElement.dataset.key ?? document.activeElement.outerHTML), /^hands-p2/, "Tab goes on from the field");
    await page.locator('[data-key="slide-p3"]').click(); // the middle, where it stood
    await page.locator(".lesson-bar h2").click();
    assert.deepEqual(await values(page), { "answer-p1": "20", "answer-p2": "30", "answer-p3": "50" });
    await page.locator('[data-key="answer-p1"]').focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("150");
    await page.keyboard.press("Tab");
    assert.match(await page.locator(".field-fault").first().textContent(), /150 is not kept/);
    assert.equal((await values(page))["answer-p1"], "20");
    await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator('[data-key="answers-out"]').click()]);
    assert.equal(await readFile(await file.path(), "utf8"), "name,p1,p2,p3\r\nAnn,20,30,50\r\n");
    await done(page);
  });

  test("a button pressed straight out of a field acts at once", async () => {
    const page = await open("class", { width: 1400 });
    await tab(page, "Coding");
    await page.locator('[data-key="coding-name"]').click();
    await page.keyboard.type("Ann");
    await page.locator('[data-key="answer-states.B.attributes.will"]').click();
    await page.keyboard.type("0.4");
    await page.locator('[data-key="coding-keep"]').click();
    await page.waitForSelector('h3:has-text("Coded so far: 1")');
    await tab(page, "Predict");
    await goTo(page, 2);
    await page.locator('[data-key="answer-p1"]').click();
    await page.keyboard.type("70");
    await button(page, "Reveal").click();
    assert.match(await page.locator(".panel-predict").textContent(), /One answer: 70|The answer is yes/);
    assert.match(await page.locator(".lesson-bar").textContent(), /REVEAL-TEXT/);
    await done(page);
  });

  test("files of a class are put together by name, those of later steps too", async () => {
    const page = await open("class", { width: 1400 });
    await goTo(page, 2);
    await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
    const input = page.locator('[data-key="answers-file"]');
    await input.setInputFiles(csv("class.csv", `name,p1,p2,p3,p4\n${Array.from({ length: 12 }, (_, i) => `S${i},10,20,30,9${i % 10}`).join("\n")}\n`));
    await page.waitForFunction(() => document.querySelector(".read-in").textContent === "0 kept, 12 new.");
    await input.setInputFiles([csv("zoe.csv", "name,p1\nthis page,40\n"), csv("max.csv", "name,p1,p2,p3\nMax,1,2,3\n"), csv("again.csv", "name,p1\nS3,99\n")]);
    await page.waitForFunction(() => document.querySelector(".read-in").textContent === "12 kept, 2 new. 1 has other answers now.");
    assert.match(await page.locator(".panel-predict").textContent(), /14 have answered/);
    await goTo(page, 3);
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator('[data-key="answers-out"]').evaluate((each) => each.click())]);
    const saved = await readFile(await file.path(), "utf8");
    assert.match(saved, /^S3,99,20,30,93\r$/m);
    assert.match(saved, /^zoe,40,,,\r$/m);
    const forget = page.locator('[data-key="answers-forget"]');
    await forget.evaluate((each) => each.click());
    assert.match(await forget.textContent(), /Forget the answers of 14/);
    await forget.evaluate((each) => each.click());
    await page.waitForFunction(() => document.querySelector(".panel-predict").textContent.includes("0 have answered"));
    await done(page);
  });

  test("a step without anything to reveal has no button for it; a reveal can be taken back", async () => {
    const page = await open("class", { width: 1400 });
    assert.equal(await page.locator(".lesson-reveal").isHidden(), true);
    await goTo(page, 2);
    const text = () => page.evaluate(() => document.querySelector("#page").textContent);
    await button(page, "Reveal").click();
    assert.ok((await text()).includes("REVEAL-TEXT"));
    await button(page, "Hide again").click();
    assert.ok(!(await text()).includes("REVEAL-TEXT"));
    assert.equal(await page.locator('[data-key="answer-p1"]').count(), 1);
    await done(page);
  });

  test("answers, step and words not yet written down outlive a reload", async () => {
    const page = await open("class", { width: 1400 });
    await goTo(page, 2);
    await page.locator('[data-key="answer-p2"]').click();
    await page.keyboard.type("35");
    await tab(page, "Notes");
    await page.locator('[data-key="note-text"]').click();
    await page.keyboard.type("half a thought");
    await page.reload();
    await page.waitForSelector("#page[data-ready]");
    assert.equal(await stepNow(page), 2);
    await tab(page, "Predict");
    assert.equal((await values(page))["answer-p2"], "35");
    await tab(page, "Notes");
    assert.equal(await page.locator('[data-key="note-text"]').inputValue(), "half a thought");
    assert.match(await page.locator(".after-action").textContent(), /prediction: Question p2\? 35/);
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator('[data-key="text"]').click()]);
    assert.match(await readFile(await file.path(), "utf8"), /Typed, not written down\n {2}half a thought/);
    await page.goto(page.address); // opened anew it begins anew
    await page.waitForSelector("#page[data-ready]");
    assert.equal(await stepNow(page), 1);
    await done(page);
  });

  test("on a narrow screen the panel of a step comes before the map", async () => {
    const page = await open("class", { width: 820 });
    const above = () => page.evaluate(() => document.querySelector(".side").getBoundingClientRect().top < document.querySelector(".left").getBoundingClientRect().top);
    assert.equal(await above(), false);
    await goTo(page, 2);
    assert.equal(await above(), true);
    assert.ok(await page.evaluate(() => document.querySelector('[data-key="answer-p1"]').getBoundingClientRect().bottom < innerHeight), "its first question is in sight");
    await done(page);
  });
});

describe("a live class", { skip: whyNot("live classes", missing), concurrency: 1 }, () => {
  before(async () => {
    await start();
    await withExport(async (exported) => {
      await writeHtml("class-live", exported(LESSON));
      await writeHtml("class-student", exported(LESSON, "--student"));
    });
  });
  after(stop);
  const ready = (page) => page.waitForFunction(() => document.querySelector(".panel-levers input[type=range]:not([disabled])"), null, { timeout: 60000 });
  const settled = (page) => page.waitForFunction(() => document.querySelector(".panel-levers:not([data-busy])"), null, { timeout: 60000 });
  const slide = (page, id, value) =>
    page.evaluate(
      ([key, to]) => {
        const input = document.querySelector(`[data-key="lever/${key}"]`);
        input.value = String(to);
        input.dispatchEvent(new Event("input"));
        input.dispatchEvent(new Event("change"));
      },
      [id, value],
    );
  // Margins of the four stages, as they stand in the file.
  const SECRETS = { able: /\u22120\.350/, china: /\u22120\.179/, russia: /\u22120\.042/, accept: /\u22120\.110/ };

  test("a student's file gives nothing away by its tabs, sliders or step menu", async () => {
    const page = await open("class-student", { width: 1400 });
    for (const n of [1, 2, 3, 6, 7, 8]) {
      await goTo(page, n);
      if ((await stepNow(page)) !== n) await button(page, "Go on").click();
      assert.equal(await stepNow(page), n);
      if (n >= 3) {
        await tab(page, "Sliders");
        await ready(page);
        await slide(page, "autonomy", 0.7);
        await settled(page);
        await page.waitForTimeout(200);
        const coded = ["align-china", "align-russia", "visibility"].map((id) => page.locator(`[data-key="lever/${id}"]`));
        for (const lever of coded) assert.equal(await lever.count(), n === 3 ? 0 : 1, `step ${n}: what the class is to code`);
      }
      const text = await everything(page);
      assert.doesNotMatch(text, /four stand/, `step ${n}: aims`);
      for (const [name, secret] of Object.entries(SECRETS)) assert.doesNotMatch(text, secret, `step ${n}: ${name}`);
      assert.doesNotMatch(text, /weightiest reason|no host’s reasons|no host's reasons/, `step ${n}: variants`);
      assert.doesNotMatch(text, /Security Council seat|CONTRADICTS/, `step ${n}: assumptions`);
      const tabs = await page.evaluate(() => [...document.querySelectorAll('[role="tab"]')].filter((each) => !each.hidden).map((each) => each.textContent));
      assert.ok(!tabs.includes("Code") && !tabs.includes("Assumptions"), tabs.join());
      const measures = await page.evaluate(() => document.querySelector(".panel-measures")?.textContent ?? "");
      assert.match(measures, /Qiqihar/);
      assert.doesNotMatch(measures, /Najin/, "what its units lack");
    }
    await done(page);
  });

  test("going ahead of the class is asked about, once", async () => {
    const page = await open("class-student", { width: 1400 });
    await goTo(page, 6);
    assert.equal(await stepNow(page), 1);
    await button(page, "Stay here").click();
    assert.equal(await stepNow(page), 1);
    await goTo(page, 3);
    assert.equal(await stepNow(page), 3); // steps 1 and 2 have nothing to show
    await goTo(page, 6);
    await button(page, "Go on").click();
    assert.equal(await stepNow(page), 6);
    await goTo(page, 8);
    assert.equal(await stepNow(page), 8);
    await button(page, "Reveal").click();
    await tab(page, "Predict");
    assert.match(await page.locator(".panel-predict").textContent(), /Your instructor has the answer\./);
    await done(page);
  });

  test("another step puts sliders, variant and rulings back, says so, and can be undone", async () => {
    const page = await open("class-live", { width: 1400 });
    await goTo(page, 3);
    await tab(page, "Sliders");
    await ready(page);
    await slide(page, "allotment", 1);
    await slide(page, "frigates", 2);
    await settled(page);
    assert.match(await page.locator(".side .moved-line").first().textContent(), /2 sliders moved: this is not the case as it was\./);
    await button(page, "Reveal").click();
    await page.waitForFunction(() => /\u22120\.350/.test(document.querySelector(".levers-out")?.textContent ?? "")); // its own stage is shown
    await button(page, "Next").click();
    await settled(page);
    assert.equal(await page.locator(".side .moved-line").first().isHidden(), true);
    assert.match(await page.locator(".lesson-told").textContent(), /Sliders were put back/);
    await page.locator(".lesson-told").getByRole("button", { name: "Undo" }).click();
    await settled(page);
    assert.match(await page.locator(".side .moved-line").first().textContent(), /2 sliders moved/);
    await page.locator('.alone input[value="map"]').check();
    assert.match(await page.locator(".moved-line:visible").textContent(), /2 sliders moved/, "with the map alone too");
    await goTo(page, 6);
    await button(page, "Reveal").click();
    await slide(page, "allotment", 0.5);
    await page.getByRole("button", { name: /^Show the variant/ }).click();
    await settled(page);
    assert.doesNotMatch(await page.locator(".side .moved-line").first().textContent(), /slider/, "the variant by itself");
    assert.match(await page.locator(".side .moved-line").first().textContent(), /variant “/);
    await page.waitForFunction(() => document.querySelector(".panel-joins")?.textContent.includes("+1.126"));
    await button(page, "Next").click();
    await settled(page);
    assert.equal(await page.locator(".side .moved-line").first().isHidden(), true);
    await done(page);
  });

  test("a slider goes through the value of the file by keys, with another one moved; the margin stands over it", async () => {
    const page = await open("class-live", { width: 1400 });
    await goTo(page, 3);
    await button(page, "Reveal").click();
    await tab(page, "Sliders");
    await ready(page);
    assert.match(await page.locator(".standing").textContent(), /North Korea.*able.*no.*\u22120\.350/);
    await slide(page, "frigates", 2);
    await settled(page);
    assert.match(await page.locator(".standing").textContent(), /able.*no.*\u22120\.350/, "granted ships lack fuel");
    const fuel = page.locator('[data-key="lever/allotment"]');
    await fuel.focus();
    const seen = [];
    for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight"]) {
      await page.keyboard.press(key);
      await settled(page);
      seen.push(await fuel.inputValue());
    }
    assert.deepEqual(seen, ["0.11", "0.12", "0.11", "0.1", "0.09", "0.1"]);
    await page.keyboard.press("End");
    await page.waitForFunction(() => /able.*yes.*\+0\.350/.test(document.querySelector(".standing").textContent));
    await done(page);
  });

  test("a ruling is said rightly, shown on the map, and taken back where it was made", async () => {
    const page = await open("class-live", { width: 1400 });
    await goTo(page, 6);
    await button(page, "Reveal").click();
    await tab(page, "Sliders");
    await ready(page);
    const hollow = () => page.evaluate(() => document.querySelectorAll(".moving-map .sign.hollow").length);
    const before_ = await hollow();
    await tab(page, "Class");
    await page.locator('[data-key="ruling-says"]').selectOption("joins");
    await page.locator('[data-key="ruling-reason"]').click();
    await page.keyboard.type("they came");
    await page.locator('[data-key="ruling-do"]').click();
    await page.waitForSelector('[data-key^="ruling-back"]');
    await page.waitForFunction((was) => document.querySelectorAll(".moving-map .sign.hollow").length < was, before_);
    await tab(page, "Who joins");
    const text = await page.locator(".panel-joins").textContent();
    assert.doesNotMatch(text, /Every stage says yes/);
    await tab(page, "Class");
    await page.locator('[data-key^="ruling-back"]').click();
    await page.waitForFunction((was) => document.querySelectorAll(".moving-map .sign.hollow").length === was, before_);
    assert.equal(await page.locator(".rulings").count(), 0);
    await tab(page, "Notes");
    assert.match(await page.locator(".after-action").textContent(), /Taken back: North Korea: joins\. they came/);
    await done(page);
  });

  test("the search waits for the reveal, the map for the stage, and a reveal opens its own stage", async () => {
    const page = await open("class-live", { width: 1400, height: 900 });
    await goTo(page, 3);
    await tab(page, "Sliders");
    await ready(page);
    await page.waitForTimeout(1500);
    assert.equal(await page.locator(".contours path").count(), 0, "no contour of a stage that is hidden");
    await button(page, "Reveal").click();
    await page.waitForFunction(() => [...document.querySelectorAll(".contour-labels text")].some((each) => /^[^:]+: .* nm$/.test(each.textContent)), null, { timeout: 60000 });
    await goTo(page, 4);
    await tab(page, "Who joins");
    assert.doesNotMatch(await page.locator(".panel-joins").textContent(), /CONTRADICTS/);
    await button(page, "Reveal").click();
    await page.waitForFunction(() => document.querySelector('details[data-stage="PRK.admit.CHN"]').open && !document.querySelector('details[data-stage="PRK.able"]').open);
    assert.doesNotMatch(await page.locator(".panel-joins").textContent(), /CONTRADICTS/);
    await goTo(page, 6);
    await tab(page, "What would turn it");
    assert.equal(await page.locator('[data-key="ask/flip"]').isDisabled(), true);
    assert.match(await page.locator(".panel-flip").textContent(), /bid first/);
    await button(page, "Reveal").click();
    assert.equal(await page.locator('[data-key="ask/flip"]').isDisabled(), false);
    await done(page);
  });

  test("codings tell each answer apart", async () => {
    const page = await open("class-live", { width: 1400 });
    await goTo(page, 6);
    await button(page, "Reveal").click();
    await tab(page, "Sliders");
    await ready(page);
    await tab(page, "Coding");
    await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
    await page.locator('[data-key="coding-file"]').setInputFiles(csv("c.csv", "name,ties.CHN-PRK.align,ties.RUS-PRK.align\nAnn,0.7,0.35\nBob,0.45,0.45\n"));
    await page.waitForSelector('h3:has-text("Coded so far: 2")');
    await page.locator('[data-key="coding-run"]').click();
    await page.waitForSelector('.panel-coding table:has-text("admitted by China")', { timeout: 60000 });
    const rows = await page.evaluate(() => [...document.querySelectorAll(".panel-coding .scroll[data-key=verdicts] tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.deepEqual(rows, [["Ann", "no", "yes", "no", "no", "no"], ["Bob", "no", "no", "yes", "no", "no"]]);
    await done(page);
  });
});

// What a reader does with a page of a drill, and what stands on it then; the same in any browser.
import assert from "node:assert/strict";
import { chance, margin } from "../src/drill/panels/numbers.js";

/** What a reader or a screen reader can find in the page: not the blocks of data. */
export const textOf = (page) => page.evaluate(() => document.querySelector("#page").textContent);

/** Brings a panel to the front; one that was not seen is drawn anew in the picture after that. */
export async function tab(page, name) {
  const [map, both] = ["map", "both"].map((value) => page.locator(`.alone input[value="${value}"]`));
  if ((await both.isVisible()) && (await map.isChecked())) await both.check();
  await page.getByRole("tab", { name, exact: true }).click();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/**
 * Moves the focus to a button by Tab alone, the shorter way, and presses Enter. At the ends of a page the
 * focus goes to the browser's own buttons, where a test has no hands.
 */
export async function press(page, text) {
  for (let i = 0; i < 400; i += 1) {
    const way = await page.evaluate((wanted) => {
      const now = document.activeElement;
      if (now?.textContent.trim() === wanted) return "";
      const there = [...document.querySelectorAll("button")].find((each) => each.textContent.trim() === wanted);
      return there && now.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_PRECEDING ? "Shift+Tab" : "Tab";
    }, text);
    if (!way) return page.keyboard.press("Enter");
    await page.keyboard.press(way);
  }
  return assert.fail(`Tab never comes to “${text}”`);
}

/** A lesson by keys alone, to its last word or until the step of that id is revealed. */
export async function walkLesson(page, doc, until = null) {
  const { steps, closing } = doc.scene.lesson;
  for (const each of steps) {
    assert.ok((await textOf(page)).includes(each.says.slice(0, 40)), each.id);
    if (each.reveal) assert.ok(!(await textOf(page)).includes(each.reveal.slice(0, 60)), `${each.id} is told too early`);
    if (each.id === "question" || each.id === "predict") assert.ok(!/\u22120\.179|stays out/.test(await textOf(page)), each.id);
    if (each.id === "able") assert.ok(!(await textOf(page)).includes("\u22120.350"), each.id);
    const can = each.reveal || each.hide.length > 0 || each.predict.length > 0;
    // The second step is revealed stage by stage in those after it.
    if (can && !["question", "predict"].includes(each.id)) {
      await press(page, "Reveal");
      if (each.reveal) assert.ok((await textOf(page)).includes(each.reveal.slice(0, 40).replace(/ %/g, "\u00a0%")), each.id);
    }
    if (each.id === until) return;
    if (each !== steps.at(-1)) await press(page, "Next");
  }
  assert.equal(until, null, "no such step");
  assert.ok(closing.every((text) => text.length > 0));
  assert.ok((await textOf(page)).includes(closing[0]));
}

/** The sliders of a live page can be moved. */
export async function ready(page) {
  await tab(page, "Sliders");
  await page.waitForSelector(".panel-levers input[type=range]:not([disabled])", { timeout: 60000 });
}

/** What was moved has been run. */
export const settled = (page) =>
  page.waitForFunction(
    () => document.querySelector(".panel-levers:not([data-busy])") && document.querySelector(".took").textContent !== "Running …",
    null,
    { timeout: 60000 },
  );

export async function joinsText(page) {
  await tab(page, "Who joins");
  const text = await page.locator(".panel-joins").innerText();
  await tab(page, "Sliders");
  return text;
}

/** The panel of who joins has, state by state, the margin and the probability of each stage of a run, and its answer. */
export async function assertJoins(page, doc, where) {
  await tab(page, "Who joins");
  const cards = await page.evaluate(() =>
    [...document.querySelectorAll(".panel-joins .state-card")].map((card) => ({
      name: card.querySelector("h3 bdi").textContent,
      chance: card.querySelector(".chance")?.textContent ?? "",
      stages: [...card.querySelectorAll(".stage > summary")].map((each) => each.textContent),
    })),
  );
  assert.ok(cards.length > 0 && cards.length === doc.decisions.length, `${where}: ${cards.length} states`);
  for (const { name, probability, stages } of doc.decisions) {
    const card = cards.find((each) => each.name === name);
    assert.ok(card, `${where}: ${name}`);
    assert.ok(card.chance.includes(chance(probability)), `${where}: ${name} P ${chance(probability)}: ${card.chance}`);
    assert.equal(card.stages.length, stages.length, `${where}: ${name}`);
    stages.forEach((stage, i) => {
      for (const figure of [margin(stage.margin), chance(stage.probability)])
        assert.ok(card.stages[i].includes(figure), `${where}: ${name} ${stage.stage} ${figure}: ${card.stages[i]}`);
    });
  }
}

/** Texts of the map that touch each other, or that reach out of it. */
export const wrongLabels = (page) =>
  page.evaluate(() => {
    const frame = document.querySelector(".map-stage").getBoundingClientRect();
    const boxes = [...document.querySelectorAll(".map-stage svg text:not(.app6)")]
      .filter((text) => text.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true }))
      .filter((text) => text.getBoundingClientRect().width > 0)
      .map((text) => ({ text: text.textContent, box: window.lettersBox(text) }));
    const found = [];
    boxes.forEach(({ text, box }, i) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 3 || box.bottom > frame.bottom + 3)
        found.push(`“${text}” is cut`);
      for (const other of boxes.slice(0, i))
        if (box.left < other.box.right - 1 && other.box.left < box.right - 1 && box.top < other.box.bottom - 4 && other.box.top < box.bottom - 4)
          found.push(`“${text}” touches “${other.text}”`);
    });
    return found;
  });

// What tests do with a live page in the browser.
import assert from "node:assert/strict";
import { linesOf } from "../src/drill/engine/moves.js";
import { chance, margin } from "../src/drill/panels/numbers.js";
import { joinsText, settled, tab } from "./hands.mjs";
import { native } from "./live_fixture.mjs";

const LATEST = { timeout: 60000 };

/** What must not happen; the worker's own script and what is saved are the only addresses that are asked for. */
export async function done(page) {
  assert.deepEqual(page.faults.filter((fault) => !/^request: (blob|data):/.test(fault)), []);
  await page.context().close();
}

export const tabs = (page) => page.evaluate(() => [...document.querySelectorAll('[role="tab"]')].filter((each) => !each.hidden).map((each) => each.textContent));

/** The engine has started. */
export async function ready(page) {
  await tab(page, "Sliders");
  await page.waitForSelector(".panel-levers .lever :is(input, select):not([disabled])", { state: "attached", ...LATEST });
}

/** Another value that a lever can have. */
export function otherValue(lever) {
  if (lever.choices.length > 0) return lever.choices.find((each) => each !== lever.value);
  return lever.number === lever.max ? lever.min : lever.max;
}

export async function moveLever(page, lever, value = otherValue(lever)) {
  const input = page.getByLabel(lever.label, { exact: true });
  if (lever.choices.length > 0) await input.selectOption(value);
  else await input.press(value === lever.max ? "End" : "Home");
  await settled(page);
}

/** Each margin and each chance of a run stands in a text of the page. */
export function assertTells(text, doc, where) {
  const words = text.replace(/\s+/g, " ");
  for (const { state, probability, stages } of doc.decisions) {
    for (const stage of stages) assert.ok(words.includes(margin(stage.margin)), `${where}: ${state} ${stage.stage} ${margin(stage.margin)}`);
    assert.ok(words.includes(chance(probability)), `${where}: ${state} P ${chance(probability)}`);
  }
}

const close = (a, b) => a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

/**
 * Moves every lever of a scenario to another value, holds what is shown against the program, and puts it back:
 * what is shown is then what it was. Answers with the ms of each run.
 */
export async function everyLever(page, file, first) {
  const before = await joinsText(page);
  const times = [];
  for (const lever of first.scene.levers) {
    const value = otherValue(lever);
    await moveLever(page, lever, value);
    const took = /(\d+) ms/.exec(await page.locator(".took").innerText());
    if (took) times.push(Number(took[1]));
    const doc = native("run", file, "--json", ...linesOf(lever, value).flatMap((line) => ["--set", line]));
    assertTells(await joinsText(page), doc, lever.id);
    const rows = await page.locator(".levers-out tr.differ-margin").count();
    const expected = doc.decisions.flatMap((decision, i) => decision.stages.filter((stage, k) => !close(stage.margin, first.decisions[i].stages[k].margin))).length;
    assert.equal(rows, expected, `${lever.id}: margins told`);
    const turned = doc.decisions.filter(({ joins }, i) => joins !== first.decisions[i].joins).length;
    assert.equal(await page.locator(".levers-out tr.differ-answer").count(), turned, `${lever.id}: answers told`);
    await page.getByRole("button", { name: `Reset: ${lever.label}`, exact: true }).click();
    await settled(page);
    assert.match(await page.locator(".levers-out").innerText(), /Nothing is moved/);
    assert.equal(await joinsText(page), before, `${lever.id}: put back`);
  }
  return times.sort((a, b) => a - b);
}

/** Moves the focus by Tab alone until `isThere(element)` holds, then presses a key, if one is given. */
export async function tabTo(page, isThere, wanted, key = null) {
  for (let i = 0; i < 600; i += 1) {
    if (await page.evaluate(`(${isThere})(document.activeElement, ${JSON.stringify(wanted)})`)) return key && page.keyboard.press(key);
    await page.keyboard.press("Tab");
  }
  return assert.fail(`Tab never comes to “${wanted}”`);
}

// The panels as a class has them, in Chromium: what is hidden, hostile texts, layout, keys, axe.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { build } from "../build.mjs";
import { panels } from "../src/drill/panels.js";
import { fine, margin } from "../src/drill/panels/numbers.js";
import { close, missing, open, start, stop, writeHtml } from "./chromium.mjs";
import { drillPage } from "./drill_fixture.mjs";
import { invented } from "./panels_documents.mjs";
import { runs } from "./panels_runs.mjs";
import { stand } from "./panels_stand.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const mine = panels
  .filter(({ id, isLive, when }) => id !== "log" && !isLive && when(invented()))
  .map(({ id }) => id);
const show = (page, id) => page.evaluate((name) => window.show(name), id);
const textOf = (page) => page.evaluate(() => document.getElementById("page").textContent);
const hide = (page, ...keys) =>
  page.evaluate((list) => window.desk.set({ hidden: new Set(list) }), keys);
const frames = (page) =>
  page.evaluate(
    () =>
      new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))),
      ),
  );

/** Boxes that reach out of the page and are in no box that scrolls. */
const sideways = (page) =>
  page.evaluate(() => {
    const over = document.scrollingElement.scrollWidth - innerWidth;
    if (over <= 0) return [];
    return [...document.querySelectorAll("main *")]
      .filter(
        (each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll"),
      )
      .slice(0, 3)
      .map(
        (each) =>
          `${each.tagName} ${each.className?.baseVal ?? each.className}: ${each.textContent.slice(0, 40)}`,
      );
  });

/** Texts of pictures that touch or are cut. */
const wrongTexts = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const svg of document.querySelectorAll(".picture > svg")) {
      const frame = svg.getBoundingClientRect();
      const boxes = [...svg.querySelectorAll("text")]
        .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
      boxes.forEach(({ text, box: a }, i) => {
        if (
          a.left < frame.left - 1.5 ||
          a.right > frame.right + 1.5 ||
          a.top < frame.top - 1.5 ||
          a.bottom > frame.bottom + 1.5
        )
          found.push(`“${text}” is cut`);
        for (const { text: other, box: b } of boxes.slice(0, i))
          if (
            a.left < b.right - 0.5 &&
            b.left < a.right - 0.5 &&
            a.top < b.bottom - 3 &&
            b.top < a.bottom - 3
          )
            found.push(`“${text}” touches “${other}”`);
      });
    }
    return found;
  });

const axeFaults = (page) =>
  page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
  });

describe("panels in Chromium", { concurrency: 2, skip: missing }, () => {
  let folder;
  const northern = runs.find(({ name }) => name.startsWith("northern"))?.doc;
  before(async () => {
    await start();
    folder = await mkdtemp(path.join(os.tmpdir(), "muster-panels-"));
    const halves = await build(folder);
    await writeHtml("invented", await stand(invented()));
    for (const { name, doc } of runs) {
      await writeHtml(`stand-${name}`, await stand(doc));
      await writeHtml(`page-${name}`, drillPage(halves, doc));
    }
  });
  after(async () => {
    await stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  test("hostile texts stay texts, in every panel", { timeout: 60000 }, async () => {
    const page = await open("invented");
    for (const id of mine) {
      assert.equal(await show(page, id), true, id);
      assert.equal(await page.locator("#page img, #page script").count(), 0, id);
      await page.evaluate(() =>
        document.querySelectorAll("#page details").forEach((each) => (each.open = true)),
      );
      assert.equal(await page.locator("#page img, #page script").count(), 0, id);
      assert.match(await textOf(page), /<img src=x onerror/, id);
      assert.doesNotMatch(await textOf(page), /undefined|NaN|\[object|\ue000/, id);
    }
    await close(page, { keeps: true });
  });

  test("a measure and a scope that nobody knew", { timeout: 60000 }, async () => {
    const page = await open("invented");
    await show(page, "measures");
    const row = page.locator("tr", { hasText: "cups of tea" });
    assert.match(await row.textContent(), /cups of tea \(cups\).*3\.250$/);
    await row.locator("summary").click();
    assert.match(await row.textContent(), /More is better\./);
    assert.equal(await page.locator("details.scope h2", { hasText: "kettle" }).count(), 1);
    await close(page, { keeps: true });
  });

  test("replications stand beside the run", { timeout: 60000 }, async () => {
    const doc = invented("text");
    const figure = {
      n: 100,
      mean: 3.3,
      sd: 1,
      least: 1,
      most: 6,
      low: 3.1,
      high: 3.5,
      p10: { value: 2 },
      p50: { value: 3 },
      p90: { value: 5 },
    };
    doc.replications = {
      count: 100,
      measures: [{ measure: "tea_cups", of: "drill", is_share: false, values: { d: figure } }],
    };
    await writeHtml("chance", await stand(doc));
    const page = await open("chance");
    await show(page, "measures");
    const cells = await page
      .locator("tr", { hasText: "cups of tea" })
      .locator("td")
      .allTextContents();
    assert.deepEqual(cells, ["3.25", "3.30", "3.10 to 3.50", "2 to 5", "100"]);
    await close(page, { keeps: true });
  });

  test("an umpire's ruling is marked, and the terms stay", { timeout: 60000 }, async () => {
    const page = await open("invented");
    await show(page, "joins");
    const card = page.locator(".part-candidate");
    assert.match(await card.locator(".state-head .badge").textContent(), /joins, by the umpire/);
    assert.match(await card.locator(".ruling").textContent(), /The umpire rules/);
    assert.equal(await card.locator(".terms").count(), 3);
    await close(page, { keeps: true });
  });

  test("what is hidden is nowhere to be read", { timeout: 60000, skip: !northern }, async () => {
    const page = await open("stand-northern-interaction-2023");
    const prk = northern.decisions.find(({ state }) => state === "PRK");
    const secrets = (stages) =>
      stages.flatMap((stage) => [
        margin(stage.margin),
        fine(stage.margin),
        ...stage.terms.filter(({ value }) => value).map(({ value }) => fine(value)),
      ]);
    const holds = async (texts) => {
      const shown = await page.evaluate(() => document.getElementById("page").outerHTML);
      return texts.filter((text) => shown.includes(text));
    };
    await show(page, "joins");
    assert.equal((await holds(secrets(prk.stages))).length, secrets(prk.stages).length);

    await hide(page, "PRK.admit.RUS");
    const [russia] = prk.stages.filter(({ host }) => host === "RUS");
    const others = new Set(secrets(prk.stages.filter((stage) => stage !== russia)));
    assert.deepEqual(await holds(secrets([russia]).filter((text) => !others.has(text))), []);
    assert.match(await textOf(page), /hidden until revealed/);
    assert.doesNotMatch(await textOf(page), /stays out|P of joining/);

    await hide(page, "verdict");
    assert.deepEqual(await holds(secrets(prk.stages)), []);
    assert.doesNotMatch(
      await textOf(page),
      /stays out|largest blocker|tips at|P of joining|P of coming/,
    );
    assert.match(await textOf(page), /blame for its acts/);

    await hide(page, "PRK");
    assert.doesNotMatch(await textOf(page), /blame for its acts|stays out/);
    for (const id of ["evidence", "reach", "measures", "assumptions"]) {
      await show(page, id);
      for (const keys of [["PRK"], ["verdict"], ["PRK.able", "PRK.admit", "PRK.accept"]]) {
        await hide(page, ...keys);
        assert.deepEqual(
          await holds(
            ["\u22120.350", "\u22120.179", "0.6820", "two experts in Seoul", "MiG-29"].filter(
              (text) => id !== "measures" || text.startsWith("\u2212"),
            ),
          ),
          [],
          `${id} with ${keys}`,
        );
      }
    }
    await hide(page);
    await show(page, "joins");
    assert.match(await textOf(page), /stays out/);
    await close(page, { keeps: true });
  });

  test("the future stays hidden until it comes", { timeout: 60000, skip: !northern }, async () => {
    const page = await open("stand-northern-interaction-2023");
    await page.evaluate(() =>
      window.desk.set({ time: Date.parse("2023-07-20T12:00:00Z"), hidden: new Set(["future"]) }),
    );
    await show(page, "serials");
    assert.deepEqual(await page.locator("tr[data-serial] .state-word").allTextContents(), [
      "held",
      ...new Array(5).fill("still to come"),
    ]);
    await show(page, "fuel");
    await frames(page);
    const ends = await page
      .locator(".curve polyline")
      .evaluateAll((lines) => lines.map((line) => Math.max(...[...line.points].map(({ x }) => x))));
    const clock = await page.locator(".now-line").getAttribute("x1");
    for (const end of ends) assert.ok(end <= Number(clock) + 0.6, `${end} beyond ${clock}`);
    await page.evaluate(() => window.desk.set({ time: Date.parse("2023-07-21T12:00:00Z") }));
    await show(page, "serials");
    assert.equal(await page.locator(".state-word", { hasText: "held" }).count(), 2);
    await close(page, { keeps: true });
  });

  test(
    "terms on the page are those of muster why, digit by digit",
    { timeout: 60000, skip: !northern },
    async () => {
      const page = await open("stand-northern-interaction-2023");
      await show(page, "joins");
      const rows = await page
        .locator("#joins-1-1 .terms tr")
        .evaluateAll((list) =>
          list.map((row) => [...row.children].map((cell) => cell.textContent)),
        );
      const shown = rows
        .slice(1)
        .map(([name, value, , sum]) => [
          name.replace(/^(.*?)(“.*| largest blocker.*)$/s, "$1").trim(),
          value,
          sum,
        ]);
      assert.deepEqual(shown[0], ["blame for its acts", "\u22120.4760", "\u22120.4760"]);
      assert.deepEqual(shown.at(-2).slice(1), ["+0.0400", "\u22120.1787"]);
      assert.deepEqual(shown.at(-1), ["Sum needs above 0", "\u22120.1787", "P 0.19"]);
      const bars = await page
        .locator("#joins-1-1 tbody .term-bar > span")
        .evaluateAll((list) =>
          list.map((bar) => [bar.className, bar.getBoundingClientRect().width]),
        );
      assert.deepEqual(
        bars.map(([kind]) => kind),
        ["minus", "minus", "minus", "plus", "plus", "plus", "plus"],
      );
      assert.ok(Math.abs(bars[0][1] / bars[3][1] - 0.476 / 0.45) < 0.05);
      await close(page, { keeps: true });
    },
  );

  test(
    "a serial sets the clock; a redraw keeps what is open and where the focus is",
    { timeout: 60000, skip: !northern },
    async () => {
      const page = await open("stand-northern-interaction-2023");
      await show(page, "serials");
      await page.locator("tr[data-serial=gunnery] button, tr:last-child button.go").last().focus();
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => window.desk.time), Date.parse("2023-07-22T16:00:00Z"));
      assert.equal(await page.locator("tr.chosen").count(), 1);
      await page.evaluate(() => window.desk.set({ doc: structuredClone(window.desk.doc) }));
      assert.match(await page.evaluate(() => document.activeElement.dataset.key), /^serial-/);
      await show(page, "joins");
      await page.locator(".part-host summary").first().click();
      await page.evaluate(() => window.desk.set({ doc: structuredClone(window.desk.doc) }));
      assert.equal(
        await page
          .locator(".part-host details.stage")
          .first()
          .evaluate((each) => each.open),
        true,
      );
      await close(page, { keeps: true });
    },
  );

  test("a chosen name is used everywhere", { timeout: 60000 }, async () => {
    const page = await open("invented");
    await show(page, "names");
    const field = page.locator(".name-field", { hasText: "Alpha" });
    await field.locator("select").selectOption("own");
    await field.locator("input").fill("Realm of Alpha");
    await field.locator("input").press("Tab");
    assert.equal(await page.evaluate(() => window.desk.names.get("AAA")), "Realm of Alpha");
    await show(page, "joins");
    assert.match(await textOf(page), /would be admitted by Realm of Alpha/);
    await close(page, { keeps: true });
  });

  for (const { name, doc } of [...runs, { name: "invented", doc: invented() }])
    test(
      `${name}: laid out at 320 and 1000 pixels, clean for axe in both themes`,
      { timeout: 240000 },
      async () => {
        const page = await open(name === "invented" ? "invented" : `stand-${name}`, { width: 320 });
        const isTried = ["northern-interaction-2023", "invented"].includes(name);
        if (isTried) await page.addScriptTag({ path: axe });
        for (const id of mine) {
          const isShown = await show(page, id);
          assert.equal(isShown, panels.find((each) => each.id === id).when(doc), id);
          if (!isShown) continue;
          for (const [width, colorScheme] of [
            [320, "light"],
            [1000, "dark"],
          ]) {
            await page.setViewportSize({ width, height: 900 });
            await frames(page);
            assert.deepEqual(await sideways(page), [], `${id} at ${width}`);
            if (name !== "invented")
              assert.deepEqual(await wrongTexts(page), [], `${id} at ${width}`);
            if (!isTried) continue;
            await page.emulateMedia({ colorScheme });
            assert.deepEqual(await axeFaults(page), [], `${id} at ${width}, ${colorScheme}`);
          }
        }
        await close(page, { keeps: true });
      },
    );

  for (const { name } of runs)
    test(`${name}: every tab of the page opens`, { timeout: 60000 }, async () => {
      const page = await open(`page-${name}`, { width: 1400 });
      const tabs = await page.locator("[role=tab]").all();
      assert.ok(tabs.length >= (name === "zachary-1977" ? 2 : 3), `${tabs.length} tabs`);
      for (const tab of tabs) {
        await tab.click();
        const panel = page.locator("[role=tabpanel]:not([hidden])").first();
        assert.doesNotMatch(await panel.textContent(), /undefined|NaN|\[object|\ue000/);
      }
      await close(page, { keeps: true });
    });
});

// The panels of a drill without a browser: every number as the program's own screens have it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bindingKey, stopOf } from "../src/drill/panels/able.js";
import { linesOf, shareAt, spread } from "../src/drill/panels/curves.js";
import { hidesAnswer, hidesStage, reachOf } from "../src/drill/panels/facts.js";
import { chanceText, decimalsFor, planText, share } from "../src/drill/panels/figures.js";
import { measuresOf } from "../src/drill/panels/measures.js";
import { clock, DAY_MS, morning, ms, tickTimes } from "../src/drill/panels/moments.js";
import {
  chance,
  decimal,
  fine,
  margin,
  now,
  short,
  signed,
  tonnes,
} from "../src/drill/panels/numbers.js";
import { idleTerms, largestBlocker, orderedTerms, runningSums } from "../src/drill/panels/terms.js";
import { tipsOf, turnText } from "../src/drill/panels/tips.js";
import { panelTexts } from "../src/language/en_panels.js";
import { runs, screen } from "./panels_runs.mjs";

const plain = (text) =>
  text.replaceAll("\u2212", "-").replaceAll("\u2013", "-").replaceAll(",", "");
const candidates = (doc) => doc.decisions.filter(({ part }) => part !== "host");

/** The parts of a screen of `muster why` by the number of their stage. */
function stagesOf(text) {
  const parts = text.split(/^(?=\d+ (?:able|would be admitted by|accepts))/m).slice(1);
  return parts.map((part) => part.split(/^\n?HOW FIRM|^ASSUMPTIONS|^NOT MODELLED/m)[0]);
}

/** The signed value of a term on a screen. */
function valueOf(part, key) {
  const at = part.search(new RegExp(`^  ${key} `, "m"));
  assert.ok(at >= 0, `the screen lacks ${key}: ${part}`);
  return /[+-]\d+\.\d+|(?<= )0\.0000/.exec(
    part
      .slice(at)
      .split("\n")
      .slice(0, 3)
      .map((line) => line.slice(53))
      .join("\n"),
  )[0];
}

describe("numbers are those of the reports", () => {
  test("signs, halves and what would vanish", () => {
    assert.equal(signed(-0.1785, 3), "\u22120.179");
    assert.equal(signed(0.65, 3), "+0.650");
    assert.equal(signed(0, 4), "0.0000");
    assert.equal(signed(0.00004, 4), "+0.00004");
    assert.equal(signed(-1e-9, 4), "\u22121e\u221209");
    assert.equal(signed(null, 4), "\u2013");
  });
  test("significant digits as C has them", () => {
    const cases = [
      [30.8877, 2, "31"],
      [18, 3, "18"],
      [3.9, 2, "3.9"],
      [0.000012345, 3, "1.23e\u221205"],
      [1234.5, 3, "1.23e+03"],
      [2.5, 1, "2"],
      [-0.5, 3, "\u22120.5"],
    ];
    for (const [value, digits, text] of cases) assert.equal(short(value, digits), text);
    assert.equal(tonnes(1319.13), "1320");
    assert.equal(tonnes(81.55), "81.5");
    assert.equal(now(0.2664, 0.1308), "0.2664");
    assert.equal(now(0.62994, 0.63), "0.6299");
    assert.equal(now(0.629996, 0.63), "0.629996");
  });
  test("what chance came to, to two digits of its own uncertainty", () => {
    assert.deepEqual([0, 0.5, 0.04, 12].map(decimalsFor), [3, 2, 3, 0]);
    assert.equal(share(0.0001), "<\u00a00.1\u00a0%");
    assert.equal(share(0.9999), ">\u00a099.9\u00a0%");
    const desk = { word: (key) => key };
    const figure = {
      n: 100,
      mean: 0.5123,
      low: 0.4923,
      high: 0.5323,
      least: 0,
      most: 1,
      p10: { value: 0.2 },
      p90: { value: 1 },
    };
    assert.deepEqual(chanceText(desk, {}, figure), {
      decimals: 3,
      mean: "0.512",
      interval: "0.492 to 0.532",
      span: "0.200 to 1",
    });
    assert.equal(planText(desk, { is_yes_no: true }, 1), "standing.yes");
  });
});

describe("terms", { skip: runs.length === 0 }, () => {
  for (const { name, doc } of runs)
    for (const decision of candidates(doc))
      test(`${name}, ${decision.state}: values, sum and tips are those of muster why`, () => {
        const screens = stagesOf(screen(name, `why.${decision.state}`));
        assert.equal(screens.length, decision.stages.length);
        decision.stages.forEach((stage, i) => {
          const terms = orderedTerms(stage);
          for (const term of terms)
            assert.equal(plain(fine(term.value)), valueOf(screens[i], term.key));
          const [, sum, p] = /^ {11}sum +([+-]\d+\.\d+|0\.0000) +P (\S+)/m.exec(screens[i]);
          assert.equal(plain(fine(stage.margin)), sum);
          assert.equal(chance(stage.probability), p);
          const tips = [
            ...screens[i].matchAll(/^ {4}(-?[\d.]+) or (more|less) +\(now ([^)]+)\) /gm),
          ];
          tipsOf(decision, i)
            .slice(0, tips.length)
            .forEach((tip, k) => {
              const [, at, way, is] = tips[k];
              assert.deepEqual(
                [
                  plain(turnText(tip)),
                  tip.from > tip.now ? "more" : "less",
                  plain(now(tip.now, tip.from)),
                ],
                [at, way, is],
              );
            });
        });
      });
  test("add up as they are shown, each and every one in one row", () => {
    let stages = 0;
    for (const { doc } of runs)
      for (const { stages: of } of doc.decisions)
        for (const stage of of) {
          if (stage.margin === null) continue;
          const terms = orderedTerms(stage);
          assert.equal(terms.length + idleTerms(stage).length, stage.terms.length);
          const shown = terms.reduce(
            (sum, { value }) => sum + Number(plain(fine(value)).replace("+", "")),
            0,
          );
          const half = 0.00005 * (terms.length + 1);
          assert.ok(
            Math.abs(shown - stage.margin) <= half + 1e-12,
            `${stage.stage}: ${shown} for ${stage.margin}`,
          );
          const last = runningSums(terms).at(-1) ?? 0;
          assert.equal(
            fine(Math.abs(last) < 1e-12 ? 0 : Number(last.toPrecision(12))),
            fine(stage.margin),
          );
          stages += 1;
        }
    assert.ok(stages > 20);
  });
  test("the largest blocker stands first where the answer is no", () => {
    const { doc } = runs.find(({ name }) => name.startsWith("northern"));
    const { stages } = candidates(doc)[0];
    assert.deepEqual(
      stages.map((stage) => orderedTerms(stage)[0].key),
      ["cap-kit", "f03", "f04b", "f10"],
    );
    for (const stage of stages)
      assert.equal(largestBlocker(orderedTerms(stage)), orderedTerms(stage)[0]);
    assert.equal(largestBlocker([{ value: 1 }]), null);
  });
});

describe("screens of muster run and muster reach", { skip: runs.length === 0 }, () => {
  const text = (name) => screen(name, "run");
  test("margins and P of the first table", () => {
    for (const { name, doc } of runs) {
      const rows = doc.decisions
        .flatMap(({ stages }) => stages)
        .map((stage) => `${plain(margin(stage.margin))} ${chance(stage.probability)}`);
      const shown = [
        ...text(name).matchAll(/ (?:yes|no|tie) +([+-]\d\.\d{3}|0\.000) +(\d\.\d\d) /g),
      ].map(([, a, b]) => `${a} ${b}`);
      assert.deepEqual(
        rows.filter((row) => row !== "- -"),
        shown,
        name,
      );
    }
  });
  test("fuel at 08:00 local, and the least", () => {
    let ships = 0;
    for (const { name, doc } of runs) {
      const part = /^FUEL: [\s\S]*?\n\n|^FUEL: [\s\S]*$/m.exec(text(name))?.[0] ?? "";
      const sailed = doc.units.filter(
        (unit) => unit.domain === "naval" && unit.sailed && part.includes(`\n${unit.name}`),
      );
      const first = Math.min(...sailed.map((unit) => ms(unit.sailed)));
      for (const unit of sailed) {
        const line = part
          .split("\n")
          .find((each) => each.startsWith(unit.name))
          .slice(22)
          .trim()
          .split(/ +/);
        const zone = { CHN: 8, RUS: 10, PRK: 9, USA: 9, JPN: 9, KOR: 9 }[unit.state];
        const days = line.slice(0, -1).map((_, day) => {
          const at = shareAt(unit, morning(first + day * DAY_MS, zone));
          return at === null ? "-" : decimal(100 * at, 0);
        });
        if (unit.state in { CHN: 1, RUS: 1, USA: 1, JPN: 1, KOR: 1 })
          assert.deepEqual(days, line.slice(0, -1), `${name}, ${unit.name}`);
        const least = doc.outcomes.find(({ measure }) => measure === "least_fuel_frac").values[
          unit.id
        ];
        assert.equal(decimal(100 * least, 1), line.at(-1));
        ships += 1;
      }
    }
    assert.ok(ships >= 12);
  });
  test("clocks and P of serials", () => {
    for (const { name, doc } of runs)
      for (const serial of doc.serials) {
        const row = `${clock(ms(serial.start), 9)} ${clock(ms(serial.end), 9)} ${chance(serial.probability)} held`;
        assert.ok(text(name).includes(row), `${name} has no “${row}”`);
      }
  });
  test("knots and miles of the timeline", () => {
    for (const { name, doc } of runs) {
      const shown = text(name).replace(/\s+/g, " ");
      for (const check of doc.timeline) {
        assert.ok(shown.includes(`${plain(decimal(check.distance_nm, 0))} nm by`), name);
        if (check.verdict === "possible")
          assert.ok(shown.includes(`possible: ${decimal(check.needed_kn, 1)} kn needed`));
        if (check.verdict === "impossible")
          assert.ok(
            shown.includes(
              `${decimal(check.needed_kn, 1)} kn needed, Taihu makes ${decimal(check.max_kn, 1)} kn`,
            ),
          );
      }
    }
  });
  test("radii, and what stops a unit", () => {
    let units = 0;
    const radius = (nm) => (nm === null ? "any" : nm < 0 ? "none" : decimal(nm, 0));
    for (const { name, doc } of runs)
      for (const drill of doc.drills)
        for (const row of reachOf(doc, drill.id)) {
          const shown = screen(name, `reach.${row.state}`);
          if (!shown || row.domain === "air" || !row.has_range || !row.has_way) continue;
          const figures = [row.required_nm, ...row.ladder.map(({ radius_nm }) => radius_nm)].map(
            radius,
          );
          const wanted = `${figures.join(" ")} ${panelTexts[bindingKey(row)]}`;
          assert.ok(
            shown.replaceAll(/ +/g, " ").includes(plain(wanted)),
            `${name}, ${row.name}: ${wanted}`,
          );
          units += 1;
        }
    assert.ok(units >= 15);
  });
  test("three words apart", () => {
    const row = {
      has_range: true,
      has_way: true,
      passes: false,
      binding: "allotment",
      fits_slots: [0],
    };
    assert.equal(stopOf(row), "allotment");
    assert.equal(stopOf({ ...row, fits_slots: [] }), "role");
    assert.equal(stopOf({ ...row, misfit: "no hull sonar" }), "role");
    assert.equal(stopOf({ ...row, misfit: "nothing asked" }), "unasked");
    assert.equal(stopOf({ ...row, binding: "usable" }), "cannot");
    assert.equal(stopOf({ ...row, passes: true, binding: null }), null);
    assert.equal(bindingKey({ ...row, has_way: false }), "reach.binding.way");
  });
});

test("ticks are hours within days, days within weeks", () => {
  const from = ms("2023-07-01T00:30:00Z");
  const hours = (until, most) =>
    tickTimes(from, ms(until), most).map((time) => new Date(time).toISOString().slice(5, 13));
  assert.deepEqual(hours("2023-07-01T13:00:00Z", 4), ["07-01T06", "07-01T12"]);
  assert.deepEqual(hours("2023-07-03T02:00:00Z", 3), ["07-02T00", "07-03T00"]);
  assert.deepEqual(hours("2023-07-21T00:00:00Z", 4), [
    "07-02T00",
    "07-07T00",
    "07-12T00",
    "07-17T00",
  ]);
});

describe("curves", () => {
  const unit = {
    tank_kg: 1000,
    sailed: "2023-07-01T00:00:00Z",
    legs: [
      {
        kind: "port",
        start: "2023-06-30T00:00:00Z",
        end: "2023-07-01T00:00:00Z",
        burn_kgps: 0,
        fuel_start_kg: 1000,
      },
      {
        kind: "leg",
        start: "2023-07-01T00:00:00Z",
        end: "2023-07-01T10:00:00Z",
        burn_kgps: 0.01,
        fuel_start_kg: 1000,
      },
      {
        kind: "port",
        start: "2023-07-01T10:00:00Z",
        end: "2023-07-02T00:00:00Z",
        burn_kgps: 0,
        fuel_start_kg: 640,
      },
      {
        kind: "leg",
        start: "2023-07-02T00:00:00Z",
        end: "2023-07-02T01:00:00Z",
        burn_kgps: 0.01,
        fuel_start_kg: 640,
      },
    ],
  };
  test("are straight between changes, and none in port", () => {
    assert.ok(Math.abs(shareAt(unit, ms("2023-07-01T05:00:00Z")) - 0.82) < 1e-12);
    assert.equal(shareAt(unit, ms("2023-06-30T05:00:00Z")), null);
    const lines = linesOf(unit, null, 0);
    assert.deepEqual(
      lines.map((line) => line.map(([, share]) => Number(share.toFixed(3)))),
      [
        [1, 0.64],
        [0.64, 0.604],
      ],
    );
    const epoch = ms("2023-06-30T00:00:00Z");
    const points = [
      [0, 1],
      [24, 1],
      [34, 0.64],
      [48, 0.64],
      [49, 0.604],
    ];
    assert.deepEqual(
      linesOf(unit, points, epoch).map((line) => line.length),
      [2, 2],
    );
  });
  test("have names that keep apart", () => {
    const put = spread([50, 51, 52, 200, 199], 14, 10, 200);
    const sorted = [...put].sort((a, b) => a - b);
    for (let i = 1; i < sorted.length; i += 1) assert.ok(sorted[i] - sorted[i - 1] >= 14 - 1e-9);
    assert.ok(sorted.at(-1) <= 200);
  });
});

describe("what a lesson hides", () => {
  const desk = (...keys) => ({ hidden: new Set(keys), time: 0 });
  const stage = { stage: "admit", host: "RUS" };
  test("a stage, a state, all answers", () => {
    assert.equal(hidesStage(desk("PRK.admit.RUS"), "PRK", stage), true);
    assert.equal(hidesStage(desk("PRK.admit.RUS"), "PRK", { stage: "admit", host: "CHN" }), false);
    assert.equal(hidesStage(desk("PRK"), "PRK", stage), true);
    assert.equal(hidesStage(desk("PRK.admit"), "PRK", stage), true);
    // One hidden stage hides the answer too: it would tell the stage.
    assert.equal(hidesAnswer(desk("PRK.admit.RUS"), "PRK"), true);
    assert.equal(hidesAnswer(desk("PRK.admit.RUS"), "CHN"), false);
    assert.equal(hidesAnswer(desk("verdict"), "CHN"), true);
  });
});

test("a measure that is new needs nothing but the registry", () => {
  const doc = {
    measures: [
      {
        name: "tea_cups",
        label: "cups of tea",
        unit: "cups",
        of: "drill",
        direction: 1,
        doc: "Cups drunk.",
        when_bad: "No kettle.",
        is_yes_no: false,
      },
    ],
    outcomes: [
      { measure: "tea_cups", label: "cups of tea", unit: "cups", of: "drill", values: { a: 3.25 } },
    ],
  };
  const [measure] = measuresOf(doc);
  assert.deepEqual(
    [measure.label, measure.unit, measure.scope, measure.doc],
    ["cups of tea", "cups", "drill", "Cups drunk."],
  );
  assert.equal(planText({ word: (key) => key }, measure, measure.values.a), "3.250");
});

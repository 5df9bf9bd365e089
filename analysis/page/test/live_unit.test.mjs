// What a live page sends to its engine, without a browser.
import assert from "node:assert/strict";
import test from "node:test";
import { changesOf, extraFrom, isMovable, isSame, isSameState, linesOf, moved, movesFrom, onScale, requestOf, unmoved, valueText } from "../src/drill/engine/moves.js";
import { unitsAsked } from "../src/drill/engine/contours.js";
import { pilesOf } from "../src/drill/panels/chance.js";
import { newLines } from "../src/drill/panels/code.js";

const lever = (more) => ({ id: "x", path: "states.A.x", form: "real", choices: [], with: [], min: 0, max: 1, number: 0.1, value: "0.1", ...more });

test("a value is written in the form of its path, as muster flip writes it", () => {
  assert.equal(valueText(lever(), 1), "1.0");
  assert.equal(valueText(lever(), 0.3), "0.3");
  assert.equal(valueText(lever(), -2), "-2.0");
  assert.equal(valueText(lever(), 1e-7), "1e-7");
  assert.equal(valueText(lever({ form: "whole" }), 2), "2");
  assert.equal(valueText(lever({ form: "hours" }), 38), '"38 h"');
  assert.equal(valueText(lever({ form: "hours" }), 1.5), '"1.5 h"');
  assert.equal(valueText(lever({ form: "text", choices: ["P", "Q"] }), "Q"), '"Q"');
  assert.equal(valueText(lever({ form: "hours", choices: ["38 h"] }), "38 h"), '"38 h"');
  assert.equal(valueText(lever({ form: "bare", choices: ["true", "false"] }), "false"), "false");
  assert.equal(valueText(lever({ form: "text", choices: ['a"b\\'] }), 'a"b\\'), '"a\\"b\\\\"');
});

test("what moves with a lever moves to the same value, or to one of its own", () => {
  const lines = linesOf(lever({ with: ["states.B.x", "states.C.y = 3"] }), 0.25);
  assert.deepEqual(lines, ["states.A.x = 0.25", "states.B.x = 0.25", "states.C.y = 3"]);
});

test("a lever at its place in the file is not moved, unless a variant is in force", () => {
  const levers = [lever(), lever({ id: "y", path: "states.A.y" })];
  const home = unmoved({ scenario: { variant: null } });
  const away = moved(levers, home, "y", 0.5);
  assert.deepEqual(changesOf(levers, away), ["states.A.y = 0.5"]);
  const both = moved(levers, away, "x", 0.2);
  assert.deepEqual(changesOf(levers, both), ["states.A.x = 0.2", "states.A.y = 0.5"], "in the order of the levers");
  assert.ok(isSame(moved(levers, moved(levers, both, "x", 0.1), "y", 0.1), home));
  assert.ok(isSame(moved(levers, moved(levers, both, "x", undefined), "y", undefined), home));
  assert.ok(!isSame(away, home));
  const variant = { ...home, variant: "v" };
  assert.deepEqual(changesOf(levers, moved(levers, variant, "x", 0.1)), ["states.A.x = 0.1"]);
  assert.deepEqual(requestOf(levers, { moves: home, extra: [] }, { call: "run" }), { call: "run" });
  assert.deepEqual(requestOf(levers, { moves: { ...away, variant: "v" }, extra: [] }, { call: "run" }), { call: "run", variant: "v", changes: ["states.A.y = 0.5"] });
});

test("what was thrown in goes with every request, after the levers", () => {
  const levers = [lever()];
  const home = unmoved({ scenario: { variant: null } });
  const extra = ["injects.storm.on = true", 'drills.d.rulings.A.says = "joins"'];
  assert.deepEqual(requestOf(levers, { moves: home, extra }, { call: "flip", state: "A" }), { call: "flip", state: "A", changes: extra });
  const moves = moved(levers, home, "x", 0.5);
  assert.deepEqual(requestOf(levers, { moves, extra }, { call: "run" }).changes, ["states.A.x = 0.5", ...extra]);
  assert.ok(isSameState({ moves, extra }, { moves: { ...moves }, extra: [...extra] }));
  assert.ok(!isSameState({ moves, extra }, { moves, extra: extra.slice(1) }) && !isSameState({ moves, extra }, { moves: home, extra }));
});

test("of a saved page what the document knows is moved again, and nothing else", () => {
  const levers = [lever(), lever({ id: "port", choices: ["P", "Q"], value: "P" }), lever({ id: "still", min: null, max: null })];
  const doc = { scenario: { variant: null }, scene: { levers, variants: [{ id: "v" }] } };
  const saved = { variant: "v", values: { x: 0.5, port: "Q" } };
  assert.deepEqual(movesFrom(doc, saved), saved);
  assert.deepEqual(movesFrom(doc, JSON.parse(JSON.stringify(saved))), saved);
  const wrong = { variant: "none such", values: { x: 7, port: "R", still: 0.5, other: 1 } };
  for (const each of [wrong, null, undefined, 3, "x", [], { values: 4 }, { variant: {}, values: { x: "0.5" } }])
    assert.deepEqual(movesFrom(doc, each), unmoved(doc));
  assert.deepEqual(extraFrom(["a = 1", 2, null]), ["a = 1"]);
  assert.deepEqual(extraFrom("a = 1"), []);
});

test("a scale keeps to its ends and to tenths", () => {
  assert.equal(onScale(lever(), 0.30000000000000004), 0.3);
  assert.equal(onScale(lever(), 7), 1);
  assert.ok(isMovable(lever()) && !isMovable(lever({ max: null })) && isMovable(lever({ min: null, max: null, choices: ["a"] })));
});

test("piles hold every value once", () => {
  assert.deepEqual(pilesOf([1, 0, 1, null]), [{ from: 0, to: 0, count: 1 }, { from: 1, to: 1, count: 2 }]);
  const many = Array.from({ length: 500 }, (_, i) => Math.sin(i));
  assert.equal(pilesOf(many).reduce((sum, { count }) => sum + count, 0), 500);
  assert.deepEqual(pilesOf([null, null]), []);
});

test("lines that were put into a text are found", () => {
  assert.deepEqual(newLines("a\nb\nc", "a\nb\nx\ny\nc"), [{ number: 3, text: "x" }, { number: 4, text: "y" }]);
  assert.deepEqual(newLines("a\nb", "x\na\nb\ny"), [{ number: 1, text: "x" }, { number: 4, text: "y" }], "at both ends");
  assert.deepEqual(newLines("a\nb", "a\nb"), []);
  assert.deepEqual(newLines("a\na", "a\na\na"), [{ number: 3, text: "a" }]);
});

test("contours are asked of a ship of each candidate: the right role, the longest reach, the tightest first", () => {
  const row = (unit, state, reach, more) => ({ unit, state, domain: "naval", has_way: true, reach_nm: reach, ...more });
  const doc = {
    decisions: [{ state: "H", part: "host" }, { state: "A", part: "candidate" }, { state: "B", part: "candidate" }, { state: "C", part: "candidate" }],
    reach: [
      row("h", "H", 9000), row("a1", "A", 500), row("a2", "A", 700), row("a3", "A", 900, { misfit: "role" }),
      row("b", "B", 800, { domain: "air" }), row("b2", "B", -1),
      row("c1", "C", 600, { misfit: "role" }), row("c2", "C", 400, { misfit: "no missile", required_nm: 300, ladder: [{ radius_nm: 200 }, { radius_nm: 90 }] }),
    ],
    units: [{ id: "a1", domain: "naval" }, { id: "b", domain: "air" }],
  };
  assert.deepEqual(unitsAsked(doc, null), ["c2", "a2"]);
  assert.deepEqual(unitsAsked(doc, { kind: "unit", id: "a1" }), ["a1", "c2", "a2"], "the chosen one first");
  assert.deepEqual(unitsAsked(doc, { kind: "unit", id: "b" }), ["c2", "a2"], "aircraft have none");
});

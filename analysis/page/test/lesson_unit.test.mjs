// A lesson without a browser: answers as CSV, scores, what is hidden when.
import assert from "node:assert/strict";
import test from "node:test";
import { isRuling, rulingsOf } from "../src/drill/lesson/moved.js";
import { mergeAnswers, parseCsv, readAnswers, writeAnswers } from "../src/drill/lesson/rows.js";
import { brier, modelChance, outcomeOf, scores } from "../src/drill/lesson/score.js";
import { hiddenAt, lessonState } from "../src/drill/lesson/state.js";
import { HOSTILE } from "./fixtures.mjs";

const questions = [
  { id: "able", question: "Could it get there?", min: 0, max: 100 },
  { id: "joins", question: "Did it join?", min: 0, max: 100 },
];
const doc = {
  decisions: [
    {
      drill: "d",
      state: "B",
      joins: false,
      probability: 0.25,
      stages: [
        { stage: "able", host: null, standing: "tie", probability: 0.9 },
        { stage: "admit", host: "A", standing: "no", probability: 0.4 },
        { stage: "admit", host: "C", standing: "yes", probability: 0.7 },
        { stage: "accept", host: null, standing: "tie", probability: 0.5 },
      ],
    },
  ],
};

test("Brier's score is his own worked example, and leaves out what nobody knows", () => {
  // Brier (1950): certain and right 0, certain and wrong 1, each of two halves .25.
  assert.equal(brier([{ p: 1, outcome: 1 }]), 0);
  assert.equal(brier([{ p: 1, outcome: 0 }]), 1);
  assert.equal(brier([{ p: 0.5, outcome: 0 }, { p: 0.5, outcome: 1 }]), 0.25);
  assert.ok(Math.abs(brier([{ p: 0.7, outcome: 1 }, { p: 0.9, outcome: 1 }, { p: 0.8, outcome: 0 }]) - (0.09 + 0.01 + 0.64) / 3) < 1e-12);
  assert.equal(brier([{ p: NaN, outcome: 1 }, { p: 0.2, outcome: null }]), null);
  assert.equal(brier([]), null);
});

test("the outcome is the file's, or what the run says; at able 0 is enough", () => {
  const ask = (more) => ({ id: "x", drill: "d", state: "B", stage: null, host: null, answer: null, ...more });
  assert.equal(outcomeOf(doc, ask({})), 0);
  assert.equal(outcomeOf(doc, ask({ answer: "joins" })), 1);
  assert.equal(outcomeOf(doc, ask({ stage: "able" })), 1);
  assert.equal(outcomeOf(doc, ask({ stage: "accept" })), 0);
  assert.equal(outcomeOf(doc, ask({ stage: "admit", host: "A" })), 0);
  assert.equal(outcomeOf(doc, ask({ stage: "admit", host: "C" })), 1);
  assert.equal(outcomeOf(doc, ask({ state: "Z" })), null);
  assert.equal(outcomeOf(doc, ask({ state: null, answer: "in words" })), null);
  assert.equal(modelChance(doc, ask({ stage: "admit", host: "C" })), 0.7);
  assert.equal(modelChance(doc, ask({ state: null })), null);
});

test("a class is scored on scored questions alone, each student on what was answered", () => {
  const asked = [
    { id: "a", drill: "d", state: "B", answer: "stays-out" },
    { id: "b", answer: "yes" },
    { id: "c", answer: "yes", scored: false },
  ];
  const found = scores(doc, asked, [
    { name: "one", values: { a: 20, b: 90, c: 0 } },
    { name: "two", values: { a: 100 } },
    { name: "none", values: { c: 50 } },
  ]);
  assert.equal(found.n, 2);
  assert.deepEqual(found.students.map(({ name, n }) => [name, n]), [["one", 2], ["two", 1]]);
  assert.ok(Math.abs(found.students[0].brier - (0.04 + 0.01) / 2) < 1e-12);
  assert.equal(found.students[1].brier, 1);
  assert.ok(Math.abs(found.class - (0.025 + 1) / 2) < 1e-12);
  assert.equal(found.base, 1); // each left out: the other one says the opposite
  assert.ok(Math.abs(found.model - 0.0625) < 1e-12);
  assert.equal(found.modelN, 1);
  assert.equal(scores(doc, [asked[0]], []).base, null);
});

test("answers come in from what spreadsheets save", () => {
  const read = (text) => readAnswers(text, questions, { yes: 100, no: 0 });
  assert.deepEqual(read("name,able,joins\r\nAnn,20,80\r\n").rows, [{ name: "Ann", values: { able: 20, joins: 80 } }]);
  assert.deepEqual(read('\ufeffStudent;"Did it join?";ABLE\nB;12,5;no\n').rows, [{ name: "B", values: { joins: 12.5, able: 0 } }]);
  assert.deepEqual(read("joins\tname\textra\n70 %\tC\t1\n").rows, [{ name: "C", values: { joins: 70 } }]);
  assert.deepEqual(read('name,able\n"D ""x""\ny",1\n').rows, [{ name: 'D "x"y', values: { able: 1 } }]);
  assert.deepEqual(read("able\n\n5\n").rows, [{ name: "#3", values: { able: 5 } }]);
});

test("what is no answer is told with its line, and the rest is taken", () => {
  const { rows, faults } = readAnswers('name,able,joins\n"a\nb",1,101\nC,x,2\nC,3,\n', questions);
  assert.deepEqual(rows, [{ name: "ab", values: { able: 1 } }, { name: "C", values: { able: 3 } }]);
  assert.deepEqual(
    faults.map(({ key, line, id }) => [key, line, id]),
    [["csv.value", 2, "joins"], ["csv.value", 4, "able"], ["csv.twice", 5, undefined]],
  );
  assert.equal(readAnswers("", questions).faults[0].key, "csv.empty");
  assert.equal(readAnswers("x,y\n1,2\n", questions).faults[0].key, "csv.head");
  assert.equal(readAnswers('name,able,joins\n"A,1,2', questions).faults[0].key, "csv.open");
  assert.equal(readAnswers("a".repeat(2000001), questions).faults[0].key, "csv.long");
  assert.equal(readAnswers(`name,able\n${"A,x\n".repeat(100)}`, questions).faults.length, 20);
});

test("hostile cells are texts, and go out so that a spreadsheet runs nothing", () => {
  const rows = [...HOSTILE, "=1+1", "@SUM(A1)", "-2+3", "__proto__", "a,b\n\"c\""].map((name, i) => ({ name: `${name}${i}`, values: { able: i % 100 } }));
  const text = writeAnswers(rows, questions);
  for (const line of text.split("\r\n")) assert.doesNotMatch(line, /^[=@]/);
  const back = readAnswers(text, questions);
  assert.equal(back.rows.length, rows.length);
  assert.deepEqual(back.rows.map(({ values }) => values.able), rows.map(({ values }) => values.able));
  assert.ok(back.rows.some(({ name }) => name.startsWith("=1+1")));
  for (const { name } of back.rows) assert.doesNotMatch(name, /[\u0000-\u001f\u202a-\u202e]/);
  assert.equal({}.able, undefined);
});

test("any text is read to its end", () => {
  let seed = 7;
  const next = (n) => (seed = (seed * 48271) % 2147483647) % n;
  for (let i = 0; i < 2000; i += 1) {
    const text = Array.from({ length: next(40) }, () => ',;"\n\r\tab1.%-'[next(12)]).join("");
    const { rows } = readAnswers(`name,able\n${text}`, questions);
    for (const { values } of rows) for (const value of Object.values(values)) assert.ok(value >= 0 && value <= 100);
    parseCsv(text, ",");
  }
});

test("a step hides its list; revealed, what the step after it still hides of that", () => {
  const steps = [
    { id: "a", hide: ["verdict", "rivals"] },
    { id: "b", hide: ["P.able", "P.accept", "timeline"] },
    { id: "c", hide: ["P.accept"] },
  ];
  const hidden = (at, ...revealed) => [...hiddenAt(steps, at, revealed)];
  assert.deepEqual(hidden(0), ["verdict", "rivals"]);
  assert.deepEqual(hidden(0, "a"), ["P.able", "P.accept"]); // the verdict held them
  assert.deepEqual(hidden(1, "a"), ["P.able", "P.accept", "timeline"]);
  assert.deepEqual(hidden(1, "b"), ["P.accept"]);
  assert.deepEqual(hidden(2, "c"), []);
  assert.deepEqual(hidden(9), []);
});

test("an answer stays hidden over steps until a reveal lets it out; panels go with their step", () => {
  const steps = [
    { id: "a", hide: ["verdict", "rivals"] },
    { id: "b", hide: ["P.able", "P.accept", "evidence"] },
    { id: "c", hide: ["P.accept"] },
    { id: "d", hide: [] },
    { id: "e", hide: [] },
  ];
  const hidden = (at, ...revealed) => [...hiddenAt(steps, at, revealed, ["P"])].sort();
  assert.deepEqual(hidden(3), ["P.able", "P.accept"]); // gone to without a reveal
  assert.deepEqual(hidden(4), ["P.able", "P.accept"]);
  assert.deepEqual(hidden(2, "b"), ["P.accept"]);
  assert.deepEqual(hidden(4, "b"), ["P.accept"]);
  assert.deepEqual(hidden(4, "c"), []); // a later reveal lets out what came before it
  assert.deepEqual(hidden(4, "d"), []);
  assert.deepEqual([...hiddenAt([{ id: "a", hide: ["verdict"] }, { id: "b", hide: [] }], 1, [])], ["verdict"]);
  assert.deepEqual([...hiddenAt([{ id: "a", hide: ["verdict"] }, { id: "b", hide: ["P"] }], 1, [], ["P"])], ["P"]);
});

test("answers come to those that are there, by name; without a name by file", () => {
  const kept = [{ name: "Ann", values: { able: 10, joins: 20 } }, { name: "Bob", values: { able: 30 } }];
  const { rows, fresh, changed } = mergeAnswers(kept, [{ name: "Ann", values: { joins: 25 } }, { name: "Zoe", values: { able: 1 } }, { name: "Bob", values: { able: 30 } }]);
  assert.deepEqual(rows, [{ name: "Ann", values: { able: 10, joins: 25 } }, { name: "Bob", values: { able: 30 } }, { name: "Zoe", values: { able: 1 } }]);
  assert.deepEqual([fresh, changed], [1, 1]);
  let all = [];
  for (const stem of ["tom", "tom", ""]) all = mergeAnswers(all, [{ name: "this page", values: { able: 5 } }], { stem, unnamed: "this page" }).rows;
  assert.deepEqual(all.map(({ name }) => name), ["tom", "tom 2", "this page"]);
  assert.equal(mergeAnswers([], [{ name: "#2", values: {} }, { name: "#3", values: {} }], { stem: "s" }).fresh, 2);
  assert.deepEqual(kept[0].values, { able: 10, joins: 20 });
});

test("rulings in force are read from the changes that made them", () => {
  const lines = ['injects.a.on = true', 'drills.d.rulings.P.says = "joins"', 'drills.d.rulings.P.reason = "a \\"b\\" = \\\\c"', 'drills.d.rulings.P.says = "stays-out"'];
  assert.deepEqual(rulingsOf(lines), [{ drill: "d", state: "P", says: "stays-out", reason: 'a "b" = \\c' }]);
  assert.deepEqual(lines.filter(isRuling), lines.slice(1));
});

test("whatever was saved gives a state of the right form", () => {
  for (const saved of [undefined, null, 5, [], { step: -1, rows: "x", own: 3, notes: [{}], hands: [], spent: "1" }])
    assert.deepEqual(lessonState(saved), lessonState());
  const state = lessonState({ step: 2, rows: [{ name: "A", values: { a: 1, b: "x" } }, 4] });
  assert.deepEqual(state.rows, [{ name: "A", values: { a: 1 } }]);
  assert.deepEqual(lessonState(JSON.parse(JSON.stringify(state))), state);
});

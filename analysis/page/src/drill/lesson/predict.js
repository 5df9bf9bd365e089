// Predictions: asked before it is shown; afterwards how the class stood, and how good it was.
import { h, said } from "../../shared/dom.js";
import { more, panel, picture, s, section, table } from "../panels/parts.js";
import { answerField, filesView } from "./asking.js";
import { modelChance, outcomeOf, scores } from "./score.js";
import { answersOf, change, isInstructor, isOpen, lessonOf, note, predictionsOf } from "./state.js";

const HIGH = 62; // pixels of a chart
const EDGE = 14;
const LEAST_FOR_BASE = 5; // scored questions: of fewer a share of yes says nothing
const two = (value) => (value === null ? "\u2013" : value.toFixed(3).replace("-", "\u2212"));

export const asQuestions = (asked) => asked.map(({ id, question }) => ({ id, question, min: 0, max: 100, step: 1 }));
const WORDS = { yes: 100, no: 0, joins: 100, "stays-out": 0, y: 100, n: 0, true: 100, false: 0 };

/** Dots of the class on 0 to 100, one above the other where they meet; the answer as a mark. */
function spread(desk, values, outcome, model) {
  const words = desk.word("predict.spread", {
    n: values.length,
    low: Math.min(...values),
    high: Math.max(...values),
    mean: Math.round(values.reduce((sum, each) => sum + each, 0) / values.length),
  });
  return picture(words, (width) => {
    const x = (value) => EDGE + (value / 100) * (width - 2 * EDGE);
    const heights = new Map();
    const dots = [...values].sort((a, b) => a - b).map((value) => {
      const at = Math.round(x(value) / 7);
      const n = heights.get(at) ?? 0;
      heights.set(at, n + 1);
      return s("circle", { cx: x(value), cy: HIGH - 22 - Math.min(n, 6) * 5, r: 3, class: "spread-dot" });
    });
    const mark = (value, name) => s("path", { d: `M${x(value)},4V${HIGH - 16}`, class: name });
    const label = (value, text, anchor) => s("text", { x: x(value), y: HIGH - 3, "text-anchor": anchor, class: "spread-label" }, text);
    return s(
      "svg",
      { width, height: HIGH, viewBox: `0 0 ${width} ${HIGH}` },
      s("path", { d: `M${x(0)},${HIGH - 16}H${x(100)}`, class: "spread-axis" }),
      model === null ? null : mark(model * 100, "spread-model"),
      outcome === null ? null : s("rect", { x: x(outcome * 100) - 4, y: HIGH - 20, width: 8, height: 8, class: "spread-answer" }),
      dots,
      label(0, desk.word("predict.no"), "start"),
      label(50, "50", "middle"),
      label(100, desk.word("predict.yes"), "end"),
    );
  });
}

function handsView(desk, { id, question }) {
  const now = desk.lesson.hands[id] ?? [null, null];
  const box = (at, key) => {
    const input = h("input", { type: "number", min: 0, max: 999, step: 1, "data-key": `hands-${id}-${at}`, "aria-label": `${question}: ${desk.word(key)}` });
    input.value = now[at] ?? "";
    input.addEventListener("change", () => {
      const count = input.value === "" ? null : Math.max(0, Math.min(999, Math.round(Number(input.value)) || 0));
      const counts = [...(desk.lesson.hands[id] ?? [null, null])];
      counts[at] = count;
      change(desk, { hands: { ...desk.lesson.hands, [id]: counts } });
    });
    return h("label", {}, desk.word(key), " ", input);
  };
  return h("div", { class: "hands" }, h("span", {}, desk.word("predict.hands")), box(0, "predict.yes"), box(1, "predict.no"));
}

function openView(desk, asked, rows) {
  const outcome = outcomeOf(desk.first, asked);
  const model = modelChance(desk.first, asked);
  const values = rows.map(({ values: all }) => all[asked.id]).filter(Number.isFinite);
  const [yes, no] = desk.lesson.hands[asked.id] ?? [];
  const facts = [
    outcome === null ? desk.word(isInstructor(desk) ? "predict.unknown" : "predict.instructor") : desk.word("predict.answer", { answer: desk.word(outcome ? "predict.yes" : "predict.no") }),
    model === null ? null : desk.word("predict.model", { p: model.toFixed(2) }),
    yes || no ? desk.word("predict.counted", { yes: yes ?? 0, no: no ?? 0 }) : null,
    asked.scored === false ? desk.word("predict.unscored") : null,
  ].filter(Boolean);
  return [h("p", { class: "predict-answer" }, facts.join(" ")), values.length > 0 ? spread(desk, values, outcome, model) : null];
}

function questionView(desk, asked, rows) {
  const { own } = desk.lesson;
  const give = (value) => {
    const { [asked.id]: _, ...values } = desk.lesson.own.values;
    const more = { own: { ...desk.lesson.own, values: value === null ? values : { ...values, [asked.id]: value } } };
    note(desk, "predicted", `${asked.question.trim() || asked.id} ${value ?? desk.word("lesson.unanswered")}`, { about: asked.id, more });
  };
  const open = isOpen(desk, asked);
  return h(
    "div",
    { class: "question" },
    h("h4", {}, said(asked.question.trim() || asked.id)),
    open
      ? openView(desk, asked, rows)
      : [answerField(desk, { id: asked.id, question: asked.question, min: 0, max: 100, step: 1 }, own.values[asked.id], give), isInstructor(desk) ? handsView(desk, asked) : null],
  );
}

function scoreView(desk, open, rows) {
  const found = scores(desk.first, open, rows);
  if (found.n === 0) return null;
  const line = (key, value, n) => [desk.word(key), n ?? "", two(value)];
  return section(
    3,
    desk.word("predict.scores"),
    h("p", { class: "sentence muted" }, desk.word("predict.brier", { n: found.n }), found.n >= LEAST_FOR_BASE ? ` ${desk.word("predict.brier.base")}` : null),
    table({
      caption: desk.word("predict.scores"),
      key: "scores",
      columns: [{ text: desk.word("predict.who") }, { text: desk.word("predict.n"), number: true }, { text: desk.word("predict.score"), number: true }],
      rows: found.students.map(({ name, n, brier }) => [said(name), String(n), two(brier)]),
      foot: [
        line("predict.class", found.class, String(found.students.length)),
        ...(found.n >= LEAST_FOR_BASE ? [line("predict.base", found.base, String(found.n))] : []),
        line("predict.even", found.even, String(found.n)),
        ...(found.modelN > 0 ? [line("predict.run", found.model, String(found.modelN))] : []),
      ],
    }),
  );
}

function ownName(desk) {
  const input = h("input", { type: "text", maxlength: 100, "data-key": "own-name", autocomplete: "off" });
  input.value = desk.lesson.own.name;
  input.addEventListener("change", () => change(desk, { own: { ...desk.lesson.own, name: input.value.trim() } }));
  return h("label", {}, desk.word("predict.name"), " ", input);
}

function draw(desk) {
  const now = desk.lesson.step;
  const asked = predictionsOf(desk).filter(({ at }) => at <= now);
  if (asked.length === 0) return h("p", { class: "sentence muted" }, desk.word("predict.none"));
  const rows = answersOf(desk);
  const steps = [...new Set(asked.map(({ step }) => step))].reverse();
  return [
    h("p", { class: "sentence muted" }, desk.word("predict.how", { n: rows.length })),
    ownName(desk),
    steps.map((step) =>
      section(3, said(step.title.trim() || step.id), asked.filter((each) => each.step === step).map((each) => questionView(desk, each, rows))),
    ),
    scoreView(desk, asked.filter((each) => isOpen(desk, each)), rows),
    more(
      "predict-files",
      desk.word("predict.files"),
      filesView(desk, {
        what: "answers",
        questions: asQuestions(asked),
        later: asQuestions(predictionsOf(desk).filter(({ at }) => at > now)),
        words: WORDS,
        rows: () => answersOf(desk),
        kept: () => desk.lesson.rows,
        take: (read) => change(desk, { rows: read }),
        forget: () => change(desk, { rows: [] }),
      }),
    ),
  ];
}

export const predict = panel({
  id: "predict",
  title: "predict.title",
  when: (doc) => (lessonOf(doc)?.steps ?? []).some(({ predict: asked }) => asked?.length > 0),
  draw,
  watches: ["doc", "hidden", "lesson"],
});

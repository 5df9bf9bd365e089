// Blind coding: figures that the class codes before it sees the verdict, and what verdicts they give.
import { announce, h, said } from "../../shared/dom.js";
import { hides, hidesAnswer } from "../panels/facts.js";
import { more, panel, section, table } from "../panels/parts.js";
import { saysYes, stageWord } from "../panels/stages.js";
import { answerField, filesView } from "./asking.js";
import { change, lessonOf, note } from "./state.js";

const codingOf = (desk) => lessonOf(desk.first)?.coding ?? [];

/** A number as a setting has it: always with a point. */
const settingText = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** Figures have no id: their path is their name in a file. */
const asQuestions = (coding) => coding.map(({ path, question, min, max }) => ({ id: path, question, min, max }));

async function runAll(desk, status) {
  const found = [];
  for (const { name, values } of desk.lesson.coded) {
    const changes = Object.entries(values).map(([path, value]) => `${path} = ${settingText(value)}`);
    const answer = await desk.engine.call({ call: "run", changes });
    found.push({ name, decisions: answer.format === "muster-run" ? answer.decisions : null });
    status.textContent = desk.word("coding.ran", { n: found.length, of: desk.lesson.coded.length });
  }
  desk.coded = found;
  announce(desk.word("coding.done", { n: found.length }));
  change(desk, {});
}

/** Columns of the verdicts: each stage of a candidate, so that it is seen which answers the figures move, then all told. */
const answersAsked = (desk) =>
  (desk.first.decisions ?? [])
    .filter(({ part }) => part !== "host")
    .flatMap((decision) => [...(decision.stages ?? []).map((stage) => ({ ...decision, stage })), { ...decision, stage: null }]);

function answerOf({ decisions }, { drill, state, stage }) {
  const found = decisions?.find((each) => each.drill === drill && each.state === state);
  if (!stage) return typeof found?.joins === "boolean" ? found.joins : null;
  const now = found?.stages?.find((each) => each.stage === stage.stage && each.host === stage.host);
  return now && now.standing !== "not assessed" ? saysYes(now) : null;
}

function verdictsView(desk) {
  const asked = answersAsked(desk);
  if (hides(desk, "verdict") || asked.some(({ state }) => hidesAnswer(desk, state))) return h("p", { class: "sentence muted" }, desk.word("coding.hidden"));
  if (!desk.engine) return h("p", { class: "sentence muted" }, desk.word("coding.engine"));
  const status = h("span", { role: "status" });
  const run = h("button", { type: "button", "data-key": "coding-run", click: () => runAll(desk, status) }, desk.word("coding.run"));
  const found = desk.coded ?? [];
  const several = new Set(asked.map(({ state }) => state)).size > 1;
  const column = ({ state, name, stage }) => {
    if (!stage) return desk.word("coding.joins", { state: desk.name(state, name) });
    return several ? [said(desk.name(state, name)), ", ", stageWord(desk, stage)] : stageWord(desk, stage);
  };
  const word = (answer) => (answer === null ? "\u2013" : desk.word(answer ? "predict.yes" : "predict.no"));
  const count = (each) => found.filter((row) => answerOf(row, each) === true).length;
  return [
    h("p", {}, run, " ", status),
    found.length === 0
      ? null
      : table({
          caption: desk.word("coding.verdicts"),
          key: "verdicts",
          columns: [{ text: desk.word("predict.who") }, ...asked.map((each) => ({ text: column(each) }))],
          rows: found.map((row) => [said(row.name), ...asked.map((each) => word(answerOf(row, each)))]),
          foot: [[desk.word("coding.yes"), ...asked.map((each) => desk.word("coding.count", { n: count(each), of: found.length }))]],
        }),
  ];
}

function spreadTable(desk) {
  const { coded } = desk.lesson;
  if (coded.length === 0) return null;
  const values = (path) => coded.map((row) => row.values[path]).filter(Number.isFinite).sort((a, b) => a - b);
  const middle = (all) => (all.length === 0 ? null : (all[Math.floor((all.length - 1) / 2)] + all[Math.ceil((all.length - 1) / 2)]) / 2);
  const text = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(4))) : "\u2013");
  return table({
    caption: desk.word("coding.spread"),
    key: "coding-spread",
    columns: ["coding.figure", "predict.n", "coding.least", "coding.middle", "coding.most"].map((key, i) => ({ text: desk.word(key), number: i > 0 })),
    rows: codingOf(desk).map(({ path, question }) => {
      const all = values(path);
      return [said(question), String(all.length), text(all[0]), text(middle(all)), text(all.at(-1))];
    }),
  });
}

function draw(desk) {
  const coding = codingOf(desk);
  const own = desk.coding ?? (desk.coding = { name: "", values: {} });
  const name = h("input", { type: "text", maxlength: 100, "data-key": "coding-name", autocomplete: "off", change: () => (own.name = name.value.trim()) });
  name.value = own.name;
  const keep = () => {
    if (Object.keys(own.values).length === 0) return announce(desk.word("coding.nothing"));
    const row = { name: own.name || `#${desk.lesson.coded.length + 1}`, values: own.values };
    desk.coding = { name: "", values: {} };
    announce(desk.word("coding.kept", { name: row.name }));
    const more = { coded: [...desk.lesson.coded.filter((each) => each.name !== row.name), row] };
    const figures = Object.entries(row.values).map(([path, value]) => `${path} = ${value}`);
    return note(desk, "coded", `${row.name}: ${figures.join(", ")}`, { about: row.name, more });
  };
  return [
    h("p", { class: "sentence muted" }, desk.word("coding.how")),
    h("label", {}, desk.word("predict.name"), " ", name),
    coding.map((asked) =>
      h(
        "div",
        { class: "question" },
        h("h3", {}, said(asked.question.trim() || asked.path)),
        answerField(desk, { ...asked, id: asked.path, step: (asked.max - asked.min) / 100 }, own.values[asked.path], (value) => {
          if (value === null) delete own.values[asked.path];
          else own.values[asked.path] = value;
        }),
      ),
    ),
    h("button", { type: "button", "data-key": "coding-keep", click: keep }, desk.word("coding.keep")),
    section(3, desk.word("coding.all", { n: desk.lesson.coded.length }), spreadTable(desk), verdictsView(desk)),
    more(
      "coding-files",
      desk.word("predict.files"),
      filesView(desk, {
        what: "coding",
        questions: asQuestions(coding),
        rows: () => desk.lesson.coded,
        kept: () => desk.lesson.coded,
        take: (coded) => change(desk, { coded }),
        forget: () => change(desk, { coded: [] }),
      }),
    ),
  ];
}

export const coding = panel({
  id: "coding",
  title: "coding.title",
  when: (doc) => (lessonOf(doc)?.coding ?? []).length > 0,
  draw,
  watches: ["doc", "hidden", "lesson", "engine"],
});

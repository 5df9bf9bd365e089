// Notes with the moment they were written, all that was done on one line of time, and what can be saved.
import { announce, download, h, quoted, said } from "../../shared/dom.js";
import { fileName } from "../../shared/format.js";
import { hides } from "../clock.js";
import { panel, section } from "../panels/parts.js";
import { sceneOf } from "../scene.js";
import { momentText } from "../time.js";
import { pageText, stateToSave } from "./keep.js";
import { mapPng, mapSvg } from "./picture.js";
import { movesText } from "./diary.js";
import { outcomeOf, scores } from "./score.js";
import { answersOf, change, isOpen, lessonOf, note, predictionsOf } from "./state.js";

const MINUTE_MS = 60000;

/** One line of time: decisions and injects of the run up to now, and what was done and written in the lesson. */
export function afterAction(desk) {
  const told = sceneOf(desk.doc)
    .log.filter((entry) => ["decided", "inject", "ruling"].includes(entry.kind))
    .filter((entry) => entry.at <= desk.time && !hides(desk, entry))
    .map(({ at, kind, text }) => ({ time: at, kind, text: desk.say(text), isOurs: false }));
  const ours = desk.lesson.notes.map((each) => ({ ...each, isOurs: true }));
  return [...told, ...ours].sort((a, b) => a.time - b.time);
}

/** When and where in the lesson: "Thu 20 Jul 2023 00:00 UTC, minute 12, Predict". */
function whenText(desk, { time, spent, step, isOurs }) {
  const minute = isOurs && spent > 0 ? desk.word("notes.minute", { n: Math.floor(spent / MINUTE_MS) + 1 }) : null;
  return [momentText(time), minute, isOurs ? step : null].filter(Boolean).join(", ");
}

/** What the class answered, how good it was, what it coded and what is moved now: {heading, lines}. */
function summaries(desk) {
  const rows = answersOf(desk);
  const asked = predictionsOf(desk).filter(({ at }) => at <= desk.lesson.step);
  const { coded, draft } = desk.lesson;
  const open = asked.filter((each) => isOpen(desk, each));
  const found = scores(desk.first, open, rows);
  const number = (value) => (value === null ? "\u2013" : value.toFixed(3));
  const prediction = (each) => {
    const answers = rows.filter(({ values }) => Number.isFinite(values[each.id])).map(({ name, values }) => `${name} ${values[each.id]}`);
    const [yes, no] = desk.lesson.hands[each.id] ?? [];
    const outcome = open.includes(each) ? outcomeOf(desk.first, each) : null;
    const parts = [
      answers.join(", "),
      yes || no ? desk.word("predict.counted", { yes: yes ?? 0, no: no ?? 0 }) : "",
      outcome === null ? "" : desk.word("notes.answer", { answer: desk.word(outcome ? "predict.yes" : "predict.no") }),
    ].filter(Boolean);
    return `${each.question.trim() || each.id} ${parts.join("; ") || "\u2013"}`;
  };
  const score = ({ name, n, brier }) => `${name}: ${number(brier)} (${n})`;
  const code = ({ name, values }) => `${name}: ${Object.entries(values).map(([path, value]) => `${path} = ${value}`).join(", ")}`;
  const moves = movesText(desk);
  return [
    { heading: desk.word("notes.predictions"), lines: asked.map(prediction) },
    { heading: desk.word("predict.scores"), lines: found.n > 0 ? [...found.students.map(score), `${desk.word("predict.class")}: ${number(found.class)}`] : [] },
    { heading: desk.word("coding.title"), lines: coded.map(code) },
    { heading: desk.word("notes.moved"), lines: moves ? [moves] : [] },
    { heading: desk.word("notes.draft"), lines: draft.trim() ? [draft] : [] },
  ].filter(({ lines }) => lines.length > 0);
}

const oneLine = (text) => text.replace(/\s+/g, " ").trim();
const inMarkdown = (text) => oneLine(text).replace(/[\\`*_{}[\]<>#+!|~-]/g, "\\$&");
const kindWord = (desk, kind) => desk.word(`notes.kind.${kind}`);

export function notesText(desk) {
  const lines = afterAction(desk).map((each) => `${oneLine(whenText(desk, each))}  [${kindWord(desk, each.kind)}] ${oneLine(each.text)}`);
  const more = summaries(desk).flatMap(({ heading, lines: of }) => ["", heading, ...of.map((line) => `  ${oneLine(line)}`)]);
  return [desk.say(lessonOf(desk.first).title), "", ...lines, ...more, ""].join("\n");
}

export function notesMarkdown(desk) {
  const lines = afterAction(desk).map((each) => `- **${inMarkdown(whenText(desk, each))}** (${kindWord(desk, each.kind)}) ${inMarkdown(each.text)}`);
  const more = summaries(desk).flatMap(({ heading, lines: of }) => ["", `## ${inMarkdown(heading)}`, "", ...of.map((line) => `- ${inMarkdown(line)}`)]);
  return [`# ${inMarkdown(desk.say(lessonOf(desk.first).title))}`, "", ...lines, ...more, ""].join("\n");
}

function saveView(desk) {
  const { title } = lessonOf(desk.first);
  const button = (key, act) => h("button", { type: "button", "data-key": key, click: act }, desk.word(`notes.${key}`));
  return h(
    "div",
    { class: "saves" },
    button("save", () => download(fileName(title, "html"), "text/html", pageText(desk.parts, stateToSave(desk)))),
    button("text", () => download(fileName(title, "txt"), "text/plain", notesText(desk))),
    button("markdown", () => download(fileName(title, "md"), "text/markdown", notesMarkdown(desk))),
    button("svg", () => download(fileName(`${title} map`, "svg"), "image/svg+xml", mapSvg())),
    button("png", async () => {
      try {
        download(fileName(`${title} map`, "png"), "image/png", await mapPng());
      } catch (error) {
        announce(error.message);
      }
    }),
  );
}

function draw(desk) {
  const text = h("textarea", { rows: 3, maxlength: 4000, "data-key": "note-text", "aria-label": desk.word("notes.new") });
  text.value = desk.lesson.draft;
  // Kept as it is typed; nothing is drawn anew for it.
  text.addEventListener("input", () => change(desk, { draft: text.value }));
  const write = () => {
    const words = text.value.trim();
    if (!words) return text.focus();
    note(desk, "note", words, { more: { draft: "" } });
    text.value = "";
    return announce(desk.word("notes.kept", { moment: momentText(desk.time) }));
  };
  const rows = afterAction(desk);
  return [
    h("div", { class: "note-form" }, text, h("button", { type: "button", "data-key": "note-do", click: write }, desk.word("notes.write"))),
    section(
      3,
      desk.word("notes.line"),
      rows.length === 0
        ? h("p", { class: "sentence muted" }, desk.word("notes.none"))
        : h(
            "ol",
            { class: "after-action" },
            rows.map((each) =>
              h(
                "li",
                { class: each.isOurs ? "ours" : null },
                h("span", { class: "muted" }, said(whenText(desk, each)), `, ${kindWord(desk, each.kind)}: `),
                quoted(each.text),
              ),
            ),
          ),
    ),
    section(3, desk.word("notes.saves"), saveView(desk)),
  ];
}

export const notes = panel({ id: "notes", title: "notes.title", when: (doc) => lessonOf(doc) !== null, draw, watches: ["doc", "hidden", "lesson", "limit"] });

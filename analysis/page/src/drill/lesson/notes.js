// Notes with the moment they were written, all that was done on one line of time, and what can be saved.
import { announce, download, h, said } from "../../shared/dom.js";
import { fileName } from "../../shared/format.js";
import { hides } from "../clock.js";
import { panel, section } from "../panels/parts.js";
import { sceneOf } from "../scene.js";
import { momentText } from "../time.js";
import { pageText, stateToSave } from "./keep.js";
import { mapPng, mapSvg } from "./picture.js";
import { lessonOf, note } from "./state.js";

/** Decisions and injects of the run up to now, and notes, by their moment. */
export function afterAction(desk) {
  const told = sceneOf(desk.doc)
    .log.filter((entry) => ["decided", "inject", "ruling"].includes(entry.kind))
    .filter((entry) => entry.at <= desk.time && !hides(desk, entry))
    .map(({ at, kind, text }) => ({ time: at, kind, text, isOurs: false }));
  const ours = desk.lesson.notes.map(({ time, kind, text }) => ({ time, kind, text, isOurs: true }));
  return [...told, ...ours].sort((a, b) => a.time - b.time);
}

const oneLine = (text) => text.replace(/\s+/g, " ").trim();
const inMarkdown = (text) => oneLine(text).replace(/[\\`*_{}[\]<>#+!|~-]/g, "\\$&");

export function notesText(desk) {
  const lines = afterAction(desk).map(({ time, kind, text }) => `${momentText(time)}  [${desk.word(`notes.kind.${kind}`)}] ${oneLine(text)}`);
  return [lessonOf(desk.first).title, "", ...lines, ""].join("\n");
}

export function notesMarkdown(desk) {
  const lines = afterAction(desk).map(
    ({ time, kind, text }) => `- **${momentText(time)}** (${desk.word(`notes.kind.${kind}`)}) ${inMarkdown(text)}`,
  );
  return [`# ${inMarkdown(lessonOf(desk.first).title)}`, "", ...lines, ""].join("\n");
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
  text.value = desk.draft ?? "";
  text.addEventListener("input", () => (desk.draft = text.value));
  const write = () => {
    const words = text.value.trim();
    if (!words) return text.focus();
    desk.draft = "";
    text.value = "";
    note(desk, "note", words);
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
            rows.map(({ time, kind, text: words, isOurs }) =>
              h(
                "li",
                { class: isOurs ? "ours" : null },
                h("span", { class: "muted" }, `${momentText(time)}, ${desk.word(`notes.kind.${kind}`)}: `),
                said(words),
              ),
            ),
          ),
    ),
    section(3, desk.word("notes.saves"), saveView(desk)),
  ];
}

export const notes = panel({ id: "notes", title: "notes.title", when: (doc) => lessonOf(doc) !== null, draw, watches: ["doc", "hidden", "lesson", "limit"] });

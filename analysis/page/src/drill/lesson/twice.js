// Two runs side by side: the one in the file and the one shown now, where they differ; nothing of what is hidden.
import { h } from "../../shared/dom.js";
import { measureRows, verdictRows } from "../panels/differences.js";
import { hides } from "../panels/facts.js";
import { hiddenNote, panel, section, table } from "../panels/parts.js";
import { lessonOf } from "./state.js";

function draw(desk) {
  if (desk.doc === desk.first) return h("p", { class: "sentence muted" }, desk.word("twice.same"));
  if (hides(desk, "verdict")) return hiddenNote(desk);
  const part = (key, rows) =>
    section(
      3,
      desk.word(key),
      rows.length === 0
        ? h("p", { class: "sentence muted" }, desk.word("twice.none"))
        : table({
            caption: desk.word(key),
            key,
            columns: [{ text: desk.word("twice.what") }, { text: desk.word("twice.first"), number: true }, { text: desk.word("twice.now"), number: true }],
            rows: rows.map(({ label, was, is }) => [label, was, is]),
          }),
    );
  return [part("twice.margins", verdictRows(desk)), hides(desk, "future") ? null : part("twice.measures", measureRows(desk))];
}

export const twice = panel({ id: "twice", title: "twice.title", when: (doc) => lessonOf(doc) !== null, draw });

// Two runs side by side: the one in the file and the one shown now, where they differ.
import { h, said } from "../../shared/dom.js";
import { panel, section, table } from "../panels/parts.js";
import { hidesAnswer, hidesStage, list, stateName } from "../panels/facts.js";
import { lessonOf } from "./state.js";

const signed = (value) => (Number.isFinite(value) ? `${value < 0 ? "\u2212" : "+"}${Math.abs(value).toFixed(3)}` : "\u2013");
const plain = (value) => (value === null || value === undefined ? "\u2013" : String(value).replace("-", "\u2212"));

const stageRows = (desk) =>
  list(desk.first.decisions).flatMap((decision) => {
    const other = list(desk.doc.decisions).find(({ drill, state }) => drill === decision.drill && state === decision.state);
    return list(decision.stages)
      .filter((stage) => !hidesAnswer(desk, decision.state) && !hidesStage(desk, decision.state, stage))
      .map((stage) => ({
        what: `${stateName(desk, decision.state)}, ${stage.stage}${stage.host ? ` ${stateName(desk, stage.host)}` : ""}`,
        first: signed(stage.margin),
        now: signed(list(other?.stages).find((each) => each.stage === stage.stage && each.host === stage.host)?.margin),
      }));
  });

const measureRows = (desk) =>
  list(desk.first.measures).flatMap(({ name, label, unit }) => {
    const of = (doc) => list(doc.outcomes).find(({ measure }) => measure === name)?.values ?? {};
    const [first, now] = [of(desk.first), of(desk.doc)];
    return Object.keys({ ...first, ...now }).map((id) => ({
      what: `${label ?? name}${unit ? ` (${unit})` : ""}, ${desk.name(id)}`,
      first: plain(first[id]),
      now: plain(now[id]),
    }));
  });

function draw(desk) {
  if (desk.doc === desk.first) return h("p", { class: "sentence muted" }, desk.word("twice.same"));
  const part = (key, rows) => {
    const others = rows.filter(({ first, now }) => first !== now);
    return section(
      3,
      desk.word(key),
      others.length === 0
        ? h("p", { class: "sentence muted" }, desk.word("twice.none"))
        : table({
            caption: desk.word(key),
            key,
            columns: [{ text: desk.word("twice.what") }, { text: desk.word("twice.first"), number: true }, { text: desk.word("twice.now"), number: true }],
            rows: others.map(({ what, first, now }) => [said(what), first, now]),
          }),
    );
  };
  const isHidden = desk.hidden.has("future") || desk.hidden.has("verdict");
  return [part("twice.margins", stageRows(desk)), isHidden ? null : part("twice.measures", measureRows(desk))];
}

export const twice = panel({ id: "twice", title: "twice.title", when: (doc) => lessonOf(doc) !== null, draw });

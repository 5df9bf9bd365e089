// What differs between the run that stands in the page and the one shown: answers, margins, measures.
import { said } from "../../shared/dom.js";
import { hides, hidesAnswer, hidesStage, list, stateName } from "./facts.js";
import { planText } from "./figures.js";
import { hidesThing, measuresOf, thingName } from "./measures.js";
import { chance, margin } from "./numbers.js";
import { stageWord } from "./stages.js";

const LEAST = 1e-9; // less is the last digit of another library

const FIRST = ["drill", "state", "pair", "serial"]; // scopes that are told before units

const differs = (a, b) =>
  typeof a === "number" && typeof b === "number"
    ? Math.abs(a - b) > LEAST * Math.max(1, Math.abs(a))
    : (a ?? null) !== (b ?? null);

const key = ({ drill, state }) => `${drill} ${state}`;

const answerWord = (desk, { joins, part, partly_assessed: isPartly }) => {
  if (joins === null || joins === undefined) return desk.word("joins.unknown");
  if (part === "host") return desk.word(joins ? "joins.hosts" : "joins.cannot");
  return desk.word(`joins.${joins ? "yes" : "no"}${isPartly ? ".partly" : ""}`);
};

/** Stages whose margins differ; nothing of those that a lesson hides. */
function stagesOf(desk, was, is) {
  const before = new Map(list(was.stages).map((stage) => [`${stage.stage} ${stage.host}`, stage]));
  return list(is.stages).flatMap((stage) => {
    const old = before.get(`${stage.stage} ${stage.host}`);
    if (!old || hidesStage(desk, is.state, stage) || !differs(old.margin, stage.margin)) return [];
    const label = [said(stateName(desk, is.state)), ", ", stageWord(desk, stage), desk.word("differ.margin")];
    return [{ kind: "margin", label, was: margin(old.margin), is: margin(stage.margin) }];
  });
}

/** Rows {kind, label, was, is} of answers, chances and margins; of a state that a lesson hides in part, what it has shown. */
export function verdictRows(desk) {
  if (hides(desk, "verdict")) return [];
  const before = new Map(list(desk.first.decisions).map((each) => [key(each), each]));
  const [answers, rest] = [[], []];
  for (const is of list(desk.doc.decisions)) {
    const was = before.get(key(is));
    if (!was) continue;
    const name = said(stateName(desk, is.state));
    const isShown = !hidesAnswer(desk, is.state);
    if (isShown && differs(was.joins, is.joins))
      answers.push({ kind: "answer", label: [name], was: answerWord(desk, was), is: answerWord(desk, is) });
    if (isShown && differs(was.probability, is.probability))
      rest.push({ kind: "chance", label: [name, desk.word("differ.chance")], was: chance(was.probability), is: chance(is.probability) });
    rest.push(...stagesOf(desk, was, is));
  }
  return [...answers, ...rest];
}

/** The same of measures. */
export function measureRows(desk) {
  if (hides(desk, "future") || hides(desk, "verdict")) return [];
  const before = new Map(measuresOf(desk.first).map((row) => [row.name, row]));
  const rank = ({ scope }) => (FIRST.includes(scope) ? FIRST.indexOf(scope) : FIRST.length);
  const inOrder = [...measuresOf(desk.doc)].sort((a, b) => rank(a) - rank(b));
  return inOrder.flatMap((measure) =>
    Object.entries(measure.values).flatMap(([id, value]) => {
      const old = before.get(measure.name)?.values[id];
      if (!differs(old, value) || hidesThing(desk, measure.scope, id)) return [];
      const [was, is] = [planText(desk, measure, old), planText(desk, measure, value)];
      if (was === is) return [];
      const unit = measure.unit ? ` (${measure.unit})` : "";
      return [{ kind: "measure", label: [said(`${measure.label}${unit}`), ": ", said(thingName(desk, measure.scope, id))], was, is }];
    }),
  );
}

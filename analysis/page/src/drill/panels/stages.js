// Names and answers of stages.
import { h } from "../../shared/dom.js";
import { hides, hidesStage, stateName } from "./facts.js";
import { margin } from "./numbers.js";
import { badge, phrase } from "./parts.js";

/** "able", "would be admitted by China", "accepts" */
export const stageTitle = (desk, stage) =>
  stage.host
    ? phrase(desk, "stage.admit", { host: stateName(desk, stage.host) })
    : [desk.word(`stage.${stage.stage}`)];

/** The same for a column: "admitted by China". */
export const stageWord = (desk, stage) =>
  stage.host
    ? phrase(desk, "stage.admit.short", { host: stateName(desk, stage.host) })
    : [desk.word(`stage.${stage.stage}`)];

const KINDS = { yes: "yes", no: "no", tie: "tie", "not assessed": "unknown" };

/** A tie is a yes where 0 is enough. */
export const saysYes = (stage) =>
  stage.standing === "yes" || (stage.standing === "tie" && stage.stage === "able");

export function standingBadge(desk, stage) {
  const kind = KINDS[stage.standing] ?? "unknown";
  const words = kind === "tie" ? `tie.${saysYes(stage) ? "yes" : "no"}` : kind;
  return badge(kind, desk.word(`standing.${words}`));
}

/** A stage of a state in a few signs: its name, its answer, its margin; of one that a lesson hides the name. */
export function stageMarks(desk, { state }, stage, name = stageTitle(desk, stage)) {
  const isHidden = hides(desk, "verdict") || hidesStage(desk, state, stage);
  return [
    h("span", { class: "step-name" }, name),
    isHidden ? badge("hidden", "?") : standingBadge(desk, stage),
    isHidden ? null : h("span", { class: "step-margin" }, margin(stage.margin)),
  ];
}

// What sources say of each stage, beside what the model says.
import { h, quoted, said } from "../../shared/dom.js";
import {
  decisionsOf,
  drillName,
  hides,
  hidesAnswer,
  hidesStage,
  list,
  scene,
  sourceText,
  stateName,
} from "./facts.js";
import { badge, hiddenNote, joined, panel, para, phrase, section, table } from "./parts.js";
import { stageTitle, standingBadge } from "./stages.js";

const AGREEMENT = { agrees: "yes", contradicts: "no", silent: "unknown" };
const NAMED = 4; // rules by name

/** Rules of the same stage that rest on the same source: that is not a second witness. */
function circular(desk, stage, source) {
  if (!stage || !source) return null;
  const rules = list(scene(desk.doc).rules).filter(
    (rule) => !rule.off && rule.stage === stage.stage && rule.source === source,
  );
  if (rules.length === 0) return null;
  const names = joined(rules.slice(0, NAMED).map(({ id }) => h("bdi", {}, id)));
  const left = rules.length - NAMED;
  return h(
    "p",
    { class: "muted" },
    phrase(desk, "evidence.circular", { n: rules.length, rules: h("span", {}, names) }),
    left > 0 ? ` ${desk.word("evidence.circular.more", { n: left })}` : null,
    "; ",
    desk.word("evidence.dependent"),
  );
}

function entry(desk, stage, each) {
  const about = [
    each.says ? desk.word(`evidence.says.${each.says}`) : null,
    each.kind ? desk.word(`evidence.kind.${each.kind}`) : null,
    each.at === undefined ? null : (each.at?.slice(0, 10) ?? desk.word("evidence.undated")),
  ].filter((part) => part);
  return h(
    "li",
    { class: `speaks speaks-${each.agreement}` },
    badge(AGREEMENT[each.agreement] ?? "unknown", desk.word(`evidence.${each.agreement}`)),
    h(
      "div",
      {},
      h("p", {}, quoted(each.words ?? "")),
      about.length > 0 ? h("p", { class: "muted" }, about.join(", ")) : null,
      each.source
        ? h("p", { class: "source" }, quoted(sourceText(desk.doc, each.source)))
        : null,
      circular(desk, stage, each.source),
    ),
  );
}

const entries = (desk, stage, of) =>
  list(of).length === 0
    ? h("p", { class: "muted" }, desk.word("evidence.none"))
    : h(
        "ul",
        { class: "speaking" },
        of.map((each) => entry(desk, stage, each)),
      );

function stageView(desk, decision, stage) {
  const noAnswer = hides(desk, "verdict") || hidesStage(desk, decision.state, stage);
  return h(
    "div",
    { class: "evidence-stage" },
    h("h4", {}, stageTitle(desk, stage)),
    h(
      "p",
      { class: "model-says" },
      desk.word("evidence.model"),
      " ",
      noAnswer ? badge("hidden", desk.word("panel.hidden")) : standingBadge(desk, stage),
    ),
    noAnswer ? null : entries(desk, stage, stage.evidence),
  );
}

function stateView(desk, decision) {
  const name = said(stateName(desk, decision.state));
  if (hides(desk, decision.state)) return section(3, name, hiddenNote(desk));
  const takes = list(decision.evidence).length > 0 && !hidesAnswer(desk, decision.state);
  return section(
    3,
    name,
    list(decision.stages).map((stage) => stageView(desk, decision, stage)),
    takes
      ? h(
          "div",
          { class: "evidence-stage" },
          h("h4", {}, desk.word("evidence.takespart")),
          entries(desk, null, decision.evidence),
        )
      : null,
  );
}

/** Who is heard: voices counted over the rules in force. */
function voices(desk) {
  const rules = list(scene(desk.doc).rules).filter(({ off }) => !off);
  if (rules.length === 0) return null;
  const count = new Map();
  for (const { voice } of rules) count.set(voice ?? "", (count.get(voice ?? "") ?? 0) + 1);
  const rows = [...count]
    .sort((a, b) => b[1] - a[1])
    .map(([voice, n]) => [voice ? quoted(voice) : desk.word("evidence.novoice"), String(n)]);
  return section(
    2,
    desk.word("evidence.voices"),
    h("p", { class: "sentence" }, desk.word("evidence.voices.how", { n: rules.length })),
    table({
      caption: desk.word("evidence.voices"),
      columns: [
        { text: desk.word("evidence.voice") },
        { text: desk.word("evidence.rules"), number: true },
      ],
      rows,
    }),
  );
}

/** What the use of a scenario means for any agreement with the record. */
export function useSentence(desk) {
  const { use } = scene(desk.doc).use ? scene(desk.doc) : (desk.doc.scenario ?? {});
  if (!use) return null;
  return para(desk, `use.${use}`, {}, "sentence use");
}

function draw(desk) {
  return [
    useSentence(desk),
    list(desk.doc.drills).map(({ id }) => {
      const decisions = decisionsOf(desk.doc, id).filter(
        (each) =>
          each.part !== "host" ||
          list(each.evidence).length +
            list(each.stages).flatMap(({ evidence }) => list(evidence)).length >
            0,
      );
      return decisions.length > 0
        ? section(
            2,
            said(drillName(desk.doc, id)),
            decisions.map((each) => stateView(desk, each)),
          )
        : null;
    }),
    voices(desk),
  ];
}

const speaks = ({ evidence, stages }) =>
  list(evidence).length > 0 || list(stages).some((stage) => list(stage.evidence).length > 0);

export const evidence = panel({
  id: "evidence",
  title: "evidence.title",
  when: (doc) => list(doc.decisions).some(speaks),
  draw,
});

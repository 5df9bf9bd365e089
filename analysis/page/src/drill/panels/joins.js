// Who joins, and why: each state's stages, each stage's reasons, and where they would turn.
import { h, said } from "../../shared/dom.js";
import { ableView } from "./able.js";
import {
  decisionsOf,
  drillName,
  hides,
  hidesAnswer,
  hidesStage,
  list,
  sourceText,
  stageKey,
  stateName,
} from "./facts.js";
import { chance, margin } from "./numbers.js";
import { badge, hiddenNote, joined, panel, para, phrase, section } from "./parts.js";
import { saysYes, stageMarks, stageTitle, standingBadge } from "./stages.js";
import { termsView } from "./terms.js";
import { tipsView } from "./tips.js";

/** The answer on a state, as a badge. */
function answerBadge(desk, decision) {
  if (hidesAnswer(desk, decision.state)) return badge("hidden", desk.word("panel.hidden"));
  const { joins, ruling } = decision;
  if (ruling)
    return badge(ruling.says === "joins" ? "yes" : "no", desk.word(`joins.ruled.${ruling.says}`));
  if (joins === null || joins === undefined) return badge("unknown", desk.word("joins.unknown"));
  if (decision.part === "host")
    return badge(joins ? "yes" : "no", desk.word(joins ? "joins.hosts" : "joins.cannot"));
  const word = joins ? "joins.yes" : "joins.no";
  return badge(joins ? "yes" : "no", desk.word(decision.partly_assessed ? `${word}.partly` : word));
}

/** The way through the stages at a glance. */
function pathView(desk, decision, prefix) {
  const steps = list(decision.stages).map((stage, i) =>
    h("li", {}, h("a", { href: `#${prefix}-${i}`, click: openStage }, stageMarks(desk, decision, stage))),
  );
  return h("ol", { class: "stage-path", "aria-label": desk.word("joins.path") }, steps);
}

function openStage(event) {
  const target = document.getElementById(event.currentTarget.getAttribute("href").slice(1));
  event.preventDefault(); // the address stays: a panel is a part of one page
  if (!target) return;
  target.open = true;
  target.querySelector("summary").focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}

function chanceView(desk, decision) {
  const key =
    decision.part === "host"
      ? "joins.chance.host"
      : decision.partly_assessed
        ? "joins.chance.partly"
        : "joins.chance";
  const { probability: p, probability_low: low, probability_high: high } = decision;
  if (p === null || p === undefined) return null;
  const values = { p: chance(p), low: chance(low), high: chance(high) };
  // An umpire's word may say that it joins where stages say no.
  const nearEdge = decision.joins && p < 0.5 && decision.part !== "host" && list(decision.stages).every(saysYes);
  return [
    para(desk, key, values, "sentence chance"),
    chance(low) !== chance(high) && decision.part !== "host"
      ? para(desk, "joins.chance.bounds", values, "sentence muted")
      : null,
    nearEdge ? para(desk, "joins.chance.under") : null,
  ];
}

/** Which kinds of absence it is. */
function absenceView(desk, decision) {
  if (decision.joins !== false || decision.part === "host") return null;
  const kinds = new Set(
    list(decision.stages)
      .filter(({ standing }) => standing === "no" || standing === "tie")
      .filter((stage) => !(stage.stage === "able" && stage.standing === "tie"))
      .map(({ stage }) => stage),
  );
  if (kinds.size === 0) return null;
  const words = [...kinds].map((stage) => desk.word(`joins.absence.${stage}`)).join("; ");
  const unasked = decision.asked === false ? ` ${desk.word("joins.absence.unasked")}` : "";
  return h(
    "p",
    { class: "sentence" },
    h("b", {}, desk.word("joins.absence")),
    ` ${words}.${unasked}`,
  );
}

function rulingView(desk, decision) {
  const { ruling } = decision;
  if (!ruling) return null;
  const words = { says: desk.word(`joins.ruling.${ruling.says}`) };
  return h(
    "p",
    { class: "ruling" },
    phrase(desk, "joins.ruling", words),
    ruling.reason ? [" ", phrase(desk, "joins.ruling.reason", { reason: ruling.reason })] : null,
  );
}

function stageView(desk, decision, index, scale, prefix) {
  const stage = decision.stages[index];
  const noAnswers = hides(desk, "verdict");
  const isHidden = hidesStage(desk, decision.state, stage);
  const id = `${prefix}-${index}`;
  const head = h(
    "summary",
    {},
    h("h4", { class: "stage-title" }, `${index + 1} `, stageTitle(desk, stage)),
    noAnswers || isHidden
      ? badge("hidden", desk.word("panel.hidden"))
      : [
          standingBadge(desk, stage),
          h(
            "span",
            { class: "stage-margin" },
            phrase(desk, "joins.margin", { margin: margin(stage.margin) }),
          ),
          h(
            "span",
            { class: "stage-chance" },
            phrase(desk, "joins.p", { p: chance(stage.probability) }),
          ),
        ],
  );
  const body = isHidden
    ? hiddenNote(desk)
    : [
        termsView(desk, decision, index, { scale, answers: !noAnswers }),
        stage.stage === "able" && !noAnswers ? ableView(desk, decision) : null,
        noAnswers ? null : tipsView(desk, decision, index),
        noAnswers ? null : spokenView(desk, stage),
      ];
  return h(
    "details",
    {
      id,
      class: "stage",
      "data-key": stageKey(decision.state, stage) + decision.drill,
      "data-stage": stageKey(decision.state, stage),
      open: decision.part !== "host",
    },
    head,
    h("div", { class: "stage-body" }, body),
  );
}

/* What sources say of a stage, in a line each; the panel of evidence has them in full. They speak of what was: nothing of
   a run in which something is moved. */
function spokenView(desk, stage) {
  if (hides(desk, "evidence") || desk.doc !== desk.first) return null;
  const spoken = list(stage.evidence).filter(({ agreement }) => agreement !== "silent");
  if (spoken.length === 0) return null;
  return h(
    "ul",
    { class: "spoken" },
    spoken.map((each) =>
      h(
        "li",
        {},
        phrase(desk, `joins.evidence.${each.agreement}`, {
          words: each.words ?? "",
          source: sourceText(desk.doc, each.source) ?? "",
        }),
      ),
    ),
  );
}

/** The largest term of a state: all its bars have one scale. */
const scaleOf = (decision) =>
  list(decision.stages)
    .flatMap(({ terms }) => list(terms))
    .reduce((most, { value }) => Math.max(most, Math.abs(value ?? 0)), 0) || 1;

function stateView(desk, decision, at) {
  const prefix = `joins-${at}`; // ids of the page, not of the document: those may hold anything
  const name = stateName(desk, decision.state);
  const all = hides(desk, decision.state);
  const body = all
    ? hiddenNote(desk)
    : [
        list(decision.stages).length > 1 ? pathView(desk, decision, prefix) : null,
        hidesAnswer(desk, decision.state)
          ? null
          : [rulingView(desk, decision), chanceView(desk, decision), absenceView(desk, decision)],
        list(decision.stages).map((_, i) =>
          stageView(desk, decision, i, scaleOf(decision), prefix),
        ),
      ];
  return h(
    "section",
    { class: `state-card part-${decision.part === "host" ? "host" : "candidate"}` },
    h(
      "div",
      { class: "state-head" },
      h(
        "h3",
        {},
        said(name),
        h("span", { class: "part" }, ` ${desk.word(`joins.part.${decision.part}`)}`),
      ),
      answerBadge(desk, decision),
    ),
    body,
  );
}

/* Candidates first: they are what the class asks about. */
const ordered = (decisions) => [
  ...decisions.filter(({ part }) => part !== "host"),
  ...decisions.filter(({ part }) => part === "host"),
];

function whoComes(desk, decisions) {
  const open = decisions.filter(({ state }) => !hidesAnswer(desk, state));
  const names = (wanted) =>
    joined(
      open
        .filter(({ joins, ruling }) => (ruling ? ruling.says === "joins" : joins) === wanted)
        .map(({ state }) => said(stateName(desk, state))),
    );
  const line = (key, nodes) =>
    nodes.length > 0 ? h("div", {}, h("dt", {}, desk.word(key)), h("dd", {}, nodes)) : null;
  return h(
    "dl",
    { class: "came" },
    line("joins.came", names(true)),
    line("joins.stayed", names(false)),
    line("joins.notassessed", names(null)),
  );
}

function draw(desk) {
  let at = 0;
  return [
    h("p", { class: "sentence muted" }, desk.word("joins.how")),
    list(desk.doc.drills).map(({ id }) => {
      const decisions = ordered(decisionsOf(desk.doc, id));
      if (decisions.length === 0) return null;
      return section(
        2,
        said(drillName(desk.doc, id)),
        whoComes(desk, decisions),
        decisions.map((decision) => stateView(desk, decision, (at += 1))),
      );
    }),
  ];
}

export const joins = panel({
  id: "joins",
  title: "joins.title",
  when: (doc) => list(doc.decisions).length > 0,
  draw,
});

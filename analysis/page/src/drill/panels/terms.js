// The terms of a stage: one row each, signed, adding up in the open to the margin.
import { h, quoted, said } from "../../shared/dom.js";
import { list, ruleOf, scene, sourceText } from "./facts.js";
import { chance, fine, short } from "./numbers.js";
import { joined, more, phrase, scrolling } from "./parts.js";
import { saysYes } from "./stages.js";

/** Against first where the answer is no, else for first; within each the largest first. */
export function orderedTerms(stage) {
  const terms = list(stage.terms).filter(({ value }) => value);
  const sign = saysYes(stage) ? 1 : -1;
  const group = ({ value }) => (Math.sign(value) === sign ? 0 : 1);
  return [...terms].sort((a, b) => group(a) - group(b) || Math.abs(b.value) - Math.abs(a.value));
}

/** Terms that weigh nothing here. */
export const idleTerms = (stage) => list(stage.terms).filter(({ value }) => value === 0);

/** Sums after each term, from the values themselves: no digit is lost on the way. */
export function runningSums(terms) {
  let sum = 0;
  return terms.map(({ value }) => (sum += value));
}

/** The term that weighs most against; none: nothing does. */
export const largestBlocker = (terms) =>
  terms
    .filter(({ value }) => value < 0)
    .reduce((most, term) => (most && most.value <= term.value ? most : term), null);

/** A bar from the middle: full to the right for plus, hatched to the left for minus. */
function barOf(value, scale) {
  const share = Math.min(1, Math.abs(value) / scale) * 50;
  return h(
    "span",
    { class: "term-bar", "aria-hidden": "true" },
    h("span", { class: value < 0 ? "minus" : "plus", style: `width:${share.toFixed(2)}%` }),
  );
}

/* Rules of ability lend their words to the two terms that are law, by what they read first. */
function rulesOf(desk, key) {
  if (key !== "kit-need" && key !== "cap-kit")
    return [ruleOf(desk.doc, key)].filter((rule) => rule);
  const reads = key === "kit-need" ? "fleet.kit" : "fleet.cap";
  return list(scene(desk.doc).rules).filter(
    (rule) => rule.stage === "able" && !rule.off && list(rule.terms)[0] === reads,
  );
}

/** Words that a source says of one state are not put on another. */
const speaksOf = (rule, state) => list(rule.about).length === 0 || rule.about.includes(state);

/** The words of a rule, who says so and where. */
function wordsOf(desk, rule, state) {
  const from = sourceText(desk.doc, rule.source);
  const voice = rule.voice ? phrase(desk, "terms.voice", { voice: quoted(rule.voice) }) : null;
  return h(
    "div",
    { class: "rule-words" },
    rule.says && speaksOf(rule, state)
      ? h("p", {}, phrase(desk, "terms.says", { says: quoted(rule.says) }), voice ? [" ", voice] : null)
      : null,
    rule.says && !speaksOf(rule, state) ? h("p", {}, desk.word("terms.borrowed")) : null,
    h(
      "p",
      { class: "muted" },
      from ? phrase(desk, "terms.source", { source: quoted(from) }) : null,
      rule.confidence
        ? [" ", phrase(desk, "terms.confidence", { confidence: rule.confidence })]
        : null,
      " ",
      phrase(desk, "terms.rule", { id: rule.id, weight: short(rule.weight, 4) }),
      list(rule.terms).length > 0
        ? [" ", phrase(desk, "terms.reads", { terms: list(rule.terms).map(String).join(" + ") })]
        : null,
    ),
  );
}

function nameCell(desk, state, term, marks, key) {
  const rules = rulesOf(desk, term.key);
  const name = [said(term.label ?? term.key), marks];
  if (rules.length === 0) return name;
  return more(
    key,
    name,
    rules.map((rule) => wordsOf(desk, rule, state)),
  );
}

function row(desk, decision, stage, term, sum, { scale, blocker, answers }) {
  const mark =
    answers && term === blocker && !saysYes(stage)
      ? [" ", h("span", { class: "blocker" }, desk.word("terms.blocker"))]
      : null;
  const key = `${decision.drill}/${decision.state}/${stage.stage}/${stage.host ?? ""}/${term.key}`;
  const name = h("th", { scope: "row" }, nameCell(desk, decision.state, term, mark, key));
  if (!answers) return h("tr", {}, name);
  return h(
    "tr",
    { class: mark ? "is-blocker" : null },
    name,
    h("td", { class: "number" }, fine(term.value)),
    h("td", { class: "bar-cell" }, barOf(term.value, scale)),
    h("td", { class: "number sum" }, fine(sum)),
  );
}

function sumRow(desk, stage, scale) {
  const need = stage.stage === "able" ? "terms.need.able" : "terms.need";
  return h(
    "tr",
    { class: "sum-row" },
    h(
      "th",
      { scope: "row" },
      desk.word("terms.sum"),
      " ",
      h("span", { class: "need" }, desk.word(need)),
    ),
    h("td", { class: "number" }, fine(stage.margin)),
    h("td", { class: "bar-cell" }, barOf(stage.margin, scale)),
    h("td", { class: "number" }, phrase(desk, "joins.p", { p: chance(stage.probability) })),
  );
}

/** @param answers false: names and words alone, for a class that has yet to answer */
export function termsView(desk, decision, index, { scale, answers }) {
  const stage = decision.stages[index];
  const isAssessed = stage.margin !== null && stage.margin !== undefined;
  if (!isAssessed && list(stage.terms).length === 0)
    return h("p", { class: "sentence" }, desk.word("terms.none"));
  // Which came first would tell the answer: where that is hidden, rules stand in order of their names.
  const terms = answers
    ? orderedTerms(stage)
    : [...list(stage.terms)].sort((a, b) => String(a.label).localeCompare(String(b.label), "en"));
  const sums = runningSums(terms);
  const blocker = largestBlocker(terms);
  const idle = answers ? idleTerms(stage) : [];
  const unknown = answers
    ? list(stage.terms).filter(({ value }) => value === null || value === undefined)
    : [];
  const heads = answers
    ? ["terms.reason", "terms.value", "terms.bar", "terms.sofar"]
    : ["terms.reason"];
  const caption = desk.word("terms.caption");
  return [
    scrolling(
      caption,
      `${decision.drill}/${decision.state}/${index}`,
      h(
        "table",
        { class: "terms" },
        h("caption", { class: "off" }, caption),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            heads.map((key, i) =>
              h(
                "th",
                { scope: "col", class: i === 1 || i === 3 ? "number" : null },
                desk.word(key),
              ),
            ),
          ),
        ),
        h(
          "tbody",
          {},
          terms.map((term, i) =>
            row(desk, decision, stage, term, sums[i], { scale, blocker, answers }),
          ),
        ),
        answers && isAssessed ? h("tfoot", {}, sumRow(desk, stage, scale)) : null,
      ),
    ),
    idle.length > 0
      ? h(
          "p",
          { class: "sentence muted" },
          phrase(desk, "terms.idle", {
            terms: h("span", {}, joined(idle.map(({ label, key }) => said(label ?? key)))),
          }),
        )
      : null,
    unknown.length > 0
      ? h(
          "p",
          { class: "sentence" },
          phrase(desk, "terms.missing", {
            terms: h("span", {}, joined(unknown.map(({ label, key }) => said(label ?? key)))),
          }),
        )
      : null,
  ];
}

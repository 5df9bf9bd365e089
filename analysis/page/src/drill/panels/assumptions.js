// What the answer rests on: figures nobody vouches for, the most influential first; changes in force; what no
// rule holds.
import { h, quoted, said } from "../../shared/dom.js";
import { drillName, hides, hidesAnswer, list, scene, sourceText, stateName } from "./facts.js";
import { percent } from "./numbers.js";
import { empty, hiddenNote, more, panel, phrase, section, table } from "./parts.js";
import { stageWord } from "./stages.js";
import { tipAt, turnText } from "./tips.js";

const SHOWN = 10;
const LEAST = 0.005; // below half a per cent the table would say 0

/** Not measured may matter. */
const matters = ({ influence }) =>
  influence === null || influence === undefined || influence >= LEAST;

function influenceText(desk, { influence }) {
  if (influence === null || influence === undefined) return desk.word("assumptions.unmeasured");
  return influence > 10 ? `>\u00a01000\u00a0%` : percent(influence, 0);
}

/** Where it alone turns a stage, stage by stage. */
function turns(desk, decision, path) {
  const lines = list(decision.stages)
    .map((stage, i) => ({ stage, tip: tipAt(decision, i, path) }))
    .filter(({ tip }) => tip)
    .map(({ stage, tip }) =>
      h("div", {}, stageWord(desk, stage), h("b", {}, `\u00a0${turnText(tip)}`)),
    );
  return lines.length > 0 ? lines : "";
}

/** A path, which may be broken behind a point or an underscore. */
const pathText = (path) =>
  h("bdi", { class: "path" }, path.split(/(?<=[._])/).flatMap((part, i) => (i > 0 ? [h("wbr"), part] : [part])));

function rows(desk, decision, figures) {
  const isAnswered = !hidesAnswer(desk, decision.state);
  return figures.map((each) => [
    [
      said(each.name ?? each.path),
      pathText(each.path),
      h(
        "div",
        { class: "muted" },
        said(each.confidence ?? ""),
        each.source && each.source !== each.confidence
          ? ["; ", quoted(sourceText(desk.doc, each.source))]
          : null,
      ),
    ],
    said(String(each.value ?? "\u2013")),
    [
      influenceText(desk, each),
      each.effect ? h("div", { class: "muted" }, said(each.effect)) : null,
    ],
    isAnswered ? turns(desk, decision, each.path) : "?",
  ]);
}

function tableOf(desk, decision, figures) {
  const keys = ["figure", "value", "influence", "turns"];
  const name = stateName(desk, decision.state);
  return table({
    caption: desk.word("assumptions.caption", { state: name }),
    key: `assumed/${decision.drill}/${decision.state}/${figures[0]?.path}`,
    class: "assumed",
    columns: keys.map((key) => ({ text: desk.word(`assumptions.column.${key}`) })),
    rows: rows(desk, decision, figures),
  });
}

function decisionView(desk, decision) {
  const name = said(stateName(desk, decision.state));
  const title =
    list(desk.doc.drills).length > 1
      ? [name, ", ", said(drillName(desk.doc, decision.drill))]
      : name;
  if (hides(desk, decision.state)) return section(3, title, hiddenNote(desk));
  const all = list(decision.assumptions);
  const moving = all.filter(matters);
  const [first, rest] = [moving.slice(0, SHOWN), moving.slice(SHOWN)];
  const still = all.length - moving.length;
  if (all.length === 0) return null;
  return section(
    3,
    title,
    first.length > 0 ? tableOf(desk, decision, first) : null,
    rest.length > 0
      ? more(
          `more/${decision.drill}/${decision.state}`,
          desk.word("assumptions.more", { n: rest.length }),
          tableOf(desk, decision, rest),
        )
      : null,
    still > 0
      ? h("p", { class: "sentence muted" }, desk.word("assumptions.still", { n: still }))
      : null,
  );
}

function changes(desk) {
  const made = list(desk.doc.changes);
  if (made.length === 0) return empty(desk, "assumptions.nochange");
  return table({
    caption: desk.word("assumptions.changes"),
    columns: ["path", "before", "after", "origin"].map((key) => ({
      text: desk.word(`assumptions.column.${key}`),
    })),
    rows: made.map(({ path, before, after, origin }) => [
      h("span", { class: "path" }, said(path)),
      before === null || before === undefined
        ? desk.word("assumptions.notgiven")
        : said(String(before)),
      said(String(after)),
      said(origin ?? ""),
    ]),
  });
}

function notModelled(desk) {
  const left = list(scene(desk.doc).not_modelled);
  if (left.length === 0) return null;
  return section(
    2,
    desk.word("assumptions.notmodelled"),
    h(
      "dl",
      { class: "left-out" },
      left.map((each) =>
        h(
          "div",
          {},
          h("dt", {}, said(each.what ?? "\u2013")),
          h(
            "dd",
            {},
            each.says
              ? h(
                  "p",
                  {},
                  phrase(desk, "terms.says", { says: quoted(each.says) }),
                  each.voice ? [" ", phrase(desk, "terms.voice", { voice: quoted(each.voice) })] : null,
                )
              : null,
            each.reason ? h("p", {}, said(each.reason)) : null,
            each.carried_by
              ? h(
                  "p",
                  { class: "muted" },
                  phrase(desk, "assumptions.carried", { what: each.carried_by }),
                )
              : null,
            each.source
              ? h("p", { class: "muted" }, quoted(sourceText(desk.doc, each.source)))
              : null,
          ),
        ),
      ),
    ),
  );
}

function draw(desk) {
  const of = list(desk.doc.decisions).filter(({ assumptions: each }) => list(each).length > 0);
  const candidates = of.filter(({ part }) => part !== "host");
  return [
    section(
      2,
      desk.word("assumptions.heading"),
      h("p", { class: "sentence" }, desk.word("assumptions.how")),
      candidates.map((decision) => decisionView(desk, decision)),
      candidates.length === 0 ? empty(desk, "assumptions.none") : null,
    ),
    section(2, desk.word("assumptions.changes"), changes(desk)),
    notModelled(desk),
  ];
}

export const assumptions = panel({ id: "assumptions", title: "assumptions.title", draw });

// How well they worked together: the score with its counts, never alone, and what each part of working together
// cost every pair.
import { h, said } from "../../shared/dom.js";
import { drillName, hides, isReplication, list, outcome } from "./facts.js";
import { measuresOf, thingName } from "./measures.js";
import { decimal, short } from "./numbers.js";
import { hiddenNote, panel, phrase, section, table } from "./parts.js";

const score = (desk, value) =>
  value === null ? desk.word("together.noneplanned") : decimal(value, 3);

/** Serials of a drill by outcome, as the report counts them. */
function countsOf(desk, drill) {
  const serials = list(desk.doc.serials).filter((each) => each.drill === drill);
  const of = (what) => serials.filter(({ outcome: each }) => each === what).length;
  return {
    planned: serials.length,
    done: of("done"),
    degraded: of("degraded"),
    cancelled: of("cancelled"),
  };
}

function scoreView(desk, drill) {
  const value = (measure) => outcome(desk.doc, measure, drill);
  const counts = countsOf(desk, drill);
  const isDrawn = isReplication(desk.doc);
  const share = value("score");
  return h(
    "div",
    { class: "score" },
    h(
      "p",
      { class: "score-line" },
      h("b", { class: "score-value" }, score(desk, share)),
      " ",
      desk.word(isDrawn ? "together.counts.drawn" : "together.counts", counts),
    ),
    share === null
      ? null
      : h(
          "span",
          { class: "share-bar wide", "aria-hidden": "true" },
          h("span", {
            class: "share-fill",
            style: `width:${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`,
          }),
        ),
    h(
      "p",
      { class: "sentence" },
      desk.word("together.beside", {
        weather: score(desk, value("score_no_weather")),
        joint: score(desk, value("score_joint")),
      }),
    ),
  );
}

const LEVELS = ["none", "partial", "full"];

/** Parts of a pair where the document has them; else the costs that measures tell. */
function pairView(desk, drill, id, costs) {
  const given = list(desk.doc.pairs).find(
    (pair) => pair.drill === drill && `${drill}/${pair.a}-${pair.b}` === id,
  );
  const most = costs.reduce((top, { values }) => Math.max(top, values[id] ?? 0), 0);
  const bar = (value) =>
    h(
      "span",
      { class: "share-bar", "aria-hidden": "true" },
      h("span", {
        class: "share-fill",
        style: `width:${most > 0 ? ((100 * Math.max(0, value ?? 0)) / most).toFixed(2) : 0}%`,
      }),
    );
  const partOf = (measure) =>
    list(given?.parts).find(
      (part) => `cost_${part.part.replaceAll(/[ -]/g, "_")}` === measure.name,
    );
  const hasLevels = costs.some((measure) => partOf(measure));
  const columns = [
    { text: desk.word("together.column.part") },
    ...(hasLevels
      ? [
          { text: desk.word("together.column.level") },
          { text: desk.word("together.column.effect") },
        ]
      : []),
    { text: desk.word("together.column.cost"), number: true },
    { text: desk.word("together.column.bar") },
  ];
  const name = thingName(desk, "pair", id);
  return section(
    3,
    said(name),
    table({
      caption: desk.word("together.caption", { pair: name }),
      columns,
      rows: costs.map((measure) => {
        const part = partOf(measure);
        const level = part
          ? [
              LEVELS.includes(part.level) ? desk.word(`together.level.${part.level}`) : "",
              part.assumed ? ` ${desk.word("together.assumed")}` : "",
            ]
          : "";
        return [
          said(measure.label),
          ...(hasLevels ? [level, effectOf(desk, part)] : []),
          decimal(measure.values[id], 3),
          bar(measure.values[id]),
        ];
      }),
    }),
  );
}

function effectOf(desk, part) {
  if (!part) return "";
  if (part.effect === "slows")
    return phrase(desk, "together.slows", { factor: short(part.factor, 3) });
  if (part.effect === "lowers")
    return phrase(desk, "together.lowers", { factor: decimal(part.factor, 2) });
  return desk.word(part.effect === "forbids" ? "together.forbids" : "together.noeffect");
}

function draw(desk) {
  if (hides(desk, "future")) return hiddenNote(desk);
  const costs = measuresOf(desk.doc).filter(({ scope }) => scope === "pair");
  return list(desk.doc.drills).map(({ id }) => {
    if (!list(desk.doc.serials).some(({ drill }) => drill === id)) return null;
    const pairs = [...new Set(costs.flatMap(({ values }) => Object.keys(values)))].filter((pair) =>
      pair.startsWith(`${id}/`),
    );
    return section(
      2,
      said(drillName(desk.doc, id)),
      scoreView(desk, id),
      pairs.map((pair) => pairView(desk, id, pair, costs)),
      pairs.length > 0
        ? h(
            "p",
            { class: "sentence muted" },
            desk.word(pairs.length > 1 ? "together.cost.several" : "together.cost"),
          )
        : null,
    );
  });
}

export const together = panel({
  id: "together",
  title: "together.title",
  when: (doc) => list(doc.serials).length > 0,
  draw,
});

// Every measure of the registry over everything it is taken of. Nothing here knows a measure by name.
import { h, said } from "../../shared/dom.js";
import { chanceText, planText } from "./figures.js";
import { drillName, hides, hidesAnswer, list, scene, stateName, unitName, unitOf } from "./facts.js";
import { hiddenNote, more, panel, phrase, table } from "./parts.js";

const FEW = 5; // things that stand side by side

/** The registry with the values of the run; a measure that no registry explains is shown by its label. */
export function measuresOf(doc) {
  const about = new Map(list(doc.measures).map((row) => [row.name, row]));
  const drawn = new Map(list(doc.replications?.measures).map((row) => [row.measure, row]));
  return list(doc.outcomes).map((row) => {
    const known = about.get(row.measure) ?? {};
    const chance = drawn.get(row.measure);
    return {
      name: row.measure,
      label: known.label ?? row.label ?? row.measure,
      unit: known.unit ?? row.unit ?? "",
      scope: row.of ?? known.of ?? "",
      doc: known.doc ?? "",
      when_bad: known.when_bad ?? "",
      direction: known.direction ?? 0,
      is_yes_no: known.is_yes_no ?? chance?.is_share ?? false,
      values: row.values ?? {},
      chance: chance?.values ?? null,
    };
  });
}

/** Names of the thing a figure is of: "northern/CHN-RUS" is a pair of a drill. */
export function thingName(desk, scope, id) {
  const { doc } = desk;
  const [first, ...rest] = id.split("/");
  const several = list(doc.drills).length > 1;
  const within = (name) =>
    several && rest.length > 0 ? `${name} (${drillName(doc, first)})` : name;
  const last = rest.length > 0 ? rest.join("/") : id;
  switch (scope) {
    case "drill":
      return drillName(doc, id);
    case "state":
      return within(stateName(desk, last));
    case "pair":
      return within(
        last
          .split("-")
          .map((state) => stateName(desk, state))
          .join(" \u2013 "),
      );
    case "unit":
      return unitName(doc, id);
    case "serial":
      return list(doc.serials).find((each) => each.id === id)?.name ?? id;
    case "group":
      return list(scene(doc).groups).find((each) => each.id === id)?.name ?? id;
    case "air": {
      const plan = list(scene(doc).drills).find((each) => each.id === first);
      return within(list(plan?.air).find((each) => each.id === last)?.name ?? last);
    }
    default:
      return within(last);
  }
}

const heading = (measure) =>
  measure.unit ? [said(measure.label), " (", said(measure.unit), ")"] : said(measure.label);

/** The definition of a measure, and what makes it bad, on demand. */
function definition(desk, measure, key) {
  const direction = { 1: "up", "-1": "down" }[measure.direction];
  if (!measure.doc && !measure.when_bad) return heading(measure);
  return more(
    key,
    heading(measure),
    h("p", {}, said(measure.doc)),
    direction ? h("p", { class: "muted" }, desk.word(`measures.${direction}`)) : null,
    measure.when_bad
      ? h("p", { class: "muted" }, phrase(desk, "measures.bad", { words: measure.when_bad }))
      : null,
  );
}

/* A figure that would tell what a class has yet to predict. */
export function hidesThing(desk, scope, id) {
  if (scope === "state") return hidesAnswer(desk, id.split("/").at(-1));
  const units = { unit: [id], group: list(scene(desk.doc).groups).find((each) => each.id === id)?.members }[scope];
  return list(units).some((unit) => {
    const state = unitOf(desk.doc, unit)?.state;
    return isAsked(desk, state) && hidesAnswer(desk, state);
  });
}

/** A state that is asked about: what its units do is its answer. */
const isAsked = (desk, state) => list(desk.doc.decisions).some((each) => each.state === state && each.part !== "host");

function cell(desk, measure, id) {
  if (hidesThing(desk, measure.scope, id)) return "?";
  return planText(desk, measure, measure.values[id]);
}

/** Measures as rows, things as columns: few things. */
function byMeasure(desk, caption, measures, ids) {
  return table({
    caption,
    columns: [
      { text: desk.word("measures.measure") },
      ...ids.map((id) => ({ text: said(thingName(desk, measures[0].scope, id)), number: true })),
    ],
    rows: measures.map((measure) => [
      definition(desk, measure, `measure/${measure.name}`),
      ...ids.map((id) => cell(desk, measure, id)),
    ]),
  });
}

/** Things as rows, measures as columns: many things; what they mean stands below. */
function byThing(desk, caption, measures, ids) {
  return [
    table({
      caption,
      columns: [
        { text: desk.word("measures.thing") },
        ...measures.map((measure) => ({ text: heading(measure), number: true })),
      ],
      rows: ids.map((id) => [
        said(thingName(desk, measures[0].scope, id)),
        ...measures.map((measure) => cell(desk, measure, id)),
      ]),
    }),
    more(
      `meaning/${measures[0].scope}`,
      desk.word("measures.meaning"),
      h(
        "dl",
        { class: "meanings" },
        measures.map((measure) =>
          h(
            "div",
            {},
            h("dt", {}, heading(measure)),
            h(
              "dd",
              {},
              said(measure.doc),
              measure.when_bad
                ? [" ", phrase(desk, "measures.bad", { words: measure.when_bad })]
                : null,
            ),
          ),
        ),
      ),
    ),
  ];
}

/** The run, and beside it what replications came to. */
function withChance(desk, caption, measures, ids) {
  const heads = ["run", "mean", "interval", "span", "n"];
  const rows = measures.flatMap((measure) =>
    ids.map((id, i) => {
      const figure = measure.chance?.[id];
      const { decimals, mean, interval, span } = chanceText(desk, measure, figure);
      const name = ids.length > 1 ? [said(thingName(desk, measure.scope, id)), ": "] : null;
      const label =
        i === 0
          ? [name, definition(desk, measure, `measure/${measure.name}`)]
          : [name, heading(measure)];
      if (hidesThing(desk, measure.scope, id)) return [label, "?", "?", "?", "?", ""];
      return [
        label,
        planText(desk, measure, measure.values[id], figure ? decimals : null),
        mean,
        interval,
        span,
        figure ? String(figure.n) : "\u2013",
      ];
    }),
  );
  return table({
    caption,
    columns: [
      { text: desk.word("measures.measure") },
      ...heads.map((key) => ({ text: desk.word(`measures.column.${key}`), number: true })),
    ],
    rows,
  });
}

function scopeView(desk, scope, measures, hasChance) {
  const ids = [...new Set(measures.flatMap(({ values }) => Object.keys(values)))];
  // States have question marks; units of a state that is hidden have no row.
  const open = scope === "state" ? ids : ids.filter((id) => !hidesThing(desk, scope, id));
  const shown = open.filter((id) =>
    measures.some(({ values }) => values[id] !== null && values[id] !== undefined),
  );
  if (shown.length === 0) return null;
  const known = desk.word(`measures.scope.${scope}`);
  const title = known === `measures.scope.${scope}` ? scope : known; // a new scope has its own name
  const caption = desk.word("measures.caption", { of: title });
  const body = hasChance
    ? withChance(desk, caption, measures, shown)
    : shown.length <= FEW
      ? byMeasure(desk, caption, measures, shown)
      : byThing(desk, caption, measures, shown);
  return h(
    "details",
    { class: "scope", open: shown.length <= FEW, "data-key": `scope/${scope}` },
    h(
      "summary",
      {},
      h("h2", {}, said(title)),
      h("span", { class: "muted" }, [
        " ",
        desk.word("measures.size", { n: measures.length }),
        shown.length > 1 ? ` ${desk.word("measures.things", { n: shown.length })}` : null,
      ]),
    ),
    body,
  );
}

function draw(desk) {
  if (hides(desk, "future")) return hiddenNote(desk);
  const all = measuresOf(desk.doc);
  const hasChance = list(desk.doc.replications?.measures).length > 0;
  const scopes = [...new Set(all.map(({ scope }) => scope))];
  return [
    h(
      "p",
      { class: "sentence" },
      hasChance
        ? desk.word("measures.chance", { n: desk.doc.replications.count })
        : desk.word("measures.how"),
    ),
    scopes.map((scope) =>
      scopeView(
        desk,
        scope,
        all.filter((measure) => measure.scope === scope),
        hasChance,
      ),
    ),
  ];
}

export const measures = panel({
  id: "measures",
  title: "measures.title",
  when: (doc) => list(doc.outcomes).length > 0,
  draw,
});

// Who could get there, stay and return: what each limit leaves of a unit's radius, after those before it.
import { h, said } from "../../shared/dom.js";
import { DASH } from "../../shared/format.js";
import { bindingKey, isHeld, isUnasked, stopOf } from "./able.js";
import { drillName, hides, hidesStage, list, reachOf, stateName } from "./facts.js";
import { decimal, short } from "./numbers.js";
import { hiddenNote, more, panel, para, phrase, scrolling, section } from "./parts.js";

const RUNGS = ["tank", "usable", "allotment", "time", "sea state"];

/** Radius in nm: none where the hours alone take more than there is, any where nothing limits. */
function radius(desk, nm) {
  if (nm === null || nm === undefined) return desk.word("reach.any");
  return nm < 0 ? desk.word("reach.none") : decimal(nm, 0);
}

const rung = (row, limit) => list(row.ladder).find((each) => each.limit === limit);

/** The bars show up to so many times the greatest distance needed. */
const BEYOND = 2.5;
const scaleOf = (rows) =>
  BEYOND * rows.reduce((most, { required_nm }) => Math.max(most, required_nm ?? 0), 1);

const width = (nm, scale) =>
  `width:${(100 * Math.min(1, Math.max(0, (nm ?? Infinity) / scale))).toFixed(2)}%`;

/** Five thin bars, one a limit, and across them the distance needed. */
function ladderBars(row, scale) {
  return h(
    "span",
    { class: "ladder", "aria-hidden": "true" },
    RUNGS.map((limit) => {
      const nm = rung(row, limit)?.radius_nm;
      return h(
        "span",
        {
          class: `rung${row.binding === limit ? " binding" : ""}${(nm ?? Infinity) > scale ? " beyond" : ""}`,
        },
        h("span", { style: width(nm, scale) }),
      );
    }),
    row.required_nm > 0
      ? h("span", {
          class: "ladder-need",
          style: `left:${((100 * row.required_nm) / scale).toFixed(2)}%`,
        })
      : null,
  );
}

/** What stops it, in the words that are kept apart. */
function stopWords(desk, row) {
  if (isUnasked(row)) return desk.word("reach.stop.unasked");
  const lacks = row.misfit && row.misfit !== "role" ? ` (${row.misfit})` : "";
  const words = [
    stopOf(row) === "role" ? desk.word("reach.stop.role") + lacks : desk.word("reach.stop.fits"),
  ];
  if (isHeld(row)) words.push(desk.word("reach.stop.allotment"));
  else if (!row.passes)
    words.push(desk.word("reach.stop.cannot", { limit: desk.word(bindingKey(row)) }));
  else words.push(desk.word("reach.stop.nothing"));
  return words.join("; ");
}

/** Mission, tank and issue in tonnes; the ladder while drifting. */
function ladderWords(desk, row) {
  const mark = row.tank_estimated ? ` ${desk.word("reach.estimated")}` : "";
  const t = (value) => `${short(value, 2)}\u00a0t${mark}`;
  return h(
    "div",
    { class: "ladder-words" },
    row.mission_t
      ? h(
          "p",
          {},
          phrase(desk, "reach.mission", { t: t(row.mission_t), drift: t(row.mission_drift_t) }),
        )
      : null,
    h(
      "p",
      {},
      row.tank_t
        ? phrase(desk, "reach.tank", { t: `${short(row.tank_t, 3)}\u00a0t${mark}` })
        : null,
      row.allotment_t !== null && row.allotment_t !== undefined
        ? [" ", phrase(desk, "reach.issued", { t: t(row.allotment_t) })]
        : null,
    ),
    row.domain === "air"
      ? null
      : h(
          "p",
          {},
          phrase(desk, "reach.drifting", {
            radii: RUNGS.map((limit) => radius(desk, rung(row, limit)?.drift_radius_nm)).join(", "),
          }),
        ),
  );
}

const nameCell = (desk, drill, row) =>
  more(
    `reach/${drill}/${row.unit}`,
    [
      said(row.name ?? row.unit),
      (row.name ?? "").includes(row.base ?? "")
        ? null
        : h("span", { class: "muted" }, " ", said(row.base)),
    ],
    ladderWords(desk, row),
  );

/** A table in which a unit has two rows: its figures, and below them its ladder in a picture and in words. */
function unitTable(desk, { caption, keys, rows, name, figures, bars }) {
  const head = keys.map((key, i) =>
    h("th", { scope: "col", class: i > 0 ? "number" : null }, desk.word(key)),
  );
  const body = rows.map((row) => [
    h(
      "tr",
      { class: "unit-figures" },
      h("th", { scope: "row", rowspan: 2 }, name(row)),
      figures(row).map((cell) => h("td", { class: "number" }, cell)),
    ),
    h(
      "tr",
      { class: "unit-words" },
      h(
        "td",
        { colspan: keys.length - 1 },
        h("div", { class: "stops" }, bars(row), said(stopWords(desk, row))),
      ),
    ),
  ]);
  return scrolling(
    caption,
    `${caption}/${rows[0]?.state}`,
    h(
      "table",
      { class: "reach-table" },
      h("caption", { class: "off" }, caption),
      h("thead", {}, h("tr", {}, head)),
      h("tbody", {}, body),
    ),
  );
}

const isKnown = (row) => row.has_range && row.has_way;

function ships(desk, drill, rows, scale) {
  return unitTable(desk, {
    caption: desk.word("reach.ships"),
    keys: [
      "reach.column.ship",
      "reach.column.needed",
      ...RUNGS.map((limit) => `reach.limit.${limit.replaceAll(" ", "-")}`),
    ],
    rows,
    name: (row) => nameCell(desk, drill, row),
    figures: (row) => [
      isKnown(row) ? decimal(row.required_nm, 0) : DASH,
      ...RUNGS.map((limit) =>
        isKnown(row)
          ? h(
              "span",
              { class: row.binding === limit ? "binds" : null },
              radius(desk, rung(row, limit)?.radius_nm),
            )
          : DASH,
      ),
    ],
    bars: (row) => (isKnown(row) ? ladderBars(row, scale) : null),
  });
}

function aircraft(desk, drill, rows, scale) {
  const last = (row) => rung(row, "sea state")?.drift_radius_nm;
  return unitTable(desk, {
    caption: desk.word("reach.aircraft"),
    keys: ["aircraft", "needed", "radius", "minutes", "asked", "has"].map(
      (key) => `reach.column.${key}`,
    ),
    rows,
    name: (row) => nameCell(desk, drill, row),
    figures: (row) => [
      ...(row.has_range
        ? [
            decimal(row.required_nm, 0),
            radius(desk, last(row)),
            row.station_min < 0 ? desk.word("reach.none") : decimal(row.station_min, 0),
            row.hours_required > 0 && !isUnasked(row) ? decimal(row.hours_required * 60, 0) : DASH,
          ]
        : [DASH, DASH, DASH, DASH]),
      `${row.count}/${row.serviceable}`,
    ],
    bars: (row) => (row.has_range ? radiusBar(row, last(row), scale) : null),
  });
}

/** One bar for the radius, and across it the distance needed. */
const radiusBar = (row, nm, scale) =>
  h(
    "span",
    { class: "ladder", "aria-hidden": "true" },
    h(
      "span",
      { class: `rung thick${row.passes ? "" : " binding"}` },
      h("span", { style: width(nm, scale) }),
    ),
    h("span", {
      class: "ladder-need",
      style: `left:${((100 * row.required_nm) / scale).toFixed(2)}%`,
    }),
  );

function stateView(desk, drill, state, rows) {
  const name = said(stateName(desk, state));
  if (hides(desk, "verdict") || hidesStage(desk, state, { stage: "able", host: null }))
    return section(3, name, hiddenNote(desk));
  const [naval, air] = [
    rows.filter(({ domain }) => domain !== "air"),
    rows.filter(({ domain }) => domain === "air"),
  ];
  const isSide = list(desk.doc.decisions).some(
    (each) => each.state === state && each.part !== "host" && each.drill === drill,
  );
  return h(
    "details",
    { "data-key": `reach/${drill}/${state}`, class: "reach-state", open: isSide },
    h(
      "summary",
      {},
      h("h3", {}, name),
      h("span", { class: "muted" }, ` ${desk.word("reach.units", { n: rows.length })}`),
    ),
    naval.length > 0 ? ships(desk, drill, naval, scaleOf(naval)) : null,
    air.length > 0 ? aircraft(desk, drill, air, scaleOf(air)) : null,
  );
}

function draw(desk) {
  return [
    h("p", { class: "sentence" }, desk.word("reach.how")),
    h(
      "p",
      { class: "keys" },
      h(
        "span",
        { class: "key" },
        h(
          "span",
          { class: "ladder sample", "aria-hidden": "true" },
          h("span", { class: "rung thick" }, h("span", { style: "width:70%" })),
          h("span", { class: "ladder-need", style: "left:45%" }),
        ),
        desk.word("reach.key.bars"),
      ),
    ),
    list(desk.doc.drills).map(({ id }) => {
      const rows = reachOf(desk.doc, id);
      const sides = list(desk.doc.decisions).filter(({ drill }) => drill === id);
      const states = [...new Set(rows.map(({ state }) => state))];
      const rank = (state) => {
        const found = sides.find((each) => each.state === state);
        return !found ? 2 : found.part === "host" ? 1 : 0;
      };
      const ordered = states.filter((state) => rank(state) < 2).sort((a, b) => rank(a) - rank(b));
      if (ordered.length === 0) return null;
      return section(
        2,
        said(drillName(desk.doc, id)),
        ordered.map((state) =>
          stateView(
            desk,
            id,
            state,
            rows.filter((row) => row.state === state),
          ),
        ),
      );
    }),
    para(desk, "reach.words", {}, "sentence muted"),
  ];
}

export const reach = panel({
  id: "reach",
  title: "reach.title",
  when: (doc) =>
    list(doc.reach).some((row) => list(doc.decisions).some(({ state }) => state === row.state)),
  draw,
});

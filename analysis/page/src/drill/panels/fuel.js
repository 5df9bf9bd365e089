// Fuel of every ship over time, and what the aircraft flew.
import { h, said } from "../../shared/dom.js";
import { measure, shorten } from "../../shared/text.js";
import { sceneOf } from "../scene.js";
import { linesOf, shareAt, spread } from "./curves.js";
import { hidesTime, list, outcome, stateName, zoneOf, zoneOfState } from "./facts.js";
import { clock, DAY_MS, isMoment, morning, ms } from "./moments.js";
import { dayAxis, moveNow, nowLine, timeScale } from "./axis.js";
import { decimal, tonnes } from "./numbers.js";
import { empty, panel, phrase, picture, s, section, table } from "./parts.js";

const HEIGHT = 300;
const GAP = 14; // between names at the ends of lines
const MOST_DAYS = 40;

const shipsOf = (doc) =>
  list(doc.units).filter(
    (unit) => unit.domain === "naval" && isMoment(ms(unit.sailed)) && list(unit.legs).length > 0,
  );

const fuelOf = (doc, id) => list(doc.fuel).find(({ unit }) => unit === id);

/** From the first ship that sails to two days after the last drill. */
function windowOf(doc, ships) {
  const from = ships.reduce((least, { sailed }) => Math.min(least, ms(sailed)), Infinity);
  const ends = list(doc.drills)
    .map(({ end }) => ms(end))
    .filter(isMoment);
  const until =
    ends.length > 0
      ? Math.max(...ends)
      : Math.max(...ships.flatMap(({ legs }) => legs.map(({ end }) => ms(end))));
  return [from, until + 2 * DAY_MS];
}

/** Ships of one state whose lines are the same are one line with all their names. */
function curvesOf(desk, ships, until) {
  const byPath = new Map();
  for (const unit of ships) {
    const lines = linesOf(unit, fuelOf(desk.doc, unit.id)?.points, ms(desk.doc.epoch))
      .map((line) => clipped(line, hidesTime(desk, until) ? Math.min(until, desk.time) : until))
      .filter((line) => line.length > 1);
    if (lines.length === 0) continue;
    const key = JSON.stringify([
      unit.state,
      lines.map((line) =>
        line.map(([time, share]) => [Math.round(time / 60000), share.toFixed(4)]),
      ),
    ]);
    if (!byPath.has(key)) byPath.set(key, { state: unit.state, lines, names: [] });
    byPath.get(key).names.push(unit.name ?? unit.id);
  }
  return [...byPath.values()];
}

/** The line up to a moment. */
function clipped(line, until) {
  const out = [];
  for (let i = 0; i < line.length; i += 1) {
    const [time, share] = line[i];
    if (time <= until) out.push(line[i]);
    else {
      if (i > 0 && line[i - 1][0] < until) {
        const [t0, s0] = line[i - 1];
        out.push([until, s0 + ((share - s0) * (until - t0)) / (time - t0)]);
      }
      break;
    }
  }
  return out;
}

/** Levels below which no ship should go, each once. */
function floorsOf(desk, ships) {
  const found = new Map();
  const add = (share, key) => {
    if (share > 0 && share < 1) found.set(`${key}/${share}`, { share, key });
  };
  for (const unit of ships) {
    const floors = fuelOf(desk.doc, unit.id)?.floors ?? {};
    add(floors.reserve_frac, "fuel.reserve");
    add(floors.floor_frac ?? floors.refuel_frac, "fuel.floor");
    add(floors.bingo, "fuel.bingo");
  }
  return [...found.values()].slice(0, 4);
}

const look = (desk, state) => {
  const known = sceneOf(desk.doc).state.get(state);
  return { colour: known?.colour ?? "var(--text)", cue: known?.cue ?? 0 };
};

const DASHES = { 1: null, 2: "7 3", 3: "2 3", 4: "9 3 2 3", 0: "4 2" };

function yAxis(scale, left, right) {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => [
    s("line", { x1: left, x2: right, y1: scale(share), y2: scale(share), class: "grid" }),
    s(
      "text",
      { x: left - 5, y: scale(share) + 4, "text-anchor": "end", class: "tick" },
      `${100 * share}\u00a0%`,
    ),
  ]);
}

/** All names of a line, or the first and how many more; the table below has every ship. */
function namesFor(value, names, room) {
  const all = `${value}  ${names.join(", ")}`;
  if (names.length === 1 || measure(all, 12) <= room) return shorten(all, room, 12);
  const more = ` +${names.length - 1}`;
  return shorten(`${value}  ${names[0]}`, room - measure(more, 12), 12) + more;
}

function drawCurves(desk, ships, width) {
  const [from, until] = windowOf(desk.doc, ships);
  const curves = curvesOf(desk, ships, until);
  const room = Math.min(230, Math.max(96, width * 0.36)); // for names
  const [top, bottom, left, right] = [10, HEIGHT - 26, 44, width - room];
  const x = timeScale(from, until, left, right);
  const y = (share) => bottom - share * (bottom - top);
  const ends = curves.map(({ lines }) => lines.at(-1).at(-1));
  const heights = spread(
    ends.map(([, share]) => y(share)),
    GAP,
    top + 5,
    bottom - 2,
  );
  return s(
    "svg",
    { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
    yAxis(y, left, right),
    dayAxis(desk, x, top, bottom),
    floorsOf(desk, ships).map(({ share, key }) => [
      s("line", { x1: left, x2: right, y1: y(share), y2: y(share), class: "floor" }),
      s(
        "text",
        { x: left + 4, y: y(share) - 4, class: "floor-name" },
        desk.word(key, { share: decimal(100 * share, 0) }),
      ),
    ]),
    curves.map(({ state, lines, names }, i) => {
      const { colour, cue } = look(desk, state);
      const [endTime, endShare] = ends[i];
      const text = namesFor(decimal(100 * endShare, 0), names, room - 16);
      return s(
        "g",
        { class: "curve" },
        s("title", {}, `${names.join(", ")} (${stateName(desk, state)})`),
        lines.map((line) =>
          s("polyline", {
            points: line
              .map(([time, share]) => `${x(time).toFixed(1)},${y(share).toFixed(1)}`)
              .join(" "),
            fill: "none",
            stroke: colour,
            "stroke-width": 2,
            "stroke-dasharray": DASHES[cue],
          }),
        ),
        s("line", {
          x1: x(endTime),
          y1: y(endShare),
          x2: right + 11,
          y2: heights[i] - 4,
          class: "leader",
        }),
        s("text", { x: right + 14, y: heights[i], class: "line-name" }, text),
      );
    }),
    nowLine(desk, x, top, bottom),
  );
}

function legend(desk, ships) {
  const states = [...new Set(ships.map(({ state }) => state))];
  return h(
    "p",
    { class: "keys" },
    states.map((state) => {
      const { colour, cue } = look(desk, state);
      return h(
        "span",
        { class: "key" },
        s(
          "svg",
          { width: 34, height: 10, "aria-hidden": "true" },
          s("line", {
            x1: 1,
            x2: 33,
            y1: 5,
            y2: 5,
            stroke: colour,
            "stroke-width": 2.5,
            "stroke-dasharray": DASHES[cue],
          }),
        ),
        said(stateName(desk, state)),
      );
    }),
  );
}

/** Per cent at 08:00 of the clock of each ship's state. */
function daily(desk, ships) {
  const { doc } = desk;
  const [from, until] = windowOf(doc, ships);
  const zone = zoneOf(doc);
  const days = [];
  for (let i = 0; i <= Math.floor((until - from) / DAY_MS) && days.length < MOST_DAYS; i += 1)
    days.push(from + i * DAY_MS);
  const hasFuture = desk.hidden?.has("future");
  const cell = (unit, time) => {
    const at = morning(time, zoneOfState(doc, unit.state));
    const share = hidesTime(desk, at) ? null : shareAt(unit, at);
    return share === null ? "\u2013" : decimal(100 * share, 0);
  };
  const least = (unit) => {
    const share = outcome(doc, "least_fuel_frac", unit.id);
    return share === null || hasFuture ? "\u2013" : decimal(100 * share, 1);
  };
  return table({
    caption: desk.word("fuel.table"),
    shown: true,
    class: "daily",
    columns: [
      { text: desk.word("fuel.column.ship") },
      ...days.map((time) => ({
        text: new Date(morning(time, zone) + zone * 3600000).toISOString().slice(8, 10),
        number: true,
      })),
      { text: desk.word("fuel.column.least"), number: true },
    ],
    rows: ships.map((unit) => [
      said(unit.name ?? unit.id),
      ...days.map((time) => cell(unit, time)),
      least(unit),
    ]),
  });
}

function adrift(desk, ships) {
  if (desk.hidden?.has("future")) return null;
  const low = ships
    .map((unit) => ({ unit, hours: outcome(desk.doc, "below_floor_h", unit.id) }))
    .filter(({ hours }) => hours > 0);
  const gone = ships.filter((unit) => outcome(desk.doc, "adrift", unit.id) > 0);
  return [
    low.length > 0
      ? h(
          "p",
          { class: "sentence" },
          desk.word("fuel.below"),
          " ",
          low.map(({ unit, hours }, i) => [
            i > 0 ? ", " : "",
            said(unit.name ?? unit.id),
            ` ${decimal(hours, 1)}\u00a0h`,
          ]),
          ".",
        )
      : null,
    h(
      "p",
      { class: "sentence" },
      desk.word(gone.length > 0 ? "fuel.adrift" : "fuel.adrift.none"),
      gone.map(({ name, id }, i) => [i > 0 ? ", " : " ", said(name ?? id)]),
    ),
  ];
}

function aircraft(desk) {
  const { doc } = desk;
  const flown = list(doc.units).filter(
    (unit) =>
      unit.domain === "air" &&
      ((outcome(doc, "sorties", unit.id) ?? 0) > 0 || list(unit.sorties).length > 0),
  );
  if (flown.length === 0) return null;
  const zone = zoneOf(doc);
  const times = (unit, key, pick) => {
    const all = list(unit.sorties)
      .map((sortie) => ms(sortie[key]))
      .filter(isMoment);
    return all.length === 0 ? "\u2013" : clock(pick(...all), zone);
  };
  const hasTimes = flown.some(({ sorties }) => list(sorties).length > 0);
  const done = (unit) =>
    desk.hidden?.has("future")
      ? list(unit.sorties).filter(({ land }) => ms(land) <= desk.time).length
      : (outcome(doc, "sorties", unit.id) ?? list(unit.sorties).length);
  return section(
    3,
    desk.word("fuel.aircraft"),
    table({
      caption: desk.word("fuel.aircraft"),
      class: "clocks",
      columns: [
        { text: desk.word("fuel.column.aircraft") },
        { text: desk.word("fuel.column.sorties"), number: true },
        { text: desk.word("fuel.column.used"), number: true },
        ...(hasTimes
          ? [{ text: desk.word("fuel.column.first") }, { text: desk.word("fuel.column.last") }]
          : []),
      ],
      rows: flown.map((unit) => [
        [
          said(unit.name ?? unit.id),
          h(
            "div",
            { class: "muted" },
            unit.base
              ? phrase(desk, "fuel.from", { state: stateName(desk, unit.state), base: unit.base })
              : h("bdi", {}, stateName(desk, unit.state)),
          ),
        ],
        String(done(unit)),
        desk.hidden?.has("future")
          ? "\u2013"
          : tonnes(outcome(doc, "unit_fuel_used_t", unit.id) ?? unit.used_kg / 1000),
        ...(hasTimes
          ? [
              times(unit, "off", Math.min),
              desk.hidden?.has("future") ? "\u2013" : times(unit, "land", Math.max),
            ]
          : []),
      ]),
    }),
  );
}

function usedBy(desk) {
  if (desk.hidden?.has("future")) return null;
  const of =
    list(desk.doc.outcomes).find(({ measure }) => measure === "state_fuel_used_t")?.values ?? {};
  const rows = Object.entries(of).filter(([, value]) => value > 0);
  if (rows.length === 0) return null;
  return h(
    "ul",
    { class: "sentence" },
    rows.map(([id, value]) =>
      h(
        "li",
        {},
        said(stateName(desk, id.split("/").at(-1))),
        " ",
        desk.word("fuel.used", { t: tonnes(value) }),
      ),
    ),
  );
}

function draw(desk) {
  const ships = shipsOf(desk.doc);
  return [
    section(
      2,
      desk.word("fuel.heading"),
      ships.length === 0
        ? empty(desk, "fuel.none")
        : [
            h(
              "figure",
              {},
              legend(desk, ships),
              picture(desk.word("fuel.picture"), (width) => drawCurves(desk, ships, width)),
              h("figcaption", {}, desk.word("fuel.caption")),
            ),
            daily(desk, ships),
            h("p", { class: "sentence muted" }, desk.word("fuel.how")),
            adrift(desk, ships),
            usedBy(desk),
          ],
      aircraft(desk),
    ),
  ];
}

export const fuel = panel({
  id: "fuel",
  title: "fuel.title",
  when: (doc) =>
    shipsOf(doc).length > 0 ||
    list(doc.units).some(({ domain, sorties }) => domain === "air" && list(sorties).length > 0),
  draw,
  tick: moveNow,
});

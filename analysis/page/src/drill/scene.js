// The run document as the page uses it: lists that may be missing are empty, times are numbers,
// things are found by id, states have their colours.

const HOUR = 3600000;
const MOST_COLOURS = 4; // more cannot be told apart by everyone: see palette.js
const scenes = new WeakMap();

export const ms = (time) => (time === null || time === undefined ? null : Date.parse(time));
const list = (value) => (Array.isArray(value) ? value : []);
const byId = (rows) => new Map(rows.map((row) => [row.id, row]));

/** The scene of a document; made once for each. */
export function sceneOf(doc) {
  if (!scenes.has(doc)) scenes.set(doc, makeScene(doc));
  return scenes.get(doc);
}

// Marks that turn the direction of what follows, and control characters: they have no place in a name.
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;
const clean = (key, value) => (typeof value === "string" ? value.replace(UNWANTED, "") : value);

/** Whether a unit sails or flies for a drill. */
export const takesPart = (unit) =>
  unit.took_part === true || list(unit.sorties).some((sortie) => sortie.off);

/** The text of the block as a run document, or an error that says what is wrong. */
export function readRun(text) {
  let doc;
  try {
    doc = JSON.parse(text, clean);
  } catch {
    throw new Error("The run in this file is damaged: it is no JSON.");
  }
  if (doc?.format !== "muster-run") {
    throw new Error(`This page shows a “muster-run”; the file holds “${String(doc?.format)}”.`);
  }
  if (doc.version !== 1) {
    throw new Error(`The run is of version ${doc.version}, this page reads version 1.`);
  }
  return doc;
}

function horizonOf(doc, given) {
  const times = [];
  for (const unit of list(doc.units)) {
    for (const leg of list(unit.legs)) times.push(ms(leg.start), ms(leg.end));
    for (const sortie of list(unit.sorties)) times.push(ms(sortie.off), ms(sortie.land));
  }
  for (const drill of list(doc.drills)) times.push(ms(drill.decide_at), ms(drill.end));
  let [least, most] = [Infinity, -Infinity];
  for (const time of times) {
    if (time === null || Number.isNaN(time)) continue;
    least = Math.min(least, time);
    most = Math.max(most, time);
  }
  const from = ms(given.start) ?? ms(doc.epoch) ?? least;
  const to = ms(given.end) ?? most;
  if (Number.isFinite(from) && to > from) return { from, to };
  const start = Number.isFinite(from) ? from : 0;
  return { from: start, to: start + 24 * HOUR };
}

/** States with units, those that take part first; the first of them have colours of their own. */
function statesOf(doc, given) {
  const ids = new Set();
  const units = list(doc.units);
  for (const decision of list(doc.decisions)) if (decision.joins) ids.add(decision.state);
  for (const unit of units) if (takesPart(unit)) ids.add(unit.state);
  for (const decision of list(doc.decisions)) ids.add(decision.state);
  for (const unit of units) ids.add(unit.state);
  for (const state of list(given.states)) ids.add(state.id);
  const said = byId(list(given.states));
  return [...ids].map((id, index) => ({
    zone_h: 0,
    names: [],
    ...said.get(id),
    id,
    name: said.get(id)?.name ?? list(doc.decisions).find((each) => each.state === id)?.name ?? id,
    index,
    colour: `var(--a${index < MOST_COLOURS ? index + 1 : 0})`,
    cue: index < MOST_COLOURS ? index + 1 : 0, // of its dash and mark; 0: all the others
  }));
}

function makeScene(doc) {
  const given = doc.scene ?? {};
  const units = list(doc.units);
  const states = statesOf(doc, given);
  // An umpire may let in a state none of whose units could come: then its units count as taking part.
  const came = new Set(units.filter(takesPart).map(({ state }) => state));
  const ruledIn = new Set(list(doc.decisions).filter(({ state, ruling }) => ruling?.says === "joins" && !came.has(state)).map(({ state }) => state));
  const log = list(doc.log)
    .map((entry, index) => ({ weight: 1, ...entry, id: `log-${index}`, at: ms(entry.t) }))
    .filter((entry) => Number.isFinite(entry.at))
    .sort((a, b) => a.at - b.at);
  return {
    doc,
    title: given.title ?? doc.scenario?.title ?? doc.scenario?.id ?? "",
    summary: given.summary ?? "",
    seed: given.seed ?? doc.seed ?? null,
    zone_h: given.zone_h ?? 0,
    horizon: horizonOf(doc, given),
    states,
    units,
    log,
    bases: list(given.bases),
    areas: list(given.areas),
    straits: list(given.straits),
    observations: list(given.observations),
    drills: list(given.drills),
    serials: list(given.serials),
    names: list(given.names),
    box: given.box ?? null,
    takesPart: (unit) => takesPart(unit) || ruledIn.has(unit.state),
    unit: byId(units),
    state: byId(states),
    drill: byId(list(doc.drills)),
    area: byId(list(given.areas)),
    base: byId(list(given.bases)),
    serial: byId(list(doc.serials)),
    measure: new Map(list(doc.measures).map((row) => [row.name, row])),
    source: byId(list(given.sources)),
    entry: byId(log),
  };
}

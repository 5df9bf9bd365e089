// The state of the page: what document, what moment, what is chosen. One object; whoever shows
// something watches the parts of it that it shows.

import { tellBy } from "../shared/dom.js";
import { DEFAULT_SET, makeNaming } from "./naming.js";

const KEYS = [
  "doc", "time", "selected", "names", "nameSet", "hidden", "engine", "live", "moves", "contours", "playing", "view", "scale",
  "lesson", "offered", "limit", "extra", "isMapFolded",
];

/**
 * @param doc      the run document that stands in the page
 * @param language texts by key, {params} in braces; `key.one` is used where the param n is 1
 */
export function makeDesk(doc, language) {
  const watchers = [];
  const naming = makeNaming(doc);
  const desk = {
    doc, // shown now
    first: doc, // as it stands in the page
    time: 0, // of the clock, ms since 1970
    selected: null, // {kind: "unit"|"state"|"serial"|"event"|"drill", id}
    names: new Map(), // names chosen by the reader, by the id of the thing
    nameSet: DEFAULT_SET, // the names of all other things: language/places.js; set `names` with it
    hidden: new Set(), // what a lesson hides now: "verdict", "PRK.admit.RUS", "future"
    engine: null, // {call(request) -> Promise of a document, ...}: engine/live.js
    live: null, // how the engine is: {state, why, ...}; null where the page has none
    moves: null, // what the reader moved: {variant, values by lever}
    contours: null, // {area, isStale}: contours that follow what was moved; null: those of the page
    playing: false,
    scale: 1, // of type and signs on the map; more for a projector
    view: null, // id of the panel in front; set it to bring another there; "map": none, the map alone
    isMapFolded: false, // the panels alone, where they stand beside the map
    lesson: null, // what a lesson holds: lesson/state.js
    offered: null, // {levers, variant} of a lesson's step
    limit: null, // the clock goes no further, where a lesson hides the future
    extra: [], // changes beside what levers moved: injects thrown in, rulings

    /** Changes some keys, then tells their watchers once, whatever of theirs has changed. */
    set(given) {
      const changes = within(given, desk.limit);
      const changed = Object.keys(changes).filter((key) => {
        if (!KEYS.includes(key)) throw new Error(`the desk has no “${key}”`);
        return !Object.is(desk[key], changes[key]);
      });
      if (changed.length === 0) return;
      for (const key of changed) desk[key] = changes[key];
      if (changed.includes("names") || changed.includes("nameSet")) naming.choose(desk.nameSet, desk.names);
      for (const watcher of [...watchers]) {
        if (watcher.keys.some((key) => changed.includes(key))) watcher.tell(changed);
      }
    },

    /** Calls `tell(changed keys)` after each change of these keys; returns a function that ends it. */
    watch(keys, tell) {
      const watcher = { keys, tell };
      watchers.push(watcher);
      return () => {
        const at = watchers.indexOf(watcher);
        if (at >= 0) watchers.splice(at, 1);
      };
    },

    /** The name of a thing: the reader's choice, or in the names of the page the one given, the scenario's, its id. */
    name(id, fallback) {
      return desk.names.get(id) ?? naming.say(fallback ?? givenName(desk.doc, id) ?? id);
    },

    /** A text of the document with the names of the page in it; not for the words of a source. */
    say: naming.say,
    naming,

    /** A text of the page. A key that the language lacks shows itself. */
    word(key, params = {}) {
      const text = (params.n === 1 && language[`${key}.one`]) || language[key];
      if (text === undefined) return key;
      return text.replace(/\{(\w+)\}/g, (whole, name) =>
        name in params ? String(params[name]) : whole,
      );
    },

    isHidden: (what) => desk.hidden.has(what),
  };
  tellBy(naming.say);
  return desk;
}

/** No moment after the limit, which is the new one if one is given. */
function within(changes, before) {
  const limit = "limit" in changes ? changes.limit : before;
  if (limit === null || !(changes.time > limit)) return changes;
  return { ...changes, time: limit, playing: false };
}

function givenName(doc, id) {
  const scene = doc.scene ?? {};
  for (const list of [scene.states, doc.units, scene.areas, scene.straits, scene.drills]) {
    const found = list?.find((each) => each.id === id);
    if (found?.name) return found.name;
  }
  return scene.names?.find((each) => each.id === id)?.names?.[0];
}

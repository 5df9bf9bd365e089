// Contours of reach that follow what was moved: the second worker works them out for the unit chosen, and for
// a unit of each candidate. The old ones are faded meanwhile.
import { sceneOf } from "../scene.js";
import { isSameState } from "./moves.js";

const PAUSE_MS = 150; // of the hand on a slider before they are asked for
const MOST = 4; // units at once
const KEPT = 24; // contours that need not be worked out again, after undo and reset

const list = (value) => (Array.isArray(value) ? value : []);

/** Share of the way there that a ship gets and back: where it is least, its contour tells most. */
const shareOf = ({ ladder, required_nm: required }) => {
  const share = Math.min(...list(ladder).map(({ radius_nm: nm }) => nm ?? Infinity)) / required;
  return Number.isFinite(share) ? share : Infinity;
};

/**
 * The units that contours are of, in the order in which they are asked for: the chosen one; then of each candidate
 * the ship with the longest reach, of those with the role that is asked for if it has any.
 */
export function unitsAsked(doc, selected) {
  const candidates = new Set(list(doc.decisions).filter(({ part }) => part !== "host").map(({ state }) => state));
  const best = new Map();
  for (const row of list(doc.reach)) {
    const { state, domain, has_way: hasWay, reach_nm: reach, misfit } = row;
    if (!candidates.has(state) || domain !== "naval" || !hasWay || !(reach > 0)) continue;
    const before = best.get(state);
    const isRole = misfit !== "role";
    if (before && (before.isRole === isRole ? before.row.reach_nm >= reach : before.isRole)) continue;
    best.set(state, { row, isRole });
  }
  const ids = [...best.values()].sort((a, b) => shareOf(a.row) - shareOf(b.row) || b.row.reach_nm - a.row.reach_nm).map(({ row }) => row.unit);
  const chosen = selected?.kind === "unit" && sceneOf(doc).unit.get(selected.id)?.domain === "naval" ? [selected.id] : [];
  return [...new Set([...chosen, ...ids])].slice(0, MOST);
}

/** Answers to questions, the last of them; a failure is no answer. */
function remembering(ask) {
  const known = new Map();
  return async (request) => {
    const key = JSON.stringify(request);
    const answer = known.get(key) ?? (await ask(request));
    known.delete(key);
    known.set(key, answer);
    if (known.size > KEPT) known.delete(known.keys().next().value);
    return answer;
  };
}

/** Keeps `desk.contours` = {area, isStale} with what was moved. */
export function followContours(desk) {
  let timer = 0;
  let isAsking = false;
  let done = null; // {moves, extra, units} that are shown
  const areaOf = remembering((request) => desk.engine.long(request));
  const ask = async () => {
    const { engine, moves, extra, doc, selected } = desk;
    if (!engine || isAsking || desk.isHidden("reach")) return;
    const asked = { moves, extra };
    const units = unitsAsked(doc, selected);
    const isDone = done && isSameState(done, asked) && units.every((unit) => done.units.includes(unit));
    if (isDone) return;
    if (units.length === 0) {
      if (desk.contours?.area || desk.contours?.isStale) desk.set({ contours: { area: null, isStale: false } });
      return;
    }
    isAsking = true;
    const features = [];
    for (const unit of units) {
      try {
        const answer = await areaOf(engine.request({ call: "area", unit }));
        features.push(...list(answer.features));
      } catch {
        // An engine that stopped said so where it was asked for; the map goes on without the contour.
      }
      if (!isSameState(asked, desk)) break;
      // One after the other: each may take a second, and the first tells most.
      desk.set({ contours: { area: features.length > 0 ? { type: "FeatureCollection", features: [...features] } : null, isStale: false } });
    }
    isAsking = false;
    if (isSameState(asked, desk)) done = { ...asked, units };
    later();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  };
  desk.watch(["moves", "extra"], () => {
    done = null; // taken back before it was asked for, it is to be shown again
    desk.set({ contours: { area: desk.contours?.area ?? null, isStale: true } });
    later();
  });
  desk.watch(["engine", "selected", "doc", "hidden"], later);
}

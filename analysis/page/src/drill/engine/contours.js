// Contours of reach that follow what was moved: the second worker works them out for the unit chosen, or for
// the unit of each candidate that gets farthest. The old ones are faded meanwhile.
import { sceneOf } from "../scene.js";
import { isSameState } from "./moves.js";

const PAUSE_MS = 250; // of the hand on a slider before they are asked for
const MOST = 4; // units at once

const list = (value) => (Array.isArray(value) ? value : []);

/** The units that contours are of: those of candidates with the longest reach, one a state; the chosen one. */
export function unitsAsked(doc, selected) {
  const candidates = new Set(list(doc.decisions).filter(({ part }) => part !== "host").map(({ state }) => state));
  const farthest = new Map();
  for (const { unit, state, domain, has_way: hasWay, reach_nm: reach } of list(doc.reach)) {
    if (!candidates.has(state) || domain !== "naval" || !hasWay || !(reach > 0)) continue;
    if (!(farthest.get(state)?.reach >= reach)) farthest.set(state, { unit, reach });
  }
  const ids = [...farthest.values()].sort((a, b) => b.reach - a.reach).map(({ unit }) => unit);
  const chosen = selected?.kind === "unit" && sceneOf(doc).unit.get(selected.id)?.domain === "naval" ? [selected.id] : [];
  return [...new Set([...chosen, ...ids])].slice(0, MOST);
}

/** Keeps `desk.contours` = {area, isStale} with what was moved. */
export function followContours(desk) {
  let timer = 0;
  let isAsking = false;
  let done = null; // {moves, extra, units} that are shown
  const ask = async () => {
    const { engine, moves, extra, doc, selected } = desk;
    if (!engine || isAsking || desk.isHidden("reach")) return;
    const asked = { moves, extra };
    const units = unitsAsked(doc, selected);
    const isDone = done && isSameState(done, asked) && units.every((unit) => done.units.includes(unit));
    if (isDone || units.length === 0) return;
    isAsking = true;
    const features = [];
    for (const unit of units) {
      try {
        const answer = await engine.long(engine.request({ call: "area", unit }));
        features.push(...list(answer.features));
      } catch {
        // An engine that stopped said so where it was asked for; the map goes on without the contour.
      }
      if (!isSameState(asked, desk)) break;
    }
    isAsking = false;
    if (isSameState(asked, desk)) {
      done = { ...asked, units };
      desk.set({ contours: { area: features.length > 0 ? { type: "FeatureCollection", features } : null, isStale: false } });
    }
    later();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  };
  desk.watch(["moves", "extra"], () => {
    desk.set({ contours: { area: desk.contours?.area ?? null, isStale: true } });
    later();
  });
  desk.watch(["engine", "selected", "doc", "hidden"], later);
}

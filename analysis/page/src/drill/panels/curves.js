// Fuel of a ship over time as the run has it: straight between changes of what it burns, nothing while it lies
// in port.
import { list } from "./facts.js";
import { ms } from "./moments.js";

const HOUR_MS = 3600000;

/** Stretches of a ship: {kind, from, until, first, last}, shares of a full tank. */
export function stretchesOf(unit) {
  const tank = unit.tank_kg;
  return list(unit.legs)
    .map((leg) => {
      const [from, until] = [ms(leg.start), ms(leg.end)];
      const burnt = (leg.burn_kgps * (until - from)) / 1000;
      const first = leg.fuel_start_kg / tank;
      return { kind: leg.kind, from, until, first, last: Math.max(0, first - burnt / tank) };
    })
    .filter(({ from, until, first }) => until > from && Number.isFinite(first));
}

/** Share at a moment; null: not yet sailed, or beyond the run. */
export function shareAt(unit, time) {
  if (!(time >= ms(unit.sailed))) return null;
  const found = stretchesOf(unit).find(({ from, until }) => time >= from && time <= until);
  if (!found) return null;
  return (
    found.first + ((found.last - found.first) * (time - found.from)) / (found.until - found.from)
  );
}

/**
 * Lines of a ship after it sailed: lists of [time, share], a gap where it lies in port.
 * @param points of the document, [hours from the epoch, share]; without them the legs tell the same
 */
export function linesOf(unit, points, epoch) {
  const sailed = ms(unit.sailed);
  if (!Number.isFinite(sailed)) return [];
  const ports = stretchesOf(unit).filter(({ kind }) => kind === "port");
  const path = points
    ? points.map(([t_h, share]) => [epoch + t_h * HOUR_MS, share])
    : stretchesOf(unit).flatMap(({ from, until, first, last }) => [
        [from, first],
        [until, last],
      ]);
  const lines = [[]];
  for (const [time, share] of path) {
    if (time < sailed) continue;
    const last = lines.at(-1);
    const before = last.at(-1);
    if (
      before &&
      ports.some(({ from, until }) => before[0] >= from && time <= until && time > from)
    )
      lines.push([[time, share]]);
    else if (!before || before[0] !== time || before[1] !== share) last.push([time, share]);
  }
  return lines.filter((line) => line.length > 1);
}

/** Heights for texts that want to stand at `wanted`, at least `gap` apart, within the frame. */
export function spread(wanted, gap, top, bottom) {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  const put = order.map(({ y }) => y);
  for (let i = 0; i < put.length; i += 1) put[i] = Math.max(i > 0 ? put[i - 1] + gap : top, put[i]);
  for (let i = put.length - 1; i >= 0; i -= 1)
    put[i] = Math.min(i < put.length - 1 ? put[i + 1] - gap : bottom, put[i]);
  const out = new Array(wanted.length);
  order.forEach(({ i }, k) => (out[i] = put[k]));
  return out;
}

// The map's projection: conic conformal with parallels at a sixth and five sixths of the view, so that
// rings look round and north is nearly up. Coordinates of the map: R is a radian, y goes down.
import { geoConicConformalRaw } from "d3-geo";

const RAD = Math.PI / 180;
export const R = 10000;
const NM_RAD = RAD / 60;

/** @param box {west, east, south, north}, longitudes continuous */
export function makeProjection({ west, east, south, north }) {
  const centre = (west + east) / 2;
  const span = north - south;
  // Parallels that lie alike on both sides of the equator have no cone.
  let [low, high] = [south + span / 6, south + (span * 5) / 6];
  if (Math.abs(low + high) < 0.5) [low, high] = [low + 1, high + 1];
  const raw = geoConicConformalRaw(low * RAD, high * RAD);
  const [, middle] = raw(0, ((south + north) / 2) * RAD);
  const forward = (lon, lat) => {
    let turn = lon - centre;
    while (turn > 180) turn -= 360;
    while (turn < -180) turn += 360;
    const [x, y] = raw(turn * RAD, Math.max(-85, Math.min(85, lat)) * RAD);
    return [x * R, (middle - y) * R];
  };
  const inverse = (x, y) => {
    const [turn, lat] = raw.invert(x / R, middle - y / R);
    return [turn / RAD + centre, lat / RAD];
  };
  /** Length of a nautical mile at a latitude, in map units: the same in all directions. */
  const mile = (lat) => {
    const [a, b] = [forward(centre, lat - 0.05), forward(centre, lat + 0.05)];
    return (Math.hypot(a[0] - b[0], a[1] - b[1]) / (0.1 * RAD)) * NM_RAD;
  };
  return { centre, parallels: [low, high], forward, inverse, mile };
}

/** The least rectangle of the map that holds a box: its edges are curved. */
export function boxOnMap(projection, { west, east, south, north }) {
  const out = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  const STEPS = 24;
  for (let i = 0; i <= STEPS; i += 1) {
    const [lon, lat] = [west + ((east - west) * i) / STEPS, south + ((north - south) * i) / STEPS];
    for (const [x, y] of [
      projection.forward(lon, south),
      projection.forward(lon, north),
      projection.forward(west, lat),
      projection.forward(east, lat),
    ]) {
      out.x0 = Math.min(out.x0, x);
      out.y0 = Math.min(out.y0, y);
      out.x1 = Math.max(out.x1, x);
      out.y1 = Math.max(out.y1, y);
    }
  }
  return out;
}

const short = (value) => Math.round(value * 10) / 10;

/** Path data of a line of [lon, lat]. */
export function pathOf(projection, points, isClosed = false) {
  if (points.length === 0) return "";
  const text = points.map(([lon, lat]) => projection.forward(lon, lat).map(short).join(","));
  return `M${text.join("L")}${isClosed ? "Z" : ""}`;
}

/** Path data of the land; small rings below a map unit are left out. */
export function landPath(projection, land) {
  const parts = [];
  for (const ring of land.rings) {
    let [before, text] = [[NaN, NaN], ""];
    for (const [x, y] of ring) {
      const at = projection.forward(land.x0 + land.dx * x, land.y0 + land.dy * y).map(short);
      if (at[0] === before[0] && at[1] === before[1]) continue;
      // Steps are shorter than places.
      text += text
        ? `l${short(at[0] - before[0])},${short(at[1] - before[1])}`
        : `M${at[0]},${at[1]}`;
      before = at;
    }
    parts.push(`${text}z`);
  }
  return parts.join("");
}

/** Points of a ring round a centre at so many nautical miles. */
export function circle([lon, lat], radiusNm, steps = 72) {
  const [arc, phi] = [radiusNm * NM_RAD, lat * RAD];
  return Array.from({ length: steps }, (_, i) => {
    const turn = (2 * Math.PI * i) / steps;
    const up = Math.sin(phi) * Math.cos(arc) + Math.cos(phi) * Math.sin(arc) * Math.cos(turn);
    const east = Math.atan2(
      Math.sin(turn) * Math.sin(arc) * Math.cos(phi),
      Math.cos(arc) - Math.sin(phi) * up,
    );
    return [lon + east / RAD, Math.asin(up) / RAD];
  });
}

/** Longitudes or latitudes of the graticule that a side of the view crosses: [{value, at in pixels}]. */
export function crossings(values, step) {
  const found = [];
  for (let i = 1; i < values.length; i += 1) {
    const [a, b] = [values[i - 1], values[i]];
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    if (!(high - low < 90)) continue;
    for (let k = Math.ceil(low / step); k * step <= high; k += 1) {
      if (high === low) break;
      const share = (k * step - a) / (b - a);
      if (share > 0 || i === 1) found.push({ value: k * step, at: i - 1 + share });
    }
  }
  return found;
}

export function degreeText(value, positive, negative) {
  let degrees = value;
  if (positive === "E") degrees = ((((value + 180) % 360) + 360) % 360) - 180;
  if (degrees === 0 || degrees === -180) return `${Math.abs(degrees)}\u00b0`;
  return `${Math.abs(degrees)}\u00b0${degrees > 0 ? positive : negative}`;
}

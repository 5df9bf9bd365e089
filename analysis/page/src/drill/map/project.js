// The map's projection: conic conformal with parallels at a sixth and five sixths of the view, so that
// rings look round and north is nearly up. Coordinates of the map: R is a radian, y goes down.

const RAD = Math.PI / 180;
export const R = 10000;
const NM_RAD = RAD / 60;

/** Lambert's conic conformal of the sphere, in radians: longitude from the middle, y upwards. */
function conic(low, high) {
  const { abs, atan, atan2, cos, hypot, log, PI, sign, sin, tan } = Math;
  const rise = (lat) => tan(PI / 4 + lat / 2);
  const n = abs(high - low) < 1e-9 ? sin(low) : log(cos(low) / cos(high)) / log(rise(high) / rise(low));
  const f = (cos(low) * rise(low) ** n) / n;
  return {
    forward(turn, lat) {
      const r = f / rise(lat) ** n;
      return [r * sin(n * turn), f - r * cos(n * turn)];
    },
    inverse(x, y) {
      const down = (f - y) * sign(n);
      const r = sign(n) * hypot(x, f - y);
      return [atan2(x * sign(n), down) / n, 2 * atan((f / r) ** (1 / n)) - PI / 2];
    },
  };
}

/** @param box {west, east, south, north}, longitudes continuous */
export function makeProjection({ west, east, south, north }) {
  const centre = (west + east) / 2;
  const span = north - south;
  // Parallels that lie alike on both sides of the equator have no cone.
  let [low, high] = [south + span / 6, south + (span * 5) / 6];
  if (Math.abs(low + high) < 0.5) [low, high] = [low + 1, high + 1];
  const cone = conic(low * RAD, high * RAD);
  const [, middle] = cone.forward(0, ((south + north) / 2) * RAD);
  const forward = (lon, lat) => {
    let turn = lon - centre;
    while (turn > 180) turn -= 360;
    while (turn < -180) turn += 360;
    const [x, y] = cone.forward(turn * RAD, Math.max(-85, Math.min(85, lat)) * RAD);
    return [x * R, (middle - y) * R];
  };
  const inverse = (x, y) => {
    const [turn, lat] = cone.inverse(x / R, middle - y / R);
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

/** Rings of the land on the map, points that fall together once; with what lies on the edge of the cut. */
function landRings(projection, land) {
  const [dx, dy] = [Math.abs(land.dx), Math.abs(land.dy)];
  const isNear = (value, edge, step) => Math.abs(value - edge) < 1.5 * step;
  return land.rings.map((ring) => {
    const out = [];
    for (const [x, y] of ring) {
      const [lon, lat] = [land.x0 + land.dx * x, land.y0 + land.dy * y];
      const [px, py] = projection.forward(lon, lat).map(short);
      const before = out[out.length - 1];
      if (before && before[0] === px && before[1] === py) continue;
      const edge =
        (isNear(lon, land.west, dx) ? 1 : 0) +
        (isNear(lon, land.east, dx) ? 2 : 0) +
        (isNear(lat, land.south, dy) ? 4 : 0) +
        (isNear(lat, land.north, dy) ? 8 : 0);
      out.push([px, py, edge]);
    }
    return out;
  });
}

const stepText = (from, to) => `l${short(to[0] - from[0])},${short(to[1] - from[1])}`;

/** Path data of the land, to be filled. Steps are shorter than places. */
export const landPath = (projection, land) =>
  landRings(projection, land)
    .filter((ring) => ring.length > 2)
    .map((ring) => `M${ring[0][0]},${ring[0][1]}${ring.slice(1).map((to, i) => stepText(ring[i], to)).join("")}z`)
    .join("");

/** Path data of the coast, to be drawn: the land's edge less where it was cut. */
export function shorePath(projection, land) {
  const parts = [];
  for (const ring of landRings(projection, land)) {
    let isOpen = false;
    for (let i = 0; i < ring.length; i += 1) {
      const [from, to] = [ring[i], ring[(i + 1) % ring.length]];
      const isCut = (from[2] & to[2]) !== 0;
      if (isCut) isOpen = false;
      else {
        if (!isOpen) parts.push(`M${from[0]},${from[1]}`);
        parts.push(stepText(from, to));
        isOpen = true;
      }
    }
  }
  return parts.join("");
}

/** Path data of a box of degrees, its edges as curved as the projection makes them. */
export function boxPath(projection, { west, east, south, north }) {
  const [low, high] = [Math.max(-85, south), Math.min(85, north)];
  const side = (from, to, point) => Array.from({ length: 33 }, (_, i) => point(from + ((to - from) * i) / 32));
  return pathOf(
    projection,
    [
      ...side(west, east, (lon) => [lon, low]),
      ...side(low, high, (lat) => [east, lat]),
      ...side(east, west, (lon) => [lon, high]),
      ...side(high, low, (lat) => [west, lat]),
    ],
    true,
  );
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

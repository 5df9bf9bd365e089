// Where every unit is at a moment, with how much fuel, doing what: closed form, from legs and sorties.
// A leg is followed along its route on a sphere, scaled to the length that the engine gives it.
import { ms } from "./scene.js";

const RAD = Math.PI / 180;
const { asin, atan2, cos, sin, sqrt } = Math;

const vector = ([lon, lat]) => {
  const ring = cos(lat * RAD);
  return [ring * cos(lon * RAD), ring * sin(lon * RAD), sin(lat * RAD)];
};
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const arc = (a, b) => {
  const chord = sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
  return 2 * asin(Math.min(1, chord / 2));
};

/** Longitude and latitude of a vector; the longitude near another, so that lines do not jump. */
function place(v, near) {
  let lon = atan2(v[1], v[0]) / RAD;
  while (lon - near > 180) lon -= 360;
  while (near - lon > 180) lon += 360;
  return [lon, atan2(v[2], sqrt(v[0] * v[0] + v[1] * v[1])) / RAD];
}

/** A line that can be followed by the share of its length. */
export class Way {
  /** @param ends way to each point, in any measure; without it arcs of a sphere */
  constructor(points, ends) {
    this.points = points;
    this.vectors = points.map(vector);
    this.arcs = points.slice(1).map((_, i) => arc(this.vectors[i], this.vectors[i + 1]));
    this.ends = ends?.length === points.length ? ends : [0];
    for (let i = this.ends.length; i < points.length; i += 1)
      this.ends.push(this.ends[i - 1] + this.arcs[i - 1]);
    this.length = this.ends[this.ends.length - 1];
  }

  /** Index of the piece that holds an arc. */
  piece(at) {
    let [low, high] = [0, this.points.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.ends[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Point at a share of the length, 0 to 1. */
  at(share) {
    if (this.points.length < 2 || !(this.length > 0)) return this.points[0];
    const goal = Math.min(1, Math.max(0, share)) * this.length;
    const i = this.piece(goal);
    const [a, b] = [this.vectors[i], this.vectors[i + 1]];
    const whole = this.arcs[i];
    const done = (goal - this.ends[i]) / (this.ends[i + 1] - this.ends[i]);
    if (!(whole > 0) || !Number.isFinite(done)) return this.points[i];
    const [from, to] = [sin(whole * (1 - done)) / sin(whole), sin(whole * done) / sin(whole)];
    return place(
      [0, 1, 2].map((k) => from * a[k] + to * b[k]),
      this.points[i][0],
    );
  }
}

/** Course in degrees from one point to another. */
export function course(from, to) {
  const [a, b] = [vector(from), vector(to)];
  const east = [-sin(from[0] * RAD), cos(from[0] * RAD), 0];
  const north = [-a[2] * cos(from[0] * RAD), -a[2] * sin(from[0] * RAD), cos(from[1] * RAD)];
  return (atan2(dot(b, east), dot(b, north)) / RAD + 360) % 360;
}

const SHIP_WORDS = {
  leg: "under-way",
  port: "in-port",
  anchor: "at-anchor",
  drift: "drifting",
  station: "on-station",
  adrift: "adrift",
};

const known = (lon, lat) => Number.isFinite(lon) && Number.isFinite(lat);
const last = (list, time) => {
  let [low, high] = [-1, list.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list[middle].from <= time) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** Follows a ship. */
class Ship {
  constructor(unit, wayOf) {
    this.unit = unit;
    this.home = known(unit.lon_deg, unit.lat_deg) ? [unit.lon_deg, unit.lat_deg] : null;
    this.legs = (unit.legs ?? []).map((leg) => {
      const here = known(leg.lon_deg, leg.lat_deg) ? [leg.lon_deg, leg.lat_deg] : null;
      const way = leg.kind === "leg" ? wayOf(leg) : null;
      return { ...leg, from: ms(leg.start), until: ms(leg.end), here, way };
    });
    this.fuelled = (unit.fuelled ?? []).map(ms);
  }

  share(leg, time) {
    const passed = leg.start_m + (leg.speed_mps * (Math.min(time, leg.until) - leg.from)) / 1000;
    const share = Math.min(1, Math.max(0, passed / leg.route_m));
    return leg.reverse ? 1 - share : share;
  }

  placeIn(index, time) {
    const leg = this.legs[index];
    if (leg.way) return leg.way.at(this.share(leg, time));
    if (leg.here) return leg.here;
    return index > 0 ? this.placeIn(index - 1, leg.from) : this.home;
  }

  at(time) {
    const index = Math.max(0, last(this.legs, time));
    const leg = this.legs[index];
    if (!leg) return { place: this.home, fuel: null, word: "at-base", course: null };
    const where = this.placeIn(index, time);
    const seconds = Math.max(0, Math.min(time, leg.until) - leg.from) / 1000;
    const fuel = Math.max(0, leg.fuel_start_kg - leg.burn_kgps * seconds) / this.unit.tank_kg;
    const isUnderWay = leg.way && leg.speed_mps > 0;
    return {
      place: where,
      fuel: Number.isFinite(fuel) ? fuel : null,
      word: SHIP_WORDS[leg.kind] ?? leg.kind,
      course: isUnderWay ? this.courseIn(leg, time) : null,
    };
  }

  courseIn(leg, time) {
    const here = this.share(leg, time) * leg.way.length;
    const i = leg.way.piece(leg.reverse ? Math.max(0, here - 1e-9) : here);
    const [a, b] = [leg.way.points[i], leg.way.points[i + 1]];
    if (!b) return null;
    return leg.reverse ? course(b, a) : course(a, b);
  }

  marks(time) {
    const now = this.at(time);
    return now.place ? [{ unit: this.unit, count: this.unit.count ?? 1, flying: false, ...now }] : [];
  }

  /** The line sailed, as [time, lon, lat]; straight pieces between points of the route. */
  line() {
    const line = [];
    this.legs.forEach((leg, index) => {
      if (!leg.way) {
        const where = this.placeIn(index, leg.from);
        if (where && line.length > 0) line.push([leg.from, ...where]);
        return;
      }
      const [from, to] = [this.share(leg, leg.from), this.share(leg, leg.until)];
      const [low, high] = [Math.min(from, to), Math.max(from, to)];
      const inner = leg.way.ends
        .map((end, i) => [end / leg.way.length, leg.way.points[i]])
        .filter(([share]) => share > low && share < high);
      if (leg.reverse) inner.reverse();
      line.push([leg.from, ...leg.way.at(from)]);
      for (const [share, point] of inner)
        line.push([leg.from + ((leg.until - leg.from) * (share - from)) / (to - from), ...point]);
      line.push([leg.until, ...leg.way.at(to)]);
    });
    return line;
  }
}

/** Follows the sorties of aircraft; each flies by itself. Those of a ship are where it is. */
class Aircraft {
  constructor(unit, carrier) {
    this.unit = unit;
    this.carrier = carrier;
    this.home = known(unit.lon_deg, unit.lat_deg) ? [unit.lon_deg, unit.lat_deg] : null;
    this.sorties = (unit.sorties ?? [])
      .filter((sortie) => sortie.off)
      .map((sortie) => this.sortie(sortie))
      .sort((a, b) => a.from - b.from);
  }

  sortie(sortie) {
    const home = known(sortie.base_lon_deg, sortie.base_lat_deg)
      ? [sortie.base_lon_deg, sortie.base_lat_deg]
      : this.home;
    const station = known(sortie.station_lon_deg, sortie.station_lat_deg)
      ? [sortie.station_lon_deg, sortie.station_lat_deg]
      : null;
    const [from, on, leave, land] = [sortie.off, sortie.on, sortie.leave, sortie.land].map(ms);
    const given = sortie.points?.length > 1 ? new Way(sortie.points) : null;
    const out = !given && home && station ? new Way([home, station]) : null;
    return { ...sortie, from, on, leave, land, home, station, given, out };
  }

  /** Place of a sortie in the air; null where it is not known. */
  fly(sortie, time) {
    const share = (from, to) => (to > from ? (time - from) / (to - from) : 1);
    if (sortie.given) {
      const at = share(sortie.from, sortie.land ?? sortie.from);
      return { place: sortie.given.at(at), word: "flying", course: this.heading(sortie.given, at, false) };
    }
    const { out } = sortie;
    if (!out) return { place: sortie.station ?? sortie.home, word: "flying", course: null };
    if (sortie.on !== null && time >= sortie.on && !(sortie.leave !== null && time >= sortie.leave))
      return { place: sortie.station, word: "on-station", course: null };
    if (sortie.on === null || time < sortie.on) {
      const at = share(sortie.from, sortie.on ?? sortie.land ?? sortie.from);
      return { place: out.at(at), word: "outbound", course: this.heading(out, at, false) };
    }
    const at = 1 - share(sortie.leave, sortie.land ?? sortie.leave);
    return { place: out.at(at), word: "returning", course: this.heading(out, at, true) };
  }

  heading(way, at, isBack) {
    const [a, b] = [way.at(Math.max(0, at - 0.01)), way.at(Math.min(1, at + 0.01))];
    return isBack ? course(b, a) : course(a, b);
  }

  flying(time) {
    return this.sorties.filter((each) => each.from <= time && (each.land === null || time < each.land));
  }

  at(time) {
    const [first] = this.flying(time);
    if (first) return { fuel: null, ...this.fly(first, time) };
    const hasLanded = this.sorties.some((each) => each.land !== null && each.land <= time);
    if (this.carrier)
      return { place: this.carrier.at(time).place, fuel: null, word: "on-board", course: null };
    return { place: this.home, fuel: null, word: hasLanded ? "landed" : "at-base", course: null };
  }

  marks(time) {
    const air = this.flying(time)
      .map((sortie) => ({
        unit: this.unit,
        count: sortie.aircraft ?? 1,
        flying: true,
        fuel: null,
        ...this.fly(sortie, time),
      }))
      .filter((mark) => mark.place);
    if (air.length > 0) return air;
    if (this.carrier) return []; // its ship is drawn
    const now = this.at(time);
    return now.place ? [{ unit: this.unit, count: this.unit.count ?? 1, flying: false, ...now }] : [];
  }

  line() {
    return [];
  }
}

/**
 * The movers of a document: `at(id, time)` is {place [lon, lat], fuel 0..1 or null, word, course};
 * `marks(time)` is all that stands on the map, a sortie each.
 */
export function motionOf(doc) {
  const ways = (doc.routes ?? []).map((route) => new Way(route.points, route.points_m));
  const wayOf = (leg) => ways[leg.route] ?? null;
  const movers = new Map();
  const [ships, aircraft] = [[], []];
  for (const unit of doc.units ?? []) (unit.domain === "air" ? aircraft : ships).push(unit);
  for (const unit of ships) movers.set(unit.id, new Ship(unit, wayOf));
  for (const unit of aircraft) movers.set(unit.id, new Aircraft(unit, movers.get(unit.parent)));
  return {
    movers,
    at: (id, time) => movers.get(id)?.at(time) ?? null,
    marks: (time) => [...movers.values()].flatMap((mover) => mover.marks(time)),
  };
}

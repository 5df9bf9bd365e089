// Run documents for the page of a drill: what an older or smaller one lacks is put in, so that every
// part of the page has something to show.

const HOURS = 3600000;
const iso = (ms) => new Date(ms).toISOString().replace(".000Z", "Z");

const KINDS = { DDG: "destroyer", FFG: "frigate", fighter: "fighter", helicopter: "helicopter" };

/** Places of ships by name, from the ends of routes. */
function placesOf(doc) {
  const places = new Map();
  for (const route of doc.routes ?? []) {
    const ends = [route.points[0], route.points[route.points.length - 1]];
    [route.from, route.to].forEach((name, i) => places.set(name, ends[i]));
  }
  return places;
}

function boxOf(doc) {
  const points = (doc.routes ?? []).flatMap((route) => route.points);
  const [lons, lats] = [0, 1].map((k) => points.map((point) => point[k]));
  const around = (values) => [Math.min(...values) - 2, Math.max(...values) + 2];
  const [[west, east], [south, north]] = [around(lons), around(lats)];
  return { west, east, south, north };
}

function withPlaces(unit, doc, places) {
  const at = places.get(unit.base);
  const legs = unit.legs?.map((leg) => {
    const from = places.get(leg.from);
    const found = { ...leg, lat_deg: from?.[1] ?? null, lon_deg: from?.[0] ?? null };
    if (leg.kind !== "leg" || leg.route !== undefined) return found;
    const ways = doc.routes.findIndex(
      (route) =>
        (route.from === leg.from && route.to === leg.to) ||
        (route.from === leg.to && route.to === leg.from),
    );
    return { ...found, route: ways, reverse: ways >= 0 && doc.routes[ways].from !== leg.from };
  });
  return {
    lat_deg: at?.[1] ?? null,
    lon_deg: at?.[0] ?? null,
    symbol: KINDS[unit.type] ?? (unit.domain === "air" ? "fighter" : "patrol"),
    sidc: null,
    ...unit,
    ...(legs && unit.legs[0]?.lat_deg === undefined ? { legs } : {}),
  };
}

/** The document with all that the page reads. */
export function filled(doc) {
  const places = placesOf(doc);
  const units = (doc.units ?? []).map((unit) => withPlaces(unit, doc, places));
  const loud = { mustered: 3, decided: 3, "drill started": 3, "serial started": 2 };
  const log =
    doc.log ??
    (doc.events ?? [])
      .filter((event) => event.kind !== "holds")
      .map((event) => {
        const unit = units.find((each) => each.id === event.unit);
        return {
          t: event.time,
          kind: event.kind.replaceAll(" ", "-"),
          text: `${unit?.name ?? ""} ${event.kind}`.trim(),
          unit: event.unit,
          state: unit?.state ?? null,
          drill: null,
          serial: null,
          lat_deg: null,
          lon_deg: null,
          weight: loud[event.kind] ?? 1,
        };
      });
  const scene = {
    title: doc.scenario?.title ?? "",
    summary: "",
    seed: null,
    zone_h: 9,
    start: doc.epoch,
    end: iso(Date.parse(doc.drills?.at(-1)?.end ?? doc.epoch) + 120 * HOURS),
    states: (doc.decisions ?? []).map(({ state, name }) => ({ id: state, name, zone_h: 9 })),
    bases: [...places].map(([name, [lon_deg, lat_deg]]) => ({
      id: name,
      name,
      lon_deg,
      lat_deg,
      kind: "port",
    })),
    areas: (doc.drills ?? []).map(({ id, name, lat_deg, lon_deg }) => ({
      id,
      name,
      lat_deg,
      lon_deg,
      radius_nm: 30,
    })),
    box: boxOf(doc),
    ...doc.scene,
  };
  return { ...doc, units, log, scene };
}

/** Ships of four states that come and go between six places for so many days: invented, and always busy. */
export function manyUnits(count, days) {
  const epoch = Date.parse("2023-07-01T00:00:00Z");
  const places = [
    ["West", 121, 36], ["North", 132, 43], ["Middle", 134, 39.5], ["South", 130, 31],
    ["East", 141, 38], ["Strait", 129.4, 34.6],
  ].map(([name, lon, lat]) => ({ id: name, name, lon_deg: lon, lat_deg: lat, kind: "port" }));
  const routes = [];
  for (const a of places)
    for (const b of places) {
      if (a === b) continue;
      const points = Array.from({ length: 20 }, (_, i) => [
        a.lon_deg + ((b.lon_deg - a.lon_deg) * i) / 19 + 0.3 * Math.sin(i),
        a.lat_deg + ((b.lat_deg - a.lat_deg) * i) / 19 + 0.3 * Math.cos(i),
      ]);
      routes.push({ from: a.name, to: b.name, points, length_nm: 500, gates: [] });
    }
  const symbols = ["destroyer", "frigate", "supply", "corvette", "submarine", "amphibious"];
  const states = ["AAA", "BBB", "CCC", "DDD"];
  const units = Array.from({ length: count }, (_, n) => {
    const legs = [];
    let [at, here] = [epoch, n % places.length];
    while (at < epoch + days * 24 * HOURS) {
      const there = (here + 1 + (n % 4)) % places.length;
      const until = at + (20 + (n % 7) * 3) * HOURS;
      const route = routes.findIndex((each) => each.from === places[here].name && each.to === places[there].name);
      legs.push({
        kind: "leg", from: places[here].name, to: places[there].name, start: iso(at), end: iso(until),
        speed_mps: 900000 / ((until - at) / 1000), burn_kgps: 0.2, start_m: 0, route_m: 900000,
        fuel_start_kg: 600000, route, reverse: false, lon_deg: places[here].lon_deg, lat_deg: places[here].lat_deg,
      });
      [at, here] = [until, there];
    }
    return {
      id: `unit-${n}`, name: `Unit ${n}`, state: states[n % 4], domain: "naval", symbol: symbols[n % 6],
      sidc: null, count: 1, took_part: n % 5 !== 0, tank_kg: 600000, base: places[n % 6].name,
      lon_deg: places[n % 6].lon_deg, lat_deg: places[n % 6].lat_deg, legs,
    };
  });
  const log = units.flatMap((unit) =>
    unit.legs.map((leg, i) => ({
      t: leg.start, kind: "sailed", text: `${unit.name} leaves ${leg.from}`, unit: unit.id, state: unit.state,
      drill: null, serial: null, lat_deg: null, lon_deg: null, weight: 1 + (i % 3),
    })),
  );
  return {
    format: "muster-run", version: 1, program: { name: "muster", version: "0.1.0" },
    scenario: { id: "many", title: "Many units", hash: "0".repeat(16), variant: null }, run: "plan",
    epoch: iso(epoch), drills: [], decisions: [], units, routes, serials: [], log,
    scene: {
      title: "Many units", start: iso(epoch), end: iso(epoch + days * 24 * HOURS), bases: places,
      states: states.map((id) => ({ id, name: `State ${id}`, zone_h: 9 })),
      areas: [{ id: "area", name: "area", lon_deg: 134, lat_deg: 39.5, radius_nm: 60 }],
      box: { west: 118, east: 143, south: 30, north: 45 },
    },
  };
}

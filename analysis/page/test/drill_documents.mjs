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

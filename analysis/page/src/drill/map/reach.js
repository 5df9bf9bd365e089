// Contours of reach: how far a ship gets and back, over water, as the program worked it out. The label
// stands on the line; a line that leaves the map fades there.
import { measure } from "../../shared/text.js";
import { boxAt, touch } from "./groups.js";
import { pathOf } from "./project.js";
import { s } from "./svg.js";

const linesOf = (geometry) => {
  switch (geometry?.type) {
    case "Polygon":
      return geometry.coordinates;
    case "MultiPolygon":
      return geometry.coordinates.flat();
    case "LineString":
      return [geometry.coordinates];
    case "MultiLineString":
      return geometry.coordinates;
    default:
      return [];
  }
};

const isReach = (feature) => feature?.properties?.kind === "reach";

/** The units that have contours. */
export const unitsWithReach = (contours) => [
  ...new Set((contours?.features ?? []).filter(isReach).map((feature) => feature.properties.unit)),
];

const CELL = 0.05; // degrees: the step of the grid that areas of ships were found on
const cellOf = (lon, lat) => `${Math.round(lon / CELL)},${Math.round(lat / CELL)}`;

/** Whether a place is at a coast, nearer than two steps of the grid; null: there is no land to tell. */
function coastTest(land) {
  if (!land) return null;
  const cells = new Set();
  for (const ring of land.rings) {
    let [x0, y0] = [NaN, NaN];
    for (const [x, y] of ring) {
      const [lon, lat] = [land.x0 + land.dx * x, land.y0 + land.dy * y];
      const steps = Number.isNaN(x0) ? 1 : Math.max(1, Math.ceil(Math.max(Math.abs(lon - x0), Math.abs(lat - y0)) / CELL));
      for (let i = 1; i <= steps; i += 1)
        cells.add(steps === 1 ? cellOf(lon, lat) : cellOf(x0 + ((lon - x0) * i) / steps, y0 + ((lat - y0) * i) / steps));
      [x0, y0] = [lon, lat];
    }
  }
  const near = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => [i * CELL, j * CELL]));
  // The extract counts longitudes on, east of 180 too.
  return ([lon, lat]) => near.some(([i, j]) => cells.has(cellOf(lon + i, lat + j)) || cells.has(cellOf(lon + 360 + i, lat + j)));
}

const LONG = 0.4; // degrees: an edge so long along a meridian or a parallel is that of the box it was found in
const CRUMB = 0.6; // degrees: what is shorter between two coasts is a bay

/** The parts of a ring that are the limit itself: neither coast nor the edge of the box. */
export function openParts(ring, isCoast) {
  const parts = [];
  let part = [];
  const close = () => {
    const length = part.reduce((sum, [x, y], i) => sum + (i > 0 ? Math.hypot(x - part[i - 1][0], y - part[i - 1][1]) : 0), 0);
    if (part.length > 1 && (part.length === ring.length || length > CRUMB)) parts.push(part);
    part = [];
  };
  const atCoast = ring.map((point) => Boolean(isCoast?.(point)));
  const isEdge = ([x0, y0], [x1, y1]) => (x0 === x1 && Math.abs(y1 - y0) > LONG) || (y0 === y1 && Math.abs(x1 - x0) > LONG);
  ring.forEach((point, i) => {
    const isCut = i > 0 && ((atCoast[i] && atCoast[i - 1]) || isEdge(ring[i - 1], point));
    if (isCut) close();
    part.push(point);
  });
  close();
  return parts;
}

/** Places along a line, none farther from the next than a quarter of a degree: there a label may stand. */
function dense(line) {
  return line.flatMap(([x1, y1], i) => {
    const [x0, y0] = line[i - 1] ?? [x1, y1];
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 0.25));
    return Array.from({ length: steps }, (_, k) => [x0 + ((x1 - x0) * (k + 1)) / steps, y0 + ((y1 - y0) * (k + 1)) / steps]);
  });
}

/** The free place on a line that is nearest to the middle: a label at the edge is not read. */
function middlemost(places, width, height, view, isFree) {
  let best = null;
  for (const [x, y] of places) {
    const far = Math.hypot(x - view.width / 2, y - view.height / 2);
    if (best && far >= best.far) continue;
    const box = boxAt(x, y, width, height);
    if (isFree(box)) best = { box, far };
  }
  return best;
}

const LEAST_SEEN = 40; // pixels

/** A place for what a line says that is not seen: low, at the right, the left or between, line over line. */
function cornerFor(width, height, bounds, isFree) {
  const rows = Math.floor((bounds.y1 - bounds.y0) / (1.05 * height));
  const [right, left] = [bounds.x1 - width / 2 - 4, bounds.x0 + width / 2 + 4];
  for (let row = 0; row < rows; row += 1)
    for (const x of [right, left, (right + left) / 2, (3 * right + left) / 4, (right + 3 * left) / 4]) {
      const box = boxAt(x, bounds.y1 - height * (1.6 + 1.05 * row), width, height);
      if (isFree(box)) return { box };
    }
  return null;
}

export function contourLayer({ desk, scene, projection, landBlock, contours: given }) {
  let contours = given;
  let isCoast; // made when first needed
  const lines = s("g", { class: "contours" });
  const labels = s("g", { class: "contour-labels" });
  const layer = { lines, labels, shown: null };
  let drawn = [];

  /** Takes other contours; show them by the next call of `show`. */
  layer.take = (next) => {
    contours = next;
    layer.shown = undefined;
  };

  /** Shows the contours of a unit; null: none. */
  layer.show = (unit) => {
    layer.shown = unit;
    drawn = (contours?.features ?? [])
      .filter((feature) => isReach(feature) && feature.properties.unit === unit)
      .map((feature) => {
        const { limit, hours, radius_nm: radius } = feature.properties;
        // A ship's area ends at coasts as well: a line there would say nothing of fuel.
        const isShip = scene.unit.get(unit)?.domain === "naval";
        if (isShip && isCoast === undefined) isCoast = coastTest(landBlock);
        const rings = linesOf(feature.geometry).flatMap((ring) => openParts(ring, isShip ? isCoast : null));
        const colour = scene.state.get(feature.properties.state)?.colour ?? "var(--text)";
        const path = s("path", { class: `contour ${limit}`, d: rings.map((ring) => pathOf(projection, ring)).join("") });
        path.style.color = colour;
        const params = {
          unit: desk.name(unit, scene.unit.get(unit)?.name),
          limit: desk.word(`map.limit.${limit}`),
          hours: hours ?? 0,
          radius: Number.isFinite(radius) ? Math.round(radius) : "\u2013",
        };
        // In full, or in brief where there is less room.
        const texts = ["map.contour", "map.contour.brief"].map((key) => desk.word(key, params));
        const node = s("text", { class: "name contour", direction: "auto" });
        node.style.fill = colour;
        const points = rings.flatMap(dense).map(([lon, lat]) => projection.forward(lon, lat));
        const labels = texts.map((text) => ({ text, width: measure(text, 11.5 * desk.scale) + 4 }));
        const beyond = texts.map((contour) => {
          const text = desk.word("map.contour.beyond", { contour });
          return { text, width: measure(text, 11.5 * desk.scale) + 4 };
        });
        return { path, node, points, labels, beyond };
      });
    lines.replaceChildren(...drawn.map(({ path }) => path));
    labels.replaceChildren(...drawn.map(({ node }) => node));
  };

  /** Puts each label on its line where there is room, or in a corner if the line is not seen; answers with the boxes taken. */
  layer.layout = (view, obstacles, bounds) => {
    const taken = [];
    const height = 15 * desk.scale;
    const isFree = (box) =>
      box.x0 >= bounds.x0 && box.x1 <= bounds.x1 && box.y0 >= bounds.y0 && box.y1 <= bounds.y1 &&
      ![...obstacles, ...taken].some((other) => touch(other, box));
    const all = drawn.map((each) => {
      const places = each.points.map(view.screen);
      const seen = places.filter(([x, y]) => x > bounds.x0 && x < bounds.x1 && y > bounds.y0 && y < bounds.y1);
      const size = (axis) => Math.max(...seen.map((place) => place[axis])) - Math.min(...seen.map((place) => place[axis]));
      // What is left round an islet is not the line.
      return { each, places, isSeen: seen.length > 1 && Math.max(size(0), size(1)) > LEAST_SEEN };
    });
    // Lines that are seen come first.
    for (const { each, places, isSeen } of all.sort((a, b) => b.isSeen - a.isSeen)) {
      const { node } = each;
      let best = null;
      for (const { text, width } of isSeen ? each.labels : each.beyond) {
        best ??= isSeen ? middlemost(places, width, height, view, isFree) : cornerFor(width, height, bounds, isFree);
        if (best) best.text ??= text;
      }
      node.style.display = best ? "" : "none";
      each.box = best?.box ?? null;
      if (!best) continue;
      node.textContent = best.text;
      node.setAttribute("x", ((best.box.x0 + best.box.x1) / 2).toFixed(1));
      node.setAttribute("y", (best.box.y0 + height * 0.78).toFixed(1));
      taken.push(best.box);
    }
    return taken;
  };

  /** A label that a sign has come over is left out while it is there. */
  layer.giveWay = (boxes) => {
    for (const each of drawn) {
      const isOut = Boolean(each.box) && boxes.some((box) => touch(box, each.box));
      if (isOut !== each.isOut) each.node.style.visibility = (each.isOut = isOut) ? "hidden" : "";
    }
  };
  return layer;
}

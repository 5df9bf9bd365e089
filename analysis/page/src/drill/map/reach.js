// Contours of reach: how far a ship gets and back, over water, as the program worked it out. The label
// stands on the line; a line that leaves the map fades there.
import { measure } from "../../shared/text.js";
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

export function contourLayer({ desk, scene, projection, contours: given }) {
  let contours = given;
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
        const rings = linesOf(feature.geometry);
        const colour = scene.state.get(feature.properties.state)?.colour ?? "var(--text)";
        const path = s("path", { class: `contour ${limit}`, d: rings.map((ring) => pathOf(projection, ring)).join("") });
        path.style.color = colour;
        const text = desk.word("map.contour", {
          unit: desk.name(unit, scene.unit.get(unit)?.name),
          limit: desk.word(`map.limit.${limit}`),
          hours: hours ?? 0,
          radius: Number.isFinite(radius) ? Math.round(radius) : "\u2013",
        });
        const node = s("text", { class: "name contour" }, text);
        node.style.fill = colour;
        const points = rings.flat().map(([lon, lat]) => projection.forward(lon, lat));
        return { path, node, points, width: measure(text, 11.5 * desk.scale) + 4 };
      });
    lines.replaceChildren(...drawn.map(({ path }) => path));
    labels.replaceChildren(...drawn.map(({ node }) => node));
  };

  /** Puts each label on its line where there is room; answers with the boxes taken. */
  layer.layout = (view, obstacles, bounds) => {
    const taken = [];
    for (const { node, points, width } of drawn) {
      const height = 15 * desk.scale;
      let best = null;
      for (let i = 0; i < points.length; i += 2) {
        const [x, y] = view.screen(points[i]);
        const box = { x0: x - width / 2, y0: y - height / 2, x1: x + width / 2, y1: y + height / 2 };
        if (box.x0 < bounds.x0 || box.x1 > bounds.x1 || box.y0 < bounds.y0 || box.y1 > bounds.y1) continue;
        const touches = (other) => other.x0 < box.x1 && box.x0 < other.x1 && other.y0 < box.y1 && box.y0 < other.y1;
        if ([...obstacles, ...taken].some(touches)) continue;
        // Towards the middle: a label at the edge is not read.
        const far = Math.hypot(x - view.width / 2, y - view.height / 2);
        if (!best || far < best.far) best = { box, far, x, y };
      }
      node.style.display = best ? "" : "none";
      if (!best) continue;
      node.setAttribute("x", best.x.toFixed(1));
      node.setAttribute("y", (best.y + height * 0.28).toFixed(1));
      taken.push(best.box);
    }
    return taken;
  };
  return layer;
}

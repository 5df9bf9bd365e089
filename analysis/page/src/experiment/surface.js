// A surface over a plane from the rows of a table: a regular grid (bilinear between its nodes) or
// scattered points (linear in the triangles between them).
import * as Plot from "@observablehq/plot";
import { Delaunay, polygonArea } from "d3";

const ascending = (values) => Float64Array.from(new Set(values)).sort();

/** Rows of one place become their mean; without this a replicated design is no surface. */
export function meanByPlace(rows, fields) {
  const places = new Map();
  for (const row of rows) {
    const key = `${row.x}|${row.y}`;
    if (!places.has(key)) places.set(key, { x: row.x, y: row.y, sums: fields.map(() => [0, 0]) });
    places.get(key).sums.forEach((sum, i) => {
      if (row[fields[i]] === null) return;
      sum[0] += row[fields[i]];
      sum[1] += 1;
    });
  }
  return [...places.values()].map(({ x, y, sums }) => {
    const place = { x, y };
    fields.forEach((field, i) => (place[field] = sums[i][1] > 0 ? sums[i][0] / sums[i][1] : NaN));
    return place;
  });
}

/** The borders of cells: half-way between values, the outer ones as far out as the inner ones are in. */
function bordersOf(list) {
  const inner = Array.from(list.slice(1), (value, i) => (list[i] + value) / 2);
  const last = list.length - 1;
  return [2 * list[0] - inner[0], ...inner, 2 * list[last] - inner[last - 1]];
}

/**
 * What can be drawn: "grid", "scattered", or "points" when there is no area. A grid has borders of cells
 * along an axis that has nothing between its values.
 */
export function shapeOf(places, cells = {}) {
  const xs = ascending(places.map((d) => d.x));
  const ys = ascending(places.map((d) => d.y));
  if (xs.length < 2 || ys.length < 2 || places.length < 3) return { kind: "points" };
  if (xs.length * ys.length <= places.length * 1.3 + 1) return {
      kind: "grid",
      xs,
      ys,
      borders: { x: cells.x ? bordersOf(xs) : null, y: cells.y ? bordersOf(ys) : null },
    };
  const inUnit = places.map((d) => [
    (d.x - xs[0]) / (xs[xs.length - 1] - xs[0]),
    (d.y - ys[0]) / (ys[ys.length - 1] - ys[0]),
  ]);
  const hull = [...Delaunay.from(inUnit).hull];
  // Points on one line span a hull of rounding errors.
  if (hull.length < 3 || Math.abs(polygonArea(hull.map((i) => inUnit[i]))) < 1e-6)
    return { kind: "points" };
  return { kind: "scattered", hull: hull.map((i) => places[i]) };
}

/** Values of a field at the nodes of a grid, row after row of y; NaN where there is none. */
function nodes(places, { xs, ys }, field) {
  const column = new Map([...xs].map((x, i) => [x, i]));
  const line = new Map([...ys].map((y, j) => [y, j]));
  const grid = new Float64Array(xs.length * ys.length).fill(NaN);
  for (const place of places)
    grid[line.get(place.y) * xs.length + column.get(place.x)] = place[field];
  return grid;
}

/** The cell of a sorted list that holds a value, and how far along it is: at one end, if it has borders. */
function locate(list, value, borders) {
  if (borders) {
    let k = 0;
    while (k + 1 < list.length && value >= borders[k + 1]) k += 1;
    return k + 1 < list.length ? [k, 0] : [k - 1, 1];
  }
  let i = 0;
  while (i + 2 < list.length && value >= list[i + 1]) i += 1;
  return [i, Math.min(1, Math.max(0, (value - list[i]) / (list[i + 1] - list[i])))];
}

/** Between two values; at either end that one alone, also where the other is missing. */
const mixed = (a, b, share) => (share === 0 ? a : share === 1 ? b : a * (1 - share) + b * share);

function gridRaster(places, shape, field, { width, height, x, y }) {
  const grid = nodes(places, shape, field);
  const { xs, ys, borders } = shape;
  const across = Array.from({ length: width }, (_, i) =>
    locate(xs, x[0] + ((i + 0.5) / width) * (x[1] - x[0]), borders?.x),
  );
  const raster = new Float64Array(width * height);
  for (let j = 0; j < height; j += 1) {
    const [line, v] = locate(ys, y[1] - ((j + 0.5) / height) * (y[1] - y[0]), borders?.y);
    for (let i = 0; i < width; i += 1) {
      const [column, u] = across[i];
      const at = line * xs.length + column;
      raster[j * width + i] = mixed(
        mixed(grid[at], grid[at + 1], u),
        mixed(grid[at + xs.length], grid[at + xs.length + 1], u),
        v,
      );
    }
  }
  return raster;
}

const triangles = Plot.interpolatorBarycentric();

function scatteredRaster(places, field, { width, height, x, y }) {
  const known = places.filter((d) => !Number.isNaN(d[field]));
  if (known.length < 3) return new Float64Array(width * height).fill(NaN);
  const X = known.map((d) => ((d.x - x[0]) / (x[1] - x[0])) * width);
  const Y = known.map((d) => ((y[1] - d.y) / (y[1] - y[0])) * height);
  return Float64Array.from(
    triangles(
      known.map((_, i) => i),
      width,
      height,
      X,
      Y,
      known.map((d) => d[field]),
    ),
  );
}

/**
 * @param box {width, height} of the raster, {x, y} the ends of the plane; the first row is the top one
 */
export function raster(places, shape, field, box) {
  return shape.kind === "grid"
    ? gridRaster(places, shape, field, box)
    : scatteredRaster(places, field, box);
}

/** Spans of a sorted list: cells between their borders, or from value to value. */
const spans = (list, borders) =>
  borders
    ? Array.from(list, (_, i) => ({ from: borders[i], to: borders[i + 1], at: [i, i] }))
    : Array.from(list.slice(1), (to, i) => ({ from: list[i], to, at: [i, i + 1] }));

/** Cells of a grid that have no value: {x1, x2, y1, y2}. */
export function emptyCells(places, shape, field) {
  if (shape.kind !== "grid") return [];
  const grid = nodes(places, shape, field);
  const { xs, ys, borders } = shape;
  const found = [];
  for (const y of spans(ys, borders?.y)) {
    for (const x of spans(xs, borders?.x)) {
      const corners = y.at.flatMap((j) => x.at.map((i) => grid[j * xs.length + i]));
      if (corners.some(Number.isNaN)) found.push({ x1: x.from, x2: x.to, y1: y.from, y2: y.to });
    }
  }
  return found;
}

// A value over two settings as filled steps, with the lines on which verdicts turn.
import * as Plot from "@observablehq/plot";
import { contours } from "d3";
import { domainOf, extent, frame, leftOut, onAxis } from "../axes.js";
import { addDefinitions, draw, stack, svg, tip, tipLine, v } from "../chart.js";
import { levels, needSome, number } from "../document.js";
import { cell, heading, named } from "../../shared/format.js";
import { isolines } from "../isolines.js";
import { colourScale, legend, swatch } from "../legend.js";
import { emptyCells, meanByPlace, raster, shapeOf } from "../surface.js";
import { measure, overlap, shorten } from "../../shared/text.js";

const PIXEL = 3; // of the raster, in pixels of the page
const LABEL = 11;
const DASHES = [null, "8 3", "2 3", "8 3 2 3", "14 4", "4 2 1 2"];
const style = (i) => ({ colour: v("text"), dash: DASHES[i % DASHES.length] });

function readPlaces({ table, column, columns, roles, options }) {
  const x = column("x");
  const y = column("y");
  const value = column("value");
  const boundaries = roles.boundary ? columns("boundary") : [];
  const fields = ["value", ...boundaries.map((_, i) => `b${i}`)];
  // Texts stand at 1, 2 and so on, in order of the table.
  const names = { x: x.kind === "text" ? levels(table, x) : null, y: y.kind === "text" ? levels(table, y) : null };
  const at = (value, which) =>
    !which ? number(value) : value === null ? null : which.get(value) + 1;
  const rows = table.rows.map((row) => {
    const read = {
      x: at(row[x.index], names.x),
      y: at(row[y.index], names.y),
      value: number(row[value.index]),
    };
    boundaries.forEach((boundary, i) => (read[`b${i}`] = number(row[boundary.index])));
    return read;
  });
  const log = { x: options.log_x === true, y: options.log_y === true };
  const known = rows.filter((row) => row.x !== null && row.y !== null);
  const on = known.filter((d) => onAxis(d.x, log.x) !== null && onAxis(d.y, log.y) !== null);
  const places = meanByPlace(on, fields);
  const bend = (at, isLog) => (isLog ? Math.log10(at) : at);
  return {
    x,
    y,
    value,
    log,
    boundaries,
    names,
    takes0: boundaries.map((_, i) => !(options.above_0 ?? []).includes(i + 1)),
    places,
    // Where axes are logarithmic the surface is even between the logarithms.
    plane: places.map((d) => ({ ...d, x: bend(d.x, log.x), y: bend(d.y, log.y) })),
    bend: ([low, high], isLog) => [bend(low, isLog), bend(high, isLog)],
    off: known.length - on.length,
    repeated: on.length > places.length,
    missing: rows.filter((row) => row.x === null || row.y === null || row.value === null).length,
  };
}

/** A path through rings or lines of a raster, in pixels of the plot. */
function path(rings, { x0, y0, sx, sy }, close) {
  const point = ([x, y]) => `${(x0 + x * sx).toFixed(1)},${(y0 + y * sy).toFixed(1)}`;
  return rings.map((ring) => `M${ring.map(point).join("L")}${close ? "Z" : ""}`).join("");
}

/** The filled steps: each level lies over the ones below it. */
function fills(surface, scale, at, size) {
  const group = svg("g", { class: "m-surface" });
  const base = scale.steps[0];
  const [width, height] = size;
  group.append(
    svg("rect", { x: at.x0, y: at.y0, width: width * at.sx, height: height * at.sy, fill: base }),
  );
  const levels = contours().size(size).thresholds(scale.limits)(surface);
  levels.forEach((level, k) => {
    const rings = level.coordinates.flat();
    if (rings.length > 0) {
      group.append(
        svg("path", { d: path(rings, at, true), fill: scale.steps[k + 1], "fill-rule": "evenodd" }),
      );
    }
  });
  return group;
}

const length = (line) =>
  line
    .slice(1)
    .reduce((sum, point, i) => sum + Math.hypot(point[0] - line[i][0], point[1] - line[i][1]), 0);

/** A place on the longest lines where a name fits: inside the frame, over no other name. */
function labelPlace(lines, text, box, taken) {
  const w = measure(text, LABEL) + 8;
  const longest = [...lines].sort((a, b) => length(b) - length(a)).slice(0, 3);
  for (const line of longest) {
    for (const share of [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9, 0.02, 0.98]) {
      const [px, py] = line[Math.floor(share * (line.length - 1))];
      const x = Math.min(Math.max(px, box.x0 + w / 2 + 2), box.x1 - w / 2 - 2);
      const y = Math.min(Math.max(py, box.y0 + 10), box.y1 - 10);
      if (Math.abs(x - px) > w / 2 || Math.abs(y - py) > 10) continue;
      const found = { x0: x - w / 2, x1: x + w / 2, y0: y - 8, y1: y + 8 };
      if (taken.some((other) => overlap(found, other))) continue;
      taken.push(found);
      return { x, y, w };
    }
  }
  return null;
}

function boundaryLines(read, shape, box, at, frameBox) {
  const group = svg("g", { class: "m-boundaries" });
  const names = svg("g", { class: "m-boundary-names" });
  const taken = [];
  const uncrossed = [];
  read.boundaries.forEach((boundary, i) => {
    const lines = isolines(raster(read.plane, shape, `b${i}`, box), box.width, box.height, 0, {
      above: !read.takes0[i],
    });
    if (lines.length === 0) {
      uncrossed.push(i);
      return;
    }
    const { colour, dash } = style(i);
    const d = path(lines, at, false);
    const common = { d, fill: "none", "stroke-linejoin": "round" };
    group.append(
      svg("path", { ...common, stroke: v("bg"), "stroke-width": 4.5, "stroke-opacity": 0.75 }),
      svg("path", {
        ...common,
        stroke: colour,
        "stroke-width": 2,
        "stroke-dasharray": dash,
        class: "m-boundary-line",
      }),
    );
    const pixels = lines.map((line) =>
      line.map(([x, y]) => [at.x0 + x * at.sx, at.y0 + y * at.sy]),
    );
    const text = shorten(boundary.label, 160, LABEL);
    const place = labelPlace(pixels, text, frameBox, taken);
    if (place) names.append(plate(place, text, boundary.label));
  });
  return { group, names, uncrossed };
}

/** A name on a ground of its own: readable over any colour. */
function plate({ x, y, w }, text, full) {
  return svg(
    "g",
    {},
    svg("title", {}, full),
    svg("rect", {
      x: x - w / 2,
      y: y - 8,
      width: w,
      height: 16,
      rx: 3,
      fill: v("bg"),
      "fill-opacity": 0.88,
    }),
    svg("text", { x, y, dy: "0.35em", "text-anchor": "middle", "font-size": LABEL }, text),
  );
}

let clips = 0;

function surfaceNode(read, shape, scale, f) {
  const { x0, y0, x1, y1 } = f.box;
  const width = Math.max(8, Math.round((x1 - x0) / PIXEL));
  const height = Math.max(8, Math.round((y1 - y0) / PIXEL));
  const { log, plane, bend } = read;
  const ends = { x: bend(f.options.x.domain, log.x), y: bend(f.options.y.domain, log.y) };
  const box = { width, height, ...ends };
  const place = (x, y) => f.place(log.x ? 10 ** x : x, log.y ? 10 ** y : y);
  const at = { x0, y0, sx: (x1 - x0) / width, sy: (y1 - y0) / height };
  const group = svg("g", {});
  const definitions = [];
  const values = raster(plane, shape, "value", box);
  const lines = boundaryLines(read, shape, box, at, f.box);
  const inside = svg("g", {});
  if (scale.steps.length > 0) inside.append(fills(values, scale, at, [width, height]));
  const empty = emptyCells(plane, shape, "value");
  if (empty.length > 0) inside.append(emptyNode(empty, place));
  inside.append(lines.group);
  group.append(inside);
  if (shape.kind === "scattered") {
    clips += 1;
    const id = `hull-${clips}`;
    const corners = shape.hull.map(({ x, y }) => place(x, y).map((n) => n.toFixed(1))).join(" ");
    definitions.push(svg("clipPath", { id }, svg("polygon", { points: corners })));
    inside.setAttribute("clip-path", `url(#${id})`);
  }
  return {
    group,
    definitions,
    names: lines.names,
    uncrossed: lines.uncrossed,
    empty: empty.length > 0,
  };
}

function emptyNode(cells, place) {
  const group = svg("g", { class: "m-no-value" });
  for (const { x1, x2, y1, y2 } of cells) {
    const [left, bottom] = place(x1, y1);
    const [right, top] = place(x2, y2);
    group.append(
      svg("rect", {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
        fill: v("bg"),
        stroke: v("grid"),
      }),
    );
  }
  return group;
}

function legends(read, scale, surface, width) {
  const crossed = read.boundaries
    .map((boundary, i) => ({ label: boundary.label, sign: swatch.line(style(i)) }))
    .filter((_, i) => surface && !surface.uncrossed.includes(i));
  if (surface?.empty) crossed.push({ label: "no value", sign: swatch.bar(v("bg"), v("grid")) });
  return [scale.legend(width, false), crossed.length > 0 ? legend(crossed, width) : null];
}

const known = (value) => (Number.isNaN(value) ? null : value);

/** Is there nothing between the values of an axis? */
const isApart = (column) => column.kind === "text" || column.kind === "whole";

/** Scattered points carry a surface only where they have values; a grid shows its gaps. */
function drawableShape({ plane: places, x, y, log }) {
  const cells = { x: isApart(x) && !log.x, y: isApart(y) && !log.y };
  const shape = shapeOf(places, cells);
  return shape.kind === "grid" ? shape : shapeOf(
        places.filter((d) => known(d.value) !== null),
        cells,
      );
}

/** Where the runs are, faint; the nodes of a fine grid would cover the surface. */
function designPoints(places, shape, box) {
  const apart = shape.kind === "grid" ? (box.x1 - box.x0) / (shape.xs.length - 1) : Infinity;
  if (apart < 16) return null;
  return Plot.dot(places, {
    x: "x",
    y: "y",
    r: 2,
    fill: "none",
    stroke: v("text"),
    strokeOpacity: 0.4,
    className: "m-design-point",
  });
}

/** Points without a surface carry the colour themselves. */
const valuePoints = (places, scale) =>
  Plot.dot(places, {
    x: "x",
    y: "y",
    r: 6,
    fill: { value: (d) => scale.of(known(d.value)), scale: null },
    stroke: v("text"),
    className: "m-design-point",
  });

/** Ticks at values that have nothing between them; null: wherever the axis likes. */
function levelTicks(field, read, shape) {
  const column = read[field];
  const names = read.names[field];
  if (names)
    return [...names].filter(([name]) => name !== null).map(([name, i]) => ({ value: i + 1, text: named(name, column) }));
  if (shape.kind !== "grid" || !shape.borders[field]) return null;
  const list = field === "x" ? shape.xs : shape.ys;
  return [...list].map((value) => ({ value, text: cell(value, column) }));
}

export function map(figure) {
  const { width, options } = figure;
  const read = readPlaces(figure);
  const { x, y, value, log, places } = read;
  if (places.length === 0 && read.off > 0) throw new Error("a logarithmic axis takes no 0 or less");
  needSome(places.filter((d) => !Number.isNaN(d.value)).length, figure.table.rows.length);
  const shape = drawableShape(read);
  const scale = colourScale(
    places.map((d) => known(d.value)),
    value,
  );
  // A surface goes to the edges of the frame; single points need some room.
  const ends = (field) => {
    const values = places.map((d) => d[field]);
    if (shape.kind === "points") return domainOf(values, { pad: 0.08, log: log[field] });
    const borders = shape.kind === "grid" ? shape.borders[field] : null;
    return borders ? [borders[0], borders[borders.length - 1]] : extent(values);
  };
  const onlyAt = (field) => levelTicks(field, read, shape);
  const f = frame({
    width,
    height: Math.min(560, Math.max(300, width * 0.66)),
    x: {
      domain: ends("x"),
      column: x,
      name: options.x_label || heading(x),
      log: log.x,
      only: onlyAt("x"),
    },
    y: {
      domain: ends("y"),
      column: y,
      name: options.y_label || heading(y),
      log: log.y,
      only: onlyAt("y"),
    },
  });
  const surface = shape.kind === "points" ? null : surfaceNode(read, shape, scale, f);
  const node = draw({
    ...f.options,
    marks: [
      () => surface?.group ?? null,
      ...f.marks.filter((_, i) => !surface || i > 1), // the grid would lie over the surface
      surface ? designPoints(places, shape, f.box) : valuePoints(places, scale),
      () => surface?.names ?? null,
      tip(places, { x: "x", y: "y", text: (d) => tipText(d, read) }),
    ],
  });
  return {
    svg: addDefinitions(
      stack(width, [...legends(read, scale, surface, width), node]),
      surface?.definitions ?? [],
    ),
    missing: read.missing,
    notes: [
      shape.kind === "scattered" ? "The surface is interpolated between points." : "",
      shape.kind === "grid" && !(shape.borders.x && shape.borders.y)
        ? "Between points of the grid the surface is interpolated."
        : "",
      shape.kind === "points" ? "Too few points, or all on one line: no surface is drawn." : "",
      read.repeated ? "Where several rows stand at one point, their mean is drawn." : "",
      leftOut(read.off),
      ...(surface?.uncrossed ?? []).map(
        (i) => `“${read.boundaries[i].label}” does not change sign here: it has no line.`,
      ),
    ],
  };
}

function tipText(place, { x, y, value, boundaries, names }) {
  const at = (field) =>
    names[field] ? [...names[field].keys()][place[field] - 1] : place[field];
  return [
    tipLine(x, cell(at("x"), x)),
    tipLine(y, cell(at("y"), y)),
    tipLine(value, cell(known(place.value), value)),
    ...boundaries.map((boundary, i) => tipLine(boundary, cell(known(place[`b${i}`]), boundary))),
  ].join("\n");
}

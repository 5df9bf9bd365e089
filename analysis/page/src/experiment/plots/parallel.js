// All settings of a run as one line across upright axes, coloured by an outcome.
import * as Plot from "@observablehq/plot";
import { extent } from "../axes.js";
import { draw, stack, v } from "../chart.js";
import { colourOf } from "../colouring.js";
import { needSome, number, thin } from "../document.js";
import { cell, compact, fixed, heading } from "../../shared/format.js";
import { block, LINE_HEIGHT, LINE_SHARE, shorten } from "../../shared/text.js";

const LEAST = 92; // between two axes, so that their names have room
const HEIGHT = 320;
const MOST = 1500; // lines

/** An axis: where each value lies between 0 and 1, and what stands at its ticks. */
function axisOf(table, column) {
  if (column.kind === "text") {
    const names = [
      ...new Set(table.rows.map((row) => row[column.index]).filter((name) => name !== null)),
    ];
    const last = Math.max(1, names.length - 1);
    const place = (name) => (names.length === 1 ? 0.5 : 1 - names.indexOf(name) / last);
    const step = Math.ceil(names.length / 12);
    return {
      column,
      place: (value) => (value === null ? NaN : place(value)),
      ticks: names
        .filter((_, i) => i % step === 0)
        .map((name) => ({ at: place(name), text: cell(name, column) })),
      inside: true,
    };
  }
  const range = extent(table.rows.map((row) => number(row[column.index])));
  if (!range) return { column, place: () => NaN, ticks: [] };
  const [low, high] = range;
  const place = (value) =>
    number(value) === null ? NaN : low === high ? 0.5 : (value - low) / (high - low);
  const ticks =
    low === high
      ? [{ at: 0, text: `all ${compact(low, column)}` }]
      : [low, high].map((value) => ({ at: place(value), text: compact(value, column) }));
  return { column, place, ticks };
}

export function parallel(figure) {
  const { table, column, columns } = figure;
  const list = columns("columns");
  const axes = list.map((found) => axisOf(table, found));
  needSome(
    table.rows.filter((row) => list.some((found) => number(row[found.index]) !== null)).length,
    table.rows.length * list.length,
  );
  const gaps = Math.max(1, axes.length - 1);
  const side = Math.min(90, Math.max(LEAST / 2, figure.width / axes.length / 2));
  const width = Math.max(figure.width, gaps * LEAST + 2 * side);
  const spacing = (width - 2 * side) / gaps;
  const colouring = colourOf(table, column("color"), figure.width);
  const drawn = thin(table.rows.length, MOST);
  const runs = table.rows
    .filter((_, i) => drawn(i))
    .map((row, id) => ({
      id,
      ...colouring.of(row),
      places: axes.map((axis) => axis.place(row[axis.column.index])),
    }))
    .sort((a, b) => a.order - b.order);
  const points = runs.flatMap((run) =>
    run.places.map((y, x) => ({ x, y, id: run.id, colour: run.colour })),
  );
  const heads = axes.map((axis) =>
    block(heading(axis.column), Math.min(spacing, 2 * side) - 8, { maxLines: 4 }),
  );
  const marginTop = Math.max(...heads.map((head) => head.height)) + LINE_HEIGHT + 14;
  const marginBottom = LINE_HEIGHT + 10;
  const height = HEIGHT + marginTop + marginBottom;
  const node = draw({
    width,
    height,
    marginTop,
    marginBottom,
    marginLeft: side,
    marginRight: side,
    x: { domain: [0, gaps], type: "linear" },
    y: { domain: [0, 1], type: "linear" },
    marks: [linesOf(points, runs.length), ...axisMarks(axes, heads), ...endTexts(axes, spacing)],
  });
  const missing = table.rows.reduce(
    (sum, row) => sum + list.filter((found) => row[found.index] === null).length,
    0,
  );
  return {
    svg: stack(width, [colouring.legend, node]),
    missing,
    notes: [
      colouring.note,
      missing > 0 ? "A line is broken where a value is missing." : "",
      runs.length < table.rows.length
        ? `${fixed(runs.length, 0)} of ${fixed(table.rows.length, 0)} rows are drawn, evenly picked.`
        : "",
    ],
  };
}

function linesOf(points, count) {
  return Plot.line(points, {
    x: "x",
    y: "y",
    z: "id",
    stroke: { value: "colour", scale: null },
    strokeWidth: count > 100 ? 1.2 : 1.6,
    strokeOpacity: count > 400 ? 0.35 : count > 100 ? 0.55 : 0.85,
    className: "m-line",
  });
}

function axisMarks(axes, heads) {
  const x = (_, i) => i;
  return [
    Plot.ruleX(axes, {
      x,
      y1: 0,
      y2: 1,
      stroke: v("text"),
      strokeWidth: 1.25,
      className: "m-axis",
    }),
    Plot.text(heads, {
      x,
      frameAnchor: "top",
      lineAnchor: "bottom",
      dy: -LINE_HEIGHT - 8,
      text: "text",
      title: "full",
      lineHeight: LINE_SHARE,
      className: "m-axis-name",
    }),
  ];
}

/** Ends of a numeric axis above and below it, names of a text axis at its side on a ground. */
function endTexts(axes, spacing) {
  const texts = axes.flatMap(({ ticks, inside }, x) =>
    ticks.map(({ at, text }) => ({
      x,
      at,
      full: text,
      text: shorten(text, spacing - (inside ? 18 : 12)),
      inside,
      last: x > 0 && x === axes.length - 1,
    })),
  );
  const base = { x: "x", y: "at", text: "text", title: "full" };
  const at = (filter, options) => Plot.text(texts.filter(filter), { ...base, ...options });
  return [
    at((d) => !d.inside && d.at > 0.5, {
      lineAnchor: "bottom",
      dy: -5,
      fill: v("muted"),
      className: "m-axis-end",
    }),
    at((d) => !d.inside && d.at <= 0.5, {
      lineAnchor: "top",
      dy: 5,
      fill: v("muted"),
      className: "m-axis-end",
    }),
    ...[false, true].map((last) =>
      at((d) => d.inside && d.last === last, {
        textAnchor: last ? "end" : "start",
        dx: last ? -5 : 5,
        stroke: v("bg"),
        strokeWidth: 4,
        fill: v("text"),
        className: "m-category",
      }),
    ),
  ];
}

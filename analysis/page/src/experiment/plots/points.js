// Points in a plane, named where there is room: screening planes, trade-offs.
import * as Plot from "@observablehq/plot";
import { domainOf, frame, leftOut, onAxis } from "../axes.js";
import { draw, stack, tip, tipLine, v } from "../chart.js";
import { colourOf } from "../colouring.js";
import { needSome, number } from "../document.js";
import { cell, heading, plural } from "../../shared/format.js";
import { measure, overlap, shorten } from "../../shared/text.js";

const SIZE = 11;
const HEIGHT = 13;

/** Places round a point, the best first: the corner of the text box from the point. */
const AROUND = (w, r) => [
  [r, -HEIGHT / 2],
  [-r - w, -HEIGHT / 2],
  [-w / 2, -r - HEIGHT],
  [-w / 2, r],
  [r - 2, -r - HEIGHT + 3],
  [-r - w + 2, -r - HEIGHT + 3],
  [r - 2, r - 3],
  [-r - w + 2, r - 3],
];

/**
 * Texts beside their points without touching a point, another text or the frame; those for which
 * there is no room are left out.
 * @param wanted texts: the whole one first, then shorter ones
 * @returns those placed: {text, full, x, y} with y the middle
 */
export function placeTexts(wanted, points, frameBox, taken) {
  const dots = points.map(([x, y]) => ({ x0: x - 5, y0: y - 5, x1: x + 5, y1: y + 5 }));
  const placed = [];
  const isFree = (box) =>
    box.x0 >= frameBox.x0 &&
    box.x1 <= frameBox.x1 + 8 &&
    box.y0 >= frameBox.y0 &&
    box.y1 <= frameBox.y1 &&
    !taken.some((other) => overlap(box, other)) &&
    !dots.some((dot) => overlap(box, dot));
  const place = ({ at, full }, text) => {
    const w = measure(text, SIZE) + 2;
    for (const [dx, dy] of AROUND(w, 7)) {
      const box = { x0: at[0] + dx, y0: at[1] + dy, x1: at[0] + dx + w, y1: at[1] + dy + HEIGHT };
      if (!isFree(box)) continue;
      taken.push(box);
      placed.push({ text, full, x: box.x0 + 1, y: (box.y0 + box.y1) / 2 });
      return true;
    }
    return false;
  };
  for (const item of wanted) item.texts.some((text) => place(item, text));
  return placed;
}

const STEPS = 64; // of a line that an axis bends

/** The part of the line y = slope x that lies in the frame, as points; null: none does. */
function slopeLine(slope, xs, ys, log) {
  const within = (y) => y >= ys[0] && y <= ys[1];
  if (slope === 0) return within(0) && !log.y ? { slope, points: xs.map((x) => [x, 0]) } : null;
  const ends = ys.map((y) => y / slope).sort((a, b) => a - b);
  const [from, to] = [Math.max(xs[0], ends[0]), Math.min(xs[1], ends[1])];
  if (!(from < to)) return null;
  const steps = log.x === log.y ? 1 : STEPS;
  const at = (share) => (log.x ? from * (to / from) ** share : from + share * (to - from));
  const points = Array.from({ length: steps + 1 }, (_, i) => at(i / steps));
  return { slope, points: points.map((x) => [x, slope * x]) };
}

const short = (value) => String(Number(value.toPrecision(3))).replace("-", "\u2212");

/** The name of a line on its left side, as far out as no point or other name is in the way. */
function slopeTexts(lines, place, box, taken, spots) {
  const dots = spots.map(([x, y]) => ({ x0: x - 6, y0: y - 6, x1: x + 6, y1: y + 6 }));
  return lines
    .map((line) => {
      const text = line.slope === 1 ? "y = x" : `y = ${short(line.slope)} x`;
      const w = measure(text, SIZE);
      const [ax, ay] = place(...line.points[0]);
      const [bx, by] = place(...line.points[line.points.length - 1]);
      const lean = (bx - ax) / Math.max(1, Math.abs(ay - by)); // pixels across for one up
      for (const share of [1, 0.9, 0.8, 0.7, 0.6, 0.5]) {
        const [px, py] =
          line.points.length > 2
            ? place(...line.points[Math.round(share * (line.points.length - 1))])
            : [ax + share * (bx - ax), ay + share * (by - ay)];
        const steep = lean < 1.5;
        if (!steep && py - HEIGHT - 5 < box.y0) continue; // it would lie on the line
        const x0 = Math.min(steep ? px - w - 6 - HEIGHT * lean : px - w - 4, box.x1 - w);
        const y0 = Math.max(steep ? py : py - HEIGHT - 5, box.y0 + 1);
        const found = { x0, y0, x1: x0 + w, y1: y0 + HEIGHT };
        if ([...taken, ...dots].some((other) => overlap(found, other))) continue;
        taken.push(found);
        return { text, x: x0, y: y0 + HEIGHT / 2 };
      }
      return null;
    })
    .filter(Boolean);
}

function readPoints({ table, column, options }, colouring) {
  const x = column("x");
  const y = column("y");
  const label = column("label", true);
  const log = { x: options.log_x === true, y: options.log_y === true };
  const items = table.rows.map((row) => ({
    x: number(row[x.index]),
    y: number(row[y.index]),
    row,
    ...colouring.of(row),
    label: label && row[label.index] !== null ? cell(row[label.index], label) : "",
  }));
  const known = items.filter((d) => d.x !== null && d.y !== null);
  const isOn = (d) => onAxis(d.x, log.x) !== null && onAxis(d.y, log.y) !== null;
  const shown = known.filter(isOn).sort((a, b) => a.order - b.order);
  return {
    x,
    y,
    log,
    shown,
    off: known.length - shown.length,
    missing: items.length - known.length,
  };
}

/** Where lines through the origin are drawn, it is shown; a logarithmic axis has none. */
function planeOf({ width, options, numbers }, { x, y, log, shown, lines }) {
  const origin = numbers("slopes").length > 0 && !log.x && !log.y ? [0] : [];
  const domain = (field, include) =>
    domainOf(
      shown.map((d) => d[field]),
      { pad: 0.06, include, log: log[field], column: field === "x" ? x : y },
    );
  return frame({
    width,
    height: Math.min(520, Math.max(320, width * 0.62)),
    x: {
      domain: domain("x", [...origin, ...lines.x]),
      column: x,
      name: options.x_label || heading(x),
      log: log.x,
    },
    y: {
      domain: domain("y", [...origin, ...lines.y]),
      column: y,
      name: options.y_label || heading(y),
      log: log.y,
    },
  });
}

/** Names wanted at points, the far ones first: they matter most and have the most room. */
function wantedTexts(shown, spots, box) {
  const far = ({ at: [x, y] }) => Math.hypot(x - box.x0, y - box.y1);
  return shown
    .map(({ label }, i) => ({
      at: spots[i],
      full: label,
      texts: [...new Set([260, 130].map((w) => shorten(label, w, SIZE)))],
    }))
    .filter((d) => d.texts[0])
    .sort((a, b) => far(b) - far(a));
}

const bends = (lines) =>
  lines.flatMap(({ points: list }, z) => list.map(([x, y]) => ({ x, y, z })));

function pointMarks({ shown, lines }, slopes) {
  const many = shown.length > 1000;
  const dashed = { stroke: v("text"), strokeDasharray: "5 3", className: "m-threshold" };
  return [
    Plot.line(bends(slopes), {
      x: "x",
      y: "y",
      z: "z",
      stroke: v("axis"),
      strokeDasharray: "5 4",
      className: "m-slope",
    }),
    Plot.ruleY(lines.y, dashed),
    Plot.ruleX(lines.x, dashed),
    Plot.dot(shown, {
      x: "x",
      y: "y",
      r: many ? 1.8 : shown.length > 300 ? 2.5 : 4.5,
      fill: { value: "colour", scale: null },
      symbol: (d) => d.symbol,
      stroke: many ? "none" : v("bg"),
      strokeWidth: 0.75,
      fillOpacity: many ? 0.6 : 1,
      className: "m-dot",
    }),
  ];
}

export function points(figure) {
  const { table, column, width } = figure;
  const colouring = colourOf(table, column("color", true), width);
  const read = readPoints(figure, colouring);
  const { shown, log } = read;
  if (shown.length === 0 && read.off > 0) throw new Error("a logarithmic axis takes no 0 or less");
  needSome(shown.length, table.rows.length);
  const linesAt = (option, isLog) =>
    figure.numbers(option).filter((at) => onAxis(at, isLog) !== null);
  read.lines = { x: linesAt("x_thresholds", log.x), y: linesAt("thresholds", log.y) };
  const f = planeOf(figure, read);
  const slopes = figure
    .numbers("slopes")
    .map((slope) => slopeLine(slope, f.options.x.domain, f.options.y.domain, log))
    .filter(Boolean);
  const spots = shown.map((d) => f.place(d.x, d.y));
  const taken = [];
  const lineTexts = slopeTexts(slopes, f.place, f.box, taken, spots);
  const wanted = wantedTexts(shown, spots, f.box);
  const texts = placeTexts(wanted, spots, f.box, taken);
  const node = draw({
    ...f.options,
    marks: [
      ...f.marks,
      ...pointMarks(read, slopes),
      beside(lineTexts, v("muted"), "m-slope-label"),
      beside(texts, v("text"), "m-point-label"),
      tip(shown, { x: "x", y: "y", text: (d) => tipText(d, read) }),
    ],
  });
  const unnamed = wanted.length - texts.length;
  return {
    svg: stack(width, [colouring.legend, node]),
    missing: read.missing,
    notes: [
      colouring.note,
      leftOut(read.off),
      unnamed > 0
        ? `${plural(unnamed, "name")} left out where points crowd; the table has all.`
        : "",
    ],
  };
}

const tipText = (d, { x, y }) =>
  [d.label, tipLine(x, cell(d.x, x)), tipLine(y, cell(d.y, y)), d.said].filter(Boolean).join("\n");

/** Texts at places in pixels. */
function beside(texts, fill, className) {
  if (texts.length === 0) return null;
  return Plot.text(texts, {
    x: { value: "x", scale: null },
    y: { value: "y", scale: null },
    text: "text",
    title: "full",
    textAnchor: "start",
    fontSize: SIZE,
    fill,
    stroke: v("bg"),
    strokeWidth: 3,
    paintOrder: "stroke",
    className,
  });
}

// Estimates with their intervals against a line: paired differences, comparisons.
import * as Plot from "@observablehq/plot";
import { clipped, cutNote, domainOf, leftOut, onAxis } from "../axes.js";
import { draw, stack, tip, v } from "../chart.js";
import { colourOf } from "../colouring.js";
import { needSome, number } from "../document.js";
import { cell, heading, named } from "../../shared/format.js";
import { dashes, layoutRows, rowFrame, upright } from "../rows.js";

export function dots(figure) {
  const { table, column, width, options } = figure;
  const label = column("label");
  const value = column("value");
  const low = column("low");
  const high = column("high");
  const log = options.log_x === true;
  const given = number(options.baseline);
  const baseline = [given].filter((at) => at !== null && onAxis(at, log) !== null);
  const thresholds = figure.numbers("thresholds").filter((at) => onAxis(at, log) !== null);
  const colouring = colourOf(table, column("color", true), width);
  const read = table.rows.map((row, i) => ({
    text: named(row[label.index], label),
    value: onAxis(number(row[value.index]), log),
    isOff: log && row[value.index] !== null && row[value.index] <= 0,
    row,
    low: number(row[low.index]),
    high: number(row[high.index]),
    ...colouring.of(row),
    i,
  }));
  needSome(
    read.filter((d) => d.isOff || d.value !== null || (d.low !== null && d.high !== null)).length,
    read.length,
  );
  const layout = layoutRows({
    labels: read.map((d) => d.text),
    heights: read.map(() => 26),
    width,
  });
  const domain = domainOf(
    read.flatMap((d) => [d.value, d.low, d.high]),
    { include: [...baseline, ...thresholds], log, column: value },
  );
  const items = read.map((d) => clipped(d, domain, log));
  const frame = rowFrame({
    layout,
    width,
    domain,
    log,
    column: value,
    name: options.x_label || heading(value),
    before: 10,
    after: 10,
  });
  for (const item of items) item.mid = frame.rows[item.i].mid;
  const shown = items.filter((d) => d.value !== null);
  const node = draw({
    ...frame.options,
    marks: [
      ...frame.marks,
      upright(baseline, frame, { className: "m-baseline" }),
      upright(thresholds, frame, { strokeDasharray: "5 3", className: "m-threshold" }),
      ...dotMarks(items, shown),
      frame.labels,
      tip(shown, { x: "value", y: "mid", text: (d) => tipText(d, { value, low, high }) }),
    ],
  });
  return {
    svg: stack(width, [colouring.legend, node]),
    missing: read.reduce(
      (sum, d) => sum + (d.value === null && !d.isOff) + (d.low === null) + (d.high === null),
      0,
    ),
    notes: [colouring.note, leftOut(read.filter((d) => d.isOff).length), cutNote(items)],
  };
}

function dotMarks(items, shown) {
  const hasInterval = (d) => d.low !== null && d.high !== null;
  return [
    Plot.ruleY(items.filter(hasInterval), {
      y: "mid",
      x1: "low",
      x2: "high",
      stroke: { value: "colour", scale: null },
      strokeWidth: 2.5,
      className: "m-interval",
    }),
    // Higher than a dot, so that an interval narrower than it is seen.
    ...["low", "high"].map((end) =>
      Plot.ruleX(
        items.filter((d) => hasInterval(d) && (end === "high" || !d.cut)),
        {
          x: end,
          y1: (d) => d.mid - 7,
          y2: (d) => d.mid + 7,
          stroke: { value: "colour", scale: null },
          strokeWidth: 1.5,
          className: "m-interval-end",
        },
      ),
    ),
    Plot.dot(shown, {
      x: "value",
      y: "mid",
      r: 5,
      fill: { value: "colour", scale: null },
      symbol: (d) => d.symbol,
      stroke: v("bg"),
      className: "m-dot",
    }),
    dashes(items.filter((d) => d.value === null && !hasInterval(d)).map((d) => d.mid)),
  ];
}

function tipText(d, { value, low, high }) {
  const lines = [d.text, `${heading(value)}: ${cell(d.value, value)}`];
  lines.push(`${cell(d.row[low.index], low)} to ${cell(d.row[high.index], high)}`);
  if (d.said) lines.push(d.said);
  return lines.join("\n");
}

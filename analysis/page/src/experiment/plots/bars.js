// One bar a row, or one a row and series, with an interval where the table has one.
import * as Plot from "@observablehq/plot";
import { domainOf } from "../axes.js";
import { addDefinitions, barFill, draw, seriesStyle, stack, tip, v } from "../chart.js";
import { levels, needSome, number } from "../document.js";
import { cell, heading, named } from "../../shared/format.js";
import { legend, swatch } from "../legend.js";
import { dashes, layoutRows, rowFrame, upright } from "../rows.js";

/** Rows by label; a second row of the same label and series begins a new group: nothing is hidden. */
function groupRows({ table, column }) {
  const label = column("label");
  const value = column("value");
  const low = column("low", true);
  const high = column("high", true);
  const series = column("series", true);
  const slots = series ? levels(table, series) : new Map();
  const groups = [];
  const open = new Map();
  for (const row of table.rows) {
    const key = row[label.index];
    const text = named(key, label);
    const slot = series ? slots.get(row[series.index]) : 0;
    const name = series ? named(row[series.index], series) : "";
    let group = open.get(key);
    if (!group || group.items.some((item) => item.slot === slot)) {
      group = { text, items: [] };
      groups.push(group);
      open.set(key, group);
    }
    group.items.push({
      text,
      name,
      slot,
      value: number(row[value.index]),
      low: low ? number(row[low.index]) : null,
      high: high ? number(row[high.index]) : null,
    });
  }
  const names = series ? [...slots.keys()].map((key) => named(key, series)) : [""];
  return { groups, names, value, low, high, series };
}

const barHeight = (count) => (count === 1 ? 16 : count < 4 ? 12 : 10);

/** Places for bars in a row; one where a series only tells labels apart, none of which has two. */
const placesIn = (groups, names) =>
  groups.some(({ items }) => items.length > 1) ? Math.max(1, names.length) : 1;

function place(groups, rows, count) {
  const thick = barHeight(count);
  return groups.flatMap(({ items }, i) =>
    items.map((item) => {
      const top = rows[i].mid - (thick * count) / 2 + (count > 1 ? item.slot * thick : 0);
      return {
        ...item,
        y1: top,
        y2: top + thick - (count > 1 ? 1 : 0),
        mid: top + thick / 2,
        x1: Math.min(0, item.value),
        x2: Math.max(0, item.value),
      };
    }),
  );
}

function tipText(item, { value, low, high }) {
  const lines = [item.name ? `${item.text}, ${item.name}` : item.text];
  lines.push(`${heading(value)}: ${cell(item.value, value)}`);
  if (low && high) lines.push(`${cell(item.low, low)} to ${cell(item.high, high)}`);
  return lines.join("\n");
}

export function bars(figure) {
  const read = groupRows(figure);
  const { groups, names, value } = read;
  const { width, options } = figure;
  const count = placesIn(groups, names);
  const layout = layoutRows({
    labels: groups.map((group) => group.text),
    heights: groups.map(() => barHeight(count) * count + 10),
    width,
  });
  const every = groups.flatMap((group) => group.items);
  needSome(every.filter((d) => d.value !== null).length, every.length);
  const thresholds = figure.numbers("thresholds");
  const domain = domainOf(
    every.flatMap((d) => [d.value, d.low, d.high]),
    { include: [0, ...thresholds], column: value },
  );
  const frame = rowFrame({
    layout,
    width,
    domain,
    column: value,
    name: options.x_label || heading(value),
    after: 6,
    before: domain[0] < 0 ? 6 : 0,
  });
  const items = place(groups, frame.rows, count);
  const shown = items.filter((d) => d.value !== null);
  const looks = names.map((_, i) => ({ ...seriesStyle(i), ...barFill(seriesStyle(i)) }));
  const withInterval = items.filter((d) => d.low !== null && d.high !== null);
  const node = draw({
    ...frame.options,
    marks: [
      ...frame.marks,
      Plot.rect(shown, {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        fill: { value: (d) => looks[d.slot].fill, scale: null },
        stroke: { value: (d) => looks[d.slot].colour, scale: null },
        className: "m-bar",
      }),
      ...whiskers(withInterval, Math.min(4, barHeight(count) / 2 - 1)),
      upright([0], frame),
      upright(thresholds, frame, { strokeDasharray: "5 3", className: "m-threshold" }),
      dashes(items.filter((d) => d.value === null).map((d) => d.mid)),
      frame.labels,
      tip(shown, { x: "value", y: "mid", text: (d) => tipText(d, read) }),
    ],
  });
  const key = read.series
    ? legend(
        names.map((label, i) => ({ label, sign: swatch.bar(looks[i].fill, looks[i].colour) })),
        width,
      )
    : null;
  return {
    svg: addDefinitions(
      stack(width, [key, node]),
      looks.map((look) => look.definition),
    ),
    missing: items.length - shown.length,
  };
}

/** Intervals: a line with short ends. */
export function whiskers(items, end) {
  const rule = (options) =>
    Plot.ruleY(items, { y: "mid", x1: "low", x2: "high", strokeLinecap: "butt", ...options });
  const cap = (x) =>
    Plot.ruleX(items, {
      x,
      y1: (d) => d.mid - end,
      y2: (d) => d.mid + end,
      stroke: v("text"),
      strokeWidth: 1.5,
      className: "m-interval-end",
    });
  return [
    rule({ stroke: v("text"), strokeWidth: 1.5, className: "m-interval" }),
    cap("low"),
    cap("high"),
  ];
}

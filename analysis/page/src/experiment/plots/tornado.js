// What each factor moves, from its low value to its high one, in order of the table.
import * as Plot from "@observablehq/plot";
import { domainOf } from "../axes.js";
import { addDefinitions, barFill, draw, seriesStyle, stack, tip, v } from "../chart.js";
import { needSome, number } from "../document.js";
import { cell, compact, heading, named, plural } from "../../shared/format.js";
import { legend, swatch } from "../legend.js";
import { dashes, layoutRows, rowFrame, upright } from "../rows.js";
import { measure, shorten } from "../../shared/text.js";

const END_SIZE = 11;
const SIDES = ["low", "high"];

function readRows({ table, column, options }) {
  const label = column("label");
  const low = column("low");
  const high = column("high");
  const settings = { low: column("low_value", true), high: column("high_value", true) };
  const baseline = number(options.baseline);
  const rows = table.rows.map((row) => {
    const values = { low: number(row[low.index]), high: number(row[high.index]) };
    const ends = SIDES.map((side) => {
      const setting = settings[side];
      return setting && row[setting.index] !== null ? cell(row[setting.index], setting) : "";
    });
    return { label: named(row[label.index], label), ...values, ends };
  });
  const middle = baseline ?? 0;
  for (const row of rows) {
    row.isEmpty = row.low === null && row.high === null;
    // Both ends on one side of the baseline: half a row each, else one bar would hide the other.
    row.split =
      row.low !== null && row.high !== null && (row.low - middle) * (row.high - middle) > 0;
  }
  return { rows, middle, baseline, low, high, settings };
}

function bars({ rows, middle }, placed, scale) {
  const found = [];
  rows.forEach((row, i) => {
    const { y0, y1, mid } = placed[i];
    SIDES.forEach((side, s) => {
      const value = row[side];
      if (value === null) return;
      const half = row.split ? 6.5 : 9;
      const at = row.split ? mid + (s === 0 ? -7 : 7) : mid;
      const left = value < middle || (value === middle && s === 0);
      found.push({
        row,
        side,
        value,
        y1: at - half,
        y2: at + half,
        mid: at,
        y0,
        bottom: y1,
        x1: Math.min(value, middle),
        x2: Math.max(value, middle),
        end: shorten(row.ends[s], 92, END_SIZE),
        full: row.ends[s],
        left,
        pixel: scale(value),
      });
    });
  });
  return found;
}

export function tornado(figure) {
  const read = readRows(figure);
  const { rows, middle, low } = read;
  needSome(rows.filter((row) => !row.isEmpty).length, 2 * rows.length);
  const { width, options } = figure;
  const ends = rows.flatMap((row) => row.ends);
  const room = Math.min(92, Math.max(0, ...ends.map((text) => measure(text, END_SIZE)))) + 12;
  const layout = layoutRows({
    labels: rows.map((row) => row.label),
    heights: rows.map((row) => (row.split ? 34 : 26)),
    width,
  });
  const domain = domainOf(
    rows.flatMap((row) => [row.low, row.high]),
    { include: [middle], column: low },
  );
  const name = options.x_label || (low.unit ? `${figure.plot.title || "value"} (${low.unit})` : "");
  const frame = rowFrame({ layout, width, domain, column: low, name, before: room, after: room });
  const items = bars(read, frame.rows, frame.scale);
  const looks = SIDES.map((_, i) => ({ ...seriesStyle(i), ...barFill(seriesStyle(i)) }));
  const node = draw({
    ...frame.options,
    marks: [
      ...frame.marks,
      ...barMarks(items, looks),
      upright([middle], frame, { className: "m-baseline" }),
      endTexts(items, true),
      endTexts(items, false),
      dashes(rows.flatMap((row, i) => (row.isEmpty ? [frame.rows[i].mid] : []))),
      frame.labels,
      tip(items, { x: "value", y: "mid", text: (d) => tipText(d, read) }),
    ],
  });
  const key = legend(signs(read, looks), width);
  const one = rows.filter((row) => (row.low === null) !== (row.high === null)).length;
  return {
    svg: addDefinitions(
      stack(width, [key, node]),
      looks.map((look) => look.definition),
    ),
    notes: [
      ends.some(Boolean) ? "Beside the end of a bar: what the factor is set to there." : "",
      one > 0 ? `${plural(one, "factor has", "factors have")} a value at one end only.` : "",
    ],
    missing: rows.reduce((sum, row) => sum + (row.low === null) + (row.high === null), 0),
  };
}

const barMarks = (items, looks) =>
  SIDES.map((side, i) =>
    Plot.rect(
      items.filter((d) => d.side === side),
      {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        fill: looks[i].fill,
        stroke: looks[i].colour,
        className: `m-bar-${side}`,
      },
    ),
  );

/** The settings at the ends of the bars that point to the left, or to the right. */
const endTexts = (items, left) =>
  Plot.text(
    items.filter((d) => d.left === left && d.end),
    {
      x: "value",
      y: "mid",
      text: "end",
      title: "full",
      textAnchor: left ? "end" : "start",
      dx: left ? -5 : 5,
      fontSize: END_SIZE,
      fill: v("muted"),
      className: "m-end-label",
    },
  );

function signs(read, looks) {
  const { middle, baseline, low } = read;
  const sides = SIDES.map((side, i) => ({
    label: sideName(side, read),
    sign: swatch.bar(looks[i].fill, looks[i].colour),
  }));
  const name = baseline === null ? "from 0" : `baseline ${compact(middle, low)}`;
  return [...sides, { label: name, sign: swatch.line({ colour: v("text"), dash: null }) }];
}

const sideName = (side, { low, high }) => heading(side === "low" ? low : high);

function tipText({ row, side, value }, { low, high }) {
  const column = side === "low" ? low : high;
  const at = row.ends[SIDES.indexOf(side)];
  return `${row.label}\n${heading(column)}: ${cell(value, column)}${at ? `\nat ${at}` : ""}`;
}

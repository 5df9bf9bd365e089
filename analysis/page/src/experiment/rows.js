// The layout that tornado, bars, dots and strips share: a label a row at the left, values along the
// other axis, rows as high as their labels need. Heights are in pixels (the scale y is "identity").
import * as Plot from "@observablehq/plot";
import { fitTicks, nameBelow, overhang, shareOn } from "./axes.js";
import { v } from "./chart.js";
import { DASH } from "../shared/format.js";
import { block, LINE_HEIGHT, LINE_SHARE } from "../shared/text.js";

const NARROW = 520; // below this the labels stand over their rows instead of beside them

/**
 * @param {{labels: string[], heights: number[], width: number}} what heights: least height of each row
 * @returns rows {index, y0, y1, mid, labelMid, text, full}, the left edge of the frame, its bottom
 */
export function layoutRows({ labels, heights, width, top = 6 }) {
  const over = width < NARROW;
  const most = over ? width - 24 : Math.min(width * 0.36, 280);
  const blocks = labels.map((label) => block(label, most, { maxLines: 3 }));
  const left = over ? 6 : Math.ceil(Math.max(16, ...blocks.map((b) => b.width))) + 12;
  let y = top;
  const rows = blocks.map(({ text, full, height }, index) => {
    const y0 = y;
    const above = over && text ? height + 3 : 0;
    y += over ? above + heights[index] : Math.max(heights[index], height + 6);
    const mid = over ? y0 + above + heights[index] / 2 : (y0 + y) / 2;
    return { index, y0, y1: y, mid, labelMid: over ? y0 + 2 + above / 2 : mid, text, full };
  });
  return { rows, left, top, bottom: y, over };
}

/**
 * Options and marks of the axis and the labels. `before` and `after` are pixels kept free inside the
 * frame for texts beside the marks.
 */
export function rowFrame({ layout, width, domain, log, column, name, before = 0, after = 0 }) {
  const { left, bottom, top } = layout;
  const right = 18;
  const { start, end, across } = insets({
    left,
    right,
    width,
    domain,
    log,
    column,
    before,
    after,
  });
  const ticks = fitTicks(domain, across, column, { log });
  const share = shareOn(domain, log);
  const axisName = name ? block(name, width - 16, { maxLines: 2 }) : null;
  const twice = layout.rows.length > 14; // a tall plot has its numbers at the top as well
  const shift = twice ? LINE_HEIGHT + 6 : 0;
  const height = bottom + shift + LINE_HEIGHT + 10 + (axisName ? axisName.height + 6 : 0);
  const rows = layout.rows.map((row) => ({
    ...row,
    y0: row.y0 + shift,
    y1: row.y1 + shift,
    mid: row.mid + shift,
    labelMid: row.labelMid + shift,
  }));
  const marks = axisMarks({ rows, ticks, y1: top + shift, y2: bottom + shift, twice, layout });
  if (axisName) {
    // Under the frame, or in the middle of all where the name is wider than the frame.
    const dx = axisName.width > width - left - right ? (right - left) / 2 : 0;
    marks.push(nameBelow(axisName, { dy: LINE_HEIGHT + 10, dx }));
  }
  return {
    rows,
    marks,
    labels: rowLabels(rows, layout.over),
    options: {
      width,
      height,
      marginTop: top + shift,
      marginBottom: height - bottom - shift,
      marginLeft: left,
      marginRight: right,
      x: { domain, type: log ? "log" : "linear", insetLeft: start, insetRight: end },
      y: { type: "identity" },
    },
    scale: (value) => left + start + share(value) * across,
  };
}

/** Room inside the frame at both ends: what was asked for, or what the outermost ticks need. */
function insets({ left, right, width, domain, log, column, before, after }) {
  const within = width - left - right;
  const first = within - before - after;
  const reach = overhang(fitTicks(domain, first, column, { log }), domain, first, log);
  const start = Math.max(before, Math.ceil(reach[0] - left));
  const end = Math.max(after, Math.ceil(reach[1] - right));
  return { start, end, across: within - start - end };
}

function axisMarks({ rows, ticks, y1, y2, twice, layout }) {
  const tickTexts = (options) =>
    Plot.text(ticks, {
      x: "value",
      text: "text",
      fill: v("muted"),
      className: "m-x-tick-label",
      ...options,
    });
  const odd = rows.filter((row) => row.index % 2 === 1);
  return [
    layout.over
      ? Plot.ruleY(rows.slice(1), { y: "y0", stroke: v("line"), className: "m-band" })
      : Plot.rect(odd, { y1: "y0", y2: "y1", fill: v("panel"), className: "m-band" }),
    Plot.ruleX(ticks, { x: "value", y1, y2, stroke: v("grid"), className: "m-grid" }),
    tickTexts({ y: y2, lineAnchor: "top", dy: 6 }),
    twice ? tickTexts({ y: y1, lineAnchor: "bottom", dy: -4 }) : null,
  ];
}

/** Drawn last: where the labels stand over the rows, upright lines pass behind them. */
function rowLabels(rows, over) {
  const ground = { stroke: v("bg"), strokeWidth: 4, fill: v("text"), paintOrder: "stroke" };
  return Plot.text(rows, {
    y: "labelMid",
    text: "text",
    title: "full",
    lineHeight: LINE_SHARE,
    frameAnchor: "left",
    textAnchor: over ? "start" : "end",
    dx: over ? 2 : -8,
    className: "m-row-label",
    ...(over ? ground : {}),
  });
}

/** A vertical line over all rows. */
export const upright = (values, { rows }, options = {}) =>
  Plot.ruleX(values, {
    y1: rows[0]?.y0 ?? 0,
    y2: rows[rows.length - 1]?.y1 ?? 0,
    stroke: v("text"),
    strokeWidth: 1.25,
    ...options,
  });

/** A dash at the beginning of every row (or part of a row) that has no value. */
export const dashes = (places) =>
  Plot.text(places, {
    y: (d) => d,
    text: () => DASH,
    frameAnchor: "left",
    textAnchor: "start",
    dx: 6,
    fill: v("muted"),
    className: "m-missing",
  });

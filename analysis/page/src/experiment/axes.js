// Axes whose texts fit: domains, ticks, and the frame of a plot with two numeric axes.
import * as Plot from "@observablehq/plot";
import { ticks as niceTicks } from "d3";
import { v } from "./chart.js";
import { plural, tickTexts } from "../shared/format.js";
import { block, LINE_HEIGHT, LINE_SHARE, measure, shorten } from "../shared/text.js";

/** The least and the largest of numbers, nulls left out; null when there is none. */
export function extent(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value === null || value === undefined) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** The value where an axis can show it: a logarithmic one takes no 0 or less. */
export const onAxis = (value, log) => (log && value <= 0 ? null : value);

/**
 * An extent that a scale can use: never empty, a little wider than its ends if asked. Of a column of
 * shares it is not widened beyond 0 and 1, unless the values lie there.
 */
export function domainOf(values, { pad = 0, include = [], log = false, column = null } = {}) {
  const found = extent([...values, ...include].map((value) => onAxis(value, log)));
  if (log && !found) throw new Error("a logarithmic axis takes no 0 or less");
  if (log) return logDomain(found, pad);
  const [low, high] = linearDomain(found ?? [0, 1], pad);
  const isShare = column?.kind === "share" && found && found[0] >= 0 && found[1] <= 1;
  return isShare ? [Math.max(0, low), Math.min(1, high)] : [low, high];
}

function linearDomain([low, high], pad) {
  if (low === high) {
    const half = Math.abs(low) * 0.1 || 1;
    return [low - half, high + half];
  }
  const margin = (high - low) * pad;
  // Padding does not cross 0: a share below 0 or a time before the start would be shown.
  const from = low >= 0 && low - margin < 0 ? 0 : low - margin;
  const to = high <= 0 && high + margin > 0 ? 0 : high + margin;
  return [from, to];
}

function logDomain([low, high], pad) {
  const room = low === high ? 2 : (high / low) ** pad;
  return [low / room, high * room];
}

/** Where a value lies on an axis: 0 at its beginning, 1 at its end. */
export function shareOn([low, high], log) {
  return log
    ? (value) => Math.log(value / low) / Math.log(high / low)
    : (value) => (value - low) / (high - low);
}

/** What is said of values that a logarithmic axis cannot show. */
export const leftOut = (count) =>
  count > 0
    ? `${plural(count, "row is", "rows are")} left out: the axis is logarithmic and takes no 0 or less.`
    : "";

/** An interval as a logarithmic axis can show it: from the edge where it begins at 0 or below. */
export function clipped(item, domain, log) {
  if (!log || item.low === null || item.low > 0) return item;
  return item.high > 0
    ? { ...item, low: domain[0], cut: true }
    : { ...item, low: null, high: null, cut: item.high !== null };
}

/** What is said of intervals that were clipped. */
export const cutNote = (items) =>
  items.some((item) => item.cut)
    ? "Intervals that begin at 0 or below begin at the edge: the axis is logarithmic."
    : "";

/** Ticks at 1, 2 and 5 times powers of ten; null where the axis has too few of them. */
function logTicks([low, high], count) {
  const from = Math.floor(Math.log10(low) + 1e-9);
  const to = Math.ceil(Math.log10(high) - 1e-9);
  const within = (value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const all = [];
  for (let power = from; power <= to; power += 1) all.push(10 ** power);
  const tens = all.filter(within);
  const fine = all.flatMap((ten) => [ten, 2 * ten, 5 * ten]).filter(within);
  if (fine.length < 2) return null;
  if (fine.length <= count) return fine;
  if (tens.length >= 2) {
    const step = Math.ceil(tens.length / count);
    return tens.filter((_, i) => i % step === 0);
  }
  return fine.filter((_, i) => i % Math.ceil(fine.length / count) === 0);
}

/**
 * Ticks of an axis over so many pixels: as many as fit without their texts touching.
 * @returns {{value: number, text: string}[]}
 */
export function fitTicks(domain, pixels, column, { vertical = false, log = false } = {}) {
  const each = vertical ? (log ? 28 : 42) : 62;
  const most = Math.max(1, Math.floor(pixels / each));
  for (let count = Math.min(most, 10); count >= 1; count -= 1) {
    const far = log ? logTicks(domain, count) : null;
    const values = far ?? niceTicks(domain[0], domain[1], count);
    const texts = far
      ? values.map((value) => tickTexts([value], column)[0])
      : tickTexts(values, column);
    const share = shareOn(domain, log);
    const place = (value) => share(value) * pixels;
    const size = (text) => (vertical ? LINE_HEIGHT : measure(text) + 10);
    const clear = values.every(
      (value, i) =>
        i === 0 ||
        Math.abs(place(value) - place(values[i - 1])) >= (size(texts[i]) + size(texts[i - 1])) / 2,
    );
    if (clear || count === 1) return values.map((value, i) => ({ value, text: texts[i] }));
  }
  return [];
}

/** Those of some ticks that fit, evenly left out; long texts are cut where the ticks stand beside the axis. */
function onlyTicks(only, domain, pixels, vertical) {
  const cut = only.map(({ value, text }) => ({ value, text: shorten(text, vertical ? 110 : 90) }));
  const share = shareOn(domain, false);
  const size = (text) => (vertical ? LINE_HEIGHT : measure(text) + 10);
  for (let step = 1; step < cut.length; step += 1) {
    const kept = cut.filter((_, i) => i % step === 0);
    const clear = kept.every(
      ({ value, text }, i) =>
        i === 0 ||
        Math.abs(share(value) - share(kept[i - 1].value)) * pixels >=
          (size(text) + size(kept[i - 1].text)) / 2,
    );
    if (clear) return kept;
  }
  return cut.slice(0, 1);
}

/** How far the texts of the outermost ticks reach over the ends of an axis: [left, right]. */
export function overhang(ticks, domain, pixels, log = false) {
  const share = shareOn(domain, log);
  const place = (value) => share(value) * pixels;
  const reach = [0, 0];
  for (const { value, text } of ticks) {
    const half = measure(text) / 2;
    reach[0] = Math.max(reach[0], half - place(value));
    reach[1] = Math.max(reach[1], half - (pixels - place(value)));
  }
  return reach;
}

/**
 * Frame, grid, ticks and names of the axes of a plot with two numeric axes. `only`: {value, text} of an
 * axis that has ticks nowhere else.
 *
 * Gives the options of the plot (size, margins, scales) and the marks that go below and above the
 * data. The name of the vertical axis stands over it, that of the other below, both wrapped.
 */
export function frame({ width, height, x, y }) {
  const yName = y.name ? block(y.name, width - 12, { maxLines: 2 }) : null;
  const marginTop = (yName ? yName.height + 8 : 0) + 8;
  const xBase = x.texts ? x.textHeight + 12 : LINE_HEIGHT + 10;
  const xName = x.name ? block(x.name, width - 24, { maxLines: 2 }) : null;
  const marginBottom = xBase + (xName ? xName.height + 6 : 0) + 4;
  const inner = height - marginTop - marginBottom;
  const yTicks = y.only
    ? onlyTicks(y.only, y.domain, inner, true)
    : fitTicks(y.domain, inner, y.column, { vertical: true, log: y.log });
  const marginLeft = Math.ceil(Math.max(24, ...yTicks.map(({ text }) => measure(text) + 12)));
  const ticksOver = (pixels) =>
    x.ticks ??
    (x.only
      ? onlyTicks(x.only, x.domain, pixels, false)
      : fitTicks(x.domain, pixels, x.column, { log: x.log }));
  const first = width - marginLeft - 16;
  const reach = x.ticks ? 0 : overhang(ticksOver(first), x.domain, first, x.log)[1];
  const right = Math.ceil(Math.max(16, reach));
  const across = width - marginLeft - right;
  const xTicks = ticksOver(across);
  const marks = [
    ...gridMarks(xTicks, yTicks),
    Plot.ruleY([y.domain[0]], { stroke: v("axis"), className: "m-axis" }),
    Plot.ruleX([x.domain[0]], { stroke: v("axis"), className: "m-axis" }),
  ];
  if (yName)
    marks.push(corner(yName, { dx: -marginLeft + 4, dy: -marginTop + 4, frameAnchor: "top-left" }));
  if (xName) {
    const dx = xName.width > across ? (right - marginLeft) / 2 : 0;
    marks.push(nameBelow(xName, { dy: xBase, dx }));
  }
  return {
    options: {
      width,
      height,
      marginTop,
      marginBottom,
      marginLeft,
      marginRight: right,
      x: { domain: x.domain, type: x.log ? "log" : "linear" },
      y: { domain: y.domain, type: y.log ? "log" : "linear" },
    },
    marks,
    box: { x0: marginLeft, y0: marginTop, x1: width - right, y1: height - marginBottom },
    place: placer({ marginLeft, marginTop, across, inner }, x, y),
  };
}

/** Where a point of the data lies in the plot, in pixels; the same arithmetic as the scales have. */
function placer({ marginLeft, marginTop, across, inner }, x, y) {
  const [shareX, shareY] = [shareOn(x.domain, x.log), shareOn(y.domain, y.log)];
  return (valueX, valueY) => [
    marginLeft + shareX(valueX) * across,
    marginTop + (1 - shareY(valueY)) * inner,
  ];
}

const NAME = { text: "text", title: "full", lineHeight: LINE_SHARE, className: "m-axis-name" };

const corner = (name, options) =>
  Plot.text([name], { ...NAME, textAnchor: "start", lineAnchor: "top", ...options });

/** The name of an axis below its ticks. */
export const nameBelow = (name, options) =>
  Plot.text([name], { ...NAME, frameAnchor: "bottom", lineAnchor: "top", ...options });

/** Grid lines first (a surface is drawn without them), then the texts of the ticks. */
function gridMarks(xTicks, yTicks) {
  const line = { stroke: v("grid"), className: "m-grid" };
  return [
    Plot.ruleY(yTicks, { y: "value", ...line }),
    Plot.ruleX(xTicks, { x: "value", ...line }),
    Plot.text(yTicks, {
      y: "value",
      text: "text",
      frameAnchor: "left",
      textAnchor: "end",
      dx: -7,
      fill: v("muted"),
      className: "m-y-tick-label",
    }),
    Plot.text(xTicks, {
      x: "value",
      text: "text",
      frameAnchor: "bottom",
      lineAnchor: "top",
      dy: 6,
      fill: v("muted"),
      lineHeight: LINE_SHARE,
      className: "m-x-tick-label",
      title: (d) => d.full,
    }),
  ];
}

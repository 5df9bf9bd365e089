// Legends: signs with their names, and the steps of colour of a number.
import * as Plot from "@observablehq/plot";
import { ticks as niceTicks } from "d3";
import { extent } from "./axes.js";
import { svg, v } from "./chart.js";
import { compact, heading, tickTexts } from "../shared/format.js";
import { RAMP_SIZE } from "../shared/palette.js";
import { block, LINE_HEIGHT, measure } from "../shared/text.js";

/**
 * Entries with a sign each, as many a line as fit.
 * @param {{label: string, sign: SVGElement}[]} entries sign: 24 wide, 12 high, from 0,0
 */
export function legend(entries, width, title = "") {
  if (entries.length === 0) return null;
  const group = svg("g", { class: "m-legend" });
  const gap = 18;
  let x = 0;
  let y = 0;
  let lineHeight = 0;
  const add = (text, sign) => {
    const signWidth = sign ? 30 : 0;
    const label = block(text, width - signWidth - 4, { maxLines: 2, bold: !sign });
    const wide = signWidth + label.width;
    if (x > 0 && x + wide > width) {
      x = 0;
      y += lineHeight + 5;
      lineHeight = 0;
    }
    const entry = svg("g", { transform: `translate(${x},${y})` }, svg("title", {}, label.full));
    if (sign) entry.append(sign);
    label.lines.forEach((line, i) => {
      const at = { x: signWidth, y: 10.5 + i * LINE_HEIGHT, "font-weight": sign ? null : "bold" };
      entry.append(svg("text", at, line));
    });
    group.append(entry);
    x += wide + gap;
    lineHeight = Math.max(lineHeight, label.height);
  };
  if (title) add(title, null);
  for (const { label, sign } of entries) add(label, sign);
  return { node: group, width, height: y + lineHeight + 10 };
}

export const swatch = {
  bar: (fill, stroke) => svg("rect", { x: 0, y: 0.5, width: 22, height: 11, fill, stroke }),
  line: (style) =>
    svg(
      "g",
      { stroke: style.colour, fill: style.colour },
      svg("line", {
        x1: 0,
        x2: 24,
        y1: 6,
        y2: 6,
        "stroke-width": 2,
        "stroke-dasharray": style.dash,
      }),
    ),
  /** A line with the symbol of its points. */
  lineDot: (style) => svg("g", {}, swatch.line(style), swatch.dot(style)),
  dot: (style) => {
    const node = Plot.plot({
      width: 24,
      height: 12,
      margin: 0,
      axis: null,
      marks: [
        Plot.dot([0], { frameAnchor: "middle", symbol: style.symbol, fill: style.colour, r: 4 }),
      ],
    }).querySelector("g");
    node.removeAttribute("aria-label");
    return node;
  },
};

/**
 * Classes of a numeric column with round limits, each with a step of the ramp: steps, not a blend,
 * so that a colour can be read back from the legend.
 */
export function colourScale(values, column) {
  const range = extent(values);
  if (!range) return { of: () => v("faint"), legend: () => null, limits: [], steps: [] };
  const [low, high] = range;
  const inner =
    low === high ? [] : niceTicks(low, high, 7).filter((tick) => tick > low && tick < high);
  const count = inner.length + 1;
  const steps = Array.from({ length: count }, (_, i) =>
    v(`ramp${count === 1 ? RAMP_SIZE - 3 : Math.round((i * (RAMP_SIZE - 1)) / (count - 1))}`),
  );
  const classOf = (value) => {
    let i = 0;
    while (i < inner.length && value >= inner[i]) i += 1;
    return i;
  };
  return {
    limits: inner,
    steps,
    classOf,
    of: (value) => (value === null ? v("faint") : steps[classOf(value)]),
    legend: (width, missing) => rampLegend({ low, high, inner, steps, column, width, missing }),
  };
}

function rampLegend({ low, high, inner, steps, column, width, missing }) {
  const name = block(heading(column), width, { maxLines: 2 });
  const group = svg("g", { class: "m-colour-legend" });
  name.lines.forEach((line, i) => group.append(svg("text", { y: 11 + i * LINE_HEIGHT }, line)));
  const top = name.height + 4;
  const texts = tickTexts(inner, column);
  const left = 2;
  const note = missing ? 96 : 0;
  const span = Math.min(460, width - note - 8);
  const step = low === high ? 24 : span / steps.length;
  steps.forEach((fill, i) => {
    group.append(svg("rect", { x: left + i * step, y: top, width: step, height: 12, fill }));
  });
  if (low === high) {
    group.append(
      svg("text", { x: left, y: top + 26, fill: v("muted") }, `all ${compact(low, column)}`),
    );
  }
  let free = -Infinity;
  inner.forEach((_, i) => {
    const x = left + (i + 1) * step;
    const half = measure(texts[i]) / 2;
    if (x - half < free + 6) return; // a limit without its number is still told by its neighbours
    free = x + half;
    group.append(
      svg("line", { x1: x, x2: x, y1: top + 12, y2: top + 15, stroke: v("axis") }),
      svg("text", { x, y: top + 26, "text-anchor": "middle", fill: v("muted") }, texts[i]),
    );
  });
  if (missing) {
    const x = left + step * steps.length + 14;
    group.append(
      svg("rect", { x, y: top, width: 12, height: 12, fill: v("faint") }),
      svg("text", { x: x + 17, y: top + 10.5 }, "missing"),
    );
  }
  return { node: group, width, height: top + 38 };
}

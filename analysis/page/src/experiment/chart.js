// What all plots share: the way into Observable Plot, the stack of parts that becomes one SVG, how
// series look, and what the pointer says.
import * as Plot from "@observablehq/plot";
import { heading } from "../shared/format.js";
import { FONT_FAMILY, FONT_SIZE } from "../shared/text.js";

const SVG = "http://www.w3.org/2000/svg";

export const v = (name) => `var(--${name})`;

/** An SVG element with attributes and children. */
export function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

/** A plot of the library as a plain part: nothing of its own style sheet, which acts on the page. */
export function draw(options) {
  const node = Plot.plot({
    ...options,
    className: "plot",
    axis: null,
    style: {
      overflow: "visible",
      background: "none",
      fontSize: `${FONT_SIZE}px`,
      fontFamily: FONT_FAMILY,
    },
  });
  node.querySelector(":scope > style")?.remove();
  // The figure has one text alternative; labels such as "rect" would stand beside it.
  for (const group of node.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
  node.removeAttribute("class");
  return { node, width: options.width, height: options.height };
}

/** Parts below one another as one SVG. */
export function stack(width, parts) {
  const root = svg("svg", {
    xmlns: SVG,
    "font-family": FONT_FAMILY,
    "font-size": FONT_SIZE,
    fill: "currentColor",
  });
  let top = 0;
  for (const { node, height, dx = 0 } of parts.filter(Boolean)) {
    if (node.tagName === "svg") {
      node.setAttribute("x", dx);
      node.setAttribute("y", top);
      root.append(node);
    } else root.append(svg("g", { transform: `translate(${dx},${top})` }, node));
    top += height;
  }
  setSize(root, width, top);
  return root;
}

function setSize(root, width, height) {
  root.setAttribute("width", width);
  root.setAttribute("height", height);
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
}

// ---- series: at most four colours, told apart a second way as well -----------------------------

const DASHES = [null, "7 3", "2 3", "9 3 2 3"];
const SYMBOLS = ["circle", "triangle", "square", "diamond", "cross", "star", "wye"];

/** How series i looks: colour, dash, symbol, and the pattern of its bars. */
export function seriesStyle(i) {
  const round = Math.floor(i / 4);
  return {
    colour: v(`s${(i % 4) + 1}`),
    half: v(`f${(i % 4) + 1}`),
    dash: DASHES[(i + round) % 4],
    symbol: SYMBOLS[i % SYMBOLS.length],
    pattern: (i + round) % 4,
  };
}

const PATTERNS = [
  null,
  (stroke) => [svg("path", { d: "M-2,2l4,-4M0,8l8,-8M6,10l4,-4", stroke, "stroke-width": 1.6 })],
  (stroke) => [svg("circle", { cx: 3, cy: 3, r: 1.6, fill: stroke })],
  (stroke) => [svg("path", { d: "M0,3h8M0,7h8", stroke, "stroke-width": 1.5 })],
];

let patternCount = 0;

/**
 * Fill for bars in a style; patterns other than plain come as a definition for the SVG.
 * @returns {{fill: string, definition: SVGElement|null}}
 */
export function barFill({ colour, half, pattern }) {
  if (!PATTERNS[pattern]) return { fill: half, definition: null };
  patternCount += 1;
  const id = `pattern-${patternCount}`;
  const definition = svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" });
  definition.append(
    svg("rect", { width: 8, height: 8, fill: v("bg") }),
    ...PATTERNS[pattern](colour),
  );
  return { fill: `url(#${id})`, definition };
}

export function addDefinitions(root, definitions) {
  const list = definitions.filter(Boolean);
  if (list.length > 0) root.prepend(svg("defs", {}, ...list));
  return root;
}

/** What the pointer says about the nearest of some points. */
export function tip(data, { x, y, text }) {
  if (data.length === 0) return null;
  return Plot.tip(
    data,
    Plot.pointer({
      x,
      y,
      title: text,
      maxRadius: 30,
      fill: v("panel"),
      stroke: v("axis"),
      lineWidth: 22,
      textPadding: 7,
      className: "m-tip",
    }),
  );
}

/** A line of a tip: what it is and how much. */
export const tipLine = (column, text) => `${heading(column)}: ${text}`;

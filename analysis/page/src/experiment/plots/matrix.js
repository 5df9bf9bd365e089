// Every pair of some columns: the points below the diagonal, the correlation above it.
import { extent } from "../axes.js";
import { stack, svg, v } from "../chart.js";
import { colourOf } from "../colouring.js";
import { needSome, number, thin } from "../document.js";
import { compact, DASH, fixed, heading, named, plural } from "../../shared/format.js";
import { block, LINE_HEIGHT } from "../../shared/text.js";

export const FIRST = 8;
export const MOST = 12;
const LEAST = 88; // a cell
const MOST_POINTS = 500; // in a cell
const MOST_NAMES = 3; // said in a cell

/** Pearson's r over the rows that have both; null if there are fewer than three or one is constant. */
export function correlation(a, b) {
  let n = 0;
  let meanA = 0;
  let meanB = 0;
  let sAA = 0;
  let sBB = 0;
  let sAB = 0;
  for (let i = 0; i < a.length; i += 1) {
    if (a[i] === null || b[i] === null) continue;
    n += 1;
    const dA = a[i] - meanA;
    const dB = b[i] - meanB;
    meanA += dA / n;
    meanB += dB / n;
    sAA += dA * (a[i] - meanA);
    sBB += dB * (b[i] - meanB);
    sAB += dA * (b[i] - meanB);
  }
  const r = sAB / Math.sqrt(sAA * sBB);
  return n >= 3 && Number.isFinite(r) ? Math.min(1, Math.max(-1, r)) : null;
}

/** A column as numbers: texts by their order of appearance, so that they can be drawn at all. */
function readColumn(table, column) {
  const raw = table.rows.map((row) => row[column.index]);
  const names = column.kind === "text" ? [...new Set(raw.filter((value) => value !== null))] : null;
  const values = raw.map((value) =>
    names ? (value === null ? null : names.indexOf(value)) : number(value),
  );
  const range = extent(values);
  const place = (value) =>
    range[0] === range[1] ? 0.5 : (value - range[0]) / (range[1] - range[0]);
  return { column, values, range, names, place };
}

/** All points of a cell as one path a colour: dots are strokes of no length with round ends. */
function cellPaths(x, y, runs, box, radius) {
  const byColour = new Map();
  for (const { i, colour } of runs) {
    if (x.values[i] === null || y.values[i] === null) continue;
    const px = box.x + 6 + x.place(x.values[i]) * (box.size - 12);
    const py = box.y + box.size - 6 - y.place(y.values[i]) * (box.size - 12);
    byColour.set(colour, `${byColour.get(colour) ?? ""}M${px.toFixed(1)},${py.toFixed(1)}h0`);
  }
  return [...byColour].map(([stroke, d]) =>
    svg("path", {
      d,
      stroke,
      "stroke-width": 2 * radius,
      "stroke-linecap": "round",
      "stroke-opacity": 0.75,
      fill: "none",
    }),
  );
}

/** From left to right, and from below. */
const namesIn = (names, column) =>
  names.length <= MOST_NAMES
    ? names.map((name) => named(name, column)).join(", ")
    : plural(names.length, "name");

function diagonal({ column, range, names }, { x, y, size }) {
  const name = block(heading(column), size - 12, {
    bold: true,
    maxLines: Math.max(2, Math.floor((size - 40) / LINE_HEIGHT)),
  });
  const ends = !range
    ? "no values"
    : names
      ? namesIn(names, column)
      : range[0] === range[1]
        ? `all ${compact(range[0], column)}`
        : `${compact(range[0], column)} to ${compact(range[1], column)}`;
  const tail = block(ends, size - 8, { maxLines: 2, size: 10 });
  const lines = [...name.lines, ...tail.lines];
  const top = y + (size - lines.length * LINE_HEIGHT) / 2 + 11;
  const group = svg(
    "g",
    { class: "m-column-name" },
    svg("title", {}, `${heading(column)}: ${ends}`),
  );
  lines.forEach((line, i) => {
    const small = i >= name.lines.length;
    group.append(
      svg(
        "text",
        {
          x: x + size / 2,
          y: top + i * LINE_HEIGHT,
          "text-anchor": "middle",
          "font-weight": small ? null : "bold",
          "font-size": small ? 10 : null,
          fill: small ? v("muted") : null,
        },
        line,
      ),
    );
  });
  return group;
}

/** r as a number, and a square of side |r|, filled if positive, hollow if negative. */
function correlationMark(r, { x, y, size }) {
  const text = r === null ? DASH : fixed(Number(r.toFixed(2)), 2);
  const side = r === null ? 0 : Math.abs(r) * (size - 34);
  const middle = { x: x + size / 2, y: y + (size - 16) / 2 };
  const group = svg("g", { class: "m-correlation" });
  if (side > 0.5) {
    group.append(
      svg("rect", {
        x: middle.x - side / 2,
        y: middle.y - side / 2,
        width: side,
        height: side,
        fill: r > 0 ? v("s1") : v("bg"),
        stroke: r > 0 ? v("s1") : v("s2"),
        "stroke-width": 2,
      }),
    );
  }
  group.append(svg("text", { x: middle.x, y: y + size - 6, "text-anchor": "middle" }, text));
  return group;
}

export function matrix(figure) {
  const { table, column } = figure;
  const all = figure.columns("columns");
  const chosen = all.filter((found) => !figure.chosen || figure.chosen.has(found.name));
  const list = chosen.map((found) => readColumn(table, found));
  needSome(
    list.filter((found) => found.range && !found.names).length,
    table.rows.length * list.length,
  );
  const colouring = colourOf(table, column("color", true), figure.width);
  const count = Math.max(1, list.length);
  const size = Math.floor(Math.max(LEAST, Math.min(190, (figure.width - 2) / count)));
  const width = Math.max(figure.width, size * count + 2);
  const drawn = thin(table.rows.length, MOST_POINTS);
  const runs = table.rows
    .map((row, i) => ({ i, ...colouring.of(row) }))
    .filter(({ i }) => drawn(i))
    .sort((a, b) => a.order - b.order);
  const group = svg("g", {});
  const radius = runs.length > 200 ? 1.1 : runs.length > 40 ? 1.7 : 2.6;
  for (let j = 0; j < list.length; j += 1) {
    for (let i = 0; i < list.length; i += 1) {
      const box = { x: 1 + i * size, y: 1 + j * size, size };
      group.append(
        svg("rect", {
          x: box.x,
          y: box.y,
          width: size,
          height: size,
          fill: i === j ? v("panel") : "none",
          stroke: v("line"),
        }),
      );
      if (i === j) group.append(diagonal(list[i], box));
      else if (i > j) group.append(correlationMark(textless(list[i], list[j]), box));
      else {
        group.append(
          svg("g", { class: "m-pair" }, ...cellPaths(list[i], list[j], runs, box, radius)),
        );
      }
    }
  }
  const note =
    "Below the diagonal the points; above it their correlation, as a number and as a " +
    "square that fills the box at 1 or \u22121: full if positive, hollow if negative.";
  return {
    svg: stack(width, [colouring.legend, { node: group, width, height: size * count + 4 }]),
    missing: table.rows.reduce(
      (sum, row) => sum + chosen.filter((found) => row[found.index] === null).length,
      0,
    ),
    notes: [
      note,
      colouring.note,
      runs.length < table.rows.length
        ? `${fixed(runs.length, 0)} of ${fixed(table.rows.length, 0)} rows are drawn, evenly picked; the correlations use all.`
        : "",
    ],
  };
}

/** Names have no correlation: the order in which they appear means nothing. */
const textless = (a, b) => (a.names || b.names ? null : correlation(a.values, b.values));

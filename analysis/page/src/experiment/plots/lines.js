// Measures along a setting or a sample size, with bands, series and small multiples.
import * as Plot from "@observablehq/plot";
import { clipped, cutNote, domainOf, extent, frame, leftOut, onAxis } from "../axes.js";
import { draw, seriesStyle, stack, svg, tip, v } from "../chart.js";
import { levels, needSome, number } from "../document.js";
import { cell, heading, named, plural } from "../../shared/format.js";
import { legend, swatch } from "../legend.js";
import { block, LINE_HEIGHT } from "../../shared/text.js";

export const MOST_SERIES = 8;
export const MOST_BANDS = 4; // more of them hide one another
const CATEGORY_WIDTH = 52; // least room for the name of a category

/** The series: {id, label}. */
export function seriesOf({ table, column }) {
  const series = column("series", true);
  if (!series) return [];
  return [...levels(table, series)].map(([value, id]) => ({ id, label: named(value, series) }));
}

/** The rows in order of the table, in which the lines join them. */
function readPoints({ table, column, options }) {
  const [x, y] = [column("x"), column("y")];
  const [low, high] = [column("low", true), column("high", true)];
  const [series, facet] = [column("series", true), column("facet", true)];
  const categories = x.kind === "text" ? levels(table, x) : null;
  categories?.delete(null);
  const log = { x: options.log_x === true && !categories, y: options.log_y === true };
  const [seriesLevels, facets] = [series, facet].map((found) => found && levels(table, found));
  const all = table.rows.map((row) => {
    const at = categories ? (categories.get(row[x.index]) ?? null) : number(row[x.index]);
    const value = number(row[y.index]);
    const point = {
      x: onAxis(at, log.x),
      y: onAxis(value, log.y),
      low: low && high ? number(row[low.index]) : null,
      high: low && high ? number(row[high.index]) : null,
      series: series ? seriesLevels.get(row[series.index]) : 0,
      facet: facet ? facets.get(row[facet.index]) : 0,
      row,
    };
    point.isOff = point.x === null ? at !== null : point.y === null && value !== null;
    return point;
  });
  return {
    ...{ x, y, series, facet, low, high, log },
    categories: categories && [...categories.keys()],
    facets: facet ? [...facets.keys()].map((value) => named(value, facet)) : [""],
    points: all.filter((point) => point.x !== null),
    all,
    off: all.filter((point) => point.isOff).length,
  };
}

/** Shared when every panel covers most of the whole; else each panel has its own. */
function panelDomains(panels, read) {
  const ends = panels.map(({ points }) => extent(points.map((point) => point.x)));
  const whole = extent(ends.flatMap((end) => end ?? []));
  const shared =
    !whole || ends.every((end) => !end || end[1] - end[0] >= 0.6 * (whole[1] - whole[0]));
  const domain = (values) =>
    read.categories
      ? [-0.5, read.categories.length - 0.5]
      : domainOf(values, { pad: 0.02, log: read.log.x, column: read.x });
  return panels.map(({ points }) =>
    domain((shared ? read.points : points).map((point) => point.x)),
  );
}

function categoryTicks(categories, width) {
  const each = width / categories.length - 8;
  const blocks = categories.map((text) => block(text.trim() || "(no name)", each, { maxLines: 3 }));
  return {
    ticks: blocks.map(({ text, full }, value) => ({ value, text, full })),
    textHeight: Math.max(LINE_HEIGHT, ...blocks.map((b) => b.height)),
    texts: true,
  };
}

/** The marks of one series in one panel. */
function seriesMarks(points, style, band) {
  const many = points.length > 60;
  const alone = points.filter(
    (d, i) =>
      d.y !== null &&
      (!many || ((points[i - 1]?.y ?? null) === null && (points[i + 1]?.y ?? null) === null)),
  );
  return [
    band
      ? Plot.areaY(
          points.map((d) => ({ ...d, low: d.low ?? NaN, high: d.high ?? NaN })),
          {
            x: "x",
            y1: "low",
            y2: "high",
            fill: style.colour,
            fillOpacity: 0.16,
            className: "m-band",
          },
        )
      : null,
    Plot.lineY(points, {
      x: "x",
      y: (d) => d.y ?? NaN,
      stroke: style.colour,
      strokeWidth: style.width ?? 2,
      strokeDasharray: style.dash,
      className: "m-line",
    }),
    alone.length > 0
      ? Plot.dot(alone, {
          x: "x",
          y: "y",
          fill: style.colour,
          symbol: style.symbol,
          r: style.r ?? 3.5,
          className: "m-line-dot",
        })
      : null,
  ];
}

const FAINT = { colour: v("faint"), dash: null, symbol: "circle", width: 1, r: 1.5 };

const banded = (read, chosen) => Boolean(read.low && read.high) && chosen.length <= MOST_BANDS;

function panelMarks(points, read, chosen) {
  const bySeries = new Map();
  for (const point of points) {
    if (!bySeries.has(point.series)) bySeries.set(point.series, []);
    bySeries.get(point.series).push(point);
  }
  const order = [...bySeries].sort(([a], [b]) => chosen.indexOf(b) - chosen.indexOf(a));
  // Those that stand back first, then the chosen, the first of them on top.
  const back = order.filter(([name]) => !chosen.includes(name));
  const front = order.filter(([name]) => chosen.includes(name));
  return [...back, ...front].flatMap(([name, list]) => {
    const i = chosen.indexOf(name);
    return seriesMarks(list, i < 0 ? FAINT : seriesStyle(i), i >= 0 && banded(read, chosen));
  });
}

function tipText(point, { x, y, low, high, series, facet }) {
  const lines = [];
  if (facet) lines.push(named(point.row[facet.index], facet));
  if (series) lines.push(named(point.row[series.index], series));
  lines.push(`${heading(x)}: ${cell(point.row[x.index], x)}`, `${heading(y)}: ${cell(point.y, y)}`);
  if (low && high)
    lines.push(`${cell(point.row[low.index], low)} to ${cell(point.row[high.index], high)}`);
  return lines.join("\n");
}

function drawPanel(
  { points },
  { read, chosen, width, height, xDomain, yDomain, names, thresholds },
) {
  const categories = read.categories ? categoryTicks(read.categories, width - 70) : {};
  const f = frame({
    width,
    height,
    x: { domain: xDomain, column: read.x, name: names.x, log: read.log.x, ...categories },
    y: { domain: yDomain, column: read.y, name: names.y, log: read.log.y },
  });
  return draw({
    ...f.options,
    marks: [
      ...f.marks,
      Plot.ruleY(thresholds, {
        stroke: v("text"),
        strokeDasharray: "5 3",
        className: "m-threshold",
      }),
      ...panelMarks(points, read, chosen),
      tip(
        points.filter((d) => d.y !== null),
        { x: "x", y: "y", text: (d) => tipText(d, read) },
      ),
    ],
  });
}

const splitPanels = (read) =>
  read.facets.map((name, i) => ({
    name,
    points: read.points.filter((point) => point.facet === i),
  }));

/** Panels side by side in rows, each under its name. */
function grid(panels, drawn, { columns, panelWidth, gap, width }) {
  const group = svg("g", {});
  let top = 0;
  for (let start = 0; start < panels.length; start += columns) {
    const row = panels.slice(start, start + columns);
    const heads = row.map(({ name }) => block(name, panelWidth - 8, { maxLines: 3, bold: true }));
    const headHeight = Math.max(...heads.map((head) => head.height)) + 6;
    row.forEach((_, i) => {
      const x = i * (panelWidth + gap);
      heads[i].lines.forEach((line, k) => {
        const text = svg(
          "text",
          { x: x + 4, y: top + 12 + k * LINE_HEIGHT, "font-weight": "bold" },
          line,
        );
        text.append(svg("title", {}, heads[i].full));
        group.append(text);
      });
      const { node } = drawn[start + i];
      node.setAttribute("x", x);
      node.setAttribute("y", top + headHeight);
      group.append(node);
    });
    top += headHeight + drawn[start].height + 14;
  }
  return { node: group, width, height: top };
}

export function lines(figure) {
  const read = readPoints(figure);
  const { options } = figure;
  const drawable = read.points.filter((d) => d.y !== null).length;
  if (drawable === 0 && read.off > 0) throw new Error("a logarithmic axis takes no 0 or less");
  needSome(drawable, read.all.length);
  const all = seriesOf(figure);
  const chosen = read.series
    ? all.map(({ id }) => id).filter((id) => !figure.chosen || figure.chosen.has(id))
    : [0];
  const thresholds = figure.numbers("thresholds").filter((at) => onAxis(at, read.log.y) !== null);
  const yDomain = domainOf(
    read.points.flatMap((d) =>
      banded(read, chosen) && chosen.includes(d.series) ? [d.y, d.low, d.high] : [d.y],
    ),
    { pad: 0.04, include: thresholds, log: read.log.y, column: read.y },
  );
  read.points = read.points.map((d) => clipped(d, yDomain, read.log.y));
  const panels = splitPanels(read);
  const single = panels.length === 1 && !read.facet;
  const gap = 12;
  const fit = single
    ? 1
    : Math.min(4, panels.length, Math.max(1, Math.floor((figure.width + gap) / 262)));
  const need = read.categories ? read.categories.length * CATEGORY_WIDTH + 70 : 0;
  const columns = need > figure.width / fit ? Math.max(1, Math.floor(figure.width / need)) : fit;
  const panelWidth = Math.max(need, (figure.width - gap * (columns - 1)) / columns);
  const width = panelWidth * columns + gap * (columns - 1);
  const domains = panelDomains(panels, read);
  const xName = options.x_label || heading(read.x);
  const yName = options.y_label || heading(read.y);
  const drawn = panels.map((panel, i) =>
    drawPanel(panel, {
      read,
      chosen,
      width: panelWidth,
      xDomain: domains[i],
      yDomain,
      height: single ? Math.min(440, Math.max(270, figure.width * 0.5)) : 220,
      names: { x: xName, y: single ? yName : "" },
      thresholds,
    }),
  );
  const body = single
    ? [drawn[0]]
    : [textPart(yName, width), grid(panels, drawn, { columns, panelWidth, gap, width })];
  return {
    svg: stack(width, [seriesLegend(read, chosen, all, figure.width), ...body]),
    missing: read.all.filter((d) => !d.isOff && (d.x === null || d.y === null)).length,
    notes: [
      read.low && read.high && !banded(read, chosen)
        ? `Intervals are drawn where ${MOST_BANDS} lines or fewer are named; the table has all.`
        : "",
      leftOut(read.off),
      banded(read, chosen) ? cutNote(read.points) : "",
    ],
  };
}

function textPart(text, width) {
  const { lines: rows, full, height } = block(text, width, { maxLines: 2 });
  const node = svg("text", {}, svg("title", {}, full));
  rows.forEach((line, i) => node.append(svg("tspan", { x: 4, y: 11 + i * LINE_HEIGHT }, line)));
  return { node, width, height: height + 8 };
}

function seriesLegend(read, chosen, all, width) {
  if (!read.series) return null;
  const entries = chosen.map((id, i) => ({
    label: all[id].label,
    sign: swatch.lineDot(seriesStyle(i)),
  }));
  const rest = all.length - chosen.length;
  if (rest > 0)
    entries.push({ label: `${plural(rest, "other")}, not named`, sign: swatch.line(FAINT) });
  return legend(entries, width, read.series.label);
}

// Measures along a setting or a sample size, with bands, series and small multiples.
import * as Plot from "@observablehq/plot";
import { domainOf, extent, frame } from "../axes.js";
import { draw, seriesStyle, stack, svg, tip, v } from "../chart.js";
import { needSome, number } from "../document.js";
import { cell, heading, named, plural } from "../format.js";
import { legend, swatch } from "../legend.js";
import { block, LINE_HEIGHT } from "../text.js";

export const MOST_SERIES = 8;
export const MOST_BANDS = 4; // more of them hide one another
const CATEGORY_WIDTH = 52; // least room for the name of a category

/** The names of the series, in the order of the table. */
export function seriesNames({ table, column }) {
  const series = column("series", true);
  if (!series) return [];
  return [...new Set(table.rows.map((row) => named(row[series.index], series)))];
}

function readPoints({ table, column, options }) {
  const x = column("x");
  const y = column("y");
  const low = column("low", true);
  const high = column("high", true);
  const series = column("series", true);
  const facet = column("facet", true);
  const log = options.log_x === true;
  const categories =
    x.kind === "text" ? [...new Set(table.rows.map((row) => named(row[x.index], x)))] : null;
  let notLog = 0;
  const points = table.rows.map((row) => {
    let at = categories ? categories.indexOf(named(row[x.index], x)) : number(row[x.index]);
    if (log && at !== null && at <= 0) {
      at = null;
      notLog += 1;
    }
    return {
      x: at,
      y: number(row[y.index]),
      low: low ? number(row[low.index]) : null,
      high: high ? number(row[high.index]) : null,
      series: series ? named(row[series.index], series) : "",
      facet: facet ? named(row[facet.index], facet) : "",
      row,
    };
  });
  const placed = points.filter((point) => point.x !== null).sort((a, b) => a.x - b.x);
  return {
    x,
    y,
    series,
    facet,
    low,
    high,
    log: log && !categories,
    categories,
    points: placed,
    all: points,
    notLog,
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
      : read.log
        ? logDomain(values)
        : domainOf(values, { pad: 0.02 });
  return panels.map(({ points }) =>
    domain((shared ? read.points : points).map((point) => point.x)),
  );
}

function logDomain(values) {
  const [low, high] = extent(values) ?? [1, 10];
  const room = low === high ? 2 : (high / low) ** 0.02;
  return [low / room, high * room];
}

function categoryTicks(categories, width) {
  const each = width / categories.length - 8;
  const blocks = categories.map((text) => block(text, each, { maxLines: 3 }));
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
  if (facet) lines.push(point.facet);
  if (series) lines.push(point.series);
  lines.push(`${heading(x)}: ${cell(point.row[x.index], x)}`, `${heading(y)}: ${cell(point.y, y)}`);
  if (low && high) lines.push(`${cell(point.low, low)} to ${cell(point.high, high)}`);
  return lines.join("\n");
}

function drawPanel(
  { points },
  { read, chosen, width, height, xDomain, yDomain, names, references },
) {
  const categories = read.categories ? categoryTicks(read.categories, width - 70) : {};
  const f = frame({
    width,
    height,
    x: { domain: xDomain, column: read.x, name: names.x, log: read.log, ...categories },
    y: { domain: yDomain, column: read.y, name: names.y },
  });
  return draw({
    ...f.options,
    marks: [
      ...f.marks,
      references.baseline === null
        ? null
        : Plot.ruleY([references.baseline], { stroke: v("text"), className: "m-baseline" }),
      Plot.ruleY(references.thresholds, {
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

function splitPanels(read) {
  const names = read.facet ? [...new Set(read.all.map((point) => point.facet))] : [""];
  return names.map((name) => ({
    name,
    points: read.points.filter((point) => point.facet === name),
  }));
}

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
  if (drawable === 0 && read.notLog > 0) throw new Error("a logarithmic axis takes no 0 or less");
  needSome(drawable, read.all.length);
  const all = seriesNames(figure);
  const chosen = read.series
    ? all.filter((name) => !figure.chosen || figure.chosen.has(name))
    : [""];
  const panels = splitPanels(read);
  const thresholds = figure.numbers("thresholds");
  const baseline = number(options.baseline);
  const yDomain = domainOf(
    read.points.flatMap((d) =>
      banded(read, chosen) && chosen.includes(d.series) ? [d.y, d.low, d.high] : [d.y],
    ),
    {
      pad: 0.04,
      include: [...thresholds, ...(baseline === null ? [] : [baseline])],
    },
  );
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
      references: { baseline, thresholds },
    }),
  );
  const body = single
    ? [drawn[0]]
    : [textPart(yName, width), grid(panels, drawn, { columns, panelWidth, gap, width })];
  return {
    svg: stack(width, [seriesLegend(read, chosen, all, figure.width), ...body]),
    missing: read.all.filter((d) => d.x === null || d.y === null).length - read.notLog,
    notes: [
      read.low && read.high && !banded(read, chosen)
        ? `Intervals are drawn where ${MOST_BANDS} lines or fewer are named; the table has all.`
        : "",
      read.notLog > 0
        ? `${plural(read.notLog, "row is", "rows are")} left out: the axis is logarithmic and takes no 0 or less.`
        : "",
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
  const entries = chosen.map((label, i) => ({ label, sign: swatch.lineDot(seriesStyle(i)) }));
  const rest = all.length - chosen.length;
  if (rest > 0)
    entries.push({ label: `${plural(rest, "other")}, not named`, sign: swatch.line(FAINT) });
  return legend(entries, width, read.series.label);
}

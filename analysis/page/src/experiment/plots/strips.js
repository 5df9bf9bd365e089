// Single values by label, each a dot, with median and quartiles.
import * as Plot from "@observablehq/plot";
import { quantileSorted } from "d3";
import { domainOf, onAxis } from "../axes.js";
import { draw, stack, svg, tip, v } from "../chart.js";
import { needSome, number, thin } from "../document.js";
import { cell, fixed, heading, named, plural } from "../../shared/format.js";
import { legend, swatch } from "../legend.js";
import { dashes, layoutRows, rowFrame, upright } from "../rows.js";

const MOST = 6000; // dots; beyond that only some are drawn, the quartiles use all
const GOLDEN = 0.6180339887498949;

function groupValues({ table, column }) {
  const label = column("label");
  const value = column("value");
  const groups = new Map();
  for (const row of table.rows) {
    const key = row[label.index];
    if (!groups.has(key)) groups.set(key, { text: named(key, label), values: [], missing: 0 });
    const found = number(row[value.index]);
    if (found === null) groups.get(key).missing += 1;
    else groups.get(key).values.push(found);
  }
  return { value, groups: [...groups.values()] };
}

function summary({ values }) {
  const sorted = Float64Array.from(values).sort();
  const at = (p) => quantileSorted(sorted, p);
  return { q1: at(0.25), median: at(0.5), q3: at(0.75), n: values.length };
}

function thinned(values, share) {
  const drawn = thin(values.length, Math.ceil(share * values.length));
  return values.filter((_, i) => drawn(i));
}

export function strips(figure) {
  const { width, options } = figure;
  const { value, groups } = groupValues(figure);
  const total = groups.reduce((sum, group) => sum + group.values.length, 0);
  needSome(total, figure.table.rows.length);
  const share = Math.min(1, MOST / total);
  const layout = layoutRows({
    labels: groups.map((d) => d.text),
    heights: groups.map(() => 38),
    width,
  });
  const log = options.log_x === true;
  const isOn = (at) => onAxis(at, log) !== null;
  const thresholds = figure.numbers("thresholds").filter(isOn);
  const domain = domainOf(
    groups.flatMap((d) => d.values),
    { include: thresholds, log, column: value },
  );
  const frame = rowFrame({
    layout,
    width,
    domain,
    log,
    column: value,
    name: options.x_label || heading(value),
    before: 8,
    after: 8,
  });
  // Heights within a strip only spread the dots: golden sections, the same on every drawing.
  const points = groups.flatMap(({ values, text }, i) =>
    thinned(values.filter(isOn), share).map((x, k) => ({
      x,
      text,
      y: frame.rows[i].mid + (((k * GOLDEN) % 1) - 0.5) * 22,
    })),
  );
  const boxes = groups.flatMap((group, i) =>
    group.values.length === 0
      ? []
      : [{ ...summary(group), text: group.text, mid: frame.rows[i].mid }],
  );
  const off = groups.reduce((sum, d) => sum + d.values.filter((at) => !isOn(at)).length, 0);
  const crowd = Math.max(1, ...groups.map((group) => group.values.length * share));
  const node = draw({
    ...frame.options,
    marks: [
      ...frame.marks,
      upright(thresholds, frame, { strokeDasharray: "5 3", className: "m-threshold" }),
      ...stripMarks(points, boxes, crowd, isOn, domain[0]),
      dashes(groups.flatMap((group, i) => (group.values.length === 0 ? [frame.rows[i].mid] : []))),
      frame.labels,
      tip(
        boxes.filter((d) => isOn(d.median)),
        { x: "median", y: "mid", text: (d) => tipText(d, value) },
      ),
    ],
  });
  const key = legend(signs(), width);
  return {
    svg: stack(width, [key, node]),
    missing: groups.reduce((sum, group) => sum + group.missing, 0),
    notes: [
      off > 0
        ? `${plural(off, "value is", "values are")} not drawn: the axis is logarithmic and takes no 0 or less; boxes use all.`
        : "",
      share < 1
        ? `${fixed(points.length, 0)} of ${fixed(total, 0)} values are drawn, evenly picked; boxes use all.`
        : "",
    ],
  };
}

/** The dots, a thin line round their middle half, and the median across the strip. */
function stripMarks(points, boxes, crowd, isOn, edge) {
  const upDown = { y1: (d) => d.mid - 15, y2: (d) => d.mid + 15 };
  return [
    Plot.dot(points, {
      x: "x",
      y: "y",
      r: crowd > 200 ? 1.6 : crowd > 20 ? 2.4 : 3.2,
      fill: v("s1"),
      fillOpacity: crowd > 60 ? 0.4 : 0.65,
      className: "m-dot",
    }),
    Plot.rect(
      boxes.filter((d) => d.n >= 4 && isOn(d.q3)),
      {
        x1: (d) => (isOn(d.q1) ? d.q1 : edge),
        x2: "q3",
        ...upDown,
        fill: "none",
        stroke: v("text"),
        strokeWidth: 1.25,
        className: "m-quartiles",
      },
    ),
    Plot.ruleX(
      boxes.filter((d) => isOn(d.median)),
      {
        x: "median",
        ...upDown,
        stroke: v("s2"),
        strokeWidth: 3,
        className: "m-median",
      },
    ),
  ];
}

function signs() {
  const line = { x1: 12, x2: 12, y1: 0, y2: 12, stroke: v("s2"), "stroke-width": 3 };
  return [
    { label: "one value", sign: swatch.dot({ symbol: "circle", colour: v("s1") }) },
    { label: "median", sign: svg("line", line) },
    { label: "middle half", sign: swatch.bar("none", v("text")) },
  ];
}

function tipText(d, value) {
  const half = `middle half ${cell(d.q1, value)} to ${cell(d.q3, value)}`;
  return [d.text, plural(d.n, "value"), `median ${cell(d.median, value)}`, half].join("\n");
}

// The kinds of plots: how each is drawn, what it needs, what a reader may choose.
//
// draw(figure) gives {svg, missing, notes}; figure is made in figure.js. To add a kind: one file
// in plots/ and one line here.
import { bars } from "./plots/bars.js";
import { dots } from "./plots/dots.js";
import { lines, MOST_BANDS, MOST_SERIES, seriesOf } from "./plots/lines.js";
import { map } from "./plots/map.js";
import { FIRST, matrix, MOST } from "./plots/matrix.js";
import { parallel } from "./plots/parallel.js";
import { points } from "./plots/points.js";
import { strips } from "./plots/strips.js";
import { tornado } from "./plots/tornado.js";

const seriesChoice = (figure) => {
  const items = seriesOf(figure);
  return { what: "Lines named", items, from: MOST_BANDS, first: MOST_SERIES, most: MOST_SERIES };
};
const columnChoice = (figure) => {
  const items = figure.columns("columns").map(({ name, label }) => ({ id: name, label }));
  return { what: "Columns shown", items, from: FIRST, first: FIRST, most: MOST };
};

export const KINDS = new Map([
  ["tornado", { draw: tornado, what: "Tornado plot" }],
  ["bars", { draw: bars, what: "Bars" }],
  ["lines", { draw: lines, what: "Lines", choice: seriesChoice }],
  ["points", { draw: points, what: "Points" }],
  ["dots", { draw: dots, what: "Estimates with intervals" }],
  ["map", { draw: map, what: "Map" }],
  ["parallel", { draw: parallel, what: "Parallel axes" }],
  ["scatter-matrix", { draw: matrix, what: "Scatter plots of all pairs", choice: columnChoice }],
  ["strips", { draw: strips, what: "Strips of single values" }],
]);

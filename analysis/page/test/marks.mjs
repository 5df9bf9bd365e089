// What each plot of a document must show, counted from the document alone: by a selector of the page's
// marks, how many there are. It knows nothing of how the page draws.

const isNumber = (value) => typeof value === "number";
const MOST_BANDS = 4;
const FIRST_COLUMNS = 8;

/** Access to a plot's table by role. */
function reader(document, plot) {
  const table = document.sections
    .flatMap(({ tables }) => tables)
    .find(({ id }) => id === plot.table);
  const index = (name) => table.columns.findIndex((column) => column.name === name);
  const at = (row, role) => (plot.roles[role] === undefined ? null : row[index(plot.roles[role])]);
  return {
    table,
    at,
    column: (name) => table.columns[index(name)],
    value: (row, name) => row[index(name)],
  };
}

const count = (rows, test) => rows.filter(test).length;
const isOn = (value, log) => isNumber(value) && (!log || value > 0);
const all = (values) => new Set(values).size;

const COUNTS = {
  tornado({ table: { rows }, at }) {
    const ends = ["low", "high"].map((side) =>
      count(rows, (row) => isNumber(at(row, side)) && (at(row, `${side}_value`) ?? "") !== ""),
    );
    return {
      ".m-bar-low > rect": count(rows, (row) => isNumber(at(row, "low"))),
      ".m-bar-high > rect": count(rows, (row) => isNumber(at(row, "high"))),
      ".m-row-label > text": rows.length,
      ".m-end-label > text": ends[0] + ends[1],
      ".m-baseline > line": 1,
    };
  },
  bars({ table: { rows }, at }, { options }) {
    return {
      ".m-bar > rect": count(rows, (row) => isNumber(at(row, "value"))),
      ".m-interval > line": count(
        rows,
        (row) => isNumber(at(row, "low")) && isNumber(at(row, "high")),
      ),
      ".m-threshold > line": (options.thresholds ?? []).length,
    };
  },
  lines({ table: { rows }, at, column }, { roles, options }) {
    const isText = column(roles.x).kind === "text";
    const placed = rows.filter((row) =>
      isText ? at(row, "x") !== null : isOn(at(row, "x"), options.log_x),
    );
    const facets = roles.facet ? all(rows.map((row) => at(row, "facet"))) : 1;
    const lines = all(placed.map((row) => JSON.stringify([at(row, "facet"), at(row, "series")])));
    const series = all(rows.map((row) => at(row, "series")));
    return {
      ".m-line > path": lines,
      ".m-band > path": roles.low && series <= MOST_BANDS ? lines : 0,
      ".m-line-dot > *": count(placed, (row) => isOn(at(row, "y"), options.log_y)),
      ".m-threshold > line":
        facets * count(options.thresholds ?? [], (y) => isOn(y, options.log_y)),
    };
  },
  points({ table: { rows }, at }, { options }) {
    const { log_x: logX, log_y: logY } = options;
    const shown = rows.filter((row) => isOn(at(row, "x"), logX) && isOn(at(row, "y"), logY));
    const xLines = (options.x_thresholds ?? []).filter((x) => isOn(x, logX));
    const yLines = (options.thresholds ?? []).filter((y) => isOn(y, logY));
    const xs = [...shown.map((row) => at(row, "x")), ...xLines];
    const ys = [...shown.map((row) => at(row, "y")), ...yLines];
    // A line through the origin is seen in the quadrants into which it leads, if anything is there.
    // Where all is 0 the axes go both ways.
    if ([...xs, ...ys].every((value) => value === 0)) [xs, ys].forEach((list) => list.push(-1, 1));
    const leads = (slope) =>
      [1, -1].some((way) => xs.some((x) => x * way > 0) && ys.some((y) => y * way * slope > 0));
    return {
      ".m-dot > *": shown.length,
      ".m-slope > path": count(options.slopes ?? [], leads),
      ".m-threshold > line": xLines.length + yLines.length,
    };
  },
  dots({ table: { rows }, at }, { options }) {
    const log = options.log_x;
    return {
      ".m-dot > *": count(rows, (row) => isOn(at(row, "value"), log)),
      ".m-interval > line": count(
        rows,
        (row) => isNumber(at(row, "low")) && isOn(at(row, "high"), log),
      ),
      ".m-row-label > text": rows.length,
      ".m-baseline > line": isOn(options.baseline, log) ? 1 : 0,
      ".m-threshold > line": count(options.thresholds ?? [], (x) => isOn(x, log)),
    };
  },
  map({ table: { rows }, at, value, column }, { roles, options }) {
    const names = (role) => [...new Set(rows.map((row) => at(row, role)))];
    const place = (row, role) =>
      column(roles[role]).kind === "text" ? names(role).indexOf(at(row, role)) : at(row, role);
    const places = rows.map((row) => [place(row, "x"), place(row, "y")]);
    const [[x0, y0], [x1, y1]] = [places[0], places[places.length - 1]];
    const isPlane = places.some(([x, y]) => (x - x0) * (y1 - y0) !== (y - y0) * (x1 - x0));
    const isIn = (name) =>
      (options.above_0 ?? []).includes(roles.boundary.indexOf(name) + 1)
        ? (row) => value(row, name) > 0
        : (row) => value(row, name) >= 0;
    const crosses = (name) => all(rows.map(isIn(name))) > 1;
    return { ".m-boundary-line": isPlane ? count(roles.boundary ?? [], crosses) : 0 };
  },
  parallel({ table: { rows } }, { roles }) {
    return { ".m-line > path": rows.length, ".m-axis > line": roles.columns.length };
  },
  "scatter-matrix"(_, { roles }) {
    const n = Math.min(roles.columns.length, FIRST_COLUMNS);
    return {
      ".m-column-name": n,
      ".m-pair": (n * (n - 1)) / 2,
      ".m-correlation": (n * (n - 1)) / 2,
    };
  },
  strips({ table: { rows }, at }, { options }) {
    const known = rows.filter((row) => isNumber(at(row, "value")));
    return {
      ".m-dot > circle": count(known, (row) => isOn(at(row, "value"), options.log_x)),
      ".m-median > line": all(known.map((row) => at(row, "label"))),
      ".m-threshold > line": count(options.thresholds ?? [], (x) => isOn(x, options.log_x)),
    };
  },
};

/** What every number of a plot needs; without any there is nothing to draw. */
const NEEDED = {
  tornado: ["low", "high"],
  lines: ["y"],
  points: ["y"],
  parallel: [],
  "scatter-matrix": [],
};

/** The marks of a plot; null: it must say why it cannot be drawn. */
export function marksOf(document, plot) {
  const read = reader(document, plot);
  const needed = NEEDED[plot.kind] ?? ["value"];
  const names = needed.length > 0 ? needed.map((role) => plot.roles[role]) : plot.roles.columns;
  const some = read.table.rows.some((row) => names.some((name) => isNumber(read.value(row, name))));
  return some ? COUNTS[plot.kind](read, plot) : null;
}

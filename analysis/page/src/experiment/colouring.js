// Colour by a column: steps of the ramp for numbers; for texts, and for whole numbers of which there are
// few, a symbol each as well.
import { seriesStyle, v } from "./chart.js";
import { isCategory, levels, number } from "./document.js";
import { cell, heading, named } from "../shared/format.js";
import { colourScale, legend, swatch } from "./legend.js";

const MOST_NAMES = 8;

/**
 * @returns of(row): {colour, symbol, order, said}; a legend part or null; a note
 */
export function colourOf(table, column, width) {
  if (!column)
    return {
      of: () => ({ colour: v("s1"), symbol: "circle", order: 0, said: "" }),
      legend: null,
      note: "",
    };
  return isCategory(table, column) ? byName(table, column, width) : byNumber(table, column, width);
}

const said = (row, column) => `${heading(column)}: ${cell(row[column.index], column)}`;

function byNumber(table, column, width) {
  const values = table.rows.map((row) => number(row[column.index]));
  const scale = colourScale(values, column);
  const missing = values.filter((value) => value === null).length;
  return {
    scale,
    missing,
    of: (row) => {
      const value = number(row[column.index]);
      // The strongest is drawn last, what is missing first.
      return {
        colour: scale.of(value),
        symbol: "circle",
        order: value ?? -Infinity,
        said: said(row, column),
      };
    },
    legend: scale.legend(width, missing > 0),
    note: "",
  };
}

function byName(table, column, width) {
  const names = levels(table, column);
  const others = { colour: v("faint"), symbol: "circle" };
  const style = (i) => (i < MOST_NAMES ? seriesStyle(i) : others);
  const entries = [...names.keys()]
    .slice(0, MOST_NAMES)
    .map((value, i) => ({ label: named(value, column), sign: swatch.dot(style(i)) }));
  if (names.size > MOST_NAMES) {
    entries.push({ label: `${names.size - MOST_NAMES} others`, sign: swatch.dot(others) });
  }
  return {
    of: (row) => {
      const i = names.get(row[column.index]);
      const { colour, symbol } = style(i);
      return { colour, symbol, order: -i, said: said(row, column) };
    },
    legend: legend(entries, width, heading(column)),
    note:
      names.size > MOST_NAMES
        ? `Only the first ${MOST_NAMES} names have colours of their own.`
        : "",
  };
}

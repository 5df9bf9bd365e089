// Documents against the schema, and the numbers of those that the program made against what it prints
// of them: the page shows the same figures, cell by cell.
import assert from "node:assert/strict";
import test from "node:test";
import { readDocument } from "../src/experiment/document.js";
import { cell } from "../src/shared/format.js";
import { documents, pages } from "./documents.mjs";
import { FIXTURES, mistakes, report } from "./fixtures.mjs";
import { asOnScreen, screenTables } from "./screen.mjs";
import { faultsOf } from "./schema.mjs";

const LONGEST = 12; // digits that JSON has
// Rows that muster analyze prints of a table; the other screens have all.
const MOST_TOLD = Object.fromEntries(pages.map(({ name }) => [name, 40]));

test("documents are as the schema says, invented ones and those of the program", () => {
  for (const [name, make] of Object.entries(FIXTURES)) assert.deepEqual(faultsOf(make()), [], name);
  for (const { name, document } of [...documents, ...pages])
    assert.deepEqual(faultsOf(document), [], name);
});

test("faults are found", () => {
  assert.ok(faultsOf(mistakes()).length > 0);
  const spoil = (change) => {
    const document = report(3);
    change(document, document.sections[0].plots[0], document.sections[0].tables[0]);
    return document;
  };
  const spoilt = [
    (d) => delete d.warnings,
    (d) => (d.program = "0.1.0"),
    (d) => (d.sections[1].id = "effects"),
    (_, plot) => (plot.roles.series = "factor"),
    (_, plot) => (plot.roles.label = ["factor"]),
    (_, plot) => (plot.roles.low = "factor"),
    (_, plot) => (plot.options.slopes = [1]),
    (_, plot) => (plot.options.log_x = true),
    (_, plot) => (plot.id = "sobol-bars"),
    (d) => (d.sections[2].plots[0].options.log_x = false),
    (_, __, table) => (table.columns[1].digits = 0),
    (_, __, table) => table.rows[0].pop(),
    (_, __, table) => (table.rows[0][1] = "0.5"),
    (_, __, table) => (table.columns[1].name = "high"),
  ];
  for (const change of spoilt) assert.ok(faultsOf(spoil(change)).length > 0, `${change}`);
});

/** Compares a table; the number of cells that were. */
function compare(name, table, printed) {
  let count = 0;
  table.columns.forEach((column, i) => {
    if (!printed[i] || (printed[i].length === 0 && table.rows.length > 0)) return;
    const shown = table.rows.map((row) => asOnScreen(cell(row[i], column)));
    const told = Math.min(shown.length, MOST_TOLD[name] ?? Infinity);
    const which = `${name}, ${table.id}: rows of ${column.name}`;
    assert.equal(printed[i].length + printed.more, shown.length, which);
    assert.ok(printed[i].length <= told, which);
    printed[i].forEach((text, row) => {
      const where = `${name}, ${table.id}, row ${row}, ${column.name}: ${table.rows[row][i]}`;
      if (column.asked <= LONGEST) assert.equal(shown[row], text, where);
      else if (text !== "-")
        assert.ok(Math.abs(shown[row] - text) <= 1e-11 * Math.abs(text), `${where}, ${text}`);
      count += 1;
    });
  });
  return count;
}

test("the page shows every number as muster analyze prints it", { skip: !documents.length }, () => {
  const counts = {};
  for (const { name, document, screen } of [...documents, ...pages]) {
    if (name.startsWith("hostile")) continue; // letters of two columns and of none
    const raw = document.sections.flatMap(({ tables }) => tables);
    const read = readDocument(JSON.stringify(document)).sections.flatMap(({ tables }) => tables);
    const printed = screenTables(screen, raw);
    counts[name] = read.reduce((sum, table, i) => {
      table.columns.forEach((column, k) => (column.asked = raw[i].columns[k].digits));
      return sum + compare(name, table, printed[i]);
    }, 0);
  }
  // Every number of the largest was looked at, and something of each page.
  const figures = documents.find(({ name }) => name === "figures").document;
  const cells = figures.sections[0].tables.reduce(
    (sum, t) => sum + t.rows.length * t.columns.length,
    0,
  );
  assert.equal(counts.figures, cells);
  for (const { name } of pages) assert.ok(counts[name] > 0, name);
});

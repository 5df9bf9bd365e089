// The document: format "muster-analysis", version 1, as include/muster/analysis.schema.json has it.
// Everything in it is taken as text or number and nothing is trusted: a missing part becomes empty, an
// odd value becomes missing.

export const FORMAT = "muster-analysis";
export const VERSION = 1;

// Marks that turn the direction of all that follows, and controls other than tab and newline: a name
// with them could make the page read as what it does not say.
const TRICKS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const harmless = (text) => text.replace(TRICKS, "");
const string = (value) => (value === null || value === undefined ? "" : harmless(String(value)));
const array = (value) => (Array.isArray(value) ? value : []);
const object = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};

const KINDS = ["text", "real", "whole", "share", "p"];
const DIGITS = 4; // where a column has none
const MOST_DIGITS = 12; // numbers carry no more

function readColumn(raw, index) {
  const name = string(object(raw).name) || `column ${index + 1}`;
  const kind = KINDS.includes(object(raw).kind) ? raw.kind : "text";
  const digits = Number.isInteger(object(raw).digits) ? raw.digits : DIGITS;
  return {
    index,
    key: object(raw).name, // what roles name it by: never shown
    name,
    label: string(object(raw).label) || name,
    unit: string(object(raw).unit),
    kind,
    digits: Math.min(Math.max(digits, 1), MOST_DIGITS),
  };
}

/** A table: columns with kinds, rows of values. A value is a number, a text, or null if missing. */
export class Table {
  constructor(raw, index) {
    this.id = string(object(raw).id) || `table ${index + 1}`;
    this.title = string(object(raw).title);
    this.columns = array(object(raw).columns).map(readColumn);
    this.byName = new Map(this.columns.map((column) => [column.key, column]));
    this.rows = array(object(raw).rows).map((row) =>
      this.columns.map(({ index: i, kind }) => readValue(array(row)[i], kind)),
    );
  }

  /** The column of that name; an error that a reader understands if there is none. */
  column(name) {
    const column = this.byName.get(name);
    if (!column)
      throw new Error(`the table “${this.title || this.id}” has no column “${string(name)}”`);
    return column;
  }

  countMissing() {
    let count = 0;
    for (const row of this.rows) for (const value of row) if (value === null) count += 1;
    return count;
  }
}

function readValue(value, kind) {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return null;
    return kind === "text" ? String(value) : value;
  }
  return typeof value === "string" ? harmless(value) : null;
}

/** The number in a cell, or null: texts are no numbers. */
export const number = (value) => (typeof value === "number" ? value : null);

/**
 * The different values of a column: texts as they come, numbers by size, a missing one last.
 * @returns a map from the value (null: missing) to its number, from 0
 */
export function levels(table, column) {
  const values = [...new Set(table.rows.map((row) => row[column.index]))];
  if (column.kind !== "text") values.sort((a, b) => a - b);
  const known = values.filter((value) => value !== null);
  const all = known.length < values.length ? [...known, null] : known;
  return new Map(all.map((value, i) => [value, i]));
}

const MOST_LEVELS = 8;

/** True where a column tells things apart rather than measuring them: texts, and few whole numbers. */
export const isCategory = (table, column) =>
  column.kind === "text" || (column.kind === "whole" && levels(table, column).size <= MOST_LEVELS);

function readSection(raw, index) {
  const section = object(raw);
  return {
    title: string(section.title) || string(section.id) || `Section ${index + 1}`,
    sentences: array(section.sentences)
      .map(string)
      .filter((text) => text.trim()),
    tables: array(section.tables).map((table, i) => new Table(table, i)),
    plots: array(section.plots).map((plot) => ({
      id: string(object(plot).id),
      kind: string(object(plot).kind),
      title: string(object(plot).title),
      caption: string(object(plot).caption),
      table: string(object(plot).table),
      roles: object(object(plot).roles),
      options: object(object(plot).options),
    })),
  };
}

/** Reads the document from its text; throws an Error whose message can be shown to a reader. */
export function readDocument(text) {
  let raw;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new Error(`The document in this page is damaged: ${error.message}`);
  }
  const { format, version } = object(raw);
  if (format !== FORMAT) {
    throw new Error(`The document in this page is of another kind: “${string(format)}”.`);
  }
  if (version !== VERSION) {
    throw new Error(
      `The document has version ${string(version)}, this page reads version ${VERSION}: ` +
        "make the report again with one program.",
    );
  }
  return {
    program: string(object(raw.program).version),
    title: string(raw.title) || "Report of an experiment",
    about: array(raw.about).map((item) => ({
      key: string(object(item).key),
      value: string(object(item).value),
    })),
    warnings: array(raw.warnings)
      .map(string)
      .filter((text) => text.trim()),
    sections: array(raw.sections).map(readSection),
  };
}

const GOLDEN = 0.6180339887498949;

/**
 * Which of many rows are drawn: spread by golden sections, since every k-th row would show only some
 * levels of a design that repeats every k rows.
 * @returns a test of a row's number; all pass if there are at most so many
 */
export function thin(count, most) {
  return count <= most ? () => true : (i) => (i * GOLDEN) % 1 < most / count;
}

/** Ends a plot of which nothing can be drawn: no axis is invented. */
export function needSome(shown, all) {
  if (shown === 0) {
    throw new Error(
      all === 1 ? "its only value is missing" : `all ${all} values that it needs are missing`,
    );
  }
}

/** The table a plot is drawn from: of its own section first, then of any. */
export function findTable(sections, section, id) {
  for (const where of [section, ...sections]) {
    const found = where.tables.find((table) => table.id === id);
    if (found) return found;
  }
  throw new Error(`there is no table “${id}”`);
}

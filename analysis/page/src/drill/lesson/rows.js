// Answers of a class as CSV: one row a student, a column a question. Read with patience, written so that
// a spreadsheet runs nothing of it.
import { csv } from "../../shared/format.js";

const MOST_BYTES = 2000000;
const MOST_ROWS = 5000;
const MOST_FAULTS = 20;
const MOST_NAME = 100; // letters
const UNWANTED = /[\u0000-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const NAMES = ["name", "student", "names", "students", "who", "id"];

/** Cells of a text of RFC 4180, with the line on which each row begins. */
export function parseCsv(text, mark) {
  const rows = [];
  let [cells, cell, isQuoted, line, begin] = [[], "", false, 1, 1];
  const endRow = () => {
    cells.push(cell);
    if (cells.some((each) => each.trim() !== "")) rows.push({ line: begin, cells });
    [cells, cell] = [[], ""];
  };
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === "\n") line += 1;
    if (isQuoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') [cell, i] = [`${cell}"`, i + 1];
      else isQuoted = false;
    } else if (c === '"' && cell.trim() === "") [cell, isQuoted] = ["", true];
    else if (c === mark) {
      cells.push(cell);
      cell = "";
    } else if (c === "\n") {
      endRow();
      begin = line;
    } else cell += c;
  }
  endRow();
  return { rows, isOpen: isQuoted };
}

/** The mark between cells: the one that the first line has most of. */
function markOf(text) {
  const [head] = text.split("\n", 1);
  const count = (mark) => head.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ",");
}

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
const cleanName = (text) => text.replace(/^'(?=[=+@-])/, "").replace(UNWANTED, "").trim().slice(0, MOST_NAME);

/** A number from a cell; a comma as point where cells are kept apart by another mark. */
function numberOf(cell, mark, words) {
  const text = cell.trim().toLowerCase();
  if (text in words) return words[text];
  const isShare = text.endsWith("%");
  const bare = (isShare ? text.slice(0, -1) : text).trim().replace("\u2212", "-");
  const digits = mark === "," ? bare : bare.replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? Number(digits) : NaN;
}

/**
 * @param questions [{id, question, min, max, isLater}]; isLater: it need not be there
 * @param words     words that stand for a number, as {yes: 100}
 * @return {rows: [{name, values: {id: number}}], faults: [{key, ...params}]}: what is no answer is left
 *         out and told with its line
 */
export function readAnswers(source, questions, words = {}) {
  const faults = [];
  const fault = (key, params) => faults.length < MOST_FAULTS && faults.push({ key, ...params });
  if (source.length > MOST_BYTES) return { rows: [], faults: [{ key: "csv.long" }] };
  const text = source.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const mark = markOf(text);
  const { rows, isOpen } = parseCsv(text, mark);
  if (rows.length === 0) return { rows: [], faults: [{ key: "csv.empty" }] };
  if (isOpen) fault("csv.open", { line: rows.at(-1).line });
  const head = rows[0].cells.map(plain);
  const columns = questions.map((each) => ({
    ...each,
    at: head.findIndex((cell) => cell === plain(each.id) || cell === plain(each.question)),
  }));
  if (columns.every(({ at }) => at < 0))
    return { rows: [], faults: [{ key: "csv.head", wanted: questions.filter(({ isLater }) => !isLater).map(({ id }) => id).join(", ") }] };
  for (const { id, at, isLater } of columns) if (at < 0 && !isLater) fault("csv.without", { id });
  const named = head.findIndex((cell) => NAMES.includes(cell));
  const found = new Map();
  for (const row of rows.slice(1, MOST_ROWS + 1)) takeRow(row);
  if (rows.length > MOST_ROWS + 1) fault("csv.rows", { n: MOST_ROWS });
  return { rows: [...found.values()], faults };

  function takeRow({ line, cells }) {
    const name = cleanName(named < 0 ? "" : (cells[named] ?? "")) || `#${line}`;
    const values = {};
    for (const { id, at, min, max } of columns) {
      const cell = at < 0 ? "" : (cells[at] ?? "");
      if (cell.trim() === "") continue;
      const value = numberOf(cell, mark, words);
      if (value >= min && value <= max) values[id] = value;
      else fault("csv.value", { line, id, found: cell.replace(UNWANTED, "").trim().slice(0, 40), min, max });
    }
    if (found.has(name)) fault("csv.twice", { line, name });
    found.set(name, { name, values });
  }
}

const isUnnamed = (name, unnamed) => name === unnamed || /^#\d+$/.test(name);

/**
 * Rows that come to those that are there: of the same name they are one, and the newer answers count. A row without
 * a name has that of its file; two files may be called alike.
 *
 * @return {rows, fresh, changed}: counts of names that are new, and of those with other answers
 */
export function mergeAnswers(kept, read, { stem = "", unnamed = "" } = {}) {
  const rows = new Map(kept.map((row) => [row.name, row]));
  const [known, own] = [new Set(rows.keys()), new Set()];
  let changed = 0;
  const freeName = (name) => {
    const base = cleanName(stem) || name;
    for (let i = 1; ; i += 1) {
      const next = i === 1 ? base : `${base} ${i}`;
      if (!known.has(next) && !own.has(next)) return next;
    }
  };
  for (const { name: given, values } of read) {
    const name = isUnnamed(given, unnamed) ? freeName(given) : given;
    const before = rows.get(name);
    if (before && Object.entries(values).some(([id, value]) => before.values[id] !== value)) changed += 1;
    rows.set(name, { name, values: { ...before?.values, ...values } });
    own.add(name);
  }
  return { rows: [...rows.values()], fresh: rows.size - known.size, changed };
}

/** The same as a text: what readAnswers reads again. */
export const writeAnswers = (rows, questions) =>
  csv({
    columns: [{ name: "name" }, ...questions.map(({ id }) => ({ name: id }))],
    rows: rows.map(({ name, values }) => [name, ...questions.map(({ id }) => values[id] ?? null)]),
  });

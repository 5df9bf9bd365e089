// Numbers and tables as text. The minus is U+2212; groups of three from 10,000 on, so that a year
// stays a year.

export const DASH = "\u2013"; // a missing value

function group(digits) {
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** @param decimals digits after the point */
export function fixed(value, decimals) {
  const magnitude = Math.abs(value);
  if (magnitude >= 1e15) return scientific(value, Math.min(decimals, 3));
  const text = magnitude.toFixed(decimals);
  // A number that is not 0 must not read as 0.
  if (magnitude > 0 && Number(text) === 0) return scientific(value, 1);
  const [whole, part] = text.split(".");
  const sign = value < 0 && Number(text) !== 0 ? "\u2212" : "";
  return sign + group(whole) + (part ? `.${part}` : "");
}

function scientific(value, decimals) {
  const [mantissa, exponent] = Math.abs(value).toExponential(decimals).split("e");
  const power = exponent.replace("+", "").replace("-", "\u2212");
  return `${value < 0 ? "\u2212" : ""}${mantissa}e${power}`;
}

/** What is not 0 % or 100 % does not read so. */
function percent(value, decimals) {
  // Not times 100: 0.285 * 100 is 28.499999999999996.
  const amount = Number(`${value}e2`) || value * 100;
  const least = 10 ** -decimals;
  const rounded = Number(amount.toFixed(decimals));
  if (rounded === 0 && amount > 0) return `<${fixed(least, decimals)}\u00a0%`;
  if (rounded === 100 && amount < 100) return `>${fixed(100 - least, decimals)}\u00a0%`;
  return `${fixed(amount, decimals)}\u00a0%`;
}

/** The text of a value in a column; a share as percent. */
export function cell(value, column) {
  if (value === null || value === undefined) return DASH;
  if (typeof value !== "number") return value;
  if (column.kind === "share") {
    return percent(value, Math.max(0, column.digits - 2));
  }
  if (column.kind === "whole")
    return fixed(value, Number.isInteger(value) ? 0 : column.digits || 3);
  return fixed(value, column.digits);
}

/** The text of a value that names something: never nothing at all. */
export function named(value, column) {
  const text = cell(value, column);
  return text.trim() === "" ? "(no name)" : text;
}

/** The text of a value where there is little room: with a power of ten if it is long. */
export function compact(value, column) {
  const text = cell(value, column);
  if (typeof value !== "number" || text.length <= 11) return text;
  return column.kind === "share" ? `${scientific(value * 100, 2)}\u00a0%` : scientific(value, 2);
}

/** Label and unit, as a head of a table or an axis has them. */
export function heading(column) {
  return column.unit ? `${column.label} (${column.unit})` : column.label;
}

/** Texts for ticks of one axis: as many decimals as tell them apart. */
export function tickTexts(ticks, column) {
  const factor = column && column.kind === "share" ? 100 : 1;
  const suffix = factor === 100 ? "\u00a0%" : "";
  const values = ticks.map((tick) => tick * factor);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let step = Infinity;
  for (let i = 1; i < values.length; i += 1)
    step = Math.min(step, Math.abs(values[i] - values[i - 1]));
  if (!(step > 0 && step < Infinity)) step = largest || 1;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  if (largest >= 1e7 || decimals > 5) {
    const digits = Math.max(
      0,
      Math.floor(Math.log10(largest)) - Math.floor(Math.log10(step) + 1e-9),
    );
    return values.map((value) =>
      value === 0 ? "0" : scientific(value, Math.min(digits, 6)) + suffix,
    );
  }
  return values.map((value) => fixedTick(value, decimals) + suffix);
}

// A tick at 1e-17 is a 0 of rounding: unlike a cell it may read so.
function fixedTick(value, decimals) {
  return fixed(Number(value.toFixed(decimals)), decimals);
}

// A spreadsheet runs a text that begins so as a formula.
const FORMULA = /^[=+@\t\r-]/;

function csvField(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) && !Number.isFinite(Number(value)) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180; names with units in the head, full precision, a missing value empty. */
export function csv(table) {
  const head = table.columns.map(({ name, unit }) => (unit ? `${name} (${unit})` : name));
  return [head, ...table.rows].map((row) => row.map(csvField).join(",")).join("\r\n") + "\r\n";
}

export function plural(count, one, many = `${one}s`) {
  return `${fixed(count, 0)} ${count === 1 ? one : many}`;
}

/** A name for a file from a title. */
export function fileName(title, ending) {
  const slug = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${slug || "muster"}.${ending}`;
}

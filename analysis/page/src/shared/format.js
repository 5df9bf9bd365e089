// Numbers and tables as text. The minus is U+2212; groups of three from 10,000 on, so that a year
// stays a year.

export const DASH = "\u2013"; // a missing value

function group(digits) {
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** @param decimals digits after the point */
export function fixed(value, decimals) {
  const text = fixedEven(Math.abs(value), decimals);
  return signOf(value, text) + grouped(text);
}

const signOf = (value, text) => (value < 0 && /[1-9]/.test(text) ? "\u2212" : "");

function grouped(text) {
  const [whole, part] = text.split(".");
  return group(whole) + (part ? `.${part}` : "");
}

// JavaScript rounds a tie up, C to the even digit: 0.125 is 0.12 in every report.
const isTie = (rest) => /^50*$/.test(rest);
const isEven = (digits) => "02468".includes(digits[digits.length - 1]);

function fixedEven(magnitude, decimals) {
  const text = magnitude.toFixed(decimals);
  if (magnitude >= 1e21 || !isTie(magnitude.toFixed(100).split(".")[1].slice(decimals)))
    return text;
  const down = magnitude.toFixed(100).slice(0, decimals > 0 ? decimals - 100 : -101);
  return isEven(down) ? down : text;
}

/** Mantissa and power of ten with so many significant digits. */
function exponentialEven(magnitude, digits) {
  const [mantissa, power] = magnitude.toExponential(digits - 1).split("e");
  const [exact, exactPower] = magnitude.toExponential(100).split("e");
  const all = exact.replace(".", "");
  const down = all.slice(0, digits);
  if (!isTie(all.slice(digits)) || !isEven(down)) return [mantissa, Number(power)];
  return [digits > 1 ? `${down[0]}.${down.slice(1)}` : down, Number(exactPower)];
}

function scientific(value, digits) {
  const [mantissa, power] = exponentialEven(Math.abs(value), digits);
  return `${value < 0 ? "\u2212" : ""}${mantissa}e${String(power).replace("-", "\u2212")}`;
}

const LEAST_POWER = -6;
const MOST_POWER = 9;

/** So many significant digits, none before the point dropped: what muster analyze prints. */
function significant(value, digits) {
  if (value === 0) return "0";
  const [, power] = exponentialEven(Math.abs(value), digits);
  if (power < LEAST_POWER || power > MOST_POWER) return scientific(value, digits);
  return fixed(value, Math.max(0, digits - 1 - power));
}

/** The text of a value in a column; a share as per cent. */
export function cell(value, column) {
  if (value === null || value === undefined) return DASH;
  if (typeof value !== "number") return value;
  if (column.kind === "share") return `${significant(value * 100, column.digits)}\u00a0%`;
  if (column.kind === "p" && value < 0.001) return "<\u00a00.001"; // no test is more exact
  const whole = column.kind === "whole" && Math.abs(value) < 1e21;
  return whole ? fixed(value, 0) : significant(value, column.digits);
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
  return column.kind === "share" ? `${scientific(value * 100, 3)}\u00a0%` : scientific(value, 3);
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
      value === 0 ? "0" : scientific(value, Math.min(digits, 6) + 1) + suffix,
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

/** RFC 4180; names of columns in the head, full precision, a missing value empty. */
export function csv(table) {
  return (
    [table.columns.map(({ name }) => name), ...table.rows]
      .map((row) => row.map(csvField).join(","))
      .join("\r\n") + "\r\n"
  );
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

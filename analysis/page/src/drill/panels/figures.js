// Figures of measures, with and without chance, to the digits of the report.
import { fixed } from "../../shared/format.js";
import { decimal, tonnes } from "./numbers.js";

const PLAN_DECIMALS = 3;
const UNIT_DECIMALS = { h: 1, kn: 1, nm: 0 }; // what these are known to, as the report tells them

/** Digits behind the point that an uncertainty leaves: two of its own. */
export function decimalsFor(halfWidth) {
  if (!(halfWidth > 0)) return PLAN_DECIMALS;
  return Math.min(6, Math.max(0, Math.ceil(-Math.log10(halfWidth)) + 1));
}

/** A whole number has no decimals. */
export function plain(value, decimals) {
  if (value === null || value === undefined) return decimal(null);
  return fixed(value, Number.isInteger(value) && Math.abs(value) < 1e9 ? 0 : decimals);
}

/** A share as per cent, near the ends not rounded onto them. */
export function share(value) {
  if (value === null || value === undefined) return decimal(null);
  const p = 100 * value;
  if (value <= 0 || value >= 1) return `${fixed(p, 0)}\u00a0%`;
  return p < 0.05
    ? "<\u00a00.1\u00a0%"
    : p >= 99.95
      ? ">\u00a099.9\u00a0%"
      : `${fixed(p, 1)}\u00a0%`;
}

/** The value of the run itself. */
export function planText(desk, measure, value, decimals = null) {
  if (value === null || value === undefined) return decimal(null);
  if (measure.is_yes_no) return desk.word(value > 0.5 ? "standing.yes" : "standing.no");
  if (decimals === null && measure.unit === "t" && Math.abs(value) >= 100) return tonnes(value);
  return plain(value, decimals ?? UNIT_DECIMALS[measure.unit] ?? PLAN_DECIMALS);
}

/** What replications of a figure came to: {decimals, mean, interval, span}. */
export function chanceText(desk, measure, figure) {
  const none = decimal(null);
  if (!figure || figure.n === 0)
    return { decimals: PLAN_DECIMALS, mean: none, interval: none, span: none };
  const decimals = decimalsFor(0.5 * (figure.high - figure.low));
  const text = (value) => (measure.is_yes_no ? share(value) : plain(value, decimals));
  const isKnown = (value) => value !== null && value !== undefined;
  const varies = figure.most > figure.least;
  const interval =
    !isKnown(figure.low) || !isKnown(figure.high)
      ? desk.word("measures.notestimable")
      : measure.is_yes_no
        ? `${share(figure.low)} to ${share(figure.high)}`
        : !varies
          ? desk.word("measures.nevervaries")
          : `${fixed(figure.low, decimals)} to ${fixed(figure.high, decimals)}`;
  const span =
    figure.p10 && figure.p90 ? `${text(figure.p10.value)} to ${text(figure.p90.value)}` : none;
  return { decimals, mean: text(figure.mean), interval, span };
}

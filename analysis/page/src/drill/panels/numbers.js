// Numbers as every report of the program writes them: the same digits, ties and signs. The minus is U+2212.
import { DASH, fixed } from "../../shared/format.js";

const MINUS = "\u2212";
const isMissing = (value) => value === null || value === undefined || Number.isNaN(value);

/** A number with so many decimals, or a dash. */
export const decimal = (value, decimals) => (isMissing(value) ? DASH : fixed(value, decimals));

/** A probability: two decimals. */
export const chance = (p) => decimal(p, 2);

/**
 * A signed value. Halves go away from zero, and what is a half but for the traces of sums is one; what
 * would round to nothing gets one decimal more, so that its sign says something.
 */
export function signed(value, decimals) {
  if (isMissing(value)) return DASH;
  if (value === 0) return (0).toFixed(decimals);
  const sign = value < 0 ? MINUS : "+";
  const scale = 10 ** decimals;
  const size = Math.abs(value);
  const steps = Math.floor(size * scale + 0.5 + 1e-9);
  if (steps >= 1) return sign + fixed(steps / scale, decimals);
  const tenths = Math.floor(size * scale * 10 + 0.5 + 1e-9);
  if (tenths < 1)
    return (
      sign +
      size
        .toExponential(0)
        .replace(/e-(\d)$/, `e${MINUS}0$1`)
        .replace("e-", `e${MINUS}`)
    );
  return `${sign}0.${String(tenths).padStart(decimals + 1, "0")}`;
}

/** The margin of a stage on a first screen, and to the digit at which its terms are told. */
export const margin = (value) => signed(value, 3);
export const fine = (value) => signed(value, 4);

/** So many significant digits without idle zeros: the %.3g of C. */
export function short(value, digits = 3) {
  if (isMissing(value)) return DASH;
  if (value === 0) return "0";
  const [mantissa, power] = Math.abs(value)
    .toExponential(digits - 1)
    .split("e");
  const sign = value < 0 ? MINUS : "";
  const tidy = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (Number(power) < -4 || Number(power) >= digits) {
    const size = String(Math.abs(Number(power))).padStart(2, "0");
    return `${sign}${tidy(mantissa)}e${Number(power) < 0 ? MINUS : "+"}${size}`;
  }
  return sign + tidy(fixed(Math.abs(value), Math.max(0, digits - 1 - Number(power))));
}

/** Tonnes: three significant digits. */
export function tonnes(value) {
  if (isMissing(value)) return DASH;
  if (Math.abs(value) < 100) return short(value, 3);
  let unit = 1;
  while (Math.abs(value) / unit >= 1000) unit *= 10;
  return fixed(Math.round(value / unit) * unit, 0);
}

/** Where a figure stands now: four digits, or as many as it takes not to read as what turns it. */
export function now(value, from) {
  let text = "";
  for (let digits = 4; digits <= 17; digits += 1) {
    text = String(Number(value.toPrecision(digits)));
    const read = Number(text);
    if (value < from ? read < from : read > from) break;
  }
  return text.replace("-", MINUS);
}

/** A share of the whole as per cent. */
export const percent = (share, decimals = 0) =>
  isMissing(share) ? DASH : `${fixed(100 * share, decimals)}\u00a0%`;

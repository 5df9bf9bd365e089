// Labels in plots: measured, wrapped, shortened. Whoever places text asks here how wide it is.

export const FONT_FAMILY = 'system-ui, "Segoe UI", "Liberation Sans", sans-serif';
export const FONT_SIZE = 12;
export const LINE_HEIGHT = 15;
export const LINE_SHARE = LINE_HEIGHT / FONT_SIZE;
export const ELLIPSIS = "\u2026";

let pen;

/** Width in pixels of one line at a font size. */
export function measure(text, size = FONT_SIZE, bold = false) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${bold ? "bold " : ""}${size}px ${FONT_FAMILY}`;
  return pen.measureText(text).width;
}

/** One line. */
export const clean = (text) => String(text).replace(/\s+/g, " ").trim();

const graphemes = (text) =>
  typeof Intl.Segmenter === "function"
    ? Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
    : Array.from(text);

/** The beginning of a text that fits, with an ellipsis if something is left out. */
export function shorten(text, width, size = FONT_SIZE, bold = false) {
  const whole = clean(text);
  if (measure(whole, size, bold) <= width) return whole;
  const parts = graphemes(whole);
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(parts.slice(0, middle).join("").trimEnd() + ELLIPSIS, size, bold) <= width)
      low = middle;
    else high = middle - 1;
  }
  return parts.slice(0, low).join("").trimEnd() + ELLIPSIS;
}

// A line may end after a space and after the marks that join the parts of a name.
const pieces = (text) => text.match(/[^\s._\-/:,;=)]*[\s._\-/:,;=)]+|[^\s._\-/:,;=)]+/g) ?? [];

/**
 * Lines of at most a width. Words that are wider are broken; what is over the last line is cut with
 * an ellipsis, so the caller gives the whole text as a tooltip.
 */
export function wrap(text, width, { maxLines = 3, size = FONT_SIZE, bold = false } = {}) {
  const lines = [];
  let line = "";
  const fits = (candidate) => measure(candidate.trimEnd(), size, bold) <= width;
  const add = (piece) => {
    if (line && !fits(line + piece)) {
      lines.push(line);
      line = "";
    }
    line += piece;
  };
  for (const piece of pieces(clean(text))) {
    if (fits(piece)) add(piece);
    else for (const part of graphemes(piece)) add(part);
    if (lines.length > maxLines) break;
  }
  if (line) lines.push(line);
  if (lines.length > maxLines) {
    const rest = lines.splice(maxLines - 1).join("");
    lines.push(shorten(rest, width, size, bold));
  }
  return lines.map((each) => each.trimEnd());
}

/** Wrapped text and the width it really takes. */
export function block(text, width, options = {}) {
  const lines = wrap(text, width, options);
  const size = options.size ?? FONT_SIZE;
  return {
    lines,
    text: lines.join("\n"),
    full: clean(text),
    width: lines.reduce((most, line) => Math.max(most, measure(line, size, options.bold)), 0),
    height: lines.length * LINE_HEIGHT,
  };
}

/** Do two boxes {x0, y0, x1, y1} touch? */
export function overlap(a, b) {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

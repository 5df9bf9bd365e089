// The tables of a document as they stand on a screen of 80 columns (muster analyze): every number as the
// text that people read. A table is one block or several, each beginning with the first column; a line of
// dashes tells where columns lie; numbers are never wrapped, texts may be.

const RULE = /^-+(?: {2}-+)+$/;
/** In place of a table that a screen leaves out whole. */
const LEFT_OUT = /^\d+ rows?: --json/;

/** Where the columns of a block lie. */
function spans(rule) {
  const found = [];
  for (const { index, 0: dashes } of rule.matchAll(/-+/g))
    found.push([index, index + dashes.length]);
  return found;
}

/** The lines of a block below its rule. */
function linesBelow(lines, at) {
  let end = at + 1;
  while (end < lines.length && lines[end] !== "" && !lines[end].startsWith("... ")) end += 1;
  return lines.slice(at + 1, end);
}

/** How many rows a block says that it leaves out. */
function moreRows(lines, at) {
  let end = at + 1;
  while (end < lines.length && lines[end] !== "" && !lines[end].startsWith("... ")) end += 1;
  return Number(/^\.\.\. (\d+) more rows? \(/.exec(lines[end])?.[1] ?? 0);
}

function readBlock(columns, rule, lines) {
  const places = spans(rule);
  const isNumber = columns.map(({ kind }) => kind !== "text");
  const nth = isNumber.indexOf(true);
  if (nth < 0) return null; // texts alone: nothing tells where a row begins
  const at = (line, i) => line.slice(...places[i]).trim();
  const rows = lines.filter((line) => at(line, nth) !== "");
  return columns.map((_, i) => (isNumber[i] ? rows.map((line) => at(line, i)) : null));
}

/**
 * @param tables those of the document, in order
 * @returns for each table a list for each column: its numbers as texts, null for a column of texts; and
 *   `more`, the rows that its last block leaves out
 */
export function screenTables(screen, tables) {
  const lines = screen.split("\n");
  const rules = [...lines.keys()].filter((i) => RULE.test(lines[i]) || LEFT_OUT.test(lines[i]));
  return tables.map(({ id, columns, rows }) => {
    const found = columns.map(() => null);
    for (let next = 1; next < columns.length;) {
      const i = rules.shift();
      if (i === undefined) throw new Error(`the screen has no table ${id}`);
      if (LEFT_OUT.test(lines[i])) break;
      const list = [0, ...columns.keys()].slice(0, 1);
      for (let k = 1; k < spans(lines[i]).length; k += 1) list.push(next + k - 1);
      const block = readBlock(
        list.map((k) => columns[k]),
        lines[i],
        rows.length === 0 ? [] : linesBelow(lines, i),
      );
      list.forEach((k, place) => (found[k] = block?.[place] ?? found[k]));
      found.more = moreRows(lines, i);
      next += list.length - 1;
    }
    return found;
  });
}

/** A number of the page as a screen has it: no groups of three, a plain minus, exponents of two digits. */
export const asOnScreen = (text) =>
  text === "\u2013"
    ? "-"
    : text
        .replaceAll("\u2212", "-")
        .replaceAll(",", "")
        .replace("\u00a0%", "")
        .replaceAll("\u00a0", " ")
        .replace(/e(-?)(\d+)$/, (_, sign, power) => `e${sign || "+"}${power.padStart(2, "0")}`);

// A table of the document: sortable, folded when long, to be copied and saved as CSV.
import { copy, download, h, newId, said } from "./dom.js";
import { cell, csv, DASH, fileName, plural } from "./format.js";

const SHORT = 12; // rows that are shown without being asked for
const PAGE = 500; // rows that are put into the page at a time
const LINE = 16; // letters that are never wrapped

/** Missing values last, whichever way; numbers before texts; equals stay as they were. */
function sorted(rows, index, direction) {
  const order = new Map(rows.map((row, i) => [row, i]));
  return [...rows].sort((a, b) => {
    const [left, right] = [a[index], b[index]];
    if (left === null || right === null)
      return (left === null) - (right === null) || order.get(a) - order.get(b);
    if (typeof left !== typeof right) return typeof left === "number" ? -1 : 1;
    const way =
      typeof left === "number" ? left - right : left.localeCompare(right, "en", { numeric: true });
    return direction * way || order.get(a) - order.get(b);
  });
}

const SIGN = "\u00a0%";

/** What stands behind the label in the head: of a share its sign, which then is not in the cells. */
const unitOf = (column) => column.unit || (column.kind === "share" ? "%" : "");
const cellText = (value, column) =>
  unitOf(column) === "%" ? cell(value, column).replace(SIGN, "") : cell(value, column);

/** Characters of a number from its point or exponent on. */
const tailOf = (text) => {
  const at = text.search(/[.e]/);
  return at < 0 ? "" : text.slice(at).replace(SIGN, "");
};

/** The longest tail of the numbers of each column: all are filled up to it, so that points align. */
const tailsOf = (table) =>
  table.columns.map((column) =>
    table.rows.reduce((most, row) => {
      const value = row[column.index];
      const tail = typeof value === "number" ? tailOf(cellText(value, column)) : "";
      return tail.length > most.length ? tail : most;
    }, ""),
  );

/** A number; what fills it up is neither seen nor copied. */
function numberNodes(value, column, longest) {
  const text = cellText(value, column);
  const fill = longest.slice(tailOf(text).length);
  if (!fill) return text;
  const number = text.replace(SIGN, "");
  return [h("span", { class: "filled", "data-fill": fill }, number), text.slice(number.length)];
}

function dataCell(value, column, first, longest) {
  const numeric = column.kind !== "text";
  if (value === null) {
    return h(
      "td",
      { class: `missing${numeric ? " number" : ""}` },
      h("span", { "aria-hidden": "true" }, DASH),
      h("span", { class: "off" }, "missing"),
    );
  }
  const name = first && !numeric && value.trim() ? "th" : "td"; // a head without a text names nothing
  return h(
    name,
    {
      class: numeric ? "number" : value.length <= LINE ? "line" : null,
      scope: name === "th" ? "row" : null,
    },
    typeof value === "number" ? numberNodes(value, column, longest) : said(value),
  );
}

function headCell(column, sort) {
  return h(
    "th",
    { scope: "col", class: column.kind === "text" ? null : "number", "aria-sort": "none" },
    h(
      "button",
      { type: "button", click: () => sort(column.index) },
      said(column.label),
      unitOf(column) ? h("span", { class: "unit" }, " (", said(unitOf(column)), ")") : null,
      h("span", { class: "arrow", "aria-hidden": "true" }),
    ),
  );
}

/** The grid itself, filled when it is first seen. */
function grid(table) {
  let rows = table.rows;
  let by = { index: -1, direction: 0 };
  let shown = PAGE;
  const tails = tailsOf(table);
  const body = h("tbody");
  const more = h("button", {
    type: "button",
    class: "more",
    click: () => {
      shown += PAGE;
      fill();
    },
  });
  const heads = table.columns.map((column) => headCell(column, sort));
  function fill() {
    body.replaceChildren(
      ...rows.slice(0, shown).map((row) =>
        h(
          "tr",
          {},
          row.map((value, i) => dataCell(value, table.columns[i], i === 0, tails[i])),
        ),
      ),
    );
    const left = rows.length - shown;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(left, PAGE)} more of ${left} rows`;
  }
  // Up, down, and back to the order of the document.
  function sort(index) {
    const direction =
      by.index !== index ? 1 : by.direction === 1 ? -1 : by.direction === -1 ? 0 : 1;
    by = { index, direction };
    rows = direction === 0 ? table.rows : sorted(table.rows, index, direction);
    const words = { 1: "ascending", "-1": "descending", 0: "none" };
    heads.forEach((head, i) =>
      head.setAttribute("aria-sort", i === index ? words[direction] : "none"),
    );
    fill();
  }
  const node = h(
    "table",
    {},
    h("caption", { class: "off" }, table.title || "Table"),
    h("thead", {}, h("tr", {}, heads)),
    body,
  );
  fill();
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "group", "aria-label": table.title || "Table" },
    node,
    more,
  );
}

/** Files are called as muster analyze --data calls them. */
function buttons(table, name) {
  return h(
    "span",
    { class: "buttons" },
    h(
      "button",
      { type: "button", click: () => copy(csv(table)) },
      "Copy CSV",
      h("span", { class: "off" }, ` of ${name}`),
    ),
    // The mark at the beginning tells spreadsheets that this is UTF-8.
    h(
      "button",
      {
        type: "button",
        click: () => download(fileName(table.id, "csv"), "text/csv", `\ufeff${csv(table)}`),
      },
      "Save CSV",
      h("span", { class: "off" }, ` of ${name}`),
    ),
  );
}

/**
 * @param sectionTitle names a table that has no title
 */
export function tableView(table, sectionTitle) {
  const id = newId("table");
  const name = table.title || sectionTitle;
  const missing = table.countMissing();
  const facts = h(
    "p",
    { class: "facts" },
    plural(table.rows.length, "row"),
    missing > 0 ? `; ${plural(missing, "value is", "values are")} missing (${DASH})` : null,
  );
  const title = h("span", { class: "table-title" }, "Table: ", said(name));
  if (table.columns.length === 0 || table.rows.length === 0) {
    return h("div", { class: "table", id }, h("p", {}, title, " has no rows."));
  }
  if (table.rows.length <= SHORT) {
    return h(
      "div",
      { class: "table", id, tabindex: "-1" },
      h("div", { class: "bar" }, title, buttons(table, name)),
      grid(table),
      facts,
    );
  }
  const details = h(
    "details",
    { class: "table", id, tabindex: "-1" },
    h("summary", {}, title, h("span", { class: "size" }, `, ${plural(table.rows.length, "row")}`)),
  );
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) {
      details.append(
        h("div", { class: "bar" }, h("span"), buttons(table, name)),
        grid(table),
        facts,
      );
    }
  });
  return details;
}

// A table of the document: sortable, folded when long, to be copied and saved as CSV.
import { copy, download, h, newId, said } from "./dom.js";
import { cell, csv, DASH, fileName, plural } from "./format.js";

const SHORT = 12; // rows that are shown without being asked for
const PAGE = 500; // rows that are put into the page at a time

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

function dataCell(value, column, first) {
  const numeric = column.kind !== "text";
  const attributes = { class: numeric ? "number" : null };
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
    { ...attributes, scope: name === "th" ? "row" : null },
    typeof value === "number" ? cell(value, column) : said(value),
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
      column.unit ? h("span", { class: "unit" }, " (", said(column.unit), ")") : null,
      h("span", { class: "arrow", "aria-hidden": "true" }),
    ),
  );
}

/** The grid itself, filled when it is first seen. */
function grid(table) {
  let rows = table.rows;
  let by = { index: -1, direction: 0 };
  let shown = PAGE;
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
          row.map((value, i) => dataCell(value, table.columns[i], i === 0)),
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
        click: () => download(fileName(name, "csv"), "text/csv", `\ufeff${csv(table)}`),
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

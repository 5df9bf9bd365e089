// A figure: title, plot, caption, what is missing from it, and what a reader can do with it.
import { download, h, newId, said } from "../shared/dom.js";
import { findTable } from "./document.js";
import { DASH, fileName, plural } from "../shared/format.js";
import { KINDS } from "./kinds.js";
import { svgText } from "../shared/save.js";

/** What a kind of plot gets: see kinds.js. */
function figureOf(plot, table, width, chosen) {
  const { roles, options } = plot;
  return {
    plot,
    table,
    roles,
    options,
    width,
    chosen,
    column: (role, optional = false) => {
      const name = roles[role];
      if (typeof name === "string" && name !== "") return table.column(name);
      if (optional) return null;
      throw new Error(`the plot names no column for “${role}”`);
    },
    columns: (role) => {
      const names = Array.isArray(roles[role]) ? roles[role] : [];
      if (names.length === 0) throw new Error(`the plot names no columns for “${role}”`);
      return names.map((name) => table.column(String(name)));
    },
    numbers: (option) =>
      (Array.isArray(options[option]) ? options[option] : []).filter((value) =>
        Number.isFinite(value),
      ),
  };
}

/** Check boxes for what is drawn: at most so many at once. */
function chooser({ what, items, most }, chosen, redraw) {
  const name = h("summary");
  const boxes = items.map(({ id, label }) => {
    const box = h("input", { type: "checkbox" });
    box.checked = chosen.has(id);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(id);
      else chosen.delete(id);
      update();
      redraw();
    });
    return { id, box, node: h("label", {}, box, said(label)) };
  });
  function update() {
    name.textContent = `${what}: ${chosen.size} of ${items.length}`;
    for (const { box } of boxes) box.disabled = !box.checked && chosen.size >= most;
    for (const { box } of boxes) if (box.checked && chosen.size <= 1) box.disabled = true;
  }
  update();
  return h(
    "details",
    { class: "chooser" },
    name,
    h(
      "fieldset",
      {},
      h("legend", {}, `Up to ${most} at once`),
      boxes.map(({ node }) => node),
    ),
  );
}

/** The choice of a reader, or null where all is drawn. */
function startChoice(kind, plot, table) {
  if (!kind.choice) return null;
  const choice = kind.choice(figureOf(plot, table, 0, null));
  if (choice.items.length <= choice.from) return null;
  return { ...choice, chosen: new Set(choice.items.slice(0, choice.first).map(({ id }) => id)) };
}

function failure(error) {
  return h("p", { class: "failure" }, `This plot cannot be drawn: ${error.message}.`);
}

function notes(drawn) {
  const list = (drawn.notes ?? []).filter(Boolean);
  if (drawn.missing > 0) {
    list.push(
      `${plural(drawn.missing, "value is", "values are")} missing (${DASH}) and not drawn.`,
    );
  }
  return list;
}

/**
 * @param tableIds ids in the page of the tables, by Table
 * @returns the element; it draws itself when it has a width
 */
export function figureView(plot, section, sections, tableIds) {
  const kind = KINDS.get(plot.kind);
  const title = plot.title || kind?.what || plot.kind;
  const captionId = newId("caption");
  const box = h("div", { class: "plot-box" });
  const note = h("span", { class: "notes" });
  const caption = h(
    "figcaption",
    { id: captionId },
    plot.caption ? [said(plot.caption), " "] : null,
    note,
  );
  const bar = h("div", { class: "bar" }, h("h3", {}, said(title)));
  const view = h("figure", { "data-kind": plot.kind }, bar, box, caption);
  try {
    if (!kind) throw new Error(`this page knows no kind “${plot.kind}”`);
    const table = findTable(sections, section, plot.table);
    const choice = startChoice(kind, plot, table);
    const saver = h(
      "button",
      { type: "button", click: () => save(box, plot.id || title) },
      "Save SVG",
      h("span", { class: "off" }, ` of ${title}`),
    );
    const paint = painter({ kind, plot, table, choice, box, note, title, saver });
    if (choice) box.before(chooser(choice, choice.chosen, () => paint(true)));
    bar.append(
      h(
        "span",
        { class: "buttons" },
        tableIds.has(table) ? tableLink(tableIds.get(table), title) : null,
        saver,
      ),
    );
    view.room = () => roomOf(box);
    view.paint = paint;
  } catch (error) {
    box.append(failure(error));
  }
  return view;
}

/** Goes to the table of a figure and opens it. */
function tableLink(id, title) {
  return h(
    "a",
    {
      href: `#${id}`,
      class: "to-table",
      click: () => {
        const target = document.getElementById(id);
        if (target?.tagName === "DETAILS") target.open = true;
      },
    },
    "Table",
    h("span", { class: "off" }, ` of ${title}`),
  );
}

function save(box, name) {
  const drawn = box.querySelector("svg");
  if (drawn) download(fileName(name, "svg"), "image/svg+xml", svgText(drawn));
}

const roomOf = (box) => Math.floor(box.clientWidth);

/** Draws for the width there is, again when that changes. */
function painter({ kind, plot, table, choice, box, note, title, saver }) {
  let last = 0;
  return (force = false, width = roomOf(box)) => {
    if (width === 0 || (!force && Math.abs(width - last) < 4)) return;
    last = width;
    try {
      if (table.rows.length === 0) throw new Error("its table has no rows");
      const drawn = kind.draw(figureOf(plot, table, width, choice?.chosen ?? null));
      const texts = notes(drawn);
      drawn.svg.setAttribute("role", "img");
      drawn.svg.setAttribute(
        "aria-label",
        [title, plot.caption, ...texts].filter(Boolean).join(". "),
      );
      box.replaceChildren(drawn.svg);
      saver.hidden = false;
      note.textContent = texts.join(" ");
      scrollable(box, Number(drawn.svg.getAttribute("width")) > width + 1, title);
    } catch (error) {
      box.replaceChildren(failure(error));
      saver.hidden = true;
      note.textContent = "";
    }
  };
}

/** A plot wider than its box scrolls in it, also by keys. */
function scrollable(box, wide, title) {
  box.classList.toggle("wide", wide);
  if (wide) {
    box.setAttribute("tabindex", "0");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `${title}, scrolls sideways`);
  } else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
}

// The page round the figures: head, warnings, what it is about, contents, sections, foot.
import { h, newId, said } from "../shared/dom.js";
import { figureView } from "./figure.js";
import { plural } from "../shared/format.js";
import { tableView } from "../shared/table.js";
import { themeSwitch } from "../shared/theme.js";

const ABOUT_SHORT = 60; // letters of a value that are no reason to fold

function head(doc) {
  return h(
    "header",
    {},
    h(
      "p",
      { class: "kicker" },
      `muster${doc.program ? ` ${doc.program}` : ""}, report of an experiment`,
    ),
    themeSwitch(),
    h("h1", {}, said(doc.title)),
  );
}

function warnings(list) {
  if (list.length === 0) return null;
  const id = newId("warnings");
  return h(
    "section",
    { class: "warnings", "aria-labelledby": id },
    h("h2", { id }, plural(list.length, "warning")),
    h(
      "ul",
      {},
      list.map((text) => h("li", {}, said(text))),
    ),
  );
}

function about(list) {
  if (list.length === 0) return null;
  const first = list
    .slice(0, 3)
    .filter(({ value }) => value.length <= ABOUT_SHORT)
    .flatMap(({ key, value }, i) => [i > 0 ? "; " : "", said(key), " ", h("b", {}, said(value))]);
  return h(
    "details",
    { class: "about" },
    h("summary", {}, "What this is", first.length > 0 ? [": ", first] : null),
    h(
      "table",
      {},
      h("caption", { class: "off" }, "What this is"),
      h(
        "tbody",
        {},
        list.map(({ key, value }) =>
          h(
            "tr",
            {},
            h(key.trim() ? "th" : "td", { scope: key.trim() ? "row" : null }, said(key)),
            h("td", {}, said(value)),
          ),
        ),
      ),
    ),
  );
}

function contents(sections) {
  if (sections.length < 2) return null;
  return h(
    "nav",
    { "aria-label": "Contents" },
    h(
      "ol",
      {},
      sections.map(({ id, title }) => h("li", {}, h("a", { href: `#${id}` }, said(title)))),
    ),
  );
}

function sectionView(section, sections, tableIds) {
  const tables = section.tables.map((table) => ({ table, view: tableView(table, section.title) }));
  for (const { table, view } of tables) tableIds.set(table, view.id);
  return () =>
    h(
      "section",
      { id: section.id },
      h("h2", {}, said(section.title)),
      section.sentences.map((text) => h("p", { class: "sentence" }, said(text))),
      section.plots.map((plot) => figureView(plot, section, sections, tableIds)),
      tables.map(({ view }) => view),
    );
}

function foot(doc, notices) {
  return h(
    "footer",
    {},
    h(
      "p",
      {},
      `Made by muster${doc.program ? ` ${doc.program}` : ""}, free software under the GNU General ` +
        "Public License, version 3 or later. This file opens no connection and loads nothing.",
    ),
    h(
      "details",
      {},
      h("summary", {}, "Software of others in this page, and its licences"),
      h("pre", {}, notices),
    ),
  );
}

/** The elements of the page, in order. */
export function pageView(doc, notices) {
  const sections = doc.sections.map((section) => ({ ...section, id: newId("section") }));
  const tableIds = new Map();
  // All tables have their ids before a figure of any section looks for one.
  const views = sections.map((section) => sectionView(section, sections, tableIds));
  return [
    head(doc),
    h(
      "div",
      { class: "columns" },
      contents(sections),
      h(
        "main",
        {},
        warnings(doc.warnings),
        about(doc.about),
        views.map((view) => view()),
      ),
    ),
    foot(doc, notices),
  ];
}

/** Paper cannot be unfolded: what the report is about is printed. */
export function unfoldForPrint(root) {
  const about = root.querySelector(".about");
  if (!about) return;
  let open = about.open;
  addEventListener("beforeprint", () => {
    open = about.open;
    about.open = true;
  });
  addEventListener("afterprint", () => (about.open = open));
}

/** Draws all figures, and again when the page becomes wider or narrower. */
export function drawFigures(root) {
  const figures = [...root.querySelectorAll("figure")].filter((figure) => figure.paint);
  // All widths are read before the first figure is drawn: each reading lays the page out anew.
  const paint = () => {
    const rooms = figures.map((figure) => figure.room());
    figures.forEach((figure, i) => figure.paint(false, rooms[i]));
  };
  paint();
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(paint);
  });
  observer.observe(root);
}

// What the panels share: a section that draws itself anew, phrases, badges, tables.
import { h, said } from "../../shared/dom.js";
import { list } from "./facts.js";

/* What a reader opened, what stands in fields that keep their text, and where the focus stood outlive a redraw. */
function keep(root) {
  const open = new Map();
  for (const each of root.querySelectorAll("details[data-key]"))
    open.set(each.dataset.key, each.open);
  const texts = new Map();
  for (const each of root.querySelectorAll("[data-keep]")) texts.set(each.dataset.key, each.value);
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  const focus = focused?.closest("[data-key]")?.dataset.key;
  const tag = focused?.tagName;
  const place = focused ? [...root.querySelectorAll(tag)].indexOf(focused) : -1;
  const scrolls = new Map();
  for (const each of root.querySelectorAll(".scroll[data-key]"))
    scrolls.set(each.dataset.key, each.scrollLeft);
  return () => {
    for (const each of root.querySelectorAll("details[data-key]"))
      if (open.has(each.dataset.key)) each.open = open.get(each.dataset.key);
    for (const each of root.querySelectorAll("[data-keep]"))
      if (texts.has(each.dataset.key)) each.value = texts.get(each.dataset.key);
    for (const each of root.querySelectorAll(".scroll[data-key]"))
      if (scrolls.has(each.dataset.key)) each.scrollLeft = scrolls.get(each.dataset.key);
    if (!focused) return;
    const again = [...root.querySelectorAll("[data-key]")].find(
      (each) => each.dataset.key === focus,
    );
    const keyed = again?.tagName === tag ? again : again?.querySelector(tag?.toLowerCase() ?? "*");
    // What has no key is the one of its kind at the same place.
    (keyed ?? root.querySelectorAll(tag)[place])?.focus({ preventScroll: true });
  };
}

const TYPED = "textarea, input:not([type=checkbox], [type=radio], [type=file], [type=button])";

/**
 * Says when a section may be drawn anew: not while somebody types in a field of it or moves a slider, nor between a
 * press and its release, which would then belong to no button.
 */
function whenIdle(root, act) {
  let isDown = false;
  let isLeaving = false; // a field: while it is left nothing has the focus yet
  const isBusy = () => isDown || isLeaving || (root.contains(document.activeElement) && document.activeElement.matches(TYPED));
  const later = () => setTimeout(() => isBusy() || act());
  root.addEventListener("pointerdown", () => {
    isDown = true;
    const up = () => {
      isDown = false;
      for (const name of ["pointerup", "pointercancel"]) window.removeEventListener(name, up, true);
      later();
    };
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, up, true);
  });
  const leave = ({ target }) => {
    if (!target.matches(TYPED)) return;
    isLeaving = true;
    setTimeout(() => {
      isLeaving = false;
      later();
    });
  };
  root.addEventListener("change", leave, true);
  root.addEventListener("focusout", leave, true);
  for (const name of ["click", "keydown"]) root.addEventListener(name, () => (isLeaving = false), true); // it was left
  return isBusy;
}

/**
 * A panel of the page. `draw(desk)` gives its elements from the document; `tick(desk, root)` moves what follows
 * the clock and nothing else.
 */
export function panel({
  id,
  title,
  when = () => true,
  draw,
  tick,
  watches = ["doc", "hidden", "names"],
}) {
  const view = (desk) => {
    const root = h("div", { class: `panel-body panel-${id}` });
    const redraw = () => {
      const back = keep(root);
      root.replaceChildren(...[draw(desk)].flat(Infinity).filter((each) => each));
      back();
      tick?.(desk, root);
    };
    redraw();
    let isStale = false; // a panel that nobody sees, or that somebody types in, is drawn later
    const isSeen = () => isShown(root);
    const drawLate = () => {
      if (!isStale || !isSeen()) return;
      isStale = false;
      redraw();
    };
    const isBusy = whenIdle(root, drawLate);
    const ask = (isUrgent) => {
      isStale = true;
      if (isUrgent || !isBusy()) drawLate();
    };
    watchWhile(desk, root, [...new Set([...watches, "names"])], (changed) => ask(changed.includes("hidden")));
    watchWhile(desk, root, ["time", "selected"], () => {
      if (!isSeen()) isStale = true;
      else if (desk.hidden.has("future")) ask(false);
      else tick?.(desk, root);
    });
    // It comes to the front, also within one picture, where its size tells nothing.
    watchWhile(desk, root, ["view"], () => isBusy() || drawLate());
    new ResizeObserver(() => isBusy() || drawLate()).observe(root);
    return root;
  };
  return { id, title, when, view };
}

/** Whether an element is in the page and in front; asking for its place would lay out the whole page at once. */
export const isShown = (element) => element.isConnected && element.closest("[hidden]") === null;

/** Watches until the element is taken from the page, as when its column is laid anew. */
function watchWhile(desk, root, keys, tell) {
  let wasThere = false;
  const end = desk.watch(keys, (changed) => {
    wasThere ||= root.isConnected;
    if (wasThere && !root.isConnected) end();
    else tell(changed);
  });
  return end;
}

/** A text of the language file whose parameters are elements or texts of the document, those apart. */
export function phrase(desk, key, params = {}) {
  const names = Object.keys(params);
  const marks = Object.fromEntries(names.map((name, i) => [name, `\ue000${i}\ue001`]));
  return desk
    .word(key, typeof params.n === "number" ? { ...marks, n: params.n } : marks)
    .split(/\ue000(\d+)\ue001/)
    .map((part, i) => (i % 2 === 0 ? part : node(params[names[part]])))
    .filter((part) => part !== "");
}

const node = (value) =>
  typeof value === "number"
    ? String(value)
    : typeof value === "string"
      ? said(value)
      : (value ?? "");

/** Nodes with a text between each two. */
export const joined = (nodes, between = ", ") =>
  nodes.flatMap((each, i) => (i > 0 ? [between, each] : [each]));

export const para = (desk, key, params, name = "sentence") =>
  h("p", { class: name }, phrase(desk, key, params));

const NS = "http://www.w3.org/2000/svg";

/** An element of a picture. */
export function s(name, attributes = {}, ...children) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(key, value);
    else made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

/** Slanted lines as a fill. */
export const hatch = (id) =>
  s(
    "pattern",
    { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("rect", { width: 6, height: 6, fill: "var(--bg)" }),
    s("rect", { width: 2.2, height: 6, fill: "var(--muted)" }),
  );

const SHAPES = {
  yes: ["M8 1a7 7 0 1 0 .01 0z", "M4.5 8.2 7 10.7 11.6 5.6"], // a disc with a tick
  no: ["M1.5 1.5h13v13h-13z", "M5 5 11 11M11 5 5 11"], // a square with a cross
  tie: ["M8 1 15 8 8 15 1 8z", "M5 8h6"], // a diamond with a bar
  unknown: ["M8 1a7 7 0 1 0 .01 0z", "M8 4.2v4.6M8 11v.9"],
  hidden: ["M8 1a7 7 0 1 0 .01 0z", "M4.6 8h6.8"],
};

/** An answer: its shape and its word, without need of a colour. */
export function badge(kind, ...words) {
  return h(
    "span",
    { class: `badge badge-${kind}` },
    s(
      "svg",
      { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", focusable: "false" },
      SHAPES[kind].map((d, i) => s("path", { d, class: i === 0 ? "badge-ground" : "badge-mark" })),
    ),
    h("span", {}, words),
  );
}

/** In place of what a lesson hides. */
export const hiddenNote = (desk) =>
  h("p", { class: "hidden-note" }, badge("hidden", desk.word("panel.hidden")));

export const empty = (desk, key) => h("p", { class: "sentence muted" }, desk.word(key));

const scrollers =
  typeof ResizeObserver === "undefined"
    ? null
    : new ResizeObserver((entries) => {
        for (const { target } of entries) {
          const isWide =
            target.scrollWidth > target.clientWidth + 1 ||
            target.scrollHeight > target.clientHeight + 1;
          if (isWide)
            target.setAttribute("tabindex", "0"); // or keys could not move it
          else target.removeAttribute("tabindex");
        }
      });

/** A box that scrolls sideways by itself, so that the page need not. */
export function scrolling(label, key, ...children) {
  const box = h(
    "div",
    { class: "scroll", role: "group", "aria-label": label, "data-key": key },
    children,
  );
  scrollers?.observe(box);
  return box;
}

/**
 * A table. Columns {text, number, wide}; a row is a list of cells, or {cells, foot, key, class}; a cell is
 * text, an element or a list of them. The first cell of a row is its head.
 */
export function table({ caption, shown = false, key, columns, rows, foot = [], class: name = "" }) {
  const head = columns.map(({ text, number, help }) =>
    h("th", { scope: "col", class: number ? "number" : null, title: help }, text),
  );
  const body = (row) => {
    const { cells, ...attributes } = Array.isArray(row) ? { cells: row } : row;
    return h(
      "tr",
      attributes,
      cells.map((cell, i) =>
        h(
          i === 0 ? "th" : "td",
          { scope: i === 0 ? "row" : null, class: columns[i]?.number ? "number" : null },
          cell,
        ),
      ),
    );
  };
  return scrolling(
    caption,
    key ?? caption,
    h(
      "table",
      { class: name || null },
      h("caption", { class: shown ? null : "off" }, caption),
      h("thead", {}, h("tr", {}, head)),
      h("tbody", {}, list(rows).map(body)),
      foot.length > 0 ? h("tfoot", {}, foot.map(body)) : null,
    ),
  );
}

/** Something to open on demand. */
export const more = (key, summary, ...children) =>
  h("details", { "data-key": key, class: "more-words" }, h("summary", {}, summary), children);

/** A heading and what stands below it; no landmark, of which there would be too many. */
export const section = (level, heading, ...children) =>
  h("section", {}, h(`h${level}`, {}, heading), children);

/** A picture that is drawn for the room it has, and again when that changes. */
export function picture(label, draw) {
  const box = h("div", { class: "picture" });
  let drawn = "";
  const paint = (width) => {
    // Type in a picture grows with that of the page: a projector, or who reads large letters.
    const scale = Math.max(1, parseFloat(getComputedStyle(document.documentElement).fontSize) / 16);
    const now = `${Math.round(width / 2)}/${scale}`;
    if (now === drawn || width < 40) return;
    drawn = now;
    const made = draw(Math.floor(width / scale));
    if (scale > 1 && made.hasAttribute("viewBox"))
      for (const side of ["width", "height"]) made.setAttribute(side, Number(made.getAttribute(side)) * scale);
    made.setAttribute("role", "img");
    made.setAttribute("aria-label", label);
    box.replaceChildren(made);
    box.dispatchEvent(new CustomEvent("drawn"));
  };
  new ResizeObserver(([entry]) => paint(entry.contentRect.width)).observe(box);
  return box;
}

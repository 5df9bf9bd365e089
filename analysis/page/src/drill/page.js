// The frame of the page: head, map and clock, panels beside or below them, foot.
import { h, said } from "../shared/dom.js";
import { themeSwitch } from "../shared/theme.js";
import { clockView } from "./clock.js";
import { lessonBar } from "./lesson/bar.js";
import { movedLine } from "./lesson/moved.js";
import { stepNow } from "./lesson/state.js";
import { MapView } from "./map/map.js";
import { s } from "./map/svg.js";
import { panels } from "./panels.js";
import { sceneOf } from "./scene.js";
import { tabsView } from "./tabs.js";

const MAP = "map"; // the view that no panel has
const PROJECTOR = 1.35; // scale of type and signs
const KEPT = ["log"]; // beside the others where there is room for two columns
const TWO_COLUMNS = "(min-width: 105rem)";
const SIDE = { least: 18, most: 60, start: 30, share: 0.4 }; // rem; of the window

/** The side: all panels in tabs, or the log in a column of its own where there is room. */
function sideView(desk) {
  const side = h("div", { class: "side" });
  const wide = matchMedia(TWO_COLUMNS);
  let open = [];
  const lay = () => {
    for (const { end } of open) end();
    const shown = panels.filter((panel) => panel.when(desk.doc));
    const rest = shown.filter((panel) => !KEPT.includes(panel.id));
    const isSplit = wide.matches && rest.length > 0;
    const groups = isSplit ? [rest, shown.filter((panel) => KEPT.includes(panel.id))] : [shown];
    open = groups.map((group, i) => tabsView(desk, group, desk.word("page.panels"), i === 0 && desk.lesson ? movedLine(desk) : null));
    side.classList.toggle("split", isSplit);
    side.replaceChildren(...open.map(({ element }) => element));
  };
  wide.addEventListener("change", lay);
  // Another document may have other panels; those that stay are told by the desk itself.
  const idsNow = () => panels.filter((panel) => panel.when(desk.doc)).map(({ id }) => id).join();
  let ids = idsNow();
  desk.watch(["doc"], () => {
    const now = idsNow();
    if (now !== ids) lay();
    ids = now;
  });
  lay();
  return side;
}

/** The bar between map and panels: dragged, or moved with arrow keys. */
function divider(desk, main) {
  let width = SIDE.start;
  const bar = h("div", {
    class: "divider",
    role: "separator",
    tabindex: "0",
    "aria-orientation": "vertical",
    "aria-label": desk.word("page.width"),
    "aria-valuemin": SIDE.least,
    "aria-valuemax": SIDE.most,
  });
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
  const set = (next) => {
    width = Math.max(SIDE.least, Math.min(SIDE.most, next));
    main.style.setProperty("--side", `${width}rem`);
    bar.setAttribute("aria-valuenow", String(Math.round(width)));
  };
  bar.addEventListener("pointerdown", (event) => {
    bar.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  bar.addEventListener("pointermove", (event) => {
    if (bar.hasPointerCapture(event.pointerId)) set((main.getBoundingClientRect().right - event.clientX) / rem());
  });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: 2, ArrowRight: -2 }[event.key];
    if (!step) return;
    event.preventDefault();
    set(width + step);
  });
  set(Math.min(SIDE.start, (innerWidth / rem()) * SIDE.share));
  return bar;
}

function projectorSwitch(desk) {
  const input = h("input", {
    type: "checkbox",
    change: () => {
      document.documentElement.toggleAttribute("data-projector", input.checked);
      // Type that large leaves no room for a map beside the panel that a lesson's step is about.
      desk.set({ scale: input.checked ? PROJECTOR : 1, ...(desk.lesson ? { isMapFolded: input.checked } : {}) });
    },
  });
  return h("label", { class: "projector", title: desk.word("page.projector.title") }, input, desk.word("page.projector"));
}

const ALONE = [MAP, "both", "panels"];

/** The map alone, a view like those of the panels, for which a lesson's step may ask; the panels alone; or both. */
function aloneSwitch(desk) {
  let before = null; // the panel that was in front
  const now = () => (desk.view === MAP ? MAP : desk.isMapFolded ? "panels" : "both");
  const choose = (event) => {
    if (desk.view !== MAP) before = desk.view;
    const { value } = event.target;
    desk.set(value === MAP ? { view: MAP } : { view: before, isMapFolded: value === "panels" });
  };
  const inputs = ALONE.map((value) => h("input", { type: "radio", name: "alone", value, change: choose }));
  const lay = () => {
    for (const input of inputs) input.checked = input.value === now();
    if (now() === "both") document.documentElement.removeAttribute("data-alone");
    else document.documentElement.setAttribute("data-alone", now());
  };
  desk.watch(["view", "isMapFolded"], lay);
  lay();
  return h(
    "fieldset",
    { class: "themes alone" },
    h("legend", { class: "off" }, desk.word("page.alone")),
    inputs.map((input) => h("label", {}, input, desk.word(`page.alone.${input.value}`))),
  );
}

/** Who is which colour and dash; what filled and hollow mean. */
function legend(desk) {
  const box = h("ul", { class: "legend", "aria-label": desk.word("legend.label") });
  const fill = () => {
    const { states, units } = sceneOf(desk.doc);
    const withUnits = states.filter((state) => units.some((unit) => unit.state === state.id));
    const named = withUnits.filter((state) => state.cue > 0);
    const rest = withUnits.filter((state) => state.cue === 0);
    const line = (cue, colour, text) => {
      const sample = s("svg", { width: 34, height: 10, viewBox: "0 0 34 10", "aria-hidden": "true" }, s("path", { class: `track d${cue}`, d: "M1,5H33" }));
      sample.style.color = colour;
      return h("li", {}, sample, text);
    };
    box.replaceChildren(
      ...named.map((state) => line(state.cue, state.colour, said(desk.name(state.id, state.name)))),
      ...(rest.length > 0
        ? [line(0, "var(--a0)", rest.length > 3 ? desk.word("legend.rest") : said(rest.map((state) => desk.name(state.id, state.name)).join(", ")))]
        : []),
      h("li", { class: "muted" }, desk.word("legend.part")),
      h("li", { class: "muted" }, desk.word("legend.other")),
    );
  };
  desk.watch(["doc", "names"], fill);
  fill();
  return box;
}

/** One line that tells what is on the screen. */
function factsLine(desk) {
  const line = h("p", { class: "facts" });
  const fill = () => {
    const { doc } = desk;
    const scene = sceneOf(doc);
    const fact = (key, value) => (value ? [`${desk.word(key)} `, said(String(value))] : null);
    const run =
      doc.run === "replication"
        ? desk.word("page.replication", { n: doc.replication ?? "", seed: doc.seed ?? scene.seed ?? "" })
        : desk.word("page.plan");
    const parts = [
      fact("page.scenario", doc.scenario?.id),
      fact("page.variant", doc.scenario?.variant),
      fact("page.program", doc.program?.version),
      fact("page.seed", scene.seed),
      fact("page.hash", doc.scenario?.hash),
      [run],
    ].filter(Boolean);
    line.replaceChildren(...parts.flatMap((part, i) => (i > 0 ? ["; ", ...part] : part)));
  };
  desk.watch(["doc"], fill);
  fill();
  return line;
}

function foot(desk, notices) {
  return h(
    "footer",
    {},
    factsLine(desk),
    h(
      "details",
      {},
      h("summary", {}, desk.word("page.notices")),
      h("p", {}, desk.word("page.licence", { version: desk.first.program?.version ?? "" })),
      h("pre", {}, notices),
    ),
  );
}

/** The elements of the page. `blocks` has land and contours, or null for what the file lacks. */
export function pageView(desk, { notices, blocks }) {
  const map = new MapView(desk, blocks);
  const title = h("h1", {});
  const setTitle = () => title.replaceChildren(said(sceneOf(desk.doc).title));
  desk.watch(["doc", "names"], setTitle);
  setTitle();
  const main = h("main", { class: "drill" });
  main.append(
    h(
      "section",
      { class: "left", "aria-label": desk.word("page.map") },
      // Over the panels it is out of sight while the map stands alone.
      desk.lesson ? h("div", { class: "over-map" }, movedLine(desk).element) : null,
      map.element,
      legend(desk),
      clockView(desk),
    ),
    divider(desk, main),
    sideView(desk),
  );
  // Where there is one column the panel of a step comes before the map.
  const order = () => {
    const view = desk.lesson ? stepNow(desk)?.view : null;
    main.classList.toggle("panels-first", Boolean(view) && view !== MAP);
  };
  desk.watch(["lesson"], order);
  order();
  return [
    h(
      "header",
      { class: "drill-head" },
      h("div", { class: "titles" }, h("p", { class: "kicker" }, desk.word("page.kicker", { version: desk.doc.program?.version ?? "" })), title),
      h("div", { class: "switches" }, aloneSwitch(desk), projectorSwitch(desk), themeSwitch()),
    ),
    desk.lesson ? lessonBar(desk) : null,
    main,
    foot(desk, notices),
  ].filter(Boolean);
}

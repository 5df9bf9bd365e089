// The frame of the page: head, map and clock, panels beside or below them, foot.
import { h, newId, said } from "../shared/dom.js";
import { themeSwitch } from "../shared/theme.js";
import { panels } from "./panels.js";
import { sceneOf } from "./scene.js";

/** Tabs of the panels; `desk.set({view: id})` brings one to the front. */
export function tabsView(desk) {
  const shown = panels.filter((panel) => panel.when(desk.doc));
  const bodies = new Map();
  const id = newId("tabs");
  const tabs = shown.map((panel) =>
    h("button", { type: "button", role: "tab", id: `${id}-${panel.id}`, click: () => desk.set({ view: panel.id }) }, desk.word(panel.title)),
  );
  const stage = h("div", { class: "panel-stage" });
  const show = () => {
    const now = shown.find((panel) => panel.id === desk.view) ?? shown[0];
    if (!bodies.has(now.id))
      bodies.set(now.id, h("div", { role: "tabpanel", "aria-labelledby": `${id}-${now.id}`, class: "panel", tabindex: "0" }, now.view(desk)));
    stage.replaceChildren(bodies.get(now.id));
    shown.forEach((panel, i) => {
      tabs[i].setAttribute("aria-selected", String(panel === now));
      tabs[i].tabIndex = panel === now ? 0 : -1;
    });
  };
  desk.watch(["view"], show);
  show();
  return h("div", { class: "panels" }, h("div", { role: "tablist", "aria-label": desk.word("page.panels") }, tabs), stage);
}

export function pageView(desk) {
  const scene = sceneOf(desk.doc);
  return [
    h("header", {}, h("p", { class: "kicker" }, desk.word("page.kicker", { version: desk.doc.program?.version ?? "" })), themeSwitch(), h("h1", {}, said(scene.title))),
    h("main", {}, h("section", { class: "map" }), tabsView(desk)),
  ];
}

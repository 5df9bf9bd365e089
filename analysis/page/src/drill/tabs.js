// Tabs of panels. Up to two rows stand as they are; more become one row that scrolls, with a list of all beside it.
import { h, newId } from "../shared/dom.js";

const MOST_ROWS = 2;
const TAB_GAP = 4; // pixels, a little more than in style.css
const PEEK = 28; // of the tab beside the one in front: there are more

/** In how many rows tabs of these widths stand, if a row is so wide. */
export function rowsOf(widths, room) {
  let [rows, used] = [1, 0];
  for (const width of widths) {
    if (used > 0 && used + width > room) [rows, used] = [rows + 1, 0];
    used += width;
  }
  return rows;
}

/** The list of all panels, for where the row of tabs does not show them all. */
function listOfAll(desk, shown, choose) {
  return h(
    "select",
    {
      class: "all-panels",
      "aria-label": desk.word("page.panels.all"),
      title: desk.word("page.panels.all"),
      change: (event) => choose(shown.find(({ id }) => id === event.target.value)),
    },
    shown.map(({ id, title }) => h("option", { value: id }, desk.word(title))),
  );
}

/** Tabs of some panels; `desk.set({view: id})` brings one to the front. `line` ({element, end}) stands below them. */
export function tabsView(desk, shown, label, line = null) {
  const bodies = new Map();
  const id = newId("tabs");
  let front = null;
  const stage = h("div", { class: "panel-stage" });
  const tabs = shown.map((panel) =>
    h(
      "button",
      { type: "button", role: "tab", id: `${id}-${panel.id}`, click: () => choose(panel) },
      desk.word(panel.title),
    ),
  );
  const choose = (panel) => {
    if (desk.view === panel.id) return show();
    return desk.set({ view: panel.id });
  };
  function show() {
    // A lesson may hide a panel whole: then it has no tab, and nothing of it is in the page.
    const isOut = (panel) => desk.hidden.has(panel.id);
    const open = shown.filter((panel) => !isOut(panel));
    shown.forEach((panel, i) => (tabs[i].hidden = isOut(panel)));
    for (const [name, body] of bodies) {
      if (!desk.hidden.has(name)) continue;
      body.remove();
      bodies.delete(name);
    }
    front = open.find((panel) => panel.id === desk.view) ?? (open.includes(front) ? front : open[0]);
    if (!front) return;
    if (!bodies.has(front.id)) {
      const body = h("div", { role: "tabpanel", "aria-labelledby": `${id}-${front.id}`, class: "panel", tabindex: "0" });
      body.append(front.view(desk));
      bodies.set(front.id, body);
      stage.append(body);
    }
    for (const [name, body] of bodies) body.hidden = name !== front.id;
    shown.forEach((panel, i) => {
      tabs[i].setAttribute("aria-selected", String(panel === front));
      tabs[i].tabIndex = panel === front ? 0 : -1;
      all.options[i].hidden = all.options[i].disabled = isOut(panel);
    });
    all.value = front.id;
    lay();
  }
  /** One row or more, and the tab in front where it is seen. */
  function lay() {
    const room = bar.clientWidth;
    if (!room) return;
    const widths = tabs.filter((tab) => !tab.hidden).map((tab) => tab.offsetWidth + TAB_GAP);
    bar.classList.toggle("one-row", rowsOf(widths, room) > MOST_ROWS);
    const tab = tabs[shown.indexOf(front)];
    if (!tab || !bar.classList.contains("one-row")) return;
    const [left, right] = [tab.offsetLeft - PEEK, tab.offsetLeft + tab.offsetWidth + PEEK];
    if (left < row.scrollLeft) row.scrollLeft = left;
    else if (right > row.scrollLeft + row.clientWidth) row.scrollLeft = right - row.clientWidth;
  }
  const keys = (event) => {
    const seen = tabs.filter((tab) => !tab.hidden);
    const now = seen.indexOf(document.activeElement);
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: seen.length - 1 }[event.key];
    if (now < 0 || to === undefined) return;
    event.preventDefault();
    const tab = seen[(to + seen.length) % seen.length];
    choose(shown[tabs.indexOf(tab)]);
    tab.focus();
  };
  const row = h("div", { role: "tablist", "aria-label": label, keydown: keys }, tabs);
  const all = listOfAll(desk, shown, choose);
  const bar = h("div", { class: "tab-bar" }, row, all);
  const unwatch = desk.watch(["view", "hidden"], show);
  const sizes = new ResizeObserver(lay);
  sizes.observe(bar);
  show();
  const end = () => {
    sizes.disconnect();
    unwatch();
    line?.end();
  };
  return { element: h("div", { class: "panels" }, bar, line?.element ?? null, stage), end };
}

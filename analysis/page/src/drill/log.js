// What happened, as a list: what is past, and faint or not at all what is to come. A press on an entry
// brings the clock and the map there.
import { h, newId, said } from "../shared/dom.js";
import { hides } from "./clock.js";
import { sceneOf } from "./scene.js";
import { hourText, shortDay } from "./time.js";

const PAUSE_MS = 120;

const options = (desk, key, values, label) => [
  h("option", { value: "" }, desk.word(key)),
  ...values.map((value) => h("option", { value }, label(value))),
];
const unique = (values) => [...new Set(values.filter(Boolean))];

function entryView(desk, entry, scene) {
  const state = scene.state.get(entry.state);
  const swatch = state ? h("span", { class: `swatch c${state.cue}`, "aria-hidden": "true" }) : null;
  if (swatch) swatch.style.color = state.colour;
  const time = h("span", { class: "log-time" }, hourText(entry.at));
  const go = h(
    "button",
    {
      type: "button",
      click: () => desk.set({ playing: false, time: entry.at, selected: { kind: "event", id: entry.id } }),
    },
    time,
    h("span", { class: "log-text" }, swatch, said(entry.text)),
  );
  return h("li", { class: `weight-${entry.weight}` }, go);
}

export const log = {
  id: "log",
  title: "log.title",
  when: () => true,

  view(desk) {
    const id = newId("log");
    const list = h("ol", { class: "log", "aria-label": desk.word("log.title") });
    const none = h("p", { class: "empty" });
    const states = h("select", { change: () => filter() });
    const kinds = h("select", { change: () => filter() });
    let rows = [];
    let at = -1; // index of the last entry that is past

    function fill() {
      const scene = sceneOf(desk.doc);
      let day = "";
      rows = scene.log.map((entry) => ({ entry, node: entryView(desk, entry, scene), head: null }));
      const nodes = [];
      for (const row of rows) {
        const next = shortDay(row.entry.at);
        if (next !== day) {
          day = next;
          row.head = h("li", { class: "log-day" }, next);
          nodes.push(row.head);
        }
        nodes.push(row.node);
      }
      list.replaceChildren(...nodes);
      states.replaceChildren(
        ...options(desk, "log.states", unique(scene.log.map((entry) => entry.state)), (state) => desk.name(state)),
      );
      kinds.replaceChildren(
        ...options(desk, "log.kinds", unique(scene.log.map((entry) => entry.kind)), (kind) => desk.word("log.kind", { kind: kind.replaceAll("-", " ") })),
      );
      at = -1;
      filter();
    }

    const isWanted = ({ entry }) =>
      (!states.value || entry.state === states.value) && (!kinds.value || entry.kind === kinds.value) && !hides(desk, entry);

    function filter() {
      for (const row of rows) row.wanted = isWanted(row);
      at = -1;
      for (const row of rows) row.node.classList.remove("current");
      show();
      hide();
    }

    /** Takes the words from a row that is kept back, and gives them back. */
    function swap(row, isSecret) {
      if (!isSecret) {
        row.node.append(...row.kept);
        return null;
      }
      const kept = [...row.node.childNodes];
      row.node.replaceChildren();
      return kept;
    }

    /** Which rows are there at all; days without a row go too. */
    function hide() {
      const hidesFuture = desk.isHidden("future");
      let [head, seen] = [null, 0];
      let any = false;
      const settle = () => head && (head.hidden = !any);
      for (const row of rows) {
        if (row.head) {
          settle();
          [head, any] = [row.head, false];
        }
        const isOut = !row.wanted || (hidesFuture && row.entry.at > desk.time);
        if (row.node.hidden !== isOut) row.node.hidden = isOut;
        // What a lesson keeps back is not in the page at all.
        const isSecret = hides(desk, row.entry) || (hidesFuture && row.entry.at > desk.time);
        if (isSecret !== Boolean(row.kept)) row.kept = swap(row, isSecret);
        any ||= !isOut;
        seen += isOut ? 0 : 1;
      }
      settle();
      none.hidden = seen > 0;
      none.textContent = desk.word("log.none");
    }

    /** Moves the mark of now; only rows between then and now are touched. */
    function show() {
      let next = at;
      while (next + 1 < rows.length && rows[next + 1].entry.at <= desk.time) next += 1;
      while (next >= 0 && rows[next].entry.at > desk.time) next -= 1;
      if (next === at && at >= 0) return;
      rows[at]?.node.classList.remove("current");
      const [low, high] = at < 0 || next < 0 ? [0, rows.length - 1] : [Math.min(at, next), Math.max(at, next)];
      for (let i = low; i <= high; i += 1) {
        rows[i].node.classList.toggle("future", i > next);
        rows[i].head?.classList.toggle("future", i > next);
      }
      at = next;
      let mark = at;
      while (mark >= 0 && !rows[mark].wanted) mark -= 1;
      for (const node of list.querySelectorAll(".current")) node.classList.remove("current");
      rows[mark]?.node.classList.add("current");
      if (desk.isHidden("future")) hide();
      follow(rows[mark]?.node);
    }

    /** The entry of now stays in view: the list moves, never the page. */
    let asked = 0;
    function follow(node) {
      if (!node || asked) return;
      asked = requestAnimationFrame(() => {
        asked = 0;
        const current = list.querySelector(".current");
        if (!current || list.clientHeight === 0 || list.contains(document.activeElement)) return;
        const top = current.offsetTop - list.offsetTop;
        if (top < list.scrollTop + 30 || top + current.offsetHeight > list.scrollTop + list.clientHeight - 30)
          list.scrollTop = top - list.clientHeight / 2;
      });
    }

    fill();
    desk.watch(["doc", "names"], fill);
    // While the clock runs a few times a second are enough, and leave the time to the map.
    let waits = 0;
    desk.watch(["time"], () => {
      waits ||= setTimeout(() => {
        waits = 0;
        show();
      }, PAUSE_MS);
    });
    desk.watch(["hidden"], filter);
    return h(
      "div",
      { class: "log-panel", id },
      h(
        "div",
        { class: "filters" },
        h("label", {}, h("span", { class: "off" }, desk.word("log.by-state")), states),
        h("label", {}, h("span", { class: "off" }, desk.word("log.by-kind")), kinds),
      ),
      none,
      list,
    );
  },
};

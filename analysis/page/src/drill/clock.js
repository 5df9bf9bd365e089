// The clock of the replay: a slider over the horizon with the events above it, play and pause, speed,
// steps from event to event, one date in one zone.
import { announce, h, said } from "../shared/dom.js";
import { bookmarksOf } from "./lesson/state.js";
import { hidesAnswer } from "./panels/facts.js";
import { sceneOf } from "./scene.js";
import { dayText, hourText, momentText, shortDay, zoneText } from "./time.js";
import { s } from "./map/svg.js";

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SPEEDS = [1, 3, 6, 12, 24]; // hours of the drill in a second
const ICONS = {
  play: "M-4,-6L6,0L-4,6Z",
  pause: "M-5,-6H-1.5V6H-5ZM1.5,-6H5V6H1.5Z",
  next: "M-5,-6L3,0L-5,6ZM3.5,-6H5.5V6H3.5Z",
  previous: "M5,-6L-3,0L5,6ZM-3.5,-6H-5.5V6H-3.5Z",
};
const sign = (name) =>
  s("svg", { viewBox: "-8 -8 16 16", width: 18, height: 18, "aria-hidden": "true" }, s("path", { d: ICONS[name], fill: "currentColor" }));

const prefersStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The entries that a step stops at and a tick shows; a lesson may hide the verdicts. */
export function steps(desk) {
  const { log } = sceneOf(desk.doc);
  const loud = log.filter((entry) => entry.weight >= 2 && !hides(desk, entry));
  return loud.length > 0 ? loud : log.filter((entry) => !hides(desk, entry));
}

/** What a lesson keeps back whatever the time: the answers, or those on a state. */
export const hides = (desk, entry) =>
  (entry.kind === "decided" || entry.kind === "ruling") &&
  (desk.isHidden("verdict") || (entry.state && hidesAnswer(desk, entry.state)));

/** Moment of the next (1) or previous (-1) step, with its entries; null at the end. */
export function stepFrom(desk, way) {
  const all = steps(desk);
  const next = way > 0 ? all.find((entry) => entry.at > desk.time) : all.findLast((entry) => entry.at < desk.time);
  if (!next) return null;
  return { at: next.at, entries: all.filter((entry) => entry.at === next.at) };
}

export function clockView(desk) {
  let zone = 0; // hours
  let speed = 6;
  const range = () => sceneOf(desk.doc).horizon;

  const slider = h("input", {
    type: "range",
    class: "clock-slider",
    step: String(10 * MINUTE),
    "aria-label": desk.word("clock.slider"),
    input: (event) => {
      desk.set({ time: Number(event.target.value), playing: false });
      show(); // a lesson may keep the clock where it was
    },
  });
  const ticks = h("div", { class: "ticks", "aria-hidden": "true" });
  const day = h("span", { class: "clock-day" });
  const hour = h("span", { class: "clock-hour" });
  const button = (name, act) =>
    h("button", { type: "button", title: desk.word(`clock.${name}.key`), "aria-label": desk.word(`clock.${name}`), click: act }, sign(name));
  const play = button("play", () => toggle());
  const zones = h("select", { "aria-label": desk.word("clock.zone"), change: (event) => ((zone = Number(event.target.value.split("|")[0])), show()) });
  const speeds = h(
    "select",
    { "aria-label": desk.word("clock.speed"), change: (event) => (speed = Number(event.target.value)) },
    SPEEDS.map((value) => h("option", { value, selected: value === speed }, desk.word("clock.hours", { n: value }))),
  );

  function show() {
    const { time } = desk;
    day.textContent = dayText(time, zone);
    hour.textContent = `${hourText(time, zone)} ${zoneText(zone)}`;
    slider.value = String(time);
    slider.setAttribute("aria-valuetext", momentText(time, zone));
  }

  function step(way) {
    const found = stepFrom(desk, way);
    desk.set({ playing: false });
    if (!found) return announce(desk.word(way > 0 ? "clock.last" : "clock.first"));
    const [first] = found.entries;
    desk.set({ time: found.at, selected: { kind: "event", id: first.id } });
    const more = found.entries.length > 1 ? desk.word("clock.more", { n: found.entries.length - 1 }) : "";
    return announce(`${momentText(found.at, zone)}: ${desk.say(first.text)}${more}`);
  }

  function toggle() {
    if (desk.playing) return desk.set({ playing: false });
    if (prefersStill()) return step(1); // no motion was asked for
    if (desk.time >= range().to) desk.set({ time: range().from });
    return desk.set({ playing: true });
  }

  // Time of the model runs with the time that passed, however many pictures are drawn of it.
  let before = 0;
  function run(now) {
    if (!desk.playing) return;
    const passed = Math.min(250, now - before);
    before = now;
    const to = Math.min(range().to, desk.time + passed * speed * 3600);
    // The clock does not pass a bookmark that stops it.
    const mark = marks().find((each) => each.stop && each.time > desk.time && each.time <= to);
    const time = mark ? mark.time : to;
    desk.set({ time, playing: !mark && time < Math.min(range().to, desk.limit ?? Infinity) });
    if (mark) announce(`${momentText(time, zone)}: ${mark.title}`);
    if (desk.playing) requestAnimationFrame(run);
  }

  const marks = () => (desk.lesson ? bookmarksOf(desk) : []);
  const list = h("ul", { class: "bookmarks", "aria-label": desk.word("clock.bookmarks") });
  let laid = "";
  function layMarks() {
    const all = marks();
    const key = all.map(({ title, time }) => `${desk.say(title)}|${time}`).join();
    if (key === laid && list.childNodes.length === all.length) return;
    laid = key;
    list.hidden = all.length === 0;
    list.replaceChildren(
      ...all.map((mark) =>
        h("li", {}, h("button", { type: "button", title: momentText(mark.time, zone), click: () => (desk.set({ time: mark.time, playing: false }), announce(`${momentText(mark.time, zone)}: ${mark.title}`)) }, said(mark.title), mark.stop ? h("span", { class: "off" }, ` (${desk.word("clock.stops")})`) : null)),
      ),
    );
  }

  function layTicks() {
    const { from, to } = range();
    const share = (time) => `${(((time - from) / (to - from)) * 100).toFixed(3)}%`;
    const nodes = [];
    const days = (to - from) / DAY;
    const every = [1, 2, 5, 7, 10, 14, 30, 60, 90, 180, 365].find((each) => days / each <= 9) ?? 730;
    for (let at = Math.ceil(from / DAY) * DAY; at < to; at += every * DAY)
      nodes.push(place(h("span", { class: `tick-day${nodes.length % 2 ? " odd" : ""}` }, shortDay(at)), share(at)));
    let last = -1;
    for (const entry of steps(desk)) {
      if (desk.isHidden("future") && entry.at > desk.time) continue;
      const at = Math.round(((entry.at - from) / (to - from)) * 400) + entry.weight * 1000;
      if (at === last || entry.at < from || entry.at > to) continue;
      last = at;
      nodes.push(place(h("span", { class: `tick-event${entry.weight > 2 ? " loud" : ""}` }), share(entry.at)));
    }
    ticks.replaceChildren(...nodes);
  }
  const place = (node, left) => {
    node.style.left = left;
    return node;
  };

  function setDoc() {
    const { from, to } = range();
    slider.min = String(from);
    slider.max = String(to);
    const scene = sceneOf(desk.doc);
    const others = scene.states.filter((state) => state.zone_h);
    zones.replaceChildren(
      h("option", { value: "0|" }, "UTC"),
      ...others.map((state) => h("option", { value: `${state.zone_h}|${state.id}` }, desk.word("clock.local", { state: desk.name(state.id, state.name) }))),
    );
    zones.hidden = others.length === 0;
    zone = 0;
    if (desk.time < from || desk.time > to) desk.set({ time: Math.min(to, Math.max(from, desk.time)) });
    layTicks();
    layMarks();
    show();
  }

  desk.watch(["doc"], setDoc);
  desk.watch(["names"], () => {
    layMarks();
    for (const option of zones.options) {
      const [, state] = option.value.split("|");
      if (state) option.textContent = desk.word("clock.local", { state: desk.name(state) });
    }
  });
  desk.watch(["hidden", "limit"], () => {
    layTicks();
    layMarks();
  });
  desk.watch(["time"], () => {
    show();
    if (!desk.isHidden("future")) return;
    layTicks();
    layMarks();
  });
  desk.watch(["playing"], () => {
    play.replaceChildren(sign(desk.playing ? "pause" : "play"));
    play.setAttribute("aria-label", desk.word(desk.playing ? "clock.pause" : "clock.play"));
    if (!desk.playing) return;
    before = performance.now();
    requestAnimationFrame(run);
  });
  setDoc();
  listen({ toggle, step });
  return h(
    "div",
    { class: "clock", role: "group", "aria-label": desk.word("clock.label") },
    h("div", { class: "clock-row" }, h("div", { class: "clock-buttons" }, button("previous", () => step(-1)), play, button("next", () => step(1))), h("p", { class: "clock-time" }, day, " ", hour), h("div", { class: "clock-choices" }, h("label", {}, desk.word("clock.speed.short"), " ", speeds), zones)),
    h("div", { class: "clock-line" }, ticks, slider),
    list,
  );
}

/** Keys of the whole page, unless something that takes keys has the focus. */
function listen({ toggle, step }) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { target } = event;
    const takes = target.closest?.("input,select,textarea,[contenteditable]");
    if (takes) return;
    if (event.key === ".") step(1);
    else if (event.key === ",") step(-1);
    else if (event.key === " " && !target.closest?.("button,summary,a,[role=tab]")) toggle();
    else return;
    event.preventDefault();
  });
}

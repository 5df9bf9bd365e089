// Sliders: each moves a value of the scenario, the run is done again, and what came out otherwise is told.
import { announce, h, newId, said } from "../../shared/dom.js";
import { hasChoices, isMovable, leversOf, moved, onScale, standsAt, unmoved } from "../engine/moves.js";
import { isToBeCoded } from "../lesson/state.js";
import { measureRows, verdictRows } from "./differences.js";
import { hides, hidesAnswer, list, scene, stateName } from "./facts.js";
import { engineButton, hasEngine, isReady, movesOf, offeredView, statusView } from "./live.js";
import { more, section, table } from "./parts.js";
import { stageMarks, stageWord } from "./stages.js";

const FEW = 8; // measures that are told at once
const FEW_STATES = 3;
const MINUS = "\u2212";

const numberText = (value) => String(Number(value.toPrecision(12))).replace("-", MINUS);

/** Where a lever stands now: as moved, or in the file, or as a variant's run has it. */
function valueNow(desk, lever) {
  const { values, variant } = movesOf(desk);
  if (lever.id in values) return values[lever.id];
  // Not in the run shown: one that was moved home would stand there till the next run comes, and be taken at that.
  if (variant === unmoved(desk.first).variant) return standsAt(lever);
  const shown = leversOf(desk.doc).find((each) => each.id === lever.id);
  return standsAt(shown ?? lever);
}

const placeName = (desk, id) => list(scene(desk.first).bases).find((base) => base.id === id)?.name ?? id;

function valueText(desk, lever, value) {
  if (value === null || value === undefined) return desk.word("levers.notgiven");
  const unit = lever.unit ? ` ${lever.unit}` : "";
  return typeof value === "number" ? numberText(value) + unit : placeName(desk, value);
}

function slider(desk, lever, { label, value }, send) {
  const input = h("input", {
    type: "range",
    id: label,
    min: lever.min,
    max: lever.max,
    step: lever.step ?? (lever.max - lever.min) / 100,
    "aria-describedby": value,
    "data-key": `lever/${lever.id}`,
    input: () => send(onScale(lever, Number(input.value)), true),
    change: () => send(onScale(lever, Number(input.value)), false),
  });
  const base = lever.base_number;
  const isKnown = Number.isFinite(base) && base >= lever.min && base <= lever.max;
  const share = isKnown ? (base - lever.min) / (lever.max - lever.min) : 0;
  const tick = isKnown
    ? h("span", { class: "lever-tick", style: `--at:${share.toFixed(4)}`, title: desk.word("levers.tick", { value: numberText(base) }) })
    : null;
  const fill = (now) => {
    input.value = String(now ?? lever.min);
    input.setAttribute("aria-valuetext", valueText(desk, lever, now));
  };
  return { element: h("div", { class: "lever-slide" }, input, tick), input, fill };
}

function chooser(desk, lever, { label, value }, send) {
  const input = h(
    "select",
    { id: label, "aria-describedby": value, "data-key": `lever/${lever.id}`, change: () => send(input.value, false) },
    lever.choices.map((choice) => {
      const isFile = choice === lever.base;
      const name = placeName(desk, choice);
      return h("option", { value: choice }, isFile ? desk.word("levers.choice.file", { name }) : name);
    }),
  );
  return { element: h("div", { class: "lever-slide" }, input), input, fill: (now) => (input.value = now ?? "") };
}

function leverView(desk, lever) {
  const ids = { label: newId("lever"), value: newId("lever-value") };
  const levers = leversOf(desk.first);
  const send = (value, isOnWay) => desk.engine?.move(moved(levers, movesOf(desk), lever.id, value), isOnWay);
  const made = (hasChoices(lever) ? chooser : slider)(desk, lever, ids, send);
  const shown = h("output", { id: ids.value, for: ids.label, class: "lever-value" });
  const reset = h(
    "button",
    {
      type: "button",
      class: "small",
      "aria-label": desk.word("levers.reset.one", { label: lever.label }),
      click: () => {
        send(undefined, false);
        made.input.focus();
      },
    },
    desk.word("levers.reset"),
  );
  const fill = () => {
    const now = valueNow(desk, lever);
    const isMoved = lever.id in movesOf(desk).values;
    made.fill(now);
    shown.replaceChildren(said(valueText(desk, lever, now)));
    made.input.disabled = !isReady(desk);
    reset.hidden = !isMoved;
    element.classList.toggle("is-moved", isMoved);
  };
  const who = lever.controls && lever.controls !== "nobody" ? desk.word(`levers.by.${lever.controls}`) : desk.word("levers.by.nobody");
  const element = h(
    "li",
    { class: "lever" },
    h("div", { class: "lever-head" }, h("label", { for: ids.label }, said(lever.label)), shown),
    made.element,
    h(
      "p",
      { class: "lever-foot muted" },
      who,
      lever.moves_geography ? `; ${desk.word("levers.slow")}` : null,
      lever.note ? ["; ", said(lever.note)] : null,
      reset,
    ),
  );
  fill();
  return { id: lever.id, path: lever.path, element, fill };
}

function rowsTable(desk, caption, rows) {
  return table({
    caption,
    columns: [
      { text: desk.word("differ.what") },
      { text: desk.word("differ.was"), number: true },
      { text: desk.word("differ.is"), number: true },
    ],
    rows: rows.map(({ kind, label, was, is }) => ({ class: `differ-${kind}`, cells: [label, was, is] })),
  });
}

function outcomeView(desk) {
  if (hides(desk, "verdict")) return [h("p", { class: "hidden-note" }, desk.word("panel.hidden"))];
  if (desk.doc === desk.first) return [h("p", { class: "sentence muted" }, desk.word("levers.nothing"))];
  const answers = verdictRows(desk);
  const figures = measureRows(desk);
  if (answers.length + figures.length === 0) {
    const isPartly = list(desk.doc.decisions).some(({ state }) => hidesAnswer(desk, state));
    return [h("p", { class: "sentence" }, desk.word(isPartly ? "levers.same.partly" : "levers.same"))];
  }
  const rest = figures.slice(FEW);
  return [
    rowsTable(desk, desk.word("levers.moved"), [...answers, ...figures.slice(0, FEW)]),
    rest.length > 0 ? more("levers/rest", desk.word("levers.rest", { n: rest.length }), rowsTable(desk, desk.word("levers.measures"), rest)) : null,
  ].filter(Boolean);
}

/** How each state that is asked stands now, stage by stage: it stays in sight while sliders move. */
function standingView(desk) {
  const asked = list(desk.doc.decisions).filter(({ part, stages }) => part !== "host" && list(stages).length > 0);
  if (asked.length === 0 || asked.length > FEW_STATES) return [];
  return asked.map((decision) =>
    h("div", { class: "standing" }, h("b", {}, said(stateName(desk, decision.state))), h("ol", { class: "stage-path" }, decision.stages.map((stage) => h("li", {}, h("span", { class: "stage-now" }, stageMarks(desk, decision, stage, stageWord(desk, stage))))))),
  );
}

/** Ctrl+Z anywhere but in a field for text, which has its own. */
function undoKey(desk) {
  document.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
    const isText = event.target.closest?.("textarea, input:not([type=range]):not([type=checkbox]), [contenteditable]");
    if (!isUndo || isText || !desk.engine?.canUndo()) return;
    event.preventDefault();
    desk.engine.undo();
    announce(desk.word("levers.undone"));
  });
}
const withKey = new WeakSet();

function view(desk) {
  if (!withKey.has(desk)) undoKey(desk);
  withKey.add(desk); // a panel is made again when the page is laid anew
  const levers = leversOf(desk.first).filter(isMovable).map((lever) => leverView(desk, lever));
  // Of one height, so that no slider moves under the hand.
  const out = h("div", { class: "levers-out", tabindex: "0", role: "group", "aria-label": desk.word("levers.outcome") });
  const undo = engineButton(desk, { click: () => desk.engine.undo(), title: desk.word("levers.undo.key") }, desk.word("levers.undo"));
  const reset = engineButton(desk, { class: "reset-all", click: () => desk.engine.reset() }, desk.word("levers.reset.all"));
  const extra = h("p", { class: "sentence muted", role: "status" });
  const took = h("span", { class: "muted took" });
  const fill = () => {
    for (const lever of levers) lever.fill();
    undo.disabled = !desk.engine?.canUndo();
    reset.disabled = !isReady(desk) || desk.engine.isHome();
    extra.textContent = desk.extra.length > 0 ? desk.word("levers.extra", { n: desk.extra.length }) : "";
  };
  const standing = h("div", { class: "standings" });
  const fillOut = () => {
    out.replaceChildren(...outcomeView(desk));
    standing.replaceChildren(...standingView(desk));
  };
  const fillTook = () => {
    const { live } = desk;
    took.textContent = live?.isBusy ? desk.word("levers.busy") : live?.took_ms > 0 ? desk.word("levers.took", { n: Math.round(live.took_ms) }) : "";
    root.toggleAttribute("data-busy", live?.isBusy === true);
  };
  const results = section(2, desk.word("levers.outcome"), out);
  const sliders = offeredView(desk, { key: "levers", name: "levers", items: levers, offered: () => desk.offered?.levers ?? [], isOut: ({ path }) => isToBeCoded(desk, path) });
  // A step of a lesson offers few: these come first, or none would be in sight on a projector.
  const order = () => {
    const isFew = levers.some(({ id }) => desk.offered?.levers.includes(id));
    if (isFew) sliders.after(results);
    else sliders.before(results);
  };
  const root = h(
    "div",
    { class: "panel-body panel-levers" },
    h("p", { class: "sentence" }, desk.word("levers.how")),
    statusView(desk),
    h("div", { class: "buttons" }, undo, reset, took),
    extra,
    standing,
    sliders,
  );
  desk.watch(["moves", "extra", "engine", "doc", "names"], fill);
  desk.watch(["doc", "hidden", "names"], fillOut);
  desk.watch(["live"], fillTook);
  desk.watch(["offered"], order);
  order();
  fill();
  fillOut();
  fillTook();
  return root;
}

export const levers = {
  id: "levers",
  title: "levers.title",
  isLive: true,
  when: (doc) => hasEngine() && leversOf(doc).some(isMovable),
  view,
};

// The smallest changes that would turn an answer: each can be tried, which moves the levers.
import { h, newId, said } from "../../shared/dom.js";
import { leversOf } from "../engine/moves.js";
import { awaitsReveal } from "../lesson/state.js";
import { drillName, hidesAnswer, list, stateName } from "./facts.js";
import { askedView, expectFormat, hasEngine, movesOf, statusView } from "./live.js";
import { chance, margin, short } from "./numbers.js";
import { hiddenNote, para, phrase, section } from "./parts.js";
import { standingBadge, stageTitle } from "./stages.js";

const valueOf = (value) => (typeof value === "number" ? short(value, 4) : String(value));

/** Moves the levers of a set, over what is moved already. */
function tryIt(desk, set) {
  const values = Object.fromEntries(list(set.levers).map(({ id, value }) => [id, value]));
  const moves = movesOf(desk);
  desk.engine.move({ ...moves, values: { ...moves.values, ...values } });
  desk.set({ view: "levers" });
}

function setView(desk, answer, set, index) {
  const about = new Map(list(answer.levers).map((lever) => [lever.id, lever]));
  const known = new Set(leversOf(desk.first).map(({ id }) => id));
  const canTry = list(set.levers).every(({ id }) => known.has(id));
  return h(
    "li",
    { class: "flip-set" },
    h(
      "ul",
      {},
      list(set.levers).map(({ id, value }) => {
        const lever = about.get(id) ?? {};
        const unit = lever.unit ? ` ${lever.unit}` : "";
        const was = lever.now === null || lever.now === undefined ? desk.word("levers.notgiven") : valueOf(lever.now) + unit;
        return h("li", {}, phrase(desk, "flip.lever", { label: lever.label ?? id, value: valueOf(value) + unit, was }));
      }),
    ),
    h(
      "p",
      { class: "muted" },
      phrase(desk, "flip.cost", { cost: short(set.cost, 3), p: chance(set.probability) }),
      index === answer.nearest ? [" ", h("b", {}, desk.word("flip.nearest"))] : null,
      set.proved === false ? ` ${desk.word("flip.searched")}` : null,
    ),
    canTry
      ? h("button", { type: "button", class: "small", "data-key": `try/${index}`, click: () => tryIt(desk, set) }, desk.word("flip.try", { n: index + 1 }))
      : null,
  );
}

function answerView(desk, answer) {
  if (hidesAnswer(desk, answer.state)) return hiddenNote(desk);
  const state = stateName(desk, answer.state);
  const sets = list(answer.sets);
  const order = sets.map((set, i) => ({ set, i })).sort((a, b) => a.set.levers.length - b.set.levers.length || a.set.cost - b.set.cost);
  return [
    para(desk, answer.joins ? "flip.now.yes" : "flip.now.no", { state }),
    h(
      "ul",
      { class: "flip-stages" },
      list(answer.stages).map((stage) => h("li", {}, stageTitle(desk, stage), " ", standingBadge(desk, stage), " ", margin(stage.margin))),
    ),
    answer.overdetermined ? h("p", { class: "sentence" }, h("b", {}, desk.word("flip.overdetermined"))) : null,
    sets.length === 0 ? para(desk, "flip.none", {}) : section(3, desk.word("flip.sets", { n: sets.length }), h("ol", { class: "flip-sets" }, order.map(({ set, i }) => setView(desk, answer, set, i)))),
    answer.sets_left_out > 0 ? h("p", { class: "muted" }, desk.word("flip.left", { n: answer.sets_left_out })) : null,
    answer.budget_spent ? h("p", { class: "muted" }, desk.word("flip.budget")) : null,
  ];
}

function view(desk) {
  const id = newId("flip");
  const asks = h("select", { id, change: () => asked.press() });
  const several = list(desk.first.drills).length > 1;
  const fill = () => {
    const chosen = asks.value;
    asks.replaceChildren(
      ...list(desk.doc.decisions).map(({ drill, state }) =>
        h("option", { value: JSON.stringify([state, drill]) }, stateName(desk, state) + (several ? ` (${drillName(desk.doc, drill)})` : "")),
      ),
    );
    // The one that stays out comes first, unless that is still to be found out.
    const asked = list(desk.doc.decisions).filter(({ part }) => part !== "host");
    const away = asked.find(({ joins, state }) => joins === false && !hidesAnswer(desk, state)) ?? asked[0];
    asks.value = chosen || (away ? JSON.stringify([away.state, away.drill]) : asks.options[0]?.value);
  };
  const ask = async () => {
    const [state, drill] = JSON.parse(asks.value);
    return expectFormat(await desk.engine.long(desk.engine.request({ call: "flip", state, drill })), "muster-flip");
  };
  fill();
  const isHidden = () => Boolean(asks.value) && hidesAnswer(desk, JSON.parse(asks.value)[0]);
  const asked = askedView(desk, { key: "flip", label: desk.word("flip.ask"), ask, isHidden, waits: () => awaitsReveal(desk), show: (answer) => answerView(desk, answer) });
  desk.watch(["doc", "names"], fill);
  return h(
    "div",
    { class: "panel-body panel-flip" },
    h("p", { class: "sentence" }, desk.word("flip.how")),
    statusView(desk),
    h("div", { class: "name-field" }, h("label", { for: id }, desk.word("flip.state")), asks),
    h("div", { class: "buttons" }, asked.button),
    asked.why,
    asked.note,
    asked.out,
    h("p", { class: "sentence" }, h("button", { type: "button", class: "go", click: () => desk.set({ view: "joins" }) }, desk.word("flip.why"))),
  );
}

export const flip = {
  id: "flip",
  title: "flip.title",
  isLive: true,
  when: (doc) => hasEngine() && list(doc.decisions).length > 0 && leversOf(doc).length > 0,
  view,
};

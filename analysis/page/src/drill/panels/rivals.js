// What other theories say of the same drill: every model beside the rules, and the simple guesses that all of
// them must beat.
import { h, said } from "../../shared/dom.js";
import { hides, hidesAnswer, list, stateName } from "./facts.js";
import { askedView, expectFormat, hasBlock, hasEngine, statusView } from "./live.js";
import { chance, short } from "./numbers.js";
import { badge, hiddenNote, more, panel, para, section, table } from "./parts.js";

const block = () => (hasBlock("muster-rivals") ? document.getElementById("muster-rivals").textContent : "null");

let parsed; // of the block, which does not change
function embedded() {
  try {
    parsed ??= { doc: JSON.parse(block()) };
  } catch {
    parsed = { doc: null };
  }
  return parsed.doc?.format === "muster-rivals" ? parsed.doc : null;
}

const saysBadge = (desk, joins) =>
  joins === null || joins === undefined
    ? badge("unknown", desk.word("rivals.silent"))
    : badge(joins ? "yes" : "no", desk.word(joins ? "joins.yes" : "joins.no"));

/** Whether it says what happened; nothing where it says nothing, or nothing happened yet. */
function rightWord(desk, says, joined) {
  if (typeof says !== "boolean" || typeof joined !== "boolean") return "\u2013";
  return badge(says === joined ? "yes" : "no", desk.word(says === joined ? "rivals.right" : "rivals.wrong"));
}

const ORDER = ["participation", "forecast", "camp", "null"];

function candidateView(desk, doc, { state, joined, answers }) {
  const name = stateName(desk, state);
  if (hidesAnswer(desk, state)) return section(3, said(name), hiddenNote(desk));
  const about = new Map(list(doc.models).map((model) => [model.name, model]));
  const rows = list(answers)
    .map((answer) => ({ ...answer, about: about.get(answer.model) ?? { label: answer.model } }))
    .filter((row) => row.joins !== null || row.p !== null)
    .sort((a, b) => ORDER.indexOf(a.about.kind) - ORDER.indexOf(b.about.kind));
  const silent = list(answers).length - rows.length;
  const caption = desk.word("rivals.caption", { state: name });
  return section(
    3,
    said(name),
    typeof joined === "boolean" ? para(desk, joined ? "rivals.joined" : "rivals.stayed", { state: name }) : null,
    table({
      caption,
      key: `rivals/${state}`,
      columns: [
        { text: desk.word("rivals.model") },
        { text: desk.word("rivals.says") },
        { text: desk.word("rivals.held") },
        { text: desk.word("rivals.p"), number: true },
      ],
      rows: rows.map(({ about: model, joins, p, basis, partly_assessed: isPartly }) => ({
        class: model.kind === "null" ? "rival-null" : null,
        cells: [
          more(
            `rival/${state}/${model.name}`,
            [said(model.label), model.kind === "null" ? ` (${desk.word("rivals.null")})` : ""],
            model.explains ? h("p", {}, said(model.explains)) : null,
            basis ? h("p", { class: "muted" }, said(basis)) : null,
            model.proposed_by ? h("p", { class: "muted" }, said(model.proposed_by)) : null,
          ),
          [saysBadge(desk, joins), isPartly ? ` ${desk.word("rivals.partly")}` : null],
          rightWord(desk, joins, joined),
          chance(p),
        ],
      })),
    }),
    silent > 0 ? h("p", { class: "sentence muted" }, desk.word("rivals.silence", { n: silent })) : null,
  );
}

function campsView(desk, reply, model) {
  const camps = new Map();
  for (const { state, camp } of list(reply.camps)) camps.set(camp, [...(camps.get(camp) ?? []), state]);
  return h(
    "div",
    { class: "camps" },
    h("h4", {}, said(model?.label ?? reply.model)),
    reply.missing
      ? h("p", { class: "muted" }, said(reply.missing))
      : h("p", {}, [...camps.values()].map((states, i) => [i > 0 ? " | " : null, said(states.map((state) => stateName(desk, state)).join(", "))])),
    list(reply.findings).map(({ label, value, unit, words }) =>
      h("p", { class: "muted" }, said(label), value === null || value === undefined ? null : ` ${short(value, 3)}${unit ? ` ${unit}` : ""}`, words ? [": ", said(words)] : null),
    ),
  );
}

const isHidden = (desk) => hides(desk, "rivals") || hides(desk, "verdict");

function answerView(desk, doc) {
  if (isHidden(desk)) return hiddenNote(desk);
  const about = new Map(list(doc.models).map((model) => [model.name, model]));
  return list(doc.cases).map((each) =>
    section(
      2,
      said(each.name ?? each.drill),
      list(each.candidates).map((candidate) => candidateView(desk, doc, candidate)),
      list(each.models).length > 0
        ? section(3, desk.word("rivals.camps"), list(each.models).map((reply) => campsView(desk, reply, about.get(reply.model))))
        : null,
    ),
  );
}

function liveView(desk) {
  const ask = async () => expectFormat(await desk.engine.long(desk.engine.request({ call: "rivals" })), "muster-rivals");
  const asked = askedView(desk, { key: "rivals", label: desk.word("rivals.ask"), ask, isHidden: () => isHidden(desk), show: (answer) => answerView(desk, answer) });
  const root = h(
    "div",
    { class: "panel-body panel-rivals" },
    h("p", { class: "sentence" }, desk.word("rivals.how")),
    statusView(desk),
    h("div", { class: "buttons" }, asked.button),
    asked.note,
    asked.out,
  );
  // Asked by itself, once, as soon as it may be.
  const first = () => {
    if (!desk.engine || isHidden(desk)) return;
    end();
    asked.press();
  };
  const end = desk.watch(["engine", "hidden"], first);
  first();
  return root;
}

const still = panel({
  id: "rivals",
  title: "rivals.title",
  watches: ["hidden", "names"],
  draw: (desk) => [h("p", { class: "sentence" }, desk.word("rivals.how")), answerView(desk, embedded())],
});

export const rivals = {
  id: "rivals",
  title: "rivals.title",
  isLive: true, // or of a page with the answers in it
  when: (doc) => list(doc.decisions).length > 0 && (hasEngine() || embedded() !== null),
  view: (desk) => (hasEngine() && desk.live?.state !== "blocked" ? liveView(desk) : embedded() ? still.view(desk) : liveView(desk)),
};

// Names of places and states: a set, and over it any single name. All that shows a name follows at once. This panel
// is not drawn anew when a name changes, so that the keyboard keeps its place.
import { download, h, newId, quoted } from "../../shared/dom.js";
import { fileName } from "../../shared/format.js";
import { languageIn } from "../../shared/script.js";
import { sets } from "../../language/places.js";
import { pageText, stateToSave } from "../lesson/keep.js";
import { choicesOf, cleanName, takenBy, wishedNames } from "../naming.js";
import { list, scene } from "./facts.js";
import { section } from "./parts.js";

const OWN = "own";
const KINDS = ["sea", "strait", "island", "river", "state", "other"];

const option = (value, text) => h("option", { value, lang: languageIn(text) }, text);

/** A thing: what the document calls it, a choice among its names, a name of one's own. */
function nameField(desk, thing) {
  const choices = choicesOf(thing);
  const [pickId, what] = [newId("name"), thing.what];
  const choose = (name) => {
    const other = takenBy(desk.naming.things, thing.id, name, desk.names);
    refuse(other ? desk.word("names.taken", { name, what: other.what }) : "");
    if (other) return undefined;
    const next = new Map(desk.names);
    if (name) next.set(thing.id, name);
    else next.delete(thing.id);
    return desk.set({ names: next });
  };
  const own = h("input", {
    type: "text",
    maxlength: 80,
    "data-key": `own-${thing.id}`,
    "aria-label": desk.word("names.own", { what }),
    change: () => choose(cleanName(own.value)),
  });
  const why = h("span", { class: "name-refused", role: "status", id: newId("refused") });
  own.setAttribute("aria-describedby", why.id);
  /* What was typed stays, with the reason beside it. */
  function refuse(reason) {
    why.textContent = reason;
    own.setAttribute("aria-invalid", String(reason !== ""));
  }
  const first = h("option", { value: "" });
  const pick = h(
    "select",
    {
      id: pickId,
      "data-key": `name-${thing.id}`,
      change: () => {
        own.hidden = pick.value !== OWN;
        refuse("");
        if (pick.value === OWN) own.focus();
        else choose(choices[Number(pick.value || NaN)] ?? "");
      },
    },
    first,
    choices.map((name, i) => option(String(i), name)),
    h("option", { value: OWN }, desk.word("names.other")),
  );
  const update = () => {
    const name = desk.names.get(thing.id);
    const bySet = desk.naming.bySet(thing);
    first.textContent = desk.word("names.as", { name: bySet });
    first.lang = languageIn(bySet) ?? "";
    const at = choices.indexOf(name);
    pick.value = name === undefined ? "" : at >= 0 ? String(at) : OWN;
    own.hidden = pick.value !== OWN;
    if (!own.hidden) own.value = name;
    refuse("");
  };
  return { update, element: h("div", { class: "name-field" }, h("label", { for: pickId }, quoted(what)), pick, own, why) };
}

function setField(desk) {
  const group = newId("set");
  const inputs = sets.map(({ id }) =>
    h("input", {
      type: "radio",
      name: group,
      value: id,
      "data-key": `set-${id}`,
      change: () => desk.set({ nameSet: id, names: new Map(desk.names) }),
    }),
  );
  const update = () => inputs.forEach((input) => (input.checked = input.value === desk.nameSet));
  const element = h(
    "fieldset",
    { class: "name-sets" },
    h("legend", {}, desk.word("names.set")),
    sets.map(({ title }, i) => h("label", {}, inputs[i], " ", desk.word(title))),
  );
  return { update, element };
}

/** What `--names FILE` reads. */
const namesText = (desk) => `${JSON.stringify({ set: desk.nameSet, names: Object.fromEntries(desk.names) }, null, 2)}\n`;

function saves(desk) {
  const title = scene(desk.first).title ?? desk.first.scenario?.id ?? "";
  const button = (key, act) => h("button", { type: "button", "data-key": `names-${key}`, click: act }, desk.word(`names.${key}`));
  return h(
    "div",
    { class: "saves" },
    button("reset", () => desk.set({ names: new Map() })),
    button("file", () => download(fileName(`${title} names`, "json"), "application/json", namesText(desk))),
    desk.parts
      ? button("save", () => download(fileName(title, "html"), "text/html", pageText(desk.parts, stateToSave(desk))))
      : null,
  );
}

function view(desk) {
  const { things } = desk.naming;
  const set = setField(desk);
  const fields = things.map((thing) => ({ thing, ...nameField(desk, thing) }));
  const update = () => [set, ...fields].forEach((field) => field.update());
  desk.watch(["names"], update);
  update();
  return h(
    "div",
    { class: "panel-body panel-names" },
    section(2, desk.word("names.title"), h("p", { class: "sentence" }, desk.word("names.how")), set.element),
    KINDS.map((kind) => ({ kind, of: fields.filter(({ thing }) => (KINDS.includes(thing.kind) ? thing.kind : "other") === kind) }))
      .filter(({ of }) => of.length > 0)
      .map(({ kind, of }) => section(3, desk.word(`names.kind.${kind}`), h("div", { class: "name-fields" }, of.map(({ element }) => element)))),
    section(3, desk.word("names.keep"), h("p", { class: "sentence muted" }, desk.word("names.keep.how")), saves(desk)),
  );
}

export const names = {
  id: "names",
  title: "names.title",
  when: (doc) => list(scene(doc).states).length > 0 || list(scene(doc).names).length > 0,
  view,
};

/** Takes what the scenario file asks for, then what the page was made or saved with; the last word counts. */
export function startNames(desk, ...wishes) {
  let [nameSet, names_] = [desk.nameSet, new Map(desk.names)];
  for (const wish of wishes) {
    const { set, names: given, isWhole } = wishedNames(desk.naming.things, wish);
    nameSet = set ?? nameSet;
    names_ = isWhole ? given : new Map([...names_, ...given]);
  }
  desk.set({ nameSet, names: names_ });
}

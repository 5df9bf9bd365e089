// What things are called on this page: a set of place names, and over it names that a reader chose. No name is in
// the program: sets are files of language/. A name counts wherever the document's own words have the thing.
import { places, sets, shields } from "../language/places.js";
import { learnLanguage, sharedIsOf } from "../shared/script.js";

export const DEFAULT_SET = sets[0].id;
const LONGEST = 80;

for (const { lang, names } of sets) if (lang !== "en") learnLanguage(Object.values(names), lang);

const list = (value) => (Array.isArray(value) ? value : []);
const unique = (values) => [...new Set(values.filter(Boolean))];

// Control characters, marks that turn the direction of what follows, breaks of line: none has a place in a name.
const UNWANTED = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** A name as it may be shown; empty where nothing is left. */
export const cleanName = (text) =>
  typeof text === "string" ? [...text.replace(UNWANTED, " ").replace(/\s+/g, " ").trim()].slice(0, LONGEST).join("") : "";

/** Things that a document speaks of and that have several names: {id, kind, what, forms, place}. */
export function thingsOf(doc) {
  const scene = doc.scene ?? {};
  let text = JSON.stringify(doc);
  const found = [];
  const taken = new Set();
  const add = (thing, isSame) => {
    const place = places.find((each) => !taken.has(each.id) && isSame(each)) ?? null;
    if (place) taken.add(place.id);
    const forms = unique([...thing.forms, ...(place?.forms ?? [])]);
    found.push({ ...thing, kind: thing.kind ?? place?.kind ?? "other", forms, place, also: unique([...thing.forms, ...(place?.also ?? [])]) });
  };
  for (const { id, thing, names } of list(scene.names)) {
    const forms = unique(list(names));
    if (forms.length > 0) add({ id, what: thing ?? forms[0], forms }, (place) => !place.isOfList && place.forms.some((form) => forms.includes(form)));
  }
  for (const { id, name, names } of list(scene.states)) {
    const first = name ?? id;
    add({ id, kind: "state", what: first, forms: unique([first, ...list(names)]) }, (place) => place.isOfList && place.forms.includes(first));
  }
  for (const place of places) {
    if (place.isOfList) continue;
    const form = place.forms.find((each) => text.includes(each));
    if (!form) continue;
    // A strait is called after its islands: its own name does not speak of them.
    for (const each of place.forms) text = text.replaceAll(each, "");
    if (!taken.has(place.id)) add({ id: place.id, what: form, forms: [form] }, (each) => each === place);
  }
  return found;
}

/** All names that a thing may have here: of the document, of the sets, further ones. */
export const choicesOf = ({ place, also }) =>
  unique([...also, ...(place ? sets.map(({ names }) => names[place.id]) : [])]);

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
const FOREIGN = /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * The thing that is or may be called so, beside the one of that id; null: none. Two of one name cannot be told apart.
 *
 * @param names chosen ones, by id
 */
export function takenBy(things, id, name, names) {
  const wanted = name.toLowerCase();
  const isSo = (other) => other?.toLowerCase() === wanted;
  return things.find((each) => each.id !== id && (isSo(names.get(each.id)) || choicesOf(each).some(isSo))) ?? null;
}

/** A function that puts names in a text: the longest first, each once; what it put in stays when it comes again. */
function speaker(targets) {
  const to = new Map();
  for (const { forms, target } of targets) for (const form of forms) if (!to.has(form)) to.set(form, target);
  for (const { target } of targets) to.set(target, target);
  for (const each of shields) to.set(each, each);
  if (targets.length === 0) return (text) => text;
  const words = [...to.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])([Tt]he )?(${words.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  const before = new Map();
  return (text) => {
    if (!before.has(text))
      before.set(text, text.replace(pattern, (whole, article, form) => {
        const target = to.get(form);
        return target === form ? whole : `${FOREIGN.test(target) ? "" : (article ?? "")}${target}`;
      }));
    return before.get(text);
  };
}

/** The names of a page: `say(text)` puts them in a text; `things` are those of the document that stands in it. */
export function makeNaming(doc) {
  const things = thingsOf(doc);
  let [set, names, say] = [sets[0], new Map(), null];
  const shown = (thing) => names.get(thing.id) ?? (thing.place ? set.names[thing.place.id] : undefined);
  const bySet = ({ place, forms }) => (place && set.names[place.id]) ?? forms[0];
  const nameOf = (thing) => shown(thing) ?? thing.forms[0];
  const choose = (nextSet, nextNames) => {
    set = sets.find(({ id }) => id === nextSet) ?? sets[0];
    names = nextNames;
    sharedIsOf(set.lang === "en" ? null : set.lang);
    say = speaker(things.map((thing) => ({ forms: thing.forms, target: shown(thing) })).filter(({ target }) => target));
  };
  choose(DEFAULT_SET, names);
  return { things, choose, bySet, nameOf, say: (text) => (typeof text === "string" && text !== "" ? say(text) : text) };
}

/**
 * What a file, a document or a saved page wishes: {set, names}, names by the id of a thing or by any name of it.
 * What is not of that form is passed over, and so is a name that another thing has.
 *
 * @return {set, names: Map by id, isWhole}; set is null where none is named; isWhole: no other name is kept
 */
export function wishedNames(things, wish) {
  const names = new Map();
  const from = wish && typeof wish === "object" ? wish : {};
  const set = sets.find(({ id }) => id === from.set)?.id ?? null;
  const given = from.names && typeof from.names === "object" ? Object.entries(from.names) : [];
  for (const [key, value] of given) {
    const thing =
      things.find(({ id }) => id === key) ?? things.find(({ place, forms }) => place?.id === key || forms.includes(key));
    const name = cleanName(value);
    const id = thing?.id ?? key;
    if (name && !takenBy(things, id, name, names)) names.set(id, name);
  }
  return { set, names, isWhole: from.isWhole === true };
}

/** Names that the scenario file asks for. */
export const namesOfFile = (doc) => ({
  set: doc.scene?.name_set,
  names: Object.fromEntries(list(doc.scene?.names).filter(({ shown }) => shown).map(({ id, shown }) => [id, shown])),
});

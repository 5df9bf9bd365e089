// What stands otherwise than in the file while a lesson goes on: said in a loud line over the panels, and put back
// when the lesson goes to another step.
import { h, said } from "../../shared/dom.js";
import { isSame, unmoved, variantsOf } from "../engine/moves.js";

const RULING = /^drills\.([^.\s]+)\.rulings\.([^.\s]+)\.(?:says|reason) = /;

export const isRuling = (line) => RULING.test(line);

/** Rulings in force, [{drill, state, says, reason}], from the changes that made them; the later one holds. */
export function rulingsOf(extra) {
  const found = new Map();
  for (const line of extra.filter(isRuling)) {
    const [, drill, state] = line.match(RULING);
    const key = `${drill}.${state}`;
    const [, name, text] = line.match(/\.(says|reason) = "(.*)"$/s) ?? [];
    if (name) found.set(key, { drill, state, ...found.get(key), [name]: text.replace(/\\(.)/g, "$1") });
  }
  return [...found.values()];
}

/** Takes a ruling back; the others, and injects, stay. */
export const takeBack = (desk, { drill, state }) =>
  desk.engine.put({ extra: desk.extra.filter((line) => !line.startsWith(`drills.${drill}.rulings.${state}.`)) });

/** Puts sliders, variant and rulings back; injects that were thrown in stay. @return what undoes it; null: nothing was moved. */
export function putBack(desk) {
  const home = unmoved(desk.first);
  const extra = desk.extra.filter((line) => !isRuling(line));
  if (!desk.engine || !desk.moves || (isSame(desk.moves, home) && extra.length === desk.extra.length)) return null;
  desk.engine.put({ moves: home, extra });
  return () => desk.engine.undo();
}

/** "3 sliders moved, variant ...: this is not the case as it was." Empty: it is. */
function movedWords(desk) {
  const { variant, values } = desk.moves ?? unmoved(desk.first);
  const [sliders, rulings] = [Object.keys(values).length, rulingsOf(desk.extra).length];
  const parts = [
    sliders > 0 ? desk.word("moved.sliders", { n: sliders }) : null,
    variant !== unmoved(desk.first).variant
      ? desk.word("moved.variant", { title: variantsOf(desk.first).find(({ id }) => id === variant)?.title ?? variant ?? "" })
      : null,
    rulings > 0 ? desk.word("moved.rulings", { n: rulings }) : null,
  ].filter(Boolean);
  return parts.length > 0 ? desk.word("moved.line", { what: parts.join(", ") }) : "";
}

export function movedLine(desk) {
  const words = h("span", {});
  const button = h("button", { type: "button", class: "small", click: () => putBack(desk) }, desk.word("moved.back"));
  const line = h("div", { class: "moved-line", role: "status" }, h("p", {}, words, " ", button));
  const fill = () => {
    const text = movedWords(desk);
    if (text !== words.textContent) words.replaceChildren(said(text));
    line.hidden = text === "";
    button.hidden = !desk.engine;
  };
  const end = desk.watch(["moves", "extra", "engine"], fill);
  fill();
  return { element: line, end };
}

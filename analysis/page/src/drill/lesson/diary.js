// What was done in a lesson, written down by itself: sliders moved, answers given. Of the same thing in the same step
// the last counts.
import { leversOf, standsAt, unmoved, variantsOf } from "../engine/moves.js";
import { note } from "./state.js";

const PAUSE_MS = 700; // a hand on a slider is one entry

const numberText = (value) => (typeof value === "number" ? String(Number(value.toPrecision(6))) : String(value));

/** "fuel issued 0.5 (0.1 in the file); variant ..." Empty: nothing is moved. */
export function movesText(desk) {
  const { variant, values } = desk.moves ?? unmoved(desk.first);
  const parts = leversOf(desk.first)
    .filter(({ id }) => id in values)
    .map((lever) => desk.word("diary.lever", { label: lever.label, value: numberText(values[lever.id]), was: numberText(standsAt(lever) ?? "\u2013") }));
  if (variant !== unmoved(desk.first).variant)
    parts.push(desk.word("moved.variant", { title: variantsOf(desk.first).find(({ id }) => id === variant)?.title ?? variant ?? "" }));
  return parts.join("; ");
}

/** Writes down where sliders were left. */
export function followMoves(desk) {
  let timer = 0;
  let last = movesText(desk);
  const write = () => {
    const text = movesText(desk);
    if (text === last) return;
    last = text;
    note(desk, "moved", text || desk.word("diary.back"));
  };
  desk.watch(["moves"], () => {
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE_MS);
  });
}

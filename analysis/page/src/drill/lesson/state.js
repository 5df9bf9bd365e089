// What a lesson holds: where it stands, what was answered, noted and thrown in. One plain object in
// desk.lesson, replaced whole when something changes, so that it can be saved with the page.
import { sceneOf } from "../scene.js";

const list = (value) => (Array.isArray(value) ? value : []);
const object = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});

export const lessonOf = (doc) => doc.scene?.lesson ?? null;
export const stepsOf = (desk) => list(lessonOf(desk.first)?.steps);
export const stepNow = (desk) => stepsOf(desk)[desk.lesson.step] ?? null;
export const isRevealed = (desk, step) => desk.lesson.revealed.includes(step.id);
export const isInstructor = (desk) => desk.first.audience !== "student";

/** All predictions, each with the index of its step. */
export const predictionsOf = (desk) =>
  stepsOf(desk).flatMap((step, at) => list(step.predict).map((asked) => ({ ...asked, at, step })));

/** Is a key hidden when these are? The verdict hides what is said of states. */
function covers(keys, key) {
  if (keys.includes(key)) return true;
  const parts = key.split(".");
  return parts.some((_, i) => keys.includes(parts.slice(0, i + 1).join("."))) || (keys.includes("verdict") && parts.length > 1);
}

const isStage = (key, states) => key.includes(".") || states.includes(key);

/** Is it an answer, of a state or of one of its stages? Others are panels, or what is still to come. */
export const isAnswer = (key, states = []) => key === "verdict" || isStage(key, states);

/**
 * What is hidden at a step: its list; once revealed, of that what the step after it still hides. An answer that an
 * earlier step hid stays hidden until a reveal lets it out, wherever the lesson went meanwhile.
 *
 * @param states ids: a key that is one of them hides all of that state
 */
export function hiddenAt(steps, at, revealed, states = []) {
  let hidden = [];
  for (let i = 0; i <= at && i < steps.length; i += 1) {
    const next = list(steps[i + 1]?.hide);
    const held = [...list(steps[i].hide), ...hidden];
    hidden = revealed.includes(steps[i].id) ? next.filter((key) => covers(held, key)) : held;
    if (i === at) return new Set(hidden);
    // Where the next step hides stages one by one, the verdict goes without a reveal.
    const isFiner = next.some((key) => isStage(key, states));
    hidden = hidden.filter((key) => isAnswer(key, states) && !(isFiner && key === "verdict"));
  }
  return new Set();
}

const stateIds = (desk) => [...new Set(list(desk.first.decisions).map(({ state }) => state))];

/** What is hidden with the step revealed, or not. */
function hiddenIf(desk, at, isOut) {
  const { id } = stepsOf(desk)[at];
  const others = desk.lesson.revealed.filter((each) => each !== id);
  return hiddenAt(stepsOf(desk), at, isOut ? [...others, id] : others, stateIds(desk));
}

/** Does anything stand behind a step's reveal button: a text, an answer, what is still to come? */
export function canReveal(desk, step) {
  const at = stepsOf(desk).indexOf(step);
  if (at < 0) return false;
  const [before, after] = [hiddenIf(desk, at, false), hiddenIf(desk, at, true)];
  const isLast = at === stepsOf(desk).length - 1;
  const isFiner = [...after].some((key) => isStage(key, stateIds(desk)));
  const isLetOut = (key) =>
    !after.has(key) && (key === "verdict" ? !isFiner : isLast || key === "future" || key === "evidence" || isStage(key, stateIds(desk)));
  return Boolean(step.reveal) || [...before].some(isLetOut) || list(step.predict).some((asked) => showsWith(after, asked));
}

/** Has the step something to reveal that was not revealed yet? */
export const awaitsReveal = (desk, step = desk.lesson ? stepNow(desk) : null) =>
  step !== null && !isRevealed(desk, step) && canReveal(desk, step);

/** A figure that the class codes, before it has seen what the file has for it. */
export function isToBeCoded(desk, path) {
  if (!desk.lesson || !list(lessonOf(desk.first)?.coding).some((each) => each.path === path)) return false;
  return stepsOf(desk).some((step, at) => step.view === "coding" && at >= desk.lesson.step && !isRevealed(desk, step));
}

/** The first step between here and there that has not shown what it has to show; null: none. */
export const passedOver = (desk, to) =>
  stepsOf(desk).slice(desk.lesson.step, Math.max(to, desk.lesson.step)).find((step) => awaitsReveal(desk, step)) ?? null;

/** May the answer be seen? */
export function isOpen(desk, asked) {
  if (isRevealed(desk, asked.step)) return isShown(desk, asked);
  return Boolean(asked.state) && desk.lesson.step > asked.at && isShown(desk, asked);
}

const isShown = (desk, asked) => showsWith(desk.hidden, asked);

function showsWith(hidden, asked) {
  if (!asked.state) return true;
  const keys = [...hidden];
  const key = [asked.state, asked.stage, asked.host].filter(Boolean).join(".");
  if (keys.includes("verdict") || covers(keys, key)) return false;
  return Boolean(asked.stage) || !keys.some((each) => each.startsWith(`${asked.state}.`));
}

/** Bookmarks with their moments; those of a kind of event at its first line in the log. */
export function bookmarksOf(desk) {
  const { log, horizon } = sceneOf(desk.doc);
  return list(lessonOf(desk.first)?.bookmarks)
    .map((mark) => ({ ...mark, time: mark.at ? Date.parse(mark.at) : log.find(({ kind }) => kind === mark.on)?.at }))
    .filter(({ time }) => Number.isFinite(time) && time >= horizon.from && time <= horizon.to)
    .filter(({ time }) => !desk.hidden.has("future") || time <= Math.max(desk.time, desk.limit ?? 0))
    .sort((a, b) => a.time - b.time);
}

const rowsOf = (rows) =>
  list(rows)
    .filter((row) => typeof row?.name === "string")
    .map(({ name, values }) => ({
      name,
      values: Object.fromEntries(Object.entries(object(values)).filter(([, value]) => Number.isFinite(value))),
    }));

/** The state at the start, or the one saved in the page; whatever is there, it has the right form. */
export function lessonState(saved = {}) {
  const from = object(saved);
  return {
    step: Number.isInteger(from.step) && from.step >= 0 ? from.step : 0,
    revealed: list(from.revealed).filter((id) => typeof id === "string"),
    own: rowsOf([from.own])[0] ?? { name: "", values: {} },
    rows: rowsOf(from.rows),
    hands: object(from.hands),
    coded: rowsOf(from.coded),
    draft: typeof from.draft === "string" ? from.draft : "", // a note not yet written down
    notes: list(from.notes).filter((note) => typeof note?.text === "string" && Number.isFinite(note.time)),
    spent: Number.isFinite(from.spent) ? from.spent : 0, // ms that the lesson ran
  };
}

export const change = (desk, changes) => desk.set({ lesson: { ...desk.lesson, ...changes } });

/**
 * Writes a note with the moment on the clock, that of the lesson, and the step; `more` changes the lesson besides.
 *
 * @param about what it is about: an earlier note of the same in the same step gives way
 */
export function note(desk, kind, text, { about = null, more = {} } = {}) {
  const entry = { kind, text, time: desk.time, step: stepNow(desk)?.title ?? "", spent: desk.spentNow?.() ?? desk.lesson.spent };
  if (about !== null) entry.about = about;
  const isSame = (each) => about !== null && each.about === about && each.kind === kind && each.step === entry.step;
  change(desk, { ...more, notes: [...desk.lesson.notes.filter((each) => !isSame(each)), entry] });
}

/** Panels that hold the whole scenario, with all that is coded in it: hidden with any answer. */
const WHOLE = ["code", "assumptions"];

/**
 * Goes to a step: its panel, its moment, what it hides.
 *
 * @param reveal true: shows what it has to show; false: takes that back; null: as it was left
 */
export function goTo(desk, at, { reveal = null } = {}) {
  const steps = stepsOf(desk);
  const step = steps[at];
  if (!step) return;
  const others = desk.lesson.revealed.filter((id) => id !== step.id);
  const revealed = reveal === null ? desk.lesson.revealed : reveal ? [...others, step.id] : others;
  const states = stateIds(desk);
  const hidden = hiddenAt(steps, at, revealed, states);
  if ([...hidden].some((key) => isAnswer(key, states))) WHOLE.filter((id) => id !== step.view).forEach((id) => hidden.add(id));
  const stop = step.stop && reveal === null ? Date.parse(step.stop) : null;
  // Where the future is hidden the clock does not run on into it.
  const limit = hidden.has("future") ? (stop ?? desk.limit ?? (step.stop ? Date.parse(step.stop) : desk.time)) : null;
  desk.set({
    hidden,
    limit,
    lesson: { ...desk.lesson, step: at, revealed },
    offered: { levers: list(step.lever), variant: step.variant ?? null },
    ...(stop !== null ? { time: stop, playing: false } : limit !== null ? { time: desk.time } : {}),
    ...(step.view && !hidden.has(step.view) && reveal !== false ? { view: step.view } : {}),
  });
}

/** Rows of all who answered: this page's own and those that came in. */
export function answersOf(desk) {
  const { own, rows } = desk.lesson;
  const has = Object.keys(own.values).length > 0;
  return has ? [{ ...own, name: own.name || desk.word("lesson.own") }, ...rows] : rows;
}

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

/** What is hidden at a step: its list; once revealed, of that what the step after it still hides. */
export function hiddenAt(steps, at, revealed) {
  const step = steps[at];
  if (!step) return new Set();
  const own = list(step.hide);
  if (!revealed.includes(step.id)) return new Set(own);
  return new Set(list(steps[at + 1]?.hide).filter((key) => covers(own, key)));
}

/** May the answer be seen? */
export function isOpen(desk, asked) {
  if (isRevealed(desk, asked.step)) return isShown(desk, asked);
  return Boolean(asked.state) && desk.lesson.step > asked.at && isShown(desk, asked);
}

function isShown(desk, asked) {
  if (!asked.state) return true;
  const keys = [...desk.hidden];
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
    notes: list(from.notes).filter((note) => typeof note?.text === "string" && Number.isFinite(note.time)),
    spent: Number.isFinite(from.spent) ? from.spent : 0, // ms that the lesson ran
  };
}

export const change = (desk, changes) => desk.set({ lesson: { ...desk.lesson, ...changes } });

/** Writes a note with the moment on the clock. */
export function note(desk, kind, text) {
  const entry = { kind, text, time: desk.time, step: stepNow(desk)?.title ?? "", spent: desk.lesson.spent };
  change(desk, { notes: [...desk.lesson.notes, entry] });
}

/** Goes to a step: its panel, its moment, what it hides. */
export function goTo(desk, at, { reveal = false } = {}) {
  const steps = stepsOf(desk);
  const step = steps[at];
  if (!step) return;
  const revealed = reveal ? [...new Set([...desk.lesson.revealed, step.id])] : desk.lesson.revealed;
  const hidden = hiddenAt(steps, at, revealed);
  const stop = step.stop && !reveal ? Date.parse(step.stop) : null;
  // Where the future is hidden the clock does not run on into it.
  const limit = hidden.has("future") ? (stop ?? desk.limit ?? desk.time) : null;
  desk.set({
    hidden,
    limit,
    lesson: { ...desk.lesson, step: at, revealed },
    offered: { levers: list(step.lever), variant: step.variant ?? null },
    ...(stop === null ? {} : { time: stop, playing: false }),
    ...(step.view && !hidden.has(step.view) ? { view: step.view } : {}),
  });
}

/** Rows of all who answered: this page's own and those that came in. */
export function answersOf(desk) {
  const { own, rows } = desk.lesson;
  const has = Object.keys(own.values).length > 0;
  return has ? [{ ...own, name: own.name || desk.word("lesson.own") }, ...rows] : rows;
}

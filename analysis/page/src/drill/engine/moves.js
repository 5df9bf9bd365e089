// What a reader has moved: a variant, levers by id, and besides what a lesson threw in: injects, rulings. What is
// sent of it are texts "PATH = VALUE", written as the program writes them itself (muster flip). Nothing here
// touches the page.

/** Nothing moved. */
export const unmoved = (doc) => ({ variant: doc.scenario?.variant ?? null, values: {} });

export const leversOf = (doc) => (Array.isArray(doc?.scene?.levers) ? doc.scene.levers : []);
export const variantsOf = (doc) => (Array.isArray(doc?.scene?.variants) ? doc.scene.variants : []);

/** A lever that can be moved: it has a range, or choices. */
export const isMovable = (lever) =>
  (lever.choices?.length ?? 0) > 0 ||
  (Number.isFinite(lever.min) && Number.isFinite(lever.max) && lever.max > lever.min);

export const hasChoices = (lever) => (lever.choices?.length ?? 0) > 0;

const quoted = (text) => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** VALUE of a change: a number or one of the choices, in the form that the lever's path has. */
export function valueText(lever, value) {
  if (hasChoices(lever))
    return lever.form === "text" || lever.form === "hours" ? quoted(String(value)) : String(value);
  if (lever.form === "whole") return String(Math.round(value));
  const text = String(value);
  if (lever.form === "hours") return `"${text} h"`;
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** The changes of one lever: its own path, and what moves with it. */
export function linesOf(lever, value) {
  const text = valueText(lever, value);
  const more = (lever.with ?? []).map((entry) => (entry.includes("=") ? entry : `${entry} = ${text}`));
  return [`${lever.path} = ${text}`, ...more];
}

/** All changes, in the order of the levers. */
export const changesOf = (levers, { values }) =>
  levers.flatMap((lever) => (lever.id in values ? linesOf(lever, values[lever.id]) : []));

/** A request with what was moved in it, and after it what was thrown in: of two changes the later holds. */
export function requestOf(levers, { moves, extra = [] }, request) {
  const changes = [...changesOf(levers, moves), ...extra];
  return {
    ...request,
    ...(moves.variant ? { variant: moves.variant } : {}),
    ...(changes.length > 0 ? { changes } : {}),
  };
}

/** Where a lever stands in a document: its number, or the choice. */
export const standsAt = (lever) => (hasChoices(lever) ? lever.value : lever.number);

/** What was moved, with one lever elsewhere; where it stands in the file by itself it counts as not moved. */
export function moved(levers, moves, id, value) {
  const { [id]: _, ...values } = moves.values;
  const lever = levers.find((each) => each.id === id);
  const isHome = !moves.variant && lever && standsAt(lever) === value;
  return { ...moves, values: isHome || value === undefined ? values : { ...values, [id]: value } };
}

/** Whether nothing lies between two states of the page, {moves, extra}. */
export const isSameState = (a, b) =>
  isSame(a.moves, b.moves) && a.extra.length === b.extra.length && a.extra.every((line, i) => line === b.extra[i]);

export function isSame(a, b) {
  const keys = Object.keys(a.values);
  return (
    a.variant === b.variant &&
    keys.length === Object.keys(b.values).length &&
    keys.every((key) => Object.is(a.values[key], b.values[key]))
  );
}

const isText = (value) => typeof value === "string";
const canStandAt = (lever, value) =>
  hasChoices(lever) ? lever.choices.includes(value) : Number.isFinite(value) && value >= lever.min && value <= lever.max;

/** What was moved when a page was saved, as far as this document knows of it; whatever is there. */
export function movesFrom(doc, saved) {
  const home = unmoved(doc);
  if (!saved || typeof saved !== "object") return home;
  const given = saved.values && typeof saved.values === "object" ? saved.values : {};
  const known = leversOf(doc).filter((lever) => isMovable(lever) && lever.id in given && canStandAt(lever, given[lever.id]));
  const isVariant = saved.variant === null || variantsOf(doc).some(({ id }) => id === saved.variant);
  return {
    variant: isVariant ? saved.variant : home.variant,
    values: Object.fromEntries(known.map(({ id }) => [id, given[id]])),
  };
}

/** The same of what was thrown in. */
export const extraFrom = (saved) => (Array.isArray(saved) ? saved.filter(isText) : []);

/** The value on a lever's scale nearest to a number: scales are in tenths, which binary sums are not. */
export function onScale(lever, number) {
  const within = Math.max(lever.min, Math.min(lever.max, number));
  return Number(within.toPrecision(12));
}

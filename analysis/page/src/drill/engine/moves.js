// What a reader has moved: a variant, and levers by id. What is sent of it are texts "PATH = VALUE", written as
// the program writes them itself (muster flip). Nothing here touches the page.

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

/** A request with what was moved in it. */
export function requestOf(levers, moves, request) {
  const changes = changesOf(levers, moves);
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

export function isSame(a, b) {
  const keys = Object.keys(a.values);
  return (
    a.variant === b.variant &&
    keys.length === Object.keys(b.values).length &&
    keys.every((key) => Object.is(a.values[key], b.values[key]))
  );
}

/** The value on a lever's scale nearest to a number: scales are in tenths, which binary sums are not. */
export function onScale(lever, number) {
  const within = Math.max(lever.min, Math.min(lever.max, number));
  return Number(within.toPrecision(12));
}

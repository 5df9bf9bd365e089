// Look-ups in the run document. What a document lacks is an empty list or nothing: a run file without a scene
// is shown as far as it goes.
export const list = (value) => (Array.isArray(value) ? value : []);
export const scene = (doc) => doc.scene ?? {};

const byId = (items, id) => list(items).find((item) => item.id === id);

/** Name of a state: the one chosen, the file's, or its id. */
export function stateName(desk, id) {
  const { doc } = desk;
  const given =
    byId(scene(doc).states, id) ?? list(doc.decisions).find(({ state }) => state === id);
  return desk.name(id, given?.name ?? String(id));
}

export const unitOf = (doc, id) => byId(doc.units, id);
export const unitName = (doc, id) => unitOf(doc, id)?.name ?? String(id);
export const drillName = (doc, id) => byId(doc.drills, id)?.name ?? String(id);
export const ruleOf = (doc, key) => byId(scene(doc).rules, key);

/** Text of a source; its id where the document has no text. */
export const sourceText = (doc, id) => byId(scene(doc).sources, id)?.text ?? id;

export const zoneOf = (doc) => scene(doc).zone_h ?? 0;
export const zoneOfState = (doc, id) => byId(scene(doc).states, id)?.zone_h ?? zoneOf(doc);

/** Decisions of a drill in order; hosts first, as the document has them. */
export const decisionsOf = (doc, drill) =>
  list(doc.decisions).filter((decision) => decision.drill === drill);

/** Rows of reach of a drill: the document has them drill by drill, a row a unit. */
export function reachOf(doc, drill) {
  const rows = list(doc.reach);
  if (rows.some((row) => row.drill !== undefined)) return rows.filter((row) => row.drill === drill);
  const size = list(doc.units).length;
  const at = list(doc.drills).findIndex(({ id }) => id === drill);
  return at < 0 || size === 0 ? [] : rows.slice(at * size, (at + 1) * size);
}

/** Value of a measure of a thing; null: not defined. */
export function outcome(doc, measure, id) {
  return list(doc.outcomes).find((each) => each.measure === measure)?.values?.[id] ?? null;
}

/** Did the run throw dice? */
export const isReplication = (doc) => doc.run === "replication";

/* What a lesson hides now: the answers, a state, a stage of it, or what is still to come. */
export const hides = (desk, key) => desk.hidden?.has(key) ?? false;

export const stageKey = (state, stage) =>
  [state, stage.stage, stage.host].filter((part) => part).join(".");

/** Is this stage of a state hidden altogether? */
export const hidesStage = (desk, state, stage) =>
  hides(desk, state) ||
  hides(desk, `${state}.${stage.stage}`) ||
  hides(desk, stageKey(state, stage));

/** Are the answers on a state hidden: its own, or all, or one of its stages? */
export const hidesAnswer = (desk, state) =>
  hides(desk, "verdict") ||
  hides(desk, state) ||
  [...(desk.hidden ?? [])].some((key) => key.startsWith(`${state}.`));

/** Is a moment still to come, and hidden for that? */
export const hidesTime = (desk, time) => hides(desk, "future") && time > desk.time;

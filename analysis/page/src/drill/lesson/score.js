// What a prediction is about, and how good answers were: the Brier score, the mean of (p - outcome)
// squared over the questions that are scored. 0 is best; whoever says 50 of 100 to everything has 0.25.

const list = (value) => (Array.isArray(value) ? value : []);
const WORDS = { joins: 1, yes: 1, "stays-out": 0, no: 0 };

const decisionOf = (doc, asked) =>
  list(doc.decisions).find(({ drill, state }) => state === asked.state && (!asked.drill || drill === asked.drill));

const stageOf = (decision, asked) =>
  list(decision?.stages).find(
    ({ stage, host }) => stage === asked.stage && (!asked.host || !host || host === asked.host),
  );

/** 1 or 0; null: nobody knows. The file's answer, or what the run says. */
export function outcomeOf(doc, asked) {
  if (asked.answer) return WORDS[asked.answer] ?? null;
  if (!asked.state) return null;
  const decision = decisionOf(doc, asked);
  if (!asked.stage) return typeof decision?.joins === "boolean" ? Number(decision.joins) : null;
  const standing = stageOf(decision, asked)?.standing;
  if (standing === "yes") return 1;
  if (standing === "tie") return asked.stage === "able" ? 1 : 0; // able: 0 is enough
  return standing === "no" ? 0 : null;
}

/** The run's probability of what is asked; null: it has none. */
export function modelChance(doc, asked) {
  if (!asked.state) return null;
  const decision = decisionOf(doc, asked);
  return (asked.stage ? stageOf(decision, asked)?.probability : decision?.probability) ?? null;
}

/** Mean of (p - outcome) squared; pairs without p or outcome do not count. null: there is none. */
export function brier(pairs) {
  const known = pairs.filter(({ p, outcome }) => Number.isFinite(p) && (outcome === 0 || outcome === 1));
  if (known.length === 0) return null;
  return known.reduce((sum, { p, outcome }) => sum + (p - outcome) ** 2, 0) / known.length;
}

const meanOf = (values) => (values.length > 0 ? values.reduce((sum, each) => sum + each, 0) / values.length : null);

/**
 * Scores of a class. Base rate: for each question the share of yes among the other scored ones (itself
 * left out, as it was not known); with one question alone there is none.
 *
 * @param questions predictions that are open, in any number
 * @param rows      [{name, values: {id: 0..100}}]
 */
export function scores(doc, questions, rows) {
  const scored = questions
    .filter(({ scored: counts }) => counts !== false)
    .map((asked) => ({ id: asked.id, outcome: outcomeOf(doc, asked), model: modelChance(doc, asked) }))
    .filter(({ outcome }) => outcome !== null);
  const of = (chance) => brier(scored.map((each, i) => ({ p: chance(each, i), outcome: each.outcome })));
  const students = rows
    .map(({ name, values }) => ({
      name,
      n: scored.filter(({ id }) => Number.isFinite(values[id])).length,
      brier: of(({ id }) => (Number.isFinite(values[id]) ? values[id] / 100 : NaN)),
    }))
    .filter(({ n }) => n > 0);
  const others = (i) => scored.filter((_, j) => j !== i).map(({ outcome }) => outcome);
  return {
    n: scored.length,
    students,
    class: meanOf(students.map((each) => each.brier)),
    model: of(({ model }) => model ?? NaN),
    modelN: scored.filter(({ model }) => model !== null).length,
    base: scored.length > 1 ? of((_, i) => meanOf(others(i))) : null,
    even: scored.length > 0 ? 0.25 : null,
  };
}

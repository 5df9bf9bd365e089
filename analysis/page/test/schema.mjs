// As much of JSON schema as include/muster/analysis.schema.json uses, and what that file says in words
// alone: ids that are unique, roles that name columns, cells that are what their column says.
import { readFile } from "node:fs/promises";

const file =
  process.env.MUSTER_PAGE_SCHEMA ??
  new URL("../../../include/muster/analysis.schema.json", import.meta.url);
export const schema = JSON.parse(await readFile(file, "utf8"));

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const TYPES = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: Number.isInteger,
  null: (value) => value === null,
};

const refer = (path) =>
  path
    .slice(2)
    .split("/")
    .reduce((at, part) => at[part], schema);

const silent = () => [];
const RULES = {
  $ref: (path, value, at) => faults(refer(path), value, at),
  type: (type, value, at) =>
    [type].flat().some((name) => TYPES[name](value)) ? [] : [`${at} is no ${type}`],
  const: (wanted, value, at) => (value === wanted ? [] : [`${at} is not ${wanted}`]),
  enum: (list, value, at) => (list.includes(value) ? [] : [`${at} is none of ${list}`]),
  pattern: (pattern, value, at) =>
    typeof value !== "string" || new RegExp(pattern, "u").test(value)
      ? []
      : [`${at} has odd letters`],
  minLength: (least, value, at) => (value.length >= least ? [] : [`${at} is too short`]),
  minimum: (least, value, at) => (value >= least ? [] : [`${at} is below ${least}`]),
  maximum: (most, value, at) => (value <= most ? [] : [`${at} is above ${most}`]),
  minItems: (least, value, at) => (value.length >= least ? [] : [`${at} has too few`]),
  required: (names, value, at) =>
    isObject(value)
      ? names.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}: no ${name}`)
      : [],
  items: (rule, value, at) =>
    Array.isArray(value) ? value.flatMap((item, i) => faults(rule, item, `${at}[${i}]`)) : [],
  properties: (rules, value, at) =>
    isObject(value)
      ? Object.entries(rules).flatMap(([name, rule]) =>
          Object.hasOwn(value, name) ? faults(rule, value[name], `${at}.${name}`) : [],
        )
      : [],
  additionalProperties: (_, value, at, { properties }) =>
    isObject(value)
      ? Object.keys(value)
          .filter((name) => !Object.hasOwn(properties, name))
          .map((name) => `${at}: unknown ${name}`)
      : [],
  oneOf: (rules, value, at) => {
    const all = rules.map((rule) => faults(rule, value, at));
    const count = all.filter((found) => found.length === 0).length;
    // The kind that was meant has the fewest faults.
    return count === 1
      ? []
      : [`${at} fits ${count} kinds`, ...all.sort((a, b) => a.length - b.length)[0]];
  },
  ...{ title: silent, description: silent, $schema: silent, $id: silent, $defs: silent },
};

function faults(rule, value, at) {
  return Object.entries(rule).flatMap(([name, one]) => {
    if (!RULES[name]) throw new Error(`this validator does not know ${name}`);
    return RULES[name](one, value, at, rule);
  });
}

const NO_NUMBERS = ["label", "low_value", "high_value", "series", "facet", "color", "columns"];

function wordFaults(document) {
  const found = [];
  const tables = new Map();
  const unique = (list, what) => {
    if (new Set(list).size < list.length) found.push(`two ${what} of one name`);
  };
  const { sections } = document;
  unique(
    sections.map(({ id }) => id),
    "sections",
  );
  for (const table of sections.flatMap((section) => section.tables)) {
    if (tables.has(table.id)) found.push(`two tables ${table.id}`);
    tables.set(table.id, new Map(table.columns.map((column) => [column.name, column])));
    unique(
      table.columns.map(({ name }) => name),
      `columns of ${table.id}`,
    );
    const fits = (cell, { kind }) =>
      cell === null || (kind === "text" ? typeof cell === "string" : Number.isFinite(cell));
    for (const row of table.rows)
      if (
        row.length !== table.columns.length ||
        !row.every((cell, i) => fits(cell, table.columns[i]))
      )
        found.push(`a row of ${table.id} does not fit its columns`);
  }
  const plots = sections.flatMap((section) => section.plots);
  unique(
    plots.map(({ id }) => id),
    "plots",
  );
  for (const { id, kind, table, roles } of plots)
    for (const [role, names] of Object.entries(roles))
      for (const name of [names].flat()) {
        const column = tables.get(table)?.get(name);
        const mayBeText = NO_NUMBERS.includes(role) || (kind === "lines" && role === "x") || (kind === "map" && "xy".includes(role));
        if (!column || (column.kind === "text" && !mayBeText))
          found.push(`${id}: ${role} cannot be ${name}`);
      }
  return found;
}

/** What is wrong with a document; nothing if it is as the program would write it. */
export function faultsOf(document) {
  const found = faults(schema, document, "document");
  return found.length > 0 ? found : wordFaults(document);
}

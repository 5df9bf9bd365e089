// Runs that the program made, and what people read of them, in the folder runs/ of MUSTER_PAGE_DOCUMENTS.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = process.env.MUSTER_PAGE_DOCUMENTS
  ? path.join(process.env.MUSTER_PAGE_DOCUMENTS, "runs")
  : "";
if (process.env.CI && !folder) throw new Error("MUSTER_PAGE_DOCUMENTS names no folder");
if (!folder) console.error("SKIPPED: runs made by the program (MUSTER_PAGE_DOCUMENTS)");

const read = (name) => readFileSync(path.join(folder, name), "utf8");

/** A screen of a run: "run", "why.PRK", "reach.PRK"; null: there is none. */
export const screen = (name, what) =>
  existsSync(path.join(folder, `${name}.${what}.txt`)) ? read(`${name}.${what}.txt`) : null;

/** {name, doc} */
export const runs = folder
  ? readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => ({ name: name.slice(0, -5), doc: JSON.parse(read(name)) }))
  : [];

const WANTED = [
  "hello",
  "northern-interaction-2023",
  "trilateral-2023",
  "bomber-patrol-2022",
  "zachary-1977",
];
for (const name of folder ? WANTED : [])
  if (!runs.some((run) => run.name === name)) throw new Error(`${folder} has no ${name}.json`);

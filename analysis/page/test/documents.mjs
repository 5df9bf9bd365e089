// Documents and pages that the program itself made, in the folder that MUSTER_PAGE_DOCUMENTS names:
// NAME.json with NAME.txt, the same as people read it; NAME.html with NAME.txt, a page by muster report
// and what muster analyze says of the same store. tests/page makes them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = process.env.MUSTER_PAGE_DOCUMENTS ?? "";
if (process.env.CI && !folder) throw new Error("MUSTER_PAGE_DOCUMENTS names no folder");
if (!folder) console.error("SKIPPED: documents made by the program (MUSTER_PAGE_DOCUMENTS)");

/** True where nothing may be left out: in CI, and where the documents are given. */
export const isWhole = Boolean(process.env.CI || folder);

const names = (ending) =>
  folder
    ? readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .map((name) => name.slice(0, -ending.length))
    : [];
const read = (name) => readFileSync(path.join(folder, name), "utf8");
const screenOf = (name) =>
  existsSync(path.join(folder, `${name}.txt`)) ? read(`${name}.txt`) : null;

/** {name, json, document, screen} */
export const documents = names(".json").map((name) => {
  const json = read(`${name}.json`);
  return { name, json, document: JSON.parse(json), screen: screenOf(name) };
});

/** {name, html, document, screen}; the document as it stands in the page */
export const pages = names(".html").map((name) => {
  const html = read(`${name}.html`);
  const [, json] = /<script type="application\/json"[^>]*>([^<]*)<\/script>/.exec(html);
  return { name, html, document: JSON.parse(json), screen: screenOf(name) };
});

const WANTED = ["all-plots", "factors-3", "factors-30", "figures", "options", "empty", "nothing"];
for (const name of folder ? WANTED : [])
  if (!documents.some((found) => found.name === name))
    throw new Error(`${folder} has no ${name}.json`);
if (folder && !pages.some(({ html }) => html.includes('"kind":')))
  throw new Error(`${folder} has no page by muster report`);

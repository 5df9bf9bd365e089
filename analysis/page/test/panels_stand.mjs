// Panels on a page of their own, with the desk in reach of a test: window.desk, window.show(id).
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { paletteCss } from "../src/shared/palette.js";
import { escapeJson } from "./assemble.mjs";

const source = path.join(path.dirname(fileURLToPath(import.meta.url)), "../src");

const ENTRY = `
import { en } from "./language/en.js";
import { makeDesk } from "./drill/desk.js";
import { panels } from "./drill/panels.js";
const doc = JSON.parse(document.getElementById("muster-run").textContent);
const desk = makeDesk(doc, en);
const root = document.getElementById("page");
window.desk = desk;
window.show = (id) => {
  const panel = panels.find((each) => each.id === id);
  if (!panel.when(desk.doc)) return false;
  root.replaceChildren(panel.view(desk));
  return true;
};
root.setAttribute("data-ready", "");
`;

let script;

/** The page of a stand for a document. */
export async function stand(doc) {
  script ??= (
    await esbuild.build({
      stdin: { contents: ENTRY, resolveDir: source },
      bundle: true,
      format: "iife",
      write: false,
      logLevel: "warning",
    })
  ).outputFiles[0].text.replace(/<\/(script)/gi, "<\\/$1");
  const styles = await Promise.all(
    ["style.css", "drill/style.css", "drill/panels.css"].map((file) =>
      readFile(path.join(source, file), "utf8"),
    ),
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Panels</title><style>${paletteCss()}
${styles.join("\n")}</style></head><body><header><h1>Panels</h1></header><main id="page"></main>
<script type="application/json" id="muster-run">${escapeJson(doc)}</script><script>${script}</script></body></html>`;
}

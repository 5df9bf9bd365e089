// Live pages to try and to look at: node test/live_fixture.mjs SCENARIO.cfg OUT.html
//
// `muster export --live` writes them, with the page built from these sources. MUSTER_PROGRAM names the program,
// MUSTER_ENGINE engine.wasm, beside which stand engine.wasm.gz and NOTICES. With CI or MUSTER_LIVE what is missing is a failure.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../build.mjs";

const { MUSTER_PROGRAM, MUSTER_ENGINE, MUSTER_LIVE, CI } = process.env;

/** The folder of the project. */
export const SOURCE = process.env.MUSTER_SOURCE ?? path.join(path.dirname(fileURLToPath(import.meta.url)), "../../..");

const lacks = Object.entries({ MUSTER_PROGRAM, MUSTER_ENGINE }).filter(([, file]) => !file || !existsSync(file));
/** Why no live page can be made; false: one can. */
export const unmade = lacks.length > 0 && lacks.map(([name, file]) => (file ? `${name}: no file ${file}` : `${name} is not set`)).join("; ");

/** Why live pages are not tried, said aloud; an error where they must be. */
export function whyNot(what, missing) {
  const why = missing || unmade;
  if (why && (CI || MUSTER_LIVE)) throw new Error(why);
  if (why) console.error(`SKIPPED: ${what}: ${why}`);
  return why;
}

const said = (words, env) => {
  const { status, stdout, stderr } = spawnSync(MUSTER_PROGRAM, words, { encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, ...env } });
  if (status !== 0 && status !== 1) throw new Error(`${words.join(" ")}: ${stderr}`);
  return stdout;
};

/** What the program says, as JSON; an error where it says nothing of that kind. */
export const native = (...words) => JSON.parse(said(words));

/** A page as the program itself writes it, with the page that is built into it. */
export async function written(...words) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-live-"));
  try {
    const file = path.join(folder, "page.html");
    said([...words, "-o", file]);
    return await readFile(file, "utf8");
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Calls `work` with a function that exports a scenario: (file, ...options) -> text of the page. */
export async function withExport(work) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-live-"));
  try {
    await build(folder);
    await copyFile(`${MUSTER_ENGINE}.gz`, path.join(folder, "engine.wasm.gz"));
    await copyFile(path.join(path.dirname(MUSTER_ENGINE), "NOTICES"), path.join(folder, "NOTICES"));
    return await work((file, ...options) => said(["export", "--live", file, ...options, "-o", "-"], { MUSTER_PAGE: folder }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The page with another text in one of its blocks. */
export const withBlock = (html, id, text) =>
  html.replace(new RegExp(`(<script [^>]*id="${id}"[^>]*>)[^<]*`), (_, opening) => opening + text);

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv.length !== 4 || unmade) {
    console.error(`usage: live_fixture.mjs SCENARIO.cfg OUT.html${unmade ? `; ${unmade}` : ""}`);
    process.exit(2);
  }
  const page = await withExport((exported) => exported(process.argv[2]));
  await writeFile(process.argv[3], page);
  console.error(`${Buffer.byteLength(page)} bytes`);
}

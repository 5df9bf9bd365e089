// Builds the halves of the pages: node build.mjs OUT_DIR
//
//   OUT_DIR/report-head.html, report-tail.html   the page of an experiment: head + document + tail
//   OUT_DIR/drill-head.html, drill-tail.html     the page of a drill: head + blocks + tail
//   OUT_DIR/live-head.html                       the same with the engine: this head, drill-tail.html
//
// README.md says how documents and blocks are written. Two builds of the same sources give the
// same bytes.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { paletteCss } from "./src/shared/palette.js";
import { app6 } from "./symbols.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

const pages = [
  {
    entry: "src/experiment/main.js",
    frame: "src/page.html",
    styles: ["src/style.css"],
    heads: { report: {} },
    drawn: [],
    define: {},
  },
  {
    entry: "src/drill/main.js",
    drawn: ["milsymbol"], // packages whose work is in the page though not their code
    define: { APP6: JSON.stringify(app6()) },
    worker: "src/drill/engine/worker.js", // its script is a text in the page's
    starter: "src/drill/start.js", // script and style stand packed; this opens them
    frame: "src/drill/page.html",
    styles: ["src/style.css", "src/drill/style.css", "src/drill/panels.css", "src/drill/lesson/lesson.css"],
    // The engine is WebAssembly in a worker that the page makes from a text of its own.
    // Pictures of the map are put together from layers that the page made itself.
    heads: {
      drill: { more: ["img-src data:"] },
      live: { script: "'wasm-unsafe-eval'", more: ["worker-src blob:", "img-src data:"] },
    },
  },
];

const settings = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  format: "iife",
  charset: "ascii",
  target: ["chrome100", "firefox100", "safari15.4"],
  legalComments: "none", // the whole licences come as NOTICES instead
  metafile: true,
  write: false,
  logLevel: "warning",
};

const manifest = async (name) =>
  JSON.parse(await readFile(path.join(here, "node_modules", name, "package.json"), "utf8"));

/**
 * Packages of which at least a byte is in the bundle. A file from dist/ may have its package's own
 * dependencies inside, unseen by the bundler: those are counted as well.
 */
async function bundledPackages(metafile) {
  const [output] = Object.values(metafile.outputs);
  const names = new Set();
  const merged = [];
  for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\/(dist\/)?/.exec(file);
    if (!found || bytesInOutput === 0) continue;
    names.add(found[1]);
    if (found[2]) merged.push(found[1]);
  }
  for (const name of merged) {
    for (const inside of Object.keys((await manifest(name)).dependencies ?? {})) {
      if (!merged.includes(inside)) merged.push(inside);
      names.add(inside);
    }
  }
  return [...names].sort();
}

async function licenceText(folder) {
  const file = (await readdir(folder)).find((name) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(name));
  if (file) return readFile(path.join(folder, file), "utf8");
  const readme = await readFile(path.join(folder, "README.md"), "utf8");
  const found = /^#+ *licen[cs]e\s*\n([\s\S]+)/im.exec(readme);
  if (!found) throw new Error(`${folder}: no licence text`);
  return found[1];
}

/** The notices of all packages; those that differ in nothing but the copyright line share a text. */
async function thirdParty(names) {
  const byText = new Map();
  for (const name of names) {
    const folder = path.join(here, "node_modules", name);
    const { version, license } = await manifest(name);
    const lines = (await licenceText(folder)).replaceAll("\r", "").trim().split("\n");
    const copyright = lines.filter((line) => /^copyright/i.test(line.trim()));
    const text = lines
      .filter((line) => !/^copyright/i.test(line.trim()))
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim();
    const key = text.replace(/\s+/g, " ");
    if (!byText.has(key)) byText.set(key, { text, packages: [] });
    byText.get(key).packages.push([`${name} ${version} (${license})`, ...copyright].join("\n    "));
  }
  const parts = [...byText.values()].map(
    ({ text, packages }) => `${packages.join("\n")}\n\n${text}`,
  );
  return `${parts.join(`\n\n${"-".repeat(72)}\n\n`)}\n`;
}

/** A script that has nothing of others in it: of a worker, or what opens the page's own. */
async function smallScript(entry) {
  const made = await esbuild.build({ ...settings, entryPoints: [entry] });
  return made.outputFiles[0].text.trim();
}

async function bundle({ entry, drawn, define, worker, starter }, style) {
  const entryPoints = [entry];
  const given = { ...define };
  if (worker) given.WORKER = JSON.stringify(await smallScript(worker));
  if (starter) given.STYLE = JSON.stringify(style);
  // Which packages are inside is known only after a first build; the second carries their notices.
  const empty = { ...given, NOTICES: '""' };
  const first = await esbuild.build({ ...settings, entryPoints, define: empty });
  const names = [...(await bundledPackages(first.metafile)), ...drawn].sort();
  const notices = await thirdParty(names);
  const whole = { ...given, NOTICES: JSON.stringify(notices) };
  const second = await esbuild.build({ ...settings, entryPoints, define: whole });
  // The only text that could end the script element early.
  const script = second.outputFiles[0].text.trim().replace(/<\/(script)/gi, "<\\/$1");
  if (script.includes("<!--")) throw new Error("the bundle contains a comment mark of HTML");
  return { script, names, bytes: second.metafile.outputs };
}

async function styles(files) {
  const sources = await Promise.all(files.map((file) => readFile(path.join(here, file), "utf8")));
  const source = sources.join("\n");
  const result = await esbuild.transform(`${paletteCss()}\n${source}`, {
    loader: "css",
    minify: true,
    target: settings.target,
  });
  return result.code.trim();
}

/**
 * Nothing may be loaded from anywhere, not even from data or blob addresses. Scripts are allowed by
 * their hashes; styles are allowed inline because the plots set them while they draw.
 *
 * @param variant what a kind of page needs besides: `script` sources, `more` directives
 */
function policy(scripts, variant) {
  const hash = (script) => `'sha256-${createHash("sha256").update(script, "utf8").digest("base64")}'`;
  return [
    "default-src 'none'",
    ["script-src", ...scripts.map(hash), variant.script].filter(Boolean).join(" "),
    "style-src 'unsafe-inline'",
    ...(variant.more ?? []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

// By splitting, never by a replacement string: "$&" in the bundle would be expanded.
function filled(text, marks, file) {
  for (const [mark, value] of Object.entries(marks)) {
    const parts = text.split(mark);
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} marks ${mark}`);
    text = parts.join(value);
  }
  return text;
}

/** As it stands in the page: base64 of its gzip. */
const packed = (script) =>
  new Promise((resolve, reject) => {
    const packer = spawn(process.execPath, [path.join(here, "pack.mjs")], { stdio: ["pipe", "pipe", "inherit"] });
    const parts = [];
    packer.stdout.on("data", (part) => parts.push(part));
    packer.on("error", reject);
    packer.on("close", (status) =>
      status === 0 ? resolve(Buffer.concat(parts).toString("base64")) : reject(new Error("pack.mjs failed")),
    );
    packer.stdin.end(script);
  });

async function buildPage(page) {
  const { frame, styles: files, heads, starter } = page;
  const style = await styles(files);
  const { script, names } = await bundle(page, style);
  const scripts = starter ? [await smallScript(starter), script] : [script];
  const marks = starter ? { "@PACKED@": await packed(script), "@SCRIPT@": scripts[0] } : { "@SCRIPT@": script };
  const head = await readFile(path.join(here, "src/shared/head.html"), "utf8");
  const template = filled(await readFile(path.join(here, frame), "utf8"), { "@HEAD@": head }, frame);
  const halves = template.split("@DOCUMENT@");
  if (halves.length !== 2) throw new Error(`${frame} needs one mark @DOCUMENT@`);
  const made = Object.entries(heads).map(([name, variant]) => [
    name,
    filled(halves[0], { "@POLICY@": policy(scripts, variant), ...(starter ? {} : { "@STYLE@": style }) }, frame),
  ]);
  return {
    heads: Object.fromEntries(made),
    tail: filled(halves[1], marks, frame),
    names,
    script,
    scriptBytes: Buffer.byteLength(script),
  };
}

/** Writes all halves; gives those of an experiment, and those of a drill as `drill`. */
export async function build(outDir) {
  const [report, drill] = await Promise.all(pages.map(buildPage));
  await mkdir(outDir, { recursive: true });
  const files = {
    "report-head": report.heads.report,
    "report-tail": report.tail,
    "drill-head": drill.heads.drill,
    "live-head": drill.heads.live,
    "drill-tail": drill.tail,
  };
  for (const [name, text] of Object.entries(files))
    await writeFile(path.join(outDir, `${name}.html`), text);
  return {
    head: report.heads.report,
    tail: report.tail,
    names: report.names,
    scriptBytes: report.scriptBytes,
    drill: { ...drill, head: drill.heads.drill, live: drill.heads.live },
  };
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv.length !== 3) {
    console.error("usage: node build.mjs OUT_DIR");
    process.exit(2);
  }
  const built = await build(process.argv[2]);
  for (const [name, { head, tail, names, scriptBytes }] of [
    ["report", built],
    ["drill", built.drill],
  ]) {
    const total = Buffer.byteLength(head) + Buffer.byteLength(tail);
    console.error(`${name}: ${total} bytes without a document, script ${scriptBytes} of them`);
    console.error(`inside: ${names.join(" ")}`);
  }
}

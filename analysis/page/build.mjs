// Builds the two halves of the page: node build.mjs OUT_DIR
//
//   OUT_DIR/report-head.html   everything before the document
//   OUT_DIR/report-tail.html   everything after it
//
// A page is head + document + tail; README.md says how the document is written. Two builds of the
// same sources give the same bytes.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { paletteCss } from "./src/shared/palette.js";

const here = path.dirname(fileURLToPath(import.meta.url));

const settings = {
  absWorkingDir: here,
  entryPoints: ["src/experiment/main.js"],
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

async function bundle() {
  // Which packages are inside is known only after a first build; the second carries their notices.
  const first = await esbuild.build({ ...settings, define: { NOTICES: '""' } });
  const names = await bundledPackages(first.metafile);
  const notices = await thirdParty(names);
  const define = { NOTICES: JSON.stringify(notices) };
  const second = await esbuild.build({ ...settings, define });
  // The only text that could end the script element early.
  const script = second.outputFiles[0].text.trim().replace(/<\/(script)/gi, "<\\/$1");
  if (script.includes("<!--")) throw new Error("the bundle contains a comment mark of HTML");
  return { script, names, bytes: second.metafile.outputs };
}

async function styles() {
  const source = await readFile(path.join(here, "src/style.css"), "utf8");
  const result = await esbuild.transform(`${paletteCss()}\n${source}`, {
    loader: "css",
    minify: true,
    target: settings.target,
  });
  return result.code.trim();
}

/**
 * Nothing may be loaded from anywhere, not even from data or blob addresses. The script is allowed by
 * its hash; styles are allowed inline because the plots set them while they draw.
 */
function policy(script) {
  const hash = createHash("sha256").update(script, "utf8").digest("base64");
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

export async function build(outDir) {
  const { script, names } = await bundle();
  const template = await readFile(path.join(here, "src/page.html"), "utf8");
  const marks = { "@POLICY@": policy(script), "@STYLE@": await styles(), "@SCRIPT@": script };
  // By splitting, never by a replacement string: "$&" in the bundle would be expanded.
  let page = template;
  for (const [mark, text] of Object.entries(marks)) {
    const parts = page.split(mark);
    if (parts.length !== 2) throw new Error(`page.html has ${parts.length - 1} marks ${mark}`);
    page = parts.join(text);
  }
  const halves = page.split("@DOCUMENT@");
  if (halves.length !== 2) throw new Error("page.html needs one mark @DOCUMENT@");
  await mkdir(outDir, { recursive: true });
  await writeFile(path.join(outDir, "report-head.html"), halves[0]);
  await writeFile(path.join(outDir, "report-tail.html"), halves[1]);
  return { head: halves[0], tail: halves[1], names, scriptBytes: Buffer.byteLength(script) };
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv.length !== 3) {
    console.error("usage: node build.mjs OUT_DIR");
    process.exit(2);
  }
  const { head, tail, names, scriptBytes } = await build(process.argv[2]);
  const total = Buffer.byteLength(head) + Buffer.byteLength(tail);
  console.error(`report: ${total} bytes without a document, script ${scriptBytes} of them`);
  console.error(`inside: ${names.join(" ")}`);
}

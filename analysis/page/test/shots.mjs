// Screenshots of invented documents and of those that the program made, for the eye:
// node test/shots.mjs OUT_DIR [NAME...]
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { build } from "../build.mjs";
import { assemble } from "./assemble.mjs";
import { documents, pages } from "./documents.mjs";
import { FIXTURES } from "./fixtures.mjs";

const [outDir, ...wanted] = process.argv.slice(2);
if (!outDir) {
  console.error("usage: node test/shots.mjs OUT_DIR [NAME...]");
  process.exit(2);
}
await mkdir(outDir, { recursive: true });
const halves = await build(outDir);
const browser = await chromium.launch({
  executablePath: process.env.MUSTER_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const made = (list) => Object.fromEntries(list.map(({ name, document }) => [name, () => document]));
const sources = { ...FIXTURES, ...made(documents), ...made(pages) };
for (const name of wanted.length > 0 ? wanted : Object.keys(sources)) {
  const file = path.join(outDir, `${name}.html`);
  await writeFile(file, assemble(halves, sources[name]()));
  for (const colorScheme of ["light", "dark"]) {
    for (const width of (process.env.WIDTHS ?? "360 820 1400").split(" ").map(Number)) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      page.on("console", (message) => console.error(`${name}: ${message.text()}`));
      page.on("pageerror", (error) => console.error(`${name}: ${error.stack}`));
      const start = Date.now();
      await page.goto(pathToFileURL(file).href);
      await page
        .waitForSelector("[data-ready]", { timeout: 5000 })
        .catch(() => console.error(`${name}: not ready`));
      const took = Date.now() - start;
      const sections = await page.locator("main > section").all();
      await page.evaluate(() =>
        document.querySelector("nav")?.style.setProperty("position", "static"),
      );
      for (const [i, section] of sections.entries()) {
        await section.screenshot({
          path: path.join(outDir, `${name}-${colorScheme}-${width}-${i + 1}.png`),
        });
      }
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: path.join(outDir, `${name}-${colorScheme}-${width}-0.png`) });
      console.log(
        `${name} ${colorScheme} ${width}: ${sections.length} sections, ready in ${took} ms`,
      );
      await page.close();
    }
  }
}
await browser.close();

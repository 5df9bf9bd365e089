// How many pictures a second the map gives while the clock is moved: 30 units over 30 days, in a
// browser without a display, drawn in software. Prints figures; fails under LEAST.
//
//   node test/drill_speed.mjs [LEAST]     default 30
import { pathToFileURL, fileURLToPath } from "node:url";
import { writeFile, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { build } from "../build.mjs";
import { coastOf, drillPage } from "./drill_fixture.mjs";
import { manyUnits } from "./drill_documents.mjs";

const executablePath = process.env.MUSTER_CHROMIUM ?? "/usr/bin/chromium";

/** Moves the slider a little at each picture, from end to end; answers with pictures a second. */
const scrub = (seconds) =>
  new Promise((done) => {
    const slider = document.querySelector(".clock-slider");
    const [from, to] = [Number(slider.min), Number(slider.max)];
    const gaps = [];
    let [start, before] = [0, 0];
    const next = (now) => {
      start ||= now;
      if (before) gaps.push(now - before);
      before = now;
      const share = (now - start) / (seconds * 1000);
      if (share >= 1) {
        gaps.sort((a, b) => a - b);
        done({ fps: (1000 * gaps.length) / gaps.reduce((a, b) => a + b, 0), slow: gaps[Math.floor(gaps.length * 0.95)] });
        return;
      }
      slider.value = String(from + (to - from) * share);
      slider.dispatchEvent(new Event("input"));
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });

/** Pictures a second while scrubbing, and the gap in ms that 95 in 100 stay under. */
export async function measured(seconds = 6) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-speed-"));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const halves = await build(folder);
    const doc = manyUnits(30, 30);
    const file = path.join(folder, "many.html");
    await writeFile(file, drillPage(halves, doc, { coast: await coastOf(doc.scene.box) }));
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector("#page[data-ready]");
    await page.waitForTimeout(500);
    return await page.evaluate(scrub, seconds);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const least = Number(process.argv[2] ?? 30);
  const { fps, slow } = await measured();
  console.log(`${fps.toFixed(1)} pictures a second; 95 in 100 within ${slow.toFixed(0)} ms`);
  if (fps < least) process.exitCode = 1;
}

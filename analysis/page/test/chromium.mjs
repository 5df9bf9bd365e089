// Pages in Chromium.
import { pagesIn } from "./browsers.mjs";

export const { missing, start, stop, write, writeHtml, writeDrill, open, close } = pagesIn("chromium");
export { assertLaidOut, resize, wrongTexts } from "./browsers.mjs";

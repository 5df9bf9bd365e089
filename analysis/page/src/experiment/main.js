// Starts the page: reads the document that stands in it and shows it, or says why it cannot.
import { h } from "../shared/dom.js";
import { readDocument } from "./document.js";
import { drawFigures, pageView, unfoldForPrint } from "./page.js";

/* global NOTICES */ // the licences of what is bundled, put in by build.mjs

const root = document.getElementById("page");
try {
  const doc = readDocument(document.getElementById("muster-analysis").textContent);
  document.title = doc.title;
  root.append(...pageView(doc, NOTICES));
  drawFigures(root);
  unfoldForPrint(root);
  root.setAttribute("data-ready", "");
} catch (error) {
  root.append(h("p", { class: "failure", role: "alert" }, error.message));
}

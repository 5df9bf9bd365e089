// Starts the page: reads the blocks that stand in it and shows them, or says why it cannot.
import { h } from "../shared/dom.js";
import { en } from "../language/en.js";
import { makeDesk } from "./desk.js";
import { pageView } from "./page.js";
import { readRun, sceneOf } from "./scene.js";

/* global NOTICES */ // the licences of what is bundled, put in by build.mjs

const root = document.getElementById("page");
const block = (id) => document.getElementById(id)?.textContent ?? "";

async function start() {
  const doc = readRun(block("muster-run"));
  const desk = makeDesk(doc, en);
  const scene = sceneOf(doc);
  desk.set({ time: scene.horizon.from });
  document.title = scene.title;
  root.append(...pageView(desk, { notices: NOTICES }));
  root.setAttribute("data-ready", "");
}

start().catch((error) => {
  root.append(h("p", { class: "failure", role: "alert" }, error.message));
});

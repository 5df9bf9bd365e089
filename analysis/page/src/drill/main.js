// Starts the page: reads the blocks that stand in it and shows them, or says why it cannot.
import { h } from "../shared/dom.js";
import { isLike } from "../shared/like.js";
import { en } from "../language/en.js";
import { readLand, unpack } from "./coast.js";
import { makeDesk } from "./desk.js";
import { followContours } from "./engine/contours.js";
import { startLive } from "./engine/live.js";
import { extraFrom } from "./engine/moves.js";
import { partsOfPage, savedLesson } from "./lesson/keep.js";
import { followMoves } from "./lesson/diary.js";
import { remember, rememberedLesson } from "./lesson/memory.js";
import { goTo, lessonOf, lessonState } from "./lesson/state.js";
import { namesOfFile } from "./naming.js";
import { pageView } from "./page.js";
import { startNames } from "./panels/names.js";
import { readRun, sceneOf } from "./scene.js";

/* global NOTICES, STYLE, WORKER */ // licences of what is bundled, style, script of the worker: put in by build.mjs

const root = document.getElementById("page");
const block = (id) => document.getElementById(id)?.textContent.trim() ?? "";

/** The run stands as it is, or packed: base64 of gzip. */
async function runText() {
  const text = block("muster-run");
  return text.startsWith("{") ? text : new TextDecoder().decode(await unpack(text));
}

/** A live page has the engine in it; it starts when the run that stands in the page is shown. */
function live(desk, saved) {
  const blocks = {
    wasm: block("muster-engine"),
    coast: block("muster-coast"),
    routes: block("muster-routes"),
    text: block("muster-text"),
  };
  if (!blocks.wasm || !blocks.text) return;
  startLive(desk, WORKER, blocks, saved);
  followContours(desk);
}

/** A page without its coast still shows the rest. */
async function land(warn) {
  const text = block("muster-coast");
  if (!text) return null;
  try {
    return readLand(await unpack(text));
  } catch (error) {
    warn(error.message);
    return null;
  }
}

function contours() {
  try {
    return JSON.parse(block("muster-area") || "null");
  } catch {
    return null;
  }
}

/** Names that the page was made with: muster report --names. */
function namesOfBlock() {
  try {
    return JSON.parse(block("muster-names") || "null");
  } catch {
    return null;
  }
}

/** A lesson goes on where it was when the page was saved, or begins. */
function startLesson(desk, saved) {
  desk.set({ lesson: lessonState(saved) });
  if (!lessonOf(desk.first).steps?.length) return;
  const at = Math.min(desk.lesson.step, lessonOf(desk.first).steps.length - 1);
  goTo(desk, at);
  const time = Number.isFinite(saved.time) ? { time: saved.time } : {};
  desk.set({ extra: extraFrom(saved.extra), ...time, ...savedRun(saved, desk.first) });
}

/** The run that was saved; where it is damaged none: the engine runs again what was moved. */
function savedRun({ run }, first) {
  try {
    const doc = run ? readRun(JSON.stringify(run)) : null;
    return doc && isLike(doc, first) ? { doc } : {};
  } catch {
    return {};
  }
}

async function start() {
  const parts = partsOfPage();
  document.head.append(h("style", {}, STYLE));
  const doc = readRun(await runText());
  const desk = makeDesk(doc, en);
  const scene = sceneOf(doc);
  desk.parts = parts;
  desk.set({ time: scene.horizon.from });
  const saved = lessonOf(doc) ? (rememberedLesson(savedLesson()) ?? savedLesson()) : savedLesson();
  startNames(desk, namesOfFile(doc), namesOfBlock(), saved.naming);
  if (lessonOf(doc)) startLesson(desk, saved);
  const setTitle = () => (document.title = desk.say(scene.title));
  desk.watch(["names"], setTitle);
  setTitle();
  const notes = [];
  const blocks = { land: await land((why) => notes.push(desk.word("page.unreadable", { why }))), contours: contours() };
  root.classList.toggle("with-lesson", desk.lesson !== null);
  root.append(...pageView(desk, { notices: NOTICES, blocks }));
  for (const note of notes) root.prepend(h("p", { class: "failure", role: "alert" }, note));
  if (desk.lesson) remember(desk);
  root.setAttribute("data-ready", "");
  requestAnimationFrame(() =>
    setTimeout(() => {
      live(desk, saved.moves);
      if (desk.lesson && desk.moves) followMoves(desk);
    }),
  );
}

start().catch((error) => {
  root.append(h("p", { class: "failure", role: "alert" }, error.message));
});

// Answers and the step outlive a reload of the tab: they stand in the tab's own storage, not on the disk for others. A
// browser may refuse that to a file; then the page asks before it is left.
import { stateToSave } from "./keep.js";

const PAUSE_MS = 300;
const key = () => `muster-lesson ${location.href.split("#", 1)[0]}`;

const isSame = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * The state before a reload, or before going away and back; null: the page was opened anew.
 *
 * @param saved the state that stands in the page: its run, where nothing else was moved since
 */
export function rememberedLesson(saved) {
  try {
    const [{ type } = {}] = performance.getEntriesByType("navigation");
    if (type !== "reload" && type !== "back_forward") return null;
    const kept = JSON.parse(sessionStorage.getItem(key()) ?? "null");
    if (kept === null || typeof kept !== "object") return null;
    return isSame(kept.moves, saved.moves) && isSame(kept.extra, saved.extra) ? { ...kept, run: saved.run } : kept;
  } catch {
    return null;
  }
}

const hasAnswers = ({ own, rows, coded, notes, hands, draft }) =>
  Object.keys(own.values).length + rows.length + coded.length + notes.length + Object.keys(hands).length > 0 || draft !== "";

/** Keeps the lesson's state in the tab from now on. */
export function remember(desk) {
  let timer = 0;
  let isKept = true;
  const write = () => {
    clearTimeout(timer);
    try {
      sessionStorage.setItem(key(), JSON.stringify({ ...stateToSave(desk), run: null })); // the run is made again
      isKept = true;
    } catch {
      isKept = false;
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE_MS);
  };
  desk.watch(["lesson", "moves", "extra", "names"], later);
  window.addEventListener("pagehide", write);
  window.addEventListener("beforeunload", (event) => {
    write();
    if (isKept || !hasAnswers(desk.lesson)) return;
    event.preventDefault();
    event.returnValue = ""; // asks; the words are the browser's
  });
}

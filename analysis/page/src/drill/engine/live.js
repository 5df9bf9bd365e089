// The engine of a live page: two workers, one for what must be instant, one for what takes its time; and what
// follows from moving something: the run is asked anew, and the page shows it.
import { makeClient } from "./client.js";
import { changesOf, isSameState, leversOf, movesFrom, requestOf, unmoved } from "./moves.js";

const HISTORY_MOST = 200;

const seedOf = (doc) => doc.scene?.seed ?? doc.seed ?? "";

/** What is wrong, in the engine's words; null where a document is a run. */
const problemsOf = (answer) =>
  Array.isArray(answer.diagnostics)
    ? answer.diagnostics.filter(({ severity }) => severity !== "note").map(({ message }) => message)
    : [answer.format];

/**
 * Starts the engine and gives the page `desk.engine`, null where there is none, and `desk.live`
 * ({state: "starting"|"ready"|"blocked", why, stopped, problems, isBusy, took_ms}).
 *
 * @param script the worker's script
 * @param blocks {wasm, coast, routes, text}, as they stand in the page
 * @param saved  what was moved when the page was saved; its run is shown already
 */
export function startLive(desk, script, blocks, saved = null) {
  const levers = leversOf(desk.first);
  const home = unmoved(desk.first);
  const atHome = { moves: home, extra: [] };
  const given = { ...blocks, name: `${desk.first.scenario?.id ?? "scenario"}.cfg` };
  const tell = (changes) => desk.set({ live: { ...desk.live, ...changes } });
  const stopped = (why, request) =>
    tell({
      stopped: {
        why,
        call: request.call,
        version: desk.first.program?.version ?? "",
        seed: request.seed ?? seedOf(desk.first),
        count: request.count ?? null,
      },
    });
  const quick = makeClient(script, given, stopped);
  const slow = makeClient(script, given, stopped);
  const past = [];
  let isOpen = false; // a slider on its way is one step of the history
  let running = null;
  let isThrowing = false;
  // What the run on the page was made with: not what is moved, while another is awaited or was refused.
  let shownFor = null;
  const now = () => ({ moves: desk.moves, extra: desk.extra });

  async function runAgain() {
    if (running) return; // the newest values are asked for when it is done
    while (!running || !isSameState(running, now())) {
      running = now();
      if (isSameState(running, atHome)) {
        tell({ problems: [], isBusy: false, took_ms: 0 });
        desk.set({ doc: desk.first });
        shownFor = running;
        continue;
      }
      tell({ isBusy: true });
      const from = performance.now();
      try {
        const answer = await quick.call(requestOf(levers, running, { call: "run" }));
        const took = performance.now() - from;
        if (answer.format !== "muster-run") tell({ problems: problemsOf(answer), took_ms: took });
        else if (!isSameState(now(), atHome)) {
          tell({ problems: [], stopped: null, took_ms: took });
          desk.set({ doc: answer });
          shownFor = running;
        }
      } catch (error) {
        tell({ problems: [error.message] });
      }
    }
    running = null;
    tell({ isBusy: false });
  }

  /** Goes to another state of the page, which can be undone. */
  function go(next, isOnWay = false) {
    if (isSameState(next, now())) {
      if (!isOnWay) isOpen = false;
      return;
    }
    if (!isOpen) past.push(now());
    if (past.length > HISTORY_MOST) past.shift();
    isOpen = isOnWay;
    desk.set(next);
    runAgain();
  }

  const engine = {
    /** A request to the worker for what is instant. */
    call: quick.call,
    /** A request to the worker for what takes its time; it is started by the first. */
    long: slow.call,
    levers,
    home,
    /** The request with all that was moved. */
    request: (request) => requestOf(levers, now(), request),
    changes: () => [...changesOf(levers, desk.moves), ...desk.extra],
    /** Moves something; `isOnWay`: the hand is still on it. */
    move: (moves, isOnWay = false) => go({ moves, extra: desk.extra }, isOnWay),
    /** Throws in changes beside what levers move, if the run takes them; answers with what is wrong. */
    async throwIn(lines) {
      if (isThrowing) return [desk.word("room.busy")];
      isThrowing = true;
      try {
        const answer = await quick.call(requestOf(levers, { ...now(), extra: [...desk.extra, ...lines] }, { call: "run" }));
        if (answer.format !== "muster-run") return problemsOf(answer);
        go({ moves: desk.moves, extra: [...desk.extra, ...lines] });
        return [];
      } finally {
        isThrowing = false;
      }
    },
    /** Is the run on the page that of what is moved? */
    isShown: () => isSameState(shownFor, now()),
    /** Another {moves, extra}, or one of them: what a lesson puts back or takes back. */
    put: (state) => go({ ...now(), ...state }),
    isHome: () => isSameState(now(), atHome),
    /** Back to the run that stands in the page. */
    reset: () => go(atHome),
    canUndo: () => past.length > 0,
    undo() {
      isOpen = false;
      const back = past.pop();
      if (!back) return;
      desk.set(back);
      runAgain();
    },
  };
  desk.set({ moves: movesFrom(desk.first, saved), live: { state: "starting", why: null, stopped: null, problems: [], isBusy: false, took_ms: 0 } });
  shownFor = desk.doc === desk.first ? atHome : now();
  const from = performance.now();
  quick.start().then(
    () => {
      tell({ state: "ready", started_ms: performance.now() - from });
      desk.set({ engine });
      if (desk.doc === desk.first && !engine.isHome()) runAgain(); // saved without its run
    },
    (error) => tell({ state: "blocked", why: error.message }),
  );
}

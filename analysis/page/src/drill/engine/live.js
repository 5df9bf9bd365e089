// The engine of a live page: two workers, one for what must be instant, one for what takes its time; and what
// follows from moving something: the run is asked anew, and the page shows it.
import { makeClient } from "./client.js";
import { changesOf, isSame, leversOf, requestOf, unmoved } from "./moves.js";

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
 */
export function startLive(desk, script, blocks) {
  const levers = leversOf(desk.first);
  const home = unmoved(desk.first);
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

  async function runAgain() {
    if (running) return; // the newest values are asked for when it is done
    while (!running || !isSame(running, desk.moves)) {
      running = desk.moves;
      if (isSame(running, home)) {
        tell({ problems: [], isBusy: false, took_ms: 0 });
        desk.set({ doc: desk.first });
        continue;
      }
      tell({ isBusy: true });
      const from = performance.now();
      try {
        const answer = await quick.call(requestOf(levers, running, { call: "run" }));
        const took = performance.now() - from;
        if (answer.format !== "muster-run") tell({ problems: problemsOf(answer), took_ms: took });
        else if (!isSame(desk.moves, home)) {
          tell({ problems: [], stopped: null, took_ms: took });
          desk.set({ doc: answer });
        }
      } catch (error) {
        tell({ problems: [error.message] });
      }
    }
    running = null;
    tell({ isBusy: false });
  }

  const engine = {
    /** A request to the worker for what is instant. */
    call: quick.call,
    /** A request to the worker for what takes its time; it is started by the first. */
    long: slow.call,
    levers,
    home,
    /** The request with all that was moved. */
    request: (request) => requestOf(levers, desk.moves, request),
    changes: () => changesOf(levers, desk.moves),
    /** Moves something; `isOnWay`: the hand is still on it. */
    move(next, isOnWay = false) {
      if (!isSame(next, desk.moves)) {
        if (!isOpen) past.push(desk.moves);
        if (past.length > HISTORY_MOST) past.shift();
        isOpen = isOnWay;
        desk.set({ moves: next });
        runAgain();
      } else if (!isOnWay) isOpen = false;
    },
    canUndo: () => past.length > 0,
    undo() {
      isOpen = false;
      const back = past.pop();
      if (!back) return;
      desk.set({ moves: back });
      runAgain();
    },
  };
  desk.set({ moves: home, live: { state: "starting", why: null, stopped: null, problems: [], isBusy: false, took_ms: 0 } });
  const from = performance.now();
  quick.start().then(
    () => {
      tell({ state: "ready", started_ms: performance.now() - from });
      desk.set({ engine });
    },
    (error) => tell({ state: "blocked", why: error.message }),
  );
}

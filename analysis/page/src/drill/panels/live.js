// What the panels that need the engine share: whether the page has one, how it is, what was moved.
import { h, said } from "../../shared/dom.js";
import { unmoved } from "../engine/moves.js";
import { phrase } from "./parts.js";

/** Whether a block stands in the page. */
export const hasBlock = (id) => typeof document !== "undefined" && document.getElementById(id) !== null;

export const hasEngine = () => hasBlock("muster-engine");

/** Whether the engine can be asked. */
export const isReady = (desk) => desk.engine !== null;

/** Where nothing is moved, also before the engine has started. */
export const movesOf = (desk) => desk.moves ?? unmoved(desk.first);

const stateKey = (live) => (live ? `live.${live.state}` : "live.starting");

function stoppedView(desk, { why, call, version, seed, count }) {
  const key = count ? "live.stopped.count" : "live.stopped";
  return h("p", { class: "failure" }, phrase(desk, key, { why, call, version, seed: String(seed), count: String(count) }));
}

/** How the engine is: nothing where all is well and nothing is awaited. */
export function statusView(desk) {
  const box = h("div", { class: "live-status" });
  const line = h("p", { class: "sentence muted", role: "status" });
  box.append(line);
  let told = null;
  const fill = () => {
    const { live } = desk;
    const isBlocked = live?.state === "blocked";
    line.textContent = isBlocked || live?.state === "ready" ? "" : desk.word(stateKey(live));
    line.hidden = line.textContent === "";
    const now = JSON.stringify([isBlocked, live?.why, live?.stopped, live?.problems]);
    if (now === told) return;
    told = now;
    box.replaceChildren(
      ...[
        line,
        isBlocked ? h("p", { class: "failure", role: "alert" }, phrase(desk, "live.blocked", { why: live.why })) : null,
        live?.stopped ? stoppedView(desk, live.stopped) : null,
        ...(live?.problems ?? []).map((why) => h("p", { class: "failure", role: "alert" }, said(why))),
      ].filter(Boolean),
    );
  };
  desk.watch(["live"], fill);
  fill();
  return box;
}

/** A button that can be pressed where the engine is there. */
export function engineButton(desk, attributes, ...children) {
  const button = h("button", { type: "button", ...attributes }, children);
  const fill = () => (button.disabled = !isReady(desk));
  desk.watch(["engine"], fill);
  fill();
  return button;
}

/** Says what went wrong with a request, in place of its answer. */
export const failureView = (message) => h("p", { class: "failure", role: "alert" }, said(String(message)));

/** The answer, or an error with the engine's words where it is not of that format. */
export function expectFormat(answer, format) {
  if (answer.format === format) return answer;
  throw new Error((answer.diagnostics ?? []).map(({ message }) => message).join("; ") || answer.format);
}

/** A button that asks something and shows the answer, which is marked as old once something is moved. */
export function askedView(desk, { key, label, ask, show, watches = [] }) {
  const out = h("div", { "data-key": `answer/${key}` });
  let asked = null; // moves of the answer that is shown
  let answer = null;
  let turn = 0;
  const note = h("p", { class: "sentence muted", role: "status" });
  const fill = () => {
    out.replaceChildren(...(answer === null ? [] : [show(answer)].flat(Infinity).filter(Boolean)));
  };
  const mark = () => {
    const isOld = answer !== null && asked !== desk.moves;
    out.classList.toggle("is-old", isOld);
    if (isOld) note.textContent = desk.word("live.old");
  };
  const press = async () => {
    turn += 1;
    const mine = turn;
    const moves = desk.moves;
    note.textContent = desk.word("live.working");
    out.setAttribute("aria-busy", "true");
    try {
      const given = await ask((part) => {
        if (mine === turn) note.textContent = part;
      });
      if (mine !== turn) return;
      [answer, asked] = [given, moves];
      note.textContent = "";
      fill();
      mark();
    } catch (error) {
      if (mine !== turn) return;
      answer = null;
      note.textContent = "";
      out.replaceChildren(failureView(error.message));
    } finally {
      if (mine === turn) out.removeAttribute("aria-busy");
    }
  };
  desk.watch(["moves"], mark);
  desk.watch(["hidden", "names", ...watches], fill);
  return { button: engineButton(desk, { click: press, "data-key": `ask/${key}` }, label), note, out, press };
}

// What the panels that need the engine share: whether the page has one, how it is, what was moved.
import { h, said } from "../../shared/dom.js";
import { isSameState, unmoved } from "../engine/moves.js";
import { hiddenNote, phrase } from "./parts.js";

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

/**
 * A list of things, [{id, element}], of which a lesson's step offers some: those come first, the others are
 * folded up; all alike where it offers none. `offered()`: their ids; `isOut(item)`: it is not shown yet, which is said
 * of one that is offered; `key`: of the texts.
 */
export function offeredView(desk, { key, name, items, offered, isOut = () => false }) {
  const listOf = (those) => h("ul", { class: name }, those.map(({ element }) => element));
  const root = h("div");
  let laid = null;
  const lay = () => {
    const ids = new Set(offered());
    const open = items.filter((item) => !isOut(item));
    const [first, rest] = [open.filter(({ id }) => ids.has(id)), open.filter(({ id }) => !ids.has(id))];
    const waits = items.some((item) => ids.has(item.id) && isOut(item)) ? h("p", { class: "hidden-note" }, desk.word(`${key}.waits`)) : null;
    const now = JSON.stringify([first, rest].map((those) => those.map(({ id }) => id)));
    if (now === laid) return;
    laid = now;
    if (first.length === 0) return root.replaceChildren(...[waits, listOf(rest)].filter(Boolean));
    const isOpen = root.querySelector("details")?.open ?? false;
    const others = h("details", { class: "others" }, h("summary", {}, desk.word(`${key}.others`, { n: rest.length })), listOf(rest));
    others.open = isOpen;
    root.replaceChildren(...[h("h3", {}, desk.word("live.offered")), waits, listOf(first), rest.length > 0 ? others : null].filter(Boolean));
    return undefined;
  };
  desk.watch(["offered", "lesson"], lay);
  lay();
  return root;
}

/** Says what went wrong with a request, in place of its answer. */
export const failureView = (message) => h("p", { class: "failure", role: "alert" }, said(String(message)));

/** The answer, or an error with the engine's words where it is not of that format. */
export function expectFormat(answer, format) {
  if (answer.format === format) return answer;
  throw new Error((answer.diagnostics ?? []).map(({ message }) => message).join("; ") || answer.format);
}

/**
 * A button that asks something and shows the answer, which is marked as old once something is moved.
 * `isHidden()`: whether a lesson hides the answer now; then nothing is asked. `waits()`: whether it can be asked only
 * after the reveal of a lesson's step.
 */
export function askedView(desk, { key, label, ask, show, isHidden = () => false, waits = () => false, watches = [] }) {
  const out = h("div", { "data-key": `answer/${key}` });
  const stateNow = () => ({ moves: movesOf(desk), extra: desk.extra });
  let asked = null; // what was moved when the answer was asked for
  let answer = null;
  let turn = 0;
  const note = h("p", { class: "sentence muted", role: "status" });
  const fill = () => {
    if (isHidden()) out.replaceChildren(hiddenNote(desk));
    else out.replaceChildren(...(answer === null ? [] : [show(answer)].flat(Infinity).filter(Boolean)));
  };
  const mark = () => {
    const isOld = answer !== null && !isSameState(asked, stateNow());
    if (!isOld && out.classList.contains("is-old")) note.textContent = "";
    out.classList.toggle("is-old", isOld);
    if (isOld) note.textContent = desk.word("live.old");
  };
  const press = async () => {
    turn += 1;
    const mine = turn;
    if (isHidden()) {
      answer = null;
      out.removeAttribute("aria-busy");
      note.textContent = "";
      return fill();
    }
    const state = stateNow();
    note.textContent = desk.word("live.working");
    out.setAttribute("aria-busy", "true");
    try {
      const given = await ask((part) => {
        if (mine === turn) note.textContent = part;
      });
      if (mine !== turn) return;
      [answer, asked] = [given, state];
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
    return undefined;
  };
  const button = engineButton(desk, { click: press, "data-key": `ask/${key}` }, label);
  const why = h("p", { class: "sentence muted" });
  const hold = () => {
    button.disabled = !isReady(desk) || waits();
    why.textContent = waits() ? desk.word("live.waits") : "";
  };
  desk.watch(["moves", "extra"], mark);
  desk.watch(["hidden", "names", ...watches], fill);
  desk.watch(["engine", "lesson", "hidden"], hold);
  fill();
  hold();
  return { button, why, note, out, press: () => (waits() ? undefined : press()) };
}

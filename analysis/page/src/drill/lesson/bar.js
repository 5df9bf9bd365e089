// The bar of a lesson: which step it is, its text, what to do and to ask, reveal, how long it runs.
import { announce, h, said } from "../../shared/dom.js";
import { variantsOf } from "../engine/moves.js";
import { putBack } from "./moved.js";
import { canReveal, change, goTo, isInstructor, isRevealed, lessonOf, note, passedOver, stepNow, stepsOf } from "./state.js";

const SECOND = 1000;

const spentText = (ms) => {
  const minutes = Math.floor(ms / 60000);
  return `${minutes}:${String(Math.floor(ms / SECOND) % 60).padStart(2, "0")}`;
};

/** The clock of the lesson: it runs when started, and can be stopped. */
function lessonClock(desk) {
  let since = null;
  let timer = 0;
  const shown = h("span", { class: "lesson-spent", "aria-hidden": "true" });
  const button = h("button", { type: "button", click: () => toggle() });
  const total = () => desk.lesson.spent + (since === null ? 0 : performance.now() - since);
  function show() {
    const { minutes } = lessonOf(desk.first);
    shown.textContent = minutes ? `${spentText(total())} / ${minutes} min` : spentText(total());
    const text = desk.word(since === null ? "lesson.clock.start" : "lesson.clock.stop");
    if (button.textContent !== text) button.textContent = text;
  }
  function toggle() {
    if (since === null) {
      since = performance.now();
      timer = setInterval(show, SECOND);
    } else {
      const spent = total();
      since = null;
      clearInterval(timer);
      change(desk, { spent });
      announce(desk.word("lesson.clock.at", { time: spentText(spent) }));
    }
    show();
  }
  desk.spentNow = total;
  show();
  return h("div", { class: "lesson-clock" }, shown, button);
}

const line = (desk, key, text, name) =>
  text ? h("p", { class: `lesson-line ${name}` }, h("b", {}, desk.word(key)), " ", said(text)) : null;

function offered(desk, step) {
  if (!desk.engine) return null;
  const variant = variantsOf(desk.first).find(({ id }) => id === step.variant);
  const button = (act, ...words) => h("button", { type: "button", click: act }, words);
  const run = () => {
    desk.engine.put({ moves: { variant: variant.id, values: {} } }); // by itself, whatever was tried before
    desk.set({ view: desk.hidden.has("joins") ? "variants" : "joins" });
  };
  const offers = [
    step.lever.length > 0 && !desk.hidden.has("levers") ? button(() => desk.set({ view: "levers" }), desk.word("lesson.levers")) : null,
    variant && !desk.hidden.has("variants") ? button(run, desk.word("lesson.variant"), " ", said(variant.title ?? variant.id)) : null,
  ].filter(Boolean);
  return offers.length > 0 ? h("p", { class: "lesson-line offers" }, offers) : null;
}

const ENTERED = ["predict", "coding"]; // views in which a class enters something

const FRAMES = 12; // a panel that comes to the front is drawn in a picture after that

/** Stages that come to light: open, from the first on, and the others folded. */
function bringOut(desk, before, frames = FRAMES) {
  const all = [...document.querySelectorAll("details.stage[data-stage]")];
  const isOut = ({ dataset: { stage } }) => before.has("verdict") || [...before].some((key) => stage === key || stage.startsWith(`${key}.`));
  const shown = all.filter((each) => isOut(each) && !each.querySelector(":scope > summary .badge-hidden"));
  if (shown.length === 0 && frames > 0) requestAnimationFrame(() => bringOut(desk, before, frames - 1));
  if (shown.length === 0 || shown.length === all.length) return;
  for (const each of all) each.open = shown.includes(each);
  shown[0].scrollIntoView({ block: "start" });
  document.scrollingElement.scrollTop = 0;
}

export function lessonBar(desk) {
  const lesson = lessonOf(desk.first);
  const body = h("div", { class: "lesson-body" });
  const titleOf = (step, i) => `${i + 1} ${desk.say(step.title)}${step.minutes ? ` (${step.minutes} min)` : ""}`;
  const title = h("h2", {});
  const choose = h(
    "select",
    { "aria-label": desk.word("lesson.steps"), change: () => go(Number(choose.value)) },
    stepsOf(desk).map((step, i) => h("option", { value: i })),
  );
  const move = (key, by) => h("button", { type: "button", class: `lesson-${key}`, click: () => go(desk.lesson.step + by) }, desk.word(`lesson.${key}`));
  const [back, on] = [move("back", -1), move("next", 1)];
  const reveal = h("button", { type: "button", class: "lesson-reveal", click: () => show() }, desk.word("lesson.reveal"));

  const told = h("div", { class: "lesson-told", role: "status" });

  function go(at, isAsked = false) {
    const step = stepsOf(desk)[at];
    if (!step || at === desk.lesson.step) return fill();
    const over = isInstructor(desk) || isAsked || desk.wentAhead ? null : passedOver(desk, at);
    if (over) return askAhead(at, over);
    const undo = putBack(desk);
    tell(undo ? [desk.word("lesson.putback"), " ", sayButton("lesson.undo", undo)] : []);
    goTo(desk, at);
    announce(desk.word("lesson.at", { n: at + 1, of: stepsOf(desk).length, title: desk.say(step.title) }));
    return undefined;
  }
  let isTelling = false; // of what was put back: it holds until something is moved again
  function tell(parts) {
    told.replaceChildren(...(parts.length > 0 ? [h("p", {}, parts)] : []));
    isTelling = parts.length > 0;
  }
  const sayButton = (key, act) =>
    h(
      "button",
      {
        type: "button",
        click: () => {
          on.focus();
          tell([]);
          act();
        },
      },
      desk.word(key),
    );
  /* In a student's file, once: the class is perhaps not there yet. */
  function askAhead(at, over) {
    fill();
    const yes = () => {
      desk.wentAhead = true;
      go(at, true);
    };
    tell([desk.word("lesson.ahead", { title: desk.say(over.title) }), " ", sayButton("lesson.ahead.yes", yes), " ", sayButton("lesson.ahead.no", () => {})]);
  }
  function show() {
    const step = stepNow(desk);
    const isOut = isRevealed(desk, step);
    const before = desk.hidden;
    goTo(desk, desk.lesson.step, { reveal: !isOut });
    if (isOut) return announce(desk.word("lesson.hidden"));
    note(desk, "revealed", step.title);
    announce(desk.word("lesson.revealed"));
    // Who coded or predicted wants to see the reasons now.
    if (ENTERED.includes(step.view) && desk.hidden.size < before.size && [...before].some((key) => key.includes("."))) desk.set({ view: "joins" });
    // Beside the map or a panel the text has a column of its own, which may be longer than the screen.
    body.querySelector(".revealed")?.scrollIntoView({ block: "nearest" });
    return requestAnimationFrame(() => bringOut(desk, before));
  }
  let filled = "";
  function fill() {
    const step = stepNow(desk);
    title.replaceChildren(said(lesson.title));
    const at = desk.lesson.step;
    const last = at === stepsOf(desk).length - 1;
    const isOut = step ? isRevealed(desk, step) : false;
    choose.value = String(at);
    stepsOf(desk).forEach((each, i) => (choose.options[i].textContent = titleOf(each, i)));
    // A button that goes while it has the focus would lose the keyboard's place.
    back.setAttribute("aria-disabled", String(at === 0));
    on.setAttribute("aria-disabled", String(last));
    const has = step !== null && canReveal(desk, step);
    reveal.hidden = !has;
    reveal.textContent = desk.word(isOut ? "lesson.hide" : "lesson.reveal");
    // Drawn anew only for another step or answer: what is open there stays open while somebody answers.
    const now = JSON.stringify([at, isOut, desk.engine !== null, [...desk.hidden], desk.nameSet, [...desk.names]]);
    if (!step || now === filled) return;
    filled = now;
    body.replaceChildren(
      ...[
        step.says ? h("p", { class: "lesson-says" }, said(step.says)) : null,
        line(desk, "lesson.try", step.try, "try"),
        line(desk, "lesson.ask", step.ask, "ask"),
        offered(desk, step),
        isOut ? line(desk, "lesson.answer", step.reveal, "revealed") : null,
        step.note && isInstructor(desk)
          ? h("details", { class: "lesson-note" }, h("summary", {}, desk.word("lesson.note")), h("p", {}, said(step.note)))
          : null,
        last && (isOut || !has) ? closing(desk, lesson) : null,
      ].filter(Boolean),
    );
  }
  desk.watch(["lesson", "engine", "hidden", "names"], fill);
  desk.watch(["moves", "extra"], () => isTelling && tell([]));
  fill();
  return h(
    "section",
    { class: "lesson-bar", "aria-label": desk.word("lesson.label") },
    h("div", { class: "lesson-head" }, title, isInstructor(desk) ? lessonClock(desk) : null),
    h("div", { class: "lesson-moves" }, back, choose, on, reveal),
    told,
    body,
  );
}

/** The last word: what the model cannot tell. */
export function closing(desk, lesson) {
  if (!lesson.closing?.length) return null;
  return h(
    "div",
    { class: "lesson-closing" },
    h("h3", {}, desk.word("lesson.closing")),
    h("ul", {}, lesson.closing.map((text) => h("li", {}, said(text)))),
  );
}

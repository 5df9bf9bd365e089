// The bar of a lesson: which step it is, its text, what to do and to ask, reveal, how long it runs.
import { announce, h, said } from "../../shared/dom.js";
import { change, goTo, isInstructor, isRevealed, lessonOf, note, stepNow, stepsOf } from "./state.js";

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
  if (!desk.engine || (step.lever.length === 0 && !step.variant)) return null;
  const go = (view, key) => h("button", { type: "button", click: () => desk.set({ view }) }, desk.word(key));
  return h(
    "p",
    { class: "lesson-line" },
    step.lever.length > 0 ? go("levers", "lesson.levers") : null,
    " ",
    step.variant ? go("variants", "lesson.variants") : null,
  );
}

/** What stands behind the reveal button. */
const canReveal = (step) => Boolean(step.reveal) || step.hide.length > 0 || step.predict.length > 0;

export function lessonBar(desk) {
  const lesson = lessonOf(desk.first);
  const body = h("div", { class: "lesson-body" });
  const choose = h(
    "select",
    { "aria-label": desk.word("lesson.steps"), change: () => go(Number(choose.value)) },
    stepsOf(desk).map((step, i) => {
      const minutes = step.minutes ? ` (${step.minutes} min)` : "";
      return h("option", { value: i }, `${i + 1} ${step.title}${minutes}`);
    }),
  );
  const move = (key, by) => h("button", { type: "button", class: `lesson-${key}`, click: () => go(desk.lesson.step + by) }, desk.word(`lesson.${key}`));
  const [back, on] = [move("back", -1), move("next", 1)];
  const reveal = h("button", { type: "button", class: "lesson-reveal", click: () => show() }, desk.word("lesson.reveal"));

  function go(at) {
    const step = stepsOf(desk)[at];
    if (!step) return;
    goTo(desk, at);
    announce(desk.word("lesson.at", { n: at + 1, of: stepsOf(desk).length, title: step.title }));
  }
  function show() {
    const step = stepNow(desk);
    goTo(desk, desk.lesson.step, { reveal: true });
    note(desk, "revealed", step.title);
    announce(step.reveal ?? desk.word("lesson.revealed"));
  }
  function fill() {
    const step = stepNow(desk);
    const at = desk.lesson.step;
    const last = at === stepsOf(desk).length - 1;
    const isOut = step ? isRevealed(desk, step) : false;
    choose.value = String(at);
    // A button that goes while it has the focus would lose the keyboard's place.
    back.setAttribute("aria-disabled", String(at === 0));
    on.setAttribute("aria-disabled", String(last));
    reveal.hidden = !step || !canReveal(step);
    reveal.setAttribute("aria-disabled", String(isOut));
    reveal.textContent = desk.word(isOut ? "lesson.revealed" : "lesson.reveal");
    if (!step) return;
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
        last && (isOut || !canReveal(step)) ? closing(desk, lesson) : null,
      ].filter(Boolean),
    );
  }
  desk.watch(["lesson", "engine"], fill);
  fill();
  return h(
    "section",
    { class: "lesson-bar", "aria-label": desk.word("lesson.label") },
    h("div", { class: "lesson-head" }, h("h2", {}, said(lesson.title)), lessonClock(desk)),
    h("div", { class: "lesson-moves" }, back, choose, on, reveal),
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

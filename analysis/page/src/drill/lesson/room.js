// The instructor's desk: roles to print, injects to throw in, an umpire's word, moments to go to.
import { announce, h, said } from "../../shared/dom.js";
import { panel, section } from "../panels/parts.js";
import { momentText } from "../time.js";
import { rulingsOf, takeBack } from "./moved.js";
import { change, isInstructor, lessonOf, note } from "./state.js";

/** Runs again with further changes, beside what levers moved; tells what is wrong. */
async function runWith(desk, lines) {
  const problems = await desk.engine.throwIn(lines).catch((error) => [error.message]);
  if (problems.length > 0) announce(problems[0] ?? desk.word("room.failed"));
  return problems.length === 0;
}

function roleView(desk, role) {
  const sheet = h(
    "article",
    { class: "role-sheet" },
    h("h4", {}, said(role.title.trim() || role.id)),
    role.brief ? h("p", {}, said(role.brief)) : null,
    role.aims?.length > 0 ? h("ul", {}, role.aims.map((aim) => h("li", {}, said(aim)))) : null,
    role.secret ? h("p", { class: "secret" }, h("b", {}, desk.word("room.secret")), " ", said(role.secret)) : null,
  );
  const print = h(
    "button",
    {
      type: "button",
      "data-key": `print-${role.id}`,
      click: () => {
        sheet.classList.add("printed");
        document.documentElement.setAttribute("data-print", "role");
        const end = () => {
          sheet.classList.remove("printed");
          document.documentElement.removeAttribute("data-print");
        };
        window.addEventListener("afterprint", end, { once: true });
        window.print();
      },
    },
    desk.word("room.print", { title: role.title }),
  );
  return [sheet, print];
}

function injectView(desk, inject) {
  const isOn = inject.on || desk.doc.scene?.injects?.some(({ id, on }) => id === inject.id && on);
  const thrown = async () => {
    if (await runWith(desk, [`injects.${inject.id}.on = true`])) note(desk, "inject", inject.title);
  };
  return h(
    "li",
    {},
    h("b", {}, said(inject.title)),
    inject.at ? `, ${momentText(Date.parse(inject.at))}` : "",
    isOn ? ` (${desk.word("room.on")})` : "",
    inject.says ? h("p", {}, said(inject.says)) : null,
    inject.note && isInstructor(desk) ? h("p", { class: "muted" }, said(inject.note)) : null,
    desk.engine && !isOn && isInstructor(desk)
      ? h("button", { type: "button", "data-key": `inject-${inject.id}`, click: thrown }, desk.word("room.throw"))
      : null,
  );
}

function injectsView(desk) {
  const all = (desk.doc.scene?.injects ?? []).filter(
    ({ on, at }) => isInstructor(desk) || (on && !(desk.hidden.has("future") && Date.parse(at) > desk.time)),
  );
  return all.length > 0 ? section(3, desk.word("room.injects"), h("ul", { class: "injects" }, all.map((each) => injectView(desk, each)))) : null;
}

/** Rulings in force, each with a button that takes it back; in a replay, those that were noted. */
function rulingsView(desk) {
  const nameOf = (id) => desk.name(id, asFile(desk).find(({ state }) => state === id)?.name);
  const inForce = desk.engine
    ? rulingsOf(desk.extra).map((each) => ({
        text: `${nameOf(each.state)}: ${desk.word(`room.${each.says}`)}. ${each.reason ?? ""}`.trim(),
        key: each.state,
        undo: () => takeBack(desk, each),
      }))
    : desk.lesson.notes
        .filter(({ kind }) => kind === "ruling")
        .map((entry, i) => ({ text: entry.text, key: i, undo: () => change(desk, { notes: desk.lesson.notes.filter((each) => each !== entry) }) }));
  if (inForce.length === 0) return null;
  const row = ({ text, key, undo }) => {
    const back = () => {
      undo();
      if (desk.engine) note(desk, "ruling", desk.word("room.taken", { what: text }));
      announce(desk.word("room.taken", { what: text }));
    };
    const button = h("button", { type: "button", class: "small", "data-key": `ruling-back-${key}`, "aria-label": desk.word("room.back.of", { what: text }), click: back }, desk.word("room.back"));
    return h("li", {}, said(text), " ", button);
  };
  return h("ul", { class: "rulings" }, inForce.map(row));
}

const asFile = (desk) => desk.first.decisions ?? [];

function umpireView(desk) {
  const asked = (desk.doc.decisions ?? []).filter(({ part }) => part !== "host");
  if (asked.length === 0 || !isInstructor(desk)) return null;
  const who = h("select", { "data-key": "ruling-who", "data-keep": true }, asked.map(({ drill, state, name }, i) => h("option", { value: i }, `${desk.name(state, name)}, ${desk.name(drill)}`)));
  const says = h("select", { "data-key": "ruling-says", "data-keep": true }, ["joins", "stays-out"].map((each) => h("option", { value: each }, desk.word(`room.${each}`))));
  const reason = h("input", { type: "text", maxlength: 300, "data-key": "ruling-reason", "data-keep": true });
  const rule = async () => {
    const words = reason.value.trim();
    if (!words) {
      announce(desk.word("room.reason.none"));
      return reason.focus();
    }
    const { drill, state, name } = asked[Number(who.value)];
    const text = `${desk.name(state, name)}: ${desk.word(`room.${says.value}`)}. ${words}`;
    const path = `drills.${drill}.rulings.${state}`;
    const quoted = `"${words.replace(/[\\"]/g, "\\$&")}"`;
    if (desk.engine && !(await runWith(desk, [`${path}.says = "${says.value}"`, `${path}.reason = ${quoted}`]))) return undefined;
    reason.value = "";
    note(desk, "ruling", text);
    announce(desk.word("room.ruled"));
    return undefined;
  };
  return section(
    3,
    desk.word("room.umpire"),
    h("p", { class: "muted" }, desk.word(desk.engine ? "room.umpire.how" : "room.umpire.replay")),
    h("div", { class: "ruling-form" }, h("label", {}, desk.word("room.who"), " ", who), h("label", {}, desk.word("room.says"), " ", says), h("label", {}, desk.word("room.reason"), " ", reason), h("button", { type: "button", "data-key": "ruling-do", click: rule }, desk.word("room.rule"))),
    rulingsView(desk),
  );
}

function draw(desk) {
  const lesson = lessonOf(desk.first);
  return [
    lesson.audience ? h("p", { class: "sentence" }, h("b", {}, desk.word("room.audience")), " ", said(lesson.audience)) : null,
    lesson.aims?.length > 0 ? section(3, desk.word("room.aims"), h("ul", {}, lesson.aims.map((aim) => h("li", {}, said(aim))))) : null,
    lesson.note && isInstructor(desk) ? section(3, desk.word("lesson.note"), h("p", {}, said(lesson.note))) : null,
    lesson.roles?.length > 0 ? section(3, desk.word("room.roles"), lesson.roles.map((role) => roleView(desk, role))) : null,
    injectsView(desk),
    umpireView(desk),
  ];
}

export const room = panel({ id: "room", title: "room.title", when: (doc) => lessonOf(doc) !== null, draw, watches: ["doc", "hidden", "lesson", "engine", "extra"] });

// What this page is of: the case, who coded it and for what use, names of things, keys of the keyboard.
import { h, newId, said } from "../../shared/dom.js";
import { useSentence } from "./evidence.js";
import { list, scene } from "./facts.js";
import { dayOf, ms } from "./moments.js";
import { panel, para, section, table } from "./parts.js";

const OWN = "own"; // beside the indices of the names that the file has

/** Things with several names: a sea, an island, a state. */
function namedThings(doc) {
  const { names, states } = scene(doc);
  const things = list(names).map(({ id, thing, names: of }) => ({
    id,
    what: thing ?? id,
    names: list(of),
  }));
  const taken = new Set(things.map(({ id }) => id));
  for (const state of list(states))
    if (!taken.has(state.id))
      things.push({
        id: state.id,
        what: state.name ?? state.id,
        names: [...new Set([state.name ?? state.id, ...list(state.names)])],
      });
  return things;
}

/** A choice among the names that the file has, or a text of one's own. */
function nameField(desk, { id, what, names }) {
  const [select, field] = [newId("name"), newId("own-name")];
  const chosen = desk.names.get(id);
  const at = chosen === undefined ? 0 : names.indexOf(chosen);
  const choose = (value) => {
    const next = new Map(desk.names);
    if (value === undefined || value.trim() === "") next.delete(id);
    else next.set(id, value.trim());
    desk.set({ names: next });
  };
  const own = h("input", {
    id: field,
    type: "text",
    maxlength: 80,
    "aria-label": desk.word("about.own", { what }),
    change: (event) => choose(event.target.value),
  });
  own.value = at < 0 ? chosen : "";
  own.hidden = at >= 0;
  const pick = h(
    "select",
    {
      id: select,
      change: (event) => {
        own.hidden = event.target.value !== OWN;
        if (event.target.value === OWN) own.focus();
        else choose(names[Number(event.target.value)]);
      },
    },
    names.map((name, i) => h("option", { value: String(i), selected: i === at }, name)),
    h("option", { value: OWN, selected: at < 0 }, desk.word("about.other")),
  );
  return h("div", { class: "name-field" }, h("label", { for: select }, said(what)), pick, own);
}

function facts(desk) {
  const { doc } = desk;
  const from = scene(doc);
  const plan =
    doc.run === "replication"
      ? desk.word("about.replication", { n: doc.replication ?? "" })
      : desk.word("about.plan");
  const rows = [
    ["scenario", doc.scenario?.id],
    ["variant", doc.scenario?.variant],
    ["hash", from.hash ?? doc.scenario?.hash],
    ["run", plan],
    ["seed", from.seed ?? doc.seed],
    ["program", `${doc.program?.name ?? "muster"} ${doc.program?.version ?? ""}`],
    ["codedby", from.coded_by],
    [
      "codedon",
      from.coded_on
        ? Number.isFinite(ms(from.coded_on)) && /T/.test(from.coded_on)
          ? dayOf(desk, ms(from.coded_on), 0)
          : from.coded_on
        : null,
    ],
  ].filter(([, value]) => value !== null && value !== undefined && String(value).trim() !== "");
  return h(
    "dl",
    { class: "facts-list" },
    rows.map(([key, value]) =>
      h("div", {}, h("dt", {}, desk.word(`about.${key}`)), h("dd", {}, said(String(value)))),
    ),
  );
}

/** Keys and what they do, in the words of the language file: "key.1" and "key.1.does". */
function keys(desk) {
  const rows = [];
  for (let i = 1; desk.word(`about.key.${i}`) !== `about.key.${i}`; i += 1)
    rows.push([h("kbd", {}, desk.word(`about.key.${i}`)), desk.word(`about.key.${i}.does`)]);
  return table({
    caption: desk.word("about.keys"),
    columns: [{ text: desk.word("about.column.key") }, { text: desk.word("about.column.does") }],
    rows,
  });
}

function sources(desk) {
  const all = list(scene(desk.doc).sources);
  if (all.length === 0) return null;
  return section(
    2,
    desk.word("about.sources"),
    h(
      "dl",
      { class: "left-out" },
      all.map(({ id, text }) => h("div", {}, h("dt", {}, said(id)), h("dd", {}, said(text ?? "")))),
    ),
  );
}

function draw(desk) {
  const { summary } = scene(desk.doc);
  const things = namedThings(desk.doc);
  return [
    section(
      2,
      desk.word("about.heading"),
      summary ? h("p", { class: "sentence" }, said(summary)) : null,
      useSentence(desk),
      desk.doc.scenario?.hindsight ? para(desk, "about.hindsight") : null,
      facts(desk),
    ),
    things.length > 0
      ? section(
          2,
          desk.word("about.names"),
          h("p", { class: "sentence" }, desk.word("about.names.how")),
          h(
            "div",
            { class: "name-fields" },
            things.map((thing) => nameField(desk, thing)),
          ),
        )
      : null,
    section(2, desk.word("about.keys"), keys(desk)),
    sources(desk),
    section(2, desk.word("about.licences"), para(desk, "about.licence")),
  ];
}

export const about = panel({ id: "about", title: "about.title", draw, watches: ["doc", "hidden"] });

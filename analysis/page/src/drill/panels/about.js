// What this page is of: the case, who coded it and for what use, keys of the keyboard.
import { h, quoted, said } from "../../shared/dom.js";
import { useSentence } from "./evidence.js";
import { list, scene } from "./facts.js";
import { dayOf, ms } from "./moments.js";
import { panel, para, section, table } from "./parts.js";

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
      all.map(({ id, text }) => h("div", {}, h("dt", {}, said(id)), h("dd", {}, quoted(text ?? "")))),
    ),
  );
}

function draw(desk) {
  const { summary } = scene(desk.doc);
  return [
    section(
      2,
      desk.word("about.heading"),
      summary ? h("p", { class: "sentence" }, said(summary)) : null,
      useSentence(desk),
      desk.doc.scenario?.hindsight ? para(desk, "about.hindsight") : null,
      facts(desk),
    ),
    section(2, desk.word("about.keys"), keys(desk)),
    sources(desk),
    section(2, desk.word("about.licences"), para(desk, "about.licence")),
  ];
}

export const about = panel({ id: "about", title: "about.title", draw, watches: ["doc", "hidden"] });

// What was practised, over time: bars by outcome, each with its cause and its chance; a click sets the clock.
import { h, newId, said } from "../../shared/dom.js";
import { shorten } from "../../shared/text.js";
import {
  decisionsOf,
  drillName,
  hidesTime,
  isReplication,
  list,
  outcome,
  scene,
  zoneOf,
} from "./facts.js";
import { clock, DAY_MS, isMoment, ms } from "./moments.js";
import { dayAxis, moveNow, nowLine, timeScale } from "./axis.js";
import { chance, decimal } from "./numbers.js";
import { hatch, panel, para, picture, s, section, table } from "./parts.js";

const ROW = 26;

/** What a serial came to, in a word: the plan run throws no dice, so a serial is held, not done. */
const stateKey = (doc, serial) =>
  serial.outcome === "done" && !isReplication(doc) ? "serials.held" : `serials.${serial.outcome}`;

/** Planned times fill in what a serial that was not held lacks. */
function rowsOf(doc, drill) {
  const planned = new Map(list(scene(doc).serials).map((each) => [each.id, each]));
  return list(doc.serials)
    .filter((serial) => serial.drill === drill)
    .map((serial, i) => {
      const plan = planned.get(serial.id) ?? {};
      const from = isMoment(ms(serial.start)) ? ms(serial.start) : ms(plan.start);
      const until = ms(serial.end) > from ? ms(serial.end) : ms(plan.end);
      return {
        serial,
        plan,
        number: i + 1,
        from,
        until,
        wasHeld: ms(serial.end) > ms(serial.start),
      };
    });
}

function goTo(desk, { serial, from }) {
  if (isMoment(from)) desk.set({ time: from, selected: { kind: "serial", id: serial.id } });
}

function stateWords(desk, { serial, from, until }) {
  if (hidesTime(desk, isMoment(until) ? until : from)) return desk.word("serials.tocome");
  const word = desk.word(stateKey(desk.doc, serial));
  return serial.cause && serial.outcome !== "done" ? [word, ": ", said(serial.cause)] : word;
}

function bar(desk, row, scale, y, id) {
  if (!isMoment(row.from) || !isMoment(row.until)) return null;
  const [x, end] = [scale.inside(row.from), scale.inside(row.until)];
  const isHidden = hidesTime(desk, row.until);
  const what = isHidden ? "tocome" : row.serial.outcome;
  const width = Math.max(3, end - x);
  const fill = what === "done" ? "var(--muted)" : what === "degraded" ? `url(#${id})` : "none";
  return s(
    "g",
    { class: "serial-bar", click: () => goTo(desk, row) },
    s(
      "title",
      {},
      `${row.serial.name ?? row.serial.id}: ${desk.word(isHidden ? "serials.tocome" : stateKey(desk.doc, row.serial))}`,
    ),
    s("rect", { x, y: y + 4, width, height: ROW - 10, rx: 2, fill, class: `outcome ${what}` }),
    what === "cancelled"
      ? s("path", { d: `M${x + width / 2 - 5} ${y + 7}l10 10m0-10l-10 10`, class: "cross" })
      : null,
  );
}

function drawBars(desk, drill, rows, width) {
  const about = list(desk.doc.drills).find(({ id }) => id === drill) ?? {};
  const names = Math.min(width * 0.4, 190);
  const times = rows
    .flatMap(({ from, until }) => [from, until])
    .concat(ms(about.started ?? about.muster_at), ms(about.end))
    .filter(isMoment);
  const from = Math.floor(Math.min(...times) / DAY_MS) * DAY_MS;
  const scale = timeScale(from, Math.max(...times), names + 8, width - 8);
  const bottom = rows.length * ROW + 6;
  const id = newId("hatch");
  return s(
    "svg",
    { width, height: bottom + 22, viewBox: `0 0 ${width} ${bottom + 22}` },
    s("defs", {}, hatch(id)),
    dayAxis(desk, scale, 2, bottom),
    rows.map((row, i) => [
      s(
        "text",
        { x: 2, y: i * ROW + 20, class: "bar-name" },
        shorten(`${row.number} ${row.serial.name ?? row.serial.id}`, names - 4, 12),
      ),
      bar(desk, row, scale, i * ROW + 3, id),
    ]),
    nowLine(desk, scale, 2, bottom),
  );
}

function asTable(desk, rows) {
  const zone = zoneOf(desk.doc);
  const columns = [
    { text: desk.word("serials.column.name") },
    { text: desk.word("serials.column.start") },
    { text: desk.word("serials.column.end") },
    { text: desk.word("serials.column.p"), number: true },
    { text: desk.word("serials.column.state") },
  ];
  return table({
    caption: desk.word("serials.table"),
    class: "clocks",
    columns,
    rows: rows.map((row) => {
      const isHidden = hidesTime(desk, isMoment(row.until) ? row.until : row.from);
      return {
        "data-serial": row.serial.id,
        cells: [
          [`${row.number} `, said(row.serial.name ?? row.serial.id)],
          isMoment(row.from)
            ? h(
                "button",
                {
                  type: "button",
                  class: "go",
                  "data-key": `serial-${row.serial.id}`,
                  click: () => goTo(desk, row),
                  "aria-label": desk.word("serials.go", {
                    name: row.serial.name ?? row.serial.id,
                    time: clock(row.from, zone),
                  }),
                },
                clock(row.from, zone),
              )
            : clock(NaN),
          row.wasHeld && !isHidden ? clock(ms(row.serial.end), zone) : "\u2013",
          isHidden ? "\u2013" : chance(row.serial.probability),
          h(
            "span",
            { class: `state-word ${isHidden ? "tocome" : row.serial.outcome}` },
            stateWords(desk, row),
          ),
        ],
      };
    }),
  });
}

/** The counts of the report. */
function sumOf(desk, drill, rows) {
  if (rows.some((row) => hidesTime(desk, row.until))) return null;
  const of = (what) => rows.filter(({ serial }) => serial.outcome === what);
  const params = {
    planned: rows.length,
    done: of("done").length,
    degraded: of("degraded").length,
    cancelled: of("cancelled").length,
  };
  const about = list(desk.doc.drills).find(({ id }) => id === drill);
  const sea =
    about?.sea_state !== undefined && !isReplication(desk.doc)
      ? ` ${desk.word("serials.sea", { sea: about.sea_state })}`
      : "";
  if (isReplication(desk.doc))
    return h("p", { class: "sentence" }, desk.word("serials.sum.drawn", params));
  const expected = of("done").reduce((sum, { serial }) => sum + (serial.probability ?? 0), 0);
  params.expected = decimal(expected, 1);
  params.chance = decimal(params.done - expected, 1);
  return h("p", { class: "sentence" }, desk.word("serials.sum", params), sea);
}

function airCover(desk, drill) {
  const of = list(desk.doc.outcomes).find(({ measure: name }) => name === "coverage")?.values ?? {};
  const mine = Object.keys(of).filter((id) => id.startsWith(`${drill}/`) && of[id] !== null);
  if (mine.length === 0 || desk.hidden?.has("future")) return null;
  const plan = list(scene(desk.doc).drills).find(({ id }) => id === drill);
  const names = new Map(list(plan?.air).map(({ id, name }) => [id, name]));
  return h(
    "ul",
    { class: "sentence" },
    mine.map((id) => {
      const short = id.slice(drill.length + 1);
      return h(
        "li",
        {},
        said(names.get(short) ?? short),
        ": ",
        desk.word("serials.air", {
          cover: decimal(of[id], 2),
          n: outcome(desk.doc, "air_sorties", id) ?? 0,
        }),
      );
    }),
  );
}

function legend(desk) {
  const mark = (what) =>
    h(
      "span",
      { class: "key" },
      s(
        "svg",
        { width: 26, height: 12, "aria-hidden": "true" },
        s("rect", {
          x: 1,
          y: 1,
          width: 24,
          height: 10,
          class: `outcome ${what}`,
          fill: what === "done" ? "var(--muted)" : "none",
        }),
        what === "cancelled" ? s("path", { d: "M9 2l8 8m0-8l-8 8", class: "cross" }) : null,
        what === "degraded"
          ? s("path", { d: "M3 10 11 2M9 10 17 2M15 10 23 2", class: "hatch-mark" })
          : null,
      ),
      desk.word(
        what === "done"
          ? isReplication(desk.doc)
            ? "serials.done"
            : "serials.held"
          : `serials.${what}`,
      ),
    );
  return h("p", { class: "keys" }, ["done", "degraded", "cancelled"].map(mark));
}

function draw(desk) {
  return list(desk.doc.drills).map(({ id }) => {
    const rows = rowsOf(desk.doc, id);
    if (rows.length === 0) return null;
    const canDraw = rows.some((row) => isMoment(row.from) && isMoment(row.until));
    return section(
      2,
      said(drillName(desk.doc, id)),
      decisionsOf(desk.doc, id).length > 0 &&
        list(desk.doc.drills).find((each) => each.id === id).mustered === false
        ? para(desk, "serials.notmustered")
        : null,
      canDraw
        ? h(
            "figure",
            {},
            legend(desk),
            picture(desk.word("serials.picture"), (width) => drawBars(desk, id, rows, width)),
          )
        : null,
      asTable(desk, rows),
      h(
        "p",
        { class: "sentence muted" },
        desk.word(isReplication(desk.doc) ? "serials.how.drawn" : "serials.how"),
      ),
      sumOf(desk, id, rows),
      airCover(desk, id),
    );
  });
}

export const serials = panel({
  id: "serials",
  title: "serials.title",
  when: (doc) => list(doc.serials).length > 0,
  draw,
  tick(desk, root) {
    moveNow(desk, root);
    const chosen = desk.selected?.kind === "serial" ? desk.selected.id : null;
    for (const row of root.querySelectorAll("tr[data-serial]"))
      row.classList.toggle("chosen", row.getAttribute("data-serial") === chosen);
  },
});

// Which reports can be true together: from a claim to a sighting, and the speed that it takes.
import { h, newId, quoted, said } from "../../shared/dom.js";
import {
  list,
  scene,
  sourceText,
  stateName,
  unitName,
  unitOf,
  zoneOf,
  zoneOfState,
} from "./facts.js";
import { dated, dayOf, ms } from "./moments.js";
import { timeScale, dayAxis, moveNow, nowLine } from "./axis.js";
import { decimal } from "./numbers.js";
import { badge, hatch, panel, para, phrase, picture, s, section, table } from "./parts.js";

const KINDS = { possible: "yes", impossible: "no", "possible only if": "tie" };
const observation = (doc, id) => list(scene(doc).observations).find((each) => each.id === id);

/** A check with its two reports and their moments. */
function checkOf(doc, check) {
  const [claim, seen] = [observation(doc, check.claim), observation(doc, check.sighting)];
  const from = ms(claim?.from);
  const until = Number.isFinite(ms(claim?.until)) ? ms(claim.until) : from;
  const state = unitOf(doc, check.binding_unit)?.state;
  const zone_h = check.zone_h ?? (state ? zoneOfState(doc, state) : zoneOf(doc)); // where the report comes from
  return { ...check, claimed: claim, seen, from, until, at: ms(seen?.from), zone_h };
}

/** Whom a report tells of: a unit, a group, or the state whose ships they are. */
const who = (desk, { claimed, binding_unit }) => {
  const { doc } = desk;
  if (claimed?.unit) return unitName(doc, claimed.unit);
  const group = list(scene(doc).groups).find(({ id }) => id === claimed?.group);
  const state = unitOf(doc, binding_unit)?.state;
  return group?.name ?? (state ? stateName(desk, state) : desk.word("timeline.they"));
};

const knots = (value) => `${decimal(value, 1)}\u00a0kn`;

function reason(desk, check, verdict, latest, speed) {
  const binding = check.binding_unit
    ? unitName(desk.doc, check.binding_unit)
    : desk.word("timeline.slowest");
  const params = {
    needed: knots(check.needed_kn),
    speed: knots(speed),
    unit: binding,
    latest: dated(desk, ms(latest), check.zone_h),
  };
  const key = {
    possible: "timeline.why.possible",
    "possible only if": "timeline.why.onlyif",
    impossible: "timeline.why.impossible",
  }[verdict];
  return phrase(desk, key ?? "timeline.why.noway", params);
}

/** Needed speed as a bar against the highest, which is a line. */
function gauge(desk, check, scale) {
  const share = (value) => `${(100 * Math.min(1, Math.max(0, value / scale))).toFixed(2)}%`;
  if (!(check.needed_kn > 0) || !(check.max_kn > 0)) return null;
  const label = desk.word("timeline.gauge", {
    needed: knots(check.needed_kn),
    max: knots(check.max_kn),
  });
  return h(
    "div",
    { class: "gauge" },
    h(
      "span",
      { class: "gauge-bar", "aria-hidden": "true" },
      h("span", {
        class: check.needed_kn > check.max_kn ? "gauge-fill over" : "gauge-fill",
        style: `width:${share(check.needed_kn)}`,
      }),
      h("span", { class: "gauge-max", style: `left:${share(check.max_kn)}` }),
    ),
    h("span", { class: "gauge-text" }, label),
  );
}

function checkView(desk, check, speedScale) {
  const says = (report) => (report?.says ? h("p", { class: "muted" }, quoted(report.says)) : null);
  const claimAt = !Number.isFinite(check.from)
    ? desk.word("timeline.unknown")
    : check.until > check.from
      ? desk.word("timeline.hourless", { day: dayOf(desk, check.from, check.zone_h) })
      : dated(desk, check.from, check.zone_h);
  const cite = (report) =>
    report?.source
      ? h("span", { class: "source" }, " [", quoted(sourceText(desk.doc, report.source)), "]")
      : null;
  return h(
    "li",
    { class: "check" },
    h(
      "div",
      { class: "check-head" },
      badge(KINDS[check.verdict] ?? "unknown", desk.word(`timeline.verdict.${check.verdict}`)),
      h("h3", {}, phrase(desk, "timeline.claim", { who: who(desk, check), at: claimAt })),
    ),
    h(
      "p",
      {},
      phrase(desk, "timeline.from", { at: claimAt }),
      cite(check.claimed),
      "; ",
      phrase(desk, "timeline.seen", { at: dated(desk, check.at, zoneOf(desk.doc)) }),
      cite(check.seen),
      "; ",
      phrase(
        desk,
        unitOf(desk.doc, check.binding_unit)?.domain === "air"
          ? "timeline.byair"
          : "timeline.bysea",
        { nm: decimal(check.distance_nm, 0) },
      ),
    ),
    h("p", { class: "reason" }, reason(desk, check, check.verdict, check.latest, check.max_kn)),
    gauge(desk, check, speedScale),
    check.verdict_sustained &&
      (check.verdict_sustained !== check.verdict || check.verdict === "possible only if")
      ? h(
          "p",
          { class: "muted" },
          phrase(desk, "timeline.sustained", { speed: knots(check.sustained_kn) }),
          " ",
          reason(desk, check, check.verdict_sustained, check.latest_sustained, check.sustained_kn),
        )
      : null,
    check.verdict_5nm
      ? h(
          "p",
          { class: "muted" },
          desk.word("timeline.nearer", {
            verdict: desk.word(`timeline.verdict5.${check.verdict_5nm}`),
          }),
        )
      : null,
    says(check.claimed),
  );
}

const ROW = 34;

/** Bars from claim to sighting on one line of time; full: possible, hatched: in part, hollow: not. */
function drawBars(desk, checks, width) {
  const [from, until] = checks.reduce(
    ([a, b], check) => [Math.min(a, check.from), Math.max(b, check.at)],
    [Infinity, -Infinity],
  );
  const pad = (until - from) * 0.05 || 3600000;
  const scale = timeScale(from - pad, until + pad, 10, width - 10);
  const bottom = checks.length * ROW + 6;
  const id = newId("hatch");
  const svg = s(
    "svg",
    { width, height: bottom + 24, viewBox: `0 0 ${width} ${bottom + 24}` },
    s("defs", {}, hatch(id)),
    dayAxis(desk, scale, 4, bottom),
  );
  checks.forEach((check, i) => {
    const y = i * ROW + 22;
    const kind = KINDS[check.verdict] ?? "unknown";
    const x = scale(check.from);
    const end = scale(check.at);
    const fill = kind === "yes" ? "var(--muted)" : kind === "tie" ? `url(#${id})` : "none";
    svg.append(
      s(
        "text",
        { x, y: y - 6, class: "bar-name" },
        `${i + 1}  ${desk.word(`timeline.verdict.${check.verdict}`)}`,
      ),
      s("rect", { x, y, width: Math.max(2, end - x), height: 9, class: `time-bar ${kind}`, fill }),
      s("path", { d: `M${end} ${y - 3}l5 7.5-5 7.5-5-7.5z`, class: "sighting" }),
    );
    if (check.until > check.from)
      svg.append(
        s("line", {
          x1: x,
          x2: scale.inside(check.until),
          y1: y + 12,
          y2: y + 12,
          class: "unsure",
        }),
      );
  });
  svg.append(nowLine(desk, scale, 4, bottom));
  return svg;
}

function asTable(desk, checks) {
  const head = ["who", "nm", "needed", "max", "verdict"];
  return table({
    caption: desk.word("timeline.table"),
    columns: head.map((key, i) => ({
      text: desk.word(`timeline.column.${key}`),
      number: i > 0 && i < 4,
    })),
    rows: checks.map((check, i) => [
      [`${i + 1} `, said(who(desk, check))],
      decimal(check.distance_nm, 0),
      decimal(check.needed_kn, 1),
      decimal(check.max_kn, 1),
      desk.word(`timeline.verdict.${check.verdict}`),
    ]),
  });
}

function draw(desk) {
  const checks = list(desk.doc.timeline).map((check) => checkOf(desk.doc, check));
  const dateable = checks.filter(({ from, at }) => Number.isFinite(from) && Number.isFinite(at));
  const speeds = checks.reduce(
    (most, { needed_kn: a, max_kn: b }) => Math.max(most, a ?? 0, b ?? 0),
    1,
  );
  return section(
    2,
    desk.word("timeline.heading"),
    para(desk, "timeline.how"),
    dateable.length > 0
      ? h(
          "figure",
          {},
          picture(desk.word("timeline.picture"), (width) => drawBars(desk, dateable, width)),
          h("figcaption", {}, desk.word("timeline.caption")),
        )
      : null,
    asTable(desk, checks),
    h(
      "ol",
      { class: "checks" },
      checks.map((check) => checkView(desk, check, speeds * 1.05)),
    ),
  );
}

export const timeline = panel({
  id: "timeline",
  title: "timeline.title",
  when: (doc) => list(doc.timeline).length > 0,
  draw,
  tick: moveNow,
});

// Many runs with dice: how a measure is spread. The second worker throws them, so that sliders stay instant.
import { h, newId, said } from "../../shared/dom.js";
import { hides, list } from "./facts.js";
import { chanceText, plain, planText } from "./figures.js";
import { askedView, expectFormat, hasEngine, statusView } from "./live.js";
import { hidesThing, measuresOf, thingName } from "./measures.js";
import { hiddenNote, para, picture, s, section } from "./parts.js";

const FIRST = 10; // replications that tell how long the rest will take
const COUNTS = [100, 300, 1000];
const BINS = 24;
const START = "score";

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** Piles of equal or near values: [{from, to, count}]. */
export function pilesOf(values) {
  const known = values.filter(isNumber).sort((a, b) => a - b);
  if (known.length === 0) return [];
  const distinct = [...new Set(known)];
  if (distinct.length <= BINS)
    return distinct.map((value) => ({ from: value, to: value, count: known.filter((each) => each === value).length }));
  const [least, most] = [known[0], known[known.length - 1]];
  const width = (most - least) / BINS;
  const piles = Array.from({ length: BINS }, (_, i) => ({ from: least + i * width, to: least + (i + 1) * width, count: 0 }));
  for (const value of known) piles[Math.min(BINS - 1, Math.floor((value - least) / width))].count += 1;
  return piles;
}

/** Piles as bars, the run without dice as an upright line. */
function pilesView(desk, measure, values, plan) {
  const piles = pilesOf(values);
  const most = piles.reduce((max, { count }) => Math.max(max, count), 0);
  const isPlanned = isNumber(plan);
  const ends = [...piles.flatMap(({ from, to }) => [from, to]), ...(isPlanned ? [plan] : [])];
  const [least, greatest] = [Math.min(...ends), Math.max(...ends)]; // 24 piles at most
  const [top, height, foot] = [8, 90, 22];
  const label = desk.word("chance.picture", { n: values.filter(isNumber).length, measure: measure.label, least: plain(least, 3), most: plain(greatest, 3) });
  return picture(label, (width) => {
    const room = width - 24;
    const x = (value) => 12 + (greatest > least ? ((value - least) / (greatest - least)) * room : room / 2);
    const bars = piles.map(({ from, to, count }) => {
      const [x0, x1] = from === to ? [x(from) - 4, x(from) + 4] : [x(from) + 0.5, x(to) - 0.5];
      const tall = (count / most) * height;
      return s("rect", { class: "pile", x: x0, y: top + height - tall, width: Math.max(1, x1 - x0), height: tall }, s("title", {}, String(count)));
    });
    const text = (at, anchor, words) => s("text", { x: at, y: top + height + 16, "text-anchor": anchor }, words);
    return s(
      "svg",
      { width, height: top + height + foot, viewBox: `0 0 ${width} ${top + height + foot}`, class: "piles" },
      bars,
      s("path", { class: "pile-axis", d: `M12 ${top + height + 0.5}H${width - 12}` }),
      isPlanned ? s("path", { class: "pile-plan", d: `M${x(plan).toFixed(1)} ${top - 6}V${top + height}` }) : null,
      greatest > least ? [text(12, "start", plain(least, 3)), text(width - 12, "end", plain(greatest, 3))] : text(width / 2, "middle", plain(least, 3)),
    );
  });
}

function thingView(desk, measure, { id, values }, figure) {
  const plan = measure.values[id];
  const { mean, interval, span } = chanceText(desk, measure, figure);
  const known = values.filter(isNumber);
  return h(
    "div",
    { class: "spread" },
    h("h3", {}, said(thingName(desk, measure.scope, id))),
    known.length === 0
      ? h("p", { class: "muted" }, desk.word("chance.undefined"))
      : [
          pilesView(desk, measure, values, plan),
          h(
            "dl",
            { class: "facts-list" },
            [
              ["chance.mean", mean],
              ["chance.interval", interval],
              ["chance.span", span],
              ["chance.plan", planText(desk, measure, plan)],
              known.length < values.length ? ["chance.defined", `${known.length} of ${values.length}`] : null,
            ]
              .filter(Boolean)
              .map(([key, value]) => h("div", {}, h("dt", {}, desk.word(key)), h("dd", {}, value))),
          ),
        ],
  );
}

const isHidden = (desk) => hides(desk, "verdict") || hides(desk, "future");

function answerView(desk, { samples, drawn, count, seed }) {
  const about = measuresOf(drawn);
  const parts = list(samples.measures).map((row) => {
    const measure = about.find(({ name }) => name === row.measure);
    if (measure && hidesThing(desk, measure.scope, row.id)) return null;
    return measure ? thingView(desk, measure, row, measure.chance?.[row.id]) : null;
  });
  const [first] = list(samples.measures);
  const measure = about.find(({ name }) => name === first?.measure);
  return section(
    2,
    measure ? said(measure.unit ? `${measure.label} (${measure.unit})` : measure.label) : desk.word("chance.title"),
    para(desk, "chance.of", { n: count, seed: String(seed) }, "sentence muted"),
    parts,
  );
}

function view(desk) {
  const ids = { measure: newId("chance"), count: newId("chance"), seed: newId("chance") };
  const measure = h("select", { id: ids.measure, change: () => asked.press() });
  const fillMeasures = () => {
    const chosen = measure.value || START;
    const all = measuresOf(desk.doc);
    measure.replaceChildren(
      ...all.map(({ name, label, scope }) => h("option", { value: name }, `${label} (${desk.word(`measures.scope.${scope}`)})`)),
    );
    measure.value = all.some(({ name }) => name === chosen) ? chosen : (all[0]?.name ?? "");
  };
  const count = h("select", { id: ids.count }, COUNTS.map((n) => h("option", { value: String(n) }, String(n))));
  const seed = h("input", { id: ids.seed, type: "text", inputmode: "numeric", autocomplete: "off" });
  seed.value = String(desk.first.scene?.seed ?? "");
  const progress = h("progress", { max: "1", "aria-label": desk.word("chance.progress") });
  progress.hidden = true;

  async function ask() {
    const n = Number(count.value);
    const text = seed.value.trim();
    const common = { ...(text ? { seed: text } : {}) };
    const measures = [measure.value];
    progress.hidden = false;
    progress.value = 0;
    const from = performance.now();
    let timer = null;
    try {
      await desk.engine.long(desk.engine.request({ call: "samples", count: FIRST, measures, ...common })).then((few) => expectFormat(few, "muster-samples"));
      // The engine says nothing while it works: the bar goes as the first ten went.
      const expected = ((performance.now() - from) / FIRST) * 2 * n;
      const start = performance.now();
      timer = setInterval(() => (progress.value = Math.min(0.97, (performance.now() - start) / expected)), 100);
      const samples = expectFormat(await desk.engine.long(desk.engine.request({ call: "samples", count: n, measures, ...common })), "muster-samples");
      const drawn = expectFormat(await desk.engine.long(desk.engine.request({ call: "replicate", count: n, ...common })), "muster-run");
      if (!drawn.replications) throw new Error(desk.word("chance.none"));
      return { samples, drawn, count: n, seed: drawn.replications.seed ?? text };
    } finally {
      clearInterval(timer);
      progress.hidden = true;
    }
  }
  const asked = askedView(desk, { key: "chance", label: desk.word("chance.ask"), ask, isHidden: () => isHidden(desk), show: (answer) => answerView(desk, answer) });
  desk.watch(["doc"], fillMeasures);
  fillMeasures();
  return h(
    "div",
    { class: "panel-body panel-chance" },
    h("p", { class: "sentence" }, desk.word("chance.how")),
    statusView(desk),
    h(
      "div",
      { class: "name-fields" },
      h("div", { class: "name-field" }, h("label", { for: ids.measure }, desk.word("chance.measure")), measure),
      h("div", { class: "name-field" }, h("label", { for: ids.count }, desk.word("chance.count")), count),
      h("div", { class: "name-field" }, h("label", { for: ids.seed }, desk.word("chance.seed")), seed),
    ),
    h("div", { class: "buttons" }, asked.button, progress),
    asked.note,
    asked.out,
  );
}

export const chance = { id: "chance", title: "chance.title", isLive: true, when: (doc) => hasEngine() && list(doc.outcomes).length > 0, view };

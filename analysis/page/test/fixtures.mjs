// Documents such as the program writes (include/muster/analysis.schema.json), invented with a fixed seed:
// few factors, many, hostile texts, and tables with next to nothing in them. What the program itself
// writes is read besides: documents.mjs.

/** Mulberry32: the same numbers on every machine. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const normal = (next) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
const round = (value, digits = 6) => Number(value.toFixed(digits));

const column = (name, label, kind, digits, unit = "") => ({ name, label, unit, kind, digits });
const text = (name, label = name) => column(name, label, "text", 4);
const real = (name, label = name, digits = 3, unit = "") =>
  column(name, label, "real", digits, unit);
const share = (name, label = name, digits = 3) => column(name, label, "share", digits);
const whole = (name, label = name, unit = "") => column(name, label, "whole", 4, unit);

const HEAD = {
  format: "muster-analysis",
  version: 1,
  program: { name: "muster", version: "0.1.0" },
};

/** Gives every plot the id that the program would give it. */
function finish(document) {
  const taken = new Set();
  for (const plot of document.sections.flatMap(({ plots }) => plots)) {
    const base = `${plot.table}-${plot.kind}`;
    let id = base;
    for (let i = 2; taken.has(id); i += 1) id = `${base}-${i}`;
    taken.add(id);
    plot.id = id;
  }
  return document;
}

const THREE = [
  ["fuel allotted to Najin 531", "", 0.4, 1],
  ["offing from the coast", "nm", 3, 24],
  ["weight of the rule ‘Security Council record’", "", 0.2, 1.4],
];

const SUBJECTS = [
  "fuel allotted",
  "readiness",
  "speed of advance",
  "station time",
  "hotel load",
  "norm conflict",
  "visibility",
  "dependence on China",
  "threat perceived",
  "weight of the Security Council record",
  "range of the radar",
  "delay of the muster",
  "share of slots that must be filled",
  "sea state limit",
  "reserve on return",
];

export function factors(count, next) {
  if (count === 3) return THREE.map(([label, unit, low, high]) => ({ label, unit, low, high }));
  return Array.from({ length: count }, (_, i) => {
    const low = round(next() * 10, 2);
    return {
      label: `${SUBJECTS[i % SUBJECTS.length]}, ${["Russia", "China", "North Korea"][i % 3]}${i >= 15 ? " (second wave)" : ""}`,
      unit: ["nm", "", "h", "kn"][i % 4],
      low,
      high: round(low + 1 + next() * 50, 2),
    };
  });
}

function effects(list, next) {
  const rows = list.map(({ label, low, high }, i) => {
    const reach = 0.3 / (1 + i) + 0.01 * next();
    const sign = next() < 0.5 ? 1 : -1;
    const aside = i % 5 === 4; // both ends on one side of the baseline
    return [
      label,
      round(0.412 - sign * reach),
      round(0.412 + (aside ? -sign * reach * 0.4 : sign * reach * 0.8)),
      low,
      high,
    ];
  });
  return {
    id: "effects",
    title: "Main effects",
    sentences: [
      `${list[0].label} matters about twice as much as ${list[1].label}; the others are within noise.`,
      "One factor at a time, 30 replications a point, 95 % intervals by t; seed 20230727.",
    ],
    tables: [
      {
        id: "effects",
        title: "Mean probability of joining by factor",
        columns: [
          text("factor"),
          share("low", "joins, factor low", 3),
          share("high", "joins, factor high", 3),
          real("low_at", "low", 3),
          real("high_at", "high", 3),
        ],
        rows,
      },
    ],
    plots: [
      {
        kind: "tornado",
        title: "What moves the probability that North Korea joins",
        table: "effects",
        caption: "Each factor from its low to its high value, all others at their base.",
        roles: {
          label: "factor",
          low: "low",
          high: "high",
          low_value: "low_at",
          high_value: "high_at",
        },
        options: { baseline: 0.412, x_label: "probability of joining" },
      },
    ],
  };
}

function indices(list, next) {
  const rows = list.flatMap(({ label }, i) => {
    const s = 0.45 / (1 + i) ** 1.2 - 0.01;
    const st = s + 0.08 * next() + 0.012;
    return [
      ["first order S", s, 0.03],
      ["total ST", st, 0.04],
    ].map(([name, value, half]) => [
      label,
      name,
      round(value),
      round(value - half),
      round(value + half),
    ]);
  });
  return {
    id: "sobol",
    title: "Shares of variance",
    sentences: [
      "Indices whose interval contains 0 are not distinguishable from 0. n = 12,288 runs, bootstrap 95 %.",
    ],
    tables: [
      {
        id: "sobol",
        title: "Sobol indices",
        columns: [
          text("factor"),
          text("index"),
          real("value", "share of variance"),
          real("low", "low 95 %"),
          real("high", "high 95 %"),
        ],
        rows,
      },
    ],
    plots: [
      {
        kind: "bars",
        title: "Sobol indices with intervals",
        caption: "First order and total, 95 % bootstrap intervals.",
        table: "sobol",
        roles: { label: "factor", value: "value", low: "low", high: "high", series: "index" },
        options: {},
      },
    ],
  };
}

function convergence(list, next) {
  const sizes = [64, 128, 256, 512, 1024, 2048, 4096];
  const rows = list.flatMap(({ label }, i) =>
    sizes.map((n) => {
      const value = 0.45 / (1 + i) + (normal(next) * 0.8) / Math.sqrt(n);
      return [
        n,
        label,
        round(value),
        round(value - 1.6 / Math.sqrt(n)),
        round(value + 1.6 / Math.sqrt(n)),
      ];
    }),
  );
  const curves = list.flatMap(({ label, low, high }, i) =>
    Array.from({ length: 9 }, (_, k) => {
      const u = k / 8;
      const y = 0.4 + (0.3 * Math.sin(3 * u + i)) / (1 + i / 3);
      return [label, round(low + u * (high - low), 3), round(y), round(y - 0.05), round(y + 0.05)];
    }),
  );
  return {
    id: "convergence",
    title: "Convergence and main effects",
    sentences: ["The order of the factors does not change from 1,024 base points on."],
    tables: [
      {
        id: "convergence",
        title: "Total index by sample size",
        columns: [
          whole("n", "base points"),
          text("factor"),
          real("st", "total index"),
          real("low", "low 95 %"),
          real("high", "high 95 %"),
        ],
        rows,
      },
      {
        id: "curves",
        title: "Main effects",
        columns: [
          text("factor"),
          real("setting", "setting", 2),
          share("joins", "probability of joining"),
          share("low", "low 95 %"),
          share("high", "high 95 %"),
        ],
        rows: curves,
      },
    ],
    plots: [
      {
        kind: "lines",
        title: "Convergence of total indices",
        caption: "Total index against the number of base points.",
        table: "convergence",
        roles: { x: "n", y: "st", low: "low", high: "high", series: "factor" },
        options: { log_x: true, x_label: "base points (logarithmic)" },
      },
      {
        kind: "lines",
        title: "Main effects, factor by factor",
        caption: "Mean over all other factors; each panel has its own settings.",
        table: "curves",
        roles: { x: "setting", y: "joins", low: "low", high: "high", facet: "factor" },
        options: { thresholds: [0.412] },
      },
    ],
  };
}

function interaction(next) {
  const rows = ["calm", "moderate sea", "rough", "very rough to high"].flatMap((sea, i) =>
    ["granted", "withheld"].map((fuel, k) => [
      sea,
      fuel,
      round(0.7 - 0.12 * i - 0.25 * k + 0.05 * next()),
    ]),
  );
  return {
    id: "interaction",
    title: "Two factors together",
    sentences: ["Fuel counts for less when the sea is rough."],
    tables: [
      {
        id: "interaction",
        title: "",
        columns: [text("sea", "sea state"), text("fuel"), share("joins", "joins")],
        rows,
      },
    ],
    plots: [
      {
        kind: "lines",
        title: "Fuel and sea state",
        caption: "Probability of joining by sea state and fuel.",
        table: "interaction",
        roles: { x: "sea", y: "joins", series: "fuel" },
        options: {},
      },
    ],
  };
}

function morris(list, next) {
  const rows = list.map(({ label }, i) => {
    const mu = 0.9 / (1 + i) + 0.03 * next();
    const sigma = mu * (0.1 + 1.2 * next());
    return [
      label,
      round(mu),
      round(sigma),
      sigma / mu < 0.1 ? "alike wherever tried" : sigma / mu < 0.5 ? "monotone" : "interacting",
    ];
  });
  return {
    id: "morris",
    title: "Screening",
    sentences: ["Factors below the dashed line interact little."],
    tables: [
      {
        id: "morris",
        title: "Elementary effects",
        columns: [text("factor"), real("mu", "μ*"), real("sigma", "σ"), text("shape")],
        rows,
      },
    ],
    plots: [
      {
        kind: "points",
        title: "Morris plane",
        caption: "Mean size of elementary effects against their spread.",
        table: "morris",
        roles: { x: "mu", y: "sigma", label: "factor", color: "shape" },
        options: { slopes: [0.1, 0.5, 1], thresholds: [0.05], x_thresholds: [0.1, 0.4] },
      },
    ],
  };
}

function comparison(list, next) {
  const rows = list.map(({ label }, i) => {
    const value = normal(next) * 3 + (i === 0 ? 8 : 0);
    return [
      `${label} changed`,
      round(value),
      round(value - 2 - next()),
      round(value + 2 + next()),
      Math.abs(value) > 3 ? "differs" : "within noise",
    ];
  });
  return {
    id: "compare",
    title: "Against the base case",
    sentences: ["Common random numbers: ρ = 0.71, variance cut by a factor of 3.4."],
    tables: [
      {
        id: "compare",
        title: "Paired differences",
        columns: [
          text("scenario"),
          real("diff", "difference of delay", 2, "h"),
          real("low", "low 95 %", 2, "h"),
          real("high", "high 95 %", 2, "h"),
          text("verdict"),
        ],
        rows,
      },
    ],
    plots: [
      {
        kind: "dots",
        title: "Paired differences of muster delay",
        caption: "Mean of paired differences, 95 % intervals by t, n = 100.",
        table: "compare",
        roles: { label: "scenario", value: "diff", low: "low", high: "high", color: "verdict" },
        options: { baseline: 0 },
      },
    ],
  };
}

function surface(x, y) {
  return 0.5 + 0.35 * Math.sin(2.2 * x) * Math.cos(1.7 * y) + 0.1 * x;
}

function maps(next) {
  const grid = [];
  for (let j = 0; j < 17; j += 1) {
    for (let i = 0; i < 21; i += 1) {
      const [x, y] = [i / 20, j / 16];
      const hole = i > 16 && j > 13;
      grid.push([
        round(400 + 3600 * x, 1),
        round(0.2 + 0.8 * y, 3),
        hole ? null : round(surface(2 * x, 2 * y)),
        round(y - 0.3 - 0.4 * x * x, 4),
        round(0.75 - x - 0.2 * Math.sin(6 * y), 4),
        1,
      ]);
    }
  }
  const scattered = Array.from({ length: 65 }, () => {
    const [x, y] = [next(), next()];
    return [
      round(400 + 3600 * x, 1),
      round(0.2 + 0.8 * y, 3),
      round(surface(2 * x, 2 * y) + 0.02 * normal(next)),
      round(y - 0.3 - 0.4 * x * x, 4),
    ];
  });
  const columns = [
    real("range", "range with fuel issued", 4, "nm"),
    share("ready", "readiness", 2),
    share("joins", "probability of joining", 2),
    real("china", "admitted by China", 2),
  ];
  return {
    id: "map",
    title: "Where the verdict turns",
    sentences: ["North Korea is able and admitted only in the upper right corner."],
    tables: [
      {
        id: "grid",
        title: "Grid",
        columns: [
          ...columns,
          real("able", "able to come", 2),
          real("russia", "admitted by Russia", 2),
        ],
        rows: grid,
      },
      { id: "lhs", title: "Latin hypercube", columns, rows: scattered },
      {
        id: "cells",
        title: "Bases and frigates",
        columns: [
          text("base", "base"),
          whole("frigates", "frigates granted"),
          real("value", "margin", 2),
          real("able", "able to come", 2),
          real("admitted", "admitted by Russia", 2),
        ],
        // Able is above at 0, 1 and 2 frigates but not at none; admitted is not where it is 0.
        rows: ["North", "South", "East of the strait"].flatMap((base, i) =>
          [0, 1, 2].map((n) => [base, n, 0.35 * (n - 1) + 0.1 * i, 0.35 * (n - 1), 0.2 * (i - 1)]),
        ),
      },
    ],
    plots: [
      {
        kind: "map",
        title: "Response surface on a grid",
        caption: "Probability of joining; on the lines a condition turns.",
        table: "grid",
        roles: { x: "range", y: "ready", value: "joins", boundary: ["china", "able", "russia"] },
        options: {},
      },
      {
        kind: "map",
        title: "Response surface from 65 points",
        caption: "Probability of joining.",
        table: "lhs",
        roles: { x: "range", y: "ready", value: "joins", boundary: ["china"] },
        options: {},
      },
      {
        kind: "map",
        title: "Cells of names and of whole numbers",
        caption: "Margin.",
        table: "cells",
        roles: { x: "base", y: "frigates", value: "value", boundary: ["able", "admitted"] },
        options: { above_0: [2] },
      },
    ],
  };
}

function design(list, next, runs) {
  const rows = Array.from({ length: runs }, (_, i) => {
    const u = list.map(() => next());
    const y = 0.6 * u[0] + 0.3 * u[1] * (u[2] ?? 0.5) + 0.1 * next();
    return [
      i + 1,
      ...list.map(({ low, high }, k) => round(low + u[k] * (high - low), 3)),
      ["able", "not able", "withheld"][Math.floor(3 * next())],
      i % 37 === 5 ? null : round(y),
    ];
  });
  const names = list.map((_, k) => `f${k + 1}`);
  return {
    id: "runs",
    title: "All runs",
    sentences: [`${runs} runs of a nearly orthogonal Latin hypercube; greatest |ρ| 0.04.`],
    tables: [
      {
        id: "runs",
        title: "Runs",
        columns: [
          whole("run"),
          ...list.map(({ label, unit }, k) => real(names[k], label, 2, unit)),
          text("able", "ability"),
          share("joins", "probability of joining", 3),
        ],
        rows,
      },
    ],
    plots: [
      {
        kind: "parallel",
        title: "All settings at once",
        caption: "A line a run, coloured by the outcome.",
        table: "runs",
        roles: { columns: [...names, "able"], color: "joins" },
        options: {},
      },
      {
        kind: "scatter-matrix",
        title: "The design, pair by pair",
        caption: "Settings of all runs.",
        table: "runs",
        roles: { columns: names, color: "joins" },
        options: {},
      },
    ],
  };
}

function distributions(list, next) {
  const rows = list.flatMap(({ label }, i) =>
    Array.from({ length: 60 }, () => [
      `${label} changed`,
      round(Math.exp(normal(next) * 0.5 + 2 + i / (2 * list.length)), 2),
    ]),
  );
  return {
    id: "strips",
    title: "Spread",
    sentences: ["Delay is skewed: the mean hides the late tail."],
    tables: [
      {
        id: "strips",
        title: "Delay by scenario",
        columns: [text("scenario"), real("delay", "muster delay", 1, "h")],
        rows,
      },
    ],
    plots: [
      {
        kind: "strips",
        title: "Muster delay, run by run",
        caption: "60 replications a scenario.",
        table: "strips",
        roles: { label: "scenario", value: "delay" },
        options: {},
      },
    ],
  };
}

const about = (runs) => [
  { key: "scenario", value: "northern-interaction-2023" },
  { key: "experiment", value: "who-joins.cfg" },
  { key: "runs", value: String(runs) },
  {
    key: "store",
    value: "sha256 4f2a9c17e0b35d6688aa01c2f4e97d3b5a6c8e1f0d9b7a42ce51f3806d7e9b21",
  },
  {
    key: "replay",
    value:
      "muster run scenarios/northern-interaction-2023.cfg --set 'units.najin-531.fuel_frac = 0.9' --seed 20230727",
  },
  { key: "master seed", value: "20230727" },
];

/** A whole report with so many factors. */
export function report(count, seed = 20230727) {
  const next = random(seed + count);
  const list = factors(count, next);
  return finish({
    ...HEAD,
    title:
      count === 3
        ? "Who joins Northern/Interaction-2023, and why"
        : `Northern/Interaction-2023: a sweep over ${count} factors`,
    about: about(257 * 30),
    warnings:
      count === 3
        ? []
        : [
            "3 of 7,710 runs failed; they are left out and listed in the store.",
            "The interval of ‘hotel load, China’ rests on 9 replications.",
          ],
    sections: [
      effects(list, next),
      indices(list, next),
      convergence(list, next),
      interaction(next),
      morris(list, next),
      comparison(list, next),
      maps(next),
      design(list, next, count === 3 ? 65 : 257),
      distributions(list.slice(0, 12), next),
    ],
  });
}

const OPTIONS = {
  tornado: ["x_label", "baseline"],
  bars: ["x_label", "thresholds"],
  lines: ["x_label", "y_label", "log_x", "log_y", "thresholds"],
  points: ["x_label", "y_label", "log_x", "log_y", "slopes", "thresholds", "x_thresholds"],
  dots: ["x_label", "baseline", "log_x", "thresholds"],
  map: ["x_label", "y_label", "log_x", "log_y", "above_0"],
  parallel: [],
  "scatter-matrix": [],
  strips: ["x_label", "log_x", "thresholds"],
};

/** Those of some options that a kind has. */
const optionsOf = (kind, all) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => OPTIONS[kind].includes(name)));

export const HOSTILE = [
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(2)>",
  "\"quotes\" and 'more' & <b>bold</b> &amp; $& $1 ${x} `tick`",
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
  "units.najin-531.allotment.of-the-northern-fleet.second_wave.fuel_frac_at_departure",
  "التدريب البحري المشترك (2023)",
  "תרגיל ימי משותף, צפון 7",
  "북부·연합-2023 합동 해상 훈련에 참가하는 함정의 연료 할당량",
  "日本海における合同海上演習の参加艦艇と燃料の割り当て",
  "\u202eright to left override\u202c then left",
  "tab\tnewline\nnul-like \u0001 \u2028 separator",
  "__proto__",
  '=HYPERLINK("x")',
  "👩‍✈️🚢⚓️ family of emoji 👨‍👩‍👧‍👦",
  "",
  "   ",
];

/** Every text of a report is hostile. */
export function hostile() {
  const next = random(7);
  const list = HOSTILE.map((label) => ({
    label,
    unit: "</script>",
    low: round(next(), 2),
    high: round(1 + next(), 2),
  }));
  const sections = [
    effects(list, next),
    indices(list, next),
    convergence(list, next),
    morris(list, next),
    comparison(list, next),
    maps(next),
    design(list, next, 33),
    distributions(list, next),
  ];
  sections.forEach((section, i) => {
    section.title = HOSTILE[i % HOSTILE.length];
    section.sentences = [HOSTILE[(i + 1) % HOSTILE.length]];
    for (const table of section.tables) {
      table.title = HOSTILE[(i + 2) % HOSTILE.length];
      for (const item of table.columns)
        item.label = item.label.includes("<") ? item.label : `${item.label} ${HOSTILE[i % 3]}`;
    }
    for (const plot of section.plots) {
      plot.title = HOSTILE[(i + 3) % HOSTILE.length];
      plot.caption = HOSTILE[(i + 4) % HOSTILE.length];
      const labels = { x_label: HOSTILE[i % 5], y_label: HOSTILE[(i + 3) % 5] };
      Object.assign(plot.options, optionsOf(plot.kind, labels));
    }
  });
  const matrixTable = sections[6].tables[0];
  matrixTable.columns[matrixTable.columns.length - 2].label = HOSTILE[5];
  return finish({
    ...HEAD,
    program: { name: "muster", version: HOSTILE[0] },
    title: HOSTILE[0],
    about: HOSTILE.map((value) => ({ key: value, value })),
    warnings: [...HOSTILE],
    sections,
  });
}

/** Every kind drawn from tables of nothing, one row, missing values, constants and the like. */
export function scarce() {
  const columns = [
    text("label"),
    real("x"),
    real("y", "y", 3, "h"),
    real("low"),
    real("high"),
    text("group"),
  ];
  const row = (
    i,
    { x = 2, y = 5, low = 4, high = 6, label = `row ${i}`, group = `g${i % 2}` } = {},
  ) => [label, x, y, low, high, group];
  const many = (count, make) => Array.from({ length: count }, (_, i) => row(i, make(i)));
  const tables = {
    empty: [],
    one: [row(0)],
    missing: many(4, () => ({ x: null, y: null, low: null, high: null })),
    constant: many(5, () => ({})),
    zero: many(3, () => ({ x: 0, y: 0, low: 0, high: 0 })),
    holes: many(8, (i) => ({
      x: i,
      y: i % 3 === 1 ? null : i * i,
      low: i % 4 === 2 ? null : i * i - 2,
      high: i * i + 2,
    })),
    line: many(6, (i) => ({ x: i, y: 2 * i, low: i, high: 3 * i })),
    huge: many(4, (i) => ({
      x: 10 ** (3 * i),
      y: -(10 ** (4 * i)),
      low: -(10 ** (4 * i)) * 2,
      high: 0,
    })),
    tiny: many(4, (i) => ({ x: 1e-9 * i, y: 3e-7 * (i + 1), low: 1e-7, high: 9e-7 * (i + 1) })),
    unnamed: many(3, (i) => ({ label: null, x: i, y: i })),
  };
  const roles = {
    tornado: { label: "label", low: "low", high: "high" },
    bars: { label: "label", value: "y", low: "low", high: "high", series: "group" },
    lines: { x: "x", y: "y", low: "low", high: "high", series: "group" },
    points: { x: "x", y: "y", label: "label", color: "low" },
    dots: { label: "label", value: "y", low: "low", high: "high", color: "x" },
    map: { x: "x", y: "y", value: "high", boundary: ["low"] },
    parallel: { columns: ["label", "x", "y", "low", "high"], color: "y" },
    "scatter-matrix": { columns: ["x", "y", "low", "group"], color: "high" },
    strips: { label: "group", value: "y" },
  };
  const sections = Object.entries(tables).map(([id, rows]) => ({
    id,
    title: `Table: ${id}`,
    sentences: [],
    tables: [{ id, title: "", columns, rows }],
    plots: Object.entries(roles).map(([kind, found]) => ({
      kind,
      title: `${kind}, ${id}`,
      caption: "",
      table: id,
      roles: found,
      options: optionsOf(kind, { slopes: [1], thresholds: [0], x_thresholds: [0] }),
    })),
  }));
  return finish({
    ...HEAD,
    title: "Tables with next to nothing in them",
    about: [],
    warnings: [],
    sections,
  });
}

/** What the program never writes: each plot says what is wrong, and the page stands. */
export function mistakes() {
  const columns = [text("label"), real("x"), real("y")];
  const plot = (title, kind, table, roles, options = {}) => ({
    ...{ title, kind, table, roles, options },
    caption: "",
  });
  const sections = [
    {
      id: "mistakes",
      title: "Mistakes",
      sentences: [],
      tables: [
        { id: "none", title: "No columns", columns: [], rows: [] },
        { id: "one", title: "", columns, rows: [["row 0", 2, 5]] },
        { id: "zero", title: "", columns, rows: [["row 0", 0, 0]] },
      ],
      plots: [
        plot("Unknown kind", "pie", "one", {}),
        plot("No such table", "bars", "nowhere", {}),
        plot("No such column", "bars", "one", { label: "label", value: "nothing" }),
        plot("No role", "bars", "one", {}),
        plot("A role of many as one", "parallel", "one", { columns: "x", color: "y" }),
        plot("No positive value", "lines", "zero", { x: "x", y: "y" }, { log_x: true }),
      ],
    },
  ];
  return finish({ ...HEAD, title: "Mistakes", about: [], warnings: [], sections });
}

/** Many names, many rows. */
export function large() {
  const next = random(99);
  const rows = Array.from({ length: 12000 }, (_, i) => [
    `scenario ${i % 40}`,
    round(normal(next), 4),
    round(next(), 4),
    round(next(), 4),
    `0x${(i * 7919).toString(16).padStart(16, "f")}`,
  ]);
  const columns = [
    text("scenario"),
    real("delay", "delay", 2, "h"),
    share("a", "share a"),
    share("b", "share b"),
    text("seed"),
  ];
  const plot = (kind, roles) => ({
    kind,
    title: `12,000 rows as ${kind}`,
    caption: "",
    table: "runs",
    roles,
    options: {},
  });
  return finish({
    ...HEAD,
    title: "Twelve thousand rows",
    about: [],
    warnings: [],
    sections: [
      {
        id: "runs",
        title: "Runs",
        sentences: [],
        tables: [{ id: "runs", title: "Runs", columns, rows }],
        plots: [
          plot("strips", { label: "scenario", value: "delay" }),
          plot("parallel", { columns: ["delay", "a", "b", "scenario"], color: "delay" }),
          plot("scatter-matrix", { columns: ["delay", "a", "b"], color: "scenario" }),
          plot("points", { x: "a", y: "delay", color: "b" }),
        ],
      },
    ],
  });
}

const only = (document, ids) => ({
  ...document,
  sections: document.sections.filter(({ id }) => ids.includes(id)),
});

export const FIXTURES = {
  few: () => report(3),
  many: () => report(30),
  brief: () => only(report(3), ["effects", "convergence"]),
  holes: () => only(scarce(), ["holes"]),
  ...{ hostile, scarce, large },
};

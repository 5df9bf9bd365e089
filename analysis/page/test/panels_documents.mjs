// A run that is invented: every part that the panels know, and texts that mean harm.
const EVIL = "</script><img src=x onerror=alert(1)> $& \u202Eevil";

const stage = (name, host, terms, extra = {}) => {
  const margin = terms.reduce((sum, [, , value]) => sum + value, 0);
  return {
    stage: name,
    host,
    standing: margin > 0 ? "yes" : "no",
    margin,
    probability: 1 / (1 + Math.exp(-margin / 0.125)),
    terms: terms.map(([key, label, value]) => ({ key, label, value })),
    evidence: [],
    ...extra,
  };
};

/** @param text what stands wherever a document may have any text */
export function invented(text = EVIL) {
  const stages = [
    stage("able", null, [["kit-need", "equipment", 0.4], ["cap-kit", "fuel and distance", -0.3]]),
    stage("admit", "AAA", [["f1", text, 0.5], ["f2", "blame", -0.7], ["f3", "idle", 0]], {
      evidence: [{ agreement: "contradicts", words: text, source: "one" }, { agreement: "silent", words: "quiet", source: "one", says: "mixed", kind: "press", at: null }],
    }),
    stage("accept", null, [["f4", "gain", 0.2], ["f5", "risk", -0.1]]),
  ];
  return {
    format: "muster-run",
    version: 1,
    program: { name: "muster", version: "0" },
    scenario: { id: "invented", title: text, hash: "0", variant: text, use: "test", hindsight: true },
    run: "plan",
    changes: [{ path: text, before: null, after: text, origin: text }],
    epoch: "2030-01-01T00:00:00Z",
    drills: [{ id: "d", name: text, decide_at: "2030-01-01T00:00:00Z", muster_at: "2030-01-03T00:00:00Z", end: "2030-01-05T00:00:00Z", started: "2030-01-03T00:00:00Z", sea_state: 2, mustered: true, lat_deg: 1, lon_deg: 2 }],
    scene: {
      title: text,
      summary: text,
      use: "test",
      zone_h: 9,
      start: "2030-01-01T00:00:00Z",
      end: "2030-01-08T00:00:00Z",
      coded_by: text,
      coded_on: "2030-01-01",
      sources: [{ id: "one", text }],
      names: [{ id: "sea", thing: text, names: ["Inner Sea", text] }],
      states: [{ id: "AAA", name: "Alpha", names: [], zone_h: 8 }, { id: "BBB", name: text, names: [text], zone_h: 9 }],
      observations: [{ id: "left", what: "departure", says: text, from: "2030-01-01T00:00:00Z", until: "2030-01-01T00:00:00Z", source: "one", unit: "ship" }, { id: "seen", what: "sighting", says: text, from: "2030-01-02T00:00:00Z", until: "2030-01-02T00:00:00Z", source: "one" }],
      rules: [{ id: "f1", stage: "admit", label: text, says: text, voice: text, source: "one", confidence: "assumed", off: false, weight: 0.5, form: "sum", terms: [text], about: [] }, { id: "f2", stage: "admit", label: "blame", says: "said of Alpha alone", about: ["AAA"], voice: text, source: "one", confidence: "assumed", off: false, weight: 0.5, terms: [] }],
      not_modelled: [{ what: text, says: text, reason: text, voice: text, source: "one" }],
      drills: [{ id: "d", name: text, air: [{ id: "cover", name: text }] }],
      serials: [],
    },
    decisions: [
      { drill: "d", state: "AAA", name: "Alpha", part: "host", joins: true, probability: 1, probability_low: 1, probability_high: 1, reading: "fleet", kit: 1, cap: 1, cap_need: 0.3, stages: [stage("able", null, [["kit-need", "equipment", 0.7]])], evidence: [], tipping_values: [], assumptions: [] },
      {
        drill: "d", state: "BBB", name: text, part: "candidate", joins: false, probability: 0.1, probability_low: 0, probability_high: 0.17, reading: "fleet", kit: 0.7, cap: 0.4, cap_need: 0.3,
        ruling: { says: "joins", reason: text },
        stages,
        evidence: [{ agreement: "agrees", words: text, source: "one" }],
        tipping_values: [{ stage: 1, path: "ties.x", name: text, now: 0.4, at: 0.61, from: 0.6101, within: true }],
        assumptions: [{ path: "ties.x", name: text, value: text, source: "one", confidence: "assumed", effect: text, influence: 0.5 }],
      },
    ],
    units: [
      { id: "ship", name: text, state: "AAA", class: text, type: "DDG", domain: "naval", base: text, tank_kg: 1000, sailed: "2030-01-01T00:00:00Z", took_part: true, legs: [{ kind: "leg", from: "p", to: "q", start: "2030-01-01T00:00:00Z", end: "2030-01-04T00:00:00Z", burn_kgps: 0.002, fuel_start_kg: 1000 }] },
      { id: "wing", name: text, state: "BBB", class: text, type: "fighter", domain: "air", base: text, sorties: [{ off: "2030-01-03T01:00:00Z", on: null, leave: null, land: "2030-01-03T03:00:00Z", fuel_kg: 10 }] },
    ],
    fuel: [{ unit: "ship", points: [[0, 1], [72, 0.4816]], floors: { reserve_frac: 0.2 } }],
    reach: [
      { unit: "ship", name: text, state: "AAA", base: text, domain: "naval", has_range: true, has_way: true, required_nm: 300, ladder: ["tank", "usable", "allotment", "time", "sea state"].map((limit, i) => ({ limit, radius_nm: 900 - 200 * i, drift_radius_nm: 950 - 200 * i })), binding: null, passes: true, hours_required: 24, station_min: 100, mission_t: 3, mission_drift_t: 2, tank_t: 9, tank_estimated: true, allotment_t: 5, count: 1, serviceable: 1, fits_slots: [0] },
      { unit: "wing", name: text, state: "BBB", base: text, domain: "air", has_range: true, has_way: true, required_nm: 300, ladder: ["tank", "usable", "allotment", "time", "sea state"].map((limit) => ({ limit, radius_nm: 200, drift_radius_nm: 250 })), binding: "tank", passes: false, hours_required: 1, station_min: -3, mission_t: 3, mission_drift_t: 2, tank_t: 9, tank_estimated: false, allotment_t: null, count: 4, serviceable: 2, fits_slots: [0] },
    ],
    routes: [],
    serials: ["done", "degraded", "cancelled"].map((outcome, i) => ({ id: `s${i}`, name: i === 0 ? text : `serial ${i}`, drill: "d", start: `2030-01-03T0${i + 1}:00:00Z`, end: `2030-01-03T1${i}:00:00Z`, outcome, cause: i === 0 ? null : text, probability: 0.5, value: 0.5, weight: 1 })),
    timeline: ["possible", "impossible", "possible only if", "no way by sea"].map((verdict) => ({ claim: "left", sighting: "seen", distance_nm: 400, needed_kn: 16, max_kn: 14, sustained_kn: 12, binding_unit: "ship", verdict, verdict_sustained: "impossible", verdict_5nm: "impossible", latest: "2030-01-01T05:00:00Z", latest_sustained: null })),
    measures: [
      { name: "tea_cups", label: "cups of tea", unit: "cups", of: "drill", direction: 1, doc: text, when_bad: text, is_yes_no: false },
      { name: "odd", label: text, unit: text, of: "kettle", direction: 0, doc: text, when_bad: text, is_yes_no: true },
    ],
    outcomes: [
      { measure: "tea_cups", label: "cups of tea", unit: "cups", of: "drill", values: { d: 3.25 } },
      { measure: "odd", label: text, unit: text, of: "kettle", values: { [text]: 1 } },
      { measure: "cost_rig", label: "cost of rig", unit: "", of: "pair", values: { "d/AAA-BBB": 0.1 } },
      { measure: "score", label: "score", unit: "", of: "drill", values: { d: 0.5 } },
      { measure: "participation", label: "takes part", unit: "", of: "state", values: { "d/AAA": 1, "d/BBB": 0 } },
      { measure: "coverage", label: "air coverage", unit: "", of: "air", values: { "d/cover": 0.5 } },
    ],
    expectations: [],
    events: [],
  };
}

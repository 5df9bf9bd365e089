/* Rows of the root of a scenario file and of its section `scenario`. */
#include "model/row.h"
#include "model/spec.h"

const char *const mst_use_names[] = {"calibration", "test", "hypothetical", NULL};

/* The page of a drill has their names: analysis/page/src/language/places.js. The first is its default. */
const char *const mst_name_sets[] = {"neutral", "iho", "ko", "ja", NULL};

const char *const mst_confidence_names[] = {"unsourced", "stated",    "high",    "medium",
                                            "low",       "estimated", "assumed", NULL};

static const muster_field source_rows[] = {
    MST_ROW_TEXT(mst_source_def, text, "text", MST_PLAIN | MST_REQUIRED | MST_PROSE,
                 "The source in full: who, what, when, where it can be found."),
    MST_ROW_END,
};

static const muster_field names_rows[] = {
    MST_ROW_TEXT(mst_names_def, thing, "thing", MST_PLAIN | MST_PROSE,
                 "What the names are about, in neutral words."),
    MST_ROW_TEXTS(mst_names_def, names, "names", MST_PLAIN | MST_REQUIRED,
                  "Names in use for one thing; none of them is preferred."),
    MST_ROW_TEXT(mst_names_def, shown, "shown", MST_PLAIN,
                 "The name that pages and sheets show, whatever their set of names has."),
    MST_ROW_END,
};

const muster_field mst_fields_scenario[] = {
    MST_ROW_TEXT(mst_scenario_def, id, "id", MST_PLAIN | MST_REQUIRED,
                 "Short name of the scenario, used in results and file names."),
    MST_ROW_TEXT(mst_scenario_def, title, "title", MST_PLAIN | MST_REQUIRED,
                 "Title in words; reports name the id, run files both."),
    MST_ROW_TEXT(mst_scenario_def, summary, "summary", MST_PLAIN | MST_PROSE,
                 "One paragraph: what is simulated and what is left out."),
    MST_ROW_MOMENT(mst_scenario_def, start, "start", MST_PLAIN | MST_REQUIRED,
                   "Begin of the simulated time."),
    MST_ROW_DURATION(mst_scenario_def, horizon, "horizon", 1, 87840, "16 d", MST_PLAIN,
                     "Length of the simulated time, at most ten years."),
    MST_ROW_INT(mst_scenario_def, seed, "seed", 0, 0, 1, MST_PLAIN,
                "Master seed of all random streams; the plan run needs none."),
    MST_ROW_CHOICE(mst_scenario_def, use, "use", mst_use_names, "hypothetical", MST_PLAIN,
                   "What the case may be used for: rules were written after it (calibration), "
                   "before it was coded (test), or it never took place (hypothetical)."),
    MST_ROW_TEXT(mst_scenario_def, coded_on, "coded_on", MST_PLAIN,
                 "Day on which the case was written down."),
    MST_ROW_TEXT(mst_scenario_def, coded_by, "coded_by", MST_PLAIN, "Who wrote the case down."),
    MST_ROW_BOOL(mst_scenario_def, outcome_known, "outcome_known", 0, MST_PLAIN,
                 "True if the outcome was known when the case was coded."),
    MST_ROW_BOOL(mst_scenario_def, hindsight, "hindsight", 0, MST_PLAIN,
                 "True lets values that became known later take part, and marks the run; else it "
                 "is a mistake if a drill is decided by a value before the date in the value's "
                 "known_by."),
    MST_ROW_REAL(mst_scenario_def, zone_h, "zone_h", NULL, -14, 14, 0, MST_PLAIN,
                 "Hours ahead of UTC of the local time that is printed beside UTC; also the zone "
                 "of dates that name none, so that no change may set it."),
    MST_ROW_REAL(mst_scenario_def, offing_m, "offing_nm", "nm", 0, 50, 3, MST_PLAIN | MST_GEO,
                 "Distance that sea routes keep from land, except near their ends and in straits."),
    MST_ROW_REAL(mst_scenario_def, end_zone_m, "end_zone_nm", "nm", 0, 100, 8, MST_PLAIN | MST_GEO,
                 "Distance from a route's ends within which it may come closer to land."),
    MST_ROW_TABLE(mst_scenario_def, sources, "sources", source_rows, mst_source_def, MST_PLAIN,
                  "Sources named once, so that `source = \"id\"` can cite them."),
    MST_ROW_TABLE(mst_scenario_def, names, "names", names_rows, mst_names_def, MST_PLAIN,
                  "Display names of a thing that has several, a sea or an island."),
    MST_ROW_CHOICE(mst_scenario_def, name_set, "name_set", mst_name_sets, NULL, MST_PLAIN,
                   "Names of seas, straits, islands and states that a page shows first: both "
                   "where two are in use (neutral, unless given), of the International "
                   "Hydrographic Organization and the United Nations, Korean, Japanese."),
    MST_ROW_END,
};

const muster_field mst_fields_root[] = {
    MST_ROW_GROUP(mst_spec, scenario, "scenario", mst_fields_scenario, mst_scenario_def,
                  MST_REQUIRED, "What the case is, when it begins and what it may be used for."),
    MST_ROW_TABLE(mst_spec, states, "states", mst_fields_state, mst_state_def, 0,
                  "States (or any other actors), with the attributes that rules read."),
    MST_ROW_TABLE(mst_spec, ties, "ties", mst_fields_tie, mst_tie_def, 0,
                  "What lies between two states: closeness, pacts, debts, interoperability."),
    MST_ROW_TABLE(mst_spec, classes, "classes", mst_fields_class, mst_class_def, MST_LIKE,
                  "Classes of ships and aircraft."),
    MST_ROW_TABLE(mst_spec, bases, "bases", mst_fields_base, mst_base_def, 0,
                  "Ports, with a point in open water, and airfields."),
    MST_ROW_TABLE(mst_spec, areas, "areas", mst_fields_area, mst_area_def, 0,
                  "Named areas: where a drill takes place, or what routes avoid."),
    MST_ROW_TABLE(mst_spec, straits, "straits", mst_fields_strait, mst_strait_def, 0,
                  "Straits as gates across which routes may pass close to land."),
    MST_ROW_TABLE(mst_spec, units, "units", mst_fields_unit, mst_unit_def, 0,
                  "Named ships, and squadrons of aircraft at one base."),
    MST_ROW_TABLE(mst_spec, groups, "groups", mst_fields_group, mst_group_def, 0,
                  "Units that sail together."),
    MST_ROW_GROUP(
        mst_spec, constants, "constants", mst_fields_constants, mst_constants_def, 0,
        "Constants that drills and classes share; all assumed unless a source stands beside "
        "them."),
    MST_ROW_GROUP(mst_spec, chance, "chance", mst_fields_chance, mst_chance_def, 0,
                  "What a replication draws at random; all assumed unless a source stands beside "
                  "it. The plan run draws nothing."),
    MST_ROW_TABLE(mst_spec, drills, "drills", mst_fields_drill, mst_drill_def, 0,
                  "The drills: who hosts, who might join, where, when and with what."),
    MST_ROW_TABLE(mst_spec, serials, "serials", mst_fields_serial, mst_serial_def, 0,
                  "What the participants of a drill practise."),
    MST_ROW_GROUP(mst_spec, alignment, "alignment", mst_fields_alignment, mst_alignment_def, 0,
                  "Rules by which states are admitted and accept."),
    MST_ROW_GROUP(mst_spec, feedback, "feedback", mst_fields_feedback, mst_feedback_def, 0,
                  "What a drill does to threat and closeness when it is over; off unless given."),
    MST_ROW_LIST(mst_spec, timeline, "timeline", mst_fields_dated, mst_dated_def, 0,
                 "Dated events that change attributes and ties."),
    MST_ROW_TABLE(mst_spec, observations, "observations", mst_fields_observation,
                  mst_observation_def, 0, "Dated sightings of groups and units."),
    MST_ROW_LIST(mst_spec, evidence, "evidence", mst_fields_evidence, mst_evidence_def, 0,
                 "What sources say about the stages and the participants."),
    MST_ROW_GROUP(mst_spec, weather, "weather", mst_fields_weather, mst_weather_def, 0,
                  "The sea: given, or the climate from which it is drawn."),
    MST_ROW_TABLE(mst_spec, levers, "whatif", mst_fields_lever, mst_lever_def, MST_PLAIN,
                  "Declared levers: sliders of the page, moves of `flip`, factors of sweeps."),
    MST_ROW_LIST(mst_spec, expects, "expect", mst_fields_expect, mst_expect_def, MST_PLAIN,
                 "What must come out; `run` ends with status 1 if it does not."),
    MST_ROW_TABLE(mst_spec, variants, "variants", mst_fields_variant, mst_variant_def, MST_PLAIN,
                  "Named lists of changes."),
    MST_ROW_TABLE(mst_spec, injects, "injects", mst_fields_inject, mst_inject_def, MST_PLAIN,
                  "What may be thrown in while a drill runs."),
    MST_ROW_GROUP(mst_spec, lesson, "lesson", mst_fields_lesson, mst_lesson_def, MST_PLAIN,
                  "What a class is led through: steps, questions, moments, roles. Changes no "
                  "run."),
    MST_ROW_END,
};

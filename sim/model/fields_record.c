/* Rows of what is dated, seen, said, assumed to vary, and expected. */
#include "model/row.h"
#include "model/spec.h"

static const char *const sightings[] = {"departure", "sighting", "arrival", NULL};
static const char *const evidence_stages[] = {"able",       "admit",         "accept",
                                              "invitation", "participation", NULL};
static const char *const evidence_says[] = {"yes", "no", "mixed", NULL};
static const char *const evidence_kinds[] = {"official", "press", "intelligence", "expert", NULL};
static const char *const controllers[] = {"candidate", "host", "third-party", "nobody", NULL};
static const char *const comparisons[] = {"equal", "at_least", "at_most", NULL};

const char *const mst_dated_kinds[] = {"election", "treaty",    "veto",  "incident",
                                       "shipment", "statement", "other", NULL};

const muster_field mst_fields_dated[] = {
    MST_ROW_CHOICE(mst_dated_def, kind, "kind", mst_dated_kinds, "other", MST_PLAIN,
                   "What kind of event it is, for reports."),
    MST_ROW_MOMENT(mst_dated_def, at, "at", MST_REQUIRED, "When it happened."),
    MST_ROW_MOMENT(mst_dated_def, known_by, "known_by", 0,
                   "When those who decide knew of it; when it happened unless given."),
    MST_ROW_TEXT(mst_dated_def, says, "says", MST_PLAIN | MST_PROSE, "What happened, in words."),
    MST_ROW_TEXTS(mst_dated_def, changes, "changes", MST_PROSE,
                  "Changes that it makes, lines `PATH = VALUE`."),
    MST_ROW_TEXTS(mst_dated_def, adds, "adds", MST_PROSE,
                  "What it adds to figures as they then stand, lines `PATH = NUMBER`, also below "
                  "0; after its changes. A figure stays between 0 and 1, closeness between -1 and "
                  "1."),
    MST_ROW_END,
};

const muster_field mst_fields_observation[] = {
    MST_ROW_REF(mst_observation_def, group, "group", "groups", 0, "Group that was seen, or:"),
    MST_ROW_REF(mst_observation_def, unit, "unit", "units", 0, "Unit that was seen."),
    MST_ROW_CHOICE(mst_observation_def, what, "what", sightings, "sighting", 0,
                   "What was seen of it."),
    MST_ROW_MOMENT(mst_observation_def, at, "at", MST_REQUIRED,
                   "When; a bare date means any moment of that day."),
    MST_ROW_REF(mst_observation_def, base, "base", "bases", MST_GEO, "Where, or:"),
    MST_ROW_REAL(mst_observation_def, lat_deg, "lat_deg", "deg", -90, 90, MST_NAN, MST_GEO,
                 "Latitude, north positive."),
    MST_ROW_REAL(mst_observation_def, lon_deg, "lon_deg", "deg", -180, 360, MST_NAN, MST_GEO,
                 "Longitude, east positive."),
    MST_ROW_REAL(mst_observation_def, within_m, "within_nm", "nm", 0, 500, 0, 0,
                 "Uncertainty of the position, which shortens the distance to it."),
    MST_ROW_TEXT(mst_observation_def, says, "says", MST_PLAIN | MST_PROSE, "Words of the source."),
    MST_ROW_END,
};

const muster_field mst_fields_evidence[] = {
    MST_ROW_MOMENT(mst_evidence_def, at, "at", 0, "Date of what is said."),
    MST_ROW_REF(mst_evidence_def, drill, "drill", "drills", MST_PLAIN,
                "Drill it is about; none: any."),
    MST_ROW_REF(mst_evidence_def, state, "state", "states", MST_PLAIN | MST_REQUIRED,
                "State it is about."),
    MST_ROW_REF(mst_evidence_def, host, "host", "states", MST_PLAIN,
                "Host it is about, at stage admit or invitation."),
    MST_ROW_CHOICE(mst_evidence_def, stage, "stage", evidence_stages, NULL,
                   MST_PLAIN | MST_REQUIRED, "Stage it speaks to."),
    MST_ROW_CHOICE(mst_evidence_def, says, "says", evidence_says, NULL, MST_REQUIRED,
                   "Whether it speaks for or against."),
    MST_ROW_CHOICE(mst_evidence_def, kind, "kind", evidence_kinds, "press", MST_PLAIN,
                   "Who speaks."),
    MST_ROW_TEXT(mst_evidence_def, words, "words", MST_PLAIN | MST_PROSE,
                 "What is said, as a paraphrase."),
    MST_ROW_END,
};

static const muster_field climate_rows[] = {
    MST_ROW_INT(mst_climate_def, month, "month", 1, 12, MST_NAN, MST_REQUIRED, "Month, 1 to 12."),
    MST_ROW_REAL(mst_climate_def, mean_hs_m, "mean_hs_m", "m", 0, 20, MST_NAN,
                 MST_REQUIRED | MST_ABOVE, "Mean significant wave height."),
    MST_ROW_REAL(mst_climate_def, p90_hs_m, "p90_hs_m", "m", 0, 30, MST_NAN,
                 MST_REQUIRED | MST_ABOVE, "Significant wave height exceeded one day in ten."),
    MST_ROW_END,
};

const muster_field mst_fields_weather[] = {
    MST_ROW_INT(mst_weather_def, sea_state, "sea_state", 0, 9, MST_NAN, 0,
                "Douglas sea state throughout; else it follows from hs_m, else from the "
                "climatology."),
    MST_ROW_REAL(mst_weather_def, hs_m, "hs_m", "m", 0, 25, MST_NAN, 0,
                 "Significant wave height throughout."),
    MST_ROW_LIST(mst_weather_def, climatology, "climatology", climate_rows, mst_climate_def, 0,
                 "Wave climate by month, from which each day is drawn (Weibull)."),
    MST_ROW_END,
};

const muster_field mst_fields_lever[] = {
    MST_ROW_TEXT(mst_lever_def, path, "path", MST_PLAIN | MST_REQUIRED,
                 "Path of the value it moves."),
    MST_ROW_TEXT(mst_lever_def, label, "label", MST_PLAIN, "Words beside the slider."),
    MST_ROW_TEXT(mst_lever_def, unit, "unit", MST_PLAIN, "Unit as printed."),
    MST_ROW_REAL(mst_lever_def, min, "min", NULL, 0, 0, MST_NAN, MST_PLAIN, "Least value."),
    MST_ROW_REAL(mst_lever_def, max, "max", NULL, 0, 0, MST_NAN, MST_PLAIN, "Greatest value."),
    MST_ROW_REAL(mst_lever_def, step, "step", NULL, 0, 1e9, MST_NAN, MST_PLAIN | MST_ABOVE,
                 "Step of the slider."),
    MST_ROW_REAL(mst_lever_def, cost, "cost", NULL, 0, 1e9, MST_NAN, MST_PLAIN,
                 "Cost of one unit of change; 1/(max - min) unless given."),
    MST_ROW_TEXTS(mst_lever_def, choices, "choices", MST_PLAIN,
                  "Values of a lever that is no number."),
    MST_ROW_TEXTS(mst_lever_def, with, "with", MST_PLAIN | MST_PROSE,
                  "What moves along, so that several figures are one lever: a path takes the "
                  "lever's value, a line `PATH = VALUE` is made whenever the lever is moved."),
    MST_ROW_CHOICE(mst_lever_def, controls, "controls", controllers, "nobody", MST_PLAIN,
                   "Who could move it."),
    MST_ROW_END,
};

const muster_field mst_fields_expect[] = {
    MST_ROW_TEXT(mst_expect_def, measure, "measure", MST_PLAIN | MST_REQUIRED,
                 "Measure, as `list measures` prints it."),
    MST_ROW_TEXT(
        mst_expect_def, of, "of", MST_PLAIN,
        "Id of what it is measured on, by the measure: a drill, state, unit, group, serial, "
        "pair of states (A-B) or air request; DRILL/ID where several drills have one."),
    MST_ROW_CHOICE(mst_expect_def, is, "is", comparisons, "equal", MST_PLAIN, "Comparison."),
    MST_ROW_REAL(mst_expect_def, value, "value", NULL, 0, 0, MST_NAN, MST_PLAIN | MST_REQUIRED,
                 "Value it is compared with."),
    MST_ROW_REAL(mst_expect_def, within, "within", NULL, 0, 1e12, 0, MST_PLAIN,
                 "Allowed difference."),
    MST_ROW_END,
};

const muster_field mst_fields_variant[] = {
    MST_ROW_TEXT(mst_variant_def, title, "title", MST_PLAIN, "Title as printed."),
    MST_ROW_TEXT(mst_variant_def, why, "why", MST_PLAIN | MST_PROSE, "What it is meant to show."),
    MST_ROW_CHOICE(mst_variant_def, use, "use", mst_use_names, NULL, MST_PLAIN,
                   "As scenario.use; the scenario's unless given."),
    MST_ROW_MOMENT(mst_variant_def, known_by, "known_by", MST_PLAIN,
                   "When those who decide could know the values that it sets; no drill may be "
                   "decided by them before, unless scenario.hindsight is true."),
    MST_ROW_TEXTS(mst_variant_def, changes, "changes", MST_PLAIN | MST_REQUIRED | MST_PROSE,
                  "Changes that make it, lines `PATH = VALUE`."),
    MST_ROW_TEXTS(mst_variant_def, over_timeline, "over_timeline", MST_PLAIN | MST_PROSE,
                  "Paths among them whose value also holds against dated events, as one of --set "
                  "does."),
    MST_ROW_END,
};

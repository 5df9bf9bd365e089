/** @file outcome.h
 * What came out of one run: a fold over its records and its model, made once after the run.
 * Every measure of the registry, the report and the JSON read only this, the run and the model.
 */
#ifndef MST_OUTCOME_OUTCOME_H
#define MST_OUTCOME_OUTCOME_H

#include "engine/reach.h"
#include "engine/run.h"
#include "muster/measure.h"

/** Of a unit in the whole run, or of its part in one drill: from joining it until it joins
 * another. Over the whole run hours are sums, late_s is the most, times are the first. */
typedef struct mst_unit_outcome {
    bool joined;    /* was sent to that drill (to any) */
    bool took_part; /* sailed or flew for it           */
    int32_t drill;  /* whole run: the first it was sent to or else is meant for, -1 */
    muster_time sailed_at,
        arrived_at;    /* first sailing; arrival at the muster point; MUSTER_NEVER */
    double distance_m; /* covered */
    double used_kg, end_kg;
    double least_frac; /* of full */
    muster_time least_at;
    double below_floor_s; /* time under the planning floor (.60 of full) */
    double below_reserve_s;
    double wait_s;    /* from arrival at the muster point to the drill's start */
    double late_s;    /* after the muster time; 0 when not late by more than 1 s */
    double station_s; /* in the area in the drill's window */
    bool adrift;
    muster_time adrift_at;
    mst_cause cause; /* of not taking part or leaving */
    int32_t sorties; /* aircraft */
} mst_unit_outcome;

typedef struct mst_group_outcome {
    double station_s; /* every member present */
    muster_time sailed_at, arrived_at;
    double speed_mps;     /* of advance on the last leg to the muster */
    double slack_s;       /* arrival before the muster time: positive */
    int32_t binding_unit; /* slowest or last; -1 */
} mst_group_outcome;

typedef struct mst_serial_outcome {
    mst_outcome outcome;
    mst_cause cause;
    int32_t detail;         /* failing part or need index, -1 */
    muster_time start, end; /* planned from the actual start; as held */
    double p;               /* P(success) where its needs held    */
    double value;           /* DEFINITIONS 6: plan run P + .5 (1 - P) */
    bool needs_held;
    double held_share;
    uint64_t states; /* who took part in it */
} mst_serial_outcome;

typedef struct mst_air_outcome {
    double coverage; /* 0..1 */
    int32_t sorties;
    double station_s;
} mst_air_outcome;

typedef struct mst_pair_outcome { /* of participating states */
    int32_t drill, a, b;
    int32_t place; /* among all pairs that could take part (mst_pair_at) */
    int32_t part[MST_PART_COUNT];
    bool part_assumed[MST_PART_COUNT];
    double part_cost[MST_PART_COUNT]; /* expected score with that part full - as is */
} mst_pair_outcome;

typedef struct mst_drill_outcome {
    bool mustered;
    mst_cause cause;
    muster_time started_at, ended_at;
    double delay_s;     /* signed; NaN when it never mustered */
    int32_t delay_unit; /* that bound it */
    int32_t ready_unit_count;
    double joint_s, complete_s;
    int32_t planned, done, degraded, cancelled;
    double score, score_no_weather, score_joint; /* NaN: no such serial; .., two or more states */
    double planned_weight;
    double used_kg;
    int32_t participant_count;
    uint64_t states;                         /* that take part: bit set of state indices */
    double expected_done, expected_degraded; /* plan run: sums of P and 1 - P where needs hold,
                                and what is degraded for another cause */
} mst_drill_outcome;

typedef struct mst_outcomes {
    const mst_run *run; /* borrowed, finished */
    const mst_model *model;
    mst_arena arena;
    mst_unit_outcome *unit;  /* of the whole run */
    mst_unit_outcome **part; /* [drill][unit]    */
    mst_group_outcome *group;
    mst_serial_outcome *serial;
    mst_air_outcome **air; /* [drill][request] */
    mst_drill_outcome *drill;
    mst_pair_outcome *pair; /* of states that take part */
    int32_t pair_count;
    mst_reach *reach;            /* of each unit, kept from run to run; unit -1: not known yet */
    struct mst_scratch *scratch; /* of the folds */
} mst_outcomes;

/** Folds a finished run. The run must outlive the outcomes. */
muster_status mst_outcomes_make(const mst_run *run, const muster_memory *memory,
                                mst_outcomes **out);

/** Room for the outcomes of any run of a model, to be filled again and again: mst_outcomes_refold
 * allocates nothing, but for the first run that costs a pair something. */
muster_status mst_outcomes_create(const mst_model *model, const muster_memory *memory,
                                  mst_outcomes **out);
muster_status mst_outcomes_refold(mst_outcomes *out, const mst_run *run);
void mst_outcomes_free(mst_outcomes *outcomes);

/** True if what some part costs some pair may have to be found by running again. */
bool mst_pairs_may_rerun(const mst_outcomes *outcomes);

/** Number of things of a scope, the id and display name of one, and a measure's value (NaN: not
 * defined there) in the measure's unit. */
int32_t mst_scope_count(const mst_outcomes *outcomes, muster_scope scope);
const char *mst_scope_id(const mst_outcomes *outcomes, muster_scope scope, int32_t index,
                         char out[160]);
double mst_measure_value(const mst_outcomes *outcomes, int32_t measure, int32_t index);

/** The same for places that depend on the model alone: pairs of states asked to a drill have one
 * whether they take part or not. */
int32_t mst_scope_places(const mst_model *m, muster_scope scope);
const char *mst_scope_place_id(const mst_model *m, muster_scope scope, int32_t index,
                               char out[160]);

/** Place in the other model of the thing with the id of place `index` of the first; -1: it has none.
 * Where each model has one drill, the one is taken for the other whatever they are called. */
int32_t mst_scope_match(const mst_model *first, const mst_model *other, muster_scope scope,
                        int32_t index);

/** Pairs of states that are asked to a drill, by state index; drill and states of a place. */
int32_t mst_pair_places(const mst_drill_row *drill);
bool mst_pair_at(const mst_model *model, int32_t place, int32_t *out_drill, int32_t *out_a,
                 int32_t *out_b);

/** All measures of all things: measure i of the thing at place k goes to out[first[i] + k]. Pairs that
 * do not take part: NaN. */
void mst_measures_fill(const mst_outcomes *outcomes, const int32_t *first, double *out);

/** Fuel and place of a unit at any time of a finished run, from its records. */
double mst_track_fuel_kg(const mst_run *run, int32_t unit, muster_time at);
muster_point mst_track_place(const mst_run *run, int32_t unit, muster_time at);

/** A stretch of a ship's track between two records of its own, or to the end of the run. */
typedef struct mst_stretch {
    const mst_record *record; /* the LEG or HOLD that opens it */
    muster_time until;
    bool is_leg;
} mst_stretch;

/** A track gone along in time: asked at times that never go back, it looks at each record once,
 * where the two functions above begin anew each time. */
typedef struct mst_track {
    const mst_run *run;
    int32_t unit, next;
    mst_stretch now, ahead;
    bool has_now, has_ahead;
} mst_track;

void mst_track_begin(mst_track *track, const mst_run *run, int32_t unit);
double mst_track_fuel_at(mst_track *track, muster_time at);
muster_point mst_track_place_at(mst_track *track, muster_time at);

/* ---- timeline check (DEFINITIONS 7) ------------------------------------------------------ */
typedef enum mst_possible {
    MST_POSSIBLE,
    MST_POSSIBLE_ONLY_IF,
    MST_IMPOSSIBLE,
    MST_NO_WAY /* none by sea between the two places: not judged */
} mst_possible;
typedef struct mst_timeline_check {
    int32_t claim, sighting; /* observations: a departure and what was seen later         */
    double distance_m; /* by sea, shortened by the sighting's within; NaN: no way              */
    double needed_mps; /* for a moment: speed needed; for an interval: from its start */
    double needed_last_mps;        /* from its end; INFINITY when the end is after the sighting */
    double max_mps, sustained_mps; /* of the slowest that both left and was seen                */
    int32_t binding_unit;
    mst_possible verdict, at_sustained;   /* at maximum speed; at sustained speed                */
    muster_time latest, latest_sustained; /* latest sailing that still makes it                 */
    mst_possible verdict_5nm; /* at maximum speed with 5 nm of uncertainty                 */
    mst_possible at_sustained_5nm;
    muster_time latest_5nm, latest_sustained_5nm; /* latest sailings if it is 5 nm nearer      */
} mst_timeline_check;
int32_t mst_timeline_checks(const mst_model *model, mst_arena *arena, mst_timeline_check **out);

/* ---- evidence (DEFINITIONS 8) -------------------------------------------------------------- */
typedef enum mst_agreement { MST_AGREES, MST_CONTRADICTS, MST_SILENT } mst_agreement;
mst_agreement mst_evidence_agreement(const mst_model *model, const mst_verdict *verdict,
                                     const mst_stage_result *stage, const mst_evidence_def *entry);
/** True if some entry tells of an invitation, offer or refusal for this state and drill. */
bool mst_evidence_of_invitation(const mst_model *model, int32_t drill, int32_t state);

/* ---- assumptions --------------------------------------------------------------------------- */
typedef struct mst_assumption {
    const char *path; /* of the figure: ties.CHN-PRK.align                            */
    const char *written;
    const char *source;
    muster_confidence confidence;
    const char *effect; /* stages it acts on, in words: "China's stage"; null: it moves none */
    double influence;   /* change of a stage's margin if the figure moved by 10 % of its value,
                               over |margin|, the largest; orders the list; NaN: not measured  */
    double share[MST_STAGES_MAX]; /* the same of each stage; NaN: does not act on it, or not
                                     measured; INFINITY: that stage's margin is 0             */
} mst_assumption;
/** Figures marked assumed, low or estimated that the verdict of a state rests on, most
 * influential first: rule weights and values by exact derivative of the margins, fleet figures
 * by recomputing the reading with the figure moved. */
int32_t mst_assumptions(const mst_model *model, const mst_verdict *verdict, const mst_run *run,
                        mst_arena *arena, mst_assumption **out);

/* ---- tipping values ------------------------------------------------------------------------ */
typedef struct mst_tip {
    const char *path; /* states.X.attributes.Y or ties.T.align ... */
    double value, at; /* present value; value at which the stage's margin is 0 */
    double from;      /* as printed (turn.h): the first value of its digits that turns the stage,
                         judged; NaN: the stage does not turn there */
    int32_t decimals; /* digits of from behind the point */
    int32_t stage;    /* index in the verdict */
    bool within;      /* from lies in 0..1 (or the lever's range) */
} mst_tip;
/** For each political stage and each value its rules read: where its margin crosses 0 if only
 * that value moves. Closed form where the margin is linear in it, bracketed root else. */
int32_t mst_tips(const mst_model *model, const mst_run *run, const mst_verdict *verdict,
                 mst_arena *arena, mst_tip **out);

/** The same for the weight of each rule that is on, as the file writes it (never negative, up to
 * MST_WEIGHT_MOST): paths alignment.rules.ID.weight. */
int32_t mst_weight_tips(const mst_model *model, const mst_run *run, const mst_verdict *verdict,
                        mst_arena *arena, mst_tip **out);

/* ---- position of the drill (DEFINITIONS 3: both notional figures and levers) ----------------- */
typedef struct mst_position_check {
    bool may_change;    /* some position inside changes the verdict on ability, or may           */
    double nearest_m;   /* of the positions tried, the nearest that does                         */
    double bearing_deg; /* from the muster point                                                 */
} mst_position_check;

/** Tries 48 positions round the muster point out to within_m. Aircraft exactly, by geodesic;
 * ships by a bound on the way by sea (never less than the geodesic, nor than the known way less
 * the shift), taken in favour of a change: "may" can be said too often, "no" never wrongly. */
mst_position_check mst_position_try(const mst_model *model, int32_t drill, int32_t state,
                                    bool is_able, double within_m, mst_arena *arena);

/** Verdict of a state in a finished run; null when it was no host or candidate. */
const mst_verdict *mst_verdict_of(const mst_run *run, int32_t drill, int32_t state);

/** Index of a measure by its name; -1: there is none. name may be null. */
int32_t mst_measure_named(const char *name);

/** Checks, before anything is run, that the file's expectations name measures there are and things
 * of the file; a diagnostic for each that does not. */
void mst_expect_names(const mst_spec *spec, mst_arena *arena, muster_diags *diags);

/** What came of one expectation. */
typedef struct mst_expectation {
    int32_t measure, thing; /* thing within the measure's scope; -1: there is none */
    double actual;          /* NaN: not defined in this run                        */
    bool is_met;
} mst_expectation;
mst_expectation mst_expect_of(const mst_outcomes *outcomes, const mst_expect_def *expect,
                              muster_diags *diags);

/** Compares the file's expectations with the outcomes; diagnostics for each that is not met.
 * Unknown measures or things are errors. Returns the number not met. */
int32_t mst_expect_check(const mst_outcomes *outcomes, const mst_spec *spec, muster_diags *diags);

#endif

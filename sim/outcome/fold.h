/** @file fold.h
 * The steps of mst_outcomes_make, one file each, and what they share.
 */
#ifndef MST_OUTCOME_FOLD_H
#define MST_OUTCOME_FOLD_H

#include "outcome/outcome.h"

/** Steps in this order; each reads what the ones before it filled in. Scratch comes from the
 * outcomes' arena; where it fails the arena's mark is set and the step does nothing more. */
void mst_fold_drills(mst_outcomes *out);   /* who takes part, started, failed, ended       */
void mst_fold_units(mst_outcomes *out);    /* tracks, fuel, arrivals, sorties              */
void mst_fold_muster(mst_outcomes *out);   /* delay of the muster and who bound it         */
void mst_fold_presence(mst_outcomes *out); /* hours in the area: units, groups, drills     */
void mst_fold_groups(mst_outcomes *out);
void mst_fold_air(mst_outcomes *out);
void mst_fold_serials(mst_outcomes *out); /* needs presence: fills the serials' states    */
void mst_fold_pairs(mst_outcomes *out);
void mst_fold_reaches(mst_outcomes *out); /* of each unit, for the drill it is meant for */

/** Next stretch of a unit; *inout_next starts at 0. False: none is left. */
bool mst_stretch_next(const mst_run *run, int32_t unit, int32_t *inout_next, mst_stretch *out);

/** Fuel at a time in the stretch, kg, not below 0. */
double mst_stretch_fuel_kg(const mst_stretch *stretch, muster_time at);

/** Seconds of a stretch during which fuel was below a level, kg. */
double mst_stretch_below_s(const mst_stretch *stretch, double level_kg);

/** End of the horizon: where the last stretch of every track ends. */
muster_time mst_track_end(const mst_run *run);

/** True if a unit is meant for a drill: some group of that drill or its contingent holds it. */
bool mst_unit_is_meant(const mst_model *model, int32_t drill, int32_t unit);

/** True if the required slots of every state that takes part can be filled by the units marked
 * present (unit_count). Aircraft of a participant count as present at their base. */
bool mst_places_complete(const mst_run *run, int32_t drill, uint64_t states,
                         const uint8_t *present);

/**
 * The unit whose arrival filled the last required place of its state that was filled at all.
 * order: units of all states in order of arrival (order_count).
 * @return its index in order, or -1 when none filled a place
 */
int32_t mst_places_last(const mst_run *run, int32_t drill, uint64_t states, const int32_t *order,
                        int32_t order_count);

/** P(success) of a serial among these states: p0 times the factors of its parts, each at the worst
 * pair. */
double mst_serial_p(const mst_model *model, const mst_serial_row *serial, uint64_t states);

/** A ship's track while records are gone through. */
typedef struct mst_track_open {
    int32_t record; /* that opened the present stretch, -1 */
    int32_t drill;  /* it belongs to, -1                   */
    int32_t joined; /* the drill joined last, -1           */
} mst_track_open;

/** What folds work with, allocated once; a run and outcomes to run a drill again in are made when
 * they are first needed. */
struct mst_scratch {
    mst_track_open *open;        /* unit_count */
    int32_t *joined, *order;     /* unit_count */
    uint8_t *inside, *under_way; /* unit_count */
    mst_pair_outcome *place;     /* every pair that could take part */
    mst_model view;              /* the model with levels of its own */
    int32_t *level;
    void *fork; /* state of the run before its first serial; null: no part asks for it */
    mst_run *run;
    mst_outcomes *again;
};

/** Outcomes that are folded without their pairs only. */
muster_status mst_outcomes_create_bare(const mst_model *model, const muster_memory *memory,
                                       mst_outcomes **out);

/** Of a run that went on from a fork to the end of a drill: drills and serials, so far as scores
 * need them. */
void mst_outcomes_score(mst_outcomes *out, const mst_run *run);

/** mst_outcomes_refold without the pairs. */
muster_status mst_outcomes_fold(mst_outcomes *out, const mst_run *run);

/** Levels of all pairs of a model; false when memory is short. */
bool mst_pairs_open(mst_outcomes *out);

/**
 * The score of a drill were one part of one pair full, in closed form: what the part does to the
 * P of the serials that were held, all else as it was, the draws of a replication included. The whole
 * truth for parts that lower P.
 * @param[in] model  a copy of the run's with that part full
 */
double mst_part_score(const mst_outcomes *out, const mst_model *model, int32_t drill, int32_t part);

/** True if the serials of the drill, as short as a view of the model has them, surely come out as they did: all were held throughout, in a
 * run that has left a fork from which fuel is seen to be ample. False says nothing. */
bool mst_serials_unmoved(const mst_outcomes *out, const mst_model *view, int32_t drill);

/** The same by running again, on the same random numbers: from the fork if the run has left one,
 * else from the start. False when memory is short. */
bool mst_part_score_rerun(mst_outcomes *out, const mst_model *model, int32_t drill,
                          double *out_score);

/** Plan-run value of a serial whose needs held: P + .5 (1 - P). */
static inline double mst_held_value(const mst_model *model, double p)
{
    return p + model->constant.degraded_value * (1.0 - p);
}

/** Value of such a serial in a replication, by its draw. */
static inline double mst_drawn_value(const mst_model *model, bool succeeded)
{
    return succeeded ? 1.0 : model->constant.degraded_value;
}

/** Bit of a state in a set; states from 64 on have none. */
static inline uint64_t mst_state_bit(int32_t state)
{
    return state >= 0 && state < 64 ? UINT64_C(1) << state : 0;
}

#endif

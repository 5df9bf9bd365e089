/** @file feedback.h
 * What drills that are over add to threat and closeness (section `feedback`), off unless given.
 *
 * At its end a drill that was held adds, from the values before it, k_threat x visibility to the
 * attribute `threat` of every rival of its hosts that was not in it, and k_trust x (serials done /
 * planned) to the closeness of every two states that took part. What was added halves every
 * half_life; a value stays in its range (threat 0..1, align -1..1). Decisions read values with that
 * in them from the drill's end on, each on its own day.
 *
 * A run keeps one row a drill, in its block; all else follows from these rows. Where feedback is off
 * there are no rows, and every function here returns at once.
 */
#ifndef MST_ENGINE_FEEDBACK_H
#define MST_ENGINE_FEEDBACK_H

#include "engine/run.h"

/** In the block of a run: no padding. */
typedef struct mst_feedback_state {
    double done;        /* serials done, each with its P in the plan run           */
    int64_t decided_as; /* number of the event that decided the drill, 0: not yet  */
    int64_t ended_as;   /* of the event that ended it, 0: not yet, or never held   */
    muster_time ended_at;
    int64_t order; /* of row k: 1 + the drill that ended as the k-th, from 0; 0: none yet */
} mst_feedback_state;

/** A serial was done; p: its P(success). */
void mst_feedback_serial(mst_run *run, int32_t drill, double p);

/** A drill that was held is over: after its open serials were closed. */
void mst_feedback_end(mst_run *run, int32_t drill);

/** The drill is being decided: notes it, and adds to run->values what earlier drills left. */
void mst_feedback_decide(mst_run *run, int32_t drill);

/**
 * Values as the decision on a drill read them, or would if it was not decided: at decide_at, with
 * what drills that were over by then had added.
 * @param[in]  model  of the run's shape; its values are taken
 * @param[in]  run    null: no drill has added anything
 * @param[out] out    arrays of the caller
 */
void mst_run_values(const mst_model *model, const mst_run *run, int32_t drill, mst_values *out);

/** What drill `by` added to a figure, as far as the decision on `drill` still felt it, before the
 * range is looked at; 0: nothing. kind, index: of mst_values. */
double mst_feedback_by(const mst_run *run, int32_t drill, int32_t by, mst_figure_kind kind,
                       int32_t index);

#endif

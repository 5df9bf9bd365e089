/** @file trial.h
 * A verdict judged again with a value moved: the scenario's own alignment model on copies.
 */
#ifndef MST_OUTCOME_TRIAL_H
#define MST_OUTCOME_TRIAL_H

#include "outcome/outcome.h"

/** Copies of all that a trial may move; everything else is the model's. In the caller's arena. */
typedef struct mst_trial {
    mst_model model;          /* shallow copy with drill, unit and drill_value of its own */
    mst_drill_row *drill;     /* of model, writable  */
    mst_unit_row *unit;       /* of model, writable  */
    double *drill_value;      /* of model, writable  */
    mst_values values;        /* at the drill's decide_at */
    mst_fleet_reading *fleet; /* state_count         */
    mst_align_output output;
    int32_t drill_index, state, verdict_index;
} mst_trial;

/** False: memory is short, or the model has no alignment model or the verdict no place in it. */
bool mst_trial_make(const mst_model *model, const mst_run *run, const mst_verdict *verdict,
                    mst_arena *arena, mst_trial *out);

/** The verdict with the present copies; valid until the next call. */
const mst_verdict *mst_trial_judge(mst_trial *trial);

/** Margin of one stage with the present copies; NaN: not assessed. */
double mst_trial_margin(mst_trial *trial, int32_t stage);

typedef enum mst_cell_kind {
    MST_CELL_ATTRIBUTE,
    MST_CELL_MUTUAL,
    MST_CELL_DIRECTED,
    MST_CELL_DRILL
} mst_cell_kind;

/** One value that a rule of some stage reads, and where it stands in the file. */
typedef struct mst_cell {
    mst_cell_kind kind;
    int32_t index, mirror; /* flat; mirror: the same pair the other way round, else index */
    int32_t stage;         /* of the verdict */
    const char *path;
    const char *key;  /* what it is whoever is judged: "cand.x", "tie.x of HOST", "drill.x" */
    double low, high; /* range it may take */
} mst_cell;

/** All values that rules of the verdict's political stages read, once a stage, in order of stages
 * and rules. Values without a key of their own (pacts, numbers of hosts) are left out. */
int32_t mst_trial_cells(const mst_trial *trial, const mst_verdict *verdict, mst_arena *arena,
                        mst_cell **out);

/** Where a lever of the file moves the value: the lever's range instead of its own. Of what could be done
 * with it (tips), not of what it might be (shares of the space of inputs). */
void mst_cell_widen(const mst_trial *trial, mst_cell *cell);

double mst_cell_get(const mst_trial *trial, const mst_cell *cell);
void mst_cell_set(mst_trial *trial, const mst_cell *cell, double value);

/** The tie between two states as written, or null. */
const mst_tie_def *mst_tie_between(const mst_model *model, int32_t a, int32_t b);

#endif

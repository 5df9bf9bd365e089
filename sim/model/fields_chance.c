/* What replications draw: distributions as text (num/distribution.h), one key an input. */
#include "model/row.h"
#include "model/spec.h"

static const char *const decisions[] = {"verdict", "draw", NULL};

const muster_field mst_fields_chance[] = {
    MST_ROW_TEXT(mst_chance_def, sailing_delay, "sailing_delay_h", 0,
                 "Distribution of each ship's delay at sailing, hours: \"exponential 1\" unless "
                 "given. Forms: fixed VALUE, uniform LOW HIGH, triangular LOW MODE HIGH, "
                 "exponential MEAN, normal MEAN SD, lognormal MEAN SD, weibull SHAPE SCALE. The "
                 "plan run has none."),
    MST_ROW_TEXT(mst_chance_def, speed_factor, "speed_factor", 0,
                 "Distribution of speed made good over the speed planned, one draw a leg: "
                 "\"triangular 0.95 1 1.02\" unless given. 1 in the plan run."),
    MST_ROW_TEXT(mst_chance_def, duration_factor, "duration_factor", 0,
                 "Distribution of a serial's length over the length planned: \"triangular 0.9 1 "
                 "1.3\" unless given. 1 in the plan run."),
    MST_ROW_CHOICE(mst_chance_def, decisions, "decisions", decisions, "verdict", 0,
                   "verdict: political stages by the sign of their margin; draw: each by its P. "
                   "Ability is always that of the replication's fleet."),
    MST_ROW_END,
};

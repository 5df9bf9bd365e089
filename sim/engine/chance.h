/** @file chance.h
 * The draws of a replication (DEFINITIONS 1). In the plan run each gives its plan value and draws
 * nothing; in replication r a draw is a function of master seed, r, stream and number alone.
 */
#ifndef MST_ENGINE_CHANCE_H
#define MST_ENGINE_CHANCE_H

#include "engine/run.h"

static inline bool mst_is_plan(const mst_run *run)
{
    return run->clock->replication == 0;
}

/** The first UTC midnight after a time. */
muster_time mst_next_midnight(muster_time at);

/** Ships of the row that can sail (0 or 1), or aircraft of the squadron that can fly on the UTC day
 * that holds `day`. */
int32_t mst_chance_serviceable(const mst_run *run, int32_t unit, muster_time day);

/** P that one ship or aircraft of the row is serviceable once the normal factor common to its state is
 * known: Phi((z - sqrt(rho) common) / sqrt(1 - rho)) with Phi(z) the readiness, a Gaussian copula
 * with one factor (Vasicek 1987). At correlation 1 a hair less is taken. */
double mst_chance_readiness(const mst_unit_row *row, double correlation, double common);

/** Delay at the unit's sailing number `sailing` (0, 1, ...), microseconds; 0 in the plan run. */
muster_time mst_chance_delay(const mst_run *run, int32_t unit, int64_t sailing);

/** Speed made good over the speed planned on leg `leg` of a group, or of a unit by itself. */
double mst_chance_group_speed(const mst_run *run, int32_t group, int64_t leg);
double mst_chance_unit_speed(const mst_run *run, int32_t unit, int64_t leg);

/** Douglas sea state in a drill's area on the UTC day that holds `day`. */
int32_t mst_chance_sea(const mst_run *run, int32_t drill, muster_time day);
/** True if the sea of the drill may differ from day to day in this run. */
bool mst_chance_sea_varies(const mst_run *run, int32_t drill);

/** Length of a serial over its plan. */
double mst_chance_length(const mst_run *run, int32_t serial);

/** The uniform draw against which a serial's P(success) is held: it succeeds if this is below P. */
double mst_chance_success(const mst_run *run, int32_t serial);

/** The uniform draw of a political stage: 0 .. host_count - 1 admit by that host, host_count
 * accept. candidate: place in the drill's list. */
double mst_chance_stage(const mst_run *run, int32_t drill, int32_t candidate, int32_t stage);

#endif

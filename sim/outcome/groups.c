/* Groups on their way to the muster: sailing, arrival, speed of advance, who binds. */
#include "outcome/fold.h"

#include <math.h>

/* Of a unit in a group: its part in the group's drill, else in the whole run. */
static const mst_unit_outcome *of_member(const mst_outcomes *out, const mst_group_row *group,
                                         int32_t unit)
{
    return group->drill >= 0 ? &out->part[group->drill][unit] : &out->unit[unit];
}

/* The last leg that began by a time: the one that ended there. */
static const mst_record *last_leg_to(const mst_run *run, int32_t unit, int32_t spot, muster_time by)
{
    const mst_record *leg = NULL;
    for (int32_t i = 0; i < run->clock->record_count; i++) {
        const mst_record *r = &run->record[i];
        if (r->kind == MST_RECORD_LEG && r->unit == unit && r->b == spot && r->time <= by)
            leg = r;
    }
    return leg;
}

/* The member that came last by more than a second, else the slowest. */
static int32_t binding(const mst_outcomes *out, const mst_group_row *group)
{
    int32_t last = -1, slowest = -1;
    muster_time first_at = MUSTER_NEVER, last_at = 0;
    double least_mps = (double)INFINITY;
    for (int32_t i = 0; i < group->member_count; i++) {
        const int32_t unit = group->member[i];
        const mst_unit_row *row = &out->model->unit[unit];
        const muster_time at = of_member(out, group, unit)->arrived_at;
        const double mps = group->allow_max_speed ? row->max_mps : row->sustained_mps;
        if (mps < least_mps) {
            least_mps = mps;
            slowest = unit;
        }
        if (at == MUSTER_NEVER)
            continue;
        first_at = at < first_at ? at : first_at;
        if (last < 0 || at > last_at) {
            last = unit;
            last_at = at;
        }
    }
    return last >= 0 && last_at - first_at > MUSTER_SECOND ? last : slowest;
}

static void fold_group(mst_outcomes *out, int32_t index)
{
    const mst_group_row *group = &out->model->group[index];
    mst_group_outcome *g = &out->group[index];
    const mst_drill_row *drill = group->drill >= 0 ? &out->model->drill[group->drill] : NULL;
    for (int32_t i = 0; i < group->member_count; i++) {
        const int32_t unit = group->member[i];
        const mst_unit_outcome *u = of_member(out, group, unit);
        if (u->sailed_at < g->sailed_at)
            g->sailed_at = u->sailed_at;
        if (u->arrived_at == MUSTER_NEVER || !drill)
            continue;
        if (g->arrived_at == MUSTER_NEVER || u->arrived_at > g->arrived_at)
            g->arrived_at = u->arrived_at;
        /* the first member that came tells the speed: the guide, unless it failed */
        const mst_record *leg = last_leg_to(out->run, unit, drill->muster_spot, u->arrived_at);
        if (leg && isnan(g->speed_mps))
            g->speed_mps = leg->speed_mps;
    }
    if (drill && g->arrived_at != MUSTER_NEVER)
        g->slack_s = (double)(drill->muster_at - g->arrived_at) / (double)MUSTER_SECOND;
    g->binding_unit = binding(out, group);
}

void mst_fold_groups(mst_outcomes *out)
{
    for (int32_t i = 0; i < out->model->group_count; i++) {
        mst_group_outcome *g = &out->group[i]; /* station_s is there already */
        g->sailed_at = g->arrived_at = MUSTER_NEVER;
        g->speed_mps = g->slack_s = (double)NAN;
        g->binding_unit = -1;
        fold_group(out, i);
    }
}

/* Would the answer on ability be another if the drill lay elsewhere? */
#include "outcome/outcome.h"

#include <math.h>

enum { RINGS = 3, BEARINGS = 16 };

/* Distance of a unit from a shifted muster point, leaning towards a change of the verdict. */
static double shifted_m(const mst_model *model, int32_t drill, int32_t unit, muster_point to,
                        double shift_m, bool is_able)
{
    const mst_unit_row *u = &model->unit[unit];
    if (u->parent >= 0)
        return 0.0;
    const double direct_m = muster_geo_distance_m(model->spot[u->home].point, to);
    if (u->domain == MST_AIR)
        return direct_m;
    const mst_leg leg = mst_model_leg(model, u->home, model->drill[drill].muster_spot);
    if (!leg.route)
        return INFINITY;
    return is_able ? leg.length_m + shift_m : fmax(direct_m, leg.length_m - shift_m);
}

mst_position_check mst_position_try(const mst_model *model, int32_t drill, int32_t state,
                                    bool is_able, double within_m, mst_arena *arena)
{
    const mst_drill_row *d = &model->drill[drill];
    const muster_point centre = model->spot[d->muster_spot].point;
    mst_position_check out = {.nearest_m = INFINITY};
    double *distance_m = mst_arena_array(arena, (size_t)model->unit_count + 1, sizeof *distance_m);
    if (!distance_m)
        return out;
    for (int32_t ring = 1; ring <= RINGS && !out.may_change; ring++)
        for (int32_t k = 0; k < BEARINGS && !out.may_change; k++) {
            const double shift_m = within_m * ring / RINGS, bearing_deg = 360.0 * k / BEARINGS;
            const muster_point to = muster_geo_destination(centre, bearing_deg, shift_m);
            for (int32_t i = 0; i < model->unit_count; i++)
                distance_m[i] = model->unit[i].state == state
                                    ? shifted_m(model, drill, i, to, shift_m, is_able)
                                    : 0.0;
            const double cap = mst_fleet_cap_at(model, drill, state, distance_m);
            if (!isnan(cap) && (cap >= d->cap_need) != is_able)
                out = (mst_position_check){true, shift_m, bearing_deg};
        }
    return out;
}

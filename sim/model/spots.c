#include "model/spots.h"

#include <math.h>

static bool same_point(muster_point a, muster_point b)
{
    return a.lat_deg == b.lat_deg && a.lon_deg == b.lon_deg;
}

int32_t mst_spots_find(const mst_spot_row *spot, int32_t count, int32_t base, muster_point point)
{
    point.lon_deg = muster_lon_inside(point.lon_deg);
    for (int32_t i = 0; i < count; i++)
        if (spot[i].base == base && same_point(spot[i].point, point))
            return i;
    return -1;
}

int32_t mst_spots_add(mst_spot_set *set, const char *name, int32_t base, muster_point point)
{
    if (isnan(point.lat_deg) || isnan(point.lon_deg))
        return -1;
    const int32_t found = mst_spots_find(set->spot.item, set->spot.count, base, point);
    if (found >= 0)
        return found;
    mst_spot_row *row = mst_list_add(set->arena, &set->spot, sizeof *row);
    if (!row)
        return -1;
    point.lon_deg = muster_lon_inside(point.lon_deg);
    *row = (mst_spot_row){.name = name, .point = point, .base = base};
    return set->spot.count - 1;
}

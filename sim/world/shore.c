/** @file shore.c
 * Questions about the land: inside or outside, crossing, nearest shore; and the two indices
 * that make the answers quick.
 */
#include "world/shore.h"

/** A shore has short edges. More list entries per point than this are an attack, not a coast. */
enum { ENTRIES_PER_POINT = 16, ENTRIES_SPARE = 400000 };

double mst_shore_lon(const mst_land *land, double lon_deg)
{
    if (lon_deg < land->west && lon_deg + 360.0 <= land->east)
        return lon_deg + 360.0;
    if (lon_deg > land->east && lon_deg - 360.0 >= land->west)
        return lon_deg - 360.0;
    return lon_deg;
}

muster_point mst_land_placed(const mst_land *land, muster_point point)
{
    return (muster_point){point.lat_deg, mst_shore_lon(land, muster_lon_inside(point.lon_deg))};
}

/** floor(value) kept in 0..count-1; also for values far off. */
static int32_t clamped(double value, int32_t count)
{
    return value < 1.0 ? 0 : value >= (double)count ? count - 1 : (int32_t)value;
}

int32_t mst_shore_column(const mst_land *land, double lon_deg)
{
    return clamped((lon_deg - land->west) / MST_LAND_CELL_DEG, land->columns);
}

int32_t mst_shore_row(const mst_land *land, double lat_deg)
{
    return clamped((lat_deg - land->south) / MST_LAND_CELL_DEG, land->rows);
}

static int32_t band_of(const mst_land *land, double lat_deg)
{
    return clamped((lat_deg - land->south) / MST_LAND_BAND_DEG, land->bands);
}

/** Columns that the segment a, b touches within a row of cells. */
static void columns_in_row(const mst_land *land, muster_point a, muster_point b, int32_t row,
                           int32_t *out_first, int32_t *out_last)
{
    // The part of the segment inside the row, a little wider against rounding. The first and
    // the last row also hold what lies beyond them.
    const double south = row == 0 ? -1000.0 : land->south + MST_LAND_CELL_DEG * row - 1e-9;
    const double north =
        row == land->rows - 1 ? 1000.0 : land->south + MST_LAND_CELL_DEG * (row + 1) + 1e-9;
    const double rise = b.lat_deg - a.lat_deg;
    double low = 0.0, high = 1.0;
    if (fabs(rise) > 1e-12) {
        const double t_south = (south - a.lat_deg) / rise, t_north = (north - a.lat_deg) / rise;
        low = fmin(1.0, fmax(0.0, fmin(t_south, t_north)));
        high = fmax(0.0, fmin(1.0, fmax(t_south, t_north)));
    }
    const double run = b.lon_deg - a.lon_deg;
    const double one = a.lon_deg + low * run, two = a.lon_deg + high * run;
    *out_first = mst_shore_column(land, fmin(one, two) - 1e-9);
    *out_last = mst_shore_column(land, fmax(one, two) + 1e-9);
}

/** Adds edge to the lists it belongs in, or counts only while edge is null. */
static void put(mst_edge_lists *lists, int32_t list, int32_t edge)
{
    if (lists->edge == NULL)
        lists->start[list + 1]++;
    else
        lists->edge[lists->start[list]++] = edge;
}

/** One pass over all edges: counts, or fills. False: too many entries. */
static bool pass(mst_land *land, int64_t limit)
{
    int64_t entries = 0;
    for (int32_t edge = 0; edge < land->point_count; edge++) {
        const muster_point a = land->point[edge], b = land->point[land->next[edge]];
        const double south = fmin(a.lat_deg, b.lat_deg), north = fmax(a.lat_deg, b.lat_deg);
        for (int32_t i = band_of(land, south - 1e-9); i <= band_of(land, north + 1e-9); i++) {
            put(&land->band, i, edge);
            entries++;
        }
        const int32_t last_row = mst_shore_row(land, north + 1e-9);
        for (int32_t row = mst_shore_row(land, south - 1e-9); row <= last_row; row++) {
            int32_t first = 0, last = 0;
            columns_in_row(land, a, b, row, &first, &last);
            for (int32_t column = first; column <= last; column++)
                put(&land->cell, row * land->columns + column, edge);
            entries += last - first + 1;
        }
        if (entries > limit)
            return false;
    }
    return true;
}

/** Turns counts into starts and makes room for the entries. */
static void make_room(mst_arena *arena, mst_edge_lists *lists, int32_t list_count)
{
    for (int32_t i = 0; i < list_count; i++)
        lists->start[i + 1] += lists->start[i];
    lists->edge = mst_arena_array(arena, (size_t)lists->start[list_count] + 1, sizeof *lists->edge);
}

/** Filling moved each start to the next list's; move them back. */
static void restore_starts(mst_edge_lists *lists, int32_t list_count)
{
    for (int32_t i = list_count; i > 0; i--)
        lists->start[i] = lists->start[i - 1];
    lists->start[0] = 0;
}

bool mst_shore_index(mst_land *land, const char **out_why)
{
    *out_why = NULL;
    land->columns = (int32_t)ceil((land->east - land->west) / MST_LAND_CELL_DEG);
    land->rows = (int32_t)ceil((land->north - land->south) / MST_LAND_CELL_DEG);
    land->bands = (int32_t)ceil((land->north - land->south) / MST_LAND_BAND_DEG);
    const int32_t cells = land->columns * land->rows;
    land->cell.start = mst_arena_array(&land->arena, (size_t)cells + 1, sizeof(int32_t));
    land->band.start = mst_arena_array(&land->arena, (size_t)land->bands + 1, sizeof(int32_t));
    if (land->arena.failed)
        return false;
    if (!pass(land, (int64_t)ENTRIES_PER_POINT * land->point_count + ENTRIES_SPARE)) {
        *out_why = "its lines are too long for a shore";
        return false;
    }
    make_room(&land->arena, &land->cell, cells);
    make_room(&land->arena, &land->band, land->bands);
    if (land->arena.failed)
        return false;
    (void)pass(land, INT64_MAX);
    restore_starts(&land->cell, cells);
    restore_starts(&land->band, land->bands);
    return true;
}

bool mst_land_covers(const mst_land *land, muster_point point)
{
    const double lon = mst_shore_lon(land, point.lon_deg);
    return lon >= land->west && lon <= land->east && point.lat_deg >= land->south &&
           point.lat_deg <= land->north;
}

/** +1, -1: the edge passes the latitude northward, southward; 0: not. Half open, so that a
 * vertex exactly on the parallel belongs to one of its two edges only. */
static int crossing(muster_point a, muster_point b, double lat_deg)
{
    if (a.lat_deg <= lat_deg)
        return b.lat_deg > lat_deg ? 1 : 0;
    return b.lat_deg <= lat_deg ? -1 : 0;
}

bool mst_land_is_land(const mst_land *land, muster_point point)
{
    if (!mst_land_covers(land, point))
        return false;
    const mst_xy p = {mst_shore_lon(land, point.lon_deg), point.lat_deg};
    const int32_t band = band_of(land, p.y);
    int winding = 0;
    for (int32_t i = land->band.start[band]; i < land->band.start[band + 1]; i++) {
        const int32_t edge = land->band.edge[i];
        const muster_point a = land->point[edge], b = land->point[land->next[edge]];
        const int sense = crossing(a, b, p.y);
        if (sense != 0 && mst_xy_turn(mst_xy_of(a), mst_xy_of(b), p) * sense > 0.0)
            winding += sense;
    }
    return winding != 0;
}

int32_t mst_shore_crossings(const mst_land *land, double lat_deg, double *lon_deg, int8_t *turn,
                            int32_t capacity)
{
    const int32_t band = band_of(land, lat_deg);
    int32_t count = 0;
    for (int32_t i = land->band.start[band]; i < land->band.start[band + 1]; i++) {
        const int32_t edge = land->band.edge[i];
        const muster_point a = land->point[edge], b = land->point[land->next[edge]];
        const int sense = crossing(a, b, lat_deg);
        if (sense == 0)
            continue;
        if (count < capacity) {
            lon_deg[count] = a.lon_deg + (lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) *
                                             (b.lon_deg - a.lon_deg);
            turn[count] = (int8_t)sense;
        }
        count++;
    }
    return count;
}

bool mst_land_blocks(const mst_land *land, muster_point a, muster_point b)
{
    a.lon_deg = mst_shore_lon(land, a.lon_deg);
    b.lon_deg = mst_shore_lon(land, b.lon_deg);
    if (mst_land_is_land(land, a) || mst_land_is_land(land, b))
        return true;
    const int32_t last_row = mst_shore_row(land, fmax(a.lat_deg, b.lat_deg) + 1e-9);
    for (int32_t row = mst_shore_row(land, fmin(a.lat_deg, b.lat_deg) - 1e-9); row <= last_row;
         row++) {
        int32_t first = 0, last = 0;
        columns_in_row(land, a, b, row, &first, &last);
        const int32_t *start = land->cell.start + (ptrdiff_t)row * land->columns;
        for (int32_t i = start[first]; i < start[last + 1]; i++) {
            const int32_t edge = land->cell.edge[i];
            if (mst_xy_meet(mst_xy_of(a), mst_xy_of(b), mst_xy_of(land->point[edge]),
                            mst_xy_of(land->point[land->next[edge]])))
                return true;
        }
    }
    return false;
}

/** Square of the distance of two segments, 0 when they meet. */
static double segments_distance2(mst_xy a, mst_xy b, mst_xy c, mst_xy d)
{
    if (mst_xy_meet(a, b, c, d))
        return 0.0;
    return fmin(fmin(mst_xy_distance2(c, a, b), mst_xy_distance2(d, a, b)),
                fmin(mst_xy_distance2(a, c, d), mst_xy_distance2(b, c, d)));
}

double mst_shore_segment_m(const mst_land *land, muster_point a, muster_point b, double limit_m)
{
    const mst_plane plane = mst_plane_at(0.5 * (a.lat_deg + b.lat_deg));
    const mst_xy p = {0.0, 0.0}, q = mst_plane_xy(plane, a, b);
    const double lat_margin = limit_m / plane.lat_m, lon_margin = limit_m / plane.lon_m;
    const int32_t first_column = mst_shore_column(land, fmin(a.lon_deg, b.lon_deg) - lon_margin);
    const int32_t last_column = mst_shore_column(land, fmax(a.lon_deg, b.lon_deg) + lon_margin);
    const int32_t last_row = mst_shore_row(land, fmax(a.lat_deg, b.lat_deg) + lat_margin);
    double best2 = sq(limit_m), best_m = limit_m;
    for (int32_t row = mst_shore_row(land, fmin(a.lat_deg, b.lat_deg) - lat_margin);
         row <= last_row; row++) {
        const int32_t *start = land->cell.start + (ptrdiff_t)row * land->columns;
        for (int32_t i = start[first_column]; i < start[last_column + 1]; i++) {
            const int32_t edge = land->cell.edge[i];
            const mst_xy c = mst_plane_xy(plane, a, land->point[edge]);
            const mst_xy d = mst_plane_xy(plane, a, land->point[land->next[edge]]);
            if (fmin(c.x, d.x) > fmax(p.x, q.x) + best_m ||
                fmax(c.x, d.x) < fmin(p.x, q.x) - best_m ||
                fmin(c.y, d.y) > fmax(p.y, q.y) + best_m ||
                fmax(c.y, d.y) < fmin(p.y, q.y) - best_m)
                continue;
            const double distance2 = segments_distance2(p, q, c, d);
            if (distance2 < best2) {
                best2 = distance2;
                best_m = sqrt(best2);
            }
        }
    }
    return best_m;
}

/** The best so far of a search outward from a place. */
typedef struct nearest {
    const mst_land *land;
    muster_point from, foot;
    double best_m;
    bool found;
} nearest;

/** Looks at the edges of the cells first..last of a row. */
static void look_in_row(nearest *search, int32_t row, int32_t first, int32_t last)
{
    const mst_land *land = search->land;
    if (row < 0 || row >= land->rows || last < 0 || first >= land->columns)
        return;
    first = first < 0 ? 0 : first;
    last = last >= land->columns ? land->columns - 1 : last;
    const int32_t *start = land->cell.start + (ptrdiff_t)row * land->columns;
    // Far edges need the map of the latitude half way between.
    const double row_lat = land->south + MST_LAND_CELL_DEG * (row + 0.5);
    const mst_plane plane = mst_plane_at(0.5 * (search->from.lat_deg + row_lat));
    for (int32_t i = start[first]; i < start[last + 1]; i++) {
        const muster_point a = land->point[land->cell.edge[i]];
        const muster_point b = land->point[land->next[land->cell.edge[i]]];
        const mst_xy p = {0.0, 0.0}, c = mst_plane_xy(plane, search->from, a),
                     d = mst_plane_xy(plane, search->from, b);
        const double distance_m = sqrt(mst_xy_distance2(p, c, d));
        if (distance_m < search->best_m) {
            const double t = mst_xy_foot(p, c, d);
            search->best_m = distance_m;
            search->foot = (muster_point){a.lat_deg + t * (b.lat_deg - a.lat_deg),
                                          a.lon_deg + t * (b.lon_deg - a.lon_deg)};
            search->found = true;
        }
    }
}

bool mst_shore_nearest(const mst_land *land, muster_point point, double limit_m,
                       muster_point *out_foot, double *out_m)
{
    point.lon_deg = mst_shore_lon(land, point.lon_deg);
    nearest search = {.land = land, .from = point, .best_m = limit_m};
    const int32_t column = mst_shore_column(land, point.lon_deg);
    const int32_t row = mst_shore_row(land, point.lat_deg);
    const int32_t most = land->columns > land->rows ? land->columns : land->rows;
    for (int32_t ring = 0; ring <= most; ring++) {
        // Cells of this ring are at least this far off, on the narrowest parallel they reach.
        const double reach_deg = MST_LAND_CELL_DEG * (ring + 1);
        const mst_plane narrow = mst_plane_at(fmin(89.9, fabs(point.lat_deg) + reach_deg));
        const double gap_m = MST_LAND_CELL_DEG * (ring - 1) * fmin(narrow.lon_m, 110500.0);
        if (gap_m > search.best_m)
            break;
        look_in_row(&search, row - ring, column - ring, column + ring);
        if (ring > 0)
            look_in_row(&search, row + ring, column - ring, column + ring);
        for (int32_t side = row - ring + 1; side < row + ring; side++) {
            look_in_row(&search, side, column - ring, column - ring);
            look_in_row(&search, side, column + ring, column + ring);
        }
    }
    if (!search.found)
        return false;
    *out_foot = search.foot;
    *out_m = muster_geo_distance_m(point, search.foot);
    return true;
}

double mst_land_distance_m(const mst_land *land, muster_point point, double limit_m)
{
    if (mst_land_is_land(land, point))
        return 0.0;
    muster_point foot;
    double distance_m = limit_m;
    if (!mst_shore_nearest(land, point, limit_m, &foot, &distance_m))
        return limit_m;
    return fmin(distance_m, limit_m);
}

/** @file taut.c
 * String pulling by dropping points and cutting corners. Every step keeps every leg free, so
 * the result is a way whenever the input is one, however far the pulling gets.
 */
#include "world/taut.h"

enum { MOST_ROUNDS = 24, CUT_STEPS = 9 };

/** A corner that can gain less than this, or this part of the way, is left alone. */
static const double LEAST_GAIN_M = 4.0, LEAST_GAIN_SHARE = 1e-5;
/** A round that gains less than this part of the way is the last. */
static const double LAST_GAIN_SHARE = 2e-5;

static double length_m(const mst_list *path)
{
    double sum_m = 0.0;
    for (int32_t i = 0; i + 1 < path->count; i++)
        sum_m += mst_sphere_distance_m(*MST_AT(muster_point, path, i),
                                       *MST_AT(muster_point, path, i + 1));
    return sum_m;
}

static bool add(mst_waters *waters, mst_list *path, muster_point point)
{
    muster_point *place = mst_list_add(waters->arena, path, sizeof *place);
    if (place == NULL)
        return false;
    *place = point;
    return true;
}

/**
 * Keeps of a long chain of points only those at which it must bend: from each point to a far
 * one that a free leg reaches, looked for by doubling, then halving.
 */
static bool thin(mst_waters *waters, mst_list *path)
{
    mst_list out = {0};
    const muster_point *point = path->item;
    const int32_t last = path->count - 1;
    if (!add(waters, &out, point[0]))
        return false;
    for (int32_t at = 0; at < last;) {
        int32_t good = at + 1, step = 1, bad = last + 1;
        while (good < last) {
            const int32_t next = good + step < last ? good + step : last;
            if (!mst_waters_leg(waters, point[at], point[next])) {
                bad = next;
                break;
            }
            good = next;
            step *= 2;
        }
        while (bad <= last && bad - good > 1) {
            const int32_t middle = good + (bad - good) / 2;
            if (mst_waters_leg(waters, point[at], point[middle]))
                good = middle;
            else
                bad = middle;
        }
        at = good;
        if (!add(waters, &out, point[at]))
            return false;
    }
    *path = out;
    return true;
}

/** Drops points that a free leg can pass by. */
static void drop(mst_waters *waters, mst_list *path)
{
    muster_point *point = path->item;
    int32_t kept = 1;
    for (int32_t i = 1; i + 1 < path->count; i++)
        if (!mst_waters_leg(waters, point[kept - 1], point[i + 1]))
            point[kept++] = point[i];
    if (path->count > 1)
        point[kept++] = point[path->count - 1];
    path->count = kept;
}

/** Cuts the corner at b by the widest free chord found; adds what replaces b. */
static bool cut_corner(mst_waters *waters, mst_list *out, muster_point a, muster_point b,
                       muster_point c)
{
    const mst_arc to_a = mst_arc_of(waters->land, b, a), to_c = mst_arc_of(waters->land, b, c);
    double low = 0.0, high = 1.0;
    for (int i = 0; i < CUT_STEPS; i++) {
        const double share = 0.5 * (low + high);
        if (mst_waters_leg(waters, mst_arc_at(waters->land, &to_a, share),
                           mst_arc_at(waters->land, &to_c, share)))
            low = share;
        else
            high = share;
    }
    if (low <= 0.0)
        return add(waters, out, b);
    return add(waters, out, mst_arc_at(waters->land, &to_a, low)) &&
           add(waters, out, mst_arc_at(waters->land, &to_c, low));
}

/** One round of cuts. Cuts meet on a leg in order, as each takes at most the half of it. */
static bool cut(mst_waters *waters, mst_list *path, double least_gain_m)
{
    mst_list out = {0};
    const muster_point *point = path->item;
    if (!add(waters, &out, point[0]))
        return false;
    for (int32_t i = 1; i + 1 < path->count; i++) {
        // What the corner before has left of the leg.
        const muster_point a = *MST_AT(muster_point, &out, out.count - 1);
        const muster_point b = point[i], c = point[i + 1];
        const double gain_m =
            mst_sphere_distance_m(a, b) + mst_sphere_distance_m(b, c) - mst_sphere_distance_m(a, c);
        const bool fine =
            gain_m < least_gain_m ? add(waters, &out, b) : cut_corner(waters, &out, a, b, c);
        if (!fine)
            return false;
    }
    if (!add(waters, &out, point[path->count - 1]))
        return false;
    *path = out;
    return true;
}

bool mst_taut(mst_waters *waters, mst_list *path)
{
    if (path->count > 2 && !thin(waters, path))
        return false;
    double before_m = length_m(path);
    for (int round = 0; round < MOST_ROUNDS && path->count > 2; round++) {
        drop(waters, path);
        if (!cut(waters, path, fmax(LEAST_GAIN_M, LEAST_GAIN_SHARE * before_m)))
            return false;
        const double now_m = length_m(path);
        if (before_m - now_m < LAST_GAIN_SHARE * before_m)
            break;
        before_m = now_m;
    }
    drop(waters, path);
    return true;
}

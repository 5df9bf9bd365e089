#include "export/cut.h"

#include <math.h>
#include <stdlib.h>

/* Which turn of the globe a longitude lies in: 0 is -180 up to, and without, 180. */
static double turn_of(double lon_deg)
{
    return floor((lon_deg + 180.0) / 360.0);
}

/* ---- tracks ---------------------------------------------------------------------------------- */

static void add_sample(mst_parts *p, mst_sample s, double turn)
{
    if (p->count == p->room && !p->failed) {
        const int32_t room = p->room ? 2 * p->room : 64;
        mst_sample *more =
            room < INT32_MAX / 2 ? realloc(p->sample, (size_t)room * sizeof *more) : NULL;
        p->failed = !more;
        if (more) {
            p->sample = more;
            p->room = room;
        }
    }
    if (p->failed)
        return;
    s.lon_deg -= 360.0 * turn;
    p->sample[p->count++] = s;
}

static void begin_part(mst_parts *p)
{
    if (p->part_count + 1 >= p->part_room && !p->failed) {
        const int32_t room = p->part_room ? 2 * p->part_room : 8;
        int32_t *more = room < INT32_MAX / 2 ? realloc(p->part, (size_t)room * sizeof *more) : NULL;
        p->failed = !more;
        if (more) {
            p->part = more;
            p->part_room = room;
        }
    }
    if (!p->failed)
        p->part[p->part_count++] = p->count;
}

/* A line has two ends. */
static void end_part(mst_parts *p, double turn)
{
    if (p->failed || p->count - p->part[p->part_count - 1] > 1)
        return;
    mst_sample only = p->sample[p->count - 1];
    only.lon_deg += 360.0 * turn;
    add_sample(p, only, turn);
}

static mst_sample crossing(const mst_sample *a, const mst_sample *b, double lon_deg)
{
    const double share = (lon_deg - a->lon_deg) / (b->lon_deg - a->lon_deg);
    mst_sample s = *a;
    s.time = a->time + (muster_time)llround((double)(b->time - a->time) * share / 1e3) * 1000;
    s.lat_deg = a->lat_deg + share * (b->lat_deg - a->lat_deg);
    s.lon_deg = lon_deg;
    s.fuel_kg = a->fuel_kg + share * (b->fuel_kg - a->fuel_kg);
    return s;
}

mst_parts mst_cut_track(const mst_track *track)
{
    mst_parts p = {0};
    double turn = 0.0;
    for (int32_t i = 0; i < track->count && !p.failed; i++) {
        const mst_sample *s = &track->sample[i];
        const double next = turn_of(s->lon_deg);
        if (i > 0 && next != turn) { /* samples are less than half a turn apart */
            const double edge_deg = -180.0 + 360.0 * (next > turn ? next : turn);
            const mst_sample cut = crossing(s - 1, s, edge_deg);
            add_sample(&p, cut, turn);
            end_part(&p, turn);
            begin_part(&p);
            add_sample(&p, cut, next);
        } else if (i == 0) {
            begin_part(&p);
        }
        turn = next;
        add_sample(&p, *s, turn);
    }
    if (track->count > 0)
        end_part(&p, turn);
    if (!p.failed && p.part)
        p.part[p.part_count] = p.count;
    return p;
}

void mst_parts_clear(mst_parts *parts)
{
    free(parts->sample);
    free(parts->part);
    *parts = (mst_parts){0};
}

/* ---- areas ----------------------------------------------------------------------------------- */

/* What lies on one side of a meridian (Sutherland and Hodgman): east of it, or west. */
static int32_t clip(const muster_point *in, int32_t count, double lon_deg, bool east,
                    muster_point *out)
{
    int32_t used = 0;
    for (int32_t i = 0; i < count; i++) {
        const muster_point a = in[i], b = in[(i + 1) % count];
        const bool a_in = east ? a.lon_deg >= lon_deg : a.lon_deg <= lon_deg;
        const bool b_in = east ? b.lon_deg >= lon_deg : b.lon_deg <= lon_deg;
        if (a_in)
            out[used++] = a;
        if (a_in != b_in) {
            const double share = (lon_deg - a.lon_deg) / (b.lon_deg - a.lon_deg);
            out[used++] = (muster_point){a.lat_deg + share * (b.lat_deg - a.lat_deg), lon_deg};
        }
    }
    return used;
}

static double twice_area(const muster_point *p, int32_t count)
{
    double sum = 0.0;
    for (int32_t i = 0; i < count; i++) {
        const muster_point a = p[i], b = p[(i + 1) % count];
        sum += (a.lon_deg - p[0].lon_deg) * (b.lat_deg - p[0].lat_deg) -
               (b.lon_deg - p[0].lon_deg) * (a.lat_deg - p[0].lat_deg);
    }
    return sum;
}

/* Turned counter-clockwise and closed. */
static bool make_ring(const muster_point *p, int32_t count, double turn, mst_ring *ring)
{
    const bool is_clockwise = twice_area(p, count) < 0.0;
    ring->point = calloc((size_t)count + 1, sizeof *ring->point);
    ring->count = count + 1;
    for (int32_t i = 0; i <= count && ring->point; i++) {
        const int32_t k = i % count;
        ring->point[i] = p[is_clockwise ? (count - k) % count : k];
        ring->point[i].lon_deg -= 360.0 * turn;
    }
    return ring->point != NULL;
}

/* Longitudes that go on over 180. */
static void unwrap(const muster_point *corner, int32_t count, muster_point *out, double *low,
                   double *high)
{
    for (int32_t i = 0; i < count; i++) {
        out[i] = corner[i];
        if (i > 0)
            out[i].lon_deg += 360.0 * round((out[i - 1].lon_deg - out[i].lon_deg) / 360.0);
        *low = i == 0 || out[i].lon_deg < *low ? out[i].lon_deg : *low;
        *high = i == 0 || out[i].lon_deg > *high ? out[i].lon_deg : *high;
    }
}

int32_t mst_cut_ring(const muster_point *corner, int32_t count, mst_ring ring[MST_RINGS_MOST])
{
    const size_t room = 4 * (size_t)count + 8;
    muster_point *whole = calloc(room, sizeof *whole), *half = calloc(room, sizeof *half),
                 *part = calloc(room, sizeof *part);
    int32_t rings = 0;
    bool is_short = !whole || !half || !part;
    if (!is_short && count >= 3) {
        double low = 0.0, high = 0.0;
        unwrap(corner, count, whole, &low, &high);
        for (double turn = turn_of(low);
             turn <= turn_of(high) && rings < MST_RINGS_MOST && !is_short; turn += 1.0) {
            const int32_t east = clip(whole, count, -180.0 + 360.0 * turn, true, half);
            const int32_t both = clip(half, east, 180.0 + 360.0 * turn, false, part);
            if (both >= 3 && twice_area(part, both) != 0.0)
                is_short = !make_ring(part, both, turn, &ring[rings++]);
        }
    }
    free(whole);
    free(half);
    free(part);
    if (is_short)
        mst_rings_clear(ring, rings);
    return is_short ? -1 : rings;
}

void mst_rings_clear(mst_ring *ring, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        free(ring[i].point);
}

muster_point *mst_area_corners(const muster_run_area *area, int32_t *count)
{
    enum { CIRCLE = 72 };
    const bool is_circle = !isnan(area->radius_nm) && !isnan(area->at.lat_deg);
    *count = is_circle ? CIRCLE : area->point_count;
    muster_point *corner = calloc((size_t)*count + 1, sizeof *corner);
    for (int32_t i = 0; i < *count && corner; i++)
        corner[i] = is_circle ? muster_geo_destination(area->at, 360.0 / CIRCLE * i,
                                                       area->radius_nm * MUSTER_NM_M)
                              : area->point[i];
    return corner;
}

int32_t mst_area_rings(const muster_run_area *area, mst_ring ring[MST_RINGS_MOST], mst_out *out)
{
    int32_t count = 0;
    muster_point *corner = mst_area_corners(area, &count);
    const int32_t rings = corner ? mst_cut_ring(corner, count, ring) : -1;
    free(corner);
    out->failed = out->failed || rings < 0;
    return rings;
}

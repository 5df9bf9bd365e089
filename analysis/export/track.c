#include "export/track.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RAD (3.14159265358979323846 / 180.0)

/* Half of what is promised: the rest is for rounding of places and for the ellipsoid. */
static const double near_nm = MST_TRACK_WITHIN_NM / 2.0;
/* A viewer that joins samples by straight lines in space cuts at most 60 m deep into the sea. */
static const double far_nm = 30.0;

enum { DEPTH_MAX = 14, MILLISECOND = 1000 };

typedef struct vector {
    double x, y, z;
} vector;

static vector vector_of(muster_point p)
{
    const double lat = p.lat_deg * RAD, lon = p.lon_deg * RAD;
    return (vector){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
}

static muster_point point_of(vector v)
{
    return (muster_point){atan2(v.z, hypot(v.x, v.y)) / RAD,
                          muster_lon_inside(atan2(v.y, v.x) / RAD)};
}

static double angle_between(vector a, vector b)
{
    const vector c = {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
    return atan2(sqrt(c.x * c.x + c.y * c.y + c.z * c.z), a.x * b.x + a.y * b.y + a.z * b.z);
}

muster_point mst_track_between(muster_point from, muster_point to, double share)
{
    const vector a = vector_of(from), b = vector_of(to);
    const double angle = angle_between(a, b), whole = sin(angle);
    if (share <= 0.0 || angle == 0.0)
        return from;
    if (share >= 1.0 || whole < 1e-12) /* opposite ends have no one way between them */
        return share >= 1.0 ? to : from;
    const double p = sin((1.0 - share) * angle) / whole, q = sin(share * angle) / whole;
    return point_of((vector){p * a.x + q * b.x, p * a.y + q * b.y, p * a.z + q * b.z});
}

void mst_track_clear(mst_track *track)
{
    free(track->sample);
    *track = (mst_track){0};
}

/* ---- samples --------------------------------------------------------------------------------- */

static mst_sample *last_of(const mst_track *t)
{
    return t->count > 0 ? &t->sample[t->count - 1] : NULL;
}

static bool make_room(mst_track *t)
{
    if (t->sample && t->count < t->room)
        return true;
    const int32_t room = t->room ? 2 * t->room : 64;
    mst_sample *more =
        room < INT32_MAX / 2 ? realloc(t->sample, (size_t)room * sizeof *more) : NULL;
    if (!more) {
        t->failed = true;
        return false;
    }
    t->sample = more;
    t->room = room;
    return true;
}

/* Of two samples of one moment the later one holds; where fuel jumps, as in port, the earlier one
 * is moved a moment back, so that it does not rise slowly all the time before. */
static void add_sample(mst_track *t, mst_sample s)
{
    mst_sample *last = last_of(t);
    s.time -= s.time % MILLISECOND;
    if (last && s.time <= last->time) {
        const bool jumps = fabs(s.fuel_kg - last->fuel_kg) > 0.5;
        const mst_sample *before = t->count > 1 ? last - 1 : NULL;
        s.time = last->time;
        if (jumps && before && before->time < last->time - MILLISECOND)
            last->time -= MILLISECOND;
        else
            t->count--;
        last = last_of(t);
    }
    if (last)
        s.lon_deg += 360.0 * round((last->lon_deg - s.lon_deg) / 360.0);
    if (!t->failed && make_room(t))
        t->sample[t->count++] = s;
}

/* A way flown or sailed at constant speed along one great circle. */
typedef struct stretch {
    muster_point from, to;
    muster_time start, end;
    double fuel_start_kg, fuel_end_kg; /* NaN: not known */
    double speed_mps;
    const char *doing;
} stretch;

static mst_sample at_share(const stretch *w, double share)
{
    const muster_point p = mst_track_between(w->from, w->to, share);
    return (mst_sample){.time =
                            w->start + (muster_time)llround((double)(w->end - w->start) * share),
                        .lat_deg = p.lat_deg,
                        .lon_deg = p.lon_deg,
                        .fuel_kg = w->fuel_start_kg + share * (w->fuel_end_kg - w->fuel_start_kg),
                        .speed_mps = w->speed_mps,
                        .doing = w->doing};
}

/* How far the middle of a straight line in degrees is from where it should be, nm. */
static double off_nm(const stretch *w, double low, double high, double share)
{
    const muster_point a = mst_track_between(w->from, w->to, low);
    const muster_point b = mst_track_between(w->from, w->to, high);
    const muster_point meant = mst_track_between(w->from, w->to, low + share * (high - low));
    const double turn = remainder(b.lon_deg - a.lon_deg, 360.0);
    const muster_point straight = {a.lat_deg + share * (b.lat_deg - a.lat_deg),
                                   a.lon_deg + share * turn};
    return angle_between(vector_of(meant), vector_of(straight)) / RAD * 60.0;
}

static bool is_straight(const stretch *w, double low, double high)
{
    const double length_nm = angle_between(vector_of(w->from), vector_of(w->to)) / RAD * 60.0;
    return (high - low) * length_nm <= far_nm && off_nm(w, low, high, 0.25) <= near_nm &&
           off_nm(w, low, high, 0.5) <= near_nm && off_nm(w, low, high, 0.75) <= near_nm;
}

/* What lies between two shares, in order; halves are as deep as the stack allows. */
static void add_between(mst_track *t, const stretch *w, double low, double high, int depth)
{
    const double middle = 0.5 * (low + high);
    if (depth >= DEPTH_MAX || is_straight(w, low, high))
        return;
    add_between(t, w, low, middle, depth + 1);
    add_sample(t, at_share(w, middle));
    add_between(t, w, middle, high, depth + 1);
}

static void add_stretch(mst_track *t, const stretch *w)
{
    add_sample(t, at_share(w, 0.0));
    if (w->end > w->start + MUSTER_SECOND)
        add_between(t, w, 0.0, 1.0, 0);
    add_sample(t, at_share(w, 1.0));
}

static void set_headings(mst_track *t)
{
    double heading_deg = 0.0;
    for (int32_t i = 0; i < t->count; i++) {
        mst_sample *s = &t->sample[i];
        if (i + 1 < t->count) {
            const muster_point here = {s->lat_deg, s->lon_deg};
            const muster_point next = {s[1].lat_deg, s[1].lon_deg};
            if (fabs(s->lat_deg - next.lat_deg) + fabs(s->lon_deg - next.lon_deg) > 1e-6)
                heading_deg = muster_geo_azimuth_deg(here, next);
        }
        s->heading_deg = heading_deg;
    }
}

/* ---- ships ----------------------------------------------------------------------------------- */

/* A route as it is followed: ways from the point where the leg's way began. */
typedef struct way {
    const muster_run_route *route;
    double *at_m; /* malloc: from the first point of the route to each, scaled to the leg */
    double length_m;
    bool reverse;
} way;

static bool way_begin(way *w, const muster_run_file *run, const muster_run_leg *leg)
{
    const muster_run_route *route = &run->route[leg->route];
    *w = (way){.route = route, .reverse = leg->reverse};
    w->at_m = calloc((size_t)route->point_count, sizeof *w->at_m);
    for (int32_t i = 1; w->at_m && i < route->point_count; i++)
        w->at_m[i] =
            route->at_count > 0
                ? route->at_m[i] - route->at_m[0]
                : w->at_m[i - 1] + muster_geo_distance_m(route->point[i - 1], route->point[i]);
    const double length_m = w->at_m ? w->at_m[route->point_count - 1] : 0.0;
    w->length_m = leg->route_m > 0.0 ? leg->route_m : length_m;
    for (int32_t i = 1; w->at_m && length_m > 0.0 && i < route->point_count; i++)
        w->at_m[i] *= w->length_m / length_m;
    return w->at_m != NULL;
}

/* Point i in the order in which it is followed, and the way to it. */
static muster_point way_point(const way *w, int32_t i, double *at_m)
{
    const int32_t k = w->reverse ? w->route->point_count - 1 - i : i;
    *at_m = w->reverse ? w->length_m - w->at_m[k] : w->at_m[k];
    return w->route->point[k];
}

/* The part of a leg between two points of its route, if the ship gets there within the leg. */
static void add_part(mst_track *t, const muster_run_leg *leg, const way *w, int32_t i, double end_m)
{
    double from_m = 0.0, to_m = 0.0;
    const muster_point from = way_point(w, i, &from_m), to = way_point(w, i + 1, &to_m);
    const double low_m = fmax(from_m, leg->start_m), high_m = fmin(to_m, end_m);
    if (!(high_m > low_m))
        return;
    const double low_s = (low_m - leg->start_m) / leg->speed_mps;
    const double high_s = (high_m - leg->start_m) / leg->speed_mps;
    stretch part = {
        .from = mst_track_between(from, to, (low_m - from_m) / (to_m - from_m)),
        .to = mst_track_between(from, to, (high_m - from_m) / (to_m - from_m)),
        .start = leg->start + (muster_time)llround(low_s * 1e6),
        .end = leg->start + (muster_time)llround(high_s * 1e6),
        .fuel_start_kg = fmax(0.0, leg->fuel_start_kg - leg->burn_kgps * low_s),
        .fuel_end_kg = fmax(0.0, leg->fuel_start_kg - leg->burn_kgps * high_s),
        .speed_mps = leg->speed_mps,
        .doing = leg->kind,
    };
    part.end = part.end > leg->end ? leg->end : part.end;
    const mst_sample *last = last_of(t);
    /* points of a coast lie close together: nearer than a second is nothing to be seen */
    if (last && part.end - last->time < MUSTER_SECOND && high_m < end_m)
        return;
    add_stretch(t, &part);
}

static void add_rest(mst_track *t, const muster_run_leg *leg, muster_point at, muster_time from)
{
    const double from_s = (double)(from - leg->start) / 1e6;
    const double whole_s = (double)(leg->end - leg->start) / 1e6;
    const stretch rest = {.from = at,
                          .to = at,
                          .start = from,
                          .end = leg->end,
                          .fuel_start_kg = fmax(0.0, leg->fuel_start_kg - leg->burn_kgps * from_s),
                          .fuel_end_kg = fmax(0.0, leg->fuel_start_kg - leg->burn_kgps * whole_s),
                          .speed_mps = 0.0,
                          .doing = leg->kind};
    add_stretch(t, &rest);
}

static void add_way(mst_track *t, const muster_run_file *run, const muster_run_leg *leg)
{
    way w;
    if (!way_begin(&w, run, leg)) {
        t->failed = true;
        return;
    }
    const double whole_s = (double)(leg->end - leg->start) / 1e6;
    const double end_m = fmin(w.length_m, leg->start_m + leg->speed_mps * whole_s);
    for (int32_t i = 0; i + 1 < w.route->point_count; i++)
        add_part(t, leg, &w, i, end_m);
    const mst_sample *last = last_of(t);
    if (last && last->time < leg->end - MUSTER_SECOND)
        add_rest(t, leg, (muster_point){last->lat_deg, last->lon_deg},
                 last->time > leg->start ? last->time : leg->start);
    free(w.at_m);
}

mst_track mst_track_of_ship(const muster_run_file *run, const muster_run_unit *unit)
{
    mst_track t = {0};
    for (int32_t i = 0; i < unit->leg_count && !t.failed; i++) {
        const muster_run_leg *leg = &unit->leg[i];
        if (leg->route >= 0 && leg->speed_mps > 0.0)
            add_way(&t, run, leg);
        else if (!isnan(leg->at.lat_deg))
            add_rest(&t, leg, leg->at, leg->start);
        else
            t.lacks = true;
    }
    set_headings(&t);
    return t;
}

/* ---- aircraft -------------------------------------------------------------------------------- */

static void add_flight(mst_track *t, muster_point from, muster_point to, muster_time start,
                       muster_time end, const char *doing)
{
    const double length_m = muster_geo_distance_m(from, to);
    const double whole_s = (double)(end - start) / 1e6;
    const stretch flight = {.from = from,
                            .to = to,
                            .start = start,
                            .end = end,
                            .fuel_start_kg = (double)NAN,
                            .fuel_end_kg = (double)NAN,
                            .speed_mps = whole_s > 0.0 ? length_m / whole_s : (double)NAN,
                            .doing = doing};
    add_stretch(t, &flight);
}

/* A given route at constant speed from take-off to landing. */
static void add_given(mst_track *t, const muster_run_sortie *s, muster_time land)
{
    double whole_m = 0.0, at_m = 0.0;
    for (int32_t i = 1; i < s->point_count; i++)
        whole_m += muster_geo_distance_m(s->point[i - 1], s->point[i]);
    for (int32_t i = 1; i < s->point_count && whole_m > 0.0; i++) {
        const double next_m = at_m + muster_geo_distance_m(s->point[i - 1], s->point[i]);
        const double whole = (double)(land - s->off);
        add_flight(t, s->point[i - 1], s->point[i],
                   s->off + (muster_time)llround(whole * at_m / whole_m),
                   s->off + (muster_time)llround(whole * next_m / whole_m), "flying");
        at_m = next_m;
    }
}

mst_track mst_track_of_sortie(const muster_run_file *run, const muster_run_sortie *s)
{
    mst_track t = {0};
    const muster_time land = s->land != MUSTER_NEVER ? s->land : run->end;
    if (s->point_count > 1) {
        add_given(&t, s, land);
    } else if (isnan(s->base.lat_deg)) {
        t.lacks = true;
    } else if (s->on == MUSTER_NEVER || isnan(s->station.lat_deg)) {
        add_flight(&t, s->base, s->base, s->off, land, "flying");
    } else {
        const muster_time leave = s->leave != MUSTER_NEVER ? s->leave : land;
        add_flight(&t, s->base, s->station, s->off, s->on, "flying");
        add_flight(&t, s->station, s->station, s->on, leave, "on station");
        if (s->leave != MUSTER_NEVER && s->land != MUSTER_NEVER)
            add_flight(&t, s->station, s->base, leave, land, "flying back");
    }
    set_headings(&t);
    return t;
}

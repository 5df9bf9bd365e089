/** @file route.c
 * The route book: what is wanted, found once per pair of places, ready to be followed.
 */
#include "world/book.h"

#include "base/text.h"
#include "world/way.h"

#include <string.h>

/** A longer leg is divided, so that positions along it stay near the geodesic. */
static const double MOST_LEG_M = 250.0 * MUSTER_NM_M;

/** A point nearer to the shore than this is on it. */
static const double SHORE_M = 1.0;

/** What is needed while a book is made. */
typedef struct builder {
    const mst_land *land;
    mst_geography geography; /* longitudes as the land has them */
    const mst_route_wanted *wanted;
    int32_t wanted_count;
    muster_diags *diags;
    mst_arena scratch; /* the waters and all that is searched */
    mst_waters waters;
    mst_arena open_scratch; /* the same with every gate open, for explaining only */
    mst_waters *open_waters;
    mst_route_book *book;
    bool mistaken;
} builder;

static bool is_same(muster_point a, muster_point b)
{
    return !(a.lat_deg < b.lat_deg) && !(a.lat_deg > b.lat_deg) && !(a.lon_deg < b.lon_deg) &&
           !(a.lon_deg > b.lon_deg);
}

/* ---- what is wrong with a wish ---- */

/** The letter of a coordinate: the first of two when it is not negative, else the second. */
static char hemisphere(double value, const char *letters)
{
    return letters[value < 0.0 ? 1 : 0];
}

static void say_outside(const builder *b, const mst_route_wanted *wish, muster_point point,
                        const char *name)
{
    double west = 0.0, east = 0.0, south = 0.0, north = 0.0;
    mst_land_box(b->land, &west, &east, &south, &north);
    const double lon = muster_lon_outside(point.lon_deg);
    const double west_out = muster_lon_outside(west), east_out = muster_lon_outside(east);
    mst_diag(b->diags, MUSTER_ERROR, wish->place, NULL,
             "another box: sim/world/land/make_land.mjs takes one",
             "'%s' (%.3f %c, %.3f %c) is outside the land box: %g %c eastward to %g %c, "
             "%g %c to %g %c",
             name, fabs(point.lat_deg), hemisphere(point.lat_deg, "NS"), fabs(lon),
             hemisphere(lon, "EW"), fabs(west_out), hemisphere(west_out, "EW"), fabs(east_out),
             hemisphere(east_out, "EW"), fabs(south), hemisphere(south, "NS"), fabs(north),
             hemisphere(north, "NS"));
}

static void say_on_land(const builder *b, const mst_route_wanted *wish, muster_point point,
                        const char *name)
{
    const double lon = muster_lon_outside(point.lon_deg);
    muster_point foot = point;
    double away_m = 0.0;
    if (!mst_shore_nearest(b->land, point, 1e7, &foot, &away_m)) {
        mst_diag(b->diags, MUSTER_ERROR, wish->place, NULL, NULL,
                 "'%s' (%.3f %c, %.3f %c) is on land", name, fabs(point.lat_deg),
                 hemisphere(point.lat_deg, "NS"), fabs(lon), hemisphere(lon, "EW"));
        return;
    }
    const double foot_lon = muster_lon_outside(foot.lon_deg);
    mst_diag(b->diags, MUSTER_ERROR, wish->place, NULL, "give a point in open water",
             "'%s' (%.3f %c, %.3f %c) is on land; the nearest water is %.1f nm away, "
             "at %.3f %c, %.3f %c",
             name, fabs(point.lat_deg), hemisphere(point.lat_deg, "NS"), fabs(lon),
             hemisphere(lon, "EW"), away_m / MUSTER_NM_M, fabs(foot.lat_deg),
             hemisphere(foot.lat_deg, "NS"), fabs(foot_lon), hemisphere(foot_lon, "EW"));
}

/** Words for an end without a name. */
static const char *known_as(const char *name)
{
    return name != NULL ? name : "a point";
}

/** Whether a ship can lie there; one error when not. */
static bool is_at_sea(const builder *b, const mst_route_wanted *wish, muster_point point,
                      const char *name)
{
    if (!mst_land_covers(b->land, point))
        say_outside(b, wish, point, known_as(name));
    else if (mst_land_distance_m(b->land, point, 2.0 * SHORE_M) < SHORE_M)
        say_on_land(b, wish, point, known_as(name));
    else
        return true;
    return false;
}

/** Checks an end of a wish; one error when it cannot be one. */
static bool is_good_end(builder *b, const mst_route_wanted *wish, muster_point point,
                        const char *name)
{
    if (is_at_sea(b, wish, point, name)) {
        const int32_t avoided = mst_waters_avoided(&b->waters, point);
        if (avoided < 0)
            return true;
        mst_diag(b->diags, MUSTER_ERROR, wish->place, NULL, NULL,
                 "'%s' lies inside '%s', an area to avoid", known_as(name),
                 b->geography.avoid[avoided].id);
    }
    b->mistaken = true;
    return false;
}

/** True if the point is an end of an earlier wish. */
static bool was_seen(const builder *b, int32_t wish, muster_point point)
{
    for (int32_t i = 0; i < wish; i++)
        if (is_same(mst_land_placed(b->land, b->wanted[i].from), point) ||
            is_same(mst_land_placed(b->land, b->wanted[i].to), point))
            return true;
    return false;
}

bool mst_route_ends_check(const mst_land *land, const mst_route_wanted *wanted,
                          int32_t wanted_count, muster_diags *diags)
{
    const builder b = {.land = land, .wanted = wanted, .diags = diags};
    bool good = true;
    for (int32_t i = 0; i < wanted_count; i++) {
        const muster_point from = mst_land_placed(land, wanted[i].from),
                           to = mst_land_placed(land, wanted[i].to);
        if (!was_seen(&b, i, from))
            good = is_at_sea(&b, &wanted[i], from, wanted[i].from_name) && good;
        if (!was_seen(&b, i, to) && !is_same(from, to))
            good = is_at_sea(&b, &wanted[i], to, wanted[i].to_name) && good;
    }
    return good;
}

/** Names of the closed gates on the route that opening all gates would allow; false: no such. */
static bool name_closed_gates(builder *b, muster_point from, muster_point to, mst_text *out)
{
    if (b->open_waters == NULL) {
        mst_waters *waters = mst_arena_alloc(&b->open_scratch, sizeof *waters);
        if (waters == NULL || !mst_waters_init(waters, b->land, &b->geography, true,
                                               MST_SHEET_RATIO, &b->open_scratch))
            return false;
        b->open_waters = waters;
    }
    mst_list path = {0}, gates = {0};
    if (mst_way_find(b->open_waters, from, to, &path) != MST_FOUND ||
        !mst_way_gates(b->open_waters, &path, &gates))
        return false;
    bool any = false;
    for (int32_t i = 0; i < gates.count; i++) {
        const int32_t index = *MST_AT(int32_t, &gates, i);
        if (b->geography.gate[index].open)
            continue;
        mst_text_printf(out, "%s'%s'", any ? ", " : "", b->geography.gate[index].id);
        any = true;
    }
    return any && !out->failed;
}

static void say_no_way(builder *b, const mst_route_wanted *wish, muster_point from, muster_point to)
{
    const char *from_name = wish->from_name != NULL ? wish->from_name : "a point";
    const char *to_name = wish->to_name != NULL ? wish->to_name : "a point";
    mst_text names;
    mst_text_init(&names, b->book->memory);
    b->mistaken = true;
    if (name_closed_gates(b, from, to, &names))
        mst_diag(b->diags, MUSTER_ERROR, wish->place, NULL, "open the gates, or move an end",
                 "no way by sea from '%s' to '%s': closed gates in the way: %s", from_name, to_name,
                 names.bytes);
    else
        mst_diag(b->diags, MUSTER_ERROR, wish->place, NULL, NULL,
                 "no way by sea from '%s' to '%s'%s", from_name, to_name,
                 b->geography.avoid_count > 0 ? ", with the areas to avoid as they are" : "");
    mst_text_clear(&names);
}

/* ---- making one route ---- */

/** True when the pair is found from the second end: the order is that of the coordinates. */
static bool is_turned(muster_point from, muster_point to)
{
    if (from.lat_deg < to.lat_deg || from.lat_deg > to.lat_deg)
        return from.lat_deg > to.lat_deg;
    return from.lon_deg > to.lon_deg;
}

/** Points of a way in the order wanted, long legs divided. False when memory is short. */
static bool divide(builder *b, const mst_list *path, bool turned, mst_list *out)
{
    for (int32_t i = 0; i < path->count; i++) {
        const int32_t at = turned ? path->count - 1 - i : i;
        if (i > 0) {
            const int32_t before = turned ? at + 1 : at - 1;
            // The same leg is divided at the same places in both directions.
            const mst_arc arc =
                mst_arc_of(b->land, *MST_AT(muster_point, path, turned ? at : before),
                           *MST_AT(muster_point, path, turned ? before : at));
            const int32_t parts = 1 + (int32_t)(arc.angle_rad * 6371008.7714 / MOST_LEG_M);
            for (int32_t k = 1; k < parts; k++) {
                muster_point *point = mst_list_add(&b->scratch, out, sizeof *point);
                if (point == NULL)
                    return false;
                *point = mst_arc_at(b->land, &arc, (double)(turned ? parts - k : k) / parts);
            }
        }
        muster_point *point = mst_list_add(&b->scratch, out, sizeof *point);
        if (point == NULL)
            return false;
        *point = *MST_AT(muster_point, path, at);
    }
    return true;
}

/** A copy in the book. */
static void *keep(mst_arena *arena, const void *items, int32_t count, size_t bytes)
{
    void *copy = mst_arena_array(arena, (size_t)count + 1, bytes);
    if (copy != NULL && count > 0)
        memcpy(copy, items, (size_t)count * bytes);
    return copy;
}

/** Fills a route from the way found. False when memory is short. */
static bool finish(builder *b, const mst_route_wanted *wish, const mst_list *path, bool turned,
                   mst_route *route)
{
    mst_arena *arena = &b->book->arena;
    mst_list points = {0}, gates = {0};
    if (!divide(b, path, turned, &points) || !mst_way_gates(&b->waters, path, &gates))
        return false;
    for (int32_t i = 0; turned && i < gates.count / 2; i++) {
        int32_t *one = MST_AT(int32_t, &gates, i);
        int32_t *two = MST_AT(int32_t, &gates, gates.count - 1 - i);
        const int32_t swap = *one;
        *one = *two;
        *two = swap;
    }
    const muster_point *point = keep(arena, points.item, points.count, sizeof *point);
    route->gate = keep(arena, gates.item, gates.count, sizeof(int32_t));
    route->gate_count = gates.count;
    route->from_name = mst_arena_text(arena, wish->from_name != NULL ? wish->from_name : "");
    route->to_name = mst_arena_text(arena, wish->to_name != NULL ? wish->to_name : "");
    double *at_m = mst_arena_array(arena, (size_t)points.count, sizeof *at_m);
    double *unit = mst_arena_array(arena, (size_t)points.count, 3 * sizeof *unit);
    double *arc_rad = mst_arena_array(arena, (size_t)points.count, sizeof *arc_rad);
    if (arena->failed)
        return false;
    mst_line_prepare(&route->line, point, points.count, at_m, unit, arc_rad);
    // Rounding of the parts of one straight leg must not make it shorter than the whole.
    route->geodesic_m =
        fmin(route->line.length_m, muster_geo_distance_m(point[0], point[points.count - 1]));
    route->offing_m = b->geography.offing_m;
    route->least_offing_m = mst_way_offing_m(&b->waters, path);
    return true;
}

/** The route of a pair already in the book; -1: none. */
static int32_t in_book(const mst_route_book *book, muster_point from, muster_point to,
                       bool *out_backwards)
{
    for (int32_t i = 0; i < book->route.count; i++) {
        const mst_line *line = &MST_AT(mst_route, &book->route, i)->line;
        const muster_point first = line->point[0], last = line->point[line->point_count - 1];
        *out_backwards = false;
        if (is_same(first, from) && is_same(last, to))
            return i;
        *out_backwards = true;
        if (is_same(first, to) && is_same(last, from))
            return i;
    }
    return -1;
}

/** True if an earlier wish for the same pair has already been refused. */
static bool was_refused(const builder *b, int32_t wish, muster_point from, muster_point to)
{
    for (int32_t i = 0; i < wish; i++) {
        if (b->book->wish_route[i] >= 0)
            continue;
        const muster_point f = mst_land_placed(b->land, b->wanted[i].from);
        const muster_point t = mst_land_placed(b->land, b->wanted[i].to);
        if ((is_same(f, from) && is_same(t, to)) || (is_same(f, to) && is_same(t, from)))
            return true;
    }
    return false;
}

/** Serves one wish. False when memory is short. */
static bool serve(builder *b, int32_t index)
{
    const mst_route_wanted *wish = &b->wanted[index];
    mst_route_book *book = b->book;
    const muster_point from = mst_land_placed(b->land, wish->from),
                       to = mst_land_placed(b->land, wish->to);
    bool backwards = false;
    book->wish_route[index] = in_book(book, from, to, &backwards);
    book->wish_backwards[index] = backwards && book->wish_route[index] >= 0;
    if (book->wish_route[index] >= 0 || was_refused(b, index, from, to))
        return true;
    const bool good = is_good_end(b, wish, from, wish->from_name);
    if (!(is_same(from, to) || is_good_end(b, wish, to, wish->to_name)) || !good)
        return true;

    const bool turned = is_turned(from, to);
    mst_list path = {0};
    const mst_found found = mst_way_find(&b->waters, turned ? to : from, turned ? from : to, &path);
    if (found == MST_NO_MEMORY)
        return false;
    if (found == MST_FOUND_NONE) {
        say_no_way(b, wish, from, to);
        return true;
    }
    mst_route route = {0};
    if (!finish(b, wish, &path, turned, &route))
        return false;
    mst_route *place = mst_list_add(&book->arena, &book->route, sizeof *place);
    if (place == NULL)
        return false;
    *place = route;
    book->wish_route[index] = book->route.count - 1;
    return true;
}

/* ---- the book ---- */

/** Refuses distances that mean nothing, before they reach any geometry. */
static bool is_sound(const mst_geography *geography, muster_diags *diags)
{
    if (geography->offing_m >= 0.0 && geography->offing_m <= 200.0 * MUSTER_NM_M &&
        geography->end_zone_m >= 0.0 && geography->end_zone_m <= 1000.0 * MUSTER_NM_M)
        return true;
    mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, NULL,
             "offing %g nm is outside [0, 200] nm, or end zone %g nm outside [0, 1000] nm",
             geography->offing_m / MUSTER_NM_M, geography->end_zone_m / MUSTER_NM_M);
    return false;
}

muster_status mst_route_book_build(const mst_land *land, const mst_geography *geography,
                                   const mst_route_wanted *wanted, int32_t wanted_count,
                                   const muster_memory *memory, muster_diags *diags,
                                   mst_route_book **out)
{
    *out = NULL;
    if (!is_sound(geography, diags))
        return MUSTER_MISTAKE;
    builder b = {.land = land, .wanted = wanted, .wanted_count = wanted_count, .diags = diags};
    b.book = mst_route_book_create(memory, wanted_count);
    if (b.book == NULL)
        return mst_diag_memory(diags);
    b.book->key = mst_route_book_key(land, geography, wanted, wanted_count);
    b.book->places = mst_route_places_key(geography, wanted, wanted_count);
    mst_arena_init(&b.scratch, memory);
    mst_arena_init(&b.open_scratch, memory);
    bool has_memory =
        !b.book->arena.failed && mst_geography_place(land, geography, &b.scratch, &b.geography) &&
        (wanted_count == 0 || /* nobody sails: no chart is needed */
         mst_waters_init(&b.waters, land, &b.geography, false, MST_SHEET_RATIO, &b.scratch));
    for (int32_t i = 0; i < wanted_count && has_memory; i++)
        has_memory = serve(&b, i) && !b.scratch.failed && !b.open_scratch.failed;
    mst_arena_clear(&b.scratch);
    mst_arena_clear(&b.open_scratch);
    if (has_memory && !b.mistaken) {
        *out = b.book;
        return MUSTER_OK;
    }
    mst_route_book_free(b.book);
    return has_memory ? MUSTER_MISTAKE : mst_diag_memory(diags);
}

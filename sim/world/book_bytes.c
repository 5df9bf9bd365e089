/** @file book_bytes.c
 * A route book as bytes, so that routes found once on the whole land serve where only a part of it
 * is at hand.
 *
 * Form (little-endian): "MSTWAYS1"; uint64 hash of points, gates, areas and offing; uint32 number of
 * routes, uint32 number of wishes; each route: uint32 the first wish that it serves, uint32 number of
 * points, uint32 number of gates, a double least_offing_m, each point as two doubles (latitude,
 * longitude in degrees), each gate as a uint32; each wish: uint32 2 x route, 1 more where it is
 * followed backwards; last, uint64 FNV-1a of all bytes before. What follows from the points (lengths,
 * angles) is worked out anew.
 */
#include "world/book.h"

#include "base/hash.h"
#include "base/little.h"

#include <math.h>
#include <string.h>

enum { HEAD_BYTES = 24, TAIL_BYTES = 8, ROUTE_BYTES = 20, POINT_BYTES = 16 };

static const char MARK[] = "MSTWAYS1";

/* ---- writing --------------------------------------------------------------------------------------- */

/* The first wish that a route serves, which it was found for. */
static int32_t first_wish(const mst_route_book *book, int32_t route)
{
    int32_t wish = 0;
    while (wish < book->wish_count && book->wish_route[wish] != route)
        wish++;
    return wish;
}

static void write_book(const mst_route_book *book, mst_little *out)
{
    mst_little_put_text(out, MARK);
    mst_little_put(out, book->places, 8);
    mst_little_put(out, (uint64_t)book->route.count, 4);
    mst_little_put(out, (uint64_t)book->wish_count, 4);
    for (int32_t i = 0; i < book->route.count; i++) {
        const mst_route *r = MST_AT(const mst_route, &book->route, i);
        mst_little_put(out, (uint64_t)first_wish(book, i), 4);
        mst_little_put(out, (uint64_t)r->line.point_count, 4);
        mst_little_put(out, (uint64_t)r->gate_count, 4);
        mst_little_put_real(out, r->least_offing_m);
        for (int32_t k = 0; k < r->line.point_count; k++) {
            mst_little_put_real(out, r->line.point[k].lat_deg);
            mst_little_put_real(out, r->line.point[k].lon_deg);
        }
        for (int32_t k = 0; k < r->gate_count; k++)
            mst_little_put(out, (uint64_t)r->gate[k], 4);
    }
    for (int32_t i = 0; i < book->wish_count; i++)
        mst_little_put(out, 2 * (uint64_t)book->wish_route[i] + (book->wish_backwards[i] ? 1U : 0U),
                       4);
    mst_little_seal(out);
}

unsigned char *mst_route_book_write(const mst_route_book *book, const muster_memory *memory,
                                    size_t *out_byte_count)
{
    mst_little size = {0}, out = {0};
    write_book(book, &size);
    out.at = mst_memory_alloc(memory, size.count);
    if (!out.at)
        return NULL;
    write_book(book, &out);
    *out_byte_count = out.count;
    return out.at;
}

/* ---- reading --------------------------------------------------------------------------------------- */

typedef struct reader {
    const unsigned char *at, *end;
    bool failed; /* it ended too early */
} reader;

/* Goes over so many bytes; false: there are fewer left. */
static bool take_bytes(reader *in, int bytes)
{
    const bool is_there = in->end - in->at >= bytes;
    in->failed = in->failed || !is_there;
    in->at = is_there ? in->at + bytes : in->end;
    return is_there;
}

static uint64_t take(reader *in, int bytes)
{
    return take_bytes(in, bytes) ? mst_little_read(in->at - bytes, bytes) : 0;
}

static double take_real(reader *in)
{
    return take_bytes(in, 8) ? mst_little_read_real(in->at - 8) : 0.0;
}

/* A number of things that take so many bytes each; more than there are bytes for: failed. */
static int32_t take_count(reader *in, size_t bytes_each)
{
    const uint64_t count = take(in, 4);
    if (count > (size_t)(in->end - in->at) / bytes_each) {
        in->failed = true;
        return 0;
    }
    return (int32_t)count;
}

typedef struct filler {
    reader in;
    mst_route_book *book;
    const mst_geography *geography;
    const mst_route_wanted *wanted;
} filler;

static bool is_same_lon(double a, double b)
{
    const double apart = fabs(muster_lon_inside(a) - muster_lon_inside(b));
    return apart < 1e-9 || apart > 360.0 - 1e-9;
}

/* The same place; the books of other lands may hold it a turn further east or west. */
static bool is_there(muster_point a, muster_point b)
{
    return fabs(a.lat_deg - b.lat_deg) < 1e-9 && is_same_lon(a.lon_deg, b.lon_deg);
}

static bool is_on_earth(muster_point p)
{
    return fabs(p.lat_deg) <= 90.0 && fabs(p.lon_deg) <= 720.0; /* false for what is no number */
}

/* Points of a route; null, or what is wrong (or memory is short: see the arena). */
static const char *read_points(filler *f, int32_t count, const mst_route_wanted *wish,
                               mst_route *route)
{
    mst_arena *arena = &f->book->arena;
    muster_point *point = mst_arena_array(arena, (size_t)count + 1, sizeof *point);
    double *at_m = mst_arena_array(arena, (size_t)count, sizeof *at_m);
    double *unit = mst_arena_array(arena, (size_t)count, 3 * sizeof *unit);
    double *arc_rad = mst_arena_array(arena, (size_t)count, sizeof *arc_rad);
    if (arena->failed)
        return NULL;
    for (int32_t i = 0; i < count; i++) {
        point[i].lat_deg = take_real(&f->in);
        point[i].lon_deg = take_real(&f->in);
        if (!is_on_earth(point[i]))
            return "a point is not of this Earth";
        if (i > 0 && count > 2 && is_there(point[i - 1], point[i]))
            return "a route stands still";
    }
    if (!is_there(point[0], wish->from) || !is_there(point[count - 1], wish->to))
        return "a route does not end where it should";
    mst_line_prepare(&route->line, point, count, at_m, unit, arc_rad);
    route->geodesic_m =
        fmin(route->line.length_m, muster_geo_distance_m(point[0], point[count - 1]));
    return NULL;
}

static const char *read_gates(filler *f, int32_t count, mst_route *route)
{
    int32_t *gate = mst_arena_array(&f->book->arena, (size_t)count + 1, sizeof *gate);
    if (!gate)
        return NULL;
    for (int32_t i = 0; i < count; i++) {
        const uint64_t index = take(&f->in, 4);
        if (index >= (uint64_t)f->geography->gate_count)
            return "a route passes a gate that is not there";
        gate[i] = (int32_t)index;
    }
    route->gate = gate;
    route->gate_count = count;
    return NULL;
}

static const char *read_route(filler *f)
{
    mst_arena *arena = &f->book->arena;
    const uint64_t wish = take(&f->in, 4);
    const int32_t points = take_count(&f->in, POINT_BYTES), gates = take_count(&f->in, 4);
    mst_route *route = mst_list_add(arena, &f->book->route, sizeof *route);
    if (!route)
        return NULL;
    if (f->in.failed || points < 1 || wish >= (uint64_t)f->book->wish_count)
        return "a route has no points, or is nobody's";
    const mst_route_wanted *wanted = &f->wanted[wish];
    route->least_offing_m = take_real(&f->in);
    if (!(route->least_offing_m >= 0.0))
        return "a route is less than nothing from land";
    route->offing_m = f->geography->offing_m;
    route->from_name = mst_arena_text(arena, wanted->from_name ? wanted->from_name : "");
    route->to_name = mst_arena_text(arena, wanted->to_name ? wanted->to_name : "");
    const char *why = read_points(f, points, wanted, route);
    if (!why && !arena->failed)
        why = read_gates(f, gates, route);
    return why;
}

/* Whom a wish is served by: a route between the same two places. */
static const char *read_wish(filler *f, int32_t wish)
{
    const uint64_t code = take(&f->in, 4);
    if (f->in.failed || code / 2 >= (uint64_t)f->book->route.count)
        return "a wish has no route";
    const bool backwards = code % 2 == 1;
    const mst_line *line = &MST_AT(const mst_route, &f->book->route, code / 2)->line;
    const muster_point first = line->point[0], last = line->point[line->point_count - 1];
    if (!is_there(backwards ? last : first, f->wanted[wish].from) ||
        !is_there(backwards ? first : last, f->wanted[wish].to))
        return "a wish has a route to somewhere else";
    f->book->wish_route[wish] = (int32_t)(code / 2);
    f->book->wish_backwards[wish] = backwards;
    return NULL;
}

static const char *read_book(filler *f, const unsigned char *bytes, size_t byte_count)
{
    if (byte_count < HEAD_BYTES + TAIL_BYTES || memcmp(bytes, MARK, 8) != 0)
        return "it does not begin as one";
    f->in = (reader){bytes + byte_count - TAIL_BYTES, bytes + byte_count, false};
    if (take(&f->in, 8) != mst_hash_bytes(MST_HASH_START, bytes, byte_count - TAIL_BYTES))
        return "its checksum does not fit its bytes";
    f->in = (reader){bytes + 8, bytes + byte_count - TAIL_BYTES, false};
    if (take(&f->in, 8) != f->book->places)
        return "it is of other points, straits, areas to avoid or offing";
    const int32_t routes = take_count(&f->in, ROUTE_BYTES);
    const char *why = take(&f->in, 4) == (uint64_t)f->book->wish_count
                          ? NULL
                          : "it serves another number of wishes";
    for (int32_t i = 0; i < routes && !why && !f->book->arena.failed; i++)
        why = read_route(f);
    for (int32_t i = 0; i < f->book->wish_count && !why && !f->book->arena.failed; i++)
        why = read_wish(f, i);
    if (!why && (f->in.failed || f->in.at != f->in.end))
        why = "it does not end where it should";
    return why;
}

muster_status mst_route_book_read(const void *bytes, size_t byte_count, const mst_land *land,
                                  const mst_geography *geography, const mst_route_wanted *wanted,
                                  int32_t wanted_count, const muster_memory *memory,
                                  muster_diags *diags, mst_route_book **out)
{
    *out = NULL;
    filler f = {.geography = geography, .wanted = wanted};
    f.book = mst_route_book_create(memory, wanted_count);
    if (!f.book)
        return mst_diag_memory(diags);
    f.book->key = mst_route_book_key(land, geography, wanted, wanted_count);
    f.book->places = mst_route_places_key(geography, wanted, wanted_count);
    const char *why = f.book->arena.failed ? NULL : read_book(&f, bytes, byte_count);
    if (!why && !f.book->arena.failed) {
        *out = f.book;
        return MUSTER_OK;
    }
    mst_route_book_free(f.book);
    if (!why)
        return mst_diag_memory(diags);
    mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, NULL,
             "these are not the routes of the scenario: %s", why);
    return MUSTER_MISTAKE;
}

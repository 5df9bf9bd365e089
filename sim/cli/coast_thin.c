/* Douglas and Peucker's way with a line (1973), with a tolerance of each point's own. */
#include "cli/coast_thin.h"

#include "base/little.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEAD_BYTES = 80,
    GRID_AT = 8,
    RINGS_AT = 72,
    POINTS_AT = 76,
    TAIL_BYTES = 8,
    LEAST_RING = 3
};

typedef struct spot {
    int64_t x, y;            /* grid steps                                  */
    double lon_deg, lat_deg; /* the same in degrees                         */
    double room_deg;         /* how far the line may be from it, of latitude */
    bool is_kept;
} spot;

/* Degrees, in the order of the head. */
typedef struct grid {
    double west, east, south, north, lon, lat, lon_step, lat_step;
} grid;

typedef struct cursor {
    const unsigned char *bytes;
    size_t at, end;
    bool failed;
} cursor;

/* ---- the form that it stands in (sim/world/README.md) ------------------------------------------------ */

static uint64_t get_number(cursor *in)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 63 && in->at < in->end; shift += 7) {
        const unsigned char byte = in->bytes[in->at++];
        value |= (uint64_t)(byte & 127U) << shift;
        if (byte < 128)
            return value;
    }
    in->failed = true;
    return 0;
}

static int64_t get_step(cursor *in)
{
    const uint64_t value = get_number(in);
    return value & 1U ? -(int64_t)(value / 2) - 1 : (int64_t)(value / 2);
}

static void read_grid(const unsigned char *at, grid *g)
{
    double *const side[] = {&g->west, &g->east, &g->south,    &g->north,
                            &g->lon,  &g->lat,  &g->lon_step, &g->lat_step};
    for (size_t i = 0; i < sizeof side / sizeof *side; i++)
        *side[i] = mst_little_read_real(at + 8 * i);
}

/* ---- what may be left out ------------------------------------------------------------------------------ */

/* From a to b on a flat map at a latitude, in degrees of latitude. */
static void apart(const spot *a, const spot *b, double at_lat_deg, double out[2])
{
    static const double RAD = 3.14159265358979323846 / 180.0;
    out[0] = (b->lon_deg - a->lon_deg) * cos(at_lat_deg * RAD);
    out[1] = b->lat_deg - a->lat_deg;
}

static double room_at(const muster_point *places, size_t count, double parts, const spot *p)
{
    double least = count > 0 ? INFINITY : 0.0;
    for (size_t i = 0; i < count; i++) {
        double to[2];
        /* the land counts longitudes on through 180 */
        const double turn = 360.0 * round((p->lon_deg - places[i].lon_deg) / 360.0);
        const spot place = {.lon_deg = places[i].lon_deg + turn, .lat_deg = places[i].lat_deg};
        apart(&place, p, p->lat_deg, to);
        least = fmin(least, to[0] * to[0] + to[1] * to[1]);
    }
    return sqrt(least) / parts;
}

static bool is_on_box(const grid *g, const spot *p)
{
    return p->lon_deg <= g->west + g->lon_step || p->lon_deg >= g->east - g->lon_step ||
           p->lat_deg <= g->south + g->lat_step || p->lat_deg >= g->north - g->lat_step;
}

/* How far p lies from the segment a - b, on the map at p. */
static double off_line(const spot *a, const spot *b, const spot *p)
{
    double ab[2], ap[2];
    apart(a, b, p->lat_deg, ab);
    apart(a, p, p->lat_deg, ap);
    const double square = ab[0] * ab[0] + ab[1] * ab[1];
    const double share =
        square > 0.0 ? fmax(0.0, fmin(1.0, (ab[0] * ap[0] + ab[1] * ap[1]) / square)) : 0.0;
    return hypot(ap[0] - share * ab[0], ap[1] - share * ab[1]);
}

/* Keeps what is needed between two kept spots of a ring; `todo` has room for a pair a spot. */
static void keep_between(spot *ring, size_t count, size_t (*todo)[2], size_t from, size_t to)
{
    size_t left = 0;
    todo[left][0] = from;
    todo[left++][1] = to;
    while (left > 0) {
        const size_t a = todo[--left][0], b = todo[left][1];
        size_t worst = a;
        double most = 1.0;
        for (size_t i = a + 1; i < b; i++) {
            const double off = off_line(&ring[a], &ring[b % count], &ring[i]);
            if (off > most * ring[i].room_deg) {
                most = ring[i].room_deg > 0.0 ? off / ring[i].room_deg : INFINITY;
                worst = i;
            }
        }
        if (worst == a)
            continue;
        ring[worst].is_kept = true;
        todo[left][0] = a;
        todo[left++][1] = worst;
        todo[left][0] = worst;
        todo[left++][1] = b;
    }
}

/* Marks what stays of a ring; its number, 0 where the whole island goes. */
static size_t thin_ring(const grid *g, spot *ring, size_t count, size_t (*todo)[2])
{
    size_t far = 0, kept = 0, before = 0;
    double most = 0.0;
    for (size_t i = 0; i < count; i++) {
        double to[2];
        apart(&ring[0], &ring[i], ring[i].lat_deg, to);
        if (hypot(to[0], to[1]) > most) {
            most = hypot(to[0], to[1]);
            far = i;
        }
        ring[i].is_kept = is_on_box(g, &ring[i]);
    }
    ring[0].is_kept = ring[far].is_kept = true;
    for (size_t i = 1; i <= count; i++)
        if (i == count || ring[i].is_kept) {
            keep_between(ring, count, todo, before, i);
            before = i;
        }
    for (size_t i = 0; i < count; i++)
        kept += ring[i].is_kept;
    return kept < LEAST_RING || most < 2.0 * ring[0].room_deg ? 0 : kept;
}

/* ---- all of it --------------------------------------------------------------------------------------- */

typedef struct thinning {
    grid grid;
    const muster_point *places;
    size_t place_count;
    double parts;
    cursor in;
    unsigned char *out; /* never longer than what was read: a sum takes no more than its parts */
    size_t out_at;
    int64_t x, y, put_x, put_y;
    uint32_t rings, points;
} thinning;

static size_t read_ring(thinning *t, spot *ring, size_t most)
{
    const uint64_t count = get_number(&t->in);
    if (count > most)
        t->in.failed = true;
    for (size_t i = 0; !t->in.failed && i < count; i++) {
        t->x += get_step(&t->in);
        t->y += get_step(&t->in);
        ring[i] = (spot){.x = t->x,
                         .y = t->y,
                         .lon_deg = t->grid.lon + t->grid.lon_step * (double)t->x,
                         .lat_deg = t->grid.lat + t->grid.lat_step * (double)t->y};
        ring[i].room_deg = room_at(t->places, t->place_count, t->parts, &ring[i]);
    }
    return t->in.failed ? 0 : (size_t)count;
}

static void put_number(thinning *t, uint64_t value)
{
    for (; value > 127; value >>= 7)
        t->out[t->out_at++] = (unsigned char)((value & 127U) | 128U);
    t->out[t->out_at++] = (unsigned char)value;
}

static void put_step(thinning *t, int64_t step)
{
    put_number(t, step < 0 ? (uint64_t)(-2 * step - 1) : (uint64_t)(2 * step));
}

static void write_ring(thinning *t, const spot *ring, size_t count, size_t kept)
{
    if (kept == 0)
        return;
    put_number(t, kept);
    t->rings++;
    t->points += (uint32_t)kept;
    for (size_t i = 0; i < count; i++)
        if (ring[i].is_kept) {
            put_step(t, ring[i].x - t->put_x);
            put_step(t, ring[i].y - t->put_y);
            t->put_x = ring[i].x;
            t->put_y = ring[i].y;
        }
}

/* All rings, with room for the largest of them; false: these are no such bytes. */
static bool thin_rings(thinning *t, uint32_t rings, size_t most, spot *ring, size_t (*todo)[2])
{
    for (uint32_t i = 0; i < rings && !t->in.failed; i++) {
        const size_t count = read_ring(t, ring, most);
        if (count > 0)
            write_ring(t, ring, count, thin_ring(&t->grid, ring, count, todo));
    }
    return !t->in.failed;
}

static void write_head(const thinning *t, const unsigned char *bytes, size_t *out_length)
{
    mst_little head = {t->out, RINGS_AT}, whole = {t->out, t->out_at};
    memcpy(t->out, bytes, RINGS_AT);
    mst_little_put(&head, t->rings, 4);
    mst_little_put(&head, t->points, 4);
    mst_little_seal(&whole);
    *out_length = whole.count;
}

unsigned char *cli_coast_thin(const muster_point *places, size_t place_count, double parts,
                              const unsigned char *bytes, size_t length, size_t *out_length)
{
    if (length < HEAD_BYTES + TAIL_BYTES)
        return NULL;
    const size_t most = (size_t)mst_little_read(bytes + POINTS_AT, 4);
    const uint32_t rings = (uint32_t)mst_little_read(bytes + RINGS_AT, 4);
    unsigned char *made = malloc(length);
    spot *ring = calloc(most + 1, sizeof *ring);
    size_t(*todo)[2] = calloc(most + 1, sizeof *todo);
    thinning t = {.places = places,
                  .place_count = place_count,
                  .parts = parts,
                  .in = {bytes, HEAD_BYTES, length - TAIL_BYTES, false},
                  .out = made,
                  .out_at = HEAD_BYTES};
    read_grid(bytes + GRID_AT, &t.grid);
    const bool is_done = made && ring && todo && thin_rings(&t, rings, most, ring, todo);
    if (is_done)
        write_head(&t, bytes, out_length);
    free(ring);
    free(todo);
    if (is_done)
        return made;
    free(made);
    return NULL;
}

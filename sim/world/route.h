/** @file route.h
 * The route book: shortest sea routes between named points, on WGS84, never over land.
 *
 * The book depends on nothing but points, gates, areas to avoid, offing and land; it is keyed by
 * the hash of these, immutable once built, and shared by variants, points of a sweep and threads.
 */
#ifndef MST_WORLD_ROUTE_H
#define MST_WORLD_ROUTE_H

#include "base/diag.h"
#include "num/track.h"
#include "world/land.h"

/** A narrow water that ships may or may not use; the line from a to b lies across it. */
typedef struct mst_gate {
    const char *id;
    const char *name;
    muster_point a, b; /* ends near the shores; extended 10 km at both ends before testing */
    bool open;
} mst_gate;

/** Water to stay out of: a polygon (closed by itself) or, point_count 1, a circle. */
typedef struct mst_avoid {
    const char *id;
    const muster_point *point;
    int32_t point_count;
    double radius_m; /* circle only */
} mst_avoid;

typedef struct mst_geography {
    const mst_gate *gate;
    int32_t gate_count;
    const mst_avoid *avoid;
    int32_t avoid_count;
    double offing_m;   /* distance kept from land except near the ends and in gates; >= 0   */
    double end_zone_m; /* how near an end counts as "near": at least offing + 5 nm is usual */
} mst_geography;

/** One wanted route. Texts are for messages. */
typedef struct mst_route_wanted {
    muster_point from, to;
    const char *from_name, *to_name; /* borrowed while the book is built; copied            */
    mst_place place;                 /* where the wish stands in the file, for diagnostics  */
} mst_route_wanted;

typedef struct mst_route {
    const char *from_name, *to_name;
    mst_line line;         /* points of the route, from first to last, ready for positions   */
    double geodesic_m;     /* direct distance, for comparison; <= line.length_m              */
    double offing_m;       /* offing asked for                                               */
    double least_offing_m; /* least distance from land outside end zones and gates           */
    const int32_t *gate;   /* gates passed, in order (gate_count), indices into geography    */
    int32_t gate_count;
} mst_route;

typedef struct mst_route_book mst_route_book;

/** Hash of everything a book made of these would depend on. */
uint64_t mst_route_book_key(const mst_land *land, const mst_geography *geography,
                            const mst_route_wanted *wanted, int32_t wanted_count);

/** Whether all ends lie at sea inside the land's box, as mst_route_book_build asks: one error for
 * each that does not. */
bool mst_route_ends_check(const mst_land *land, const mst_route_wanted *wanted,
                          int32_t wanted_count, muster_diags *diags);

/**
 * Finds all wanted routes. A pair wanted twice, or wanted in both directions, is found once.
 *
 * Diagnostics (errors, at the wish's place, one each): the point is on land (says how far the
 * nearest water is), outside the land box (names the box), cannot be reached by sea (names the
 * closed gates if opening all of them would help). Length within 1 % of the true shortest path
 * at offing 0. Deterministic.
 * @return MUSTER_OK, MUSTER_MISTAKE (book not made), MUSTER_WORLD (memory)
 */
muster_status mst_route_book_build(const mst_land *land, const mst_geography *geography,
                                   const mst_route_wanted *wanted, int32_t wanted_count,
                                   const muster_memory *memory, muster_diags *diags,
                                   mst_route_book **out);
void mst_route_book_free(mst_route_book *book);
uint64_t mst_route_book_hash(const mst_route_book *book); /* = key it was built for */

/** The book as bytes, released with mst_memory_free; null when memory is short. */
unsigned char *mst_route_book_write(const mst_route_book *book, const muster_memory *memory,
                                    size_t *out_byte_count);

/**
 * A book from bytes that were written for the same places; any bytes are safe. The land, which may be
 * a part of the one that the routes were found on, is only kept as part of the key.
 */
muster_status mst_route_book_read(const void *bytes, size_t byte_count, const mst_land *land,
                                  const mst_geography *geography, const mst_route_wanted *wanted,
                                  int32_t wanted_count, const muster_memory *memory,
                                  muster_diags *diags, mst_route_book **out);

int32_t mst_route_book_count(const mst_route_book *book);
const mst_route *mst_route_book_at(const mst_route_book *book, int32_t index);

/** Index of the route that serves wish i, and whether it is to be followed backwards. */
int32_t mst_route_book_of_wish(const mst_route_book *book, int32_t wish, bool *out_backwards);

#endif

/** @file tangle.c
 * Which rings of a map cross one another or themselves, by a sweep from west to east.
 */
#include "world/contour.h"
#include "world/plane.h"

#include <stdlib.h>

typedef struct segment {
    mst_xy a, b;
    double west, east;
    int32_t ring, number;
} segment;

/** By western end; segments that begin together in the order of the rings. */
static int by_west(const void *one, const void *two)
{
    const segment *x = one, *y = two;
    if (x->west < y->west || x->west > y->west)
        return x->west < y->west ? -1 : 1;
    return x->ring != y->ring ? (x->ring > y->ring) - (x->ring < y->ring)
                              : (x->number > y->number) - (x->number < y->number);
}

static bool do_cross(const segment *s, const segment *t)
{
    return mst_xy_turn(s->a, s->b, t->a) * mst_xy_turn(s->a, s->b, t->b) < 0.0 &&
           mst_xy_turn(t->a, t->b, s->a) * mst_xy_turn(t->a, t->b, s->b) < 0.0;
}

bool mst_rings_tangled(mst_arena *arena, const mst_ring *ring, int32_t count, uint8_t *tangled,
                       bool *out_any)
{
    int32_t room = 0, used = 0;
    for (int32_t i = 0; i < count; i++)
        room += ring[i].count;
    segment *all = mst_arena_array(arena, (size_t)room + 1, sizeof *all);
    *out_any = false;
    if (all == NULL)
        return false;
    for (int32_t i = 0; i < count; i++) {
        tangled[i] = 0;
        for (int32_t k = 0; k < ring[i].count; k++) {
            const mst_xy a = mst_xy_of(ring[i].point[k]);
            const mst_xy b = mst_xy_of(ring[i].point[(k + 1) % ring[i].count]);
            all[used++] = (segment){a, b, fmin(a.x, b.x), fmax(a.x, b.x), i, k};
        }
    }
    qsort(all, (size_t)used, sizeof *all, by_west);
    for (int32_t i = 0; i < used; i++)
        for (int32_t k = i + 1; k < used && all[k].west <= all[i].east; k++)
            if (do_cross(&all[i], &all[k])) {
                tangled[all[i].ring] = tangled[all[k].ring] = 1;
                *out_any = true;
            }
    return true;
}

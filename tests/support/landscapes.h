/** @file landscapes.h
 * What the tests of landscape theory share: random landscapes, and the plainest possible answers.
 */
#ifndef TEST_SUPPORT_LANDSCAPES_H
#define TEST_SUPPORT_LANDSCAPES_H

#include "test.h"

#include "align/theory/landscape.h"

enum { PLAIN_ACTORS = 32 };

typedef struct plain {
    int32_t n;
    double size[PLAIN_ACTORS], p[PLAIN_ACTORS * PLAIN_ACTORS];
} plain;

static inline mst_landscape landscape_of(const plain *g)
{
    return (mst_landscape){g->n, g->size, g->p};
}

/** More enemies than friends, so that there are several minima. Reals; or, with many ties, sizes 1..3 and
 * propensities -2..1. */
static inline plain random_plain(int32_t n, uint64_t seed, bool is_whole)
{
    const mst_stream stream = mst_stream_of(mst_random_key(seed), 0, 7);
    uint64_t number = 0;
    plain g = {.n = n};
    for (int32_t i = 0; i < n; i++) {
        const double u = mst_random_unit(stream, number++);
        g.size[i] = is_whole ? 1.0 + floor(3.0 * u) : 0.5 + 3.0 * u;
        for (int32_t j = 0; j < i; j++) {
            const double v = mst_random_unit(stream, number++);
            g.p[i * n + j] = g.p[j * n + i] = is_whole ? floor(4.0 * v) - 2.0 : 3.0 * v - 2.2;
        }
        g.p[i * n + i] = 99.0; /* never read */
    }
    return g;
}

/** In tenths, which binary numbers round: what tied by itself ties within rounding only. */
static inline void plain_tenths(plain *g)
{
    for (int32_t i = 0; i < g->n; i++)
        g->size[i] *= 0.1;
    for (int32_t i = 0; i < g->n * g->n; i++)
        g->p[i] *= 0.1;
}

/** Sum over ordered pairs in different camps, as printed in the article. */
static inline double plain_energy(const plain *g, uint64_t c)
{
    double energy = 0.0;
    for (int32_t i = 0; i < g->n; i++)
        for (int32_t j = 0; j < g->n; j++)
            if (i != j && (c >> i & 1) != (c >> j & 1))
                energy += g->size[i] * g->size[j] * g->p[i * g->n + j];
    return energy;
}

/** Sum of |s s p| over ordered pairs: what rounding is held against. */
static inline double plain_scale(const plain *g)
{
    double scale = 0.0;
    for (int32_t i = 0; i < g->n; i++)
        for (int32_t j = 0; j < g->n; j++)
            if (i != j)
                scale += g->size[i] * g->size[j] * fabs(g->p[i * g->n + j]);
    return scale;
}

/** Configuration after the move of k, actor 0 in camp 0. */
static inline uint64_t plain_moved(const plain *g, uint64_t c, int32_t k)
{
    const uint64_t all = (UINT64_C(1) << g->n) - 1;
    c ^= UINT64_C(1) << k;
    return c & 1 ? ~c & all : c;
}

/** Who moves in steepest descent, from energies alone; -1: nobody gains more than rounding. */
static inline int32_t plain_steepest(const plain *g, uint64_t c)
{
    const double same = 1e-11 * plain_scale(g), here = plain_energy(g, c);
    double least = 0.0;
    int32_t who = -1;
    for (int32_t k = 0; k < g->n; k++) {
        const double cost = plain_energy(g, plain_moved(g, c, k)) - here;
        if (cost < least - same) {
            least = cost;
            who = k;
        }
    }
    return who;
}

#endif

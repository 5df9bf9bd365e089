#include "num/random.h"

/* Under emscripten Random123 leaves the 2x64 generators out unless it is told that the compiler has
 * 128-bit integers. */
#ifdef __EMSCRIPTEN__
#define __riscv 64
#define R123_USE_GNU_UINT128 1
#endif
#include <Random123/philox.h>
#ifdef __EMSCRIPTEN__
#undef __riscv
#endif

#include "num/ziggurat_table.h"

#include <math.h>

/* splitmix64 (Steele, Lea and Flood 2014): neighbouring seeds give keys that share nothing. */
uint64_t mst_random_key(uint64_t master_seed)
{
    uint64_t z = master_seed + UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static inline philox2x64_ctr_t block(mst_stream stream, uint64_t number)
{
    const philox2x64_ctr_t counter = {{number, stream.high}};
    const philox2x64_key_t key = {{stream.key}};
    return philox2x64(counter, key);
}

void mst_random_block(mst_stream stream, uint64_t number, uint64_t out[2])
{
    const philox2x64_ctr_t words = block(stream, number);
    out[0] = words.v[0];
    out[1] = words.v[1];
}

/* The upper 52 bits, half a step up: (0, 1). With 53 bits the half would be lost above 1/2, and the
 * last value be 1. */
static inline double open_unit(uint64_t word)
{
    return ((double)(word >> 12) + 0.5) * 0x1p-52;
}

/* The upper 53 bits: [0, 1). */
static inline double half_open_unit(uint64_t word)
{
    return (double)(word >> 11) * 0x1p-53;
}

double mst_random_unit(mst_stream stream, uint64_t number)
{
    return open_unit(block(stream, number).v[0]);
}

/* ---- ziggurats: the first word gives layer (8 bits), sign and place, the second what else is needed.
 * Attempts are told apart by the bits of the number above MST_DRAWS. ------------------------------- */

double mst_random_exponential(mst_stream stream, uint64_t number)
{
    for (;; number += MST_DRAWS) {
        const philox2x64_ctr_t words = block(stream, number);
        const unsigned layer = (unsigned)(words.v[0] & 255U);
        const double x = half_open_unit(words.v[0]) * exponential_x[layer];
        if (x < exponential_x[layer + 1])
            return x;
        if (layer == 0) /* the tail is an exponential again */
            return exponential_x[1] - log(open_unit(words.v[1]));
        const double low = exp(-exponential_x[layer]), high = exp(-exponential_x[layer + 1]);
        if (low + half_open_unit(words.v[1]) * (high - low) < exp(-x))
            return x;
    }
}

/* Marsaglia 1964: the normal beyond r, from pairs of exponentials. */
static double normal_tail(mst_stream stream, uint64_t number)
{
    const double r = normal_x[1];
    for (;;) {
        number += MST_DRAWS;
        const philox2x64_ctr_t words = block(stream, number);
        const double x = -log(open_unit(words.v[0])) / r;
        const double y = -log(open_unit(words.v[1]));
        if (y + y > x * x)
            return r + x;
    }
}

/* The density at the edge of a layer, wanted once in a hundred draws: no table of it. */
static double normal_density(unsigned layer)
{
    return exp(-0.5 * normal_x[layer] * normal_x[layer]);
}

double mst_random_normal(mst_stream stream, uint64_t number)
{
    for (;; number += MST_DRAWS) {
        const philox2x64_ctr_t words = block(stream, number);
        const unsigned layer = (unsigned)(words.v[0] & 255U);
        /* no branch: it would be mispredicted every other time */
        const double sign = 1.0 - (double)(words.v[0] >> 7 & 2U);
        const double x = half_open_unit(words.v[0]) * normal_x[layer];
        if (x < normal_x[layer + 1])
            return sign * x;
        if (layer == 0)
            return sign * normal_tail(stream, number);
        const double low = normal_density(layer), high = normal_density(layer + 1);
        if (low + half_open_unit(words.v[1]) * (high - low) < exp(-0.5 * x * x))
            return sign * x;
    }
}

/* ---- the same for GSL ------------------------------------------------------------------------------ */

typedef struct rng_state {
    mst_stream stream;
    uint64_t number;
} rng_state;

static void rng_set(void *state, unsigned long seed)
{
    *(rng_state *)state = (rng_state){mst_stream_of(mst_random_key(seed), 0, 0), 0};
}

static unsigned long rng_get(void *state)
{
    rng_state *s = state;
    return (unsigned long)(block(s->stream, s->number++).v[0] >> 32);
}

static double rng_get_double(void *state)
{
    rng_state *s = state;
    return open_unit(block(s->stream, s->number++).v[0]);
}

static const gsl_rng_type philox_type = {.name = "philox2x64-10",
                                         .max = 0xffffffffUL,
                                         .min = 0,
                                         .size = sizeof(rng_state),
                                         .set = rng_set,
                                         .get = rng_get,
                                         .get_double = rng_get_double};
const gsl_rng_type *const mst_rng_philox = &philox_type;

void mst_rng_start(gsl_rng *rng, mst_stream stream)
{
    *(rng_state *)gsl_rng_state(rng) = (rng_state){stream, 0};
}

#include "num/sequence.h"

#include "num/random.h"

#include <math.h>

enum { STREAM_SHIFT = 0x5e9 };

bool mst_sequence_begin(mst_sequence *out, int32_t dimensions, uint64_t seed, mst_arena *arena)
{
    *out = (mst_sequence){.dimensions = dimensions};
    if (dimensions < 1 || dimensions > MST_SEQUENCE_MAX)
        return false;
    out->is_sobol = dimensions <= MST_SEQUENCE_SOBOL_MAX;
    /* put together by hand: gsl_qrng_alloc would call GSL's error handler when memory is short */
    const unsigned wide = (unsigned)dimensions;
    out->generator.type = out->is_sobol ? gsl_qrng_sobol : gsl_qrng_halton;
    out->generator.dimension = wide;
    out->generator.state_size = out->generator.type->state_size(wide);
    out->generator.state = mst_arena_alloc(arena, out->generator.state_size);
    out->shift = mst_arena_array(arena, (size_t)dimensions, sizeof *out->shift);
    if (arena->failed || out->generator.type->init_state(out->generator.state, wide) != GSL_SUCCESS)
        return false;
    const mst_stream stream = mst_stream_of(mst_random_key(seed), 0, STREAM_SHIFT);
    for (int32_t i = 0; i < dimensions; i++)
        out->shift[i] = mst_random_unit(stream, (uint64_t)i);
    return true;
}

void mst_sequence_next(mst_sequence *sequence, double *out)
{
    (void)gsl_qrng_get(&sequence->generator, out);
    for (int32_t i = 0; i < sequence->dimensions; i++) {
        out[i] += sequence->shift[i];
        out[i] -= floor(out[i]);
    }
}

#include "design/sequence.h"

#include "base/rng.h"
#include "design/method.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <stdlib.h>

static bool is_in_bounds(mst_sequence kind, int64_t points, int32_t columns)
{
    const int32_t most = kind == MST_SEQUENCE_SOBOL ? MST_SOBOL_COLUMNS : MST_HALTON_COLUMNS;
    return points <= MST_SEQUENCE_POINTS && columns <= most;
}

bool mst_sequence_fill(mst_sequence kind, uint64_t seed, const char *purpose, int64_t points,
                       int32_t columns, double *unit)
{
    if (!is_in_bounds(kind, points, columns))
        return false;
    gsl_qrng *const sequence = gsl_qrng_alloc(
        kind == MST_SEQUENCE_SOBOL ? gsl_qrng_sobol : gsl_qrng_halton, (unsigned)columns);
    gsl_rng *const rng = mst_rng_open(seed, purpose);
    double *const shift = mst_room(columns);
    bool is_done = sequence && rng && shift;
    for (int32_t j = 0; is_done && j < columns; j++)
        unit[j] = shift[j] = gsl_rng_uniform_pos(rng);
    for (int64_t i = 1; is_done && i < points; i++) {
        double *const row = unit + i * columns;
        is_done = gsl_qrng_get(sequence, row) == GSL_SUCCESS;
        for (int32_t j = 0; j < columns; j++) {
            row[j] += shift[j];
            row[j] -= row[j] >= 1.0 ? 1.0 : 0.0;
        }
    }
    if (sequence)
        gsl_qrng_free(sequence);
    if (rng)
        gsl_rng_free(rng);
    free(shift);
    return is_done;
}

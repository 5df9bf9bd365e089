#include "design/hypercube.h"

#include "design/method.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

/* Rounding may carry a place near an edge over it. */
static double place(gsl_rng *rng, int32_t stratum, double strata, bool midpoints)
{
    const double middle = ((double)stratum + 0.5) / strata;
    if (midpoints)
        return middle;
    const double at = ((double)stratum + gsl_rng_uniform_pos(rng)) / strata;
    return (int32_t)(at * strata) == stratum ? at : middle;
}

void mst_hypercube(gsl_rng *rng, int64_t points, int32_t columns, bool midpoints, int32_t *rank,
                   double *unit)
{
    for (int32_t j = 0; j < columns; j++) {
        for (int64_t i = 0; i < points; i++)
            rank[i] = (int32_t)i;
        gsl_ran_shuffle(rng, rank, (size_t)points, sizeof *rank);
        for (int64_t i = 0; i < points; i++)
            unit[i * columns + j] = place(rng, rank[i], (double)points, midpoints);
    }
}

/* ---- exchange ----------------------------------------------------------------------------------- */

/* Entries as deviations from their mean, column by column, and the correlations. All columns are
 * permutations of the same numbers, so an exchange changes correlations of its column only. */
typedef struct exchange {
    int64_t points;
    int32_t columns;
    double *apart;    /* (columns x points) */
    double *likeness; /* (columns x columns) */
    double *trial;    /* (columns): what an exchange would make of a column's correlations */
    double squares;   /* of any column's deviations */
} exchange;

static void find_likeness(exchange *e)
{
    for (int32_t j = 0; j < e->columns; j++)
        for (int32_t l = 0; l < j; l++) {
            const double *const a = e->apart + j * e->points, *const b = e->apart + l * e->points;
            double sum = 0.0;
            for (int64_t i = 0; i < e->points; i++)
                sum += a[i] * b[i];
            e->likeness[(int64_t)j * e->columns + l] = sum / e->squares;
            e->likeness[(int64_t)l * e->columns + j] = sum / e->squares;
        }
}

/* One of the two columns most alike, and how alike they are. */
static double worst_column(const exchange *e, int32_t *out)
{
    double worst = 0.0;
    for (int32_t j = 1; j < e->columns; j++)
        for (int32_t l = 0; l < j; l++)
            if (fabs(e->likeness[(int64_t)j * e->columns + l]) > worst) {
                worst = fabs(e->likeness[(int64_t)j * e->columns + l]);
                *out = j;
            }
    return worst;
}

/* Exchanges entries a and b of a column if the sum of its fourth powers of correlations falls: the
 * largest count most. */
static void try_exchange(exchange *e, int32_t column, int64_t a, int64_t b)
{
    double *const own = e->apart + column * e->points;
    double *const row = e->likeness + (int64_t)column * e->columns;
    const double step = (own[b] - own[a]) / e->squares;
    double before = 0.0, after = 0.0;
    for (int32_t l = 0; l < e->columns; l++) {
        if (l == column)
            continue;
        const double *const other = e->apart + l * e->points;
        e->trial[l] = row[l] + step * (other[a] - other[b]);
        before += row[l] * row[l] * (row[l] * row[l]);
        after += e->trial[l] * e->trial[l] * (e->trial[l] * e->trial[l]);
    }
    if (!(after < before))
        return;
    const double kept = own[a];
    own[a] = own[b];
    own[b] = kept;
    for (int32_t l = 0; l < e->columns; l++)
        if (l != column)
            row[l] = e->likeness[(int64_t)l * e->columns + column] = e->trial[l];
}

/* Ten points are given a few thousand rounds; a million a handful, and they need none. */
static bool improve(exchange *e, gsl_rng *rng)
{
    const double n = (double)e->points, k = (double)e->columns;
    const int64_t rounds = (int64_t)fmax(20.0, fmin(3000.0, 1e9 / (n * k)));
    const unsigned long count = (unsigned long)e->points;
    find_likeness(e);
    for (int64_t round = 0; round < rounds; round++) {
        int32_t column = 0;
        /* a little below, so that whoever sums in another order finds it too */
        if (worst_column(e, &column) <= MST_NEARLY_ORTHOGONAL - 1e-9)
            return true;
        for (int64_t i = 0; i < e->points; i++)
            try_exchange(e, column, i, (int64_t)gsl_rng_uniform_int(rng, count));
    }
    int32_t column = 0;
    return worst_column(e, &column) <= MST_NEARLY_ORTHOGONAL - 1e-9;
}

bool mst_hypercube_exchange(gsl_rng *rng, int64_t points, int32_t columns, double *unit,
                            bool *found)
{
    const double n = (double)points;
    exchange e = {.points = points, .columns = columns, .squares = n * (n * n - 1.0) / 12.0};
    e.apart = mst_room(mst_times(points, columns));
    e.likeness = mst_room(mst_times(columns, columns));
    e.trial = mst_room(columns);
    const bool has_room = e.apart && e.likeness && e.trial;
    if (has_room) {
        for (int64_t i = 0; i < points; i++)
            for (int32_t j = 0; j < columns; j++)
                e.apart[j * points + i] = rint(unit[i * columns + j] * n - 0.5) - 0.5 * (n - 1.0);
        *found = improve(&e, rng);
        for (int64_t i = 0; i < points; i++)
            for (int32_t j = 0; j < columns; j++)
                unit[i * columns + j] = (e.apart[j * points + i] + 0.5 * n) / n;
    }
    free(e.apart);
    free(e.likeness);
    free(e.trial);
    return has_room;
}

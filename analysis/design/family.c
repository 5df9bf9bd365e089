#include "design/family.h"

#include "design/hypercube.h"

#include <gsl/gsl_randist.h>
#include <math.h>

static bool is_odd(uint32_t bits)
{
    for (int shift = 16; shift > 0; shift /= 2)
        bits ^= bits >> shift;
    return bits & 1U;
}

static uint32_t gray(uint32_t bits)
{
    return bits ^ (bits >> 1);
}

static uint32_t half_of(const mst_family *family)
{
    return UINT32_C(1) << (family->m - 1);
}

double mst_family_entry(const mst_family *family, uint32_t column, int64_t row)
{
    const int64_t half = half_of(family);
    if (row == half)
        return 0.0;
    const uint32_t i = (uint32_t)(row < half ? row : row - half - 1);
    const double size = family->size[i ^ column];
    return is_odd(i & gray(column)) == (row < half) ? -size : size;
}

void mst_family_plain(mst_family *family)
{
    for (uint32_t i = 0; i < half_of(family); i++)
        family->size[i] = (double)i + 1.0;
}

/* ---- search --------------------------------------------------------------------------------------- */

/* Over i, linear is the sum of (-1)^ones(i and gray(s)) size[i] size[i xor s], square that of
 * size[i]^2 size[i xor s]^2. The terms of i and of i xor s are alike, or cancel whatever the sizes:
 * then the sum is 0. */
static bool cancels(uint32_t s)
{
    return is_odd(s & gray(s));
}

/* What turns the sums into correlations over all 2q + 1 rows. */
typedef struct scale {
    double squares;            /* sum of size^2 */
    double mean, about;        /* square: (sum - mean) / about */
    double allowed, tolerated; /* linear: what the search aims at, what will do */
} scale;

static scale scale_of(const mst_family *family)
{
    const double q = (double)half_of(family), rows = 2.0 * q + 1.0;
    const double squares = q * (q + 1.0) * rows / 6.0;
    const double fourths = squares * (3.0 * q * q + 3.0 * q - 1.0) / 5.0;
    const double mean = 2.0 * squares * squares / rows;
    const bool is_exact = family->m <= 4;
    return (scale){.squares = squares,
                   .mean = mean,
                   .about = fourths - mean,
                   .allowed = is_exact ? 0.0 : 0.6 * MST_NEARLY_ORTHOGONAL,
                   .tolerated = is_exact ? 1e-12 : MST_NEARLY_ORTHOGONAL - 1e-9};
}

static void find_sums(const mst_family *family, const mst_differences *used)
{
    const double *const size = family->size;
    for (int32_t d = 0; d < used->count; d++) {
        const uint32_t s = used->difference[d], sign = gray(s);
        double linear = 0.0, square = 0.0;
        for (uint32_t i = 0; i < half_of(family); i++) {
            const double term = size[i] * size[i ^ s];
            linear += is_odd(i & sign) ? -term : term;
            square += term * term;
        }
        used->linear[d] = cancels(s) ? 0.0 : linear;
        used->square[d] = square;
    }
}

/* What of a correlation is too much counts hard; squares count by their fourth power, so that the
 * largest matter most. */
static double badness(const scale *by, double linear, double square)
{
    const double over = fabs(linear) / by->squares - by->allowed;
    const double like = (square - by->mean) / by->about;
    return (over > 0.0 ? 100.0 * over * over : 0.0) + like * like * (like * like);
}

/* The sums of difference d after an exchange of sizes a and b. */
static void sums_after(const mst_family *family, const mst_differences *used, int32_t d, uint32_t a,
                       uint32_t b, double *out_linear, double *out_square)
{
    const uint32_t s = used->difference[d], sign = gray(s);
    *out_linear = used->linear[d];
    *out_square = used->square[d];
    if ((a ^ b) == s)
        return; /* a term's two factors change places */
    const double at_a = family->size[a], at_b = family->size[b];
    const double by_a = family->size[a ^ s], by_b = family->size[b ^ s];
    if (!cancels(s))
        *out_linear += 2.0 * (at_b - at_a) *
                       ((is_odd(a & sign) ? -by_a : by_a) - (is_odd(b & sign) ? -by_b : by_b));
    *out_square += 2.0 * (at_b * at_b - at_a * at_a) * (by_a * by_a - by_b * by_b);
}

static void try_exchange(const mst_family *family, const mst_differences *used, const scale *by,
                         uint32_t a, uint32_t b)
{
    double change = 0.0, linear = 0.0, square = 0.0;
    for (int32_t d = 0; d < used->count; d++) {
        sums_after(family, used, d, a, b, &linear, &square);
        change += badness(by, linear, square) - badness(by, used->linear[d], used->square[d]);
    }
    if (!(change < 0.0))
        return;
    for (int32_t d = 0; d < used->count; d++) {
        sums_after(family, used, d, a, b, &linear, &square);
        used->linear[d] = linear;
        used->square[d] = square;
    }
    const double kept = family->size[a];
    family->size[a] = family->size[b];
    family->size[b] = kept;
}

static double exchanges_of(const mst_family *family, int32_t differences)
{
    return fmin(40.0 * (double)half_of(family), 4e7 / fmax(1.0, (double)differences));
}

double mst_family_search_cost(const mst_family *family, int32_t differences)
{
    return (15.0 * exchanges_of(family, differences) + (double)half_of(family)) *
           (double)differences;
}

/* Of columns and of their squares. */
static void find_largest(const mst_differences *used, const scale *by, double *out_linear,
                         double *out_square)
{
    *out_linear = *out_square = 0.0;
    for (int32_t d = 0; d < used->count; d++) {
        *out_linear = fmax(*out_linear, fabs(used->linear[d]) / by->squares);
        *out_square = fmax(*out_square, fabs((used->square[d] - by->mean) / by->about));
    }
}

bool mst_family_search(mst_family *family, const mst_differences *used, gsl_rng *rng,
                       double *out_square)
{
    const uint32_t half = half_of(family);
    const scale by = scale_of(family);
    const int64_t exchanges = (int64_t)exchanges_of(family, used->count);
    double linear = 0.0;
    mst_family_plain(family);
    gsl_ran_shuffle(rng, family->size, half, sizeof *family->size);
    find_sums(family, used);
    for (int64_t t = 0; t < exchanges && used->count > 0; t++)
        try_exchange(family, used, &by, (uint32_t)gsl_rng_uniform_int(rng, half),
                     (uint32_t)gsl_rng_uniform_int(rng, half));
    find_largest(used, &by, &linear, out_square);
    return linear <= by.tolerated;
}

#include "estimate/rank_kn.h"

#include "estimate/pair.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double mst_kn_eta(double level, int32_t points, int32_t first)
{
    const double wrong = 2.0 * (1.0 - level) / (double)(points - 1);
    return 0.5 * (pow(wrong, -2.0 / (double)(first - 1)) - 1.0);
}

double mst_kn_h2(double level, int32_t points, int32_t first)
{
    return 2.0 * mst_kn_eta(level, points, first) * (double)(first - 1);
}

double mst_kn_slack(double h2, double variance, double worth, int64_t replications)
{
    const double r = (double)replications;
    return fmax(0.0, worth / (2.0 * r) * (h2 * variance / (worth * worth) - r));
}

int64_t mst_kn_pairs(int32_t points)
{
    return (int64_t)points * (points - 1) / 2;
}

/* Of a triangle row by row, a < b. */
static int64_t place_of(int32_t points, int32_t a, int32_t b)
{
    return (int64_t)a * points - (int64_t)a * (a + 1) / 2 + (b - a - 1);
}

double mst_kn_variance(const double *variances, int32_t points, int32_t a, int32_t b)
{
    return variances[a < b ? place_of(points, a, b) : place_of(points, b, a)];
}

static double variance_between(const double *x, const double *y, int32_t count)
{
    double mean = 0.0, squares = 0.0;
    for (int32_t i = 0; i < count; i++)
        mean += (x[i] - y[i]) / (double)count;
    for (int32_t i = 0; i < count; i++)
        squares += (x[i] - y[i] - mean) * (x[i] - y[i] - mean);
    return squares / (double)(count - 1);
}

void mst_kn_variances(const double *const *value, const bool *is_in, int32_t points, int32_t first,
                      double *out)
{
    for (int32_t a = 0; a < points; a++)
        for (int32_t b = a + 1; b < points; b++)
            out[place_of(points, a, b)] =
                is_in[a] && is_in[b] ? variance_between(value[a], value[b], first) : 0.0;
}

/* Differences that are more than the rounding of sums. */
typedef struct jumps {
    int64_t count;
    double squares;
} jumps;

static jumps jumps_between(const double *x, const double *y, int32_t count)
{
    jumps out = {0};
    double greatest = 0.0;
    for (int32_t i = 0; i < count; i++)
        greatest = fmax(greatest, fmax(fabs(x[i]), fabs(y[i])));
    for (int32_t i = 0; i < count; i++) {
        const double d = x[i] - y[i];
        if (mst_is_rounding(d, greatest))
            continue;
        out.count++;
        out.squares += d * d;
    }
    return out;
}

void mst_kn_guard(const double *const *value, const bool *is_in, int32_t points, int32_t first,
                  double jump, double *variances)
{
    jumps all = {0};
    for (int32_t a = 0; a < points; a++)
        for (int32_t b = a + 1; b < points; b++) {
            if (!is_in[a] || !is_in[b])
                continue;
            const jumps some = jumps_between(value[a], value[b], first);
            all.count += some.count;
            all.squares += some.squares;
        }
    const double square = all.count > 0 ? all.squares / (double)all.count : jump;
    for (int32_t a = 0; a < points; a++)
        for (int32_t b = a + 1; b < points; b++) {
            if (!is_in[a] || !is_in[b])
                continue;
            const jumps some = jumps_between(value[a], value[b], first);
            double *variance = &variances[place_of(points, a, b)];
            if (2 * some.count <= first)
                *variance = fmax(*variance, (some.squares + 2.0 * square) / (double)(first + 2));
        }
}

static double slack_between(const mst_kn_look *look, int32_t a, int32_t b)
{
    return mst_kn_slack(look->h2, mst_kn_variance(look->variances, look->points, a, b), look->worth,
                        look->replications);
}

static bool is_beaten(const mst_kn_look *look, const bool *was_in, int32_t point)
{
    for (int32_t l = 0; l < look->points; l++) {
        if (l == point || !was_in[l])
            continue;
        const double behind =
            look->more ? look->mean[l] - look->mean[point] : look->mean[point] - look->mean[l];
        if (behind > slack_between(look, point, l))
            return true;
    }
    return false;
}

static bool has_slack(const mst_kn_look *look, const bool *is_in)
{
    for (int32_t a = 0; a < look->points; a++)
        for (int32_t b = a + 1; b < look->points; b++)
            if (is_in[a] && is_in[b] && slack_between(look, a, b) > 0.0)
                return true;
    return false;
}

bool mst_kn_screen(const mst_kn_look *look, bool *is_in, bool *is_closed)
{
    const size_t bytes = (size_t)look->points * sizeof *is_in;
    bool *was_in = malloc(bytes);
    if (!was_in)
        return false;
    memcpy(was_in, is_in, bytes);
    for (int32_t i = 0; i < look->points; i++)
        is_in[i] = was_in[i] && !is_beaten(look, was_in, i);
    free(was_in);
    *is_closed = !has_slack(look, is_in);
    return true;
}

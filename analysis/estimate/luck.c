#include "estimate/luck.h"

#include "base/rng.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

enum {
    GRAM_MOST = 200, /* replications that tell how many draws luck was seen in */
    GRAM_LEAST = 5   /* fewer cannot: as if luck were the same everywhere      */
};

/* Of a setting. */
typedef struct row {
    double mean, variance, of_mean, one_over; /* of_mean: variance / n; one_over: 1 / n */
} row;

typedef struct work {
    const mst_luck_input *in;
    row *row;          /* [used]                                                       */
    double *apart;     /* [used * replications] less the setting's mean; missing: 0    */
    double covariance; /* of runs of two settings in the same replication            */
    int64_t used;
    bool is_constant;
} work;

/* ---- settings ------------------------------------------------------------------------------------- */

static bool add_row(work *w, int64_t setting)
{
    const int32_t replications = w->in->replications;
    const double *value = w->in->value + setting * replications;
    double *apart = w->apart + w->used * replications, mean = 0.0, squares = 0.0;
    int32_t count = 0;
    for (int32_t r = 0; r < replications; r++)
        if (isfinite(value[r]))
            mean += (value[r] - mean) / (double)++count;
    if (count < 2)
        return false;
    for (int32_t r = 0; r < replications; r++) {
        apart[r] = isfinite(value[r]) ? value[r] - mean : 0.0;
        squares += apart[r] * apart[r];
    }
    const double n = (double)count, variance = squares / (n - 1.0);
    w->row[w->used++] = (row){mean, variance, variance / n, 1.0 / n};
    return true;
}

/* Every run gave the same but for rounding. */
static bool is_constant(const work *w)
{
    double low = HUGE_VAL, high = -HUGE_VAL, variance = 0.0;
    for (int64_t p = 0; p < w->used; p++) {
        low = fmin(low, w->row[p].mean);
        high = fmax(high, w->row[p].mean);
        variance = fmax(variance, w->row[p].variance);
    }
    return fmax(high - low, sqrt(variance)) <= 0x1p-48 * fmax(fabs(low), fabs(high));
}

static void read_rows(work *w, mst_luck *out)
{
    for (int64_t p = 0; p < w->in->settings; p++)
        if (!add_row(w, p))
            out->settings_dropped++;
    out->settings_used = w->used;
    w->is_constant = w->used > 0 && is_constant(w);
    double inverse = 0.0;
    for (int64_t p = 0; p < w->used; p++)
        inverse += w->row[p].one_over;
    out->replications = (double)w->used / inverse; /* harmonic: NaN for none */
}

/* ---- what settings share -------------------------------------------------------------------------- */

/* Products of different settings in one replication: the square of the sum less the squares. */
static double covariance_of(const work *w, double replications)
{
    double products = 0.0;
    for (int32_t r = 0; r < w->in->replications; r++) {
        double sum = 0.0, squares = 0.0;
        for (int64_t p = 0; p < w->used; p++) {
            const double z = w->apart[p * w->in->replications + r];
            sum += z;
            squares += z * z;
        }
        products += sum * sum - squares;
    }
    const double pairs = (double)w->used * (double)(w->used - 1);
    return products / (pairs * (replications - 1.0));
}

/* tr(S^2) is the sum of squares of Z'Z over n^2, Z being settings by replications. */
static double trace_of_square(const work *w, int32_t columns)
{
    double sum = 0.0;
    for (int32_t r = 0; r < columns; r++)
        for (int32_t s = 0; s <= r; s++) {
            double product = 0.0;
            for (int64_t p = 0; p < w->used; p++) {
                const double *z = w->apart + p * w->in->replications;
                product += z[r] * z[s];
            }
            sum += product * product * (r == s ? 1.0 : 2.0);
        }
    return sum;
}

/* How many squares luck is a mean of. The first replications tell it, if there are many. */
static double df_of(const work *w, double replications)
{
    const int32_t columns = w->in->replications < GRAM_MOST ? w->in->replications : GRAM_MOST;
    const double n = fmin(replications, (double)columns) - 1.0, all = replications - 1.0;
    double trace = 0.0;
    if (n < GRAM_LEAST - 1.5)
        return all;
    for (int64_t p = 0; p < w->used; p++)
        for (int32_t r = 0; r < columns; r++) {
            const double z = w->apart[p * w->in->replications + r];
            trace += z * z / n;
        }
    const double squares = n * n / ((n - 1.0) * (n + 2.0)) *
                           (trace_of_square(w, columns) / (n * n) - trace * trace / n);
    const double ratio = squares > 0.0 ? trace * trace / squares : (double)w->used;
    return all * fmin(fmax(ratio, 1.0), (double)w->used);
}

/* ---- estimates ------------------------------------------------------------------------------------ */

enum { LUCK, SETTING, SHARE, STATISTICS };

/* Of settings drawn so often each; times: what a draw of luck comes to over the estimate. */
static void estimate(const work *w, const int32_t *drawn, double times, double out[STATISTICS])
{
    const double n = (double)w->used;
    double mean = 0.0, square = 0.0, luck = 0.0, of_mean = 0.0, one_over = 0.0;
    for (int64_t p = 0; p < w->used; p++) {
        const double weight = (double)drawn[p] / n, apart = w->row[p].mean - w->row[0].mean;
        mean += weight * apart;
        square += weight * apart * apart;
        luck += weight * w->row[p].variance;
        of_mean += weight * w->row[p].of_mean;
        one_over += weight * w->row[p].one_over;
    }
    out[LUCK] = luck * times;
    out[SETTING] = (square - mean * mean) * (n / (n - 1.0)) - (of_mean - w->covariance * one_over);
    /* means all alike, but for rounding */
    if (fabs(out[SETTING]) <= 0x1p-40 * out[LUCK])
        out[SETTING] = 0.0;
    const double whole = out[SETTING] + out[LUCK];
    out[SHARE] = whole > 0.0 ? out[LUCK] / whole : (double)NAN;
}

static void draw(gsl_rng *rng, int64_t rows, int32_t *drawn)
{
    for (int64_t p = 0; p < rows; p++)
        drawn[p] = 0;
    for (int64_t p = 0; p < rows; p++)
        drawn[(uint64_t)gsl_rng_get(rng) * (uint64_t)rows >> 32]++;
}

static void resample(const work *w, const mst_bootstrap *how, gsl_rng *rng, int32_t *drawn,
                     double *replicate, mst_luck *out)
{
    double found[STATISTICS];
    for (int32_t b = 0; b < how->replicates; b++) {
        draw(rng, w->used, drawn);
        estimate(w, drawn, out->df / gsl_ran_chisq(rng, out->df), found);
        for (int s = 0; s < STATISTICS; s++)
            replicate[s * how->replicates + b] = found[s];
    }
    for (int64_t p = 0; p < w->used; p++)
        drawn[p] = 1;
    estimate(w, drawn, 1.0, found);
    out->luck = mst_bootstrap_sum_up(how, found[LUCK], replicate);
    out->setting = mst_bootstrap_sum_up(how, found[SETTING], replicate + how->replicates);
    out->share = mst_bootstrap_sum_up(how, found[SHARE], replicate + 2 * how->replicates);
}

static muster_status estimate_all(work *w, const mst_bootstrap *how, mst_luck *out)
{
    gsl_rng *rng = mst_rng_open(how->seed, "luck");
    int32_t *drawn = calloc((size_t)w->used, sizeof *drawn);
    double *replicate = calloc(STATISTICS, ((size_t)how->replicates + 1) * sizeof *replicate);
    const bool has_room = rng && drawn && replicate;
    if (has_room) {
        w->covariance = covariance_of(w, out->replications);
        out->df = df_of(w, out->replications);
        resample(w, how, rng, drawn, replicate, out);
        out->alike = out->luck.value > 0.0 ? w->covariance / out->luck.value : (double)NAN;
    }
    if (rng)
        gsl_rng_free(rng);
    free(drawn);
    free(replicate);
    return has_room ? MUSTER_OK : MUSTER_WORLD;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

static muster_status work_out(work *w, const mst_bootstrap *how, mst_luck *out)
{
    const size_t rows = (size_t)w->in->settings, columns = (size_t)w->in->replications;
    w->row = calloc(rows, sizeof *w->row);
    w->apart = calloc(rows, columns * sizeof *w->apart);
    if (!w->row || !w->apart)
        return MUSTER_WORLD;
    read_rows(w, out);
    if (w->is_constant && w->used > 1) {
        const mst_bootstrapped zero = {.is_zero_like = true};
        out->luck = out->setting = out->share = zero;
        return MUSTER_OK;
    }
    return w->used < 2 ? MUSTER_OK : estimate_all(w, how, out);
}

muster_status mst_luck_share(const mst_luck_input *in, const mst_bootstrap *how, mst_luck *out)
{
    const mst_bootstrap used = how ? *how : MST_BOOTSTRAP_DEFAULT;
    const mst_bootstrapped none = mst_bootstrapped_alone((double)NAN);
    *out = (mst_luck){.luck = none,
                      .setting = none,
                      .share = none,
                      .replications = (double)NAN,
                      .alike = (double)NAN,
                      .df = (double)NAN};
    if (in->settings < 1 || in->settings > INT32_MAX || in->replications < 2 ||
        used.replicates < 0 || !(used.level > 0.0 && used.level < 1.0))
        return MUSTER_MISTAKE;
    work w = {.in = in};
    const muster_status status = work_out(&w, &used, out);
    free(w.row);
    free(w.apart);
    return status;
}

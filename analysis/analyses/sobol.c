/* Sobol indices: what part of the variance each factor explains, alone and with others; chance too. */
#include "analyses/percent.h"
#include "analyses/sobol_parts.h"

#include <math.h>
#include <stdlib.h>

enum { PREFIX_ROWS_LEAST = 64, PAIRS_REPLICATES_LEAST = 200 };
static const double work_most = 4e10; /* sums of products: half a minute */

static bool fits(const mst_data *data, const muster_analyze_options *options,
                 char why[MST_WHY_BYTES])
{
    mst_sobol_runs runs;
    (void)options;
    const bool is_good = mst_sobol_runs_find(data, &runs, why);
    mst_sobol_runs_free(&runs);
    return is_good;
}

/* ---- verdicts ------------------------------------------------------------------------------------- */

mst_sobol_verdict mst_sobol_verdict_of(const mst_sobol_factor *f)
{
    const bool is_alone = !f->s.is_zero_like && f->s.value > 0.0;
    const bool is_with = !f->apart.is_zero_like && f->apart.value > 0.0;
    if (!isfinite(f->s.value) || !isfinite(f->st.value))
        return MST_SOBOL_UNKNOWN;
    if (f->st.value == 0.0 && f->s.value == 0.0)
        return MST_SOBOL_NOTHING;
    if (mst_high(&f->st) < 0.01)
        return MST_SOBOL_NEXT_TO;
    return is_alone && is_with ? MST_SOBOL_BOTH
           : is_alone          ? MST_SOBOL_ALONE
           : is_with           ? MST_SOBOL_WITH_OTHERS
                               : MST_SOBOL_UNCLEAR;
}

const char *mst_sobol_name(const mst_sobol_found *f, int32_t factor)
{
    return factor < f->data->factors ? f->data->factor[factor].label : "chance (luck)";
}

bool mst_sobol_may_be_chance(const mst_sobol_found *f)
{
    return !f->all.has_luck && !(f->data->is_plan_run && *f->data->method);
}

bool mst_sobol_is_nothing(const mst_bootstrapped *b)
{
    static const double rounding = 1e-9;
    return fabs(b->value) < rounding &&
           !(fabs(mst_low(b)) > rounding || fabs(mst_high(b)) > rounding);
}

/* ---- estimating ----------------------------------------------------------------------------------- */

/* Many pairs of many rows take fewer resamples. */
static int32_t replicates_for(const mst_data *d, const mst_sobol_input *in)
{
    const double k = (double)in->factors, columns = 10.0 + (in->ba ? k + 0.5 * k * k : 0.0);
    int32_t replicates = mst_replicates(d->level);
    while (replicates > PAIRS_REPLICATES_LEAST &&
           (4.0 * k + columns) * (double)in->rows * (double)replicates > work_most)
        replicates /= 2;
    return replicates;
}

static mst_bootstrap how_of(const mst_sobol_found *f)
{
    return (mst_bootstrap){f->replicates, f->data->level, f->data->seed};
}

/* Single runs of the settings of A and B, whose random numbers have nothing in common. */
static muster_status find_noise(mst_sobol_found *f)
{
    const mst_data *d = f->data;
    const int64_t rows = 2 * f->runs->in.rows;
    double *mean = malloc((size_t)rows * sizeof *mean);
    double *variance = malloc((size_t)rows * sizeof *variance);
    int32_t *count = malloc((size_t)rows * sizeof *count);
    muster_status status = MUSTER_WORLD;
    if (mean && variance && count) {
        for (int64_t j = 0; j < rows; j++) { /* blocks a and b come first */
            const int64_t point = f->runs->point[j];
            const mst_cell none = {.mean = (double)NAN, .variance = (double)NAN};
            const mst_cell *cell = point >= 0 ? &d->cell[point] : &none;
            mean[j] = cell->mean;
            variance[j] = cell->variance;
            count[j] = (int32_t)cell->count;
        }
        const mst_noise_input in = {
            .rows = rows, .mean = mean, .variance = variance, .of_row = count};
        const mst_bootstrap how = how_of(f);
        status = mst_noise_share(&in, &how, &f->noise);
    }
    free(mean);
    free(variance);
    free(count);
    return status;
}

/* Falling by ST; what could not be estimated last; equals as the file has them. */
static bool comes_before(const mst_sobol_result *r, int32_t a, int32_t b)
{
    const double x = r->factor[a].st.value, y = r->factor[b].st.value;
    if (isnan(x) || isnan(y))
        return !isnan(x) && isnan(y);
    return x > y;
}

static bool sort_factors(mst_sobol_found *f)
{
    f->order = malloc((size_t)f->all.factors * sizeof *f->order);
    for (int32_t i = 0; f->order && i < f->all.factors; i++) {
        int32_t at = i;
        for (; at > 0 && comes_before(&f->all, i, f->order[at - 1]); at--)
            f->order[at] = f->order[at - 1];
        f->order[at] = i;
    }
    return f->order != NULL;
}

static muster_status estimate(mst_sobol_found *f)
{
    mst_sobol_options how = MST_SOBOL_DEFAULT;
    mst_sobol_input first = f->runs->in;
    f->replicates = replicates_for(f->data, &f->runs->in);
    how.bootstrap = how_of(f);
    muster_status status = mst_sobol(&f->runs->in, &how, &f->all);
    first.ba = NULL; /* pairs settle later than a few rows could show */
    if (status == MUSTER_OK && first.rows >= PREFIX_ROWS_LEAST) {
        status = mst_sobol_converge(&first, &how, f->prefix);
        f->has_prefixes = status == MUSTER_OK;
    }
    mst_data_replications(f->data, &f->least, &f->most);
    f->has_noise = !f->data->is_plan_run && f->most > 1;
    if (status == MUSTER_OK && f->has_noise)
        status = find_noise(f);
    return status == MUSTER_OK && !sort_factors(f) ? MUSTER_WORLD : status;
}

static muster_status tell(const mst_data *data, const muster_analyze_options *options,
                          muster_section *section)
{
    char why[MST_WHY_BYTES];
    mst_sobol_runs runs;
    mst_sobol_found found = {.data = data, .runs = &runs};
    (void)options;
    muster_status status = mst_sobol_runs_find(data, &runs, why) ? estimate(&found) : MUSTER_WORLD;
    if (status == MUSTER_OK)
        status = mst_sobol_say(&found, section);
    if (status == MUSTER_OK)
        status = mst_sobol_draw(&found, section) ? MUSTER_OK : MUSTER_WORLD;
    mst_sobol_free(&found.all);
    for (int p = 0; found.has_prefixes && p < MST_SOBOL_PREFIXES; p++)
        mst_sobol_free(&found.prefix[p]);
    free(found.order);
    mst_sobol_runs_free(&runs);
    return status == MUSTER_OK ? status : MUSTER_WORLD;
}

const mst_analysis mst_analysis_sobol = {
    .name = "sobol",
    .title = "Sobol indices",
    .doc = "what part of the variance each factor explains, alone and with others, and how much "
           "is chance",
    .needs = "a Saltelli design: blocks a, b and ab of every factor (method saltelli)",
    .is_usual = true,
    .fits = fits,
    .tell = tell,
};

/* How much of what single runs show is luck, and how much the settings. */
#include "estimate/luck.h"
#include "analyses/analyses.h"
#include "analyses/percent.h"
#include "estimate/sobol.h"
#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of fewer than LEAST_POINTS that are drawn again all are the same one too often (of 4 in 1.6 % of
 * draws, of 3 in 11 %) for an interval of 95 % to say anything. */
enum { LEAST_POINTS = 5, FEW_POINTS = 20, FEW_REPLICATIONS = 10 };

/* What was found, whichever way. */
typedef struct found {
    int64_t used, dropped;
    double replications; /* of a point, on the average                                  */
    double alike;        /* correlation of runs of two points; NaN: random numbers differ */
    int32_t replicates;
    mst_bootstrapped luck, setting, share;
} found;

static bool has_interval(const found *f)
{
    return f->used >= LEAST_POINTS;
}

static bool is_constant(const found *f)
{
    return f->luck.value == 0.0 && f->setting.value == 0.0;
}

/* ---- which points --------------------------------------------------------------------------------- */

/* Points that are settings of their own; those of ab and ba repeat the settings or the luck of others. */
static bool is_setting(const mst_data *d, int64_t p)
{
    return strcmp(d->point[p].block, "ab") != 0 && strcmp(d->point[p].block, "ba") != 0;
}

static bool is_usable(const mst_data *d, int64_t p)
{
    return is_setting(d, p) && d->cell[p].count >= 2;
}

typedef struct seeded {
    uint64_t seed;
    int64_t point;
} seeded;

static int by_seed(const void *left, const void *right)
{
    const seeded *a = left, *b = right;
    if (a->seed != b->seed)
        return a->seed < b->seed ? -1 : 1;
    return (a->point > b->point) - (a->point < b->point);
}

/* Usable points with random numbers of their own, of points that share them the first; null: memory is
 * short. Freed by the caller. */
static seeded *first_of_seeds(const mst_data *d, int64_t *out_count)
{
    seeded *all = malloc(((size_t)d->points + 1) * sizeof *all);
    int64_t count = 0, kept = 0;
    for (int64_t p = 0; all && p < d->points; p++)
        if (is_usable(d, p))
            all[count++] = (seeded){d->point[p].seed, p};
    if (all)
        qsort(all, (size_t)count, sizeof *all, by_seed);
    for (int64_t i = 0; i < count; i++)
        if (i == 0 || all[i].seed != all[i - 1].seed)
            all[kept++] = all[i];
    *out_count = kept;
    return all;
}

static int64_t usable_points(const mst_data *d)
{
    int64_t count = 0;
    for (int64_t p = 0; p < d->points; p++)
        count += is_usable(d, p);
    return count;
}

static bool is_of_points(const mst_data *d)
{
    for (int64_t p = 0; p < d->points; p++)
        if (strlen(d->point[p].block) <= 2 || strcmp(d->point[p].block, "step") == 0)
            return false; /* a, b, ab, ba, step: analyses of their own tell of luck */
    return true;
}

static bool fits(const mst_data *d, const muster_analyze_options *options, char why[MST_WHY_BYTES])
{
    const int64_t usable = usable_points(d);
    if (d->is_plan_run)
        muster_text_format(
            why, MST_WHY_BYTES, "%s",
            *d->method ? "these are plan runs, which have no chance (runs = { replications = "
                         "20; })"
                       : "a table has one figure a point, and luck shows in replications");
    else if (usable < 2)
        muster_text_format(why, MST_WHY_BYTES,
                           "%" PRId64
                           " points have 2 replications with a figure or more, 2 points are needed",
                           usable);
    return !d->is_plan_run && usable >= 2 && (options->analysis_count > 0 || is_of_points(d));
}

/* ---- estimating ----------------------------------------------------------------------------------- */

static muster_status estimate_apart(const mst_data *d, const seeded *of, int64_t count,
                                    const mst_bootstrap *how, found *out)
{
    double *mean = malloc((size_t)count * sizeof *mean);
    double *variance = malloc((size_t)count * sizeof *variance);
    int32_t *runs = malloc((size_t)count * sizeof *runs);
    muster_status status = MUSTER_WORLD;
    double inverse = 0.0;
    if (mean && variance && runs) {
        for (int64_t i = 0; i < count; i++) {
            const mst_cell *cell = &d->cell[of[i].point];
            mean[i] = cell->mean;
            variance[i] = cell->variance;
            runs[i] = (int32_t)cell->count;
            inverse += 1.0 / (double)cell->count;
        }
        mst_noise noise;
        const mst_noise_input in = {
            .rows = count, .mean = mean, .variance = variance, .of_row = runs};
        status = mst_noise_share(&in, how, &noise);
        *out = (found){.used = noise.rows_used,
                       .replications = (double)count / inverse,
                       .alike = (double)NAN,
                       .luck = noise.luck,
                       .setting = noise.setting,
                       .share = noise.share};
    }
    free(mean);
    free(variance);
    free(runs);
    return status;
}

/* Columns by replication: the same one has the same random numbers everywhere. Where most are missing
 * the last ones are left out, for the table would be larger than the data. */
static int32_t columns_of(const mst_data *d)
{
    const int64_t values = (int64_t)d->first[d->points], most = 2 * (values / d->points) + 2;
    int32_t largest = 2;
    for (int64_t i = 0; i < values; i++)
        largest = d->replication[i] > largest ? d->replication[i] : largest;
    return largest < most ? largest : (int32_t)most;
}

static muster_status estimate_alike(const mst_data *d, const mst_bootstrap *how, found *out)
{
    const int32_t columns = columns_of(d);
    double *value = malloc((size_t)d->points * (size_t)columns * sizeof *value);
    mst_luck luck;
    if (!value)
        return MUSTER_WORLD;
    for (int64_t i = 0; i < d->points * columns; i++)
        value[i] = (double)NAN;
    for (int64_t p = 0; p < d->points; p++)
        for (size_t i = d->first[p]; i < d->first[p + 1]; i++)
            if (is_usable(d, p) && d->replication[i] >= 1 && d->replication[i] <= columns)
                value[p * columns + d->replication[i] - 1] = d->value[i];
    const mst_luck_input in = {d->points, columns, value};
    const muster_status status = mst_luck_share(&in, how, &luck);
    free(value);
    *out = (found){.used = luck.settings_used,
                   .replications = luck.replications,
                   .alike = luck.alike,
                   .luck = luck.luck,
                   .setting = luck.setting,
                   .share = luck.share};
    return status;
}

static muster_status estimate(const mst_data *d, found *out)
{
    const mst_bootstrap how = {mst_replicates(d->level), d->level, d->seed};
    int64_t count = 0;
    seeded *of = first_of_seeds(d, &count);
    muster_status status = MUSTER_WORLD;
    if (of)
        status = count > 1 ? estimate_apart(d, of, count, &how, out) : estimate_alike(d, &how, out);
    free(of);
    out->replicates = how.replicates;
    for (int64_t p = 0; p < d->points; p++)
        out->dropped += is_setting(d, p) && !is_usable(d, p);
    return status;
}

/* ---- telling -------------------------------------------------------------------------------------- */

static void say_share(const mst_data *d, const found *f, muster_section *section)
{
    char share[MST_PERCENT_BYTES], rest[MST_PERCENT_BYTES];
    const char *figure = d->response.label;
    if (isnan(f->share.value)) {
        muster_section_say(section,
                           "How much of \"%s\" is luck cannot be told: the points differ no "
                           "more than luck alone would make them.",
                           figure);
    } else if (is_constant(f)) {
        muster_section_say(section,
                           "\"%s\" is the same in every run: neither luck nor what was "
                           "varied moves it.",
                           figure);
    } else if (f->luck.value == 0.0) {
        muster_section_say(section,
                           "None of \"%s\" is luck: replications of a point are all alike, and all "
                           "differences come from what was varied.",
                           figure);
    } else if (!has_interval(f)) {
        muster_section_say(section,
                           "If each point were run once, %s of the variance of \"%s\" would be "
                           "luck.",
                           mst_percent(f->share.value, share), figure);
    } else {
        muster_text_format(rest, sizeof rest, "%s", "cannot be told from 0");
        if (!f->setting.is_zero_like)
            mst_percent(1.0 - f->share.value, rest);
        muster_section_say(section,
                           "If each point were run once, %s of the variance of \"%s\" would be "
                           "luck; what was varied %s%s.",
                           mst_percent_of(&f->share, share), figure,
                           f->setting.is_zero_like ? "" : "is ", rest);
        if (mst_low(&f->share) > 0.5)
            muster_section_say(section, "A single run says more about its luck than about its "
                                        "settings.");
        if (mst_high(&f->share) > 1.0)
            muster_section_say(section, "The interval goes beyond 100 %%, as points may by chance "
                                        "differ less than their luck alone would make them.");
    }
}

/* Luck that is the same at two points drops out when they are compared. */
static void say_alike(const found *f, muster_section *section)
{
    char alike[MST_PERCENT_BYTES];
    if (isfinite(f->alike) && f->alike >= 0.01 && f->luck.value > 0.0)
        muster_section_say(section,
                           "All points have the same random numbers: of their luck %s is the same "
                           "at any two of them, and drops out when they are compared.",
                           mst_percent(fmin(f->alike, 1.0), alike));
}

static void say_how(const mst_data *d, const found *f, muster_section *section)
{
    char intervals[200] = "";
    if (has_interval(f))
        muster_text_format(
            intervals, sizeof intervals,
            "; %g %% intervals by resampling points %" PRId32 " times%s", 100.0 * d->level,
            f->replicates,
            isfinite(f->alike) ? ", and luck by as many draws as replications stand for" : "");
    muster_section_say(
        section,
        "Estimated from %" PRId64 " points, %" PRId64 " dropped, with %.4g "
        "replications each%s; analysis of variance with random effects%s.",
        f->used, f->dropped, f->replications,
        fabs(f->replications - round(f->replications)) < 1e-9 ? "" : " on the average", intervals);
    if (f->dropped > 0)
        muster_section_say(section, "Caution: points with fewer than 2 runs that have the figure "
                                    "are dropped. If that depends on the settings, the others do "
                                    "not stand for all.");
    if (!has_interval(f))
        muster_section_say(section,
                           "Caution: %" PRId64 " points give no interval; it takes %d or more.",
                           f->used, (int)LEAST_POINTS);
    else if (f->used < FEW_POINTS)
        muster_section_say(section,
                           "Caution: %" PRId64 " points are few, and the interval rather too "
                           "narrow.",
                           f->used);
    if (has_interval(f) && isfinite(f->alike) && f->replications < FEW_REPLICATIONS)
        muster_section_say(section,
                           "Caution: with so few replications of the same random numbers the "
                           "interval is rough; take %d or more.",
                           (int)FEW_REPLICATIONS);
}

static void add_row(muster_table *t, const char *part, const mst_bootstrapped *variance,
                    double share, double low, double high)
{
    muster_table_row(t);
    muster_cell_text(t, part);
    muster_cell_real(t, variance->value);
    muster_cell_real(t, sqrt(fmax(variance->value, 0.0)));
    muster_cell_real(t, share);
    muster_cell_real(t, low);
    muster_cell_real(t, high);
}

static void draw_table(const mst_data *d, const found *f, muster_section *section)
{
    char id[80], unit[80], squared[84];
    const mst_bootstrapped *s = &f->share;
    muster_text_format(unit, sizeof unit, "%.70s", d->response.unit);
    muster_text_format(squared, sizeof squared, "%s%s", unit, *unit ? "^2" : "");
    muster_table *t =
        muster_table_add(section, mst_data_id(d, "luck-parts", id), "The variance of single runs");
    muster_table_column(t, "part", "part", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "variance", "variance", squared, MUSTER_COLUMN_REAL, 3);
    muster_table_column(t, "sd", "sd", unit, MUSTER_COLUMN_REAL, 3);
    muster_table_column(t, "share", "share", "", MUSTER_COLUMN_SHARE, 3);
    muster_table_column(t, "share_low", "from", "", MUSTER_COLUMN_SHARE, 3);
    muster_table_column(t, "share_high", "to", "", MUSTER_COLUMN_SHARE, 3);
    const double none = (double)NAN, value = is_constant(f) ? none : s->value;
    const double low = has_interval(f) && !isnan(value) ? mst_low(s) : none;
    const double high = has_interval(f) && !isnan(value) ? mst_high(s) : none;
    add_row(t, "luck", &f->luck, value, low, high);
    add_row(t, "what was varied", &f->setting, 1.0 - value, 1.0 - high, 1.0 - low);
}

static muster_status tell(const mst_data *d, const muster_analyze_options *options,
                          muster_section *section)
{
    found f = {0};
    (void)options;
    if (estimate(d, &f) != MUSTER_OK)
        return MUSTER_WORLD;
    say_share(d, &f, section);
    say_alike(&f, section);
    say_how(d, &f, section);
    draw_table(d, &f, section);
    return MUSTER_OK;
}

const mst_analysis mst_analysis_luck = {
    .name = "luck",
    .title = "Luck or settings",
    .doc = "how much of the variance of single runs is luck, and how much what was varied",
    .needs = "two points or more with two replications or more each",
    .is_usual = true,
    .fits = fits,
    .tell = tell,
};

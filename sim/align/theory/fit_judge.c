/* Does it predict: scores out of sample, and a test that noise passes one time in twenty at the most. */
#include "align/theory/fit_inside.h"

#include <math.h>
#include <string.h>

static const mst_fit_why short_memory = {MST_FIT_MEMORY, -1, -1, -1};

#define SIZE 0.05       /* of the test                                                        */
#define LOG_CLIP 1e-6   /* of probabilities whose logarithm is scored                         */
#define TEST_LAMBDA 1.0 /* of the test's fits where lambda is chosen: not by the outcomes     */
#define TOLERANCE 1e-3  /* of the test's fits                                                 */
#define TIE 1e-6        /* log likelihoods that differ by less are as good                    */

enum { ENOUGH_AS_GOOD = 10, RESAMPLES = 1000 };

/* ---- scores -------------------------------------------------------------------------------------- */

/* Is row i to be scored: among those without gaps, or among those with? */
static bool is_wanted(const mst_fit_design *d, int32_t i, bool is_partial)
{
    return is_partial ? d->lacking[i] != 0 && d->record.outcome[i] >= 0 : d->is_usable[i];
}

/* Wanted rows with their predictions, as num/score.h wants them. */
static mst_fit_fault prepare(mst_arena *scratch, const mst_fit_design *d, const double *p,
                             bool is_partial, mst_scored *out)
{
    const mst_fit_record *r = &d->record;
    int8_t *outcome = mst_arena_array(scratch, (size_t)r->rows + 1, sizeof *outcome);
    double *given = mst_arena_array(scratch, (size_t)r->rows + 1, sizeof *given);
    if (!outcome || !given)
        return MST_FIT_MEMORY;
    for (int32_t i = 0; i < r->rows; i++) {
        outcome[i] = is_wanted(d, i, is_partial) && !isnan(p[i]) ? r->outcome[i] : (int8_t)-1;
        given[i] = isnan(p[i]) ? p[i] : fmin(1.0, fmax(0.0, p[i]));
    }
    const mst_predictions rows = {.count = r->rows,
                                  .outcome = outcome,
                                  .p = given,
                                  .score = given,
                                  .cluster = r->series,
                                  .drill = r->drill,
                                  .clusters = r->series_count};
    const char *reason = NULL;
    /* all of it was checked at the door: only memory can be short */
    return mst_score_prepare(scratch, &rows, out, NULL, &reason) == MUSTER_OK ? MST_FIT_FINE
                                                                              : MST_FIT_MEMORY;
}

static void fill_scores(const mst_fit_design *d, const mst_fit_outside *o, const mst_scored *rows,
                        const mst_scored *base, bool is_partial, mst_fit_scores *s)
{
    const char *reason = NULL; /* nothing here can be refused: options are constants */
    mst_score_brier(rows, NULL, o->base, &s->against_base, &reason);
    mst_score_brier(rows, NULL, d->record.last_time, &s->against_last, &reason);
    mst_score_log(rows, NULL, LOG_CLIP, &s->log, &reason);
    mst_score_log(base, NULL, LOG_CLIP, &s->log_base, &reason);
    s->auc = mst_score_auc(rows, NULL);
    s->auc_drill = mst_score_auc_drill(rows, NULL);
    mst_calibrate_equal(rows, MST_FIT_BINS, d->options.level, s->bin, &s->bins, &reason);
    for (int32_t i = 0; i < d->record.rows; i++) {
        const bool is_scored = rows->row.outcome[i] >= 0;
        s->scored += is_scored;
        s->joins += is_scored && d->record.outcome[i];
        s->unpredicted += is_wanted(d, i, is_partial) && !is_scored;
    }
}

muster_status mst_fit_score(mst_arena *scratch, const mst_fit_design *design,
                            const mst_fit_outside *outside, bool is_partial, mst_fit_scores *out,
                            mst_fit_why *why)
{
    mst_scored rows, base;
    mst_fit_scores s = {.bins = 0};
    double *base_p = mst_arena_array(scratch, (size_t)design->record.rows + 1, sizeof *base_p);
    if (!base_p)
        return mst_fit_refuse(why, short_memory);
    for (int32_t i = 0; i < design->record.rows; i++)
        base_p[i] = isnan(outside->p[i]) ? (double)NAN : outside->base[i];
    if (prepare(scratch, design, outside->p, is_partial, &rows) != MST_FIT_FINE ||
        prepare(scratch, design, base_p, is_partial, &base) != MST_FIT_FINE)
        return mst_fit_refuse(why, short_memory);
    fill_scores(design, outside, &rows, &base, is_partial, &s);
    *out = s;
    return mst_fit_refuse(why, MST_FIT_NO_FAULT);
}

/* ---- dealing ---------------------------------------------------------------------------------------- */

/* Usable rows by series, and series by the number of their usable rows. */
typedef struct deck {
    int32_t series;
    int32_t *row,
        *from;      /* rows of series s: row[from[s]] .. row[from[s + 1] - 1], in the order given */
    int32_t *order; /* series by size, then number                                           */
    int32_t *to;    /* where the outcomes of order[k] go: a permutation within a size        */
} deck;

static int32_t size_of(const deck *k, int32_t s)
{
    return k->from[s + 1] - k->from[s];
}

static bool make_deck(mst_arena *scratch, const mst_fit_design *d, deck *out)
{
    const mst_fit_record *r = &d->record;
    const size_t series = (size_t)r->series_count;
    deck k = {.series = r->series_count};
    k.row = mst_arena_array(scratch, (size_t)r->rows + 1, sizeof *k.row);
    k.from = mst_arena_array(scratch, series + 2, sizeof *k.from);
    k.order = mst_arena_array(scratch, series + 1, sizeof *k.order);
    k.to = mst_arena_array(scratch, series + 1, sizeof *k.to);
    int32_t *fill = mst_arena_array(scratch, series + 1, sizeof *fill);
    if (scratch->failed)
        return false;
    for (int32_t i = 0; i < r->rows; i++)
        k.from[r->series[i] + 1] += d->is_usable[i];
    for (int32_t s = 0; s < k.series; s++) {
        k.from[s + 1] += k.from[s];
        fill[s] = k.from[s];
    }
    for (int32_t i = 0; i < r->rows; i++)
        if (d->is_usable[i])
            k.row[fill[r->series[i]]++] = i;
    int32_t placed = 0;
    for (int32_t size = 0; placed < k.series; size++)
        for (int32_t s = 0; s < k.series; s++)
            if (size_of(&k, s) == size)
                k.order[placed++] = s;
    *out = k;
    return true;
}

/* End of the run of series of one size that begins at `from`. */
static int32_t end_of_size(const deck *k, int32_t from)
{
    int32_t to = from;
    while (to < k->series && size_of(k, k->order[to]) == size_of(k, k->order[from]))
        to++;
    return to;
}

static int32_t count_dealt(const deck *k)
{
    int32_t dealt = 0;
    for (int32_t from = 0, to = 0; from < k->series; from = to) {
        to = end_of_size(k, from);
        dealt += size_of(k, k->order[from]) > 0 && to - from > 1 ? to - from : 0;
    }
    return dealt;
}

/* In how many ways the outcomes can be dealt, the one seen among them. */
static double count_ways(const deck *k)
{
    double ways = 1.0;
    for (int32_t from = 0, to = 0; from < k->series; from = to) {
        to = end_of_size(k, from);
        for (int32_t n = 2; size_of(k, k->order[from]) > 0 && n <= to - from; n++)
            ways *= (double)n; /* infinite from 171 series on, which is right enough */
    }
    return ways;
}

/* Fisher and Yates within each size, then the outcomes go over. */
static void deal(const deck *k, const int8_t *outcome, mst_stream stream, int8_t *out)
{
    memcpy(k->to, k->order, (size_t)k->series * sizeof *k->to);
    for (int32_t from = 0, to = 0; from < k->series; from = to) {
        to = end_of_size(k, from);
        for (int32_t i = to - 1; i > from; i--) {
            uint64_t word[2];
            mst_random_block(stream, (uint64_t)i, word);
            const int32_t j = from + (int32_t)((word[0] >> 32) * (uint64_t)(i - from + 1) >> 32);
            const int32_t kept = k->to[i];
            k->to[i] = k->to[j];
            k->to[j] = kept;
        }
    }
    for (int32_t i = 0; i < k->series; i++)
        for (int32_t m = 0; m < size_of(k, k->order[i]); m++)
            out[k->row[k->from[k->to[i]] + m]] = outcome[k->row[k->from[k->order[i]] + m]];
}

/* ---- test ---------------------------------------------------------------------------------------------- */

/* What is minimised, from one cold start: the less, the better features and outcomes go together. */
static double misfit(mst_fit_bench *b)
{
    mst_fit_start(b, 0, (mst_stream){0, 0});
    mst_fit_descend(b, TOLERANCE);
    return mst_fit_value(b, b->theta, NULL);
}

static void permute(const mst_fit_design *d, const deck *k, mst_fit_bench *b,
                    mst_fit_judgement *out)
{
    mst_fit_standardise(b); /* dealing moves no feature: once for all */
    b->lambda = isnan(d->options.lambda) ? TEST_LAMBDA : d->options.lambda;
    const double own = misfit(b);
    while (out->drawn < d->options.permutations && out->as_good < ENOUGH_AS_GOOD) {
        deal(k, d->record.outcome, mst_fit_stream(d, out->drawn, "fit deal"), b->outcome);
        mst_fit_progress(d, MST_FIT_STEP_DEALS, out->drawn, d->options.permutations);
        out->drawn++;
        out->as_good += misfit(b) <= own + TIE;
    }
    out->p = out->as_good == ENOUGH_AS_GOOD
                 ? (double)ENOUGH_AS_GOOD / (double)out->drawn
                 : ((double)out->as_good + 1.0) / ((double)out->drawn + 1.0);
}

/* Skill against last_time with its interval. */
static mst_fit_fault compare_last(mst_arena *scratch, const mst_fit_design *d,
                                  const mst_scored *rows, mst_fit_judgement *out)
{
    const mst_measured measured = {.rows = rows, .reference = d->record.last_time};
    const mst_resampling how = {.state = rows->state,
                                .states = rows->states,
                                .clusters = d->record.series_count,
                                .replicates = RESAMPLES,
                                .level = 1.0 - 2.0 * SIZE,
                                .seed = d->options.seed};
    const char *reason = NULL;
    const muster_status status =
        mst_resample(scratch, &how, mst_measure_skill, &measured, &out->skill_last, &reason);
    return status == MUSTER_WORLD ? MST_FIT_MEMORY : MST_FIT_FINE;
}

static mst_fit_verdict verdict_of(const mst_fit_judgement *j, bool has_last)
{
    if (!(j->p <= SIZE))
        return MST_FIT_AS_CHANCE;
    const bool is_beyond = j->skill_last.interval.is_estimable && j->skill_last.interval.low > 0.0;
    return has_last && !is_beyond ? MST_FIT_NOT_BEYOND_LAST : MST_FIT_PREDICTS;
}

static mst_fit_fault judge(mst_arena *scratch, const mst_fit_design *d,
                           const mst_fit_outside *cross, mst_fit_judgement *j)
{
    mst_scored rows;
    mst_brier base = {.count = 0}, last = {.count = 0};
    const char *reason = NULL;
    deck k;
    mst_fit_bench b;
    if (prepare(scratch, d, cross->p, false, &rows) != MST_FIT_FINE || !make_deck(scratch, d, &k))
        return MST_FIT_MEMORY;
    j->dealt_series = count_dealt(&k);
    j->ways = count_ways(&k);
    mst_score_brier(&rows, NULL, cross->base, &base, &reason);
    mst_score_brier(&rows, NULL, d->record.last_time, &last, &reason);
    if (last.compared > 0 && compare_last(scratch, d, &rows, j) != MST_FIT_FINE)
        return MST_FIT_MEMORY;
    j->verdict = MST_FIT_WORSE;
    if (!(base.skill > 0.0))
        return MST_FIT_FINE;
    j->verdict = MST_FIT_TOO_FEW_DEALS;
    if (1.0 / j->ways > SIZE || 1.0 / ((double)d->options.permutations + 1.0) > SIZE)
        return MST_FIT_FINE;
    if (!mst_fit_bench_make(scratch, d, &b))
        return MST_FIT_MEMORY;
    permute(d, &k, &b, j);
    mst_fit_bench_free(&b);
    j->verdict = verdict_of(j, last.compared > 0);
    return MST_FIT_FINE;
}

muster_status mst_fit_judge(mst_arena *scratch, const mst_fit_design *design,
                            const mst_fit_outside *cross, mst_fit_judgement *out, mst_fit_why *why)
{
    const double none = (double)NAN;
    mst_fit_judgement j = {.p = none, .skill_last = {none, {none, none, false}, 0, 0}};
    mst_fit_fault fault = MST_FIT_FINE;
    if (design->options.permutations > 0)
        fault = judge(scratch, design, cross, &j);
    if (fault == MST_FIT_FINE)
        *out = j;
    return mst_fit_refuse(why, (mst_fit_why){fault, -1, -1, -1});
}

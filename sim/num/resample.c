/* Intervals by resampling whole states: rows of one state hang together, so they come and go together. */
#include "num/score.h"

#include "base/hash.h"
#include "num/random.h"

#include <math.h>
#include <stdlib.h>

/* ---- ready measures ---------------------------------------------------------------------------- */

static const mst_scored *rows_of(const void *measured)
{
    return ((const mst_measured *)measured)->rows;
}

double mst_measure_sensitivity(const int32_t *times, const void *measured)
{
    return mst_score_hits(rows_of(measured), times).sensitivity;
}

double mst_measure_specificity(const int32_t *times, const void *measured)
{
    return mst_score_hits(rows_of(measured), times).specificity;
}

double mst_measure_balanced(const int32_t *times, const void *measured)
{
    return mst_score_hits(rows_of(measured), times).balanced;
}

double mst_measure_brier(const int32_t *times, const void *measured)
{
    const char *reason = NULL;
    mst_brier b = {.score = (double)NAN};
    mst_score_brier(rows_of(measured), times, NULL, &b, &reason);
    return b.score;
}

double mst_measure_skill(const int32_t *times, const void *measured)
{
    const char *reason = NULL;
    mst_brier b = {.skill = (double)NAN};
    mst_score_brier(rows_of(measured), times, ((const mst_measured *)measured)->reference, &b,
                    &reason);
    return b.skill;
}

double mst_measure_log(const int32_t *times, const void *measured)
{
    const char *reason = NULL;
    mst_log_score s = {.score = (double)NAN};
    mst_score_log(rows_of(measured), times, ((const mst_measured *)measured)->clip, &s, &reason);
    return s.score;
}

double mst_measure_auc(const int32_t *times, const void *measured)
{
    return mst_score_auc(rows_of(measured), times).value;
}

double mst_measure_auc_drill(const int32_t *times, const void *measured)
{
    return mst_score_auc_drill(rows_of(measured), times).value;
}

/* ---- drawing ------------------------------------------------------------------------------------- */

static const char *fault_of(const mst_resampling *how)
{
    if (how->states < 1)
        return "there is no state to draw";
    if (how->replicates < 1)
        return "there must be one replicate or more";
    if (!(how->level > 0.0 && how->level < 1.0))
        return "the level is not between 0 and 1";
    for (int32_t k = 0; k < how->states; k++)
        if (how->state[k] < 0 || how->state[k] >= how->clusters)
            return "a state to draw is not one of the clusters";
    return NULL;
}

/* Each state once; false if one stands in the list twice. */
static bool take_each(const mst_resampling *how, int32_t *times)
{
    for (int32_t k = 0; k < how->states; k++)
        if (times[how->state[k]]++ > 0)
            return false;
    return true;
}

/* The upper half of a word times the number of states, over 2^32: below that number always, and no
 * state likelier than another by more than 2^-32. */
static void draw(const mst_resampling *how, mst_stream stream, int32_t *times)
{
    for (int32_t k = 0; k < how->states; k++)
        times[how->state[k]] = 0;
    for (int32_t k = 0; k < how->states; k++) {
        uint64_t word[2];
        mst_random_block(stream, (uint64_t)k, word);
        times[how->state[(word[0] >> 32) * (uint64_t)how->states >> 32]]++;
    }
}

/* ---- intervals ----------------------------------------------------------------------------------- */

static int compare_reals(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Drops what is not defined, and sorts the rest; replicate holds one number a replicate. */
static void sum_up(const mst_resampling *how, double *replicate, mst_resampled *out)
{
    for (int32_t r = 0; r < how->replicates; r++)
        if (!isnan(replicate[r]))
            replicate[out->defined++] = replicate[r];
    out->undefined = how->replicates - out->defined;
    const double tail = 0.5 * (1.0 - how->level);
    out->interval = (mst_interval){(double)NAN, (double)NAN, false};
    /* a hair below 1: 40 replicates at .95 are meant to be enough, whatever .05 rounds to */
    if (how->states < 2 || (double)out->defined * tail < 1.0 - 1e-9)
        return;
    qsort(replicate, (size_t)out->defined, sizeof *replicate, compare_reals);
    out->interval = (mst_interval){mst_quantile(replicate, out->defined, tail),
                                   mst_quantile(replicate, out->defined, 1.0 - tail), true};
}

/* Room for `columns` measures of every replicate, by column; null when memory is short. */
static double *room(mst_arena *scratch, const mst_resampling *how, int columns)
{
    return mst_arena_array(scratch, (size_t)how->replicates, (size_t)columns * sizeof(double));
}

static muster_status start(mst_arena *scratch, const mst_resampling *how, int32_t **out_times,
                           const char **out_reason)
{
    *out_reason = fault_of(how);
    if (*out_reason)
        return MUSTER_MISTAKE;
    *out_times = mst_arena_array(scratch, (size_t)how->clusters, sizeof **out_times);
    if (!*out_times) {
        *out_reason = "memory is short";
        return MUSTER_WORLD;
    }
    if (take_each(how, *out_times))
        return MUSTER_OK;
    *out_reason = "a state to draw stands in the list twice";
    return MUSTER_MISTAKE;
}

static mst_stream stream_of(const mst_resampling *how, int32_t replicate)
{
    return mst_stream_of(mst_random_key(how->seed), (uint32_t)replicate,
                         (uint32_t)mst_hash_text(MST_HASH_START, "resample"));
}

muster_status mst_resample(mst_arena *scratch, const mst_resampling *how, mst_measure measure,
                           const void *context, mst_resampled *out, const char **out_reason)
{
    int32_t *times = NULL;
    const muster_status status = start(scratch, how, &times, out_reason);
    if (status != MUSTER_OK)
        return status;
    double *value = room(scratch, how, 1);
    if (!value) {
        *out_reason = "memory is short";
        return MUSTER_WORLD;
    }
    mst_resampled found = {.value = measure(times, context)};
    for (int32_t r = 0; r < how->replicates; r++) {
        draw(how, stream_of(how, r), times);
        value[r] = measure(times, context);
    }
    sum_up(how, value, &found);
    *out = found;
    return MUSTER_OK;
}

muster_status mst_resample_pair(mst_arena *scratch, const mst_resampling *how, mst_measure measure,
                                const void *first, const void *second, mst_resampled_pair *out,
                                const char **out_reason)
{
    int32_t *times = NULL;
    const muster_status status = start(scratch, how, &times, out_reason);
    if (status != MUSTER_OK)
        return status;
    double *a = room(scratch, how, 3);
    if (!a) {
        *out_reason = "memory is short";
        return MUSTER_WORLD;
    }
    double *b = a + how->replicates, *apart = b + how->replicates;
    mst_resampled_pair p = {.first = {.value = measure(times, first)},
                            .second = {.value = measure(times, second)}};
    p.difference.value = p.first.value - p.second.value;
    for (int32_t r = 0; r < how->replicates; r++) {
        draw(how, stream_of(how, r), times);
        a[r] = measure(times, first);
        b[r] = measure(times, second);
        apart[r] = a[r] - b[r]; /* NaN if one is, or both the same infinity */
    }
    sum_up(how, a, &p.first);
    sum_up(how, b, &p.second);
    sum_up(how, apart, &p.difference);
    *out = p;
    return MUSTER_OK;
}

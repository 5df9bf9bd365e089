/* Replications on one thread and on two: the same to the bit, and each that of a run made afresh.
 *
 * A sample on two threads needs two blocks of 256 replications; those are asked of models that run
 * fast, so that the threads are really there. The others get a handful, all in the caller's thread. */
#include "fuzz.h"

#include "base/hash.h"
#include "batch/handles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW = 5, TWO_BLOCKS = 258, FAST_RECORDS = 300, FAST_UNITS = 40, SEED = 20230718 };

/* ---- memory that is counted ---------------------------------------------------------------------- */

static void *allocate(size_t bytes, void *context)
{
    void *const block = malloc(bytes);
    *(int64_t *)context += block != NULL;
    return block;
}

static void release(void *block, void *context)
{
    *(int64_t *)context -= block != NULL;
    free(block);
}

/* ---- all that a sample holds, as one number -------------------------------------------------------- */

static uint64_t figure(uint64_t hash, muster_sample *sample, int32_t model, int32_t measure,
                       int32_t thing)
{
    const muster_summary s = muster_sample_summary(sample, model, measure, thing);
    const double of_summary[] = {s.mean, s.sd, s.least, s.most, s.low, s.high};
    const muster_quantile q = muster_sample_quantile(sample, model, measure, thing, 0.9);
    const double of_quantile[] = {q.value, q.low, q.high};
    const muster_difference d = muster_sample_difference(sample, model, measure, thing);
    const double of_difference[] = {d.first, d.other,       d.mean,      d.sd, d.low,
                                    d.high,  d.correlation, d.reduction, d.p};
    hash = mst_hash_int(hash, s.count);
    hash = mst_hash_int(hash, s.is_share + 2 * s.is_estimable + 4 * q.is_kept + 8 * q.is_estimable);
    hash = mst_hash_int(hash, d.count + 3 * d.only_first + 5 * d.only_other);
    hash = mst_hash_bytes(hash, of_summary, sizeof of_summary);
    hash = mst_hash_bytes(hash, of_quantile, sizeof of_quantile);
    return mst_hash_bytes(hash, of_difference, sizeof of_difference);
}

static uint64_t tallies(uint64_t hash, const muster_sample *sample, int32_t model)
{
    const int32_t drills = muster_sample_things(sample, model, MUSTER_OF_DRILL);
    const int32_t units = muster_sample_things(sample, model, MUSTER_OF_UNIT);
    const int32_t serials = muster_sample_things(sample, model, MUSTER_OF_SERIAL);
    for (int32_t i = 0; i < serials; i++) {
        const muster_serial_tally t = muster_sample_serial(sample, model, i);
        hash = mst_hash_int(hash, t.done + 3 * t.degraded + 5 * t.cancelled);
        hash = mst_hash_bytes(hash, t.cause, sizeof t.cause);
    }
    for (int32_t i = 0; i < drills; i++) {
        for (int32_t cause = 0; muster_cause_name(cause); cause++)
            hash = mst_hash_int(hash, muster_sample_drill_cause(sample, model, i, cause));
        for (int32_t unit = 0; unit < units; unit++)
            hash = mst_hash_int(hash, muster_sample_bound(sample, model, i, unit));
    }
    return hash;
}

static uint64_t digest(muster_sample *sample)
{
    int32_t measures = 0;
    const muster_measure *measure = muster_measures(&measures);
    uint64_t hash = mst_hash_int(MST_HASH_START, muster_sample_count(sample));
    for (int32_t m = 0; m < muster_sample_models(sample); m++) {
        hash = mst_hash_int(hash, (int64_t)muster_sample_seed(sample, m));
        for (int32_t i = 0; i < measures; i++) {
            const int32_t things = muster_sample_things(sample, m, measure[i].scope);
            for (int32_t thing = 0; thing < things; thing++)
                hash = figure(hash, sample, m, i, thing);
        }
        hash = tallies(hash, sample, m);
    }
    return hash;
}

/* ---- against runs made afresh ------------------------------------------------------------------------ */

typedef struct ends {
    int64_t count;
    double least, most;
} ends;

/* Of a figure over single runs of their own, whose memory no run has used before. */
static ends ends_of(muster_result *const run[FEW], int32_t measure, int32_t thing)
{
    ends out = {0, (double)NAN, (double)NAN};
    for (int i = 0; i < FEW; i++) {
        const double value = muster_result_at(run[i], measure, thing);
        if (isnan(value))
            continue;
        out.least = out.count == 0 || value < out.least ? value : out.least;
        out.most = out.count == 0 || value > out.most ? value : out.most;
        out.count++;
    }
    return out;
}

/* A sample has places of pairs that do not take part, so those stand elsewhere. */
static void same_as_runs(const muster_sample *sample, muster_result *const run[FEW],
                         muster_diags *diags)
{
    int32_t measures = 0;
    const muster_measure *measure = muster_measures(&measures);
    for (int32_t i = 0; i < measures; i++) {
        if (measure[i].scope == MUSTER_OF_PAIR || measure[i].scope == MUSTER_OF_STATE)
            continue;
        const int32_t things = muster_sample_things(sample, 0, measure[i].scope);
        fuzz_expect(things == muster_result_count(run[0], measure[i].scope),
                    "as many things in a sample as in a run", diags);
        for (int32_t thing = 0; thing < things; thing++) {
            const muster_summary s = muster_sample_summary(sample, 0, i, thing);
            const ends fresh = ends_of(run, i, thing);
            fuzz_expect(s.count == fresh.count &&
                            (s.count == 0 || (s.least == fresh.least && s.most == fresh.most)),
                        measure[i].name, diags);
        }
    }
}

static void check_runs(const muster_model *model, muster_diags *diags)
{
    const muster_replicate_options options = {.count = FEW, .has_seed = true, .seed = SEED};
    muster_result *run[FEW] = {NULL};
    muster_sample *sample = NULL;
    const muster_status status = muster_replicate(&model, 1, &options, NULL, diags, &sample);
    for (int i = 0; i < FEW && status == MUSTER_OK; i++)
        fuzz_expect(muster_run_replication(model, SEED, (uint32_t)i + 1, NULL, diags, &run[i]) ==
                        MUSTER_OK,
                    "what a sample got through runs by itself", diags);
    if (sample)
        same_as_runs(sample, run, diags);
    for (int i = 0; i < FEW; i++)
        muster_result_free(run[i]);
    muster_sample_free(sample);
}

/* ---- one thread and two -------------------------------------------------------------------------------- */

static bool enough(const muster_sample *so_far, int64_t done, int64_t count, void *context)
{
    (void)count;
    fuzz_expect(done == muster_sample_count(so_far), "go_on is told what is done", NULL);
    return !*(const bool *)context;
}

/* Null: refused. */
static muster_sample *replicate(const muster_model *const model[2], int32_t models,
                                muster_replicate_options options, int32_t jobs,
                                const muster_memory *memory, muster_diags *diags)
{
    muster_sample *sample = NULL;
    const int32_t before = muster_diags_error_count(diags);
    options.jobs = jobs;
    const muster_status status = muster_replicate(model, models, &options, memory, diags, &sample);
    fuzz_expect((status == MUSTER_OK) == (sample != NULL), "a sample or none", diags);
    fuzz_expect(status == MUSTER_OK || muster_diags_error_count(diags) > before,
                "no sample for a reason", diags);
    return sample;
}

static void tell_with_chance(const muster_tell *told, muster_diags *diags)
{
    char *text = muster_tell_report(told, diags);
    fuzz_expect(text != NULL, "report with chance", diags);
    muster_tell_free(text, NULL);
    text = muster_tell_json(told, diags);
    fuzz_expect(text != NULL, "json with chance", diags);
    muster_tell_free(text, NULL);
}

static void tell_side_by_side(const muster_tell *told, muster_diags *diags)
{
    const char *const name[] = {"one", "other"};
    const muster_comparison comparison = {
        .name = name,
        .scenario = (const muster_scenario *[]){told->scenario, told->scenario},
        .model = (const muster_model *[]){told->model, told->model},
        .plan = (const muster_result *[]){told->result, told->result},
        .sample = told->sample,
        .count = 2,
        .all = true};
    for (int json = 0; json < 2; json++) {
        char *text = muster_tell_compare(&comparison, json, diags);
        fuzz_expect(text != NULL, "comparison", diags);
        muster_tell_free(text, NULL);
    }
}

void fuzz_replicated(const muster_tell *plan, uint64_t lot, muster_diags *diags)
{
    const mst_model *m = plan->model->model;
    const bool fast =
        plan->result->run->clock->record_count <= FAST_RECORDS && m->unit_count <= FAST_UNITS;
    const muster_model *const model[] = {plan->model, plan->model};
    bool stops = lot % 4 == 3;
    const int32_t models = 1 + (int32_t)(lot / 4 % 2);
    const muster_replicate_options options = {.count = fast ? TWO_BLOCKS : FEW,
                                              .independent = lot / 8 % 2 == 1,
                                              .go_on = enough,
                                              .context = &stops};
    int64_t held = 0;
    const muster_memory memory = {allocate, release, &held};
    check_runs(plan->model, diags);
    muster_sample *one = replicate(model, models, options, 1, NULL, diags);
    muster_sample *two = replicate(model, models, options, 2, &memory, diags);
    fuzz_expect((one != NULL) == (two != NULL), "refused on one thread and not on two", diags);
    if (one) {
        fuzz_expect(digest(one) == digest(two), "the same on two threads", diags);
        muster_tell told = *plan;
        told.sample = one;
        if (models == 1)
            tell_with_chance(&told, diags);
        else
            tell_side_by_side(&told, diags);
    }
    muster_sample_free(one);
    muster_sample_free(two);
    fuzz_expect(held == 0, "replications give their memory back", diags);
}

/* Replications in one thread and in two: the same documents, byte for byte. */
#include "fuzz.h"

#include <string.h>

enum { REPLICATIONS = 5 };

/* Null: refused, which has a reason. */
static muster_sample *sample_of(const muster_model *const *model, int32_t models, int32_t jobs,
                                muster_diags *diags)
{
    const muster_replicate_options options = {
        .count = REPLICATIONS, .jobs = jobs, .has_seed = true, .seed = 7};
    const int32_t before = muster_diags_error_count(diags);
    muster_sample *sample = NULL;
    const muster_status status = muster_replicate(model, models, &options, NULL, diags, &sample);
    fuzz_expect((status == MUSTER_OK) == (sample != NULL), "a sample or none", diags);
    fuzz_expect(sample || muster_diags_error_count(diags) > before, "no sample for a reason",
                diags);
    fuzz_expect(!sample || muster_sample_count(sample) == REPLICATIONS, "all replications", diags);
    return sample;
}

static void same(char *first, char *second, const char *what, const muster_diags *diags)
{
    fuzz_expect(first && second && strcmp(first, second) == 0, what, diags);
    muster_tell_free(first, NULL);
    muster_tell_free(second, NULL);
}

/* A scenario held against itself: two models of one sample. */
static void compare(const muster_tell *plan, muster_diags *diags)
{
    const muster_model *const model[] = {plan->model, plan->model};
    const muster_comparison one = {
        .name = (const char *const[]){"one", "other"},
        .scenario = (const muster_scenario *const[]){plan->scenario, plan->scenario},
        .model = model,
        .plan = (const muster_result *const[]){plan->result, plan->result},
        .sample = sample_of(model, 2, 1, diags),
        .count = 2,
        .all = true};
    muster_comparison two = one;
    two.sample = sample_of(model, 2, 2, diags);
    fuzz_expect((one.sample != NULL) == (two.sample != NULL), "threads refuse nothing", diags);
    if (one.sample)
        for (int json = 0; json < 2; json++)
            same(muster_tell_compare(&one, json, diags), muster_tell_compare(&two, json, diags),
                 "a comparison by one thread and by two", diags);
    muster_sample_free(one.sample);
    muster_sample_free(two.sample);
}

void fuzz_threads(const muster_tell *plan, muster_diags *diags)
{
    muster_tell one = *plan, two = *plan;
    one.sample = sample_of(&plan->model, 1, 1, diags);
    two.sample = sample_of(&plan->model, 1, 2, diags);
    fuzz_expect((one.sample != NULL) == (two.sample != NULL), "threads refuse nothing", diags);
    if (one.sample) {
        same(muster_tell_report(&one, diags), muster_tell_report(&two, diags),
             "a report by one thread and by two", diags);
        same(muster_tell_json(&one, diags), muster_tell_json(&two, diags),
             "json by one thread and by two", diags);
        compare(plan, diags);
    }
    muster_sample_free(one.sample);
    muster_sample_free(two.sample);
}

/* The same bytes, whatever runs them (threads, order, reset, restore), and whoever stands by. */
#include "test.h"

#include "batch/handles.h"
#include "flow.h"
#include "memory.h"
#include "muster/replicate.h"
#include "same.h"

#include <stdlib.h>
#include <string.h>

static const char worked[] = "northern-interaction-2023.cfg";

static void open_worked(flow *f, const char *const *changes)
{
    assert_int_equal(flow_run(f, worked, NULL, changes), MUSTER_OK);
}

static same_run replication(mst_run *run, uint64_t seed, uint32_t number)
{
    mst_run_begin(run, seed, number);
    assert_int_equal(mst_run_finish(run), MUSTER_OK);
    return same_keep(run);
}

/* ---- threads ---------------------------------------------------------------------------------- */

static muster_sample *sample_of(const flow *f, int64_t count, int32_t jobs)
{
    const muster_model *const model = f->model;
    const muster_replicate_options options = {.count = count, .jobs = jobs};
    muster_sample *sample = NULL;
    assert_int_equal(muster_replicate(&model, 1, &options, NULL, f->diags, &sample), MUSTER_OK);
    assert_int_equal(muster_sample_count(sample), count);
    return sample;
}

static bool same_real(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void assert_same_figures(muster_sample *a, muster_sample *b, int32_t jobs)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    for (int32_t i = 0; i < count; i++)
        for (int32_t k = 0; k < muster_sample_things(a, 0, all[i].scope); k++) {
            const muster_summary x = muster_sample_summary(a, 0, i, k);
            const muster_summary y = muster_sample_summary(b, 0, i, k);
            const muster_quantile p = muster_sample_quantile(a, 0, i, k, 0.3);
            const muster_quantile q = muster_sample_quantile(b, 0, i, k, 0.3);
            if (x.count != y.count || !same_real(x.mean, y.mean) || !same_real(x.sd, y.sd) ||
                !same_real(x.low, y.low) || !same_real(x.high, y.high) ||
                !same_real(p.value, q.value) || !same_real(p.low, q.low)) {
                char id[160];
                print_error("%s of %s: %.17g with one thread, %.17g with %d\n", all[i].name,
                            muster_sample_id(a, 0, all[i].scope, k, id), x.mean, y.mean, jobs);
                fail();
            }
        }
}

static void test_same_bytes__any_number_of_threads(void **state)
{
    static const int32_t jobs[] = {2, 3, 8, 16};
    flow f;
    (void)state;
    open_worked(&f, NULL);
    muster_sample *alone = sample_of(&f, 1300, 1); /* five blocks and a part of one */
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        muster_sample *sample = sample_of(&f, 1300, jobs[i]);
        assert_same_figures(alone, sample, jobs[i]);
        for (int32_t s = 0; s < 6; s++) {
            const muster_serial_tally x = muster_sample_serial(alone, 0, s);
            const muster_serial_tally y = muster_sample_serial(sample, 0, s);
            assert_memory_equal(&x, &y, sizeof x);
        }
        muster_sample_free(sample);
    }
    muster_sample_free(alone);
    flow_close(&f);
}

/* ---- order, reset, restore -------------------------------------------------------------------------- */

enum { RUNS = 40 };

static void test_same_bytes__any_order_and_after_any_other_run(void **state)
{
    flow f;
    mst_run *run = NULL;
    same_run forward[RUNS];
    (void)state;
    open_worked(&f, NULL);
    assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
    for (uint32_t i = 0; i < RUNS; i++)
        forward[i] = replication(run, 2385, i + 1);
    for (uint32_t i = 0; i < RUNS; i++) { /* 17 and 40 have no common factor: every one once */
        const uint32_t number = (i * 17 + 5) % RUNS;
        same_run again = replication(run, 2385, number + 1);
        same_assert(&forward[number], &again, "in another order");
        same_forget(&again);
    }
    assert_true(forward[0].digest != forward[1].digest);
    mst_run_free(run);
    for (uint32_t i = 0; i < RUNS; i += 13) {
        assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
        same_run fresh = replication(run, 2385, i + 1);
        same_assert(&forward[i], &fresh, "in a fresh run");
        same_forget(&fresh);
        mst_run_free(run);
    }
    for (uint32_t i = 0; i < RUNS; i++)
        same_forget(&forward[i]);
    flow_close(&f);
}

static void test_same_bytes__restored_from_any_point(void **state)
{
    flow f;
    mst_run *run = NULL, *other = NULL;
    (void)state;
    open_worked(&f, NULL);
    assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
    assert_int_equal(mst_run_create(f.model->model, NULL, &other), MUSTER_OK);
    void *saved = malloc(run->block_bytes);
    assert_non_null(saved);
    same_run whole = replication(run, 7331, 3);
    for (int32_t stop = 0; stop < 200; stop += 23) {
        mst_run_begin(run, 7331, 3);
        for (int32_t i = 0; i < stop && mst_run_step(run); i++)
            ;
        mst_run_save(run, saved);
        mst_run_begin(other, 9, 4); /* in a run that was elsewhere */
        mst_run_finish(other);
        mst_run_restore(other, saved);
        assert_int_equal(mst_run_finish(other), MUSTER_OK);
        same_run again = same_keep(other);
        same_assert(&whole, &again, "restored");
        same_forget(&again);
    }
    same_forget(&whole);
    free(saved);
    mst_run_free(other);
    mst_run_free(run);
    flow_close(&f);
}

/* ---- idle units ---------------------------------------------------------------------------------- */

/* The worked case with a unit more, which no list names and no group holds: first of all units, so
 * that every index moves. */
static void open_with_idle_unit(flow *f, const char *unit)
{
    static const char mark[] = "units = {";
    char path[512];
    size_t length = 0;
    muster_source_text *text = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    snprintf(path, sizeof path, "%s/scenarios/%s", MUSTER_SOURCE_DIR, worked);
    assert_int_equal(muster_gather(path, &flow_files, NULL, diags, &text), MUSTER_OK);
    const char *bytes = muster_source_text_bytes(text, &length);
    const char *at = strstr(bytes, mark);
    assert_non_null(at);
    at += strlen(mark);
    char *longer = malloc(length + strlen(unit) + 1);
    assert_non_null(longer);
    const size_t before = (size_t)(at - bytes);
    memcpy(longer, bytes, before);
    strcpy(longer + before, unit);
    strcat(longer, at);
    assert_int_equal(flow_run_text(f, longer), MUSTER_OK);
    free(longer);
    muster_source_text_free(text);
    muster_diags_free(diags);
}

static void test_same_bytes__a_unit_that_does_nothing_leaves_every_draw_alone(void **state)
{
    flow f, more;
    mst_run *run = NULL, *with = NULL;
    (void)state;
    open_worked(&f, NULL);
    open_with_idle_unit(&more, " idle = { class = \"p20385\"; state = \"RUS\"; base = "
                               "\"VLADIVOSTOK\"; readiness = 0.5; };");
    assert_int_equal(more.model->model->unit_count, f.model->model->unit_count + 1);
    assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
    assert_int_equal(mst_run_create(more.model->model, NULL, &with), MUSTER_OK);
    for (uint32_t i = 0; i <= 30; i++) {
        same_run a = replication(run, 20230720, i), b = replication(with, 20230720, i);
        same_assert_by_id(&a, &b, "with an idle unit");
        same_forget(&a);
        same_forget(&b);
    }
    mst_run_free(with);
    mst_run_free(run);
    flow_close(&more);
    flow_close(&f);
}

/* ---- one by itself, nothing allocated ------------------------------------------------------------------- */

static void test_same_bytes__one_replication_by_itself_is_that_of_the_sample(void **state)
{
    enum { COUNT = 60 };
    flow f;
    double sum = 0.0;
    (void)state;
    open_worked(&f, NULL);
    muster_sample *sample = sample_of(&f, COUNT, 2);
    for (uint32_t i = 1; i <= COUNT; i++) {
        muster_result *result = NULL;
        assert_int_equal(
            muster_run_replication(f.model, muster_model_seed(f.model), i, NULL, f.diags, &result),
            MUSTER_OK);
        sum += muster_result_value(result, "fuel_used_t", NULL);
        muster_result_free(result);
    }
    const int32_t fuel = muster_measure_index("fuel_used_t");
    /* the sums are the same but for the order of rounding */
    assert_near(muster_sample_summary(sample, 0, fuel, 0).mean, sum / COUNT, 1e-10);
    muster_sample_free(sample);
    flow_close(&f);
}

static void test_same_bytes__a_replication_allocates_nothing(void **state)
{
    flow f;
    mst_run *run = NULL;
    mst_outcomes *out = NULL;
    test_memory memory = {.left = 1000000};
    const muster_memory hook = test_hook(&memory);
    int32_t left = 0;
    (void)state;
    open_worked(&f, NULL);
    assert_int_equal(mst_run_create(f.model->model, &hook, &run), MUSTER_OK);
    assert_int_equal(mst_outcomes_create(f.model->model, &hook, &out), MUSTER_OK);
    for (uint32_t i = 1; i <= 100; i++) {
        mst_run_begin(run, 1, i);
        assert_int_equal(mst_run_finish(run), MUSTER_OK);
        assert_int_equal(mst_outcomes_refold(out, run), MUSTER_OK);
        if (i == 1) /* what a part costs a pair is found with a run made once */
            left = memory.left;
    }
    assert_int_equal(memory.left, left);
    mst_outcomes_free(out);
    mst_run_free(run);
    assert_int_equal(memory.held, 0);
    flow_close(&f);
}

static void test_same_bytes__going_on_from_a_fork_is_running_again(void **state)
{
    flow f;
    mst_run *run = NULL;
    mst_outcomes *out = NULL, *again = NULL;
    (void)state;
    open_worked(&f, NULL);
    assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
    assert_int_equal(mst_outcomes_create(f.model->model, NULL, &out), MUSTER_OK);
    assert_int_equal(mst_outcomes_create(f.model->model, NULL, &again), MUSTER_OK);
    assert_true(mst_pairs_may_rerun(out));
    void *fork = malloc(run->block_bytes);
    assert_non_null(fork);
    int32_t cost = 0;
    for (uint32_t i = 1; i <= 1500; i++) {
        run->fork = fork;
        mst_run_begin(run, 5, i);
        assert_int_equal(mst_run_finish(run), MUSTER_OK);
        assert_true(run->has_fork);
        assert_int_equal(mst_outcomes_refold(out, run), MUSTER_OK);
        run->fork = NULL;
        mst_run_begin(run, 5, i);
        assert_int_equal(mst_run_finish(run), MUSTER_OK);
        assert_int_equal(mst_outcomes_refold(again, run), MUSTER_OK);
        assert_int_equal(out->pair_count, again->pair_count);
        for (int32_t part = 0; part < MST_PART_COUNT; part++) {
            assert_true(same_real(out->pair[0].part_cost[part], again->pair[0].part_cost[part]));
            cost += part == MST_PART_LANGUAGE && fabs(out->pair[0].part_cost[part]) > 0.0;
        }
    }
    assert_true(cost > 0); /* language does cost something now and then */
    free(fork);
    mst_outcomes_free(again);
    mst_outcomes_free(out);
    mst_run_free(run);
    flow_close(&f);
}

static int forget_land(void **state)
{
    (void)state;
    flow_forget_land();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes__any_number_of_threads),
        cmocka_unit_test(test_same_bytes__any_order_and_after_any_other_run),
        cmocka_unit_test(test_same_bytes__restored_from_any_point),
        cmocka_unit_test(test_same_bytes__a_unit_that_does_nothing_leaves_every_draw_alone),
        cmocka_unit_test(test_same_bytes__one_replication_by_itself_is_that_of_the_sample),
        cmocka_unit_test(test_same_bytes__a_replication_allocates_nothing),
        cmocka_unit_test(test_same_bytes__going_on_from_a_fork_is_running_again),
    };
    return cmocka_run_group_tests(tests, NULL, forget_land);
}

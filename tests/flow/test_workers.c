/* What a worker does replication after replication, and what a sample keeps of it: forks, more room and
 * what was run before change no figure; nothing is allocated; values are kept up to their number. */
#include "test.h"

#include "flow.h"
#include "memory.h"
#include "sampled.h"

#include <stdlib.h>
#include <string.h>

/* ---- workers that fork and grow ------------------------------------------------------------------ */

static const char worked[] = "northern-interaction-2023.cfg";
static flow worked_case, hello; /* opened once */

/* The sample of replications that each had a run of their own: no fork, nothing grown before. */
static uint64_t digest_of_fresh(const flow *f, int64_t count)
{
    const muster_model *const model[] = {f->model};
    const muster_replicate_options options = {.count = count};
    muster_sample *s = NULL;
    mst_block block = {0};
    assert_int_equal(mst_sample_open(model, 1, &options, NULL, &s), MUSTER_OK);
    assert_true(mst_block_open(&s->reps, NULL, &block));
    assert_int_equal(s->reps.block_count, 1);
    block.first = 1;
    for (; block.rows < count; block.rows++) {
        mst_worker *w = NULL;
        mst_piece piece = {.block = &block, .row = block.rows, .rows = 1};
        assert_int_equal(mst_worker_create(&s->reps, 1, NULL, &w), MUSTER_OK);
        mst_worker_fill(w, &piece, NULL, NULL);
        assert_int_equal(piece.status, MUSTER_OK);
        mst_worker_free(w);
    }
    assert_true(mst_sample_take(s, &block));
    mst_block_close(NULL, &block);
    const uint64_t found = sampled_digest(s);
    muster_sample_free(s);
    return found;
}

/* Each replication by itself has a run without a fork. */
static void same_as_by_itself(const flow *f, muster_sample *s, int64_t count)
{
    for (uint32_t r = 1; r <= count; r++) {
        muster_result *run = NULL;
        assert_int_equal(
            muster_run_replication(f->model, muster_model_seed(f->model), r, NULL, f->diags, &run),
            MUSTER_OK);
        double *value = calloc((size_t)s->reps.value_count + 1, sizeof *value);
        assert_non_null(value);
        mst_measures_fill(run->outcomes, s->reps.layout[0].first, value);
        for (int32_t c = 0; c < s->reps.value_count; c++) {
            const mst_kept *k = &s->kept[c];
            const double kept = !k->chunk ? k->only : k->chunk[0] ? k->chunk[0][r - 1] : k->same[0];
            if (memcmp(&kept, &value[c], sizeof kept) != 0 && !(isnan(kept) && isnan(value[c])))
                fail_msg("replication %u, column %d: %.17g, by itself %.17g", r, (int)c, kept,
                         value[c]);
        }
        free(value);
        muster_result_free(run);
    }
}

static void forks_are_fresh(const flow *f, int64_t count)
{
    const muster_model *const model[] = {f->model};
    const uint64_t fresh = digest_of_fresh(f, count);
    for (int32_t jobs = 1; jobs <= 3; jobs++) {
        const muster_replicate_options options = {.count = count, .jobs = jobs};
        muster_sample *s = NULL;
        assert_int_equal(muster_replicate(model, 1, &options, NULL, f->diags, &s), MUSTER_OK);
        assert_true(sampled_digest(s) == fresh);
        if (jobs == 1)
            same_as_by_itself(f, s, count);
        muster_sample_free(s);
    }
}

static void test_workers__forks_of_workers_are_as_fresh_runs(void **state)
{
    (void)state;
    assert_true(mst_pairs_may_rerun(worked_case.result->outcomes));
    forks_are_fresh(&worked_case, 100);
}

/* Hundreds of fighters that stay on station for 20 s each write more records than were guessed: about
 * every other replication needs more room, so a worker forks, then grows, then has outgrown its fork. */
static void test_workers__a_worker_that_has_grown_is_as_a_fresh_one(void **state)
{
    static const char *const changes[] = {"drills.northern.air.sea-cover.on_station = \"20 s\"",
                                          "drills.northern.air.sea-cover.lat_deg = 43.0",
                                          "drills.northern.air.sea-cover.lon_deg = 132.5",
                                          "units.su35-uglovaya.count = 870",
                                          "units.su35-uglovaya.readiness = 0.7",
                                          "classes.su35s.turnaround = \"0 h\"",
                                          NULL};
    enum { COUNT = 10 };
    flow f;
    int32_t grown = 0;
    (void)state;
    assert_int_equal(flow_run(&f, worked, NULL, changes), MUSTER_OK);
    assert_true(mst_pairs_may_rerun(f.result->outcomes));
    mst_run *run = NULL;
    assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
    for (uint32_t r = 1; r <= COUNT; r++) {
        mst_run_begin(run, muster_model_seed(f.model), r);
        grown += mst_run_finish(run) != MUSTER_OK && run->clock->overflowed;
    }
    mst_run_free(run);
    assert_true(grown > 0 && grown < COUNT);
    forks_are_fresh(&f, COUNT);
    flow_close(&f);
}

/* ---- nothing allocated ----------------------------------------------------------------------------- */

/* A worker as they are in the pool, forks and all. What a part costs a pair is found with a run that is
 * made once, when it first costs something; so in two pieces at most anything is allocated, and in none
 * when the same ones are run again. */
static void allocates_nothing(const flow *f, bool forks)
{
    enum { PIECES = 12 };
    mst_reps reps;
    mst_block block = {0};
    mst_worker *worker = NULL;
    test_memory memory = {.left = 1000000};
    const muster_memory hook = test_hook(&memory);
    const muster_replicate_options options = {.count = MST_BLOCK};
    int32_t pieces_that_did[2] = {0};
    const muster_model *const model[] = {f->model};
    assert_int_equal(mst_pairs_may_rerun(f->result->outcomes), forks);
    assert_int_equal(mst_reps_open(model, 1, &options, NULL, &reps), MUSTER_OK);
    assert_true(mst_block_open(&reps, NULL, &block));
    block.first = 1;
    assert_int_equal(mst_worker_create(&reps, MST_PIECE, &hook, &worker), MUSTER_OK);
    for (int32_t i = 0; i < 2 * PIECES; i++) {
        const int32_t left = memory.left;
        mst_piece piece = {.block = &block, .row = i % PIECES * MST_PIECE, .rows = MST_PIECE};
        mst_worker_fill(worker, &piece, NULL, NULL);
        assert_int_equal(piece.status, MUSTER_OK);
        assert_int_equal(piece.done, MST_PIECE);
        pieces_that_did[i / PIECES] += memory.left != left;
    }
    assert_true(pieces_that_did[0] <= 2);
    assert_int_equal(pieces_that_did[1], 0);
    mst_worker_free(worker);
    assert_int_equal(memory.held, 0);
    mst_block_close(NULL, &block);
    mst_reps_close(&reps);
}

static void test_workers__a_replication_allocates_nothing(void **state)
{
    flow other;
    (void)state;
    allocates_nothing(&worked_case, true);
    assert_int_equal(flow_run(&other, "bomber-patrol-2022.cfg", NULL, NULL), MUSTER_OK);
    allocates_nothing(&other, false);
    flow_close(&other);
    assert_int_equal(flow_run(&other, "trilateral-2023.cfg", NULL, NULL), MUSTER_OK);
    allocates_nothing(&other, true);
    flow_close(&other);
}

/* ---- values that are kept ------------------------------------------------------------------------- */

/* A sample to which replications are handed that nobody ran: figure c of the i-th is i + c. */
static muster_sample *sample_of_numbers(int64_t count)
{
    const muster_model *const model[] = {hello.model};
    const muster_replicate_options options = {.count = count};
    muster_sample *s = NULL;
    mst_block block = {0};
    assert_int_equal(mst_sample_open(model, 1, &options, NULL, &s), MUSTER_OK);
    assert_true(mst_block_open(&s->reps, NULL, &block));
    memset(block.tally, 0,
           (size_t)s->reps.block_rows * (size_t)s->reps.tally_count * sizeof(int32_t));
    for (int32_t b = 0; b < s->reps.block_count; b++) {
        block.first = (int64_t)b * s->reps.block_rows + 1;
        block.rows = mst_reps_rows(&s->reps, b);
        for (int32_t c = 0; c < s->reps.value_count; c++)
            for (int32_t r = 0; r < block.rows; r++)
                block.value[(size_t)c * (size_t)s->reps.block_rows + (size_t)r] =
                    (double)(block.first + r + c);
        assert_true(mst_sample_take(s, &block));
    }
    mst_block_close(NULL, &block);
    assert_int_equal(muster_sample_count(s), count);
    return s;
}

static bool says_not_kept(muster_sample *s)
{
    const muster_tell tell = {
        .scenario = hello.scenario, .model = hello.model, .result = hello.result, .sample = s};
    char *text = muster_tell_report(&tell, hello.diags);
    assert_non_null(text);
    const bool says = strstr(text, "not kept") != NULL;
    muster_tell_free(text, NULL);
    return says;
}

static void test_workers__quantiles_of_so_many_values_and_no_more(void **state)
{
    const int32_t fuel = muster_measure_index("fuel_used_t");
    (void)state;
    muster_sample *s = sample_of_numbers(MUSTER_VALUES_KEPT);
    const int32_t column = mst_sample_column(s, 0, fuel, 0);
    muster_quantile q = muster_sample_quantile(s, 0, fuel, 0, 0.5);
    assert_true(q.is_kept && q.is_estimable);
    /* the middle of 1 .. 100,000, moved by the column: exact in a double */
    assert_near(q.value, 50000.5 + column, 0.0);
    assert_true(q.low < q.value && q.value < q.high);
    assert_false(says_not_kept(s));
    muster_sample_free(s);

    s = sample_of_numbers(MUSTER_VALUES_KEPT + 1);
    q = muster_sample_quantile(s, 0, fuel, 0, 0.5);
    assert_false(q.is_kept || q.is_estimable);
    assert_true(isnan(q.value) && isnan(q.low) && isnan(q.high));
    assert_int_equal(muster_sample_summary(s, 0, fuel, 0).count, MUSTER_VALUES_KEPT + 1);
    assert_true(says_not_kept(s));
    muster_sample_free(s);
}

static int open_both(void **state)
{
    (void)state;
    return flow_run(&worked_case, worked, NULL, NULL) == MUSTER_OK &&
                   flow_run(&hello, "hello.cfg", NULL, NULL) == MUSTER_OK
               ? 0
               : -1;
}

static int close_both(void **state)
{
    (void)state;
    flow_close(&hello);
    flow_close(&worked_case);
    flow_forget_land();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_workers__forks_of_workers_are_as_fresh_runs),
        cmocka_unit_test(test_workers__a_worker_that_has_grown_is_as_a_fresh_one),
        cmocka_unit_test(test_workers__a_replication_allocates_nothing),
        cmocka_unit_test(test_workers__quantiles_of_so_many_values_and_no_more),
    };
    return cmocka_run_group_tests(tests, open_both, close_both);
}

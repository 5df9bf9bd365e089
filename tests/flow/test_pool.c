/* Replications on threads: however the work is shared out, whoever waits for whom, whatever is refused
 * and whenever somebody wants an end, the figures are those of one thread.
 *
 * The linker puts __wrap_pthread_create and __wrap_pthread_join where the library asks for threads, so
 * that these can be counted and refused. */
#include "test.h"

#include "batch/pool.h"
#include "flow.h"
#include "memory.h"
#include "sampled.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

/* Two ships of one state, each with its own delay: some microseconds a replication. */
static const char small[] =
    "scenario = { id = \"two\"; title = \"Two ships\"; start = \"2023-07-18T00:00Z\";\n"
    "             horizon = \"3 d\"; seed = 2385; };\n"
    "chance = { sailing_delay_h = \"exponential 1.5\"; };\n"
    "states = { HOME = { name = \"Home\"; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 20.0; fuel_t = 170.0;\n"
    "                         range_nm = 3500.0; range_speed_kn = 14.0; }; };\n"
    "bases = { EAST = { lat_deg = 43.11; lon_deg = 131.89;\n"
    "                   sea_lat_deg = 42.95; sea_lon_deg = 131.85; };\n"
    "          WEST = { lat_deg = 42.79; lon_deg = 132.94;\n"
    "                   sea_lat_deg = 42.65; sea_lon_deg = 133.0; }; };\n"
    "units = { one = { class = \"corvette\"; state = \"HOME\"; base = \"EAST\"; };\n"
    "          two = { class = \"corvette\"; state = \"HOME\"; base = \"WEST\";\n"
    "                  readiness = 0.8; }; };\n"
    "areas = { box = { lat_deg = 41.0; lon_deg = 133.0; radius_nm = 40.0; }; };\n"
    "weather = { sea_state = 2; };\n"
    "drills = { sea = { hosts = [\"HOME\"]; area = \"box\"; cap_need = 0.5;\n"
    "  end = \"2023-07-20T00:00Z\"; decide_at = \"2023-07-18T00:00Z\";\n"
    "  muster = { lat_deg = 41.0; lon_deg = 133.0; at = \"2023-07-18T16:00Z\";\n"
    "             tolerance = \"1 h\"; };\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; count = 1; min_hours = \"12 h\"; } ); }; "
    "};\n";

static flow two_ships; /* `small`, opened once */

/* ---- threads that can be counted and refused ----------------------------------------------------- */

static int32_t threads_left = INT32_MAX, threads_made, threads_joined;

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *context)
{
    if (threads_made >= threads_left)
        return 11; /* EAGAIN of Linux; any number but 0 will do */
    const int status = __real_pthread_create(thread, attributes, start, context);
    threads_made += status == 0;
    return status;
}

int __real_pthread_join(pthread_t thread, void **out);
int __wrap_pthread_join(pthread_t thread, void **out);
int __wrap_pthread_join(pthread_t thread, void **out)
{
    const int status = __real_pthread_join(thread, out);
    threads_joined += status == 0;
    return status;
}

static void count_threads(int32_t left)
{
    threads_left = left;
    threads_made = threads_joined = 0;
}

/* ---- replicating ----------------------------------------------------------------------------------- */

enum { MODELS = 2 };

/* The model beside itself with other seeds, so that differences are told as well. */
static muster_sample *replicate(const flow *f, muster_replicate_options options)
{
    const muster_model *const model[MODELS] = {f->model, f->model};
    muster_sample *sample = NULL;
    options.independent = true;
    count_threads(threads_left);
    assert_int_equal(muster_replicate(model, MODELS, &options, NULL, f->diags, &sample), MUSTER_OK);
    assert_int_equal(threads_made, threads_joined);
    return sample;
}

static uint64_t digest_of(const flow *f, const muster_replicate_options *options)
{
    muster_sample *sample = replicate(f, *options);
    const uint64_t found = sampled_digest(sample);
    muster_sample_free(sample);
    return found;
}

static void linger(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
}

static bool slow_go_on(const muster_sample *so_far, int64_t done, int64_t count, void *context)
{
    (void)context;
    linger();
    return done == muster_sample_count(so_far) && done <= count;
}

static bool slow_take(const mst_block *block, void *context)
{
    linger();
    return mst_sample_take(context, block);
}

/* The same by a share of the test's own. */
static uint64_t digest_shared(const flow *f, int64_t count, const mst_share *share)
{
    const muster_model *const model[MODELS] = {f->model, f->model};
    const muster_replicate_options options = {.count = count, .independent = true};
    muster_sample *sample = NULL;
    assert_int_equal(mst_sample_open(model, MODELS, &options, NULL, &sample), MUSTER_OK);
    const mst_taker taker = {.take = slow_take, .context = sample};
    count_threads(INT32_MAX);
    assert_int_equal(mst_pool_run(&sample->reps, share, NULL, &taker), MUSTER_OK);
    assert_int_equal(threads_made, share->jobs > 1 ? share->jobs : 0);
    assert_int_equal(threads_made, threads_joined);
    const uint64_t found = sampled_digest(sample);
    muster_sample_free(sample);
    return found;
}

/* ---- the ring --------------------------------------------------------------------------------------- */

/* Some forty blocks and a part of one: each slot of the ring is used several times over. */
enum { MANY = 40 * MST_BLOCK + 77, SOME = 6 * MST_BLOCK + 77 };

/* Of one model: this is the longest of these tests. */
static void test_pool__the_ring_is_used_again_and_again(void **state)
{
    static const int32_t jobs[] = {1, 2, 3, 8, 16};
    const muster_model *const model[] = {two_ships.model};
    uint64_t alone = 0;
    (void)state;
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        const muster_replicate_options options = {
            .count = MANY, .jobs = jobs[i], .go_on = slow_go_on};
        muster_sample *sample = NULL;
        assert_int_equal(muster_replicate(model, 1, &options, NULL, two_ships.diags, &sample),
                         MUSTER_OK);
        assert_int_equal(muster_sample_count(sample), MANY);
        const uint64_t found = sampled_digest(sample);
        muster_sample_free(sample);
        if (i == 0)
            alone = found;
        assert_true(found == alone);
    }
}

/* A digest that nothing changes would agree with itself. */
static void test_pool__one_replication_more_is_another_digest(void **state)
{
    (void)state;
    assert_true(digest_of(&two_ships, &(muster_replicate_options){.count = 300}) !=
                digest_of(&two_ships, &(muster_replicate_options){.count = 301}));
}

static void test_pool__any_share_comes_to_the_same_bytes(void **state)
{
    static const mst_share shares[] = {{1, 8, 1},  {2, 8, 1}, {2, 1, 1},   {3, 5, 2}, {8, 7, 3},
                                       {16, 8, 2}, {3, 3, 7}, {16, 8, 41}, {2, 8, 50}};
    (void)state;
    const uint64_t alone = digest_of(&two_ships, &(muster_replicate_options){.count = SOME});
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        if (digest_shared(&two_ships, SOME, &shares[i]) != alone)
            fail_msg("%d jobs, pieces of %d, %d slots: other figures", (int)shares[i].jobs,
                     (int)shares[i].piece_rows, (int)shares[i].slots);
}

static void test_pool__one_and_two_replications(void **state)
{
    static const int32_t jobs[] = {0, 1, 2, 3, 256};
    int32_t measures = 0;
    const muster_measure *all = muster_measures(&measures);
    (void)state;
    for (int64_t count = 1; count <= 2; count++)
        for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
            muster_result *run[2] = {NULL};
            muster_sample *s =
                replicate(&two_ships, (muster_replicate_options){.count = count, .jobs = jobs[i]});
            assert_int_equal(muster_sample_count(s), count);
            for (uint32_t r = 0; r < count; r++)
                assert_int_equal(muster_run_replication(two_ships.model, 2385, r + 1, NULL,
                                                        two_ships.diags, &run[r]),
                                 MUSTER_OK);
            for (int32_t m = 0; m < measures; m++)
                for (int32_t k = 0; k < muster_result_count(run[0], all[m].scope); k++) {
                    const muster_summary x = muster_sample_summary(s, 0, m, k);
                    const double first = muster_result_at(run[0], m, k);
                    const double last = muster_result_at(run[count - 1], m, k);
                    assert_int_equal(x.count, (!isnan(first) + (count == 2 && !isnan(last))));
                    if (x.count == count) { /* exact: a least and a most are copies */
                        assert_near(x.least, fmin(first, last), 0.0);
                        assert_near(x.most, fmax(first, last), 0.0);
                    }
                }
            muster_result_free(run[0]);
            muster_result_free(run[1]);
            muster_sample_free(s);
        }
}

/* ---- how it is shared out ------------------------------------------------------------------------ */

static size_t slot_bytes(const mst_reps *reps, mst_share share)
{
    return (size_t)share.slots * mst_block_bytes(reps);
}

static void test_pool__blocks_together_have_a_bound(void **state)
{
    static const int32_t widths[] = {1, 300, 40000, 1 << 20, 1 << 23, 1 << 25};
    static const int32_t all_jobs[] = {1, 2, 16, 256, 100000};
    (void)state;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        for (size_t k = 0; k < sizeof all_jobs / sizeof *all_jobs; k++)
            for (int64_t count = 1; count <= 2000000000; count = count * 37 + 1) {
                int32_t rows = MST_BLOCK; /* as mst_reps_open has it */
                while (rows > 1 && (int64_t)rows * widths[i] > INT64_C(1) << 23)
                    rows /= 2;
                const mst_reps reps = {.count = count,
                                       .block_rows = rows,
                                       .block_count = (int32_t)((count + rows - 1) / rows),
                                       .value_count = widths[i],
                                       .tally_count = 5};
                const mst_share share = mst_pool_share(&reps, all_jobs[k]);
                assert_true(share.jobs >= 1 && share.jobs <= 256 && share.jobs <= all_jobs[k]);
                assert_true(share.jobs <= count && share.slots >= 1);
                assert_true(share.piece_rows >= 1 && share.piece_rows <= MST_PIECE &&
                            share.piece_rows <= rows);
                assert_true(slot_bytes(&reps, share) <= (size_t)1 << 27 || share.slots == 1);
                /* pieces of all threads lie in the blocks */
                assert_true((int64_t)(share.jobs - 1) * share.piece_rows <
                            (int64_t)share.slots * rows);
            }
    /* a narrow row: all threads that are asked for, even for few replications */
    const mst_reps few = {.count = 100, .block_rows = 256, .block_count = 1, .value_count = 300};
    assert_int_equal(mst_pool_share(&few, 16).jobs, 16);
}

/* ---- an end in the midst --------------------------------------------------------------------------- */

typedef struct end {
    atomic_int asked, told; /* how often it was asked, and how often it said yes */
    int32_t after;
} end;

static bool wants_end(void *context)
{
    end *const e = context;
    const bool yes = atomic_fetch_add(&e->asked, 1) + 1 >= e->after;
    if (yes)
        atomic_fetch_add(&e->told, 1);
    return yes;
}

static void stop_after(int32_t after, int32_t jobs, bool slow)
{
    end e = {.after = after};
    muster_sample *s =
        replicate(&two_ships, (muster_replicate_options){.count = SOME,
                                                         .jobs = jobs,
                                                         .go_on = slow ? slow_go_on : NULL,
                                                         .stops = wants_end,
                                                         .context = &e});
    const int64_t done = muster_sample_count(s);
    /* both models of a replication are one question; threads that were in one finish that one */
    assert_true(done >= 1 && done <= after + jobs - 1);
    assert_true(atomic_load(&e.told) >= 1 && atomic_load(&e.told) <= jobs);
    if (jobs == 1)
        assert_int_equal(done, after);
    const uint64_t found = sampled_digest(s);
    muster_sample_free(s);
    assert_true(found == digest_of(&two_ships, &(muster_replicate_options){.count = done}));
}

static void test_pool__an_end_at_any_time_leaves_the_first_ones(void **state)
{
    static const int32_t after[] = {1, 2, 7, 8, 9, 255, 256, 257, 300, 1003};
    static const int32_t jobs[] = {1, 2, 3, 8};
    (void)state;
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        for (size_t k = 0; k < sizeof jobs / sizeof *jobs; k++)
            stop_after(after[i], jobs[k], i % 2 == 1);
}

static bool three_blocks_only(const muster_sample *so_far, int64_t done, int64_t count,
                              void *context)
{
    (void)so_far;
    (void)count;
    (void)context;
    return done < 3 * MST_BLOCK;
}

static void test_pool__who_has_enough_gets_whole_blocks(void **state)
{
    (void)state;
    for (int32_t jobs = 1; jobs <= 8; jobs++) {
        muster_sample *s = replicate(
            &two_ships,
            (muster_replicate_options){.count = SOME, .jobs = jobs, .go_on = three_blocks_only});
        assert_int_equal(muster_sample_count(s), 3 * MST_BLOCK);
        muster_sample_free(s);
    }
}

/* ---- what is refused -------------------------------------------------------------------------------- */

static void test_pool__does_with_the_threads_there_are(void **state)
{
    const int64_t count = 3 * MST_BLOCK + 1;
    (void)state;
    const uint64_t alone = digest_of(&two_ships, &(muster_replicate_options){.count = count});
    for (int32_t left = 0; left <= 5; left++) {
        threads_left = left;
        assert_true(digest_of(&two_ships, &(muster_replicate_options){.count = count, .jobs = 4}) ==
                    alone);
        assert_int_equal(threads_made, left < 4 ? left : 4);
        assert_int_equal(muster_diags_count(two_ships.diags), 0);
    }
    threads_left = INT32_MAX;
}

/* Each allocation in turn, on two threads: how many there are depends on who does what, so that the end
 * is where none was refused. */
static void fail_each(const flow *f, int64_t count, int32_t least)
{
    const muster_model *const model[MODELS] = {f->model, f->model};
    const muster_replicate_options options = {.count = count, .jobs = 2, .independent = true};
    int32_t left = 0;
    for (bool refused = true; refused; left++) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        muster_diags *diags = muster_diags_create(NULL);
        muster_sample *sample = NULL;
        count_threads(INT32_MAX);
        const muster_status status =
            muster_replicate(model, MODELS, &options, &hook, diags, &sample);
        refused = memory.refused > 0;
        assert_true((status == MUSTER_OK) == (sample != NULL));
        assert_true(status == MUSTER_OK ||
                    (status == MUSTER_WORLD && refused && muster_diags_error_count(diags) == 1));
        assert_int_equal(threads_made, threads_joined);
        muster_sample_free(sample);
        assert_int_equal(memory.held, 0);
        muster_diags_free(diags);
        assert_true(left < 100000);
    }
    assert_true(left > least);
}

static void test_pool__every_allocation_may_fail(void **state)
{
    (void)state;
    fail_each(&two_ships, 2 * MST_BLOCK + 9, 20); /* three blocks, four slots */
}

static int open_small(void **state)
{
    (void)state;
    return flow_run_text(&two_ships, small) == MUSTER_OK ? 0 : -1;
}

static int close_small(void **state)
{
    (void)state;
    flow_close(&two_ships);
    flow_forget_land();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool__the_ring_is_used_again_and_again),
        cmocka_unit_test(test_pool__one_replication_more_is_another_digest),
        cmocka_unit_test(test_pool__any_share_comes_to_the_same_bytes),
        cmocka_unit_test(test_pool__one_and_two_replications),
        cmocka_unit_test(test_pool__blocks_together_have_a_bound),
        cmocka_unit_test(test_pool__an_end_at_any_time_leaves_the_first_ones),
        cmocka_unit_test(test_pool__who_has_enough_gets_whole_blocks),
        cmocka_unit_test(test_pool__does_with_the_threads_there_are),
        cmocka_unit_test(test_pool__every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, open_small, close_small);
}

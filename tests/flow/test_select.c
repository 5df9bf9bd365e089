/* Selections run into stores: whatever interrupts them, and on however many threads, the store comes to the
 * same. */
#include "ships.h"
#include "test.h"

#include "base/rng.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Means about 0.05 apart; two points that are the same; one that the scenario does not allow. */
#define POINTS                                                                                     \
    "method = { name = \"list\"; };\n"                                                             \
    "points = ( { label = \"as it is\"; },\n"                                                      \
    "  { label = \"a\"; set = [\"units.a.readiness = 0.8\"]; },\n"                                 \
    "  { label = \"b\"; set = [\"units.b.readiness = 0.8\"]; },\n"                                 \
    "  { label = \"c\"; set = [\"units.c.readiness = 0.8\"]; },\n"                                 \
    "  { label = \"again\"; set = [\"units.c.readiness = 0.8\"]; },\n"                             \
    "  { label = \"wrong\"; set = [\"units.d.readiness = 1.5\"]; },\n"                             \
    "  { label = \"worse\"; set = [\"units.b.readiness = 0.1\"]; } );\n"                           \
    "measures = [\"fuel_used_t\", \"mustered_units\", \"muster_delay_h\"];\n"

static const char kn[] =
    POINTS "select = { by = \"kn\"; measure = \"mustered_units\"; worth = 0.1; first = 10; };\n";
static const char ocba[] = POINTS "select = { by = \"ocba\"; measure = \"mustered_units\"; budget "
                                  "= 900; first = 10; step = 33; };\n";

static muster_selection_state state_of(const char *path)
{
    muster_selection_state out;
    muster_store *store = NULL;
    assert_int_equal(muster_store_open(path, NULL, &store), MUSTER_OK);
    assert_int_equal(muster_store_selection(store, NULL, &out), MUSTER_OK);
    assert_int_equal(muster_store_close(store, NULL), MUSTER_OK);
    return out;
}

/* ---- to the end ----------------------------------------------------------------------------------- */

static void count_runs(const char *path, int32_t count[7])
{
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT point, count(*), min(replication), "
                                        "max(replication) FROM run GROUP BY point",
                                        -1, &row, NULL),
                     SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW) {
        const int point = sqlite3_column_int(row, 0);
        assert_in_range(point, 0, 6);
        count[point] = sqlite3_column_int(row, 1);
        assert_int_equal(sqlite3_column_int(row, 2), 1);
        assert_int_equal(sqlite3_column_int(row, 3), count[point]); /* without a gap */
    }
    sqlite3_finalize(row);
    sqlite3_close(db);
}

static void test_select__kn_drops_what_is_beaten(void **state)
{
    (void)state;
    int32_t count[7] = {0};
    const char *path = ships_fresh("kn.sqlite");
    ships_run(path, kn, 2);
    const muster_selection_state s = state_of(path);
    assert_true(s.is_done);
    assert_int_equal(s.left, 0);
    assert_int_equal(s.best, 3); /* the first of the twins */
    assert_int_equal(s.in, 2);
    count_runs(path, count);
    assert_int_equal(count[5], 10); /* not allowed: left out at the first look */
    assert_true(count[6] < count[3] && count[0] < count[3]);
    assert_int_equal(count[3], count[4]);
    for (int p = 0; p < 7; p++)
        assert_int_equal(count[p] % 10, 0);
    unlink(path);
}

static void test_select__ocba_spends_its_budget_where_it_tells(void **state)
{
    (void)state;
    int32_t count[7] = {0}, sum = 0;
    const char *path = ships_fresh("ocba.sqlite");
    ships_run(path, ocba, 2);
    const muster_selection_state s = state_of(path);
    assert_true(s.is_done);
    assert_int_equal(s.in, 6);
    assert_true(s.best == 3 || s.best == 4);
    count_runs(path, count);
    for (int p = 0; p < 7; p++)
        sum += count[p];
    assert_int_equal(sum, 900);
    assert_int_equal(count[5], 10);
    assert_true(count[6] < 50 && count[3] > 150 && count[4] > 150);
    unlink(path);
}

/* ---- interrupted ---------------------------------------------------------------------------------- */

typedef struct interruption {
    int64_t after; /* runs */
    bool is_death; /* of the process, with nothing written any more */
} interruption;

static bool go_on(int64_t done, int64_t todo, int64_t failed, void *context)
{
    const interruption *i = context;
    (void)failed;
    assert_true(done <= todo);
    if (done < i->after)
        return true;
    if (i->is_death)
        _exit(9);
    return false;
}

static muster_sweep_done run_a_bit(const char *path, const muster_experiment *e, int32_t jobs,
                                   int64_t after, bool is_death)
{
    muster_sweep_done out;
    interruption i = {.after = after, .is_death = is_death};
    const muster_sweep_run_options options = {.jobs = jobs, .go_on = go_on, .context = &i};
    muster_store *store = ships_store(path, e);
    assert_int_equal(muster_store_run(store, &options, NULL, &out), MUSTER_OK);
    assert_int_equal(muster_store_close(store, NULL), MUSTER_OK);
    return out;
}

static void is_same(const char *path, const char *wanted, const char *what)
{
    char *got = sweeping_export(path);
    if (strcmp(got, wanted) != 0)
        fail_msg("%s: the export is another one", what);
    free(got);
}

static void test_select__threads_change_nothing(void **state)
{
    (void)state;
    const char *const texts[] = {kn, ocba};
    for (int t = 0; t < 2; t++) {
        const char *path = ships_fresh("whole.sqlite");
        ships_run(path, texts[t], 1);
        char *wanted = sweeping_export(path);
        for (int32_t jobs = 2; jobs <= 3; jobs++) {
            path = ships_fresh("whole.sqlite");
            ships_run(path, texts[t], jobs);
            is_same(path, wanted, "threads");
        }
        unlink(path);
        free(wanted);
    }
}

static void test_select__stopping_changes_nothing(void **state)
{
    (void)state;
    const char *const texts[] = {kn, ocba};
    gsl_rng *rng = mst_rng_open(77, "test");
    assert_non_null(rng);
    for (int t = 0; t < 2; t++) {
        const char *path = ships_fresh("whole.sqlite");
        muster_experiment *e = ships_opened(texts[t]);
        ships_run(path, texts[t], 1);
        char *wanted = sweeping_export(path);
        int32_t stops = 0;
        for (int trial = 0; trial < 3; trial++) {
            path = ships_fresh("part.sqlite");
            muster_sweep_done done;
            int64_t stored = 0;
            do {
                done = run_a_bit(path, e, 1 + (int32_t)gsl_rng_uniform_int(rng, 3),
                                 1 + (int64_t)gsl_rng_uniform_int(rng, 200), false);
                assert_int_equal(done.had, stored); /* all that was there was wanted */
                stored += done.done;
                stops += done.left > 0;
                assert_true(state_of(path).is_done == (done.left == 0));
                assert_int_equal(state_of(path).left, done.left);
            } while (done.left > 0);
            is_same(path, wanted, "stopped");
        }
        assert_true(stops > 8);
        muster_experiment_free(e);
        unlink(path);
        unlink(ships_fresh("whole.sqlite"));
        free(wanted);
    }
    gsl_rng_free(rng);
}

/* The process ends at once: what was not committed is lost, and run again. */
static void test_select__death_changes_nothing(void **state)
{
    (void)state;
    const char *const texts[] = {kn, ocba};
    gsl_rng *rng = mst_rng_open(78, "test");
    assert_non_null(rng);
    for (int t = 0; t < 2; t++) {
        const char *path = ships_fresh("whole.sqlite");
        muster_experiment *e = ships_opened(texts[t]);
        ships_run(path, texts[t], 1);
        char *wanted = sweeping_export(path);
        path = ships_fresh("dead.sqlite");
        for (int trial = 0; trial < 5; trial++) {
            const int64_t after = 1 + (int64_t)gsl_rng_uniform_int(rng, 500);
            fflush(NULL);
            const pid_t child = fork();
            assert_true(child >= 0);
            if (child == 0) {
                (void)run_a_bit(path, e, 1 + trial % 2, after, true);
                _exit(0);
            }
            int status = 0;
            assert_int_equal(waitpid(child, &status, 0), child);
            assert_true(WIFEXITED(status) &&
                        (WEXITSTATUS(status) == 9 || WEXITSTATUS(status) == 0));
            /* a part of it that stays, so that the next begins within a later stage */
            (void)run_a_bit(path, e, 2, 1 + trial * 20, false);
        }
        while (run_a_bit(path, e, 2, 1000000, false).left > 0)
            ;
        is_same(path, wanted, "dead");
        muster_experiment_free(e);
        unlink(path);
        unlink(ships_fresh("whole.sqlite"));
        free(wanted);
    }
    gsl_rng_free(rng);
}

/* ---- what is asked and refused -------------------------------------------------------------------- */

static void test_select__missing_is_what_the_next_look_needs(void **state)
{
    (void)state;
    muster_sweep_done done;
    const char *path = ships_fresh("missing.sqlite");
    muster_experiment *e = ships_opened(kn);
    muster_store *store = ships_store(path, e);
    assert_int_equal(muster_store_missing(store, NULL, &done), MUSTER_OK);
    assert_int_equal(done.had, 0);
    assert_int_equal(done.left, 70);
    interruption i = {.after = 25};
    const muster_sweep_run_options options = {.jobs = 1, .go_on = go_on, .context = &i};
    assert_int_equal(muster_store_run(store, &options, NULL, &done), MUSTER_OK);
    const int64_t stored = done.done;
    assert_in_range(stored, 25, 69);
    assert_int_equal(done.left, 70 - stored);
    assert_int_equal(done.failed, 0); /* the one that is not allowed comes later */
    assert_int_equal(muster_store_missing(store, NULL, &done), MUSTER_OK);
    assert_int_equal(done.had, stored);
    assert_int_equal(done.left, 70 - stored);
    assert_int_equal(muster_store_close(store, NULL), MUSTER_OK);
    muster_experiment_free(e);
    unlink(path);
}

static void refuses(const char *path, const char *text, muster_shard shard, const char *words)
{
    muster_store *store = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    muster_experiment *e = ships_opened(text);
    assert_int_equal(muster_store_begin(path, e, &sweeping_host, shard, diags, &store),
                     MUSTER_MISTAKE);
    assert_null(store);
    if (!strstr(test_words(diags), words))
        fail_msg("told: %s", test_words(diags));
    muster_experiment_free(e);
    muster_diags_free(diags);
}

static void test_select__refusals(void **state)
{
    (void)state;
    const char *path = ships_fresh("refused.sqlite");
    refuses(path, kn, (muster_shard){1, 2}, "a selection has no parts");
    ships_run(path, ocba, 1);
    refuses(path, kn, (muster_shard){0, 0}, "another plan: factors, method, measures or selection");
    refuses(path,
            POINTS
            "select = { by = \"ocba\"; measure = \"mustered_units\"; budget = 901; first = 10; "
            "step = 33; };\n",
            (muster_shard){0, 0}, "another plan");
    refuses(path, POINTS "runs = { replications = 2000; };\n", (muster_shard){0, 0},
            "another plan");
    muster_store *store = NULL;
    muster_selection_state s;
    path = ships_fresh("plain.sqlite");
    ships_run(path, POINTS "runs = { replications = 3; };\n", 1);
    assert_int_equal(muster_store_open(path, NULL, &store), MUSTER_OK);
    assert_int_equal(muster_store_selection(store, NULL, &s), MUSTER_MISTAKE);
    assert_int_equal(muster_store_close(store, NULL), MUSTER_OK);
    unlink(path);
    unlink(ships_fresh("refused.sqlite"));
}

/* What a store says of its selection is sealed as all the rest. */
static void test_select__a_changed_selection_is_told(void **state)
{
    (void)state;
    const char *path = ships_fresh("changed.sqlite");
    muster_store *store = NULL;
    sqlite3 *db = NULL;
    ships_run(path, kn, 1);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "UPDATE experiment SET value = '0.3' WHERE key = 'select.worth'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_changes(db), 1);
    sqlite3_close(db);
    assert_int_equal(muster_store_open(path, NULL, &store), MUSTER_MISTAKE);
    assert_null(store);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_select__kn_drops_what_is_beaten),
        cmocka_unit_test(test_select__ocba_spends_its_budget_where_it_tells),
        cmocka_unit_test(test_select__threads_change_nothing),
        cmocka_unit_test(test_select__stopping_changes_nothing),
        cmocka_unit_test(test_select__death_changes_nothing),
        cmocka_unit_test(test_select__missing_is_what_the_next_look_needs),
        cmocka_unit_test(test_select__refusals),
        cmocka_unit_test(test_select__a_changed_selection_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, ships_tidy);
}

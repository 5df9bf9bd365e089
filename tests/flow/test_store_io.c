/* A store while the disk fails, fills up, or the process is ended: at each operation of the disk in turn.
 * What was committed stays, the file is sound, and the same command again comes to the same bytes. */
#include "test.h"

#include "shaky_disk.h"
#include "sweeping.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A point that cannot be, so that messages are written as well. */
static const char text[] =
    "experiment = { id = \"io\"; title = \"Some cannot be\"; scenario = \"scenario.cfg\"; };\n"
    "method = { name = \"list\"; };\n"
    "runs = { replications = 9; };\n"
    "points = ( { label = \"good\"; }, { set = [\"units.first.readiness = 7.0\"]; },\n"
    "  { variant = \"keen\"; }, { label = \"same\"; set = [\"units.first.readiness = 0.9\"]; } );\n"
    "measures = [\"mustered\", \"muster_delay_h\", \"fuel_used_t\"];\n";
enum { RUNS = 36, SESSION = 9, PARTS = 3 };

static muster_experiment *experiment;
static char *wanted;

static const char *journal_of(const char *path)
{
    static char out[SWEEPING_PATH_BYTES + 16];
    snprintf(out, sizeof out, "%s-journal", path);
    return out;
}

static void take_away(const char *path)
{
    (void)remove(path);
    (void)remove(journal_of(path));
}

static void well(void)
{
    shaky = (shaky_disk){.way = SHAKY_NOT};
}

static void from_here(shaky_way way, int64_t after)
{
    shaky = (shaky_disk){.way = way, .after = after};
}

/* Several starts, each of which commits some runs; what was committed is told when it was. */
static muster_status sweep_in_sessions(const char *path, muster_diags *diags, int to)
{
    muster_sweep_done done = {.left = 1};
    muster_status status = MUSTER_OK;
    while (status == MUSTER_OK && done.left > 0) {
        const sweeping_how how = {.jobs = 1, .most = SESSION};
        status = sweeping_run(experiment, path, &how, diags, &done);
        const int64_t there = done.had + done.done;
        if (status == MUSTER_OK && to >= 0)
            assert_int_equal(write(to, &there, sizeof there), sizeof there);
    }
    return status;
}

/* SQLite itself says that the file is sound; runs that are in it, 0: no store yet. */
static int64_t sound_runs(const char *path)
{
    muster_store *store = NULL;
    muster_store_counts counts = {.runs = 0};
    sqlite3 *db = NULL;
    sqlite3_stmt *ask = NULL;
    if (access(path, F_OK) != 0)
        return 0;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &ask, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(ask, 0), "ok");
    sqlite3_finalize(ask);
    sqlite3_close(db);
    muster_diags *diags = muster_diags_create(NULL);
    if (muster_store_open(path, diags, &store) == MUSTER_OK)
        assert_int_equal(muster_store_count(store, diags, &counts), MUSTER_OK);
    else if (!strstr(test_words(diags), "empty"))
        fail_msg("%s", test_words(diags));
    muster_store_close(store, NULL);
    muster_diags_free(diags);
    return counts.runs;
}

static void assert_goes_on(const char *path, const char *what, int64_t at)
{
    muster_diags *diags = muster_diags_create(NULL);
    if (sweeping_run(experiment, path, &(sweeping_how){.jobs = 1}, diags, NULL) != MUSTER_OK)
        fail_msg("%s %d: %s", what, (int)at, test_words(diags));
    char *csv = sweeping_export(path);
    if (strcmp(csv, wanted) != 0)
        fail_msg("%s %d: other bytes", what, (int)at);
    free(csv);
    muster_diags_free(diags);
}

/* ---- the end of the process ------------------------------------------------------------------------- */

enum { LIVED = 7 };

/* Runs `act` in a child that dies at an operation. @return false: it lived to its end */
static bool dies(int64_t after, muster_status (*act)(const char *path, muster_diags *diags, int to),
                 const char *path, int64_t *out_committed)
{
    int pipes[2], status = 0;
    assert_int_equal(pipe(pipes), 0);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        from_here(SHAKY_DEATH, after);
        _exit(act(path, NULL, pipes[1]) == MUSTER_OK ? LIVED : 1);
    }
    close(pipes[1]);
    *out_committed = 0;
    for (int64_t told; read(pipes[0], &told, sizeof told) == sizeof told;)
        *out_committed = told;
    close(pipes[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == LIVED);
    return WEXITSTATUS(status) == 0;
}

static void test_store_io__death_at_any_operation(void **state)
{
    const char *path = sweeping_path("dying");
    int64_t at = 0, committed = 0;
    bool died = true;
    (void)state;
    for (; died; at++) {
        take_away(path);
        died = dies(at, sweep_in_sessions, path, &committed);
        /* whoever only looks gets an answer, and takes back what was half done */
        const int64_t runs = sound_runs(path);
        if (runs < committed)
            fail_msg("operation %d: %d runs are there, %d were committed", (int)at, (int)runs,
                     (int)committed);
        assert_goes_on(path, "death at operation", at);
    }
    assert_true(at > 60);
    take_away(path);
}

/* Each start dies a little later than the last: the store is never begun anew. */
static void test_store_io__death_again_and_again(void **state)
{
    const char *path = sweeping_path("dying-on");
    int64_t committed = 0, most = 0, deaths = 0;
    (void)state;
    take_away(path);
    for (int64_t at = 0; dies(at, sweep_in_sessions, path, &committed); at++) {
        most = committed > most ? committed : most;
        assert_true(sound_runs(path) >= most);
        deaths++;
    }
    assert_true(deaths > 15);
    assert_goes_on(path, "deaths", deaths);
    take_away(path);
}

static const char *part_path(int32_t i)
{
    char name[16];
    snprintf(name, sizeof name, "io-part%d", (int)i);
    return sweeping_path(name);
}

static muster_status merge_parts(const char *path, muster_diags *diags, int to)
{
    const char *part[PARTS];
    muster_merged merged;
    (void)to;
    for (int32_t i = 0; i < PARTS; i++)
        part[i] = part_path(i);
    return muster_store_merge(path, part, PARTS, diags, &merged);
}

static void make_parts(void)
{
    for (int32_t i = 0; i < PARTS; i++) {
        const sweeping_how how = {.jobs = 1, .shard = {i + 1, PARTS}};
        assert_int_equal(sweeping_run(experiment, part_path(i), &how, NULL, NULL), MUSTER_OK);
    }
}

static void assert_merges(const char *path, const char *what, int64_t at)
{
    muster_diags *diags = muster_diags_create(NULL);
    if (merge_parts(path, diags, -1) != MUSTER_OK)
        fail_msg("%s %d: %s", what, (int)at, test_words(diags));
    char *csv = sweeping_export(path);
    if (strcmp(csv, wanted) != 0)
        fail_msg("%s %d: other bytes", what, (int)at);
    free(csv);
    muster_diags_free(diags);
}

static void test_store_io__death_while_merging(void **state)
{
    const char *path = sweeping_path("merging");
    int64_t at = 0, committed = 0;
    bool died = true;
    (void)state;
    make_parts();
    for (; died; at++) {
        take_away(path);
        died = dies(at, merge_parts, path, &committed);
        (void)sound_runs(path);
        assert_merges(path, "death at operation", at);
    }
    assert_true(at > 30);
    take_away(path);
}

/* ---- operations that fail --------------------------------------------------------------------------- */

static void fail_at(shaky_way way, muster_status (*act)(const char *, muster_diags *, int),
                    void (*assert_ends)(const char *, const char *, int64_t), int64_t step)
{
    const char *path = sweeping_path("failing");
    bool failed = true;
    int32_t refused = 0;
    for (int64_t at = 0; failed; at += step) {
        muster_diags *diags = muster_diags_create(NULL);
        take_away(path);
        from_here(way, at);
        const muster_status status = act(path, diags, -1);
        failed = shaky.failed > 0;
        well();
        if (status != MUSTER_OK && (status != MUSTER_WORLD || !sweeping_names(diags, path)))
            fail_msg("at %d: status %d, %s", (int)at, (int)status, test_words(diags));
        assert_true(failed || status == MUSTER_OK);
        if (way == SHAKY_FULL && failed && !strstr(test_words(diags), "the disk is full"))
            fail_msg("at %d: %s", (int)at, test_words(diags));
        refused += status != MUSTER_OK;
        assert_ends(path, "failed at", at);
        muster_diags_free(diags);
    }
    assert_true(refused > 10);
    take_away(path);
}

static void test_store_io__an_operation_fails(void **state)
{
    (void)state;
    fail_at(SHAKY_ONCE, sweep_in_sessions, assert_goes_on, 1);
    fail_at(SHAKY_ONCE, merge_parts, assert_merges, 1);
}

static void test_store_io__the_disk_breaks(void **state)
{
    (void)state;
    fail_at(SHAKY_EVER, sweep_in_sessions, assert_goes_on, 1);
    fail_at(SHAKY_EVER, merge_parts, assert_merges, 1);
}

static void test_store_io__the_disk_is_full(void **state)
{
    (void)state;
    fail_at(SHAKY_FULL, sweep_in_sessions, assert_goes_on, 1777);
    fail_at(SHAKY_FULL, merge_parts, assert_merges, 1777);
}

/* A store that reads well while the disk fails is read to its end, or not: never in part. */
static void test_store_io__no_room_and_nothing_lost(void **state)
{
    const char *path = sweeping_path("full");
    muster_sweep_done done;
    (void)state;
    take_away(path);
    assert_int_equal(
        sweeping_run(experiment, path, &(sweeping_how){.jobs = 1, .most = SESSION}, NULL, &done),
        MUSTER_OK);
    const int64_t had = done.done;
    for (int64_t bytes = 0; bytes < 12; bytes++) {
        from_here(SHAKY_FULL, bytes * 1024);
        done = (muster_sweep_done){0};
        assert_int_equal(sweeping_run(experiment, path, &(sweeping_how){.jobs = 2}, NULL, &done),
                         MUSTER_WORLD);
        well();
        assert_int_equal(sound_runs(path), had);
        assert_int_equal(done.done, 0);                        /* run, and lost */
        assert_true(done.left == RUNS - had || done.had == 0); /* or it could not be opened */
    }
    assert_goes_on(path, "full", 0);
    take_away(path);
}

/* ---- all -------------------------------------------------------------------------------------------- */

static int open_all(void **state)
{
    const sweeping_ask ask = {.text = text};
    const char *path = sweeping_path("io-whole");
    (void)state;
    shaky_use();
    experiment = sweeping_open(&ask);
    assert_int_equal(sweeping_done(&ask, path, NULL).done, RUNS);
    wanted = sweeping_export(path);
    return 0;
}

static int tidy(void **state)
{
    (void)state;
    muster_experiment_free(experiment);
    free(wanted);
    sweeping_tidy();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store_io__death_at_any_operation),
        cmocka_unit_test(test_store_io__death_again_and_again),
        cmocka_unit_test(test_store_io__death_while_merging),
        cmocka_unit_test(test_store_io__an_operation_fails),
        cmocka_unit_test(test_store_io__the_disk_breaks),
        cmocka_unit_test(test_store_io__the_disk_is_full),
        cmocka_unit_test(test_store_io__no_room_and_nothing_lost),
    };
    return cmocka_run_group_tests(tests, open_all, tidy);
}

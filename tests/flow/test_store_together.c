/* Processes that write one store at the same time: each either adds its runs or says that it did not. */
#include "test.h"

#include "store/store.h"
#include "sweeping.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const sweeping_ask levers = {.text = sweeping_levers};
enum { PARTS = 6, HALF = PARTS / 2 };
static char *wanted;

static const char *part_path(int32_t i)
{
    char name[24];
    snprintf(name, sizeof name, "together-%d", (int)i);
    return sweeping_path(name);
}

static void assert_whole(const char *path, const char *what)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_status status = MUSTER_OK;
    char *csv = sweeping_csv(path, diags, &status);
    if (!csv)
        fail_msg("%s: %s", what, test_words(diags));
    assert_string_equal(csv, wanted);
    free(csv);
    muster_diags_free(diags);
}

/* ---- merges ----------------------------------------------------------------------------------------- */

static muster_status merge_half(const char *path, int32_t first)
{
    char names[HALF][SWEEPING_PATH_BYTES];
    const char *part[HALF];
    muster_merged merged;
    for (int32_t i = 0; i < HALF; i++) {
        snprintf(names[i], sizeof names[i], "%s", part_path(first + i));
        part[i] = names[i];
    }
    return muster_store_merge(path, part, HALF, NULL, &merged);
}

/* Both do as they are told; with a store that is there, and with none. Of 15 rounds all but a few lost runs
 * or left a damaged store before each counted again what the other had written. */
static void merge_at_once(bool is_there)
{
    enum { ROUNDS = 15 };
    char path[SWEEPING_PATH_BYTES], part[SWEEPING_PATH_BYTES];
    snprintf(path, sizeof path, "%s", sweeping_path("together"));
    snprintf(part, sizeof part, "%s", part_path(0));
    const char *const one[] = {part};
    for (int32_t round = 0; round < ROUNDS; round++) {
        muster_merged merged;
        int status = 0;
        (void)remove(path);
        if (is_there)
            assert_int_equal(muster_store_merge(path, one, 1, NULL, &merged), MUSTER_OK);
        const pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0)
            _exit((int)merge_half(path, HALF));
        const muster_status own = merge_half(path, 0);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_int_equal(own, MUSTER_OK);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), MUSTER_OK);
        assert_whole(path, "two merges");
    }
}

static void test_store_together__merges_into_a_new_store(void **state)
{
    (void)state;
    merge_at_once(false);
}

static void test_store_together__merges_into_one_that_is_there(void **state)
{
    (void)state;
    merge_at_once(true);
}

/* ---- sweeps ----------------------------------------------------------------------------------------- */

typedef struct between {
    muster_store *store;
    const char *path;
    bool is_done;
} between;

/* Another process has luck: it begins between a commit and the next beginning. */
static bool get_in(int64_t done, int64_t todo, int64_t failed, void *context)
{
    between *b = context;
    const sweeping_how some = {.jobs = 1, .most = 30};
    (void)done;
    (void)todo;
    (void)failed;
    if (b->is_done)
        return true;
    b->is_done = true;
    assert_int_equal(mst_store_commit(b->store, false, NULL), MUSTER_OK);
    assert_true(sweeping_done(&levers, b->path, &some).left > 0);
    return true;
}

static void test_store_together__a_sweep_between_two_commits(void **state)
{
    const char *path = sweeping_path("between");
    muster_diags *diags = muster_diags_create(NULL);
    muster_experiment *experiment = sweeping_open(&levers);
    between b = {.path = path};
    const muster_sweep_run_options options = {.jobs = 1, .go_on = get_in, .context = &b};
    muster_sweep_done done;
    (void)state;
    assert_int_equal(
        muster_store_begin(path, experiment, &sweeping_host, (muster_shard){0}, NULL, &b.store),
        MUSTER_OK);
    assert_int_equal(muster_store_run(b.store, &options, diags, &done), MUSTER_WORLD);
    assert_non_null(strstr(test_words(diags), "another process has written this store meanwhile"));
    assert_int_equal(muster_store_close(b.store, diags), MUSTER_OK);
    assert_true(done.done > 0 && done.left > 0);
    const muster_sweep_done rest = sweeping_done(&levers, path, NULL);
    assert_true(rest.had > done.done); /* of both */
    assert_whole(path, "a sweep between");
    muster_experiment_free(experiment);
    muster_diags_free(diags);
}

/* ---- all -------------------------------------------------------------------------------------------- */

static int open_all(void **state)
{
    const char *path = sweeping_path("together-whole");
    (void)state;
    sweeping_done(&levers, path, NULL);
    wanted = sweeping_export(path);
    for (int32_t i = 0; i < PARTS; i++)
        sweeping_done(&levers, part_path(i), &(sweeping_how){.jobs = 1, .shard = {i + 1, PARTS}});
    return 0;
}

static int tidy(void **state)
{
    (void)state;
    free(wanted);
    sweeping_tidy();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store_together__merges_into_a_new_store),
        cmocka_unit_test(test_store_together__merges_into_one_that_is_there),
        cmocka_unit_test(test_store_together__a_sweep_between_two_commits),
    };
    return cmocka_run_group_tests(tests, open_all, tidy);
}

/* Experiments and stores while memory runs short at each allocation in turn: what fails says so, nothing
 * is kept (an address sanitizer would see it), and the next try comes to the same as ever. The linker puts
 * __wrap_malloc, __wrap_calloc and __wrap_realloc where our libraries ask; SQLite and libconfig have their own. */
#include "test.h"

#include "muster/tell.h"
#include "shaky_disk.h"
#include "sweeping.h"

#include <stdlib.h>
#include <string.h>

/* ---- memory ------------------------------------------------------------------------------------------ */

static int32_t left = INT32_MAX, refused;

static bool is_refused(void)
{
    if (left > 0) {
        left -= left < INT32_MAX;
        return false;
    }
    refused++;
    return true;
}

void *__real_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes)
{
    return is_refused() ? NULL : __real_malloc(bytes);
}

void *__real_calloc(size_t count, size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes)
{
    return is_refused() ? NULL : __real_calloc(count, bytes);
}

void *__real_realloc(void *block, size_t bytes);
void *__wrap_realloc(void *block, size_t bytes);
void *__wrap_realloc(void *block, size_t bytes)
{
    return is_refused() ? NULL : __real_realloc(block, bytes);
}

/* What is told has memory enough. */
static void *always(size_t bytes, void *context)
{
    (void)context;
    return __real_malloc(bytes);
}

static void give_back(void *block, void *context)
{
    (void)context;
    free(block);
}

static muster_diags *new_diags(void)
{
    static const muster_memory enough = {always, give_back, NULL};
    return muster_diags_create(&enough);
}

/* ---- what is tried ------------------------------------------------------------------------------------ */

static const char text[] =
    "experiment = { id = \"some\"; title = \"Some cannot be\"; scenario = \"scenario.cfg\";\n"
    "  set = [\"units.first.name = \\\"x\\\"\"]; };\n"
    "method = { name = \"factorial\"; };\n"
    "runs = { replications = 2; };\n"
    "factors = { ready = { path = \"units.first.readiness\"; levels = [0.5, 7.0];\n"
    "                      with = [\"units.guest.readiness = 0.9\"]; };\n"
    "            name = { path = \"units.guest.name\"; levels = [\"a, b\", \"c\"]; }; };\n"
    "measures = [\"mustered\", \"participation:*\"];\n";
static const sweeping_ask ask = {.text = text};
static muster_experiment *experiment;
static char *wanted; /* export of the whole */
static char *half;   /* bytes of a store with some of its runs */
static size_t half_length;

typedef muster_status attempt(muster_diags *diags);

static muster_status try_open(muster_diags *diags)
{
    muster_experiment *own = NULL;
    const muster_status status = sweeping_try(&ask, diags, &own);
    muster_experiment_free(own);
    return status;
}

static muster_status run_into(const char *path, muster_diags *diags)
{
    return sweeping_run(experiment, path, &(sweeping_how){.jobs = 1}, diags, NULL);
}

static muster_status try_begin(muster_diags *diags)
{
    (void)remove(sweeping_path("begun"));
    return run_into(sweeping_path("begun"), diags);
}

static muster_status try_resume(muster_diags *diags)
{
    return run_into(sweeping_path("resumed"), diags);
}

static muster_status try_read(muster_diags *diags)
{
    muster_status status = MUSTER_OK;
    free(sweeping_csv(sweeping_path("whole"), diags, &status));
    return status;
}

static muster_status try_tell(muster_diags *diags)
{
    muster_status status = MUSTER_OK;
    free(sweeping_told(sweeping_path("whole"), diags, &status));
    return status;
}

static muster_status try_merge(muster_diags *diags)
{
    const char *const part[] = {sweeping_path("half"), sweeping_path("whole")};
    muster_merged merged;
    (void)remove(sweeping_path("merged"));
    return muster_store_merge(sweeping_path("merged"), part, 2, diags, &merged);
}

static muster_status try_plan(muster_diags *diags)
{
    muster_document *document =
        muster_experiment_tell(experiment, (muster_shard){0}, NULL, "store");
    char *words = muster_document_text(document, NULL, diags);
    const muster_status status = words ? MUSTER_OK : MUSTER_WORLD;
    if (!words)
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){NULL, 0}, NULL, NULL, "nothing told");
    muster_tell_free(words, NULL);
    muster_document_free(document);
    return status;
}

/* ---- failing ------------------------------------------------------------------------------------------ */

static void assert_export(const char *path, const char *name, int32_t at)
{
    char *csv = sweeping_export(path);
    if (strcmp(csv, wanted) != 0)
        fail_msg("%s, allocation %d: other bytes", name, (int)at);
    free(csv);
}

/* Of thousands of allocations all of the first, then one in seven. @return allocations of the attempt */
static int32_t fail_each(attempt *act, const char *name, const char *path)
{
    enum { ALL_OF = 400, STRIDE = 7 };
    for (int32_t at = 0;; at += at < ALL_OF ? 1 : STRIDE) {
        muster_diags *diags = new_diags();
        left = at;
        refused = 0;
        const muster_status status = act(diags);
        left = INT32_MAX;
        if ((status != MUSTER_OK && status != MUSTER_WORLD) ||
            (status == MUSTER_WORLD && muster_diags_error_count(diags) == 0) ||
            (status == MUSTER_WORLD && refused == 0))
            fail_msg("%s, allocation %d: status %d, %s", name, (int)at + 1, (int)status,
                     test_words(diags));
        muster_diags_free(diags);
        if (path && status == MUSTER_OK)
            assert_export(path, name, at + 1);
        if (refused == 0)
            return at;
        assert_true(at < 200000);
    }
}

static void test_store_memory__opening_an_experiment(void **state)
{
    (void)state;
    assert_true(fail_each(try_open, "open", NULL) > 30);
    assert_true(fail_each(try_plan, "plan", NULL) > 5);
}

static void test_store_memory__a_new_store(void **state)
{
    (void)state;
    assert_true(fail_each(try_begin, "begin", sweeping_path("begun")) > 50);
}

/* Gone on with after each failure: it is never worse than before, and whole in the end. */
static void test_store_memory__an_old_store(void **state)
{
    (void)state;
    sweeping_write(sweeping_path("resumed"), half, half_length);
    assert_true(fail_each(try_resume, "resume", sweeping_path("resumed")) > 20);
}

static void test_store_memory__reading(void **state)
{
    (void)state;
    assert_true(fail_each(try_read, "export", NULL) > 20);
    assert_true(fail_each(try_tell, "status, analysis", NULL) > 20);
}

static void test_store_memory__merging(void **state)
{
    (void)state;
    assert_true(fail_each(try_merge, "merge", sweeping_path("merged")) > 20);
}

/* ---- all ---------------------------------------------------------------------------------------------- */

static int open_all(void **state)
{
    (void)state;
    shaky_use(); /* for its speed */
    experiment = sweeping_open(&ask);
    sweeping_done(&ask, sweeping_path("half"), &(sweeping_how){.jobs = 1, .most = 3});
    half = sweeping_bytes(sweeping_path("half"), &half_length);
    assert_int_equal(sweeping_done(&ask, sweeping_path("whole"), NULL).failed, 4);
    wanted = sweeping_export(sweeping_path("whole"));
    return 0;
}

static int tidy(void **state)
{
    (void)state;
    muster_experiment_free(experiment);
    free(wanted);
    free(half);
    sweeping_tidy();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store_memory__opening_an_experiment),
        cmocka_unit_test(test_store_memory__a_new_store),
        cmocka_unit_test(test_store_memory__an_old_store),
        cmocka_unit_test(test_store_memory__reading),
        cmocka_unit_test(test_store_memory__merging),
    };
    return cmocka_run_group_tests(tests, open_all, tidy);
}

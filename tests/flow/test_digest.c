/* One number for hundreds of replications: the same from every compiler and optimisation on one kind
 * of processor. ctest runs it with those variants of the C library's functions switched off that
 * depend on the processor. After a change that was meant: MUSTER_BLESS=1 ctest -R test_digest */
#include "test.h"

#include "base/hash.h"
#include "batch/handles.h"
#include "flow.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char path[] = MUSTER_SOURCE_DIR "/tests/api/digests.txt";
enum { COUNT = 200 };

static uint64_t digest_of(const char *file, const char *variant)
{
    flow f;
    mst_run *run = NULL;
    assert_int_equal(flow_run(&f, file, variant, NULL), MUSTER_OK);
    uint64_t hash = mst_hash_int(MST_HASH_START, (int64_t)muster_result_digest(f.result));
    assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
    for (uint32_t i = 1; i <= COUNT; i++) {
        mst_run_begin(run, 2385, i);
        assert_int_equal(mst_run_finish(run), MUSTER_OK);
        hash = mst_hash_int(hash, (int64_t)mst_run_digest(run));
    }
    mst_run_free(run);
    flow_close(&f);
    return hash;
}

static const struct {
    const char *name, *file, *variant;
} cases[] = {
    {"hello", "hello.cfg", NULL},
    {"worked", "northern-interaction-2023.cfg", NULL},
    {"after-june-2024", "northern-interaction-2023.cfg", "after-june-2024"},
};
enum { CASES = sizeof cases / sizeof *cases };

static void test_digest__is_that_of_every_build(void **state)
{
    char found[CASES][64], line[128];
    int32_t unlike = 0;
    (void)state;
    for (size_t i = 0; i < CASES; i++)
        snprintf(found[i], sizeof found[i], "%s %016" PRIx64, cases[i].name,
                 digest_of(cases[i].file, cases[i].variant));
    const char *wish = getenv("MUSTER_BLESS");
    FILE *file = fopen(path, wish && strcmp(wish, "1") == 0 ? "w" : "r");
    assert_non_null(file);
    if (wish && strcmp(wish, "1") == 0) {
        fputs("# Digests of the plan run and 200 replications (tests/flow/test_digest.c).\n", file);
        for (size_t i = 0; i < CASES; i++)
            fprintf(file, "%s\n", found[i]);
        fclose(file);
        return;
    }
    for (size_t i = 0; i < CASES && fgets(line, sizeof line, file);) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#')
            continue;
        if (strcmp(line, found[i]) != 0) {
            print_error("%s, in the list: %s\n", found[i], line);
            unlike++;
        }
        i++;
    }
    fclose(file);
    assert_int_equal(unlike, 0);
}

static int forget_land(void **state)
{
    (void)state;
    flow_forget_land();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_digest__is_that_of_every_build)};
    return cmocka_run_group_tests(tests, NULL, forget_land);
}

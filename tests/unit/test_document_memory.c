/* Documents while memory is short: all of it or nothing, and nothing is kept. */
#include "test.h"

#include "all_plots.h"
#include "memory.h"
#include "muster/muster.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { PLOTS = 9, TELLERS = 3 + PLOTS };

/* Text, JSON, the first table's CSV, then a script for each plot. */
static char *tell(const muster_document *document, int32_t teller, muster_diags *diags)
{
    if (teller == 0)
        return muster_document_text(document, NULL, diags);
    if (teller == 1)
        return muster_document_json(document, diags);
    if (muster_document_table_count(document) == 0 ||
        muster_document_plot_count(document) < PLOTS) /* not even built */
        return muster_document_json(document, diags);
    if (teller == 2)
        return muster_document_csv(muster_document_table(document, 0), diags);
    return muster_document_gnuplot(muster_document_plot(document, teller - 3), "d.csv", NULL,
                                   diags);
}

static const char behind[] = " \"q\""; /* so that data stand in the scripts */

/* From the first allocation to the last text, the nth allocation and all after it refused. */
static void test_document_memory__every_allocation_may_fail(void **state)
{
    (void)state;
    for (int32_t teller = 0; teller < TELLERS; teller++) {
        muster_document *whole = all_plots(behind, NULL);
        char *expected = tell(whole, teller, NULL);
        assert_non_null(expected);
        for (int32_t left = 0;; left++) {
            test_memory counts = {.left = left};
            const muster_memory hook = test_hook(&counts);
            muster_diags *diags = muster_diags_create(NULL);
            muster_document *document = all_plots(behind, &hook);
            char *told = tell(document, teller, diags);
            if (told)
                assert_string_equal(told, expected);
            else
                assert_string_equal(muster_diags_at(diags, 0)->message, "out of memory");
            assert_true(told || counts.refused > 0);
            muster_tell_free(told, &hook);
            muster_document_free(document);
            muster_diags_free(diags);
            assert_int_equal(counts.held, 0);
            if (counts.refused == 0) {
                assert_true(left > 4); /* of the document alone */
                break;
            }
        }
        muster_tell_free(expected, NULL);
        muster_document_free(whole);
    }
}

/* One allocation refused and no other, so that what comes behind it goes on. */
static void test_document_memory__never_half_a_text(void **state)
{
    (void)state;
    for (int32_t teller = 0; teller < TELLERS; teller++) {
        muster_document *whole = all_plots(behind, NULL);
        char *expected = tell(whole, teller, NULL);
        int32_t lacking = 0;
        for (int32_t i = 0;; i++) {
            test_refusal one = {i, 0};
            const muster_memory hook = test_hook_but_one(&one);
            muster_diags *diags = muster_diags_create(NULL);
            muster_document *document = all_plots(behind, &hook);
            char *told = tell(document, teller, diags);
            if (told && strcmp(told, expected) != 0)
                fail_msg("allocation %d refused, and the text has something else:\n%s", (int)i,
                         told);
            assert_int_equal(told == NULL, muster_diags_error_count(diags) > 0);
            lacking += told == NULL;
            muster_tell_free(told, &hook);
            muster_document_free(document);
            muster_diags_free(diags);
            if (one.refused == 0)
                break;
        }
        assert_true(lacking > 4);
        muster_tell_free(expected, NULL);
        muster_document_free(whole);
    }
}

/* jansson has memory of its own. */
static test_memory of_jansson;
static void *jansson_allocate(size_t bytes)
{
    return test_allocate(bytes, &of_jansson);
}
static void jansson_release(void *block)
{
    test_release(block, &of_jansson);
}

/* It reads documents only: writing one asks it for nothing. */
static void test_document_memory__jansson_is_not_asked(void **state)
{
    (void)state;
    muster_document *document = all_plots("", NULL);
    of_jansson = (test_memory){.left = 0};
    json_set_alloc_funcs(jansson_allocate, jansson_release);
    char *told = muster_document_json(document, NULL);
    json_set_alloc_funcs(malloc, free);
    assert_int_equal(of_jansson.refused, 0);
    assert_non_null(told);
    muster_tell_free(told, NULL);
    muster_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document_memory__every_allocation_may_fail),
        cmocka_unit_test(test_document_memory__never_half_a_text),
        cmocka_unit_test(test_document_memory__jansson_is_not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

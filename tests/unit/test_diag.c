#include "test.h"

#include "base/diag.h"
#include "memory.h"

#include <string.h>

static mst_place place(const char *file, int32_t line)
{
    return (mst_place){.file = file, .line = line};
}

static void assert_entry(const muster_diags *diags, int32_t index, const char *file, int32_t line,
                         const char *message)
{
    const muster_diag *const diag = muster_diags_at(diags, index);
    assert_string_equal(diag->file, file);
    assert_int_equal(diag->line, line);
    assert_string_equal(diag->message, message);
}

static void test_diag__keeps_copies_of_every_text(void **state)
{
    (void)state;
    muster_diags *const diags = muster_diags_create(NULL);
    char file[] = "drill.cfg", path[] = "units.alpha", hint[] = "did you mean 'najin'?";
    mst_diag(diags, MUSTER_WARNING, place(file, 41), path, hint, "speed %.1f kn is above %d", 35.5,
             24);
    memset(file, 'x', 3);
    memset(path, 'x', 3);
    memset(hint, 'x', 3);
    const muster_diag *const diag = muster_diags_at(diags, 0);
    assert_int_equal(diag->severity, MUSTER_WARNING);
    assert_string_equal(diag->file, "drill.cfg");
    assert_string_equal(diag->path, "units.alpha");
    assert_string_equal(diag->hint, "did you mean 'najin'?");
    assert_string_equal(diag->message, "speed 35.5 kn is above 24");
    assert_int_equal(muster_diags_error_count(diags), 0);
    muster_diags_free(diags);
}

static void test_diag__unknown_texts_are_empty(void **state)
{
    (void)state;
    muster_diags *const diags = muster_diags_create(NULL);
    mst_diag(diags, MUSTER_ERROR, place(NULL, -3), NULL, NULL, "no such verb");
    const muster_diag *const diag = muster_diags_at(diags, 0);
    assert_string_equal(diag->file, "");
    assert_string_equal(diag->path, "");
    assert_string_equal(diag->hint, "");
    assert_int_equal(diag->line, 0);
    muster_diags_free(diags);
    muster_diags_free(NULL);
}

static void test_diag__is_sorted_by_file_as_it_appeared_and_line(void **state)
{
    (void)state;
    muster_diags *const diags = muster_diags_create(NULL);
    mst_diag(diags, MUSTER_ERROR, place("z.cfg", 12), NULL, NULL, "a");
    mst_diag(diags, MUSTER_ERROR, place("a.cfg", 7), NULL, NULL, "b");
    mst_diag(diags, MUSTER_ERROR, place("z.cfg", 3), NULL, NULL, "c");
    mst_diag(diags, MUSTER_WARNING, place("z.cfg", 12), NULL, NULL, "d");
    mst_diag(diags, MUSTER_ERROR, place("a.cfg", 2), NULL, NULL, "e");
    mst_diag(diags, MUSTER_ERROR, place("z.cfg", 12), NULL, NULL, "f");
    assert_int_equal(muster_diags_count(diags), 6);
    assert_entry(diags, 0, "z.cfg", 3, "c");
    assert_entry(diags, 1, "z.cfg", 12, "a");
    assert_entry(diags, 2, "z.cfg", 12, "d");
    assert_entry(diags, 3, "z.cfg", 12, "f");
    assert_entry(diags, 4, "a.cfg", 2, "e");
    assert_entry(diags, 5, "a.cfg", 7, "b");
    muster_diags_free(diags);
}

static void test_diag__notes_stand_behind_their_error(void **state)
{
    (void)state;
    muster_diags *const diags = muster_diags_create(NULL);
    mst_diag(diags, MUSTER_ERROR, place("drill.cfg", 57), NULL, NULL, "second");
    mst_diag(diags, MUSTER_NOTE, place("ships.cfg", 12), NULL, NULL, "one");
    mst_diag(diags, MUSTER_NOTE, place("drill.cfg", 2), NULL, NULL, "two");
    mst_diag(diags, MUSTER_ERROR, place("drill.cfg", 41), NULL, NULL, "first");
    mst_diag(diags, MUSTER_NOTE, place("ships.cfg", 12), NULL, NULL, "one");
    mst_diag(diags, MUSTER_ERROR, place("bases.cfg", 5), NULL, NULL, "third");
    mst_diag(diags, MUSTER_ERROR, place("ships.cfg", 1), NULL, NULL, "fourth");
    assert_int_equal(muster_diags_count(diags), 7);
    assert_entry(diags, 0, "drill.cfg", 41, "first");
    assert_entry(diags, 1, "ships.cfg", 12, "one"); /* the same note again, behind another error */
    assert_entry(diags, 2, "drill.cfg", 57, "second");
    assert_entry(diags, 3, "ships.cfg", 12, "one");
    assert_entry(diags, 4, "drill.cfg", 2, "two");
    assert_entry(diags, 5, "bases.cfg", 5, "third");
    assert_entry(diags, 6, "ships.cfg", 1, "fourth");
    muster_diags_free(diags);
}

static void test_diag__says_the_same_words_of_one_place_once(void **state)
{
    (void)state;
    muster_diags *const diags = muster_diags_create(NULL);
    for (int i = 0; i < 3; i++) {
        mst_diag(diags, MUSTER_ERROR, place("ships.cfg", 9), i > 0 ? "units.b" : "units.a", NULL,
                 "bad speed");
        mst_diag(diags, MUSTER_NOTE, place("ships.cfg", 2), NULL, NULL, "inherited from here");
        mst_diag(diags, MUSTER_ERROR, place("ships.cfg", 30 + i), NULL, NULL, "bad speed");
    }
    assert_int_equal(muster_diags_count(diags), 5);
    assert_int_equal(muster_diags_error_count(diags), 4);
    assert_entry(diags, 1, "ships.cfg", 2, "inherited from here");
    assert_entry(diags, 2, "ships.cfg", 30, "bad speed");
    /* Without a line the path is the place. */
    mst_diag(diags, MUSTER_ERROR, place(NULL, 0), "units.a.speed_kn", NULL, "not a number");
    mst_diag(diags, MUSTER_ERROR, place(NULL, 0), "units.b.speed_kn", NULL, "not a number");
    mst_diag(diags, MUSTER_ERROR, place(NULL, 0), "units.b.speed_kn", NULL, "not a number");
    assert_int_equal(muster_diags_count(diags), 7);
    muster_diags_free(diags);
}

static void test_diag__keeps_a_hundred_and_counts_the_rest(void **state)
{
    (void)state;
    muster_diags *const diags = muster_diags_create(NULL);
    for (int32_t i = 0; i < 137; i++) {
        mst_diag(diags, i % 5 == 0 ? MUSTER_WARNING : MUSTER_ERROR, place("big.cfg", 1000 - i),
                 NULL, NULL, "mistake %d", (int)i);
    }
    assert_int_equal(muster_diags_count(diags), 100);
    assert_int_equal(muster_diags_more(diags), 37);
    assert_int_equal(muster_diags_error_count(diags), 137 - 28);
    /* the first hundred errors, sorted: the warnings among them have made room */
    assert_entry(diags, 0, "big.cfg", 876, "mistake 124");
    assert_entry(diags, 99, "big.cfg", 999, "mistake 1");
    assert_int_equal(mst_diag_memory(diags), MUSTER_WORLD);
    assert_int_equal(muster_diags_more(diags), 38);
    muster_diags_free(diags);
}

static void test_diag__loses_no_error_when_memory_is_short(void **state)
{
    (void)state;
    int32_t n = 0;
    for (bool is_enough = false; !is_enough; n++) {
        assert_true(n < 50);
        test_memory counts = {.left = n};
        muster_memory hook = test_hook(&counts);
        muster_diags *const diags = muster_diags_create(&hook);
        memset(&hook, 0, sizeof hook); /* the list has its own copy */
        if (!diags) {
            assert_int_equal(n, 0);
            mst_diag(NULL, MUSTER_ERROR, place("a.cfg", 1), NULL, NULL, "swallowed");
            assert_int_equal(mst_diag_memory(NULL), MUSTER_WORLD);
            continue;
        }
        for (int32_t i = 0; i < 60; i++) {
            mst_diag(diags, MUSTER_ERROR, place("some/long/path/of/a/file.cfg", i + 1),
                     "units.alpha.speed_kn", "a hint that takes its room as well", "%0150d",
                     (int)i);
        }
        is_enough = counts.refused == 0;
        assert_int_equal(muster_diags_error_count(diags), 60);
        assert_int_equal(muster_diags_count(diags) + muster_diags_more(diags), 60);
        if (!is_enough) {
            assert_int_equal(mst_diag_memory(diags), MUSTER_WORLD);
            assert_int_equal(mst_diag_memory(diags), MUSTER_WORLD); /* said once */
            assert_int_equal(muster_diags_error_count(diags), 61);
            const int32_t count = muster_diags_count(diags);
            assert_entry(diags, count - 1, "", 0, "out of memory");
        }
        muster_diags_free(diags);
        assert_int_equal(counts.held, 0);
    }
    assert_true(n > 3); /* it did run short on the way */
}

/* However many warnings came before it, an error is shown. */
static void test_diag__no_warning_hides_an_error(void **state)
{
    (void)state;
    muster_diags *diags = muster_diags_create(NULL);
    for (int32_t i = 0; i < 130; i++)
        mst_diag(diags, MUSTER_WARNING, (mst_place){"w.cfg", i + 1}, NULL, NULL, "warning %d",
                 (int)i);
    mst_diag(diags, MUSTER_ERROR, (mst_place){"w.cfg", 57}, NULL, NULL, "the error");
    assert_int_equal(muster_diags_count(diags), 100);
    assert_int_equal(muster_diags_more(diags), 31);
    assert_int_equal(muster_diags_error_count(diags), 1);
    bool found = false;
    for (int32_t i = 0; i < 100; i++)
        found = found || strcmp(muster_diags_at(diags, i)->message, "the error") == 0;
    assert_true(found);
    muster_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_diag__no_warning_hides_an_error),
        cmocka_unit_test(test_diag__keeps_copies_of_every_text),
        cmocka_unit_test(test_diag__unknown_texts_are_empty),
        cmocka_unit_test(test_diag__is_sorted_by_file_as_it_appeared_and_line),
        cmocka_unit_test(test_diag__notes_stand_behind_their_error),
        cmocka_unit_test(test_diag__says_the_same_words_of_one_place_once),
        cmocka_unit_test(test_diag__keeps_a_hundred_and_counts_the_rest),
        cmocka_unit_test(test_diag__loses_no_error_when_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The registry of measures: what report, JSON, store and page may rely on. */
#include "test.h"

#include "muster/measure.h"

#include <string.h>

static bool is_known(const char *unit)
{
    static const char *const units[] = {"", "h", "nm", "t", "kn"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(units[i], unit) == 0)
            return true;
    return false;
}

static void test_measures__names_are_unique_and_plain(void **state)
{
    int32_t count;
    const muster_measure *all = muster_measures(&count);
    (void)state;
    assert_true(count > 40);
    for (int32_t i = 0; i < count; i++) {
        assert_true(all[i].name[0] >= 'a' && all[i].name[0] <= 'z');
        assert_int_equal(strspn(all[i].name, "abcdefghijklmnopqrstuvwxyz_"), strlen(all[i].name));
        for (int32_t k = 0; k < i; k++)
            assert_string_not_equal(all[i].name, all[k].name);
    }
}

static void test_measures__each_says_what_it_is_and_why_it_is_bad(void **state)
{
    int32_t count;
    const muster_measure *all = muster_measures(&count);
    (void)state;
    for (int32_t i = 0; i < count; i++) {
        const size_t doc = strlen(all[i].doc), bad = strlen(all[i].when_bad);
        assert_true(strlen(all[i].label) > 0 && strlen(all[i].label) < 32);
        assert_true(doc > 20 && all[i].doc[doc - 1] == '.');
        assert_true(bad > 10 && all[i].when_bad[bad - 1] == '.');
    }
}

static void test_measures__a_unit_ends_the_name(void **state)
{
    int32_t count;
    const muster_measure *all = muster_measures(&count);
    (void)state;
    for (int32_t i = 0; i < count; i++) {
        assert_true(is_known(all[i].unit));
        const char *tail = strrchr(all[i].name, '_');
        if (all[i].unit[0] != '\0') {
            assert_non_null(tail);
            assert_string_equal(tail + 1, all[i].unit);
        }
    }
}

static void test_measures__scopes_have_names_and_measures(void **state)
{
    int32_t count, used[MUSTER_SCOPE_COUNT] = {0};
    const muster_measure *all = muster_measures(&count);
    (void)state;
    for (int32_t i = 0; i < count; i++) {
        assert_in_range(all[i].scope, 0, MUSTER_SCOPE_COUNT - 1);
        assert_true(all[i].direction >= MUSTER_LESS_IS_BETTER &&
                    all[i].direction <= MUSTER_MORE_IS_BETTER);
        used[all[i].scope]++;
    }
    for (int32_t s = 0; s < MUSTER_SCOPE_COUNT; s++) {
        assert_true(used[s] > 0);
        assert_true(strlen(muster_scope_name((muster_scope)s)) > 0);
    }
    assert_string_equal(muster_scope_name(MUSTER_OF_SERIAL), "serial");
    assert_string_equal(muster_scope_name(MUSTER_SCOPE_COUNT), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_measures__names_are_unique_and_plain),
        cmocka_unit_test(test_measures__each_says_what_it_is_and_why_it_is_bad),
        cmocka_unit_test(test_measures__a_unit_ends_the_name),
        cmocka_unit_test(test_measures__scopes_have_names_and_measures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

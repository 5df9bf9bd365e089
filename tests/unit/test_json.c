/* Documents: what a value becomes, and what is refused with its place. */
#include "test.h"

#include "base/arena.h"
#include "tell/json.h"

#include <math.h>
#include <string.h>

static void assert_document(mst_json *json, const char *expected)
{
    muster_diags *const diags = muster_diags_create(NULL);
    char *const text = mst_json_take(json, NULL, diags);
    assert_non_null(text);
    assert_string_equal(text, expected);
    assert_int_equal(muster_diags_count(diags), 0);
    mst_memory_free(NULL, text);
    muster_diags_free(diags);
}

static void test_json__writes_values(void **state)
{
    (void)state;
    mst_json *const json = mst_json_create(NULL);
    mst_json_object(json, NULL);
    mst_json_real(json, "rounded", 0.1 + 0.2);
    mst_json_real(json, "zero", -0.0);
    mst_json_maybe(json, "no_limit", (double)INFINITY);
    mst_json_maybe(json, "known", 0.25);
    mst_json_whole(json, "wide", INT64_C(9007199254740993));
    mst_json_text(json, "none", NULL);
    mst_json_text(json, "bytes", "a\xff\xc3\xa9");
    assert_document(json, "{\n \"rounded\": 0.3,\n \"zero\": 0.0,\n \"no_limit\": null,\n"
                          " \"known\": 0.25,\n \"wide\": \"9007199254740993\",\n \"none\": null,\n"
                          " \"bytes\": \"a\xef\xbf\xbd\xc3\xa9\"\n}\n");
}

static void test_json__refuses_what_is_not_finite_and_says_where(void **state)
{
    (void)state;
    static const double values[] = {(double)NAN, (double)INFINITY, (double)-INFINITY};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        muster_diags *const diags = muster_diags_create(NULL);
        mst_json *const json = mst_json_create(NULL);
        mst_json_object(json, NULL);
        mst_json_array(json, "routes");
        for (int k = 0; k < 2; k++) {
            mst_json_object(json, NULL);
            mst_json_array(json, "points");
            mst_json_real(json, NULL, 1.0);
            mst_json_real(json, NULL, k == 1 ? values[i] : 2.0);
            mst_json_end(json);
            mst_json_real(json, "length_nm", 3.0);
            mst_json_end(json);
        }
        assert_null(mst_json_take(json, NULL, diags));
        assert_int_equal(muster_diags_count(diags), 1);
        assert_string_equal(muster_diags_at(diags, 0)->path, "routes[1].points[1]");
        assert_string_equal(muster_diags_at(diags, 0)->message,
                            "the document cannot be written: routes[1].points[1] is no finite "
                            "number");
        muster_diags_free(diags);
    }
}

static void test_json__no_builder_is_no_memory(void **state)
{
    (void)state;
    muster_diags *const diags = muster_diags_create(NULL);
    mst_json_real(NULL, "x", (double)NAN);
    assert_null(mst_json_take(NULL, NULL, diags));
    assert_string_equal(muster_diags_at(diags, 0)->message, "out of memory");
    muster_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json__writes_values),
        cmocka_unit_test(test_json__refuses_what_is_not_finite_and_says_where),
        cmocka_unit_test(test_json__no_builder_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

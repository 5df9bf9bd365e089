/* Reading JSON: values, what is missing, and bytes that are no document. */
#include "test.h"

#include "tell/json.h"

#include <math.h>
#include <string.h>

static mst_json_document *read_text(const char *text, muster_diags *diags)
{
    return mst_json_read("run.json", text, strlen(text), diags);
}

static void values_are_read(void **state)
{
    (void)state;
    mst_json_document *doc =
        read_text("{\"a\":[1,2.5,\"t\",true,null],\"o\":{\"k\":\"\\u00e9\"}}", NULL);
    const mst_json_value *root = mst_json_root(doc), *a = mst_json_member(root, "a");
    assert_true(mst_json_is_object(root));
    assert_int_equal(mst_json_count(a), 5);
    assert_true(mst_json_number(mst_json_item(a, 0)) == 1.0);
    assert_true(mst_json_number(mst_json_item(a, 1)) == 2.5);
    assert_string_equal(mst_json_string(mst_json_item(a, 2)), "t");
    assert_true(mst_json_is_true(mst_json_item(a, 3)));
    assert_true(isnan(mst_json_number(mst_json_item(a, 2))));
    assert_null(mst_json_string(mst_json_item(a, 4)));
    assert_string_equal(mst_json_string(mst_json_member(mst_json_member(root, "o"), "k")),
                        "\xc3\xa9");
    mst_json_forget(doc);
}

static void what_is_missing_reads_as_nothing(void **state)
{
    (void)state;
    mst_json_document *doc = read_text("[{}]", NULL);
    const mst_json_value *root = mst_json_root(doc);
    assert_null(mst_json_member(root, "a"));
    assert_null(mst_json_item(root, 1));
    assert_null(mst_json_item(root, -1));
    assert_null(mst_json_item(mst_json_item(root, 0), 0));
    assert_int_equal(mst_json_count(NULL), 0);
    assert_null(mst_json_member(NULL, "a"));
    assert_null(mst_json_string(NULL));
    assert_true(isnan(mst_json_number(NULL)));
    assert_false(mst_json_is_true(NULL));
    assert_false(mst_json_is_object(root));
    mst_json_forget(doc);
    mst_json_forget(NULL);
}

static void other_bytes_are_refused_with_a_line(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",     "{",        "{\"a\":1,\"a\":2}",
                                        "[1]x", "\"\xff\"", "[1e999]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        muster_diags *diags = muster_diags_create(NULL);
        assert_null(read_text(wrong[i], diags));
        assert_int_equal(muster_diags_count(diags), 1);
        assert_string_equal(muster_diags_at(diags, 0)->file, "run.json");
        muster_diags_free(diags);
    }
    muster_diags *diags = muster_diags_create(NULL);
    assert_null(read_text("{\n\"a\": 1,\n}", diags));
    assert_int_equal(muster_diags_at(diags, 0)->line, 3);
    muster_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read),
        cmocka_unit_test(what_is_missing_reads_as_nothing),
        cmocka_unit_test(other_bytes_are_refused_with_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

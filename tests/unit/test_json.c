/* Documents: what a value becomes, and what is refused with its place. */
#include "test.h"

#include "base/arena.h"
#include "base/text.h"
#include "tell/json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
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

/* ---- the form, held against jansson's ------------------------------------------------------------ */

static uint64_t next_random(uint64_t *seed) /* splitmix64: S. Vigna, 2015 */
{
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static void assert_number(double value)
{
    char digits[64], own[MST_JSON_NUMBER + 1];
    snprintf(digits, sizeof digits, "%.12g", value);
    const double rounded = strtod(digits, NULL);
    json_t *const real = json_real(rounded == 0.0 ? 0.0 : rounded);
    char *const theirs = json_dumps(real, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    const size_t length = mst_json_number_write(value, own);
    assert_true(length <= MST_JSON_NUMBER);
    own[length] = '\0';
    if (strcmp(own, theirs) != 0)
        fail_msg("%.17g: %s, and by jansson %s", value, own, theirs);
    free(theirs);
    json_decref(real);
}

static void assert_number_and_neighbours(double value)
{
    assert_number(value);
    assert_number(-value);
    assert_number(nextafter(value, (double)INFINITY));
    assert_number(nextafter(value, (double)-INFINITY));
}

static void test_json__numbers_are_those_of_jansson(void **state)
{
    (void)state;
    static const double edges[] = {0.0,
                                   -0.0,
                                   0.5,
                                   1e-4,
                                   9.99999999999951e-5,
                                   1e11,
                                   1e12,
                                   1e15,
                                   999999999999.5,
                                   99999999999.95,
                                   0.1 + 0.2,
                                   1e22,
                                   1e23,
                                   4.94065645841247e-324,
                                   2.2250738585072014e-308,
                                   1.7976931348623157e308,
                                   123456789012.5,
                                   100000000000.5,
                                   1.00000000000049,
                                   9007199254740993.0};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        assert_number(edges[i]);
    for (int power = -320; power < 309; power++) {
        char text[16];
        snprintf(text, sizeof text, "1e%d", power);
        assert_number_and_neighbours(strtod(text, NULL));
    }
    uint64_t seed = 1;
    for (int i = 0; i < 200000; i++) {
        const uint64_t bits = next_random(&seed);
        double any = 0.0;
        memcpy(&any, &bits, sizeof any);
        if (isfinite(any))
            assert_number(any);
        /* of the size that documents hold: any bits, few digits, halves of the twelfth */
        const double unit = (double)(bits >> 11) * 0x1p-53,
                     up = pow(10.0, (double)(bits % 18) - 5.0);
        assert_number((unit - 0.5) * up);
        assert_number(round(unit * 1e5) / up);
        assert_number_and_neighbours((floor(unit * 1e12) + 0.5) / pow(10.0, (double)(bits % 17)));
    }
}

enum { WORD_BYTES = 12 };

/* Any bytes, those that are escaped often among them. */
static void make_word(uint64_t *seed, char out[WORD_BYTES + 1])
{
    static const char often[] = "\"\\\b\f\n\r\t/\x01\x1f\x7f";
    static const char *const wide[] = {"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x9a\xa2",
                                       "\xed\xa0\x80"};
    size_t length = 0;
    const size_t wanted = (size_t)(next_random(seed) % WORD_BYTES);
    while (length < wanted) {
        const uint64_t r = next_random(seed);
        if (r % 4 == 0 && length + 4 <= WORD_BYTES) {
            const char *one = wide[(r >> 8) % 4];
            memcpy(out + length, one, strlen(one));
            length += strlen(one);
        } else {
            out[length++] = r % 4 == 1 ? often[(r >> 8) % (sizeof often - 1)]
                                       : (char)(1 + (r >> 8) % (r % 4 == 2 ? 127 : 255));
        }
    }
    out[length] = '\0';
}

static json_t *valid_string(const char *word)
{
    mst_text text;
    mst_text_init(&text, NULL);
    mst_text_add_valid(&text, word);
    json_t *const out = json_string(text.bytes);
    mst_text_clear(&text);
    return out;
}

/* The same values into a document and a tree of jansson's. */
static void fill(uint64_t *seed, mst_json *json, json_t *tree, int depth)
{
    const int count = (int)(next_random(seed) % 5);
    for (int i = 0; i < count; i++) {
        char key[32], word[WORD_BYTES + 1];
        snprintf(key, sizeof key, "%d\"\xc3\xa9\n", i);
        const char *const name = json_is_object(tree) ? key : NULL;
        const uint64_t kind = next_random(seed) % 6;
        json_t *value = NULL;
        make_word(seed, word);
        if (kind < 2 && depth < 8) {
            value = kind == 0 ? json_object() : json_array();
            (kind == 0 ? mst_json_object : mst_json_array)(json, name);
            fill(seed, json, value, depth + 1);
            mst_json_end(json);
        } else if (kind == 2) {
            value = json_null();
            mst_json_answer(json, name, -1);
        } else if (kind == 3) {
            const int64_t whole = (int64_t)next_random(seed) >> (next_random(seed) % 52 + 11);
            value = json_integer(whole);
            mst_json_whole(json, name, whole);
        } else if (kind == 4) {
            value = json_boolean(i % 2 == 0);
            mst_json_bool(json, name, i % 2 == 0);
        } else {
            value = valid_string(word);
            mst_json_text(json, name, word);
        }
        if (name)
            json_object_set_new(tree, name, value);
        else
            json_array_append_new(tree, value);
    }
}

static void test_json__documents_are_those_of_jansson(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 4000; i++) {
        const bool is_tight = i % 2 == 1;
        mst_json *const json = mst_json_create(NULL);
        json_t *const tree = json_object();
        if (is_tight)
            mst_json_tight(json);
        mst_json_object(json, NULL);
        fill(&seed, json, tree, 0);
        char *const own = mst_json_take(json, NULL, NULL);
        char *const theirs = json_dumps(tree, is_tight ? JSON_COMPACT : JSON_INDENT(1));
        assert_non_null(own);
        const size_t length = strlen(theirs);
        assert_memory_equal(own, theirs, length);
        assert_string_equal(own + length, "\n");
        free(theirs);
        json_decref(tree);
        mst_memory_free(NULL, own);
    }
}

static void test_json__refuses_what_has_no_place(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        mst_json *const json = mst_json_create(NULL);
        if (i > 0)
            mst_json_object(json, NULL);
        if (i == 0)
            mst_json_bool(json, NULL, true); /* a root that is no object and no array */
        else if (i == 1)
            mst_json_bool(json, NULL, true); /* a member without a name */
        else if (i == 2)
            mst_json_text(json, "a\xff", "b"); /* a name that is no UTF-8 */
        else
            for (int k = 0; k < 40; k++) /* too deep */
                mst_json_object(json, "a");
        assert_null(mst_json_take(json, NULL, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json__writes_values),
        cmocka_unit_test(test_json__refuses_what_is_not_finite_and_says_where),
        cmocka_unit_test(test_json__no_builder_is_no_memory),
        cmocka_unit_test(test_json__numbers_are_those_of_jansson),
        cmocka_unit_test(test_json__documents_are_those_of_jansson),
        cmocka_unit_test(test_json__refuses_what_has_no_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Weights learnt from tables: what is refused, the same bytes, screens, any list, and short memory. */
#include "test.h"

#include "base/text.h"
#include "drawn_record.h"
#include "memory.h"
#include "num/random.h"

#include <string.h>

/* ---- refusals ------------------------------------------------------------------------------------------ */

static void test_fit_doors__what_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *able, *admit, *words, *hint;
    } cases[] = {
        {"cand.smal", "", "no table of states gives an attribute 'smal'", "did you mean 'small'?"},
        {"tie.small", "", "no table of dyads gives a tie without direction 'small'", NULL},
        {"to_host.near", "", "no table of dyads gives a tie with a direction 'near'", NULL},
        {"trade", "", "no feature is called 'trade'", "cand.X"},
        {"min:hosts", "", "no feature is called 'hosts'", NULL},
        {"min:cand.trade", "", "min: is of what reads several hosts", NULL},
        {"", "min:tie.near", "min: is of what reads several hosts", NULL},
        {"cand.trade,,hosts", "", "between commas a name is needed", NULL},
        {"cand.trade,", "", "between commas a name is needed", NULL},
        {",", "", "between commas a name is needed", NULL},
        {"cand.trade, cand.trade", "", "named twice: 'cand.trade'", NULL},
        {"history", "history", "named twice: 'history'", NULL},
        {"cand.\xff", "", "between commas a name is needed", NULL},
        {"", "", "there is no feature to give a weight to", NULL},
    };
    static const char *const signs[] = {"trade", "trade=", "trade=x", "trade=+-", "none=+", "=+"};
    drawn_record w;
    drawn_make(&w, 30);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fit_told t = fit_told_begin(w.drills, w.states, w.dyads);
        t.options.able = cases[i].able;
        t.options.admit = cases[i].admit;
        t.options.accept = t.options.apart = "";
        fit_told_must_refuse(&t, cases[i].words, cases[i].hint);
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        fit_told t = drawn_told(&w);
        t.options.expect = &signs[i];
        t.options.expect_count = 1;
        fit_told_must_refuse(&t, "not an expected sign", "NAME=+");
    }
    fit_told t = drawn_told(&w);
    t.options.lambda = -0.5;
    fit_told_must_refuse(&t, "lambda lies within", NULL);
    t = drawn_told(&w);
    t.options.replicates = -1;
    fit_told_must_refuse(&t, "replicates lie within", NULL);
    t = drawn_told(&w);
    t.options.permutations = 2000000;
    fit_told_must_refuse(&t, "permutations lie within", NULL);
    drawn_free(&w);
}

static void test_fit_doors__too_little_is_refused_with_the_counts(void **state)
{
    (void)state;
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(&t, HEAD);
    for (int k = 0; k < 30; k++)
        mst_text_printf(&t, "d%d,s%d,2015-05-01,,,,,H,%s,%d\n", k, k % 10, k % 2 ? "A" : "B",
                        k % 10 < 3);
    char *drills = mst_text_take(&t);
    const char *states = "state,year,x,y\nA,2015,1,\nB,2015,2,3\nH,2015,1,1\n";
    const char *dyads = "state_1,state_2,year,near\nH,A,2015,1\n";
    fit_told few = fit_told_begin(drills, states, NULL);
    few.options.accept = "cand.x";
    few.options.apart = "";
    fit_told_must_refuse(
        &few,
        "too few joins in rows without gaps (10 are needed); there are 9. Rows with a "
        "known outcome: 30, joins 9, in 10 series; without gaps: 30, joins 9",
        NULL);
    /* a tie that one host has with one candidate alone, an attribute of one: the others are partial */
    fit_told tie = fit_told_begin(drills, states, dyads);
    tie.options.admit = "tie.near";
    tie.options.accept = "cand.x";
    fit_told_must_refuse(&tie, "without gaps: 15, joins 3, in 5 series; tie.near is missing in 15",
                         "--carry");
    fit_told one = fit_told_begin(drills, states, dyads);
    one.options.admit = "";
    one.options.accept = "cand.y";
    fit_told_must_refuse(&one, "without gaps: 15, joins 6, in 5 series; cand.y is missing in 15",
                         "--admit");
    mst_memory_free(NULL, drills);
}

static void test_fit_doors__a_constant_is_held_and_named(void **state)
{
    (void)state;
    drawn_record w;
    drawn_make(&w, 60);
    fit_told t = drawn_told(&w);
    t.options.admit = "from_host.feared,to_host.feared,tie.near"; /* to_host: .5 for all */
    fit_told_must_fit(&t);
    assert_true(fit_told_line(&t, "to_host.feared")->held == MST_FIT_CONSTANT);
    assert_true(fit_told_line(&t, "to_host.feared")->raw == 0.0);
    assert_true(fit_told_line(&t, "from_host.feared")->held == MST_FIT_FREE);
    char *screen = muster_tell_fit(t.fit, false, NULL);
    assert_non_null(strstr(screen, "to_host.feared      held at 0: the same in all rows fitted"));
    muster_tell_free(screen, NULL);
    fit_told_end(&t);
    drawn_free(&w);
}

/* ---- the same bytes ------------------------------------------------------------------------------------- */

static void count_calls(void *context, const char *step, int32_t done, int32_t of)
{
    int32_t *calls = context;
    assert_true(*step != '\0' && done >= 0 && done < of);
    ++*calls;
}

static char *document_of(fit_told *t)
{
    fit_told_must_fit(t);
    char *out = muster_tell_fit(t->fit, true, NULL);
    assert_non_null(out);
    fit_told_end(t);
    return out;
}

static void test_fit_doors__bytes_follow_from_tables_and_seed(void **state)
{
    (void)state;
    drawn_record w;
    int32_t calls = 0;
    drawn_make(&w, 40);
    fit_told t = drawn_told(&w);
    t.options.replicates = 50;
    t.options.permutations = 20;
    char *first = document_of(&t);
    t.options.progress = count_calls;
    t.options.context = &calls;
    char *watched = document_of(&t);
    t.options.seed = 2;
    char *other = document_of(&t);
    assert_string_equal(first, watched);
    assert_true(strcmp(first, other) != 0);
    assert_true(calls > 2 * (50 + 40)); /* replicates, series of four fits, deals */
    muster_tell_free(first, NULL);
    muster_tell_free(watched, NULL);
    muster_tell_free(other, NULL);
    drawn_free(&w);
}

/* Every line of the screen fits on a terminal. */
static void test_fit_doors__screens_are_eighty_columns(void **state)
{
    (void)state;
    drawn_record w;
    drawn_make(&w, 24);
    fit_told t = fit_told_begin(w.drills, w.states, w.dyads);
    t.options.replicates = 50;
    t.options.permutations = 20;
    t.options.lambda = (double)NAN;
    fit_told_must_fit(&t);
    char *screen = muster_tell_fit(t.fit, false, NULL);
    assert_non_null(screen);
    for (const char *line = screen; *line;) {
        const size_t length = strcspn(line, "\n");
        assert_true(length <= 80);
        line += length + (line[length] == '\n');
    }
    assert_true(strncmp(screen, "Predicts better than the nulls (noise: p = ", 43) == 0 ||
                strncmp(screen, "Does not predict better than the nulls (p", 41) == 0);
    muster_tell_free(screen, NULL);
    fit_told_end(&t);
    drawn_free(&w);
}

/* ---- doors ------------------------------------------------------------------------------------------------ */

/* Lists and signs out of pieces of what may stand in them, and of any bytes. */
static void test_fit_doors__any_list_is_safe(void **state)
{
    (void)state;
    static const char *const piece[] = {
        "cand.", "host.", "tie.", "gap.", "min:", "small",         "trade",
        "near",  ",",     ",",    " ",    "\t",   "hosts",         "history",
        "=",     "+",     "\xc3", "\x01", ".",    "to_host.feared"};
    enum { PIECES = sizeof piece / sizeof *piece };
    const mst_stream stream = mst_stream_of(mst_random_key(11), 0, 1);
    uint64_t drawn = 0;
    drawn_record w;
    drawn_make(&w, 1); /* too few joins: nothing is fitted, whatever is named */
    for (int k = 0; k < 3000; k++) {
        char list[5][128];
        for (int i = 0; i < 5; i++) {
            const int pieces = (int)(8.0 * mst_random_unit(stream, drawn++));
            list[i][0] = '\0';
            for (int p = 0; p < pieces; p++)
                strncat(list[i], piece[(int)(PIECES * mst_random_unit(stream, drawn++))], 15);
        }
        const char *expect[] = {list[4]};
        fit_told t = fit_told_begin(w.drills, w.states, w.dyads);
        t.options.able = list[0];
        t.options.admit = list[1];
        t.options.accept = list[2];
        t.options.apart = list[3];
        t.options.expect = expect;
        t.options.expect_count = k % 2;
        fit_told_read(&t);
        assert_int_equal(t.status, MUSTER_MISTAKE);
        assert_true(muster_diags_error_count(t.diags) > 0);
        fit_told_end(&t);
    }
    drawn_free(&w);
}

static void test_fit_doors__short_memory_is_told(void **state)
{
    (void)state;
    drawn_record w;
    drawn_make(&w, 14);
    muster_status status = MUSTER_WORLD;
    int32_t tried = 0;
    for (int32_t left = 0; status != MUSTER_OK; left += 1 + left / 8, tried++) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        muster_diags *diags = muster_diags_create(NULL);
        fit_told t = drawn_told(&w);
        status = muster_fit_read(t.table, t.count, NULL, &t.options, &hook, diags, &t.fit);
        if (status != MUSTER_OK) {
            assert_int_equal(status, MUSTER_WORLD);
            assert_null(t.fit);
            assert_int_equal(memory.held, 0);
            assert_non_null(strstr(muster_diags_at(diags, 0)->message, "memory"));
        } else {
            for (int32_t k = 0; k < 400; k++) { /* what is told of it, a document and both parts */
                memory.left = k;
                char *text =
                    k % 2 ? muster_tell_fit(t.fit, k % 4 == 1, NULL)
                          : muster_tell_fit_coding(
                                t.fit, "x", k % 4 ? MUSTER_FIT_RULES : MUSTER_FIT_CODINGS, NULL);
                muster_tell_free(text, &hook);
            }
            muster_fit_free(t.fit);
            assert_int_equal(memory.held, 0);
        }
        muster_diags_free(diags);
    }
    assert_true(tried > 10);
    drawn_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit_doors__what_is_refused),
        cmocka_unit_test(test_fit_doors__too_little_is_refused_with_the_counts),
        cmocka_unit_test(test_fit_doors__a_constant_is_held_and_named),
        cmocka_unit_test(test_fit_doors__bytes_follow_from_tables_and_seed),
        cmocka_unit_test(test_fit_doors__screens_are_eighty_columns),
        cmocka_unit_test(test_fit_doors__any_list_is_safe),
        cmocka_unit_test(test_fit_doors__short_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

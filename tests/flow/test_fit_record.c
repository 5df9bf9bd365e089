/* Weights learnt from tables of a record that was drawn from known weights: they are found, features that
 * nobody named are those that are there, and signs are told. */
#include "test.h"

#include "drawn_record.h"

#include <string.h>

static void test_fit_record__known_weights_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double weight;
    } known[] = {{"distance_nm", -1.2},
                 {"tie.near", 2.0},
                 {"gap.ideal_point", -1.0},
                 {"cand.small", 80.0},
                 {"cand.trade", 1.0}};
    drawn_record w;
    drawn_make(&w, 120);
    fit_told t = drawn_told(&w);
    t.options.replicates = 100;
    fit_told_must_fit(&t);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const mst_fit_line *l = fit_told_line(&t, known[i].name);
        assert_true(l->interval.is_estimable);
        /* three deviations of the bootstrap: a wrong column, unit or sign is further away (each truth
         * is itself more than three from 0, but for the last two checks below) */
        assert_near(l->light, known[i].weight, 3.0 * l->deviation);
        assert_true(l->raw * known[i].weight > 0.0);
    }
    assert_true(fit_told_line(&t, "gap.ideal_point")->sign == MST_FIT_SIGN_AGREES);
    assert_true(fit_told_line(&t, "distance_nm")->sign == MST_FIT_SIGN_AGREES);
    assert_true(fit_told_line(&t, "cand.trade")->sign == MST_FIT_SIGN_UNKNOWN);
    fit_told_end(&t);
    drawn_free(&w);
}

static void test_fit_record__defaults_take_what_is_there(void **state)
{
    (void)state;
    static const char *const wanted[] = {"distance_nm",     "tie.near",   "from_host.feared",
                                         "gap.ideal_point", "cand.small", "cand.trade",
                                         "hosts",           "duration_d"};
    drawn_record w;
    drawn_make(&w, 40);
    fit_told t = fit_told_begin(w.drills, w.states, w.dyads);
    fit_told_must_fit(&t);
    const mst_features *f = &t.fit->features[0];
    assert_int_equal(f->count, sizeof wanted / sizeof *wanted);
    for (int32_t i = 0; i < f->count; i++)
        assert_string_equal(f->item[i].name, wanted[i]);
    assert_int_equal(f->item[0].expected, -1);
    assert_int_equal(f->item[1].expected, 0);
    assert_int_equal(f->item[3].expected, -1);
    /* with history there is one more, in accept, and it is not the main fit */
    assert_int_equal(t.fit->features[1].count, f->count + 1);
    assert_string_equal(t.fit->features[1].item[6].name, "history");
    assert_int_equal(t.fit->features[1].item[6].expected, 1);
    assert_int_equal(t.fit->main, 0);
    fit_told_end(&t);
    drawn_free(&w);
}

static void test_fit_record__a_sign_against_a_theory_is_told(void **state)
{
    (void)state;
    static const char *const wrong[] = {"small=-", "cand.trade=-", "distance_nm=0"};
    drawn_record w;
    drawn_make(&w, 120);
    fit_told t = drawn_told(&w);
    t.options.replicates = 100;
    t.options.expect = wrong;
    t.options.expect_count = 3;
    fit_told_must_fit(&t);
    assert_true(fit_told_line(&t, "cand.trade")->sign == MST_FIT_SIGN_CONTRADICTS);
    assert_true(fit_told_line(&t, "distance_nm")->sign == MST_FIT_SIGN_UNKNOWN);
    char *screen = muster_tell_fit(t.fit, false, NULL);
    assert_non_null(strstr(screen, "WARNING: cand.trade in accept has a weight above 0 with its "));
    assert_null(strstr(screen, "WARNING: gap"));
    muster_tell_free(screen, NULL);
    fit_told_end(&t);
    static const char *const right[] = {"trade=+"};
    t.options.expect = right;
    t.options.expect_count = 1;
    fit_told_must_fit(&t);
    screen = muster_tell_fit(t.fit, false, NULL);
    assert_null(strstr(screen, "WARNING: cand.trade"));
    muster_tell_free(screen, NULL);
    fit_told_end(&t);
    drawn_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit_record__known_weights_are_found),
        cmocka_unit_test(test_fit_record__defaults_take_what_is_there),
        cmocka_unit_test(test_fit_record__a_sign_against_a_theory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

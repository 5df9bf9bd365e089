/* Limits of boxes that hold no more cases of interest than chance would. */
#include "test.h"

#include "estimate/prim.h"
#include "points_make.h"

static mst_prim find_boxes(const mst_points *points, const mst_prim_options *how)
{
    mst_prim prim;
    const char *reason = NULL;
    assert_int_equal(mst_prim_find(points, how, &prim, &reason), MUSTER_OK);
    assert_null(reason);
    return prim;
}

static const mst_prim_step *step_of(const mst_prim *prim)
{
    return &prim->box[0].step[prim->box[0].chosen];
}

/* 200 points of two inputs, of interest where the first is above 1/2. Asked for the last step, a box of
 * ten points is limited by the second input too, for nothing: that goes, with its points come back. */
static void test_prim_drop__a_limit_of_no_worth(void **state)
{
    (void)state;
    enum { POINTS = 200 };
    static const int32_t last = 100000;
    const mst_input input[] = {{0}, {0}};
    double x[2 * POINTS], y[POINTS];
    gsl_rng *rng = mst_rng_open(11, "worth");
    for (int i = 0; i < POINTS; i++) {
        x[2 * i] = gsl_rng_uniform(rng);
        x[2 * i + 1] = gsl_rng_uniform(rng);
        y[i] = x[2 * i] > 0.5 && gsl_rng_uniform(rng) < 0.8;
    }
    gsl_rng_free(rng);
    const mst_points points = {.rows = POINTS, .inputs = 2, .input = input, .x = x, .y = y};
    mst_prim_options how = mst_prim_defaults();
    how.step = &last;
    mst_prim prim = find_boxes(&points, &how);
    assert_int_equal(step_of(&prim)->limited, 2);
    mst_prim_free(&prim);
    how.quasi_p_most = 0.05;
    prim = find_boxes(&points, &how);
    const mst_prim_limit *limit = mst_prim_limits(&prim, 0, prim.box[0].chosen);
    int32_t in = 0, hits = 0;
    assert_int_equal(step_of(&prim)->limited, 1);
    assert_true(isinf(limit[1].low) && isinf(limit[1].high));
    assert_true(prim.box[0].figures[0].quasi_p[MST_PRIM_LOW] <= 0.05);
    mst_prim_count(&points, &how, limit, &in, &hits); /* what is told is of the box that is left */
    assert_int_equal(step_of(&prim)->points, in);
    assert_int_equal(step_of(&prim)->hits, hits);
    assert_near(step_of(&prim)->density, (double)hits / (double)in, 1e-15);
    assert_near(step_of(&prim)->coverage, (double)hits / (double)prim.hits, 1e-15);
    mst_prim_free(&prim);
}

static void test_prim_drop__wants_a_share(void **state)
{
    (void)state;
    const mst_input input = {0};
    const double x[] = {1, 2, 3, 4}, y[] = {0, 0, 1, 1};
    const mst_points points = {.rows = 4, .inputs = 1, .input = &input, .x = x, .y = y};
    static const double wrong[] = {0.0, -1.0, 1.5, NAN};
    for (int i = 0; i < 4; i++) {
        mst_prim_options how = mst_prim_defaults();
        const char *reason = NULL;
        mst_prim prim;
        how.quasi_p_most = wrong[i];
        assert_int_equal(mst_prim_find(&points, &how, &prim, &reason), MUSTER_MISTAKE);
        assert_string_equal(reason, "the greatest quasi-P is not above 0 and at most 1");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prim_drop__a_limit_of_no_worth),
        cmocka_unit_test(test_prim_drop__wants_a_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

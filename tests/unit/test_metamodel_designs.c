/* Forms, and designs that do not bear them. */
#include "test.h"

#include "meta_make.h"

/* A fraction of two levels: the third input is the product of the first two. */
static void test_metamodel_designs__names_aliases(void **state)
{
    (void)state;
    const mst_input input[3] = {{0}};
    static const double x[] = {-1, -1, 1, 1, -1, -1, -1, 1, -1, 1, 1, 1}, y[] = {1, 4, 2, 9};
    const mst_points points = {.rows = 4, .inputs = 3, .input = input, .x = x, .y = y};
    const mst_meta_options how = meta_how(MST_META_INTERACTIONS);
    mst_meta meta = meta_of(&points, &how);
    assert_int_equal(meta.rank, 4);
    assert_int_equal(meta.df, 0);
    assert_int_equal(meta.aliases, 3);
    static const int dropped[3][2] = {{0, 1}, {0, 2}, {1, 2}}, kept[] = {2, 1, 0};
    for (int i = 0; i < 3; i++) {
        const mst_meta_coefficient *c = meta_find(&meta, dropped[i][0], dropped[i][1], 0);
        assert_true(c->is_aliased && isnan(c->error));
        assert_near(c->value, 0.0, 0.0);
        assert_ptr_equal(c, &meta.coefficient[meta.alias[i].dropped]);
        assert_ptr_equal(meta_find(&meta, kept[i], -1, 0), &meta.coefficient[meta.alias[i].kept]);
        assert_near(meta.alias[i].factor, 1.0, 1e-14);
    }
    /* nothing is left over: met exactly, no errors, no leaving out */
    for (int i = 0; i < 4; i++)
        assert_near(meta_at(&meta, x + 3 * i), y[i], 1e-13);
    assert_true(isnan(meta.sd) && isnan(meta.coefficient[0].error) && isnan(meta.press));
    assert_true(isnan(meta.r2_adjusted) && isnan(meta.p) && meta.worst_row == -1);
    mst_meta_free(&meta);
}

/* What does not vary, levels nobody has, a copy of an input, and squares of two levels: dropped,
 * with what they hang on, and the rest is fitted. */
static void test_metamodel_designs__drops_what_cannot_be_told_apart(void **state)
{
    (void)state;
    enum { N = 12, K = 4 };
    const mst_input input[K] = {{0}, {0}, {.kind = MST_INPUT_CHOICE, .levels = 4}, {0}};
    double x[N * K], y[N];
    for (int i = 0; i < N; i++) {
        x[i * K] = i % 2; /* two values */
        x[i * K + 1] = 7.0;
        x[i * K + 2] = i % 3;               /* nobody has level 3 */
        x[i * K + 3] = 5.0 - 2.0 * (i % 2); /* all but a copy */
        y[i] = 2.0 + 3.0 * (i % 2) + (i % 3 == 1) + 0.1 * (i % 5);
    }
    const mst_points points = {.rows = N, .inputs = K, .input = input, .x = x, .y = y};
    const mst_meta_options how = meta_how(MST_META_QUADRATIC);
    mst_meta meta = meta_of(&points, &how);
    assert_true(meta_find(&meta, 1, -1, 0)->is_aliased);
    assert_true(meta_find(&meta, 3, -1, 0)->is_aliased);
    assert_true(meta_find(&meta, 0, 0, 0)->is_aliased);
    assert_false(meta_find(&meta, 0, -1, 0)->is_aliased);
    /* levels 0, 1, 2 there: two of three columns beside the constant */
    assert_false(meta_find(&meta, 2, -1, 0)->is_aliased);
    assert_false(meta_find(&meta, 2, -1, 1)->is_aliased);
    assert_true(meta_find(&meta, 2, -1, 2)->is_aliased);
    assert_int_equal(meta.rank, 6);
    bool is_named = false;
    for (int i = 0; i < meta.aliases; i++)
        if (&meta.coefficient[meta.alias[i].dropped] == meta_find(&meta, 3, -1, 0)) {
            is_named = true;
            assert_ptr_equal(&meta.coefficient[meta.alias[i].kept], meta_find(&meta, 0, -1, 0));
            assert_near(meta.alias[i].factor, -1.0, 1e-14);
        }
    assert_true(is_named);
    mst_meta_free(&meta);
}

static mst_meta_form form_of(int k, int rows, const double *x)
{
    static const mst_input input[10];
    double y[200];
    for (int i = 0; i < rows; i++)
        y[i] = sin(i);
    const mst_points points = {.rows = rows, .inputs = k, .input = input, .x = x, .y = y};
    const mst_meta_options how = meta_how(MST_META_AUTO);
    mst_meta meta = meta_of(&points, &how);
    const mst_meta_form form = meta.options.form;
    assert_true(form == MST_META_LINEAR || meta.df >= 3);
    mst_meta_free(&meta);
    return form;
}

static void test_metamodel_designs__takes_the_form_that_points_bear(void **state)
{
    (void)state;
    double x[200 * 7];
    /* central composite of three inputs, centre five times: 10 terms of 15 different points */
    int rows = 0;
    for (int i = 0; i < 8; i++, rows++)
        for (int k = 0; k < 3; k++)
            x[rows * 3 + k] = i >> k & 1 ? 1.0 : -1.0;
    for (int i = 0; i < 6; i++, rows++)
        for (int k = 0; k < 3; k++)
            x[rows * 3 + k] = k == i / 2 ? (i % 2 ? 1.7 : -1.7) : 0.0;
    for (int i = 0; i < 5; i++, rows++)
        for (int k = 0; k < 3; k++)
            x[rows * 3 + k] = 0.0;
    assert_int_equal(form_of(3, rows, x), MST_META_QUADRATIC);
    /* 2^5: squares are the constant */
    for (int i = 0; i < 32; i++)
        for (int k = 0; k < 5; k++)
            x[i * 5 + k] = i >> k & 1;
    assert_int_equal(form_of(5, 32, x), MST_META_INTERACTIONS);
    /* 2^3: with products one point is left over */
    assert_int_equal(form_of(3, 8, (const double[]){0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1,
                                                    1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1}),
                     MST_META_LINEAR);
    gsl_rng *rng = mst_rng_open(8, "test");
    for (int i = 0; i < 200 * 7; i++)
        x[i] = gsl_rng_uniform(rng);
    gsl_rng_free(rng);
    assert_int_equal(form_of(7, 17, x), MST_META_LINEAR);
    assert_int_equal(form_of(7, 31, x), MST_META_LINEAR);
    assert_int_equal(form_of(7, 32, x), MST_META_INTERACTIONS); /* 29 terms */
    assert_int_equal(form_of(7, 38, x), MST_META_INTERACTIONS);
    assert_int_equal(form_of(7, 39, x), MST_META_QUADRATIC); /* 36 terms */
    assert_int_equal(form_of(7, 2, x), MST_META_LINEAR);     /* not even that */
}

static void test_metamodel_designs__least_there_can_be(void **state)
{
    (void)state;
    const mst_input input = {0};
    static const double x[] = {3, 4, 5, 6, 7}, one[] = {NAN, 8, NAN, NAN, NAN},
                        alike[] = {0.1, 0.1, 0.1, 0.1, 0.1};
    const mst_meta_options how = meta_how(MST_META_AUTO);
    const mst_points single = {.rows = 5, .inputs = 1, .input = &input, .x = x, .y = one};
    mst_meta meta = meta_of(&single, &how);
    assert_int_equal(meta.used, 1);
    assert_near(meta.coefficient[0].value, 8.0, 0.0);
    assert_true(isnan(meta.r2) && isnan(meta.sd) && meta.coefficient[1].is_aliased);
    mst_meta_free(&meta);
    const mst_points same = {.rows = 5, .inputs = 1, .input = &input, .x = x, .y = alike};
    meta = meta_of(&same, &how);
    assert_near(meta.coefficient[0].value, 0.1, 0.0);
    assert_near(meta.coefficient[1].value, 0.0, 0.0);
    assert_near(meta.sd, 0.0, 0.0);
    assert_true(isnan(meta.r2) && isnan(meta.share[0]) && isnan(meta.coefficient[1].p));
    mst_meta_free(&meta);
}

static void assert_refused(const mst_points *points, const mst_meta_options *how, const char *why)
{
    mst_meta meta;
    const char *reason = NULL;
    assert_int_equal(mst_meta_fit(points, how, &meta, &reason), MUSTER_MISTAKE);
    assert_string_equal(reason, why);
    assert_null(meta.coefficient);
    mst_meta_free(&meta);
}

static void test_metamodel_designs__refuses_what_is_not_sound(void **state)
{
    (void)state;
    mst_input input[2] = {{0}, {.kind = MST_INPUT_CHOICE, .levels = 2}};
    double x[] = {0, 1, 1, 0, 2, 1}, y[] = {1, 2, 3}, s2[] = {1, 2, 1};
    int32_t n[] = {2, 2, 2};
    const mst_points points = {3, 2, input, x, y, n, s2};
    mst_meta_options how = meta_how(MST_META_LINEAR);
    how.level = 1.0;
    assert_refused(&points, &how, "the level is not between 0 and 1");
    how.level = 0.9;
    how.weights = MST_META_BY_ERROR;
    s2[1] = (double)NAN;
    assert_refused(&points, &how, "weights by error need the variance of every point");
    s2[1] = 0.0;
    assert_refused(&points, &how, "weights by error need replications that differ at every point");
    s2[1] = -1.0;
    assert_refused(&points, &how, "a variance is below 0");
    s2[1] = 1.0;
    n[0] = 0;
    assert_refused(&points, &how, "a point with a result has no replication");
    n[0] = 2;
    x[1] = 2.0;
    assert_refused(&points, &how, "a value of an input is not one of its levels");
    x[1] = (double)NAN;
    assert_refused(&points, &how, "an input of a point is not a finite number");
    y[0] = (double)NAN; /* of a row without a result nothing is looked at */
    mst_meta meta = meta_of(&points, &how);
    mst_meta_free(&meta);
    y[0] = (double)INFINITY;
    x[1] = 1.0;
    assert_refused(&points, &how, "a result is infinite");
    y[0] = y[1] = y[2] = (double)NAN;
    assert_refused(&points, &how, "no point has a result");
    input[1].levels = 65;
    assert_refused(&points, &how, "an input has no level, or more than 64");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metamodel_designs__names_aliases),
        cmocka_unit_test(test_metamodel_designs__drops_what_cannot_be_told_apart),
        cmocka_unit_test(test_metamodel_designs__takes_the_form_that_points_bear),
        cmocka_unit_test(test_metamodel_designs__least_there_can_be),
        cmocka_unit_test(test_metamodel_designs__refuses_what_is_not_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Choice of terms by adding. */
#include "test.h"

#include "meta_make.h"

enum { N = 60, K = 8 };

typedef struct world {
    mst_input input[K];
    double x[N * K], y[N];
} world;

/* y = 3 + 2 z0 - 1.5 z1 z2 + z3^2 and noise, eight inputs in -1 .. 1, the last a choice of three.
 * */
static mst_points make(world *w, uint64_t seed, double noise)
{
    gsl_rng *rng = mst_rng_open(seed, "choice");
    for (int k = 0; k < K; k++)
        w->input[k] = k < K - 1 ? (mst_input){MST_INPUT_REAL, -1.0, 1.0, 0}
                                : (mst_input){.kind = MST_INPUT_CHOICE, .levels = 3};
    draw_inputs(rng, w->input, K, N, w->x);
    for (int i = 0; i < N; i++) {
        const double *z = w->x + i * K;
        w->y[i] = 3.0 + 2.0 * z[0] - 1.5 * z[1] * z[2] + z[3] * z[3] + gsl_ran_gaussian(rng, noise);
    }
    gsl_rng_free(rng);
    return (mst_points){.rows = N, .inputs = K, .input = w->input, .x = w->x, .y = w->y};
}

static mst_meta_options by(mst_meta_choice choice)
{
    return (mst_meta_options){MST_META_AUTO, MST_META_BY_COUNT, choice, 0.95};
}

static bool has(const mst_meta *meta, int first, int second)
{
    for (int t = 0; t < meta->terms; t++)
        if (meta->term[t].first == first && meta->term[t].second == second)
            return true;
    return false;
}

/* Without noise what is there, with the inputs that products and squares are made of. What came in
 * on the way and turned out to be nothing stays, at 0. */
static void test_metamodel_choice__finds_what_is_there(void **state)
{
    (void)state;
    world w;
    const mst_points points = make(&w, 1, 0.0);
    for (int choice = MST_META_FORWARD_AICC; choice <= MST_META_FORWARD_BIC; choice++) {
        const mst_meta_options how = by((mst_meta_choice)choice);
        mst_meta meta = meta_of(&points, &how);
        assert_int_equal(meta.options.form, MST_META_QUADRATIC);
        assert_true(has(&meta, 1, -1) && has(&meta, 2, -1) && has(&meta, 3, -1));
        assert_true(meta.terms <= 9); /* 7 are needed, of 44 */
        const struct {
            int first, second;
            double value;
        } there[] = {{-1, -1, 3.0}, {0, -1, 2.0}, {1, 2, -1.5}, {3, 3, 1.0}};
        double left = 0.0;
        for (int i = 0; i < meta.coefficients; i++)
            left += fabs(meta.coefficient[i].value);
        for (int i = 0; i < 4; i++) {
            const double value = meta_find(&meta, there[i].first, there[i].second, 0)->value;
            assert_near(value, there[i].value, 1e-13);
            left -= fabs(value);
        }
        assert_near(left, 0.0, 1e-12);
        mst_meta_free(&meta);
    }
}

static double criterion(const mst_meta *meta, double total)
{
    const double n = N, k = meta->rank + 1.0, rest = (1.0 - meta->r2) * total;
    return n * log(rest / n) + (meta->options.choice == MST_META_FORWARD_BIC
                                    ? k * log(n)
                                    : 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0));
}

/* A set of terms beside the constant, by their numbers in the full list. */
typedef struct model {
    int terms;
    int term[64];
} model;

/* A term's column at a row, its inputs coded here: a number as it is, the choice by effects. */
static double column_at(const world *w, const mst_meta_term *term, int c, int row)
{
    double product = 1.0;
    const int of[2] = {term->first, term->second};
    for (int s = 0; s < 2; s++) {
        if (of[s] < 0)
            continue;
        const int at = (int)w->x[row * K + of[s]];
        product *= of[s] < K - 1 ? w->x[row * K + of[s]] : at == 2 ? -1.0 : at == c;
    }
    return product;
}

/* Sum of squares about a set of terms, by a linear fit whose inputs are the columns of those terms,
 * and one that does not vary, so that there always is an input. */
static double rest_of(const world *w, const mst_meta *full, const model *m, int *out_rank)
{
    static mst_input input[64];
    static double x[N * 64];
    int columns = 1;
    for (int t = 0; t < m->terms; t++)
        columns += full->term[m->term[t]].columns;
    for (int i = 0; i < N; i++) {
        double *at = x + i * columns;
        *at++ = 0.0;
        for (int t = 0; t < m->terms; t++)
            for (int c = 0; c < full->term[m->term[t]].columns; c++)
                *at++ = column_at(w, &full->term[m->term[t]], c, i);
    }
    const mst_points points = {.rows = N, .inputs = columns, .input = input, .x = x, .y = w->y};
    const mst_meta_options how = meta_how(MST_META_LINEAR);
    mst_meta meta = meta_of(&points, &how);
    const double rest = meta.sd * meta.sd * meta.df;
    *out_rank = meta.rank;
    mst_meta_free(&meta);
    return rest;
}

static int term_of(const mst_meta *full, int first, int second)
{
    for (int t = 0; t < full->terms; t++)
        if (full->term[t].first == first && full->term[t].second == second)
            return t;
    return -1;
}

static bool is_in(const model *m, int term)
{
    for (int t = 0; t < m->terms; t++)
        if (m->term[t] == term)
            return true;
    return false;
}

static model with(const mst_meta *full, const model *m, int term)
{
    model out = *m;
    const mst_meta_term *of = &full->term[term];
    for (int s = 0; s < 2 && of->second >= 0; s++) {
        const int own = term_of(full, s == 0 ? of->first : of->second, -1);
        if (!is_in(&out, own))
            out.term[out.terms++] = own;
    }
    out.term[out.terms++] = term;
    return out;
}

static double value_of(const world *w, const mst_meta *full, const model *m, bool is_bic)
{
    int rank = 0;
    const double rest = rest_of(w, full, m, &rank), n = N, k = rank + 1.0;
    return n * log(rest / n) +
           (is_bic ? k * log(n) : 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0));
}

/* From the constant, each time the term (with its inputs) that gives the lowest criterion. */
static void test_metamodel_choice__walk_done_over_by_whole_fits(void **state)
{
    (void)state;
    world w;
    const mst_points points = make(&w, 2, 0.8);
    const mst_meta_options all = meta_how(MST_META_QUADRATIC);
    mst_meta full = meta_of(&points, &all);
    for (int is_bic = 0; is_bic < 2; is_bic++) {
        model m = {0};
        double best = value_of(&w, &full, &m, is_bic);
        for (;;) {
            model next = m;
            for (int t = 1; t < full.terms; t++) {
                if (is_in(&m, t))
                    continue;
                const model trial = with(&full, &m, t);
                const double value = value_of(&w, &full, &trial, is_bic);
                if (value < best) {
                    best = value;
                    next = trial;
                }
            }
            if (next.terms == m.terms)
                break;
            m = next;
        }
        const mst_meta_options how = by(is_bic ? MST_META_FORWARD_BIC : MST_META_FORWARD_AICC);
        mst_meta meta = meta_of(&points, &how);
        assert_int_equal(meta.terms, m.terms + 1);
        for (int t = 0; t < m.terms; t++)
            assert_true(has(&meta, full.term[m.term[t]].first, full.term[m.term[t]].second));
        double mean = 0.0, total = 0.0;
        for (int i = 0; i < N; i++)
            mean += w.y[i] / N;
        for (int i = 0; i < N; i++)
            total += (w.y[i] - mean) * (w.y[i] - mean);
        assert_near(criterion(&meta, total), best, 1e-9);
        mst_meta_free(&meta);
    }
    mst_meta_free(&full);
}

/* Full two-level plans with replicates: straight effects only, and as many as there are inputs. A product
 * of the two strongest is not brought in with them before the third. */
static void test_metamodel_choice__straight_effects_before_products(void **state)
{
    (void)state;
    enum { INPUTS = 4, ROWS = 64 };
    static const double size[INPUTS] = {10.0, 4.0, 3.0, 2.0};
    mst_input input[INPUTS];
    for (int k = 0; k < INPUTS; k++)
        input[k] = (mst_input){MST_INPUT_REAL, -1.0, 1.0, 0};
    int extra = 0;
    for (int inputs = 3; inputs <= INPUTS; inputs++)
        for (uint64_t seed = 0; seed < 8; seed++) {
            double x[ROWS * INPUTS], y[ROWS];
            gsl_rng *rng = mst_rng_open(seed, "straight");
            for (int i = 0; i < ROWS; i++) {
                y[i] = gsl_ran_gaussian(rng, 1.0);
                for (int k = 0; k < inputs; k++) {
                    x[i * inputs + k] = i >> k & 1 ? 1.0 : -1.0;
                    y[i] += size[k] * x[i * inputs + k];
                }
            }
            gsl_rng_free(rng);
            const mst_points points = {
                .rows = ROWS, .inputs = inputs, .input = input, .x = x, .y = y};
            const mst_meta_options how = by(MST_META_FORWARD_EBIC);
            mst_meta meta = meta_of(&points, &how);
            extra += meta.terms - (1 + inputs);
            for (int k = 0; k < inputs; k++)
                assert_true(has(&meta, k, -1));
            mst_meta_free(&meta);
        }
    assert_true(extra <=
                6); /* of 16 fits: one more in five, where most are in, is the criterion's */
}

/* The pilot plant of Box, Hunter and Hunter (1978, table 10.1): temperature, concentration, catalyst and
 * the product of first and third, out of eight runs; effects 23, -5, 1.5 and 10. */
static void test_metamodel_choice__pilot_plant(void **state)
{
    (void)state;
    mst_input input[3];
    const double y[8] = {60, 72, 54, 68, 52, 83, 45, 80};
    double x[24];
    for (int i = 0; i < 24; i++)
        x[i] = i / 3 >> i % 3 & 1 ? 1.0 : -1.0;
    for (int k = 0; k < 3; k++)
        input[k] = (mst_input){MST_INPUT_REAL, -1.0, 1.0, 0};
    const mst_points points = {.rows = 8, .inputs = 3, .input = input, .x = x, .y = y};
    const mst_meta_options how = by(MST_META_FORWARD_EBIC);
    mst_meta meta = meta_of(&points, &how);
    assert_int_equal(meta.terms, 5);
    assert_near(meta_find(&meta, 0, -1, 0)->value, 11.5, 1e-12);
    assert_near(meta_find(&meta, 1, -1, 0)->value, -2.5, 1e-12);
    assert_near(meta_find(&meta, 2, -1, 0)->value, 0.75, 1e-12);
    assert_near(meta_find(&meta, 0, 2, 0)->value, 5.0, 1e-12);
    mst_meta_free(&meta);
}

/* Sums of three and of four inputs without noise, 100 samples of 30 points each: one input alone may be worth
 * no term where two are. */
static void test_metamodel_choice__pairs_of_inputs_come_in_without_their_product(void **state)
{
    (void)state;
    enum { ROWS = 30, INPUTS = 8 };
    mst_input input[INPUTS];
    int missed = 0;
    for (int k = 0; k < INPUTS; k++)
        input[k] = (mst_input){MST_INPUT_REAL, 0.0, 1.0, 0};
    for (uint64_t seed = 0; seed < 100; seed++)
        for (int summed = 3; summed <= 4; summed++) {
            double x[ROWS * INPUTS], y[ROWS];
            gsl_rng *rng = mst_rng_open(seed, "sums");
            draw_inputs(rng, input, INPUTS, ROWS, x);
            gsl_rng_free(rng);
            for (int i = 0; i < ROWS; i++) {
                y[i] = 0.0;
                for (int k = 0; k < summed; k++)
                    y[i] += x[i * INPUTS + k];
            }
            const mst_points points = {
                .rows = ROWS, .inputs = INPUTS, .input = input, .x = x, .y = y};
            const mst_meta_options how = by(MST_META_FORWARD_EBIC);
            mst_meta meta = meta_of(&points, &how);
            missed += meta.r2 < 0.999;
            mst_meta_free(&meta);
        }
    assert_true(missed <= 10); /* of 200: 5, and 24 without such moves */
}

/* Whatever came in: without any term that may go the criterion is no better, by whole fits. */
static void test_metamodel_choice__nothing_is_left_that_may_go(void **state)
{
    (void)state;
    int fewer = 0;
    const mst_meta_options all = meta_how(MST_META_QUADRATIC);
    for (uint64_t seed = 50; seed < 80; seed++) {
        world w;
        const mst_points points = make(&w, seed, 2.0);
        mst_meta full = meta_of(&points, &all);
        const mst_meta_options how = by(MST_META_FORWARD_BIC);
        mst_meta meta = meta_of(&points, &how);
        model m = {0};
        for (int t = 1; t < meta.terms; t++)
            m.term[m.terms++] = term_of(&full, meta.term[t].first, meta.term[t].second);
        const double value = value_of(&w, &full, &m, true);
        for (int t = 0; t < m.terms; t++) {
            model less = {0};
            bool is_borne = false;
            for (int i = 0; i < m.terms; i++) {
                const mst_meta_term *of = &full.term[m.term[i]], *out = &full.term[m.term[t]];
                is_borne = is_borne || (out->second < 0 && of->second >= 0 &&
                                        (of->first == out->first || of->second == out->first));
                if (i != t)
                    less.term[less.terms++] = m.term[i];
            }
            assert_true(is_borne || value_of(&w, &full, &less, true) >= value - 1e-9);
            fewer += !is_borne;
        }
        mst_meta_free(&meta);
        mst_meta_free(&full);
    }
    assert_true(fewer > 30); /* there was something to try */
}

/* Of results that no input moves, the stricter criterion takes little, and every product comes with
 * its inputs; never are fewer than 3 points left over. */
static void test_metamodel_choice__keeps_heredity_and_spare_points(void **state)
{
    (void)state;
    int extra = 0;
    for (uint64_t seed = 10; seed < 40; seed++) {
        world w;
        mst_points points = make(&w, seed, 1.0);
        gsl_rng *rng = mst_rng_open(seed, "noise only");
        for (int i = 0; i < N; i++)
            w.y[i] = gsl_ran_gaussian(rng, 1.0);
        gsl_rng_free(rng);
        points.rows = seed % 2 ? N : 12; /* far fewer points than terms */
        for (int choice = MST_META_FORWARD_AICC; choice <= MST_META_FORWARD_BIC; choice++) {
            const mst_meta_options how = by((mst_meta_choice)choice);
            mst_meta meta = meta_of(&points, &how);
            for (int t = 1; t < meta.terms; t++) {
                const mst_meta_term *term = &meta.term[t];
                assert_true(has(&meta, term->first, -1));
                assert_true(term->second < 0 || has(&meta, term->second, -1));
            }
            assert_true(meta.df >= 3);
            extra += choice == MST_META_FORWARD_BIC && points.rows == N ? meta.terms - 1 : 0;
            mst_meta_free(&meta);
        }
    }
    assert_true(extra < 60); /* 15 fits: below 4 each, of 44 terms */
}

/* Far more terms to choose from, 495, than points: out of noise BIC makes an equation with 97 coefficients
 * and R2 1 at one of these seeds in two or so; of what is there, two inputs, the third finds both. */
static void test_metamodel_choice__makes_nothing_of_noise(void **state)
{
    (void)state;
    enum { ROWS = 100, INPUTS = 30 };
    static mst_input input[INPUTS];
    static double x[ROWS * INPUTS], y[ROWS];
    for (int k = 0; k < INPUTS; k++)
        input[k] = (mst_input){MST_INPUT_REAL, -1.0, 1.0, 0};
    for (uint64_t seed = 0; seed < 10; seed++) {
        gsl_rng *rng = mst_rng_open(seed, "thirty");
        draw_inputs(rng, input, INPUTS, ROWS, x);
        for (int i = 0; i < ROWS; i++)
            y[i] = gsl_ran_gaussian(rng, 1.0) +
                   (seed == 9 ? 2.0 * x[i * INPUTS] + 2.0 * x[i * INPUTS + 29] : 0.0);
        gsl_rng_free(rng);
        const mst_points points = {.rows = ROWS, .inputs = INPUTS, .input = input, .x = x, .y = y};
        const mst_meta_options how = by(MST_META_FORWARD_EBIC);
        mst_meta meta = meta_of(&points, &how);
        assert_true(meta.rank <= ROWS / 3); /* 33, more than inputs */
        if (seed == 9)
            assert_true(has(&meta, 0, -1) && has(&meta, 29, -1));
        else
            assert_true(meta.terms <= 2 && meta.r2 < 0.3);
        mst_meta_free(&meta);
    }
}

/* Two choices, of four and of seven levels, at their 28 combinations: nine columns by themselves, 18 of the
 * product. What a level does is found by names as it is by numbers; and of noise there is nothing, or one
 * term at a few of 100 seeds. */
static void test_metamodel_choice__a_choice_is_one_term(void **state)
{
    (void)state;
    enum { FIRST = 4, SECOND = 7, ROWS = FIRST * SECOND };
    static const mst_input input[] = {{.kind = MST_INPUT_CHOICE, .levels = FIRST},
                                      {.kind = MST_INPUT_CHOICE, .levels = SECOND}};
    double x[2 * ROWS], y[ROWS];
    int out_of_noise = 0;
    for (uint64_t seed = 0; seed < 101; seed++) {
        const bool is_there = seed == 100;
        gsl_rng *rng = mst_rng_open(seed, "names");
        for (int i = 0; i < ROWS; i++) {
            x[2 * i] = i % FIRST;
            x[2 * i + 1] = i / FIRST;
            y[i] = gsl_ran_gaussian(rng, 1.0) + (is_there ? 2.5 * x[2 * i] + x[2 * i + 1] : 0.0);
        }
        gsl_rng_free(rng);
        const mst_points points = {.rows = ROWS, .inputs = 2, .input = input, .x = x, .y = y};
        const mst_meta_options how = by(MST_META_FORWARD_EBIC);
        mst_meta meta = meta_of(&points, &how);
        if (is_there)
            assert_true(has(&meta, 0, -1) && has(&meta, 1, -1) && !has(&meta, 0, 1));
        else
            out_of_noise += meta.terms > 1;
        mst_meta_free(&meta);
    }
    assert_true(out_of_noise <= 5);
}

static void test_metamodel_choice__constant_results_need_no_term(void **state)
{
    (void)state;
    world w;
    const mst_points points = make(&w, 3, 1.0);
    for (int i = 0; i < N; i++)
        w.y[i] = -0.3;
    const mst_meta_options how = by(MST_META_FORWARD_AICC);
    mst_meta meta = meta_of(&points, &how);
    assert_int_equal(meta.terms, 1);
    assert_near(meta.coefficient[0].value, -0.3, 0.0);
    assert_near(meta_at(&meta, w.x), -0.3, 0.0);
    mst_meta_free(&meta);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metamodel_choice__finds_what_is_there),
        cmocka_unit_test(test_metamodel_choice__walk_done_over_by_whole_fits),
        cmocka_unit_test(test_metamodel_choice__straight_effects_before_products),
        cmocka_unit_test(test_metamodel_choice__pilot_plant),
        cmocka_unit_test(test_metamodel_choice__pairs_of_inputs_come_in_without_their_product),
        cmocka_unit_test(test_metamodel_choice__nothing_is_left_that_may_go),
        cmocka_unit_test(test_metamodel_choice__keeps_heredity_and_spare_points),
        cmocka_unit_test(test_metamodel_choice__makes_nothing_of_noise),
        cmocka_unit_test(test_metamodel_choice__a_choice_is_one_term),
        cmocka_unit_test(test_metamodel_choice__constant_results_need_no_term),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

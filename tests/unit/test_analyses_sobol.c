/* The analysis "sobol": from points of a Saltelli design to sentences, tables and plots. */
#include "analysed.h"
#include "sensitivity.h"

#include <gsl/gsl_randist.h>
#include <stdio.h>

static const char alone[] = "alone, S", total[] = "total, ST";

static double index_of(const analysed *told, const char *factor, const char *index)
{
    return analysed_number(told, "sobol-indices", factor, index, "share");
}

static void assert_words(const analysed *told, const char *factor, const char *index,
                         const char *words)
{
    assert_string_equal(analysed_words(told, "sobol-indices", factor, index, "words"), words);
}

static analysed_ask saltelli(figure_of *figure, int32_t factors, int64_t points)
{
    return (analysed_ask){.method = "saltelli",
                          .design = {.columns = factors, .points = points, .seed = 3},
                          .figure = figure};
}

/* ---- textbook functions ------------------------------------------------------------------------------ */

static double of_ishigami(const double *u, gsl_rng *luck)
{
    (void)luck;
    return sens_ishigami(u, 3);
}

static double of_g(const double *u, gsl_rng *luck)
{
    (void)luck;
    return sens_g(u, 8);
}

static void assert_ishigami(const analysed *told, double tolerance)
{
    static const char *const names[] = {"x1", "x2", "x3"};
    for (int i = 0; i < 3; i++) {
        assert_near(index_of(told, names[i], alone), sens_ishigami_s[i], tolerance);
        assert_near(index_of(told, names[i], total), sens_ishigami_st[i], tolerance);
    }
}

/* Errors published for plain Monte Carlo at N = 1024 are .01 to .05 an index; low-discrepancy rows do
 * better: below .01 at 4096. */
static void test_analyses_sobol__ishigami(void **state)
{
    (void)state;
    for (int at = 0; at < 2; at++) {
        analysed_ask ask = saltelli(of_ishigami, 3, at == 0 ? 1024 : 4096);
        ask.design.second_order = true;
        analysed_data a = analysed_open(ask);
        analysed told = analysed_tell("sobol", &a.data);
        assert_ishigami(&told, at == 0 ? .05 : .01);
        assert_words(&told, "x1", alone, "clearly not 0");
        assert_words(&told, "x1", total, "more than alone: interacts");
        assert_words(&told, "x2", total, "no interaction can be told");
        assert_words(&told, "x3", alone, "not distinguishable from 0");
        assert_words(&told, "x3", total, "only by interactions");
        assert_true(analysed_says(&told, "of the variance of \"hours lost\"") ||
                    analysed_says(&told, "Of the variance of \"hours lost\""));
        assert_true(analysed_says(&told, "x1 explains 3"));
        assert_true(analysed_says(&told, "but only together with others."));
        assert_true(analysed_says(&told, at == 0 ? "from 1024 base rows, 0 dropped"
                                                 : "from 4096 base rows, 0 dropped"));
        assert_false(analysed_says(&told, "Caution"));
        assert_false(analysed_says(&told, "Chance")); /* a plan run has none */
        assert_false(analysed_says(&told, "and chance"));
        /* one pair of three: 6 errors of single indices */
        assert_near(analysed_number(&told, "sobol-pairs", "x1 with x3", NULL, "share"),
                    sens_ishigami_s13, at == 0 ? .1 : .03);
        assert_true(analysed_says(&told, "Of 3 pairs of factors one has an effect together"));
        assert_near(analysed_number(&told, "sobol-whole", "rest: interactions", NULL, "share"),
                    sens_ishigami_s13, at == 0 ? .1 : .02);
        assert_int_equal(analysed_rows(&told, "sobol-settling"), 12);
        assert_int_equal(analysed_plots(&told, "bars"), 2);
        assert_int_equal(analysed_plots(&told, "lines"), 2);
        analysed_fits_page(&told);
        analysed_free(&told);
        analysed_close(&a);
    }
}

/* Indices of .0001 are there and next to nothing: they are not cut to 0. */
static void test_analyses_sobol__g_function(void **state)
{
    (void)state;
    static const char *const names[] = {"x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8"};
    static const double s[] = {.71619217, .17904804, .02367577, .00716192,
                               .0000716,  .0000716,  .0000716,  .0000716};
    static const double st[] = {.78714413, .24219819, .03431691, .01046039,
                                .00010495, .00010495, .00010495, .00010495};
    analysed_data a = analysed_open(saltelli(of_g, 8, 4096));
    analysed told = analysed_tell("sobol", &a.data);
    for (int i = 0; i < 8; i++) {
        assert_near(index_of(&told, names[i], alone), s[i], .01);
        assert_near(index_of(&told, names[i], total), st[i], .01);
        if (i > 3) {
            assert_true(index_of(&told, names[i], total) > 0.0);
            assert_words(&told, names[i], total, "next to nothing: below 1 %");
        }
    }
    assert_true(analysed_says(&told, "less than 1 %"));
    assert_int_equal(analysed_rows(&told, "sobol-settling"), 32); /* 8 factors, 4 lengths */
    assert_int_equal(analysed_rows(&told, "sobol-pairs"), -1);    /* not asked for */
    analysed_fits_page(&told);
    analysed_free(&told);
    analysed_close(&a);
}

/* Out of a table come the same figures as out of a store; its resampling has another seed. */
static void test_analyses_sobol__table(void **state)
{
    (void)state;
    analysed_ask ask = saltelli(of_ishigami, 3, 256);
    ask.design.second_order = true;
    analysed_data a = analysed_open(ask);
    char *csv = analysed_csv(&a, 0, 0);
    analysed of_store = analysed_tell("sobol", &a.data), of_table;
    assert_int_equal(analysed_table("sobol", csv, &of_table, NULL), MUSTER_OK);
    for (int i = 0; i < 3; i++) {
        const char *const name = a.data.factor[i].id;
        assert_near(index_of(&of_table, name, alone), index_of(&of_store, name, alone), 1e-10);
        assert_near(index_of(&of_table, name, total), index_of(&of_store, name, total), 1e-10);
    }
    assert_int_equal(analysed_rows(&of_table, "sobol-pairs"), 3);
    free(csv);
    analysed_free(&of_store);
    analysed_free(&of_table);
    /* without the last 100 of 8 * 256 points: of row 244 half is there */
    csv = analysed_csv(&a, 8 * 256 - 100, 8 * 256);
    assert_int_equal(analysed_table("sobol", csv, &of_table, NULL), MUSTER_OK);
    assert_true(analysed_says(&of_table, "from 243 base rows, 1 dropped"));
    free(csv);
    analysed_free(&of_table);
    analysed_close(&a);
}

/* ---- chance ------------------------------------------------------------------------------------------ */

/* x1 has variance 1/12, luck 1/12; x2 does nothing. */
static double lucky(const double *u, gsl_rng *luck)
{
    return 10.0 + u[0] + (luck ? gsl_ran_gaussian(luck, sqrt(1.0 / 12.0)) : 0.0);
}

/* Of means over R runs x1 has 1 / (1 + 1/R) of the variance; of single runs luck has a half. Four errors
 * of plain sampling at N = 1024, since luck is not of low discrepancy: .02 an index. */
static void test_analyses_sobol__luck(void **state)
{
    (void)state;
    static const int32_t replications[] = {1, 4};
    for (int at = 0; at < 2; at++) {
        const double r = replications[at];
        analysed_ask ask = saltelli(lucky, 2, 1024);
        ask.design.luck = true;
        ask.replications = replications[at];
        analysed_data a = analysed_open(ask);
        analysed told = analysed_tell("sobol", &a.data);
        assert_near(index_of(&told, "x1", alone), r / (r + 1.0), .08);
        assert_near(index_of(&told, "chance (luck)", alone), 1.0 / (r + 1.0), .08);
        assert_near(index_of(&told, "chance (luck)", total), 1.0 / (r + 1.0), .08);
        assert_near(index_of(&told, "x2", total), 0.0, 0.0); /* the same random numbers */
        assert_words(&told, "x2", total, "nothing at all");
        assert_true(analysed_says(&told, at == 0 ? "Chance alone is " : ", in means over 4 repl"));
        assert_int_equal(analysed_says(&told, "of single runs"), at == 1);
        if (at == 1) {
            assert_near(
                analysed_number(&told, "sobol-whole", "luck, in single runs", NULL, "share"), .5,
                .05);
            /* (1 + 1/4) / (1 + 1) */
            assert_true(analysed_says(&told, "is 0.62 times") ||
                        analysed_says(&told, "is 0.63 times"));
        }
        assert_false(analysed_says(&told, "luck = true"));
        analysed_fits_page(&told);
        analysed_free(&told);
        analysed_close(&a);
    }
}

static void test_analyses_sobol__luck_not_asked_for(void **state)
{
    (void)state;
    for (int32_t replications = 0; replications < 3; replications++) {
        analysed_ask ask = saltelli(lucky, 2, 256);
        ask.replications = replications;
        analysed_data a = analysed_open(ask);
        analysed told = analysed_tell("sobol", &a.data);
        assert_int_equal(analysed_says(&told, "method = { luck = true; }"), replications > 0);
        assert_int_equal(analysed_says(&told, "Of the variance of single runs"), replications == 2);
        assert_int_equal(analysed_says(&told, ", and chance if runs have any"), replications > 0);
        analysed_free(&told);
        analysed_close(&a);
    }
}

/* ---- rows that are not there ------------------------------------------------------------------------- */

/* The same indices as of the rows that are whole, moved together: what was dropped counts nowhere. */
static void test_analyses_sobol__dropped(void **state)
{
    (void)state;
    analysed_data a = analysed_open(saltelli(of_ishigami, 3, 128));
    analysed_fail(&a, analysed_find(&a, "a", -1, 3));
    analysed_fail(&a, analysed_find(&a, "ab", 2, 77));
    analysed_fail(&a, analysed_find(&a, "b", -1, 127));
    analysed_fail(&a, analysed_find(&a, "ab", 0, 127));
    analysed told = analysed_tell("sobol", &a.data);
    assert_true(analysed_says(&told, "from 125 base rows, 3 dropped"));
    assert_true(analysed_says(&told, "Caution: 3 of 128 base rows are dropped"));
    mst_sobol_input in = {.factors = 3, .rows = 125};
    double block[5][125];
    int64_t to = 0;
    for (int64_t j = 0; j < 128; j++) {
        if (j == 3 || j == 77 || j == 127)
            continue;
        block[0][to] = a.data.cell[analysed_find(&a, "a", -1, j)].mean;
        block[1][to] = a.data.cell[analysed_find(&a, "b", -1, j)].mean;
        for (int32_t f = 0; f < 3; f++)
            block[2 + f][to] = a.data.cell[analysed_find(&a, "ab", f, j)].mean;
        to++;
    }
    in.a = block[0];
    in.b = block[1];
    in.ab = block[2];
    mst_sobol_result exact = sens_estimate(&in, NULL);
    for (int32_t f = 0; f < 3; f++) {
        const char *const name = a.data.factor[f].id;
        assert_near(index_of(&told, name, alone), exact.factor[f].s.value, 1e-11);
        assert_near(index_of(&told, name, total), exact.factor[f].st.value, 1e-11);
    }
    mst_sobol_free(&exact);
    analysed_free(&told);
    for (int64_t p = 0; p < a.data.points; p++)
        if (strcmp(a.data.point[p].block, "b") == 0)
            analysed_fail(&a, p);
    told = analysed_tell("sobol", &a.data);
    assert_true(analysed_says(&told, "Nothing can be told: of every one of 128 base rows"));
    assert_words(&told, "x1", alone, "cannot be estimated");
    analysed_free(&told);
    analysed_close(&a);
}

/* Gives points of a block (and factor, unless -1) another one. */
static void retag(analysed_data *a, const char *block, int32_t factor, const char *other)
{
    for (int64_t p = 0; p < a->data.points; p++)
        if (strcmp(a->point[p].block, block) == 0 && (factor < 0 || a->point[p].factor == factor))
            a->point[p].block = other;
}

static void refused_without(const char *block, int32_t factor, const char *words)
{
    analysed_data a = analysed_open(saltelli(of_ishigami, 3, 64));
    retag(&a, block, factor, "point");
    analysed_refuse("sobol", &a.data, words);
    analysed_close(&a);
}

static void test_analyses_sobol__refused(void **state)
{
    (void)state;
    refused_without("a", -1, "points of block 'a' are missing");
    refused_without("b", -1, "points of block 'b' are missing");
    refused_without("ab", 1, "points of block 'ab x2' are missing");
    analysed_ask ask = saltelli(of_ishigami, 3, 64);
    ask.method = "lhs";
    analysed_data a = analysed_open(ask);
    analysed_refuse("sobol", &a.data, "method 'lhs' has no points of blocks 'a' and 'b'");
    analysed_close(&a);
    ask.method = "sobol"; /* the name of the analysis, and not its design */
    a = analysed_open(ask);
    analysed_refuse("sobol", &a.data,
                    "indices need method = { name = \"saltelli\"; ... } in the experiment's file; "
                    "method 'sobol' only spreads points");
    analysed_close(&a);
    a = analysed_open(saltelli(of_ishigami, 3, 64));
    a.point[8].base_row = 0; /* the fourth of the second row: "ab x3" */
    analysed_refuse("sobol", &a.data, "points 4 and 9 are of the same block 'ab' and base row 1");
    a.point[8].base_row = 100000;
    analysed_refuse("sobol", &a.data, "point 9 is of base row 100001, and there are 320 points");
    a.point[8].base_row = 200;
    analysed_refuse("sobol", &a.data, "of 201 base rows less than half of the points are there");
    analysed_close(&a);
}

/* Figures beside the factors: without a hint nobody would guess what is wrong. */
static void test_analyses_sobol__second_figure(void **state)
{
    (void)state;
    analysed told;
    const char *words = NULL;
    static const char csv[] = "block,x,cost,y\na 1,1,5,2\nab x 1,2,4,3\nb 1,2,4,3\n";
    assert_int_equal(analysed_table("sobol", csv, &told, &words), MUSTER_MISTAKE);
    assert_non_null(strstr(words, "points of block 'ab cost' are missing (if that is no factor"));
}

static void test_analyses_sobol__some_ba(void **state)
{
    (void)state;
    analysed_ask ask = saltelli(of_ishigami, 3, 64);
    ask.design.second_order = true;
    analysed_data a = analysed_open(ask);
    retag(&a, "ba", 1, "point");
    analysed told = analysed_tell("sobol", &a.data);
    assert_true(analysed_says(&told, "points of block 'ba' are not there for every factor"));
    assert_int_equal(analysed_rows(&told, "sobol-pairs"), -1);
    analysed_free(&told);
    analysed_close(&a);
}

/* ---- warnings ---------------------------------------------------------------------------------------- */

static double of_eleven(const double *u, gsl_rng *luck)
{
    (void)luck;
    return u[0] + u[10];
}

static void test_analyses_sobol__many_factors(void **state)
{
    (void)state;
    static const struct {
        int32_t factors;
        int64_t points;
        bool warns;
    } cases[] = {{10, 64, false}, {11, 2048, true}, {11, 4096, false}, {21, 64, false}};
    for (int at = 0; at < 4; at++) {
        analysed_ask ask = saltelli(of_eleven, cases[at].factors, cases[at].points);
        ask.figure = cases[at].factors > 10 ? of_eleven : of_g;
        analysed_data a = analysed_open(ask);
        analysed told = analysed_tell("sobol", &a.data);
        assert_int_equal(analysed_says(&told, "take points = 4096 or more"), cases[at].warns);
        analysed_free(&told);
        analysed_close(&a);
    }
}

static void test_analyses_sobol__constant(void **state)
{
    (void)state;
    analysed_data a = analysed_open(saltelli(of_ishigami, 3, 64));
    for (int64_t p = 0; p < a.data.points; p++)
        analysed_set(&a, p, 4.5);
    analysed told = analysed_tell("sobol", &a.data);
    assert_true(analysed_says(&told, "\"hours lost\" is 4.5 at every point"));
    assert_words(&told, "x2", total, "nothing at all");
    assert_int_equal(analysed_plots(&told, "lines"), 0);
    assert_int_equal(analysed_plots(&told, "bars"), 0);
    analysed_free(&told);
    analysed_set(&a, analysed_find(&a, "ab", 1, 5), 1.0);
    told = analysed_tell("sobol", &a.data);
    assert_true(analysed_says(&told, "changes too rarely for 64 base rows"));
    assert_words(&told, "x2", total, "cannot be estimated");
    analysed_free(&told);
    analysed_close(&a);
}

/* Runs that do not fit together: AB_i = A + (B - mean) / 2 gives S .5 and ST .125, of three factors. */
static void test_analyses_sobol__impossible(void **state)
{
    (void)state;
    analysed_data a = analysed_open(saltelli(of_ishigami, 3, 512));
    for (int64_t j = 0; j < 512; j++)
        for (int32_t f = 0; f < 3; f++) {
            const double of_a = a.data.cell[analysed_find(&a, "a", -1, j)].mean,
                         of_b = a.data.cell[analysed_find(&a, "b", -1, j)].mean;
            analysed_set(&a, analysed_find(&a, "ab", f, j), of_a + .5 * (of_b - 3.5));
        }
    analysed told = analysed_tell("sobol", &a.data);
    assert_true(analysed_says(&told, "Caution: the S add up to more than 1"));
    assert_true(analysed_says(&told, "Caution: ST is below S, beyond chance, which cannot be: x1, "
                                     "x2, x3."));
    analysed_free(&told);
    for (int64_t j = 0; j < 512; j++) /* B under the random numbers of A, nearly */
        analysed_set(&a, analysed_find(&a, "b", -1, j),
                     a.data.cell[analysed_find(&a, "a", -1, j)].mean + .5 * (double)(j % 7));
    told = analysed_tell("sobol", &a.data);
    assert_true(analysed_says(&told, "Caution: figures of A and of B correlate (r = 0.8"));
    analysed_free(&told);
    analysed_close(&a);
}

static void test_analyses_sobol__few_rows(void **state)
{
    (void)state;
    analysed_ask ask = saltelli(of_ishigami, 3, 32);
    ask.level = .9999; /* beyond what resamples can tell: value -+ half stands in */
    analysed_data a = analysed_open(ask);
    analysed told = analysed_tell("sobol", &a.data);
    assert_true(analysed_says(&told, "Caution: 32 base rows are few"));
    assert_int_equal(analysed_rows(&told, "sobol-settling"), -1);
    assert_true(analysed_says(&told, "99.99 % intervals by resampling base rows 5000 times"));
    assert_true(isfinite(analysed_number(&told, "sobol-indices", "x1", alone, "share_low")));
    analysed_free(&told);
    analysed_close(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_analyses_sobol__ishigami),
        cmocka_unit_test(test_analyses_sobol__g_function),
        cmocka_unit_test(test_analyses_sobol__table),
        cmocka_unit_test(test_analyses_sobol__luck),
        cmocka_unit_test(test_analyses_sobol__luck_not_asked_for),
        cmocka_unit_test(test_analyses_sobol__dropped),
        cmocka_unit_test(test_analyses_sobol__refused),
        cmocka_unit_test(test_analyses_sobol__second_figure),
        cmocka_unit_test(test_analyses_sobol__some_ba),
        cmocka_unit_test(test_analyses_sobol__many_factors),
        cmocka_unit_test(test_analyses_sobol__constant),
        cmocka_unit_test(test_analyses_sobol__impossible),
        cmocka_unit_test(test_analyses_sobol__few_rows),
    };
    return cmocka_run_group_tests_name("analyses sobol", tests, NULL, NULL);
}

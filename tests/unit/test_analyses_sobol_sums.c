/* Sobol indices that do not fit together, and figures that are easily taken for each other, in words. */
#include "analysed.h"

#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

static analysed_ask saltelli(figure_of *figure, int32_t factors, int64_t points)
{
    return (analysed_ask){.method = "saltelli",
                          .design = {.columns = factors, .points = points, .seed = 3},
                          .figure = figure};
}

static double of_one(const double *u, gsl_rng *luck)
{
    (void)luck;
    return u[0];
}

/* AB = A + 1.1 (B - A) of one factor: S is 1.1, and with 64 rows its interval holds 1. */
static void test_sobol_sums__more_than_all(void **state)
{
    (void)state;
    analysed_data a = analysed_open(saltelli(of_one, 1, 64));
    for (int64_t j = 0; j < 64; j++) {
        const double of_a = a.data.cell[analysed_find(&a, "a", -1, j)].mean,
                     of_b = a.data.cell[analysed_find(&a, "b", -1, j)].mean;
        analysed_set(&a, analysed_find(&a, "ab", 0, j), of_a + 1.1 * (of_b - of_a));
    }
    analysed told = analysed_tell("sobol", &a.data);
    assert_true(analysed_number(&told, "sobol-whole", "rest: interactions", NULL, "share") < -.05);
    assert_true(analysed_says(&told, "That is more than all there is, though not by more than the "
                                     "intervals are wide: with 64 base rows the estimates"));
    assert_true(analysed_says(&told, "(points = 256 in the file's method)"));
    assert_true(analysed_says(&told, "above 100 % are sampling error, left as computed"));
    assert_false(analysed_says(&told, "cannot be told from 0"));
    char *json = json_dumps(told.json, 0);
    assert_non_null(strstr(json, "Below 0 or above 100 %: sampling error"));
    free(json);
    analysed_free(&told);
    analysed_close(&a);
}

static double product(const double *u, gsl_rng *luck)
{
    return u[0] * (1.0 + u[1]) + (luck ? gsl_ran_gaussian(luck, .3) : 0.0);
}

/* What chance does in means, and in single runs, are two figures, and said to be. */
static void test_sobol_sums__two_figures_of_luck(void **state)
{
    (void)state;
    analysed_ask ask = saltelli(product, 2, 64);
    ask.design.luck = true;
    ask.replications = 4;
    analysed_data a = analysed_open(ask);
    analysed told = analysed_tell("sobol", &a.data);
    assert_true(analysed_says(&told, ", in means over 4 replications."));
    assert_true(analysed_says(&told, "All this is of means over 4 replications. Of the variance of "
                                     "single runs, in which luck counts 4 times as much, "));
    assert_true(analysed_number(&told, "sobol-whole", "chance alone, in means", NULL, "share") <
                analysed_number(&told, "sobol-whole", "luck, in single runs", NULL, "share"));
    analysed_free(&told);
    analysed_close(&a);
}

/* S cannot be told from ST, and is far from it: the text has both. */
static void test_sobol_sums__total_is_told(void **state)
{
    (void)state;
    analysed_data a = analysed_open(saltelli(of_one, 1, 64));
    for (int64_t j = 0; j < 64; j++)
        analysed_set(&a, analysed_find(&a, "ab", 0, j),
                     a.data.cell[analysed_find(&a, "b", -1, j)].mean + (j % 2 ? .12 : -.12));
    analysed told = analysed_tell("sobol", &a.data);
    assert_string_equal(analysed_words(&told, "sobol-indices", "x1", "total, ST", "words"),
                        "no interaction can be told");
    assert_true(analysed_says(&told, " with others, of which the difference may be chance"));
    analysed_free(&told);
    analysed_close(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sobol_sums__more_than_all),
        cmocka_unit_test(test_sobol_sums__two_figures_of_luck),
        cmocka_unit_test(test_sobol_sums__total_is_told),
    };
    return cmocka_run_group_tests_name("sobol sums", tests, NULL, NULL);
}

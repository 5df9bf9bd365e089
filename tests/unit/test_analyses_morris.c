/* The analysis "morris": from points of walks to effects in parts of a range, and what is said of them. */
#include "analysed.h"
#include "sensitivity.h"

#include <gsl/gsl_randist.h>

static const char table[] = "morris-effects";

static double of(const analysed *told, const char *factor, const char *column)
{
    return analysed_number(told, table, factor, NULL, column);
}

static analysed_ask morris(figure_of *figure, int32_t factors, int32_t walks)
{
    return (analysed_ask){
        .method = "morris",
        .design = {.columns = factors, .trajectories = walks, .seed = 8},
        .figure = figure,
    };
}

/* ---- effects ----------------------------------------------------------------------------------------- */

static double of_ishigami(const double *u, gsl_rng *luck)
{
    (void)luck;
    return sens_ishigami(u, 3);
}

/* Expectation of mu* on a grid of 4 as SALib's 10,000 seeded walks have it; of x2 every effect has the
 * same size. Half the width of a 95 % interval is 2 errors: 4 are allowed, as SALib's mean is one too. */
static void test_analyses_morris__ishigami(void **state)
{
    (void)state;
    static const char *const names[] = {"x1", "x2", "x3"};
    static const double mu_star[] = {7.682808, 7.875, 6.256295};
    analysed_data a = analysed_open(morris(of_ishigami, 3, 2000));
    analysed told = analysed_tell("morris", &a.data);
    for (int i = 0; i < 3; i++) {
        const double width =
            of(&told, names[i], "mu_star_high") - of(&told, names[i], "mu_star_low");
        assert_near(of(&told, names[i], "mu_star"), mu_star[i], width + 1e-6);
        assert_near(of(&told, names[i], "effects"), 2000, 0.0);
        assert_true(fabs(of(&told, names[i], "mu")) <= of(&told, names[i], "mu_star"));
    }
    assert_true(analysed_says(&told, "\"hours lost\" moves most with x1: over its whole range, on "
                                     "the average, by 7.9"));
    assert_true(analysed_says(&told, "always up; with x2 by 7.88 h (7.88 to 7.88); with x3 by 6."));
    assert_true(analysed_says(&told, "decides what comes of x2 and x3 "));
    /* half of its effects are 7.875, half -7.875: sigma / mu* is 1, by chance a little less */
    assert_string_equal(analysed_words(&told, table, "x2", NULL, "words"),
                        "interacts or turns round");
    assert_true(analysed_says(&told, "a walk steps by 0.667 of it. mu* is"));
    assert_true(analysed_says(&told, "from 2000 walks: 6000 effects, 0 dropped;"));
    assert_false(analysed_says(&told, "Caution"));
    assert_int_equal(analysed_plots(&told, "bars"), 1);
    assert_int_equal(analysed_plots(&told, "points"), 1);
    analysed_fits_page(&told);
    analysed_free(&told);
    analysed_close(&a);
}

/* x1 of any value, x2 three names, x3 six numbers: over the whole range 5, -7 and 2. */
static const char *const names[] = {"\"ONE\"", "\"TWO\"", "\"THREE\""};
static const char *const numbers[] = {"1", "2", "4", "8", "16", "32"};
#define FACTOR(name, ...)                                                                          \
    {                                                                                              \
        .id = name, .label = name, .unit = "", .path = "", .source = "", .standing = "",           \
        __VA_ARGS__                                                                                \
    }
static const muster_factor mixed_factors[] = {
    FACTOR("fuel", .dist = "triangular 0 0.2 1", .max = 1.0),
    FACTOR("base", .dist = "", .scale = MUSTER_SCALE_NAMES, .level = names, .level_count = 3,
           .min = (double)NAN, .max = (double)NAN),
    FACTOR("ships", .dist = "", .scale = MUSTER_SCALE_NUMBERS, .level = numbers, .level_count = 6,
           .min = 1.0, .max = 32.0)};

static double mixed(const double *u, gsl_rng *luck)
{
    (void)luck;
    return 5.0 * u[0] - 7.0 * mst_design_level(u[1], 3) / 2.0 +
           2.0 * mst_design_level(u[2], 6) / 5.0;
}

/* Whatever the values are: those of the triangular factor are bent here, and so many steps of numbers
 * from 1 to 32 count alike. */
static void test_analyses_morris__units(void **state)
{
    (void)state;
    static const int32_t levels[] = {0, 3, 6};
    analysed_ask ask = morris(mixed, 3, 20);
    ask.design.levels = levels;
    ask.design.grid_levels = 6;
    ask.factor = mixed_factors;
    analysed_data a = analysed_open(ask);
    for (int64_t p = 0; p < a.data.points; p++)
        a.x[3 * p] = pow(a.x[3 * p], 3.0);
    analysed told = analysed_tell("morris", &a.data);
    static const char *const factors[] = {"base", "fuel", "ships"}; /* by falling mu* */
    static const double effect[] = {-7.0, 5.0, 2.0};
    for (int i = 0; i < 3; i++) {
        assert_near(of(&told, factors[i], "mu"), effect[i], 1e-12);
        assert_near(of(&told, factors[i], "mu_star"), fabs(effect[i]), 1e-12);
        assert_near(of(&told, factors[i], "sigma"), 0.0, 1e-12);
    }
    assert_string_equal(analysed_words(&told, table, "base", NULL, "words"),
                        "alike wherever tried, down");
    assert_string_equal(analysed_words(&told, table, "ships", NULL, "words"),
                        "alike wherever tried, up");
    assert_true(analysed_says(&told, "steps by 0.6 of it, counted by quantiles"));
    analysed_free(&told);
    analysed_close(&a);
}

/* A table says no more than values: the range is what stands in it, and a name is a whole range away. */
static void test_analyses_morris__table(void **state)
{
    (void)state;
    analysed told;
    static const char csv[] = "block,fuel,base,y\n"
                              "step 1,10,A,1\nstep fuel 1,30,A,5\nstep base 1,30,C,2\n"
                              "step 2,40,B,0\nstep base 2,40,A,4\nstep fuel 2,20,A,4\n";
    assert_int_equal(analysed_table("morris", csv, &told, NULL), MUSTER_OK);
    /* +4 over 20 of 30, +0 over -20 of 30; C comes after B in order of rows, A before B */
    assert_near(of(&told, "fuel", "mu_star"), (6.0 + 0.0) / 2.0, 1e-14);
    assert_near(of(&told, "fuel", "mu"), 3.0, 1e-14);
    assert_near(of(&told, "base", "mu_star"), (3.0 + 4.0) / 2.0, 1e-14);
    assert_true(analysed_says(&told, "that of the table; another name is a whole range away"));
    assert_true(analysed_says(&told, "Caution: of 2 walks intervals are too narrow"));
    analysed_free(&told);
}

/* ---- what follows ------------------------------------------------------------------------------------ */

/* x1 moves 100, x2 less than 5 % of that, x3 nothing; luck is shared within a walk. */
static double uneven(const double *u, gsl_rng *luck)
{
    return 100.0 * u[0] + 4.0 * u[1] + (luck ? gsl_ran_gaussian(luck, 50.0) : 0.0);
}

/* x1 and x2 move 100 each, x3 nothing. */
static double halves(const double *u, gsl_rng *luck)
{
    (void)luck;
    return 100.0 * u[0] + 100.0 * u[1];
}

/* What does little to this figure may do much to another: advice is for the one. */
static void test_analyses_morris__advice_is_of_the_figure(void **state)
{
    (void)state;
    analysed_data a = analysed_open(morris(halves, 3, 20));
    analysed told = analysed_tell("morris", &a.data);
    assert_true(analysed_says(&told, "For this figure a design for Sobol indices may leave that "
                                     "one out, and vary 2 factors in place of 3."));
    analysed_free(&told);
    analysed_close(&a);
}

static void test_analyses_morris__left_out(void **state)
{
    (void)state;
    analysed_ask ask = morris(uneven, 3, 20);
    ask.replications = 3;
    analysed_data a = analysed_open(ask);
    analysed told = analysed_tell("morris", &a.data);
    assert_near(of(&told, "x1", "mu_star"), 100.0, 1e-11);
    assert_near(of(&told, "x2", "mu_star"), 4.0, 1e-11);
    assert_near(of(&told, "x3", "mu_star"), 0.0, 1e-11); /* but for the rounding of a mean */
    assert_true(analysed_says(&told, "by the whole interval: x2"));
    assert_true(
        analysed_says(&told, "For this figure one factor is left, and Sobol indices would"));
    assert_false(analysed_says(&told, "A design for Sobol"));
    assert_true(analysed_says(&told, ", by means over 3 replications;"));
    assert_string_equal(analysed_words(&told, table, "x2", NULL, "words"),
                        "alike wherever tried, up; little");
    analysed_fits_page(&told);
    analysed_free(&told);
    analysed_close(&a);
}

static double interacting(const double *u, gsl_rng *luck)
{
    (void)luck;
    return u[0] > .5 && u[1] > .5 && u[2] > .5 ? 1.0 : 0.0;
}

static void test_analyses_morris__yes_or_no(void **state)
{
    (void)state;
    analysed_data a = analysed_open(morris(interacting, 3, 40));
    a.data.response.is_yes_no = true;
    analysed told = analysed_tell("morris", &a.data);
    assert_true(analysed_says(&told, " percentage points ("));
    assert_true(analysed_says(&told, "decides what comes of "));
    assert_string_equal(analysed_words(&told, table, "x1", NULL, "words"), "interacts, up");
    analysed_free(&told);
    analysed_close(&a);
}

/* ---- runs that are missing, or do nothing -------------------------------------------------------------- */

static void test_analyses_morris__dropped(void **state)
{
    (void)state;
    analysed_data a = analysed_open(morris(of_ishigami, 3, 20));
    analysed_fail(&a, 1); /* between two steps */
    analysed told = analysed_tell("morris", &a.data);
    assert_true(analysed_says(&told, "20 walks: 58 effects, 2 dropped"));
    assert_true(analysed_says(&told, "Caution: of an effect that is dropped a point failed"));
    assert_near(of(&told, "x1", "effects") + of(&told, "x2", "effects") +
                    of(&told, "x3", "effects"),
                58, 0.0);
    analysed_free(&told);
    for (int64_t p = 0; p < a.data.points; p += 2)
        analysed_fail(&a, p);
    told = analysed_tell("morris", &a.data);
    assert_true(analysed_says(&told, "Nothing can be told: no step has the figure at both ends"));
    assert_string_equal(analysed_words(&told, table, "x1", NULL, "words"), "cannot be estimated");
    assert_int_equal(analysed_plots(&told, "bars"), 0);
    analysed_free(&told);
    analysed_close(&a);
}

static void test_analyses_morris__nothing_moves(void **state)
{
    (void)state;
    analysed_data a = analysed_open(morris(of_ishigami, 3, 10));
    for (int64_t p = 0; p < a.data.points; p++)
        analysed_set(&a, p, 1.0 + a.x[3 * p]); /* x1 alone */
    for (int64_t p = 0; p < a.data.points; p++)
        a.x[3 * p + 1] = .5; /* x2 was rounded away */
    analysed told = analysed_tell("morris", &a.data);
    assert_true(analysed_says(&told, "Caution: 10 steps left the value of their factor where it"));
    assert_true(analysed_says(&told, "Nothing at all comes of x2 and x3."));
    assert_near(of(&told, "x1", "mu"), 1.0, 1e-14);
    analysed_free(&told);
    for (int64_t p = 0; p < a.data.points; p++)
        analysed_set(&a, p, 3.0);
    told = analysed_tell("morris", &a.data);
    assert_true(analysed_says(&told, "No step moves \"hours lost\" at all"));
    assert_int_equal(analysed_plots(&told, "points"), 0);
    analysed_free(&told);
    analysed_close(&a);
}

static void test_analyses_morris__refused(void **state)
{
    (void)state;
    analysed_ask ask = morris(of_ishigami, 3, 10);
    analysed_data a = analysed_open(ask);
    const int32_t second = a.point[2].factor;
    a.point[2].factor = a.point[1].factor;
    analysed_refuse("morris", &a.data, "walk 1 moves 'x");
    a.point[2].factor = -1;
    analysed_refuse("morris", &a.data, "point 3 of walk 1 says not what was moved");
    a.point[2].factor = second;
    a.x[3 * 5 + a.point[6].factor] = .123; /* moved one point too early */
    analysed_refuse("morris", &a.data, "' moves as well (rows stand as in the design;");
    a.x[3 * 5 + a.point[6].factor] = a.x[3 * 4 + a.point[6].factor];
    a.point[39].block = "point";
    analysed_refuse("morris", &a.data, "walk 10 has 3 of 4 points");
    a.point[36].block = "point";
    analysed_refuse("morris", &a.data, "the first point of walk 10 is missing");
    a.point[0].base_row = 1000;
    analysed_refuse("morris", &a.data, "the last walk is number 1001, and there are 38 points");
    for (int64_t p = 0; p < a.data.points; p++)
        a.point[p].block = "point";
    analysed_refuse("morris", &a.data, "it has no points of block 'step'");
    analysed_close(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_analyses_morris__ishigami),
        cmocka_unit_test(test_analyses_morris__units),
        cmocka_unit_test(test_analyses_morris__table),
        cmocka_unit_test(test_analyses_morris__left_out),
        cmocka_unit_test(test_analyses_morris__advice_is_of_the_figure),
        cmocka_unit_test(test_analyses_morris__yes_or_no),
        cmocka_unit_test(test_analyses_morris__dropped),
        cmocka_unit_test(test_analyses_morris__nothing_moves),
        cmocka_unit_test(test_analyses_morris__refused),
    };
    return cmocka_run_group_tests_name("analyses morris", tests, NULL, NULL);
}

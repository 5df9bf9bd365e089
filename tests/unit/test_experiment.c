/* Experiment files: what becomes of factors, points and measures, and what is told of mistakes. */
#include "test.h"

#include "experiment/dist.h"

#include "muster/analyze.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char scenario[] =
    "scenario = { id = \"demo\"; title = \"Two legs\"; start = \"2023-07-18T00:00Z\";\n"
    "             horizon = \"4 d\"; };\n"
    "states = { HOME = { name = \"Home\"; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;\n"
    "                         range_nm = 3500.0; range_speed_kn = 14.0; }; };\n"
    "bases = { PORT = { lat_deg = 43.11; lon_deg = 131.89;\n"
    "                   sea_lat_deg = 42.95; sea_lon_deg = 131.85; };\n"
    "          OTHER = { lat_deg = 43.11; lon_deg = 131.89;\n"
    "                   sea_lat_deg = 42.9; sea_lon_deg = 131.8; }; };\n"
    "units = { first = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\";\n"
    "                    readiness = 0.8; };\n"
    "          second = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; count = 2; }; "
    "};\n"
    "drills = { demo = { hosts = [\"HOME\"]; cap_need = 1.0; end = \"2023-07-20T12:00Z\";\n"
    "  decide_at = \"2023-07-18T00:00Z\";\n"
    "  muster = { lat_deg = 39.5; lon_deg = 134.0; at = \"2023-07-20T00:00Z\";\n"
    "             wait = \"12 h\"; };\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; } ); }; };\n"
    "whatif = { fuel = { path = \"units.first.fuel_frac\"; label = \"fuel\"; unit = \"of full\";\n"
    "                    min = 0.25; max = 1.0; with = [\"units.second.fuel_frac\",\n"
    "                    \"units.second.count = 3\"]; };\n"
    "           port = { path = \"units.first.base\"; choices = [\"PORT\", \"OTHER\"]; }; };\n"
    "variants = { dry = { changes = [\"units.first.fuel_frac = 0.3\"]; }; };\n";

/* ---- a file of the test's own --------------------------------------------------------------------- */

static bool open_text(const char *path, size_t max_bytes, char **bytes, size_t *length,
                      const char **reason, void *context)
{
    const char *text = strstr(path, "demo.cfg") ? scenario : context;
    (void)max_bytes;
    *reason = "no such file";
    if (strstr(path, "nowhere"))
        return false;
    *length = strlen(text);
    *bytes = malloc(*length + 1);
    assert_non_null(*bytes);
    memcpy(*bytes, text, *length + 1);
    return true;
}

static void close_text(char *bytes, void *context)
{
    (void)context;
    free(bytes);
}

static muster_land *land;

static int open_land(void **state)
{
    (void)state;
    return muster_land_open(NULL, 0, NULL, NULL, &land) == MUSTER_OK ? 0 : -1;
}

static int close_land(void **state)
{
    (void)state;
    muster_land_free(land);
    return 0;
}

static muster_status try_open(const char *text, muster_diags *diags, muster_experiment **out)
{
    char copy[8192];
    snprintf(copy, sizeof copy, "%s", text);
    const muster_opener opener = {open_text, close_text, copy};
    const muster_experiment_from from = {.path = "folder/x.cfg", .opener = &opener, .land = land};
    return muster_experiment_open(&from, diags, out);
}

static muster_experiment *opened(const char *rest)
{
    char text[8192];
    muster_experiment *e = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    snprintf(text, sizeof text,
             "experiment = { id = \"x\"; title = \"X\"; scenario = \"../demo.cfg\"; };\n%s", rest);
    const muster_status status = try_open(text, diags, &e);
    for (int32_t i = 0; i < muster_diags_count(diags); i++)
        if (muster_diags_at(diags, i)->severity == MUSTER_ERROR)
            print_error("%s\n", muster_diags_at(diags, i)->message);
    assert_int_equal(status, MUSTER_OK);
    muster_diags_free(diags);
    return e;
}

static uint64_t hash_of(const char *rest)
{
    muster_experiment *e = opened(rest);
    const uint64_t hash = muster_experiment_head_of(e)->plan_hash;
    muster_experiment_free(e);
    return hash;
}

/* The mistake that holds these words is told. */
static void refuses(const char *rest, const char *words)
{
    char text[8192];
    muster_experiment *e = NULL;
    bool is_told = false;
    muster_diags *diags = muster_diags_create(NULL);
    snprintf(text, sizeof text,
             "experiment = { id = \"x\"; title = \"X\"; scenario = \"../demo.cfg\"; };\n%s", rest);
    assert_int_not_equal(try_open(text, diags, &e), MUSTER_OK);
    assert_null(e);
    for (int32_t i = 0; i < muster_diags_count(diags); i++) {
        const muster_diag *d = muster_diags_at(diags, i);
        char all[1200];
        snprintf(all, sizeof all, "%s (%s)", d->message, d->hint);
        is_told = is_told || strstr(all, words) != NULL;
        if (!strstr(all, words))
            print_message("told: %s\n", all);
    }
    muster_diags_free(diags);
    if (!is_told)
        fail_msg("not told: %s", words);
}

#define MEASURES "measures = [\"mustered\"];\n"
#define FACTORIAL "method = { name = \"factorial\"; };\n"

/* ---- factors -------------------------------------------------------------------------------------- */

static const char *value(const muster_experiment *e, int64_t point, int32_t factor)
{
    static char out[MUSTER_VALUE_BYTES];
    return muster_experiment_value(e, point, factor, out);
}

static void test_experiment__factorial_varies_the_last_factor_fastest(void **state)
{
    (void)state;
    muster_experiment *e = opened(
        FACTORIAL MEASURES
        "factors = { a = { path = \"units.first.fuel_frac\"; min = 0.1; max = 0.7; steps = 3; };\n"
        "            b = { path = \"units.first.base\"; levels = [\"PORT\", \"OTHER\"]; }; };\n");
    assert_int_equal(muster_experiment_head_of(e)->points, 6);
    assert_string_equal(value(e, 0, 0), "0.1");
    assert_string_equal(value(e, 0, 1), "\"PORT\"");
    assert_string_equal(value(e, 1, 0), "0.1");
    assert_string_equal(value(e, 1, 1), "\"OTHER\"");
    assert_string_equal(value(e, 2, 0), "0.4"); /* not .39999999999999997 */
    assert_string_equal(value(e, 5, 0), "0.7");
    assert_true(muster_experiment_factor(e, 1)->moves_geography);
    assert_string_equal(muster_experiment_factor(e, 1)->standing, "\"PORT\"");
    assert_int_equal(muster_experiment_factor(e, 0)->role, MUSTER_ROLE_UNCERTAINTY);
    muster_experiment_free(e);
}

static void test_experiment__a_lever_brings_all_that_is_not_given(void **state)
{
    (void)state;
    muster_experiment *e = opened("method = { name = \"lhs\"; points = 20; };\n" MEASURES
                                  "factors = { fuel = { lever = \"fuel\"; max = 0.9; };\n"
                                  "            port = { lever = \"port\"; }; };\n");
    const muster_factor *fuel = muster_experiment_factor(e, 0);
    assert_string_equal(fuel->label, "fuel");
    assert_string_equal(fuel->unit, "of full");
    assert_string_equal(fuel->dist, "uniform 0.25 0.9");
    assert_int_equal(fuel->role, MUSTER_ROLE_LEVER);
    assert_int_equal(muster_experiment_factor(e, 1)->level_count, 2);
    muster_settings *s = calloc(1, sizeof *s);
    assert_non_null(s);
    assert_true(muster_experiment_settings(e, 7, s));
    assert_int_equal(s->count, 4); /* fuel, what goes along with it, a fixed line, the port */
    assert_string_equal(s->setting[0].path, "units.first.fuel_frac");
    assert_string_equal(s->setting[1].path, "units.second.fuel_frac");
    assert_string_equal(s->setting[0].value, s->setting[1].value);
    assert_string_equal(s->setting[2].path, "units.second.count ");
    assert_string_equal(s->setting[2].value, " 3");
    assert_string_equal(s->setting[3].path, "units.first.base");
    free(s);
    muster_experiment_free(e);
}

/* Each whole number has the same share: rounding a real range would halve that of the ends. */
static void test_experiment__whole_numbers_have_equal_shares(void **state)
{
    (void)state;
    int count[4] = {0};
    muster_experiment *e =
        opened("method = { name = \"lhs\"; points = 400; midpoints = true; criterion = \"none\"; "
               "};\n" MEASURES
               "factors = { n = { path = \"units.second.count\"; min = 0; max = 3; }; };\n");
    for (int64_t p = 0; p < 400; p++)
        count[atoi(value(e, p, 0))]++;
    for (int i = 0; i < 4; i++)
        assert_int_equal(count[i], 100);
    muster_experiment_free(e);
}

/* Quantiles by hand: triangular 0 1 4 at 1/4 is its mode; uniform and log-uniform in the middle;
 * normal 10 2 cut to 8..14: Phi(z) half way between Phi(-1) = .1587 and Phi(2) = .9772, z = .1712 */
static void test_experiment__distributions_are_their_quantiles(void **state)
{
    static const struct {
        const char *text;
        double min, max, u, value, tolerance;
    } rows[] = {{"uniform", 2, 6, 0.25, 3, 1e-15},
                {"uniform 2 6", NAN, NAN, 0.5, 4, 1e-15},
                {"log-uniform", 1, 100, 0.5, 10, 1e-12},
                {"triangular 0 1 4", NAN, NAN, 0.25, 1, 1e-12},
                {"triangular 1", 0, 4, 0.25, 1, 1e-12},
                {"triangular 0 1 4", NAN, NAN, 0.8125, 2.5, 1e-12},
                {"normal 10 2", 8, 14, 0.5, 10.3423, 1e-4}, /* a table of Phi has 4 digits */
                {"normal 10 2", 8, 14, 0.0, 8, 0.0},
                {"normal 10 2", 8, 14, 1.0, 14, 0.0}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        mst_spread spread;
        const char *why = NULL;
        assert_true(mst_spread_read(rows[i].text, rows[i].min, rows[i].max, &spread, &why));
        assert_near(mst_spread_at(&spread, rows[i].u), rows[i].value, rows[i].tolerance);
        for (double u = 0.0; u < 1.0; u += 0.01)
            assert_true(mst_spread_at(&spread, u) <= mst_spread_at(&spread, u + 0.01));
    }
    mst_spread spread;
    const char *why = NULL;
    assert_false(mst_spread_read("triangular 0 5 4", NAN, NAN, &spread, &why));
    assert_false(mst_spread_read("normal 10 -2", 8, 14, &spread, &why));
    assert_false(mst_spread_read("normal 10 0.01", 80, 90, &spread, &why));
    assert_false(mst_spread_read("log-uniform", 0, 1, &spread, &why));
    assert_false(mst_spread_read("uniform 1", 0, 1, &spread, &why));
    assert_false(mst_spread_read("gauss 1 2", 0, 1, &spread, &why));
    assert_false(mst_spread_read("uniform", 1, 1, &spread, &why));
    assert_false(mst_spread_read("uniform", -(double)INFINITY, 1, &spread, &why));
}

/* ---- points --------------------------------------------------------------------------------------- */

static void test_experiment__one_at_a_time_leaves_the_others(void **state)
{
    (void)state;
    muster_experiment *e =
        opened("method = { name = \"one-at-a-time\"; };\n" MEASURES
               "factors = { a = { lever = \"fuel\"; }; b = { lever = \"port\"; }; };\n");
    muster_settings *s = calloc(1, sizeof *s);
    assert_non_null(s);
    assert_int_equal(muster_experiment_head_of(e)->points, 5);
    assert_true(muster_experiment_settings(e, 0, s));
    assert_int_equal(s->count, 0);
    assert_string_equal(muster_experiment_point(e, 0).block, "centre");
    assert_string_equal(muster_experiment_point(e, 1).block, "one");
    assert_string_equal(value(e, 1, 0), "0.25");
    assert_string_equal(value(e, 2, 0), "1.0");
    assert_string_equal(value(e, 2, 1), "");
    free(s);
    muster_experiment_free(e);
}

static void test_experiment__listed_points_are_variants_and_changes(void **state)
{
    (void)state;
    muster_experiment *e = opened("method = { name = \"list\"; };\n" MEASURES
                                  "points = ( { label = \"as it is\"; }, { variant = \"dry\"; },\n"
                                  "           { variant = \"dry\"; label = \"dry and two\";\n"
                                  "             set = [\" units.second.count  = 1 \"]; } );\n");
    muster_settings *s = calloc(1, sizeof *s);
    assert_non_null(s);
    assert_int_equal(muster_experiment_head_of(e)->points, 3);
    assert_string_equal(muster_experiment_point(e, 1).label, "dry");
    assert_true(muster_experiment_settings(e, 2, s));
    assert_int_equal(s->count, 2);
    assert_string_equal(s->setting[0].path, "units.first.fuel_frac");
    assert_string_equal(s->setting[1].path, "units.second.count");
    free(s);
    muster_experiment_free(e);
}

/* Rows of A and of all AB share random numbers, those of B have others (the wanted policy), and the
 * block of luck is A's settings under B's. */
static void test_experiment__saltelli_has_the_wanted_seeds(void **state)
{
    (void)state;
    muster_experiment *e =
        opened("method = { name = \"saltelli\"; points = 4; luck = true; };\n" MEASURES
               "runs = { replications = 2; seed = 9; };\n"
               "factors = { a = { lever = \"fuel\"; };\n"
               "  r = { path = \"units.first.readiness\"; min = 0; max = 1; }; };\n");
    uint64_t a[4] = {0}, b[4] = {0};
    const int64_t points = muster_experiment_head_of(e)->points;
    assert_int_equal(points, 4 * 5);
    for (int64_t p = 0; p < points; p++) {
        const muster_plan_point at = muster_experiment_point(e, p);
        if (strcmp(at.block, "a") == 0)
            a[at.base_row] = at.seed;
        if (strcmp(at.block, "b") == 0)
            b[at.base_row] = at.seed;
    }
    for (int64_t p = 0; p < points; p++) {
        const muster_plan_point at = muster_experiment_point(e, p);
        if (strcmp(at.block, "ab") == 0)
            assert_true(at.seed == (at.factor == 2 ? b : a)[at.base_row]);
    }
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 4; k++)
            assert_true(a[i] != b[k] && (i == k || a[i] != a[k]));
    muster_experiment_free(e);
}

/* ---- the hash ------------------------------------------------------------------------------------- */

static void test_experiment__the_hash_is_of_the_plan(void **state)
{
    (void)state;
#define FUEL                                                                                       \
    "factors = { a = { path = \"units.first.fuel_frac\"; min = 0.1; max = 0.7; steps = 3; }; };\n"
#define RUNS(n) "runs = { replications = " n "; seed = 4; };\n"
    const uint64_t hash = hash_of(FACTORIAL MEASURES FUEL RUNS("5"));
    assert_true(hash == hash_of(FACTORIAL MEASURES FUEL RUNS("5")));
    assert_true(hash == hash_of(FACTORIAL MEASURES FUEL RUNS("50"))); /* may be extended */
    assert_true(hash != hash_of(FACTORIAL MEASURES FUEL RUNS("0")));  /* plan runs are others */
    assert_true(hash !=
                hash_of(FACTORIAL MEASURES FUEL "runs = { replications = 5; seed = 5; };\n"));
    assert_true(hash != hash_of(FACTORIAL "measures = [\"score\"];\n" FUEL RUNS("5")));
    assert_true(hash !=
                hash_of(FACTORIAL MEASURES RUNS("5") "factors = { a = { path = "
                                                     "\"units.first.fuel_frac\"; min = 0.1; max = "
                                                     "0.7; steps = 4; }; };\n"));
}

/* ---- mistakes ------------------------------------------------------------------------------------- */

static void test_experiment__mistakes_are_told(void **state)
{
    (void)state;
    refuses("method = { name = \"factrial\"; };\n" MEASURES FUEL, "did you mean 'factorial'?");
    refuses(FACTORIAL MEASURES, "there are none");
    refuses(FACTORIAL FUEL, "nothing is measured");
    refuses(FACTORIAL FUEL "measures = [\"scor\"];\n", "did you mean 'score'?");
    refuses(FACTORIAL FUEL "measures = [\"station_h:frst\"];\n", "first");
    refuses(FACTORIAL MEASURES "factors = { a = { lever = \"fule\"; }; };\n",
            "did you mean 'fuel'?");
    refuses(FACTORIAL MEASURES "factors = { a = { min = 0; max = 1; }; };\n",
            "it says not what it sets");
    refuses(FACTORIAL MEASURES
            "factors = { a = { path = \"units.frst.fuel_frac\"; levels = [0, 1]; }; };\n",
            "did you mean 'first'?");
    refuses(FACTORIAL MEASURES
            "factors = { a = { path = \"drills.demo.slots\"; levels = [0, 1]; }; };\n",
            "not one value");
    refuses(FACTORIAL MEASURES
            "factors = { a = { path = \"units.first.fuel_frac\"; levels = [0.5, 0.5]; }; };\n",
            "stands twice");
    refuses(FACTORIAL MEASURES
            "factors = { a = { path = \"units.first.fuel_frac\"; min = 1; max = 0; }; };\n",
            "min is not below max");
    refuses(FACTORIAL MEASURES
            "factors = { a = { lever = \"fuel\"; };\n"
            "  b = { path = \"units.first.fuel_frac\"; min = 0; max = 1; steps = 2; }; };\n",
            "set the same");
    refuses("method = { name = \"list\"; };\n" MEASURES, "has no points");
    refuses("method = { name = \"list\"; };\n" MEASURES "points = ( { variant = \"dri\"; } );\n",
            "did you mean 'dry'?");
    refuses("method = { name = \"list\"; };\n" MEASURES "points = ( { set = [\"fuel\"]; } );\n",
            "has no '='");
    refuses("method = { name = \"saltelli\"; points = 100; };\n" MEASURES
            "factors = { a = { lever = \"fuel\"; }; b = { lever = \"port\"; }; };\n",
            "power of two");
    refuses(FACTORIAL MEASURES FUEL "runs = { replications = -1; };\n", "replications");
    refuses(FACTORIAL MEASURES FUEL "extra = 1;\n", "unknown key 'extra'");
}

static void test_experiment__files_that_are_not_there_are_told(void **state)
{
    (void)state;
    muster_experiment *e = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    assert_int_equal(
        try_open(
            "experiment = { id = \"x\"; title = \"X\"; scenario = \"nowhere.cfg\"; };\n" FACTORIAL
                FUEL MEASURES,
            diags, &e),
        MUSTER_WORLD);
    assert_non_null(strstr(muster_diags_at(diags, 0)->file, "folder/nowhere.cfg"));
    muster_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_experiment__factorial_varies_the_last_factor_fastest),
        cmocka_unit_test(test_experiment__a_lever_brings_all_that_is_not_given),
        cmocka_unit_test(test_experiment__whole_numbers_have_equal_shares),
        cmocka_unit_test(test_experiment__distributions_are_their_quantiles),
        cmocka_unit_test(test_experiment__one_at_a_time_leaves_the_others),
        cmocka_unit_test(test_experiment__listed_points_are_variants_and_changes),
        cmocka_unit_test(test_experiment__saltelli_has_the_wanted_seeds),
        cmocka_unit_test(test_experiment__the_hash_is_of_the_plan),
        cmocka_unit_test(test_experiment__mistakes_are_told),
        cmocka_unit_test(test_experiment__files_that_are_not_there_are_told),
    };
    return cmocka_run_group_tests(tests, open_land, close_land);
}

/* Experiment files with mistakes: each message names the file and the line, and says what to do. */
#include "test.h"

#include "sweeping.h"

#include <stdlib.h>
#include <string.h>

/* The parts of a file that is right, each on a line of its own: 1, 2, 3, 4. */
#define HEAD "experiment = { id = \"t\"; title = \"T\"; scenario = \"scenario.cfg\"; };\n"
#define METHOD "method = { name = \"factorial\"; };\n"
#define A "a = { path = \"units.first.readiness\"; min = 0.5; max = 1.0; steps = 3; }; "
#define FACTORS "factors = { " A "};\n"
#define MEASURES "measures = [\"mustered\"];\n"
#define WITH_FACTORS(text) HEAD METHOD "factors = { " text " };\n" MEASURES
#define WITH_MEASURES(text) HEAD METHOD FACTORS "measures = [" text "];\n"
#define WITH_HEAD(text)                                                                            \
    "experiment = { id = \"t\"; title = \"T\"; scenario = \"scenario.cfg\"; " text                 \
    " };\n" METHOD FACTORS MEASURES
#define WITH_METHOD(text) HEAD "method = { " text " };\n" FACTORS MEASURES
#define OF(path) "b = { path = \"" path "\"; "

static const struct {
    const char *text, *told;
} cases[] = {
    {"", "experiment.cfg:0: 'experiment' is missing"},
    {"x = {{{", "experiment.cfg:1: syntax error"},
    {METHOD FACTORS MEASURES, "experiment.cfg:0: 'experiment' is missing"},
    {HEAD FACTORS MEASURES, "experiment.cfg:0: 'method' is missing"},
    {HEAD METHOD MEASURES,
     "experiment.cfg:2: method 'factorial' varies factors, and there are none"},
    {HEAD METHOD FACTORS, "nothing is measured"},
    {WITH_MEASURES(""), "experiment.cfg:4: nothing is measured"},
    {WITH_MEASURES("\"mustered\", \"musterd\""),
     "experiment.cfg:4: no measure 'musterd' (did you mean 'mustered'?)"},
    {WITH_MEASURES("\"participation:GUESS\""),
     "experiment.cfg:4: 'participation' is of each state"},
    {WITH_MEASURES("\"\""), "experiment.cfg:4: no measure ''"},
    {WITH_MEASURES("7"), "experiment.cfg:4: 'measures' must be a list of texts"},
    {HEAD METHOD "factor = {};\n" FACTORS MEASURES,
     "experiment.cfg:3: unknown key 'factor' (did you mean 'factors'?)"},
    {WITH_METHOD("name = \"factorail\";"), "experiment.cfg:2: no method 'factorail' (did you mean"},
    {WITH_METHOD("name = \"lhs\";"), "experiment.cfg:2: method 'lhs': "},
    {WITH_METHOD("name = \"saltelli\"; points = 17;"),
     "experiment.cfg:2: method 'saltelli': 17 points, a power of two is needed"},
    {WITH_METHOD("name = \"lhs\"; points = 1000000000;"), "at most 10000000"},
    {WITH_METHOD("name = \"morris\"; grid_levels = 5;"), "experiment.cfg:2: "},
    {WITH_METHOD("name = \"list\";"), "experiment.cfg:2: method 'list' has no points"},
    {WITH_HEAD("seed = 3;"), "experiment.cfg:1: unknown key 'seed'"},
    {WITH_HEAD("variant = \"x\";"), "experiment.cfg:1: it is of 'variant' or 'set'"},
    {WITH_HEAD("set = [\"units.nobody.readiness = 1.0\"];"), "no unit 'nobody'"},
    {WITH_HEAD("set = [\"no sense\"];"), "experiment.cfg:1: it is of 'variant' or 'set'"},
    {"experiment = { id = \"a/b\"; title = \"T\"; scenario = \"scenario.cfg\"; };\n" METHOD FACTORS
         MEASURES,
     "experiment.cfg:1: 'a/b' is no id"},
    {"experiment = { id = \"a\"; title = \"T\"; scenario = \"none.cfg\"; };\n" METHOD FACTORS
         MEASURES,
     "experiment.cfg:1: it is the scenario of this experiment"},
    {"experiment = { id = \"a\"; title = \"T\"; scenario = \"experiment.cfg\"; };\n" METHOD FACTORS
         MEASURES,
     "experiment.cfg:1: the scenario 'experiment.cfg' is the experiment itself"},
    {WITH_FACTORS("b = { };"), "experiment.cfg:3: factor 'b': it says not what it sets"},
    {WITH_FACTORS("b = { lever = \"keenest\"; };"),
     "experiment.cfg:3: no lever 'keenest' (did you mean 'keenness'?)"},
    {WITH_FACTORS(OF("units.frist.readiness") "min = 0.0; max = 1.0; };"),
     "experiment.cfg:3: 'units.frist.readiness': no unit 'frist' (did you mean 'first'?)"},
    {WITH_FACTORS(OF("drills.passage.hosts") "levels = [\"HOME\"]; };"),
     "experiment.cfg:3: 'drills.passage.hosts' is no single value"},
    {WITH_FACTORS(OF("drills.passage") "levels = [1]; };"), "experiment.cfg:3: 'drills.passage'"},
    {WITH_FACTORS(OF("units.first.readiness") "min = 1.0; max = 0.5; steps = 2; };"),
     "experiment.cfg:3: factor 'b': its range: min is not below max"},
    {WITH_FACTORS(OF("units.first.readiness") "min = 0.5; max = 0.5; steps = 2; };"),
     "experiment.cfg:3: factor 'b': its range: min is not below max"},
    {WITH_FACTORS(OF("units.first.readiness") "min = 0.0; max = 1e400; steps = 2; };"),
     "experiment.cfg:3: 'max' is not a finite number"},
    {WITH_FACTORS(OF("classes.corvette.fuel_t") "min = -1e200; max = 1e200; steps = 2; };"),
     "experiment.cfg:3: factor 'b': its range: min or max is beyond 1e150"},
    {WITH_FACTORS(OF("units.first.readiness") "min = nan; max = 1.0; };"),
     "experiment.cfg:3: syntax error"},
    {WITH_FACTORS(OF("units.first.readiness") "min = 0.0; max = 1.0; steps = 1; };"),
     "experiment.cfg:3: 'steps' = 1 is outside [2, 100000]"},
    {WITH_FACTORS(OF("units.first.readiness") "levels = []; };"),
     "experiment.cfg:3: factor 'b': it has no level"},
    {WITH_FACTORS(OF("units.first.readiness") "levels = [1, 0.5, 1.0]; };"), "experiment.cfg:3: "},
    {WITH_FACTORS(OF("units.first.readiness") "levels = (1, 0.5, 1.0); };"),
     "experiment.cfg:3: factor 'b': a level stands twice: 1"},
    {WITH_FACTORS(OF("units.first.name") "levels = [\"x\", \"y\", \"x\"]; };"),
     "experiment.cfg:3: factor 'b': a level stands twice: \"x\""},
    {WITH_FACTORS(OF("units.first.name") "min = 0.0; max = 1.0; };"),
     "experiment.cfg:3: factor 'b': what it sets is no number: give levels"},
    {WITH_FACTORS(OF("units.first.readiness") "levels = [0.5]; steps = 2; };"),
     "experiment.cfg:3: factor 'b': levels stand in place of"},
    {WITH_FACTORS(OF("units.first.readiness") "min = 0.0; max = 1.0; dist = \"gamma 1 2\"; };"),
     "experiment.cfg:3: factor 'b': its range: it is none of uniform"},
    {WITH_FACTORS(OF("weather.sea_state") "min = 0.5; max = 4.0; };"),
     "experiment.cfg:3: factor 'b': min and max must be whole numbers"},
    {WITH_FACTORS(OF("weather.sea_state") "min = 0.0; max = 1e18; };"),
     "experiment.cfg:3: factor 'b': min and max are too large for whole numbers"},
    {WITH_FACTORS(A OF("units.first.readiness") "levels = [0.1]; };"),
     "experiment.cfg:3: factors 'a' and 'b' set the same: units.first.readiness"},
    {WITH_FACTORS(
         A OF("weather.sea_state") "levels = [1]; with = [\"units.first.readiness = 1\"]; };"),
     "experiment.cfg:3: factors 'a' and 'b' set the same: units.first.readiness"},
    {WITH_FACTORS("seed = { path = \"units.first.readiness\"; levels = [0.1, 0.2]; };"),
     "experiment.cfg:3: factor 'seed': another column of the tables is called so"},
    {WITH_FACTORS("Mustered = { path = \"units.first.readiness\"; levels = [0.1, 0.2]; };"),
     "experiment.cfg:3: factor 'Mustered': another column of the tables is called so"},
    {WITH_FACTORS(OF("weather.sea_state") "levels = [1]; with = [\"units.nobody.readiness\"]; };"),
     "experiment.cfg:3: 'units.nobody.readiness': no unit 'nobody'"},
    {HEAD "method = { name = \"list\"; };\npoints = ( { variant = \"nobody\"; } );\n" MEASURES,
     "experiment.cfg:3: no variant 'nobody'"},
    {HEAD "method = { name = \"list\"; };\npoints = ( { set = [\"no equals\"]; } );\n" MEASURES,
     "experiment.cfg:3: a change has no '=': no equals"},
    {HEAD METHOD "runs = { replications = -1; };\n" FACTORS MEASURES,
     "experiment.cfg:3: 'replications' = -1 is outside [0, 2000000000]"},
    {HEAD METHOD "runs = { replications = 3000000000; };\n" FACTORS MEASURES, "experiment.cfg:3: "},
};

static void assert_told(const char *text, const char *told)
{
    const sweeping_ask ask = {.text = text};
    muster_diags *diags = muster_diags_create(NULL);
    muster_experiment *experiment = NULL;
    const muster_status status = sweeping_try(&ask, diags, &experiment);
    if (status == MUSTER_OK || experiment || !strstr(test_words(diags), told))
        fail_msg("not '%s' but (%d) %s", told, (int)status, test_words(diags));
    muster_diags_free(diags);
}

static void test_sweep_mistakes__are_told_where_they_stand(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_told(cases[i].text, cases[i].told);
}

/* ---- many ------------------------------------------------------------------------------------------- */

static char *many(const char *before, const char *each, int32_t count, const char *after)
{
    const size_t room = strlen(before) + strlen(after) + (size_t)count * (strlen(each) + 16) + 1;
    char *out = malloc(room), *at = out;
    assert_non_null(out);
    at += sprintf(at, "%s", before);
    for (int32_t i = 0; i < count; i++)
        at += snprintf(at, room - (size_t)(at - out), each, (int)i);
    strcpy(at, after);
    return out;
}

static void test_sweep_mistakes__too_many(void **state)
{
    char *text =
        many(HEAD METHOD "factors = { b = { path = \"classes.corvette.fuel_t\"; levels = [", "%d, ",
             100000, "-1]; }; };\n" MEASURES);
    (void)state;
    assert_told(text, "experiment.cfg:3: factor 'b': it has more than 100000 levels");
    free(text);
    text = many(HEAD METHOD "factors = { b = { path = \"classes.corvette.fuel_t\"; levels = [",
                "%d, ", 99999, "7]; }; };\n" MEASURES);
    assert_told(text, "experiment.cfg:3: factor 'b': a level stands twice: 7");
    free(text);
    text = many(HEAD METHOD "factors = {\n",
                "b%d = { path = \"classes.corvette.fuel_t\"; min = 1.0; max = 2.0; };\n", 401,
                "};\n" MEASURES);
    assert_told(text, "experiment.cfg:404: 401 factors: at most 400");
    free(text);
    assert_told(
        WITH_FACTORS(
            "b = { path = \"classes.corvette.fuel_t\"; min = 1.0; max = 2.0; steps = 10000; };"
            "c = { path = \"classes.corvette.range_nm\"; min = 1.0; max = 2.0; steps = 10000; };"
            "d = { path = \"units.first.readiness\"; min = 0.0; max = 1.0; steps = 10000; };"),
        "experiment.cfg:2: method 'factorial': 1000000000000 rows, at most 10000000");
    text =
        many(HEAD METHOD FACTORS "measures = [", "\"participation:%d\", ", 200, "\"mustered\"];\n");
    assert_told(text, "experiment.cfg:4: 'participation' is of each state: there is no '0'");
    free(text);
}

/* ---- warnings --------------------------------------------------------------------------------------- */

static void assert_warned(const char *text, const char *told)
{
    const sweeping_ask ask = {.text = text};
    muster_diags *diags = muster_diags_create(NULL);
    muster_experiment *experiment = NULL;
    assert_int_equal(sweeping_try(&ask, diags, &experiment), MUSTER_OK);
    if (*told ? !strstr(test_words(diags), told)
              : strstr(test_words(diags), "experiment.cfg") != NULL)
        fail_msg("not '%s' but %s", told, test_words(diags));
    muster_experiment_free(experiment);
    muster_diags_free(diags);
}

static void test_sweep_mistakes__what_will_fail_is_said_before(void **state)
{
    (void)state;
    assert_warned(WITH_FACTORS(OF("units.first.readiness") "min = 0.0; max = 1.0; steps = 2; };"),
                  "");
    assert_warned(
        WITH_FACTORS(OF("units.first.readiness") "min = 0.0; max = 1.5; steps = 2; };"),
        "experiment.cfg:3: factor 'b': 'units.first.readiness' must be from 0 to 1, so some "
        "of its points will fail");
    assert_warned(WITH_FACTORS(OF("units.first.readiness") "levels = [-0.5, 0.5]; };"),
                  "must be from 0 to 1");
    /* one at a time: never both in one point */
    assert_warned(
        HEAD "method = { name = \"one-at-a-time\"; };\nfactors = { " A OF(
            "weather.sea_state") "levels = [1]; with = [\"units.first.readiness = 1\"]; };"
                                 " };\n" MEASURES,
        "");
    /* in the unit of the path */
    assert_warned(WITH_FACTORS(OF("classes.corvette.range_km") "levels = [100.0, 70000.0]; };"),
                  "");
    assert_warned(WITH_FACTORS(OF("classes.corvette.range_km") "levels = [100.0, 80000.0]; };"),
                  "must be from 0 to 74080");
}

/* A path in another unit than the key's is of that unit. */
static void test_sweep_mistakes__units_are_those_of_the_path(void **state)
{
    static const char text[] = WITH_FACTORS(
        OF("classes.corvette.range_km") "levels = [100.0, 70000.0]; };"
                                        "c = { path = \"classes.corvette.max_speed_kn\"; levels = "
                                        "[20.0, 27.0]; };");
    const sweeping_ask ask = {.text = text};
    muster_experiment *experiment = sweeping_open(&ask);
    (void)state;
    assert_string_equal(muster_experiment_factor(experiment, 0)->unit, "km");
    assert_string_equal(muster_experiment_factor(experiment, 1)->unit, "kn");
    muster_experiment_free(experiment);
}

/* Ids that SQL takes for the same name, and for those that make them unlike. */
static void test_sweep_mistakes__ids_that_are_nearly_the_same(void **state)
{
    static const char text[] =
        WITH_FACTORS("x_2 = { path = \"units.first.readiness\"; levels = [0.5, 1.0]; };"
                     "x = { path = \"classes.corvette.fuel_t\"; levels = [100.0]; };"
                     "X = { path = \"classes.corvette.range_nm\"; levels = [3000.0]; };"
                     "x-2 = { path = \"classes.corvette.max_speed_kn\"; levels = [20.0]; };"
                     "X_2_3 = { path = \"weather.sea_state\"; levels = [2]; };");
    const char *path = sweeping_path("ids");
    (void)state;
    assert_int_equal(sweeping_done(&(sweeping_ask){.text = text}, path, NULL).done, 2);
    char *csv = sweeping_export(path);
    assert_non_null(strstr(csv, ",x_2,x,X,x-2,X_2_3,"));
    free(csv);
}

static int tidy(void **state)
{
    (void)state;
    sweeping_tidy();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sweep_mistakes__are_told_where_they_stand),
        cmocka_unit_test(test_sweep_mistakes__too_many),
        cmocka_unit_test(test_sweep_mistakes__what_will_fail_is_said_before),
        cmocka_unit_test(test_sweep_mistakes__units_are_those_of_the_path),
        cmocka_unit_test(test_sweep_mistakes__ids_that_are_nearly_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, tidy);
}

/* What a caller may hand to every public function: a hook that goes as soon as the call returns, a
 * hook without functions, no list of diagnostics, and a list that already holds mistakes. */
#include "test.h"

#include "memory.h"
#include "muster/muster.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define HELLO                                                                                      \
    "scenario = { id = \"hello\"; title = \"One leg\"; start = \"2023-07-18T00:00Z\";\n"           \
    "             horizon = \"4 d\"; };\n"                                                         \
    "states = { HOME = { name = \"Home\"; }; };\n"                                                 \
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; range_nm = 3500.0;\n"     \
    "                         range_speed_kn = 14.0; fuel_t = 170.0; }; };\n"                      \
    "bases = { PORT = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11;\n"             \
    "                   lon_deg = 131.89; }; };\n"                                                 \
    "units = { first = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; }; };\n"         \
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"                 \
    "drills = { passage = { hosts = [\"HOME\"]; area = \"sea\"; cap_need = 1.0;\n"                 \
    "    muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-20T12:00Z\";\n"                 \
    "    decide_at = \"2023-07-18T00:00Z\";\n"                                                     \
    "    slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; } ); }; };\n"        \
    "weather = { sea_state = 2; };\n"

static const char faulty[] = HELLO "expect = ( { measure = \"scor\"; value = 1.0; } );\n";

/* Everything from text to report. Each call gets a hook of its own that is spoilt behind it. */
static double whole_way(const char *text, const muster_memory *hook, muster_diags *diags,
                        muster_status expected)
{
    muster_source_text *source = NULL;
    muster_scenario *scenario = NULL;
    muster_land *land = NULL;
    muster_routes *routes = NULL;
    muster_model *model = NULL;
    muster_result *result = NULL;
    muster_way way = {.length_m = 0.0};
    muster_memory lent;
    double hours = (double)NAN;
#define LEND (lent = *hook, &lent)
#define SPOIL memset(&lent, 0xa5, sizeof lent)
    assert_int_equal(muster_gather_text("h.cfg", text, strlen(text), LEND, diags, &source), 0);
    SPOIL;
    const muster_status status = muster_scenario_read(source, NULL, LEND, diags, &scenario);
    SPOIL;
    assert_int_equal(status, expected);
    assert_int_equal(muster_land_open(NULL, 0, LEND, diags, &land), MUSTER_OK);
    SPOIL;
    if (status == MUSTER_OK) {
        assert_int_equal(muster_routes_find(scenario, land, LEND, diags, &routes), MUSTER_OK);
        SPOIL;
        assert_int_equal(
            muster_way_find(scenario, land, 42.95, 131.85, 39.5, 134.0, LEND, diags, &way),
            MUSTER_OK);
        SPOIL;
        assert_true(way.length_m > 400e3);
        assert_true(muster_routes_fit(routes, scenario));
        assert_int_equal(muster_model_create(scenario, routes, LEND, diags, &model), MUSTER_OK);
        SPOIL;
        assert_int_equal(muster_run_plan(model, LEND, diags, &result), MUSTER_OK);
        SPOIL;
        hours = muster_result_value(result, "station_h", "first");
        assert_int_equal(muster_result_unmet(result, scenario, diags), 0);
        const muster_tell tell = {
            .scenario = scenario, .model = model, .result = result, .memory = hook};
        char *words = muster_tell_why(&tell, "NOBODY", NULL, true, diags);
        assert_null(words);
        words = muster_tell_json(&tell, diags);
        assert_non_null(words);
        muster_tell_free(words, hook);
    } else {
        assert_int_equal(muster_routes_find(scenario, land, LEND, diags, &routes), MUSTER_MISTAKE);
        SPOIL;
        assert_int_equal(muster_model_create(scenario, routes, LEND, diags, &model),
                         MUSTER_MISTAKE);
    }
#undef LEND
#undef SPOIL
    muster_result_free(result);
    muster_model_free(model);
    muster_routes_free(routes);
    muster_land_free(land);
    muster_scenario_free(scenario);
    muster_source_text_free(source);
    return hours;
}

static void test_handles__keep_a_copy_of_the_hook(void **state)
{
    (void)state;
    test_memory counts = {.left = INT32_MAX};
    const muster_memory hook = test_hook(&counts), none = {0};
    muster_memory lent = hook;
    muster_diags *const diags = muster_diags_create(&lent);
    memset(&lent, 0xa5, sizeof lent);
    const double hours = whole_way(HELLO, &hook, diags, MUSTER_OK);
    assert_true(hours > 11.0);
    muster_diags_free(diags);
    assert_int_equal(counts.held, 0);
    assert_near(whole_way(HELLO, &none, NULL, MUSTER_OK), hours, 0.0);
    muster_diags *const plain = muster_diags_create(&none);
    assert_near(whole_way(HELLO, &none, plain, MUSTER_OK), hours, 0.0);
    muster_diags_free(plain);
}

/* The same words twice in one list are said once; the file is wrong both times. */
static void test_handles__mistakes_are_seen_whatever_the_list_holds(void **state)
{
    (void)state;
    const muster_memory none = {0};
    muster_diags *const diags = muster_diags_create(NULL);
    for (int i = 0; i < 2; i++)
        (void)whole_way(faulty, &none, diags, MUSTER_MISTAKE);
    assert_int_equal(muster_diags_error_count(diags), 1);
    (void)whole_way(HELLO, &none, diags, MUSTER_OK);      /* the mistakes before are not its own */
    assert_int_equal(muster_diags_error_count(diags), 2); /* NOBODY */
    muster_diags_free(diags);
    (void)whole_way(faulty, &none, NULL, MUSTER_MISTAKE);
    assert_int_equal(muster_diags_count(NULL), 0);
    assert_int_equal(muster_diags_more(NULL), 0);
    assert_int_equal(muster_diags_error_count(NULL), 0);
    char *const words = muster_tell_diags(NULL, false, NULL);
    assert_string_equal(words, "");
    muster_tell_free(words, NULL);
}

/* A hundred entries are kept; those beyond are counted on the way to the caller's list too. */
static void test_handles__all_mistakes_are_counted(void **state)
{
    (void)state;
    static char text[20000];
    size_t used = 0;
    for (int i = 0; i < 150; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "key%d = 1;\n", i);
    muster_diags *const diags = muster_diags_create(NULL);
    muster_source_text *source = NULL;
    muster_scenario *scenario = NULL;
    assert_int_equal(muster_gather_text("t.cfg", text, used, NULL, diags, &source), MUSTER_OK);
    assert_int_equal(muster_scenario_read(source, NULL, NULL, diags, &scenario), MUSTER_MISTAKE);
    assert_int_equal(muster_diags_count(diags), 100);
    assert_true(muster_diags_error_count(diags) >= 150);
    assert_int_equal(muster_diags_more(diags), muster_diags_error_count(diags) - 100);
    muster_scenario_free(scenario);
    muster_source_text_free(source);
    muster_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_handles__keep_a_copy_of_the_hook),
        cmocka_unit_test(test_handles__mistakes_are_seen_whatever_the_list_holds),
        cmocka_unit_test(test_handles__all_mistakes_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Flips at edges: ties, ranges that leave out the present value, whole numbers, what is not assessed. */
#include "test.h"

#include "base/text.h"
#include "document.h"
#include "flipping.h"

#include <string.h>

/* Accepts by gain - pride/2; admitted by closeness 0.2; able by an index. */
static char *politics_of(double gain, const char *levers)
{
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_printf(
        &t,
        "scenario = { id = \"edges\"; title = \"Edges\"; start = \"2030-01-01T00:00Z\"; "
        "horizon = \"60 d\"; };\n"
        "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"
        "states = { H = { index = { cap = 0.9; reach = 0.9; }; };\n"
        "C = { index = { cap = 0.9; reach = 0.9; }; attributes = { pride = 0.2; gain = %g; }; }; "
        "};\n"
        "ties = { H-C = { a = \"H\"; b = \"C\"; align = 0.2; }; };\n"
        "drills = { d = { hosts = [\"H\"]; candidates = [\"C\"]; area = \"sea\"; cap_need = 0.3;\n"
        "index = { cap_need = 0.5; reach_need = 0.4; };\n"
        "muster = { at = \"2030-01-20T00:00Z\"; }; end = \"2030-01-22T00:00Z\"; }; };\n"
        "alignment = { rules = {\n"
        "open = { stage = \"admit\"; form = \"product\"; sign = 1; weight = 1.0; terms = "
        "[\"tie.align\"]; };\n"
        "gain = { stage = \"accept\"; form = \"product\"; sign = 1; weight = 1.0; terms = "
        "[\"cand.gain\"]; };\n"
        "pride = { stage = \"accept\"; form = \"product\"; sign = -1; weight = 0.5; terms = "
        "[\"cand.pride\"]; };\n"
        "}; };\nwhatif = { %s };\n",
        gain, levers);
    char *text = mst_text_take(&t);
    assert_non_null(text);
    return text;
}

/* As many ships as the lever says, of which half of forty are needed; every stage but able says yes. */
static const char ships[] =
    "scenario = { id = \"ships\"; title = \"Ships\"; start = \"2023-07-18T00:00Z\"; horizon = \"4 "
    "d\"; };\n"
    "states = { H = { index = { cap = 0.9; reach = 0.9; }; }; C = { attributes = { gain = 0.5; }; "
    "}; };\n"
    "ties = { H-C = { a = \"H\"; b = \"C\"; align = 0.2; }; };\n"
    "bases = { P = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11; lon_deg = 131.89; "
    "}; };\n"
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"
    "weather = { sea_state = 2; };\n"
    "classes = { c = { roles = [\"escort\"]; max_speed_kn = 27.0; range_nm = 3500.0; "
    "range_speed_kn = 14.0; fuel_t = 170.0; }; };\n"
    "units = { fl = { class = \"c\"; state = \"C\"; base = \"P\"; readiness = 1.0; count = 1; }; "
    "};\n"
    "drills = { d = { hosts = [\"H\"]; candidates = [\"C\"]; area = \"sea\"; cap_need = 0.5;\n"
    "index = { cap_need = 0.3; reach_need = 0.4; };\n"
    "muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-20T12:00Z\"; decide_at = "
    "\"2023-07-18T00:00Z\";\n"
    "slots = ( { for = \"candidate\"; role = \"escort\"; count = 40; min_hours = \"2 h\"; } ); }; "
    "};\n"
    "alignment = { rules = {\n"
    "open = { stage = \"admit\"; form = \"product\"; sign = 1; weight = 1.0; terms = "
    "[\"tie.align\"]; };\n"
    "gain = { stage = \"accept\"; form = \"product\"; sign = 1; weight = 1.0; terms = "
    "[\"cand.gain\"]; }; }; };\n"
    "whatif = { fleet = { path = \"units.fl.count\"; min = 0; max = 100; }; };\n";

/* A margin of exactly 0 turns where it stands: down for what speaks against, up for what speaks for. */
static void test_edges__a_tie_turns_to_the_side_that_helps(void **state)
{
    (void)state;
    flipping p;
    char *scenario =
        politics_of(0.1, "pride = { path = \"states.C.attributes.pride\"; min = 0.0; max = 1.0; }; "
                         "gain = { path = \"states.C.attributes.gain\"; min = 0.0; max = 1.0; };");
    flipping_open_text(&p, scenario, NULL);
    json_t *told = flipping_told(&p, "C", NULL);
    assert_string_equal(json_string_value(flow_at(told, "stages[2].standing")), "tie");
    assert_near(flow_real(told, "levers[0].alone.from"), 0.1999, 0.0);
    assert_near(flow_real(told, "levers[1].alone.from"), 0.1001, 0.0);
    json_t *sets = json_object_get(told, "sets");
    assert_int_equal(json_array_size(sets), 2);
    for (size_t i = 0; i < 2; i++) {
        json_t *lever = flow_at(json_array_get(sets, i), "levers[0]");
        const bool is_pride = strcmp(json_string_value(flow_at(lever, "id")), "pride") == 0;
        assert_near(flow_real(lever, "value"), is_pride ? 0.199 : 0.101, 0.0);
        assert_near(flow_real(lever, "turns_from"), is_pride ? 0.1999 : 0.1001, 0.0);
    }
    flipping_close(&p);
    muster_tell_free(scenario, NULL);
}

/* The same of why: gain, pride and the weights of both. */
static void test_edges__why_names_all_that_turn_a_tie(void **state)
{
    (void)state;
    flipping p;
    char *scenario =
        politics_of(0.1, "gain = { path = \"states.C.attributes.gain\"; min = 0.0; max = 1.0; };");
    flipping_open_text(&p, scenario, NULL);
    const muster_tell tell = {.scenario = p.f.scenario, .model = p.f.model, .result = p.f.result};
    char *text = muster_tell_why(&tell, "C", NULL, false, p.f.diags);
    assert_non_null(text);
    assert_non_null(strstr(text, "0.1001 or more   (now 0.1)"));
    assert_non_null(strstr(text, "0.1999 or less   (now 0.2)"));
    assert_non_null(strstr(text, "1.0001 or more   (now 1)"));
    assert_non_null(strstr(text, "0.4999 or less   (now 0.5)"));
    muster_tell_free(text, NULL);
    flipping_close(&p);
    muster_tell_free(scenario, NULL);
}

/* Pride turns it from 0.6, but may not be less than 0.8. */
static void test_edges__nothing_is_told_of_values_out_of_range(void **state)
{
    (void)state;
    flipping p;
    char *scenario = politics_of(
        0.3, "pride = { path = \"states.C.attributes.pride\"; min = 0.8; max = 1.0; };");
    flipping_open_text(&p, scenario, NULL);
    json_t *told = flipping_told(&p, "C", NULL);
    assert_near(flow_real(told, "levers[0].alone.at"), 0.8, 1e-12);
    assert_near(flow_real(told, "levers[0].alone.from"), 0.8, 0.0);
    json_t *lever = flow_at(told, "sets[0].levers[0]");
    assert_near(flow_real(lever, "value"), 0.8, 0.0);
    assert_near(flow_real(lever, "tips_at"), 0.8, 1e-12);
    assert_near(flow_real(lever, "turns_from"), 0.8, 0.0);
    flipping_close(&p);
    muster_tell_free(scenario, NULL);
}

/* Able from an index of 0.4 on (0.8 of the need): found by halving, wherever the halves fall. */
static void test_edges__a_round_crossing_is_told_as_it_is(void **state)
{
    (void)state;
    static const char *const now[] = {"0.11", "0.13", "0.17", "0.2", "0.29", "0.31"};
    char *scenario =
        politics_of(0.3, "cap = { path = \"states.C.index.cap\"; min = 0.0; max = 1.0; };");
    for (size_t i = 0; i < sizeof now / sizeof *now; i++) {
        flipping p;
        char line[64];
        const char *lines[] = {line};
        snprintf(line, sizeof line, "states.C.index.cap = %s", now[i]);
        const muster_changes changes = {.line = lines, .line_count = 1};
        flipping_open_text(&p, scenario, &changes);
        json_t *told = flipping_told(&p, "C", NULL);
        assert_near(flow_real(told, "levers[0].alone.from"), 0.4, 0.0);
        assert_near(flow_real(told, "sets[0].levers[0].turns_from"), 0.4, 0.0);
        flipping_close(&p);
    }
    muster_tell_free(scenario, NULL);
}

/* Twenty ships of forty places; with none there is no fleet to judge, which is no way in. */
static void test_edges__whole_numbers_stay_whole_and_no_fleet_is_no_yes(void **state)
{
    (void)state;
    flipping p;
    flipping_open_text(&p, ships, NULL);
    json_t *told = flipping_told(&p, "C", NULL);
    assert_false(json_is_true(json_object_get(told, "joins")));
    assert_int_equal(json_array_size(json_object_get(told, "sets")), 1);
    assert_int_equal(flow_real(told, "sets_not_confirmed"), 0);
    assert_true(json_is_true(flow_at(told, "levers[0].whole")));
    assert_near(flow_real(told, "levers[0].alone.from"), 20.0, 0.0);
    assert_near(flow_real(told, "levers[0].alone.at"), 20.0, 0.0);
    json_t *lever = flow_at(told, "sets[0].levers[0]");
    assert_near(flow_real(lever, "value"), 20.0, 0.0);
    assert_near(flow_real(lever, "turns_from"), 20.0, 0.0);
    assert_near(flow_real(lever, "tips_at"), 19.0, 0.0);
    assert_near(flow_real(lever, "cost"), 0.19, 1e-12);
    flipping_close(&p);
}

/* No stage is assessed: there is nothing to flip, and no answer is claimed. */
static void test_edges__what_is_not_assessed_is_not_flipped(void **state)
{
    (void)state;
    flipping p;
    static const char text[] =
        "scenario = { id = \"no\"; title = \"No\"; start = \"2030-01-01T00:00Z\"; horizon = \"60 "
        "d\"; };\n"
        "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"
        "states = { H = { attributes = { gain = 0.5; }; }; C = { attributes = { pride = 0.2; }; }; "
        "};\n"
        "drills = { d = { hosts = [\"H\"]; candidates = [\"C\"]; area = \"sea\"; cap_need = 0.3;\n"
        "muster = { at = \"2030-01-20T00:00Z\"; }; end = \"2030-01-22T00:00Z\"; }; };\n"
        "alignment = { rules = {\n"
        "gain = { stage = \"accept\"; form = \"product\"; sign = 1; weight = 1.0; terms = "
        "[\"cand.gain\"]; };\n"
        "pride = { stage = \"accept\"; form = \"product\"; sign = -1; weight = 0.5; terms = "
        "[\"cand.pride\"]; }; }; };\n"
        "whatif = { pride = { path = \"states.C.attributes.pride\"; min = 0.0; max = 1.0; }; };\n";
    flipping_open_text(&p, text, NULL);
    json_t *told = flipping_told(&p, "C", NULL);
    assert_true(json_is_null(json_object_get(told, "joins")));
    assert_int_equal(json_array_size(json_object_get(told, "sets")), 0);
    assert_int_equal(json_array_size(json_object_get(told, "obstacles")), 0);
    assert_false(json_is_true(flow_at(told, "levers[0].alone.flips")));
    char *words = flipping_text(&p, "C", NULL);
    assert_non_null(strstr(words, "ANSWER: none can be given, for no stage is assessed"));
    assert_null(strstr(words, "Proved"));
    muster_tell_free(words, NULL);
    flipping_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edges__a_tie_turns_to_the_side_that_helps),
        cmocka_unit_test(test_edges__why_names_all_that_turn_a_tie),
        cmocka_unit_test(test_edges__nothing_is_told_of_values_out_of_range),
        cmocka_unit_test(test_edges__a_round_crossing_is_told_as_it_is),
        cmocka_unit_test(test_edges__whole_numbers_stay_whole_and_no_fleet_is_no_yes),
        cmocka_unit_test(test_edges__what_is_not_assessed_is_not_flipped),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}

/* Flips with more sets than are listed, and with more worlds than a search may make. */
#include "test.h"

#include "base/text.h"
#include "document.h"
#include "flipping.h"

#include <string.h>

enum { LEVERS = 20, PAIRS = LEVERS * (LEVERS - 1) / 2 };

/* One stage that says no by 1.5, and levers of which any two can make up for it, the later the cheaper.
 * with_first: a drill before it asks the same state, and there is a ship, which one drill may keep
 * from another,
 * so that each point is a run of its own. */
static char *text_of(int32_t levers, bool with_first)
{
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(&t, "scenario = { id = \"many\"; title = \"Many\"; start = \"2030-01-01T00:00Z\"; "
                     "horizon = \"60 d\"; };\n"
                     "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"
                     "states = { H = { index = { cap = 0.9; reach = 0.9; }; };\n"
                     "C = { index = { cap = 0.9; reach = 0.9; }; attributes = { drag = 1.5;");
    for (int32_t i = 0; i < levers; i++)
        mst_text_printf(&t, " a%d = 0.0;", (int)i);
    mst_text_add(&t,
                 " }; }; };\nties = { H-C = { a = \"H\"; b = \"C\"; align = 0.5; }; };\n"
                 "alignment = { rules = {\n"
                 "open = { stage = \"admit\"; form = \"product\"; sign = 1; weight = 1.0; terms = "
                 "[\"tie.align\"]; };\n"
                 "no = { stage = \"accept\"; form = \"product\"; sign = -1; weight = 1.0; terms = "
                 "[\"cand.drag\"]; };\n");
    for (int32_t i = 0; i < levers; i++)
        mst_text_printf(&t,
                        "r%d = { stage = \"accept\"; form = \"product\"; sign = 1; weight = 1.0; "
                        "terms = [\"cand.a%d\"]; };\n",
                        (int)i, (int)i);
    mst_text_add(&t, "}; };\nwhatif = {\n");
    for (int32_t i = 0; i < levers; i++)
        mst_text_printf(&t,
                        "l%d = { path = \"states.C.attributes.a%d\"; min = 0.0; max = 1.0; cost = "
                        "%g; };\n",
                        (int)i, (int)i, 3.0 - 0.1 * i);
    mst_text_add(&t, "};\n");
    if (with_first)
        mst_text_add(
            &t,
            "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0; "
            "range_nm = 3500.0; range_speed_kn = 14.0; }; };\n"
            "bases = { PORT = { lat_deg = 43.11; lon_deg = 131.89; sea_lat_deg = 42.95; "
            "sea_lon_deg = 131.85; }; };\n"
            "units = { one = { class = \"corvette\"; state = \"H\"; base = \"PORT\"; }; };\n");
    mst_text_add(&t, "drills = {\n");
    for (int32_t i = with_first ? 0 : 1; i < 2; i++)
        mst_text_printf(
            &t,
            "%s = { hosts = [\"H\"]; candidates = [\"C\"]; area = \"sea\"; cap_need = 0.3;\n"
            "index = { cap_need = 0.3; reach_need = 0.4; };\n"
            "muster = { at = \"2030-01-%02dT00:00Z\"; }; end = \"2030-01-%02dT00:00Z\"; };\n",
            i == 0 ? "first" : "d", i == 0 ? 10 : 20, i == 0 ? 12 : 22);
    mst_text_add(&t, "};\n");
    char *text = mst_text_take(&t);
    assert_non_null(text);
    return text;
}

/* Cheapest pair: the last two, one at its end, the cheaper one in full. */
static void test_many__the_nearest_is_that_of_all_that_were_found(void **state)
{
    (void)state;
    flipping p;
    char *scenario = text_of(LEVERS, false);
    flipping_open_text(&p, scenario, NULL);
    json_t *told = flipping_told(&p, "C", NULL);
    const json_t *sets = json_object_get(told, "sets");
    assert_int_equal(json_array_size(sets), MST_FLIP_SETS_MAX);
    assert_int_equal(flow_real(told, "sets_left_out"), PAIRS - MST_FLIP_SETS_MAX);
    assert_int_equal(flow_real(told, "sets_not_looked_at"), 0);
    assert_false(json_is_true(json_object_get(told, "budget_spent")));
    const double least = (3.0 - 0.1 * 19) + 0.5 * (3.0 - 0.1 * 18);
    assert_int_equal(flow_real(told, "nearest"), 0);
    assert_near(flow_real(told, "sets[0].cost"), least, 0.002);
    double before = 0.0;
    for (size_t i = 0; i < json_array_size(sets); i++) {
        const json_t *set = json_array_get(sets, i);
        const double cost = json_number_value(json_object_get(set, "cost"));
        assert_int_equal(json_array_size(json_object_get(set, "levers")), 2);
        assert_true(cost >= before);
        before = cost;
    }
    char *text = flipping_text(&p, "C", NULL);
    assert_non_null(strstr(text, "Found: 190 sets that flip the verdict and hold no smaller"));
    assert_null(strstr(text, "no other one flips"));
    assert_non_null(strstr(text, "At least 99"));
    muster_tell_free(text, NULL);
    flipping_close(&p);
    muster_tell_free(scenario, NULL);
}

/* Each point is a run here: the budget is of the whole search, and that it ended is said. */
static void test_many__a_spent_budget_is_told(void **state)
{
    (void)state;
    flipping p;
    char *scenario = text_of(MST_FLIP_LEVERS_MAX, true);
    flipping_open_text(&p, scenario, NULL);
    const muster_flip_from from = {.text = p.f.text, .changes = &p.given, .routes = p.f.routes};
    mst_flip_session *s = NULL;
    assert_int_equal(mst_flip_open(p.f.result, &from, 1, mst_model_state(p.f.model->model, "C"),
                                   NULL, p.f.diags, &s),
                     MUSTER_OK);
    const mst_flip *flip = mst_flip_result(s);
    assert_true(flip->tried_count <= MST_FLIP_TRIES_MAX);
    assert_true(flip->node_count <= MST_FLIP_NODES_MAX);
    assert_true(flip->tries_ended);
    assert_true(flip->skipped_count > 0);
    for (int32_t i = 0; i < flip->lever_count; i++) {
        assert_false(flip->alone[i].is_proved);
        assert_true(flip->alone[i].value_count > 0);
    }
    mst_flip_close(s);
    char *text = flipping_text(&p, "C", "d");
    assert_non_null(strstr(text, "The search ended early: its budget of 40000 runs"));
    assert_null(strstr(text, "Proved, from"));
    assert_non_null(strstr(text, "turns no stage: seen in "));
    muster_tell_free(text, NULL);
    flipping_close(&p);
    muster_tell_free(scenario, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many__the_nearest_is_that_of_all_that_were_found),
        cmocka_unit_test(test_many__a_spent_budget_is_told),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}

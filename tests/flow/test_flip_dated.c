/* Flips of figures that dated events have moved: a lever stands where the day of the decision has it, and
 * what is set at last wins over the events, as behind --set. */
#include "test.h"

#include "flipping.h"

#include <stdio.h>
#include <string.h>

/* Accept is will - .5, closeness has a say of its own; both were moved by events, closeness twice. */
static const char world[] =
    "scenario = { id = \"dated\"; title = \"Dated\"; start = \"2030-01-01T00:00Z\"; horizon = \"60 "
    "d\"; };\n"
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"
    "states = { H = { index = { cap = 0.9; reach = 0.9; }; };\n"
    "           C = { index = { cap = 0.9; reach = 0.9; }; attributes = { will = 0.2; drag = 0.5; "
    "}; }; };\n"
    "ties = { H-C = { a = \"H\"; b = \"C\"; align = 0.1; }; };\n"
    "timeline = ( { at = \"2030-01-05\"; changes = [\"states.C.attributes.will = 0.9\","
    "                                                 \"ties.H-C.align = 0.3\"]; source = "
    "\"assumed\"; },\n"
    "             { at = \"2030-01-06\"; adds = [\"ties.H-C.align = 0.25\"]; source = \"assumed\"; "
    "},\n"
    "             { at = \"2030-02-20\"; changes = [\"ties.H-C.align = 0.99\"]; source = "
    "\"assumed\"; } );\n"
    "alignment = { rules = {\n"
    "  open = { stage = \"admit\"; sign = 1; weight = 1.0; terms = [\"tie.align\"]; };\n"
    "  wish = { stage = \"accept\"; sign = 1; weight = 1.0; terms = [\"cand.will\"]; };\n"
    "  drag = { stage = \"accept\"; sign = -1; weight = 1.0; terms = [\"cand.drag\"]; }; }; };\n"
    "whatif = { will = { path = \"states.C.attributes.will\"; min = 0.0; max = 1.0; };\n"
    "           near = { path = \"ties.H-C.align\"; min = -0.5; max = 1.0; }; };\n"
    "drills = { d = { hosts = [\"H\"]; candidates = [\"C\"]; area = \"sea\"; cap_need = 0.3;\n"
    "  index = { cap_need = 0.3; reach_need = 0.4; };\n"
    "  muster = { at = \"2030-01-20T00:00Z\"; }; end = \"2030-01-22T00:00Z\"; }; };\n";

static const json_t *set_of(const json_t *told, const char *id)
{
    const json_t *sets = json_object_get(told, "sets");
    for (size_t i = 0; i < json_array_size(sets); i++) {
        const json_t *levers = json_object_get(json_array_get(sets, i), "levers");
        const char *name = json_string_value(json_object_get(json_array_get(levers, 0), "id"));
        if (json_array_size(levers) == 1 && name && strcmp(name, id) == 0)
            return json_array_get(levers, 0);
    }
    return NULL;
}

static void test_dated__now_is_the_day_of_the_decision(void **state)
{
    (void)state;
    flipping p;
    flipping_open_text(&p, world, NULL);
    json_t *told = flipping_told(&p, "C", NULL);
    assert_near(flow_real(told, "levers[0].now"), 0.9, 1e-12);
    assert_near(flow_real(told, "levers[1].now"), 0.3 + 0.25, 1e-12);
    flipping_close(&p);
}

/* Each lever alone can keep it out, and what is printed, set, does: a hair before it does not. */
static void test_dated__what_flips_is_what_set_does(void **state)
{
    (void)state;
    static const struct {
        const char *id, *path;
        double turns;
    } at[] = {{"will", "states.C.attributes.will", 0.5}, {"near", "ties.H-C.align", 0.0}};
    flipping p;
    flipping_open_text(&p, world, NULL);
    json_t *told = flipping_told(&p, "C", NULL);
    for (size_t i = 0; i < 2; i++) {
        const json_t *set = set_of(told, at[i].id);
        assert_non_null(set);
        const double x = json_number_value(json_object_get(set, "value"));
        assert_true(x <= at[i].turns && x > at[i].turns - 0.01);
        for (int32_t before = 0; before < 2; before++) {
            char line[96];
            const char *lines[] = {line};
            mst_verdict v;
            snprintf(line, sizeof line, "%s = %.9f", at[i].path, before ? at[i].turns + 1e-4 : x);
            assert_true(flipping_run(&p, "C", NULL, lines, 1, &v));
            assert_int_equal(v.joins, before == 1);
        }
    }
    flipping_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dated__now_is_the_day_of_the_decision),
        cmocka_unit_test(test_dated__what_flips_is_what_set_does),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}

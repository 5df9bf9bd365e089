/* Ships that are delayed, break down, turn back or lose fuel because an inject says so. Times and fuel
 * follow by hand from the same file without it. */
#include "thrown_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { H = 3600 };

static double way_m(const flow *f, const mst_record *leg)
{
    return mst_model_leg(f->model->model, leg->a, leg->b).length_m;
}

static double rest_kgps(const flow *f, const char *unit)
{
    return mst_law_rate_kgps(&f->model->model->unit[unit_of(f, unit)].law, 0.0);
}

/* ---- delays --------------------------------------------------------------------------------------- */

static void test_inject__a_group_that_is_delayed_in_port_sails_that_much_later(void **state)
{
    (void)state;
    flow plain, f;
    open(&plain, WORLD, NULL);
    open(&f, WORLD INJECT("on = true; effect = \"delays\"; group = \"pair\"; for = \"9 h\";"),
         NULL);
    for (int i = 0; i < 2; i++) {
        const char *unit = i ? "a2" : "a";
        const mst_record *was = record_of(&plain, MST_RECORD_LEG, unit, 0);
        const mst_record *leg = record_of(&f, MST_RECORD_LEG, unit, 0);
        /* nobody is left behind, though 9 h are more than a group waits for a member */
        assert_near(hour_of(&f, leg), hour_of(&plain, was) + 9.0, 1e-9);
        const double left_s = (48.0 - hour_of(&f, leg)) * H;
        assert_near(leg->speed_mps, way_m(&f, leg) / left_s, 1e-6); /* it makes up for it */
        assert_near(hour_of(&f, record_of(&f, MST_RECORD_MUSTERED, unit, 0)), 48.0, 0.0);
    }
    flow_close(&f);
    flow_close(&plain);
}

static void test_inject__a_member_that_is_delayed_is_waited_for_as_the_definitions_say(void **state)
{
    (void)state;
    flow plain, f;
    open(&plain, WORLD, NULL);
    const double sailed = hour_of(&plain, record_of(&plain, MST_RECORD_LEG, "a", 0));
    open(&f, WORLD INJECT("on = true; effect = \"delays\"; unit = \"a2\"; for = \"3.5 h\";"), NULL);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_LEG, "a", 0)), sailed + 3.5, 1e-9);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_LEG, "a2", 0)), sailed + 3.5, 1e-9);
    flow_close(&f);
    open(&f, WORLD INJECT("on = true; effect = \"delays\"; unit = \"a2\"; for = \"8 h\";"), NULL);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_LEG, "a", 0)), sailed + 6.0, 1e-9);
    assert_null(record_of(&f, MST_RECORD_LEG, "a2", 0));
    assert_int_equal(record_of(&f, MST_RECORD_WITHDRAWN, "a2", 0)->b, MST_CAUSE_LATE);
    flow_close(&f);
    flow_close(&plain);
}

/* Under way: 4 h at rest, the rest of the leg at the old speed; the muster waits. */
static void test_inject__a_ship_that_is_stopped_under_way_arrives_that_much_later(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-19T14:00Z\"", NULL};
    (void)state;
    flow plain, f;
    open(&plain, WORLD, NULL);
    open(&f, WORLD INJECT("on = true; effect = \"delays\"; unit = \"a\"; for = \"4 h\";"), lines);
    const mst_record *leg = record_of(&plain, MST_RECORD_LEG, "a", 0);
    const double sailed = hour_of(&plain, leg), speed = leg->speed_mps;
    assert_true(sailed < 38.0);
    const mst_record *still = record_of(&f, MST_RECORD_LEG, "a", 1);
    const mst_record *on = record_of(&f, MST_RECORD_LEG, "a", 2);
    assert_near(hour_of(&f, still), 38.0, 0.0);
    assert_near(still->speed_mps, 0.0, 0.0);
    assert_near(still->start_m, speed * (38.0 - sailed) * H, 1e-3);
    assert_near(still->burn_kgps, rest_kgps(&f, "a"), 1e-12);
    assert_near(hour_of(&f, on), 42.0, 0.0);
    assert_near(on->start_m, still->start_m, 0.0);
    assert_near(on->speed_mps, speed, 1e-12);
    assert_near(on->fuel_kg, still->fuel_kg - rest_kgps(&f, "a") * 4.0 * H, 1e-6);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_MUSTERED, "a", 0)), 52.0, 1e-6);
    /* beyond the tolerance of 2 h it is waited for; the drill starts when it is there */
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_DRILL_WAITS, NULL, 0)), 50.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_DRILL_STARTED, NULL, 0)), 52.0, 1e-6);
    /* the other member did not stop */
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_MUSTERED, "a2", 0)), 48.0, 0.0);
    flow_close(&f);
    flow_close(&plain);
}

#define TWO(first, second)                                                                         \
    "injects = { x = { at = \"2023-07-19T14:00Z\"; on = true; unit = \"a\"; " first " };"          \
    "            y = { at = \"2023-07-19T16:00Z\"; on = true; unit = \"a\"; " second " }; };"

/* What befalls a ship that lies still: delays add up, an order to turn back is kept until its time. */
static void test_inject__a_ship_that_lies_still_keeps_what_it_is_ordered(void **state)
{
    (void)state;
    flow f;
    open(&f,
         WORLD TWO("effect = \"delays\"; for = \"4 h\";", "effect = \"delays\"; for = \"1.5 h\";"),
         NULL);
    const mst_record *on = record_of(&f, MST_RECORD_LEG, "a", 2);
    assert_near(hour_of(&f, on), 38.0 + 5.5, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_MUSTERED, "a", 0)), 48.0 + 5.5, 1e-6);
    flow_close(&f);
    open(&f, WORLD TWO("effect = \"delays\"; for = \"4 h\";", "effect = \"turns-back\";"), NULL);
    const mst_unit_row *row = &f.model->model->unit[unit_of(&f, "a")];
    const mst_record *still = record_of(&f, MST_RECORD_LEG, "a", 1);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_WITHDRAWN, "a", 0)), 40.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_IN_PORT, "a", 0)),
                42.0 + still->start_m / row->law.economical_mps / H, 1e-6);
    assert_int_equal(record_of(&f, MST_RECORD_IN_PORT, "a", 0)->a, row->home);
    flow_close(&f);
}

/* At the very time of its sailing the inject comes first: nothing is on its way that must be stopped. */
static void test_inject__at_the_time_of_an_order_the_inject_comes_first(void **state)
{
    static const char *const lines[] = {"groups.pair.depart = \"2023-07-19T00:00Z\"",
                                        "injects.x.at = \"2023-07-19T00:00Z\"", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("on = true; effect = \"delays\"; group = \"pair\"; for = \"2 h\";"),
         lines);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_LEG, "a", 0)), 26.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_LEG, "a2", 0)), 26.0, 0.0);
    flow_close(&f);
}

/* ---- leaving ---------------------------------------------------------------------------------------- */

static void test_inject__a_ship_that_is_turned_back_goes_home_the_way_it_came(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-19T14:00Z\"", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("on = true; effect = \"turns-back\"; unit = \"a\";"), lines);
    const mst_model *m = f.model->model;
    const mst_record *out = record_of(&f, MST_RECORD_LEG, "a", 0);
    const mst_record *back = record_of(&f, MST_RECORD_LEG, "a", 1);
    const double done_m = out->speed_mps * (38.0 - hour_of(&f, out)) * H;
    const double home_h = 38.0 + done_m / m->unit[unit_of(&f, "a")].law.economical_mps / H;
    assert_near(hour_of(&f, back), 38.0, 0.0);
    assert_int_equal(back->b, m->unit[unit_of(&f, "a")].home);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_IN_PORT, "a", 0)), home_h, 1e-6);
    assert_int_equal(record_of(&f, MST_RECORD_WITHDRAWN, "a", 0)->b, MST_CAUSE_ABSENT);
    /* two ships are required and one is there: the drill waits, then is given up */
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_DRILL_FAILED, NULL, 0)), 48.0 + 14.0, 0.0);
    assert_int_equal(record_of(&f, MST_RECORD_DRILL_FAILED, NULL, 0)->b, MST_CAUSE_ABSENT);
    flow_close(&f);
}

/* In the middle of a serial that needs three ships: a share above a half is degraded, below cancelled,
 * the cause absent. */
static void test_inject__a_breakdown_during_a_serial_counts_as_the_definitions_say(void **state)
{
    static const struct {
        const char *line;
        double at, share;
        mst_outcome outcome;
    } cases[] = {{"injects.x.at = \"2023-07-20T07:00Z\"", 55.0, 0.6, MST_DEGRADED},
                 {"injects.x.at = \"2023-07-20T05:00Z\"", 53.0, 0.4, MST_CANCELLED}};
    (void)state;
    for (int i = 0; i < 2; i++) {
        const char *const lines[] = {cases[i].line, NULL};
        flow f;
        open(&f, WORLD INJECT("on = true; effect = \"breaks-down\"; unit = \"b\";"), lines);
        const mst_record *end = record_of(&f, MST_RECORD_SERIAL_ENDED, NULL, 0);
        assert_near(hour_of(&f, end), 59.0, 0.0);
        assert_int_equal(end->b, cases[i].outcome);
        assert_int_equal(end->c, MST_CAUSE_ABSENT);
        assert_near(end->real, cases[i].share, 1e-9);
        /* home at once, at the speed of least fuel */
        const mst_record *leg = record_of(&f, MST_RECORD_LEG, "b", 1);
        const double economical = f.model->model->unit[unit_of(&f, "b")].law.economical_mps;
        assert_near(hour_of(&f, leg), cases[i].at, 0.0);
        assert_near(hour_of(&f, record_of(&f, MST_RECORD_IN_PORT, "b", 0)),
                    cases[i].at + way_m(&f, leg) / economical / H, 1e-6);
        flow_close(&f);
    }
}

static void test_inject__a_breakdown_with_a_time_lies_still_first(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-19T14:00Z\"", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("on = true; effect = \"breaks-down\"; unit = \"a\"; for = \"5 h\";"),
         lines);
    const mst_record *still = record_of(&f, MST_RECORD_LEG, "a", 1);
    const double economical = f.model->model->unit[unit_of(&f, "a")].law.economical_mps;
    assert_near(still->speed_mps, 0.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_WITHDRAWN, "a", 0)), 38.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_IN_PORT, "a", 0)),
                43.0 + still->start_m / economical / H, 1e-6);
    flow_close(&f);
}

/* Before the decision it is as if it had not been serviceable: the host has one ship of two. */
static void test_inject__a_breakdown_before_the_decision_leaves_the_ship_out(void **state)
{
    static const char *const lines[] = {"drills.d.decide_at = \"2023-07-18T06:00Z\"",
                                        "drills.d.cap_need = 0.9", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("on = true; effect = \"breaks-down\"; unit = \"a\";"), lines);
    const mst_record *failed = record_of(&f, MST_RECORD_DRILL_FAILED, NULL, 0);
    assert_near(hour_of(&f, failed), 6.0, 0.0);
    assert_int_equal(failed->b, MST_CAUSE_ABSENT);
    flow_close(&f);
}

/* ---- fuel -------------------------------------------------------------------------------------------- */

static void test_inject__lost_fuel_is_gone_and_not_used(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-19T14:00Z\"", NULL};
    (void)state;
    flow plain, f;
    open(&plain, WORLD, NULL);
    open(&f, WORLD INJECT("on = true; effect = \"loses-fuel\"; unit = \"a\"; fraction = 0.25;"),
         lines);
    const mst_record *leg = record_of(&f, MST_RECORD_LEG, "a", 0);
    const mst_record *after = record_of(&f, MST_RECORD_LEG, "a", 1);
    const double had_kg = leg->fuel_kg - leg->burn_kgps * (38.0 - hour_of(&f, leg)) * H;
    assert_near(after->fuel_kg, 0.75 * had_kg, 1e-6);
    assert_near(after->burn_kgps, leg->burn_kgps, 0.0);
    assert_near(muster_result_value(f.result, "unit_fuel_used_t", "a"),
                muster_result_value(plain.result, "unit_fuel_used_t", "a"), 1e-9);
    /* its floor is passed the sooner: 60 % of 170 t is 102 t */
    const mst_record *floor = record_of(&f, MST_RECORD_FLOOR, "a", 0);
    const mst_record *before = record_of(&plain, MST_RECORD_FLOOR, "a", 0);
    assert_true(!before || hour_of(&f, floor) < hour_of(&plain, before));
    flow_close(&f);
    flow_close(&plain);
}

/* All but a thousandth: floor and reserve are passed at once, and it is adrift where that much ends. */
static void test_inject__a_ship_that_lost_nearly_all_is_adrift_when_the_rest_is_burnt(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-19T14:00Z\"", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("on = true; effect = \"loses-fuel\"; unit = \"a\"; fraction = 0.999;"),
         lines);
    const mst_record *after = record_of(&f, MST_RECORD_LEG, "a", 1);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_FLOOR, "a", 0)), 38.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_FLOOR, "a", 1)), 38.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_ADRIFT, "a", 0)),
                38.0 + after->fuel_kg / after->burn_kgps / H, 1e-6);
    assert_int_equal(record_of(&f, MST_RECORD_WITHDRAWN, "a", 0)->b, MST_CAUSE_FUEL);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inject__a_group_that_is_delayed_in_port_sails_that_much_later),
        cmocka_unit_test(
            test_inject__a_member_that_is_delayed_is_waited_for_as_the_definitions_say),
        cmocka_unit_test(test_inject__a_ship_that_is_stopped_under_way_arrives_that_much_later),
        cmocka_unit_test(test_inject__a_ship_that_lies_still_keeps_what_it_is_ordered),
        cmocka_unit_test(test_inject__at_the_time_of_an_order_the_inject_comes_first),
        cmocka_unit_test(test_inject__a_ship_that_is_turned_back_goes_home_the_way_it_came),
        cmocka_unit_test(test_inject__a_breakdown_during_a_serial_counts_as_the_definitions_say),
        cmocka_unit_test(test_inject__a_breakdown_with_a_time_lies_still_first),
        cmocka_unit_test(test_inject__a_breakdown_before_the_decision_leaves_the_ship_out),
        cmocka_unit_test(test_inject__lost_fuel_is_gone_and_not_used),
        cmocka_unit_test(test_inject__a_ship_that_lost_nearly_all_is_adrift_when_the_rest_is_burnt),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}

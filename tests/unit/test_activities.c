/* Decision, passage, muster and phases, on a drill made by hand (tiny_model.h). */
#include "test.h"

#include "tiny_model.h"

#include "activity/pace.h"
#include "base/units.h"

#include <string.h>

static double knots(double speed_mps)
{
    return speed_mps / MST_KN_MPS;
}

static void run_drill(tiny *t)
{
    tiny_finish(t);
    assert_int_equal(mst_run_finish(t->run), MUSTER_OK);
}

static double mustered_h(const tiny *t, int32_t unit) /* after the muster time */
{
    const mst_record *record = tiny_record(t, MST_RECORD_MUSTERED, unit, 0);
    assert_non_null(record);
    return record->real / 3600.0;
}

static double slowest_mps(const tiny *t)
{
    return fmin(t->unit[TINY_ALFA].sustained_mps, t->unit[TINY_AMBER].sustained_mps);
}

/* ---- speed plan ------------------------------------------------------------------------------------ */

static void test_sail__without_times_the_latest_economical_sailing_is_taken(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    run_drill(&t);
    const mst_record *leg = tiny_record(&t, MST_RECORD_LEG, TINY_BRAVO, 0);
    const double economical = t.unit[TINY_BRAVO].law.economical_mps;
    const double hours = tiny_way_m(&t, TINY_PORT_B, TINY_MUSTER) / economical / 3600.0;
    assert_near(leg->speed_mps, economical, 1e-9 * economical);
    assert_near(tiny_h(&t, leg), 240.0 - hours, 1e-8);
    /* a planned time is the plan's integer */
    assert_true(tiny_record(&t, MST_RECORD_REACHED, TINY_BRAVO, 0)->time == t.drill.muster_at);
    assert_near(mustered_h(&t, TINY_BRAVO), 0.0, 0.0);
    assert_near(tiny_record(&t, MST_RECORD_DRILL_STARTED, -1, 0)->real, 0.0, 0.0);
    tiny_close(&t);
}

static void test_sail__fixed_departure_gives_the_speed_that_meets_the_time(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    const double way = tiny_way_m(&t, TINY_PORT_A, TINY_MUSTER);
    t.group[TINY_GROUP_A].depart = tiny_hour(&t, 217.3);
    run_drill(&t);
    for (int32_t unit = TINY_ALFA; unit <= TINY_AMBER; unit++) { /* one speed for all */
        const mst_record *leg = tiny_record(&t, MST_RECORD_LEG, unit, 0);
        assert_near(tiny_h(&t, leg), 217.3, 1e-9);
        assert_near(leg->speed_mps, way / (22.7 * 3600.0), 1e-8);
        assert_true(tiny_record(&t, MST_RECORD_REACHED, unit, 0)->time == t.drill.muster_at);
    }
    tiny_close(&t);
}

static void test_sail__the_economical_speed_is_the_floor_and_the_group_waits(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.group[TINY_GROUP_A].depart = tiny_hour(&t, 103.7);
    run_drill(&t);
    const mst_record *leg = tiny_record(&t, MST_RECORD_LEG, TINY_ALFA, 0);
    const int32_t units[] = {TINY_ALFA, TINY_AMBER};
    const double economical = mst_pace_economical_mps(&t.model, units, 2);
    assert_near(leg->speed_mps, economical, 1e-9);
    assert_true(mustered_h(&t, TINY_ALFA) < -50.0);
    /* waiting ships burn at station speed; the drill starts at the planned time all the same */
    const mst_record *hold = tiny_record(&t, MST_RECORD_HOLD, TINY_ALFA, 1);
    assert_int_equal(hold->b, MST_HOLD_STATION);
    assert_near(hold->burn_kgps,
                mst_law_rate_kgps(&t.unit[TINY_ALFA].law, t.unit[TINY_ALFA].station_mps), 1e-12);
    assert_near(tiny_record(&t, MST_RECORD_DRILL_STARTED, -1, 0)->real, 0.0, 0.0);
    tiny_close(&t);
}

static void test_sail__too_late_a_departure_goes_at_what_the_slowest_sustains(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    const double way = tiny_way_m(&t, TINY_PORT_A, TINY_MUSTER), slowest = slowest_mps(&t);
    t.group[TINY_GROUP_A].depart = tiny_hour(&t, 229.4);
    assert_true(way / (10.6 * 3600.0) > slowest);
    run_drill(&t);
    assert_near(tiny_record(&t, MST_RECORD_LEG, TINY_ALFA, 0)->speed_mps, slowest, 1e-12);
    assert_near(mustered_h(&t, TINY_ALFA), way / slowest / 3600.0 - 10.6, 1e-8);
    tiny_close(&t);
}

static void test_sail__the_top_speed_counts_only_where_it_is_allowed(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    const double way = tiny_way_m(&t, TINY_PORT_A, TINY_MUSTER), slowest = slowest_mps(&t);
    const double needed = 1.05 * slowest; /* above sustained, below the maximum (.9 of it) */
    t.group[TINY_GROUP_A].allow_max_speed = true;
    t.group[TINY_GROUP_A].depart = t.drill.muster_at - muster_time_from_seconds(way / needed);
    run_drill(&t);
    assert_near(tiny_record(&t, MST_RECORD_LEG, TINY_ALFA, 0)->speed_mps, needed, 1e-8);
    assert_true(tiny_record(&t, MST_RECORD_REACHED, TINY_ALFA, 0)->time == t.drill.muster_at);
    tiny_close(&t);
}

static void test_sail__the_cap_wins_over_the_floor(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.unit[TINY_AMBER].sustained_mps = 6.2 * MST_KN_MPS; /* below everybody's economical speed */
    run_drill(&t);
    assert_near(knots(tiny_record(&t, MST_RECORD_LEG, TINY_ALFA, 0)->speed_mps), 6.2, 1e-9);
    tiny_close(&t);
}

static void test_sail__the_groups_economical_speed_is_the_least_of_all_burns_together(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.unit[TINY_ALFA].law = mst_law_fit(431e3, 4170.0 * MUSTER_NM_M, 19.3 * MST_KN_MPS, 0.41, 3.0,
                                        1.0, t.unit[TINY_ALFA].max_mps);
    const int32_t units[] = {TINY_ALFA, TINY_AMBER};
    const double got = mst_pace_economical_mps(&t.model, units, 2);
    /* second method: a scan in steps of .001 kn */
    double best = 0.0, least = 1e9;
    for (double kn = 5.0; kn < 20.0; kn += 0.001) {
        const double v = kn * MST_KN_MPS;
        const double burn = (mst_law_rate_kgps(&t.unit[TINY_ALFA].law, v) +
                             mst_law_rate_kgps(&t.unit[TINY_AMBER].law, v)) /
                            v;
        if (burn < least) {
            least = burn;
            best = v;
        }
    }
    assert_near(knots(got), knots(best), 0.001);
    /* and in closed form, both laws being cubic: v^3 = sum h / (2 sum c) */
    const mst_law *a = &t.unit[TINY_ALFA].law, *b = &t.unit[TINY_AMBER].law;
    const double exact =
        cbrt((a->hotel_kgps + b->hotel_kgps) / (2.0 * (a->cube_coefficient + b->cube_coefficient)));
    assert_near(got, exact, 1e-7 * exact); /* a minimum is found to the root of the rounding */
}

static void test_sail__a_timed_point_is_kept_and_waited_at(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.leg_to[TINY_GROUP_A][0] = TINY_VIA;
    t.leg_at[TINY_GROUP_A][0] = tiny_hour(&t, 200.5);
    t.leg_to[TINY_GROUP_A][1] = TINY_MUSTER;
    t.leg_at[TINY_GROUP_A][1] = MUSTER_NEVER;
    t.group[TINY_GROUP_A].leg_count = 2;
    t.group[TINY_GROUP_A].depart = tiny_hour(&t, 150.0); /* early: the floor counts */
    run_drill(&t);
    const mst_record *at_via = tiny_record(&t, MST_RECORD_REACHED, TINY_ALFA, 0);
    const mst_record *on = tiny_record(&t, MST_RECORD_LEG, TINY_ALFA, 1);
    assert_int_equal(at_via->a, TINY_VIA);
    assert_true(tiny_h(&t, at_via) < 190.0);
    assert_near(at_via->real, (tiny_h(&t, at_via) - 200.5) * 3600.0, 1e-6);
    assert_near(tiny_h(&t, on), 200.5, 0.0);
    assert_int_equal(on->a, TINY_VIA);
    assert_true(tiny_record(&t, MST_RECORD_REACHED, TINY_ALFA, 1)->time <= t.drill.muster_at);
    tiny_close(&t);
}

static void test_sail__a_point_without_a_time_keeps_one_speed_to_the_muster(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.leg_to[TINY_GROUP_A][0] = TINY_VIA;
    t.leg_at[TINY_GROUP_A][0] = MUSTER_NEVER;
    t.leg_to[TINY_GROUP_A][1] = TINY_MUSTER;
    t.leg_at[TINY_GROUP_A][1] = MUSTER_NEVER;
    t.group[TINY_GROUP_A].leg_count = 2;
    t.group[TINY_GROUP_A].depart = tiny_hour(&t, 216.4);
    const double way =
        tiny_way_m(&t, TINY_PORT_A, TINY_VIA) + tiny_way_m(&t, TINY_VIA, TINY_MUSTER);
    run_drill(&t);
    for (int32_t n = 0; n < 2; n++) /* the second is computed anew at the point, to a tick */
        assert_near(tiny_record(&t, MST_RECORD_LEG, TINY_AMBER, n)->speed_mps,
                    way / (23.6 * 3600.0), 1e-8);
    assert_true(tiny_record(&t, MST_RECORD_REACHED, TINY_AMBER, 1)->time == t.drill.muster_at);
    tiny_close(&t);
}

static void test_sail__an_arrival_of_ones_own_counts_before_the_muster_time(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.group[TINY_GROUP_B].arrive = tiny_hour(&t, 231.25);
    run_drill(&t);
    assert_near(mustered_h(&t, TINY_BRAVO), -8.75, 0.0);
    assert_near(tiny_record(&t, MST_RECORD_LEG, TINY_BRAVO, 0)->speed_mps,
                t.unit[TINY_BRAVO].law.economical_mps, 1e-9);
    tiny_close(&t);
}

static void test_sail__the_group_waits_for_a_member_that_is_not_ready(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.group[TINY_GROUP_A].depart = tiny_hour(&t, 210.0);
    tiny_finish(&t);
    t.run->unit[TINY_AMBER].ready_at = tiny_hour(&t, 214.1);
    mst_run_finish(t.run);
    assert_near(tiny_h(&t, tiny_record(&t, MST_RECORD_LEG, TINY_ALFA, 0)), 214.1, 1e-9);
    assert_near(tiny_h(&t, tiny_record(&t, MST_RECORD_LEG, TINY_AMBER, 0)), 214.1, 1e-9);
    tiny_close(&t);
}

static void test_sail__it_waits_six_hours_and_no_longer(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.group[TINY_GROUP_A].depart = tiny_hour(&t, 210.0);
    tiny_finish(&t);
    t.run->unit[TINY_AMBER].ready_at = tiny_hour(&t, 217.0);
    mst_run_finish(t.run);
    assert_near(tiny_h(&t, tiny_record(&t, MST_RECORD_LEG, TINY_ALFA, 0)), 216.0, 0.0);
    assert_null(tiny_record(&t, MST_RECORD_LEG, TINY_AMBER, 0));
    assert_int_equal(tiny_record(&t, MST_RECORD_DETACHED, TINY_AMBER, 0)->b, MST_CAUSE_LATE);
    assert_int_equal(tiny_record(&t, MST_RECORD_WITHDRAWN, TINY_AMBER, 0)->b, MST_CAUSE_LATE);
    tiny_close(&t);
}

static void test_sail__a_member_that_runs_dry_is_left_and_the_group_goes_on(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.unit[TINY_AMBER].on_board_kg = 7.9e3;
    run_drill(&t);
    const mst_record *detached = tiny_record(&t, MST_RECORD_DETACHED, TINY_AMBER, 0);
    assert_non_null(detached);
    assert_int_equal(detached->b, MST_CAUSE_FUEL);
    assert_int_equal(tiny_count(&t, MST_RECORD_ADRIFT, TINY_AMBER), 1);
    assert_near(mustered_h(&t, TINY_ALFA), 0.0, 0.0);
    assert_int_equal(t.run->unit[TINY_AMBER].hold, MST_HOLD_ADRIFT);
    tiny_close(&t);
}

/* ---- muster ------------------------------------------------------------------------------------------ */

/* Bravo, the only ship of B, arrives so many hours after the muster time. */
static void make_late(tiny *t, double late_h)
{
    tiny_init(t);
    t->group[TINY_GROUP_B].arrive =
        t->drill.muster_at + (muster_time)(late_h * (double)MUSTER_HOUR);
}

static double started_h(const tiny *t)
{
    const mst_record *record = tiny_record(t, MST_RECORD_DRILL_STARTED, -1, 0);
    assert_non_null(record);
    return record->real / 3600.0;
}

static void test_muster__within_the_tolerance_it_starts_when_all_are_there(void **state)
{
    (void)state;
    tiny t;
    make_late(&t, 1.3);
    run_drill(&t);
    assert_near(started_h(&t), 1.3, 1e-9);
    assert_int_equal(tiny_count(&t, MST_RECORD_DRILL_WAITS, -1), 0);
    tiny_close(&t);
}

static void test_muster__after_the_tolerance_it_waits_for_the_last_required_ship(void **state)
{
    (void)state;
    tiny t;
    make_late(&t, 7.7);
    run_drill(&t);
    const mst_record *waits = tiny_record(&t, MST_RECORD_DRILL_WAITS, -1, 0);
    assert_near(tiny_h(&t, waits), 242.0, 0.0);
    assert_int_equal(waits->b, 1); /* required slots still empty */
    assert_near(started_h(&t), 7.7, 1e-9);
    tiny_close(&t);
}

static void test_muster__a_quorum_starts_it_when_the_wait_is_over(void **state)
{
    (void)state;
    tiny t;
    make_late(&t, 17.9);
    t.drill.quorum = 0.5;
    run_drill(&t);
    assert_near(started_h(&t), 14.0, 0.0); /* tolerance and wait */
    /* a ship that arrives after the start joins */
    assert_near(mustered_h(&t, TINY_BRAVO), 17.9, 1e-9);
    assert_true(t.run->drill[0].started);
    tiny_close(&t);
}

static void test_muster__below_the_quorum_it_does_not_muster_and_ships_go_home(void **state)
{
    (void)state;
    tiny t;
    make_late(&t, 17.9);
    t.drill.quorum = 0.51;
    tiny_add_serial(&t, "gunnery", 4.0, 4.0);
    run_drill(&t);
    const mst_record *failed = tiny_record(&t, MST_RECORD_DRILL_FAILED, -1, 0);
    assert_near(tiny_h(&t, failed), 254.0, 0.0);
    assert_int_equal(failed->b, MST_CAUSE_LATE);
    assert_null(tiny_record(&t, MST_RECORD_DRILL_STARTED, -1, 0));
    assert_int_equal(tiny_record(&t, MST_RECORD_SERIAL_ENDED, -1, 0)->b, MST_CANCELLED);
    assert_int_equal(tiny_record(&t, MST_RECORD_SERIAL_ENDED, -1, 0)->c, MST_CAUSE_LATE);
    assert_int_equal(tiny_count(&t, MST_RECORD_SERIAL_ENDED, -1), 1);
    for (int32_t unit = 0; unit < TINY_UNITS; unit++)
        assert_true(mst_unit_at(t.run, unit, t.unit[unit].home));
    tiny_close(&t);
}

static void test_muster__a_ship_without_fuel_is_the_cause(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.unit[TINY_BRAVO].on_board_kg = 3.1e3;
    run_drill(&t);
    assert_int_equal(tiny_record(&t, MST_RECORD_DRILL_FAILED, -1, 0)->b, MST_CAUSE_FUEL);
    tiny_close(&t);
}

/* ---- decision ------------------------------------------------------------------------------------------ */

static double decided(const tiny *t, int32_t state)
{
    for (int32_t i = 0; i < tiny_count(t, MST_RECORD_DECIDED, -1); i++)
        if (tiny_record(t, MST_RECORD_DECIDED, -1, i)->b == state)
            return tiny_record(t, MST_RECORD_DECIDED, -1, i)->real;
    return -1.0;
}

static void test_decide__a_host_that_is_not_able_cancels_the_drill(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.unit[TINY_BRAVO].on_board_kg = 150e3; /* with the reserve of a full tank not there and back */
    run_drill(&t);
    assert_near(decided(&t, TINY_A), 0.0, 0.0);
    assert_near(decided(&t, TINY_B), 0.0, 0.0);
    assert_int_equal(tiny_record(&t, MST_RECORD_DRILL_FAILED, -1, 0)->b, MST_CAUSE_FUEL);
    assert_near(tiny_h(&t, tiny_record(&t, MST_RECORD_DRILL_FAILED, -1, 0)), 0.0, 0.0);
    assert_int_equal(tiny_count(&t, MST_RECORD_LEG, -1), 0);
    assert_int_equal(tiny_count(&t, MST_RECORD_PHASE_STARTED, -1), 0);
    tiny_close(&t);
}

static void test_decide__with_fewer_hosts_allowed_the_rest_drills(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.drill.min_hosts = 1;
    t.unit[TINY_BRAVO].serviceable = 0;
    run_drill(&t);
    assert_near(decided(&t, TINY_A), 1.0, 0.0);
    assert_near(decided(&t, TINY_B), 0.0, 0.0);
    assert_near(started_h(&t), 0.0, 0.0); /* only those who take part are required */
    assert_int_equal(tiny_count(&t, MST_RECORD_LEG, TINY_BRAVO), 0);
    tiny_close(&t);
}

static void test_decide__an_allotment_is_a_limit_on_the_mission_not_on_the_tank(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.unit[TINY_AMBER].allotment_kg = 11.3e3; /* less than there, a day and back */
    run_drill(&t);
    assert_int_equal(tiny_record(&t, MST_RECORD_ABSENT, TINY_AMBER, 0)->b, MST_CAUSE_FUEL);
    assert_int_equal(tiny_count(&t, MST_RECORD_LEG, TINY_AMBER), 0);
    /* with enough for the mission it sails with all it has on board, and may use more */
    tiny_close(&t);
    tiny_init(&t);
    t.unit[TINY_AMBER].allotment_kg = 80e3;
    run_drill(&t);
    assert_near(tiny_record(&t, MST_RECORD_LEG, TINY_AMBER, 0)->fuel_kg,
                t.unit[TINY_AMBER].on_board_kg, 0.0);
    const mst_unit_state *s = &t.run->unit[TINY_AMBER];
    assert_near(s->issued_kg + s->used_kg, 80e3, 1e-6);
    tiny_close(&t);
}

static void test_decide__a_named_ship_that_is_not_serviceable_is_absent(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.unit[TINY_AMBER].serviceable = 0;
    run_drill(&t);
    assert_int_equal(tiny_record(&t, MST_RECORD_ABSENT, TINY_AMBER, 0)->b, MST_CAUSE_ABSENT);
    assert_near(started_h(&t), 0.0, 0.0); /* alfa fills the place */
    tiny_close(&t);
}

static void test_decide__without_a_list_the_slots_are_filled_and_no_more(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.drill_def.contingents.count = 0;
    t.drill.listed = 0;
    run_drill(&t);
    const int32_t sailed = (tiny_count(&t, MST_RECORD_LEG, TINY_ALFA) > 0) +
                           (tiny_count(&t, MST_RECORD_LEG, TINY_AMBER) > 0);
    assert_int_equal(sailed, 1); /* one place a host, the ship with the wider margin */
    assert_int_equal(tiny_count(&t, MST_RECORD_ABSENT, -1), 0);
    tiny_close(&t);
}

static void test_decide__a_candidate_asked_for_observers_sends_no_ships(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.drill.host_count = t.drill.min_hosts = 1;
    t.candidate[0] = TINY_B;
    t.drill.candidate_count = 1;
    t.slot[1] = t.slot[0];
    t.slot[1].for_candidate = true;
    t.slot[1].is_required = false;
    t.drill.slot_count = 2;
    run_drill(&t);
    assert_near(decided(&t, TINY_B), 1.0, 0.0);
    assert_int_equal(tiny_count(&t, MST_RECORD_MUSTERED, TINY_BRAVO), 1);
    t.drill_def.level = 0;
    mst_run_reset(t.run);
    mst_run_finish(t.run);
    assert_near(decided(&t, TINY_B), 1.0, 0.0);
    assert_int_equal(tiny_count(&t, MST_RECORD_LEG, TINY_BRAVO), 0);
    tiny_close(&t);
}

/* ---- phases ------------------------------------------------------------------------------------------------ */

typedef struct harbour_keys { /* as in harbour.c */
    mst_ref base;
    muster_time for_;
} harbour_keys;

typedef struct port_call_keys { /* as in port_call.c */
    mst_ref base;
    muster_interval from, until;
    mst_list states;
    int32_t stay;
} port_call_keys;

static const mst_ref visit = {.id = "VISIT", .index = 2};

static void test_phases__sea_begins_with_the_drill_and_dispersal_follows(void **state)
{
    (void)state;
    tiny t;
    make_late(&t, 4.4);
    run_drill(&t);
    const mst_record *sea = tiny_record(&t, MST_RECORD_PHASE_STARTED, -1, 0);
    assert_near(tiny_h(&t, sea), 244.4, 1e-9);
    assert_near(tiny_h(&t, tiny_record(&t, MST_RECORD_PHASE_ENDED, -1, 0)), 300.0, 0.0);
    assert_near(tiny_h(&t, tiny_record(&t, MST_RECORD_DRILL_ENDED, -1, 0)), 300.0, 0.0);
    const mst_record *dispersal = tiny_record(&t, MST_RECORD_PHASE_STARTED, -1, 1);
    assert_int_equal(dispersal->b, 1);
    assert_near(tiny_h(&t, dispersal), 300.0, 0.0);
    /* over when the last ship is home */
    muster_time last = 0;
    for (int32_t unit = 0; unit < TINY_UNITS; unit++) {
        const mst_record *home = tiny_record(&t, MST_RECORD_IN_PORT, unit, 0);
        assert_int_equal(home->a, t.unit[unit].home);
        last = home->time > last ? home->time : last;
    }
    assert_true(tiny_record(&t, MST_RECORD_PHASE_ENDED, -1, 1)->time == last);
    tiny_close(&t);
}

static void test_phases__port_call_lies_between_its_dates_then_ships_go_home(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    mst_ref only_a[] = {{.id = "AAA", .index = TINY_A}};
    port_call_keys keys = {.base = visit,
                           .from = {tiny_hour(&t, 322.5), tiny_hour(&t, 322.5), 0},
                           .until = {tiny_hour(&t, 346.75), tiny_hour(&t, 346.75), 0},
                           .states = {.item = only_a, .count = 1, .capacity = 1}};
    t.phase[2] = "port-call";
    t.phase_spec[2] = &keys;
    run_drill(&t);
    const mst_record *port = tiny_record(&t, MST_RECORD_IN_PORT, TINY_ALFA, 0);
    assert_int_equal(port->a, TINY_VISIT);
    assert_true(port->time <= keys.from.from);
    assert_near(tiny_h(&t, tiny_record(&t, MST_RECORD_PHASE_STARTED, -1, 2)), 300.0, 0.0);
    assert_near(tiny_h(&t, tiny_record(&t, MST_RECORD_PHASE_ENDED, -1, 2)), 346.75, 0.0);
    assert_int_equal(tiny_record(&t, MST_RECORD_IN_PORT, TINY_ALFA, 1)->a, TINY_PORT_A);
    assert_int_equal(tiny_record(&t, MST_RECORD_IN_PORT, TINY_BRAVO, 0)->a, TINY_PORT_B);
    tiny_close(&t);
}

static void test_phases__a_late_arrival_at_a_port_call_is_told(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    port_call_keys keys = {.base = visit,
                           .from = {tiny_hour(&t, 304.0), tiny_hour(&t, 304.0), 0},
                           .until = {MUSTER_NEVER, MUSTER_NEVER, 0},
                           .stay = 1};
    t.phase[1] = "port-call";
    t.phase_spec[1] = &keys;
    run_drill(&t);
    const mst_record *reached = tiny_record(&t, MST_RECORD_REACHED, TINY_ALFA, 1);
    const double hours =
        tiny_way_m(&t, TINY_MUSTER, TINY_VISIT) / slowest_mps(&t) / 3600.0; /* as fast as it can */
    assert_near(reached->real / 3600.0, hours - 4.0, 1e-8);
    assert_true(mst_unit_at(t.run, TINY_ALFA, TINY_VISIT)); /* stay */
    tiny_close(&t);
}

static void test_phases__harbour_gathers_the_ships_before_the_sea(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    harbour_keys keys = {.base = visit, .for_ = 36 * MUSTER_HOUR};
    t.phase[0] = "harbour";
    t.phase_spec[0] = &keys;
    t.phase[1] = "sea";
    t.phase[2] = "dispersal";
    run_drill(&t);
    const mst_record *over = tiny_record(&t, MST_RECORD_PHASE_ENDED, -1, 0);
    assert_int_equal(over->b, 0);
    for (int32_t unit = 0; unit < TINY_UNITS; unit++) {
        const mst_record *port = tiny_record(&t, MST_RECORD_IN_PORT, unit, 0);
        assert_int_equal(port->a, TINY_VISIT);
        assert_true(over->time - port->time >= 36 * MUSTER_HOUR);
        const mst_record *leg = tiny_record(&t, MST_RECORD_LEG, unit, 1);
        assert_int_equal(leg->a, TINY_VISIT);
        assert_int_equal(leg->b, TINY_MUSTER);
        assert_true(leg->time >= over->time);
        assert_true(tiny_record(&t, MST_RECORD_REACHED, unit, 1)->time == t.drill.muster_at);
    }
    assert_near(started_h(&t), 0.0, 0.0);
    tiny_close(&t);
}

static void test_phases__after_the_last_one_nobody_is_left_at_sea(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.phase[1] = NULL; /* the plan forgets the way home */
    run_drill(&t);
    for (int32_t unit = 0; unit < TINY_UNITS; unit++)
        assert_true(mst_unit_at(t.run, unit, t.unit[unit].home));
    tiny_close(&t);
}

static void test_activities__a_plan_that_cannot_be_read_whole_is_refused(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.drill.air_count = 1;
    t.air[0] = (mst_air_row){.id = "wall", .spot = TINY_MUSTER, .count = 33};
    assert_false(tiny_compile(&t));
    assert_int_equal(muster_diags_count(t.diags), 1);
    assert_non_null(strstr(muster_diags_at(t.diags, 0)->message, "33"));
    tiny_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sail__without_times_the_latest_economical_sailing_is_taken),
        cmocka_unit_test(test_sail__fixed_departure_gives_the_speed_that_meets_the_time),
        cmocka_unit_test(test_sail__the_economical_speed_is_the_floor_and_the_group_waits),
        cmocka_unit_test(test_sail__too_late_a_departure_goes_at_what_the_slowest_sustains),
        cmocka_unit_test(test_sail__the_top_speed_counts_only_where_it_is_allowed),
        cmocka_unit_test(test_sail__the_cap_wins_over_the_floor),
        cmocka_unit_test(test_sail__the_groups_economical_speed_is_the_least_of_all_burns_together),
        cmocka_unit_test(test_sail__a_timed_point_is_kept_and_waited_at),
        cmocka_unit_test(test_sail__a_point_without_a_time_keeps_one_speed_to_the_muster),
        cmocka_unit_test(test_sail__an_arrival_of_ones_own_counts_before_the_muster_time),
        cmocka_unit_test(test_sail__the_group_waits_for_a_member_that_is_not_ready),
        cmocka_unit_test(test_sail__it_waits_six_hours_and_no_longer),
        cmocka_unit_test(test_sail__a_member_that_runs_dry_is_left_and_the_group_goes_on),
        cmocka_unit_test(test_muster__within_the_tolerance_it_starts_when_all_are_there),
        cmocka_unit_test(test_muster__after_the_tolerance_it_waits_for_the_last_required_ship),
        cmocka_unit_test(test_muster__a_quorum_starts_it_when_the_wait_is_over),
        cmocka_unit_test(test_muster__below_the_quorum_it_does_not_muster_and_ships_go_home),
        cmocka_unit_test(test_muster__a_ship_without_fuel_is_the_cause),
        cmocka_unit_test(test_decide__a_host_that_is_not_able_cancels_the_drill),
        cmocka_unit_test(test_decide__with_fewer_hosts_allowed_the_rest_drills),
        cmocka_unit_test(test_decide__an_allotment_is_a_limit_on_the_mission_not_on_the_tank),
        cmocka_unit_test(test_decide__a_named_ship_that_is_not_serviceable_is_absent),
        cmocka_unit_test(test_decide__without_a_list_the_slots_are_filled_and_no_more),
        cmocka_unit_test(test_decide__a_candidate_asked_for_observers_sends_no_ships),
        cmocka_unit_test(test_phases__sea_begins_with_the_drill_and_dispersal_follows),
        cmocka_unit_test(test_phases__port_call_lies_between_its_dates_then_ships_go_home),
        cmocka_unit_test(test_phases__a_late_arrival_at_a_port_call_is_told),
        cmocka_unit_test(test_phases__harbour_gathers_the_ships_before_the_sea),
        cmocka_unit_test(test_phases__after_the_last_one_nobody_is_left_at_sea),
        cmocka_unit_test(test_activities__a_plan_that_cannot_be_read_whole_is_refused),
    };
    return cmocka_run_group_tests(tests, tiny_geography, tiny_geography_close);
}

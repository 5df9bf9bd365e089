#include "test.h"

#include "tiny_model.h"

#include "base/units.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

static double seconds(muster_time time)
{
    return (double)time / (double)MUSTER_SECOND;
}

/* ---- one block: reset, save, restore ----------------------------------------------------------- */

static void make_busy(tiny *t)
{
    tiny_init(t);
    tiny_add_squadron(t, 4);
    t->serial[tiny_add_serial(t, "joint-manoeuvre", 4.0, 6.0)].air = tiny_add_air(t, 2, 4.0, 12.0);
    tiny_add_serial(t, "anchorage-defence", 12.0, 5.0);
    tiny_finish(t);
}

static void test_run__reset_gives_the_bytes_of_a_fresh_run(void **state)
{
    (void)state;
    tiny t;
    make_busy(&t);
    void *fresh = malloc(t.run->state_bytes);
    assert_non_null(fresh);
    memcpy(fresh, t.run->block, t.run->state_bytes);
    const uint64_t at_start = mst_run_digest(t.run); /* holds the records too */
    assert_int_equal(mst_run_finish(t.run), MUSTER_OK);
    const uint64_t digest = mst_run_digest(t.run);
    assert_true(t.run->clock->record_count > 40);
    assert_memory_not_equal(fresh, t.run->block, t.run->state_bytes);
    mst_run_reset(t.run);
    assert_memory_equal(fresh, t.run->block, t.run->state_bytes);
    assert_true(mst_run_digest(t.run) == at_start);
    mst_run_finish(t.run);
    assert_true(mst_run_digest(t.run) == digest);
    free(fresh);
    tiny_close(&t);
}

static void test_run__restored_run_ends_like_the_original(void **state)
{
    (void)state;
    tiny t;
    make_busy(&t);
    mst_run *other = NULL;
    assert_int_equal(mst_run_create(&t.model, NULL, &other), MUSTER_OK);
    void *saved = malloc(t.run->block_bytes);
    assert_non_null(saved);
    mst_run_until(t.run, tiny_hour(&t, 246.3)); /* aircraft are up, a serial runs */
    mst_run_save(t.run, saved);
    mst_run_finish(t.run);
    mst_run_finish(other); /* longer than what is restored over it */
    assert_true(mst_run_digest(t.run) == mst_run_digest(other));
    const uint64_t digest = mst_run_digest(other);
    mst_run_restore(other, saved);
    assert_true(mst_run_digest(other) != digest);
    assert_true(mst_now(other) == tiny_hour(&t, 246.3));
    mst_run_finish(other);
    assert_true(mst_run_digest(other) == digest);
    mst_run_reset(other);
    mst_run_reset(t.run);
    assert_memory_equal(other->block, t.run->block, t.run->state_bytes);
    mst_run_free(other);
    free(saved);
    tiny_close(&t);
}

static void test_run__nothing_is_pending_after_the_end(void **state)
{
    (void)state;
    tiny t;
    make_busy(&t);
    t.model.end = tiny_hour(&t, 247.9); /* in the middle of everything */
    mst_run_finish(t.run);
    assert_true(t.run->clock->is_over);
    assert_true(mst_now(t.run) == t.model.end);
    assert_false(mst_run_step(t.run));
    /* what is left in the calendar belongs to nobody: events after the horizon were cancelled */
    assert_int_equal(t.run->calendar->count, 0);
    assert_true(mst_calendar_is_sound(t.run->calendar));
    tiny_close(&t);
}

static void test_run__memory_that_runs_short_is_a_status(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    tiny_finish(&t);
    assert_int_equal(mst_run_finish(t.run), MUSTER_OK);
    test_memory memory = {.left = 0};
    muster_memory hook = test_hook(&memory);
    mst_run *run = NULL;
    assert_int_equal(mst_run_create(&t.model, &hook, &run), MUSTER_WORLD);
    assert_null(run);
    memory.left = 1; /* one block is all a run needs, to its end: it can do without what it keeps */
    assert_int_equal(mst_run_create(&t.model, &hook, &run), MUSTER_OK);
    const int32_t refused = memory.refused;
    assert_int_equal(mst_run_finish(run), MUSTER_OK);
    assert_int_equal(memory.refused, refused);
    assert_true(mst_run_digest(run) == mst_run_digest(t.run));
    mst_run_free(run);
    assert_int_equal(memory.held, 0);
    tiny_close(&t);
}

static void test_run__a_full_record_list_stops_the_run_with_a_status(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    tiny_finish(&t);
    t.run->record_capacity = 9;
    assert_int_equal(mst_run_finish(t.run), MUSTER_WORLD);
    assert_int_equal(t.run->clock->record_count, 9);
    assert_true(t.run->clock->is_over);
    assert_true(t.run->clock->overflowed);
    /* the next one has more room, and ends as if it had had it from the start */
    assert_int_equal(mst_run_grow(&t.run), MUSTER_OK);
    assert_true(t.run->record_capacity > 4 * 512);
    mst_run_reset(t.run);
    assert_int_equal(mst_run_finish(t.run), MUSTER_OK);
    const uint64_t digest = mst_run_digest(t.run);
    mst_run *plain = NULL;
    assert_int_equal(mst_run_create(&t.model, NULL, &plain), MUSTER_OK);
    mst_run_reset(plain);
    assert_int_equal(mst_run_finish(plain), MUSTER_OK);
    assert_true(mst_run_digest(plain) == digest);
    mst_run_free(plain);
    tiny_close(&t);
}

/* ---- motion ---------------------------------------------------------------------------------------- */

/* A run in which no activity gives orders: the tests do. */
static void make_still(tiny *t)
{
    tiny_init(t);
    t->drill.decide_at = tiny_hour(t, 999.0);
    t->drill.decide_at = t->model.end + MUSTER_DAY;
    tiny_finish(t);
}

static void test_run__arrival_is_sailing_plus_way_over_speed(void **state)
{
    (void)state;
    tiny t;
    make_still(&t);
    const double speed = 13.7 * MST_KN_MPS, way = tiny_way_m(&t, TINY_PORT_A, TINY_MUSTER);
    mst_run_until(t.run, tiny_hour(&t, 7.25));
    assert_true(mst_unit_sail(t.run, TINY_ALFA, TINY_MUSTER, speed));
    mst_run_finish(t.run);
    const mst_record *reached = tiny_record(&t, MST_RECORD_REACHED, TINY_ALFA, 0);
    assert_non_null(reached);
    /* rounded up to the tick, never earlier; 1e-9 s: the quotient's own rounding */
    const double late = seconds(reached->time - tiny_hour(&t, 7.25)) - way / speed;
    assert_true(late > -1e-9 && late < 1e-6 + 1e-9);
    assert_true(isnan(reached->real)); /* no time was set */
    assert_int_equal(t.run->unit[TINY_ALFA].hold, MST_HOLD_STATION);
    tiny_close(&t);
}

static void test_run__a_planned_arrival_is_the_plans_integer(void **state)
{
    (void)state;
    tiny t;
    make_still(&t);
    const double way = tiny_way_m(&t, TINY_PORT_A, TINY_MUSTER);
    const muster_time due = tiny_hour(&t, 61.0 + 1.0 / 3.0) + 1;
    const double speed = way / seconds(due - mst_now(t.run));
    assert_true(mst_unit_sail_due(t.run, TINY_ALFA, TINY_MUSTER, speed, due));
    /* half as fast is late: the plan's time is not met, and said so */
    assert_true(mst_unit_sail_due(t.run, TINY_AMBER, TINY_MUSTER, 0.5 * speed, due));
    mst_run_finish(t.run);
    const mst_record *exact = tiny_record(&t, MST_RECORD_REACHED, TINY_ALFA, 0);
    const mst_record *late = tiny_record(&t, MST_RECORD_REACHED, TINY_AMBER, 0);
    assert_true(exact->time == due);
    assert_near(exact->real, 0.0, 0.0);
    assert_near(late->real, way / speed, 2e-6); /* as long again; two ticks */
    tiny_close(&t);
}

static void test_run__fuel_is_the_closed_form_and_nothing_is_lost(void **state)
{
    (void)state;
    tiny t;
    make_still(&t);
    const mst_unit_row *row = &t.unit[TINY_BRAVO];
    const double fast = 17.3 * MST_KN_MPS, slow = 11.9 * MST_KN_MPS;
    mst_unit_sail(t.run, TINY_BRAVO, TINY_MUSTER, fast);
    mst_run_until(t.run, tiny_hour(&t, 5.0));
    mst_unit_sail(t.run, TINY_BRAVO, TINY_MUSTER, slow);
    double used = 5.0 * 3600.0 * mst_law_rate_kgps(&row->law, fast);
    for (double hour = 5.0; hour < 240.0; hour += 13.7) {
        mst_run_until(t.run, tiny_hour(&t, hour));
        /* 1e-9 of the tank */
        assert_near(mst_unit_fuel_kg(t.run, TINY_BRAVO) + mst_unit_used_kg(t.run, TINY_BRAVO),
                    row->on_board_kg, 1e-9 * row->tank_kg);
        assert_near(mst_unit_fuel_kg(t.run, TINY_ALFA), t.unit[TINY_ALFA].on_board_kg, 0.0);
    }
    mst_run_reset(t.run);
    mst_unit_sail(t.run, TINY_BRAVO, TINY_MUSTER, fast);
    mst_run_until(t.run, tiny_hour(&t, 5.0));
    mst_unit_sail(t.run, TINY_BRAVO, TINY_MUSTER, slow);
    mst_run_until(t.run, tiny_hour(&t, 9.75));
    used += 4.75 * 3600.0 * mst_law_rate_kgps(&row->law, slow);
    assert_near(mst_unit_used_kg(t.run, TINY_BRAVO), used, 1e-9 * used);
    tiny_close(&t);
}

static void test_run__fuel_levels_are_passed_where_the_law_says(void **state)
{
    (void)state;
    tiny t;
    make_still(&t);
    const mst_unit_row *row = &t.unit[TINY_AMBER];
    mst_unit_sail(t.run, TINY_AMBER, TINY_MUSTER, 12.3 * MST_KN_MPS);
    mst_run_finish(t.run);
    const mst_record *reached = tiny_record(&t, MST_RECORD_REACHED, TINY_AMBER, 0);
    const mst_record *floor = tiny_record(&t, MST_RECORD_FLOOR, TINY_AMBER, 0);
    assert_int_equal(floor->a, MST_LEVEL_FLOOR);
    const double transit = seconds(reached->time - t.model.start);
    const double left = row->tank_kg - transit * mst_law_rate_kgps(&row->law, 12.3 * MST_KN_MPS);
    assert_true(left > 0.6 * row->tank_kg); /* else the test is about something else */
    const double on_station =
        (left - 0.6 * row->tank_kg) / mst_law_rate_kgps(&row->law, row->station_mps);
    assert_near(seconds(floor->time - reached->time), on_station, 1e-5);
    assert_near(floor->real, 0.6 * row->tank_kg, 1e-6); /* a tick's burn */
    tiny_close(&t);
}

static void test_run__an_empty_ship_is_adrift_exactly_where_its_fuel_ended(void **state)
{
    (void)state;
    tiny t;
    tiny_init(&t);
    t.drill.decide_at = t.model.end + MUSTER_DAY;
    t.unit[TINY_ALFA].on_board_kg = 23.7e3; /* below floor and reserve: only empty is left */
    tiny_finish(&t);
    const double speed = 18.9 * MST_KN_MPS;
    const double range = mst_law_range_m(&t.unit[TINY_ALFA].law, 23.7e3, speed);
    assert_true(range < tiny_way_m(&t, TINY_PORT_A, TINY_MUSTER));
    mst_unit_sail(t.run, TINY_ALFA, TINY_MUSTER, speed);
    mst_run_until(t.run, tiny_hour(&t, 100.0));
    const mst_record *adrift = tiny_record(&t, MST_RECORD_ADRIFT, TINY_ALFA, 0);
    const mst_record *hold = tiny_record(&t, MST_RECORD_HOLD, TINY_ALFA, 1);
    assert_near(seconds(adrift->time - t.model.start), range / speed, 2e-6);
    assert_int_equal(hold->b, MST_HOLD_ADRIFT);
    assert_int_equal(hold->a, -1);
    assert_int_equal(hold->c, TINY_PORT_A);
    assert_int_equal(hold->d, TINY_MUSTER);
    assert_near(hold->start_m, range, 1e-6 * range);
    const mst_leg leg = mst_model_leg(&t.model, TINY_PORT_A, TINY_MUSTER);
    const muster_point there = mst_leg_position(&leg, range);
    const muster_point place = mst_unit_place(t.run, TINY_ALFA);
    assert_near(place.lat_deg, there.lat_deg, 1e-9);
    assert_near(place.lon_deg, there.lon_deg, 1e-9);
    assert_near(mst_unit_fuel_kg(t.run, TINY_ALFA), 0.0, 0.0);
    assert_near(mst_unit_used_kg(t.run, TINY_ALFA), 23.7e3, 1e-6);
    assert_int_equal(t.run->unit[TINY_ALFA].cause, MST_CAUSE_FUEL);
    assert_false(mst_unit_sail(t.run, TINY_ALFA, TINY_PORT_A, speed)); /* it obeys no more */
    assert_int_equal(tiny_count(&t, MST_RECORD_REACHED, TINY_ALFA), 0);
    tiny_close(&t);
}

static void test_run__the_area_is_entered_and_left_at_its_edge(void **state)
{
    (void)state;
    tiny t;
    make_still(&t);
    const double speed = 14.3 * MST_KN_MPS;
    /* port A to visit passes outside; port B to port A through or by the muster: use two legs */
    mst_unit_join(t.run, TINY_BRAVO, 0);
    mst_unit_sail(t.run, TINY_BRAVO, TINY_MUSTER, speed);
    mst_run_until(t.run, tiny_hour(&t, 90.0));
    const mst_record *in = tiny_record(&t, MST_RECORD_ENTERED, TINY_BRAVO, 0);
    const double way = tiny_way_m(&t, TINY_PORT_B, TINY_MUSTER);
    /* straight at the centre: the edge is one radius before the end, on the sphere; the leg is
     * scaled to the ellipsoid, which differs by less than .6 % */
    const double to_edge = way - t.drill.area_radius_m;
    assert_near(seconds(in->time - t.model.start) * speed, to_edge, 0.006 * t.drill.area_radius_m);
    assert_true(t.run->unit[TINY_BRAVO].in_area);
    const muster_time now = mst_now(t.run);
    mst_unit_sail(t.run, TINY_BRAVO, TINY_VISIT, speed);
    mst_run_finish(t.run);
    const mst_record *out = tiny_record(&t, MST_RECORD_LEFT, TINY_BRAVO, 0);
    assert_near(seconds(out->time - now) * speed, t.drill.area_radius_m,
                0.006 * t.drill.area_radius_m);
    assert_int_equal(tiny_count(&t, MST_RECORD_ENTERED, TINY_BRAVO), 1);
    assert_int_equal(tiny_count(&t, MST_RECORD_LEFT, TINY_BRAVO), 1);
    tiny_close(&t);
}

static void test_run__a_leg_through_the_area_has_both_edges_either_way(void **state)
{
    (void)state;
    tiny t;
    make_still(&t);
    /* the circle lies on the middle of the leg, a little aside */
    const mst_leg leg = mst_model_leg(&t.model, TINY_PORT_A, TINY_VISIT);
    t.drill.area_centre = mst_leg_position(&leg, 0.43 * leg.length_m);
    const double speed = 16.1 * MST_KN_MPS, radius = t.drill.area_radius_m;
    mst_unit_join(t.run, TINY_ALFA, 0);
    mst_unit_sail(t.run, TINY_ALFA, TINY_VISIT, speed);
    mst_run_until(t.run, tiny_hour(&t, 100.0));
    const muster_time back = mst_now(t.run);
    mst_unit_sail(t.run, TINY_ALFA, TINY_PORT_A, speed);
    mst_run_finish(t.run);
    const double way = leg.length_m, at = 0.43 * way, slack = 0.006 * radius;
    const double expected[] = {at - radius, at + radius, way - at - radius, way - at + radius};
    for (int32_t i = 0; i < 4; i++) {
        const mst_record *r =
            tiny_record(&t, i % 2 == 0 ? MST_RECORD_ENTERED : MST_RECORD_LEFT, TINY_ALFA, i / 2);
        assert_non_null(r);
        assert_near(seconds(r->time - (i < 2 ? t.model.start : back)) * speed, expected[i], slack);
    }
    assert_int_equal(tiny_count(&t, MST_RECORD_ENTERED, TINY_ALFA), 2);
    tiny_close(&t);
}

static void test_run__a_ship_under_way_turns_back_or_goes_on_as_ordered(void **state)
{
    (void)state;
    tiny t;
    make_still(&t);
    const double speed = 15.7 * MST_KN_MPS;
    mst_unit_sail(t.run, TINY_ALFA, TINY_MUSTER, speed);
    mst_unit_sail(t.run, TINY_AMBER, TINY_MUSTER, speed);
    mst_run_until(t.run, tiny_hour(&t, 8.0));
    const muster_point before = mst_unit_place(t.run, TINY_ALFA);
    assert_true(mst_unit_sail(t.run, TINY_ALFA, TINY_PORT_A, speed));
    const muster_point after = mst_unit_place(t.run, TINY_ALFA);
    assert_near(after.lat_deg, before.lat_deg, 1e-9);
    assert_near(after.lon_deg, before.lon_deg, 1e-9);
    assert_true(mst_unit_sail(t.run, TINY_AMBER, TINY_VISIT, speed));
    assert_false(mst_unit_sail(t.run, TINY_AMBER, TINY_FIELD, speed)); /* no way by sea */
    mst_run_finish(t.run);
    const mst_record *home = tiny_record(&t, MST_RECORD_REACHED, TINY_ALFA, 0);
    assert_int_equal(home->a, TINY_PORT_A);
    assert_near(tiny_h(&t, home), 16.0, 1e-8);
    assert_int_equal(t.run->unit[TINY_ALFA].hold, MST_HOLD_PORT);
    const double way =
        tiny_way_m(&t, TINY_PORT_A, TINY_MUSTER) + tiny_way_m(&t, TINY_MUSTER, TINY_VISIT);
    assert_int_equal(tiny_record(&t, MST_RECORD_REACHED, TINY_AMBER, 1)->a, TINY_VISIT);
    assert_near(tiny_h(&t, tiny_record(&t, MST_RECORD_REACHED, TINY_AMBER, 1)),
                way / speed / 3600.0, 1e-8);
    tiny_close(&t);
}

static void test_run__an_inject_is_recorded_at_the_present_time(void **state)
{
    (void)state;
    tiny t;
    make_still(&t);
    mst_run_until(t.run, tiny_hour(&t, 33.5));
    mst_run_inject(t.run, 2, 7, 0.731);
    const mst_record *inject = tiny_record(&t, MST_RECORD_INJECTED, -1, 0);
    assert_near(tiny_h(&t, inject), 33.5, 0.0);
    assert_int_equal(inject->a, 2);
    assert_int_equal(inject->b, 7);
    assert_near(inject->real, 0.731, 0.0);
    tiny_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_run__reset_gives_the_bytes_of_a_fresh_run),
        cmocka_unit_test(test_run__restored_run_ends_like_the_original),
        cmocka_unit_test(test_run__nothing_is_pending_after_the_end),
        cmocka_unit_test(test_run__memory_that_runs_short_is_a_status),
        cmocka_unit_test(test_run__a_full_record_list_stops_the_run_with_a_status),
        cmocka_unit_test(test_run__arrival_is_sailing_plus_way_over_speed),
        cmocka_unit_test(test_run__a_planned_arrival_is_the_plans_integer),
        cmocka_unit_test(test_run__fuel_is_the_closed_form_and_nothing_is_lost),
        cmocka_unit_test(test_run__fuel_levels_are_passed_where_the_law_says),
        cmocka_unit_test(test_run__an_empty_ship_is_adrift_exactly_where_its_fuel_ended),
        cmocka_unit_test(test_run__the_area_is_entered_and_left_at_its_edge),
        cmocka_unit_test(test_run__a_leg_through_the_area_has_both_edges_either_way),
        cmocka_unit_test(test_run__a_ship_under_way_turns_back_or_goes_on_as_ordered),
        cmocka_unit_test(test_run__an_inject_is_recorded_at_the_present_time),
    };
    return cmocka_run_group_tests(tests, tiny_geography, tiny_geography_close);
}

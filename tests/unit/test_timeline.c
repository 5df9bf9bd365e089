/* Reported sailings against a later sighting: the figures of the definitions, section 7. */
#include "test.h"

#include "base/units.h"
#include "outcome/outcome.h"
#include "outcome_model.h"

enum { DEPARTURE, SIGHTING };

static void observe(outcome_model *m, int32_t group, int32_t unit, int32_t what, int32_t spot,
                    const char *at)
{
    mst_observation_row *o = &m->observation[m->model.observation_count++];
    *o = (mst_observation_row){.id = "o", .group = group, .unit = unit, .spot = spot, .what = what};
    assert_true(muster_time_read(at, 480, &o->at));
}

static muster_time moment(const char *text)
{
    muster_interval at;
    assert_true(muster_time_read(text, 480, &at));
    return at.from;
}

static double minutes_between(muster_time a, muster_time b)
{
    return (double)(b - a) / (double)MUSTER_MINUTE;
}

/* The way by sea is 415 nm; azure, the oiler, makes 19 kn, 17.1 sustained. */
static int32_t check(outcome_model *m, mst_arena *arena, mst_timeline_check **out)
{
    outcome_model_init(m);
    outcome_model_routes(m);
    mst_arena_init(arena, NULL);
    observe(m, WEST, -1, DEPARTURE, HOME_A, "2023-07-15T09:45+08:00");
    observe(m, WEST, -1, DEPARTURE, HOME_A, "2023-07-16T09:45+08:00");
    observe(m, WEST, -1, DEPARTURE, HOME_A, "2023-07-16");
    observe(m, WEST, -1, SIGHTING, SEEN, "2023-07-16T16:00Z");
    return mst_timeline_checks(&m->model, arena, out);
}

static void close_all(outcome_model *m, mst_arena *arena)
{
    mst_arena_clear(arena);
    outcome_model_close(m);
}

static void test_timeline__an_early_sailing_is_possible(void **state)
{
    static outcome_model m;
    mst_arena arena;
    mst_timeline_check *c;
    (void)state;
    assert_int_equal(check(&m, &arena, &c), 3);
    assert_near(c[0].distance_m / MUSTER_NM_M, 415.0, 0.01); /* route and geodesic agree to 20 m */
    assert_int_equal(c[0].verdict, MST_POSSIBLE);
    assert_int_equal(c[0].at_sustained, MST_POSSIBLE);
    assert_near(c[0].needed_mps / MST_KN_MPS, 10.85, 0.005); /* 415 nm in 38.25 h */
    assert_int_equal(c[0].claim, 0);
    assert_int_equal(c[0].sighting, 3);
    close_all(&m, &arena);
}

static void test_timeline__a_late_sailing_is_impossible_and_the_oiler_binds(void **state)
{
    static outcome_model m;
    mst_arena arena;
    mst_timeline_check *c;
    (void)state;
    assert_int_equal(check(&m, &arena, &c), 3);
    assert_int_equal(c[1].verdict, MST_IMPOSSIBLE);
    assert_near(c[1].needed_mps / MST_KN_MPS, 29.12, 0.005); /* 415 nm in 14.25 h */
    assert_int_equal(c[1].binding_unit, AZURE);
    assert_near(c[1].max_mps / MST_KN_MPS, 19.0, 1e-12);
    assert_near(c[1].sustained_mps / MST_KN_MPS, 17.1, 1e-12);
    assert_int_equal(c[1].verdict_5nm, MST_IMPOSSIBLE);
    close_all(&m, &arena);
}

static void test_timeline__a_whole_day_is_possible_only_until_an_hour(void **state)
{
    static outcome_model m;
    mst_arena arena;
    mst_timeline_check *c;
    (void)state;
    assert_int_equal(check(&m, &arena, &c), 3);
    const muster_time midnight = moment("2023-07-16T00:00+08:00");
    assert_int_equal(c[2].verdict, MST_POSSIBLE_ONLY_IF);
    assert_near(minutes_between(midnight, c[2].latest), 1440.0 - 415.0 / 19.0 * 60.0, 0.05);
    assert_near(c[2].needed_mps / MST_KN_MPS, 415.0 / 24.0, 0.005);
    assert_true(isinf(c[2].needed_last_mps)); /* the day ends when the ships were seen */
    /* at what the oiler sustains no hour of that day works, by minutes */
    assert_int_equal(c[2].at_sustained, MST_IMPOSSIBLE);
    assert_near(minutes_between(midnight, c[2].latest_sustained), 1440.0 - 415.0 / 17.1 * 60.0,
                0.05);
    /* 5 nm nearer it just does */
    assert_int_equal(c[2].verdict_5nm, MST_POSSIBLE_ONLY_IF);
    assert_near(minutes_between(midnight, c[2].latest_5nm), 1440.0 - 410.0 / 19.0 * 60.0, 0.05);
    assert_int_equal(c[2].at_sustained_5nm, MST_POSSIBLE_ONLY_IF);
    assert_near(minutes_between(midnight, c[2].latest_sustained_5nm), 1440.0 - 410.0 / 17.1 * 60.0,
                0.05);
    close_all(&m, &arena);
}

static void test_timeline__uncertainty_shortens_the_way(void **state)
{
    static outcome_model m;
    mst_arena arena;
    mst_timeline_check *c;
    (void)state;
    check(&m, &arena, &c);
    m.observation[3].within_m = 7.0 * MUSTER_NM_M;
    assert_int_equal(mst_timeline_checks(&m.model, &arena, &c), 3);
    assert_near(c[0].distance_m / MUSTER_NM_M, 408.0, 0.01);
    close_all(&m, &arena);
}

static void test_timeline__only_later_sightings_of_the_same_ships_count(void **state)
{
    static outcome_model m;
    mst_arena arena;
    mst_timeline_check *c;
    (void)state;
    check(&m, &arena, &c);
    m.observation[3].group = -1;
    m.observation[3].unit = ALPHA; /* a member alone, which makes 31 kn: the oiler may be behind */
    assert_int_equal(mst_timeline_checks(&m.model, &arena, &c), 3);
    assert_int_equal(c[1].binding_unit, ALPHA);
    assert_near(c[1].max_mps / MST_KN_MPS, 31.0, 1e-12);
    assert_int_equal(c[1].verdict, MST_POSSIBLE);
    assert_int_equal(c[1].at_sustained, MST_IMPOSSIBLE);
    m.observation[3].unit = BRAVO;
    assert_int_equal(mst_timeline_checks(&m.model, &arena, &c), 0);
    m.observation[3].unit = ALPHA;
    m.observation[3].at.from = m.observation[3].at.until = moment("2023-07-15T09:00+08:00");
    assert_int_equal(mst_timeline_checks(&m.model, &arena, &c), 0);
    close_all(&m, &arena);
}

static void test_timeline__one_ship_alone_goes_at_its_own_speed(void **state)
{
    static outcome_model m;
    mst_arena arena;
    mst_timeline_check *c;
    (void)state;
    check(&m, &arena, &c);
    m.model.observation_count = 0;
    observe(&m, -1, ALPHA, DEPARTURE, HOME_A, "2023-07-16T09:45+08:00");
    observe(&m, WEST, -1, SIGHTING, SEEN, "2023-07-16T16:00Z");
    assert_int_equal(mst_timeline_checks(&m.model, &arena, &c), 1);
    assert_int_equal(c[0].binding_unit, ALPHA);
    assert_int_equal(c[0].verdict, MST_POSSIBLE);        /* 29.1 kn of 31 */
    assert_int_equal(c[0].at_sustained, MST_IMPOSSIBLE); /* 27.9 */
    close_all(&m, &arena);
}

/* A flight is judged by its maximum too, on the geodesic: "impossible" must be safe. */
static void test_timeline__aircraft_go_at_their_maximum_and_sustain_their_cruise(void **state)
{
    static outcome_model m;
    mst_arena arena;
    mst_timeline_check *c;
    (void)state;
    check(&m, &arena, &c);
    for (int32_t i = 0; i < SPOTS * SPOTS; i++)
        m.route_of[i] = -1; /* no way by sea: none is asked for */
    m.unit[HAWKS].max_mps = 567.0 * MST_KN_MPS;
    m.unit[HAWKS].sustained_mps = 415.0 * MST_KN_MPS;
    m.model.observation_count = 0;
    observe(&m, -1, HAWKS, DEPARTURE, HOME_A, "2023-07-16T15:10Z");
    observe(&m, -1, HAWKS, SIGHTING, SEEN, "2023-07-16T16:00Z");
    assert_int_equal(mst_timeline_checks(&m.model, &arena, &c), 1);
    assert_int_equal(c[0].binding_unit, HAWKS);
    /* the route and the geodesic of this ocean agree to 20 m */
    assert_near(c[0].distance_m / MUSTER_NM_M, 415.0, 0.02);
    assert_near(c[0].needed_mps / MST_KN_MPS, 415.0 * 60.0 / 50.0, 0.03);
    assert_int_equal(c[0].verdict, MST_POSSIBLE);        /* 498 kn of 567 */
    assert_int_equal(c[0].at_sustained, MST_IMPOSSIBLE); /* of 415 */
    assert_near(minutes_between(c[0].latest, moment("2023-07-16T16:00Z")), 415.0 / 567.0 * 60.0,
                0.005);
    /* seven minutes later not even at its maximum */
    m.observation[0].at.from = m.observation[0].at.until = moment("2023-07-16T15:17Z");
    assert_int_equal(mst_timeline_checks(&m.model, &arena, &c), 1);
    assert_int_equal(c[0].verdict, MST_IMPOSSIBLE); /* 579 kn */
    close_all(&m, &arena);
}

static void test_timeline__without_a_way_nothing_is_judged(void **state)
{
    static outcome_model m;
    mst_arena arena;
    mst_timeline_check *c;
    (void)state;
    check(&m, &arena, &c);
    for (int32_t i = 0; i < SPOTS * SPOTS; i++)
        m.route_of[i] = -1;
    assert_int_equal(mst_timeline_checks(&m.model, &arena, &c), 3);
    assert_int_equal(c[1].verdict, MST_NO_WAY);
    assert_int_equal(c[1].at_sustained, MST_NO_WAY);
    assert_true(isnan(c[1].distance_m));
    close_all(&m, &arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_timeline__an_early_sailing_is_possible),
        cmocka_unit_test(test_timeline__a_late_sailing_is_impossible_and_the_oiler_binds),
        cmocka_unit_test(test_timeline__a_whole_day_is_possible_only_until_an_hour),
        cmocka_unit_test(test_timeline__uncertainty_shortens_the_way),
        cmocka_unit_test(test_timeline__only_later_sightings_of_the_same_ships_count),
        cmocka_unit_test(test_timeline__aircraft_go_at_their_maximum_and_sustain_their_cruise),
        cmocka_unit_test(test_timeline__without_a_way_nothing_is_judged),
        cmocka_unit_test(test_timeline__one_ship_alone_goes_at_its_own_speed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

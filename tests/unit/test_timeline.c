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

/* A model with claims and a sighting, and what comparing them said. */
typedef struct pairs {
    outcome_model m;
    mst_arena arena;
    mst_timeline_check *c;
} pairs;

static int32_t check(pairs *p)
{
    return mst_timeline_checks(&p->m.model, &p->arena, &p->c);
}

/* The way by sea is 415 nm; azure, the oiler, makes 19 kn, 17.1 sustained. */
static int set_up(void **state)
{
    static pairs all;
    pairs *p = &all;
    outcome_model_init(&p->m);
    outcome_model_routes(&p->m);
    mst_arena_init(&p->arena, NULL);
    observe(&p->m, WEST, -1, DEPARTURE, HOME_A, "2023-07-15T09:45+08:00");
    observe(&p->m, WEST, -1, DEPARTURE, HOME_A, "2023-07-16T09:45+08:00");
    observe(&p->m, WEST, -1, DEPARTURE, HOME_A, "2023-07-16");
    observe(&p->m, WEST, -1, SIGHTING, SEEN, "2023-07-16T16:00Z");
    assert_int_equal(check(p), 3);
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    pairs *p = *state;
    mst_arena_clear(&p->arena);
    outcome_model_close(&p->m);
    return 0;
}

/* One claim and one sighting instead of the usual ones; compared. */
static void compare_pair(pairs *p, int32_t unit, const char *sailed, int32_t seen_group,
                         int32_t seen_unit)
{
    p->m.model.observation_count = 0;
    observe(&p->m, -1, unit, DEPARTURE, HOME_A, sailed);
    observe(&p->m, seen_group, seen_unit, SIGHTING, SEEN, "2023-07-16T16:00Z");
    assert_int_equal(check(p), 1);
}

static void block_sea(outcome_model *m)
{
    for (int32_t i = 0; i < SPOTS * SPOTS; i++)
        m->route_of[i] = -1;
}

static void test_timeline__an_early_sailing_is_possible(void **state)
{
    pairs *p = *state;
    /* route and geodesic agree to 20 m */
    assert_near(p->c[0].distance_m / MUSTER_NM_M, 415.0, 0.01);
    assert_int_equal(p->c[0].verdict, MST_POSSIBLE);
    assert_int_equal(p->c[0].at_sustained, MST_POSSIBLE);
    assert_near(p->c[0].needed_mps / MST_KN_MPS, 10.85, 0.005); /* 415 nm in 38.25 h */
    assert_int_equal(p->c[0].claim, 0);
    assert_int_equal(p->c[0].sighting, 3);
}

static void test_timeline__a_late_sailing_is_impossible_and_the_oiler_binds(void **state)
{
    pairs *p = *state;
    assert_int_equal(p->c[1].verdict, MST_IMPOSSIBLE);
    assert_near(p->c[1].needed_mps / MST_KN_MPS, 29.12, 0.005); /* 415 nm in 14.25 h */
    assert_int_equal(p->c[1].binding_unit, AZURE);
    assert_near(p->c[1].max_mps / MST_KN_MPS, 19.0, 1e-12);
    assert_near(p->c[1].sustained_mps / MST_KN_MPS, 17.1, 1e-12);
    assert_int_equal(p->c[1].verdict_5nm, MST_IMPOSSIBLE);
}

static void test_timeline__a_whole_day_is_possible_only_until_an_hour(void **state)
{
    pairs *p = *state;
    const muster_time midnight = moment("2023-07-16T00:00+08:00");
    assert_int_equal(p->c[2].verdict, MST_POSSIBLE_ONLY_IF);
    assert_near(minutes_between(midnight, p->c[2].latest), 1440.0 - 415.0 / 19.0 * 60.0, 0.05);
    assert_near(p->c[2].needed_mps / MST_KN_MPS, 415.0 / 24.0, 0.005);
    assert_true(isinf(p->c[2].needed_last_mps)); /* the day ends when the ships were seen */
    /* at what the oiler sustains no hour of that day works, by minutes */
    assert_int_equal(p->c[2].at_sustained, MST_IMPOSSIBLE);
    assert_near(minutes_between(midnight, p->c[2].latest_sustained), 1440.0 - 415.0 / 17.1 * 60.0,
                0.05);
    /* 5 nm nearer it just does */
    assert_int_equal(p->c[2].verdict_5nm, MST_POSSIBLE_ONLY_IF);
    assert_near(minutes_between(midnight, p->c[2].latest_5nm), 1440.0 - 410.0 / 19.0 * 60.0, 0.05);
    assert_int_equal(p->c[2].at_sustained_5nm, MST_POSSIBLE_ONLY_IF);
    assert_near(minutes_between(midnight, p->c[2].latest_sustained_5nm),
                1440.0 - 410.0 / 17.1 * 60.0, 0.05);
}

static void test_timeline__uncertainty_shortens_the_way(void **state)
{
    pairs *p = *state;
    p->m.observation[3].within_m = 7.0 * MUSTER_NM_M;
    assert_int_equal(check(p), 3);
    assert_near(p->c[0].distance_m / MUSTER_NM_M, 408.0, 0.01);
}

static void test_timeline__only_later_sightings_of_the_same_ships_count(void **state)
{
    pairs *p = *state;
    p->m.observation[3].group = -1;
    /* a member alone, which makes 31 kn: the oiler may be behind */
    p->m.observation[3].unit = ALPHA;
    assert_int_equal(check(p), 3);
    assert_int_equal(p->c[1].binding_unit, ALPHA);
    assert_near(p->c[1].max_mps / MST_KN_MPS, 31.0, 1e-12);
    assert_int_equal(p->c[1].verdict, MST_POSSIBLE);
    assert_int_equal(p->c[1].at_sustained, MST_IMPOSSIBLE);
    p->m.observation[3].unit = BRAVO;
    assert_int_equal(check(p), 0);
    p->m.observation[3].unit = ALPHA;
    p->m.observation[3].at.from = p->m.observation[3].at.until = moment("2023-07-15T09:00+08:00");
    assert_int_equal(check(p), 0);
}

static void test_timeline__one_ship_alone_goes_at_its_own_speed(void **state)
{
    pairs *p = *state;
    compare_pair(p, ALPHA, "2023-07-16T09:45+08:00", WEST, -1);
    assert_int_equal(p->c[0].binding_unit, ALPHA);
    assert_int_equal(p->c[0].verdict, MST_POSSIBLE);        /* 29.1 kn of 31 */
    assert_int_equal(p->c[0].at_sustained, MST_IMPOSSIBLE); /* 27.9 */
}

/* A flight is judged by its maximum too, on the geodesic: "impossible" must be safe. */
static void test_timeline__aircraft_go_at_their_maximum_and_sustain_their_cruise(void **state)
{
    pairs *p = *state;
    block_sea(&p->m); /* none is asked for */
    p->m.unit[HAWKS].max_mps = 567.0 * MST_KN_MPS;
    p->m.unit[HAWKS].sustained_mps = 415.0 * MST_KN_MPS;
    compare_pair(p, HAWKS, "2023-07-16T15:10Z", -1, HAWKS);
    assert_int_equal(p->c[0].binding_unit, HAWKS);
    /* the route and the geodesic of this ocean agree to 20 m */
    assert_near(p->c[0].distance_m / MUSTER_NM_M, 415.0, 0.02);
    assert_near(p->c[0].needed_mps / MST_KN_MPS, 415.0 * 60.0 / 50.0, 0.03);
    assert_int_equal(p->c[0].verdict, MST_POSSIBLE);        /* 498 kn of 567 */
    assert_int_equal(p->c[0].at_sustained, MST_IMPOSSIBLE); /* of 415 */
    assert_near(minutes_between(p->c[0].latest, moment("2023-07-16T16:00Z")), 415.0 / 567.0 * 60.0,
                0.005);
    /* seven minutes later not even at its maximum */
    p->m.observation[0].at.from = p->m.observation[0].at.until = moment("2023-07-16T15:17Z");
    assert_int_equal(check(p), 1);
    assert_int_equal(p->c[0].verdict, MST_IMPOSSIBLE); /* 579 kn */
}

static void test_timeline__without_a_way_nothing_is_judged(void **state)
{
    pairs *p = *state;
    block_sea(&p->m);
    assert_int_equal(check(p), 3);
    assert_int_equal(p->c[1].verdict, MST_NO_WAY);
    assert_int_equal(p->c[1].at_sustained, MST_NO_WAY);
    assert_true(isnan(p->c[1].distance_m));
}

#define PAIRS_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAIRS_TEST(test_timeline__an_early_sailing_is_possible),
        PAIRS_TEST(test_timeline__a_late_sailing_is_impossible_and_the_oiler_binds),
        PAIRS_TEST(test_timeline__a_whole_day_is_possible_only_until_an_hour),
        PAIRS_TEST(test_timeline__uncertainty_shortens_the_way),
        PAIRS_TEST(test_timeline__only_later_sightings_of_the_same_ships_count),
        PAIRS_TEST(test_timeline__aircraft_go_at_their_maximum_and_sustain_their_cruise),
        PAIRS_TEST(test_timeline__without_a_way_nothing_is_judged),
        PAIRS_TEST(test_timeline__one_ship_alone_goes_at_its_own_speed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

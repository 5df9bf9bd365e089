/* Checks provoked: drills and serials. */
#include "checked.h"

#include <stdio.h>
#include <time.h>

/* ---- drills ------------------------------------------------------------------------------------------- */

static void test_check__times_of_a_drill(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    m.spec.scenario.start = made_at("2023-07-20T00:00Z");
    GROUP(m, 0)->depart.from = MUSTER_NEVER;
    expect(&m, MUSTER_ERROR, DRILL(m)->muster.item.place.line,
           "musters at 2023-07-20 00:00Z, not after the scenario's start", "");

    made_open(&m);
    DRILL(m)->end.from = MUSTER_NEVER;
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "drill 'd' has no end", "end");

    made_open(&m);
    m.spec.serials.count = 0;
    DRILL(m)->end = made_at("2023-07-19T00:00Z");
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "not after its muster", "");

    made_open(&m);
    m.spec.scenario.horizon = 9 * MUSTER_DAY;
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "after the horizon's end at 2023-07-23 00:00Z",
           "horizon");

    made_open(&m);
    DRILL(m)->decide_at = made_at("2023-07-20T00:00Z");
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "not before its muster at", "");

    made_open(&m);
    DRILL(m)->decide_at = made_at("2023-07-13T00:00Z");
    expect(&m, MUSTER_WARNING, line_of(DRILL(m)), "decide_at is before the scenario's start", "");
}

static void test_check__hosts_and_candidates(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    made_add_ref(&m, &DRILL(m)->candidates, "AAA");
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "'AAA' is host and candidate at once", "");

    made_open(&m);
    made_add_ref(&m, &DRILL(m)->hosts, "AAA");
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "host 'AAA' is named twice", "");

    made_open(&m);
    for (int i = 0; i < 15; i++) {
        const char *id = mst_arena_printf(&m.arena, "S%d", i);
        MADE(&m, &m.spec.states, mst_state_def, mst_fields_state, id);
        made_add_ref(&m, &DRILL(m)->hosts, id);
    }
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "has 17 hosts; at most 16", "");

    made_open(&m);
    DRILL(m)->min_hosts = 3;
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "min_hosts is 3, but it has 2 hosts", "");

    made_open(&m);
    m.spec.groups.count = 0;
    DRILL(m)->hosts.count = 0;
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "drill 'd' has no host", "");

    made_open(&m);
    for (int i = 0; i < 62; i++)
        MADE(&m, &m.spec.states, mst_state_def, mst_fields_state,
             mst_arena_printf(&m.arena, "S%d", i));
    expect(&m, MUSTER_ERROR, line_of(&m.spec.scenario), "65 states; at most 64", "");
}

static void test_check__slots(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_slot_def *slot = MST_AT(mst_slot_def, &DRILL(m)->slots, 1);
    slot->count = 0;
    expect(&m, MUSTER_ERROR, slot->item.place.line, "slot 1: its count must be at least 1", "");

    made_open(&m);
    slot = MST_AT(mst_slot_def, &DRILL(m)->slots, 1);
    slot->role = "escrot";
    expect(&m, MUSTER_WARNING, slot->item.place.line, "no unit has 'escrot'",
           "did you mean 'escort'?");

    made_open(&m);
    MST_AT(mst_slot_def, &DRILL(m)->slots, 1)->count = 257;
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "too many slots: at most 64, with 256 places", "");

    made_open(&m);
    DRILL(m)->cap_need = (double)NAN;
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "cap_need", "");
}

static void test_check__areas(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_area_def *area = MST_AT(mst_area_def, &m.spec.areas, 0);
    /* half base 46.6 nm, height 90 nm: (46.6^2 + 90^2)/(2 * 90) = 57.1 on a flat Earth */
    muster_point corner[] = {{39, 133}, {39, 135}, {40.5, 134}};
    area->kind = 1;
    area->points = (mst_list){.item = corner, .count = 3, .capacity = 3};
    expect(&m, MUSTER_WARNING, line_of(DRILL(m)),
           "the smallest circle round it (57.0 nm about 39.549 N", "");

    made_open(&m);
    area = MST_AT(mst_area_def, &m.spec.areas, 0);
    area->radius_m = (double)NAN;
    expect(&m, MUSTER_ERROR, line_of(area), "area 'box' needs lat_deg, lon_deg and radius_nm", "");

    made_open(&m);
    DRILL(m)->muster.lat_deg = 41.0;
    DRILL(m)->muster.lon_deg = 134.0;
    expect(&m, MUSTER_WARNING, line_of(DRILL(m)), "the muster point lies outside area 'box'", "");

    made_open(&m);
    DRILL(m)->muster.lat_deg = 41.0;
    DRILL(m)->muster.lon_deg = 134.0;
    DRILL(m)->area = made_ref(NULL);
    expect(&m, MUSTER_WARNING, line_of(DRILL(m)),
           "names no area; time on station counts within 60 nm", "");
}

/* One coordinate alone is one mistake, whoever would have used the point. */
static void test_check__half_a_point(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    DRILL(m)->muster.lat_deg = 39.0;
    expect(&m, MUSTER_ERROR, DRILL(m)->muster.item.place.line,
           "drill 'd', muster: lat_deg is given without lon_deg", "both");

    made_open(&m); /* no area that could stand for it */
    DRILL(m)->muster.lon_deg = 134.0;
    DRILL(m)->area.id = NULL;
    check(&m);
    assert_int_equal(muster_diags_error_count(m.diags), 1); /* and a warning, first */
    assert_non_null(
        strstr(muster_diags_at(m.diags, 1)->message, "lon_deg is given without lat_deg"));
    made_close(&m);

    made_open(&m);
    mst_air_def *air = MST_AT(mst_air_def, &DRILL(m)->air, 0);
    air->lon_deg = 134.0;
    expect(&m, MUSTER_ERROR, air->item.place.line,
           "air request 'cover': lon_deg is given without lat_deg", "");

    made_open(&m);
    mst_area_def *area = MST_AT(mst_area_def, &m.spec.areas, 0);
    area->lon_deg = (double)NAN;
    expect(&m, MUSTER_ERROR, area->item.place.line, "area 'box': lat_deg is given without lon_deg",
           "");

    made_open(&m);
    mst_base_def *base = MST_AT(mst_base_def, &m.spec.bases, 0);
    base->sea_lon_deg = (double)NAN;
    expect(&m, MUSTER_ERROR, base->item.place.line,
           "base 'PORT-A': sea_lat_deg is given without sea_lon_deg", "");

    made_open(&m);
    mst_observation_def *seen = observe(&m);
    seen->group = made_ref("ga");
    seen->lon_deg = 128.0;
    expect(&m, MUSTER_ERROR, seen->item.place.line,
           "observation 'seen': lon_deg is given without lat_deg", "");
}

static void test_check__a_strait_has_two_ends(void **state)
{
    (void)state;
    static muster_point line[] = {{41.0, 140.0}, {41.5, 140.2}, {41.8, 140.4}};
    static const char *const words[] = {"its line has 1 points", NULL, "its line has 3 points"};
    for (int32_t count = 1; count <= 3; count++) {
        made_spec m;
        made_open(&m);
        mst_strait_def *strait =
            MADE(&m, &m.spec.straits, mst_strait_def, mst_fields_strait, "gate");
        strait->line = (mst_list){.item = line, .count = count, .capacity = count};
        if (words[count - 1]) {
            expect(&m, MUSTER_ERROR, strait->item.place.line, words[count - 1], "shore to shore");
            continue;
        }
        check(&m);
        assert_int_equal(muster_diags_count(m.diags), 0);
        made_close(&m);
    }
}

static mst_index_given_def *add_index(made_spec *m, const char *state)
{
    mst_index_given_def *given =
        MADE(m, &DRILL(*m)->index.states, mst_index_given_def,
             made_rows(made_rows(mst_fields_drill, "index"), "states"), NULL);
    given->state = made_ref(state);
    return given;
}

static void test_check__indices(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    for (int i = 0; i < 2; i++)
        add_index(&m, "CCC");
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "two indices of 'CCC'", "");

    made_open(&m);
    MADE(&m, &m.spec.states, mst_state_def, mst_fields_state, "DDD");
    add_index(&m, "DDD");
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "index of 'DDD', which is neither", "");

    made_open(&m);
    add_index(&m, "CCC");
    add_index(&m, "AAA"); /* a host may have one too */
    check(&m);
    assert_int_equal(muster_diags_error_count(m.diags), 0);
    made_close(&m);
}

static void test_check__contingents_air_phases(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_contingent_def *set =
        MADE_IN(&m, &DRILL(m)->contingents, mst_contingent_def, mst_fields_drill, "contingents");
    set->state = made_ref("CCC");
    made_add_ref(&m, &set->units, "a1")->place = (mst_place){"made.cfg", 903};
    expect(&m, MUSTER_ERROR, 903, "'a1' does not belong to 'CCC'", "");

    made_open(&m);
    for (int i = 0; i < 2; i++) {
        set = MADE_IN(&m, &DRILL(m)->contingents, mst_contingent_def, mst_fields_drill,
                      "contingents");
        set->state = made_ref("AAA");
    }
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "two contingents of 'AAA'", "");

    made_open(&m);
    MADE(&m, &m.spec.states, mst_state_def, mst_fields_state, "DDD");
    set = MADE_IN(&m, &DRILL(m)->contingents, mst_contingent_def, mst_fields_drill, "contingents");
    set->state = made_ref("DDD");
    expect(&m, MUSTER_ERROR, line_of(DRILL(m)), "contingent of 'DDD', which is neither", "");

    made_open(&m);
    MADE(&m, &m.spec.states, mst_state_def, mst_fields_state, "DDD");
    mst_air_def *air = MST_AT(mst_air_def, &DRILL(m)->air, 0);
    made_add_ref(&m, &air->states, "DDD");
    expect(&m, MUSTER_ERROR, air->item.place.line, "'DDD' is neither host nor candidate", "");

    made_open(&m);
    air = MST_AT(mst_air_def, &DRILL(m)->air, 0);
    air->role = "figther";
    expect(&m, MUSTER_WARNING, air->item.place.line, "air request 'cover': no unit has 'figther'",
           "did you mean 'fighter'?");

    made_open(&m);
    mst_phase_def *phase =
        MADE_IN(&m, &DRILL(m)->phases, mst_phase_def, mst_fields_drill, "phases");
    phase->do_ = (mst_plugin){.name = "gunnery", .type = &made_gunnery, .place = {"made.cfg", 904}};
    expect(&m, MUSTER_ERROR, 904, "'gunnery' is no phase of a drill", "");
}

/* ---- serials ------------------------------------------------------------------------------------------ */

static void test_check__serials(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    SERIAL(m, 1)->start = 70 * MUSTER_HOUR; /* 10 + 70 + 6 h of 84 */
    expect(&m, MUSTER_ERROR, line_of(SERIAL(m, 1)),
           "ends 86 h after the muster, but drill 'd' lasts 84 h", "");

    made_open(&m);
    SERIAL(m, 0)->after = "second";
    expect(&m, MUSTER_ERROR, line_of(SERIAL(m, 0)), "waits for itself", "");

    made_open(&m); /* the third leads into the circle of two: said once */
    SERIAL(m, 0)->after = "second";
    made_serial(&m, "third", 1, 1)->after = "first";
    expect(&m, MUSTER_ERROR, line_of(SERIAL(m, 0)), "waits for itself", "");

    made_open(&m);
    SERIAL(m, 1)->after = "frist";
    expect(&m, MUSTER_ERROR, line_of(SERIAL(m, 1)), "no serial 'frist'", "did you mean 'first'?");

    made_open(&m);
    made_add_text(&m, &SERIAL(m, 1)->parts, "langauge");
    expect(&m, MUSTER_ERROR, line_of(SERIAL(m, 1)), "no interoperability part 'langauge'",
           "'language'?");

    made_open(&m);
    SERIAL(m, 1)->air = "covr";
    expect(&m, MUSTER_ERROR, line_of(SERIAL(m, 1)), "no air request 'covr'",
           "did you mean 'cover'?");

    made_open(&m);
    mst_need_def *need = MST_AT(mst_need_def, &SERIAL(m, 0)->needs, 0);
    made_add_text(&m, &need->kit, "hull-sonnar");
    expect(&m, MUSTER_WARNING, need->item.place.line, "no unit has 'hull-sonnar'",
           "did you mean 'hull-sonar'?");

    made_open(&m);
    SERIAL(m, 1)->kind.type = &made_sea;
    SERIAL(m, 1)->kind.name = "sea";
    expect(&m, MUSTER_ERROR, line_of(SERIAL(m, 1)), "'sea' is no kind of serial", "");
}

/* As many serials as a file may hold, each after the next one in the file. */
static void test_check__long_chains_of_serials(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    const double limit_s = 2.0;
#else
    const double limit_s = 30.0;
#endif
    static char ids[COUNT + 1][8];
    for (int32_t goes_round = 0; goes_round < 2; goes_round++) {
        made_spec m;
        made_open(&m);
        m.spec.serials.count = 0;
        for (int32_t i = 0; i < COUNT; i++) {
            snprintf(ids[i], sizeof ids[i], "s%d", (int)i);
            made_serial(&m, ids[i], 0.001, 0.001)->after = i + 1 < COUNT ? ids[i + 1] : NULL;
        }
        if (goes_round)
            SERIAL(m, COUNT - 1)->after = ids[COUNT / 2];
        else /* the first of the chain starts 80 h after the muster, the drill lasts 84 */
            SERIAL(m, COUNT - 1)->start = 80 * MUSTER_HOUR;
        const clock_t begin = clock();
        check(&m);
        const double took_s = (double)(clock() - begin) / CLOCKS_PER_SEC;
        if (took_s > limit_s)
            print_error("%d serials took %.1f s\n", COUNT, took_s);
        assert_true(took_s <= limit_s);
        if (goes_round) {
            assert_int_equal(muster_diags_error_count(m.diags), 1);
            assert_non_null(
                strstr(muster_diags_at(m.diags, 0)->message, "serial 's10000' waits for itself"));
        } else {
            /* 7.2 s each, but the first has no start of 3.6 s: 2000 end in time */
            assert_int_equal(muster_diags_error_count(m.diags), COUNT - 2000);
        }
        made_close(&m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check__times_of_a_drill),
        cmocka_unit_test(test_check__hosts_and_candidates),
        cmocka_unit_test(test_check__slots),
        cmocka_unit_test(test_check__areas),
        cmocka_unit_test(test_check__half_a_point),
        cmocka_unit_test(test_check__a_strait_has_two_ends),
        cmocka_unit_test(test_check__indices),
        cmocka_unit_test(test_check__contingents_air_phases),
        cmocka_unit_test(test_check__serials),
        cmocka_unit_test(test_check__long_chains_of_serials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every check provoked: exactly one entry, at the line of what is wrong, with its words. */
#include "test.h"

#include "memory.h"
#include "model/build.h"
#include "spec_make.h"

#include <stdio.h>
#include <time.h>

static void say_all(const made_spec *m)
{
    for (int32_t i = 0; i < muster_diags_count(m->diags); i++) {
        const muster_diag *d = muster_diags_at(m->diags, i);
        print_error("line %d: %d: %s [%s]\n", (int)d->line, (int)d->severity, d->message, d->hint);
    }
}

/* The check of a compile, which looks for errors alone, has to find the very errors of the whole
 * one. */
static void same_errors(const made_spec *m, mst_arena *scratch)
{
    mst_vocabulary names;
    mst_list words;
    muster_diags *errors = muster_diags_create(NULL);
    assert_true(mst_vocabulary_make(&m->spec, scratch, &names));
    assert_true(mst_words_make(&m->spec, scratch, &words));
    mst_spec_check_errors(&m->spec, &made_kinds, &names, words.count, scratch, errors);
    int32_t at = 0;
    for (int32_t i = 0; i < muster_diags_count(m->diags); i++) {
        const muster_diag *want = muster_diags_at(m->diags, i);
        if (want->severity != MUSTER_ERROR)
            continue;
        assert_true(at < muster_diags_count(errors));
        const muster_diag *has = muster_diags_at(errors, at++);
        assert_int_equal(has->severity, MUSTER_ERROR);
        assert_int_equal(has->line, want->line);
        assert_string_equal(has->message, want->message);
        assert_string_equal(has->hint, want->hint);
        assert_string_equal(has->path, want->path);
    }
    assert_int_equal(muster_diags_count(errors), at);
    muster_diags_free(errors);
}

static void check(made_spec *m)
{
    mst_arena scratch;
    const bool is_read_whole = muster_diags_error_count(m->diags) == 0;
    mst_arena_init(&scratch, NULL);
    mst_spec_check(&m->spec, &made_kinds, &scratch, m->diags);
    if (is_read_whole)
        same_errors(m, &scratch);
    assert_false(scratch.failed);
    mst_arena_clear(&scratch);
}

/* Checks, wants exactly one entry, and closes. */
static void expect(made_spec *m, muster_severity severity, int32_t line, const char *words,
                   const char *hint)
{
    check(m);
    if (muster_diags_count(m->diags) != 1)
        say_all(m);
    assert_int_equal(muster_diags_count(m->diags), 1);
    const muster_diag *d = muster_diags_at(m->diags, 0);
    if (!strstr(d->message, words) || !strstr(d->hint, hint) || d->line != line)
        say_all(m);
    assert_int_equal(d->severity, severity);
    assert_int_equal(d->line, line);
    assert_non_null(strstr(d->message, words));
    assert_non_null(strstr(d->hint, hint));
    made_close(m);
}

static int32_t line_of(const void *item)
{
    return ((const mst_item *)item)->place.line;
}

#define UNIT(m, i) MST_AT(mst_unit_def, &(m).spec.units, i)
#define CLASS(m, i) MST_AT(mst_class_def, &(m).spec.classes, i)
#define GROUP(m, i) MST_AT(mst_group_def, &(m).spec.groups, i)
#define DRILL(m) MST_AT(mst_drill_def, &(m).spec.drills, 0)
#define SERIAL(m, i) MST_AT(mst_serial_def, &(m).spec.serials, i)
#define RULE(m, i) MST_AT(mst_rule_def, &(m).spec.alignment.rules, i)

static void test_check__nothing_to_say(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    check(&m);
    say_all(&m);
    assert_int_equal(muster_diags_count(m.diags), 0);
    made_close(&m);
}

/* ---- classes and units ---------------------------------------------------------------------------- */

static void test_check__class_figures(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    CLASS(m, 0)->range_speed_mps = 27.4 * MST_KN_MPS;
    expect(&m, MUSTER_ERROR, line_of(CLASS(m, 0)), "27.4 kn, above its maximum speed of 27.3 kn",
           "");

    made_open(&m);
    CLASS(m, 0)->power_w = 60e6; /* 1 - .21*60000*(17.9/27.3)^3*(4010/17.9)/361000 = -1.2 */
    expect(&m, MUSTER_ERROR, line_of(CLASS(m, 0)), "361 t, 60 MW and 4010 nm at 17.9 kn cannot all",
           "hotel_share");

    made_open(&m);
    CLASS(m, 0)->power_w = 7e6; /* .74 */
    expect(&m, MUSTER_WARNING, line_of(CLASS(m, 0)), "would be 0.74); the default share", "");

    made_open(&m); /* nobody has it: nobody is told */
    made_class(&m, "unused", MST_SHIP, "escort");
    check(&m);
    assert_int_equal(muster_diags_count(m.diags), 0);
    made_close(&m);

    made_open(&m);
    CLASS(m, 0)->range_m = (double)NAN;
    expect(&m, MUSTER_WARNING, line_of(CLASS(m, 0)), "no range known; it fills no slot", "");

    made_open(&m);
    CLASS(m, 0)->range_speed_mps = (double)NAN;
    expect(&m, MUSTER_ERROR, line_of(CLASS(m, 0)), "range_nm needs range_speed_kn", "");

    made_open(&m);
    CLASS(m, 0)->fuel_kg = (double)NAN;
    expect(&m, MUSTER_WARNING, line_of(CLASS(m, 0)), "fuel is not known; distances hold",
           "power_mw");

    made_open(&m);
    CLASS(m, 0)->max_speed_mps = (double)NAN;
    expect(&m, MUSTER_WARNING, line_of(CLASS(m, 0)), "max_speed_kn is not given", "");

    made_open(&m);
    CLASS(m, 1)->cruise_mps = (double)NAN;
    expect(&m, MUSTER_WARNING, line_of(CLASS(m, 1)), "no range known (ferry_range_nm", "");

    made_open(&m); /* the unit's own figure: said of the unit */
    UNIT(m, 2)->own.range_speed_mps = 28.1 * MST_KN_MPS;
    expect(&m, MUSTER_ERROR, line_of(UNIT(m, 2)), "unit 'b1': its range is quoted at 28.1 kn", "");
}

static void test_check__curve(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_curve_def *point =
        MADE_IN(&m, &CLASS(m, 0)->curve, mst_curve_def, mst_fields_class, "curve");
    point->speed_mps = 5.1;
    point->rate_kgps = 0.31;
    expect(&m, MUSTER_ERROR, line_of(CLASS(m, 0)), "a curve needs two points", "");

    static const double second[][2] = {{5.1, 0.52}, {7.7, 0.0}};
    static const char *const words[] = {"speeds of a curve must rise",
                                        "burn of a curve must be above"};
    for (int i = 0; i < 2; i++) {
        made_open(&m);
        for (int k = 0; k < 2; k++) {
            point = MADE_IN(&m, &CLASS(m, 0)->curve, mst_curve_def, mst_fields_class, "curve");
            point->speed_mps = k ? second[i][0] : 5.1;
            point->rate_kgps = k ? second[i][1] : 0.31;
        }
        expect(&m, MUSTER_ERROR, point->item.place.line, words[i], "");
    }
}

static void test_check__bases_and_parents(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    UNIT(m, 2)->base = (mst_ref){.id = "FIELD-C", .index = -1, .place = {"made.cfg", 901}};
    expect(&m, MUSTER_ERROR, 901, "base 'FIELD-C' has no point in open water", "sea_lat_deg");

    made_open(&m);
    UNIT(m, 2)->base = made_ref(NULL);
    expect(&m, MUSTER_ERROR, line_of(UNIT(m, 2)), "unit 'b1': no base", "parent");

    made_open(&m);
    UNIT(m, 7)->parent = made_ref("wing");
    expect(&m, MUSTER_ERROR, line_of(UNIT(m, 7)), "its parent 'wing' is no ship", "");

    made_open(&m);
    UNIT(m, 3)->parent = made_ref("a1");
    expect(&m, MUSTER_ERROR, line_of(UNIT(m, 3)), "a ship carries no ship", "");

    made_open(&m);
    MST_AT(mst_base_def, &m.spec.bases, 3)->lat_deg = (double)NAN;
    check(&m);
    assert_int_equal(muster_diags_error_count(m.diags), 2); /* both squadrons there */
    assert_non_null(strstr(muster_diags_at(m.diags, 0)->message, "'FIELD-C' has no coordinates"));
    made_close(&m);
}

static void test_check__numbers_of_a_unit(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    UNIT(m, 2)->readiness = 1.2;
    expect(&m, MUSTER_ERROR, line_of(UNIT(m, 2)), "readiness 1.2 is outside 0..1", "");

    made_open(&m);
    UNIT(m, 3)->count = -1;
    expect(&m, MUSTER_ERROR, line_of(UNIT(m, 3)), "a count cannot be negative", "");

    made_open(&m);
    made_unit(&m, "c-2", "frigate", "CCC", "PORT-C");
    expect(&m, MUSTER_ERROR, line_of(UNIT(m, 3)), "unit 'c' with its count makes 'c-2'", "");

    made_open(&m);
    UNIT(m, 2)->allotment_kg = 30e3;
    UNIT(m, 2)->allotment_frac = 0.2;
    expect(&m, MUSTER_WARNING, line_of(UNIT(m, 2)), "allotment_t counts", "");
}

static void test_check__too_many_words(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m); /* escort hull-sonar fighter helicopter, and 61 more */
    for (int i = 0; i < 61; i++)
        made_add_text(&m, &CLASS(m, 0)->kit, mst_arena_printf(&m.arena, "flag-%d", i));
    expect(&m, MUSTER_ERROR, line_of(&m.spec.scenario), "65 words for roles and kit; at most 64",
           "");
}

/* ---- groups ------------------------------------------------------------------------------------------ */

static void test_check__groups(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    made_add_ref(&m, &GROUP(m, 1)->members, "a2")->place = (mst_place){"made.cfg", 902};
    check(&m); /* another port, and two groups */
    assert_int_equal(muster_diags_error_count(m.diags), 2);
    assert_int_equal(muster_diags_at(m.diags, 0)->line, 902);
    assert_non_null(strstr(muster_diags_at(m.diags, 0)->message, "a group sails from one base"));
    assert_non_null(
        strstr(muster_diags_at(m.diags, 1)->message, "in group 'ga' of the same drill"));
    made_close(&m);

    made_open(&m);
    GROUP(m, 1)->guide = made_ref("a1"); /* of another port, which is beside the point */
    expect(&m, MUSTER_ERROR, line_of(GROUP(m, 1)), "its guide 'a1' is no member", "");

    made_open(&m);
    made_add_ref(&m, &GROUP(m, 0)->members, "helo-a1");
    expect(&m, MUSTER_ERROR, line_of(GROUP(m, 0)), "'helo-a1' is no ship", "parent");

    made_open(&m);
    made_add_ref(&m, &GROUP(m, 0)->members, "a1");
    expect(&m, MUSTER_ERROR, line_of(GROUP(m, 0)), "'a1' is named twice", "");

    made_open(&m);
    GROUP(m, 1)->depart = made_at("2023-07-20T00:00Z");
    expect(&m, MUSTER_ERROR, line_of(GROUP(m, 1)), "departs after the muster of drill 'd'", "");

    made_open(&m);
    GROUP(m, 1)->depart = made_at("2023-07-13T00:00Z");
    expect(&m, MUSTER_ERROR, line_of(GROUP(m, 1)), "departs before the scenario starts", "");

    made_open(&m);
    GROUP(m, 0)->arrive = made_at("2023-07-15T01:00Z");
    expect(&m, MUSTER_ERROR, line_of(GROUP(m, 0)), "arrives before it departs", "");

    made_open(&m);
    MST_AT(mst_via_def, &GROUP(m, 0)->via, 0)->at = made_at("2023-07-15T01:45Z");
    expect(&m, MUSTER_ERROR, line_of(GROUP(m, 0)->via.item), "point 1 is passed before", "");

    made_open(&m);
    GROUP(m, 1)->members.count = 0;
    expect(&m, MUSTER_ERROR, line_of(GROUP(m, 1)), "group 'gb' has no members", "");

    made_open(&m); /* a state that is not asked */
    UNIT(m, 2)->state = made_ref("CCC");
    DRILL(m)->candidates.count = 0;
    DRILL(m)->air.count = 0;
    SERIAL(m, 1)->air = NULL;
    expect(&m, MUSTER_WARNING, line_of(GROUP(m, 1)), "neither hosts drill 'd' nor is a candidate",
           "");
}

static void test_check__several_drills_must_be_named(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_drill_def *other = MADE(&m, &m.spec.drills, mst_drill_def, mst_fields_drill, "e");
    const mst_item head = other->item;
    *other = *DRILL(m);
    other->item = head;
    check(&m);
    assert_int_equal(muster_diags_error_count(m.diags), 4); /* two groups, two serials */
    assert_non_null(strstr(muster_diags_at(m.diags, 0)->message, "with 2 drills it must"));
    made_close(&m);
}

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

static mst_observation_def *observe(made_spec *m)
{
    mst_observation_def *seen =
        MADE(m, &m->spec.observations, mst_observation_def, mst_fields_observation, "seen");
    seen->what = 1;
    seen->at = made_at("2023-07-16T16:00Z");
    return seen;
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

/* ---- participation -------------------------------------------------------------------------------------- */

static void test_check__terms_of_rules(void **state)
{
    (void)state;
    static const struct {
        const char *term, *words, *hint;
    } cases[] = {
        {"cand.autonmy", "rule 'f99', term 1 \"cand.autonmy\": no state has attribute 'autonmy'",
         "did you mean 'autonomy'?"},
        {"tie.practiced", "no tie has mutual value 'practiced'", "did you mean 'practised'?"},
        {"to_host.resnt", "no tie has directed value 'resnt'", "did you mean 'resent'?"},
        {"drill.visiblity", "no drill has value 'visiblity'", "did you mean 'visibility'?"},
        {"fleet.range", "a fleet has kit and cap, not 'range'", ""},
        {"candidate.autonomy", "unknown name 'candidate.autonomy'", "names are cand.X"},
        {"autonomy", "unknown name 'autonomy'", "names are cand.X"},
        {"1.2.3*cand.autonomy", "bad number '1.2.3'", ""},
        {"0.4 cand.autonomy", "'+', '-' or '*' is expected at 'cand.autonomy'", ""},
        {"0.4 +", "a name is expected at the end", ""},
        {"0.4 + 0.6", "'*' and a name are expected after the number", ""},
        {"cand.autonomy + tie.align", "nothing may follow here but '*' and a name: '+ tie.align'",
         ""},
        {"cand.autonomy * 0.5", "a name is expected at '0.5'", ""},
        {"", "a name is expected at the end", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        made_spec m;
        made_open(&m);
        const int32_t line = line_of(made_rule(&m, "f99", MST_ADMIT, 1, cases[i].term, NULL));
        expect(&m, MUSTER_ERROR, line, cases[i].words, cases[i].hint);
    }
}

static void test_check__forms_of_rules(void **state)
{
    (void)state;
    static const struct {
        int32_t stage, form;
        const char *first, *second, *words;
    } cases[] = {
        {MST_ABLE, 1, "fleet.kit", "drill.cap_need", "in stage able a rule has form gate"},
        {MST_ABLE, 0, "fleet.kit", "fleet.cap", "in stage able a rule has form gate"},
        {MST_ABLE, 0, "2*fleet.cap", "fleet.kit", "in stage able a rule has form gate"},
        {MST_ADMIT, 0, "fleet.kit", "drill.cap_need", "form gate belongs to stage able"},
        {MST_ADMIT, 5, "tie.align", NULL, "form min-ratio needs two terms"},
        {MST_ADMIT, 6, "tie.align", NULL, "form gap needs two terms"},
        {MST_ADMIT, 1, NULL, NULL, "rule 'f99' has no terms"},
    };
    made_spec m;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        made_open(&m);
        const int32_t line = line_of(
            made_rule(&m, "f99", cases[i].stage, cases[i].form, cases[i].first, cases[i].second));
        expect(&m, MUSTER_ERROR, line, cases[i].words, "");
    }
    made_open(&m);
    RULE(m, 2)->sign = 0;
    expect(&m, MUSTER_ERROR, line_of(RULE(m, 2)), "its sign is 0; allowed are 1 and -1", "");

    made_open(&m);
    RULE(m, 3)->over = 0;
    expect(&m, MUSTER_WARNING, line_of(RULE(m, 3)), "does not say how several hosts join", "over");

    made_open(&m);
    for (int i = 0; i < 16; i++)
        made_add_text(&m, &RULE(m, 2)->terms, "0.5");
    expect(&m, MUSTER_ERROR, line_of(RULE(m, 2)), "has 17 terms; at most 16", "");

    made_open(&m); /* a state that the file has not may be meant; what is no id cannot */
    made_add_text(&m, &RULE(m, 2)->about, "ZZZ");
    made_add_text(&m, &RULE(m, 2)->about, "North Korea");
    expect(&m, MUSTER_ERROR, line_of(RULE(m, 2)), "about 'North Korea', which is no id", "about =");
}

static void test_check__attributes_no_rule_reads(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m); /* BBB loses the right name and has a near one */
    mst_state_def *b = MST_AT(mst_state_def, &m.spec.states, 1);
    MST_AT(mst_number, &b->attributes, 0)->name = "autonmy";
    expect(&m, MUSTER_WARNING, MST_AT(mst_number, &b->attributes, 0)->place.line,
           "state 'BBB': no rule reads attribute 'autonmy'", "did you mean 'autonomy'?");

    made_open(&m); /* both: a name of its own right */
    b = MST_AT(mst_state_def, &m.spec.states, 1);
    made_add_number(&m, &b->attributes, "autonomy2", 0.3);
    check(&m);
    assert_int_equal(muster_diags_count(m.diags), 0);
    made_close(&m);
}

/* Judged weights are for figures of 0 to 1; a fitted one is in the units of its record, and what no rule
 * in force reads is not theirs. */
static void test_check__figures_off_the_scale(void **state)
{
    (void)state;
    static const double beyond[] = {1.4, -0.01};
    made_spec m;
    for (int32_t i = 0; i < 2; i++) {
        made_open(&m);
        mst_number *n =
            MST_AT(mst_number, &MST_AT(mst_state_def, &m.spec.states, 1)->attributes, 0);
        n->value = beyond[i];
        expect(&m, MUSTER_WARNING, n->place.line,
               i == 0 ? "'autonomy' is 1.4" : "'autonomy' is -0.01",
               "rules that read it are made for figures of 0 to 1");
    }
    for (int32_t i = 0; i < 4; i++) {
        made_open(&m);
        mst_number *n =
            MST_AT(mst_number, &MST_AT(mst_state_def, &m.spec.states, 1)->attributes, 0);
        n->value = i < 2 ? (double)i : 1.4;
        for (int32_t k = 0; i >= 2 && k < m.spec.alignment.rules.count; k++) {
            mst_rule_def *rule = MST_AT(mst_rule_def, &m.spec.alignment.rules, k);
            rule->off = i == 2;
            rule->item.confidence = i == 3 ? MUSTER_ESTIMATED : rule->item.confidence;
        }
        check(&m);
        assert_int_equal(muster_diags_count(m.diags), 0);
        made_close(&m);
    }
}

static void test_check__ties(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_tie_def *tie = MADE(&m, &m.spec.ties, mst_tie_def, mst_fields_tie, "CCC-AAA");
    tie->a = made_ref("CCC");
    tie->b = made_ref("AAA");
    expect(&m, MUSTER_ERROR, tie->item.place.line,
           "ties 'AAA-CCC' and 'CCC-AAA' are about the same", "");

    made_open(&m);
    tie = MADE(&m, &m.spec.ties, mst_tie_def, mst_fields_tie, "odd");
    tie->a = tie->b = made_ref("BBB");
    expect(&m, MUSTER_ERROR, tie->item.place.line, "between 'BBB' and itself", "");

    made_open(&m);
    mst_pact_def *pact = MST_AT(mst_pact_def, &MST_AT(mst_tie_def, &m.spec.ties, 0)->pacts, 0);
    pact->until = made_at("1950-01-01Z");
    expect(&m, MUSTER_ERROR, pact->item.place.line, "a pact ends before it begins", "");
}

static void test_check__timeline_changes(void **state)
{
    (void)state;
    static const struct {
        const char *line, *words, *hint;
    } cases[] = {
        {"units.a1.fuel_frac = 0.5", "no such dated value", "a timeline may set"},
        {"states.CCC.allotment_frac = 0.5", "no such dated value", "a timeline may set"},
        {"drills.d.visibility = 0.5", "no such dated value", "a timeline may set"},
        {"ties.AAA-CCC.rival = true", "no such dated value", "a timeline may set"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        made_spec m;
        made_open(&m);
        mst_dated_def *entry = MADE(&m, &m.spec.timeline, mst_dated_def, mst_fields_dated, NULL);
        entry->at = made_at("2023-07-01Z");
        made_dated_change(&m, entry, cases[i].line);
        expect(&m, MUSTER_ERROR, entry->item.place.line, cases[i].words, cases[i].hint);
    }
}

/* ---- record ----------------------------------------------------------------------------------------------- */

static void test_check__observations(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_observation_def *seen = observe(&m);
    expect(&m, MUSTER_ERROR, seen->item.place.line, "needs a group or a unit, one of them", "");

    made_open(&m);
    seen = observe(&m);
    seen->group = made_ref("ga");
    expect(&m, MUSTER_ERROR, seen->item.place.line, "observation 'seen' has no place", "lat_deg");

    made_open(&m);
    seen = observe(&m);
    seen->group = made_ref("ga");
    seen->base = made_ref("PORT-A");
    seen->lat_deg = 33.5;
    expect(&m, MUSTER_ERROR, seen->item.place.line, "has a base and a point", "");
}

static void test_check__evidence(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_evidence_def *said =
        MADE(&m, &m.spec.evidence, mst_evidence_def, mst_fields_evidence, NULL);
    said->drill = made_ref("d");
    said->state = made_ref("CCC");
    said->host = made_ref("CCC");
    expect(&m, MUSTER_WARNING, said->item.place.line, "'CCC', which does not host drill 'd'", "");
}

static mst_lever_def *lever(made_spec *m, const char *path)
{
    mst_lever_def *out = MADE(m, &m->spec.levers, mst_lever_def, mst_fields_lever, "lever");
    out->path = path;
    out->min = 0.0;
    out->max = 1.0;
    return out;
}

static void test_check__levers(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    int32_t line = line_of(lever(&m, "units.a3.fuel_frac"));
    expect(&m, MUSTER_ERROR, line, "a3", "");

    made_open(&m);
    mst_lever_def *l = lever(&m, "ties.AAA-CCC.align");
    l->max = 0.0;
    expect(&m, MUSTER_ERROR, l->item.place.line, "min 0 is not below max 0", "");

    made_open(&m);
    l = lever(&m, "states.CCC.attributes.autonomy");
    l->max = (double)NAN;
    expect(&m, MUSTER_ERROR, l->item.place.line, "needs min and max, or choices", "");

    made_open(&m);
    l = lever(&m, "units.wing.base");
    made_add_text(&m, &l->choices, "FIELD-C");
    expect(&m, MUSTER_ERROR, l->item.place.line, "has choices and a range", "");

    made_open(&m);
    l = lever(&m, "units.c.count");
    l->step = 2.0;
    expect(&m, MUSTER_ERROR, l->item.place.line, "its step 2 is wider than its range", "");
}

static void test_check__weather(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    m.spec.weather.sea_state = MST_INT_NONE;
    expect(&m, MUSTER_NOTE, m.spec.weather.item.place.line, "the sea is taken as calm", "");

    made_open(&m);
    mst_climate_def *month = MADE_IN(&m, &m.spec.weather.climatology, mst_climate_def,
                                     mst_fields_weather, "climatology");
    month->month = 7;
    month->mean_hs_m = 1.5;
    month->p90_hs_m = 0.8;
    expect(&m, MUSTER_ERROR, month->item.place.line, "no Weibull distribution has mean 1.5 m", "");
}

/* ---- all at once ------------------------------------------------------------------------------------------- */

static void test_check__all_in_one_run_and_by_compile(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    UNIT(m, 2)->readiness = -0.1;
    SERIAL(m, 1)->air = "covr";
    RULE(m, 3)->sign = 7;
    CLASS(m, 0)->power_w = 7e6; /* a warning: the compile keeps it to itself */
    check(&m);
    assert_int_equal(muster_diags_error_count(m.diags), 3);
    assert_int_equal(muster_diags_count(m.diags), 4);
    muster_diags_free(m.diags);
    m.diags = muster_diags_create(NULL);
    mst_route_plan plan;
    mst_model *model = NULL;
    assert_int_equal(mst_route_plan_make(&m.spec, &made_kinds, &m.arena, m.diags, &plan),
                     MUSTER_OK);
    assert_int_equal(
        mst_model_compile(&m.spec, &made_kinds, NULL, 0, &plan, NULL, NULL, m.diags, &model),
        MUSTER_MISTAKE);
    assert_null(model);
    assert_int_equal(muster_diags_error_count(m.diags), 3);
    assert_int_equal(muster_diags_count(m.diags), 3);
    made_close(&m);
}

static void test_check__memory_that_runs_short(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    for (int32_t n = 0;; n++) {
        test_memory count = {.left = n};
        const muster_memory hook = test_hook(&count);
        mst_arena scratch;
        mst_arena_init(&scratch, &hook);
        mst_spec_check(&m.spec, &made_kinds, &scratch, m.diags);
        const bool failed = scratch.failed;
        mst_arena_clear(&scratch);
        assert_int_equal(count.held, 0);
        assert_int_equal(muster_diags_count(m.diags), 0); /* no mistake is made up */
        if (!failed)
            break;
        assert_true(n < 1000);
    }
    made_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check__nothing_to_say),
        cmocka_unit_test(test_check__class_figures),
        cmocka_unit_test(test_check__curve),
        cmocka_unit_test(test_check__bases_and_parents),
        cmocka_unit_test(test_check__numbers_of_a_unit),
        cmocka_unit_test(test_check__too_many_words),
        cmocka_unit_test(test_check__groups),
        cmocka_unit_test(test_check__several_drills_must_be_named),
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
        cmocka_unit_test(test_check__terms_of_rules),
        cmocka_unit_test(test_check__forms_of_rules),
        cmocka_unit_test(test_check__attributes_no_rule_reads),
        cmocka_unit_test(test_check__figures_off_the_scale),
        cmocka_unit_test(test_check__ties),
        cmocka_unit_test(test_check__timeline_changes),
        cmocka_unit_test(test_check__observations),
        cmocka_unit_test(test_check__evidence),
        cmocka_unit_test(test_check__levers),
        cmocka_unit_test(test_check__weather),
        cmocka_unit_test(test_check__all_in_one_run_and_by_compile),
        cmocka_unit_test(test_check__memory_that_runs_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

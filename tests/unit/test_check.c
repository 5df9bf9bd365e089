/* Checks provoked: classes, units and groups; many mistakes at once; memory that runs short. */
#include "checked.h"

#include "memory.h"

#include <stdio.h>

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
        cmocka_unit_test(test_check__all_in_one_run_and_by_compile),
        cmocka_unit_test(test_check__memory_that_runs_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Tables of drills from text to answers: each answer against what the tables say, worked by hand. */
#include "test.h"

#include "document.h"
#include "told.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a record worked by hand ------------------------------------------------------------------------ */

/* Hosts H and G; candidates A, B, C. Columns in another order than the documentation's. */
static const char drills[] =
    "outcome,state,hosts,drill_id,series,start_date,end_date,lat_deg,lon_deg,domains\r\n"
    "1,A,H G,first,yearly,2015-05-01,2015-05-09,10,120,naval air\r\n"
    "0,B,H G,first,yearly,2015-05-01,2015-05-09,10,120,naval air\r\n"
    "1,A,H G,second,yearly,2016-05-01,,10,120,naval\r\n"
    "1,B,H G,second,yearly,2016-05-01,,10,120,naval\r\n"
    ",C,H G,second,yearly,2016-05-01,,10,120,naval\r\n"
    "0,A,H,\"third, alone\",,2017-05-01,2017-05-01,,,\r\n";

static const char states[] = "state,year,name,lat_deg,lon_deg,cinc,ideal_point\n"
                             "A,2015,Aland,12,121,0.02,0.1\n"
                             "A,2016,Aland,13,122,0.005,0.2\n"
                             "B,2015,,-30,150,.,1.5\n"
                             "H,2015,,0,100,0.2,0.3\n"
                             "G,2015,,0,100,0.2,-0.2\n"
                             "H,2016,,0,100,0.2,0.3\n"
                             "G,2016,,0,100,0.2,NA\n"
                             "C,2012,,5,115,0.3,0\n";

static const char dyads[] = "state_1,state_2,year,align,pact,threat_1_2,threat_2_1\n"
                            "H,A,2015,0.4,1,0.1,0.2\n"
                            "A,G,2015,0.2,,,\n"
                            "B,H,2015,-0.5,0.5,,\n"
                            "G,B,2015,0.7,0,,\n";

static told hand(int32_t carry)
{
    told t = told_begin(drills);
    told_add(&t, MUSTER_RECORD_STATES, "states.csv", states);
    told_add(&t, MUSTER_RECORD_DYADS, "dyads.csv", dyads);
    t.options.carry_years = carry;
    told_must_read(&t);
    return t;
}

static void test_tables__answers_are_those_of_the_tables(void **state)
{
    (void)state;
    told t = hand(0);
    assert_string_equal(told_said(&t, "first", "A", "bulk-power", "score"), "0.02");
    assert_string_equal(told_said(&t, "first", "A", "bulk-power", "joins"), "1");
    assert_string_equal(told_said(&t, "first", "A", "bulk-power", "rests_on"),
                        "CINC 0.0200 (cinc of 2015)");
    assert_string_equal(told_said(&t, "second", "A", "bulk-power", "joins"),
                        "0");                                                    /* .005 in 2016 */
    assert_string_equal(told_said(&t, "first", "B", "bulk-power", "joins"), ""); /* '.' is no 0 */
    assert_string_equal(told_said(&t, "first", "B", "bulk-power", "rests_on"), "no attribute cinc");
    /* farthest of the hosts: |.1 - -.2| = .3 from G against .2 from H */
    assert_near(told_score(&t, "first", "A", "votes"), 0.3,
                1e-15); /* one rounding of a difference */
    assert_string_equal(told_said(&t, "second", "A", "votes", "joins"),
                        ""); /* G has none in 2016 */
    /* the least of the hosts */
    assert_string_equal(told_said(&t, "first", "A", "closeness", "score"), "0.2");
    assert_string_equal(told_said(&t, "first", "A", "closeness", "rests_on"),
                        "closeness 0.20 with G (align of 2015)");
    assert_string_equal(told_said(&t, "first", "B", "closeness", "joins"), "0");
    assert_string_equal(told_said(&t, "first", "A", "pact", "joins"), ""); /* none given with G */
    assert_string_equal(told_said(&t, "first", "B", "pact", "joins"), "0");
    assert_string_equal(told_said(&t, "third, alone", "A", "pact", "joins"), "");
    told_end(&t);
}

/* Vincenty's formula agrees with Karney's to half a millimetre, 3e-7 nm. */
static void test_tables__distance_is_the_geodesic_from_the_base_of_that_year(void **state)
{
    (void)state;
    told t = hand(0);
    assert_near(told_score(&t, "first", "A", "distance"), vincenty_nm(12, 121, 10, 120), 1e-6);
    assert_near(told_score(&t, "second", "A", "distance"), vincenty_nm(13, 122, 10, 120), 1e-6);
    assert_near(told_score(&t, "first", "B", "distance"), vincenty_nm(-30, 150, 10, 120), 1e-6);
    assert_string_equal(told_said(&t, "first", "A", "distance", "joins"), "1");
    assert_string_equal(told_said(&t, "first", "B", "distance", "joins"), "0");
    assert_string_equal(told_said(&t, "first", "A", "distance", "rests_on"),
                        "133 nm from its base (base of 2015)");
    assert_string_equal(told_said(&t, "second", "C", "distance", "joins"), ""); /* 2012 alone */
    assert_string_equal(told_said(&t, "third, alone", "A", "distance", "joins"),
                        ""); /* no place   */
    told_end(&t);
}

/* Camps rest on ties of others as well: their years are named apart. */
static void test_tables__camps_name_the_years_of_all_that_they_read(void **state)
{
    (void)state;
    told t = told_begin(
        "drill_id,series,start_date,end_date,lat_deg,lon_deg,domains,hosts,state,outcome\n"
        "d,,2016-05-01,,,,,H,A,1\nd,,2016-05-01,,,,,H,B,0\n");
    t.options.carry_years = 5;
    told_add(&t, MUSTER_RECORD_STATES, "states.csv",
             "state,year,x\nA,2016,1\nB,2016,1\nH,2016,1\n");
    told_add(&t, MUSTER_RECORD_DYADS, "dyads.csv",
             "state_1,state_2,year,align\nA,H,2016,0.6\nB,H,2015,-0.4\nA,B,2012,-0.2\n");
    told_must_read(&t);
    assert_string_equal(told_said(&t, "d", "A", "landscape", "rests_on"),
                        "H A | B (align of 2016, align between others of 2012)");
    assert_string_equal(told_said(&t, "d", "B", "landscape", "rests_on"),
                        "H A | B (align of 2015, align between others of 2012)");
    assert_string_equal(told_said(&t, "d", "B", "closeness", "rests_on"),
                        "closeness -0.40 with H (align of 2015)");
    told_end(&t);
}

static void test_tables__the_record_before_and_beside(void **state)
{
    (void)state;
    told t = hand(0);
    assert_string_equal(told_said(&t, "first", "A", "last-time", "joins"), "");
    assert_string_equal(told_said(&t, "second", "A", "last-time", "joins"), "1");
    assert_string_equal(told_said(&t, "second", "B", "past", "p"), "0");
    assert_string_equal(told_said(&t, "second", "C", "past", "p"), ""); /* never asked before */
    assert_string_equal(told_said(&t, "third, alone", "A", "past", "p"), ""); /* no series */
    /* scored elsewhere: of first 1 of 2, of second 2 of 2, of third 0 of 1 */
    assert_near(strtod(told_said(&t, "first", "A", "base-rate", "p"), NULL), 2.0 / 3.0, 1e-15);
    assert_near(strtod(told_said(&t, "second", "C", "base-rate", "p"), NULL), 1.0 / 3.0, 1e-15);
    assert_near(strtod(told_said(&t, "third, alone", "A", "base-rate", "p"), NULL), 3.0 / 4.0,
                1e-15);
    assert_string_equal(told_said(&t, "second", "C", "bulk-power", "outcome"), "");
    told_end(&t);
}

static void test_tables__rules_and_fleets_cannot_be_asked(void **state)
{
    (void)state;
    static const char *const silent[] = {
        "rules", "rules-without-able", "rules-without-admit", "rules-without-accept", "capability",
        "reach"};
    told t = hand(0);
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        assert_string_equal(told_said(&t, "first", "A", silent[i], "joins"), "");
        assert_string_equal(told_said(&t, "first", "A", silent[i], "p"), "");
        assert_string_equal(told_said(&t, "first", "A", silent[i], "score"), "");
    }
    char *screen = muster_tell_record(t.record, NULL, NULL, false, t.diags);
    assert_non_null(
        strstr(screen, "Left out, as they can say nothing here (--model NAME says why): "));
    assert_non_null(strstr(screen, "Not assessed here, and what each needs: participation rules"));
    muster_tell_free(screen, NULL);
    told_end(&t);
}

/* ---- years ------------------------------------------------------------------------------------------ */

static void test_tables__values_are_carried_only_as_far_as_asked(void **state)
{
    (void)state;
    for (int32_t carry = 0; carry <= 5; carry++) {
        told t = hand(carry);
        /* C has a value of 2012 alone, its drill is in 2016; A's in 2017 comes from 2016 */
        assert_string_equal(told_said(&t, "second", "C", "bulk-power", "score"),
                            carry < 4 ? "" : "0.3");
        assert_string_equal(told_said(&t, "third, alone", "A", "bulk-power", "rests_on"),
                            carry < 1 ? "no attribute cinc" : "CINC 0.0050 (cinc of 2016)");
        /* both years are named: A's own of 2016, G's of 2015, as that of 2016 is missing */
        if (carry == 1)
            assert_string_equal(told_said(&t, "second", "A", "votes", "rests_on"),
                                "distance 0.40 from G (ideal_point of 2015..2016)");
        assert_string_equal(told_said(&t, "second", "A", "closeness", "rests_on"),
                            carry < 1 ? "no closeness with a host is given"
                                      : "closeness 0.20 with G (align of 2015)");
        told_end(&t);
    }
}

static void test_tables__a_later_value_never_reaches_back(void **state)
{
    (void)state;
    told t = told_begin(HEAD "d,,2014-01-01,2014-01-02,,,,H,A,1\n");
    told_add(&t, MUSTER_RECORD_STATES, "s.csv", "state,year,cinc\nA,2015,0.5\nH,2014,0.1\n");
    t.options.carry_years = 100;
    told_must_read(&t);
    assert_string_equal(told_said(&t, "d", "A", "bulk-power", "score"), "");
    told_end(&t);
}

/* ---- published tables ------------------------------------------------------------------------------- */

static const char published_drills[] = HEAD "d2016,,2016-01-01,2016-01-02,,,,HHH,AAA,1\n"
                                            "d2016,,2016-01-01,2016-01-02,,,,HHH,BBB,1\n"
                                            "d2016,,2016-01-01,2016-01-02,,,,HHH,CCC,0\n"
                                            "d2017,,2017-01-01,2017-01-02,,,,HHH,AAA,1\n"
                                            "d2017,,2017-01-01,2017-01-02,,,,HHH,BBB,0\n"
                                            "d2017,,2017-01-01,2017-01-02,,,,HHH,CCC,0\n"
                                            "d2019,,2019-01-01,2019-01-02,,,,HHH,AAA,0\n";

static const char nmc[] = "iso3,ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n"
                          "AAA,1,2016,10,-9,1,1,1,1,0.04\n"
                          "BBB,2,2016,10,5,1,1,1,1,-9\n"
                          "CCC,3,2016,10,5,1,1,1,1,0.0002\n"
                          "ZZZ,9,2016,10,5,1,1,1,1,0.9\n"
                          "HHH,4,2016,10,5,1,1,1,1,0.2\n";

static const char points[] = "iso3,year,idealpointall,q5all,idealpointfp\n"
                             "AAA,2016,1.0,0.9,5.0\n"
                             "AAA,2017,,,1.2\n"
                             "HHH,2016,0.75,0.7,4.0\n"
                             "HHH,2017,,,1.0\n"
                             "BBB,2016,,,0.9\n";

static const char atop[] =
    "iso3_1,iso3_2,year,defense,offense,neutrality,nonaggression,consultation\n"
    "AAA,HHH,2016,1,0,0,1,1\n"
    "HHH,BBB,2016,0,1,1,1,1\n"
    "YYY,ZZZ,2017,1,0,0,0,0\n"
    "BBB,HHH,2017,0,0,0,1,0\n"
    "CCC,YYY,2017,1,0,0,0,0\n";

static told published(int32_t carry, bool final_passage)
{
    told t = told_begin(published_drills);
    told_add(&t, MUSTER_RECORD_STATES, "nmc.csv", nmc);
    told_add(&t, MUSTER_RECORD_STATES, "points.csv", points);
    told_add(&t, MUSTER_RECORD_DYADS, "atop.csv", atop);
    t.options = (muster_record_options){.carry_years = carry, .final_passage = final_passage};
    told_must_read(&t);
    return t;
}

static void test_published__capabilities_under_their_own_names(void **state)
{
    (void)state;
    told t = published(0, false);
    assert_string_equal(told_said(&t, "d2016", "AAA", "bulk-power", "score"), "0.04");
    assert_string_equal(told_said(&t, "d2016", "BBB", "bulk-power", "score"),
                        ""); /* -9 is missing */
    assert_string_equal(told_said(&t, "d2016", "CCC", "bulk-power", "joins"), "0");
    told_end(&t);
}

/* A blank idealpointall is missing whatever stands beside it, and never 0. */
static void test_published__ideal_points_of_all_votes_or_of_final_passage(void **state)
{
    (void)state;
    told t = published(0, false);
    assert_string_equal(told_said(&t, "d2016", "AAA", "votes", "score"), "0.25");
    assert_string_equal(told_said(&t, "d2016", "BBB", "votes", "score"), "");
    assert_string_equal(told_said(&t, "d2017", "AAA", "votes", "score"), "");
    told_end(&t);
    t = published(1, false); /* both of 2016 then, and it says so */
    assert_string_equal(told_said(&t, "d2017", "AAA", "votes", "rests_on"),
                        "distance 0.25 from HHH (ideal_point of 2016)");
    told_end(&t);
    t = published(0, true);
    assert_near(told_score(&t, "d2016", "AAA", "votes"), 1.0, 0.0);
    assert_near(told_score(&t, "d2017", "AAA", "votes"), 0.2, 1e-15);
    assert_near(told_score(&t, "d2016", "BBB", "votes"), 3.1, 1e-15);
    told_end(&t);
}

/* 1 by defence, 1/2 by consultation alone, 0 by anything else or by absence in a year of the table,
 * missing in a year that it does not cover. */
static void test_published__pacts_of_alliances(void **state)
{
    (void)state;
    told t = published(0, false);
    assert_string_equal(told_said(&t, "d2016", "AAA", "pact", "score"), "1");
    assert_string_equal(told_said(&t, "d2016", "BBB", "pact", "score"), "0.5");
    assert_string_equal(told_said(&t, "d2016", "CCC", "pact", "score"), "0");
    assert_string_equal(told_said(&t, "d2016", "CCC", "pact", "rests_on"),
                        "pact 0.00 with HHH (pact of 2016)");
    assert_string_equal(told_said(&t, "d2017", "AAA", "pact", "score"), "0"); /* absent in 2017 */
    assert_string_equal(told_said(&t, "d2017", "BBB", "pact", "score"),
                        "0"); /* nonaggression alone */
    assert_string_equal(told_said(&t, "d2019", "AAA", "pact", "score"), "");
    told_end(&t);
    t = published(3, false); /* the 0 of 2017 is nearer than the 1 of 2016 */
    assert_string_equal(told_said(&t, "d2019", "AAA", "pact", "rests_on"),
                        "pact 0.00 with HHH (pact of 2017)");
    told_end(&t);
}

/* Of a state that no row names nothing is known, not that it has no pact: BBB here is named in no year,
 * CCC only in another than the drill's, which the table covers. */
static void test_published__a_state_that_no_row_names_is_missing(void **state)
{
    (void)state;
    told t = told_begin(published_drills);
    told_add(&t, MUSTER_RECORD_STATES, "nmc.csv", nmc);
    told_add(&t, MUSTER_RECORD_DYADS, "atop.csv",
             "iso3_1,iso3_2,year,defense,consultation\nAAA,HHH,2016,1,1\nCCC,YYY,2017,1,0\n");
    told_must_read(&t);
    assert_string_equal(told_said(&t, "d2016", "AAA", "pact", "score"), "1");
    assert_string_equal(told_said(&t, "d2016", "BBB", "pact", "score"), "");
    assert_string_equal(told_said(&t, "d2017", "BBB", "pact", "joins"), "");
    assert_string_equal(told_said(&t, "d2016", "CCC", "pact", "score"), "0");
    assert_string_equal(told_said(&t, "d2017", "AAA", "pact", "score"), "0"); /* it has ended */
    told_end(&t);
}

/* Whichever of the two ids comes first. */
static void test_published__of_two_states_both_must_be_named(void **state)
{
    (void)state;
    told t = told_begin(HEAD "d,s,2016-01-01,,,,naval,H,A,0\nd,s,2016-01-01,,,,naval,H,B,0\n"
                             "d,s,2016-01-01,,,,naval,H,Z,0\n");
    told_add(&t, MUSTER_RECORD_STATES, "states.csv",
             "state,year,x\nA,2016,1\nB,2016,1\nH,2016,1\nZ,2016,1\n");
    told_add(&t, MUSTER_RECORD_DYADS, "atop.csv",
             "iso3_1,iso3_2,year,defense,consultation\nH,A,2015,1,1\nX,Y,2016,1,0\n");
    told_must_read(&t);
    assert_string_equal(told_said(&t, "d", "A", "pact", "score"), "0");
    assert_string_equal(told_said(&t, "d", "B", "pact", "score"), "");
    assert_string_equal(told_said(&t, "d", "Z", "pact", "score"), "");
    told_end(&t);
}

/* Of rivalries no model of this list asks, so the setting itself is looked at. */
static double rivalry_of(const told *t, const char *drill, int32_t a, int32_t b)
{
    const mst_tables *tables = &t->record->tables;
    for (int32_t i = 0; i < tables->rivals.count; i++) {
        mst_setting s = tables->rivals.item[i].setting;
        mst_arena scratch;
        if (strcmp(s.drill, drill) != 0)
            continue;
        mst_arena_init(&scratch, NULL);
        assert_true(mst_record_fill(tables, i, &scratch, &s));
        const double value = mst_setting_mutual(&s, "rival", a, b);
        assert_true(isnan(value) ? isnan(mst_setting_mutual(&s, "rival", b, a))
                                 : value == mst_setting_mutual(&s, "rival", b, a));
        mst_arena_clear(&scratch);
        return value;
    }
    fail_msg("no drill %s", drill);
    return (double)NAN;
}

static void test_published__rivalries_in_their_years(void **state)
{
    (void)state;
    told t = told_begin(published_drills);
    told_add(&t, MUSTER_RECORD_STATES, "nmc.csv", nmc);
    told_add(&t, MUSTER_RECORD_DYADS, "tss.csv",
             "iso3_1,iso3_2,start,end,name\nHHH,AAA,1950,2016,x\nAAA,BBB,1990,1999,y\n"
             "BBB,AAA,2016,,z\nYYY,ZZZ,1940,2018,w\n");
    told_must_read(&t);
    /* local numbers: host 0, then the candidates in order of rows */
    assert_near(rivalry_of(&t, "d2016", 0, 1), 1.0, 0.0);
    assert_near(rivalry_of(&t, "d2017", 0, 1), 0.0, 0.0);
    assert_near(rivalry_of(&t, "d2017", 1, 2), 1.0,
                0.0); /* an empty end is the table's last, 2018 */
    assert_near(rivalry_of(&t, "d2017", 0, 2), 0.0, 0.0);
    assert_true(isnan(rivalry_of(&t, "d2019", 0, 1)));
    assert_true(isnan(rivalry_of(&t, "d2017", 0, 3))); /* CCC stands nowhere in the table */
    told_end(&t);
}

/* A direction, whichever way round the row stands. */
static void test_tables__ties_with_a_direction(void **state)
{
    (void)state;
    told t = hand(0);
    mst_setting s = t.record->tables.rivals.item[0].setting; /* first: H G, A B */
    mst_arena scratch;
    mst_arena_init(&scratch, NULL);
    assert_true(mst_record_fill(&t.record->tables, 0, &scratch, &s));
    assert_near(mst_setting_directed(&s, "threat", 0, 2), 0.1, 0.0);
    assert_near(mst_setting_directed(&s, "threat", 2, 0), 0.2, 0.0);
    assert_true(isnan(mst_setting_directed(&s, "threat", 0, 3)));
    assert_true(isnan(mst_setting_mutual(&s, "threat", 0, 2)));
    mst_arena_clear(&scratch);
    told_end(&t);
}

static void test_scores__use_is_what_was_said(void **state)
{
    (void)state;
    told t = told_begin(drills);
    told_add(&t, MUSTER_RECORD_STATES, "states.csv", states);
    t.options.is_test = true;
    told_must_read(&t);
    char *screen = muster_tell_record(t.record, NULL, NULL, false, NULL);
    assert_non_null(strstr(screen, "SCORES, test"));
    assert_null(strstr(screen, "SCORES, calibration"));
    muster_tell_free(screen, NULL);
    told_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables__answers_are_those_of_the_tables),
        cmocka_unit_test(test_tables__distance_is_the_geodesic_from_the_base_of_that_year),
        cmocka_unit_test(test_tables__camps_name_the_years_of_all_that_they_read),
        cmocka_unit_test(test_tables__the_record_before_and_beside),
        cmocka_unit_test(test_tables__rules_and_fleets_cannot_be_asked),
        cmocka_unit_test(test_tables__values_are_carried_only_as_far_as_asked),
        cmocka_unit_test(test_tables__a_later_value_never_reaches_back),
        cmocka_unit_test(test_tables__ties_with_a_direction),
        cmocka_unit_test(test_published__capabilities_under_their_own_names),
        cmocka_unit_test(test_published__ideal_points_of_all_votes_or_of_final_passage),
        cmocka_unit_test(test_published__pacts_of_alliances),
        cmocka_unit_test(test_published__a_state_that_no_row_names_is_missing),
        cmocka_unit_test(test_published__of_two_states_both_must_be_named),
        cmocka_unit_test(test_published__rivalries_in_their_years),
        cmocka_unit_test(test_scores__use_is_what_was_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

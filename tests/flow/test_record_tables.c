/* Tables of drills from text to answers: each answer against what the tables say, worked by hand. */
#include "test.h"

#include "batch/record.h"
#include "document.h"
#include "memory.h"
#include "muster/muster.h"
#include "num/random.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "drill_id,series,start_date,end_date,lat_deg,lon_deg,domains,hosts,state,outcome\n"
enum { TABLES_MOST = 8 };

/* A record and its answers, read back as a table. */
typedef struct told {
    muster_diags *diags;
    muster_record *record;
    muster_status status;
    muster_record_table table[TABLES_MOST];
    int32_t count;
    muster_record_options options;
    mst_arena arena;
    mst_table answers;
} told;

static told begin(const char *drills)
{
    told t = {.count = 1};
    t.table[0] = (muster_record_table){MUSTER_RECORD_DRILLS, "drills.csv", drills, strlen(drills)};
    return t;
}

static void add(told *t, muster_record_role role, const char *name, const char *text)
{
    assert_true(t->count < TABLES_MOST);
    t->table[t->count++] = (muster_record_table){role, name, text, strlen(text)};
}

static void take_answers(told *t)
{
    char *csv = muster_tell_predictions(t->record, NULL, NULL, t->diags);
    assert_non_null(csv);
    assert_int_equal(mst_table_read("answers", csv, strlen(csv), &t->arena, NULL, &t->answers),
                     MUSTER_OK);
    muster_tell_free(csv, NULL);
}

static void read_tables(told *t)
{
    t->diags = muster_diags_create(NULL);
    mst_arena_init(&t->arena, NULL);
    t->status = muster_record_read(t->table, t->count, &t->options, NULL, t->diags, &t->record);
    if (t->status == MUSTER_OK)
        take_answers(t);
}

static void end(told *t)
{
    muster_record_free(t->record);
    muster_diags_free(t->diags);
    mst_arena_clear(&t->arena);
}

static void must_read(told *t)
{
    read_tables(t);
    if (t->status != MUSTER_OK)
        fail_msg("%s:%d: %s", muster_diags_at(t->diags, 0)->file,
                 (int)muster_diags_at(t->diags, 0)->line, muster_diags_at(t->diags, 0)->message);
}

/* Field of the row of an answer. */
static const char *said(const told *t, const char *drill, const char *state, const char *model,
                        const char *column)
{
    const mst_table *a = &t->answers;
    for (int32_t i = 0; i < a->row_count; i++)
        if (strcmp(mst_table_at(a, i, 0), drill) == 0 &&
            strcmp(mst_table_at(a, i, 3), state) == 0 && strcmp(mst_table_at(a, i, 5), model) == 0)
            return mst_table_at(a, i, mst_table_column(a, column));
    fail_msg("nothing of %s, %s, %s", drill, state, model);
    return "";
}

static double score_of(const told *t, const char *drill, const char *state, const char *model)
{
    const char *text = said(t, drill, state, model, "score");
    return *text ? strtod(text, NULL) : (double)NAN;
}

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
    told t = begin(drills);
    add(&t, MUSTER_RECORD_STATES, "states.csv", states);
    add(&t, MUSTER_RECORD_DYADS, "dyads.csv", dyads);
    t.options.carry_years = carry;
    must_read(&t);
    return t;
}

static void test_tables__answers_are_those_of_the_tables(void **state)
{
    (void)state;
    told t = hand(0);
    assert_string_equal(said(&t, "first", "A", "bulk-power", "score"), "0.02");
    assert_string_equal(said(&t, "first", "A", "bulk-power", "joins"), "1");
    assert_string_equal(said(&t, "first", "A", "bulk-power", "rests_on"),
                        "CINC 0.0200 (cinc of 2015)");
    assert_string_equal(said(&t, "second", "A", "bulk-power", "joins"), "0"); /* .005 in 2016 */
    assert_string_equal(said(&t, "first", "B", "bulk-power", "joins"), "");   /* '.' is no 0 */
    assert_string_equal(said(&t, "first", "B", "bulk-power", "rests_on"), "no attribute cinc");
    /* farthest of the hosts: |.1 - -.2| = .3 from G against .2 from H */
    assert_near(score_of(&t, "first", "A", "votes"), 0.3, 1e-15); /* one rounding of a difference */
    assert_string_equal(said(&t, "second", "A", "votes", "joins"), ""); /* G has none in 2016 */
    /* the least of the hosts */
    assert_string_equal(said(&t, "first", "A", "closeness", "score"), "0.2");
    assert_string_equal(said(&t, "first", "A", "closeness", "rests_on"),
                        "0.20 with G (align of 2015)");
    assert_string_equal(said(&t, "first", "B", "closeness", "joins"), "0");
    assert_string_equal(said(&t, "first", "A", "pact", "joins"), ""); /* none given with G */
    assert_string_equal(said(&t, "first", "B", "pact", "joins"), "0");
    assert_string_equal(said(&t, "third, alone", "A", "pact", "joins"), "");
    end(&t);
}

/* Vincenty's formula agrees with Karney's to half a millimetre, 3e-7 nm. */
static void test_tables__distance_is_the_geodesic_from_the_base_of_that_year(void **state)
{
    (void)state;
    told t = hand(0);
    assert_near(score_of(&t, "first", "A", "distance"), vincenty_nm(12, 121, 10, 120), 1e-6);
    assert_near(score_of(&t, "second", "A", "distance"), vincenty_nm(13, 122, 10, 120), 1e-6);
    assert_near(score_of(&t, "first", "B", "distance"), vincenty_nm(-30, 150, 10, 120), 1e-6);
    assert_string_equal(said(&t, "first", "A", "distance", "joins"), "1");
    assert_string_equal(said(&t, "first", "B", "distance", "joins"), "0");
    assert_string_equal(said(&t, "first", "A", "distance", "rests_on"),
                        "133 nm from its base (base of 2015)");
    assert_string_equal(said(&t, "second", "C", "distance", "joins"), "");       /* 2012 alone */
    assert_string_equal(said(&t, "third, alone", "A", "distance", "joins"), ""); /* no place   */
    end(&t);
}

static void test_tables__the_record_before_and_beside(void **state)
{
    (void)state;
    told t = hand(0);
    assert_string_equal(said(&t, "first", "A", "last-time", "joins"), "");
    assert_string_equal(said(&t, "second", "A", "last-time", "joins"), "1");
    assert_string_equal(said(&t, "second", "B", "past", "p"), "0");
    assert_string_equal(said(&t, "second", "C", "past", "p"), "");       /* never asked before */
    assert_string_equal(said(&t, "third, alone", "A", "past", "p"), ""); /* no series */
    /* scored elsewhere: of first 1 of 2, of second 2 of 2, of third 0 of 1 */
    assert_near(strtod(said(&t, "first", "A", "base-rate", "p"), NULL), 2.0 / 3.0, 1e-15);
    assert_near(strtod(said(&t, "second", "C", "base-rate", "p"), NULL), 1.0 / 3.0, 1e-15);
    assert_near(strtod(said(&t, "third, alone", "A", "base-rate", "p"), NULL), 3.0 / 4.0, 1e-15);
    assert_string_equal(said(&t, "second", "C", "bulk-power", "outcome"), "");
    end(&t);
}

static void test_tables__rules_and_fleets_cannot_be_asked(void **state)
{
    (void)state;
    static const char *const silent[] = {
        "rules", "rules-without-able", "rules-without-admit", "rules-without-accept", "capability",
        "reach"};
    told t = hand(0);
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        assert_string_equal(said(&t, "first", "A", silent[i], "joins"), "");
        assert_string_equal(said(&t, "first", "A", silent[i], "p"), "");
        assert_string_equal(said(&t, "first", "A", silent[i], "score"), "");
    }
    char *screen = muster_tell_record(t.record, NULL, NULL, false, t.diags);
    assert_non_null(strstr(screen, "Not assessed, for want of what each needs (below): "
                                   "participation rules, rules\nwithout able"));
    muster_tell_free(screen, NULL);
    end(&t);
}

/* ---- years ------------------------------------------------------------------------------------------ */

static void test_tables__values_are_carried_only_as_far_as_asked(void **state)
{
    (void)state;
    for (int32_t carry = 0; carry <= 5; carry++) {
        told t = hand(carry);
        /* C has a value of 2012 alone, its drill is in 2016; A's in 2017 comes from 2016 */
        assert_string_equal(said(&t, "second", "C", "bulk-power", "score"), carry < 4 ? "" : "0.3");
        assert_string_equal(said(&t, "third, alone", "A", "bulk-power", "rests_on"),
                            carry < 1 ? "no attribute cinc" : "CINC 0.0050 (cinc of 2016)");
        /* both years are named: A's own of 2016, G's of 2015, as that of 2016 is missing */
        if (carry == 1)
            assert_string_equal(said(&t, "second", "A", "votes", "rests_on"),
                                "0.40 from G (ideal_point of 2015..2016)");
        assert_string_equal(said(&t, "second", "A", "closeness", "rests_on"),
                            carry < 1 ? "no closeness with a host is given"
                                      : "0.20 with G (align of 2015)");
        end(&t);
    }
}

static void test_tables__a_later_value_never_reaches_back(void **state)
{
    (void)state;
    told t = begin(HEAD "d,,2014-01-01,2014-01-02,,,,H,A,1\n");
    add(&t, MUSTER_RECORD_STATES, "s.csv", "state,year,cinc\nA,2015,0.5\nH,2014,0.1\n");
    t.options.carry_years = 100;
    must_read(&t);
    assert_string_equal(said(&t, "d", "A", "bulk-power", "score"), "");
    end(&t);
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
    "BBB,HHH,2017,0,0,0,1,0\n";

static told published(int32_t carry, bool final_passage)
{
    told t = begin(published_drills);
    add(&t, MUSTER_RECORD_STATES, "nmc.csv", nmc);
    add(&t, MUSTER_RECORD_STATES, "points.csv", points);
    add(&t, MUSTER_RECORD_DYADS, "atop.csv", atop);
    t.options = (muster_record_options){.carry_years = carry, .final_passage = final_passage};
    must_read(&t);
    return t;
}

static void test_published__capabilities_under_their_own_names(void **state)
{
    (void)state;
    told t = published(0, false);
    assert_string_equal(said(&t, "d2016", "AAA", "bulk-power", "score"), "0.04");
    assert_string_equal(said(&t, "d2016", "BBB", "bulk-power", "score"), ""); /* -9 is missing */
    assert_string_equal(said(&t, "d2016", "CCC", "bulk-power", "joins"), "0");
    end(&t);
}

/* A blank idealpointall is missing whatever stands beside it, and never 0. */
static void test_published__ideal_points_of_all_votes_or_of_final_passage(void **state)
{
    (void)state;
    told t = published(0, false);
    assert_string_equal(said(&t, "d2016", "AAA", "votes", "score"), "0.25");
    assert_string_equal(said(&t, "d2016", "BBB", "votes", "score"), "");
    assert_string_equal(said(&t, "d2017", "AAA", "votes", "score"), "");
    end(&t);
    t = published(1, false); /* both of 2016 then, and it says so */
    assert_string_equal(said(&t, "d2017", "AAA", "votes", "rests_on"),
                        "0.25 from HHH (ideal_point of 2016)");
    end(&t);
    t = published(0, true);
    assert_near(score_of(&t, "d2016", "AAA", "votes"), 1.0, 0.0);
    assert_near(score_of(&t, "d2017", "AAA", "votes"), 0.2, 1e-15);
    assert_near(score_of(&t, "d2016", "BBB", "votes"), 3.1, 1e-15);
    end(&t);
}

/* 1 by defence, 1/2 by consultation alone, 0 by anything else or by absence in a year of the table,
 * missing in a year that it does not cover. */
static void test_published__pacts_of_alliances(void **state)
{
    (void)state;
    told t = published(0, false);
    assert_string_equal(said(&t, "d2016", "AAA", "pact", "score"), "1");
    assert_string_equal(said(&t, "d2016", "BBB", "pact", "score"), "0.5");
    assert_string_equal(said(&t, "d2016", "CCC", "pact", "score"), "0");
    assert_string_equal(said(&t, "d2016", "CCC", "pact", "rests_on"),
                        "0.00 with HHH (pact of 2016)");
    assert_string_equal(said(&t, "d2017", "AAA", "pact", "score"), "0"); /* absent in 2017 */
    assert_string_equal(said(&t, "d2017", "BBB", "pact", "score"), "0"); /* nonaggression alone */
    assert_string_equal(said(&t, "d2019", "AAA", "pact", "score"), "");
    end(&t);
    t = published(3, false); /* the 0 of 2017 is nearer than the 1 of 2016 */
    assert_string_equal(said(&t, "d2019", "AAA", "pact", "rests_on"),
                        "0.00 with HHH (pact of 2017)");
    end(&t);
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
    told t = begin(published_drills);
    add(&t, MUSTER_RECORD_STATES, "nmc.csv", nmc);
    add(&t, MUSTER_RECORD_DYADS, "tss.csv",
        "iso3_1,iso3_2,start,end,name\nHHH,AAA,1950,2016,x\nAAA,BBB,1990,1999,y\n"
        "BBB,AAA,2016,,z\nYYY,ZZZ,1940,2018,w\n");
    must_read(&t);
    /* local numbers: host 0, then the candidates in order of rows */
    assert_near(rivalry_of(&t, "d2016", 0, 1), 1.0, 0.0);
    assert_near(rivalry_of(&t, "d2017", 0, 1), 0.0, 0.0);
    assert_near(rivalry_of(&t, "d2017", 1, 2), 1.0,
                0.0); /* an empty end is the table's last, 2018 */
    assert_near(rivalry_of(&t, "d2017", 0, 2), 0.0, 0.0);
    assert_true(isnan(rivalry_of(&t, "d2019", 0, 1)));
    end(&t);
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
    end(&t);
}

/* ---- mistakes --------------------------------------------------------------------------------------- */

typedef struct mistake {
    const char *drills, *states, *dyads; /* null: sound ones */
    const char *file;
    int32_t line;
    const char *words;
} mistake;

#define ROW "d,s,2016-01-01,2016-01-02,1,2,naval,H,A,1\n"
#define STATES "state,year,x\nA,2016,1\nB,2016,1\nH,2016,1\n"
#define D HEAD ROW

static const mistake mistakes[] = {
    {"drill_id,series\n", NULL, NULL, "drills.csv", 1, "there is no column 'hosts'"},
    {HEAD, NULL, NULL, "drills.csv", 1, "there is no drill in it"},
    {D "d,s,2016-01-01,2016-01-02,1,2,naval,H B,B,1\n", NULL, NULL, "drills.csv", 3,
     "B is a host of the drill"},
    {D "d,s,2016-01-01,2016-01-02,1,2,naval,H G,B,1\n", NULL, NULL, "drills.csv", 3,
     "drill 'd': hosts is 'H G' here and 'H' on line 2"},
    {D "d,t,2016-01-01,2016-01-02,1,2,naval,H,B,1\n", NULL, NULL, "drills.csv", 3,
     "drill 'd': series is 't' here and 's' on line 2"},
    {D "d,s,2016-01-03,2016-01-04,1,2,naval,H,B,1\n", NULL, NULL, "drills.csv", 3,
     "drill 'd': end_date is '2016-01-04' here and '2016-01-02' on line 2"},
    {D "d,s,2016-01-01,2016-01-02,1,2,air,H,B,1\n", NULL, NULL, "drills.csv", 3,
     "drill 'd': domains is 'air' here and 'naval' on line 2"},
    {D "d,s,2016-01-01,2016-01-02,1,3,naval,H,B,1\n", NULL, NULL, "drills.csv", 3,
     "drill 'd': lon_deg is '3' here and '2' on line 2"},
    {D "e,s,2016-01-01,2016-01-02,1,2,naval,H,A,1\n" ROW, NULL, NULL, "drills.csv", 4,
     "drill 'd' has A twice: the first time on line 2"},
    {HEAD "d,s,2016-02-30,2016-03-02,1,2,naval,H,A,1\n", NULL, NULL, "drills.csv", 2,
     "start_date: '2016-02-30' is no date"},
    {HEAD "d,s,,2016-03-02,1,2,naval,H,A,1\n", NULL, NULL, "drills.csv", 2, "start_date: ''"},
    {HEAD "d,s,2016-03-03,2016-03-02,1,2,naval,H,A,1\n", NULL, NULL, "drills.csv", 2,
     "it ends (2016-03-02) before it starts (2016-03-03)"},
    {HEAD "d,s,2016-03-01,2016-03-02,91,2,naval,H,A,1\n", NULL, NULL, "drills.csv", 2,
     "lat_deg: 91 is not within -90..90"},
    {HEAD "d,s,2016-03-01,2016-03-02,1,361,naval,H,A,1\n", NULL, NULL, "drills.csv", 2,
     "lon_deg: 361 is not within -180..360"},
    {HEAD "d,s,2016-03-01,2016-03-02,1,,naval,H,A,1\n", NULL, NULL, "drills.csv", 2,
     "a place needs both"},
    {HEAD "d,s,2016-03-01,2016-03-02,1,east,naval,H,A,1\n", NULL, NULL, "drills.csv", 2,
     "lon_deg: 'east' is not a number"},
    {HEAD "d,s,2016-03-01,2016-03-02,1,2,naval,,A,1\n", NULL, NULL, "drills.csv", 2,
     "a drill has at least one"},
    {HEAD "d,s,2016-03-01,2016-03-02,1,2,naval,H H,A,1\n", NULL, NULL, "drills.csv", 2,
     "'H' stands there twice"},
    {HEAD "d,s,2016-03-01,2016-03-02,1,2,naval,H;B,A,1\n", NULL, NULL, "drills.csv", 2,
     "'H;B' is no id of a state"},
    {HEAD "d,s,2016-03-01,2016-03-02,1,2,naval,H,,1\n", NULL, NULL, "drills.csv", 2,
     "state: '' is no id of a state"},
    {HEAD "d,s,2016-03-01,2016-03-02,1,2,naval,H,A,yes\n", NULL, NULL, "drills.csv", 2,
     "outcome: 'yes' is not 1"},
    {HEAD ",s,2016-03-01,2016-03-02,1,2,naval,H,A,1\n", NULL, NULL, "drills.csv", 2,
     "drill_id: it is empty"},
    {D "e,s,2016-01-01,2016-01-02,1,2,naval,Q,A,1\n", NULL, NULL, "drills.csv", 3,
     "state 'Q' stands in no table of states"},
    {NULL, "state,yeer,x\nA,2016,1\n", NULL, "states.csv", 1,
     "not understood as a table of states"},
    {NULL, "iso3,year,gdp\nA,2016,1\n", NULL, "states.csv", 1,
     "not understood as a table of states"},
    {NULL, STATES "A,2016,2\n", NULL, "states.csv", 5,
     "a second row for A in 2016: the first is on line 2"},
    {NULL, STATES "A,2017,one\n", NULL, "states.csv", 5, "x: 'one' is not a number"},
    {NULL, STATES "A,2017,inf\n", NULL, "states.csv", 5, "x: 'inf' is not a number"},
    {NULL, STATES "A,2017,-2e100\n", NULL, "states.csv", 5, "x: -2e100 is larger than 1e+100"},
    {NULL, "state,year,name\nA,2016,\"two\nlines\"\nH,2016,\n", NULL, "states.csv", 2,
     "name: longer than 120 bytes, or more than a line"},
    {NULL, "state,year,\"two\nlines\"\nA,2016,1\nH,2016,\n", NULL, "states.csv", 1,
     "a column's name is longer than 120 bytes, or more than a line"},
    {NULL, STATES "A,17,1\n", NULL, "states.csv", 5, "year: '17' is not a year"},
    {NULL, STATES "A,2016.5,1\n", NULL, "states.csv", 5, "year: '2016.5' is not a year"},
    {NULL, STATES "A B,2017,1\n", NULL, "states.csv", 5, "state: 'A B' is no id"},
    {NULL, "state,year,lat_deg\nA,2016,1\n", NULL, "states.csv", 1, "a place needs both columns"},
    {NULL, "state,year,lat_deg,lon_deg\nA,2016,1,\nH,2016,,\n", NULL, "states.csv", 2,
     "a place needs both"},
    {NULL, "iso3,year,idealpointfp\nA,2016,1\nH,2016,1\n", NULL, "states.csv", 1,
     "there is no column 'idealpointall'"},
    {NULL, NULL, "state_1,state_2,when\nA,H,2016\n", "dyads.csv", 1,
     "not understood as a table of dyads"},
    {NULL, NULL, "state_1,state_2,year,x\nA,H,2016,1\nH,A,2016,1\n", "dyads.csv", 3,
     "a second row for A and H in 2016: the first is on line 2"},
    {NULL, NULL, "state_1,state_2,year,x\nA,A,2016,1\n", "dyads.csv", 2, "A stands with itself"},
    {NULL, NULL, "iso3_1,iso3_2,year,defense,consultation\nA,H,2016,1,\n", "dyads.csv", 2,
     "consultation: '' is neither 1 nor 0"},
    {NULL, NULL, "iso3_1,iso3_2,start,end\nA,H,2016,2015\n", "dyads.csv", 2,
     "it ends in 2015, before it begins in 2016"},
    {NULL, NULL, "iso3_1,iso3_2,start,end\nA,H,2000,2010\nH,A,2010,2015\n", "dyads.csv", 3,
     "rival of A and H in 2010 is given twice: first in dyads.csv, line 2"},
};

static void test_mistakes__each_is_told_where_it_stands(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        const mistake *m = &mistakes[i];
        told t = begin(m->drills ? m->drills : D);
        bool is_told = false;
        add(&t, MUSTER_RECORD_STATES, "states.csv", m->states ? m->states : STATES);
        if (m->dyads)
            add(&t, MUSTER_RECORD_DYADS, "dyads.csv", m->dyads);
        read_tables(&t);
        if (t.status != MUSTER_MISTAKE || t.record)
            fail_msg("case %d: no mistake: %s", (int)i, m->words);
        for (int32_t k = 0; k < muster_diags_count(t.diags); k++) {
            const muster_diag *d = muster_diags_at(t.diags, k);
            is_told = is_told || (strcmp(d->file, m->file) == 0 && d->line == m->line &&
                                  d->severity == MUSTER_ERROR && strstr(d->message, m->words));
        }
        if (!is_told)
            fail_msg("case %d: not told: %s", (int)i, m->words);
        end(&t);
    }
}

static void test_mistakes__all_at_once(void **state)
{
    (void)state;
    told t = begin(HEAD "d,s,2016-01-01,2016-01-02,99,2,naval,H,A,3\n"
                        "e,s,2016-13-01,2016-01-02,1,2,naval,H,A,1,1\n"
                        "f,s,2016-13-01,2016-01-02,1,2,naval,H,A,1\n");
    add(&t, MUSTER_RECORD_STATES, "states.csv", "state,year,x\nA,2016,y\nA,2016,1\n");
    add(&t, MUSTER_RECORD_STATES, "empty.csv", "");
    add(&t, MUSTER_RECORD_DYADS, "dyads.csv", "state_1,state_2,year,x\nA,H,never,1\n");
    read_tables(&t);
    /* 99 and 3; eleven fields; the month; y; the second row; the empty table; never */
    assert_int_equal(muster_diags_error_count(t.diags), 8);
    end(&t);
}

static void test_mistakes__one_value_of_two_tables(void **state)
{
    (void)state;
    told t = begin(D);
    add(&t, MUSTER_RECORD_STATES, "one.csv", "state,year,x\nA,2016,1\nH,2016,1\n");
    add(&t, MUSTER_RECORD_STATES, "two.csv", "state,year,x,y\nA,2015,1,1\nA,2016,1,1\n");
    read_tables(&t);
    assert_int_equal(muster_diags_error_count(t.diags), 1);
    const muster_diag *d = muster_diags_at(t.diags, 0);
    assert_string_equal(d->file, "two.csv");
    assert_int_equal(d->line, 3);
    assert_string_equal(d->message, "x of A in 2016 is given twice: first in one.csv, line 2");
    end(&t);
}

static void test_mistakes__which_tables_there_are(void **state)
{
    (void)state;
    told t = begin(D);
    read_tables(&t);
    assert_int_equal(t.status, MUSTER_MISTAKE);
    end(&t);
    t = begin(D);
    add(&t, MUSTER_RECORD_DRILLS, "again.csv", D);
    add(&t, MUSTER_RECORD_STATES, "states.csv", STATES);
    read_tables(&t);
    assert_int_equal(t.status, MUSTER_MISTAKE);
    end(&t);
    t = begin(D);
    add(&t, MUSTER_RECORD_STATES, "states.csv", STATES);
    t.options.carry_years = 101;
    read_tables(&t);
    assert_int_equal(t.status, MUSTER_MISTAKE);
    end(&t);
}

static void test_mistakes__unknown_columns_are_allowed_and_told(void **state)
{
    (void)state;
    told t = begin("outcom,drill_id,series,start_date,end_date,lat_deg,lon_deg,domains,hosts,state,"
                   "outcome\nx,d,s,2016-01-01,2016-01-02,1,2,naval,H,A,1\n");
    add(&t, MUSTER_RECORD_STATES, "states.csv", STATES);
    must_read(&t);
    assert_int_equal(muster_diags_count(t.diags), 1);
    const muster_diag *d = muster_diags_at(t.diags, 0);
    assert_int_equal(d->severity, MUSTER_WARNING);
    assert_string_equal(d->message, "column 'outcom' is not known and not used");
    assert_string_equal(d->hint, "outcome");
    char *screen = muster_tell_record(t.record, NULL, NULL, false, t.diags);
    assert_non_null(strstr(screen, "Not used: outcom."));
    muster_tell_free(screen, NULL);
    assert_null(muster_tell_record(t.record, "rulez", NULL, false, t.diags));
    assert_null(muster_tell_record(t.record, NULL, "e", true, t.diags));
    assert_null(muster_tell_predictions(t.record, NULL, "e", t.diags));
    end(&t);
}

/* ---- scores ----------------------------------------------------------------------------------------- */

typedef struct dice {
    mst_stream stream;
    uint64_t at;
} dice;

static uint32_t roll(dice *d, uint32_t sides)
{
    uint64_t word[2];
    mst_random_block(d->stream, d->at++, word);
    return (uint32_t)(word[0] % sides);
}

/* A record of many drills with states s000 and on, and a table of their years; owned by the caller. */
static void make_many(uint32_t drills_made, uint32_t state_count, uint32_t asked, char **out_drills,
                      char **out_states)
{
    dice d = {mst_stream_of(mst_random_key(3), 1, 1), 0};
    char *text = malloc((size_t)drills_made * asked * 100 + 1000);
    char *table = malloc((size_t)state_count * 30 * 40 + 1000);
    assert_non_null(text);
    assert_non_null(table);
    size_t used = (size_t)sprintf(text, HEAD),
           filled = (size_t)sprintf(table, "state,year,cinc,lat_deg,lon_deg\n");
    for (uint32_t i = 0; i < drills_made; i++) {
        const uint32_t host = roll(&d, state_count), year = 1990 + roll(&d, 30),
                       first = roll(&d, state_count), month = 1 + roll(&d, 3);
        for (uint32_t k = 0; k < asked; k++) {
            const uint32_t s = (first + k) % state_count, outcome = roll(&d, 5);
            if (s != host)
                used += (size_t)sprintf(text + used,
                                        "d%04u,series%u,%u-%02u-01,,%d,%u,,s%03u,s%03u,%s\n", i,
                                        i % 7, year, month, (int)(i % 90), i % 360, host, s,
                                        outcome == 0  ? ""
                                        : outcome < 3 ? "0"
                                                      : "1");
        }
    }
    for (uint32_t s = 0; s < state_count; s++)
        for (uint32_t year = 1990; year < 2020; year++)
            filled += (size_t)sprintf(table + filled, "s%03u,%u,0.0%02u,%d,%u\n", s, year,
                                      roll(&d, 40), (int)(s % 90), s % 360);
    *out_drills = text;
    *out_states = table;
}

static told many(uint32_t drills_made, uint32_t state_count, uint32_t asked, char **text,
                 char **table)
{
    make_many(drills_made, state_count, asked, text, table);
    told t = begin(*text);
    add(&t, MUSTER_RECORD_STATES, "states.csv", *table);
    must_read(&t);
    return t;
}

/* What the record says of earlier editions, by going through all of it for each pair. */
static void test_scores__past_and_rates_by_a_slow_second_way(void **state)
{
    (void)state;
    char *text, *table;
    told t = many(60, 12, 8, &text, &table);
    const mst_rivals *r = &t.record->tables.rivals;
    int32_t with_past = 0;
    for (int32_t i = 0; i < r->count; i++) {
        const mst_setting *s = &r->item[i].setting;
        int32_t scored = 0, joined = 0;
        for (int32_t j = 0; j < r->count; j++)
            for (int32_t m = 0; j != i && m < r->item[j].setting.candidate_count; m++) {
                scored += r->item[j].outcome[m] >= 0;
                joined += r->item[j].outcome[m] == 1;
            }
        assert_near(s->rate_elsewhere, (double)joined / scored, 0.0);
        for (int32_t k = 0; k < s->candidate_count; k++) {
            mst_past past = {0, 0, -1};
            for (int32_t j = 0; j < r->count; j++) {
                const mst_setting *o = &r->item[j].setting;
                for (int32_t m = 0; m < o->candidate_count; m++) {
                    const int32_t outcome = r->item[j].outcome[m];
                    if (o->at >= s->at || outcome < 0 || strcmp(o->series, s->series) != 0 ||
                        o->number[o->candidate[m]] != s->number[s->candidate[k]])
                        continue;
                    past.asked++;
                    past.joined += outcome;
                    past.last = outcome; /* cases lie in order of dates */
                }
            }
            assert_int_equal(s->past[k].asked, past.asked);
            assert_int_equal(s->past[k].joined, past.joined);
            assert_int_equal(s->past[k].last, past.last);
            with_past += past.asked > 0;
        }
    }
    assert_true(with_past > 50);
    free(text);
    free(table);
    end(&t);
}

/* The figures of the document against counts of the CSV, and the interval against the measure that
 * walks through all rows. */
static void test_scores__are_those_of_the_rows_and_of_whole_states(void **state)
{
    (void)state;
    char *text, *table;
    told t = many(80, 15, 9, &text, &table);
    mst_rivals rivals = t.record->tables.rivals;
    mst_prediction *pair = NULL;
    rivals.arena = &t.arena;
    const int32_t count = mst_rivals_pairs(&rivals, MST_CALIBRATION, false, &pair);
    mst_performance *p = calloc((size_t)rivals.model_count, sizeof *p);
    assert_true(count > 300);
    assert_true(mst_rivals_score(&rivals, pair, count, p));
    for (int32_t i = 0; i < rivals.model_count; i++) {
        int64_t hits[2] = {0, 0}, asked[2] = {0, 0};
        const char *reason = NULL;
        for (int32_t row = 0; row < t.answers.row_count; row++) {
            const char *outcome = mst_table_at(&t.answers, row, 4);
            const char *joins = mst_table_at(&t.answers, row, 7);
            if (strcmp(mst_table_at(&t.answers, row, 5), rivals.model[i]->name) != 0 || !*outcome ||
                !*joins)
                continue;
            asked[*outcome == '1']++;
            hits[*outcome == '1'] += *outcome == *joins;
        }
        assert_int_equal(p[i].hits.assessed_joins, asked[1]);
        assert_int_equal(p[i].hits.assessed_absences, asked[0]);
        assert_int_equal(p[i].hits.join_hits, hits[1]);
        assert_int_equal(p[i].hits.absence_hits, hits[0]);
        const mst_measured measured = {&p[i].rows, NULL, 0.001};
        const mst_resampling how = {
            p[i].rows.state,   p[i].rows.states, p[i].rows.row.clusters, 1000, 0.95,
            UINT64_C(20230720)};
        mst_resampled slow;
        assert_int_equal(
            mst_resample(&t.arena, &how, mst_measure_balanced, &measured, &slow, &reason),
            MUSTER_OK);
        assert_memory_equal(&slow.interval.low, &p[i].balanced.interval.low, sizeof(double));
        assert_memory_equal(&slow.interval.high, &p[i].balanced.interval.high, sizeof(double));
        assert_int_equal(p[i].rows.states, 15); /* states of the record, not places in a drill */
    }
    free(p);
    free(text);
    free(table);
    end(&t);
}

/* Rows upside down: the same answers of everybody, and the same scores. */
static void test_scores__order_of_rows_changes_nothing(void **state)
{
    (void)state;
    char *text, *table;
    told t = many(40, 10, 7, &text, &table);
    const size_t head = strlen(HEAD), length = strlen(text);
    char *turned = malloc(length + 1);
    assert_non_null(turned);
    memcpy(turned, text, head);
    size_t used = head;
    for (size_t last = length; last > head;) {
        size_t first = last - 1;
        while (text[first - 1] != '\n')
            first--;
        memcpy(turned + used, text + first, last - first);
        used += last - first;
        last = first;
    }
    turned[used] = '\0';
    told u = begin(turned);
    add(&u, MUSTER_RECORD_STATES, "states.csv", table);
    must_read(&u);
    assert_int_equal(u.answers.row_count, t.answers.row_count);
    for (int32_t i = 0; i < t.answers.row_count; i++) {
        const char *drill = mst_table_at(&t.answers, i, 0), *who = mst_table_at(&t.answers, i, 3),
                   *model = mst_table_at(&t.answers, i, 5);
        for (int32_t k = 6; k < 10; k++)
            assert_string_equal(said(&u, drill, who, model, mst_table_head(&t.answers, k)),
                                mst_table_at(&t.answers, i, k));
    }
    char *one = muster_tell_record(t.record, NULL, NULL, false, NULL),
         *two = muster_tell_record(u.record, NULL, NULL, false, NULL);
    assert_string_equal(one, two);
    muster_tell_free(one, NULL);
    muster_tell_free(two, NULL);
    free(turned);
    free(text);
    free(table);
    end(&t);
    end(&u);
}

static void test_scores__use_is_what_was_said(void **state)
{
    (void)state;
    told t = begin(drills);
    add(&t, MUSTER_RECORD_STATES, "states.csv", states);
    t.options.is_test = true;
    must_read(&t);
    char *screen = muster_tell_record(t.record, NULL, NULL, false, NULL);
    assert_non_null(strstr(screen, "SCORES, test"));
    assert_null(strstr(screen, "SCORES, calibration"));
    muster_tell_free(screen, NULL);
    end(&t);
}

/* Hundreds of states and a thousand drills of sixty: no figures of a drill are kept beyond it. */
static void test_scores__hundreds_of_states_and_thousands_of_drills(void **state)
{
    (void)state;
    char *text, *table;
    make_many(1000, 300, 60, &text, &table);
    told t = begin(text);
    add(&t, MUSTER_RECORD_STATES, "states.csv", table);
    t.diags = muster_diags_create(NULL);
    mst_arena_init(&t.arena, NULL);
    assert_int_equal(muster_record_read(t.table, t.count, NULL, NULL, t.diags, &t.record),
                     MUSTER_OK);
    assert_int_equal(t.record->tables.rivals.count, 1000);
    assert_int_equal(t.record->tables.state_count, 300);
    char *screen = muster_tell_record(t.record, NULL, NULL, false, t.diags);
    assert_non_null(screen);
    assert_non_null(strstr(screen, "beats\n"));
    assert_null(strstr(screen, "WHAT EACH SAYS OF EACH PAIR"));
    muster_tell_free(screen, NULL);
    screen = muster_tell_record(t.record, NULL, "d0007", false, t.diags);
    assert_non_null(strstr(screen, "WHAT EACH SAYS OF EACH PAIR"));
    muster_tell_free(screen, NULL);
    free(text);
    free(table);
    end(&t);
}

/* ---- memory ----------------------------------------------------------------------------------------- */

/* Every allocation refused in turn: said, nothing kept, and the next try is whole. */
static void test_memory__runs_short_at_each_allocation(void **state)
{
    (void)state;
    told t = begin(published_drills);
    add(&t, MUSTER_RECORD_STATES, "nmc.csv", nmc);
    add(&t, MUSTER_RECORD_DYADS, "atop.csv", atop);
    bool is_whole = false;
    int32_t tries = 0;
    for (int32_t left = 0; !is_whole; left++, tries++) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        muster_diags *diags = muster_diags_create(NULL);
        muster_record *record = NULL;
        char *text[3] = {NULL, NULL, NULL};
        const muster_status status =
            muster_record_read(t.table, t.count, NULL, &hook, diags, &record);
        assert_int_equal(status == MUSTER_OK, record != NULL);
        assert_true(record || status == MUSTER_WORLD);
        if (record) {
            text[0] = muster_tell_record(record, NULL, NULL, false, diags);
            text[1] = muster_tell_record(record, NULL, NULL, true, diags);
            text[2] = muster_tell_predictions(record, NULL, NULL, diags);
        }
        is_whole = memory.refused == 0;
        assert_true(!is_whole || (text[0] && text[1] && text[2]));
        assert_int_equal(muster_diags_error_count(diags) == 0, is_whole);
        for (int i = 0; i < 3; i++)
            muster_tell_free(text[i], &hook);
        muster_record_free(record);
        muster_diags_free(diags);
        assert_int_equal(memory.held, 0);
    }
    assert_true(tries > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables__answers_are_those_of_the_tables),
        cmocka_unit_test(test_tables__distance_is_the_geodesic_from_the_base_of_that_year),
        cmocka_unit_test(test_tables__the_record_before_and_beside),
        cmocka_unit_test(test_tables__rules_and_fleets_cannot_be_asked),
        cmocka_unit_test(test_tables__values_are_carried_only_as_far_as_asked),
        cmocka_unit_test(test_tables__a_later_value_never_reaches_back),
        cmocka_unit_test(test_tables__ties_with_a_direction),
        cmocka_unit_test(test_published__capabilities_under_their_own_names),
        cmocka_unit_test(test_published__ideal_points_of_all_votes_or_of_final_passage),
        cmocka_unit_test(test_published__pacts_of_alliances),
        cmocka_unit_test(test_published__rivalries_in_their_years),
        cmocka_unit_test(test_mistakes__each_is_told_where_it_stands),
        cmocka_unit_test(test_mistakes__all_at_once),
        cmocka_unit_test(test_mistakes__one_value_of_two_tables),
        cmocka_unit_test(test_mistakes__which_tables_there_are),
        cmocka_unit_test(test_mistakes__unknown_columns_are_allowed_and_told),
        cmocka_unit_test(test_scores__past_and_rates_by_a_slow_second_way),
        cmocka_unit_test(test_scores__are_those_of_the_rows_and_of_whole_states),
        cmocka_unit_test(test_scores__order_of_rows_changes_nothing),
        cmocka_unit_test(test_scores__use_is_what_was_said),
        cmocka_unit_test(test_scores__hundreds_of_states_and_thousands_of_drills),
        cmocka_unit_test(test_memory__runs_short_at_each_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

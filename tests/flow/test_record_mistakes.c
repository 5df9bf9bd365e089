/* Tables of drills with mistakes: each is told where it stands, all at once. */
#include "test.h"

#include "files.h"
#include "told.h"

#include <stdio.h>
#include <string.h>

typedef struct mistake {
    const char *drills, *states, *dyads; /* null: sound ones */
    const char *file;
    int32_t line;
    const char *words;
} mistake;

#define ROW "d,s,2016-01-01,2016-01-02,1,2,naval,H,A,1\n"
#define STATES "state,year,x\nA,2016,1\nB,2016,1\nH,2016,1\n"
#define D HEAD ROW
#define LONGEST "H0123456789012345678901234567890123456789012345678901234567890_" /* 63 bytes */
#define LONGEST_STATES "state,year,x\nA,2016,1\n" LONGEST ",2016,1\n"

static const mistake mistakes[] = {
    {"drill_id,series\n", NULL, NULL, "drills.csv", 1, "there is no column 'hosts'"},
    {"drill_id;series\nd;s\n", NULL, NULL, "drills.csv", 1, "separated by semicolons (;)"},
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
    {HEAD "d,s,2016-03-01,2016-03-02,1,2,naval," LONGEST "x,A,1\n", LONGEST_STATES, NULL,
     "drills.csv", 2, "is no id of a state"},
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
        told t = told_begin(m->drills ? m->drills : D);
        bool is_told = false;
        told_add(&t, MUSTER_RECORD_STATES, "states.csv", m->states ? m->states : STATES);
        if (m->dyads)
            told_add(&t, MUSTER_RECORD_DYADS, "dyads.csv", m->dyads);
        told_read(&t);
        if (t.status != MUSTER_MISTAKE || t.record)
            fail_msg("case %d: no mistake: %s", (int)i, m->words);
        for (int32_t k = 0; k < muster_diags_count(t.diags); k++) {
            const muster_diag *d = muster_diags_at(t.diags, k);
            is_told = is_told || (strcmp(d->file, m->file) == 0 && d->line == m->line &&
                                  d->severity == MUSTER_ERROR && strstr(d->message, m->words));
        }
        if (!is_told)
            fail_msg("case %d: not told: %s", (int)i, m->words);
        told_end(&t);
    }
}

static void test_mistakes__all_at_once(void **state)
{
    (void)state;
    told t = told_begin(HEAD "d,s,2016-01-01,2016-01-02,99,2,naval,H,A,3\n"
                             "e,s,2016-13-01,2016-01-02,1,2,naval,H,A,1,1\n"
                             "f,s,2016-13-01,2016-01-02,1,2,naval,H,A,1\n");
    told_add(&t, MUSTER_RECORD_STATES, "states.csv", "state,year,x\nA,2016,y\nA,2016,1\n");
    told_add(&t, MUSTER_RECORD_STATES, "empty.csv", "");
    told_add(&t, MUSTER_RECORD_DYADS, "dyads.csv", "state_1,state_2,year,x\nA,H,never,1\n");
    told_read(&t);
    /* 99 and 3; eleven fields; the month; y; the second row; the empty table; never */
    assert_int_equal(muster_diags_error_count(t.diags), 8);
    told_end(&t);
}

/* A drill's own mistakes stand in each of its rows, however many candidates it has. */
static void test_mistakes__of_many_rows_once(void **state)
{
    (void)state;
    told t = told_begin(HEAD "d,s,2016-13-01,,1,2,naval,H,A,1\n"
                             "d,s,2016-13-01,,1,2,naval,H,B,1\n"
                             "d,s,2016-13-01,,1,2,naval,H,C,1\n"
                             "d,s,2016-13-01,,1,2,naval,H,E,1\n"
                             "e,s,2016-01-01,,1,2,naval,H,A,1\n"
                             "e,s,2016-01-01,,9,2,naval,H,B,1\n"
                             "e,s,2016-01-01,,9,2,naval,H,C,1\n");
    told_add(&t, MUSTER_RECORD_STATES, "states.csv", STATES "C,2016,1\n");
    told_read(&t);
    assert_string_equal(
        test_words(t.diags),
        "drills.csv:2: start_date: '2016-13-01' is no date of the years 1800 to 2200 "
        "(year-month-day) (write it as 2023-07-20)\n"
        "drills.csv:2: the same on lines 3 to 5\n"
        "drills.csv:7: drill 'e': lat_deg is '9' here and '1' on line 6\n"
        "drills.csv:7: the same on line 8\n");
    told_end(&t);
}

/* Tables of states that could not be read name nobody: that no state stands in them says nothing. */
static void test_mistakes__nothing_follows_from_a_table_not_read(void **state)
{
    (void)state;
    static const char *const states[] = {"state;year;x\nA;2016;1\nH;2016;1,5\n",
                                         "state,yeer,x\nA,2016,1\n", ""};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        told t = told_begin(D);
        told_add(&t, MUSTER_RECORD_STATES, "states.csv", states[i]);
        told_read(&t);
        assert_int_equal(muster_diags_count(t.diags), 1);
        assert_string_equal(muster_diags_at(t.diags, 0)->file, "states.csv");
        told_end(&t);
    }
}

static void test_mistakes__one_value_of_two_tables(void **state)
{
    (void)state;
    told t = told_begin(D);
    told_add(&t, MUSTER_RECORD_STATES, "one.csv", "state,year,x\nA,2016,1\nH,2016,1\n");
    told_add(&t, MUSTER_RECORD_STATES, "two.csv", "state,year,x,y\nA,2015,1,1\nA,2016,1,1\n");
    told_read(&t);
    assert_int_equal(muster_diags_error_count(t.diags), 1);
    const muster_diag *d = muster_diags_at(t.diags, 0);
    assert_string_equal(d->file, "two.csv");
    assert_int_equal(d->line, 3);
    assert_string_equal(d->message, "x of A in 2016 is given twice: first in one.csv, line 2");
    told_end(&t);
}

static void test_mistakes__which_tables_there_are(void **state)
{
    (void)state;
    told t = told_begin(D);
    told_read(&t);
    assert_int_equal(t.status, MUSTER_MISTAKE);
    told_end(&t);
    t = told_begin(D);
    told_add(&t, MUSTER_RECORD_DRILLS, "again.csv", D);
    told_add(&t, MUSTER_RECORD_STATES, "states.csv", STATES);
    told_read(&t);
    assert_int_equal(t.status, MUSTER_MISTAKE);
    told_end(&t);
    t = told_begin(D);
    told_add(&t, MUSTER_RECORD_STATES, "states.csv", STATES);
    t.options.carry_years = 101;
    told_read(&t);
    assert_int_equal(t.status, MUSTER_MISTAKE);
    told_end(&t);
}

static void test_mistakes__unknown_columns_are_allowed_and_told(void **state)
{
    (void)state;
    told t =
        told_begin("outcom,drill_id,series,start_date,end_date,lat_deg,lon_deg,domains,hosts,state,"
                   "outcome\nx,d,s,2016-01-01,2016-01-02,1,2,naval,H,A,1\n");
    told_add(&t, MUSTER_RECORD_STATES, "states.csv", STATES);
    told_must_read(&t);
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
    told_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mistakes__each_is_told_where_it_stands),
        cmocka_unit_test(test_mistakes__all_at_once),
        cmocka_unit_test(test_mistakes__of_many_rows_once),
        cmocka_unit_test(test_mistakes__nothing_follows_from_a_table_not_read),
        cmocka_unit_test(test_mistakes__one_value_of_two_tables),
        cmocka_unit_test(test_mistakes__which_tables_there_are),
        cmocka_unit_test(test_mistakes__unknown_columns_are_allowed_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

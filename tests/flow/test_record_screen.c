/* What muster rivals says of tables: how much there is, fields of the answers, a curve that runs downwards. */
#include "test.h"

#include "flow.h"
#include "told.h"

#include <stdlib.h>
#include <string.h>

/* Four candidates, the nearer two of whom join; of a third pair nothing is known; quotes in an id. */
static void read_drills(told *t)
{
    *t = told_begin(HEAD "\"d \"\"1\"\"\",s,2016-01-01,,0,0,naval,H,A,1\n\"d "
                         "\"\"1\"\"\",s,2016-01-01,,0,0,naval,H,B,0\n"
                         "e,s,2016-02-01,,0,0,naval,H,A,1\ne,s,2016-02-01,,0,0,naval,H,B,0\n"
                         "f,s,2016-03-01,,0,0,naval,H,A,\n");
    told_add(t, MUSTER_RECORD_STATES, "states.csv",
             "state,year,lat_deg,lon_deg\nH,2016,0,0\nA,2016,0,1\nB,2016,0,50\n");
    told_must_read(t);
}

static char *screen_of(told *t, const char *model, bool as_json)
{
    char *text = muster_tell_record(t->record, model, NULL, as_json, t->diags);
    assert_non_null(text);
    return text;
}

static void test_screen__counts_what_has_no_outcome(void **state)
{
    (void)state;
    told t;
    read_drills(&t);
    char *text = screen_of(&t, NULL, false);
    assert_non_null(strstr(text, "5 pairs of a drill and a candidate, 1 of them with no outcome"));
    muster_tell_free(text, NULL);
    told_end(&t);
}

/* A quote alone asks for quotes around the field, or the table of answers cannot be read. */
static void test_screen__a_quote_in_an_id(void **state)
{
    (void)state;
    told t;
    read_drills(&t);
    assert_string_equal(told_said(&t, "d \"1\"", "A", "hosts-only", "outcome"), "1");
    char *csv = muster_tell_predictions(t.record, "hosts-only", NULL, t.diags);
    assert_non_null(strstr(csv, "\n\"d \"\"1\"\"\",s,2016-01-01,A,1,hosts-only,"));
    muster_tell_free(csv, NULL);
    told_end(&t);
}

/* The nearer, the likelier: thresholds are miles as they are, and A is 60 of them away. */
static void test_screen__a_curve_of_distances(void **state)
{
    (void)state;
    told t;
    read_drills(&t);
    char *text = screen_of(&t, "distance", false);
    assert_non_null(strstr(text, "<= 60.11     2/2 2/2  best"));
    assert_null(strstr(text, "<= -"));
    muster_tell_free(text, NULL);
    text = screen_of(&t, "distance", true);
    json_t *d = json_loads(text, 0, NULL);
    json_t *curve = flow_at(d, "scores[0].models[0].curve");
    assert_true(json_array_size(curve) == 3);
    assert_true(json_is_null(flow_at(json_array_get(curve, 0), "threshold")));
    assert_near(flow_real(json_array_get(curve, 1), "threshold"), 60.1, 0.1);
    json_decref(d);
    muster_tell_free(text, NULL);
    told_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_screen__counts_what_has_no_outcome),
        cmocka_unit_test(test_screen__a_quote_in_an_id),
        cmocka_unit_test(test_screen__a_curve_of_distances),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

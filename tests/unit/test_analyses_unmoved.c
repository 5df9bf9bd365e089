/* A decision that nothing moves: where analyses say to look. */
#include "analysis_told.h"

#include <string.h>

/* A scenario as it stands and two ends of one factor. */
static json_t *tornado_of(const char *figures, const char *value)
{
    static const char design[] = "block,x\ncentre,\none x,0\none x,1\n";
    muster_csv *csv[2] = {NULL, NULL};
    mst_data d;
    assert_int_equal(muster_csv_read("d.csv", design, strlen(design), NULL, NULL, &csv[0]),
                     MUSTER_OK);
    assert_int_equal(muster_csv_read("r.csv", figures, strlen(figures), NULL, NULL, &csv[1]),
                     MUSTER_OK);
    const muster_tables tables = {"d.csv", csv[0], "r.csv", csv[1], value};
    assert_int_equal(mst_data_of_tables(&tables, 0.95, NULL, &d), MUSTER_OK);
    json_t *s = told_of("tornado", &d, NULL);
    mst_data_free(&d);
    muster_csv_free(csv[0]);
    muster_csv_free(csv[1]);
    return s;
}

/* Able is yes at 0 and politics are not; of another state nothing is said. */
static void test_unmoved__a_stage_that_stops_it(void **state)
{
    (void)state;
    json_t *s = tornado_of("participation:X,margin_able:X,margin_admit:X,margin_accept:X,"
                           "margin_able:Y\n0,0,0,1,1\n0,0,-1,1,1\n0,0,-2,-1,1\n",
                           "participation:X");
    assert_says(s,
                "A stage of this decision says no where its margin is 0 or less (able: below 0): "
                "margin_able:X at "
                "none of 3; margin_admit:X at all 3 points, so that this stage stops it whatever "
                "the others do; margin_accept:X at 1 of 3.");
    assert_says(s, "--measure margin_able:X --measure margin_admit:X --measure margin_accept:X.");
    assert_silent(s, "measures that are not there");
    json_decref(s);
}

static void test_unmoved__margins_not_there(void **state)
{
    (void)state;
    json_t *s = tornado_of("p_joins:X,margin_admit:X\n0,1\n0,1\n0,1\n", "p_joins:X");
    assert_says(s, "margin_admit:X at none of 3.");
    assert_says(s, "The rest of its stages would be told by measures that are not there; to have "
                   "them add \"margin_able:X\", \"margin_accept:X\" to measures.");
    json_decref(s);
    s = tornado_of("p_joins:X,margin_able:Y\n0,1\n0,1\n0,1\n", "p_joins:X");
    assert_says(s,
                "Which stage stops it would be told by measures that are not there; to have them "
                "add \"margin_able:X\", \"margin_admit:X\", \"margin_accept:X\" to measures.");
    json_decref(s);
}

/* Figures that are no decision have no stages, and one that moves needs no pointer. */
static void test_unmoved__silent_elsewhere(void **state)
{
    (void)state;
    json_t *s = tornado_of("cap:X,margin_able:X\n0,1\n0,1\n0,1\n", "cap:X");
    assert_silent(s, "stage");
    json_decref(s);
    s = tornado_of("participation:X,margin_able:X\n0,1\n1,1\n0,1\n", "participation:X");
    assert_silent(s, "stage");
    json_decref(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unmoved__a_stage_that_stops_it),
        cmocka_unit_test(test_unmoved__margins_not_there),
        cmocka_unit_test(test_unmoved__silent_elsewhere),
    };
    return cmocka_run_group_tests_name("analyses unmoved", tests, NULL, NULL);
}

/* Weights learnt from tables: features against values worked by hand. Beside this file: a record drawn
 * from known weights (test_fit_record.c), what is refused and what comes out whatever is given
 * (test_fit_doors.c), the coding in a scenario (test_fit_coding.c). */
#include "test.h"

#include "base/text.h"
#include "fit_told.h"

#include <string.h>

/* Two hosts; three editions of one series and a drill of its own, whose candidate's x is missing, and
 * whose tie is. Enough joins to be laid out are in `many`. */
#define HAND_ROWS                                                                                  \
    "a1,yearly,2015-05-01,2015-05-09,10,120,naval,H G,A,1\n"                                       \
    "a1,yearly,2015-05-01,2015-05-09,10,120,naval,H G,B,0\n"                                       \
    "a2,yearly,2016-05-01,,,,naval,G,A,0\n"                                                        \
    "a2,yearly,2016-05-01,,,,naval,G,B,1\n"                                                        \
    "a3,yearly,2017-05-01,2017-05-01,10,120,naval,H G,A,1\n"                                       \
    "b,,2017-06-01,2017-06-02,10,120,naval,H,C,\n"

static const char hand_states[] = "state,year,lat_deg,lon_deg,x\n"
                                  "A,2015,10,120,1\nA,2016,10,120,2\nA,2017,10,120,4\n"
                                  "B,2015,0,120,-1\nB,2016,0,120,0.5\n"
                                  "C,2017,0,120,.\n"
                                  "H,2015,0,100,0.25\nH,2017,0,100,7\n"
                                  "G,2015,0,100,-3\nG,2016,0,100,1\nG,2017,0,100,5\n";
static const char hand_dyads[] = "state_1,state_2,year,near,threat_1_2,threat_2_1\n"
                                 "H,A,2015,0.4,0.1,0.2\n"
                                 "A,G,2015,0.2,0.5,0.6\n"
                                 "B,H,2015,-0.5,,0.9\n"
                                 "G,B,2015,0.7,0.3,0.8\n"
                                 "A,G,2016,1.5,,\nB,G,2016,1,,\n"
                                 "H,A,2017,0,,\nA,G,2017,-1,,\n";

/* The hand's rows, and of another year a record that can be fitted whatever it reads. */
static char *with_hand(void)
{
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(&t, HEAD HAND_ROWS);
    for (int k = 0; k < 60; k++)
        mst_text_printf(&t, "f%02d,g%d,201%d-05-01,201%d-05-0%d,10,120,,%s,%s,%d\n", k, k / 3,
                        k % 2 + 5, k % 2 + 5, 1 + k % 4,
                        k % 2   ? "G"
                        : k % 4 ? "H G"
                                : "G",
                        k % 5 < 2 ? "A" : "B", (k * 7) % 11 < 5);
    return mst_text_take(&t);
}

/* Value of a feature in row `row` (drills in order of dates): of host h in admit. */
static double at(const fit_told *t, const char *name, int32_t row, int32_t h)
{
    const mst_features *f = &t->fit->features[1];
    const mst_fit_record *r = &t->fit->record[1];
    for (int32_t i = 0; i < f->count; i++) {
        const int32_t b = (int32_t)f->item[i].block;
        const size_t entry = b == MST_FIT_ADMIT ? (size_t)(r->host_from[row] + h) : (size_t)row;
        if (strcmp(f->item[i].name, name) == 0)
            return r->x[b][entry * (size_t)r->features[b] + (size_t)(i - f->first[b])];
    }
    fail_msg("no feature %s", name);
    return (double)NAN;
}

/* Row of a drill and a state. */
static int32_t row_of(const fit_told *t, const char *drill, const char *state)
{
    const mst_rivals *all = &t->fit->tables.rivals;
    int32_t row = 0;
    for (int32_t i = 0; i < all->count; i++)
        for (int32_t k = 0; k < all->item[i].setting.candidate_count; k++, row++) {
            const mst_setting *s = &all->item[i].setting;
            if (strcmp(s->drill, drill) == 0 && strcmp(s->state[s->candidate[k]], state) == 0)
                return row;
        }
    fail_msg("no row %s %s", drill, state);
    return -1;
}

static void test_fit_tables__features_are_those_of_the_tables(void **state)
{
    (void)state;
    char *drills = with_hand();
    fit_told t = fit_told_begin(drills, hand_states, hand_dyads);
    t.options.able = "distance_nm , cand.x";
    t.options.admit = "tie.near,gap.x,host.x";
    t.options.accept = "history,min:tie.near,tie.near,min:gap.x,gap.x,host.x,min:host.x";
    t.options.apart = " hosts";
    fit_told_must_fit(&t);
    const int32_t a1 = row_of(&t, "a1", "A"), b1 = row_of(&t, "a1", "B"),
                  a2 = row_of(&t, "a2", "A"), a3 = row_of(&t, "a3", "A"), c = row_of(&t, "b", "C");
    /* ten degrees of a meridian from 0 to 10 N on WGS 84: 1,105,854.8 m; to the drill of A: none */
    assert_near(at(&t, "distance_nm", b1, 0), 1105854.83 / 1852.0 / 1000.0, 1e-8);
    assert_near(at(&t, "distance_nm", a1, 0), 0.0, 1e-12);
    assert_true(isnan(at(&t, "distance_nm", a2, 0))); /* the drill has no place */
    assert_true(at(&t, "cand.x", a2, 0) == 2.0 && isnan(at(&t, "cand.x", c, 0)));
    /* hosts in the order of the field: H, G; x of A is 1, of H .25, of G -3; ties first of admit */
    assert_true(at(&t, "host.x", a1, 0) == 0.25 && at(&t, "host.x", a1, 1) == -3.0);
    assert_true(at(&t, "gap.x", a1, 0) == 0.75 && at(&t, "gap.x", a1, 1) == 4.0);
    assert_true(at(&t, "tie.near", a1, 0) == 0.4 && at(&t, "tie.near", a1, 1) == 0.2);
    assert_true(isnan(at(&t, "tie.near", c, 0)));
    assert_true(at(&t, "min:tie.near", a1, 0) == 0.2 && at(&t, "min:tie.near", b1, 0) == -0.5);
    assert_true(at(&t, "min:gap.x", a1, 0) == 0.75 && at(&t, "min:host.x", a3, 0) == 5.0);
    assert_true(at(&t, "hosts", a1, 0) == 2.0 && at(&t, "hosts", a2, 0) == 1.0);
    /* A joined the first edition, not the second: a share of one half before the third */
    assert_true(isnan(at(&t, "history", a1, 0)));
    assert_true(at(&t, "history", a2, 0) == 1.0 && at(&t, "history", a3, 0) == 0.5);
    /* rows are all rows; the one without outcome is not fitted, and no other series is its series */
    const mst_fit_record *r = &t.fit->record[1];
    assert_int_equal(r->rows, 66);
    assert_int_equal(r->series_count, 22);
    assert_int_equal(r->outcome[c], -1);
    assert_int_equal(t.fit->known, 65);
    assert_true(r->series[a1] == r->series[a3] && r->series[c] != r->series[a1]);
    assert_true(isnan(r->last_time[a1]) && r->last_time[a2] == 1.0 && r->last_time[a3] == 0.0);
    assert_near(r->time[a3] - r->time[a2], 365.0, 0.0);
    fit_told_end(&t);
    /* the greatest over hosts where both stages read one name: accept's is the last of that name */
    fit_told u = fit_told_begin(drills, hand_states, hand_dyads);
    u.options.able = u.options.apart = "";
    u.options.admit = "";
    u.options.accept = "tie.near,gap.x,to_host.threat,min:from_host.threat,duration_d";
    fit_told_must_fit(&u);
    /* A to H .2, to G .5; H to A .1, G to A .6 */
    assert_true(at(&u, "to_host.threat", row_of(&u, "a1", "A"), 0) == 0.5);
    assert_true(at(&u, "min:from_host.threat", row_of(&u, "a1", "A"), 0) == 0.1);
    assert_true(isnan(at(&u, "to_host.threat", row_of(&u, "a2", "A"), 0)));
    fit_told_end(&u);
    u.options.accept = "tie.near,gap.x";
    fit_told_must_fit(&u);
    assert_true(at(&u, "tie.near", row_of(&u, "a1", "A"), 0) == 0.4);
    assert_true(at(&u, "gap.x", row_of(&u, "a1", "A"), 0) == 4.0);
    fit_told_end(&u);
    fit_told d = fit_told_begin(drills, hand_states, hand_dyads);
    d.options.able = d.options.admit = "";
    d.options.accept = "cand.x";
    d.options.apart = "duration_d";
    fit_told_must_fit(&d);
    assert_true(at(&d, "duration_d", row_of(&d, "a1", "B"), 0) == 9.0); /* 1 to 9 May */
    assert_true(at(&d, "duration_d", row_of(&d, "a3", "A"), 0) == 1.0);
    assert_true(isnan(at(&d, "duration_d", row_of(&d, "a2", "A"), 0)));
    assert_int_equal(d.fit->features[0].item[1].missing, 2); /* both rows of a2 */
    fit_told_end(&d);
    mst_memory_free(NULL, drills);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit_tables__features_are_those_of_the_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Weights learnt from tables: features against values worked by hand, weights against those of the
 * engine on the same numbers, refusals, and the coding in a scenario. */
#include "test.h"

#include "base/text.h"
#include "batch/fit.h"
#include "batch/handles.h"
#include "flipping.h"
#include "load/scenario.h"
#include "memory.h"
#include "model/coding.h"
#include "num/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "drill_id,series,start_date,end_date,lat_deg,lon_deg,domains,hosts,state,outcome\n"

/* ---- reading -------------------------------------------------------------------------------------- */

typedef struct told {
    muster_record_table table[3];
    int32_t count;
    muster_record_options reading;
    muster_fit_options options;
    muster_diags *diags;
    muster_fit *fit;
    muster_status status;
} told;

static told begin(const char *drills, const char *states, const char *dyads)
{
    told t = {.count = dyads ? 3 : 2, .options = muster_fit_defaults()};
    t.table[0] = (muster_record_table){MUSTER_RECORD_DRILLS, "drills.csv", drills, strlen(drills)};
    t.table[1] = (muster_record_table){MUSTER_RECORD_STATES, "states.csv", states, strlen(states)};
    if (dyads)
        t.table[2] = (muster_record_table){MUSTER_RECORD_DYADS, "dyads.csv", dyads, strlen(dyads)};
    t.options.replicates = t.options.permutations = 0;
    t.options.lambda = 0.3;
    return t;
}

static void read_tables(told *t)
{
    t->diags = muster_diags_create(NULL);
    t->status =
        muster_fit_read(t->table, t->count, &t->reading, &t->options, NULL, t->diags, &t->fit);
}

static void end(told *t)
{
    muster_fit_free(t->fit);
    muster_diags_free(t->diags);
}

static void must_fit(told *t)
{
    read_tables(t);
    if (t->status != MUSTER_OK)
        fail_msg("%s (%s)", muster_diags_at(t->diags, 0)->message,
                 muster_diags_at(t->diags, 0)->hint ? muster_diags_at(t->diags, 0)->hint : "");
}

/* Refused with these words in one of its diagnostics, and hint. */
static void must_refuse(told *t, const char *words, const char *hint)
{
    bool is_told = false;
    read_tables(t);
    assert_int_equal(t->status, MUSTER_MISTAKE);
    assert_null(t->fit);
    for (int32_t i = 0; i < muster_diags_count(t->diags); i++) {
        const muster_diag *d = muster_diags_at(t->diags, i);
        is_told =
            is_told || (strstr(d->message, words) && (!hint || (d->hint && strstr(d->hint, hint))));
    }
    if (!is_told)
        fail_msg("'%s' is not told but '%s'", words, muster_diags_at(t->diags, 0)->message);
    end(t);
}

/* ---- values by hand ---------------------------------------------------------------------------------- */

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
static double at(const told *t, const char *name, int32_t row, int32_t h)
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
static int32_t row_of(const told *t, const char *drill, const char *state)
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
    told t = begin(drills, hand_states, hand_dyads);
    t.options.able = "distance_nm , cand.x";
    t.options.admit = "tie.near,gap.x,host.x";
    t.options.accept = "history,min:tie.near,tie.near,min:gap.x,gap.x,host.x,min:host.x";
    t.options.apart = " hosts";
    must_fit(&t);
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
    end(&t);
    /* the greatest over hosts where both stages read one name: accept's is the last of that name */
    told u = begin(drills, hand_states, hand_dyads);
    u.options.able = u.options.apart = "";
    u.options.admit = "";
    u.options.accept = "tie.near,gap.x,to_host.threat,min:from_host.threat,duration_d";
    must_fit(&u);
    /* A to H .2, to G .5; H to A .1, G to A .6 */
    assert_true(at(&u, "to_host.threat", row_of(&u, "a1", "A"), 0) == 0.5);
    assert_true(at(&u, "min:from_host.threat", row_of(&u, "a1", "A"), 0) == 0.1);
    assert_true(isnan(at(&u, "to_host.threat", row_of(&u, "a2", "A"), 0)));
    end(&u);
    u.options.accept = "tie.near,gap.x";
    must_fit(&u);
    assert_true(at(&u, "tie.near", row_of(&u, "a1", "A"), 0) == 0.4);
    assert_true(at(&u, "gap.x", row_of(&u, "a1", "A"), 0) == 4.0);
    end(&u);
    told d = begin(drills, hand_states, hand_dyads);
    d.options.able = d.options.admit = "";
    d.options.accept = "cand.x";
    d.options.apart = "duration_d";
    must_fit(&d);
    assert_true(at(&d, "duration_d", row_of(&d, "a1", "B"), 0) == 9.0); /* 1 to 9 May */
    assert_true(at(&d, "duration_d", row_of(&d, "a3", "A"), 0) == 1.0);
    assert_true(isnan(at(&d, "duration_d", row_of(&d, "a2", "A"), 0)));
    assert_int_equal(d.fit->features[0].item[1].missing, 2); /* both rows of a2 */
    end(&d);
    mst_memory_free(NULL, drills);
}

/* ---- a simulated record -------------------------------------------------------------------------------- */

enum { HOSTS = 4, CANDIDATES = 6, STATES = HOSTS + CANDIDATES, YEARS = 16 };

/* Truth: able 3 - 1.2 per 1000 nm, admit 1.5 + 2 near - 1 gap, accept .5 + 80 small + trade. */
typedef struct world {
    double small[STATES][YEARS], trade[STATES][YEARS], point[STATES][YEARS];
    double near[HOSTS][CANDIDATES], feared[HOSTS][CANDIDATES], lat[STATES], lon[STATES];
    char *drills, *states, *dyads;
    uint64_t drawn;
    mst_stream stream;
} world;

static double unit(world *w)
{
    return mst_random_unit(w->stream, w->drawn++);
}

/* A number as it stands in the table: what is fitted is what was drawn. */
static double written(world *w, double low, double high)
{
    return round(1e4 * (low + (high - low) * unit(w))) / 1e4;
}

static const char *name_of(int s)
{
    static const char *const names[STATES] = {"H0", "H1", "H2", "H3", "C0",
                                              "C1", "C2", "C3", "C4", "C5"};
    return names[s];
}

static void make_states(world *w)
{
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(&t, "state,year,lat_deg,lon_deg,small,trade,ideal_point\n");
    for (int s = 0; s < STATES; s++) {
        w->lat[s] = written(w, -30.0, 40.0);
        w->lon[s] = written(w, 90.0, 160.0);
        for (int y = 0; y < YEARS; y++) {
            w->small[s][y] = round(1e6 * 0.02 * unit(w)) / 1e6;
            w->trade[s][y] = written(w, -2.0, 2.0);
            w->point[s][y] = written(w, -2.0, 2.0);
            mst_text_printf(&t, "%s,%d,%.4f,%.4f,%.6f,%.4f,%.4f\n", name_of(s), 2000 + y, w->lat[s],
                            w->lon[s], w->small[s][y], w->trade[s][y], w->point[s][y]);
        }
    }
    w->states = mst_text_take(&t);
    mst_text_init(&t, NULL);
    mst_text_add(&t, "state_1,state_2,year,near,feared_1_2,feared_2_1\n");
    for (int h = 0; h < HOSTS; h++)
        for (int c = 0; c < CANDIDATES; c++) {
            w->near[h][c] = written(w, 0.0, 1.0);
            w->feared[h][c] = written(w, 0.0, 1.0);
            for (int y = 0; y < YEARS; y++)
                mst_text_printf(&t, "%s,%s,%d,%.4f,%.4f,%.4f\n", name_of(h), name_of(HOSTS + c),
                                2000 + y, w->near[h][c], w->feared[h][c], 0.5);
        }
    w->dyads = mst_text_take(&t);
}

static double logistic(double t)
{
    return 1.0 / (1.0 + exp(-t));
}

static double truth(const world *w, const int *host, int hosts, int c, int y, double lat,
                    double lon)
{
    const int s = HOSTS + c;
    const double nm =
        muster_geo_distance_m((muster_point){w->lat[s], w->lon[s]}, (muster_point){lat, lon}) /
        1852.0;
    double p =
        logistic(3.0 - 1.2 * nm / 1000.0) * logistic(0.5 + 80.0 * w->small[s][y] + w->trade[s][y]);
    for (int h = 0; h < hosts; h++)
        p *=
            logistic(1.5 + 2.0 * w->near[host[h]][c] - fabs(w->point[s][y] - w->point[host[h]][y]));
    return p;
}

static void make_world(world *w, int series)
{
    memset(w, 0, sizeof *w);
    w->stream = mst_stream_of(mst_random_key(7), 0, 1);
    make_states(w);
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(&t, HEAD);
    for (int s = 0; s < series; s++) {
        const int host[2] = {s % HOSTS, (s + 1) % HOSTS}, hosts = 1 + s % 2;
        const double lat = written(w, -10.0, 30.0), lon = written(w, 100.0, 150.0);
        for (int e = 0; e < 2; e++) {
            const int y = (5 * s) % (YEARS - 2) + 2 * e;
            for (int c = s % 2; c < CANDIDATES; c++)
                mst_text_printf(&t, "d%d-%d,s%d,%d-0%d-01,%d-09-0%d,%.4f,%.4f,,%s%s%s,%s,%d\n", s,
                                e, s, 2000 + y, 1 + s % 8, 2000 + y, 1 + (s + e) % 9, lat, lon,
                                name_of(host[0]), hosts > 1 ? " " : "",
                                hosts > 1 ? name_of(host[1]) : "", name_of(HOSTS + c),
                                unit(w) < truth(w, host, hosts, c, y, lat, lon));
        }
    }
    w->drills = mst_text_take(&t);
}

static void free_world(world *w)
{
    mst_memory_free(NULL, w->drills);
    mst_memory_free(NULL, w->states);
    mst_memory_free(NULL, w->dyads);
}

static told of_world(const world *w)
{
    told t = begin(w->drills, w->states, w->dyads);
    t.options.able = "distance_nm";
    t.options.admit = "tie.near,gap.ideal_point";
    t.options.accept = "cand.small,cand.trade";
    t.options.apart = "";
    return t;
}

static const mst_fit_line *line_of(const told *t, const char *name)
{
    const mst_fit_result *r = &t->fit->of[t->fit->main][0].result;
    const mst_features *f = &t->fit->features[t->fit->main];
    for (int32_t j = 0; j < r->design.weights; j++) {
        const mst_fit_line *l = &r->line[j];
        if (l->feature >= 0 && strcmp(f->item[f->first[l->block] + l->feature].name, name) == 0)
            return l;
    }
    fail_msg("no weight of %s", name);
    return NULL;
}

static void test_fit_tables__known_weights_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double weight;
    } known[] = {{"distance_nm", -1.2},
                 {"tie.near", 2.0},
                 {"gap.ideal_point", -1.0},
                 {"cand.small", 80.0},
                 {"cand.trade", 1.0}};
    world w;
    make_world(&w, 120);
    told t = of_world(&w);
    t.options.replicates = 100;
    must_fit(&t);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const mst_fit_line *l = line_of(&t, known[i].name);
        assert_true(l->interval.is_estimable);
        /* three deviations of the bootstrap: a wrong column, unit or sign is further away (each truth
         * is itself more than three from 0, but for the last two checks below) */
        assert_near(l->light, known[i].weight, 3.0 * l->deviation);
        assert_true(l->raw * known[i].weight > 0.0);
    }
    assert_true(line_of(&t, "gap.ideal_point")->sign == MST_FIT_SIGN_AGREES);
    assert_true(line_of(&t, "distance_nm")->sign == MST_FIT_SIGN_AGREES);
    assert_true(line_of(&t, "cand.trade")->sign == MST_FIT_SIGN_UNKNOWN);
    end(&t);
    free_world(&w);
}

static void test_fit_tables__defaults_take_what_is_there(void **state)
{
    (void)state;
    static const char *const wanted[] = {"distance_nm",     "tie.near",   "from_host.feared",
                                         "gap.ideal_point", "cand.small", "cand.trade",
                                         "hosts",           "duration_d"};
    world w;
    make_world(&w, 40);
    told t = begin(w.drills, w.states, w.dyads);
    must_fit(&t);
    const mst_features *f = &t.fit->features[0];
    assert_int_equal(f->count, sizeof wanted / sizeof *wanted);
    for (int32_t i = 0; i < f->count; i++)
        assert_string_equal(f->item[i].name, wanted[i]);
    assert_int_equal(f->item[0].expected, -1);
    assert_int_equal(f->item[1].expected, 0);
    assert_int_equal(f->item[3].expected, -1);
    /* with history there is one more, in accept, and it is not the main fit */
    assert_int_equal(t.fit->features[1].count, f->count + 1);
    assert_string_equal(t.fit->features[1].item[6].name, "history");
    assert_int_equal(t.fit->features[1].item[6].expected, 1);
    assert_int_equal(t.fit->main, 0);
    end(&t);
    free_world(&w);
}

/* ---- signs --------------------------------------------------------------------------------------------- */

static void test_fit_tables__a_sign_against_a_theory_is_told(void **state)
{
    (void)state;
    static const char *const wrong[] = {"small=-", "cand.trade=-", "distance_nm=0"};
    world w;
    make_world(&w, 120);
    told t = of_world(&w);
    t.options.replicates = 100;
    t.options.expect = wrong;
    t.options.expect_count = 3;
    must_fit(&t);
    assert_true(line_of(&t, "cand.trade")->sign == MST_FIT_SIGN_CONTRADICTS);
    assert_true(line_of(&t, "distance_nm")->sign == MST_FIT_SIGN_UNKNOWN);
    char *screen = muster_tell_fit(t.fit, false, NULL);
    assert_non_null(strstr(screen, "WARNING: cand.trade in accept has a weight above 0 with its "));
    assert_null(strstr(screen, "WARNING: gap"));
    muster_tell_free(screen, NULL);
    end(&t);
    static const char *const right[] = {"trade=+"};
    t.options.expect = right;
    t.options.expect_count = 1;
    must_fit(&t);
    screen = muster_tell_fit(t.fit, false, NULL);
    assert_null(strstr(screen, "WARNING: cand.trade"));
    muster_tell_free(screen, NULL);
    end(&t);
    free_world(&w);
}

/* ---- refusals ------------------------------------------------------------------------------------------ */

static void test_fit_tables__what_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *able, *admit, *words, *hint;
    } cases[] = {
        {"cand.smal", "", "no table of states gives an attribute 'smal'", "did you mean 'small'?"},
        {"tie.small", "", "no table of dyads gives a tie without direction 'small'", NULL},
        {"to_host.near", "", "no table of dyads gives a tie with a direction 'near'", NULL},
        {"trade", "", "no feature is called 'trade'", "cand.X"},
        {"min:hosts", "", "no feature is called 'hosts'", NULL},
        {"min:cand.trade", "", "min: is of what reads several hosts", NULL},
        {"", "min:tie.near", "min: is of what reads several hosts", NULL},
        {"cand.trade,,hosts", "", "between commas a name is needed", NULL},
        {"cand.trade,", "", "between commas a name is needed", NULL},
        {",", "", "between commas a name is needed", NULL},
        {"cand.trade, cand.trade", "", "named twice: 'cand.trade'", NULL},
        {"history", "history", "named twice: 'history'", NULL},
        {"cand.\xff", "", "between commas a name is needed", NULL},
        {"", "", "there is no feature to give a weight to", NULL},
    };
    static const char *const signs[] = {"trade", "trade=", "trade=x", "trade=+-", "none=+", "=+"};
    world w;
    make_world(&w, 30);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        told t = begin(w.drills, w.states, w.dyads);
        t.options.able = cases[i].able;
        t.options.admit = cases[i].admit;
        t.options.accept = t.options.apart = "";
        must_refuse(&t, cases[i].words, cases[i].hint);
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        told t = of_world(&w);
        t.options.expect = &signs[i];
        t.options.expect_count = 1;
        must_refuse(&t, "not an expected sign", "NAME=+");
    }
    told t = of_world(&w);
    t.options.lambda = -0.5;
    must_refuse(&t, "lambda lies within", NULL);
    t = of_world(&w);
    t.options.replicates = -1;
    must_refuse(&t, "replicates lie within", NULL);
    t = of_world(&w);
    t.options.permutations = 2000000;
    must_refuse(&t, "permutations lie within", NULL);
    free_world(&w);
}

static void test_fit_tables__too_little_is_refused_with_the_counts(void **state)
{
    (void)state;
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(&t, HEAD);
    for (int k = 0; k < 30; k++)
        mst_text_printf(&t, "d%d,s%d,2015-05-01,,,,,H,%s,%d\n", k, k % 10, k % 2 ? "A" : "B",
                        k % 10 < 3);
    char *drills = mst_text_take(&t);
    const char *states = "state,year,x,y\nA,2015,1,\nB,2015,2,3\nH,2015,1,1\n";
    const char *dyads = "state_1,state_2,year,near\nH,A,2015,1\n";
    told few = begin(drills, states, NULL);
    few.options.accept = "cand.x";
    few.options.apart = "";
    must_refuse(&few,
                "too few joins in rows without gaps (10 are needed); there are 9. Rows with a "
                "known outcome: 30, joins 9, in 10 series; without gaps: 30, joins 9",
                NULL);
    /* a tie that one host has with one candidate alone, an attribute of one: the others are partial */
    told tie = begin(drills, states, dyads);
    tie.options.admit = "tie.near";
    tie.options.accept = "cand.x";
    must_refuse(&tie, "without gaps: 15, joins 3, in 5 series; tie.near is missing in 15",
                "--carry");
    told one = begin(drills, states, dyads);
    one.options.admit = "";
    one.options.accept = "cand.y";
    must_refuse(&one, "without gaps: 15, joins 6, in 5 series; cand.y is missing in 15", "--admit");
    mst_memory_free(NULL, drills);
}

static void test_fit_tables__a_constant_is_held_and_named(void **state)
{
    (void)state;
    world w;
    make_world(&w, 60);
    told t = of_world(&w);
    t.options.admit = "from_host.feared,to_host.feared,tie.near"; /* to_host: .5 for all */
    must_fit(&t);
    assert_true(line_of(&t, "to_host.feared")->held == MST_FIT_CONSTANT);
    assert_true(line_of(&t, "to_host.feared")->raw == 0.0);
    assert_true(line_of(&t, "from_host.feared")->held == MST_FIT_FREE);
    char *screen = muster_tell_fit(t.fit, false, NULL);
    assert_non_null(strstr(screen, "to_host.feared      held at 0: the same in all rows fitted"));
    muster_tell_free(screen, NULL);
    end(&t);
    free_world(&w);
}

/* ---- the same bytes ------------------------------------------------------------------------------------- */

static void count_calls(void *context, const char *step, int32_t done, int32_t of)
{
    int32_t *calls = context;
    assert_true(*step != '\0' && done >= 0 && done < of);
    ++*calls;
}

static char *document_of(told *t)
{
    must_fit(t);
    char *out = muster_tell_fit(t->fit, true, NULL);
    assert_non_null(out);
    end(t);
    return out;
}

static void test_fit_tables__bytes_follow_from_tables_and_seed(void **state)
{
    (void)state;
    world w;
    int32_t calls = 0;
    make_world(&w, 40);
    told t = of_world(&w);
    t.options.replicates = 50;
    t.options.permutations = 20;
    char *first = document_of(&t);
    t.options.progress = count_calls;
    t.options.context = &calls;
    char *watched = document_of(&t);
    t.options.seed = 2;
    char *other = document_of(&t);
    assert_string_equal(first, watched);
    assert_true(strcmp(first, other) != 0);
    assert_true(calls > 2 * (50 + 40)); /* replicates, series of four fits, deals */
    muster_tell_free(first, NULL);
    muster_tell_free(watched, NULL);
    muster_tell_free(other, NULL);
    free_world(&w);
}

/* Every line of the screen fits on a terminal. */
static void test_fit_tables__screens_are_eighty_columns(void **state)
{
    (void)state;
    world w;
    make_world(&w, 24);
    told t = begin(w.drills, w.states, w.dyads);
    t.options.replicates = 50;
    t.options.permutations = 20;
    t.options.lambda = (double)NAN;
    must_fit(&t);
    char *screen = muster_tell_fit(t.fit, false, NULL);
    assert_non_null(screen);
    for (const char *line = screen; *line;) {
        const size_t length = strcspn(line, "\n");
        assert_true(length <= 80);
        line += length + (line[length] == '\n');
    }
    assert_true(strncmp(screen, "Predicts better than the nulls (p = ", 36) == 0 ||
                strncmp(screen, "Does not predict better than the nulls (p", 41) == 0);
    muster_tell_free(screen, NULL);
    end(&t);
    free_world(&w);
}

/* ---- doors ------------------------------------------------------------------------------------------------ */

/* Lists and signs out of pieces of what may stand in them, and of any bytes. */
static void test_fit_tables__any_list_is_safe(void **state)
{
    (void)state;
    static const char *const piece[] = {
        "cand.", "host.", "tie.", "gap.", "min:", "small",         "trade",
        "near",  ",",     ",",    " ",    "\t",   "hosts",         "history",
        "=",     "+",     "\xc3", "\x01", ".",    "to_host.feared"};
    enum { PIECES = sizeof piece / sizeof *piece };
    const mst_stream stream = mst_stream_of(mst_random_key(11), 0, 1);
    uint64_t drawn = 0;
    world w;
    make_world(&w, 1); /* too few joins: nothing is fitted, whatever is named */
    for (int k = 0; k < 3000; k++) {
        char list[5][128];
        for (int i = 0; i < 5; i++) {
            const int pieces = (int)(8.0 * mst_random_unit(stream, drawn++));
            list[i][0] = '\0';
            for (int p = 0; p < pieces; p++)
                strncat(list[i], piece[(int)(PIECES * mst_random_unit(stream, drawn++))], 15);
        }
        const char *expect[] = {list[4]};
        told t = begin(w.drills, w.states, w.dyads);
        t.options.able = list[0];
        t.options.admit = list[1];
        t.options.accept = list[2];
        t.options.apart = list[3];
        t.options.expect = expect;
        t.options.expect_count = k % 2;
        read_tables(&t);
        assert_int_equal(t.status, MUSTER_MISTAKE);
        assert_true(muster_diags_error_count(t.diags) > 0);
        end(&t);
    }
    free_world(&w);
}

static void test_fit_tables__short_memory_is_told(void **state)
{
    (void)state;
    world w;
    make_world(&w, 14);
    muster_status status = MUSTER_WORLD;
    int32_t tried = 0;
    for (int32_t left = 0; status != MUSTER_OK; left += 1 + left / 8, tried++) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        muster_diags *diags = muster_diags_create(NULL);
        told t = of_world(&w);
        status = muster_fit_read(t.table, t.count, NULL, &t.options, &hook, diags, &t.fit);
        if (status != MUSTER_OK) {
            assert_int_equal(status, MUSTER_WORLD);
            assert_null(t.fit);
            assert_int_equal(memory.held, 0);
            assert_non_null(strstr(muster_diags_at(diags, 0)->message, "memory"));
        } else {
            for (int32_t k = 0; k < 400; k++) { /* what is told of it, a document and both parts */
                memory.left = k;
                char *text =
                    k % 2 ? muster_tell_fit(t.fit, k % 4 == 1, NULL)
                          : muster_tell_fit_coding(
                                t.fit, "x", k % 4 ? MUSTER_FIT_RULES : MUSTER_FIT_CODINGS, NULL);
                muster_tell_free(text, &hook);
            }
            muster_fit_free(t.fit);
            assert_int_equal(memory.held, 0);
        }
        muster_diags_free(diags);
    }
    assert_true(tried > 10);
    free_world(&w);
}

/* ---- in a scenario ----------------------------------------------------------------------------------------- */

enum { YEAR = YEARS - 1 };
static const int asked[2] = {0, 2}; /* hosts of the scenario's drill */

static char *scenario_with(const world *w, const char *rules, const char *codings)
{
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(&t, "scenario = { id = \"w\"; title = \"W\"; start = \"2023-01-01T00:00Z\"; "
                     "horizon = \"60 d\"; source = \"assumed\"; };\nstates = {\n");
    for (int s = 0; s < STATES; s++)
        mst_text_printf(&t,
                        "%s = { source = \"assumed\"; index = { cap = 1.0; reach = 1.0; }; "
                        "attributes = { small = %.6f; trade = %.4f; ideal_point = %.4f; "
                        "distance_nm = %d.0; history = 0.%d; }; };\n",
                        name_of(s), w->small[s][YEAR], w->trade[s][YEAR], w->point[s][YEAR],
                        700 + 10 * s, s);
    mst_text_add(&t, "};\nties = {\n");
    for (int h = 0; h < HOSTS; h++)
        for (int c = 0; c < CANDIDATES; c++)
            mst_text_printf(&t,
                            "t%d%d = { a = \"%s\"; b = \"%s\"; source = \"assumed\"; mutual = { "
                            "near = %.4f; }; a_to_b = { feared = %.4f; }; b_to_a = { feared = 0.5; "
                            "}; };\n",
                            h, c, name_of(h), name_of(HOSTS + c), w->near[h][c], w->feared[h][c]);
    mst_text_add(&t, "};\ndrills = { d = { hosts = [\"H0\", \"H2\"]; candidates = [\"C0\", \"C1\", "
                     "\"C2\", \"C3\", \"C4\", \"C5\"]; source = \"assumed\"; attributes = { "
                     "duration_d = 6.0; }; muster = { lat_deg = 0.0; lon_deg = 150.0; at = "
                     "\"2023-02-01T00:00Z\"; }; end = \"2023-02-03T00:00Z\"; cap_need = 0.2; index "
                     "= { cap_need = 0.2; reach_need = 0.4; }; }; };\n"
                     "whatif = { trade = { path = \"states.C0.attributes.trade\"; min = -20.0; max "
                     "= 20.0; }; };\n"
                     "alignment = { rules = { own = { stage = \"admit\"; sign = -1; weight = 9.0; "
                     "terms = [\"tie.near\"]; source = \"assumed\"; };\n"
                     "kit = { stage = \"able\"; form = \"gate\"; terms = [\"fleet.kit\", "
                     "\"drill.cap_need\"]; source = \"assumed\"; };\n");
    mst_text_add(&t, rules);
    mst_text_add(&t, "}; codings = {\n");
    mst_text_add(&t, codings);
    mst_text_add(&t, "}; };\n");
    return mst_text_take(&t);
}

/* What a feature is for candidate c of the scenario; h: a host, -1: of the row. */
static double here(const world *w, const mst_feature *f, int c, int h)
{
    const int s = HOSTS + c;
    const double *by_state = strstr(f->name, "small")         ? &w->small[0][YEAR]
                             : strstr(f->name, "ideal_point") ? &w->point[0][YEAR]
                                                              : &w->trade[0][YEAR];
    double joined = (double)NAN;
    if (h < 0 && f->reads >= MST_FIT_HOST && f->reads <= MST_FIT_GAP) {
        for (int k = 0; k < 2; k++) {
            const double one = here(w, f, c, asked[k]);
            joined = k == 0 ? one : f->is_min ? fmin(joined, one) : fmax(joined, one);
        }
        return joined;
    }
    switch (f->reads) {
    case MST_FIT_CAND:
        return by_state[s * YEARS];
    case MST_FIT_HOST:
        return by_state[h * YEARS];
    case MST_FIT_GAP:
        return fabs(by_state[s * YEARS] - by_state[h * YEARS]);
    case MST_FIT_TIE:
        return w->near[h][c];
    case MST_FIT_FROM_HOST:
        return w->feared[h][c];
    case MST_FIT_TO_HOST:
        return 0.5;
    case MST_FIT_DISTANCE:
        return (700.0 + 10.0 * s) / 1000.0;
    case MST_FIT_HISTORY:
        return s / 10.0;
    case MST_FIT_HOST_NUMBER:
        return 2.0;
    case MST_FIT_DURATION:
        return 6.0;
    }
    return (double)NAN;
}

/* a + b.x of a stage. */
static double wanted(const told *t, const world *w, mst_stage stage, int c, int h)
{
    const mst_fit_result *r = &t->fit->of[t->fit->main][0].result;
    const mst_features *f = &t->fit->features[t->fit->main];
    double sum = 0.0;
    for (int32_t j = 0; j < r->design.weights; j++) {
        const mst_fit_line *l = &r->line[j];
        const bool is_of = stage == MST_ADMIT
                               ? l->block == MST_FIT_ADMIT
                               : l->block == MST_FIT_ACCEPT || l->block == MST_FIT_APART;
        if (is_of)
            sum +=
                l->raw *
                (l->feature < 0 ? 1.0 : here(w, &f->item[f->first[l->block] + l->feature], c, h));
    }
    return sum;
}

/* A text of a fit; asserts that there is one. */
static char *part_of(const told *t, muster_fit_part part)
{
    muster_diags *diags = muster_diags_create(NULL);
    char *text = muster_tell_fit_coding(t->fit, "mine", part, diags);
    if (!text)
        fail_msg("%s", muster_diags_at(diags, 0)->message);
    muster_diags_free(diags);
    return text;
}

/* The scenario with both parts, read once, and the lines of its coding. */
typedef struct written_fit {
    char *text;
    mst_arena arena;
    const char **line;
    int32_t count;
} written_fit;

static void write_fit(const told *t, const world *w, written_fit *out)
{
    flow f;
    char *rules = part_of(t, MUSTER_FIT_RULES), *codings = part_of(t, MUSTER_FIT_CODINGS);
    out->text = scenario_with(w, rules, codings);
    mst_arena_init(&out->arena, NULL);
    assert_int_equal(flow_run_text(&f, out->text), MUSTER_OK);
    assert_int_equal(muster_diags_error_count(f.diags), 0);
    const mst_spec *spec = &f.scenario->spec;
    const int32_t own = mst_table_find(&spec->alignment.codings, sizeof(mst_coding_def), "mine");
    const char **line = NULL;
    out->count = mst_coding_lines(spec, MST_AT(mst_coding_def, &spec->alignment.codings, own),
                                  &out->arena, &line);
    assert_true(out->count > 0);
    out->line = mst_arena_array(&out->arena, (size_t)out->count, sizeof *out->line);
    for (int32_t i = 0; i < out->count; i++)
        out->line[i] = mst_arena_text(&out->arena, line[i]);
    flow_close(&f);
    muster_tell_free(rules, NULL);
    muster_tell_free(codings, NULL);
}

static void free_written(written_fit *x)
{
    mst_memory_free(NULL, x->text);
    mst_arena_clear(&x->arena);
}

static void test_fit_tables__a_coding_gives_the_margins_of_the_weights(void **state)
{
    (void)state;
    world w;
    make_world(&w, 80);
    told t = of_world(&w);
    t.options.able = "cand.small";
    t.options.admit = "tie.near,gap.ideal_point,from_host.feared,cand.trade";
    t.options.accept = "cand.small,history,distance_nm,min:tie.near,gap.trade,min:gap.ideal_point,"
                       "host.trade,min:from_host.feared,cand.trade";
    t.options.apart = "hosts,duration_d";
    t.options.replicates = 60;
    must_fit(&t);
    assert_int_equal(t.fit->main, 1); /* history was asked for */
    assert_true(fabs(line_of(&t, "min:tie.near")->raw) > 1e-3);
    written_fit x;
    write_fit(&t, &w, &x);
    const muster_changes changes = {.line = x.line, .line_count = x.count};
    flow f;
    assert_int_equal(flow_run_changed(&f, x.text, &changes), MUSTER_OK);
    const mst_model *m = f.model->model;
    assert_near(m->tau, 1.0, 0.0);
    int32_t compared = 0;
    for (int c = 0; c < CANDIDATES; c++) {
        const mst_verdict *v = mst_verdict_of(f.result->run, 0, mst_model_state(m, name_of(4 + c)));
        for (int32_t s = 0; s < v->stage_count; s++) {
            const mst_stage_result *r = &v->stage[s];
            if (r->stage == MST_ABLE)
                continue;
            const int h = r->host < 0 ? -1 : r->host == mst_model_state(m, "H0") ? 0 : 2;
            const double a = wanted(&t, &w, r->stage, c, h);
            /* some ten terms, none of them above 30 */
            assert_near(r->margin, a, 1e-9);
            assert_near(r->p, logistic(a), 1e-9);
            compared++;
        }
    }
    assert_int_equal(compared, CANDIDATES * 3);
    flow_close(&f);
    free_written(&x);
    end(&t);
    free_world(&w);
}

static void test_fit_tables__flip_moves_a_fitted_margin(void **state)
{
    (void)state;
    world w;
    make_world(&w, 80);
    told t = of_world(&w);
    must_fit(&t);
    written_fit x;
    write_fit(&t, &w, &x);
    const muster_changes changes = {.line = x.line, .line_count = x.count};
    /* one lever, trade of C0: it tips where accept does, unless a host says no */
    flipping p;
    assert_true(x.count < FLIP_LINES_MAX);
    flipping_open_text(&p, x.text, &changes);
    json_t *told_of = flipping_told(&p, "C0", NULL);
    const double trade = line_of(&t, "cand.trade")->raw;
    const double rest = wanted(&t, &w, MST_ACCEPT, 0, -1) - trade * w.trade[HOSTS][YEAR];
    const bool admits =
        wanted(&t, &w, MST_ADMIT, 0, 0) > 0.0 && wanted(&t, &w, MST_ADMIT, 0, 2) > 0.0;
    const bool joins = admits && wanted(&t, &w, MST_ACCEPT, 0, -1) > 0.0;
    assert_true(admits); /* else the lever could do nothing, and nothing were tested */
    char low[64], high[64];
    mst_verdict v;
    snprintf(low, sizeof low, "states.C0.attributes.trade = %.9f", -rest / trade - 1e-6);
    snprintf(high, sizeof high, "states.C0.attributes.trade = %.9f", -rest / trade + 1e-6);
    const char *lines[] = {low, high};
    assert_true(flipping_run(&p, "C0", NULL, &lines[0], 1, &v));
    assert_false(v.joins);
    assert_true(flipping_run(&p, "C0", NULL, &lines[1], 1, &v));
    assert_true(v.joins);
    json_t *sets = json_object_get(told_of, "sets");
    assert_int_equal(json_array_size(sets), 1);
    /* the value told lies on the other side of the tip, within a step of it */
    json_t *lever = json_array_get(json_object_get(json_array_get(sets, 0), "levers"), 0);
    const char *line = json_string_value(json_array_get(json_object_get(lever, "changes"), 0));
    const double value = strtod(strchr(line, '=') + 1, NULL);
    assert_true(joins ? value < -rest / trade : value > -rest / trade);
    assert_near(value, -rest / trade, 0.1); /* a step of a lever without `step`: range / 400 */
    flipping_close(&p);
    free_written(&x);
    end(&t);
    free_world(&w);
}

/* ---- only ------------------------------------------------------------------------------------------------- */

static void test_fit_tables__only_is_checked(void **state)
{
    (void)state;
    world w;
    flow f;
    make_world(&w, 1);
    char *text = scenario_with(&w, "",
                               "x = { author = \"a\"; basis = \"b\"; only = [\"own\"]; };\n"
                               "y = { author = \"a\"; basis = \"b\"; only = [\"owm\"]; };\n"
                               "z = { author = \"a\"; basis = \"b\"; only = [\"kit\"]; };\n");
    assert_int_equal(flow_open_faulty(&f, text), MUSTER_MISTAKE);
    assert_int_equal(muster_diags_error_count(f.diags), 2);
    const muster_diag *error[2] = {NULL};
    for (int32_t k = 0, found = 0; k < muster_diags_count(f.diags); k++)
        if (muster_diags_at(f.diags, k)->severity == MUSTER_ERROR)
            error[found++] = muster_diags_at(f.diags, k);
    assert_non_null(strstr(error[0]->message, "coding 'y': no rule 'owm'"));
    assert_non_null(strstr(error[0]->hint, "own"));
    assert_non_null(strstr(error[1]->message, "coding 'z': rule 'kit' is of stage able"));
    flow_close(&f);
    mst_memory_free(NULL, text);
    free_world(&w);
}

/* Names that cannot be a coding's, and columns that no rule can name. */
static void test_fit_tables__codings_that_cannot_be(void **state)
{
    (void)state;
    static const char *const names[] = {"",     "9",   "a b", "abcdefghijklmnopqrstuvwxy",
                                        "\xff", "a\"b"};
    world w;
    make_world(&w, 40);
    told t = of_world(&w);
    t.options.able = "";
    must_fit(&t);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        muster_diags *diags = muster_diags_create(NULL);
        assert_null(muster_tell_fit_coding(t.fit, names[i], MUSTER_FIT_RULES, diags));
        assert_non_null(strstr(muster_diags_at(diags, 0)->message, "is no name of a coding"));
        muster_diags_free(diags);
    }
    end(&t);
    char *column = strstr(w.states, "trade"); /* a column that no rule can name */
    memcpy(column, "a +\\b", 5);
    t = of_world(&w);
    t.options.accept = "cand.a +\\b";
    t.table[0].name = "evil\";\n# \\ \xff.csv";
    must_fit(&t);
    muster_diags *diags = muster_diags_create(NULL);
    assert_null(muster_tell_fit_coding(t.fit, "mine", MUSTER_FIT_CODINGS, diags));
    assert_non_null(strstr(muster_diags_at(diags, 0)->message, "no rule can read 'cand.a +\\b'"));
    muster_diags_free(diags);
    end(&t);
    /* any name of a file may stand in what is written */
    t.options.accept = "cand.small";
    must_fit(&t);
    written_fit x;
    write_fit(&t, &w, &x);
    free_written(&x);
    end(&t);
    free_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit_tables__features_are_those_of_the_tables),
        cmocka_unit_test(test_fit_tables__known_weights_are_found),
        cmocka_unit_test(test_fit_tables__defaults_take_what_is_there),
        cmocka_unit_test(test_fit_tables__a_sign_against_a_theory_is_told),
        cmocka_unit_test(test_fit_tables__what_is_refused),
        cmocka_unit_test(test_fit_tables__too_little_is_refused_with_the_counts),
        cmocka_unit_test(test_fit_tables__a_constant_is_held_and_named),
        cmocka_unit_test(test_fit_tables__bytes_follow_from_tables_and_seed),
        cmocka_unit_test(test_fit_tables__screens_are_eighty_columns),
        cmocka_unit_test(test_fit_tables__any_list_is_safe),
        cmocka_unit_test(test_fit_tables__short_memory_is_told),
        cmocka_unit_test(test_fit_tables__a_coding_gives_the_margins_of_the_weights),
        cmocka_unit_test(test_fit_tables__flip_moves_a_fitted_margin),
        cmocka_unit_test(test_fit_tables__only_is_checked),
        cmocka_unit_test(test_fit_tables__codings_that_cannot_be),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}

/* What replications draw: distributions reach the runs they are meant for, draws of decisions agree
 * with their P, common random numbers are worth what is said. */
#include "test.h"

#include "batch/handles.h"
#include "engine/chance.h"
#include "flow.h"
#include "model/random_inputs.h"
#include "muster/replicate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char worked[] = "northern-interaction-2023.cfg";

static muster_sample *sample_of(const flow *f, const flow *g, int64_t count, bool independent)
{
    const muster_model *const model[] = {f->model, g ? g->model : NULL};
    const muster_replicate_options options = {
        .count = count, .jobs = 2, .has_seed = true, .seed = 2385, .independent = independent};
    muster_sample *sample = NULL;
    assert_int_equal(muster_replicate(model, g ? 2 : 1, &options, NULL, f->diags, &sample),
                     MUSTER_OK);
    return sample;
}

static muster_summary summary(const muster_sample *s, const char *measure, int32_t thing)
{
    return muster_sample_summary(s, 0, muster_measure_index(measure), thing);
}

/* ---- decisions ---------------------------------------------------------------------------------- */

/* |share - p| within 4 standard errors: wrong once in 16,000 if it is right. */
static void assert_share(double share, double p, double count, const char *what)
{
    const double error = sqrt(p * (1.0 - p) / count);
    if (fabs(share - p) > 4.0 * error + 1e-12) {
        print_error("%s: share %.4f, P %.4f, standard error %.4f\n", what, share, p, error);
        fail();
    }
}

static void test_chance__drawn_stages_agree_with_their_p(void **state)
{
    enum { COUNT = 6000 };
    static const char *const draw[] = {"chance.decisions = \"draw\"", NULL};
    flow f;
    mst_run *run = NULL;
    double yes[MST_STAGES_MAX] = {0}, joins = 0.0, both_hosts = 0.0;
    (void)state;
    assert_int_equal(flow_run(&f, worked, "fuel-and-frigates", draw), MUSTER_OK);
    const mst_model *m = f.model->model;
    assert_int_equal(mst_run_create(m, NULL, &run), MUSTER_OK);
    const mst_verdict *plan = &f.result->run->verdict[m->drill[0].host_count];
    const mst_verdict *v = &run->verdict[m->drill[0].host_count];
    assert_true(!plan->joins);
    for (uint32_t i = 1; i <= COUNT; i++) {
        mst_run_begin(run, 31, i);
        mst_run_until(run, m->drill[0].decide_at);
        for (int32_t k = 0; k < v->stage_count; k++)
            yes[k] += v->stage[k].standing == MST_YES;
        joins += v->joins;
        both_hosts += v->stage[1].standing == MST_YES && v->stage[2].standing == MST_YES;
        assert_int_equal(run->takes_part[v->state], v->joins);
    }
    assert_int_equal(plan->stage_count, 4); /* able, two hosts, accept */
    double product = 1.0;
    for (int32_t k = 0; k < plan->stage_count; k++) {
        assert_share(yes[k] / COUNT, plan->stage[k].p, COUNT, "stage");
        product *= plan->stage[k].p;
    }
    assert_true(plan->stage[1].p > 0.1 && plan->stage[1].p < 0.9);
    assert_share(joins / COUNT, product, COUNT, "joins");
    /* hosts draw apart from each other */
    assert_share(both_hosts / COUNT, plan->stage[1].p * plan->stage[2].p, COUNT, "both hosts");
    mst_run_free(run);
    flow_close(&f);
}

static void test_chance__verdicts_are_not_drawn_unless_asked_for(void **state)
{
    flow f;
    (void)state;
    assert_int_equal(flow_run(&f, worked, NULL, NULL), MUSTER_OK);
    muster_sample *s = sample_of(&f, NULL, 500, false);
    assert_true(summary(s, "participation", 2).mean < 0.5e-9);
    assert_true(summary(s, "participation", 0).mean > 1.0 - 0.5e-9);
    muster_sample_free(s);
    flow_close(&f);
}

/* ---- inputs by themselves ------------------------------------------------------------------------ */

/* One ship of a state of its own, which must sail 229 nm to its drill. */
#define ONE_SHIP(CHANCE, UNIT)                                                                     \
    "scenario = { id = \"one\"; title = \"One\"; start = \"2023-07-18T00:00Z\"; horizon = \"5 "    \
    "d\"; "                                                                                        \
    "seed = 7; };\n"                                                                               \
    "chance = { " CHANCE " };\n"                                                                   \
    "states = { HOME = { name = \"Home\"; }; };\n"                                                 \
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;\n"        \
    "                         range_nm = 3500.0; range_speed_kn = 14.0; }; };\n"                   \
    "bases = { PORT = { lat_deg = 43.11; lon_deg = 131.89;\n"                                      \
    "                   sea_lat_deg = 42.95; sea_lon_deg = 131.85; }; };\n"                        \
    "units = { first = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; " UNIT           \
    " }; };\n"                                                                                     \
    "drills = { demo = { hosts = [\"HOME\"]; cap_need = 0.5; end = \"2023-07-20T12:00Z\";\n"       \
    "  decide_at = \"2023-07-18T00:00Z\";\n"                                                       \
    "  muster = { lat_deg = 39.5; lon_deg = 134.0; at = \"2023-07-20T00:00Z\"; tolerance = "       \
    "\"24 h\"; };\n"                                                                               \
    "  slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"1 h\"; } ); }; };\n"

#define FIXED                                                                                      \
    "sailing_delay_h = \"fixed 0\"; speed_factor = \"fixed 1\"; duration_factor = \"fixed 1\";"

static void open_one(flow *f, const char *text)
{
    assert_int_equal(flow_run_text(f, text), MUSTER_OK);
}

static void test_chance__nothing_random_is_said_and_is_the_plan(void **state)
{
    flow f;
    (void)state;
    open_one(&f, ONE_SHIP(FIXED, ""));
    assert_false(muster_model_has_chance(f.model));
    muster_sample *s = sample_of(&f, NULL, 300, false);
    const muster_summary delay = summary(s, "muster_delay_h", 0);
    assert_int_equal(delay.count, 300);
    assert_true(delay.least >= delay.most && delay.most >= delay.least);
    assert_near(delay.mean, muster_result_value(f.result, "muster_delay_h", NULL), 1e-12);
    muster_sample_free(s);
    flow_close(&f);
    open_one(&f, ONE_SHIP(FIXED, "readiness = 0.5;"));
    assert_true(muster_model_has_chance(f.model));
    flow_close(&f);
}

/* A delay moves the sailing by itself; the ship then makes up for it as fast as it may, so that what
 * is seen is the time at which it sailed. */
static void test_chance__delays_at_sailing_have_their_distribution(void **state)
{
    enum { COUNT = 4000 };
    flow f;
    mst_run *run = NULL;
    double sum = 0.0, squares = 0.0;
    int32_t over_one = 0;
    (void)state;
    open_one(&f,
             ONE_SHIP("sailing_delay_h = \"exponential 0.5\"; speed_factor = \"fixed 1\";", ""));
    assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
    const muster_time planned = f.result->outcomes->unit[0].sailed_at;
    for (uint32_t i = 1; i <= COUNT; i++) {
        mst_run_begin(run, 11, i);
        assert_int_equal(mst_run_finish(run), MUSTER_OK);
        int32_t leg = 0;
        while (leg < run->clock->record_count && run->record[leg].kind != MST_RECORD_LEG)
            leg++;
        if (leg == run->clock->record_count)
            continue; /* beyond what the group waits: once in 160,000 */
        const double late_h = (double)(run->record[leg].time - planned) / (double)MUSTER_HOUR;
        assert_true(late_h >= 0.0);
        sum += late_h;
        squares += late_h * late_h;
        over_one += late_h > 1.0;
    }
    /* mean and deviation .5; P(> 1) = exp(-2); 4 standard errors each (of a mean .5/sqrt n) */
    assert_near(sum / COUNT, 0.5, 4.0 * 0.5 / sqrt(COUNT));
    assert_near(squares / COUNT, 0.5,
                4.0 * sqrt(20.0) * 0.25 / sqrt(COUNT)); /* var of x^2: 20 b^4 */
    assert_share((double)over_one / COUNT, exp(-2.0), COUNT, "delay above an hour");
    mst_run_free(run);
    flow_close(&f);
}

static void test_chance__speed_made_good_changes_time_and_not_the_burn_an_hour(void **state)
{
    flow f, slow;
    (void)state;
    open_one(&f, ONE_SHIP(FIXED, ""));
    open_one(&slow, ONE_SHIP("sailing_delay_h = \"fixed 0\"; speed_factor = \"fixed 0.8\";", ""));
    mst_run *run = NULL;
    assert_int_equal(mst_run_create(slow.model->model, NULL, &run), MUSTER_OK);
    mst_run_begin(run, 1, 1);
    assert_int_equal(mst_run_finish(run), MUSTER_OK);
    const mst_record *plan = NULL, *drawn = NULL;
    for (int32_t i = 0; i < f.result->run->clock->record_count && !plan; i++)
        if (f.result->run->record[i].kind == MST_RECORD_LEG)
            plan = &f.result->run->record[i];
    for (int32_t i = 0; i < run->clock->record_count && !drawn; i++)
        if (run->record[i].kind == MST_RECORD_LEG)
            drawn = &run->record[i];
    assert_non_null(plan);
    assert_non_null(drawn);
    assert_near(drawn->speed_mps, 0.8 * plan->speed_mps, 1e-12);
    assert_near(drawn->burn_kgps, plan->burn_kgps, 1e-15);
    /* the plan run of the slow one is not slow */
    assert_near(muster_result_value(slow.result, "muster_delay_h", NULL),
                muster_result_value(f.result, "muster_delay_h", NULL), 1e-12);
    mst_run_free(run);
    flow_close(&slow);
    flow_close(&f);
}

static void test_chance__serviceability_has_its_share_and_its_correlation(void **state)
{
    enum { COUNT = 4000 };
    static const char *const together[] = {"states.PRK.readiness_correlation = 0.8", NULL};
    (void)state;
    for (int32_t common = 0; common < 2; common++) {
        flow f;
        mst_run *run = NULL;
        double both = 0.0, first = 0.0, second = 0.0;
        assert_int_equal(flow_run(&f, worked, NULL, common ? together : NULL), MUSTER_OK);
        const mst_model *m = f.model->model;
        const int32_t a = mst_model_unit(m, "najin-531"), b = mst_model_unit(m, "soju-northeast");
        assert_true(a >= 0 && b >= 0);
        assert_int_equal(mst_run_create(m, NULL, &run), MUSTER_OK);
        for (uint32_t i = 1; i <= COUNT; i++) {
            mst_run_begin(run, 77, i);
            first += run->unit[a].serviceable;
            second += run->unit[b].serviceable;
            both += run->unit[a].serviceable && run->unit[b].serviceable;
        }
        assert_share(first / COUNT, 0.5, COUNT, "first ship");
        assert_share(second / COUNT, 0.5, COUNT, "second ship");
        /* both at .5: 1/4 + asin(rho)/(2 pi) of two normals with correlation rho (Sheppard 1899) */
        const double rho = common ? 0.8 : 0.0;
        assert_share(both / COUNT, 0.25 + asin(rho) / (2.0 * acos(-1.0)), COUNT, "both ships");
        mst_run_free(run);
        flow_close(&f);
    }
}

/* P(able), worked out over the common factor, is the share of replications in which the fleet is able. */
static void test_chance__p_able_is_the_share_that_is_able(void **state)
{
    enum { COUNT = 4000 };
    static const char *const correlations[] = {"0", "0.4", "1"};
    (void)state;
    for (size_t i = 0; i < sizeof correlations / sizeof *correlations; i++) {
        char line[64];
        const char *changes[] = {"units.granted-frigates.readiness = 0.6", line, NULL};
        flow f;
        snprintf(line, sizeof line, "states.PRK.readiness_correlation = %s", correlations[i]);
        assert_int_equal(flow_run(&f, worked, "fuel-and-frigates", changes), MUSTER_OK);
        const double p = muster_result_value(f.result, "p_able", "northern/PRK");
        muster_sample *s = sample_of(&f, NULL, COUNT, false);
        const muster_summary able = summary(s, "says_able", 2);
        assert_true(p > 0.5 && p < 0.9);
        /* and the mean over slices is right to half of one */
        assert_near(able.mean, p, 4.0 * sqrt(p * (1.0 - p) / COUNT) + 0.002);
        if (i == 2) /* all alike: a ship is ready with .6, and with it the aircraft that matter */
            assert_near(p, 0.6, 0.002);
        muster_sample_free(s);
        flow_close(&f);
    }
}

static void test_chance__the_sea_of_a_day_has_the_months_distribution(void **state)
{
    enum { COUNT = 4000 };
    flow f;
    mst_run *run = NULL;
    int32_t above[10] = {0}, alike = 0;
    (void)state;
    assert_int_equal(flow_run(&f, worked, NULL, NULL), MUSTER_OK);
    const mst_model *m = f.model->model;
    assert_int_equal(mst_run_create(m, NULL, &run), MUSTER_OK);
    for (uint32_t i = 1; i <= COUNT; i++) {
        mst_run_begin(run, 5, i);
        const int32_t sea = mst_chance_sea(run, 0, m->drill[0].muster_at);
        assert_int_equal(sea, mst_chance_sea(run, 0, m->drill[0].muster_at + 23 * MUSTER_HOUR));
        alike += sea == mst_chance_sea(run, 0, m->drill[0].muster_at + MUSTER_DAY);
        for (int32_t k = 0; k < sea; k++)
            above[k]++;
    }
    /* July, DEFINITIONS 10: Weibull of shape 1.61 and scale .893 m; states 3, 4, 5 from .5, 1.25,
     * 2.5 m (WMO code table 3700). The rounded figures move P by less than .002. */
    const double top[] = {0.5, 1.25, 2.5};
    for (int32_t k = 0; k < 3; k++) {
        const double p = exp(-exp(1.61 * log(top[k] / 0.893)));
        assert_near((double)above[k + 2] / COUNT, p, 4.0 * sqrt(p * (1.0 - p) / COUNT) + 0.002);
    }
    assert_true(alike < 3 * COUNT / 4); /* one day says nothing of the next */
    mst_run_free(run);
    flow_close(&f);
}

/* ---- common random numbers -------------------------------------------------------------------------- */

static void test_chance__common_random_numbers_save_replications(void **state)
{
    static const char *const fewer[] = {"units.gremyashchiy.count = 0", NULL};
    flow f, g;
    (void)state;
    assert_int_equal(flow_run(&f, worked, NULL, NULL), MUSTER_OK);
    assert_int_equal(flow_run(&g, worked, NULL, fewer), MUSTER_OK);
    muster_sample *paired = sample_of(&f, &g, 2000, false), *apart = sample_of(&f, &g, 2000, true);
    static const char *const names[] = {"score", "score_no_weather", "muster_delay_h",
                                        "fuel_used_t"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const int32_t measure = muster_measure_index(names[i]);
        const muster_difference with = muster_sample_difference(paired, 1, measure, 0);
        const muster_difference without = muster_sample_difference(apart, 1, measure, 0);
        const double wide = without.high - without.low, narrow = with.high - with.low;
        assert_true(wide > 0.0);
        /* replications needed go with the square of the width */
        assert_true(wide * wide >= 4.0 * narrow * narrow);
        assert_true(with.reduction >= 4.0);
        assert_near(without.reduction, 1.0, 0.2); /* 4 standard errors of a correlation: .09 */
        /* what is said of the worth of pairs is what independent seeds show */
        if (!isinf(with.reduction))
            assert_near(wide * wide / (narrow * narrow) / with.reduction, 1.0, 0.25);
        assert_true(with.mean >= without.low && with.mean <= without.high);
    }
    muster_sample_free(apart);
    muster_sample_free(paired);
    flow_close(&g);
    flow_close(&f);
}

static void test_chance__the_mean_score_is_the_expected_one(void **state)
{
    /* Without weather and with fixed lengths needs always hold, so the plan run's expectation is the
     * mean of the draws. */
    static const char *const calm[] = {
        "weather.sea_state = 2", "chance.sailing_delay_h = \"fixed 0\"",
        "chance.speed_factor = \"fixed 1\"", "chance.duration_factor = \"fixed 1\"", NULL};
    flow f;
    (void)state;
    assert_int_equal(flow_run(&f, worked, NULL, calm), MUSTER_OK);
    muster_sample *s = sample_of(&f, NULL, 5000, false);
    const muster_summary score = summary(s, "score", 0), done = summary(s, "serials_done", 0);
    assert_near(score.mean, muster_result_value(f.result, "score", NULL),
                4.0 * score.sd / sqrt(5000.0));
    assert_near(done.mean, muster_result_value(f.result, "serials_done", NULL),
                4.0 * done.sd / sqrt(5000.0));
    assert_true(score.sd > 0.01);
    muster_sample_free(s);
    flow_close(&f);
}

static int forget_land(void **state)
{
    (void)state;
    flow_forget_land();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chance__drawn_stages_agree_with_their_p),
        cmocka_unit_test(test_chance__verdicts_are_not_drawn_unless_asked_for),
        cmocka_unit_test(test_chance__nothing_random_is_said_and_is_the_plan),
        cmocka_unit_test(test_chance__delays_at_sailing_have_their_distribution),
        cmocka_unit_test(test_chance__speed_made_good_changes_time_and_not_the_burn_an_hour),
        cmocka_unit_test(test_chance__serviceability_has_its_share_and_its_correlation),
        cmocka_unit_test(test_chance__p_able_is_the_share_that_is_able),
        cmocka_unit_test(test_chance__the_sea_of_a_day_has_the_months_distribution),
        cmocka_unit_test(test_chance__common_random_numbers_save_replications),
        cmocka_unit_test(test_chance__the_mean_score_is_the_expected_one),
    };
    return cmocka_run_group_tests(tests, NULL, forget_land);
}

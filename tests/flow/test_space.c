/* How firm an answer is: shares of the space of weights, against plain random draws of the terms. */
#include "test.h"

#include "batch/handles.h"
#include "flow.h"
#include "num/random.h"
#include "outcome/space.h"

#include <math.h>

static const mst_verdict *verdict_of(const flow *f, const char *state)
{
    const mst_model *m = f->model->model;
    const mst_verdict *v = mst_verdict_of(f->result->run, 0, mst_model_state(m, state));
    assert_non_null(v);
    return v;
}

static double triangular(double u)
{
    return u < 0.5 ? 0.5 + 0.5 * sqrt(2.0 * u) : 1.5 - 0.5 * sqrt(2.0 * (1.0 - u));
}

/* The margin of a political stage is the sum of its terms, and a term is its weight times something
 * that no weight moves: so the share can be had from the terms alone, by random draws. */
static double share_by_draws(const flow *f, const mst_verdict *v, int32_t stage, int32_t draws)
{
    const mst_term *term = f->result->run->term + v->term_first;
    const mst_stream stream = mst_stream_of(mst_random_key(4711), 0, (uint32_t)stage);
    int32_t same = 0;
    for (int32_t k = 0; k < draws; k++) {
        double margin = 0.0;
        for (int32_t i = 0; i < v->term_count; i++)
            if (term[i].stage == stage)
                margin += term[i].value *
                          triangular(mst_random_unit(stream, (uint64_t)k * 64 + (uint64_t)i % 64));
        same += (margin > 0.0) == (v->stage[stage].standing == MST_YES);
    }
    return (double)same / draws;
}

/* 40,000 draws are right to .0075 at three standard errors; 4,096 even points add less than that. */
static void test_space__weights_alone_agree_with_random_draws(void **state)
{
    (void)state;
    flow f;
    mst_arena arena;
    mst_shares shares;
    mst_arena_init(&arena, NULL);
    assert_int_equal(flow_run(&f, "northern-interaction-2023.cfg", NULL, NULL), MUSTER_OK);
    const mst_verdict *v = verdict_of(&f, "PRK");
    assert_true(
        mst_space_try(f.model->model, f.result->run, v, MST_SPACE_WEIGHTS, &arena, &shares));
    assert_int_equal(shares.dimensions, 19);
    assert_true(shares.is_sobol);
    for (int32_t i = 1; i < v->stage_count; i++)
        assert_near(shares.stage[i], share_by_draws(&f, v, i, 40000), 0.015);
    assert_near(shares.stage[0], 1.0, 0.0); /* no weight moves the fleet */
    assert_near(shares.verdict, 1.0, 0.0);  /* so the verdict holds everywhere */
    assert_near(shares.joins, 0.0, 0.0);
    mst_arena_clear(&arena);
    flow_close(&f);
}

#define WORLD(rule_, figure_)                                                                      \
    "scenario = { id = \"w\"; title = \"W\"; start = \"2023-01-01T00:00Z\"; horizon = \"60 d\"; "  \
    "source = \"assumed\"; };"                                                                     \
    "states = { H = { name = \"H\"; source = \"assumed\"; };"                                      \
    " C = { name = \"C\"; source = \"assumed\"; index = { cap = 1.0; reach = 1.0; };"              \
    "  attributes = { gain = " figure_ "; cost = 0.55; }; }; };"                                   \
    "drills = { d = { hosts = [\"H\"]; candidates = [\"C\"]; source = \"assumed\";"                \
    " muster = { lat_deg = 0.0; lon_deg = 150.0; at = \"2023-02-01T00:00Z\"; };"                   \
    " end = \"2023-02-03T00:00Z\"; cap_need = 0.2; index = { cap_need = 0.2; reach_need = 0.4; "   \
    "}; }; };"                                                                                     \
    "alignment = { rules = {"                                                                      \
    " up = { stage = \"accept\"; sign = 1; weight = 0.5; terms = [\"cand.gain\"]; source = "       \
    "\"assumed\"; };"                                                                              \
    " down = { stage = \"accept\"; sign = -1; weight = 0.5; terms = [\"cand.cost\"]; " rule_       \
    " source = \"assumed\"; }; }; };"

static mst_shares shares_in(const char *text, mst_space what)
{
    flow f;
    mst_arena arena;
    mst_shares shares;
    mst_arena_init(&arena, NULL);
    assert_int_equal(flow_run_text(&f, text), MUSTER_OK);
    assert_true(
        mst_space_try(f.model->model, f.result->run, verdict_of(&f, "C"), what, &arena, &shares));
    mst_arena_clear(&arena);
    flow_close(&f);
    return shares;
}

/* Accepts with .5 x .6 - .5 x .55 > 0 as long as w1/w2 > .55/.6: two triangular weights. */
static void test_space__ranges_are_the_rules_own_where_given(void **state)
{
    (void)state;
    const mst_shares usual = shares_in(WORLD("", "0.6"), MST_SPACE_WEIGHTS);
    assert_int_equal(usual.dimensions, 2);
    assert_true(usual.stage[2] > 0.55 && usual.stage[2] < 0.75);
    /* a weight that nobody puts above .5: the answer holds more often; one that is sure: as often as
     * the other weight alone lets it */
    const mst_shares low = shares_in(WORLD("weight_max = 0.5;", "0.6"), MST_SPACE_WEIGHTS);
    assert_true(low.stage[2] > usual.stage[2]);
    const mst_shares sure =
        shares_in(WORLD("weight_min = 0.5; weight_max = 0.5;", "0.6"), MST_SPACE_WEIGHTS);
    /* w1 > .55/.6 x .5 of a triangle from .25 over .5 to .75: 1 - 2 (.2083/.5)^2 */
    assert_near(sure.stage[2], 1.0 - 2.0 * (0.55 / 1.2 - 0.25) * (0.55 / 1.2 - 0.25) / 0.25, 0.005);
}

/* What a source vouches for is not moved, and draws beyond a figure's range are held to it. */
static void test_space__facts_with_a_source_stand(void **state)
{
    (void)state;
    const mst_shares all = shares_in(WORLD("", "0.6"), MST_SPACE_INPUTS);
    assert_int_equal(all.dimensions, 4);
    const mst_shares fact =
        shares_in(WORLD("", "{ value = 0.6; source = \"a count\"; confidence = \"high\"; }"),
                  MST_SPACE_INPUTS);
    assert_int_equal(fact.dimensions, 3);
    const mst_shares top = shares_in(
        WORLD("weight_min = 0.5; weight_max = 0.5;", "{ value = 1.0; source = \"assumed\"; }"),
        MST_SPACE_INPUTS);
    assert_int_equal(top.dimensions, 4);
    assert_true(top.stage[2] > 0.8); /* gain of 1 moves down only, and may not pass 1 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_space__weights_alone_agree_with_random_draws),
        cmocka_unit_test(test_space__ranges_are_the_rules_own_where_given),
        cmocka_unit_test(test_space__facts_with_a_source_stand),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}

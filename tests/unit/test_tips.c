/* Tipping values and assumptions, against the margins written out by hand. */
#include "test.h"

#include "memory.h"
#include "outcome/outcome.h"
#include "outcome_model.h"

#include <string.h>

/* Everything the rules of outcome_model.c read, by path. */
typedef struct inputs {
    double align[2], norm, cost, host_cost[2], sway_of[2], sway_to[2], visibility, load, need;
} inputs;

static inputs given(void)
{
    return (inputs){.align = {0.47, 0.62},
                    .norm = 0.83,
                    .cost = 0.37,
                    .host_cost = {0.71, 0.58},
                    .sway_of = {0.53, 0.29},
                    .sway_to = {0.41, 0.17},
                    .visibility = 0.64,
                    .load = 0.36,
                    .need = 0.35};
}

/* The second way: sums of the rules as a person would write them. Kit of the candidate 0.21. */
static double margin_of(const inputs *x, int32_t stage)
{
    const int32_t h = stage - 1;
    if (stage == 1 || stage == 2)
        return x->align[h] - 0.7 * x->norm * x->sway_of[h] -
               0.9 * (0.05 + 0.75 * x->visibility * x->host_cost[h]) +
               0.5 * x->load * fmin(1.0, 0.21 / x->need);
    return 0.6 * x->cost - 0.4 * (x->sway_to[0] * x->align[0] + x->sway_to[1] * x->align[1]) -
           0.35 / (1.0 + exp(-(x->norm - 0.5) / 0.1));
}

static double *input_at(inputs *x, const char *path)
{
    const struct {
        const char *path;
        double *value;
    } all[] = {{"ties.CCC-AAA.align", &x->align[0]},
               {"ties.BBB-CCC.align", &x->align[1]},
               {"states.CCC.attributes.norm", &x->norm},
               {"states.CCC.attributes.cost", &x->cost},
               {"states.AAA.attributes.cost", &x->host_cost[0]},
               {"states.BBB.attributes.cost", &x->host_cost[1]},
               {"ties.CCC-AAA.b_to_a.sway", &x->sway_of[0]},
               {"ties.BBB-CCC.a_to_b.sway", &x->sway_of[1]},
               {"ties.CCC-AAA.a_to_b.sway", &x->sway_to[0]},
               {"ties.BBB-CCC.b_to_a.sway", &x->sway_to[1]},
               {"drills.northern.visibility", &x->visibility},
               {"drills.northern.attributes.load", &x->load},
               {"drills.northern.cap_need", &x->need}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].path, path) == 0)
            return all[i].value;
    fail_msg("unexpected path %s", path);
    return NULL;
}

static int32_t tips(outcome_model *m, mst_arena *arena, mst_tip **out)
{
    outcome_model_init(m);
    outcome_judge(m);
    mst_arena_init(arena, NULL);
    return mst_tips(&m->model, &m->run, &m->verdict[2], arena, out);
}

static const mst_tip *tip_of(const mst_tip *tip, int32_t count, int32_t stage, const char *path)
{
    for (int32_t i = 0; i < count; i++)
        if (tip[i].stage == stage && strcmp(tip[i].path, path) == 0)
            return &tip[i];
    return NULL;
}

static void test_tips__the_rules_are_those_of_the_hand(void **state)
{
    outcome_model m;
    const inputs x = given();
    (void)state;
    outcome_model_init(&m);
    outcome_judge(&m);
    assert_int_equal(m.verdict[2].stage_count, 4);
    for (int32_t stage = 1; stage < 4; stage++)
        assert_near(m.verdict[2].stage[stage].margin, margin_of(&x, stage), 1e-12);
}

static void test_tips__each_set_back_gives_a_margin_of_zero(void **state)
{
    outcome_model m;
    mst_arena arena;
    mst_tip *tip;
    (void)state;
    const int32_t count = tips(&m, &arena, &tip);
    assert_true(count >= 15);
    for (int32_t i = 0; i < count; i++) {
        inputs x = given();
        double *input = input_at(&x, tip[i].path);
        assert_near(tip[i].value, *input, 0.0);
        *input = tip[i].at;
        if (tip[i].within) /* beyond the range a straight line may bend */
            assert_near(margin_of(&x, tip[i].stage), 0.0, 1e-9);
    }
    mst_arena_clear(&arena);
}

/* What is printed turns the stage, a step nearer to now does not. */
static void test_tips__the_printed_value_turns_and_the_one_before_does_not(void **state)
{
    outcome_model m;
    mst_arena arena;
    mst_tip *tip;
    (void)state;
    const int32_t count = tips(&m, &arena, &tip);
    for (int32_t i = 0; i < count; i++) {
        inputs x = given();
        double *input = input_at(&x, tip[i].path);
        const bool was = margin_of(&x, tip[i].stage) > 0.0;
        if (!tip[i].within)
            continue;
        assert_int_equal(tip[i].decimals, 4);
        assert_near(round(tip[i].from * 1e4) / 1e4, tip[i].from, 0.0);
        *input = tip[i].from;
        assert_true((margin_of(&x, tip[i].stage) > 0.0) != was);
        *input = tip[i].from + (tip[i].from > tip[i].value ? -1e-4 : 1e-4);
        assert_true((margin_of(&x, tip[i].stage) > 0.0) == was);
    }
    mst_arena_clear(&arena);
}

/* A stage's margin is its terms' sum and a term is its weight times a value: by hand the weight turns
 * at w (1 - margin/term). */
static void test_tips__a_weight_turns_where_its_term_makes_up_the_margin(void **state)
{
    outcome_model m;
    mst_arena arena;
    mst_tip *tip;
    (void)state;
    outcome_model_init(&m);
    outcome_judge(&m);
    mst_arena_init(&arena, NULL);
    const mst_verdict *v = &m.verdict[2];
    const int32_t count = mst_weight_tips(&m.model, &m.run, v, &arena, &tip);
    int32_t told = 0;
    for (int32_t i = 0; i < v->term_count; i++) {
        const mst_term *term = &m.run.term[v->term_first + i];
        char path[64];
        if (term->rule < 0 || term->value == 0.0)
            continue;
        snprintf(path, sizeof path, "alignment.rules.%s.weight", m.rule[term->rule].id);
        const mst_tip *one = tip_of(tip, count, term->stage, path);
        assert_non_null(one);
        const double margin = v->stage[term->stage].margin;
        assert_near(one->value, fabs(m.rule[term->rule].weight), 0.0);
        assert_near(one->at, one->value * (1.0 - margin / term->value), 1e-9);
        if (one->at > 1e-3 && one->at < 9.9) { /* away from now, by less than a digit */
            const double past = one->at > one->value ? one->from - one->at : one->at - one->from;
            assert_true(one->within && past >= -1e-12 && past < 1e-4);
            told++;
        }
    }
    assert_true(told >= 3);
    mst_arena_clear(&arena);
    outcome_model_close(&m);
}

static void test_tips__closeness_tips_where_it_makes_up_the_margin(void **state)
{
    outcome_model m;
    mst_arena arena;
    mst_tip *tip;
    const inputs x = given();
    (void)state;
    const int32_t count = tips(&m, &arena, &tip);
    const mst_tip *align = tip_of(tip, count, 1, "ties.CCC-AAA.align");
    assert_non_null(align);
    assert_near(align->at, 0.47 - margin_of(&x, 1), 1e-12);
    assert_true(align->within);
    /* the other host's closeness does nothing here, but counts in the candidate's own stage */
    assert_null(tip_of(tip, count, 1, "ties.BBB-CCC.align"));
    assert_non_null(tip_of(tip, count, 3, "ties.BBB-CCC.align"));
    mst_arena_clear(&arena);
}

static void test_tips__a_bent_margin_is_solved_by_bracketing(void **state)
{
    outcome_model m;
    mst_arena arena;
    mst_tip *tip;
    (void)state;
    const int32_t count = tips(&m, &arena, &tip);
    const mst_tip *norm = tip_of(tip, count, 3, "states.CCC.attributes.norm"); /* logistic */
    assert_non_null(norm);
    /* 0.35/(1 + exp(-(n - 0.5)/0.1)) = 0.6 cost - fear, solved for n */
    const double left = 0.6 * 0.37 - 0.4 * (0.41 * 0.47 + 0.17 * 0.62);
    assert_near(norm->at, 0.5 - 0.1 * log(0.35 / left - 1.0), 1e-9);
    assert_true(norm->within);
    mst_arena_clear(&arena);
}

static void test_tips__a_lever_widens_the_range(void **state)
{
    outcome_model m;
    mst_arena arena;
    mst_tip *tip;
    mst_lever_def lever = {.path = "ties.CCC-AAA.align", .min = 0.46, .max = 0.48};
    (void)state;
    outcome_model_init(&m);
    outcome_judge(&m);
    m.spec.levers = (mst_list){.item = &lever, .count = 1, .capacity = 1};
    mst_arena_init(&arena, NULL);
    const int32_t count = mst_tips(&m.model, &m.run, &m.verdict[2], &arena, &tip);
    assert_false(tip_of(tip, count, 1, "ties.CCC-AAA.align")->within);
    mst_arena_clear(&arena);
}

static void test_tips__what_is_not_assessed_has_none(void **state)
{
    outcome_model m;
    mst_arena arena;
    mst_tip *tip;
    (void)state;
    outcome_model_init(&m);
    m.attribute[CCC * ATTRIBUTES + NORM] = (double)NAN;
    outcome_judge(&m);
    mst_arena_init(&arena, NULL);
    assert_int_equal(mst_tips(&m.model, &m.run, &m.verdict[2], &arena, &tip), 0);
    mst_arena_clear(&arena);
}

/* ---- assumptions ---------------------------------------------------------------------------- */

static const mst_assumption *assumption(const mst_assumption *a, int32_t count, const char *path)
{
    for (int32_t i = 0; i < count; i++)
        if (strcmp(a[i].path, path) == 0)
            return &a[i];
    return NULL;
}

static void test_assumptions__influence_is_a_tenth_of_the_value_over_the_margin(void **state)
{
    outcome_model m;
    mst_arena arena;
    mst_assumption *a;
    const inputs x = given();
    (void)state;
    outcome_model_init(&m);
    outcome_judge(&m);
    mst_arena_init(&arena, NULL);
    const int32_t count = mst_assumptions(&m.model, &m.verdict[2], &m.run, &arena, &a);
    const mst_assumption *align = assumption(a, count, "ties.CCC-AAA.align");
    assert_non_null(align); /* of AAA's stage and of its own: the larger counts */
    const double host = 0.1 * 0.47 / fabs(margin_of(&x, 1));
    const double own = 0.1 * 0.4 * 0.41 * 0.47 / fabs(margin_of(&x, 3));
    assert_near(align->influence, fmax(host, own), 1e-12);
    assert_string_equal(align->effect, "AAA's stage, accepts");
    assert_int_equal(align->confidence, MUSTER_ASSUMED);
    const mst_assumption *weight = assumption(a, count, "alignment.rules.gain.weight");
    assert_non_null(weight);
    assert_near(weight->influence, 0.1 * 0.6 * 0.37 / fabs(margin_of(&x, 3)), 1e-12);
    for (int32_t i = 1; i < count; i++)
        assert_true(isnan(a[i].influence) || a[i - 1].influence >= a[i].influence);
    mst_arena_clear(&arena);
}

static void test_assumptions__a_figure_with_a_source_is_none(void **state)
{
    outcome_model m;
    mst_arena arena;
    mst_assumption *a;
    mst_fact facts[] = {{.path = "ties.CCC-AAA.align",
                         .written = "0.47",
                         .source = "a survey",
                         .confidence = MUSTER_MEDIUM},
                        {.path = "states.CCC.attributes.norm",
                         .written = "0.83",
                         .source = "a survey",
                         .confidence = MUSTER_LOW}};
    (void)state;
    outcome_model_init(&m);
    outcome_judge(&m);
    m.spec.facts = (mst_list){.item = facts, .count = 2, .capacity = 2};
    mst_arena_init(&arena, NULL);
    const int32_t count = mst_assumptions(&m.model, &m.verdict[2], &m.run, &arena, &a);
    assert_null(assumption(a, count, "ties.CCC-AAA.align"));
    const mst_assumption *norm = assumption(a, count, "states.CCC.attributes.norm");
    assert_non_null(norm);
    assert_string_equal(norm->written, "0.83");
    assert_int_equal(norm->confidence, MUSTER_LOW);
    mst_arena_clear(&arena);
}

/* carbo meets the role and is able but for the fuel issued, short by less than a tenth. */
static void test_assumptions__fleet_figures_move_the_reading(void **state)
{
    static outcome_model m;
    mst_arena arena;
    mst_assumption *a;
    (void)state;
    outcome_model_init(&m);
    outcome_model_routes(&m);
    m.unit[CARBO].home = HOME_A;
    m.unit[CARBO].roles = 5;
    m.unit[CARBO].kit = 4;
    m.slot[1].count = 1;
    m.unit_def[CARBO].class_.id = "carbo-class";
    m.unit[CARBO].fuel_estimated = true;
    m.model.start = m.drill.decide_at = outcome_hour(&m, -400.0);
    const mst_reach reach = mst_reach_of(&m.model, 0, CARBO, 1, -1);
    m.unit[CARBO].allotment_kg = 0.97 * reach.mission_kg;
    m.fleet[CCC] = mst_fleet_read(&m.model, 0, CCC, NULL);
    assert_near(m.fleet[CCC].kit, 1.0, 0.0);
    assert_near(m.fleet[CCC].cap, 0.0, 0.0);
    outcome_judge(&m);
    mst_arena_init(&arena, NULL);
    const int32_t count = mst_assumptions(&m.model, &m.verdict[2], &m.run, &arena, &a);
    /* the margin goes from -0.35 to 0.65: a change of 1 over 0.35 */
    const mst_assumption *issued = assumption(a, count, "states.CCC.allotment_frac");
    assert_non_null(issued);
    assert_near(issued->influence, 1.0 / 0.35, 1e-12);
    const mst_assumption *range = assumption(a, count, "classes.carbo-class.range_nm");
    assert_non_null(range);
    assert_near(range->influence, 1.0 / 0.35, 1e-12);
    const mst_assumption *fuel = assumption(a, count, "classes.carbo-class.fuel_t");
    assert_non_null(fuel); /* worked out by rule: says so, with its unit */
    assert_int_equal(fuel->confidence, MUSTER_ESTIMATED);
    assert_string_equal(fuel->written, "180 t");
    assert_near(fuel->influence, 0.0, 0.0); /* burn and issue grow together */
    const mst_assumption *need = assumption(a, count, "drills.northern.cap_need");
    assert_non_null(need);
    assert_true(need->influence > 0.1 - 1e-12); /* of able; of the hosts it may be more */
    const mst_assumption *ready = assumption(a, count, "units.carbo.readiness");
    assert_non_null(ready);
    assert_near(ready->influence, 0.0, 0.0); /* one ship, out of fuel either way */
    mst_arena_clear(&arena);
    outcome_model_close(&m);
}

static void test_tips__short_memory_leaves_a_mark_and_nothing_else(void **state)
{
    outcome_model m;
    (void)state;
    outcome_model_init(&m);
    outcome_judge(&m);
    for (int32_t left = 0, failed = 1; failed; left++) {
        test_memory count = {.left = left};
        const muster_memory hook = test_hook(&count);
        mst_arena arena;
        mst_tip *tip;
        mst_assumption *a;
        mst_arena_init(&arena, &hook);
        const int32_t found = mst_tips(&m.model, &m.run, &m.verdict[2], &arena, &tip);
        const int32_t assumed = mst_assumptions(&m.model, &m.verdict[2], &m.run, &arena, &a);
        failed = arena.failed;
        assert_true(failed ? assumed == 0 : found > 0 && assumed > 0);
        mst_arena_clear(&arena);
        assert_int_equal(count.held, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tips__the_rules_are_those_of_the_hand),
        cmocka_unit_test(test_tips__each_set_back_gives_a_margin_of_zero),
        cmocka_unit_test(test_tips__the_printed_value_turns_and_the_one_before_does_not),
        cmocka_unit_test(test_tips__a_weight_turns_where_its_term_makes_up_the_margin),
        cmocka_unit_test(test_tips__closeness_tips_where_it_makes_up_the_margin),
        cmocka_unit_test(test_tips__a_bent_margin_is_solved_by_bracketing),
        cmocka_unit_test(test_tips__a_lever_widens_the_range),
        cmocka_unit_test(test_tips__what_is_not_assessed_has_none),
        cmocka_unit_test(test_assumptions__influence_is_a_tenth_of_the_value_over_the_margin),
        cmocka_unit_test(test_assumptions__a_figure_with_a_source_is_none),
        cmocka_unit_test(test_assumptions__fleet_figures_move_the_reading),
        cmocka_unit_test(test_tips__short_memory_leaves_a_mark_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

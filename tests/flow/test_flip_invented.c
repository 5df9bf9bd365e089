/* Flips of invented states: against every point of a grid, and what must hold whatever the rules. */
#include "test.h"

#include "flipping.h"

#include "base/text.h"
#include "outcome/turn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct dice {
    uint64_t key, next;
} dice;

static double roll(dice *d, double low, double high)
{
    d->next += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = d->next ^ d->key * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return low + (high - low) * (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static bool chance(dice *d, double p)
{
    return roll(d, 0, 1) < p;
}

/* ---- scenarios ---------------------------------------------------------------------------------------- */

#define HEAD                                                                                       \
    "scenario = { id = \"inv\"; title = \"Invented\"; start = \"2030-01-01T00:00Z\";"              \
    " horizon = \"60 d\"; };\n"                                                                    \
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"                 \
    "weather = { sea_state = 2; };\n"

/* Values two digits behind the point, so that ties are met by grids as well. */
static double hundredths(dice *d, double low, double high)
{
    return round(100.0 * roll(d, low, high)) / 100.0;
}

typedef struct lever_words {
    const char *id, *path;
    double min;
} lever_words;

static const lever_words pool[] = {
    {"pride", "states.C.attributes.pride", 0.0},
    {"gain", "states.C.attributes.gain", 0.0},
    {"visibility", "drills.d.visibility", 0.0},
    {"align", "ties.H1-C.align", -1.0},
    {"debt", "ties.H1-C.b_to_a.debt", 0.0},
    {"fear", "states.H2.attributes.fear", 0.0},
    {"owed", "ties.H2-C.b_to_a.debt", 0.0},
    {"cap", "states.C.index.cap", 0.0}, /* the last: no rule's own value */
};
enum { POOL = sizeof pool / sizeof *pool };

static void add_states(mst_text *t, dice *d, int32_t hosts, double least_cap)
{
    /* one draw a statement: arguments of one call are evaluated in any order */
    double x[3];
    mst_text_add(t, "states = {\n");
    for (int32_t h = 1; h <= hosts; h++)
        mst_text_printf(t,
                        "H%d = { index = { cap = 0.9; reach = 0.9; }; attributes = { fear = %g; }; "
                        "};\n",
                        (int)h, hundredths(d, 0.1, 0.9));
    x[0] = hundredths(d, least_cap, 0.5);
    x[1] = hundredths(d, 0.2, 0.95);
    x[2] = hundredths(d, 0.0, 0.5);
    mst_text_printf(t,
                    "C = { index = { cap = %g; reach = 0.9; }; attributes = { pride = %g; gain = "
                    "%g; spare = 0.5; }; }; };\n",
                    x[0], x[1], x[2]);
    mst_text_add(t, "ties = {\n");
    for (int32_t h = 1; h <= hosts; h++) {
        x[0] = hundredths(d, 0.0, 0.7);
        x[1] = hundredths(d, 0.0, 0.6);
        mst_text_printf(t,
                        "H%d-C = { a = \"H%d\"; b = \"C\"; align = %g; b_to_a = { debt = %g; }; "
                        "};\n",
                        (int)h, (int)h, x[0], x[1]);
    }
    mst_text_add(t, "};\ndrills = { d = { hosts = [");
    for (int32_t h = 1; h <= hosts; h++)
        mst_text_printf(t, "%s\"H%d\"", h > 1 ? ", " : "", (int)h);
    mst_text_printf(
        t,
        "]; candidates = [\"C\"]; area = \"sea\"; cap_need = 0.3; visibility = %g;\n"
        "index = { cap_need = 0.3; reach_need = 0.4; };\n"
        "muster = { at = \"2030-01-20T00:00Z\"; }; end = \"2030-01-22T00:00Z\"; }; };\n",
        hundredths(d, 0.2, 0.9));
}

/* Products, sums, a logistic, a step, a largest and a clamped sum; debt helps and hurts. */
static void add_rules(mst_text *t, dice *d)
{
    static const char *const over[] = {"sum", "max", "sum_clamped"};
    static const double range[][2] = {{0.5, 1.0}, {0.5, 1.5}, {0.0, 0.5}, {0.2, 0.8}, {0.0, 0.4},
                                      {0.3, 0.8}, {0.3, 0.7}, {0.2, 0.5}, {0.1, 0.5}, {0.0, 0.4}};
    double x[10];
    for (int i = 0; i < 10; i++)
        x[i] = hundredths(d, range[i][0], range[i][1]);
    const char *form = chance(d, 0.3) ? "threshold" : "logistic";
    const char *gather = over[(int)roll(d, 0, 3)];
    mst_text_printf(
        t,
        "alignment = { rules = {\n"
        "a1 = { stage = \"admit\"; form = \"product\"; sign = 1; weight = %g; terms = "
        "[\"tie.align\"]; };\n"
        "a2 = { stage = \"admit\"; form = \"product\"; sign = -1; weight = %g; terms = "
        "[\"host.fear\", \"drill.visibility\", \"cand.pride\"]; };\n"
        "a3 = { stage = \"admit\"; form = \"linear\"; sign = -1; weight = %g; terms = [\"0.2 + 0.8 "
        "* to_host.debt\"]; };\n"
        "a4 = { stage = \"admit\"; form = \"%s\"; at = %g; scale = 0.15; sign = 1; weight = %g; "
        "terms = [\"cand.gain\", \"host.fear\"]; };\n",
        x[0], x[1], x[2], form, x[3], x[4]);
    mst_text_printf(
        t,
        "b1 = { stage = \"accept\"; form = \"product\"; sign = 1; weight = %g; terms = "
        "[\"cand.gain\"]; };\n"
        "b2 = { stage = \"accept\"; form = \"logistic\"; at = %g; scale = 0.1; sign = -1; weight = "
        "%g; terms = [\"cand.pride\"]; };\n"
        "b3 = { stage = \"accept\"; form = \"product\"; sign = 1; weight = %g; over = \"%s\"; "
        "terms "
        "= [\"to_host.debt\"]; };\n"
        "b4 = { stage = \"accept\"; form = \"product\"; sign = -1; weight = %g; terms = "
        "[\"drill.visibility\", \"cand.pride\"]; };\n"
        "}; };\n",
        x[5], x[6], x[7], x[8], gather, x[9]);
}

static void add_levers(mst_text *t, dice *d, int32_t count, bool with_cap)
{
    bool is_taken[POOL] = {false};
    mst_text_add(t, "whatif = {\n");
    for (int32_t i = 0; i < count; i++) {
        int32_t at = with_cap && i == 0 ? POOL - 1 : (int32_t)roll(d, 0, POOL - 1);
        while (is_taken[at])
            at = (at + 1) % (POOL - 1);
        is_taken[at] = true;
        /* narrow ranges want several levers; some leave out the present value */
        const bool is_narrow = chance(d, 0.6);
        const double min = is_narrow ? hundredths(d, 0.1, 0.4) : pool[at].min;
        const double max = is_narrow ? hundredths(d, 0.5, 0.8) : 1.0;
        mst_text_printf(t, "%s = { path = \"%s\"; min = %.2f; max = %.2f;", pool[at].id,
                        pool[at].path, min, max);
        if (chance(d, 0.3))
            mst_text_printf(t, " cost = %g;", hundredths(d, 0.3, 3.0) + 0.001);
        mst_text_add(t, " };\n");
    }
    mst_text_add(t, "};\n");
}

static char *invented(uint64_t seed, bool with_cap)
{
    dice d = {seed, 0};
    mst_text t;
    mst_text_init(&t, NULL);
    const int32_t hosts = 2 + (int32_t)roll(&d, 0, 2);
    mst_text_add(&t, HEAD);
    add_states(&t, &d, hosts, with_cap ? 0.15 : 0.26); /* able from .24 on */
    add_rules(&t, &d);
    add_levers(&t, &d, 3 + (int32_t)roll(&d, 0, 2), with_cap);
    char *text = mst_text_take(&t);
    assert_non_null(text);
    return text;
}

/* ---- brute force ---------------------------------------------------------------------------------------- */

typedef struct grid { /* all points of a set of levers */
    const mst_flip *flip;
    uint32_t set;
    int32_t steps;
    double x[MST_FLIP_LEVERS_MAX];
    double least; /* cost of the cheapest that flips; INFINITY: none */
} grid;

static void walk(grid *g, int32_t lever, double cost)
{
    while (lever < g->flip->lever_count && !(g->set >> lever & 1U))
        lever++;
    if (cost >= g->least)
        return;
    if (lever == g->flip->lever_count) {
        mst_flip_scene *scene = g->flip->world.scene(g->flip->world.context, g->x);
        assert_non_null(scene);
        if (mst_flip_judge(scene, g->flip, g->x)->joins != g->flip->now.joins)
            g->least = cost;
        return;
    }
    const mst_flip_lever *l = &g->flip->lever[lever];
    for (int32_t k = 0; k <= g->steps; k++) {
        g->x[lever] = l->min + (l->max - l->min) * k / g->steps;
        walk(g, lever + 1, cost + mst_flip_cost(l, g->x[lever]));
    }
    g->x[lever] = l->now;
}

static double least_of_grid(const mst_flip *flip, uint32_t set)
{
    static const int32_t steps[] = {0, 1000, 100, 25, 13};
    static const int32_t steps_of_scenes[] = {0, 100, 100, 20, 10};
    int32_t size = 0;
    bool has_scene = false;
    for (int32_t i = 0; i < flip->lever_count; i++) {
        size += (set >> i & 1U) != 0;
        has_scene = has_scene || ((set >> i & 1U) && flip->lever[i].kind != MST_LEVER_FAST);
    }
    grid g = {.flip = flip,
              .set = set,
              .steps = has_scene ? steps_of_scenes[size] : steps[size],
              .least = INFINITY};
    for (int32_t i = 0; i < flip->lever_count; i++)
        g.x[i] = flip->lever[i].now;
    walk(&g, 0, 0.0);
    return g.least;
}

static uint32_t bits_of(const mst_flip_set *set)
{
    uint32_t bits = 0;
    for (int32_t i = 0; i < set->count; i++)
        bits |= 1U << set->lever[i];
    return bits;
}

typedef struct seen_sets {
    int32_t sets, seen, flips_to_yes, flips_to_no, bigger, alone;
} seen_sets;

/* A listed set: no part of it flips on the grid, nothing on the grid is cheaper than what is proved, and
 * what is printed is hardly dearer than the grid's cheapest. */
static void check_set(const mst_flip *flip, const mst_flip_set *set, const double *least,
                      seen_sets *tally)
{
    const uint32_t bits = bits_of(set);
    for (uint32_t part = 1; part < bits; part++)
        if ((part & bits) == part)
            assert_true(isinf(least[part]));
    tally->sets++;
    tally->bigger += set->count > 1;
    if (isinf(least[bits]))
        return; /* thinner than the grid; a run has seen it flip */
    tally->seen++;
    double rounding = 0.0, dearest = 0.0;
    for (int32_t i = 0; i < set->count; i++) {
        const mst_flip_lever *l = &flip->lever[set->lever[i]];
        rounding += l->cost * l->grid;
        dearest = fmax(dearest, mst_flip_range_cost(l));
    }
    if (set->is_proved)
        assert_true(set->least <= least[bits] + 1e-9);
    /* away from now to the next step of each grid; the search stops this near to the least; and where
     * all that is known comes from a search, a step of it */
    const double slack =
        rounding + MST_FLIP_TOLERANCE * dearest + (set->is_proved ? 0.0 : 0.02 * dearest);
    assert_true(set->cost <= least[bits] + slack + 1e-9);
}

static bool stage_turns(const mst_flip *flip, int32_t lever, double value, int32_t stage)
{
    double x[MST_FLIP_LEVERS_MAX];
    for (int32_t i = 0; i < flip->lever_count; i++)
        x[i] = flip->lever[i].now;
    x[lever] = value;
    mst_flip_scene *scene = flip->world.scene(flip->world.context, x);
    assert_non_null(scene);
    return mst_stage_says_no(&mst_flip_judge(scene, flip, x)->stage[stage]) !=
           mst_stage_says_no(&flip->now.stage[stage]);
}

/* What is printed of each lever alone lies in its range and turns the stage; a step nearer to now lies out
 * of the range, or does not. */
static void check_alone(const mst_flip *flip, seen_sets *tally)
{
    for (int32_t i = 0; i < flip->lever_count; i++)
        for (int32_t k = 0; k < flip->now.stage_count; k++) {
            const mst_flip_lever *l = &flip->lever[i];
            const mst_flip_turn *turn = &flip->alone[i].stage[k];
            if (!turn->turns)
                continue;
            assert_true(turn->at >= l->min && turn->at <= l->max);
            if (isnan(turn->from))
                continue;
            assert_true(turn->from >= l->min && turn->from <= l->max);
            assert_true(stage_turns(flip, i, turn->from, k));
            const double step = mst_turn_step(l->max - l->min);
            const double before = mst_turn_at_step(
                round(turn->from / step) + (turn->from > l->now ? -1.0 : 1.0), step);
            const bool is_on_step = fabs(round(turn->from / step) * step - turn->from) < 1e-9;
            if (is_on_step && before >= l->min && before <= l->max)
                assert_false(stage_turns(flip, i, before, k));
            tally->alone++;
        }
}

static void check_against_grid(uint64_t seed, bool with_cap, seen_sets *tally)
{
    char *text = invented(seed, with_cap);
    flipping p;
    mst_flip_session *s = NULL;
    flipping_open_text(&p, text, NULL);
    const muster_flip_from from = {.text = p.f.text, .changes = &p.given, .routes = p.f.routes};
    assert_int_equal(mst_flip_open(p.f.result, &from, 0, mst_model_state(p.f.model->model, "C"),
                                   NULL, p.f.diags, &s),
                     MUSTER_OK);
    const mst_flip *flip = mst_flip_result(s);
    assert_in_range(flip->lever_count, 3, 4);
    assert_int_equal(flip->refused_count, 0);
    double least[16];
    for (uint32_t set = 1; set < 1U << flip->lever_count; set++) {
        bool holds = false;
        least[set] = least_of_grid(flip, set);
        for (int32_t i = 0; i < flip->set_count; i++)
            holds = holds || (bits_of(&flip->set[i]) & ~set) == 0;
        if (!isinf(least[set]) && !holds)
            fail_msg("seed %llu: set %x flips on the grid at cost %g", (unsigned long long)seed,
                     (unsigned)set, least[set]);
    }
    for (int32_t i = 0; i < flip->set_count; i++)
        check_set(flip, &flip->set[i], least, tally);
    check_alone(flip, tally);
    if (!with_cap)
        assert_int_equal(flip->searched_count, 0);
    tally->flips_to_yes += flip->set_count > 0 && !flip->now.joins;
    tally->flips_to_no += flip->set_count > 0 && flip->now.joins;
    mst_flip_close(s);
    flipping_close(&p);
    muster_tell_free(text, NULL);
}

static void test_flip__agrees_with_every_point_of_a_grid(void **state)
{
    (void)state;
    seen_sets t = {0};
    for (uint64_t seed = 1; seed <= 70; seed++)
        check_against_grid(seed, false, &t);
    print_message("%d sets, %d seen on the grid, %d of several levers; %d scenarios to yes, %d to "
                  "no\n",
                  (int)t.sets, (int)t.seen, (int)t.bigger, (int)t.flips_to_yes, (int)t.flips_to_no);
    assert_true(t.sets >= 40);
    assert_true(t.bigger >= 10);
    assert_true(t.alone >= 40);
    assert_true(t.flips_to_yes >= 15);
    assert_true(t.flips_to_no >= 8);
    assert_true(5 * t.seen >= 4 * t.sets);
}

static void test_flip__agrees_with_a_grid_where_scenes_are_needed(void **state)
{
    (void)state;
    seen_sets t = {0};
    for (uint64_t seed = 101; seed <= 108; seed++)
        check_against_grid(seed, true, &t);
    print_message("%d sets, %d seen on the grid\n", (int)t.sets, (int)t.seen);
    assert_true(t.sets >= 5);
}

/* ---- what must hold ---------------------------------------------------------------------------------------- */

/* Lines that set the weights of all rules of one sign to 0. */
static int32_t without_sign(const muster_scenario *scenario, int64_t sign, char line[][96],
                            const char **out)
{
    const mst_list *rules = &scenario->spec.alignment.rules;
    int32_t count = 0;
    for (int32_t i = 0; i < rules->count; i++) {
        const mst_rule_def *rule = MST_AT(const mst_rule_def, rules, i);
        if (rule->stage == MST_ABLE || rule->sign != sign)
            continue;
        snprintf(line[count], 96, "alignment.rules.%s.weight = 0.0", rule->item.id);
        out[count] = line[count];
        count++;
    }
    return count;
}

static void check_signs(flipping *p, const char *state)
{
    char line[FLIP_LINES_MAX][96];
    const char *lines[FLIP_LINES_MAX];
    mst_verdict v;
    int32_t count = without_sign(p->f.scenario, -1, line, lines);
    assert_true(count >= 3);
    assert_true(flipping_run(p, state, NULL, lines, count, &v));
    for (int32_t i = 1; i < v.stage_count; i++)
        assert_int_equal(v.stage[i].standing, MST_YES);
    count = without_sign(p->f.scenario, 1, line, lines);
    assert_true(count >= 3);
    assert_true(flipping_run(p, state, NULL, lines, count, &v));
    for (int32_t i = 1; i < v.stage_count; i++)
        assert_int_equal(v.stage[i].standing, MST_NO);
    assert_false(v.joins);
}

/* Nothing speaks against it and something for it: yes. Nothing for it and something against: no. */
static void test_flip__signs_decide_where_only_one_sort_is_left(void **state)
{
    (void)state;
    flipping p;
    flipping_open(&p, "northern-interaction-2023.cfg", NULL);
    check_signs(&p, "PRK");
    flipping_close(&p);
    for (uint64_t seed = 1; seed <= 12; seed++) {
        char *text = invented(seed, false);
        const char *line = "ties.H1-C.align = 0.11"; /* some closeness to each host is left */
        const char *more[] = {line, "ties.H2-C.align = 0.12", "states.C.attributes.gain = 0.2",
                              "states.C.attributes.pride = 0.6"};
        const muster_changes changes = {.line = more, .line_count = 4};
        if (strstr(text, "H3-C = { a = \"H3\"; b = \"C\"; align = 0;")) {
            muster_tell_free(text, NULL);
            continue;
        }
        flipping_open_text(&p, text, &changes);
        check_signs(&p, "C");
        flipping_close(&p);
        muster_tell_free(text, NULL);
    }
}

/* One more lever of a figure that no rule names: it turns nothing, is in no set, and changes no set. */
static void test_flip__what_no_rule_names_changes_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        char *text = invented(seed, false);
        flipping p;
        flipping_open_text(&p, text, NULL);
        json_t *before = json_incref(json_object_get(flipping_told(&p, "C", NULL), "sets"));
        flipping_close(&p);
        char more[8192];
        char *levers = strstr(text, "whatif = {\n");
        assert_non_null(levers);
        snprintf(more, sizeof more,
                 "%.*swhatif = {\nspare = { path = \"states.C.attributes.spare\"; min = 0.0; max = "
                 "1.0; };\n%s",
                 (int)(levers - text), text, levers + strlen("whatif = {\n"));
        flipping_open_text(&p, more, NULL);
        json_t *told = flipping_told(&p, "C", NULL);
        assert_true(json_equal(before, json_object_get(told, "sets")));
        json_t *spare = flow_find(json_object_get(told, "levers"), "id", "spare");
        assert_int_equal(json_array_size(flow_at(spare, "alone.turns")), 0);
        assert_true(json_is_true(flow_at(spare, "alone.proved")));
        mst_verdict at[2];
        const char *low = "states.C.attributes.spare = 0.0",
                   *high = "states.C.attributes.spare = 1.0";
        assert_true(flipping_run(&p, "C", NULL, &low, 1, &at[0]));
        assert_true(flipping_run(&p, "C", NULL, &high, 1, &at[1]));
        assert_memory_equal(&at[0], &at[1], sizeof at[0]);
        json_decref(before);
        flipping_close(&p);
        muster_tell_free(text, NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flip__agrees_with_every_point_of_a_grid),
        cmocka_unit_test(test_flip__agrees_with_a_grid_where_scenes_are_needed),
        cmocka_unit_test(test_flip__signs_decide_where_only_one_sort_is_left),
        cmocka_unit_test(test_flip__what_no_rule_names_changes_nothing),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}

/* Weights from a record of drills, and what is said of them: separation, signs, all of it at once, the
 * verdict, and short memory. */
#include "fit_scene.h"
#include "memory.h"
#include "test.h"

/* ---- separation, signs ------------------------------------------------------------------------------- */

static void test_fit_judge__separation(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        fit_plan plan = {.series = 20, .features = {0, 0, 2, 0}, .weight = {{0}, {0}, {1.0, 0.0}}};
        fit_scene *s = fit_scene_open(&plan, 11);
        fit_world *w = &s->world;
        for (int32_t i = 0; i < w->record.rows; i++) {
            double *tells = &w->x[MST_FIT_ACCEPT][2 * i];
            if (kind == 1) /* the first feature tells all, with a margin of .2 */
                *tells += *tells > 0.1 ? 0.1 : -0.1;
            if (kind == 1)
                w->outcome[i] = *tells > 0.1;
            if (kind == 2 && i % 5 == 0) /* a flag that only those who join have */
                w->outcome[i] = 1;
            if (kind == 2)
                w->x[MST_FIT_ACCEPT][2 * i + 1] = i % 5 == 0;
        }
        mst_fit_separation found;
        bool growing[MST_FIT_WEIGHTS_MAX];
        assert_int_equal(fit_scene_prepare(s), MUSTER_OK);
        assert_int_equal(mst_fit_find_separation(&s->arena, &s->design, &found, growing, &s->why),
                         MUSTER_OK);
        static const mst_fit_separation expected[] = {MST_FIT_NOT_SEPARATED, MST_FIT_SEPARATED,
                                                      MST_FIT_PARTLY_SEPARATED};
        assert_int_equal(found, expected[kind]);
        assert_int_equal(growing[1], kind == 1);
        if (kind != 1) /* under separation in full the second feature may go along */
            assert_int_equal(growing[2], kind == 2);
        assert_false(growing[0]);
        fit_scene_close(s);
    }
}

static void test_fit_judge__signs_are_told_not_forced(void **state)
{
    (void)state;
    fit_plan plan = {.series = 80,
                     .features = {0, 0, 4, 0},
                     .weight = {{0}, {0}, {1.5, 1.5, 0.0, 1.5}},
                     .alike = 0.1};
    static const int8_t expected[] = {1, -1, 0, 0};
    fit_scene *s = fit_scene_open(&plan, 16);
    s->world.record.expected[MST_FIT_ACCEPT] = expected;
    s->options.permutations = 0;
    mst_fit_result r;
    assert_int_equal(mst_fit_run(&s->arena, &s->world.record, &s->options, &r, &s->why), MUSTER_OK);
    assert_int_equal(r.line[1].sign, MST_FIT_SIGN_AGREES);
    assert_int_equal(r.line[2].sign, MST_FIT_SIGN_CONTRADICTS);
    assert_true(r.line[2].raw > 0.5 && r.line[2].interval.low > 0.0); /* not forced */
    assert_int_equal(r.line[3].sign, MST_FIT_SIGN_UNKNOWN);
    /* against a weight of nought, one of the two expectations is left open */
    int8_t other[] = {0, 0, (int8_t)(r.line[3].light > 0.0 ? -1 : 1), 0};
    s->world.record.expected[MST_FIT_ACCEPT] = other;
    assert_int_equal(mst_fit_run(&s->arena, &s->world.record, &s->options, &r, &s->why), MUSTER_OK);
    assert_int_equal(r.line[3].sign, MST_FIT_SIGN_OPEN);
    assert_int_equal(r.judgement.verdict, MST_FIT_NOT_ASKED);
    fit_scene_close(s);
}

/* ---- everything ---------------------------------------------------------------------------------------- */

static void check_result(const fit_scene *s, const mst_fit_result *r)
{
    const int32_t rows = s->world.record.rows;
    assert_int_equal(r->boot.replicates, 60);
    assert_int_equal(r->boot.degenerate + r->boot.failed, 0);
    for (int32_t j = 0; j < r->design.weights; j++) {
        assert_true(r->line[j].interval.is_estimable);
        assert_near(0.5 * (r->line[j].interval.low + r->line[j].interval.high), r->line[j].light,
                    1e-9 * fabs(r->line[j].light) + 1e-12);
    }
    /* scores by hand */
    double brier = 0.0, base = 0.0, log_score = 0.0;
    for (int32_t i = 0; i < rows; i++) {
        const double y = s->world.outcome[i], p = r->cross.p[i];
        brier += (p - y) * (p - y) / rows;
        base += (r->cross.base[i] - y) * (r->cross.base[i] - y) / rows;
        log_score -= log(y > 0.0 ? p : 1.0 - p) / rows;
    }
    const mst_fit_scores *c = &r->cross_scores;
    assert_near(c->against_base.score, brier, 1e-12);
    assert_near(c->against_base.skill, 1.0 - brier / base, 1e-12);
    assert_near(c->log.score, log_score, 1e-12);
    assert_true(c->log_base.score > c->log.score);
    assert_true(c->auc.value > 0.6 && c->auc_drill.value > 0.5 && c->auc_drill.pairs > 10.0);
    int64_t binned = 0;
    for (int32_t k = 0; k < c->bins; k++)
        binned += c->bin[k].count;
    assert_int_equal(binned, rows);
    assert_int_equal(c->scored, rows);
    assert_int_equal(r->judgement.verdict, MST_FIT_PREDICTS);
    assert_true(r->judgement.p <= 0.05 && r->judgement.drawn == 99);
    assert_true(r->forward_scores.scored > 30 && r->forward_scores.unpredicted > 0);
    assert_int_equal(r->forward_scores.scored + r->forward_scores.unpredicted, rows);
}

/* All at once, twice to the same bytes, and another seed to others. */
static void test_fit_judge__everything(void **state)
{
    (void)state;
    fit_plan plan = fit_scene_usual;
    plan.series = 40;
    fit_scene *s = fit_scene_open(&plan, 5);
    mst_fit_result r, again, other;
    s->options.lambda = (double)NAN;
    const mst_fit_record *record = &s->world.record;
    assert_int_equal(mst_fit_run(&s->arena, record, &s->options, &r, &s->why), MUSTER_OK);
    check_result(s, &r);
    assert_true(r.lambda >= 0.3 && r.lambda <= 100.0);
    assert_int_equal(mst_fit_run(&s->arena, record, &s->options, &again, &s->why), MUSTER_OK);
    assert_memory_equal(r.boot.deviation, again.boot.deviation, sizeof r.boot.deviation);
    assert_memory_equal(r.cross.p, again.cross.p, (size_t)record->rows * sizeof(double));
    assert_true(r.judgement.as_good == again.judgement.as_good);
    s->options.seed = 2;
    assert_int_equal(mst_fit_run(&s->arena, record, &s->options, &other, &s->why), MUSTER_OK);
    assert_true(other.boot.deviation[1] != r.boot.deviation[1]);
    fit_scene_close(s);
}

/* Replicates in which nobody joins are told apart: all joins in two series of twenty. */
static void test_fit_judge__degenerate_replicates_are_counted(void **state)
{
    (void)state;
    fit_plan plan = {.series = 20, .features = {0, 0, 1, 0}, .weight = {{0}, {0}, {1.0}}};
    fit_scene *s = fit_scene_open(&plan, 14);
    fit_world *w = &s->world;
    for (int32_t i = 0; i < w->record.rows; i++)
        w->outcome[i] = 0;
    int32_t joins = 0;
    for (int32_t i = 0; i < w->record.rows; i++)
        w->series[i] = i < 12 ? i / 6 : 2 + i % 18;
    for (int32_t i = 0; i < 12; i++)
        joins += w->outcome[i] = i != 5;
    s->options.replicates = 400;
    mst_fit_boot boot;
    assert_int_equal(joins, 11);
    assert_int_equal(fit_scene_prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_bootstrap(&s->arena, &s->design, &boot, &s->why), MUSTER_OK);
    /* (1 - 2/20)^20 = .1216 of 400 is 48.6, deviation 6.5: within 4 of them */
    assert_near(boot.degenerate, 48.6, 26.2);
    assert_int_equal(boot.replicates, 400);
    fit_scene_close(s);
}

/* ---- verdict ------------------------------------------------------------------------------------------- */

static mst_fit_judgement judged(fit_scene *s)
{
    const mst_fit_outside out = fit_scene_cross(s);
    mst_fit_judgement j;
    assert_int_equal(mst_fit_judge(&s->arena, &s->design, &out, &j, &s->why), MUSTER_OK);
    return j;
}

static void test_fit_judge__verdicts(void **state)
{
    (void)state;
    fit_plan plan = fit_scene_usual;
    plan.series = 40;
    fit_scene *s = fit_scene_open(&plan, 5);
    fit_world *w = &s->world;
    static double last[FIT_ROWS];
    for (int32_t i = 0; i < w->record.rows; i++)
        last[i] = w->outcome[i]; /* a null that knows */
    mst_fit_judgement j = judged(s);
    assert_int_equal(j.verdict, MST_FIT_PREDICTS);
    assert_int_equal(j.dealt_series, 40);
    assert_true(isnan(j.skill_last.value));
    w->record.last_time = last;
    assert_int_equal(judged(s).verdict, MST_FIT_NOT_BEYOND_LAST);
    for (int32_t i = 0; i < w->record.rows; i++) /* one that is wrong as often as not */
        last[i] = i % 4 == 0 ? (double)NAN : i % 2;
    j = judged(s);
    assert_int_equal(j.verdict, MST_FIT_PREDICTS);
    assert_true(j.skill_last.interval.low > 0.0 && j.skill_last.value > 0.0);
    s->options.permutations = 0;
    assert_int_equal(judged(s).verdict, MST_FIT_NOT_ASKED);
    fit_scene_close(s);
}

/* A series without another of its size keeps its outcomes: with all sizes unlike nothing can be dealt,
 * and nothing is claimed, for or against, however well it fits. */
static void test_fit_judge__nothing_to_deal(void **state)
{
    (void)state;
    fit_plan plan = fit_scene_usual;
    plan.series = 40;
    fit_scene *s = fit_scene_open(&plan, 5);
    fit_world *w = &s->world;
    int32_t row = 0, series = 0;
    for (; row < w->record.rows; series++)
        for (int32_t k = 0; k <= series && row < w->record.rows; k++)
            w->series[row++] = series;
    for (int32_t i = 0; i < w->record.rows; i++) /* the last may be cut: drop it */
        if (w->series[i] == series - 1)
            w->outcome[i] = -1;
    s->options.folds = 0;
    const mst_fit_judgement j = judged(s);
    assert_int_equal(j.dealt_series, 0);
    assert_int_equal(j.verdict, MST_FIT_TOO_FEW_DEALS);
    assert_near(j.ways, 1.0, 0.0);
    assert_int_equal(j.drawn, 0);
    assert_true(isnan(j.p));
    fit_scene_close(s);
}

/* P is at least 1 / ways and 1 / (permutations + 1): where that is above .05 nothing can be told. */
static void test_fit_judge__too_few_deals(void **state)
{
    (void)state;
    static const struct {
        int32_t alike, permutations;
        double ways;
        bool is_told;
    } at[] = {
        {3, 999, 6.0, false}, {4, 999, 24.0, true}, {4, 18, 24.0, false}, {4, 19, 24.0, true}};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        fit_plan plan = fit_scene_usual;
        plan.series = 40;
        fit_scene *s = fit_scene_open(&plan, 5);
        fit_world *w = &s->world;
        const int32_t each = 20;
        for (int32_t row = 0; row < w->record.rows;
             row++) /* some of 20 rows, and one of all others */
            w->series[row] = row / each < at[i].alike ? row / each : at[i].alike;
        assert_true(w->record.rows > (at[i].alike + 2) * each);
        s->options.folds = 0;
        s->options.permutations = at[i].permutations;
        const mst_fit_judgement j = judged(s);
        assert_near(j.ways, at[i].ways, 0.0);
        assert_int_equal(j.dealt_series, at[i].alike);
        assert_int_equal(j.verdict != MST_FIT_TOO_FEW_DEALS, at[i].is_told);
        assert_int_equal(isnan(j.p), !at[i].is_told);
        fit_scene_close(s);
    }
}

/* ---- memory ---------------------------------------------------------------------------------------------- */

static void test_fit_judge__memory_runs_short(void **state)
{
    (void)state;
    static fit_world w;
    fit_plan plan = fit_scene_usual;
    plan.series = 12;
    fit_make(&plan, 3, 15, &w);
    mst_fit_options o = fit_scene_quick();
    o.replicates = o.permutations = 3;
    o.starts = 1;
    o.folds = 3;
    muster_status status = MUSTER_WORLD;
    int32_t allowed = 0;
    for (; status != MUSTER_OK && allowed < 1000; allowed++) {
        test_memory memory = {allowed, 0, 0};
        const muster_memory hook = test_hook(&memory);
        mst_arena arena;
        mst_arena_init(&arena, &hook);
        mst_fit_result r;
        mst_fit_why why;
        status = mst_fit_run(&arena, &w.record, &o, &r, &why);
        if (status != MUSTER_OK) {
            assert_int_equal(status, MUSTER_WORLD);
            assert_int_equal(why.fault, MST_FIT_MEMORY);
            assert_true(memory.refused > 0);
        }
        mst_arena_clear(&arena);
        assert_int_equal(memory.held, 0);
    }
    assert_int_equal(status, MUSTER_OK);
    assert_true(allowed > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit_judge__separation),
        cmocka_unit_test(test_fit_judge__signs_are_told_not_forced),
        cmocka_unit_test(test_fit_judge__everything),
        cmocka_unit_test(test_fit_judge__degenerate_replicates_are_counted),
        cmocka_unit_test(test_fit_judge__verdicts),
        cmocka_unit_test(test_fit_judge__nothing_to_deal),
        cmocka_unit_test(test_fit_judge__too_few_deals),
        cmocka_unit_test(test_fit_judge__memory_runs_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

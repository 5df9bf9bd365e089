#include "predictions.h"

#include "memory.h"

/* ---- every measure against copies -------------------------------------------------------------- */

static void check_verdicts(const columns *c, const table *copy, const int32_t *times)
{
    const mst_hits h = mst_score_hits(&c->rows, times);
    mst_hits e = {0};
    for (int i = 0; i < copy->n; i++) {
        const row *r = &copy->r[i];
        e.scored += r->outcome != -1;
        e.unscored += r->outcome == -1;
        e.joins += r->outcome == 1;
        e.unassessed += r->outcome != -1 && r->yes == -1;
        e.assessed_joins += r->outcome == 1 && r->yes != -1;
        e.assessed_absences += r->outcome == 0 && r->yes != -1;
        e.join_hits += r->outcome == 1 && r->yes == 1;
        e.absence_hits += r->outcome == 0 && r->yes == 0;
    }
    assert_int_equal(h.scored, e.scored);
    assert_int_equal(h.unscored, e.unscored);
    assert_int_equal(h.joins, e.joins);
    assert_int_equal(h.unassessed, e.unassessed);
    assert_int_equal(h.assessed_joins, e.assessed_joins);
    assert_int_equal(h.assessed_absences, e.assessed_absences);
    assert_int_equal(h.join_hits, e.join_hits);
    assert_int_equal(h.absence_hits, e.absence_hits);
    assert_like(h.base_rate, (double)e.joins / (double)e.scored, 1e-15);
    assert_like(h.sensitivity, (double)e.join_hits / (double)e.assessed_joins, 1e-15);
    assert_like(h.specificity, (double)e.absence_hits / (double)e.assessed_absences, 1e-15);
    assert_like(h.balanced, plain_balanced(copy), 1e-15);
}

static void check_losses(const columns *c, const table *copy, const int32_t *times)
{
    const char *reason = NULL;
    double n, compared;
    mst_brier b = {0};
    assert_true(mst_score_brier(&c->rows, times, c->reference, &b, &reason));
    assert_like(b.score, plain_brier(copy, false, false, &n), ROUNDING);
    assert_like(b.reference, plain_brier(copy, true, true, &compared), ROUNDING);
    assert_int_equal(b.count, (int64_t)n);
    assert_int_equal(b.compared, (int64_t)compared);
    if (compared > 0 && b.reference > 1e-3)
        assert_like(b.skill, plain_skill(copy), 1e3 * ROUNDING);
    mst_brier alone = {0};
    assert_true(mst_score_brier(&c->rows, times, NULL, &alone, &reason));
    assert_like(alone.score, b.score, 0.0);
    assert_true(isnan(alone.skill) && isnan(alone.reference) && alone.compared == 0);
    static const double clips[] = {0, 1e-6, .125, .3};
    for (int k = 0; k < 4; k++) {
        mst_log_score s = {0}, e = {0};
        assert_true(mst_score_log(&c->rows, times, clips[k], &s, &reason));
        assert_like(s.score, plain_log(copy, clips[k], &e), ROUNDING);
        assert_int_equal(s.count, e.count);
        assert_int_equal(s.impossible, e.impossible);
        assert_int_equal(s.clipped, e.clipped);
    }
    double rate[ROWS_MOST];
    mst_score_base_rate(&c->rows, times, rate);
    for (int i = 0; i < c->rows.row.count; i++)
        assert_like(rate[i], plain_base_rate(copy, c->drill[i]), 1e-15);
    assert_null(reason);
}

static void check_ranking(const columns *c, const table *copy, const int32_t *times)
{
    double pairs;
    const mst_auc all = mst_score_auc(&c->rows, times), in = mst_score_auc_drill(&c->rows, times);
    assert_like(all.value, plain_auc(copy, false, &pairs), 1e-15);
    assert_near(all.pairs, pairs, 0.0);
    assert_like(in.value, plain_auc(copy, true, &pairs), 1e-15);
    assert_near(in.pairs, pairs, 0.0);
}

/* Accuracies are quotients of small counts: two that differ do so by more than 1e-6. */
static void check_curve(const columns *c, const table *copy, const int32_t *times)
{
    mst_cut cut[ROWS_MOST + 1];
    const int32_t count = mst_score_curve(&c->rows, times, cut);
    table with = {.n = 0}; /* what has outcome and score, its verdict to be filled in */
    for (int i = 0; i < copy->n; i++)
        if (copy->r[i].outcome >= 0 && !isnan(copy->r[i].score))
            with.r[with.n++] = copy->r[i];
    int distinct = 0;
    for (int i = 0; i < with.n; i++) {
        bool is_first = true;
        for (int j = 0; j < i; j++)
            is_first = is_first &&
                       (with.r[j].score < with.r[i].score || with.r[j].score > with.r[i].score);
        distinct += is_first;
    }
    assert_int_equal(count, with.n > 0 ? distinct + 1 : 0);
    double best = -1;
    for (int32_t k = 0; k < count; k++) {
        int64_t join_hits = 0, absence_hits = 0;
        assert_true(k == 0 ? isinf(cut[k].threshold) : cut[k].threshold < cut[k - 1].threshold);
        for (int i = 0; i < with.n; i++) {
            with.r[i].yes = with.r[i].score >= cut[k].threshold;
            join_hits += with.r[i].outcome == 1 && with.r[i].yes == 1;
            absence_hits += with.r[i].outcome == 0 && with.r[i].yes == 0;
        }
        assert_int_equal(cut[k].join_hits, join_hits);
        assert_int_equal(cut[k].absence_hits, absence_hits);
        assert_like(cut[k].balanced, plain_balanced(&with), 1e-15);
        best = cut[k].balanced > best ? cut[k].balanced : best;
    }
    for (int32_t k = 0; k < count; k++)
        assert_true(cut[k].is_best == (cut[k].balanced > best - 1e-9));
}

static void test_score__measures_of_random_rows(void **state)
{
    (void)state;
    int with_all = 0;
    for (uint32_t trial = 0; trial < 600; trial++) {
        dice d = {mst_stream_of(mst_random_key(41), trial, 1), 0};
        const table t = random_table(&d);
        static const int32_t once[CLUSTERS] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
        int32_t times[CLUSTERS];
        for (int k = 0; k < CLUSTERS; k++)
            times[k] = roll_below(&d, 4);
        columns c;
        columns_open(&c, &t);
        const int32_t *const ways[] = {NULL, once, times};
        for (int k = 0; k < 3; k++) {
            const table copy = copied(&t, ways[k] ? ways[k] : once);
            check_verdicts(&c, &copy, ways[k]);
            check_losses(&c, &copy, ways[k]);
            check_ranking(&c, &copy, ways[k]);
            check_curve(&c, &copy, ways[k]);
        }
        with_all += mst_score_auc_drill(&c.rows, times).pairs > 3;
        columns_close(&c);
    }
    assert_true(with_all > 300); /* most trials had something to compare */
}

/* ---- by hand, and published ---------------------------------------------------------------------- */

static mst_brier brier_of(const columns *c, const double *reference)
{
    mst_brier b = {0};
    const char *reason = NULL;
    assert_true(mst_score_brier(&c->rows, NULL, reference, &b, &reason));
    return b;
}

static mst_log_score log_of(const columns *c, double clip)
{
    mst_log_score s = {0};
    const char *reason = NULL;
    assert_true(mst_score_log(&c->rows, NULL, clip, &s, &reason));
    return s;
}

/* The examples in scikit-learn's documentation of balanced_accuracy_score (.625), brier_score_loss
 * (.0375), log_loss (.21616, five places) and roc_auc_score (.75). */
static void test_score__published_examples(void **state)
{
    (void)state;
    columns c;
    table t =
        table_of(6, (const int[]){0, 1, 0, 0, 1, 0}, (const int[]){0, 1, 0, 0, 0, 1}, NULL, NULL);
    columns_open(&c, &t);
    assert_near(mst_score_hits(&c.rows, NULL).balanced, .625, 0.0);
    assert_true(isnan(brier_of(&c, NULL).score));
    columns_close(&c);
    t = table_of(4, (const int[]){0, 1, 1, 0}, NULL, (const double[]){.1, .9, .8, .3}, NULL);
    columns_open(&c, &t);
    assert_near(brier_of(&c, NULL).score, .0375, 1e-15);
    assert_true(isnan(mst_score_hits(&c.rows, NULL).balanced));
    columns_close(&c);
    t = table_of(4, (const int[]){1, 0, 0, 1}, NULL, (const double[]){.9, .1, .2, .65}, NULL);
    columns_open(&c, &t);
    assert_near(log_of(&c, 0).score, .21616, 5e-6);
    columns_close(&c);
    t = table_of(4, (const int[]){0, 0, 1, 1}, NULL, NULL, (const double[]){.1, .4, .35, .8});
    columns_open(&c, &t);
    assert_near(mst_score_auc(&c.rows, NULL).value, .75, 0.0);
    assert_near(mst_score_auc(&c.rows, NULL).pairs, 4.0, 0.0);
    columns_close(&c);
}

/* Two drills. First: 3 joins and 2 stay away; second: 1 joins and 1 stays away; one row not known. */
static table two_drills(void)
{
    table t = table_of(
        8, (const int[]){1, 1, 1, 0, 0, 1, 0, -1}, (const int[]){1, 1, 0, 0, 1, 1, -1, 1},
        (const double[]){.9, .5, .2, .2, .6, 1, 0, .5}, (const double[]){3, 2, 0, 2, 1, 9, 5, 7});
    for (int i = 5; i < 8; i++)
        t.r[i].drill = 4;
    return t;
}

static void test_score__two_drills_by_hand(void **state)
{
    (void)state;
    const table t = two_drills();
    columns c;
    columns_open(&c, &t);
    const mst_hits h = mst_score_hits(&c.rows, NULL);
    assert_int_equal(h.scored, 7);
    assert_int_equal(h.unscored, 1);
    assert_int_equal(h.joins, 4);
    assert_int_equal(h.unassessed, 1);
    assert_near(h.base_rate, 4.0 / 7.0, 1e-16);
    assert_near(h.sensitivity, .75, 0.0);
    assert_near(h.specificity, .5, 0.0);
    assert_near(h.balanced, .625, 0.0);
    /* over all: 3 beats 2, 1; 2 ties 2, beats 1; 0 none; 9 beats three: 2 + 1.5 + 0 + 3 of 12 */
    assert_near(mst_score_auc(&c.rows, NULL).value, 6.5 / 12.0, 1e-16);
    /* within: 3.5 of 6 and 1 of 1 */
    assert_near(mst_score_auc_drill(&c.rows, NULL).value, 4.5 / 7.0, 1e-16);
    assert_near(mst_score_auc_drill(&c.rows, NULL).pairs, 7.0, 0.0);
    double rate[8];
    mst_score_base_rate(&c.rows, NULL, rate);
    for (int i = 0; i < 8; i++)
        assert_near(rate[i], i < 5 ? .5 : .6, 1e-16);
    /* .01 + .25 + .64 + .04 + .36 + 0 + 0 against 5 x .25 + .16 + .36 */
    const mst_brier b = brier_of(&c, rate);
    assert_near(b.score, 1.3 / 7.0, 1e-15);
    assert_near(b.reference, 1.77 / 7.0, 1e-15);
    assert_near(b.skill, 1.0 - 1.3 / 1.77, 1e-14);
    mst_cut cut[9];
    assert_int_equal(mst_score_curve(&c.rows, NULL, cut),
                     7); /* 9 5 3 2 1 0; not 7, which is unscored */
    static const int64_t join_hits[] = {0, 1, 1, 2, 3, 3, 4},
                         absence_hits[] = {3, 3, 2, 2, 1, 0, 0};
    for (int k = 0; k < 7; k++) {
        assert_int_equal(cut[k].join_hits, join_hits[k]);
        assert_int_equal(cut[k].absence_hits, absence_hits[k]);
        assert_true(cut[k].is_best == (k == 1));
    }
    assert_near(cut[1].balanced, .625, 0.0);
    assert_near(cut[4].balanced, (3.0 / 4 + 1.0 / 3) / 2, 1e-16);
    columns_close(&c);
}

/* Three accuracies alike, as 1/3 and 2/3 do not add up to in floating point: all are the best. */
static void test_score__all_best_cuts_are_named(void **state)
{
    (void)state;
    const table t = table_of(6, (const int[]){1, 0, 1, 0, 1, 0}, NULL, NULL,
                             (const double[]){6, 5, 4, 3, 2, 1});
    columns c;
    columns_open(&c, &t);
    mst_cut cut[7];
    assert_int_equal(mst_score_curve(&c.rows, NULL, cut), 7);
    for (int k = 0; k < 7; k++)
        assert_true(cut[k].is_best == (k % 2 == 1));
    columns_close(&c);
}

/* Certain and right costs nothing, certain and wrong everything, unless clipped; and how often. */
static void test_score__certainty_in_the_log_score(void **state)
{
    (void)state;
    columns c;
    table t = table_of(3, (const int[]){1, 0, 1}, NULL, (const double[]){1, 0, .5}, NULL);
    columns_open(&c, &t);
    assert_near(log_of(&c, 0).score, log(2.0) / 3.0, 1e-16);
    assert_int_equal(log_of(&c, 0).impossible, 0);
    assert_int_equal(log_of(&c, 0).clipped, 0);
    assert_near(log_of(&c, .01).score, (log(2.0) - 2.0 * log(.99)) / 3.0, 1e-15);
    assert_int_equal(log_of(&c, .01).clipped, 2);
    columns_close(&c);
    t = table_of(3, (const int[]){0, 0, 1}, NULL, (const double[]){1, 0, .5}, NULL);
    columns_open(&c, &t);
    assert_true(isinf(log_of(&c, 0).score) && log_of(&c, 0).score > 0);
    assert_int_equal(log_of(&c, 0).impossible, 1);
    assert_near(log_of(&c, .01).score, (log(2.0) - log(.99) - log(.01)) / 3.0, 1e-15);
    assert_int_equal(log_of(&c, .01).impossible, 1);
    /* the impossible row drawn no times: 0 x infinity is nothing */
    static const int32_t without[CLUSTERS] = {0, 1, 1};
    mst_log_score s = {0};
    const char *reason = NULL;
    assert_true(mst_score_log(&c.rows, without, 0, &s, &reason));
    assert_near(s.score, log(2.0) / 2.0, 1e-16);
    assert_int_equal(s.impossible, 0);
    columns_close(&c);
    /* -ln(1 - 1e-20) is 1e-20, though 1 - 1e-20 is 1 */
    t = table_of(1, (const int[]){0}, NULL, (const double[]){1e-20}, NULL);
    columns_open(&c, &t);
    assert_near(log_of(&c, 0).score, 1e-20, 1e-35);
    columns_close(&c);
}

static void test_score__no_rows_and_no_columns(void **state)
{
    (void)state;
    const mst_predictions none = {.count = 0};
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    mst_scored rows;
    const char *reason = NULL;
    assert_int_equal(mst_score_prepare(&arena, &none, &rows, NULL, &reason), MUSTER_OK);
    assert_true(isnan(mst_score_hits(&rows, NULL).base_rate));
    assert_true(isnan(mst_score_auc(&rows, NULL).value));
    mst_cut cut[3];
    assert_int_equal(mst_score_curve(&rows, NULL, cut), 0);
    assert_true(mst_score_few(&rows).is_too_few);
    mst_bin bin[2];
    int32_t bins = 9;
    assert_true(mst_calibrate_equal(&rows, 2, .9, bin, &bins, &reason));
    assert_int_equal(bins, 0);
    static const int8_t outcome[] = {1, 0};
    static const int32_t zero[] = {0, 0};
    const mst_predictions bare = {
        .count = 2, .outcome = outcome, .cluster = zero, .drill = zero, .clusters = 1};
    assert_int_equal(mst_score_prepare(&arena, &bare, &rows, NULL, &reason), MUSTER_OK);
    const mst_hits h = mst_score_hits(&rows, NULL);
    assert_int_equal(h.scored, 2);
    assert_int_equal(h.unassessed, 2);
    assert_true(isnan(h.balanced) && isnan(mst_score_auc_drill(&rows, NULL).value));
    double rate[2];
    mst_score_base_rate(&rows, NULL, rate); /* one drill: no other to learn from */
    assert_true(isnan(rate[0]) && isnan(rate[1]));
    mst_brier b = {0};
    assert_true(mst_score_brier(&rows, NULL, rate, &b, &reason));
    assert_true(isnan(b.score) && b.count == 0);
    mst_arena_clear(&arena);
}

static void test_score__too_few(void **state)
{
    (void)state;
    static const struct {
        int joins, states;
        bool is_few;
    } cases[] = {{9, 5, true}, {10, 4, true}, {10, 5, false}, {30, 9, false}, {0, 0, true}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        table t = {.n = ROWS_MOST};
        for (int i = 0; i < t.n; i++) {
            const bool joins = i < cases[k].joins;
            /* the others are of states that did not join: not scored, or absent */
            t.r[i] =
                (row){.outcome = joins ? 1 : -(i % 2), .cluster = joins ? i % cases[k].states : 8};
        }
        columns c;
        columns_open(&c, &t);
        const mst_few few = mst_score_few(&c.rows);
        assert_int_equal(few.joins, cases[k].joins);
        assert_int_equal(few.states, cases[k].states);
        assert_true(few.is_too_few == cases[k].is_few);
        columns_close(&c);
    }
}

/* ---- refusals ------------------------------------------------------------------------------------ */

static void test_score__bad_rows_are_refused(void **state)
{
    (void)state;
    static const struct {
        row bad;
        const char *why;
    } cases[] = {
        {{.outcome = 2}, "outcome is not 1, 0 or -1"},
        {{.outcome = -2}, "outcome is not 1, 0 or -1"},
        {{.p = 1.0000001}, "p is not within 0..1"},
        {{.p = -1e-9}, "p is not within 0..1"},
        {{.p = INFINITY}, "p is not within 0..1"},
        {{.yes = 2}, "yes is not 1, 0 or -1"},
        {{.yes = -2}, "yes is not 1, 0 or -1"},
        {{.score = INFINITY}, "score is infinite"},
        {{.score = -INFINITY}, "score is infinite"},
        {{.cluster = -1}, "cluster is negative"},
        {{.cluster = 3}, "cluster is not below the number of clusters"},
        {{.drill = -1}, "drill is negative"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const row *b = &cases[k].bad;
        const int8_t outcome[] = {1, (int8_t)b->outcome, 5}, yes[] = {-1, (int8_t)b->yes, 5};
        const double p[] = {NONE, b->p, 5}, score[] = {NONE, b->score, 5};
        const int32_t cluster[] = {2, b->cluster, -5}, drill[] = {0, b->drill, -5};
        mst_predictions given = {2, outcome, p, yes, score, cluster, drill, 3};
        mst_arena arena;
        mst_arena_init(&arena, NULL);
        mst_scored rows = {.states = -7};
        int32_t at = -5;
        const char *reason = NULL;
        assert_int_equal(mst_score_prepare(&arena, &given, &rows, &at, &reason), MUSTER_MISTAKE);
        assert_string_equal(reason, cases[k].why);
        assert_int_equal(at, 1);
        assert_int_equal(rows.states, -7);
        given.count = 1; /* what stands before is sound */
        assert_int_equal(mst_score_prepare(&arena, &given, &rows, &at, &reason), MUSTER_OK);
        mst_arena_clear(&arena);
    }
}

static void assert_no_table(const mst_predictions *given, const char *why)
{
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    mst_scored rows;
    int32_t at = 5;
    const char *reason = NULL;
    assert_int_equal(mst_score_prepare(&arena, given, &rows, &at, &reason), MUSTER_MISTAKE);
    assert_string_equal(reason, why);
    assert_int_equal(at, -1);
    mst_arena_clear(&arena);
}

static void test_score__bad_questions_are_refused(void **state)
{
    (void)state;
    assert_no_table(&(mst_predictions){.count = -1}, "the number of rows is negative");
    assert_no_table(&(mst_predictions){.clusters = -1}, "the number of clusters is negative");
    assert_no_table(&(mst_predictions){.count = 1, .clusters = 1},
                    "a column that must be there is missing");
    const table t = two_drills();
    columns c;
    columns_open(&c, &t);
    const char *reason = NULL;
    double reference[8] = {0, .5, 1, NONE, 0, 0, 0, 1.5};
    mst_brier b = {.count = -7};
    assert_false(mst_score_brier(&c.rows, NULL, reference, &b, &reason));
    assert_string_equal(reason, "a reference is not within 0..1");
    assert_int_equal(b.count, -7);
    static const double clips[] = {-.1, .5, NONE};
    for (int k = 0; k < 3; k++) {
        mst_log_score s;
        reason = NULL;
        assert_false(mst_score_log(&c.rows, NULL, clips[k], &s, &reason));
        assert_string_equal(reason, "the clip is not within 0..1/2");
    }
    mst_bin bin[3];
    int32_t count = 0;
    assert_false(mst_calibrate_equal(&c.rows, 0, .9, bin, &count, &reason));
    assert_string_equal(reason, "there must be one bin or more");
    assert_false(mst_calibrate_equal(&c.rows, 3, 1.0, bin, &count, &reason));
    assert_string_equal(reason, "the level is not between 0 and 1");
    static const double edges[][3] = {
        {0, .5, .9}, {.1, .5, 1}, {0, 0, 1}, {0, NONE, 1}, {0, 1.5, 1}};
    for (int k = 0; k < 5; k++) {
        reason = NULL;
        assert_false(mst_calibrate_edges(&c.rows, edges[k], 2, .9, bin, &reason));
        assert_string_equal(reason, "the edges do not ascend from 0 to 1");
    }
    columns_close(&c);
}

/* Arrays larger than any shared chunk: each takes one of its own. */
static void test_score__short_of_memory(void **state)
{
    (void)state;
    enum { MANY = 70000, ARRAYS = 6 };
    static int8_t outcome[MANY];
    static int32_t cluster[MANY], drill[MANY];
    const mst_predictions given = {.count = MANY,
                                   .outcome = outcome,
                                   .cluster = cluster,
                                   .drill = drill,
                                   .clusters = 4 * MANY};
    for (int32_t left = 0; left <= ARRAYS; left++) {
        test_memory counts = {.left = left};
        const muster_memory hook = test_hook(&counts);
        mst_arena arena;
        mst_arena_init(&arena, &hook);
        mst_scored rows;
        const char *reason = NULL;
        const muster_status status = mst_score_prepare(&arena, &given, &rows, NULL, &reason);
        assert_int_equal(status, left < ARRAYS ? MUSTER_WORLD : MUSTER_OK);
        assert_true((counts.refused > 0) == (left < ARRAYS));
        if (left < ARRAYS)
            assert_string_equal(reason, "memory is short");
        mst_arena_clear(&arena);
        assert_int_equal(counts.held, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_score__measures_of_random_rows),
        cmocka_unit_test(test_score__published_examples),
        cmocka_unit_test(test_score__two_drills_by_hand),
        cmocka_unit_test(test_score__all_best_cuts_are_named),
        cmocka_unit_test(test_score__certainty_in_the_log_score),
        cmocka_unit_test(test_score__no_rows_and_no_columns),
        cmocka_unit_test(test_score__too_few),
        cmocka_unit_test(test_score__bad_rows_are_refused),
        cmocka_unit_test(test_score__bad_questions_are_refused),
        cmocka_unit_test(test_score__short_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

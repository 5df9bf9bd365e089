#include "test.h"

#include "base/hash.h"
#include "memory.h"
#include "num/random.h"
#include "num/score.h"

#include <string.h>

#define NONE (double)NAN

/* ---- a second implementation: rows really copied, loops as plain as they come ------------------ */

enum { ROWS_MOST = 40, CLUSTERS = 9, DRILLS = 6, COPIES_MOST = 4 * ROWS_MOST };

typedef struct row {
    int outcome, yes, cluster, drill;
    double p, score, reference;
} row;

typedef struct table {
    row r[COPIES_MOST];
    int n;
} table;

/* The same rows as columns. */
typedef struct columns {
    int8_t outcome[ROWS_MOST], yes[ROWS_MOST];
    double p[ROWS_MOST], score[ROWS_MOST], reference[ROWS_MOST];
    int32_t cluster[ROWS_MOST], drill[ROWS_MOST];
    mst_arena arena;
    mst_scored rows;
} columns;

static void columns_open(columns *c, const table *t)
{
    for (int i = 0; i < t->n; i++) {
        c->outcome[i] = (int8_t)t->r[i].outcome;
        c->yes[i] = (int8_t)t->r[i].yes;
        c->p[i] = t->r[i].p;
        c->score[i] = t->r[i].score;
        c->reference[i] = t->r[i].reference;
        c->cluster[i] = t->r[i].cluster;
        c->drill[i] = t->r[i].drill;
    }
    const mst_predictions given = {.count = t->n,
                                   .outcome = c->outcome,
                                   .p = c->p,
                                   .yes = c->yes,
                                   .score = c->score,
                                   .cluster = c->cluster,
                                   .drill = c->drill,
                                   .clusters = CLUSTERS};
    mst_arena_init(&c->arena, NULL);
    const char *reason = NULL;
    int32_t at = 5;
    assert_int_equal(mst_score_prepare(&c->arena, &given, &c->rows, &at, &reason), MUSTER_OK);
    assert_null(reason);
    assert_int_equal(at, -1);
}

static void columns_close(columns *c)
{
    mst_arena_clear(&c->arena);
}

typedef struct dice {
    mst_stream stream;
    uint64_t number;
} dice;

static double roll(dice *d)
{
    return mst_random_unit(d->stream, d->number++);
}
static int roll_below(dice *d, int n)
{
    return (int)(roll(d) * n);
}

/* Some of everything: ties, certain p, missing ones, rows not scored, states and drills not there. */
static table random_table(dice *d)
{
    table t = {.n = roll_below(d, ROWS_MOST + 1)};
    for (int i = 0; i < t.n; i++) {
        row *r = &t.r[i];
        r->outcome = roll_below(d, 5) == 0 ? -1 : roll_below(d, 2);
        r->yes = roll_below(d, 5) == 0 ? -1 : roll_below(d, 2);
        r->cluster = roll_below(d, CLUSTERS);
        r->drill = roll_below(d, DRILLS) * 3;
        r->p = roll_below(d, 6) == 0 ? NONE : roll_below(d, 9) / 8.0;
        if (roll_below(d, 3) == 0)
            r->p = roll(d);
        r->score = roll_below(d, 6) == 0 ? NONE : roll_below(d, 8) - 4.0;
        r->reference = roll_below(d, 8) == 0 ? NONE : roll(d);
    }
    return t;
}

static table copied(const table *t, const int32_t *times)
{
    table out = {.n = 0};
    for (int i = 0; i < t->n; i++)
        for (int k = 0; k < times[t->r[i].cluster]; k++) {
            assert_true(out.n < COPIES_MOST);
            out.r[out.n++] = t->r[i];
        }
    return out;
}

static double plain_balanced(const table *t)
{
    double joins = 0, absences = 0, join_hits = 0, absence_hits = 0;
    for (int i = 0; i < t->n; i++) {
        const row *r = &t->r[i];
        if (r->outcome == 1 && r->yes >= 0) {
            joins++;
            join_hits += r->yes;
        }
        if (r->outcome == 0 && r->yes >= 0) {
            absences++;
            absence_hits += 1 - r->yes;
        }
    }
    return joins > 0 && absences > 0 ? (join_hits / joins + absence_hits / absences) / 2 : NONE;
}

static double plain_auc(const table *t, bool within_drill, double *pairs)
{
    double right = 0;
    *pairs = 0;
    for (int i = 0; i < t->n; i++)
        for (int j = 0; j < t->n; j++) {
            const row *a = &t->r[i], *b = &t->r[j];
            if (a->outcome != 1 || b->outcome != 0 || isnan(a->score) || isnan(b->score))
                continue;
            if (within_drill && a->drill != b->drill)
                continue;
            ++*pairs;
            right += a->score > b->score ? 1 : a->score < b->score ? 0 : .5;
        }
    return *pairs > 0 ? right / *pairs : NONE;
}

static double plain_base_rate(const table *t, int drill)
{
    double n = 0, joins = 0;
    for (int i = 0; i < t->n; i++)
        if (t->r[i].drill != drill && t->r[i].outcome >= 0) {
            n++;
            joins += t->r[i].outcome;
        }
    return n > 0 ? joins / n : NONE;
}

/* Mean squared distance of p, or of the reference where both are there. */
static double plain_brier(const table *t, bool of_reference, bool where_both, double *n)
{
    double sum = 0;
    *n = 0;
    for (int i = 0; i < t->n; i++) {
        const row *r = &t->r[i];
        if (r->outcome < 0 || isnan(r->p) || (where_both && isnan(r->reference)))
            continue;
        const double d = (of_reference ? r->reference : r->p) - r->outcome;
        sum += d * d;
        ++*n;
    }
    return *n > 0 ? sum / *n : NONE;
}

static double plain_skill(const table *t)
{
    double n;
    return 1 - plain_brier(t, false, true, &n) / plain_brier(t, true, true, &n);
}

static double plain_log(const table *t, double clip, mst_log_score *counts)
{
    double sum = 0;
    *counts = (mst_log_score){0};
    for (int i = 0; i < t->n; i++) {
        const row *r = &t->r[i];
        if (r->outcome < 0 || isnan(r->p))
            continue;
        counts->count++;
        double p = r->p;
        if (p < clip || p > 1 - clip) {
            counts->clipped++;
            p = p < clip ? clip : 1 - clip;
        }
        const double happened = r->outcome == 1 ? r->p : 1 - r->p;
        if (!(happened > 0))
            counts->impossible++;
        sum += -log(r->outcome == 1 ? p : 1 - p);
    }
    return counts->count > 0 ? sum / (double)counts->count : NONE;
}

/* Both NaN, both the same infinity, or near. */
static void assert_like(double actual, double expected, double tolerance)
{
    if (isnan(expected))
        assert_true(isnan(actual));
    else if (isinf(expected))
        assert_true(isinf(actual) && (actual > 0) == (expected > 0));
    else
        assert_near(actual, expected, tolerance);
}

/* Sums of at most 160 terms below 1 (log: below 40), in another order: rounding is below 160 x 160 x
 * 1.2e-16 of the mean, some 3e-14 at the very worst. */
#define ROUNDING 1e-12

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

/* ---- calibration --------------------------------------------------------------------------------- */

static int usable_p(const table *t, double *p, int *outcome)
{
    int n = 0;
    for (int i = 0; i < t->n; i++) {
        if (t->r[i].outcome < 0 || isnan(t->r[i].p))
            continue;
        int k = n++;
        for (; k > 0 && p[k - 1] > t->r[i].p; k--) {
            p[k] = p[k - 1];
            outcome[k] = outcome[k - 1];
        }
        p[k] = t->r[i].p;
        outcome[k] = t->r[i].outcome;
    }
    return n;
}

static void assert_bin(const mst_bin *b, const double *p, const int *outcome, int from, int to)
{
    double sum = 0;
    int64_t joins = 0;
    for (int i = from; i < to; i++) {
        sum += p[i];
        joins += outcome[i];
    }
    assert_int_equal(b->count, to - from);
    assert_int_equal(b->joins, joins);
    assert_like(b->mean_p, to > from ? sum / (to - from) : NONE, ROUNDING);
    assert_like(b->share, to > from ? (double)joins / (to - from) : NONE, 1e-15);
    const mst_interval wilson = mst_interval_share(joins, to - from, .9);
    assert_true(b->interval.is_estimable == (to > from));
    assert_like(b->interval.low, wilson.low, 0.0);
    assert_like(b->interval.high, wilson.high, 0.0);
}

/* The ends first: at the share of the rows, moved up past rows of one p; then the bins between. */
static void check_equal(const columns *c, const double *p, const int *outcome, int n, int bins)
{
    mst_bin bin[ROWS_MOST + 5];
    int32_t count = -1;
    const char *reason = NULL;
    assert_true(mst_calibrate_equal(&c->rows, bins, .9, bin, &count, &reason));
    int found = 0, from = 0;
    for (int k = 1; k <= bins; k++) {
        int end = k * n / bins;
        while (end > 0 && end < n && !(p[end] > p[end - 1]))
            end++;
        if (end <= from)
            continue;
        assert_true(found < count);
        assert_near(bin[found].low, p[from], 0.0);
        assert_near(bin[found].high, p[end - 1], 0.0);
        assert_bin(&bin[found], p, outcome, from, end);
        found++;
        from = end;
    }
    assert_int_equal(found, count);
}

static void check_edges(const columns *c, const double *p, const int *outcome, int n, int bins)
{
    double edge[12];
    for (int k = 0; k <= bins; k++)
        edge[k] = k == bins ? 1.0 : (double)(k * k) / (bins * bins);
    mst_bin bin[11];
    const char *reason = NULL;
    assert_true(mst_calibrate_edges(&c->rows, edge, bins, .9, bin, &reason));
    for (int k = 0; k < bins; k++) {
        int from = 0, to = 0;
        for (int i = 0; i < n; i++) {
            from += p[i] < edge[k];
            to += p[i] < edge[k + 1] || k == bins - 1;
        }
        assert_near(bin[k].low, edge[k], 0.0);
        assert_near(bin[k].high, edge[k + 1], 0.0);
        assert_bin(&bin[k], p, outcome, from, to);
    }
}

static void test_score__calibration_of_random_rows(void **state)
{
    (void)state;
    for (uint32_t trial = 0; trial < 300; trial++) {
        dice d = {mst_stream_of(mst_random_key(43), trial, 1), 0};
        const table t = random_table(&d);
        double p[ROWS_MOST];
        int outcome[ROWS_MOST];
        const int n = usable_p(&t, p, outcome);
        columns c;
        columns_open(&c, &t);
        for (int bins = 1; bins <= 11; bins++) {
            check_equal(&c, p, outcome, n, bins);
            check_edges(&c, p, outcome, n, bins);
        }
        check_equal(&c, p, outcome, n, ROWS_MOST + 5); /* more bins than rows */
        columns_close(&c);
    }
}

/* ---- by hand, and published ---------------------------------------------------------------------- */

static table table_of(int n, const int *outcome, const int *yes, const double *p,
                      const double *score)
{
    table t = {.n = n};
    for (int i = 0; i < n; i++)
        t.r[i] = (row){.outcome = outcome[i],
                       .yes = yes ? yes[i] : -1,
                       .p = p ? p[i] : NONE,
                       .score = score ? score[i] : NONE,
                       .reference = NONE,
                       .cluster = i % CLUSTERS,
                       .drill = 1};
    return t;
}

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

/* ---- resampling ---------------------------------------------------------------------------------- */

typedef double (*plain_measure)(const table *t);

static double plain_auc_all(const table *t)
{
    double pairs;
    return plain_auc(t, false, &pairs);
}

static double plain_auc_drill(const table *t)
{
    double pairs;
    return plain_auc(t, true, &pairs);
}

static double plain_brier_all(const table *t)
{
    double n;
    return plain_brier(t, false, false, &n);
}

static double plain_log_bare(const table *t)
{
    mst_log_score counts;
    return plain_log(t, 0, &counts);
}

static double plain_sensitivity(const table *t)
{
    double n = 0, hits = 0;
    for (int i = 0; i < t->n; i++)
        if (t->r[i].outcome == 1 && t->r[i].yes >= 0) {
            n++;
            hits += t->r[i].yes;
        }
    return n > 0 ? hits / n : NONE;
}

static double plain_specificity(const table *t)
{
    double n = 0, hits = 0;
    for (int i = 0; i < t->n; i++)
        if (t->r[i].outcome == 0 && t->r[i].yes >= 0) {
            n++;
            hits += !t->r[i].yes;
        }
    return n > 0 ? hits / n : NONE;
}

static const struct {
    mst_measure measure;
    plain_measure plain;
} measures[] = {
    {mst_measure_sensitivity, plain_sensitivity},
    {mst_measure_specificity, plain_specificity},
    {mst_measure_balanced, plain_balanced},
    {mst_measure_brier, plain_brier_all},
    {mst_measure_skill, plain_skill},
    {mst_measure_log, plain_log_bare},
    {mst_measure_auc, plain_auc_all},
    {mst_measure_auc_drill, plain_auc_drill},
};
enum { MEASURES = sizeof measures / sizeof *measures, REPLICATES = 150 };

/* States that have a row with an outcome, in order. */
static int plain_states(const table *t, int *out)
{
    int n = 0;
    for (int k = 0; k < CLUSTERS; k++) {
        bool has = false;
        for (int i = 0; i < t->n; i++)
            has = has || (t->r[i].cluster == k && t->r[i].outcome >= 0);
        if (has)
            out[n++] = k;
    }
    return n;
}

/* Draw by draw, the rows of the drawn state are appended. */
static table plain_resample(const table *t, uint64_t seed, uint32_t replicate)
{
    int states[CLUSTERS];
    const int n = plain_states(t, states);
    const mst_stream stream = mst_stream_of(mst_random_key(seed), replicate,
                                            (uint32_t)mst_hash_text(MST_HASH_START, "resample"));
    static table out;
    out.n = 0;
    for (int k = 0; k < n; k++) {
        uint64_t word[2];
        mst_random_block(stream, (uint64_t)k, word);
        const int drawn = states[(int)((double)(word[0] >> 32) / 4294967296.0 * n)];
        for (int i = 0; i < t->n; i++)
            if (t->r[i].cluster == drawn) {
                if (out.n == COPIES_MOST)
                    return (table){.n = -1};
                out.r[out.n++] = t->r[i];
            }
    }
    return out;
}

static void sort_up(double *x, int n)
{
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0 && x[k - 1] > x[k]; k--) {
            const double swap = x[k];
            x[k] = x[k - 1];
            x[k - 1] = swap;
        }
}

/* Hyndman and Fan 1996, type 7, from ranks counted from 1. */
static double plain_quantile(const double *up, int n, double q)
{
    const double h = (n - 1) * q + 1;
    const int below = (int)h;
    if (below >= n)
        return up[n - 1];
    return up[below - 1] + (h - below) * (up[below] - up[below - 1]);
}

static void assert_resampled(const mst_resampled *got, double value, double *replicate)
{
    assert_like(got->value, value, 1e3 * ROUNDING);
    int n = 0;
    for (int r = 0; r < REPLICATES; r++)
        if (!isnan(replicate[r]))
            replicate[n++] = replicate[r];
    assert_int_equal(got->defined, n);
    assert_int_equal(got->undefined, REPLICATES - n);
    sort_up(replicate, n);
    if (!got->interval.is_estimable) {
        assert_true(isnan(got->interval.low) && isnan(got->interval.high));
        return;
    }
    assert_true(n >= 20); /* .9: one replicate in twenty beyond each end */
    const double low = plain_quantile(replicate, n, .05), high = plain_quantile(replicate, n, .95);
    /* between infinite replicates the plain formula gives NaN: see the test of certainty */
    if (isfinite(low))
        assert_near(got->interval.low, low, 1e3 * ROUNDING * (1.0 + fabs(low)));
    if (isfinite(high))
        assert_near(got->interval.high, high, 1e3 * ROUNDING * (1.0 + fabs(high)));
}

static mst_resampling how_to(const columns *c, uint64_t seed)
{
    return (mst_resampling){.state = c->rows.state,
                            .states = c->rows.states,
                            .clusters = CLUSTERS,
                            .replicates = REPLICATES,
                            .level = .9,
                            .seed = seed};
}

/* A second model on the same rows: other verdicts, probabilities and scores. */
static table other_model(const table *t, dice *d)
{
    table out = random_table(d), give = *t;
    while (out.n < t->n) {
        const table more = random_table(d);
        for (int i = 0; i < more.n && out.n < t->n; i++)
            out.r[out.n++] = more.r[i];
    }
    for (int i = 0; i < t->n; i++) {
        give.r[i].yes = out.r[i].yes;
        give.r[i].p = out.r[i].p;
        give.r[i].score = out.r[i].score;
    }
    return give;
}

static table shorter(table t, int most)
{
    t.n = t.n < most ? t.n : most;
    return t;
}

static void check_resample(const table *t, const table *u, uint64_t seed)
{
    columns c, e;
    columns_open(&c, t);
    columns_open(&e, u);
    const mst_measured first = {&c.rows, c.reference, 0}, second = {&e.rows, e.reference, 0};
    const mst_resampling how = how_to(&c, seed);
    static const int32_t once[CLUSTERS] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    for (int m = 0; m < MEASURES; m++) {
        const char *reason = NULL;
        mst_resampled alone;
        mst_resampled_pair pair;
        assert_int_equal(mst_resample(&c.arena, &how, measures[m].measure, &first, &alone, &reason),
                         MUSTER_OK);
        assert_int_equal(
            mst_resample_pair(&c.arena, &how, measures[m].measure, &first, &second, &pair, &reason),
            MUSTER_OK);
        assert_memory_equal(&alone, &pair.first, sizeof alone);
        double a[REPLICATES], b[REPLICATES], apart[REPLICATES];
        for (uint32_t r = 0; r < REPLICATES; r++) {
            const table ta = plain_resample(t, seed, r);
            assert_true(ta.n >= 0);
            a[r] = measures[m].plain(&ta);
            const table tb = plain_resample(u, seed, r);
            b[r] = measures[m].plain(&tb);
            apart[r] = a[r] - b[r];
        }
        const table ta = copied(t, once), tb = copied(u, once);
        const double va = measures[m].plain(&ta), vb = measures[m].plain(&tb);
        assert_resampled(&pair.first, va, a);
        assert_resampled(&pair.second, vb, b);
        assert_resampled(&pair.difference, va - vb, apart);
    }
    columns_close(&c);
    columns_close(&e);
}

/* Rows that are not scored give no state to draw, but come along with theirs: columns of one state may
 * stand many times, so the tables are kept short. */
static void test_score__resampling_copies_whole_states(void **state)
{
    (void)state;
    for (uint32_t trial = 0, done = 0; done < 25; trial++) {
        dice d = {mst_stream_of(mst_random_key(47), trial, 1), 0};
        const table t = shorter(random_table(&d), 25);
        int states[CLUSTERS];
        if (plain_states(&t, states) < 2)
            continue;
        const table u = other_model(&t, &d);
        check_resample(&t, &u, 1000 + trial);
        done++;
    }
}

typedef struct tally {
    int32_t calls;
    double sum[CLUSTERS], squares[CLUSTERS];
} tally;

static double tally_up(const int32_t *times, const void *context)
{
    tally *const t = *(tally *const *)context;
    int32_t all = 0;
    for (int k = 0; k < CLUSTERS; k++) {
        all += times[k];
        if (t->calls == 0)
            assert_int_equal(times[k], k % 2);
        else {
            t->sum[k] += times[k];
            t->squares[k] += (double)times[k] * times[k];
        }
    }
    assert_int_equal(all, 4);
    t->calls++;
    return times[1];
}

/* Four of nine clusters: each drawn as often as a binomial (4, 1/4) says: mean 1, variance 3/4, its
 * fourth central moment 2.0625 (so the mean square's standard error is below sqrt(7 / R)); five standard errors.
 * The first call sees each state once. The measure's own interval: 0 and 3 by the binomial, P(0) = .316,
 * P(more than 2) = .051, P(more than 3) = .004. */
static void test_score__draws_are_even(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    static const int32_t odd[] = {1, 3, 5, 7};
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    tally t = {0};
    tally *const at = &t;
    const char *reason = NULL;
    mst_resampled out;
    const mst_resampling how = {odd, 4, CLUSTERS, MANY, .95, 5};
    assert_int_equal(mst_resample(&arena, &how, tally_up, &at, &out, &reason), MUSTER_OK);
    assert_int_equal(t.calls, MANY + 1);
    for (int k = 0; k < CLUSTERS; k++) {
        assert_near(t.sum[k] / MANY, k % 2, 5.0 * sqrt(.75 / MANY) * (k % 2));
        assert_near(t.squares[k] / MANY, 1.75 * (k % 2), 5.0 * sqrt(7.0 / MANY) * (k % 2));
    }
    assert_near(out.value, 1.0, 0.0);
    assert_near(out.interval.low, 0.0, 0.0);
    assert_near(out.interval.high, 3.0, 0.0);
    /* the same seed gives the same, another another */
    const mst_resampling narrow = {odd, 4, CLUSTERS, 50, .95, 6};
    tally again = {0}, once_more = {0};
    const tally *const a = &again, *const b = &once_more;
    assert_int_equal(mst_resample(&arena, &narrow, tally_up, &a, &out, &reason), MUSTER_OK);
    assert_int_equal(mst_resample(&arena, &narrow, tally_up, &b, &out, &reason), MUSTER_OK);
    assert_memory_equal(again.squares, once_more.squares, sizeof again.squares);
    mst_resampling other = narrow;
    other.seed = 7;
    tally third = {0};
    const tally *const o = &third;
    assert_int_equal(mst_resample(&arena, &other, tally_up, &o, &out, &reason), MUSTER_OK);
    assert_true(memcmp(again.squares, third.squares, sizeof again.squares) != 0);
    mst_arena_clear(&arena);
}

/* Four copies of every row tell nothing new: the intervals stay as they are (but for the rounding of
 * longer sums). Resampling rows instead would halve them. */
static void test_score__copies_narrow_no_interval(void **state)
{
    (void)state;
    dice d = {mst_stream_of(mst_random_key(53), 2, 1), 0};
    table t = {.n = 0};
    while (t.n < 10)
        t = shorter(random_table(&d), 10);
    table more = {.n = 0};
    for (int k = 0; k < 4; k++)
        for (int i = 0; i < t.n; i++)
            more.r[more.n++] = t.r[i];
    columns c, e;
    columns_open(&c, &t);
    columns_open(&e, &more);
    const mst_measured one = {&c.rows, c.reference, .01}, four = {&e.rows, e.reference, .01};
    const mst_resampling how = how_to(&c, 3);
    for (int m = 0; m < MEASURES; m++) {
        const char *reason = NULL;
        mst_resampled_pair p;
        assert_int_equal(
            mst_resample_pair(&c.arena, &how, measures[m].measure, &one, &four, &p, &reason),
            MUSTER_OK);
        assert_true(p.first.interval.is_estimable);
        assert_true(p.first.interval.high > p.first.interval.low);
        assert_near(p.second.interval.low, p.first.interval.low, ROUNDING * 1e3);
        assert_near(p.second.interval.high, p.first.interval.high, ROUNDING * 1e3);
        assert_near(p.difference.interval.low, 0.0, ROUNDING * 1e3);
        assert_near(p.difference.interval.high, 0.0, ROUNDING * 1e3);
    }
    columns_close(&c);
    columns_close(&e);
}

/* One state of four has the only join: (3/4)^4 of the resamples lack it. And what does not suffice for an
 * interval. */
static void test_score__undefined_replicates_are_counted(void **state)
{
    (void)state;
    const table t = table_of(4, (const int[]){1, 0, 0, 0}, (const int[]){1, 0, 1, 0},
                             (const double[]){1, 0, .5, 1}, NULL);
    columns c;
    columns_open(&c, &t);
    const mst_measured measured = {&c.rows, NULL, 0};
    mst_resampling how = how_to(&c, 9);
    how.replicates = 10000;
    const char *reason = NULL;
    mst_resampled out;
    assert_int_equal(mst_resample(&c.arena, &how, mst_measure_balanced, &measured, &out, &reason),
                     MUSTER_OK);
    /* not defined also where all four draws are of the join: 1/256; five standard errors */
    const double q = 81.0 / 256.0 + 1.0 / 256.0;
    assert_near(out.undefined / 1e4, q, 5.0 * sqrt(q * (1 - q) / 1e4));
    assert_int_equal(out.defined + out.undefined, 10000);
    assert_true(out.interval.is_estimable);
    assert_near(out.interval.high, 1.0, 0.0);
    /* an infinite loss in most resamples is an infinite end, not a missing one */
    assert_int_equal(mst_resample(&c.arena, &how, mst_measure_log, &measured, &out, &reason),
                     MUSTER_OK);
    assert_true(isinf(out.value) && isinf(out.interval.high) && isfinite(out.interval.low));
    assert_int_equal(out.undefined, 0);
    mst_resampled_pair pair; /* infinity less infinity is no difference */
    assert_int_equal(
        mst_resample_pair(&c.arena, &how, mst_measure_log, &measured, &measured, &pair, &reason),
        MUSTER_OK);
    assert_true(isnan(pair.difference.value));
    assert_near(pair.difference.undefined / 1e4, 1.0 - 81.0 / 256.0,
                5.0 * sqrt(81.0 / 256.0 * 175.0 / 256.0 / 1e4));
    how.level = .95; /* 39 replicates: not one expected beyond each end */
    how.replicates = 39;
    mst_resample(&c.arena, &how, mst_measure_brier, &measured, &out, &reason);
    assert_false(out.interval.is_estimable);
    assert_true(isnan(out.interval.low) && isnan(out.interval.high));
    how.replicates = 40;
    mst_resample(&c.arena, &how, mst_measure_brier, &measured, &out, &reason);
    assert_true(out.interval.is_estimable);
    how.states = 1; /* one state: all resamples are alike */
    mst_resample(&c.arena, &how, mst_measure_brier, &measured, &out, &reason);
    assert_int_equal(out.defined, 40);
    assert_false(out.interval.is_estimable);
    columns_close(&c);
}

/* A measure of one's own: the skill against a base rate worked out anew in each resample. */
typedef struct anew {
    const mst_scored *rows;
    double *rate;
} anew;

static double skill_anew(const int32_t *times, const void *context)
{
    const anew *a = context;
    mst_score_base_rate(a->rows, times, a->rate);
    mst_brier b = {0};
    const char *reason = NULL;
    assert_true(mst_score_brier(a->rows, times, a->rate, &b, &reason));
    return b.skill;
}

static double plain_skill_anew(const table *t)
{
    table with = *t;
    for (int i = 0; i < t->n; i++)
        with.r[i].reference = plain_base_rate(t, t->r[i].drill);
    return plain_skill(&with);
}

static void test_score__a_measure_of_ones_own(void **state)
{
    (void)state;
    dice d = {mst_stream_of(mst_random_key(59), 1, 1), 0};
    table t = {.n = 0};
    while (t.n < 30)
        t = random_table(&d);
    t = shorter(t, 30);
    columns c;
    columns_open(&c, &t);
    double rate[ROWS_MOST], replicate[REPLICATES];
    const anew context = {&c.rows, rate};
    const mst_resampling how = how_to(&c, 4);
    const char *reason = NULL;
    mst_resampled out;
    assert_int_equal(mst_resample(&c.arena, &how, skill_anew, &context, &out, &reason), MUSTER_OK);
    for (uint32_t r = 0; r < REPLICATES; r++) {
        const table copy = plain_resample(&t, 4, r);
        assert_true(copy.n >= 0);
        replicate[r] = plain_skill_anew(&copy);
    }
    assert_true(out.interval.is_estimable);
    assert_resampled(&out, plain_skill_anew(&t), replicate);
    columns_close(&c);
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

static void test_score__bad_resamplings_are_refused(void **state)
{
    (void)state;
    static const int32_t good[] = {0, 1}, twice[] = {1, 1}, above[] = {0, 2}, below[] = {0, -1};
    static const struct {
        mst_resampling how;
        const char *why;
    } cases[] = {
        {{good, 0, 2, 9, .9, 1}, "there is no state to draw"},
        {{good, 2, 2, 0, .9, 1}, "there must be one replicate or more"},
        {{good, 2, 2, 9, 0.0, 1}, "the level is not between 0 and 1"},
        {{good, 2, 2, 9, 1.0, 1}, "the level is not between 0 and 1"},
        {{above, 2, 2, 9, .9, 1}, "a state to draw is not one of the clusters"},
        {{below, 2, 2, 9, .9, 1}, "a state to draw is not one of the clusters"},
        {{twice, 2, 2, 9, .9, 1}, "a state to draw stands in the list twice"},
    };
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const char *reason = NULL;
        mst_resampled out;
        mst_resampled_pair pair;
        assert_int_equal(mst_resample(&arena, &cases[k].how, NULL, NULL, &out, &reason),
                         MUSTER_MISTAKE);
        assert_string_equal(reason, cases[k].why);
        reason = NULL;
        assert_int_equal(mst_resample_pair(&arena, &cases[k].how, NULL, NULL, NULL, &pair, &reason),
                         MUSTER_MISTAKE);
        assert_string_equal(reason, cases[k].why);
    }
    mst_arena_clear(&arena);
}

static double nothing(const int32_t *times, const void *context)
{
    (void)times;
    (void)context;
    return 0.0;
}

/* Large enough that each array takes a chunk of its own. */
static void test_score__short_of_memory(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    static int8_t outcome[MANY];
    static int32_t cluster[MANY], drill[MANY];
    for (int i = 0; i < MANY; i++)
        cluster[i] = i;
    const mst_predictions given = {
        .count = MANY, .outcome = outcome, .cluster = cluster, .drill = drill, .clusters = MANY};
    int refused = 0, resamplings_refused = 0;
    for (int32_t left = 0; left < 12; left++) {
        test_memory counts = {.left = left};
        const muster_memory hook = test_hook(&counts);
        mst_arena arena;
        mst_arena_init(&arena, &hook);
        mst_scored rows;
        const char *reason = NULL;
        muster_status status = mst_score_prepare(&arena, &given, &rows, NULL, &reason);
        assert_int_equal(status, counts.refused ? MUSTER_WORLD : MUSTER_OK);
        if (status != MUSTER_OK) {
            assert_string_equal(reason, "memory is short");
            refused++;
        } else {
            const mst_resampling how = {cluster, MANY, MANY, 50, .9, 1};
            mst_resampled_pair pair;
            status = mst_resample_pair(&arena, &how, nothing, NULL, NULL, &pair, &reason);
            assert_int_equal(status, counts.refused ? MUSTER_WORLD : MUSTER_OK);
            resamplings_refused += status != MUSTER_OK;
        }
        mst_arena_clear(&arena);
        assert_int_equal(counts.held, 0);
    }
    assert_true(refused >= 5 && refused < 12);
    assert_true(resamplings_refused > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_score__measures_of_random_rows),
        cmocka_unit_test(test_score__calibration_of_random_rows),
        cmocka_unit_test(test_score__published_examples),
        cmocka_unit_test(test_score__two_drills_by_hand),
        cmocka_unit_test(test_score__all_best_cuts_are_named),
        cmocka_unit_test(test_score__certainty_in_the_log_score),
        cmocka_unit_test(test_score__no_rows_and_no_columns),
        cmocka_unit_test(test_score__too_few),
        cmocka_unit_test(test_score__resampling_copies_whole_states),
        cmocka_unit_test(test_score__draws_are_even),
        cmocka_unit_test(test_score__copies_narrow_no_interval),
        cmocka_unit_test(test_score__undefined_replicates_are_counted),
        cmocka_unit_test(test_score__a_measure_of_ones_own),
        cmocka_unit_test(test_score__bad_rows_are_refused),
        cmocka_unit_test(test_score__bad_questions_are_refused),
        cmocka_unit_test(test_score__bad_resamplings_are_refused),
        cmocka_unit_test(test_score__short_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

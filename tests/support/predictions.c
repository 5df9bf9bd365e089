#include "predictions.h"

void columns_open(columns *c, const table *t)
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

void columns_close(columns *c)
{
    mst_arena_clear(&c->arena);
}

double roll(dice *d)
{
    return mst_random_unit(d->stream, d->number++);
}
int roll_below(dice *d, int n)
{
    return (int)(roll(d) * n);
}

table random_table(dice *d)
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

table copied(const table *t, const int32_t *times)
{
    table out = {.n = 0};
    for (int i = 0; i < t->n; i++)
        for (int k = 0; k < times[t->r[i].cluster]; k++) {
            assert_true(out.n < COPIES_MOST);
            out.r[out.n++] = t->r[i];
        }
    return out;
}

double plain_balanced(const table *t)
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

double plain_auc(const table *t, bool within_drill, double *pairs)
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

double plain_base_rate(const table *t, int drill)
{
    double n = 0, joins = 0;
    for (int i = 0; i < t->n; i++)
        if (t->r[i].drill != drill && t->r[i].outcome >= 0) {
            n++;
            joins += t->r[i].outcome;
        }
    return n > 0 ? joins / n : NONE;
}

double plain_brier(const table *t, bool of_reference, bool where_both, double *n)
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

double plain_skill(const table *t)
{
    double n;
    return 1 - plain_brier(t, false, true, &n) / plain_brier(t, true, true, &n);
}

double plain_log(const table *t, double clip, mst_log_score *counts)
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

void assert_like(double actual, double expected, double tolerance)
{
    if (isnan(expected))
        assert_true(isnan(actual));
    else if (isinf(expected))
        assert_true(isinf(actual) && (actual > 0) == (expected > 0));
    else
        assert_near(actual, expected, tolerance);
}

table table_of(int n, const int *outcome, const int *yes, const double *p, const double *score)
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

table shorter(table t, int most)
{
    t.n = t.n < most ? t.n : most;
    return t;
}

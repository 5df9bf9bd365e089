#include "predictions.h"

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

static void test_calibration__random_rows(void **state)
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calibration__random_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

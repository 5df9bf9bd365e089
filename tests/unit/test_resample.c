#include "predictions.h"

#include "base/hash.h"
#include "memory.h"

#include <string.h>

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

/* Field by field: what pads a structure is anything. */
static void assert_same(const mst_resampled *a, const mst_resampled *b)
{
    assert_memory_equal(&a->value, &b->value, sizeof a->value);
    assert_int_equal(a->interval.is_estimable, b->interval.is_estimable);
    if (a->interval.is_estimable) {
        assert_memory_equal(&a->interval.low, &b->interval.low, sizeof(double));
        assert_memory_equal(&a->interval.high, &b->interval.high, sizeof(double));
    }
    assert_int_equal(a->defined, b->defined);
    assert_int_equal(a->undefined, b->undefined);
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
        assert_same(&alone, &pair.first);
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
static void test_resample__copies_whole_states(void **state)
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
 * fourth central moment 2.0625 (so the mean square's standard error is below sqrt(7 / R)); five
 * standard errors.
 * The first call sees each state once. The measure's own interval: 0 and 3 by the binomial, P(0) = .316,
 * P(more than 2) = .051, P(more than 3) = .004. */
static void test_resample__draws_are_even(void **state)
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
static void test_resample__copies_narrow_no_interval(void **state)
{
    (void)state;
    table t = {.n = 10};
    for (int i = 0; i < t.n; i++) /* five states, two drills; everything is there */
        t.r[i] = (row){.outcome = i % 2,
                       .yes = i % 3 != 0,
                       .p = (i * 7 % 10 + .5) / 10,
                       .score = i * 3 % 7,
                       .reference = .4,
                       .cluster = i / 2,
                       .drill = i % 5 / 3};
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
static void test_resample__undefined_replicates_are_counted(void **state)
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

static void test_resample__a_measure_of_ones_own(void **state)
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

/* ---- how often the interval holds the truth ------------------------------------------------------ */

typedef struct values {
    mst_stream stream;
    int32_t states;
} values;

/* Mean of normal values, one a state, true mean 0. */
static double mean_value(const int32_t *times, const void *context)
{
    const values *v = context;
    double sum = 0;
    for (int32_t k = 0; k < v->states; k++)
        sum += times[k] * mst_random_normal(v->stream, (uint64_t)k);
    return sum / v->states;
}

static double coverage(int32_t states, uint32_t samples)
{
    int32_t state[100];
    for (int32_t k = 0; k < states; k++)
        state[k] = k;
    uint32_t held = 0;
    for (uint32_t s = 0; s < samples; s++) {
        mst_arena arena;
        mst_arena_init(&arena, NULL);
        const values v = {mst_stream_of(mst_random_key(61), s, (uint32_t)states), states};
        const mst_resampling how = {state, states, states, 200, .9, s};
        const char *reason = NULL;
        mst_resampled out;
        assert_int_equal(mst_resample(&arena, &how, mean_value, &v, &out, &reason), MUSTER_OK);
        held += out.interval.low <= 0.0 && out.interval.high >= 0.0;
        mst_arena_clear(&arena);
    }
    return (double)held / samples;
}

/* The bootstrap's variance of a mean is (n - 1) / n of the usual one, and its quantiles are about the
 * normal's, not Student's: so the ends lie some 1.645 sqrt((n - 1) / n) standard errors to each side,
 * which by Student's t with n - 1 degrees of freedom holds the truth in .785 (n = 5), .875 (20) and .895
 * (100) of samples. Tolerance: five standard errors of the share of samples, and .01 because 200
 * replicates place an end only roughly. */
static void test_resample__few_states_make_it_too_short(void **state)
{
    (void)state;
    const double at5 = coverage(5, 5000), at20 = coverage(20, 5000), at100 = coverage(100, 1000);
    assert_near(at5, .785, .04);
    assert_near(at20, .875, .035);
    assert_near(at100, .895, .06);
}

/* ---- refusals ------------------------------------------------------------------------------------ */

static void test_resample__bad_questions_are_refused(void **state)
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

/* Arrays larger than any shared chunk: each takes one of its own. */
static void test_resample__short_of_memory(void **state)
{
    (void)state;
    enum { MANY = 70000 };
    static int32_t cluster[MANY];
    for (int i = 0; i < MANY; i++)
        cluster[i] = i;
    const mst_resampling how = {cluster, MANY, MANY, 3, .9, 1};
    mst_resampling often = {cluster, 2, 2, MANY, .9, 1};
    for (int32_t left = 0; left < 3; left++)
        for (int pair = 0; pair < 2; pair++) {
            test_memory counts = {.left = left};
            const muster_memory hook = test_hook(&counts);
            mst_arena arena;
            mst_arena_init(&arena, &hook);
            mst_resampled out;
            mst_resampled_pair two;
            const char *reason = NULL;
            const mst_resampling *const h = left == 0 ? &how : &often;
            const muster_status status =
                pair ? mst_resample_pair(&arena, h, nothing, NULL, NULL, &two, &reason)
                     : mst_resample(&arena, h, nothing, NULL, &out, &reason);
            assert_int_equal(status, left < 2 ? MUSTER_WORLD : MUSTER_OK);
            assert_int_equal(counts.refused, left < 2);
            if (left < 2)
                assert_string_equal(reason, "memory is short");
            mst_arena_clear(&arena);
            assert_int_equal(counts.held, 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resample__copies_whole_states),
        cmocka_unit_test(test_resample__draws_are_even),
        cmocka_unit_test(test_resample__copies_narrow_no_interval),
        cmocka_unit_test(test_resample__undefined_replicates_are_counted),
        cmocka_unit_test(test_resample__a_measure_of_ones_own),
        cmocka_unit_test(test_resample__few_states_make_it_too_short),
        cmocka_unit_test(test_resample__bad_questions_are_refused),
        cmocka_unit_test(test_resample__short_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

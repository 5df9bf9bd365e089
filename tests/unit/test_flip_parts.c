/* The parts of the search for flips: linear programs, bounds of margins and slopes, costs. */
#include "test.h"

#include "memory.h"
#include "outcome/flip_solve.h"
#include "outcome_model.h"

#include <string.h>

/* A number in [0, 1) from a stream of its own. */
typedef struct dice {
    uint64_t key;
    uint64_t next;
} dice;

static double roll(dice *d, double low, double high)
{
    d->next += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = d->next ^ d->key;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return low + (high - low) * (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* ---- linear programs ------------------------------------------------------------------------------ */

/* Rows as a . y >= b: goals, then y >= 0 and -y >= -width. */
typedef struct rows {
    int32_t count, n;
    double a[16][3], b[16];
} rows;

static rows rows_of(const mst_flip_program *p)
{
    rows r = {.count = p->rows, .n = p->count};
    for (int32_t i = 0; i < p->rows; i++) {
        memcpy(r.a[i], p->gain[i], (size_t)p->count * sizeof(double));
        r.b[i] = p->need[i];
    }
    for (int32_t j = 0; j < p->count; j++)
        for (int32_t side = 0; side < 2; side++) {
            memset(r.a[r.count], 0, sizeof r.a[r.count]);
            r.a[r.count][j] = side ? -1.0 : 1.0;
            r.b[r.count++] = side ? -p->width[j] : 0.0;
        }
    return r;
}

static double det3(const double m[3][3])
{
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
           m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
           m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

/* The point where three rows are tight (of fewer variables the others are 0); false: none. */
static bool corner(const rows *r, const int32_t pick[3], double y[3])
{
    double m[3][3], b[3];
    for (int32_t i = 0; i < 3; i++)
        for (int32_t j = 0; j < 3; j++) {
            m[i][j] = i < r->n ? r->a[pick[i]][j] : i == j ? 1.0 : 0.0;
            b[i] = i < r->n ? r->b[pick[i]] : 0.0;
        }
    for (int32_t i = 0; i < r->n; i++)
        for (int32_t j = r->n; j < 3; j++)
            m[i][j] = 0.0;
    const double d = det3((const double(*)[3])m);
    if (fabs(d) < 1e-9)
        return false;
    for (int32_t j = 0; j < 3; j++) {
        double with[3][3];
        memcpy(with, m, sizeof with);
        for (int32_t i = 0; i < 3; i++)
            with[i][j] = b[i];
        y[j] = det3((const double(*)[3])with) / d;
    }
    return true;
}

/* The second way: every corner. */
static double least_of_corners(const mst_flip_program *p)
{
    const rows r = rows_of(p);
    double least = INFINITY, y[3];
    for (int32_t i = 0; i < r.count; i++)
        for (int32_t j = r.n > 1 ? i + 1 : 0; j < (r.n > 1 ? r.count : 1); j++)
            for (int32_t k = r.n > 2 ? j + 1 : 0; k < (r.n > 2 ? r.count : 1); k++) {
                const int32_t pick[] = {i, j, k};
                if (!corner(&r, pick, y))
                    continue;
                bool is_inside = true;
                for (int32_t row = 0; row < r.count; row++) {
                    double sum = -r.b[row];
                    for (int32_t v = 0; v < r.n; v++)
                        sum += r.a[row][v] * y[v];
                    is_inside = is_inside && sum >= -1e-9;
                }
                double cost = 0.0;
                for (int32_t v = 0; v < r.n; v++)
                    cost += p->cost[v] * y[v];
                if (is_inside)
                    least = fmin(least, cost);
            }
    return least;
}

static void test_program__agrees_with_all_corners(void **state)
{
    (void)state;
    dice d = {7, 0};
    int32_t possible = 0, impossible = 0;
    for (int32_t trial = 0; trial < 4000; trial++) {
        mst_flip_program p = {.count = 1 + (int32_t)roll(&d, 0, 3),
                              .rows = 1 + (int32_t)roll(&d, 0, 4)};
        for (int32_t j = 0; j < p.count; j++) {
            p.cost[j] = roll(&d, 0, 1) < 0.1 ? 0.0 : roll(&d, 0.1, 2);
            p.width[j] = roll(&d, 0.1, 1.5);
        }
        for (int32_t i = 0; i < p.rows; i++) {
            p.need[i] = roll(&d, -0.3, 0.9);
            for (int32_t j = 0; j < p.count; j++)
                p.gain[i][j] = roll(&d, 0, 1) < 0.3 ? 0.0 : roll(&d, -0.5, 1.0);
        }
        double y[MST_FLIP_SET_MAX];
        const double found = mst_flip_program_solve(&p, y), least = least_of_corners(&p);
        if (isinf(least)) {
            impossible++;
            assert_true(isinf(found));
            continue;
        }
        possible++;
        /* both are right to the rounding of a few multiplications of numbers near 1 */
        assert_near(found, least, 1e-8);
        double cost = 0.0;
        for (int32_t j = 0; j < p.count; j++) {
            assert_true(y[j] >= 0.0 && y[j] <= p.width[j]);
            cost += p.cost[j] * y[j];
        }
        assert_near(cost, found, 1e-8);
        for (int32_t i = 0; i < p.rows; i++) {
            double gain = 0.0;
            for (int32_t j = 0; j < p.count; j++)
                gain += p.gain[i][j] * y[j];
            assert_true(gain >= p.need[i] - 1e-8);
        }
    }
    assert_true(possible > 1000);
    assert_true(impossible > 1000);
}

/* ---- bounds ----------------------------------------------------------------------------------------- */

typedef struct bounding {
    outcome_model m;
    mst_arena arena;
    mst_flip_scene scene;
    mst_cell *cell;
    int32_t cells;
    mst_flip_lever lever[MST_FLIP_LEVERS_MAX];
    mst_flip flip;
} bounding;

/* Each distinct value that the rules of the candidate read is a lever. */
static void bounding_open(bounding *b)
{
    outcome_model_init(&b->m);
    outcome_judge(&b->m);
    mst_arena_init(&b->arena, NULL);
    const mst_verdict *v = &b->m.verdict[CCC];
    assert_int_equal(v->stage_count, 4);
    memset(&b->scene, 0, sizeof b->scene);
    b->scene.verdict = *v;
    assert_true(mst_trial_make(&b->m.model, &b->m.run, v, &b->arena, &b->scene.trial));
    b->cells = mst_trial_cells(&b->scene.trial, v, &b->arena, &b->cell);
    b->flip = (mst_flip){.lever = b->lever, .arena = &b->arena};
    for (int32_t i = 0; i < b->cells; i++) {
        bool is_known = false;
        for (int32_t k = 0; k < b->flip.lever_count; k++)
            is_known = is_known || strcmp(b->scene.spot[k].cell[0].path, b->cell[i].path) == 0;
        if (is_known || b->flip.lever_count == MST_FLIP_LEVERS_MAX)
            continue;
        const int32_t at = b->flip.lever_count++;
        assert_true(mst_flip_spot_of(&b->scene.trial, b->cell, b->cells, b->cell[i].path,
                                     &b->scene.spot[at]));
        b->lever[at] = (mst_flip_lever){.kind = MST_LEVER_FAST,
                                        .min = b->cell[i].low,
                                        .max = 1.0,
                                        .now = b->scene.spot[at].base[0],
                                        .cost = 1.0};
    }
    assert_true(b->flip.lever_count >= 8);
    assert_true(mst_flip_scene_map(&b->scene, b->flip.lever_count, &b->arena));
}

static void bounding_close(bounding *b)
{
    mst_arena_clear(&b->arena);
    outcome_model_close(&b->m);
}

static void random_box(bounding *b, dice *d, mst_flip_box *box)
{
    box->count = 1 + (int32_t)roll(d, 0, MST_FLIP_SET_MAX);
    for (int32_t i = 0; i < box->count; i++) {
        bool is_new = false;
        while (!is_new) {
            box->lever[i] = (int32_t)roll(d, 0, b->flip.lever_count);
            is_new = true;
            for (int32_t k = 0; k < i; k++)
                is_new = is_new && box->lever[k] != box->lever[i];
        }
        const mst_flip_lever *l = &b->lever[box->lever[i]];
        const double one = roll(d, l->min, l->max), other = roll(d, l->min, l->max);
        box->lo[i] = fmin(one, other);
        box->hi[i] = fmax(one, other);
    }
}

static double margin_at(bounding *b, const double *x, int32_t stage)
{
    return mst_flip_judge(&b->scene, &b->flip, x)->stage[stage].margin;
}

/* No margin lies outside its bounds, nor the rise between two points outside those of the slopes. */
static void test_bound__holds_for_points_of_random_boxes(void **state)
{
    (void)state;
    bounding b;
    dice d = {11, 0};
    bounding_open(&b);
    double x[MST_FLIP_LEVERS_MAX];
    int64_t slopes_seen = 0;
    for (int32_t trial = 0; trial < 1500; trial++) {
        mst_flip_box box;
        mst_span span[MST_STAGES_MAX];
        random_box(&b, &d, &box);
        for (int32_t i = 0; i < b.flip.lever_count; i++)
            x[i] = b.lever[i].now;
        (void)mst_flip_judge(&b.scene, &b.flip, x); /* the others stand where they are */
        mst_flip_bound(&b.scene, &box, span);
        for (int32_t point = 0; point < 12; point++) {
            for (int32_t i = 0; i < box.count; i++)
                x[box.lever[i]] = roll(&d, box.lo[i], box.hi[i]);
            for (int32_t stage = 0; stage < b.scene.verdict.stage_count; stage++) {
                const double margin = margin_at(&b, x, stage);
                /* 1e-12: sums of a dozen terms near 1 */
                assert_true(margin >= span[stage].lo - 1e-12);
                assert_true(margin <= span[stage].hi + 1e-12);
                const int32_t along = (int32_t)roll(&d, 0, box.count);
                const double before = x[box.lever[along]];
                const double after = roll(&d, box.lo[along], box.hi[along]);
                x[box.lever[along]] = after;
                const double rise = margin_at(&b, x, stage) - margin;
                x[box.lever[along]] = before;
                const double step = after - before;
                const double lo =
                    fmin(span[stage].dlo[along] * step, span[stage].dhi[along] * step);
                const double hi =
                    fmax(span[stage].dlo[along] * step, span[stage].dhi[along] * step);
                assert_true(rise >= lo - 1e-12 && rise <= hi + 1e-12);
                slopes_seen += rise != 0.0;
            }
        }
    }
    assert_true(slopes_seen > 5000);
    bounding_close(&b);
}

/* A box that is a point has the margins of that point, and a lever's slope where the rules are linear. */
static void test_bound__of_a_point_is_the_margin(void **state)
{
    (void)state;
    bounding b;
    bounding_open(&b);
    double x[MST_FLIP_LEVERS_MAX];
    for (int32_t i = 0; i < b.flip.lever_count; i++)
        x[i] = b.lever[i].now;
    for (int32_t i = 0; i < b.flip.lever_count; i++) {
        mst_span span[MST_STAGES_MAX];
        const mst_flip_box box = {
            .count = 1, .lever = {i}, .lo = {b.lever[i].now}, .hi = {b.lever[i].now}};
        (void)mst_flip_judge(&b.scene, &b.flip, x);
        mst_flip_bound(&b.scene, &box, span);
        for (int32_t stage = 0; stage < b.scene.verdict.stage_count; stage++) {
            assert_near(span[stage].lo, margin_at(&b, x, stage), 1e-12);
            assert_near(span[stage].hi, margin_at(&b, x, stage), 1e-12);
            x[i] = b.lever[i].now + 1e-6;
            const double up = margin_at(&b, x, stage);
            x[i] = b.lever[i].now - 1e-6;
            const double down = margin_at(&b, x, stage);
            x[i] = b.lever[i].now;
            /* 1e-6: curvature of the steepest rule, a logistic of width 0.1, times the step, and
             * rounding of the difference of margins over 2e-6 */
            const double slope = (up - down) / 2e-6;
            assert_true(slope >= span[stage].dlo[0] - 1e-6);
            assert_true(slope <= span[stage].dhi[0] + 1e-6);
            assert_true(span[stage].dhi[0] - span[stage].dlo[0] < 1e-9);
        }
    }
    bounding_close(&b);
}

/* ---- the search in one scene -------------------------------------------------------------------------- */

/* Two levers, all of a grid: the branch and bound finds nothing dearer, and nothing too cheap. */
static void test_solve__agrees_with_a_grid(void **state)
{
    (void)state;
    enum { STEPS = 40 };
    bounding b;
    dice d = {23, 0};
    bounding_open(&b);
    int32_t found = 0, denied = 0;
    for (int32_t trial = 0; trial < 400; trial++) {
        const int32_t first = (int32_t)roll(&d, 0, b.flip.lever_count);
        const int32_t second =
            (first + 1 + (int32_t)roll(&d, 0, b.flip.lever_count - 1)) % b.flip.lever_count;
        const int32_t moved[] = {first, second};
        const int32_t stage = 1 + (int32_t)roll(&d, 0, 3);
        const bool is_yes = b.scene.verdict.stage[stage].margin > 0.0;
        const mst_flip_goal goal = {is_yes ? 0U : 1U << stage, is_yes ? stage : -1, 0U};
        double x[MST_FLIP_LEVERS_MAX], least = INFINITY;
        for (int32_t i = 0; i < b.flip.lever_count; i++)
            x[i] = b.lever[i].now;
        for (int32_t i = 0; i <= STEPS; i++)
            for (int32_t k = 0; k <= STEPS; k++) {
                const mst_flip_lever *l = &b.lever[first], *r = &b.lever[second];
                x[first] = l->min + (l->max - l->min) * i / STEPS;
                x[second] = r->min + (r->max - r->min) * k / STEPS;
                if (mst_flip_meets(mst_flip_judge(&b.scene, &b.flip, x), &goal))
                    least = fmin(least, mst_flip_cost(l, x[first]) + mst_flip_cost(r, x[second]));
            }
        x[first] = b.lever[first].now;
        x[second] = b.lever[second].now;
        (void)mst_flip_judge(&b.scene, &b.flip, x);
        const mst_flip_answer a = mst_flip_solve(&b.flip, &b.scene, &goal, moved, 2, INFINITY, x);
        assert_true(a.is_proved);
        /* a lever that is of no use makes the set no smallest one: the solver then gives it up, and
         * the other lever alone does as well */
        if (!a.found) {
            const mst_flip_answer one =
                mst_flip_solve(&b.flip, &b.scene, &goal, moved, 1, INFINITY, x);
            const mst_flip_answer two =
                mst_flip_solve(&b.flip, &b.scene, &goal, moved + 1, 1, INFINITY, x);
            assert_true(isinf(least) || one.found || two.found);
            denied++;
            continue;
        }
        found++;
        assert_true(mst_flip_meets(mst_flip_judge(&b.scene, &b.flip, x), &goal));
        assert_near(mst_flip_cost(&b.lever[first], x[first]) +
                        mst_flip_cost(&b.lever[second], x[second]),
                    a.cost, 1e-12);
        assert_true(a.least >= a.cost - MST_FLIP_TOLERANCE * 2.0 - 1e-12); /* range of align: 2 */
        assert_true(a.cost <= least + 1e-9);
    }
    assert_true(found >= 10);
    assert_true(denied >= 10);
    bounding_close(&b);
}

static void test_cost__of_moves(void **state)
{
    (void)state;
    const mst_flip_lever number = {
        .kind = MST_LEVER_FAST, .min = 0.0, .max = 2.0, .now = 0.5, .cost = 3.0};
    const mst_flip_lever choice = {
        .kind = MST_LEVER_CHOICE, .min = 0.0, .max = 2.0, .now = 1.0, .cost = 4.0};
    const mst_flip_lever missing = {
        .kind = MST_LEVER_DEEP, .min = 0.0, .max = 2.0, .now = (double)NAN, .cost = 1.0};
    assert_near(mst_flip_cost(&number, 1.5), 3.0, 0.0);
    assert_near(mst_flip_cost(&number, 0.0), 1.5, 0.0);
    assert_near(mst_flip_cost(&number, 0.5), 0.0, 0.0);
    assert_near(mst_flip_cost(&choice, 2.0), 4.0, 0.0);
    assert_near(mst_flip_cost(&choice, 1.0), 0.0, 0.0);
    assert_near(mst_flip_cost(&missing, 0.1), 1.0, 0.0);
    assert_near(mst_flip_cost(&missing, (double)NAN), 0.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_program__agrees_with_all_corners),
        cmocka_unit_test(test_bound__holds_for_points_of_random_boxes),
        cmocka_unit_test(test_bound__of_a_point_is_the_margin),
        cmocka_unit_test(test_solve__agrees_with_a_grid),
        cmocka_unit_test(test_cost__of_moves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

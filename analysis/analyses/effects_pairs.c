/* What two factors of few values do together: finding it. */
#include "analyses/effects_pairs.h"

#include <math.h>
#include <stdlib.h>

/* Of more factors only those with the widest swings are looked at by pairs. */
enum { FACTORS_MOST = 30 };

/* ---- finding -------------------------------------------------------------------------------------- */

static bool is_at(const mst_effects *e, int32_t row, const mst_two *p, int k, int which)
{
    const double x = mst_points_x(&e->sample.points, row, p->input[k]);
    const double value = p->together.value[k][p->together.at[k][which]];
    return !(x < value) && !(x > value);
}

/* What weighs the points in the contrast; of holes that of the model. */
static void weigh_cells(const mst_effects *e, const mst_two *p, const mst_adjusted *model)
{
    const mst_interaction *t = &p->together;
    const int32_t rows = e->sample.points.rows;
    mst_adjusted_begin(model);
    for (int32_t row = 0; row < rows; row++)
        e->weight[row] = 0.0;
    for (int k = 0; k < 4; k++) {
        const int32_t at[] = {t->at[0][k / 2], t->at[1][k % 2]};
        const double x[] = {t->value[0][at[0]], t->value[1][at[1]]};
        const double sign = k == 0 || k == 3 ? 1.0 : -1.0;
        const int32_t cell = at[0] * t->values[1] + at[1];
        if (e->has_holes)
            mst_adjusted_add_cell(model, p->input, x, sign);
        for (int32_t row = 0; !e->has_holes && row < rows; row++)
            if (is_at(e, row, p, 0, k / 2) && is_at(e, row, p, 1, k % 2))
                e->weight[row] = sign / (double)t->cell[cell].points;
    }
    if (e->has_holes)
        mst_adjusted_weigh(model, e->weight);
}

/* The contrast run by run; of points that were drawn, their own error besides. Any of the contrasts may be
 * the largest (Bonferroni). */
static void test_by_runs(const mst_effects *e, mst_two *p)
{
    const mst_interaction *t = &p->together;
    const double tests = (double)t->contrasts, level = 1.0 - (1.0 - e->data->level) / tests;
    const mst_paired runs = mst_aligned_contrast(&e->aligned, e->weight, level, e->scratch);
    const bool is_drawn = e->sample.spread == MST_SPREAD_POINTS;
    mst_errors sum = {0};
    mst_errors_add(&sum, runs.error, (double)runs.pairs - 1.0);
    if (is_drawn)
        mst_errors_add(&sum, t->error, t->df);
    p->together.low = t->contrast - mst_errors_half(&sum, level);
    p->together.high = t->contrast + mst_errors_half(&sum, level);
    const double by_runs = fmin(1.0, runs.p * tests);
    p->p = !is_drawn ? by_runs : isnan(p->p) ? p->p : fmax(p->p, by_runs);
}

/* The same of a model, from what the runs of each point say of its mean. */
static void test_by_errors(const mst_effects *e, mst_two *p)
{
    mst_interaction *t = &p->together;
    const double tests = (double)t->contrasts, level = 1.0 - (1.0 - e->data->level) / tests;
    mst_errors sum = {0};
    p->p = mst_effects_test_weighted(e, t->contrast, tests, &sum);
    t->low = t->contrast - mst_errors_half(&sum, level);
    t->high = t->contrast + mst_errors_half(&sum, level);
}

static void test(const mst_effects *e, mst_two *p, const mst_adjusted *model)
{
    const bool has_test = !e->sample.is_exact && p->together.contrasts > 0;
    p->p = has_test ? p->together.p : (double)NAN;
    if (has_test)
        weigh_cells(e, p, model);
    if (has_test && e->is_paired)
        test_by_runs(e, p);
    else if (has_test && e->has_holes)
        test_by_errors(e, p);
}

/* Nothing is to be freed after a failure. */
static muster_status find_pair(mst_effects *e, int32_t first, int32_t second, mst_two *out)
{
    const char *why = NULL;
    mst_adjusted own = {0};
    *out = (mst_two){.input = {first, second}};
    muster_status status = mst_interaction_of(&e->sample.points, first, second, e->sample.spread,
                                              e->data->level, &out->together, &why);
    if (status == MUSTER_OK && e->has_holes)
        status = mst_effects_adjust_pair(e, out->input, &out->together, &own, &out->lack);
    const mst_adjusted *model = own.grid ? &own : &e->model;
    if (status == MUSTER_OK) {
        out->is_sure = e->sample.is_exact && (!e->has_holes || model->is_through);
        test(e, out, model);
    } else {
        mst_interaction_free(&out->together);
    }
    mst_adjusted_free(&own);
    return status;
}

static int by_size(const void *left, const void *right)
{
    const mst_two *a = left, *b = right;
    const double x = isnan(a->together.contrast) ? -1.0 : fabs(a->together.contrast),
                 y = isnan(b->together.contrast) ? -1.0 : fabs(b->together.contrast);
    if (x < y || x > y)
        return x > y ? -1 : 1;
    return a->input[0] != b->input[0]  ? (a->input[0] > b->input[0] ? 1 : -1)
           : a->input[1] > b->input[1] ? 1
                                       : -1;
}

static muster_status adjust(const mst_twos *all)
{
    double *p = malloc(((size_t)all->count + 1) * sizeof *p);
    int32_t *scratch = malloc(((size_t)all->count + 1) * sizeof *scratch);
    for (int32_t i = 0; p && scratch && i < all->count; i++)
        p[i] = all->two[i].p;
    if (p && scratch)
        muster_p_holm(p, all->count, scratch);
    for (int32_t i = 0; p && scratch && i < all->count; i++)
        all->two[i].p = p[i];
    const bool is_well = p && scratch;
    free(p);
    free(scratch);
    return is_well ? MUSTER_OK : MUSTER_WORLD;
}

/* Pairs of the factors (count) that have few values. */
static muster_status find_pairs(mst_twos *all, const int32_t *input, int32_t count)
{
    muster_status status = MUSTER_OK;
    for (int32_t i = 0; i < count; i++)
        for (int32_t k = i + 1; status == MUSTER_OK && k < count; k++) {
            const int32_t first = input[i] < input[k] ? input[i] : input[k],
                          second = input[i] < input[k] ? input[k] : input[i];
            status = find_pair(all->effects, first, second, &all->two[all->count]);
            all->count += status == MUSTER_OK;
        }
    if (status == MUSTER_OK)
        status = adjust(all);
    qsort(all->two, (size_t)all->count, sizeof *all->two, by_size);
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

muster_status mst_pairs_tell(mst_effects *e, muster_section *section)
{
    int32_t input[FACTORS_MOST], count = 0, few = 0;
    for (int32_t i = 0; i < e->count; i++) {
        if (e->effect[i].main.is_binned)
            continue;
        few++;
        if (count < FACTORS_MOST)
            input[count++] = e->effect[i].input;
    }
    if (e->count < 2)
        return MUSTER_OK;
    if (count < 2) {
        muster_section_say(section,
                           "What two factors do together is not looked at here: that takes two of "
                           "at most %d values each (see regression).",
                           MST_BINS);
        return MUSTER_OK;
    }
    mst_twos all = {.effects = e};
    const size_t most = (size_t)count * (size_t)(count - 1) / 2;
    all.two = calloc(most + 1, sizeof *all.two);
    muster_status status = all.two ? find_pairs(&all, input, count) : MUSTER_WORLD;
    if (status == MUSTER_OK)
        mst_twos_tell(&all, count, few, section);
    for (int32_t i = 0; i < all.count; i++)
        mst_interaction_free(&all.two[i].together);
    free(all.two);
    return status;
}

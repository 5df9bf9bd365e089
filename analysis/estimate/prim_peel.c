/* Peeling: from the open box inwards, a small share of the points at a time. As with Friedman and
 * Fisher the least bad peel is made where none is good, so that a bump of chance does not end the way
 * to what lies behind it; which step to take is chosen afterwards. */
#include "estimate/prim_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void mst_prim_box_free(mst_prim_box *box)
{
    free(box->step);
    free(box->limit);
    free(box->figures);
    *box = (mst_prim_box){0};
}

void mst_prim_close(mst_prim_walk *walk)
{
    free(walk->is_in);
    free(walk->misses);
    free(walk->limit);
    mst_prim_box_free(&walk->box);
}

bool mst_prim_is_better(const mst_prim_change *change, const mst_prim_change *than)
{
    if (change->score < than->score || change->score > than->score)
        return change->score > than->score;
    return change->limited < than->limited;
}

/* ---- trajectory ------------------------------------------------------------------------------ */

bool mst_prim_note(mst_prim_walk *walk, bool is_paste)
{
    const size_t inputs = (size_t)walk->points->inputs;
    if (walk->box.steps == walk->step_room) {
        const size_t more = walk->step_room > 0 ? 2 * (size_t)walk->step_room : 64;
        mst_prim_step *step = realloc(walk->box.step, more * sizeof *step);
        if (!step)
            return false;
        walk->box.step = step;
        mst_prim_limit *limit = realloc(walk->box.limit, more * inputs * sizeof *limit);
        if (!limit)
            return false;
        walk->box.limit = limit;
        walk->step_room = (int32_t)more;
    }
    memcpy(walk->box.limit + (size_t)walk->box.steps * inputs, walk->limit,
           inputs * sizeof *walk->limit);
    walk->box.step[walk->box.steps++] = (mst_prim_step){walk->in,
                                                        walk->in_hits,
                                                        (double)walk->in_hits / walk->all_hits,
                                                        (double)walk->in_hits / (double)walk->in,
                                                        (double)walk->in / walk->all,
                                                        mst_prim_limited(walk->points, walk->limit),
                                                        is_paste};
    return true;
}

static bool start(mst_prim_walk *walk)
{
    const size_t rows = (size_t)walk->points->rows, inputs = (size_t)walk->points->inputs;
    walk->is_in = calloc(rows, sizeof *walk->is_in);
    walk->misses = calloc(rows, sizeof *walk->misses);
    walk->limit = calloc(inputs, sizeof *walk->limit);
    if (!walk->is_in || !walk->misses || !walk->limit)
        return false;
    for (int32_t i = 0; i < walk->points->inputs; i++)
        walk->limit[i] = mst_prim_open_limit(&walk->points->input[i]);
    for (int32_t row = 0; row < walk->points->rows; row++) {
        walk->is_in[row] = walk->is_there[row];
        walk->in += walk->is_in[row];
        walk->in_hits += walk->is_in[row] && mst_prim_hits(walk->points, walk->options, row);
    }
    return mst_prim_note(walk, false);
}

/* ---- one peel -------------------------------------------------------------------------------- */

/* Takes the change if it is the best so far. */
static void offer(const mst_prim_walk *walk, mst_prim_change *change, mst_prim_change *best)
{
    if (change->points < 1 || change->points >= walk->in || (double)change->points < walk->least)
        return;
    const double gain =
        (double)change->hits / (double)change->points - (double)walk->in_hits / (double)walk->in;
    change->score =
        walk->options->aim == MST_PRIM_LENIENT ? gain / (double)(walk->in - change->points) : gain;
    const mst_prim_limit before = walk->limit[change->input];
    walk->limit[change->input] = change->to;
    change->limited = mst_prim_limited(walk->points, walk->limit);
    walk->limit[change->input] = before;
    if (best->points == 0 || mst_prim_is_better(change, best))
        *best = *change;
}

/* The limit between two neighbouring values: a whole number, that which stays; else halfway. */
static double between(mst_input_kind kind, double stays, double goes)
{
    const double middle = 0.5 * stays + 0.5 * goes;
    /* neighbours so close that halfway is the one that goes */
    const bool is_apart = stays > goes ? middle > goes : middle < goes;
    return kind == MST_INPUT_INT || !is_apart ? stays : middle;
}

/* Off goes all up to the value of the k-th point in the box from that end, k the peel share, at
 * least one point; equal values go together. */
static void peel_number(const mst_prim_walk *walk, int32_t input, int end, mst_prim_change *best)
{
    const int32_t *sorted = walk->sorted + (int64_t)input * walk->used;
    const int32_t step = end == MST_PRIM_LOW ? 1 : -1;
    const int32_t count = 1 + (int32_t)floor(walk->options->peel * ((double)walk->in - 1.0));
    int32_t gone = 0, hits = 0;
    double last = (double)NAN;
    for (int32_t k = 0, at = end == MST_PRIM_LOW ? 0 : walk->used - 1; k < walk->used;
         k++, at += step) {
        const int32_t row = sorted[at];
        if (!walk->is_in[row])
            continue;
        const double x = mst_points_x(walk->points, row, input);
        if (gone >= count && (x < last || x > last)) {
            const double limit = between(walk->points->input[input].kind, x, last);
            mst_prim_change change = {.input = input,
                                      .end = end,
                                      .to = walk->limit[input],
                                      .points = walk->in - gone,
                                      .hits = walk->in_hits - hits};
            *(end == MST_PRIM_LOW ? &change.to.low : &change.to.high) = limit;
            offer(walk, &change, best);
            return;
        }
        gone++;
        hits += mst_prim_hits(walk->points, walk->options, row);
        last = x;
    }
}

/* One level at a time. */
static void peel_choice(const mst_prim_walk *walk, int32_t input, mst_prim_change *best)
{
    int32_t points[MST_INPUT_LEVELS] = {0}, hits[MST_INPUT_LEVELS] = {0};
    for (int32_t row = 0; row < walk->points->rows; row++) {
        if (!walk->is_in[row])
            continue;
        const int32_t level = (int32_t)mst_points_x(walk->points, row, input);
        points[level]++;
        hits[level] += mst_prim_hits(walk->points, walk->options, row);
    }
    for (int32_t l = 0; l < walk->points->input[input].levels; l++) {
        if (points[l] == 0)
            continue;
        mst_prim_change change = {.input = input,
                                  .end = MST_PRIM_LEVELS,
                                  .to = walk->limit[input],
                                  .points = walk->in - points[l],
                                  .hits = walk->in_hits - hits[l]};
        change.to.levels &= ~(UINT64_C(1) << l);
        offer(walk, &change, best);
    }
}

static void apply(mst_prim_walk *walk, const mst_prim_change *change)
{
    walk->limit[change->input] = change->to;
    for (int32_t row = 0; row < walk->points->rows; row++)
        walk->is_in[row] =
            walk->is_in[row] && mst_prim_allows(&walk->points->input[change->input], &change->to,
                                                mst_points_x(walk->points, row, change->input));
    walk->in = change->points;
    walk->in_hits = change->hits;
}

bool mst_prim_peel(mst_prim_walk *walk)
{
    if (!start(walk))
        return false;
    /* a box that is of interest all through cannot be bettered, and one without a hit is lost */
    while (walk->in_hits > 0 && walk->in_hits < walk->in) {
        mst_prim_change best = {.points = 0};
        for (int32_t i = 0; i < walk->points->inputs; i++) {
            if (walk->points->input[i].kind == MST_INPUT_CHOICE) {
                peel_choice(walk, i, &best);
            } else {
                peel_number(walk, i, MST_PRIM_LOW, &best);
                peel_number(walk, i, MST_PRIM_HIGH, &best);
            }
        }
        if (best.points == 0)
            return true;
        apply(walk, &best);
        if (!mst_prim_note(walk, false))
            return false;
    }
    return true;
}

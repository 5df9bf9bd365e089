/* Pasting: back outwards from a chosen box, as long as it becomes no less dense: at the same
 * density more points of interest are the better box. */
#include "estimate/prim_parts.h"

#include <math.h>
#include <string.h>

/* Puts the walk back at a step it came through. */
static void go_back(mst_prim_walk *walk, int32_t step)
{
    const int32_t inputs = walk->points->inputs;
    memcpy(walk->limit, walk->box.limit + (int64_t)step * inputs,
           (size_t)inputs * sizeof *walk->limit);
    walk->in = walk->box.step[step].points;
    walk->in_hits = walk->box.step[step].hits;
}

/* Inputs whose limit each row misses. */
static void count_misses(mst_prim_walk *walk)
{
    for (int32_t row = 0; row < walk->points->rows; row++) {
        walk->misses[row] = 0;
        for (int32_t i = 0; i < walk->points->inputs && walk->is_there[row]; i++)
            walk->misses[row] += !mst_prim_allows(&walk->points->input[i], &walk->limit[i],
                                                  mst_points_x(walk->points, row, i));
    }
}

static void offer(const mst_prim_walk *walk, mst_prim_change *change, mst_prim_change *best)
{
    if (change->points <= walk->in)
        return;
    const double gain =
        (double)change->hits / (double)change->points - (double)walk->in_hits / (double)walk->in;
    change->score =
        walk->options->aim == MST_PRIM_LENIENT ? gain / (double)(change->points - walk->in) : gain;
    if (change->score >= 0.0 && (best->points == 0 || mst_prim_is_better(change, best)))
        *best = *change;
}

/* Is the row held back by that end alone? */
static bool is_held_by(const mst_prim_walk *walk, int32_t input, int end, int32_t row)
{
    if (!walk->is_there[row] || walk->misses[row] != 1)
        return false;
    const double x = mst_points_x(walk->points, row, input);
    return end == MST_PRIM_LOW ? x < walk->limit[input].low : x > walk->limit[input].high;
}

/* The nearest points outside that end alone holds back, the paste share of the box, at least one;
 * equal values come together. The new limit lies halfway to the next one outside; there is none:
 * open. */
static void paste_number(const mst_prim_walk *walk, int32_t input, int end, mst_prim_change *best)
{
    const int32_t *sorted = walk->sorted + (int64_t)input * walk->used;
    const int32_t step = end == MST_PRIM_LOW ? -1 : 1;
    const int32_t count = (int32_t)fmax(1.0, floor(walk->options->paste * (double)walk->in));
    const mst_prim_limit none = mst_prim_open_limit(&walk->points->input[input]);
    mst_prim_change change = {.input = input,
                              .end = end,
                              .to = walk->limit[input],
                              .points = walk->in,
                              .hits = walk->in_hits};
    double *limit = end == MST_PRIM_LOW ? &change.to.low : &change.to.high;
    double last = (double)NAN;
    *limit = end == MST_PRIM_LOW ? none.low : none.high;
    for (int32_t k = 0, at = end == MST_PRIM_LOW ? walk->used - 1 : 0; k < walk->used;
         k++, at += step) {
        const int32_t row = sorted[at];
        if (!is_held_by(walk, input, end, row))
            continue;
        const double x = mst_points_x(walk->points, row, input);
        if (change.points - walk->in >= count && (x < last || x > last)) {
            const double middle = 0.5 * x + 0.5 * last;
            const bool is_apart = last > x ? middle > x : middle < x;
            *limit = walk->points->input[input].kind == MST_INPUT_INT || !is_apart ? last : middle;
            break;
        }
        change.points++;
        change.hits += mst_prim_hits(walk->points, walk->options, row);
        last = x;
    }
    offer(walk, &change, best);
}

static void paste_choice(const mst_prim_walk *walk, int32_t input, mst_prim_change *best)
{
    int32_t points[MST_INPUT_LEVELS] = {0}, hits[MST_INPUT_LEVELS] = {0};
    for (int32_t row = 0; row < walk->points->rows; row++) {
        const double x = mst_points_x(walk->points, row, input);
        if (!walk->is_there[row] || walk->misses[row] != 1 ||
            mst_prim_allows(&walk->points->input[input], &walk->limit[input], x))
            continue;
        points[(int32_t)x]++;
        hits[(int32_t)x] += mst_prim_hits(walk->points, walk->options, row);
    }
    for (int32_t l = 0; l < walk->points->input[input].levels; l++) {
        mst_prim_change change = {.input = input,
                                  .end = MST_PRIM_LEVELS,
                                  .to = walk->limit[input],
                                  .points = walk->in + points[l],
                                  .hits = walk->in_hits + hits[l]};
        change.to.levels |= UINT64_C(1) << l;
        if (points[l] > 0)
            offer(walk, &change, best);
    }
}

bool mst_prim_paste(mst_prim_walk *walk, int32_t step)
{
    go_back(walk, step);
    for (;;) {
        mst_prim_change best = {.points = 0};
        count_misses(walk);
        for (int32_t i = 0; i < walk->points->inputs; i++) {
            const mst_input *input = &walk->points->input[i];
            for (int end = MST_PRIM_LOW; end <= MST_PRIM_HIGH; end++)
                if (mst_prim_is_limited(input, &walk->limit[i], end))
                    paste_number(walk, i, end, &best);
            if (mst_prim_is_limited(input, &walk->limit[i], MST_PRIM_LEVELS))
                paste_choice(walk, i, &best);
        }
        if (best.points == 0)
            return true;
        walk->limit[best.input] = best.to;
        walk->in = best.points;
        walk->in_hits = best.hits;
        if (!mst_prim_note(walk, true))
            return false;
    }
}

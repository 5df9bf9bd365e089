#include "estimate/prim.h"

#include "base/rng.h"
#include "estimate/prim_parts.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

mst_prim_options mst_prim_defaults(void)
{
    return (mst_prim_options){.threshold = 0.5,
                              .peel = 0.05,
                              .paste = 0.05,
                              .mass_min = 0.05,
                              .quasi_p_most = 1.0,
                              .boxes = 1,
                              .resamples = 10};
}

void mst_prim_free(mst_prim *prim)
{
    for (int32_t b = 0; b < prim->boxes; b++)
        mst_prim_box_free(&prim->box[b]);
    free(prim->box);
    *prim = (mst_prim){0};
}

/* What all boxes share. */
typedef struct hunt {
    const mst_points *points;
    const mst_prim_options *options;
    bool *is_there;  /* rows outside the boxes found so far      */
    bool *is_drawn;  /* rows in a resample                       */
    int32_t *sorted; /* inputs * used, see the walk              */
    int32_t *row;    /* used: rows there, to draw from           */
    int32_t *drawn;  /* used                                     */
    int32_t used, hits;
    gsl_rng *rng; /* of the halves, of all boxes in turn */
} hunt;

/* ---- start ----------------------------------------------------------------------------------- */

static bool is_share(double value)
{
    return value > 0.0 && value < 1.0;
}

static const char *fault_of(const mst_points *points, const mst_prim_options *options)
{
    const char *fault = mst_points_fault(points);
    if (fault)
        return fault;
    if (isnan(options->threshold))
        return "the threshold is not a number";
    if (!is_share(options->peel) || !is_share(options->paste) || !is_share(options->mass_min))
        return "a share of points is not between 0 and 1";
    if (!(options->quasi_p_most > 0.0 && options->quasi_p_most <= 1.0))
        return "the greatest quasi-P is not above 0 and at most 1";
    if (options->boxes < 1)
        return "there must be one box or more";
    return options->resamples < 0 ? "a number of resamples is below 0" : NULL;
}

/* qsort hands no context to a comparison, so every entry carries its value. */
typedef struct entry {
    double x;
    int32_t row;
} entry;

static int compare(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    if (a->x < b->x || a->x > b->x)
        return a->x < b->x ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static bool sort_inputs(hunt *h)
{
    entry *list = malloc(((size_t)h->used + 1) * sizeof *list);
    for (int32_t i = 0; i < h->points->inputs && list; i++) {
        int32_t count = 0;
        for (int32_t row = 0; row < h->points->rows; row++)
            if (mst_points_has(h->points, row))
                list[count++] = (entry){mst_points_x(h->points, row, i), row};
        qsort(list, (size_t)count, sizeof *list, compare);
        for (int32_t k = 0; k < count; k++)
            h->sorted[(int64_t)i * h->used + k] = list[k].row;
    }
    free(list);
    return list != NULL;
}

static bool open_hunt(hunt *h)
{
    const size_t rows = (size_t)h->points->rows;
    h->is_there = calloc(rows, sizeof *h->is_there);
    h->is_drawn = calloc(rows, sizeof *h->is_drawn);
    h->row = calloc(rows, sizeof *h->row);
    h->drawn = calloc(rows, sizeof *h->drawn);
    h->rng = mst_rng_open(h->options->seed, "prim");
    if (!h->is_there || !h->is_drawn || !h->row || !h->drawn || !h->rng)
        return false;
    for (int32_t row = 0; row < h->points->rows; row++) {
        h->is_there[row] = mst_points_has(h->points, row);
        h->used += h->is_there[row];
        h->hits += h->is_there[row] && mst_prim_hits(h->points, h->options, row);
    }
    h->sorted = calloc((size_t)h->used * (size_t)h->points->inputs, sizeof *h->sorted);
    return h->sorted && sort_inputs(h);
}

static void close_hunt(hunt *h)
{
    free(h->is_there);
    free(h->is_drawn);
    free(h->sorted);
    free(h->row);
    free(h->drawn);
    if (h->rng)
        gsl_rng_free(h->rng);
}

/* Points, and those of interest, among the rows marked. */
static int32_t count_of(const hunt *h, const bool *is_there, int32_t *out_hits)
{
    int32_t count = 0;
    *out_hits = 0;
    for (int32_t row = 0; row < h->points->rows; row++) {
        count += is_there[row];
        *out_hits += is_there[row] && mst_prim_hits(h->points, h->options, row);
    }
    return count;
}

static mst_prim_walk walk_over(const hunt *h, const bool *is_there, double all, double all_hits)
{
    return (mst_prim_walk){.points = h->points,
                           .options = h->options,
                           .is_there = is_there,
                           .sorted = h->sorted,
                           .used = h->used,
                           .all = all,
                           .all_hits = all_hits,
                           .least = h->options->mass_min * all};
}

/* ---- one box --------------------------------------------------------------------------------- */

/* The box of all points is no answer where there is another. */
static int32_t choose_step(const mst_prim_box *box, int32_t wanted)
{
    if (wanted >= 0)
        return wanted < box->steps ? wanted : box->steps - 1;
    int32_t best = box->steps > 1 ? 1 : 0;
    for (int32_t s = best; s < box->steps; s++)
        if (box->step[s].coverage * box->step[s].density >
            box->step[best].coverage * box->step[best].density)
            best = s;
    return best;
}

static bool find_figures(const hunt *h, mst_prim_box *box)
{
    const int32_t inputs = h->points->inputs;
    const mst_prim_limit *limit = box->limit + (int64_t)box->chosen * inputs;
    box->figures = calloc((size_t)inputs, sizeof *box->figures);
    for (int32_t i = 0; i < inputs && box->figures; i++) {
        for (int end = MST_PRIM_LOW; end <= MST_PRIM_LEVELS; end++) {
            mst_prim_figures *f = &box->figures[i];
            f->quasi_p[end] =
                mst_prim_quasi_p_of(h->points, h->options, h->is_there, limit, i, end);
            f->by_coverage[end] = f->by_density[end] = (double)NAN;
        }
    }
    return box->figures != NULL;
}

/* The step nearest in coverage, or in density; of equals that with more of the other, so that of
 * the many that still cover all the tightest is meant. */
static int32_t nearest(const mst_prim_box *box, bool is_by_coverage, double wanted)
{
    int32_t best = 0;
    double least = (double)INFINITY, most = 0.0;
    for (int32_t s = 0; s < box->steps; s++) {
        const mst_prim_step *step = &box->step[s];
        const double apart = fabs((is_by_coverage ? step->coverage : step->density) - wanted);
        const double other = is_by_coverage ? step->density : step->coverage;
        if (apart > least || (!(apart < least) && !(other > most)))
            continue;
        least = apart;
        most = other;
        best = s;
    }
    return best;
}

/* Adds what one half says: which ends its two nearest steps limit. */
static void add_half(const hunt *h, const mst_prim_box *half, double wanted_coverage,
                     mst_prim_box *box)
{
    const mst_prim_step *chosen = &box->step[box->chosen];
    const int32_t by[2] = {nearest(half, true, wanted_coverage),
                           nearest(half, false, chosen->density)};
    for (int k = 0; k < 2; k++) {
        const mst_prim_limit *limit = half->limit + (int64_t)by[k] * h->points->inputs;
        for (int32_t i = 0; i < h->points->inputs; i++) {
            mst_prim_figures *f = &box->figures[i];
            double *share = k == 0 ? f->by_coverage : f->by_density;
            for (int end = MST_PRIM_LOW; end <= MST_PRIM_LEVELS; end++)
                share[end] += mst_prim_is_limited(&h->points->input[i], &limit[i], end) ? 1.0 : 0.0;
        }
    }
}

/* One half of the points there, peeled anew. A half without a hit, or of hits only, tells nothing:
 * it limits no input. */
static bool look_again(hunt *h, int32_t there, mst_prim_box *box, double coverage)
{
    const int32_t half = there / 2;
    gsl_ran_choose(h->rng, h->drawn, (size_t)half, h->row, (size_t)there, sizeof *h->row);
    for (int32_t row = 0; row < h->points->rows; row++)
        h->is_drawn[row] = false;
    for (int32_t k = 0; k < half; k++)
        h->is_drawn[h->drawn[k]] = true;
    int32_t hits = 0;
    count_of(h, h->is_drawn, &hits);
    if (hits == 0)
        return true;
    mst_prim_walk walk = walk_over(h, h->is_drawn, (double)half, (double)hits);
    const bool is_well = mst_prim_peel(&walk);
    if (is_well)
        add_half(h, &walk.box, coverage, box);
    mst_prim_close(&walk);
    return is_well;
}

/* Counts of halves times a scale; 0 sets them to 0. */
static void scale_again(const hunt *h, mst_prim_box *box, double scale)
{
    for (int32_t i = 0; i < h->points->inputs; i++)
        for (int end = MST_PRIM_LOW; end <= MST_PRIM_LEVELS; end++) {
            mst_prim_figures *f = &box->figures[i];
            f->by_coverage[end] = scale > 0.0 ? f->by_coverage[end] * scale : 0.0;
            f->by_density[end] = scale > 0.0 ? f->by_density[end] * scale : 0.0;
        }
}

/* Coverage in a half is of the hits there: among those still there when the box was found. */
static bool resample(hunt *h, mst_prim_box *box)
{
    int32_t hits = 0, there = 0;
    for (int32_t row = 0; row < h->points->rows; row++)
        if (h->is_there[row])
            h->row[there++] = row;
    count_of(h, h->is_there, &hits);
    if (h->options->resamples < 1 || there < 2)
        return true;
    bool is_well = true;
    scale_again(h, box, 0.0);
    const double coverage = (double)box->step[box->chosen].hits / (double)hits;
    for (int32_t r = 0; r < h->options->resamples && is_well; r++)
        is_well = look_again(h, there, box, coverage);
    scale_again(h, box, 1.0 / (double)h->options->resamples);
    return is_well;
}

/* The box's points go, so that the next one is found among the rest. */
static void take_out(hunt *h, const mst_prim_limit *limit)
{
    for (int32_t row = 0; row < h->points->rows; row++) {
        bool is_in = h->is_there[row];
        for (int32_t i = 0; i < h->points->inputs && is_in; i++)
            is_in =
                mst_prim_allows(&h->points->input[i], &limit[i], mst_points_x(h->points, row, i));
        h->is_there[row] = h->is_there[row] && !is_in;
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Friedman and Fisher end where a box is no denser than all points together. */
static bool stands_out(const hunt *h, const mst_prim_step *step)
{
    return step->limited > 0 && step->density > (double)h->hits / (double)h->used;
}

/* out_is_box false: nothing there stands out any more. False: memory is short. */
static bool find_box(hunt *h, int32_t number, mst_prim_box *out, bool *out_is_box)
{
    mst_prim_walk walk = walk_over(h, h->is_there, (double)h->used, (double)h->hits);
    const int32_t wanted = h->options->step ? h->options->step[number] : -1;
    bool is_well = mst_prim_peel(&walk);
    *out_is_box = false;
    if (is_well) {
        walk.box.peeled = choose_step(&walk.box, wanted);
        const int32_t peels = walk.box.steps;
        is_well = mst_prim_paste(&walk, walk.box.peeled) && mst_prim_drop(&walk);
        walk.box.chosen = walk.box.steps > peels ? walk.box.steps - 1 : walk.box.peeled;
    }
    if (is_well && stands_out(h, &walk.box.step[walk.box.chosen])) {
        *out_is_box = true;
        *out = walk.box;
        walk.box = (mst_prim_box){0};
        is_well = find_figures(h, out) && resample(h, out);
    }
    mst_prim_close(&walk);
    return is_well;
}

static bool find_boxes(hunt *h, mst_prim *prim)
{
    prim->box = calloc((size_t)h->options->boxes, sizeof *prim->box);
    if (!prim->box)
        return false;
    while (prim->boxes < h->options->boxes) {
        int32_t hits = 0;
        const int32_t there = count_of(h, h->is_there, &hits);
        if (hits == 0 || (double)there < h->options->mass_min * (double)h->used)
            return true;
        mst_prim_box *box = &prim->box[prim->boxes];
        bool is_box = false;
        const bool is_well = find_box(h, prim->boxes, box, &is_box);
        prim->boxes += is_box;
        if (!is_well || !is_box)
            return is_well;
        take_out(h, box->limit + (int64_t)box->chosen * prim->inputs);
    }
    return true;
}

muster_status mst_prim_find(const mst_points *points, const mst_prim_options *options,
                            mst_prim *out, const char **out_reason)
{
    *out = (mst_prim){0};
    *out_reason = fault_of(points, options);
    if (*out_reason)
        return MUSTER_MISTAKE;
    hunt h = {.points = points, .options = options};
    mst_prim prim = {.inputs = points->inputs};
    muster_status status = open_hunt(&h) ? MUSTER_OK : MUSTER_WORLD;
    *out_reason = "memory is short";
    prim.used = h.used;
    prim.hits = h.hits;
    if (status == MUSTER_OK && (h.hits == 0 || h.hits == h.used)) {
        status = MUSTER_MISTAKE;
        *out_reason = h.hits == 0 ? "no point is of interest" : "every point is of interest";
    }
    if (status == MUSTER_OK && !find_boxes(&h, &prim))
        status = MUSTER_WORLD;
    close_hunt(&h);
    if (status == MUSTER_OK)
        *out_reason = NULL;
    else
        mst_prim_free(&prim);
    *out = prim;
    return status;
}

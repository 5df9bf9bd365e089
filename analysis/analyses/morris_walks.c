/* From points of a Morris design to walks, and from values of factors to parts of their range. */
#include "analyses/morris_parts.h"

#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How far the walks have come while points are read. */
typedef struct reading {
    const mst_data *data;
    mst_morris_walks *out;
    char *why;
    int32_t walks;
    int64_t *last;  /* [walks] the point read last; -1: none yet  */
    int32_t *steps; /* [walks] points read                        */
    bool *is_moved; /* [walks * factors]                          */
} reading;

MUSTER_PRINTF(2, 3) static bool refuse(char *why, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    muster_text_vformat(why, MST_WHY_BYTES, format, args);
    va_end(args);
    return false;
}

static bool is_step(const muster_plan_point *p)
{
    return strcmp(p->block, "step") == 0;
}

/* ---- moves ---------------------------------------------------------------------------------------- */

/* Number of the level, from 0, that has this value; -1: none. */
static int32_t level_of(const muster_factor *f, double x)
{
    double number = 0.0;
    if (f->scale == MUSTER_SCALE_NAMES)
        return (int32_t)x;
    for (int32_t i = 0; i < f->level_count; i++)
        if (muster_text_real(f->level[i], &number) && number == x)
            return i;
    return -1;
}

/* A whole range has n - 1 moves from a level to the next. */
static double move_of_levels(const muster_factor *f, double from, double to)
{
    return f->level_count > 1
               ? (double)(level_of(f, to) - level_of(f, from)) / (double)(f->level_count - 1)
               : 0.0;
}

/* The plan says how far a walk steps in the unit cube: half of the grid's levels. Rounding and the
 * factor's distribution move the value itself by more or less. */
static double move_on_grid(int32_t grid, double from, double to)
{
    const double step = (double)grid / (2.0 * (double)(grid - 1));
    return to > from ? step : to < from ? -step : 0.0;
}

/* A table does not say how values are spread nor in what order names stand: the range is that of the
 * values in it, and any other name is a whole range away. */
static double move_in_table(const muster_factor *f, double from, double to)
{
    if (f->scale == MUSTER_SCALE_NAMES)
        return to > from ? 1.0 : to < from ? -1.0 : 0.0;
    return f->max > f->min ? (to - from) / (f->max - f->min) : 0.0;
}

static double move_of(const mst_data *d, int32_t factor, double from, double to)
{
    const muster_factor *f = &d->factor[factor];
    return d->grid_levels == 0  ? move_in_table(f, from, to)
           : f->level_count > 0 ? move_of_levels(f, from, to)
                                : move_on_grid(d->grid_levels, from, to);
}

/* ---- points --------------------------------------------------------------------------------------- */

/* Another factor that changed from the point before; -1: none. */
static int32_t also_moved(const mst_data *d, int64_t from, int64_t to, int32_t factor)
{
    for (int32_t j = 0; j < d->factors; j++) {
        const double a = mst_x(d, from, j), b = mst_x(d, to, j);
        if (j != factor && a != b && !(isnan(a) && isnan(b)))
            return j;
    }
    return -1;
}

static bool check_step(const reading *r, int64_t p, int32_t factor)
{
    const mst_data *d = r->data;
    const int64_t walk = d->point[p].base_row, before = r->last[walk];
    if (factor < 0 || factor >= d->factors)
        return refuse(r->why, "point %" PRId64 " of walk %" PRId64 " says not what was moved",
                      p + 1, walk + 1);
    if (r->is_moved[walk * d->factors + factor])
        return refuse(r->why, "walk %" PRId64 " moves '%.60s' twice", walk + 1,
                      d->factor[factor].id);
    const int32_t other = also_moved(d, before, p, factor);
    if (other >= 0)
        return refuse(r->why,
                      "from point %" PRId64 " to %" PRId64 " '%.60s' moves as well (rows stand as "
                      "in the design; figures in a table of their own)",
                      before + 1, p + 1, d->factor[other].id);
    return true;
}

static bool take_point(reading *r, int64_t p)
{
    const mst_data *d = r->data;
    const int64_t walk = d->point[p].base_row;
    const int32_t factor = d->point[p].factor, step = r->steps[walk];
    if (step == 0 && factor >= 0)
        return refuse(r->why, "the first point of walk %" PRId64 " is missing", walk + 1);
    if (step > d->factors)
        return refuse(r->why, "walk %" PRId64 " has more than %" PRId32 " points", walk + 1,
                      d->factors + 1);
    if (step > 0 && !check_step(r, p, factor))
        return false;
    r->out->y[walk * (d->factors + 1) + step] = d->cell[p].mean;
    if (step > 0) {
        const int64_t at = walk * d->factors + step - 1;
        const double move =
            move_of(d, factor, mst_x(d, r->last[walk], factor), mst_x(d, p, factor));
        const bool stands = !(fabs(move) > 0.0);
        r->out->unmoved += stands;
        r->out->factor[at] = factor;
        r->out->delta[at] = stands ? 1.0 : move; /* nothing over something: an effect of 0 */
        r->is_moved[walk * d->factors + factor] = true;
    }
    r->last[walk] = p;
    r->steps[walk]++;
    return true;
}

static bool read_points(reading *r)
{
    const mst_data *d = r->data;
    for (int64_t p = 0; p < d->points; p++)
        if (is_step(&d->point[p]) && !take_point(r, p))
            return false;
    for (int32_t walk = 0; walk < r->walks; walk++)
        if (r->steps[walk] != d->factors + 1)
            return refuse(r->why, "walk %" PRId32 " has %" PRId32 " of %" PRId32 " points",
                          walk + 1, r->steps[walk], d->factors + 1);
    return true;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

/* Walks are numbered without a gap, as each has its points: their number is known beforehand. */
static bool count_walks(reading *r)
{
    const mst_data *d = r->data;
    int64_t steps = 0, walks = 0;
    for (int64_t p = 0; p < d->points; p++)
        if (is_step(&d->point[p])) {
            steps++;
            walks = d->point[p].base_row >= walks ? d->point[p].base_row + 1 : walks;
        }
    if (steps == 0)
        return refuse(r->why, "it has no points of block 'step'");
    if (d->factors == 0)
        return refuse(r->why, "nothing was varied");
    if (walks > steps || walks > INT32_MAX)
        return refuse(r->why,
                      "the last walk is number %" PRId64 ", and there are %" PRId64
                      " points of walks",
                      walks, steps);
    r->walks = (int32_t)walks;
    return true;
}

static bool open_reading(reading *r)
{
    const size_t walks = (size_t)(r->walks > 0 ? r->walks : 1), k = (size_t)r->data->factors;
    mst_morris_walks *out = r->out;
    r->last = calloc(walks, sizeof *r->last);
    r->steps = calloc(walks, sizeof *r->steps);
    r->is_moved = calloc(walks, k * sizeof *r->is_moved);
    out->y = calloc(walks, (k + 1) * sizeof *out->y);
    out->delta = calloc(walks, k * sizeof *out->delta);
    out->factor = calloc(walks, k * sizeof *out->factor);
    out->in = (mst_morris_input){r->data->factors, r->walks, out->y, out->factor, out->delta};
    return (r->last && r->steps && r->is_moved && out->y && out->delta && out->factor) ||
           refuse(r->why, "memory is short");
}

bool mst_morris_walks_find(const mst_data *d, mst_morris_walks *out, char why[MST_WHY_BYTES])
{
    reading r = {.data = d, .out = out, .why = why};
    *out = (mst_morris_walks){0};
    const bool is_good = count_walks(&r) && open_reading(&r) && read_points(&r);
    free(r.last);
    free(r.steps);
    free(r.is_moved);
    return is_good;
}

void mst_morris_walks_free(mst_morris_walks *walks)
{
    free(walks->y);
    free(walks->delta);
    free(walks->factor);
    *walks = (mst_morris_walks){0};
}

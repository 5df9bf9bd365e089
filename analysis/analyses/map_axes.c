/* Which two factors a map is of, and whether one is worth making. */
#include "analyses/effects.h"
#include "analyses/map.h"
#include "muster/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool mst_map_is_name(const mst_data *d, int32_t factor)
{
    return d->factor[factor].scale == MUSTER_SCALE_NAMES;
}

/* There is nothing between the values of such a factor. Of numbers that were listed only the values are
 * known, and those without a fraction are taken to be counts or steps. */
bool mst_map_is_whole(const mst_data *d, int32_t factor)
{
    const muster_factor *f = &d->factor[factor];
    bool out = f->scale == MUSTER_SCALE_WHOLE || f->scale == MUSTER_SCALE_NUMBERS;
    for (int64_t p = 0; out && f->scale == MUSTER_SCALE_NUMBERS && p < d->points; p++) {
        const double x = mst_x(d, p, factor);
        out = isnan(x) || (fabs(x) < 1e9 && !(floor(x) < x));
    }
    return out;
}

/* Two factors that vary and are somebody's to choose, and no third: their count is 2 then. */
static int32_t levers(const mst_data *d, int32_t of[2])
{
    int32_t count = 0;
    for (int32_t f = 0; f < d->factors; f++) {
        if (d->factor[f].role != MUSTER_ROLE_LEVER || !mst_sample_varies(d, f))
            continue;
        if (count < 2)
            of[count] = f;
        count++;
    }
    return count;
}

/* -1: none of that name varies, and why says so. */
static int32_t axis_named(const mst_data *d, const char *name, char why[MST_WHY_BYTES])
{
    for (int32_t f = 0; f < d->factors; f++) {
        if (strcmp(d->factor[f].id, name) != 0)
            continue;
        if (mst_sample_varies(d, f))
            return f;
        muster_text_format(why, MST_WHY_BYTES, "factor '%.80s' does not vary", name);
        return -1;
    }
    muster_text_format(why, MST_WHY_BYTES, "no factor '%.80s'", name);
    return -1;
}

static int by_value(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

int32_t mst_map_different(const double *value, int32_t count, double *scratch)
{
    int32_t out = 0;
    memcpy(scratch, value, (size_t)count * sizeof *scratch);
    qsort(scratch, (size_t)count, sizeof *scratch, by_value);
    for (int32_t i = 0; i < count; i++)
        out += i == 0 || scratch[i] > scratch[i - 1];
    return out;
}

/* Is every combination of values there once? Then means over a third factor are of the same values of it
 * at every place. */
static bool is_full_grid(const mst_data *d)
{
    mst_sample s;
    double cells = 1.0;
    bool out = mst_sample_of(d, MST_ALL_POINTS, &s) == MUSTER_OK && s.lost + s.thin == 0;
    const size_t rows = (size_t)s.points.rows;
    double *x = out ? malloc((2 * rows + 1) * sizeof *x) : NULL;
    for (int32_t i = 0; x && i < s.points.inputs; i++) {
        for (size_t row = 0; row < rows; row++)
            x[row] = mst_points_x(&s.points, (int32_t)row, i);
        cells *= (double)mst_map_different(x, s.points.rows, x + rows);
    }
    out = x && !(cells < (double)rows) && !(cells > (double)rows);
    free(x);
    mst_sample_free(&s);
    return out;
}

/* Made without being asked for: of two factors; of three on a grid; of two levers on a grid of any. */
static bool is_worth_it(const mst_data *d, int32_t vary)
{
    int32_t of[2];
    return vary == 2 || ((vary == 3 || levers(d, of) == 2) && is_full_grid(d));
}

bool mst_map_fits(const mst_data *d, const muster_analyze_options *o, char why[MST_WHY_BYTES])
{
    int32_t vary = 0;
    if (!mst_sample_bears(d, 4, 2, why))
        return false;
    for (int32_t f = 0; f < d->factors; f++)
        vary += mst_sample_varies(d, f);
    if (!mst_is_asked(o) && !is_worth_it(d, vary))
        return false;
    if ((o->x && axis_named(d, o->x, why) < 0) || (o->y && axis_named(d, o->y, why) < 0))
        return false;
    if (!o->x || !o->y || strcmp(o->x, o->y) != 0)
        return true;
    muster_text_format(why, MST_WHY_BYTES, "--x and --y are the same factor");
    return false;
}

static int32_t input_of(const mst_map *m, int32_t factor)
{
    for (int32_t i = 0; i < m->sample.points.inputs; i++)
        if (m->sample.factor[i] == factor)
            return i;
    return -1;
}

/* The factor that accounts for most of the variance, or of two the first; not the one that is taken. */
static int32_t best_axis(const mst_map *m, const mst_effects *e, int32_t taken)
{
    int32_t out = -1;
    double most = -(double)INFINITY;
    for (int32_t i = 0; i < e->count; i++) {
        const int32_t input = input_of(m, e->sample.factor[e->effect[i].input]);
        const double share = isnan(e->effect[i].share) ? -1e9 : e->effect[i].share,
                     rank = m->is_chosen ? share : -(double)input;
        if (input < 0 || input == taken || !(rank > most))
            continue;
        most = rank;
        out = input;
    }
    return out;
}

/* Axes that were not asked for. */
static muster_status fill_axes(mst_map *m)
{
    mst_effects e;
    m->is_chosen = m->sample.points.inputs > 2;
    const muster_status status = mst_effects_of(m->data, &e);
    for (int k = 0; status == MUSTER_OK && k < 2; k++)
        if (m->axis[k] < 0)
            m->axis[k] = best_axis(m, &e, m->axis[1 - k]);
    mst_effects_free(&e);
    return status;
}

muster_status mst_map_find_axes(mst_map *m, const muster_analyze_options *o)
{
    char why[MST_WHY_BYTES];
    int32_t of[2];
    if (!o->x && !o->y && m->sample.points.inputs > 2 && levers(m->data, of) == 2) {
        m->is_chosen = m->are_levers = true;
        for (int k = 0; k < 2; k++)
            m->axis[k] = input_of(m, of[k]);
        return MUSTER_OK;
    }
    m->axis[0] = o->x ? input_of(m, axis_named(m->data, o->x, why)) : -1;
    m->axis[1] = o->y ? input_of(m, axis_named(m->data, o->y, why)) : -1;
    return m->axis[0] >= 0 && m->axis[1] >= 0 ? MUSTER_OK : fill_axes(m);
}

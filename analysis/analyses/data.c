#include "analyses/data.h"

#include "design/design.h"
#include "experiment/experiment.h"

#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- out of a store ------------------------------------------------------------------------------- */

typedef struct loading {
    mst_data *out;
    int32_t response;
    size_t count, room;
    int64_t point; /* whose values come now */
    bool failed;
} loading;

static bool more_room(loading *l)
{
    const size_t room = l->room ? l->room + l->room / 2 : 1024;
    double *value = realloc(l->out->value, room * sizeof *value);
    if (value)
        l->out->value = value;
    int32_t *replication = realloc(l->out->replication, room * sizeof *replication);
    if (replication)
        l->out->replication = replication;
    if (!value || !replication)
        return false;
    l->room = room;
    return true;
}

static void add_to_cell(mst_cell *cell, const muster_store_run_row *row, double value)
{
    if (row->is_failed) {
        cell->failed++;
    } else if (!isfinite(value)) {
        cell->undefined++;
    } else { /* Welford 1962; `variance` holds the squares until all are there */
        const double before = cell->count > 0 ? cell->mean : 0.0;
        cell->count++;
        cell->mean = before + (value - before) / (double)cell->count;
        cell->variance += (value - before) * (value - cell->mean);
        cell->least = cell->count == 1 || value < cell->least ? value : cell->least;
        cell->most = cell->count == 1 || value > cell->most ? value : cell->most;
    }
}

static bool take(const muster_store_run_row *row, void *context)
{
    loading *l = context;
    if (l->count == l->room && !more_room(l)) {
        l->failed = true;
        return false;
    }
    while (l->point < row->point)
        l->out->first[++l->point] = l->count;
    const double value = row->is_failed ? (double)NAN : row->value[l->response];
    l->out->value[l->count] = isfinite(value) ? value : (double)NAN;
    l->out->replication[l->count++] = row->replication;
    add_to_cell(&l->out->cell[row->point], row, value);
    return true;
}

/* Of the runs that have figures; 0 where there are none. */
static double defined_share(const mst_cell *cell)
{
    const double runs = (double)(cell->count + cell->undefined);
    return cell->count > 0 ? (double)cell->count / runs : 0.0;
}

void mst_data_cover(mst_data *data)
{
    data->defined_most = 0.0;
    for (int64_t p = 0; p < data->points; p++)
        data->defined_most = fmax(data->defined_most, defined_share(&data->cell[p]));
}

bool mst_is_thin(const mst_data *data, int64_t point)
{
    const mst_cell *cell = &data->cell[point];
    return cell->count > 0 && defined_share(cell) < 0.5 * data->defined_most;
}

static void close_cells(mst_data *d)
{
    for (int64_t p = 0; p < d->points; p++) {
        mst_cell *cell = &d->cell[p];
        const double squares = cell->variance;
        if (cell->count == 0)
            cell->mean = cell->least = cell->most = (double)NAN;
        /* values all alike have no squares but those of rounding */
        cell->variance = cell->count < 2             ? (double)NAN
                         : cell->least == cell->most ? 0.0
                                                     : squares / (double)(cell->count - 1);
    }
    mst_data_cover(d);
}

static bool open_arrays(muster_store *store, mst_data *d)
{
    const size_t points = (size_t)d->points, factors = (size_t)d->factors;
    muster_factor *factor = mst_keep_array(&d->keep, factors + 1, sizeof *factor);
    muster_plan_point *point = mst_keep_array(&d->keep, points + 1, sizeof *point);
    double *x = mst_keep_array(&d->keep, points * factors + 1, sizeof *x);
    muster_response *figure = mst_keep_array(&d->keep, (size_t)d->figures + 1, sizeof *figure);
    d->cell = mst_keep_array(&d->keep, points + 1, sizeof *d->cell);
    d->first = mst_keep_array(&d->keep, points + 1, sizeof *d->first);
    if (d->keep.failed)
        return false;
    for (size_t f = 0; f < factors; f++)
        factor[f] = *muster_store_factor(store, (int32_t)f);
    for (size_t p = 0; p < points; p++) {
        point[p] = muster_store_point(store, (int64_t)p);
        for (size_t f = 0; f < factors; f++)
            x[p * factors + f] = muster_store_number(store, (int64_t)p, (int32_t)f);
    }
    for (int32_t i = 0; i < d->figures; i++)
        figure[i] = *muster_store_response(store, i);
    d->factor = factor;
    d->point = point;
    d->x = x;
    d->figure = figure;
    return true;
}

/* "trajectories = 20; grid_levels = 6; " */
static int32_t grid_of(const muster_experiment_head *h)
{
    static const char key[] = "grid_levels = ";
    const char *at = strstr(h->options, key);
    const long levels = at ? strtol(at + sizeof key - 1, NULL, 10) : MST_MORRIS_GRID;
    const bool is_morris = strcmp(h->method, "morris") == 0;
    return is_morris && levels >= 2 && levels <= INT32_MAX ? (int32_t)levels : 0;
}

muster_status mst_data_of_store(muster_store *store, int32_t response, double level,
                                muster_diags *diags, mst_data *out)
{
    const muster_experiment_head *h = muster_store_head(store);
    *out = (mst_data){.factors = h->factors,
                      .points = h->points,
                      .response = *muster_store_response(store, response),
                      .selection = h->selection,
                      .is_selected_by = h->selection.kind != MUSTER_SELECT_NONE &&
                                        h->selection.response == response,
                      .is_plan_run = h->replications == 0,
                      .method = h->method,
                      .grid_levels = grid_of(h),
                      .seed = h->plan_hash,
                      .level = level,
                      .number = 1,
                      .store = store,
                      .figures = h->responses};
    if (!open_arrays(store, out))
        return mst_experiment_no_memory(diags);
    loading l = {.out = out, .response = response};
    const muster_status status = muster_store_each(store, take, &l, diags);
    if (l.failed)
        return mst_experiment_no_memory(diags);
    while (l.point < out->points)
        out->first[++l.point] = l.count;
    close_cells(out);
    return status;
}

/* ---- other figures -------------------------------------------------------------------------------- */

typedef struct averaging {
    const int32_t *figure;
    int32_t count;
    int64_t points;
    double *mean;  /* count * points */
    int64_t *runs; /* of each: in which it is defined */
} averaging;

static bool average(const muster_store_run_row *row, void *context)
{
    const averaging *a = context;
    for (int32_t i = 0; i < a->count && !row->is_failed; i++) {
        const size_t at = (size_t)i * (size_t)a->points + (size_t)row->point;
        const double value = row->value[a->figure[i]];
        if (!isfinite(value))
            continue;
        const double before = a->runs[at]++ > 0 ? a->mean[at] : 0.0;
        a->mean[at] = before + (value - before) / (double)a->runs[at];
    }
    return true;
}

muster_status mst_data_means(const mst_data *d, const int32_t *figure, int32_t count, double *out)
{
    const size_t cells = (size_t)count * (size_t)d->points;
    for (size_t i = 0; i < cells; i++)
        out[i] = (double)NAN;
    if (cells == 0)
        return MUSTER_OK;
    if (d->tables) {
        mst_tables_means(d->tables, d->figure, figure, count, out);
        return MUSTER_OK;
    }
    averaging a = {figure, count, d->points, out, calloc(cells, sizeof *a.runs)};
    const muster_status status =
        a.runs ? muster_store_each(d->store, average, &a, NULL) : MUSTER_WORLD;
    free(a.runs);
    return status;
}

void mst_data_replications(const mst_data *d, int32_t *out_least, int32_t *out_most)
{
    int32_t least = 0, most = 0;
    for (int64_t p = 0; p < d->points; p++) {
        const int32_t count = (int32_t)d->cell[p].count;
        if (count == 0)
            continue;
        least = least == 0 || count < least ? count : least;
        most = count > most ? count : most;
    }
    *out_least = least;
    *out_most = most;
}

void mst_data_free(mst_data *data)
{
    free(data->value);
    free(data->replication);
    mst_keep_clear(&data->keep);
    *data = (mst_data){0};
}

/* ---- names ---------------------------------------------------------------------------------------- */

const char *mst_point_name(const mst_data *data, int64_t point, char out[64])
{
    const muster_plan_point *p = &data->point[point];
    char level[64];
    if (*p->label)
        muster_text_format(out, 64, "%.63s", p->label);
    else if (strcmp(p->block, "one") == 0 && p->factor >= 0 && p->factor < data->factors)
        muster_text_format(out, 64, "%.40s %.20s", data->factor[p->factor].id,
                           mst_level_name(data, p->factor, mst_x(data, point, p->factor), level));
    else if (strcmp(p->block, "centre") == 0 &&
             isnan(data->factors > 0 ? mst_x(data, point, 0) : 0.0))
        muster_text_format(out, 64, "as it stands");
    else
        muster_text_format(out, 64, "point %lld", (long long)point + 1);
    return out;
}

int64_t mst_point_named(const mst_data *data, const char *name)
{
    double number = 0.0;
    char told[64];
    for (int64_t p = 0; p < data->points; p++)
        if (strcmp(data->point[p].label, name) == 0 ||
            strcmp(mst_point_name(data, p, told), name) == 0)
            return p;
    const bool is_number = muster_text_real(name, &number) && number == floor(number) &&
                           number >= 1.0 && number <= (double)data->points;
    return is_number ? (int64_t)number - 1 : -1;
}

const char *mst_level_name(const mst_data *data, int32_t factor, double x, char out[64])
{
    const muster_factor *f = &data->factor[factor];
    char text[32];
    if (isnan(x)) {
        muster_text_format(out, 64, "-");
    } else if (f->scale == MUSTER_SCALE_NAMES && x >= 0.0 && x < (double)f->level_count) {
        const char *name = f->level[(int32_t)x];
        const size_t length = strlen(name);
        const bool is_quoted = length >= 2 && name[0] == '"';
        muster_text_format(out, 64, "%.*s", (int)length - 2 * is_quoted, name + is_quoted);
    } else {
        muster_text_format(out, 64, "%s", muster_text_shortest(x, text));
    }
    return out;
}

const char *mst_data_id(const mst_data *data, const char *name, char out[80])
{
    if (data->number == 1)
        muster_text_format(out, 80, "%s", name);
    else
        muster_text_format(out, 80, "%s-%d", name, (int)data->number);
    return out;
}

const char *mst_figure_name(const mst_data *data, char out[160])
{
    const muster_response *r = &data->response;
    muster_text_format(out, 160, "%.120s%s%.30s", r->label, *r->unit ? ", " : "", r->unit);
    return out;
}

/* Data out of tables: the points of a design and the figures that some program found. */
#include "analyses/data.h"

#include "experiment/experiment.h"

#include "muster/text.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    const muster_tables *in;
    const muster_csv *design, *response;
    muster_diags *diags;
    mst_data *out;
    muster_factor *factor;
    int32_t *column; /* of each factor in the design */
    muster_plan_point *point;
    double *x;
    int32_t value_column;
    bool is_good;
} reading;

/* Columns of a design that are no factors. */
static const char *const others[] = {"point", "label",  "block",   "replication",
                                     "seed",  "status", "message", "command"};

static void fail(reading *r, const muster_csv *csv, int32_t row, const char *what, const char *word)
{
    const char *file = csv == r->design ? r->in->design_name : r->in->response_name;
    muster_diags_add(r->diags, MUSTER_ERROR, (muster_place){file, muster_csv_line(csv, row)}, NULL,
                     NULL, "%s%.60s", what, word);
    r->is_good = false;
}

static bool is_other(const char *name)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i], name) == 0)
            return true;
    return false;
}

/* ---- factors -------------------------------------------------------------------------------------- */

/* Names become levels in the order in which they come first. */
static double level_of(reading *r, muster_factor *f, const char *text, const char **level,
                       int32_t most)
{
    for (int32_t i = 0; i < f->level_count; i++)
        if (strcmp(level[i], text) == 0)
            return (double)i;
    if (f->level_count == most)
        return (double)NAN;
    level[f->level_count] = mst_keep_text(&r->out->keep, text);
    return (double)f->level_count++;
}

static bool are_numbers(const reading *r, int32_t column)
{
    double number = 0.0;
    for (int32_t row = 0; row < muster_csv_rows(r->design); row++) {
        const char *text = muster_csv_at(r->design, row, column);
        if (*text && !muster_text_real(text, &number))
            return false;
    }
    return true;
}

static void read_factor(reading *r, int32_t index, int32_t column)
{
    enum { LEVELS_MOST = 1000 };
    muster_factor *f = &r->factor[index];
    const int32_t rows = muster_csv_rows(r->design), factors = r->out->factors;
    const bool is_number = are_numbers(r, column);
    const char **level = mst_keep_array(&r->out->keep, LEVELS_MOST, sizeof *level);
    *f = (muster_factor){.id = muster_csv_head(r->design, column),
                         .label = muster_csv_head(r->design, column),
                         .unit = "",
                         .path = "",
                         .source = "",
                         .dist = "",
                         .standing = "",
                         .scale = is_number ? MUSTER_SCALE_REAL : MUSTER_SCALE_NAMES,
                         .min = (double)NAN,
                         .max = (double)NAN,
                         .level = level};
    for (int32_t row = 0; level && row < rows; row++) {
        const char *text = muster_csv_at(r->design, row, column);
        double x = (double)NAN;
        if (*text && is_number)
            (void)muster_text_real(text, &x);
        else if (*text)
            x = level_of(r, f, text, level, LEVELS_MOST);
        if (*text && isnan(x))
            fail(r, r->design, row, "more than 1000 different names in column ", f->id);
        r->x[(size_t)row * (size_t)factors + (size_t)index] = x;
        if (is_number && !isnan(x)) {
            f->min = isnan(f->min) || x < f->min ? x : f->min;
            f->max = isnan(f->max) || x > f->max ? x : f->max;
        }
    }
}

static int32_t find_factors(reading *r)
{
    int32_t count = 0;
    const int32_t columns = muster_csv_columns(r->design);
    r->column = mst_keep_array(&r->out->keep, (size_t)columns + 1, sizeof *r->column);
    for (int32_t c = 0; r->column && c < columns; c++) {
        const char *name = muster_csv_head(r->design, c);
        const bool is_value = r->design == r->response && c == r->value_column;
        if (*name && !is_other(name) && !is_value)
            r->column[count++] = c;
    }
    return count;
}

/* ---- what points are for -------------------------------------------------------------------------- */

static int32_t factor_named(const reading *r, const char *name, size_t length)
{
    for (int32_t i = 0; i < r->out->factors; i++)
        if (strlen(r->factor[i].id) == length && strncmp(r->factor[i].id, name, length) == 0)
            return i;
    return strncmp(name, "luck", length) == 0 && length == 4 ? r->out->factors : -1;
}

/* "a 17", "ab fuel 17", "step fuel 3", "step 3", "one fuel", "point", "centre". */
static bool read_block(const reading *r, const char *text, muster_plan_point *out)
{
    static const char *const names[] = {"point", "centre", "one", "a", "b", "ab", "ba", "step"};
    const size_t length = strcspn(text, " ");
    const char *last = strrchr(text, ' '), *middle = text + length;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == length && strncmp(names[i], text, length) == 0)
            out->block = names[i];
    out->factor = -1;
    if (!out->block || !*middle)
        return out->block &&
               (strcmp(out->block, "point") == 0 || strcmp(out->block, "centre") == 0);
    char *end = NULL;
    const bool is_one = strcmp(out->block, "one") == 0;
    if (!is_one) {
        errno = 0;
        out->base_row = strtoll(last + 1, &end, 10) - 1;
        if (end == last + 1 || *end != '\0' || errno != 0 || out->base_row < 0)
            return false;
    }
    const char *from = middle + 1, *to = is_one ? from + strlen(from) : last;
    if (to > from)
        out->factor = factor_named(r, from, (size_t)(to - from));
    const bool needs = is_one || strcmp(out->block, "ab") == 0 || strcmp(out->block, "ba") == 0;
    return !needs || out->factor >= 0;
}

static void read_points(reading *r)
{
    const int32_t block = muster_csv_column(r->design, "block"),
                  label = muster_csv_column(r->design, "label");
    for (int32_t row = 0; row < muster_csv_rows(r->design); row++) {
        muster_plan_point *p = &r->point[row];
        const char *text = muster_csv_at(r->design, row, block);
        *p = (muster_plan_point){.label = muster_csv_at(r->design, row, label), .factor = -1};
        if (!*text)
            p->block = "point";
        else if (!read_block(r, text, p))
            fail(r, r->design, row, "this says not what the point is for: ", text);
    }
}

/* ---- figures -------------------------------------------------------------------------------------- */

static int32_t find_value(reading *r)
{
    const char *name = r->in->value;
    const int32_t columns = muster_csv_columns(r->response);
    int32_t at = name ? muster_csv_column(r->response, name) : -1;
    if (name && at < 0)
        fail(r, r->response, -1, "no column ", name);
    for (int32_t c = columns - 1; !name && c >= 0 && at < 0; c--)
        if (!is_other(muster_csv_head(r->response, c)))
            at = c; /* the last: a table of points with one column more is enough */
    if (at < 0 && r->is_good)
        fail(r, r->response, -1, "there is no column of figures", "");
    return at;
}

/* A column of figures; "margin:ALPHA" is that of a thing. */
static muster_response figure_of(reading *r, const char *name)
{
    const char *colon = strchr(name, ':');
    return (muster_response){
        .name = name,
        .measure = colon ? mst_keep_printf(&r->out->keep, "%.*s", (int)(colon - name), name) : name,
        .thing = colon ? colon + 1 : "",
        .label = name,
        .unit = "",
        .doc = "A column of a table."};
}

/* Columns of a table of their own are all figures; in the design only the one that is named is. */
static void find_figures(reading *r)
{
    mst_data *d = r->out;
    const int32_t columns = muster_csv_columns(r->response);
    muster_response *figure = mst_keep_array(&d->keep, (size_t)columns + 1, sizeof *figure);
    for (int32_t c = 0; figure && c < columns; c++) {
        const char *name = muster_csv_head(r->response, c);
        if (c == r->value_column || (r->response != r->design && *name && !is_other(name)))
            figure[d->figures++] = c == r->value_column ? d->response : figure_of(r, name);
    }
    d->figure = figure;
}

static void read_values(reading *r)
{
    mst_data *d = r->out;
    bool are_yes_no = true;
    for (int32_t row = 0; row < (int32_t)d->points; row++) {
        const char *text = muster_csv_at(r->response, row, r->value_column);
        mst_cell *cell = &d->cell[row];
        double value = (double)NAN;
        if (*text && !muster_text_real(text, &value))
            fail(r, r->response, row, "this is no number: ", text);
        d->first[row + 1] = (size_t)row + 1;
        d->value[row] = value;
        *cell = (mst_cell){.count = !isnan(value),
                           .undefined = isnan(value),
                           .mean = value,
                           .variance = (double)NAN,
                           .least = value,
                           .most = value};
        are_yes_no = are_yes_no && (value == 0.0 || value == 1.0 || isnan(value));
    }
    const char *name = muster_csv_head(r->response, r->value_column);
    d->response = figure_of(r, name);
    d->response.is_yes_no = are_yes_no;
    find_figures(r);
}

void mst_tables_means(const muster_tables *in, const muster_response *of, const int32_t *figure,
                      int32_t count, double *out)
{
    const muster_csv *csv = in->response ? in->response : in->design;
    const int32_t rows = muster_csv_rows(csv);
    for (int32_t i = 0; i < count; i++) {
        const int32_t column = muster_csv_column(csv, of[figure[i]].name);
        for (int32_t row = 0; row < rows; row++) {
            double *value = &out[(size_t)i * (size_t)rows + (size_t)row];
            if (!muster_text_real(muster_csv_at(csv, row, column), value))
                *value = (double)NAN;
        }
    }
}

/* ---- the whole ------------------------------------------------------------------------------------ */

static bool make_room(reading *r)
{
    mst_data *d = r->out;
    const size_t points = (size_t)d->points, factors = (size_t)d->factors;
    r->factor = mst_keep_array(&d->keep, factors + 1, sizeof *r->factor);
    r->point = mst_keep_array(&d->keep, points + 1, sizeof *r->point);
    r->x = mst_keep_array(&d->keep, points * factors + 1, sizeof *r->x);
    d->cell = mst_keep_array(&d->keep, points + 1, sizeof *d->cell);
    d->first = mst_keep_array(&d->keep, points + 1, sizeof *d->first);
    d->value = calloc(points + 1, sizeof *d->value);
    d->replication = calloc(points + 1, sizeof *d->replication);
    d->factor = r->factor;
    d->point = r->point;
    d->x = r->x;
    return !d->keep.failed && d->value && d->replication;
}

muster_status mst_data_of_tables(const muster_tables *in, double level, muster_diags *diags,
                                 mst_data *out)
{
    reading r = {.in = in,
                 .design = in->design,
                 .response = in->response ? in->response : in->design,
                 .diags = diags,
                 .out = out,
                 .is_good = true};
    *out = (mst_data){.points = muster_csv_rows(in->design),
                      .is_plan_run = true,
                      .method = "",
                      .seed = 1,
                      .level = level,
                      .number = 1,
                      .tables = in};
    r.value_column = find_value(&r);
    if (r.is_good && muster_csv_rows(r.response) != muster_csv_rows(r.design))
        fail(&r, r.response, -1, "it has not as many rows as the design", "");
    if (r.is_good && out->points == 0)
        fail(&r, r.design, -1, "there is no point in it", "");
    if (!r.is_good)
        return MUSTER_MISTAKE;
    out->factors = find_factors(&r);
    if (out->factors > MUSTER_FACTORS_MAX) {
        fail(&r, r.design, -1, "more than 400 factors", "");
        return MUSTER_MISTAKE;
    }
    if (!make_room(&r))
        return mst_experiment_no_memory(diags);
    for (int32_t i = 0; i < out->factors; i++)
        read_factor(&r, i, r.column[i]);
    read_points(&r);
    read_values(&r);
    if (out->keep.failed)
        return mst_experiment_no_memory(diags);
    return r.is_good ? MUSTER_OK : MUSTER_MISTAKE;
}

#include "analysed.h"

#include "base/csv.h"
#include "base/rng.h"

#include "muster/tell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const block_names[] = {"point", "centre", "one", "a", "b", "ab", "ba", "step"};

/* ---- data ------------------------------------------------------------------------------------------- */

static void name_factors(mst_data *d)
{
    muster_factor *factor = mst_keep_array(&d->keep, (size_t)d->factors, sizeof *factor);
    assert_non_null(factor);
    for (int32_t f = 0; f < d->factors; f++) {
        const char *name = mst_keep_printf(&d->keep, "x%d", (int)f + 1);
        factor[f] = (muster_factor){.id = name,
                                    .label = name,
                                    .unit = "",
                                    .path = "",
                                    .source = "",
                                    .dist = "uniform 0 1",
                                    .standing = "",
                                    .max = 1.0};
    }
    d->factor = factor;
}

/* As a store has it: of names the number of the level. */
static double value_of(const muster_factor *factor, double unit)
{
    if (factor->level_count == 0)
        return unit;
    const int32_t level = mst_design_level(unit, factor->level_count);
    return factor->scale == MUSTER_SCALE_NAMES ? level : strtod(factor->level[level], NULL);
}

static void open_points(analysed_data *a)
{
    mst_data *d = &a->data;
    const size_t points = (size_t)d->points, count = points * (size_t)d->factors;
    muster_plan_point *point = mst_keep_array(&d->keep, points, sizeof *point);
    double *x = mst_keep_array(&d->keep, count, sizeof *x);
    d->cell = mst_keep_array(&d->keep, points, sizeof *d->cell);
    d->first = mst_keep_array(&d->keep, points + 1, sizeof *d->first);
    assert_false(d->keep.failed);
    memcpy(x, a->design.unit, count * sizeof *x);
    for (size_t p = 0; p < points; p++) {
        const mst_block_of *block = &a->design.block[p];
        point[p] = (muster_plan_point){.label = "",
                                       .block = block_names[block->kind],
                                       .factor = block->factor,
                                       .base_row = block->base_row,
                                       .seed = (uint64_t)a->design.seed_group[p]};
    }
    for (size_t i = 0; i < count; i++)
        x[i] = value_of(&d->factor[i % (size_t)d->factors], x[i]);
    d->point = a->point = point;
    d->x = a->x = x;
}

/* Mean and variance as they are written in books, not as the program has them. */
static mst_cell cell_of(const double *value, int32_t count)
{
    mst_cell cell = {.mean = (double)NAN, .variance = (double)NAN};
    double sum = 0.0, squares = 0.0;
    for (int32_t i = 0; i < count; i++) {
        if (isnan(value[i])) {
            cell.undefined++;
            continue;
        }
        cell.count++;
        sum += value[i];
        cell.least = cell.count == 1 || value[i] < cell.least ? value[i] : cell.least;
        cell.most = cell.count == 1 || value[i] > cell.most ? value[i] : cell.most;
    }
    if (cell.count > 0)
        cell.mean = cell.least == cell.most ? cell.least : sum / (double)cell.count;
    for (int32_t i = 0; i < count; i++)
        squares += isnan(value[i]) ? 0.0 : (value[i] - cell.mean) * (value[i] - cell.mean);
    if (cell.count > 1)
        cell.variance = squares / (double)(cell.count - 1);
    return cell;
}

static void run(analysed_data *a, const analysed_ask *ask)
{
    mst_data *d = &a->data;
    const int32_t runs = ask->replications > 0 ? ask->replications : 1;
    const size_t values = (size_t)d->points * (size_t)runs;
    d->value = calloc(values, sizeof *d->value);
    d->replication = calloc(values, sizeof *d->replication);
    assert_true(d->value && d->replication);
    for (size_t i = 0; i < values; i++) {
        const size_t p = i / (size_t)runs, r = i % (size_t)runs + 1;
        char purpose[40];
        snprintf(purpose, sizeof purpose, "replication %d", (int)r);
        gsl_rng *luck = ask->replications > 0 ? mst_rng_open(d->point[p].seed, purpose) : NULL;
        d->value[i] = ask->figure(a->design.unit + p * (size_t)d->factors, luck);
        d->replication[i] = ask->replications > 0 ? (int32_t)r : 0;
        gsl_rng_free(luck);
    }
    for (size_t p = 0; p < (size_t)d->points; p++) {
        d->first[p + 1] = (p + 1) * (size_t)runs;
        d->cell[p] = cell_of(d->value + p * (size_t)runs, runs);
    }
}

analysed_data analysed_open(analysed_ask ask)
{
    char why[MST_DESIGN_WHY] = "";
    analysed_data a = {0};
    if (mst_design_make(ask.method, &ask.design, why, &a.design) != MUSTER_OK)
        fail_msg("%s: %s", ask.method, why);
    const bool is_morris = strcmp(ask.method, "morris") == 0;
    const int32_t grid = ask.design.grid_levels ? ask.design.grid_levels : MST_MORRIS_GRID;
    a.data = (mst_data){.factors = a.design.columns,
                        .factor = ask.factor,
                        .points = a.design.rows,
                        .response = {.name = "y",
                                     .measure = "y",
                                     .thing = "",
                                     .label = "hours lost",
                                     .unit = "h",
                                     .doc = ""},
                        .is_plan_run = ask.replications == 0,
                        .method = ask.method,
                        .grid_levels = is_morris ? grid : 0,
                        .seed = 11,
                        .level = ask.level > 0.0 ? ask.level : 0.95,
                        .number = 1};
    if (!ask.factor)
        name_factors(&a.data);
    open_points(&a);
    run(&a, &ask);
    return a;
}

void analysed_close(analysed_data *a)
{
    mst_data_free(&a->data);
    mst_design_free(&a->design);
}

void analysed_fail(analysed_data *a, int64_t point)
{
    mst_data *d = &a->data;
    const int64_t runs = (int64_t)(d->first[point + 1] - d->first[point]);
    for (size_t i = d->first[point]; i < d->first[point + 1]; i++)
        d->value[i] = (double)NAN;
    d->cell[point] = (mst_cell){.failed = runs, .mean = (double)NAN, .variance = (double)NAN};
}

void analysed_set(analysed_data *a, int64_t point, double figure)
{
    assert_int_equal(a->data.first[point + 1] - a->data.first[point], 1);
    a->data.value[a->data.first[point]] = figure;
    a->data.cell[point] = cell_of(&figure, 1);
}

int64_t analysed_find(const analysed_data *a, const char *block, int32_t factor, int64_t base_row)
{
    for (int64_t p = 0; p < a->data.points; p++)
        if (strcmp(a->point[p].block, block) == 0 && a->point[p].base_row == base_row &&
            (factor < 0 || a->point[p].factor == factor))
            return p;
    fail_msg("no point %s %d %d", block, (int)factor, (int)base_row);
    return -1;
}

/* ---- telling ---------------------------------------------------------------------------------------- */

static const mst_analysis *named(const char *name)
{
    for (int32_t i = 0; mst_analysis_at(i); i++)
        if (strcmp(mst_analysis_at(i)->name, name) == 0)
            return mst_analysis_at(i);
    fail_msg("no analysis %s", name);
    return NULL;
}

static const muster_analyze_options *asked(const char *const *name)
{
    static muster_analyze_options options;
    options = (muster_analyze_options){.analysis = name, .analysis_count = 1};
    return &options;
}

static analysed tell_document(const muster_document *document)
{
    muster_diags *diags = muster_diags_create(NULL);
    char *json = muster_document_json(document, diags);
    char *text = muster_document_text(document, NULL, diags);
    if (!json || !text)
        fail_msg("%s", muster_diags_at(diags, 0)->message);
    analysed out = {.json = json_loads(json, 0, NULL), .text = text};
    assert_non_null(out.json);
    muster_tell_free(json, NULL);
    muster_diags_free(diags);
    return out;
}

analysed analysed_tell(const char *name, const mst_data *data)
{
    const mst_analysis *a = named(name);
    char why[MST_WHY_BYTES] = "";
    if (!a->fits(data, asked(&name), why))
        fail_msg("%s does not fit: %s", name, why);
    muster_document *document = muster_document_create(name, NULL);
    muster_section *section = muster_section_add(document, name, name);
    assert_int_equal(a->tell(data, asked(&name), section), MUSTER_OK);
    const analysed out = tell_document(document);
    muster_document_free(document);
    return out;
}

void analysed_free(analysed *told)
{
    json_decref(told->json);
    muster_tell_free(told->text, NULL);
    *told = (analysed){0};
}

void analysed_refuse(const char *name, const mst_data *data, const char *words)
{
    char why[MST_WHY_BYTES] = "";
    if (named(name)->fits(data, asked(&name), why))
        fail_msg("%s fits, and should not: %s", name, words);
    if (!strstr(why, words))
        fail_msg("'%s' does not say '%s'", why, words);
    assert_true(strlen(why) + 1 < MST_WHY_BYTES); /* nothing was cut off */
}

/* ---- tables ----------------------------------------------------------------------------------------- */

static const muster_factor *factor_of(const void *of, int32_t index)
{
    return &((const muster_factor *)of)[index];
}

char *analysed_csv(const analysed_data *a, int64_t skip_from, int64_t skip_to)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    assert_non_null(out);
    fputs("point,label,block,seed", out);
    for (int32_t f = 0; f < a->data.factors; f++)
        fprintf(out, ",%s", a->data.factor[f].id);
    fputs(",y\n", out);
    for (int64_t p = 0; p < a->data.points; p++) {
        if (p >= skip_from && p < skip_to)
            continue;
        fprintf(out, "%d,,", (int)p + 1);
        mst_csv_block(out, &a->data.point[p], factor_of, a->data.factor, a->data.factors);
        fprintf(out, ",%d", (int)a->data.point[p].seed);
        for (int32_t f = 0; f < a->data.factors; f++) {
            fputc(',', out);
            mst_csv_number(out, mst_x(&a->data, p, f));
        }
        fputc(',', out);
        mst_csv_number(out, a->data.cell[p].mean);
        fputc('\n', out);
    }
    fclose(out);
    return bytes;
}

muster_status analysed_table(const char *name, const char *csv, analysed *told, const char **words)
{
    static char said[1000];
    muster_diags *diags = muster_diags_create(NULL);
    muster_csv *table = NULL;
    muster_document *document = NULL;
    assert_int_equal(muster_csv_read("points.csv", csv, strlen(csv), NULL, diags, &table),
                     MUSTER_OK);
    const muster_tables tables = {.design_name = "points.csv", .design = table};
    const muster_status status = muster_tables_analyze(&tables, asked(&name), diags, &document);
    if (status == MUSTER_OK)
        *told = tell_document(document);
    else
        snprintf(said, sizeof said, "%s", muster_diags_at(diags, 0)->message);
    if (words)
        *words = said;
    muster_document_free(document);
    muster_csv_free(table);
    muster_diags_free(diags);
    return status;
}

/* ---- looking up ------------------------------------------------------------------------------------- */

static json_t *section_of(const analysed *told)
{
    json_t *section = json_array_get(json_object_get(told->json, "sections"), 0);
    assert_non_null(section);
    return section;
}

bool analysed_says(const analysed *told, const char *words)
{
    size_t i = 0;
    json_t *sentence = NULL;
    json_array_foreach(json_object_get(section_of(told), "sentences"), i, sentence)
    {
        if (strstr(json_string_value(sentence), words))
            return true;
    }
    return false;
}

static json_t *table_of(const analysed *told, const char *id)
{
    size_t i = 0;
    json_t *table = NULL;
    json_array_foreach(json_object_get(section_of(told), "tables"), i, table)
    {
        if (strcmp(json_string_value(json_object_get(table, "id")), id) == 0)
            return table;
    }
    return NULL;
}

static size_t column_of(const json_t *table, const char *name)
{
    size_t i = 0;
    json_t *column = NULL;
    json_array_foreach(json_object_get(table, "columns"), i, column)
    {
        if (strcmp(json_string_value(json_object_get(column, "name")), name) == 0)
            return i;
    }
    fail_msg("no column %s", name);
    return 0;
}

static json_t *cell_at(const analysed *told, const char *id, const char *row, const char *also,
                       const char *column)
{
    const json_t *table = table_of(told, id);
    size_t i = 0;
    json_t *cells = NULL;
    if (!table)
        fail_msg("no table %s", id);
    json_array_foreach(json_object_get(table, "rows"), i, cells)
    {
        const char *second = json_string_value(json_array_get(cells, 1));
        if (strcmp(json_string_value(json_array_get(cells, 0)), row) == 0 &&
            (!also || (second && strcmp(second, also) == 0)))
            return json_array_get(cells, column_of(table, column));
    }
    fail_msg("no row %s %s in %s", row, also ? also : "", id);
    return NULL;
}

double analysed_number(const analysed *told, const char *table, const char *row, const char *also,
                       const char *column)
{
    const json_t *cell = cell_at(told, table, row, also, column);
    return json_is_null(cell) ? (double)NAN : json_number_value(cell);
}

const char *analysed_words(const analysed *told, const char *table, const char *row,
                           const char *also, const char *column)
{
    const char *words = json_string_value(cell_at(told, table, row, also, column));
    return words ? words : "";
}

int32_t analysed_rows(const analysed *told, const char *id)
{
    const json_t *table = table_of(told, id);
    return table ? (int32_t)json_array_size(json_object_get(table, "rows")) : -1;
}

int32_t analysed_plots(const analysed *told, const char *kind)
{
    size_t i = 0;
    json_t *plot = NULL;
    int32_t count = 0;
    json_array_foreach(json_object_get(section_of(told), "plots"), i, plot)
    {
        count += strcmp(json_string_value(json_object_get(plot, "kind")), kind) == 0;
    }
    return count;
}

void analysed_fits_page(const analysed *told)
{
    int columns = 0;
    for (const char *at = told->text; *at; at++) {
        columns = *at == '\n' ? 0 : columns + (((unsigned char)*at & 0xC0) != 0x80);
        if (columns > 80)
            fail_msg("a line has more than 80 columns: %.100s",
                     at > told->text + 80 ? at - 80 : at);
    }
}

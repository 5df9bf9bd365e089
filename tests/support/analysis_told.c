#include "analysis_told.h"

#include "muster/tell.h"

#include <stdlib.h>
#include <string.h>

/* ---- data ----------------------------------------------------------------------------------------- */

static const muster_factor plain = {
    .unit = "", .path = "", .source = "", .dist = "", .standing = ""};

muster_factor told_number(const char *id, double min, double max)
{
    muster_factor out = plain;
    out.id = out.label = id;
    out.scale = MUSTER_SCALE_REAL;
    out.min = min;
    out.max = max;
    return out;
}

muster_factor told_names(const char *id, const char *const *level, int count)
{
    muster_factor out = plain;
    out.id = out.label = id;
    out.scale = MUSTER_SCALE_NAMES;
    out.min = out.max = (double)NAN;
    out.level = level;
    out.level_count = count;
    return out;
}

muster_response told_figure(const char *name, bool is_yes_no)
{
    return (muster_response){.name = name,
                             .measure = name,
                             .thing = "",
                             .label = name,
                             .unit = "",
                             .doc = "A figure of a test.",
                             .is_yes_no = is_yes_no};
}

/* As a store would be read: means, variances about them, runs that are not defined. */
static mst_cell cell_of(const double *value, int count)
{
    mst_cell out = {.mean = 0.0};
    double squares = 0.0;
    for (int i = 0; i < count; i++) {
        out.count += !isnan(value[i]);
        out.undefined += isnan(value[i]);
        out.mean += isnan(value[i]) ? 0.0 : value[i];
    }
    out.mean = out.count > 0 ? out.mean / (double)out.count : (double)NAN;
    for (int i = 0; i < count; i++)
        squares += isnan(value[i]) ? 0.0 : (value[i] - out.mean) * (value[i] - out.mean);
    out.variance = out.count > 1 ? squares / (double)(out.count - 1) : (double)NAN;
    return out;
}

mst_data told_data(const told_ask *ask)
{
    const int each = ask->reps > 0 ? ask->reps : 1;
    const size_t points = (size_t)ask->points, values = points * (size_t)each;
    mst_data d = {.factors = ask->factors,
                  .factor = ask->factor,
                  .points = ask->points,
                  .x = ask->x,
                  .response = ask->response,
                  .is_plan_run = ask->reps == 0,
                  .method = ask->method,
                  .seed = 1,
                  .level = 0.95,
                  .number = 1};
    muster_plan_point *point = mst_keep_array(&d.keep, points, sizeof *point);
    d.cell = mst_keep_array(&d.keep, points, sizeof *d.cell);
    d.first = mst_keep_array(&d.keep, points + 1, sizeof *d.first);
    d.value = malloc(values * sizeof *d.value);
    d.replication = malloc(values * sizeof *d.replication);
    assert_true(!d.keep.failed && d.value && d.replication);
    for (size_t p = 0; p < points; p++) {
        point[p] = ask->point ? ask->point[p]
                              : (muster_plan_point){.label = "", .block = "point", .factor = -1};
        d.first[p + 1] = (p + 1) * (size_t)each;
        d.cell[p] = cell_of(ask->y + p * (size_t)each, each);
        for (int r = 0; r < each; r++) {
            d.value[p * (size_t)each + (size_t)r] = ask->y[p * (size_t)each + (size_t)r];
            d.replication[p * (size_t)each + (size_t)r] = ask->reps > 0 ? r + 1 : 0;
        }
    }
    d.point = point;
    mst_data_cover(&d);
    return d;
}

/* ---- documents ------------------------------------------------------------------------------------ */

const mst_analysis *told_kind(const char *name)
{
    for (int32_t i = 0; mst_analysis_at(i); i++)
        if (strcmp(mst_analysis_at(i)->name, name) == 0)
            return mst_analysis_at(i);
    fail_msg("no analysis %s", name);
    return NULL;
}

static int columns_of(const char *line, size_t bytes)
{
    int columns = 0;
    for (size_t i = 0; i < bytes; i++)
        columns += ((unsigned char)line[i] & 0xC0U) != 0x80U; /* not a byte that goes on */
    return columns;
}

static void look_at_text(const muster_document *document)
{
    char *text = muster_document_text(document, NULL, NULL);
    assert_non_null(text);
    for (const char *line = text; *line;) {
        const size_t bytes = strcspn(line, "\n");
        if (columns_of(line, bytes) > 80)
            fail_msg("wider than 80 columns: %.*s", (int)bytes, line);
        line += bytes + (line[bytes] == '\n');
    }
    muster_tell_free(text, NULL);
}

static void look_at_data(const muster_document *document)
{
    for (int32_t i = 0; i < muster_document_table_count(document); i++) {
        char *csv = muster_document_csv(muster_document_table(document, i), NULL);
        assert_non_null(csv);
        muster_tell_free(csv, NULL);
    }
    for (int32_t i = 0; i < muster_document_plot_count(document); i++) {
        char *script = muster_document_gnuplot(muster_document_plot(document, i), "data.csv",
                                               "picture.svg", NULL);
        assert_non_null(script);
        muster_tell_free(script, NULL);
    }
}

json_t *told_of(const char *analysis, const mst_data *data, const muster_analyze_options *options)
{
    const mst_analysis *a = told_kind(analysis);
    const char *const names[] = {analysis};
    muster_analyze_options asked = options ? *options : (muster_analyze_options){0};
    char why[MST_WHY_BYTES] = "", id[80];
    asked.analysis = names;
    asked.analysis_count = 1;
    if (!a->fits(data, &asked, why))
        fail_msg("%s does not fit: %s", analysis, why);
    muster_document *document = muster_document_create("A test", NULL);
    muster_section *section =
        muster_section_add(document, mst_data_id(data, a->name, id), a->title);
    assert_int_equal(a->tell(data, &asked, section), MUSTER_OK);
    look_at_text(document);
    look_at_data(document);
    char *text = muster_document_json(document, NULL);
    assert_non_null(text);
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    json_t *out = json_incref(json_array_get(json_object_get(root, "sections"), 0));
    json_decref(root);
    muster_tell_free(text, NULL);
    muster_document_free(document);
    return out;
}

const char *told_refusal(const char *analysis, const mst_data *data,
                         const muster_analyze_options *options, char why[MST_WHY_BYTES])
{
    const char *const names[] = {analysis};
    muster_analyze_options asked = options ? *options : (muster_analyze_options){0};
    asked.analysis = names;
    asked.analysis_count = 1;
    why[0] = '\0';
    if (!told_kind(analysis)->fits(data, &asked, why))
        assert_true(why[0] != '\0');
    return why;
}

bool told_is_usual(const char *analysis, const mst_data *data)
{
    const muster_analyze_options none = {0};
    char why[MST_WHY_BYTES] = "";
    const mst_analysis *a = told_kind(analysis);
    return a->is_usual && a->fits(data, &none, why);
}

/* ---- what is said --------------------------------------------------------------------------------- */

bool told_says(json_t *section, const char *words)
{
    json_t *sentence;
    size_t i;
    json_array_foreach(json_object_get(section, "sentences"), i, sentence)
    {
        if (strstr(json_string_value(sentence), words))
            return true;
    }
    return false;
}

void told_must_say(json_t *section, const char *words, bool wanted, const char *file, int line)
{
    json_t *sentence;
    size_t i;
    if (told_says(section, words) == wanted)
        return;
    print_error("%s: \"%s\"\n", wanted ? "not said" : "said", words);
    json_array_foreach(json_object_get(section, "sentences"), i, sentence)
    {
        print_error("  %s\n", json_string_value(sentence));
    }
    _fail(file, line);
}

static json_t *find(json_t *section, const char *array, const char *id)
{
    json_t *item;
    size_t i;
    json_array_foreach(json_object_get(section, array), i, item)
    {
        if (strcmp(json_string_value(json_object_get(item, "id")), id) == 0)
            return item;
    }
    return NULL;
}

json_t *told_plot(json_t *section, const char *id)
{
    return find(section, "plots", id);
}

int told_rows(json_t *section, const char *table)
{
    json_t *found = find(section, "tables", table);
    return found ? (int)json_array_size(json_object_get(found, "rows")) : -1;
}

static size_t column_of(json_t *table, const char *column)
{
    json_t *item;
    size_t i;
    json_array_foreach(json_object_get(table, "columns"), i, item)
    {
        if (strcmp(json_string_value(json_object_get(item, "name")), column) == 0)
            return i;
    }
    fail_msg("no column %s", column);
    return 0;
}

json_t *told_cell(json_t *section, const char *table, int row, const char *column)
{
    json_t *found = find(section, "tables", table);
    if (!found || row < 0 || row >= told_rows(section, table))
        fail_msg("no row %d in a table %s", row, table);
    return json_array_get(json_array_get(json_object_get(found, "rows"), (size_t)row),
                          column_of(found, column));
}

bool told_has_column(json_t *section, const char *table, const char *column)
{
    json_t *found = find(section, "tables", table), *item;
    size_t i;
    if (!found)
        fail_msg("no table %s", table);
    json_array_foreach(json_object_get(found, "columns"), i, item)
    {
        if (strcmp(json_string_value(json_object_get(item, "name")), column) == 0)
            return true;
    }
    return false;
}

static json_t *cell_at(json_t *section, const char *table, const char *row, const char *column)
{
    json_t *found = find(section, "tables", table), *item;
    size_t i;
    if (!found)
        fail_msg("no table %s", table);
    json_array_foreach(json_object_get(found, "rows"), i, item)
    {
        const char *first = json_string_value(json_array_get(item, 0));
        if (first && strcmp(first, row) == 0)
            return json_array_get(item, column_of(found, column));
    }
    fail_msg("no row %s in %s", row, table);
    return NULL;
}

double told_number_at(json_t *section, const char *table, const char *row, const char *column)
{
    json_t *cell = cell_at(section, table, row, column);
    return json_is_null(cell) ? (double)NAN : json_number_value(cell);
}

const char *told_text_at(json_t *section, const char *table, const char *row, const char *column)
{
    return json_string_value(cell_at(section, table, row, column));
}

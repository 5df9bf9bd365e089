/* A document as JSON: include/muster/analysis.schema.json. */
#include "tell/document.h"

#include "tell/json.h"

#include <math.h>

static void add_texts(mst_json *json, const char *key, const mst_list *texts)
{
    mst_json_array(json, key);
    for (int32_t i = 0; i < texts->count; i++)
        mst_json_text(json, NULL, *MST_AT(const char *const, texts, i));
    mst_json_end(json);
}

static void add_numbers(mst_json *json, const char *key, const mst_list *numbers)
{
    if (numbers->count == 0)
        return;
    mst_json_array(json, key);
    for (int32_t i = 0; i < numbers->count; i++)
        mst_json_real(json, NULL, *MST_AT(const double, numbers, i));
    mst_json_end(json);
}

static void add_cell(mst_json *json, const muster_table *table, int32_t row, int32_t column)
{
    const mst_doc_cell *const cell = mst_doc_cell_at(table, row, column);
    const muster_column_kind kind = mst_doc_column_at(table, column)->kind;
    if (kind == MUSTER_COLUMN_TEXT)
        mst_json_text(json, NULL, cell->text);
    else if (kind == MUSTER_COLUMN_WHOLE && !isnan(cell->number))
        mst_json_whole(json, NULL, (int64_t)cell->number);
    else
        mst_json_maybe(json, NULL, cell->number);
}

static void add_table(mst_json *json, const muster_table *table)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "id", table->id);
    mst_json_text(json, "title", table->title);
    mst_json_array(json, "columns");
    for (int32_t i = 0; i < table->column.count; i++) {
        const mst_doc_column *const column = mst_doc_column_at(table, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "name", column->name);
        mst_json_text(json, "label", column->label);
        mst_json_text(json, "unit", column->unit);
        mst_json_text(json, "kind", mst_doc_column_kind_name(column->kind));
        mst_json_whole(json, "digits", column->digits);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_array(json, "rows");
    for (int32_t row = 0; row < table->rows; row++) {
        mst_json_array(json, NULL);
        for (int32_t i = 0; i < table->column.count; i++)
            add_cell(json, table, row, i);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_end(json);
}

/* Roles in order of the kind; one of several columns is a list of names, any other a name. */
static void add_roles(mst_json *json, const muster_plot *plot)
{
    const mst_doc_kind *const kind = mst_doc_kind_of(plot->kind);
    mst_json_object(json, "roles");
    for (int32_t i = 0; i < MST_DOC_ROLES_MOST && kind->role[i].name; i++) {
        const mst_doc_role *const role = &kind->role[i];
        int32_t column = mst_doc_column_of(plot, role->name, 0);
        if (column < 0)
            continue;
        if (!role->is_many) {
            mst_json_text(json, role->name, mst_doc_column_at(plot->table, column)->name);
            continue;
        }
        mst_json_array(json, role->name);
        for (int32_t nth = 0; column >= 0; column = mst_doc_column_of(plot, role->name, ++nth))
            mst_json_text(json, NULL, mst_doc_column_at(plot->table, column)->name);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_options(mst_json *json, const muster_plot *plot)
{
    mst_json_object(json, "options");
    if (plot->x_label)
        mst_json_text(json, "x_label", plot->x_label);
    if (plot->y_label)
        mst_json_text(json, "y_label", plot->y_label);
    if (!isnan(plot->baseline))
        mst_json_real(json, "baseline", plot->baseline);
    if (plot->log_x)
        mst_json_bool(json, "log_x", true);
    if (plot->log_y)
        mst_json_bool(json, "log_y", true);
    add_numbers(json, "slopes", &plot->slope);
    add_numbers(json, "thresholds", &plot->threshold);
    add_numbers(json, "x_thresholds", &plot->x_threshold);
    add_numbers(json, "above_0", &plot->above_0);
    mst_json_end(json);
}

static void add_plot(mst_json *json, const muster_plot *plot)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "id", plot->id);
    mst_json_text(json, "kind", mst_doc_kind_of(plot->kind)->name);
    mst_json_text(json, "title", plot->title);
    mst_json_text(json, "caption", plot->caption);
    mst_json_text(json, "table", plot->table->id);
    add_roles(json, plot);
    add_options(json, plot);
    mst_json_end(json);
}

static void add_section(mst_json *json, const muster_section *section)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "id", section->id);
    mst_json_text(json, "title", section->title);
    add_texts(json, "sentences", &section->sentence);
    mst_json_array(json, "tables");
    for (int32_t i = 0; i < section->table.count; i++)
        add_table(json, *MST_AT(muster_table *const, &section->table, i));
    mst_json_end(json);
    mst_json_array(json, "plots");
    for (int32_t i = 0; i < section->plot.count; i++)
        add_plot(json, *MST_AT(muster_plot *const, &section->plot, i));
    mst_json_end(json);
    mst_json_end(json);
}

char *muster_document_json(const muster_document *document, muster_diags *diags)
{
    if (!mst_doc_is_sound(document, diags))
        return NULL;
    mst_json *const json = mst_json_create(document->arena.memory);
    mst_json_object(json, NULL);
    mst_json_text(json, "format", "muster-analysis");
    mst_json_whole(json, "version", 1);
    mst_json_object(json, "program");
    mst_json_text(json, "name", "muster");
    mst_json_text(json, "version", muster_version());
    mst_json_end(json);
    mst_json_text(json, "title", document->title);
    mst_json_array(json, "about");
    for (int32_t i = 0; i < document->about.count; i++) {
        const mst_doc_about *const line = MST_AT(const mst_doc_about, &document->about, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "key", line->key);
        mst_json_text(json, "value", line->value);
        mst_json_end(json);
    }
    mst_json_end(json);
    add_texts(json, "warnings", &document->warning);
    mst_json_array(json, "sections");
    for (int32_t i = 0; i < document->section.count; i++)
        add_section(json, *MST_AT(muster_section *const, &document->section, i));
    mst_json_end(json);
    mst_json_end(json);
    return mst_json_take(json, document->arena.memory, diags);
}

#include "model/markdown.h"

#include "model/spec.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *kind_words(const muster_field *row)
{
    switch (row->kind) {
    case MUSTER_FIELD_REAL:
        return "number";
    case MUSTER_FIELD_INT:
        return "whole number";
    case MUSTER_FIELD_BOOL:
        return "true, false";
    case MUSTER_FIELD_TEXT:
        return "text";
    case MUSTER_FIELD_REFERENCE:
        return "id of";
    case MUSTER_FIELD_MOMENT:
        return "date";
    case MUSTER_FIELD_DURATION:
        return "duration";
    case MUSTER_FIELD_TEXTS:
        return "texts";
    case MUSTER_FIELD_VALUES:
        return "values";
    case MUSTER_FIELD_REFERENCES:
        return "ids of";
    case MUSTER_FIELD_POINTS:
        return "points";
    case MUSTER_FIELD_NUMBERS:
        return "named numbers";
    case MUSTER_FIELD_GROUP:
        return "group";
    case MUSTER_FIELD_LIST:
        return "list of groups";
    case MUSTER_FIELD_TABLE:
        return "named groups";
    case MUSTER_FIELD_PLUGIN:
        return "activity";
    case MUSTER_FIELD_CHOICE:
    case MUSTER_FIELD_INLINE:
    case MUSTER_FIELD_END:
        break;
    }
    return "";
}

/* "number, kn, 0.1 to 80" */
static void add_value(mst_text *out, const muster_field *row)
{
    const char *unit = row->kind == MUSTER_FIELD_DURATION ? "h" : row->unit;
    mst_text_add(out, kind_words(row));
    for (int32_t i = 0; row->kind == MUSTER_FIELD_CHOICE && row->choices[i]; i++)
        mst_text_printf(out, "%s`\"%s\"`", i ? ", " : "", row->choices[i]);
    if (row->refers && row->kind != MUSTER_FIELD_PLUGIN)
        mst_text_printf(out, " `%s`", row->refers);
    if (row->min != 0.0 || row->max != 0.0) {
        char least[32], most[32];
        mst_text_printf(out, ", %s%s to %s", row->flags & MUSTER_FIELD_ABOVE ? "above " : "",
                        mst_text_shortest(row->min, least), mst_text_shortest(row->max, most));
        if (unit)
            mst_text_printf(out, " %s", unit);
    } else if (row->unit) {
        mst_text_printf(out, ", %s", row->unit);
    }
}

static void add_default(mst_text *out, const muster_field *row)
{
    char number[32];
    const bool has_number = !isnan(row->fallback);
    if (row->flags & MUSTER_FIELD_REQUIRED)
        mst_text_add(out, "**required**");
    else if (row->fallback_text)
        mst_text_printf(out, "`\"%s\"`", row->fallback_text);
    else if (row->kind == MUSTER_FIELD_BOOL && has_number)
        mst_text_add(out, row->fallback != 0.0 ? "true" : "false");
    else if ((row->kind == MUSTER_FIELD_REAL || row->kind == MUSTER_FIELD_INT) && has_number)
        mst_text_add(out, mst_text_shortest(row->fallback, number));
}

static void add_row(mst_text *out, const muster_field *row)
{
    if (row->kind == MUSTER_FIELD_INLINE) {
        mst_text_printf(out, "| (more) | | | %s |\n", row->doc);
        return;
    }
    mst_text_printf(out, "| `%s` | ", row->key);
    add_value(out, row);
    mst_text_add(out, " | ");
    add_default(out, row);
    mst_text_add(out, " | ");
    for (const char *at = row->doc; *at; at++) /* a bar would end the cell */
        mst_text_add_bytes(out, *at == '|' ? "\\|" : at, *at == '|' ? 2 : 1);
    mst_text_add(out, " |\n");
}

static void add_table(mst_text *out, const muster_field *rows)
{
    mst_text_add(out, "| key | value | default | meaning |\n|---|---|---|---|\n");
    for (const muster_field *row = rows; row->key; row++)
        add_row(out, row);
    mst_text_add(out, "\n");
}

/* Keys that an activity brings to the groups which name it. */
static void add_activities(mst_text *out, const mst_kinds *kinds, const char *path,
                           const muster_field *row)
{
    const mst_activity_role role =
        strcmp(row->refers, "phase") == 0 ? MST_ROLE_PHASE : MST_ROLE_SERIAL;
    for (int32_t i = 0; kinds && kinds->activity[i]; i++) {
        const mst_activity_type *type = kinds->activity[i];
        if (type->role != role)
            continue;
        mst_text_printf(out, "#### `%s` with `%s = \"%s\"`\n\n%s\n\n", path, row->key, type->name,
                        type->doc);
        if (type->fields && type->fields[0].key)
            add_table(out, type->fields);
    }
}

static void add_section(mst_text *out, const mst_kinds *kinds, const char *path,
                        const muster_field *section)
{
    mst_text_printf(out, "### `%s`\n\n%s\n\n", path, section->doc);
    add_table(out, section->of);
    for (const muster_field *row = section->of; row->key; row++) {
        char inner[160];
        const char *ending = row->kind == MUSTER_FIELD_TABLE  ? ".ID"
                             : row->kind == MUSTER_FIELD_LIST ? "[i]"
                                                              : "";
        snprintf(inner, sizeof inner, "%s.%s%s", path, row->key, ending);
        if (row->kind == MUSTER_FIELD_PLUGIN)
            add_activities(out, kinds, path, row);
        else if (row->kind == MUSTER_FIELD_GROUP || row->kind == MUSTER_FIELD_LIST ||
                 row->kind == MUSTER_FIELD_TABLE)
            add_section(out, kinds, inner, row);
    }
}

void mst_fields_markdown(const mst_kinds *kinds, mst_text *out)
{
    for (const muster_field *row = mst_fields_root; row->key; row++) {
        char path[80];
        const char *ending = row->kind == MUSTER_FIELD_TABLE  ? ".ID"
                             : row->kind == MUSTER_FIELD_LIST ? "[i]"
                                                              : "";
        snprintf(path, sizeof path, "%s%s", row->key, ending);
        add_section(out, kinds, path, row);
    }
}

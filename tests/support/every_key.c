#include "every_key.h"

#include "load/scenario.h"
#include "model/walk.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static bool is_tried(muster_field_kind kind)
{
    return kind == MUSTER_FIELD_REAL || kind == MUSTER_FIELD_INT || kind == MUSTER_FIELD_DURATION ||
           kind == MUSTER_FIELD_MOMENT || kind == MUSTER_FIELD_NUMBERS ||
           kind == MUSTER_FIELD_POINTS;
}

/* ---- what there is, from the tables alone -------------------------------------------------------- */

static int32_t held_by(const muster_field *rows);

static int32_t held_by_plugins(const char *role)
{
    const mst_activity_role wanted = strcmp(role, "phase") == 0 ? MST_ROLE_PHASE : MST_ROLE_SERIAL;
    int32_t count = 0;
    for (const mst_activity_type *const *type = mst_kinds_all()->activity; *type; type++)
        if ((*type)->role == wanted && (*type)->fields)
            count += held_by((*type)->fields);
    return count;
}

static int32_t held_by(const muster_field *rows)
{
    int32_t count = 0;
    for (const muster_field *row = rows; row->key; row++) {
        count += is_tried(row->kind);
        if (row->of)
            count += held_by(row->of);
        if (row->kind == MUSTER_FIELD_PLUGIN)
            count += held_by_plugins(row->refers);
    }
    return count;
}

int32_t every_key_count(void)
{
    return held_by(mst_fields_root);
}

/* ---- where it stands ------------------------------------------------------------------------------ */

static void append(char *text, size_t room, const char *a, const char *b)
{
    const size_t used = strlen(text);
    const int length = snprintf(text + used, room - used, "%s%s", a, b);
    assert_true(length >= 0 && (size_t)length < room - used);
}

static void append_paths(every_key *at, const char *generic, const char *path, const char *alone)
{
    append(at->generic, sizeof at->generic, generic, "");
    append(at->path, sizeof at->path, path, "");
    append(at->alone, sizeof at->alone, alone, "");
}

/* Below `from`; what surrounds it in a text stays. */
static every_key below(const every_key *from, const char *key)
{
    every_key out = *from;
    const char *dot = from->path[0] ? "." : "";
    append_paths(&out, dot, dot, dot);
    append_paths(&out, key, key, key);
    snprintf(out.key, sizeof out.key, "%s", key);
    return out;
}

/* Inside a group, list or table: a text grows at both ends. */
static every_key inside(const every_key *from, const char *key, const char *open, const char *close)
{
    every_key out = below(from, key);
    append(out.head, sizeof out.head, key, open);
    snprintf(out.tail, sizeof out.tail, "%s", close);
    append(out.tail, sizeof out.tail, from->tail, "");
    return out;
}

/* ---- the walk -------------------------------------------------------------------------------------- */

static void walk(const muster_field *rows, const void *item, const every_key *at,
                 every_key_visit *visit);

/* The first entry stands for all: they have one row. */
static void walk_numbers(const muster_field *row, const mst_list *numbers, const every_key *at,
                         every_key_visit *visit)
{
    if (numbers->count == 0)
        return;
    const char *name = MST_AT(const mst_number, numbers, 0)->name;
    every_key entry = inside(at, row->key, " = { ", " }; ");
    append_paths(&entry, ".*", ".", ".");
    append_paths(&entry, "", name, name);
    snprintf(entry.key, sizeof entry.key, "%s", name);
    visit(&entry, row);
}

static void walk_table(const muster_field *row, const mst_list *list, const every_key *at,
                       every_key_visit *visit)
{
    for (int32_t i = 0; i < list->count; i++) {
        const mst_item *item = mst_item_at(list, row->item_bytes, i);
        every_key in = inside(at, row->key, " = { ", " }; }; ");
        append_paths(&in, ".*", ".", ".");
        append_paths(&in, "", item->id, item->id);
        append(in.head, sizeof in.head, item->id, " = { ");
        walk(row->of, item, &in, visit);
    }
}

static void walk_list(const muster_field *row, const mst_list *list, const every_key *at,
                      every_key_visit *visit)
{
    for (int32_t i = 0; i < list->count; i++) {
        every_key in = inside(at, row->key, " = ( { ", " } ); ");
        char index[16];
        snprintf(index, sizeof index, "[%d]", (int)i);
        append_paths(&in, "[]", index, "[0]");
        walk(row->of, mst_item_at(list, row->item_bytes, i), &in, visit);
    }
}

static void walk_plugin(const muster_field *row, const mst_plugin *plugin, const every_key *at,
                        every_key_visit *visit)
{
    if (!plugin->type || !plugin->type->fields)
        return;
    every_key own = *at;
    append(own.generic, sizeof own.generic, " ", plugin->name);
    append(own.head, sizeof own.head, row->key, " = \"");
    append(own.head, sizeof own.head, plugin->name, "\"; ");
    walk(plugin->type->fields, plugin->spec, &own, visit);
}

static void walk(const muster_field *rows, const void *item, const every_key *at,
                 every_key_visit *visit)
{
    for (const muster_field *row = rows; row->key; row++) {
        const void *value = (const char *)item + row->offset;
        if (row->kind == MUSTER_FIELD_GROUP) {
            const every_key in = inside(at, row->key, " = { ", " }; ");
            walk(row->of, value, &in, visit);
        } else if (row->kind == MUSTER_FIELD_INLINE) {
            walk(row->of, value, at, visit);
        } else if (row->kind == MUSTER_FIELD_PLUGIN) {
            walk_plugin(row, value, at, visit);
        } else if (row->kind == MUSTER_FIELD_NUMBERS) {
            walk_numbers(row, value, at, visit);
        } else if (row->kind == MUSTER_FIELD_TABLE) {
            walk_table(row, value, at, visit);
        } else if (row->kind == MUSTER_FIELD_LIST) {
            walk_list(row, value, at, visit);
        } else if (is_tried(row->kind)) {
            const every_key leaf = below(at, row->key);
            visit(&leaf, row);
        }
    }
}

void every_key_walk(const mst_spec *spec, every_key_visit *visit)
{
    const every_key root = {.generic = ""};
    walk(mst_fields_root, spec, &root, visit);
}

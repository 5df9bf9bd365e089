/* Paths of the change language: units.najin-531.fuel_frac, drills.d.slots[1].count. */
#include "base/text.h"
#include "model/kinds.h"
#include "model/walk.h"

#include <string.h>

/* A path on its way through the rows. */
typedef struct search {
    mst_arena *arena;
    mst_place place;
    const char *path;
    const mst_list *facts;
    muster_diags *diags;
    const char *rest; /* what is not yet followed */
} search;

enum { NAME_BYTES = 64 };

/* Says why; nothing when the path leads into what could not be read. */
static bool fail(search *s, const char *hint, const char *message)
{
    if (mst_facts_spoilt(s->facts, s->path))
        return false;
    mst_diag(s->diags, MUSTER_ERROR, s->place, s->path, hint, "'%s': %s", s->path,
             message ? message : "");
    return false;
}

/* Takes the name that comes next; a dot stands before it, but at the start of the path. */
static bool take_name(search *s, char out[NAME_BYTES])
{
    if (s->rest != s->path && *s->rest && !strchr(".[", *s->rest))
        return fail(s, NULL, "a dot is missing (paths look like drills.d.slots[0].count)");
    if (*s->rest == '.' && s->rest != s->path)
        s->rest++;
    const size_t length = strcspn(s->rest, ".[");
    if (length == 0 || length >= NAME_BYTES)
        return fail(s, NULL,
                    length ? "one of its names is too long"
                           : "a name is missing (paths look like units.alpha.fuel_frac)");
    memcpy(out, s->rest, length);
    out[length] = '\0';
    s->rest += length;
    return true;
}

static bool take_index(search *s, int32_t *out)
{
    int32_t index = 0;
    const char *at = s->rest;
    bool has_digit = false;
    if (*at != '[')
        return fail(s, NULL, "a list is addressed by number, name[0] its first entry");
    for (at++; *at >= '0' && *at <= '9' && index < 100000000; at++) {
        index = index * 10 + (*at - '0');
        has_digit = true;
    }
    if (!has_digit || *at != ']')
        return fail(s, NULL, "between [ and ] stands a whole number, 0 for the first entry");
    s->rest = at + 1;
    *out = index;
    return true;
}

static bool unknown_key(search *s, const muster_field *rows, const void *item, const char *key)
{
    enum { MOST = 160 };
    const char *keys[MOST];
    int32_t count = mst_fields_keys(rows, keys, MOST);
    for (const muster_field *row = rows; row->key && item; row++) {
        const mst_plugin *plugin =
            (const mst_plugin *)(const void *)((const char *)item + row->offset);
        if (row->kind == MUSTER_FIELD_PLUGIN && plugin->type && plugin->type->fields)
            count += mst_fields_keys(plugin->type->fields, keys + count, MOST - count);
    }
    return fail(s, mst_hint(s->arena, "allowed", key, keys, count),
                mst_arena_printf(s->arena, "no key '%s' there", key));
}

static bool has_entry(const mst_list *numbers, const char *name)
{
    for (int32_t i = 0; i < numbers->count; i++)
        if (strcmp(MST_AT(const mst_number, numbers, i)->name, name) == 0)
            return true;
    return false;
}

/* An entry of a group of numbers: it exists, or another item of the same table has one of that
 * name, so that a change may give a figure to a state that lacks it, and a slip is still seen. */
static bool entry_of(search *s, const muster_field *row, void *holder, const mst_list *table,
                     size_t item_bytes, mst_spot *out)
{
    char name[NAME_BYTES];
    mst_list *numbers = (mst_list *)(void *)((char *)holder + row->offset);
    if (!take_name(s, name))
        return false;
    bool known = has_entry(numbers, name);
    for (int32_t i = 0; table && !known && i < table->count; i++) {
        const char *other = (const char *)mst_item_at(table, item_bytes, i) + row->offset;
        known = has_entry((const mst_list *)(const void *)other, name);
    }
    if (!known) {
        const char **names = mst_arena_array(s->arena, (size_t)numbers->count + 1, sizeof *names);
        for (int32_t i = 0; names && i < numbers->count; i++)
            names[i] = MST_AT(const mst_number, numbers, i)->name;
        return fail(s, names ? mst_hint(s->arena, "there are", name, names, numbers->count) : NULL,
                    mst_arena_printf(s->arena, "no '%s' among %s", name, row->key));
    }
    if (*s->rest != '\0')
        return fail(s, NULL, "nothing lies below a figure");
    *out = (mst_spot){.row = row,
                      .value = numbers,
                      .si = 1.0,
                      .item = holder,
                      .number = mst_arena_text(s->arena, name)};
    return out->number != NULL;
}

/* Into the item of a table or list; *item becomes it. */
static bool enter(search *s, const muster_field *row, void **item)
{
    const mst_list *list = (const mst_list *)(const void *)((char *)*item + row->offset);
    int32_t index = -1;
    if (row->kind == MUSTER_FIELD_LIST) {
        if (!take_index(s, &index))
            return false;
        if (index >= list->count)
            return fail(s, NULL,
                        list->count > 0
                            ? mst_arena_printf(s->arena, "the last entry of '%s' is [%d]", row->key,
                                               (int)list->count - 1)
                            : mst_arena_printf(s->arena, "'%s' has no entries", row->key));
    } else {
        char id[NAME_BYTES];
        if (!take_name(s, id))
            return false;
        index = mst_table_find(list, row->item_bytes, id);
        if (index < 0)
            return fail(s, mst_hint_ids(s->arena, list, row->item_bytes, id),
                        mst_arena_printf(s->arena, "no %s '%s'", mst_noun(s->arena, row->key), id));
    }
    *item = mst_item_at(list, row->item_bytes, index);
    return true;
}

static bool holds_rows(muster_field_kind kind)
{
    return kind == MUSTER_FIELD_GROUP || kind == MUSTER_FIELD_TABLE || kind == MUSTER_FIELD_LIST;
}

/* The value at the end of a path. */
static bool arrive(search *s, const muster_field *row, void *holder, double si, mst_spot *out)
{
    if (row->kind == MUSTER_FIELD_PLUGIN)
        return fail(s, NULL, "a change cannot put another activity in its place");
    if (*s->rest != '\0')
        return fail(s, NULL, "nothing lies below a single value");
    *out = (mst_spot){.row = row, .value = (char *)holder + row->offset, .si = si, .item = holder};
    return true;
}

static bool follow(search *s, const muster_field *rows, void *item, mst_spot *out)
{
    const mst_list *table = NULL; /* the table whose item this is */
    size_t item_bytes = 0;
    for (;;) {
        char key[NAME_BYTES];
        if (!take_name(s, key))
            return false;
        double si = 1.0;
        void *holder = item;
        const muster_field *row = mst_fields_find(rows, key, &holder, &si);
        if (!row)
            return unknown_key(s, rows, item, key);
        if (*s->rest == '\0' && (holds_rows(row->kind) || row->kind == MUSTER_FIELD_NUMBERS))
            return fail(s, NULL, "it is a group of settings, not one value");
        if (row->kind == MUSTER_FIELD_NUMBERS)
            return entry_of(s, row, holder, table, item_bytes, out);
        if (!holds_rows(row->kind))
            return arrive(s, row, holder, si, out);
        item = holder;
        table = NULL;
        if (row->kind == MUSTER_FIELD_GROUP) {
            item = (char *)holder + row->offset;
        } else {
            if (row->kind == MUSTER_FIELD_TABLE)
                table = (const mst_list *)(const void *)((char *)holder + row->offset);
            item_bytes = row->item_bytes;
            if (!enter(s, row, &item))
                return false;
            if (*s->rest == '\0')
                return fail(s, NULL, "it is a group of settings, not one value");
        }
        rows = row->of;
    }
}

bool mst_spec_locate(mst_spec *spec, mst_arena *arena, const char *path, mst_place place,
                     muster_diags *diags, mst_spot *out)
{
    search s = {.arena = arena,
                .place = place,
                .path = path,
                .facts = &spec->facts,
                .diags = diags,
                .rest = path};
    mst_spot spot = {0};
    if (!follow(&s, mst_fields_root, spec, &spot))
        return false;
    *out = spot;
    return true;
}

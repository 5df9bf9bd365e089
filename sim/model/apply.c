/* Changes made to a spec: checked, stored, and noted with the value they replace. */
#include "base/text.h"
#include "model/walk.h"

#include <math.h>
#include <string.h>

void mst_field_store(const muster_field *row, const mst_value *value, mst_place place, void *target)
{
    switch (row->kind) {
    case MUSTER_FIELD_REAL:
        *(double *)target = value->real;
        break;
    case MUSTER_FIELD_INT:
    case MUSTER_FIELD_DURATION:
        *(int64_t *)target = value->whole;
        break;
    case MUSTER_FIELD_BOOL:
    case MUSTER_FIELD_CHOICE:
        *(int32_t *)target = (int32_t)value->whole;
        break;
    case MUSTER_FIELD_TEXT:
        *(const char **)target = value->text;
        break;
    case MUSTER_FIELD_REFERENCE:
        *(mst_ref *)target = (mst_ref){value->text, -1, place};
        break;
    case MUSTER_FIELD_MOMENT:
        *(muster_interval *)target = value->moment;
        break;
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_VALUES:
    case MUSTER_FIELD_REFERENCES:
    case MUSTER_FIELD_POINTS:
        *(mst_list *)target = value->list;
        break;
    case MUSTER_FIELD_NUMBERS:
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
    case MUSTER_FIELD_PLUGIN:
    case MUSTER_FIELD_END:
        break;
    }
}

/* ---- references ------------------------------------------------------------------------ */

static const mst_list *table_of(const mst_spec *spec, const muster_field *row,
                                const muster_field **out_table)
{
    *out_table = row->refers ? mst_fields_row(mst_fields_root, row->refers) : NULL;
    return *out_table ? (const mst_list *)(const void *)((const char *)spec + (*out_table)->offset)
                      : NULL;
}

/* Finds what the new references name and keeps the index. */
static bool check_references(const mst_spec *spec, mst_arena *arena, const muster_field *row,
                             mst_change *change, muster_diags *diags)
{
    const muster_field *table_row = NULL;
    const mst_list *table = table_of(spec, row, &table_row);
    mst_ref one = {change->value.text, -1, change->place};
    mst_ref *refs = row->kind == MUSTER_FIELD_REFERENCE ? &one : change->value.list.item;
    const int32_t count = row->kind == MUSTER_FIELD_REFERENCE    ? 1
                          : row->kind == MUSTER_FIELD_REFERENCES ? change->value.list.count
                                                                 : 0;
    for (int32_t i = 0; table && i < count; i++) {
        refs[i].index = mst_table_find(table, table_row->item_bytes, refs[i].id);
        if (refs[i].index >= 0)
            continue;
        if (!mst_facts_spoilt(&spec->facts,
                              mst_arena_printf(arena, "%s.%s", table_row->key, refs[i].id)))
            mst_diag(diags, MUSTER_ERROR, change->place, change->path,
                     mst_hint_ids(arena, table, table_row->item_bytes, refs[i].id),
                     "'%s': no %s '%s'", change->path, mst_noun(arena, row->refers), refs[i].id);
        return false;
    }
    return true;
}

bool mst_change_allowed(const mst_spec *spec, mst_arena *arena, const muster_field *row,
                        mst_change *change, muster_diags *diags)
{
    return mst_field_check(row, &change->value, change->place, change->path, diags) &&
           check_references(spec, arena, row, change, diags);
}

/* ---- what was there before -------------------------------------------------------------- */

static const mst_number *entry_of(const mst_list *numbers, const char *name)
{
    for (int32_t i = 0; i < numbers->count; i++)
        if (strcmp(MST_AT(const mst_number, numbers, i)->name, name) == 0)
            return MST_AT(const mst_number, numbers, i);
    return NULL;
}

/* What stands at a spot as text; null when nothing was given there. */
static const char *standing(mst_arena *arena, const mst_spot *spot)
{
    if (spot->number) {
        const mst_number *entry = entry_of(spot->value, spot->number);
        char text[32];
        return entry ? mst_arena_text(arena, mst_text_shortest(entry->value, text)) : NULL;
    }
    return mst_fields_given(spot->row, spot->item) ? mst_field_write(arena, spot->row, spot->value)
                                                   : NULL;
}

static const char *fallback_of(mst_arena *arena, const muster_field *row)
{
    switch (row->kind) {
    case MUSTER_FIELD_REAL: {
        const double value = row->fallback * mst_field_si(row);
        return mst_field_write(arena, row, &value);
    }
    case MUSTER_FIELD_INT: {
        const int64_t value = isnan(row->fallback) ? MST_INT_NONE : (int64_t)row->fallback;
        return mst_field_write(arena, row, &value);
    }
    case MUSTER_FIELD_BOOL:
        return isnan(row->fallback) ? "not given" : row->fallback != 0.0 ? "true" : "false";
    case MUSTER_FIELD_TEXT:
    case MUSTER_FIELD_CHOICE:
    case MUSTER_FIELD_MOMENT:
    case MUSTER_FIELD_DURATION:
        return row->fallback_text ? mst_arena_printf(arena, "\"%s\"", row->fallback_text)
                                  : "not given";
    case MUSTER_FIELD_REFERENCE:
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_VALUES:
    case MUSTER_FIELD_REFERENCES:
    case MUSTER_FIELD_POINTS:
    case MUSTER_FIELD_NUMBERS:
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
    case MUSTER_FIELD_PLUGIN:
    case MUSTER_FIELD_END:
        break;
    }
    return "not given";
}

const char *mst_spot_in_force(mst_spec *spec, mst_arena *arena, const char *path,
                              const mst_spot *spot)
{
    const char *text = standing(arena, spot);
    char up[MST_PATH_BYTES];
    mst_spot behind = *spot;
    for (int step = 0; !text && step < MST_LIKE_STEPS; step++) {
        if (!mst_path_behind(spec, path, up) ||
            !mst_spec_locate(spec, arena, up, (mst_place){NULL, 0}, NULL, &behind))
            break;
        text = standing(arena, &behind);
        path = up;
    }
    return text ? text : fallback_of(arena, spot->row);
}

/* ---- making the change ------------------------------------------------------------------ */

static bool store(mst_arena *arena, const mst_spot *spot, const mst_change *change)
{
    if (!spot->number) {
        mst_field_store(spot->row, &change->value, change->place, spot->value);
        return true;
    }
    mst_list *numbers = spot->value;
    mst_number *entry = NULL;
    for (int32_t i = 0; i < numbers->count && !entry; i++)
        if (strcmp(MST_AT(mst_number, numbers, i)->name, spot->number) == 0)
            entry = MST_AT(mst_number, numbers, i);
    if (!entry) {
        entry = mst_list_add(arena, numbers, sizeof *entry);
        if (!entry)
            return false;
        entry->name = spot->number;
    }
    entry->value = change->value.real;
    entry->place = change->place;
    entry->source = change->origin;
    entry->confidence = MUSTER_STATED;
    entry->is_sum = false; /* of a ledger: a change sets all of it */
    return true;
}

/* Items that inherit from the changed one and have no figure of their own there change too: the
 * same result whether a change comes before or after mst_spec_finish. */
static void pass_on(mst_spec *spec, mst_arena *arena, const mst_change *change, int depth)
{
    const muster_field *table = NULL;
    const char *tail = NULL;
    const mst_item *parent = mst_path_item(spec, change->path, &table, &tail);
    if (!parent || !(table->flags & MUSTER_FIELD_LIKE) || depth >= MST_LIKE_STEPS)
        return;
    const mst_list *list = (const mst_list *)(const void *)((const char *)spec + table->offset);
    for (int32_t i = 0; i < list->count; i++) {
        const mst_item *child = mst_item_at(list, table->item_bytes, i);
        if (!child->like || strcmp(child->like, parent->id) != 0)
            continue;
        mst_change same = *change;
        mst_spot spot;
        same.path = mst_arena_printf(arena, "%s.%s.%s", table->key, child->id, tail);
        if (!same.path || mst_facts_find(&spec->facts, same.path) ||
            !mst_spec_locate(spec, arena, same.path, change->place, NULL, &spot))
            continue;
        if (store(arena, &spot, &same))
            pass_on(spec, arena, &same, depth + 1);
    }
}

/* Path with the row's own key at its end, so that fuel_kg and fuel_t are one figure. */
static const char *canonical(mst_arena *arena, const mst_change *change, const mst_spot *spot)
{
    const char *dot = strrchr(change->path, '.');
    if (spot->number || !dot || strcmp(dot + 1, spot->row->key) == 0)
        return mst_arena_text(arena, change->path);
    return mst_arena_printf(arena, "%.*s.%s", (int)(dot - change->path), change->path,
                            spot->row->key);
}

bool mst_spec_apply(mst_spec *spec, mst_arena *arena, mst_change *change, muster_diags *diags)
{
    mst_spot spot;
    if (!mst_spec_locate(spec, arena, change->path, change->place, diags, &spot))
        return false;
    const char *path = canonical(arena, change, &spot);
    if (!path || !mst_change_allowed(spec, arena, spot.row, change, diags))
        return false;
    change->before = change->is_of_point ? "" : mst_spot_in_force(spec, arena, change->path, &spot);
    if (!store(arena, &spot, change))
        return false;
    if (spot.row->kind == MUSTER_FIELD_REFERENCE) {
        const muster_field *table = NULL;
        const mst_list *list = table_of(spec, spot.row, &table);
        if (list)
            ((mst_ref *)spot.value)->index =
                mst_table_find(list, table->item_bytes, change->value.text);
    }
    mst_change named = *change;
    named.path = path;
    pass_on(spec, arena, &named, 0);
    mst_fact *fact = mst_list_add(arena, &spec->facts, sizeof *fact);
    if (!fact)
        return false;
    *fact = (mst_fact){.path = path,
                       .row = spot.number ? NULL : spot.row,
                       .written = change->is_of_point ? change->written : standing(arena, &spot),
                       .source = change->origin,
                       .place = change->place,
                       .confidence = MUSTER_STATED,
                       .plain = (spot.row->flags & MUSTER_FIELD_PLAIN) != 0};
    return true;
}

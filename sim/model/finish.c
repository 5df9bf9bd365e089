/* What is done once a struct has been read: inheritance, missing keys, defaults, references. */
#include "model/kinds.h"
#include "model/walk.h"

#include <string.h>

typedef struct finish {
    const muster_field *root_rows;
    const void *root;
    mst_list *facts; /* may be null */
    mst_arena *arena;
    muster_diags *diags;
    bool good;
} finish;

static void *value_in(const muster_field *row, void *item)
{
    return (char *)item + row->offset;
}

/* ---- inheritance ----------------------------------------------------------------------- */

/* Bytes of an entry of a list that an item may have inherited. */
static size_t entry_bytes(const muster_field *row)
{
    if (row->kind == MUSTER_FIELD_LIST || row->kind == MUSTER_FIELD_TABLE)
        return row->item_bytes;
    if (row->kind == MUSTER_FIELD_NUMBERS)
        return sizeof(mst_number);
    return 0; /* the others are replaced whole, never entry by entry */
}

/* A list that was inherited becomes the child's own, so that changes of one leave the other. */
static void unshare(finish *f, const muster_field *rows, void *child, void *parent)
{
    for (const muster_field *row = rows; row->key; row++) {
        mst_list *mine = value_in(row, child);
        if (row->kind == MUSTER_FIELD_GROUP || row->kind == MUSTER_FIELD_INLINE) {
            unshare(f, row->of, mine, value_in(row, parent));
            continue;
        }
        const size_t bytes = entry_bytes(row);
        if (bytes == 0 || !mine->item || mine->item != ((mst_list *)value_in(row, parent))->item)
            continue;
        void *copy = mst_arena_array(f->arena, (size_t)mine->count + 1, bytes);
        if (!copy)
            return;
        memcpy(copy, mine->item, (size_t)mine->count * bytes);
        *mine = (mst_list){.item = copy, .count = mine->count, .capacity = mine->count};
    }
}

static const char *ring_words(finish *f, const muster_field *table, const mst_list *list,
                              const int32_t *chain, int32_t from, int32_t count)
{
    const char *words = mst_item_at(list, table->item_bytes, chain[from])->id;
    for (int32_t i = from + 1; i < count && words; i++)
        words = mst_arena_printf(f->arena, "%s -> %s", words,
                                 mst_item_at(list, table->item_bytes, chain[i])->id);
    if (words)
        words = mst_arena_printf(f->arena, "%s -> %s", words,
                                 mst_item_at(list, table->item_bytes, chain[from])->id);
    return words ? words : "";
}

static void bad_like(finish *f, const muster_field *table, const mst_item *item, const char *hint,
                     const char *message)
{
    f->good = false;
    mst_diag(f->diags, MUSTER_ERROR, item->place,
             mst_arena_printf(f->arena, "%s.%s.like", table->key, item->id), hint, "%s '%s': %s",
             mst_noun(f->arena, table->key), item->id, message ? message : "");
    mst_facts_spoil(f->facts, f->arena, mst_arena_printf(f->arena, "%s.%s", table->key, item->id));
}

enum { UNSEEN, ON_CHAIN, DONE };

/* The chain of `like` that starts at an item, as far as it is new; its length is returned. */
static int32_t follow_like(finish *f, const muster_field *table, const mst_list *list,
                           uint8_t *mark, int32_t start, int32_t chain[MST_LIKE_STEPS + 1])
{
    int32_t count = 0;
    for (int32_t at = start;;) {
        const mst_item *item = mst_item_at(list, table->item_bytes, at);
        mark[at] = ON_CHAIN;
        chain[count++] = at;
        if (!item->like)
            return count;
        const int32_t up = mst_table_find(list, table->item_bytes, item->like);
        if (up < 0) {
            bad_like(f, table, item, mst_hint_ids(f->arena, list, table->item_bytes, item->like),
                     mst_arena_printf(f->arena, "no %s '%s'", mst_noun(f->arena, table->key),
                                      item->like));
            return count;
        }
        if (mark[up] == ON_CHAIN) {
            int32_t from = 0;
            while (chain[from] != up)
                from++;
            bad_like(f, table, item, NULL,
                     mst_arena_printf(f->arena, "'like' goes round: %s",
                                      ring_words(f, table, list, chain, from, count)));
            return count;
        }
        if (mark[up] == DONE || count == MST_LIKE_STEPS) {
            if (mark[up] != DONE)
                bad_like(f, table, item, NULL, "'like' goes through too many steps");
            chain[count++] = up;
            return count;
        }
        at = up;
    }
}

static void inherit_table(finish *f, const muster_field *table, mst_list *list)
{
    uint8_t *mark = mst_arena_alloc(f->arena, (size_t)list->count + 1);
    int32_t chain[MST_LIKE_STEPS + 1] = {0};
    for (int32_t i = 0; mark && i < list->count; i++) {
        if (mark[i] != UNSEEN)
            continue;
        const int32_t count = follow_like(f, table, list, mark, i, chain);
        /* Oldest first, so that every parent is complete before its children take from it. */
        for (int32_t k = count - 2; k >= 0; k--) {
            void *child = mst_item_at(list, table->item_bytes, chain[k]);
            void *parent = mst_item_at(list, table->item_bytes, chain[k + 1]);
            mst_fields_inherit(table->of, child, parent);
            unshare(f, table->of, child, parent);
        }
        for (int32_t k = 0; k < count; k++)
            mark[chain[k]] = DONE;
    }
}

/* ---- references ------------------------------------------------------------------------- */

static void resolve(finish *f, const muster_field *row, const mst_walk *walk, mst_ref *ref)
{
    const muster_field *table = row->refers ? mst_fields_row(f->root_rows, row->refers) : NULL;
    if (!ref->id || !table || table->kind != MUSTER_FIELD_TABLE)
        return;
    const mst_list *list = (const mst_list *)(const void *)((const char *)f->root + table->offset);
    ref->index = mst_table_find(list, table->item_bytes, ref->id);
    if (ref->index >= 0 || mst_facts_find(f->facts, table->key) ||
        mst_facts_find(f->facts, mst_arena_printf(f->arena, "%s.%s", table->key, ref->id)))
        return; /* a table or item that could not be read is reported already */
    const char *owner = mst_walk_owner(f->arena, walk);
    const char *path = mst_walk_path(f->arena, walk, row->key);
    f->good = false;
    mst_facts_spoil(f->facts, f->arena, path);
    mst_diag(f->diags, MUSTER_ERROR, ref->place, path,
             mst_hint_ids(f->arena, list, table->item_bytes, ref->id), "%s%sno %s '%s'",
             owner ? owner : "", owner && owner[0] ? ": " : "", mst_noun(f->arena, row->refers),
             ref->id);
}

/* ---- the walk ---------------------------------------------------------------------------- */

static void missing(finish *f, const muster_field *row, const mst_walk *walk, mst_place place)
{
    const char *path = mst_walk_path(f->arena, walk, row->key);
    if (mst_facts_spoilt(f->facts, path))
        return; /* given, but wrong: reported already */
    const char *owner = mst_walk_owner(f->arena, walk);
    f->good = false;
    mst_diag(f->diags, MUSTER_ERROR, place, path, NULL, "%s%s'%s' is missing", owner ? owner : "",
             owner && owner[0] ? ": " : "", row->key);
}

static void finish_rows(finish *f, const muster_field *rows, void *item, const mst_walk *walk,
                        mst_place place, bool is_part);

static void finish_list(finish *f, const muster_field *row, mst_list *list, const mst_walk *walk)
{
    for (int32_t i = 0; i < list->count; i++) {
        mst_item *item = mst_item_at(list, row->item_bytes, i);
        const mst_walk here = {walk, row->key, item->id, item->id ? -1 : i};
        if (!item->place.file && mst_facts_find(f->facts, mst_walk_path(f->arena, &here, NULL)))
            continue; /* it could not be read at all, which is reported */
        finish_rows(f, row->of, item, &here, item->place, false);
        mst_fields_default(row->of, item);
    }
}

static void finish_value(finish *f, const muster_field *row, void *item, const mst_walk *walk,
                         mst_place place)
{
    void *value = value_in(row, item);
    switch (row->kind) {
    case MUSTER_FIELD_REFERENCE:
        resolve(f, row, walk, value);
        break;
    case MUSTER_FIELD_REFERENCES: {
        mst_list *list = value;
        for (int32_t i = 0; i < list->count; i++)
            resolve(f, row, walk, MST_AT(mst_ref, list, i));
        break;
    }
    case MUSTER_FIELD_GROUP: {
        const mst_walk here = {walk, row->key, NULL, -1};
        const mst_item *head = value;
        /* What a group must hold counts only where there is one: in the file, or by a change. */
        finish_rows(f, row->of, value, &here, head->place.line > 0 ? head->place : place,
                    !mst_fields_given(row, item));
        break;
    }
    case MUSTER_FIELD_INLINE:
        finish_rows(f, row->of, value, walk, place, true);
        break;
    case MUSTER_FIELD_TABLE:
        if (row->flags & MUSTER_FIELD_LIKE)
            inherit_table(f, row, value);
        finish_list(f, row, value, walk);
        break;
    case MUSTER_FIELD_LIST:
        finish_list(f, row, value, walk);
        break;
    case MUSTER_FIELD_PLUGIN: {
        mst_plugin *plugin = value;
        if (plugin->type && plugin->type->fields && plugin->spec)
            finish_rows(f, plugin->type->fields, plugin->spec, walk, plugin->place, false);
        break;
    }
    case MUSTER_FIELD_REAL:
    case MUSTER_FIELD_INT:
    case MUSTER_FIELD_BOOL:
    case MUSTER_FIELD_TEXT:
    case MUSTER_FIELD_CHOICE:
    case MUSTER_FIELD_MOMENT:
    case MUSTER_FIELD_DURATION:
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_VALUES:
    case MUSTER_FIELD_POINTS:
    case MUSTER_FIELD_NUMBERS:
    case MUSTER_FIELD_END:
        break;
    }
}

/* is_part: nothing in it is required (overrides, groups that nobody gave). */
static void finish_rows(finish *f, const muster_field *rows, void *item, const mst_walk *walk,
                        mst_place place, bool is_part)
{
    for (const muster_field *row = rows; row->key; row++) {
        if (!is_part && (row->flags & MUSTER_FIELD_REQUIRED) && !mst_fields_given(row, item))
            missing(f, row, walk, place);
        finish_value(f, row, item, walk, place);
    }
}

bool mst_fields_finish(const muster_field *rows, void *root, mst_list *facts, mst_arena *arena,
                       muster_diags *diags)
{
    finish f = {rows, root, facts, arena, diags, true};
    const mst_walk top = {NULL, NULL, NULL, -1};
    finish_rows(&f, rows, root, &top, ((const mst_item *)root)->place, false);
    mst_fields_default(rows, root);
    return f.good && !arena->failed;
}

bool mst_spec_finish(mst_spec *spec, mst_arena *arena, muster_diags *diags)
{
    return mst_fields_finish(mst_fields_root, spec, &spec->facts, arena, diags);
}

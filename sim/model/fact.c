/* Where a figure comes from: its own fact, or that of what it inherits it from. */
#include "model/walk.h"

#include "base/index.h"

#include <stdio.h>
#include <string.h>

static const mst_naming fact_naming = {sizeof(mst_fact), offsetof(mst_fact, path), true};

bool mst_source_is_assumed(const char *source)
{
    static const char word[] = "assumed";
    const size_t length = sizeof word - 1;
    return source && strncmp(source, word, length) == 0 &&
           (source[length] == '\0' || strchr(" :;,.(", source[length]));
}

void mst_facts_spoil(mst_list *facts, mst_arena *arena, const char *path)
{
    mst_fact *fact = facts && path ? mst_list_add(arena, facts, sizeof *fact) : NULL;
    if (fact)
        *fact = (mst_fact){.path = path, .plain = true};
}

/* True if one path is the other, or begins it at a joint. */
static bool overlaps(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    const char rest = *a ? *a : *b;
    return (!*a || !*b) && (rest == '\0' || rest == '.' || rest == '[');
}

bool mst_facts_spoilt(const mst_list *facts, const char *path)
{
    for (int32_t i = 0; facts && path && i < facts->count; i++) {
        const mst_fact *fact = MST_AT(const mst_fact, facts, i);
        if (!fact->written && fact->path && overlaps(fact->path, path))
            return true;
    }
    return false;
}

void mst_spec_index(mst_spec *spec, mst_arena *arena)
{
    for (const muster_field *row = mst_fields_root; row->key; row++)
        if (row->kind == MUSTER_FIELD_TABLE)
            mst_list_index(arena, (mst_list *)(void *)((char *)spec + row->offset),
                           (mst_naming){row->item_bytes, offsetof(mst_item, id), false});
    mst_list_index(arena, &spec->facts, fact_naming);
}

const mst_fact *mst_facts_find(const mst_list *facts, const char *path)
{
    const int32_t found = facts ? mst_list_named(facts, fact_naming, path) : -1;
    return found < 0 ? NULL : MST_AT(const mst_fact, facts, found);
}

/* Copies one name of a path; false when it is too long or not followed by `after`. */
static bool copy_name(const char *from, char after, char out[64], size_t *out_length)
{
    const size_t length = strcspn(from, ".[");
    if (length >= 64 || from[length] != after)
        return false;
    memcpy(out, from, length);
    out[length] = '\0';
    *out_length = length;
    return true;
}

mst_item *mst_path_item(const mst_spec *spec, const char *path, const muster_field **out_table,
                        const char **out_tail)
{
    char key[64], id[64];
    size_t key_length = 0, id_length = 0;
    if (!copy_name(path, '.', key, &key_length) ||
        !copy_name(path + key_length + 1, '.', id, &id_length))
        return NULL;
    const muster_field *table = mst_fields_row(mst_fields_root, key);
    if (!table || table->kind != MUSTER_FIELD_TABLE)
        return NULL;
    const mst_list *list = (const mst_list *)(const void *)((const char *)spec + table->offset);
    const int32_t index = mst_table_find(list, table->item_bytes, id);
    *out_table = table;
    *out_tail = path + key_length + id_length + 2;
    return index < 0 ? NULL : mst_item_at(list, table->item_bytes, index);
}

/* True if the path's first name is a key of a class and not of the unit itself. */
static bool is_class_key(const char *tail)
{
    char key[64];
    size_t length = strcspn(tail, ".[");
    double si = 1.0;
    void *none = NULL;
    if (!copy_name(tail, tail[length], key, &length))
        return false;
    const muster_field *row = mst_fields_find(mst_fields_unit, key, &none, &si);
    none = NULL;
    return row && mst_fields_find(mst_fields_class, key, &none, &si) == row;
}

bool mst_path_behind(const mst_spec *spec, const char *path, char out[MST_PATH_BYTES])
{
    const muster_field *table = NULL;
    const char *tail = NULL;
    const mst_item *item = mst_path_item(spec, path, &table, &tail);
    const char *from_table = NULL, *from_id = NULL;
    if (item && item->like) {
        from_table = table->key;
        from_id = item->like;
    } else if (item && table->of == mst_fields_unit && is_class_key(tail)) {
        from_table = "classes";
        from_id = ((const mst_unit_def *)(const void *)item)->class_.id;
    }
    if (!from_id)
        return false;
    char made[MST_PATH_BYTES]; /* path may stand in out */
    const int length = snprintf(made, sizeof made, "%s.%s.%s", from_table, from_id, tail);
    if (length < 0 || (size_t)length >= sizeof made)
        return false;
    memcpy(out, made, (size_t)length + 1);
    return true;
}

const mst_fact *mst_spec_fact(const mst_spec *spec, const char *path)
{
    char behind[MST_PATH_BYTES];
    const mst_fact *fact = mst_facts_find(&spec->facts, path);
    for (int step = 0; !fact && step < MST_LIKE_STEPS; step++) {
        if (!mst_path_behind(spec, path, behind))
            break;
        path = behind;
        fact = mst_facts_find(&spec->facts, path);
    }
    return fact;
}

/* The keys of a group by its rows: what they hold, what is unknown, what is said twice. */
#include "load/group.h"

#include <string.h>

/* ---- groups, lists, tables, activities ---------------------------------------------------- */

static void read_inner(mst_group *g, const muster_field *row, void *item, const mst_walk *walk,
                       const config_setting_t *setting)
{
    mst_group inner = {.reader = g->reader,
                       .rows = row->of,
                       .item = item,
                       .setting = setting,
                       .walk = *walk,
                       .scope = g->scope,
                       .may_inherit = (row->flags & MUSTER_FIELD_LIKE) != 0};
    mst_fields_blank(row->of, item);
    ((mst_item *)item)->id = walk->id;
    mst_group_read(&inner);
}

/* A member of a list or table; false when there is nothing that could be read. */
static bool read_member(mst_group *g, const muster_field *row, const config_setting_t *entry,
                        int32_t index, void *item)
{
    mst_reader *reader = g->reader;
    const bool named = row->kind == MUSTER_FIELD_TABLE;
    const char *name = config_setting_name(entry);
    const mst_walk unnamed = {&g->walk, row->key, NULL, named ? -1 : index};
    if (named && !mst_text_is_id(name)) {
        mst_reader_fail(
            reader, mst_reader_place(reader, entry), mst_walk_path(reader->arena, &unnamed, name),
            "a letter, then letters, digits, - and _, at most 63", "'%s' is no id", name);
        return false;
    }
    const mst_walk walk = {&g->walk, row->key, named ? mst_arena_text(reader->arena, name) : NULL,
                           named ? -1 : index};
    if (!config_setting_is_group(entry)) {
        const muster_field wanted = {.key = row->key, .kind = MUSTER_FIELD_GROUP};
        mst_fields_blank(row->of, item);
        const char *path = mst_walk_path(reader->arena, &walk, NULL);
        const mst_walk alone = {NULL, row->key, NULL, index};
        const char *label = named ? name : mst_walk_path(reader->arena, &alone, NULL);
        return mst_reader_wrong_kind(reader, &wanted, label ? label : row->key, entry, path);
    }
    if (named && !walk.id)
        return reader->good = false;
    read_inner(g, row, item, &walk, entry);
    return true;
}

static void read_members(mst_group *g, const muster_field *row, mst_list *list,
                         const config_setting_t *setting)
{
    mst_reader *reader = g->reader;
    const bool named = row->kind == MUSTER_FIELD_TABLE;
    if (named ? !config_setting_is_group(setting) : !config_setting_is_list(setting)) {
        (void)mst_reader_wrong_kind(reader, row, row->key, setting, mst_group_path(g, row->key));
        return;
    }
    /* All at once, so that items stay where they are while their parts are read. */
    const int count = config_setting_length(setting);
    char *items = mst_arena_array(reader->arena, (size_t)count + 1, row->item_bytes);
    if (!items) {
        reader->good = false;
        return;
    }
    *list = (mst_list){.item = items, .capacity = count};
    mst_group section = *g;
    const char *note = NULL;
    if (named)
        section.scope =
            mst_scope_narrow(reader, setting, mst_group_path(g, row->key), g->scope, &note);
    for (int i = 0; i < count; i++) {
        const config_setting_t *entry = config_setting_get_elem(setting, (unsigned)i);
        if (named && mst_is_head_key(config_setting_name(entry)) && !config_setting_is_group(entry))
            continue;
        /* A list's member that could not be read keeps its place, or the numbers shift. */
        void *item = items + (size_t)list->count * row->item_bytes;
        if (read_member(&section, row, entry, i, item) || !named)
            list->count++;
    }
}

static const char *role_hint(mst_reader *reader, mst_activity_role role, const char *wanted)
{
    enum { MOST = 64 };
    const char *names[MOST];
    int32_t count = 0;
    for (int32_t i = 0; reader->kinds && reader->kinds->activity[i] && count < MOST; i++)
        if (reader->kinds->activity[i]->role == role)
            names[count++] = reader->kinds->activity[i]->name;
    return mst_hint(reader->arena, "there are", wanted, names, count);
}

/* The activity comes first: it says what other keys the group may have. */
static void read_plugin(mst_group *g, const muster_field *row, const config_setting_t *setting)
{
    mst_reader *reader = g->reader;
    mst_plugin *plugin = (mst_plugin *)(void *)((char *)g->item + row->offset);
    const char *path = mst_group_path(g, row->key);
    const mst_activity_role role =
        row->refers && strcmp(row->refers, "phase") == 0 ? MST_ROLE_PHASE : MST_ROLE_SERIAL;
    const mst_place place = mst_reader_place(reader, setting);
    const char *name = mst_reader_text(reader, row->key, setting, path);
    g->keys_uncertain = true;
    if (!name)
        return;
    const mst_activity_type *type = reader->kinds ? mst_kinds_activity(reader->kinds, name) : NULL;
    if (!type || type->role != role) {
        mst_reader_fail(reader, place, path, role_hint(reader, role, name), "'%s': no %s '%s'",
                        row->key, row->refers, name);
        return;
    }
    g->keys_uncertain = false;
    *plugin = (mst_plugin){.name = name, .type = type, .place = place};
    if (type->fields && type->spec_bytes > 0) {
        plugin->spec = mst_arena_alloc(reader->arena, type->spec_bytes);
        if (plugin->spec)
            mst_fields_blank(type->fields, plugin->spec);
        else
            reader->good = false;
    }
    mst_group_fact(g, row, false, path, mst_field_write(reader->arena, row, plugin), g->scope, NULL,
                   place);
}

/* ---- the keys of a group ------------------------------------------------------------------ */

static int32_t keys_of(const mst_group *g, const char **keys, int32_t capacity)
{
    int32_t count = mst_fields_keys(g->rows, keys, capacity);
    for (const muster_field *row = g->rows; row->key; row++) {
        if (row->kind != MUSTER_FIELD_PLUGIN)
            continue;
        const mst_plugin *plugin =
            (const mst_plugin *)(const void *)((const char *)g->item + row->offset);
        if (plugin->type && plugin->type->fields)
            count += mst_fields_keys(plugin->type->fields, keys + count, capacity - count);
    }
    return count;
}

/* "speed" for speed_kn: the same name, but for the unit. */
static int32_t key_without_unit(const char *key, const char *const *keys, int32_t count)
{
    const size_t length = strlen(key);
    for (int32_t i = 0; i < count; i++)
        if (strncmp(keys[i], key, length) == 0 && keys[i][length] == '_')
            return i;
    return -1;
}

static void unknown_key(mst_group *g, const config_setting_t *setting)
{
    enum { MOST = 160 };
    static const char *const head[] = {"source", "confidence", "note", "like"};
    mst_reader *reader = g->reader;
    const char *key = config_setting_name(setting);
    const char *keys[MOST + 4];
    const int32_t own = keys_of(g, keys, MOST);
    memcpy(keys + own, head, sizeof head);
    const int32_t all = own + (g->may_inherit ? 4 : 3);
    int32_t meant = mst_text_nearest(key, keys, all);
    if (meant < 0)
        meant = key_without_unit(key, keys, own);
    const char *hint = meant >= 0
                           ? mst_arena_printf(reader->arena, "did you mean '%s'?", keys[meant])
                           : mst_hint(reader->arena, "allowed", key, keys, own);
    mst_reader_fail(reader, mst_reader_place(reader, setting), mst_group_path(g, key), hint,
                    "unknown key '%s'", key);
    if (meant >= 0) /* the slip explains why that one is missing */
        mst_facts_spoil(reader->facts, reader->arena, mst_group_path(g, keys[meant]));
}

/* The setting before this one that says the same in another unit. */
static void said_twice(mst_group *g, const muster_field *row, const config_setting_t *setting)
{
    const char *key = config_setting_name(setting);
    for (int i = 0; i < config_setting_length(g->setting); i++) {
        const config_setting_t *other = config_setting_get_elem(g->setting, (unsigned)i);
        void *item = g->item;
        double si = 1.0;
        if (other == setting ||
            mst_fields_find(g->rows, config_setting_name(other), &item, &si) != row)
            continue;
        mst_reader_fail(g->reader, mst_reader_place(g->reader, setting),
                        mst_group_path(g, row->key), "keep one of them",
                        "'%s' and '%s' give the same figure", key, config_setting_name(other));
        return;
    }
}

static void read_setting(mst_group *g, const config_setting_t *setting)
{
    const char *key = config_setting_name(setting);
    void *holder = g->item;
    double si = 1.0;
    if (mst_is_head_key(key) || (g->may_inherit && strcmp(key, "like") == 0))
        return;
    const muster_field *row = mst_fields_find(g->rows, key, &holder, &si);
    if (!row) {
        if (!g->keys_uncertain)
            unknown_key(g, setting);
        return;
    }
    void *target = (char *)holder + row->offset;
    const mst_walk walk = {&g->walk, row->key, NULL, -1};
    switch (row->kind) {
    case MUSTER_FIELD_GROUP:
        if (config_setting_is_group(setting))
            read_inner(g, row, target, &walk, setting);
        else
            (void)mst_reader_wrong_kind(g->reader, row, key, setting, mst_group_path(g, key));
        break;
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
        read_members(g, row, target, setting);
        break;
    case MUSTER_FIELD_NUMBERS:
        mst_group_numbers(g, row, target, setting);
        break;
    case MUSTER_FIELD_REAL:
        if (mst_fields_given(row, holder))
            said_twice(g, row, setting);
        else
            mst_group_value(g, row, holder, si, setting);
        break;
    case MUSTER_FIELD_INT:
    case MUSTER_FIELD_BOOL:
    case MUSTER_FIELD_TEXT:
    case MUSTER_FIELD_CHOICE:
    case MUSTER_FIELD_REFERENCE:
    case MUSTER_FIELD_MOMENT:
    case MUSTER_FIELD_DURATION:
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_VALUES:
    case MUSTER_FIELD_REFERENCES:
    case MUSTER_FIELD_POINTS:
        mst_group_value(g, row, holder, si, setting);
        break;
    case MUSTER_FIELD_PLUGIN: /* done before the others */
    case MUSTER_FIELD_INLINE:
    case MUSTER_FIELD_END:
        break;
    }
}

void mst_group_read(mst_group *g)
{
    mst_group_head(g);
    for (const muster_field *row = g->rows; row->key; row++) {
        if (row->kind != MUSTER_FIELD_PLUGIN)
            continue;
        const config_setting_t *setting = config_setting_get_member(g->setting, row->key);
        if (setting)
            read_plugin(g, row, setting);
        else
            g->keys_uncertain = true;
    }
    for (int i = 0; i < config_setting_length(g->setting); i++)
        read_setting(g, config_setting_get_elem(g->setting, (unsigned)i));
}

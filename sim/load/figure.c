/* Figures: single values with their source, confidence and note, and groups of named ones. */
#include "load/group.h"

#include <string.h>

const char *mst_group_path(const mst_group *g, const char *key)
{
    const char *path = mst_walk_path(g->reader->arena, &g->walk, key);
    return path ? path : "";
}

/* ---- source, confidence, note ------------------------------------------------------------ */

bool mst_is_head_key(const char *key)
{
    return strcmp(key, "source") == 0 || strcmp(key, "confidence") == 0 || strcmp(key, "note") == 0;
}

/* Words of high, medium, low, estimated, assumed; the two before cannot be written. */
static bool confidence_of(mst_reader *reader, const config_setting_t *setting, const char *path,
                          muster_confidence *out)
{
    const muster_field row = {.key = "confidence",
                              .kind = MUSTER_FIELD_CHOICE,
                              .choices = mst_confidence_names + MUSTER_HIGH};
    mst_value value;
    if (!mst_reader_value(reader, &row, row.key, 1.0, setting, path, &value))
        return false;
    *out = (muster_confidence)(MUSTER_HIGH + (int)value.whole);
    return true;
}

/* Own words first, then those of the group around: a source of one's own starts afresh. */
mst_scope mst_scope_narrow(mst_reader *reader, const config_setting_t *setting, const char *path,
                           mst_scope around, const char **out_note)
{
    mst_scope own = around;
    const config_setting_t *source = config_setting_get_member(setting, "source");
    const config_setting_t *confidence = config_setting_get_member(setting, "confidence");
    const config_setting_t *note = config_setting_get_member(setting, "note");
    const char *text = source ? mst_reader_text(reader, "source", source, path) : NULL;
    if (text)
        own = (mst_scope){text, mst_source_is_assumed(text) ? MUSTER_ASSUMED : MUSTER_STATED};
    if (confidence)
        (void)confidence_of(reader, confidence, path, &own.confidence);
    if (note)
        *out_note = mst_reader_text(reader, "note", note, path);
    return own;
}

void mst_group_head(mst_group *g)
{
    mst_item *head = g->item;
    const char *path = mst_walk_path(g->reader->arena, &g->walk, NULL);
    head->place = mst_reader_place(g->reader, g->setting);
    g->scope = mst_scope_narrow(g->reader, g->setting, path, g->scope, &head->note);
    head->source = g->scope.source;
    head->confidence = g->scope.confidence;
    const config_setting_t *like =
        g->may_inherit ? config_setting_get_member(g->setting, "like") : NULL;
    if (like)
        head->like = mst_reader_text(g->reader, "like", like, path);
}

void mst_group_fact(mst_group *g, const muster_field *row, bool is_entry, const char *path,
                    const char *written, mst_scope scope, const char *note, mst_place place)
{
    mst_fact *fact = mst_list_add(g->reader->arena, g->reader->facts, sizeof *fact);
    if (!fact) {
        g->reader->good = false;
        return;
    }
    *fact = (mst_fact){.path = path,
                       .row = is_entry ? NULL : row,
                       .written = written,
                       .source = scope.source,
                       .note = note,
                       .place = place,
                       .confidence = scope.confidence,
                       .plain = (row->flags & MUSTER_FIELD_PLAIN) != 0};
}

/* ---- one value --------------------------------------------------------------------------- */

/* `x = 0.3` or `x = { value = 0.3; source = "..."; ... }`. */
typedef struct figure {
    const config_setting_t *value;
    mst_scope scope;
    const char *note, *says;
    muster_interval known_by; /* from MUSTER_NEVER: not given */
    mst_place place;
} figure;

/* When those who decide could know it. */
static bool read_known_by(mst_reader *reader, const config_setting_t *setting, const char *path,
                          muster_interval *out)
{
    const muster_field row = {.key = "known_by", .kind = MUSTER_FIELD_MOMENT};
    mst_value value;
    if (!mst_reader_value(reader, &row, row.key, 1.0, setting, path, &value))
        return false;
    *out = value.moment;
    return true;
}

static bool open_fact(mst_group *g, const config_setting_t *setting, const char *key,
                      const char *path, figure *out)
{
    static const char *const keys[] = {"value", "source", "confidence", "note", "says", "known_by"};
    enum { KEYS = (int)(sizeof keys / sizeof *keys) };
    mst_reader *reader = g->reader;
    *out = (figure){.value = setting,
                    .scope = g->scope,
                    .known_by.from = MUSTER_NEVER,
                    .place = mst_reader_place(reader, setting)};
    if (!config_setting_is_group(setting))
        return true;
    out->value = config_setting_get_member(setting, "value");
    for (int i = 0; i < config_setting_length(setting); i++) {
        const config_setting_t *part = config_setting_get_elem(setting, (unsigned)i);
        int known = 0;
        while (known < KEYS && strcmp(keys[known], config_setting_name(part)) != 0)
            known++;
        if (known == KEYS)
            mst_reader_fail(
                reader, mst_reader_place(reader, part), path,
                mst_hint(reader->arena, "allowed", config_setting_name(part), keys, KEYS),
                "unknown key '%s' in the fact '%s'", config_setting_name(part), key);
    }
    if (!out->value) {
        mst_reader_fail(reader, out->place, path,
                        "a single value, or { value = ...; source = \"...\"; }",
                        "'%s' is a group without 'value'", key);
        return false;
    }
    const config_setting_t *says = config_setting_get_member(setting, "says");
    out->scope = mst_scope_narrow(reader, setting, path, g->scope, &out->note);
    const config_setting_t *known_by = config_setting_get_member(setting, "known_by");
    if (says)
        out->says = mst_reader_text(reader, "says", says, path);
    return !known_by || read_known_by(reader, known_by, path, &out->known_by);
}

/* On the fact that was noted last. */
static void note_known_by(mst_reader *reader, const figure *given)
{
    if (given->known_by.from == MUSTER_NEVER || reader->facts->count == 0)
        return;
    mst_fact *fact = MST_AT(mst_fact, reader->facts, reader->facts->count - 1);
    fact->has_known_by = true;
    fact->known_by = given->known_by.from;
}

void mst_group_value(mst_group *g, const muster_field *row, void *holder, double si,
                     const config_setting_t *setting)
{
    const char *key = config_setting_name(setting);
    const char *path = mst_group_path(g, row->key);
    figure given;
    mst_value value;
    if (!open_fact(g, setting, key, path, &given) ||
        !mst_reader_value(g->reader, row, key, si, given.value, path, &value))
        return;
    if (!mst_field_check(row, &value, given.place, path, g->reader->diags)) {
        g->reader->good = false;
        mst_facts_spoil(g->reader->facts, g->reader->arena, path);
        return;
    }
    void *target = (char *)holder + row->offset;
    mst_field_store(row, &value, given.place, target);
    mst_group_fact(g, row, false, path, mst_field_write(g->reader->arena, row, target), given.scope,
                   given.note ? given.note : given.says, given.place);
    note_known_by(g->reader, &given);
}

static void read_entry(mst_group *g, const muster_field *row, mst_list *numbers,
                       const config_setting_t *setting)
{
    mst_reader *reader = g->reader;
    const char *key = config_setting_name(setting);
    const char *path = mst_group_path(g, key);
    figure given;
    mst_value value;
    if (!mst_text_is_id(key)) {
        mst_reader_fail(reader, mst_reader_place(reader, setting), path,
                        "a letter, then letters, digits, - and _, at most 63", "'%s' is no name",
                        key);
        return;
    }
    if (!open_fact(g, setting, key, path, &given) ||
        !mst_reader_value(reader, row, key, 1.0, given.value, path, &value))
        return;
    if (!mst_field_check(row, &value, given.place, path, reader->diags)) {
        reader->good = false;
        mst_facts_spoil(reader->facts, reader->arena, path);
        return;
    }
    mst_number *number = mst_list_add(reader->arena, numbers, sizeof *number);
    char text[32];
    if (!number) {
        reader->good = false;
        return;
    }
    *number = (mst_number){.name = mst_arena_text(reader->arena, key),
                           .value = value.real,
                           .place = given.place,
                           .source = given.scope.source,
                           .says = given.says,
                           .confidence = given.scope.confidence};
    if (!number->name) {
        numbers->count--;
        reader->good = false;
        return;
    }
    mst_group_fact(g, row, true, path,
                   mst_arena_text(reader->arena, mst_text_shortest(value.real, text)), given.scope,
                   given.note ? given.note : given.says, given.place);
    note_known_by(g->reader, &given);
}

void mst_group_numbers(mst_group *g, const muster_field *row, void *target,
                       const config_setting_t *setting)
{
    mst_reader *reader = g->reader;
    mst_list *numbers = target;
    const char *note = NULL;
    const char *path = mst_group_path(g, row->key);
    if (!config_setting_is_group(setting)) {
        mst_reader_fail(reader, mst_reader_place(reader, setting), path, NULL,
                        "'%s' must be a group of figures, { name = 0.3; }", row->key);
        return;
    }
    const int count = config_setting_length(setting);
    mst_group inner = *g;
    inner.walk = (mst_walk){&g->walk, row->key, NULL, -1};
    inner.scope = mst_scope_narrow(reader, setting, path, g->scope, &note);
    numbers->item = mst_arena_array(reader->arena, (size_t)count + 1, sizeof(mst_number));
    if (!numbers->item) {
        reader->good = false;
        return;
    }
    numbers->capacity = count + 1;
    for (int i = 0; i < count; i++) {
        const config_setting_t *entry = config_setting_get_elem(setting, (unsigned)i);
        if (!mst_is_head_key(config_setting_name(entry)))
            read_entry(&inner, row, numbers, entry);
    }
}

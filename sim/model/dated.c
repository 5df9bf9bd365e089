#include "model/dated.h"

#include "base/text.h"
#include "model/fields.h"
#include "model/lookup.h"

#include <string.h>

enum { PARTS_MAX = 5 };

typedef struct line_text {
    char *part[PARTS_MAX]; /* of the path, between its dots */
    int32_t part_count;
    const char *path, *value;
} line_text;

static bool fail(const mst_dated_def *entry, muster_diags *diags, const char *line,
                 const char *hint, const char *what)
{
    mst_diag(diags, MUSTER_ERROR, entry->item.place, NULL, hint, "timeline change \"%s\": %s", line,
             what);
    return false;
}

static char *trimmed(mst_arena *arena, const char *start, const char *end)
{
    while (start < end && (*start == ' ' || *start == '\t'))
        start++;
    while (end > start && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    char *copy = mst_arena_alloc(arena, (size_t)(end - start) + 1);
    if (copy)
        memcpy(copy, start, (size_t)(end - start));
    return copy;
}

/* Cuts "a.b.c = value"; more than PARTS_MAX parts count as none. */
static bool cut(mst_arena *arena, const char *line, line_text *out)
{
    const char *equals = strchr(line, '=');
    const char *end = line + strlen(line);
    *out = (line_text){0};
    if (!equals)
        equals = end;
    out->path = trimmed(arena, line, equals);
    char *rest = trimmed(arena, line, equals);
    out->value = trimmed(arena, equals < end ? equals + 1 : end, end);
    if (!out->path || !rest || !out->value)
        return false;
    while (rest) {
        if (out->part_count == PARTS_MAX) {
            out->part_count = 0;
            break;
        }
        out->part[out->part_count++] = rest;
        rest = strchr(rest, '.');
        if (rest)
            *rest++ = '\0';
    }
    return true;
}

static const char *id_hint(mst_arena *arena, const mst_list *table, size_t item_bytes,
                           const char *wanted)
{
    mst_list ids = {0};
    for (int32_t i = 0; i < table->count; i++) {
        const mst_item *item =
            (const mst_item *)((const char *)table->item + (size_t)i * item_bytes);
        if (!mst_names_add(arena, &ids, item->id))
            return NULL;
    }
    return mst_names_hint(arena, &ids, wanted);
}

static const char words_allowed[] =
    "a timeline may set states.X.attributes.Y, ties.X.align, ties.X.mutual.Y, ties.X.a_to_b.Y "
    "and ties.X.b_to_a.Y";

typedef struct job {
    const mst_spec *spec;
    const mst_dated_def *entry;
    const char *line;
    const mst_vocabulary *names;
    mst_arena *arena;
    muster_diags *diags;
} job;

static bool find_name(const job *j, const mst_list *names, const char *name, const char *what,
                      int32_t *out)
{
    *out = mst_names_find(names, name);
    return *out >= 0 ||
           fail(j->entry, j->diags, j->line, mst_names_hint(j->arena, names, name), what);
}

static bool read_state(const job *j, const line_text *t, mst_dated_line *out)
{
    if (t->part_count != 4 || strcmp(t->part[2], "attributes") != 0)
        return fail(j->entry, j->diags, j->line, words_allowed, "no such dated value");
    out->kind = MST_DATED_ATTRIBUTE;
    out->to = -1;
    out->from = mst_table_find(&j->spec->states, sizeof(mst_state_def), t->part[1]);
    if (out->from < 0)
        return fail(j->entry, j->diags, j->line,
                    id_hint(j->arena, &j->spec->states, sizeof(mst_state_def), t->part[1]),
                    "no such state");
    return find_name(j, &j->names->attribute, t->part[3], "no state has that attribute",
                     &out->name);
}

static bool read_tie(const job *j, const line_text *t, mst_dated_line *out)
{
    const bool align = t->part_count == 3 && strcmp(t->part[2], "align") == 0;
    if (!align && t->part_count != 4)
        return fail(j->entry, j->diags, j->line, words_allowed, "no such dated value");
    const int32_t index = mst_table_find(&j->spec->ties, sizeof(mst_tie_def), t->part[1]);
    if (index < 0)
        return fail(j->entry, j->diags, j->line,
                    id_hint(j->arena, &j->spec->ties, sizeof(mst_tie_def), t->part[1]),
                    "no such tie");
    const mst_tie_def *tie = MST_AT(const mst_tie_def, &j->spec->ties, index);
    const int32_t a = mst_ref_state(j->spec, &tie->a), b = mst_ref_state(j->spec, &tie->b);
    if (a < 0 || b < 0)
        return false; /* the reader reports the tie */
    const bool back = !align && strcmp(t->part[2], "b_to_a") == 0;
    out->from = back ? b : a;
    out->to = back ? a : b;
    out->kind = MST_DATED_MUTUAL;
    out->name = 0;
    if (align)
        return true;
    if (strcmp(t->part[2], "mutual") == 0)
        return find_name(j, &j->names->mutual, t->part[3], "no tie has that mutual value",
                         &out->name);
    out->kind = MST_DATED_DIRECTED;
    if (!back && strcmp(t->part[2], "a_to_b") != 0)
        return fail(j->entry, j->diags, j->line, words_allowed, "no such dated value");
    return find_name(j, &j->names->directed, t->part[3], "no tie has that directed value",
                     &out->name);
}

bool mst_dated_read(const mst_spec *spec, const mst_dated_def *entry, int32_t line,
                    const mst_vocabulary *names, mst_arena *arena, muster_diags *diags,
                    mst_dated_line *out)
{
    const job j = {spec,  entry, *MST_AT(const char *const, &entry->changes, line),
                   names, arena, diags};
    line_text text;
    if (!cut(arena, j.line, &text))
        return false;
    *out = (mst_dated_line){.path = text.path};
    if (!mst_text_real(text.value, &out->value))
        return fail(entry, diags, j.line, "write PATH = NUMBER", "its value is no number");
    if (text.part_count > 0 && strcmp(text.part[0], "states") == 0)
        return read_state(&j, &text, out);
    if (text.part_count > 0 && strcmp(text.part[0], "ties") == 0)
        return read_tie(&j, &text, out);
    return fail(entry, diags, j.line, words_allowed, "no such dated value");
}

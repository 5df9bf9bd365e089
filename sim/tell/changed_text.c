/* The scenario with changes in it, as a variant of its own: the rest of the text stays as its author
 * wrote it. */
#include "tell/changed_text.h"

#include "base/text.h"
#include "load/scenario.h"
#include "tell/why.h"

#include <string.h>

/* ---- finding a place in the text ------------------------------------------------------------------- */

/* Behind what is no setting: a comment or a text; `at` itself where none begins there. */
static const char *skip(const char *at)
{
    if (at[0] == '#' || (at[0] == '/' && at[1] == '/'))
        return at + strcspn(at, "\n");
    if (at[0] == '/' && at[1] == '*') {
        const char *end = strstr(at + 2, "*/");
        return end ? end + 2 : at + strlen(at);
    }
    if (at[0] != '"')
        return at;
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && at[1])
            at++;
    return *at ? at + 1 : at;
}

static const char *skip_blanks(const char *at)
{
    for (;;) {
        const char *next = at + strspn(at, " \t\r\n\f");
        if (*next == '#' || *next == '/')
            next = skip(next);
        if (next == at)
            return at;
        at = next;
    }
}

static bool is_of_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '*';
}

/* Behind the bracket of `name = {` at the outermost level; null: there is no such section. */
static const char *inside_section(const char *text, const char *name)
{
    int depth = 0;
    for (const char *at = text; *at;) {
        const char *next = skip(at);
        if (next != at) {
            at = next;
            continue;
        }
        if (is_of_name(*at)) {
            size_t length = 1;
            while (is_of_name(at[length]))
                length++;
            const bool is_it = depth == 0 && length == strlen(name) && !strncmp(at, name, length);
            at += length;
            next = is_it ? skip_blanks(at) : at;
            if (is_it && (*next == '=' || *next == ':')) {
                next = skip_blanks(next + 1);
                if (*next == '{')
                    return next + 1;
            }
            continue;
        }
        depth +=
            (*at == '{' || *at == '(' || *at == '[') - (*at == '}' || *at == ')' || *at == ']');
        at++;
    }
    return NULL;
}

/* ---- what is written there ------------------------------------------------------------------------- */

/* A text of the file; its line breaks and the like as libconfig writes them. */
static void add_quoted(mst_text *out, const char *text)
{
    mst_text_add(out, "\"");
    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            mst_text_printf(out, "\\%c", *text);
        else if (c < 0x20)
            mst_text_printf(out, "\\x%02x", (unsigned)c);
        else
            mst_text_add_bytes(out, text, 1);
    }
    mst_text_add(out, "\"");
}

static const mst_variant_def *variant_of(const muster_scenario *scenario)
{
    const mst_list *variants = &scenario->spec.variants;
    const char *id = scenario->variant;
    const int32_t at = id ? mst_table_find(variants, sizeof(mst_variant_def), id) : -1;
    return at < 0 ? NULL : MST_AT(const mst_variant_def, variants, at);
}

/* An id that no variant has. */
static const char *free_id(const muster_scenario *scenario, const char *wanted, mst_arena *arena)
{
    const mst_list *variants = &scenario->spec.variants;
    const char *id = wanted;
    for (int k = 2; id && mst_table_find(variants, sizeof(mst_variant_def), id) >= 0; k++)
        id = mst_arena_printf(arena, "%s-%d", wanted, k);
    return id;
}

static void add_entry(mst_text *out, const char *text, bool *is_first)
{
    mst_text_add(out, *is_first ? "\n      " : ",\n      ");
    add_quoted(out, text);
    *is_first = false;
}

static void add_entries(mst_text *out, const mst_list *texts, bool *is_first)
{
    for (int32_t i = 0; i < texts->count; i++)
        add_entry(out, *MST_AT(const char *const, texts, i), is_first);
}

/* What a line "PATH = VALUE" sets; null when memory is short. */
static const char *path_of(const char *line, mst_arena *arena)
{
    line += strspn(line, " \t\r\n");
    size_t length = strcspn(line, "=");
    while (length > 0 && strchr(" \t\r\n", line[length - 1]))
        length--;
    return mst_arena_printf(arena, "%.*s", (int)length, line);
}

static bool is_one_of(const char *path, const mst_list *changes)
{
    for (int32_t i = 0; i < changes->count; i++) {
        const char *set = MST_AT(const mst_change, changes, i)->path;
        if (set && strcmp(set, path) == 0)
            return true;
    }
    return false;
}

/* An event of the timeline, or an inject, thrown in or not: one of --set or of a page wins over it. */
static bool is_dated(const mst_spec *spec, const char *path)
{
    for (int32_t i = 0; i < spec->timeline.count; i++)
        if (is_one_of(path, &MST_AT(const mst_dated_def, &spec->timeline, i)->read))
            return true;
    for (int32_t i = 0; i < spec->injects.count; i++)
        if (is_one_of(path, &MST_AT(const mst_inject_def, &spec->injects, i)->read))
            return true;
    return false;
}

/* Paths of the changes that dated events would set again, behind those of the variant. */
static void add_holding(mst_text *out, const mst_spec *spec, const mst_variant_def *base,
                        const muster_changes *changes, mst_arena *arena)
{
    static const char head[] = "    over_timeline = [";
    mst_list none = {0};
    const mst_list *kept = base ? &base->over_timeline : &none;
    bool is_first = true;
    if (kept->count > 0)
        mst_text_add(out, head);
    add_entries(out, kept, &is_first);
    for (int32_t i = 0; i < changes->line_count; i++) {
        const char *path = path_of(changes->line[i], arena);
        if (!path || !is_dated(spec, path))
            continue;
        mst_text_add(out, is_first ? head : "");
        add_entry(out, path, &is_first);
    }
    mst_text_add(out, is_first ? "" : "\n    ];\n");
}

/* The changes of the variant, if one was asked for, then the others. */
static void add_variant(mst_text *out, const char *id, const char *title,
                        const muster_scenario *scenario, const muster_changes *changes,
                        mst_arena *arena)
{
    const mst_variant_def *base = variant_of(scenario);
    bool is_first = true;
    char time[MUSTER_TIME_TEXT];
    mst_text_printf(out, "\n  %s = {\n    title = ", id);
    add_quoted(out, base && base->title ? base->title : title);
    mst_text_add(out, ";\n");
    if (base && base->use >= 0)
        mst_text_printf(out, "    use = \"%s\";\n", mst_use_names[base->use]);
    if (base && base->known_by.from != MUSTER_NEVER)
        mst_text_printf(out, "    known_by = \"%s\";\n",
                        muster_time_write_iso(base->known_by.from, time));
    mst_text_add(out, "    changes = [");
    if (base)
        add_entries(out, &base->changes, &is_first);
    for (int32_t i = 0; i < changes->line_count; i++)
        add_entry(out, changes->line[i], &is_first);
    mst_text_add(out, "\n    ];\n");
    add_holding(out, &scenario->spec, base, changes, arena);
    mst_text_add(out, "  };\n");
}

char *mst_changed_text(const muster_source_text *text, const muster_scenario *scenario,
                       const muster_changes *changes, const mst_changed_as *as,
                       const muster_memory *memory, const char **out_id)
{
    const char *bytes = muster_source_text_bytes(text, NULL);
    const char *place = inside_section(bytes, "variants");
    const char *id = NULL;
    mst_text out;
    mst_text_init(&out, memory);
    *out_id = NULL;
    if (changes->line_count == 0 && !variant_of(scenario)) {
        mst_text_add(&out, bytes);
        return mst_text_take(&out);
    }
    id = free_id(scenario, as->id, as->arena);
    if (id)
        mst_text_printf(&out, "# %s: muster run FILE --variant %s\n", as->head, id);
    mst_text_add_bytes(&out, bytes, place ? (size_t)(place - bytes) : strlen(bytes));
    mst_text_add(&out, place ? "" : "\nvariants = {");
    add_variant(&out, id ? id : "", as->title, scenario, changes, as->arena);
    mst_text_add(&out, place ? place : "};\n");
    char *whole = mst_text_take(&out);
    if (as->arena->failed) {
        mst_memory_free(memory, whole);
        return NULL;
    }
    *out_id = id;
    return whole;
}

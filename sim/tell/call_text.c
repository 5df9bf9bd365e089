/* The scenario with the changes of a request in it, as a variant of its own: the rest of the text stays
 * as its author wrote it. */
#include "tell/call.h"

#include "base/diag.h"
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

static const mst_variant_def *variant_of(const mst_desk_world *world)
{
    const mst_list *variants = &world->scenario->spec.variants;
    const char *id = world->scenario->variant;
    const int32_t at = id ? mst_table_find(variants, sizeof(mst_variant_def), id) : -1;
    return at < 0 ? NULL : MST_AT(const mst_variant_def, variants, at);
}

/* An id that no variant has. */
static const char *free_id(const mst_desk_world *world, mst_arena *arena)
{
    const mst_list *variants = &world->scenario->spec.variants;
    const char *id = "from-page";
    for (int k = 2; id && mst_table_find(variants, sizeof(mst_variant_def), id) >= 0; k++)
        id = mst_arena_printf(arena, "from-page-%d", k);
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

/* An event of the timeline, or an inject, thrown in or not: a change of the page wins over it. */
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

/* Paths of the request that dated events would set again, behind those of the variant. */
static void add_holding(mst_text *out, const mst_spec *spec, const mst_variant_def *base,
                        const mst_request *request, mst_arena *arena)
{
    static const char head[] = "    over_timeline = [";
    mst_list none = {0};
    const mst_list *kept = base ? &base->over_timeline : &none;
    bool is_first = true;
    if (kept->count > 0)
        mst_text_add(out, head);
    add_entries(out, kept, &is_first);
    for (int32_t i = 0; i < request->changes.line_count; i++) {
        const char *path = path_of(request->changes.line[i], arena);
        if (!path || !is_dated(spec, path))
            continue;
        mst_text_add(out, is_first ? head : "");
        add_entry(out, path, &is_first);
    }
    mst_text_add(out, is_first ? "" : "\n    ];\n");
}

/* The changes of the variant, if one was asked for, then those of the request. */
static void add_variant(mst_text *out, const char *id, const mst_desk_world *world,
                        const mst_request *request, mst_arena *arena)
{
    const mst_variant_def *base = variant_of(world);
    bool is_first = true;
    char time[MUSTER_TIME_TEXT];
    mst_text_printf(out, "\n  %s = {\n    title = ", id);
    add_quoted(out, base && base->title ? base->title : "changes made on the page");
    mst_text_add(out, ";\n");
    if (base && base->use >= 0)
        mst_text_printf(out, "    use = \"%s\";\n", mst_use_names[base->use]);
    if (base && base->known_by.from != MUSTER_NEVER)
        mst_text_printf(out, "    known_by = \"%s\";\n",
                        muster_time_write_iso(base->known_by.from, time));
    mst_text_add(out, "    changes = [");
    if (base)
        add_entries(out, &base->changes, &is_first);
    for (int32_t i = 0; i < request->changes.line_count; i++)
        add_entry(out, request->changes.line[i], &is_first);
    mst_text_add(out, "\n    ];\n");
    add_holding(out, &world->scenario->spec, base, request, arena);
    mst_text_add(out, "  };\n");
}

static char *changed(const muster_desk *desk, const mst_desk_world *world,
                     const mst_request *request, const char *id, mst_arena *arena)
{
    const char *text = muster_source_text_bytes(desk->open.text, NULL);
    const char *place = inside_section(text, "variants");
    mst_text out;
    mst_text_init(&out, desk->memory);
    if (!id) {
        mst_text_add(&out, text);
        return mst_text_take(&out);
    }
    mst_text_printf(&out, "# Changed on a page: muster run FILE --variant %s\n", id);
    mst_text_add_bytes(&out, text, place ? (size_t)(place - text) : strlen(text));
    mst_text_add(&out, place ? "" : "\nvariants = {");
    add_variant(&out, id, world, request, arena);
    mst_text_add(&out, place ? place : "};\n");
    return mst_text_take(&out);
}

char *mst_desk_text(const muster_desk *desk, const mst_desk_world *world,
                    const mst_request *request, muster_diags *diags)
{
    mst_arena arena;
    mst_arena_init(&arena, desk->memory);
    const bool is_changed = request->changes.line_count > 0 || variant_of(world);
    const char *id = is_changed ? free_id(world, &arena) : NULL;
    char *text = is_changed && !id ? NULL : changed(desk, world, request, id, &arena);
    char *out = NULL;
    if (text && !arena.failed) {
        mst_json *json = mst_json_create(desk->memory);
        mst_json_object(json, NULL);
        mst_json_text(json, "format", "muster-text");
        mst_json_whole(json, "version", 1);
        mst_json_text(json, "variant", id);
        mst_json_text(json, "text", text);
        mst_json_array(json, "changes");
        for (int32_t i = 0; i < request->changes.line_count; i++)
            mst_json_text(json, NULL, request->changes.line[i]);
        mst_json_end(json);
        mst_json_end(json);
        out = mst_json_take(json, desk->memory, diags);
    } else {
        mst_diag_memory(diags);
    }
    mst_memory_free(desk->memory, text);
    mst_arena_clear(&arena);
    return out;
}

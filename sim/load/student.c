/* A gathered text for students: what is for the instructor alone is blanked where it stands, so that
 * lines and lengths stay, and with them all places. Comments go too: nobody knows what they tell. */
#include "load/source.h"

#include "base/arena.h"
#include "base/hash.h"

#include <string.h>

/* Sections with texts for the instructor, and the keys that hold them. */
static const char *const sections[] = {"lesson", "injects", NULL};
static const char *const secrets[] = {"note", "reveal", "secret", "answer", NULL};

typedef struct walk {
    char *bytes; /* zero-terminated */
    size_t at;
    int32_t depth;   /* of brackets */
    bool in_section; /* of one that holds secrets  */
    bool is_secret;  /* the value that comes next is one */
} walk;

static bool is_one_of(const char *const *words, const char *name, size_t length)
{
    for (; *words; words++)
        if (strlen(*words) == length && memcmp(*words, name, length) == 0)
            return true;
    return false;
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*';
}

static size_t name_length(const char *name)
{
    size_t length = 0;
    while (is_name_start(name[length]) || (name[length] >= '0' && name[length] <= '9') ||
           name[length] == '-' || name[length] == '_')
        length++;
    return length;
}

static void blank(char *from, const char *end)
{
    for (; from < end; from++)
        if (*from != '\n')
            *from = ' ';
}

static void skip_comment(walk *w)
{
    char *from = w->bytes + w->at;
    const char *end = from[0] == '/' && from[1] == '*' ? strstr(from + 2, "*/") : NULL;
    end = end ? end + 2 : from + strcspn(from, "\n");
    w->at += (size_t)(end - from);
    blank(from, end);
}

/* A secret becomes the empty text, and blanks behind it. */
static void skip_text(walk *w)
{
    char *from = w->bytes + w->at, *end = from + 1;
    while (*end && *end != '"')
        end += end[0] == '\\' && end[1] ? 2 : 1;
    end += *end == '"';
    w->at += (size_t)(end - from);
    if (!w->is_secret || end - from < 2)
        return;
    from[1] = '"';
    blank(from + 2, end);
}

static void take_name(walk *w)
{
    const char *name = w->bytes + w->at;
    const size_t length = name_length(name);
    if (w->depth == 0)
        w->in_section = is_one_of(sections, name, length);
    w->is_secret = w->in_section && w->depth > 0 && is_one_of(secrets, name, length);
    w->at += length;
}

static void take_mark(walk *w, char mark)
{
    if (strchr("{([", mark))
        w->depth++;
    else if (strchr("})]", mark))
        w->depth--;
    if (mark == ';' || mark == '}')
        w->is_secret = false;
    w->at++;
}

static void blank_all(char *bytes)
{
    walk w = {.bytes = bytes};
    while (bytes[w.at]) {
        const char now = bytes[w.at], next = bytes[w.at + 1];
        if (now == '#' || (now == '/' && (next == '/' || next == '*')))
            skip_comment(&w);
        else if (now == '"')
            skip_text(&w);
        else if (is_name_start(now))
            take_name(&w);
        else
            take_mark(&w, now);
    }
}

/* Names of files and runs of lines, as they are. */
static void copy_places(const muster_source_text *text, muster_source_text *out)
{
    for (int32_t i = 0; i < text->files.count; i++) {
        const char **name = mst_list_add(&out->arena, &out->files, sizeof *name);
        if (name)
            *name = mst_arena_text(&out->arena, *MST_AT(const char *const, &text->files, i));
    }
    for (int32_t i = 0; i < text->runs.count; i++) {
        mst_line_run *run = mst_list_add(&out->arena, &out->runs, sizeof *run);
        if (run)
            *run = *MST_AT(const mst_line_run, &text->runs, i);
    }
}

muster_status muster_source_text_for_students(const muster_source_text *text,
                                              const muster_memory *memory, muster_diags *diags,
                                              muster_source_text **out)
{
    *out = NULL;
    muster_source_text *copy = mst_memory_alloc(memory, sizeof *copy);
    if (!copy)
        return mst_diag_memory(diags);
    memset(copy, 0, sizeof *copy);
    const muster_memory *own = mst_memory_keep(&copy->memory, memory);
    mst_arena_init(&copy->arena, own);
    mst_text_init(&copy->text, own);
    mst_text_add(&copy->text, text->text.bytes);
    copy_places(text, copy);
    if (copy->arena.failed || copy->text.failed) {
        muster_source_text_free(copy);
        return mst_diag_memory(diags);
    }
    blank_all(copy->text.bytes);
    copy->hash = mst_hash_bytes(MST_HASH_START, copy->text.bytes, copy->text.length);
    *out = copy;
    return MUSTER_OK;
}

/* Files and what they include, gathered into one text with a line map. libconfig never opens a
 * file: see sim/load/README.md for what it would do. */
#include "base/hash.h"
#include "load/scan.h"
#include "load/source.h"

#include <string.h>

enum { MOST_DEEP = 16, MOST_FILES = 64, MOST_BYTES = 4 * 1024 * 1024 };

/* A file that is being read, and who included it. */
typedef struct open_file {
    const struct open_file *up;
    const char *path;  /* as composed and handed to the opener */
    const char *plain; /* without . and .., to tell files apart */
    int32_t number, deep;
} open_file;

typedef struct gatherer {
    const muster_opener *opener; /* null: nothing may be included */
    muster_source_text *source;
    muster_diags *diags;
    mst_scan scan;
    int32_t line; /* of the gathered text that is written next */
    size_t bytes; /* read so far                               */
    bool good;
    bool opened; /* the first file */
} gatherer;

static void complain(gatherer *g, const open_file *file, int32_t line, const char *hint,
                     const char *message)
{
    g->good = false;
    mst_diag(g->diags, MUSTER_ERROR, (mst_place){file->path, line}, NULL, hint, "%s",
             message ? message : "");
}

/* ---- paths ------------------------------------------------------------------------------ */

/* name as seen from the file that includes it. */
static char *compose(mst_arena *arena, const char *from, const char *name)
{
    const char *slash = name[0] == '/' ? NULL : strrchr(from, '/');
    return slash ? mst_arena_printf(arena, "%.*s/%s", (int)(slash - from), from, name)
                 : mst_arena_text(arena, name);
}

/* The path without "." and "x/..", only to see that two paths mean one file. */
static char *plain_path(mst_arena *arena, const char *path)
{
    char *out = mst_arena_alloc(arena, strlen(path) + 2);
    size_t used = 0;
    if (!out)
        return NULL;
    if (path[0] == '/')
        out[used++] = '/';
    const size_t root = used;
    for (const char *at = path; *at;) {
        const size_t length = strcspn(at, "/");
        const bool up = length == 2 && memcmp(at, "..", 2) == 0;
        size_t last = used; /* where the last name kept starts */
        while (last > root && out[last - 1] != '/')
            last--;
        if (up && used > root && strcmp(out + last, "..") != 0) {
            used = last > root ? last - 1 : root;
        } else if (length > 0 && !(length == 1 && at[0] == '.')) {
            if (used > root)
                out[used++] = '/';
            memcpy(out + used, at, length);
            used += length;
        }
        out[used] = '\0';
        at += length + (at[length] == '/');
    }
    return out;
}

/* "a.cfg -> b.cfg -> a.cfg" when plain is already open. */
static const char *ring(mst_arena *arena, const open_file *file, const char *plain)
{
    const char *words = plain;
    for (const open_file *at = file; at && words; at = at->up) {
        words = mst_arena_printf(arena, "%s -> %s", at->path, words);
        if (strcmp(at->plain, plain) == 0)
            return words;
    }
    return NULL;
}

/* ---- one file --------------------------------------------------------------------------- */

static void start_run(gatherer *g, const open_file *file, int32_t file_line)
{
    mst_line_run *run = mst_list_add(&g->source->arena, &g->source->runs, sizeof *run);
    if (run)
        *run = (mst_line_run){g->line, file->number, file_line};
}

/* Adds bytes as they are, but with \n for \r\n. */
static void add_bytes(gatherer *g, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length;) {
        const char *end = memchr(bytes + i, '\n', length - i);
        const size_t line = end ? (size_t)(end - (bytes + i)) : length - i;
        const size_t cut = end && line > 0 && bytes[i + line - 1] == '\r';
        mst_text_add_bytes(&g->source->text, bytes + i, line - cut);
        if (end) {
            mst_text_add_bytes(&g->source->text, "\n", 1);
            g->line++;
        }
        i += line + (end != NULL);
    }
}

static void end_line(gatherer *g)
{
    const mst_text *text = &g->source->text;
    if (text->length > 0 && text->bytes[text->length - 1] != '\n')
        add_bytes(g, "\n", 1);
}

static int32_t line_of(const char *bytes, int64_t at)
{
    int32_t line = 1;
    for (int64_t i = 0; i < at; i++)
        line += bytes[i] == '\n';
    return line;
}

static void gather_file(gatherer *g, const open_file *up, const char *path, int32_t line);

static void include(gatherer *g, const open_file *file, const char *bytes,
                    const mst_scan_step *step)
{
    mst_arena *arena = &g->source->arena;
    const char *name = mst_arena_printf(arena, "%.*s", (int)step->name_length, bytes + step->name);
    if (!name)
        return;
    if (!g->opener) {
        complain(g, file, step->found_line, NULL, "this text cannot include files");
        return;
    }
    const char *path = compose(arena, file->path, name);
    const char *plain = path ? plain_path(arena, path) : NULL;
    if (!plain)
        return;
    const char *loop = ring(arena, file, plain);
    if (loop)
        complain(g, file, step->found_line, NULL,
                 mst_arena_printf(arena, "include loop: %s", loop));
    else if (file->deep == MOST_DEEP)
        complain(g, file, step->found_line, NULL, "includes are more than 16 deep");
    else
        gather_file(g, file, path, step->found_line);
}

/* "muster-run" when the bytes begin a document of the program: it is often handed back where a
 * scenario is wanted. Null: they do not. */
static const char *document_format(mst_arena *arena, const char *bytes, size_t length)
{
    enum { FAR_ENOUGH = 256 }; /* format is the first member that is written */
    static const char key[] = "\"format\"", start[] = "\"muster-";
    char head[FAR_ENOUGH + 1];
    const size_t kept = length < FAR_ENOUGH ? length : FAR_ENOUGH;
    memcpy(head, bytes, kept);
    head[kept] = '\0';
    const char *at = head + strspn(head, " \t\r\n");
    at = *at == '{' ? strstr(at, key) : NULL;
    at = at ? strstr(at, start) : NULL;
    const char *end = at ? strchr(at + 1, '"') : NULL;
    return end ? mst_arena_printf(arena, "%.*s", (int)(end - at - 1), at + 1) : NULL;
}

/* The bytes of an open file, include lines replaced by what they include. */
static void gather_bytes(gatherer *g, const open_file *file, const char *bytes, size_t length)
{
    const bool mark = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0;
    if (mark) {
        bytes += 3;
        length -= 3;
    }
    const char *format = document_format(&g->source->arena, bytes, length);
    if (format) {
        complain(
            g, file, 0, "a scenario is text that begins with its section scenario",
            mst_arena_printf(&g->source->arena, "this is a %s document, not a scenario", format));
        return;
    }
    const int64_t bad = mst_text_bad_byte(bytes, length);
    if (bad >= 0) {
        const unsigned char byte = (unsigned char)bytes[bad];
        complain(g, file, line_of(bytes, bad), "scenario files are plain UTF-8 text",
                 mst_arena_printf(&g->source->arena, "%s (byte 0x%02x)",
                                  byte < 0x80 ? "a control character" : "this is not UTF-8",
                                  (unsigned)byte));
        return;
    }
    mst_scan_step step = {.line = 1};
    for (size_t done = 0;;) {
        const int32_t from_line = step.line;
        const mst_scan_found found = mst_scan_next(&g->scan, bytes, length, &step);
        const size_t until = found == MST_SCAN_INCLUDE ? step.line_start : step.at;
        start_run(g, file, from_line);
        add_bytes(g, bytes + done, until - done);
        done = step.at;
        if (found == MST_SCAN_END)
            break;
        if (found == MST_SCAN_INCLUDE)
            include(g, file, bytes, &step);
        else
            complain(g, file, step.found_line, step.hint, step.message);
    }
    end_line(g);
}

static int32_t add_file(gatherer *g, const char *path)
{
    const char **name = mst_list_add(&g->source->arena, &g->source->files, sizeof *name);
    if (!name)
        return -1;
    *name = path;
    return g->source->files.count - 1;
}

/* Opens and gathers; up is null for the first file, line where it is included. */
static void gather_file(gatherer *g, const open_file *up, const char *path, int32_t line)
{
    mst_arena *arena = &g->source->arena;
    const open_file here = {up, path, plain_path(arena, path), 0, up ? up->deep + 1 : 0};
    const open_file *blamed = up ? up : &here;
    if (!here.plain)
        return;
    if (g->source->files.count == MOST_FILES) {
        complain(g, blamed, line, NULL, "more than 64 files are included");
        return;
    }
    char *bytes = NULL;
    size_t length = 0;
    const char *reason = NULL;
    if (!g->opener->open(path, MOST_BYTES, &bytes, &length, &reason, g->opener->context)) {
        complain(g, blamed, line, NULL,
                 mst_arena_printf(arena, "cannot open '%s': %s", path,
                                  reason ? reason : "unknown reason"));
        return;
    }
    g->opened = true;
    open_file opened = here;
    opened.number = add_file(g, path);
    if (length > MOST_BYTES)
        complain(g, blamed, line, NULL,
                 mst_arena_printf(arena, "'%s' is larger than 4 MB, the most that is read", path));
    else if (length > MOST_BYTES - g->bytes)
        complain(g, blamed, line, NULL,
                 mst_arena_printf(arena,
                                  "with '%s' the files are larger than 4 MB together, the most "
                                  "that is read",
                                  path));
    else if (opened.number >= 0) {
        g->bytes += length;
        gather_bytes(g, &opened, bytes, length);
    }
    g->opener->close(bytes, g->opener->context);
}

/* ---- the whole -------------------------------------------------------------------------- */

static muster_source_text *create(const muster_memory *memory)
{
    muster_source_text *source = mst_memory_alloc(memory, sizeof *source);
    if (!source)
        return NULL;
    memset(source, 0, sizeof *source);
    const muster_memory *own = mst_memory_keep(&source->memory, memory);
    mst_arena_init(&source->arena, own);
    mst_text_init(&source->text, own);
    mst_text_add(&source->text, "");
    return source;
}

static muster_status finish(gatherer *g, muster_source_text **out)
{
    muster_source_text *source = g->source;
    if (source->arena.failed || source->text.failed) {
        muster_source_text_free(source);
        return mst_diag_memory(g->diags);
    }
    if (!g->good) {
        muster_source_text_free(source);
        return g->opened ? MUSTER_MISTAKE : MUSTER_WORLD;
    }
    source->hash = mst_hash_bytes(MST_HASH_START, source->text.bytes, source->text.length);
    *out = source;
    return MUSTER_OK;
}

muster_status muster_gather(const char *path, const muster_opener *opener,
                            const muster_memory *memory, muster_diags *diags,
                            muster_source_text **out)
{
    muster_source_text *source = create(memory);
    if (!source)
        return mst_diag_memory(diags);
    gatherer g = {.opener = opener, .source = source, .diags = diags, .line = 1, .good = true};
    const char *own_path = mst_arena_text(&source->arena, path);
    if (own_path)
        gather_file(&g, NULL, own_path, 0);
    return finish(&g, out);
}

muster_status muster_gather_text(const char *name, const char *bytes, size_t length,
                                 const muster_memory *memory, muster_diags *diags,
                                 muster_source_text **out)
{
    muster_source_text *source = create(memory);
    if (!source)
        return mst_diag_memory(diags);
    gatherer g = {.source = source, .diags = diags, .line = 1, .good = true, .opened = true};
    const char *own_name = mst_arena_text(&source->arena, name);
    const open_file file = {NULL, own_name, own_name, own_name ? add_file(&g, own_name) : -1, 0};
    if (length > MOST_BYTES)
        complain(&g, &file, 0, NULL, "the text is larger than 4 MB");
    else if (file.number >= 0)
        gather_bytes(&g, &file, bytes, length);
    return finish(&g, out);
}

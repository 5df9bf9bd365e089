#include "load/source.h"

#include <string.h>

void muster_source_text_free(muster_source_text *text)
{
    if (!text)
        return;
    const muster_memory memory = text->memory;
    mst_text_clear(&text->text);
    mst_arena_clear(&text->arena);
    mst_memory_free(&memory, text);
}

const char *muster_source_text_bytes(const muster_source_text *text, size_t *length)
{
    if (length)
        *length = text->text.length;
    return text->text.bytes;
}

uint64_t muster_source_text_hash(const muster_source_text *text)
{
    return text->hash;
}

void mst_source_line(const muster_source_text *source, int32_t line, int32_t *out_file,
                     int32_t *out_line)
{
    /* Runs start in order of line; an empty one is followed by another of the same line. */
    int32_t low = 0, high = source->runs.count;
    while (high - low > 1) {
        const int32_t middle = low + (high - low) / 2;
        if (MST_AT(const mst_line_run, &source->runs, middle)->line <= line)
            low = middle;
        else
            high = middle;
    }
    *out_file = 0;
    *out_line = line;
    if (source->runs.count == 0)
        return;
    const mst_line_run *run = MST_AT(const mst_line_run, &source->runs, low);
    *out_file = run->file;
    *out_line = run->file_line + (line - run->line);
}

mst_place mst_source_place(const muster_source_text *source, int32_t line)
{
    int32_t file = 0, file_line = 0;
    mst_source_line(source, line, &file, &file_line);
    const char *name =
        file < source->files.count ? *MST_AT(const char *const, &source->files, file) : NULL;
    return (mst_place){name, file_line};
}

muster_place muster_source_text_place(const muster_source_text *text, size_t offset)
{
    int32_t line = 1;
    for (size_t i = 0; i < offset && i < text->text.length; i++)
        line += text->text.bytes[i] == '\n';
    return mst_source_place(text, line);
}

const char *mst_source_words(const muster_source_text *source, int32_t line, size_t *out_length)
{
    const char *at = source->text.bytes;
    for (int32_t i = 1; i < line; i++) {
        const char *end = strchr(at, '\n');
        if (!end)
            break;
        at = end + 1;
    }
    at += strspn(at, " \t");
    size_t length = strcspn(at, "\n");
    while (length > 0 && (at[length - 1] == ' ' || at[length - 1] == '\t'))
        length--;
    *out_length = length;
    return at;
}

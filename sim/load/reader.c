/* libconfig's tree into structs by their field tables. All mistakes are reported, none stops the
 * reading of the rest; what could not be read is noted, so that nothing later calls it missing. */
#include "load/group.h"
#include "load/scenario.h"

#include <math.h>
#include <string.h>

mst_place mst_reader_place(mst_reader *reader, const config_setting_t *setting)
{
    const muster_source_text *text = reader->text;
    if (!text)
        return reader->place;
    int32_t file = 0, line = 0;
    mst_source_line(text, (int32_t)config_setting_source_line(setting), &file, &line);
    if (!reader->file_names)
        reader->file_names = mst_arena_array(reader->arena, (size_t)text->files.count + 1,
                                             sizeof *reader->file_names);
    if (!reader->file_names || file >= text->files.count)
        return (mst_place){NULL, line};
    if (!reader->file_names[file])
        reader->file_names[file] =
            mst_arena_text(reader->arena, *MST_AT(const char *const, &text->files, file));
    return (mst_place){reader->file_names[file], line};
}

void mst_reader_fail(mst_reader *reader, mst_place place, const char *path, const char *hint,
                     const char *format, ...)
{
    va_list args;
    mst_text text;
    reader->good = false;
    mst_text_init(&text, reader->arena->memory);
    va_start(args, format);
    mst_text_vprintf(&text, format, args);
    va_end(args);
    mst_diag(reader->diags, MUSTER_ERROR, place, path, hint, "%s",
             text.bytes ? text.bytes : "out of memory");
    mst_text_clear(&text);
    if (path)
        mst_facts_spoil(reader->facts, reader->arena, path);
}

bool mst_reader_parse(mst_reader *reader, config_t *config, const char *bytes)
{
    enum { MOST_WORDS = 60 };
    if (config_read_string(config, bytes))
        return true;
    const char *what = config_error_text(config);
    const bool twice = what && strstr(what, "duplicate") != NULL;
    size_t length = 0;
    const int32_t line = (int32_t)config_error_line(config);
    const char *words = reader->text ? mst_source_words(reader->text, line, &length) : "";
    mst_place place = reader->place;
    if (reader->text)
        place = mst_source_place(reader->text, line);
    const bool is_long = length > MOST_WORDS;
    while (is_long && length > MOST_WORDS)
        length--;
    while (is_long && length > 0 && ((unsigned char)words[length] & 0xc0) == 0x80)
        length--; /* never inside a UTF-8 character */
    mst_reader_fail(reader, place, NULL,
                    twice ? "a name may stand once in a group; the rest was not read"
                          : "look there and just above for a missing ';' or bracket, or a comma "
                            "too many; the rest was not read",
                    "%s%s%.*s%s%s", what ? what : "syntax error", length ? " near `" : "",
                    (int)length, words, is_long ? "..." : "", length ? "`" : "");
    return false;
}

/* Bare dates are days in scenario.zone_h, wherever in the file that stands. */
static int32_t zone_of(const config_t *config)
{
    const config_setting_t *zone = config_lookup(config, "scenario.zone_h");
    double hours = 0.0;
    if (zone && config_setting_is_group(zone)) /* a fact: { value = 9; source = "..."; } */
        zone = config_setting_get_member(zone, "value");
    if (!zone || !mst_reader_number(zone, &hours))
        return 0;
    return fabs(hours) <= 14.0 ? (int32_t)lround(hours * 60.0) : 0;
}

bool mst_read_text(const muster_source_text *text, const muster_field *rows, void *item,
                   mst_arena *arena, const mst_kinds *kinds, mst_list *facts, muster_diags *diags,
                   bool *out_parsed)
{
    mst_reader reader = {
        .text = text, .arena = arena, .kinds = kinds, .facts = facts, .diags = diags, .good = true};
    config_t config;
    *out_parsed = false;
    mst_fields_blank(rows, item);
    config_init(&config);
    if (mst_reader_parse(&reader, &config, muster_source_text_bytes(text, NULL))) {
        *out_parsed = true;
        mst_group root = {.reader = &reader,
                          .rows = rows,
                          .item = item,
                          .setting = config_root_setting(&config),
                          .walk = {NULL, NULL, NULL, -1}};
        reader.zone_min = zone_of(&config);
        mst_group_read(&root);
    }
    config_destroy(&config);
    return reader.good && !arena->failed;
}

bool mst_read_by_fields(const muster_source_text *text, const muster_field *rows, void *item,
                        mst_arena *arena, const mst_kinds *kinds, mst_list *facts,
                        muster_diags *diags)
{
    mst_list own = {0};
    mst_list *kept = facts ? facts : &own;
    bool parsed = false;
    const bool read = mst_read_text(text, rows, item, arena, kinds, kept, diags, &parsed);
    if (!parsed)
        return false; /* a syntax error stands alone */
    return mst_fields_finish(rows, item, kept, arena, diags) && read;
}

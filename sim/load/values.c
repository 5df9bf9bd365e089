/* A list of values of any kind, each kept as the change language writes it: levels of a factor. */
#include "load/reader.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* A text as libconfig reads it back. */
static const char *quoted(mst_arena *arena, const char *text)
{
    char *out = mst_arena_alloc(arena, 2 * strlen(text) + 3);
    char *at = out;
    if (!out)
        return NULL;
    *at++ = '"';
    for (; *text; text++) {
        const bool is_break = *text == '\n' || *text == '\t' || *text == '\r';
        if (is_break || *text == '"' || *text == '\\')
            *at++ = '\\';
        *at++ = *text == '\n' ? 'n' : *text == '\t' ? 't' : *text == '\r' ? 'r' : *text;
    }
    *at++ = '"';
    *at = '\0';
    return out;
}

/* One value as the change language writes it; null: told. */
static const char *value_text(mst_reader *reader, const muster_field *row, const char *key,
                              const config_setting_t *setting, const char *path)
{
    double number = 0.0;
    char shortest[32];
    const int type = config_setting_type(setting);
    const char *out = NULL;
    if (type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64) {
        const long long whole = config_setting_get_int64(setting);
        out = mst_arena_printf(reader->arena, "%lld%s", whole,
                               whole > INT32_MAX || whole < INT32_MIN ? "L" : "");
    } else if (mst_reader_number(setting, &number)) {
        if (!isfinite(number)) {
            mst_reader_fail(reader, mst_reader_place(reader, setting), path, NULL,
                            "'%s' holds a number that is not finite", key);
            return NULL;
        }
        out = mst_arena_text(reader->arena, mst_text_shortest(number, shortest));
    } else if (type == CONFIG_TYPE_BOOL) {
        out = config_setting_get_bool(setting) ? "true" : "false";
    } else if (type == CONFIG_TYPE_STRING) {
        const char *text = mst_reader_text(reader, key, setting, path);
        out = text ? quoted(reader->arena, text) : NULL;
    } else {
        (void)mst_reader_wrong_kind(reader, row, key, setting, path);
    }
    reader->good = reader->good && out;
    return out;
}

bool mst_reader_values(mst_reader *reader, const muster_field *row, const char *key,
                       const config_setting_t *setting, const char *path, mst_list *out)
{
    const int count = config_setting_length(setting);
    const char **items = mst_arena_array(reader->arena, (size_t)count + 1, sizeof *items);
    if (!items)
        return reader->good = false;
    for (int i = 0; i < count; i++) {
        items[i] =
            value_text(reader, row, key, config_setting_get_elem(setting, (unsigned)i), path);
        if (!items[i])
            return false;
    }
    *out = (mst_list){.item = items, .count = count, .capacity = count};
    return true;
}

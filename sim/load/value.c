/* One value of a file by its row. */
#include "load/reader.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What may stand at a row, in words. */
static const char *wanted_words(muster_field_kind kind)
{
    switch (kind) {
    case MUSTER_FIELD_REAL:
    case MUSTER_FIELD_NUMBERS:
        return "a number";
    case MUSTER_FIELD_INT:
        return "a whole number";
    case MUSTER_FIELD_BOOL:
        return "true or false";
    case MUSTER_FIELD_TEXT:
    case MUSTER_FIELD_CHOICE:
    case MUSTER_FIELD_REFERENCE:
    case MUSTER_FIELD_PLUGIN:
        return "a text in quotes";
    case MUSTER_FIELD_MOMENT:
        return "a date in quotes";
    case MUSTER_FIELD_DURATION:
        return "a duration in quotes";
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_REFERENCES:
        return "a list of texts, [\"a\", \"b\"]";
    case MUSTER_FIELD_VALUES:
        return "a list of values, [0, 0.5, 1] or (\"a\", \"b\")";
    case MUSTER_FIELD_POINTS:
        return "a list of points, ( (lat, lon), ... )";
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
        return "a group, { ... }";
    case MUSTER_FIELD_LIST:
        return "a list of groups, ( { ... }, { ... } )";
    case MUSTER_FIELD_TABLE:
        return "a group of named groups, { id = { ... }; }";
    case MUSTER_FIELD_END:
        break;
    }
    return "nothing";
}

static const char *found_words(const config_setting_t *setting)
{
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
    case CONFIG_TYPE_FLOAT:
        return "a number";
    case CONFIG_TYPE_BOOL:
        return "true or false";
    case CONFIG_TYPE_STRING:
        return "a text";
    case CONFIG_TYPE_GROUP:
        return "a group { }";
    case CONFIG_TYPE_ARRAY:
        return "an array [ ]";
    case CONFIG_TYPE_LIST:
        return "a list ( )";
    default:
        return "something else";
    }
}

static const char *form_hint(muster_field_kind kind)
{
    if (kind == MUSTER_FIELD_MOMENT)
        return "write \"2023-07-20T00:00Z\", \"2023-07-15T09:45+08:00\" or a whole day, "
               "\"2023-07-16\"";
    if (kind == MUSTER_FIELD_DURATION)
        return "write \"72 h\", \"1.5 d\", \"30 min\" or \"90 s\"";
    return NULL;
}

bool mst_reader_wrong_kind(mst_reader *reader, const muster_field *row, const char *key,
                           const config_setting_t *setting, const char *path)
{
    mst_reader_fail(reader, mst_reader_place(reader, setting), path, form_hint(row->kind),
                    "'%s' must be %s, not %s", key, wanted_words(row->kind), found_words(setting));
    return false;
}

static bool is_sequence(const config_setting_t *setting)
{
    const int type = config_setting_type(setting);
    return type == CONFIG_TYPE_ARRAY || type == CONFIG_TYPE_LIST;
}

bool mst_reader_number(const config_setting_t *setting, double *out)
{
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_INT:
        *out = (double)config_setting_get_int(setting);
        return true;
    case CONFIG_TYPE_INT64:
        *out = (double)config_setting_get_int64(setting);
        return true;
    case CONFIG_TYPE_FLOAT:
        *out = config_setting_get_float(setting);
        return true;
    default:
        return false;
    }
}

static bool whole_of(mst_reader *reader, const char *key, const config_setting_t *setting,
                     const char *path, int64_t *out)
{
    const int type = config_setting_type(setting);
    if (type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64) {
        *out = type == CONFIG_TYPE_INT ? (int64_t)config_setting_get_int(setting)
                                       : (int64_t)config_setting_get_int64(setting);
        if (*out != MST_INT_NONE)
            return true;
        mst_reader_fail(reader, mst_reader_place(reader, setting), path, NULL,
                        "'%s' is the one whole number that stands for \"not given\"", key);
        return false;
    }
    const double real = config_setting_get_float(setting);
    if (!(fabs(real) < 9007199254740992.0) || real != floor(real)) { /* 2^53 */
        mst_reader_fail(reader, mst_reader_place(reader, setting), path, NULL,
                        "'%s' = %g is not a whole number", key, real);
        return false;
    }
    *out = (int64_t)real;
    return true;
}

const char *mst_reader_text(mst_reader *reader, const char *key, const config_setting_t *setting,
                            const char *path)
{
    const char *text = config_setting_get_string(setting);
    if (!text) {
        mst_reader_fail(reader, mst_reader_place(reader, setting), path, NULL,
                        "'%s' must be a text in quotes, not %s", key, found_words(setting));
        return NULL;
    }
    /* \xHH can put anything into a text, behind the gatherer's back. */
    if (mst_text_bad_byte(text, strlen(text)) >= 0) {
        mst_reader_fail(reader, mst_reader_place(reader, setting), path, NULL,
                        "'%s' holds control characters or is not UTF-8", key);
        return NULL;
    }
    const char *copy = mst_arena_text(reader->arena, text);
    if (!copy)
        reader->good = false;
    return copy;
}

static bool choice_of(mst_reader *reader, const muster_field *row, const char *key,
                      const config_setting_t *setting, const char *path, int64_t *out)
{
    const char *text = mst_reader_text(reader, key, setting, path);
    int32_t count = 0;
    if (!text)
        return false;
    for (; row->choices[count]; count++)
        if (strcmp(row->choices[count], text) == 0) {
            *out = count;
            return true;
        }
    mst_reader_fail(reader, mst_reader_place(reader, setting), path,
                    mst_hint(reader->arena, "allowed", text, row->choices, count),
                    "'%s' cannot be \"%s\"", key, text);
    return false;
}

/* A date that is written as one ought to be may be of a year that is not told (muster/time.h). */
static const char *time_hint(muster_field_kind kind, const char *text)
{
    const bool has_year = strspn(text, "0123456789") == 4 && text[4] == '-';
    if (kind == MUSTER_FIELD_MOMENT && has_year &&
        (strncmp(text, "1800", 4) < 0 || strncmp(text, "2200", 4) > 0))
        return "years are 1800 to 2200";
    return form_hint(kind);
}

static bool time_of(mst_reader *reader, const muster_field *row, const char *key,
                    const config_setting_t *setting, const char *path, mst_value *out)
{
    const char *text = mst_reader_text(reader, key, setting, path);
    if (!text)
        return false;
    const bool is_moment = row->kind == MUSTER_FIELD_MOMENT;
    if (is_moment ? muster_time_read(text, reader->zone_min, &out->moment)
                  : muster_duration_read(text, &out->whole))
        return true;
    mst_reader_fail(reader, mst_reader_place(reader, setting), path, time_hint(row->kind, text),
                    "'%s' = \"%s\" is no %s", key, text, is_moment ? "date" : "duration");
    return false;
}

/* ["a", "b"] as texts or references. An empty list is given too: its storage is not null. */
static bool texts_of(mst_reader *reader, const muster_field *row, const char *key,
                     const config_setting_t *setting, const char *path, mst_list *out)
{
    const bool refs = row->kind == MUSTER_FIELD_REFERENCES;
    const int count = config_setting_length(setting);
    const size_t bytes = refs ? sizeof(mst_ref) : sizeof(const char *);
    void *items = mst_arena_array(reader->arena, (size_t)count + 1, bytes);
    if (!items)
        return reader->good = false;
    for (int i = 0; i < count; i++) {
        const config_setting_t *entry = config_setting_get_elem(setting, (unsigned)i);
        if (config_setting_type(entry) != CONFIG_TYPE_STRING)
            return mst_reader_wrong_kind(reader, row, key, setting, path);
        const char *text = mst_reader_text(reader, key, entry, path);
        if (!text)
            return false;
        if (refs)
            ((mst_ref *)items)[i] = (mst_ref){text, -1, mst_reader_place(reader, entry)};
        else
            ((const char **)items)[i] = text;
    }
    *out = (mst_list){.item = items, .count = count, .capacity = count};
    return true;
}

static bool points_of(mst_reader *reader, const muster_field *row, const char *key,
                      const config_setting_t *setting, const char *path, mst_list *out)
{
    const int count = config_setting_length(setting);
    muster_point *points = mst_arena_array(reader->arena, (size_t)count + 1, sizeof *points);
    if (!points)
        return reader->good = false;
    for (int i = 0; i < count; i++) {
        const config_setting_t *entry = config_setting_get_elem(setting, (unsigned)i);
        if (!is_sequence(entry) || config_setting_length(entry) != 2 ||
            !mst_reader_number(config_setting_get_elem(entry, 0), &points[i].lat_deg) ||
            !mst_reader_number(config_setting_get_elem(entry, 1), &points[i].lon_deg))
            return mst_reader_wrong_kind(reader, row, key, entry, path);
    }
    *out = (mst_list){.item = points, .count = count, .capacity = count};
    return true;
}

bool mst_reader_value(mst_reader *reader, const muster_field *row, const char *key, double si,
                      const config_setting_t *setting, const char *path, mst_value *out)
{
    const int type = config_setting_type(setting);
    const bool is_number = config_setting_is_number(setting) != 0;
    const bool is_text = type == CONFIG_TYPE_STRING;
    double number = 0.0;
    *out = (mst_value){0};
    switch (row->kind) {
    case MUSTER_FIELD_REAL:
    case MUSTER_FIELD_NUMBERS:
        if (!mst_reader_number(setting, &number))
            break;
        out->real = number * si;
        return true;
    case MUSTER_FIELD_INT:
        if (!is_number)
            break;
        return whole_of(reader, key, setting, path, &out->whole);
    case MUSTER_FIELD_BOOL:
        if (type != CONFIG_TYPE_BOOL)
            break;
        out->whole = config_setting_get_bool(setting) != 0;
        return true;
    case MUSTER_FIELD_TEXT:
    case MUSTER_FIELD_REFERENCE:
        if (!is_text)
            break;
        out->text = mst_reader_text(reader, key, setting, path);
        return out->text != NULL;
    case MUSTER_FIELD_CHOICE:
        if (!is_text)
            break;
        return choice_of(reader, row, key, setting, path, &out->whole);
    case MUSTER_FIELD_MOMENT:
    case MUSTER_FIELD_DURATION:
        if (!is_text)
            break;
        return time_of(reader, row, key, setting, path, out);
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_REFERENCES:
        if (!is_sequence(setting))
            break;
        return texts_of(reader, row, key, setting, path, &out->list);
    case MUSTER_FIELD_VALUES:
        if (!is_sequence(setting))
            break;
        return mst_reader_values(reader, row, key, setting, path, &out->list);
    case MUSTER_FIELD_POINTS:
        if (!is_sequence(setting))
            break;
        return points_of(reader, row, key, setting, path, &out->list);
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
    case MUSTER_FIELD_PLUGIN:
    case MUSTER_FIELD_END:
        break;
    }
    return mst_reader_wrong_kind(reader, row, key, setting, path);
}

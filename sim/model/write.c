/* Values as text in the unit of their row, for reports. */
#include "base/text.h"
#include "model/fields.h"

#include <math.h>
#include <string.h>

static const char not_given[] = "not given";

/* The shortest number that is the same SI value: 17.1 kn comes back as 17.1, not 17.099999...8. */
static const char *real_text(double si_value, double si, char out[32])
{
    const double around[] = {si_value / si, nextafter(si_value / si, (double)INFINITY),
                             nextafter(si_value / si, -(double)INFINITY)};
    mst_text_shortest(around[0], out);
    for (int i = 1; i < 3; i++) {
        char other[32];
        mst_text_shortest(around[i], other);
        if (around[i] * si == si_value && strlen(other) < strlen(out))
            memcpy(out, other, sizeof other);
    }
    return out;
}

static const char *real_write(mst_arena *arena, const muster_field *row, double value)
{
    char number[32];
    if (isnan(value))
        return not_given;
    real_text(value, mst_field_si(row), number);
    return row->unit ? mst_arena_printf(arena, "%s %s", number, row->unit)
                     : mst_arena_text(arena, number);
}

/* A moment, or "from .. until". */
static const char *moment_write(mst_arena *arena, const muster_interval *when)
{
    char from[MUSTER_TIME_TEXT], until[MUSTER_TIME_TEXT];
    if (when->from == MUSTER_NEVER)
        return not_given;
    muster_time_write(when->from, when->zone_min, from);
    if (when->from == when->until)
        return mst_arena_printf(arena, "\"%s\"", from);
    muster_time_write(when->until, when->zone_min, until);
    return mst_arena_printf(arena, "\"%s .. %s\"", from, until);
}

/* ---- lists: put together in one go, for some have 100,000 items -------------------------------- */

static void points_put(mst_text *out, const mst_list *list)
{
    for (int32_t i = 0; i < list->count; i++) {
        const muster_point *point = MST_AT(const muster_point, list, i);
        char lat[32], lon[32];
        mst_text_shortest(point->lat_deg, lat);
        mst_text_shortest(point->lon_deg, lon);
        mst_text_printf(out, "%s(%s, %s)", i ? ", " : "(", lat, lon);
    }
    mst_text_add(out, list->count ? ")" : "()");
}

static void names_put(mst_text *out, const muster_field *row, const mst_list *list)
{
    for (int32_t i = 0; i < list->count; i++) {
        const char *name = row->kind == MUSTER_FIELD_TEXTS ? *MST_AT(const char *const, list, i)
                                                           : MST_AT(const mst_ref, list, i)->id;
        mst_text_printf(out, "%s\"%s\"", i ? ", " : "[", name ? name : "");
    }
    mst_text_add(out, list->count ? "]" : "[]");
}

static void values_put(mst_text *out, const mst_list *list)
{
    for (int32_t i = 0; i < list->count; i++)
        mst_text_printf(out, "%s%s", i ? ", " : "(", *MST_AT(const char *const, list, i));
    mst_text_add(out, list->count ? ")" : "()");
}

static void numbers_put(mst_text *out, const mst_list *list)
{
    mst_text_add(out, "{ ");
    for (int32_t i = 0; i < list->count; i++) {
        const mst_number *number = MST_AT(const mst_number, list, i);
        char text[32];
        mst_text_shortest(number->value, text);
        mst_text_printf(out, "%s = %s; ", number->name, text);
    }
    mst_text_add(out, "}");
}

static const char *list_write(mst_arena *arena, const muster_field *row, const mst_list *list)
{
    mst_text out;
    if (!list->item)
        return not_given;
    mst_text_init(&out, arena->memory);
    if (row->kind == MUSTER_FIELD_POINTS)
        points_put(&out, list);
    else if (row->kind == MUSTER_FIELD_NUMBERS)
        numbers_put(&out, list);
    else if (row->kind == MUSTER_FIELD_VALUES)
        values_put(&out, list);
    else
        names_put(&out, row, list);
    char *text = mst_text_take(&out);
    const char *kept = mst_arena_text(arena, text);
    arena->failed = arena->failed || !text;
    mst_memory_free(arena->memory, text);
    return kept;
}

static const char *quoted(mst_arena *arena, const char *text)
{
    return text ? mst_arena_printf(arena, "\"%s\"", text) : not_given;
}

static const char *choice_write(mst_arena *arena, const muster_field *row, int32_t index)
{
    for (int32_t i = 0; row->choices && row->choices[i]; i++)
        if (i == index)
            return quoted(arena, row->choices[i]);
    return not_given;
}

static const char *duration_write(mst_arena *arena, muster_time duration)
{
    char text[MUSTER_TIME_TEXT];
    return duration == MUSTER_NEVER ? not_given
                                    : quoted(arena, muster_duration_write(duration, text));
}

const char *mst_field_write(mst_arena *arena, const muster_field *row, const void *value)
{
    const char *out = NULL;
    switch (row->kind) {
    case MUSTER_FIELD_REAL:
        out = real_write(arena, row, *(const double *)value);
        break;
    case MUSTER_FIELD_INT:
        out = *(const int64_t *)value == MST_INT_NONE
                  ? not_given
                  : mst_arena_printf(arena, "%lld", (long long)*(const int64_t *)value);
        break;
    case MUSTER_FIELD_BOOL:
        out = *(const int32_t *)value < 0 ? not_given : *(const int32_t *)value ? "true" : "false";
        break;
    case MUSTER_FIELD_TEXT:
        out = quoted(arena, *(const char *const *)value);
        break;
    case MUSTER_FIELD_CHOICE:
        out = choice_write(arena, row, *(const int32_t *)value);
        break;
    case MUSTER_FIELD_REFERENCE:
        out = quoted(arena, ((const mst_ref *)value)->id);
        break;
    case MUSTER_FIELD_MOMENT:
        out = moment_write(arena, value);
        break;
    case MUSTER_FIELD_DURATION:
        out = duration_write(arena, *(const muster_time *)value);
        break;
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_VALUES:
    case MUSTER_FIELD_REFERENCES:
    case MUSTER_FIELD_POINTS:
    case MUSTER_FIELD_NUMBERS:
        out = list_write(arena, row, value);
        break;
    case MUSTER_FIELD_PLUGIN:
        out = quoted(arena, ((const mst_plugin *)value)->name);
        break;
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
    case MUSTER_FIELD_END:
        out = "{...}";
        break;
    }
    return out ? out : "";
}

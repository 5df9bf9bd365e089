/* One line of the change language, PATH = VALUE, into a typed change. */
#include "load/reader.h"
#include "load/scan.h"
#include "load/scenario.h"

#include <math.h>
#include <string.h>

static const char blanks[] = " \t\r\n";

enum { MOST_BYTES = 4 * 1024 * 1024 }; /* of a line: as of a file */

/* A part of a text without the blanks round it, in the arena. */
static const char *trimmed(mst_arena *arena, const char *from, const char *end)
{
    while (from < end && strchr(blanks, *from))
        from++;
    while (end > from && strchr(blanks, end[-1]))
        end--;
    return mst_arena_printf(arena, "%.*s", (int)(end - from), from);
}

/* What the gatherer would refuse in a file; null: nothing. */
static const char *refused(const char *value)
{
    mst_scan scan = {0};
    mst_scan_step step = {.line = 1};
    const size_t length = strlen(value);
    if (mst_text_bad_byte(value, length) >= 0)
        return "it holds control characters or is not UTF-8";
    switch (mst_scan_next(&scan, value, length, &step)) {
    case MST_SCAN_MISTAKE:
        return step.message;
    case MST_SCAN_INCLUDE:
        return "a change cannot include files";
    case MST_SCAN_END:
        break;
    }
    return NULL;
}

/* How a value of this row is written. */
static const char *example_of(const muster_field *row)
{
    switch (row->kind) {
    case MUSTER_FIELD_TEXT:
    case MUSTER_FIELD_CHOICE:
    case MUSTER_FIELD_REFERENCE:
        return "texts stand in quotes: \"...\"";
    case MUSTER_FIELD_MOMENT:
        return "dates stand in quotes: \"2023-07-20T00:00Z\"";
    case MUSTER_FIELD_DURATION:
        return "durations stand in quotes: \"72 h\"";
    case MUSTER_FIELD_TEXTS:
    case MUSTER_FIELD_REFERENCES:
        return "lists of texts look like [\"a\", \"b\"]";
    case MUSTER_FIELD_VALUES:
        return "lists of values look like (0.5, \"a\", true)";
    case MUSTER_FIELD_POINTS:
        return "points look like ( (39.5, 134.0), (40.0, 134.0) )";
    case MUSTER_FIELD_BOOL:
        return "true or false is expected";
    case MUSTER_FIELD_REAL:
    case MUSTER_FIELD_INT:
    case MUSTER_FIELD_NUMBERS:
        return "a number is expected, with a point: 0.5";
    case MUSTER_FIELD_GROUP:
    case MUSTER_FIELD_INLINE:
    case MUSTER_FIELD_LIST:
    case MUSTER_FIELD_TABLE:
    case MUSTER_FIELD_PLUGIN:
    case MUSTER_FIELD_END:
        break;
    }
    return NULL;
}

static bool unreadable(mst_reader *reader, const mst_change *change, const char *hint,
                       const char *why)
{
    mst_reader_fail(reader, change->place, change->path, hint, "cannot read '%s': %s", change->line,
                    why);
    return false;
}

/* Dates without a zone were read by it, all over the file: changed now, it would say of them what
 * is not so. */
static bool is_zone_of_dates(mst_reader *reader, const mst_spec *spec, const mst_spot *spot,
                             const mst_change *change)
{
    if (spot->value != &spec->scenario.zone_h)
        return false;
    mst_reader_fail(reader, change->place, change->path, "change it in the file",
                    "'%s' cannot be changed: dates of the file that name no zone were read by it",
                    change->path);
    return true;
}

/* Reals need no parser, which takes thirty times as long: points of a sweep are made of them. Written
 * as libconfig takes them, with a point or an exponent. */
static bool is_plain_real(const char *text, double *out)
{
    return text[strspn(text, "+-.0123456789eE")] == '\0' && strpbrk(text, ".eE") &&
           mst_text_real(text, out);
}

static bool take_real(mst_reader *reader, const mst_spot *spot, mst_change *change, double value)
{
    config_t config;
    config_init(&config);
    config_setting_t *setting =
        config_setting_add(config_root_setting(&config), "value", CONFIG_TYPE_FLOAT);
    const bool is_good = setting && config_setting_set_float(setting, value) &&
                         mst_reader_value(reader, spot->row, change->path, spot->si, setting,
                                          change->path, &change->value);
    config_destroy(&config);
    return is_good;
}

/* The one value that the text after '=' holds. */
static bool parse_value(mst_reader *reader, const mst_spot *spot, mst_change *change)
{
    double real = 0.0;
    if (is_plain_real(change->written, &real))
        return take_real(reader, spot, change, real);
    const char *why = refused(change->written);
    if (why)
        return unreadable(reader, change, NULL, why);
    const char *bytes = mst_arena_printf(reader->arena, "value = %s\n", change->written);
    if (!bytes)
        return false;
    config_t config;
    bool good = false;
    config_init(&config);
    if (change->written[0] == '\0')
        unreadable(reader, change, example_of(spot->row), "no value stands behind '='");
    else if (!config_read_string(&config, bytes))
        unreadable(reader, change, example_of(spot->row), config_error_text(&config));
    else if (config_setting_length(config_root_setting(&config)) != 1)
        unreadable(reader, change, NULL, "one change has one value");
    else
        good = mst_reader_value(reader, spot->row, change->path, spot->si,
                                config_setting_get_elem(config_root_setting(&config), 0),
                                change->path, &change->value);
    config_destroy(&config);
    return good;
}

bool mst_change_read(mst_spec *spec, mst_arena *arena, const mst_kinds *kinds, const char *line,
                     const char *origin, mst_place place, muster_diags *diags, mst_change *out)
{
    mst_list spoiled = {0};
    const double zone_h = spec->scenario.zone_h;
    mst_reader reader = {.place = place,
                         .arena = arena,
                         .kinds = kinds,
                         .facts = &spoiled,
                         .diags = diags,
                         .zone_min = isnan(zone_h) ? 0 : (int32_t)lround(zone_h * 60.0),
                         .good = true};
    if (strlen(line) > MOST_BYTES) {
        mst_reader_fail(&reader, place, NULL, NULL, "a change is longer than 4 MB");
        return false;
    }
    mst_change change = {.line = trimmed(arena, line, line + strlen(line)),
                         .origin = mst_arena_text(arena, origin),
                         .place = place};
    const char *equals = strchr(line, '=');
    if (equals) {
        change.path = trimmed(arena, line, equals);
        change.written = trimmed(arena, equals + 1, equals + strlen(equals));
    }
    if (!change.line || (equals && (!change.path || !change.written)))
        return false;
    if (!equals)
        return unreadable(&reader, &change, "PATH = VALUE, as units.alpha.fuel_frac = 0.5",
                          "it has no '='");
    mst_spot spot;
    if (!mst_spec_locate(spec, arena, change.path, place, diags, &spot) ||
        is_zone_of_dates(&reader, spec, &spot, &change) || !parse_value(&reader, &spot, &change))
        return false;
    *out = change;
    return true;
}

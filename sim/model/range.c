/* Whether a value may stand at a row: finite, in range, on the globe, fit for a line. */
#include "base/text.h"
#include "base/utf8.h"
#include "model/fields.h"

#include <math.h>
#include <string.h>

/* Range of a row as words: "[0.1, 80] kn", "(0, 1]". */
static const char *range_words(const muster_field *row, char out[80])
{
    char least[32], most[32];
    mst_text_shortest(row->min, least);
    mst_text_shortest(row->max, most);
    const char *parts[] = {row->flags & MUSTER_FIELD_ABOVE ? "(" : "[",
                           least,
                           ", ",
                           most,
                           "]",
                           row->unit ? " " : "",
                           row->unit ? row->unit : ""};
    out[0] = '\0';
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        strncat(out, parts[i], 79 - strlen(out));
    return out;
}

/* value and range in the row's unit; rounding on the way to SI and back must not exclude an end. */
static bool in_range(const muster_field *row, double value)
{
    if (row->min == 0.0 && row->max == 0.0)
        return !(row->flags & MUSTER_FIELD_ABOVE) || value > 0.0;
    const double slack = 1e-12 * fmax(fabs(row->min), fabs(row->max));
    if (row->flags & MUSTER_FIELD_ABOVE ? !(value > row->min) : !(value >= row->min - slack))
        return false;
    return value <= row->max + slack;
}

static bool out_of_range(const muster_field *row, const char *key, double value, mst_place place,
                         const char *path, muster_diags *diags)
{
    char range[80], number[32];
    double rounded = 0.0;
    /* Twelve digits: what the author wrote, without the traces of the way to SI and back. */
    mst_text_shortest(value, number);
    if (strlen(number) > 14) {
        const double scale = pow(10.0, 11.0 - floor(log10(fabs(value))));
        rounded = round(value * scale) / scale;
        if (isfinite(rounded))
            mst_text_shortest(rounded, number);
    }
    /* a change has no line to find the key by; the key itself names the unit of the figures */
    const char *dot = place.line == 0 && path ? strrchr(path, '.') : NULL;
    mst_diag(diags, MUSTER_ERROR, place, path, NULL, "'%.*s%s' = %s%s%s is outside %s",
             dot ? (int)(dot - path) + 1 : 0, dot ? path : "", key, number, row->unit ? " " : "",
             row->unit ? row->unit : "", range_words(row, range));
    return false;
}

static bool check_points(const muster_field *row, const mst_list *points, mst_place place,
                         const char *path, muster_diags *diags)
{
    for (int32_t i = 0; i < points->count; i++) {
        const muster_point *point = MST_AT(const muster_point, points, i);
        if (!(fabs(point->lat_deg) <= 90.0) ||
            !(point->lon_deg >= -180.0 && point->lon_deg <= 360.0)) {
            mst_diag(diags, MUSTER_ERROR, place, path,
                     "each is (latitude, longitude) in degrees, -90..90 and -180..360",
                     "'%s': point %d lies nowhere on the globe", row->key, (int)i + 1);
            return false;
        }
    }
    return true;
}

/* Why a text cannot stand in a line of a table; null: it can. */
static const char *unfit(const char *text)
{
    if (strpbrk(text, "\t\r\n"))
        return "holds a tab or a line break";
    while (*text) {
        uint32_t code = 0;
        const size_t step = mst_utf8_read(text, 4, &code); /* valid: the reader saw to it */
        if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
            return "holds a mark that turns the direction of writing (U+202A to U+202E, U+2066 to "
                   "U+2069)";
        text += step > 0 ? step : 1;
    }
    return NULL;
}

static bool check_lines(const muster_field *row, const mst_value *value, mst_place place,
                        const char *path, muster_diags *diags)
{
    const char *const *text = &value->text;
    int32_t count = 1;
    if (row->kind == MUSTER_FIELD_TEXTS) {
        text = value->list.item;
        count = value->list.count;
    }
    for (int32_t i = 0; !(row->flags & MUSTER_FIELD_PROSE) && i < count; i++) {
        const char *why = unfit(text[i]);
        if (!why)
            continue;
        mst_diag(diags, MUSTER_ERROR, place, path, "it stands in one line of a table", "'%s' %s",
                 row->key, why);
        return false;
    }
    return true;
}

bool mst_field_check(const muster_field *row, const mst_value *value, mst_place place,
                     const char *path, muster_diags *diags)
{
    double number = 0.0;
    if (row->kind == MUSTER_FIELD_REAL || row->kind == MUSTER_FIELD_NUMBERS)
        number = value->real / mst_field_si(row);
    else if (row->kind == MUSTER_FIELD_INT)
        number = (double)value->whole;
    else if (row->kind == MUSTER_FIELD_DURATION)
        number = muster_hours(value->whole);
    else if (row->kind == MUSTER_FIELD_POINTS)
        return check_points(row, &value->list, place, path, diags);
    else if (row->kind == MUSTER_FIELD_TEXT || row->kind == MUSTER_FIELD_TEXTS)
        return check_lines(row, value, place, path, diags);
    else
        return true;
    const char *dot = path ? strrchr(path, '.') : NULL;
    const char *key = row->kind == MUSTER_FIELD_NUMBERS && dot ? dot + 1 : row->key;
    if (!isfinite(number)) {
        mst_diag(diags, MUSTER_ERROR, place, path, NULL, "'%s' is not a finite number", key);
        return false;
    }
    if (in_range(row, number))
        return true;
    if (row->kind != MUSTER_FIELD_DURATION)
        return out_of_range(row, key, number, place, path, diags);
    muster_field in_hours = *row;
    in_hours.unit = "h";
    return out_of_range(&in_hours, key, number, place, path, diags);
}

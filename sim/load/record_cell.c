/* Single fields of tables of drills, states and dyads. */
#include "load/record.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MOST                                                                                \
    1e100 /* so that sums and products of a few stay finite; assumed enough for any table */

/* What tables write where they have no number. */
static bool is_missing(const char *text)
{
    return !*text || strcmp(text, "NA") == 0 || strcmp(text, ".") == 0;
}

bool mst_cell_number(mst_table *table, int32_t row, int32_t column, double *out)
{
    const char *text = mst_table_at(table, row, column);
    *out = (double)NAN;
    if (is_missing(text))
        return true;
    if (mst_text_real(text, out) && fabs(*out) > NUMBER_MOST) {
        mst_table_mistake(table, row, mst_table_head(table, column), NULL,
                          "%s: %.40s is larger than %g", mst_table_head(table, column), text,
                          NUMBER_MOST);
        return false;
    }
    if (!isnan(*out))
        return true;
    mst_table_mistake(table, row, mst_table_head(table, column),
                      "leave it empty where it is missing", "%s: '%.40s' is not a number",
                      mst_table_head(table, column), text);
    return false;
}

bool mst_cell_year(mst_table *table, int32_t row, int32_t column, int32_t *out)
{
    double year = 0.0;
    const char *text = mst_table_at(table, row, column);
    if (mst_text_real(text, &year) && year == floor(year) && year >= MST_RECORD_YEAR_MIN &&
        year <= MST_RECORD_YEAR_MAX) {
        *out = (int32_t)year;
        return true;
    }
    mst_table_mistake(table, row, mst_table_head(table, column), NULL,
                      "%s: '%.40s' is not a year from %d to %d", mst_table_head(table, column),
                      text, MST_RECORD_YEAR_MIN, MST_RECORD_YEAR_MAX);
    return false;
}

bool mst_is_state_id(const char *text)
{
    size_t length = 0;
    for (; text[length]; length++) {
        const char c = text[length];
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '-' && c != '_')
            return false;
    }
    return length > 0 && length <= MST_STATE_ID_BYTES_MAX;
}

bool mst_cell_state(mst_table *table, int32_t row, int32_t column, const char **out)
{
    *out = mst_table_at(table, row, column);
    if (mst_is_state_id(*out))
        return true;
    mst_table_mistake(table, row, mst_table_head(table, column), NULL,
                      "%s: '%.40s' is no id of a state: 1 to 63 letters, digits, '-' and '_'",
                      mst_table_head(table, column), *out);
    return false;
}

bool mst_cell_name(mst_table *t, int32_t row, int32_t column, bool may_be_empty, const char **out)
{
    *out = mst_table_at(t, row, column);
    if ((**out || may_be_empty) && strlen(*out) <= MST_RECORD_NAME_BYTES_MAX &&
        !strpbrk(*out, "\t\r\n"))
        return true;
    mst_table_mistake(t, row, mst_table_head(t, column), NULL, "%s: %s", mst_table_head(t, column),
                      **out ? "longer than 120 bytes, or more than a line" : "it is empty");
    return false;
}

static bool is_within(mst_table *table, int32_t row, int32_t column, double value, double least,
                      double most)
{
    if (isnan(value) || (value >= least && value <= most))
        return true;
    mst_table_mistake(table, row, mst_table_head(table, column), NULL,
                      "%s: %.40s is not within %g..%g", mst_table_head(table, column),
                      mst_table_at(table, row, column), least, most);
    return false;
}

bool mst_cell_place(mst_table *table, int32_t row, int32_t lat, int32_t lon, double *out_lat_deg,
                    double *out_lon_deg)
{
    const bool has_lat = mst_cell_number(table, row, lat, out_lat_deg);
    const bool has_lon = mst_cell_number(table, row, lon, out_lon_deg);
    if (!has_lat || !has_lon)
        return false;
    if (isnan(*out_lat_deg) != isnan(*out_lon_deg)) {
        mst_table_mistake(table, row, MST_BASE_LAT, NULL,
                          "a place needs both " MST_BASE_LAT " and " MST_BASE_LON ", or neither");
        return false;
    }
    const bool lat_is_within = is_within(table, row, lat, *out_lat_deg, -90.0, 90.0);
    const bool lon_is_within = is_within(table, row, lon, *out_lon_deg, -180.0, 360.0);
    return lat_is_within && lon_is_within;
}

int32_t mst_column_of(const mst_table *table, const char *const *names)
{
    int32_t found = -1;
    for (; *names && found < 0; names++)
        found = mst_table_column(table, *names);
    return found;
}

void mst_add_word(mst_arena *arena, const char **words, const char *word)
{
    const char *const before = *words ? *words : "";
    *words = mst_arena_printf(arena, "%s%s%s", before, *before ? " " : "", word);
}

bool mst_next_word(const char **at, char out[MST_WORD_BYTES])
{
    *at += strspn(*at, " \t\r\n");
    const size_t length = strcspn(*at, " \t\r\n");
    const size_t kept = length < MST_WORD_BYTES - 1 ? length : MST_WORD_BYTES - 1;
    memcpy(out, *at, kept);
    out[kept] = '\0';
    *at += length;
    return length > 0;
}

/* ---- rows of one key -------------------------------------------------------------------------------- */

static int compare_ids(const mst_row_key *a, const mst_row_key *b)
{
    const int by_first = strcmp(a->first, b->first);
    if (by_first != 0)
        return by_first;
    const int by_second = a->second && b->second ? strcmp(a->second, b->second) : 0;
    return by_second != 0 ? by_second : (a->year > b->year) - (a->year < b->year);
}

static int compare(const void *left, const void *right)
{
    const mst_row_key *a = left, *b = right;
    const int by_ids = compare_ids(a, b);
    return by_ids != 0 ? by_ids : (a->row > b->row) - (a->row < b->row);
}

void mst_record_check_keys(mst_table *table, mst_list *keys)
{
    if (keys->count > 0)
        qsort(keys->item, (size_t)keys->count, sizeof(mst_row_key), compare);
    for (int32_t i = 1; i < keys->count; i++) {
        const mst_row_key *a = MST_AT(const mst_row_key, keys, i - 1),
                          *b = MST_AT(const mst_row_key, keys, i);
        if (compare_ids(a, b) != 0)
            continue;
        mst_table_mistake(table, b->row, NULL, NULL,
                          "a second row for %s%s%s in %d: the first is on line %d", b->first,
                          b->second ? " and " : "", b->second ? b->second : "", (int)b->year,
                          (int)mst_table_line(table, a->row));
    }
}

/* Values of states and pairs by year, and the one that holds for a drill. */
#include "load/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YEARS = MST_RECORD_YEAR_MAX - MST_RECORD_YEAR_MIN + 1 };

int32_t mst_book_name(mst_book *book, mst_table *table, mst_arena *arena, const char *name)
{
    for (int32_t i = 0; i < book->name_count; i++)
        if (strcmp(book->name[i], name) == 0)
            return i;
    if (strlen(name) > MST_RECORD_NAME_BYTES_MAX || strpbrk(name, "\t\r\n")) {
        mst_table_mistake(table, -1, NULL, NULL,
                          "a column's name is longer than %d bytes, or more than a line",
                          MST_RECORD_NAME_BYTES_MAX);
        return -1;
    }
    if (book->name_count == MST_RECORD_NAMES_MAX) {
        mst_table_mistake(table, -1, name, NULL, "%s: more than %d different figures of one kind",
                          name, MST_RECORD_NAMES_MAX);
        return -1;
    }
    book->name[book->name_count] = mst_arena_text(arena, name);
    return book->name[book->name_count] ? book->name_count++ : -1;
}

bool mst_book_cover(mst_book *book, mst_arena *arena, int32_t name, int32_t first, int32_t last)
{
    uint8_t **years = &book->is_covered[name];
    if (!*years)
        *years = mst_arena_alloc(arena, YEARS);
    for (int32_t year = first; *years && year <= last; year++)
        (*years)[year - MST_RECORD_YEAR_MIN] = 1;
    return *years != NULL;
}

bool mst_book_name_state(mst_book *book, const mst_tables *record, int32_t name, int32_t state)
{
    uint8_t **states = &book->is_named[name];
    if (state < 0)
        return true;
    if (!*states)
        *states = mst_arena_alloc(record->arena, (size_t)record->state_count);
    if (*states)
        (*states)[state] = 1;
    return *states != NULL;
}

bool mst_book_add(mst_book *book, mst_arena *arena, mst_entry entry)
{
    mst_entry *place = mst_list_add(arena, &book->entry, sizeof *place);
    if (place)
        *place = entry;
    return place != NULL;
}

/* ---- closing ---------------------------------------------------------------------------------------- */

/* What an entry is about, without its years. */
static int compare_subjects(const mst_entry *a, const mst_entry *b)
{
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    return a->name != b->name ? (a->name < b->name ? -1 : 1) : 0;
}

static int compare(const void *left, const void *right)
{
    const mst_entry *a = left, *b = right;
    const int by_subject = compare_subjects(a, b);
    if (by_subject != 0)
        return by_subject;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

static void tell_twice(const mst_book *book, const mst_tables *record, const mst_entry *a,
                       const mst_entry *b, muster_diags *diags)
{
    const mst_table_source *first = MST_AT(const mst_table_source, &record->source, a->source),
                           *second = MST_AT(const mst_table_source, &record->source, b->source);
    if (a->source == b->source && first->has_row_keys)
        return; /* two rows of one key, or a column of each direction: told by rows */
    mst_diag(diags, MUSTER_ERROR, (mst_place){second->name, b->line}, book->name[b->name], NULL,
             "%s of %s%s%s in %d is given twice: first in %s, line %d", book->name[b->name],
             record->state[b->from], b->to >= 0 ? " and " : "",
             b->to >= 0 ? record->state[b->to] : "", (int)b->first, first->name, (int)a->line);
}

bool mst_book_close(mst_book *book, const mst_tables *record, muster_diags *diags)
{
    int32_t *start = mst_arena_array(record->arena, (size_t)record->state_count + 1, sizeof *start);
    if (!start)
        return false;
    if (book->entry.count > 0)
        qsort(book->entry.item, (size_t)book->entry.count, sizeof(mst_entry), compare);
    int32_t twice = 0;
    for (int32_t i = 0; i < book->entry.count; i++) {
        const mst_entry *e = MST_AT(const mst_entry, &book->entry, i);
        start[e->from + 1] = i + 1;
        if (i > 0 && compare_subjects(e - 1, e) == 0 && e->first <= e[-1].last &&
            twice++ < MST_TABLE_MISTAKES_MAX)
            tell_twice(book, record, e - 1, e, diags);
    }
    for (int32_t s = 1; s <= record->state_count; s++) /* those without any begin where they end */
        start[s] = start[s] < start[s - 1] ? start[s - 1] : start[s];
    book->start = start;
    return true;
}

/* ---- looking up ------------------------------------------------------------------------------------- */

/* True if the tables would say so, had the two anything of that name with each other. */
static bool are_named(const mst_book *book, int32_t from, int32_t to, int32_t name)
{
    const uint8_t *states = book->is_named[name];
    return states && to >= 0 && states[from] && states[to];
}

/* The last entry on a subject that begins in the year or before; null: there is none. */
static const mst_entry *latest(const mst_book *book, int32_t from, int32_t to, int32_t name,
                               int32_t year)
{
    const mst_entry wanted = {.from = from, .to = to, .name = name};
    int32_t low = book->start[from], high = book->start[from + 1];
    while (low < high) { /* the first that lies behind */
        const int32_t middle = low + (high - low) / 2;
        const mst_entry *e = MST_AT(const mst_entry, &book->entry, middle);
        const int order = compare_subjects(e, &wanted);
        if (order < 0 || (order == 0 && e->first <= year))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == book->start[from])
        return NULL;
    const mst_entry *e = MST_AT(const mst_entry, &book->entry, low - 1);
    return compare_subjects(e, &wanted) == 0 ? e : NULL;
}

double mst_book_at(const mst_book *book, int32_t from, int32_t to, int32_t name, int32_t year,
                   int32_t carry, int32_t *out_year)
{
    const uint8_t *covered = are_named(book, from, to, name) ? book->is_covered[name] : NULL;
    const mst_entry *e = latest(book, from, to, name, year);
    const int32_t given = !e ? MST_RECORD_YEAR_MIN - 1 : e->last < year ? e->last : year;
    const int32_t oldest = year - carry < MST_RECORD_YEAR_MIN ? MST_RECORD_YEAR_MIN : year - carry;
    for (int32_t y = year; covered && y >= oldest && y > given; y--)
        if (covered[y - MST_RECORD_YEAR_MIN]) {
            *out_year = y;
            return 0.0;
        }
    *out_year = given >= oldest ? given : 0;
    return given >= oldest ? e->value : (double)NAN;
}

int32_t mst_year_of(muster_time at)
{
    char text[MUSTER_TIME_TEXT];
    int32_t year = 0;
    muster_time_write_iso(at, text);
    for (int i = 0; i < 4; i++)
        year = year * 10 + (text[i] - '0');
    return year;
}

/* ---- the figures of a setting ----------------------------------------------------------------------- */

/* What is being filled in. */
typedef struct filling {
    const mst_setting *setting;
    int32_t year, carry;
    mst_arena *arena;
} filling;

static bool make_room(const filling *f, const mst_book *book, size_t count, mst_figures *out,
                      mst_dates *dates, double **value, int32_t **year)
{
    *out = (mst_figures){.name = book->name, .count = book->name_count};
    out->value = *value = mst_arena_array(f->arena, count, sizeof **value);
    dates->year = *year = mst_arena_array(f->arena, count, sizeof **year);
    dates->is_read = mst_arena_array(f->arena, count, sizeof *dates->is_read);
    return !f->arena->failed;
}

static bool fill_attributes(const filling *f, const mst_book *book, mst_figures *out,
                            mst_dates *dates)
{
    double *value = NULL;
    int32_t *year = NULL;
    const size_t names = (size_t)book->name_count;
    if (!make_room(f, book, names * (size_t)f->setting->state_count, out, dates, &value, &year))
        return false;
    for (int32_t s = 0; s < f->setting->state_count; s++)
        for (int32_t k = 0; k < book->name_count; k++) {
            const size_t at = (size_t)s * names + (size_t)k;
            value[at] =
                mst_book_at(book, f->setting->number[s], -1, k, f->year, f->carry, &year[at]);
        }
    return true;
}

static bool fill_ties(const filling *f, const mst_book *book, bool is_directed, mst_figures *out,
                      mst_dates *dates)
{
    double *value = NULL;
    int32_t *year = NULL;
    const int32_t n = f->setting->state_count;
    const size_t pairs = (size_t)n * (size_t)n;
    if (!make_room(f, book, pairs * (size_t)book->name_count, out, dates, &value, &year))
        return false;
    for (int32_t k = 0; k < book->name_count; k++)
        for (int32_t i = 0; i < n; i++)
            for (int32_t j = 0; j < n; j++) {
                const size_t at = (size_t)k * pairs + (size_t)i * (size_t)n + (size_t)j;
                const int32_t a = f->setting->number[i], b = f->setting->number[j];
                const bool is_turned = !is_directed && a > b;
                value[at] = (double)NAN;
                if (i != j)
                    value[at] = mst_book_at(book, is_turned ? b : a, is_turned ? a : b, k, f->year,
                                            f->carry, &year[at]);
            }
    return true;
}

bool mst_record_fill(const void *from, int32_t item, mst_arena *arena, mst_setting *out)
{
    const mst_tables *record = from;
    const filling f = {out, mst_year_of(out->at), record->options.carry_years, arena};
    (void)item;
    return fill_attributes(&f, &record->attribute, &out->attribute, &out->attribute_dates) &&
           fill_ties(&f, &record->mutual, false, &out->mutual, &out->mutual_dates) &&
           fill_ties(&f, &record->directed, true, &out->directed, &out->directed_dates);
}

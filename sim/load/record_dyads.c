/* Tables of pairs of states: our own form, alliances and rivalries under their own names. */
#include "load/record.h"

#include <math.h>
#include <string.h>

static const char *const first_ids[] = {"iso3_1", "stateabb_1", "ccode_1", "ccode1", NULL};
static const char *const second_ids[] = {"iso3_2", "stateabb_2", "ccode_2", "ccode2", NULL};
#define CONSULTATION 0.5 /* worth of a pact to consult beside one of defence; assumed */

typedef enum direction { MUTUAL, FORWARD, BACKWARD } direction;

typedef struct tie_column {
    int32_t column, name;
    direction direction;
} tie_column;

typedef struct plan {
    mst_table *table;
    mst_tables *record;
    mst_table_source *source;
    int32_t number; /* of the source */
    int32_t first, second, year;
    tie_column tie[2 * MST_RECORD_NAMES_MAX];
    int32_t count;
    mst_list keys;
    /* published forms */
    int32_t name; /* of pact or rival */
    int32_t defense, consultation, begin, end;
} plan;

/* One row, as far as all forms have it. */
typedef struct pair {
    int32_t row, first, second; /* states of the record; -1: not in it */
    int32_t year, last_year;
} pair;

static void widen_years(mst_table_source *source, int32_t first, int32_t last)
{
    source->first_year =
        source->rows == 0 || first < source->first_year ? first : source->first_year;
    source->last_year = last > source->last_year ? last : source->last_year;
}

static bool add(plan *p, mst_book *book, const pair *at, direction way, int32_t name, double value)
{
    if (at->first < 0 || at->second < 0 || isnan(value))
        return true;
    const bool is_turned = way == BACKWARD || (way == MUTUAL && at->first > at->second);
    const mst_entry entry = {is_turned ? at->second : at->first,
                             is_turned ? at->first : at->second,
                             name,
                             at->year,
                             at->last_year,
                             p->number,
                             mst_table_line(p->table, at->row),
                             value};
    return mst_book_add(book, p->record->arena, entry);
}

/* ---- our own form ----------------------------------------------------------------------------------- */

/* "X_1_2" is X from the first to the second, "X_2_1" back. */
static direction direction_of(const char *head, size_t *out_length)
{
    const size_t length = strlen(head);
    *out_length = length;
    if (length <= 4)
        return MUTUAL;
    const char *end = head + length - 4;
    const direction way = strcmp(end, "_1_2") == 0   ? FORWARD
                          : strcmp(end, "_2_1") == 0 ? BACKWARD
                                                     : MUTUAL;
    *out_length = way == MUTUAL ? length : length - 4;
    return way;
}

static bool plan_own(plan *p)
{
    mst_arena *arena = p->record->arena;
    p->source->form = "dyads";
    for (int32_t i = 0; i < p->table->column_count; i++) {
        const char *head = mst_table_head(p->table, i);
        size_t length = 0;
        if (!*head || i == p->first || i == p->second || i == p->year)
            continue;
        const direction way = direction_of(head, &length);
        const char *name = mst_arena_printf(arena, "%.*s", (int)length, head);
        const int32_t k =
            name ? mst_book_name(way == MUTUAL ? &p->record->mutual : &p->record->directed,
                                 p->table, arena, name)
                 : -1;
        if (k < 0)
            return false;
        if (p->count == (int32_t)(sizeof p->tie / sizeof *p->tie)) {
            mst_table_mistake(p->table, -1, head, NULL, "more than %d columns of ties",
                              (int)p->count);
            return false;
        }
        p->tie[p->count++] = (tie_column){i, k, way};
        mst_add_word(arena, &p->source->gives, head);
    }
    return true;
}

static bool read_own(plan *p, const pair *at)
{
    for (int32_t i = 0; i < p->count; i++) {
        const tie_column *t = &p->tie[i];
        double value = (double)NAN;
        mst_book *book = t->direction == MUTUAL ? &p->record->mutual : &p->record->directed;
        if (mst_cell_number(p->table, at->row, t->column, &value) &&
            !add(p, book, at, t->direction, t->name, value))
            return false;
    }
    return true;
}

/* ---- alliances -------------------------------------------------------------------------------------- */

static bool has_obligation(plan *p, int32_t row, int32_t column, bool *out)
{
    const char *text = mst_table_at(p->table, row, column);
    *out = strcmp(text, "1") == 0;
    if (*out || strcmp(text, "0") == 0)
        return true;
    mst_table_mistake(p->table, row, mst_table_head(p->table, column), NULL,
                      "%s: '%.40s' is neither 1 nor 0", mst_table_head(p->table, column), text);
    return false;
}

static bool read_alliance(plan *p, const pair *at)
{
    bool defends = false, consults = false;
    const bool has_first = has_obligation(p, at->row, p->defense, &defends);
    const bool has_second = has_obligation(p, at->row, p->consultation, &consults);
    if (!has_first || !has_second)
        return true;
    const double pact = defends ? 1.0 : consults ? CONSULTATION : 0.0;
    return mst_book_cover(&p->record->mutual, p->record->arena, p->name, at->year, at->year) &&
           add(p, &p->record->mutual, at, MUTUAL, p->name, pact);
}

/* ---- rivalries -------------------------------------------------------------------------------------- */

/* The last year that the table names: what an empty end stands for. */
static int32_t last_year_named(const plan *p)
{
    int32_t last = 0, year = 0;
    mst_table silent = *p->table;
    silent.diags = NULL;
    for (int32_t row = 0; row < silent.row_count; row++)
        for (int32_t k = 0; k < 2; k++)
            if (mst_cell_year(&silent, row, k == 0 ? p->begin : p->end, &year) && year > last)
                last = year;
    return last;
}

/* False: told. */
static bool read_span(plan *p, pair *at, int32_t last_named)
{
    at->last_year = last_named;
    const bool has_end = *mst_table_at(p->table, at->row, p->end) != '\0';
    const bool begins = mst_cell_year(p->table, at->row, p->begin, &at->year);
    const bool ends = !has_end || mst_cell_year(p->table, at->row, p->end, &at->last_year);
    if (!begins || !ends)
        return false;
    if (at->last_year >= at->year)
        return true;
    mst_table_mistake(p->table, at->row, mst_table_head(p->table, p->end), NULL,
                      "it ends in %d, before it begins in %d", (int)at->last_year, (int)at->year);
    return false;
}

/* ---- all of them ------------------------------------------------------------------------------------ */

static bool plan_published(plan *p, const char *form, const char *name)
{
    p->source->form = form;
    p->source->gives = name;
    p->name = mst_book_name(&p->record->mutual, p->table, p->record->arena, name);
    for (int32_t i = 0; i < p->table->column_count; i++)
        if (i != p->first && i != p->second && i != p->year && i != p->defense &&
            i != p->consultation && i != p->begin && i != p->end && *mst_table_head(p->table, i))
            mst_add_word(p->record->arena, &p->source->not_used, mst_table_head(p->table, i));
    return p->name >= 0;
}

static bool make_plan(plan *p)
{
    mst_table *t = p->table;
    p->defense = p->consultation = p->begin = p->end = -1;
    p->first = mst_table_column(t, "state_1");
    p->second = mst_table_column(t, "state_2");
    p->year = mst_table_column(t, "year");
    if (p->first >= 0 && p->second >= 0 && p->year >= 0)
        return plan_own(p);
    p->first = mst_column_of(t, first_ids);
    p->second = mst_column_of(t, second_ids);
    const bool has_pair = p->first >= 0 && p->second >= 0;
    p->defense = mst_table_column(t, "defense");
    p->consultation = mst_table_column(t, "consultation");
    if (has_pair && p->year >= 0 && p->defense >= 0 && p->consultation >= 0)
        return plan_published(p, "alliances (ATOP)", "pact");
    p->year = p->defense = p->consultation = -1;
    p->begin = mst_table_column(t, "start");
    p->end = mst_table_column(t, "end");
    if (has_pair && p->begin >= 0 && p->end >= 0)
        return plan_published(p, "strategic rivalries", "rival");
    mst_table_mistake(t, -1, NULL, NULL,
                      "not understood as a table of dyads: it needs columns state_1, state_2 and "
                      "year; or iso3_1 and iso3_2 with year, defense and consultation, or with "
                      "start and end");
    return false;
}

/* Ids and years of a row. False: told. */
static bool read_pair(plan *p, int32_t row, int32_t last_named, pair *out, mst_row_key *key)
{
    const char *first = NULL, *second = NULL;
    *out = (pair){.row = row};
    const bool has_first = mst_cell_state(p->table, row, p->first, &first);
    const bool has_second = mst_cell_state(p->table, row, p->second, &second);
    const bool has_years = p->year >= 0 ? mst_cell_year(p->table, row, p->year, &out->year)
                                        : read_span(p, out, last_named);
    if (!has_first || !has_second || !has_years)
        return false;
    if (strcmp(first, second) == 0) {
        mst_table_mistake(p->table, row, NULL, NULL, "%s stands with itself", first);
        return false;
    }
    out->last_year = p->year >= 0 ? out->year : out->last_year;
    out->first = mst_record_state(p->record, first);
    out->second = mst_record_state(p->record, second);
    const bool is_turned = strcmp(first, second) > 0;
    *key = (mst_row_key){is_turned ? second : first, is_turned ? first : second, out->year, row};
    return true;
}

/* False: memory is short. */
static bool read_row(plan *p, int32_t row, int32_t last_named)
{
    pair at;
    mst_row_key key;
    if (!read_pair(p, row, last_named, &at, &key))
        return true;
    widen_years(p->source, at.year, at.last_year);
    p->source->rows++;
    if ((p->begin >= 0 || p->defense >= 0) &&
        (!mst_book_name_state(&p->record->mutual, p->record, p->name, at.first) ||
         !mst_book_name_state(&p->record->mutual, p->record, p->name, at.second)))
        return false;
    if (p->begin >= 0)
        return add(p, &p->record->mutual, &at, MUTUAL, p->name, 1.0);
    mst_row_key *place = mst_list_add(p->record->arena, &p->keys, sizeof *place);
    if (!place)
        return false;
    *place = key;
    return p->defense >= 0 ? read_alliance(p, &at) : read_own(p, &at);
}

bool mst_record_read_dyads(mst_table *table, int32_t number, mst_tables *out)
{
    plan p = {.table = table,
              .record = out,
              .source = MST_AT(mst_table_source, &out->source, number),
              .number = number};
    if (!make_plan(&p))
        return !out->arena->failed;
    const int32_t last_named = p.begin >= 0 ? last_year_named(&p) : 0;
    for (int32_t row = 0; row < table->row_count && !mst_table_is_given_up(table); row++)
        if (!read_row(&p, row, last_named))
            return false;
    if (p.begin >= 0)
        return p.source->rows == 0 || mst_book_cover(&out->mutual, out->arena, p.name,
                                                     p.source->first_year, p.source->last_year);
    mst_record_check_keys(table, &p.keys);
    p.source->has_row_keys = true;
    return !out->arena->failed;
}

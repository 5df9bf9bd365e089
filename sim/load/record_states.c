/* Tables of states by year: our own form, and two published ones under their own names. */
#include "load/record.h"

#include <math.h>
#include <string.h>

static const char *const published_ids[] = {"iso3", "stateabb", "ccode", NULL};
static const char *const cinc_columns[] = {"cinc", "milex", "milper", "irst",
                                           "pec",  "tpop",  "upop",   NULL};
#define CINC_MISSING (-9.0) /* National Material Capabilities, codebook */

/* A table on its way: which columns become which attributes. */
typedef struct plan {
    mst_table *table;
    mst_tables *record;
    mst_table_source *source;
    int32_t number; /* of the source */
    int32_t state, year, name, lat, lon;
    int32_t column[MST_RECORD_NAMES_MAX], attribute[MST_RECORD_NAMES_MAX];
    int32_t count;
    bool has_missing; /* CINC_MISSING is no value */
} plan;

/* Takes a column for an attribute. False: told, or memory is short. */
static bool take_column(plan *p, int32_t column, const char *attribute)
{
    mst_arena *arena = p->record->arena;
    const int32_t k = mst_book_name(&p->record->attribute, p->table, arena, attribute);
    if (k < 0)
        return false;
    p->column[p->count] = column;
    p->attribute[p->count++] = k;
    mst_add_word(arena, &p->source->gives, attribute);
    return true;
}

static bool is_used(const plan *p, int32_t column)
{
    if (column == p->state || column == p->year || column == p->name)
        return true;
    for (int32_t i = 0; i < p->count; i++)
        if (p->column[i] == column)
            return true;
    return false;
}

static void list_unused(plan *p)
{
    for (int32_t i = 0; i < p->table->column_count; i++)
        if (!is_used(p, i) && *mst_table_head(p->table, i))
            mst_add_word(p->record->arena, &p->source->not_used, mst_table_head(p->table, i));
}

static bool plan_own(plan *p)
{
    p->source->form = "states";
    p->name = mst_table_column(p->table, "name");
    p->lat = mst_table_column(p->table, MST_BASE_LAT);
    p->lon = mst_table_column(p->table, MST_BASE_LON);
    if ((p->lat < 0) != (p->lon < 0)) {
        mst_table_mistake(p->table, -1, NULL, NULL,
                          "a place needs both columns, " MST_BASE_LAT " and " MST_BASE_LON);
        return false;
    }
    for (int32_t i = 0; i < p->table->column_count; i++) {
        const char *head = mst_table_head(p->table, i);
        if (!*head || i == p->state || i == p->year || i == p->name)
            continue;
        if (!take_column(p, i, i == p->lat ? MST_BASE_LAT : i == p->lon ? MST_BASE_LON : head))
            return false;
    }
    return true;
}

static bool plan_cinc(plan *p)
{
    p->source->form = "National Material Capabilities";
    p->has_missing = true;
    for (int i = 0; cinc_columns[i]; i++) {
        const int32_t column = mst_table_column(p->table, cinc_columns[i]);
        if (column >= 0 && !take_column(p, column, cinc_columns[i]))
            return false;
    }
    return true;
}

static bool plan_ideal_points(plan *p)
{
    const bool is_final = p->record->options.final_passage;
    const char *wanted = is_final ? "idealpointfp" : "idealpointall";
    const int32_t column = mst_table_column(p->table, wanted);
    p->source->form = is_final ? "UN ideal points, votes on final passage" : "UN ideal points";
    if (column < 0) {
        mst_table_mistake(p->table, -1, wanted, NULL, "there is no column '%s'", wanted);
        return false;
    }
    return take_column(p, column, "ideal_point");
}

/* Which of the forms it is. */
static bool make_plan(plan *p)
{
    p->name = p->lat = p->lon = -1;
    p->state = mst_table_column(p->table, "state");
    p->year = mst_table_column(p->table, "year");
    const bool is_own = p->state >= 0;
    if (!is_own)
        p->state = mst_column_of(p->table, published_ids);
    const bool has_points = mst_table_column(p->table, "idealpointall") >= 0 ||
                            mst_table_column(p->table, "idealpointfp") >= 0;
    const bool has_cinc = mst_table_column(p->table, "cinc") >= 0;
    if (p->state < 0 || p->year < 0 || (!is_own && !has_points && !has_cinc)) {
        mst_table_mistake(
            p->table, -1, NULL, NULL,
            "not understood as a table of states: it needs columns state and year; or iso3, "
            "stateabb or ccode, and year, and cinc or idealpointall");
        return false;
    }
    const bool is_sound = is_own ? plan_own(p) : has_points ? plan_ideal_points(p) : plan_cinc(p);
    if (is_sound)
        list_unused(p);
    return is_sound;
}

static bool read_values(plan *p, int32_t row, int32_t state, int32_t year)
{
    for (int32_t i = 0; i < p->count; i++) {
        double value = (double)NAN;
        if (!mst_cell_number(p->table, row, p->column[i], &value) || isnan(value) || state < 0 ||
            (p->has_missing && value == CINC_MISSING))
            continue;
        const mst_entry entry = {
            state, -1, p->attribute[i], year, year, p->number, mst_table_line(p->table, row),
            value};
        if (!mst_book_add(&p->record->attribute, p->record->arena, entry))
            return false;
    }
    return true;
}

/* False: memory is short. */
static bool read_row(plan *p, int32_t row, mst_list *keys, bool *is_known)
{
    const char *id = NULL;
    int32_t year = 0;
    double lat_deg = 0.0, lon_deg = 0.0;
    const bool has_state = mst_cell_state(p->table, row, p->state, &id);
    const bool has_year = mst_cell_year(p->table, row, p->year, &year);
    const int32_t state = has_state ? mst_record_state(p->record, id) : -1;
    if (state >= 0)
        is_known[state] = true;
    if (!has_state || !has_year)
        return true;
    mst_row_key *key = mst_list_add(p->record->arena, keys, sizeof *key);
    if (!key)
        return false;
    *key = (mst_row_key){id, NULL, year, row};
    const char *name = NULL;
    if (p->name >= 0 && mst_cell_name(p->table, row, p->name, true, &name) && *name && state >= 0)
        p->record->name[state] = name;
    if (p->lat >= 0)
        (void)mst_cell_place(p->table, row, p->lat, p->lon, &lat_deg, &lon_deg);
    p->source->first_year =
        p->source->rows == 0 || year < p->source->first_year ? year : p->source->first_year;
    p->source->last_year = year > p->source->last_year ? year : p->source->last_year;
    p->source->rows++;
    return read_values(p, row, state, year);
}

bool mst_record_read_states(mst_table *table, int32_t number, mst_tables *out, bool *is_known)
{
    plan p = {.table = table,
              .record = out,
              .source = MST_AT(mst_table_source, &out->source, number),
              .number = number};
    mst_list keys = {0};
    if (!make_plan(&p))
        return !out->arena->failed;
    for (int32_t row = 0; row < table->row_count && !mst_table_is_given_up(table); row++)
        if (!read_row(&p, row, &keys, is_known))
            return false;
    mst_record_check_keys(table, &keys);
    p.source->has_row_keys = true;
    return !out->arena->failed;
}

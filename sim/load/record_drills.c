/* The table of drills: its rows, and what they have to agree in. */
#include "load/record.h"

#include "base/text.h"

#include <string.h>

/* Columns of the table, in the order of their names below. */
enum { DRILL, SERIES, START, END, LAT, LON, DOMAINS, HOSTS, STATE, OUTCOME, COLUMNS };
static const char *const column_names[COLUMNS] = {
    "drill_id",   "series",  "start_date", "end_date", MST_BASE_LAT,
    MST_BASE_LON, "domains", "hosts",      "state",    "outcome"};

/* ---- header ----------------------------------------------------------------------------------------- */

static bool find_columns(mst_table *t, int32_t column[COLUMNS])
{
    bool has_all = true;
    for (int i = 0; i < COLUMNS; i++) {
        column[i] = mst_table_column(t, column_names[i]);
        if (column[i] >= 0)
            continue;
        has_all = false;
        mst_table_mistake(t, -1, column_names[i], NULL, "there is no column '%s'", column_names[i]);
    }
    return has_all;
}

/* Unknown columns are allowed and told: one of them may be a slip of the pen. */
static void tell_unknown(mst_table *t, mst_arena *arena, mst_table_source *source)
{
    for (int32_t i = 0; i < t->column_count; i++) {
        const char *head = mst_table_head(t, i);
        const int32_t near = mst_text_nearest(head, column_names, COLUMNS);
        bool is_known = !*head;
        for (int k = 0; k < COLUMNS && !is_known; k++)
            is_known = mst_table_column(t, column_names[k]) == i;
        if (is_known)
            continue;
        mst_add_word(arena, &source->not_used, head);
        mst_diag(t->diags, MUSTER_WARNING, (mst_place){t->name, mst_table_line(t, -1)}, head,
                 near >= 0 ? column_names[near] : NULL, "column '%.60s' is not known and not used",
                 head);
    }
}

/* ---- one row ---------------------------------------------------------------------------------------- */

/* Whole days; a date with a time of day is one moment of it. */
static bool read_date(mst_table *t, int32_t row, int32_t column, bool may_be_empty,
                      muster_interval *out)
{
    const char *text = mst_table_at(t, row, column);
    *out = (muster_interval){.from = MUSTER_NEVER, .until = MUSTER_NEVER};
    if ((!*text && may_be_empty) || muster_time_read(text, 0, out))
        return true;
    mst_table_mistake(t, row, mst_table_head(t, column), "write it as 2023-07-20",
                      "%s: '%.40s' is no date of the years 1800 to 2200 (year-month-day)",
                      mst_table_head(t, column), text);
    return false;
}

static bool read_dates(mst_table *t, const int32_t column[COLUMNS], mst_drill_line *l)
{
    muster_interval start, end;
    l->start_text = mst_table_at(t, l->row, column[START]);
    l->end_text = mst_table_at(t, l->row, column[END]);
    const bool has_start = read_date(t, l->row, column[START], false, &start);
    const bool has_end = read_date(t, l->row, column[END], true, &end);
    if (!has_start || !has_end)
        return false;
    l->start = start.from;
    l->end = end.until;
    l->over = l->end == MUSTER_NEVER ? start.until : l->end;
    if (end.from >= start.from)
        return true;
    mst_table_mistake(t, l->row, column_names[END], NULL, "it ends (%s) before it starts (%s)",
                      l->end_text, l->start_text);
    return false;
}

/* True if the word is one of the first `most` of the list. */
static bool has_word(const char *list, const char *word, int32_t most)
{
    char one[MST_WORD_BYTES];
    for (int32_t i = 0; i < most && mst_next_word(&list, one); i++)
        if (strcmp(one, word) == 0)
            return true;
    return false;
}

static bool read_hosts(mst_table *t, const int32_t column[COLUMNS], mst_drill_line *l)
{
    char word[MST_WORD_BYTES];
    int32_t count = 0;
    l->hosts = mst_table_at(t, l->row, column[HOSTS]);
    for (const char *at = l->hosts; mst_next_word(&at, word); count++) {
        if (mst_is_state_id(word) && !has_word(l->hosts, word, count) &&
            count < MST_RECORD_DRILL_STATES_MAX)
            continue;
        mst_table_mistake(t, l->row, column_names[HOSTS], NULL, "hosts: %s%s%s",
                          count >= MST_RECORD_DRILL_STATES_MAX ? "too many" : "'",
                          count >= MST_RECORD_DRILL_STATES_MAX ? "" : word,
                          count >= MST_RECORD_DRILL_STATES_MAX ? ""
                          : mst_is_state_id(word)              ? "' stands there twice"
                                                  : "' is no id of a state (ids have a blank "
                                                    "between them)");
        return false;
    }
    if (count == 0)
        mst_table_mistake(t, l->row, column_names[HOSTS], NULL, "hosts: a drill has at least one");
    return count > 0;
}

static bool read_candidate(mst_table *t, const int32_t column[COLUMNS], mst_drill_line *l)
{
    if (!mst_cell_state(t, l->row, column[STATE], &l->state))
        return false;
    if (l->hosts && has_word(l->hosts, l->state, INT32_MAX)) {
        mst_table_mistake(t, l->row, column_names[STATE], NULL,
                          "%s is a host of the drill: it cannot be a candidate too", l->state);
        return false;
    }
    return true;
}

static bool read_outcome(mst_table *t, const int32_t column[COLUMNS], mst_drill_line *l)
{
    const char *text = mst_table_at(t, l->row, column[OUTCOME]);
    l->outcome = !*text ? -1 : strcmp(text, "1") == 0 ? 1 : strcmp(text, "0") == 0 ? 0 : -2;
    if (l->outcome == -2)
        mst_table_mistake(t, l->row, column_names[OUTCOME], NULL,
                          "outcome: '%.40s' is not 1 (took part), 0 (did not) or empty (not known)",
                          text);
    return l->outcome >= -1;
}

/* All mistakes of a row at once. */
static bool read_row(mst_table *t, const int32_t column[COLUMNS], mst_drill_line *l)
{
    const bool has_drill = mst_cell_name(t, l->row, column[DRILL], false, &l->drill);
    const bool has_series = mst_cell_name(t, l->row, column[SERIES], true, &l->series);
    const bool has_domains = mst_cell_name(t, l->row, column[DOMAINS], true, &l->domains);
    const bool has_dates = read_dates(t, column, l);
    l->lat_text = mst_table_at(t, l->row, column[LAT]);
    l->lon_text = mst_table_at(t, l->row, column[LON]);
    const bool has_place =
        mst_cell_place(t, l->row, column[LAT], column[LON], &l->lat_deg, &l->lon_deg);
    const bool has_hosts = read_hosts(t, column, l);
    const bool has_candidate = read_candidate(t, column, l);
    const bool has_outcome = read_outcome(t, column, l);
    return has_drill && has_series && has_domains && has_dates && has_place && has_hosts &&
           has_candidate && has_outcome;
}

bool mst_record_read_drills(mst_table *table, mst_arena *arena, mst_list *out,
                            mst_table_source *source)
{
    int32_t column[COLUMNS];
    source->form = "drills";
    tell_unknown(table, arena, source);
    if (!find_columns(table, column))
        return !arena->failed;
    for (int32_t row = 0; row < table->row_count && !mst_table_is_given_up(table); row++) {
        mst_drill_line line = {.row = row};
        if (!read_row(table, column, &line))
            continue;
        mst_drill_line *place = mst_list_add(arena, out, sizeof *place);
        if (!place)
            return false;
        *place = line;
        const int32_t year = mst_year_of(line.start);
        source->first_year =
            source->rows == 0 || year < source->first_year ? year : source->first_year;
        source->last_year = year > source->last_year ? year : source->last_year;
        source->rows++;
    }
    if (table->mistakes == 0 && source->rows == 0)
        mst_table_mistake(table, -1, NULL, NULL, "there is no drill in it");
    return !arena->failed;
}

/** @file record.h
 * Tables of drills, states and dyads (muster/record.h) as cases that the alignment models can be asked
 * about: record.c in order of the work, record_drills.c, record_states.c, record_dyads.c by table,
 * record_cell.c for single fields, record_book.c for values by year, record_cases.c for what comes out.
 */
#ifndef MST_LOAD_RECORD_H
#define MST_LOAD_RECORD_H

#include "load/table.h"
#include "muster/record.h"
#include "outcome/rivals.h"

enum {
    MST_RECORD_YEAR_MIN = 1000,
    MST_RECORD_YEAR_MAX = 2999,
    MST_RECORD_NAMES_MAX = 64,         /* figures of one kind */
    MST_RECORD_DRILL_STATES_MAX = 256, /* hosts, and candidates, of one drill */
    MST_RECORD_NAME_BYTES_MAX = 120,
    MST_STATE_ID_BYTES_MAX = 63,
    MST_WORD_BYTES = MST_STATE_ID_BYTES_MAX + 2 /* what is cut is still too long for an id */
};

/** A value and the years for which it holds. */
typedef struct mst_entry {
    int32_t from, to; /* states; an attribute has no `to`: -1; no direction: from < to */
    int32_t name, first, last;
    int32_t source, line;
    double value;
} mst_entry;

/** Figures of one kind, by state or pair, name and year. */
typedef struct mst_book {
    const char *name[MST_RECORD_NAMES_MAX];
    /* by year from MST_RECORD_YEAR_MIN: in it a pair that no table gives is 0, if both its states are
     * named for this figure (by number of the state) somewhere; null: no year, no state */
    uint8_t *is_covered[MST_RECORD_NAMES_MAX], *is_named[MST_RECORD_NAMES_MAX];
    int32_t name_count;
    mst_list entry;       /* mst_entry; in order of from, to, name, first once it is closed */
    const int32_t *start; /* state_count + 1: where the entries of each `from` begin        */
} mst_book;

/** What was read of one table. */
typedef struct mst_table_source {
    const char *name;
    muster_record_role role;
    const char *form;             /* what kind of table it was taken for, in words        */
    const char *gives, *not_used; /* names of columns, a blank between; may be empty      */
    int32_t rows;
    int32_t first_year, last_year; /* 0: no row                                           */
    bool has_row_keys;             /* its rows were held against each other               */
} mst_table_source;

/** A drill beyond what a setting says. */
typedef struct mst_record_drill {
    const char *domains;     /* as written; may be empty */
    muster_time end;         /* MUSTER_NEVER: not given  */
    double lat_deg, lon_deg; /* NaN: not given       */
} mst_record_drill;

typedef struct mst_tables {
    mst_arena *arena;
    const char **state; /* ids, ascending: a state's number is its index */
    const char **name;  /* as printed                                    */
    int32_t state_count;
    mst_book attribute, mutual, directed;
    mst_list source; /* mst_table_source */
    muster_record_options options;
    mst_rivals rivals; /* not asked yet    */
} mst_tables;

/**
 * Reads tables into cases. out must stay where it is.
 * @return as muster_record_read
 */
muster_status mst_tables_read(const muster_record_table *table, int32_t count,
                              const muster_record_options *options,
                              const mst_align_type *const *models, mst_arena *arena,
                              muster_diags *diags, mst_tables *out);

/* ---- for the files of the reader -------------------------------------------------------------------- */

/** Number of a state by id; -1. */
int32_t mst_record_state(const mst_tables *record, const char *id);

/** A row of the table of drills. */
typedef struct mst_drill_line {
    int32_t row;
    const char *drill, *series, *start_text, *end_text, *lat_text, *lon_text, *domains, *hosts,
        *state;
    muster_time start, end; /* end: NEVER where none is given          */
    muster_time over;       /* from then on its outcome can be known */
    double lat_deg, lon_deg;
    int32_t outcome;
} mst_drill_line;

/** Reads the rows of a table of drills; those with mistakes are told and left out. */
bool mst_record_read_drills(mst_table *table, mst_arena *arena, mst_list *out,
                            mst_table_source *source);
/** The states that the rows name. */
bool mst_record_list_states(const mst_list *lines, mst_tables *out);
/** Rows to cases, which hold nothing of the tables but texts. */
bool mst_record_make_cases(mst_table *table, const mst_list *lines, mst_tables *out);

/** Reads a table of states; is_known: one a state of the record, set for those that it has. */
bool mst_record_read_states(mst_table *table, int32_t number, mst_tables *out, bool *is_known);
bool mst_record_read_dyads(mst_table *table, int32_t number, mst_tables *out);

/* Single fields. False: told. */
bool mst_cell_number(mst_table *table, int32_t row, int32_t column, double *out); /* NaN: missing */
bool mst_cell_year(mst_table *table, int32_t row, int32_t column, int32_t *out);
bool mst_cell_state(mst_table *table, int32_t row, int32_t column, const char **out);
bool mst_cell_name(mst_table *table, int32_t row, int32_t column, bool may_be_empty,
                   const char **out); /* one line of not too many bytes */
bool mst_cell_place(mst_table *table, int32_t row, int32_t lat, int32_t lon, double *out_lat_deg,
                    double *out_lon_deg); /* both or neither */
bool mst_is_state_id(const char *text);
/** The next word of a list with blanks between, cut to MST_WORD_BYTES - 1; false: there is none. */
bool mst_next_word(const char **at, char out[MST_WORD_BYTES]);
/** First of the names that is a column; -1. names end with null. */
int32_t mst_column_of(const mst_table *table, const char *const *names);
/** Adds a column's name to a list of words in the arena. */
void mst_add_word(mst_arena *arena, const char **words, const char *word);

/** What makes a row one of its kind: ids (the second null for a state) and a year. */
typedef struct mst_row_key {
    const char *first, *second;
    int32_t year, row;
} mst_row_key;
/** Tells rows with the same key. Sorts them. */
void mst_record_check_keys(mst_table *table, mst_list *keys);

/* Values by year (record_book.c). */
/** Number of a name, added if it is new; -1: told (one too many), or memory is short. */
int32_t mst_book_name(mst_book *book, mst_table *table, mst_arena *arena, const char *name);
bool mst_book_cover(mst_book *book, mst_arena *arena, int32_t name, int32_t first, int32_t last);

/** A table that is complete for the states it names has named this one for a figure; number -1: a state
 * that is none of the record. False: memory is short. */
bool mst_book_name_state(mst_book *book, const mst_tables *record, int32_t name, int32_t state);
bool mst_book_add(mst_book *book, mst_arena *arena, mst_entry entry);
/** Sorts the entries and tells those that are given twice. */
bool mst_book_close(mst_book *book, const mst_tables *record, muster_diags *diags);
/** Value that holds in a year, or in the latest of the `carry` years before it; NaN, out_year 0. */
double mst_book_at(const mst_book *book, int32_t from, int32_t to, int32_t name, int32_t year,
                   int32_t carry, int32_t *out_year);
/** The figures of a setting at its date: what mst_rivals.fill is, from: an mst_tables. */
bool mst_record_fill(const void *from, int32_t item, mst_arena *arena, mst_setting *out);
/** Year of a moment in UTC. */
int32_t mst_year_of(muster_time at);

#endif

/** @file document.h
 * Inside of a document (muster/document.h): what its builder fills and its tellers read.
 */
#ifndef MST_TELL_DOCUMENT_H
#define MST_TELL_DOCUMENT_H

#include "base/diag.h"
#include "base/list.h"
#include "base/text.h"
#include "muster/document.h"

enum {
    MST_DOC_WIDTH = 80,
    MST_DOC_DIGITS = 4,
    MST_DOC_JSON_DIGITS = 12, /* of numbers in JSON (tell/json.h) */
    MST_DOC_ROWS = 40,
    MST_DOC_ROLES_MOST = 7
};

typedef struct mst_doc_about {
    const char *key, *value;
} mst_doc_about;

typedef struct mst_doc_column {
    const char *name, *label, *unit;
    muster_column_kind kind;
    int32_t digits;
} mst_doc_column;

/** Of a column of texts: the text, null when missing; of any other: the number, NaN when missing. */
typedef struct mst_doc_cell {
    const char *text;
    double number;
} mst_doc_cell;

/** A role that a kind of plot has. */
typedef struct mst_doc_role {
    const char *name;
    bool is_needed, is_many, is_number;
} mst_doc_role;

/** A kind of plot: its name, the roles up to one without a name, its options. */
typedef struct mst_doc_kind {
    const char *name;
    mst_doc_role role[MST_DOC_ROLES_MOST];
    const char *options; /* names with a blank before and behind each */
} mst_doc_kind;

/** A role taken by a column. */
typedef struct mst_doc_use {
    const mst_doc_role *role;
    const char *column;
} mst_doc_use;

struct muster_table {
    muster_document *document;
    const char *id, *title;
    mst_list column; /* mst_doc_column                   */
    mst_list cell;   /* mst_doc_cell, row by row         */
    int32_t rows;    /* begun; the last may be unfinished */
    int32_t brief;   /* rows that a screen has at most; below 0: as others */
};

struct muster_plot {
    muster_document *document;
    const muster_table *table;
    muster_plot_kind kind;
    const char *id, *title, *caption;
    mst_list use; /* mst_doc_use */
    const char *x_label, *y_label;
    double baseline; /* NaN: none */
    bool log_x, log_y;
    mst_list slope, threshold, x_threshold, above_0; /* double */
};

struct muster_section {
    muster_document *document;
    const char *id, *title;
    mst_list sentence; /* const char *   */
    mst_list table;    /* muster_table * */
    mst_list plot;     /* muster_plot *  */
};

struct muster_document {
    muster_memory own;
    mst_arena arena;
    const char *title;
    mst_list about;    /* mst_doc_about    */
    mst_list warning;  /* const char *     */
    mst_list section;  /* muster_section * */
    mst_list table;    /* muster_table *, of all sections */
    mst_list plot;     /* muster_plot *, of all sections  */
    const char *fault; /* the first thing that was built wrongly; null: none */
};

/* ---- building --------------------------------------------------------------------------------- */

/** Keeps what is wrong, if it is the first. */
void mst_doc_fault(muster_document *document, const char *format, ...) MUSTER_PRINTF(2, 3);

/** A clean copy, and one of a text that is printed; an empty text for null and when memory is short,
 * which the arena remembers. */
const char *mst_doc_keep(muster_document *document, const char *text);
const char *mst_doc_printed(muster_document *document, const char *format, va_list args)
    MUSTER_PRINTF(2, 0);

void mst_doc_add_pointer(muster_document *document, mst_list *list, void *thing);

/** Null: there is no such kind. */
const mst_doc_kind *mst_doc_kind_of(muster_plot_kind kind);

/** "text", "real", "whole", "share", "p" */
const char *mst_doc_column_kind_name(muster_column_kind kind);

/** True if all was built, and rightly; else false with a diagnostic. document may be null. */
bool mst_doc_is_sound(const muster_document *document, muster_diags *diags);

bool mst_doc_is_plot_sound(const muster_plot *plot, muster_diags *diags);

#define MST_DOC_REFUSE(diags, format, ...)                                                         \
    mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, NULL,                                \
             "the document cannot be told: " format, __VA_ARGS__)

/** The bytes of a text that was told; null with a diagnostic when memory was short. */
char *mst_doc_take(mst_text *text, muster_diags *diags);

/* ---- columns and cells ------------------------------------------------------------------------ */

const mst_doc_column *mst_doc_column_at(const muster_table *table, int32_t column);
const mst_doc_cell *mst_doc_cell_at(const muster_table *table, int32_t row, int32_t column);

/** The number of a cell, NaN when missing or a text. */
double mst_doc_number_at(const muster_table *table, int32_t row, int32_t column);

/** Place of a column by name; -1: there is none. */
int32_t mst_doc_column_named(const muster_table *table, const char *name);

/** The nth column (from 0) that takes a role in a plot; -1: none does. */
int32_t mst_doc_column_of(const muster_plot *plot, const char *role, int32_t nth);

/** Least and greatest number of a column, widening what is there already; only above 0 if it must be. */
typedef struct mst_doc_range {
    double low, high; /* low above high: nothing yet */
    bool is_positive; /* for a logarithmic axis      */
} mst_doc_range;

mst_doc_range mst_doc_range_begin(bool is_positive);
void mst_doc_range_value(mst_doc_range *range, double value);
/** column -1: nothing to do. */
void mst_doc_range_column(mst_doc_range *range, const muster_table *table, int32_t column);
/** True if there is anything in it; both ends then differ, by a widened end where they did not. */
bool mst_doc_range_end(mst_doc_range *range);

/* ---- words ---------------------------------------------------------------------------------- */

/** A number for people: significant digits, of a share per cent without the sign; "-" when missing. */
const char *mst_doc_number_words(const mst_doc_column *column, double value, char out[64]);

/** Adds the cell for people: its text, or its number. */
void mst_doc_add_cell(mst_text *text, const muster_table *table, int32_t row, int32_t column);

/** Adds "label (unit)", the unit of a share being "%" for people if it has none. */
void mst_doc_add_head(mst_text *text, const mst_doc_column *column, bool for_people);

/** Adds a text of at most width columns, its middle replaced by dots where it is longer. */
void mst_doc_add_cut(mst_text *text, const char *words, int32_t width, const char *dots);

/** Adds the table as CSV; for_gnuplot: with every text in quotes and no quote in it. */
void mst_doc_add_csv(mst_text *text, const muster_table *table, bool for_gnuplot);

/* ---- parts of the screen ------------------------------------------------------------------------ */

/** What the parts share: where they write, and how. */
typedef struct mst_doc_screen {
    mst_text text;
    mst_arena arena; /* for what lives as long as the screen */
    int32_t rows;    /* of a table or drawing */
    bool ascii;
} mst_doc_screen;

/** Rows that are told of so many, and of a table. */
int32_t mst_doc_rows_told(const mst_doc_screen *screen, int32_t rows);
int32_t mst_doc_table_rows_told(const mst_doc_screen *screen, const muster_table *table);

/** A text as long-lived as the screen, and given back; "" when memory is short. */
const char *mst_doc_screen_text(mst_doc_screen *screen, mst_text *text);

/** "... 12 more rows (--json or --data has all)", if there are more than are told; "12 rows: ..." if none
 * is. */
void mst_doc_more(mst_doc_screen *screen, int32_t rows, int32_t told);

/** Adds a table; its title is not told. */
void mst_doc_table(mst_doc_screen *screen, const muster_table *table);

/** Draws a tornado, bars or dots, or says that there is nothing to draw. */
void mst_doc_draw(mst_doc_screen *screen, const muster_plot *plot);

#endif

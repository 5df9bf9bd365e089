/** @file table.h
 * A table out of the bytes of a CSV file (RFC 4180): a header and rows of texts.
 *
 * Beyond the RFC: lines end with CRLF, LF or CR; a byte-order mark is dropped; blanks and tabs around a
 * field that is not quoted are dropped; lines that are empty, or whose fields all are, say nothing and
 * are skipped. What a column means is for the reader of the table.
 */
#ifndef MST_LOAD_TABLE_H
#define MST_LOAD_TABLE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/list.h"

#include <stdarg.h>

enum {
    MST_TABLE_BYTES_MAX = 64 * 1024 * 1024,
    MST_TABLE_COLUMNS_MAX = 1024,
    MST_TABLE_MISTAKES_MAX = 1000 /* then the rest of a table is not looked at */
};

enum { MST_TABLE_LINES_TOLD = 5 };

/** A mistake of several rows, in the same words: a bad date stands in every row of its drill. */
typedef struct mst_table_said {
    const char *words;
    int32_t first, again[MST_TABLE_LINES_TOLD], last; /* lines */
    int32_t count;                                    /* of rows behind the first */
    bool is_gapless;                                  /* they are the lines behind it */
} mst_table_said;

typedef struct mst_table {
    const char *name;      /* of the file, as it stands in messages                     */
    const char *text;      /* all fields, each with a zero behind it                    */
    const uint32_t *field; /* where in text: the header, then the rows, column_count each */
    const int32_t *line;   /* of the header, then of each row                         */
    int32_t column_count, row_count;
    muster_diags *diags; /* of the reader; may be null                              */
    int32_t mistakes;    /* errors so far, of bytes and of meaning                  */
    mst_list said;       /* mst_table_said: those since mst_table_tell_again        */
    mst_arena *arena;
} mst_table;

/**
 * Reads a whole table. Rows with a mistake in them are told and left out.
 * @param[in] bytes any bytes, length of them, no zero behind them needed; not kept
 * @param[in] arena keeps the table
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics (out holds the rows without mistakes, none when
 *         the header is not sound); MUSTER_WORLD: memory is short, told
 */
muster_status mst_table_read(const char *name, const char *bytes, size_t length, mst_arena *arena,
                             muster_diags *diags, mst_table *out);

/** Name of a column; empty: it has none. */
const char *mst_table_head(const mst_table *table, int32_t column);

/** The field of a row; column -1 (there is none): empty. */
const char *mst_table_at(const mst_table *table, int32_t row, int32_t column);

/** Column by name, whatever the case of its letters; -1: there is none. */
int32_t mst_table_column(const mst_table *table, const char *name);

/** Line on which a row begins, from 1; row -1: the header's. */
int32_t mst_table_line(const mst_table *table, int32_t row);

/** Tells an error of a row (-1: the header), path and hint may be null, and counts it. In words that
 * another row has had already it is counted only. After MST_TABLE_MISTAKES_MAX of them one more says
 * that the rest is not looked at. */
void mst_table_mistake(mst_table *table, int32_t row, const char *path, const char *hint,
                       const char *format, ...) MUSTER_PRINTF(5, 6);

/** The same of a line. */
void mst_table_mistake_at(mst_table *table, int32_t line, const char *path, const char *hint,
                          const char *format, ...) MUSTER_PRINTF(5, 6);
void mst_table_vmistake(mst_table *table, int32_t line, const char *path, const char *hint,
                        const char *format, va_list arguments) MUSTER_PRINTF(5, 0);

/** Adds a note to each mistake that more rows have: which they are. */
void mst_table_tell_again(mst_table *table);

/** True: so many mistakes that the rest is not worth looking at. */
bool mst_table_is_given_up(const mst_table *table);

#endif

/**
 * @file csv.h
 * A table out of the bytes of a CSV file (RFC 4180): a header and rows of texts.
 *
 * Beyond the RFC: lines end with CRLF, LF or CR; a byte-order mark is dropped; blanks around a field that
 * is not quoted are dropped; empty lines are skipped. At most 64 MB and 1024 columns.
 */
#ifndef MUSTER_CSV_H
#define MUSTER_CSV_H

#include "muster/diag.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct muster_csv muster_csv; /**< a table that was read */

/** Most bytes of a table. */
#define MUSTER_CSV_BYTES_MAX ((size_t)64 << 20)

/**
 * Reads a whole table.
 *
 * @param[in]  name    stands in messages
 * @param[in]  bytes   of the file; not kept
 * @param[in]  length  in bytes
 * @param[in]  memory  where memory comes from; null: malloc and free
 * @param[in]  diags   takes what is wrong, with lines; may be null
 * @param[out] out     owned by the caller, muster_csv_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_csv_read(const char *name, const char *bytes, size_t length,
                                         const muster_memory *memory, muster_diags *diags,
                                         muster_csv **out);

/**
 * Frees a table.
 *
 * @param[in] csv  may be null
 */
MUSTER_API void muster_csv_free(muster_csv *csv);

/**
 * Columns of a table.
 *
 * @param[in] csv  the table
 * @return how many
 */
MUSTER_API int32_t muster_csv_columns(const muster_csv *csv);

/**
 * Rows of a table, without its header.
 *
 * @param[in] csv  the table
 * @return how many
 */
MUSTER_API int32_t muster_csv_rows(const muster_csv *csv);

/**
 * Head of a column.
 *
 * @param[in] csv     the table
 * @param[in] column  from 0
 * @return borrowed from the table
 */
MUSTER_API const char *muster_csv_head(const muster_csv *csv, int32_t column);

/**
 * Column by its head, whatever the case of its letters.
 *
 * @param[in] csv   the table
 * @param[in] name  of the column
 * @return its index; -1: there is none
 */
MUSTER_API int32_t muster_csv_column(const muster_csv *csv, const char *name);

/**
 * A field.
 *
 * @param[in] csv     the table
 * @param[in] row     from 0
 * @param[in] column  from 0; -1: an empty field
 * @return borrowed from the table
 */
MUSTER_API const char *muster_csv_at(const muster_csv *csv, int32_t row, int32_t column);

/**
 * Line on which a row begins.
 *
 * @param[in] csv  the table
 * @param[in] row  from 0; -1: the header
 * @return from 1
 */
MUSTER_API int32_t muster_csv_line(const muster_csv *csv, int32_t row);

#ifdef __cplusplus
}
#endif
#endif

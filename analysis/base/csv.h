/** @file csv.h
 * Fields of CSV (RFC 4180) into memory.
 */
#ifndef MST_ANALYSIS_BASE_CSV_H
#define MST_ANALYSIS_BASE_CSV_H

#include "muster/experiment.h"

#include <stdio.h>

/** A text, in quotes where it must be. */
void mst_csv_text(FILE *out, const char *text);
/** The shortest that reads back the same; NaN: nothing, the field is empty. */
void mst_csv_number(FILE *out, double value);
/** A value of a factor as people write it: a number, or a text without its quotes. */
void mst_csv_value(FILE *out, const muster_factor *f, const char *value, size_t length);
/** What a point is for: "point", "ab fuel 17", "step fuel 3". */
void mst_csv_block(FILE *out, const muster_plan_point *p,
                   const muster_factor *(*factor)(const void *of, int32_t index), const void *of,
                   int32_t factors);

#endif

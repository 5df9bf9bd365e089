/** @file analysed.h
 * Analyses of made-up figures, for tests: a design run by a function into data or tables, one analysis
 * of it told, and what it says looked up.
 */
#ifndef TEST_SUPPORT_ANALYSED_H
#define TEST_SUPPORT_ANALYSED_H

#include "test.h"

#include "analyses/analyses.h"
#include "design/design.h"

#include <gsl/gsl_rng.h>
#include <jansson.h>

/** A figure at a point of the unit cube; luck draws from random numbers, which are those of the point's
 * seed and the replication. NaN: not defined. */
typedef double figure_of(const double *unit, gsl_rng *luck);

/** What is run, and how often; replications 0: once, without random numbers. */
typedef struct analysed_ask {
    const char *method;
    mst_design_ask design;
    figure_of *figure;
    int32_t replications;
    const muster_factor *factor; /* null: x1, x2, ... from 0 to 1 */
    double level;                /* 0: .95 */
} analysed_ask;

/** Points of a store, as analyses see them. Close frees it; cells may be changed before. */
typedef struct analysed_data {
    mst_data data;
    mst_design design;
    muster_plan_point *point; /* of the data, and may be changed */
    double *x;                /* likewise */
} analysed_data;
analysed_data analysed_open(analysed_ask ask);
void analysed_close(analysed_data *a);
/** Takes the figures of a point away: its runs failed. */
void analysed_fail(analysed_data *a, int64_t point);

/** Figure of a point that has one run, and its cell. */
void analysed_set(analysed_data *a, int64_t point, double figure);
/** The first point of a block and base row; factor -1: any. Fails the test where there is none. */
int64_t analysed_find(const analysed_data *a, const char *block, int32_t factor, int64_t base_row);

/** What an analysis told, as JSON; text: for people. */
typedef struct analysed {
    json_t *json;
    char *text;
} analysed;
/** Fails the test where the analysis does not fit. */
analysed analysed_tell(const char *name, const mst_data *data);
void analysed_free(analysed *told);
/** Fails the test unless the analysis does not fit, with these words. */
void analysed_refuse(const char *name, const mst_data *data, const char *words);

/** The table of a design as `muster design` writes it, with the figures in a column y; freed by the
 * caller. skip: rows left out, from this one to before that one. */
char *analysed_csv(const analysed_data *a, int64_t skip_from, int64_t skip_to);
/** Analyses such a table; status as told. On MUSTER_OK told is to be freed, else words say why, and
 * belong to the function. */
muster_status analysed_table(const char *name, const char *csv, analysed *told, const char **words);

/** Whether a sentence says this. */
bool analysed_says(const analysed *told, const char *words);
/** The number in a table's row, which begins with this text and (unless null) goes on with that one. Fails
 * the test where there is none. */
double analysed_number(const analysed *told, const char *table, const char *row, const char *also,
                       const char *column);
const char *analysed_words(const analysed *told, const char *table, const char *row,
                           const char *also, const char *column);
/** Fails the test where a line of the text has more than 80 characters. */
void analysed_fits_page(const analysed *told);
/** Rows of a table; -1: there is no such table. */
int32_t analysed_rows(const analysed *told, const char *id);
/** Plots of this kind in the document. */
int32_t analysed_plots(const analysed *told, const char *kind);

#endif

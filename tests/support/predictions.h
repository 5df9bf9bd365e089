/** @file predictions.h
 * Predictions of participation as rows that are really copied, random ones, and their measures by the
 * plainest loops there are: what num/score.h is held against.
 */
#ifndef TEST_SUPPORT_PREDICTIONS_H
#define TEST_SUPPORT_PREDICTIONS_H

#include "test.h"

#include "num/random.h"
#include "num/score.h"

#define NONE (double)NAN

enum { ROWS_MOST = 40, CLUSTERS = 9, DRILLS = 6, COPIES_MOST = 4 * ROWS_MOST };

typedef struct row {
    int outcome, yes, cluster, drill;
    double p, score, reference; /* the reference's p */
} row;

typedef struct table {
    row r[COPIES_MOST];
    int n;
} table;

/* The same rows as columns. */
typedef struct columns {
    int8_t outcome[ROWS_MOST], yes[ROWS_MOST];
    double p[ROWS_MOST], score[ROWS_MOST], reference[ROWS_MOST];
    int32_t cluster[ROWS_MOST], drill[ROWS_MOST];
    mst_arena arena;
    mst_scored rows;
} columns;

/** Checked and prepared; must be refused by nothing. */
void columns_open(columns *c, const table *t);
void columns_close(columns *c);

typedef struct dice {
    mst_stream stream;
    uint64_t number;
} dice;
double roll(dice *d);
int roll_below(dice *d, int n);

/** Some of everything: ties, certain p, missing ones, rows not scored, states and drills not there. */
table random_table(dice *d);
/** One drill; the i-th row of state i modulo CLUSTERS. Columns may be null: none. */
table table_of(int n, const int *outcome, const int *yes, const double *p, const double *score);
/** The first rows. */
table shorter(table t, int most);
/** Each row times[its cluster] times. */
table copied(const table *t, const int32_t *times);

double plain_balanced(const table *t);
double plain_auc(const table *t, bool within_drill, double *pairs);
double plain_base_rate(const table *t, int drill); /* of the other drills */
/** Mean squared distance of p, or of the reference, where p, or both, are there. */
double plain_brier(const table *t, bool of_reference, bool where_both, double *n);
double plain_skill(const table *t);
double plain_log(const table *t, double clip, mst_log_score *counts);

/** Both NaN, both the same infinity, or near. */
void assert_like(double actual, double expected, double tolerance);

/* Sums of at most 160 terms below 1 (log: below 40), in another order: rounding is below 160 x 160 x
 * 1.2e-16 of the mean, some 3e-14 at the very worst. */
#define ROUNDING 1e-12

#endif

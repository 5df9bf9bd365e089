/** @file bootstrap.h
 * Intervals by resampling whole rows (Efron 1979), for statistics that are functions of the means of
 * columns: whoever makes a column of every product a statistic needs pays for a replicate one pass
 * over the table, however many statistics there are.
 *
 * Rows must be exchangeable. Those of a low-discrepancy sequence are not: they cover the space more
 * evenly than a resample does, so intervals from them are too wide rather than too narrow.
 */
#ifndef MST_ANALYSIS_ESTIMATE_BOOTSTRAP_H
#define MST_ANALYSIS_ESTIMATE_BOOTSTRAP_H

#include "muster/base.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct mst_bootstrap {
    int32_t replicates; /* resamples, 0: no intervals; percentiles of .95 want some 500 */
    double level;       /* of the intervals, in (0, 1) */
    uint64_t seed;      /* same seed, same bytes */
} mst_bootstrap;
#define MST_BOOTSTRAP_DEFAULT ((mst_bootstrap){1000, 0.95, 1})

/** A statistic and what resampling says about it. NaN: cannot be told from these data. */
typedef struct mst_bootstrapped {
    double value;
    double low, high;   /* percentiles of the replicates (Hyndman and Fan 1996, type 7) */
    double sd;          /* of the replicates: the standard error */
    double half;        /* z sd: value -+ half is the interval if the statistic is normal */
    int32_t replicates; /* that gave a number */
    bool is_zero_like;  /* low..high or value -+ half contains 0: not distinguishable from 0 */
} mst_bootstrapped;

/** {value, nothing known besides}. */
mst_bootstrapped mst_bootstrapped_alone(double value);

/** A statistic from its value and those of how->replicates resamples, which are put in order. */
mst_bootstrapped mst_bootstrap_sum_up(const mst_bootstrap *how, double value, double *replicate);

/** Rows to resample; columns of one row stand together. */
typedef struct mst_rows {
    int64_t rows; /* 1..2^31 - 1 */
    int32_t columns;
    const double *value; /* [rows * columns], finite */
} mst_rows;

/** From the means of the columns to the statistics; NaN where one is not defined. */
typedef void mst_fold(const double *mean, const void *context, double *out);

/**
 * Statistics of all rows, and their intervals. A replicate in which a statistic is no number is left
 * out for that one. Low and high are NaN when less than one replicate lies beyond each end (below 40
 * at .95), or with fewer than 2 rows; an estimate of a constant has low = high.
 * @param[in] purpose what the random numbers are for, beside the seed
 * @param[out] out [statistics]
 * @return MUSTER_OK; MUSTER_MISTAKE, replicates or level out of range, no rows; MUSTER_WORLD, memory
 *         is short. out is untouched unless MUSTER_OK.
 */
muster_status mst_bootstrap_run(const mst_bootstrap *how, const char *purpose, const mst_rows *rows,
                                mst_fold *fold, const void *context, int32_t statistics,
                                mst_bootstrapped *out);

#endif

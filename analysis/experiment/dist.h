/** @file dist.h
 * Distributions of factors by their quantiles: a place in the unit interval to a value.
 */
#ifndef MST_ANALYSIS_EXPERIMENT_DIST_H
#define MST_ANALYSIS_EXPERIMENT_DIST_H

#include <stdbool.h>
#include <stddef.h>

typedef enum mst_spread_kind {
    MST_SPREAD_UNIFORM,
    MST_SPREAD_LOG_UNIFORM,
    MST_SPREAD_TRIANGULAR,
    MST_SPREAD_NORMAL
} mst_spread_kind;

/** Values from min to max, both finite. */
typedef struct mst_spread {
    mst_spread_kind kind;
    double min, max;
    double a, b; /* triangular: mode; normal: mean, standard deviation */
} mst_spread;

/**
 * Reads "uniform", "log-uniform", "triangular MODE" or "triangular LOW MODE HIGH", "normal MEAN SD".
 * @param[in] text      null: uniform
 * @param[in] min, max  of the factor, NaN: not given (triangular with three figures brings its own)
 * @param[out] why      when false: what is wrong, static words
 */
bool mst_spread_read(const char *text, double min, double max, mst_spread *out, const char **why);

/** Quantile at u in [0, 1]: min at 0, max at 1, never outside. Normal: that of the part between min and
 * max. */
double mst_spread_at(const mst_spread *s, double u);

/** As it is read, with its range: "triangular 0.2 0.4 0.9". */
void mst_spread_write(const mst_spread *s, char *out, size_t bytes);

#endif

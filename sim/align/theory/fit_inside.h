/** @file fit_inside.h
 * What the files of the fit share: a bench on which one part of a record after another is laid and
 * fitted, with all memory taken before.
 */
#ifndef MST_ALIGN_THEORY_FIT_INSIDE_H
#define MST_ALIGN_THEORY_FIT_INSIDE_H

#include "align/theory/fit.h"
#include "num/random.h"

#include <gsl/gsl_multimin.h>

static const mst_fit_why MST_FIT_NO_FAULT = {MST_FIT_FINE, -1, -1, -1};

/** Keeps the reason where the caller wants it. @return the status that belongs to it */
muster_status mst_fit_refuse(mst_fit_why *why, mst_fit_why reason);

/** Tells who wants to know how far a step is. */
void mst_fit_progress(const mst_fit_design *design, mst_fit_step step, int32_t done, int32_t of);

/** A part of a record, standardised, and a minimiser. theta: weights as penalised, by place. */
typedef struct mst_fit_bench {
    const mst_fit_design *design;
    int32_t n; /* weights */
    /* the part: rows that count, how often, their outcomes (the design's, or dealt anew) */
    int32_t used;
    int32_t *row;
    double *times;
    int8_t *outcome; /* of every row of the record */
    double joins, total;
    /* its standards */
    double *centre, *inverse; /* of each weight; inverse 0: held, or an intercept */
    uint8_t *held;
    uint64_t *with;
    double *z[MST_FIT_BLOCKS]; /* entries x width of every stage, all rows */
    double lambda;
    /* scratch */
    double *away;  /* 1 - s(eta) of the entries of one row        */
    double *slope; /* of log P of one row, n                      */
    double *root;  /* n x n: Cholesky factor of the metric, lower */
    double *base, *theta, *gradient, *best;
    gsl_multimin_fdfminimizer *gsl; /* freed by mst_fit_bench_free */
    gsl_vector *place;
} mst_fit_bench;

/** Takes all memory; with every usable row in place. False: memory is short (bench is freed). */
bool mst_fit_bench_make(mst_arena *scratch, const mst_fit_design *design, mst_fit_bench *out);
void mst_fit_bench_free(mst_fit_bench *bench);

/** b is the bench throughout. Lays the usable rows out, each series times[series] times (null: once). Standards are left. */
void mst_fit_lay(mst_fit_bench *b, const int32_t *times);
/** The same of the rows with is_in. */
void mst_fit_lay_rows(mst_fit_bench *b, const bool *is_in);
/** Means, deviations and held features of the part that lies there; z of all rows. */
void mst_fit_standardise(mst_fit_bench *b);
/** Has it joins and absences? */
bool mst_fit_can_fit(const mst_fit_bench *b);

/** Minimised at theta; gradient may be null. */
double mst_fit_value(const mst_fit_bench *b, const double *theta, double *gradient);
/** Information of the part at theta with the penalty's, n x n, symmetric: as observed (the second
 * derivatives of mst_fit_value, which need not be positive) or as expected. */
void mst_fit_information(const mst_fit_bench *b, const double *theta, bool is_observed,
                         double *out);
/** Of one row, of all in it that can be assessed: P(join) and 1 - P, a sum without cancellation. */
typedef struct mst_fit_chance {
    double join, absent;
} mst_fit_chance;
/** By z of the part; leaves 1 - s of the row's entries in bench->away. */
mst_fit_chance mst_fit_row(const mst_fit_bench *b, const double *theta, int32_t row);
/** Weights for features as given. */
void mst_fit_to_raw(const mst_fit_bench *b, const double *theta, double *raw);

/** In place: lower Cholesky factor of a symmetric matrix; false if it is not positive. */
bool mst_fit_cholesky(double *a, int32_t n);
/** In place: solves L x = b, and L' x = b. */
void mst_fit_solve_lower(const double *l, int32_t n, double *x);
void mst_fit_solve_upper(const double *l, int32_t n, double *x);

/** Takes bench->root, the metric of steps, from theta: information as observed, where that is positive,
 * else as expected. */
bool mst_fit_take_metric(mst_fit_bench *b, const double *theta);
/** Goes downhill from bench->theta until sqrt(g' I^-1 g), in the metric where it then stands, is no
 * greater than `tolerance`. @return what that was in the end */
double mst_fit_descend(mst_fit_bench *b, double tolerance);
/** Start number k of the cold ones, into bench->theta. */
void mst_fit_start(mst_fit_bench *b, int32_t k, mst_stream stream);
/** From `starts` cold starts to the best minimum, in bench->theta; counts into out if given. */
bool mst_fit_cold(mst_fit_bench *b, int32_t starts, double tolerance, mst_fit_weights *out);

/** What there is to say of the fit that stands in bench->theta, but for what mst_fit_cold counts. */
void mst_fit_tell(mst_fit_bench *b, mst_fit_weights *out);

/** The grid to choose lambda from. */
const double *mst_fit_grid(const mst_fit_options *options, int32_t *out_count);
mst_stream mst_fit_stream(const mst_fit_design *design, int32_t number, const char *purpose);

#endif

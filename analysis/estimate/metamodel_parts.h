/** @file metamodel_parts.h
 * Parts of the fit of a metamodel: weighed columns, choice of terms, what the fit is worth.
 */
#ifndef MST_ESTIMATE_METAMODEL_PARTS_H
#define MST_ESTIMATE_METAMODEL_PARTS_H

#include "estimate/least_squares.h"
#include "estimate/metamodel.h"

/** What an earlier column must leave of a later one; less, and the later is dropped. A coded column
 * that is all but a copy (variance inflation 1e16) is one. */
#define MST_META_TOLERANCE 1e-8

/** Points a form must leave over. */
enum { MST_META_SPARE = 3 };

/** Rows with a result only, each times the root of its weight. */
typedef struct mst_meta_work {
    const mst_points *points;
    int32_t used;
    int32_t *row;       /* used: their rows in the points                          */
    double *root;       /* used                                                    */
    double *y;          /* used: less the weighted mean                            */
    double mean, total; /* weighted mean, and sum of squares about it             */
    double *column;     /* coefficients * used, column after column                */
    int32_t different;  /* points with different inputs                            */
    int32_t *group;     /* rows: which of them                                     */
    mst_qr qr;          /* of the columns kept                                     */
    double *residual;   /* used                                                    */
} mst_meta_work;

/** calloc, of one at the least. */
void *mst_meta_room(int64_t count, size_t size);

/** Rows, weights and results. False: memory is short; to be closed anyhow. */
bool mst_meta_open(const mst_points *points, mst_meta_weights weights, mst_meta_work *work);
void mst_meta_close(mst_meta_work *work);
/** Terms of the form asked for, or of the largest that the points bear. */
muster_status mst_meta_take_form(mst_meta_work *work, mst_meta *meta, const char **out_reason);
/** The columns of meta's terms. False: memory is short. */
bool mst_meta_fill(mst_meta_work *work, const mst_meta *meta);
/** Drops the terms that the choice does without. False: memory is short. */
bool mst_meta_choose(mst_meta_work *work, mst_meta *meta);

/** Which terms of meta's to keep, by adding. False: memory is short. */
bool mst_meta_forward(const mst_meta_work *work, const mst_meta *meta, bool *is_chosen);
/** And which of these to take away again. False: memory is short. */
bool mst_meta_back(const mst_meta_work *work, const mst_meta *meta, bool *is_chosen);
/** The criterion of the choice, up to a constant: rest is the weighted sum of squares of residuals,
 * terms are without the constant. A rest that is rounding counts as the same rest whatever it is. */
double mst_meta_criterion(const mst_meta_work *work, const mst_meta *meta, double rest,
                          int32_t rank, int32_t terms);

/** PRESS, residuals, R2. Needs coefficients and the work's residual. */
void mst_meta_judge(const mst_meta_work *work, mst_meta *meta);
/** Lack of fit. False: memory is short. */
bool mst_meta_judge_lack(const mst_meta_work *work, mst_meta *meta);
/** Share of every input; inverse: of R. False: memory is short. */
bool mst_meta_judge_shares(const mst_meta_work *work, const double *inverse, mst_meta *meta);

#endif

/* Choice of terms by taking away, after adding: what came in early may be needed no longer. */
#include "estimate/metamodel_parts.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>

/* ---- criterion --------------------------------------------------------------------------------- */

/* Logarithm of the number of sets of so many terms, a choice of many columns being one; beyond the half
 * there would be fewer of them again, and terms the cheaper the more are in. */
static double log_sets(int32_t of, int32_t taken)
{
    const int32_t most = taken < of / 2 ? taken : of / 2;
    return most > 0 ? gsl_sf_lnchoose((unsigned)of, (unsigned)most) : 0.0;
}

double mst_meta_criterion(const mst_meta_work *work, const mst_meta *meta, double rest,
                          int32_t rank, int32_t terms)
{
    const double n = (double)work->used, k = (double)rank + 1.0;
    const double fit = n * log(fmax(rest, 1e-28 * work->total) / n);
    if (meta->options.choice == MST_META_FORWARD_AICC)
        return fit + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0);
    if (meta->options.choice == MST_META_FORWARD_BIC)
        return fit + k * log(n);
    return fit + k * log(n) + 2.0 * log_sets(meta->terms - 1, terms);
}

/* ---- a fit of what is chosen ------------------------------------------------------------------- */

typedef struct fit {
    const mst_meta_work *work;
    const mst_meta *meta;
    mst_qr qr; /* all columns that are taken */
    mst_qr_drop drop;
    int32_t *term;    /* qr.rank: the term of each column                        */
    double *residual; /* work->used                                              */
    double *b, *inverse;
    double rest;
    int32_t terms; /* chosen, without the constant */
} fit;

static bool open_fit(fit *f, const bool *is_chosen)
{
    int32_t columns = 0;
    for (int32_t t = 0; t < f->meta->terms; t++)
        columns += is_chosen[t] ? f->meta->term[t].columns : 0;
    const int32_t room = columns < f->work->used ? columns : f->work->used;
    f->term = mst_meta_room(room, sizeof *f->term);
    f->residual = mst_meta_room(f->work->used, sizeof *f->residual);
    f->b = mst_meta_room(room, sizeof *f->b);
    f->inverse = mst_meta_room((int64_t)room * room, sizeof *f->inverse);
    return f->term && f->residual && f->b && f->inverse &&
           mst_qr_open(&f->qr, f->work->used, room) && mst_qr_drop_open(&f->drop, room);
}

static void close_fit(fit *f)
{
    free(f->term);
    free(f->residual);
    free(f->b);
    free(f->inverse);
    mst_qr_close(&f->qr);
    mst_qr_drop_close(&f->drop);
}

static void make_fit(fit *f, const bool *is_chosen)
{
    const int32_t used = f->work->used;
    f->terms = -1;
    f->qr.rank = 0;
    for (int32_t t = 0; t < f->meta->terms; t++) {
        const mst_meta_term *term = &f->meta->term[t];
        f->terms += is_chosen[t];
        for (int32_t c = 0; is_chosen[t] && c < term->columns && f->qr.rank < f->qr.room; c++)
            if (mst_qr_take(&f->qr, f->work->column + (int64_t)(term->column + c) * used,
                            MST_META_TOLERANCE))
                f->term[f->qr.rank - 1] = t;
    }
    for (int32_t i = 0; i < used; i++)
        f->residual[i] = f->work->y[i];
    mst_qr_project(&f->qr, f->residual, f->b);
    mst_qr_solve(&f->qr, f->b, f->b);
    mst_qr_invert(&f->qr, f->inverse);
    f->rest = mst_dot(f->residual, f->residual, used);
}

/* ---- steps back -------------------------------------------------------------------------------- */

/* An input stays as long as a product or a square is made of it. */
static bool is_borne(const mst_meta *meta, const bool *is_chosen, int32_t t)
{
    if (meta->term[t].second >= 0)
        return false;
    for (int32_t i = 1; i < meta->terms; i++)
        if (is_chosen[i] && meta->term[i].second >= 0 &&
            (meta->term[i].first == meta->term[t].first ||
             meta->term[i].second == meta->term[t].first))
            return true;
    return false;
}

/* The criterion without a term; infinite: nothing can be said. */
static double value_without(fit *f, int32_t t)
{
    int32_t columns = 0;
    mst_qr_drop_begin(&f->drop, f->inverse, f->qr.rank);
    for (int32_t k = 0; k < f->qr.rank; k++) {
        if (f->term[k] != t)
            continue;
        if (!mst_qr_drop_add(&f->drop, k, f->b[k]))
            return (double)INFINITY;
        columns++;
    }
    return mst_meta_criterion(f->work, f->meta, f->rest + mst_qr_drop_squares(&f->drop),
                              f->qr.rank - columns, f->terms - 1);
}

/* The term that the criterion is best without; -1: it is better with each of them. */
static int32_t best_drop(fit *f, const bool *is_chosen)
{
    double best = mst_meta_criterion(f->work, f->meta, f->rest, f->qr.rank, f->terms);
    int32_t drop = -1;
    for (int32_t t = 1; t < f->meta->terms; t++) {
        if (!is_chosen[t] || is_borne(f->meta, is_chosen, t))
            continue;
        const double value = value_without(f, t);
        if (value < best) {
            best = value;
            drop = t;
        }
    }
    return drop;
}

bool mst_meta_back(const mst_meta_work *work, const mst_meta *meta, bool *is_chosen)
{
    fit f = {.work = work, .meta = meta};
    const bool is_well = open_fit(&f, is_chosen);
    int32_t drop = is_well ? 0 : -1;
    while (drop >= 0) {
        make_fit(&f, is_chosen);
        drop = best_drop(&f, is_chosen);
        if (drop >= 0)
            is_chosen[drop] = false;
    }
    close_fit(&f);
    return is_well;
}

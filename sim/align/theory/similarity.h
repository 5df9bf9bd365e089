/** @file similarity.h
 * How alike two portfolios are: votes, alliance obligations, ideal points.
 *
 * A portfolio is a row of numbers, one an item. A missing value is NaN; an item that either side lacks
 * is left out of everything and counted, never read as 0. Functions answer MUSTER_OK, or
 * MUSTER_MISTAKE with a static text in *reason (may be null). A measure that the data leave undefined
 * (no item in common, or no variation) is NaN.
 */
#ifndef MST_ALIGN_THEORY_SIMILARITY_H
#define MST_ALIGN_THEORY_SIMILARITY_H

#include "muster/base.h"

typedef struct mst_similarity {
    double value;    /* NaN: undefined */
    int32_t used;    /* items both sides have, weight above 0 */
    int32_t missing; /* items that one side or both lack */
} mst_similarity;

/** S = 1 - 2 sum w |a - b| / (dmax sum w), -1..1 (Signorino & Ritter 1999, ISQ 43:115). 1 is the same
 * everywhere, -1 the widest distance everywhere; 0 is no sign of chance.
 * @param weight >= 0, one an item; null: all alike
 * @param dmax the widest distance that an item can have, above 0; a wider one is refused */
muster_status mst_similarity_s(const double *a, const double *b, const double *weight,
                               int32_t count, double dmax, mst_similarity *out,
                               const char **reason);

/** Agreement beyond chance by squared distances (Haege 2011, Political Analysis 19:287), at most 1,
 * 0 at chance: 1 - Do/De with Do the (weighted) mean of (a - b)^2.
 *
 *     kappa: De = Va + Vb + (ma - mb)^2, each side by its own habits (Cohen 1960)
 *     pi:    De = mean (a - M)^2 + mean (b - M)^2, M = (ma + mb)/2, both by common ones (Scott 1955)
 *
 * V and m are variance (divisor: the sum of weights) and mean. Undefined where De is 0. */
muster_status mst_similarity_kappa(const double *a, const double *b, const double *weight,
                                   int32_t count, mst_similarity *out, const char **reason);
muster_status mst_similarity_pi(const double *a, const double *b, const double *weight,
                                int32_t count, mst_similarity *out, const char **reason);

/** Kendall's tau-b (1945): (concordant - discordant pairs) / sqrt((N - ties in a)(N - ties in b)).
 * Values are equal if they are the same number. Undefined where one side does not vary.
 * count up to 20,000 (it takes count^2 / 2 comparisons). */
muster_status mst_similarity_tau_b(const double *a, const double *b, int32_t count,
                                   mst_similarity *out, const char **reason);

/** Distances |point_i - point_j| of ideal points (Bailey, Strezhnev & Voeten 2017): out_distance is
 * count x count, NaN in the row and column of a missing point, which *out_missing counts. */
muster_status mst_ideal_distances(const double *point, int32_t count, double *out_distance,
                                  int32_t *out_missing, const char **reason);

#endif

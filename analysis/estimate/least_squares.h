/** @file least_squares.h
 * Least squares by orthogonal columns, taken one at a time, so that a column that hangs on those
 * before it is found and named.
 */
#ifndef MST_ESTIMATE_LEAST_SQUARES_H
#define MST_ESTIMATE_LEAST_SQUARES_H

#include <stdbool.h>
#include <stdint.h>

/** X = QR of the columns taken so far: modified Gram-Schmidt, each column twice, which leaves Q
 * orthogonal to rounding however alike the columns are (Giraud and Langou 2002). */
typedef struct mst_qr {
    int32_t rows, room, rank;
    double *q; /* column after column, rows each                                       */
    double *r; /* column after column, room each: on and above the diagonal            */
} mst_qr;

/** For at most room columns of so many rows. False: memory is short, and nothing is to be closed.
 * */
bool mst_qr_open(mst_qr *qr, int32_t rows, int32_t room);
void mst_qr_close(mst_qr *qr); /* also of {0} */

/** Takes a column, unless what those before leave of it is no more than tolerance of its length:
 * then false, and mst_qr_newest is what it is made of. False also when there is no room. */
bool mst_qr_take(mst_qr *qr, const double *column, double tolerance);

/** Parts on the columns before of the column refused last; valid until the next call. */
static inline const double *mst_qr_newest(const mst_qr *qr)
{
    return qr->r + (int64_t)qr->rank * qr->room;
}

/** Leaves of v what no taken column explains; parts (rank numbers) become Q'v. */
void mst_qr_project(const mst_qr *qr, double *v, double *parts);

/** R b = parts; b may be parts. */
void mst_qr_solve(const mst_qr *qr, const double *parts, double *b);

/** R'z = a, so that z'z = a'(X'X)^-1 a; z may be a. triangle, room: r and room of a mst_qr, or a
 * copy of them. */
void mst_qr_solve_transposed(const double *triangle, int32_t room, int32_t rank, const double *a,
                             double *z);

/** Inverse of R, rank * rank, column after column; below the diagonal 0. */
void mst_qr_invert(const mst_qr *qr, double *out);

/** Taking coefficients away: squares are by how much the sum of squares grows, b'C^-1 b for those b of
 * covariance C (up to the variance). C is AA' for the rows of R's inverse (rank * rank) that belong to
 * them; with A' = QT it is z'z for T'z = b. Begin, add each coefficient with its place in R, then ask. */
typedef struct mst_qr_drop {
    mst_qr rows;           /* room and rows: the most rank there may be */
    const double *inverse; /* of R                                       */
    int32_t rank;
    double *z; /* twice the room */
} mst_qr_drop;

/** False: memory is short; to be closed anyhow. */
bool mst_qr_drop_open(mst_qr_drop *drop, int32_t room);
void mst_qr_drop_close(mst_qr_drop *drop);
void mst_qr_drop_begin(mst_qr_drop *drop, const double *inverse, int32_t rank);
/** False: it hangs on those before. */
bool mst_qr_drop_add(mst_qr_drop *drop, int32_t place, double b);
double mst_qr_drop_squares(mst_qr_drop *drop);

double mst_dot(const double *a, const double *b, int32_t count);

#endif

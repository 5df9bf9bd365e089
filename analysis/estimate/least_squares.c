#include "estimate/least_squares.h"

#include <math.h>
#include <stdlib.h>

bool mst_qr_open(mst_qr *qr, int32_t rows, int32_t room)
{
    *qr = (mst_qr){.rows = rows, .room = room};
    qr->q = calloc((size_t)room * (size_t)rows + 1, sizeof *qr->q);
    qr->r = calloc((size_t)room * (size_t)room + 1, sizeof *qr->r);
    if (qr->q && qr->r)
        return true;
    mst_qr_close(qr);
    return false;
}

void mst_qr_close(mst_qr *qr)
{
    free(qr->q);
    free(qr->r);
    *qr = (mst_qr){0};
}

double mst_dot(const double *a, const double *b, int32_t count)
{
    double sum = 0.0;
    for (int32_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

void mst_qr_project(const mst_qr *qr, double *v, double *parts)
{
    for (int32_t j = 0; j < qr->rank; j++)
        parts[j] = 0.0;
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t j = 0; j < qr->rank; j++) {
            const double *q = qr->q + (int64_t)j * qr->rows;
            const double part = mst_dot(q, v, qr->rows);
            parts[j] += part;
            for (int32_t i = 0; i < qr->rows; i++)
                v[i] -= part * q[i];
        }
    }
}

bool mst_qr_take(mst_qr *qr, const double *column, double tolerance)
{
    if (qr->rank == qr->room)
        return false;
    double *q = qr->q + (int64_t)qr->rank * qr->rows, *r = qr->r + (int64_t)qr->rank * qr->room;
    for (int32_t i = 0; i < qr->rows; i++)
        q[i] = column[i];
    const double length = sqrt(mst_dot(column, column, qr->rows));
    mst_qr_project(qr, q, r);
    const double left = sqrt(mst_dot(q, q, qr->rows));
    if (!(left > tolerance * length))
        return false;
    r[qr->rank] = left;
    for (int32_t i = 0; i < qr->rows; i++)
        q[i] /= left;
    qr->rank++;
    return true;
}

void mst_qr_solve(const mst_qr *qr, const double *parts, double *b)
{
    for (int32_t i = qr->rank - 1; i >= 0; i--) {
        double sum = parts[i];
        for (int32_t j = i + 1; j < qr->rank; j++)
            sum -= qr->r[(int64_t)j * qr->room + i] * b[j];
        b[i] = sum / qr->r[(int64_t)i * qr->room + i];
    }
}

void mst_qr_solve_transposed(const double *triangle, int32_t room, int32_t rank, const double *a,
                             double *z)
{
    for (int32_t j = 0; j < rank; j++) {
        const double *r = triangle + (int64_t)j * room;
        z[j] = (a[j] - mst_dot(r, z, j)) / r[j];
    }
}

void mst_qr_invert(const mst_qr *qr, double *out)
{
    for (int32_t j = 0; j < qr->rank; j++) {
        double *column = out + (int64_t)j * qr->rank;
        for (int32_t i = 0; i < qr->rank; i++)
            column[i] = i == j ? 1.0 : 0.0;
        mst_qr_solve(qr, column, column);
    }
}

bool mst_qr_drop_open(mst_qr_drop *drop, int32_t room)
{
    *drop = (mst_qr_drop){.z = calloc(2 * (size_t)room + 1, sizeof *drop->z)};
    return drop->z && mst_qr_open(&drop->rows, room, room);
}

void mst_qr_drop_close(mst_qr_drop *drop)
{
    mst_qr_close(&drop->rows);
    free(drop->z);
    *drop = (mst_qr_drop){0};
}

void mst_qr_drop_begin(mst_qr_drop *drop, const double *inverse, int32_t rank)
{
    drop->rows.rank = 0;
    drop->rows.rows = rank;
    drop->inverse = inverse;
    drop->rank = rank;
}

bool mst_qr_drop_add(mst_qr_drop *drop, int32_t place, double b)
{
    double *row = drop->z + drop->rows.room;
    for (int32_t j = 0; j < drop->rank; j++)
        row[j] = drop->inverse[(int64_t)j * drop->rank + place];
    drop->z[drop->rows.rank] = b;
    return mst_qr_take(&drop->rows, row, 0.0);
}

double mst_qr_drop_squares(mst_qr_drop *drop)
{
    mst_qr_solve_transposed(drop->rows.r, drop->rows.room, drop->rows.rank, drop->z, drop->z);
    return mst_dot(drop->z, drop->z, drop->rows.rank);
}

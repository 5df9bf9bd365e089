#include "outcome/flip_solve.h"

#include <math.h>

/* Every row says: its variable = b + a . (variables of the columns), all of them from 0. Variables
 * 0..count-1 are y, the others slacks. All columns are at 0, so that b is where the point lies. */
typedef struct table {
    int32_t rows, columns;
    int32_t row_of[MST_FLIP_ROWS_MAX], column_of[MST_FLIP_SET_MAX]; /* variables */
    double a[MST_FLIP_ROWS_MAX][MST_FLIP_SET_MAX], b[MST_FLIP_ROWS_MAX];
    double cost[MST_FLIP_SET_MAX], sum;
} table;

static void fill(const mst_flip_program *p, table *t)
{
    t->columns = p->count;
    t->rows = p->rows + p->count;
    t->sum = 0.0;
    for (int32_t j = 0; j < p->count; j++) {
        t->column_of[j] = j;
        t->cost[j] = p->cost[j];
    }
    for (int32_t i = 0; i < t->rows; i++) {
        const bool is_goal = i < p->rows;
        const int32_t lever = i - p->rows;
        t->row_of[i] = p->count + i;
        t->b[i] = is_goal ? -p->need[i] : p->width[lever];
        for (int32_t j = 0; j < p->count; j++)
            t->a[i][j] = is_goal ? p->gain[i][j] : j == lever ? -1.0 : 0.0;
    }
}

static void exchange(table *t, int32_t row, int32_t column)
{
    const double by = 1.0 / t->a[row][column];
    for (int32_t j = 0; j < t->columns; j++)
        t->a[row][j] *= j == column ? 0.0 : -by;
    t->a[row][column] = by;
    t->b[row] *= -by;
    for (int32_t i = 0; i < t->rows; i++) {
        const double f = t->a[i][column];
        if (i == row || f == 0.0)
            continue;
        t->b[i] += f * t->b[row];
        for (int32_t j = 0; j < t->columns; j++)
            t->a[i][j] = j == column ? f * by : t->a[i][j] + f * t->a[row][j];
    }
    const double f = t->cost[column];
    t->sum += f * t->b[row];
    for (int32_t j = 0; j < t->columns; j++)
        t->cost[j] = j == column ? f * by : t->cost[j] + f * t->a[row][j];
    const int32_t variable = t->row_of[row];
    t->row_of[row] = t->column_of[column];
    t->column_of[column] = variable;
}

/* The column that may enter at the least cost for what it does to the row; -1: none helps. */
static int32_t entering(const table *t, int32_t row)
{
    int32_t best = -1;
    for (int32_t j = 0; j < t->columns; j++)
        if (t->a[row][j] > 1e-13 &&
            (best < 0 || t->cost[j] * t->a[row][best] < t->cost[best] * t->a[row][j]))
            best = j;
    return best;
}

double mst_flip_program_solve(const mst_flip_program *program, double y[MST_FLIP_SET_MAX])
{
    enum { STEPS_MAX = 200 }; /* more is a ring; the sum is a bound at every step */
    table t;
    fill(program, &t);
    bool is_possible = true;
    for (int32_t step = 0; step < STEPS_MAX; step++) {
        int32_t row = -1;
        for (int32_t i = 0; i < t.rows; i++)
            if (t.b[i] < -1e-13 && (row < 0 || t.b[i] < t.b[row]))
                row = i;
        const int32_t column = row >= 0 ? entering(&t, row) : -1;
        is_possible = row < 0 || column >= 0;
        if (column < 0)
            break;
        exchange(&t, row, column);
    }
    for (int32_t j = 0; j < program->count; j++)
        y[j] = 0.0;
    for (int32_t i = 0; i < t.rows; i++)
        if (t.row_of[i] < program->count)
            y[t.row_of[i]] = fmin(fmax(t.b[i], 0.0), program->width[t.row_of[i]]);
    return is_possible ? t.sum : INFINITY;
}

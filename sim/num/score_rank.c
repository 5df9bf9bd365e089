/* Predictions that are an order: pairs in the right order, and where to cut. */
#include "num/score.h"

#include <math.h>

/* Of rows of one score: copies that joined and that stayed away. */
typedef struct tie {
    int64_t joins, absences;
} tie;

static bool has_score(const mst_scored *rows, int32_t i)
{
    return rows->row.score && !isnan(rows->row.score[i]);
}

static void add_row(tie *t, const mst_scored *rows, const int32_t *times, int32_t i)
{
    if (rows->row.outcome[i] < 0)
        return;
    *(rows->row.outcome[i] ? &t->joins : &t->absences) += mst_score_times(rows, times, i);
}

/* ---- pairs --------------------------------------------------------------------------------------- */

typedef struct pairs {
    double right_twice, count; /* whole numbers */
} pairs;

/* Adds the pairs among the rows of order[from..to-1], ascending by score: each join against the
 * absences below it, and half of those beside it. */
static void add_pairs(pairs *sum, const mst_scored *rows, const int32_t *times,
                      const int32_t *order, int32_t from, int32_t to)
{
    const double *score = rows->row.score;
    tie all = {0};
    while (from < to && has_score(rows, order[from])) {
        const double here = score[order[from]];
        tie t = {0};
        for (; from < to && score[order[from]] <= here;
             from++) /* not so for NaN, which comes last */
            add_row(&t, rows, times, order[from]);
        sum->right_twice += (double)t.joins * (double)(2 * all.absences + t.absences);
        all.joins += t.joins;
        all.absences += t.absences;
    }
    sum->count += (double)all.joins * (double)all.absences;
}

static mst_auc auc_of(const pairs *sum)
{
    const bool any = sum->count > 0.0;
    return (mst_auc){any ? 0.5 * sum->right_twice / sum->count : (double)NAN, sum->count};
}

mst_auc mst_score_auc(const mst_scored *rows, const int32_t *times)
{
    pairs sum = {0};
    add_pairs(&sum, rows, times, rows->by_score, 0, rows->row.count);
    return auc_of(&sum);
}

mst_auc mst_score_auc_drill(const mst_scored *rows, const int32_t *times)
{
    const int32_t n = rows->row.count, *drill = rows->row.drill, *by = rows->by_drill;
    pairs sum = {0};
    for (int32_t from = 0, to = 0; from < n; from = to) {
        while (to < n && drill[by[to]] == drill[by[from]])
            to++;
        add_pairs(&sum, rows, times, by, from, to);
    }
    return auc_of(&sum);
}

/* ---- cuts ---------------------------------------------------------------------------------------- */

/* In units of 1 / (2 x joins x absences), so that equal accuracies are equal. */
static int64_t exact_accuracy(const mst_cut *cut, const tie *all)
{
    return cut->join_hits * all->absences + cut->absence_hits * all->joins;
}

static void mark_best(mst_cut *cut, int32_t count, const tie *all)
{
    int64_t best = 0;
    for (int32_t k = 0; k < count; k++) {
        const int64_t accuracy = exact_accuracy(&cut[k], all);
        best = accuracy > best ? accuracy : best;
        cut[k].balanced = 0.5 * ((double)cut[k].join_hits / (double)all->joins +
                                 (double)cut[k].absence_hits / (double)all->absences);
    }
    for (int32_t k = 0; k < count; k++)
        cut[k].is_best = exact_accuracy(&cut[k], all) == best;
}

int32_t mst_score_curve(const mst_scored *rows, const int32_t *times, mst_cut *out)
{
    const double *score = rows->row.score;
    tie all = {0};
    for (int32_t i = 0; i < rows->row.count; i++)
        if (has_score(rows, i))
            add_row(&all, rows, times, i);
    if (all.joins + all.absences == 0)
        return 0;
    int32_t count = 0;
    mst_cut cut = {.threshold = (double)INFINITY, .absence_hits = all.absences};
    cut.balanced = (double)NAN;
    out[count++] = cut;
    for (int32_t k = rows->row.count - 1; k >= 0;) {
        tie t = {0};
        if (!has_score(rows, rows->by_score[k])) {
            k--;
            continue;
        }
        cut.threshold = score[rows->by_score[k]];
        for (; k >= 0 && score[rows->by_score[k]] >= cut.threshold; k--)
            add_row(&t, rows, times, rows->by_score[k]);
        if (t.joins + t.absences == 0)
            continue; /* only rows that do not count have this score */
        cut.join_hits += t.joins;
        cut.absence_hits -= t.absences;
        out[count++] = cut;
    }
    if (all.joins > 0 && all.absences > 0)
        mark_best(out, count, &all);
    return count;
}

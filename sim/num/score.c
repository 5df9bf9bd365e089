#include "num/score.h"

#include <math.h>
#include <stdlib.h>

/* ---- the door -------------------------------------------------------------------------------- */

static const char *fault_of_row(const mst_predictions *g, int32_t i)
{
    if (g->outcome[i] < -1 || g->outcome[i] > 1)
        return "outcome is not 1, 0 or -1";
    if (g->p && !isnan(g->p[i]) && !(g->p[i] >= 0.0 && g->p[i] <= 1.0))
        return "p is not within 0..1";
    if (g->yes && (g->yes[i] < -1 || g->yes[i] > 1))
        return "yes is not 1, 0 or -1";
    if (g->score && isinf(g->score[i]))
        return "score is infinite";
    if (g->cluster[i] < 0)
        return "cluster is negative";
    if (g->cluster[i] >= g->clusters)
        return "cluster is not below the number of clusters";
    if (g->drill[i] < 0)
        return "drill is negative";
    return NULL;
}

static const char *fault_of(const mst_predictions *g, int32_t *out_row)
{
    *out_row = -1;
    if (g->count < 0)
        return "the number of rows is negative";
    if (g->clusters < 0)
        return "the number of clusters is negative";
    if (g->count > 0 && (!g->outcome || !g->cluster || !g->drill))
        return "a column that must be there is missing";
    for (int32_t i = 0; i < g->count; i++) {
        const char *fault = fault_of_row(g, i);
        if (fault) {
            *out_row = i;
            return fault;
        }
    }
    return NULL;
}

typedef struct key {
    int32_t drill, row;
    double value; /* NaN after all others */
} key;

/* A total order, so that the sort of any C library gives the same. */
static int compare_keys(const void *left, const void *right)
{
    const key *a = left, *b = right;
    if (a->drill != b->drill)
        return a->drill < b->drill ? -1 : 1;
    if (isnan(a->value) != isnan(b->value))
        return isnan(a->value) ? 1 : -1;
    if (a->value < b->value || a->value > b->value)
        return a->value < b->value ? -1 : 1;
    return a->row < b->row ? -1 : 1;
}

/* Rows by drill, unless drill is null, and then by value, NaN (all of them, if null) last. */
static const int32_t *order(mst_arena *arena, key *scratch, const int32_t *drill,
                            const double *value, int32_t count)
{
    int32_t *out = mst_arena_array(arena, (size_t)count, sizeof *out);
    if (!out)
        return NULL;
    for (int32_t i = 0; i < count; i++)
        scratch[i] = (key){drill ? drill[i] : 0, i, value ? value[i] : (double)NAN};
    if (count > 0)
        qsort(scratch, (size_t)count, sizeof *scratch, compare_keys);
    for (int32_t i = 0; i < count; i++)
        out[i] = scratch[i].row;
    return out;
}

/* The states that have a scored row, and how many of them joined. */
static bool list_states(mst_arena *arena, mst_scored *s)
{
    const mst_predictions *g = &s->row;
    enum { ABSENT = 1, JOINED = 2 };
    unsigned char *seen = mst_arena_array(arena, (size_t)g->clusters, sizeof *seen);
    int32_t *state = mst_arena_array(arena, (size_t)g->clusters, sizeof *state);
    if (!seen || !state)
        return false;
    for (int32_t i = 0; i < g->count; i++)
        if (g->outcome[i] >= 0)
            seen[g->cluster[i]] |= g->outcome[i] ? JOINED : ABSENT;
    for (int32_t k = 0; k < g->clusters; k++) {
        if (seen[k])
            state[s->states++] = k;
        s->joining_states += (seen[k] & JOINED) != 0;
    }
    s->state = state;
    return true;
}

muster_status mst_score_prepare(mst_arena *arena, const mst_predictions *given, mst_scored *out,
                                int32_t *out_row, const char **out_reason)
{
    int32_t row = -1;
    *out_reason = fault_of(given, &row);
    if (out_row)
        *out_row = row;
    if (*out_reason)
        return MUSTER_MISTAKE;
    mst_scored s = {.row = *given};
    const int32_t n = given->count;
    key *scratch = mst_arena_array(arena, (size_t)n, sizeof *scratch);
    if (scratch) {
        s.by_p = order(arena, scratch, NULL, given->p, n);
        s.by_score = order(arena, scratch, NULL, given->score, n);
        s.by_drill = order(arena, scratch, given->drill, given->score, n);
    }
    if (!s.by_p || !s.by_score || !s.by_drill || !list_states(arena, &s)) {
        *out_reason = "memory is short";
        return MUSTER_WORLD;
    }
    *out = s;
    return MUSTER_OK;
}

/* ---- verdicts -------------------------------------------------------------------------------- */

static double share(int64_t hits, int64_t count)
{
    return count > 0 ? (double)hits / (double)count : (double)NAN;
}

mst_hits mst_score_hits(const mst_scored *rows, const int32_t *times)
{
    const mst_predictions *g = &rows->row;
    mst_hits h = {0};
    for (int32_t i = 0; i < g->count; i++) {
        const int64_t w = mst_score_times(rows, times, i);
        if (g->outcome[i] < 0) {
            h.unscored += w;
            continue;
        }
        const bool joined = g->outcome[i] == 1;
        h.scored += w;
        h.joins += joined ? w : 0;
        if (!g->yes || g->yes[i] < 0) {
            h.unassessed += w;
            continue;
        }
        const int64_t hit = g->yes[i] == g->outcome[i] ? w : 0;
        *(joined ? &h.assessed_joins : &h.assessed_absences) += w;
        *(joined ? &h.join_hits : &h.absence_hits) += hit;
    }
    h.base_rate = share(h.joins, h.scored);
    h.sensitivity = share(h.join_hits, h.assessed_joins);
    h.specificity = share(h.absence_hits, h.assessed_absences);
    h.balanced = 0.5 * (h.sensitivity + h.specificity); /* NaN if one is */
    return h;
}

mst_few mst_score_few(const mst_scored *rows)
{
    mst_few few = {.states = rows->joining_states};
    for (int32_t i = 0; i < rows->row.count; i++)
        few.joins += rows->row.outcome[i] == 1;
    few.is_too_few = few.joins < MST_FEWEST_JOINS || few.states < MST_FEWEST_STATES;
    return few;
}

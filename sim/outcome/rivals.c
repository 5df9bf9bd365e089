/* Every model asked about every case, and how each did. */
#include "outcome/rivals.h"

#include <math.h>
#include <string.h>

enum { REPLICATES = 1000 };
#define SEED UINT64_C(20230720) /* of the resampling: any number, but always the same */
#define CLIP 0.001              /* a probability of 0 or 1 is held to this in the log score */

int32_t mst_rivals_model(const mst_rivals *rivals, const char *name)
{
    for (int32_t i = 0; i < rivals->model_count; i++)
        if (strcmp(rivals->model[i]->name, name) == 0)
            return i;
    return -1;
}

/* ---- scores ---------------------------------------------------------------------------------------- */

int32_t mst_rivals_pairs(const mst_rivals *rivals, int32_t use, bool partly, mst_prediction **out)
{
    mst_list list = {0};
    for (int32_t i = 0; i < rivals->count; i++) {
        const mst_case *c = &rivals->item[i];
        for (int32_t k = 0; c->use == use && k < c->setting.candidate_count; k++) {
            if (c->outcome[k] < 0 || !c->is_pooled[k] || c->reply[0].answer[k].is_partly != partly)
                continue;
            mst_prediction *pair = mst_list_add(rivals->arena, &list, sizeof *pair);
            if (!pair)
                return -1;
            *pair = (mst_prediction){i, k};
        }
    }
    *out = list.item;
    return list.count;
}

/* Columns of one model over the pairs; those that it answered alone count as scored. */
static bool columns(const mst_rivals *rivals, int32_t model, const mst_prediction *pair,
                    int32_t count, mst_predictions *out)
{
    const size_t n = (size_t)count;
    mst_arena *arena = rivals->arena;
    int8_t *outcome = mst_arena_array(arena, n, sizeof *outcome);
    int8_t *yes = mst_arena_array(arena, n, sizeof *yes);
    double *p = mst_arena_array(arena, n, sizeof *p);
    double *score = mst_arena_array(arena, n, sizeof *score);
    int32_t *cluster = mst_arena_array(arena, n, sizeof *cluster);
    int32_t *drill = mst_arena_array(arena, n, sizeof *drill);
    if (arena->failed)
        return false;
    *out = (mst_predictions){count, outcome, p, yes, score, cluster, drill, 0};
    for (int32_t i = 0; i < count; i++) {
        const mst_case *c = &rivals->item[pair[i].item];
        const mst_answer *a = &c->reply[model].answer[pair[i].candidate];
        outcome[i] = c->outcome[pair[i].candidate];
        yes[i] = (int8_t)a->joins;
        p[i] = a->p;
        score[i] = rivals->model[model]->direction < 0 ? -a->score : a->score;
        cluster[i] = mst_setting_number(&c->setting, c->setting.candidate[pair[i].candidate]);
        drill[i] = pair[i].item;
        out->clusters = cluster[i] >= out->clusters ? cluster[i] + 1 : out->clusters;
    }
    return true;
}

/* Verdicts of one state, counted once; all that its copies in a resample add. */
typedef struct tally {
    int64_t joins, absences, join_hits, absence_hits;
} tally;

typedef struct tallies {
    const tally *of; /* one a cluster */
    const int32_t *state;
    int32_t states;
} tallies;

/* The very figure of mst_measure_balanced: counts are whole numbers, so adding states up first changes
 * no bit, and a thousand resamples cost no walk through all rows each. */
static double balanced_of(const int32_t *times, const void *context)
{
    const tallies *t = context;
    tally sum = {0};
    for (int32_t k = 0; k < t->states; k++) {
        const tally *one = &t->of[t->state[k]];
        const int64_t w = times[t->state[k]];
        sum.joins += w * one->joins;
        sum.absences += w * one->absences;
        sum.join_hits += w * one->join_hits;
        sum.absence_hits += w * one->absence_hits;
    }
    return sum.joins > 0 && sum.absences > 0
               ? 0.5 * ((double)sum.join_hits / (double)sum.joins +
                        (double)sum.absence_hits / (double)sum.absences)
               : (double)NAN;
}

static bool tally_states(mst_arena *arena, const mst_scored *rows, tallies *out)
{
    tally *of = mst_arena_array(arena, (size_t)rows->row.clusters, sizeof *of);
    if (!of)
        return false;
    for (int32_t i = 0; i < rows->row.count; i++) {
        tally *t = &of[rows->row.cluster[i]];
        if (rows->row.outcome[i] < 0 || rows->row.yes[i] < 0)
            continue;
        const bool hit = rows->row.yes[i] == rows->row.outcome[i];
        *(rows->row.outcome[i] ? &t->joins : &t->absences) += 1;
        *(rows->row.outcome[i] ? &t->join_hits : &t->absence_hits) += hit;
    }
    *out = (tallies){of, rows->state, rows->states};
    return true;
}

static bool score_model(const mst_rivals *rivals, int32_t model, const mst_prediction *pair,
                        int32_t count, mst_performance *out)
{
    mst_predictions given;
    const char *reason = NULL;
    if (!columns(rivals, model, pair, count, &given) ||
        mst_score_prepare(rivals->arena, &given, &out->rows, NULL, &reason) != MUSTER_OK)
        return false;
    double *rate = mst_arena_array(rivals->arena, (size_t)count, sizeof *rate);
    if (!rate)
        return false;
    out->hits = mst_score_hits(&out->rows, NULL);
    for (int32_t i = 0; i < count;
         i++) /* the null "base rate": one reference in all tables of a use */
        rate[i] = rivals->item[pair[i].item].setting.rate_elsewhere;
    (void)mst_score_brier(&out->rows, NULL, rate, &out->brier, &reason);
    (void)mst_score_log(&out->rows, NULL, CLIP, &out->log, &reason);
    out->auc = mst_score_auc(&out->rows, NULL);
    out->auc_drill = mst_score_auc_drill(&out->rows, NULL);
    tallies counted;
    if (!tally_states(rivals->arena, &out->rows, &counted))
        return false;
    const mst_resampling how = {
        out->rows.state, out->rows.states, given.clusters, REPLICATES, 0.95, SEED};
    return mst_resample(rivals->arena, &how, balanced_of, &counted, &out->balanced, &reason) !=
           MUSTER_WORLD;
}

/* Balanced accuracy of model `by` on the pairs that model `on` answered. */
static double balanced_on(const mst_performance *by, const mst_performance *on)
{
    const mst_predictions *row = &by->rows.row;
    int32_t joins = 0, absences = 0, join_hits = 0, absence_hits = 0;
    for (int32_t i = 0; i < row->count; i++) {
        if (on->rows.row.yes[i] < 0 || row->yes[i] < 0 || row->outcome[i] < 0)
            continue;
        joins += row->outcome[i];
        absences += !row->outcome[i];
        join_hits += row->outcome[i] && row->yes[i];
        absence_hits += !row->outcome[i] && !row->yes[i];
    }
    return joins > 0 && absences > 0
               ? 0.5 * ((double)join_hits / joins + (double)absence_hits / absences)
               : (double)NAN;
}

bool mst_rivals_score(const mst_rivals *rivals, const mst_prediction *pair, int32_t count,
                      mst_performance *out)
{
    for (int32_t i = 0; i < rivals->model_count; i++)
        if (!score_model(rivals, i, pair, count, &out[i]))
            return false;
    for (int32_t i = 0; i < rivals->model_count; i++) {
        out[i].beats_nulls =
            rivals->model[i]->kind != MST_ALIGN_NULL && !isnan(balanced_on(&out[i], &out[i]));
        for (int32_t k = 0; k < rivals->model_count; k++) /* on the pairs that both answered */
            if (rivals->model[k]->kind == MST_ALIGN_NULL &&
                balanced_on(&out[i], &out[k]) <= balanced_on(&out[k], &out[i]))
                out[i].beats_nulls = false;
    }
    return true;
}

/* All logit equilibria of the candidates' own choices where decisions depend on each other. */
#include "align/factors.h"
#include "align/judge.h"
#include "align/theory/quantal.h"

#include <math.h>

#define ROUNDING 1e-9 /* of a P found by steps: a half is one, whoever's it is */

/* A candidate that plays: it is able and would be admitted, so that its own choice settles it. */
typedef struct players {
    int32_t count;
    int32_t candidate[MST_QUANTAL_PLAYERS_MAX]; /* of the setting */
    bool is_unknown[MST_OTHERS_MAX]; /* of each candidate: its own choice is not assessed */
    double bias[MST_QUANTAL_PLAYERS_MAX];
    double weight[MST_QUANTAL_PLAYERS_MAX * MST_QUANTAL_PLAYERS_MAX];
} players;

static const mst_stage_result *accepts(const mst_verdict *v)
{
    return &v->stage[v->stage_count - 1];
}

/* Every other stage says yes, or is not assessed. */
static bool may_choose(const mst_verdict *v)
{
    for (int32_t i = 0; i + 1 < v->stage_count; i++)
        if (v->stage[i].standing == MST_NO ||
            (v->stage[i].standing == MST_TIE && v->stage[i].stage != MST_ABLE))
            return false;
    return !isnan(accepts(v)->margin);
}

static uint64_t bit(const mst_setting *s, int32_t candidate)
{
    const int32_t state = s->candidate[candidate];
    return state < 64 ? UINT64_C(1) << state : 0;
}

static double margin(const mst_setting *s, const mst_align_output *out, int32_t candidate)
{
    return accepts(&out->verdict[s->host_count + candidate])->margin;
}

/* Who plays, with what each makes of it when nobody else comes. @return null, or why not */
static const char *take_players(const mst_setting *s, mst_arena *arena, players *out)
{
    mst_align_output alone;
    if (!mst_rules_judge_given(s, 0, arena, &alone))
        return "out of memory";
    for (int32_t i = 0; i < s->candidate_count; i++) {
        if (i < MST_OTHERS_MAX)
            out->is_unknown[i] = isnan(accepts(&alone.verdict[s->host_count + i])->margin);
        if (!may_choose(&alone.verdict[s->host_count + i]))
            continue;
        if (out->count == MST_QUANTAL_PLAYERS_MAX)
            return "at most 12 candidates that are able and would be admitted";
        out->bias[out->count] = margin(s, &alone, i);
        out->candidate[out->count++] = i;
    }
    return out->count > 0 ? NULL : "a candidate that is able and would be admitted; there is none";
}

/* What each one's coming is worth to each: it must add up, for which all together are the proof. */
static const char *take_weights(const mst_setting *s, mst_arena *arena, players *p)
{
    uint64_t all = 0;
    for (int32_t j = 0; j < p->count; j++) {
        mst_align_output with;
        all |= bit(s, p->candidate[j]);
        if (!mst_rules_judge_given(s, bit(s, p->candidate[j]), arena, &with))
            return "out of memory";
        for (int32_t i = 0; i < p->count; i++)
            p->weight[i * p->count + j] = margin(s, &with, p->candidate[i]) - p->bias[i];
    }
    mst_align_output together;
    if (!mst_rules_judge_given(s, all, arena, &together))
        return "out of memory";
    for (int32_t i = 0; i < p->count; i++) {
        double sum = p->bias[i];
        for (int32_t j = 0; j < p->count; j++)
            sum += p->weight[i * p->count + j];
        if (fabs(sum - margin(s, &together, p->candidate[i])) > 1e-9)
            return "rules in which what the others do adds up";
    }
    return NULL;
}

static const char *point_words(const mst_setting *s, const players *p,
                               const mst_quantal_point *point, mst_arena *arena)
{
    const char *words = "";
    for (int32_t i = 0; words && i < p->count; i++)
        words = mst_arena_printf(arena, "%s%s%s %.3f", words, i > 0 ? ", " : "",
                                 s->state[s->candidate[p->candidate[i]]], point->p[i]);
    return words;
}

/* The equilibrium with the least expected number of comers, whatever the order of the players. */
static int32_t fewest_comers(const players *p, const mst_quantal *q)
{
    int32_t best = 0;
    double least = INFINITY;
    for (int32_t k = 0; k < q->count; k++) {
        double sum = 0.0;
        for (int32_t i = 0; i < p->count; i++)
            sum += q->point[k].p[i];
        if (sum < least - 1e-9) {
            least = sum;
            best = k;
        }
    }
    return best;
}

static bool answer(const mst_setting *s, const players *p, const mst_quantal *q, mst_arena *arena,
                   mst_reply *reply)
{
    const int32_t fewest = fewest_comers(p, q);
    reply->about = mst_arena_printf(
        arena,
        "%d candidates able and admitted, whose choices depend on each other; lambda 1/tau = %.3g. "
        "%d %s: %s. Answers are of equilibrium %d, in which fewest come.",
        (int)p->count, 1.0 / s->model->tau, (int)q->count,
        q->count == 1 ? "equilibrium" : "equilibria", mst_quantal_claim_text(q->claim),
        (int)fewest + 1);
    for (int32_t k = 0; k < q->count; k++)
        if (!mst_reply_add(reply, arena, mst_arena_printf(arena, "equilibrium %d", (int)k + 1),
                           (double)NAN, NULL, "%s; %s", point_words(s, p, &q->point[k], arena),
                           q->point[k].is_stable ? "stable" : "not stable"))
            return false;
    for (int32_t i = 0; i < s->candidate_count; i++)
        reply->answer[i] = (mst_answer){0.0, 0.0, 0, false, "not able, or not admitted"};
    for (int32_t i = 0; i < p->count; i++) {
        const double value = q->point[fewest].p[i];
        reply->answer[p->candidate[i]] =
            (mst_answer){value, value, value >= 0.5 - ROUNDING, false,
                         mst_arena_printf(arena, "P of accepting %.3f in equilibrium %d of %d",
                                          value, (int)fewest + 1, (int)q->count)};
    }
    return !arena->failed;
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    mst_quantal q;
    const char *reason = NULL;
    if (!setting->model || !setting->in || !mst_model_decisions_depend(setting->model)) {
        mst_reply_missing(reply, setting,
                          "decisions that depend on each other; no rule names other.joins");
        return true;
    }
    players *p = mst_arena_alloc(arena, sizeof *p);
    if (!p)
        return false;
    const char *missing = take_players(setting, arena, p);
    if (!missing)
        missing = take_weights(setting, arena, p);
    if (arena->failed)
        return false;
    if (missing)
        mst_reply_missing(reply, setting, missing);
    if (missing)
        return true;
    const mst_quantal_game game = {p->count, 1.0 / setting->model->tau, p->bias, p->weight};
    const muster_status status = mst_quantal_solve(&game, arena, &q, &reason);
    if (status == MUSTER_MISTAKE || (status == MUSTER_OK && q.count == 0))
        mst_reply_missing(reply, setting, reason ? reason : "an equilibrium that could be found");
    if (status != MUSTER_OK || q.count == 0)
        return status != MUSTER_WORLD;
    return answer(setting, p, &q, arena, reply);
}

const mst_align_type mst_align_equilibria = {
    .name = "equilibria",
    .label = "logit equilibria",
    .doc = "who comes if each looks at who else comes: all quantal response equilibria of the "
           "candidates' own choices (McKelvey and Palfrey 1995)",
    .mapping = "joins if P of accepting reaches 0.5 in the equilibrium of fewest comers",
    .proposed = "the makers of muster",
    .needs = "a rule of stage accept that names other.joins",
    .kind = MST_ALIGN_PARTICIPATION,
    .constants = MST_ALIGN_COUNT_WEIGHTS,
    .direction = 1,
    .threshold = 0.5,
    .score = score,
};

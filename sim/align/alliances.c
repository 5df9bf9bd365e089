/* Similar alliances: S of Signorino and Ritter over the pacts of a file. */
#include "align/theory/similarity.h"
#include "model/setting.h"

#include <math.h>

#define JOINS_AT 0.5 /* a round number; the curve of thresholds stands beside it */

/* S of the pacts of two states with all the others; NaN where they cannot be compared. */
static bool similarity(const mst_setting *s, int32_t a, int32_t b, mst_arena *arena, double *out)
{
    const size_t n = (size_t)s->state_count;
    double *mine = mst_arena_array(arena, n, sizeof *mine);
    double *theirs = mst_arena_array(arena, n, sizeof *theirs);
    int32_t count = 0;
    mst_similarity result;
    const char *reason = NULL;
    if (!mine || !theirs)
        return false;
    for (int32_t k = 0; k < s->state_count; k++) {
        if (k == a || k == b)
            continue;
        mine[count] = mst_setting_mutual(s, "pact", a, k);
        theirs[count++] = mst_setting_mutual(s, "pact", b, k);
    }
    const muster_status status = mst_similarity_s(mine, theirs, NULL, count, 1.0, &result, &reason);
    *out = status == MUSTER_OK && result.used >= 2 ? result.value : (double)NAN;
    return status != MUSTER_WORLD;
}

/* Somebody must have a pact with somebody: where all portfolios are empty S says nothing. */
static bool has_pacts(const mst_setting *s)
{
    for (int32_t a = 0; a < s->state_count; a++)
        for (int32_t b = 0; b < a; b++)
            if (mst_setting_mutual(s, "pact", a, b) > 0.0)
                return true;
    return false;
}

static bool judge(const mst_setting *s, int32_t candidate, mst_arena *arena, mst_answer *answer)
{
    double least = INFINITY;
    int32_t at = -1;
    *answer = (mst_answer){(double)NAN, (double)NAN, -1, false, "too few pacts to compare"};
    for (int32_t h = 0; h < s->host_count; h++) {
        double value = (double)NAN;
        if (!similarity(s, candidate, s->host[h], arena, &value))
            return false;
        if (isnan(value))
            return true;
        if (value < least) {
            least = value;
            at = s->host[h];
        }
    }
    if (at < 0)
        return true;
    answer->score = least;
    answer->joins = least >= JOINS_AT;
    answer->basis = mst_arena_printf(arena, "S %.2f with %s", least, s->state_name[at]);
    return answer->basis != NULL;
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    if (setting->state_count < 4 || !has_pacts(setting)) {
        mst_reply_missing(reply, setting, "pacts among four states or more");
        return true;
    }
    for (int32_t i = 0; i < setting->candidate_count; i++)
        if (!judge(setting, setting->candidate[i], arena, &reply->answer[i]))
            return false;
    return true;
}

const mst_align_type mst_align_alliances = {
    .name = "alliances",
    .label = "similar alliances",
    .doc = "who sides with whom, by how alike their alliances are (Signorino and Ritter 1999: S)",
    .mapping = "joins if S of its pacts and every host's, over all other states of the file, is "
               "0.5 or more",
    .proposed = "the makers of muster",
    .needs = "pacts among four states or more",
    .kind = MST_ALIGN_PARTICIPATION,
    .constants = 1,
    .direction = 1,
    .threshold = JOINS_AT,
    .score = score,
};

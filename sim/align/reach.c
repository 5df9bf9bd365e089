/* Reach alone: is there anything of its that can go, stay and return, whatever its kit? */
#include "engine/reach.h"
#include "model/setting.h"

#include <math.h>

/* Of all its units the greatest margin: (radius - distance)/distance, by the last rung. */
static double widest(const mst_model *model, int32_t drill, int32_t state, int32_t *out_unit)
{
    double best = -INFINITY;
    for (int32_t u = 0; u < model->unit_count; u++) {
        if (model->unit[u].state != state || model->unit[u].count <= 0)
            continue;
        const mst_reach reach = mst_reach_of(model, drill, u, -1, -1);
        const double margin = !reach.has_way || !reach.has_range ? -1.0
                              : reach.passes                     ? fmax(reach.margin, 0.0)
                                                                 : fmin(reach.margin, -1e-9);
        if (margin > best) {
            best = margin;
            *out_unit = u;
        }
    }
    return best;
}

static void judge(const mst_setting *s, int32_t i, mst_arena *arena, mst_answer *answer)
{
    const int32_t state = s->candidate[i];
    *answer = (mst_answer){(double)NAN, (double)NAN, -1, false, "no fleet and no index given"};
    if (!s->in || !s->in->fleet[state].is_assessed)
        return;
    if (s->in->fleet[state].is_fleet) {
        int32_t unit = -1;
        /* a base at the very place has all the margin there is: held to what a score can be */
        answer->score = fmin(1.0 + widest(s->model, s->in->drill, state, &unit), 1000.0);
        answer->joins = answer->score >= 1.0;
        answer->basis = mst_arena_printf(arena, "best: %s, radius %.2f of the distance",
                                         s->model->unit[unit].name ? s->model->unit[unit].name
                                                                   : s->model->unit[unit].id,
                                         answer->score);
        return;
    }
    const double need = s->model->drill[s->in->drill].index_reach_need;
    const double reach = mst_model_index(s->model, s->in->drill, state).reach;
    answer->score = reach / need;
    answer->joins = mst_share_suffices(answer->score, 1.0);
    answer->basis = mst_arena_printf(arena, "reach %.2f, need %.2f", reach, need);
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    for (int32_t i = 0; i < setting->candidate_count; i++)
        judge(setting, i, arena, &reply->answer[i]);
    return !arena->failed;
}

const mst_align_type mst_align_reach = {
    .name = "reach",
    .label = "reach alone",
    .doc = "who takes part: whoever has something that can go there, stay and return",
    .mapping = "joins if one of its ships or aircraft, whatever its kit, can stay the hours asked "
               "for and return (radius/distance >= 1; index reading: reach/need)",
    .proposed = "the makers of muster",
    .needs = "a fleet, or an index of reach",
    .kind = MST_ALIGN_PARTICIPATION,
    .constants = 0,
    .direction = 1,
    .threshold = 1.0,
    .score = score,
};

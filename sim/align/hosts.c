#include "align/hosts.h"

#include <math.h>

static bool joins(const mst_align_type *model, double value)
{
    const double above = model->direction > 0 ? value - model->threshold : model->threshold - value;
    return model->is_strict ? above > 0.0 : above >= 0.0;
}

static mst_answer answer(const mst_setting *s, const mst_align_type *model, mst_host_figure figure,
                         int32_t candidate, const char *lacking, const char *what, const char *word,
                         mst_arena *arena)
{
    mst_answer out = {(double)NAN, (double)NAN, -1, false, lacking};
    double worst = 0.0;
    int32_t at = -1;
    for (int32_t h = 0; h < s->host_count; h++) {
        const double value = figure(s, candidate, s->host[h]);
        if (isnan(value))
            return out;
        if (at < 0 || (model->direction > 0 ? value < worst : value > worst)) {
            worst = value;
            at = s->host[h];
        }
    }
    if (at < 0)
        return out;
    out.score = worst;
    out.joins = joins(model, worst);
    out.basis = mst_arena_printf(arena, "%s %.2f %s %s", what, worst, word, s->state_name[at]);
    return out;
}

bool mst_hosts_score(const mst_setting *setting, const mst_align_type *model,
                     mst_host_figure figure, const char *lacking, const char *what,
                     const char *word, mst_arena *arena, mst_reply *reply)
{
    for (int32_t i = 0; i < setting->candidate_count; i++)
        reply->answer[i] =
            answer(setting, model, figure, setting->candidate[i], lacking, what, word, arena);
    return !arena->failed;
}

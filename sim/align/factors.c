#include "align/factors.h"

#include <math.h>

static double drill_value(const mst_model *model, const mst_align_input *in, int32_t cand,
                          int32_t index)
{
    if (index == MST_DRILL_CAP_NEED && !in->fleet[cand].is_fleet)
        return model->drill[in->drill].index_cap_need; /* the index reading has a need of its own */
    return model->drill_value[(size_t)in->drill * (size_t)model->drill_value_count + (size_t)index];
}

double mst_factor_value(const mst_model *model, const mst_align_input *in, int32_t cand,
                        int32_t other, const mst_factor *factor)
{
    const mst_values *v = in->values;
    const int32_t k = factor->index;
    const size_t attributes = (size_t)model->attribute_count;
    switch (factor->reads) {
    case MST_READS_CAND:
        return v->attribute[(size_t)cand * attributes + (size_t)k];
    case MST_READS_HOST:
    case MST_READS_OTHER:
        return v->attribute[(size_t)other * attributes + (size_t)k];
    case MST_READS_TIE:
        return v->mutual[mst_model_pair(model, k, cand, other)];
    case MST_READS_TO_HOST:
        return v->directed[mst_model_pair(model, k, cand, other)];
    case MST_READS_FROM_HOST:
        return v->directed[mst_model_pair(model, k, other, cand)];
    case MST_READS_DRILL:
        return drill_value(model, in, cand, k);
    case MST_READS_JOINS:
        return mst_model_is_host(&model->drill[in->drill], other) ||
               (in->joins && other < 64 && (*in->joins >> other & 1U));
    case MST_READS_FLEET:
        return k == 0 ? in->fleet[cand].kit : in->fleet[cand].cap;
    }
    return (double)NAN;
}

int32_t mst_rule_others(const mst_drill_row *drill, const mst_rule_row *rule, int32_t cand,
                        int32_t *out)
{
    const int32_t asked =
        rule->over == MST_OVER_PARTICIPANTS ? mst_model_asked_count(drill) : drill->host_count;
    int32_t count = 0;
    for (int32_t i = 0; i < asked && count < MST_OTHERS_MAX; i++)
        if (mst_model_asked(drill, i) != cand)
            out[count++] = mst_model_asked(drill, i);
    return count;
}

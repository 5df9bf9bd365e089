#include "activity/interop.h"

mst_effect mst_part_effect(mst_part part)
{
    switch (part) {
    case MST_PART_FUEL_GRADE:
    case MST_PART_RIG:
        return MST_FORBIDS;
    case MST_PART_LANGUAGE:
        return MST_SLOWS;
    case MST_PART_DATA_LINK:
    case MST_PART_PROCEDURES:
    case MST_PART_PAST_DRILLS:
    case MST_PART_COUNT:
        break;
    }
    return MST_LOWERS;
}

double mst_part_time_factor(const mst_model *model, mst_part part, int32_t level)
{
    return mst_part_effect(part) == MST_SLOWS ? model->constant.slows[level] : 1.0;
}

double mst_part_p_factor(const mst_model *model, mst_part part, int32_t level)
{
    return mst_part_effect(part) == MST_LOWERS ? model->constant.lowers[level] : 1.0;
}

int32_t mst_part_level(const mst_model *model, int32_t a, int32_t b, mst_part part, bool *out_known)
{
    const size_t pair = mst_model_pair(model, 0, a, b);
    const int32_t level = a == b ? 2 : model->interop[pair * MST_PART_COUNT + (size_t)part];
    *out_known = level >= 0 && level <= 2;
    return *out_known ? level : 1;
}

int32_t mst_part_worst(const mst_model *model, uint64_t states, mst_part part)
{
    int32_t worst = 2;
    for (int32_t a = 0; a < model->state_count && a < 64; a++)
        for (int32_t b = a + 1; b < model->state_count && b < 64; b++) {
            if (!(states >> a & 1U) || !(states >> b & 1U))
                continue;
            bool known;
            const int32_t level = mst_part_level(model, a, b, part, &known);
            worst = level < worst ? level : worst;
        }
    return worst;
}

mst_fit mst_fit_of(const mst_model *model, uint64_t states, uint32_t parts)
{
    mst_fit out = {.forbidden = -1, .time_factor = 1.0, .p_factor = 1.0};
    for (int32_t part = 0; part < MST_PART_COUNT; part++) {
        if (!(parts >> part & 1U))
            continue;
        const int32_t level = mst_part_worst(model, states, (mst_part)part);
        if (mst_part_effect((mst_part)part) == MST_FORBIDS && level == 0 && out.forbidden < 0)
            out.forbidden = part;
        out.time_factor *= mst_part_time_factor(model, (mst_part)part, level);
        out.p_factor *= mst_part_p_factor(model, (mst_part)part, level);
    }
    return out;
}

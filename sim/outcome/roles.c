#include "outcome/roles.h"

#include <math.h>

static mst_role role(const mst_stage_result *s, double value, double positive)
{
    if (isnan(s->margin) || isnan(value))
        return MST_ROLE_NEITHER;
    if (s->stage == MST_ABLE)
        return value < 0.0 && s->standing != MST_YES ? MST_ROLE_SUFFICIENT : MST_ROLE_NEITHER;
    if (s->standing != MST_YES && value < 0.0 && positive + value <= 0.0)
        return MST_ROLE_SUFFICIENT;
    if (s->standing != MST_YES && value < 0.0 && s->margin - value > 0.0)
        return MST_ROLE_NECESSARY;
    if (s->standing == MST_YES && value > 0.0 && s->margin - value <= 0.0)
        return MST_ROLE_NECESSARY;
    return MST_ROLE_NEITHER;
}

void mst_roles_of(const mst_verdict *verdict, int32_t stage, const mst_term *const *terms,
                  int32_t count, mst_role *out)
{
    double positive = 0.0;
    for (int32_t i = 0; i < count; i++)
        positive += fmax(terms[i]->value, 0.0);
    for (int32_t i = 0; i < count; i++)
        out[i] = role(&verdict->stage[stage], terms[i]->value, positive);
}

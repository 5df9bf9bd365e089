#include "model/rulings.h"

#include "model/fields.h"

void mst_rulings_open(mst_spec *spec, mst_arena *arena)
{
    for (int32_t d = 0; d < spec->drills.count; d++) {
        mst_drill_def *drill = MST_AT(mst_drill_def, &spec->drills, d);
        for (int32_t i = 0; i < drill->candidates.count; i++) {
            const char *state = MST_AT(const mst_ref, &drill->candidates, i)->id;
            if (!state || mst_table_find(&drill->rulings, sizeof(mst_ruling_def), state) >= 0)
                continue;
            mst_ruling_def *made = mst_list_add(arena, &drill->rulings, sizeof *made);
            if (!made)
                return; /* the arena remembers */
            mst_fields_blank(mst_fields_ruling, made);
            made->item = (mst_item){.id = state, .place = drill->item.place};
        }
    }
}

const uint8_t *mst_rulings_build(const mst_model *model, const mst_drill_def *drill,
                                 const int32_t *candidate, int32_t count, mst_arena *arena)
{
    const mst_list *rulings = &drill->rulings;
    uint8_t *out = mst_arena_alloc(arena, (size_t)count + 1);
    bool any = false;
    for (int32_t i = 0; out && i < count; i++) {
        const int32_t at =
            mst_table_find(rulings, sizeof(mst_ruling_def), model->state[candidate[i]].id);
        const int32_t says = at < 0 ? -1 : MST_AT(const mst_ruling_def, rulings, at)->says;
        out[i] = (uint8_t)(says < 0 ? MST_RULING_NONE : says);
        any = any || out[i] != MST_RULING_NONE;
    }
    return any ? out : NULL;
}

mst_ruling mst_model_ruling(const mst_model *model, int32_t drill, int32_t state)
{
    const mst_drill_row *d = &model->drill[drill];
    for (int32_t i = 0; d->ruling && i < d->candidate_count; i++)
        if (d->candidate[i] == state)
            return (mst_ruling)d->ruling[i];
    return MST_RULING_NONE;
}

mst_verdict mst_verdict_by_rules(const mst_model *model, const mst_verdict *verdict)
{
    mst_verdict out = *verdict;
    if (mst_model_ruling(model, verdict->drill, verdict->state) == MST_RULING_NONE)
        return out;
    out.joins = mst_verdict_is_assessed(verdict);
    for (int32_t i = 0; i < verdict->stage_count; i++)
        if (mst_stage_says_no(&verdict->stage[i]))
            out.joins = 0;
    return out;
}

const char *mst_model_ruling_reason(const mst_model *model, int32_t drill, int32_t state)
{
    const mst_drill_row *d = &model->drill[drill];
    const int32_t at =
        d->def ? mst_table_find(&d->def->rulings, sizeof(mst_ruling_def), model->state[state].id)
               : -1;
    return at < 0 ? NULL : MST_AT(const mst_ruling_def, &d->def->rulings, at)->reason;
}

/* Injects that are thrown in: what they are about, as indices. */
#include "model/build.h"

static int32_t units_of(const mst_builder *b, const mst_inject_def *def, int32_t *out)
{
    const int32_t unit = mst_ref_unit(b->spec, &def->unit);
    const int32_t group = mst_ref_group(b->spec, &def->group);
    int32_t count = 0;
    for (int32_t i = 0; unit >= 0 && i < b->unit_number[unit]; i++)
        out[count++] = b->unit_first[unit] + i;
    if (group >= 0 && b->group_row[group] >= 0) {
        const mst_group_row *row = &b->model->group[b->group_row[group]];
        for (int32_t i = 0; i < row->member_count && count < b->model->unit_count; i++)
            out[count++] = row->member[i];
    }
    return count;
}

static bool build_inject(mst_builder *b, const mst_inject_def *def, mst_inject_row *row)
{
    int32_t *unit = MST_NEW(b, int32_t, b->model->unit_count);
    if (!unit)
        return false;
    const char *id = mst_name_of(NULL, &def->item);
    *row = (mst_inject_row){
        .id = id,
        .title = def->title ? def->title : id,
        .def = def,
        .at = def->at.from,
        .effect = def->effect < 0 ? MST_EFFECT_WORDS : (mst_inject_effect)def->effect,
        .drill = -1,
        .unit = unit,
        .unit_count = units_of(b, def, unit),
        .length = def->for_,
        .fraction = mst_real_or(def->fraction, 0.0),
        .sea_state = (int32_t)mst_int_or(def->sea_state, 0),
    };
    if (row->effect == MST_EFFECT_SEA_STATE)
        row->drill = mst_ref_drill(b->spec, &def->drill);
    return true;
}

bool mst_build_injects(mst_builder *b)
{
    const mst_list *injects = &b->spec->injects;
    int32_t count = 0;
    mst_inject_row *row = MST_NEW(b, mst_inject_row, injects->count);
    if (!row)
        return false;
    for (int32_t i = 0; i < injects->count; i++) {
        const mst_inject_def *def = MST_AT(const mst_inject_def, injects, i);
        if (def->on == 1 && !build_inject(b, def, &row[count++]))
            return false;
    }
    b->model->inject = row;
    b->model->inject_count = count;
    return true;
}

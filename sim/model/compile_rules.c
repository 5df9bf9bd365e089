/* Participation rules: their terms as indices into the values of states, ties and drills. */
#include "model/build.h"

#include <math.h>

static bool build_terms(mst_builder *b, const mst_rule_def *def, mst_rule_row *row)
{
    mst_rule_term *term = MST_NEW(b, mst_rule_term, def->terms.count);
    if (!term)
        return false;
    for (int32_t i = 0; i < def->terms.count && i < MST_RULE_TERMS_MAX; i++) {
        if (mst_term_read(def, i, &b->names, b->arena, b->diags, &term[row->term_count]))
            row->term_count++;
        else if (b->arena->failed)
            return false;
    }
    row->term = term;
    return true;
}

bool mst_build_rules(mst_builder *b)
{
    const mst_list *rules = &b->spec->alignment.rules;
    mst_rule_row *row = MST_NEW(b, mst_rule_row, rules->count);
    if (!row)
        return false;
    for (int32_t i = 0; i < rules->count; i++) {
        const mst_rule_def *def = MST_AT(const mst_rule_def, rules, i);
        row[i] = (mst_rule_row){
            .id = mst_name_of(NULL, &def->item),
            .label = mst_name_of(def->label, &def->item),
            .def = def,
            .stage = (mst_stage)def->stage,
            .form = def->form,
            .over = def->over < 0 ? 0 : def->over,
            .weight = (double)mst_int_or(def->sign, 1) * mst_real_or(def->weight, 1.0),
            .at = mst_real_or(def->at, 0.5),
            .scale = mst_real_or(def->scale, 0.125),
            .is_off = def->off == 1,
        };
        if (!build_terms(b, def, &row[i]))
            return false;
    }
    b->model->rule = row;
    b->model->rule_count = rules->count;
    return true;
}

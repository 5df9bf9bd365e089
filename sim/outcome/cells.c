/* Values that the rules of a verdict's stages read, with their paths. */
#include "outcome/trial.h"

#include "align/factors.h"
#include "base/list.h"

#include <math.h>
#include <string.h>

const mst_tie_def *mst_tie_between(const mst_model *model, int32_t a, int32_t b)
{
    const char *first = model->state[a].id, *second = model->state[b].id;
    if (model->tie_of && model->spec) {
        const int32_t tie = model->tie_of[(size_t)a * (size_t)model->state_count + (size_t)b];
        return tie < 0 ? NULL : MST_AT(const mst_tie_def, &model->spec->ties, tie);
    }
    for (int32_t i = 0; model->spec && i < model->spec->ties.count; i++) {
        const mst_tie_def *tie = MST_AT(mst_tie_def, &model->spec->ties, i);
        if (!tie->a.id || !tie->b.id || !tie->item.id)
            continue;
        if ((!strcmp(tie->a.id, first) && !strcmp(tie->b.id, second)) ||
            (!strcmp(tie->a.id, second) && !strcmp(tie->b.id, first)))
            return tie;
    }
    return NULL;
}

typedef struct gather {
    const mst_trial *trial;
    mst_arena *arena;
    mst_list cells;       /* mst_cell */
    int32_t stage, first; /* first cell of this stage */
    const char *key;      /* of the factor being added */
} gather;

static bool known(const gather *g, mst_cell_kind kind, int32_t index)
{
    for (int32_t i = g->first; i < g->cells.count; i++) {
        const mst_cell *cell = MST_AT(mst_cell, &g->cells, i);
        if (cell->kind == kind && (cell->index == index || cell->mirror == index))
            return true;
    }
    return false;
}

static void add(gather *g, mst_cell_kind kind, int32_t index, int32_t mirror, double low,
                const char *path)
{
    if (!path || known(g, kind, index))
        return;
    mst_cell *cell = mst_list_add(g->arena, &g->cells, sizeof *cell);
    if (cell)
        *cell = (mst_cell){kind, index, mirror, g->stage, path, g->key, low, 1.0};
}

static void add_attribute(gather *g, int32_t state, int32_t attribute)
{
    const mst_model *m = &g->trial->model;
    add(g, MST_CELL_ATTRIBUTE, state * m->attribute_count + attribute,
        state * m->attribute_count + attribute, 0.0,
        mst_arena_printf(g->arena, "states.%s.attributes.%s", m->state[state].id,
                         m->attribute_name[attribute]));
}

static void add_mutual(gather *g, int32_t kind, int32_t a, int32_t b)
{
    const mst_model *m = &g->trial->model;
    const mst_tie_def *tie = mst_tie_between(m, a, b);
    const bool is_align = kind == MST_MUTUAL_ALIGN;
    /* a pact's strength and rivalry have keys of another shape */
    if (!tie || kind == MST_MUTUAL_PACT || strcmp(m->mutual_name[kind], "rival") == 0)
        return;
    add(g, MST_CELL_MUTUAL, (int32_t)mst_model_pair(m, kind, a, b),
        (int32_t)mst_model_pair(m, kind, b, a), is_align ? -1.0 : 0.0,
        is_align
            ? mst_arena_printf(g->arena, "ties.%s.align", tie->item.id)
            : mst_arena_printf(g->arena, "ties.%s.mutual.%s", tie->item.id, m->mutual_name[kind]));
}

static void add_directed(gather *g, int32_t kind, int32_t from, int32_t to)
{
    const mst_model *m = &g->trial->model;
    const int32_t at = (int32_t)mst_model_pair(m, kind, from, to);
    const mst_tie_def *tie = mst_tie_between(m, from, to);
    if (!tie)
        return;
    const bool is_forward = strcmp(tie->a.id, m->state[from].id) == 0;
    add(g, MST_CELL_DIRECTED, at, at, 0.0,
        mst_arena_printf(g->arena, "ties.%s.%s.%s", tie->item.id, is_forward ? "a_to_b" : "b_to_a",
                         m->directed_name[kind]));
}

static void add_drill(gather *g, int32_t value)
{
    const mst_model *m = &g->trial->model;
    const int32_t drill = g->trial->drill_index;
    const char *id = m->drill[drill].id;
    const char *path = NULL;
    if (value == MST_DRILL_VISIBILITY)
        path = mst_arena_printf(g->arena, "drills.%s.visibility", id);
    else if (value == MST_DRILL_CAP_NEED)
        path =
            mst_arena_printf(g->arena,
                             g->trial->fleet[g->trial->state].is_fleet ? "drills.%s.cap_need"
                                                                       : "drills.%s.index.cap_need",
                             id);
    else if (value >= MST_DRILL_FIRST_ATTRIBUTE)
        path =
            mst_arena_printf(g->arena, "drills.%s.attributes.%s", id, m->drill_value_name[value]);
    add(g, MST_CELL_DRILL, drill * m->drill_value_count + value,
        drill * m->drill_value_count + value, 0.0, path);
}

/* The factor as its rule names it, with the host or participant that it is read against. */
static const char *key_of(const gather *g, const mst_factor *f, int32_t other)
{
    const bool names_another = f->reads != MST_READS_CAND && f->reads != MST_READS_DRILL;
    return names_another && other >= 0
               ? mst_arena_printf(g->arena, "%s of %s", f->name, g->trial->model.state[other].id)
               : f->name;
}

static void add_factor(gather *g, const mst_factor *f, int32_t other)
{
    const int32_t cand = g->trial->state;
    g->key = key_of(g, f, other);
    if (f->reads == MST_READS_CAND)
        add_attribute(g, cand, f->index);
    else if (f->reads == MST_READS_DRILL)
        add_drill(g, f->index);
    else if (other < 0 || other == cand)
        return;
    else if (f->reads == MST_READS_HOST || f->reads == MST_READS_OTHER)
        add_attribute(g, other, f->index);
    else if (f->reads == MST_READS_TIE)
        add_mutual(g, f->index, cand, other);
    else if (f->reads == MST_READS_TO_HOST)
        add_directed(g, f->index, cand, other);
    else if (f->reads == MST_READS_FROM_HOST)
        add_directed(g, f->index, other, cand);
}

static void add_rule(gather *g, const mst_rule_row *rule, int32_t other)
{
    for (int32_t i = 0; i < rule->term_count; i++)
        for (int32_t f = 0; f < rule->term[i].factor_count; f++)
            add_factor(g, &rule->term[i].factor[f], other);
}

static void add_stage(gather *g, const mst_stage_result *stage)
{
    const mst_model *m = &g->trial->model;
    const mst_drill_row *d = &m->drill[g->trial->drill_index];
    int32_t others[MST_OTHERS_MAX];
    for (int32_t i = 0; i < m->rule_count; i++) {
        const mst_rule_row *rule = &m->rule[i];
        if (rule->stage != stage->stage || rule->is_off)
            continue;
        if (stage->host >= 0) {
            add_rule(g, rule, stage->host);
            continue;
        }
        add_rule(g, rule, -1);
        const int32_t count = mst_rule_others(d, rule, g->trial->state, others);
        for (int32_t k = 0; k < count; k++)
            add_rule(g, rule, others[k]);
    }
}

int32_t mst_trial_cells(const mst_trial *trial, const mst_verdict *verdict, mst_arena *arena,
                        mst_cell **out)
{
    gather g = {.trial = trial, .arena = arena};
    for (int32_t i = 0; i < verdict->stage_count; i++) {
        g.stage = i;
        g.first = g.cells.count;
        if (verdict->stage[i].stage != MST_ABLE)
            add_stage(&g, &verdict->stage[i]);
    }
    *out = g.cells.item;
    return g.cells.count;
}

void mst_cell_widen(const mst_trial *trial, mst_cell *cell)
{
    const mst_model *model = &trial->model;
    for (int32_t i = 0; model->spec && i < model->spec->levers.count; i++) {
        const mst_lever_def *lever = MST_AT(mst_lever_def, &model->spec->levers, i);
        if (!lever->path || strcmp(lever->path, cell->path) != 0)
            continue;
        if (isfinite(lever->min) && isfinite(lever->max) && lever->min < lever->max) {
            cell->low = lever->min;
            cell->high = lever->max;
        }
    }
}

double mst_cell_get(const mst_trial *trial, const mst_cell *cell)
{
    switch (cell->kind) {
    case MST_CELL_ATTRIBUTE:
        return trial->values.attribute[cell->index];
    case MST_CELL_MUTUAL:
        return trial->values.mutual[cell->index];
    case MST_CELL_DIRECTED:
        return trial->values.directed[cell->index];
    case MST_CELL_DRILL:
        break;
    }
    const mst_drill_row *d = &trial->drill[trial->drill_index];
    const bool is_need =
        cell->index - trial->drill_index * trial->model.drill_value_count == MST_DRILL_CAP_NEED;
    return is_need && !trial->fleet[trial->state].is_fleet ? d->index_cap_need
                                                           : trial->drill_value[cell->index];
}

void mst_cell_set(mst_trial *trial, const mst_cell *cell, double value)
{
    mst_drill_row *d = &trial->drill[trial->drill_index];
    switch (cell->kind) {
    case MST_CELL_ATTRIBUTE:
        trial->values.attribute[cell->index] = value;
        return;
    case MST_CELL_MUTUAL:
        trial->values.mutual[cell->index] = trial->values.mutual[cell->mirror] = value;
        return;
    case MST_CELL_DIRECTED:
        trial->values.directed[cell->index] = value;
        return;
    case MST_CELL_DRILL:
        break;
    }
    const int32_t which = cell->index - trial->drill_index * trial->model.drill_value_count;
    if (which == MST_DRILL_CAP_NEED && !trial->fleet[trial->state].is_fleet) {
        d->index_cap_need = value;
        return;
    }
    trial->drill_value[cell->index] = value;
    if (which == MST_DRILL_CAP_NEED)
        d->cap_need = value;
    if (which == MST_DRILL_VISIBILITY)
        d->visibility = value;
}

/* Figures that nobody vouches for and that a verdict rests on, most influential first. */
#include "outcome/assume.h"

#include "model/fields.h"

#include <math.h>
#include <string.h>

const mst_fact *mst_assumed_fact(const mst_assumed *list, const char *path)
{
    return list->model->spec && path ? mst_spec_fact(list->model->spec, path) : NULL;
}

static bool is_vouched_for(const mst_fact *fact)
{
    return fact && (fact->confidence == MUSTER_STATED || fact->confidence == MUSTER_HIGH ||
                    fact->confidence == MUSTER_MEDIUM);
}

/* The stage a figure acts on, in words. */
static const char *words_of_stage(const mst_assumed *list, int32_t stage)
{
    const mst_stage_result *s = &list->verdict->stage[stage];
    if (s->stage == MST_ABLE)
        return "able";
    if (s->stage == MST_ACCEPT || s->host < 0)
        return "accepts";
    const mst_state_row *host = &list->model->state[s->host];
    return mst_arena_printf(list->arena, "%s's stage", host->name ? host->name : host->id);
}

static mst_assumption *find(const mst_assumed *list, const char *path)
{
    for (int32_t i = 0; i < list->found.count; i++) {
        mst_assumption *one = MST_AT(mst_assumption, &list->found, i);
        if (strcmp(one->path, path) == 0)
            return one;
    }
    return NULL;
}

/* The share of a stage's margin that a move changes, kept with the others; the figure counts with
 * the largest. A stage that it does not move at all is not one that it acts on. */
static void act(const mst_assumed *list, mst_assumption *one, int32_t stage, double change)
{
    const double margin = fabs(list->verdict->stage[stage].margin);
    /* at a margin of 0 any move flips the stage */
    const double share = isnan(change) ? change : change == 0.0 ? 0.0 : fabs(change) / margin;
    one->influence = fmax(one->influence, share); /* fmax passes over NaN */
    if (share == 0.0)
        return;
    one->share[stage] = fmax(one->share[stage], share);
    const char *effect = words_of_stage(list, stage);
    if (!one->effect)
        one->effect = effect;
    else if (effect && !strstr(one->effect, effect))
        one->effect = mst_arena_printf(list->arena, "%s, %s", one->effect, effect);
}

/* A value without a fact as text: to the 15 digits that are meant, not to the last bit. */
static const char *written(const mst_assumed *list, double value, const char *unit)
{
    if (isnan(value))
        return "default";
    return mst_arena_printf(list->arena, "%.15g%s%s", value, unit[0] ? " " : "", unit);
}

void mst_assumed_add(mst_assumed *list, const char *path, const mst_fact *fact, double value,
                     const char *unit, int32_t stage, double change)
{
    if (!path || is_vouched_for(fact))
        return;
    mst_assumption *one = find(list, path);
    if (!one) {
        one = mst_list_add(list->arena, &list->found, sizeof *one);
        if (!one)
            return;
        *one = (mst_assumption){.path = path,
                                .written = fact && fact->written ? fact->written
                                                                 : written(list, value, unit),
                                .source = fact ? fact->source : "assumed",
                                .confidence = fact ? fact->confidence : MUSTER_ASSUMED,
                                .influence = (double)NAN};
        for (int32_t i = 0; i < MST_STAGES_MAX; i++)
            one->share[i] = (double)NAN;
    }
    act(list, one, stage, change);
}

/* ---- rules and values ----------------------------------------------------------------------- */

/* A stage's margin is the sum of its terms, and a term is its weight times a value. */
static void add_weights(mst_assumed *list)
{
    const mst_verdict *v = mst_trial_judge(list->trial);
    for (int32_t i = 0; i < v->term_count; i++) {
        const mst_term *term = &list->trial->output.term[v->term_first + i];
        if (term->rule < 0 || isnan(term->value))
            continue;
        const mst_rule_row *rule = &list->model->rule[term->rule];
        const char *path = mst_arena_printf(list->arena, "alignment.rules.%s.weight", rule->id);
        mst_assumed_add(list, path, mst_assumed_fact(list, path), fabs(rule->weight), "",
                        term->stage, MST_MOVED_SHARE * term->value);
    }
}

/* Change of the margin for a tenth of the value, from the slope between both sides of it: exact
 * where the margin is linear in the value. */
static double slope_change(mst_assumed *list, const mst_cell *cell, double present)
{
    const double step = 0.5 * MST_MOVED_SHARE * present;
    mst_cell_set(list->trial, cell, present + step);
    const double above = mst_trial_margin(list->trial, cell->stage);
    mst_cell_set(list->trial, cell, present - step);
    const double below = mst_trial_margin(list->trial, cell->stage);
    mst_cell_set(list->trial, cell, present);
    return above - below;
}

/* The value in the file, which a dated event may have replaced since. */
static double undated(const mst_model *m, const mst_cell *cell, double present)
{
    switch (cell->kind) {
    case MST_CELL_ATTRIBUTE:
        return m->attribute[cell->index];
    case MST_CELL_MUTUAL:
        return m->mutual[cell->index];
    case MST_CELL_DIRECTED:
        return m->directed[cell->index];
    case MST_CELL_DRILL:
        break;
    }
    return present;
}

static void add_values(mst_assumed *list)
{
    mst_cell *cell;
    const int32_t count = mst_trial_cells(list->trial, list->verdict, list->arena, &cell);
    for (int32_t i = 0; i < count; i++) {
        const double present = mst_cell_get(list->trial, &cell[i]);
        if (isnan(present))
            continue; /* a missing value is no assumption: its stage is not assessed */
        const mst_fact *fact = mst_assumed_fact(list, cell[i].path);
        mst_fact now;
        if (fact && undated(list->model, &cell[i], present) != present) {
            now = *fact;
            now.written = NULL; /* what stands there no longer holds */
            fact = &now;
        }
        mst_assumed_add(list, cell[i].path, fact, present, "", cell[i].stage,
                        slope_change(list, &cell[i], present));
    }
}

/* ---- order ---------------------------------------------------------------------------------- */

/* Most influential first, unmeasured last, equals in the order they were found. */
static void sort(mst_assumption *a, int32_t count)
{
    for (int32_t i = 1; i < count; i++) {
        const mst_assumption one = a[i];
        int32_t k = i;
        for (; k > 0 && (a[k - 1].influence < one.influence ||
                         (isnan(a[k - 1].influence) && !isnan(one.influence)));
             k--)
            a[k] = a[k - 1];
        a[k] = one;
    }
}

int32_t mst_assumptions(const mst_model *model, const mst_verdict *verdict, const mst_run *run,
                        mst_arena *arena, mst_assumption **out)
{
    mst_trial trial;
    *out = NULL;
    if (!mst_trial_make(model, run, verdict, arena, &trial))
        return 0;
    mst_assumed list = {.trial = &trial, .model = model, .verdict = verdict, .arena = arena};
    add_values(&list);
    add_weights(&list);
    mst_assumed_fleet(&list);
    if (arena->failed)
        return 0;
    *out = list.found.item;
    sort(*out, list.found.count);
    return list.found.count;
}

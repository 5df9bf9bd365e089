/* Pairs of participating states: levels of the six parts and what each cost (DEFINITIONS 6). */
#include "outcome/fold.h"
#include "outcome/trial.h"

#include "activity/interop.h"
#include "model/fields.h"

#include <math.h>
#include <string.h>

/* True if nobody vouches for the level: unknown, or marked assumed in the file. */
static bool is_assumed(mst_outcomes *out, const mst_tie_def *tie, int32_t part)
{
    if (!tie || !tie->item.id)
        return false;
    const char *path =
        mst_arena_printf(&out->arena, "ties.%s.interop.%s", tie->item.id, mst_part_names[part]);
    const mst_fact *fact = path ? mst_spec_fact(out->model->spec, path) : NULL;
    return fact && fact->confidence == MST_ASSUMED;
}

double mst_part_score(const mst_outcomes *out, const mst_model *model, int32_t drill, int32_t part)
{
    double gain = 0.0;
    for (int32_t i = 0; i < out->model->serial_count; i++) {
        const mst_serial_row *row = &out->model->serial[i];
        const mst_serial_outcome *s = &out->serial[i];
        if (row->drill == drill && (row->parts >> part & 1U) && s->needs_held)
            gain += row->weight *
                    (mst_held_value(model, mst_serial_p(model, row, s->states)) - s->value);
    }
    return out->drill[drill].score + gain / out->drill[drill].planned_weight;
}

/* Two states of which a part is taken as full: a view of the model with levels of its own. */
typedef struct full_view {
    mst_model model;
    int32_t *level;
} full_view;

static bool view_make(mst_outcomes *out, full_view *view)
{
    const size_t count = mst_model_pair(out->model, 1, 0, 0) * MST_PART_COUNT;
    view->model = *out->model;
    view->level = mst_arena_array(&out->arena, count, sizeof *view->level);
    if (!view->level)
        return false;
    view->model.interop = view->level;
    return true;
}

static void view_fill(const mst_outcomes *out, const mst_pair_outcome *pair, int32_t part,
                      full_view *view)
{
    const size_t there = mst_model_pair(out->model, 0, pair->a, pair->b);
    const size_t back = mst_model_pair(out->model, 0, pair->b, pair->a);
    const size_t count = mst_model_pair(out->model, 1, 0, 0) * MST_PART_COUNT;
    memcpy(view->level, out->model->interop, count * sizeof *view->level);
    view->level[there * MST_PART_COUNT + (size_t)part] = 2;
    view->level[back * MST_PART_COUNT + (size_t)part] = 2;
}

static bool is_needed(const mst_model *model, int32_t drill, int32_t part)
{
    for (int32_t i = 0; i < model->serial_count; i++)
        if (model->serial[i].drill == drill && (model->serial[i].parts >> part & 1U))
            return true;
    return false;
}

/* What a level below full does not change costs nothing, without asking. A part that lowers P
 * changes nothing else; one that slows or forbids moves serials, and so the plan is run again. */
static double cost(mst_outcomes *out, const mst_pair_outcome *pair, int32_t part, full_view *view)
{
    const mst_drill_outcome *d = &out->drill[pair->drill];
    const mst_effect effect = mst_part_effect((mst_part)part);
    if (pair->part[part] == 2 || (effect == MST_FORBIDS && pair->part[part] > 0) || !d->mustered ||
        !(d->planned_weight > 0.0) || !is_needed(out->model, pair->drill, part))
        return 0.0;
    view_fill(out, pair, part, view);
    if (effect == MST_LOWERS)
        return mst_part_score(out, &view->model, pair->drill, part) - d->score;
    double score = (double)NAN; /* stays so for records that no activity made */
    if (out->model->instance_count > 0 &&
        !mst_part_score_rerun(out, &view->model, pair->drill, &score))
        out->arena.failed = true;
    return score - d->score;
}

static void fill(mst_outcomes *out, mst_pair_outcome *pair, full_view *view)
{
    const mst_tie_def *tie = mst_tie_between(out->model, pair->a, pair->b);
    for (int32_t part = 0; part < MST_PART_COUNT; part++) {
        bool known;
        pair->part[part] = mst_part_level(out->model, pair->a, pair->b, (mst_part)part, &known);
        pair->part_assumed[part] = !known || is_assumed(out, tie, part);
        pair->part_cost[part] = cost(out, pair, part, view);
    }
}

void mst_fold_pairs(mst_outcomes *out)
{
    int32_t most = 0;
    for (int32_t d = 0; d < out->model->drill_count; d++)
        most += out->drill[d].participant_count * (out->drill[d].participant_count - 1) / 2;
    out->pair = mst_arena_array(&out->arena, (size_t)most, sizeof *out->pair);
    full_view view;
    if (!out->pair || !view_make(out, &view))
        return;
    for (int32_t d = 0; d < out->model->drill_count; d++) {
        const uint64_t states = out->drill[d].states;
        for (int32_t a = 0; a < out->model->state_count; a++)
            for (int32_t b = a + 1; b < out->model->state_count; b++)
                if ((states & mst_state_bit(a)) && (states & mst_state_bit(b))) {
                    mst_pair_outcome *pair = &out->pair[out->pair_count++];
                    *pair = (mst_pair_outcome){.drill = d, .a = a, .b = b};
                    fill(out, pair, &view);
                }
    }
}

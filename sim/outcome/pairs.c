/* Pairs of participating states: levels of the six parts and what each cost (DEFINITIONS 6). */
#include "outcome/fold.h"
#include "outcome/trial.h"

#include "model/fields.h"

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

/* Value of a serial with one part of one pair full: higher P, or no longer forbidden. */
static double value_with(const mst_outcomes *out, int32_t serial, const mst_part_full *full)
{
    const mst_serial_row *row = &out->model->serial[serial];
    const mst_serial_outcome *s = &out->serial[serial];
    int32_t forbidden;
    const double p = mst_serial_p(out->model, row, s->states, full, &forbidden);
    if (s->needs_held)
        return mst_held_value(out->model, p);
    /* sea and all before it held, else the cause would be an earlier one; air is taken as held */
    if (s->outcome == MST_CANCELLED && s->cause == MST_CAUSE_PART && forbidden < 0)
        return mst_held_value(out->model, p);
    return s->value;
}

static double cost(const mst_outcomes *out, const mst_pair_outcome *pair, int32_t part)
{
    const mst_part_full full = {pair->a, pair->b, part};
    double gain = 0.0;
    if (!out->drill[pair->drill].mustered || !(out->drill[pair->drill].planned_weight > 0.0))
        return 0.0;
    for (int32_t i = 0; i < out->model->serial_count; i++) {
        const mst_serial_row *row = &out->model->serial[i];
        if (row->drill == pair->drill && (row->parts & (1u << part)))
            gain += row->weight * (value_with(out, i, &full) - out->serial[i].value);
    }
    return gain / out->drill[pair->drill].planned_weight;
}

static void fill(mst_outcomes *out, mst_pair_outcome *pair)
{
    const mst_tie_def *tie = mst_tie_between(out->model, pair->a, pair->b);
    for (int32_t part = 0; part < MST_PART_COUNT; part++) {
        bool known;
        pair->part[part] = mst_part_level(out->model, pair->a, pair->b, part, &known);
        pair->part_assumed[part] = !known || is_assumed(out, tie, part);
        pair->part_cost[part] = cost(out, pair, part);
    }
}

void mst_fold_pairs(mst_outcomes *out)
{
    int32_t most = 0;
    for (int32_t d = 0; d < out->model->drill_count; d++)
        most += out->drill[d].participant_count * (out->drill[d].participant_count - 1) / 2;
    out->pair = mst_arena_array(&out->arena, (size_t)most, sizeof *out->pair);
    if (!out->pair)
        return;
    for (int32_t d = 0; d < out->model->drill_count; d++) {
        const uint64_t states = out->drill[d].states;
        for (int32_t a = 0; a < out->model->state_count; a++)
            for (int32_t b = a + 1; b < out->model->state_count; b++)
                if ((states & mst_state_bit(a)) && (states & mst_state_bit(b))) {
                    mst_pair_outcome *pair = &out->pair[out->pair_count++];
                    *pair = (mst_pair_outcome){.drill = d, .a = a, .b = b};
                    fill(out, pair);
                }
    }
}

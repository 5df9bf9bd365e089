/* Pairs of participating states: levels of the six parts and what each cost (DEFINITIONS 6). */
#include "outcome/fold.h"
#include "outcome/trial.h"

#include "activity/interop.h"
#include "base/format.h"
#include "engine/chance.h"
#include "model/walk.h"

#include <math.h>
#include <string.h>

/* Marks the parts for whose level nobody vouches: those that the file marks as assumed. */
static void mark_assumed(const mst_outcomes *out, const mst_tie_def *tie, mst_pair_outcome *pair)
{
    char path[MST_PATH_BYTES];
    if (!tie || !tie->item.id)
        return;
    const size_t length = muster_text_format(path, sizeof path, "ties.%s.interop.", tie->item.id);
    for (int32_t part = 0; part < MST_PART_COUNT && length < sizeof path; part++) {
        const size_t bytes = strlen(mst_part_names[part]) + 1;
        if (pair->part_assumed[part] || bytes > sizeof path - length)
            continue;
        memcpy(path + length, mst_part_names[part], bytes);
        const mst_fact *fact = mst_spec_fact(out->model->spec, path);
        pair->part_assumed[part] = fact && fact->confidence == MUSTER_ASSUMED;
    }
}

double mst_part_score(const mst_outcomes *out, const mst_model *model, int32_t drill, int32_t part)
{
    double gain = 0.0;
    for (int32_t i = 0; i < out->model->serial_count; i++) {
        const mst_serial_row *row = &out->model->serial[i];
        const mst_serial_outcome *s = &out->serial[i];
        if (row->drill != drill || !(row->parts >> part & 1U) || !s->needs_held)
            continue;
        const double p = mst_serial_p(model, row, s->states);
        const double value = mst_is_plan(out->run)
                                 ? mst_held_value(model, p)
                                 : mst_drawn_value(model, mst_chance_success(out->run, i) < p);
        gain += row->weight * (value - s->value);
    }
    return out->drill[drill].score + gain / out->drill[drill].planned_weight;
}

/* The model with one part of one pair taken as full: a view with levels of its own. */
static const mst_model *view_of(const mst_outcomes *out, const mst_pair_outcome *pair, int32_t part)
{
    struct mst_scratch *scratch = out->scratch;
    const size_t there = mst_model_pair(out->model, 0, pair->a, pair->b);
    const size_t back = mst_model_pair(out->model, 0, pair->b, pair->a);
    const size_t count = mst_model_pair(out->model, 1, 0, 0) * MST_PART_COUNT;
    scratch->view = *out->model;
    scratch->view.interop = scratch->level;
    memcpy(scratch->level, out->model->interop, count * sizeof *scratch->level);
    scratch->level[there * MST_PART_COUNT + (size_t)part] = 2;
    scratch->level[back * MST_PART_COUNT + (size_t)part] = 2;
    return &scratch->view;
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
static double cost(mst_outcomes *out, const mst_pair_outcome *pair, int32_t part)
{
    const mst_drill_outcome *d = &out->drill[pair->drill];
    const mst_effect effect = mst_part_effect((mst_part)part);
    if (pair->part[part] == 2 || (effect == MST_FORBIDS && pair->part[part] > 0) || !d->mustered ||
        !(d->planned_weight > 0.0) || !is_needed(out->model, pair->drill, part))
        return 0.0;
    const mst_model *view = view_of(out, pair, part);
    if (effect == MST_LOWERS)
        return mst_part_score(out, view, pair->drill, part) - d->score;
    double score = (double)NAN; /* stays so for records that no activity made */
    if (out->model->instance_count > 0 && !mst_part_score_rerun(out, view, pair->drill, &score))
        out->arena.failed = true;
    return score - d->score;
}

void mst_fold_pairs(mst_outcomes *out)
{
    const int32_t places = mst_scope_places(out->model, MUSTER_OF_PAIR);
    out->pair_count = 0;
    for (int32_t i = 0; i < places; i++) {
        const mst_pair_outcome *place = &out->scratch->place[i];
        const uint64_t both = mst_state_bit(place->a) | mst_state_bit(place->b);
        if ((out->drill[place->drill].states & both) != both || place->b >= 64)
            continue;
        mst_pair_outcome *pair = &out->pair[out->pair_count++];
        *pair = *place;
        for (int32_t part = 0; part < MST_PART_COUNT; part++)
            pair->part_cost[part] = cost(out, pair, part);
    }
}

bool mst_pairs_may_rerun(const mst_outcomes *outcomes)
{
    const int32_t places = mst_scope_places(outcomes->model, MUSTER_OF_PAIR);
    for (int32_t i = 0; i < places; i++)
        for (int32_t part = 0; part < MST_PART_COUNT; part++) {
            const mst_pair_outcome *pair = &outcomes->scratch->place[i];
            const mst_effect effect = mst_part_effect((mst_part)part);
            if (pair->part[part] < 2 && effect != MST_LOWERS &&
                !(effect == MST_FORBIDS && pair->part[part] > 0) &&
                is_needed(outcomes->model, pair->drill, part))
                return true;
        }
    return false;
}

/* ---- places ------------------------------------------------------------------------------------ */

int32_t mst_pair_places(const mst_drill_row *drill)
{
    const int32_t asked = mst_model_asked_count(drill);
    return asked * (asked - 1) / 2;
}

/* The asked state that comes after another by index; -1: none. */
static int32_t next_asked(const mst_drill_row *drill, int32_t after)
{
    int32_t best = -1;
    for (int32_t i = 0; i < mst_model_asked_count(drill); i++) {
        const int32_t state = mst_model_asked(drill, i);
        if (state > after && (best < 0 || state < best))
            best = state;
    }
    return best;
}

bool mst_pair_at(const mst_model *model, int32_t place, int32_t *out_drill, int32_t *out_a,
                 int32_t *out_b)
{
    int32_t drill = 0;
    while (drill < model->drill_count && place >= mst_pair_places(&model->drill[drill]))
        place -= mst_pair_places(&model->drill[drill++]);
    if (place < 0 || drill == model->drill_count)
        return false;
    const mst_drill_row *d = &model->drill[drill];
    *out_drill = drill;
    int32_t a = next_asked(d, -1), row = mst_model_asked_count(d) - 1;
    for (; place >= row; row--) { /* a pairs with all that come after it */
        place -= row;
        a = next_asked(d, a);
    }
    *out_a = a;
    *out_b = next_asked(d, a);
    for (; place > 0; place--)
        *out_b = next_asked(d, *out_b);
    return true;
}

/* Levels, and whether anybody vouches for them, are figures of the model. */
static void open_place(const mst_outcomes *out, mst_pair_outcome *pair)
{
    for (int32_t part = 0; part < MST_PART_COUNT; part++) {
        bool known;
        pair->part[part] = mst_part_level(out->model, pair->a, pair->b, (mst_part)part, &known);
        pair->part_assumed[part] = !known;
    }
    mark_assumed(out, mst_tie_between(out->model, pair->a, pair->b), pair);
}

/* All places, in the order of mst_pair_at. */
static void open_places(const mst_outcomes *out, mst_pair_outcome *place)
{
    int32_t index = 0;
    for (int32_t i = 0; i < out->model->drill_count; i++) {
        const mst_drill_row *drill = &out->model->drill[i];
        for (int32_t a = next_asked(drill, -1); a >= 0; a = next_asked(drill, a))
            for (int32_t b = next_asked(drill, a); b >= 0; b = next_asked(drill, b)) {
                place[index] = (mst_pair_outcome){.drill = i, .a = a, .b = b, .place = index};
                open_place(out, &place[index++]);
            }
    }
}

bool mst_pairs_open(mst_outcomes *out)
{
    struct mst_scratch *s = out->scratch;
    const size_t places = (size_t)mst_scope_places(out->model, MUSTER_OF_PAIR);
    const size_t levels = mst_model_pair(out->model, 1, 0, 0) * MST_PART_COUNT;
    out->pair = mst_arena_array(&out->arena, places, sizeof *out->pair);
    s->place = mst_arena_array(&out->arena, places, sizeof *s->place);
    s->level = mst_arena_array(&out->arena, levels, sizeof *s->level);
    if (!out->arena.failed)
        open_places(out, s->place);
    return !out->arena.failed;
}

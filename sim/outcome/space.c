#include "outcome/space.h"

#include "model/fields.h"
#include "num/sequence.h"
#include "outcome/trial.h"

#include <math.h>
#include <string.h>

#define SEED UINT64_C(20230720) /* any number, but always the same */
#define HALF_WIDTH 0.5          /* DEFINITIONS 9: +-50 %           */

/* A figure that is moved: a weight, or a value that rules read. */
typedef struct axis {
    int32_t rule; /* -1: the cell */
    const mst_cell *cell;
    double low, mode, high;
} axis;

typedef struct space {
    mst_trial trial;
    mst_rule_row *rule; /* of the trial's model, writable */
    mst_list axis;
    mst_arena *arena;
} space;

/* Inverse of the triangular distribution. */
static double triangular(const axis *a, double u)
{
    const double width = a->high - a->low, split = (a->mode - a->low) / width;
    if (width <= 0.0)
        return a->mode;
    return u < split ? a->low + sqrt(u * width * (a->mode - a->low))
                     : a->high - sqrt((1.0 - u) * width * (a->high - a->mode));
}

static bool add_axis(space *s, axis a)
{
    axis *new = mst_list_add(s->arena, &s->axis, sizeof *new);
    if (new)
        *new = a;
    return new != NULL;
}

static bool add_weights(space *s)
{
    for (int32_t i = 0; i < s->trial.model.rule_count; i++) {
        const mst_rule_row *r = &s->rule[i];
        if (r->is_off || r->stage == MST_ABLE || r->weight == 0.0)
            continue;
        const double size = fabs(r->weight), sign = r->weight < 0.0 ? -1.0 : 1.0;
        const bool has_least = r->def && !isnan(r->def->weight_min);
        const bool has_most = r->def && !isnan(r->def->weight_max);
        const double least = has_least ? r->def->weight_min : (1.0 - HALF_WIDTH) * size;
        const double most = has_most ? r->def->weight_max : (1.0 + HALF_WIDTH) * size;
        const axis a =
            sign > 0.0 ? (axis){i, NULL, least, size, most} : (axis){i, NULL, -most, -size, -least};
        if (!add_axis(s, a))
            return false;
    }
    return true;
}

static bool is_known(const space *s, const mst_cell *cell)
{
    for (int32_t i = 0; i < s->axis.count; i++) {
        const mst_cell *other = MST_AT(axis, &s->axis, i)->cell;
        if (other && other->kind == cell->kind &&
            (other->index == cell->index || other->mirror == cell->index))
            return true;
    }
    return false;
}

/* Facts with a source, a switch or a seat in the Council for instance, are not moved. */
static bool is_vouched_for(const space *s, const char *path)
{
    const mst_spec *spec = s->trial.model.spec;
    const mst_fact *fact = spec ? mst_spec_fact(spec, path) : NULL;
    return fact && (fact->confidence == MUSTER_STATED || fact->confidence == MUSTER_HIGH ||
                    fact->confidence == MUSTER_MEDIUM);
}

/* Values of 0 have no width, and those that are missing none to give. */
static bool add_inputs(space *s, const mst_verdict *verdict)
{
    mst_cell *cell = NULL;
    const int32_t count = mst_trial_cells(&s->trial, verdict, s->arena, &cell);
    for (int32_t i = 0; i < count; i++) {
        const double value = mst_cell_get(&s->trial, &cell[i]);
        if (isnan(value) || value == 0.0 || is_known(s, &cell[i]) ||
            is_vouched_for(s, cell[i].path))
            continue;
        const double wide = HALF_WIDTH * fabs(value);
        if (!add_axis(s, (axis){-1, &cell[i], value - wide, value, value + wide}))
            return false;
    }
    return !s->arena->failed;
}

static bool open_space(space *s, const mst_model *model, const mst_run *run,
                       const mst_verdict *verdict, mst_space what, mst_arena *arena)
{
    *s = (space){.arena = arena};
    if (!mst_trial_make(model, run, verdict, arena, &s->trial))
        return false;
    s->rule = mst_arena_array(arena, (size_t)model->rule_count, sizeof *s->rule);
    if (!s->rule)
        return false;
    if (model->rule_count > 0)
        memcpy(s->rule, model->rule, (size_t)model->rule_count * sizeof *s->rule);
    s->trial.model.rule = s->rule;
    return add_weights(s) && (what != MST_SPACE_INPUTS || add_inputs(s, verdict)) &&
           s->axis.count > 0 && s->axis.count <= MST_SEQUENCE_MAX;
}

static void move(space *s, const double *point)
{
    for (int32_t i = 0; i < s->axis.count; i++) {
        const axis *a = MST_AT(axis, &s->axis, i);
        const double value = triangular(a, point[i]);
        if (a->rule >= 0)
            s->rule[a->rule].weight = value;
        else /* held to its range, but never pushed away from where the file has it */
            mst_cell_set(
                &s->trial, a->cell,
                fmax(fmin(a->cell->low, a->mode), fmin(fmax(a->cell->high, a->mode), value)));
    }
}

static bool is_political_assessed(const mst_verdict *v)
{
    for (int32_t i = 0; i < v->stage_count; i++)
        if (v->stage[i].stage != MST_ABLE && v->stage[i].standing != MST_NOT_ASSESSED)
            return true;
    return false;
}

/* Whether every political stage that is assessed says yes. */
static bool admits(const mst_verdict *v)
{
    for (int32_t i = 0; i < v->stage_count; i++)
        if (v->stage[i].stage != MST_ABLE && mst_stage_says_no(&v->stage[i]))
            return false;
    return true;
}

static void count(const mst_verdict *now, const mst_verdict *before, mst_shares *out)
{
    out->verdict += (now->joins != 0) == (before->joins != 0);
    out->joins += now->joins != 0;
    out->political += admits(now) == admits(before);
    for (int32_t i = 0; i < now->stage_count; i++)
        out->stage[i] += mst_stage_says_no(&now->stage[i]) == mst_stage_says_no(&before->stage[i]);
}

bool mst_space_try(const mst_model *model, const mst_run *run, const mst_verdict *verdict,
                   mst_space what, mst_arena *arena, mst_shares *out)
{
    space s;
    mst_sequence sequence;
    *out = (mst_shares){0};
    if (!mst_verdict_is_assessed(verdict) || !open_space(&s, model, run, verdict, what, arena) ||
        !mst_sequence_begin(&sequence, s.axis.count, SEED, arena))
        return false;
    double *point = mst_arena_array(arena, (size_t)s.axis.count, sizeof *point);
    if (!point)
        return false;
    for (int32_t i = 0; i < MST_SPACE_POINTS; i++) {
        mst_sequence_next(&sequence, point);
        move(&s, point);
        count(mst_trial_judge(&s.trial), verdict, out);
    }
    out->dimensions = s.axis.count;
    out->is_sobol = sequence.is_sobol;
    double *const share[] = {&out->verdict, &out->political, &out->joins};
    for (size_t i = 0; i < sizeof share / sizeof *share; i++)
        *share[i] /= MST_SPACE_POINTS;
    if (!is_political_assessed(verdict))
        out->political = (double)NAN;
    for (int32_t i = 0; i < verdict->stage_count; i++)
        out->stage[i] = verdict->stage[i].standing == MST_NOT_ASSESSED
                            ? (double)NAN
                            : out->stage[i] / MST_SPACE_POINTS;
    return true;
}

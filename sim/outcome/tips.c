/* Tipping values: where a stage's margin crosses 0 if one value alone moves. */
#include "outcome/trial.h"

#include "num/solve.h"
#include "outcome/turn.h"

#include <math.h>
#include <string.h>

typedef struct move { /* a margin as a function of one value, or of the weight of a rule */
    mst_trial *trial;
    const mst_cell *cell;
    mst_rule_row *rule; /* of the trial's model; null: the cell */
    double sign;        /* of the rule */
    double low, high;
    int32_t stage;
} move;

static void set(const move *m, double x)
{
    if (m->rule)
        m->rule->weight = m->sign * x;
    else
        mst_cell_set(m->trial, m->cell, x);
}

static double margin_at(double x, void *context)
{
    const move *m = context;
    set(m, x);
    return mst_trial_margin(m->trial, m->stage);
}

/* Points at which a margin is looked at, ends included. */
enum { SAMPLES = 33 };

typedef struct samples {
    double x[SAMPLES], y[SAMPLES];
} samples;

static bool take_samples(move *m, samples *s)
{
    for (int32_t i = 0; i < SAMPLES; i++) {
        const double share = (double)i / (SAMPLES - 1);
        s->x[i] = m->low + share * (m->high - m->low);
        s->y[i] = margin_at(s->x[i], m);
        if (isnan(s->y[i]))
            return false;
    }
    return true;
}

/* A line through the ends goes through all samples: then the margin is linear in the value. */
static bool is_linear(const samples *s)
{
    const int32_t last = SAMPLES - 1;
    const double slope = (s->y[last] - s->y[0]) / (s->x[last] - s->x[0]);
    const double scale = fabs(s->y[0]) + fabs(s->y[last]);
    for (int32_t i = 1; i < last; i++)
        if (fabs(s->y[0] + slope * (s->x[i] - s->x[0]) - s->y[i]) > 1e-12 * (1.0 + scale))
            return false;
    return true;
}

static bool is_flat(const samples *s)
{
    for (int32_t i = 1; i < SAMPLES; i++)
        if (fabs(s->y[i] - s->y[0]) > 1e-12)
            return false;
    return true;
}

/* The crossing nearest to the present value among the intervals of samples whose ends differ in
 * sign: by bracketed root, to 1e-13 of the value. */
static bool nearest_root(move *m, const samples *s, double present, double *out_at)
{
    bool found = false;
    for (int32_t i = 0; i + 1 < SAMPLES; i++) {
        double at = 0.0;
        if (s->y[i] * s->y[i + 1] > 0.0 || s->y[i] == s->y[i + 1] ||
            !mst_solve_root(margin_at, m, s->x[i], s->x[i + 1], 1e-13, &at))
            continue;
        if (!found || fabs(at - present) < fabs(*out_at - present))
            *out_at = at;
        found = true;
    }
    return found;
}

static bool solve(move *m, double present, double *out_at)
{
    samples s;
    const int32_t last = SAMPLES - 1;
    if (!take_samples(m, &s) || is_flat(&s))
        return false;
    if (!is_linear(&s))
        return nearest_root(m, &s, present, out_at);
    *out_at = s.x[0] - s.y[0] * (s.x[last] - s.x[0]) / (s.y[last] - s.y[0]);
    return isfinite(*out_at);
}

/* The first printable value beyond a crossing (away: 1 up, -1 down) at which the stage does answer
 * otherwise. A crossing that falls on a printable value may come to lie on either side of it: then the next
 * one is tried too. */
static double turns_beyond(const move *m, const mst_stage_result *stage, double range, double at,
                           double away)
{
    const double step = mst_turn_step(range);
    double from = mst_turn_from(at, at - away, range, mst_turn_is_beyond(stage));
    for (int32_t i = 0; i < 2; i++) {
        set(m, from);
        if (mst_stage_says_no(&mst_trial_judge(m->trial)->stage[m->stage]) !=
            mst_stage_says_no(stage))
            return from;
        from = mst_turn_at_step(round(from / step) + away, step);
    }
    return (double)NAN;
}

/* Away from the present value; of a tie, which crosses where it stands, to whichever side turns it. */
static double turns_from(const move *m, const mst_stage_result *stage, double range, double present,
                         double at)
{
    const double away = at >= present ? 1.0 : -1.0;
    const double from = turns_beyond(m, stage, range, at, away);
    return isnan(from) && fabs(at - present) < mst_turn_step(range)
               ? turns_beyond(m, stage, range, at, -away)
               : from;
}

/* False: nothing turns. range: gives the digits (turn.h). */
static bool tip_of(move *m, const mst_stage_result *stage, const char *path, double present,
                   double range, mst_tip *out)
{
    double at = 0.0;
    const bool found = solve(m, present, &at);
    const double from = found ? turns_from(m, stage, range, present, at) : (double)NAN;
    set(m, present);
    *out = (mst_tip){.path = path,
                     .value = present,
                     .at = at,
                     .from = from,
                     .decimals = mst_turn_decimals(range),
                     .stage = m->stage,
                     .within = from >= m->low && from <= m->high};
    return found;
}

int32_t mst_tips(const mst_model *model, const mst_run *run, const mst_verdict *verdict,
                 mst_arena *arena, mst_tip **out)
{
    mst_trial trial;
    mst_cell *cell;
    int32_t count = 0;
    *out = NULL;
    if (!mst_trial_make(model, run, verdict, arena, &trial))
        return 0;
    const int32_t cells = mst_trial_cells(&trial, verdict, arena, &cell);
    *out = mst_arena_array(arena, (size_t)cells, sizeof **out);
    for (int32_t i = 0; *out && i < cells; i++) {
        mst_cell *c = &cell[i];
        const mst_stage_result *stage = &verdict->stage[c->stage];
        mst_cell_widen(&trial, c);
        const double present = mst_cell_get(&trial, c);
        move m = {&trial, c, NULL, 1.0, c->low, c->high, c->stage};
        if (!isnan(present) && stage->standing != MST_NOT_ASSESSED)
            count += tip_of(&m, stage, c->path, present, c->high - c->low, &(*out)[count]);
    }
    return count;
}

/* Room for a tip of each rule and stage; null: memory is short. */
static mst_tip *room_of(const mst_model *model, const mst_verdict *verdict, mst_arena *arena)
{
    return mst_arena_array(arena, (size_t)model->rule_count * (size_t)verdict->stage_count,
                           sizeof(mst_tip));
}

int32_t mst_weight_tips(const mst_model *model, const mst_run *run, const mst_verdict *verdict,
                        mst_arena *arena, mst_tip **out)
{
    mst_trial trial;
    int32_t count = 0;
    *out = NULL;
    if (model->rule_count == 0 || !mst_trial_make(model, run, verdict, arena, &trial))
        return 0;
    mst_rule_row *rule = mst_arena_array(arena, (size_t)model->rule_count, sizeof *rule);
    *out = rule ? room_of(model, verdict, arena) : NULL;
    if (!*out)
        return 0;
    memcpy(rule, model->rule, (size_t)model->rule_count * sizeof *rule);
    trial.model.rule = rule;
    for (int32_t i = 0; i < verdict->stage_count * model->rule_count; i++) {
        const mst_stage_result *stage = &verdict->stage[i / model->rule_count];
        mst_rule_row *r = &rule[i % model->rule_count];
        if (stage->stage == MST_ABLE || stage->standing == MST_NOT_ASSESSED ||
            r->stage != stage->stage || r->is_off || r->weight == 0.0)
            continue;
        move m = {&trial,
                  NULL,
                  r,
                  r->weight < 0.0 ? -1.0 : 1.0,
                  0.0,
                  MST_WEIGHT_MOST,
                  i / model->rule_count};
        const char *path = mst_arena_printf(arena, "alignment.rules.%s.weight", r->id);
        count += path && tip_of(&m, stage, path, fabs(r->weight), 1.0, &(*out)[count]);
    }
    return arena->failed ? 0 : count;
}

#include "outcome/flip_print.h"

#include "outcome/turn.h"

#include <math.h>
#include <string.h>

enum { SAMPLES_FAST = 64, SAMPLES_SCENE = 16, HALVINGS_FAST = 44, HALVINGS_SCENE = 22 };

static const mst_verdict *verdict_at(mst_flip *flip, const double *x)
{
    mst_flip_scene *scene = flip->world.scene(flip->world.context, x);
    return scene ? mst_flip_judge(scene, flip, x) : NULL;
}

bool mst_flip_meets_at(mst_flip *flip, const mst_flip_goal *goal, const double *x)
{
    const mst_verdict *v = verdict_at(flip, x);
    return v && mst_flip_meets(v, goal);
}

static bool is_number(const mst_flip_lever *lever)
{
    return !mst_flip_is_counted(lever);
}

/* ---- readable points ------------------------------------------------------------------------------ */

/* On which side of where it stands a value lies: 1 above, -1 below. */
static double side_of(const mst_flip_lever *lever, double x)
{
    return x >= mst_flip_start(lever) ? 1.0 : -1.0;
}

static double grid_of(const mst_flip_lever *lever, double fineness)
{
    return lever->is_whole ? fmax(lever->grid * fineness, 1.0) : lever->grid * fineness;
}

/* Steps of a grid from zero, away from where the lever stands. */
static double outward(const mst_flip_lever *lever, double x, double grid)
{
    const double steps = x / grid;
    const double out = side_of(lever, x) > 0.0 ? ceil(steps - 1e-9) : floor(steps + 1e-9);
    return fmin(fmax(mst_turn_at_step(out, grid), lever->min), lever->max);
}

static double one_step(const mst_flip_lever *lever, double x, double grid, double direction)
{
    const double steps = round(x / grid) + direction;
    return fmin(fmax(mst_turn_at_step(steps, grid), lever->min), lever->max);
}

/* All to the grid; if that is not enough each a step further, then all of them. A value may fall on the
 * one that stands: which side is further is asked of the value as it was found (raw). */
static bool round_to(mst_flip *flip, const mst_flip_goal *goal, const int32_t *member,
                     int32_t count, double fineness, const double *raw, double *x)
{
    for (int32_t i = 0; i < count; i++) {
        const mst_flip_lever *l = &flip->lever[member[i]];
        if (is_number(l))
            x[member[i]] = outward(l, x[member[i]], grid_of(l, fineness));
    }
    if (mst_flip_meets_at(flip, goal, x))
        return true;
    for (int32_t i = 0; i < count; i++) {
        const mst_flip_lever *l = &flip->lever[member[i]];
        const double before = x[member[i]];
        if (!is_number(l))
            continue;
        x[member[i]] = one_step(l, before, grid_of(l, fineness), side_of(l, raw[member[i]]));
        if (mst_flip_meets_at(flip, goal, x))
            return true;
        x[member[i]] = before;
    }
    for (int32_t i = 0; i < count; i++) {
        const mst_flip_lever *l = &flip->lever[member[i]];
        if (is_number(l))
            x[member[i]] =
                one_step(l, x[member[i]], grid_of(l, fineness), side_of(l, raw[member[i]]));
    }
    return mst_flip_meets_at(flip, goal, x);
}

/* Rounding may have given more than is needed: back by single steps, the dearest lever first. */
static void step_back(mst_flip *flip, const mst_flip_goal *goal, const int32_t *member,
                      int32_t count, double fineness, double *x)
{
    enum { STEPS_MAX = 16 };
    for (int32_t step = 0; step < STEPS_MAX; step++) {
        int32_t best = -1;
        double saved = 0.0, to = 0.0;
        for (int32_t i = 0; i < count; i++) {
            const mst_flip_lever *l = &flip->lever[member[i]];
            const double before = x[member[i]];
            if (!is_number(l))
                continue;
            const double after = one_step(l, before, grid_of(l, fineness), -side_of(l, before));
            const double gain = mst_flip_cost(l, before) - mst_flip_cost(l, after);
            if (!mst_flip_moved(l, after) || gain <= saved)
                continue;
            x[member[i]] = after;
            if (mst_flip_meets_at(flip, goal, x)) {
                best = member[i];
                saved = gain;
                to = after;
            }
            x[member[i]] = before;
        }
        if (best < 0)
            return;
        x[best] = to;
    }
}

bool mst_flip_round(mst_flip *flip, const mst_flip_goal *goal, const int32_t *member, int32_t count,
                    double *x)
{
    double raw[MST_FLIP_LEVERS_MAX];
    memcpy(raw, x, (size_t)flip->lever_count * sizeof *raw);
    double fineness = 1.0;
    for (int32_t try = 0; try < 6; try++, fineness /= 10.0) {
        if (round_to(flip, goal, member, count, fineness, raw, x)) {
            step_back(flip, goal, member, count, fineness, x);
            return true;
        }
        memcpy(x, raw, (size_t)flip->lever_count * sizeof *raw);
    }
    return false;
}

/* ---- where a goal turns along one lever ------------------------------------------------------------ */

typedef struct way { /* one lever moves, the others stand */
    mst_flip *flip;
    const mst_flip_goal *goal;
    int32_t lever;
    double x[MST_FLIP_LEVERS_MAX];
} way;

static bool met(way *w, double value)
{
    w->x[w->lever] = value;
    return mst_flip_meets_at(w->flip, w->goal, w->x);
}

static int32_t samples_of(const mst_flip_lever *lever)
{
    return lever->is_rising ? 1 : lever->kind == MST_LEVER_FAST ? SAMPLES_FAST : SAMPLES_SCENE;
}

/* Halves between a value at which the goal is met and one at which it is not. */
static double edge(way *w, double good, double bad)
{
    const int32_t halvings =
        w->flip->lever[w->lever].kind == MST_LEVER_FAST ? HALVINGS_FAST : HALVINGS_SCENE;
    for (int32_t k = 0; k < halvings; k++) {
        const double middle = 0.5 * (good + bad);
        if (met(w, middle))
            good = middle;
        else
            bad = middle;
    }
    return 0.5 * (good + bad);
}

/* Rounded away from where it stands (away: 1 up, -1 down) and judged: the first that does turn, with more
 * digits where there is no room. A crossing is known to less than a step only, so that the value before
 * may turn as well. */
static double printable(way *w, double at, double away)
{
    enum { FINER = 6, WHOLE_RANGE = 10000 };
    const mst_flip_lever *l = &w->flip->lever[w->lever];
    double range = l->is_whole ? WHOLE_RANGE : l->max - l->min;
    for (int32_t finer = 0; finer <= (l->is_whole ? 0 : FINER); finer++, range /= 10.0) {
        const double step = mst_turn_step(range);
        const double first = round(mst_turn_from(at, at - away, range, false) / step);
        for (int32_t more = -1; more <= 1; more++) {
            const double from = mst_turn_at_step(first + more * away, step);
            const bool is_beyond = isnan(l->now) || (from - l->now) * away > 0.0;
            if (is_beyond && from >= l->min && from <= l->max && met(w, from))
                return from;
        }
    }
    return (double)NAN;
}

/* Of a choice where it stands; of a whole number the one before, unless its range begins with it. */
static double tip_of_counted(way *w, const mst_flip_lever *l, double there)
{
    if (l->kind == MST_LEVER_CHOICE || (there == mst_flip_first(l) && mst_flip_first_is_moved(l)))
        return l->now;
    const double next = there - side_of(l, there);
    return met(w, next) ? (double)NAN : next;
}

double mst_flip_tip(mst_flip *flip, const mst_flip_goal *goal, int32_t lever, const double *x,
                    double *from)
{
    *from = (double)NAN;
    const mst_flip_lever *l = &flip->lever[lever];
    way w = {.flip = flip, .goal = goal, .lever = lever};
    memcpy(w.x, x, (size_t)flip->lever_count * sizeof *x);
    const double there = x[lever], first = mst_flip_first(l), away = side_of(l, there);
    if (mst_flip_is_counted(l))
        return tip_of_counted(&w, l, there);
    const int32_t samples = samples_of(l);
    double good = there, tip = mst_flip_first_is_moved(l) ? first : (double)NAN;
    for (int32_t k = 1; k <= samples; k++) {
        const double at = k == samples ? first : there + (first - there) * k / samples;
        if (!met(&w, at)) {
            tip = edge(&w, good, at);
            break;
        }
        good = at;
    }
    if (!isnan(tip))
        *from = printable(&w, tip, away);
    return l->is_whole && !isnan(*from) ? *from - away : tip;
}

/* ---- alone ------------------------------------------------------------------------------------------ */

/* Goals of a lever alone: the verdict, then each stage turned. */
typedef struct turning {
    way w;
    mst_flip_goal goal[MST_STAGES_MAX + 1];
    mst_flip_turn *turn[MST_STAGES_MAX + 1];
    double away[MST_STAGES_MAX + 1]; /* of each turn: 1 up, -1 down */
    int32_t count, value_count;
} turning;

static void note(turning *t, int32_t which, double at, double away)
{
    mst_flip_turn *turn = t->turn[which];
    const double now = mst_flip_start(&t->w.flip->lever[t->w.lever]);
    if (turn->turns && fabs(at - now) >= fabs(turn->at - now))
        return;
    *turn = (mst_flip_turn){true, at, (double)NAN};
    t->away[which] = away;
}

static void try_counted(turning *t, const mst_flip_lever *l)
{
    const double first = ceil(l->min);
    for (int64_t step = 0; first + (double)step <= l->max; step++) {
        const double value = first + (double)step;
        if (!mst_flip_moved(l, value))
            continue;
        t->w.x[t->w.lever] = value;
        t->value_count++;
        const mst_verdict *v = verdict_at(t->w.flip, t->w.x);
        for (int32_t i = 0; v && i < t->count; i++)
            if (mst_flip_meets(v, &t->goal[i]))
                note(t, i, value, side_of(l, value));
    }
}

/* Samples from where it stands, or where its range begins, to an end; the first that meets a goal is
 * closed in on. */
static void try_side(turning *t, const mst_flip_lever *l, double end)
{
    const double first = mst_flip_first(l);
    const int32_t samples = samples_of(l);
    bool is_done[MST_STAGES_MAX + 1] = {false};
    double before = first;
    for (int32_t k = mst_flip_first_is_moved(l) ? 0 : 1; k <= samples; k++) {
        const double at = k == samples ? end : first + (end - first) * k / samples;
        t->value_count++;
        for (int32_t i = 0; i < t->count; i++) {
            t->w.goal = &t->goal[i];
            if (is_done[i] || !met(&t->w, at))
                continue;
            is_done[i] = true;
            note(t, i, k == 0 ? at : edge(&t->w, at, before), side_of(l, end));
        }
        before = at;
    }
}

/* What the samples stepped over, by the bounds of the branch and bound: nearer than what they found, or
 * where they found nothing. False: not all of it is proved. */
static bool look_between(turning *t, const mst_flip_lever *l)
{
    const double start = mst_flip_start(l), width = 2.0 * MST_FLIP_TOLERANCE * (l->max - l->min);
    bool is_proved = true;
    for (int32_t i = 0; i < t->count; i++) {
        mst_flip_found found;
        if (t->goal[i].no == MST_FLIP_ANY) /* the stages are asked one by one */
            continue;
        t->w.goal = &t->goal[i];
        mst_flip_set_find(t->w.flip, t->w.goal, &t->w.lever, 1, &found);
        is_proved = is_proved && found.is_proved;
        const double at = found.x[t->w.lever];
        if (!found.is_found ||
            (t->turn[i]->turns && fabs(t->turn[i]->at - start) <= fabs(at - start) + width))
            continue;
        const double first = mst_flip_first(l);
        const double back = at > start ? fmax(at - width, first) : fmin(at + width, first);
        note(t, i, met(&t->w, back) ? edge(&t->w, at, first) : edge(&t->w, at, back),
             side_of(l, at));
    }
    return is_proved;
}

/* Any stage that turns to no keeps the state out. */
static void take_nearest_stage(turning *t)
{
    for (int32_t i = 1; i < t->count; i++)
        if (t->turn[i]->turns)
            note(t, 0, t->turn[i]->at, t->away[i]);
}

/* A stage that says yes is turned to no, any other one that was assessed to yes. */
static mst_flip_goal turned(const mst_stage_result *stage, int32_t i)
{
    const bool is_yes = stage->standing == MST_YES || stage->standing == MST_NOT_ASSESSED;
    const uint32_t bit = is_yes ? 0U : 1U << i;
    return (mst_flip_goal){bit, is_yes ? i : -1, bit};
}

static void try_number(turning *t, const mst_flip_lever *l, mst_flip_alone *out)
{
    if (isnan(l->now) || l->now < l->max)
        try_side(t, l, l->max);
    if (!isnan(l->now) && l->now > l->min)
        try_side(t, l, l->min);
    if (l->kind == MST_LEVER_FAST)
        out->is_proved = look_between(t, l) && t->w.flip->may_prove;
    if (t->goal[0].no == MST_FLIP_ANY)
        take_nearest_stage(t);
    for (int32_t i = 0; i < t->count; i++)
        if (t->turn[i]->turns) {
            t->w.goal = &t->goal[i];
            t->turn[i]->from = printable(&t->w, t->turn[i]->at, t->away[i]);
            if (l->is_whole && !isnan(t->turn[i]->from))
                t->turn[i]->at = t->turn[i]->from;
        }
}

void mst_flip_try_alone(mst_flip *flip, const mst_flip_goal *goal, int32_t lever,
                        mst_flip_alone *out)
{
    const mst_flip_lever *l = &flip->lever[lever];
    turning t = {.w = {.flip = flip, .lever = lever}, .count = 1 + flip->now.stage_count};
    *out = (mst_flip_alone){.is_proved = flip->may_prove && (l->kind == MST_LEVER_IDLE ||
                                                             l->is_rising || !is_number(l))};
    for (int32_t i = 0; i < flip->lever_count; i++)
        t.w.x[i] = flip->lever[i].now;
    t.goal[0] = *goal;
    t.turn[0] = &out->verdict;
    for (int32_t i = 0; i < flip->now.stage_count; i++) {
        t.goal[i + 1] = turned(&flip->now.stage[i], i);
        t.turn[i + 1] = &out->stage[i];
    }
    if (l->kind == MST_LEVER_IDLE)
        return;
    if (is_number(l))
        try_number(&t, l, out);
    else
        try_counted(&t, l);
    out->value_count = t.value_count;
}

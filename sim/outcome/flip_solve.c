#include "outcome/flip_solve.h"

#include <math.h>
#include <string.h>

enum { NODES_AT_ONCE = 1024, BISECTIONS = 48 };

/* A box of the levers that move, each on one side of where it stands. */
struct mst_flip_node {
    double lo[MST_FLIP_SET_MAX], hi[MST_FLIP_SET_MAX];
    int8_t side[MST_FLIP_SET_MAX]; /* 1: away is up, -1: away is down */
    double bound;                  /* no point of it costs less       */
};
typedef struct mst_flip_node node;

typedef struct solving {
    mst_flip *flip;
    mst_flip_scene *scene;
    const mst_flip_goal *goal;
    const int32_t *moved;
    int32_t count;
    double *x; /* all levers: a point being looked at */
    double cutoff, tolerance;
    double best[MST_FLIP_SET_MAX], best_cost;
    double least; /* of the bounds of what was left alone as too dear */
    bool is_proved;
    int32_t node_count;
} solving;

static const mst_flip_lever *lever_at(const solving *s, int32_t i)
{
    return &s->flip->lever[s->moved[i]];
}

/* ---- points ------------------------------------------------------------------------------------- */

static double cost_at(const solving *s, const double *y)
{
    double sum = 0.0;
    for (int32_t i = 0; i < s->count; i++)
        sum += mst_flip_cost(lever_at(s, i), y[i]);
    return sum;
}

static const mst_verdict *judge_at(solving *s, const double *y)
{
    for (int32_t i = 0; i < s->count; i++)
        s->x[s->moved[i]] = y[i];
    return mst_flip_judge(s->scene, s->flip, s->x);
}

static bool meets_at(solving *s, const double *y)
{
    return mst_flip_meets(judge_at(s, y), s->goal);
}

static void keep(solving *s, const double *y)
{
    const double cost = cost_at(s, y);
    if (cost >= s->best_cost)
        return;
    s->best_cost = cost;
    memcpy(s->best, y, (size_t)s->count * sizeof *y);
}

/* From a point that meets the goal towards the near corner, one lever after the other. */
static void draw_back(solving *s, const node *n, double *y)
{
    for (int32_t i = 0; i < s->count; i++) {
        double good = y[i], bad = n->side[i] > 0 ? n->lo[i] : n->hi[i];
        y[i] = bad;
        if (meets_at(s, y))
            continue;
        for (int32_t k = 0; k < BISECTIONS; k++) {
            y[i] = 0.5 * (good + bad);
            if (meets_at(s, y))
                good = y[i];
            else
                bad = y[i];
        }
        y[i] = good;
    }
}

/* The first point that meets the goal on the way from one to another that does. */
static void approach(solving *s, const double *from, const double *to, double *y)
{
    double bad = 0.0, good = 1.0;
    for (int32_t k = 0; k < BISECTIONS; k++) {
        const double t = 0.5 * (good + bad);
        for (int32_t i = 0; i < s->count; i++)
            y[i] = from[i] + t * (to[i] - from[i]);
        if (meets_at(s, y))
            good = t;
        else
            bad = t;
    }
    for (int32_t i = 0; i < s->count; i++)
        y[i] = good == 1.0 ? to[i] : from[i] + good * (to[i] - from[i]);
}

/* ---- bounds ------------------------------------------------------------------------------------- */

/* What must not be negative for a stage of the goal, and its slopes in x: the margin, or less it. */
static bool is_row(const mst_flip_goal *goal, int32_t stage)
{
    return (goal->yes >> stage & 1U) != 0 || goal->no == stage;
}

static double row_value(const mst_flip_goal *goal, int32_t stage, double margin)
{
    return goal->no == stage ? -margin : margin;
}

static void row_slope(const mst_flip_goal *goal, int32_t stage, const mst_span *span, int32_t i,
                      double *lo, double *hi)
{
    const bool is_no = goal->no == stage;
    *lo = is_no ? -span->dhi[i] : span->dlo[i];
    *hi = is_no ? -span->dlo[i] : span->dhi[i];
}

static double gain_of(const mst_flip_goal *goal, const node *n, int32_t stage, const mst_span *span,
                      int32_t i)
{
    double lo, hi;
    row_slope(goal, stage, span, i, &lo, &hi);
    return n->side[i] > 0 ? hi : -lo;
}

/* False: the stage cannot be as it must anywhere in the box. */
static bool can_meet(const mst_flip_goal *goal, int32_t stage, const mst_span *span)
{
    if (isnan(span->lo)) /* not assessed: no obstacle, and no refusal */
        return goal->no != stage;
    return (goal->no == stage ? -span->lo : span->hi) >= -1e-12;
}

static void box_of(const solving *s, const node *n, mst_flip_box *out)
{
    out->count = s->count;
    for (int32_t i = 0; i < s->count; i++) {
        out->lever[i] = s->moved[i];
        out->lo[i] = n->lo[i];
        out->hi[i] = n->hi[i];
    }
}

/* The linear program that no point of the box can beat. False: no point of it meets the goal. */
static bool relax(solving *s, const node *n, const mst_span *span, const double *near,
                  mst_flip_program *out)
{
    const mst_verdict *v = judge_at(s, near);
    out->count = s->count;
    out->rows = 0;
    for (int32_t i = 0; i < s->count; i++) {
        const mst_flip_lever *lever = lever_at(s, i);
        out->cost[i] = isnan(lever->now) ? 0.0 : lever->cost;
        out->width[i] = n->hi[i] - n->lo[i];
    }
    for (int32_t stage = 0; stage < v->stage_count; stage++) {
        if (!is_row(s->goal, stage))
            continue;
        if (!can_meet(s->goal, stage, &span[stage]))
            return false;
        bool is_bounded = !isnan(span[stage].lo);
        double *gain = out->gain[out->rows];
        for (int32_t i = 0; is_bounded && i < s->count; i++) {
            gain[i] = out->width[i] > 0.0 ? gain_of(s->goal, n, stage, &span[stage], i) : 0.0;
            is_bounded = isfinite(gain[i]);
        }
        if (is_bounded)
            out->need[out->rows++] = -row_value(s->goal, stage, v->stage[stage].margin);
    }
    return true;
}

/* ---- the tree ----------------------------------------------------------------------------------- */

static double limit(const solving *s)
{
    return fmin(s->cutoff, s->best_cost) - s->tolerance;
}

/* The corner that helps most where every lever helps in one direction. */
static void far_corner(const solving *s, const node *n, const mst_span *span, int32_t stages,
                       double *out)
{
    for (int32_t i = 0; i < s->count; i++) {
        bool helps = false;
        for (int32_t stage = 0; stage < stages; stage++)
            helps = helps || (is_row(s->goal, stage) && !isnan(span[stage].lo) &&
                              gain_of(s->goal, n, stage, &span[stage], i) > 0.0);
        out[i] = (n->side[i] > 0) == helps ? n->hi[i] : n->lo[i];
    }
}

static void try_points(solving *s, const node *n, const mst_span *span, const double *point)
{
    double corner[MST_FLIP_SET_MAX] = {0.0}, y[MST_FLIP_SET_MAX] = {0.0};
    if (meets_at(s, point)) {
        keep(s, point);
        return;
    }
    far_corner(s, n, span, s->scene->verdict.stage_count, corner);
    if (!meets_at(s, corner))
        return;
    approach(s, point, corner, y);
    keep(s, y);
    draw_back(s, n, y);
    keep(s, y);
}

/* The lever along which the slopes of the margins are known least; -1: the box is a point. */
static int32_t widest(const solving *s, const node *n, const mst_span *span)
{
    int32_t best = -1;
    double most = -1.0;
    for (int32_t i = 0; i < s->count; i++) {
        const double width = n->hi[i] - n->lo[i];
        const double range = lever_at(s, i)->max - lever_at(s, i)->min;
        double spread = 1e-9;
        if (width <= 1e-8 * range)
            continue;
        for (int32_t stage = 0; stage < s->scene->verdict.stage_count; stage++)
            if (is_row(s->goal, stage) && !isnan(span[stage].lo))
                spread = fmax(spread, span[stage].dhi[i] - span[stage].dlo[i]);
        if (spread * width > most) {
            most = spread * width;
            best = i;
        }
    }
    return best;
}

/* Bounds one box, looks at points in it, and puts its halves on the heap. */
static void look_into(solving *s, node n)
{
    mst_flip_box box;
    mst_span span[MST_STAGES_MAX];
    mst_flip_program program;
    double near[MST_FLIP_SET_MAX] = {0.0}, y[MST_FLIP_SET_MAX] = {0.0};
    for (int32_t i = 0; i < s->count; i++)
        near[i] = n.side[i] > 0 ? n.lo[i] : n.hi[i];
    box_of(s, &n, &box);
    mst_flip_bound(s->scene, &box, span);
    if (!relax(s, &n, span, near, &program))
        return;
    n.bound = fmax(n.bound, cost_at(s, near) + mst_flip_program_solve(&program, y));
    if (n.bound == INFINITY)
        return;
    for (int32_t i = 0; i < s->count; i++)
        y[i] = near[i] + n.side[i] * y[i];
    if (n.bound < limit(s))
        try_points(s, &n, span, y);
    if (n.bound >= limit(s)) {
        s->least = fmin(s->least, n.bound);
        return;
    }
    const int32_t along = widest(s, &n, span);
    if (along < 0 || s->node_count + 2 > NODES_AT_ONCE) {
        s->least = fmin(s->least, n.bound);
        s->is_proved = false;
        return;
    }
    node other = n;
    n.hi[along] = other.lo[along] = 0.5 * (n.lo[along] + n.hi[along]);
    s->flip->node[s->node_count++] = n;
    s->flip->node[s->node_count++] = other;
}

static node take_cheapest(solving *s)
{
    int32_t best = 0;
    for (int32_t i = 1; i < s->node_count; i++)
        if (s->flip->node[i].bound < s->flip->node[best].bound)
            best = i;
    const node out = s->flip->node[best];
    s->flip->node[best] = s->flip->node[--s->node_count];
    return out;
}

/* Which sides of a lever's present value can help at all: bit 0 up, bit 1 down. */
static uint32_t useful_sides(const solving *s, const mst_span *span, int32_t i)
{
    uint32_t sides = 0;
    const mst_flip_lever *lever = lever_at(s, i);
    if (isnan(lever->now))
        return 1U;
    for (int32_t stage = 0; stage < s->scene->verdict.stage_count; stage++) {
        double lo, hi;
        if (!is_row(s->goal, stage) || isnan(span[stage].lo))
            continue;
        row_slope(s->goal, stage, &span[stage], i, &lo, &hi);
        sides |= hi > 0.0 && lever->now < lever->max ? 1U : 0U;
        sides |= lo < 0.0 && lever->now > lever->min ? 2U : 0U;
    }
    return sides;
}

/* The boxes to begin with: each lever on each side that can help. A lever that helps on neither side
 * has no place in a smallest set: then there are none. */
static void begin(solving *s)
{
    mst_flip_box whole = {.count = s->count};
    mst_span span[MST_STAGES_MAX];
    uint32_t sides[MST_FLIP_SET_MAX];
    for (int32_t i = 0; i < s->count; i++) {
        const mst_flip_lever *lever = lever_at(s, i);
        whole.lever[i] = s->moved[i];
        whole.lo[i] = isnan(lever->now) ? lever->min : fmin(lever->min, lever->now);
        whole.hi[i] = isnan(lever->now) ? lever->max : fmax(lever->max, lever->now);
    }
    mst_flip_bound(s->scene, &whole, span);
    for (int32_t stage = 0; stage < s->scene->verdict.stage_count; stage++)
        if (is_row(s->goal, stage) && !can_meet(s->goal, stage, &span[stage]))
            return;
    for (int32_t i = 0; i < s->count; i++)
        sides[i] = useful_sides(s, span, i);
    for (uint32_t way = 0; way < 1U << s->count; way++) {
        node n = {.bound = 0.0};
        bool is_useful = true;
        for (int32_t i = 0; i < s->count; i++) {
            const mst_flip_lever *lever = lever_at(s, i);
            const bool is_down = (way >> i & 1U) != 0;
            is_useful = is_useful && (sides[i] & (is_down ? 2U : 1U)) != 0;
            n.side[i] = is_down ? -1 : 1;
            n.lo[i] = !is_down && lever->now > lever->min ? lever->now : lever->min;
            n.hi[i] = is_down && lever->now < lever->max ? lever->now : lever->max;
        }
        if (is_useful)
            s->flip->node[s->node_count++] = n;
    }
}

mst_flip_answer mst_flip_solve(mst_flip *flip, mst_flip_scene *scene, const mst_flip_goal *goal,
                               const int32_t *moved, int32_t count, double cutoff, double *x)
{
    solving s = {.flip = flip,
                 .scene = scene,
                 .goal = goal,
                 .moved = moved,
                 .count = count,
                 .x = x,
                 .cutoff = cutoff,
                 .best_cost = INFINITY,
                 .least = INFINITY,
                 .is_proved = true};
    if (!flip->node)
        flip->node = mst_arena_array(flip->arena, NODES_AT_ONCE, sizeof *flip->node);
    if (!flip->node)
        return (mst_flip_answer){0};
    for (int32_t i = 0; i < count; i++)
        s.tolerance = fmax(s.tolerance, MST_FLIP_TOLERANCE * mst_flip_range_cost(lever_at(&s, i)));
    for (int32_t i = 0; i < count; i++)
        x[moved[i]] = flip->lever[moved[i]].now;
    (void)mst_flip_judge(scene, flip, x); /* bounds take the others as they stand on the trial */
    begin(&s);
    while (s.node_count > 0) {
        if (flip->node_count >= MST_FLIP_NODES_MAX) {
            flip->nodes_ended = true;
            s.is_proved = false;
            break;
        }
        flip->node_count++;
        look_into(&s, take_cheapest(&s));
    }
    for (int32_t i = 0; i < count; i++)
        x[moved[i]] = isfinite(s.best_cost) ? s.best[i] : flip->lever[moved[i]].now;
    return (mst_flip_answer){.found = isfinite(s.best_cost) && s.best_cost < cutoff,
                             .is_proved = s.is_proved,
                             .cost = s.best_cost,
                             .least = fmin(s.least, s.best_cost)};
}

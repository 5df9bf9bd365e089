/* Sets of levers: does the verdict flip somewhere in the box of one, and where at the least cost? */
#include "outcome/flip_sets.h"

#include <math.h>
#include <string.h>

enum { STEPS_OF_ONE = 16, HALVINGS = 16 };

/* A set taken apart: what is moved on a trial, and what asks for scenes. */
typedef struct parts {
    mst_flip *flip;
    const mst_flip_goal *goal;
    int32_t fast[MST_FLIP_SET_MAX], fast_count;
    int32_t outer[MST_FLIP_SET_MAX], outer_count; /* choices and whole numbers first */
    int32_t number_count;                         /* ABLE and DEEP among them, last  */
    double x[MST_FLIP_LEVERS_MAX];
    mst_flip_found *best;
} parts;

static void take_apart(parts *p, const int32_t *member, int32_t count)
{
    for (int32_t i = 0; i < p->flip->lever_count; i++)
        p->x[i] = p->flip->lever[i].now;
    for (int32_t i = 0; i < count; i++)
        if (p->flip->lever[member[i]].kind == MST_LEVER_FAST)
            p->fast[p->fast_count++] = member[i];
        else if (mst_flip_is_counted(&p->flip->lever[member[i]]))
            p->outer[p->outer_count++] = member[i];
    for (int32_t i = 0; i < count; i++)
        if (p->flip->lever[member[i]].kind == MST_LEVER_ABLE ||
            p->flip->lever[member[i]].kind == MST_LEVER_DEEP) {
            p->outer[p->outer_count++] = member[i];
            p->number_count++;
        }
}

static double outer_cost(const parts *p)
{
    double sum = 0.0;
    for (int32_t i = 0; i < p->outer_count; i++)
        sum += mst_flip_cost(&p->flip->lever[p->outer[i]], p->x[p->outer[i]]);
    return sum;
}

/* The world with the outer levers at x, out of the budget of the whole search; null: not allowed by the
 * file, or the budget has ended. */
static mst_flip_scene *ask_scene(parts *p)
{
    mst_flip *flip = p->flip;
    if (flip->tried_count >= MST_FLIP_TRIES_MAX) {
        flip->tries_ended = true;
        p->best->is_proved = false;
        return NULL;
    }
    flip->tried_count++;
    return flip->world.scene(flip->world.context, p->x);
}

/* The scene is settled: the FAST levers' turn. True when that gave a cheaper point. */
static bool finish_scene(parts *p)
{
    double x[MST_FLIP_LEVERS_MAX];
    const double spent = outer_cost(p);
    if (spent >= p->best->cost)
        return false;
    mst_flip_scene *scene = ask_scene(p);
    if (!scene)
        return false;
    memcpy(x, p->x, sizeof x);
    mst_flip_answer a = {.is_proved = true, .least = INFINITY, .cost = 0.0};
    if (p->fast_count > 0) {
        a = mst_flip_solve(p->flip, scene, p->goal, p->fast, p->fast_count, p->best->cost - spent,
                           x);
    } else if (mst_flip_meets(mst_flip_judge(scene, p->flip, x), p->goal)) {
        a.found = true;
        a.least = 0.0;
    }
    p->best->is_proved = p->best->is_proved && a.is_proved;
    p->best->least = fmin(p->best->least, spent + a.least);
    if (!a.found)
        return false;
    p->best->is_found = true;
    p->best->cost = spent + a.cost;
    memcpy(p->best->x, x, sizeof x);
    return true;
}

/* ---- one lever that acts on ability only ---------------------------------------------------------- */

static bool able_meets(parts *p, int32_t lever, double value, const mst_flip_goal *able)
{
    p->x[lever] = value;
    mst_flip_scene *scene = ask_scene(p);
    return scene && mst_flip_meets(&scene->verdict, able);
}

/* From where it stands, or where its range begins, towards an end: the first value at which the stage is as it must be. */
static bool able_edge(parts *p, int32_t lever, double end, const mst_flip_goal *able, double *out)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    const double start = mst_flip_first(l);
    const int32_t steps = l->is_rising ? 1 : STEPS_OF_ONE;
    double bad = start, good = start;
    bool is_met = false;
    for (int32_t k = mst_flip_first_is_moved(l) ? 0 : 1; k <= steps && !is_met; k++) {
        good = start + (end - start) * k / steps;
        is_met = able_meets(p, lever, good, able);
        bad = is_met ? bad : good;
    }
    for (int32_t k = 0; is_met && k < HALVINGS && good != bad; k++) {
        const double middle = 0.5 * (good + bad);
        if (able_meets(p, lever, middle, able))
            good = middle;
        else
            bad = middle;
    }
    *out = good;
    return is_met;
}

/* Politics do not see this lever: all that counts is where ability turns. */
static void finish_able(parts *p, int32_t lever)
{
    const mst_flip_lever *l = &p->flip->lever[lever];
    const mst_flip_goal able = {p->goal->yes & 1U, p->goal->no == 0 ? 0 : -1, p->goal->known & 1U};
    const double ends[] = {l->max, l->min};
    p->best->is_proved = p->best->is_proved && l->is_rising;
    if (able.yes == 0 && able.no < 0)
        return; /* it does nothing for this goal */
    p->x[lever] = l->now;
    if (able_meets(p, lever, l->now, &able))
        return; /* nor is it needed */
    for (int32_t i = 0; i < 2; i++) {
        double at = l->now;
        if (!(isnan(l->now) && i > 0) && ends[i] != l->now &&
            able_edge(p, lever, ends[i], &able, &at)) {
            p->x[lever] = at;
            finish_scene(p);
        }
    }
    p->x[lever] = l->now;
}

/* ---- numbers without proof: grid, then each drawn back --------------------------------------------- */

static int32_t steps_of(const parts *p)
{
    static const int32_t steps[] = {0, STEPS_OF_ONE, 5, 2, 1, 1};
    return steps[p->number_count];
}

/* Halves the way from where each number stood to where it was found, as long as that is cheaper; but
 * for one of them (-1: none), which stays. */
static void draw_back(parts *p, int32_t but)
{
    for (int32_t i = p->outer_count - p->number_count; i < p->outer_count; i++) {
        const int32_t lever = p->outer[i];
        memcpy(p->x, p->best->x, sizeof p->x);
        double good = p->x[lever], bad = mst_flip_first(&p->flip->lever[lever]);
        for (int32_t k = 0; lever != but && k < HALVINGS && good != bad; k++) {
            p->x[lever] = 0.5 * (good + bad);
            if (finish_scene(p))
                good = p->x[lever];
            else
                bad = p->x[lever];
        }
    }
    memcpy(p->x, p->best->x, sizeof p->x);
}

/* The end of a lever's range on the side where x lies. */
static double end_beyond(const mst_flip_lever *lever, double x)
{
    return x >= mst_flip_start(lever) ? lever->max : lever->min;
}

/* One number held at a value, the others drawn back from where they were found or from their ends. */
static void hold(parts *p, int32_t lever, double value)
{
    mst_flip_found *best = p->best;
    mst_flip_found other = {.is_proved = false, .cost = INFINITY, .least = INFINITY};
    memcpy(p->x, best->x, sizeof p->x);
    p->x[lever] = value;
    p->best = &other;
    if (!finish_scene(p)) {
        for (int32_t i = p->outer_count - p->number_count; i < p->outer_count; i++)
            if (p->outer[i] != lever)
                p->x[p->outer[i]] = end_beyond(&p->flip->lever[p->outer[i]], best->x[p->outer[i]]);
        (void)finish_scene(p);
    }
    if (other.is_found)
        draw_back(p, lever);
    p->best = best;
    if (other.cost < best->cost) {
        best->cost = other.cost;
        memcpy(best->x, other.x, sizeof best->x);
    }
}

/* What one number gives way another may have to make up for: each is held at some values on its way. */
static void trade(parts *p)
{
    enum { HELD = 6 };
    for (int32_t i = p->outer_count - p->number_count; p->number_count > 1 && i < p->outer_count;
         i++) {
        const mst_flip_lever *l = &p->flip->lever[p->outer[i]];
        const double start = mst_flip_first(l), end = end_beyond(l, p->best->x[p->outer[i]]);
        for (int32_t k = 1; k <= HELD && !p->flip->tries_ended; k++)
            hold(p, p->outer[i], start + (end - start) * k / HELD);
    }
}

static void search_numbers(parts *p, int32_t at)
{
    if (at == p->outer_count) {
        finish_scene(p);
        return;
    }
    const int32_t lever = p->outer[at], steps = steps_of(p);
    const mst_flip_lever *l = &p->flip->lever[lever];
    for (int32_t k = 0; k <= steps && !p->flip->tries_ended; k++) {
        p->x[lever] = l->min + (l->max - l->min) * k / steps;
        if (mst_flip_moved(l, p->x[lever]))
            search_numbers(p, at + 1);
    }
    p->x[lever] = l->now;
}

static void finish_numbers(parts *p)
{
    const int32_t first = p->outer_count - p->number_count;
    if (p->number_count == 0) {
        finish_scene(p);
        return;
    }
    if (p->number_count == 1 && p->flip->lever[p->outer[first]].kind == MST_LEVER_ABLE) {
        finish_able(p, p->outer[first]);
        return;
    }
    double before[MST_FLIP_LEVERS_MAX];
    memcpy(before, p->x, sizeof before);
    const double cost = p->best->cost;
    p->best->is_proved = false;
    search_numbers(p, first);
    if (p->best->cost < cost) {
        draw_back(p, -1);
        trade(p);
        draw_back(p, -1);
    }
    memcpy(p->x, before, sizeof before);
}

/* Every value of every choice and whole number but the present one. */
static void each_counted(parts *p, int32_t at)
{
    if (at == p->outer_count - p->number_count) {
        finish_numbers(p);
        return;
    }
    const int32_t lever = p->outer[at];
    const mst_flip_lever *l = &p->flip->lever[lever];
    const double first = ceil(l->min);
    for (int64_t step = 0; first + (double)step <= l->max && !p->flip->tries_ended; step++) {
        const double value = first + (double)step;
        if (mst_flip_moved(l, value)) {
            p->x[lever] = value;
            each_counted(p, at + 1);
        }
    }
    p->x[lever] = l->now;
}

void mst_flip_set_find(mst_flip *flip, const mst_flip_goal *goal, const int32_t *member,
                       int32_t count, mst_flip_found *out)
{
    parts p = {.flip = flip, .goal = goal, .best = out};
    *out = (mst_flip_found){.is_proved = flip->may_prove, .cost = INFINITY, .least = INFINITY};
    take_apart(&p, member, count);
    each_counted(&p, 0);
}

/* Levers on a trial: what they move, what they cost, and the verdict with them moved. */
#include "outcome/flip.h"

#include <math.h>
#include <string.h>

bool mst_flip_moved(const mst_flip_lever *lever, double x)
{
    return !isnan(x) && x != lever->now;
}

double mst_flip_range_cost(const mst_flip_lever *lever)
{
    return isnan(lever->now) || lever->kind == MST_LEVER_CHOICE
               ? lever->cost
               : lever->cost * (lever->max - lever->min);
}

double mst_flip_cost(const mst_flip_lever *lever, double x)
{
    if (!mst_flip_moved(lever, x))
        return 0.0;
    return isnan(lever->now) || lever->kind == MST_LEVER_CHOICE
               ? lever->cost
               : lever->cost * fabs(x - lever->now);
}

bool mst_flip_meets(const mst_verdict *verdict, const mst_flip_goal *goal)
{
    bool any_no = false;
    for (int32_t i = 0; i < verdict->stage_count; i++) {
        const mst_stage_result *s = &verdict->stage[i];
        const bool is_no = mst_stage_says_no(s);
        any_no = any_no || is_no;
        const bool is_lost = (goal->known >> i & 1U) != 0 && s->standing == MST_NOT_ASSESSED;
        if (((goal->yes >> i & 1U) && (is_no || is_lost)) || (goal->no == i && !is_no))
            return false;
    }
    return goal->no != MST_FLIP_ANY || any_no;
}

bool mst_flip_spot_of(const mst_trial *trial, const mst_cell *cell, int32_t cell_count,
                      const char *path, struct mst_flip_spot *out)
{
    for (int32_t i = 0; i < cell_count; i++) {
        if (strcmp(cell[i].path, path) != 0)
            continue;
        if (out->count == MST_FLIP_CELLS_MAX)
            return false;
        out->cell[out->count] = cell[i];
        out->base[out->count++] = mst_cell_get(trial, &cell[i]);
        return true; /* the same place for every stage */
    }
    return false;
}

static void map_one(mst_flip_scene *scene, const mst_cell *cell, int8_t lever)
{
    int8_t *map[] = {[MST_CELL_ATTRIBUTE] = scene->attribute_lever,
                     [MST_CELL_MUTUAL] = scene->mutual_lever,
                     [MST_CELL_DIRECTED] = scene->directed_lever,
                     [MST_CELL_DRILL] = scene->drill_lever};
    map[cell->kind][cell->index] = lever;
    map[cell->kind][cell->mirror] = lever;
}

static int8_t *blank_map(mst_arena *arena, size_t count)
{
    int8_t *map = mst_arena_alloc(arena, count + 1);
    if (map)
        memset(map, -1, count + 1);
    return map;
}

bool mst_flip_scene_map(mst_flip_scene *scene, int32_t lever_count, mst_arena *arena)
{
    const mst_model *m = &scene->trial.model;
    const size_t n = (size_t)m->state_count;
    scene->attribute_lever = blank_map(arena, n * (size_t)m->attribute_count);
    scene->mutual_lever = blank_map(arena, n * n * (size_t)m->mutual_count);
    scene->directed_lever = blank_map(arena, n * n * (size_t)m->directed_count);
    scene->drill_lever = blank_map(arena, (size_t)m->drill_count * (size_t)m->drill_value_count);
    if (arena->failed)
        return false;
    for (int32_t i = 0; i < lever_count; i++)
        for (int32_t k = 0; k < scene->spot[i].count; k++)
            map_one(scene, &scene->spot[i].cell[k], (int8_t)i);
    return true;
}

const mst_verdict *mst_flip_judge(mst_flip_scene *scene, const mst_flip *flip, const double *x)
{
    /* all back first: a cell may be moved by several levers, of which one stands still */
    for (int32_t moved = 0; moved < 2; moved++)
        for (int32_t i = 0; i < flip->lever_count; i++) {
            const struct mst_flip_spot *spot = &scene->spot[i];
            if (moved && !mst_flip_moved(&flip->lever[i], x[i]))
                continue;
            for (int32_t k = 0; flip->lever[i].kind == MST_LEVER_FAST && k < spot->count; k++)
                mst_cell_set(&scene->trial, &spot->cell[k], moved ? x[i] : spot->base[k]);
        }
    return mst_trial_judge(&scene->trial);
}

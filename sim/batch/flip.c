/* Scenes for the search of flips: the spec with levers moved, compiled and run as far as the decision;
 * and the whole way, text to plan run, for the points that are told. */
#include "batch/flip_session.h"

#include "batch/flip_lever.h"
#include "batch/saved.h"

#include <math.h>
#include <string.h>

typedef mst_flip_session session;
typedef mst_flip_made made;

static const muster_memory *memory_of(const session *s)
{
    return s->arena.memory;
}

/* ---- routes, runs ------------------------------------------------------------------------------- */

/* False: it failed, and if memory was short that is remembered. */
static bool went_well(session *s, muster_status status)
{
    s->lacks_memory = s->lacks_memory || status == MUSTER_WORLD;
    return status == MUSTER_OK;
}

static void drop(made *m)
{
    muster_model_free(m->model);
    mst_arena_clear(&m->arena);
    m->model = NULL;
    m->scene = NULL;
    m->used_at = 0;
}

void mst_flip_drop_scenes(mst_flip_session *s)
{
    for (int32_t i = 0; i < MST_FLIP_CACHE_MAX; i++)
        drop(&s->cache[i]);
}

static void forget(session *s, muster_routes *routes)
{
    for (int32_t i = 0; i < MST_FLIP_CACHE_MAX; i++) {
        const made *m = &s->cache[i];
        if (!m->model || m->model->model->book != routes->book)
            continue;
        m->model->model->book = NULL;
        if (m->scene)
            m->scene->trial.model.book = NULL;
    }
    muster_routes_free(routes);
}

/* Routes that fit: those of the model as it stands, else some found before, else found now. When there
 * is no more room the last found go; scenes judge without routes, and forget theirs. */
static const muster_routes *routes_for(session *s, const muster_scenario *scenario)
{
    if (muster_routes_fit(s->from.routes, scenario))
        return s->from.routes;
    for (int32_t i = 0; i < s->routes_count; i++)
        if (muster_routes_fit(s->routes[i], scenario))
            return s->routes[i];
    muster_routes *found = NULL;
    if (!went_well(s,
                   muster_routes_find(scenario, s->from.routes->land, memory_of(s), NULL, &found)))
        return NULL;
    const int32_t at =
        s->routes_count < MST_FLIP_ROUTES_MAX ? s->routes_count++ : MST_FLIP_ROUTES_MAX - 1;
    if (s->routes[at])
        forget(s, s->routes[at]);
    s->routes[at] = found;
    return found;
}

/* A run as far as the decision on the drill; the caller frees it. */
static mst_run *run_to_decision(session *s, const muster_model *model)
{
    mst_run *run = NULL;
    if (!went_well(s, mst_run_create(model->model, memory_of(s), &run)))
        return NULL;
    mst_run_reset(run);
    while (!run->drill[s->drill].decided && mst_run_step(run))
        ;
    return run;
}

static bool fill_scene(session *s, made *m, const mst_run *run)
{
    const mst_verdict *v = mst_verdict_of(run, s->drill, s->state);
    mst_flip_scene *scene = mst_arena_alloc(&m->arena, sizeof *scene);
    mst_cell *cell = NULL;
    if (!v || !scene)
        return false;
    scene->verdict = *v;
    if (!mst_trial_make(m->model->model, run, v, &m->arena, &scene->trial))
        return false;
    const int32_t cells = mst_trial_cells(&scene->trial, v, &m->arena, &cell);
    for (int32_t i = 0; i < s->lever_count; i++) {
        const mst_lever_def *def = s->lever[i].def;
        if (s->lever[i].kind != MST_LEVER_FAST)
            continue;
        (void)mst_flip_spot_of(&scene->trial, cell, cells, def->path, &scene->spot[i]);
        for (int32_t k = 0; k < def->with.count; k++)
            (void)mst_flip_spot_of(&scene->trial, cell, cells,
                                   *MST_AT(const char *const, &def->with, k), &scene->spot[i]);
    }
    m->scene = scene;
    return mst_flip_scene_map(scene, s->lever_count, &m->arena);
}

/* ---- scenes --------------------------------------------------------------------------------------- */

/* The spec as it must be, its model, a run of it; afterwards the spec is as it was. */
static void make(session *s, made *m)
{
    mst_saved saved;
    mst_list lines = {0};
    mst_saved_keep(s->spec, &saved);
    for (int32_t i = 0; i < s->lever_count; i++)
        if (!isnan(m->x[i]))
            mst_flip_lever_lines(s->spec, &m->arena, &s->lever[i], m->x[i], &lines);
    bool is_good = !m->arena.failed;
    for (int32_t i = 0; is_good && i < lines.count; i++)
        is_good = mst_saved_apply(s->spec, &m->arena, *MST_AT(const char *const, &lines, i), &saved,
                                  NULL);
    const muster_routes *routes = is_good ? routes_for(s, s->spec) : NULL;
    if (routes &&
        muster_model_create(s->spec, routes, memory_of(s), NULL, &m->model) == MUSTER_OK) {
        mst_run *run = run_to_decision(s, m->model);
        if (run && !fill_scene(s, m, run))
            m->scene = NULL;
        if (run)
            mst_run_free(run);
    }
    mst_saved_restore(s->spec, &saved);
    s->lacks_memory = s->lacks_memory || m->arena.failed || s->spec->arena.failed;
}

/* Moved levers that are not the trial's; NaN for the others. */
static void key_of(const session *s, const double *x, double out[MST_FLIP_LEVERS_MAX])
{
    for (int32_t i = 0; i < MST_FLIP_LEVERS_MAX; i++) {
        const bool counts = i < s->lever_count && s->lever[i].kind != MST_LEVER_FAST &&
                            s->lever[i].kind != MST_LEVER_IDLE &&
                            mst_flip_moved(&s->lever[i], x[i]);
        out[i] = counts ? x[i] : (double)NAN;
    }
}

static bool is_same(const double *a, const double *b)
{
    for (int32_t i = 0; i < MST_FLIP_LEVERS_MAX; i++)
        if (a[i] != b[i] && !(isnan(a[i]) && isnan(b[i])))
            return false;
    return true;
}

mst_flip_scene *mst_flip_scene_at(void *context, const double *x)
{
    session *s = context;
    double key[MST_FLIP_LEVERS_MAX];
    made *oldest = &s->cache[0];
    key_of(s, x, key);
    s->clock++;
    for (int32_t i = 0; i < MST_FLIP_CACHE_MAX; i++) {
        made *m = &s->cache[i];
        if (m->used_at > 0 && is_same(m->x, key)) {
            m->used_at = s->clock;
            return m->scene;
        }
        oldest = m->used_at < oldest->used_at ? m : oldest;
    }
    drop(oldest);
    mst_arena_init(&oldest->arena, memory_of(s));
    memcpy(oldest->x, key, sizeof key);
    oldest->used_at = s->clock;
    make(s, oldest);
    return oldest->scene;
}

/* ---- the whole way ---------------------------------------------------------------------------------- */

static bool run_whole(session *s, const muster_changes *changes, mst_verdict *out)
{
    muster_scenario *scenario = NULL;
    muster_model *model = NULL;
    muster_result *result = NULL;
    bool is_good =
        went_well(s, muster_scenario_read(s->from.text, changes, memory_of(s), NULL, &scenario));
    const muster_routes *routes = is_good ? routes_for(s, scenario) : NULL;
    is_good = routes &&
              went_well(s, muster_model_create(scenario, routes, memory_of(s), NULL, &model)) &&
              went_well(s, muster_run_plan(model, memory_of(s), NULL, &result));
    const mst_verdict *v = is_good ? mst_verdict_of(result->run, s->drill, s->state) : NULL;
    if (v)
        *out = *v;
    muster_result_free(result);
    muster_model_free(model);
    muster_scenario_free(scenario);
    return v != NULL;
}

static bool rerun(void *context, const double *x, mst_verdict *out)
{
    session *s = context;
    mst_list lines = {0};
    mst_arena arena;
    mst_arena_init(&arena, memory_of(s));
    const muster_changes *given = s->from.changes;
    for (int32_t i = 0; given && i < given->line_count; i++) {
        const char **line = mst_list_add(&arena, &lines, sizeof *line);
        if (line)
            *line = given->line[i];
    }
    for (int32_t i = 0; i < s->lever_count; i++)
        if (mst_flip_moved(&s->lever[i], x[i]))
            mst_flip_lever_lines(s->spec, &arena, &s->lever[i], x[i], &lines);
    const muster_changes changes = {
        .variant = given ? given->variant : NULL, .line = lines.item, .line_count = lines.count};
    s->lacks_memory = s->lacks_memory || arena.failed;
    const bool is_good = !arena.failed && run_whole(s, &changes, out);
    mst_arena_clear(&arena);
    return is_good;
}

/* ---- the whole ---------------------------------------------------------------------------------------- */

static muster_status read_levers(session *s, muster_diags *diags)
{
    const mst_list *defs = &s->spec->spec.levers;
    for (int32_t i = 0; i < defs->count; i++) {
        if (s->lever_count == MST_FLIP_LEVERS_MAX) {
            s->levers_left++;
            continue;
        }
        if (!mst_flip_lever_read(s->spec, &s->arena, MST_AT(const mst_lever_def, defs, i), diags,
                                 &s->lever[s->lever_count++]))
            return s->arena.failed ? mst_diag_memory(diags) : MUSTER_MISTAKE;
    }
    return MUSTER_OK;
}

static muster_status search(session *s, muster_diags *diags)
{
    muster_status status =
        muster_scenario_read(s->from.text, s->from.changes, memory_of(s), diags, &s->spec);
    if (status == MUSTER_OK)
        status = read_levers(s, diags);
    if (status != MUSTER_OK)
        return status;
    if (!mst_flip_settle_kinds(s))
        return mst_diag_memory(diags);
    s->flip = (mst_flip){.lever = s->lever,
                         .lever_count = s->lever_count,
                         .world = {s, mst_flip_scene_at, rerun},
                         .arena = &s->arena,
                         .may_prove = mst_flip_stands_alone(s),
                         .now = *mst_verdict_of(s->result->run, s->drill, s->state)};
    return mst_flip_find(&s->flip) && !s->lacks_memory ? MUSTER_OK : mst_diag_memory(diags);
}

muster_status mst_flip_open(const muster_result *result, const muster_flip_from *from,
                            int32_t drill, int32_t state, const muster_memory *memory,
                            muster_diags *diags, mst_flip_session **out)
{
    *out = NULL;
    session *s = mst_memory_alloc(memory, sizeof *s);
    if (!s)
        return mst_diag_memory(diags);
    memset(s, 0, sizeof *s);
    mst_arena_init(&s->arena, mst_memory_keep(&s->memory, memory));
    s->from = *from;
    s->result = result;
    s->drill = drill;
    s->state = state;
    const muster_status status = search(s, diags);
    if (status != MUSTER_OK) {
        mst_flip_close(s);
        return status;
    }
    *out = s;
    return MUSTER_OK;
}

void mst_flip_close(mst_flip_session *s)
{
    if (!s)
        return;
    const muster_memory memory = s->memory;
    mst_flip_drop_scenes(s);
    for (int32_t i = 0; i < s->routes_count; i++)
        muster_routes_free(s->routes[i]);
    muster_scenario_free(s->spec);
    mst_arena_clear(&s->arena);
    mst_memory_free(&memory, s);
}

const mst_flip *mst_flip_result(const mst_flip_session *s)
{
    return &s->flip;
}

int32_t mst_flip_levers_left(const mst_flip_session *s)
{
    return s->levers_left;
}

const char *mst_flip_value(mst_flip_session *s, int32_t lever, double x)
{
    return mst_flip_lever_value(s->spec, &s->arena, &s->lever[lever], x);
}

void mst_flip_lines(mst_flip_session *s, int32_t lever, double x, mst_list *out)
{
    mst_flip_lever_lines(s->spec, &s->arena, &s->lever[lever], x, out);
}

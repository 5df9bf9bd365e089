/* Scenes for the search of flips: the spec with levers moved, compiled and run as far as the decision;
 * and the whole way, text to plan run, for the points that are told. */
#include "batch/flip.h"

#include "batch/flip_lever.h"
#include "batch/flip_saved.h"

#include <math.h>
#include <string.h>

enum { CACHE_MAX = 128, ROUTES_MAX = 16 };

typedef struct made {              /* a scene and what it stands on */
    double x[MST_FLIP_LEVERS_MAX]; /* NaN: not moved */
    mst_arena arena;
    muster_model *model;
    mst_flip_scene *scene; /* null: the file does not allow it */
    int64_t used_at;       /* 0: free */
} made;

struct mst_flip_session {
    muster_memory memory;
    mst_arena arena;
    muster_flip_from from;
    const muster_result *result; /* as it stands */
    int32_t drill, state;
    muster_scenario *spec; /* a copy of its own, changed for each scene and put back */
    mst_flip_lever lever[MST_FLIP_LEVERS_MAX];
    int32_t lever_count, levers_left;
    mst_flip flip;
    made cache[CACHE_MAX];
    int64_t clock;
    muster_routes *routes[ROUTES_MAX]; /* of other geographies */
    int32_t routes_count;
    bool lacks_memory; /* somewhere on the way: then nothing that was found counts */
};
typedef struct mst_flip_session session;

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

/* Routes that fit: those of the model as it stands, else some found before, else found now. */
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
    const int32_t at = s->routes_count < ROUTES_MAX ? s->routes_count++ : ROUTES_MAX - 1;
    if (s->routes[at] && at == ROUTES_MAX - 1)
        muster_routes_free(s->routes[at]);
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

static void drop(made *m)
{
    muster_model_free(m->model);
    mst_arena_clear(&m->arena);
    m->model = NULL;
    m->scene = NULL;
    m->used_at = 0;
}

/* The spec as it must be, its model, a run of it; afterwards the spec is as it was. */
static void make(session *s, made *m)
{
    mst_flip_saved saved;
    mst_list lines = {0};
    mst_flip_keep(s->spec, &saved);
    for (int32_t i = 0; i < s->lever_count; i++)
        if (!isnan(m->x[i]))
            mst_flip_lever_lines(s->spec, &m->arena, &s->lever[i], m->x[i], &lines);
    bool is_good = !m->arena.failed;
    for (int32_t i = 0; is_good && i < lines.count; i++)
        is_good = mst_flip_apply(s->spec, &m->arena, *MST_AT(const char *const, &lines, i), &saved);
    const muster_routes *routes = is_good ? routes_for(s, s->spec) : NULL;
    if (routes &&
        muster_model_create(s->spec, routes, memory_of(s), NULL, &m->model) == MUSTER_OK) {
        mst_run *run = run_to_decision(s, m->model);
        if (run && !fill_scene(s, m, run))
            m->scene = NULL;
        if (run)
            mst_run_free(run);
    }
    mst_flip_restore(s->spec, &saved);
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

static mst_flip_scene *scene_at(void *context, const double *x)
{
    session *s = context;
    double key[MST_FLIP_LEVERS_MAX];
    made *oldest = &s->cache[0];
    key_of(s, x, key);
    s->clock++;
    for (int32_t i = 0; i < CACHE_MAX; i++) {
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

/* ---- what kind of lever ------------------------------------------------------------------------------ */

static bool is_alike(const mst_verdict *a, const mst_verdict *b)
{
    for (int32_t i = 0; i < a->stage_count; i++) {
        const double x = a->stage[i].margin, y = b->stage[i].margin;
        if (a->stage[i].standing != b->stage[i].standing ||
            (!(isnan(x) && isnan(y)) && !(fabs(x - y) <= 1e-12 * (1.0 + fabs(x)))))
            return false;
    }
    return true;
}

/* True if moving it on the trial is moving it in the file: at both ends and in between. */
static bool is_like_spot(session *s, int32_t lever, mst_flip_scene *base,
                         const struct mst_flip_spot *spot)
{
    const mst_flip_lever *l = &s->lever[lever];
    const double share[] = {0.0, 0.37, 1.0};
    double x[MST_FLIP_LEVERS_MAX];
    for (int32_t i = 0; i < s->lever_count; i++)
        x[i] = s->lever[i].now;
    bool is_same_way = true;
    for (int32_t i = 0; i < 3 && is_same_way; i++) {
        x[lever] = l->min + share[i] * (l->max - l->min);
        mst_flip_scene *scene = scene_at(s, x);
        for (int32_t k = 0; k < spot->count; k++)
            mst_cell_set(&base->trial, &spot->cell[k],
                         mst_flip_moved(l, x[lever]) ? x[lever] : spot->base[k]);
        is_same_way = scene && is_alike(&scene->verdict, mst_trial_judge(&base->trial));
    }
    for (int32_t k = 0; k < spot->count; k++)
        mst_cell_set(&base->trial, &spot->cell[k], spot->base[k]);
    return is_same_way;
}

static bool begins(const char *path, const char *with)
{
    return strncmp(path, with, strlen(with)) == 0;
}

/* What only rules read; where this verdict's rules do not, it is idle, unless levers move rules. */
static bool is_political(const char *path)
{
    return (begins(path, "states.") && strstr(path, ".attributes.")) ||
           (begins(path, "ties.") && (strstr(path, ".align") || strstr(path, ".mutual.") ||
                                      strstr(path, ".a_to_b.") || strstr(path, ".b_to_a."))) ||
           (begins(path, "drills.") &&
            (strstr(path, ".visibility") || strstr(path, ".attributes.")));
}

static bool is_rule_moved(const session *s)
{
    for (int32_t i = 0; i < s->lever_count; i++) {
        const mst_lever_def *def = s->lever[i].def;
        bool is_rule = begins(def->path, "alignment.");
        for (int32_t k = 0; k < def->with.count; k++)
            is_rule = is_rule || begins(*MST_AT(const char *const, &def->with, k), "alignment.");
        if (is_rule)
            return true;
    }
    return false;
}

static bool ends(const char *path, const char *key)
{
    const char *dot = strrchr(path, '.');
    return dot && begins(dot + 1, key);
}

/* True if some rule in force reads what able units fill: then fuel is politics too. */
static bool is_cap_read(const mst_model *m)
{
    for (int32_t i = 0; i < m->rule_count; i++)
        for (int32_t t = 0;
             !m->rule[i].is_off && m->rule[i].stage != MST_ABLE && t < m->rule[i].term_count; t++)
            for (int32_t f = 0; f < m->rule[i].term[t].factor_count; f++)
                if (m->rule[i].term[t].factor[f].reads == MST_READS_FLEET &&
                    m->rule[i].term[t].factor[f].index != 0)
                    return true;
    return false;
}

static bool is_of_state(const char *path, const char *id)
{
    return begins(path, "states.") && begins(path + 7, id) && path[7 + strlen(id)] == '.';
}

/* Fuel and readiness of the state's own units. */
static bool is_of_able(const session *s, const char *path)
{
    const mst_model *m = s->result->model->model;
    const char *id = m->state[s->state].id;
    const bool is_allotment = ends(path, "allotment_");
    if (is_of_state(path, id))
        return is_allotment;
    if (!begins(path, "units.") || !(is_allotment || ends(path, "readiness")))
        return false;
    const char *name = path + 6, *dot = strchr(name, '.');
    for (int32_t i = 0; dot && i < s->spec->spec.units.count; i++) {
        const mst_unit_def *u = MST_AT(const mst_unit_def, &s->spec->spec.units, i);
        if (u->item.id && strlen(u->item.id) == (size_t)(dot - name) && begins(name, u->item.id))
            return u->state.id && strcmp(u->state.id, id) == 0;
    }
    return false;
}

/* Another drill that asks this state, and is decided no later, may keep units busy; and where decisions
 * depend on each other, what moves another state moves this one. */
static bool stands_alone(const session *s)
{
    const mst_model *m = s->result->model->model;
    for (int32_t i = 0; i < m->drill_count; i++)
        if (i != s->drill && m->drill[i].decide_at <= m->drill[s->drill].decide_at &&
            mst_model_asks(&m->drill[i], s->state))
            return false;
    return !mst_model_decisions_depend(m) && !m->feedback.is_on;
}

static void settle_number(session *s, int32_t lever, mst_flip_scene *base, const mst_cell *cell,
                          int32_t cells, mst_lever_kind *out)
{
    mst_flip_lever *l = &s->lever[lever];
    const mst_lever_def *def = l->def;
    const mst_model *m = s->result->model->model;
    struct mst_flip_spot spot = {0};
    if (!stands_alone(s))
        return; /* what another drill decides by it, this one may miss: run again for each point */
    bool is_read = mst_flip_spot_of(&base->trial, cell, cells, def->path, &spot);
    for (int32_t k = 0; is_read && k < def->with.count; k++)
        is_read = mst_flip_spot_of(&base->trial, cell, cells,
                                   *MST_AT(const char *const, &def->with, k), &spot);
    if (is_read && is_like_spot(s, lever, base, &spot)) {
        *out = MST_LEVER_FAST;
        return;
    }
    spot.count = 0;
    /* a verdict reads the fleet of its own state only */
    const bool is_foreign = begins(def->path, "states.") &&
                            !is_of_state(def->path, m->state[s->state].id) &&
                            !is_political(def->path);
    if (!is_read && def->with.count == 0 && (is_political(def->path) || is_foreign) &&
        !is_rule_moved(s) && is_like_spot(s, lever, base, &spot)) {
        *out = MST_LEVER_IDLE;
        return;
    }
    if (def->with.count == 0 && is_of_able(s, def->path) && !is_cap_read(m) && !is_rule_moved(s)) {
        *out = MST_LEVER_ABLE;
        l->is_rising = ends(def->path, "allotment_") && isnan(m->state[s->state].pool_kg);
    }
}

static bool settle_kinds(session *s)
{
    double x[MST_FLIP_LEVERS_MAX];
    mst_lever_kind kind[MST_FLIP_LEVERS_MAX];
    mst_cell *cell = NULL;
    for (int32_t i = 0; i < s->lever_count; i++)
        x[i] = s->lever[i].now;
    mst_flip_scene *base = scene_at(s, x);
    if (!base)
        return false;
    const int32_t cells = mst_trial_cells(&base->trial, &base->verdict, &s->arena, &cell);
    for (int32_t i = 0; i < s->lever_count; i++) {
        kind[i] = s->lever[i].kind;
        base = scene_at(s, x); /* used again, so that it stays */
        if (kind[i] == MST_LEVER_DEEP)
            settle_number(s, i, base, cell, cells, &kind[i]);
    }
    for (int32_t i = 0; i < s->lever_count; i++)
        s->lever[i].kind = kind[i];
    for (int32_t i = 0; i < CACHE_MAX; i++) /* scenes from here on know what moves on a trial */
        drop(&s->cache[i]);
    return !s->arena.failed;
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
    if (!settle_kinds(s))
        return mst_diag_memory(diags);
    s->flip = (mst_flip){.lever = s->lever,
                         .lever_count = s->lever_count,
                         .world = {s, scene_at, rerun},
                         .arena = &s->arena,
                         .may_prove = stands_alone(s),
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
    for (int32_t i = 0; i < CACHE_MAX; i++)
        drop(&s->cache[i]);
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

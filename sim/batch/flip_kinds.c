/* What kind of lever each is: how little has to be done again when it moves. */
#include "batch/flip_session.h"

#include "batch/flip_lever.h"

#include <math.h>
#include <string.h>

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
static bool is_like_spot(mst_flip_session *s, int32_t lever, mst_flip_scene *base,
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
        mst_flip_scene *scene = mst_flip_scene_at(s, x);
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

static bool is_rule_moved(const mst_flip_session *s)
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
static bool is_of_able(const mst_flip_session *s, const char *path)
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

/* Another drill that asks this state, and is decided no later, may keep units busy, where there are any;
 * and where decisions depend on each other, what moves another state moves this one. */
bool mst_flip_stands_alone(const mst_flip_session *s)
{
    const mst_model *m = s->result->model->model;
    for (int32_t i = 0; m->unit_count > 0 && i < m->drill_count; i++)
        if (i != s->drill && m->drill[i].decide_at <= m->drill[s->drill].decide_at &&
            mst_model_asks(&m->drill[i], s->state))
            return false;
    return !mst_model_decisions_depend(m) && !m->feedback.is_on;
}

static void settle_number(mst_flip_session *s, int32_t lever, mst_flip_scene *base,
                          const mst_cell *cell, int32_t cells, mst_lever_kind *out)
{
    mst_flip_lever *l = &s->lever[lever];
    const mst_lever_def *def = l->def;
    const mst_model *m = s->result->model->model;
    struct mst_flip_spot spot = {0};
    if (!mst_flip_stands_alone(s))
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

/* Where a lever stands on the day of the decision: dated events may have moved the figure, and setting it
 * wins over them. What comes on top of a figure that is set (feedback of drills) is no part of it. */
static void settle_now(mst_flip_session *s, int32_t lever, const mst_flip_scene *base,
                       const mst_cell *cell, int32_t cells)
{
    mst_flip_lever *l = &s->lever[lever];
    const double given = l->now;
    struct mst_flip_spot spot = {0};
    if (l->kind != MST_LEVER_DEEP || isnan(given) ||
        !mst_flip_spot_of(&base->trial, cell, cells, l->def->path, &spot) || spot.base[0] == given)
        return;
    double x[MST_FLIP_LEVERS_MAX];
    for (int32_t i = 0; i < s->lever_count; i++)
        x[i] = s->lever[i].now;
    l->now = (double)NAN; /* so that it is set to what is given, and not left alone */
    const mst_flip_scene *set = mst_flip_scene_at(s, x);
    const double on_top = set ? mst_cell_get(&set->trial, &spot.cell[0]) - given : (double)NAN;
    l->now = isnan(on_top) ? given : spot.base[0] - on_top;
}

bool mst_flip_settle_kinds(mst_flip_session *s)
{
    double x[MST_FLIP_LEVERS_MAX];
    mst_lever_kind kind[MST_FLIP_LEVERS_MAX];
    mst_cell *cell = NULL;
    for (int32_t i = 0; i < s->lever_count; i++)
        x[i] = s->lever[i].now;
    mst_flip_scene *base = mst_flip_scene_at(s, x);
    if (!base)
        return false;
    const int32_t cells = mst_trial_cells(&base->trial, &base->verdict, &s->arena, &cell);
    for (int32_t i = 0; i < s->lever_count; i++)
        settle_now(s, i, base, cell, cells);
    for (int32_t i = 0; i < s->lever_count; i++)
        x[i] = s->lever[i].now;
    for (int32_t i = 0; i < s->lever_count; i++) {
        kind[i] = s->lever[i].kind;
        base = mst_flip_scene_at(s, x); /* used again, so that it stays */
        if (kind[i] == MST_LEVER_DEEP)
            settle_number(s, i, base, cell, cells, &kind[i]);
    }
    for (int32_t i = 0; i < s->lever_count; i++)
        s->lever[i].kind = kind[i];
    mst_flip_drop_scenes(s); /* scenes from here on know what moves on a trial */
    return !s->arena.failed;
}

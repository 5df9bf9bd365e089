/* The registry of measures: rows of measure_list.def, and their values. */
#include "outcome/fold.h"

#include "base/units.h"
#include "muster/geo.h"

#include <math.h>
#include <stdio.h>

/* What a measure is taken of. Only the members of its scope are set. */
typedef struct thing {
    const mst_outcomes *out;
    int32_t drill, state;
    const mst_drill_outcome *d;
    const mst_unit_outcome *u;
    const mst_unit_row *urow;
    const mst_group_outcome *g;
    const mst_serial_outcome *s;
    const mst_air_outcome *a;
    const mst_pair_outcome *p;
    const mst_verdict *v;
    const mst_fleet_reading *f;
    mst_reach r;
} thing;

/* ---- finding things ------------------------------------------------------------------------ */

/* Drill and place within it of entry `index` of a scope that has several entries a drill. */
static bool split(const mst_outcomes *out, muster_scope scope, int32_t index, int32_t *out_drill,
                  int32_t *out_place)
{
    for (int32_t d = 0; d < out->model->drill_count; d++) {
        const mst_drill_row *drill = &out->model->drill[d];
        const int32_t count =
            scope == MUSTER_OF_AIR ? drill->air_count : mst_model_asked_count(drill);
        if (index < count) {
            *out_drill = d;
            *out_place = index;
            return true;
        }
        index -= count;
    }
    return false;
}

int32_t mst_scope_count(const mst_outcomes *outcomes, muster_scope scope)
{
    const mst_model *m = outcomes->model;
    int32_t count = 0;
    switch (scope) {
    case MUSTER_OF_DRILL:
        return m->drill_count;
    case MUSTER_OF_UNIT:
        return m->unit_count;
    case MUSTER_OF_GROUP:
        return m->group_count;
    case MUSTER_OF_SERIAL:
        return m->serial_count;
    case MUSTER_OF_PAIR:
        return outcomes->pair_count;
    case MUSTER_OF_STATE:
    case MUSTER_OF_AIR:
        for (int32_t d = 0; d < m->drill_count; d++)
            count += scope == MUSTER_OF_AIR ? m->drill[d].air_count
                                            : mst_model_asked_count(&m->drill[d]);
        return count;
    case MUSTER_SCOPE_COUNT:
        break;
    }
    return 0;
}

const char *mst_scope_id(const mst_outcomes *outcomes, muster_scope scope, int32_t index,
                         char out[160])
{
    const mst_model *m = outcomes->model;
    int32_t drill, place;
    out[0] = '\0';
    if (index < 0 || index >= mst_scope_count(outcomes, scope))
        return out;
    if (scope == MUSTER_OF_DRILL) {
        snprintf(out, 160, "%s", m->drill[index].id);
    } else if (scope == MUSTER_OF_UNIT) {
        snprintf(out, 160, "%s", m->unit[index].id);
    } else if (scope == MUSTER_OF_GROUP) {
        snprintf(out, 160, "%s", m->group[index].id);
    } else if (scope == MUSTER_OF_SERIAL) {
        snprintf(out, 160, "%s", m->serial[index].id);
    } else if (scope == MUSTER_OF_PAIR) {
        const mst_pair_outcome *pair = &outcomes->pair[index];
        snprintf(out, 160, "%s/%s-%s", m->drill[pair->drill].id, m->state[pair->a].id,
                 m->state[pair->b].id);
    } else if (split(outcomes, scope, index, &drill, &place)) {
        const mst_drill_row *row = &m->drill[drill];
        snprintf(out, 160, "%s/%s", row->id,
                 scope == MUSTER_OF_AIR ? row->air[place].id
                                        : m->state[mst_model_asked(row, place)].id);
    }
    return out;
}

const mst_verdict *mst_verdict_of(const mst_run *run, int32_t drill, int32_t state)
{
    const mst_model *m = run->model;
    if (!run->verdict || !run->verdict_first || drill < 0 || drill >= m->drill_count)
        return NULL;
    const mst_verdict *verdict = &run->verdict[run->verdict_first[drill]];
    for (int32_t i = 0; i < mst_model_asked_count(&m->drill[drill]); i++)
        if (verdict[i].state == state && verdict[i].drill == drill && verdict[i].stage_count > 0)
            return &verdict[i];
    return NULL;
}

/* The drill a unit's reach is measured for: its first, else the first its state is asked to. */
static int32_t drill_of_reach(const mst_outcomes *out, int32_t unit)
{
    const mst_model *m = out->model;
    if (out->unit[unit].drill >= 0)
        return out->unit[unit].drill;
    for (int32_t d = 0; d < m->drill_count; d++)
        if (mst_model_asks(&m->drill[d], m->unit[unit].state))
            return d;
    return -1;
}

static void reach_of_unit(thing *t, int32_t unit)
{
    const int32_t drill = drill_of_reach(t->out, unit);
    const double none = (double)NAN;
    t->r = (mst_reach){.unit = unit, .reach_m = none, .out_m = none, .margin = none};
    t->r.radius_m[MST_RUNG_SEA] = none;
    if (drill >= 0 && t->urow->has_range)
        t->r = mst_reach_of(t->out->model, drill, unit, -1, -1);
}

static thing thing_of(const mst_outcomes *out, muster_scope scope, int32_t index)
{
    thing t = {.out = out, .drill = -1, .state = -1};
    int32_t place = 0;
    if (scope == MUSTER_OF_DRILL) {
        t.drill = index;
        t.d = &out->drill[index];
    } else if (scope == MUSTER_OF_UNIT) {
        t.u = &out->unit[index];
        t.urow = &out->model->unit[index];
    } else if (scope == MUSTER_OF_GROUP) {
        t.g = &out->group[index];
    } else if (scope == MUSTER_OF_SERIAL) {
        t.s = &out->serial[index];
    } else if (scope == MUSTER_OF_PAIR) {
        t.p = &out->pair[index];
    } else if (split(out, scope, index, &t.drill, &place)) {
        t.d = &out->drill[t.drill];
        if (scope == MUSTER_OF_AIR) {
            t.a = &out->air[t.drill][place];
        } else {
            t.state = mst_model_asked(&out->model->drill[t.drill], place);
            t.v = mst_verdict_of(out->run, t.drill, t.state);
            if (out->run->fleet)
                t.f = &out->run->fleet[t.drill * out->model->state_count + t.state];
        }
    }
    return t;
}

/* ---- values that take more than a member ---------------------------------------------------- */

static bool takes_part(const thing *t)
{
    return (t->d->states & mst_state_bit(t->state)) != 0;
}

static double margin(const thing *t, mst_stage stage)
{
    double least = (double)NAN;
    for (int32_t i = 0; t->v && i < t->v->stage_count; i++)
        if (t->v->stage[i].stage == stage)
            least = fmin(least, t->v->stage[i].margin); /* fmin passes over NaN */
    return least;
}

static bool came(const thing *t, int32_t unit)
{
    return t->out->part[t->drill][unit].took_part && t->out->model->unit[unit].state == t->state;
}

static double units_came(const thing *t)
{
    int32_t count = 0;
    for (int32_t i = 0; i < t->out->model->unit_count; i++)
        count += came(t, i);
    return count;
}

static double fuel_used(const thing *t)
{
    double sum = 0.0;
    for (int32_t i = 0; i < t->out->model->unit_count; i++)
        if (came(t, i))
            sum += t->out->part[t->drill][i].used_kg;
    return sum;
}

static double span_s(muster_time from, muster_time until)
{
    return from == MUSTER_NEVER || until == MUSTER_NEVER
               ? (double)NAN
               : (double)(until - from) / (double)MUSTER_SECOND;
}

static double bits(uint64_t set)
{
    int32_t count = 0;
    for (; set; set &= set - 1)
        count++;
    return count;
}

/* ---- the table ------------------------------------------------------------------------------ */

#define MEASURE(name, label, unit, scope, direction, value, doc, when_bad)                         \
    static double value_of_##name(thing t)                                                         \
    {                                                                                              \
        return value;                                                                              \
    }
#include "outcome/measure_list.def"
#undef MEASURE

static double (*const values[])(thing) = {
#define MEASURE(name, label, unit, scope, direction, value, doc, when_bad) value_of_##name,
#include "outcome/measure_list.def"
#undef MEASURE
};

static const muster_measure measures[] = {
#define MEASURE(name, label, unit, scope, direction, value, doc, when_bad)                         \
    {#name, label, unit, MUSTER_OF_##scope, MUSTER_##direction, doc, when_bad},
#include "outcome/measure_list.def"
#undef MEASURE
};

enum { MEASURE_COUNT = sizeof measures / sizeof measures[0] };

const muster_measure *muster_measures(int32_t *out_count)
{
    *out_count = MEASURE_COUNT;
    return measures;
}

const char *muster_scope_name(muster_scope scope)
{
    static const char *const names[MUSTER_SCOPE_COUNT] = {"drill",  "state", "unit", "group",
                                                          "serial", "pair",  "air"};
    return scope >= MUSTER_OF_DRILL && scope < MUSTER_SCOPE_COUNT ? names[scope] : "";
}

double mst_measure_value(const mst_outcomes *outcomes, int32_t measure, int32_t index)
{
    if (measure < 0 || measure >= MEASURE_COUNT || index < 0 ||
        index >= mst_scope_count(outcomes, measures[measure].scope))
        return (double)NAN;
    thing t = thing_of(outcomes, measures[measure].scope, index);
    if (t.urow)
        reach_of_unit(&t, index);
    return values[measure](t);
}

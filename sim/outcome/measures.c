/* The registry of measures: rows of measure_list.def, and their values. */
#include "outcome/fold.h"

#include "base/units.h"
#include "muster/geo.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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
    const mst_reach *r;
} thing;

/* ---- finding things ------------------------------------------------------------------------ */

/* Drill and place within it of entry `index` of a scope that has several entries a drill. */
static bool split(const mst_model *model, muster_scope scope, int32_t index, int32_t *out_drill,
                  int32_t *out_place)
{
    for (int32_t d = 0; d < model->drill_count; d++) {
        const mst_drill_row *drill = &model->drill[d];
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
    return scope == MUSTER_OF_PAIR ? outcomes->pair_count
                                   : mst_scope_places(outcomes->model, scope);
}

int32_t mst_scope_places(const mst_model *m, muster_scope scope)
{
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
        for (int32_t d = 0; d < m->drill_count; d++)
            count += mst_pair_places(&m->drill[d]);
        return count;
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

static const char *pair_id(const mst_model *m, int32_t drill, int32_t a, int32_t b, char out[160])
{
    snprintf(out, 160, "%s/%s-%s", m->drill[drill].id, m->state[a].id, m->state[b].id);
    return out;
}

const char *mst_scope_place_id(const mst_model *m, muster_scope scope, int32_t index, char out[160])
{
    int32_t drill = 0, place = 0, a = 0, b = 0;
    out[0] = '\0';
    if (index < 0 || index >= mst_scope_places(m, scope))
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
        mst_pair_at(m, index, &drill, &a, &b);
        pair_id(m, drill, a, b, out);
    } else if (split(m, scope, index, &drill, &place)) {
        const mst_drill_row *row = &m->drill[drill];
        snprintf(out, 160, "%s/%s", row->id,
                 scope == MUSTER_OF_AIR ? row->air[place].id
                                        : m->state[mst_model_asked(row, place)].id);
    }
    return out;
}

/* Whether two ids mean the same thing where each model has one drill, whose own id then counts for
 * nothing: "northern/CHN" is CHN there; a group made by the program ends with its drill. */
static bool same_within_drill(muster_scope scope, const char *a, const char *b)
{
    if (scope == MUSTER_OF_STATE || scope == MUSTER_OF_PAIR || scope == MUSTER_OF_AIR) {
        const char *slash_a = strchr(a, '/'), *slash_b = strchr(b, '/');
        return strcmp(slash_a ? slash_a + 1 : a, slash_b ? slash_b + 1 : b) == 0;
    }
    const char *end_a = strrchr(a, ' '), *end_b = strrchr(b, ' ');
    return scope == MUSTER_OF_GROUP && end_a && end_b
               ? end_a - a == end_b - b && strncmp(a, b, (size_t)(end_a - a)) == 0
               : strcmp(a, b) == 0;
}

int32_t mst_scope_match(const mst_model *first, const mst_model *other, muster_scope scope,
                        int32_t index)
{
    char wanted[160], id[160];
    const bool one_each = first->drill_count == 1 && other->drill_count == 1;
    const int32_t count = mst_scope_places(other, scope);
    if (one_each && scope == MUSTER_OF_DRILL)
        return index == 0 ? 0 : -1;
    const char *sought = mst_scope_place_id(first, scope, index, wanted);
    if (*sought == '\0')
        return -1;
    /* Most often at the same place, or as far from it as things were added or left out before. */
    const int32_t middle = index < count ? index : count - 1;
    for (int32_t k = 0; k < 2 * count; k++) {
        const int32_t i = k % 2 == 0 ? middle - k / 2 : middle + 1 + k / 2;
        if (i < 0 || i >= count)
            continue;
        const char *found = mst_scope_place_id(other, scope, i, id);
        if (one_each ? same_within_drill(scope, found, sought) : strcmp(found, sought) == 0)
            return i;
    }
    return -1;
}

const char *mst_scope_id(const mst_outcomes *outcomes, muster_scope scope, int32_t index,
                         char out[160])
{
    out[0] = '\0';
    if (scope != MUSTER_OF_PAIR)
        return mst_scope_place_id(outcomes->model, scope, index, out);
    if (index < 0 || index >= outcomes->pair_count)
        return out;
    const mst_pair_outcome *pair = &outcomes->pair[index];
    return pair_id(outcomes->model, pair->drill, pair->a, pair->b, out);
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

/* What a unit could reach as the plan has it; a figure of the model, so kept from run to run. */
static void reach_of_unit(mst_outcomes *out, int32_t unit)
{
    const double none = (double)NAN;
    mst_reach *r = &out->reach[unit];
    const int32_t drill = drill_of_reach(out, unit);
    if (r->unit == unit && r->drill == drill)
        return;
    *r = (mst_reach){.unit = unit, .drill = drill, .reach_m = none, .out_m = none, .margin = none};
    r->radius_m[MST_RUNG_SEA] = none;
    if (drill >= 0 && out->model->unit[unit].has_range)
        *r = mst_reach_of(out->model, drill, unit, -1, -1);
}

void mst_fold_reaches(mst_outcomes *out)
{
    for (int32_t i = 0; i < out->model->unit_count; i++)
        reach_of_unit(out, i);
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
        t.r = &out->reach[index];
    } else if (scope == MUSTER_OF_GROUP) {
        t.g = &out->group[index];
    } else if (scope == MUSTER_OF_SERIAL) {
        t.s = &out->serial[index];
    } else if (scope == MUSTER_OF_PAIR) {
        t.p = &out->pair[index];
    } else if (split(out->model, scope, index, &t.drill, &place)) {
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

/* 1 if all assessed results of a stage say yes. */
static double says(const thing *t, mst_stage stage)
{
    double yes = (double)NAN;
    for (int32_t i = 0; t->v && i < t->v->stage_count; i++) {
        const mst_stage_result *s = &t->v->stage[i];
        if (s->stage == stage && s->standing != MST_NOT_ASSESSED)
            yes = s->standing == MST_YES && !(yes < 1.0) ? 1.0 : 0.0;
    }
    return yes;
}

static double hosts_admitting(const thing *t)
{
    double hosts = (double)NAN;
    for (int32_t i = 0; t->v && i < t->v->stage_count; i++) {
        const mst_stage_result *s = &t->v->stage[i];
        if (s->stage == MST_ADMIT && s->standing != MST_NOT_ASSESSED)
            hosts = (isnan(hosts) ? 0.0 : hosts) + (s->standing == MST_YES ? 1.0 : 0.0);
    }
    return hosts;
}

static double mean_admit(const thing *t)
{
    double sum = 0.0;
    int32_t count = 0;
    for (int32_t i = 0; t->v && i < t->v->stage_count; i++)
        if (t->v->stage[i].stage == MST_ADMIT && !isnan(t->v->stage[i].margin)) {
            sum += t->v->stage[i].margin;
            count++;
        }
    return count > 0 ? sum / count : (double)NAN;
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

#define YES_NO(name, label, scope, direction, value, doc, when_bad)                                \
    MEASURE(name, label, "", scope, direction, value, doc, when_bad)
#define MEASURE(name, label, unit, scope, direction, value, doc, when_bad)                         \
    static double value_of_##name(const thing *t)                                                  \
    {                                                                                              \
        return value;                                                                              \
    }
#include "outcome/measure_list.def"
#undef MEASURE

static double (*const values[])(const thing *) = {
#define MEASURE(name, label, unit, scope, direction, value, doc, when_bad) value_of_##name,
#include "outcome/measure_list.def"
#undef MEASURE
};
#undef YES_NO

static const muster_measure measures[] = {
#define MEASURE(name, label, unit, scope, direction, value, doc, when_bad)                         \
    {#name, label, unit, MUSTER_OF_##scope, MUSTER_##direction, doc, when_bad, false},
#define YES_NO(name, label, scope, direction, value, doc, when_bad)                                \
    {#name, label, "", MUSTER_OF_##scope, MUSTER_##direction, doc, when_bad, true},
#include "outcome/measure_list.def"
#undef YES_NO
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
    const thing t = thing_of(outcomes, measures[measure].scope, index);
    return values[measure](&t);
}

/* ---- all at once ---------------------------------------------------------------------------- */

/* One thing, all measures of its scope. first: column of each measure. */
static void fill_thing(const mst_outcomes *outcomes, muster_scope scope, int32_t index,
                       int32_t place, const int32_t *first, double *out)
{
    const thing t = thing_of(outcomes, scope, index);
    for (int32_t i = 0; i < MEASURE_COUNT; i++)
        if (measures[i].scope == scope)
            out[first[i] + place] = values[i](&t);
}

/* Pairs that do not take part have their places too. */
static void fill_pairs(const mst_outcomes *outcomes, const int32_t *first, double *out)
{
    const int32_t places = mst_scope_places(outcomes->model, MUSTER_OF_PAIR);
    for (int32_t i = 0; i < MEASURE_COUNT; i++)
        for (int32_t k = 0; measures[i].scope == MUSTER_OF_PAIR && k < places; k++)
            out[first[i] + k] = (double)NAN;
    for (int32_t i = 0; i < outcomes->pair_count; i++)
        fill_thing(outcomes, MUSTER_OF_PAIR, i, outcomes->pair[i].place, first, out);
}

void mst_measures_fill(const mst_outcomes *outcomes, const int32_t *first, double *out)
{
    for (int32_t scope = 0; scope < MUSTER_SCOPE_COUNT; scope++) {
        if (scope == MUSTER_OF_PAIR)
            continue;
        const int32_t count = mst_scope_places(outcomes->model, (muster_scope)scope);
        for (int32_t i = 0; i < count; i++)
            fill_thing(outcomes, (muster_scope)scope, i, i, first, out);
    }
    fill_pairs(outcomes, first, out);
}

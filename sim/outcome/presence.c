/* Hours in the area within a drill's window: units, groups, states together, required places. */
#include "outcome/fold.h"

#include <string.h>

typedef struct presence {
    mst_outcomes *out;
    int32_t drill;
    uint8_t *inside;               /* units now in the area, or on call for it (unit_count) */
    uint8_t *under_way;            /* on a leg: they do not work with others (unit_count)   */
    muster_time from, last, until; /* window; everything up to last is added up */
    bool is_complete;              /* required places now                       */
} presence;

static uint64_t states_inside(const presence *p)
{
    uint64_t states = 0;
    for (int32_t i = 0; i < p->out->model->unit_count; i++)
        if (p->inside[i] && p->out->model->unit[i].domain == MST_NAVAL)
            states |= mst_state_bit(p->out->model->unit[i].state);
    return states;
}

/* A squadron of a participant stands ready at its base; a carried one where its parent is. */
static void mark_aircraft(presence *p)
{
    const mst_model *m = p->out->model;
    const uint64_t states = p->out->drill[p->drill].states;
    for (int32_t i = 0; i < m->unit_count; i++) {
        const mst_unit_row *row = &m->unit[i];
        if (row->domain == MST_AIR && p->out->part[p->drill][i].cause == MST_CAUSE_NONE)
            p->inside[i] = row->parent >= 0 ? p->inside[row->parent]
                                            : (states & mst_state_bit(row->state)) != 0;
    }
}

static bool group_inside(const presence *p, const mst_group_row *group)
{
    for (int32_t i = 0; i < group->member_count; i++)
        if (!p->inside[group->member[i]])
            return false;
    return group->member_count > 0;
}

/* Adds the time from p->last to `to`, clipped to the window, to all who are inside. */
static void advance(presence *p, muster_time to)
{
    const mst_model *m = p->out->model;
    const muster_time end = to < p->until ? to : p->until;
    if (end <= p->last)
        return;
    const double seconds = (double)(end - p->last) / (double)MUSTER_SECOND;
    const uint64_t states = states_inside(p);
    p->last = end;
    for (int32_t i = 0; i < m->unit_count; i++)
        if (p->inside[i] && m->unit[i].domain == MST_NAVAL) {
            p->out->unit[i].station_s += seconds;
            p->out->part[p->drill][i].station_s += seconds;
        }
    for (int32_t i = 0; i < m->group_count; i++)
        if (m->group[i].drill == p->drill && group_inside(p, &m->group[i]))
            p->out->group[i].station_s += seconds;
    if (states & (states - 1)) /* two bits or more */
        p->out->drill[p->drill].joint_s += seconds;
    if (p->is_complete)
        p->out->drill[p->drill].complete_s += seconds;
}

/* States with a ship, or the helicopter of one, that holds in the area: they work together. */
static uint64_t states_at_work(const presence *p)
{
    const mst_model *m = p->out->model;
    uint64_t states = 0;
    for (int32_t i = 0; i < m->unit_count; i++) {
        const mst_unit_row *row = &m->unit[i];
        const int32_t ship = row->domain == MST_NAVAL ? i : row->parent;
        if (ship >= 0 && p->inside[i] && !p->under_way[ship])
            states |= mst_state_bit(row->state);
    }
    return states & p->out->drill[p->drill].states;
}

static void serial_record(presence *p, const mst_record *r)
{
    const mst_model *m = p->out->model;
    if (r->a < 0 || r->a >= m->serial_count || m->serial[r->a].drill != p->drill)
        return;
    mst_serial_outcome *s = &p->out->serial[r->a];
    if (r->kind == MST_RECORD_SERIAL_STARTED || s->states == 0)
        s->states = states_at_work(p);
}

static void presence_record(presence *p, const mst_record *r)
{
    const bool is_unit = r->unit >= 0 && r->unit < p->out->model->unit_count;
    if (is_unit && (r->kind == MST_RECORD_LEG || r->kind == MST_RECORD_HOLD))
        p->under_way[r->unit] = r->kind == MST_RECORD_LEG;
    if (r->kind == MST_RECORD_SERIAL_STARTED || r->kind == MST_RECORD_SERIAL_ENDED) {
        serial_record(p, r);
        return;
    }
    const bool enters = r->kind == MST_RECORD_ENTERED;
    const bool leaves = r->kind == MST_RECORD_LEFT || r->kind == MST_RECORD_WITHDRAWN;
    if (!is_unit || r->a != p->drill || !(enters || leaves))
        return;
    advance(p, r->time);
    p->inside[r->unit] = enters;
    mark_aircraft(p);
    p->is_complete =
        mst_places_complete(p->out->run, p->drill, p->out->drill[p->drill].states, p->inside);
}

void mst_fold_presence(mst_outcomes *out)
{
    const mst_model *m = out->model;
    uint8_t *inside = out->scratch->inside, *under_way = out->scratch->under_way;
    for (int32_t i = 0; i < m->drill_count; i++) {
        const mst_drill_outcome *d = &out->drill[i];
        if (!d->mustered)
            continue;
        memset(inside, 0, (size_t)m->unit_count);
        memset(under_way, 0, (size_t)m->unit_count);
        presence p = {out, i, inside, under_way, d->started_at, d->started_at, d->ended_at, false};
        mark_aircraft(&p);
        p.is_complete = mst_places_complete(out->run, i, d->states, inside);
        for (int32_t k = 0; k < out->run->clock->record_count; k++)
            presence_record(&p, &out->run->record[k]);
        advance(&p, p.until);
    }
}

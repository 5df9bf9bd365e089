/* Serials and the score (DEFINITIONS 6). */
#include "outcome/fold.h"

#include "activity/interop.h"
#include "engine/chance.h"

#include <math.h>

double mst_serial_p(const mst_model *model, const mst_serial_row *serial, uint64_t states)
{
    return serial->p0 * mst_fit_of(model, states, serial->parts).p_factor;
}

/* ---- records ------------------------------------------------------------------------------ */

static void serial_record(mst_outcomes *out, const mst_record *r)
{
    if (r->a < 0 || r->a >= out->model->serial_count)
        return;
    mst_serial_outcome *s = &out->serial[r->a];
    if (r->kind == MST_RECORD_SERIAL_STARTED) {
        s->start = r->time;
    } else if (r->kind == MST_RECORD_SERIAL_ENDED) {
        s->end = r->time;
        s->outcome = (mst_outcome)r->b;
        s->cause = (mst_cause)r->c;
        s->detail = r->d;
        s->held_share = r->real;
        s->needs_held =
            s->outcome == MST_DONE || (s->outcome == MST_DEGRADED && s->cause == MST_CAUSE_CHANCE);
    }
}

/* What a serial never heard of in the records came to: no muster, or the horizon cut it off. */
static void begin(mst_outcomes *out, int32_t index)
{
    const mst_drill_outcome *d = &out->drill[out->model->serial[index].drill];
    mst_serial_outcome *s = &out->serial[index]; /* states are there already */
    s->outcome = MST_CANCELLED;
    s->cause = d->mustered                  ? MST_CAUSE_LATE
               : d->cause != MST_CAUSE_NONE ? d->cause
                                            : MST_CAUSE_ABSENT;
    s->detail = -1;
    s->start = s->end = MUSTER_NEVER;
    s->p = (double)NAN;
}

/* Planned times of a serial that did not start, as far as they follow from others. */
static void plan_times(mst_outcomes *out, int32_t index)
{
    const mst_serial_row *row = &out->model->serial[index];
    const mst_drill_outcome *d = &out->drill[row->drill];
    mst_serial_outcome *s = &out->serial[index];
    if (s->start != MUSTER_NEVER)
        return;
    const muster_time from = row->after >= 0 ? out->serial[row->after].end
                             : d->mustered   ? d->started_at
                                             : out->model->drill[row->drill].muster_at;
    if (from != MUSTER_NEVER)
        s->start = from + row->start;
}

static void conclude(mst_outcomes *out, int32_t index)
{
    const mst_serial_row *row = &out->model->serial[index];
    mst_serial_outcome *s = &out->serial[index];
    plan_times(out, index);
    s->value = s->outcome == MST_DEGRADED ? out->model->constant.degraded_value : 0.0;
    if (s->needs_held) {
        s->p = mst_serial_p(out->model, row, s->states);
        s->value = mst_is_plan(out->run) ? mst_held_value(out->model, s->p)
                                         : mst_drawn_value(out->model, s->outcome == MST_DONE);
    }
}

/* ---- score -------------------------------------------------------------------------------- */

typedef struct mean { /* weighted */
    double sum, weight;
} mean;

static void add(mean *m, double weight, double value)
{
    m->sum += weight * value;
    m->weight += weight;
}

static double value_of(const mean *m)
{
    return m->weight > 0.0 ? m->sum / m->weight : (double)NAN;
}

/* The plan run expects; a replication has drawn. */
static void count(mst_drill_outcome *d, const mst_serial_outcome *s, bool is_plan)
{
    d->planned++;
    d->done += s->outcome == MST_DONE;
    d->degraded += s->outcome == MST_DEGRADED;
    d->cancelled += s->outcome == MST_CANCELLED;
    if (!is_plan) {
        d->expected_done += s->outcome == MST_DONE;
        d->expected_degraded += s->outcome == MST_DEGRADED;
    } else if (s->needs_held) {
        d->expected_done += s->p;
        d->expected_degraded += 1.0 - s->p;
    } else if (s->outcome == MST_DEGRADED) {
        d->expected_degraded += 1.0;
    }
}

static void score(mst_outcomes *out, int32_t drill)
{
    mean all = {0}, no_weather = {0}, joint = {0};
    mst_drill_outcome *d = &out->drill[drill];
    for (int32_t i = 0; i < out->model->serial_count; i++) {
        const mst_serial_row *row = &out->model->serial[i];
        const mst_serial_outcome *s = &out->serial[i];
        if (row->drill != drill)
            continue;
        count(d, s, mst_is_plan(out->run));
        add(&all, row->weight, s->value);
        if (s->outcome != MST_CANCELLED || s->cause != MST_CAUSE_SEA)
            add(&no_weather, row->weight, s->value);
        /* planned for two, or held by two: a cancelled one counts as planned */
        if (row->min_states >= 2 || (s->states & (s->states - 1)))
            add(&joint, row->weight, s->value);
    }
    d->planned_weight = all.weight;
    const bool plans_none = !(all.weight > 0.0); /* nothing to score, mustered or not */
    d->score = d->mustered || plans_none ? value_of(&all) : 0.0;
    d->score_no_weather = d->mustered || plans_none ? value_of(&no_weather) : 0.0;
    d->score_joint = joint.weight > 0.0 && !d->mustered ? 0.0 : value_of(&joint);
}

void mst_fold_serials(mst_outcomes *out)
{
    for (int32_t i = 0; i < out->model->serial_count; i++)
        begin(out, i);
    for (int32_t i = 0; i < out->run->clock->record_count; i++)
        serial_record(out, &out->run->record[i]);
    for (int32_t i = 0; i < out->model->serial_count; i++)
        conclude(out, i);
    for (int32_t i = 0; i < out->model->drill_count; i++)
        score(out, i);
}

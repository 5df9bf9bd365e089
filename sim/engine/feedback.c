#include "engine/feedback.h"

#include "model/compile.h"

#include <math.h>

static bool is_on(const mst_run *run)
{
    return run && run->model->feedback.is_on && run->feedback;
}

void mst_feedback_serial(mst_run *run, int32_t drill, double p)
{
    if (is_on(run))
        run->feedback[drill].done += p;
}

void mst_feedback_end(mst_run *run, int32_t drill)
{
    if (!is_on(run))
        return;
    run->feedback[drill].ended_as = run->clock->event_count;
    run->feedback[drill].ended_at = mst_now(run);
    int32_t k = 0;
    while (k < run->model->drill_count - 1 && run->feedback[k].order > 0)
        k++;
    run->feedback[k].order = drill + 1;
}

/* ---- what one drill adds ------------------------------------------------------------------- */

static bool was_in(const mst_run *run, int32_t drill, int32_t state)
{
    return run->takes_part[(size_t)drill * (size_t)run->model->state_count + (size_t)state] != 0;
}

/* Rivals of a host that was there, when they were not. */
static bool is_provoked(const mst_run *run, int32_t drill, int32_t state)
{
    const mst_model *m = run->model;
    const mst_drill_row *d = &m->drill[drill];
    if (was_in(run, drill, state))
        return false;
    for (int32_t i = 0; i < d->host_count; i++)
        if (was_in(run, drill, d->host[i]) &&
            m->rival[(size_t)state * (size_t)m->state_count + (size_t)d->host[i]])
            return true;
    return false;
}

static double threat_step(const mst_run *run, int32_t drill, int32_t state)
{
    const double visibility = run->model->drill[drill].visibility;
    return isnan(visibility) || !is_provoked(run, drill, state)
               ? 0.0
               : run->model->feedback.k_threat * visibility;
}

static double trust_step(const mst_run *run, int32_t drill, int32_t a, int32_t b)
{
    const int32_t planned = run->model->drill[drill].serial_count;
    if (planned == 0 || a == b || !was_in(run, drill, a) || !was_in(run, drill, b))
        return 0.0;
    return run->model->feedback.k_trust * (run->feedback[drill].done / (double)planned);
}

/* What a figure gets from a drill at its end; 0: it is none that drills move. */
static double step_of(const mst_run *run, int32_t drill, mst_figure_kind kind, int32_t index)
{
    const mst_model *m = run->model;
    const int32_t n = m->state_count;
    if (kind == MST_FIGURE_ATTRIBUTE && m->feedback.threat >= 0 &&
        index % m->attribute_count == m->feedback.threat)
        return threat_step(run, drill, index / m->attribute_count);
    if (kind == MST_FIGURE_MUTUAL && index / (n * n) == MST_MUTUAL_ALIGN)
        return trust_step(run, drill, index / n % n, index % n);
    return 0.0;
}

/* ---- what all of them have added ----------------------------------------------------------- */

static int64_t decided_as(const mst_run *run, int32_t drill)
{
    const int64_t number = run->feedback[drill].decided_as;
    return number > 0 ? number : INT64_MAX;
}

/* A base outside of the range stays where it is. */
static double kept_in_range(double value, double least, double base)
{
    return fmin(fmax(value, fmin(least, base)), fmax(1.0, base));
}

/* The deviation of one figure at a time, from the ends of drills in their order: at each of them the
 * value stays in its range, so that no more is left than the figure could take. */
static double deviation(const mst_model *model, const mst_run *run, int32_t drill,
                        mst_figure_kind kind, int32_t index)
{
    const double half_life_s = run->model->feedback.half_life_s;
    const double least = kind == MST_FIGURE_MUTUAL ? -1.0 : 0.0;
    const int64_t before = decided_as(run, drill);
    double moved = 0.0;
    muster_time since = model->start;
    for (int32_t k = 0; k < model->drill_count && run->feedback[k].order > 0; k++) {
        const int32_t i = (int32_t)(run->feedback[k].order - 1);
        const mst_feedback_state *s = &run->feedback[i];
        if (s->ended_as >= before)
            break;
        const double step = step_of(run, i, kind, index);
        if (step == 0.0)
            continue;
        const double base = mst_model_value_at(model, kind, index, s->ended_at);
        const double was = base + moved * mst_decay(half_life_s, since, s->ended_at);
        if (isnan(base)) /* not given yet: nothing that could move */
            continue;
        moved = kept_in_range(was + step, least, base) - base;
        since = s->ended_at;
    }
    return moved * mst_decay(half_life_s, since, model->drill[drill].decide_at);
}

static void add_deviation(const mst_model *model, const mst_run *run, int32_t drill,
                          mst_figure_kind kind, int32_t index, double *value)
{
    if (isnan(*value)) /* nothing was given that could move */
        return;
    const double moved = deviation(model, run, drill, kind, index);
    if (moved != 0.0)
        *value = kept_in_range(*value + moved, kind == MST_FIGURE_MUTUAL ? -1.0 : 0.0, *value);
}

static void add_all(const mst_model *model, const mst_run *run, int32_t drill, mst_values *values)
{
    const int32_t n = model->state_count, threat = model->feedback.threat;
    for (int32_t i = 0; i < n && threat >= 0 && model->feedback.k_threat > 0.0; i++) {
        const int32_t at = i * model->attribute_count + threat;
        add_deviation(model, run, drill, MST_FIGURE_ATTRIBUTE, at, &values->attribute[at]);
    }
    for (int32_t a = 0; a < n && model->feedback.k_trust > 0.0; a++)
        for (int32_t b = a + 1; b < n; b++) {
            const size_t at = mst_model_pair(model, MST_MUTUAL_ALIGN, a, b);
            add_deviation(model, run, drill, MST_FIGURE_MUTUAL, (int32_t)at, &values->mutual[at]);
            values->mutual[mst_model_pair(model, MST_MUTUAL_ALIGN, b, a)] = values->mutual[at];
        }
}

void mst_feedback_decide(mst_run *run, int32_t drill)
{
    if (!is_on(run))
        return;
    run->feedback[drill].decided_as = run->clock->event_count;
    add_all(run->model, run, drill, &run->values);
}

void mst_run_values(const mst_model *model, const mst_run *run, int32_t drill, mst_values *out)
{
    mst_model_values_at(model, model->drill[drill].decide_at, out);
    if (is_on(run))
        add_all(model, run, drill, out);
}

double mst_feedback_by(const mst_run *run, int32_t drill, int32_t by, mst_figure_kind kind,
                       int32_t index)
{
    if (!is_on(run) || run->feedback[by].ended_as == 0 ||
        run->feedback[by].ended_as >= decided_as(run, drill))
        return 0.0;
    return step_of(run, by, kind, index) * mst_decay(run->model->feedback.half_life_s,
                                                     run->feedback[by].ended_at,
                                                     run->model->drill[drill].decide_at);
}

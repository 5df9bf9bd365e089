/* How a best point is selected: the group `select` of an experiment file. */
#include "experiment/experiment.h"

#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { STEP = 10, LOOKS = 50 };
#define LEVEL 0.95

typedef struct reading {
    const muster_experiment *e;
    const mst_file_select *in;
    muster_diags *diags;
    bool is_good;
} reading;

static void fail(reading *r, const char *hint, const char *message)
{
    muster_diags_add(r->diags, MUSTER_ERROR, r->in->item.place, "select", hint, "select: %s",
                     message);
    r->is_good = false;
}

static void warn_of_unused(reading *r, const char *key)
{
    muster_diags_add(r->diags, MUSTER_WARNING, r->in->item.place, NULL, NULL,
                     "select: '%s' does not use '%s'",
                     r->in->by == MUSTER_SELECT_KN - 1 ? "kn" : "ocba", key);
}

static bool is_given(int64_t value)
{
    return value != INT64_MIN;
}

/* ---- what points are judged by -------------------------------------------------------------------- */

static int32_t find_response(reading *r)
{
    const char *names[MUSTER_COLUMNS_MAX];
    const int32_t count = r->e->head.responses;
    char hint[400], message[200];
    if (!r->in->measure)
        return 0;
    for (int32_t i = 0; i < count; i++) {
        names[i] = r->e->response[i].name;
        if (strcmp(names[i], r->in->measure) == 0)
            return i;
    }
    const int32_t near = muster_text_nearest(r->in->measure, names, count);
    if (near >= 0)
        muster_text_format(hint, sizeof hint, "did you mean '%s'?", names[near]);
    else
        muster_text_format(hint, sizeof hint, "measures = [..., \"%.60s\"]", r->in->measure);
    muster_text_format(message, sizeof message,
                       "'%.80s' is none of the measures of this experiment", r->in->measure);
    fail(r, hint, message);
    return -1;
}

static void read_response(reading *r, muster_selection *out)
{
    char message[200];
    out->response = find_response(r);
    if (out->response < 0)
        return;
    const muster_response *response = &r->e->response[out->response];
    if (r->in->prefer >= 0) {
        out->more = r->in->prefer == 0;
        return;
    }
    out->more = response->direction == MUSTER_MORE_IS_BETTER;
    if (response->direction != MUSTER_NEITHER)
        return;
    muster_text_format(message, sizeof message,
                       "neither more nor less of '%.80s' is better by itself", response->name);
    fail(r, "prefer = \"more\" or prefer = \"less\"", message);
}

/* ---- how many runs -------------------------------------------------------------------------------- */

static void read_kn(reading *r, muster_selection *out)
{
    out->worth = r->in->worth;
    out->level = isnan(r->in->level) ? LEVEL : r->in->level;
    out->step = is_given(r->in->step) ? (int32_t)r->in->step : STEP;
    if (isnan(r->in->worth))
        fail(r, "worth = 0.02: points whose means differ by less are equally good",
             "kn needs the least difference that matters");
    if (is_given(r->in->budget))
        warn_of_unused(r, "budget");
}

static void read_ocba(reading *r, muster_selection *out)
{
    const int64_t points = r->e->head.points;
    char message[200];
    if (is_given(r->in->budget))
        out->budget = r->in->budget;
    else
        fail(r, "budget = 20000: runs of all points together", "ocba needs a budget");
    if (is_given(r->in->budget) && r->in->budget < points * r->in->first) {
        muster_text_format(message, sizeof message,
                           "a budget of %lld runs is less than the first %d of each of %lld points",
                           (long long)r->in->budget, (int)r->in->first, (long long)points);
        fail(r, "a greater budget, or a smaller first", message);
    }
    out->step = is_given(r->in->step)        ? (int32_t)r->in->step
                : out->budget > STEP * LOOKS ? (int32_t)(out->budget / LOOKS)
                                             : STEP;
    if (!isnan(r->in->worth))
        warn_of_unused(r, "worth");
    if (!isnan(r->in->level))
        warn_of_unused(r, "level");
}

static void check_points(reading *r)
{
    const int64_t points = r->e->head.points;
    char message[200];
    muster_text_format(message, sizeof message, "the experiment has %lld point%s, not 2 to %d",
                       (long long)points, points == 1 ? "" : "s", MUSTER_SELECT_POINTS_MAX);
    if (points < 2 || points > MUSTER_SELECT_POINTS_MAX)
        fail(r, NULL, message);
}

/* Replications are told in one place. */
static void check_runs(reading *r, const muster_experiment_from *from)
{
    if (from->has_replications)
        fail(r, "most = 2000 in select", "each point has a number of replications of its own");
    else if (r->e->file.runs.replications > 0)
        fail(r, "most = 2000 in select, and no replications in runs",
             "each point has a number of replications of its own");
    if (r->in->most < r->in->first)
        fail(r, NULL, "most is less than first");
}

muster_status mst_experiment_select(muster_experiment *e, const muster_experiment_from *from,
                                    muster_diags *diags)
{
    const mst_file_select *in = &e->file.select;
    reading r = {.e = e, .in = in, .diags = diags, .is_good = true};
    muster_selection *out = &e->head.selection;
    if (in->item.place.line == 0)
        return MUSTER_OK;
    if (!e->sweep) {
        fail(&r, NULL, "the experiment names no scenario: there is nothing to select by");
        return MUSTER_MISTAKE;
    }
    *out = (muster_selection){.kind = (muster_select_kind)(in->by + 1),
                              .first = (int32_t)in->first,
                              .most = (int32_t)in->most};
    check_points(&r);
    check_runs(&r, from);
    read_response(&r, out);
    if (out->kind == MUSTER_SELECT_KN)
        read_kn(&r, out);
    else
        read_ocba(&r, out);
    return r.is_good ? MUSTER_OK : MUSTER_MISTAKE;
}

void mst_selection_words(const muster_selection *s, const muster_response *response,
                         char out[MST_SELECTION_BYTES])
{
    const char *better = s->more ? "more" : "less";
    if (s->kind == MUSTER_SELECT_KN)
        muster_text_format(
            out, MST_SELECTION_BYTES,
            "kn by %.80s, %s is better: %d replications of each point, then %d at a time of "
            "those that are not beaten, at most %d; a lead of %g matters, level %g %%",
            response->name, better, (int)s->first, (int)s->step, (int)s->most, s->worth,
            100.0 * s->level);
    else
        muster_text_format(
            out, MST_SELECTION_BYTES,
            "ocba by %.80s, %s is better: %d replications of each point, then %d runs at a "
            "time where they tell most, %lld in all, at most %d of a point",
            response->name, better, (int)s->first, (int)s->step, (long long)s->budget,
            (int)s->most);
}

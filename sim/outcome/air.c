/* Air requests: coverage of the window, sorties, hours on station. */
#include "outcome/fold.h"

#include <math.h>

typedef struct watch { /* one air request */
    mst_outcomes *out;
    int32_t drill, request;
    muster_time from, until, last;
    int32_t present;
    double covered_s; /* sum of min(n, present)/n over time */
} watch;

static void advance(watch *w, muster_time to)
{
    const int32_t wanted = w->out->model->drill[w->drill].air[w->request].count;
    const muster_time begin = w->last > w->from ? w->last : w->from;
    const muster_time end = to < w->until ? to : w->until;
    if (end > begin) {
        const double seconds = (double)(end - begin) / (double)MUSTER_SECOND;
        const int32_t counted = w->present < wanted ? w->present : wanted;
        w->out->air[w->drill][w->request].station_s += seconds * w->present;
        if (wanted > 0)
            w->covered_s += seconds * counted / wanted;
    }
    if (to > w->last)
        w->last = to;
}

static void air_record(watch *w, const mst_record *r)
{
    if (r->kind != MST_RECORD_TAKEOFF && r->kind != MST_RECORD_ON_STATION &&
        r->kind != MST_RECORD_OFF_STATION)
        return;
    if (r->a != w->request || r->c != w->drill)
        return;
    if (r->kind == MST_RECORD_TAKEOFF) {
        w->out->air[w->drill][w->request].sorties++;
        return;
    }
    advance(w, r->time);
    w->present += r->kind == MST_RECORD_ON_STATION ? 1 : -1;
}

static void fold_request(mst_outcomes *out, int32_t drill, int32_t request)
{
    const mst_drill_row *d = &out->model->drill[drill];
    /* The window counts from the drill's start, which may be later than planned; one that begins
     * before the muster was begun by the plan. */
    const muster_time base =
        out->drill[drill].mustered ? out->drill[drill].started_at : d->muster_at;
    watch w = {.out = out, .drill = drill, .request = request};
    w.from = w.last = (d->air[request].start < 0 ? d->muster_at : base) + d->air[request].start;
    w.until = base + d->air[request].end;
    mst_air_outcome *a = &out->air[drill][request];
    *a = (mst_air_outcome){.coverage = 0.0};
    for (int32_t i = 0; i < out->run->clock->record_count; i++)
        air_record(&w, &out->run->record[i]);
    advance(&w, w.until);
    if (w.until > w.from)
        a->coverage = w.covered_s / ((double)(w.until - w.from) / (double)MUSTER_SECOND);
}

void mst_fold_air(mst_outcomes *out)
{
    for (int32_t d = 0; d < out->model->drill_count; d++)
        for (int32_t i = 0; i < out->model->drill[d].air_count; i++)
            fold_request(out, d, i);
}

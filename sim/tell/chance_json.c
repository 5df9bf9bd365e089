/* Replications in the run document: every measure of everything, with intervals and quantiles. */
#include "tell/chance.h"

#include "base/format.h"
#include "tell/json.h"

static void add_quantile(mst_json *json, const char *key, const muster_quantile *q)
{
    mst_json_object(json, key);
    mst_json_maybe(json, "value", q->value);
    mst_json_maybe(json, "low", q->low);
    mst_json_maybe(json, "high", q->high);
    mst_json_end(json);
}

static void add_figure(mst_json *json, const char *id, muster_sample *sample, int32_t measure,
                       int32_t thing)
{
    static const struct {
        const char *key;
        double q;
    } quantiles[] = {{"p10", 0.1}, {"p50", 0.5}, {"p90", 0.9}};
    const muster_summary s = muster_sample_summary(sample, 0, measure, thing);
    mst_json_object(json, id);
    mst_json_whole(json, "n", s.count);
    mst_json_maybe(json, "mean", s.mean);
    mst_json_maybe(json, "sd", s.sd);
    mst_json_maybe(json, "least", s.least);
    mst_json_maybe(json, "most", s.most);
    mst_json_maybe(json, "low", s.low);
    mst_json_maybe(json, "high", s.high);
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles && s.most > s.least; i++) {
        const muster_quantile q = muster_sample_quantile(sample, 0, measure, thing, quantiles[i].q);
        if (q.is_kept && !s.is_share)
            add_quantile(json, quantiles[i].key, &q);
    }
    mst_json_end(json);
}

static void add_measures(mst_json *json, const mst_page *page)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    mst_json_array(json, "measures");
    for (int32_t i = 0; i < count; i++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "measure", all[i].name);
        mst_json_text(json, "unit", all[i].unit);
        mst_json_text(json, "of", muster_scope_name(all[i].scope));
        mst_json_bool(json, "is_share", all[i].is_yes_no);
        mst_json_object(json, "values");
        for (int32_t k = 0; k < muster_sample_things(page->sample, 0, all[i].scope); k++) {
            char id[160];
            muster_sample_id(page->sample, 0, all[i].scope, k, id);
            add_figure(json, id, page->sample, i, k);
        }
        mst_json_end(json);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_causes(mst_json *json, const int64_t count[16])
{
    mst_json_object(json, "causes");
    for (int32_t cause = 1; muster_cause_name(cause); cause++)
        if (count[cause] > 0)
            mst_json_whole(json, muster_cause_name(cause), count[cause]);
    mst_json_end(json);
}

static void add_serials(mst_json *json, const mst_page *page)
{
    mst_json_array(json, "serials");
    for (int32_t i = 0; i < page->model->serial_count; i++) {
        const muster_serial_tally tally = muster_sample_serial(page->sample, 0, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "id", page->model->serial[i].id);
        mst_json_whole(json, "done", tally.done);
        mst_json_whole(json, "degraded", tally.degraded);
        mst_json_whole(json, "cancelled", tally.cancelled);
        add_causes(json, tally.cause);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_drills(mst_json *json, const mst_page *page)
{
    mst_json_array(json, "drills");
    for (int32_t i = 0; i < page->model->drill_count; i++) {
        int64_t failed[16] = {0};
        for (int32_t cause = 1; muster_cause_name(cause); cause++)
            failed[cause] = muster_sample_drill_cause(page->sample, 0, i, cause);
        mst_json_object(json, NULL);
        mst_json_text(json, "id", page->model->drill[i].id);
        mst_json_whole(json, "mustered", muster_sample_drill_cause(page->sample, 0, i, 0));
        add_causes(json, failed);
        mst_json_object(json, "last_to_arrive");
        for (int32_t u = 0; u < page->model->unit_count; u++) {
            const int64_t n = muster_sample_bound(page->sample, 0, i, u);
            if (n > 0)
                mst_json_whole(json, page->model->unit[u].id, n);
        }
        mst_json_end(json);
        mst_json_end(json);
    }
    mst_json_end(json);
}

void mst_json_seed(mst_json *json, const char *key, uint64_t seed)
{
    char text[24];
    muster_text_format(text, sizeof text, "%llu", (unsigned long long)seed);
    mst_json_text(json, key, text);
}

void mst_json_chance(mst_json *json, const mst_page *page)
{
    if (!page->sample)
        return;
    mst_json_object(json, "replications");
    mst_json_whole(json, "count", muster_sample_count(page->sample));
    mst_json_seed(json, "seed", muster_sample_seed(page->sample, 0));
    mst_json_real(json, "level", 0.95);
    add_drills(json, page);
    add_serials(json, page);
    add_measures(json, page);
    mst_json_end(json);
}

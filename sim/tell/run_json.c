/* The run document: the contract between the program, the page and anybody's script. Its schema
 * is include/muster/run.schema.json. Numbers are rounded to 12 significant digits. */
#include "tell/chance.h"
#include "tell/lesson.h"
#include "tell/scene.h"

#include "base/format.h"
#include "base/units.h"
#include "model/walk.h"

#include <math.h>

void mst_json_head(mst_json *json, const char *format, const mst_page *page)
{
    const mst_model *m = page->model;
    mst_json_text(json, "format", format);
    mst_json_whole(json, "version", 1);
    mst_json_object(json, "program");
    mst_json_text(json, "name", "muster");
    mst_json_text(json, "version", muster_version());
    mst_json_end(json);
    mst_json_object(json, "scenario");
    mst_json_text(json, "id", m->id);
    mst_json_text(json, "title", m->title);
    mst_json_hash(json, "hash", m->hash);
    mst_json_text(json, "variant", page->scenario->variant);
    const int32_t use = mst_page_use(page);
    mst_json_text(json, "use", use >= 0 && use < 3 ? mst_use_names[use] : NULL);
    mst_json_bool(json, "hindsight", m->hindsight);
    mst_json_end(json);
    const bool is_plan = !page->run || page->run->replication == 0;
    mst_json_text(json, "run", is_plan ? "plan" : "replication");
    if (!is_plan) {
        mst_json_whole(json, "replication", page->run->replication);
        mst_json_seed(json, "seed", page->seed);
    }
    mst_json_array(json, "changes");
    for (int32_t i = 0; i < m->applied_count; i++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "path", m->applied[i].path);
        const bool is_told = !page->as_student || !mst_is_secret_path(m->applied[i].path);
        mst_json_text(json, "before", is_told ? m->applied[i].before : "");
        mst_json_text(json, "after", is_told ? m->applied[i].after : "");
        mst_json_text(json, "origin", m->applied[i].origin);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_routes(mst_json *json, const mst_page *page)
{
    mst_json_array(json, "routes");
    for (int32_t i = 0; i < mst_route_book_count(page->model->book); i++) {
        const mst_route *r = mst_route_book_at(page->model->book, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "from", r->from_name);
        mst_json_text(json, "to", r->to_name);
        mst_json_real(json, "length_nm", r->line.length_m / MUSTER_NM_M);
        mst_json_real(json, "direct_nm", r->geodesic_m / MUSTER_NM_M);
        mst_json_real(json, "offing_nm", r->offing_m / MUSTER_NM_M);
        mst_json_maybe(json, "least_offing_nm", r->least_offing_m / MUSTER_NM_M);
        mst_json_array(json, "gates");
        for (int32_t g = 0; g < r->gate_count; g++) {
            const mst_list *straits = &page->spec->straits;
            if (r->gate[g] >= 0 && r->gate[g] < straits->count)
                mst_json_text(json, NULL, MST_AT(mst_strait_def, straits, r->gate[g])->item.id);
        }
        mst_json_end(json);
        mst_json_array(json, "points");
        for (int32_t p = 0; p < r->line.point_count; p++) {
            mst_json_array(json, NULL);
            mst_json_real(json, NULL,
                          round(muster_lon_outside(r->line.point[p].lon_deg) * 1e5) / 1e5);
            mst_json_real(json, NULL, round(r->line.point[p].lat_deg * 1e5) / 1e5);
            mst_json_end(json);
        }
        mst_json_end(json);
        mst_json_array(json, "points_m");
        for (int32_t p = 0; p < r->line.point_count; p++)
            mst_json_real(json, NULL, r->line.at_m[p]);
        mst_json_end(json);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_timeline(mst_json *json, mst_page *page)
{
    static const char *const words[] = {"possible", "possible only if", "impossible",
                                        "no way by sea"};
    mst_timeline_check *checks = NULL;
    const int32_t count = mst_timeline_checks(page->model, &page->arena, &checks);
    mst_json_array(json, "timeline");
    for (int32_t i = 0; i < count; i++) {
        const mst_timeline_check *c = &checks[i];
        mst_json_object(json, NULL);
        mst_json_text(json, "claim", page->model->observation[c->claim].id);
        mst_json_text(json, "sighting", page->model->observation[c->sighting].id);
        mst_json_real(json, "zone_h", page->model->observation[c->claim].at.zone_min / 60.0);
        mst_json_maybe(json, "distance_nm", c->distance_m / MUSTER_NM_M);
        mst_json_maybe(json, "needed_kn", c->needed_mps / MST_KN_MPS);
        mst_json_maybe(json, "max_kn", c->max_mps / MST_KN_MPS);
        mst_json_maybe(json, "sustained_kn", c->sustained_mps / MST_KN_MPS);
        mst_json_text(json, "binding_unit",
                      c->binding_unit >= 0 ? page->model->unit[c->binding_unit].id : NULL);
        mst_json_text(json, "verdict", words[c->verdict]);
        mst_json_text(json, "verdict_sustained", words[c->at_sustained]);
        mst_json_text(json, "verdict_5nm", words[c->verdict_5nm]);
        mst_json_time(json, "latest", c->latest);
        mst_json_time(json, "latest_sustained", c->latest_sustained);
        mst_json_end(json);
    }
    mst_json_end(json);
}

/* What the measures are, for who shows them. */
static void add_measures(mst_json *json)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    mst_json_array(json, "measures");
    for (int32_t i = 0; i < count; i++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "name", all[i].name);
        mst_json_text(json, "label", all[i].label);
        mst_json_text(json, "unit", all[i].unit);
        mst_json_text(json, "of", muster_scope_name(all[i].scope));
        mst_json_whole(json, "direction", (int64_t)all[i].direction);
        mst_json_text(json, "doc", all[i].doc);
        mst_json_text(json, "when_bad", all[i].when_bad);
        mst_json_bool(json, "is_yes_no", all[i].is_yes_no);
        mst_json_end(json);
    }
    mst_json_end(json);
}

/* Every measure of the registry over everything it is taken of. */
static void add_outcomes(mst_json *json, const mst_page *page)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    mst_json_array(json, "outcomes");
    for (int32_t i = 0; i < count; i++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "measure", all[i].name);
        mst_json_text(json, "label", all[i].label);
        mst_json_text(json, "unit", all[i].unit);
        mst_json_text(json, "of", muster_scope_name(all[i].scope));
        mst_json_object(json, "values");
        const int32_t things = mst_scope_count(page->out, all[i].scope);
        for (int32_t k = 0; k < things; k++) {
            char id[160];
            mst_json_maybe(json, mst_scope_id(page->out, all[i].scope, k, id),
                           mst_measure_value(page->out, i, k));
        }
        mst_json_end(json);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static const char *const event_names[] = {
#define RECORD(name, words, doc) words,
#include "model/record_list.def"
#undef RECORD
};

static void add_events(mst_json *json, const mst_page *page)
{
    mst_json_array(json, "events");
    for (int32_t i = 0; i < page->run->clock->record_count; i++) {
        const mst_record *r = &page->run->record[i];
        mst_json_object(json, NULL);
        mst_json_time(json, "time", r->time);
        mst_json_text(json, "kind", event_names[r->kind]);
        mst_json_text(json, "unit", r->unit >= 0 ? page->model->unit[r->unit].id : NULL);
        mst_json_whole(json, "a", r->a);
        mst_json_whole(json, "b", r->b);
        mst_json_maybe(json, "value", r->real);
        if (r->kind == MST_RECORD_INJECTED && r->a >= 0 && r->a < page->model->inject_count) {
            mst_json_text(json, "inject", page->model->inject[r->a].id);
            mst_json_text(json, "effect", mst_inject_effects[r->b]);
        }
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_serials(mst_json *json, const mst_page *page)
{
    static const char *const outcomes[] = {"done", "degraded", "cancelled"};
    mst_json_array(json, "serials");
    for (int32_t i = 0; i < page->model->serial_count; i++) {
        const mst_serial_row *s = &page->model->serial[i];
        const mst_serial_outcome *o = &page->out->serial[i];
        mst_json_object(json, NULL);
        mst_json_text(json, "id", s->id);
        mst_json_text(json, "name", s->name);
        mst_json_text(json, "drill", page->model->drill[s->drill].id);
        mst_json_time(json, "start", o->start);
        mst_json_time(json, "end", o->end);
        mst_json_text(json, "outcome", outcomes[o->outcome]);
        mst_json_text(json, "cause", o->cause == MST_CAUSE_NONE ? NULL : mst_cause_names[o->cause]);
        mst_json_maybe(json, "probability", o->p);
        mst_json_maybe(json, "value", o->value);
        mst_json_real(json, "weight", s->weight);
        mst_json_end(json);
    }
    mst_json_end(json);
}

/* What the file expects, and what came: an expectation that is not met ends `run` with status 1. */
static void add_expectations(mst_json *json, const mst_page *page)
{
    const muster_field *is = mst_fields_row(mst_fields_expect, "is");
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    mst_json_array(json, "expectations");
    for (int32_t i = 0; i < page->spec->expects.count; i++) {
        const mst_expect_def *expect = MST_AT(const mst_expect_def, &page->spec->expects, i);
        const mst_expectation e = mst_expect_of(page->out, expect, NULL);
        char path[32], id[160];
        muster_text_format(path, sizeof path, "expect[%d]", (int)i);
        mst_json_object(json, NULL);
        mst_json_text(json, "path", path);
        mst_json_text(json, "measure", expect->measure);
        mst_json_text(json, "of",
                      e.thing < 0 ? expect->of
                                  : mst_scope_id(page->out, all[e.measure].scope, e.thing, id));
        mst_json_text(json, "compare", is->choices[expect->is]);
        mst_json_real(json, "value", expect->value);
        mst_json_real(json, "within", expect->within);
        mst_json_maybe(json, "actual", e.actual);
        mst_json_bool(json, "met", e.is_met);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_decisions(mst_json *json, mst_page *page)
{
    mst_json_array(json, "decisions");
    for (int32_t d = 0; d < page->model->drill_count; d++) {
        const mst_drill_row *row = &page->model->drill[d];
        for (int32_t i = 0; i < row->host_count + row->candidate_count; i++)
            mst_json_verdict(json, NULL, page,
                             &page->run->verdict[page->run->verdict_first[d] + i]);
    }
    mst_json_end(json);
}

char *muster_tell_json(const muster_tell *tell, muster_diags *diags)
{
    mst_page page;
    mst_page_begin(&page, tell);
    mst_json *json = mst_json_create(tell->memory);
    if (tell->is_tight)
        mst_json_tight(json);
    mst_json_object(json, NULL);
    mst_json_head(json, "muster-run", &page);
    mst_json_text(json, "audience", page.as_student ? "student" : "instructor");
    mst_json_time(json, "epoch", page.model->start);
    mst_json_hash(json, "digest", mst_run_digest(page.run));
    mst_json_array(json, "drills");
    for (int32_t d = 0; d < page.model->drill_count; d++) {
        const mst_drill_row *row = &page.model->drill[d];
        mst_json_object(json, NULL);
        mst_json_text(json, "id", row->id);
        mst_json_text(json, "name", row->name);
        mst_json_time(json, "decide_at", row->decide_at);
        mst_json_time(json, "muster_at", row->muster_at);
        mst_json_time(json, "end", row->end);
        mst_json_whole(json, "sea_state", row->sea_state);
        mst_json_bool(json, "mustered", page.out->drill[d].mustered);
        mst_json_time(json, "started", page.out->drill[d].started_at);
        mst_json_real(json, "lat_deg", page.model->spot[row->muster_spot].point.lat_deg);
        mst_json_real(json, "lon_deg",
                      muster_lon_outside(page.model->spot[row->muster_spot].point.lon_deg));
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_scene(json, &page);
    mst_json_inputs(json, &page);
    add_decisions(json, &page);
    mst_json_array(json, "units");
    for (int32_t i = 0; i < page.model->unit_count; i++)
        mst_json_unit(json, &page, i);
    mst_json_end(json);
    mst_json_array(json, "reach");
    for (page.drill = 0; page.drill < page.model->drill_count; page.drill++)
        for (int32_t i = 0; i < page.model->unit_count; i++)
            mst_json_reach(json, NULL, &page, i);
    mst_json_end(json);
    add_routes(json, &page);
    add_serials(json, &page);
    add_timeline(json, &page);
    add_measures(json);
    add_outcomes(json, &page);
    add_expectations(json, &page);
    mst_json_fuel(json, &page);
    mst_json_log(json, &page);
    add_events(json, &page);
    mst_json_chance(json, &page);
    mst_text_clear(&page.text);
    char *out = mst_page_document(&page, json, tell->memory, diags);
    mst_arena_clear(&page.arena);
    return out;
}

/* The scene: what the file says of the case, whatever comes of the run. A reader of the run document
 * needs nothing else but a coast to draw it. */
#include "tell/chance.h"
#include "tell/lesson.h"
#include "tell/scene.h"

#include <math.h>

static double rounded(double degrees)
{
    return round(degrees * 1e5) / 1e5;
}

void mst_json_point(mst_json *json, const char *key, muster_point point)
{
    mst_json_array(json, key);
    mst_json_real(json, NULL, rounded(muster_lon_outside(point.lon_deg)));
    mst_json_real(json, NULL, rounded(point.lat_deg));
    mst_json_end(json);
}

void mst_json_place(mst_json *json, muster_point point)
{
    const bool is_known = isfinite(point.lat_deg) && isfinite(point.lon_deg);
    mst_json_maybe(json, "lat_deg", is_known ? rounded(point.lat_deg) : (double)NAN);
    mst_json_maybe(json, "lon_deg",
                   is_known ? rounded(muster_lon_outside(point.lon_deg)) : (double)NAN);
}

void mst_json_texts(mst_json *json, const char *key, const mst_list *texts)
{
    mst_json_array(json, key);
    for (int32_t i = 0; i < texts->count; i++)
        mst_json_text(json, NULL, *MST_AT(const char *const, texts, i));
    mst_json_end(json);
}

static void add_sources(mst_json *json, const mst_scenario_def *s)
{
    mst_json_array(json, "sources");
    for (int32_t i = 0; i < s->sources.count; i++) {
        const mst_source_def *source = MST_AT(const mst_source_def, &s->sources, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "id", source->item.id);
        mst_json_text(json, "text", source->text);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_names(mst_json *json, const mst_scenario_def *s)
{
    mst_json_array(json, "names");
    for (int32_t i = 0; i < s->names.count; i++) {
        const mst_names_def *names = MST_AT(const mst_names_def, &s->names, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "id", names->item.id);
        mst_json_text(json, "thing", names->thing);
        mst_json_texts(json, "names", &names->names);
        mst_json_text(json, "shown", names->shown);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_states(mst_json *json, const mst_page *page)
{
    static const mst_list none = {0};
    mst_json_array(json, "states");
    for (int32_t i = 0; i < page->model->state_count; i++) {
        const mst_state_row *state = &page->model->state[i];
        mst_json_object(json, NULL);
        mst_json_text(json, "id", state->id);
        mst_json_text(json, "name", mst_page_state(page, i));
        mst_json_texts(json, "names", state->def ? &state->def->names : &none);
        mst_json_text(json, "bloc", state->bloc);
        mst_json_real(json, "zone_h", state->zone_min / 60.0);
        mst_json_end(json);
    }
    mst_json_end(json);
}

void mst_json_scene(mst_json *json, mst_page *page)
{
    const mst_scenario_def *s = &page->spec->scenario;
    const int32_t use = mst_page_use(page);
    mst_json_object(json, "scene");
    mst_json_text(json, "title", page->model->title);
    mst_json_text(json, "summary", s->summary);
    mst_json_text(json, "use", use >= 0 && use < 3 ? mst_use_names[use] : NULL);
    mst_json_seed(json, "seed", (uint64_t)s->seed);
    mst_json_real(json, "zone_h", page->model->zone_min / 60.0);
    mst_json_time(json, "start", page->model->start);
    mst_json_time(json, "end", page->model->end);
    mst_json_text(json, "version", muster_version());
    mst_json_hash(json, "hash", page->model->hash);
    mst_json_text(json, "coded_on", s->coded_on);
    mst_json_text(json, "coded_by", s->coded_by);
    add_sources(json, s);
    add_names(json, s);
    mst_json_text(json, "name_set", s->name_set < 0 ? NULL : mst_name_sets[s->name_set]);
    add_states(json, page);
    mst_json_scene_places(json, page);
    mst_json_scene_seen(json, page);
    mst_json_scene_drills(json, page);
    mst_json_scene_rules(json, page);
    mst_json_scene_levers(json, page);
    mst_json_injects(json, page);
    mst_json_lesson(json, page);
    mst_json_end(json);
}

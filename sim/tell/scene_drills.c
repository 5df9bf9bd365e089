/* The scene's plan and what was seen: drills with what they ask for, serials as planned, dated
 * observations. */
#include "tell/scene.h"

#include "model/lookup.h"

#include <math.h>

/* ---- observations ---------------------------------------------------------------------------- */

void mst_json_scene_seen(mst_json *json, const mst_page *page)
{
    static const char *const whats[] = {"departure", "sighting", "arrival"};
    const mst_list *list = &page->spec->observations;
    mst_json_array(json, "observations");
    for (int32_t i = 0; i < list->count; i++) {
        const mst_observation_def *seen = MST_AT(const mst_observation_def, list, i);
        int32_t base = -1;
        muster_point point = {(double)NAN, (double)NAN};
        (void)mst_observation_place(page->spec, seen, &base, &point);
        mst_json_object(json, NULL);
        mst_json_text(json, "id", seen->item.id);
        mst_json_text(json, "what", seen->what >= 0 ? whats[seen->what] : "sighting");
        mst_json_text(json, "says", seen->says);
        mst_json_time(json, "from", seen->at.from);
        mst_json_time(json, "until", seen->at.until);
        mst_json_place(json, point);
        mst_json_real(json, "within_nm", seen->within_m / MUSTER_NM_M);
        mst_json_text(json, "unit", seen->unit.id);
        mst_json_text(json, "group", seen->group.id);
        mst_json_text(json, "source", seen->item.source);
        mst_json_text(json, "confidence", mst_confidence_names[seen->item.confidence]);
        mst_json_end(json);
    }
    mst_json_end(json);
}

/* ---- drills ---------------------------------------------------------------------------------- */

static void add_states(mst_json *json, const char *key, const mst_model *m, const int32_t *state,
                       int32_t count)
{
    mst_json_array(json, key);
    for (int32_t i = 0; i < count; i++)
        mst_json_text(json, NULL, m->state[state[i]].id);
    mst_json_end(json);
}

static void add_air(mst_json *json, const mst_model *m, const mst_drill_row *drill)
{
    mst_json_array(json, "air");
    for (int32_t i = 0; i < drill->air_count; i++) {
        const mst_air_row *air = &drill->air[i];
        mst_json_object(json, NULL);
        mst_json_text(json, "id", air->id);
        mst_json_text(json, "name", air->name);
        mst_json_text(json, "role", MST_AT(const mst_air_def, &drill->def->air, i)->role);
        mst_json_whole(json, "count", air->count);
        mst_json_time(json, "start", drill->muster_at + air->start);
        mst_json_time(json, "end", drill->muster_at + air->end);
        mst_json_place(json, air->spot >= 0 ? m->spot[air->spot].point
                                            : m->spot[drill->muster_spot].point);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_phases(mst_json *json, const mst_drill_row *drill)
{
    mst_json_array(json, "phases");
    for (int32_t i = 0; i < drill->def->phases.count; i++) {
        const mst_phase_def *phase = MST_AT(const mst_phase_def, &drill->def->phases, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "name", phase->name);
        mst_json_text(json, "kind", phase->do_.name);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_drill(mst_json *json, const mst_page *page, const mst_drill_row *drill)
{
    const mst_model *m = page->model;
    mst_json_object(json, NULL);
    mst_json_text(json, "id", drill->id);
    mst_json_text(json, "name", drill->name);
    add_states(json, "hosts", m, drill->host, drill->host_count);
    add_states(json, "candidates", m, drill->candidate, drill->candidate_count);
    mst_json_text(json, "why_candidates", drill->def->why_candidates);
    mst_json_text(json, "area", drill->def->area.id);
    mst_json_place(json, m->spot[drill->muster_spot].point);
    mst_json_time(json, "decide_at", drill->decide_at);
    mst_json_time(json, "muster_at", drill->muster_at);
    mst_json_time(json, "end", drill->end);
    add_phases(json, drill);
    add_air(json, m, drill);
    mst_json_end(json);
}

/* ---- serials --------------------------------------------------------------------------------- */

/* Begin by the plan: after the muster time, or after the planned end of the one before. A chain is no
 * longer than there are serials. */
static muster_time planned_start(const mst_model *m, int32_t serial)
{
    muster_time offset = 0;
    for (int32_t step = 0; step < m->serial_count && m->serial[serial].after >= 0; step++) {
        offset += m->serial[serial].start;
        serial = m->serial[serial].after;
        offset += m->serial[serial].length;
    }
    return m->drill[m->serial[serial].drill].muster_at + m->serial[serial].start + offset;
}

static void add_serials(mst_json *json, const mst_model *m)
{
    enum { NO_LIMIT = 9 };
    mst_json_array(json, "serials");
    for (int32_t i = 0; i < m->serial_count; i++) {
        const mst_serial_row *serial = &m->serial[i];
        const muster_time start = planned_start(m, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "id", serial->id);
        mst_json_text(json, "name", serial->name);
        mst_json_text(json, "kind", serial->def->kind.name);
        mst_json_text(json, "drill", m->drill[serial->drill].id);
        mst_json_time(json, "start", start);
        mst_json_time(json, "end", start + serial->length);
        mst_json_real(json, "weight", serial->weight);
        mst_json_maybe(json, "sea_limit",
                       serial->sea_limit < NO_LIMIT ? (double)serial->sea_limit : (double)NAN);
        mst_json_end(json);
    }
    mst_json_end(json);
}

/* ---- groups ---------------------------------------------------------------------------------- */

/* Those of the file, guide first; ships by themselves are in none. */
static void add_groups(mst_json *json, const mst_model *m)
{
    mst_json_array(json, "groups");
    for (int32_t i = 0; i < m->group_count; i++) {
        const mst_group_row *group = &m->group[i];
        if (group->is_made)
            continue;
        mst_json_object(json, NULL);
        mst_json_text(json, "id", group->id);
        mst_json_text(json, "name", group->name);
        mst_json_text(json, "drill", group->drill >= 0 ? m->drill[group->drill].id : NULL);
        mst_json_array(json, "members");
        for (int32_t k = 0; k < group->member_count; k++)
            mst_json_text(json, NULL, m->unit[group->member[k]].id);
        mst_json_end(json);
        mst_json_end(json);
    }
    mst_json_end(json);
}

void mst_json_scene_drills(mst_json *json, const mst_page *page)
{
    mst_json_array(json, "drills");
    for (int32_t i = 0; i < page->model->drill_count; i++)
        add_drill(json, page, &page->model->drill[i]);
    mst_json_end(json);
    add_serials(json, page->model);
    add_groups(json, page->model);
}

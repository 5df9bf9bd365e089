/* The run document: the contract between the program, the page and anybody's script. Its schema
 * is include/muster/run.schema.json. Numbers are rounded to 12 significant digits. */
#include "tell/why.h"

#include "base/format.h"
#include "base/units.h"
#include "model/walk.h"

#include <math.h>
#include <string.h>

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
    static const char *const uses[] = {"calibration", "test", "hypothetical"};
    const int32_t use = mst_page_use(page);
    mst_json_text(json, "use", use >= 0 && use < 3 ? uses[use] : NULL);
    mst_json_bool(json, "hindsight", m->hindsight);
    mst_json_end(json);
    mst_json_text(json, "run", "plan");
    mst_json_array(json, "changes");
    for (int32_t i = 0; i < m->applied_count; i++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "path", m->applied[i].path);
        mst_json_text(json, "before", m->applied[i].before);
        mst_json_text(json, "after", m->applied[i].after);
        mst_json_text(json, "origin", m->applied[i].origin);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static const char *const standing_names[] = {"yes", "no", "tie", "not assessed"};

static void add_stage(mst_json *json, mst_page *page, const mst_verdict *v, int32_t stage)
{
    enum { TERMS_MAX = 128 };
    const mst_term *terms[TERMS_MAX];
    const mst_stage_result *s = &v->stage[stage];
    const int32_t count = mst_page_terms(page, v, stage, terms, TERMS_MAX);
    mst_json_object(json, NULL);
    mst_json_text(json, "stage", mst_stage_names[s->stage]);
    mst_json_text(json, "host", s->host >= 0 ? page->model->state[s->host].id : NULL);
    mst_json_text(json, "standing", standing_names[s->standing]);
    mst_json_maybe(json, "margin", s->margin);
    mst_json_maybe(json, "probability", s->p);
    mst_json_array(json, "terms");
    for (int32_t i = 0; i < count; i++) {
        const bool law = terms[i]->rule < 0;
        mst_json_object(json, NULL);
        mst_json_text(json, "key",
                      !law                             ? page->model->rule[terms[i]->rule].id
                      : terms[i]->rule == MST_TERM_KIT ? "kit-need"
                                                       : "cap-kit");
        mst_json_text(json, "label", mst_page_term_label(page, terms[i]));
        mst_json_maybe(json, "value", terms[i]->value);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_array(json, "evidence");
    for (int32_t i = 0; i < page->spec->evidence.count; i++) {
        const mst_evidence_def *e = MST_AT(mst_evidence_def, &page->spec->evidence, i);
        const mst_agreement agreement = mst_evidence_agreement(page->model, v, s, e);
        if (agreement == MST_SILENT)
            continue;
        mst_json_object(json, NULL);
        mst_json_text(json, "agreement", agreement == MST_AGREES ? "agrees" : "contradicts");
        mst_json_text(json, "words", e->words);
        mst_json_text(json, "source", e->item.source);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_end(json);
}

static void add_tips(mst_json *json, mst_page *page, const mst_verdict *v)
{
    mst_tip *tips = NULL;
    const int32_t count = v->is_host ? 0 : mst_tips(page->model, page->run, v, &page->arena, &tips);
    mst_json_array(json, "tipping_values");
    for (int32_t i = 0; i < count; i++) {
        mst_json_object(json, NULL);
        mst_json_whole(json, "stage", tips[i].stage);
        mst_json_text(json, "path", tips[i].path);
        mst_json_real(json, "now", tips[i].value);
        mst_json_maybe(json, "at", tips[i].at);
        mst_json_bool(json, "within", tips[i].within);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_assumptions(mst_json *json, mst_page *page, const mst_verdict *v)
{
    mst_assumption *list = NULL;
    const int32_t count = mst_assumptions(page->model, v, page->run, &page->arena, &list);
    mst_json_array(json, "assumptions");
    for (int32_t i = 0; i < count; i++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "path", list[i].path);
        mst_json_text(json, "value", list[i].written);
        mst_json_text(json, "source", list[i].source);
        mst_json_text(json, "confidence", mst_confidence_names[list[i].confidence]);
        mst_json_text(json, "effect", list[i].effect);
        mst_json_maybe(json, "influence", list[i].influence);
        mst_json_end(json);
    }
    mst_json_end(json);
}

void mst_json_verdict(mst_json *json, const char *key, mst_page *page, const mst_verdict *v)
{
    const mst_model *m = page->model;
    const mst_fleet_reading *fleet =
        &page->run->fleet[(size_t)v->drill * (size_t)m->state_count + (size_t)v->state];
    mst_json_object(json, key);
    mst_json_text(json, "drill", m->drill[v->drill].id);
    mst_json_text(json, "state", m->state[v->state].id);
    mst_json_text(json, "name", m->state[v->state].name);
    mst_json_text(json, "part", v->is_host ? "host" : "candidate");
    mst_json_bool(json, "joins", v->joins);
    mst_json_bool(json, "partly_assessed", v->is_partly_assessed);
    mst_json_maybe(json, "probability", v->p);
    mst_json_maybe(json, "probability_low", v->p_low);
    mst_json_maybe(json, "probability_high", v->p_high);
    mst_json_text(json, "reading",
                  !fleet->is_assessed ? "not assessed"
                  : fleet->is_fleet   ? "fleet"
                                      : "index");
    mst_json_maybe(json, "kit", fleet->kit);
    mst_json_maybe(json, "cap", fleet->cap);
    mst_json_maybe(json, "cap_need", m->drill[v->drill].cap_need);
    mst_json_array(json, "stages");
    for (int32_t i = 0; i < v->stage_count; i++)
        add_stage(json, page, v, i);
    mst_json_end(json);
    add_tips(json, page, v);
    add_assumptions(json, page, v);
    mst_json_end(json);
}

/* One leg or hold of a unit, with its fuel at both ends in closed form. */
static void add_leg(mst_json *json, const mst_page *page, const mst_record *r, muster_time until)
{
    const mst_model *m = page->model;
    const bool under_way = r->kind == MST_RECORD_LEG;
    static const char *const holds[] = {"port", "anchor", "drift", "station", "adrift"};
    mst_json_object(json, NULL);
    mst_json_text(json, "kind", under_way ? "leg" : holds[r->b]);
    mst_json_text(json, "from", m->spot[r->a].name);
    mst_json_text(json, "to", under_way ? m->spot[r->b].name : NULL);
    mst_json_time(json, "start", r->time);
    mst_json_time(json, "end", until);
    mst_json_maybe(json, "speed_mps", r->speed_mps);
    mst_json_real(json, "burn_kgps", r->burn_kgps);
    mst_json_maybe(json, "start_m", under_way ? r->start_m : (double)NAN);
    mst_json_maybe(json, "route_m",
                   under_way ? mst_model_leg(m, r->a, r->b).length_m : (double)NAN);
    mst_json_real(json, "fuel_start_kg", r->fuel_kg);
    mst_json_end(json);
}

static void add_legs(mst_json *json, const mst_page *page, int32_t unit)
{
    const mst_record *open = NULL;
    mst_json_array(json, "legs");
    for (int32_t i = 0; i < page->run->clock->record_count; i++) {
        const mst_record *r = &page->run->record[i];
        if (r->unit != unit || (r->kind != MST_RECORD_LEG && r->kind != MST_RECORD_HOLD))
            continue;
        if (open && r->time > open->time) /* an order at once replaced by another is no leg */
            add_leg(json, page, open, r->time);
        open = r;
    }
    if (open && page->run->clock->now > open->time)
        add_leg(json, page, open, page->run->clock->now);
    mst_json_end(json);
}

/* Track rows [hours from the scenario's start, lon, lat, fuel fraction]: at every record of the
 * unit and every two hours between while it is under way. */
static void add_track(mst_json *json, const mst_page *page, int32_t unit)
{
    const mst_model *m = page->model;
    const mst_unit_outcome *o = &page->out->unit[unit];
    mst_json_array(json, "track");
    if (m->unit[unit].domain == MST_NAVAL && o->sailed_at != MUSTER_NEVER)
        for (muster_time t = o->sailed_at; t <= page->run->clock->now; t += 2 * MUSTER_HOUR) {
            const muster_point at = mst_track_place(page->run, unit, t);
            mst_json_array(json, NULL);
            mst_json_real(json, NULL, muster_hours(t - m->start));
            mst_json_real(json, NULL, round(muster_lon_outside(at.lon_deg) * 1e4) / 1e4);
            mst_json_real(json, NULL, round(at.lat_deg * 1e4) / 1e4);
            mst_json_maybe(
                json, NULL,
                round(1e4 * mst_track_fuel_kg(page->run, unit, t) / m->unit[unit].tank_kg) / 1e4);
            mst_json_end(json);
        }
    mst_json_end(json);
}

/* Why a unit did not come or left: of a state that stays out as the report says it, not able or
 * for its politics, be the unit a ship or an aircraft. */
static const char *unit_cause(const mst_page *page, int32_t unit)
{
    const mst_unit_outcome *o = &page->out->unit[unit];
    const int32_t state = page->model->unit[unit].state;
    if (o->took_part || (o->cause != MST_CAUSE_NONE && o->cause != MST_CAUSE_POLITICS))
        return o->cause == MST_CAUSE_NONE ? NULL : mst_cause_names[o->cause];
    for (int32_t d = 0; d < page->model->drill_count; d++) {
        const mst_verdict *v = mst_verdict_of(page->run, d, state);
        if (v && !v->joins && (o->drill < 0 || o->drill == d))
            return v->stage[0].standing == MST_NO ? "not able"
                                                  : mst_cause_names[MST_CAUSE_POLITICS];
    }
    return o->cause == MST_CAUSE_NONE ? NULL : mst_cause_names[o->cause];
}

static void add_unit(mst_json *json, const mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    const mst_unit_outcome *o = &page->out->unit[unit];
    mst_json_object(json, NULL);
    mst_json_text(json, "id", u->id);
    mst_json_text(json, "name", u->name);
    mst_json_text(json, "pennant", u->pennant);
    mst_json_text(json, "state", page->model->state[u->state].id);
    mst_json_text(json, "class", u->class_name);
    mst_json_text(json, "type", u->type);
    mst_json_text(json, "domain", mst_domain_names[u->domain]);
    mst_json_text(json, "base", page->model->spot[u->home].name);
    mst_json_whole(json, "count", u->count);
    mst_json_whole(json, "serviceable", u->serviceable);
    mst_json_bool(json, "took_part", o->took_part);
    mst_json_text(json, "cause", unit_cause(page, unit));
    mst_json_time(json, "sailed", o->sailed_at);
    mst_json_time(json, "arrived", o->arrived_at);
    if (u->domain == MST_NAVAL) {
        mst_json_real(json, "tank_kg", u->tank_kg);
        mst_json_bool(json, "tank_estimated", u->fuel_estimated);
        mst_json_real(json, "on_board_kg", u->on_board_kg);
        mst_json_real(json, "used_kg", o->used_kg);
        mst_json_real(json, "end_kg", o->end_kg);
        mst_json_maybe(json, "max_kn", u->max_mps / MST_KN_MPS);
        mst_json_maybe(json, "sustained_kn", u->sustained_mps / MST_KN_MPS);
        mst_json_maybe(json, "economical_kn", u->law.economical_mps / MST_KN_MPS);
        add_legs(json, page, unit);
        add_track(json, page, unit);
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

/* What the decisions were made from: enough to work them out again by other means. */
static void add_named(mst_json *json, const char *key, const char *const *name, const double *value,
                      int32_t count, size_t step)
{
    mst_json_object(json, key);
    for (int32_t i = 0; i < count; i++)
        mst_json_maybe(json, name[i], value[(size_t)i * step]);
    mst_json_end(json);
}

static void add_pair_inputs(mst_json *json, const mst_page *page, size_t from, size_t to)
{
    const mst_model *m = page->model;
    const mst_values *v = &page->run->values;
    const size_t n = (size_t)m->state_count;
    mst_json_object(json, NULL);
    mst_json_text(json, "from", m->state[from].id);
    mst_json_text(json, "to", m->state[to].id);
    add_named(json, "mutual", m->mutual_name, &v->mutual[from * n + to], m->mutual_count, n * n);
    add_named(json, "directed", m->directed_name, &v->directed[from * n + to], m->directed_count,
              n * n);
    mst_json_end(json);
}

static void add_rule_inputs(mst_json *json, const mst_rule_row *rule)
{
    static const char *const overs[] = {"none", "sum", "max", "sum_clamped", "participants"};
    mst_json_object(json, NULL);
    mst_json_text(json, "id", rule->id);
    mst_json_text(json, "stage", mst_stage_names[rule->stage]);
    mst_json_text(json, "form", mst_rule_forms[rule->form]);
    mst_json_text(json, "over", overs[rule->over]);
    mst_json_bool(json, "off", rule->is_off);
    mst_json_real(json, "signed_weight", rule->weight);
    mst_json_maybe(json, "at", rule->at);
    mst_json_maybe(json, "scale", rule->scale);
    mst_json_array(json, "terms");
    for (int32_t i = 0; i < rule->term_count; i++) {
        mst_json_object(json, NULL);
        mst_json_real(json, "plus", rule->term[i].plus);
        mst_json_real(json, "times", rule->term[i].times);
        mst_json_array(json, "names");
        for (int32_t f = 0; f < rule->term[i].factor_count; f++)
            mst_json_text(json, NULL, rule->term[i].factor[f].name);
        mst_json_end(json);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_end(json);
}

static void add_drill_inputs(mst_json *json, const mst_page *page, int32_t drill)
{
    const mst_model *m = page->model;
    const mst_drill_row *d = &m->drill[drill];
    mst_json_object(json, NULL);
    mst_json_text(json, "id", d->id);
    mst_json_array(json, "hosts");
    for (int32_t i = 0; i < d->host_count; i++)
        mst_json_text(json, NULL, m->state[d->host[i]].id);
    mst_json_end(json);
    mst_json_array(json, "candidates");
    for (int32_t i = 0; i < d->candidate_count; i++)
        mst_json_text(json, NULL, m->state[d->candidate[i]].id);
    mst_json_end(json);
    add_named(json, "values", m->drill_value_name,
              &m->drill_value[(size_t)drill * (size_t)m->drill_value_count], m->drill_value_count,
              1);
    mst_json_maybe(json, "index_cap_need", d->index_cap_need);
    mst_json_maybe(json, "index_reach_need", d->index_reach_need);
    mst_json_end(json);
}

static void add_inputs(mst_json *json, const mst_page *page)
{
    const mst_model *m = page->model;
    mst_json_object(json, "inputs");
    mst_json_real(json, "tau", m->tau);
    mst_json_object(json, "attributes");
    for (int32_t i = 0; i < m->state_count; i++)
        add_named(json, m->state[i].id, m->attribute_name,
                  &page->run->values.attribute[(size_t)i * (size_t)m->attribute_count],
                  m->attribute_count, 1);
    mst_json_end(json);
    mst_json_array(json, "pairs");
    for (int32_t a = 0; a < m->state_count; a++)
        for (int32_t b = 0; b < m->state_count; b++)
            if (a != b)
                add_pair_inputs(json, page, (size_t)a, (size_t)b);
    mst_json_end(json);
    mst_json_array(json, "rules");
    for (int32_t i = 0; i < m->rule_count; i++)
        add_rule_inputs(json, &m->rule[i]);
    mst_json_end(json);
    mst_json_array(json, "drills");
    for (int32_t d = 0; d < m->drill_count; d++)
        add_drill_inputs(json, page, d);
    mst_json_end(json);
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
        mst_format(path, sizeof path, "expect[%d]", (int)i);
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
    mst_json_object(json, NULL);
    mst_json_head(json, "muster-run", &page);
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
    add_inputs(json, &page);
    add_decisions(json, &page);
    mst_json_array(json, "units");
    for (int32_t i = 0; i < page.model->unit_count; i++)
        add_unit(json, &page, i);
    mst_json_end(json);
    mst_json_array(json, "reach");
    for (page.drill = 0; page.drill < page.model->drill_count; page.drill++)
        for (int32_t i = 0; i < page.model->unit_count; i++)
            mst_json_reach(json, NULL, &page, i);
    mst_json_end(json);
    add_routes(json, &page);
    add_serials(json, &page);
    add_timeline(json, &page);
    add_outcomes(json, &page);
    add_expectations(json, &page);
    add_events(json, &page);
    mst_text_clear(&page.text);
    mst_arena_clear(&page.arena);
    return mst_json_take(json, tell->memory, diags);
}

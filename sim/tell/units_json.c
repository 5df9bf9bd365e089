/* A unit as JSON: its figures, its legs, its track. */
#include "tell/scene.h"

#include "base/units.h"
#include "model/lookup.h"
#include "tell/symbol.h"

#include <math.h>

/* One leg or hold of a unit, with its fuel at both ends in closed form. */
static void add_leg(mst_json *json, const mst_page *page, const mst_record *r, muster_time until)
{
    const mst_model *m = page->model;
    const bool under_way = r->kind == MST_RECORD_LEG;
    static const char *const holds[] = {"port", "anchor", "drift", "station", "adrift"};
    /* adrift on its way: c and d are the ends of that way */
    const mst_leg way = under_way  ? mst_model_leg(m, r->a, r->b)
                        : r->a < 0 ? mst_model_leg(m, r->c, r->d)
                                   : (mst_leg){.index = -1};
    mst_json_object(json, NULL);
    mst_json_text(json, "kind", under_way ? "leg" : holds[r->b]);
    mst_json_text(json, "from", r->a >= 0 ? m->spot[r->a].name : NULL);
    mst_json_text(json, "to", under_way ? m->spot[r->b].name : NULL);
    mst_json_time(json, "start", r->time);
    mst_json_time(json, "end", until);
    mst_json_maybe(json, "speed_mps", r->speed_mps);
    mst_json_real(json, "burn_kgps", r->burn_kgps);
    mst_json_maybe(json, "start_m", under_way ? r->start_m : (double)NAN);
    mst_json_maybe(json, "route_m", under_way ? way.length_m : (double)NAN);
    mst_json_real(json, "fuel_start_kg", r->fuel_kg);
    mst_json_place(json, r->a >= 0   ? m->spot[r->a].point
                         : way.route ? mst_leg_position(&way, r->start_m)
                                     : (muster_point){(double)NAN, (double)NAN});
    if (under_way && way.route) {
        mst_json_whole(json, "route", way.index);
        mst_json_bool(json, "reverse", way.backwards);
    }
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
    mst_track track;
    mst_json_array(json, "track");
    mst_track_begin(&track, page->run, unit);
    if (m->unit[unit].domain == MST_NAVAL && o->sailed_at != MUSTER_NEVER)
        for (muster_time t = o->sailed_at; t <= page->run->clock->now; t += 2 * MUSTER_HOUR) {
            const muster_point at = mst_track_place_at(&track, t);
            mst_json_array(json, NULL);
            mst_json_real(json, NULL, muster_hours(t - m->start));
            mst_json_real(json, NULL, round(muster_lon_outside(at.lon_deg) * 1e4) / 1e4);
            mst_json_real(json, NULL, round(at.lat_deg * 1e4) / 1e4);
            mst_json_maybe(json, NULL,
                           round(1e4 * mst_track_fuel_at(&track, t) / m->unit[unit].tank_kg) / 1e4);
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

static void add_symbol(mst_json *json, const mst_page *page, int32_t unit)
{
    mst_class_def figures;
    char code[MST_SIDC_BYTES];
    mst_unit_figures(page->spec, page->model->unit[unit].def, &figures);
    const mst_symbol *symbol = mst_symbol_of(&figures);
    mst_json_text(json, "symbol", symbol->word);
    mst_json_text(json, "sidc", mst_symbol_code(symbol, page->out->unit[unit].took_part, code));
}

void mst_json_unit(mst_json *json, const mst_page *page, int32_t unit)
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
    add_symbol(json, page, unit);
    mst_json_text(json, "base", page->model->spot[u->home].name);
    mst_json_place(json, page->model->spot[u->home].point);
    mst_json_text(json, "parent", u->parent >= 0 ? page->model->unit[u->parent].id : NULL);
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
    } else {
        mst_json_sorties(json, page, unit);
    }
    mst_json_end(json);
}

/* Who can get there: the ladder of every ship, radius and minutes of every aircraft. */
#include "tell/able.h"
#include "tell/why.h"

#include "base/units.h"

#include <math.h>
#include <string.h>

static double nm(double metres)
{
    return metres / MUSTER_NM_M;
}

static void add_radius(mst_page *page, double radius_m)
{
    if (radius_m < 0.0)
        mst_text_printf(&page->text, "%7s", "none");
    else if (isinf(radius_m))
        mst_text_printf(&page->text, "%7s", "any");
    else
        mst_text_printf(&page->text, "%7.0f", nm(radius_m));
}

static const char *binding_words(const mst_reach *r)
{
    if (!r->has_range)
        return "no range known";
    if (!r->has_way)
        return "no way by sea";
    return r->binding == MST_RUNG_COUNT ? "nothing" : mst_rung_names[r->binding];
}

int32_t mst_page_slot_for(const mst_page *page, int32_t unit)
{
    for (int32_t i = 0; i < page->model->drill[page->drill].slot_count; i++)
        if (mst_slot_fits(page->model, page->drill, i, unit))
            return i;
    return -1;
}

static const char *stopped_by(const mst_page *page, const mst_reach *r)
{
    if (!r->has_range || !r->has_way)
        return binding_words(r);
    return mst_page_binding(r->binding, page->model->unit[r->unit].domain == MST_AIR);
}

/* "yes", "no (role)", "no (kit)"; "-" where nothing is asked. */
static const char *fit_words(mst_page *page, int32_t unit)
{
    int32_t slot = -1;
    const char *misfit = mst_page_misfit(page, unit, &slot);
    if (slot < 0)
        return "-";
    if (!misfit)
        return "yes";
    return mst_page_printf(page, "no (%s)",
                           strncmp(misfit, "no ", 3) != 0          ? misfit
                           : strcmp(misfit, "no range known") == 0 ? "range"
                                                                   : "kit");
}

static void add_ship(mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    const mst_reach r =
        mst_reach_of(page->model, page->drill, unit, mst_page_slot_for(page, unit), -1);
    mst_text *t = &page->text;
    mst_text_pad(t, mst_page_cut(page, u->name, 19), 20);
    if (!r.has_range || !r.has_way) {
        mst_text_printf(t, "%s; fits: %s\n", binding_words(&r), fit_words(page, unit));
        return;
    }
    mst_text_printf(t, "%6.0f", nm(0.5 * (r.out_m + r.back_m)));
    for (int32_t rung = 0; rung < MST_RUNG_COUNT; rung++)
        add_radius(page, r.radius_m[rung]);
    mst_text_printf(t, "  %s\n  ", stopped_by(page, &r));
    mst_text_pad(t, mst_page_cut(page, page->model->spot[u->home].name, 15), 16);
    mst_text_add(t, "drifting");
    for (int32_t rung = 0; rung < MST_RUNG_COUNT; rung++)
        add_radius(page, r.drift_radius_m[rung]);
    mst_text_printf(t, "  fits: %s\n", fit_words(page, unit));
}

/* What the drill asks of this side in one domain, a line a slot; nothing: false. */
static bool tell_asked(mst_page *page, int32_t state, mst_domain domain)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    bool candidate = true, any = false;
    for (int32_t i = 0; i < d->host_count; i++)
        candidate = candidate && d->host[i] != state;
    for (int32_t i = 0; i < d->slot_count; i++) {
        const mst_slot_row *s = &d->slot[i];
        if (s->for_candidate != candidate || s->domain != domain)
            continue;
        const char *kit =
            s->kit ? mst_page_printf(page, ", with %s", mst_page_kit(page, s->kit)) : "";
        const char *speed = s->sustained_mps > 0.0 ? mst_page_printf(page, ", %.3g kn sustained",
                                                                     s->sustained_mps / MST_KN_MPS)
                                                   : "";
        const bool is_long = s->min_hours_s >= MST_H_S;
        mst_page_words(page, 0, NULL, "Asked: %s for %.3g %s%s%s.",
                       mst_page_number(page, s->count, s->def->role,
                                       mst_page_printf(page, "%ss", s->def->role)),
                       s->min_hours_s / (is_long ? MST_H_S : 60.0), is_long ? "h" : "min", kit,
                       speed);
        any = true;
    }
    return any;
}

/* The ships that fuel on board would carry there, and what is issued to them instead. */
static void tell_held(mst_page *page, int32_t state)
{
    bool any = false;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const mst_unit_row *u = &page->model->unit[i];
        if (u->state != state || u->domain != MST_NAVAL)
            continue;
        const mst_reach r =
            mst_reach_of(page->model, page->drill, i, mst_page_slot_for(page, i), -1);
        if (!r.has_range || !r.has_way || r.binding != MST_RUNG_ALLOTMENT ||
            !isfinite(u->allotment_kg))
            continue;
        if (!any)
            mst_page_words(page, 0, NULL,
                           "Physically able; kept in port by %s of:", mst_page_allotment(page, i));
        any = true;
        const char *mark = mst_page_tonnes_mark(page, i);
        mst_text_add(&page->text, "  ");
        mst_text_pad(&page->text, mst_page_cut(page, u->name, 19), 20);
        mst_text_printf(&page->text, "%.2g t%s; the mission takes %.2g t%s, %.2g t drifting\n",
                        u->allotment_kg / MST_T_KG, mark, r.mission_kg / MST_T_KG, mark,
                        r.mission_drift_kg / MST_T_KG);
    }
}

static void tell_ships(mst_page *page, int32_t state)
{
    bool any = false;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        if (page->model->unit[i].state != state || page->model->unit[i].domain != MST_NAVAL)
            continue;
        if (!any)
            mst_text_add(&page->text, "\nShip                needed   tank usable issued   time"
                                      "    sea  stopped by\n");
        any = true;
        add_ship(page, i);
    }
    if (!any)
        return;
    if (!tell_asked(page, state, MST_NAVAL))
        mst_page_words(page, 0, NULL, "No ships are asked for.");
    tell_held(page, state);
    mst_page_words(page, 0, NULL,
                   "Radius in nm that each limit leaves, after those before it: out and back at "
                   "the speed of least fuel per mile, the hours asked for at station speed "
                   "(below: drifting), reserve intact, over water. \"none\": the hours alone "
                   "take more than there is. A ship counts only if it also fits.");
}

static bool is_asked(const mst_page *page, int32_t unit)
{
    int32_t slot = -1;
    mst_page scratch = *page; /* words are not wanted */
    mst_arena_init(&scratch.arena, NULL);
    (void)mst_page_misfit(&scratch, unit, &slot);
    mst_arena_clear(&scratch.arena);
    return slot >= 0;
}

static void add_squadron(mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    const mst_reach r =
        mst_reach_of(page->model, page->drill, unit, mst_page_slot_for(page, unit), -1);
    const char *field = u->parent >= 0
                            ? mst_page_printf(page, "aboard %s", page->model->unit[u->parent].name)
                            : page->model->spot[u->home].name;
    mst_text *t = &page->text;
    mst_text_pad(t, mst_page_cut(page, u->class_name ? u->class_name : u->name, 11), 12);
    mst_text_pad(t, mst_page_cut(page, field, 19), 20);
    if (!r.has_range) {
        mst_text_add(t, "no range known\n");
        return;
    }
    mst_text_printf(t, "%6.0f", nm(r.out_m));
    add_radius(page, r.drift_radius_m[MST_RUNG_SEA]);
    mst_text_pad(t, r.station_s >= 0.0 ? mst_page_printf(page, "%.0f", r.station_s / 60.0) : "none",
                 -8);
    mst_text_pad(t, is_asked(page, unit) ? mst_page_printf(page, "%.0f", r.hours_s / 60.0) : "-",
                 -6);
    mst_text_pad(t, mst_page_printf(page, "%d/%d", (int)u->count, (int)u->serviceable), -10);
    mst_text_printf(t, "  %s\n", fit_words(page, unit));
}

static void tell_aircraft(mst_page *page, int32_t state)
{
    bool any = false;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        if (page->model->unit[i].state != state || page->model->unit[i].domain != MST_AIR)
            continue;
        if (!any)
            mst_text_add(&page->text, "\nAircraft    Flies from          needed radius minutes"
                                      " asked has/ready  fits\n");
        any = true;
        add_squadron(page, i);
    }
    if (!any)
        return;
    if (!tell_asked(page, state, MST_AIR))
        mst_page_words(page, 0, NULL, "No aircraft are asked for.");
    mst_page_words(page, 0, NULL,
                   "Radius in nm out and back without a stay, by the tank, reserve kept; minutes "
                   "on station at the distance needed, and asked for.");
}

/* The verdict before the tables: able or not, and what binds. */
static void tell_in_brief(mst_page *page, int32_t state)
{
    const mst_verdict *v = mst_verdict_of(page->run, page->drill, state);
    if (!v || v->stage[0].standing == MST_NOT_ASSESSED)
        return;
    if (v->stage[0].standing == MST_YES)
        mst_page_words(page, 0, NULL, "Able: %s.", mst_page_able_reason(page, v));
    else
        mst_tell_misfits(page, state, 0);
}

static void tell_state(mst_page *page, int32_t state)
{
    mst_text_add(&page->text, "\n");
    mst_page_words(page, 0, NULL, "%s (%s): %s", mst_page_state(page, state),
                   page->model->state[state].id,
                   mst_page_number(page, page->model->state[state].unit_count, "unit", "units"));
    tell_in_brief(page, state);
    tell_ships(page, state);
    tell_aircraft(page, state);
}

void mst_json_reach(mst_json *json, const char *key, mst_page *page, int32_t unit)
{
    int32_t slot = -1;
    const mst_unit_row *u = &page->model->unit[unit];
    const mst_reach r =
        mst_reach_of(page->model, page->drill, unit, mst_page_slot_for(page, unit), -1);
    mst_json_object(json, key);
    mst_json_text(json, "unit", u->id);
    mst_json_text(json, "name", u->name);
    mst_json_text(json, "state", page->model->state[u->state].id);
    mst_json_text(json, "base", page->model->spot[u->home].name);
    mst_json_text(json, "domain", mst_domain_names[u->domain]);
    mst_json_bool(json, "has_range", r.has_range);
    mst_json_bool(json, "has_way", r.has_way);
    mst_json_maybe(json, "required_nm", nm(0.5 * (r.out_m + r.back_m)));
    mst_json_maybe(json, "reach_nm", nm(r.reach_m));
    mst_json_array(json, "ladder");
    for (int32_t rung = 0; rung < MST_RUNG_COUNT && r.has_range; rung++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "limit", mst_rung_names[rung]);
        mst_json_maybe(json, "radius_nm", nm(r.radius_m[rung]));
        mst_json_maybe(json, "drift_radius_nm", nm(r.drift_radius_m[rung]));
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_text(json, "binding", r.passes ? NULL : binding_words(&r));
    mst_json_bool(json, "passes", r.passes);
    mst_json_maybe(json, "transit_kn", r.speed_mps / MST_KN_MPS);
    mst_json_maybe(json, "hours_required", r.hours_s / MST_H_S);
    mst_json_maybe(json, "station_min", r.station_s / 60.0);
    mst_json_maybe(json, "mission_t", r.mission_kg / MST_T_KG);
    mst_json_maybe(json, "mission_drift_t", r.mission_drift_kg / MST_T_KG);
    mst_json_maybe(json, "tank_t",
                   u->domain == MST_NAVAL ? u->tank_kg / MST_T_KG : u->flight.tank_kg / MST_T_KG);
    mst_json_bool(json, "tank_estimated", u->fuel_estimated);
    mst_json_maybe(json, "allotment_t",
                   u->domain == MST_NAVAL ? u->allotment_kg / MST_T_KG : (double)NAN);
    mst_json_whole(json, "count", u->count);
    mst_json_whole(json, "serviceable", u->serviceable);
    mst_json_array(json, "fits_slots");
    for (int32_t i = 0; i < page->model->drill[page->drill].slot_count; i++)
        if (mst_slot_fits(page->model, page->drill, i, unit))
            mst_json_whole(json, NULL, i);
    mst_json_end(json);
    mst_json_text(json, "misfit", mst_page_misfit(page, unit, &slot));
    mst_json_end(json);
}

static bool belongs(const mst_page *page, int32_t state)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    for (int32_t i = 0; i < d->host_count; i++)
        if (d->host[i] == state)
            return true;
    for (int32_t i = 0; i < d->candidate_count; i++)
        if (d->candidate[i] == state)
            return true;
    return false;
}

static char *as_document(mst_page *page, int32_t state, const muster_memory *memory,
                         muster_diags *diags)
{
    mst_json *json = mst_json_create(memory);
    mst_json_object(json, NULL);
    mst_json_head(json, "muster-reach", page);
    mst_json_text(json, "drill", page->model->drill[page->drill].id);
    mst_json_array(json, "units");
    for (int32_t i = 0; i < page->model->unit_count; i++)
        if (page->model->unit[i].state == state ||
            (state < 0 && belongs(page, page->model->unit[i].state)))
            mst_json_reach(json, NULL, page, i);
    mst_json_end(json);
    return mst_page_document(page, json, memory, diags);
}

char *muster_tell_reach(const muster_tell *tell, const char *state, const char *drill, bool as_json,
                        muster_diags *diags)
{
    mst_page page;
    mst_page_begin(&page, tell);
    page.drill = mst_tell_find_drill(&page, drill, diags);
    const int32_t only = page.drill >= 0 && state ? mst_tell_find_state(&page, state, diags) : -1;
    char *out = NULL;
    if (page.drill < 0 || (state && only < 0)) {
        mst_text_clear(&page.text);
    } else if (as_json) {
        out = as_document(&page, only, tell->memory, diags);
        mst_text_clear(&page.text);
    } else {
        const mst_drill_row *d = &page.model->drill[page.drill];
        mst_page_head(&page);
        mst_page_words(&page, 0, NULL,
                       "Reach: who can get to %s (%s), stay and return? Each unit is shown as if "
                       "serviceable.",
                       d->name ? d->name : d->id,
                       mst_page_point(&page, page.model->spot[d->muster_spot].point));
        for (int32_t s = 0; s < page.model->state_count; s++)
            if (s == only || (only < 0 && belongs(&page, s)))
                tell_state(&page, s);
        return mst_page_end(&page, diags);
    }
    mst_arena_clear(&page.arena);
    return out;
}

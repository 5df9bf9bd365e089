/* Who can get there: the ladder of every ship, radius and minutes of every aircraft. */
#include "tell/why.h"

#include "base/units.h"

#include <math.h>

static double nm(double metres)
{
    return metres / MUSTER_NM_M;
}

static void add_radius(mst_page *page, double radius_m)
{
    if (radius_m < 0.0)
        mst_text_printf(&page->text, "%8s", "none");
    else if (isinf(radius_m))
        mst_text_printf(&page->text, "%8s", "any");
    else
        mst_text_printf(&page->text, "%8.0f", nm(radius_m));
}

static const char *binding_words(const mst_reach *r)
{
    if (!r->has_range)
        return "no range known";
    if (!r->has_way)
        return "no way by sea";
    return r->binding == MST_RUNG_COUNT ? "nothing" : mst_rung_names[r->binding];
}

/* The slot a unit is tested for: the first of its side it fits, else the side's least need. */
static int32_t slot_for(const mst_page *page, int32_t unit)
{
    for (int32_t i = 0; i < page->model->drill[page->drill].slot_count; i++)
        if (mst_slot_fits(page->model, page->drill, i, unit))
            return i;
    return -1;
}

static void add_ship(mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    const mst_reach r = mst_reach_of(page->model, page->drill, unit, slot_for(page, unit), -1);
    mst_text *t = &page->text;
    mst_text_pad(t, mst_page_cut(page, u->name, 18), 19);
    if (!r.has_range || !r.has_way) {
        mst_text_printf(t, "%s\n", binding_words(&r));
        return;
    }
    mst_text_printf(t, "%6.0f", nm(0.5 * (r.out_m + r.back_m)));
    for (int32_t rung = 0; rung < MST_RUNG_COUNT; rung++)
        add_radius(page, r.radius_m[rung]);
    mst_text_printf(t, "  %s\n", binding_words(&r));
    mst_text_add(t, "  ");
    mst_text_pad(t, mst_page_cut(page, page->model->spot[u->home].name, 13), 14);
    mst_text_add(t, " drifting");
    for (int32_t rung = 0; rung < MST_RUNG_COUNT; rung++)
        add_radius(page, r.drift_radius_m[rung]);
    mst_text_add(t, "\n");
    const char *mark = mst_page_tonnes_mark(page, unit);
    if (isfinite(u->allotment_kg) && r.binding == MST_RUNG_ALLOTMENT)
        mst_page_words(
            page, 2, NULL,
            "physically able; kept in port by an allotment of %.2g t%s: the mission takes "
            "%.2g t%s, %.2g t drifting.",
            u->allotment_kg / MST_T_KG, mark, r.mission_kg / MST_T_KG, mark,
            r.mission_drift_kg / MST_T_KG);
}

static void tell_ships(mst_page *page, int32_t state)
{
    bool any = false;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        if (page->model->unit[i].state != state || page->model->unit[i].domain != MST_NAVAL)
            continue;
        if (!any)
            mst_text_add(&page->text, "\nShip               needed    tank  usable  issued    time"
                                      "     sea  stopped by\n");
        any = true;
        add_ship(page, i);
    }
    if (any)
        mst_page_words(
            page, 0, NULL,
            "Radius in nm that each limit leaves, after those before it: out and back at "
            "the speed of least fuel per mile, the hours asked for at station speed "
            "(below: drifting), reserve intact, over water. \"none\": the hours alone "
            "take more than there is.");
}

static void add_squadron(mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    const mst_reach r = mst_reach_of(page->model, page->drill, unit, slot_for(page, unit), -1);
    mst_text *t = &page->text;
    mst_text_pad(t, mst_page_cut(page, u->name, 22), 23);
    mst_text_pad(t, mst_page_cut(page, page->model->spot[u->home].name, 15), 16);
    if (!r.has_range) {
        mst_text_add(t, "no range known\n");
        return;
    }
    mst_text_printf(t, "%6.0f", nm(r.out_m));
    add_radius(page, r.drift_radius_m[MST_RUNG_SEA]);
    if (r.station_s >= 0.0)
        mst_text_printf(t, "  %7.0f", r.station_s / 60.0);
    else
        mst_text_printf(t, "  %7s", "none");
    mst_text_printf(t, "  %6.0f  %d/%d\n", r.hours_s / 60.0, (int)u->count, (int)u->serviceable);
}

static void tell_aircraft(mst_page *page, int32_t state)
{
    bool any = false;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        if (page->model->unit[i].state != state || page->model->unit[i].domain != MST_AIR)
            continue;
        if (!any)
            mst_text_add(&page->text, "\nAircraft               Base            needed  radius "
                                      "minutes   asked  has/ready\n");
        any = true;
        add_squadron(page, i);
    }
    if (any)
        mst_page_words(page, 0, NULL,
                       "Radius in nm out and back without a stay, by the tank, reserve kept; "
                       "minutes on station at the distance needed, and asked for.");
}

static void tell_state(mst_page *page, int32_t state)
{
    mst_text_add(&page->text, "\n");
    mst_page_words(page, 0, NULL, "%s (%s): %d units", mst_page_state(page, state),
                   page->model->state[state].id, (int)page->model->state[state].unit_count);
    tell_ships(page, state);
    tell_aircraft(page, state);
}

void mst_json_reach(mst_json *json, const char *key, const mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    const mst_reach r = mst_reach_of(page->model, page->drill, unit, slot_for(page, unit), -1);
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
    return mst_json_take(json, memory, diags);
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

/* Where a unit can go, stay and return from: areas as GeoJSON. */
#include "muster/area.h"

#include "tell/able.h"
#include "tell/why.h"
#include "world/contour.h"

#include "base/units.h"

#include <math.h>

/* Hours on station that may be asked. */
static const double HOURS_MOST = 100000.0;
/* No way on Earth is longer: for ships whose tank sets no limit. */
static const double FAR_M = 1e8;
/* Radii that differ by less are one. */
static const double SAME_M = 0.5;
/* Degrees are told with five decimals: about a metre. */
static const double DEGREE_STEPS = 1e5;

/* Spreads from one place: for radii below MST_WIDE_SPREAD_M, and for those above. */
enum { NEAR, WIDE, SPREADS };

/* Units of one base share what was spread from it. */
typedef struct area_page {
    mst_page *page;
    mst_json *json;
    const mst_land *land;
    const mst_geography *geography;
    double hours; /* NaN: as asked */
    struct mst_spread *spread[SPREADS];
    int32_t unit, state; /* asked for; -1: any */
    const muster_memory *memory;
    muster_diags *diags;
} area_page;

/* ---- which units ----------------------------------------------------------------------------- */

static bool is_asked(const area_page *p, int32_t unit)
{
    const mst_model *m = p->page->model;
    if (p->unit >= 0)
        return unit == p->unit;
    const int32_t state = m->unit[unit].state;
    return p->state >= 0 ? state == p->state : mst_model_asks(&m->drill[p->page->drill], state);
}

static int32_t find_unit(const mst_model *m, const char *who)
{
    return who ? mst_model_unit(m, who) : -1;
}

/* A state, or else a unit that may have been meant. False with a diagnostic. */
static bool find_state(area_page *p, const char *who)
{
    const mst_model *m = p->page->model;
    const char **ids = mst_arena_array(&p->page->arena, (size_t)m->unit_count + 1, sizeof *ids);
    if (!ids) {
        mst_diag_memory(p->diags);
        return false;
    }
    for (int32_t i = 0; i < m->unit_count; i++)
        ids[i] = m->unit[i].id;
    const int32_t near = mst_text_nearest(who, ids, m->unit_count);
    muster_diags *found = muster_diags_create(p->memory);
    p->state = mst_tell_find_state(p->page, who, near < 0 ? p->diags : found);
    muster_diags_free(found);
    if (p->state < 0 && near >= 0)
        mst_diag(p->diags, MUSTER_ERROR, (mst_place){0}, NULL,
                 mst_page_printf(p->page, "did you mean '%s'?", ids[near]), "no unit or state '%s'",
                 who);
    return p->state >= 0;
}

/* ---- figures --------------------------------------------------------------------------------- */

static mst_reach reach_of(const area_page *p, int32_t unit)
{
    const mst_page *page = p->page;
    const mst_reach asked =
        mst_reach_of(page->model, page->drill, unit, mst_page_slot_for(page, unit), -1);
    return isnan(p->hours) ? asked
                           : mst_reach_staying(page->model, page->drill, unit, p->hours * MST_H_S);
}

static bool is_carried(const mst_unit_row *u)
{
    return u->domain == MST_AIR && u->parent >= 0;
}

/* True if there is something to draw. */
static bool has_radius(const mst_reach *r, int32_t rung)
{
    return r->has_range && r->radius_m[rung] > 0.0;
}

static int32_t spread_for(double radius_m)
{
    return radius_m < MST_WIDE_SPREAD_M ? NEAR : WIDE;
}

/* The widest radii among the ships asked for that lie at a place, by the spread they need. */
static void find_widest(const area_page *p, int32_t home, double most_m[SPREADS])
{
    const mst_model *m = p->page->model;
    most_m[NEAR] = most_m[WIDE] = 0.0;
    for (int32_t i = 0; i < m->unit_count; i++) {
        if (!is_asked(p, i) || m->unit[i].domain != MST_NAVAL || m->unit[i].home != home)
            continue;
        const mst_reach r = reach_of(p, i);
        for (int32_t rung = MST_RUNG_TANK; rung <= MST_RUNG_ALLOTMENT; rung++)
            if (has_radius(&r, rung)) {
                double *most = &most_m[spread_for(r.radius_m[rung])];
                *most = fmax(*most, fmin(r.radius_m[rung], FAR_M));
            }
    }
}

/* ---- the document ---------------------------------------------------------------------------- */

static double rounded(double degrees)
{
    return round(degrees * DEGREE_STEPS) / DEGREE_STEPS;
}

static void tell_point(mst_json *json, muster_point point)
{
    mst_json_array(json, NULL);
    mst_json_real(json, NULL, rounded(point.lon_deg));
    mst_json_real(json, NULL, rounded(point.lat_deg));
    mst_json_end(json);
}

static void tell_ring(mst_json *json, const mst_ring *ring)
{
    mst_json_array(json, NULL);
    for (int32_t i = 0; i <= ring->count; i++)
        tell_point(json, ring->point[i % ring->count]);
    mst_json_end(json);
}

/* Outer rings stand before their holes. */
static void tell_geometry(mst_json *json, const mst_contour *contour)
{
    if (contour->ring.count == 0) {
        mst_json_text(json, "geometry", NULL);
        return;
    }
    mst_json_object(json, "geometry");
    mst_json_text(json, "type", "MultiPolygon");
    mst_json_array(json, "coordinates");
    for (int32_t i = 0; i < contour->ring.count; i++) {
        const mst_ring *ring = MST_AT(mst_ring, &contour->ring, i);
        if (ring->of < 0 && i > 0)
            mst_json_end(json);
        if (ring->of < 0)
            mst_json_array(json, NULL);
        tell_ring(json, ring);
    }
    mst_json_end(json);
    mst_json_end(json);
    mst_json_end(json);
}

/* Limits first..last leave the same radius. */
static void tell_properties(const area_page *p, const mst_reach *r, int32_t first, int32_t last,
                            bool is_clipped)
{
    mst_json *json = p->json;
    const mst_model *m = p->page->model;
    const mst_unit_row *u = &m->unit[r->unit];
    mst_json_object(json, "properties");
    mst_json_text(json, "kind", "reach");
    mst_json_text(json, "unit", u->id);
    mst_json_text(json, "name", u->name);
    mst_json_text(json, "state", m->state[u->state].id);
    mst_json_text(json, "domain", mst_domain_names[u->domain]);
    mst_json_text(json, "base", m->spot[u->home].name);
    mst_json_real(json, "base_lat_deg", m->spot[u->home].point.lat_deg);
    mst_json_real(json, "base_lon_deg", muster_lon_outside(m->spot[u->home].point.lon_deg));
    mst_json_text(json, "carried_by", is_carried(u) ? m->unit[u->parent].id : NULL);
    mst_json_text(json, "limit", mst_rung_names[first]);
    mst_json_array(json, "limits");
    for (int32_t rung = first; rung <= last; rung++)
        mst_json_text(json, NULL, mst_rung_names[rung]);
    mst_json_end(json);
    mst_json_real(json, "hours", r->hours_s / MST_H_S);
    mst_json_maybe(json, "radius_nm",
                   r->has_range ? r->radius_m[first] / MUSTER_NM_M : (double)NAN);
    mst_json_text(json, "way", "go and return");
    mst_json_bool(json, "clipped", is_clipped);
    mst_json_end(json);
}

/* The area of a radius; none for what is carried. False when memory is short. */
static bool find_area(const area_page *p, const mst_reach *r, int32_t rung, mst_arena *arena,
                      mst_contour *out)
{
    const mst_unit_row *u = &p->page->model->unit[r->unit];
    *out = (mst_contour){0};
    if (!has_radius(r, rung) || is_carried(u))
        return true;
    if (u->domain == MST_AIR)
        return mst_contour_air(p->page->model->spot[u->home].point, r->radius_m[rung], arena, out);
    return mst_contour_sea(p->spread[spread_for(r->radius_m[rung])], fmin(r->radius_m[rung], FAR_M),
                           arena, out);
}

static bool tell_feature(const area_page *p, const mst_reach *r, int32_t first, int32_t last,
                         bool *is_clipped)
{
    mst_arena arena;
    mst_arena_init(&arena, p->memory);
    mst_contour contour;
    const bool found = find_area(p, r, first, &arena, &contour) && !arena.failed;
    if (found) {
        mst_json_object(p->json, NULL);
        mst_json_text(p->json, "type", "Feature");
        tell_properties(p, r, first, last, contour.is_clipped);
        tell_geometry(p->json, &contour);
        mst_json_end(p->json);
        *is_clipped = *is_clipped || contour.is_clipped;
    }
    mst_arena_clear(&arena);
    return found;
}

static bool is_same_radius(const mst_reach *r, int32_t one, int32_t two)
{
    return !r->has_range || (r->radius_m[one] <= 0.0 && r->radius_m[two] <= 0.0) ||
           r->radius_m[one] <= r->radius_m[two] + SAME_M;
}

/* A feature for each radius; the radii never grow from limit to limit. */
static bool tell_unit(const area_page *p, int32_t unit)
{
    const mst_reach r = reach_of(p, unit);
    bool is_clipped = false;
    for (int32_t first = MST_RUNG_TANK; first <= MST_RUNG_ALLOTMENT;) {
        int32_t last = first;
        while (last < MST_RUNG_ALLOTMENT && is_same_radius(&r, first, last + 1))
            last++;
        if (!tell_feature(p, &r, first, last, &is_clipped))
            return false;
        first = last + 1;
    }
    const mst_unit_row *u = &p->page->model->unit[unit];
    if (is_clipped)
        mst_diag(p->diags, MUSTER_NOTE, (mst_place){0}, NULL,
                 "another box: sim/world/land/make_land.mjs takes one",
                 "the area of '%s' is clipped: it goes on beyond the box of the land", u->id);
    return true;
}

static bool tell_home(area_page *p, int32_t home)
{
    const mst_model *m = p->page->model;
    double most_m[SPREADS];
    bool done = true;
    find_widest(p, home, most_m);
    for (int32_t i = 0; i < SPREADS && done; i++) {
        p->spread[i] = NULL;
        if (most_m[i] > 0.0)
            done = (p->spread[i] = mst_spread_open(p->land, p->geography, m->spot[home].point,
                                                   most_m[i], p->memory)) != NULL;
    }
    for (int32_t i = 0; i < m->unit_count && done; i++)
        if (is_asked(p, i) && m->unit[i].home == home)
            done = tell_unit(p, i);
    for (int32_t i = 0; i < SPREADS; i++) {
        mst_spread_close(p->spread[i], p->memory);
        p->spread[i] = NULL;
    }
    return done;
}

static char *as_document(area_page *p)
{
    mst_page *page = p->page;
    p->json = mst_json_create(p->memory);
    mst_json_tight(p->json);
    mst_json_object(p->json, NULL);
    mst_json_text(p->json, "type", "FeatureCollection");
    mst_json_head(p->json, "muster-area", page);
    mst_json_text(p->json, "drill", page->model->drill[page->drill].id);
    mst_json_array(p->json, "features");
    bool done = true;
    for (int32_t home = 0; home < page->model->spot_count && done; home++)
        done = tell_home(p, home);
    if (!done)
        page->arena.failed = true;
    mst_json_end(p->json);
    return mst_page_document(page, p->json, p->memory, p->diags);
}

static bool are_hours_good(double hours, muster_diags *diags)
{
    if (isnan(hours) || (hours >= 0.0 && hours <= HOURS_MOST))
        return true;
    mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL,
             "%g hours on station are outside [0, %g]", hours, HOURS_MOST);
    return false;
}

char *muster_tell_area(const muster_tell *tell, const muster_routes *routes, const char *who,
                       const char *drill, double hours, muster_diags *diags)
{
    mst_page page;
    char *out = NULL;
    if (!are_hours_good(hours, diags))
        return NULL;
    mst_page_begin(&page, tell);
    page.drill = mst_tell_find_drill(&page, drill, diags);
    area_page p = {.page = &page,
                   .land = routes->land->land,
                   .geography = &routes->plan.geography,
                   .hours = hours,
                   .unit = find_unit(page.model, who),
                   .state = -1,
                   .memory = tell->memory,
                   .diags = diags};
    if (page.drill >= 0 && (!who || p.unit >= 0 || find_state(&p, who)))
        out = as_document(&p);
    mst_text_clear(&page.text);
    mst_arena_clear(&page.arena);
    return out;
}

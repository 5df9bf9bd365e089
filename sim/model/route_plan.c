/* The points of a scenario and the ways between them that anybody may ask for. Order is fixed by
 * the order of the file, so that the same geography gives the same book. Units count whatever
 * their number: `count` going from 0 to 2 moves no geography. */
#include "model/compile.h"
#include "model/lookup.h"
#include "model/spots.h"

#include <math.h>
#include <string.h>

typedef struct planner {
    const mst_spec *spec;
    mst_arena *arena;
    mst_spot_set spots;
    mst_list wanted;   /* mst_route_wanted */
    mst_list from, to; /* int32_t          */
    int32_t *home;     /* of each unit of the spec, -1 */
    bool *naval;       /* of each unit of the spec     */
    int32_t *muster;   /* of each drill                */
} planner;

/* ---- geography -------------------------------------------------------------------------- */

static bool fill_gates(const mst_spec *spec, mst_arena *arena, mst_geography *out)
{
    mst_gate *gate = mst_arena_array(arena, (size_t)spec->straits.count + 1, sizeof *gate);
    if (!gate)
        return false;
    for (int32_t i = 0; i < spec->straits.count; i++) {
        const mst_strait_def *def = MST_AT(const mst_strait_def, &spec->straits, i);
        if (def->line.count != 2)
            continue; /* it is reported */
        gate[out->gate_count++] = (mst_gate){
            .id = def->item.id,
            .name = mst_name_of(def->name, &def->item),
            .a = *MST_AT(const muster_point, &def->line, 0),
            .b = *MST_AT(const muster_point, &def->line, 1),
            .open = def->open != 0,
        };
    }
    out->gate = gate;
    return true;
}

static bool fill_avoid(const mst_spec *spec, mst_arena *arena, mst_geography *out)
{
    enum { CIRCLE, POLYGON };
    mst_avoid *avoid = mst_arena_array(arena, (size_t)spec->areas.count + 1, sizeof *avoid);
    if (!avoid)
        return false;
    for (int32_t i = 0; i < spec->areas.count; i++) {
        const mst_area_def *def = MST_AT(const mst_area_def, &spec->areas, i);
        if (def->avoid != 1)
            continue;
        mst_avoid *row = &avoid[out->avoid_count];
        row->id = def->item.id;
        if (def->kind == POLYGON) {
            row->point = def->points.item;
            row->point_count = def->points.count;
        } else {
            muster_point *centre = mst_arena_alloc(arena, sizeof *centre);
            if (!centre)
                return false;
            *centre = (muster_point){def->lat_deg, def->lon_deg};
            row->point = centre;
            row->point_count = 1;
            row->radius_m = def->radius_m;
        }
        out->avoid_count++;
    }
    out->avoid = avoid;
    return true;
}

static bool fill_geography(const mst_spec *spec, mst_arena *arena, mst_geography *out)
{
    const mst_scenario_def *s = &spec->scenario;
    *out = (mst_geography){
        .offing_m = isnan(s->offing_m) ? 3.0 * MUSTER_NM_M : s->offing_m,
        .end_zone_m = isnan(s->end_zone_m) ? 8.0 * MUSTER_NM_M : s->end_zone_m,
    };
    return fill_gates(spec, arena, out) && fill_avoid(spec, arena, out);
}

/* ---- wishes ----------------------------------------------------------------------------- */

static bool is_wanted(const planner *p, int32_t from, int32_t to)
{
    for (int32_t i = 0; i < p->from.count; i++) {
        const int32_t a = *MST_AT(const int32_t, &p->from, i);
        const int32_t b = *MST_AT(const int32_t, &p->to, i);
        if ((a == from && b == to) || (a == to && b == from))
            return true;
    }
    return false;
}

/* Wants a way between two spots, once; nothing when an end is unknown. */
static void want(planner *p, int32_t from, int32_t to, mst_place place)
{
    if (from < 0 || to < 0 || from == to || is_wanted(p, from, to))
        return;
    mst_route_wanted *wish = mst_list_add(p->arena, &p->wanted, sizeof *wish);
    int32_t *a = mst_list_add(p->arena, &p->from, sizeof *a);
    int32_t *b = mst_list_add(p->arena, &p->to, sizeof *b);
    if (!wish || !a || !b)
        return; /* the arena remembers */
    const mst_spot_row *start = MST_AT(const mst_spot_row, &p->spots.spot, from);
    const mst_spot_row *end = MST_AT(const mst_spot_row, &p->spots.spot, to);
    *wish = (mst_route_wanted){start->point, end->point, start->name, end->name, place};
    *a = from;
    *b = to;
}

static const char *base_name(const mst_spec *spec, int32_t base)
{
    const mst_base_def *def = MST_AT(const mst_base_def, &spec->bases, base);
    return mst_name_of(def->name, &def->item);
}

/* Sea point of a base as a spot. */
static int32_t port_spot(planner *p, int32_t base)
{
    if (base < 0)
        return -1;
    const mst_base_def *def = MST_AT(const mst_base_def, &p->spec->bases, base);
    return mst_spots_add(&p->spots, base_name(p->spec, base), base,
                         (muster_point){def->sea_lat_deg, def->sea_lon_deg});
}

static void add_homes(planner *p)
{
    for (int32_t i = 0; i < p->spec->units.count; i++) {
        muster_point point;
        const int32_t base = mst_unit_home(p->spec, i, &point);
        p->naval[i] = mst_craft_is_naval(
            mst_unit_craft(p->spec, MST_AT(const mst_unit_def, &p->spec->units, i)));
        p->home[i] =
            base < 0 ? -1 : mst_spots_add(&p->spots, base_name(p->spec, base), base, point);
    }
}

static void add_drills(planner *p)
{
    for (int32_t d = 0; d < p->spec->drills.count; d++) {
        const mst_drill_def *def = MST_AT(const mst_drill_def, &p->spec->drills, d);
        const muster_point point = mst_drill_muster_point(p->spec, def);
        const char *name =
            mst_arena_printf(p->arena, "muster point of %s", mst_name_of(def->name, &def->item));
        p->muster[d] = mst_spots_add(&p->spots, name, -1, point);
        for (int32_t i = 0; i < def->air.count; i++) {
            const mst_air_def *air = MST_AT(const mst_air_def, &def->air, i);
            mst_spots_add(&p->spots, mst_name_of(air->name, &air->item), -1,
                          mst_air_station(p->spec, def, air));
        }
    }
}

/* Home to muster, for every ship of a state that is asked. */
static void want_musters(planner *p)
{
    for (int32_t d = 0; d < p->spec->drills.count; d++) {
        const mst_drill_def *drill = MST_AT(const mst_drill_def, &p->spec->drills, d);
        for (int32_t i = 0; i < p->spec->units.count; i++) {
            const mst_unit_def *unit = MST_AT(const mst_unit_def, &p->spec->units, i);
            if (p->naval[i] && mst_drill_asks(p->spec, drill, mst_ref_state(p->spec, &unit->state)))
                want(p, p->home[i], p->muster[d], unit->item.place);
        }
    }
}

/* Home to the first via, from via to via, to the muster point. */
static void want_groups(planner *p)
{
    for (int32_t g = 0; g < p->spec->groups.count; g++) {
        const mst_group_def *group = MST_AT(const mst_group_def, &p->spec->groups, g);
        const int32_t drill = mst_ref_drill(p->spec, &group->drill);
        const int32_t first = mst_group_first(p->spec, group);
        int32_t at = first < 0 ? -1 : p->home[first];
        for (int32_t i = 0; i < group->via.count; i++) {
            const mst_via_def *via = MST_AT(const mst_via_def, &group->via, i);
            const char *name = via->name;
            if (!name)
                name = mst_arena_printf(p->arena, "point %d of %s", (int)i + 1,
                                        mst_name_of(group->name, &group->item));
            const int32_t spot =
                mst_spots_add(&p->spots, name, -1, (muster_point){via->lat_deg, via->lon_deg});
            want(p, at, spot, via->item.place);
            at = spot;
        }
        if (drill >= 0)
            want(p, at, p->muster[drill], group->item.place);
    }
}

/* ---- observations ----------------------------------------------------------------------- */

static bool is_about(const mst_spec *spec, const mst_observation_def *seen, int32_t unit)
{
    const int32_t group = mst_ref_group(spec, &seen->group);
    return group >= 0
               ? mst_group_holds(spec, MST_AT(const mst_group_def, &spec->groups, group), unit)
               : mst_ref_unit(spec, &seen->unit) == unit;
}

/* True if some unit is in both: a claim and a sighting of the same ships. */
static bool same_subject(const mst_spec *spec, const mst_observation_def *a,
                         const mst_observation_def *b)
{
    for (int32_t i = 0; i < spec->units.count; i++)
        if (is_about(spec, a, i) && is_about(spec, b, i))
            return true;
    return false;
}

/* Group whose drill a sighting leads to, -1. */
static int32_t group_of(const mst_spec *spec, const mst_observation_def *observation)
{
    const int32_t group = mst_ref_group(spec, &observation->group);
    const int32_t unit = mst_ref_unit(spec, &observation->unit);
    for (int32_t g = 0; group < 0 && g < spec->groups.count; g++)
        if (mst_group_holds(spec, MST_AT(const mst_group_def, &spec->groups, g), unit))
            return g;
    return group;
}

/* From where something was seen to where it is to be: its group's drill, else any it is asked to. */
static void want_onward(planner *p, const mst_observation_def *seen, int32_t spot)
{
    const int32_t group = group_of(p->spec, seen), unit = mst_ref_unit(p->spec, &seen->unit);
    if (group >= 0) {
        const mst_group_def *def = MST_AT(const mst_group_def, &p->spec->groups, group);
        const int32_t drill = mst_ref_drill(p->spec, &def->drill);
        if (drill >= 0)
            want(p, spot, p->muster[drill], seen->item.place);
        return;
    }
    for (int32_t d = 0; unit >= 0 && d < p->spec->drills.count; d++)
        if (mst_drill_asks(
                p->spec, MST_AT(const mst_drill_def, &p->spec->drills, d),
                mst_ref_state(p->spec, &MST_AT(const mst_unit_def, &p->spec->units, unit)->state)))
            want(p, spot, p->muster[d], seen->item.place);
}

/* True if what was seen flies: it needs no way by sea. */
static bool flies(const planner *p, const mst_observation_def *seen)
{
    const int32_t unit = mst_ref_unit(p->spec, &seen->unit);
    return unit >= 0 && !p->naval[unit];
}

static void want_observations(planner *p)
{
    enum { DEPARTURE, SIGHTING, ARRIVAL };
    const mst_list *list = &p->spec->observations;
    int32_t *spot = mst_arena_array(p->arena, (size_t)list->count + 1, sizeof *spot);
    if (!spot)
        return;
    for (int32_t i = 0; i < list->count; i++) {
        const mst_observation_def *seen = MST_AT(const mst_observation_def, list, i);
        int32_t base;
        muster_point point;
        spot[i] = -1;
        if (!mst_observation_place(p->spec, seen, &base, &point))
            continue;
        const char *name = base >= 0 ? base_name(p->spec, base)
                                     : mst_arena_printf(p->arena, "place of observation %s",
                                                        mst_name_of(NULL, &seen->item));
        spot[i] = mst_spots_add(&p->spots, name, base, point);
    }
    for (int32_t i = 0; i < list->count; i++) {
        const mst_observation_def *from = MST_AT(const mst_observation_def, list, i);
        if (flies(p, from))
            continue;
        for (int32_t k = 0; from->what == DEPARTURE && k < list->count; k++) {
            const mst_observation_def *to = MST_AT(const mst_observation_def, list, k);
            if (to->what != DEPARTURE && mst_model_may_follow(&from->at, &to->at) &&
                same_subject(p->spec, from, to))
                want(p, spot[i], spot[k], to->item.place);
        }
        if (from->what == SIGHTING)
            want_onward(p, from, spot[i]);
    }
}

/* ---- activities ------------------------------------------------------------------------- */

static void want_base_of(planner *p, int32_t drill, const mst_plugin *plugin)
{
    if (drill < 0 || !plugin->type || !plugin->type->base_of || !plugin->spec)
        return;
    const mst_drill_def *def = MST_AT(const mst_drill_def, &p->spec->drills, drill);
    const mst_ref *ref = plugin->type->base_of(plugin->spec);
    const int32_t port = ref ? port_spot(p, mst_ref_base(p->spec, ref)) : -1;
    want(p, p->muster[drill], port, plugin->place);
    for (int32_t i = 0; port >= 0 && i < p->spec->units.count; i++) {
        const mst_unit_def *unit = MST_AT(const mst_unit_def, &p->spec->units, i);
        if (p->naval[i] && mst_drill_asks(p->spec, def, mst_ref_state(p->spec, &unit->state)))
            want(p, port, p->home[i], plugin->place);
    }
}

static void want_activities(planner *p)
{
    for (int32_t d = 0; d < p->spec->drills.count; d++) {
        const mst_list *phases = &MST_AT(const mst_drill_def, &p->spec->drills, d)->phases;
        for (int32_t i = 0; i < phases->count; i++)
            want_base_of(p, d, &MST_AT(const mst_phase_def, phases, i)->do_);
    }
    for (int32_t i = 0; i < p->spec->serials.count; i++) {
        const mst_serial_def *serial = MST_AT(const mst_serial_def, &p->spec->serials, i);
        want_base_of(p, mst_ref_drill(p->spec, &serial->drill), &serial->kind);
    }
}

muster_status mst_route_plan_make(const mst_spec *spec, const mst_kinds *kinds, mst_arena *arena,
                                  muster_diags *diags, mst_route_plan *out)
{
    (void)kinds; /* plug-ins carry their type already */
    planner p = {.spec = spec, .arena = arena, .spots = {.arena = arena}};
    memset(out, 0, sizeof *out);
    p.home = mst_arena_array(arena, (size_t)spec->units.count + 1, sizeof *p.home);
    p.naval = mst_arena_array(arena, (size_t)spec->units.count + 1, sizeof *p.naval);
    p.muster = mst_arena_array(arena, (size_t)spec->drills.count + 1, sizeof *p.muster);
    if (!p.home || !p.naval || !p.muster || !fill_geography(spec, arena, &out->geography))
        return mst_diag_memory(diags);
    add_homes(&p);
    add_drills(&p);
    want_musters(&p);
    want_groups(&p);
    want_observations(&p);
    want_activities(&p);
    if (arena->failed)
        return mst_diag_memory(diags);
    out->wanted = p.wanted.item;
    out->wanted_count = p.wanted.count;
    out->from = p.from.item;
    out->to = p.to.item;
    out->spot = p.spots.spot.item;
    out->spot_count = p.spots.spot.count;
    return MUSTER_OK;
}

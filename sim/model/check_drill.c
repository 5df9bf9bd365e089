/* Drills: their times, who is asked, what is asked. */
#include "model/check.h"

#include "model/circle.h"
#include "model/walk.h"

#include <math.h>

enum { HOSTS_MAX = 16, SLOTS_MAX = 64, PLACES_MAX = 256, STATES_MAX = 64 };

static const char *id_of(const mst_drill_def *drill)
{
    return mst_name_of(NULL, &drill->item);
}

static bool told(const mst_checker *c, const mst_drill_def *d, const char *key)
{
    return mst_check_told(c, "drills", &d->item, key);
}

/* Where a key of a drill stands, else where the drill does. */
static mst_place place_of(const mst_checker *c, const mst_drill_def *d, const char *key)
{
    const mst_fact *fact =
        mst_facts_find(&c->spec->facts, mst_arena_printf(c->arena, "drills.%s.%s", id_of(d), key));
    return fact ? mst_place_or(fact->place, &d->item) : d->item.place;
}

static void check_times(mst_checker *c, const mst_drill_def *d)
{
    const mst_scenario_def *s = &c->spec->scenario;
    const mst_place muster = mst_place_or(d->muster.item.place, &d->item);
    const muster_time at = d->muster.at.from, decide = d->decide_at.from;
    char text[MUSTER_TIME_TEXT], other[MUSTER_TIME_TEXT];
    if (at == MUSTER_NEVER)
        return;
    if (at <= s->start.from && s->start.from != MUSTER_NEVER)
        MST_ERROR(c, muster, NULL, "drill '%s' musters at %s, not after the scenario's start at %s",
                  id_of(d), muster_time_write(at, 0, text),
                  muster_time_write(s->start.from, 0, other));
    if (decide != MUSTER_NEVER && decide >= at)
        MST_ERROR(c, place_of(c, d, "decide_at"), NULL,
                  "drill '%s' is decided at %s, not before its muster at %s", id_of(d),
                  muster_time_write(decide, 0, text), muster_time_write(at, 0, other));
    else if (decide != MUSTER_NEVER && s->start.from != MUSTER_NEVER && decide < s->start.from)
        MST_WARN(c, d->item.place, NULL,
                 "drill '%s': decide_at is before the scenario's start; what is decided then "
                 "stands when it begins",
                 id_of(d));
    if (d->end.from == MUSTER_NEVER) {
        if (!told(c, d, "end"))
            MST_ERROR(c, d->item.place, "give end = \"...\"", "drill '%s' has no end", id_of(d));
        return;
    }
    if (d->end.until <= at)
        MST_ERROR(c, place_of(c, d, "end"), NULL,
                  "drill '%s' ends at %s, not after its muster at %s", id_of(d),
                  muster_time_write(d->end.until, 0, text), muster_time_write(at, 0, other));
    if (s->start.from == MUSTER_NEVER ||
        (c->has_mistakes && mst_facts_spoilt(&c->spec->facts, "scenario.horizon")))
        return;
    const muster_time horizon = s->start.from + mst_time_or(s->horizon, 16 * MUSTER_DAY);
    if (d->end.until > horizon)
        MST_ERROR(c, place_of(c, d, "end"), "give a longer scenario.horizon",
                  "drill '%s' ends at %s, after the horizon's end at %s", id_of(d),
                  muster_time_write(d->end.until, 0, text), muster_time_write(horizon, 0, other));
}

static void check_twice(mst_checker *c, const mst_drill_def *d, const mst_list *refs,
                        const char *what)
{
    for (int32_t i = 0; i < refs->count; i++) {
        const mst_ref *ref = MST_AT(const mst_ref, refs, i);
        const int32_t state = mst_ref_state(c->spec, ref);
        for (int32_t k = 0; state >= 0 && k < i; k++)
            if (mst_ref_state(c->spec, MST_AT(const mst_ref, refs, k)) == state)
                MST_ERROR(c, mst_place_or(ref->place, &d->item), NULL,
                          "drill '%s': %s '%s' is named twice", id_of(d), what, ref->id);
    }
}

static void check_sides(mst_checker *c, const mst_drill_def *d)
{
    if (d->hosts.count == 0 && !told(c, d, "hosts"))
        MST_ERROR(c, d->item.place, NULL, "drill '%s' has no host", id_of(d));
    if (d->hosts.count > HOSTS_MAX)
        MST_ERROR(c, d->item.place, NULL, "drill '%s' has %d hosts; at most %d are allowed",
                  id_of(d), (int)d->hosts.count, HOSTS_MAX);
    if (d->min_hosts != MST_INT_NONE && d->min_hosts > d->hosts.count && !told(c, d, "hosts"))
        MST_ERROR(c, d->item.place, NULL, "drill '%s': min_hosts is %d, but it has %d hosts",
                  id_of(d), (int)d->min_hosts, (int)d->hosts.count);
    check_twice(c, d, &d->hosts, "host");
    check_twice(c, d, &d->candidates, "candidate");
    for (int32_t i = 0; i < d->candidates.count; i++) {
        const mst_ref *ref = MST_AT(const mst_ref, &d->candidates, i);
        if (mst_refs_hold_state(c->spec, &d->hosts, mst_ref_state(c->spec, ref)))
            MST_ERROR(c, mst_place_or(ref->place, &d->item), NULL,
                      "drill '%s': '%s' is host and candidate at once", id_of(d), ref->id);
    }
    for (int32_t i = 0; i < d->organised.count; i++) {
        const mst_ref *ref = MST_AT(const mst_ref, &d->organised, i);
        const int32_t state = mst_ref_state(c->spec, ref);
        if (state >= 0 && !mst_refs_hold_state(c->spec, &d->candidates, state))
            MST_ERROR(c, mst_place_or(ref->place, &d->item), "hosts are not named there",
                      "drill '%s': '%s' is named in organised, but is no candidate", id_of(d),
                      ref->id);
    }
}

static void check_slots(mst_checker *c, const mst_drill_def *d)
{
    enum { FOR_HOST, FOR_CANDIDATE };
    int64_t places[2] = {0, 0};
    for (int32_t i = 0; i < d->slots.count; i++) {
        const mst_slot_def *slot = MST_AT(const mst_slot_def, &d->slots, i);
        const int64_t count = slot->count == MST_INT_NONE ? 1 : slot->count;
        if (count < 1)
            MST_ERROR(c, mst_place_or(slot->item.place, &d->item), NULL,
                      "drill '%s', slot %d: its count must be at least 1", id_of(d), (int)i);
        places[slot->for_ == FOR_CANDIDATE] += count;
        mst_check_word(c, slot->role, &slot->item, "slot of drill", id_of(d));
        for (int32_t k = 0; k < slot->kit.count; k++)
            mst_check_word(c, *MST_AT(const char *const, &slot->kit, k), &slot->item,
                           "slot of drill", id_of(d));
    }
    if (d->slots.count > SLOTS_MAX || places[0] > PLACES_MAX || places[1] > PLACES_MAX)
        MST_ERROR(c, d->item.place, NULL,
                  "drill '%s' has too many slots: at most %d, with %d places for each side",
                  id_of(d), SLOTS_MAX, PLACES_MAX);
}

static void check_index(mst_checker *c, const mst_drill_def *d)
{
    for (int32_t i = 0; i < d->index.states.count; i++) {
        const mst_index_given_def *given = MST_AT(const mst_index_given_def, &d->index.states, i);
        const int32_t state = mst_ref_state(c->spec, &given->state);
        const mst_place place = mst_place_or(given->state.place, &d->item);
        if (state < 0)
            continue;
        if (!mst_drill_asks(c->spec, d, state) && !told(c, d, "hosts") && !told(c, d, "candidates"))
            MST_ERROR(c, place, NULL,
                      "drill '%s': index of '%s', which is neither host nor candidate", id_of(d),
                      given->state.id);
        for (int32_t k = 0; k < i; k++)
            if (mst_ref_state(c->spec,
                              &MST_AT(const mst_index_given_def, &d->index.states, k)->state) ==
                state)
                MST_ERROR(c, place, NULL, "drill '%s': two indices of '%s'", id_of(d),
                          given->state.id);
    }
}

/* A candidate with units is judged by its fleet, which needs a share to be compared with. */
static void check_need(mst_checker *c, const mst_drill_def *d)
{
    if (d->cap_need > 0.0 || told(c, d, "cap_need"))
        return;
    for (int32_t i = 0; i < c->spec->units.count; i++) {
        const mst_unit_def *unit = MST_AT(const mst_unit_def, &c->spec->units, i);
        if (!mst_drill_asks(c->spec, d, mst_ref_state(c->spec, &unit->state)))
            continue;
        if (d->slots.count > 0)
            MST_ERROR(c, d->item.place, NULL,
                      "drill '%s': cap_need, the share of its slots that a state must fill, has "
                      "to be above 0",
                      id_of(d));
        return;
    }
}

static void check_area(mst_checker *c, const mst_drill_def *d)
{
    enum { CIRCLE, POLYGON };
    const mst_area_def *area = mst_drill_area(c->spec, d);
    const mst_place place = mst_place_or(d->area.place, &d->item);
    const mst_place place_of_muster = mst_place_or(d->muster.item.place, &d->item);
    const muster_point muster = mst_drill_muster_point(c->spec, d);
    muster_point centre;
    double radius_m;
    if (mst_check_half(d->muster.lat_deg, d->muster.lon_deg))
        mst_check_half_point(
            c, place_of_muster, mst_arena_printf(c->arena, "drills.%s.muster", id_of(d)),
            mst_arena_printf(c->arena, "drill '%s', muster", id_of(d)), "", d->muster.lat_deg);
    else if ((isnan(muster.lat_deg) || isnan(muster.lon_deg)) && !told(c, d, "muster") &&
             !told(c, d, "area") && !(area && mst_check_told(c, "areas", &area->item, NULL)) &&
             !(area && mst_check_half(area->lat_deg, area->lon_deg)))
        MST_ERROR(c, place_of_muster, NULL,
                  "drill '%s': no muster point, and no area whose middle could stand for it",
                  id_of(d));
    if (!d->area.id)
        MST_WARN(c, d->item.place, NULL,
                 "drill '%s' names no area; time on station counts within %.0f nm of the muster "
                 "point",
                 id_of(d), MST_AREA_RADIUS_M / MUSTER_NM_M);
    if (!area || !mst_area_circle(area, &centre, &radius_m))
        return; /* an area without a shape is reported by itself */
    if (area->kind == POLYGON)
        MST_WARN(c, place, NULL,
                 "drill '%s': area '%s' is a polygon; time on station counts inside the smallest "
                 "circle round it (%.1f nm about %.3f N %.3f E)",
                 id_of(d), d->area.id, radius_m / MUSTER_NM_M, centre.lat_deg,
                 muster_lon_outside(centre.lon_deg));
    if (!isnan(muster.lat_deg) && muster_geo_distance_m(centre, muster) > radius_m)
        MST_WARN(c, place, NULL, "drill '%s': the muster point lies outside area '%s'", id_of(d),
                 d->area.id);
}

static bool lists_unit(const mst_checker *c, const mst_contingent_def *set, int32_t unit)
{
    for (int32_t i = 0; i < set->units.count; i++)
        if (mst_ref_unit(c->spec, MST_AT(const mst_ref, &set->units, i)) == unit)
            return true;
    return false;
}

static void check_contingents(mst_checker *c, const mst_drill_def *d)
{
    for (int32_t i = 0; i < d->contingents.count; i++) {
        const mst_contingent_def *set = MST_AT(const mst_contingent_def, &d->contingents, i);
        const int32_t state = mst_ref_state(c->spec, &set->state);
        if (state < 0)
            continue;
        if (!mst_drill_asks(c->spec, d, state) && !told(c, d, "hosts") && !told(c, d, "candidates"))
            MST_ERROR(c, mst_place_or(set->state.place, &d->item), NULL,
                      "drill '%s': contingent of '%s', which is neither host nor candidate",
                      id_of(d), set->state.id);
        for (int32_t k = 0; k < i; k++)
            if (mst_ref_state(
                    c->spec, &MST_AT(const mst_contingent_def, &d->contingents, k)->state) == state)
                MST_ERROR(c, mst_place_or(set->state.place, &d->item), NULL,
                          "drill '%s': two contingents of '%s'", id_of(d), set->state.id);
        for (int32_t k = 0; k < set->units.count; k++) {
            const mst_ref *ref = MST_AT(const mst_ref, &set->units, k);
            const int32_t unit = mst_ref_unit(c->spec, ref);
            if (unit < 0)
                continue;
            const mst_unit_def *def = MST_AT(const mst_unit_def, &c->spec->units, unit);
            const int32_t ship = mst_unit_parent(c->spec, unit);
            if (ship >= 0 && !lists_unit(c, set, ship))
                MST_ERROR(c, mst_place_or(ref->place, &d->item), "list the ship too",
                          "drill '%s': '%s' is listed, but not '%s', which carries it", id_of(d),
                          ref->id, def->parent.id);
            if (mst_ref_state(c->spec, &def->state) != state &&
                !mst_check_told(c, "units", &def->item, "state"))
                MST_ERROR(c, mst_place_or(ref->place, &d->item), NULL,
                          "drill '%s': '%s' does not belong to '%s'", id_of(d), ref->id,
                          set->state.id);
        }
    }
}

static void check_air(mst_checker *c, const mst_drill_def *d)
{
    for (int32_t i = 0; i < d->air.count; i++) {
        const mst_air_def *air = MST_AT(const mst_air_def, &d->air, i);
        const char *id = mst_name_of(NULL, &air->item);
        mst_check_word(c, air->role, &air->item, "air request", id);
        if (mst_check_half(air->lat_deg, air->lon_deg))
            mst_check_half_point(c, mst_place_or(air->item.place, &d->item),
                                 mst_arena_printf(c->arena, "drills.%s.air.%s", id_of(d), id),
                                 mst_arena_printf(c->arena, "air request '%s'", id), "",
                                 air->lat_deg);
        for (int32_t k = 0; k < air->states.count; k++) {
            const mst_ref *ref = MST_AT(const mst_ref, &air->states, k);
            const int32_t state = mst_ref_state(c->spec, ref);
            if (state >= 0 && !mst_drill_asks(c->spec, d, state) && !told(c, d, "hosts") &&
                !told(c, d, "candidates"))
                MST_ERROR(c, mst_place_or(ref->place, &air->item), NULL,
                          "air request '%s': '%s' is neither host nor candidate of drill '%s'", id,
                          ref->id, id_of(d));
        }
    }
}

static void check_phases(mst_checker *c, const mst_drill_def *d)
{
    for (int32_t i = 0; i < d->phases.count; i++) {
        const mst_phase_def *phase = MST_AT(const mst_phase_def, &d->phases, i);
        if (phase->do_.type && phase->do_.type->role != MST_ROLE_PHASE)
            MST_ERROR(c, mst_place_or(phase->do_.place, &d->item), NULL,
                      "drill '%s': '%s' is no phase of a drill", id_of(d), phase->do_.name);
    }
}

static void check_shape(mst_checker *c, const mst_area_def *area)
{
    enum { CIRCLE, POLYGON };
    const char *id = mst_name_of(NULL, &area->item);
    muster_point centre;
    double radius_m;
    if (area->kind != POLYGON && mst_check_half(area->lat_deg, area->lon_deg))
        mst_check_half_point(c, area->item.place, mst_arena_printf(c->arena, "areas.%s", id),
                             mst_arena_printf(c->arena, "area '%s'", id), "", area->lat_deg);
    else if (!mst_area_circle(area, &centre, &radius_m) &&
             !mst_check_told(c, "areas", &area->item, NULL))
        MST_ERROR(c, area->item.place, NULL, "area '%s' needs %s", id,
                  area->kind == POLYGON ? "3 to 256 points" : "lat_deg, lon_deg and radius_nm");
}

/* Shapes of areas, of drills or to be avoided, and of straits. */
static void check_shapes(mst_checker *c)
{
    for (int32_t i = 0; i < c->spec->areas.count; i++)
        check_shape(c, MST_AT(const mst_area_def, &c->spec->areas, i));
    for (int32_t i = 0; i < c->spec->straits.count; i++) {
        const mst_strait_def *strait = MST_AT(const mst_strait_def, &c->spec->straits, i);
        if (strait->line.item && strait->line.count != 2)
            MST_ERROR(c, strait->item.place, "line = ( (lat, lon), (lat, lon) ), shore to shore",
                      "strait '%s': its line has %d points, not 2",
                      mst_name_of(NULL, &strait->item), (int)strait->line.count);
    }
}

void mst_check_drills(mst_checker *c)
{
    if (c->spec->states.count > STATES_MAX)
        MST_ERROR(c, c->spec->scenario.item.place, NULL, "%d states; at most %d are allowed",
                  (int)c->spec->states.count, STATES_MAX);
    check_shapes(c);
    for (int32_t i = 0; i < c->spec->drills.count; i++) {
        const mst_drill_def *d = MST_AT(const mst_drill_def, &c->spec->drills, i);
        check_times(c, d);
        check_sides(c, d);
        check_slots(c, d);
        check_index(c, d);
        check_need(c, d);
        check_area(c, d);
        check_contingents(c, d);
        check_air(c, d);
        check_phases(c, d);
    }
}

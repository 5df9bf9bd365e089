#include "model/lookup.h"

#include "model/circle.h"
#include "model/fields.h"

#include <math.h>
#include <string.h>

int32_t mst_ref_index(const mst_list *table, size_t item_bytes, const mst_ref *ref)
{
    if (!ref->id)
        return -1;
    if (ref->index >= 0 && ref->index < table->count) {
        const mst_item *item =
            (const mst_item *)((const char *)table->item + (size_t)ref->index * item_bytes);
        if (item->id && mst_same_name(item->id, ref->id))
            return ref->index;
    }
    return mst_table_find(table, item_bytes, ref->id);
}

int32_t mst_ref_state(const mst_spec *spec, const mst_ref *ref)
{
    return mst_ref_index(&spec->states, sizeof(mst_state_def), ref);
}

int32_t mst_ref_base(const mst_spec *spec, const mst_ref *ref)
{
    return mst_ref_index(&spec->bases, sizeof(mst_base_def), ref);
}

int32_t mst_ref_unit(const mst_spec *spec, const mst_ref *ref)
{
    return mst_ref_index(&spec->units, sizeof(mst_unit_def), ref);
}

int32_t mst_ref_group(const mst_spec *spec, const mst_ref *ref)
{
    return mst_ref_index(&spec->groups, sizeof(mst_group_def), ref);
}

int32_t mst_ref_drill(const mst_spec *spec, const mst_ref *ref)
{
    if (!ref->id)
        return spec->drills.count == 1 ? 0 : -1;
    return mst_ref_index(&spec->drills, sizeof(mst_drill_def), ref);
}

bool mst_refs_hold_state(const mst_spec *spec, const mst_list *refs, int32_t state)
{
    for (int32_t i = 0; i < refs->count; i++)
        if (state >= 0 && mst_ref_state(spec, MST_AT(const mst_ref, refs, i)) == state)
            return true;
    return false;
}

bool mst_drill_asks(const mst_spec *spec, const mst_drill_def *drill, int32_t state)
{
    return mst_refs_hold_state(spec, &drill->hosts, state) ||
           mst_refs_hold_state(spec, &drill->candidates, state);
}

const mst_class_def *mst_unit_class(const mst_spec *spec, const mst_unit_def *unit)
{
    const int32_t index = mst_ref_index(&spec->classes, sizeof(mst_class_def), &unit->class_);
    return index < 0 ? NULL : MST_AT(const mst_class_def, &spec->classes, index);
}

void mst_unit_figures(const mst_spec *spec, const mst_unit_def *unit, mst_class_def *out)
{
    const mst_class_def *base = mst_unit_class(spec, unit);
    *out = unit->own;
    if (base)
        mst_fields_inherit(mst_fields_class, out, base);
    /* A ship that has become slower than its class (worn, damaged) has lost speed, not a range that
     * was published for the class: the law stays that of the class, and what it can do is capped. */
    const mst_class_def *own = &unit->own;
    if (base && own->max_speed_mps < base->max_speed_mps && isnan(own->range_m) &&
        isnan(own->range_speed_mps) && isnan(own->fuel_kg) && isnan(own->power_w) &&
        own->curve.count == 0) {
        out->top_cap_mps = own->max_speed_mps;
        out->max_speed_mps = base->max_speed_mps;
    }
}

mst_craft mst_unit_craft(const mst_spec *spec, const mst_unit_def *unit)
{
    const mst_class_def *base = mst_unit_class(spec, unit);
    if (unit->own.craft >= 0)
        return (mst_craft)unit->own.craft;
    return base && base->craft >= 0 ? (mst_craft)base->craft : MST_SHIP;
}

bool mst_craft_is_naval(mst_craft craft)
{
    return craft == MST_SHIP || craft == MST_SUBMARINE;
}

int32_t mst_unit_number(const mst_spec *spec, const mst_unit_def *unit)
{
    const int64_t count = unit->count == MST_INT_NONE ? 1 : unit->count;
    if (count <= 0)
        return 0;
    return mst_craft_is_naval(mst_unit_craft(spec, unit)) ? (int32_t)count : 1;
}

int32_t mst_unit_parent(const mst_spec *spec, int32_t unit)
{
    const int32_t parent =
        mst_ref_unit(spec, &MST_AT(const mst_unit_def, &spec->units, unit)->parent);
    return parent == unit ? -1 : parent;
}

int32_t mst_unit_home(const mst_spec *spec, int32_t unit, muster_point *out)
{
    const int32_t parent = mst_unit_parent(spec, unit);
    const mst_unit_def *def = MST_AT(const mst_unit_def, &spec->units, parent < 0 ? unit : parent);
    const int32_t base = mst_ref_base(spec, &def->base);
    *out = (muster_point){(double)NAN, (double)NAN};
    if (base < 0)
        return -1;
    const mst_base_def *at = MST_AT(const mst_base_def, &spec->bases, base);
    *out = mst_craft_is_naval(mst_unit_craft(spec, def))
               ? (muster_point){at->sea_lat_deg, at->sea_lon_deg}
               : (muster_point){at->lat_deg, at->lon_deg};
    return base;
}

const mst_area_def *mst_drill_area(const mst_spec *spec, const mst_drill_def *drill)
{
    const int32_t area = mst_ref_index(&spec->areas, sizeof(mst_area_def), &drill->area);
    return area < 0 ? NULL : MST_AT(const mst_area_def, &spec->areas, area);
}

muster_point mst_drill_muster_point(const mst_spec *spec, const mst_drill_def *drill)
{
    muster_point point = {drill->muster.lat_deg, drill->muster.lon_deg};
    const mst_area_def *area = mst_drill_area(spec, drill);
    double radius_m;
    if ((isnan(point.lat_deg) || isnan(point.lon_deg)) && area)
        mst_area_circle(area, &point, &radius_m);
    return point;
}

muster_point mst_air_station(const mst_spec *spec, const mst_drill_def *drill,
                             const mst_air_def *air)
{
    if (isnan(air->lat_deg) || isnan(air->lon_deg))
        return mst_drill_muster_point(spec, drill);
    return (muster_point){air->lat_deg, air->lon_deg};
}

/* The thing that was seen: a unit, or the first of a group. */
static int32_t observed_unit(const mst_spec *spec, const mst_observation_def *observation)
{
    const int32_t unit = mst_ref_unit(spec, &observation->unit);
    const int32_t group = mst_ref_group(spec, &observation->group);
    if (unit >= 0 || group < 0)
        return unit;
    return mst_group_first(spec, MST_AT(const mst_group_def, &spec->groups, group));
}

bool mst_observation_place(const mst_spec *spec, const mst_observation_def *observation,
                           int32_t *out_base, muster_point *out)
{
    enum { SIGHTING = 1 };
    const int32_t unit = observed_unit(spec, observation);
    *out_base = -1;
    if (!isnan(observation->lat_deg) && !isnan(observation->lon_deg)) {
        *out = (muster_point){observation->lat_deg, observation->lon_deg};
        return true;
    }
    *out_base = mst_ref_base(spec, &observation->base);
    if (*out_base >= 0) {
        const mst_base_def *at = MST_AT(const mst_base_def, &spec->bases, *out_base);
        const bool flies = unit >= 0 && !mst_craft_is_naval(mst_unit_craft(
                                            spec, MST_AT(const mst_unit_def, &spec->units, unit)));
        *out = flies ? (muster_point){at->lat_deg, at->lon_deg}
                     : (muster_point){at->sea_lat_deg, at->sea_lon_deg};
    } else if (unit >= 0 && observation->what != SIGHTING) {
        *out_base = mst_unit_home(spec, unit, out);
    }
    return *out_base >= 0 && !isnan(out->lat_deg) && !isnan(out->lon_deg);
}

bool mst_group_holds(const mst_spec *spec, const mst_group_def *group, int32_t unit)
{
    for (int32_t i = 0; i < group->members.count; i++)
        if (unit >= 0 && mst_ref_unit(spec, MST_AT(const mst_ref, &group->members, i)) == unit)
            return true;
    return false;
}

int32_t mst_group_first(const mst_spec *spec, const mst_group_def *group)
{
    const int32_t guide = mst_ref_unit(spec, &group->guide);
    if (guide >= 0)
        return guide;
    for (int32_t i = 0; i < group->members.count; i++) {
        const int32_t unit = mst_ref_unit(spec, MST_AT(const mst_ref, &group->members, i));
        if (unit >= 0)
            return unit;
    }
    return -1;
}

const char *mst_name_of(const char *name, const mst_item *item)
{
    return name ? name : item->id ? item->id : "";
}

/* Units: where they are based, what carries them, how many there are. */
#include "model/check.h"

#include <math.h>
#include <string.h>

static const char *id_of(const mst_unit_def *unit)
{
    return mst_name_of(NULL, &unit->item);
}

static void check_base(mst_checker *c, int32_t index)
{
    const mst_unit_def *unit = MST_AT(const mst_unit_def, &c->spec->units, index);
    const mst_place place = mst_place_or(unit->base.place, &unit->item);
    const int32_t base = mst_ref_base(c->spec, &unit->base);
    muster_point home;
    if (!unit->base.id && !unit->parent.id) {
        if (!mst_check_told(c, "units", &unit->item, "base") &&
            !mst_check_told(c, "units", &unit->item, "parent"))
            MST_ERROR(c, unit->item.place, "give base = \"...\", or parent for what a ship carries",
                      "unit '%s': no base", id_of(unit));
        return;
    }
    if (base < 0 || mst_unit_parent(c->spec, index) >= 0)
        return;
    mst_unit_home(c->spec, index, &home);
    if ((!isnan(home.lat_deg) && !isnan(home.lon_deg)) || !mst_check_knows_craft(c, unit) ||
        mst_check_told(c, "bases", &MST_AT(const mst_base_def, &c->spec->bases, base)->item, NULL))
        return;
    const bool is_naval = mst_craft_is_naval(mst_unit_craft(c->spec, unit));
    if (is_naval && isnan(home.lat_deg) != isnan(home.lon_deg))
        return; /* half a point is reported of the base */
    if (is_naval)
        MST_ERROR(c, place, "give sea_lat_deg and sea_lon_deg, or another base",
                  "unit '%s': base '%s' has no point in open water for a ship", id_of(unit),
                  unit->base.id);
    else
        MST_ERROR(c, place, NULL, "unit '%s': base '%s' has no coordinates", id_of(unit),
                  unit->base.id);
}

static void check_parent(mst_checker *c, int32_t index)
{
    const mst_unit_def *unit = MST_AT(const mst_unit_def, &c->spec->units, index);
    const mst_place place = mst_place_or(unit->parent.place, &unit->item);
    const int32_t parent = mst_ref_unit(c->spec, &unit->parent);
    if (parent < 0)
        return;
    const mst_unit_def *ship = MST_AT(const mst_unit_def, &c->spec->units, parent);
    if (!mst_check_knows_craft(c, unit) || !mst_check_knows_craft(c, ship))
        return;
    if (parent == index || !mst_craft_is_naval(mst_unit_craft(c->spec, ship)))
        MST_ERROR(c, place, NULL, "unit '%s': its parent '%s' is no ship", id_of(unit),
                  id_of(ship));
    else if (mst_craft_is_naval(mst_unit_craft(c->spec, unit)))
        MST_ERROR(c, place, NULL, "unit '%s': a ship carries no ship; only aircraft have a parent",
                  id_of(unit));
    else if (ship->parent.id)
        MST_ERROR(c, place, NULL, "unit '%s': its parent '%s' is carried itself", id_of(unit),
                  id_of(ship));
}

/* Ids that an entry with a count makes must not be taken. */
static void check_numbered_ids(mst_checker *c, int32_t index)
{
    const mst_unit_def *unit = MST_AT(const mst_unit_def, &c->spec->units, index);
    if (mst_unit_number(c->spec, unit) < 2)
        return;
    const size_t length = strlen(id_of(unit));
    for (int32_t i = 0; i < c->spec->units.count; i++) {
        const char *other = id_of(MST_AT(const mst_unit_def, &c->spec->units, i));
        if (strncmp(other, id_of(unit), length) != 0 || other[length] != '-')
            continue;
        for (int32_t k = 1; k <= mst_unit_number(c->spec, unit); k++) {
            const char *made = mst_arena_printf(c->arena, "%s-%d", id_of(unit), (int)k);
            if (made && strcmp(made, other) == 0)
                MST_ERROR(c, unit->item.place, NULL,
                          "unit '%s' with its count makes '%s', which there is already",
                          id_of(unit), other);
        }
    }
}

static void check_unit(mst_checker *c, int32_t index)
{
    const mst_unit_def *unit = MST_AT(const mst_unit_def, &c->spec->units, index);
    check_base(c, index);
    check_parent(c, index);
    check_numbered_ids(c, index);
    if (unit->readiness < 0.0 || unit->readiness > 1.0)
        MST_ERROR(c, unit->item.place, NULL, "unit '%s': readiness %g is outside 0..1", id_of(unit),
                  unit->readiness);
    if (unit->count != MST_INT_NONE && unit->count < 0)
        MST_ERROR(c, unit->item.place, NULL, "unit '%s': a count cannot be negative", id_of(unit));
    if (!isnan(unit->allotment_kg) && !isnan(unit->allotment_frac))
        MST_WARN(c, unit->item.place, NULL,
                 "unit '%s': both allotment_t and allotment_frac are given; allotment_t counts",
                 id_of(unit));
}

void mst_check_fleet(mst_checker *c)
{
    for (int32_t i = 0; i < c->spec->bases.count; i++) {
        const mst_base_def *base = MST_AT(const mst_base_def, &c->spec->bases, i);
        const char *id = mst_name_of(NULL, &base->item);
        if (mst_check_half(base->sea_lat_deg, base->sea_lon_deg))
            mst_check_half_point(c, base->item.place, mst_arena_printf(c->arena, "bases.%s", id),
                                 mst_arena_printf(c->arena, "base '%s'", id), "sea_",
                                 base->sea_lat_deg);
    }
    for (int32_t i = 0; i < c->spec->units.count; i++)
        check_unit(c, i);
}

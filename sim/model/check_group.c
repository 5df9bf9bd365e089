/* Groups: ships of one home that sail to one drill. */
#include "model/check.h"

#include "model/walk.h"

#include <string.h>

static const char *id_of(const mst_group_def *group)
{
    return mst_name_of(NULL, &group->item);
}

static const mst_unit_def *unit_at(const mst_checker *c, int32_t unit)
{
    return MST_AT(const mst_unit_def, &c->spec->units, unit);
}

static void check_members(mst_checker *c, const mst_group_def *group)
{
    muster_point point;
    const int32_t guide = mst_ref_unit(c->spec, &group->guide);
    int32_t first = mst_group_holds(c->spec, group, guide) ? guide : -1;
    int32_t home = first < 0 ? -1 : mst_unit_home(c->spec, first, &point);
    for (int32_t i = 0; i < group->members.count; i++) {
        const mst_ref *ref = MST_AT(const mst_ref, &group->members, i);
        const mst_place place = mst_place_or(ref->place, &group->item);
        const int32_t unit = mst_ref_unit(c->spec, ref);
        if (unit < 0 || !mst_check_knows_craft(c, unit_at(c, unit)))
            continue;
        if (!mst_craft_is_naval(mst_unit_craft(c->spec, unit_at(c, unit)))) {
            MST_ERROR(c, place, "give it parent = \"...\", or leave it out",
                      "group '%s': '%s' is no ship; groups are made of ships", id_of(group),
                      ref->id);
            continue;
        }
        for (int32_t k = 0; k < i; k++)
            if (mst_ref_unit(c->spec, MST_AT(const mst_ref, &group->members, k)) == unit)
                MST_ERROR(c, place, NULL, "group '%s': '%s' is named twice", id_of(group), ref->id);
        const int32_t base = mst_unit_home(c->spec, unit, &point);
        if (home < 0) { /* the first member that has a base */
            home = base;
            first = unit;
        }
        if (home >= 0 && base >= 0 && base != home)
            MST_ERROR(c, place, NULL,
                      "group '%s': '%s' sails from '%s' but '%s' from '%s'; a group sails from one "
                      "base",
                      id_of(group), ref->id, unit_at(c, unit)->base.id,
                      mst_name_of(NULL, &unit_at(c, first)->item), unit_at(c, first)->base.id);
    }
    if (group->members.count == 0 && !mst_check_told(c, "groups", &group->item, "members"))
        MST_ERROR(c, group->item.place, NULL, "group '%s' has no members", id_of(group));
}

static void check_guide(mst_checker *c, const mst_group_def *group)
{
    const int32_t guide = mst_ref_unit(c->spec, &group->guide);
    if (guide >= 0 && !mst_group_holds(c->spec, group, guide) &&
        !mst_check_told(c, "groups", &group->item, "members"))
        MST_ERROR(c, mst_place_or(group->guide.place, &group->item), NULL,
                  "group '%s': its guide '%s' is no member", id_of(group), group->guide.id);
}

static void check_drill(mst_checker *c, const mst_group_def *group)
{
    const mst_spec *spec = c->spec;
    const int32_t index = mst_ref_drill(spec, &group->drill), first = mst_group_first(spec, group);
    if (index < 0) {
        if (!group->drill.id && !mst_check_told(c, "groups", &group->item, "drill") &&
            !mst_facts_find(&spec->facts, "drills"))
            MST_ERROR(c, group->item.place, NULL,
                      "group '%s' names no drill; with %d drills it must", id_of(group),
                      (int)spec->drills.count);
        return;
    }
    const mst_drill_def *drill = MST_AT(const mst_drill_def, &spec->drills, index);
    const mst_place place = mst_place_or(group->drill.place, &group->item);
    const int32_t state = first < 0 ? -1 : mst_ref_state(spec, &unit_at(c, first)->state);
    if (state >= 0 && !mst_drill_asks(spec, drill, state))
        MST_WARN(c, place, NULL,
                 "group '%s': its state neither hosts drill '%s' nor is a candidate of it",
                 id_of(group), mst_name_of(NULL, &drill->item));
    const muster_time at = drill->muster.at.from;
    if (group->depart.from != MUSTER_NEVER && at != MUSTER_NEVER && group->depart.from >= at)
        MST_ERROR(c, place, NULL, "group '%s' departs after the muster of drill '%s'", id_of(group),
                  mst_name_of(NULL, &drill->item));
    if (group->depart.from != MUSTER_NEVER && group->arrive.from != MUSTER_NEVER &&
        group->depart.from >= group->arrive.from)
        MST_ERROR(c, group->item.place, NULL, "group '%s' arrives before it departs", id_of(group));
    if (group->depart.from != MUSTER_NEVER && spec->scenario.start.from != MUSTER_NEVER &&
        group->depart.until < spec->scenario.start.from)
        MST_ERROR(c, group->item.place, NULL, "group '%s' departs before the scenario starts",
                  id_of(group));
}

static void check_via(mst_checker *c, const mst_group_def *group)
{
    muster_time last = group->depart.from == MUSTER_NEVER ? INT64_MIN : group->depart.from;
    for (int32_t i = 0; i < group->via.count; i++) {
        const mst_via_def *via = MST_AT(const mst_via_def, &group->via, i);
        if (via->at.from == MUSTER_NEVER)
            continue;
        if (via->at.from <= last)
            MST_ERROR(c, mst_place_or(via->item.place, &group->item), NULL,
                      "group '%s': point %d is passed before what comes ahead of it", id_of(group),
                      (int)i + 1);
        last = via->at.from;
    }
}

/* A ship in two groups of one drill would have to sail twice. */
static void check_shared(mst_checker *c, int32_t index)
{
    const mst_list *groups = &c->spec->groups;
    const mst_group_def *group = MST_AT(const mst_group_def, groups, index);
    for (int32_t g = 0; g < index; g++) {
        const mst_group_def *other = MST_AT(const mst_group_def, groups, g);
        if (mst_ref_drill(c->spec, &other->drill) != mst_ref_drill(c->spec, &group->drill))
            continue;
        for (int32_t i = 0; i < group->members.count; i++) {
            const mst_ref *ref = MST_AT(const mst_ref, &group->members, i);
            if (mst_group_holds(c->spec, other, mst_ref_unit(c->spec, ref)))
                MST_ERROR(c, mst_place_or(ref->place, &group->item), NULL,
                          "group '%s': '%s' is in group '%s' of the same drill already",
                          id_of(group), ref->id, id_of(other));
        }
    }
}

void mst_check_groups(mst_checker *c)
{
    for (int32_t i = 0; i < c->spec->groups.count; i++) {
        const mst_group_def *group = MST_AT(const mst_group_def, &c->spec->groups, i);
        check_members(c, group);
        check_guide(c, group);
        check_drill(c, group);
        check_via(c, group);
        check_shared(c, i);
    }
}

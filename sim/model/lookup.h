/** @file lookup.h
 * References of a spec as indices, and the few facts about units that plan, checks and compile
 * must read alike.
 */
#ifndef MST_MODEL_LOOKUP_H
#define MST_MODEL_LOOKUP_H

#include "model/spec.h"

/** Index of what a reference names; -1: not given or dangling (the reader reports that). */
int32_t mst_ref_index(const mst_list *table, size_t item_bytes, const mst_ref *ref);

int32_t mst_ref_state(const mst_spec *spec, const mst_ref *ref);
int32_t mst_ref_base(const mst_spec *spec, const mst_ref *ref);
int32_t mst_ref_unit(const mst_spec *spec, const mst_ref *ref);
int32_t mst_ref_group(const mst_spec *spec, const mst_ref *ref);

/** Drill of a reference; where it is not given, the only drill of the scenario. */
int32_t mst_ref_drill(const mst_spec *spec, const mst_ref *ref);

/** True if the list of references holds that state. */
bool mst_refs_hold_state(const mst_spec *spec, const mst_list *refs, int32_t state);

/** True if the state hosts the drill or is a candidate of it. */
bool mst_drill_asks(const mst_spec *spec, const mst_drill_def *drill, int32_t state);

/** Class of a unit before the unit's own overrides, or null. */
const mst_class_def *mst_unit_class(const mst_spec *spec, const mst_unit_def *unit);

/** The unit's own figures, then those of its class. Texts and lists are borrowed. */
void mst_unit_figures(const mst_spec *spec, const mst_unit_def *unit, mst_class_def *out);

/** mst_craft of a unit; a ship unless said otherwise. */
mst_craft mst_unit_craft(const mst_spec *spec, const mst_unit_def *unit);
bool mst_craft_is_naval(mst_craft craft);

/** How many units of the model it stands for: ships count times, a squadron once, none at 0. */
int32_t mst_unit_number(const mst_spec *spec, const mst_unit_def *unit);

/** The ship that carries it, -1: none (also for a carrier that is itself). */
int32_t mst_unit_parent(const mst_spec *spec, int32_t unit);

/**
 * Where a unit sails or flies from: its base (sea point for ships, airfield for aircraft) or its
 * parent's.
 * @return base index, -1 when none is known; the point may hold NaN where the base lacks it
 */
int32_t mst_unit_home(const mst_spec *spec, int32_t unit, muster_point *out);

/** The area of a drill, or null. */
const mst_area_def *mst_drill_area(const mst_spec *spec, const mst_drill_def *drill);

/** Where a drill musters: as given, else the middle of its area; NaN when neither is known. */
muster_point mst_drill_muster_point(const mst_spec *spec, const mst_drill_def *drill);

/** Station of an air request: as given, else the muster point. */
muster_point mst_air_station(const mst_spec *spec, const mst_drill_def *drill,
                             const mst_air_def *air);

/** Where an observation was made; base -1: open water. False: nowhere known. */
bool mst_observation_place(const mst_spec *spec, const mst_observation_def *observation,
                           int32_t *out_base, muster_point *out);

/** True if the unit is a member of the group. */
bool mst_group_holds(const mst_spec *spec, const mst_group_def *group, int32_t unit);

/** First member with a place in the tables: the guide if given; -1: none. */
int32_t mst_group_first(const mst_spec *spec, const mst_group_def *group);

/** Offset that is not given counts as none. */
static inline muster_time mst_time_or(muster_time time, muster_time otherwise)
{
    return time == MUSTER_NEVER ? otherwise : time;
}

/** Words for roles and kit (const char *), each once: those of slots, serials and air requests
 * first, then those only units have. False when memory is short. */
bool mst_words_make(const mst_spec *spec, mst_arena *arena, mst_list *out);
#define MST_WORDS_MAX 64 /* bits of a mask */

/** A name for reports: the name, else the id, else "". */
const char *mst_name_of(const char *name, const mst_item *item);

#endif

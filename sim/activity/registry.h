/** @file registry.h
 * All activities of this build, made from list.def; ends with null.
 */
#ifndef MST_ACTIVITY_REGISTRY_H
#define MST_ACTIVITY_REGISTRY_H

#include "model/kinds.h"

extern const mst_activity_type *const mst_activities[];

/** Each of them by its own name. */
#define MST_ACTIVITY(name) extern const mst_activity_type mst_activity_##name;
#include "activity/list.def"
#undef MST_ACTIVITY

#endif

#include "activity/registry.h"

#include <stddef.h>

const mst_activity_type *const mst_activities[] = {
#define MST_ACTIVITY(name) &mst_activity_##name,
#include "activity/list.def"
#undef MST_ACTIVITY
    NULL};

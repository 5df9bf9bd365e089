/* The plug-ins of this build. */
#include "activity/registry.h"
#include "align/registry.h"
#include "load/scenario.h"

const mst_kinds *mst_kinds_all(void)
{
    static const mst_kinds all = {mst_activities, mst_aligns};
    return &all;
}

/* Constants of the definitions that belong to no class, drill or rule: each is a key. */
#include "model/row.h"
#include "model/spec.h"

const muster_field mst_fields_constants[] = {
    MST_ROW_REAL(mst_constants_def, lowers_none, "lowers_none", NULL, 0, 1, 0.6, 0,
                 "Factor on a serial's chance of success of a part at level none that lowers it."),
    MST_ROW_REAL(mst_constants_def, lowers_partial, "lowers_partial", NULL, 0, 1, 0.85, 0,
                 "The same at level partial."),
    MST_ROW_REAL(mst_constants_def, slows_none, "slows_none", NULL, 1, 10, 1.5, 0,
                 "Factor on a serial's length of a part at level none that slows it."),
    MST_ROW_REAL(mst_constants_def, slows_partial, "slows_partial", NULL, 1, 10, 1.2, 0,
                 "The same at level partial."),
    MST_ROW_REAL(mst_constants_def, degraded_share, "degraded_share", NULL, 0, 1, 0.5, 0,
                 "Share of its time for which a serial's needs must have held to count as degraded "
                 "and not as cancelled."),
    MST_ROW_REAL(mst_constants_def, degraded_value, "degraded_value", NULL, 0, 1, 0.5, 0,
                 "What a degraded serial counts in the score; a done one counts 1."),
    MST_ROW_REAL(mst_constants_def, floor_frac, "floor_frac", NULL, 0, 1, 0.6, 0,
                 "Planning floor: share of a full tank below which fleets plan to refuel; hours "
                 "below it are counted."),
    MST_ROW_REAL(mst_constants_def, index_ready_need, "index_ready_need", NULL, 0, 10, 0.8, 0,
                 "Index reading of a state without units: the lesser of capability and reach over "
                 "what is needed that makes it able."),
    MST_ROW_DURATION(mst_constants_def, group_wait, "group_wait", 0, 240, "6 h", 0,
                     "How long a group waits in port for a member that is not ready."),
    MST_ROW_END,
};

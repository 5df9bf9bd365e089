/* Defence at an open anchorage: the ships lie at anchor and burn their hotel load. */
#include "activity/serial.h"

static const muster_field fields[] = {
    MST_SERIAL_ROWS(0.0, 2),
    MST_ROW_END,
};

static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    static const mst_serial_kind kind = {.role = NULL, .anchors = true};
    (void)instance;
    return mst_serial_compile(ctx, spec, &kind, param);
}

const mst_activity_type mst_activity_anchorage_defence =
    MST_SERIAL_TYPE("anchorage-defence", "ships defend an open anchorage", fields, compile);

/* Air cover: the serial's air request must hold over its window; ships keep company below. */
#include "activity/serial.h"

static const muster_field fields[] = {
    MST_SERIAL_ROWS(12.0, 1),
    MST_ROW_END,
};

static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    static const mst_serial_kind kind = {.role = NULL, .anchors = false};
    (void)instance;
    return mst_serial_compile(ctx, spec, &kind, param);
}

const mst_activity_type mst_activity_air_cover =
    MST_SERIAL_TYPE("air-cover", "aircraft cover ships at sea", fields, compile);

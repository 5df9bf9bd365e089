/* Search for a submarine: escorts at the speed at which a hull sonar still hears (assumed). */
#include "activity/serial.h"

static const muster_field fields[] = {
    MST_SERIAL_ROWS(12.0, 2),
    MST_ROW_END,
};

static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    static const mst_serial_kind kind = {.role = "escort", .anchors = false};
    (void)instance;
    return mst_serial_compile(ctx, spec, &kind, param);
}

const mst_activity_type mst_activity_anti_submarine =
    MST_SERIAL_TYPE("anti-submarine", "escorts search for a submarine together", fields, compile);

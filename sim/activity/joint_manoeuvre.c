/* Manoeuvres in company: formation, signals, turns together. Any ships will do. */
#include "activity/serial.h"

static const muster_field fields[] = {
    MST_SERIAL_ROWS(12.0, 2),
    MST_ROW_END,
};

static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    static const mst_serial_kind kind = {.role = NULL, .anchors = false};
    (void)instance;
    return mst_serial_compile(ctx, spec, &kind, param);
}

const mst_activity_type mst_activity_joint_manoeuvre = MST_SERIAL_TYPE(
    "joint-manoeuvre", "ships of several states manoeuvre in company", fields, compile);

/** @file serial.h
 * What all serials share: their clock, their needs, the ships' speed, the outcome (DEFINITIONS 6).
 * A kind of serial is one small file: its keys, its defaults, and MST_SERIAL_TYPE.
 */
#ifndef MST_ACTIVITY_SERIAL_H
#define MST_ACTIVITY_SERIAL_H

#include "engine/run.h"
#include "model/compile.h"
#include "model/row.h"

/** Keys that every kind of serial has, with defaults of its own. */
typedef struct mst_serial_keys {
    double speed_mps; /* of the ships while it runs     */
    int64_t ships;    /* wanted where no needs are given */
} mst_serial_keys;

#define MST_SERIAL_ROWS(speed_kn_, ships_)                                                         \
    MST_ROW_REAL(mst_serial_keys, speed_mps, "speed_kn", "kn", 0.0, 40.0, speed_kn_, MST_PLAIN,    \
                 "speed of the ships while the serial runs"),                                      \
        MST_ROW_INT(mst_serial_keys, ships, "ships", 0, 64, ships_, MST_PLAIN,                     \
                    "ships it needs where it lists no needs")

/** What a kind of serial is by itself. */
typedef struct mst_serial_kind {
    const char *role; /* asked of its ships where no needs are listed and some unit has it;
                         null: any ship will do */
    bool anchors;     /* ships lie at anchor, whatever the speed */
} mst_serial_kind;

typedef struct mst_serial_param {
    double speed_mps;
    bool anchors;
    bool has_optional; /* some need may be missing */
    uint64_t role;     /* of the default need      */
    int32_t ships;
} mst_serial_param;

/** Fills the parameters; for the compile function of a kind. */
bool mst_serial_compile(mst_compile *ctx, const mst_serial_keys *keys, const mst_serial_kind *kind,
                        mst_serial_param *out);

void mst_serial_start(mst_run *run, int32_t instance);
void mst_serial_event(mst_run *run, int32_t instance, const mst_event *event);
void mst_serial_stop(mst_run *run, int32_t instance);

typedef struct mst_serial_state {
    mst_handle begin, end;
    int32_t stage;
    muster_time begun_at, ends_at, since;
    double held_s;                   /* all needs but air held                              */
    double held_air_s;               /* and enough aircraft were there                      */
    double p;                        /* of success, among those who began                   */
    double air_start_s;              /* covered by the air request when it began            */
    int32_t air_instance;            /* -1: none                                            */
    int32_t failing, failing_detail; /* mst_cause at present                      */
    int32_t optional, optional_detail;
    int32_t air_short;
    int32_t cause, detail; /* first in order of what failed for some time         */
    int32_t optional_cause, optional_cause_detail;
} mst_serial_state;

#define MST_SERIAL_LISTENS                                                                         \
    (1U << MST_SIGNAL_REACHED | 1U << MST_SIGNAL_FLOOR | 1U << MST_SIGNAL_WITHDRAWN |              \
     1U << MST_SIGNAL_AIR | 1U << MST_SIGNAL_SERIAL_OVER | 1U << MST_SIGNAL_DRILL_OVER |           \
     1U << MST_SIGNAL_SEA)

#define MST_SERIAL_TYPE(name_, doc_, fields_, compile_)                                            \
    {                                                                                              \
        .name = name_, .doc = doc_, .role = MST_ROLE_SERIAL, .fields = fields_,                    \
        .spec_bytes = sizeof(mst_serial_keys), .param_bytes = sizeof(mst_serial_param),            \
        .state_bytes = sizeof(mst_serial_state), .compile = compile_, .start = mst_serial_start,   \
        .on_event = mst_serial_event, .stop = mst_serial_stop, .listens = MST_SERIAL_LISTENS       \
    }

#endif

/** @file record.h
 * The records of a run: typed rows in order of time, from which every measure, the report, the
 * trace and the tracks are folded. Positions and fuel between records are closed-form.
 */
#ifndef MST_MODEL_RECORD_H
#define MST_MODEL_RECORD_H

#include "muster/time.h"

typedef enum mst_record_kind {
#define RECORD(name, words, doc) MST_RECORD_##name,
#include "model/record_list.def"
#undef RECORD
    MST_RECORD_COUNT
} mst_record_kind;

/** Why something did not come out; DEFINITIONS 6 gives the order. */
typedef enum mst_cause {
    MST_CAUSE_NONE,
    MST_CAUSE_ABSENT, /* not there: never sailed, not serviceable, too few states */
    MST_CAUSE_LATE,
    MST_CAUSE_FUEL,
    MST_CAUSE_SEA,
    MST_CAUSE_PART, /* an interoperability part forbids it */
    MST_CAUSE_AIR,
    MST_CAUSE_CHANCE,
    MST_CAUSE_POLITICS, /* its state does not take part */
    MST_CAUSE_ROUTE,    /* no way by sea */
    MST_CAUSE_COUNT
} mst_cause;
extern const char *const mst_cause_names[]; /* words, MST_CAUSE_COUNT of them */

typedef enum mst_outcome { MST_DONE, MST_DEGRADED, MST_CANCELLED } mst_outcome;

/** What a unit does when it is not under way. */
typedef enum mst_hold {
    MST_HOLD_PORT,    /* alongside: no burn (assumed: shore power)      */
    MST_HOLD_ANCHOR,  /* hotel load                                     */
    MST_HOLD_DRIFT,   /* hotel load                                     */
    MST_HOLD_STATION, /* station speed, or the speed an activity asks   */
    MST_HOLD_ADRIFT   /* empty: no burn, no way                         */
} mst_hold;

/** Fuel levels that are events. */
typedef enum mst_level { MST_LEVEL_FLOOR, MST_LEVEL_RESERVE, MST_LEVEL_EMPTY } mst_level;

typedef struct mst_record {
    muster_time time;
    int32_t kind; /* mst_record_kind */
    int32_t unit;
    int32_t a, b, c, d;
    double real;
    /* track members, of LEG and HOLD: enough to place the unit and its fuel until its next one */
    double speed_mps, burn_kgps, fuel_kg; /* fuel at `time`                        */
    double start_m;                       /* LEG: distance already covered on the leg */
} mst_record;

#endif

/** @file event.h
 * Events and their total order: (time, rank, sequence).
 */
#ifndef MST_ENGINE_EVENT_H
#define MST_ENGINE_EVENT_H

#include "muster/time.h"

/** Order of events at equal times. */
typedef enum mst_rank {
    MST_RANK_MOTION, /* arrivals, crossings, fuel levels: the world first    */
    MST_RANK_SENSE,  /* what follows from the world: counts, presence        */
    MST_RANK_ALIGN,  /* decisions of states                                  */
    MST_RANK_ORDER,  /* orders: sail, start, stop                            */
    MST_RANK_REPORT
} mst_rank;

struct mst_event {
    muster_time time;
    int32_t rank;
    uint32_t generation; /* of its slot; a handle is slot + generation        */
    uint64_t sequence;   /* order of scheduling                                */
    int32_t instance;    /* receiver; -1: the engine itself; -2: a broadcast   */
    int32_t code;        /* private to the activity; for broadcasts mst_signal */
    int32_t a, b;        /* unit, other                                        */
    double real;
};
typedef struct mst_event mst_event;

/** Handle of a pending event; 0 is none. */
typedef uint64_t mst_handle;

/** Broadcasts: things every activity that listens hears about, at once, in order of instances. */
typedef enum mst_signal {
    MST_SIGNAL_DECIDED,       /* a: drill: who takes part is settled                          */
    MST_SIGNAL_REACHED,       /* a: unit, b: spot: it arrived at the end of its leg           */
    MST_SIGNAL_FLOOR,         /* a: unit, b: level (mst_level)                                */
    MST_SIGNAL_WITHDRAWN,     /* a: unit: it takes no further part                            */
    MST_SIGNAL_DRILL_STARTED, /* a: drill */
    MST_SIGNAL_DRILL_OVER,    /* a: drill; b: 1 when it never mustered or was cancelled       */
    MST_SIGNAL_PHASE_OVER,    /* a: drill, b: phase index                                     */
    MST_SIGNAL_SERIAL_OVER,   /* a: serial */
    MST_SIGNAL_AIR,           /* a: instance of an air request, b: aircraft on its station     */
    MST_SIGNAL_SEA,           /* a: drill, b: its sea state from now on                        */
    MST_SIGNAL_INJECT, /* a: inject, b: mst_inject_effect, real: as in its record, before it acts */
    MST_SIGNAL_COUNT
} mst_signal;

#endif

/** @file run.h
 * A replication: everything that changes, in one block, and the services activities use.
 *
 *     mst_run_create -> mst_run_reset -> (mst_run_step ...) or mst_run_until -> records
 *
 * The block holds no pointers: save, copy and restore are one memcpy. The view (mst_run) holds
 * the pointers into it. Two runs may live in one thread. Nothing is allocated between reset and
 * the end; a full calendar or record list makes status MUSTER_WORLD and stops the run.
 *
 * Motion is analytic: a unit is in a hold or on a leg since a time, at a speed, with the fuel it
 * then had. Fuel floors, emptiness, arrivals and area crossings are computed and scheduled.
 * The world's events (rank MOTION) are the engine's own; activities give orders.
 */
#ifndef MST_ENGINE_RUN_H
#define MST_ENGINE_RUN_H

#include "engine/calendar.h"
#include "model/align.h"
#include "model/model.h"
#include "model/record.h"

typedef struct mst_unit_state {
    int32_t hold;      /* mst_hold, or -1: on a leg */
    int32_t spot;      /* where it holds            */
    int32_t from, to;  /* spots of the leg          */
    int32_t drill;     /* takes part in it, -1      */
    int32_t present;   /* aircraft: airborne now    */
    muster_time since; /* of hold or leg            */
    double start_m;    /* along the leg at `since`  */
    double speed_mps, burn_kgps;
    double fuel_kg;                      /* at `since`                */
    double issued_kg;                    /* left of what its drill was issued; INFINITY: no limit */
    double used_kg;                      /* burnt up to `since`       */
    int32_t in_area;                     /* inside its drill's area   */
    int32_t is_out;                      /* withdrawn or adrift: takes no further part */
    int32_t cause;                       /* mst_cause of that         */
    int32_t serviceable;                 /* ships 0/1, aircraft number */
    mst_handle arrival, level, crossing; /* pending events it owns */
    muster_time due;      /* planned arrival of the leg, MUSTER_NEVER: none            */
    muster_time ready_at; /* crew and engines are, its group waits a while      */
    muster_time free_at;  /* nor does it sail before this: bound by a phase            */
    int32_t next_level;   /* mst_level it will come to next; past MST_LEVEL_EMPTY: none */
    int32_t next_to;      /* spot to go on to when this leg ends, -1: none             */
    int32_t return_to;    /* spot it goes back to after its drill: home, or a host's port */
    double next_mps;
    int32_t sorties;  /* aircraft: flown or booked                                 */
    int32_t sailings; /* departures with a group, of which each draws a delay      */
    int32_t legs;     /* begun by itself, of which each draws a speed              */
    int32_t was_sent; /* joined some drill: then its aircraft may have flown       */
    double factor;    /* speed made good over speed through the water on this leg  */
    /* thrown in (halt.c) */
    muster_time delay;        /* it sails that much later than it is next ordered to   */
    muster_time halted_until; /* it lies still until then; MUSTER_NEVER: it does not   */
    mst_handle release;       /* the event of that                                     */
    double halted_mps;        /* through the water, before it stopped in mid-leg       */
    muster_time wait_due;     /* the order that is kept until then, as it was given    */
    double wait_mps, wait_factor;
    int32_t wait_to; /* -1: none */
    int32_t goes_home;
} mst_unit_state;

/** One aircraft of a squadron. Its sortie is one pending event at a time. */
typedef enum mst_flying {
    MST_PARKED,
    MST_WAITING, /* its take-off is set       */
    MST_OUTBOUND,
    MST_ON_STATION,
    MST_INBOUND
} mst_flying;

typedef struct mst_sortie {
    int32_t instance, post; /* who asked for it; instance -1: none           */
    muster_time off, on, leave, land;
    muster_time free_before; /* when the aircraft was free before it was booked */
    double burn_kg;
} mst_sortie;

typedef struct mst_aircraft_state {
    mst_handle pending;  /* next event of the present sortie              */
    int32_t flying;      /* mst_flying                                    */
    int32_t day_sorties; /* booked since day_from                         */
    muster_time day_from;
    muster_time free_at;  /* can take off again, after all that is booked  */
    mst_sortie now, next; /* in the air or waiting; booked after it        */
} mst_aircraft_state;

typedef struct mst_drill_state {
    int32_t decided, started, over; /* flags */
    int32_t running_phase;          /* index into its phases, -1: none yet, phase_count: all over */
    int32_t phase_begun;            /* the running phase has said that it began */
    muster_time started_at, over_at;
    int32_t cause;              /* when it failed */
    int32_t sea_state;          /* of today */
    int32_t has_sea, given_sea; /* thrown in: a sea state, up to a time (MUSTER_NEVER: no end) */
    muster_time sea_until;
} mst_drill_state;

typedef enum mst_instance_stage {
    MST_INSTANCE_IDLE,
    MST_INSTANCE_RUNS,
    MST_INSTANCE_STOPPED
} mst_instance_stage;

struct mst_run {
    const mst_model *model;
    uint64_t chance_key;  /* of the master seed                                     */
    uint32_t replication; /* which one the next reset begins; 0: the plan run       */
    void *block;          /* everything below points into it */
    size_t block_bytes;
    size_t state_bytes; /* of the block before its records */
    muster_status status;
    int32_t scale; /* how many times the usual room for events and records it has */
    /* views, valid after create */
    struct mst_clock {
        muster_time now;
        int64_t event_count;
        int32_t record_count;
        int32_t overflowed;
        int32_t is_over; /* stops were called */
        uint32_t replication;
        uint64_t chance_key;
    } * clock;
    mst_calendar *calendar;
    mst_unit_state *unit;
    mst_drill_state *drill;
    uint8_t *takes_part;  /* drill_count x state_count */
    mst_values values;    /* at the last decision: attribute, mutual, directed */
    mst_verdict *verdict; /* of all drills: verdict_first[drill] ..            */
    const int32_t *verdict_first;
    mst_term *term;
    mst_fleet_reading *fleet;            /* drill_count x state_count */
    double *pool_used_kg;                /* of each state: reserved for units that were accepted */
    struct mst_feedback_state *feedback; /* of each drill; null where feedback is off */
    mst_aircraft_state *aircraft;        /* all squadrons, one after the other       */
    const int32_t *aircraft_first;       /* of each unit; unit_count + 1             */
    int32_t *ready;                      /* scratch of a decision: serviceable then  */
    int32_t *serviceable;                /* the same, 0 for those that are not free  */
    uint8_t *busy;                       /* the same: 1 if another drill has it      */
    int32_t *unit_slot;                  /* scratch of one handler (unit_count)      */
    uint8_t *instance_stage;             /* mst_instance_stage                       */
    unsigned char *instance_state;
    mst_record *record; /* clock->record_count of them; what lies beyond means nothing */
    int32_t record_capacity;
    /* not part of the state: figures of the model, worked out when first asked */
    struct mst_reach_cache *cache;
    struct mst_crossings *crossings;
    /* Where the state goes before the first event of a serial: block_bytes of the caller's, or null.
     * Up to there how well states work together has changed nothing, so a run of another view of
     * the model may go on from it. has_fork: it is there. */
    void *fork;
    bool has_fork;
    muster_memory memory;
};

/** Makes a run for a model (borrowed). One allocation. */
muster_status mst_run_create(const mst_model *model, const muster_memory *memory, mst_run **out);
/** The same in the place of a run of the same memory, whose model may be gone; *run may be null. */
muster_status mst_run_renew(const mst_model *model, const muster_memory *memory, mst_run **run);

/** After a run that overflowed (clock->overflowed): in its place one with four times the room, to
 * be run afresh; the same events give the same bytes. *run is null when memory is short
 * (MUSTER_WORLD), and stays when even that would be absurd (MUSTER_MISTAKE). */
muster_status mst_run_grow(mst_run **run);
enum { MST_RUN_SCALE_MAX = 4096 };
void mst_run_free(mst_run *run);

/** Back to the scenario's start; the same state_bytes as a fresh run, and the records that starting
 * writes. Calls start of all instances. */
void mst_run_reset(mst_run *run);

/** The same as replication `replication` (from 1; 0: the plan run) under a master seed. Later resets
 * begin that one again. */
void mst_run_begin(mst_run *run, uint64_t seed, uint32_t replication);

/** Handles one event; false when none is left before the horizon's end (stops were called). */
bool mst_run_step(mst_run *run);

/** Steps while the next event is not after `time`. */
void mst_run_until(mst_run *run, muster_time time);

/** Steps to the end. */
muster_status mst_run_finish(mst_run *run);

/** Saved state: block_bytes bytes. Copy between runs of one model with these. */
void mst_run_save(const mst_run *run, void *out_block);
void mst_run_restore(mst_run *run, const void *block);

/** The fork's time, and a unit as it was then. */
muster_time mst_run_fork_time(const mst_run *run);
const mst_unit_state *mst_run_fork_unit(const mst_run *run, int32_t unit);

/** Throws something in: a record INJECTED, which is returned, and a broadcast MST_SIGNAL_INJECT at the
 * run's present time. What the model's own injects do follows it (inject.h). */
mst_record *mst_run_inject(mst_run *run, int32_t a, int32_t b, double real);

/** FNV-1a over records, units, drills, verdicts and pools, typed values only. */
uint64_t mst_run_digest(const mst_run *run);

/* ---- services for activities ------------------------------------------------------------ */

static inline muster_time mst_now(const mst_run *run)
{
    return run->clock->now;
}

mst_handle mst_schedule(mst_run *run, muster_time time, mst_rank rank, int32_t instance,
                        int32_t code, int32_t a, int32_t b);
bool mst_cancel(mst_run *run, mst_handle *handle);
void mst_broadcast(mst_run *run, mst_signal signal, int32_t a, int32_t b); /* handled at once */
mst_record *mst_emit(mst_run *run, mst_record_kind kind, int32_t unit, int32_t a, int32_t b);
void *mst_instance_state(mst_run *run, int32_t instance);
const void *mst_instance_param(const mst_run *run, int32_t instance);

/** Starts an instance (phases and serials wait for that), stops one. Each happens once. */
void mst_instance_start(mst_run *run, int32_t instance);
void mst_instance_stop(mst_run *run, int32_t instance);
bool mst_instance_runs(const mst_run *run, int32_t instance);

/** Phases run in order (phase.c). mst_phases_begin starts the first one of a drill. A phase says
 * when its time has come, if that is later than its start (the record PHASE_STARTED; said for it
 * otherwise), and once that it is over: it is stopped and the next one starts. */
void mst_phases_begin(mst_run *run, int32_t drill);
void mst_phase_waits(mst_run *run, int32_t instance); /* from start: not begun yet */
void mst_phase_begun(mst_run *run, int32_t instance);
void mst_phase_over(mst_run *run, int32_t instance);
/** Sends home who is left at sea, once the drill and its phases are over; nothing before. */
void mst_phases_close(mst_run *run, int32_t drill);

/**
 * Orders. A unit that is adrift or not a ship does not obey (false), nor one that has no way there.
 *
 * Under way already, a ship changes speed, turns back along its leg if it is ordered to where the
 * leg began, and otherwise goes on to the end of its leg and from there as ordered. To the spot
 * where it lies: arrives at once.
 * @param[in] speed_mps  through the water; cut to what the ship can do. What it makes good is that
 *                       times a factor of chance for the leg: 1 in the plan run
 * @param[in] due        planned arrival, MUSTER_NEVER: none. The ship arrives at that very integer
 *                       when the speed was made to meet it (to within a second)
 */
bool mst_unit_sail(mst_run *run, int32_t unit, int32_t to_spot, double speed_mps);
bool mst_unit_sail_due(mst_run *run, int32_t unit, int32_t to_spot, double speed_mps,
                       muster_time due);
/** The same with the factor of its leg given: a group has one for all its members. */
bool mst_unit_sail_group(mst_run *run, int32_t unit, int32_t to_spot, double speed_mps,
                         muster_time due, double factor);
/** Only at a spot: false under way. speed_mps counts for MST_HOLD_STATION. */
bool mst_unit_hold(mst_run *run, int32_t unit, mst_hold hold, double speed_mps);

/** Fuel now, of ships; fuel and used add up to what the ship had. Squadrons only count used. */
double mst_unit_fuel_kg(const mst_run *run, int32_t unit);
double mst_unit_used_kg(const mst_run *run, int32_t unit);
muster_point mst_unit_place(const mst_run *run, int32_t unit);    /* now */
bool mst_unit_at(const mst_run *run, int32_t unit, int32_t spot); /* holds there */
/** True if it sails along, from joining to withdrawal. */
bool mst_unit_takes_part(const mst_run *run, int32_t unit, int32_t drill);
/** The unit takes part from now on; its area of the drill is watched. A ship that lies in port and
 * has less than it is to sail with is filled up to that (record FUELLED). */
void mst_unit_join(mst_run *run, int32_t unit, int32_t drill);
/** Where a ship goes after its drill; -1 from a place without a way to it. */
int32_t mst_unit_return_spot(const mst_run *run, int32_t unit, int32_t from_spot);
/** Ends a unit's part in its drill with a cause (record, broadcast). Its motion goes on. */
void mst_unit_withdraw(mst_run *run, int32_t unit, mst_cause cause);

#endif

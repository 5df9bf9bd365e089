/** @file reach.h
 * Who can get there, by closed form over the model: the ladder of a unit (DEFINITIONS 2), what a
 * state's pool can issue, and the reading of a fleet (DEFINITIONS 3). Pure functions; what they take
 * of a run is in mst_fleet_now.
 */
#ifndef MST_ENGINE_REACH_H
#define MST_ENGINE_REACH_H

#include "model/align.h"
#include "model/model.h"

typedef enum mst_rung {
    MST_RUNG_TANK,
    MST_RUNG_USABLE,
    MST_RUNG_ALLOTMENT,
    MST_RUNG_TIME,
    MST_RUNG_SEA,
    MST_RUNG_COUNT
} mst_rung;
extern const char *const mst_rung_names[]; /* "tank", "usable", ... */

struct mst_reach_cache;

/** The fleets as they are when a drill is decided. A null pointer to it, or in it: as at the start of
 * the plan run, with nothing reserved. */
typedef struct mst_fleet_now {
    const int32_t *serviceable;    /* ships 0 or 1, aircraft number; 0: not free (unit_count)     */
    const uint8_t *busy;           /* 1: elsewhere, so that no chance brings it here (unit_count) */
    const double *pool_used_kg;    /* reserved from each state's pool (state_count)             */
    struct mst_reach_cache *cache; /* of the model; null: everything is worked out anew        */
} mst_fleet_now;

typedef struct mst_reach {
    int32_t unit, drill, slot; /* slot: the one it was tested for, -1: the drill's least need */
    bool has_way;              /* a route (ships) exists                                      */
    bool has_range;
    double out_m, back_m; /* over water (ships) or along the geodesic                    */
    int32_t back_spot;    /* where the way back leads: home, or a host's port if it cannot
                             otherwise return and the drill allows it; -1: none          */
    double issued_kg;     /* fuel issued for this drill; INFINITY: no limit              */
    double hours_s;       /* required on station                                         */
    double speed_mps;     /* of the transit: economical, or faster if time asks          */
    double reach_m;       /* one way, tank only: never answers "can it take part"        */
    double radius_m[MST_RUNG_COUNT];       /* after each limit in turn, hours at station speed  */
    double drift_radius_m[MST_RUNG_COUNT]; /* the same, drifting on station                     */
    mst_rung binding;  /* first rung that fails; MST_RUNG_COUNT: none. Fuel is asked for the
                          way out and back, time for the way out                      */
    double mission_kg; /* B: out, hours, back at speed_mps                            */
    double mission_drift_kg;
    double margin;           /* (least radius - distance)/distance; orders contingents      */
    bool passes;             /* all rungs                                                   */
    double station_s;        /* aircraft: stay at the distance; ships: the longest stay with
                                    reserve within all fuel limits; negative: none              */
    muster_time latest_sail; /* at sustained speed, to be there at muster + tolerance       */
} mst_reach;

/** The ladder of one unit for one drill. slot: index in the drill's slots, or -1. Serviceability
 * is not considered. home_spot -1: the unit's own (else another base: a what-if). A helicopter that
 * is carried passes only if its ship does. */
mst_reach mst_reach_of(const mst_model *model, int32_t drill, int32_t unit, int32_t slot,
                       int32_t home_spot);

/**
 * Reach of every unit for every slot with what it alone is allotted: figures of the model, worked out
 * when first asked and kept. One a thread; models that differ in nothing that reach reads may share
 * one. Null when memory is short, or where it would be very large: then it is done without.
 */
typedef struct mst_reach_cache mst_reach_cache;
mst_reach_cache *mst_reach_cache_create(const mst_model *model, const muster_memory *memory);
void mst_reach_cache_free(mst_reach_cache *cache, const muster_memory *memory);
/** mst_reach_issued at home with the unit's own allotment; slot -1 to slot_count - 1. */
const mst_reach *mst_reach_cached(mst_reach_cache *cache, const mst_model *model, int32_t drill,
                                  int32_t unit, int32_t slot);

/** The same with what is left of pools and who is free now. */
mst_reach mst_reach_now(const mst_model *model, const mst_fleet_now *now, int32_t drill,
                        int32_t unit, int32_t slot);

/** The same with an issue of fuel that is known. */
mst_reach mst_reach_issued(const mst_model *model, int32_t drill, int32_t unit, int32_t slot,
                           int32_t home_spot, double issued_kg);

/** The ladder of a unit at home with other hours on station than the drill's, in seconds; that a
 * helicopter's ship must get there is not asked. */
mst_reach mst_reach_staying(const mst_model *model, int32_t drill, int32_t unit, double hours_s);

/** Fuel in a state's pool when a drill is decided: stock and what has come in since the scenario's
 * start, less what is reserved. INFINITY: the state has no pool. */
double mst_pool_left_kg(const mst_model *model, const mst_fleet_now *now, int32_t drill,
                        int32_t state);

/**
 * Fuel issued to a unit for a drill: its allotment, cut to what its state's pool still holds when
 * it is its turn. Turns go by contingent order (the list, else reach margin, then id); a unit that
 * could go takes its whole mission's fuel, or nothing if that is not there any more.
 */
double mst_issued_kg(const mst_model *model, const mst_fleet_now *now, int32_t drill, int32_t unit);

/** True if the unit meets role, kit, domain, speed and sea-state words of the slot. */
bool mst_slot_fits(const mst_model *model, int32_t drill, int32_t slot, int32_t unit);

/** First thing a unit lacks for a slot, for sentences. */
typedef enum mst_misfit {
    MST_FITS,
    MST_LACKS_ROLE,
    MST_LACKS_KIT,
    MST_TOO_SLOW,
    MST_SEA_LIMIT,
    MST_NO_RANGE
} mst_misfit;
mst_misfit mst_slot_misfit(const mst_model *model, int32_t drill, int32_t slot, int32_t unit,
                           uint64_t *out_missing_kit);

/**
 * kit, cap and P(able) of a state for a drill. now: null, or the fleets as they are. Slots are
 * filled by a largest matching, so that a unit is never counted twice. P(able) is exact: units that
 * pass for the same slots have one distribution of their number, and all combinations of numbers are
 * gone through; NaN when there are more than 65,536 (the stage is then not wholly assessed). With a
 * readiness_correlation above 0 it is the mean of that over 256 equal slices of the common normal
 * factor (exact given the factor; the error is below 1/512) and is_sampled is set. A pool
 * counts for it as if all were serviceable.
 */
mst_fleet_reading mst_fleet_read(const mst_model *model, int32_t drill, int32_t state,
                                 const mst_fleet_now *now);

/** True if the drill sends this unit of its state: the list names it, or there is no list. */
bool mst_fleet_sends(const mst_drill_row *drill, int32_t state, int32_t unit);

/** Whether a unit comes before another in its state's contingent without a list: the wider reach
 * margin first, then by id. */
bool mst_reach_before(const mst_model *model, const mst_reach *a, const mst_reach *b);

/**
 * The cap of a state if each of its units lay at another distance from the drill.
 *
 * @param[in] distance_m  one way, per unit (unit_count); the plan run's serviceability holds
 * @return weighted share of places filled, 0..1; NaN when the state has no slots to fill
 */
double mst_fleet_cap_at(const mst_model *model, int32_t drill, int32_t state,
                        const double *distance_m);

/** Which units of a state fill the slots when it takes part: out_unit_slot[unit] = slot or -1
 * (unit_count), by reach margin, then id. Returns the number of slot places filled. */
int32_t mst_fleet_fill(const mst_model *model, int32_t drill, int32_t state,
                       const mst_fleet_now *now, bool able_only, int32_t *out_unit_slot);

#endif

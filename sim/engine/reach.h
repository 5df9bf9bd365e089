/** @file reach.h
 * Who can get there, by closed form over the model: the ladder of a unit (DEFINITIONS 2) and the
 * reading of a fleet (DEFINITIONS 3). Pure functions; no state of a run is needed.
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

typedef struct mst_reach {
    int32_t unit, drill, slot; /* slot: the one it was tested for, -1: the drill's least need */
    bool has_way;              /* a route (ships) exists                                      */
    bool has_range;
    double out_m, back_m; /* over water (ships) or along the geodesic                    */
    double hours_s;       /* required on station                                         */
    double speed_mps;     /* of the transit: economical, or faster if time asks          */
    double reach_m;       /* one way, tank only: never answers "can it take part"        */
    double radius_m[MST_RUNG_COUNT];       /* after each limit in turn, hours at station speed  */
    double drift_radius_m[MST_RUNG_COUNT]; /* the same, drifting on station                     */
    mst_rung binding;  /* first rung below the distance; MST_RUNG_COUNT: none         */
    double mission_kg; /* B: out, hours, back at speed_mps                            */
    double mission_drift_kg;
    double margin;           /* (least radius - distance)/distance; orders contingents      */
    bool passes;             /* all rungs                                                   */
    double station_s;        /* aircraft: stay at the distance; ships: the longest stay with
                                    reserve within all fuel limits; negative: none              */
    muster_time latest_sail; /* at sustained speed, to be there at muster + tolerance       */
} mst_reach;

/** The ladder of one unit for one drill. slot: index in the drill's slots, or -1. Serviceability
 * is not considered. home_spot -1: the unit's own (else another base: a what-if). */
mst_reach mst_reach_of(const mst_model *model, int32_t drill, int32_t unit, int32_t slot,
                       int32_t home_spot);

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
 * kit, cap and P(able) of a state for a drill. serviceable: number per unit (unit_count), null:
 * the plan run's. Slots are filled by a largest matching, so that a unit is never counted twice.
 * P(able) by exact enumeration of binomials over units that pass; scratch: caller's.
 */
mst_fleet_reading mst_fleet_read(const mst_model *model, int32_t drill, int32_t state,
                                 const int32_t *serviceable);

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
                       const int32_t *serviceable, bool able_only, int32_t *out_unit_slot);

#endif

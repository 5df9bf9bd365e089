/** @file craft.h
 * From the figures of a class to a fuel law: defaults, estimates and contradictions of
 * DEFINITIONS section 2.
 */
#ifndef MST_MODEL_CRAFT_H
#define MST_MODEL_CRAFT_H

#include "base/arena.h"
#include "model/fuel.h"
#include "model/spec.h"

/** Stands for a tank of which neither tonnes nor power are known: ranges are right whatever it
 * is (R/R0 depends on the hotel share only), tonnes are not. */
#define MST_NOMINAL_SHIP_KG 100000.0
#define MST_NOMINAL_AIRCRAFT_KG 1000.0

/** A ship's figures with everything filled in. */
typedef struct mst_hull {
    bool has_range;      /* a range or a curve is known                          */
    bool fuel_estimated; /* tank_kg is made from other figures                   */
    bool fuel_unknown;   /* tank_kg is MST_NOMINAL_SHIP_KG                       */
    double tank_kg;      /* 0 without range and fuel                             */
    double hotel_share;
    double max_mps, sustained_mps, station_mps;
    double usable_frac, reserve_frac;
    mst_law law;
} mst_hull;

/** Fills out; false when memory is short (the curve is copied into the arena, SI). */
bool mst_hull_of(const mst_class_def *figures, mst_arena *arena, mst_hull *out);

/** An aircraft's figures with everything filled in. */
typedef struct mst_wing {
    bool has_range, fuel_estimated;
    mst_flight flight;
} mst_wing;

mst_wing mst_wing_of(const mst_class_def *c, mst_craft craft);

/** How power, tonnes and range agree. */
typedef enum mst_accord {
    MST_ACCORD,          /* nothing to compare, or the implied share lies in 0 .. .6        */
    MST_ACCORD_DOUBTFUL, /* outside 0 .. .6: a warning, the default share stands            */
    MST_ACCORD_NEVER,    /* outside -.5 .. .9: an error                                     */
    MST_ACCORD_TOO_FAST  /* range quoted at a speed above the maximum: an error             */
} mst_accord;

/** @param[out] out_share  the implied hotel share, NaN where it was not asked for */
mst_accord mst_hull_accord(const mst_class_def *c, double *out_share);

#endif

/** @file effects_parts.h
 * Parts of the effects: values that come more than once, and means over points.
 */
#ifndef MST_ESTIMATE_EFFECTS_PARTS_H
#define MST_ESTIMATE_EFFECTS_PARTS_H

#include "estimate/effects.h"

/** A number and the row it comes from. */
typedef struct mst_keyed {
    double value;
    int32_t row;
} mst_keyed;

/** Ascending by value, then by row. */
void mst_sort_keyed(mst_keyed *keyed, int32_t count);

/** Values of an input over rows with a result, ascending; null: memory is short. Owned by the
 * caller. */
mst_keyed *mst_values_of(const mst_points *points, int32_t input, int32_t *out_count);

/** How many different ones; they go into out as long as there is room for them. */
int32_t mst_different_values(const mst_keyed *sorted, int32_t count, int32_t room, double *out);

/** Mean over points, and what its interval needs. */
typedef struct mst_point_mean {
    int32_t points;
    double mean, error, df; /* error and df NaN: not estimable */
} mst_point_mean;
mst_point_mean mst_mean_over(const mst_points *points, const mst_keyed *member, int32_t count,
                             mst_spread spread);

#endif

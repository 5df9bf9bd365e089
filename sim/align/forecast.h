/** @file forecast.h
 * What models of bargains read of a setting: capability, position and salience of each actor.
 */
#ifndef MST_ALIGN_FORECAST_H
#define MST_ALIGN_FORECAST_H

#include "model/setting.h"

typedef struct mst_bargainers {
    int32_t count;
    const char **name;
    double *capability, *position, *salience, *weight; /* weight: capability x salience */
} mst_bargainers;

/** States with attributes capability, position and salience (0 to 1). @return null, or what is
 * missing; the reply's answers are filled then. "out of memory" when it is short. */
const char *mst_bargainers_of(const mst_setting *setting, mst_arena *arena, mst_reply *reply,
                              mst_bargainers *out);

#define MST_FORECAST_NEEDS                                                                         \
    "attributes capability, position and salience (0 to 1) of three states or more"

/** What all models of bargains are: members of their mst_align_type. */
#define MST_FORECAST_MEMBERS                                                                       \
    .mapping = "none: it forecasts a position, not who turns up", .proposed = "nobody",            \
    .needs = MST_FORECAST_NEEDS, .kind = MST_ALIGN_FORECAST, .threshold = (double)NAN

#endif

/** @file method.h
 * What methods of design have in common: the list of them, refusals, sizes.
 */
#ifndef MST_ANALYSIS_DESIGN_METHOD_H
#define MST_ANALYSIS_DESIGN_METHOD_H

#include "design/design.h"

#define MST_DESIGN(name) extern const mst_design_method mst_design_##name;
#include "design/list.def"
#undef MST_DESIGN

/** Writes the reason, cut to the room there is; false, so that a size can end with it. */
bool mst_refuse(char why[MST_DESIGN_WHY], const char *format, ...) MUSTER_PRINTF(2, 3);
/** The same for a fill: MUSTER_MISTAKE. */
muster_status mst_mistake(char why[MST_DESIGN_WHY], const char *format, ...) MUSTER_PRINTF(2, 3);

/** a b and a + b of numbers not below 0; INT64_MAX if that does not fit. */
int64_t mst_times(int64_t a, int64_t b);
int64_t mst_plus(int64_t a, int64_t b);

/** Levels of a column: 0 continuous. */
int32_t mst_levels(const mst_design_ask *ask, int32_t column);

/** How a message calls a factor: 'NAME', cut, or "factor 3". */
typedef struct mst_called {
    char text[48];
} mst_called;
mst_called mst_call(const mst_design_ask *ask, int32_t column);

/** Points that must be asked for: refuses fewer than least. */
bool mst_needs_points(const mst_design_ask *ask, int64_t least, char why[MST_DESIGN_WHY]);

/** Designs to choose from where making and judging one takes so many products of two numbers: as
 * many as asked for, else what some two seconds allow, 1 to 50. */
int32_t mst_tries(const mst_design_ask *ask, double products);

/** Room for count doubles; null where memory is short, also for more than can be addressed. */
double *mst_room(int64_t count);

#endif

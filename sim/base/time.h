/** @file time.h
 * What the library itself asks of the calendar; reading and writing of dates is public (muster/time.h).
 */
#ifndef MST_BASE_TIME_H
#define MST_BASE_TIME_H

#include "muster/time.h"

/** Month of a time in UTC, 0 (January) to 11; any time but MUSTER_NEVER. Allocates nothing. */
int32_t mst_time_month(muster_time at);

#endif

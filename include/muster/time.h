/**
 * @file time.h
 * Time as an integer count of microseconds since 1970-01-01T00:00Z, without leap seconds.
 *
 * Equal times are exactly equal and periodic events do not drift. All times are UTC inside;
 * a zone is an offset in minutes that is only used to read and to print.
 */
#ifndef MUSTER_TIME_H
#define MUSTER_TIME_H

#include "muster/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef int64_t muster_time; /**< microseconds since 1970-01-01T00:00Z, or a duration */

#define MUSTER_SECOND ((muster_time)1000000) /**< a second, as a duration  */
#define MUSTER_MINUTE (60 * MUSTER_SECOND)   /**< a minute                 */
#define MUSTER_HOUR (60 * MUSTER_MINUTE)     /**< an hour                  */
#define MUSTER_DAY (24 * MUSTER_HOUR)        /**< 24 hours                 */
#define MUSTER_NEVER INT64_MAX               /**< a time that does not come */

/** Size of a buffer that holds every text written by this header, final zero included. */
#define MUSTER_TIME_TEXT 40

/** A dated fact: [from, until]. A moment has from == until; a bare date is a whole day. */
typedef struct muster_interval {
    muster_time from;  /**< MUSTER_NEVER: no date is given */
    muster_time until; /**< not before from                */
    int32_t zone_min;  /**< offset from UTC in which it was written, minutes, -840..840 */
} muster_interval;

/**
 * Reads "2023-07-15T09:45+08:00", "...Z", with seconds or without; or a bare date with a zone,
 * "2023-07-16+08:00", which means that whole day there; "2023-07-16" alone uses @p zone_min.
 *
 * @param[in]  text      UTF-8, years 1800..2200
 * @param[in]  zone_min  zone of a text that names none, minutes
 * @param[out] out       untouched unless true is returned
 * @return true when the whole text was understood
 */
MUSTER_API bool muster_time_read(const char *text, int32_t zone_min, muster_interval *out);

/**
 * Reads "72 h", "1.5 d", "30 min", "90 s" (number, blank, unit; may be negative).
 *
 * @param[in]  text  UTF-8
 * @param[out] out   untouched unless true is returned
 * @return true when the whole text was understood
 */
MUSTER_API bool muster_duration_read(const char *text, muster_time *out);

/**
 * Writes "2023-07-15 01:45Z" or, zone not 0, "2023-07-15 09:45+08:00"; minutes rounded down.
 *
 * @param[in]  time      a moment
 * @param[in]  zone_min  offset of the zone from UTC, minutes
 * @param[out] out       takes the text
 * @return out
 */
MUSTER_API const char *muster_time_write(muster_time time, int32_t zone_min,
                                         char out[MUSTER_TIME_TEXT]);

/**
 * Writes ISO 8601 in UTC to the second, "2023-07-15T01:45:00Z", with microseconds if any.
 *
 * @param[in]  time  a moment
 * @param[out] out   takes the text
 * @return out
 */
MUSTER_API const char *muster_time_write_iso(muster_time time, char out[MUSTER_TIME_TEXT]);

/**
 * Writes a duration for people: "38 h 15 min", "2 h", "45 min", "20 s", "-3 h".
 *
 * @param[in]  duration  may be negative
 * @param[out] out       takes the text
 * @return out
 */
MUSTER_API const char *muster_duration_write(muster_time duration, char out[MUSTER_TIME_TEXT]);

/**
 * Duration as a real number.
 *
 * @param[in] duration  any
 * @return hours
 */
static inline double muster_hours(muster_time duration)
{
    return (double)duration / (double)MUSTER_HOUR;
}

/**
 * Seconds to microseconds, rounded up so that no effect precedes its cause.
 *
 * @param[in] seconds  finite, |seconds| < 9e12
 * @return the duration
 */
MUSTER_API muster_time muster_time_from_seconds(double seconds);

#ifdef __cplusplus
}
#endif
#endif

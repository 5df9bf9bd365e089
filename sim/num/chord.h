/** @file chord.h
 * Range checks of one place against many that sail on great circles: no trigonometry, one loop
 * without a branch over arrays by field, which compilers turn into vector code.
 *
 * A course is p(t) = o cos(w (t - since)) + d sin(w (t - since)) on the unit sphere, o and d unit
 * vectors at right angles, w in rad/s. Angles sailed on one course stay below MST_COURSE_ARC_RAD:
 * sine and cosine are the first terms of their series, which leave out less than 3 mm (1 mm up to 49 km).
 * A range is held against the square of the chord: chord < 2 sin(range / 2R) on the mean sphere.
 */
#ifndef MST_NUM_CHORD_H
#define MST_NUM_CHORD_H

#include "muster/geo.h"

#include <math.h>
#include <stdint.h>
#ifdef __SSE2__ /* of the compiler; elsewhere the same in plain C */
#include <emmintrin.h>
#endif

/** Mean radius (2a + b)/3 of WGS84 (Moritz, "Geodetic Reference System 1980"), as in track.h. */
#define MST_CHORD_RADIUS_M 6371008.7714

/** Longest arc of one course: 63 km. */
#define MST_COURSE_ARC_RAD 0.01

/** Fields of a course; courses are a matrix of MST_COURSE_FIELDS rows of `stride` columns. */
enum {
    MST_COURSE_ORIGIN,        /* 3 rows */
    MST_COURSE_DIRECTION = 3, /* 3 rows */
    MST_COURSE_SINCE_S = 6,   /* on any clock            */
    MST_COURSE_RATE_RADPS,    /* 0 or above: speed / R   */
    MST_COURSE_FIELDS
};

/* a - a^3/6 and a^2/2: at .01 rad the rest is 8.3e-13 and 4.2e-10, .005 mm and 2.7 mm. */
static inline double mst_small_sin(double a)
{
    return a - a * a * a * (1.0 / 6.0);
}

static inline double mst_small_versine(double a)
{
    return 0.5 * (a * a);
}

/** Sine and cosine of a share of a whole turn, 0 to 1, by their series within an eighth of a turn of an
 * axis: within 3e-14, without libm and without a branch. */
static inline void mst_turn(double share, double *out_sine, double *out_cosine)
{
    static const double sign[4] = {1.0, 1.0, -1.0, -1.0};
    const int32_t axis = (int32_t)(4.0 * share + 0.5); /* 0 to 4 */
    const double a = (share - 0.25 * axis) * 6.283185307179586, q = a * a;
    const double sine_sum =
        1.0 / 120.0 - q * (1.0 / 5040.0 - q * (1.0 / 362880.0 -
                                               q * (1.0 / 39916800.0 - q * (1.0 / 6227020800.0))));
    const double cosine_sum =
        1.0 / 24.0 -
        q * (1.0 / 720.0 -
             q * (1.0 / 40320.0 -
                  q * (1.0 / 3628800.0 - q * (1.0 / 479001600.0 - q * (1.0 / 87178291200.0)))));
    const double part[2] = {a - a * q * (1.0 / 6.0 - q * sine_sum),
                            1.0 - q * (0.5 - q * cosine_sum)};
    *out_sine = sign[axis & 3] * part[axis & 1];
    *out_cosine = sign[(axis + 1) & 3] * part[~axis & 1];
}

static inline void mst_unit_vector(muster_point point, double out[3])
{
    const double lat = point.lat_deg * 0.017453292519943295;
    const double lon = point.lon_deg * 0.017453292519943295;
    out[0] = cos(lat) * cos(lon);
    out[1] = cos(lat) * sin(lon);
    out[2] = sin(lat);
}

/** Square of the chord that belongs to a range on the mean sphere, 0 to half the circumference. */
static inline double mst_chord2_of_range(double range_m)
{
    const double chord = 2.0 * sin(range_m / (2.0 * MST_CHORD_RADIUS_M));
    return chord * chord;
}

/** And back: metres on the mean sphere; for reports, not for checks. */
static inline double mst_range_of_chord2_m(double chord2)
{
    return 2.0 * MST_CHORD_RADIUS_M * asin(fmin(1.0, 0.5 * sqrt(chord2)));
}

/** Where course `index` is at at_s, as a unit vector. */
static inline void mst_course_place(const double *course, int32_t stride, int32_t index,
                                    double at_s, double out[3])
{
    const double *c = course + index;
    const double angle =
        c[MST_COURSE_RATE_RADPS * stride] * (at_s - c[MST_COURSE_SINCE_S * stride]);
    const double sine = mst_small_sin(angle), versine = mst_small_versine(angle);
    for (int32_t k = 0; k < 3; k++) {
        const double o = c[(MST_COURSE_ORIGIN + k) * stride];
        out[k] = o + (c[(MST_COURSE_DIRECTION + k) * stride] * sine - o * versine);
    }
}

/** Squares of the chords at at_s from a place (unit vector) to `count` courses from `first` on.
 * out: count values, no part of the matrix. */
static inline void mst_course_chords2(const double *course, int32_t stride, int32_t first,
                                      int32_t count, double at_s, const double from[3],
                                      double *restrict out)
{
    const double *ox = course + first, *oy = ox + stride, *oz = oy + stride;
    const double *dx = oz + stride, *dy = dx + stride, *dz = dy + stride;
    const double *since_s = dz + stride, *rate = since_s + stride;
    const double px = from[0], py = from[1], pz = from[2];
    for (int32_t i = 0; i < count; i++) {
        const double angle = rate[i] * (at_s - since_s[i]);
        const double sine = mst_small_sin(angle), cosine = 1.0 - mst_small_versine(angle);
        const double x = ox[i] * cosine + (dx[i] * sine - px);
        const double y = oy[i] * cosine + (dy[i] * sine - py);
        const double z = oz[i] * cosine + (dz[i] * sine - pz);
        out[i] = x * x + y * y + z * z;
    }
}

/** Bit i is set where value i lies below the limit; count 0 to 64. No branch: which they are cannot be
 * guessed. */
static inline uint64_t mst_below(const double *value, int32_t count, double limit)
{
    uint64_t mask = 0;
    int32_t i = 0;
#ifdef __SSE2__
    const __m128d two_limits = _mm_set1_pd(limit);
    for (; i + 2 <= count; i += 2)
        mask |= (uint64_t)_mm_movemask_pd(_mm_cmplt_pd(_mm_loadu_pd(value + i), two_limits)) << i;
#endif
    for (; i < count; i++)
        mask |= (uint64_t)(value[i] < limit) << i;
    return mask;
}

#endif

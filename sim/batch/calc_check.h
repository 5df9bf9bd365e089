/** @file calc_check.h
 * What may go into the slide rule and what may come out of it: every input and every answer of
 * muster_calc_* passes here.
 */
#ifndef MST_BATCH_CALC_CHECK_H
#define MST_BATCH_CALC_CHECK_H

#include "model/fields.h"
#include "muster/calc.h"

/** Inputs that are no figure of a class. */
typedef enum mst_calc_input {
    MST_CALC_SPEED,     /* m/s                    */
    MST_CALC_WAY_SPEED, /* m/s, above 0           */
    MST_CALC_LIMIT,     /* m/s, above 0           */
    MST_CALC_STAY,      /* s                      */
    MST_CALC_DISTANCE,  /* m                      */
    MST_CALC_LATITUDE,  /* degrees                */
    MST_CALC_LONGITUDE, /* degrees, two turns     */
    MST_CALC_TIME,      /* us, as a real number   */
} mst_calc_input;

/** All return false with *reason when it does not hold; NaN holds nowhere. */
bool mst_calc_holds(mst_calc_input input, double value, const char **reason);

/** Every real number and duration of these rows that is given lies within its bounds. */
bool mst_calc_figures_hold(const muster_field *rows, const void *item, const char **reason);

/** The words for a figure of that key. */
const char *mst_calc_refusal(const char *key);

/** A number as an answer: finite. */
bool mst_calc_answer(double value, double *out, const char **reason);

/** A time as an answer: so many seconds after another (negative: before), rounded up. */
bool mst_calc_answer_time(muster_time from, double seconds, muster_time *out, const char **reason);

#endif

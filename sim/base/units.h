/** @file units.h
 * The only place with conversion factors: suffixes of scenario keys to SI.
 */
#ifndef MST_BASE_UNITS_H
#define MST_BASE_UNITS_H

#include "muster/base.h"

typedef enum mst_quantity {
    MST_NONE = 0,   /* a plain number, fraction or count; no suffix             */
    MST_LENGTH,     /* m:  _nm _km _m                                            */
    MST_SPEED,      /* m/s: _kn _kmh _mps                                        */
    MST_MASS,       /* kg: _t _kg                                                */
    MST_DURATION,   /* s:  _h _min _s                                            */
    MST_ANGLE,      /* degrees stay degrees: _deg                                */
    MST_POWER,      /* W:  _mw _kw                                               */
    MST_MASS_RATE,  /* kg/s: _t_per_h _kg_per_h _t_per_day                       */
    MST_CONSUMPTION /* kg/m: _kg_per_nm                                          */
} mst_quantity;

typedef struct mst_unit_suffix {
    const char *suffix; /* with its underscore: "_kn"     */
    const char *symbol; /* as printed: "kn"               */
    mst_quantity quantity;
    double si; /* value in SI = value * si       */
} mst_unit_suffix;

/** All registered suffixes, longest first; ends with a null suffix. */
extern const mst_unit_suffix mst_unit_suffixes[];

/** The suffix of @p key that belongs to @p quantity, or null. *out_stem_length: key before it. */
const mst_unit_suffix *mst_unit_of_key(const char *key, mst_quantity quantity,
                                       size_t *out_stem_length);

#define MST_KN_MPS (1852.0 / 3600.0)
#define MST_T_KG 1000.0
#define MST_H_S 3600.0

static inline double sq(double x)
{
    return x * x;
}
static inline double cube(double x)
{
    return x * x * x;
}

#endif

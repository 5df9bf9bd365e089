#include "base/units.h"

#include <string.h>

/* Longest first, so that the first suffix that fits is the whole unit: "_t_per_h" is no "_h". */
const mst_unit_suffix mst_unit_suffixes[] = {
    {"_kg_per_nm", "kg/nm", MST_CONSUMPTION, 1.0 / 1852.0},
    {"_t_per_day", "t/day", MST_MASS_RATE, MST_T_KG / 86400.0},
    {"_kg_per_h", "kg/h", MST_MASS_RATE, 1.0 / MST_H_S},
    {"_t_per_h", "t/h", MST_MASS_RATE, MST_T_KG / MST_H_S},
    {"_kmh", "km/h", MST_SPEED, 1000.0 / MST_H_S},
    {"_mps", "m/s", MST_SPEED, 1.0},
    {"_min", "min", MST_DURATION, 60.0},
    {"_deg", "deg", MST_ANGLE, 1.0},
    {"_nm", "nm", MST_LENGTH, 1852.0},
    {"_km", "km", MST_LENGTH, 1000.0},
    {"_kn", "kn", MST_SPEED, MST_KN_MPS},
    {"_kg", "kg", MST_MASS, 1.0},
    {"_mw", "MW", MST_POWER, 1e6},
    {"_kw", "kW", MST_POWER, 1e3},
    {"_m", "m", MST_LENGTH, 1.0},
    {"_t", "t", MST_MASS, MST_T_KG},
    {"_h", "h", MST_DURATION, MST_H_S},
    {"_s", "s", MST_DURATION, 1.0},
    {NULL, NULL, MST_NONE, 0.0},
};

const mst_unit_suffix *mst_unit_of_key(const char *key, mst_quantity quantity,
                                       size_t *out_stem_length)
{
    const size_t length = strlen(key);
    for (const mst_unit_suffix *unit = mst_unit_suffixes; unit->suffix; unit++) {
        const size_t suffix_length = strlen(unit->suffix);
        if (suffix_length < length && strcmp(key + length - suffix_length, unit->suffix) == 0) {
            if (unit->quantity != quantity) {
                return NULL;
            }
            *out_stem_length = length - suffix_length;
            return unit;
        }
    }
    return NULL;
}

/** @file symbol.h
 * What a unit is drawn as: one word, and a code of APP-6 (MIL-STD-2525D), by the type and the roles of
 * its class. The only table of this kind.
 */
#ifndef MST_TELL_SYMBOL_H
#define MST_TELL_SYMBOL_H

#include "model/spec.h"

typedef struct mst_symbol {
    const char *word;   /* "destroyer"; "patrol" is a ship or an aircraft, by the unit's domain */
    const char *set;    /* two digits: 30 sea surface, 35 subsurface, 01 air                    */
    const char *entity; /* six digits of that set                                               */
} mst_symbol;

/** The symbol of a class, or of a unit by its figures (mst_unit_figures). Never null: by type, else by
 * role, else the commonest of its craft. */
const mst_symbol *mst_symbol_of(const mst_class_def *figures);

enum { MST_SIDC_BYTES = 21 };

/** The code of 20 digits: version 10, context 1 (exercise), identity by the part in the drill: 3 (friend)
 * who takes part, 4 (neutral) who does not. */
const char *mst_symbol_code(const mst_symbol *symbol, bool takes_part, char out[MST_SIDC_BYTES]);

#endif

/** @file item.h
 * The small structs that values of a field table are stored in, and the facts beside them.
 */
#ifndef MST_MODEL_ITEM_H
#define MST_MODEL_ITEM_H

#include "base/diag.h"
#include "base/list.h"
#include "muster/field.h"
#include "muster/geo.h"
#include "muster/time.h"

#include <string.h>

typedef muster_item mst_item;

/** A reference by id; index is set by mst_spec_finish, -1 before or when dangling. */
typedef struct mst_ref {
    const char *id; /* null: not given */
    int32_t index;
    mst_place place;
} mst_ref;

/** One entry of a NUMBERS group, for instance an attribute of a state. */
typedef struct mst_number {
    const char *name;
    double value;
    mst_place place;
    const char *source;
    const char *says; /* words beside the figure, or null */
    muster_confidence confidence;
    bool is_sum; /* of entries of a ledger and of `own`, as long as no change has set it */
    double own;  /* what the file gave beside them; NaN: nothing */
} mst_number;

/** A plug-in named in a file, with the struct its own rows were read into. */
struct mst_activity_type;
typedef struct mst_plugin {
    const char *name;                     /* null: not given                  */
    const struct mst_activity_type *type; /* null: unknown (already reported) */
    void *spec;                           /* type->spec_bytes, zeroed then read */
    mst_place place;
} mst_plugin;

/** A figure as it was given: where, from whom, how sure. One a figure, in order of reading. */
typedef struct mst_fact {
    const char *path;        /* units.najin-531.fuel_frac                                */
    const muster_field *row; /* null for an entry of NUMBERS                             */
    const char *written;     /* value as text with its unit, "0.1", "18 t"               */
    const char *source;      /* own, else of the nearest group round it that has one     */
    const char *note;
    mst_place place;
    muster_confidence confidence;
    bool plain; /* needs no source                                          */
    bool has_known_by;
    muster_time known_by; /* when those who decide could know it, if it says so           */
} mst_fact;

#define MST_INT_NONE INT64_MIN

/** True if two names are one. Most that are not differ in their first letter, and cost no call. */
static inline bool mst_same_name(const char *a, const char *b)
{
    return *a == *b && strcmp(a, b) == 0;
}

#endif

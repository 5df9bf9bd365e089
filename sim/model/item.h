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

/** How sure a figure is. Without a word: MST_STATED if it has a source, else MST_UNSOURCED. */
typedef enum mst_confidence {
    MST_UNSOURCED, /* no source and no word                                 */
    MST_STATED,    /* has a source, no word about how sure                  */
    MST_HIGH,
    MST_MEDIUM,
    MST_LOW,
    MST_ESTIMATED, /* made by a rule from other figures                     */
    MST_ASSUMED    /* confidence = "assumed", source = "assumed", a default */
} mst_confidence;

/** Every struct that stands for a group of a file begins with one of these. */
typedef struct mst_item {
    const char *id;     /* of a table item; null in a list or group            */
    mst_place place;    /* of the group's opening, line 0: made by the program */
    const char *source; /* of the figures in it, or null                       */
    const char *note;   /* free words, or null                                 */
    mst_confidence confidence;
    const char *like; /* id of the item it inherits from, or null            */
} mst_item;

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
    mst_confidence confidence;
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
    mst_confidence confidence;
    bool plain; /* needs no source                                          */
    bool has_known_by;
    muster_time known_by; /* when those who decide could know it, if it says so           */
} mst_fact;

#define MST_INT_NONE INT64_MIN

#endif

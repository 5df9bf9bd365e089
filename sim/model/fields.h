/** @file fields.h
 * What can be done with any struct that a field table describes, without knowing it.
 */
#ifndef MST_MODEL_FIELDS_H
#define MST_MODEL_FIELDS_H

#include "model/spec.h"

/** Sets every value of one item to its "not given". The item header is left alone. */
void mst_fields_blank(const muster_field *rows, void *item);

/** Copies what `child` lacks from `parent` (both of these rows), groups included. */
void mst_fields_inherit(const muster_field *rows, void *child, const void *parent);

/** Fills the fallbacks of what is still not given, groups included. */
void mst_fields_default(const muster_field *rows, void *item);

/** True if the value of this row in this item is given. */
bool mst_fields_given(const muster_field *row, const void *item);

/** The row of @p key among rows (inline parts included; another suffix of the same quantity is
 * accepted), and where its value lies: *inout_item is moved into an inline part if need be.
 * *out_si: factor from the written number to SI (1 when unitless). Null when there is none. */
const muster_field *mst_fields_find(const muster_field *rows, const char *key, void **inout_item,
                                    double *out_si);

/** All keys that may stand there, for suggestions; returns the number written (<= capacity). */
int32_t mst_fields_keys(const muster_field *rows, const char **out, int32_t capacity);

/** Factor from the row's canonical unit to SI. */
double mst_field_si(const muster_field *row);

/** A place in a spec that a path names. */
typedef struct mst_spot {
    const muster_field *row; /* row of the value; for an entry of NUMBERS the row of the group */
    void *value;             /* the value itself; for NUMBERS the mst_list                      */
    const char *number;      /* name of the entry when row is NUMBERS, in the arena             */
    double si;               /* factor from the written number to SI                            */
    void *item;              /* the item that holds the value                                   */
} mst_spot;

/**
 * Finds what a path of the change language names: `units.najin-531.fuel_frac`,
 * `drills.d.slots[1].count`, `states.PRK.attributes.autonomy`.
 * @return false with one diagnostic ("no unit 'x' (did you mean 'y'?)") when it names nothing.
 */
bool mst_spec_locate(mst_spec *spec, mst_arena *arena, const char *path, mst_place place,
                     muster_diags *diags, mst_spot *out);

/** The value in force at a spot, as text with its unit, whether it stands there, is inherited or a
 * default; "not given" where there is none. Static, or in the arena. */
const char *mst_spot_in_force(mst_spec *spec, mst_arena *arena, const char *path,
                              const mst_spot *spot);

/** A typed value on its way into a spot; which member counts follows from the row's kind. */
typedef struct mst_value {
    double real;            /* REAL in SI, entry of NUMBERS            */
    int64_t whole;          /* INT, BOOL, CHOICE, DURATION             */
    const char *text;       /* TEXT, REFERENCE (id)                    */
    muster_interval moment; /* MOMENT                                  */
    mst_list list;          /* TEXTS, REFERENCES, POINTS               */
} mst_value;

/** A change ready to be made: one line of the change language, understood and typed. */
typedef struct mst_change {
    const char *line; /* as written: "units.x.fuel_frac = 0.5"     */
    const char *path;
    const char *written;  /* the new value as text                     */
    const char *before;   /* the value it replaces, as text with unit  */
    const char *origin;   /* "variant fuel-granted", "--set", "timeline", ... */
    bool yields_to_dated; /* a dated event of the same path wins over it */
    bool is_of_point;     /* of one of thousands: nobody will be told what it replaced */
    mst_place place;
    mst_value value;
} mst_change;

/**
 * Makes a change: checks range, choice and reference, stores it, notes the value it replaced in
 * change->before and adds a fact whose source is the change's origin.
 * @return false with a diagnostic when the value is not allowed there (nothing is changed).
 */
bool mst_spec_apply(mst_spec *spec, mst_arena *arena, mst_change *change, muster_diags *diags);

/** Range, choice and finiteness of one value against its row; diagnostics at place. */
bool mst_field_check(const muster_field *row, const mst_value *value, mst_place place,
                     const char *path, muster_diags *diags);

/** Bytes of a value that is copied whole; 0: groups, which are not. */
size_t mst_field_bytes(const muster_field *row);

/** A value as text in the row's canonical unit, for reports: "0.1", "18 t", "\"open\"". */
const char *mst_field_write(mst_arena *arena, const muster_field *row, const void *value);

/** Inheritance (`like`, with cycles reported), defaults and references, after reading and after
 * changes. May be called again. */
bool mst_spec_finish(mst_spec *spec, mst_arena *arena, muster_diags *diags);

/** The fact given for a path, or for what it inherits it from; null: a default stands. */
const mst_fact *mst_spec_fact(const mst_spec *spec, const char *path);

/** Item of a table by id, -1 when there is none. item_bytes as in the table's row. */
int32_t mst_table_find(const mst_list *table, size_t item_bytes, const char *id);

#endif

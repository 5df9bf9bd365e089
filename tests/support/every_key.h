/** @file every_key.h
 * Every figure, duration, date and point of the scenario's field tables, one after the other, with
 * where it stands: for tests that leave none out.
 */
#ifndef TEST_SUPPORT_EVERY_KEY_H
#define TEST_SUPPORT_EVERY_KEY_H

#include "model/spec.h"

enum { EVERY_KEY_PATH = 160, EVERY_KEY_TEXT = 1024 };

/** Where a key stands. */
typedef struct every_key {
    char generic[EVERY_KEY_PATH]; /* "drills.*.slots[].count": the same for every item      */
    char path[EVERY_KEY_PATH];    /* "drills.d.slots[1].count": of this item                  */
    char alone[EVERY_KEY_PATH];   /* its path in the text head, key, "= VALUE;", tail         */
    char key[EVERY_KEY_PATH];     /* as written                                               */
    char head[EVERY_KEY_TEXT], tail[EVERY_KEY_TEXT];
} every_key;

/** @param row of the value; for an entry of a group of figures the row of the group */
typedef void every_key_visit(const every_key *at, const muster_field *row);

/** Calls visit for each such key of each item that a spec has: those of a unit's class stand in the
 * unit too, those of an activity where it is used. */
void every_key_walk(const mst_spec *spec, every_key_visit *visit);

/** Different keys (by `generic`) that the tables hold, counted without any spec. */
int32_t every_key_count(void);

#endif

/** @file diag.h
 * The writing side of muster/diag.h.
 */
#ifndef MST_BASE_DIAG_H
#define MST_BASE_DIAG_H

#include "muster/diag.h"

typedef muster_place mst_place;

/**
 * Adds one entry. path and hint may be null. All texts are copied.
 * The list is kept sorted by file (in order of appearance) and line; a note stands right behind
 * the entry added before it. Words said already at that place are not said again.
 * A list that is null or out of memory swallows the entry but still counts an error.
 */
void mst_diag(muster_diags *diags, muster_severity severity, mst_place place, const char *path,
              const char *hint, const char *format, ...) MUSTER_PRINTF(6, 7);

/** Adds "out of memory" and returns MUSTER_WORLD. */
muster_status mst_diag_memory(muster_diags *diags);

/**
 * Adds the entries of one list to another (which may be null), those beyond the hundredth by their
 * number. Who must know whether something of its own went wrong fills a list of its own and passes
 * it on: the caller's may be null, or hold the same words already.
 */
void mst_diags_pass_on(const muster_diags *from, bool errors_only, muster_diags *to);

/** True if memory was short while the list was filled; also of a null list, which says nothing
 * else. */
bool mst_diags_lack_memory(const muster_diags *diags);

#endif

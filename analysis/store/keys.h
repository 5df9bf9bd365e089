/** @file keys.h
 * Keys of runs: which of those that are wanted a store does not have yet, in order of point and
 * replication.
 */
#ifndef MST_ANALYSIS_STORE_KEYS_H
#define MST_ANALYSIS_STORE_KEYS_H

#include "store/store.h"

typedef struct mst_keys {
    const muster_store *store;
    /** Replications that are wanted of each point; null: all of the experiment. */
    const int32_t *first, *last;
    /* inside */
    struct mst_stretch *have;         /* runs that are there */
    size_t have_count, have_room, at; /* at: of the point that comes next */
    int64_t point;                    /* next key */
    int32_t replication;
} mst_keys;

/** Looks which runs are there. Free with mst_keys_free, also after a failure. */
muster_status mst_keys_open(mst_keys *k, const muster_store *store, muster_diags *diags);
void mst_keys_free(mst_keys *k);

/** Wants other ones, from the first on. Those that were run meanwhile must not be among them. */
void mst_keys_want(mst_keys *k, const int32_t *first, const int32_t *last);

/** The next stretch of missing keys of the store's part, at most `most`; false: there is none. */
bool mst_keys_next(mst_keys *k, int32_t most, int64_t *point, int32_t *first, int32_t *count);

/** How many of those that are wanted are there, and are missing. Begins anew. */
void mst_keys_count(mst_keys *k, int64_t *had, int64_t *left);

#endif

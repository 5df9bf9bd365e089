/** @file keep.h
 * Texts and arrays that are freed together. One that once failed stays failed, so a long build may
 * check once at its end.
 */
#ifndef MST_ANALYSIS_BASE_KEEP_H
#define MST_ANALYSIS_BASE_KEEP_H

#include "muster/base.h"

typedef struct mst_keep {
    struct mst_kept *newest;
    bool failed;
} mst_keep;

/** Zeroed room for count items; null when memory is short. */
void *mst_keep_array(mst_keep *keep, size_t count, size_t bytes);
/** A copy; null for null, or when memory is short. */
const char *mst_keep_text(mst_keep *keep, const char *text);
const char *mst_keep_printf(mst_keep *keep, const char *format, ...) MUSTER_PRINTF(2, 3);
void mst_keep_clear(mst_keep *keep); /* leaves {0} */

#endif

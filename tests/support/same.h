/** @file same.h
 * Two runs that ought to be the same: the first event in which they are not.
 */
#ifndef TEST_SUPPORT_SAME_H
#define TEST_SUPPORT_SAME_H

#include "engine/run.h"

/** A finished run, copied: its records and its digest. Free with same_forget. */
typedef struct same_run {
    const mst_model *model;
    mst_record *record;
    int32_t record_count;
    uint64_t digest;
} same_run;

same_run same_keep(const mst_run *run);
void same_forget(same_run *kept);

/** Fails, after printing the first differing event of each, when records or digests differ. */
void same_assert(const same_run *expected, const same_run *actual, const char *what);

/** The same for runs of two models in which units and spots stand at other places: records of units
 * by id, without those of units that only the second one has. Indices of spots are not compared. */
void same_assert_by_id(const same_run *expected, const same_run *actual, const char *what);

#endif

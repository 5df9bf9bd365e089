/** @file told.h
 * Tables of drills from text to answers: a record as it is read, and its predictions as a table.
 */
#ifndef TEST_SUPPORT_TOLD_H
#define TEST_SUPPORT_TOLD_H

#include "batch/record.h"
#include "load/table.h"
#include "muster/muster.h"

#define HEAD "drill_id,series,start_date,end_date,lat_deg,lon_deg,domains,hosts,state,outcome\n"
enum { TABLES_MOST = 8 };

/* A record and its answers, read back as a table. */
typedef struct told {
    muster_diags *diags;
    muster_record *record;
    muster_status status;
    muster_record_table table[TABLES_MOST];
    int32_t count;
    muster_record_options options;
    mst_arena arena;
    mst_table answers;
} told;

/** A record of a table of drills, not read yet; texts are borrowed. */
told told_begin(const char *drills);
void told_add(told *t, muster_record_role role, const char *name, const char *text);

/** Reads it, and its predictions where that went well; told_end frees both. */
void told_read(told *t);
void told_end(told *t);

/** The same where a mistake fails the test. */
void told_must_read(told *t);

/** Field of the row of an answer; its score, NaN where it has none. */
const char *told_said(const told *t, const char *drill, const char *state, const char *model,
                      const char *column);
double told_score(const told *t, const char *drill, const char *state, const char *model);

#endif

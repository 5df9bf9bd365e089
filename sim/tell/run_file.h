/** @file run_file.h
 * How a JSON object becomes a struct: a table of rows, one a member.
 */
#ifndef MST_TELL_RUN_FILE_H
#define MST_TELL_RUN_FILE_H

#include "base/arena.h"
#include "muster/run_file.h"

typedef enum mst_member_kind {
    MST_MEMBER_END,
    MST_MEMBER_TEXT,    /* const char *; may be missing where is_optional                       */
    MST_MEMBER_TIME,    /* muster_time                                                          */
    MST_MEMBER_REAL,    /* double within low .. high                                            */
    MST_MEMBER_WHOLE,   /* int32_t within low .. high; missing: -1                              */
    MST_MEMBER_BOOL,    /* bool; missing: false                                                 */
    MST_MEMBER_ANSWER,  /* int32_t: 1, 0; null or missing: -1                                   */
    MST_MEMBER_PLACE,   /* muster_point: members lat_deg, lon_deg beside each other; key unused */
    MST_MEMBER_POINTS,  /* muster_point list of [longitude, latitude]                           */
    MST_MEMBER_NUMBERS, /* double list                                                          */
    MST_MEMBER_LIST,    /* list of structs                                                      */
    MST_MEMBER_VALUES   /* muster_run_outcome list: the values of every measure                 */
} mst_member_kind;

struct mst_members;

typedef struct mst_member {
    const char *key; /* a dot leads into an object: "scenario.id" */
    mst_member_kind kind;
    bool is_optional; /* may be missing or null */
    size_t offset, count_offset;
    double low, high;
    const struct mst_members *of; /* LIST */
} mst_member;

typedef struct mst_members {
    const mst_member *row; /* ends with kind END */
    size_t bytes;          /* of the struct      */
} mst_members;

extern const mst_members mst_run_file_members; /* of muster_run_file */

typedef struct mst_run_reader {
    mst_arena *arena;
    muster_diags *diags;
    const char *name;
    int64_t faults;
} mst_run_reader;

/** Where it stands in the document; lives on the stack. */
typedef struct mst_run_where {
    const struct mst_run_where *up;
    const char *key;
    int32_t index; /* -1: not in a list */
} mst_run_where;

/** Notes what is wrong with a member (key may be null: of the place itself). */
void mst_run_fault(mst_run_reader *r, const mst_run_where *at, const char *key, const char *wanted);

/** What no table can say; finds the end of the run (run_file_check.c). */
void mst_run_file_check(mst_run_reader *r, muster_run_file *run);

#endif

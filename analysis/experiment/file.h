/** @file file.h
 * What stands in an experiment file, as its field table reads it (muster/field.h).
 */
#ifndef MST_ANALYSIS_EXPERIMENT_FILE_H
#define MST_ANALYSIS_EXPERIMENT_FILE_H

#include "muster/experiment.h"

typedef struct mst_file_head {
    muster_item item;
    const char *id, *title, *shows, *scenario, *variant;
    muster_list set; /* const char *: lines */
} mst_file_head;

typedef struct mst_file_method {
    muster_item item;
    const char *name;
    int64_t points, grid_levels, trajectories, stacks, centre_points, tries, seed;
    int32_t second_order, luck, midpoints;
    const char *criterion;
} mst_file_method;

typedef struct mst_file_runs {
    muster_item item;
    int64_t replications, seed;
} mst_file_runs;

typedef struct mst_file_select {
    muster_item item;
    int32_t by;     /* muster_select_kind - 1, -1: not given */
    int32_t prefer; /* 0: more, 1: less, -1: not given */
    const char *measure;
    double worth, level;
    int64_t first, step, most, budget;
} mst_file_select;

typedef struct mst_file_factor {
    muster_item item;
    const char *lever, *path, *label, *unit, *dist;
    int32_t role; /* muster_factor_role, -1: not given */
    double min, max;
    int64_t steps, decimals;
    muster_list levels; /* const char *: values */
    muster_list with;   /* const char *: paths or lines */
} mst_file_factor;

typedef struct mst_file_point {
    muster_item item;
    const char *label, *variant;
    muster_list set; /* const char *: lines */
} mst_file_point;

typedef struct mst_file {
    muster_item item;
    mst_file_head head;
    mst_file_method method;
    mst_file_runs runs;
    mst_file_select select;
    muster_list factors;  /* mst_file_factor */
    muster_list points;   /* mst_file_point  */
    muster_list measures; /* const char *   */
} mst_file;

/** Item i of a list of structs of a type. */
#define MST_ITEM(type, list, i) (&((const type *)(list)->item)[i])

#endif

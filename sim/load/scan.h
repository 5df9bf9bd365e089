/** @file scan.h
 * A look at the bytes of one file before libconfig sees them: where its include lines are, and
 * what libconfig would take wrongly without a word.
 */
#ifndef MST_LOAD_SCAN_H
#define MST_LOAD_SCAN_H

#include "base/diag.h"

enum {
    MST_SCAN_DEPTH = 64,      /* of { ( [ inside each other                               */
    MST_SCAN_SETTINGS = 20000 /* in one group; libconfig compares each with all before it */
};

/** Nesting, which goes on from file to file. */
typedef struct mst_scan {
    int32_t depth;
    int32_t settings[MST_SCAN_DEPTH + 1]; /* at each depth, in the group that is open there */
} mst_scan;

typedef enum mst_scan_found {
    MST_SCAN_END,     /* of the bytes                             */
    MST_SCAN_INCLUDE, /* an include line, see mst_scan_step       */
    MST_SCAN_MISTAKE  /* message and line are set                 */
} mst_scan_found;

/** One step through a file. */
typedef struct mst_scan_step {
    size_t at;                /* in: where to go on; out: behind what was found */
    int32_t line;             /* in and out: line of `at`                       */
    size_t line_start;        /* of an include line                             */
    size_t name, name_length; /* what it includes                             */
    int32_t found_line;       /* of the include or mistake                      */
    const char *message, *hint;
} mst_scan_step;

/** Goes on through bytes (valid UTF-8 without control characters) up to the next finding. */
mst_scan_found mst_scan_next(mst_scan *scan, const char *bytes, size_t length, mst_scan_step *step);

#endif

/** @file analyses.h
 * Analyses: one file and one line of list.def each. An analysis looks at the points of an experiment and
 * one figure of their runs, says whether it can be made of them, and fills a section of a document.
 */
#ifndef MST_ANALYSIS_ANALYSES_ANALYSES_H
#define MST_ANALYSIS_ANALYSES_ANALYSES_H

#include "analyses/data.h"
#include "muster/analyze.h"

/** Room for a sentence that says why not: what was found and what is needed. No full stop. */
enum { MST_WHY_BYTES = 200 };

typedef struct mst_analysis {
    const char *name;  /* "sobol"                                                      */
    const char *title; /* of its section, "Sobol indices"                              */
    const char *doc;   /* one sentence: what it tells                                  */
    const char *needs; /* of the design, in words                                      */
    bool is_usual;     /* made without being asked for, where it can be made           */
    /** Whether it can be made of these points; false: why not. */
    bool (*fits)(const mst_data *data, const muster_analyze_options *options,
                 char why[MST_WHY_BYTES]);
    /** Fills a section: sentences first (what was found, in plain words, with figures), then tables, then
     * plots. MUSTER_WORLD: memory is short. */
    muster_status (*tell)(const mst_data *data, const muster_analyze_options *options,
                          muster_section *section);
} mst_analysis;

/** In order of list.def; null behind the last. */
const mst_analysis *mst_analysis_at(int32_t index);

#endif

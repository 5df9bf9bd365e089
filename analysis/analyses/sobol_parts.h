/** @file sobol_parts.h
 * Parts of the analysis "sobol": the runs sorted into blocks, what was estimated, and its tellers.
 */
#ifndef MST_ANALYSIS_ANALYSES_SOBOL_PARTS_H
#define MST_ANALYSIS_ANALYSES_SOBOL_PARTS_H

#include "analyses/analyses.h"
#include "estimate/sobol.h"

/** Means over the replications of each point, in blocks; NaN where there is none. */
typedef struct mst_sobol_runs {
    mst_sobol_input in;
    double *value;    /* all blocks: a, b, those of ab, those of ba */
    int64_t *point;   /* of each of the values; -1: the design has none */
    int64_t missing;  /* such places                                */
    bool has_some_ba; /* but not of every factor: none is used      */
} mst_sobol_runs;

/** False: why not. Free with mst_sobol_runs_free either way. */
bool mst_sobol_runs_find(const mst_data *d, mst_sobol_runs *out, char why[MST_WHY_BYTES]);
void mst_sobol_runs_free(mst_sobol_runs *runs); /* leaves {0} */

/** What a factor does, by the intervals of its indices. */
typedef enum mst_sobol_verdict {
    MST_SOBOL_UNKNOWN,    /* nothing could be estimated                              */
    MST_SOBOL_NOTHING,    /* ST is 0                                                 */
    MST_SOBOL_NEXT_TO,    /* ST below 1 %, by its whole interval                     */
    MST_SOBOL_UNCLEAR,    /* neither S nor ST - S can be told from 0                 */
    MST_SOBOL_ALONE,      /* S can be told from 0, ST - S not                        */
    MST_SOBOL_BOTH,       /* both can                                                */
    MST_SOBOL_WITH_OTHERS /* ST - S alone                                           */
} mst_sobol_verdict;
mst_sobol_verdict mst_sobol_verdict_of(const mst_sobol_factor *f);

/** All that is told. */
typedef struct mst_sobol_found {
    const mst_data *data;
    const mst_sobol_runs *runs;
    mst_sobol_result all;
    mst_sobol_result prefix[MST_SOBOL_PREFIXES]; /* of the first rows; rows_used 0: not estimated */
    bool has_prefixes;
    int32_t *order; /* [factors] by falling ST */
    mst_noise noise;
    bool has_noise;      /* points have replications                    */
    int32_t least, most; /* replications of a point that has any        */
    int32_t replicates;  /* resamples behind the intervals              */
} mst_sobol_found;

/** As mst_analysis.tell. */
muster_status mst_sobol_say(const mst_sobol_found *f, muster_section *section);
void mst_sobol_warn_of_signs(const mst_sobol_found *f, muster_section *section);
void mst_sobol_warn_of_rows(const mst_sobol_found *f, muster_section *section);
/** How to read shares that no share can be, where there are any. */
void mst_sobol_say_beyond(const mst_sobol_found *f, muster_section *section);
/** False: memory is short. */
bool mst_sobol_draw(const mst_sobol_found *f, muster_section *section);

/** What people call a factor; the number of factors: chance. */
const char *mst_sobol_name(const mst_sobol_found *f, int32_t factor);

/** Whether what the factors leave may be chance besides interactions. */
bool mst_sobol_may_be_chance(const mst_sobol_found *f);
/** Is an estimate, or an end of its interval, below 0 or above 1 by more than a table rounds away? Of any? */
bool mst_sobol_is_beyond(const mst_bootstrapped *b);
bool mst_sobol_has_beyond(const mst_sobol_found *f);
/** An index that is 0 but for rounding, and of which resampling says nothing else. */
bool mst_sobol_is_nothing(const mst_bootstrapped *b);

#endif

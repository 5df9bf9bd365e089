/** @file map.h
 * The analysis "map": map_axes.c chooses two factors, map.c puts points together and draws, map_say.c has the
 * sentences.
 */
#ifndef MST_ANALYSIS_ANALYSES_MAP_H
#define MST_ANALYSIS_ANALYSES_MAP_H

#include "analyses/analyses.h"
#include "analyses/sample.h"

enum { MST_MAP_STAGES = 3 };

/** A stage of a decision, by its margin. */
typedef struct mst_map_stage {
    int32_t figure;
    bool takes_0;   /* it says yes at 0 and above, else above 0 alone: see mst_map_says_yes */
    double *margin; /* (places) */
    int32_t yes;    /* places   */
    int32_t alone;  /* places at which it alone says no */
} mst_map_stage;

typedef struct mst_map {
    const mst_data *data;
    mst_sample sample;
    int32_t axis[2];           /* inputs of the sample */
    bool is_chosen;            /* the axes were chosen: by their effects, or ... */
    bool are_levers;           /* ... as the two that are somebody's to choose    */
    int32_t places;            /* different pairs of values: points of one are put together */
    double *at[2];             /* (places) of each axis */
    double *value;             /* (places) means        */
    int32_t *points;           /* (places)              */
    int32_t *group;            /* (rows): their place   */
    bool is_grid, is_averaged; /* averaged: several points at every place */
    int32_t stages;
    mst_map_stage stage[MST_MAP_STAGES];
} mst_map;

/** Has the factor names? */
bool mst_map_is_name(const mst_data *d, int32_t factor);
/** There is nothing between the values of the factor but they are numbers: counts or steps. */
bool mst_map_is_whole(const mst_data *d, int32_t factor);
/** Different numbers among some. scratch: room for as many. */
int32_t mst_map_different(const double *value, int32_t count, double *scratch);
/** As mst_analysis.fits. */
bool mst_map_fits(const mst_data *d, const muster_analyze_options *o, char why[MST_WHY_BYTES]);
/** Chooses the axes. MUSTER_WORLD: memory is short. */
muster_status mst_map_find_axes(mst_map *m, const muster_analyze_options *o);

/** Does the stage say yes there, as the model decides? */
bool mst_map_says_yes(const mst_map_stage *s, int32_t place);
/** The stage in words. */
const char *mst_map_stage_words(const mst_map *m, int32_t s);
/** Are there cells along axis k, as nothing lies between its values? */
bool mst_map_is_cut(const mst_map *m, int k);
/** All sentences. */
void mst_map_say(const mst_map *m, muster_section *section);

#endif

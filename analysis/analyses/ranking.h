/** @file ranking.h
 * The analysis "ranking": ranking.c compares and makes table and plot, ranking_say.c the sentences,
 * ranking_select.c goes through a selection again and says what it concluded.
 */
#ifndef MST_ANALYSIS_ANALYSES_RANKING_H
#define MST_ANALYSIS_ANALYSES_RANKING_H

#include "analyses/analyses.h"
#include "analyses/phrase.h"
#include "estimate/rank.h"
#include "estimate/rank_stages.h"

typedef struct mst_view {
    const mst_data *d;
    int32_t points;
    mst_series *series; /* (points) */
    int32_t *order;     /* (points), the best first */
    bool more;          /* of it is better */
    bool is_named;      /* the point that others are held against was asked for */
    mst_rank rank;
    mst_stages stages; /* of a selection by this figure; {0} */
} mst_view;

/** Makes the looks of a selection again, as far as the runs go. False: memory is short. */
bool mst_ranking_replay(mst_view *v);
/** What became of a point in the selection, in a word or two. */
const char *mst_ranking_standing(const mst_view *v, int32_t point);
/** What the selection concluded, and what that is worth. */
void mst_ranking_say_selection(const mst_view *v, muster_section *section);

/** Has the point a value that is compared? Those that mst_is_thin are not. */
static inline bool mst_is_ranked(const mst_view *v, int32_t point)
{
    return v->series[point].count > 0 && v->d->cell[point].count > 0;
}

/** All sentences. */
void mst_ranking_say(const mst_view *v, muster_section *section);

/** A point in a sentence: "point 3", or its name in quotes. */
const char *mst_ranking_name(const mst_view *v, int32_t point, char out[80]);

/** Names of some points, the best first; the text belongs to out. */
const char *mst_ranking_names(const mst_view *v, const bool *is_meant, mst_listing *out);

#endif

/** @file unmoved.h
 * A decision that nothing moves: which of its stages stands in the way, so that an analysis which found nothing
 * says where to look.
 */
#ifndef MST_ANALYSIS_ANALYSES_UNMOVED_H
#define MST_ANALYSIS_ANALYSES_UNMOVED_H

#include "analyses/data.h"

/** Of participation and of P of joining, where they are the same at every point: at how many points each stage
 * says no, by its margin, and which margins are not there to tell. Says nothing of other figures.
 * @return MUSTER_OK; MUSTER_MISTAKE where the store is damaged; MUSTER_WORLD: memory is short */
muster_status mst_say_unmoved(const mst_data *d, muster_section *section);

#endif

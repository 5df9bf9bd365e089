/** @file cut.h
 * Lines and rings cut where they cross longitude 180, as maps want them.
 */
#ifndef MST_ANALYSIS_EXPORT_CUT_H
#define MST_ANALYSIS_EXPORT_CUT_H

#include "export/out.h"
#include "export/track.h"

/** The samples of a track with longitudes -180 .. 180, part after part. Each cut adds two samples of
 * one moment, one on either side; every part has at least two, a track of one sample as well. */
typedef struct mst_parts {
    mst_sample *sample; /* malloc */
    int32_t *part;      /* malloc: first sample of each part; part[part_count] = count */
    int32_t count, part_count, room, part_room;
    bool failed;
} mst_parts;

mst_parts mst_cut_track(const mst_track *track);
void mst_parts_clear(mst_parts *parts);

/** A ring, counter-clockwise, its last point the first again; longitudes -180 .. 180. */
typedef struct mst_ring {
    muster_point *point; /* malloc */
    int32_t count;
} mst_ring;

enum { MST_RINGS_MOST = 3 }; /* of an area less than a turn wide */

/** The corners of an area as rings, one on each side of longitude 180.
 * @return how many; 0: nothing is left of it; -1: memory is short */
int32_t mst_cut_ring(const muster_point *corner, int32_t count, mst_ring ring[MST_RINGS_MOST]);
void mst_rings_clear(mst_ring *ring, int32_t count);

/** The rings of an area; fewer than 1: there is nothing to write of it, and memory may have been short,
 * which the writer is told. */
int32_t mst_area_rings(const muster_run_area *area, mst_ring ring[MST_RINGS_MOST], mst_out *out);

/** Corners of an area: its own, or those of its circle. malloc; null: memory is short. */
muster_point *mst_area_corners(const muster_run_area *area, int32_t *count);

#endif

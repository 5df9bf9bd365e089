/** @file track.h
 * Where a ship or an aircraft is: samples between which a reader may go straight in longitude and
 * latitude, and fuel straight in time.
 */
#ifndef MST_ANALYSIS_EXPORT_TRACK_H
#define MST_ANALYSIS_EXPORT_TRACK_H

#include "muster/run_file.h"

/** Straight lines stay this near to the way that is meant, and moments of a line to their places. */
#define MST_TRACK_WITHIN_NM 0.5

typedef struct mst_sample {
    muster_time time;   /* whole milliseconds, always later than the one before */
    double lat_deg;     /* -90 .. 90                                            */
    double lon_deg;     /* goes on over 180: never further than half a turn from the one before */
    double fuel_kg;     /* NaN: not known                                       */
    double heading_deg; /* clockwise from north; at rest the last one           */
    double speed_mps;   /* from here on; NaN: not known                         */
    const char *doing;  /* kind of the leg, or: flying, on station, flying back */
} mst_sample;

typedef struct mst_track {
    mst_sample *sample; /* malloc */
    int32_t count, room;
    bool failed; /* memory was short */
    bool lacks;  /* a leg has no place or no way: an older program wrote the run file */
} mst_track;

mst_track mst_track_of_ship(const muster_run_file *run, const muster_run_unit *unit);
mst_track mst_track_of_sortie(const muster_run_file *run, const muster_run_sortie *s);
void mst_track_clear(mst_track *track);

/** Between two places of the unit sphere, by a share 0 .. 1 of the great circle. */
muster_point mst_track_between(muster_point from, muster_point to, double share);

#endif

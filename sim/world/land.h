/** @file land.h
 * Land as polygons: decoding our compact form and asking what is land.
 *
 * Immutable after mst_land_open; shared by threads. Longitudes are continuous, 90..235 for the
 * shipped extract (90 E to 125 W), latitudes -50..75.
 */
#ifndef MST_WORLD_LAND_H
#define MST_WORLD_LAND_H

#include "base/diag.h"
#include "muster/geo.h"

typedef struct mst_land mst_land;

/** The extract built into the library (Natural Earth 1:10m; see sim/world/README.md); no bytes where it
 * is built without, for a page that brings its own. */
extern const unsigned char mst_land_bytes[];
extern const size_t mst_land_byte_count;

/** Decodes the compact form; any bytes are safe. Error: one diagnostic, MUSTER_MISTAKE. */
muster_status mst_land_open(const void *bytes, size_t byte_count, const muster_memory *memory,
                            muster_diags *diags, mst_land **out);
/** The part inside a box (cut to the land's own), in the form that mst_land_open reads; released with
 * mst_memory_free. Nothing inside the box is moved or left out. */
muster_status mst_land_crop(const mst_land *land, double west, double east, double south,
                            double north, const muster_memory *memory, muster_diags *diags,
                            unsigned char **out, size_t *out_count);

void mst_land_free(mst_land *land);

/** FNV-1a of the bytes it was opened from. */
uint64_t mst_land_hash(const mst_land *land);

/** The box it covers: west < east (continuous longitudes), south < north. */
void mst_land_box(const mst_land *land, double *west, double *east, double *south, double *north);

bool mst_land_covers(const mst_land *land, muster_point point);
bool mst_land_is_land(const mst_land *land, muster_point point); /* false outside the box */

/** True if the straight segment (in longitude and latitude) touches land. */
bool mst_land_blocks(const mst_land *land, muster_point a, muster_point b);

/** Distance in metres to the nearest land, not looked for beyond limit_m (then limit_m). */
double mst_land_distance_m(const mst_land *land, muster_point point, double limit_m);

/** Rings for drawing: count, and the points of ring i (borrowed). */
int32_t mst_land_ring_count(const mst_land *land);
const muster_point *mst_land_ring(const mst_land *land, int32_t ring, int32_t *out_point_count);

#endif

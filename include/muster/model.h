/**
 * @file model.h
 * A compiled scenario: constant, in memory of its own, shared by any number of runs and threads.
 *
 *     scenario --routes--> route book --compile--> model
 *
 * The route book depends on nothing but points, gates, areas to avoid, offing and land. It is
 * immutable and may serve every model whose geography is the same (muster_routes_fit tells), so
 * that a change of anything else costs no new route.
 *
 * Lifetimes: a scenario and its routes must outlive the models made of them; land must outlive
 * routes.
 */
#ifndef MUSTER_MODEL_H
#define MUSTER_MODEL_H

#include "muster/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct muster_land muster_land;     /**< land as polygons                 */
typedef struct muster_routes muster_routes; /**< route book of one geography      */
typedef struct muster_model muster_model;   /**< compiled scenario                */

/**
 * Land from its compact form.
 *
 * @param[in]  bytes       null: the extract built in
 * @param[in]  byte_count  their number
 * @param[in]  memory      where memory comes from; null: malloc and free
 * @param[in]  diags       takes what is wrong; may be null
 * @param[out] out         owned by the caller, muster_land_free; null on failure; keeps nothing of
 *                         bytes
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_land_open(const void *bytes, size_t byte_count,
                                          const muster_memory *memory, muster_diags *diags,
                                          muster_land **out);

/**
 * The part of land inside a box, in the form that muster_land_open reads: what a page needs of it. Rings
 * are closed along the edges of the box; inside it nothing is moved or left out.
 *
 * @param[in]  land    the whole
 * @param[in]  west    degrees, continuous: 170 to 200 passes the antimeridian; the box is cut to that of
 *                     the land
 * @param[in]  east    degrees, above west
 * @param[in]  south   degrees
 * @param[in]  north   degrees, above south
 * @param[in]  memory  where memory comes from; null: malloc and free
 * @param[in]  diags   takes what is wrong; may be null
 * @param[out] bytes   given back with muster_bytes_free; null on failure
 * @param[out] count   their number
 * @return MUSTER_OK; MUSTER_MISTAKE where the box is empty or not of the land; MUSTER_WORLD
 */
MUSTER_API muster_status muster_land_crop(const muster_land *land, double west, double east,
                                          double south, double north, const muster_memory *memory,
                                          muster_diags *diags, unsigned char **bytes,
                                          size_t *count);

/**
 * Frees land.
 *
 * @param[in] land  may be null
 */
MUSTER_API void muster_land_free(muster_land *land);

/**
 * Finds all routes of a scenario. Of one with mistakes only the places are looked at.
 *
 * @param[in]  scenario  whose places are connected
 * @param[in]  land      must outlive the routes
 * @param[in]  memory    where memory comes from; null: malloc and free
 * @param[in]  diags     takes what is wrong; may be null
 * @param[out] out       owned by the caller, muster_routes_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics, for instance a point on land; MUSTER_WORLD
 */
MUSTER_API muster_status muster_routes_find(const muster_scenario *scenario,
                                            const muster_land *land, const muster_memory *memory,
                                            muster_diags *diags, muster_routes **out);

/**
 * Frees routes.
 *
 * @param[in] routes  may be null
 */
MUSTER_API void muster_routes_free(muster_routes *routes);

/**
 * Whether routes serve another scenario too: same points, gates, areas, offing and land.
 *
 * @param[in] routes    found before
 * @param[in] scenario  another scenario
 * @return true if they do
 */
MUSTER_API bool muster_routes_fit(const muster_routes *routes, const muster_scenario *scenario);

/**
 * Routes as bytes, for where they cannot be found again: a page that holds but a part of the land.
 *
 * @param[in]  routes  found before
 * @param[in]  memory  where memory comes from; null: malloc and free
 * @param[out] bytes   given back with muster_bytes_free; null when memory is short
 * @param[out] count   their number
 * @return MUSTER_OK; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_routes_write(const muster_routes *routes,
                                             const muster_memory *memory, unsigned char **bytes,
                                             size_t *count);

/**
 * Routes that were written, in place of muster_routes_find.
 *
 * @param[in]  bytes     any bytes; refused with a reason unless they were written for a scenario with
 *                       the same points, gates, areas to avoid and offing; not kept
 * @param[in]  count     their number
 * @param[in]  scenario  as for muster_routes_find, without mistakes
 * @param[in]  land      must outlive the routes; may be a part of the land that they were found on.
 *                       Nothing is measured on it
 * @param[in]  memory    where memory comes from; null: malloc and free
 * @param[in]  diags     takes what is wrong; may be null
 * @param[out] out       owned by the caller, muster_routes_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with a diagnostic; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_routes_read(const void *bytes, size_t count,
                                            const muster_scenario *scenario,
                                            const muster_land *land, const muster_memory *memory,
                                            muster_diags *diags, muster_routes **out);

/**
 * Gives bytes back.
 *
 * @param[in] bytes   may be null
 * @param[in] memory  as it was when they were made
 */
MUSTER_API void muster_bytes_free(unsigned char *bytes, const muster_memory *memory);

/** A sea route by itself. Texts belong to the scenario. */
typedef struct muster_way {
    double length_m;       /**< over water, offing kept where the way allows it */
    double direct_m;       /**< along the geodesic                              */
    double least_offing_m; /**< least distance from land away from its ends     */
    int32_t gate_count;    /**< straits passed, at most 16 are named            */
    const char *gate[16];  /**< their ids, in order of the way, gate_count of them */
} muster_way;

/**
 * The shortest way by sea between two points, with the scenario's straits, areas and offing.
 *
 * @param[in]  scenario      whose straits, areas and offing hold
 * @param[in]  land          land to keep off
 * @param[in]  from_lat_deg  degrees, north positive
 * @param[in]  from_lon_deg  degrees, east positive
 * @param[in]  to_lat_deg    degrees, north positive
 * @param[in]  to_lon_deg    degrees, east positive
 * @param[in]  memory        where memory comes from; null: malloc and free
 * @param[in]  diags         takes what is wrong; may be null
 * @param[out] out           the way; its texts belong to the scenario
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics, for instance a point on land; MUSTER_WORLD
 */
MUSTER_API muster_status muster_way_find(const muster_scenario *scenario, const muster_land *land,
                                         double from_lat_deg, double from_lon_deg,
                                         double to_lat_deg, double to_lon_deg,
                                         const muster_memory *memory, muster_diags *diags,
                                         muster_way *out);

/**
 * Compiles. Under a millisecond for a drill; all further mistakes at once.
 *
 * @param[in]  scenario  without mistakes; must outlive the model
 * @param[in]  routes    found for it, or fitting; must outlive the model
 * @param[in]  memory    where memory comes from; null: malloc and free
 * @param[in]  diags     takes what is wrong; may be null
 * @param[out] out       owned by the caller, muster_model_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_model_create(const muster_scenario *scenario,
                                             const muster_routes *routes,
                                             const muster_memory *memory, muster_diags *diags,
                                             muster_model **out);

/**
 * Frees a model.
 *
 * @param[in] model  may be null
 */
MUSTER_API void muster_model_free(muster_model *model);

#ifdef __cplusplus
}
#endif
#endif

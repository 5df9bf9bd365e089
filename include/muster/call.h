/**
 * @file call.h
 * A desk: one scenario that is asked again and again, by text in and text out. What a page or a
 * script in another language needs of the library: a request is a JSON object, the answer is a JSON
 * document.
 *
 * @code
 * muster_desk *desk = muster_desk_create(NULL);
 * const char request[] = "{\"call\": \"run\", \"changes\": [\"units.alpha.fuel_frac = 0.5\"]}";
 * char *answer = muster_desk_call(desk, request, strlen(request));
 * muster_desk_give_back(desk, answer);
 * muster_desk_free(desk);
 * @endcode
 *
 * Requests. `variant` (id) and `changes` (texts "PATH = VALUE", as given to --set) may stand in each;
 * they hold for that request alone, so that leaving a change out undoes it.
 *
 * | call | members | answer |
 * |---|---|---|
 * | open | name, text | muster-run: the scenario in text, which includes no file, is the one asked from now on |
 * | run | | muster-run |
 * | replicate | count 1 to 10000, seed (text) | muster-run with replications beside |
 * | samples | count, seed, measures (names) | muster-samples: each value of each replication, null where a measure is not defined |
 * | why, flip | state, drill | muster-why, muster-flip |
 * | reach | state, drill | muster-reach |
 * | rivals | model, drill | muster-rivals |
 * | area | unit, hours, drill | GeoJSON, as muster_tell_area says |
 * | text | | muster-text: the scenario with the changes in it, as a variant of its own, which runs as the desk does |
 *
 * A muster-run comes without blanks and line breaks.
 *
 * Whatever is wrong (with the request, the scenario, a change) comes back as a muster-diagnostics
 * document, and the desk is as it was before. Any bytes may be given as a request.
 *
 * Land and routes of a scenario are found once and kept as long as changes do not move geography, so
 * that one run after another takes milliseconds. A desk serves one thread at a time.
 */
#ifndef MUSTER_CALL_H
#define MUSTER_CALL_H

#include "muster/tell.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct muster_desk muster_desk; /**< a scenario that is asked, and what was found of it */

/** Most replications of one request. */
#define MUSTER_DESK_REPLICATIONS_MAX 10000

/**
 * A desk with nothing on it.
 *
 * @param[in] memory  where memory comes from; null: malloc and free
 * @return the desk, for muster_desk_free; null when memory is short
 */
MUSTER_API muster_desk *muster_desk_create(const muster_memory *memory);

/**
 * Frees a desk and all that is on it.
 *
 * @param[in] desk  may be null
 */
MUSTER_API void muster_desk_free(muster_desk *desk);

/**
 * The land to find routes on, in place of the extract built in. What was opened before is closed.
 *
 * @param[in] desk        the desk
 * @param[in] bytes       a land extract, as for muster_land_open; not kept
 * @param[in] byte_count  their number
 * @param[in] diags       takes what is wrong; may be null
 * @return MUSTER_OK; MUSTER_MISTAKE or MUSTER_WORLD, and the desk is as before
 */
MUSTER_API muster_status muster_desk_land(muster_desk *desk, const void *bytes, size_t byte_count,
                                          muster_diags *diags);

/**
 * Routes that were found elsewhere (muster_routes_write), for scenarios that are opened from now on:
 * where they fit, none are looked for. Several may be given, one geography each; up to 8 are kept.
 *
 * @param[in] desk        the desk
 * @param[in] bytes       routes; copied, and read when a scenario needs some
 * @param[in] byte_count  their number
 * @param[in] diags       takes what is wrong; may be null
 * @return MUSTER_OK; MUSTER_MISTAKE where they are no routes or too many; MUSTER_WORLD when memory is
 *         short
 */
MUSTER_API muster_status muster_desk_routes(muster_desk *desk, const void *bytes, size_t byte_count,
                                            muster_diags *diags);

/**
 * The request's answer.
 *
 * @param[in] desk     the desk
 * @param[in] request  a JSON object; any bytes are safe; not kept
 * @param[in] length   its length in bytes
 * @return a JSON document, zero-terminated, for muster_desk_give_back; null when memory does not
 *         even suffice to say so
 */
MUSTER_API char *muster_desk_call(muster_desk *desk, const char *request, size_t length);

/**
 * Gives an answer back.
 *
 * @param[in] desk    that gave it
 * @param[in] answer  may be null
 */
MUSTER_API void muster_desk_give_back(const muster_desk *desk, char *answer);

#ifdef __cplusplus
}
#endif
#endif

/**
 * @file flip.h
 * The smallest changes of the levers of a scenario (`whatif`) that flip the verdict on a state.
 */
#ifndef MUSTER_FLIP_H
#define MUSTER_FLIP_H

#include "muster/tell.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a scenario was made from: it is read again with levers moved. */
typedef struct muster_flip_from {
    const muster_source_text *text; /**< of the scenario                                   */
    const muster_changes *changes;  /**< that were made to it; may be null                 */
    const muster_routes *routes;    /**< of the model; its land must still be there        */
} muster_flip_from;

/**
 * Every inclusion-minimal set of up to five levers that flips the verdict on a state, each with its
 * cheapest point, run again; what each lever does alone; what no lever can turn.
 *
 * @param[in] tell     what is told about
 * @param[in] from     what its scenario was made from
 * @param[in] state    id or name of a state
 * @param[in] drill    id of a drill; null: the first
 * @param[in] as_json  the same content as a muster-flip document
 * @param[in] diags    takes what is wrong; may be null
 * @return text to be given back with muster_tell_free; null with a diagnostic
 */
MUSTER_API char *muster_tell_flip(const muster_tell *tell, const muster_flip_from *from,
                                  const char *state, const char *drill, bool as_json,
                                  muster_diags *diags);

#ifdef __cplusplus
}
#endif
#endif

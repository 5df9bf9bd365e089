/** @file random_inputs.h
 * What is random in a model, one entry a key: for `list --random`, and to know whether anything is.
 */
#ifndef MST_MODEL_RANDOM_INPUTS_H
#define MST_MODEL_RANDOM_INPUTS_H

#include "model/model.h"

typedef struct mst_random_input {
    const char *path;  /* of the key: "units.najin-531.readiness"                */
    const char *what;  /* "sailing delay of each ship, h"                        */
    const char *draws; /* "exponential 1", "Bernoulli 0.5"                       */
    const char *plan;  /* value of the plan run, in words                        */
    bool varies;       /* false: fixed, or nothing in the scenario draws from it */
} mst_random_input;

/** All of them in a fixed order; texts in the arena. @return their number, 0 when memory is short */
int32_t mst_random_inputs(const mst_model *model, mst_arena *arena, mst_random_input **out);

/** True if some input varies. */
bool mst_model_varies(const mst_model *model);

#endif

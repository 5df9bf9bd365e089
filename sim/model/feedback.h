/** @file feedback.h
 * Presets of section `feedback`: published findings as a strength of reaction.
 */
#ifndef MST_MODEL_FEEDBACK_H
#define MST_MODEL_FEEDBACK_H

#include "model/spec.h"

typedef struct mst_feedback_preset {
    double k_threat;
} mst_feedback_preset;

/** In the order of the choices of `feedback.preset`. */
extern const mst_feedback_preset mst_feedback_presets[];

/** k_threat as given, else that of the preset. */
double mst_feedback_k_threat(const mst_feedback_def *def);

#endif

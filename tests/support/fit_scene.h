/** @file fit_scene.h
 * A record made by chance with the options and the design of its fit, opened in one call and closed in
 * one: for the tests of the fit.
 */
#ifndef TEST_SUPPORT_FIT_SCENE_H
#define TEST_SUPPORT_FIT_SCENE_H

#include "fit_world.h"

/** A record, its options and a design, in one arena. */
typedef struct fit_scene {
    mst_arena arena;
    fit_world world;
    mst_fit_options options;
    mst_fit_design design;
    mst_fit_why why;
} fit_scene;

/** Features in each block, all weights known. */
extern const fit_plan fit_scene_usual;

/** The defaults with few folds, starts, replicates and permutations, and lambda 1. */
mst_fit_options fit_scene_quick(void);

/** Record number `number` of a plan with the quick options. There is one scene: close it before the next. */
fit_scene *fit_scene_open(const fit_plan *plan, uint32_t number);
void fit_scene_close(fit_scene *s);

/** The design of the record as it stands. */
muster_status fit_scene_prepare(fit_scene *s);

/** Its weights, and predictions of each series by a fit without it; both assert that there are some. */
mst_fit_weights fit_scene_weights(fit_scene *s, double lambda);
mst_fit_outside fit_scene_cross(fit_scene *s);

#endif

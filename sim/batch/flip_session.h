/** @file flip_session.h
 * What the search of flips keeps between its questions; read by batch/flip*.c only.
 */
#ifndef MST_BATCH_FLIP_SESSION_H
#define MST_BATCH_FLIP_SESSION_H

#include "batch/flip.h"

enum { MST_FLIP_CACHE_MAX = 128, MST_FLIP_ROUTES_MAX = 16 };

typedef struct mst_flip_made {     /* a scene and what it stands on */
    double x[MST_FLIP_LEVERS_MAX]; /* NaN: not moved */
    mst_arena arena;
    muster_model *model;
    mst_flip_scene *scene; /* null: the file does not allow it */
    int64_t used_at;       /* 0: free */
} mst_flip_made;

struct mst_flip_session {
    muster_memory memory;
    mst_arena arena;
    muster_flip_from from;
    const muster_result *result; /* as it stands */
    int32_t drill, state;
    muster_scenario *spec; /* a copy of its own, changed for each scene and put back */
    mst_flip_lever lever[MST_FLIP_LEVERS_MAX];
    int32_t lever_count, levers_left;
    mst_flip flip;
    mst_flip_made cache[MST_FLIP_CACHE_MAX];
    int64_t clock;
    muster_routes *routes[MST_FLIP_ROUTES_MAX]; /* of other geographies */
    int32_t routes_count;
    bool lacks_memory; /* somewhere on the way: then nothing that was found counts */
};

/** The scene with the levers at x: made, or looked up; null: the file does not allow it. context: the session.
 * It stays until MST_FLIP_CACHE_MAX others were asked for. */
mst_flip_scene *mst_flip_scene_at(void *context, const double *x);

/** Throws away all scenes that are kept. */
void mst_flip_drop_scenes(mst_flip_session *s);

/** False where another drill, decided no later, or another state's decision may move this verdict. */
bool mst_flip_stands_alone(const mst_flip_session *s);

/** Finds how each lever can be moved (mst_lever_kind): on a trial, by ability alone, or by a run for each
 * point. False: memory is short. */
bool mst_flip_settle_kinds(mst_flip_session *s);

#endif

/** @file handles.h
 * The insides of the public handles, for the files that join the ranks below. What lies in a handle
 * borrows the handle's own copy of the hook.
 */
#ifndef MST_BATCH_HANDLES_H
#define MST_BATCH_HANDLES_H

#include "load/scenario.h"
#include "model/compile.h"
#include "muster/run.h"
#include "outcome/outcome.h"
#include "world/land.h"

struct muster_land {
    mst_land *land;
    muster_memory memory;
};

struct muster_routes {
    muster_memory memory;
    mst_arena arena; /* of the plan */
    mst_route_plan plan;
    mst_route_book *book;
    const muster_land *land;
};

struct muster_model {
    mst_model *model;
    const muster_scenario *scenario;
    muster_memory memory;
};

struct muster_result {
    mst_run *run;
    mst_outcomes *outcomes;
    const muster_model *model;
    uint64_t seed; /* of a replication; the plan run has none */
    muster_memory memory;
};

#endif

/** @file call.h
 * The inside of a desk (muster/call.h). A request is read (call_request.c), the world that it asks
 * about is made or found (call_world.c), and told (call.c, call_samples.c, call_text.c).
 */
#ifndef MST_TELL_CALL_H
#define MST_TELL_CALL_H

#include "base/arena.h"
#include "muster/call.h"
#include "tell/json.h"

/** Routes of one geography, with the scenario that their texts belong to. */
typedef struct mst_desk_routes {
    muster_scenario *scenario;
    muster_routes *routes;
} mst_desk_routes;

/** The scenario with some changes, run. */
typedef struct mst_desk_world {
    char *changes; /* in one text: worlds with the same are the same; null: there is no world */
    muster_scenario *scenario;
    muster_model *model;
    muster_result *result;
    const muster_routes *routes; /* of the case */
} mst_desk_world;

/** Geographies that are kept; the first is that of the scenario as it is written. */
enum { MST_DESK_ROUTES = 8 };

/** A scenario that was opened. */
typedef struct mst_desk_case {
    muster_source_text *text; /* null: none is opened */
    mst_desk_routes routes[MST_DESK_ROUTES];
    int32_t routes_count;
    mst_desk_world plain; /* without changes */
    mst_desk_world last;  /* the changes asked for last */
} mst_desk_case;

struct muster_desk {
    muster_memory own;
    const muster_memory *memory;
    muster_land *land;                     /* null: the one built in, not yet opened */
    unsigned char *given[MST_DESK_ROUTES]; /* routes as bytes */
    size_t given_count[MST_DESK_ROUTES];
    int32_t givens;
    mst_desk_case open;
};

/** A request. Texts are borrowed from the document. */
typedef struct mst_request {
    const mst_json_value *root;
    const char *call;
    const char *name, *text;   /* open                */
    const char *state, *drill; /* null: not given     */
    const char *model;         /* rivals              */
    const char *unit;          /* area: a unit or a state; null: all */
    double hours;              /* area: on station; NaN: as the drill asks */
    int32_t count;             /* replications        */
    bool has_seed;
    uint64_t seed;
    muster_changes changes;
} mst_request;

/** Reads all that a request of its kind may hold. False with diagnostics. */
bool mst_request_read(const mst_json_value *root, mst_arena *arena, muster_diags *diags,
                      mst_request *out);

/** The world of a request's changes; null with diagnostics. It stays until the next call of this. */
const mst_desk_world *mst_desk_world_of(muster_desk *desk, const muster_changes *changes,
                                        muster_diags *diags);

/** Opens a scenario in place of the one before, if all goes well; its world. */
const mst_desk_world *mst_desk_open(muster_desk *desk, const mst_request *request,
                                    muster_diags *diags);
void mst_desk_close(muster_desk *desk);

/** The answers that are more than one call of muster/tell.h; null with diagnostics. */
char *mst_desk_replicate(const muster_desk *desk, const mst_desk_world *world,
                         const mst_request *request, muster_diags *diags);
char *mst_desk_samples(const muster_desk *desk, const mst_desk_world *world,
                       const mst_request *request, muster_diags *diags);
char *mst_desk_text(const muster_desk *desk, const mst_desk_world *world,
                    const mst_request *request, muster_diags *diags);

/** What is told about a world. */
muster_tell mst_desk_tell(const muster_desk *desk, const mst_desk_world *world);

#endif

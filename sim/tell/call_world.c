/* The worlds of a desk: a scenario as it is written, and with the changes of a request. Routes are
 * found once for each geography. */
#include "tell/call.h"

#include "base/diag.h"
#include "base/text.h"

#include <string.h>

/* ---- a world -------------------------------------------------------------------------------------- */

static void drop_world(const muster_memory *memory, mst_desk_world *world)
{
    muster_result_free(world->result);
    muster_model_free(world->model);
    muster_scenario_free(world->scenario);
    mst_memory_free(memory, world->changes);
    *world = (mst_desk_world){0};
}

/* The changes in one text: no id and no line of a request holds the byte 1. */
static char *changes_text(const muster_memory *memory, const muster_changes *changes)
{
    mst_text text;
    mst_text_init(&text, memory);
    mst_text_add(&text, changes->variant ? changes->variant : "");
    for (int32_t i = 0; i < changes->line_count; i++)
        mst_text_printf(&text, "\001%s", changes->line[i]);
    return mst_text_take(&text);
}

/* ---- land and routes ------------------------------------------------------------------------------- */

static muster_status open_land(muster_desk *desk, muster_diags *diags)
{
    return desk->land ? MUSTER_OK : muster_land_open(NULL, 0, desk->memory, diags, &desk->land);
}

static void drop_routes(mst_desk_routes *kept)
{
    muster_routes_free(kept->routes);
    muster_scenario_free(kept->scenario);
    *kept = (mst_desk_routes){0};
}

/* Room for one more: the oldest of a changed geography goes, with the world that may stand on it. */
static mst_desk_routes *make_room(const muster_memory *memory, mst_desk_case *c)
{
    if (c->routes_count < MST_DESK_ROUTES)
        return &c->routes[c->routes_count++];
    drop_world(memory, &c->last);
    drop_routes(&c->routes[1]);
    memmove(&c->routes[1], &c->routes[2], (MST_DESK_ROUTES - 2) * sizeof c->routes[1]);
    return &c->routes[MST_DESK_ROUTES - 1];
}

/* Those given, where some are of the scenario's places; else found. */
static muster_status read_or_find(muster_desk *desk, muster_diags *diags, mst_desk_routes *out)
{
    for (int32_t i = 0; i < desk->givens; i++) {
        const muster_status status =
            muster_routes_read(desk->given[i], desk->given_count[i], out->scenario, desk->land,
                               desk->memory, NULL, &out->routes);
        if (status != MUSTER_MISTAKE)
            return status == MUSTER_OK ? status : mst_diag_memory(diags);
    }
    return muster_routes_find(out->scenario, desk->land, desk->memory, diags, &out->routes);
}

/* Routes outlive the world they are found for, so they stand on a scenario of their own. */
static muster_status find_routes(muster_desk *desk, mst_desk_case *c, const muster_changes *changes,
                                 muster_diags *diags, const muster_routes **out)
{
    mst_desk_routes found = {0};
    muster_status status = open_land(desk, diags);
    if (status == MUSTER_OK)
        status = muster_scenario_read(c->text, changes, desk->memory, NULL, &found.scenario);
    if (status == MUSTER_OK)
        status = read_or_find(desk, diags, &found);
    if (status != MUSTER_OK) {
        drop_routes(&found);
        return status;
    }
    *make_room(desk->memory, c) = found;
    *out = found.routes;
    return MUSTER_OK;
}

static muster_status routes_for(muster_desk *desk, mst_desk_case *c, const muster_changes *changes,
                                const muster_scenario *scenario, muster_diags *diags,
                                const muster_routes **out)
{
    for (int32_t i = 0; i < c->routes_count; i++)
        if (muster_routes_fit(c->routes[i].routes, scenario)) {
            *out = c->routes[i].routes;
            return MUSTER_OK;
        }
    return find_routes(desk, c, changes, diags, out);
}

/* ---- making one ------------------------------------------------------------------------------------- */

/* A scenario with mistakes may have more of them in its places: all at once. */
static void look_at_places(muster_desk *desk, const muster_scenario *scenario, muster_diags *diags)
{
    muster_routes *none = NULL;
    if (scenario && open_land(desk, diags) == MUSTER_OK)
        (void)muster_routes_find(scenario, desk->land, desk->memory, diags, &none);
    muster_routes_free(none);
}

static muster_status make_world(muster_desk *desk, mst_desk_case *c, const muster_changes *changes,
                                muster_diags *diags, mst_desk_world *out)
{
    const muster_memory *memory = desk->memory;
    out->changes = changes_text(memory, changes);
    muster_status status = out->changes ? MUSTER_OK : mst_diag_memory(diags);
    if (status == MUSTER_OK) {
        status = muster_scenario_read(c->text, changes, memory, diags, &out->scenario);
        if (status == MUSTER_MISTAKE)
            look_at_places(desk, out->scenario, diags);
    }
    if (status == MUSTER_OK)
        status = routes_for(desk, c, changes, out->scenario, diags, &out->routes);
    if (status == MUSTER_OK)
        status = muster_model_create(out->scenario, out->routes, memory, diags, &out->model);
    if (status == MUSTER_OK)
        status = muster_run_plan(out->model, memory, diags, &out->result);
    if (status != MUSTER_OK)
        drop_world(memory, out);
    return status;
}

static bool is_of(const mst_desk_world *world, const char *changes)
{
    return world->changes && strcmp(world->changes, changes) == 0;
}

/* The world of a case; a new one takes the place of the last, once it is made. */
static const mst_desk_world *world_of(muster_desk *desk, mst_desk_case *c,
                                      const muster_changes *changes, muster_diags *diags)
{
    char *wanted = changes_text(desk->memory, changes);
    if (!wanted) {
        mst_diag_memory(diags);
        return NULL;
    }
    const bool is_plain = wanted[0] == '\0', is_last = is_of(&c->last, wanted);
    mst_memory_free(desk->memory, wanted);
    if (is_last)
        return &c->last;
    if (is_plain && c->plain.changes)
        return &c->plain;
    mst_desk_world made = {0};
    if (make_world(desk, c, changes, diags, &made) != MUSTER_OK)
        return NULL;
    mst_desk_world *place = is_plain ? &c->plain : &c->last;
    drop_world(desk->memory, place);
    *place = made;
    return place;
}

const mst_desk_world *mst_desk_world_of(muster_desk *desk, const muster_changes *changes,
                                        muster_diags *diags)
{
    if (desk->open.text)
        return world_of(desk, &desk->open, changes, diags);
    mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL,
             "{\"call\": \"open\", \"name\": \"x.cfg\", \"text\": \"...\"}",
             "no scenario has been opened");
    return NULL;
}

/* ---- a case ----------------------------------------------------------------------------------------- */

static void drop_case(const muster_memory *memory, mst_desk_case *c)
{
    drop_world(memory, &c->last);
    drop_world(memory, &c->plain);
    for (int32_t i = 0; i < c->routes_count; i++)
        drop_routes(&c->routes[i]);
    muster_source_text_free(c->text);
    *c = (mst_desk_case){0};
}

void mst_desk_close(muster_desk *desk)
{
    drop_case(desk->memory, &desk->open);
}

const mst_desk_world *mst_desk_open(muster_desk *desk, const mst_request *request,
                                    muster_diags *diags)
{
    const muster_changes none = {0};
    mst_desk_case opened = {0};
    if (muster_gather_text(request->name, request->text, strlen(request->text), desk->memory, diags,
                           &opened.text) != MUSTER_OK)
        return NULL;
    /* as it is written first: the first geography is its own */
    if (!world_of(desk, &opened, &none, diags) ||
        !world_of(desk, &opened, &request->changes, diags)) {
        drop_case(desk->memory, &opened);
        return NULL;
    }
    mst_desk_close(desk);
    desk->open = opened;
    return world_of(desk, &desk->open, &request->changes, diags); /* it is there */
}

/* A desk: a request in, a document out. */
#include "tell/call.h"

#include "base/diag.h"
#include "muster/area.h"
#include "muster/flip.h"

#include <string.h>

/* ---- the desk -------------------------------------------------------------------------------------- */

muster_desk *muster_desk_create(const muster_memory *memory)
{
    muster_desk *desk = mst_memory_alloc(memory, sizeof *desk);
    if (!desk)
        return NULL;
    memset(desk, 0, sizeof *desk);
    desk->memory = mst_memory_keep(&desk->own, memory);
    return desk;
}

void muster_desk_free(muster_desk *desk)
{
    if (!desk)
        return;
    const muster_memory memory = desk->own;
    mst_desk_close(desk);
    muster_land_free(desk->land);
    for (int32_t i = 0; i < desk->givens; i++)
        mst_memory_free(&memory, desk->given[i]);
    mst_memory_free(&memory, desk);
}

muster_status muster_desk_land(muster_desk *desk, const void *bytes, size_t byte_count,
                               muster_diags *diags)
{
    muster_land *land = NULL;
    const muster_status status =
        muster_land_open(bytes ? bytes : "", bytes ? byte_count : 0, desk->memory, diags, &land);
    if (status != MUSTER_OK)
        return status;
    mst_desk_close(desk); /* its routes stand on the land before */
    muster_land_free(desk->land);
    desk->land = land;
    return MUSTER_OK;
}

muster_status muster_desk_routes(muster_desk *desk, const void *bytes, size_t byte_count,
                                 muster_diags *diags)
{
    if (!bytes || byte_count < 8 || memcmp(bytes, "MSTWAYS1", 8) != 0 ||
        desk->givens == MST_DESK_ROUTES) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, NULL,
                 desk->givens == MST_DESK_ROUTES
                     ? "a desk keeps the routes of at most 8 geographies"
                     : "these are no routes");
        return MUSTER_MISTAKE;
    }
    unsigned char *kept = mst_memory_alloc(desk->memory, byte_count);
    if (!kept)
        return mst_diag_memory(diags);
    memcpy(kept, bytes, byte_count);
    desk->given[desk->givens] = kept;
    desk->given_count[desk->givens++] = byte_count;
    return MUSTER_OK;
}

void muster_desk_give_back(const muster_desk *desk, char *answer)
{
    muster_tell_free(answer, desk->memory);
}

muster_tell mst_desk_tell(const muster_desk *desk, const mst_desk_world *world)
{
    return (muster_tell){.scenario = world->scenario,
                         .model = world->model,
                         .result = world->result,
                         .memory = desk->memory,
                         .is_tight = true}; /* a program reads it */
}

/* ---- answers --------------------------------------------------------------------------------------- */

static char *tell_run(const muster_desk *desk, const mst_desk_world *world,
                      const mst_request *request, muster_diags *diags)
{
    const muster_tell tell = mst_desk_tell(desk, world);
    (void)request;
    return muster_tell_json(&tell, diags);
}

static char *tell_why(const muster_desk *desk, const mst_desk_world *world,
                      const mst_request *request, muster_diags *diags)
{
    const muster_tell tell = mst_desk_tell(desk, world);
    return muster_tell_why(&tell, request->state, request->drill, true, diags);
}

static char *tell_flip(const muster_desk *desk, const mst_desk_world *world,
                       const mst_request *request, muster_diags *diags)
{
    const muster_tell tell = mst_desk_tell(desk, world);
    const muster_flip_from from = {
        .text = desk->open.text, .changes = &request->changes, .routes = world->routes};
    return muster_tell_flip(&tell, &from, request->state, request->drill, true, diags);
}

static char *tell_reach(const muster_desk *desk, const mst_desk_world *world,
                        const mst_request *request, muster_diags *diags)
{
    const muster_tell tell = mst_desk_tell(desk, world);
    return muster_tell_reach(&tell, request->state, request->drill, true, diags);
}

static char *tell_rivals(const muster_desk *desk, const mst_desk_world *world,
                         const mst_request *request, muster_diags *diags)
{
    const muster_tell tell = mst_desk_tell(desk, world);
    return muster_tell_rivals(&tell, request->model, request->drill, true, diags);
}

static char *tell_area(const muster_desk *desk, const mst_desk_world *world,
                       const mst_request *request, muster_diags *diags)
{
    const muster_tell tell = mst_desk_tell(desk, world);
    return muster_tell_area(&tell, world->routes, request->unit, request->drill, request->hours,
                            diags);
}

static const struct answer {
    const char *call;
    char *(*tell)(const muster_desk *desk, const mst_desk_world *world, const mst_request *request,
                  muster_diags *diags);
} answers[] = {
    {"open", tell_run},
    {"run", tell_run},
    {"why", tell_why},
    {"flip", tell_flip},
    {"reach", tell_reach},
    {"rivals", tell_rivals},
    {"replicate", mst_desk_replicate},
    {"samples", mst_desk_samples},
    {"text", mst_desk_text},
    {"area", tell_area},
};

/* ---- a call ---------------------------------------------------------------------------------------- */

static char *answer(muster_desk *desk, const mst_request *request, muster_diags *diags)
{
    const mst_desk_world *world = strcmp(request->call, "open") == 0
                                      ? mst_desk_open(desk, request, diags)
                                      : mst_desk_world_of(desk, &request->changes, diags);
    for (size_t i = 0; world && i < sizeof answers / sizeof *answers; i++)
        if (strcmp(answers[i].call, request->call) == 0)
            return answers[i].tell(desk, world, request, diags);
    return NULL;
}

char *muster_desk_call(muster_desk *desk, const char *request, size_t length)
{
    char *out = NULL;
    mst_request read;
    mst_arena arena;
    muster_diags *diags = muster_diags_create(desk->memory);
    mst_arena_init(&arena, desk->memory);
    mst_json_document *document = mst_json_read("request", request, length, diags);
    if (document && mst_request_read(mst_json_root(document), &arena, diags, &read))
        out = answer(desk, &read, diags);
    if (!out) {
        if (muster_diags_error_count(diags) == 0)
            mst_diag_memory(diags); /* nothing else fails without a word */
        out = muster_tell_diags(diags, true, desk->memory);
    }
    mst_json_forget(document);
    mst_arena_clear(&arena);
    muster_diags_free(diags);
    return out;
}

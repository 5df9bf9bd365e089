/* The scenario with the changes of a request in it. */
#include "tell/call.h"

#include "base/diag.h"
#include "tell/changed_text.h"

char *mst_desk_text(const muster_desk *desk, const mst_desk_world *world,
                    const mst_request *request, muster_diags *diags)
{
    mst_arena arena;
    mst_arena_init(&arena, desk->memory);
    const mst_changed_as as = {"from-page", "changes made on the page", "Changed on a page",
                               &arena};
    const char *id = NULL;
    char *text = mst_changed_text(desk->open.text, world->scenario, &request->changes, &as,
                                  desk->memory, &id);
    char *out = NULL;
    if (text) {
        mst_json *json = mst_json_create(desk->memory);
        mst_json_object(json, NULL);
        mst_json_text(json, "format", "muster-text");
        mst_json_whole(json, "version", 1);
        mst_json_text(json, "variant", id);
        mst_json_text(json, "text", text);
        mst_json_array(json, "changes");
        for (int32_t i = 0; i < request->changes.line_count; i++)
            mst_json_text(json, NULL, request->changes.line[i]);
        mst_json_end(json);
        mst_json_end(json);
        out = mst_json_take(json, desk->memory, diags);
    } else {
        mst_diag_memory(diags);
    }
    mst_memory_free(desk->memory, text);
    mst_arena_clear(&arena);
    return out;
}

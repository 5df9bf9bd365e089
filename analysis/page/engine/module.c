/* The doors of the engine in a page: texts and bytes go in and come out by address. One desk
 * (muster/call.h); whoever loads the module keeps its address. */
#include "muster/call.h"

#include <stdlib.h>

/* What the page may call. */
#define DOOR __attribute__((used, visibility("default")))

DOOR void *muster_module_room(size_t bytes);
DOOR void muster_module_clear(void *room);
DOOR muster_desk *muster_module_open(void);
DOOR char *muster_module_land(muster_desk *desk, const void *bytes, size_t length);
DOOR char *muster_module_routes(muster_desk *desk, const void *bytes, size_t length);
DOOR char *muster_module_call(muster_desk *desk, const char *request, size_t length);
DOOR void muster_module_give_back(const muster_desk *desk, char *answer);

/* Room for a request or a land; null when memory is short. */
void *muster_module_room(size_t bytes)
{
    return malloc(bytes);
}

void muster_module_clear(void *room)
{
    free(room);
}

/* Null when memory is short. */
muster_desk *muster_module_open(void)
{
    return muster_desk_create(NULL);
}

/* What one of the doors below does with bytes that are handed over once. */
typedef muster_status hand_over(muster_desk *desk, const void *bytes, size_t length,
                                muster_diags *diags);

/* An answer like that of a call, with nothing in it when all is well. */
static char *handed(muster_desk *desk, const void *bytes, size_t length, hand_over *work)
{
    muster_diags *diags = muster_diags_create(NULL);
    if (!diags)
        return NULL;
    (void)work(desk, bytes, length, diags);
    char *answer = muster_tell_diags(diags, true, NULL);
    muster_diags_free(diags);
    return answer;
}

/* The land to find routes on. */
char *muster_module_land(muster_desk *desk, const void *bytes, size_t length)
{
    return handed(desk, bytes, length, muster_desk_land);
}

/* Routes found elsewhere, so that none are looked for. */
char *muster_module_routes(muster_desk *desk, const void *bytes, size_t length)
{
    return handed(desk, bytes, length, muster_desk_routes);
}

/* Null when memory is short. */
char *muster_module_call(muster_desk *desk, const char *request, size_t length)
{
    return muster_desk_call(desk, request, length);
}

void muster_module_give_back(const muster_desk *desk, char *answer)
{
    muster_desk_give_back(desk, answer);
}

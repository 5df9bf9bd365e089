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

/* The land to find routes on: an answer like that of a call, with nothing in it when all is well. */
char *muster_module_land(muster_desk *desk, const void *bytes, size_t length)
{
    muster_diags *diags = muster_diags_create(NULL);
    if (!diags)
        return NULL;
    (void)muster_desk_land(desk, bytes, length, diags);
    char *answer = muster_tell_diags(diags, true, NULL);
    muster_diags_free(diags);
    return answer;
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

#include "model/kinds.h"

#include <string.h>

const mst_activity_type *mst_kinds_activity(const mst_kinds *kinds, const char *name)
{
    if (!kinds || !kinds->activity || !name)
        return NULL;
    for (int32_t i = 0; kinds->activity[i]; i++)
        if (strcmp(kinds->activity[i]->name, name) == 0)
            return kinds->activity[i];
    return NULL;
}

/* Values of points as texts: hashed, stored and set, each value is needed three times and costs as much to
 * write as a tenth of a run. */
#include "experiment/experiment.h"

#include <stdlib.h>
#include <string.h>

/* Offsets of so many values take 16 MB, their texts about 60. */
enum { KEPT_MOST = 4000000, ROOM_FIRST = 4096 };

static bool add(mst_written *w, const char *value)
{
    const size_t bytes = strlen(value) + 1;
    if (w->room - w->used < bytes) {
        const size_t room = 2 * (w->room > bytes ? w->room : bytes) + ROOM_FIRST;
        char *more = realloc(w->text, room);
        if (!more)
            return false;
        w->text = more;
        w->room = room;
    }
    memcpy(w->text + w->used, value, bytes);
    w->used += bytes;
    return true;
}

bool mst_written_open(muster_experiment *e)
{
    char value[MUSTER_VALUE_BYTES];
    mst_written w = {0};
    const int64_t factors = e->head.factors, values = e->head.points * factors;
    if (e->listed || values == 0 || e->head.points > KEPT_MOST / factors)
        return true;
    uint32_t *end = malloc((size_t)values * sizeof *end);
    bool is_well = end != NULL;
    for (int64_t i = 0; is_well && i < values; i++) {
        is_well = add(&w, muster_experiment_value(e, i / factors, (int32_t)(i % factors), value)) &&
                  w.used <= UINT32_MAX;
        if (is_well)
            end[i] = (uint32_t)w.used;
    }
    if (!is_well) {
        free(w.text);
        free(end);
        return false;
    }
    w.end = end;
    e->written = w;
    return true;
}

void mst_written_close(mst_written *w)
{
    free(w->text);
    free(w->end);
    *w = (mst_written){0};
}

const char *mst_written_value(const muster_experiment *e, int64_t point, int32_t factor)
{
    const mst_written *w = &e->written;
    const int64_t at = point * e->head.factors + factor;
    return !w->end ? NULL : w->text + (at > 0 ? w->end[at - 1] : 0);
}

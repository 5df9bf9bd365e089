#include "export/movers.h"

#include "muster/text.h"

#include <stdlib.h>
#include <string.h>

static char *printed(mst_movers *movers, const char *first, const char *second, int32_t number)
{
    char tail[32] = "";
    if (number > 0)
        muster_text_format(tail, sizeof tail, "%s%d", *first ? "/" : " ", (int)number);
    const size_t length = strlen(first) + strlen(second) + strlen(tail) + 1;
    char *out = malloc(length);
    if (out)
        muster_text_format(out, length, "%s%s%s", first, second, tail);
    movers->failed = movers->failed || !out;
    return out;
}

/* Takes the track over. */
static void add(mst_movers *movers, const muster_run_unit *unit, int32_t sortie, mst_track track)
{
    const muster_run_sortie *s = sortie >= 0 ? &unit->sortie[sortie] : NULL;
    movers->failed = movers->failed || track.failed;
    movers->without_place += track.lacks;
    if (movers->failed || track.count == 0) {
        mst_track_clear(&track);
        return;
    }
    const char *name = unit->name && *unit->name ? unit->name : unit->id;
    movers->mover[movers->count++] =
        (mst_mover){.unit = unit,
                    .sortie = s,
                    .id = printed(movers, s ? "sortie/" : "unit/", unit->id, sortie + 1),
                    .name = printed(movers, "", name, s ? s->aircraft : 0),
                    .track = track};
}

mst_movers mst_movers_of(const muster_run_file *run)
{
    mst_movers movers = {0};
    size_t most = 0;
    for (int32_t i = 0; i < run->unit_count; i++)
        most += 1 + (size_t)run->unit[i].sortie_count;
    movers.mover = calloc(most + 1, sizeof *movers.mover);
    movers.failed = !movers.mover || most > INT32_MAX;
    for (int32_t i = 0; i < run->unit_count && !movers.failed; i++) {
        const muster_run_unit *u = &run->unit[i];
        if (u->leg_count > 0)
            add(&movers, u, -1, mst_track_of_ship(run, u));
        for (int32_t k = 0; k < u->sortie_count && !movers.failed; k++)
            add(&movers, u, k, mst_track_of_sortie(run, &u->sortie[k]));
    }
    return movers;
}

void mst_movers_clear(mst_movers *movers)
{
    for (int32_t i = 0; i < movers->count; i++) {
        free(movers->mover[i].id);
        free(movers->mover[i].name);
        mst_track_clear(&movers->mover[i].track);
    }
    free(movers->mover);
    *movers = (mst_movers){0};
}

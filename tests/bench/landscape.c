/* Every configuration of a landscape: minima and basins of 25 actors, and with passes and chances of
 * absorption of 20. */
#include "bench.h"

#include "align/theory/landscape.h"

#include <stdio.h>

enum { ACTORS = 25 };

typedef struct landscape_case {
    int32_t actors;
    bool is_only_basins;
    double size[ACTORS], propensity[ACTORS * ACTORS];
} landscape_case;

/* Sizes 1 to 10 and propensities -1 to 1, drawn once. */
static void fill(landscape_case *c)
{
    const mst_stream stream = mst_stream_of(mst_random_key(25), 0, 1);
    const int32_t n = c->actors;
    uint64_t number = 0;
    for (int32_t i = 0; i < n; i++) {
        c->size[i] = 1.0 + 9.0 * mst_random_unit(stream, number++);
        for (int32_t j = 0; j < i; j++)
            c->propensity[i * n + j] = c->propensity[j * n + i] =
                2.0 * mst_random_unit(stream, number++) - 1.0;
    }
}

static int64_t enumerate(void *context)
{
    const landscape_case *const c = context;
    const mst_landscape on = {c->actors, c->size, c->propensity};
    const mst_landscape_ask ask = {.is_only_basins = c->is_only_basins};
    mst_landscape_map map;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    const bool is_done = mst_landscape_enumerate(&on, &ask, &arena, &map, NULL) == MUSTER_OK;
    const int64_t configurations = is_done ? map.configurations : 0;
    if (is_done)
        bench_use(map.minimum[0].energy);
    mst_arena_clear(&arena);
    return configurations ? 1 : 0;
}

static void add(landscape_case *c, const char *what)
{
    bench_case one = {.name = "landscape",
                      .unit = "s",
                      .per_s = 1.0,
                      .work = enumerate,
                      .context = c,
                      .reference = -1};
    fill(c);
    snprintf(one.parameters, sizeof one.parameters, "n=%d %s", (int)c->actors, what);
    bench_add(&one);
}

bool bench_landscape(void)
{
    static landscape_case basins = {.is_only_basins = true}, paths;
    basins.actors = bench_is_quick ? 12 : ACTORS;
    paths.actors = bench_is_quick ? 10 : 20;
    add(&basins, "basins");
    add(&paths, "basins and paths");
    return true;
}

/* Random draws by place, against GSL's generator as it is used by most. */
#include "bench.h"

#include "num/distribution.h"

#include <gsl/gsl_randist.h>
#include <stdio.h>

typedef struct draw_case {
    const char *name;
    int64_t (*work)(void *context);
} draw_case;

static int64_t draws(void)
{
    return bench_is_quick ? 2000 : 500000;
}

static const mst_stream stream = {UINT64_C(0x9e3779b97f4a7c15), UINT64_C(0x100000007)};

static int64_t units(void *context)
{
    double sum = 0.0;
    (void)context;
    for (int64_t i = 0; i < draws(); i++)
        sum += mst_random_unit(stream, (uint64_t)i);
    bench_use(sum);
    return draws();
}

static int64_t exponentials(void *context)
{
    double sum = 0.0;
    (void)context;
    for (int64_t i = 0; i < draws(); i++)
        sum += mst_random_exponential(stream, (uint64_t)i);
    bench_use(sum);
    return draws();
}

static int64_t normals(void *context)
{
    double sum = 0.0;
    (void)context;
    for (int64_t i = 0; i < draws(); i++)
        sum += mst_random_normal(stream, (uint64_t)i);
    bench_use(sum);
    return draws();
}

static int64_t triangulars(void *context)
{
    const mst_dist dist = {MST_DIST_TRIANGULAR, {0.95, 1.0, 1.02}};
    double sum = 0.0;
    (void)context;
    for (int64_t i = 0; i < draws(); i++)
        sum += mst_dist_draw(&dist, stream, (uint64_t)i);
    bench_use(sum);
    return draws();
}

static int64_t gsl_exponentials(void *context)
{
    gsl_rng *rng = context;
    double sum = 0.0;
    for (int64_t i = 0; i < draws(); i++)
        sum += gsl_ran_exponential(rng, 1.0);
    bench_use(sum);
    return draws();
}

static int64_t gsl_seeds(void *context)
{
    gsl_rng *rng = context;
    const int64_t count = bench_is_quick ? 50 : 2000;
    double sum = 0.0;
    for (int64_t i = 0; i < count; i++) {
        gsl_rng_set(rng, (unsigned long)i + 1);
        sum += gsl_rng_uniform(rng);
    }
    bench_use(sum);
    return count;
}

bool bench_draws(void)
{
    static const draw_case all[] = {{"unit", units},
                                    {"exponential", exponentials},
                                    {"normal", normals},
                                    {"triangular", triangulars},
                                    {"GSL mt19937 exponential", gsl_exponentials},
                                    {"GSL mt19937 seed + draw", gsl_seeds}};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (!rng)
        return false;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bench_case one = {.name = "draw",
                          .unit = "ns/draw",
                          .per_s = 1e9,
                          .work = all[i].work,
                          .context = rng,
                          .reference = -1};
        snprintf(one.parameters, sizeof one.parameters, "%s", all[i].name);
        bench_add(&one);
    }
    return true;
}

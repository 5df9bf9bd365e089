/* The worked case: routes, compile, plan run, why, replications on one thread and two. */
#include "bench.h"

#include "real_files.h"

#include "muster/muster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct worked {
    muster_diags *diags;
    muster_source_text *text;
    muster_scenario *scenario;
    muster_land *land;
    muster_routes *routes;
    muster_model *model;
    muster_result *result;
    int32_t jobs;
} worked;

static int64_t find_routes(void *context)
{
    const worked *w = context;
    muster_routes *routes = NULL;
    if (muster_routes_find(w->scenario, w->land, NULL, w->diags, &routes) != MUSTER_OK)
        return 0;
    muster_routes_free(routes);
    return 1;
}

static int64_t recompile(void *context)
{
    const worked *w = context;
    const int64_t count = bench_is_quick ? 2 : 50;
    for (int64_t i = 0; i < count; i++) {
        muster_model *model = NULL;
        if (muster_model_create(w->scenario, w->routes, NULL, w->diags, &model) != MUSTER_OK)
            return 0;
        muster_model_free(model);
    }
    return count;
}

static int64_t plan(void *context)
{
    const worked *w = context;
    const int64_t count = bench_is_quick ? 2 : 50;
    for (int64_t i = 0; i < count; i++) {
        muster_result *result = NULL;
        if (muster_run_plan(w->model, NULL, w->diags, &result) != MUSTER_OK)
            return 0;
        muster_result_free(result);
    }
    return count;
}

static int64_t why(void *context)
{
    const worked *w = context;
    const muster_tell tell = {.scenario = w->scenario, .model = w->model, .result = w->result};
    const int64_t count = bench_is_quick ? 1 : 5;
    for (int64_t i = 0; i < count; i++) {
        char *text = muster_tell_why(&tell, "PRK", NULL, false, w->diags);
        if (!text)
            return 0;
        muster_tell_free(text, NULL);
    }
    return count;
}

static int64_t replicate(void *context)
{
    const worked *w = context;
    const muster_model *const model = w->model;
    const muster_replicate_options options = {.count = bench_is_quick ? 64 : 8192, .jobs = w->jobs};
    muster_sample *sample = NULL;
    if (muster_replicate(&model, 1, &options, NULL, w->diags, &sample) != MUSTER_OK)
        return 0;
    muster_sample_free(sample);
    return options.count;
}

static bool open_worked(worked *w)
{
    static const muster_opener files = {real_file_open, real_file_close, NULL};
    char path[4096];
    bench_scenario("northern-interaction-2023.cfg", path);
    w->diags = muster_diags_create(NULL);
    return muster_gather(path, &files, NULL, w->diags, &w->text) == MUSTER_OK &&
           muster_scenario_read(w->text, NULL, NULL, w->diags, &w->scenario) == MUSTER_OK &&
           muster_land_open(NULL, 0, NULL, w->diags, &w->land) == MUSTER_OK &&
           muster_routes_find(w->scenario, w->land, NULL, w->diags, &w->routes) == MUSTER_OK &&
           muster_model_create(w->scenario, w->routes, NULL, w->diags, &w->model) == MUSTER_OK &&
           muster_run_plan(w->model, NULL, w->diags, &w->result) == MUSTER_OK;
}

bool bench_worked(void)
{
    static const struct {
        const char *what, *unit;
        double per_s;
        int64_t (*work)(void *context);
    } all[] = {{"route book", "ms", 1e3, find_routes},
               {"recompile", "us", 1e6, recompile},
               {"plan run with outcomes", "us", 1e6, plan},
               {"why", "us", 1e6, why}};
    worked *w = calloc(1, sizeof *w);
    if (!w || !open_worked(w))
        return false;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bench_case one = {.name = "worked case",
                          .unit = all[i].unit,
                          .per_s = all[i].per_s,
                          .work = all[i].work,
                          .context = w,
                          .reference = -1};
        snprintf(one.parameters, sizeof one.parameters, "%s", all[i].what);
        bench_add(&one);
    }
    int32_t cpu = -1, wall = -1;
    for (int32_t jobs = 1; jobs <= 2; jobs++)
        for (int32_t by_wall = 0; by_wall < 2; by_wall++) {
            worked *own = malloc(sizeof *own);
            if (!own)
                return false;
            *own = *w;
            own->jobs = jobs;
            bench_case one = {.name = "replication",
                              .unit = "us",
                              .per_s = 1e6,
                              .work = replicate,
                              .context = own,
                              .reference = jobs == 1 ? -1
                                           : by_wall ? wall
                                                     : cpu,
                              .by_wall = by_wall != 0};
            snprintf(one.parameters, sizeof one.parameters, "%d thread%s %s time", (int)jobs,
                     jobs == 1 ? "" : "s", by_wall ? "wall" : "CPU");
            const int32_t number = bench_add(&one);
            if (jobs == 1)
                *(by_wall ? &wall : &cpu) = number;
        }
    return true;
}

/* The time of a verdict with its reasons: stages, terms, and what each reason does to its stage, for the
 * candidate of the worked case; and of the share of the space of weights. */
#include "bench.h"

#include "batch/handles.h"
#include "outcome/roles.h"
#include "outcome/space.h"
#include "real_files.h"

#include <stdlib.h>

enum { TERMS_MAX = 128 };

typedef struct reasons {
    muster_diags *diags;
    muster_source_text *text;
    muster_scenario *scenario;
    muster_land *land;
    muster_routes *routes;
    muster_model *model;
    muster_result *result;
    mst_align_output out;
} reasons;

static void roles_of(const reasons *r, const mst_verdict *v)
{
    const mst_term *term[TERMS_MAX];
    mst_role role[TERMS_MAX];
    for (int32_t stage = 0; stage < v->stage_count; stage++) {
        int32_t count = 0;
        for (int32_t i = 0; i < v->term_count && count < TERMS_MAX; i++)
            if (r->out.term[v->term_first + i].stage == stage)
                term[count++] = &r->out.term[v->term_first + i];
        mst_roles_of(v, stage, term, count, role);
        for (int32_t i = 0; i < count; i++)
            bench_use((double)role[i] + term[i]->value);
    }
}

static int64_t verdict(void *context)
{
    reasons *r = context;
    const mst_model *m = r->model->model;
    const mst_align_input in = {0, &r->result->run->values, r->result->run->fleet, NULL, NULL};
    const int64_t count = bench_is_quick ? 100 : 100000;
    for (int64_t i = 0; i < count; i++) {
        m->kinds->align[0]->evaluate(m, &in, &r->out);
        for (int32_t k = 0; k < r->out.verdict_count; k++)
            if (!r->out.verdict[k].is_host)
                roles_of(r, &r->out.verdict[k]);
    }
    return count;
}

static int64_t space(void *context)
{
    const reasons *r = context;
    const mst_model *m = r->model->model;
    const mst_verdict *v = mst_verdict_of(r->result->run, 0, m->drill[0].candidate[0]);
    const int64_t count = bench_is_quick ? 1 : 10;
    for (int64_t i = 0; i < count; i++) {
        mst_arena arena;
        mst_shares shares;
        mst_arena_init(&arena, NULL);
        const bool done = mst_space_try(m, r->result->run, v, MST_SPACE_WEIGHTS, &arena, &shares);
        bench_use(shares.verdict);
        mst_arena_clear(&arena);
        if (!done)
            return 0;
    }
    return count;
}

static bool open_case(reasons *r)
{
    static const muster_opener files = {real_file_open, real_file_close, NULL};
    char path[4096];
    bench_scenario("northern-interaction-2023.cfg", path);
    r->diags = muster_diags_create(NULL);
    if (muster_gather(path, &files, NULL, r->diags, &r->text) != MUSTER_OK ||
        muster_scenario_read(r->text, NULL, NULL, r->diags, &r->scenario) != MUSTER_OK ||
        muster_land_open(NULL, 0, NULL, r->diags, &r->land) != MUSTER_OK ||
        muster_routes_find(r->scenario, r->land, NULL, r->diags, &r->routes) != MUSTER_OK ||
        muster_model_create(r->scenario, r->routes, NULL, r->diags, &r->model) != MUSTER_OK ||
        muster_run_plan(r->model, NULL, r->diags, &r->result) != MUSTER_OK)
        return false;
    const mst_model *m = r->model->model;
    r->out.term_capacity = mst_align_term_capacity(m, 0);
    r->out.term = calloc((size_t)r->out.term_capacity, sizeof *r->out.term);
    r->out.verdict = calloc((size_t)m->state_count, sizeof *r->out.verdict);
    return r->out.term && r->out.verdict;
}

bool bench_why(void)
{
    reasons *r = calloc(1, sizeof *r);
    if (!r || !open_case(r))
        return false;
    const bench_case all[] = {{.name = "reasons",
                               .parameters = "verdict and roles of its terms",
                               .unit = "us",
                               .per_s = 1e6,
                               .work = verdict,
                               .context = r,
                               .reference = -1},
                              {.name = "reasons",
                               .parameters = "share of the space of weights",
                               .unit = "us",
                               .per_s = 1e6,
                               .work = space,
                               .context = r,
                               .reference = -1}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        bench_add(&all[i]);
    return true;
}

/* Replications in the caller's thread: told beside the plan run, or value by value. */
#include "tell/call.h"

#include "base/diag.h"
#include "base/text.h"
#include "batch/sample.h"

#include <math.h>
#include <string.h>

enum { VALUES_MAX = 2000000 }; /* of one document, 20 MB of text */

static const mst_place nowhere = {NULL, 0};

static muster_replicate_options options_of(const mst_request *request)
{
    return (muster_replicate_options){
        .count = request->count, .has_seed = request->has_seed, .seed = request->seed};
}

static void say_failure(muster_status status, muster_diags *diags)
{
    if (status == MUSTER_MISTAKE)
        mst_diag(diags, MUSTER_ERROR, nowhere, NULL, NULL,
                 "a replication does not come to an end: it writes ever more records");
    else
        mst_diag_memory(diags);
}

/* ---- beside the plan run --------------------------------------------------------------------------- */

static bool take_block(const mst_block *block, void *context)
{
    return mst_sample_take(context, block);
}

char *mst_desk_replicate(const muster_desk *desk, const mst_desk_world *world,
                         const mst_request *request, muster_diags *diags)
{
    const muster_replicate_options options = options_of(request);
    const muster_model *const model = world->model;
    muster_tell tell = mst_desk_tell(desk, world);
    if (!muster_model_has_chance(model)) /* every replication would be the plan run */
        return muster_tell_json(&tell, diags);
    muster_sample *sample = NULL;
    muster_status status = mst_sample_open(&model, 1, &options, desk->memory, &sample);
    if (status == MUSTER_OK) {
        const mst_taker taker = {take_block, NULL, sample};
        status = mst_reps_run_here(&sample->reps, desk->memory, &taker);
    }
    char *out = NULL;
    tell.sample = sample;
    if (status == MUSTER_OK && !sample->failed)
        out = muster_tell_json(&tell, diags);
    else
        say_failure(status, diags);
    muster_sample_free(sample);
    return out;
}

/* ---- value by value -------------------------------------------------------------------------------- */

/* The columns asked for, one after another. */
typedef struct picker {
    mst_reps reps;
    const int32_t *column;
    int32_t column_count;
    double *value; /* column by column, reps.count apart */
} picker;

static bool pick(const mst_block *block, void *context)
{
    const picker *p = context;
    for (int32_t c = 0; c < p->column_count; c++)
        memcpy(p->value + (size_t)c * (size_t)p->reps.count + (size_t)(block->first - 1),
               block->value + (size_t)p->column[c] * (size_t)p->reps.block_rows,
               (size_t)block->rows * sizeof *p->value);
    return true;
}

/* Indices of the measures named; null with diagnostics. */
static const int32_t *find_measures(const mst_request *request, mst_arena *arena,
                                    muster_diags *diags, int32_t *out_count)
{
    int32_t known = 0;
    const muster_measure *all = muster_measures(&known);
    const mst_json_value *list = mst_json_member(request->root, "measures");
    const int32_t count = mst_json_count(list);
    int32_t *found = mst_arena_array(arena, (size_t)count + 1, sizeof *found);
    const char **names = mst_arena_array(arena, (size_t)known + 1, sizeof *names);
    if (!found || !names)
        return NULL;
    for (int32_t i = 0; i < known; i++)
        names[i] = all[i].name;
    bool good = count > 0;
    if (!good)
        mst_diag(diags, MUSTER_ERROR, nowhere, NULL, "[\"score\"]",
                 "'measures' is to be a list of names of measures, at least one");
    for (int32_t i = 0; i < count; i++) {
        const char *name = mst_json_string(mst_json_item(list, i));
        found[i] = name ? muster_measure_index(name) : -1;
        if (found[i] >= 0)
            continue;
        const int32_t near = name ? mst_text_nearest(name, names, known) : -1;
        mst_diag(diags, MUSTER_ERROR, nowhere, NULL,
                 near >= 0 ? mst_arena_printf(arena, "did you mean '%s'?", names[near])
                           : "muster list measures",
                 "no measure '%.80s'", name ? name : "");
        good = false;
    }
    *out_count = count;
    return good ? found : NULL;
}

static void tell_thing(mst_json *json, const picker *p, const muster_measure *measure,
                       int32_t thing, int32_t at)
{
    char id[160];
    const double *value = p->value + (size_t)at * (size_t)p->reps.count;
    mst_json_object(json, NULL);
    mst_json_text(json, "measure", measure->name);
    mst_json_text(json, "of", muster_scope_name(measure->scope));
    mst_json_text(json, "id",
                  mst_scope_place_id(p->reps.layout[0].model, measure->scope, thing, id));
    mst_json_array(json, "values");
    for (int64_t i = 0; i < p->reps.count; i++)
        mst_json_maybe(json, NULL, value[i]);
    mst_json_end(json);
    mst_json_end(json);
}

static char *tell_samples(const picker *p, const int32_t *measure, int32_t count,
                          const muster_memory *memory, muster_diags *diags)
{
    int32_t known = 0, at = 0;
    const muster_measure *all = muster_measures(&known);
    const int32_t *first = p->reps.layout[0].first;
    mst_json *json = mst_json_create(memory);
    mst_json_object(json, NULL);
    mst_json_text(json, "format", "muster-samples");
    mst_json_whole(json, "version", 1);
    mst_json_whole(json, "count", p->reps.count);
    mst_json_array(json, "measures");
    for (int32_t i = 0; i < count; i++)
        for (int32_t k = 0; k < first[measure[i] + 1] - first[measure[i]]; k++)
            tell_thing(json, p, &all[measure[i]], k, at++);
    mst_json_end(json);
    mst_json_end(json);
    return mst_json_take(json, memory, diags);
}

/* Columns of the measures; false with diagnostics. */
static bool open_columns(picker *p, const int32_t *measure, int32_t count, mst_arena *arena,
                         muster_diags *diags)
{
    const int32_t *first = p->reps.layout[0].first;
    int64_t columns = 0;
    for (int32_t i = 0; i < count; i++)
        columns += first[measure[i] + 1] - first[measure[i]];
    if (columns * p->reps.count > VALUES_MAX) {
        mst_diag(diags, MUSTER_ERROR, nowhere, NULL, "ask for fewer measures or replications",
                 "%lld figures in %lld replications are more than %d values", (long long)columns,
                 (long long)p->reps.count, VALUES_MAX);
        return false;
    }
    int32_t *column = mst_arena_array(arena, (size_t)columns + 1, sizeof *column);
    p->value =
        mst_arena_array(arena, (size_t)columns * (size_t)p->reps.count + 1, sizeof *p->value);
    if (!column || !p->value) {
        mst_diag_memory(diags);
        return false;
    }
    for (int32_t i = 0; i < count; i++)
        for (int32_t k = first[measure[i]]; k < first[measure[i] + 1]; k++)
            column[p->column_count++] = k;
    p->column = column;
    return true;
}

char *mst_desk_samples(const muster_desk *desk, const mst_desk_world *world,
                       const mst_request *request, muster_diags *diags)
{
    const muster_replicate_options options = options_of(request);
    const muster_model *const model = world->model;
    int32_t count = 0;
    char *out = NULL;
    picker p = {.column_count = 0};
    mst_arena arena;
    mst_arena_init(&arena, desk->memory);
    const int32_t *measure = find_measures(request, &arena, diags, &count);
    if (measure && mst_reps_open(&model, 1, &options, desk->memory, &p.reps) != MUSTER_OK) {
        mst_diag_memory(diags);
    } else if (measure && open_columns(&p, measure, count, &arena, diags)) {
        const mst_taker taker = {pick, NULL, &p};
        const muster_status status = mst_reps_run_here(&p.reps, desk->memory, &taker);
        if (status == MUSTER_OK)
            out = tell_samples(&p, measure, count, desk->memory, diags);
        else
            say_failure(status, diags);
    }
    if (measure)
        mst_reps_close(&p.reps);
    mst_arena_clear(&arena);
    return out;
}

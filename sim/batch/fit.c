/* Weights learnt from tables: read, features named, four fits. */
#include "batch/fit.h"

#include "load/scenario.h"

#include <math.h>
#include <string.h>

muster_fit_options muster_fit_defaults(void)
{
    const mst_fit_options own = mst_fit_defaults();
    return (muster_fit_options){.lambda = own.lambda,
                                .replicates = own.replicates,
                                .permutations = own.permutations,
                                .seed = own.seed};
}

/* ---- refusals ------------------------------------------------------------------------------------------- */

static void say(muster_diags *diags, const char *hint, const char *words)
{
    mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, hint, "%s", words);
}

enum { DRAWS_MAX = 1000000 };
#define LAMBDA_MAX 1e6

static bool check_options(const muster_fit_options *o, muster_diags *diags)
{
    if (!isnan(o->lambda) && !(o->lambda >= 0.0 && o->lambda <= LAMBDA_MAX))
        say(diags, NULL, "the penalty lambda lies within 0..1e6");
    if (o->replicates < 0 || o->replicates > DRAWS_MAX)
        say(diags, NULL, "replicates lie within 0..1000000");
    if (o->permutations < 0 || o->permutations > DRAWS_MAX)
        say(diags, NULL, "permutations lie within 0..1000000");
    return muster_diags_error_count(diags) == 0;
}

/* The feature that most rows lack, in words; empty: none lacks any. */
static const char *lacking_most(muster_fit *fit, const mst_features *f)
{
    const mst_feature *most = NULL;
    for (int32_t i = 0; i < f->count; i++)
        if (f->item[i].missing > 0 && (!most || f->item[i].missing > most->missing))
            most = &f->item[i];
    const char *words = most ? mst_arena_printf(&fit->arena, "; %s is missing in %d", most->name,
                                                (int)most->missing)
                             : "";
    return words ? words : "";
}

/* Why the fit that was asked for cannot be had, with the counts. */
static void refuse(muster_fit *fit, const mst_fit_run_of *of, muster_diags *diags)
{
    char reason[256];
    const mst_fit_design *d = &of->result.design;
    const char *hint = "a feature that few rows have can be left out (--able, --admit, --accept, "
                       "--apart), or an older value carried (--carry)";
    mst_fit_says((mst_fit_why){of->why.fault, -1, -1, of->why.number}, reason, sizeof reason);
    const bool is_count = of->why.fault == MST_FIT_FEW_JOINS ||
                          of->why.fault == MST_FIT_NO_ABSENCES ||
                          of->why.fault == MST_FIT_FEW_SERIES;
    if (!is_count) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL, "nothing is fitted: %s", reason);
        return;
    }
    mst_diag(
        diags, MUSTER_ERROR, (mst_place){0}, NULL, d->usable < fit->known ? hint : NULL,
        "nothing is fitted: %s. Rows with a known outcome: %d, joins %d, in %d series; without "
        "gaps: %d, joins %d, in %d series%s",
        reason, (int)fit->known, (int)fit->joins, (int)fit->series, (int)d->usable, (int)d->joins,
        (int)d->usable_series, lacking_most(fit, &fit->features[fit->main]));
}

/* ---- the four ------------------------------------------------------------------------------------------- */

static void tell_progress(void *context, mst_fit_step step, int32_t done, int32_t of)
{
    static const char *const words[] = {[MST_FIT_STEP_REPLICATES] = "bootstrap replicates",
                                        [MST_FIT_STEP_SERIES] = "series left out",
                                        [MST_FIT_STEP_DEALS] = "outcomes dealt anew",
                                        [MST_FIT_STEP_ROWS] = "rows forward in time"};
    const muster_fit_options *o = context;
    o->progress(o->context, words[step], done, of);
}

static mst_fit_options engine_options(muster_fit *fit, bool is_main, bool is_plain)
{
    mst_fit_options o = mst_fit_defaults();
    o.is_plain = is_plain;
    o.lambda = fit->options.lambda;
    o.replicates = is_main ? fit->options.replicates : 0;
    o.permutations = is_main ? fit->options.permutations : 0;
    o.seed = fit->options.seed;
    o.progress = fit->options.progress ? tell_progress : NULL;
    o.context = &fit->options;
    return o;
}

/* One of the four. Only the main one must succeed. False: memory is short. */
static bool fit_one(muster_fit *fit, int32_t history, int32_t plain)
{
    mst_fit_run_of *of = &fit->of[history][plain];
    const bool is_main = history == fit->main && plain == 0;
    const mst_fit_options o = engine_options(fit, is_main, plain != 0);
    const muster_status status =
        mst_fit_run(&fit->arena, &fit->record[history], &o, &of->result, &of->why);
    of->has_result = status == MUSTER_OK;
    if (status == MUSTER_MISTAKE && is_main) { /* for its counts */
        mst_fit_why again;
        (void)mst_fit_prepare(&fit->arena, &fit->record[history], &o, &of->result.design, &again);
    }
    return status != MUSTER_WORLD && of->why.fault != MST_FIT_MEMORY;
}

/* The rows that the fit with history scores, by the fit without it. False: memory is short. */
static bool score_alike(muster_fit *fit, int32_t plain)
{
    mst_fit_run_of *without = &fit->of[0][plain];
    const mst_fit_run_of *with = &fit->of[1][plain];
    if (!without->has_result || !with->has_result)
        return true;
    const int32_t rows = fit->record[0].rows;
    mst_fit_outside part = without->result.cross;
    double *p = mst_arena_array(&fit->arena, (size_t)rows + 1, sizeof *p);
    mst_fit_why why;
    for (int32_t i = 0; p && i < rows; i++) {
        const bool is_scored = with->result.design.is_usable[i] && !isnan(with->result.cross.p[i]);
        p[i] = is_scored ? part.p[i] : (double)NAN;
    }
    part.p = p;
    return p && mst_fit_score(&fit->arena, &without->result.design, &part, false, &without->alike,
                              &why) == MUSTER_OK;
}

static muster_status fit_all(muster_fit *fit, muster_diags *diags)
{
    for (int32_t k = 0; k < 2; k++)
        if (!mst_fit_fill_columns(fit, k))
            return MUSTER_WORLD;
    fit->drills = fit->tables.rivals.count;
    fit->rows = fit->record[0].rows;
    for (int32_t i = 0; i < fit->rows; i++) {
        fit->known += fit->record[0].outcome[i] >= 0;
        fit->joins += fit->record[0].outcome[i] == 1;
    }
    if (!fit_one(fit, fit->main, 0))
        return MUSTER_WORLD;
    if (!fit->of[fit->main][0].has_result) {
        refuse(fit, &fit->of[fit->main][0], diags);
        return MUSTER_MISTAKE;
    }
    const bool is_done = fit_one(fit, fit->main, 1) && fit_one(fit, 1 - fit->main, 0) &&
                         fit_one(fit, 1 - fit->main, 1) && score_alike(fit, 0) &&
                         score_alike(fit, 1);
    return is_done ? MUSTER_OK : MUSTER_WORLD;
}

/* ---- the door ------------------------------------------------------------------------------------------- */

static muster_status read_and_fit(muster_fit *fit, const muster_record_table *table, int32_t count,
                                  const muster_record_options *reading,
                                  const muster_fit_options *options, muster_diags *diags)
{
    if (!check_options(options, diags))
        return MUSTER_MISTAKE;
    muster_status status = mst_tables_read(table, count, reading, mst_kinds_all()->align,
                                           &fit->arena, diags, &fit->tables);
    if (status == MUSTER_OK && !mst_rivals_look_back(&fit->tables.rivals))
        status = MUSTER_WORLD;
    if (status == MUSTER_OK)
        status = mst_fit_name_features(fit, options, diags);
    return status == MUSTER_OK ? fit_all(fit, diags) : status;
}

muster_status muster_fit_read(const muster_record_table *table, int32_t count,
                              const muster_record_options *reading,
                              const muster_fit_options *options, const muster_memory *memory,
                              muster_diags *diags, muster_fit **out)
{
    const muster_fit_options own = options ? *options : muster_fit_defaults();
    *out = NULL;
    muster_fit *fit = mst_memory_alloc(memory, sizeof *fit);
    muster_diags *found = muster_diags_create(memory);
    if (!fit || !found) {
        mst_memory_free(memory, fit);
        muster_diags_free(found);
        return mst_diag_memory(diags);
    }
    memset(fit, 0, sizeof *fit);
    mst_arena_init(&fit->arena, mst_memory_keep(&fit->memory, memory));
    fit->options = own;
    muster_status status = read_and_fit(fit, table, count, reading, &own, found);
    /* what the lists and the progress point to is the caller's */
    fit->options = (muster_fit_options){.lambda = own.lambda,
                                        .replicates = own.replicates,
                                        .permutations = own.permutations,
                                        .seed = own.seed};
    if (status == MUSTER_WORLD || mst_diags_lack_memory(found) || fit->arena.failed)
        status = mst_diag_memory(found);
    mst_diags_pass_on(found, false, diags);
    muster_diags_free(found);
    if (status == MUSTER_OK)
        *out = fit;
    else
        muster_fit_free(fit);
    return status;
}

void muster_fit_free(muster_fit *fit)
{
    if (!fit)
        return;
    const muster_memory memory = fit->memory;
    mst_arena_clear(&fit->arena);
    mst_memory_free(&memory, fit);
}

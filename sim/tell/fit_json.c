/* muster fit --json. */
#include "tell/fit.h"

#include "tell/chance.h"
#include "tell/rivals.h"

#include <math.h>

static const char *const verdict_names[] = {
    [MST_FIT_NOT_ASKED] = "not asked",
    [MST_FIT_WORSE] = "worse than the base rate",
    [MST_FIT_TOO_FEW_DEALS] = "too few deals",
    [MST_FIT_AS_CHANCE] = "as chance",
    [MST_FIT_NOT_BEYOND_LAST] = "not beyond last time",
    [MST_FIT_PREDICTS] = "predicts",
};
static const char *const sign_names[] = {"unknown", "agrees", "open", "contradicts"};
static const char *const held_names[] = {"no", "constant", "combination"};
static const char *const separation_names[] = {"no", "in part", "in full"};

static void add_interval(mst_json *json, const char *low, const char *high, const mst_interval *i)
{
    mst_json_maybe(json, low, i->is_estimable ? i->low : (double)NAN);
    mst_json_maybe(json, high, i->is_estimable ? i->high : (double)NAN);
}

static void add_weight(mst_json *json, const muster_fit *fit, int32_t history,
                       const mst_fit_result *r, const mst_fit_line *line)
{
    const bool is_feature = line->feature >= 0;
    mst_json_object(json, NULL);
    mst_json_text(json, "block", mst_fit_block_names[line->block]);
    mst_json_text(json, "feature", is_feature ? mst_fit_line_name(fit, history, line) : NULL);
    mst_json_real(json, "per_unit", line->raw);
    mst_json_maybe(json, "per_sd", is_feature ? line->standard : (double)NAN);
    mst_json_maybe(json, "mean", is_feature ? line->centre : (double)NAN);
    mst_json_maybe(json, "sd", is_feature ? line->spread : (double)NAN);
    mst_json_maybe(json, "light", line->light);
    mst_json_maybe(json, "deviation", line->deviation);
    add_interval(json, "low", "high", &line->interval);
    mst_json_whole(json, "expected", line->expected);
    mst_json_text(json, "sign", sign_names[line->sign]);
    mst_json_text(json, "held", held_names[line->held]);
    mst_json_array(json, "held_with");
    for (int32_t j = 0; j < r->design.weights; j++)
        if (line->with >> j & 1)
            mst_json_text(json, NULL, mst_fit_line_name(fit, history, &r->line[j]));
    mst_json_end(json);
    mst_json_bool(json, "is_growing", line->is_growing);
    mst_json_bool(json, "is_walled", line->is_walled);
    mst_json_end(json);
}

static void add_brier(mst_json *json, const char *key, const mst_brier *b)
{
    mst_json_object(json, key);
    mst_json_whole(json, "rows", b->compared);
    mst_json_maybe(json, "brier", b->compared > 0 ? b->reference : (double)NAN);
    mst_json_maybe(json, "skill", b->compared > 0 ? b->skill : (double)NAN);
    mst_json_end(json);
}

static void add_scores(mst_json *json, const char *key, const mst_fit_scores *s)
{
    mst_json_object(json, key);
    mst_json_whole(json, "rows", s->scored);
    mst_json_whole(json, "joins", s->joins);
    mst_json_whole(json, "unpredicted", s->unpredicted);
    mst_json_maybe(json, "brier", s->against_base.count > 0 ? s->against_base.score : (double)NAN);
    add_brier(json, "base_rate", &s->against_base);
    add_brier(json, "last_time", &s->against_last);
    mst_json_maybe(json, "log_score", s->log.count > 0 ? s->log.score : (double)NAN);
    mst_json_maybe(json, "log_score_base_rate",
                   s->log_base.count > 0 ? s->log_base.score : (double)NAN);
    mst_json_maybe(json, "auc", s->auc.value);
    mst_json_maybe(json, "auc_in_drill", s->auc_drill.value);
    mst_json_array(json, "calibration");
    for (int32_t i = 0; i < s->bins; i++) {
        const mst_bin *b = &s->bin[i];
        mst_json_object(json, NULL);
        mst_json_real(json, "p_from", b->low);
        mst_json_real(json, "p_to", b->high);
        mst_json_maybe(json, "mean_p", b->mean_p);
        mst_json_maybe(json, "share", b->share);
        add_interval(json, "low", "high", &b->interval);
        mst_json_whole(json, "rows", b->count);
        mst_json_whole(json, "joins", b->joins);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_end(json);
}

static void add_fit(mst_json *json, const muster_fit *fit, int32_t history, int32_t plain)
{
    char reason[256];
    const mst_fit_run_of *of = &fit->of[history][plain];
    const mst_fit_result *r = &of->result;
    mst_json_object(json, NULL);
    mst_json_text(json, "model", plain ? "logit" : "product");
    mst_json_bool(json, "history", history != 0);
    mst_json_bool(json, "is_main", history == fit->main && plain == 0);
    if (!of->has_result) {
        mst_json_text(json, "refused",
                      mst_fit_says((mst_fit_why){of->why.fault, -1, -1, of->why.number}, reason,
                                   sizeof reason));
        mst_json_end(json);
        return;
    }
    mst_json_whole(json, "rows", r->design.usable);
    mst_json_whole(json, "joins", r->design.joins);
    mst_json_whole(json, "series", r->design.usable_series);
    mst_json_whole(json, "partial", r->design.partial);
    mst_json_real(json, "lambda", r->lambda);
    mst_json_real(json, "log_likelihood", r->fit.log_likelihood);
    mst_json_real(json, "log_likelihood_base_rate", r->fit.null_log_likelihood);
    mst_json_bool(json, "is_converged", r->fit.is_converged);
    mst_json_whole(json, "minima", r->fit.minima);
    mst_json_text(json, "separation", separation_names[r->separation]);
    mst_json_array(json, "weights");
    for (int32_t j = 0; j < r->design.weights; j++)
        add_weight(json, fit, history, r, &r->line[j]);
    mst_json_end(json);
    add_scores(json, "series_left_out", &r->cross_scores);
    add_scores(json, "forward_in_time", &r->forward_scores);
    add_scores(json, "series_left_out_partial_rows", &r->cross_partial);
    if (history == 0 && fit->of[1][plain].has_result)
        add_scores(json, "series_left_out_rows_with_history", &of->alike);
    mst_json_end(json);
}

static void add_judgement(mst_json *json, const mst_fit_judgement *j)
{
    mst_json_object(json, "verdict");
    mst_json_text(json, "says", verdict_names[j->verdict]);
    mst_json_maybe(json, "p", j->p);
    mst_json_whole(json, "deals", j->drawn);
    mst_json_whole(json, "as_good", j->as_good);
    mst_json_maybe(json, "skill_last_time", j->skill_last.value);
    add_interval(json, "skill_last_time_low", "skill_last_time_high", &j->skill_last.interval);
    mst_json_end(json);
}

static void add_head(mst_json *json, const muster_fit *fit)
{
    const mst_tables *t = &fit->tables;
    const mst_features *f = &fit->features[fit->main];
    mst_json_text(json, "format", "muster-fit");
    mst_json_whole(json, "version", 1);
    mst_json_object(json, "program");
    mst_json_text(json, "name", "muster");
    mst_json_text(json, "version", muster_version());
    mst_json_end(json);
    mst_json_object(json, "record");
    mst_json_whole(json, "drills", fit->drills);
    mst_json_whole(json, "rows", fit->rows);
    mst_json_whole(json, "known", fit->known);
    mst_json_whole(json, "joins", fit->joins);
    mst_json_whole(json, "series", fit->series);
    mst_json_whole(json, "states", t->state_count);
    mst_json_whole(json, "carry_years", t->options.carry_years);
    mst_json_text(json, "ideal_points", t->options.final_passage ? "fp" : "all");
    mst_json_tables(json, t);
    mst_json_end(json);
    mst_json_array(json, "features");
    for (int32_t i = 0; i < f->count; i++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "name", f->item[i].name);
        mst_json_text(json, "block", mst_fit_block_names[f->item[i].block]);
        mst_json_whole(json, "missing", f->item[i].missing);
        mst_json_end(json);
    }
    mst_json_end(json);
}

char *mst_json_fit(const muster_fit *fit, muster_diags *diags)
{
    mst_json *json = mst_json_create(&fit->memory);
    mst_json_object(json, NULL);
    add_head(json, fit);
    mst_json_seed(json, "seed", fit->options.seed);
    mst_json_whole(json, "replicates", fit->options.replicates);
    add_judgement(json, &mst_fit_main(fit)->judgement);
    mst_json_array(json, "fits");
    for (int32_t h = 0; h < 2; h++)
        for (int32_t k = 0; k < 2; k++)
            add_fit(json, fit, h, k);
    mst_json_end(json);
    return mst_json_take(json, &fit->memory, diags);
}

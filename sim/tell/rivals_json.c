/* Rival explanations for programs. */
#include "tell/rivals.h"

#include <math.h>

static const char *const kinds[] = {"participation", "camp", "null", "forecast"};

static void add_model(mst_json *json, const mst_rivals *r, const mst_align_type *m)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "name", m->name);
    mst_json_text(json, "label", m->label);
    mst_json_text(json, "kind", kinds[m->kind]);
    mst_json_text(json, "explains", m->doc);
    mst_json_text(json, "mapping", m->mapping);
    mst_json_text(json, "proposed_by", m->proposed);
    mst_json_text(json, "needs", m->needs);
    mst_json_whole(json, "constants",
                   m->constants == MST_ALIGN_COUNT_WEIGHTS ? r->weight_count : m->constants);
    mst_json_whole(json, "direction", m->direction);
    mst_json_maybe(json, "threshold", m->threshold);
    mst_json_end(json);
}

static void add_answer(mst_json *json, const mst_align_type *m, const mst_answer *a)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "model", m->name);
    mst_json_answer(json, "joins", a->joins);
    mst_json_maybe(json, "p", a->p);
    mst_json_maybe(json, "score", a->score);
    mst_json_bool(json, "partly_assessed", a->is_partly);
    mst_json_text(json, "basis", a->basis);
    mst_json_end(json);
}

static void add_candidates(mst_json *json, const mst_rivals_view *view, const mst_case *c)
{
    mst_json_array(json, "candidates");
    for (int32_t k = 0; k < c->setting.candidate_count; k++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "state", c->setting.state[c->setting.candidate[k]]);
        mst_json_answer(json, "joined", c->outcome[k]);
        mst_json_bool(json, "pooled", c->is_pooled[k] != 0);
        mst_json_array(json, "answers");
        for (int32_t i = 0; i < view->rivals->model_count; i++)
            if (view->model < 0 || view->model == i)
                add_answer(json, view->rivals->model[i], &c->reply[i].answer[k]);
        mst_json_end(json);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_camps(mst_json *json, const char *key, const mst_setting *s, const int32_t *camp)
{
    mst_json_array(json, key);
    for (int32_t i = 0; camp && i < s->state_count; i++) {
        if (camp[i] < 0)
            continue;
        mst_json_object(json, NULL);
        mst_json_text(json, "state", s->state[i]);
        mst_json_whole(json, "camp", camp[i]);
        mst_json_text(json, "on_record", s->camp[i]);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_reply(mst_json *json, const mst_align_type *m, const mst_setting *s,
                      const mst_reply *reply)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "model", m->name);
    mst_json_text(json, "missing", reply->missing);
    mst_json_text(json, "about", reply->about);
    add_camps(json, "camps", s, reply->camp);
    mst_json_array(json, "equal_camps");
    for (int32_t i = 0; i < reply->equal_count; i++)
        add_camps(json, NULL, s, reply->equal_camp[i]);
    mst_json_end(json);
    mst_json_array(json, "findings");
    for (int32_t i = 0; i < reply->finding.count; i++) {
        const mst_finding *f = MST_AT(mst_finding, &reply->finding, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "label", f->label);
        mst_json_maybe(json, "value", f->value);
        mst_json_text(json, "unit", f->unit);
        mst_json_text(json, "words", f->words);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_end(json);
}

/* What a table says of a drill beyond its setting. */
static void add_more(mst_json *json, const mst_record_drill *more)
{
    mst_json_time(json, "end", more->end);
    mst_json_text(json, "domains", more->domains);
    mst_json_maybe(json, "lat_deg", more->lat_deg);
    mst_json_maybe(json, "lon_deg", more->lon_deg);
}

static void add_case(mst_json *json, const mst_rivals_view *view, const mst_case *c)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "drill", c->setting.drill);
    mst_json_text(json, "name", c->name);
    mst_json_text(json, "series", c->setting.series);
    mst_json_time(json, "decided", c->setting.at);
    mst_json_text(json, "use", mst_use_names[c->use]);
    mst_json_bool(json, "weights_fixed", c->is_fixed);
    if (c->more)
        add_more(json, c->more);
    mst_json_array(json, "hosts");
    for (int32_t i = 0; i < c->setting.host_count; i++)
        mst_json_text(json, NULL, c->setting.state[c->setting.host[i]]);
    mst_json_end(json);
    add_candidates(json, view, c);
    mst_json_array(json, "models");
    for (int32_t i = 0; i < view->rivals->model_count; i++)
        if ((view->model < 0 || view->model == i) &&
            (c->reply[i].camp || c->reply[i].finding.count > 0))
            add_reply(json, view->rivals->model[i], &c->setting, &c->reply[i]);
    mst_json_end(json);
    mst_json_end(json);
}

/* Every point of the curve of thresholds; of one model alone, as it has one a score. */
static void add_curve(mst_json *json, const mst_rivals *r, const mst_align_type *m,
                      const mst_performance *p)
{
    mst_cut *cut = mst_arena_array(r->arena, (size_t)p->rows.row.count + 1, sizeof *cut);
    const int32_t cuts = cut && m->direction != 0 ? mst_score_curve(&p->rows, NULL, cut) : 0;
    mst_json_array(json, "curve");
    for (int32_t i = 0; i < cuts; i++) {
        mst_json_object(json, NULL);
        mst_json_maybe(json, "threshold",
                       m->direction < 0 ? -cut[i].threshold : cut[i].threshold); /* null: nobody */
        mst_json_whole(json, "join_hits", cut[i].join_hits);
        mst_json_whole(json, "absence_hits", cut[i].absence_hits);
        mst_json_bool(json, "best", cut[i].is_best);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_score(mst_json *json, const mst_rivals *r, const mst_align_type *m,
                      const mst_performance *p, bool is_ranked, bool has_curve)
{
    const mst_hits *h = &p->hits;
    const bool is_held_against = is_ranked && m->kind != MST_ALIGN_NULL && !isnan(h->balanced);
    mst_json_object(json, NULL);
    mst_json_text(json, "model", m->name);
    mst_json_whole(json, "answered", h->assessed_joins + h->assessed_absences);
    mst_json_whole(json, "joins", h->assessed_joins);
    mst_json_whole(json, "join_hits", h->join_hits);
    mst_json_whole(json, "absences", h->assessed_absences);
    mst_json_whole(json, "absence_hits", h->absence_hits);
    mst_json_maybe(json, "balanced_accuracy", h->balanced);
    const bool has = p->balanced.interval.is_estimable;
    mst_json_maybe(json, "balanced_accuracy_low", has ? p->balanced.interval.low : (double)NAN);
    mst_json_maybe(json, "balanced_accuracy_high", has ? p->balanced.interval.high : (double)NAN);
    mst_json_maybe(json, "brier", p->brier.count > 0 ? p->brier.score : (double)NAN);
    mst_json_maybe(json, "brier_skill", p->brier.compared > 0 ? p->brier.skill : (double)NAN);
    mst_json_maybe(json, "log_score", p->log.count > 0 ? p->log.score : (double)NAN);
    mst_json_maybe(json, "auc", p->auc.value);
    mst_json_maybe(json, "auc_in_drill", p->auc_drill.value);
    mst_json_answer(json, "beats_nulls", is_held_against ? p->beats_nulls : -1);
    if (has_curve)
        add_curve(json, r, m, p);
    mst_json_end(json);
}

static void add_scores(mst_json *json, const mst_rivals_view *view, int32_t use, bool partly)
{
    const mst_rivals *r = view->rivals;
    mst_prediction *pair = NULL;
    const int32_t count = mst_rivals_pairs(r, use, partly, &pair);
    mst_performance *performance =
        mst_arena_array(r->arena, (size_t)r->model_count, sizeof *performance);
    if (count <= 0 || !performance || !mst_rivals_score(r, pair, count, performance))
        return;
    const mst_few few = mst_score_few(&performance[0].rows);
    mst_json_object(json, NULL);
    mst_json_text(json, "use", mst_use_names[use]);
    mst_json_bool(json, "partly_assessed", partly);
    mst_json_whole(json, "pairs", count);
    mst_json_whole(json, "joins", few.joins);
    mst_json_whole(json, "joining_states", few.states);
    mst_json_bool(json, "too_few_to_rank", few.is_too_few);
    mst_json_array(json, "models");
    for (int32_t i = 0; i < r->model_count; i++)
        if (view->model < 0 || view->model == i)
            add_score(json, r, r->model[i], &performance[i], !few.is_too_few, view->model == i);
    mst_json_end(json);
    mst_json_end(json);
}

void mst_json_rivals(mst_json *json, const mst_rivals_view *view)
{
    const mst_rivals *r = view->rivals;
    if (r->weight_count > 0)
        mst_json_hash(json, "weights_hash", r->weights_hash);
    mst_json_array(json, "models");
    for (int32_t i = 0; i < r->model_count; i++)
        if (view->model < 0 || view->model == i)
            add_model(json, r, r->model[i]);
    mst_json_end(json);
    mst_json_array(json, "cases");
    for (int32_t i = 0; i < r->count; i++)
        if (view->item < 0 || view->item == i)
            add_case(json, view, &r->item[i]);
    mst_json_end(json);
    mst_json_array(json, "scores");
    for (int32_t use = MST_CALIBRATION; use < MST_HYPOTHETICAL; use++)
        for (int32_t partly = 0; partly < 2; partly++) {
            mst_scoring scoring;
            add_scores(json, mst_scoring_begin(&scoring, view), use, partly != 0);
            mst_scoring_end(&scoring);
        }
    mst_json_end(json);
}

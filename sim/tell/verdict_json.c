/* A verdict as JSON: stages, terms, tipping values, assumptions, evidence. */
#include "tell/why.h"

#include "model/rulings.h"

static const char *const standing_names[] = {"yes", "no", "tie", "not assessed"};
static const char *const agreement_names[] = {"agrees", "contradicts", "silent"};
static const char *const says_names[] = {"yes", "no", "mixed"};
static const char *const kind_names[] = {"official", "press", "intelligence", "expert"};

/* What speaks of a stage, or, null, of the participation as a whole: each entry stands in one place. */
static void add_evidence(mst_json *json, const mst_page *page, const mst_verdict *v,
                         const mst_stage_result *stage)
{
    mst_json_array(json, "evidence");
    for (int32_t i = 0; i < page->spec->evidence.count; i++) {
        const mst_evidence_def *e = MST_AT(mst_evidence_def, &page->spec->evidence, i);
        if (!mst_page_speaks(page, v, stage, e))
            continue;
        mst_json_object(json, NULL);
        mst_json_text(json, "agreement",
                      agreement_names[mst_evidence_agreement(page->model, v, stage, e)]);
        mst_json_text(json, "says", e->says >= 0 ? says_names[e->says] : NULL);
        mst_json_text(json, "kind", e->kind >= 0 ? kind_names[e->kind] : NULL);
        mst_json_time(json, "at", e->at.from);
        mst_json_text(json, "words", e->words);
        mst_json_text(json, "source", e->item.source);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_stage(mst_json *json, mst_page *page, const mst_verdict *v, int32_t stage)
{
    enum { TERMS_MAX = 128 };
    const mst_term *terms[TERMS_MAX];
    const mst_stage_result *s = &v->stage[stage];
    const int32_t count = mst_page_terms(page, v, stage, terms, TERMS_MAX);
    mst_json_object(json, NULL);
    mst_json_text(json, "stage", mst_stage_names[s->stage]);
    mst_json_text(json, "host", s->host >= 0 ? page->model->state[s->host].id : NULL);
    mst_json_text(json, "standing", standing_names[s->standing]);
    mst_json_maybe(json, "margin", s->margin);
    mst_json_maybe(json, "probability", s->p);
    mst_json_array(json, "terms");
    for (int32_t i = 0; i < count; i++) {
        const bool law = terms[i]->rule < 0;
        mst_json_object(json, NULL);
        mst_json_text(json, "key",
                      !law                             ? page->model->rule[terms[i]->rule].id
                      : terms[i]->rule == MST_TERM_KIT ? "kit-need"
                                                       : "cap-kit");
        mst_json_text(json, "label", mst_page_term_label(page, terms[i]));
        mst_json_maybe(json, "value", terms[i]->value);
        mst_json_end(json);
    }
    mst_json_end(json);
    add_evidence(json, page, v, s);
    mst_json_end(json);
}

static void add_tips(mst_json *json, mst_page *page, const mst_verdict *v)
{
    mst_tip *tips = NULL;
    const int32_t count = mst_page_tips(page, v, &tips);
    mst_json_array(json, "tipping_values");
    for (int32_t i = 0; i < count; i++) {
        mst_json_object(json, NULL);
        mst_json_whole(json, "stage", tips[i].stage);
        mst_json_text(json, "path", tips[i].path);
        mst_json_text(json, "name", mst_page_figure(page, tips[i].path));
        mst_json_real(json, "now", tips[i].value);
        mst_json_maybe(json, "at", tips[i].at);
        mst_json_maybe(json, "from", tips[i].from);
        mst_json_whole(json, "decimals", tips[i].decimals);
        mst_json_bool(json, "within", tips[i].within);
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_assumptions(mst_json *json, mst_page *page, const mst_verdict *v)
{
    mst_assumption *list = NULL;
    const int32_t count = mst_assumptions(page->model, v, page->run, &page->arena, &list);
    mst_json_array(json, "assumptions");
    for (int32_t i = 0; i < count; i++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "path", list[i].path);
        mst_json_text(json, "name", mst_page_figure(page, list[i].path));
        mst_json_text(json, "value", list[i].written);
        mst_json_text(json, "source", list[i].source);
        mst_json_text(json, "confidence", mst_confidence_names[list[i].confidence]);
        mst_json_text(json, "effect", list[i].effect);
        mst_json_maybe(json, "influence", list[i].influence);
        mst_json_end(json);
    }
    mst_json_end(json);
}

void mst_json_joins(mst_json *json, const mst_verdict *v)
{
    mst_json_answer(json, "joins", mst_verdict_is_assessed(v) ? v->joins : -1);
}

/* Whether it takes part, and by whose word. */
static void add_answer(mst_json *json, const mst_page *page, const mst_verdict *v)
{
    const mst_ruling ruling = mst_model_ruling(page->model, v->drill, v->state);
    if (ruling == MST_RULING_NONE) {
        mst_json_joins(json, v);
        mst_json_text(json, "ruling", NULL);
        return;
    }
    mst_json_bool(json, "joins", v->joins != 0);
    mst_json_object(json, "ruling");
    mst_json_text(json, "says", mst_ruling_names[ruling]);
    mst_json_text(json, "reason", mst_model_ruling_reason(page->model, v->drill, v->state));
    mst_json_end(json);
}

void mst_json_verdict(mst_json *json, const char *key, mst_page *page, const mst_verdict *v)
{
    const mst_model *m = page->model;
    const mst_fleet_reading *fleet =
        &page->run->fleet[(size_t)v->drill * (size_t)m->state_count + (size_t)v->state];
    mst_json_object(json, key);
    mst_json_text(json, "drill", m->drill[v->drill].id);
    mst_json_text(json, "state", m->state[v->state].id);
    mst_json_text(json, "name", m->state[v->state].name);
    mst_json_text(json, "part", v->is_host ? "host" : "candidate");
    add_answer(json, page, v);
    mst_json_bool(json, "partly_assessed", v->is_partly_assessed);
    mst_json_bool(json, "unsettled", v->is_unsettled);
    mst_json_maybe(json, "probability", v->p);
    mst_json_maybe(json, "probability_low", v->p_low);
    mst_json_maybe(json, "probability_high", v->p_high);
    mst_json_text(json, "reading",
                  !fleet->is_assessed ? "not assessed"
                  : fleet->is_fleet   ? "fleet"
                                      : "index");
    mst_json_maybe(json, "kit", fleet->kit);
    mst_json_maybe(json, "cap", fleet->cap);
    mst_json_maybe(json, "cap_need", m->drill[v->drill].cap_need);
    mst_json_array(json, "stages");
    for (int32_t i = 0; i < v->stage_count; i++)
        add_stage(json, page, v, i);
    mst_json_end(json);
    add_evidence(json, page, v, NULL);
    mst_json_bool(json, "asked", mst_evidence_of_invitation(m, v->drill, v->state));
    add_tips(json, page, v);
    add_assumptions(json, page, v);
    mst_json_end(json);
}

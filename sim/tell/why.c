/* Why a state takes part or not: every stage, every term, in the words of the file. */
#include "tell/why.h"

#include <math.h>
#include <string.h>

enum { TERMS_MAX = 128 };

static const char *factor_values(mst_page *page, const mst_verdict *v, const mst_stage_result *s,
                                 const mst_rule_row *rule)
{
    /* "0.7 x 0.85 x 0.80": the weight and the values read, for rules that are plain products */
    const mst_model *m = page->model;
    const mst_values *values = &page->run->values;
    const size_t n = (size_t)m->state_count;
    const char *out = mst_page_printf(page, "%.4g", fabs(rule->weight));
    if (rule->form != 1 || (s->host < 0 && rule->over != 0))
        return NULL;
    for (int32_t t = 0; t < rule->term_count; t++) {
        if (rule->term[t].plus != 0.0 || rule->term[t].times != 1.0)
            return NULL;
        for (int32_t f = 0; f < rule->term[t].factor_count; f++) {
            const mst_factor *factor = &rule->term[t].factor[f];
            const size_t k = (size_t)factor->index, cand = (size_t)v->state;
            const size_t host = (size_t)(s->host >= 0 ? s->host : v->state);
            double value = NAN;
            switch (factor->reads) {
            case MST_READS_CAND:
                value = values->attribute[cand * (size_t)m->attribute_count + k];
                break;
            case MST_READS_HOST:
            case MST_READS_OTHER:
                value = values->attribute[host * (size_t)m->attribute_count + k];
                break;
            case MST_READS_TIE:
                value = values->mutual[(k * n + cand) * n + host];
                break;
            case MST_READS_TO_HOST:
                value = values->directed[(k * n + cand) * n + host];
                break;
            case MST_READS_FROM_HOST:
                value = values->directed[(k * n + host) * n + cand];
                break;
            case MST_READS_DRILL:
                value = m->drill_value[(size_t)v->drill * (size_t)m->drill_value_count + k];
                break;
            case MST_READS_FLEET:
                value = k == 0 ? page->run->fleet[(size_t)v->drill * n + cand].kit
                               : page->run->fleet[(size_t)v->drill * n + cand].cap;
                break;
            }
            out = mst_page_printf(page, "%s x %.4g", out, value);
        }
    }
    return out;
}

/* Necessary: without this term the stage's answer is another. Sufficient: it alone blocks. */
static const char *weight_words(const mst_stage_result *s, const mst_term *const *terms,
                                int32_t count, int32_t which)
{
    if (isnan(s->margin) || isnan(terms[which]->value))
        return "input missing";
    const double value = terms[which]->value;
    if (s->stage == MST_ABLE)
        return value < 0.0 ? "blocks alone" : "";
    double positive = 0.0;
    for (int32_t i = 0; i < count; i++)
        positive += fmax(terms[i]->value, 0.0);
    if (s->standing != MST_YES && value < 0.0 && positive + value <= 0.0)
        return "blocks alone";
    if (s->standing != MST_YES && value < 0.0 && s->margin - value > 0.0)
        return "necessary";
    if (s->standing == MST_YES && value > 0.0 && s->margin - value <= 0.0)
        return "necessary";
    return "";
}

static void add_term_row(mst_page *page, const mst_verdict *v, const mst_stage_result *s,
                         const mst_term *const *terms, int32_t count, int32_t i)
{
    const mst_term *term = terms[i];
    mst_text *t = &page->text;
    const char *id = term->rule >= 0              ? page->model->rule[term->rule].id
                     : term->rule == MST_TERM_KIT ? "kit-need"
                                                  : "cap-kit";
    mst_text_add(t, "  ");
    mst_text_pad(t, id, 9);
    mst_text_pad(t, mst_page_term_label(page, term), 40);
    if (isnan(term->value))
        mst_text_add(t, "       ?");
    else
        mst_text_printf(t, " %+.4f", term->value == 0.0 ? 0.0 : term->value);
    const char *weight = weight_words(s, terms, count, i);
    mst_text_printf(t, "%s%s\n", *weight ? "  " : "", weight);
    const char *values =
        term->rule >= 0 ? factor_values(page, v, s, &page->model->rule[term->rule]) : NULL;
    if (values)
        mst_text_printf(t, "           %s%s\n", term->value < 0.0 ? "- " : "", values);
}

static const char *voice_words(const mst_voice_def *voice)
{
    if (!voice->kind && !voice->country)
        return "no voice named";
    return voice->kind ? voice->kind : voice->country;
}

static const char *say(mst_page *page, const mst_rule_row *rule)
{
    return mst_page_printf(page, "%s: %s. (%s; %s)", rule->id, rule->def->says,
                           voice_words(&rule->def->voice),
                           mst_page_source(page, rule->def->item.source));
}

/* Rules judge every host, but their words are given once: with the first stage that uses them. */
static void add_words(mst_page *page, const mst_stage_result *s, const mst_term *const *terms,
                      int32_t count)
{
    if (s->stage == MST_ADMIT && s->host != page->model->drill[page->drill].host[0]) {
        mst_page_words(page, 6, NULL, "The words of the rules stand with the first host.");
        return;
    }
    for (int32_t i = 0; i < count; i++) {
        if (terms[i]->rule < 0)
            continue;
        const mst_rule_row *rule = &page->model->rule[terms[i]->rule];
        if (rule->def->says)
            mst_page_words(page, 6, NULL, "%s", say(page, rule));
    }
}

/* Rules of stage able lend their words to the two terms that are law. */
static void add_able_words(mst_page *page)
{
    for (int32_t i = 0; i < page->model->rule_count; i++) {
        const mst_rule_row *rule = &page->model->rule[i];
        if (rule->stage == MST_ABLE && !rule->is_off && rule->def->says)
            mst_page_words(page, 6, NULL, "%s", say(page, rule));
    }
}

static void add_tips(mst_page *page, const mst_verdict *v, int32_t stage)
{
    mst_tip *tips = NULL;
    const int32_t count = mst_tips(page->model, page->run, v, &page->arena, &tips);
    for (int32_t i = 0; i < count; i++)
        if (tips[i].stage == stage && tips[i].within)
            mst_page_words(page, 12, "      tips at ", "%s = %.3f (now %.4g)", tips[i].path,
                           tips[i].at, tips[i].value);
}

static void add_evidence(mst_page *page, const mst_verdict *v, const mst_stage_result *s)
{
    for (int32_t i = 0; i < page->spec->evidence.count; i++) {
        const mst_evidence_def *e = MST_AT(mst_evidence_def, &page->spec->evidence, i);
        const mst_agreement agreement = mst_evidence_agreement(page->model, v, s, e);
        if (agreement != MST_SILENT && mst_page_speaks(page, v, s, e))
            mst_page_words(page, 6, NULL, "Evidence %s: %s (%s)",
                           agreement == MST_AGREES ? "agrees" : "CONTRADICTS",
                           e->words ? e->words : "", mst_page_source(page, e->item.source));
    }
}

static void tell_stage(mst_page *page, const mst_verdict *v, int32_t stage)
{
    const mst_term *terms[TERMS_MAX];
    const mst_stage_result *s = &v->stage[stage];
    const int32_t count = mst_page_terms(page, v, stage, terms, TERMS_MAX);
    mst_page_heading(page, "%d %s: %s", (int)stage + 1, mst_page_stage(page, s),
                     s->standing == MST_YES   ? "yes"
                     : s->standing == MST_NO  ? "no"
                     : s->standing == MST_TIE ? "no (a tie: the margin is exactly 0)"
                                              : "not assessed");
    for (int32_t i = 0; i < count; i++)
        add_term_row(page, v, s, terms, count, i);
    if (isnan(s->margin) && s->missing_rule >= 0)
        mst_page_words(page, 2, NULL,
                       "Not assessed: rule %s reads a value that is not given. A missing value "
                       "never counts as 0.",
                       page->model->rule[s->missing_rule].id);
    else if (isnan(s->margin))
        mst_page_words(page, 2, NULL, "Not assessed: the file gives nothing to judge it by.");
    else
        mst_text_printf(&page->text, "           %-40s %+.4f  P %.2f\n", "sum", s->margin, s->p);
    if (s->stage == MST_ABLE) {
        mst_tell_misfits(page, v->state, 6);
        mst_tell_position(page, v, 6);
        add_able_words(page);
    }
    add_words(page, s, terms, count);
    add_tips(page, v, stage);
    add_evidence(page, v, s);
}

static void tell_answer(mst_page *page, const mst_verdict *v)
{
    int32_t blocking = 0;
    const char *names = "";
    for (int32_t i = 0; i < v->stage_count; i++)
        if (v->stage[i].standing == MST_NO || v->stage[i].standing == MST_TIE) {
            blocking++;
            names = mst_page_printf(page, "%s%s%s", names, *names ? "; " : "",
                                    mst_page_stage(page, &v->stage[i]));
        }
    if (blocking == 0)
        mst_page_words(page, 0, NULL,
                       "ANSWER: yes%s. P of joining %.2f (between %.2f and %.2f "
                       "however the stages hang together).",
                       v->is_partly_assessed ? ", as far as assessed" : "", v->p, v->p_low,
                       v->p_high);
    else
        mst_page_words(page, 0, NULL,
                       "ANSWER: no. %d of %d stages say no: %s. Each is enough by itself, so no "
                       "share of the blame is given across stages. Within a stage the terms add up "
                       "to its margin; above 0 means yes (able: 0 is enough).",
                       (int)blocking, (int)v->stage_count, names);
    mst_page_words(
        page, 0, NULL,
        "P of a political stage is 1/(1 + exp(-margin/%.3g)); of able, the share over "
        "which ships and aircraft are serviceable. Stages are taken as independent: P of "
        "joining %.2f, between %.2f and %.2f.",
        page->model->tau, v->p, v->p_low, v->p_high);
}

/* The verdict asked for, or null with a diagnostic. */
static const mst_verdict *find(mst_page *page, const char *state, const char *drill,
                               muster_diags *diags)
{
    page->drill = mst_tell_find_drill(page, drill, diags);
    const int32_t s = page->drill >= 0 ? mst_tell_find_state(page, state, diags) : -1;
    if (s < 0)
        return NULL;
    const mst_verdict *v = mst_verdict_of(page->run, page->drill, s);
    if (!v)
        mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL,
                 "state '%s' is neither host nor candidate of drill '%s'", state,
                 page->model->drill[page->drill].id);
    return v;
}

static void tell_not_modelled(mst_page *page)
{
    const mst_list *list = &page->spec->alignment.not_modelled;
    if (list->count == 0)
        return;
    mst_page_heading(page, "NOT MODELLED AS A RULE");
    for (int32_t i = 0; i < list->count; i++) {
        const mst_not_modelled_def *d = MST_AT(mst_not_modelled_def, list, i);
        mst_page_words(page, 4, NULL, "%s: %s%s%s.", d->what ? d->what : "-",
                       d->reason ? d->reason : "", d->carried_by ? "; it stands in " : "",
                       d->carried_by ? d->carried_by : "");
    }
}

char *muster_tell_why(const muster_tell *tell, const char *state, const char *drill, bool as_json,
                      muster_diags *diags)
{
    mst_page page;
    mst_page_begin(&page, tell);
    const mst_verdict *v = find(&page, state, drill, diags);
    if (!v) {
        mst_text_clear(&page.text);
        mst_arena_clear(&page.arena);
        return NULL;
    }
    if (as_json) {
        mst_json *json = mst_json_create(tell->memory);
        mst_json_object(json, NULL);
        mst_json_head(json, "muster-why", &page);
        mst_json_verdict(json, "verdict", &page, v);
        mst_text_clear(&page.text);
        mst_arena_clear(&page.arena);
        return mst_json_take(json, tell->memory, diags);
    }
    mst_page_head(&page);
    mst_page_words(&page, 0, NULL, "Why %s %s in %s", mst_page_state(&page, v->state),
                   v->joins ? "takes part" : "does not take part",
                   page.model->drill[page.drill].name);
    mst_text_add(&page.text, "\n");
    tell_answer(&page, v);
    for (int32_t stage = 0; stage < v->stage_count; stage++)
        tell_stage(&page, v, stage);
    mst_tell_assumptions(&page);
    tell_not_modelled(&page);
    if (page.model->use == 0) {
        mst_text_add(&page.text, "\n");
        mst_page_words(&page, 0, NULL, "%s", mst_tell_calibration);
    }
    return mst_page_end(&page, diags);
}

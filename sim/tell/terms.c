/* A term of a margin with its factors, so that the sum can be redone on paper. */
#include "tell/terms.h"

#include "align/factors.h"

#include <math.h>

typedef struct scene { /* whose rule is read, against whom */
    mst_page *page;
    const mst_verdict *verdict;
    int32_t other;
} scene;

/* Read as the decision read it. */
static double factor_value(const scene *s, const mst_factor *factor)
{
    const mst_model *m = s->page->model;
    const mst_run *run = s->page->run;
    const int32_t drill = s->verdict->drill;
    const uint64_t joins = mst_page_joins(s->page, drill);
    const mst_align_input in = {drill, mst_page_values(s->page, drill),
                                &run->fleet[(size_t)drill * (size_t)m->state_count], NULL, &joins};
    return mst_factor_value(m, &in, s->verdict->state, s->other, factor);
}

static const char *number(mst_page *page, double value)
{
    return isnan(value) ? "?" : mst_page_printf(page, "%.4g", value);
}

/* "0.85 x 0.8", "(0.4 + 0.6 x 0)" */
static const char *term_words(const scene *s, const mst_rule_term *term)
{
    const char *out = "";
    for (int32_t f = 0; f < term->factor_count; f++)
        out = mst_page_printf(s->page, "%s%s%s", out, *out ? " x " : "",
                              number(s->page, factor_value(s, &term->factor[f])));
    if (term->factor_count == 0)
        return number(s->page, term->plus + term->times);
    if (term->times != 1.0 && term->times != -1.0)
        out = mst_page_printf(s->page, "%.4g x %s", fabs(term->times), out);
    if (term->plus != 0.0)
        return mst_page_printf(s->page, "(%.4g %c %s)", term->plus, term->times < 0.0 ? '-' : '+',
                               out);
    return term->times < 0.0 ? mst_page_printf(s->page, "-%s", out) : out;
}

static const char *joined(const scene *s, const mst_rule_row *rule, int32_t first, int32_t end,
                          const char *by)
{
    const char *out = "";
    for (int32_t i = first; i < end; i++)
        out =
            mst_page_printf(s->page, "%s%s%s", out, *out ? by : "", term_words(s, &rule->term[i]));
    return out;
}

static const char *with_rest(const scene *s, const mst_rule_row *rule, const char *head)
{
    const char *rest = joined(s, rule, 1, rule->term_count, " x ");
    return *rest ? mst_page_printf(s->page, "%s x %s", head, rest) : head;
}

static const char *scene_words(const scene *s, const mst_rule_row *rule)
{
    const int32_t last = rule->term_count - 1;
    const char *rest;
    switch (rule->form) {
    case MST_FORM_LINEAR:
        return mst_page_printf(s->page, "(%s)", joined(s, rule, 0, last + 1, " + "));
    case MST_FORM_THRESHOLD:
        return with_rest(
            s, rule,
            mst_page_printf(s->page, "[%s >= %.4g]", term_words(s, &rule->term[0]), rule->at));
    case MST_FORM_LOGISTIC:
        return with_rest(s, rule,
                         mst_page_printf(s->page, "logistic((%s - %.4g)/%.4g)",
                                         term_words(s, &rule->term[0]), rule->at, rule->scale));
    case MST_FORM_MIN_RATIO:
        rest = joined(s, rule, 0, last - 1, " x ");
        return mst_page_printf(s->page, "%s%smin(1, %s/%s)", rest, *rest ? " x " : "",
                               term_words(s, &rule->term[last - 1]),
                               term_words(s, &rule->term[last]));
    case MST_FORM_GAP:
        rest = joined(s, rule, 2, last + 1, " x ");
        return mst_page_printf(s->page, "|%s - %s|%s%s", term_words(s, &rule->term[0]),
                               term_words(s, &rule->term[1]), *rest ? " x " : "", rest);
    default:
        return joined(s, rule, 0, last + 1, " x ");
    }
}

/* A rule that is no host's own is joined over the hosts, or over all others asked. */
static const char *over_words(scene s, const mst_rule_row *rule)
{
    int32_t others[MST_OTHERS_MAX];
    const int32_t count =
        mst_rule_others(&s.page->model->drill[s.verdict->drill], rule, s.verdict->state, others);
    const char *out = "";
    for (int32_t i = 0; i < count; i++) {
        s.other = others[i];
        out = mst_page_printf(s.page, "%s%s%s", out,
                              i == 0                       ? ""
                              : rule->over == MST_OVER_MAX ? ", "
                                                           : " + ",
                              scene_words(&s, rule));
    }
    if (rule->over == MST_OVER_SUM_CLAMPED)
        return mst_page_printf(s.page, "min(1, %s)", out);
    if (count < 2)
        return out;
    return mst_page_printf(s.page, "%s(%s)", rule->over == MST_OVER_MAX ? "max" : "", out);
}

const char *mst_page_factors(mst_page *page, const mst_verdict *verdict,
                             const mst_stage_result *stage, const mst_rule_row *rule)
{
    scene s = {page, verdict, stage->host >= 0 ? stage->host : verdict->state};
    const char *value = stage->host >= 0 || !mst_rule_names_another(rule) ? scene_words(&s, rule)
                                                                          : over_words(s, rule);
    return mst_page_printf(page, "%s%.4g x %s", rule->weight < 0.0 ? "-" : "", fabs(rule->weight),
                           value);
}

/* The first of its values that is missing in a scene, null: none. */
static const char *missing_in(const scene *s, const mst_rule_row *rule)
{
    for (int32_t t = 0; t < rule->term_count; t++)
        for (int32_t f = 0; f < rule->term[t].factor_count; f++)
            if (isnan(factor_value(s, &rule->term[t].factor[f])))
                return rule->term[t].factor[f].name;
    return NULL;
}

const char *mst_page_missing(mst_page *page, const mst_verdict *verdict,
                             const mst_stage_result *stage, const mst_rule_row *rule)
{
    scene s = {page, verdict, stage->host >= 0 ? stage->host : verdict->state};
    int32_t others[MST_OTHERS_MAX];
    const bool is_joined = stage->host < 0 && mst_rule_names_another(rule);
    const int32_t count = is_joined ? mst_rule_others(&page->model->drill[verdict->drill], rule,
                                                      verdict->state, others)
                                    : 0;
    const char *out = is_joined ? NULL : missing_in(&s, rule);
    for (int32_t i = 0; i < count && !out; i++) {
        s.other = others[i];
        const char *name = missing_in(&s, rule);
        out =
            name ? mst_page_printf(page, "%s of %s", name, mst_page_state(page, others[i])) : NULL;
    }
    return out ? out : "a value";
}

const char *mst_page_able_factors(mst_page *page, const mst_verdict *verdict, int32_t rule)
{
    const mst_drill_row *d = &page->model->drill[verdict->drill];
    const mst_fleet_reading *fleet =
        &page->run->fleet[(size_t)verdict->drill * (size_t)page->model->state_count +
                          (size_t)verdict->state];
    if (fleet->is_fleet)
        return rule == MST_TERM_KIT ? mst_page_printf(page, "%.4g - %.4g", fleet->kit, d->cap_need)
                                    : mst_page_printf(page, "%.4g - %.4g", fleet->cap, fleet->kit);
    return rule == MST_TERM_KIT
               ? mst_page_printf(page, "%.4g/%.4g - %.4g", fleet->kit, d->index_cap_need,
                                 page->model->constant.index_ready_need)
               : mst_page_printf(page, "%.4g - %.4g/%.4g", fleet->cap, fleet->kit,
                                 d->index_cap_need);
}

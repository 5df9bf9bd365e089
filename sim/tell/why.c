/* Why a state takes part or not: every stage, every term, in the words of the file. */
#include "tell/why.h"

#include "outcome/roles.h"
#include "tell/able.h"
#include "tell/basis.h"
#include "tell/terms.h"

#include <math.h>
#include <string.h>

enum { TERMS_MAX = 128 };

static const char *role_words(const mst_term *term, mst_role role)
{
    if (isnan(term->value))
        return "input missing";
    return role == MST_ROLE_SUFFICIENT  ? "blocks alone"
           : role == MST_ROLE_NECESSARY ? "necessary"
                                        : "";
}

enum {
    ID_START = 2,
    TERM_START = 11,
    TERM_COLUMNS = 45,
    VALUE_START = 57,
    WORD_START = 66,
    WORDS_INDENT = 11
};

static void add_row(mst_page *page, const char *id, const char *term, const char *value,
                    const char *word)
{
    const mst_page_cell cells[] = {{id, ID_START, TERM_START - ID_START - 1},
                                   {term, TERM_START, TERM_COLUMNS},
                                   {value, VALUE_START, 7},
                                   {word, WORD_START, MST_PAGE_WIDTH - WORD_START}};
    mst_page_row(&page->text, cells, 4);
}

static const char *signed_value(mst_page *page, double value)
{
    return isnan(value) ? "?" : mst_page_fine_margin(page, value);
}

static void add_term_row(mst_page *page, const mst_verdict *v, const mst_stage_result *s,
                         const mst_term *term, mst_role role)
{
    const char *id = term->rule >= 0              ? page->model->rule[term->rule].id
                     : term->rule == MST_TERM_KIT ? "kit-need"
                                                  : "cap-kit";
    const char *factors = term->rule >= 0
                              ? mst_page_factors(page, v, s, &page->model->rule[term->rule])
                              : mst_page_able_factors(page, v, term->rule);
    const char *label = mst_page_term_label(page, term);
    const char *whole = mst_page_printf(page, "%s: %s", label, factors);
    const bool fits = mst_text_columns(whole) <= TERM_COLUMNS;
    add_row(page, id, fits ? whole : label, signed_value(page, term->value),
            role_words(term, role));
    if (!fits)
        mst_page_words(page, WORDS_INDENT, NULL, "%s", factors);
}

static void add_says(mst_page *page, const mst_verdict *v, const mst_rule_row *rule)
{
    const mst_rule_def *def = rule->def;
    if (def->says && mst_page_rule_speaks(def, page->model->state[v->state].id))
        mst_page_words(page, WORDS_INDENT, NULL, "\"%s\" (%s) %s", def->says,
                       mst_page_voice(&def->voice), mst_page_cite(page, def->item.source));
}

/* Words said of other states are not put on this one; its reasons are told as what they are. */
static void add_borrowed(mst_page *page, const mst_verdict *v, const mst_term *const *terms,
                         int32_t count)
{
    const char *ids = "", *cites = "";
    for (int32_t i = 0; ids && cites && i < count; i++) {
        const mst_rule_row *rule = terms[i]->rule >= 0 ? &page->model->rule[terms[i]->rule] : NULL;
        if (!rule || terms[i]->value == 0.0 || !rule->def->says ||
            mst_page_rule_speaks(rule->def, page->model->state[v->state].id))
            continue;
        const char *cite = mst_page_cite(page, rule->def->item.source);
        ids = mst_page_printf(page, "%s%s%s", ids, *ids ? ", " : "", rule->id);
        if (cite && !strstr(cites, cite))
            cites = mst_page_printf(page, "%s%s%s", cites, *cites ? " " : "", cite);
    }
    if (ids && *ids)
        mst_page_words(page, 2, NULL, "Reasons that were first given for other states: %s %s.", ids,
                       cites);
}

/* The first stage of the verdict in which the rule weighs: there its words stand. */
static int32_t stage_of_words(const mst_page *page, const mst_verdict *v, int32_t rule)
{
    for (int32_t i = 0; i < v->term_count; i++) {
        const mst_term *term = &page->run->term[v->term_first + i];
        if (term->rule == rule && term->value != 0.0)
            return term->stage;
    }
    return -1;
}

/* Words that stand with a stage before this one: which, and where. */
static void add_told_before(mst_page *page, const mst_verdict *v, int32_t stage,
                            const mst_term *const *terms, int32_t count)
{
    const char *ids = "", *where = NULL;
    bool is_one = true;
    for (int32_t i = 0; i < count; i++) {
        const mst_rule_row *rule = terms[i]->rule >= 0 ? &page->model->rule[terms[i]->rule] : NULL;
        const int32_t told = rule ? stage_of_words(page, v, terms[i]->rule) : -1;
        if (!rule || terms[i]->value == 0.0 || told < 0 || told == stage || !rule->def->says ||
            !mst_page_rule_speaks(rule->def, page->model->state[v->state].id))
            continue;
        const char *name =
            mst_page_printf(page, "%d %s", (int)told + 1, mst_page_stage(page, &v->stage[told]));
        ids = mst_page_printf(page, "%s%s%s", ids, *ids ? ", " : "", rule->id);
        is_one = is_one && (!where || strcmp(where, name) == 0);
        where = name;
    }
    if (*ids)
        mst_page_words(page, 2, NULL, "Words of %s: see %s.", ids,
                       is_one ? where : "the stages above");
}

/* Rules of stage able lend their words to the two terms that are law: the one that reads what can
 * be filled by kit to the first, that of what can go and return to the second. */
static void add_able_words(mst_page *page, const mst_verdict *v, int32_t term)
{
    for (int32_t i = 0; i < page->model->rule_count; i++) {
        const mst_rule_row *rule = &page->model->rule[i];
        if (rule->stage != MST_ABLE || rule->is_off || rule->term_count == 0 ||
            rule->term[0].factor_count == 0)
            continue;
        const mst_factor *reads = &rule->term[0].factor[0];
        if (reads->reads == MST_READS_FLEET && (reads->index == 0) == (term == MST_TERM_KIT))
            add_says(page, v, rule);
    }
}

static void add_terms(mst_page *page, const mst_verdict *v, const mst_stage_result *s,
                      const mst_term *const *terms, int32_t count)
{
    const char *zero = "";
    mst_role role[TERMS_MAX] = {MST_ROLE_NEITHER};
    mst_roles_of(v, (int32_t)(s - v->stage), terms, count, role);
    for (int32_t i = 0; i < count; i++) {
        if (s->stage != MST_ABLE && terms[i]->value == 0.0) {
            zero = mst_page_printf(page, "%s%s%s", zero, *zero ? ", " : "",
                                   page->model->rule[terms[i]->rule].id);
            continue;
        }
        add_term_row(page, v, s, terms[i], role[i]);
        if (terms[i]->rule < 0 && terms[i]->value < 0.0 && !v->is_host)
            add_able_words(page, v, terms[i]->rule);
        else if (terms[i]->rule >= 0 && stage_of_words(page, v, terms[i]->rule) == terms[i]->stage)
            add_says(page, v, &page->model->rule[terms[i]->rule]);
        if (terms[i]->rule >= 0)
            mst_tell_accounts(page, v, s, &page->model->rule[terms[i]->rule]);
    }
    if (isnan(s->margin) && s->missing_rule >= 0)
        mst_page_words(page, 2, NULL,
                       "Not assessed: rule %s reads %s, which is not given. A missing value "
                       "never counts as 0.",
                       page->model->rule[s->missing_rule].id,
                       mst_page_missing(page, v, s, &page->model->rule[s->missing_rule]));
    else if (isnan(s->margin))
        mst_page_words(page, 2, NULL, "Not assessed: the file gives nothing to judge it by.");
    else
        add_row(page, "", "sum", signed_value(page, s->margin),
                mst_page_printf(page, "P %s", mst_page_chance(page, s->p)));
    if (*zero)
        mst_page_words(page, 2, NULL, "Worth 0 here: %s.", zero);
    add_told_before(page, v, (int32_t)(s - v->stage), terms, count);
    add_borrowed(page, v, terms, count);
}

static void add_evidence(mst_page *page, const mst_verdict *v, const mst_stage_result *s)
{
    const char *about = mst_page_use(page) == MST_HYPOTHETICAL
                            ? " (about the recorded case, not this variant)"
                            : "";
    for (int32_t i = 0; i < page->spec->evidence.count; i++) {
        const mst_evidence_def *e = MST_AT(mst_evidence_def, &page->spec->evidence, i);
        const mst_agreement agreement = mst_evidence_agreement(page->model, v, s, e);
        const char *circular = mst_page_circular(page, s, e->item.source);
        if (agreement == MST_SILENT || !mst_page_speaks(page, v, s, e))
            continue;
        mst_page_words(page, 2, NULL, "Evidence %s the answer %s%s: %s %s%s%s",
                       agreement == MST_AGREES ? "agrees with" : "(no term of the sum) CONTRADICTS",
                       mst_page_answer(s), about, e->words ? e->words : "",
                       mst_page_cite(page, e->item.source), *circular ? ", " : "", circular);
    }
}

static void tell_stage(mst_page *page, const mst_verdict *v, int32_t stage)
{
    const mst_term *terms[TERMS_MAX];
    const mst_stage_result *s = &v->stage[stage];
    const int32_t count = mst_page_terms(page, v, stage, terms, TERMS_MAX);
    mst_page_heading(
        page, "%d %s: %s", (int)stage + 1, mst_page_stage(page, s),
        s->standing == MST_TIE
            ? mst_page_printf(page, "%s (a tie: the margin is exactly 0)", mst_page_answer(s))
            : mst_page_answer(s));
    add_terms(page, v, s, terms, count);
    mst_tell_feedback(page, v, stage);
    if (s->stage == MST_ABLE && s->standing != MST_YES)
        mst_tell_misfits(page, v->state, 2);
    mst_tell_tips(page, v, stage);
    add_evidence(page, v, s);
}

/* P of joining, with its bounds where they say more than it does. */
static const char *joining_words(mst_page *page, const mst_verdict *v)
{
    const char *low = mst_page_chance(page, v->p_low), *high = mst_page_chance(page, v->p_high);
    const char *p = mst_page_chance(page, v->p);
    if (strcmp(low, high) == 0)
        return p;
    return mst_page_printf(page, "%s (however the stages hang together, %s to %s)", p, low, high);
}

/* What the P of a stage is: of able, when a fleet is read, a share; else a curve of the margin. */
static const char *chance_words(mst_page *page, const mst_verdict *v)
{
    const mst_fleet_reading *fleet =
        &page->run->fleet[(size_t)v->drill * (size_t)page->model->state_count + (size_t)v->state];
    const bool is_share = fleet->is_assessed && fleet->is_fleet;
    return mst_page_printf(page, "%s1/(1 + exp(-margin/%.3g)).",
                           is_share ? "P of able: the share over which ships and aircraft are "
                                      "serviceable; of the others "
                                    : "P of a stage: ",
                           page->model->tau);
}

/* Of a stage that says no: what weighs most against it, in plain words. */
static void tell_block(mst_page *page, const mst_verdict *v, int32_t stage)
{
    const mst_stage_result *s = &v->stage[stage];
    const mst_fleet_reading *fleet =
        &page->run->fleet[(size_t)v->drill * (size_t)page->model->state_count + (size_t)v->state];
    const mst_term *term = mst_page_main_term(page, v, stage);
    const char *reason = "nothing speaks for it";
    if (s->stage == MST_ABLE && fleet->is_fleet)
        reason = mst_page_able_lack(page, v);
    else if (term && term->value < 0.0)
        reason = mst_page_printf(page, "%s (%s)", mst_page_term_label(page, term),
                                 mst_page_fine_margin(page, term->value));
    mst_page_words(page, 2, NULL, "%s: %s", mst_page_stage(page, s), reason);
}

static void tell_answer(mst_page *page, const mst_verdict *v)
{
    int32_t blocking = 0;
    for (int32_t i = 0; i < v->stage_count; i++)
        blocking += mst_stage_says_no(&v->stage[i]);
    if (!mst_verdict_is_assessed(v)) {
        mst_page_words(page, 0, NULL,
                       "ANSWER: not assessed. The file gives nothing by which any stage could be "
                       "judged: no fleet, no index, no rule with all its inputs.");
        return;
    }
    if (blocking == 0)
        mst_page_words(page, 0, NULL, "ANSWER: yes%s.",
                       v->is_partly_assessed ? ", as far as assessed" : "");
    else if (v->is_host)
        mst_page_words(page, 0, NULL, "ANSWER: no, it is not able.");
    else
        mst_page_words(page, 0, NULL, "ANSWER: no. %d of %d stages %s no.%s", (int)blocking,
                       (int)v->stage_count, blocking == 1 ? "says" : "say",
                       blocking > 1
                           ? " Each is enough by itself, so no share of the blame is given "
                             "across stages. What weighs most against each:"
                           : " What weighs most against it:");
    for (int32_t i = 0; i < v->stage_count; i++)
        if (mst_stage_says_no(&v->stage[i]))
            tell_block(page, v, i);
    if (v->is_host && isnan(v->p))
        mst_page_words(
            page, 0, NULL,
            "Host: judged on ability only; the file gives nothing for it: no P of coming.");
    else if (v->is_host)
        mst_page_words(page, 0, NULL, "Host: judged on ability only. P of coming %s.",
                       mst_page_chance(page, v->p));
    else
        mst_page_words(page, 0, NULL, "P of joining, %s taken as independent: %s. %s",
                       v->is_partly_assessed ? "the stages that are assessed" : "stages",
                       joining_words(page, v), chance_words(page, v));
    if (v->is_unsettled)
        mst_page_words(page, 0, NULL,
                       "Decisions depend on each other (other.joins), and NONE SETTLES: what each "
                       "decides would make others decide anew, and after %d rounds still does. The "
                       "last round stands here for want of a better one; all equilibria: muster "
                       "rivals FILE --model equilibria.",
                       (int)v->rounds);
    else if (v->rounds > 0 && !v->is_host)
        mst_page_words(
            page, 0, NULL,
            "Decisions depend on each other (other.joins): told here as they come out if "
            "each begins from nobody coming; all equilibria: muster rivals FILE --model "
            "equilibria.");
}

/* A factor common to a state's units makes P of able a mean over that factor: say so. */
static void tell_sampled(mst_page *page, const mst_verdict *v)
{
    const size_t at = (size_t)v->drill * (size_t)page->model->state_count + (size_t)v->state;
    if (page->run->fleet && page->run->fleet[at].is_sampled)
        mst_page_words(page, 0, NULL,
                       "Its units share a factor of readiness (correlation %.3g): P of able is the "
                       "mean over 256 values of it, right to 0.002.",
                       page->model->state[v->state].readiness_correlation);
}

/* The two terms of stage able, as its reading has them. */
static const char *able_words(mst_page *page, const mst_verdict *v)
{
    const mst_fleet_reading *fleet =
        &page->run->fleet[(size_t)v->drill * (size_t)page->model->state_count + (size_t)v->state];
    if (!fleet->is_assessed)
        return "";
    if (fleet->is_fleet)
        return " kit-need: share of the places that kit alone fills, less the need; cap-kit: what "
               "fuel and distance take from it.";
    return mst_page_printf(page,
                           " Read from an index, not from a fleet: kit-need: capability over its "
                           "need, less %.3g; cap-kit: what is left if reach over its need is less.",
                           page->model->constant.index_ready_need);
}

static void tell_legend(mst_page *page, const mst_verdict *v)
{
    mst_page_words(
        page, 0, NULL,
        "Terms are weight x values and add up to the stage's margin; above 0 means yes "
        "(able: 0 is enough).%s \"blocks alone\": this term outweighs all for it together.%s%s",
        able_words(page, v),
        v->is_host ? "" : " \"necessary\": with this term at 0 the stage's answer is another.",
        page->model->applied_count > 0
            ? " Words in quotes were said of the case as it was, not of the changes above."
            : "");
}

void mst_tell_reasons(mst_page *page, const mst_verdict *v)
{
    tell_answer(page, v);
    tell_sampled(page, v);
    tell_legend(page, v);
    for (int32_t stage = 0; stage < v->stage_count; stage++)
        tell_stage(page, v, stage);
}

/* A comparison as an analyst would put it into a memo: one sentence a finding, then the table. */
#include "tell/compare.h"

#include <math.h>
#include <string.h>

enum { SENTENCES_MAX = 12, LABEL = 25 };

/* ---- words -------------------------------------------------------------------------------------- */

static const muster_measure *measure_of(const mst_finding *f)
{
    int32_t count = 0;
    return &muster_measures(&count)[f->measure];
}

/* State, unit, serial ... of a figure in words; empty for the only drill. */
static const char *thing_words(mst_comparison *c, const mst_finding *f)
{
    mst_page *page = &c->page;
    const mst_model *m = page->model;
    const muster_scope scope = measure_of(f)->scope;
    int32_t drill = 0, a = 0, b = 0, place = f->thing;
    switch (scope) {
    case MUSTER_OF_DRILL:
        return m->drill_count > 1 ? m->drill[place].name : "";
    case MUSTER_OF_UNIT:
        return m->unit[place].name;
    case MUSTER_OF_GROUP:
        return m->group[place].name;
    case MUSTER_OF_SERIAL:
        return m->serial[place].name;
    case MUSTER_OF_PAIR:
        mst_pair_at(m, place, &drill, &a, &b);
        return mst_page_printf(page, "%s with %s", mst_page_state(page, a),
                               mst_page_state(page, b));
    case MUSTER_OF_STATE:
    case MUSTER_OF_AIR:
        while (drill < m->drill_count) {
            const int32_t count = scope == MUSTER_OF_AIR ? m->drill[drill].air_count
                                                         : mst_model_asked_count(&m->drill[drill]);
            if (place < count)
                break;
            place -= count;
            drill++;
        }
        a = scope == MUSTER_OF_AIR ? -1 : mst_model_asked(&m->drill[drill], place);
        return mst_page_printf(
            page, "%s%s%s", a < 0 ? m->drill[drill].air[place].name : mst_page_state(page, a),
            m->drill_count > 1 ? " in " : "", m->drill_count > 1 ? m->drill[drill].name : "");
    case MUSTER_SCOPE_COUNT:
        break;
    }
    return "";
}

const char *mst_comparison_subject(mst_comparison *c, const mst_finding *f)
{
    const char *thing = thing_words(c, f);
    return *thing ? mst_page_printf(&c->page, "%s: %s", thing, measure_of(f)->label)
                  : measure_of(f)->label;
}

/* A value with the digits that an uncertainty leaves. */
static const char *value_words(mst_page *page, double value, int32_t decimals)
{
    if (isnan(value))
        return "not defined";
    const bool is_whole = value >= rint(value) && value <= rint(value) && fabs(value) < 1e9;
    const char *text = mst_page_printf(page, "%.*f", is_whole ? 0 : (int)decimals, value);
    return text[0] == '-' && !strpbrk(text, "123456789") ? text + 1 : text;
}

static const char *with_unit(mst_page *page, const mst_finding *f, const char *value)
{
    const char *unit = measure_of(f)->unit;
    return mst_page_printf(page, "%s%s%s", value, *unit ? " " : "", unit);
}

static int32_t decimals_of(const mst_finding *f)
{
    if (f->difference.count > 0 && f->difference.sd > 0.0)
        return mst_chance_decimals(0.5 * (f->difference.high - f->difference.low));
    const double change = fabs(f->other - f->first);
    return mst_chance_decimals(change > 0.0 ? 0.05 * change : 0.0);
}

static const char *percent_words(mst_page *page, double share)
{
    return share <= 0.0 || share >= 1.0 ? mst_page_printf(page, "%.0f %%", 100.0 * share)
                                        : mst_page_printf(page, "%.1f %%", 100.0 * share);
}

static char letter_of(int32_t alternative)
{
    return (char)('A' + alternative);
}

/* ---- sentences ------------------------------------------------------------------------------------ */

/* "coordination score", of Russia "units that came": a label in quotes is one thing, whatever it
 * counts, so that every sentence can go on with "is". */
static const char *quoted(mst_comparison *c, const mst_finding *f)
{
    const char *thing = thing_words(c, f);
    return *thing ? mst_page_printf(&c->page, "%s: \"%s\"", thing, measure_of(f)->label)
                  : mst_page_printf(&c->page, "\"%s\"", measure_of(f)->label);
}

static const char *share_sentence(mst_comparison *c, const mst_finding *f)
{
    mst_page *page = &c->page;
    const muster_difference *d = &f->difference;
    if (!(d->sd > 0.0))
        return mst_page_printf(page, "%s is true in %s of A", quoted(c, f),
                               f->other > 0.5 ? "every replication, in none"
                                              : "no replication, in every one");
    return mst_page_printf(
        page,
        "%s is true in %s of replications, in %s of A: %.1f points %s (95 %% interval %.1f to "
        "%.1f)",
        quoted(c, f), percent_words(page, f->other), percent_words(page, f->first),
        100.0 * fabs(d->mean), d->mean > 0.0 ? "more" : "fewer",
        100.0 * (d->mean > 0.0 ? d->low : -d->high), 100.0 * (d->mean > 0.0 ? d->high : -d->low));
}

static const char *plan_sentence(mst_comparison *c, const mst_finding *f)
{
    mst_page *page = &c->page;
    const int32_t decimals = decimals_of(f);
    if (measure_of(f)->is_yes_no)
        return mst_page_printf(page, "%s: %s instead of %s", quoted(c, f),
                               f->other > 0.5 ? "yes" : "no", f->first > 0.5 ? "yes" : "no");
    if (isnan(f->first) || isnan(f->other))
        return mst_page_printf(page, "%s is %s instead of %s", quoted(c, f),
                               value_words(page, f->other, decimals),
                               value_words(page, f->first, decimals));
    return mst_page_printf(
        page, "%s is %s by %s: %s instead of %s", quoted(c, f),
        f->other > f->first ? "higher" : "lower",
        with_unit(page, f, value_words(page, fabs(f->other - f->first), decimals)),
        value_words(page, f->other, decimals), value_words(page, f->first, decimals));
}

static const char *mean_sentence(mst_comparison *c, const mst_finding *f)
{
    mst_page *page = &c->page;
    const muster_difference *d = &f->difference;
    const int32_t decimals = decimals_of(f);
    const bool rises = d->mean > 0.0;
    if (!(d->sd > 0.0))
        return mst_page_printf(page, "%s, in every replication alike", plan_sentence(c, f));
    return mst_page_printf(
        page, "%s is %s by %s on average (95 %% interval %s to %s): %s instead of %s", quoted(c, f),
        rises ? "higher" : "lower", with_unit(page, f, value_words(page, fabs(d->mean), decimals)),
        value_words(page, rises ? d->low : -d->high, decimals),
        value_words(page, rises ? d->high : -d->low, decimals),
        value_words(page, f->other, decimals), value_words(page, f->first, decimals));
}

static const char *sentence(mst_comparison *c, const mst_finding *f)
{
    return !c->given->sample || f->difference.count == 0 ? plan_sentence(c, f)
           : measure_of(f)->is_yes_no                    ? share_sentence(c, f)
                                                         : mean_sentence(c, f);
}

static void add_unseen(mst_comparison *c, int32_t alternative)
{
    const char *words = "";
    for (int32_t i = 0; i < c->finding_count; i++) {
        const mst_finding *f = &c->finding[i];
        if (f->alternative != alternative || f->is_seen ||
            measure_of(f)->scope != MUSTER_OF_DRILL || (isnan(f->first) && isnan(f->other)) ||
            strcmp(measure_of(f)->name, "serials_planned") == 0)
            continue;
        words = mst_page_printf(&c->page, "%s%s%s", words, *words ? "; " : "",
                                mst_comparison_subject(c, f));
    }
    if (*words)
        mst_page_words(&c->page, 4, NULL, "No difference was seen in %s.", words);
}

static void add_findings(mst_comparison *c, int32_t alternative)
{
    int32_t told = 0, seen = 0;
    for (int32_t i = 0; i < c->finding_count; i++)
        seen += c->finding[i].alternative == alternative && c->finding[i].is_seen;
    mst_page_words(&c->page, 0, NULL, "%c (%s) against A%s", letter_of(alternative),
                   c->given->name[alternative], seen == 0 ? ": no difference seen." : "");
    for (int32_t i = 0; i < c->finding_count; i++) {
        const mst_finding *f = &c->finding[i];
        if (f->alternative != alternative || !f->is_seen)
            continue;
        if (++told > SENTENCES_MAX && !c->given->all)
            continue;
        mst_page_words(&c->page, 4, mst_page_printf(&c->page, "%2d. ", (int)told), "%s.",
                       sentence(c, f));
    }
    if (told > SENTENCES_MAX && !c->given->all)
        mst_page_words(&c->page, 4, NULL, "%d smaller differences are in the table.",
                       (int)(told - SENTENCES_MAX));
    add_unseen(c, alternative);
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static const char *p_words(mst_page *page, double p)
{
    return isnan(p) ? "" : p < 0.001 ? "<.001" : mst_page_printf(page, "%.3f", p);
}

static const char *factor_words(mst_page *page, double factor)
{
    return isnan(factor)   ? ""
           : isinf(factor) ? "all"
                           : mst_page_printf(page, factor < 9.95 ? "%.1f" : "%.0f", factor);
}

static void add_row(mst_comparison *c, const mst_finding *f)
{
    mst_page *page = &c->page;
    mst_text *t = &page->text;
    const muster_difference *d = &f->difference;
    const int32_t decimals = decimals_of(f);
    const bool has_interval = d->count > 0 && d->sd > 0.0;
    const char *subject = mst_comparison_subject(c, f);
    if (mst_text_columns(subject) >= LABEL) { /* the figures go on below */
        mst_text_printf(t, "%s\n", subject);
        subject = "";
    }
    mst_text_pad(t, subject, LABEL);
    mst_text_pad(t, value_words(page, f->first, decimals), -8);
    mst_text_pad(t, value_words(page, f->other, decimals), -9);
    mst_text_pad(t,
                 has_interval
                     ? mst_page_printf(page, "%s .. %s", value_words(page, d->low, decimals),
                                       value_words(page, d->high, decimals))
                     : value_words(page, f->other - f->first, decimals),
                 -20);
    if (!c->given->sample) {
        mst_text_add(t, "\n");
        return;
    }
    mst_text_pad(t, isnan(d->correlation) ? "" : mst_page_printf(page, "%.2f", d->correlation), -6);
    mst_text_pad(t, factor_words(page, d->reduction), -6);
    mst_text_pad(t, p_words(page, f->p), -6);
    mst_text_add(t, "\n");
}

static bool has_row(const mst_finding *f, bool has_sample)
{
    if (isnan(f->first) && isnan(f->other))
        return false;
    return f->is_seen || (has_sample && f->difference.reduction == f->difference.reduction);
}

static void add_table(mst_comparison *c, int32_t alternative)
{
    mst_text *t = &c->page.text;
    const bool has_sample = c->given->sample != NULL;
    bool any = false;
    for (int32_t i = 0; i < c->finding_count; i++)
        any = any ||
              (c->finding[i].alternative == alternative && has_row(&c->finding[i], has_sample));
    if (!any)
        return;
    mst_text_add(t, "\n");
    mst_text_pad(t, mst_page_printf(&c->page, "%c less A", letter_of(alternative)), LABEL);
    mst_text_pad(t, "A", -8);
    mst_text_pad(t, mst_page_printf(&c->page, "%c", letter_of(alternative)), -9);
    mst_text_pad(t, has_sample ? "difference, 95 %" : "difference", -20);
    mst_text_add(t, has_sample ? "  corr worth     P\n" : "\n");
    for (int32_t i = 0; i < c->finding_count; i++)
        if (c->finding[i].alternative == alternative && has_row(&c->finding[i], has_sample))
            add_row(c, &c->finding[i]);
}

/* ---- the whole ------------------------------------------------------------------------------------------ */

static void add_head(mst_comparison *c)
{
    mst_page *page = &c->page;
    const muster_comparison *given = c->given;
    if (given->sample)
        mst_page_words(
            page, 0, NULL,
            "Comparison of %d alternatives: %lld replications of each on the same random "
            "numbers, master seed %llu",
            (int)given->count, (long long)muster_sample_count(given->sample),
            (unsigned long long)muster_sample_seed(given->sample, 0));
    else
        mst_page_words(page, 0, NULL, "Comparison of %d plan runs (no chance)", (int)given->count);
    for (int32_t i = 0; i < given->count; i++)
        mst_page_words(page, 3, mst_page_printf(page, "%c  ", letter_of(i)), "%s", given->name[i]);
}

static void add_notes(mst_comparison *c)
{
    if (!c->given->sample)
        return;
    mst_page_words(
        &c->page, 0, NULL,
        "Intervals: paired, Student's t. corr: correlation between A and the other on the "
        "same random numbers. worth: how many times more replications independent seeds "
        "would need for the same interval (\"all\": the difference never varies). P: "
        "paired t, of yes and no McNemar's exact test, adjusted by Holm for the number of "
        "figures; a difference is \"seen\" below .05.");
}

char *muster_tell_compare(const muster_comparison *comparison, bool as_json, muster_diags *diags)
{
    mst_comparison c = {.given = comparison};
    const muster_tell tell = {.scenario = comparison->scenario[0],
                              .model = comparison->model[0],
                              .result = comparison->plan[0],
                              .memory = comparison->memory};
    mst_page_begin(&c.page, &tell);
    if (!mst_comparison_find(&c))
        return mst_page_end(&c.page, diags);
    if (as_json)
        return mst_comparison_json(&c, diags);
    add_head(&c);
    mst_page_heading(&c.page, "FINDINGS, largest first%s",
                     comparison->all ? "" : ", on drills and states");
    for (int32_t i = 1; i < comparison->count; i++)
        add_findings(&c, i);
    mst_page_heading(&c.page, "FIGURES of those that vary or differ");
    for (int32_t i = 1; i < comparison->count; i++)
        add_table(&c, i);
    add_notes(&c);
    return mst_page_end(&c.page, diags);
}

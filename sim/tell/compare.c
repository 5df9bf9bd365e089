/* A comparison as an analyst would put it into a memo: one sentence a finding, then the table. */
#include "tell/compare.h"

#include <math.h>
#include <string.h>

enum { SENTENCES_MAX = 12, LABEL = 25, FIRST = 8, OTHER = 9, APART = 20 };

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

/* Over how many replications, where not over all: figures of what did not come to pass are undefined. */
static const char *over_words(mst_comparison *c, const mst_finding *f)
{
    const int64_t all = muster_sample_count(c->given->sample), n = f->difference.count;
    return n == all
               ? ""
               : mst_page_printf(&c->page,
                                 ", over the %lld of %lld replications in which both are defined",
                                 (long long)n, (long long)all);
}

static const char *share_sentence(mst_comparison *c, const mst_finding *f)
{
    mst_page *page = &c->page;
    const muster_difference *d = &f->difference;
    if (!(d->sd > 0.0))
        return mst_page_printf(page, "%s is true in %s of A%s", quoted(c, f),
                               f->other > 0.5 ? "every replication, in none"
                                              : "no replication, in every one",
                               over_words(c, f));
    return mst_page_printf(page,
                           "%s is true in %s of replications, in %s of A: %.1f percentage points "
                           "%s (95 %% interval %.1f to "
                           "%.1f)%s",
                           quoted(c, f), mst_chance_percent(page, f->other),
                           mst_chance_percent(page, f->first), 100.0 * fabs(d->mean),
                           d->mean > 0.0 ? "more" : "fewer",
                           100.0 * (d->mean > 0.0 ? d->low : -d->high),
                           100.0 * (d->mean > 0.0 ? d->high : -d->low), over_words(c, f));
}

/* A value of a plan run, or a mean of replications that have none in common. */
static const char *lone_value(mst_comparison *c, const mst_finding *f, double value)
{
    if (isnan(value))
        return "not defined";
    if (!measure_of(f)->is_yes_no)
        return value_words(&c->page, value, decimals_of(f));
    return c->given->sample ? mst_chance_percent(&c->page, value) : value > 0.5 ? "yes" : "no";
}

static const char *plan_sentence(mst_comparison *c, const mst_finding *f)
{
    mst_page *page = &c->page;
    if (c->given->sample && isnan(f->first) != isnan(f->other)) {
        const bool is_first = isnan(f->other);
        const long long n = (long long)(is_first ? f->first_count : f->other_count);
        const char *value = with_unit(page, f, lone_value(c, f, is_first ? f->first : f->other));
        return is_first ? mst_page_printf(page,
                                          "%s is defined in none of the replications, in %lld of "
                                          "A (%s)",
                                          quoted(c, f), n, value)
                        : mst_page_printf(page,
                                          "%s is defined in %lld of the replications (%s), in "
                                          "none of A",
                                          quoted(c, f), n, value);
    }
    if (isnan(f->first) || isnan(f->other) || measure_of(f)->is_yes_no)
        return mst_page_printf(page, "%s is %s instead of %s", quoted(c, f),
                               lone_value(c, f, f->other), lone_value(c, f, f->first));
    const int32_t decimals = decimals_of(f);
    return mst_page_printf(
        page, "%s is %s by %s: %s instead of %s", quoted(c, f),
        f->other > f->first ? "higher" : "lower",
        with_unit(page, f, value_words(page, fabs(f->other - f->first), decimals)),
        value_words(page, f->other, decimals),
        with_unit(page, f, value_words(page, f->first, decimals)));
}

static const char *mean_sentence(mst_comparison *c, const mst_finding *f)
{
    mst_page *page = &c->page;
    const muster_difference *d = &f->difference;
    const int32_t decimals = decimals_of(f);
    const bool rises = d->mean > 0.0;
    if (!(d->sd > 0.0))
        return mst_page_printf(page, "%s, in every replication alike%s", plan_sentence(c, f),
                               over_words(c, f));
    return mst_page_printf(
        page, "%s is %s by %s on average (95 %% interval %s to %s): %s instead of %s%s",
        quoted(c, f), rises ? "higher" : "lower",
        with_unit(page, f, value_words(page, fabs(d->mean), decimals)),
        value_words(page, rises ? d->low : -d->high, decimals),
        value_words(page, rises ? d->high : -d->low, decimals),
        value_words(page, f->other, decimals),
        with_unit(page, f, value_words(page, f->first, decimals)), over_words(c, f));
}

static const char *sentence(mst_comparison *c, const mst_finding *f)
{
    return !c->given->sample || f->difference.count == 0 ? plan_sentence(c, f)
           : measure_of(f)->is_yes_no                    ? share_sentence(c, f)
                                                         : mean_sentence(c, f);
}

typedef enum unseen {
    SAME,         /* in every replication          */
    SAME_IN_SOME, /* in those in which both are defined */
    OPEN          /* not told from chance          */
} unseen;

static unseen kind_of(const mst_comparison *c, const mst_finding *f)
{
    const muster_difference *d = &f->difference;
    if (!c->given->sample)
        return SAME;
    if (d->count == 0 || d->sd > 0.0 || d->mean < 0.0 || d->mean > 0.0)
        return OPEN;
    return d->count == muster_sample_count(c->given->sample) ? SAME : SAME_IN_SOME;
}

/* Figures of the drill without a finding. */
static const char *unseen_words(mst_comparison *c, int32_t alternative, unseen kind)
{
    enum { NAMES_MAX = 24 };
    const char *words = "";
    int32_t found = 0;
    for (int32_t i = 0; i < c->finding_count; i++) {
        const mst_finding *f = &c->finding[i];
        if (f->alternative != alternative || f->is_seen ||
            measure_of(f)->scope != MUSTER_OF_DRILL || (isnan(f->first) && isnan(f->other)) ||
            strcmp(measure_of(f)->name, "serials_planned") == 0 || kind_of(c, f) != kind ||
            ++found > NAMES_MAX)
            continue;
        words = mst_page_printf(&c->page, "%s%s%s", words, *words ? "; " : "",
                                mst_comparison_subject(c, f));
    }
    return found <= NAMES_MAX
               ? words
               : mst_page_printf(&c->page, "%s; and %d more", words, (int)(found - NAMES_MAX));
}

static void add_unseen(mst_comparison *c, int32_t alternative)
{
    const char *open = unseen_words(c, alternative, OPEN);
    const char *same = unseen_words(c, alternative, SAME);
    const char *same_in_some = unseen_words(c, alternative, SAME_IN_SOME);
    if (*open)
        mst_page_words(&c->page, 4, NULL, "Not told from chance: %s.", open);
    if (*same_in_some)
        mst_page_words(&c->page, 4, NULL, "The same wherever both are defined: %s.", same_in_some);
    if (*same)
        mst_page_words(&c->page, 4, NULL, "The same%s: %s.",
                       c->given->sample ? " in every replication" : "", same);
}

static bool has_none(const mst_comparison *c, int32_t alternative)
{
    for (int32_t i = 0; i < c->finding_count; i++)
        if (c->finding[i].alternative == alternative)
            return false;
    return true;
}

/* Names of what one of two models has and the other has not; all: "ships and squadrons". */
static const char *lone_names(mst_comparison *c, const mst_model *has, const mst_model *lacks,
                              muster_scope scope)
{
    enum { NAMES_MAX = 6 };
    const char *words = "";
    int32_t found = 0;
    for (int32_t i = 0; i < mst_scope_places(has, scope); i++) {
        char id[160];
        if (mst_scope_match(has, lacks, scope, i) >= 0 || ++found > NAMES_MAX)
            continue;
        words = mst_page_printf(&c->page, "%s%s%s", words, *words ? ", " : "",
                                mst_scope_place_id(has, scope, i, id));
    }
    if (found == 0)
        return NULL;
    const char *more = found > NAMES_MAX
                           ? mst_page_printf(&c->page, " and %d more", (int)(found - NAMES_MAX))
                           : "";
    return mst_page_printf(&c->page, "%s %s%s", muster_scope_name(scope), words, more);
}

/* What cannot be compared is said, not passed over. */
static void add_lone(mst_comparison *c, int32_t alternative)
{
    static const muster_scope told[] = {MUSTER_OF_DRILL, MUSTER_OF_STATE, MUSTER_OF_UNIT,
                                        MUSTER_OF_GROUP, MUSTER_OF_SERIAL};
    const mst_model *const model[] = {c->given->model[0]->model,
                                      c->given->model[alternative]->model};
    const char *const drill[] = {model[0]->drill_count == 1 ? model[0]->drill[0].id : "",
                                 model[1]->drill_count == 1 ? model[1]->drill[0].id : ""};
    if (*drill[0] && *drill[1] && strcmp(drill[0], drill[1]) != 0)
        mst_page_words(&c->page, 4, NULL, "Drill '%s' was held against drill '%s' of A%s.",
                       drill[1], drill[0],
                       c->given->sample ? ", on draws that are partly its own" : "");
    for (int32_t side = 0; side < 2; side++) {
        const char *words = "";
        for (size_t k = 0; k < sizeof told / sizeof *told; k++) {
            const char *names = lone_names(c, model[side], model[1 - side], told[k]);
            if (names)
                words = mst_page_printf(&c->page, "%s%s%s", words, *words ? "; " : "", names);
        }
        if (*words)
            mst_page_words(&c->page, 4, NULL, "Only %c has %s.",
                           letter_of(side == 0 ? 0 : alternative), words);
    }
}

/* "able, but not admitted by China; would decline": the stages that say no in the plan run. */
static const char *stages_against(mst_comparison *c, const mst_model *m, const mst_verdict *v)
{
    const char *words = "";
    for (int32_t i = 0; i < v->stage_count; i++) {
        const mst_stage_result *s = &v->stage[i];
        if (s->standing == MST_YES)
            continue;
        const char *says =
            s->stage == MST_ABLE ? "not able"
            : s->stage == MST_ACCEPT
                ? "would not accept"
                : mst_page_printf(&c->page, "not admitted by %s", m->state[s->host].name);
        words = mst_page_printf(&c->page, "%s%s%s", words, *words ? ", " : "", says);
    }
    return *words ? words : "the drill is not held";
}

/* Who is still not to take part, and what stands in the way: what a reader asks of every what-if. */
static void add_stayers(mst_comparison *c, int32_t alternative)
{
    const muster_result *plan = c->given->plan[alternative];
    const mst_model *m = c->given->model[alternative]->model;
    for (int32_t d = 0; d < m->drill_count; d++)
        for (int32_t i = 0; i < mst_model_asked_count(&m->drill[d]); i++) {
            const int32_t state = mst_model_asked(&m->drill[d], i);
            const mst_verdict *v = mst_verdict_of(plan->run, d, state);
            if (!v || plan->run->takes_part[(size_t)d * (size_t)m->state_count + (size_t)state])
                continue;
            mst_page_words(
                &c->page, 4, NULL, "In the plan run of %c %s does not take part%s%s: %s.",
                letter_of(alternative), m->state[state].name, m->drill_count > 1 ? " in " : "",
                m->drill_count > 1 ? m->drill[d].name : "", stages_against(c, m, v));
        }
}

static void add_findings(mst_comparison *c, int32_t alternative)
{
    int32_t told = 0, seen = 0;
    for (int32_t i = 0; i < c->finding_count; i++)
        seen += c->finding[i].alternative == alternative && c->finding[i].is_seen;
    const bool is_one = c->given->sample && muster_sample_count(c->given->sample) == 1;
    mst_page_words(&c->page, 0, NULL, "%c (%s) against A%s", letter_of(alternative),
                   c->given->name[alternative],
                   has_none(c, alternative) ? ": they have no drill in common; nothing to compare."
                   : is_one    ? ": one replication alone tells no difference from chance."
                   : seen == 0 ? ": no difference seen."
                               : "");
    add_stayers(c, alternative);
    if (is_one)
        return;
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
        mst_page_words(&c->page, 4, NULL, "%s in the table.",
                       mst_page_number(&c->page, told - SENTENCES_MAX, "more finding is",
                                       "more findings are"));
    add_unseen(c, alternative);
    add_lone(c, alternative);
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static const char *p_words(mst_page *page, double p)
{
    return isnan(p) ? "" : p < 0.001 ? "<.001" : mst_page_printf(page, "%.3f", p);
}

static const char *factor_words(mst_page *page, double factor)
{
    return isnan(factor)      ? ""
           : isinf(factor)    ? "all"
           : factor >= 9999.5 ? ">9999"
                              : mst_page_printf(page, factor < 9.95 ? "%.1f" : "%.0f", factor);
}

static bool is_too_wide(mst_page *page, double value, int32_t decimals, int32_t room)
{
    return !isnan(value) && mst_text_columns(value_words(page, value, decimals)) >= room;
}

static void add_row(mst_comparison *c, const mst_finding *f)
{
    mst_page *page = &c->page;
    mst_text *t = &page->text;
    const muster_difference *d = &f->difference;
    int32_t decimals = decimals_of(f);
    while (decimals > 0 && (is_too_wide(page, f->first, decimals, FIRST) ||
                            is_too_wide(page, f->other, decimals, OTHER)))
        decimals--; /* both with as many */
    const bool has_interval = d->count > 0 && d->sd > 0.0;
    const char *unit = measure_of(f)->unit;
    const char *subject =
        mst_page_printf(page, "%s%s%s", mst_comparison_subject(c, f), *unit ? ", " : "", unit);
    if (c->given->sample && d->count > 0 && d->count < muster_sample_count(c->given->sample))
        subject = mst_page_printf(page, "%s, n %lld", subject, (long long)d->count);
    if (mst_text_columns(subject) >= LABEL) { /* the figures go on below */
        mst_text_printf(t, "%s\n", subject);
        subject = "";
    }
    mst_text_pad(t, subject, LABEL);
    mst_text_pad(t, mst_chance_number(page, f->first, decimals, FIRST), -FIRST);
    mst_text_pad(t, mst_chance_number(page, f->other, decimals, OTHER), -OTHER);
    mst_text_pad(t,
                 has_interval ? mst_chance_range(page, d->low, d->high, decimals, APART)
                              : mst_chance_number(page, f->other - f->first, decimals, APART),
                 -APART);
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
    mst_text_pad(t, "A", -FIRST);
    mst_text_pad(t, mst_page_printf(&c->page, "%c", letter_of(alternative)), -OTHER);
    mst_text_pad(t, has_sample ? "difference, 95 %" : "difference", -APART);
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
            "Comparison of %d alternatives: %lld replication%s of each on the same random "
            "numbers, master seed %llu",
            (int)given->count, (long long)muster_sample_count(given->sample),
            muster_sample_count(given->sample) == 1 ? "" : "s",
            (unsigned long long)muster_sample_seed(given->sample, 0));
    else
        mst_page_words(page, 0, NULL, "Comparison of %d plan runs (no chance)", (int)given->count);
    for (int32_t i = 0; i < given->count; i++)
        mst_page_words(page, 3, mst_page_printf(page, "%c  ", letter_of(i)), "%s", given->name[i]);
    if (given->settings && *given->settings)
        mst_page_words(page, 0, NULL, "In all of them, before changes of their own: %s.",
                       given->settings);
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
        "paired t, of yes and no McNemar's exact test, of a difference always alike the sign "
        "test; adjusted by Holm for the number of figures, and a finding below .05. An interval is "
        "for its figure alone, so that one may leave out 0 and be no finding. "
        "n: replications in which both are defined, where not all; \"-\": not defined. Largest: "
        "by spreads between replications; what differs always alike comes before that, and whether "
        "it musters and the coordination score before all. A muster delay below 0: early.");
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

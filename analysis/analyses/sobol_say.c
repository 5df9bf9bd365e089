/* Sobol indices in sentences: what was found, how sure that is, and what to be careful about. */
#include "analyses/percent.h"
#include "analyses/sentence.h"
#include "analyses/sobol_parts.h"
#include "analyses/unmoved.h"
#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const double apart_told =
    0.05; /* ST less S: below it the second figure is noise beside the first */
enum { NAMED_MOST = 4 };

/* ---- the factors ---------------------------------------------------------------------------------- */

static bool is_named(mst_sobol_verdict v)
{
    return v == MST_SOBOL_ALONE || v == MST_SOBOL_BOTH || v == MST_SOBOL_WITH_OTHERS;
}

static void add_factor(mst_sentence *t, const mst_sobol_found *f, int32_t factor, bool is_first)
{
    const mst_sobol_factor *x = &f->all.factor[factor];
    const mst_sobol_verdict v = mst_sobol_verdict_of(x);
    char s[MST_PERCENT_BYTES], st[MST_PERCENT_BYTES];
    mst_percent_of(&x->s, s);
    mst_percent_of(&x->st, st);
    mst_say(t, "%s%s %s", is_first ? "" : "; ", mst_sobol_name(f, factor),
            is_first ? "explains " : "");
    if (v == MST_SOBOL_WITH_OTHERS)
        mst_say(t, "%s, but only together with others", st);
    else if (v == MST_SOBOL_BOTH)
        mst_say(t, "%s alone and %s with others", s, st);
    else if (fabs(x->st.value - x->s.value) >= apart_told)
        mst_say(t, "%s alone and %s with others, of which the difference may be chance", s, st);
    else
        mst_say(t, "%s alone", s);
}

/* How much a factor that is not named may explain at most, by the whole interval; NaN: not known. */
static double most_of_others(const mst_sobol_found *f)
{
    double most = 0.0;
    for (int32_t i = 0; i < f->all.factors; i++) {
        const mst_sobol_factor *x = &f->all.factor[i];
        const double high = mst_high(&x->st);
        if (is_named(mst_sobol_verdict_of(x)))
            continue;
        if (isnan(high))
            return (double)NAN;
        most = fmax(most, fmin(high, 1.0));
    }
    return most;
}

/* What the factors that are not named come to. */
static void add_others(mst_sentence *t, const mst_sobol_found *f, const int32_t *of)
{
    const int32_t small = of[MST_SOBOL_NEXT_TO], none = of[MST_SOBOL_NOTHING],
                  unclear = of[MST_SOBOL_UNCLEAR] + of[MST_SOBOL_UNKNOWN];
    const int32_t others = small + none + unclear;
    char count[24];
    mst_count_words(others, count);
    const bool is_one = others == 1;
    if (others == 0)
        return;
    mst_say(t, "; ");
    const double most = most_of_others(f);
    if (unclear > 0 && isnan(most))
        mst_say(t, "of the others nothing can be told");
    else if (unclear > 0)
        mst_say(t, "%s at most %.*f %%, its work with others included",
                is_one ? "the other explains" : "each of the others explains", most < 0.095 ? 1 : 0,
                100.0 * most);
    else if (none == others)
        mst_say(t, "%s%s%s %s nothing at all", others == f->all.factors ? "" : "the other ",
                is_one ? "" : count, is_one ? "" : " factors", is_one ? "does" : "do");
    else if (is_one)
        mst_say(t, "the other less than 1 %%");
    else
        mst_say(t, "each of the other %s less than 1 %%, its work with others included", count);
}

static void say_none(const mst_sobol_found *f, const int32_t *of, muster_section *section)
{
    const char *figure = f->data->response.label;
    if (of[MST_SOBOL_UNCLEAR] + of[MST_SOBOL_UNKNOWN] > 0)
        muster_section_say(section,
                           "No factor explains a part of the variance of \"%s\" that can be told "
                           "from 0 with so many points.",
                           figure);
    else if (of[MST_SOBOL_NEXT_TO] > 0)
        muster_section_say(section, "No factor explains as much as 1 %% of the variance of \"%s\".",
                           figure);
    else
        muster_section_say(section, "None of the factors moves \"%s\" at all.", figure);
}

static void say_factors(const mst_sobol_found *f, muster_section *section)
{
    int32_t of[MST_SOBOL_WITH_OTHERS + 1] = {0}, named = 0, more = 0;
    mst_sentence t = {.used = 0};
    mst_say(&t, "Of the variance of \"%s\" over the ranges tried, ", f->data->response.label);
    for (int32_t i = 0; i < f->all.factors; i++) {
        const mst_sobol_verdict v = mst_sobol_verdict_of(&f->all.factor[f->order[i]]);
        of[v]++;
        if (is_named(v) && named < NAMED_MOST)
            add_factor(&t, f, f->order[i], named++ == 0);
        else
            more += is_named(v);
    }
    if (named == 0) {
        say_none(f, of, section);
        return;
    }
    if (more > 0)
        mst_say(&t, "; %" PRId32 " more %s in the table", more, more == 1 ? "is" : "are");
    add_others(&t, f, of);
    muster_section_say(section, "%s.", t.text);
}

/* ---- chance, and what is left --------------------------------------------------------------------- */

/* Chance as a factor: what it does in the figures that were analysed. */
static void say_luck(const mst_sobol_found *f, muster_section *section)
{
    const mst_sobol_factor *x = &f->all.luck;
    char s[MST_PERCENT_BYTES], st[MST_PERCENT_BYTES], where[60] = "";
    mst_percent_of(&x->s, s);
    mst_percent_of(&x->st, st);
    if (f->most > 1)
        muster_text_format(where, sizeof where, ", in means over %" PRId32 " replications",
                           f->most);
    switch (mst_sobol_verdict_of(x)) {
    case MST_SOBOL_UNKNOWN:
        return;
    case MST_SOBOL_NOTHING:
        muster_section_say(section, "Chance does nothing at all.");
        return;
    case MST_SOBOL_NEXT_TO:
        muster_section_say(section, "Chance is less than 1 %%%s.", where);
        return;
    case MST_SOBOL_UNCLEAR:
        muster_section_say(section, "The part of chance cannot be told from 0%s.", where);
        return;
    case MST_SOBOL_ALONE:
        muster_section_say(section, "Chance alone is %s%s.", s, where);
        return;
    case MST_SOBOL_BOTH:
        muster_section_say(section,
                           "Chance alone is %s%s, and with factors, where it counts differently "
                           "from setting to setting, %s.",
                           s, where, st);
        return;
    case MST_SOBOL_WITH_OTHERS:
        muster_section_say(section,
                           "Chance is %s%s, but only together with factors: it counts differently "
                           "from setting to setting.",
                           st, where);
        return;
    }
}

/* Parts that add up to more than all, or to less than nothing: by chance, unless a caution says else. */
static void say_misfit(const mst_sobol_found *f, const char *sum, muster_section *section)
{
    const mst_sobol_result *r = &f->all;
    const bool is_above = r->rest.value < 0.0;
    char whole[MST_PERCENT_BYTES], words[MST_PERCENT_BYTES + 24] = "";
    mst_percent(1.0 - r->rest.value, whole);
    if (r->has_luck && !(r->luck.s.value == 0.0))
        muster_text_format(words, sizeof words, ", with chance to %s", whole);
    muster_section_say(section,
                       "One by one the factors add up to %s%s. That is %s%s: with %" PRId64
                       " base rows the estimates do not fit together, and of interactions nothing "
                       "can be told. Of four times the base rows (points = %" PRId64
                       " in the file's method) the intervals are half as wide.",
                       sum, words, is_above ? "more than all there is" : "less than nothing",
                       r->rest.is_zero_like ? ", though not by more than the intervals are wide"
                                            : ", by more than the intervals are wide",
                       r->rows_used, 4 * r->rows_used);
}

static void say_rest(const mst_sobol_found *f, muster_section *section)
{
    static const double rounding = 0.005; /* sums of which people read whole per cent */
    const mst_sobol_result *r = &f->all;
    const bool may_be_chance = mst_sobol_may_be_chance(f);
    char sum[MST_PERCENT_BYTES], rest[MST_PERCENT_BYTES];
    mst_percent_of(&r->sum, sum);
    mst_percent_of(&r->rest, rest);
    if (!isfinite(r->sum.value) || (r->sum.value == 0.0 && mst_high(&r->sum) == 0.0))
        return;
    if (r->rest.value < -rounding || r->rest.value > 1.0 + rounding)
        say_misfit(f, sum, section);
    else if (r->rest.is_zero_like || r->rest.value < 0.0)
        muster_section_say(section,
                           "One by one the factors add up to %s; what is left for interactions%s "
                           "cannot be told from 0.",
                           sum, may_be_chance ? " and chance" : "");
    else
        muster_section_say(section,
                           "One by one the factors add up to %s; what is left, %s, are "
                           "interactions%s: what a factor does depends on the others.",
                           sum, rest, may_be_chance ? ", and chance if runs have any" : "");
}

/* Of means over R replications the variance is that of expected outputs and a part of luck / R. */
static void say_noise(const mst_sobol_found *f, muster_section *section)
{
    const mst_noise *n = &f->noise;
    char share[MST_PERCENT_BYTES];
    const double single = n->setting.value + n->luck.value;
    const double means = n->setting.value + n->luck.value / (double)f->most;
    if (!isfinite(n->share.value) || !(single > 0.0))
        return;
    if (n->luck.value == 0.0) {
        muster_section_say(section, "Replications of a point are all alike: runs have no chance, "
                                    "and one replication would do.");
        return;
    }
    mst_percent_of(&n->share, share);
    if (means > 0.0 && f->most > 1)
        muster_section_say(section,
                           "All this is of means over %" PRId32 " replications. Of the variance of "
                           "single runs, in which luck counts %" PRId32 " times as much, %s is "
                           "luck, and S of every factor is %.2f times that told here.",
                           f->most, f->most, share, means / single);
    else
        muster_section_say(section, "Of the variance of single runs %s is luck.", share);
    if (!f->all.has_luck)
        muster_section_say(section, "Luck was no factor of this design; method = { luck = true; } "
                                    "makes it one.");
}

/* Where points have one run each, nobody can tell whether runs have chance. */
static void say_no_luck(const mst_sobol_found *f, muster_section *section)
{
    if (!f->all.has_luck && !f->has_noise && !f->data->is_plan_run)
        muster_section_say(section,
                           "Chance was no factor of this design: if runs have any, its part is in "
                           "what is left; method = { luck = true; } tells it apart.");
}

/* ---- pairs ---------------------------------------------------------------------------------------- */

static void say_pairs(const mst_sobol_found *f, muster_section *section)
{
    const mst_sobol_result *r = &f->all;
    int32_t pairs = 0, clear = 0, none = 0;
    for (int32_t i = 0; i < r->factors; i++)
        for (int32_t j = i + 1; j < r->factors; j++) {
            const mst_bootstrapped *b = &r->pair[(int64_t)i * r->factors + j];
            pairs++;
            clear += isfinite(b->value) && !b->is_zero_like && b->value > 0.0;
            none += mst_sobol_is_nothing(b);
        }
    if (pairs == none)
        return;
    char words[24];
    if (clear == 0)
        muster_section_say(section,
                           "Of %" PRId32 " pair%s of factors none has an effect together that can "
                           "be told from 0.",
                           pairs, pairs == 1 ? "" : "s");
    else
        muster_section_say(section,
                           "Of %" PRId32 " pair%s of factors %s %s an effect together that can be "
                           "told from 0; the table of pairs begins with %s.",
                           pairs, pairs == 1 ? "" : "s", mst_count_words(clear, words),
                           clear == 1 ? "has" : "have", clear == 1 ? "it" : "them");
}

/* ---- how, and what to be careful about ------------------------------------------------------------ */

static void say_how(const mst_sobol_found *f, muster_section *section)
{
    const mst_sobol_result *r = &f->all;
    muster_section_say(section,
                       "Alone (S) is what the variance would lose on the average if the factor "
                       "were known; with others (ST), what would be left if all others were.");
    mst_sentence t = {.used = 0};
    mst_say(&t, "Estimated from %" PRId64 " base rows, %" PRId64 " dropped", r->rows_used,
            r->rows_dropped);
    if (f->most > 1 && f->least == f->most)
        mst_say(&t, ", by means over %" PRId32 " replications", f->most);
    else if (f->most > 1)
        mst_say(&t, ", by means over %" PRId32 " to %" PRId32 " replications", f->least, f->most);
    mst_say(
        &t,
        "; S after Saltelli and others 2010, ST after Jansen 1999; %g %% intervals by resampling "
        "base rows %" PRId32 " times, for points this even rather too wide. Of %.0f intervals one "
        "misses the truth by chance",
        100.0 * f->data->level, f->replicates, 1.0 / (1.0 - f->data->level));
    muster_section_say(section, "%s.", t.text);
}

/* Nothing to estimate: says so. */
static bool say_nothing(const mst_sobol_found *f, muster_section *section)
{
    const mst_sobol_result *r = &f->all;
    if (r->rows_used == 0)
        muster_section_say(section,
                           "Nothing can be told: of every one of %" PRId64 " base rows a point is "
                           "missing, failed or has no figure.",
                           r->rows_dropped);
    else if (r->warnings & MST_SOBOL_CONSTANT)
        muster_section_say(section,
                           "\"%s\" is %.4g at every point: nothing that was varied moves "
                           "it.",
                           f->data->response.label, r->mean);
    else if (r->warnings & MST_SOBOL_FLAT_BASE)
        muster_section_say(section,
                           "\"%s\" is the same in all points of A and B, and not in others: it "
                           "changes too rarely for %" PRId64 " base rows, and nothing can be told.",
                           f->data->response.label, r->rows_used);
    else
        return false;
    return true;
}

muster_status mst_sobol_say(const mst_sobol_found *f, muster_section *section)
{
    muster_status status = MUSTER_OK;
    mst_sobol_warn_of_signs(f, section); /* first: what follows is then wrong */
    if (!say_nothing(f, section)) {
        say_factors(f, section);
        say_luck(f, section);
        say_rest(f, section);
        if (f->has_noise)
            say_noise(f, section);
        say_no_luck(f, section);
        mst_sobol_say_beyond(f, section);
        if (f->all.pair)
            say_pairs(f, section);
    }
    if (f->all.warnings & MST_SOBOL_CONSTANT)
        status = mst_say_unmoved(f->data, section);
    say_how(f, section);
    mst_sobol_warn_of_rows(f, section);
    return status;
}

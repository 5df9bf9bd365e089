/* What replications came to, beside the plan run: figures with intervals, and what bound them. */
#include "tell/chance.h"

#include <math.h>
#include <string.h>

enum { LABEL = 25, PLAN = 8, MEAN = 9, INTERVAL = 20, QUANTILE = 9 };

/* ---- numbers ----------------------------------------------------------------------------------- */

/* Digits behind the point that an uncertainty leaves: two of its own. */
int32_t mst_chance_decimals(double half_width)
{
    if (!(half_width > 0.0))
        return 3;
    const double digits = ceil(-log10(half_width)) + 1.0;
    return digits < 0.0 ? 0 : digits > 6.0 ? 6 : (int32_t)digits;
}

/* Never a minus before zeros only. */
static const char *number(mst_page *page, double value, int32_t decimals)
{
    const char *text = mst_page_printf(page, "%.*f", (int)decimals, value);
    return text[0] == '-' && !strpbrk(text, "123456789") ? text + 1 : text;
}

const char *mst_chance_number(mst_page *page, double value, int32_t decimals, int32_t room)
{
    if (isnan(value))
        return "-";
    if (value >= rint(value) && value <= rint(value) && fabs(value) < 1e9)
        decimals = 0;
    const char *text;
    do /* the last digits go first */
        text = number(page, value, decimals);
    while (mst_text_columns(text) >= room && --decimals >= 0);
    return text;
}

const char *mst_chance_percent(mst_page *page, double share)
{
    const double p = 100.0 * share;
    if (share <= 0.0 || share >= 1.0)
        return mst_page_printf(page, "%.0f %%", p);
    /* near the ends not rounded onto them */
    return p < 0.05 ? "<0.1 %" : p >= 99.95 ? ">99.9 %" : mst_page_printf(page, "%.1f %%", p);
}

const char *mst_chance_range(mst_page *page, double low, double high, int32_t decimals,
                             int32_t room)
{
    const char *text;
    do /* the last digits go first */
        text = mst_page_printf(page, "%s .. %s", number(page, low, decimals),
                               number(page, high, decimals));
    while (mst_text_columns(text) >= room && --decimals >= 0);
    return text;
}

static const char *yes_or_no(double value)
{
    return isnan(value) ? "-" : value > 0.5 ? "yes" : "no";
}

/* ---- one row ----------------------------------------------------------------------------------- */

typedef struct figure {
    int32_t measure, thing;
    const char *label;
    double plan;
} figure;

static const char *interval(mst_page *page, const muster_summary *s, int32_t decimals)
{
    if (!s->is_estimable)
        return "not estimable";
    if (s->is_share)
        return mst_page_printf(page, "%s .. %s", mst_chance_percent(page, s->low),
                               mst_chance_percent(page, s->high));
    if (!(s->most > s->least))
        return "never varies";
    return mst_chance_range(page, s->low, s->high, decimals, INTERVAL);
}

static const char *quantile(mst_page *page, const figure *f, double q, int32_t decimals)
{
    const muster_quantile x = muster_sample_quantile(page->sample, 0, f->measure, f->thing, q);
    return !x.is_kept ? "not kept" : mst_chance_number(page, x.value, decimals, QUANTILE);
}

static void add_figure(mst_page *page, const figure *f)
{
    mst_text *t = &page->text;
    const muster_summary s = muster_sample_summary(page->sample, 0, f->measure, f->thing);
    const int32_t decimals = mst_chance_decimals(0.5 * (s.high - s.low));
    if (s.count == 0)
        return;
    const char *of = s.count == muster_sample_count(page->sample)
                         ? ""
                         : mst_page_printf(page, " (of %lld)", (long long)s.count);
    const char *label = mst_page_cut(page, f->label, LABEL - mst_text_columns(of));
    mst_text_pad(t, mst_page_printf(page, "%s%s", label, of), LABEL);
    mst_text_pad(t,
                 s.is_share ? yes_or_no(f->plan) : mst_chance_number(page, f->plan, decimals, PLAN),
                 -PLAN);
    mst_text_pad(t,
                 s.is_share ? mst_chance_percent(page, s.mean)
                            : mst_chance_number(page, s.mean, decimals, MEAN),
                 -MEAN);
    mst_text_pad(t, interval(page, &s, decimals), -INTERVAL);
    if (!s.is_share && s.most > s.least) {
        mst_text_pad(t, quantile(page, f, 0.1, decimals), -QUANTILE);
        mst_text_pad(t, quantile(page, f, 0.9, decimals), -QUANTILE);
    }
    mst_text_add(t, "\n");
}

static void add_measure(mst_page *page, const char *name, muster_scope scope, int32_t thing,
                        const char *label)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    const int32_t measure = muster_measure_index(name);
    if (measure < 0 || all[measure].scope != scope)
        return;
    const char *unit = all[measure].unit;
    const figure f = {
        measure, thing,
        label ? label
              : mst_page_printf(page, "%s%s%s", all[measure].label, *unit ? ", " : "", unit),
        mst_measure_value(page->out, measure, thing)};
    add_figure(page, &f);
}

/* ---- tables ------------------------------------------------------------------------------------ */

static void add_drill_figures(mst_page *page)
{
    static const char *const names[] = {"mustered",          "muster_delay_h", "joint_h",
                                        "complete_h",        "score",          "score_joint",
                                        "score_no_weather",  "serials_done",   "serials_degraded",
                                        "serials_cancelled", "fuel_used_t"};
    mst_text *t = &page->text;
    mst_text_pad(t, "", LABEL);
    mst_text_pad(t, "plan", -PLAN);
    mst_text_pad(t, "mean", -MEAN);
    mst_text_pad(t, "95 % interval", -INTERVAL);
    mst_text_pad(t, "10 %", -QUANTILE);
    mst_text_pad(t, "90 %", -QUANTILE);
    mst_text_add(t, "\n");
    const bool has_serials = page->model->drill[page->drill].serial_count > 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (has_serials || strncmp(names[i], "s", 1) != 0) /* score..., serials... */
            add_measure(page, names[i], MUSTER_OF_DRILL, page->drill, NULL);
}

static void add_states(mst_page *page)
{
    int32_t first = 0;
    const mst_drill_row *d = &page->model->drill[page->drill];
    for (int32_t i = 0; i < page->drill; i++)
        first += mst_model_asked_count(&page->model->drill[i]);
    for (int32_t i = 0; i < mst_model_asked_count(d); i++) {
        const char *name = mst_page_state(page, mst_model_asked(d, i));
        add_measure(page, "participation", MUSTER_OF_STATE, first + i,
                    mst_page_printf(page, "%s to take part", name));
        if (i >= d->host_count)
            add_measure(page, "says_able", MUSTER_OF_STATE, first + i,
                        mst_page_printf(page, "%s is able", name));
        if (i >= d->host_count && page->model->chance.draws_decisions) {
            add_measure(page, "says_admit", MUSTER_OF_STATE, first + i,
                        mst_page_printf(page, "%s is admitted", name));
            add_measure(page, "says_accept", MUSTER_OF_STATE, first + i,
                        mst_page_printf(page, "%s accepts", name));
        }
    }
}

static const char *share_of(mst_page *page, int64_t part, int64_t whole)
{
    if (part == 0)
        return "-";
    return mst_chance_percent(page, (double)part / (double)whole);
}

/* "chance 24.0 %, sea 1.0 %": counts by cause over a whole. */
static const char *causes(mst_page *page, const int64_t count[16], int64_t whole)
{
    const char *words = "";
    for (int32_t cause = 1; muster_cause_name(cause); cause++)
        if (count[cause] > 0)
            words = mst_page_printf(page, "%s%s%s %s", words, *words ? ", " : "",
                                    muster_cause_name(cause), share_of(page, count[cause], whole));
    return words;
}

static void add_serial(mst_page *page, int32_t serial, int64_t all[16])
{
    mst_text *t = &page->text;
    const mst_serial_row *s = &page->model->serial[serial];
    const int64_t count = muster_sample_count(page->sample);
    const muster_serial_tally tally = muster_sample_serial(page->sample, 0, serial);
    mst_text_pad(t, mst_page_cut(page, s->name ? s->name : s->id, 24), 24);
    mst_text_pad(t, share_of(page, tally.done, count), -9);
    mst_text_pad(t, share_of(page, tally.degraded, count), -10);
    mst_text_pad(t, share_of(page, tally.cancelled, count), -10);
    mst_text_printf(t, "   %s\n", causes(page, tally.cause, count));
    for (int32_t cause = 0; cause < 16; cause++)
        all[cause] += tally.cause[cause];
}

static void add_serials(mst_page *page)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    int64_t all[16] = {0};
    if (d->serial_count == 0)
        return;
    mst_text_add(&page->text,
                 "\nSerial                       done  degraded cancelled   what bound it\n");
    for (int32_t i = 0; i < d->serial_count; i++)
        add_serial(page, d->serial[i], all);
    const char *words = causes(page, all, muster_sample_count(page->sample) * d->serial_count);
    mst_page_words(page, 0, NULL, "Of all serials: %s.", *words ? words : "nothing bound any");
}

static void add_muster(mst_page *page)
{
    const int64_t count = muster_sample_count(page->sample);
    int64_t failed[16] = {0};
    for (int32_t cause = 1; muster_cause_name(cause); cause++)
        failed[cause] = muster_sample_drill_cause(page->sample, 0, page->drill, cause);
    const char *words = causes(page, failed, count);
    if (*words)
        mst_page_words(page, 0, NULL, "It did not muster because of: %s.", words);
    words = "";
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const int64_t n = muster_sample_bound(page->sample, 0, page->drill, i);
        if (n > 0)
            words = mst_page_printf(page, "%s%s%s %s", words, *words ? ", " : "",
                                    page->model->unit[i].name, share_of(page, n, count));
    }
    if (*words)
        mst_page_words(page, 0, NULL, "Last of the required units to arrive: %s.", words);
}

void mst_tell_chance(mst_page *page)
{
    if (!page->sample)
        return;
    mst_page_heading(page, "WITH CHANCE: %lld replications, master seed %llu, beside the plan run",
                     (long long)muster_sample_count(page->sample),
                     (unsigned long long)muster_sample_seed(page->sample, 0));
    add_drill_figures(page);
    add_states(page);
    add_serials(page);
    add_muster(page);
    if (page->model->drill[page->drill].candidate_count > 0 && !page->model->chance.draws_decisions)
        mst_page_words(page, 0, NULL,
                       "Political stages are decided by the sign of their margin, not drawn: the "
                       "rows above tell nothing of their P. To draw them: --set "
                       "'chance.decisions = \"draw\"'.");
    mst_page_words(page, 0, NULL,
                   "Intervals: of a mean by Student's t, of a share by Wilson. 10 %% and 90 %%: at "
                   "most one replication in ten lies below the one, at most one above the other%s. "
                   "One of them: --only-replication K.",
                   muster_sample_count(page->sample) > MUSTER_VALUES_KEPT
                       ? " (\"not kept\": of more than 100,000 replications)"
                       : "");
}

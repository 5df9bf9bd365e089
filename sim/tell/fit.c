/* muster fit: the whole screen. */
#include "tell/fit.h"

#include "tell/rivals.h"

#include <math.h>

/* What rows lack, the worst first; at most a few. */
static const char *gaps(mst_page *page, const mst_features *f)
{
    enum { MOST = 4 };
    bool is_told[MST_FIT_FEATURES_MAX] = {false};
    const char *words = "";
    for (int32_t told = 0; told < MOST; told++) {
        int32_t most = -1;
        for (int32_t i = 0; i < f->count; i++)
            if (!is_told[i] && f->item[i].missing > 0 &&
                (most < 0 || f->item[i].missing > f->item[most].missing))
                most = i;
        if (most < 0)
            break;
        is_told[most] = true;
        words = mst_page_printf(page, "%s%s%s in %d", words, *words ? ", " : "", f->item[most].name,
                                (int)f->item[most].missing);
    }
    return words;
}

static void tell_rows(mst_page *page, const muster_fit *fit)
{
    const mst_fit_design *d = &mst_fit_main(fit)->design;
    const mst_rivals *r = &fit->tables.rivals;
    const char *lacking = gaps(page, &fit->features[fit->main]);
    mst_page_words(
        page, 0, "\n", "Record %s: %s of %s in %d series, %s to %s; outcome known of %d, joins %d.",
        mst_record_name(&fit->tables), mst_page_number(page, fit->rows, "row", "rows"),
        mst_page_number(page, fit->drills, "drill", "drills"), (int)fit->series,
        mst_page_day(page, r->item[0].setting.at),
        mst_page_day(page, r->item[r->count - 1].setting.at), (int)fit->known, (int)fit->joins);
    mst_page_words(
        page, 0, NULL,
        "Fitted: %s, joins %d (base rate %.2f), in %d series. Partial, so not fitted, and scored "
        "apart: %d%s.",
        mst_page_number(page, d->usable, "row", "rows"), (int)d->joins,
        (double)d->joins / (double)d->usable, (int)d->usable_series, (int)d->partial,
        *lacking ? mst_page_printf(page, " (missing: %s)", lacking) : "");
}

static void tell_all(mst_page *page, const muster_fit *fit)
{
    mst_tell_fit_verdict(page, fit);
    tell_rows(page, fit);
    mst_page_words(page, 0, NULL,
                   "P(join) = P(able) x P(admitted), of each host, x P(accepts), each logistic in "
                   "its features. Logit: one equation of all features, those of admit averaged "
                   "over hosts. What is fitted to a record describes it; whether it predicts is "
                   "told by rows left out.");
    mst_tell_fit_weights(page, fit);
    mst_tell_fit_warnings(page, fit);
    mst_tell_fit_scores(page, fit);
    mst_page_words(page, 0, "\n", "Seed %llu.", (unsigned long long)fit->options.seed);
    mst_tell_tables(page, &fit->tables);
}

char *muster_tell_fit(const muster_fit *fit, bool as_json, muster_diags *diags)
{
    if (as_json)
        return mst_json_fit(fit, diags);
    mst_page page = {.bar = "#"};
    mst_text_init(&page.text, &fit->memory);
    mst_arena_init(&page.arena, &fit->memory);
    tell_all(&page, fit);
    return mst_page_end(&page, diags);
}

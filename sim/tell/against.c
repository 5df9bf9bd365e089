/* Why a state differs from a reference: Shapley values of each stage's margin. */
#include "tell/why.h"

#include "outcome/against.h"

#include <math.h>
#include <string.h>

enum { SHOWN = 12, LEAST_SHOWN = 1 };

static const char *value_words(mst_page *page, double value)
{
    return isnan(value) ? "missing" : mst_page_printf(page, "%.4g", value);
}

/* What moves a stage, largest first; what moves it by nothing is left out. */
static void tell_stage(mst_page *page, const mst_against *a, int32_t stage)
{
    const mst_stage_result *here = &a->here->stage[stage], *there = &a->there->stage[stage];
    bool told[MST_AGAINST_MOST + 1] = {false};
    mst_page_heading(page, "%s: %s against %s, a difference of %s", mst_page_stage(page, here),
                     mst_page_margin(page, here->margin), mst_page_margin(page, there->margin),
                     mst_page_margin(page, here->margin - there->margin));
    if (isnan(here->margin) || isnan(there->margin)) {
        mst_page_words(page, 2, NULL, "One of the two cannot be assessed: an input is missing.");
        return;
    }
    int32_t rows = 0, left = 0;
    for (int32_t round = 0; round < a->count; round++) {
        int32_t next = -1;
        for (int32_t i = 0; i < a->count; i++)
            if (!told[i] &&
                (next < 0 || fabs(a->item[i].value[stage]) > fabs(a->item[next].value[stage])))
                next = i;
        if (next < 0)
            break;
        told[next] = true;
        const mst_share_of *s = &a->item[next];
        if (fabs(s->value[stage]) < 5e-5)
            continue;
        if (rows >= SHOWN) {
            left++;
            continue;
        }
        rows++;
        const mst_page_cell cells[] = {
            {mst_page_printf(page, "%+.4f", s->value[stage]), 2, 8},
            {s->key, 12, 30},
            {s->path ? mst_page_printf(page, "%s (reference: %s)", value_words(page, s->here),
                                       value_words(page, s->there))
                     : "all together",
             44, MST_PAGE_WIDTH - 44}};
        mst_page_row(&page->text, cells, 3);
    }
    if (rows < LEAST_SHOWN)
        mst_page_words(page, 2, NULL, "Nothing that this stage reads differs.");
    if (left > 0)
        mst_page_words(page, 2, NULL, "%d smaller ones not shown.", (int)left);
}

void mst_tell_against(mst_page *page, const mst_against *against, const char *reference)
{
    mst_page_heading(page, "AGAINST %s", reference);
    mst_page_words(
        page, 0, NULL,
        "Shapley value of each figure in which the two differ, for the margin of each "
        "stage, from the reference to %s: they add up to the difference. %s",
        mst_page_state(page, against->here->state),
        against->is_exact
            ? mst_page_printf(page, "Exact, over all subsets of %s.",
                              mst_page_number(page, against->count, "figure", "figures"))
            : mst_page_printf(page,
                              "%d figures: mean over %d random orders, fixed seed, right to "
                              "%.1g (one standard error).",
                              (int)against->count, MST_AGAINST_ORDERS, against->most_error));
    for (int32_t i = 0; i < against->here->stage_count; i++)
        tell_stage(page, against, i);
}

void mst_json_against(mst_json *json, const mst_against *against, const char *reference)
{
    mst_json_object(json, "against");
    mst_json_text(json, "reference", reference);
    mst_json_bool(json, "exact", against->is_exact);
    mst_json_array(json, "figures");
    for (int32_t i = 0; i < against->count; i++) {
        const mst_share_of *s = &against->item[i];
        mst_json_object(json, NULL);
        mst_json_text(json, "path", s->path);
        mst_json_text(json, "key", s->key);
        mst_json_maybe(json, "here", s->here);
        mst_json_maybe(json, "reference", s->there);
        mst_json_array(json, "shapley");
        for (int32_t k = 0; k < against->here->stage_count; k++)
            mst_json_maybe(json, NULL, s->value[k]);
        mst_json_end(json);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_end(json);
}

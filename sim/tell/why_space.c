/* How firm an answer is: the share of the space of weights and inputs that gives the same one. */
#include "tell/why.h"

#include "outcome/space.h"

#include <math.h>

static const char *share(mst_page *page, double value)
{
    if (isnan(value))
        return "-";
    const double percent = 100.0 * value;
    /* never "100 %" of what is not all, nor "0 %" of what is something */
    if (percent > 99.5 && value < 1.0)
        return "> 99 %";
    if (percent < 0.5 && value > 0.0)
        return "< 1 %";
    return mst_page_printf(page, "%.0f %%", percent);
}

static void add_row(mst_page *page, const char *what, double weights, double inputs)
{
    const double least = fmin(isnan(weights) ? 1.0 : weights, isnan(inputs) ? 1.0 : inputs);
    const mst_page_cell cells[] = {{what, 0, 40},
                                   {share(page, weights), 42, 8},
                                   {share(page, inputs), 54, 8},
                                   {least < MST_SPACE_FRAGILE ? "fragile" : "", 66, 8}};
    mst_page_row(&page->text, cells, 4);
}

/* True: all political stages say yes. */
static bool politics_says_yes(const mst_verdict *v)
{
    for (int32_t i = 0; i < v->stage_count; i++)
        if (v->stage[i].stage != MST_ABLE && mst_stage_says_no(&v->stage[i]))
            return false;
    return true;
}

/* "; accepts with inputs (51 % yes)": an answer that less than half of a space gives. */
static const char *minority(mst_page *page, const char *words, const char *what, double value,
                            const char *space, const char *other)
{
    if (isnan(value) || value >= 0.5)
        return words;
    return mst_page_printf(page, "%s%s%s %s (%s %s)", words, *words ? "; " : "", what, space,
                           share(page, 1.0 - value), other);
}

/* Which answers most of a space gives, where they are not those of the table. */
static void tell_majority(mst_page *page, const mst_verdict *v, const mst_shares *weights,
                          const mst_shares *inputs)
{
    const char *words = "", *other = v->joins ? "stays out" : "joins";
    words = minority(page, words, "verdict", weights->verdict, "with weights moved", other);
    words = minority(page, words, "verdict", inputs->verdict, "with inputs too", other);
    for (int32_t i = 0; i < v->stage_count; i++) {
        const char *stage = mst_page_stage(page, &v->stage[i]);
        other = mst_stage_says_no(&v->stage[i]) ? "yes" : "no";
        words = minority(page, words, stage, weights->stage[i], "with weights moved", other);
        words = minority(page, words, stage, inputs->stage[i], "with inputs too", other);
    }
    other = politics_says_yes(v) ? "no" : "yes";
    words =
        minority(page, words, "politics alone", weights->political, "with weights moved", other);
    words = minority(page, words, "politics alone", inputs->political, "with inputs too", other);
    if (*words)
        mst_page_words(page, 0, NULL, "Most points give the answers above, except for: %s.", words);
    else
        mst_page_words(page, 0, NULL, "Most points of both spaces give each of these answers.");
}

void mst_tell_space(mst_page *page, const mst_verdict *v)
{
    mst_shares weights, inputs;
    if (v->is_host ||
        !mst_space_try(page->model, page->run, v, MST_SPACE_WEIGHTS, &page->arena, &weights))
        return;
    if (!mst_space_try(page->model, page->run, v, MST_SPACE_INPUTS, &page->arena, &inputs))
        return;
    mst_page_heading(page, "HOW FIRM: share of the space of weights that gives the same answer");
    mst_text_add(&page->text,
                 "Answer                                    weights     with inputs\n");
    add_row(page, mst_page_printf(page, "verdict: %s", v->joins ? "joins" : "does not join"),
            weights.verdict, inputs.verdict);
    for (int32_t i = 0; i < v->stage_count; i++)
        add_row(page,
                mst_page_printf(page, "%s: %s", mst_page_stage(page, &v->stage[i]),
                                mst_page_answer(&v->stage[i])),
                weights.stage[i], inputs.stage[i]);
    add_row(page,
            mst_page_printf(page, "politics alone, if it could come: %s",
                            isnan(weights.political) ? "not assessed"
                            : politics_says_yes(v)   ? "yes"
                                                     : "no"),
            weights.political, inputs.political);
    tell_majority(page, v, &weights, &inputs);
    mst_page_words(
        page, 0, NULL,
        "A share of a space, no probability and no confidence: %d points of a shifted %s "
        "sequence; each of %d weights (with inputs, %d figures) from half to one and a half "
        "times its value (or over its weight_min to weight_max), "
        "triangular, all independent%s; inputs held to their range. Fleets, and figures that a "
        "source vouches "
        "for, stand as they are. Fragile: under %.0f %% in either column.",
        MST_SPACE_POINTS, weights.is_sobol ? "Sobol" : "Halton", (int)weights.dimensions,
        (int)inputs.dimensions, weights.is_sobol != inputs.is_sobol ? " (with inputs: Halton)" : "",
        100.0 * MST_SPACE_FRAGILE);
}

static void add_shares(mst_json *json, const char *key, const mst_verdict *v, const mst_shares *s)
{
    mst_json_object(json, key);
    mst_json_whole(json, "points", MST_SPACE_POINTS);
    mst_json_whole(json, "figures", s->dimensions);
    mst_json_real(json, "verdict", s->verdict);
    mst_json_maybe(json, "political", s->political);
    mst_json_real(json, "joins", s->joins);
    mst_json_array(json, "stages");
    for (int32_t i = 0; i < v->stage_count; i++)
        mst_json_maybe(json, NULL, s->stage[i]);
    mst_json_end(json);
    mst_json_end(json);
}

void mst_json_space(mst_json *json, mst_page *page, const mst_verdict *v)
{
    mst_shares weights, inputs;
    if (v->is_host ||
        !mst_space_try(page->model, page->run, v, MST_SPACE_WEIGHTS, &page->arena, &weights) ||
        !mst_space_try(page->model, page->run, v, MST_SPACE_INPUTS, &page->arena, &inputs))
        return;
    mst_json_object(json, "weight_space");
    add_shares(json, "weights", v, &weights);
    add_shares(json, "with_inputs", v, &inputs);
    mst_json_end(json);
}

/* Weights of a fit: what each is, per unit and per deviation, with its interval. */
#include "tell/fit.h"

#include <math.h>
#include <string.h>

const mst_fit_result *mst_fit_main(const muster_fit *fit)
{
    return &fit->of[fit->main][0].result;
}

static const mst_feature *feature_of(const muster_fit *fit, int32_t history, int32_t block,
                                     int32_t feature)
{
    const mst_features *f = &fit->features[history];
    return &f->item[f->first[block] + feature];
}

const char *mst_fit_line_name(const muster_fit *fit, int32_t history, const mst_fit_line *line)
{
    return line->feature < 0 ? "(intercept)"
                             : feature_of(fit, history, (int32_t)line->block, line->feature)->name;
}

const mst_fit_line *mst_fit_line_plain(const muster_fit *fit, int32_t history,
                                       const mst_fit_line *line)
{
    const mst_fit_run_of *plain = &fit->of[history][1];
    for (int32_t j = 0; plain->has_result && j < plain->result.design.weights; j++) {
        const mst_fit_line *other = &plain->result.line[j];
        if (line->feature >= 0 && other->feature == line->feature && other->block == line->block)
            return other;
    }
    return NULL;
}

const char *mst_fit_held_with(mst_page *page, const muster_fit *fit, const mst_fit_line *line)
{
    const mst_fit_result *r = mst_fit_main(fit);
    const char *words = "";
    for (int32_t j = 0; j < r->design.weights; j++)
        if (line->with >> j & 1)
            words = mst_page_printf(page, "%s%s%s", words, *words ? ", " : "with ",
                                    mst_fit_line_name(fit, fit->main, &r->line[j]));
    return words;
}

/* ---- table -------------------------------------------------------------------------------------------- */

static const char *number(mst_page *page, double value)
{
    return isnan(value) ? "" : mst_page_printf(page, "%.3g", value == 0.0 ? 0.0 : value);
}

static const char *interval(mst_page *page, const mst_interval *i)
{
    return i->is_estimable
               ? mst_page_printf(page, "%s..%s", number(page, i->low), number(page, i->high))
               : "";
}

/* Per deviation all are logits: two places will do. */
static const char *logits(mst_page *page, double value)
{
    return isnan(value) ? "" : mst_page_printf(page, "%.2f", value + 0.0);
}

/* Thousands of miles are the one unit that the name does not say. */
static const char *label(mst_page *page, const muster_fit *fit, const mst_fit_line *line)
{
    const char *name = mst_fit_line_name(fit, fit->main, line);
    if (line->feature < 0 ||
        feature_of(fit, fit->main, (int32_t)line->block, line->feature)->reads != MST_FIT_DISTANCE)
        return name;
    return mst_page_printf(page, "%s / 1000", name);
}

static void tell_line(mst_page *page, const muster_fit *fit, const mst_fit_line *line)
{
    const mst_fit_line *plain = mst_fit_line_plain(fit, fit->main, line);
    const bool is_held = line->held != MST_FIT_FREE, is_feature = line->feature >= 0;
    const bool has_both = is_feature && line->interval.is_estimable;
    if (is_held) {
        const mst_page_cell cells[] = {
            {label(page, fit, line), 2, 19},
            {line->held == MST_FIT_CONSTANT ? "held at 0: the same in all rows fitted"
                                            : mst_page_printf(page, "held at 0: a combination %s",
                                                              mst_fit_held_with(page, fit, line)),
             22, MST_PAGE_WIDTH - 22},
        };
        mst_page_row(&page->text, cells, 2);
        return;
    }
    const mst_page_cell cells[] = {
        {label(page, fit, line), 2, 19},
        {number(page, line->raw), 22, 9},
        {interval(page, &line->interval), 32, 20},
        {is_feature ? logits(page, line->standard) : "", 53, 6},
        {has_both ? mst_page_printf(page, "%s..%s", logits(page, line->interval.low * line->spread),
                                    logits(page, line->interval.high * line->spread))
                  : "",
         60, 13},
        {plain ? logits(page, plain->standard) : "", 74, 6},
    };
    mst_page_row(&page->text, cells, 6);
}

static void tell_lambda(mst_page *page, const muster_fit *fit)
{
    const mst_fit_result *r = mst_fit_main(fit);
    const bool is_chosen = isnan(fit->options.lambda);
    mst_page_words(
        page, 0, "\n",
        "Per unit: with what the feature is counted in. Per SD: with its deviation in the rows "
        "fitted (of hosts, in admit). Penalty lambda %.3g, %s; log likelihood %.4g, of the base "
        "rate %.4g. %s",
        r->lambda, is_chosen ? "chosen by series left out" : "as given", r->fit.log_likelihood,
        r->fit.null_log_likelihood,
        r->boot.replicates == 0
            ? "No intervals were asked for."
            : mst_page_printf(
                  page,
                  "Intervals stand about the estimate under a light penalty (%.3g), which "
                  "shrinks less than the one that predicts best: %d replicates of whole series, "
                  "%d without joins or absences, %d without a minimum.",
                  r->design.options.light, (int)r->boot.replicates, (int)r->boot.degenerate,
                  (int)r->boot.failed));
    mst_page_words(page, 0, NULL, "%s: %d of %d starts ended in a minimum, %s.",
                   r->fit.is_converged ? "Converged" : "NOT CONVERGED", (int)r->fit.converged,
                   (int)r->fit.starts,
                   r->fit.minima == 1 ? "all in one"
                                      : mst_page_printf(page,
                                                        "in %d different ones; the best is "
                                                        "told",
                                                        (int)r->fit.minima));
}

void mst_tell_fit_weights(mst_page *page, const muster_fit *fit)
{
    const mst_fit_result *r = mst_fit_main(fit);
    const int32_t percent = (int32_t)lround(100.0 * r->design.options.level);
    mst_page_heading(page, "WEIGHTS");
    mst_text_printf(&page->text,
                    "  Feature             Per unit  %d %% interval         Per SD %d %% interval "
                    "Logit\n",
                    (int)percent, (int)percent);
    int32_t block = -1;
    for (int32_t j = 0; j < r->design.weights; j++) {
        const mst_fit_line *line = &r->line[j];
        if ((int32_t)line->block != block)
            mst_text_printf(&page->text, "%s%s\n", mst_fit_block_names[line->block],
                            line->block == MST_FIT_ADMIT   ? ", by each host"
                            : line->block == MST_FIT_APART ? ", added to accept"
                                                           : "");
        block = (int32_t)line->block;
        tell_line(page, fit, line);
    }
    tell_lambda(page, fit);
}

/* ---- warnings ------------------------------------------------------------------------------------------- */

static void warn_of_sign(mst_page *page, const muster_fit *fit, const mst_fit_line *line)
{
    const char *name = mst_fit_line_name(fit, fit->main, line);
    if (line->sign == MST_FIT_SIGN_CONTRADICTS)
        mst_page_words(page, 2, NULL,
                       "WARNING: %s in %s has a weight %s 0 with its whole interval; expected was "
                       "one %s 0. A rule with that sign contradicts this record.",
                       name, mst_fit_block_names[line->block],
                       line->expected > 0 ? "below" : "above",
                       line->expected > 0 ? "above" : "below");
    if (line->sign == MST_FIT_SIGN_OPEN)
        mst_page_words(
            page, 2, NULL, "WARNING: %s in %s has a weight %s 0; expected was one %s 0. %s.", name,
            mst_fit_block_names[line->block], line->expected > 0 ? "below" : "above",
            line->expected > 0 ? "above" : "below",
            line->interval.is_estimable ? "The interval has both signs: the record leaves it open"
                                        : "There is no interval to say whether that is chance");
}

void mst_tell_fit_warnings(mst_page *page, const muster_fit *fit)
{
    const mst_fit_result *r = mst_fit_main(fit);
    mst_page_heading(page, "SIGNS AND LIMITS");
    const size_t before = page->text.length;
    for (int32_t j = 0; j < r->design.weights; j++)
        warn_of_sign(page, fit, &r->line[j]);
    for (int32_t j = 0; j < r->design.weights; j++) {
        const mst_fit_line *line = &r->line[j];
        if (line->is_growing)
            mst_page_words(page, 2, NULL,
                           "WARNING: %s in %s grows without end as the penalty goes: the record "
                           "does not set it.",
                           mst_fit_line_name(fit, fit->main, line),
                           mst_fit_block_names[line->block]);
        if (line->is_walled)
            mst_page_words(page, 2, NULL,
                           "WARNING: the intercept of %s ran to its wall: that stage %s in this "
                           "record.",
                           mst_fit_block_names[line->block],
                           line->raw > 0.0 ? "never binds" : "always binds");
    }
    if (r->separation == MST_FIT_SEPARATED)
        mst_page_words(page, 2, NULL,
                       "WARNING: joins and absences are told apart without error; weights are set "
                       "by the penalty.");
    if (!r->fit.is_converged)
        mst_page_words(page, 2, NULL,
                       "WARNING: no start ended in a minimum; weights are where it "
                       "stopped.");
    if (page->text.length == before)
        mst_page_words(page, 2, NULL,
                       "No sign contradicts what was expected, and the record sets "
                       "every weight that is not held.");
}

/** @file fit.h
 * A fit as a screen, a document and a coding.
 */
#ifndef MST_TELL_FIT_H
#define MST_TELL_FIT_H

#include "batch/fit.h"
#include "tell/json.h"
#include "tell/page.h"

/** The verdict as one sentence, or two. */
void mst_tell_fit_verdict(mst_page *page, const muster_fit *fit);
/** Table of weights (fit_weights.c). */
void mst_tell_fit_weights(mst_page *page, const muster_fit *fit);
/** Signs against what was expected, and weights that the record does not set. */
void mst_tell_fit_warnings(mst_page *page, const muster_fit *fit);
/** The four fits side by side, then the main one against the nulls (fit_scores.c). */
void mst_tell_fit_scores(mst_page *page, const muster_fit *fit);
/** A muster-fit document (fit_json.c). */
char *mst_json_fit(const muster_fit *fit, muster_diags *diags);

/** The main fit. */
const mst_fit_result *mst_fit_main(const muster_fit *fit);

/** Name of what a line is the weight of; "(intercept)". */
const char *mst_fit_line_name(const muster_fit *fit, int32_t history, const mst_fit_line *line);

/** The weight of the same feature in the plain logit of the same kind; null: there is none. */
const mst_fit_line *mst_fit_line_plain(const muster_fit *fit, int32_t history,
                                       const mst_fit_line *line);

/** "with tie.pact, cand.x": the features that a held one is a combination of. */
const char *mst_fit_held_with(mst_page *page, const muster_fit *fit, const mst_fit_line *line);

/** Skill against as last time of the scores; NaN: no row has it. */
double mst_fit_skill_last(const mst_fit_scores *scores);

#endif

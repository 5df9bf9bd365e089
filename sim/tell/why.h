/** @file why.h
 * JSON forms of parts that the documents share.
 */
#ifndef MST_TELL_WHY_H
#define MST_TELL_WHY_H

#include "outcome/against.h"
#include "tell/json.h"
#include "tell/page.h"

/** The verdict of a state in a drill, both by id or name (drill null: the first), null with a
 * diagnostic; page->drill is set. */
const mst_verdict *mst_tell_find_verdict(mst_page *page, const char *state, const char *drill,
                                         muster_diags *diags);

/** Says that there are other drills, where none was asked for (asked null) and the file has more. */
void mst_tell_which_drill(mst_page *page, const char *asked);

/** True if the record says the opposite of a candidate's verdict in an unchanged run. */
bool mst_tell_is_contradicted(const mst_page *page, const mst_verdict *v);

/** What is recorded of a candidate, whether the answer agrees, and what that is worth. */
void mst_tell_recorded(mst_page *page, const mst_verdict *v);

/** The answer, then every stage with its terms, tips and evidence. */
void mst_tell_reasons(mst_page *page, const mst_verdict *v);

/** Below a term that reads a ledger: what is owed by the account of each of the two. */
void mst_tell_accounts(mst_page *page, const mst_verdict *v, const mst_stage_result *s,
                       const mst_rule_row *rule);

/** Below a stage: the values that it reads and that drills before this one have moved. */
void mst_tell_feedback(mst_page *page, const mst_verdict *v, int32_t stage);

/** Tips of a candidate's verdict, of values and of weights, in page's arena; none of a host. */
int32_t mst_page_tips(mst_page *page, const mst_verdict *v, mst_tip **out);

/** Below a stage: the values that alone would turn it, the nearest first. */
void mst_tell_tips(mst_page *page, const mst_verdict *v, int32_t stage);

/** The share of the space of weights, and of weights and inputs, that gives the same answers. */
void mst_tell_space(mst_page *page, const mst_verdict *v);
void mst_json_space(mst_json *json, mst_page *page, const mst_verdict *v);

/** True if the coding (null: none) says nothing of the stage, or has nothing to judge it by. */
bool mst_coding_is_silent(const mst_coding_def *coding, const mst_stage_result *stage);

/** The verdict by the stages of which the coding (null: none) speaks: 1 it joins, 0 it does not, -1 the
 * coding speaks of none. */
int32_t mst_coding_joins(const mst_coding_def *coding, const mst_verdict *v);

/** What the reference of tell is, how it answers, and Shapley values against it. */
void mst_tell_against(mst_page *page, const mst_against *against, const muster_tell *tell);
void mst_json_against(mst_json *json, mst_page *page, const mst_against *against,
                      const muster_tell *tell);

/** Member "joins": null where no stage was assessed. */
void mst_json_joins(mst_json *json, const mst_verdict *v);

/** One verdict as an object: stages, terms, tips, evidence. */
void mst_json_verdict(mst_json *json, const char *key, mst_page *page, const mst_verdict *v);

/** The ladder of one unit as an object. */
void mst_json_reach(mst_json *json, const char *key, mst_page *page, int32_t unit);

/** One unit as an object: its figures, legs and track. */
void mst_json_unit(mst_json *json, const mst_page *page, int32_t unit);

/** What the run was fed with as the member "inputs". */
void mst_json_inputs(mst_json *json, const mst_page *page);

/** Head of every document: format, version, program, scenario, changes. */
void mst_json_head(mst_json *json, const char *format, const mst_page *page);

#endif

/** @file why.h
 * JSON forms of parts that the documents share.
 */
#ifndef MST_TELL_WHY_H
#define MST_TELL_WHY_H

#include "tell/json.h"
#include "tell/page.h"

/** One verdict as an object: stages, terms, tips, evidence. */
void mst_json_verdict(mst_json *json, const char *key, mst_page *page, const mst_verdict *v);

/** The ladder of one unit as an object. */
void mst_json_reach(mst_json *json, const char *key, const mst_page *page, int32_t unit);

/** One unit as an object: its figures, legs and track. */
void mst_json_unit(mst_json *json, const mst_page *page, int32_t unit);

/** What the run was fed with as the member "inputs". */
void mst_json_inputs(mst_json *json, const mst_page *page);

/** Head of every document: format, version, program, scenario, changes. */
void mst_json_head(mst_json *json, const char *format, const mst_page *page);

#endif

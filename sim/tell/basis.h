/** @file basis.h
 * Assumptions beyond the few of the report: all of them, for `list assumed` and `why`.
 */
#ifndef MST_TELL_BASIS_H
#define MST_TELL_BASIS_H

#include "tell/page.h"

/** The weightiest of one verdict, and of each of its stages at least one. */
void mst_tell_assumptions_of(mst_page *page, const mst_verdict *verdict, int32_t shown);

/** All figures that the answer on a state rests on (id or name; null: on every candidate), as text
 * or as a list document. Null and a diagnostic for an unknown state. */
char *mst_tell_assumed(const muster_tell *tell, const char *state, bool as_json,
                       muster_diags *diags);

#endif

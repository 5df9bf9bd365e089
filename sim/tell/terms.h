/** @file terms.h
 * Terms with their factors.
 */
#ifndef MST_TELL_TERMS_H
#define MST_TELL_TERMS_H

#include "tell/page.h"

/** "-0.7 x 0.85 x 0.8": weight and values of a rule in a stage; joined over others where the rule
 * is: "1 x min(1, 0.05 + 0.05)". */
const char *mst_page_factors(mst_page *page, const mst_verdict *verdict,
                             const mst_stage_result *stage, const mst_rule_row *rule);

/** The same of the two terms of able: "0.3 - 0.35". rule: MST_TERM_KIT or MST_TERM_FUEL. */
const char *mst_page_able_factors(mst_page *page, const mst_verdict *verdict, int32_t rule);

/** The first value that a rule reads and that is not given, as the rule names it: "fleet.kit". */
const char *mst_page_missing(mst_page *page, const mst_verdict *verdict,
                             const mst_stage_result *stage, const mst_rule_row *rule);

#endif

/** @file roles.h
 * What each reason does to its stage (DEFINITIONS 9). With the usual reference, each reason at 0, a
 * reason's Shapley value is its term, since terms add up; what is left to say is whether the stage's
 * answer hangs on it.
 */
#ifndef MST_OUTCOME_ROLES_H
#define MST_OUTCOME_ROLES_H

#include "model/align.h"

typedef enum mst_role {
    MST_ROLE_NEITHER,
    MST_ROLE_NECESSARY, /* without it the stage's answer is another              */
    MST_ROLE_SUFFICIENT /* blocks alone: it outweighs all for it together         */
} mst_role;

/** Role of each of a stage's terms, in their order; count of them at most. Terms with a missing input,
 * or of a stage not assessed: NEITHER. Stage able: each term below 0 of a stage that says no blocks
 * alone, for the first leaves nothing that the second could mend. */
void mst_roles_of(const mst_verdict *verdict, int32_t stage, const mst_term *const *terms,
                  int32_t count, mst_role *out);

#endif

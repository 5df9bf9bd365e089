/** @file judge.h
 * The participation rules asked as one model among rivals, whole or with a stage left out.
 */
#ifndef MST_ALIGN_JUDGE_H
#define MST_ALIGN_JUDGE_H

#include "model/setting.h"

/** Verdicts and terms of all who are asked, in the arena, by the rules of the setting's model, which
 * must be there. False: memory is short. */
bool mst_rules_judge(const mst_setting *setting, mst_arena *arena, mst_align_output *out);

/** The same with the decisions of other candidates given, one bit a state. */
bool mst_rules_judge_given(const mst_setting *setting, uint64_t joins, mst_arena *arena,
                           mst_align_output *out);

/** Answers of the rules without one stage; MST_STAGE_COUNT: with all of them. */
bool mst_rules_score(const mst_setting *setting, mst_stage left_out, mst_arena *arena,
                     mst_reply *reply);

#endif

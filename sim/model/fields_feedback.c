/* Rows of section `feedback`, and the presets that stand for what was published. */
#include "model/feedback.h"
#include "model/row.h"

static const char *const presets[] = {"none", "dorazio-2012", "bernhardt-sukin-2021", NULL};

const mst_feedback_preset mst_feedback_presets[] = {
    {0.0},  /* none */
    {0.0},  /* D'Orazio 2012, JEAS 12:275: no systematic escalation at low or high intensity */
    {0.05}, /* Bernhardt & Sukin 2021, JCR 65(5):855: joint exercises are answered with aggression */
};

const muster_field mst_fields_feedback[] = {
    MST_ROW_CHOICE(mst_feedback_def, preset, "preset", presets, "none", 0,
                   "Where k_threat comes from unless given: dorazio-2012 (0: no systematic "
                   "escalation) or bernhardt-sukin-2021 (0.05: exercises are answered, more so "
                   "the graver their threat). Our translation: they measure provocation, not "
                   "willingness to join."),
    MST_ROW_REAL(mst_feedback_def, k_threat, "k_threat", NULL, 0, 1, MST_NAN, 0,
                 "What a drill of visibility 1 adds, when it is over, to attribute `threat` of "
                 "every rival of a host that was not in it (ties with rival = true); that of the "
                 "preset unless given, assumed."),
    MST_ROW_REAL(mst_feedback_def, k_trust, "k_trust", NULL, 0, 1, 0, 0,
                 "What a drill adds, when it is over, to the closeness of every two states that "
                 "took part, times the share of its planned serials that was done; assumed. "
                 "Without chance a serial counts with its P where its needs held."),
    MST_ROW_DURATION(mst_feedback_def, half_life, "half_life", 1, 876600, "180 d", 0,
                     "Time in which half of what a drill added is gone; assumed."),
    MST_ROW_END,
};

double mst_feedback_k_threat(const mst_feedback_def *def)
{
    return def->k_threat == def->k_threat
               ? def->k_threat
               : mst_feedback_presets[def->preset < 0 ? 0 : def->preset].k_threat;
}

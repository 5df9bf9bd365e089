/* What sources say, against what the model says (DEFINITIONS 8). */
#include "outcome/outcome.h"

#include "model/rulings.h"

#include <string.h>

/* Values of mst_evidence_def.stage beyond mst_stage, and of says. */
enum { EVIDENCE_INVITATION = 3, EVIDENCE_PARTICIPATION = 4 };
enum { SAYS_YES, SAYS_NO, SAYS_MIXED };

/* A reference that names nothing speaks of all. */
static bool is_of(const mst_ref *ref, const char *id)
{
    return !ref->id || strcmp(ref->id, id) == 0;
}

static bool is_about(const mst_model *model, const mst_evidence_def *entry, int32_t drill,
                     int32_t state)
{
    return is_of(&entry->drill, model->drill[drill].id) && entry->state.id &&
           is_of(&entry->state, model->state[state].id);
}

static mst_agreement compare(bool yes, int32_t says)
{
    if (says != SAYS_YES && says != SAYS_NO)
        return MST_SILENT; /* mixed: for and against cancel */
    return yes == (says == SAYS_YES) ? MST_AGREES : MST_CONTRADICTS;
}

mst_agreement mst_evidence_agreement(const mst_model *model, const mst_verdict *verdict,
                                     const mst_stage_result *stage, const mst_evidence_def *entry)
{
    if (!is_about(model, entry, verdict->drill, verdict->state))
        return MST_SILENT;
    if (entry->stage == EVIDENCE_PARTICIPATION && !mst_verdict_is_assessed(verdict))
        return MST_SILENT;
    if (entry->stage == EVIDENCE_PARTICIPATION)
        return compare(mst_verdict_by_rules(model, verdict).joins != 0, entry->says);
    if (!stage || entry->stage != (int32_t)stage->stage || stage->standing == MST_NOT_ASSESSED)
        return MST_SILENT; /* an invitation is a record, no judgement of a stage */
    if (stage->host >= 0 && !is_of(&entry->host, model->state[stage->host].id))
        return MST_SILENT;
    return compare(stage->standing == MST_YES, entry->says);
}

bool mst_evidence_of_invitation(const mst_model *model, int32_t drill, int32_t state)
{
    if (!model->spec)
        return false;
    for (int32_t i = 0; i < model->spec->evidence.count; i++) {
        const mst_evidence_def *entry = MST_AT(mst_evidence_def, &model->spec->evidence, i);
        if (entry->stage == EVIDENCE_INVITATION && is_about(model, entry, drill, state))
            return true;
    }
    return false;
}

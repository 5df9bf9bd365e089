/** @file rivals.h
 * Rival explanations as a screen: what each says of every drill, how each did, where its threshold
 * could lie, and what each says of itself. Serves scenarios and tables of drills alike.
 */
#ifndef MST_TELL_RIVALS_H
#define MST_TELL_RIVALS_H

#include "outcome/rivals.h"
#include "tell/json.h"
#include "tell/page.h"

/** What is shown of it: -1 is all, of models and of cases. */
typedef struct mst_rivals_view {
    const mst_rivals *rivals;
    int32_t model, item;
} mst_rivals_view;

void mst_tell_answers(mst_page *page,
                      const mst_rivals_view *view); /* one table a pair, or a matrix */
void mst_tell_scores(mst_page *page,
                     const mst_rivals_view *view); /* by use; too few: no ranking   */
void mst_tell_thresholds(mst_page *page,
                         const mst_rivals_view *view); /* the curve of each score       */
void mst_tell_camps(mst_page *page,
                    const mst_rivals_view *view); /* camps against those on record */
void mst_tell_findings(mst_page *page,
                       const mst_rivals_view *view); /* of one model                  */
void mst_tell_models(mst_page *page,
                     const mst_rivals_view *view); /* what each says of itself      */

/** Members of a muster-rivals document: models, cases, scores. */
void mst_json_rivals(mst_json *json, const mst_rivals_view *view);

/** "joins", "no", "-". */
const char *mst_rivals_says(int32_t joins);

#endif

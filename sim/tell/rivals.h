/** @file rivals.h
 * Rival explanations as a screen: what each says of every drill, how each did, where its threshold
 * could lie, and what each says of itself. Serves scenarios and tables of drills alike.
 */
#ifndef MST_TELL_RIVALS_H
#define MST_TELL_RIVALS_H

#include "batch/record.h"
#include "outcome/rivals.h"
#include "tell/json.h"
#include "tell/page.h"

/** What is shown of it: -1 is all, of models and of cases. */
typedef struct mst_rivals_view {
    const mst_rivals *rivals;
    int32_t model, item;
    const mst_tables *tables; /* where the cases come from; null: a scenario           */
    bool is_brief; /* too many pairs for a screen: neither pairs nor camps nor findings */
} mst_rivals_view;

void mst_tell_sum(mst_page *page,
                  const mst_rivals_view *view); /* the rules in a line for each set of pairs */
void mst_tell_answers(mst_page *page,
                      const mst_rivals_view *view); /* one table a pair, or a matrix */
void mst_tell_scores(mst_page *page,
                     const mst_rivals_view *view); /* by use; too few: no ranking   */
void mst_tell_thresholds(
    mst_page *page, const mst_rivals_view *view); /* the curve of each score (rivals_curves.c) */
void mst_tell_camps(mst_page *page,
                    const mst_rivals_view *view); /* camps against those on record */
void mst_tell_findings(mst_page *page,
                       const mst_rivals_view *view); /* of one model                  */
void mst_tell_models(mst_page *page,
                     const mst_rivals_view *view); /* what each says of itself      */

/** How much there is to tell of. */
typedef struct mst_extent {
    int32_t drills, pairs, with_outcome, joins; /* a pair: a drill and one of its candidates */
} mst_extent;
mst_extent mst_rivals_extent(const mst_rivals *rivals);

/** A key of the short names, where they are not the names themselves: "Short names: CHN China, ...". */
void mst_tell_ids(mst_page *page, const char *const *id, const char *const *name, int32_t count);

/** Begins the page of a record and finds what is asked for; rivals: room for a copy whose memory is the
 * page's. False with a diagnostic; the page is to be cleared in any case. */
bool mst_record_view(mst_page *page, const muster_record *record, const char *model,
                     const char *drill, mst_rivals *rivals, muster_diags *diags,
                     mst_rivals_view *out);

/** What every screen of tables says of them: name of the table of drills, a day "2015-05-01", and at the
 * foot the tables with what they give. */
const char *mst_record_name(const mst_tables *t);
const char *mst_page_day(mst_page *page, muster_time at);
void mst_tell_tables(mst_page *page, const mst_tables *t);
/** The same as member `tables`. */
void mst_json_tables(mst_json *json, const mst_tables *t);

/** A view whose scores are reckoned in memory of their own, given back behind each table of them: of a
 * large record they are most of what a screen would take. Stays where it is between the two calls. */
typedef struct mst_scoring {
    mst_rivals_view view;
    mst_rivals rivals;
    mst_arena scratch, *told; /* that of the view given: it fails where this one did */
} mst_scoring;
const mst_rivals_view *mst_scoring_begin(mst_scoring *scoring, const mst_rivals_view *view);
void mst_scoring_end(mst_scoring *scoring);

/** Members of a muster-rivals document: models, cases, scores. */
void mst_json_rivals(mst_json *json, const mst_rivals_view *view);

/** Index of a model by name; -1 with a diagnostic that lists the known ones. */
int32_t mst_rivals_find_model(mst_page *page, const mst_rivals *rivals, const char *name,
                              muster_diags *diags);

/** True if the model has said anything of anybody. */
bool mst_rivals_has_answer(const mst_rivals *rivals, int32_t model);

/** "joins", "no", "-". */
const char *mst_rivals_says(int32_t joins);

#endif

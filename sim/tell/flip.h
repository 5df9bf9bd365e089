/** @file flip.h
 * What text and JSON of a flip share.
 */
#ifndef MST_TELL_FLIP_H
#define MST_TELL_FLIP_H

#include "batch/flip.h"
#include "tell/page.h"

/** A flip being told. */
typedef struct mst_flip_page {
    mst_page *page;
    mst_flip_session *session;
    const mst_flip *flip;
} mst_flip_page;

/* ---- words of levers (flip_words.c); they live as long as the page --------------------------------- */

/** Its label, else its id, else its path. */
const char *mst_flip_label(const mst_lever_def *def);

/** Whose a lever is to move, from whose figure it is, else from what the file says. */
typedef struct mst_flip_control {
    const char *role;                           /* "candidate", "host", "third party", "nobody" */
    int32_t state[MST_STAGES_MAX], state_count; /* 0: nobody in particular                      */
    bool is_any;                                /* one of them is enough                        */
} mst_flip_control;
mst_flip_control mst_flip_controlled(const mst_flip_page *p, const mst_lever_def *def);

/** "North Korea", "China and Russia", "China or Russia", "third party", "nobody". */
const char *mst_flip_controller(const mst_flip_page *p, const mst_lever_def *def);

/** "assumed", "[1]", "default": where the present value comes from. */
const char *mst_flip_source(mst_page *page, const mst_lever_def *def);

/** A value for people: no quotes, no point without a fraction; "none" for NaN. */
const char *mst_flip_value_words(const mst_flip_page *p, int32_t lever, double x);

/** "0.3925 up": a value that turns something itself, and so do those beyond it. "-" for NaN. */
const char *mst_flip_turn_words(const mst_flip_page *p, int32_t lever, double from);

const char *mst_flip_cost_words(const mst_flip_page *p, double cost);

/** "able", "admitted by China", "accepts": for lists, where there is no room for a sentence. */
const char *mst_flip_stage_words(const mst_flip_page *p, const mst_stage_result *stage);

/* ---- tables (flip_tables.c) -------------------------------------------------------------------------- */

/** The smallest sets and the nearest one as tables, others as lines. */
void mst_flip_tell_sets(const mst_flip_page *p);

/** What each lever turns with all others as they stand. */
void mst_flip_tell_alone(const mst_flip_page *p);

/** The muster-flip document. */
char *mst_json_flip(const mst_flip_page *p, const muster_memory *memory, muster_diags *diags);

#endif

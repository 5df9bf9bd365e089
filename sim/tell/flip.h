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

/** "candidate", "host", "third party", "nobody". */
const char *mst_flip_controller(const mst_lever_def *def);

/** "assumed", "[1]", "default": where the present value comes from. */
const char *mst_flip_source(mst_page *page, const mst_lever_def *def);

/** The muster-flip document. */
char *mst_json_flip(const mst_flip_page *p, const muster_memory *memory, muster_diags *diags);

#endif

/** @file changed_text.h
 * A scenario with changes in it as one text. They stand in it as a variant, which runs to what the file
 * runs to with the changes, dated events or not.
 */
#ifndef MST_TELL_CHANGED_TEXT_H
#define MST_TELL_CHANGED_TEXT_H

#include "base/arena.h"
#include "muster/scenario.h"

/** What the variant is called. */
typedef struct mst_changed_as {
    const char *id;    /* a number behind it where the file has one of that name        */
    const char *title; /* where the changes begin with a variant its own title stays    */
    const char *head;  /* who changed it: the first words of the text                   */
    mst_arena *arena;  /* where the id is kept                                          */
} mst_changed_as;

/**
 * The text.
 *
 * @param[in]  text      gathered
 * @param[in]  scenario  that was read from it with the changes, which it allows
 * @param[in]  changes   made
 * @param[in]  as        what they are called
 * @param[in]  memory    where memory comes from
 * @param[out] out_id    id of the variant; null where nothing is changed
 * @return the text, for mst_memory_free; null when memory is short
 */
char *mst_changed_text(const muster_source_text *text, const muster_scenario *scenario,
                       const muster_changes *changes, const mst_changed_as *as,
                       const muster_memory *memory, const char **out_id);

#endif

/** @file dated.h
 * One change line of a timeline entry, as the place in the model's arrays that it sets.
 */
#ifndef MST_MODEL_DATED_H
#define MST_MODEL_DATED_H

#include "model/terms.h"

typedef enum mst_dated_kind {
    MST_DATED_ATTRIBUTE,
    MST_DATED_MUTUAL,
    MST_DATED_DIRECTED
} mst_dated_kind;

typedef struct mst_dated_line {
    mst_dated_kind kind;
    const char *path; /* as written, without blanks round it */
    int32_t name;     /* attribute, mutual or directed kind  */
    int32_t from, to; /* states; attributes: from only       */
    double value;
} mst_dated_line;

/**
 * Reads "states.X.attributes.Y = 0.5", "ties.X.align = ...", "ties.X.mutual.Y = ...",
 * "ties.X.a_to_b.Y = ...", "ties.X.b_to_a.Y = ...": what a timeline may change.
 * @return false with one diagnostic (none when memory is short: the arena remembers)
 */
bool mst_dated_read(const mst_spec *spec, const mst_dated_def *entry, int32_t line,
                    const mst_vocabulary *names, mst_arena *arena, muster_diags *diags,
                    mst_dated_line *out);

#endif

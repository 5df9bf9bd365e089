/** @file dated.h
 * One change of a timeline entry, as the place in the model's arrays that it sets.
 */
#ifndef MST_MODEL_DATED_H
#define MST_MODEL_DATED_H

#include "model/fields.h"
#include "model/terms.h"

typedef struct mst_dated_line {
    mst_figure_kind kind;
    const char *path; /* as written, without blanks round it */
    int32_t name;     /* attribute, mutual or directed kind  */
    int32_t from, to; /* states; attributes: from only       */
    double value;
} mst_dated_line;

/**
 * Where a change that was read (mst_dated_def.read) acts: states.X.attributes.Y, ties.X.align,
 * ties.X.mutual.Y, ties.X.a_to_b.Y and ties.X.b_to_a.Y are what a timeline may set.
 * @return false with a diagnostic, or without one when what is wrong was reported by who read it
 */
bool mst_dated_place(const mst_spec *spec, const mst_change *change, const mst_vocabulary *names,
                     mst_arena *arena, muster_diags *diags, mst_dated_line *out);

#endif

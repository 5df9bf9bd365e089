/** @file coding.h
 * A coding as the changes that make it.
 */
#ifndef MST_MODEL_CODING_H
#define MST_MODEL_CODING_H

#include "model/spec.h"

/**
 * The lines `PATH = VALUE` of a coding, in the order in which they are to be made: one for each rule of
 * stages admit and accept where it has `only`, then its own.
 * @param[out] out  in the arena; what they say is there too, or in the spec
 * @return how many; -1: memory is short
 */
int32_t mst_coding_lines(const mst_spec *spec, const mst_coding_def *coding, mst_arena *arena,
                         const char ***out);

#endif

/** @file terms.h
 * Parts of a metamodel: its terms, and the columns they are coded in.
 */
#ifndef MST_ESTIMATE_TERMS_H
#define MST_ESTIMATE_TERMS_H

#include "estimate/metamodel.h"

/** How the inputs are coded: by their own range, else by that of the points. */
void mst_meta_code_inputs(const mst_points *points, mst_meta_input *out);

/** Terms of a form (not AUTO), numbered through; null: they are only counted.
 * @param[out] out_columns of all of them; may be null */
int32_t mst_meta_terms(const mst_meta_input *input, int32_t inputs, mst_meta_form form,
                       mst_meta_term *out, int64_t *out_columns);

/** The term's columns at inputs x. */
void mst_meta_code(const mst_meta_input *input, const mst_meta_term *term, const double *x,
                   double *out);

/** Levels to which the term's i-th column belongs. */
void mst_meta_levels(const mst_meta_input *input, const mst_meta_term *term, int32_t i,
                     int32_t level[2]);

/** May every input take the value given? */
bool mst_meta_takes(const mst_meta_input *input, int32_t inputs, const double *x);

#endif

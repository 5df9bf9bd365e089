/** @file fraction.h
 * Fractions of two-level factorials in which no main effect and no effect of a pair is aliased with
 * another of these (resolution V or more), and where a row's settings stand in the cube.
 */
#ifndef MST_ANALYSIS_DESIGN_FRACTION_H
#define MST_ANALYSIS_DESIGN_FRACTION_H

#include "design/method.h"

enum { MST_FRACTION_COLUMNS = 10 };

/** Corners of the fraction of 2 to 10 factors: 4, 8, 16, 16, 32, 64, 64, 128, 128. */
int64_t mst_fraction_rows(int32_t columns);

/** Is the factor at its high end in this row? */
bool mst_fraction_is_high(int32_t columns, int64_t row, int32_t column);

/** Low end, middle or high end of a factor: 0, .5, 1; discrete: its first, middle or last level. */
typedef enum mst_setting { MST_LOW, MST_MIDDLE, MST_HIGH } mst_setting;
double mst_setting_unit(const mst_design_ask *ask, int32_t column, mst_setting at);

/** Refuses other than 2 to 10 factors, factors of one level, and where a middle is needed an even
 * number of levels, which has none. */
bool mst_fraction_suits(const mst_design_ask *ask, bool needs_middle, char why[MST_DESIGN_WHY]);

/** Writes the corners from a row on, and centre points from a row on. */
void mst_fraction_write(const mst_design_ask *ask, mst_design *out, int64_t row);
void mst_centre_write(const mst_design_ask *ask, mst_design *out, int64_t row);

#endif

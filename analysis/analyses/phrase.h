/** @file phrase.h
 * Figures and names in sentences: no more digits than an interval warrants, lists that stay short.
 */
#ifndef MST_ANALYSIS_ANALYSES_PHRASE_H
#define MST_ANALYSIS_ANALYSES_PHRASE_H

#include "analyses/data.h"

enum { MST_NUMBER_BYTES = 48, MST_LABEL_BYTES = 160, MST_RANGE_BYTES = 160 };

/** A value of the figure with its unit; of a yes-or-no figure in per cent: "3.52 h", "62 %".
 * @param half  half the width of its interval, of which one digit is kept, or two where it begins with 1
 *              to 3; NaN or 0: four significant digits */
const char *mst_told_value(const mst_data *d, double value, double half,
                           char out[MST_NUMBER_BYTES]);
/** A value with its interval: "3.5 h (3.3 to 3.8)". */
const char *mst_told_bounds(const mst_data *d, double value, muster_bounds b,
                            char out[MST_RANGE_BYTES]);
/** A difference of two values, with its sign; of a yes-or-no figure in points of per cent. */
const char *mst_told_change(const mst_data *d, double value, double half,
                            char out[MST_NUMBER_BYTES]);
/** "+0.72 h, 0.61 to 0.83"; without an interval "+0.72 h". */
const char *mst_told_difference(const mst_data *d, double value, double low, double high,
                                char out[MST_RANGE_BYTES]);
/** A share in per cent: "62 %", "0.4 %". */
const char *mst_told_share(double share, char out[MST_NUMBER_BYTES]);
/** A value of a factor in a sentence: its name, or a number good to a hundredth of the range. */
const char *mst_told_level(const mst_data *d, int32_t factor, double x, char out[MST_NUMBER_BYTES]);
/** P as people write it: "P = 0.03", "P < 0.001". */
const char *mst_told_p(double p, char out[MST_NUMBER_BYTES]);

/** Significant digits of a column whose largest number is so large and whose intervals are so wide, as
 * of mst_told_value. 2..6; NaN or 0: 4. */
int32_t mst_told_digits(double largest, double half);

/** Kind of a column that holds the figure. */
muster_column_kind mst_figure_kind(const mst_data *d);

/** Label of a factor; at the beginning of a sentence with a capital if it has one beside its id. */
const char *mst_factor_label(const mst_data *d, int32_t factor);
const char *mst_factor_opens(const mst_data *d, int32_t factor, char out[MST_LABEL_BYTES]);
/** Label with the unit: "fuel issued (of a full tank)". */
const char *mst_factor_head(const mst_data *d, int32_t factor, char out[MST_LABEL_BYTES]);

/** A list of words that is cut behind some: "A, B, C and 4 others", with semicolons where a word has a
 * comma of its own. {0} is empty. */
enum { MST_LISTED = 8 };
typedef struct mst_listing {
    char item[MST_LISTED][MST_RANGE_BYTES];
    int32_t count; /* added, those that are cut too */
    char text[MST_LISTED * (MST_RANGE_BYTES + 2) + 40];
} mst_listing;
void mst_listing_add(mst_listing *l, const char *words);
const char *mst_listing_text(mst_listing *l);

#endif

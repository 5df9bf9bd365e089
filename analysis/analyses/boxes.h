/** @file boxes.h
 * The inside of the analysis by boxes (PRIM): boxes.c finds them, boxes_words.c names limits,
 * boxes_tell.c has sentences, boxes_draw.c tables and pictures.
 */
#ifndef MST_ANALYSIS_ANALYSES_BOXES_H
#define MST_ANALYSIS_ANALYSES_BOXES_H

#include "analyses/sample.h"
#include "estimate/prim.h"

/** Cases of interest. */
typedef struct mst_interest {
    double threshold;
    bool is_below;  /* y <= threshold, else y >= threshold               */
    bool is_answer; /* yes (or, below, no) in at least half of the runs   */
    bool is_chosen; /* by nobody: the rarer answer                        */
} mst_interest;

typedef struct mst_boxes {
    const mst_data *data;
    mst_sample sample;
    mst_interest interest;
    mst_prim_options options;
    mst_prim prim;
    int32_t told; /* boxes worth telling: the first, and others of some coverage */
    /* Boxes found anew in halves of the points: mean share of interest among the points of the other
     * half that they hold; NaN: none was found. */
    double density_outside;
    int32_t halves; /* in which one was found */
} mst_boxes;

/** Cases of interest by options, else the rarer answer of a yes-or-no figure. False: there are none. */
bool mst_interest_of(const mst_data *d, const muster_analyze_options *o, mst_interest *out);

/** Free with mst_boxes_free, also after a failure. MUSTER_MISTAKE: why is a static text. */
muster_status mst_boxes_of(const mst_data *d, const muster_analyze_options *o, mst_boxes *out,
                           const char **why);
void mst_boxes_free(mst_boxes *boxes);

void mst_boxes_say(const mst_boxes *b, muster_section *section);
muster_status mst_boxes_show(const mst_boxes *b, muster_section *section);

/** Number of the factor that an input is. */
int32_t mst_boxes_factor(const mst_boxes *b, int32_t input);
/** The limits of a box that is told (inputs), and the step that was taken. */
const mst_prim_limit *mst_boxes_limits(const mst_boxes *b, int32_t box);
const mst_prim_step *mst_boxes_step(const mst_boxes *b, int32_t box);
/** Does the box limit that end of the input, or any? */
bool mst_boxes_limits_end(const mst_boxes *b, int32_t box, int32_t input, int end);
bool mst_boxes_limits_input(const mst_boxes *b, int32_t box, int32_t input);

/** Cases of interest in words: "'joins' is yes in at least half of the runs". */
const char *mst_interest_words(const mst_boxes *b, char out[200]);
/** A limit in words: "fuel issued is at least 0.62", "base is ORANG". */
const char *mst_limit_words(const mst_boxes *b, int32_t box, int32_t input, char out[300]);
/** The levels that a choice may have: "base being one of A and B", "base being not C". */
const char *mst_choice_words(const mst_boxes *b, int32_t box, int32_t input, char out[300]);

#endif

/* Boxes: what they limit, and limits in words. */
#include "analyses/boxes.h"
#include "analyses/phrase.h"

#include "muster/text.h"

#include <math.h>

int32_t mst_boxes_factor(const mst_boxes *b, int32_t input)
{
    return b->sample.factor[input];
}

const mst_prim_limit *mst_boxes_limits(const mst_boxes *b, int32_t box)
{
    return mst_prim_limits(&b->prim, box, b->prim.box[box].chosen);
}

const mst_prim_step *mst_boxes_step(const mst_boxes *b, int32_t box)
{
    return &b->prim.box[box].step[b->prim.box[box].chosen];
}

bool mst_boxes_limits_end(const mst_boxes *b, int32_t box, int32_t input, int end)
{
    return mst_prim_is_limited(&b->sample.points.input[input], &mst_boxes_limits(b, box)[input],
                               end);
}

bool mst_boxes_limits_input(const mst_boxes *b, int32_t box, int32_t input)
{
    return mst_boxes_limits_end(b, box, input, MST_PRIM_LOW) ||
           mst_boxes_limits_end(b, box, input, MST_PRIM_HIGH) ||
           mst_boxes_limits_end(b, box, input, MST_PRIM_LEVELS);
}

/* Levels that are in, or those that are not: whichever are fewer. */
const char *mst_choice_words(const mst_boxes *b, int32_t box, int32_t input, char out[300])
{
    const int32_t levels = b->sample.points.input[input].levels,
                  factor = mst_boxes_factor(b, input);
    const uint64_t allowed = mst_boxes_limits(b, box)[input].levels;
    mst_listing in = {0}, left = {0};
    char name[64];
    for (int32_t l = 0; l < levels; l++)
        mst_listing_add(allowed >> l & 1 ? &in : &left,
                        mst_level_name(b->data, factor, (double)l, name));
    const bool is_rest = left.count < in.count;
    muster_text_format(out, 300, "%.140s being %s%.140s", mst_factor_label(b->data, factor),
                       is_rest        ? "not "
                       : in.count > 1 ? "one of "
                                      : "",
                       mst_listing_text(is_rest ? &left : &in));
    return out;
}

const char *mst_limit_words(const mst_boxes *b, int32_t box, int32_t input, char out[300])
{
    const int32_t factor = mst_boxes_factor(b, input);
    const mst_prim_limit *limit = &mst_boxes_limits(b, box)[input];
    const char *label = mst_factor_label(b->data, factor);
    char low[MST_NUMBER_BYTES], high[MST_NUMBER_BYTES];
    const bool has_low = mst_boxes_limits_end(b, box, input, MST_PRIM_LOW),
               has_high = mst_boxes_limits_end(b, box, input, MST_PRIM_HIGH);
    if (mst_boxes_limits_end(b, box, input, MST_PRIM_LEVELS))
        return mst_choice_words(b, box, input, out);
    mst_told_level(b->data, factor, limit->low, low);
    mst_told_level(b->data, factor, limit->high, high);
    if (has_low && has_high && !(limit->high > limit->low))
        muster_text_format(out, 300, "%.200s being %s", label, low);
    else if (has_low && has_high)
        muster_text_format(out, 300, "%.180s from %s to %s", label, low, high);
    else
        muster_text_format(out, 300, "%.200s at %s %s", label, has_low ? "least" : "most",
                           has_low ? low : high);
    return out;
}

const char *mst_interest_words(const mst_boxes *b, char out[200])
{
    char text[MST_NUMBER_BYTES];
    const bool has_runs = !b->data->is_plan_run && b->sample.most > 1;
    if (b->interest.is_answer)
        muster_text_format(out, 200, "'%.120s' is %s%s", b->data->response.label,
                           b->interest.is_below ? "no" : "yes",
                           !has_runs              ? ""
                           : b->interest.is_below ? " in most runs"
                                                  : " in at least half of the runs");
    else
        muster_text_format(out, 200, "'%.120s' is at %s %s", b->data->response.label,
                           b->interest.is_below ? "most" : "least",
                           mst_told_value(b->data, b->interest.threshold, (double)NAN, text));
    return out;
}

/* How well they worked together: the score, and what each interoperability part cost. */
#include "tell/page.h"

#include "activity/interop.h"

#include <math.h>

static const char *const level_words[] = {"none", "partial", "full"};

/* What a level does to a serial that needs the part (DEFINITIONS 6). */
static const char *effect_words(mst_page *page, int32_t part, int32_t level)
{
    const mst_constants *constant = &page->model->constant;
    const mst_effect effect = mst_part_effect((mst_part)part);
    if (level == 2 || (effect == MST_FORBIDS && level > 0))
        return "none";
    return effect == MST_FORBIDS ? "forbids it"
           : effect == MST_SLOWS ? mst_page_printf(page, "time x %.3g", constant->slows[level])
                                 : mst_page_printf(page, "success x %.2f", constant->lowers[level]);
}

static const char *score_words(mst_page *page, double score)
{
    return isnan(score) ? "none planned" : mst_page_printf(page, "%.3f", score);
}

static void add_pair(mst_page *page, const mst_pair_outcome *pair)
{
    mst_text *t = &page->text;
    const char *names = mst_page_printf(page, "%s with %s", mst_page_state(page, pair->a),
                                        mst_page_state(page, pair->b));
    if (mst_text_columns(names) > 25) { /* the table goes on below */
        mst_page_words(page, 0, NULL, "%s", names);
        names = "";
    }
    mst_text_pad(t, names, 26);
    mst_text_add(t, "level               effect on a serial         cost\n");
    for (int32_t part = 0; part < MST_PART_COUNT; part++) {
        mst_text_pad(t, mst_page_plain(page, mst_part_names[part]), 26);
        mst_text_pad(t,
                     mst_page_printf(page, "%s%s", level_words[pair->part[part]],
                                     pair->part_assumed[part] ? " (assumed)" : ""),
                     20);
        mst_text_pad(t, effect_words(page, part, pair->part[part]), 27);
        mst_text_printf(t, "%.3f\n", pair->part_cost[part]);
    }
}

void mst_tell_together(mst_page *page)
{
    const mst_drill_outcome *o = &page->out->drill[page->drill];
    if (o->planned == 0)
        return;
    mst_page_heading(page, "HOW WELL THEY WORKED TOGETHER");
    mst_page_words(page, 0, NULL,
                   "Coordination score %s of 1 (%d planned: %d held, %d degraded, %d cancelled). "
                   "Without weather cancellations %s; serials of two or more states %s.",
                   score_words(page, o->score), (int)o->planned, (int)o->done, (int)o->degraded,
                   (int)o->cancelled, score_words(page, o->score_no_weather),
                   score_words(page, o->score_joint));
    int32_t pairs = 0;
    for (int32_t i = 0; i < page->out->pair_count; i++)
        if (page->out->pair[i].drill == page->drill) {
            add_pair(page, &page->out->pair[i]);
            pairs++;
        }
    if (pairs > 0)
        mst_page_words(page, 0, NULL, "Cost: what the score would gain if that part were full.%s",
                       pairs > 1 ? " In a serial of several states a part counts as the worst pair "
                                   "has it, so where two pairs have it alike, neither alone costs "
                                   "anything."
                                 : "");
}

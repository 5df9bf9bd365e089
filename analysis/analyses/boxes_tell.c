/* Boxes in sentences. */
#include "analyses/boxes.h"
#include "analyses/phrase.h"

#include <math.h>

static void say_box(const mst_boxes *b, muster_section *section, int32_t box)
{
    const mst_prim_step *s = mst_boxes_step(b, box);
    mst_listing limits = {0};
    char words[300], interest[200], density[MST_NUMBER_BYTES], coverage[MST_NUMBER_BYTES];
    char mass[MST_NUMBER_BYTES];
    for (int32_t i = 0; i < b->prim.inputs; i++)
        if (mst_boxes_limits_input(b, box, i))
            mst_listing_add(&limits, mst_limit_words(b, box, i, words));
    muster_section_say(section,
                       "%s %s: %s in %d of %d points (%s). These are %s of all such points, in %s "
                       "of all points.",
                       box == 0 ? "With" : "Of the points outside, with", mst_listing_text(&limits),
                       mst_interest_words(b, interest), (int)s->hits, (int)s->points,
                       mst_told_share(s->density, density), mst_told_share(s->coverage, coverage),
                       mst_told_share(s->mass, mass));
}

/* Do the factors that were varied differ in who sets them? Tables do not say whose a factor is. */
static bool has_roles(const mst_boxes *b)
{
    bool is_there[2] = {false, false};
    for (int32_t f = 0; !b->data->tables && f < b->data->factors; f++)
        is_there[b->data->factor[f].role == MUSTER_ROLE_LEVER] = true;
    return is_there[0] && is_there[1];
}

/* Who can bring the first box about; its limits were told. */
static void say_roles(const mst_boxes *b, muster_section *section)
{
    mst_listing chosen = {0}, given = {0};
    if (!has_roles(b))
        return;
    for (int32_t i = 0; i < b->prim.inputs; i++) {
        const int32_t factor = mst_boxes_factor(b, i);
        const bool is_lever = b->data->factor[factor].role == MUSTER_ROLE_LEVER;
        if (mst_boxes_limits_input(b, 0, i))
            mst_listing_add(is_lever ? &chosen : &given, mst_factor_label(b->data, factor));
    }
    if (given.count == 0)
        muster_section_say(section, "All that the first box limits is somebody's to choose.");
    else if (chosen.count == 0)
        muster_section_say(section, "Nothing that the first box limits is anybody's to choose.");
    else
        muster_section_say(
            section,
            "What the first box limits is somebody's to choose, but for %s, which must "
            "happen to lie in it.",
            mst_listing_text(&given));
}

/* Does an end of the input's limit come again in too few halves? */
static bool is_doubtful(const mst_boxes *b, int32_t input)
{
    static const double share = 0.7;
    const mst_prim_figures *f = &b->prim.box[0].figures[input];
    for (int end = MST_PRIM_LOW; end <= MST_PRIM_LEVELS; end++)
        if (mst_boxes_limits_end(b, 0, input, end) &&
            fmin(f->by_coverage[end], f->by_density[end]) < share)
            return true;
    return false;
}

/* Limits that another sample might well do without. */
static void say_doubts(const mst_boxes *b, muster_section *section)
{
    mst_listing weak = {0};
    char density[MST_NUMBER_BYTES];
    for (int32_t i = 0; i < b->prim.inputs; i++)
        if (is_doubtful(b, i))
            mst_listing_add(&weak, mst_factor_label(b->data, mst_boxes_factor(b, i)));
    if (weak.count > 0)
        muster_section_say(section,
                           "Doubtful, as boxes of half the points often do without: limits of %s.",
                           mst_listing_text(&weak));
    if (!isnan(b->density_outside))
        muster_section_say(section,
                           "The limits were looked for in the same points, which flatters them: in "
                           "points that a box had not seen, %s were of interest (mean of %d boxes "
                           "found in halves).",
                           mst_told_share(b->density_outside, density), (int)b->halves);
}

/* Nobody said which answer is of interest: why this one, and how to ask for the other. */
static void say_choice(const mst_boxes *b, muster_section *section)
{
    const bool is_no = b->interest.is_below;
    if (b->interest.is_chosen)
        muster_section_say(
            section, "Of interest is %s, the rarer answer; %s 0.5 asks for boxes of %s.",
            is_no ? "no" : "yes", is_no ? "--above" : "--below", is_no ? "yes" : "no");
}

void mst_boxes_say(const mst_boxes *b, muster_section *section)
{
    char interest[200], share[MST_NUMBER_BYTES];
    const double hits = (double)b->prim.hits, used = (double)b->prim.used;
    if (b->prim.boxes == 0)
        muster_section_say(section, "No limits of factors hold more cases of interest than chance "
                                    "would.");
    for (int32_t i = 0; i < b->told; i++)
        say_box(b, section, i);
    muster_section_say(section, "Over all points %s in %d of %d (%s).",
                       mst_interest_words(b, interest), (int)b->prim.hits, (int)b->prim.used,
                       mst_told_share(hits / used, share));
    say_choice(b, section);
    if (b->prim.boxes > 0) {
        say_roles(b, section);
        say_doubts(b, section);
        muster_section_say(section,
                           "Patient rule induction (Friedman and Fisher 1999): %g %% of the points "
                           "peeled at a time, boxes of at least %g %%; of the steps the one of "
                           "greatest coverage times density, without limits of a quasi-P above "
                           "%g. Quasi-P is how likely so many cases were without the limit; it is "
                           "no test, as limits were looked for.",
                           100.0 * b->options.peel, 100.0 * b->options.mass_min,
                           b->options.quasi_p_most);
    }
    mst_sample_say_left_out(&b->sample, section);
}

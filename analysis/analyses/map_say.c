/* What a map says in words. */
#include "analyses/map.h"
#include "analyses/phrase.h"
#include "muster/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* "accepts, ALPHA" of "margin: accepts, ALPHA". */
const char *mst_map_stage_words(const mst_map *m, int32_t s)
{
    static const char prefix[] = "margin: ";
    const char *label = m->data->figure[m->stage[s].figure].label;
    return strncmp(label, prefix, sizeof prefix - 1) == 0 ? label + sizeof prefix - 1 : label;
}

static const char *place_words(const mst_map *m, int32_t place, char out[400])
{
    char words[2][MST_NUMBER_BYTES];
    const int32_t x = m->sample.factor[m->axis[0]], y = m->sample.factor[m->axis[1]];
    muster_text_format(out, 400, "%.100s %s, %.100s %s", mst_factor_label(m->data, x),
                       mst_told_level(m->data, x, m->at[0][place], words[0]),
                       mst_factor_label(m->data, y),
                       mst_told_level(m->data, y, m->at[1][place], words[1]));
    return out;
}

/* Half the interval of a point's mean, about: places have their luck in common. */
static double half_of_points(const mst_map *m)
{
    const mst_data *d = m->data;
    double half = 0.0, count = 0.0;
    for (int32_t row = 0; !d->is_plan_run && row < m->sample.points.rows; row++) {
        const muster_bounds b = mst_cell_bounds(d, &d->cell[m->sample.point[row]]);
        if (b.is_estimable)
            half += (0.5 * (b.high - b.low) - half) / ++count;
    }
    return count > 0.0 ? half : (double)NAN;
}

static void say_value(const mst_map *m, muster_section *section)
{
    const mst_data *d = m->data;
    const double half = half_of_points(m);
    int32_t yes = 0, low = 0, high = 0;
    char share[MST_NUMBER_BYTES], value[2][MST_NUMBER_BYTES], place[2][400];
    for (int32_t i = 0; i < m->places; i++) {
        yes += m->value[i] >= 0.5;
        low = m->value[i] < m->value[low] ? i : low;
        high = m->value[i] > m->value[high] ? i : high;
    }
    if (d->response.is_yes_no)
        muster_section_say(
            section, "'%s' is yes%s at %d of %d places of the map (%s).", d->response.label,
            d->is_plan_run && !m->is_averaged ? "" : " at least half of the times", (int)yes,
            (int)m->places, mst_told_share((double)yes / (double)m->places, share));
    else if (!(m->value[high] > m->value[low]))
        muster_section_say(section, "'%s' is %s all over the map.", d->response.label,
                           mst_told_value(d, m->value[low], half, value[0]));
    else
        muster_section_say(
            section, "'%s' goes from %s (%s) to %s (%s).", d->response.label,
            mst_told_value(d, m->value[low], half, value[0]), place_words(m, low, place[0]),
            mst_told_value(d, m->value[high], half, value[1]), place_words(m, high, place[1]));
}

/* The stage that says yes in the least part of the map. */
static int32_t hardest(const mst_map *m)
{
    int32_t out = 0;
    for (int32_t s = 1; s < m->stages; s++)
        if (m->stage[s].yes < m->stage[out].yes)
            out = s;
    return out;
}

/* At how many places each stage stands alone with its no. */
static const char *alone_words(const mst_map *m, mst_listing *list)
{
    char words[200];
    for (int32_t s = 0; s < m->stages; s++)
        if (m->stage[s].alone > 0) {
            muster_text_format(words, sizeof words, "'%.100s' alone says it at %d",
                               mst_map_stage_words(m, s), (int)m->stage[s].alone);
            mst_listing_add(list, words);
        }
    return list->count > 0 ? mst_listing_text(list) : "no stage says it alone at any";
}

static void say_last(const mst_map *m, muster_section *section)
{
    mst_listing list = {0};
    const mst_map_stage *s = &m->stage[hardest(m)];
    const char *words = mst_map_stage_words(m, hardest(m));
    int32_t no = 0, alike = 0; /* no: places at which some stage says no */
    for (int32_t k = 0; k < m->stages; k++)
        alike += m->stage[k].yes == s->yes;
    for (int32_t i = 0; i < m->places; i++) {
        bool is_no = false;
        for (int32_t k = 0; k < m->stages; k++)
            is_no = is_no || !mst_map_says_yes(&m->stage[k], i);
        no += is_no;
    }
    if (s->yes == m->places)
        muster_section_say(section, "No stage says no anywhere on the map.");
    else if (s->yes == 0)
        muster_section_say(section,
                           "'%s' says no all over the map: within these ranges its boundary is not "
                           "crossed, whatever else is.",
                           words);
    else if (alike > 1)
        muster_section_say(section, "%d stages say yes in the same least part of the map.",
                           (int)alike);
    else
        muster_section_say(
            section,
            "'%s' says yes in the least part of the map. Of the %d places with a no, "
            "%s.",
            words, (int)no, alone_words(m, &list));
}

static void say_stages(const mst_map *m, muster_section *section)
{
    mst_listing list = {0};
    char words[200], share[MST_NUMBER_BYTES];
    for (int32_t s = 0; s < m->stages; s++) {
        const double part = (double)m->stage[s].yes / (double)m->places;
        muster_text_format(words, sizeof words, "'%.100s' says yes at %s of the places",
                           mst_map_stage_words(m, s), mst_told_share(part, share));
        mst_listing_add(&list, words);
    }
    if (m->stages == 0)
        return;
    muster_section_say(section, "Of the stages, %s.", mst_listing_text(&list));
    say_last(m, section);
}

/* "depends on others, and visibility" of the inputs that are no axis. */
static const char *other_words(const mst_map *m, mst_listing *list)
{
    for (int32_t i = 0; i < m->sample.points.inputs; i++)
        if (i != m->axis[0] && i != m->axis[1])
            mst_listing_add(list, mst_factor_label(m->data, m->sample.factor[i]));
    return mst_listing_text(list);
}

static void say_axes(const mst_map *m, muster_section *section)
{
    const mst_data *d = m->data;
    const int32_t others = m->sample.points.inputs - 2;
    mst_listing list = {0};
    if (m->is_chosen)
        muster_section_say(section, "Shown are %s and %s, the %s (--x and --y choose others).",
                           mst_factor_label(d, m->sample.factor[m->axis[0]]),
                           mst_factor_label(d, m->sample.factor[m->axis[1]]),
                           m->are_levers ? "two that are somebody's to choose"
                                         : "factors with the largest main effects");
    if (others > 0 && m->is_averaged)
        muster_section_say(section,
                           "At each place it is the mean over all that was tried of %s: what "
                           "that does differently from place to place is not seen here.",
                           other_words(m, &list));
    else if (others > 0)
        muster_section_say(section,
                           "%d other factor%s from point to point: colours mix in what %s, and no "
                           "boundary of a stage is drawn.",
                           (int)others, others == 1 ? " varies" : "s vary",
                           others == 1 ? "it does" : "they do");
}

bool mst_map_is_cut(const mst_map *m, int k)
{
    const int32_t factor = m->sample.factor[m->axis[k]];
    return mst_map_is_name(m->data, factor) || mst_map_is_whole(m->data, factor);
}

static void say_method(const mst_map *m, muster_section *section)
{
    const mst_data *d = m->data;
    bool takes_0 = false;
    for (int32_t s = 0; s < m->stages; s++)
        takes_0 = takes_0 || m->stage[s].takes_0;
    say_axes(m, section);
    if (m->stages > 0)
        muster_section_say(section, "A stage says yes where its margin is above 0%s.",
                           takes_0 ? "; able where it is 0 or above" : "");
    if (!m->is_grid)
        muster_section_say(section, "The points are scattered%s.",
                           m->stages > 0 ? ": boundaries are interpolated between them" : "");
    muster_section_say(section, "n = %d points at %d places%s.", (int)m->sample.points.rows,
                       (int)m->places,
                       mst_has_no_chance(d) ? ", one run each without chance"
                       : d->is_plan_run     ? ", one value each"
                                        : "; values are means over runs, without their intervals");
    mst_sample_say_left_out(&m->sample, section);
}

void mst_map_say(const mst_map *m, muster_section *section)
{
    say_value(m, section);
    say_stages(m, section);
    say_method(m, section);
}

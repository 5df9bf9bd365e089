/* What the record says before and beside a case: earlier editions of its series, and other drills. */
#include "outcome/rivals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One candidate of one case of a series. */
typedef struct edition {
    const char *series;
    int32_t state, item, candidate;
    muster_time at; /* of its decision; in the list of what ended, its end */
} edition;

/* Of one series and one state, or which comes first. */
static int compare_group(const edition *a, const edition *b)
{
    const int by_series = strcmp(a->series, b->series);
    return by_series != 0 ? by_series : (a->state > b->state) - (a->state < b->state);
}

/* By series, state, date; then as the cases lie, so that the order is a total one. */
static int compare(const void *left, const void *right)
{
    const edition *a = left, *b = right;
    const int by_group = compare_group(a, b);
    if (by_group != 0)
        return by_group;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->item != b->item)
        return a->item < b->item ? -1 : 1;
    return a->candidate < b->candidate ? -1 : a->candidate > b->candidate;
}

/* All candidates of the cases that belong to a series: as they were decided, and as they ended. */
typedef struct editions {
    edition *asked, *ended;
    int32_t count;
} editions;

/* Pasts begin empty. False: memory is short. */
static bool list_editions(mst_rivals *rivals, mst_past **past, editions *out)
{
    size_t most = 0;
    for (int32_t i = 0; i < rivals->count; i++)
        most += (size_t)rivals->item[i].setting.candidate_count;
    *out = (editions){mst_arena_array(rivals->arena, most, sizeof *out->asked),
                      mst_arena_array(rivals->arena, most, sizeof *out->ended), 0};
    for (int32_t i = 0; out->asked && out->ended && i < rivals->count; i++) {
        mst_setting *s = &rivals->item[i].setting;
        past[i] = mst_arena_array(rivals->arena, (size_t)s->candidate_count, sizeof *past[i]);
        if (!past[i])
            return false;
        s->past = past[i];
        for (int32_t k = 0; k < s->candidate_count; k++) {
            past[i][k].last = -1;
            if (!s->series)
                continue;
            const edition e = {s->series, mst_setting_number(s, s->candidate[k]), i, k, s->at};
            out->asked[out->count] = out->ended[out->count] = e;
            out->ended[out->count++].at =
                s->end > s->at ? s->end : s->at + 1; /* never before itself */
        }
    }
    if (!out->asked || !out->ended)
        return false;
    if (out->count > 0) {
        qsort(out->asked, (size_t)out->count, sizeof *out->asked, compare);
        qsort(out->ended, (size_t)out->count, sizeof *out->ended, compare);
    }
    return true;
}

/* Adds what the record says of an edition, if it is one that scores. */
static void add_outcome(const mst_rivals *rivals, const edition *e, mst_past *past)
{
    const int outcome = (int)rivals->item[e->item].outcome[e->candidate]; /* 1, 0, -1 */
    if (outcome < 0 || rivals->item[e->item].use == MST_HYPOTHETICAL)
        return;
    past->asked++;
    past->joined += outcome;
    past->last = outcome;
}

/* Walks through the decisions of one state in one series after the other, and beside it through what had
 * ended by then: a drill still under way has no record yet. */
static void count_editions(const mst_rivals *rivals, const editions *all, mst_past **past)
{
    mst_past known = {0, 0, -1};
    int32_t next = 0;
    for (int32_t i = 0; i < all->count; i++) {
        const edition *e = &all->asked[i];
        if (i == 0 || compare_group(&all->asked[i - 1], e) != 0) {
            known = (mst_past){0, 0, -1};
            next = i; /* groups lie alike in both lists */
        }
        for (; next < all->count && compare_group(&all->ended[next], e) == 0 &&
               all->ended[next].at <= e->at;
             next++)
            add_outcome(rivals, &all->ended[next], &known);
        past[e->item][e->candidate] = known;
    }
}

/* Scored pairs and joins of a case that pooled scores keep. */
static void count_case(const mst_case *c, int32_t *scored, int32_t *joined)
{
    for (int32_t k = 0; k < c->setting.candidate_count; k++) {
        if (c->outcome[k] < 0 || !c->is_pooled[k])
            continue;
        ++*scored;
        *joined += c->outcome[k];
    }
}

/* Share that joined of all pairs scored in other cases of the same use. */
static void set_rates(mst_rivals *rivals)
{
    int32_t scored[MST_USES] = {0}, joined[MST_USES] = {0};
    for (int32_t i = 0; i < rivals->count; i++)
        count_case(&rivals->item[i], &scored[rivals->item[i].use], &joined[rivals->item[i].use]);
    for (int32_t i = 0; i < rivals->count; i++) {
        mst_case *c = &rivals->item[i];
        int32_t own_scored = 0, own_joined = 0;
        count_case(c, &own_scored, &own_joined);
        const int32_t others = scored[c->use] - own_scored;
        c->setting.rate_elsewhere =
            others > 0 ? (double)(joined[c->use] - own_joined) / others : (double)NAN;
    }
}

bool mst_rivals_look_back(mst_rivals *rivals)
{
    editions all;
    mst_past **past = mst_arena_array(rivals->arena, (size_t)rivals->count, sizeof *past);
    if (!past || !list_editions(rivals, past, &all))
        return false;
    count_editions(rivals, &all, past);
    set_rates(rivals);
    return true;
}

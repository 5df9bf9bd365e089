/* What the record says before and beside a case: earlier editions of its series, and other drills. */
#include "outcome/rivals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One candidate of one case of a series. */
typedef struct edition {
    const char *series;
    int32_t state, item, candidate;
    muster_time at;
} edition;

/* By series, state, date; then as the cases lie, so that the order is a total one. */
static int compare(const void *left, const void *right)
{
    const edition *a = left, *b = right;
    const int by_series = strcmp(a->series, b->series);
    if (by_series != 0)
        return by_series;
    if (a->state != b->state)
        return a->state < b->state ? -1 : 1;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->item != b->item)
        return a->item < b->item ? -1 : 1;
    return a->candidate < b->candidate ? -1 : a->candidate > b->candidate;
}

/* All candidates of the cases that belong to a series, sorted; their pasts begin empty. */
static edition *list_editions(mst_rivals *rivals, mst_past **past, int32_t *out_count)
{
    size_t most = 0;
    int32_t count = 0;
    for (int32_t i = 0; i < rivals->count; i++)
        most += (size_t)rivals->item[i].setting.candidate_count;
    edition *list = mst_arena_array(rivals->arena, most, sizeof *list);
    for (int32_t i = 0; list && i < rivals->count; i++) {
        mst_setting *s = &rivals->item[i].setting;
        past[i] = mst_arena_array(rivals->arena, (size_t)s->candidate_count, sizeof *past[i]);
        if (!past[i])
            return NULL;
        s->past = past[i];
        for (int32_t k = 0; k < s->candidate_count; k++) {
            past[i][k].last = -1;
            if (s->series)
                list[count++] =
                    (edition){s->series, mst_setting_number(s, s->candidate[k]), i, k, s->at};
        }
    }
    if (count > 0)
        qsort(list, (size_t)count, sizeof *list, compare);
    *out_count = count;
    return list;
}

/* Walks through the editions of one state in one series after the other: those of one moment see what
 * was before all of them. */
static void count_editions(const mst_rivals *rivals, const edition *list, int32_t count,
                           mst_past **past)
{
    mst_past before = {0, 0, -1}, now = before;
    for (int32_t i = 0; i < count; i++) {
        const edition *e = &list[i];
        const bool goes_on =
            i > 0 && list[i - 1].state == e->state && strcmp(list[i - 1].series, e->series) == 0;
        if (!goes_on)
            now = (mst_past){0, 0, -1};
        if (!goes_on || list[i - 1].at != e->at)
            before = now;
        past[e->item][e->candidate] = before;
        const int outcome = (int)rivals->item[e->item].outcome[e->candidate]; /* 1, 0, -1 */
        if (outcome < 0 || rivals->item[e->item].use == MST_HYPOTHETICAL)
            continue;
        now.asked++;
        now.joined += outcome;
        now.last = outcome;
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
    int32_t count = 0;
    mst_past **past = mst_arena_array(rivals->arena, (size_t)rivals->count, sizeof *past);
    const edition *list = past ? list_editions(rivals, past, &count) : NULL;
    if (!list)
        return false;
    count_editions(rivals, list, count, past);
    set_rates(rivals);
    return true;
}

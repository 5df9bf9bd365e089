/* Which years an answer rests on, where values come from tables. */
#include "outcome/rivals.h"

#include <string.h>

/* Years of what was read under one name. */
typedef struct years {
    int32_t first, last; /* 0: nothing */
} years;

static void widen(years *y, const mst_dates *d, size_t at)
{
    const int32_t year = d->is_read[at] ? d->year[at] : 0;
    if (year == 0)
        return;
    y->first = y->first == 0 || year < y->first ? year : y->first;
    y->last = year > y->last ? year : y->last;
}

/* Of the candidate itself and of the hosts. */
static years of_attribute(const mst_setting *s, int32_t name, int32_t candidate)
{
    years y = {0, 0};
    const size_t names = (size_t)s->attribute.count;
    widen(&y, &s->attribute_dates, (size_t)candidate * names + (size_t)name);
    for (int32_t h = 0; h < s->host_count; h++)
        widen(&y, &s->attribute_dates, (size_t)s->host[h] * names + (size_t)name);
    return y;
}

/* Between the candidate and each host, whichever way it was read. */
static years of_tie(const mst_setting *s, const mst_dates *d, int32_t name, int32_t candidate)
{
    years y = {0, 0};
    const size_t n = (size_t)s->state_count, first = (size_t)name * n * n;
    for (int32_t h = 0; h < s->host_count; h++) {
        widen(&y, d, first + (size_t)candidate * n + (size_t)s->host[h]);
        widen(&y, d, first + (size_t)s->host[h] * n + (size_t)candidate);
    }
    return y;
}

/* What a state is to the drill, one a state. */
enum { NEITHER = 0, ASKED = 1, HOST = 4 }; /* no other two add up to 5 */

static uint8_t *parts_of(const mst_setting *s, mst_arena *arena)
{
    uint8_t *part = mst_arena_array(arena, (size_t)s->state_count, sizeof *part);
    if (!part)
        return NULL;
    memset(part, NEITHER, (size_t)s->state_count);
    for (int32_t i = 0; i < s->candidate_count; i++)
        part[s->candidate[i]] = ASKED;
    for (int32_t i = 0; i < s->host_count; i++)
        part[s->host[i]] = HOST;
    return part;
}

/* Ties of one name that were read between any two but a candidate and a host: what camps, and alliances
 * that are compared, rest on as well. */
static years of_other_pairs(const mst_setting *s, const mst_dates *d, int32_t name,
                            const uint8_t *part)
{
    years y = {0, 0};
    const size_t n = (size_t)s->state_count, first = (size_t)name * n * n;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            if (part[i] + part[k] != ASKED + HOST)
                widen(&y, d, first + i * n + k);
    return y;
}

/* The text with "cinc of 2022" or "pact of 2016..2018" behind it; null: memory is short. */
static const char *add(mst_arena *arena, const char *words, const char *name, years y)
{
    if (!words || y.first == 0)
        return words;
    const char *comma = *words ? ", " : "";
    return y.first == y.last
               ? mst_arena_printf(arena, "%s%s%s of %d", words, comma, name, y.first)
               : mst_arena_printf(arena, "%s%s%s of %d..%d", words, comma, name, y.first, y.last);
}

/* Years of ties between others: one a mutual name, then one a directed one. */
static years *read_between_others(const mst_setting *s, mst_arena *arena)
{
    const uint8_t *part = parts_of(s, arena);
    years *out = mst_arena_array(arena, (size_t)s->mutual.count + (size_t)s->directed.count + 1,
                                 sizeof *out);
    years *to = out;
    if (!part || !out)
        return NULL;
    for (int32_t i = 0; i < s->mutual.count; i++)
        *to++ = of_other_pairs(s, &s->mutual_dates, i, part);
    for (int32_t i = 0; i < s->directed.count; i++)
        *to++ = of_other_pairs(s, &s->directed_dates, i, part);
    return out;
}

/* "pact of 2016, pact between others of 2010..2018" */
static const char *add_tie(mst_arena *arena, const char *words, const char *name, years own,
                           years others)
{
    words = add(arena, words, name, own);
    if (!words || others.first == 0 || (others.first == own.first && others.last == own.last))
        return words;
    const char *between = mst_arena_printf(arena, "%s between others", name);
    return between ? add(arena, words, between, others) : NULL;
}

static const char *words_of(const mst_setting *s, mst_arena *arena, int32_t candidate,
                            const years *others)
{
    const char *words = "";
    for (int32_t i = 0; i < s->attribute.count; i++) {
        const char *name = s->attribute.name[i];
        if (strcmp(name, MST_BASE_LON) != 0) /* it goes with the other one */
            words = add(arena, words, strcmp(name, MST_BASE_LAT) == 0 ? "base" : name,
                        of_attribute(s, i, candidate));
    }
    for (int32_t i = 0; i < s->mutual.count; i++)
        words = add_tie(arena, words, s->mutual.name[i], of_tie(s, &s->mutual_dates, i, candidate),
                        *others++);
    for (int32_t i = 0; i < s->directed.count; i++)
        words = add_tie(arena, words, s->directed.name[i],
                        of_tie(s, &s->directed_dates, i, candidate), *others++);
    return words;
}

static void forget(const mst_dates *d, size_t count)
{
    if (count > 0)
        memset(d->is_read, 0, count);
}

bool mst_rivals_name_years(const mst_setting *s, mst_arena *arena, mst_reply *reply)
{
    const size_t n = (size_t)s->state_count;
    if (!s->attribute_dates.is_read || !s->mutual_dates.is_read || !s->directed_dates.is_read)
        return true;
    const years *others = read_between_others(s, arena);
    if (!others)
        return false;
    for (int32_t k = 0; k < s->candidate_count; k++) {
        mst_answer *a = &reply->answer[k];
        const char *words = words_of(s, arena, s->candidate[k], others);
        if (!words)
            return false;
        if (a->basis && *words)
            a->basis = mst_arena_printf(arena, "%s (%s)", a->basis, words);
        if (!a->basis && *words)
            a->basis = words;
    }
    forget(&s->attribute_dates, n * (size_t)s->attribute.count);
    forget(&s->mutual_dates, n * n * (size_t)s->mutual.count);
    forget(&s->directed_dates, n * n * (size_t)s->directed.count);
    return !arena->failed;
}

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

static const char *words_of(const mst_setting *s, mst_arena *arena, int32_t candidate)
{
    const char *words = "";
    for (int32_t i = 0; i < s->attribute.count; i++) {
        const char *name = s->attribute.name[i];
        if (strcmp(name, MST_BASE_LON) != 0) /* it goes with the other one */
            words = add(arena, words, strcmp(name, MST_BASE_LAT) == 0 ? "base" : name,
                        of_attribute(s, i, candidate));
    }
    for (int32_t i = 0; i < s->mutual.count; i++)
        words = add(arena, words, s->mutual.name[i], of_tie(s, &s->mutual_dates, i, candidate));
    for (int32_t i = 0; i < s->directed.count; i++)
        words = add(arena, words, s->directed.name[i], of_tie(s, &s->directed_dates, i, candidate));
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
    for (int32_t k = 0; k < s->candidate_count; k++) {
        mst_answer *a = &reply->answer[k];
        const char *words = words_of(s, arena, s->candidate[k]);
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

/* HOLD (Jones 1986): take the next event, schedule it again after an increment; N are pending all the
 * time. Through the calendar's own interface, and through a plain binary heap. */
#include "bench.h"

#include "engine/calendar.h"
#include "num/random.h"
#include "plain_heap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { INCREMENTS = 1 << 16 };

typedef enum shape { EXPONENTIAL, UNIFORM, CONSTANT, BIMODAL, SHAPES } shape;
static const char *const names[] = {"exponential", "uniform", "constant", "bimodal"};

typedef struct hold {
    mst_calendar *calendar;
    plain_heap *plain;
    muster_time increment[INCREMENTS]; /* drawn beforehand: only the queue is timed */
    int32_t at;
} hold;

static double draw(shape kind, mst_stream stream, uint64_t number)
{
    const double u = mst_random_unit(stream, number);
    switch (kind) {
    case EXPONENTIAL:
        return mst_random_exponential(stream, number);
    case UNIFORM:
        return 2.0 * u;
    case BIMODAL: /* nine in ten are short */
        return u < 0.9 ? 0.1 * u : 9.0 + u;
    case CONSTANT:
    case SHAPES:
        break;
    }
    return 1.0;
}

static int64_t operations(void)
{
    return bench_is_quick ? 2000 : 400000;
}

static int64_t ours(void *context)
{
    hold *h = context;
    mst_event event;
    const int64_t count = operations();
    for (int64_t i = 0; i < count; i++) {
        if (!mst_calendar_next(h->calendar, MUSTER_NEVER, &event))
            return 0;
        event.time += h->increment[h->at++ & (INCREMENTS - 1)];
        mst_calendar_add(h->calendar, &event);
    }
    bench_use((double)event.time);
    return count;
}

static int64_t plain(void *context)
{
    hold *h = context;
    mst_event event;
    const int64_t count = operations();
    for (int64_t i = 0; i < count; i++) {
        if (!plain_heap_next(h->plain, &event))
            return 0;
        event.time += h->increment[h->at++ & (INCREMENTS - 1)];
        plain_heap_add(h->plain, &event);
    }
    bench_use((double)event.time);
    return count;
}

static hold *open_hold(shape kind, int32_t pending)
{
    hold *h = calloc(1, sizeof *h);
    const mst_stream stream = mst_stream_of(mst_random_key(2385), 1, (uint32_t)kind);
    if (!h)
        return NULL;
    h->calendar = malloc(mst_calendar_bytes(pending + 1));
    h->plain = plain_heap_create(pending + 1);
    if (!h->calendar || !h->plain)
        return NULL;
    mst_calendar_init(h->calendar, pending + 1);
    for (int32_t i = 0; i < INCREMENTS; i++)
        h->increment[i] = (muster_time)(1e6 * draw(kind, stream, (uint64_t)i));
    for (int32_t i = 0; i < pending; i++) {
        const mst_event event = {.time = h->increment[i & (INCREMENTS - 1)], .a = i};
        mst_calendar_add(h->calendar, &event);
        plain_heap_add(h->plain, &event);
    }
    return h;
}

bool bench_hold(void)
{
    static const int32_t pending[] = {16, 32, 100, 10000};
    for (size_t n = 0; n < sizeof pending / sizeof *pending; n++)
        for (int32_t kind = 0; kind < SHAPES; kind++) {
            hold *h = open_hold((shape)kind, pending[n]); /* lives as long as the program */
            if (!h)
                return false;
            bench_case one = {.name = "hold by plain heap",
                              .unit = "ns/event",
                              .per_s = 1e9,
                              .work = plain,
                              .context = h,
                              .reference = -1};
            snprintf(one.parameters, sizeof one.parameters, "N=%d %s", (int)pending[n],
                     names[kind]);
            one.reference = bench_add(&one);
            snprintf(one.name, sizeof one.name, "hold");
            one.work = ours;
            bench_add(&one);
        }
    return true;
}

/* M/M/1 at load .9: arrivals and services as events, draws included. Through the calendar, and through
 * a plain binary heap; both draw the same numbers. */
#include "bench.h"

#include "engine/calendar.h"
#include "num/random.h"
#include "plain_heap.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARRIVE, SERVE };

typedef struct queue {
    mst_calendar *calendar; /* null: the plain heap */
    plain_heap *plain;
    uint64_t number;
    int64_t waiting;
} queue;

static void schedule(queue *q, muster_time now, int32_t code, double mean_s)
{
    const mst_stream stream = mst_stream_of(UINT64_C(42), 1, (uint32_t)code);
    const mst_event event = {
        .time = now + (muster_time)(1e6 * mean_s * mst_random_exponential(stream, q->number++)),
        .code = code};
    if (q->calendar)
        mst_calendar_add(q->calendar, &event);
    else
        plain_heap_add(q->plain, &event);
}

static bool next(queue *q, mst_event *out)
{
    return q->calendar ? mst_calendar_next(q->calendar, MUSTER_NEVER, out)
                       : plain_heap_next(q->plain, out);
}

static int64_t serve(void *context)
{
    queue *q = context;
    mst_event event;
    int64_t served = 0;
    const int64_t customers = bench_is_quick ? 1000 : 200000;
    while (served < customers && next(q, &event)) {
        if (event.code == ARRIVE) {
            schedule(q, event.time, ARRIVE, 1.0 / 0.9);
            if (q->waiting++ == 0)
                schedule(q, event.time, SERVE, 1.0);
        } else {
            served++;
            if (--q->waiting > 0)
                schedule(q, event.time, SERVE, 1.0);
        }
    }
    bench_use((double)q->waiting);
    return served;
}

static queue *open_queue(bool is_plain)
{
    queue *q = calloc(1, sizeof *q);
    if (!q)
        return NULL;
    if (is_plain)
        q->plain = plain_heap_create(4);
    else if ((q->calendar = malloc(mst_calendar_bytes(4))) != NULL)
        mst_calendar_init(q->calendar, 4);
    if (!q->plain && !q->calendar)
        return NULL;
    schedule(q, 0, ARRIVE, 1.0);
    return q;
}

bool bench_mm1(void)
{
    bench_case one = {.parameters = "0.9 / 1.0",
                      .unit = "ns/customer",
                      .per_s = 1e9,
                      .work = serve,
                      .reference = -1};
    for (int32_t is_plain = 1; is_plain >= 0; is_plain--) {
        one.context = open_queue(is_plain != 0); /* lives as long as the program */
        if (!one.context)
            return false;
        snprintf(one.name, sizeof one.name, is_plain ? "M/M/1 by plain heap" : "M/M/1");
        one.reference = bench_add(&one);
    }
    return true;
}

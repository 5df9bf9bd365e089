/* M/M/1 at load .9 through the calendar: arrivals and services as events, draws included. */
#include "bench.h"

#include "engine/calendar.h"
#include "num/random.h"

#include <stdlib.h>

enum { ARRIVE, SERVE };

typedef struct queue {
    mst_calendar *calendar;
    uint64_t number;
    int64_t waiting;
} queue;

static void schedule(queue *q, muster_time now, int32_t code, double mean_s)
{
    const mst_stream stream = mst_stream_of(UINT64_C(42), 1, (uint32_t)code);
    const mst_event event = {
        .time = now + (muster_time)(1e6 * mean_s * mst_random_exponential(stream, q->number++)),
        .code = code};
    mst_calendar_add(q->calendar, &event);
}

static int64_t serve(void *context)
{
    queue *q = context;
    mst_event event;
    int64_t served = 0;
    const int64_t customers = bench_is_quick ? 1000 : 200000;
    while (served < customers && mst_calendar_next(q->calendar, &event)) {
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

bool bench_mm1(void)
{
    queue *q = calloc(1, sizeof *q);
    if (!q)
        return false;
    q->calendar = malloc(mst_calendar_bytes(4));
    if (!q->calendar)
        return false;
    mst_calendar_init(q->calendar, 4);
    schedule(q, 0, ARRIVE, 1.0);
    const bench_case one = {.name = "M/M/1",
                            .parameters = "0.9 / 1.0",
                            .unit = "ns/customer",
                            .per_s = 1e9,
                            .work = serve,
                            .context = q,
                            .reference = -1};
    bench_add(&one);
    return true;
}

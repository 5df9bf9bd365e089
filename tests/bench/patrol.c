/* The fixed drill: two sides of 12 ships sail courses for an hour; every one looks round each 88 s over
 * the 12 of the other side (a range check each) and draws for each in range whether it is seen. Some
 * 1,040 events through the engine's own loop, calendar, draws and records.
 *
 * Positions are closed form: on a course p(t) = o cos(w t) + d sin(w t) on the unit sphere, by field in
 * arrays, so that a look is one loop without a branch. */
#include "bench.h"

#include "engine/chance.h"
#include "num/chord.h"
#include "num/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 12, SHIPS = 2 * SIDE, COURSE, LOOK };
#define LOOK_S 88.0
#define COURSE_S 1500.0
#define RANGE_M 9000.0
#define CHANCE 0.02

typedef struct fleet { /* the state of the one instance */
    double course[MST_COURSE_FIELDS][SHIPS];
    double limit; /* square of the chord of RANGE_M */
    uint32_t seen[SHIPS];
    int32_t looks[SHIPS], courses[SHIPS];
} fleet;

/* ---- the activity ----------------------------------------------------------------------------------- */

static double seconds(const mst_run *run)
{
    return (double)(mst_now(run) - run->model->start) * 1e-6;
}

static void expect(mst_run *run, int32_t instance, int32_t code, int32_t ship, double after_s)
{
    mst_schedule(run, mst_now(run) + (muster_time)(after_s * 1e6), MST_RANK_SENSE, instance, code,
                 ship, -1);
}

/* A new course of 8 to 16 kn from where it is; the tangent is turned by a drawn angle. */
static void set_course(mst_run *run, fleet *f, int32_t ship)
{
    const mst_stream stream =
        mst_stream_of(run->clock->chance_key, run->clock->replication, (uint32_t)ship);
    const uint64_t number = (uint64_t)f->courses[ship]++;
    double p[3];
    mst_course_place(f->course[0], SHIPS, ship, seconds(run), p);
    double c, s;
    mst_turn(mst_random_unit(stream, 2 * number), &s, &c);
    const double east[3] = {-p[1], p[0], 0.0};
    const double length = sqrt(east[0] * east[0] + east[1] * east[1]);
    const double north[3] = {-p[2] * p[0] / length, -p[2] * p[1] / length, length};
    for (int32_t k = 0; k < 3; k++) {
        f->course[MST_COURSE_ORIGIN + k][ship] = p[k];
        f->course[MST_COURSE_DIRECTION + k][ship] = c * north[k] + s * east[k] / length;
    }
    f->course[MST_COURSE_SINCE_S][ship] = seconds(run);
    f->course[MST_COURSE_RATE_RADPS][ship] =
        (4.0 + 4.0 * mst_random_unit(stream, 2 * number + 1)) / MST_CHORD_RADIUS_M;
}

static void look_round(mst_run *run, fleet *f, int32_t ship)
{
    const int32_t others = ship < SIDE ? SIDE : 0;
    const mst_stream stream =
        mst_stream_of(run->clock->chance_key, run->clock->replication, 1000U + (uint32_t)ship);
    const double at_s = seconds(run);
    double p[3], chord2[SIDE];
    mst_course_place(f->course[0], SHIPS, ship, at_s, p);
    mst_course_chords2(f->course[0], SHIPS, others, SIDE, at_s, p, chord2);
    const uint64_t number = (uint64_t)f->looks[ship]++ * SIDE;
    uint64_t inside = mst_below(chord2, SIDE, f->limit) & ~(uint64_t)f->seen[ship];
    for (; inside; inside &= inside - 1) {
        const int32_t i = __builtin_ctzll(inside);
        if (mst_random_unit(stream, number + (uint64_t)i) >= CHANCE)
            continue;
        f->seen[ship] |= 1U << i;
        mst_emit(run, MST_RECORD_INJECTED, ship, others + i, f->looks[ship]);
    }
}

static void start(mst_run *run, int32_t instance)
{
    fleet *f = mst_instance_state(run, instance);
    f->limit = mst_chord2_of_range(RANGE_M);
    for (int32_t i = 0; i < SHIPS; i++) {
        /* two columns 12 km apart, 5 km from ship to ship, about 39.5 N */
        const double lat = 0.6894 + 0.0008 * (i % SIDE), lon = 2.3387 + (i < SIDE ? 0.0 : 0.0024);
        f->course[MST_COURSE_ORIGIN][i] = cos(lat) * cos(lon);
        f->course[MST_COURSE_ORIGIN + 1][i] = cos(lat) * sin(lon);
        f->course[MST_COURSE_ORIGIN + 2][i] = sin(lat);
        set_course(run, f, i);
        expect(run, instance, COURSE, i, COURSE_S + 7.0 * i);
        expect(run, instance, LOOK, i, LOOK_S * (i + 1) / SHIPS);
    }
}

static void on_event(mst_run *run, int32_t instance, const mst_event *event)
{
    fleet *f = mst_instance_state(run, instance);
    if (event->code == COURSE) {
        set_course(run, f, event->a);
        expect(run, instance, COURSE, event->a, COURSE_S);
    } else {
        look_round(run, f, event->a);
        expect(run, instance, LOOK, event->a, LOOK_S);
    }
}

static const mst_activity_type patrol_type = {.name = "patrol",
                                              .doc = "two sides look out for each other",
                                              .role = MST_ROLE_CORE,
                                              .state_bytes = sizeof(fleet),
                                              .start = start,
                                              .on_event = on_event};

/* ---- a model that holds nothing else -------------------------------------------------------------------- */

typedef struct patrol {
    mst_model model;
    mst_state_row state[2];
    mst_unit_row unit[SHIPS];
    mst_instance_row instance;
    char id[SHIPS][8];
    mst_run *run;
    uint32_t replication;
} patrol;

static int64_t replicate(void *context)
{
    patrol *p = context;
    const int64_t count = bench_is_quick ? 2 : 400;
    for (int64_t i = 0; i < count; i++) {
        mst_run_begin(p->run, 2385, ++p->replication);
        if (mst_run_finish(p->run) != MUSTER_OK || p->run->clock->event_count < 1000)
            return 0;
    }
    return count;
}

static int64_t events(void *context)
{
    const patrol *p = context;
    const int64_t replications = replicate(context);
    return replications * p->run->clock->event_count;
}

bool bench_patrol(void)
{
    patrol *p = calloc(1, sizeof *p);
    if (!p)
        return false;
    for (int32_t i = 0; i < SHIPS; i++) {
        snprintf(p->id[i], sizeof p->id[i], "s%d", (int)i);
        p->unit[i] = (mst_unit_row){.id = p->id[i],
                                    .name = p->id[i],
                                    .state = i / SIDE,
                                    .group = -1,
                                    .parent = -1,
                                    .base = -1,
                                    .home = -1,
                                    .domain = MST_NAVAL,
                                    .count = 1,
                                    .serviceable = 1,
                                    .readiness = 1.0};
    }
    p->instance = (mst_instance_row){.type = &patrol_type, .drill = -1, .what = -1};
    p->model = (mst_model){.start = 0,
                           .end = MUSTER_HOUR,
                           .state = p->state,
                           .state_count = 2,
                           .unit = p->unit,
                           .unit_count = SHIPS,
                           .instance = &p->instance,
                           .instance_count = 1,
                           .instance_state_bytes = sizeof(fleet)};
    if (mst_run_create(&p->model, NULL, &p->run) != MUSTER_OK)
        return false;
    bench_case one = {.name = "drill of 24 ships",
                      .parameters = "replication",
                      .unit = "us",
                      .per_s = 1e6,
                      .work = replicate,
                      .context = p,
                      .reference = -1};
    bench_add(&one);
    snprintf(one.parameters, sizeof one.parameters, "event");
    one.unit = "ns";
    one.per_s = 1e9;
    one.work = events;
    bench_add(&one);
    return true;
}

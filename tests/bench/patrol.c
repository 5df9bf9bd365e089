/* The fixed drill: two sides of 12 ships sail courses for an hour; every one looks round each 88 s over
 * the 12 of the other side (a range check each) and draws for each in range whether it is seen. Some
 * 1,040 events through the engine's own loop, calendar, draws and records.
 *
 * Positions are closed form: on a course p(t) = o cos(w t) + d sin(w t) on the unit sphere, by field in
 * arrays, so that a look is one loop without a branch. */
#include "bench.h"

#include "engine/chance.h"
#include "num/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 12, SHIPS = 2 * SIDE, COURSE, LOOK };
#define LOOK_S 88.0
#define COURSE_S 1500.0
#define RANGE_M 9000.0
#define RADIUS_M 6371008.7714
#define CHANCE 0.02

typedef struct fleet { /* the state of the one instance */
    double origin[3][SHIPS], direction[3][SHIPS], since_s[SHIPS];
    double rate[SHIPS]; /* rad/s */
    uint32_t seen[SHIPS];
    int32_t looks[SHIPS], courses[SHIPS];
} fleet;

/* ---- positions ----------------------------------------------------------------------------------- */

/* sin and 1 - cos of an angle below .004 (a course of 25 km): what is left out is below a millimetre. */
static inline double small_sin(double a)
{
    return a * (1.0 - a * a * (1.0 / 6.0));
}

static inline double small_versine(double a)
{
    return 0.5 * a * a;
}

static void place_of(const fleet *f, int32_t ship, double at_s, double out[3])
{
    const double angle = f->rate[ship] * (at_s - f->since_s[ship]);
    const double sine = small_sin(angle), versine = small_versine(angle);
    for (int32_t k = 0; k < 3; k++)
        out[k] = f->origin[k][ship] * (1.0 - versine) + f->direction[k][ship] * sine;
}

/* Squares of the chords from a place to the ships of one side. */
static void chords(const fleet *f, int32_t first, double at_s, const double from[3],
                   double out[SIDE])
{
    for (int32_t i = 0; i < SIDE; i++) {
        const int32_t s = first + i;
        const double angle = f->rate[s] * (at_s - f->since_s[s]);
        const double sine = small_sin(angle), cosine = 1.0 - small_versine(angle);
        const double x = f->origin[0][s] * cosine + f->direction[0][s] * sine - from[0];
        const double y = f->origin[1][s] * cosine + f->direction[1][s] * sine - from[1];
        const double z = f->origin[2][s] * cosine + f->direction[2][s] * sine - from[2];
        out[i] = x * x + y * y + z * z;
    }
}

/* ---- the activity ----------------------------------------------------------------------------------- */

static double seconds(const mst_run *run)
{
    return (double)(mst_now(run) - run->model->start) / (double)MUSTER_SECOND;
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
    place_of(f, ship, seconds(run), p);
    const double turn = 6.283185307179586 * mst_random_unit(stream, 2 * number);
    const double east[3] = {-p[1], p[0], 0.0};
    const double length = sqrt(east[0] * east[0] + east[1] * east[1]);
    const double north[3] = {-p[2] * p[0] / length, -p[2] * p[1] / length, length};
    const double c = cos(turn), s = sin(turn);
    for (int32_t k = 0; k < 3; k++) {
        f->origin[k][ship] = p[k];
        f->direction[k][ship] = c * north[k] + s * east[k] / length;
    }
    f->since_s[ship] = seconds(run);
    f->rate[ship] = (4.0 + 4.0 * mst_random_unit(stream, 2 * number + 1)) / RADIUS_M;
}

static void look_round(mst_run *run, fleet *f, int32_t ship)
{
    const double limit = (RANGE_M / RADIUS_M) * (RANGE_M / RADIUS_M);
    const int32_t others = ship < SIDE ? SIDE : 0;
    const mst_stream stream =
        mst_stream_of(run->clock->chance_key, run->clock->replication, 1000U + (uint32_t)ship);
    double p[3], chord[SIDE];
    place_of(f, ship, seconds(run), p);
    chords(f, others, seconds(run), p, chord);
    const uint64_t number = (uint64_t)f->looks[ship]++ * SIDE;
    uint32_t inside = 0;
    for (int32_t i = 0; i < SIDE; i++)
        inside |= (uint32_t)(chord[i] < limit) << i;
    for (int32_t i = 0; (inside & ~f->seen[ship]) >> i; i++) {
        if (!((inside & ~f->seen[ship]) >> i & 1U) ||
            mst_random_unit(stream, number + (uint64_t)i) >= CHANCE)
            continue;
        f->seen[ship] |= 1U << i;
        mst_emit(run, MST_RECORD_INJECTED, ship, others + i, f->looks[ship]);
    }
}

static void start(mst_run *run, int32_t instance)
{
    fleet *f = mst_instance_state(run, instance);
    for (int32_t i = 0; i < SHIPS; i++) {
        /* two columns 12 km apart, 5 km from ship to ship, about 39.5 N */
        const double lat = 0.6894 + 0.0008 * (i % SIDE), lon = 2.3387 + (i < SIDE ? 0.0 : 0.0024);
        f->origin[0][i] = cos(lat) * cos(lon);
        f->origin[1][i] = cos(lat) * sin(lon);
        f->origin[2][i] = sin(lat);
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

#include "activity/serial.h"

#include "activity/air.h"
#include "activity/crew.h"
#include "activity/interop.h"
#include "engine/chance.h"
#include "engine/feedback.h"

typedef enum stage { IDLE, WAITS, RUNS, OVER } stage;
enum { BEGIN, END };

typedef struct scene {
    mst_run *run;
    int32_t instance, serial;
    const mst_serial_row *row;
    const mst_serial_param *param;
    mst_serial_state *s;
} scene;

static scene scene_of(mst_run *run, int32_t instance)
{
    const int32_t serial = run->model->instance[instance].what;
    return (scene){.run = run,
                   .instance = instance,
                   .serial = serial,
                   .row = &run->model->serial[serial],
                   .param = mst_instance_param(run, instance),
                   .s = mst_instance_state(run, instance)};
}

static double seconds_between(muster_time from, muster_time to)
{
    return (double)(to - from) / (double)MUSTER_SECOND;
}

/* ---- needs ---------------------------------------------------------------------------------------- */

/* Needs as wants: those that must be met, or all of them. out_need: which need each one is. */
static int32_t wants_of(const scene *c, bool all, mst_want out[MST_WANTS_MAX],
                        int32_t out_need[MST_WANTS_MAX])
{
    int32_t count = 0;
    for (int32_t i = 0; i < c->row->need_count && count < MST_WANTS_MAX; i++) {
        const mst_need_row *need = &c->row->need[i];
        if (need->is_optional && !all)
            continue;
        out_need[count] = i;
        out[count++] = (mst_want){.state = -1,
                                  .slot = -1,
                                  .role = need->role,
                                  .kit = need->kit,
                                  .domain = -1,
                                  .count = need->count};
    }
    if (c->row->need_count == 0 && c->param->ships > 0) {
        out_need[0] = -1;
        out[count++] = (mst_want){.state = -1,
                                  .slot = -1,
                                  .role = c->param->role,
                                  .domain = MST_NAVAL,
                                  .count = c->param->ships};
    }
    return count;
}

static mst_cause check_wants(const scene *c, bool all, int32_t *out_detail)
{
    mst_want want[MST_WANTS_MAX];
    int32_t need[MST_WANTS_MAX];
    const int32_t count = wants_of(c, all, want, need);
    const mst_shortage lack = mst_crew_check(c->run, c->row->drill, want, count, true);
    *out_detail = lack.want >= 0 ? need[lack.want] : -1;
    return lack.cause;
}

static void keep_first(int32_t *cause, int32_t *detail, int32_t new_cause, int32_t new_detail)
{
    if (new_cause == MST_CAUSE_NONE || (*cause != MST_CAUSE_NONE && *cause <= new_cause))
        return;
    *cause = new_cause;
    *detail = new_detail;
}

/* The first need that fails now, in the order absent, late, fuel, sea, part. */
static int32_t first_failing(const scene *c, int32_t *out_detail)
{
    const mst_run *run = c->run;
    const int32_t drill = c->row->drill;
    int32_t detail = -1, cause = MST_CAUSE_NONE;
    const mst_cause wants = check_wants(c, false, &detail);
    *out_detail = -1;
    keep_first(&cause, out_detail, (int32_t)wants, detail);
    keep_first(&cause, out_detail,
               (int32_t)mst_crew_check_states(run, drill, c->row->min_states, true), -1);
    if (run->drill[drill].sea_state > c->row->sea_limit)
        keep_first(&cause, out_detail, MST_CAUSE_SEA, -1);
    const int32_t forbidden =
        mst_fit_of(run->model, mst_crew_states(run, drill), c->row->parts).forbidden;
    if (forbidden >= 0)
        keep_first(&cause, out_detail, MST_CAUSE_PART, forbidden);
    return cause;
}

static bool is_short_of_aircraft(const scene *c)
{
    if (c->s->air_instance < 0)
        return c->row->air >= 0; /* a request nobody flies */
    const int32_t wanted = c->run->model->drill[c->row->drill].air[c->row->air].count;
    const int32_t there = mst_air_present(c->run, c->s->air_instance);
    return (double)there + 1e-9 < c->row->air_coverage * (double)wanted;
}

/* ---- the share of its time that the needs held ------------------------------------------------------ */

static void count_time(const scene *c)
{
    mst_serial_state *s = c->s;
    const double elapsed = seconds_between(s->since, mst_now(c->run));
    s->since = mst_now(c->run);
    if (elapsed <= 0.0)
        return;
    if (s->failing == MST_CAUSE_NONE) {
        s->held_s += elapsed;
        s->held_air_s += s->air_short ? 0.0 : elapsed;
    }
    keep_first(&s->cause, &s->detail, s->failing, s->failing_detail);
    keep_first(&s->optional_cause, &s->optional_cause_detail, s->optional, s->optional_detail);
}

/* What the serials that are being held ask of the ships: the highest of their speeds, at anchor only
 * if all of them anchor. That depends on nothing but which are held, so two at once never undo each
 * other. False: none is held. */
static bool speed_asked(const scene *c, bool *out_anchors, double *out_mps)
{
    const mst_drill_row *d = &c->run->model->drill[c->row->drill];
    bool any = false;
    *out_anchors = true;
    *out_mps = 0.0;
    for (int32_t i = 0; i < d->serial_count; i++) {
        const int32_t instance = c->run->model->serial[d->serial[i]].instance;
        if (instance < 0 || c->run->model->instance[instance].type->on_event != mst_serial_event)
            continue; /* a kind from outside sees to its ships itself */
        const scene other = scene_of(c->run, instance);
        if (other.s->stage != RUNS || other.s->failing != MST_CAUSE_NONE)
            continue;
        any = true;
        *out_anchors = *out_anchors && other.param->anchors;
        if (!other.param->anchors && other.param->speed_mps > *out_mps)
            *out_mps = other.param->speed_mps;
    }
    return any;
}

/* Ships of the drill that are there go to the speed of what is held; otherwise they wait. */
static void set_speeds(const scene *c)
{
    bool anchors = false;
    double speed_mps = 0.0;
    const bool any = speed_asked(c, &anchors, &speed_mps);
    for (int32_t i = 0; i < c->run->model->unit_count; i++) {
        const mst_unit_row *row = &c->run->model->unit[i];
        if (row->domain != MST_NAVAL || !mst_crew_is_there(c->run, c->row->drill, i))
            continue;
        if (any && anchors)
            mst_unit_hold(c->run, i, MST_HOLD_ANCHOR, 0.0);
        else
            mst_unit_hold(c->run, i, MST_HOLD_STATION, any ? speed_mps : row->station_mps);
    }
}

static void look(const scene *c)
{
    mst_serial_state *s = c->s;
    count_time(c);
    const bool held = s->failing == MST_CAUSE_NONE;
    s->failing = first_failing(c, &s->failing_detail);
    s->optional = MST_CAUSE_NONE;
    if (s->failing == MST_CAUSE_NONE && c->param->has_optional)
        s->optional = (int32_t)check_wants(c, true, &s->optional_detail);
    s->air_short = is_short_of_aircraft(c);
    if (s->failing == MST_CAUSE_NONE || held)
        set_speeds(c);
}

/* Aircraft that come and go change nothing but whether there are enough of them. */
static void look_up(const scene *c)
{
    count_time(c);
    c->s->air_short = is_short_of_aircraft(c);
}

/* ---- its course --------------------------------------------------------------------------------------- */

static void emit_end(const scene *c, mst_outcome outcome, int32_t cause, int32_t detail,
                     double share)
{
    c->s->stage = OVER;
    set_speeds(c);
    mst_record *record = mst_emit(c->run, MST_RECORD_SERIAL_ENDED, -1, c->serial, (int32_t)outcome);
    record->c = cause;
    record->d = detail;
    record->real = share;
    if (outcome == MST_DONE) /* by chance it was done or not; without, it counts with its P */
        mst_feedback_serial(c->run, c->row->drill, mst_is_plan(c->run) ? c->s->p : 1.0);
    mst_instance_stop(c->run, c->instance);
    mst_broadcast(c->run, MST_SIGNAL_SERIAL_OVER, c->serial, -1);
}

/* Done, degraded or cancelled. planned_s is the time it should have had: a serial that the drill's
 * end cuts short came too late for the rest of it. */
static void conclude(const scene *c)
{
    mst_serial_state *s = c->s;
    count_time(c);
    const double planned_s = seconds_between(s->begun_at, s->ends_at);
    double held_s = s->held_s;
    if (s->ends_at > mst_now(c->run))
        keep_first(&s->cause, &s->detail, MST_CAUSE_LATE, -1);
    if (c->row->air >= 0 && planned_s > 0.0) {
        const double covered_s =
            s->air_instance < 0 ? 0.0 : mst_air_covered_s(c->run, s->air_instance) - s->air_start_s;
        if (covered_s / planned_s < c->row->air_coverage - 1e-9) {
            held_s = s->held_air_s;
            keep_first(&s->cause, &s->detail, MST_CAUSE_AIR, -1);
        }
    }
    const double share = planned_s > 0.0 ? held_s / planned_s : s->failing == MST_CAUSE_NONE;
    if (s->cause == MST_CAUSE_NONE)
        s->cause = s->failing; /* of a serial that failed at once */
    if (share < 1.0 - 1e-12)
        emit_end(c, share >= c->run->model->constant.degraded_share ? MST_DEGRADED : MST_CANCELLED,
                 s->cause, s->detail, share);
    else if (s->optional_cause != MST_CAUSE_NONE)
        emit_end(c, MST_DEGRADED, s->optional_cause, s->optional_cause_detail, share);
    else if (!mst_is_plan(c->run) && !(mst_chance_success(c->run, c->serial) < s->p))
        emit_end(c, MST_DEGRADED, MST_CAUSE_CHANCE, -1, share);
    else
        emit_end(c, MST_DONE, MST_CAUSE_NONE, -1, share);
}

static void begin(const scene *c)
{
    mst_serial_state *s = c->s;
    const mst_fit fit =
        mst_fit_of(c->run->model, mst_crew_states(c->run, c->row->drill), c->row->parts);
    s->stage = RUNS;
    s->begun_at = s->since = mst_now(c->run);
    const double factor = fit.time_factor * mst_chance_length(c->run, c->serial);
    s->p = c->row->p0 * fit.p_factor;
    s->ends_at =
        s->begun_at +
        (factor < 1.0 || factor > 1.0
             ? muster_time_from_seconds((double)c->row->length / (double)MUSTER_SECOND * factor)
             : c->row->length);
    s->failing = s->cause = s->optional_cause = MST_CAUSE_NONE;
    s->detail = s->optional_cause_detail = -1;
    s->air_instance =
        c->row->air >= 0 ? mst_air_instance(c->run->model, c->row->drill, c->row->air) : -1;
    s->air_start_s = s->air_instance >= 0 ? mst_air_covered_s(c->run, s->air_instance) : 0.0;
    mst_emit(c->run, MST_RECORD_SERIAL_STARTED, -1, c->serial, -1);
    look(c);
    if (s->failing == MST_CAUSE_PART) { /* nothing that happens at sea can mend that */
        emit_end(c, MST_CANCELLED, MST_CAUSE_PART, s->failing_detail, 0.0);
        return;
    }
    s->end = mst_schedule(c->run, s->ends_at, MST_RANK_ORDER, c->instance, END, -1, -1);
}

static void wait_until(const scene *c, muster_time at)
{
    c->s->stage = WAITS;
    c->s->begin = mst_schedule(c->run, at, MST_RANK_ORDER, c->instance, BEGIN, -1, -1);
}

void mst_serial_start(mst_run *run, int32_t instance)
{
    const scene c = scene_of(run, instance);
    const muster_time started_at = run->drill[c.row->drill].started_at;
    c.s->stage = IDLE;
    if (c.row->after < 0)
        wait_until(&c, started_at + c.row->start);
}

static void drill_over(const scene *c)
{
    if (c->s->stage == RUNS)
        conclude(c);
    else if (c->s->stage != OVER) /* its turn never came */
        emit_end(c, MST_CANCELLED, MST_CAUSE_LATE, -1, 0.0);
}

static void serial_over(const scene *c, int32_t serial)
{
    if (c->s->stage == IDLE && serial == c->row->after)
        wait_until(c, mst_now(c->run) + c->row->start);
}

void mst_serial_event(mst_run *run, int32_t instance, const mst_event *event)
{
    const scene c = scene_of(run, instance);
    if (event->instance >= 0 && event->code == BEGIN) {
        c.s->begin = 0;
        begin(&c);
    } else if (event->instance >= 0) {
        c.s->end = 0;
        conclude(&c);
    } else if (event->code == MST_SIGNAL_DRILL_OVER) {
        if (event->a == c.row->drill)
            drill_over(&c);
    } else if (event->code == MST_SIGNAL_SERIAL_OVER) {
        serial_over(&c, event->a);
    } else if (c.s->stage == RUNS && event->code == MST_SIGNAL_AIR) {
        if (event->a == c.s->air_instance)
            look_up(&c);
    } else if (c.s->stage == RUNS) {
        look(&c);
    }
}

void mst_serial_stop(mst_run *run, int32_t instance)
{
    mst_serial_state *s = mst_instance_state(run, instance);
    mst_cancel(run, &s->begin);
    mst_cancel(run, &s->end);
}

bool mst_serial_compile(mst_compile *ctx, const mst_serial_keys *keys, const mst_serial_kind *kind,
                        mst_serial_param *out)
{
    const int32_t bit = mst_model_word(ctx->model, kind->role);
    *out = (mst_serial_param){.speed_mps = keys->speed_mps,
                              .anchors = kind->anchors,
                              .role = bit >= 0 ? UINT64_C(1) << bit : 0,
                              .ships = (int32_t)keys->ships};
    for (int32_t i = 0; i < ctx->model->serial[ctx->what].need_count; i++)
        out->has_optional = out->has_optional || ctx->model->serial[ctx->what].need[i].is_optional;
    if (ctx->model->serial[ctx->what].need_count <= MST_WANTS_MAX)
        return true;
    mst_diag(ctx->diags, MUSTER_ERROR, ctx->place, NULL, NULL,
             "serial '%s' has %d needs; at most %d are allowed", ctx->model->serial[ctx->what].id,
             (int)ctx->model->serial[ctx->what].need_count, (int)MST_WANTS_MAX);
    return false;
}

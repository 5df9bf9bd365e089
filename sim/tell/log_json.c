/* The log: what a reader wants to be told, in order of time. Records of one kind that say the same of
 * several units of a state at one moment are one entry; what only the engine needs is none. */
#include "tell/log.h"

#include "base/units.h"

#include <math.h>

static bool is_about_unit(int32_t kind)
{
    switch ((mst_record_kind)kind) {
    case MST_RECORD_LEG:
    case MST_RECORD_REACHED:
    case MST_RECORD_MUSTERED:
    case MST_RECORD_FLOOR:
    case MST_RECORD_FUELLED:
    case MST_RECORD_ADRIFT:
    case MST_RECORD_DETACHED:
    case MST_RECORD_WITHDRAWN:
    case MST_RECORD_ABSENT:
    case MST_RECORD_TAKEOFF:
    case MST_RECORD_LANDED:
    case MST_RECORD_ENTERED:
        return true;
    case MST_RECORD_DECIDED:
    case MST_RECORD_JOINED:
    case MST_RECORD_HOLD:
    case MST_RECORD_LEFT:
    case MST_RECORD_DRILL_WAITS:
    case MST_RECORD_DRILL_STARTED:
    case MST_RECORD_DRILL_FAILED:
    case MST_RECORD_DRILL_ENDED:
    case MST_RECORD_SERIAL_STARTED:
    case MST_RECORD_SERIAL_ENDED:
    case MST_RECORD_SEA:
    case MST_RECORD_ON_STATION:
    case MST_RECORD_OFF_STATION:
    case MST_RECORD_AIR_GAP:
    case MST_RECORD_PHASE_STARTED:
    case MST_RECORD_PHASE_ENDED:
    case MST_RECORD_IN_PORT:
    case MST_RECORD_INJECTED:
    case MST_RECORD_COUNT:
        break;
    }
    return false;
}

/* Two records of one moment that make one sentence. */
static bool is_alike(const mst_log *log, const mst_record *r, const mst_record *other)
{
    const mst_unit_row *unit = log->page->model->unit;
    if (other->kind != r->kind || other->a != r->a || other->unit < 0 ||
        unit[other->unit].state != unit[r->unit].state)
        return false;
    if (r->kind == MST_RECORD_TAKEOFF || r->kind == MST_RECORD_LANDED)
        return other->unit == r->unit && other->c == r->c; /* b: number of the aircraft */
    if (r->kind == MST_RECORD_FLOOR)                       /* shares of unlike tanks are unlike */
        return fabs(other->real / unit[other->unit].tank_kg - r->real / unit[r->unit].tank_kg) <
               0.005;
    return other->b == r->b && fabs(other->speed_mps - r->speed_mps) < 0.05 * MST_KN_MPS;
}

/* Another record of the same moment tells it better: of who is at the muster point, that; of a ship
 * that goes dry, that it is adrift; of serials of a drill that does not take place, that. */
static bool is_told_by_another(const mst_log *log, int32_t index)
{
    const mst_run *run = log->page->run;
    const mst_record *r = &run->record[index];
    const int32_t by = r->kind == MST_RECORD_REACHED     ? MST_RECORD_MUSTERED
                       : r->kind == MST_RECORD_WITHDRAWN ? MST_RECORD_ADRIFT
                       : r->kind == MST_RECORD_DETACHED  ? MST_RECORD_WITHDRAWN
                                                         : -1;
    int32_t first = index;
    while (first > 0 && run->record[first - 1].time == r->time)
        first--;
    for (int32_t i = first; i < run->clock->record_count && run->record[i].time == r->time; i++) {
        const mst_record *other = &run->record[i];
        if (other->kind == by && other->unit == r->unit)
            return true;
        if (r->kind == MST_RECORD_SERIAL_ENDED && other->kind == MST_RECORD_DRILL_FAILED &&
            other->a == log->page->model->serial[r->a].drill)
            return true;
    }
    return false;
}

/* Serials that end because their drill does not take place: at the same moment, behind it. */
static int32_t serials_lost(const mst_log *log, int32_t index)
{
    const mst_run *run = log->page->run;
    const mst_record *r = &run->record[index];
    int32_t count = 0;
    for (int32_t i = index + 1; i < run->clock->record_count && run->record[i].time == r->time; i++)
        if (run->record[i].kind == MST_RECORD_SERIAL_ENDED &&
            log->page->model->serial[run->record[i].a].drill == r->a)
            count++;
    return count;
}

/* Gathers the records that are told together with one. */
static void gather(mst_log *log, int32_t index, bool *told, int32_t *who)
{
    const mst_run *run = log->page->run;
    const mst_record *r = &run->record[index];
    log->record = r;
    log->who_count = log->times = 0;
    log->sum = 0.0;
    for (int32_t i = index; i < run->clock->record_count && run->record[i].time == r->time; i++) {
        const mst_record *other = &run->record[i];
        if (told[i] || (i > index && (!is_alike(log, r, other) || is_told_by_another(log, i))))
            continue;
        told[i] = true;
        log->times++;
        log->sum += other->real;
        bool is_new = true;
        for (int32_t k = 0; k < log->who_count; k++)
            is_new = is_new && who[k] != other->unit;
        if (is_new)
            who[log->who_count++] = other->unit;
    }
    log->who = who;
}

static muster_point place_of(const mst_log *log, const mst_log_entry *e)
{
    const mst_page *page = log->page;
    if (log->record->unit >= 0)
        return mst_track_place(page->run, log->record->unit, log->record->time);
    return e->spot >= 0 ? page->model->spot[e->spot].point
                        : (muster_point){(double)NAN, (double)NAN};
}

static void add_entry(mst_json *json, const mst_log *log, const mst_log_entry *e)
{
    const mst_model *m = log->page->model;
    const bool is_unit = log->record->unit >= 0;
    mst_json_object(json, NULL);
    mst_json_time(json, "t", log->record->time);
    mst_json_text(json, "kind", e->kind);
    mst_json_text(json, "text", e->text);
    mst_json_text(json, "unit", is_unit && log->who_count == 1 ? m->unit[log->who[0]].id : NULL);
    mst_json_array(json, "units");
    for (int32_t i = 0; is_unit && i < log->who_count; i++)
        mst_json_text(json, NULL, m->unit[log->who[i]].id);
    mst_json_end(json);
    mst_json_text(json, "state", e->state >= 0 ? m->state[e->state].id : NULL);
    mst_json_text(json, "drill", e->drill >= 0 ? m->drill[e->drill].id : NULL);
    mst_json_text(json, "serial", e->serial >= 0 ? m->serial[e->serial].id : NULL);
    mst_json_place(json, place_of(log, e));
    mst_json_whole(json, "weight", e->weight);
    mst_json_end(json);
}

/* What later records are understood by. */
static void remember(mst_log *log, const mst_record *r)
{
    if (r->kind == MST_RECORD_JOINED)
        log->drill_of[r->unit] = r->a;
    else if (r->kind == MST_RECORD_LEG)
        log->from[r->unit] = r->a;
}

static void tell_record(mst_json *json, mst_log *log, int32_t index, bool *told, int32_t *who)
{
    const mst_record *r = &log->page->run->record[index];
    if (told[index] || is_told_by_another(log, index))
        return;
    mst_log_entry e = {.kind = NULL};
    if (is_about_unit(r->kind)) {
        gather(log, index, told, who);
        e = mst_log_unit(log);
    } else if (r->unit < 0 || r->kind == MST_RECORD_INJECTED) {
        log->record = r;
        log->who_count = r->unit >= 0;
        who[0] = r->unit;
        log->who = who;
        log->cancelled = r->kind == MST_RECORD_DRILL_FAILED ? serials_lost(log, index) : 0;
        e = mst_log_drill(log);
    }
    if (e.kind && e.text)
        add_entry(json, log, &e);
}

void mst_json_log(mst_json *json, mst_page *page)
{
    const size_t units = (size_t)page->model->unit_count + 1;
    const int32_t count = page->run->clock->record_count;
    mst_log log = {.page = page,
                   .drill_of = mst_arena_array(&page->arena, units, sizeof(int32_t)),
                   .from = mst_arena_array(&page->arena, units, sizeof(int32_t))};
    bool *told = mst_arena_array(&page->arena, (size_t)count + 1, sizeof *told);
    int32_t *who = mst_arena_array(&page->arena, units, sizeof *who);
    mst_json_array(json, "log");
    if (log.drill_of && log.from && told && who) { /* else the arena remembers */
        for (size_t i = 0; i < units; i++)
            log.drill_of[i] = log.from[i] = -1;
        for (int32_t i = 0; i < count; i++) {
            tell_record(json, &log, i, told, who);
            remember(&log, &page->run->record[i]);
        }
    }
    mst_json_end(json);
}

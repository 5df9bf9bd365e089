/* The log's sentences about decisions, drills, phases and serials. */
#include "tell/log.h"

#include "base/units.h"

#include <math.h>

/* ---- decisions ------------------------------------------------------------------------------- */

/* One stage that says no: "Russia would not admit it, by 0.042". */
static const char *refusal(mst_log *log, const mst_stage_result *s)
{
    const char *by = mst_page_printf(log->page, "by %.3f", fabs(s->margin));
    if (s->stage == MST_ADMIT)
        return mst_page_printf(log->page, "%s would not admit it, %s",
                               mst_page_state(log->page, s->host), by);
    return mst_page_printf(log->page, "%s, %s",
                           s->stage == MST_ABLE ? "not able" : "it would decline", by);
}

static const char *refusals(mst_log *log, const mst_verdict *v)
{
    const char *all = "";
    for (int32_t i = 0; i < v->stage_count; i++)
        if (mst_stage_says_no(&v->stage[i]))
            all = mst_page_printf(log->page, "%s%s%s", all, *all ? "; " : "",
                                  refusal(log, &v->stage[i]));
    return *all ? all : "it is not held"; /* a host with nothing against it, without the others */
}

static void tell_decided(mst_log *log, mst_log_entry *e)
{
    const mst_record *r = log->record;
    const mst_verdict *v = mst_verdict_of(log->page->run, r->a, r->b);
    const char *state = mst_page_state(log->page, r->b);
    const char *drill = mst_log_drill_name(log, r->a);
    const bool is_host = v && v->is_host;
    e->kind = "decided";
    e->state = r->b;
    e->spot = -1;
    e->weight = is_host ? MST_LOG_EVENT : MST_LOG_HEADLINE;
    const char *ruling = v ? mst_page_ruling(log->page, v) : NULL;
    if (ruling) {
        e->kind = "ruling";
        e->text = mst_page_printf(log->page, "By the umpire: %s", ruling);
    } else if (r->real > 0.5)
        e->text = mst_page_printf(log->page, "%s takes part in %s%s.", state, drill,
                                  is_host ? " as a host" : "");
    else if (v && mst_verdict_is_assessed(v))
        e->text =
            mst_page_printf(log->page, "%s stays out of %s: %s.", state, drill, refusals(log, v));
    else
        e->text = mst_page_printf(log->page, "%s is not asked to %s: nothing is known to judge by.",
                                  state, drill);
}

/* ---- drills ---------------------------------------------------------------------------------- */

static const char *delay(mst_log *log, double seconds)
{
    const double hours = seconds / MST_H_S;
    return fabs(hours) < 0.05 ? "on time"
                              : mst_page_printf(log->page, "%.1f h %s", fabs(hours),
                                                hours < 0.0 ? "early" : "late");
}

static void tell_failed(mst_log *log, mst_log_entry *e)
{
    e->kind = "failed";
    e->text = mst_page_printf(
        log->page, "%s does not take place: %s%s.",
        mst_log_begin(log, mst_log_drill_name(log, log->record->a)), mst_log_cause(log->record->b),
        log->cancelled == 0
            ? ""
            : mst_page_printf(log->page, "; %s",
                              mst_page_number(log->page, log->cancelled, "serial is cancelled",
                                              "serials are cancelled")));
}

static void tell_phase(mst_log *log, mst_log_entry *e)
{
    const mst_list *phases = &log->page->model->drill[log->record->a].def->phases;
    const mst_phase_def *phase = log->record->b >= 0 && log->record->b < phases->count
                                     ? MST_AT(const mst_phase_def, phases, log->record->b)
                                     : NULL;
    if (!phase)
        return; /* the phases that a drill has without being given any */
    e->kind = "phase";
    e->weight = MST_LOG_DETAIL;
    e->text = mst_page_printf(
        log->page, "A phase of %s begins: %s.", mst_log_drill_name(log, log->record->a),
        phase->name ? phase->name : mst_page_plain(log->page, phase->do_.name));
}

static void tell_drill(mst_log *log, mst_log_entry *e)
{
    const mst_record *r = log->record;
    const char *name = mst_log_begin(log, mst_log_drill_name(log, r->a));
    e->weight = MST_LOG_HEADLINE;
    if (r->kind == MST_RECORD_DRILL_WAITS) {
        e->kind = "waits";
        e->text = mst_page_printf(
            log->page, "%s waits: %s still empty.", name,
            mst_page_number(log->page, r->b, "required place is", "required places are"));
    } else if (r->kind == MST_RECORD_DRILL_STARTED) {
        e->kind = "started";
        e->text = mst_page_printf(log->page, "%s starts, %s.", name, delay(log, r->real));
    } else if (r->kind == MST_RECORD_DRILL_FAILED) {
        tell_failed(log, e);
    } else {
        e->kind = "ended";
        e->text = mst_page_printf(log->page, "%s ends.", name);
    }
}

/* ---- serials --------------------------------------------------------------------------------- */

static const char *why_not(mst_log *log, const mst_serial_row *row, const mst_record *r)
{
    if (r->c == MST_CAUSE_PART && r->d >= 0 && r->d < MST_PART_COUNT)
        return mst_page_printf(log->page, "%s", mst_page_plain(log->page, mst_part_names[r->d]));
    if (r->c == MST_CAUSE_ABSENT && r->d >= 0 && r->d < row->need_count)
        return mst_page_printf(log->page, "no %s",
                               mst_page_plain(log->page, row->need[r->d].role_name));
    return r->c == MST_CAUSE_ABSENT ? "too few came" : mst_log_cause(r->c);
}

static void tell_serial_end(mst_log *log, mst_log_entry *e, const char *name)
{
    const mst_record *r = log->record;
    const mst_serial_row *row = &log->page->model->serial[r->a];
    const double p = log->page->out->serial[r->a].p;
    e->kind = "serial-ended";
    if (r->b == MST_CANCELLED)
        e->text = mst_page_printf(log->page, "%s is cancelled: %s.", name, why_not(log, row, r));
    else if (r->b == MST_DEGRADED)
        e->text = mst_page_printf(log->page, "%s ends, degraded: %s.", name, why_not(log, row, r));
    else if (log->page->run->replication > 0 || isnan(p))
        e->text = mst_page_printf(log->page, "%s ends, done as planned.", name);
    else
        e->text =
            mst_page_printf(log->page, "%s ends, held as planned; its chance of success is %s.",
                            name, mst_page_chance(log->page, p));
}

static void tell_serial(mst_log *log, mst_log_entry *e)
{
    const mst_serial_row *row = &log->page->model->serial[log->record->a];
    const char *name = mst_log_begin(log, row->name ? row->name : row->id);
    e->serial = log->record->a;
    e->drill = row->drill;
    e->spot = log->page->model->drill[row->drill].muster_spot;
    e->weight = MST_LOG_EVENT;
    if (log->record->kind == MST_RECORD_SERIAL_ENDED) {
        tell_serial_end(log, e, name);
        return;
    }
    e->kind = "serial-started";
    e->text = mst_page_printf(log->page, "%s begins.", name);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void tell_gap(mst_log *log, mst_log_entry *e)
{
    const mst_record *r = log->record;
    const mst_air_row *air = &log->page->model->drill[r->c].air[r->a];
    e->kind = "no-relief";
    e->drill = r->c;
    e->spot = air->spot;
    e->text = mst_page_printf(log->page, "Nobody relieves the aircraft of %s: %.0f short, %s.",
                              air->name, r->real, mst_log_cause(r->b));
}

mst_log_entry mst_log_drill(mst_log *log)
{
    const mst_record *r = log->record;
    mst_log_entry e = {.state = -1, .drill = -1, .serial = -1, .spot = -1, .weight = MST_LOG_EVENT};
    if (r->kind == MST_RECORD_INJECTED) { /* what comes of it stands in the records that follow */
        e.kind = "inject";
        e.weight = MST_LOG_HEADLINE;
        e.state = r->unit >= 0 ? log->page->model->unit[r->unit].state : -1;
        e.drill = r->c;
        e.spot = r->c >= 0 ? log->page->model->drill[r->c].muster_spot : -1;
        e.text = mst_page_printf(log->page, "%s.", mst_page_inject(log->page, r));
        return e;
    }
    if (r->kind == MST_RECORD_AIR_GAP) {
        tell_gap(log, &e);
        return e;
    }
    if (r->kind == MST_RECORD_SERIAL_STARTED || r->kind == MST_RECORD_SERIAL_ENDED) {
        tell_serial(log, &e);
        return e;
    }
    e.drill = r->a;
    e.spot = log->page->model->drill[r->a].muster_spot;
    if (r->kind == MST_RECORD_DECIDED)
        tell_decided(log, &e);
    else if (r->kind == MST_RECORD_PHASE_STARTED)
        tell_phase(log, &e);
    else if (r->kind == MST_RECORD_SEA) {
        e.kind = "sea";
        e.weight = MST_LOG_DETAIL;
        e.text = mst_page_printf(log->page, "Sea state %d from now on where %s is held.", (int)r->b,
                                 mst_log_drill_name(log, r->a));
    } else if (r->kind != MST_RECORD_PHASE_ENDED) {
        tell_drill(log, &e);
    }
    return e;
}

/* The log's sentences about ships and aircraft. */
#include "tell/log.h"

#include "base/units.h"

#include <math.h>

const char *mst_log_cause(int32_t cause)
{
    switch ((mst_cause)cause) {
    case MST_CAUSE_NONE:
    case MST_CAUSE_COUNT:
        break;
    case MST_CAUSE_ABSENT:
        return "not ready";
    case MST_CAUSE_LATE:
        return "too late";
    case MST_CAUSE_FUEL:
        return "not enough fuel";
    case MST_CAUSE_SEA:
        return "too high a sea";
    case MST_CAUSE_PART:
        return "they cannot work together";
    case MST_CAUSE_AIR:
        return "too few aircraft";
    case MST_CAUSE_CHANCE:
        return "chance";
    case MST_CAUSE_POLITICS:
        return "the state stays out";
    case MST_CAUSE_ROUTE:
        return "no way by sea";
    }
    return "no cause";
}

const char *mst_log_begin(const mst_log *log, const char *name)
{
    if (!name || name[0] < 'a' || name[0] > 'z')
        return name;
    return mst_page_printf(log->page, "%c%s", name[0] - 'a' + 'A', name + 1);
}

const char *mst_log_drill_name(const mst_log *log, int32_t drill)
{
    const mst_drill_row *row = &log->page->model->drill[drill];
    return row->name ? row->name : row->id;
}

static const char *unit_name(const mst_log *log, int32_t unit)
{
    const mst_unit_row *row = &log->page->model->unit[unit];
    return row->name ? row->name : row->id;
}

/* "Qiqihar", "Qiqihar and Guiyang", "5 ships of China". */
static const char *ships(mst_log *log)
{
    const mst_unit_row *first = &log->page->model->unit[log->who[0]];
    if (log->who_count == 1)
        return unit_name(log, log->who[0]);
    if (log->who_count == 2)
        return mst_page_printf(log->page, "%s and %s", unit_name(log, log->who[0]),
                               unit_name(log, log->who[1]));
    return mst_page_printf(log->page, "%d ships of %s", (int)log->who_count,
                           mst_page_state(log->page, first->state));
}

/* "4 Tu-95MS of Russia": a squadron sends one or several. */
static const char *aircraft(mst_log *log)
{
    const mst_unit_row *row = &log->page->model->unit[log->who[0]];
    return mst_page_printf(log->page, "%d %s of %s", (int)log->times,
                           row->class_name ? row->class_name : unit_name(log, log->who[0]),
                           mst_page_state(log->page, row->state));
}

static const char *place(mst_log *log, int32_t spot)
{
    const mst_model *m = log->page->model;
    if (spot < 0)
        return "open water";
    if (m->spot[spot].base >= 0)
        return m->spot[spot].name;
    for (int32_t d = 0; d < m->drill_count; d++)
        if (m->drill[d].muster_spot == spot)
            return "the muster point";
    return mst_page_printf(log->page, "the point %s", m->spot[spot].name);
}

static const char *verb(const mst_log *log, const char *one, const char *many)
{
    return log->who_count == 1 ? one : many;
}

/* ---- ships ----------------------------------------------------------------------------------- */

/* A leg from a port is a departure; one that begins on the way tells only when it leads back. */
static void tell_leg(mst_log *log, mst_log_entry *e)
{
    const mst_model *m = log->page->model;
    const mst_record *r = log->record;
    const double kn = r->speed_mps / MST_KN_MPS;
    const bool on_the_way = r->start_m > 1.0;
    if (on_the_way && log->from[r->unit] == r->a)
        return; /* the same way at another speed */
    if (on_the_way) {
        e->kind = "turned";
        e->weight = MST_LOG_EVENT;
        e->text = mst_page_printf(log->page, "%s %s back for %s at %.1f kn.", ships(log),
                                  verb(log, "turns", "turn"), place(log, r->b), kn);
        return;
    }
    const bool from_port = m->spot[r->a].base >= 0;
    e->kind = from_port ? "sailed" : "goes-on";
    e->weight = from_port ? MST_LOG_EVENT : MST_LOG_DETAIL;
    e->text = mst_page_printf(log->page, "%s %s %s for %s at %.1f kn.", ships(log),
                              verb(log, "leaves", "leave"), place(log, r->a), place(log, r->b), kn);
}

/* "34.7 h early", "1.2 h late", "on time". */
static const char *lateness(mst_log *log, double seconds)
{
    const double hours = seconds / MST_H_S;
    if (isnan(hours))
        return "";
    if (fabs(hours) < 0.05)
        return ", on time";
    return mst_page_printf(log->page, ", %.1f h %s", fabs(hours), hours < 0.0 ? "early" : "late");
}

static void tell_reached(mst_log *log, mst_log_entry *e)
{
    const mst_record *r = log->record;
    const bool in_port = log->page->model->spot[r->a].base >= 0;
    e->kind = "arrived";
    e->weight = in_port ? MST_LOG_EVENT : MST_LOG_DETAIL;
    e->text =
        mst_page_printf(log->page, "%s %s %s%s.", ships(log), verb(log, "reaches", "reach"),
                        place(log, r->a), r->real > 0.05 * MST_H_S ? lateness(log, r->real) : "");
}

static void tell_floor(mst_log *log, mst_log_entry *e)
{
    const mst_record *r = log->record;
    const double tank_kg = log->page->model->unit[r->unit].tank_kg;
    if (r->a == MST_LEVEL_EMPTY)
        return; /* told as adrift */
    e->kind = "fuel";
    e->weight = r->a == MST_LEVEL_RESERVE ? MST_LOG_EVENT : MST_LOG_DETAIL;
    e->text = mst_page_printf(log->page, "%s %s down to %.0f %% of a full tank%s.", ships(log),
                              verb(log, "is", "are"), 100.0 * r->real / tank_kg,
                              r->a == MST_LEVEL_RESERVE ? ", the reserve"
                                                        : ", where fleets plan to refuel");
}

static void tell_fuelled(mst_log *log, mst_log_entry *e)
{
    e->kind = "fuel";
    e->weight = MST_LOG_DETAIL;
    e->text = mst_page_printf(log->page, "%s %s on %s of fuel in %s.", ships(log),
                              verb(log, "takes", "take"), mst_page_tonnes(log->page, log->sum),
                              place(log, log->record->a));
}

/* What its record's second figure names as the cause. */
static void tell_loss(mst_log *log, mst_log_entry *e)
{
    const mst_record *r = log->record;
    const char *cause = mst_log_cause(r->b);
    e->weight = MST_LOG_EVENT;
    if (r->kind == MST_RECORD_DETACHED) {
        e->kind = "detached";
        e->text = mst_page_printf(log->page, "%s no longer %s along with the group: %s.",
                                  ships(log), verb(log, "goes", "go"), cause);
    } else if (r->kind == MST_RECORD_WITHDRAWN) {
        e->kind = "withdrawn";
        e->drill = r->a;
        e->text =
            mst_page_printf(log->page, "%s %s %s: %s.", ships(log), verb(log, "leaves", "leave"),
                            mst_log_drill_name(log, r->a), cause);
    } else {
        e->kind = "absent";
        e->drill = r->a;
        e->text = mst_page_printf(log->page, "%s %s not sail: %s.", ships(log),
                                  verb(log, "does", "do"), cause);
    }
}

static void tell_mustered(mst_log *log, mst_log_entry *e)
{
    e->kind = "mustered";
    e->weight = MST_LOG_EVENT;
    e->drill = log->record->a;
    e->text = mst_page_printf(log->page, "%s %s at the muster point%s.", ships(log),
                              verb(log, "arrives", "arrive"), lateness(log, log->record->real));
}

/* ---- aircraft -------------------------------------------------------------------------------- */

/* A squadron keeps a station by many sorties: with the first of them it comes. */
static bool is_first_flight(const mst_log *log)
{
    const mst_record *r = log->page->run->record;
    for (; r < log->record; r++)
        if (r->kind == MST_RECORD_TAKEOFF && r->unit == log->record->unit && r->c == log->record->c)
            return false;
    return true;
}

static void tell_flight(mst_log *log, mst_log_entry *e)
{
    const mst_record *r = log->record;
    const mst_model *m = log->page->model;
    const mst_unit_row *row = &m->unit[r->unit];
    const char *field = row->parent >= 0 ? unit_name(log, row->parent) : place(log, row->home);
    e->weight = MST_LOG_DETAIL;
    e->drill = r->c;
    if (r->kind == MST_RECORD_TAKEOFF) {
        e->kind = "takeoff";
        e->weight = is_first_flight(log) ? MST_LOG_EVENT : MST_LOG_DETAIL;
        e->text = mst_page_printf(log->page, "%s %s off from %s: %s.", aircraft(log),
                                  log->times == 1 ? "takes" : "take", field,
                                  m->drill[r->c].air[r->a].name);
    } else {
        e->kind = "landed";
        e->text = mst_page_printf(log->page, "%s %s at %s.", aircraft(log),
                                  log->times == 1 ? "lands" : "land", field);
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

mst_log_entry mst_log_unit(mst_log *log)
{
    const mst_record *r = log->record;
    const mst_unit_row *row = &log->page->model->unit[r->unit];
    mst_log_entry e = {.state = row->state,
                       .drill = log->drill_of[r->unit],
                       .serial = -1,
                       .spot = -1,
                       .weight = MST_LOG_EVENT};
    if (r->kind == MST_RECORD_LEG)
        tell_leg(log, &e);
    else if (r->kind == MST_RECORD_REACHED)
        tell_reached(log, &e);
    else if (r->kind == MST_RECORD_MUSTERED)
        tell_mustered(log, &e);
    else if (r->kind == MST_RECORD_FLOOR)
        tell_floor(log, &e);
    else if (r->kind == MST_RECORD_FUELLED)
        tell_fuelled(log, &e);
    else if (r->kind == MST_RECORD_DETACHED || r->kind == MST_RECORD_WITHDRAWN ||
             r->kind == MST_RECORD_ABSENT)
        tell_loss(log, &e);
    else if (r->kind == MST_RECORD_TAKEOFF || r->kind == MST_RECORD_LANDED)
        tell_flight(log, &e);
    else if (r->kind == MST_RECORD_ADRIFT) {
        e.kind = "adrift";
        e.weight = MST_LOG_HEADLINE;
        e.text = mst_page_printf(log->page, "%s %s out of fuel and adrift.", ships(log),
                                 verb(log, "is", "are"));
    } else if (r->kind == MST_RECORD_ENTERED) {
        e.kind = "entered";
        e.weight = MST_LOG_DETAIL;
        e.drill = r->a;
        e.text = mst_page_printf(log->page, "%s %s the area of %s.", ships(log),
                                 verb(log, "enters", "enter"), mst_log_drill_name(log, r->a));
    }
    return e;
}

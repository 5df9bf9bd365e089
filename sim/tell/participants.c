/* Who took part, how they got there, and the muster. */
#include "tell/page.h"

#include "base/units.h"

#include <math.h>
#include <string.h>

static bool is_here(const mst_page *page, int32_t unit)
{
    return page->out->part[page->drill][unit].took_part;
}

static void add_ship(mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    mst_text *t = &page->text;
    mst_text_pad(t, mst_page_cut(page, u->name, 19), 20);
    mst_text_pad(t, u->pennant ? u->pennant : "", 5);
    mst_text_pad(t, mst_page_cut(page, u->class_name ? u->class_name : "", 30), 31);
    mst_text_pad(t, mst_page_cut(page, mst_page_state(page, u->state), 11), 12);
    mst_text_add(t, mst_page_cut(page, page->model->spot[u->home].name, 12));
    mst_text_add(t, "\n");
}

/* Where aircraft fly from: their field in this run, or the ship that carries them. */
static const char *field_words(mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    return u->parent >= 0 ? mst_page_printf(page, "aboard %s", page->model->unit[u->parent].name)
                          : page->model->spot[u->home].name;
}

static void add_aircraft(mst_page *page)
{
    int32_t sorties = 0, types = 0;
    const char *words = "";
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const mst_unit_row *u = &page->model->unit[i];
        const int32_t flown = page->out->part[page->drill][i].sorties;
        if (u->domain != MST_AIR || flown == 0)
            continue;
        sorties += flown;
        types++;
        words =
            mst_page_printf(page, "%s%s%d %s (%s, %s)", words, *words ? "; " : "", (int)u->count,
                            u->class_name ? u->class_name : u->name, field_words(page, i),
                            mst_page_number(page, flown, "sortie", "sorties"));
    }
    if (types == 1)
        mst_page_words(page, 10, "Aircraft:", "%s.", words);
    else if (types > 1)
        mst_page_words(page, 10, "Aircraft:", "%s; %d sorties in all.", words, (int)sorties);
}

/* What the file says beside a group: where its sources disagree about it. */
static void add_notes(mst_page *page)
{
    for (int32_t i = 0; i < page->model->group_count; i++) {
        const mst_group_row *g = &page->model->group[i];
        if (g->drill == page->drill && g->def && g->def->item.note && g->member_count > 0 &&
            is_here(page, g->member[0]))
            mst_page_words(page, 2, NULL, "Note on %s: %s", g->name ? g->name : g->id,
                           g->def->item.note);
    }
}

/* The author's list names it, and its state takes part. */
static bool is_named(const mst_page *page, int32_t unit)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    const int32_t state = page->model->unit[unit].state;
    return (d->listed >> state & 1u) && mst_fleet_sends(d, state, unit) &&
           page->run
               ->takes_part[(size_t)page->drill * (size_t)page->model->state_count + (size_t)state];
}

/* Number of aircraft of one type and state that the lists name and nothing asked to fly. */
static int32_t named_of_type(const mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    int32_t count = 0;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const mst_unit_row *other = &page->model->unit[i];
        if (other->domain == MST_AIR && other->state == u->state && other->class_name &&
            u->class_name && strcmp(other->class_name, u->class_name) == 0 && is_named(page, i) &&
            page->out->part[page->drill][i].sorties == 0)
            count += other->count;
    }
    return count;
}

static void add_not_flown(mst_page *page)
{
    const char *words = "";
    int32_t state = -1;
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const mst_unit_row *u = &page->model->unit[i];
        const int32_t count = mst_page_first_of_type(page, i) ? named_of_type(page, i) : 0;
        if (count == 0)
            continue;
        const char *lead = u->state == state ? ", "
                                             : mst_page_printf(page, "%s%s ", *words ? "; " : "",
                                                               mst_page_state(page, u->state));
        words = mst_page_printf(page, "%s%s%d %s", words, lead, (int)count, u->class_name);
        state = u->state;
    }
    if (*words)
        mst_page_words(page, 0, NULL, "Aircraft named in the contingents but not flown: %s.",
                       words);
}

static void add_left_out(mst_page *page)
{
    for (int32_t i = 0; i < page->model->unit_count; i++) {
        const mst_unit_outcome *o = &page->out->part[page->drill][i];
        if (o->cause == MST_CAUSE_NONE || o->cause == MST_CAUSE_POLITICS ||
            page->model->unit[i].domain != MST_NAVAL)
            continue;
        mst_page_words(page, 2, NULL, "%s%s: %s.", page->model->unit[i].name,
                       o->took_part ? "" : " did not sail",
                       !o->took_part && o->cause == MST_CAUSE_LATE
                           ? "not ready in time, left behind"
                           : mst_cause_names[o->cause]);
    }
}

/* A spot in a table: the drill's own point needs no name. */
static const char *spot_words(const mst_page *page, int32_t spot)
{
    return spot == page->model->drill[page->drill].muster_spot ? "muster point"
                                                               : page->model->spot[spot].name;
}

static void add_legs_of_group(mst_page *page, int32_t group)
{
    const mst_group_row *g = &page->model->group[group];
    if (g->member_count == 0 || g->drill != page->drill || !is_here(page, g->member[0]))
        return;
    const int32_t unit = g->member[0];
    const mst_record *leg = NULL;
    bool first = true, is_sent = false;
    for (int32_t i = 0; i < page->run->clock->record_count; i++) {
        const mst_record *r = &page->run->record[i];
        if (r->unit != unit)
            continue;
        if (r->kind == MST_RECORD_JOINED)
            is_sent = r->a == page->drill;
        if (r->kind == MST_RECORD_LEG)
            leg = is_sent ? r : NULL;
        if (r->kind != MST_RECORD_REACHED || !leg)
            continue;
        const mst_leg way = mst_model_leg(page->model, leg->a, leg->b);
        const char *from_to =
            mst_page_printf(page, "%s - %s", spot_words(page, leg->a), spot_words(page, leg->b));
        mst_text *t = &page->text;
        mst_text_pad(t, first ? mst_page_cut(page, mst_page_state(page, g->state), 8) : "", 9);
        mst_text_pad(t, mst_page_cut(page, from_to, 26), 26);
        mst_text_printf(t, "%5.0f ", way.length_m / MUSTER_NM_M);
        mst_text_pad(t, mst_page_clock(page, leg->time, page->model->zone_min), 17);
        mst_text_pad(t, mst_page_clock(page, r->time, page->model->zone_min), 16);
        mst_text_printf(t, "%5.1f\n", leg->speed_mps / MST_KN_MPS);
        leg = NULL;
        first = false;
    }
}

/* A group by its name; one that the program made of a single ship by that ship's. */
static const char *group_words(const mst_page *page, const mst_group_row *g)
{
    if (g->is_made && g->member_count == 1)
        return page->model->unit[g->member[0]].name;
    return g->name ? g->name : g->id;
}

static void add_waits(mst_page *page)
{
    for (int32_t i = 0; i < page->model->group_count; i++) {
        const mst_group_row *g = &page->model->group[i];
        const mst_group_outcome *o = &page->out->group[i];
        if (g->drill != page->drill || g->member_count == 0 || !is_here(page, g->member[0]) ||
            o->arrived_at == MUSTER_NEVER)
            continue;
        const char *who = group_words(page, g);
        const char *was = g->is_made && g->member_count > 1 ? "were" : "was";
        if (fabs(o->slack_s) <= 60.0)
            mst_page_words(page, 2, NULL, "%s %s there at the muster time.", who, was);
        else if (o->slack_s > 0.0)
            mst_page_words(page, 2, NULL, "%s %s there %.1f h before the muster time and waited.",
                           who, was, o->slack_s / MST_H_S);
        else
            mst_page_words(page, 2, NULL, "%s %s late by %.1f h; the slowest was %s.", who, was,
                           -o->slack_s / MST_H_S,
                           o->binding_unit >= 0 ? page->model->unit[o->binding_unit].name : "-");
    }
}

static void add_routes(mst_page *page)
{
    mst_page_heading(page,
                     "ROUTES AND ARRIVALS (UTC; clock at %+.3g h in brackets; days of the month)",
                     page->model->zone_min / 60.0);
    mst_text_add(&page->text, "Group    From - to                    nm Sailed           "
                              "Arrived            kn\n");
    for (int32_t i = 0; i < page->model->group_count; i++)
        add_legs_of_group(page, i);
    add_waits(page);
    bool any_gate = false;
    for (int32_t i = 0; i < mst_route_book_count(page->model->book); i++)
        any_gate = any_gate || mst_route_book_at(page->model->book, i)->gate_count > 0;
    mst_page_words(page, 2, NULL,
                   "Distances are over water, %.1f nm off the coast where the way allows it%s. A "
                   "group never sails slower than its speed of least fuel per mile; it waits.",
                   page->spec->scenario.offing_m / MUSTER_NM_M,
                   any_gate ? "; straits passed stand in --json" : "");
}

static int32_t ships_here(const mst_page *page)
{
    int32_t ships = 0;
    for (int32_t i = 0; i < page->model->unit_count; i++)
        ships += page->model->unit[i].domain == MST_NAVAL && is_here(page, i);
    return ships;
}

static bool requires_aircraft(const mst_drill_row *d)
{
    for (int32_t i = 0; i < d->slot_count; i++)
        if (d->slot[i].is_required && d->slot[i].domain == MST_AIR)
            return true;
    return false;
}

/* Where no serial asks for them, requests of aircraft are told here. */
static void add_air(mst_page *page)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    for (int32_t i = 0; d->serial_count == 0 && i < d->air_count; i++) {
        const mst_air_outcome *a = &page->out->air[page->drill][i];
        mst_page_words(page, 2, NULL,
                       "%s: %d wanted, coverage %.2f; %d sorties, %.1f aircraft hours on station.",
                       d->air[i].name ? d->air[i].name : d->air[i].id, (int)d->air[i].count,
                       a->coverage, (int)a->sorties, a->station_s / MST_H_S);
    }
}

static void add_muster(mst_page *page)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    const mst_drill_outcome *o = &page->out->drill[page->drill];
    mst_page_heading(page, "MUSTER at %s, %s",
                     mst_page_point(page, page->model->spot[d->muster_spot].point),
                     mst_page_date(page, d->muster_at, page->model->zone_min));
    if (!o->mustered) {
        mst_page_words(page, 0, NULL, "Did not muster: %s.", mst_cause_names[o->cause]);
        return;
    }
    const double late_s = o->delay_s;
    if (o->delay_unit < 0)
        mst_page_words(page, 0, NULL, "No %s was required; the drill started %s.",
                       requires_aircraft(d) ? "ship" : "unit",
                       mst_page_date(page, o->started_at, page->model->zone_min));
    else if (late_s > 1.0)
        mst_page_words(page, 0, NULL,
                       "The last required ship, %s, was %.1f h late; the drill "
                       "started %s.",
                       page->model->unit[o->delay_unit].name, late_s / MST_H_S,
                       mst_page_date(page, o->started_at, page->model->zone_min));
    else
        mst_page_words(page, 0, NULL, "On time. The last required ship, %s, was there %s.",
                       page->model->unit[o->delay_unit].name,
                       late_s > -60.0 ? "at the planned minute"
                                      : mst_page_printf(page, "%.1f h early", -late_s / MST_H_S));
    if (ships_here(page) > 0)
        mst_page_words(page, 2, NULL,
                       "Hours in the area with two or more states: %.1f; with all required places "
                       "filled: %.1f; of %.1f.",
                       o->joint_s / MST_H_S, o->complete_s / MST_H_S,
                       muster_hours(o->ended_at - o->started_at));
    else /* aircraft stand ready at their fields: they are never counted in the area */
        mst_page_words(page, 2, NULL, "Hours with all required places filled: %.1f of %.1f.",
                       o->complete_s / MST_H_S, muster_hours(o->ended_at - o->started_at));
    for (int32_t i = 0; i < page->model->group_count; i++) {
        const mst_group_row *g = &page->model->group[i];
        if (g->drill == page->drill && g->member_count > 0 && is_here(page, g->member[0]))
            mst_page_words(page, 2, NULL, "%s on station%s: %.1f h.", group_words(page, g),
                           g->member_count > 1 ? " together" : "",
                           page->out->group[i].station_s / MST_H_S);
    }
    add_air(page);
}

void mst_tell_participants(mst_page *page)
{
    const int32_t ships = ships_here(page);
    mst_page_heading(page, "PARTICIPANTS%s", ships > 0 ? "" : ": no ship sailed");
    if (ships > 0)
        mst_text_add(&page->text,
                     "Ship                No.  Class                          State       Port\n");
    for (int32_t i = 0; i < page->model->unit_count; i++)
        if (page->model->unit[i].domain == MST_NAVAL && is_here(page, i))
            add_ship(page, i);
    add_aircraft(page);
    add_notes(page);
    add_not_flown(page);
    add_left_out(page);
    if (ships > 0)
        add_routes(page);
    add_muster(page);
}

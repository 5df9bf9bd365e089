/* What no table can say of a run document: order in time, members that belong together, ids. */
#include "tell/run_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void check_routes(mst_run_reader *r, muster_run_file *run)
{
    for (int32_t i = 0; i < run->route_count; i++) {
        const muster_run_route *route = &run->route[i];
        const mst_run_where at = {NULL, "routes", i};
        if (route->point_count < 2)
            mst_run_fault(r, &at, "points", "two points at least are wanted");
        if (route->at_count != 0 && route->at_count != route->point_count)
            mst_run_fault(r, &at, "points_m", "as many numbers as points are wanted");
        for (int32_t p = 1; p < route->at_count; p++)
            if (!(route->at_m[p] >= route->at_m[p - 1])) {
                mst_run_fault(r, &at, "points_m", "the way to a point must not fall");
                break;
            }
    }
}

static void check_legs(mst_run_reader *r, const muster_run_file *run, int32_t unit)
{
    const muster_run_unit *u = &run->unit[unit];
    const mst_run_where up = {NULL, "units", unit};
    for (int32_t i = 0; i < u->leg_count; i++) {
        const muster_run_leg *leg = &u->leg[i];
        const mst_run_where at = {&up, "legs", i};
        if (leg->end < leg->start || (i > 0 && leg->start < u->leg[i - 1].end))
            mst_run_fault(r, &at, "start", "legs follow one another in time");
        if (leg->route >= run->route_count)
            mst_run_fault(r, &at, "route", "there is no such route");
        if (leg->kind && strcmp(leg->kind, "leg") == 0 && leg->route >= 0 &&
            (isnan(leg->start_m) || isnan(leg->speed_mps)))
            mst_run_fault(r, &at, "start_m", "a leg under way has start_m and speed_mps");
    }
}

static bool falls(muster_time earlier, muster_time later)
{
    return earlier != MUSTER_NEVER && later != MUSTER_NEVER && later < earlier;
}

static void check_sorties(mst_run_reader *r, const muster_run_file *run, int32_t unit)
{
    const muster_run_unit *u = &run->unit[unit];
    const mst_run_where up = {NULL, "units", unit};
    for (int32_t i = 0; i < u->sortie_count; i++) {
        const muster_run_sortie *s = &u->sortie[i];
        const mst_run_where at = {&up, "sorties", i};
        if (falls(s->off, s->on) || falls(s->off, s->leave) || falls(s->on, s->leave) ||
            falls(s->off, s->land) || falls(s->on, s->land) || falls(s->leave, s->land))
            mst_run_fault(r, &at, "off", "off, on, leave and land follow one another in time");
    }
}

static int by_id(const void *a, const void *b)
{
    const muster_run_unit *const *x = a, *const *y = b;
    const int order = strcmp((*x)->id, (*y)->id);
    return order != 0 ? order : (*x > *y) - (*x < *y);
}

static void check_ids(mst_run_reader *r, const muster_run_file *run)
{
    const muster_run_unit **sorted =
        mst_arena_array(r->arena, (size_t)run->unit_count, sizeof *sorted);
    for (int32_t i = 0; i < run->unit_count && sorted; i++)
        sorted[i] = &run->unit[i];
    if (sorted && run->unit_count > 1)
        qsort(sorted, (size_t)run->unit_count, sizeof *sorted, by_id);
    for (int32_t i = 1; i < run->unit_count && sorted; i++) {
        const mst_run_where at = {NULL, "units", (int32_t)(sorted[i] - run->unit)};
        if (strcmp(sorted[i]->id, sorted[i - 1]->id) == 0)
            mst_run_fault(r, &at, "id", "another unit has this id");
    }
}

static void check_order(mst_run_reader *r, const muster_run_file *run)
{
    for (int32_t i = 1; i < run->event_count; i++) {
        const mst_run_where at = {NULL, "events", i};
        if (run->event[i].time < run->event[i - 1].time)
            mst_run_fault(r, &at, "time", "events stand in order of time");
    }
    for (int32_t i = 0; i < run->area_count; i++) {
        const mst_run_where at = {NULL, "scene.areas", i};
        if (isnan(run->area[i].radius_nm) && run->area[i].point_count < 3)
            mst_run_fault(r, &at, "points",
                          "a circle has a radius, a polygon three points at least");
    }
}

static void later(muster_time time, muster_time *last)
{
    if (time != MUSTER_NEVER && time > *last)
        *last = time;
}

static void find_end(muster_run_file *run)
{
    run->end = run->epoch;
    for (int32_t i = 0; i < run->unit_count; i++) {
        const muster_run_unit *u = &run->unit[i];
        if (u->leg_count > 0)
            later(u->leg[u->leg_count - 1].end, &run->end);
        for (int32_t k = 0; k < u->sortie_count; k++) {
            later(u->sortie[k].off, &run->end);
            later(u->sortie[k].on, &run->end);
            later(u->sortie[k].leave, &run->end);
            later(u->sortie[k].land, &run->end);
        }
    }
    if (run->event_count > 0)
        later(run->event[run->event_count - 1].time, &run->end);
}

void mst_run_file_check(mst_run_reader *r, muster_run_file *run)
{
    check_routes(r, run);
    check_ids(r, run);
    check_order(r, run);
    for (int32_t i = 0; i < run->unit_count; i++) {
        check_legs(r, run, i);
        check_sorties(r, run, i);
    }
    find_end(run);
}

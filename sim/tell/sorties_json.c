/* Sorties of a squadron, from the records of each of its aircraft. The station is where the request
 * keeps them; a helicopter of a ship stays with its ship. */
#include "tell/scene.h"

#include <math.h>

typedef struct sortie {
    int32_t number; /* of the aircraft in its squadron, from 1 */
    int32_t drill, request;
    muster_time off, on, leave, land; /* MUSTER_NEVER: it did not come to that */
    double fuel_kg;
} sortie;

static sortie read_sortie(const mst_run *run, int32_t index)
{
    const mst_record *off = &run->record[index];
    sortie s = {.number = off->b,
                .drill = off->c,
                .request = off->a,
                .off = off->time,
                .on = MUSTER_NEVER,
                .leave = MUSTER_NEVER,
                .land = MUSTER_NEVER,
                .fuel_kg = off->real};
    for (int32_t i = index + 1; i < run->clock->record_count && s.land == MUSTER_NEVER; i++) {
        const mst_record *r = &run->record[i];
        if (r->unit != off->unit || r->b != off->b)
            continue;
        if (r->kind == MST_RECORD_ON_STATION)
            s.on = r->time;
        else if (r->kind == MST_RECORD_OFF_STATION)
            s.leave = r->time;
        else if (r->kind == MST_RECORD_LANDED) {
            s.land = r->time;
            s.fuel_kg = r->real;
        } else if (r->kind == MST_RECORD_TAKEOFF)
            break;
    }
    return s;
}

static void add_point(mst_json *json, const char *lat, const char *lon, muster_point point)
{
    mst_json_real(json, lat, round(point.lat_deg * 1e5) / 1e5);
    mst_json_real(json, lon, round(muster_lon_outside(point.lon_deg) * 1e5) / 1e5);
}

static void add_sortie(mst_json *json, const mst_page *page, int32_t unit, const sortie *s)
{
    const mst_model *m = page->model;
    const mst_drill_row *drill = &m->drill[s->drill];
    const mst_air_row *air = &drill->air[s->request];
    const muster_point from = mst_track_place(page->run, unit, s->off); /* its field, or its ship */
    const muster_point station =
        m->unit[unit].parent >= 0
            ? mst_track_place(page->run, unit, s->on != MUSTER_NEVER ? s->on : s->off)
            : m->spot[air->spot >= 0 ? air->spot : drill->muster_spot].point;
    mst_json_object(json, NULL);
    mst_json_whole(json, "aircraft", s->number);
    mst_json_text(json, "drill", drill->id);
    mst_json_text(json, "request", air->id);
    mst_json_time(json, "off", s->off);
    mst_json_time(json, "on", s->on);
    mst_json_time(json, "leave", s->leave);
    mst_json_time(json, "land", s->land);
    mst_json_real(json, "fuel_kg", s->fuel_kg);
    add_point(json, "base_lat_deg", "base_lon_deg", from);
    add_point(json, "station_lat_deg", "station_lon_deg", station);
    mst_json_end(json);
}

void mst_json_sorties(mst_json *json, const mst_page *page, int32_t unit)
{
    const mst_run *run = page->run;
    mst_json_array(json, "sorties");
    for (int32_t i = 0; i < run->clock->record_count; i++) {
        if (run->record[i].kind != MST_RECORD_TAKEOFF || run->record[i].unit != unit)
            continue;
        const sortie s = read_sortie(run, i);
        add_sortie(json, page, unit, &s);
    }
    mst_json_end(json);
}

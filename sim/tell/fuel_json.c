/* Fuel of every ship that sailed, at each change of its burn: straight between two points, so that a
 * reader has it exactly at any time. */
#include "tell/scene.h"

#include "outcome/fold.h"

#include <math.h>

static void add_point(mst_json *json, const mst_page *page, int32_t unit, muster_time at,
                      double fuel_kg)
{
    mst_json_array(json, NULL);
    mst_json_real(json, NULL, muster_hours(at - page->model->start));
    mst_json_real(json, NULL, fuel_kg / page->model->unit[unit].tank_kg);
    mst_json_end(json);
}

/* A jump (fuel taken on in port) is two points of one time. */
static void add_points(mst_json *json, const mst_page *page, int32_t unit)
{
    mst_stretch stretch;
    int32_t next = 0;
    double burn_kgps = (double)NAN, end_kg = (double)NAN;
    muster_time end = MUSTER_NEVER;
    mst_json_array(json, "points");
    while (mst_stretch_next(page->run, unit, &next, &stretch)) {
        const mst_record *r = stretch.record;
        if (stretch.until <= r->time)
            continue; /* an order at once replaced by another */
        const bool goes_on =
            fabs(r->burn_kgps - burn_kgps) < 1e-12 && fabs(r->fuel_kg - end_kg) < 1e-6;
        if (!goes_on && fabs(r->fuel_kg - end_kg) >= 1e-6 && end != MUSTER_NEVER)
            add_point(json, page, unit, end, end_kg);
        if (!goes_on)
            add_point(json, page, unit, r->time, r->fuel_kg);
        burn_kgps = r->burn_kgps;
        end = stretch.until;
        end_kg = mst_stretch_fuel_kg(&stretch, end);
    }
    if (end != MUSTER_NEVER)
        add_point(json, page, unit, end, end_kg);
    mst_json_end(json);
}

static void add_ship(mst_json *json, const mst_page *page, int32_t unit)
{
    const mst_unit_row *u = &page->model->unit[unit];
    mst_json_object(json, NULL);
    mst_json_text(json, "unit", u->id);
    add_points(json, page, unit);
    mst_json_object(json, "floors");
    mst_json_real(json, "reserve_frac", u->reserve_kg / u->tank_kg);
    mst_json_real(json, "floor_frac", u->floor_kg / u->tank_kg);
    mst_json_maybe(json, "allotment_frac", u->allotment_kg / u->tank_kg);
    mst_json_end(json);
    mst_json_end(json);
}

void mst_json_fuel(mst_json *json, const mst_page *page)
{
    mst_json_array(json, "fuel");
    for (int32_t i = 0; i < page->model->unit_count; i++)
        if (page->model->unit[i].domain == MST_NAVAL && page->model->unit[i].tank_kg > 0.0 &&
            page->out->unit[i].sailed_at != MUSTER_NEVER)
            add_ship(json, page, i);
    mst_json_end(json);
}

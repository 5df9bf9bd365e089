/* Places of the scene: bases, areas, straits, and the box round everything that is drawn. */
#include "tell/scene.h"

#include "base/units.h"
#include "model/lookup.h"

#include <math.h>
#include <string.h>

/* ---- bases ----------------------------------------------------------------------------------- */

static void mark_choices(const mst_spec *spec, bool *is_used)
{
    for (int32_t i = 0; i < spec->levers.count; i++) {
        const mst_lever_def *lever = MST_AT(const mst_lever_def, &spec->levers, i);
        for (int32_t k = 0; k < lever->choices.count; k++) {
            const int32_t base = mst_table_find(&spec->bases, sizeof(mst_base_def),
                                                *MST_AT(const char *const, &lever->choices, k));
            if (base >= 0)
                is_used[base] = true;
        }
    }
}

/* A file may include a library of bases: those are told that something sails or flies from, that are
 * on the way of something, or that a lever offers. */
static const bool *bases_used(mst_page *page)
{
    const mst_spec *spec = page->spec;
    bool *is_used = mst_arena_array(&page->arena, (size_t)spec->bases.count + 1, sizeof *is_used);
    if (!is_used)
        return NULL;
    for (int32_t i = 0; i < page->model->spot_count; i++)
        if (page->model->spot[i].base >= 0)
            is_used[page->model->spot[i].base] = true;
    mark_choices(spec, is_used);
    return is_used;
}

static void add_bases(mst_json *json, const mst_page *page, const bool *is_used)
{
    static const char *const kinds[] = {"port", "airfield", "both"};
    mst_json_array(json, "bases");
    for (int32_t i = 0; is_used && i < page->spec->bases.count; i++) {
        const mst_base_def *base = MST_AT(const mst_base_def, &page->spec->bases, i);
        if (!is_used[i])
            continue;
        mst_json_object(json, NULL);
        mst_json_text(json, "id", base->item.id);
        mst_json_text(json, "name", mst_name_of(base->name, &base->item));
        mst_json_place(json, (muster_point){base->lat_deg, base->lon_deg});
        mst_json_text(json, "state", base->nation);
        mst_json_text(json, "kind", base->kind >= 0 ? kinds[base->kind] : "port");
        mst_json_end(json);
    }
    mst_json_end(json);
}

/* ---- areas and straits ----------------------------------------------------------------------- */

static void add_points(mst_json *json, const mst_list *points)
{
    mst_json_array(json, "points");
    for (int32_t i = 0; i < points->count; i++)
        mst_json_point(json, NULL, *MST_AT(const muster_point, points, i));
    mst_json_end(json);
}

static void add_areas(mst_json *json, const mst_page *page)
{
    enum { CIRCLE, POLYGON };
    mst_json_array(json, "areas");
    for (int32_t i = 0; i < page->spec->areas.count; i++) {
        const mst_area_def *area = MST_AT(const mst_area_def, &page->spec->areas, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "id", area->item.id);
        mst_json_text(json, "name", mst_name_of(area->name, &area->item));
        mst_json_text(json, "kind", area->kind == POLYGON ? "polygon" : "circle");
        mst_json_bool(json, "avoid", area->avoid == 1);
        if (area->kind == POLYGON) {
            add_points(json, &area->points);
        } else {
            mst_json_place(json, (muster_point){area->lat_deg, area->lon_deg});
            mst_json_maybe(json, "radius_nm", area->radius_m / MUSTER_NM_M);
        }
        mst_json_end(json);
    }
    mst_json_end(json);
}

static void add_straits(mst_json *json, const mst_page *page)
{
    mst_json_array(json, "straits");
    for (int32_t i = 0; i < page->spec->straits.count; i++) {
        const mst_strait_def *strait = MST_AT(const mst_strait_def, &page->spec->straits, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "id", strait->item.id);
        mst_json_text(json, "name", mst_name_of(strait->name, &strait->item));
        add_points(json, &strait->line);
        mst_json_bool(json, "open", strait->open != 0);
        mst_json_end(json);
    }
    mst_json_end(json);
}

/* ---- the box --------------------------------------------------------------------------------- */

/* What is drawn is gone through twice: where round the globe there is nothing, then the ends. */
typedef struct box {
    bool has[360]; /* whole degrees of longitude in which something lies */
    bool is_cut;   /* the second time */
    double cut_deg, west, east, south, north;
} box;

static void hold(box *b, double lat_deg, double lon_deg)
{
    if (!isfinite(lat_deg) || !isfinite(lon_deg))
        return;
    double lon = muster_lon_inside(lon_deg);
    if (!b->is_cut) {
        b->has[(int32_t)lon % 360] = true;
        return;
    }
    lon += lon < b->cut_deg ? 360.0 : 0.0;
    b->west = fmin(b->west, lon);
    b->east = fmax(b->east, lon);
    b->south = fmin(b->south, lat_deg);
    b->north = fmax(b->north, lat_deg);
}

static void hold_circle(box *b, muster_point centre, double radius_m)
{
    const double up = radius_m > 0.0 ? radius_m / MUSTER_NM_M / 60.0 : 0.0;
    const double across = fmin(179.0, up / fmax(0.02, cos(centre.lat_deg * acos(-1.0) / 180.0)));
    hold(b, fmax(-90.0, centre.lat_deg - up), centre.lon_deg);
    hold(b, fmin(90.0, centre.lat_deg + up), centre.lon_deg);
    hold(b, centre.lat_deg, centre.lon_deg - across);
    hold(b, centre.lat_deg, centre.lon_deg + across);
}

static void hold_areas(box *b, const mst_spec *spec)
{
    for (int32_t i = 0; i < spec->areas.count; i++) {
        const mst_area_def *area = MST_AT(const mst_area_def, &spec->areas, i);
        for (int32_t k = 0; k < area->points.count; k++) {
            const muster_point *point = MST_AT(const muster_point, &area->points, k);
            hold(b, point->lat_deg, point->lon_deg);
        }
        if (area->points.count == 0)
            hold_circle(b, (muster_point){area->lat_deg, area->lon_deg}, area->radius_m);
    }
}

static void hold_all(box *b, const mst_page *page, const bool *is_used)
{
    const mst_model *m = page->model;
    for (int32_t i = 0; i < m->spot_count; i++)
        hold(b, m->spot[i].point.lat_deg, m->spot[i].point.lon_deg);
    for (int32_t i = 0; is_used && i < page->spec->bases.count; i++) {
        const mst_base_def *base = MST_AT(const mst_base_def, &page->spec->bases, i);
        if (is_used[i])
            hold(b, base->lat_deg, base->lon_deg);
    }
    for (int32_t i = 0; i < mst_route_book_count(m->book); i++) {
        const mst_line *line = &mst_route_book_at(m->book, i)->line;
        for (int32_t p = 0; p < line->point_count; p++)
            hold(b, line->point[p].lat_deg, line->point[p].lon_deg);
    }
    hold_areas(b, page->spec);
}

/* The first degree after the widest gap. */
static double find_cut(const box *b)
{
    int32_t widest = 0, run = 0, cut = 0;
    for (int32_t i = 0; i < 720; i++) {
        if (!b->has[i % 360]) {
            run++;
            continue;
        }
        if (run > widest) {
            widest = run;
            cut = i % 360;
        }
        run = 0;
    }
    return cut;
}

static void add_box(mst_json *json, const mst_page *page, const bool *is_used)
{
    box b = {.west = INFINITY, .east = -INFINITY, .south = INFINITY, .north = -INFINITY};
    hold_all(&b, page, is_used);
    b.cut_deg = find_cut(&b);
    b.is_cut = true;
    hold_all(&b, page, is_used);
    if (!(b.east >= b.west)) {
        mst_json_text(json, "box", NULL);
        return;
    }
    const double turn = b.east > 360.0 ? 360.0 : 0.0; /* over Greenwich: west is negative */
    mst_json_object(json, "box");
    mst_json_real(json, "west", b.west - turn);
    mst_json_real(json, "east", b.east - turn);
    mst_json_real(json, "south", b.south);
    mst_json_real(json, "north", b.north);
    mst_json_end(json);
}

void mst_json_scene_places(mst_json *json, mst_page *page)
{
    const bool *is_used = bases_used(page);
    add_bases(json, page, is_used);
    add_areas(json, page);
    add_straits(json, page);
    add_box(json, page, is_used);
}

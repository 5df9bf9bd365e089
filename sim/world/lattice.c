/** @file lattice.c
 * The lattice of distances: tiles of nodes, made when first touched.
 */
#include "world/waters.h"

#include <string.h>

/** Degrees between fine nodes. */
static const double FINE_LAT_DEG = 0.005, FINE_LON_DEG = 0.00625;

/** Fine lattice steps in a step of this sheet. */
static int32_t scale_of(const mst_waters *waters, int32_t sheet)
{
    return sheet == MST_FINE     ? 1
           : sheet == MST_COARSE ? waters->fine_steps
                                 : waters->fine_steps * MST_SHEET_RATIO;
}

/** Distance from land that is known on a sheet. */
static double cap_of(const mst_waters *waters, int32_t sheet)
{
    return sheet == MST_OCEAN    ? waters->offing_m + MST_OCEAN_SPARE_M
           : sheet == MST_COARSE ? waters->offing_m + MST_COARSE_SPARE_M
                                 : MST_FINE_CAP_M;
}

static bool init_sheet(mst_waters *waters, int32_t index)
{
    mst_sheet *sheet = &waters->sheet[index];
    const mst_land *land = waters->land;
    const int32_t scale = scale_of(waters, index);
    // All sheets begin at the same ocean node, so that coarse node x is fine node 4 x.
    const int32_t coarse = scale_of(waters, MST_OCEAN) / scale;
    const double lon_step = FINE_LON_DEG * scale, lat_step = FINE_LAT_DEG * scale;
    sheet->lat_step_deg = lat_step;
    sheet->lon_step_deg = lon_step;
    sheet->x0 = (int32_t)floor(land->west / (lon_step * coarse)) * coarse;
    sheet->y0 = (int32_t)floor(land->south / (lat_step * coarse)) * coarse;
    sheet->columns = (int32_t)ceil(land->east / lon_step) - sheet->x0 + 1;
    sheet->rows = (int32_t)ceil(land->north / lat_step) - sheet->y0 + 1;
    sheet->tile_columns = (sheet->columns + MST_TILE - 1) / MST_TILE;
    sheet->tile_rows = (sheet->rows + MST_TILE - 1) / MST_TILE;

    const size_t rows = (size_t)sheet->rows, columns = (size_t)sheet->columns;
    mst_arena *arena = waters->arena;
    sheet->tile = mst_arena_array(arena, (size_t)sheet->tile_columns * (size_t)sheet->tile_rows,
                                  sizeof(mst_tile *));
    sheet->lat_deg = mst_arena_array(arena, rows, sizeof(double));
    sheet->lon_deg = mst_arena_array(arena, columns, sizeof(double));
    sheet->step_x_m = mst_arena_array(arena, rows, sizeof(double));
    sheet->step_y_m = mst_arena_array(arena, rows, sizeof(double));
    sheet->row_unit = mst_arena_array(arena, rows, 2 * sizeof(double));
    sheet->column_unit = mst_arena_array(arena, columns, 2 * sizeof(double));
    if (arena->failed)
        return false;
    const double flat = sqrt(1.0 - MST_EARTH_E2);
    for (int32_t y = 0; y < sheet->rows; y++) {
        const double lat_deg = FINE_LAT_DEG * ((sheet->y0 + y) * scale);
        const mst_plane plane = mst_plane_at(lat_deg);
        const double parametric =
            atan2(flat * sin(lat_deg * MST_DEG_RAD), cos(lat_deg * MST_DEG_RAD));
        sheet->lat_deg[y] = lat_deg;
        sheet->step_x_m[y] = plane.lon_m * lon_step;
        sheet->step_y_m[y] = plane.lat_m * lat_step;
        sheet->row_unit[2 * y] = cos(parametric);
        sheet->row_unit[2 * y + 1] = sin(parametric);
    }
    for (int32_t x = 0; x < sheet->columns; x++) {
        const double lon_deg = FINE_LON_DEG * ((sheet->x0 + x) * scale);
        sheet->lon_deg[x] = lon_deg;
        sheet->column_unit[2 * x] = cos(lon_deg * MST_DEG_RAD);
        sheet->column_unit[2 * x + 1] = sin(lon_deg * MST_DEG_RAD);
    }
    return true;
}

bool mst_lattice_init(mst_waters *waters)
{
    for (int32_t sheet = 0; sheet < MST_SHEETS; sheet++)
        if (!init_sheet(waters, sheet))
            return false;
    return true;
}

float *mst_lattice_lengths(mst_waters *waters, int32_t per_row)
{
    if (waters->lengths_m == NULL)
        waters->lengths_m = mst_arena_array(
            waters->arena, (size_t)waters->sheet[MST_COARSE].rows * (size_t)per_row, sizeof(float));
    return waters->lengths_m;
}

muster_point mst_node_point(const mst_waters *waters, mst_node node)
{
    const mst_sheet *sheet = &waters->sheet[node.sheet];
    return (muster_point){sheet->lat_deg[node.y], sheet->lon_deg[node.x]};
}

static int32_t kept(double value, int32_t count)
{
    return value <= 0.0 ? 0 : value >= (double)(count - 1) ? count - 1 : (int32_t)value;
}

mst_node mst_node_near(const mst_waters *waters, int32_t sheet, muster_point point)
{
    const mst_sheet *s = &waters->sheet[sheet];
    return (mst_node){sheet, kept(floor(point.lon_deg / s->lon_step_deg + 0.5) - s->x0, s->columns),
                      kept(floor(point.lat_deg / s->lat_step_deg + 0.5) - s->y0, s->rows)};
}

/** The nodes of a tile: first node, and how many columns and rows are on the sheet. */
typedef struct patch {
    mst_node first;
    int32_t columns, rows;
} patch;

static patch patch_of(const mst_waters *waters, mst_node node)
{
    const mst_sheet *sheet = &waters->sheet[node.sheet];
    patch out = {{node.sheet, node.x - node.x % MST_TILE, node.y - node.y % MST_TILE}, 0, 0};
    out.columns = sheet->columns - out.first.x;
    out.rows = sheet->rows - out.first.y;
    out.columns = out.columns < MST_TILE ? out.columns : MST_TILE;
    out.rows = out.rows < MST_TILE ? out.rows : MST_TILE;
    return out;
}

/** Lowers the distances of the nodes near one edge of the shore. */
static void near_edge(const mst_waters *waters, mst_tile *tile, const patch *area, double cap_m,
                      muster_point a, muster_point b)
{
    const mst_sheet *sheet = &waters->sheet[area->first.sheet];
    const double *lat = sheet->lat_deg + area->first.y, *lon = sheet->lon_deg + area->first.x;
    const double *step_x = sheet->step_x_m + area->first.y;
    const double lat_step = lat[1] - lat[0], lon_step = lon[1] - lon[0];
    const double lat_margin = cap_m / 110500.0;
    const int32_t y0 =
        kept(ceil((fmin(a.lat_deg, b.lat_deg) - lat_margin - lat[0]) / lat_step), area->rows);
    const int32_t y1 =
        kept(floor((fmax(a.lat_deg, b.lat_deg) + lat_margin - lat[0]) / lat_step), area->rows);
    for (int32_t y = y0; y <= y1; y++) {
        const double lon_m = step_x[y] / lon_step;
        const double lat_m = sheet->step_y_m[area->first.y + y] / lat_step;
        const double lon_margin = cap_m / fmax(lon_m, 1.0);
        const int32_t x0 = kept(ceil((fmin(a.lon_deg, b.lon_deg) - lon_margin - lon[0]) / lon_step),
                                area->columns);
        const int32_t x1 = kept(
            floor((fmax(a.lon_deg, b.lon_deg) + lon_margin - lon[0]) / lon_step), area->columns);
        const mst_xy c = {(a.lon_deg - lon[0]) * lon_m, (a.lat_deg - lat[y]) * lat_m};
        const mst_xy d = {(b.lon_deg - lon[0]) * lon_m, (b.lat_deg - lat[y]) * lat_m};
        float *clear_m = tile->clear_m + (ptrdiff_t)y * MST_TILE;
        for (int32_t x = x0; x <= x1; x++) {
            const mst_xy p = {x * step_x[y], 0.0};
            const double distance2 = mst_xy_distance2(p, c, d);
            if (distance2 < sq((double)clear_m[x]))
                clear_m[x] = (float)sqrt(distance2);
        }
    }
}

/** Distances from the shore, whichever side. */
static void measure_shore(const mst_waters *waters, mst_tile *tile, const patch *area)
{
    const mst_land *land = waters->land;
    const mst_sheet *sheet = &waters->sheet[area->first.sheet];
    const double cap_m = cap_of(waters, area->first.sheet);
    for (int32_t i = 0; i < MST_TILE_NODES; i++)
        tile->clear_m[i] = (float)cap_m;
    const double south = sheet->lat_deg[area->first.y];
    const double north = sheet->lat_deg[area->first.y + area->rows - 1];
    const double west = sheet->lon_deg[area->first.x];
    const double east = sheet->lon_deg[area->first.x + area->columns - 1];
    const mst_plane narrow = mst_plane_at(fmin(89.9, fmax(fabs(south), fabs(north))));
    const double lat_margin = cap_m / 110500.0, lon_margin = cap_m / narrow.lon_m;
    const int32_t first = mst_shore_column(land, west - lon_margin);
    const int32_t last = mst_shore_column(land, east + lon_margin);
    for (int32_t row = mst_shore_row(land, south - lat_margin);
         row <= mst_shore_row(land, north + lat_margin); row++) {
        const int32_t *start = land->cell.start + (ptrdiff_t)row * land->columns;
        for (int32_t i = start[first]; i < start[last + 1]; i++) {
            const int32_t edge = land->cell.edge[i];
            near_edge(waters, tile, area, cap_m, land->point[edge], land->point[land->next[edge]]);
        }
    }
}

/** Nodes on land and off the box get distance 0. */
static void mark_land(const mst_waters *waters, mst_tile *tile, const patch *area)
{
    enum { CAPACITY = 1024 };
    double lon_deg[CAPACITY];
    int8_t turn[CAPACITY];
    const mst_sheet *sheet = &waters->sheet[area->first.sheet];
    const double *lon = sheet->lon_deg + area->first.x;
    const double lon_step = lon[1] - lon[0];
    for (int32_t y = 0; y < area->rows; y++) {
        const double lat_deg = sheet->lat_deg[area->first.y + y];
        float *clear_m = tile->clear_m + (ptrdiff_t)y * MST_TILE;
        const int32_t count = mst_shore_crossings(waters->land, lat_deg, lon_deg, turn, CAPACITY);
        // Each crossing is met by the rays eastward from all nodes west of it.
        int32_t winding[MST_TILE + 1] = {0};
        for (int32_t i = 0; i < count && i < CAPACITY; i++) {
            const double k = ceil((lon_deg[i] - lon[0]) / lon_step);
            winding[k <= 0.0 ? 0 : k >= MST_TILE ? MST_TILE : (int32_t)k] += turn[i];
        }
        int32_t sum = winding[MST_TILE];
        for (int32_t x = MST_TILE - 1; x >= 0; x--) {
            const muster_point point = {lat_deg, lon[0] + x * lon_step};
            const bool is_land =
                count > CAPACITY ? mst_land_is_land(waters->land, point) : sum != 0;
            if (is_land || x >= area->columns || !mst_land_covers(waters->land, point))
                clear_m[x] = 0.0F;
            sum += winding[x];
        }
    }
    for (int32_t i = area->rows * MST_TILE; i < MST_TILE_NODES; i++)
        tile->clear_m[i] = 0.0F;
}

/** Distance of a place from a straight line, metres. */
static double line_distance_m(muster_point point, muster_point a, muster_point b)
{
    const mst_plane plane = mst_plane_at(point.lat_deg);
    const mst_xy p = {0.0, 0.0};
    return sqrt(mst_xy_distance2(p, mst_plane_xy(plane, point, a), mst_plane_xy(plane, point, b)));
}

/** Distance of a place from closed gates and from the edges of avoided areas; negative inside. */
static double other_distance_m(const mst_waters *waters, muster_point point)
{
    if (mst_waters_avoided(waters, point) >= 0)
        return -1.0;
    double least_m = MST_OTHER_CAP_M;
    for (int32_t i = 0; i < waters->geography->gate_count; i++) {
        const mst_gate_line *gate = &waters->gate[i];
        if (gate->closed)
            least_m = fmin(least_m, line_distance_m(point, gate->a, gate->b));
    }
    for (int32_t i = 0; i < waters->geography->avoid_count; i++) {
        const mst_avoid *avoid = &waters->geography->avoid[i];
        if (avoid->point_count == 1)
            least_m =
                fmin(least_m, mst_sphere_distance_m(point, avoid->point[0]) - avoid->radius_m);
        for (int32_t k = 0; avoid->point_count > 1 && k < avoid->point_count; k++)
            least_m = fmin(least_m, line_distance_m(point, avoid->point[k],
                                                    avoid->point[(k + 1) % avoid->point_count]));
    }
    return least_m;
}

/** True if some closed gate or avoided area may be within the cap of the tile. */
static bool has_others(const mst_waters *waters, const patch *area)
{
    const mst_node far = {area->first.sheet, area->first.x + area->columns - 1,
                          area->first.y + area->rows - 1};
    const muster_point a = mst_node_point(waters, area->first), b = mst_node_point(waters, far);
    const muster_point middle = {0.5 * (a.lat_deg + b.lat_deg), 0.5 * (a.lon_deg + b.lon_deg)};
    const muster_point corner = {fabs(a.lat_deg) < fabs(b.lat_deg) ? a.lat_deg : b.lat_deg,
                                 a.lon_deg};
    // Twice the half diagonal: room for the flat map's error over a tile.
    const double reach_m = 2.0 * mst_sphere_distance_m(middle, corner) + MST_OTHER_CAP_M;
    bool any = mst_waters_avoided(waters, middle) >= 0;
    for (int32_t i = 0; i < waters->geography->gate_count && !any; i++)
        any = waters->gate[i].closed &&
              line_distance_m(middle, waters->gate[i].a, waters->gate[i].b) < reach_m;
    for (int32_t i = 0; i < waters->geography->avoid_count && !any; i++) {
        const mst_avoid *avoid = &waters->geography->avoid[i];
        if (avoid->point_count == 1)
            any = mst_sphere_distance_m(middle, avoid->point[0]) - avoid->radius_m < reach_m;
        for (int32_t k = 0; avoid->point_count > 1 && k < avoid->point_count && !any; k++)
            any = line_distance_m(middle, avoid->point[k],
                                  avoid->point[(k + 1) % avoid->point_count]) < reach_m;
    }
    return any;
}

static bool measure_others(const mst_waters *waters, mst_tile *tile, const patch *area)
{
    if (!has_others(waters, area))
        return true;
    tile->other_m = mst_arena_array(waters->arena, MST_TILE_NODES, sizeof(float));
    if (tile->other_m == NULL)
        return false;
    for (int32_t y = 0; y < area->rows; y++) {
        for (int32_t x = 0; x < area->columns; x++) {
            const mst_node node = {area->first.sheet, area->first.x + x, area->first.y + y};
            tile->other_m[y * MST_TILE + x] =
                (float)other_distance_m(waters, mst_node_point(waters, node));
        }
    }
    return true;
}

mst_tile *mst_lattice_tile(mst_waters *waters, mst_node node)
{
    const mst_sheet *sheet = &waters->sheet[node.sheet];
    mst_tile **place =
        &sheet->tile[(ptrdiff_t)(node.y / MST_TILE) * sheet->tile_columns + node.x / MST_TILE];
    if (*place == NULL) {
        mst_tile *tile = mst_arena_alloc(waters->arena, sizeof *tile);
        if (tile == NULL)
            return NULL;
        const patch area = patch_of(waters, node);
        measure_shore(waters, tile, &area);
        mark_land(waters, tile, &area);
        if (!measure_others(waters, tile, &area))
            return NULL;
        *place = tile;
    }
    return *place;
}

void mst_tile_see_zones(const mst_waters *waters, mst_tile *tile, mst_node node)
{
    if (tile->zone_run == waters->run)
        return;
    const patch area = patch_of(waters, node);
    const mst_node far = {node.sheet, area.first.x + area.columns - 1,
                          area.first.y + area.rows - 1};
    const muster_point a = mst_node_point(waters, area.first), b = mst_node_point(waters, far);
    tile->zone_run = waters->run;
    tile->near_zone = false;
    for (int32_t i = 0; i < waters->zone_count && !tile->near_zone; i++) {
        const mst_zone *zone = &waters->zone[i];
        const double lat_margin = zone->radius_m / 110000.0;
        const mst_plane narrow = mst_plane_at(fmin(89.9, fabs(zone->centre.lat_deg) + lat_margin));
        const double lon_margin = zone->radius_m / narrow.lon_m;
        tile->near_zone = zone->centre.lat_deg + lat_margin >= a.lat_deg &&
                          zone->centre.lat_deg - lat_margin <= b.lat_deg &&
                          zone->centre.lon_deg + lon_margin >= a.lon_deg &&
                          zone->centre.lon_deg - lon_margin <= b.lon_deg;
    }
}

double mst_node_slack_m(const mst_waters *waters, const mst_tile *tile, mst_node node)
{
    const int32_t index = mst_node_index(node);
    const double clear_m = (double)tile->clear_m[index];
    if (clear_m <= 0.0)
        return -1.0;
    double slack_m = clear_m - mst_waters_open_m(waters);
    if (tile->near_zone && slack_m < MST_OCEAN_SPARE_M) {
        const muster_point point = mst_node_point(waters, node);
        for (int32_t i = 0; i < waters->zone_count; i++) {
            const mst_zone *zone = &waters->zone[i];
            if (clear_m - zone->need_m <= slack_m ||
                fabs(point.lat_deg - zone->centre.lat_deg) * 110000.0 > zone->radius_m)
                continue;
            const double inside_m = zone->radius_m - mst_plane_distance_m(point, zone->centre);
            slack_m = fmax(slack_m, fmin(clear_m - zone->need_m, inside_m));
        }
    }
    if (tile->other_m != NULL)
        slack_m = fmin(slack_m, (double)tile->other_m[index]);
    return slack_m;
}

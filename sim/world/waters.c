/** @file waters.c
 * May a ship follow a leg? Exact, against the shore, the zones, gates and avoided areas.
 */
#include "world/waters.h"

/** Beyond its ends a gate line is lengthened by this before testing. */
static const double GATE_REACH_M = 10000.0;
/** Room for the zones of relief beside those of gates and ends. */
enum { SPARE_ZONES = 512 };
/** In a gate too narrow for the offing: half the way from the middle, at most half a mile. */
static const double GATE_NEED_SHARE = 0.5, GATE_NEED_MOST_M = 926.0;

/** Largest distance from land found on the line across a gate. */
static double gate_clear_m(const mst_waters *waters, const mst_gate *gate)
{
    const double length_m = muster_geo_distance_m(gate->a, gate->b);
    const int32_t steps = 1 + (int32_t)(fmin(length_m, 1e6) / 250.0);
    double most_m = 0.0;
    for (int32_t i = 0; i <= steps && most_m < waters->offing_m; i++) {
        const double t = (double)i / steps;
        const muster_point point = {gate->a.lat_deg + t * (gate->b.lat_deg - gate->a.lat_deg),
                                    gate->a.lon_deg + t * (gate->b.lon_deg - gate->a.lon_deg)};
        most_m = fmax(most_m, mst_land_distance_m(waters->land, point, waters->offing_m));
    }
    return most_m;
}

/** The gate with longitudes of the box, and its tested line. */
static mst_gate_line line_of(const mst_waters *waters, const mst_gate *gate, bool all_open)
{
    const mst_land *land = waters->land;
    mst_gate_line line = {
        muster_geo_destination(gate->a, muster_geo_azimuth_deg(gate->b, gate->a), GATE_REACH_M),
        muster_geo_destination(gate->b, muster_geo_azimuth_deg(gate->a, gate->b), GATE_REACH_M),
        !gate->open && !all_open};
    line.a.lon_deg = mst_shore_lon(land, muster_lon_inside(line.a.lon_deg));
    line.b.lon_deg = mst_shore_lon(land, muster_lon_inside(line.b.lon_deg));
    return line;
}

bool mst_geography_place(const mst_land *land, const mst_geography *given, mst_arena *arena,
                         mst_geography *out)
{
    mst_gate *gate = mst_arena_array(arena, (size_t)given->gate_count + 1, sizeof *gate);
    mst_avoid *avoid = mst_arena_array(arena, (size_t)given->avoid_count + 1, sizeof *avoid);
    if (gate == NULL || avoid == NULL)
        return false;
    for (int32_t i = 0; i < given->gate_count; i++) {
        gate[i] = given->gate[i];
        gate[i].a = mst_land_placed(land, gate[i].a);
        gate[i].b = mst_land_placed(land, gate[i].b);
    }
    for (int32_t i = 0; i < given->avoid_count; i++) {
        avoid[i] = given->avoid[i];
        muster_point *point =
            mst_arena_array(arena, (size_t)avoid[i].point_count + 1, sizeof *point);
        if (point == NULL)
            return false;
        for (int32_t k = 0; k < avoid[i].point_count; k++)
            point[k] = mst_land_placed(land, given->avoid[i].point[k]);
        avoid[i].point = point;
    }
    *out = *given;
    out->gate = gate;
    out->avoid = avoid;
    return true;
}

bool mst_waters_init(mst_waters *waters, const mst_land *land, const mst_geography *geography,
                     bool all_open, int32_t fine_steps, mst_arena *arena)
{
    *waters = (mst_waters){
        .land = land, .geography = geography, .arena = arena, .fine_steps = fine_steps};
    waters->offing_m = fmax(geography->offing_m, MST_LEAST_CLEAR_M);
    waters->zone_capacity = geography->gate_count + SPARE_ZONES;
    waters->zone = mst_arena_array(arena, (size_t)waters->zone_capacity, sizeof *waters->zone);
    waters->gate = mst_arena_array(arena, (size_t)geography->gate_count + 1, sizeof *waters->gate);
    if (arena->failed || !mst_lattice_init(waters))
        return false;
    for (int32_t i = 0; i < geography->gate_count; i++) {
        const mst_gate *gate = &geography->gate[i];
        waters->gate[i] = line_of(waters, gate, all_open);
        if (waters->gate[i].closed)
            continue;
        // A gate that is itself too narrow for the offing relaxes it all around.
        const double clear_m = gate_clear_m(waters, gate);
        if (clear_m >= waters->offing_m)
            continue;
        const muster_point middle = {
            0.5 * (gate->a.lat_deg + gate->b.lat_deg),
            mst_shore_lon(land, muster_lon_inside(0.5 * (gate->a.lon_deg + gate->b.lon_deg)))};
        (void)mst_waters_add_zone(
            waters,
            (mst_zone){MST_ZONE_GATE, middle,
                       0.5 * muster_geo_distance_m(gate->a, gate->b) +
                           fmax(geography->end_zone_m, waters->offing_m),
                       fmax(MST_LEAST_CLEAR_M, fmin(GATE_NEED_MOST_M, GATE_NEED_SHARE * clear_m))});
    }
    waters->gate_zone_count = waters->zone_count;
    return true;
}

void mst_waters_start(mst_waters *waters)
{
    waters->zone_count = waters->gate_zone_count;
    waters->run++;
}

bool mst_waters_add_zone(mst_waters *waters, mst_zone zone)
{
    if (waters->zone_count >= waters->zone_capacity)
        return false;
    waters->zone[waters->zone_count++] = zone;
    return true;
}

double mst_waters_need_m(const mst_waters *waters, muster_point point)
{
    double need_m = waters->offing_m;
    for (int32_t i = 0; i < waters->zone_count; i++) {
        const mst_zone *zone = &waters->zone[i];
        if (zone->need_m < need_m && mst_plane_distance_m(point, zone->centre) < zone->radius_m)
            need_m = zone->need_m;
    }
    return need_m;
}

/** True if a place lies in a polygon, by crossings of its parallel. */
static bool in_polygon(const mst_avoid *avoid, muster_point point)
{
    bool inside = false;
    for (int32_t i = 0; i < avoid->point_count; i++) {
        const muster_point a = avoid->point[i], b = avoid->point[(i + 1) % avoid->point_count];
        if ((a.lat_deg > point.lat_deg) != (b.lat_deg > point.lat_deg) &&
            point.lon_deg < a.lon_deg + (point.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) *
                                            (b.lon_deg - a.lon_deg))
            inside = !inside;
    }
    return inside;
}

int32_t mst_waters_avoided(const mst_waters *waters, muster_point point)
{
    for (int32_t i = 0; i < waters->geography->avoid_count; i++) {
        const mst_avoid *avoid = &waters->geography->avoid[i];
        if (avoid->point_count == 1
                ? mst_sphere_distance_m(point, avoid->point[0]) < avoid->radius_m
                : in_polygon(avoid, point))
            return i;
    }
    return -1;
}

static void unit_of(muster_point point, double out[3])
{
    const double lat = point.lat_deg * MST_DEG_RAD, lon = point.lon_deg * MST_DEG_RAD;
    out[0] = cos(lat) * cos(lon);
    out[1] = cos(lat) * sin(lon);
    out[2] = sin(lat);
}

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** Radius of the mean sphere, as in num/track.h. */
static const double MEAN_RADIUS_M = 6371008.7714;

mst_arc mst_arc_of(const mst_land *land, muster_point a, muster_point b)
{
    mst_arc arc = {.a = a, .b = b, .pieces = 1};
    arc.a.lon_deg = mst_shore_lon(land, a.lon_deg);
    arc.b.lon_deg = mst_shore_lon(land, b.lon_deg);
    double v[3];
    unit_of(arc.a, arc.u);
    unit_of(arc.b, v);
    const double along = dot(arc.u, v);
    double across = 0.0;
    for (int i = 0; i < 3; i++) {
        arc.w[i] = v[i] - along * arc.u[i];
        across += sq(arc.w[i]);
    }
    across = sqrt(across);
    for (int i = 0; i < 3 && across > 0.0; i++)
        arc.w[i] /= across;
    arc.angle_rad = atan2(across, along);
    arc.pieces = 1 + (int32_t)(arc.angle_rad * MEAN_RADIUS_M / MST_PIECE_M);
    return arc;
}

muster_point mst_arc_at(const mst_land *land, const mst_arc *arc, double share)
{
    if (share <= 0.0)
        return arc->a;
    if (share >= 1.0)
        return arc->b;
    const double c = cos(share * arc->angle_rad), s = sin(share * arc->angle_rad);
    const double x = c * arc->u[0] + s * arc->w[0], y = c * arc->u[1] + s * arc->w[1],
                 z = c * arc->u[2] + s * arc->w[2];
    const double lon = muster_lon_inside(atan2(y, x) / MST_DEG_RAD);
    return (muster_point){atan2(z, sqrt(sq(x) + sq(y))) / MST_DEG_RAD, mst_shore_lon(land, lon)};
}

/** True if the circle of an avoided area reaches the piece. */
static bool meets_circle(const mst_avoid *avoid, muster_point p, muster_point q)
{
    const double one_m = mst_sphere_distance_m(p, avoid->point[0]);
    const double length_m = mst_sphere_distance_m(p, q);
    if (one_m - length_m > avoid->radius_m)
        return false;
    double low = 0.0, high = 1.0;
    // The distance along a short piece has one minimum: golden section on the sphere.
    for (int i = 0; i < 40; i++) {
        const double one = low + 0.381966 * (high - low), two = high - 0.381966 * (high - low);
        const muster_point a = {p.lat_deg + one * (q.lat_deg - p.lat_deg),
                                p.lon_deg + one * (q.lon_deg - p.lon_deg)};
        const muster_point b = {p.lat_deg + two * (q.lat_deg - p.lat_deg),
                                p.lon_deg + two * (q.lon_deg - p.lon_deg)};
        if (mst_sphere_distance_m(a, avoid->point[0]) < mst_sphere_distance_m(b, avoid->point[0]))
            high = two;
        else
            low = one;
    }
    const double t = 0.5 * (low + high);
    const muster_point foot = {p.lat_deg + t * (q.lat_deg - p.lat_deg),
                               p.lon_deg + t * (q.lon_deg - p.lon_deg)};
    return fmin(mst_sphere_distance_m(foot, avoid->point[0]),
                fmin(one_m, mst_sphere_distance_m(q, avoid->point[0]))) < avoid->radius_m;
}

/** True if the piece from p to q crosses a closed gate or touches an avoided area. */
static bool meets_other(const mst_waters *waters, muster_point p, muster_point q)
{
    for (int32_t i = 0; i < waters->geography->gate_count; i++) {
        const mst_gate_line *gate = &waters->gate[i];
        if (gate->closed &&
            mst_xy_meet(mst_xy_of(p), mst_xy_of(q), mst_xy_of(gate->a), mst_xy_of(gate->b)))
            return true;
    }
    for (int32_t i = 0; i < waters->geography->avoid_count; i++) {
        const mst_avoid *avoid = &waters->geography->avoid[i];
        if (avoid->point_count == 1) {
            if (meets_circle(avoid, p, q))
                return true;
            continue;
        }
        if (in_polygon(avoid, p))
            return true;
        for (int32_t k = 0; k < avoid->point_count; k++)
            if (mst_xy_meet(mst_xy_of(p), mst_xy_of(q), mst_xy_of(avoid->point[k]),
                            mst_xy_of(avoid->point[(k + 1) % avoid->point_count])))
                return true;
    }
    return false;
}

static muster_point between(muster_point p, muster_point q, double t)
{
    return (muster_point){p.lat_deg + t * (q.lat_deg - p.lat_deg),
                          p.lon_deg + t * (q.lon_deg - p.lon_deg)};
}

enum { MOST_CUTS = 64 };

/**
 * Shares of the piece p, q at which it enters or leaves a zone, sorted, with 0 and 1.
 * Zones beyond the room for cuts are missed; then the stricter need holds (see piece_clear).
 */
static int32_t cut_at_zones(const mst_waters *waters, muster_point p, muster_point q,
                            double cut[MOST_CUTS])
{
    int32_t count = 0;
    cut[count++] = 0.0;
    for (int32_t i = 0; i < waters->zone_count && count + 3 <= MOST_CUTS; i++) {
        const mst_zone *zone = &waters->zone[i];
        if (fabs(zone->centre.lat_deg - p.lat_deg) * 110000.0 > zone->radius_m + 2 * MST_PIECE_M)
            continue;
        const mst_plane plane =
            mst_plane_at(0.5 * (zone->centre.lat_deg + 0.5 * (p.lat_deg + q.lat_deg)));
        const mst_xy a = mst_plane_xy(plane, zone->centre, p);
        const mst_xy b = mst_plane_xy(plane, zone->centre, q);
        const double dx = b.x - a.x, dy = b.y - a.y;
        const double aa = sq(dx) + sq(dy), half = a.x * dx + a.y * dy;
        const double root2 = sq(half) - aa * (sq(a.x) + sq(a.y) - sq(zone->radius_m));
        if (aa <= 0.0 || root2 <= 0.0)
            continue;
        const double ends[2] = {(-half - sqrt(root2)) / aa, (-half + sqrt(root2)) / aa};
        for (int k = 0; k < 2; k++)
            if (ends[k] > 0.0 && ends[k] < 1.0)
                cut[count++] = ends[k];
    }
    cut[count++] = 1.0;
    for (int32_t i = 1; i < count; i++)
        for (int32_t k = i; k > 0 && cut[k] < cut[k - 1]; k--) {
            const double swap = cut[k];
            cut[k] = cut[k - 1];
            cut[k - 1] = swap;
        }
    return count;
}

/** True if the piece keeps from land what each part of it must keep. */
static bool piece_clear(const mst_waters *waters, muster_point p, muster_point q)
{
    const double most_m = mst_waters_open_m(waters);
    const double clear_m = mst_shore_segment_m(waters->land, p, q, most_m);
    if (clear_m >= most_m)
        return true;
    if (clear_m <= 0.0 || waters->zone_count == 0)
        return false;
    double cut[MOST_CUTS];
    const int32_t count = cut_at_zones(waters, p, q, cut);
    for (int32_t i = 0; i + 1 < count; i++) {
        const double need_m = mst_waters_need_m(waters, between(p, q, 0.5 * (cut[i] + cut[i + 1])));
        if (clear_m < need_m && mst_shore_segment_m(waters->land, between(p, q, cut[i]),
                                                    between(p, q, cut[i + 1]), need_m) < need_m)
            return false;
    }
    return true;
}

/** True if the lattice alone shows that the piece is free. */
static bool plainly_free(mst_waters *waters, int32_t sheet, muster_point p, muster_point q)
{
    const muster_point middle = between(p, q, 0.5);
    const mst_node node = mst_node_near(waters, sheet, middle);
    mst_tile *tile = mst_lattice_tile(waters, node);
    if (tile == NULL)
        return false;
    mst_tile_see_zones(waters, tile, node);
    const double slack_m = mst_node_slack_m(waters, tile, node);
    if (slack_m <= 0.0)
        return false;
    // A little more than the flat map says, against its error.
    return 1.005 * (mst_plane_distance_m(mst_node_point(waters, node), middle) +
                    0.5 * mst_plane_distance_m(p, q)) <
           slack_m;
}

bool mst_waters_leg(mst_waters *waters, muster_point a, muster_point b)
{
    const mst_arc arc = mst_arc_of(waters->land, a, b);
    muster_point p = arc.a;
    for (int32_t i = 1; i <= arc.pieces; i++) {
        const muster_point q = mst_arc_at(waters->land, &arc, (double)i / arc.pieces);
        if (!mst_land_covers(waters->land, q))
            return false;
        if (!plainly_free(waters, MST_OCEAN, p, q) && !plainly_free(waters, MST_COARSE, p, q) &&
            (meets_other(waters, p, q) || !piece_clear(waters, p, q)))
            return false;
        p = q;
    }
    return true;
}

/** True if a place lies in a zone of one of the kinds. */
static bool in_zone(const mst_waters *waters, muster_point point, unsigned kinds)
{
    for (int32_t i = 0; i < waters->zone_count; i++) {
        const mst_zone *zone = &waters->zone[i];
        if ((kinds >> zone->kind & 1U) != 0 &&
            mst_plane_distance_m(point, zone->centre) < zone->radius_m)
            return true;
    }
    return false;
}

double mst_waters_leg_clear_m(const mst_waters *waters, muster_point a, muster_point b,
                              unsigned skip_kinds, double limit_m, bool *out_any)
{
    const mst_arc arc = mst_arc_of(waters->land, a, b);
    double least_m = limit_m;
    muster_point p = arc.a;
    for (int32_t i = 1; i <= arc.pieces; i++) {
        const muster_point q = mst_arc_at(waters->land, &arc, (double)i / arc.pieces);
        double cut[MOST_CUTS];
        const int32_t count = cut_at_zones(waters, p, q, cut);
        for (int32_t k = 0; k + 1 < count; k++) {
            // A cut that falls on the end of a piece leaves nothing worth measuring.
            if (cut[k + 1] - cut[k] < 1e-9 && count > 2)
                continue;
            if (in_zone(waters, between(p, q, 0.5 * (cut[k] + cut[k + 1])), skip_kinds))
                continue;
            *out_any = true;
            least_m = mst_shore_segment_m(waters->land, between(p, q, cut[k]),
                                          between(p, q, cut[k + 1]), least_m);
        }
        p = q;
    }
    return least_m;
}

/* Areas of reach: the line of the radius against the route finder, land, gates, the open ocean, the
 * meridian of 180 degrees, aircraft, and the form of the document. */
#include "batch/handles.h"
#include "flow.h"
#include "memory.h"
#include "test.h"
#include "world/contour.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char worked_case[] = "northern-interaction-2023.cfg";
/* Points farther from land than this lie on the line of the radius, not on a shore. */
static const double OFF_SHORE_M = 9000.0;

/* Uniform in 0..1; any fixed sequence will do. */
static double chance(void)
{
    static uint64_t state = 20230720;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(state >> 11) / 9007199254740992.0;
}

static json_t *ask(flow *f, const char *who, double hours)
{
    const muster_tell tell = {.scenario = f->scenario, .model = f->model};
    char *text = muster_tell_area(&tell, f->routes, who, NULL, hours, f->diags);
    assert_non_null(text);
    json_t *document = json_loads(text, 0, NULL);
    muster_tell_free(text, NULL);
    assert_non_null(document);
    return document;
}

/* The feature of a limit. */
static json_t *feature_of(json_t *document, const char *limit)
{
    size_t i, k;
    json_t *feature, *name;
    json_array_foreach(json_object_get(document, "features"), i, feature)
        json_array_foreach(flow_at(feature, "properties.limits"), k,
                           name) if (strcmp(json_string_value(name), limit) == 0) return feature;
    return NULL;
}

static muster_point point_of(const json_t *pair)
{
    return (muster_point){json_number_value(json_array_get(pair, 1)),
                          json_number_value(json_array_get(pair, 0))};
}

static bool in_ring(const json_t *ring, muster_point p)
{
    bool inside = false;
    for (size_t i = 0; i + 1 < json_array_size(ring); i++) {
        const muster_point a = point_of(json_array_get(ring, i));
        const muster_point b = point_of(json_array_get(ring, i + 1));
        if ((a.lat_deg > p.lat_deg) != (b.lat_deg > p.lat_deg) &&
            p.lon_deg < a.lon_deg + (p.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) *
                                        (b.lon_deg - a.lon_deg))
            inside = !inside;
    }
    return inside;
}

/* Inside the outer ring of a polygon and outside its holes: by the parity of rings that hold it. */
static bool is_inside(json_t *feature, muster_point p)
{
    size_t i, k;
    json_t *polygon, *ring;
    bool inside = false;
    p.lon_deg = muster_lon_outside(p.lon_deg);
    json_array_foreach(flow_at(feature, "geometry.coordinates"), i, polygon)
        json_array_foreach(polygon, k, ring) if (in_ring(ring, p)) inside = !inside;
    return inside;
}

static double way_m(const flow *f, muster_point from, muster_point to)
{
    muster_way way;
    if (muster_way_find(f->scenario, f->routes->land, from.lat_deg, from.lon_deg, to.lat_deg,
                        to.lon_deg, NULL, NULL, &way) != MUSTER_OK)
        return (double)INFINITY;
    return way.length_m;
}

static muster_point base_of(json_t *feature)
{
    return (muster_point){flow_real(feature, "properties.base_lat_deg"),
                          flow_real(feature, "properties.base_lon_deg")};
}

/* A random point of the line, off shore and not on the meridian of 180 degrees. */
static muster_point on_line(const flow *f, json_t *feature)
{
    json_t *polygons = flow_at(feature, "geometry.coordinates");
    for (;;) {
        json_t *polygon =
            json_array_get(polygons, (size_t)(chance() * (double)json_array_size(polygons)));
        json_t *ring = json_array_get(polygon, 0);
        const muster_point p =
            point_of(json_array_get(ring, (size_t)(chance() * (double)json_array_size(ring))));
        const muster_point there = mst_land_is_land(f->routes->land->land, p)
                                       ? p
                                       : (muster_point){p.lat_deg, muster_lon_inside(p.lon_deg)};
        if (fabs(p.lon_deg) < 180.0 &&
            mst_land_distance_m(f->routes->land->land, there, OFF_SHORE_M) >= OFF_SHORE_M)
            return there;
    }
}

/* On the line the way is as long as the radius; 4 % nearer and farther the area agrees with it. */
static void try_line(const flow *f, json_t *feature, int count)
{
    const double radius_m = flow_real(feature, "properties.radius_nm") * MUSTER_NM_M;
    const muster_point base = base_of(feature);
    double worst = 0.0;
    int judged = 0;
    for (int i = 0; i < count; i++) {
        const muster_point p = on_line(f, feature);
        const double off = way_m(f, base, p) / radius_m - 1.0;
        if (fabs(off) > 0.01)
            print_error("%s: %.4f %.4f is off by %.2f %%\n",
                        json_string_value(flow_at(feature, "properties.unit")), p.lat_deg,
                        p.lon_deg, 100.0 * off);
        worst = fmax(worst, fabs(off));
        if (i % 2 != 0)
            continue;
        const muster_point q =
            muster_geo_destination(p, 360.0 * chance(), (0.02 + 0.04 * chance()) * radius_m);
        const double there = way_m(f, base, q) / radius_m;
        if (fabs(there - 1.0) < 0.02 || !isfinite(there))
            continue;
        judged++;
        assert_int_equal(is_inside(feature, q), there < 1.0);
    }
    print_message("%s %s: %d points, worst %.3f %%; %d beside judged\n",
                  json_string_value(flow_at(feature, "properties.unit")),
                  json_string_value(flow_at(feature, "properties.limit")), count, 100.0 * worst,
                  judged);
    assert_true(worst < 0.01);
    assert_true(judged >= count / 12);
}

/* No point of the area lies on land, but within the width of a stroke of the shore. */
static void try_land(const flow *f, json_t *feature)
{
    const mst_land *land = f->routes->land->land;
    const muster_point base = base_of(feature);
    const double radius_m = flow_real(feature, "properties.radius_nm") * MUSTER_NM_M;
    int within = 0;
    for (int i = 0; i < 3000; i++) {
        const muster_point p =
            muster_geo_destination(base, 360.0 * chance(), radius_m * sqrt(chance()));
        if (!is_inside(feature, p))
            continue;
        within++;
        if (!mst_land_is_land(land, p))
            continue;
        double water_m = (double)INFINITY;
        for (int k = 0; k < 36; k++)
            for (double r = 500.0; r <= 3.0 * MUSTER_NM_M && r < water_m; r += 500.0)
                if (!mst_land_is_land(land, muster_geo_destination(p, 10.0 * k, r)))
                    water_m = r;
        assert_true(water_m <= 3.0 * MUSTER_NM_M);
    }
    assert_true(within > 300);
}

/* Rings closed, outer ones counter-clockwise, holes clockwise, inside the ranges, never across. */
static void try_form(json_t *document)
{
    size_t i, k, n, m;
    json_t *feature, *polygon, *ring, *pair;
    assert_string_equal(json_string_value(json_object_get(document, "type")), "FeatureCollection");
    json_array_foreach(json_object_get(document, "features"), i, feature)
    {
        assert_string_equal(json_string_value(flow_at(feature, "properties.kind")), "reach");
        json_array_foreach(flow_at(feature, "geometry.coordinates"), k, polygon)
        {
            assert_true(json_array_size(polygon) > 0);
            json_array_foreach(polygon, n, ring)
            {
                const size_t count = json_array_size(ring);
                double area = 0.0, last = 0.0;
                assert_true(count >= 4);
                assert_true(json_equal(json_array_get(ring, 0), json_array_get(ring, count - 1)));
                json_array_foreach(ring, m, pair)
                {
                    const muster_point p = point_of(pair);
                    const muster_point q = point_of(json_array_get(ring, (m + 1) % count));
                    assert_true(fabs(p.lat_deg) <= 90.0 && fabs(p.lon_deg) <= 180.0);
                    assert_true(m == 0 || fabs(p.lon_deg - last) < 180.0);
                    last = p.lon_deg;
                    area += p.lon_deg * q.lat_deg - q.lon_deg * p.lat_deg;
                }
                assert_true(n == 0 ? area > 0.0 : area < 0.0);
            }
        }
    }
}

/* Turn of a, b, c on the map of degrees. */
static double turn(muster_point a, muster_point b, muster_point c)
{
    return (b.lon_deg - a.lon_deg) * (c.lat_deg - a.lat_deg) -
           (b.lat_deg - a.lat_deg) * (c.lon_deg - a.lon_deg);
}

typedef struct segment {
    muster_point a, b;
} segment;

static double west_of(const segment *s)
{
    return fmin(s->a.lon_deg, s->b.lon_deg);
}

static int by_west(const void *one, const void *two)
{
    const double x = west_of(one), y = west_of(two);
    return (x > y) - (x < y);
}

static bool do_cross(const segment *s, const segment *t)
{
    return turn(s->a, s->b, t->a) * turn(s->a, s->b, t->b) < 0.0 &&
           turn(t->a, t->b, s->a) * turn(t->a, t->b, s->b) < 0.0;
}

/* No two segments of a feature's rings cross. */
static void try_crossings(json_t *feature)
{
    size_t i, k, n, count = 0, room = 0;
    json_t *polygon, *ring, *pair;
    segment *all = NULL;
    json_array_foreach(flow_at(feature, "geometry.coordinates"), i, polygon)
        json_array_foreach(polygon, k, ring) room += json_array_size(ring);
    all = malloc((room + 1) * sizeof *all);
    assert_non_null(all);
    json_array_foreach(flow_at(feature, "geometry.coordinates"), i, polygon)
        json_array_foreach(polygon, k, ring) json_array_foreach(ring, n, pair) if (n > 0)
            all[count++] = (segment){point_of(json_array_get(ring, n - 1)), point_of(pair)};
    assert_true(count > 0);
    qsort(all, count, sizeof *all, by_west);
    for (i = 0; i < count; i++) {
        const double east = fmax(all[i].a.lon_deg, all[i].b.lon_deg);
        for (k = i + 1; k < count && west_of(&all[k]) <= east; k++)
            if (do_cross(&all[i], &all[k]))
                fail_msg("rings cross near %.3f %.3f", all[i].a.lat_deg, all[i].a.lon_deg);
    }
    free(all);
}

static void test_lines_are_as_far_as_the_route_finder_says(void **context)
{
    static const struct {
        const char *unit, *limit;
        double hours;
    } ships[] = {{"najin-531", "allotment", 0.0},
                 {"najin-531", "tank", 24.0},
                 {"guiyang", "allotment", 24.0},
                 {"tributs", "tank", 24.0}};
    flow f;
    (void)context;
    assert_int_equal(flow_run(&f, worked_case, NULL, NULL), MUSTER_OK);
    for (size_t i = 0; i < sizeof ships / sizeof *ships; i++) {
        json_t *document = ask(&f, ships[i].unit, ships[i].hours);
        json_t *feature = feature_of(document, ships[i].limit);
        assert_non_null(feature);
        try_form(document);
        try_line(&f, feature, 24);
        try_land(&f, feature);
        size_t k;
        json_t *each;
        json_array_foreach(json_object_get(document, "features"), k, each) try_crossings(each);
        json_decref(document);
    }
    flow_close(&f);
}

/* What the ladder says, hours and all. */
static void test_radii_are_those_of_the_ladder(void **context)
{
    flow f;
    (void)context;
    assert_int_equal(flow_run(&f, worked_case, NULL, NULL), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *text = muster_tell_reach(&tell, "PRK", NULL, true, NULL);
    json_t *ladder = json_loads(text, 0, NULL), *areas = ask(&f, "najin-531", (double)NAN);
    json_t *unit = flow_find(json_object_get(ladder, "units"), "id", "najin-531"), *rung;
    size_t i;
    if (unit == NULL)
        unit = flow_find(json_object_get(ladder, "units"), "unit", "najin-531");
    assert_non_null(unit);
    json_array_foreach(json_object_get(unit, "ladder"), i, rung)
    {
        json_t *feature = feature_of(areas, json_string_value(json_object_get(rung, "limit")));
        if (i > 2) /* time and sea leave no line of their own */
            continue;
        assert_non_null(feature);
        assert_near(flow_real(feature, "properties.radius_nm"), flow_real(rung, "radius_nm"), 1e-3);
        assert_near(flow_real(feature, "properties.hours"), flow_real(unit, "hours_required"),
                    1e-9);
    }
    json_t *none = ask(&f, "najin-531", 5000.0);
    assert_true(json_is_null(json_object_get(feature_of(none, "tank"), "geometry")));
    json_decref(none);
    json_decref(areas);
    json_decref(ladder);
    muster_tell_free(text, NULL);
    flow_close(&f);
}

static void test_same_bytes_twice(void **context)
{
    flow f;
    (void)context;
    assert_int_equal(flow_run(&f, worked_case, NULL, NULL), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model};
    char *one = muster_tell_area(&tell, f.routes, "osa-east", NULL, 12.0, NULL);
    char *two = muster_tell_area(&tell, f.routes, "osa-east", NULL, 12.0, NULL);
    assert_non_null(one);
    assert_string_equal(one, two);
    muster_tell_free(one, NULL);
    muster_tell_free(two, NULL);
    flow_close(&f);
}

/* Square degrees within a feature. */
static double size_of(json_t *feature)
{
    size_t i, k, n;
    json_t *polygon, *ring, *pair;
    double sum = 0.0;
    json_array_foreach(flow_at(feature, "geometry.coordinates"), i, polygon)
        json_array_foreach(polygon, k, ring) json_array_foreach(ring, n, pair)
    {
        const muster_point p = point_of(pair);
        const muster_point q = point_of(json_array_get(ring, (n + 1) % json_array_size(ring)));
        sum += 0.5 * (p.lon_deg * q.lat_deg - q.lon_deg * p.lat_deg);
    }
    return sum;
}

/* With the eastern gates of the Sea of Japan closed a patrol boat does not get out there. */
static void test_a_closed_gate_keeps_a_ship_in(void **context)
{
    static const char *const east[] = {"straits.TSUGARU.open = false", "straits.SOYA.open = false",
                                       NULL};
    const muster_point pacific = {40.8, 143.0}, home_sea = {40.8, 138.0};
    flow open, shut;
    (void)context;
    assert_int_equal(flow_run(&open, worked_case, NULL, NULL), MUSTER_OK);
    assert_int_equal(flow_run(&shut, worked_case, NULL, east), MUSTER_OK);
    json_t *all = ask(&open, "soju-northeast", 24.0), *less = ask(&shut, "soju-northeast", 24.0);
    assert_true(is_inside(feature_of(all, "tank"), pacific));
    assert_true(is_inside(feature_of(all, "tank"), home_sea));
    assert_false(is_inside(feature_of(less, "tank"), pacific));
    assert_true(is_inside(feature_of(less, "tank"), home_sea));
    assert_true(size_of(feature_of(less, "tank")) < size_of(feature_of(all, "tank")));
    json_decref(all);
    json_decref(less);
    flow_close(&open);
    flow_close(&shut);
}

/* The same by the parts below, where a sea is closed by a gate. */
static void test_a_closed_sea(void **context)
{
    muster_land *land = NULL;
    (void)context;
    assert_int_equal(muster_land_open(NULL, 0, NULL, NULL, &land), MUSTER_OK);
    const mst_gate gates[] = {{"bohai", "Bohai", {38.75, 121.1}, {37.85, 120.75}, false}};
    const mst_geography shut = {
        .gate = gates, .gate_count = 1, .offing_m = 5556.0, .end_zone_m = 14816.0};
    const muster_point inside = {38.9, 119.5};
    struct mst_spread *spread = mst_spread_open(land->land, &shut, inside, 9e5, NULL);
    mst_arena arena;
    mst_contour contour;
    mst_arena_init(&arena, NULL);
    assert_non_null(spread);
    assert_true(mst_contour_sea(spread, 9e5, &arena, &contour));
    assert_true(contour.ring.count > 0);
    for (int32_t i = 0; i < contour.ring.count; i++)
        for (int32_t k = 0; k < MST_AT(mst_ring, &contour.ring, i)->count; k++)
            assert_true(MST_AT(mst_ring, &contour.ring, i)->point[k].lon_deg < 122.5);
    mst_spread_close(spread, NULL);
    mst_arena_clear(&arena);
    muster_land_free(land);
}

/* Where no land is near, the line is the circle; and it is cut at 180 degrees. */
static void try_ocean(muster_point from, double radius_m, int polygons, double *out_area)
{
    muster_land *land = NULL;
    const mst_geography open = {.offing_m = 5556.0, .end_zone_m = 14816.0};
    assert_int_equal(muster_land_open(NULL, 0, NULL, NULL, &land), MUSTER_OK);
    struct mst_spread *spread = mst_spread_open(land->land, &open, from, radius_m, NULL);
    mst_arena arena;
    mst_contour contour;
    mst_arena_init(&arena, NULL);
    assert_non_null(spread);
    assert_true(mst_contour_sea(spread, radius_m, &arena, &contour));
    assert_false(contour.is_clipped);
    assert_int_equal(contour.ring.count, polygons);
    *out_area = 0.0;
    for (int32_t i = 0; i < contour.ring.count; i++) {
        const mst_ring *ring = MST_AT(mst_ring, &contour.ring, i);
        *out_area += ring->area;
        for (int32_t k = 0; k < ring->count; k++) {
            const double off = muster_geo_distance_m(from, ring->point[k]) / radius_m - 1.0;
            assert_true(fabs(ring->point[k].lon_deg) <= 180.0);
            assert_true(fabs(off) < 0.005 || (off < 0.0 && fabs(ring->point[k].lon_deg) >= 180.0));
        }
    }
    mst_spread_close(spread, NULL);
    mst_arena_clear(&arena);
    muster_land_free(land);
}

static void test_the_open_ocean(void **context)
{
    double one = 0.0, two = 0.0, area = 0.0;
    (void)context;
    try_ocean((muster_point){33.0, 165.0}, 300.0 * MUSTER_NM_M, 1, &one);
    try_ocean((muster_point){33.0, 181.0}, 300.0 * MUSTER_NM_M, 2, &two);
    assert_near(two / one, 1.0, 2e-3);
    mst_arena arena;
    mst_contour circle;
    mst_arena_init(&arena, NULL);
    assert_true(mst_contour_air((muster_point){33.0, 179.0}, 300.0 * MUSTER_NM_M, &arena, &circle));
    assert_int_equal(circle.ring.count, 2);
    for (int32_t i = 0; i < circle.ring.count; i++)
        area += MST_AT(mst_ring, &circle.ring, i)->area;
    assert_near(area / one, 1.0, 2e-3);
    mst_arena_clear(&arena);
}

/* Each point of an aircraft's circle lies at its radius; a circle round a pole holds it. */
static void test_aircraft(void **context)
{
    flow f;
    (void)context;
    assert_int_equal(flow_run(&f, worked_case, NULL, NULL), MUSTER_OK);
    json_t *document = ask(&f, "mig23-bukchang", 0.25), *feature;
    size_t i, k;
    int circles = 0;
    try_form(document);
    json_array_foreach(json_object_get(document, "features"), i, feature)
    {
        if (strcmp(json_string_value(flow_at(feature, "properties.domain")), "air") != 0 ||
            json_is_null(json_object_get(feature, "geometry")))
            continue;
        json_t *ring = flow_at(feature, "geometry.coordinates[0][0]"), *pair;
        circles++;
        json_array_foreach(ring, k, pair)
            assert_near(muster_geo_distance_m(base_of(feature), point_of(pair)) / MUSTER_NM_M,
                        flow_real(feature, "properties.radius_nm"), 2e-3);
    }
    assert_true(circles > 0);
    json_decref(document);
    flow_close(&f);

    mst_arena arena;
    mst_contour pole;
    mst_arena_init(&arena, NULL);
    assert_true(mst_contour_air((muster_point){75.0, 100.0}, 3e6, &arena, &pole));
    assert_int_equal(pole.ring.count, 1);
    assert_true(MST_AT(mst_ring, &pole.ring, 0)->area > 0.0);
    double most = 0.0;
    for (int32_t n = 0; n < MST_AT(mst_ring, &pole.ring, 0)->count; n++)
        most = fmax(most, MST_AT(mst_ring, &pole.ring, 0)->point[n].lat_deg);
    assert_near(most, 90.0, 1e-9);
    assert_true(mst_contour_air((muster_point){10.0, 20.0}, (double)INFINITY, &arena, &pole));
    assert_near(MST_AT(mst_ring, &pole.ring, 0)->area, 64800.0, 1e-6);
    mst_arena_clear(&arena);
}

/* South of 50 S the land ends before the radius of a ship that lies near there: the area says so. */
static void test_the_box_of_the_land_clips(void **context)
{
    static const struct {
        muster_point from;
        bool is_clipped;
    } tries[] = {{{-47.0, 200.0}, true}, {{-30.0, 200.0}, false}};
    const mst_geography open = {.offing_m = 5556.0, .end_zone_m = 14816.0};
    muster_land *land = NULL;
    (void)context;
    assert_int_equal(muster_land_open(NULL, 0, NULL, NULL, &land), MUSTER_OK);
    for (size_t i = 0; i < 2; i++) {
        mst_arena arena;
        mst_contour contour;
        struct mst_spread *spread = mst_spread_open(land->land, &open, tries[i].from, 8e5, NULL);
        mst_arena_init(&arena, NULL);
        assert_non_null(spread);
        assert_true(mst_contour_sea(spread, 8e5, &arena, &contour));
        assert_int_equal(contour.is_clipped, tries[i].is_clipped);
        assert_true(contour.ring.count > 0);
        mst_spread_close(spread, NULL);
        mst_arena_clear(&arena);
    }
    muster_land_free(land);
}

/* Wherever memory ends: no text, a reason, nothing kept. */
static void test_memory_runs_short(void **context)
{
    flow f;
    (void)context;
    assert_int_equal(flow_run(&f, worked_case, NULL, NULL), MUSTER_OK);
    bool done = false;
    int32_t tries = 0;
    for (int32_t left = 0; !done; left += 1 + left / 4) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        const muster_tell tell = {.scenario = f.scenario, .model = f.model, .memory = &hook};
        muster_diags *diags = muster_diags_create(NULL);
        char *text = muster_tell_area(&tell, f.routes, "najin-531", NULL, 190.0, diags);
        done = memory.refused == 0;
        tries++;
        assert_true((text != NULL) == done);
        assert_true((muster_diags_error_count(diags) > 0) == !done);
        muster_tell_free(text, &hook);
        muster_diags_free(diags);
        assert_int_equal(memory.held, 0);
    }
    assert_true(tries > 10);
    flow_close(&f);
}

static void test_mistakes(void **context)
{
    flow f;
    (void)context;
    assert_int_equal(flow_run(&f, worked_case, NULL, NULL), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model};
    assert_null(muster_tell_area(&tell, f.routes, "najin-53", NULL, (double)NAN, f.diags));
    assert_null(muster_tell_area(&tell, f.routes, "nobody at all", NULL, (double)NAN, f.diags));
    assert_null(muster_tell_area(&tell, f.routes, NULL, "no-drill", (double)NAN, f.diags));
    assert_null(muster_tell_area(&tell, f.routes, "PRK", NULL, -1.0, f.diags));
    assert_null(muster_tell_area(&tell, f.routes, "PRK", NULL, (double)INFINITY, NULL));
    char *told = muster_tell_diags(f.diags, false, NULL);
    assert_non_null(strstr(told, "did you mean 'najin-531'?"));
    assert_non_null(strstr(told, "outside [0, 100000]"));
    muster_tell_free(told, NULL);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_as_far_as_the_route_finder_says),
        cmocka_unit_test(test_the_open_ocean),
        cmocka_unit_test(test_a_closed_sea),
        cmocka_unit_test(test_aircraft),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_the_box_of_the_land_clips),
        cmocka_unit_test(test_memory_runs_short),
        cmocka_unit_test(test_same_bytes_twice),
        cmocka_unit_test(test_radii_are_those_of_the_ladder),
        cmocka_unit_test(test_a_closed_gate_keeps_a_ship_in),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}

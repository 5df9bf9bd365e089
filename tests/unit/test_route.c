/** Routes: known lengths, a second method, and what must hold for every route. */
#include "test.h"

#include "world/route.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NM MUSTER_NM_M

static mst_land *land;

/** Straits with checked ends (open or not set by each test). */
enum {
    TSUGARU,
    SOYA,
    KOREA_W,
    KOREA_E,
    TATAR,
    OSUMI,
    BUNGO,
    KANMON,
    AKASHI,
    NARUTO,
    JEJU,
    BOHAI,
    NEMURO,
    QIONGZHOU,
    BASHI,
    MIYAKO,
    IKI,
    GATES
};
static const mst_gate all_gates[GATES] = {
    {"tsugaru", "Tsugaru Strait", {41.26, 140.34}, {41.40, 140.20}, true},
    {"soya", "Soya Strait", {45.52, 141.94}, {45.90, 142.08}, true},
    {"korea-w", "Korea Strait, west", {35.05, 129.08}, {34.68, 129.43}, true},
    {"korea-e", "Korea Strait, east", {34.10, 129.25}, {33.85, 129.68}, true},
    {"tatar", "Nevelskoi Strait", {52.20, 141.45}, {52.15, 141.65}, true},
    {"osumi", "Osumi Strait", {31.00, 130.66}, {30.80, 130.50}, true},
    {"bungo", "Hoyo Strait", {33.34, 131.90}, {33.35, 132.01}, true},
    {"kanmon", "Kanmon Strait", {33.96, 130.96}, {33.95, 130.94}, false},
    {"akashi", "Akashi Strait", {34.63, 135.03}, {34.60, 135.02}, true},
    {"naruto", "Naruto Strait", {34.24, 134.63}, {34.24, 134.66}, true},
    {"jeju", "Jeju Strait", {33.60, 126.50}, {34.25, 126.55}, true},
    {"bohai", "Laotieshan channel", {38.72, 121.13}, {38.40, 120.92}, true},
    {"nemuro", "Nemuro Strait", {43.70, 145.30}, {43.85, 145.45}, true},
    {"qiongzhou", "Qiongzhou Strait", {20.24, 110.25}, {20.07, 110.25}, true},
    {"bashi", "Bashi Channel", {21.90, 120.85}, {21.12, 121.95}, true},
    {"miyako", "Miyako Strait", {24.95, 125.40}, {26.15, 127.25}, true},
    {"iki", "Iki channel", {33.80, 129.72}, {33.55, 129.88}, true},
};

static const muster_point qingdao = {35.950, 120.420}, munchon = {39.230, 127.600},
                          vladivostok = {42.950, 131.850}, centre = {39.5, 134.0},
                          sighting = {33.57, 128.30}, naha = {26.220, 127.630},
                          sasebo = {33.080, 129.630}, petropavlovsk = {52.780, 158.700},
                          kure = {33.95, 132.50}, ominato = {41.050, 140.950};

/** The gates, to be opened and closed, and a geography of them at an offing in nautical miles. */
typedef struct world {
    mst_gate gate[GATES];
    mst_geography geography;
} world;

static void world_init(world *w, double offing_nm)
{
    memcpy(w->gate, all_gates, sizeof all_gates);
    w->geography = (mst_geography){.gate = w->gate,
                                   .gate_count = GATES,
                                   .offing_m = offing_nm * NM,
                                   .end_zone_m = (offing_nm + 5.0) * NM};
}

static void close_gate(world *w, int gate)
{
    w->gate[gate].open = false;
}

static mst_route_wanted wish(muster_point from, muster_point to)
{
    return (mst_route_wanted){from, to, "start", "goal", {"drill.cfg", 17}};
}

/** The book of one wish, which must be found. */
static mst_route_book *book_of(const world *w, muster_point from, muster_point to)
{
    const mst_route_wanted wanted = wish(from, to);
    muster_diags *diags = muster_diags_create(NULL);
    mst_route_book *book = NULL;
    const muster_status status =
        mst_route_book_build(land, &w->geography, &wanted, 1, NULL, diags, &book);
    if (status != MUSTER_OK)
        fail_msg("%s", muster_diags_count(diags) > 0 ? muster_diags_at(diags, 0)->message : "?");
    assert_int_equal(muster_diags_count(diags), 0);
    muster_diags_free(diags);
    return book;
}

static double length_nm(const world *w, muster_point from, muster_point to)
{
    mst_route_book *book = book_of(w, from, to);
    const double out = mst_route_book_at(book, 0)->line.length_m / NM;
    mst_route_book_free(book);
    return out;
}

static bool passes(const mst_route *route, int gate)
{
    for (int32_t i = 0; i < route->gate_count; i++)
        if (route->gate[i] == gate)
            return true;
    return false;
}

/** The message of the one error that the wish must give; in a buffer of the caller. */
static void error_of(const mst_geography *geography, muster_point from, muster_point to,
                     char out[512])
{
    const mst_route_wanted wanted = wish(from, to);
    muster_diags *diags = muster_diags_create(NULL);
    mst_route_book *book = NULL;
    assert_int_equal(mst_route_book_build(land, geography, &wanted, 1, NULL, diags, &book),
                     MUSTER_MISTAKE);
    assert_null(book);
    assert_int_equal(muster_diags_count(diags), 1);
    assert_int_equal(muster_diags_error_count(diags), 1);
    assert_string_equal(muster_diags_at(diags, 0)->file, "drill.cfg");
    assert_int_equal(muster_diags_at(diags, 0)->line, 17);
    strncpy(out, muster_diags_at(diags, 0)->message, 511);
    out[511] = '\0';
    muster_diags_free(diags);
}

static void assert_says(const char *message, const char *words)
{
    if (strstr(message, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", message, words);
}

static int open_land(void **state)
{
    (void)state;
    muster_diags *diags = muster_diags_create(NULL);
    const muster_status status =
        mst_land_open(mst_land_bytes, mst_land_byte_count, NULL, diags, &land);
    muster_diags_free(diags);
    return status == MUSTER_OK ? 0 : -1;
}

static int close_land(void **state)
{
    (void)state;
    mst_land_free(land);
    return 0;
}

/** Follows a route as ships do, every 150 m, never over land. */
static void assert_at_sea(const mst_route *route)
{
    const int32_t steps = 1 + (int32_t)(route->line.length_m / 150.0);
    for (int32_t i = 0; i <= steps; i++) {
        const muster_point p = mst_line_position(&route->line, route->line.length_m * i / steps);
        if (mst_land_is_land(land, p))
            fail_msg("%s to %s is on land at %.5f %.5f", route->from_name, route->to_name,
                     p.lat_deg, p.lon_deg);
    }
    for (int32_t i = 0; i + 1 < route->line.point_count; i++)
        assert_true(route->line.at_m[i] < route->line.at_m[i + 1]);
}

/* ---- lengths ---- */

static void test_route__lengths_of_the_worked_case(void **state)
{
    (void)state;
    world w;
    world_init(&w, 3.0);
    /* The figures the project's definitions state, 415 and 298 nm, within 1.5 %. */
    assert_near(length_nm(&w, qingdao, sighting), 415.0, 415.0 * 0.015);
    assert_near(length_nm(&w, munchon, centre), 298.0, 298.0 * 0.015);
}

/*
 * Second method, run once by a program that shares no routing code: the visibility graph of the
 * convex corners of the same shore, legs on great circles tested against the polygons every
 * 8 km, edges measured by the ellipsoidal geodesic, A* over up to 4,354 corners. At offing 0 a
 * corner is put 5 m off, so that a leg along a shore does not touch it; at 3 nm each corner
 * becomes 36 points of the circle round it (0.4 % outside it, so that chords between them stay
 * out). Without gates but for the closed Kanmon Strait, which none of these routes needs; end
 * zones none at 3 nm. Exact to about 0.01 nm, at 3 nm long by 0.4 % of the arcs at the capes.
 */
static void test_route__within_a_fifth_of_a_percent_of_the_visibility_graph(void **state)
{
    (void)state;
    static const struct {
        muster_point from, to;
        double offing_nm, exact_nm;
    } known[] = {
        {{35.950, 120.420}, {33.57, 128.30}, 0.0, 414.690},
        {{33.080, 129.630}, {39.5, 134.0}, 0.0, 443.232},
        {{41.050, 140.950}, {38.0, 138.0}, 0.0, 254.694},
        {{42.950, 131.850}, {43.9, 146.5}, 0.0, 711.496},
        {{35.950, 120.420}, {39.5, 134.0}, 0.0, 809.983},
        {{33.950, 132.500}, {32.5, 132.2}, 0.0, 95.241},
        {{38.630, 124.900}, {33.57, 128.3}, 0.0, 378.857},
        {{33.0, 128.4}, {36.0, 130.6}, 3.0, 210.564},
        {{41.5, 139.0}, {41.2, 142.0}, 3.0, 145.781},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        world w;
        world_init(&w, known[i].offing_nm);
        w.geography.end_zone_m = 0.0;
        const double found_nm = length_nm(&w, known[i].from, known[i].to);
        /* 1 % is promised, 0.2 % is what is reached; never shorter, but for the last digits, the
         * 10 m (here) against 5 m (there) kept off the shore, and the arcs. */
        assert_near(found_nm, known[i].exact_nm, 0.002 * known[i].exact_nm);
        assert_true(found_nm > known[i].exact_nm - 0.03);
    }
}

static void test_route__open_water_is_the_geodesic(void **state)
{
    (void)state;
    world w;
    world_init(&w, 3.0);
    mst_route_book *book = book_of(&w, (muster_point){39.5, 134.0}, (muster_point){41.7, 136.3});
    const mst_route *route = mst_route_book_at(book, 0);
    assert_int_equal(route->line.point_count, 2);
    assert_near(route->line.length_m, route->geodesic_m, 0.0);
    assert_near(route->geodesic_m, muster_geo_distance_m(centre, (muster_point){41.7, 136.3}),
                1e-6);
    mst_route_book_free(book);
}

static void test_route__same_place_is_a_route_of_no_length(void **state)
{
    (void)state;
    world w;
    world_init(&w, 3.0);
    mst_route_book *book = book_of(&w, qingdao, qingdao);
    const mst_route *route = mst_route_book_at(book, 0);
    assert_int_equal(route->line.point_count, 1);
    assert_near(route->line.length_m, 0.0, 0.0);
    assert_near(route->geodesic_m, 0.0, 0.0);
    const muster_point p = mst_line_position(&route->line, 1000.0);
    assert_near(p.lat_deg, qingdao.lat_deg, 1e-12);
    assert_near(p.lon_deg, qingdao.lon_deg, 1e-12);
    mst_route_book_free(book);
}

/* ---- properties ---- */

static const struct {
    muster_point from, to;
} samples[] = {
    {{35.950, 120.420}, {42.950, 131.850}}, {{38.630, 124.900}, {39.5, 134.0}},
    {{26.220, 127.630}, {39.5, 134.0}},     {{35.200, 139.760}, {39.5, 134.0}},
    {{33.950, 132.500}, {35.600, 135.350}}, {{41.050, 140.950}, {42.950, 131.850}},
    {{42.950, 131.850}, {52.780, 158.700}}, {{52.780, 158.700}, {52.0, -175.0}},
    {{52.0, -175.0}, {25.5, 126.3}},        {{14.700, 120.180}, {29.850, 122.500}},
    {{51.5, 141.0}, {54.0, 141.5}},         {{35.03, 129.10}, {34.85, 128.85}},
};
enum { SAMPLES = sizeof samples / sizeof samples[0] };

static void test_route__properties_of_every_route(void **state)
{
    (void)state;
    for (int offing_nm = 0; offing_nm <= 3; offing_nm += 3) {
        world w;
        world_init(&w, offing_nm);
        mst_route_wanted wanted[2 * SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            wanted[2 * i] = wish(samples[i].from, samples[i].to);
            wanted[2 * i + 1] = wish(samples[i].to, samples[i].from);
        }
        mst_route_book *book = NULL;
        assert_int_equal(
            mst_route_book_build(land, &w.geography, wanted, 2 * SAMPLES, NULL, NULL, &book),
            MUSTER_OK);
        /* Both directions are one route. */
        assert_int_equal(mst_route_book_count(book), SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            bool forth = true, back = false;
            assert_int_equal(mst_route_book_of_wish(book, 2 * i, &forth), i);
            assert_int_equal(mst_route_book_of_wish(book, 2 * i + 1, &back), i);
            assert_false(forth);
            assert_true(back);
            const mst_route *route = mst_route_book_at(book, i);
            assert_true(route->line.length_m >= route->geodesic_m);
            const muster_point first = route->line.point[0];
            const muster_point last = route->line.point[route->line.point_count - 1];
            assert_near(first.lat_deg, samples[i].from.lat_deg, 0.0);
            assert_near(last.lon_deg, muster_lon_inside(samples[i].to.lon_deg), 0.0);
            assert_at_sea(route);
        }
        mst_route_book_free(book);
    }
}

static void test_route__is_the_same_from_both_ends(void **state)
{
    (void)state;
    world w;
    world_init(&w, 3.0);
    mst_route_book *forth = book_of(&w, qingdao, vladivostok);
    mst_route_book *back = book_of(&w, vladivostok, qingdao);
    const mst_line *a = &mst_route_book_at(forth, 0)->line, *b = &mst_route_book_at(back, 0)->line;
    assert_int_equal(a->point_count, b->point_count);
    for (int32_t i = 0; i < a->point_count; i++)
        assert_memory_equal(&a->point[i], &b->point[a->point_count - 1 - i], sizeof a->point[i]);
    /* Sums in opposite order: rounding only. */
    assert_near(a->length_m, b->length_m, 1e-6);
    assert_int_equal(mst_route_book_at(forth, 0)->gate_count, 2);
    assert_int_equal(mst_route_book_at(forth, 0)->gate[0], JEJU);
    assert_int_equal(mst_route_book_at(forth, 0)->gate[1], KOREA_W);
    assert_int_equal(mst_route_book_at(back, 0)->gate[0], KOREA_W);
    mst_route_book_free(forth);
    mst_route_book_free(back);
}

static void test_route__does_not_depend_on_the_other_wishes(void **state)
{
    (void)state;
    world w;
    world_init(&w, 3.0);
    const mst_route_wanted wanted[] = {wish(naha, centre), wish(qingdao, centre),
                                       wish(sasebo, vladivostok), wish(qingdao, sighting)};
    mst_route_book *many = NULL;
    assert_int_equal(mst_route_book_build(land, &w.geography, wanted, 4, NULL, NULL, &many),
                     MUSTER_OK);
    for (int i = 0; i < 4; i++) {
        mst_route_book *one = book_of(&w, wanted[i].from, wanted[i].to);
        const mst_line *a = &mst_route_book_at(many, i)->line;
        const mst_line *b = &mst_route_book_at(one, 0)->line;
        assert_int_equal(a->point_count, b->point_count);
        assert_memory_equal(a->point, b->point, (size_t)a->point_count * sizeof a->point[0]);
        assert_memory_equal(a->at_m, b->at_m, (size_t)a->point_count * sizeof a->at_m[0]);
        mst_route_book_free(one);
    }
    mst_route_book_free(many);
}

static void test_route__crosses_longitude_180_as_one_line(void **state)
{
    (void)state;
    world w;
    world_init(&w, 3.0);
    mst_route_book *book = book_of(&w, petropavlovsk, (muster_point){52.0, -175.0});
    const mst_line *line = &mst_route_book_at(book, 0)->line;
    for (int32_t i = 0; i + 1 < line->point_count; i++)
        assert_true(fabs(line->point[i + 1].lon_deg - line->point[i].lon_deg) < 20.0);
    assert_near(line->point[line->point_count - 1].lon_deg, 185.0, 1e-9);
    /* Open ocean but for the capes of the start and one island group: hardly a detour. */
    assert_in_range((long)(line->length_m * 1e4 / mst_route_book_at(book, 0)->geodesic_m), 10000,
                    10050);
    mst_route_book_free(book);
}

/* ---- gates ---- */

static void test_route__every_strait_can_be_passed(void **state)
{
    (void)state;
    static const struct {
        int gate;
        muster_point from, to;
    } known[] = {
        {TSUGARU, {41.0, 139.5}, {41.3, 141.8}}, {SOYA, {45.9, 141.0}, {45.6, 143.5}},
        {KOREA_W, {34.3, 128.6}, {35.6, 130.0}}, {KOREA_E, {33.7, 129.0}, {34.6, 130.3}},
        {TATAR, {51.5, 141.0}, {54.0, 141.5}},   {OSUMI, {30.6, 129.8}, {31.2, 131.6}},
        {BUNGO, {33.0, 131.95}, {33.7, 132.0}},  {KANMON, {34.1, 130.7}, {33.9, 131.3}},
        {AKASHI, {34.5, 134.7}, {34.5, 135.2}},  {NARUTO, {34.0, 134.75}, {34.3, 134.55}},
        {JEJU, {33.8, 125.8}, {33.9, 127.3}},    {BOHAI, {38.0, 121.5}, {39.0, 120.3}},
        {NEMURO, {43.55, 145.6}, {44.1, 145.5}}, {QIONGZHOU, {20.15, 109.5}, {20.2, 111.0}},
        {BASHI, {21.5, 120.3}, {21.5, 122.5}},   {MIYAKO, {26.0, 125.5}, {25.0, 127.2}},
    };
    for (int offing_nm = 0; offing_nm <= 3; offing_nm += 3) {
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
            world w;
            world_init(&w, offing_nm);
            w.gate[KANMON].open = true;
            mst_route_book *open = book_of(&w, known[i].from, known[i].to);
            const mst_route *route = mst_route_book_at(open, 0);
            if (!passes(route, known[i].gate))
                fail_msg("%s is not passed at offing %d nm", w.gate[known[i].gate].name, offing_nm);
            assert_at_sea(route);
            /* Closed, the same two points are farther apart, and the gate is not passed. */
            close_gate(&w, known[i].gate);
            mst_route_book *closed = book_of(&w, known[i].from, known[i].to);
            assert_true(mst_route_book_at(closed, 0)->line.length_m >
                        route->line.length_m + 1000.0);
            assert_false(passes(mst_route_book_at(closed, 0), known[i].gate));
            mst_route_book_free(open);
            mst_route_book_free(closed);
        }
    }
}

static void test_route__closing_a_gate_never_shortens(void **state)
{
    (void)state;
    static const int gates[] = {TSUGARU, SOYA, KOREA_W, KOREA_E, OSUMI, BUNGO, JEJU, MIYAKO};
    const mst_route_wanted wanted[] = {wish(qingdao, centre), wish(naha, centre),
                                       wish(vladivostok, petropavlovsk), wish(kure, sasebo)};
    enum { WISHES = 4 };
    world w;
    world_init(&w, 3.0);
    mst_route_book *open = NULL;
    assert_int_equal(mst_route_book_build(land, &w.geography, wanted, WISHES, NULL, NULL, &open),
                     MUSTER_OK);
    int longer = 0;
    for (size_t i = 0; i < sizeof gates / sizeof gates[0]; i++) {
        world_init(&w, 3.0);
        close_gate(&w, gates[i]);
        mst_route_book *closed = NULL;
        assert_int_equal(
            mst_route_book_build(land, &w.geography, wanted, WISHES, NULL, NULL, &closed),
            MUSTER_OK);
        for (int k = 0; k < WISHES; k++) {
            const double before_m = mst_route_book_at(open, k)->line.length_m;
            const double after_m = mst_route_book_at(closed, k)->line.length_m;
            /* Both are taut to 2 parts in 100,000 only. */
            assert_true(after_m > before_m * (1.0 - 1e-4));
            longer += after_m > before_m * 1.001 ? 1 : 0;
            if (passes(mst_route_book_at(open, k), gates[i]))
                assert_true(after_m > before_m);
        }
        mst_route_book_free(closed);
    }
    assert_in_range(longer, 4, 31);
    mst_route_book_free(open);
}

static void test_route__closed_korea_strait_sends_ships_round_japan(void **state)
{
    (void)state;
    world w;
    world_init(&w, 3.0);
    const double open_nm = length_nm(&w, qingdao, centre);
    close_gate(&w, KOREA_W);
    close_gate(&w, KOREA_E);
    close_gate(&w, IKI); /* the channel between Iki and Kyushu */
    mst_route_book *book = book_of(&w, qingdao, centre);
    const mst_route *route = mst_route_book_at(book, 0);
    assert_true(passes(route, TSUGARU));
    assert_true(route->line.length_m / NM > 1.8 * open_nm);
    assert_at_sea(route);
    mst_route_book_free(book);
}

/* ---- offing ---- */

static void test_route__offing_is_kept_outside_end_zones(void **state)
{
    (void)state;
    static const double offings_nm[] = {1.0, 3.0, 7.3};
    for (size_t i = 0; i < sizeof offings_nm / sizeof offings_nm[0]; i++) {
        world w;
        world_init(&w, offings_nm[i]);
        mst_route_book *book = book_of(&w, qingdao, centre);
        const mst_route *route = mst_route_book_at(book, 0);
        double least_m = 1e9;
        const int32_t steps = (int32_t)(route->line.length_m / 200.0);
        for (int32_t k = 0; k <= steps; k++) {
            const muster_point p =
                mst_line_position(&route->line, route->line.length_m * k / steps);
            if (muster_geo_distance_m(p, qingdao) > w.geography.end_zone_m * 1.002 &&
                muster_geo_distance_m(p, centre) > w.geography.end_zone_m * 1.002)
                least_m = fmin(least_m, mst_land_distance_m(land, p, 30000.0));
        }
        /* Flat map 0.3 %, and the sag of a 10 km piece against its chord, 2 m. */
        assert_true(least_m > w.geography.offing_m * 0.997 - 5.0);
        assert_true(route->least_offing_m > w.geography.offing_m * 0.997 - 5.0);
        /* A taut route touches the offing somewhere; samples stand 200 m apart. */
        assert_near(route->least_offing_m, least_m, 0.01 * least_m + 10.0);
        assert_near(route->least_offing_m, w.geography.offing_m, 0.02 * w.geography.offing_m);
        assert_near(route->offing_m, w.geography.offing_m, 0.0);
        mst_route_book_free(book);
    }
}

static void test_route__more_offing_is_never_shorter(void **state)
{
    (void)state;
    double before_nm = 0.0;
    for (int i = 0; i < 5; i++) {
        world w;
        world_init(&w, 1.5 * i);
        const double now_nm = length_nm(&w, qingdao, vladivostok);
        assert_true(now_nm > before_nm * (1.0 - 1e-4));
        before_nm = now_nm;
    }
}

static void test_route__offing_that_cannot_be_kept_is_said(void **state)
{
    (void)state;
    world w;
    world_init(&w, 3.0);
    /* The mouth of Mutsu Bay is about 11 km wide where 3 nm on both sides need 11.1. */
    mst_route_book *book = book_of(&w, ominato, (muster_point){41.9, 141.9});
    const mst_route *route = mst_route_book_at(book, 0);
    assert_true(route->least_offing_m < 2.9 * NM);
    assert_true(route->least_offing_m > 1.0 * NM); /* not worse than it must be */
    assert_at_sea(route);
    mst_route_book_free(book);

    /* An offing that no strait of this sea has, and no gate that would excuse it: still a route,
     * and the truth about it. The Korea Strait lets a ship keep 12 nm off or a little more. */
    world_init(&w, 30.0);
    w.geography.gate_count = 0;
    book = book_of(&w, qingdao, centre);
    route = mst_route_book_at(book, 0);
    assert_true(route->least_offing_m < 16.0 * NM);
    assert_true(route->least_offing_m > 6.0 * NM);
    assert_at_sea(route);
    mst_route_book_free(book);
}

/* ---- ends in awkward places ---- */

static void test_route__leaves_inlets_narrower_than_the_lattice(void **state)
{
    (void)state;
    /* The inner harbours of Sasebo, Hiroshima and Jinhae; inside Kiaochow Bay. */
    static const muster_point inlets[] = {
        {33.155, 129.715}, {34.20, 132.50}, {35.13, 128.69}, {36.10, 120.30}};
    for (size_t i = 0; i < sizeof inlets / sizeof inlets[0]; i++) {
        for (int offing_nm = 0; offing_nm <= 3; offing_nm += 3) {
            world w;
            world_init(&w, offing_nm);
            mst_route_book *book = book_of(&w, inlets[i], centre);
            assert_at_sea(mst_route_book_at(book, 0));
            mst_route_book_free(book);
        }
    }
}

static void test_route__starts_a_few_metres_off_a_shore(void **state)
{
    (void)state;
    /* Off every seventh vertex of a large island's ring, 8 m to the side that is water. */
    int32_t best = 0, count = 0, tried = 0;
    for (int32_t i = 0; i < mst_land_ring_count(land); i++) {
        int32_t points = 0;
        const muster_point p = mst_land_ring(land, i, &points)[0];
        if (p.lat_deg > 32.0 && p.lat_deg < 34.0 && p.lon_deg > 126.0 && p.lon_deg < 127.2 &&
            points > count) {
            best = i;
            count = points;
        }
    }
    const muster_point *ring = mst_land_ring(land, best, &count);
    world w;
    world_init(&w, 3.0);
    for (int32_t i = 0; i < count; i += 7) {
        for (int side = 0; side < 8; side++) {
            const muster_point p = muster_geo_destination(ring[i], 45.0 * side, 8.0);
            if (mst_land_distance_m(land, p, 10.0) < 2.0)
                continue;
            mst_route_book *book = book_of(&w, p, sighting);
            assert_at_sea(mst_route_book_at(book, 0));
            mst_route_book_free(book);
            tried++;
            break;
        }
    }
    assert_true(tried >= 4);
}

/* ---- areas to avoid ---- */

static void test_route__avoids_polygons_and_circles(void **state)
{
    (void)state;
    static const muster_point corners[] = {
        {38.3, 130.2}, {38.3, 131.9}, {40.4, 131.4}, {40.4, 130.7}};
    static const muster_point middle[] = {{39.37, 131.1}};
    const mst_avoid avoids[] = {{"range", corners, 4, 0.0}, {"islet", middle, 1, 41.3 * NM}};
    for (int i = 0; i < 2; i++) {
        world w;
        world_init(&w, 3.0);
        const double free_nm = length_nm(&w, munchon, centre);
        w.geography.avoid = &avoids[i];
        w.geography.avoid_count = 1;
        mst_route_book *book = book_of(&w, munchon, centre);
        const mst_line *line = &mst_route_book_at(book, 0)->line;
        assert_true(line->length_m / NM > free_nm + 2.0);
        assert_true(line->length_m / NM < free_nm + 60.0);
        double nearest_m = 1e9;
        const int32_t steps = (int32_t)(line->length_m / 150.0);
        for (int32_t k = 0; k <= steps; k++) {
            const muster_point p = mst_line_position(line, line->length_m * k / steps);
            nearest_m = fmin(nearest_m, mst_sphere_distance_m(p, middle[0]));
            if (i == 0) /* well inside the quadrilateral */
                assert_false(p.lat_deg > 38.31 && p.lat_deg < 40.39 && p.lon_deg > 130.69 &&
                             p.lon_deg < 131.41);
        }
        if (i == 1) { /* round the circle, touching it (10 km pieces sag 2 m) */
            assert_true(nearest_m > 41.3 * NM - 5.0);
            assert_true(nearest_m < 41.3 * NM * 1.01);
        }
        mst_route_book_free(book);

        char message[512];
        error_of(&w.geography, (muster_point){39.3, 131.0}, centre, message);
        assert_says(message, avoids[i].id);
    }
}

/* ---- mistakes ---- */

static void test_route__says_what_is_wrong_with_a_point(void **state)
{
    (void)state;
    world w;
    world_init(&w, 3.0);
    char message[512];
    error_of(&w.geography, (muster_point){43.11, 131.89}, centre, message);
    assert_says(message, "'start' (43.110 N, 131.890 E) is on land");
    assert_says(message, "nearest water is 0.4 nm");
    error_of(&w.geography, centre, (muster_point){65.0, -164.0}, message); /* west Alaska */
    assert_says(message, "'goal' (65.000 N, 164.000 W) is on land");
    error_of(&w.geography, centre, (muster_point){25.0, 56.5}, message);
    assert_says(message, "'goal' (25.000 N, 56.500 E) is outside the land box");
    assert_says(message, "90 E eastward to 125 W, 50 S to 75 N");
    error_of(&w.geography, (muster_point){(double)NAN, 134.0}, centre, message);
    assert_says(message, "outside the land box");
    w.geography.offing_m = -1.0;
    muster_diags *diags = muster_diags_create(NULL);
    mst_route_book *book = NULL;
    assert_int_equal(mst_route_book_build(land, &w.geography, NULL, 0, NULL, diags, &book),
                     MUSTER_MISTAKE);
    assert_int_equal(muster_diags_error_count(diags), 1);
    muster_diags_free(diags);
}

static void test_route__names_the_gate_that_shuts_a_sea(void **state)
{
    (void)state;
    static const int shut[] = {TSUGARU, SOYA, KOREA_W, KOREA_E, TATAR, IKI};
    world w;
    world_init(&w, 3.0);
    for (size_t i = 0; i < sizeof shut / sizeof shut[0]; i++)
        close_gate(&w, shut[i]);
    char message[512];
    error_of(&w.geography, qingdao, centre, message);
    assert_says(message, "no way by sea from 'start' to 'goal'");
    assert_says(message, "'korea-w'");
    assert_null(strstr(message, "bashi"));
    error_of(&w.geography, centre, petropavlovsk, message);
    assert_says(message, "'soya'");
    /* Inside the closed sea all is well. */
    assert_near(length_nm(&w, munchon, centre), 298.0, 298.0 * 0.015);
}

static void test_route__says_so_when_no_gate_would_help(void **state)
{
    (void)state;
    /* A ring of avoided water round an end. */
    static const muster_point ring[] = {{39.0, 133.0}, {39.0, 135.0}, {40.0, 135.0}, {40.0, 133.0},
                                        {39.0, 133.0}, {39.2, 133.2}, {39.8, 133.2}, {39.8, 134.8},
                                        {39.2, 134.8}, {39.2, 133.2}};
    const mst_avoid avoid = {"ring", ring, 10, 0.0};
    world w;
    world_init(&w, 3.0);
    w.geography.avoid = &avoid;
    w.geography.avoid_count = 1;
    char message[512];
    error_of(&w.geography, munchon, centre, message);
    assert_says(message, "no way by sea");
    assert_says(message, "areas to avoid");
}

static void test_route__every_bad_wish_is_reported(void **state)
{
    (void)state;
    world w;
    world_init(&w, 3.0);
    const muster_point inland = {36.0, 138.0};
    const mst_route_wanted wanted[] = {wish(inland, centre), wish(qingdao, centre),
                                       wish(munchon, (muster_point){0.0, 20.0}),
                                       wish(centre, inland)};
    muster_diags *diags = muster_diags_create(NULL);
    mst_route_book *book = NULL;
    assert_int_equal(mst_route_book_build(land, &w.geography, wanted, 4, NULL, diags, &book),
                     MUSTER_MISTAKE);
    /* The fourth is the first backwards: said once. */
    assert_int_equal(muster_diags_error_count(diags), 2);
    muster_diags_free(diags);
}

/* ---- key, time, memory ---- */

static void test_route__key_depends_on_all_and_only_that(void **state)
{
    (void)state;
    world w, other;
    world_init(&w, 3.0);
    world_init(&other, 3.0);
    mst_route_wanted wanted = wish(qingdao, centre);
    const uint64_t key = mst_route_book_key(land, &w.geography, &wanted, 1);
    wanted.place.line = 99; /* where the wish stands is not geography */
    assert_true(mst_route_book_key(land, &other.geography, &wanted, 1) == key);
    close_gate(&other, NARUTO);
    assert_true(mst_route_book_key(land, &other.geography, &wanted, 1) != key);
    world_init(&other, 3.1);
    assert_true(mst_route_book_key(land, &other.geography, &wanted, 1) != key);
    const mst_avoid avoid = {"islet", &centre, 1, 5000.0};
    world_init(&other, 3.0);
    other.geography.avoid = &avoid;
    other.geography.avoid_count = 1;
    assert_true(mst_route_book_key(land, &other.geography, &wanted, 1) != key);
    wanted.to.lat_deg += 1e-7;
    assert_true(mst_route_book_key(land, &w.geography, &wanted, 1) != key);
    mst_route_book *book = book_of(&w, qingdao, sighting);
    wanted = wish(qingdao, sighting);
    assert_true(mst_route_book_hash(book) == mst_route_book_key(land, &w.geography, &wanted, 1));
    mst_route_book_free(book);
}

static void test_route__is_quick_enough(void **state)
{
    (void)state;
    static const muster_point ends[] = {
        {35.950, 120.420}, {42.950, 131.850}, {39.230, 127.600}, {42.80, 132.40},
        {42.12, 130.32},   {39.95, 128.22},   {40.15, 128.68},   {38.72, 121.20},
        {29.850, 122.500}, {26.220, 127.630}, {33.080, 129.630}, {35.600, 135.350},
        {37.520, 129.200}, {35.030, 129.100}, {38.630, 124.900}, {41.050, 140.950},
        {33.15, 126.48},   {34.85, 128.85},   {35.43, 129.47},   {31.05, 122.60}};
    enum { ENDS = sizeof ends / sizeof ends[0] };
    mst_route_wanted wanted[ENDS];
    for (int i = 0; i < ENDS; i++)
        wanted[i] = wish(ends[i], centre);
    world w;
    world_init(&w, 3.0);
    mst_route_book *book = NULL;
    clock_t start = clock();
    assert_int_equal(mst_route_book_build(land, &w.geography, wanted, ENDS, NULL, NULL, &book),
                     MUSTER_OK);
    /* One second is the aim and about a third of it is used; five leave room for sanitizers. */
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5.0);
    mst_route_book_free(book);
    /* Far ways: a few seconds are allowed, a fifth of one is used. */
    start = clock();
    assert_true(length_nm(&w, (muster_point){52.0, -175.0}, (muster_point){25.5, 126.3}) > 3072.0);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 10.0);
}

typedef struct purse {
    int left;    /* allocations still granted */
    int balance; /* granted and not yet given back */
} purse;

static void *take(size_t bytes, void *context)
{
    purse *p = context;
    if (p->left-- <= 0)
        return NULL;
    p->balance++;
    return malloc(bytes);
}

static void give(void *block, void *context)
{
    if (block != NULL)
        ((purse *)context)->balance--;
    free(block);
}

static void test_route__short_memory_is_said_and_nothing_leaks(void **state)
{
    (void)state;
    world w;
    world_init(&w, 3.0);
    const mst_route_wanted wanted[] = {wish(sasebo, centre), wish(munchon, munchon)};
    muster_status status = MUSTER_WORLD;
    int granted = 0, failures = 0;
    for (; status != MUSTER_OK && granted < 2000; granted += granted < 12 ? 1 : 3) {
        purse p = {granted, 0};
        const muster_memory memory = {take, give, &p};
        muster_diags *diags = muster_diags_create(NULL);
        mst_route_book *book = NULL;
        status = mst_route_book_build(land, &w.geography, wanted, 2, &memory, diags, &book);
        if (status != MUSTER_OK) {
            assert_int_equal(status, MUSTER_WORLD);
            assert_true(muster_diags_error_count(diags) >= 1);
            assert_null(book);
            failures++;
        }
        mst_route_book_free(book);
        muster_diags_free(diags);
        assert_int_equal(p.balance, 0);
    }
    assert_int_equal(status, MUSTER_OK);
    assert_true(failures > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_route__lengths_of_the_worked_case),
        cmocka_unit_test(test_route__within_a_fifth_of_a_percent_of_the_visibility_graph),
        cmocka_unit_test(test_route__open_water_is_the_geodesic),
        cmocka_unit_test(test_route__same_place_is_a_route_of_no_length),
        cmocka_unit_test(test_route__properties_of_every_route),
        cmocka_unit_test(test_route__is_the_same_from_both_ends),
        cmocka_unit_test(test_route__does_not_depend_on_the_other_wishes),
        cmocka_unit_test(test_route__crosses_longitude_180_as_one_line),
        cmocka_unit_test(test_route__every_strait_can_be_passed),
        cmocka_unit_test(test_route__closing_a_gate_never_shortens),
        cmocka_unit_test(test_route__closed_korea_strait_sends_ships_round_japan),
        cmocka_unit_test(test_route__offing_is_kept_outside_end_zones),
        cmocka_unit_test(test_route__more_offing_is_never_shorter),
        cmocka_unit_test(test_route__offing_that_cannot_be_kept_is_said),
        cmocka_unit_test(test_route__leaves_inlets_narrower_than_the_lattice),
        cmocka_unit_test(test_route__starts_a_few_metres_off_a_shore),
        cmocka_unit_test(test_route__avoids_polygons_and_circles),
        cmocka_unit_test(test_route__says_what_is_wrong_with_a_point),
        cmocka_unit_test(test_route__names_the_gate_that_shuts_a_sea),
        cmocka_unit_test(test_route__says_so_when_no_gate_would_help),
        cmocka_unit_test(test_route__every_bad_wish_is_reported),
        cmocka_unit_test(test_route__key_depends_on_all_and_only_that),
        cmocka_unit_test(test_route__is_quick_enough),
        cmocka_unit_test(test_route__short_memory_is_said_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, open_land, close_land);
}

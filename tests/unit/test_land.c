/** The land: known places, hand-made shapes, second methods, and bytes that are no land. */
#include "test.h"

#include "base/hash.h"
#include "world/land.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static mst_land *land; /* the shipped extract, opened once */

/* ---- making extracts by hand ---- */

typedef struct bytes {
    unsigned char at[4096];
    size_t count;
} bytes;

static void put_double(bytes *out, double value)
{
    memcpy(out->at + out->count, &value, 8); /* the tests run on little-endian machines */
    out->count += 8;
}

static void put_number(bytes *out, uint32_t value)
{
    for (; value > 127; value >>= 7)
        out->at[out->count++] = (unsigned char)(value | 128U);
    out->at[out->count++] = (unsigned char)value;
}

static void put_step(bytes *out, int32_t step)
{
    put_number(out, step < 0 ? 2U * (uint32_t)(-step) - 1U : 2U * (uint32_t)step);
}

static void seal(bytes *out, size_t body)
{
    const uint64_t hash = mst_hash_bytes(MST_HASH_START, out->at, body);
    for (int i = 0; i < 8; i++)
        out->at[body + (size_t)i] = (unsigned char)(hash >> (8 * i));
    out->count = body + 8;
}

/** An extract of box 100..110 E, 0..10 N with steps of 0.001 degree; rings of whole steps. */
static bytes extract(const int32_t (*point)[2], const int32_t *ring_size, uint32_t rings)
{
    static const double head[8] = {100, 110, 0, 10, 100, 0, 0.001, 0.001};
    bytes out = {.count = 0};
    uint32_t total = 0;
    for (uint32_t i = 0; i < rings; i++)
        total += (uint32_t)ring_size[i];
    memcpy(out.at, "MSTLAND1", 8);
    out.count = 8;
    for (int i = 0; i < 8; i++)
        put_double(&out, head[i]);
    memcpy(out.at + out.count, &rings, 4);
    memcpy(out.at + out.count + 4, &total, 4);
    out.count += 8;
    int32_t x = 0, y = 0;
    for (uint32_t i = 0; i < rings; i++) {
        put_number(&out, (uint32_t)ring_size[i]);
        for (int32_t k = 0; k < ring_size[i]; k++, point++) {
            put_step(&out, (*point)[0] - x);
            put_step(&out, (*point)[1] - y);
            x = (*point)[0];
            y = (*point)[1];
        }
    }
    seal(&out, out.count);
    return out;
}

/** A diamond about 103 E 4 N, a square 106..108 E 2..4 N with a hole 106.5..107.5 E 2.5..3.5 N. */
static bytes shapes(void)
{
    static const int32_t point[][2] = {{3000, 3000}, {4000, 4000}, {3000, 5000}, {2000, 4000},
                                       {6000, 2000}, {8000, 2000}, {8000, 4000}, {6000, 4000},
                                       {6500, 2500}, {6500, 3500}, {7500, 3500}, {7500, 2500}};
    static const int32_t size[] = {4, 4, 4};
    return extract(point, size, 3);
}

static mst_land *open_bytes(const bytes *from)
{
    muster_diags *diags = muster_diags_create(NULL);
    mst_land *out = NULL;
    assert_int_equal(mst_land_open(from->at, from->count, NULL, diags, &out), MUSTER_OK);
    assert_int_equal(muster_diags_count(diags), 0);
    muster_diags_free(diags);
    return out;
}

static int open_shipped(void **state)
{
    (void)state;
    muster_diags *diags = muster_diags_create(NULL);
    const muster_status status =
        mst_land_open(mst_land_bytes, mst_land_byte_count, NULL, diags, &land);
    muster_diags_free(diags);
    return status == MUSTER_OK ? 0 : -1;
}

static int close_shipped(void **state)
{
    (void)state;
    mst_land_free(land);
    return 0;
}

/** 0 <= x < 1, the same on every machine (Knuth's MMIX generator). */
static double chance(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* ---- the shipped extract ---- */

static long figure(const char *text, const char *name)
{
    const char *line = strstr(text, name);
    assert_non_null(line);
    return strtol(line + strlen(name), NULL, 10);
}

static void test_land__shipped_extract_is_the_one_described(void **state)
{
    (void)state;
    char text[2048] = "";
    FILE *file = fopen(MUSTER_SOURCE_DIR "/sim/world/land/land.txt", "r");
    if (file == NULL) {
        fail_msg("no land.txt");
        return;
    }
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);

    long points = 0;
    for (int32_t i = 0; i < mst_land_ring_count(land); i++) {
        int32_t count = 0;
        (void)mst_land_ring(land, i, &count);
        points += count;
    }
    assert_int_equal(mst_land_ring_count(land), figure(text, "rings "));
    assert_int_equal(points, figure(text, "points "));
    assert_int_equal(mst_land_byte_count, figure(text, "bytes "));

    char hash[32];
    snprintf(hash, sizeof hash, "fnv1a64  %016llx", (unsigned long long)mst_land_hash(land));
    assert_non_null(strstr(text, hash));
    assert_int_equal(mst_land_hash(land),
                     mst_hash_bytes(MST_HASH_START, mst_land_bytes, mst_land_byte_count));

    double west = 0, east = 0, south = 0, north = 0;
    mst_land_box(land, &west, &east, &south, &north);
    assert_near(west, 90.0, 0.0);
    assert_near(east, 235.0, 0.0);
    assert_near(south, -50.0, 0.0);
    assert_near(north, 75.0, 0.0);
}

static void test_land__known_places(void **state)
{
    (void)state;
    static const muster_point on_land[] = {
        {36.27, 120.37}, {43.40, 132.15}, {39.41, 125.89}, {36.39, 136.41}, {42.79, 141.67},
        {31.37, 130.84}, {35.89, 128.66}, {-25.3, 131.0},  {51.17, 128.45}, {66.0, 187.0},
        {67.5, 179.9},   {67.5, 180.0},   {67.5, 180.1},   {67.5, -179.9},  {71.1, 180.0},
        {19.6, 204.5},   {26.5, 128.0},   {37.5, 130.86},  {34.4, 129.35}};
    static const muster_point at_sea[] = {
        {35.950, 120.420}, {42.950, 131.850}, {39.230, 127.600}, {52.780, 158.700},
        {26.220, 127.630}, {33.080, 129.630}, {35.200, 139.760}, {14.700, 120.180},
        {39.5, 134.0},     {41.33, 140.27},   {52.18, 141.55},   {0.3, 180.0},
        {60.0, 180.0},     {-40.0, 234.9},    {34.63, 135.025},  {45.7, 142.0}};
    for (size_t i = 0; i < sizeof on_land / sizeof on_land[0]; i++)
        if (!mst_land_is_land(land, on_land[i]))
            fail_msg("%.3f %.3f should be land", on_land[i].lat_deg, on_land[i].lon_deg);
    for (size_t i = 0; i < sizeof at_sea / sizeof at_sea[0]; i++)
        if (mst_land_is_land(land, at_sea[i]))
            fail_msg("%.3f %.3f should be sea", at_sea[i].lat_deg, at_sea[i].lon_deg);
}

static void test_land__box_is_kept(void **state)
{
    (void)state;
    assert_true(mst_land_covers(land, (muster_point){39.5, 134.0}));
    assert_true(mst_land_covers(land, (muster_point){52.0, -175.0})); /* any turn */
    assert_true(mst_land_covers(land, (muster_point){75.0, 90.0}));
    assert_false(mst_land_covers(land, (muster_point){39.0, 60.0}));
    assert_false(mst_land_covers(land, (muster_point){75.01, 134.0}));
    assert_false(mst_land_covers(land, (muster_point){(double)NAN, 134.0}));
    assert_false(mst_land_covers(land, (muster_point){30.0, (double)INFINITY}));
    assert_false(mst_land_is_land(land, (muster_point){50.0, 60.0})); /* land, but outside */
}

/** Even-odd over every edge of every ring: slow, and without any index. */
static bool is_land_slowly(muster_point p)
{
    bool inside = false;
    for (int32_t r = 0; r < mst_land_ring_count(land); r++) {
        int32_t count = 0;
        const muster_point *ring = mst_land_ring(land, r, &count);
        for (int32_t i = 0, j = count - 1; i < count; j = i++)
            if ((ring[i].lat_deg > p.lat_deg) != (ring[j].lat_deg > p.lat_deg) &&
                p.lon_deg < ring[i].lon_deg + (p.lat_deg - ring[i].lat_deg) /
                                                  (ring[j].lat_deg - ring[i].lat_deg) *
                                                  (ring[j].lon_deg - ring[i].lon_deg))
                inside = !inside;
    }
    return inside;
}

static void test_land__agrees_with_a_slow_second_method(void **state)
{
    (void)state;
    uint64_t seed = 20230720;
    int land_count = 0;
    for (int i = 0; i < 400; i++) {
        const muster_point p = {-49.0 + 123.0 * chance(&seed), 90.5 + 144.0 * chance(&seed)};
        assert_int_equal(mst_land_is_land(land, p), is_land_slowly(p));
        land_count += mst_land_is_land(land, p) ? 1 : 0;
    }
    /* Vertices of the shore give the latitudes at which crossings are hardest to count. */
    int32_t count = 0;
    const muster_point *ring = mst_land_ring(land, 0, &count);
    for (int i = 0; i < 100; i++) {
        const muster_point p = {ring[(int32_t)(chance(&seed) * count)].lat_deg,
                                90.5 + 144.0 * chance(&seed)};
        assert_int_equal(mst_land_is_land(land, p), is_land_slowly(p));
    }
    assert_in_range(land_count, 40, 360); /* both answers occurred */
}

/** Least distance to densely taken points of all edges near a place. */
static double distance_slowly(muster_point p)
{
    double least_m = 1e9;
    for (int32_t r = 0; r < mst_land_ring_count(land); r++) {
        int32_t count = 0;
        const muster_point *ring = mst_land_ring(land, r, &count);
        for (int32_t i = 0, j = count - 1; i < count; j = i++) {
            if (fabs(ring[i].lat_deg - p.lat_deg) > 3.0 || fabs(ring[i].lon_deg - p.lon_deg) > 4.0)
                continue;
            for (int k = 0; k < 8; k++) {
                const muster_point q = {
                    ring[i].lat_deg + k / 8.0 * (ring[j].lat_deg - ring[i].lat_deg),
                    ring[i].lon_deg + k / 8.0 * (ring[j].lon_deg - ring[i].lon_deg)};
                least_m = fmin(least_m, muster_geo_distance_m(p, q));
            }
        }
    }
    return least_m;
}

static void test_land__distance_agrees_with_dense_points(void **state)
{
    (void)state;
    static const muster_point places[] = {
        {41.33, 140.27}, {39.5, 134.0}, {33.57, 128.30}, {52.18, 141.55}, {60.3, 179.4}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const double slow_m = distance_slowly(places[i]);
        const double fast_m = mst_land_distance_m(land, places[i], 400000.0);
        /* The points are up to 1/16 of an edge (100 m or so) from the nearest place of it: they
         * can only be farther, by at most that. Flat map: 0.2 %. */
        assert_in_range((long)slow_m, (long)(fast_m * 0.998), (long)(fast_m * 1.002 + 150.0));
    }
    assert_near(mst_land_distance_m(land, places[1], 5000.0), 5000.0, 0.0); /* not beyond */
    assert_near(mst_land_distance_m(land, (muster_point){36.39, 136.41}, 5e5), 0.0, 0.0);
}

static void test_land__segments_cross_known_land(void **state)
{
    (void)state;
    const muster_point yellow_sea = {36.0, 124.0}, east_sea = {37.0, 131.5}, off = {36.0, 123.2};
    const muster_point pacific = {38.0, 143.0}, tsugaru_west = {41.33, 140.27};
    assert_true(mst_land_blocks(land, yellow_sea, east_sea));
    assert_true(mst_land_blocks(land, east_sea, yellow_sea));
    assert_true(mst_land_blocks(land, east_sea, pacific));
    assert_false(mst_land_blocks(land, yellow_sea, off));
    assert_true(mst_land_blocks(land, tsugaru_west, (muster_point){41.33, 141.9}));
    assert_true(mst_land_blocks(land, (muster_point){67.5, 179.0}, (muster_point){67.5, 181.0}));
    assert_false(mst_land_blocks(land, (muster_point){60.0, 179.0}, (muster_point){60.0, 181.0}));
    assert_false(mst_land_blocks(land, (muster_point){60.0, 179.0}, (muster_point){60.0, -179.0}));
}

/* ---- hand-made shapes ---- */

static void test_land__inside_and_outside_at_vertex_latitudes(void **state)
{
    (void)state;
    const bytes made = shapes();
    mst_land *small = open_bytes(&made);
    /* 3, 4, 5 N are latitudes of vertices of the diamond; 2, 4 of the square. */
    assert_false(mst_land_is_land(small, (muster_point){4.0, 101.2}));
    assert_true(mst_land_is_land(small, (muster_point){4.0, 102.7}));
    assert_true(mst_land_is_land(small, (muster_point){4.0, 103.9}));
    assert_false(mst_land_is_land(small, (muster_point){4.0, 104.1}));
    assert_false(mst_land_is_land(small, (muster_point){3.0, 102.3}));
    assert_false(mst_land_is_land(small, (muster_point){3.0, 103.7}));
    assert_false(mst_land_is_land(small, (muster_point){5.0, 102.3}));
    assert_false(mst_land_is_land(small, (muster_point){2.0, 105.3}));
    assert_true(mst_land_is_land(small, (muster_point){2.5, 106.2}));
    assert_true(mst_land_is_land(small, (muster_point){3.5, 107.7}));
    assert_false(mst_land_is_land(small, (muster_point){3.1, 107.1})); /* the hole */
    mst_land_free(small);
}

static void test_land__touching_blocks(void **state)
{
    (void)state;
    const bytes made = shapes();
    mst_land *small = open_bytes(&made);
    const muster_point south_west = {2.5, 102.5}, north_east = {5.5, 103.7};
    assert_true(mst_land_blocks(small, south_west, north_east));
    /* Past the western corner (102 E): at it, and a metre beside it. */
    assert_true(mst_land_blocks(small, (muster_point){2.7, 102.0}, (muster_point){6.1, 102.0}));
    assert_false(
        mst_land_blocks(small, (muster_point){2.7, 101.99999}, (muster_point){6.1, 101.99999}));
    assert_true(mst_land_blocks(small, (muster_point){3.1, 107.1}, (muster_point){4.7, 107.1}));
    assert_false(mst_land_blocks(small, (muster_point){3.1, 107.1}, (muster_point){3.3, 106.9}));
    assert_true(mst_land_blocks(small, (muster_point){4.0, 103.1}, (muster_point){4.0, 103.2}));
    mst_land_free(small);
}

static void test_land__distance_of_a_straight_shore(void **state)
{
    (void)state;
    const bytes made = shapes();
    mst_land *small = open_bytes(&made);
    /* South of the square's southern shore, and diagonally off its corner at 2 N 108 E. */
    const muster_point south = {1.737, 106.913}, corner = {1.811, 108.263};
    const double south_m = muster_geo_distance_m(south, (muster_point){2.0, 106.913});
    const double corner_m = muster_geo_distance_m(corner, (muster_point){2.0, 108.0});
    /* The foot is found on a flat map; the distance to it is the geodesic's: 1 part in 10^4. */
    assert_near(mst_land_distance_m(small, south, 1e5), south_m, 3.0);
    assert_near(mst_land_distance_m(small, corner, 1e5), corner_m, 3.0);
    mst_land_free(small);
}

/* ---- bytes that are no land ---- */

/** Opens any bytes; what opens must answer, what does not must say why. */
static bool survives(const unsigned char *at, size_t count)
{
    muster_diags *diags = muster_diags_create(NULL);
    mst_land *out = NULL;
    const muster_status status = mst_land_open(at, count, NULL, diags, &out);
    if (status == MUSTER_OK) {
        (void)mst_land_is_land(out, (muster_point){4.0, 103.0});
        (void)mst_land_blocks(out, (muster_point){1.0, 101.0}, (muster_point){9.0, 109.0});
        (void)mst_land_distance_m(out, (muster_point){1.0, 101.0}, 50000.0);
        mst_land_free(out);
    } else {
        assert_int_equal(status, MUSTER_MISTAKE);
        assert_null(out);
        assert_int_equal(muster_diags_error_count(diags), 1);
        assert_true(strlen(muster_diags_at(diags, 0)->message) > 20);
    }
    muster_diags_free(diags);
    return status == MUSTER_OK;
}

static void test_land__any_cut_is_refused(void **state)
{
    (void)state;
    const bytes made = shapes();
    for (size_t count = 0; count < made.count; count++)
        assert_false(survives(made.at, count));
    uint64_t seed = 7;
    for (int i = 0; i < 40; i++)
        assert_false(
            survives(mst_land_bytes, (size_t)(chance(&seed) * (double)mst_land_byte_count)));
}

static void test_land__any_changed_byte_is_refused(void **state)
{
    (void)state;
    uint64_t seed = 41;
    for (int i = 0; i < 4000; i++) {
        bytes made = shapes();
        const size_t at = (size_t)(chance(&seed) * (double)made.count);
        made.at[at] ^= (unsigned char)(1 + (int)(chance(&seed) * 255.0));
        assert_false(survives(made.at, made.count));
    }
}

static void test_land__wrong_bytes_with_a_right_checksum_do_no_harm(void **state)
{
    (void)state;
    uint64_t seed = 43;
    int refused = 0;
    for (int i = 0; i < 6000; i++) {
        bytes made = shapes();
        const int changes = 1 + (int)(chance(&seed) * 4.0);
        for (int k = 0; k < changes; k++)
            made.at[8 + (size_t)(chance(&seed) * (double)(made.count - 16))] =
                (unsigned char)(chance(&seed) * 256.0);
        size_t body = made.count - 8;
        if (chance(&seed) < 0.2)
            body -= (size_t)(chance(&seed) * 20.0);
        seal(&made, body);
        refused += survives(made.at, made.count) ? 0 : 1;
    }
    assert_in_range(refused, 1000, 5999); /* the deeper checks were reached, and some passed */
}

static void test_land__long_lines_are_refused(void **state)
{
    (void)state;
    /* Thousands of diagonals of the box would need lists of a hundred million entries. */
    enum { POINTS = 200000 };
    static const double head[8] = {0, 360, -90, 90, 0, -90, 0.9, 0.9};
    const size_t size = 80 + 4 + (size_t)POINTS * 4 + 8;
    unsigned char *at = malloc(size);
    assert_non_null(at);
    bytes start = {.count = 8};
    memcpy(start.at, "MSTLAND1", 8);
    for (int i = 0; i < 8; i++)
        put_double(&start, head[i]);
    const uint32_t rings = 1, points = POINTS;
    memcpy(start.at + start.count, &rings, 4);
    memcpy(start.at + start.count + 4, &points, 4);
    start.count += 8;
    put_number(&start, points);
    memcpy(at, start.at, start.count);
    size_t count = start.count;
    for (int32_t i = 0; i < POINTS; i++) {
        bytes step = {.count = 0};
        put_step(&step, i % 2 == 0 ? (i == 0 ? 0 : -390) : 390);
        put_step(&step, i % 2 == 0 ? (i == 0 ? 0 : -190) : 190);
        memcpy(at + count, step.at, step.count);
        count += step.count;
    }
    const uint64_t hash = mst_hash_bytes(MST_HASH_START, at, count);
    for (int i = 0; i < 8; i++)
        at[count++] = (unsigned char)(hash >> (8 * i));
    assert_true(count <= size);
    assert_false(survives(at, count));
    free(at);
}

/* ---- memory ---- */

typedef struct purse {
    int left;    /* allocations still granted */
    int balance; /* granted and not yet given back */
} purse;

static void *take(size_t count, void *context)
{
    purse *p = context;
    if (p->left-- <= 0)
        return NULL;
    p->balance++;
    return malloc(count);
}

static void give(void *block, void *context)
{
    if (block != NULL)
        ((purse *)context)->balance--;
    free(block);
}

static void test_land__short_memory_is_said_and_nothing_leaks(void **state)
{
    (void)state;
    const bytes made = shapes();
    muster_status status = MUSTER_WORLD;
    int granted = 0;
    for (; status != MUSTER_OK && granted < 100; granted++) {
        purse p = {granted, 0};
        const muster_memory memory = {take, give, &p};
        muster_diags *diags = muster_diags_create(NULL);
        mst_land *out = NULL;
        status = mst_land_open(made.at, made.count, &memory, diags, &out);
        if (status != MUSTER_OK) {
            assert_int_equal(status, MUSTER_WORLD);
            assert_int_equal(muster_diags_error_count(diags), 1);
        }
        mst_land_free(out);
        muster_diags_free(diags);
        assert_int_equal(p.balance, 0);
    }
    assert_in_range(granted, 3, 99); /* it failed at first, and succeeded in the end */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_land__shipped_extract_is_the_one_described),
        cmocka_unit_test(test_land__known_places),
        cmocka_unit_test(test_land__box_is_kept),
        cmocka_unit_test(test_land__agrees_with_a_slow_second_method),
        cmocka_unit_test(test_land__distance_agrees_with_dense_points),
        cmocka_unit_test(test_land__segments_cross_known_land),
        cmocka_unit_test(test_land__inside_and_outside_at_vertex_latitudes),
        cmocka_unit_test(test_land__touching_blocks),
        cmocka_unit_test(test_land__distance_of_a_straight_shore),
        cmocka_unit_test(test_land__any_cut_is_refused),
        cmocka_unit_test(test_land__any_changed_byte_is_refused),
        cmocka_unit_test(test_land__wrong_bytes_with_a_right_checksum_do_no_harm),
        cmocka_unit_test(test_land__long_lines_are_refused),
        cmocka_unit_test(test_land__short_memory_is_said_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, open_shipped, close_shipped);
}

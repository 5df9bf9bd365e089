#include "test.h"

#include "num/chord.h"
#include "num/track.h"

#include "muster/geo.h"

#define COUNT 12

static const muster_point places[COUNT] = {
    {39.25, 127.43}, {39.3, 128.1}, {39.5, 134.0}, {34.6, 129.7}, {41.3, 140.2},  {45.1, 178.4},
    {44.2, -176.3},  {-89.9, 20.0}, {0.0, 0.0},    {0.0, 180.0},  {0.001, 179.9}, {60.0, -120.0},
};

/* Where a great circle leads from a place on the sphere, by trigonometry: the second method. */
static muster_point sailed(muster_point from, double course_rad, double arc_rad)
{
    const double rad = acos(-1.0) / 180.0, lat = from.lat_deg * rad;
    const double out = asin(sin(lat) * cos(arc_rad) + cos(lat) * sin(arc_rad) * cos(course_rad));
    const double turned =
        atan2(sin(course_rad) * sin(arc_rad) * cos(lat), cos(arc_rad) - sin(lat) * sin(out));
    return (muster_point){.lat_deg = out / rad, .lon_deg = from.lon_deg + turned / rad};
}

static void lay_course(double course[MST_COURSE_FIELDS][COUNT], int32_t i, double course_rad,
                       double since_s, double speed_mps)
{
    double o[3];
    mst_unit_vector(places[i], o);
    const double rad = acos(-1.0) / 180.0;
    const double lat = places[i].lat_deg * rad, lon = places[i].lon_deg * rad;
    const double north[3] = {-sin(lat) * cos(lon), -sin(lat) * sin(lon), cos(lat)};
    const double east[3] = {-sin(lon), cos(lon), 0.0};
    for (int32_t k = 0; k < 3; k++) {
        course[MST_COURSE_ORIGIN + k][i] = o[k];
        course[MST_COURSE_DIRECTION + k][i] =
            cos(course_rad) * north[k] + sin(course_rad) * east[k];
    }
    course[MST_COURSE_SINCE_S][i] = since_s;
    course[MST_COURSE_RATE_RADPS][i] = speed_mps / MST_CHORD_RADIUS_M;
}

/* Over all pairs: within a micrometre, but near the other side of the Earth, where a chord hardly
 * changes with the range (there an ulp of the chord is .2 m). */
static void test_chord__ranges_are_those_of_the_sphere(void **state)
{
    (void)state;
    for (int32_t i = 0; i < COUNT; i++)
        for (int32_t k = 0; k < COUNT; k++) {
            double a[3], b[3], chord2 = 0.0;
            mst_unit_vector(places[i], a);
            mst_unit_vector(places[k], b);
            for (int32_t n = 0; n < 3; n++)
                chord2 += (a[n] - b[n]) * (a[n] - b[n]);
            const double range_m = mst_sphere_distance_m(places[i], places[k]);
            const double within_m = range_m > 1.9e7 ? 0.5 : 1e-6;
            assert_true(fabs(mst_range_of_chord2_m(chord2) - range_m) <= within_m);
            assert_true(fabs(mst_chord2_of_range(range_m) - chord2) <= 1e-14);
        }
}

/* Courses of all lengths up to the arc that is allowed, held against trigonometry: what the series
 * leaves out is 2.7 mm at .01 rad and falls with the fourth power. */
static void test_chord__courses_lead_where_trigonometry_does(void **state)
{
    (void)state;
    for (int32_t step = 0; step <= 10; step++) {
        double course[MST_COURSE_FIELDS][COUNT], from[3], chord2[COUNT], place[3];
        const double arc = MST_COURSE_ARC_RAD * step / 10.0, at_s = 5000.0;
        for (int32_t i = 0; i < COUNT; i++)
            lay_course(course, i, 0.7 * i, 1000.0 + i, arc / (4000.0 - i) * MST_CHORD_RADIUS_M);
        const muster_point eye = {.lat_deg = 39.4, .lon_deg = 128.0};
        mst_unit_vector(eye, from);
        mst_course_chords2(course[0], COUNT, 0, COUNT, at_s, from, chord2);
        for (int32_t i = 0; i < COUNT; i++) {
            const muster_point there = sailed(places[i], 0.7 * i, arc);
            const double range_m = mst_sphere_distance_m(eye, there);
            const double left_m = MST_CHORD_RADIUS_M * arc * arc * arc * arc / 24.0;
            if (range_m < 1.5e7) /* beyond, the chord says little about the range */
                assert_true(fabs(mst_range_of_chord2_m(chord2[i]) - range_m) < 4.0 * left_m + 1e-4);
            mst_course_place(course[0], COUNT, i, at_s, place);
            const double chord2_of_place = (place[0] - from[0]) * (place[0] - from[0]) +
                                           (place[1] - from[1]) * (place[1] - from[1]) +
                                           (place[2] - from[2]) * (place[2] - from[2]);
            assert_true(fabs(chord2_of_place - chord2[i]) < 1e-14);
        }
    }
}

/* Ships that close to some metres of a range and pass it: the check turns where the distance does. */
static void test_chord__a_check_turns_at_its_range(void **state)
{
    (void)state;
    double course[MST_COURSE_FIELDS][COUNT], from[3], chord2[COUNT];
    const double limit = mst_chord2_of_range(9000.0);
    for (int32_t i = 0; i < COUNT; i++)
        lay_course(course, i, 0.3, 0.0, 8.0);
    for (int32_t tenth = 0; tenth < 24000; tenth += 7) {
        const double at_s = 0.1 * tenth;
        mst_unit_vector(places[0], from);
        mst_course_chords2(course[0], COUNT, 0, 1, at_s, from, chord2);
        assert_true((chord2[0] < limit) == (8.0 * at_s < 9000.0)); /* never nearer than .8 m */
    }
    /* a part of the fleet only: what lies before and behind is not looked at */
    double part[3] = {-1.0, -1.0, -1.0}, all[COUNT];
    mst_course_chords2(course[0], COUNT, 0, COUNT, 60.0, from, all);
    mst_course_chords2(course[0], COUNT, 5, 2, 60.0, from, part);
    assert_true(part[0] == all[5] && part[1] == all[6] && part[2] == -1.0);
}

/* All 64 bits of masks of all lengths against one comparison each; what is equal to the limit, or no
 * number, is not below it. */
static void test_chord__a_mask_tells_who_is_below(void **state)
{
    (void)state;
    double value[64];
    for (int32_t i = 0; i < 64; i++)
        value[i] = i % 7 == 3 ? 0.5 : i % 11 == 5 ? (double)NAN : fmod(0.37 * i, 1.0);
    for (int32_t count = 0; count <= 64; count++) {
        uint64_t mask = 0;
        for (int32_t i = 0; i < count; i++)
            if (value[i] < 0.5)
                mask |= UINT64_C(1) << i;
        assert_true(mst_below(value, count, 0.5) == mask);
        if (count > 1) /* from an address that no vector is aligned to */
            assert_true(mst_below(value + 1, count - 1, 0.5) == mask >> 1);
    }
}

static void test_chord__turns_are_those_of_libm(void **state)
{
    (void)state;
    for (int32_t i = 0; i <= 100000; i++) {
        const double share = i / 100000.0, turn = 2.0 * acos(-1.0) * share;
        double sine, cosine;
        mst_turn(share, &sine, &cosine);
        assert_true(fabs(sine - sin(turn)) < 3e-14 && fabs(cosine - cos(turn)) < 3e-14);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chord__ranges_are_those_of_the_sphere),
        cmocka_unit_test(test_chord__courses_lead_where_trigonometry_does),
        cmocka_unit_test(test_chord__a_check_turns_at_its_range),
        cmocka_unit_test(test_chord__a_mask_tells_who_is_below),
        cmocka_unit_test(test_chord__turns_are_those_of_libm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "test.h"

#include "muster/geo.h"

/* Lengths: PROJ's algorithm is good to 15 nm; rounding of degrees adds some. Written values have
 * nine decimals. */
#define LENGTH_TOLERANCE_M 1e-6
/* A micrometre aside, seen from a thousand kilometres, is 6e-11 degrees; all lines are longer. */
#define ANGLE_TOLERANCE_DEG 1e-10
/* A micrometre on the ground. */
#define PLACE_TOLERANCE_DEG 1e-11

static muster_point at(double lat_deg, double lon_deg)
{
    return (muster_point){.lat_deg = lat_deg, .lon_deg = lon_deg};
}

static void test_geodesic__quarters_of_the_earth(void **state)
{
    (void)state;
    /* a pi / 2, and the quarter meridian of WGS84 */
    assert_near(muster_geo_distance_m(at(0, 37.25), at(0, 127.25)), 6378137.0 * acos(0.0),
                LENGTH_TOLERANCE_M);
    assert_near(muster_geo_distance_m(at(0, 37.25), at(0, 127.25)), 10018754.171, 5e-4);
    assert_near(muster_geo_distance_m(at(0, 131.87), at(90, 0)), 10001965.729, 5e-4);
    assert_near(muster_geo_distance_m(at(-90, 17), at(90, 211)), 2 * 10001965.729, 1e-3);
}

typedef struct row {
    muster_point from, to;
    double azimuth_deg, distance_m;
} row;

/* GeographicLib 2.1.2: GeodSolve -i -p 9, its first and third result. The places are random: twelve
 * in the north-west Pacific, eight anywhere. */
static const row rows[] = {
    {{38.1512, 163.0877}, {43.6040, 182.3762}, 63.40379613972525, 1729971.221948774},
    {{20.7142, 146.0640}, {25.8802, 226.8126}, 68.09764080164517, 8148159.146189797},
    {{37.7964, 106.7919}, {49.3924, 201.1746}, 45.84871406496791, 7222580.580532338},
    {{20.4504, 158.6606}, {29.6286, 134.5912}, -62.43882190377099, 2626250.564823373},
    {{24.9875, 148.5214}, {38.7262, 181.2283}, 55.60527958605382, 3424660.311042386},
    {{58.9714, 148.9459}, {23.2379, 115.7914}, -132.11690352131737, 4750235.732090850},
    {{24.0481, 181.0695}, {52.2586, 157.6939}, -26.31823522297342, 3706190.863567304},
    {{32.5296, 134.1313}, {60.6805, 186.8348}, 34.16711198575062, 4903078.247314662},
    {{56.1346, 177.8674}, {25.8779, 239.9373}, 97.55073778593935, 5937388.666474778},
    {{56.3790, 158.1710}, {35.8531, 141.4329}, -143.98739749057870, 2607021.547000611},
    {{35.8606, 114.4376}, {27.4475, 148.7937}, 96.26251766183469, 3370101.078739531},
    {{36.2570, 127.7802}, {60.5139, 110.2872}, -19.28511546003568, 2970655.503510563},
    {{-60.8690, 157.6252}, {-63.3086, 252.4435}, 136.26800588731055, 4503906.110986415},
    {{-52.5741, 172.8975}, {25.5334, 27.0811}, -123.39416981431160, 15868727.978811700},
    {{17.8632, 20.6927}, {-60.3461, 82.5933}, 153.99158966901621, 10274261.059539780},
    {{82.9100, 212.4238}, {82.5573, 168.3513}, -71.56401147822382, 608680.956854452},
    {{-29.1522, 336.0831}, {-42.0769, 266.9455}, -123.30598850207966, 6254073.712723853},
    {{-43.0666, 271.1981}, {-0.3228, 148.0098}, -114.46948868260665, 12610965.042259788},
    {{47.2138, 159.2228}, {-4.8259, 109.7695}, -124.96420479194813, 7524423.408135942},
    {{28.7584, 62.1743}, {-85.7576, 48.9543}, -178.93040206845032, 12722715.083340356},
};

static void test_geodesic__inverse_agrees_with_geographiclib(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const double azimuth_deg = muster_lon_inside(rows[i].azimuth_deg);
        assert_near(muster_geo_distance_m(rows[i].from, rows[i].to), rows[i].distance_m,
                    LENGTH_TOLERANCE_M);
        assert_near(muster_geo_azimuth_deg(rows[i].from, rows[i].to), azimuth_deg,
                    ANGLE_TOLERANCE_DEG);
        /* the way back is as long */
        assert_near(muster_geo_distance_m(rows[i].to, rows[i].from), rows[i].distance_m,
                    LENGTH_TOLERANCE_M);
    }
}

static void test_geodesic__direct_agrees_with_geographiclib(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const muster_point to =
            muster_geo_destination(rows[i].from, rows[i].azimuth_deg, rows[i].distance_m);
        assert_near(to.lat_deg, rows[i].to.lat_deg, PLACE_TOLERANCE_DEG);
        /* meridians converge: the same micrometre is more degrees */
        assert_near(to.lon_deg, muster_lon_inside(rows[i].to.lon_deg),
                    PLACE_TOLERANCE_DEG / cos(to.lat_deg * acos(-1.0) / 180.0));
    }
}

static void test_geodesic__a_turn_of_the_longitude_changes_nothing(void **state)
{
    (void)state;
    const double length_m = muster_geo_distance_m(at(43.1, 179.5), at(42.7, -178.25));
    assert_near(muster_geo_distance_m(at(43.1, 179.5), at(42.7, 181.75)), length_m, 1e-8);
    assert_near(muster_geo_distance_m(at(43.1, -180.5), at(42.7, 541.75)), length_m, 1e-8);
    assert_true(length_m < 200e3);
    const muster_point beyond = muster_geo_destination(at(43.1, 179.5), 90.0, 100e3);
    assert_true(beyond.lon_deg > 180.0 && beyond.lon_deg < 181.0);
}

static void test_geodesic__same_place_is_no_distance(void **state)
{
    (void)state;
    assert_near(muster_geo_distance_m(at(39.5, 134.0), at(39.5, 134.0)), 0.0, 0.0);
    assert_near(muster_geo_distance_m(at(90, 12), at(90, 177)), 0.0, 1e-9);
    const muster_point stays = muster_geo_destination(at(39.5, 134.0), 217.3, 0.0);
    assert_near(stays.lat_deg, 39.5, PLACE_TOLERANCE_DEG);
    assert_near(stays.lon_deg, 134.0, PLACE_TOLERANCE_DEG);
}

static void test_geodesic__azimuths_are_0_to_360(void **state)
{
    (void)state;
    assert_near(muster_geo_azimuth_deg(at(10, 20), at(30, 20)), 0.0, 0.0);
    assert_near(muster_geo_azimuth_deg(at(0, 20), at(0, 30)), 90.0, 1e-12);
    assert_near(muster_geo_azimuth_deg(at(30, 20), at(10, 20)), 180.0, 1e-12);
    assert_near(muster_geo_azimuth_deg(at(0, 30), at(0, 20)), 270.0, 1e-12);
}

static void test_geodesic__longitudes_inside_and_outside(void **state)
{
    (void)state;
    static const struct {
        double given, inside, outside;
    } turns[] = {
        {0, 0, 0},
        {359.5, 359.5, -0.5},
        {360, 0, 0},
        {-0.5, 359.5, -0.5},
        {180, 180, 180},
        {-180, 180, 180},
        {540, 180, 180},
        {180.25, 180.25, -179.75},
        {-725.5, 354.5, -5.5},
        {127.38, 127.38, 127.38},
        {-1e-20, 0, 0},
        {-360, 0, 0},
    };
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        const double inside = muster_lon_inside(turns[i].given);
        const double outside = muster_lon_outside(turns[i].given);
        assert_near(inside, turns[i].inside, 0.0);
        assert_near(outside, turns[i].outside, 0.0);
        assert_false(signbit(inside)); /* no -0, which would be printed */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_geodesic__quarters_of_the_earth),
        cmocka_unit_test(test_geodesic__inverse_agrees_with_geographiclib),
        cmocka_unit_test(test_geodesic__direct_agrees_with_geographiclib),
        cmocka_unit_test(test_geodesic__a_turn_of_the_longitude_changes_nothing),
        cmocka_unit_test(test_geodesic__same_place_is_no_distance),
        cmocka_unit_test(test_geodesic__azimuths_are_0_to_360),
        cmocka_unit_test(test_geodesic__longitudes_inside_and_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

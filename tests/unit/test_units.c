#include "test.h"

#include "base/units.h"

#include <string.h>

static double si_of(const char *key, mst_quantity quantity)
{
    size_t stem = 999;
    const mst_unit_suffix *const unit = mst_unit_of_key(key, quantity, &stem);
    assert_non_null(unit);
    assert_int_equal(unit->quantity, quantity);
    assert_string_equal(key + stem, unit->suffix);
    return unit->si;
}

/* The definitions: nautical mile 1852 m (Monaco 1929), hour 3600 s, day 24 h, tonne 1000 kg.
 * Tolerance: one rounding, 1e-15 of the value. */
static void test_units__factors_are_the_definitions(void **state)
{
    (void)state;
    assert_near(37.3 * si_of("range_nm", MST_LENGTH), 69079.6, 1e-10);
    assert_near(si_of("range_km", MST_LENGTH), 1000.0, 0.0);
    assert_near(si_of("station_m", MST_LENGTH), 1.0, 0.0);
    assert_near(3600 * si_of("speed_kn", MST_SPEED), 1852.0, 1e-12);
    assert_near(3.6 * si_of("speed_kmh", MST_SPEED), 1.0, 1e-15);
    assert_near(si_of("speed_mps", MST_SPEED), 1.0, 0.0);
    assert_near(si_of("fuel_t", MST_MASS), 1000.0, 0.0);
    assert_near(si_of("fuel_kg", MST_MASS), 1.0, 0.0);
    assert_near(si_of("turnaround_h", MST_DURATION), 3600.0, 0.0);
    assert_near(si_of("reserve_min", MST_DURATION), 60.0, 0.0);
    assert_near(si_of("delay_s", MST_DURATION), 1.0, 0.0);
    assert_near(si_of("lat_deg", MST_ANGLE), 1.0, 0.0);
    assert_near(si_of("power_mw", MST_POWER), 1e6, 0.0);
    assert_near(si_of("power_kw", MST_POWER), 1e3, 0.0);
    assert_near(si_of("burn_t_per_h", MST_MASS_RATE), 1000.0 / 3600.0, 1e-16);
    assert_near(24 * si_of("issue_t_per_day", MST_MASS_RATE), si_of("burn_t_per_h", MST_MASS_RATE),
                1e-15);
    assert_near(1000 * si_of("burn_kg_per_h", MST_MASS_RATE), si_of("burn_t_per_h", MST_MASS_RATE),
                1e-15);
    assert_near(1852 * si_of("burn_kg_per_nm", MST_CONSUMPTION), 1.0, 1e-15);
}

static void test_units__the_whole_suffix_decides(void **state)
{
    (void)state;
    size_t stem = 999;
    assert_null(mst_unit_of_key("burn_t_per_h", MST_DURATION, &stem)); /* not "_h" */
    assert_null(mst_unit_of_key("burn_kg_per_nm", MST_LENGTH, &stem)); /* not "_nm" */
    assert_null(mst_unit_of_key("range_nm", MST_SPEED, &stem));
    assert_null(mst_unit_of_key("fuel_frac", MST_MASS, &stem));
    assert_null(mst_unit_of_key("range_nm", MST_NONE, &stem));
    assert_null(mst_unit_of_key("_nm", MST_LENGTH, &stem)); /* nothing measured */
    assert_null(mst_unit_of_key("", MST_LENGTH, &stem));
    assert_int_equal(stem, 999);
    assert_non_null(mst_unit_of_key("range_nm", MST_LENGTH, &stem));
    assert_int_equal(stem, 5);
}

static void test_units__table_is_longest_first_and_unique(void **state)
{
    (void)state;
    int32_t count = 0;
    for (const mst_unit_suffix *unit = mst_unit_suffixes; unit->suffix; unit++, count++) {
        assert_int_equal(unit->suffix[0], '_');
        assert_true(unit->symbol[0] != '\0');
        assert_true(unit->si > 0.0);
        const mst_unit_suffix *const next = unit + 1;
        assert_true(!next->suffix || strlen(next->suffix) <= strlen(unit->suffix));
        for (const mst_unit_suffix *other = next; other->suffix; other++) {
            assert_string_not_equal(unit->suffix, other->suffix);
        }
    }
    assert_int_equal(count, 18);
}

static void test_units__powers_by_hand(void **state)
{
    (void)state;
    assert_near(sq(-2.385), 5.688225, 1e-15);
    assert_near(cube(-2.385), -13.566416625, 4e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units__factors_are_the_definitions),
        cmocka_unit_test(test_units__the_whole_suffix_decides),
        cmocka_unit_test(test_units__table_is_longest_first_and_unique),
        cmocka_unit_test(test_units__powers_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The sea of a month: its Weibull to the last bit, and the months for which it is worked out. */
#include "test.h"

#include "base/time.h"
#include "model/chance.h"
#include "model/sea.h"
#include "num/random.h"
#include "spec_make.h"

#include <string.h>

static double unit_number(uint64_t number)
{
    return mst_random_unit(mst_stream_of(mst_random_key(20230718), 1, 5), number);
}

/* ---- figures ------------------------------------------------------------------------------------ */

static double ratio_of(double shape)
{
    return pow(log(10.0), 1.0 / shape) / tgamma(1.0 + 1.0 / shape);
}

/* The plain way: eighty halves of 1 to 50. */
static bool by_halves(double mean_m, double p90_m, double *out_shape, double *out_scale)
{
    double low = 1.0, high = 50.0;
    const double ratio = p90_m / mean_m;
    if (!(mean_m > 0.0) || !(p90_m > mean_m) || ratio > ratio_of(low) || ratio < ratio_of(high))
        return false;
    for (int32_t i = 0; i < 80; i++) {
        const double middle = 0.5 * (low + high);
        if (ratio_of(middle) > ratio)
            low = middle;
        else
            high = middle;
    }
    *out_shape = 0.5 * (low + high);
    *out_scale = mean_m / tgamma(1.0 + 1.0 / *out_shape);
    return true;
}

static int32_t compare_one(double mean_m, double p90_m)
{
    double shape = -1.0, scale = -1.0, plain_shape = -1.0, plain_scale = -1.0;
    const bool is_there = mst_sea_weibull(mean_m, p90_m, &shape, &scale);
    assert_int_equal(is_there, by_halves(mean_m, p90_m, &plain_shape, &plain_scale));
    assert_int_equal(is_there, mst_sea_is_weibull(mean_m, p90_m));
    if (shape != plain_shape || scale != plain_scale)
        fail_msg("mean %.17g, p90 %.17g: %.17g %.17g, not %.17g %.17g", mean_m, p90_m, shape, scale,
                 plain_shape, plain_scale);
    return is_there;
}

/* No tolerance: draws of the sea are held against what comes of these figures. */
static void test_sea__weibull_to_the_last_bit(void **state)
{
    (void)state;
    enum { TRIED = 20000 };
    int32_t found = 0;
    for (uint64_t i = 0; i < TRIED; i++) {
        const double mean = 0.2 + 4.0 * unit_number(2 * i);
        const double ratio = 1.01 + 1.32 * unit_number(2 * i + 1);
        found += compare_one(mean, mean * ratio);
        /* as files have them */
        found += compare_one(round(mean * 100.0) / 100.0, round(mean * ratio * 100.0) / 100.0);
    }
    assert_true(found > 2 * TRIED * 9 / 10 && found < 2 * TRIED);
}

static void test_sea__weibull_at_its_ends(void **state)
{
    (void)state;
    double shape, scale;
    for (int32_t i = -40; i <= 40; i++) {
        compare_one(1.0, ratio_of(1.0) * (1.0 + i * 2.3e-16));
        if (i != 0) /* at 50 itself a compiler and the library may round apart */
            compare_one(1.0, ratio_of(50.0) * (1.0 + i * 1e-14));
    }
    /* an exponential: shape 1, and a mean that is its scale */
    assert_true(mst_sea_weibull(1.0, log(10.0), &shape, &scale));
    assert_near(shape, 1.0, 1e-14);
    assert_near(scale, 1.0, 1e-14);
    assert_false(mst_sea_is_weibull((double)NAN, 1.0));
    assert_false(mst_sea_is_weibull(1.0, (double)NAN));
    assert_false(mst_sea_is_weibull(0.0, 1.0));
    assert_false(mst_sea_is_weibull(-1.0, -1.5));
    assert_false(mst_sea_is_weibull(1.0, (double)INFINITY));
    assert_false(mst_sea_is_weibull(1.0, 1.0));
}

/* ---- months ------------------------------------------------------------------------------------- */

static void give_months(made_spec *m)
{
    m->spec.weather.sea_state = MST_INT_NONE;
    for (int32_t i = 1; i <= 12; i++) {
        mst_climate_def *month = MADE_IN(m, &m->spec.weather.climatology, mst_climate_def,
                                         mst_fields_weather, "climatology");
        month->month = i;
        month->mean_hs_m = 0.7 + 0.09 * i;
        month->p90_hs_m = 1.3 + 0.17 * i;
    }
}

static bool is_filled(const mst_chance_row *row, int32_t month)
{
    return row->sea_cdf[month][8] > 0.0;
}

static void test_sea__months_of_a_run(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    give_months(&m);
    for (uint64_t i = 0; i < 2000; i++) {
        const muster_time start = made_at("2019-01-01").from +
                                  (muster_time)(1.5e9 * unit_number(3 * i)) * MUSTER_SECOND / 10;
        const muster_time end =
            start + (muster_time)(pow(unit_number(3 * i + 1), 3.0) * 450.0 * (double)MUSTER_DAY);
        bool is_met[12] = {false};
        for (muster_time at = start; at < end; at += MUSTER_HOUR)
            is_met[mst_time_month(at)] = true;
        is_met[mst_time_month(end)] = true;
        mst_chance_row row;
        mst_chance_fill(&m.spec, start, end, &row);
        for (int32_t month = 0; month < 12; month++) {
            assert_true(row.sea_drawn[month]);
            assert_int_equal(is_filled(&row, month), is_met[month]);
        }
    }
    made_close(&m);
}

static void test_sea__table_of_a_month(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    give_months(&m);
    mst_chance_row row;
    double shape, scale;
    const muster_time start = made_at("2023-07-18").from;
    mst_chance_fill(&m.spec, start, start + 5 * MUSTER_DAY, &row);
    assert_true(by_halves(0.7 + 0.09 * 7, 1.3 + 0.17 * 7, &shape, &scale));
    for (int32_t k = 0; k < 9; k++)
        assert_near(row.sea_cdf[6][k], 1.0 - exp(-pow(mst_sea_band_top_m(k) / scale, shape)), 0.0);
    /* a row without a Weibull is not drawn, as if it were not there */
    MST_AT(mst_climate_def, &m.spec.weather.climatology, 6)->p90_hs_m = 0.1;
    mst_chance_fill(&m.spec, start, start + 5 * MUSTER_DAY, &row);
    assert_false(row.sea_drawn[6] || is_filled(&row, 6));
    assert_true(row.sea_drawn[7]);
    /* a sea that is given is not drawn at all */
    m.spec.weather.sea_state = 3;
    mst_chance_fill(&m.spec, start, start + 5 * MUSTER_DAY, &row);
    assert_false(row.sea_drawn[7]);
    made_close(&m);
}

/* ---- distributions ------------------------------------------------------------------------------ */

static void test_sea__general_distributions(void **state)
{
    (void)state;
    mst_chance_def given = {0};
    mst_general_dists all = mst_chance_general(&given);
    assert_int_equal(all.sailing_delay_h.kind, MST_DIST_EXPONENTIAL);
    assert_int_equal(all.speed_factor.kind, MST_DIST_TRIANGULAR);
    assert_near(all.duration_factor.figure[2], 1.3, 0.0);
    given.sailing_delay = "uniform 0.25 1.75";
    given.speed_factor = "no distribution"; /* the check tells of it; meanwhile the default */
    given.duration_factor = "fixed 1.1";
    all = mst_chance_general(&given);
    assert_int_equal(all.sailing_delay_h.kind, MST_DIST_UNIFORM);
    assert_near(all.speed_factor.figure[0], 0.95, 0.0);
    assert_near(all.duration_factor.figure[0], 1.1, 0.0);
    assert_near(mst_chance_dist("fixed 0.4", &all.sailing_delay_h).figure[0], 0.4, 0.0);
    assert_near(mst_chance_dist(NULL, &all.sailing_delay_h).figure[1], 1.75, 0.0);
    assert_near(mst_chance_dist("fixed", &all.sailing_delay_h).figure[1], 1.75, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sea__weibull_to_the_last_bit),
        cmocka_unit_test(test_sea__weibull_at_its_ends),
        cmocka_unit_test(test_sea__months_of_a_run),
        cmocka_unit_test(test_sea__table_of_a_month),
        cmocka_unit_test(test_sea__general_distributions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

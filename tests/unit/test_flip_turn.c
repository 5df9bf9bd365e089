/* Values at which something turns, as they are printed. */
#include "test.h"

#include "outcome/turn.h"

static mst_stage_result stage(mst_stage which, mst_standing standing)
{
    return (mst_stage_result){.stage = which, .standing = standing};
}

static void test_turn__a_step_is_at_most_a_ten_thousandth_of_the_range(void **state)
{
    (void)state;
    static const double ranges[] = {1.0, 0.3, 0.0207, 2.0, 4.0, 9.9, 10.0, 5000.0, 2.3e6};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        const double step = mst_turn_step(ranges[i]);
        assert_true(step <= 1.0001e-4 * ranges[i] && step > 0.99e-5 * ranges[i]);
        if (step < 1.0)
            assert_near(step * pow(10.0, mst_turn_decimals(ranges[i])), 1.0, 1e-12);
        else
            assert_int_equal(mst_turn_decimals(ranges[i]), 0);
    }
    assert_near(mst_turn_step(1.0), 1e-4, 0.0);
    assert_int_equal(mst_turn_decimals(1.0), 4);
    assert_near(mst_turn_step((double)NAN), 1e-4, 0.0);
    assert_near(mst_turn_step(0.0), 1e-4, 0.0);
}

/* Away from now, so that the number that is printed is one that turns. */
static void test_turn__rounds_away_from_where_the_value_stands(void **state)
{
    (void)state;
    assert_near(mst_turn_from(0.392471, 0.35, 1.0, true), 0.3925, 0.0);
    assert_near(mst_turn_from(0.392471, 0.35, 1.0, false), 0.3925, 0.0);
    assert_near(mst_turn_from(0.392511, 0.35, 1.0, true), 0.3926, 0.0);
    assert_near(mst_turn_from(0.466372, 0.80, 1.0, true), 0.4663, 0.0);
    assert_near(mst_turn_from(-0.17106, 0.20, 1.0, true), -0.1711, 0.0);
    assert_near(mst_turn_from(2931.44, 1000.0, 5000.0, true), 2931.5, 1e-9);
    assert_near(mst_turn_from(2931.44, 6000.0, 5000.0, true), 2931.4, 1e-9);
}

/* A crossing that is a printable number: it turns itself, or the next one does. */
static void test_turn__of_a_crossing_on_a_step_asks_whether_it_turns(void **state)
{
    (void)state;
    static const double traces[] = {-1e-13, 0.0, 1e-13};
    for (int32_t i = 0; i < 3; i++) {
        assert_near(mst_turn_from(0.3925 + traces[i], 0.35, 1.0, false), 0.3925, 0.0);
        assert_near(mst_turn_from(0.3925 + traces[i], 0.35, 1.0, true), 0.3926, 0.0);
        assert_near(mst_turn_from(0.3925 + traces[i], 0.71, 1.0, true), 0.3924, 0.0);
    }
}

/* At a margin of 0 a host does not admit, but a state that is able is. */
static void test_turn__at_a_margin_of_0_goes_by_the_stage(void **state)
{
    (void)state;
    const mst_stage_result no = stage(MST_ACCEPT, MST_NO), yes = stage(MST_ADMIT, MST_YES);
    const mst_stage_result unable = stage(MST_ABLE, MST_NO), able = stage(MST_ABLE, MST_YES);
    const mst_stage_result tie = stage(MST_ADMIT, MST_TIE);
    assert_true(mst_turn_is_beyond(&no));
    assert_false(mst_turn_is_beyond(&yes));
    assert_false(mst_turn_is_beyond(&unable));
    assert_true(mst_turn_is_beyond(&able));
    assert_true(mst_stage_says_no(&tie) && mst_stage_says_no(&no) && mst_stage_says_no(&unable));
    assert_false(mst_stage_says_no(&yes) || mst_stage_says_no(&able));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turn__a_step_is_at_most_a_ten_thousandth_of_the_range),
        cmocka_unit_test(test_turn__rounds_away_from_where_the_value_stands),
        cmocka_unit_test(test_turn__of_a_crossing_on_a_step_asks_whether_it_turns),
        cmocka_unit_test(test_turn__at_a_margin_of_0_goes_by_the_stage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

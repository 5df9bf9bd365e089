#include "test.h"

#include "muster/store.h"

/* Every run is of exactly one part, and the counts are those of counting one by one. */
static void test_shard__every_run_is_of_one_part(void **state)
{
    (void)state;
    static const int32_t replications[] = {0, 1, 63, 64, 65, 200, 640, 1000};
    static const int32_t counts[] = {0, 1, 2, 3, 7, 16, 64, 101, 5000};
    for (int64_t points = 1; points < 40; points += 6)
        for (size_t r = 0; r < sizeof replications / sizeof *replications; r++)
            for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
                const int32_t last = replications[r];
                const int32_t parts = counts[c] > 1 ? counts[c] : 1;
                int64_t all = 0;
                for (int32_t i = 1; i <= parts; i++) {
                    const muster_shard shard = {i, counts[c]};
                    int64_t mine = 0;
                    for (int64_t p = 0; p < points && parts < 102; p++)
                        for (int32_t k = last ? 1 : 0; k <= last; k++)
                            mine += muster_shard_has(shard, points, p, k);
                    if (parts < 102)
                        assert_int_equal(muster_shard_runs(shard, points, last), mine);
                    all += muster_shard_runs(shard, points, last);
                }
                assert_int_equal(all, points * (last ? last : 1));
            }
}

static void test_shard__more_replications_leave_runs_where_they_are(void **state)
{
    (void)state;
    const muster_shard shard = {3, 16};
    for (int64_t p = 0; p < 12; p++)
        for (int32_t k = 1; k <= 300; k++)
            if (muster_shard_has(shard, 12, p, k))
                assert_int_equal(((k - 1) / 64 * 12 + p) % 16, 2);
    assert_true(muster_shard_runs(shard, 12, 300) > muster_shard_runs(shard, 12, 200));
}

/* By hand: 11 points x 400 replications are 6 blocks of 64 and one of 16 of each point, 66 whole cells
 * and 11 short ones. The second of three parts has cells 1, 4, ... 64 (22 whole) and 67, 70, 73, 76. */
static void test_shard__counted_by_hand(void **state)
{
    (void)state;
    assert_int_equal(muster_shard_runs((muster_shard){2, 3}, 11, 400), 22 * 64 + 4 * 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shard__every_run_is_of_one_part),
        cmocka_unit_test(test_shard__more_replications_leave_runs_where_they_are),
        cmocka_unit_test(test_shard__counted_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Trajectories of Morris screening. */
#include "test.h"

#include "design_make.h"
#include "ishigami.h"

#include "design/design.h"

#include <stdlib.h>

static mst_design trajectories(int32_t columns, const int32_t *levels, int32_t count, int32_t grid)
{
    return design_made("morris", (mst_design_ask){.columns = columns,
                                                  .levels = levels,
                                                  .trajectories = count,
                                                  .grid_levels = grid,
                                                  .seed = 17});
}

/* Rows of a trajectory, from its start: exactly the factor named moves, by delta. 1e-15 is some
 * roundings of places on the grid. */
static void check_trajectory(const mst_design *a, int64_t start, int64_t number, int32_t grid)
{
    const int32_t k = a->columns;
    bool has_moved[16] = {false};
    assert_int_equal(a->block[start].factor, -1);
    for (int64_t i = start; i <= start + k; i++) {
        assert_int_equal(a->block[i].kind, MST_BLOCK_STEP);
        assert_int_equal(a->block[i].base_row, number);
        assert_int_equal(a->seed_group[i], number + 1);
        for (int32_t j = 0; j < k; j++) {
            const double place = unit_at(a, i, j) * (grid - 1);
            assert_near(place, rint(place), 1e-12);
            assert_true(unit_at(a, i, j) >= 0.0 && unit_at(a, i, j) <= 1.0);
        }
    }
    for (int64_t i = start + 1; i <= start + k; i++) {
        const int32_t moved = a->block[i].factor;
        assert_in_range(moved, 0, k - 1);
        assert_false(has_moved[moved]);
        has_moved[moved] = true;
        for (int32_t j = 0; j < k; j++)
            assert_near(fabs(unit_at(a, i, j) - unit_at(a, i - 1, j)),
                        j == moved ? grid / (2.0 * (grid - 1)) : 0.0, j == moved ? 1e-15 : 0.0);
    }
}

static void test_design_morris__one_factor_moves_at_a_time(void **state)
{
    (void)state;
    static const int32_t grid[] = {2, 4, 6, 10, 22};
    for (int32_t k = 1; k <= 16; k += 3)
        for (int g = 0; g < 5; g++) {
            mst_design a = trajectories(k, NULL, 23, grid[g]);
            assert_int_equal(a.rows, 23 * (k + 1));
            for (int64_t t = 0; t < 23; t++)
                check_trajectory(&a, t * (k + 1), t, grid[g]);
            mst_design_free(&a);
        }
    mst_design usual = design_made("morris", (mst_design_ask){.columns = 3});
    assert_int_equal(usual.rows, 40);
    for (int64_t t = 0; t < 10; t++)
        check_trajectory(&usual, t * 4, t, 4);
    mst_design_free(&usual);
}

/* 5 deviations of a share in 4000 draws. */
static double five_deviations(double share)
{
    return 5.0 * sqrt(share * (1.0 - share) / 4000.0);
}

/* Starts are uniform on the grid; steps come in any order, as often up as down. */
static void test_design_morris__all_walks_are_equally_likely(void **state)
{
    (void)state;
    enum { K = 3, WALKS = 4000 };
    mst_design a = trajectories(K, NULL, WALKS, 6);
    int32_t at[K][6] = {{0}}, first[K] = {0}, order[K][K] = {{0}};
    for (int64_t t = 0; t < WALKS; t++) {
        for (int32_t j = 0; j < K; j++)
            at[j][(int)rint(unit_at(&a, t * (K + 1), j) * 5.0)]++;
        first[a.block[t * (K + 1) + 1].factor]++;
        order[a.block[t * (K + 1) + 1].factor][a.block[t * (K + 1) + 2].factor]++;
    }
    for (int32_t j = 0; j < K; j++) {
        for (int g = 0; g < 6; g++)
            assert_near(at[j][g] / (double)WALKS, 1.0 / 6.0, five_deviations(1.0 / 6.0));
        assert_near(first[j] / (double)WALKS, 1.0 / 3.0, five_deviations(1.0 / 3.0));
        for (int32_t l = 0; l < K; l++)
            assert_near(order[j][l] / (double)WALKS, j == l ? 0.0 : 1.0 / 6.0,
                        five_deviations(1.0 / 6.0));
    }
    mst_design_free(&a);
}

/* Mean |effect| of a step of each factor from each point of the grid. */
static double exact_effect(int32_t factor)
{
    double sum = 0.0;
    for (int p = 0; p < 64; p++) {
        const int place[] = {p % 4, p / 4 % 4, p / 16};
        double u[] = {place[0] / 3.0, place[1] / 3.0, place[2] / 3.0};
        const double before = ishigami(u), delta = u[factor] < 0.5 ? 2.0 / 3.0 : -2.0 / 3.0;
        u[factor] += delta;
        sum += fabs((ishigami(u) - before) / delta);
    }
    return sum / 64.0;
}

/* The mean |effect| of 20,000 walks against all steps of the grid; 5 standard errors. The second
 * factor has the same effect everywhere, 7.875. Others have published 7.682808, 7.875, 6.256295 from
 * a sample of 10,000. */
static void test_design_morris__effects_on_a_known_function(void **state)
{
    (void)state;
    enum { WALKS = 20000 };
    static const double published[] = {7.682808, 7.875, 6.256295};
    mst_design a = trajectories(3, NULL, WALKS, 4);
    double sum[3] = {0}, squares[3] = {0};
    for (int64_t i = 0; i < a.rows; i++) {
        const int32_t moved = a.block[i].factor;
        if (moved < 0)
            continue;
        const double *const now = a.unit + i * 3, *const before = now - 3;
        const double effect =
            fabs((ishigami(now) - ishigami(before)) / (now[moved] - before[moved]));
        sum[moved] += effect;
        squares[moved] += effect * effect;
    }
    for (int32_t j = 0; j < 3; j++) {
        const double mean = sum[j] / WALKS, variance = squares[j] / WALKS - mean * mean;
        const double error = sqrt(fmax(variance, 0.0) / WALKS);
        assert_near(mean, exact_effect(j), 5.0 * error + 1e-9);
        assert_near(mean, published[j], 5.0 * error * sqrt(3.0) + 1e-6); /* half as many there */
    }
    mst_design_free(&a);
}

/* Whatever is not refused: every step on the grid changes the level, and levels have equal shares
 * where there are not more of them than places. */
static void test_design_morris__every_step_changes_the_level(void **state)
{
    (void)state;
    int32_t suited = 0;
    for (int32_t grid = 2; grid <= 40; grid += 2)
        for (int32_t levels = 2; levels <= 200; levels++) {
            const mst_design_ask ask = {.columns = 1, .levels = &levels, .grid_levels = grid};
            int64_t rows = 0;
            char why[MST_DESIGN_WHY];
            const bool suits = mst_design_rows("morris", &ask, &rows, why);
            assert_int_equal(suits, levels >= grid || grid % levels == 0);
            if (!suits)
                continue;
            suited++;
            int32_t met[200] = {0};
            for (int32_t g = 0; g < grid; g++) {
                const int32_t to = g < grid / 2 ? g + grid / 2 : g - grid / 2;
                const int32_t level = mst_design_level(g / (grid - 1.0), levels);
                assert_int_not_equal(level, mst_design_level(to / (grid - 1.0), levels));
                met[level]++;
            }
            assert_true(met[0] > 0 && met[levels - 1] > 0);
            for (int32_t l = 0; l < levels; l++)
                assert_in_range(met[l], levels <= grid ? grid / levels : 0,
                                levels <= grid ? grid / levels : 1);
        }
    assert_true(suited > 1000);
}

static void test_design_morris__discrete_factors_step_in_a_design(void **state)
{
    (void)state;
    static const int32_t levels[] = {2, 3, 0, 6, 19};
    mst_design a = trajectories(5, levels, 50, 6);
    for (int64_t i = 0; i < a.rows; i++) {
        const int32_t moved = a.block[i].factor;
        if (moved < 0 || levels[moved] == 0)
            continue;
        assert_int_not_equal(mst_design_level(unit_at(&a, i, moved), levels[moved]),
                             mst_design_level(unit_at(&a, i - 1, moved), levels[moved]));
    }
    for (int64_t t = 0; t < 50; t++)
        check_trajectory(&a, t * 6, t, 6);
    mst_design_free(&a);
}

static void test_design_morris__what_does_not_suit_is_refused(void **state)
{
    (void)state;
    static const int32_t three[] = {0, 3}, one[] = {2, 1}, both[] = {3, 5}, odd[] = {41, 43};
    static const char *const names[] = {"speed", "escorts"};
    assert_design_refused("morris", (mst_design_ask){.columns = 2, .levels = three, .names = names},
                          "'escorts' has 3 levels, of which 4 grid levels meet some oftener; take "
                          "grid_levels = 6");
    assert_design_refused("morris", (mst_design_ask){.columns = 2, .levels = one},
                          "factor 2 has 1 level");
    assert_design_refused(
        "morris", (mst_design_ask){.columns = 2, .levels = both, .grid_levels = 6},
        "factor 2 has 5 levels, of which 6 grid levels meet some oftener; take grid_levels = 30");
    assert_design_refused("morris",
                          (mst_design_ask){.columns = 2, .levels = odd, .grid_levels = 60},
                          "take grid_levels = 2");
    assert_design_refused("morris", (mst_design_ask){.columns = 2, .grid_levels = 5},
                          "5 grid levels, an even number");
}

/* Walks already made stay when more are asked for. */
static void test_design_morris__more_walks_keep_the_first(void **state)
{
    (void)state;
    mst_design a = trajectories(6, NULL, 8, 4), b = trajectories(6, NULL, 30, 4);
    assert_memory_equal(a.unit, b.unit, (size_t)(a.rows * 6) * sizeof *a.unit);
    mst_design_free(&a);
    mst_design_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design_morris__one_factor_moves_at_a_time),
        cmocka_unit_test(test_design_morris__all_walks_are_equally_likely),
        cmocka_unit_test(test_design_morris__effects_on_a_known_function),
        cmocka_unit_test(test_design_morris__every_step_changes_the_level),
        cmocka_unit_test(test_design_morris__discrete_factors_step_in_a_design),
        cmocka_unit_test(test_design_morris__what_does_not_suit_is_refused),
        cmocka_unit_test(test_design_morris__more_walks_keep_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What the shipped experiments say they show, on a part of their points with few replications: every
 * file runs, and what is sharp in its `shows` comes out again. Where rules decide, their arithmetic is
 * done here a second time, from the figures of the scenario. */
#include "test.h"

#include "files.h"
#include "muster/experiment.h"
#include "real_files.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static muster_land *land;

static int open_land(void **state)
{
    (void)state;
    return muster_land_open(NULL, 0, NULL, NULL, &land) == MUSTER_OK ? 0 : -1;
}

static int close_land(void **state)
{
    (void)state;
    muster_land_free(land);
    return 0;
}

/* ---- some points of an experiment ------------------------------------------------------------------- */

typedef struct part {
    muster_experiment *experiment;
    const muster_experiment_head *head;
    int32_t replications; /* 0: the plan run */
    int32_t rows;         /* of a point      */
    int64_t *point;       /* chosen          */
    int32_t count, next, taken;
    double *value; /* count x rows x responses */
} part;

static part open_part(const char *name, int32_t replications)
{
    const muster_opener opener = {real_file_open, real_file_close, NULL};
    char path[200];
    snprintf(path, sizeof path, MUSTER_SOURCE_DIR "/scenarios/experiments/%s.cfg", name);
    const muster_experiment_from from = {.path = path,
                                         .opener = &opener,
                                         .land = land,
                                         .has_replications = true,
                                         .replications = replications};
    part out = {.replications = replications, .rows = replications ? replications : 1};
    muster_diags *diags = muster_diags_create(NULL);
    if (muster_experiment_open(&from, diags, &out.experiment) != MUSTER_OK)
        fail_msg("%s", test_words(diags));
    muster_diags_free(diags);
    out.head = muster_experiment_head_of(out.experiment);
    out.point = calloc((size_t)out.head->points, sizeof *out.point);
    assert_non_null(out.point);
    return out;
}

static void close_part(part *p)
{
    free(p->point);
    free(p->value);
    muster_experiment_free(p->experiment);
}

static int32_t choose(part *p, int64_t point)
{
    p->point[p->count] = point;
    return p->count++;
}

static void choose_each(part *p, int64_t step)
{
    for (int64_t point = 0; point < p->head->points; point += step)
        choose(p, point);
}

static bool next_task(muster_task *out, void *context)
{
    part *p = context;
    if (p->next == p->count)
        return false;
    const int64_t point = p->point[p->next++];
    *out = (muster_task){.point = point,
                         .seed = muster_experiment_point(p->experiment, point).seed,
                         .first = p->replications ? 1 : 0,
                         .count = p->rows};
    return true;
}

static bool settings_of(int64_t point, muster_settings *out, void *context)
{
    return muster_experiment_settings(((const part *)context)->experiment, point, out);
}

static bool take_rows(const muster_rows *rows, void *context)
{
    part *p = context;
    const size_t size = (size_t)p->rows * (size_t)p->head->responses;
    for (int32_t i = 0; i < rows->task.count; i++)
        if (rows->is_failed[i])
            fail_msg("%s, point %lld: %s", p->head->id, (long long)rows->task.point, rows->message);
    assert_int_equal(rows->task.count, p->rows);
    memcpy(p->value + (size_t)p->taken++ * size, rows->value, size * sizeof *p->value);
    return true;
}

static void run_part(part *p)
{
    const muster_column *column = NULL;
    const muster_sweep *sweep = muster_experiment_sweep(p->experiment, &column);
    p->value =
        calloc((size_t)p->count * (size_t)p->rows * (size_t)p->head->responses, sizeof *p->value);
    assert_non_null(p->value);
    const muster_tasks tasks = {.column = column,
                                .column_count = p->head->responses,
                                .jobs = 1,
                                .next = next_task,
                                .settings = settings_of,
                                .take = take_rows,
                                .context = p};
    assert_int_equal(muster_sweep_run(sweep, &tasks, NULL, NULL), MUSTER_OK);
    assert_int_equal(p->taken, p->count);
}

static double value_of(const part *p, int32_t chosen, int32_t row, const char *name)
{
    for (int32_t i = 0; i < p->head->responses; i++)
        if (strcmp(muster_experiment_response(p->experiment, i)->name, name) == 0)
            return p->value[((int64_t)chosen * p->rows + row) * p->head->responses + i];
    fail_msg("%s keeps no '%s'", p->head->id, name);
    return (double)NAN;
}

static double plan_of(const part *p, int32_t chosen, const char *name)
{
    assert_int_equal(p->replications, 0);
    return value_of(p, chosen, 0, name);
}

static double mean_of(const part *p, int32_t chosen, const char *name)
{
    double sum = 0.0;
    for (int32_t i = 0; i < p->rows; i++)
        sum += value_of(p, chosen, i, name);
    return sum / p->rows;
}

static bool are_alike(const part *p, int32_t a, int32_t b, const char *name)
{
    for (int32_t i = 0; i < p->rows; i++)
        if (value_of(p, a, i, name) != value_of(p, b, i, name))
            return false;
    return true;
}

static int32_t factor_named(const part *p, const char *id)
{
    for (int32_t i = 0; i < p->head->factors; i++)
        if (strcmp(muster_experiment_factor(p->experiment, i)->id, id) == 0)
            return i;
    fail_msg("%s has no factor '%s'", p->head->id, id);
    return -1;
}

static double setting_of(const part *p, int64_t point, const char *id)
{
    char text[MUSTER_VALUE_BYTES];
    return strtod(muster_experiment_value(p->experiment, point, factor_named(p, id), text), NULL);
}

/* The point of a grid, or of a factor moved alone, that has these texts; "": any, or unset. */
static int64_t point_at(const part *p, const char *const *id, const char *const *wanted)
{
    char text[MUSTER_VALUE_BYTES];
    for (int64_t point = 0; point < p->head->points; point++) {
        bool is_it = true;
        for (int32_t i = 0; is_it && id[i]; i++)
            is_it =
                strstr(muster_experiment_value(p->experiment, point, factor_named(p, id[i]), text),
                       wanted[i]) == text + (text[0] == '"');
        if (is_it)
            return point;
    }
    fail_msg("%s has no point at %s = %s", p->head->id, id[0], wanted[0]);
    return -1;
}

static int64_t alone_at(const part *p, const char *id, const char *wanted)
{
    return point_at(p, (const char *const[]){id, NULL}, (const char *const[]){wanted});
}

/* ---- who would join --------------------------------------------------------------------------------- */

static void test_allotment_and_cost__joins_in_one_box_and_all_of_it(void **state)
{
    part p = open_part("allotment-and-cost", 0);
    int32_t joins = 0;
    (void)state;
    choose_each(&p, 5);
    run_part(&p);
    for (int32_t i = 0; i < p.count; i++) {
        const bool is_in = setting_of(&p, p.point[i], "allotment") >= 0.1711 &&
                           setting_of(&p, p.point[i], "frigates") >= 1.0 &&
                           setting_of(&p, p.point[i], "rep_china") <= 0.4310 &&
                           setting_of(&p, p.point[i], "rep_russia") <= 0.8033 &&
                           setting_of(&p, p.point[i], "autonomy") <= 0.6711;
        assert_true((plan_of(&p, i, "participation:PRK") == 1.0) == is_in);
        joins += is_in;
    }
    /* its volume: .829 x 2/3 x .431 x .803 x .530 = .101; of 400 points one deviation is .015 */
    assert_near((double)joins / p.count, 0.101, 0.04);
    close_part(&p);
}

static void test_join_map__has_three_borders(void **state)
{
    part p = open_part("join-map", 0);
    (void)state;
    choose_each(&p, 5);
    run_part(&p);
    for (int32_t i = 0; i < p.count; i++) {
        const double hold = setting_of(&p, p.point[i], "hold");
        const double visibility = setting_of(&p, p.point[i], "visibility");
        /* the rules with the file's figures, kit 1: f13 + f11a + f06 + f07b - f03 - f04 - f05 */
        const double china = 0.45 + 0.30 + 0.10 + 0.04 - 0.595 * hold - 0.5355 * visibility - 0.15;
        const double russia = 0.35 + 0.40 + 0.10 + 0.12 - 0.238 - 0.65025 * visibility - 0.24;
        /* f11b + f28 + f07a - f08 - f29 - f10 - f09 */
        const double accepts =
            0.45 + 0.15 + 0.10 - 0.216 - 0.09 - 0.32 * hold - 0.23976 * fmax(hold, 0.3);
        const bool joins = china > 0.0 && russia > 0.0 && accepts > 0.0;
        assert_near(plan_of(&p, i, "margin_admit:PRK"), fmin(china, russia), 1e-12);
        assert_near(plan_of(&p, i, "margin_accept:PRK"), accepts, 1e-12);
        assert_near(plan_of(&p, i, "margin_able:PRK"), 0.35, 1e-12);
        assert_true((plan_of(&p, i, "participation:PRK") == 1.0) == joins);
    }
    close_part(&p);
}

/* Square of a correlation: the part of the variance of the margin that goes with a weight alone. */
static double share_of(const part *p, const char *weight, const char *margin)
{
    double sx = 0.0, sy = 0.0, sxx = 0.0, syy = 0.0, sxy = 0.0;
    for (int32_t i = 0; i < p->count; i++) {
        const double x = setting_of(p, p->point[i], weight), y = plan_of(p, i, margin);
        sx += x, sy += y, sxx += x * x, syy += y * y, sxy += x * y;
    }
    const double cov = sxy - sx * sy / p->count;
    return cov * cov / ((sxx - sx * sx / p->count) * (syy - sy * sy / p->count));
}

static double share_that(const part *p, const char *name, double value)
{
    int32_t count = 0;
    for (int32_t i = 0; i < p->count; i++)
        count += plan_of(p, i, name) == value;
    return (double)count / p->count;
}

static void test_weights__decide_what_they_are_said_to(void **state)
{
    part p = open_part("weights-2023", 0);
    (void)state;
    for (int64_t point = 0; point < 512; point++) /* the first ones: a Sobol sequence by itself */
        choose(&p, point);
    run_part(&p);
    /* of 512 points drawn at random a share has a deviation of .022 at most */
    assert_near(share_that(&p, "margin_able:PRK", -0.35), 1.0, 0.0);
    assert_near(share_that(&p, "says_accept:PRK", 0.0), 0.79, 0.06);
    assert_near(share_that(&p, "hosts_admitting:PRK", 0.0), 0.57, 0.06);
    assert_near(share_that(&p, "hosts_admitting:PRK", 2.0), 0.13, 0.06);
    /* terms are weight x value, so shares are as squares: .45, .288, .216, .216, .15, .10, .09 */
    assert_near(share_of(&p, "f11b", "margin_accept:PRK"), 0.483, 0.06);
    assert_near(share_of(&p, "f10", "margin_accept:PRK"), 0.198, 0.06);
    assert_near(share_of(&p, "f08", "margin_accept:PRK"), 0.111, 0.06);
    assert_near(share_of(&p, "f17", "margin_accept:PRK"), 0.0, 0.02); /* worth 0 in this case */
    close_part(&p);
}

static double able_at(part *p, const char *lon, const char *allotment)
{
    const char *const id[] = {"lat", "lon", "allotment", NULL};
    const char *const at[] = {"39.5", lon, allotment};
    part one = {.experiment = p->experiment, .head = p->head, .rows = 1};
    int64_t point = point_at(p, id, at);
    one.point = &point;
    one.count = 1;
    run_part(&one);
    const double able = plan_of(&one, 0, "margin_able:PRK");
    assert_near(plan_of(&one, 0, "participation:PRK"), 0.0, 0.0);
    /* a Najin of the same tank share goes about as far: 25 nm more for each hundredth */
    assert_near(plan_of(&one, 0, "radius_nm:najin-531"),
                122.0 + 2460.0 * (strtod(allotment, NULL) - 0.1), 5.0);
    assert_true((able > 0.0) == (plan_of(&one, 0, "radius_nm:granted-frigates-1") >=
                                 plan_of(&one, 0, "distance_to_drill_nm:najin-531")));
    free(one.value);
    return able;
}

static void test_drill_place__fuel_against_distance(void **state)
{
    part p = open_part("drill-place", 0);
    (void)state;
    assert_near(able_at(&p, "134", "0.16"), -0.35, 1e-12);
    assert_near(able_at(&p, "134", "0.18"), 0.35, 1e-12);
    assert_near(able_at(&p, "136", "0.2"), -0.35, 1e-12);
    assert_near(able_at(&p, "136", "0.22"), 0.35, 1e-12);
    assert_near(able_at(&p, "130", "0.1"), 0.65, 1e-12);
    assert_near(able_at(&p, "130", "0.08"), -0.05, 1e-12); /* aircraft alone are not enough */
    close_part(&p);
}

/* ---- the drill -------------------------------------------------------------------------------------- */

static int32_t choose_start(part *p, const char *depart, const char *speed)
{
    const char *const id[] = {"depart", "speed", NULL};
    return choose(p, point_at(p, id, (const char *const[]){depart, speed}));
}

static double share_late(const part *p, int32_t chosen)
{
    int32_t late = 0;
    for (int32_t i = 0; i < p->rows; i++)
        late += value_of(p, chosen, i, "muster_delay_h") > 0.0;
    return (double)late / p->rows;
}

static void test_departure__matters_only_to_the_slow(void **state)
{
    part p = open_part("departure-and-speed", 150);
    (void)state;
    const int32_t saturday = choose_start(&p, "2023-07-15T09:45", "triangular 0.95");
    const int32_t sunday = choose_start(&p, "2023-07-16T09:45", "triangular 0.95");
    const int32_t night = choose_start(&p, "2023-07-16T21:45", "triangular 0.95");
    const int32_t slow = choose_start(&p, "2023-07-15T09:45", "triangular 0.65");
    const int32_t slow_later = choose_start(&p, "2023-07-15T21:45", "triangular 0.65");
    const int32_t slow_sunday = choose_start(&p, "2023-07-16T03:45", "triangular 0.65");
    const int32_t slow_night = choose_start(&p, "2023-07-16T21:45", "triangular 0.65");
    run_part(&p);
    /* deviations of single runs are 1 to 2 h, so of the means below .2 h */
    assert_near(mean_of(&p, saturday, "muster_delay_h"), -20.5, 0.6);
    assert_near(mean_of(&p, sunday, "muster_delay_h"), -20.1, 0.6);
    assert_near(mean_of(&p, night, "muster_delay_h"), -9.7, 0.6);
    assert_near(share_late(&p, night), 0.0, 0.0);
    /* of 150 runs a share has a deviation of .03 to .04 */
    assert_near(share_late(&p, slow), 0.85, 0.12);
    assert_near(share_late(&p, slow_later), 0.12, 0.12);
    assert_near(share_late(&p, slow_sunday), 0.94, 0.08);
    assert_near(mean_of(&p, slow_night, "mustered"), 0.0, 0.03);
    close_part(&p);
}

static void test_readiness__flat_straight_and_steep(void **state)
{
    part p = open_part("readiness", 150);
    (void)state;
    const int32_t all = choose(&p, 0);
    const int32_t frigate = choose(&p, alone_at(&p, "zaozhuang", "0.5"));
    const int32_t supply = choose(&p, alone_at(&p, "taihu", "0.5"));
    const int32_t china = choose(&p, alone_at(&p, "china", "0.5"));
    const int32_t both = choose(&p, alone_at(&p, "both", "0.5"));
    const int32_t fighters = choose(&p, alone_at(&p, "fighters", "0.7"));
    const int32_t calm = choose(&p, alone_at(&p, "sea", "2.4"));
    const int32_t rough = choose(&p, alone_at(&p, "sea", "2.6"));
    const int32_t high = choose(&p, alone_at(&p, "sea", "4.5"));
    run_part(&p);
    const char *done = "serials_done";
    assert_true(are_alike(&p, all, frigate, done));
    assert_true(are_alike(&p, all, frigate, "score"));
    /* pairs of the same random numbers: a deviation of 1 a run, .08 of the mean */
    assert_near(mean_of(&p, all, done) - mean_of(&p, supply, done), 0.73, 0.35);
    assert_near(mean_of(&p, all, done) - mean_of(&p, fighters, done), 0.01, 0.06);
    assert_near(mean_of(&p, calm, done) - mean_of(&p, rough, done), 2.2, 0.35);
    assert_near(mean_of(&p, high, done), 0.0, 0.0);
    /* two of four ships are needed: 11/16 and its square; deviations .04 */
    assert_near(mean_of(&p, china, "mustered"), 0.6875, 0.12);
    assert_near(mean_of(&p, both, "mustered"), 0.4727, 0.12);
    close_part(&p);
}

/* ---- what decides ----------------------------------------------------------------------------------- */

static bool is_inert(const char *id)
{
    static const char *const inert[] = {"helicopters",  "limit_high",    "speed",
                                        "depart_china", "depart_russia", "wait"};
    for (size_t i = 0; i < sizeof inert / sizeof *inert; i++)
        if (strcmp(id, inert[i]) == 0)
            return true;
    return false;
}

static void test_screening__six_do_nothing_and_procedures_much(void **state)
{
    enum { WALKS = 8 };
    part p = open_part("screening", 20);
    const int64_t steps = p.head->factors + 1;
    int32_t pairs = 0;
    double procedures = 0.0, fuel = 0.0;
    (void)state;
    for (int64_t point = 0; point < WALKS * steps; point++)
        choose(&p, point);
    run_part(&p);
    for (int32_t i = 0; i < p.count; i++) {
        const int32_t moved = muster_experiment_point(p.experiment, p.point[i]).factor;
        if (moved < 0)
            continue; /* begin of a walk */
        const char *id = muster_experiment_factor(p.experiment, moved)->id;
        const double change =
            fabs(mean_of(&p, i, "serials_done") - mean_of(&p, i - 1, "serials_done"));
        if (is_inert(id)) {
            assert_true(are_alike(&p, i, i - 1, "serials_done"));
            pairs++;
        }
        procedures += strcmp(id, "procedures") == 0 ? change / WALKS : 0.0;
        fuel += strcmp(id, "fuel") == 0 ? change / WALKS : 0.0;
    }
    assert_int_equal(pairs, 6 * WALKS);
    /* mean change of a step: .73 in 80 walks, with a deviation of .4; in 8 within .15 x 3 */
    assert_near(procedures, 0.72, 0.45);
    assert_true(fuel < procedures / 4.0);
    close_part(&p);
}

static void test_sensitivity__limit_counts_only_with_the_sea(void **state)
{
    part p = open_part("sensitivity", 10);
    const int32_t limit = factor_named(&p, "limit_low");
    int32_t base[4096], pair[4096], count = 0;
    (void)state;
    for (int64_t point = 0; point < p.head->points && count < 48; point++) {
        const muster_plan_point moved = muster_experiment_point(p.experiment, point);
        if (strcmp(moved.block, "ab") != 0 || moved.factor != limit)
            continue;
        for (int64_t other = 0; other < p.head->points; other++) {
            const muster_plan_point a = muster_experiment_point(p.experiment, other);
            if (strcmp(a.block, "a") == 0 && a.base_row == moved.base_row) {
                base[count] = choose(&p, other);
                pair[count++] = choose(&p, point);
                break;
            }
        }
    }
    assert_int_equal(count, 48);
    run_part(&p);
    int32_t calm = 0, lost = 0;
    for (int32_t i = 0; i < count; i++) {
        const int64_t a = p.point[base[i]], ab = p.point[pair[i]];
        const double from = setting_of(&p, a, "limit_low"), to = setting_of(&p, ab, "limit_low");
        const double change =
            mean_of(&p, base[i], "serials_cancelled") - mean_of(&p, pair[i], "serials_cancelled");
        const bool is_calm =
            setting_of(&p, a, "sea") <= 1.25; /* sea state 3: all limits allow it */
        if (is_calm || fmin(from, to) > 3.0) {
            assert_near(change, 0.0, 0.0);
            calm += is_calm && from != to;
        } else if (from != to) {
            /* three serials lost, or as many as were not lost anyhow */
            assert_true(from < to ? change >= 0.0 : change <= 0.0);
            lost += fabs(change) > 1.0;
        }
    }
    assert_true(calm >= 5 && lost >= 5);
    close_part(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allotment_and_cost__joins_in_one_box_and_all_of_it),
        cmocka_unit_test(test_join_map__has_three_borders),
        cmocka_unit_test(test_weights__decide_what_they_are_said_to),
        cmocka_unit_test(test_drill_place__fuel_against_distance),
        cmocka_unit_test(test_departure__matters_only_to_the_slow),
        cmocka_unit_test(test_readiness__flat_straight_and_steep),
        cmocka_unit_test(test_screening__six_do_nothing_and_procedures_much),
        cmocka_unit_test(test_sensitivity__limit_counts_only_with_the_sea),
    };
    return cmocka_run_group_tests(tests, open_land, close_land);
}

#include "follow.h"
#include "test.h"

#include "num/distribution.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 1000000 };

static mst_stream stream_number(uint32_t stream)
{
    return mst_stream_of(mst_random_key(7), 3, stream);
}

static mst_dist dist_of(const char *text)
{
    mst_dist dist = {.kind = MST_DIST_FIXED};
    const char *reason = "none";
    if (!mst_dist_read(text, &dist, &reason))
        fail_msg("'%s' is refused: %s", text, reason);
    assert_null(reason);
    return dist;
}

static bool are_equal(const mst_dist *a, const mst_dist *b)
{
    return a->kind == b->kind && a->figure[0] == b->figure[0] && a->figure[1] == b->figure[1] &&
           a->figure[2] == b->figure[2];
}

/* ---- text ------------------------------------------------------------------------------------ */

static void test_distribution__reads_what_it_writes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        mst_dist dist;
        const char *written; /* null: as it was read */
    } rows[] = {
        {"fixed 0", {MST_DIST_FIXED, {0}}, NULL},
        {"fixed -2.5", {MST_DIST_FIXED, {-2.5}}, NULL},
        {"uniform 20 300", {MST_DIST_UNIFORM, {20, 300}}, NULL},
        {"uniform 5 5", {MST_DIST_UNIFORM, {5, 5}}, NULL},
        {"triangular 0.95 1 1.02", {MST_DIST_TRIANGULAR, {0.95, 1, 1.02}}, NULL},
        {"triangular 1 1 2", {MST_DIST_TRIANGULAR, {1, 1, 2}}, NULL},
        {"triangular 1 2 2", {MST_DIST_TRIANGULAR, {1, 2, 2}}, NULL},
        {"triangular 3 3 3", {MST_DIST_TRIANGULAR, {3, 3, 3}}, NULL},
        {"exponential 100000", {MST_DIST_EXPONENTIAL, {100000}}, NULL},
        {"normal -3 0.1", {MST_DIST_NORMAL, {-3, 0.1}}, NULL},
        {"lognormal 2 1e-05", {MST_DIST_LOGNORMAL, {2, 1e-5}}, NULL},
        {"weibull 1.5 2", {MST_DIST_WEIBULL, {1.5, 2}}, NULL},
        {"weibull .05 1000", {MST_DIST_WEIBULL, {0.05, 1000}}, "weibull 0.05 1000"},
        {" \t normal\t+3.  1E1 ", {MST_DIST_NORMAL, {3, 10}}, "normal 3 10"},
        {"uniform -1e100 1e100", {MST_DIST_UNIFORM, {-1e100, 1e100}}, "uniform -1e+100 1e+100"},
        /* the longest that there is: 17 digits, sign and exponent each */
        {"triangular -3.0405522059153735e-101 -2.0749139528992097e-101 -1.7508766941938793e-101",
         {MST_DIST_TRIANGULAR,
          {-3.0405522059153735e-101, -2.0749139528992097e-101, -1.7508766941938793e-101}},
         NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const mst_dist dist = dist_of(rows[i].text);
        assert_true(are_equal(&dist, &rows[i].dist));
        char text[96];
        mst_dist_write(&dist, text);
        assert_string_equal(text, rows[i].written ? rows[i].written : rows[i].text);
        const mst_dist again = dist_of(text);
        assert_true(are_equal(&again, &dist));
    }
}

/* Three figures of any bits: what is written reads back, in 95 bytes at the most. */
static void test_distribution__figures_survive_text(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 20000; i++) {
        const mst_stream stream = stream_number(90);
        mst_dist dist = {.kind = MST_DIST_TRIANGULAR};
        double f[3];
        for (uint64_t k = 0; k < 3; k++) {
            const double size = mst_random_unit(stream, 6 * i + 2 * k) * 700.0 - 400.0;
            f[k] = (mst_random_unit(stream, 6 * i + 2 * k + 1) - 0.5) * exp(size);
        }
        dist.figure[0] = fmin(f[0], fmin(f[1], f[2]));
        dist.figure[2] = fmax(f[0], fmax(f[1], f[2]));
        dist.figure[1] = fmin(fmax(f[0], f[1]), fmin(fmax(f[1], f[2]), fmax(f[0], f[2])));
        if (dist.figure[0] < -1e100 || dist.figure[2] > 1e100)
            continue;
        char text[96];
        memset(text, 'x', sizeof text);
        mst_dist_write(&dist, text);
        assert_non_null(memchr(text, '\0', sizeof text));
        const mst_dist again = dist_of(text);
        assert_true(are_equal(&again, &dist));
    }
}

#define NAMELESS "it begins with none of the names"
#define FAR "a figure lies beyond 1e100"

static void test_distribution__refusals_say_why(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"", NAMELESS},
        {"   ", NAMELESS},
        {"1", NAMELESS},
        {"gamma 1 2", NAMELESS},
        {"Normal 1 2", NAMELESS},
        {"norma 1 2", NAMELESS},
        {"normals 1 2", NAMELESS},
        {"normal1 2", NAMELESS},
        {"normal(1, 2)", NAMELESS},
        {"uniform-1 2", NAMELESS},
        {"fixed", "it takes one figure, VALUE"},
        {"fixed 1 2", "it takes one figure, VALUE"},
        {"fixed nan", "it takes one figure, VALUE"},
        {"fixed inf", "it takes one figure, VALUE"},
        {"fixed 0x10", "it takes one figure, VALUE"},
        {"fixed 1e999", "it takes one figure, VALUE"},
        {"fixed 1,5", "it takes one figure, VALUE"},
        {"fixed -", "it takes one figure, VALUE"},
        {"fixed 1e", "it takes one figure, VALUE"},
        {"fixed 1\n", "it takes one figure, VALUE"},
        {"uniform 1", "it takes two figures, LOW HIGH"},
        {"uniform 1 2 3", "it takes two figures, LOW HIGH"},
        {"uniform 2 1", "LOW is above HIGH"},
        {"uniform -1e308 1e308", FAR},
        {"triangular 1 2", "it takes three figures, LOW MODE HIGH"},
        {"triangular 1 2 3 4", "it takes three figures, LOW MODE HIGH"},
        {"triangular 3 2 1", "LOW is above HIGH"},
        {"triangular 1 0.9 2", "MODE lies outside LOW and HIGH"},
        {"triangular 1 2.1 2", "MODE lies outside LOW and HIGH"},
        {"triangular 1 2 1.1e100", FAR},
        {"exponential", "it takes one figure, MEAN"},
        {"exponential 1 2", "it takes one figure, MEAN"},
        {"exponential 0", "MEAN must be above 0"},
        {"exponential -0", "MEAN must be above 0"},
        {"exponential 1e-999", "MEAN must be above 0"},
        {"exponential -1", "MEAN must be above 0"},
        {"normal 1", "it takes two figures, MEAN SD"},
        {"normal 1 0", "SD must be above 0"},
        {"normal 1 -2", "SD must be above 0"},
        {"lognormal 1", "it takes two figures, MEAN SD"},
        {"lognormal 0 1", "MEAN and SD must be above 0"},
        {"lognormal 1 0", "MEAN and SD must be above 0"},
        {"lognormal 1 1.1e6", "SD is above a million times MEAN"},
        {"lognormal 1e-320 1", "SD is above a million times MEAN"},
        {"weibull 1", "it takes two figures, SHAPE SCALE"},
        {"weibull 0 1", "SHAPE and SCALE must be above 0"},
        {"weibull 1 -1", "SHAPE and SCALE must be above 0"},
        {"weibull 0.04 1", "SHAPE must lie from 0.05 to 1000"},
        {"weibull 1001 1", "SHAPE must lie from 0.05 to 1000"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const mst_dist before = {MST_DIST_WEIBULL, {7, 8, 9}};
        mst_dist dist = before;
        const char *reason = NULL;
        assert_false(mst_dist_read(rows[i][0], &dist, &reason));
        assert_string_equal(reason, rows[i][1]);
        assert_true(are_equal(&dist, &before));
    }
}

static void assert_sound(const mst_dist *dist, uint64_t number)
{
    const double low = mst_dist_low(dist), high = mst_dist_high(dist);
    const double mean = mst_dist_mean(dist), sd = mst_dist_sd(dist);
    const double slack = 1e-15 * (fabs(mean) + sd); /* rounding of a mean of equal ends */
    assert_true(low <= mean + slack && mean <= high + slack);
    assert_true(isfinite(mean) && isfinite(sd) && sd >= 0.0);
    const double value = mst_dist_draw(dist, stream_number(91), number);
    assert_true(isfinite(value) && low <= value && value <= high);
    const double p = mst_dist_cdf(dist, value);
    assert_true(p >= 0.0 && p <= 1.0);
}

/* Texts with bytes changed, put in and cut out, and plain noise: read, or refused with a word. */
static void test_distribution__hostile_bytes(void **state)
{
    (void)state;
    static const char *const good[] = {"fixed 1",        "uniform 1 2",      "triangular 1 2 3",
                                       "exponential 2",  "normal 1 1e5",     "lognormal 1 3",
                                       "weibull 2 3e-7", "weibull 0.06 1e99"};
    static const char likely[] = " \t0123456789.eE+-xnaif";
    int32_t taken = 0;
    for (uint64_t i = 0; i < 300000; i++) {
        uint64_t words[2];
        mst_random_block(stream_number(92), i, words);
        char text[64];
        size_t length;
        if (i % 4 == 0) {
            length = words[1] % 40;
            for (size_t k = 0; k < length; k++) {
                uint64_t noise[2];
                mst_random_block(stream_number(93), i * 64 + k, noise);
                text[k] = (char)(noise[0] >> 56);
            }
        } else {
            const char *from = good[words[1] % (sizeof good / sizeof *good)];
            length = strlen(from);
            memcpy(text, from, length);
            for (int change = 0; change < 1 + (int)(words[0] % 3); change++) {
                const size_t at = (words[0] >> (8 + 8 * change)) % length;
                const char with = likely[(words[1] >> (8 + 8 * change)) % (sizeof likely - 1)];
                if (words[0] >> (56 + change) & 1) {
                    text[at] = with;
                } else {
                    memmove(text + at + 1, text + at, length - at);
                    text[at] = with;
                    length++;
                }
            }
        }
        text[length] = '\0';
        /* in a block of its own size, so that a sanitizer sees a step beyond */
        char *exact = malloc(length + 1);
        assert_non_null(exact);
        memcpy(exact, text, length + 1);
        mst_dist dist = {MST_DIST_KINDS, {7, 8, 9}};
        const char *reason = NULL;
        if (mst_dist_read(exact, &dist, &reason)) {
            taken++;
            assert_null(reason);
            assert_sound(&dist, i);
            char written[96];
            mst_dist_write(&dist, written);
            const mst_dist again = dist_of(written);
            assert_true(are_equal(&again, &dist));
        } else {
            assert_true(dist.kind == MST_DIST_KINDS && reason && *reason);
        }
        free(exact);
    }
    assert_in_range(taken, 5000, 150000); /* both ways are walked */
}

static void test_distribution__very_long_texts_are_refused(void **state)
{
    (void)state;
    enum { LONG = 100000 };
    char *text = malloc(LONG + 1);
    assert_non_null(text);
    static const char fill[] = "a1.- +e";
    for (size_t i = 0; i + 1 < sizeof fill; i++)
        for (int named = 0; named < 2; named++) {
            memset(text, fill[i], LONG);
            text[LONG] = '\0';
            if (named)
                memcpy(text, "uniform 1 ", 10);
            mst_dist dist;
            const char *reason = NULL;
            assert_false(mst_dist_read(text, &dist, &reason));
            assert_non_null(reason);
        }
    /* a figure of 63 bytes is read, a longer one not */
    for (size_t length = 1; length < 300; length++) {
        memcpy(text, "fixed ", 6);
        memset(text + 6, '0', length);
        text[5 + length] = '7';
        text[6 + length] = '\0';
        mst_dist dist = {.kind = MST_DIST_KINDS};
        const char *reason = NULL;
        assert_true(mst_dist_read(text, &dist, &reason) == (length <= 63));
        assert_true(length > 63 || dist.figure[0] == 7.0);
    }
    memset(text, ' ', LONG);
    memcpy(text + LONG / 2, "fixed", 5);
    text[LONG - 1] = '3';
    text[LONG] = '\0';
    assert_true(dist_of(text).figure[0] == 3.0);
    free(text);
}

/* ---- draws ----------------------------------------------------------------------------------- */

static const char *const drawn[] = {
    "uniform -3 8",     "uniform 1e-200 3e-200",   "triangular 0.95 1 1.02",
    "triangular 1 1 2", "triangular -1 2 2",       "triangular 1e-200 2e-200 4e-200",
    "exponential 2.5",  "normal -3 0.5",           "lognormal 2 0.5",
    "lognormal 3 3",    "weibull 0.8 2",           "weibull 1.7 0.3",
    "weibull 12 1e40",  "triangular -1e99 0 1e100"};

/* Mean and deviation of 10^6 draws within 5 standard errors, the deviation's from the fourth moment
 * of the draws; and the whole distribution (follow.h). False alarms: 6e-7 and 5e-5 each. */
static void test_distribution__draws_are_as_said(void **state)
{
    (void)state;
    static follow seen;
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++) {
        const mst_dist dist = dist_of(drawn[i]);
        const double mean = mst_dist_mean(&dist), sd = mst_dist_sd(&dist);
        double sum = 0.0, squares = 0.0, fourths = 0.0;
        for (uint64_t n = 0; n < DRAWS; n++) {
            const double value = mst_dist_draw(&dist, stream_number((uint32_t)i), n);
            assert_true(value >= mst_dist_low(&dist) && value <= mst_dist_high(&dist));
            const double z = (value - mean) / sd;
            sum += z;
            squares += z * z;
            fourths += z * z * (z * z);
            follow_add(&seen, mst_dist_cdf(&dist, value));
        }
        assert_near(sum / DRAWS, 0.0, 5.0 / sqrt(DRAWS));
        assert_near(squares / DRAWS, 1.0, 5.0 * sqrt((fourths / DRAWS - 1.0) / DRAWS));
        assert_near(follow_distance(&seen), 0.0, FOLLOW_LIMIT);
    }
}

/* One uniform, turned round: its P is that uniform again, so values rise with it. */
static void test_distribution__inverts_one_uniform(void **state)
{
    (void)state;
    static const char *const texts[] = {"uniform -3 8", "triangular 0.95 1 1.02",
                                        "triangular 1 1 2", "triangular -1 2 2"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const mst_dist dist = dist_of(texts[i]);
        for (uint64_t n = 0; n < 10000; n++) {
            const double value = mst_dist_draw(&dist, stream_number(50), n);
            /* a value near 1 has steps of 2e-16 over a width of .07: 1e-14 in P */
            assert_near(mst_dist_cdf(&dist, value), mst_random_unit(stream_number(50), n), 2e-14);
        }
    }
}

static void test_distribution__no_width_gives_its_value(void **state)
{
    (void)state;
    static const char *const texts[] = {"fixed 0.1", "uniform 0.1 0.1", "triangular 0.1 0.1 0.1"};
    for (size_t i = 0; i < 3; i++) {
        const mst_dist dist = dist_of(texts[i]);
        for (uint64_t n = 0; n < 1000; n++)
            assert_true(mst_dist_draw(&dist, stream_number(51), n) == 0.1);
        assert_near(mst_dist_mean(&dist), 0.1, 1e-16);
        assert_true(mst_dist_sd(&dist) == 0.0);
        assert_true(mst_dist_low(&dist) == 0.1 && mst_dist_high(&dist) == 0.1);
        assert_true(mst_dist_cdf(&dist, 0.0999) == 0.0 && mst_dist_cdf(&dist, 0.1) == 1.0);
    }
}

/* ---- figures --------------------------------------------------------------------------------- */

/* Mean and deviation worked out by hand or taken from the formulas of the kinds; cdf at a place
 * where it is known. */
static void test_distribution__known_figures(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double mean, sd, low, high, x, p;
    } rows[] = {
        {"fixed 4", 4, 0, 4, 4, 4, 1},
        {"uniform 1 4", 2.5, 0.86602540378443865, 1, 4, 2, 1.0 / 3},
        {"triangular 0 1 3", 4.0 / 3, 0.62360956446232352, 0, 3, 1, 1.0 / 3}, /* sqrt(7/18) */
        {"triangular 0 0 2", 2.0 / 3, 0.47140452079103168, 0, 2, 1, 0.75},    /* sqrt(2/9) */
        {"exponential 2", 2, 2, 0, INFINITY, 2, 0.63212055882855768},         /* 1 - 1/e */
        {"normal 1 2", 1, 2, -INFINITY, INFINITY, 4.9199279690801081, 0.975},
        {"lognormal 2 2", 2, 2, 0, INFINITY, 1.4142135623730951, 0.5}, /* median 2 / sqrt(2) */
        {"weibull 1 3", 3, 3, 0, INFINITY, 3, 0.63212055882855768},
        /* Rayleigh: sqrt(pi) / 2, sqrt(1 - pi / 4) */
        {"weibull 2 1", 0.88622692545275801, 0.46325137517610424, 0, INFINITY, 1,
         0.63212055882855768},
        {"weibull 0.5 1", 2, 4.4721359549995794, 0, INFINITY, 1,
         0.63212055882855768}, /* sqrt(20) */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const mst_dist dist = dist_of(rows[i].text);
        assert_near(mst_dist_mean(&dist), rows[i].mean, 1e-14);
        assert_near(mst_dist_sd(&dist), rows[i].sd, 2e-14);
        assert_true(mst_dist_low(&dist) == rows[i].low);
        assert_true(mst_dist_high(&dist) == rows[i].high);
        assert_near(mst_dist_cdf(&dist, rows[i].x), rows[i].p, 1e-14);
        assert_true(mst_dist_cdf(&dist, -INFINITY) == 0.0);
        assert_true(mst_dist_cdf(&dist, INFINITY) == 1.0);
    }
}

/* A Weibull of great shape, whose deviation is the difference of two nearly equal figures: the
 * deviation times the shape tends to that of a Gumbel, pi / sqrt(6), with an error of 1 / shape. */
static void test_distribution__a_narrow_weibull_keeps_its_deviation(void **state)
{
    (void)state;
    const mst_dist dist = dist_of("weibull 1000 1");
    assert_near(1000.0 * mst_dist_sd(&dist), 1.2825498301618641, 2e-3);
}

/* Mean and deviation are those of the cdf: integrals of 1 - P by the midpoint rule between values
 * whose P is 1e-15 from the ends. */
static void test_distribution__figures_agree_with_the_cdf(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++) {
        const mst_dist dist = dist_of(drawn[i]);
        const double mean = mst_dist_mean(&dist), sd = mst_dist_sd(&dist);
        const double low = fmax(mst_dist_low(&dist), mean - 9.0 * sd);
        double high = fmin(mst_dist_high(&dist), mean + 9.0 * sd);
        while (mst_dist_cdf(&dist, high) < 1.0 - 1e-15)
            high = mean + 1.5 * (high - mean);
        enum { STEPS = 400000 };
        const double step = (high - low) / STEPS;
        double first = 0.0, second = 0.0, before = 0.0;
        for (int32_t k = 0; k < STEPS; k++) {
            const double x = low + (k + 0.5) * step, p = mst_dist_cdf(&dist, x);
            assert_true(p >= before && p <= 1.0);
            before = p;
            first += (1.0 - p) * (step / sd);
            second += 2.0 * ((x - low) / sd) * (1.0 - p) * (step / sd);
        }
        const double expected = (mean - low) / sd;
        assert_near(first, expected, 1e-5 * (1.0 + expected));
        assert_near(second - first * first, 1.0, 1e-4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distribution__reads_what_it_writes),
        cmocka_unit_test(test_distribution__figures_survive_text),
        cmocka_unit_test(test_distribution__refusals_say_why),
        cmocka_unit_test(test_distribution__hostile_bytes),
        cmocka_unit_test(test_distribution__very_long_texts_are_refused),
        cmocka_unit_test(test_distribution__draws_are_as_said),
        cmocka_unit_test(test_distribution__inverts_one_uniform),
        cmocka_unit_test(test_distribution__no_width_gives_its_value),
        cmocka_unit_test(test_distribution__known_figures),
        cmocka_unit_test(test_distribution__a_narrow_weibull_keeps_its_deviation),
        cmocka_unit_test(test_distribution__figures_agree_with_the_cdf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

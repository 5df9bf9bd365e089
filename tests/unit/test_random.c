#include "follow.h"
#include "test.h"

#include "base/units.h"
#include "num/normal.h"
#include "num/random.h"
#include "num/ziggurat_table.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What is random here is fixed by its seeds, so a test that passes once passes always; the limits
 * are such that a right generator would pass with other seeds too, but for the false alarms said.
 */
enum { LAYERS = 256, DRAWS = 1000000, MANY_DRAWS = 10000000 };

#define SEED UINT64_C(20230716)

static mst_stream stream_number(uint32_t stream)
{
    return mst_stream_of(mst_random_key(SEED), 1, stream);
}

/* ---- Philox2x64-10, written once more from the paper ------------------------------------------- */

__extension__ typedef unsigned __int128 wide;

#define MULTIPLIER UINT64_C(0xD2B74407B1CE6E93)
#define WEYL UINT64_C(0x9E3779B97F4A7C15)
enum { ROUNDS = 10 };

static void philox(uint64_t key, uint64_t word[2])
{
    for (int round = 0; round < ROUNDS; round++) {
        const wide product = (wide)MULTIPLIER * word[0];
        word[0] = (uint64_t)(product >> 64) ^ key ^ word[1];
        word[1] = (uint64_t)product;
        key += WEYL;
    }
}

/* The counter that gives these words. */
static void philox_back(uint64_t key, uint64_t word[2])
{
    uint64_t inverse = MULTIPLIER; /* of an odd number modulo 2^64, by Newton's steps */
    for (int i = 0; i < 6; i++)
        inverse *= 2 - MULTIPLIER * inverse;
    key += WEYL * (ROUNDS - 1);
    for (int round = 0; round < ROUNDS; round++) {
        const uint64_t left = word[1] * inverse;
        word[1] = word[0] ^ key ^ (uint64_t)((wide)MULTIPLIER * left >> 64);
        word[0] = left;
        key -= WEYL;
    }
}

/* A place whose block has this first word and a second one not below `second`. */
static mst_stream place_of_word(uint64_t first, uint64_t second, uint64_t *out_number)
{
    const uint64_t key = mst_random_key(SEED);
    for (;; second++) { /* one try in 2^16 is a number that a caller may use */
        uint64_t word[2] = {first, second};
        philox_back(key, word);
        if (word[0] < MST_DRAWS) {
            *out_number = word[0];
            return (mst_stream){key, word[1]};
        }
    }
}

/* Known answers of Random123's own tests (kat_vectors: philox2x64 10): zeros, ones, digits of pi. */
static void test_random__known_answers(void **state)
{
    (void)state;
    static const uint64_t rows[][5] = {
        {0, 0, 0, UINT64_C(0xca00a0459843d731), UINT64_C(0x66c24222c9a845b5)},
        {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_C(0x65b021d60cd8310f),
         UINT64_C(0x4d02f3222f86df20)},
        {UINT64_C(0x243f6a8885a308d3), UINT64_C(0x13198a2e03707344), UINT64_C(0xa4093822299f31d0),
         UINT64_C(0x0a5e742c2997341c), UINT64_C(0xb0f883d38000de5d)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t words[2];
        mst_random_block((mst_stream){rows[i][2], rows[i][1]}, rows[i][0], words);
        assert_int_equal(words[0], rows[i][3]);
        assert_int_equal(words[1], rows[i][4]);
    }
}

static void test_random__agrees_with_the_paper_on_any_counter(void **state)
{
    (void)state;
    uint64_t x = 1;
    for (int i = 0; i < 100000; i++) {
        uint64_t any[3];
        for (int k = 0; k < 3; k++) {
            x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            any[k] = x ^ x >> 29;
        }
        uint64_t words[2], expected[2] = {any[0], any[1]};
        mst_random_block((mst_stream){any[2], any[1]}, any[0], words);
        philox(any[2], expected);
        assert_int_equal(words[0], expected[0]);
        assert_int_equal(words[1], expected[1]);
        philox_back(any[2], expected);
        assert_int_equal(expected[0], any[0]);
        assert_int_equal(expected[1], any[1]);
    }
}

/* ---- places -------------------------------------------------------------------------------------- */

/* Numbers by splitmix64 as published (Steele, Lea and Flood 2014; the first outputs of seed 0 and of
 * seed 1234567 stand in many implementations' tests). */
static void test_random__keys_are_splitmix(void **state)
{
    (void)state;
    assert_int_equal(mst_random_key(0), UINT64_C(0xe220a8397b1dcdaf));
    assert_int_equal(mst_random_key(UINT64_C(0x9e3779b97f4a7c15)), UINT64_C(0x6e789e6aa1b965f4));
    assert_int_equal(mst_random_key(1234567), UINT64_C(6457827717110365317));
}

static void test_random__a_place_has_room_for_all_its_parts(void **state)
{
    (void)state;
    const mst_stream a = mst_stream_of(7, 0xfedcba98U, 0x12345678U);
    assert_int_equal(a.key, 7);
    assert_int_equal(a.high, UINT64_C(0xfedcba9812345678));
}

static int compare_words(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return x[0] < y[0] ? -1 : x[0] > y[0];
}

/* Two of 320,000 words of 64 bits agree by chance once in 3.6e8 seeds. */
static void test_random__streams_do_not_overlap(void **state)
{
    (void)state;
    enum { SIDE = 20, COUNT = 2 * SIDE * SIDE * SIDE * SIDE };
    uint64_t *seen = malloc(COUNT * sizeof *seen);
    assert_non_null(seen);
    int32_t count = 0;
    for (uint64_t seed = 0; seed < SIDE; seed++)
        for (uint32_t replication = 0; replication < SIDE; replication++)
            for (uint32_t stream = 0; stream < SIDE; stream++)
                for (uint64_t number = 0; number < SIDE; number++) {
                    mst_random_block(mst_stream_of(mst_random_key(seed), replication, stream),
                                     number, seen + count);
                    count += 2;
                }
    assert_int_equal(count, COUNT);
    qsort(seen, COUNT, sizeof *seen, compare_words);
    for (int32_t i = 1; i < COUNT; i++)
        assert_true(seen[i] != seen[i - 1]);
    free(seen);
}

typedef double (*draw_function)(mst_stream stream, uint64_t number);
static const draw_function draws[] = {mst_random_unit, mst_random_exponential, mst_random_normal};

static void test_random__the_order_of_draws_changes_nothing(void **state)
{
    (void)state;
    enum { STREAMS = 7, NUMBERS = 1000 };
    static double forward[3][STREAMS][NUMBERS];
    for (int kind = 0; kind < 3; kind++)
        for (uint32_t stream = 0; stream < STREAMS; stream++)
            for (uint64_t number = 0; number < NUMBERS; number++)
                forward[kind][stream][number] = draws[kind](stream_number(stream), number);
    for (uint64_t back = 0; back < NUMBERS; back++)
        for (uint32_t stream = STREAMS; stream-- > 0;)
            for (int kind = 3; kind-- > 0;) {
                const uint64_t number = (back * 617) % NUMBERS; /* 617 is prime: each number once */
                const double again = draws[kind](stream_number(stream), number);
                assert_true(again == forward[kind][stream][number]);
            }
}

/* Neighbours by seed, replication, stream and number: correlation of 10^6 pairs within 4.9 standard
 * errors of 0 (false alarm 1e-6 each). */
static void test_random__neighbours_are_not_correlated(void **state)
{
    (void)state;
    double sum[4] = {0};
    for (uint64_t i = 0; i < DRAWS; i++) {
        const uint32_t part = (uint32_t)(i / 1000);
        const uint64_t number = i % 1000, seed = i;
        const mst_stream here = stream_number(part);
        const double x = mst_random_unit(here, number) - 0.5;
        const double y[4] = {
            mst_random_unit(here, number + 1),
            mst_random_unit(stream_number(part + 1), number),
            mst_random_unit(mst_stream_of(here.key, 2, part), number),
            mst_random_unit(mst_stream_of(mst_random_key(seed + 1), 0, 0), 0),
        };
        const double own = mst_random_unit(mst_stream_of(mst_random_key(seed), 0, 0), 0) - 0.5;
        for (int k = 0; k < 4; k++)
            sum[k] += (k < 3 ? x : own) * (y[k] - 0.5);
    }
    for (int k = 0; k < 4; k++)
        assert_near(12.0 * sum[k] / DRAWS, 0.0, 4.9 / sqrt(DRAWS));
}

/* ---- ends ---------------------------------------------------------------------------------------- */

static void test_random__unit_never_reaches_its_ends(void **state)
{
    (void)state;
    static const struct {
        uint64_t word;
        double unit;
    } rows[] = {
        {0, 0x1p-53},
        {UINT64_C(0xfff), 0x1p-53},
        {UINT64_C(0x1000), 3 * 0x1p-53},
        {UINT64_C(1) << 63, 0.5 + 0x1p-53},
        {UINT64_MAX, 1.0 - 0x1p-53},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t number, words[2];
        const mst_stream stream = place_of_word(rows[i].word, 0, &number);
        mst_random_block(stream, number, words);
        assert_int_equal(words[0], rows[i].word);
        const double unit = mst_random_unit(stream, number);
        assert_true(unit == rows[i].unit && unit > 0.0 && unit < 1.0);
    }
}

/* Layer 0 beyond r: the tail, and what its own words may be at the worst. Bits 0 to 7 of the first
 * word are the layer, bit 8 the sign, the upper 53 the place. */
static void test_random__ziggurats_are_finite_at_their_corners(void **state)
{
    (void)state;
    static const uint64_t seconds[] = {0, UINT64_MAX - (UINT64_C(1) << 24), UINT64_C(1) << 63};
    for (size_t i = 0; i < 3; i++)
        for (uint64_t layer = 0; layer < LAYERS; layer++) {
            uint64_t number;
            const uint64_t outermost = UINT64_MAX - UINT64_C(0xfff) + layer;
            mst_stream stream = place_of_word(outermost, seconds[i], &number);
            const double x = mst_random_exponential(stream, number);
            assert_true(isfinite(x) && x >= (layer == 0 ? exponential_x[1] : 0.0));
            double z = mst_random_normal(stream, number);
            assert_true(isfinite(z) && (layer > 0 || z >= normal_x[1]));
            stream = place_of_word(outermost + 256, seconds[i], &number);
            z = mst_random_normal(stream, number);
            assert_true(isfinite(z) && (layer > 0 || z <= -normal_x[1]));
            /* the innermost place of a layer, and the sign of a plain draw */
            stream = place_of_word((UINT64_C(1) << 60) + 256 + layer, seconds[i], &number);
            assert_true(mst_random_exponential(stream, number) <= exponential_x[layer]);
            assert_true(layer == LAYERS - 1 || mst_random_normal(stream, number) < 0.0);
            stream = place_of_word(layer, seconds[i], &number);
            if (layer < LAYERS - 1) {
                assert_true(mst_random_exponential(stream, number) == 0.0);
                assert_true(mst_random_normal(stream, number) == 0.0);
            }
        }
    /* the tail of the exponential is r - log(u) with the unit of the second word: 2^-53 at the least */
    uint64_t number;
    const mst_stream stream = place_of_word(UINT64_MAX - UINT64_C(0xfff), 0, &number);
    assert_near(mst_random_exponential(stream, number), exponential_x[1] + 53.0 * log(2.0), 1e-9);
}

/* A refused attempt goes on at number + (attempt << 48): its draw is that of the later place. */
static void test_random__a_refused_attempt_goes_on_in_the_upper_bits(void **state)
{
    (void)state;
    const double top = 0x1p64;
    int32_t again = 0;
    for (uint64_t i = 0; i < DRAWS; i++) {
        const mst_stream stream = stream_number(5);
        uint64_t words[2];
        mst_random_block(stream, i, words);
        const uint64_t layer = words[0] & 255;
        const double place = (double)(words[0] >> 11) * 0x1p-53;
        const double x = place * exponential_x[layer], z = place * normal_x[layer];
        const double height = (double)words[1] / top;
        const double low_x = exp(-exponential_x[layer]), high_x = exp(-exponential_x[layer + 1]);
        const double low_z = exp(-0.5 * sq(normal_x[layer]));
        const double high_z = exp(-0.5 * sq(normal_x[layer + 1]));
        const double over_x = low_x + height * (high_x - low_x) - exp(-x);
        const double over_z = low_z + height * (high_z - low_z) - exp(-0.5 * z * z);
        /* nearer than rounding to the curve, either answer is right */
        if (layer > 0 && x >= exponential_x[layer + 1] && fabs(over_x) > 1e-12) {
            const double expected =
                over_x < 0.0 ? x : mst_random_exponential(stream, i + MST_DRAWS);
            assert_true(mst_random_exponential(stream, i) == expected);
            again += over_x > 0.0;
        }
        if (layer > 0 && z >= normal_x[layer + 1] && fabs(over_z) > 1e-12) {
            const double expected =
                over_z < 0.0 ? (words[0] & 256 ? -z : z) : mst_random_normal(stream, i + MST_DRAWS);
            assert_true(mst_random_normal(stream, i) == expected);
            again += over_z > 0.0;
        }
    }
    assert_in_range(again, DRAWS / 100, DRAWS / 25); /* about 1.1 % and 0.7 % */
}

/* ---- tables -------------------------------------------------------------------------------------- */

static long double density(bool is_normal, long double x)
{
    return expl(is_normal ? -x * x / 2 : -x);
}

static long double edge_at(bool is_normal, long double height)
{
    return is_normal ? sqrtl(-2 * logl(height)) : -logl(height);
}

static long double area_of(bool is_normal, long double r)
{
    const long double tail =
        is_normal ? sqrtl(acosl(-1.0L) / 2) * erfcl(r / sqrtl(2.0L)) : expl(-r);
    return r * density(is_normal, r) + tail;
}

/* Height that the layers reach above 1 (or -1 below it) when the base ends at r. */
static long double overshoot(bool is_normal, long double r, long double edge[LAYERS])
{
    const long double area = area_of(is_normal, r);
    edge[0] = area / density(is_normal, r);
    edge[1] = r;
    for (int i = 1; i < LAYERS; i++) {
        const long double height = density(is_normal, edge[i]) + area / edge[i];
        if (i == LAYERS - 1)
            return height - 1;
        if (height >= 1)
            return 1;
        edge[i + 1] = edge_at(is_normal, height);
    }
    return 0;
}

/* r, the edges and the densities worked out anew, in long double where that is longer. Each step up the ladder
 * multiplies an error of r by the slope; 1e-12 is 100 times what was seen (1e-14). */
static void check_table(bool is_normal, const double x[LAYERS + 1], double published_r,
                        double published_area)
{
    double f[LAYERS + 1]; /* as a draw works them out */
    for (int i = 0; i <= LAYERS; i++)
        f[i] = is_normal ? exp(-0.5 * x[i] * x[i]) : exp(-x[i]);
    long double edge[LAYERS], low = 2, high = 12;
    for (int i = 0; i < 100; i++) {
        const long double middle = (low + high) / 2;
        if (overshoot(is_normal, middle, edge) > 0)
            low = middle;
        else
            high = middle;
    }
    assert_near((double)overshoot(is_normal, high, edge), 0.0, 1e-15);
    assert_near(x[1], published_r, 1e-13);
    const double area = (double)area_of(is_normal, high);
    assert_near(area, published_area, 2e-14);
    for (int i = 0; i < LAYERS; i++) {
        assert_near(x[i], (double)edge[i], 1e-12);
        assert_near(f[i], (double)density(is_normal, edge[i]), 1e-12);
    }
    assert_true(x[LAYERS] == 0.0 && f[LAYERS] == 1.0);
    for (int i = 1; i < LAYERS; i++) { /* every layer of one area, by the table's own figures */
        assert_near(x[i] * (f[i + 1] - f[i]), area, 2e-15);
        assert_near(f[i], (double)density(is_normal, x[i]), 1.2e-16);
    }
}

/* r and area as published with the method for 256 layers: Marsaglia and Tsang 2000. */
static void test_random__tables_are_those_of_the_method(void **state)
{
    (void)state;
    check_table(false, exponential_x, 7.69711747013104972, 0.0039496598225815571993);
    check_table(true, normal_x, 3.6541528853610088, 0.00492867323399);
}

/* ---- distributions ------------------------------------------------------------------------------- */

static double cdf_unit(double x)
{
    return x;
}

static double cdf_exponential(double x)
{
    return -expm1(-x);
}

static double cdf_exponential_tail(double x)
{
    return -expm1(exponential_x[1] - x);
}

static double cdf_normal_tail(double x)
{
    return 1.0 - gsl_cdf_ugaussian_Q(x) / gsl_cdf_ugaussian_Q(normal_x[1]);
}

static void test_random__draws_follow_their_distributions(void **state)
{
    (void)state;
    static double (*const cdf[])(double) = {cdf_unit, cdf_exponential, mst_normal_cdf};
    static follow numbers, streams, replications;
    for (uint32_t kind = 0; kind < 3; kind++) {
        for (uint32_t i = 0; i < DRAWS; i++) {
            const mst_stream replication = mst_stream_of(mst_random_key(SEED), i, kind);
            follow_add(&numbers, cdf[kind](draws[kind](stream_number(kind), i)));
            follow_add(&streams, cdf[kind](draws[kind](stream_number(1000 + i), 0)));
            follow_add(&replications, cdf[kind](draws[kind](replication, 0)));
        }
        assert_near(follow_distance(&numbers), 0.0, FOLLOW_LIMIT);
        assert_near(follow_distance(&streams), 0.0, FOLLOW_LIMIT);
        assert_near(follow_distance(&replications), 0.0, FOLLOW_LIMIT);
    }
}

/* Layer whose span (x[i + 1], x[i]] holds it; 0: beyond r. */
static int span_of(double at, const double x[LAYERS + 1])
{
    int low = 0, high = LAYERS; /* x[low] >= at > x[high], x[0] standing for infinity */
    while (high - low > 1) {
        const int middle = (low + high) / 2;
        if (at > x[middle])
            high = middle;
        else
            low = middle;
    }
    return low;
}

/* Chi-square of the counts in the layers' spans, the tail beyond r being the first: a wedge taken
 * wrongly shows in its own span. 256 cells; limits at P = 1e-5 on both sides. Then the tail's own
 * form: 4,540 of 10^7 exponentials, 2,580 of 10^7 normals. */
static void check_layers(draw_function draw, const double x[LAYERS + 1], double (*beyond)(double),
                         double (*cdf_tail)(double), uint32_t stream)
{
    static follow tail;
    double count[LAYERS] = {0};
    int32_t positive = 0;
    for (uint64_t n = 0; n < MANY_DRAWS; n++) {
        const double signed_at = draw(stream_number(stream), n), at = fabs(signed_at);
        const int layer = span_of(at, x);
        count[layer] += 1.0;
        if (layer == 0) {
            follow_add(&tail, cdf_tail(at));
            positive += signed_at > 0.0;
        }
    }
    double sum = 0.0;
    for (int i = 0; i < LAYERS; i++) {
        const double share = beyond(x[i + 1]) - (i == 0 ? 0.0 : beyond(x[i]));
        const double expected = MANY_DRAWS * share;
        assert_true(expected > 100.0);
        sum += (count[i] - expected) * (count[i] - expected) / expected;
    }
    assert_true(gsl_cdf_chisq_Q(sum, LAYERS - 1) > 1e-5);
    assert_true(gsl_cdf_chisq_P(sum, LAYERS - 1) > 1e-5); /* nor too even to be chance */
    /* a Poisson count, and a binomial one: within 5 standard deviations (false alarm 6e-7) */
    const double expected = MANY_DRAWS * beyond(x[1]);
    assert_near(count[0], expected, 5.0 * sqrt(expected));
    if (draw == mst_random_normal)
        assert_near(positive, 0.5 * count[0], 2.5 * sqrt(count[0]));
    assert_near(follow_distance(&tail), 0.0, FOLLOW_LIMIT);
}

static double beyond_exponential(double x)
{
    return exp(-x);
}

static double beyond_normal(double x)
{
    return 2.0 * gsl_cdf_ugaussian_Q(x);
}

static void test_random__every_layer_and_the_tail_get_their_share(void **state)
{
    (void)state;
    check_layers(mst_random_exponential, exponential_x, beyond_exponential, cdf_exponential_tail,
                 77);
    check_layers(mst_random_normal, normal_x, beyond_normal, cdf_normal_tail, 78);
}

/* Powers of 10^6 draws within 5 standard errors: the variance of a power is E(x^2k) - E(x^k)^2. */
static void test_random__moments(void **state)
{
    (void)state;
    static const double of_exponential[9] = {1, 1, 2, 6, 24, 120, 720, 5040, 40320};
    static const double of_normal[9] = {1, 0, 1, 0, 3, 0, 15, 0, 105};
    double sum[2][5] = {{0}};
    for (uint64_t n = 0; n < DRAWS; n++) {
        const double x[2] = {mst_random_exponential(stream_number(81), n),
                             mst_random_normal(stream_number(82), n)};
        for (int kind = 0; kind < 2; kind++) {
            double power = 1.0;
            for (int k = 1; k <= 4; k++)
                sum[kind][k] += power *= x[kind];
        }
    }
    for (int k = 1; k <= 4; k++) {
        const double *const e = of_exponential, *const z = of_normal;
        assert_near(sum[0][k] / DRAWS, e[k], 5.0 * sqrt((e[2 * k] - e[k] * e[k]) / DRAWS));
        assert_near(sum[1][k] / DRAWS, z[k], 5.0 * sqrt((z[2 * k] - z[k] * z[k]) / DRAWS));
    }
}

/* ---- GSL ----------------------------------------------------------------------------------------- */

static void test_random__gsl_takes_the_same_draws(void **state)
{
    (void)state;
    gsl_rng *rng = gsl_rng_alloc(mst_rng_philox);
    assert_non_null(rng);
    assert_string_equal(gsl_rng_name(rng), "philox2x64-10");
    assert_int_equal(gsl_rng_min(rng), 0);
    assert_int_equal(gsl_rng_max(rng), 0xffffffffUL);
    const mst_stream stream = stream_number(9);
    mst_rng_start(rng, stream);
    for (uint64_t number = 0; number < 10000; number++) {
        uint64_t words[2];
        mst_random_block(stream, number, words);
        if (number % 3 == 0)
            assert_int_equal(gsl_rng_get(rng), words[0] >> 32);
        else
            assert_true(gsl_rng_uniform(rng) == mst_random_unit(stream, number));
    }
    gsl_rng *copy = gsl_rng_clone(rng);
    assert_non_null(copy);
    for (uint64_t number = 10000; number < 10100; number++) {
        const double unit = mst_random_unit(stream, number);
        assert_true(gsl_rng_uniform(copy) == unit);
        assert_true(gsl_rng_uniform_pos(rng) == unit);
    }
    gsl_rng_set(rng, 42);
    const mst_stream first = mst_stream_of(mst_random_key(42), 0, 0);
    for (uint64_t number = 0; number < 100; number++)
        assert_true(gsl_rng_uniform(rng) == mst_random_unit(first, number));
    gsl_rng_free(copy);
    gsl_rng_free(rng);
}

/* Means within 5 standard errors; gamma of shape 2.5 has variance 2.5, Poisson of mean 3 has 3. */
static void test_random__gsl_distributions_run(void **state)
{
    (void)state;
    gsl_rng *rng = gsl_rng_alloc(mst_rng_philox);
    assert_non_null(rng);
    mst_rng_start(rng, stream_number(10));
    enum { COUNT = 200000 };
    double gaussian = 0.0, squares = 0.0, gamma = 0.0, poisson = 0.0;
    int32_t face[6] = {0};
    for (int32_t i = 0; i < COUNT; i++) {
        const double z = gsl_ran_gaussian(rng, 2.0);
        gaussian += z;
        squares += z * z;
        gamma += gsl_ran_gamma(rng, 2.5, 1.0);
        poisson += gsl_ran_poisson(rng, 3.0);
        face[gsl_rng_uniform_int(rng, 6)]++;
    }
    const double error = 5.0 / sqrt(COUNT);
    assert_near(gaussian / COUNT, 0.0, 2.0 * error);
    assert_near(squares / COUNT, 4.0, 4.0 * sqrt(2.0) * error);
    assert_near(gamma / COUNT, 2.5, sqrt(2.5) * error);
    assert_near(poisson / COUNT, 3.0, sqrt(3.0) * error);
    for (int i = 0; i < 6; i++)
        assert_near((double)face[i] / COUNT, 1.0 / 6.0, sqrt(5.0 / 36.0) * error);
    gsl_rng_free(rng);
}

/* ---- for a battery of statistical tests: sim/num/battery.sh ---------------------------------------- */

/* Writes first words of blocks from the start-th on until nobody reads any more. */
static int feed(const char *order, uint64_t start)
{
    static uint64_t word[4096];
    const uint64_t key = mst_random_key(SEED);
    for (uint64_t i = start;;) {
        for (int k = 0; k < 4096; k++, i++) {
            const uint32_t low = (uint32_t)i, high = (uint32_t)(i >> 32);
            uint64_t out[2];
            if (strcmp(order, "numbers") == 0)
                mst_random_block(mst_stream_of(key, 1, 7), i, out);
            else if (strcmp(order, "streams") == 0)
                mst_random_block(mst_stream_of(key, high, low), 0, out);
            else if (strcmp(order, "replications") == 0)
                mst_random_block(mst_stream_of(key, low, high), 0, out);
            else
                return 2;
            word[k] = out[0];
        }
        if (fwrite(word, sizeof word, 1, stdout) != 1)
            return 0;
    }
}

int main(int argc, char **argv)
{
    if (argc == 3)
        return feed(argv[1], strtoull(argv[2], NULL, 10));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random__known_answers),
        cmocka_unit_test(test_random__agrees_with_the_paper_on_any_counter),
        cmocka_unit_test(test_random__keys_are_splitmix),
        cmocka_unit_test(test_random__a_place_has_room_for_all_its_parts),
        cmocka_unit_test(test_random__streams_do_not_overlap),
        cmocka_unit_test(test_random__the_order_of_draws_changes_nothing),
        cmocka_unit_test(test_random__neighbours_are_not_correlated),
        cmocka_unit_test(test_random__unit_never_reaches_its_ends),
        cmocka_unit_test(test_random__ziggurats_are_finite_at_their_corners),
        cmocka_unit_test(test_random__a_refused_attempt_goes_on_in_the_upper_bits),
        cmocka_unit_test(test_random__tables_are_those_of_the_method),
        cmocka_unit_test(test_random__draws_follow_their_distributions),
        cmocka_unit_test(test_random__every_layer_and_the_tail_get_their_share),
        cmocka_unit_test(test_random__moments),
        cmocka_unit_test(test_random__gsl_takes_the_same_draws),
        cmocka_unit_test(test_random__gsl_distributions_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

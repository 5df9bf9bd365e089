#include "test.h"

#include "base/format.h"
#include "base/text.h"
#include "memory.h"

#include <float.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- building ---- */

static void test_text__grows_and_is_handed_over(void **state)
{
    (void)state;
    mst_text text;
    mst_text_init(&text, NULL);
    for (int i = 0; i < 500; i++) {
        mst_text_printf(&text, "%03d|", i);
    }
    mst_text_add(&text, "end");
    mst_text_add_bytes(&text, "xyz", 2);
    mst_text_repeat(&text, "-=", 3);
    mst_text_repeat(&text, "never", -2);
    assert_int_equal(text.length, 500 * 4 + 3 + 2 + 6);
    char *const bytes = mst_text_take(&text);
    assert_memory_equal(bytes + 4 * 417, "417|", 4);
    assert_string_equal(bytes + 2000, "endxy-=-=-=");
    assert_null(text.bytes);
    mst_memory_free(NULL, bytes);
}

static void test_text__nothing_added_is_an_empty_text(void **state)
{
    (void)state;
    mst_text text;
    mst_text_init(&text, NULL);
    char *const bytes = mst_text_take(&text);
    assert_string_equal(bytes, "");
    mst_memory_free(NULL, bytes);
    mst_text_clear(&text);
}

static void test_text__short_memory_is_remembered(void **state)
{
    (void)state;
    int32_t n = 0;
    for (bool is_enough = false; !is_enough; n++) {
        assert_true(n < 40);
        test_memory counts = {.left = n};
        const muster_memory hook = test_hook(&counts);
        mst_text text;
        mst_text_init(&text, &hook);
        for (int i = 0; i < 200; i++) {
            mst_text_printf(&text, "%d %s ", i, "of many");
            mst_text_wrap(&text, "some words to wrap", 3, 4, 12);
            mst_text_pad(&text, "right", -9);
        }
        is_enough = counts.refused == 0;
        assert_true(text.failed == !is_enough);
        char *const bytes = mst_text_take(&text);
        assert_true((bytes != NULL) == is_enough);
        mst_memory_free(&hook, bytes);
        mst_text_clear(&text);
        assert_int_equal(counts.held, 0);
    }
    assert_true(n > 4);
}

static void assert_wraps(const char *words, int32_t start, int32_t indent, int32_t width,
                         const char *expected)
{
    mst_text text;
    mst_text_init(&text, NULL);
    mst_text_wrap(&text, words, start, indent, width);
    char *const bytes = mst_text_take(&text);
    assert_string_equal(bytes, expected);
    mst_memory_free(NULL, bytes);
}

static void test_text__wraps_between_words(void **state)
{
    (void)state;
    assert_wraps("  who will come,\n and who   can get there ", 0, 2, 14,
                 "who will come,\n  and who can\n  get there");
    assert_wraps("exactly fits", 0, 0, 12, "exactly fits");
    assert_wraps("exactly fits", 1, 0, 12, "exactly\nfits");
    assert_wraps("starts late", 9, 2, 12, "\n  starts\n  late"); /* no room behind the start */
    assert_wraps("a verylongwordthatfitsnowhere b", 0, 1, 10,
                 "a\n verylongw\n ordthatfi\n tsnowhere\n b");
    assert_wraps("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 0, 0, 3, "\xc3\xa9\xc3\xa9\xc3\xa9\n\xc3\xa9");
    assert_wraps("", 5, 2, 10, "");
    assert_wraps(" \n ", 5, 2, 10, "");
}

static void test_text__wraps_wide_scripts_between_characters(void **state)
{
    (void)state;
    assert_wraps("中华人民共和国海军", 0, 2, 10, "中华人民共\n  和国海军");
    assert_wraps("北部联合，协作", 0, 0, 9, "北部联\n合，协作"); /* no stop at a line's start */
    assert_wraps("Sea of Japan 日本海 (East Sea)", 0, 0, 16, "Sea of Japan 日\n本海 (East Sea)");
}

static void test_text__shows_bytes_that_are_no_text(void **state)
{
    (void)state;
    mst_text text;
    mst_text_init(&text, NULL);
    mst_text_add_valid(&text, "");
    assert_string_equal(text.bytes, "");
    mst_text_add_valid(&text, "a\xff\xc3\xa9\xe6\xb5");
    assert_string_equal(text.bytes, "a\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd");
    mst_text_clear(&text);
}

static void test_text__pads_to_columns(void **state)
{
    (void)state;
    mst_text text;
    mst_text_init(&text, NULL);
    mst_text_pad(&text, "najin", 8);
    mst_text_pad(&text, "海军", -6);
    mst_text_pad(&text, "Müller", 7);
    mst_text_pad(&text, "too wide", 3);
    mst_text_pad(&text, "too wide", -3);
    mst_text_pad(&text, "a\tb\nc", 7);
    mst_text_pad(&text, "a\r\nb", -5);
    assert_string_equal(text.bytes, "najin     海军Müller too widetoo widea b c   a  b");
    mst_text_clear(&text);
}

/* ---- UTF-8 ---- */

static void test_text__counts_columns(void **state)
{
    (void)state;
    static const struct {
        const char *utf8;
        int32_t columns;
    } rows[] = {
        {"", 0},
        {"Vladivostok", 11},
        {"Владивосток", 11},
        {"青岛", 4},
        {"원산", 4},
        {"ガス", 4},
        {"か\xe3\x82\x99", 2},                       /* a kana and its voicing mark U+3099 */
        {"ｶﾞｽ", 3},                                  /* half width */
        {"e\xcc\x81t\xc3\xa9", 3},                   /* e + U+0301, t, é */
        {"Ａ１", 4},                                 /* full width */
        {"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 2}, /* one syllable from three jamo */
        {"\xf0\x9f\x9a\xa2", 2},                     /* a ship, U+1F6A2 */
        {"a\xe2\x80\x8b\x62", 2},                    /* zero width space */
        {"\xe6\xb5", 2},                             /* cut off: two stray bytes */
        {"\xff!", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(mst_text_columns(rows[i].utf8), rows[i].columns);
    }
}

/* Valid and invalid sequences by RFC 3629 and the table 3-7 of the Unicode Standard. */
static void test_text__finds_the_first_bad_byte(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        int64_t bad;
    } rows[] = {
        {"", 0, -1},
        {"tab\tline\r\n", 10, -1},
        {"\xef\xbf\xbf\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80\xc2\xa0", 15, -1},
        {"ab\0c", 4, 2},
        {"ab\x1b[31m", 7, 2},
        {"ab\x7f", 3, 2},
        {"a\xc2\x85", 3, 1}, /* C1 control */
        {"a\xc0\xaf", 3, 1}, /* overlong */
        {"a\xc1\xbf", 3, 1},
        {"\xe0\x9f\xbf", 3, 0},
        {"\xf0\x8f\xbf\xbf", 4, 0},
        {"xy\xed\xa0\x80", 5, 2},   /* surrogate */
        {"\xf4\x90\x80\x80", 4, 0}, /* beyond U+10FFFF */
        {"\xf5\x80\x80\x80", 4, 0},
        {"\x80", 1, 0},
        {"abc\xe6\xb5\xb7", 5, 3}, /* the length cuts it off */
        {"\xe6\xb5z", 3, 0},
        {"\xfe\xff", 2, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(mst_text_bad_byte(rows[i].bytes, rows[i].length), rows[i].bad);
    }
}

/* ---- names ---- */

static void test_text__knows_ids(void **state)
{
    (void)state;
    static const char *const good[] = {
        "a", "CHN", "najin-531", "x_1-Y",
        "a23456789012345678901234567890123456789012345678901234567890123"};
    static const char *const bad[] = {
        "",   "1a",  "-a",
        "_a", "a b", "a.b",
        "é",  "aé",  "a234567890123456789012345678901234567890123456789012345678901234"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(mst_text_is_id(good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(mst_text_is_id(bad[i]));
    }
}

static void test_text__distance_counts_edits(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int32_t distance;
    } rows[] = {
        {"", "", 0},
        {"", "abc", 3},
        {"kitten", "sitting", 3}, /* the textbook case */
        {"najn", "najin", 1},
        {"naijn", "najin", 1}, /* neighbours swapped */
        {"PRK", "prk", 0},
        {"sped_mps", "speed_mps", 1},
        {"ca", "abc", 3}, /* optimal string alignment: a swap is not edited again */
        {"abcdefgh", "stuvwxyz", 8},
        {"abcdefghi", "rstuvwxyz", 9},
        {"abcdefghijkl", "opqrstuvwxyz", 9},
        {"", "1234567890", 9},
        {"x12345678", "12345678", 1},
        {"12345678x", "y12345678", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(mst_text_distance(rows[i].a, rows[i].b), rows[i].distance);
        assert_int_equal(mst_text_distance(rows[i].b, rows[i].a), rows[i].distance);
    }
}

/* The definition of the distance, by recursion over the ends of both texts. */
static int32_t slow_distance(const char *a, size_t m, const char *b, size_t n)
{
    if (m == 0 || n == 0) {
        return (int32_t)(m + n);
    }
    int32_t best = slow_distance(a, m - 1, b, n - 1) + (a[m - 1] != b[n - 1]);
    const int32_t deleted = slow_distance(a, m - 1, b, n) + 1;
    const int32_t inserted = slow_distance(a, m, b, n - 1) + 1;
    best = deleted < best ? deleted : best;
    best = inserted < best ? inserted : best;
    if (m > 1 && n > 1 && a[m - 1] == b[n - 2] && a[m - 2] == b[n - 1]) {
        const int32_t swapped = slow_distance(a, m - 2, b, n - 2) + 1;
        best = swapped < best ? swapped : best;
    }
    return best;
}

static void test_text__distance_agrees_with_its_definition(void **state)
{
    (void)state;
    uint32_t seed = 20230720;
    for (int i = 0; i < 300; i++) {
        char text[2][8] = {"", ""};
        for (int k = 0; k < 2; k++) {
            seed = seed * 1664525u + 1013904223u;
            const uint32_t length = seed >> 28 & 7;
            for (uint32_t j = 0; j < length; j++) {
                seed = seed * 1664525u + 1013904223u;
                text[k][j] = (char)('a' + (seed >> 29) % 3);
            }
        }
        assert_int_equal(mst_text_distance(text[0], text[1]),
                         slow_distance(text[0], strlen(text[0]), text[1], strlen(text[1])));
    }
}

static void test_text__long_names_differ_by_little(void **state)
{
    (void)state;
    char a[400], b[400];
    memset(a, 'q', sizeof a - 1);
    memset(b, 'q', sizeof b - 1);
    a[sizeof a - 1] = b[sizeof b - 5] = '\0';
    assert_int_equal(mst_text_distance(a, b), 4);
    b[11] = 'r'; /* letters that the longer name lacks: not to be had by deleting others */
    b[200] = 's';
    assert_int_equal(mst_text_distance(a, b), 6);
    b[sizeof b - 10] = '\0';
    assert_int_equal(mst_text_distance(a, b), 9);
}

static void test_text__nearest_is_at_most_a_third_away(void **state)
{
    (void)state;
    const char *const names[] = {"speed_kn", NULL, "range_nm", "range_km", "PRK", "CHN"};
    assert_int_equal(mst_text_nearest("rnge_nm", names, 6), 2);
    assert_int_equal(mst_text_nearest("SPEED_KN", names, 6), 0);
    assert_int_equal(mst_text_nearest("PKR", names, 6), 4);
    assert_int_equal(mst_text_nearest("range_m", names, 6), 2); /* two alike: the first */
    assert_int_equal(mst_text_nearest("PXY", names, 6), -1);    /* two of three letters */
    assert_int_equal(mst_text_nearest("PR", names, 6), -1);     /* no third of two letters */
    assert_int_equal(mst_text_nearest("", names, 6), -1);
    assert_int_equal(mst_text_nearest("speed_kn", names, 0), -1);
}

/* ---- numbers ---- */

static void test_text__reads_reals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } rows[] = {
        {"0.1", 0.1},
        {"-298.45", -298.45},
        {"+7", 7.0},
        {".5", 0.5},
        {"5.", 5.0},
        {"000012.5000", 12.5},
        {"1e3", 1e3},
        {"6.02E+23", 6.02e23},
        {"4.9e-324", 4.9e-324},
        {"1.7976931348623157e308", DBL_MAX},
        {"0.000000000000000000000000000000000000000000001e45", 1.0},
        {"1000000000000000000000000000000e-30", 1.0},
        {"0e999999999999999999999", 0.0},
        {"1e-99999999999", 0.0},
        {"9007199254740993", 9007199254740992.0}, /* a tie: to even */
        {"9007199254740993.00000000000000000001", 9007199254740994.0},
        {"2.2250738585072011e-308", 2.2250738585072011e-308},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double value = -1;
        assert_true(mst_text_real(rows[i].text, &value));
        assert_memory_equal(&value, &rows[i].value, sizeof value);
    }
    double zero = 1;
    assert_true(mst_text_real("-0", &zero));
    assert_true(zero == 0 && signbit(zero));
}

static void test_text__refuses_what_is_no_finite_real(void **state)
{
    (void)state;
    static const char *const texts[] = {"",    " 1",    "1 ",     "1,5",   "1.2.3", "0x10", "inf",
                                        "nan", "1e",    "e5",     ".",     "-",     "+.e1", "--1",
                                        "1e+", "1e400", "-1e309", "1_000", "1.5t",  "1e5.0"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = -3.25;
        if (mst_text_real(texts[i], &value)) {
            print_error("read: '%s'\n", texts[i]);
            fail();
        }
        assert_true(value == -3.25);
    }
}

/* 2^53 + 1 and 900 digits behind the point: only the very last decides. */
static void test_text__reads_more_digits_than_a_number_holds(void **state)
{
    (void)state;
    char text[1000];
    memset(text, '0', sizeof text);
    memcpy(text, "9007199254740993.", 17);
    text[920] = '\0';
    double value = 0;
    assert_true(mst_text_real(text, &value));
    assert_true(value == 9007199254740992.0);
    text[919] = '1';
    assert_true(mst_text_real(text, &value));
    assert_true(value == 9007199254740994.0);
    /* 900 digits before the point, brought down by the exponent */
    memset(text, '3', 900);
    memcpy(text + 900, "e-900", 6);
    assert_true(mst_text_real(text, &value));
    assert_true(value == 1.0 / 3.0);
}

/* Numbers that are read without the C library, and their neighbours that are not. */
static void test_text__short_numbers_are_read_to_the_last_bit(void **state)
{
    (void)state;
    uint64_t bits = 7;
    for (int i = 0; i < 20000; i++) {
        bits = bits * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const int digits = 1 + i % 17, exponent = (int)(bits >> 32) % 26;
        char text[64];
        double value = 0.0;
        snprintf(text, sizeof text, "%s%.*fe%d", bits & 64 ? "-" : "", i % 4,
                 floor((double)(bits >> 11) * pow(10.0, digits - 17)), exponent);
        assert_true(mst_text_real(text, &value));
        assert_true(value == strtod(text, NULL));
        snprintf(text, sizeof text, "%.*e", digits - 1, ldexp((double)(bits >> 11), exponent - 53));
        assert_true(mst_text_real(text, &value));
        assert_true(value == strtod(text, NULL));
    }
}

static void test_text__shortest_reads_back(void **state)
{
    (void)state;
    char out[32];
    assert_string_equal(mst_text_shortest(0.1, out), "0.1");
    assert_string_equal(mst_text_shortest(-0.0, out), "-0");
    assert_string_equal(mst_text_shortest(298.0, out), "298");
    assert_string_equal(mst_text_shortest(0.1 + 0.2, out), "0.30000000000000004");
    assert_string_equal(mst_text_shortest(2.0 / 3.0, out), "0.6666666666666666");
    assert_string_equal(mst_text_shortest(5e-324, out), "5e-324");
    assert_string_equal(mst_text_shortest(DBL_MAX, out), "1.7976931348623157e+308");
    assert_string_equal(mst_text_shortest((double)INFINITY, out), "inf");
    uint64_t bits = UINT64_C(0x9e3779b97f4a7c15);
    for (int i = 0; i < 20000; i++) {
        bits = bits * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double value, back = 0;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value)) {
            assert_true(mst_text_real(mst_text_shortest(value, out), &back));
            assert_memory_equal(&value, &back, sizeof value);
        }
    }
}

/* What the C library writes in 15 digits, if that reads back; in 16 or 17 else. */
static void assert_shortest(double value)
{
    char out[32], expected[32];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(expected, sizeof expected, "%.*g", digits, value);
        if (strtod(expected, NULL) == value)
            break;
    }
    assert_string_equal(mst_text_shortest(value, out), expected);
}

static void test_text__shortest_of_few_digits(void **state)
{
    (void)state;
    uint64_t bits = 1;
    for (int i = 0; i < 400000; i++) {
        bits = bits * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const double size = pow(10.0, (double)((bits >> 20) % 16));
        const double whole = floor((double)(bits >> 11) * 0x1p-53 * size);
        const double value = whole / pow(10.0, (double)((bits >> 30) % 10));
        assert_shortest(value);
        assert_shortest(-value);
        if (value > 0.0) {
            assert_shortest(nextafter(value, 0.0));
            assert_shortest(nextafter(value, (double)INFINITY));
        }
    }
}

/* ---- formatting ---- */

/* Compares with the C library, in a locale with a point. */
#define assert_formats(...)                                                                        \
    do {                                                                                           \
        char expected[400], actual[400];                                                           \
        const int length = snprintf(expected, sizeof expected, __VA_ARGS__);                       \
        assert_int_equal(muster_text_format(actual, sizeof actual, __VA_ARGS__), length);          \
        assert_string_equal(actual, expected);                                                     \
    } while (0)

static void test_format__is_printf(void **state)
{
    (void)state;
    assert_formats("plain, 100%% %s|%10s|%-10s|%.3s|%*s|%-*s|%.*s", "s", "right", "left", "precise",
                   7, "star", 7, "star", 2, "star");
    assert_formats("%d|%5d|%-5d|%05d|%+d|% d|%.4d|%8.4d|%*d", 17, -17, 17, -17, 17, 17, 17, -17, -6,
                   17);
    assert_formats("%u|%o|%x|%X|%#x|%#o|%hhd|%hu|%c|%3c|%-3c|", 17u, 17u, 0xbeefu, 0xbeefu, 0xbeefu,
                   17u, (signed char)-5, (unsigned short)65535, 'a', 'b', 'c');
    assert_formats("%ld|%lld|%jd|%zu|%td|%lu|%llx|%ju|%zd", -3L, -4LL, (intmax_t)INTMAX_MIN,
                   (size_t)SIZE_MAX, (ptrdiff_t)-9, 5UL, 0xfeedULL, (uintmax_t)UINTMAX_MAX,
                   (ptrdiff_t)-77);
    assert_formats("%" PRId64 "|%" PRIu64 "|%" PRId32, INT64_MIN, UINT64_MAX, INT32_MIN);
    assert_formats("%f|%.0f|%#.0f|%.3f|%9.2f|%-9.2f|%09.2f|%+.1f|% .1f", 2.385, 2.5, 2.5, -2.0385,
                   2.385, 2.385, -2.385, 2.385, 2.385);
    assert_formats("%e|%.2E|%g|%G|%.17g|%#g|%a|%*.*f", 298.45, 298.45, 1e-7, 1e20, 0.1, 2.0, 0.375,
                   8, 3, 298.45);
    assert_formats("%f|%5.1f|%05f|%g", (double)INFINITY, -(double)INFINITY, (double)INFINITY, 0.0);
    assert_formats("%.1f", DBL_MAX); /* 311 bytes */
}

static void test_format__is_cut_to_its_room(void **state)
{
    (void)state;
    char out[6] = "?????";
    assert_int_equal(muster_text_format(out, sizeof out, "%s-%d", "abc", 12345), 9);
    assert_string_equal(out, "abc-1");
    assert_int_equal(muster_text_format(NULL, 0, "%08.3f", 2.385), 8);
    assert_int_equal(muster_text_format(out, 1, "%s", "xyz"), 3);
    assert_string_equal(out, "");
}

#ifdef __GLIBC__
/* A locale with a comma, made on the spot: machines for building have none installed. */
static int set_comma(void **state)
{
    static char folder[] = "comma-XXXXXX";
    char command[200];
    *state = folder;
    if (!mkdtemp(folder)) {
        return -1;
    }
    snprintf(command, sizeof command, "%s/source", folder);
    FILE *const source = fopen(command, "w");
    if (!source) {
        return -1;
    }
    fputs("LC_NUMERIC\ndecimal_point \",\"\nthousands_sep \".\"\ngrouping 3;3\nEND LC_NUMERIC\n",
          source);
    fclose(source);
    /* It ends with 1, as categories are missing; what counts is whether the locale can be set. */
    snprintf(command, sizeof command, "localedef -c -i %s/source %s/xx_XX >/dev/null 2>&1", folder,
             folder);
    (void)!system(command);
    setenv("LOCPATH", folder, 1);
    return setlocale(LC_NUMERIC, "xx_XX") ? 0 : -1;
}

static int unset_comma(void **state)
{
    char command[100];
    setlocale(LC_NUMERIC, "C");
    unsetenv("LOCPATH");
    snprintf(command, sizeof command, "rm -r %s", (const char *)*state);
    return system(command);
}

static void test_text__numbers_have_a_point_in_every_locale(void **state)
{
    (void)state;
    char out[64];
    snprintf(out, sizeof out, "%.2f", 1.5);
    assert_string_equal(out, "1,50"); /* the locale is in force */

    mst_text text;
    mst_text_init(&text, NULL);
    mst_text_printf(&text, "%s %.2f %d,%d %g|%8.3f|%-8.3f|%08.3f|%+.1e|%.0f", "3,5 nm", 298.457, 1,
                    2, 0.25, 2.385, 2.385, -2.385, 12345.678, 7.0);
    assert_string_equal(text.bytes, "3,5 nm 298.46 1,2 0.25|   2.385|2.385   |-002.385|+1.2e+04|7");
    mst_text_clear(&text);

    mst_arena arena;
    mst_arena_init(&arena, NULL);
    assert_string_equal(mst_arena_printf(&arena, "%.1f", 2.5), "2.5");
    mst_arena_clear(&arena);

    double value = 0;
    assert_true(mst_text_real("298.45", &value));
    assert_true(value == 298.45);
    assert_false(mst_text_real("298,45", &value));
    assert_string_equal(mst_text_shortest(0.1 + 0.2, out), "0.30000000000000004");
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__grows_and_is_handed_over),
        cmocka_unit_test(test_text__nothing_added_is_an_empty_text),
        cmocka_unit_test(test_text__short_memory_is_remembered),
        cmocka_unit_test(test_text__wraps_between_words),
        cmocka_unit_test(test_text__wraps_wide_scripts_between_characters),
        cmocka_unit_test(test_text__shows_bytes_that_are_no_text),
        cmocka_unit_test(test_text__pads_to_columns),
        cmocka_unit_test(test_text__counts_columns),
        cmocka_unit_test(test_text__finds_the_first_bad_byte),
        cmocka_unit_test(test_text__knows_ids),
        cmocka_unit_test(test_text__distance_counts_edits),
        cmocka_unit_test(test_text__distance_agrees_with_its_definition),
        cmocka_unit_test(test_text__long_names_differ_by_little),
        cmocka_unit_test(test_text__nearest_is_at_most_a_third_away),
        cmocka_unit_test(test_text__reads_reals),
        cmocka_unit_test(test_text__refuses_what_is_no_finite_real),
        cmocka_unit_test(test_text__reads_more_digits_than_a_number_holds),
        cmocka_unit_test(test_text__short_numbers_are_read_to_the_last_bit),
        cmocka_unit_test(test_text__shortest_reads_back),
        cmocka_unit_test(test_text__shortest_of_few_digits),
        cmocka_unit_test(test_format__is_printf),
        cmocka_unit_test(test_format__is_cut_to_its_room),
#ifdef __GLIBC__
        cmocka_unit_test_setup_teardown(test_text__numbers_have_a_point_in_every_locale, set_comma,
                                        unset_comma),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

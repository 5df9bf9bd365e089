#include "test.h"

#include "base/time.h"

#include <stdio.h>
#include <string.h>

/* Seconds since 1970 by `date -u -d TEXT +%s`. */
#define JULY_15_0145Z (INT64_C(1689385500) * MUSTER_SECOND)

static muster_interval read_as(const char *text, int32_t zone_min)
{
    muster_interval out = {-1, -1, -1};
    if (!muster_time_read(text, zone_min, &out)) {
        print_error("not read: %s\n", text);
        fail();
    }
    return out;
}

static void test_time__reads_moments(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t second;
    } rows[] = {
        {"1970-01-01T00:00Z", 0},
        {"2023-07-15T09:45+08:00", 1689385500},
        {"2023-07-15T01:45Z", 1689385500},
        {"2023-07-15 01:45Z", 1689385500},
        {"2023-07-14T22:15:00-03:30", 1689385500},
        {"2023-07-15T15:45+14:00", 1689385500},
        {"2000-02-29T12:34:56Z", 951827696},
        {"1800-01-01T00:00Z", -5364662400},
        {"2200-12-31T23:59:59Z", 7289654399},
        {"1936-08-01T16:00+01:00", -1054544400},
        {"2023-12-31T24:00Z", 1704067200},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const muster_interval out = read_as(rows[i].text, 600);
        assert_true(out.from == rows[i].second * MUSTER_SECOND);
        assert_true(out.until == out.from);
    }
    assert_int_equal(read_as("2023-07-15T09:45+08:00", 0).zone_min, 480);
    assert_int_equal(read_as("2023-07-15T09:45Z", 540).zone_min, 0);
    assert_true(read_as("2023-07-15T01:45:00.000250Z", 0).from == JULY_15_0145Z + 250);
    assert_true(read_as("2023-07-15T01:45:00.5Z", 0).from == JULY_15_0145Z + 500000);
    /* no zone: the one that is given */
    const muster_interval there = read_as("2023-07-15T09:45", 480);
    assert_true(there.from == JULY_15_0145Z);
    assert_int_equal(there.zone_min, 480);
}

static void test_time__a_bare_date_is_the_whole_day_there(void **state)
{
    (void)state;
    const muster_interval day = read_as("2023-07-16+08:00", 0);
    assert_true(day.from == INT64_C(1689436800) * MUSTER_SECOND); /* 15 July 16:00Z */
    assert_true(day.until - day.from == MUSTER_DAY);              /* 00:00 to 24:00 */
    const muster_interval same = read_as("2023-07-16", 480);
    assert_true(same.from == day.from && same.until == day.until);
    assert_int_equal(same.zone_min, 480);
}

static void test_time__refuses_what_it_does_not_understand_whole(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "20 July 2023",
        "2023-7-15",
        "2023-13-01",
        "2023-00-10",
        "2023-02-29",
        "1900-02-29",
        "2023-04-31",
        "1799-12-31",
        "2201-01-01",
        "2023-07-15T",
        "2023-07-15T9:45Z",
        "2023-07-15T24:01Z",
        "2023-07-15T25:00Z",
        "2023-07-15T09:60Z",
        "2023-07-15T09:45:60Z",
        "2023-07-15T09:45:Z",
        "2023-07-15T09:45:10.Z",
        "2023-07-15T09:45:10.1234567Z",
        "2023-07-15T09:45+14:01",
        "2023-07-15T09:45+08:60",
        "2023-07-15T09:45+8:00",
        "2023-07-15T09:45+0800",
        "2023-07-15T09:45Z ",
        " 2023-07-15T09:45Z",
        "2023-07-15Z08:00",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        muster_interval out = {11, 12, 13};
        if (muster_time_read(texts[i], 0, &out)) {
            print_error("read: '%s'\n", texts[i]);
            fail();
        }
        assert_true(out.from == 11 && out.until == 12 && out.zone_min == 13);
    }
}

static void assert_writes(muster_time time, int32_t zone_min, const char *expected)
{
    char text[MUSTER_TIME_TEXT];
    assert_string_equal(muster_time_write(time, zone_min, text), expected);
}

static void test_time__writes_minutes_rounded_down(void **state)
{
    (void)state;
    assert_writes(JULY_15_0145Z, 0, "2023-07-15 01:45Z");
    assert_writes(JULY_15_0145Z, 480, "2023-07-15 09:45+08:00");
    assert_writes(JULY_15_0145Z, -210, "2023-07-14 22:15-03:30");
    assert_writes(JULY_15_0145Z + MUSTER_MINUTE - 1, 0, "2023-07-15 01:45Z");
    assert_writes(-1, 0, "1969-12-31 23:59Z");
    assert_writes(MUSTER_NEVER, 0, "never");
    /* Nothing a caller can hand over overflows or leaves the buffer. */
    assert_writes(MUSTER_NEVER - 1, 840, "294247-01-10 18:00+14:00");
    assert_writes(INT64_MIN, -840, "-290308-12-21 05:59-14:00");
}

static void test_time__writes_iso_that_reads_back(void **state)
{
    (void)state;
    char text[MUSTER_TIME_TEXT];
    assert_string_equal(muster_time_write_iso(JULY_15_0145Z, text), "2023-07-15T01:45:00Z");
    assert_string_equal(muster_time_write_iso(JULY_15_0145Z + 250, text),
                        "2023-07-15T01:45:00.000250Z");
    assert_string_equal(muster_time_write_iso(-1, text), "1969-12-31T23:59:59.999999Z");
    assert_string_equal(muster_time_write_iso(MUSTER_NEVER, text), "never");
    assert_string_equal(muster_time_write_iso(INT64_MIN, text), "-290308-12-21T19:59:05.224192Z");
    /* Every day of the years that can be read, at an odd time of day. */
    const muster_time first = read_as("1800-01-01T00:00Z", 0).from;
    const muster_time last = read_as("2200-12-31T00:00Z", 0).from;
    for (muster_time day = first; day <= last; day += MUSTER_DAY) {
        const muster_time time = day + 12345678901;
        assert_true(read_as(muster_time_write_iso(time, text), 0).from == time);
    }
}

static void test_time__reads_durations(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        muster_time expected;
    } rows[] = {
        {"72 h", 72 * MUSTER_HOUR},
        {"1.5 d", 36 * MUSTER_HOUR},
        {"30 min", 30 * MUSTER_MINUTE},
        {"90 s", 90 * MUSTER_SECOND},
        {"-3 h", -3 * MUSTER_HOUR},
        {"1.1 h", 66 * MUSTER_MINUTE}, /* 1.1 * 3.6e9 is not whole in binary */
        {"0.000001 s", 1},
        {"1e3 s", 1000 * MUSTER_SECOND},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        muster_time out = -7;
        assert_true(muster_duration_read(rows[i].text, &out));
        assert_true(out == rows[i].expected);
    }
    static const char *const wrong[] = {"",        "72",      "72h",    "h",     " h",
                                        "4 hours", "4 H",     "4 h ",   "4,5 h", "nan h",
                                        "1e30 h",  "inf min", "0x10 s", "--3 h", "4 "};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        muster_time out = -7;
        assert_false(muster_duration_read(wrong[i], &out));
        assert_true(out == -7);
    }
}

static void test_time__writes_durations_for_people(void **state)
{
    (void)state;
    static const struct {
        muster_time duration;
        const char *expected;
    } rows[] = {
        {38 * MUSTER_HOUR + 15 * MUSTER_MINUTE, "38 h 15 min"},
        {2 * MUSTER_HOUR, "2 h"},
        {45 * MUSTER_MINUTE, "45 min"},
        {20 * MUSTER_SECOND, "20 s"},
        {-3 * MUSTER_HOUR, "-3 h"},
        {0, "0 s"},
        {-400000, "0 s"},
        {-600000, "-1 s"},
        {90 * MUSTER_SECOND, "1 min 30 s"},
        {599 * MUSTER_SECOND + 600000, "10 min"},
        {3599 * MUSTER_SECOND, "1 h"},
        {700 * MUSTER_SECOND, "12 min"},
        {-(200 * MUSTER_HOUR + 29 * MUSTER_SECOND), "-200 h"},
        {MUSTER_NEVER, "never"},
        {INT64_MIN, "-2562047788 h 1 min"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[MUSTER_TIME_TEXT];
        assert_string_equal(muster_duration_write(rows[i].duration, text), rows[i].expected);
    }
}

static void test_time__seconds_round_up_but_noise_does_not(void **state)
{
    (void)state;
    assert_true(muster_time_from_seconds(3600.0) == MUSTER_HOUR);
    assert_true(muster_time_from_seconds(0.0) == 0);
    assert_true(muster_time_from_seconds(1e-9) == 1);
    assert_true(muster_time_from_seconds(3600.0000001) == MUSTER_HOUR + 1);
    assert_true(muster_time_from_seconds(-2.3450001) == -2345000);
    /* Whole seconds and whole ticks stay what they are, for years. */
    for (int64_t second = -100000007; second < 400000000; second += 999983) {
        assert_true(muster_time_from_seconds((double)second) == second * MUSTER_SECOND);
    }
    for (int64_t tick = -7; tick < INT64_C(4000000000000); tick = tick * 3 + 29) {
        assert_true(muster_time_from_seconds((double)tick / 1e6) == tick);
    }
    /* 18.5 nm at 18.5 kn: an hour, up to the roundings of the factors. */
    for (int i = 1; i < 400; i++) {
        const double nm = 0.37 * i;
        assert_true(muster_time_from_seconds(nm * 1852.0 / (nm * (1852.0 / 3600.0))) ==
                    MUSTER_HOUR);
    }
    /* What cannot be a time is still no undefined conversion. */
    assert_true(muster_time_from_seconds((double)INFINITY) == MUSTER_NEVER);
    assert_true(muster_time_from_seconds((double)NAN) == MUSTER_NEVER);
    assert_true(muster_time_from_seconds(-1e300) == -MUSTER_NEVER);
    assert_near(muster_hours(5 * MUSTER_MINUTE), 1.0 / 12.0, 1e-16);
}

/* The day before and the first of each month, a leap year, a century without and one with a leap day. */
static void test_time__months_turn_at_midnight_utc(void **state)
{
    (void)state;
    static const int32_t years[] = {1804, 1899, 1900, 1969, 2000, 2023, 2024, 2196};
    for (size_t y = 0; y < sizeof years / sizeof years[0]; y++)
        for (int32_t month = 0; month < 12; month++) {
            char text[24];
            snprintf(text, sizeof text, "%04d-%02d-01T00:00Z", (int)years[y], (int)month + 1);
            const muster_time first = read_as(text, 0).from;
            assert_int_equal(mst_time_month(first), month);
            assert_int_equal(mst_time_month(first - 1), (month + 11) % 12);
        }
    assert_int_equal(mst_time_month(read_as("2024-02-29T23:59Z", 0).from), 1);
    assert_int_equal(mst_time_month(read_as("1900-02-28T23:59Z", 0).from + MUSTER_MINUTE), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time__reads_moments),
        cmocka_unit_test(test_time__a_bare_date_is_the_whole_day_there),
        cmocka_unit_test(test_time__refuses_what_it_does_not_understand_whole),
        cmocka_unit_test(test_time__writes_minutes_rounded_down),
        cmocka_unit_test(test_time__writes_iso_that_reads_back),
        cmocka_unit_test(test_time__reads_durations),
        cmocka_unit_test(test_time__writes_durations_for_people),
        cmocka_unit_test(test_time__seconds_round_up_but_noise_does_not),
        cmocka_unit_test(test_time__months_turn_at_midnight_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/time.h"

#include "base/format.h"
#include "base/text.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* 9e12 s, 285,000 years: inside int64_t with room to spare. */
#define TICKS_MAX 9e18

/* Days from 1970-01-01 of a proleptic Gregorian date (H. Hinnant, "chrono-compatible low-level
 * date algorithms", 2013). */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    const int64_t era = (year >= 0 ? year : year - 399) / 400;
    const int64_t year_of_era = year - era * 400;
    const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    days += 719468;
    const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const int64_t day_of_era = days - era * 146097;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t shifted = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted + (shifted < 10 ? 3 : -9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

/** Reads exactly @p count digits at *at and moves on; false when there are fewer. */
static bool read_digits(const char **at, int count, int64_t *out)
{
    int64_t value = 0;
    for (int i = 0; i < count; i++) {
        if ((*at)[i] < '0' || (*at)[i] > '9') {
            return false;
        }
        value = value * 10 + ((*at)[i] - '0');
    }
    *at += count;
    *out = value;
    return true;
}

static bool skip(const char **at, char wanted)
{
    if (**at != wanted) {
        return false;
    }
    (*at)++;
    return true;
}

static bool read_date(const char **at, int64_t *out_days)
{
    static const int64_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t year, month, day;
    if (!read_digits(at, 4, &year) || !skip(at, '-') || !read_digits(at, 2, &month) ||
        !skip(at, '-') || !read_digits(at, 2, &day)) {
        return false;
    }
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 ||
        day > lengths[month - 1] + (month == 2 && leap)) {
        return false;
    }
    *out_days = days_from_civil(year, month, day);
    return true;
}

/** Up to six digits of a second, as microseconds. */
static bool read_fraction(const char **at, muster_time *out)
{
    muster_time tick = MUSTER_SECOND;
    int64_t digit;
    while (tick > 1 && read_digits(at, 1, &digit)) {
        tick /= 10;
        *out += digit * tick;
    }
    return tick < MUSTER_SECOND;
}

/** "09:45", "09:45:30" or "09:45:30.25"; 24:00 is the end of the day. */
static bool read_clock(const char **at, muster_time *out)
{
    int64_t hours, minutes, seconds = 0;
    muster_time fraction = 0;
    if (!read_digits(at, 2, &hours) || !skip(at, ':') || !read_digits(at, 2, &minutes)) {
        return false;
    }
    if (skip(at, ':')) {
        if (!read_digits(at, 2, &seconds) || (skip(at, '.') && !read_fraction(at, &fraction))) {
            return false;
        }
    }
    *out = hours * MUSTER_HOUR + minutes * MUSTER_MINUTE + seconds * MUSTER_SECOND + fraction;
    return minutes <= 59 && seconds <= 59 && *out <= MUSTER_DAY;
}

/** "Z" or "+08:00"; leaves *zone_min alone when there is none. */
static bool read_zone(const char **at, int32_t *zone_min)
{
    if (skip(at, 'Z')) {
        *zone_min = 0;
        return true;
    }
    const char sign = **at;
    if (sign != '+' && sign != '-') {
        return true;
    }
    (*at)++;
    int64_t hours, minutes;
    if (!read_digits(at, 2, &hours) || !skip(at, ':') || !read_digits(at, 2, &minutes) ||
        minutes > 59 || hours * 60 + minutes > 840) {
        return false;
    }
    *zone_min = (int32_t)(sign == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes);
    return true;
}

bool muster_time_read(const char *text, int32_t zone_min, muster_interval *out)
{
    const char *at = text;
    int64_t days;
    muster_time clock = 0;
    if (!read_date(&at, &days)) {
        return false;
    }
    /* A blank instead of 'T' is what muster_time_write writes. */
    const bool is_day = !skip(&at, 'T') && !skip(&at, ' ');
    if ((!is_day && !read_clock(&at, &clock)) || !read_zone(&at, &zone_min) || *at) {
        return false;
    }
    const muster_time from = days * MUSTER_DAY + clock - zone_min * MUSTER_MINUTE;
    *out = (muster_interval){
        .from = from, .until = is_day ? from + MUSTER_DAY : from, .zone_min = zone_min};
    return true;
}

bool muster_duration_read(const char *text, muster_time *out)
{
    static const struct {
        const char *name;
        muster_time length;
    } units[] = {
        {"d", MUSTER_DAY}, {"h", MUSTER_HOUR}, {"min", MUSTER_MINUTE}, {"s", MUSTER_SECOND}};
    char number[40];
    const size_t length = strcspn(text, " ");
    double value;
    if (length >= sizeof number || text[length] != ' ') {
        return false;
    }
    memcpy(number, text, length);
    number[length] = '\0';
    if (!mst_text_real(number, &value)) {
        return false;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(text + length + 1, units[i].name) == 0) {
            const double ticks = value * (double)units[i].length;
            if (!(fabs(ticks) < TICKS_MAX)) {
                return false;
            }
            *out = (muster_time)llround(ticks);
            return true;
        }
    }
    return false;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static const char *write_never(char out[MUSTER_TIME_TEXT])
{
    muster_text_format(out, MUSTER_TIME_TEXT, "never");
    return out;
}

int32_t mst_time_month(muster_time at)
{
    int64_t year, month, day;
    civil_from_days(floor_div(at, MUSTER_DAY), &year, &month, &day);
    return (int32_t)month - 1;
}

const char *muster_time_write(muster_time time, int32_t zone_min, char out[MUSTER_TIME_TEXT])
{
    if (time == MUSTER_NEVER) {
        return write_never(out);
    }
    int64_t year, month, day;
    const int64_t minutes = floor_div(time, MUSTER_MINUTE) + zone_min;
    const int64_t days = floor_div(minutes, 1440);
    const int64_t rest = minutes - days * 1440;
    civil_from_days(days, &year, &month, &day);
    const size_t used =
        muster_text_format(out, MUSTER_TIME_TEXT, "%04d-%02d-%02d %02d:%02d", (int)year, (int)month,
                           (int)day, (int)(rest / 60), (int)(rest % 60));
    const int32_t away_min = zone_min < 0 ? -zone_min : zone_min;
    if (zone_min == 0) {
        muster_text_format(out + used, MUSTER_TIME_TEXT - used, "Z");
    } else {
        muster_text_format(out + used, MUSTER_TIME_TEXT - used, "%c%02d:%02d",
                           zone_min < 0 ? '-' : '+', (int)(away_min / 60), (int)(away_min % 60));
    }
    return out;
}

/* A document holds thousands of moments: their digits are written out. */
static char *write_two(char *at, int64_t value, char behind)
{
    *at++ = (char)('0' + value / 10);
    *at++ = (char)('0' + value % 10);
    *at++ = behind;
    return at;
}

static size_t write_iso_second(int64_t days, int64_t rest, char out[MUSTER_TIME_TEXT])
{
    int64_t year, month, day;
    civil_from_days(days, &year, &month, &day);
    if (year < 0 || year > 9999)
        return muster_text_format(out, MUSTER_TIME_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d", (int)year,
                                  (int)month, (int)day, (int)(rest / 3600), (int)(rest / 60 % 60),
                                  (int)(rest % 60));
    char *at = out;
    *at++ = (char)('0' + year / 1000);
    *at++ = (char)('0' + year / 100 % 10);
    at = write_two(at, year % 100, '-');
    at = write_two(at, month, '-');
    at = write_two(at, day, 'T');
    at = write_two(at, rest / 3600, ':');
    at = write_two(at, rest / 60 % 60, ':');
    at = write_two(at, rest % 60, '\0');
    return (size_t)(at - out) - 1;
}

const char *muster_time_write_iso(muster_time time, char out[MUSTER_TIME_TEXT])
{
    if (time == MUSTER_NEVER) {
        return write_never(out);
    }
    const int64_t seconds = floor_div(time, MUSTER_SECOND);
    const int64_t ticks = (time % MUSTER_SECOND + MUSTER_SECOND) % MUSTER_SECOND;
    const int64_t days = floor_div(seconds, 86400);
    size_t used = write_iso_second(days, seconds - days * 86400, out);
    if (ticks > 0) {
        used += muster_text_format(out + used, MUSTER_TIME_TEXT - used, ".%06d", (int)ticks);
    }
    memcpy(out + used, "Z", 2);
    return out;
}

/*
 * As exact as people want it: rounded to the second below ten minutes, to the minute above.
 */
const char *muster_duration_write(muster_time duration, char out[MUSTER_TIME_TEXT])
{
    if (duration == MUSTER_NEVER) {
        return write_never(out);
    }
    const uint64_t ticks = duration < 0 ? 0 - (uint64_t)duration : (uint64_t)duration;
    uint64_t seconds = (ticks + MUSTER_SECOND / 2) / MUSTER_SECOND;
    if (seconds >= 600) {
        seconds = (ticks + MUSTER_MINUTE / 2) / MUSTER_MINUTE * 60;
    }
    const struct {
        uint64_t count;
        const char *name;
    } parts[] = {{seconds / 3600, "h"}, {seconds / 60 % 60, "min"}, {seconds % 60, "s"}};
    size_t used =
        muster_text_format(out, MUSTER_TIME_TEXT, "%s", duration < 0 && seconds > 0 ? "-" : "");
    const size_t start = used;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].count > 0) {
            used += muster_text_format(out + used, MUSTER_TIME_TEXT - used, "%s%llu %s",
                                       used > start ? " " : "", (unsigned long long)parts[i].count,
                                       parts[i].name);
        }
    }
    if (used == start) {
        muster_text_format(out, MUSTER_TIME_TEXT, "0 s");
    }
    return out;
}

muster_time muster_time_from_seconds(double seconds)
{
    const double ticks = seconds * (double)MUSTER_SECOND;
    if (!(fabs(ticks) < TICKS_MAX)) { /* outside what is allowed: still no undefined conversion */
        return ticks < 0 ? -MUSTER_NEVER : MUSTER_NEVER;
    }
    /* A tick that is missed by rounding errors only is that tick: the factors of a quotient of
     * a distance and a speed bring a few units in the last place. */
    const int64_t whole = (int64_t)ticks; /* towards 0; what is left is exact */
    const double rest = ticks - (double)whole;
    const int64_t nearer = whole + (rest >= 0.5) - (rest <= -0.5);
    const double nearest = (double)nearer;
    const double noise = 16 * DBL_EPSILON * fabs(ticks);
    return fabs(ticks - nearest) <= noise ? nearer : whole + (rest > 0.0);
}

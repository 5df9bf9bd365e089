/* Numbers of a document: 12 significant digits, and the form that jansson gives them
 * (JSON_REAL_PRECISION(15)): a point or an exponent, so that a real reads back as one. */
#include "tell/json.h"

#include "base/format.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

enum { DIGITS = 12, LOWEST = -4 }; /* below 1e-4 numbers have an exponent */

/* Rounding through text: the digits that are printed are the digits that are meant. */
static size_t write_by_text(double value, char out[MST_JSON_NUMBER])
{
    double rounded = value;
    muster_text_format(out, MST_JSON_NUMBER, "%.*g", (int)DIGITS, value);
    if (!mst_text_real(out, &rounded))
        rounded = value;
    size_t length =
        muster_text_format(out, MST_JSON_NUMBER, "%.15g", rounded == 0.0 ? 0.0 : rounded);
    char *exponent = strchr(out, 'e');
    if (exponent) { /* 1e+07 and 1e-07 are 1e7 and 1e-7 */
        char *to = exponent + 1 + (exponent[1] == '-');
        const char *from = exponent + 2;
        from += strspn(from, "0");
        memmove(to, from, strlen(from) + 1);
        length = strlen(out);
    } else if (!strchr(out, '.')) {
        memcpy(out + length, ".0", 3);
        length += 2;
    }
    return length;
}

/** The digits of a number, the last of them of the power 10^last. */
typedef struct digits {
    int64_t whole;
    int32_t last;
} digits;

/* The 12 digits of a number from 1e-4 up to 1e12; false: a tie may be near. The power of ten is exact
 * and the product off by half of its last place, 2^-14 at most, so that its nearest whole number is that
 * of the true product unless that lies within 2^-14 of the middle of two. */
static bool find_digits(double size, digits *out)
{
    static const double power[] = {1e0, 1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7, 1e8,
                                   1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16};
    int32_t up = 0; /* digits behind the point: 12 in all */
    while (up < (int32_t)(sizeof power / sizeof *power) - 1 && size * power[up] < 1e11)
        up++;
    const double scaled = size * power[up], below = floor(scaled), rest = scaled - below;
    if (scaled < 1e11 || scaled >= 1e12 || fabs(rest - 0.5) < 1e-3)
        return false;
    *out = (digits){(int64_t)below + (rest > 0.5), -up};
    return true;
}

static size_t write_digits(digits number, bool is_negative, char out[MST_JSON_NUMBER])
{
    char reversed[MST_JSON_NUMBER];
    size_t count = 0;
    /* at least one digit behind the point, and no zeros that could go */
    for (; number.last < -1 && number.whole % 10 == 0; number.last++)
        number.whole /= 10;
    if (number.last == 0) {
        reversed[count++] = '0';
        reversed[count++] = '.';
    }
    for (; number.whole > 0 || number.last <= 0; number.whole /= 10) {
        reversed[count++] = (char)('0' + number.whole % 10);
        if (++number.last == 0)
            reversed[count++] = '.';
    }
    if (is_negative)
        reversed[count++] = '-';
    for (size_t i = 0; i < count; i++)
        out[i] = reversed[count - 1 - i];
    return count;
}

size_t mst_json_number_write(double value, char out[MST_JSON_NUMBER])
{
    const double size = fabs(value);
    digits number = {0, 0};
    if (size < 1e12 && floor(size) == size)
        number.whole = (int64_t)size;
    else if (!(size >= 1e-4 && size < 1e12) || !find_digits(size, &number))
        return write_by_text(value, out);
    return write_digits(number, value < 0.0, out);
}

/* Numbers to text and back, the same in every locale. */
#include "base/format.h"
#include "base/text.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A double has at most 767 significant digits; one more than that tells which way to round. */
#define DIGITS_MAX 770
/* An exponent beyond this is zero or too large, whatever the digits that can stand in memory. */
#define EXPONENT_MAX 100000000

/** A decimal number as digits x 10^exponent, which strtod reads without a decimal point. */
typedef struct decimal {
    char digits[DIGITS_MAX + 16]; /* a sign, digits without leading zeros, room for the exponent */
    size_t count;                 /* bytes in digits                                             */
    int64_t exponent;
    bool is_empty; /* no digit was read */
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** Reads a run of digits; those behind the point shift the exponent. @return the byte behind */
static const char *read_digits(const char *at, bool behind_point, decimal *out)
{
    for (; is_digit(*at); at++) {
        out->is_empty = false;
        const bool is_leading_zero = *at == '0' && !is_digit(out->digits[out->count - 1]);
        if (is_leading_zero) {
            out->exponent -= behind_point;
        } else if (out->count < DIGITS_MAX) {
            out->digits[out->count++] = *at;
            out->exponent -= behind_point;
        } else {
            /* Too far back to matter by itself, but it may lift a tie. */
            out->digits[DIGITS_MAX - 1] = *at != '0' ? '1' : out->digits[DIGITS_MAX - 1];
            out->exponent += !behind_point;
        }
    }
    return at;
}

static const char *read_exponent(const char *at, decimal *out)
{
    const char sign = at[1];
    const char *digit = at + 1 + (sign == '-' || sign == '+');
    if (!is_digit(*digit)) {
        return at; /* the 'e' is left over, and the text refused */
    }
    int64_t exponent = 0;
    for (; is_digit(*digit); digit++) {
        exponent = exponent < EXPONENT_MAX ? exponent * 10 + (*digit - '0') : exponent;
    }
    out->exponent += sign == '-' ? -exponent : exponent;
    return digit;
}

#if defined FLT_EVAL_METHOD && FLT_EVAL_METHOD == 0
/** Digits and a power of ten that doubles hold exactly: one operation, rounded once (W. D. Clinger,
 *  How to read floating point numbers accurately, 1990). @return false: there are too many */
static bool read_exactly(const decimal *number, double *out)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    const int64_t most = (int64_t)(sizeof power / sizeof *power) - 1;
    if (number->count > DBL_DIG + 1 || number->exponent > most || number->exponent < -most) {
        return false;
    }
    double whole = 0.0;
    for (size_t i = 1; i < number->count; i++) {
        whole = whole * 10.0 + (number->digits[i] - '0');
    }
    whole =
        number->exponent < 0 ? whole / power[-number->exponent] : whole * power[number->exponent];
    *out = number->digits[0] == '-' ? -whole : whole;
    return true;
}

/** Writes a whole number of at most 15 digits, or one with at most six behind the point: the first power
 *  of ten that makes it whole, if that power takes it back. Such digits survive the way to a double and
 *  back, so they are those of %.15g. @return false: it takes more */
static bool write_short(double value, char out[32])
{
    static const double power[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    const double size = fabs(value);
    int behind = 0;
    const int most = (int)(sizeof power / sizeof *power) - 1;
    if (!(size >= 1e-4 && size < 1e8)) {
        return false;
    }
    while (behind < most && floor(size * power[behind]) != size * power[behind]) {
        behind++;
    }
    const double scaled = size * power[behind];
    if (floor(scaled) != scaled || scaled / power[behind] != size) {
        return false;
    }
    char reversed[32];
    size_t count = 0, at = 0;
    int64_t whole = (int64_t)scaled;
    for (; behind > 0 && whole % 10 == 0; behind--) {
        whole /= 10; /* the power before was the right one, but its product was rounded */
    }
    for (int place = -behind; whole > 0 || place <= 0; place++, whole /= 10) {
        if (place == 0 && behind > 0) {
            reversed[count++] = '.';
        }
        reversed[count++] = (char)('0' + whole % 10);
    }
    if (value < 0.0) {
        out[at++] = '-';
    }
    while (count > 0) {
        out[at++] = reversed[--count];
    }
    out[at] = '\0';
    return true;
}
#else
static bool read_exactly(const decimal *number, double *out)
{
    (void)number;
    (void)out;
    return false;
}

static bool write_short(double value, char out[32])
{
    (void)value;
    (void)out;
    return false;
}
#endif

bool mst_text_real(const char *text, double *out)
{
    decimal number = {.is_empty = true};
    const char *at = text;
    number.digits[number.count++] = *at == '-' ? '-' : '+';
    at += *at == '-' || *at == '+';
    at = read_digits(at, false, &number);
    if (*at == '.') {
        at = read_digits(at + 1, true, &number);
    }
    if (!number.is_empty && (*at == 'e' || *at == 'E')) {
        at = read_exponent(at, &number);
    }
    if (number.is_empty || *at) {
        return false;
    }
    if (number.count == 1) {
        number.digits[number.count++] = '0';
    }
    if (read_exactly(&number, out)) {
        return true;
    }
    const int64_t exponent = number.exponent > EXPONENT_MAX    ? EXPONENT_MAX
                             : number.exponent < -EXPONENT_MAX ? -EXPONENT_MAX
                                                               : number.exponent;
    muster_text_format(number.digits + number.count, sizeof number.digits - number.count, "e%d",
                       (int)exponent);
    const double value = strtod(number.digits, NULL);
    if (!isfinite(value)) {
        return false;
    }
    *out = value;
    return true;
}

const char *mst_text_shortest(double value, char out[32])
{
    /* Any text of 15 digits survives the way through a normal number and back, so fewer digits,
     * if they do, are these 15 without their zeros. Subnormal numbers hold fewer digits. */
    const int first = fabs(value) < DBL_MIN ? 1 : DBL_DIG;
    if (write_short(value, out)) {
        return out;
    }
    for (int digits = first; digits <= DBL_DECIMAL_DIG; digits++) {
        double back = 0.0;
        muster_text_format(out, 32, "%.*g", digits, value);
        if (!isfinite(value) || (mst_text_real(out, &back) && back == value)) {
            break;
        }
    }
    return out;
}

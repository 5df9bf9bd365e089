#include "base/format.h"

#include <stdio.h>
#include <string.h>

#define SPEC_BYTES 48
/* %f of the largest double with the widest precision written below fits in here. */
#define PIECE_BYTES 512
/* Wider or more precise numbers than this are not for reading; it keeps a piece in its buffer. */
#define LARGEST_FIELD 160

typedef struct buffer {
    char *out;
    size_t size, length; /* length counts on beyond size */
} buffer;

typedef enum length_of { LENGTH_INT, LENGTH_L, LENGTH_LL, LENGTH_J, LENGTH_Z, LENGTH_T } length_of;

/** One conversion: %, flags, width, precision, length, letter. */
typedef struct conversion {
    char flags[8];
    int width, precision; /* -1: not given */
    length_of length;
    char letter;
} conversion;

static void put(buffer *sink, const char *bytes, size_t count)
{
    if (sink->length < sink->size) {
        const size_t room = sink->size - sink->length;
        memcpy(sink->out + sink->length, bytes, count < room ? count : room);
    }
    sink->length += count;
}

static void put_blanks(buffer *sink, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put(sink, " ", 1);
    }
}

/** A width or a precision: digits, or the next int for '*'. */
static const char *read_number(const char *at, va_list *args, int *out)
{
    if (*at == '*') {
        *out = va_arg(*args, int);
        return at + 1;
    }
    int value = 0;
    for (; *at >= '0' && *at <= '9'; at++) {
        value = value < 100000 ? value * 10 + (*at - '0') : value;
    }
    *out = value;
    return at;
}

static const char *read_length(const char *at, length_of *out)
{
    *out = LENGTH_INT;
    switch (*at) {
    case 'h': /* a char or short arrives as int; its value is in range by the caller's type */
        return at[1] == 'h' ? at + 2 : at + 1;
    case 'l':
        *out = at[1] == 'l' ? LENGTH_LL : LENGTH_L;
        return at[1] == 'l' ? at + 2 : at + 1;
    case 'j':
        *out = LENGTH_J;
        return at + 1;
    case 'z':
        *out = LENGTH_Z;
        return at + 1;
    case 't':
        *out = LENGTH_T;
        return at + 1;
    default:
        return at;
    }
}

/** Reads what follows a '%'. @return the first byte behind the conversion */
static const char *read_conversion(const char *at, va_list *args, conversion *out)
{
    *out = (conversion){.width = -1, .precision = -1};
    size_t count = 0;
    for (; *at && strchr("-+ #0", *at); at++) {
        if (count + 2 < sizeof out->flags && !strchr(out->flags, *at)) {
            out->flags[count++] = *at;
        }
    }
    if (*at == '*' || (*at >= '1' && *at <= '9')) {
        at = read_number(at, args, &out->width);
        if (out->width < 0) { /* by the standard: a '-' flag and a positive width */
            out->width = out->width < -100000 ? 100000 : -out->width;
            if (!strchr(out->flags, '-')) {
                out->flags[count] = '-';
            }
        }
    }
    if (*at == '.') {
        at = read_number(at + 1, args, &out->precision);
    }
    at = read_length(at, &out->length);
    out->letter = *at;
    return *at ? at + 1 : at;
}

static void put_padded(buffer *sink, const conversion *how, const char *bytes, size_t count)
{
    const size_t width = how->width > 0 ? (size_t)how->width : 0;
    const size_t blanks = width > count ? width - count : 0;
    const bool left = strchr(how->flags, '-') != NULL;
    put_blanks(sink, left ? 0 : blanks);
    put(sink, bytes, count);
    put_blanks(sink, left ? blanks : 0);
}

static void put_string(buffer *sink, const conversion *how, const char *text)
{
    const char *const bytes = text ? text : "(null)";
    size_t count = 0;
    while ((how->precision < 0 || count < (size_t)how->precision) && bytes[count]) {
        count++;
    }
    put_padded(sink, how, bytes, count);
}

/** The conversion as the C library is to see it: with a width and a precision to be handed over. */
static void write_spec(const conversion *how, const char *length, char out[SPEC_BYTES])
{
    char *at = out;
    const char letter[2] = {how->letter, '\0'};
    const char *const part[] = {"%", how->flags, "*.*", length, letter};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        const size_t count = strlen(part[i]);
        memcpy(at, part[i], count + 1);
        at += count;
    }
}

/** A width as it is handed over: 0 is none. */
static int width_of(int width)
{
    return width < 0 ? 0 : width < LARGEST_FIELD ? width : LARGEST_FIELD;
}

/** A precision as it is handed over: negative is none. */
static int precision_of(const conversion *how)
{
    return how->precision < LARGEST_FIELD ? how->precision : LARGEST_FIELD;
}

static intmax_t next_signed(length_of length, va_list *args)
{
    switch (length) {
    case LENGTH_L:
        return va_arg(*args, long);
    case LENGTH_LL:
        return va_arg(*args, long long);
    case LENGTH_J:
        return va_arg(*args, intmax_t);
    case LENGTH_Z: /* the signed type as wide as size_t */
    case LENGTH_T:
        return va_arg(*args, ptrdiff_t);
    case LENGTH_INT:
    default:
        return va_arg(*args, int);
    }
}

static uintmax_t next_unsigned(length_of length, va_list *args)
{
    switch (length) {
    case LENGTH_L:
        return va_arg(*args, unsigned long);
    case LENGTH_LL:
        return va_arg(*args, unsigned long long);
    case LENGTH_J:
        return va_arg(*args, uintmax_t);
    case LENGTH_Z:
    case LENGTH_T: /* the unsigned type as wide as ptrdiff_t */
        return va_arg(*args, size_t);
    case LENGTH_INT:
    default:
        return va_arg(*args, unsigned);
    }
}

static void put_integer(buffer *sink, const conversion *how, va_list *args)
{
    char spec[SPEC_BYTES], piece[PIECE_BYTES];
    const int width = width_of(how->width), precision = precision_of(how);
    write_spec(how, "j", spec);
    const int count =
        how->letter == 'd' || how->letter == 'i'
            ? snprintf(piece, sizeof piece, spec, width, precision, next_signed(how->length, args))
            : snprintf(piece, sizeof piece, spec, width, precision,
                       next_unsigned(how->length, args));
    put(sink, piece, count > 0 ? (size_t)count : 0);
}

/** Puts '.' where the C library wrote the decimal point of the locale, which may be several bytes. */
static void restore_point(char *piece)
{
    const char *at = piece;
    while ((*at >= '0' && *at <= '9') || (*at && strchr("+- xpinfateXPINFATE", *at))) {
        at++;
    }
    if (*at == '.' || !*at) { /* the usual locales, or a number without a point */
        return;
    }
    char probe[16];
    const int count = snprintf(probe, sizeof probe, "%.1f", 0.5);
    if (count < 3 || (size_t)count >= sizeof probe) {
        return;
    }
    probe[count - 1] = '\0'; /* now "0" and the point */
    char *const point = strstr(piece, probe + 1);
    if (point) {
        const size_t bytes = (size_t)count - 2;
        *point = '.';
        memmove(point + 1, point + bytes, strlen(point + bytes) + 1);
    }
}

static void put_real(buffer *sink, const conversion *how, double value)
{
    /* Zeros are filled in by the C library, blanks here, where the point is one byte. */
    const bool zeros = strchr(how->flags, '0') && !strchr(how->flags, '-');
    char spec[SPEC_BYTES], piece[PIECE_BYTES];
    write_spec(how, "", spec);
    snprintf(piece, sizeof piece, spec, zeros ? width_of(how->width) : 0, precision_of(how), value);
    restore_point(piece);
    put_padded(sink, how, piece, strlen(piece));
}

static void put_conversion(buffer *sink, const conversion *how, va_list *args)
{
    char piece[SPEC_BYTES];
    switch (how->letter) {
    case 'd':
    case 'i':
    case 'o':
    case 'u':
    case 'x':
    case 'X':
        put_integer(sink, how, args);
        break;
    case 'c':
        piece[0] = (char)va_arg(*args, int);
        put_padded(sink, how, piece, 1);
        break;
    case 's':
        put_string(sink, how, va_arg(*args, const char *));
        break;
    case 'p':
        snprintf(piece, sizeof piece, "%p", va_arg(*args, void *));
        put_padded(sink, how, piece, strlen(piece));
        break;
    case '%':
        put(sink, "%", 1);
        break;
    default: /* f F e E g G a A; the compiler has checked the letters against the arguments */
        put_real(sink, how, va_arg(*args, double));
        break;
    }
}

size_t muster_text_vformat(char *out, size_t size, const char *format, va_list args)
{
    buffer sink = {.out = out, .size = size > 0 ? size - 1 : 0};
    va_list rest;
    va_copy(rest, args); /* a va_list that is a parameter has no portable address */
    for (const char *at = format; *at;) {
        const size_t plain = strcspn(at, "%");
        put(&sink, at, plain);
        at += plain;
        if (*at == '%') {
            const char *const start = at;
            conversion how;
            at = read_conversion(at + 1, &rest, &how);
            if (!how.letter || !strchr("diouxXcspfFeEgGaA%", how.letter)) {
                put(&sink, start, strlen(start)); /* the arguments behind it are out of step */
                break;
            }
            put_conversion(&sink, &how, &rest);
        }
    }
    va_end(rest);
    if (size > 0) {
        out[sink.length < sink.size ? sink.length : sink.size] = '\0';
    }
    return sink.length;
}

size_t muster_text_format(char *out, size_t size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const size_t length = muster_text_vformat(out, size, format, args);
    va_end(args);
    return length;
}

#include "load/scan.h"

#include <string.h>

/* The bytes and how far they have been looked at. */
typedef struct cursor {
    const char *bytes;
    size_t length, at;
    int32_t line;
} cursor;

static int peek(const cursor *c, size_t ahead)
{
    return c->at + ahead < c->length ? (unsigned char)c->bytes[c->at + ahead] : -1;
}

static void skip(cursor *c)
{
    if (c->bytes[c->at] == '\n')
        c->line++;
    c->at++;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}
static bool is_hex(int c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
static bool is_name_start(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*';
}
static bool is_name(int c)
{
    return is_name_start(c) || is_digit(c) || c == '-' || c == '_';
}

static mst_scan_found mistake(mst_scan_step *step, int32_t line, const char *message,
                              const char *hint)
{
    step->found_line = line;
    step->message = message;
    step->hint = hint;
    return MST_SCAN_MISTAKE;
}

static void skip_line_comment(cursor *c)
{
    while (c->at < c->length && c->bytes[c->at] != '\n')
        c->at++;
}

/* False when the comment never ends. */
static bool skip_block_comment(cursor *c)
{
    for (c->at += 2; c->at < c->length; skip(c))
        if (peek(c, 0) == '*' && peek(c, 1) == '/') {
            c->at += 2;
            return true;
        }
    return false;
}

/* \x00 would end the text for everybody who reads it. */
static bool is_zero(const cursor *c)
{
    return peek(c, 1) == 'x' && peek(c, 2) == '0' && peek(c, 3) == '0';
}

/* False when the text never ends. */
static bool skip_text(cursor *c, bool *out_has_zero)
{
    *out_has_zero = false;
    for (c->at++; c->at < c->length; skip(c)) {
        if (peek(c, 0) == '"') {
            c->at++;
            return true;
        }
        if (peek(c, 0) == '\\' && peek(c, 1) >= 0) {
            *out_has_zero = *out_has_zero || is_zero(c);
            skip(c);
        }
    }
    return false;
}

/* The rest of a real number: fraction and exponent. */
static void skip_real(cursor *c)
{
    for (int before = 0, now; (now = peek(c, 0)) >= 0; before = now, c->at++) {
        const bool sign = (now == '+' || now == '-') && (before == 'e' || before == 'E');
        if (!is_digit(now) && now != '.' && now != 'e' && now != 'E' && !sign)
            return;
    }
}

/* libconfig keeps the low bits of a whole number that is too large and says nothing. */
static bool number_fits(cursor *c, const char **out_message)
{
    const bool minus = peek(c, 0) == '-';
    if (minus || peek(c, 0) == '+')
        c->at++;
    const bool hex = peek(c, 0) == '0' && (peek(c, 1) == 'x' || peek(c, 1) == 'X');
    if (hex)
        c->at += 2;
    while (peek(c, 0) == '0')
        c->at++;
    const char *digits = c->bytes + c->at;
    const size_t start = c->at;
    while (hex ? is_hex(peek(c, 0)) : is_digit(peek(c, 0)))
        c->at++;
    const size_t count = c->at - start;
    const int next = peek(c, 0);
    if (!hex && (next == '.' || next == 'e' || next == 'E')) {
        skip_real(c);
        return true;
    }
    const bool wide = next == 'L';
    while (peek(c, 0) == 'L')
        c->at++;
    *out_message = wide ? "this whole number is too large even for 64 bits"
                        : "this whole number is too large for 32 bits";
    if (hex) {
        const size_t most = wide ? 16 : 8;
        return count < most || (count == most && digits[0] <= '7');
    }
    const char *limit = wide    ? (minus ? "9223372036854775808" : "9223372036854775807")
                        : minus ? "2147483648"
                                : "2147483647";
    const size_t most = strlen(limit);
    return count < most || (count == most && memcmp(digits, limit, count) <= 0);
}

/* `@include "name"` on a line of its own; the cursor stands on '@'. */
static mst_scan_found take_include(cursor *c, size_t line_start, mst_scan_step *step)
{
    static const char word[] = "@include";
    const size_t length = sizeof word - 1;
    const char *hint = "an include stands on a line of its own: @include \"other.cfg\"";
    for (size_t i = line_start; i < c->at; i++)
        if (c->bytes[i] != ' ' && c->bytes[i] != '\t')
            return mistake(step, c->line, "'@' inside a line", hint);
    if (c->length - c->at < length || memcmp(c->bytes + c->at, word, length) != 0)
        return mistake(step, c->line, "'@' that begins no @include", hint);
    c->at += length;
    while (peek(c, 0) == ' ' || peek(c, 0) == '\t')
        c->at++;
    if (peek(c, 0) != '"')
        return mistake(step, c->line, "@include without a file name in quotes", hint);
    step->name = ++c->at;
    while (peek(c, 0) >= 0 && peek(c, 0) != '"' && peek(c, 0) != '\n')
        c->at++;
    step->name_length = c->at - step->name;
    if (peek(c, 0) != '"' || step->name_length == 0)
        return mistake(step, c->line, "@include without a file name in quotes", hint);
    c->at++;
    while (peek(c, 0) == ' ' || peek(c, 0) == '\t' || peek(c, 0) == ';')
        c->at++;
    const int next = peek(c, 0);
    if (next == '#' || (next == '/' && peek(c, 1) == '/'))
        skip_line_comment(c);
    if (peek(c, 0) >= 0 && peek(c, 0) != '\n')
        return mistake(step, c->line, "more than a file name behind @include", hint);
    step->line_start = line_start;
    step->found_line = c->line;
    if (peek(c, 0) == '\n')
        skip(c);
    return MST_SCAN_INCLUDE;
}

/* Brackets and '=': depth, and settings in one group. Null: all is well. */
static const char *count_token(mst_scan *scan, int token)
{
    if (token == '{' || token == '(' || token == '[') {
        if (scan->depth == MST_SCAN_DEPTH)
            return "more than 64 brackets are open here";
        scan->settings[++scan->depth] = 0;
    } else if (token == '}' || token == ')' || token == ']') {
        if (scan->depth > 0)
            scan->depth--;
    } else if (++scan->settings[scan->depth] > MST_SCAN_SETTINGS) {
        return "more than 20000 settings stand in one group";
    }
    return NULL;
}

mst_scan_found mst_scan_next(mst_scan *scan, const char *bytes, size_t length, mst_scan_step *step)
{
    cursor c = {bytes, length, step->at, step->line};
    size_t line_start = c.at;
    mst_scan_found found = MST_SCAN_END;
    const char *message = NULL;
    while (c.at < length && found == MST_SCAN_END) {
        const int now = peek(&c, 0), next = peek(&c, 1);
        const int32_t line = c.line;
        if (now == '\n') {
            skip(&c);
            line_start = c.at;
        } else if (now == '#' || (now == '/' && next == '/')) {
            skip_line_comment(&c);
        } else if (now == '/' && next == '*') {
            if (!skip_block_comment(&c))
                found = mistake(step, line, "this comment never ends", "it ends with */");
        } else if (now == '"') {
            bool has_zero;
            if (!skip_text(&c, &has_zero))
                found = mistake(step, line, "this text never ends", "it ends with \"");
            else if (has_zero)
                found = mistake(step, line, "\\x00 would cut this text off", "leave it out");
        } else if (is_name_start(now)) {
            while (is_name(peek(&c, 0)))
                c.at++;
        } else if (is_digit(now) || ((now == '-' || now == '+') && is_digit(next))) {
            if (!number_fits(&c, &message))
                found = mistake(step, line, message, "up to 64 bits take an L: 3000000000L");
        } else if (now == '.') {
            skip_real(&c);
        } else if (now == '@') {
            found = take_include(&c, line_start, step);
            if (found == MST_SCAN_MISTAKE)
                skip_line_comment(&c); /* the rest of the line means nothing */
        } else {
            c.at++;
            message = now && strchr("{([])}=:", now) ? count_token(scan, now) : NULL;
            if (message)
                found = mistake(step, line, message, NULL);
            if (found == MST_SCAN_MISTAKE)
                c.at = length; /* the count is lost: one message is enough */
        }
    }
    step->at = c.at;
    step->line = c.line;
    return found;
}

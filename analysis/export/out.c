#include "export/out.h"

#include "muster/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(mst_out *out, size_t more)
{
    if (out->failed || more < out->room - out->length)
        return !out->failed;
    size_t room = out->room ? out->room : 4096;
    while (room - out->length <= more && room <= SIZE_MAX / 2)
        room *= 2;
    char *bytes = room - out->length > more ? realloc(out->bytes, room) : NULL;
    out->failed = !bytes;
    if (!bytes)
        return false;
    out->bytes = bytes;
    out->room = room;
    return true;
}

void mst_out_bytes(mst_out *out, const char *bytes, size_t length)
{
    if (!make_room(out, length))
        return;
    if (length > 0)
        memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
    out->bytes[out->length] = '\0';
}

void mst_out_text(mst_out *out, const char *text)
{
    mst_out_bytes(out, text, strlen(text));
}

void mst_out_printf(mst_out *out, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const size_t length = muster_text_vformat(NULL, 0, format, args);
    if (make_room(out, length)) {
        muster_text_vformat(out->bytes + out->length, length + 1, format, again);
        out->length += length;
    }
    va_end(again);
    va_end(args);
}

void mst_out_fixed(mst_out *out, double value, int decimals, const char *missing)
{
    char text[400];
    if (isnan(value)) {
        mst_out_text(out, missing);
        return;
    }
    muster_text_format(text, sizeof text, "%.*f", decimals, value);
    const bool is_zero = text[0] == '-' && strspn(text + 1, "0.") == strlen(text + 1);
    mst_out_text(out, is_zero ? text + 1 : text);
}

void mst_out_real(mst_out *out, double value, const char *missing)
{
    char text[32];
    mst_out_text(out, isnan(value) ? missing : muster_text_shortest(value + 0.0, text));
}

void mst_out_time(mst_out *out, muster_time time)
{
    char text[MUSTER_TIME_TEXT];
    if (time != MUSTER_NEVER)
        mst_out_text(out, muster_time_write_iso(time, text));
}

/* U+FFFE and U+FFFF, which XML does not allow either. */
static bool is_no_character(const unsigned char *at)
{
    return at[0] == 0xEF && at[1] == 0xBF && (at[2] == 0xBE || at[2] == 0xBF);
}

void mst_out_xml(mst_out *out, const char *text)
{
    for (; text && *text; text++) {
        const char c = *text;
        const unsigned char *at = (const unsigned char *)text;
        const bool is_bad = is_no_character(at);
        if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'')
            mst_out_text(out, c == '&'   ? "&amp;"
                              : c == '<' ? "&lt;"
                              : c == '>' ? "&gt;"
                              : c == '"' ? "&quot;"
                                         : "&apos;");
        else if (c == '\r')
            mst_out_text(out, "&#13;"); /* a reader would make a line feed of it */
        else if (is_bad || (*at < 0x20 && c != '\t' && c != '\n')) {
            mst_out_text(out, "\xEF\xBF\xBD");
            out->has_controls = true;
            text += is_bad ? 2 : 0;
        } else
            mst_out_bytes(out, text, 1);
    }
}

/* One character of a JSON string; < as well, so that the text may stand in a page. */
static void json_character(mst_out *out, char c)
{
    if (c == '"' || c == '\\')
        mst_out_printf(out, "\\%c", c);
    else if ((unsigned char)c < 0x20 || c == '<' || c == 0x7F)
        mst_out_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
    else
        mst_out_bytes(out, &c, 1);
}

void mst_out_json(mst_out *out, const char *text)
{
    mst_out_text(out, "\"");
    for (; text && *text; text++)
        json_character(out, *text);
    mst_out_text(out, "\"");
}

void mst_out_html(mst_out *out, const char *text)
{
    for (; text && *text; text++) {
        if (*text == '&' || *text == '<' || *text == '>' || *text == '"' || *text == '\'')
            mst_out_text(out, *text == '&'   ? "&amp;"
                              : *text == '<' ? "&lt;"
                              : *text == '>' ? "&gt;"
                              : *text == '"' ? "&quot;"
                                             : "&#39;");
        else
            json_character(out, *text);
    }
}

void mst_out_csv(mst_out *out, const char *text)
{
    if (!text)
        return;
    if (!text[strcspn(text, ",\"\r\n")]) {
        mst_out_text(out, text);
        return;
    }
    mst_out_text(out, "\"");
    for (; *text; text++)
        mst_out_bytes(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    mst_out_text(out, "\"");
}

/* Lines are what its readers go by: every kind of line break becomes one. */
static void acmi(mst_out *out, const char *text, bool is_event)
{
    for (; text && *text; text++) {
        const char c = *text;
        if (c == '\r' && text[1] == '\n')
            continue;
        if (c == ',' || c == '\\')
            mst_out_printf(out, "\\%c", c);
        else if (c == '\n' || c == '\r')
            mst_out_text(out, "\\\n");
        else if (c == '|' && is_event)
            mst_out_text(out, "/");
        else if ((unsigned char)c < 0x20)
            mst_out_text(out, " ");
        else
            mst_out_bytes(out, text, 1);
    }
}

void mst_out_acmi(mst_out *out, const char *text)
{
    acmi(out, text, false);
}

void mst_out_acmi_event(mst_out *out, const char *text)
{
    acmi(out, text, true);
}

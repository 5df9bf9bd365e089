#include "base/text.h"

#include "base/format.h"
#include "base/utf8.h"

#include <string.h>

void mst_text_init(mst_text *text, const muster_memory *memory)
{
    *text = (mst_text){.memory = memory};
}

void mst_text_clear(mst_text *text)
{
    mst_memory_free(text->memory, text->bytes);
    mst_text_init(text, text->memory);
}

/** Makes room for @p more bytes and the final zero; false, and failed, when memory is short. */
static bool reserve(mst_text *text, size_t more)
{
    if (text->failed || more > SIZE_MAX / 4 - text->length) {
        text->failed = true;
        return false;
    }
    const size_t need = text->length + more + 1;
    if (need <= text->capacity) {
        return true;
    }
    size_t capacity = text->capacity ? text->capacity * 2 : 256;
    while (capacity < need) {
        capacity *= 2;
    }
    char *bytes = mst_memory_alloc(text->memory, capacity);
    if (!bytes) {
        text->failed = true;
        return false;
    }
    if (text->length > 0) {
        memcpy(bytes, text->bytes, text->length);
    }
    bytes[text->length] = '\0';
    mst_memory_free(text->memory, text->bytes);
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

void mst_text_add_bytes(mst_text *text, const char *bytes, size_t length)
{
    if (!reserve(text, length)) {
        return;
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void mst_text_add_quoted(mst_text *text, const char *bytes, const char *quote)
{
    mst_text_add(text, "\"");
    for (const char *at = bytes; *at;) {
        const size_t length = strcspn(at, "\"");
        mst_text_add_bytes(text, at, length);
        at += length;
        if (*at) {
            mst_text_add(text, quote);
            at++;
        }
    }
    mst_text_add(text, "\"");
}

void mst_text_add(mst_text *text, const char *bytes)
{
    mst_text_add_bytes(text, bytes, strlen(bytes));
}

void mst_text_add_valid(mst_text *text, const char *bytes)
{
    mst_text_add(text, ""); /* so that an empty text is not null */
    while (*bytes) {
        /* The zero at the end stops a sequence that is cut off: it is no continuation byte. */
        uint32_t code = 0;
        const size_t step = mst_utf8_read(bytes, 4, &code);
        if (step > 0) {
            mst_text_add_bytes(text, bytes, step);
        } else {
            mst_text_add(text, "\xef\xbf\xbd");
        }
        bytes += step > 0 ? step : 1;
    }
}

void mst_text_repeat(mst_text *text, const char *unit, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        mst_text_add(text, unit);
    }
}

void mst_text_vprintf(mst_text *text, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const size_t length = muster_text_vformat(NULL, 0, format, again);
    va_end(again);
    if (reserve(text, length)) {
        muster_text_vformat(text->bytes + text->length, length + 1, format, args);
        text->length += length;
    }
}

void mst_text_printf(mst_text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    mst_text_vprintf(text, format, args);
    va_end(args);
}

/** A piece of text that no line break divides: a word, as much of it as a line takes, or one
 * character of a wide script. */
typedef struct piece {
    const char *bytes; /* null: there is no more */
    size_t length;
    int32_t columns;
    bool is_after_blank;
} piece;

/* most: columns beyond which a word is broken wherever it stands. */
static piece next_piece(const char *at, int32_t most)
{
    const size_t blanks = strspn(at, " \t\r\n");
    piece out = {.bytes = at + blanks, .is_after_blank = blanks > 0};
    const char *byte = out.bytes;
    while (*byte && !strchr(" \t\r\n", *byte)) {
        uint32_t code = 0;
        const size_t step = mst_utf8_read(byte, 4, &code);
        const int32_t columns = step > 0 ? mst_utf8_columns(code) : 1;
        /* Chinese, Japanese and Korean break between characters, but not before their stops and
         * closing brackets. */
        const bool is_closing = (code >= 0x3001 && code <= 0x3002) || code == 0xff0c ||
                                code == 0xff1a || code == 0xff1b || code == 0xff09 ||
                                code == 0x300d || code == 0x300f;
        if (out.length > 0 &&
            ((columns == 2 && !is_closing) || (columns > 0 && out.columns + columns > most))) {
            break;
        }
        out.columns += columns;
        byte += step > 0 ? step : 1;
        out.length = (size_t)(byte - out.bytes);
    }
    if (out.length == 0) {
        out.bytes = NULL;
    }
    return out;
}

void mst_text_wrap(mst_text *text, const char *words, int32_t start, int32_t indent, int32_t width)
{
    int32_t column = start;
    bool is_first = true;
    const int32_t most = width > indent ? width - indent : 1;
    for (piece word = next_piece(words, most); word.bytes;
         word = next_piece(word.bytes + word.length, most)) {
        const bool has_blank = word.is_after_blank && !is_first;
        if (column + has_blank + word.columns > width && (!is_first || column > indent)) {
            mst_text_add(text, "\n");
            mst_text_repeat(text, " ", indent);
            column = indent;
        } else if (has_blank) {
            mst_text_add(text, " ");
            column++;
        }
        mst_text_add_bytes(text, word.bytes, word.length);
        column += word.columns;
        is_first = false;
    }
}

char *mst_text_take(mst_text *text)
{
    if (!text->bytes) {
        reserve(text, 0); /* nothing was added: an empty text, not null */
    }
    if (text->failed) {
        mst_text_clear(text);
        return NULL;
    }
    char *bytes = text->bytes;
    mst_text_init(text, text->memory);
    return bytes;
}

/** Adds a text in one line: a tab or a line break would spoil the columns of a table. */
static void add_in_line(mst_text *text, const char *utf8)
{
    while (*utf8) {
        const size_t length = strcspn(utf8, "\t\r\n");
        mst_text_add_bytes(text, utf8, length);
        utf8 += length;
        if (*utf8) {
            mst_text_add(text, " ");
            utf8++;
        }
    }
}

void mst_text_pad(mst_text *text, const char *utf8, int32_t width)
{
    int32_t columns = mst_text_columns(utf8);
    for (const char *at = utf8; *at; at++) {
        columns += *at == '\t' || *at == '\r' || *at == '\n'; /* none there, one as a blank */
    }
    if (width < 0) {
        mst_text_repeat(text, " ", -width - columns);
    }
    add_in_line(text, utf8);
    if (width > 0) {
        mst_text_repeat(text, " ", width - columns);
    }
}

/** @file text.h
 * Text: building it in memory, comparing names, checking UTF-8. Independent of the locale:
 * numbers always have a point.
 */
#ifndef MST_BASE_TEXT_H
#define MST_BASE_TEXT_H

#include "muster/base.h"

#include <stdarg.h>

/** A growing text; bytes is always zero-terminated once non-null. */
typedef struct mst_text {
    const muster_memory *memory;
    char *bytes;
    size_t length, capacity;
    bool failed; /* memory was short; later additions do nothing */
} mst_text;

void mst_text_init(mst_text *text, const muster_memory *memory);
void mst_text_clear(mst_text *text);
void mst_text_add(mst_text *text, const char *bytes);
void mst_text_add_bytes(mst_text *text, const char *bytes, size_t length);
/** In quotes, with each quote in it written as `quote`: "\"\"" in CSV (RFC 4180). */
void mst_text_add_quoted(mst_text *text, const char *bytes, const char *quote);
/** Adds text with U+FFFD in place of each byte that is no UTF-8. */
void mst_text_add_valid(mst_text *text, const char *bytes);
void mst_text_printf(mst_text *text, const char *format, ...) MUSTER_PRINTF(2, 3);
void mst_text_vprintf(mst_text *text, const char *format, va_list args);
void mst_text_repeat(mst_text *text, const char *unit, int32_t count);

/** Adds words with line breaks so that no line is wider than width columns; every line after
 * the first starts with indent blanks; the first is assumed to stand at column start. A word
 * wider than a line is broken. */
void mst_text_wrap(mst_text *text, const char *words, int32_t start, int32_t indent, int32_t width);

/** Hands the bytes over (released with mst_memory_free); null when it failed. */
char *mst_text_take(mst_text *text);

/** Columns a terminal needs for UTF-8 text (East Asian wide = 2, combining = 0). */
int32_t mst_text_columns(const char *utf8);

/** Adds text padded with blanks to width columns; negative width pads on the left. Tabs and line
 * breaks in it become blanks. */
void mst_text_pad(mst_text *text, const char *utf8, int32_t width);

/** First byte that is not valid UTF-8 or is a control character other than \t \n \r; -1: none. */
int64_t mst_text_bad_byte(const char *bytes, size_t length);

/** True if text is an id: a letter, then letters, digits, '-' and '_'; at most 63 bytes. */
bool mst_text_is_id(const char *text);

/** Edits (insert, delete, replace, swap neighbours) from a to b, case ignored; capped at 9. */
int32_t mst_text_distance(const char *a, const char *b);

/**
 * The name nearest to @p wanted among names[0..count): at most a third of its length away.
 * @return index, or -1 when none is near. Names may be null (skipped).
 */
int32_t mst_text_nearest(const char *wanted, const char *const *names, int32_t count);

/** Reads a finite real with a point, whole text, no locale; false when it is not one. */
bool mst_text_real(const char *text, double *out);

/** Shortest text (at most 17 digits) that reads back to the same number. */
const char *mst_text_shortest(double value, char out[32]);

#endif

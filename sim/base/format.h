/** @file format.h
 * printf into memory with a decimal point, whatever the locale of the process is.
 *
 * Understood: flags - + blank # 0, width and precision (also *), the lengths h hh l ll j z t, and
 * d i u o x X c s p f F e E g G a A %. Not understood, and written as they stand: n, wide
 * characters and long double, which muster does not use. Numbers have at most 160 places and are
 * padded to 160 columns at most; texts know no limit.
 */
#ifndef MST_BASE_FORMAT_H
#define MST_BASE_FORMAT_H

#include "base/arena.h"

#include <stdarg.h>

/**
 * Writes at most size - 1 bytes and a final zero (nothing if size is 0).
 * @return bytes that the whole text needs, without the final zero
 */
size_t mst_format(char *out, size_t size, const char *format, ...) MUSTER_PRINTF(3, 4);
size_t mst_vformat(char *out, size_t size, const char *format, va_list args) MUSTER_PRINTF(3, 0);

/** mst_arena_printf with its arguments in a list; null when memory is short. */
char *mst_arena_vprintf(mst_arena *arena, const char *format, va_list args) MUSTER_PRINTF(2, 0);

#endif
